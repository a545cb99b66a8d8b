"""Which strategy names which theme, and by what word."""

from __future__ import annotations

from typing import Any

from ..catalogue.catalogue import Catalogue
from .grid import grid
from .layout import GAP, figure, plotly


def area_matrix(catalogue: Catalogue) -> Any:
    """Themes by strategies: which strategy names which theme, by what word, and how that relates.

    A theme holds all areas that alignments connect (exact, close, broad or narrow) and bears the name of the one with
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
        "Which strategy names which theme",
        "Rows: themes, each named after its area with most alignments. In italics: how the others relate to that one"
        f"{cells.left_out}",
        cells.height,
        boxes=[*cells.heads, *cells.rows, *cells.boxes.values()],
        nothing="no innovation areas",
        width=cells.width,
    )
