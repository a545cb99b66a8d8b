"""When strategies, poles and initiatives run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.neighbourhood import vouched_until
from ..display.terminal import years
from ..domain.actors import Initiative, InnovationPole
from ..domain.strategy import Strategy
from .layout import BLACK, BLUE, GREEN, MOST, ORANGE, begin, figure, first, hover, kind, plotly, tall, tint, wrapped

_NAMES = {Strategy: "Strategies", InnovationPole: "Innovation poles", Initiative: "Initiatives"}
_COLOURS = {Strategy: BLUE, InnovationPole: GREEN, Initiative: ORANGE}
_FADING = (0.5, 0.3, 0.15)  # How strong the colour still is, year by year.


def timeline(catalogue: Catalogue) -> Any:
    """Strategies, poles and initiatives as bars along the years; triangles mark ends that are not stated.

    A bar without a stated end is solid until the last year that the data vouch for: that in which it began, a source
    that it cites was published, its successor began, something began that refers to it (an initiative of a strategy,
    a pole of a programme), or the last that a figure about it covers. A source without a date vouches for no year,
    whenever it was read. From there the bar fades within three years, and none fades beyond the year in which the
    dataset was checked (without one: the last year that it knows). Bars without a stated beginning fade likewise.

    Lines lead from a pole to the one that it became, and from a strategy to the one that followed it. What has no
    year at all is left out, and counted in the title.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.timeline(smartspec.load())
    >>> [trace.name for trace in figure.data if trace.type == "bar"]
    ['Strategies', 'Innovation poles', 'Initiatives', 'not vouched for']
    """
    go = plotly(catalogue)
    everything: list[Any] = [
        *sorted(catalogue.strategies, key=begin),
        *catalogue.innovation_poles,
        *sorted(catalogue.initiatives, key=begin),
    ]
    dated = [entity for entity in everything if entity.start_year is not None or entity.end_year is not None]
    some, left_out = first(dated, MOST, "bars")
    if len(everything) > len(dated):
        left_out += f". Not shown, as no year is stated: {len(everything) - len(dated):,}"
    place = {pole: number for number, pole in enumerate(catalogue.innovation_poles)}
    poles = [entity for entity in some if isinstance(entity, InnovationPole)]
    poles.sort(key=lambda pole: place[(pole, *pole.successors)[-1]])  # All that became one stand together.
    plans = [entity for entity in some if isinstance(entity, Strategy)]
    rows: list[Any] = [*plans, *poles, *(entity for entity in some if isinstance(entity, Initiative))]
    # A year lasts from half a unit before its tick to half a unit after it.
    start = {entity: (entity.end_year if entity.start_year is None else entity.start_year) - 0.5 for entity in rows}
    stop = {entity: (vouched_until(catalogue, entity) or 0) + 0.5 for entity in rows}
    checked = catalogue.info.checked
    limit = int(checked[:4]) + 0.5 if checked else max(stop.values(), default=0)
    tails = [
        *((entity, *part) for entity in rows if entity.end_year is None for part in _tail(stop[entity], limit, 1)),
        *((entity, *part) for entity in rows if entity.start_year is None for part in _tail(start[entity], limit, -1)),
    ]
    reach = {entity: [start[entity], stop[entity]] for entity in rows}
    for entity, low, high, _ in tails:
        reach[entity] = [min(reach[entity][0], low), max(reach[entity][1], high)]
    earliest = min((low for low, _ in reach.values()), default=0) - 0.5
    last = max((high for _, high in reach.values()), default=0) + 0.5
    labels = [wrapped(entity.name, 265) for entity in rows]
    tops = [0, *accumulate(tall(lines) - 2 for lines in labels)]
    middle = {entity: (top + bottom) / 2 for entity, top, bottom in zip(rows, tops, tops[1:])}

    def common(members: Sequence[Any]) -> dict[str, Any]:
        said = []
        for entity in members:
            citations = dict.fromkeys((*entity.cite("start"), *entity.cite("end"), *entity.citations))
            said.append(hover(entity, kind(entity), years(entity), citations=list(citations)))
        return {"y": [middle[entity] for entity in members], "hovertext": said, "hoverinfo": "text"}

    bars = [
        go.Bar(
            name=_NAMES[cls],
            orientation="h",
            base=[start[entity] for entity in members],
            x=[stop[entity] - start[entity] for entity in members],
            width=14,
            marker={"color": colour},
            **common(members),
        )
        for cls, colour in _COLOURS.items()
        if (members := [entity for entity in rows if isinstance(entity, cls)])
    ]
    if tails:
        bars.append(
            go.Bar(
                name="not vouched for",
                orientation="h",
                base=[low for _, low, _, _ in tails],
                x=[high - low for _, low, high, _ in tails],
                width=14,
                marker={"color": [tint(_COLOURS[type(entity)], strength) for entity, *_, strength in tails]},
                showlegend=False,
                **common([entity for entity, *_ in tails]),
            )
        )
    pairs: list[tuple[Any, Any]] = [(pole, pole.successor) for pole in poles if pole.successor in middle]
    pairs += [(plan.predecessor, plan) for plan in plans if plan.predecessor in middle]
    corners = [
        corner
        for earlier, later in pairs
        for corner in (
            (min(reach[earlier][1], start[later]), middle[earlier]),
            (start[later], middle[earlier]),
            (start[later], middle[later]),
            (None, None),
        )
    ]
    succession = go.Scatter(
        name="became, or was followed by",
        mode="lines",
        x=[x for x, _ in corners],
        y=[y for _, y in corners],
        line={"color": BLACK, "width": 2},
        hoverinfo="skip",
    )
    open_ends = [
        go.Scatter(
            name=name,
            mode="markers",
            x=[reach[entity][side] for entity in members],
            marker={"symbol": symbol, "color": BLACK, "size": 11},
            **common(members),
        )
        for name, attribute, side, symbol in (
            ("end not stated", "end_year", 1, "triangle-right"),
            ("beginning not stated", "start_year", 0, "triangle-left"),
        )
        if (members := [entity for entity in rows if getattr(entity, attribute) is None])
    ]
    return figure(
        catalogue,
        "When strategies, poles and initiatives run",
        f"Bars fade where no source with a date vouches for what is longer ago or later{left_out}",
        tops[-1],
        [*bars, *([succession] if pairs else []), *open_ends],
        nothing="no strategy, pole or initiative with a year",
        left=290,
        above=20,
        barmode="overlay",
        xaxis={
            "side": "top",
            "fixedrange": True,
            "automargin": False,
            "range": [earliest, last],
            "dtick": 1 if last - earliest < 17 else 2 if last - earliest < 33 else None,
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


def _tail(edge: float, limit: float, sign: int) -> Iterator[tuple[float, float, float]]:
    """The parts in which a bar fades to the right (1), up to a limit, or to the left (-1): from, to, how strong."""
    for number, strength in enumerate(_FADING):
        low, high = sorted((edge + sign * number, edge + sign * (number + 1)))
        if low < limit:
            yield low, min(high, limit), strength
