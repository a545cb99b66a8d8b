"""How entities and catalogues look as plain text, whatever their names hold."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.neighbourhood import vouched_until
from ..domain.entity import year_of, years
from ..domain.strategy import InnovationArea, Strategy
from ..text import clean

LEAST = 40
"""The narrowest lines: in less, no table can be read."""
_MOST = 40
"""So many strategies and poles are listed in a part: who has hundreds would scroll for ever."""
_LONGEST = 100_000
"""Of a longer text, so much is shown."""


def overview(catalogue: Catalogue, width: int = 100, heading: Callable[[str], str] = str) -> str:
    """What a catalogue holds, at a glance: what is in force, what has ended, and how many entities of each class.

    ``width`` is that of the lines, ``heading`` dresses the headings. In force is what was so in the year in which the
    facts were checked, or is this year if nobody states when that was.

    >>> import smartspec
    >>> from smartspec.display.terminal import overview
    >>> [line for line in overview(smartspec.load()).splitlines() if line.startswith("Strategies")]
    ['Strategies in force in 2026', 'Strategies that have ended']
    """
    return "\n".join(_overview(catalogue, max(width, LEAST), heading))


def _overview(catalogue: Catalogue, width: int, heading: Callable[[str], str]) -> Iterator[str]:
    info = catalogue.info
    yield heading(clean(info.name))
    facts = [info.version and f"version {info.version}", info.licence]
    yield from _wrapped(", ".join(clean(part) for part in facts if part), width)
    yield from _wrapped(clean(info.description, 1000), width)
    year = year_of(info.checked) or _this_year()
    parts = zip(_by_time(catalogue.strategies, year), _by_time(catalogue.innovation_poles, year))
    for (when, strategies), (_, poles) in parts:
        if strategies:
            yield ""
            yield heading(f"Strategies {when}")
        for strategy in strategies[:_MOST]:
            yield from _strategy(catalogue, strategy, year, width)
        yield from _more(strategies)
        if poles:
            yield ""
            yield heading(f"Innovation poles {when}")
            rows = [
                (
                    pole.name,
                    years(pole),
                    pole.region.name,
                    ", ".join(manager.name for manager in pole.managers),
                    pole.successor.name if pole.successor else "",
                )
                for pole in poles[:_MOST]
            ]
            lines = columns([("pole", "years", "region", "managers", "became"), *rows], width - 2)
            yield from (f"  {line}" for line in lines)
        yield from _more(poles)
    yield ""
    yield heading("What it holds")
    for name, collection in catalogue.collections.items():
        yield f"  {name.replace('_', ' '):<22}{len(collection):>6}"


def _more(found: Collection[Any]) -> Iterator[str]:
    if len(found) > _MOST:
        yield f"  … and {len(found) - _MOST} more {found.name.replace('_', ' ')}"


def _this_year() -> int:
    from datetime import date  # Deferred import: most datasets say when they were checked.

    return date.today().year


def _by_time(entities: Collection[Any], year: int) -> Iterator[tuple[str, Collection[Any]]]:
    """Those in force in a year, those that have ended, and the others, with what to call them."""
    present = entities.at(year)
    ended = entities.filter(lambda entity: entity.end_year is not None and entity.end_year < year)
    yield f"in force in {year}", present
    yield "that have ended", ended
    yield "not yet in force, or of unknown years", entities.filter(lambda e: e not in present and e not in ended)


def _strategy(catalogue: Catalogue, strategy: Strategy, year: int, width: int) -> Iterator[str]:
    about = [strategy.region.name, strategy.kind.value.replace("-", " "), years(strategy)]
    last = vouched_until(catalogue, strategy)
    if strategy.end is None and last is not None and last < year:
        about.append(f"last vouched for in {last}")
    title = f"{clean(strategy.name, 80)} ({', '.join(clean(part) for part in about if part)})"
    yield from _wrapped(title, width, indent=2)
    areas = catalogue.innovation_areas.of(strategy)
    for field in catalogue.priority_fields.of(strategy):
        yield from _group(field.name, areas.where(priority_field=field), width)
    others: dict[str, list[InnovationArea]] = {}
    for area in areas.where(priority_field=None):
        others.setdefault(area.designation, []).append(area)
    for designation, members in others.items():
        yield from _group(designation[:1].upper() + designation[1:], members, width)


def _group(title: str, areas: Iterable[InnovationArea], width: int) -> Iterator[str]:
    names = ", ".join(clean(area.name, 60) for area in areas)
    yield from _wrapped(f"{clean(title)}{': ' * bool(names)}{names}", width, indent=4)


def _wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    first = " " * indent
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=first + "  " * bool(indent))


def columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows of cells under their heads, in lines of a width: columns that hold nothing are left out, long cells break.

    >>> from smartspec.display.terminal import columns
    >>> print("\\n".join(columns([("pole", "seat", "managers"), ("CLEVER", "", "Environment Park")], 20)))
    pole    managers
    CLEVER  Environment
            Park
    """
    cells = [[clean(cell, 1_000) for cell in row] for row in rows]
    kept = [column for column in zip(*cells) if any(column[1:])]
    widths = [max(map(len, column)) for column in kept]
    words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in kept]
    # The widest gives way, so that the others stay on one line; words, such as ids, are broken last.
    while sum(widths) + 2 * (len(widths) - 1) > width:
        able = [number for number, size in enumerate(widths) if size > words[number]] or range(len(widths))
        widths[max(able, key=widths.__getitem__)] -= 1
    lines = []
    for row in zip(*kept):
        broken = [textwrap.wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(row, widths)]
        for number in range(max(map(len, broken))):
            parts = (cell[number] if number < len(cell) else "" for cell in broken)
            lines.append("  ".join(part.ljust(size) for part, size in zip(parts, widths)).rstrip())
    return lines


def entries(found: Iterable[Sequence[str]], width: int) -> list[str]:
    """Findings one below the other: the first line of each, and under it, set in, what else is told of it.

    Nothing is broken within a word, so that ids and addresses can be copied.

    >>> from smartspec.display.terminal import entries
    >>> print("\\n".join(entries([("0.52  Saarland (saarland)", "Health and life sciences", "")], 40)))
    0.52  Saarland (saarland)
        Health and life sciences
    """
    lines = []
    for first, *others in found:
        for number, text in enumerate([first, *filter(None, others)]):
            indent = "    " * (number > 0)
            lines += wrapped(text, max(width, LEAST), indent, indent + "    ")
    return lines


def wrapped(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    """A text in lines of a width, its first line and the others set in; no word is broken, however long."""
    return textwrap.wrap(
        clean(text, _LONGEST),
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
