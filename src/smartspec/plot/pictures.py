"""Pictures of a catalogue with plotly: each function takes a catalogue and returns a Figure.

plotly comes with the extra ``smartspec[plot]`` and is imported when the first picture is drawn. The pictures are laid
out for a width of 1000 pixels; what exceeds a picture is left out, and its title says so.
"""

from __future__ import annotations

import importlib
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from ..catalogue.catalogue import Catalogue
from ..catalogue.succession import inverse, toward
from ..display.mermaid import Tie, around, branches
from ..display.terminal import years
from ..domain.model import (
    Alignment,
    Basis,
    Citation,
    Entity,
    Initiative,
    InnovationArea,
    InnovationPole,
    MatchRelation,
    Organisation,
    PriorityField,
    StrategicObjective,
    Strategy,
)
from ..text import clean, shown

__all__ = ["alignment_flow", "area_matrix", "network", "strategy_tree", "timeline"]

T = TypeVar("T")

# Pixels: a picture (with margins and a scroll bar it fits into 1000), its margin, a line of text, between two boxes.
_WIDTH, _EDGE, _LINE, _GAP = 960, 12, 15, 8
_MOST, _MOST_LINKED, _MOST_ALIKE, _MOST_COLUMNS = 100, 50, 6, 8  # What one can take in.

# The colours of Okabe and Ito, which colour-blind people tell apart.
_BLUE, _ORANGE, _GREEN, _PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
_SKY, _VERMILION, _YELLOW, _BLACK, _GREY = "#56B4E9", "#D55E00", "#F0E442", "#222222", "#767676"
_FILLS = {
    Strategy: _BLUE,
    PriorityField: _SKY,
    InnovationArea: _ORANGE,
    InnovationPole: _GREEN,
    StrategicObjective: _PURPLE,
    Organisation: _VERMILION,
    Initiative: _YELLOW,
}


class _Style(NamedTuple):
    word: str
    meaning: str
    colour: str
    dash: str


_STYLES = {
    MatchRelation.EXACT: _Style("exact", "the same", _BLACK, "solid"),
    MatchRelation.CLOSE: _Style("close", "much the same", _BLUE, "solid"),
    MatchRelation.BROAD: _Style("broader", "the later is the broader", _VERMILION, "dash"),
    MatchRelation.NARROW: _Style("narrower", "the later is the narrower", _GREEN, "dashdot"),
    MatchRelation.RELATED: _Style("related", "connected, not the same", _PURPLE, "dot"),
}


def strategy_tree(catalogue: Catalogue, strategy: Strategy | None = None) -> Any:
    """Strategies, their priority fields, areas and poles as an icicle; of one strategy, or of all. A click enlarges.

    Areas without a field stand beside the source's own word for them, a pole of several areas beside each. Raises
    `UnknownEntityError` for a strategy that the catalogue does not hold.

    >>> import smartspec, smartspec.plot
    >>> s3 = smartspec.load()
    >>> figure = smartspec.plot.strategy_tree(s3, s3.strategies["piedmont-s3-2014-2020"])
    >>> "Made in Piedmont" in figure.data[0].labels
    True
    """
    go = _plotly(catalogue)
    paths, left_out = _first(branches(catalogue, strategy), 2 * _MOST, "parts (name one strategy to see its own)")
    if strategy is None and paths:  # All strategies need a root, and a click on it leads back to them.
        paths = [(), *paths]
    number = {path: str(place) for place, path in enumerate(paths)}
    names = [path[-1] if path else catalogue.name for path in paths]
    pixels = (_WIDTH - 2 * _EDGE) / (4 + (strategy is None)) - 12
    labels = [_wrapped(name[:1].upper() + name[1:] if isinstance(name, str) else name.name, pixels) for name in names]
    # What a part needs for its own label, beyond the room that its parts take.
    rows = [len(lines) * _LINE + 10 for lines in labels]
    taken = [0] * len(paths)
    for place, path in reversed([*enumerate(paths)]):
        rows[place] = max(rows[place] - taken[place], 0)
        if path and path[:-1] in number:
            taken[int(number[path[:-1]])] += taken[place] + rows[place]
    roots = dict.fromkeys(path[:1] for path in paths if path)
    colours = {**dict(zip(roots, (_BLUE, _ORANGE, _GREEN, _PURPLE, _SKY, _VERMILION) * len(roots))), (): _GREY}
    icicle = go.Icicle(
        ids=list(number.values()),
        parents=[number.get(path[:-1], "") if path else "" for path in paths],
        labels=["<br>".join(lines) for lines in labels],
        values=rows,
        hovertext=[
            "" if not path else "The source's own word" if isinstance(name, str) else _hover(name, _kind(name))
            for path, name in zip(paths, names)
        ],
        hoverinfo="text",
        marker={
            "colors": [_tint(colours[path[:1]], 0.6 - 0.12 * len(path)) for path in paths],
            "line": {"color": "white", "width": 1},
        },
        leaf={"opacity": 1},
        textfont={"size": 12, "color": _BLACK},
        sort=False,
        pathbar={"visible": False},
    )
    return _figure(
        catalogue,
        "What each strategy sets as priority, and which poles carry it",
        f"Left to right: strategy, priority field, innovation area, innovation pole{left_out}",
        sum(rows),
        [icicle] if paths else (),
        nothing="no strategies",
    )


def alignment_flow(catalogue: Catalogue) -> Any:
    """How the areas of earlier strategies go on in later ones: a column for each strategy, a line for each alignment.

    Alignments within one strategy are no flow and are not drawn.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.alignment_flow(smartspec.load())
    >>> [trace.name for trace in figure.data][:2]
    ['close: much the same', 'broader: the later is the broader']
    """
    go = _plotly(catalogue)

    def cell(theme: _Theme, area: InnovationArea, word: str, width: float) -> list[str]:
        return [*_wrapped(area.name, width), *_italic(word, width)]

    grid = _grid(catalogue, cell, gap=80)
    place = {strategy: number for number, strategy in enumerate(grid.strategies)}
    curves: dict[MatchRelation, list[_Curve]] = {relation: [] for relation in _STYLES}
    for alignment in grid.alignments:
        earlier = min(alignment.area, alignment.match, key=lambda area: place[area.strategy])
        later, relation = toward(earlier, alignment)
        if earlier.strategy != later.strategy:
            curves[relation].append(
                _Curve(
                    grid.boxes[earlier],
                    grid.boxes[later],
                    _hover(alignment, f"{earlier.name} → {later.name}: {_STYLES[relation].word}"),
                )
            )
    return _figure(
        catalogue,
        "How areas go on from strategy to strategy",
        f"Columns: strategies by the year in which they begin. Lines: alignments{grid.left_out}",
        grid.height,
        [
            _lines(go, members, f"{style.word}: {style.meaning}", style.colour, style.dash, 3 * (number - 2))
            for number, (style, members) in enumerate(zip(_STYLES.values(), curves.values()))
            if members
        ],
        [*grid.heads, *grid.boxes.values()],
        nothing="no innovation areas",
        width=grid.width,
    )


def area_matrix(catalogue: Catalogue) -> Any:
    """Themes by strategies: which strategy names which theme, by what word, and how that relates.

    A theme holds all areas that alignments connect (exact, close, broad or narrow) and bears the name of the one with
    most alignments; the other cells say how their area relates to that one.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.area_matrix(smartspec.load())
    >>> [cell.text for cell in figure.layout.annotations if "Sustainable" in cell.text]
    ['Sustainable mobility<br><i>broader</i>']
    """
    _plotly(catalogue)

    def cell(theme: _Theme, area: InnovationArea, word: str, width: float) -> list[str]:
        return [*_wrapped(area.name, width), *_italic(" · ".join(filter(None, (theme.relation(area), word))), width)]

    grid = _grid(catalogue, cell, gap=_GAP, header=150)
    return _figure(
        catalogue,
        "Which strategy names which theme",
        "Rows: themes, each named after its area with most alignments. In italics: how the others relate to that one"
        f"{grid.left_out}",
        grid.height,
        boxes=[*grid.heads, *grid.rows, *grid.boxes.values()],
        nothing="no innovation areas",
        width=grid.width,
    )


def timeline(catalogue: Catalogue) -> Any:
    """Strategies, poles and initiatives as bars along the years; triangles mark ends that are not stated.

    Lines lead from a pole to the one that it became, and from a strategy to the one that followed it. What has no
    year at all is left out, and counted in the title.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.timeline(smartspec.load())
    >>> [trace.name for trace in figure.data if trace.type == "bar"]
    ['Strategies', 'Innovation poles', 'Initiatives']
    """
    go = _plotly(catalogue)
    everything: list[Any] = [
        *sorted(catalogue.strategies, key=_begin),
        *catalogue.innovation_poles,
        *sorted(catalogue.initiatives, key=_begin),
    ]
    dated = [entity for entity in everything if entity.start_year is not None or entity.end_year is not None]
    some, left_out = _first(dated, _MOST, "bars")
    if len(everything) > len(dated):
        left_out += f". Not shown, as no year is stated: {len(everything) - len(dated):,}"
    kinds: tuple[Any, ...] = (Strategy, InnovationPole, Initiative)
    plans, poles, initiatives = ([entity for entity in some if isinstance(entity, cls)] for cls in kinds)
    place = {pole: number for number, pole in enumerate(catalogue.innovation_poles)}
    poles.sort(key=lambda pole: place[(pole, *pole.successors)[-1]])  # All that became one stand together.
    rows = [*plans, *poles, *initiatives]
    known = [year for entity in rows for year in (entity.start_year, entity.end_year) if year is not None]
    first, last = min(known, default=0) - 1, max(known, default=0) + 1
    labels = [_wrapped(entity.name, 265) for entity in rows]
    tops = [0, *accumulate(len(lines) * _LINE + 8 for lines in labels)]
    middle = {entity: (top + bottom) / 2 for entity, top, bottom in zip(rows, tops, tops[1:])}
    start = {entity: first if entity.start_year is None else entity.start_year - 0.5 for entity in rows}
    stop = {entity: last if entity.end_year is None else entity.end_year + 0.5 for entity in rows}

    def common(members: Sequence[Any]) -> dict[str, Any]:
        said = []
        for entity in members:
            citations = dict.fromkeys((*entity.cite("start_year"), *entity.cite("end_year"), *entity.citations))
            said.append(_hover(entity, _kind(entity), years(entity), citations=list(citations)))
        return {"y": [middle[entity] for entity in members], "hovertext": said, "hoverinfo": "text"}

    bars = [
        go.Bar(
            name=name,
            orientation="h",
            base=[start[entity] for entity in members],
            x=[stop[entity] - start[entity] for entity in members],
            width=14,
            marker={"color": colour},
            **common(members),
        )
        for name, members, colour in (
            ("Strategies", plans, _BLUE),
            ("Innovation poles", poles, _GREEN),
            ("Initiatives", initiatives, _ORANGE),
        )
        if members
    ]
    pairs = [(pole, pole.successor) for pole in poles if pole.successor in middle]
    pairs += [(plan.predecessor, plan) for plan in plans if plan.predecessor in middle]
    succession = go.Scatter(
        name="became, or was followed by",
        mode="lines",
        x=[x for earlier, later in pairs for x in (min(stop[earlier], start[later]), start[later], start[later], None)],
        y=[y for earlier, later in pairs for y in (middle[earlier], middle[earlier], middle[later], None)],
        line={"color": _BLACK, "width": 2},
        hoverinfo="skip",
    )
    open_ends = [
        go.Scatter(
            name=name,
            mode="markers",
            x=[edge] * len(members),
            marker={"symbol": symbol, "color": _BLACK, "size": 11},
            **common(members),
        )
        for name, attribute, edge, symbol in (
            ("end not stated", "end_year", last, "triangle-right"),
            ("beginning not stated", "start_year", first, "triangle-left"),
        )
        if (members := [entity for entity in rows if getattr(entity, attribute) is None])
    ]
    return _figure(
        catalogue,
        "When strategies, poles and initiatives run",
        f"From the first year to the last{left_out}",
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
            "range": [first - 0.5, last + 0.5],
            "dtick": 1 if last - first < 16 else 2 if last - first < 32 else None,
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


def network(catalogue: Catalogue, entity: Entity, distance: int = 2) -> Any:
    """All that is linked to an entity, up to a distance: a column for each step away from it.

    Each box says how it is linked to the one before it, in the words of `Catalogue.links`. An alignment is a line
    between its areas; documents connect nothing, as in `Catalogue.path`. Raises `UnknownEntityError` for an entity
    that the catalogue does not hold, `InvalidValueError` for a negative distance.

    >>> import smartspec, smartspec.plot
    >>> s3 = smartspec.load()
    >>> figure = smartspec.plot.network(s3, s3.innovation_poles["mesap"], distance=1)
    >>> [box.text for box in figure.layout.annotations][:2]
    ['<b>MESAP</b>', '<i>region</i><br>Torino']
    """
    go = _plotly(catalogue)
    found = around(catalogue, entity, distance, _MOST_LINKED, _MOST_ALIKE)
    ring = {member: number for number, members in enumerate(found.rings) for member in members}
    before: dict[Entity, tuple[Entity, Tie]] = {}
    for tie in found.ties:  # The first tie inwards is that by which an entity was reached.
        near, far = sorted((tie.start, tie.end), key=ring.__getitem__)
        if ring[near] < ring[far]:
            before.setdefault(far, (near, tie))
    columns = len(found.rings)
    size = min(max((_WIDTH - 2 * _EDGE - 60 * (columns - 1)) // columns, 160), 240)
    stride = size + min(max((_WIDTH - 2 * _EDGE - size * columns) // max(columns - 1, 1), 60), 130)
    labels = {member: _step(member, size - 15, *before.get(member, ())) for member in ring}
    # Each entity takes the height of all that was reached by it, so that no two lines of the tree cross.
    heights = {member: len(lines) * _LINE + 10 for member, lines in labels.items()}
    spans = dict.fromkeys(ring, 0)
    for member in reversed(ring):
        spans[member] = max(spans[member], heights[member] + _GAP)
        if member in before:
            spans[before[member][0]] += spans[member]
    free, boxes = {entity: 0}, {}
    for member, number in ring.items():
        if member in before:
            near = before[member][0]
            free[member] = free[near]
            free[near] += spans[member]
        top = free[member] + (spans[member] - heights[member]) / 2
        hover, fill = _hover(member, _kind(member)), _tint(_FILLS.get(type(member), _GREY), 0.3)
        boxes[member] = _Box(number * stride, top, size, heights[member], labels[member], hover, fill)
    tree = {id(tie) for _, tie in before.values()}
    traces = [
        _lines(
            go, [_Curve(*_ordered(boxes[tie.start], boxes[tie.end]), _told(tie)) for tie in ties], name, colour, dash
        )
        for name, colour, dash, ties in (
            ("further links", "#aaaaaa", "dot", [tie for tie in found.ties if id(tie) not in tree]),
            ("links", _GREY, "solid", [tie for tie in found.ties if id(tie) in tree]),
        )
        if ties
    ]
    steps = "Left to right: what is linked to it, and what is linked to that. Dotted: further links"
    some = f". Not all: at most {_MOST_ALIKE} of a kind, and {_MOST_LINKED} in all"
    return _figure(
        catalogue,
        f"What is linked to {_escaped(clean(entity.name, 60))}",
        steps + some * found.more,
        spans[entity],
        traces,
        list(boxes.values()),
        width=max(_WIDTH, 2 * _EDGE + (columns - 1) * stride + size),
        showlegend=False,
    )


def _step(member: Entity, pixels: float, near: Entity | None = None, tie: Tie | None = None) -> list[str]:
    """What a box of a network says: how one came there, and to what."""
    name = _wrapped(member.name, pixels)
    if near is None or tie is None:
        return [f"<b>{line}</b>" for line in name]
    said, kind = _said(tie, near), _kind(member).lower()
    if isinstance(member, InnovationArea) and member.strategy != near:
        kind += f" of {member.strategy.name}"
    return [*_italic(said if kind in said else f"{said} · {kind}", pixels), *name]


def _said(tie: Tie, near: Entity) -> str:
    """The relations of a tie as seen from one of its ends."""
    words = []
    for name in tie.relations:
        matches = [relation for relation in MatchRelation if relation.value == name]
        if matches:
            words.append(_STYLES[matches[0] if near == tie.start else inverse(matches[0])].word)
        else:
            words.append(name.replace("_", " ") + " of" * (near != tie.start))
    return ", ".join(words)


class _Box(NamedTuple):
    """A text in a frame, in pixels from the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str]
    hover: str = ""
    fill: str = "white"


class _Curve(NamedTuple):
    """A line from one box to another that stands to the right of it, or in the same column."""

    start: _Box
    end: _Box
    hover: str


class _Theme:
    """Areas that alignments connect."""

    def __init__(self, areas: Sequence[InnovationArea], ties: Mapping[InnovationArea, Sequence[Alignment]]) -> None:
        self.areas = areas
        self.head = max(areas, key=lambda area: len(ties[area]))  # The earliest of them, if several have as many.
        self.alignments = {toward(self.head, alignment)[0]: alignment for alignment in ties[self.head]}

    def relation(self, area: InnovationArea) -> str:
        """How an area relates to the one that gives the theme its name; nothing for that one itself."""
        if area == self.head:
            return ""
        alignment = self.alignments.get(area)
        return _STYLES[toward(self.head, alignment)[1]].word if alignment else "through others"


class _Grid(NamedTuple):
    """Areas in a row for each theme and a column for each strategy."""

    strategies: Sequence[Strategy]
    alignments: Sequence[Alignment]
    heads: Sequence[_Box]
    rows: Sequence[_Box]
    boxes: Mapping[InnovationArea, _Box]
    width: float
    height: float
    left_out: str


def _grid(
    catalogue: Catalogue, label: Callable[[_Theme, InnovationArea, str, float], list[str]], gap: int, header: int = 0
) -> _Grid:
    held = dict.fromkeys(area.strategy for area in catalogue.innovation_areas)
    strategies, fewer = _first(sorted(held, key=_begin), _MOST_COLUMNS, "strategies")
    column = {strategy: number for number, strategy in enumerate(strategies)}
    candidates = sorted(
        (area for area in catalogue.innovation_areas if area.strategy in column), key=lambda area: column[area.strategy]
    )
    areas, less = _first(candidates, _MOST, "areas")
    alignments, themes = _themes(catalogue, areas)
    words: dict[Strategy, set[str]] = {strategy: set() for strategy in strategies}
    for area in areas:
        words[area.strategy].add(area.designation)
    several = {strategy: len(used) > 1 for strategy, used in words.items()}
    gaps = gap * (len(strategies) - 1 + bool(header))
    size = min(max(130, (_WIDTH - 2 * _EDGE - header - gaps) / max(len(strategies), 1)), 260)
    left = [header + (size + gap) * number + gap * bool(header) for number in range(len(strategies))]
    titles = [
        [
            f"<b>{years(strategy) or 'year not stated'}</b>",
            *_wrapped(strategy.name, size - 10),
        ]
        for strategy in strategies
    ]
    top: float = max((len(lines) for lines in titles), default=0) * _LINE + 10
    heads = [_Box(x, 0, size, top, lines, _hover(s, _kind(s))) for x, lines, s in zip(left, titles, strategies)]
    rows, boxes = [], {}
    for theme in themes:
        top += _GAP
        name = [f"<b>{line}</b>" for line in _wrapped(theme.head.name, header - 10)]
        ends = [top + len(name) * _LINE + 10 if header else top]
        for x, strategy in zip(left, strategies):
            y = top
            for area in theme.areas:
                if area.strategy == strategy:
                    lines = label(theme, area, area.designation if several[strategy] else "", size - 10)
                    height = len(lines) * _LINE + 10
                    word = theme.relation(area)
                    fill = _tint({"": _BLUE, "broader": _VERMILION, "narrower": _GREEN}.get(word, _SKY), 0.25)
                    boxes[area] = _Box(x, y, size, height, lines, _area(theme, area), fill if header else "#f2f2f2")
                    y += height + 4
            ends.append(y - 4)
        rows.append(_Box(0, top, header, max(ends) - top, name))
        top = max(ends)
    width = max(_WIDTH, 2 * _EDGE + max((x + size for x in left), default=0))
    return _Grid(strategies, alignments, heads, rows, boxes, width, top, fewer + less)


def _italic(text: str, pixels: float) -> list[str]:
    return [f"<i>{line}</i>" for line in _wrapped(text, pixels)] if text else []


def _area(theme: _Theme, area: InnovationArea) -> str:
    alignment, word = theme.alignments.get(area), theme.relation(area)
    facts = [f"{area.designation} of {area.strategy.name}"]
    if word:
        facts.append(f"{word}: seen from {theme.head.name} ({theme.head.strategy.name})")
    return _hover(area, *facts, citations=(*(alignment.citations[:1] if alignment else ()), *area.citations))


def _themes(catalogue: Catalogue, areas: Sequence[InnovationArea]) -> tuple[list[Alignment], list[_Theme]]:
    """The alignments between areas, and the themes that they form, those of most strategies first."""
    among = set(areas)
    alignments = [found for found in catalogue.alignments if found.area in among and found.match in among]
    ties: dict[InnovationArea, list[Alignment]] = {area: [] for area in areas}
    for alignment in alignments:
        if alignment.relation is not MatchRelation.RELATED:
            ties[alignment.area].append(alignment)
            ties[alignment.match].append(alignment)
    theme: dict[InnovationArea, list[InnovationArea]] = {}
    for area in areas:
        if area not in theme:
            members = theme[area] = [area]
            for member in members:  # Grows while it is walked.
                for other in (toward(member, alignment)[0] for alignment in ties[member]):
                    if other not in theme:
                        theme[other] = members
                        members.append(other)
    groups = {id(members): members for members in theme.values()}.values()
    order = {area: number for number, area in enumerate(areas)}
    themes = [_Theme(sorted(members, key=order.__getitem__), ties) for members in groups]
    return alignments, sorted(themes, key=lambda theme: -len({area.strategy for area in theme.areas}))


def _told(tie: Tie) -> str:
    relations = ", ".join(tie.relations).replace("_", " ")
    sources = _sources(tie.citations)
    return "<br>".join([*_wrapped(f"{tie.start.name} → {relations} → {tie.end.name}", 500, 250), *sources])


def _ordered(one: _Box, other: _Box) -> tuple[_Box, _Box]:
    return (one, other) if one.x <= other.x else (other, one)


def _lines(go: Any, curves: Sequence[_Curve], name: str, colour: str, dash: str, shift: float = 0) -> Any:
    """The lines of one kind; shifted, so that those of different kinds between the same boxes all show."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    said: list[str] = []
    for start, end, hover in curves:
        x0, y0, y1 = start.x + start.width, start.y + start.height / 2 + shift, end.y + end.height / 2 + shift
        x1 = end.x if end.x > start.x else x0  # Within a column, the line goes out and comes back.
        bend = (x1 - x0) / 2 or 40
        for t in (step / 16 for step in range(17)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            inner = x0 + bend, x1 - bend if x1 > x0 else x1 + bend
            xs.append(sum(weight * x for weight, x in zip(weights, (x0, *inner, x1))))
            ys.append(sum(weight * y for weight, y in zip(weights, (y0, y0, y1, y1))))
            said.append(hover)
        xs.append(None)
        ys.append(None)
        said.append("")
    line = {"color": colour, "dash": dash, "width": 2}
    return go.Scatter(x=xs, y=ys, hovertext=said, hoverinfo="text", mode="lines", line=line, name=name)


def _figure(
    catalogue: Catalogue,
    title: str,
    about: str,
    height: float,
    traces: Sequence[Any] = (),
    boxes: Sequence[_Box] = (),
    *,
    nothing: str = "",
    width: float = _WIDTH,
    left: float = _EDGE,
    above: float = 0,
    **layout: Any,
) -> Any:
    """What all pictures share. Unless the axes are given, one unit on them is one pixel, from the upper left."""
    go = _plotly(catalogue)
    if not traces and not boxes:
        boxes, height = [_Box(0, 0, 600, 40, [f"Nothing to show: the catalogue holds {nothing}"])], 40
        layout, left, above = {}, _EDGE, 0
    lines = [f"<b style='font-size:18px'>{title}</b>"]
    lines += [f"<span style='font-size:12px'>{line}</span>" for line in _wrapped(about, width - 100, 1_000)]
    lines += [f"<span style='font-size:12px'>{line}</span>" for line in _wrapped(catalogue.name, width - 100)]
    legend = len(traces) > 1 and layout.get("showlegend", True)
    top = 34 + 17 * len(lines) + 30 * legend + above
    pixels = {"visible": False, "fixedrange": True}
    shared = {
        "width": width,
        "height": height + top + _EDGE,
        "margin": {"l": left, "r": _EDGE, "t": top, "b": _EDGE, "pad": 4 if left > _EDGE else 0},
        "title": {"text": "<br>".join(lines), "x": _EDGE / width, "xanchor": "left", "y": 1, "yanchor": "top"},
        "title_pad": {"t": 18},
        "font": {"family": "Arial, Helvetica, Liberation Sans, sans-serif", "size": 12, "color": _BLACK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hoverlabel": {"align": "left", "bgcolor": "white", "font": {"color": _BLACK}},
        "hovermode": "closest",
        "dragmode": False,
        # Just above the axes: plotly makes room for a legend by itself, and must find that there is enough.
        "legend": {
            "orientation": "h",
            "x": (_EDGE - left) / (width - left - _EDGE),
            "xanchor": "left",
            "y": 1 + (above + 8) / height,
            "yanchor": "bottom",
        },
        "modebar": {"remove": ["select", "lasso"]},
        "xaxis": {"range": [0, width - left - _EDGE], **pixels},
        "yaxis": {"range": [height, 0], **pixels},
        "annotations": [_annotation(box) for box in boxes],
        "showlegend": legend,
    }
    return go.Figure(list(traces), {**shared, **layout})


def _annotation(box: _Box) -> dict[str, Any]:
    pad = 3
    return {
        "x": box.x,
        "y": box.y,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "text": "<br>".join(box.lines),
        "align": "left",
        "width": box.width - 2 * pad - 2,
        "height": box.height - 2 * pad - 2,
        "borderpad": pad,
        "borderwidth": 1,
        "bordercolor": "#bbbbbb",
        "bgcolor": box.fill,
        "hovertext": box.hover,
    }


def _plotly(catalogue: Catalogue) -> Any:
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"a picture is that of a Catalogue, not of {shown(catalogue)}")
    try:
        return importlib.import_module("plotly.graph_objects")
    except ImportError as error:
        raise ImportError("pictures need plotly: python -m pip install 'smartspec[plot]'", name="plotly") from error


def _first(items: Iterable[T], most: int, what: str) -> tuple[list[T], str]:
    """The first items, and what the title says of the others."""
    held = list(items)
    return held[:most], f"; the first {most} of {len(held):,} {what} are shown" if len(held) > most else ""


def _begin(entity: Any) -> float:
    return float("inf") if entity.start_year is None else entity.start_year


def _kind(entity: Entity) -> str:
    """The entity's class in words: "Innovation pole"."""
    return re.sub("(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", type(entity).__name__)


def _hover(entity: Entity, *facts: str, citations: Sequence[Citation] | None = None) -> str:
    """What a reader sees who points at an entity: its names, facts and sources."""
    names = [f"<b>{line}</b>" for line in _wrapped(entity.name, 500, 200)]
    if entity.local_name and entity.local_name != entity.name:
        names += [f"<i>{line}</i>" for line in _wrapped(entity.local_name, 500, 200)]
    said = [line for fact in facts if fact for line in _wrapped(fact, 500, 250)]
    return "<br>".join([*names, *said, *_sources(entity.citations if citations is None else citations)])


def _sources(citations: Sequence[Citation]) -> list[str]:
    """The first sources, as publisher and passage."""
    lines = [
        f"{clean(c.source.publisher)}: “{clean(c.passage)}”{' (inferred)' if c.basis is Basis.INFERRED else ''}"
        for c in citations[:3]
    ]
    more = [f"and {len(citations) - 3} more passages"] if len(citations) > 3 else []
    return [line for text in (*lines, *more) for line in _wrapped(text, 500, 300)]


def _wrapped(text: str, pixels: float, width: int = 90) -> list[str]:
    """A text as lines that fit into so many pixels, at most so many characters, with nothing plotly would act upon."""
    short = clean(clean(text, width), width)  # What cannot be printed has grown.
    size = sum(_size(letter) for letter in short) / len(short)
    return [_escaped(line) for line in textwrap.wrap(short, max(int(pixels / size), 6))] or [""]


def _size(letter: str) -> float:
    """About the width of a letter, in a font that runs wide."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 13
    return 9 if letter.isupper() or letter in "mw@%" else 7


def _escaped(text: str) -> str:
    # The dollar is MathJax's, where a page has it.
    return escape(text, quote=False).replace("$", "&#36;")


def _tint(colour: str, strength: float) -> str:
    """A colour on white, so that black text can be read on it."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
