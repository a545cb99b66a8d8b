"""XLSX: a catalogue, or a table, as a workbook to read, sort and filter."""

from __future__ import annotations

import io
import os
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..datasets.staging import staged_file
from ..domain import collection_name
from ..domain.declaration import Fact
from ..domain.entity import Entity
from ..domain.rules import URL
from ..domain.table import Table
from ..errors import SaveError, needs
from ..text import quoted
from .origin import checked
from .relational import Relation, relations

_ABOUT, _FIELDS = "about", "fields"
_WIDEST, _WIDEST_NUMBER = 40, 12
_MOST_ROWS, _MOST_LETTERS, _LONGEST_LINK, _MOST_LINKS = 1_048_576, 32_767, 2_079, 65_530
"""What Excel takes: rows of a sheet, UTF-16 units of a cell and of a link, links of a sheet."""


def to_xlsx(
    what: Catalogue | Table, file: str | os.PathLike[str], *, overwrite: bool = False, language: str | None = None
) -> None:
    """Write a catalogue, or a table, as a workbook for Excel and LibreOffice. Needs the extra `tables`.

    A table, which is a collection, a comparison or any other answer that has `to_pandas`, is one sheet. Of a catalogue:
    a sheet for each collection, named like it, and for each kind of value that entities hold, as ``citations``; first
    ``about``, which says what it is and what each sheet holds, and ``fields``, which says what each column means.
    Items of a list are joined by ``; ``. Texts are texts, whatever they begin with, and dates are too. Names are in a
    ``language`` as `Entity.label` gives them. A catalogue on a base is written with all that it stands on.
    Raises `SaveError` if the file cannot be written, or is there: to replace it, say ``overwrite``; also if Excel could
    not hold it: a cell takes 32 767 characters, a sheet 1 048 576 rows; or would not open it, as a file named ``.xls``.
    Either way it is written whole, or what was there before is untouched.

    >>> import os, smartspec, tempfile, zipfile
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     smartspec.export.to_xlsx(smartspec.load(), os.path.join(beside, "s3.xlsx"))
    ...     smartspec.export.to_xlsx(smartspec.load().innovation_poles, os.path.join(beside, "poles.xlsx"))
    ...     zipfile.is_zipfile(os.path.join(beside, "s3.xlsx")), sorted(os.listdir(beside))
    (True, ['poles.xlsx', 's3.xlsx'])
    """
    _refuse_another_name(os.fspath(file))
    _refuse_a_frame(what)
    tables = [_relation(what, language)] if isinstance(what, Table) else relations(what, language)
    with needs("tables"):
        import xlsxwriter

    with staged_file(file, overwrite) as stage:
        _refuse_what_excel_cannot_hold(tables)
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            book.set_properties(_properties(what))
            bold = book.add_format({"bold": True, "bottom": 1})
            if not isinstance(what, Table):
                _write_about(book.add_worksheet(_ABOUT), bold, tables)
                fields = ("sheet", "column", "meaning", "holds")
                _write(book.add_worksheet(_FIELDS), bold, fields, [*_described(tables)])
            for table in tables:
                sheet = book.add_worksheet(table.name)
                rows = [tuple(map(_cell, row)) for row in table.rows]
                _write(sheet, bold, [column.name for column in table.columns], rows, len(table.key))
                _link(sheet, table)
        with open(stage, "wb") as stream:
            stream.write(content.getvalue())


def _refuse_a_frame(what: object) -> None:
    """A table of pandas or Polars writes itself."""
    ways = {"to_excel": 'to_excel(file, engine="xlsxwriter")', "write_excel": "write_excel(file)"}
    way = next((call for name, call in ways.items() if hasattr(what, name)), None)
    if way and not isinstance(what, (Catalogue, Table)):
        raise TypeError(f"to_xlsx() writes a catalogue or one of its tables; what you have writes itself: .{way}")


def _refuse_another_name(file: str) -> None:
    """Of a file that is called ``.xls`` or ``.xlsm``, Excel expects another format, and does not open it."""
    root, suffix = os.path.splitext(file)
    if suffix.lower().startswith(".xl") and suffix.lower() != ".xlsx":
        hint = f"name it {quoted(os.path.basename(root) + '.xlsx')}"
        raise SaveError(file, f"as {suffix}, Excel would not open it; {hint}")


def _properties(what: Catalogue | Table) -> dict[str, Any]:
    """Title and date. That is not today's: the same data make the same bytes."""
    if isinstance(what, Table):
        return {"title": _title(what), "created": datetime(1980, 1, 1)}  # No date, as the files in the archive have.
    day = checked(what) or f"{what.year}-01-01"
    return {"title": what.name, "created": datetime.fromisoformat(day)}


def _title(table: Table) -> str:
    return table.name if isinstance(table, Collection) else type(table).__name__.lower()


def _relation(table: Table, language: str | None) -> Relation:
    """A table as one that stands for itself."""
    rows = [tuple(row.values()) for row in table.to_dicts(language)]
    return Relation(_title(table), "", tuple(table._columns.values()), (), (), rows)


def _cell(value: Any) -> Any:
    """The value of a cell; None for an empty one."""
    if isinstance(value, (list, dict)):
        return _said(value, "; ") or None
    return None if value == "" else value


def _said(value: Any, between: str = ", ") -> str:
    """What stands within a cell: the items of a list, the fields of a value such as a citation."""
    if isinstance(value, list):
        return between.join(map(_said, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said}" for name, inner in value.items() if (said := _said(inner)))
    return f"{value:.3g}" if isinstance(value, float) else "" if value is None else str(value)


def _refuse_what_excel_cannot_hold(tables: Iterable[Relation]) -> None:
    """xlsxwriter would cut it off without a word."""
    for table in tables:
        if len(table.rows) >= _MOST_ROWS:
            raise OSError(f"{table.name} has {len(table.rows)} rows, and a sheet holds {_MOST_ROWS} with its header")
        for row in table.rows:
            for column, value in zip(table.columns, map(_cell, row)):
                if isinstance(value, str) and _units(value) > _MOST_LETTERS:
                    place = f"{table.name} {row[0]!r}, {column.name}"
                    raise OSError(f"{place}: {len(value)} characters, and a cell holds {_MOST_LETTERS}")


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _write(sheet: Any, bold: Any, header: Iterable[str], rows: list[tuple[Any, ...]], fixed: int = 0) -> None:
    """A sheet with a header that stays, filters, and columns as wide as what they hold, up to a limit."""
    widths = [len(name) + 3 for name in header]  # With room for the button of the filter.
    for position, name in enumerate(header):
        sheet.write_string(0, position, name, bold)
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row):
            if value is not None:
                _write_cell(sheet, number, position, value)
                # Excel shows as many digits as there is room for.
                widest = _WIDEST_NUMBER if isinstance(value, float) else _WIDEST
                widths[position] = max(widths[position], min(len(str(value)) + 1, widest))
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    sheet.freeze_panes(1, fixed)
    sheet.autofilter(0, 0, len(rows), len(widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # A year is a date here.


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):  # Never by `write`, which takes what begins with "=" for a formula.
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)


def _link(sheet: Any, table: Relation) -> None:
    """Let web addresses be clicked, as many as Excel takes; the others are texts."""
    for position, column in enumerate(table.columns):
        if column.rule is URL:
            for number, row in enumerate(table.rows[:_MOST_LINKS], 1):
                if row[position] is not None and _units(row[position]) <= _LONGEST_LINK:
                    sheet.write_url(number, position, row[position], None, row[position])


def _write_about(sheet: Any, bold: Any, tables: list[Relation]) -> None:
    """What the datasets say of themselves, the catalogue's own first, and what each sheet holds."""
    row = 0
    datasets = tables[0]
    for told in reversed(datasets.rows):
        for column, value in zip(datasets.columns[1:], told[1:]):  # Their number says nothing here.
            if value:
                sheet.write_string(row, 0, column.name.replace("_", " "))
                for line in textwrap.wrap(value, 100):  # Excel would show it in one line, however long.
                    sheet.write_string(row, 1, line)
                    row += 1
        row += 1
    for position, name in enumerate(("sheet", "rows", "what it holds")):
        sheet.write_string(row, position, name, bold)
    for table in tables:
        row += 1
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", None, table.name)
        sheet.write_number(row, 1, len(table.rows))
        sheet.write_string(row, 2, table.doc)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 20)


def _described(tables: Iterable[Relation]) -> Iterator[tuple[str, ...]]:
    """What each column of each sheet means, and what it holds."""
    for table in tables:
        for column in table.columns:
            yield table.name, column.name, column.meaning, _held(column)


def _held(column: Fact) -> str:
    if issubclass(column.cls, Entity):
        one = f"id of {collection_name(column.cls)}"
    elif issubclass(column.cls, Enum):
        one = " | ".join(member.value for member in column.cls)
    else:
        one = {str: "text", bool: "true or false", int: "whole number", float: "number"}[column.cls]
    return f'several, joined by "; ": {one}' if column.many else one
