"""How the areas of earlier strategies go on in later ones."""

from __future__ import annotations

from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.succession import toward
from ..domain.strategy import MatchRelation
from .grid import grid
from .layout import RELATIONS, Curve, figure, hover, lines, plotly


def alignment_flow(catalogue: Catalogue) -> Any:
    """How the areas of earlier strategies go on in later ones: a column for each strategy, a line for each alignment.

    Alignments within one strategy are no flow and are not drawn.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.alignment_flow(smartspec.load())
    >>> [trace.name for trace in figure.data][:2]
    ['close: much the same', 'broader: the later is the broader']
    """
    go = plotly(catalogue)

    cells = grid(catalogue, gap=80)
    place = {strategy: number for number, strategy in enumerate(cells.strategies)}
    curves: dict[MatchRelation, list[Curve]] = {relation: [] for relation in RELATIONS}
    for alignment in cells.alignments:
        earlier = min(alignment.area, alignment.match, key=lambda area: place[area.strategy])
        later, relation = toward(earlier, alignment)
        if earlier.strategy != later.strategy:
            said = hover(alignment, f"{earlier.name} → {later.name}: {RELATIONS[relation].word}")
            curves[relation].append(Curve(cells.boxes[earlier], cells.boxes[later], said))
    return figure(
        catalogue,
        "How areas go on from strategy to strategy",
        f"Columns: strategies by the year in which they begin. Lines: alignments{cells.left_out}",
        cells.height,
        [
            lines(go, members, f"{style.word}: {style.meaning}", style.colour, style.dash, 3 * (number - 2))
            for number, (style, members) in enumerate(zip(RELATIONS.values(), curves.values()))
            if members
        ],
        [*cells.heads, *cells.boxes.values()],
        nothing="no innovation areas",
        width=cells.width,
    )
