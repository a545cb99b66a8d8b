"""Which strategy names which strand of areas, and by what word."""

from __future__ import annotations

from typing import Any

from ..catalogue.catalogue import Catalogue
from .grid import grid
from .layout import GAP, figure, plotly


def area_matrix(catalogue: Catalogue) -> Any:
    """Strands by strategies: which strategy names which, by what word, and how that relates.

    A strand holds all areas that alignments connect (exact, close, broad or narrow) and bears the name of the one with
    most alignments; the other cells say how their area relates to that one.

    >>> import smartspec, smartspec.plot
    >>> figure = smartspec.plot.area_matrix(smartspec.load())
    >>> [cell.text for cell in figure.layout.annotations if "Sustainable" in cell.text]
    ['Sustainable mobility<br><i>broader</i>']
    """
    plotly(catalogue)

    cells = grid(catalogue, gap=GAP, header=150)
    return figure(
        catalogue,
        "Which strategy names what, and by what word",
        "Rows: areas that correspond, named after the one with most alignments. In italics: how others relate to it"
        f"{cells.left_out}",
        cells.height,
        boxes=[*cells.heads, *cells.rows, *cells.boxes.values()],
        nothing="no innovation areas",
        width=cells.width,
    )
