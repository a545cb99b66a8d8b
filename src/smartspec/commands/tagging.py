"""The command `match`: a text placed in the areas of a strategy, or every row of a CSV file."""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ..display.terminal import wrapped
from ..domain.table import as_dict
from ..errors import SmartspecError
from ..nace.lookup import codes_in
from ..text import clean, close, did_you_mean, quoted, table
from .choosing import catalogue_of, chosen
from .declaring import FINE, NOTHING, REFUSED, RefusedError, Terminal, declare, print_json, takes_dataset, takes_json

if TYPE_CHECKING:  # Only who places a text waits for the vocabulary.
    from ..matching.matcher import Matcher
    from ..matching.placement import Placement

STRATEGY = "piedmont-s3-2021-2027"
"""The strategy that is taken if none is named: the one of the packaged dataset that is in force."""
COLUMNS = ("verdict", "area", "area_name", "score", "second", "evidence", "error")
"""What is written after the columns of a file."""
_SEPARATORS = {sign: sign for sign in ",;\t|"} | {"tab": "\t", "\\t": "\t"}
_STRATEGIES = 20
"""So many are named where one must be chosen."""
_HEAD = 100
"""A header may go over several lines, but over no more than these."""


class _Row(NamedTuple):
    """A row of a file: the line on which it begins, its cells, and what is wrong with it."""

    line: int
    cells: list[str]
    error: str = ""


def add_match(commands: Any, name: str) -> None:
    """``smartspec match``."""
    match = declare(
        commands,
        name,
        _match,
        "place a text, or the rows of a CSV file, in the areas of a strategy",
        'match "Un drone controlla i vigneti"',
        'match "A vaccine" --strategy saxony-s3-2020-2027',
        "match --csv projects.csv --text description > tagged.csv",
    )
    match.add_argument("words", nargs="*", metavar="TEXT", help="the text; - reads it from the standard input")
    told = f"among whose areas, by its id or its name ({STRATEGY})"
    match.add_argument("--strategy", metavar="STRATEGY", help=told)
    match.set_defaults(of="strategies", option="--strategy ")
    match.add_argument("--designation", metavar="TEXT", help='only among areas that are called so: "innovation area"')
    match.add_argument(
        "--nace", metavar="CODES", help="NACE Rev. 2 codes of the text, parted by ; (with --csv: the column of them)"
    )
    match.add_argument("--csv", metavar="FILE", help="tag the rows of a CSV file; - reads the standard input")
    match.add_argument("--text", metavar="COLUMN", help="with --csv: the column of the texts")
    match.add_argument("--sep", metavar="SIGN", help="with --csv: what parts its columns (; , tab | are found)")
    match.add_argument(
        "--encoding", default="utf-8", metavar="ENCODING", help="with --csv: of the file, such as cp1252"
    )
    takes_dataset(match)
    takes_json(match)


def _match(given: argparse.Namespace, terminal: Terminal) -> int:
    if bool(given.words) == (given.csv is not None):
        raise RefusedError("give either a text or --csv FILE")
    return _one(given, terminal) if given.csv is None else _many(given, terminal)


def _matcher(given: argparse.Namespace, terminal: Terminal) -> tuple[Matcher, str]:
    """The matcher for the areas of the strategy asked for, and what to call that."""
    catalogue = catalogue_of(given)
    if given.strategy is None and STRATEGY not in catalogue.strategies:
        known = ", ".join(strategy.id for strategy in catalogue.strategies[:_STRATEGIES]) or "none"
        raise RefusedError(f"name a strategy of this dataset with --strategy; there are: {known}")
    try:
        strategy = chosen(catalogue, given.strategy or STRATEGY, given, terminal)
    except RefusedError as error:
        error.status = REFUSED  # That nothing is found would be told of texts.
        raise
    areas = catalogue.innovation_areas.where(strategy=strategy)
    if given.designation:
        called = sorted({area.designation for area in areas})
        areas = areas.where(designation=given.designation)
        if not areas:
            raise RefusedError(f"no area is called {quoted(given.designation)}, but {', '.join(map(quoted, called))}")
    if not areas:
        raise RefusedError(f"no areas of {quoted(strategy.id)} are recorded")
    return areas.matcher(), f"{clean(strategy.name)} ({strategy.id}, {len(areas)} areas)"


def _one(given: argparse.Namespace, terminal: Terminal) -> int:
    if given.text or given.sep:
        raise RefusedError("--text and --sep are for --csv")
    matcher, strategy = _matcher(given, terminal)
    text = sys.stdin.read() if given.words == ["-"] else " ".join(given.words)
    placement = matcher.match(text, codes_in(given.nace or ""))
    if given.json:
        print_json(as_dict(placement))
    else:
        from ..display.placement import placement_lines  # Deferred import: whoever tags a file draws none.

        about = wrapped(f"Among the areas of {strategy}:", terminal.width)
        print(*about, *placement_lines(placement, terminal.width), sep="\n")
    return FINE


def _many(given: argparse.Namespace, terminal: Terminal) -> int:
    if given.json:
        raise RefusedError("--json is for a text: the rows of a file are written as CSV")
    if not given.text:
        raise RefusedError("name the column of the texts: --text COLUMN")
    matcher, strategy = _matcher(given, terminal)
    counts: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    with nullcontext(sys.stdin.buffer) if given.csv == "-" else open(given.csv, "rb") as stream:
        try:  # What cannot be decoded is marked, so that its row can be named.
            lines: Iterable[str] = io.TextIOWrapper(stream, given.encoding, "surrogateescape", newline="")
        except LookupError:
            raise RefusedError(f"{quoted(given.encoding)} is no encoding that Python knows") from None
        try:
            head = [*islice(lines, _HEAD)]
        except UnicodeError:  # Of utf-16 and the like no byte can be marked.
            raise RefusedError(f"{quoted(given.csv)} is no {given.encoding}") from None
        mark = "\ufeff" if head and head[0].startswith("\ufeff") else ""
        head[:1] = [line.removeprefix(mark) for line in head[:1]]
        wanted = [given.text, *([given.nace] if given.nace else [])]
        separator = _separator(head, wanted, given.sep)
        rows = _rows(chain(head, lines), separator)
        header = next(rows, _Row(1, [])).cells
        places = [_place(header, column) for column in wanted]
        writer = _writer(mark, separator, "\r\n" if head[0].endswith("\r\n") else "\n")
        writer.writerow([*map(_readable, header), *_names(header)])
        for row in rows:
            error = row.error or _flaw(row.cells, header, places[0], given.encoding)
            placement = None
            if not error:
                codes = codes_in(row.cells[places[1]]) if given.nace else []
                try:
                    placement = matcher.match(row.cells[places[0]], codes)
                except SmartspecError as wrong:  # A code that is none.
                    error = str(wrong)
            if error:
                print(f"line {row.line}: {clean(error, 200)}", file=sys.stderr)
            cells = [*row.cells, *[""] * len(header)][: len(header)]
            writer.writerow([*map(_readable, cells), *_told(placement), _readable(error)])
            counts[placement.verdict.value if placement else "bad"] += 1
            areas.update(area.id for area in (placement.areas if placement else ()))
    told = ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    print(f"{counts.total()} rows among the areas of {strategy}{': ' * bool(told)}{told}", file=sys.stderr)
    for line in table([(id, str(number)) for id, number in areas.most_common()], 80) if areas else ():
        print(f"  {line}", file=sys.stderr)
    return NOTHING if counts["bad"] else FINE


def _separator(head: Sequence[str], wanted: Sequence[str], given: str | None) -> str:
    """What parts the columns: the sign by which the header has those wanted, else most columns."""
    if given is not None:
        sign = _SEPARATORS.get(given, given)
        if len(sign) != 1 or sign in '"\r\n':
            raise RefusedError(f"{quoted(given)} is no sign that parts columns")
        return sign

    def fits(sign: str) -> tuple[bool, int]:
        header = next(_rows(head, sign), _Row(1, [])).cells
        return {*wanted} <= {name.strip() for name in header}, len(header)

    return max(dict.fromkeys(_SEPARATORS.values()), key=fits)


def _place(header: Sequence[str], column: str) -> int:
    names = [name.strip() for name in header]
    if names.count(column) == 1:
        return names.index(column)
    if column in names:
        raise RefusedError(f"{names.count(column)} columns are named {quoted(column)}")
    near = did_you_mean(close(column, names), "; ")
    raise RefusedError(
        f"no column is named {quoted(column)}{near}; there are: {', '.join(map(quoted, names)) or 'none'}"
    )


def _names(header: Sequence[str]) -> list[str]:
    """What the columns are called that are added: by other names where the file has such columns already."""
    taken = {name.strip().casefold() for name in header}
    names = []
    for name in COLUMNS:
        while name in taken:
            name = f"smartspec_{name}"
        names.append(name)
    return names


class _Lines:
    """Lines of a file, of which those taken last can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: list[str] = []  # The next is the last.
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line

    def back(self) -> str:
        """Give all of them back but the first, which is returned."""
        first, *others = self.taken
        self._again += reversed(others)
        self.number -= len(others)
        return first


def _rows(lines: Iterable[str], separator: str) -> Iterator[_Row]:
    """The rows of a file. Where one is no CSV, its first line is a row, and the next begins on the next line.

    Else a quote that is never closed would take all rows after it into one cell.
    """
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=separator, strict=True)
    while True:
        line, error = source.number + 1, ""
        source.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            cells, error = source.back().rstrip("\r\n").split(separator), f"no CSV: {wrong}"
            reader = csv.reader(source, delimiter=separator, strict=True)
        if cells:  # An empty line is no row.
            yield _Row(line, cells, error)


def _flaw(cells: Sequence[str], header: Sequence[str], place: int, encoding: str) -> str:
    """What is wrong with a row, if anything is."""
    if len(cells) > len(header):
        return f"{len(cells)} cells under {len(header)} columns; too many: {'; '.join(cells[len(header) :])}"
    if len(cells) < len(header):
        return f"{len(cells)} cells under {len(header)} columns"
    if any(_BYTE.search(cell) for cell in cells):
        return f"bytes that are no {encoding}" + "; try --encoding cp1252" * (encoding == "utf-8")
    return "" if cells[place].strip() else "no text"


_BYTE = re.compile("[\udc80-\udcff]")
"""A byte that could not be decoded."""


def _readable(text: str) -> str:
    return _BYTE.sub("\ufffd", text)


def _told(placement: Placement | None) -> list[str]:
    """What is written of a row: the areas and their words; of a text that has none, the words that decided."""
    if placement is None:
        return [""] * (len(COLUMNS) - 1)
    from ..matching.placement import Verdict  # Deferred import: see above.

    given, candidates = placement.areas, placement.candidates
    leading = [evidence for candidate in candidates[: len(given) or 1] for evidence in candidate.evidence]
    words = dict.fromkeys(each.text for each in (placement.against if placement.verdict is Verdict.NONE else leading))
    return [
        placement.verdict.value,
        "; ".join(area.id for area in given),
        "; ".join(area.name for area in given),
        f"{candidates[0].score:.2f}" if candidates else "",
        "".join(candidate.area.id for candidate in candidates[len(given) : len(given) + 1]),
        "; ".join(" ".join(word.split()) for word in words),
    ]


def _writer(mark: str, separator: str, end: str) -> Any:
    """A writer of CSV to the standard output, as the file was written that is read, but in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    sys.stdout.write(mark)
    return csv.writer(sys.stdout, delimiter=separator, lineterminator=end)
