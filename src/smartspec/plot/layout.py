"""The layout that all pictures share: boxes, lines, labels, colours, and the figure around them.

The pictures are laid out for a width of 1000 pixels; what exceeds a picture is left out, and its title says so.
"""

from __future__ import annotations

import importlib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple, TypeVar

from ..catalogue.catalogue import Catalogue
from ..domain.entity import Basis, Citation, Entity
from ..domain.strategy import MatchRelation
from ..domain.territory import Region, RegionLevel
from ..errors import needs
from ..text import clean, quoted, shown

T = TypeVar("T")

# Pixels: a picture (with margins and a scroll bar it fits into 1000), its margin, a line of text, between two boxes.
WIDTH, EDGE, LINE, GAP = 960, 12, 15, 8
MOST = 100  # What one can take in.


class Colour:
    """The colours of Okabe and Ito, which colour-blind people tell apart."""

    BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
    SKY, VERMILION, YELLOW, BLACK, GREY = "#56B4E9", "#D55E00", "#F0E442", "#222222", "#767676"


class Style(NamedTuple):
    word: str
    meaning: str
    colour: str
    dash: str


RELATIONS = {
    MatchRelation.EXACT: Style("exact", "the same", Colour.BLACK, "solid"),
    MatchRelation.CLOSE: Style("close", "much the same", Colour.BLUE, "solid"),
    MatchRelation.BROAD: Style("broader", "the later is the broader", Colour.VERMILION, "dash"),
    MatchRelation.NARROW: Style("narrower", "the later is the narrower", Colour.GREEN, "dashdot"),
    MatchRelation.RELATED: Style("related", "connected, not the same", Colour.PURPLE, "dot"),
}


class Box(NamedTuple):
    """A text in a frame, in pixels from the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str]
    hover: str = ""
    fill: str = "white"


class Curve(NamedTuple):
    """A line from one box to another that stands to the right of it, or in the same column."""

    start: Box
    end: Box
    hover: str


def tall(lines: Sequence[str]) -> int:
    """The height of a box that holds some lines."""
    return len(lines) * LINE + 10


def lines(go: Any, curves: Sequence[Curve], name: str, colour: str, dash: str, shift: float = 0) -> Any:
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


def figure(
    catalogue: Catalogue,
    title: str,
    about: str,
    height: float,
    traces: Sequence[Any] = (),
    boxes: Sequence[Box] = (),
    *,
    nothing: str = "",
    width: float = WIDTH,
    left: float = EDGE,
    above: float = 0,
    **layout: Any,
) -> Any:
    """What all pictures share. Unless the axes are given, one unit on them is one pixel, from the upper left."""
    from .picture import Picture  # Deferred import: it needs plotly.

    if not traces and not boxes:
        said = wrapped(f"Nothing to show: the catalogue holds {nothing}", 590, 250)
        height = tall(said) + LINE
        boxes, layout, left, above = [Box(0, 0, 600, height, said)], {}, EDGE, 0
    lines = [f"<b style='font-size:18px'>{title}</b>"]
    lines += [f"<span style='font-size:12px'>{line}</span>" for line in wrapped(about, width - 100, 1_000)]
    lines += [f"<span style='font-size:12px'>{line}</span>" for line in wrapped(catalogue.name, width - 100)]
    legend = len(traces) > 1 and layout.get("showlegend", True)
    top = 34 + 17 * len(lines) + 30 * legend + above
    pixels = {"visible": False, "fixedrange": True}
    shared = {
        "width": width,
        "height": height + top + EDGE,
        "margin": {"l": left, "r": EDGE, "t": top, "b": EDGE, "pad": 4 if left > EDGE else 0},
        "title": {"text": "<br>".join(lines), "x": EDGE / width, "xanchor": "left", "y": 1, "yanchor": "top"},
        "title_pad": {"t": 18},
        "font": {"family": "Arial, Helvetica, Liberation Sans, sans-serif", "size": 12, "color": Colour.BLACK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hoverlabel": {"align": "left", "bgcolor": "white", "font": {"color": Colour.BLACK}},
        "hovermode": "closest",
        "dragmode": False,
        # Just above the axes: plotly makes room for a legend by itself, and must find that there is enough.
        "legend": {
            "orientation": "h",
            "x": (EDGE - left) / (width - left - EDGE),
            "xanchor": "left",
            "y": 1 + (above + 8) / height,
            "yanchor": "bottom",
        },
        "modebar": {"remove": ["select", "lasso"]},
        "xaxis": {"range": [0, width - left - EDGE], **pixels},
        "yaxis": {"range": [height, 0], **pixels},
        "annotations": [_annotation(box) for box in boxes],
        "showlegend": legend,
    }
    return Picture(list(traces), {**shared, **layout})


def _annotation(box: Box) -> dict[str, Any]:
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


def plotly(catalogue: Catalogue) -> Any:
    """plotly's graph objects, once it is clear that there is a catalogue to draw."""
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"a picture is that of a Catalogue, not of {shown(catalogue)}")
    with needs("plot"):
        return importlib.import_module("plotly.graph_objects")


def refuse_others(of: Iterable[object], classes: tuple[type[Entity], ...], narrowed: str) -> None:
    """Raise `TypeError` for what does not narrow a picture, and say how to come by what does."""
    for entity in of:
        if not isinstance(entity, classes):
            hint = f"; write regions.lookup({quoted(entity)})" if isinstance(entity, str) else ""
            raise TypeError(f"{narrowed}, not by {shown(entity)}{hint}")


def first(items: Iterable[T], most: int, what: str) -> tuple[list[T], str]:
    """The first items, and what the title says of the others."""
    held = list(items)
    return held[:most], f"; the first {most} of {len(held):,} {what} are shown" if len(held) > most else ""


def begin(entity: Any) -> float:
    """The year in which something begins, to sort by: what states none comes last."""
    return float("inf") if entity.start_year is None else entity.start_year


def kind(entity: Entity) -> str:
    """The entity's class in words: "Innovation pole"."""
    return re.sub("(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", type(entity).__name__)


def hover(entity: Entity, *facts: str, citations: Sequence[Citation] | None = None) -> str:
    """What a reader sees who points at an entity: its names, facts and sources."""
    names = wrapped(entity.name, 500, 200, "b")
    if entity.local_name and entity.local_name != entity.name:
        names += wrapped(entity.local_name, 500, 200, "i")
    said = [line for fact in facts if fact for line in wrapped(fact, 500, 250)]
    return "<br>".join([*names, *said, *sources(entity.citations if citations is None else citations)])


def with_country(region: Region) -> str:
    """The name of a territory, and of the country in which it lies."""
    country = next((whole for whole in region.ancestors if whole.level is RegionLevel.COUNTRY), None)
    return f"{region.name}, {country.name}" if country else region.name


def sources(citations: Sequence[Citation]) -> list[str]:
    """The first sources, as publisher and passage."""
    lines = [
        f"{clean(c.source.publisher)}: “{clean(c.passage)}”{' (inferred)' if c.basis is Basis.INFERRED else ''}"
        for c in citations[:3]
    ]
    more = [f"and {len(citations) - 3} more passages"] if len(citations) > 3 else []
    return [line for text in (*lines, *more) for line in wrapped(text, 500, 300)]


def wrapped(text: str, pixels: float, width: int = 90, tag: str = "") -> list[str]:
    """A text as lines that fit into so many pixels, at most so many characters, with nothing plotly would act upon.

    ``tag`` makes each line bold ("b") or italic ("i").
    """
    short = clean(clean(text, width), width)  # What cannot be printed has grown.
    size = sum(_size(letter) for letter in short) / len(short)
    lines = [_escaped(line) for line in textwrap.wrap(short, max(int(pixels / size), 6))] or [""]
    return [f"<{tag}>{line}</{tag}>" for line in lines] if tag else lines


def _size(letter: str) -> float:
    """About the width of a letter, in a font that runs wide."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 13
    return 9 if letter.isupper() or letter in "mw@%" else 7


def _escaped(text: str) -> str:
    # The dollar is MathJax's, where a page has it.
    return escape(text, quote=False).replace("$", "&#36;")


def tint(colour: str, strength: float) -> str:
    """A colour on white, so that black text can be read on it."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)
