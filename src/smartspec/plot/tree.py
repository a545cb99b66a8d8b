"""What each strategy sets as priority, and which poles carry it."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.neighbourhood import branches
from ..domain.strategy import Strategy
from .layout import EDGE, MOST, WIDTH, Colour, figure, first, hover, kind, plotly, tall, tint, wrapped

_PALETTE = (Colour.BLUE, Colour.ORANGE, Colour.GREEN, Colour.PURPLE, Colour.SKY, Colour.VERMILION)
_OTHERS = "Poles without any of these areas"


def strategy_tree(catalogue: Catalogue, strategy: Strategy | None = None) -> Any:
    """Strategies, their priority fields, areas and poles as an icicle; of one strategy, or of all. A click enlarges.

    Areas without a field stand beside the source's own word for them, a pole of several areas beside each. The poles
    without any of these areas are the last part, and the title counts them: all such poles or, for one strategy,
    those of its region that were there while it was in force. Raises `UnknownEntityError` for a strategy that the
    catalogue does not hold.

    >>> import smartspec, smartspec.plot
    >>> s3 = smartspec.load()
    >>> figure = smartspec.plot.strategy_tree(s3, s3.strategies["piedmont-s3-2014-2020"])
    >>> "Made in Piedmont" in figure.data[0].labels
    True
    """
    go = plotly(catalogue)
    tree = [*branches(catalogue, strategy)]
    others = sum(len(path) > 1 and path[-2] is None for path in tree)
    paths, left_out = first(tree, 2 * MOST, "parts (name one strategy to see its own)")
    if strategy is None and paths:  # All strategies need a root, and a click on it leads back to them.
        paths = [(), *paths]
    number = {path: str(place) for place, path in enumerate(paths)}
    names, said = zip(*(_told(path, catalogue.name) for path in paths)) if paths else ((), ())
    pixels = (WIDTH - 2 * EDGE) / (4 + (strategy is None)) - 12
    labels = [wrapped(name, pixels) for name in names]
    # What a part needs for its own label, beyond the room that its parts take.
    rows = [*map(tall, labels)]
    taken = [0] * len(paths)
    for place, path in reversed([*enumerate(paths)]):
        rows[place] = max(rows[place] - taken[place], 0)
        if path and path[:-1] in number:
            taken[int(number[path[:-1]])] += taken[place] + rows[place]
    colours = dict(zip(dict.fromkeys(path[:1] for path in paths if path), cycle(_PALETTE)))
    strong = [Colour.GREY if not path or None in path else colours[path[:1]] for path in paths]
    icicle = go.Icicle(
        ids=list(number.values()),
        parents=[number.get(path[:-1], "") if path else "" for path in paths],
        labels=["<br>".join(lines) for lines in labels],
        values=rows,
        hovertext=said,
        hoverinfo="text",
        marker={
            "colors": [tint(colour, 0.6 - 0.12 * len(path)) for colour, path in zip(strong, paths)],
            "line": {"color": "white", "width": 1},
        },
        leaf={"opacity": 1},
        textfont={"size": 12, "color": Colour.BLACK},
        sort=False,
        pathbar={"visible": False},
    )
    return figure(
        catalogue,
        "What each strategy sets as priority, and which poles carry it",
        f"Left to right: strategy, priority field, innovation area, innovation pole{left_out}"
        + f". {_OTHERS}: {others:,}" * bool(others),
        sum(rows),
        [icicle] if paths else (),
        nothing="no strategies",
    )


def _told(path: tuple[Any, ...], root: str) -> tuple[str, str]:
    """What a part of the tree says, and what on pointing at it."""
    if not path:
        return root, ""
    part = path[-1]
    if part is None:
        return _OTHERS, "No record ties them to one"
    if isinstance(part, str):
        return part[:1].upper() + part[1:], "The source's own word"
    return part.name, hover(part, kind(part))
