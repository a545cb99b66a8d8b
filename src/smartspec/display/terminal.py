"""How entities and catalogues look as plain text, whatever their names hold."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..domain.strategy import InnovationArea, Strategy
from ..text import clean, table


def years(entity: Any) -> str:
    """The years of an entity as people write them: "2008-2012", "since 2016", "2006", or nothing.

    >>> import smartspec
    >>> from smartspec.display.terminal import years
    >>> years(smartspec.load().strategies["open-for-business"])
    'since 2016'
    """
    start, end = entity.start_year, entity.end_year
    if start and end:
        return str(start) if start == end else f"{start}-{end}"
    return f"since {start}" if start else f"until {end}" if end else ""


def overview(catalogue: Catalogue, width: int = 100, heading: Callable[[str], str] = str) -> str:
    """What a catalogue holds, at a glance: its counts, the strategies with their fields and areas, the poles.

    ``width`` is that of the lines, ``heading`` dresses the headings.

    >>> import smartspec
    >>> print(overview(smartspec.load()).splitlines()[0])
    Smart specialisation in Piedmont and Torino
    """
    return "\n".join(_overview(catalogue, width, heading))


def _overview(catalogue: Catalogue, width: int, heading: Callable[[str], str]) -> Iterator[str]:
    info = catalogue.info
    yield heading(clean(info.name))
    facts = [info.version and f"version {info.version}", info.licence]
    yield from _wrapped(", ".join(clean(part) for part in facts if part), width)
    yield from _wrapped(clean(info.description, 1000), width)
    yield ""
    yield heading("What it holds")
    for name, collection in catalogue.collections.items():
        yield f"  {name.replace('_', ' '):<22}{len(collection):>6}"
    if catalogue.strategies:
        yield ""
        yield heading("Strategies, their priority fields and areas")
    for strategy in catalogue.strategies:
        yield from _strategy(catalogue, strategy, width)
    if catalogue.innovation_poles:
        yield ""
        yield heading("Innovation poles")
        rows = [
            (pole.name, pole.region.name, pole.seat.name if pole.seat else "-") for pole in catalogue.innovation_poles
        ]
        lines = table([("pole", "region", "seat"), *rows])
        if max(map(len, lines)) > width - 2:
            lines = table([("pole", "region", "seat"), *rows], (width - 8) // 3)
        yield from (f"  {line}" for line in lines)


def _strategy(catalogue: Catalogue, strategy: Strategy, width: int) -> Iterator[str]:
    about = [strategy.region.name, strategy.kind.value.replace("-", " "), years(strategy)]
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
    return textwrap.wrap(text, max(width, 40), initial_indent=first, subsequent_indent=first + "  " * bool(indent))
