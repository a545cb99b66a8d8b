"""Placing the texts of a whole table: what engines that work on batches call, beside the matcher."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UnknownEntityError, needs
from ..text import shown
from .placement import Placement

if TYPE_CHECKING:
    from .encoding import EncodingMatcher
    from .matcher import Matcher

_SIZE = 10_000  # Rows that are held as Python objects at a time.
_CODES = "nace"  # The column of codes, if there is one and none is named.


def place(matcher: Matcher | EncodingMatcher, table: Any, text: str, nace: str | None) -> Any:
    """A table with the placements of its texts beside them: see `Matcher.match_batch`."""
    pa = _pyarrow()
    if _is(table, "pandas", "DataFrame"):
        asked = [name for name in (text, nace or _CODES) if name in table.columns]
        given = pa.Table.from_pandas(table[asked], preserve_index=False)
        placed = _Placing(matcher, given.schema, text, nace, table.columns).table(given)
        columns = {name: placed[name].to_pandas().array for name in placed.column_names[len(asked) :]}
        # As Python's lists: pandas cannot read back its own Parquet files with nested types of Arrow.
        evidence = sys.modules["pandas"].Series(placed["evidence"].to_pylist(), dtype=object)
        return table.assign(**{**columns, "evidence": evidence.array})
    if _is(table, "polars", "DataFrame"):
        asked = [name for name in (text, nace or _CODES) if name in table.columns]
        given = pa.table(table.select(asked))
        placed = _Placing(matcher, given.schema, text, nace, table.columns).table(given)
        return table.hstack(sys.modules["polars"].DataFrame(placed.drop_columns(asked)))
    if isinstance(table, pa.RecordBatch):
        return _Placing(matcher, table.schema, text, nace).batch(table)
    if isinstance(table, pa.RecordBatchReader):
        placing = _Placing(matcher, table.schema, text, nace)
        return pa.RecordBatchReader.from_batches(placing.schema, placing.batches(table))
    if isinstance(table, pa.Table) or hasattr(table, "__arrow_c_stream__"):
        given = pa.table(table)
        return _Placing(matcher, given.schema, text, nace).table(given)
    raise TypeError(f"match_batch() takes a table of Arrow, Polars or pandas, not {shown(table)}")


class _Placing:
    """The work on tables of one schema."""

    def __init__(
        self,
        matcher: Matcher | EncodingMatcher,
        schema: Any,
        text: str,
        nace: str | None,
        names: Iterable[str] = (),
    ) -> None:
        pa = _pyarrow()
        codes = nace or _CODES
        evidence = {"text": pa.string(), "start": pa.int32(), "stop": pa.int32(), "term": pa.string()}
        self.evidence = pa.struct({**evidence, "weight": pa.float64(), "theme": pa.string()})
        new = {
            "verdict": pa.string(),
            "area": pa.string(),
            "second_area": pa.string(),
            "candidate": pa.string(),
            "score": pa.float64(),
            "evidence": pa.list_(self.evidence),
            "problem": pa.string(),
        }
        taken = [name for name in new if name in (*schema.names, *names)]
        if taken:
            raise ValueError(f"the table has a column {taken[0]!r} already: rename it, for this is one of the answers")
        for name, kind in ((text, "texts"), (nace, "codes")):
            if name is not None and name not in schema.names:
                held = ", ".join(map(repr, names or schema.names)) or "none"
                raise ValueError(f"the table has no column {name!r} of {kind}; its columns: {held}")
        for name in (text, codes):
            if schema.names.count(name) > 1:
                raise ValueError(f"the table has {schema.names.count(name)} columns {name!r}: rename all but one")
        _check_holds_texts(schema.field(text))
        self.coded = codes in schema.names
        if self.coded:
            _check_holds_texts(schema.field(codes), lists=True)
        self.matcher, self.text, self.codes = matcher, text, codes
        self.types = list(new.values())
        self.schema = pa.schema([*schema, *new.items()], metadata=schema.metadata)

    def table(self, table: Any) -> Any:
        return _pyarrow().Table.from_batches(self.batches(table.to_batches()), schema=self.schema)

    def batches(self, batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for start in range(0, batch.num_rows, _SIZE):
                yield self.batch(batch.slice(start, _SIZE))

    def batch(self, batch: Any) -> Any:
        texts = batch.column(self.text).to_pylist()
        codes = map(_codes, batch.column(self.codes).to_pylist()) if self.coded else [()] * len(texts)
        columns = self._columns(self._placed(texts, [*codes]))
        return _pyarrow().RecordBatch.from_arrays([*batch.columns, *columns], schema=self.schema)

    def _placed(
        self, texts: Sequence[str | None], codes: Sequence[Sequence[str]]
    ) -> Iterator[tuple[Placement | None, str | None]]:
        """The placement of each text, and what is wrong with its row; a row that is wrong stays."""
        # Those without codes at once, for a matcher that has more than one in hand is the faster if it asks an encoder.
        alone = self.matcher.match_many(text for text, own in zip(texts, codes) if text is not None and not own)
        for text, own in zip(texts, codes):
            if text is None:
                yield None, "no text"
            elif not own:
                yield next(alone), None
            else:
                known, problem = _known(own)
                yield self.matcher.match(text, known), problem

    def _columns(self, placed: Iterable[tuple[Placement | None, str | None]]) -> list[Any]:
        pa = _pyarrow()
        columns: list[list[Any]] = [[] for _ in range(5)]
        found: list[tuple[Any, ...]] = []
        begins: list[int | None] = []  # Where the evidence of a row begins among all; None if it has none to tell.
        problems = []
        for placement, problem in placed:
            problems.append(problem)
            row: tuple[Any, ...] = (None,) * 5
            begins.append(None if placement is None else len(found))
            if placement is not None:
                first, second = (*(area.id for area in placement.areas), None, None)[:2]
                row = placement.verdict.value, first, second, None, 0.0
                if placement.candidates:
                    area, score, evidence = placement.candidates[0]
                    row = *row[:3], area.id, score
                    found += [(*each[:5], each.theme and each.theme.id) for each in evidence]
            for column, value in zip(columns, row):
                column.append(value)
        fields = [*zip(*found)] or [()] * 6
        arrays = [pa.array(values, field.type) for values, field in zip(fields, self.evidence)]
        told = pa.StructArray.from_arrays(arrays, fields=[*self.evidence])
        evidence_lists = pa.ListArray.from_arrays(pa.array([*begins, len(found)], pa.int32()), told, self.types[5])
        plain = [pa.array(column, kind) for column, kind in zip(columns, self.types)]
        return [*plain, evidence_lists, pa.array(problems, pa.string())]


def _pyarrow() -> Any:
    with needs("bulk"):
        import pyarrow
    return pyarrow


def _is(table: Any, package: str, name: str) -> bool:
    """Whether it is of a class of a package; who has not imported the package has nothing of it."""
    return package in sys.modules and isinstance(table, getattr(sys.modules[package], name))


def _check_holds_texts(field: Any, lists: bool = False) -> None:
    types = _pyarrow().types
    kind = field.type
    if lists and (types.is_list(kind) or types.is_large_list(kind)):
        kind = kind.value_type
    if types.is_dictionary(kind):
        kind = kind.value_type
    if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)):
        raise TypeError(f"the column {field.name!r} holds {field.type}, not texts")


def _codes(cell: str | Sequence[str | None] | None) -> Sequence[str]:
    """The codes of a cell: a text that holds some, or a list of such texts."""
    from ..nace.lookup import codes_in  # Deferred import: most tables come without codes.

    cells = [cell] if cell is None or isinstance(cell, str) else cell
    return [code for each in cells for code in codes_in(each or "")]


def _known(codes: Sequence[str]) -> tuple[list[str], str | None]:
    """Those that are codes, and what is said of the others."""
    from ..nace import related  # Deferred import: most tables come without codes.

    known, problems = [], []
    for code in codes:
        try:
            related(code)
            known.append(code)
        except UnknownEntityError as error:
            problems.append(str(error))
    return known, "; ".join(problems) or None
