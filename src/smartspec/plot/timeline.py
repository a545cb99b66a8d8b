"""When strategies, poles and initiatives run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.neighbourhood import vouched_until
from ..domain.actors import Initiative, InnovationPole
from ..domain.entity import year_of, years
from ..domain.strategy import Strategy
from ..domain.territory import Region
from .layout import MOST, Colour, begin, figure, first, hover, kind, plotly, refuse_others, tall, tint, wrapped

_FADING = (0.5, 0.3, 0.15)  # How strong the colour still is, year by year.


def timeline(catalogue: Catalogue, *of: Region) -> Any:
    """Strategies, poles and initiatives as bars along the years; triangles mark ends that are not stated.

    ``of`` narrows it to what is of some territories. Raises `TypeError` for what is no territory.

    A bar without a stated end is solid until the last year that the data vouch for: that in which it began, a source
    that it cites was published, its successor or a strategy in whose areas it works began, or something that refers
    to it (an initiative of a strategy, a pole of a programme); or the last that a figure about it covers. A source
    without a date vouches for no year, whenever it was read: it may speak of the past. From there the bar fades
    within three years, and never beyond the year in which the dataset was checked (if it does not say: the last year
    that it knows). Before its end, a bar without a stated beginning fades likewise. Bars cover whole years.

    Lines lead from a pole to the one that it became, and from a strategy to the one that followed it. What has no
    year at all is left out, and counted in the title; so are initiatives of a single year, where there is too much.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.timeline(smartspec.load())
    >>> [trace.name for trace in figure.data if trace.type == "bar"]
    ['Strategies', 'Innovation poles', 'Initiatives']
    """
    go = plotly(catalogue)
    refuse_others(of, (Region,), "a timeline is narrowed by territories")
    collections: Any = catalogue.strategies, catalogue.innovation_poles, catalogue.initiatives
    strategies, clusters, programmes = (held.of(of) if of else held for held in collections)
    everything: list[Any] = [*sorted(strategies, key=begin), *clusters, *sorted(programmes, key=begin)]
    dated = [entity for entity in everything if entity.start_year is not None or entity.end_year is not None]
    lasting = [entity for entity in dated if not (isinstance(entity, Initiative) and _is_of_one_year(entity))]
    some, left_out = first(dated if len(dated) <= MOST else lasting, MOST, "bars")
    for number, why in (
        (len(dated) - len(lasting) if len(dated) > MOST else 0, "initiatives of a single year"),
        (len(everything) - len(dated), "what states no year"),
    ):
        left_out += f". Left out, {why}: {number:,}" if number else ""
    kinds: tuple[Any, ...] = (Strategy, InnovationPole, Initiative)
    plans, poles, initiatives = ([entity for entity in some if isinstance(entity, cls)] for cls in kinds)
    place = {pole: number for number, pole in enumerate(catalogue.innovation_poles)}
    poles.sort(key=lambda pole: place[(pole, *pole.successors)[-1]])  # All that became one stand together.
    rows = [*plans, *poles, *initiatives]
    until = {entity: vouched_until(catalogue, entity) or 0 for entity in rows}
    limit = year_of(catalogue.info.checked) or max(until.values(), default=0)
    parts = {entity: _parts(entity, until[entity], limit) for entity in rows}
    start = {entity: min(low for low, _, _ in parts[entity]) for entity in rows}
    stop = {entity: max(high for _, high, _ in parts[entity]) for entity in rows}
    earliest, latest = min(start.values(), default=0) - 0.4, max(stop.values(), default=0) + 0.4
    labels = [wrapped(entity.name, 265) for entity in rows]
    tops = [0, *accumulate(tall(lines) - 2 for lines in labels)]
    middle = {entity: (top + bottom) / 2 for entity, top, bottom in zip(rows, tops, tops[1:])}
    said = {}
    for entity in rows:
        citations = dict.fromkeys((*entity.cite("start"), *entity.cite("end"), *entity.citations))
        said[entity] = hover(entity, kind(entity), years(entity), citations=[*citations])

    def common(members: Sequence[Any]) -> dict[str, Any]:
        return {"y": [middle[e] for e in members], "hovertext": [said[e] for e in members], "hoverinfo": "text"}

    bars = []
    for name, members, colour in (
        ("Strategies", plans, Colour.BLUE),
        ("Innovation poles", poles, Colour.GREEN),
        ("Initiatives", initiatives, Colour.ORANGE),
    ):
        segments = [(entity, *part) for entity in members for part in parts[entity]]
        if segments:
            bars.append(
                go.Bar(
                    name=name,
                    orientation="h",
                    base=[low for _, low, _, _ in segments],
                    x=[high - low for _, low, high, _ in segments],
                    width=14,
                    marker={"color": [tint(colour, strength) for *_, strength in segments]},
                    **common([entity for entity, *_ in segments]),
                )
            )
    ways = [(pole, pole.successor, start[pole.successor]) for pole in poles if pole.successor in middle]
    turned: list[float] = []
    for plan in plans:
        if plan.predecessor in middle:  # Lines between plans are long: two that turned down in one year would be one.
            ways.append((plan.predecessor, plan, start[plan] + 0.3 * turned.count(start[plan])))
            turned.append(start[plan])
    succession = go.Scatter(
        name="became, or was followed by",
        mode="lines",
        x=[x for earlier, _, bend in ways for x in (min(stop[earlier], bend), bend, bend, None)],
        y=[y for earlier, later, _ in ways for y in (middle[earlier], middle[earlier], middle[later], None)],
        line={"color": Colour.BLACK, "width": 2},
        hoverinfo="skip",
    )
    open_ends = [
        go.Scatter(
            name=name,
            mode="markers",
            x=[edge[entity] for entity in members],
            marker={"symbol": symbol, "color": Colour.BLACK, "size": 11},
            **common(members),
        )
        for name, attribute, edge, symbol in (
            ("end not stated", "end", stop, "triangle-right"),
            ("beginning not stated", "start", start, "triangle-left"),
        )
        if (members := [entity for entity in rows if getattr(entity, attribute) is None])
    ]
    return figure(
        catalogue,
        "When strategies, poles and initiatives run",
        f"Bars without a stated end fade after the last year that a source vouches for{left_out}",
        tops[-1],
        [*bars, *([succession] if ways else []), *open_ends],
        nothing="no strategy, pole or initiative with a year",
        left=290,
        above=20,
        barmode="overlay",
        xaxis={
            "side": "top",
            "fixedrange": True,
            "automargin": False,
            "range": [earliest, latest],
            "dtick": 1 if latest - earliest < 17 else 2 if latest - earliest < 33 else None,
            "tickformat": "d",
            "gridcolor": "#e5e5e5",
            "zeroline": False,
        },
        yaxis={
            "range": [tops[-1], 0],
            "tickvals": list(middle.values()),
            "ticktext": ["<br>".join(lines) for lines in labels],
            "showgrid": False,
            "fixedrange": True,
            "automargin": False,
        },
    )


def _is_of_one_year(entity: Any) -> bool:
    return entity.start_year is not None and entity.start_year == entity.end_year


def _parts(entity: Any, until: int, limit: int) -> list[tuple[float, float, float]]:
    """The parts of a bar: from, to, and how strong its colour is, which is 1 for what the data vouch for."""
    # A year reaches from half a unit before its tick to half a unit after it.
    low, high = (entity.end_year if entity.start_year is None else entity.start_year) - 0.5, until + 0.5
    parts = [(low, high, 1.0)]
    for number, strength in enumerate(_FADING):
        if entity.end is None and until + number < limit:
            parts.append((high + number, high + number + 1, strength))
        if entity.start is None:
            parts.append((low - number - 1, low - number, strength))
    return parts
