"""Arrow: a table in the memory format that pandas, Polars, DuckDB and others read as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from ..domain.declaration import Fact
from ..domain.entity import Entity
from ..domain.table import Table, fields
from ..errors import needs

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa


def arrow_table(table: Table, language: str | None = None) -> pa.Table:
    """A table of this package as one of Arrow; what each column means stands in the metadata of its field."""
    return arrow_rows(table._columns, table.to_dicts(language))


def arrow_rows(columns: Mapping[str, Fact], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows, such as `Table.to_dicts` gives, as a table of Arrow with these columns."""
    with needs("tables"):
        import pyarrow as pa

    # Within a list or a struct pandas could not read an enumeration back from Parquet.
    coded = pa.dictionary(pa.int8(), pa.string())
    schema = pa.schema(
        field.with_type(coded) if issubclass(fact.cls, Enum) and not fact.many else field
        for fact in columns.values()
        for field in [_field(pa, fact)]
    )
    filled = [_array(pa, schema.field(name).type, fact, [row[name] for row in rows]) for name, fact in columns.items()]
    return pa.Table.from_arrays(filled, schema=schema)


def _array(pa: Any, kind: Any, fact: Fact, values: list[Any]) -> Any:
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    # All members always, whatever the rows hold: in pandas, tables with other categories would make others together.
    places = {member.value: place for place, member in enumerate(fact.cls)}
    return pa.DictionaryArray.from_arrays(pa.array(map(places.get, values), pa.int8()), pa.array(places, pa.string()))


def _field(pa: Any, fact: Fact) -> Any:
    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    if fact.cls in plain:
        one = plain[fact.cls]
    elif issubclass(fact.cls, (Enum, Entity)):
        one = pa.string()
    else:
        one = pa.struct([_field(pa, inner) for inner in fields(fact.cls).values()])
    told = {key: text for key, text in (("description", fact.doc), ("unit", fact.unit)) if text} or None
    return pa.field(fact.name, pa.list_(one) if fact.many else one, fact.optional, told)


def to_pandas(table: Table, language: str | None) -> pandas.DataFrame:
    """A pandas DataFrame of a table."""
    with needs("tables"):
        import pandas as pd

    arrow = arrow_table(table, language)
    whole = {"int64": pd.Int64Dtype(), "bool": pd.BooleanDtype()}  # Else what is missing would make them others.
    frame = arrow.to_pandas(types_mapper=lambda kind: whole.get(str(kind)))
    for name, fact in table._columns.items():
        if fact.many:  # As lists, which users expect; pyarrow would give arrays.
            frame[name] = pd.Series(arrow[name].to_pylist(), index=frame.index, dtype=object)
    return frame


def to_polars(table: Table, language: str | None) -> polars.DataFrame:
    """A Polars DataFrame of a table."""
    with needs("tables"):
        import polars

    return polars.DataFrame(arrow_table(table, language))
