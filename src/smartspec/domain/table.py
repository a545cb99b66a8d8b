"""Table: what can be read row by row, as plain values that JSON and other people's tools know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, get_type_hints

import attrs

from .declaration import Fact, fact, facts, once_per_class
from .record import Record, is_value
from .rules import check_language

if TYPE_CHECKING:
    import pandas
    import polars


class Table:
    """Rows under columns that are always the same, also if there is no row: what the answers here have in common.

    Collections, links, citations, matches, rankings, comparisons and others are tables. A column has the name and the
    type of the field that it holds: an entity stands there by its id, an enumeration by its value, a tuple as a list,
    a citation or another value as a dict, what is not known as None. `to_dicts` needs no library. What takes tables of
    Arrow, as ``pyarrow.table`` and DuckDB do, takes a table as it is. Names are English, unless a ``language`` is given
    by its ISO 639 code; `InvalidValueError` refuses what is no such code.

    >>> import smartspec
    >>> smartspec.load().regions[:1].to_dicts()[0]["level"]
    'country'
    """

    __slots__ = ()

    @property
    def _columns(self) -> Mapping[str, Fact]:
        """What stands in each column."""
        raise NotImplementedError

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        """The values of each row, in the order of the columns; names in a language, if one is given."""
        raise NotImplementedError

    def to_dicts(self, language: str | None = None) -> list[dict[str, Any]]:
        """A dict for each row, with all columns as keys; names in a language as `Entity.label` gives them.

        >>> import smartspec
        >>> regions = smartspec.load().regions
        >>> regions[2:3].to_dicts(language="it")[0]["name"]
        'Piemonte'
        """
        check_language(language)  # Also if there is no row to name.
        names = [*self._columns]
        return [dict(zip(names, map(plain, row), strict=True)) for row in self._rows(language)]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as a stream of Arrow, which other libraries ask for. Needs the extra `tables`."""
        from ..export.arrow import arrow_table  # Deferred import upwards.

        return arrow_table(self).__arrow_c_stream__(requested_schema)

    def to_pandas(self, language: str | None = None) -> pandas.DataFrame:
        """A pandas DataFrame, with a column for each key of `to_dicts`. Needs the extra `tables`.

        >>> import smartspec
        >>> poles = smartspec.load().innovation_poles.to_pandas()
        >>> [*poles[poles.region == "torino"].name]
        ['MESAP', 'Polo ICT']
        """
        from ..export.arrow import to_pandas  # Deferred import upwards.

        return to_pandas(self, language)

    def to_polars(self, language: str | None = None) -> polars.DataFrame:
        """A Polars DataFrame, with a column for each key of `to_dicts`. Needs the extra `tables`.

        >>> import smartspec
        >>> smartspec.load().sources.to_polars().schema["language"]
        String
        """
        from ..export.arrow import to_polars  # Deferred import upwards.

        return to_polars(self, language)


def columns(**hints: Any) -> dict[str, Fact]:
    """Columns by name, each with the type of its values.

    >>> from smartspec.domain.table import columns
    >>> columns(words=tuple[str, ...])["words"].many
    True
    """
    return {name: Fact(name, hint, attrs.NOTHING, fact("")) for name, hint in hints.items()}


@once_per_class
def fields(cls: type[Any]) -> Mapping[str, Fact]:
    """The fields of the records of a class, or of its named tuples."""
    if attrs.has(cls):
        return facts(cls)
    hints = get_type_hints(cls)
    return columns(**{name: hints[name] for name in cls._fields})


def plain(value: Any) -> Any:
    """A value that a record or a row holds, as JSON has it.

    >>> import smartspec
    >>> from smartspec.domain.table import plain
    >>> torino = smartspec.load().regions["torino"]
    >>> plain((torino, torino.level)), plain(torino.citations[0])["basis"]
    (['torino', 'municipality'], 'stated')
    """
    if value is None or value.__class__ is str:  # What most are.
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Record) and not is_value(type(value)):
        return value.id  # type: ignore[attr-defined]
    if attrs.has(type(value)) or hasattr(value, "_fields"):
        return as_dict(value)
    return [*map(plain, value)] if isinstance(value, tuple) else value


def as_dict(record: Any) -> dict[str, Any]:
    """A record or a named tuple with all its fields, as JSON has them.

    >>> import smartspec
    >>> from smartspec.domain.table import as_dict
    >>> as_dict(smartspec.load().regions["torino"])["parent"]
    'metropolitan-city-of-torino'
    """
    return {name: plain(getattr(record, name)) for name in fields(type(record))}
