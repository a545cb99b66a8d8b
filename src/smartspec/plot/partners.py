"""The partners of a region, and what ties them."""

from __future__ import annotations

from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.comparison import Correspondence
from ..catalogue.partners import Partner
from ..domain.territory import Region
from .layout import EDGE, GAP, WIDTH, Box, Colour, figure, first, hover, plotly, tall, tint, with_country, wrapped

_MOST_COLUMNS = 8


def partner_matrix(catalogue: Catalogue, region: Region, limit: int = 10, year: int | None = None) -> Any:
    """The regions that have most in common with a region: a row each, with a column for each area of the region.

    A cell names the areas of the partner that correspond to that area, as `Catalogue.partners` pairs them. The
    stronger the colour, the more the two areas have in common.

    >>> import smartspec, smartspec.plot
    >>> eu = smartspec.load_europe()
    >>> figure = smartspec.plot.partner_matrix(eu, eu.regions["piedmont"], limit=3)
    >>> figure.layout.annotations[0].text
    '<b>Sustainable</b><br><b>mobility</b>'
    """
    plotly(catalogue)
    ranking = catalogue.partners(region, limit, year)
    ours = dict.fromkeys(pair.area for partner in ranking for pair in partner.pairs)
    order = {area: number for number, area in enumerate(catalogue.innovation_areas)}
    areas, left_out = first(sorted(ours, key=order.__getitem__), _MOST_COLUMNS, "areas")
    header = 170
    gaps = GAP * len(areas)
    size = min(max(130, (WIDTH - 2 * EDGE - header - gaps) / max(len(areas), 1)), 220)
    left = {area: header + GAP + (size + GAP) * number for number, area in enumerate(areas)}
    titles = {area: wrapped(area.name, size - 10, tag="b") for area in areas}
    bottom: float = max(map(tall, titles.values()), default=0)
    boxes = [
        Box(x, 0, size, bottom, titles[area], hover(area, area.strategy.name), "#f2f2f2") for area, x in left.items()
    ]
    for partner in ranking:
        top = bottom + GAP
        name = [*wrapped(with_country(partner.region), header - 10, tag="b"), f"{partner.score:.2f}"]
        ends = dict.fromkeys(areas, top)
        cells = []
        for pair in partner.pairs:
            if pair.area in ends:
                lines = wrapped(pair.match.name, size - 10)
                fill = tint(Colour.SKY, 0.15 + 0.5 * pair.score)
                cells.append(Box(left[pair.area], ends[pair.area], size, tall(lines), lines, _said(pair), fill))
                ends[pair.area] += tall(lines) + 4
        bottom = max(top + tall(name), *(end - 4 for end in ends.values()))
        boxes += [Box(0, top, header, bottom - top, name, hover(partner.region, *_shared(partner))), *cells]
    return figure(
        catalogue,
        f"The partners of {wrapped(region.name, 10_000, 60)[0]}, and what ties them",
        "Columns: areas of the region. Rows: partners with their score, and the areas that correspond; the stronger "
        f"the colour, the more they share{left_out}",
        bottom,
        boxes=boxes if ranking else [],
        nothing=f"no partner: {ranking.nothing}",
        width=max(WIDTH, 2 * EDGE + header + gaps + size * len(areas)),
    )


def _said(pair: Correspondence) -> str:
    said = f"{pair.match.designation} of {pair.match.strategy.name}"
    return hover(pair.match, said, f"to {pair.area.name}: {pair.score:.2f}", *_shared(pair))


def _shared(both: Partner | Correspondence) -> list[str]:
    """What two have in common, a line for the themes and one for the codes."""
    told = {"Themes": ", ".join(theme.name for theme in both.themes), "NACE": " ".join(both.nace)}
    return [f"{what}: {names}" for what, names in told.items() if names]
