"""Which regions bet on which themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.coverage import outdated
from ..domain.declaration import whole_number
from ..domain.entity import Entity
from ..domain.strategy import InnovationArea, Strategy
from ..domain.territory import Region
from ..domain.themes import Theme
from .layout import Colour, figure, first, hover, plotly, refuse_others, tint, with_country, wrapped

_MOST_ROWS, _MOST_COLUMNS, _ROW = 40, 40, 20


def theme_matrix(catalogue: Catalogue, *of: Region | Theme, year: int | None = None) -> Any:
    """Regions by themes: which region's strategies name areas of which theme, and how many.

    ``of`` narrows it: territories to those that lie in them, themes to these and what falls under them. Of the
    strategies in force in a ``year``, else in that in which the data were checked; those of one territory stand in one
    row, which bears an asterisk unless their lists are known to be complete. Territories without a strategy in force
    have none, and are counted in the title. Regions stand in the order of the dataset, the themes that most of them
    have come first. Raises `TypeError`
    for what is neither a territory nor a theme, `UnknownEntityError` for what the catalogue does not hold.

    >>> import smartspec, smartspec.plot
    >>> s3 = smartspec.load()
    >>> figure = smartspec.plot.theme_matrix(s3, s3.themes["aerospace"])
    >>> [*figure.layout.xaxis.ticktext], len(figure.layout.yaxis.ticktext)
    (['Aerospace and space'], 2)
    """
    go = plotly(catalogue)
    refuse_others(of, (Region, Theme), "a matrix of themes is narrowed by territories and themes")
    within = [entity for entity in of if isinstance(entity, Region)]
    asked = [entity for entity in of if isinstance(entity, Theme)]
    areas = catalogue.innovation_areas
    if within:
        areas = areas.of(within)
    if asked:
        areas = areas.of(asked)
    year = catalogue.year if year is None else whole_number(year, "a year")
    cells: dict[Region, dict[Theme, list[InnovationArea]]] = {}
    for area in areas.at(year):
        for theme in area.themes:
            if not asked or theme in asked or not set(asked).isdisjoint(_wider(theme)):
                cells.setdefault(area.strategy.region, {}).setdefault(theme, []).append(area)
    regions, fewer = first((r for r in catalogue.regions if r in cells), _MOST_ROWS, "regions")
    common = {theme: sum(theme in cells[region] for region in regions) for theme in catalogue.themes}
    held = sorted((theme for theme, count in common.items() if count), key=lambda theme: -common[theme])
    themes, less = first(held, _MOST_COLUMNS, "themes")
    open_lists = {region for region in regions if any(not plan.complete for plan in _plans(cells[region]))}
    rows = [wrapped(with_country(region), 10_000, 34)[0] + " *" * (region in open_lists) for region in regions]
    columns = [wrapped(theme.name, 10_000, 44)[0] for theme in themes]
    counts = [[len(cells[region].get(theme, ())) or None for theme in themes] for region in regions]
    said = [[_said(region, theme, cells[region].get(theme, ())) for theme in themes] for region in regions]
    heat = go.Heatmap(
        z=counts,
        text=[["" if count is None else str(count) for count in row] for row in counts],
        texttemplate="%{text}",
        hovertext=said,
        hoverinfo="text",
        hoverongaps=False,
        colorscale=[[0, tint(Colour.BLUE, 0.2)], [1, tint(Colour.BLUE, 0.6)]],
        zmin=1,
        zmax=4,
        showscale=False,
        xgap=2,
        ygap=2,
    )
    starred = ". * Its list is not known to be complete" if open_lists else ""
    shared = {"showgrid": True, "gridcolor": "#eeeeee", "zeroline": False, "fixedrange": True, "tickmode": "array"}
    across = [-0.5, len(columns) + 3]  # The slanted titles of the last columns need room.
    return figure(
        catalogue,
        f"Which regions bet on which themes in {year}",
        f"How many areas of a region's strategies in force are of a theme; an area may be of several"
        f"{fewer}{less}{starred}{_left_out(catalogue, within, year)}",
        max(len(rows), 1) * _ROW,
        [heat] if rows else [],
        nothing=f"no area of a theme in force in {year}",
        left=250,
        above=max((_slanted(column) for column in columns), default=0),
        xaxis={"side": "top", "tickangle": -50, "range": across, **_ticks(columns), **shared},
        yaxis={"range": [len(rows) - 0.5, -0.5], **_ticks(rows), **shared},
    )


def _plans(cells: Mapping[Theme, Sequence[InnovationArea]]) -> set[Strategy]:
    """The strategies that speak in the cells of a row."""
    return {area.strategy for areas in cells.values() for area in areas}


def _left_out(catalogue: Catalogue, within: Sequence[Region], year: int) -> str:
    """What the title says of territories of whose strategies none is in force."""
    outside = outdated(catalogue.regions, catalogue.strategies, year)
    if within:
        outside = outside.filter(lambda region: not {region, *region.ancestors}.isdisjoint(within))
    number, what = len(outside), "territory" if len(outside) == 1 else "territories"
    return f". Not shown: {number:,} {what} without a strategy in force" if number else ""


def _ticks(labels: Sequence[str]) -> dict[str, Sequence[Any]]:
    return {"tickvals": [*range(len(labels))], "ticktext": labels}


def _wider(theme: Theme) -> set[Entity]:
    """The themes under which one falls."""
    found: set[Entity] = set()
    while theme.broader is not None:
        theme = theme.broader
        found.add(theme)
    return found


def _slanted(label: str) -> float:
    """The height that a column's title takes."""
    return 6.5 * len(label) * 0.77 + 12


def _said(region: Region, theme: Theme, areas: Sequence[InnovationArea]) -> str:
    if not areas:
        return ""
    named = [f"{area.name} ({area.strategy.name})" for area in areas]
    return hover(region, theme.name, *named, citations=[citation for area in areas for citation in area.citations[:1]])
