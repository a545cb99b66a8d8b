"""Partners: which areas of other regions come closest to one, and which regions have most in common with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..domain.declaration import Fact, whole_number
from ..domain.strategy import InnovationArea
from ..domain.table import Table, columns
from ..domain.territory import Region
from ..domain.themes import Theme
from ..text import clean, table
from .comparison import Correspondence, pairs
from .relations import held
from .similarity import Landscape, Profile

if TYPE_CHECKING:
    from .catalogue import Catalogue

T = TypeVar("T", bound="Counterpart | Partner")


class Counterpart(NamedTuple):
    """An area that comes close to another: its score from 0 to 1, and the themes and codes that both have.

    >>> import smartspec
    >>> eu = smartspec.load_europe()
    >>> nearest = eu.counterparts(eu.innovation_areas["aerospace-2021"], limit=1)[0]
    >>> [theme.name for theme in nearest.themes], nearest.nace
    (['Aerospace and space'], ('C30.3',))
    """

    area: InnovationArea
    score: float
    themes: tuple[Theme, ...]
    nace: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Counterpart {self.area.id} {self.score:.2f}>"

    @staticmethod
    def _columns() -> Mapping[str, Fact]:
        return columns(area=str, area_name=str, strategy=str, region=str, region_name=str) | _shared()

    def _row(self, language: str | None) -> Iterable[Any]:
        area, *told = self
        region = area.strategy.region
        return (area, area.label(language), area.strategy, region, region.label(language), *told)

    def _shown(self) -> dict[str, str]:
        return {"area": self.area.name, "of": self.area.strategy.name, **_shared_in_words(self)}


class Partner(NamedTuple):
    """A region that has much in common with another: its score from 0 to 1, the themes and codes that both have, and
    the pairs of areas that say so.

    The pairs show each theme and each division of NACE that both regions have, so all that the score counts. The most
    similar come first, and each shows something that none before it shows; ``pair.area`` is of the region asked for.

    >>> import smartspec
    >>> eu = smartspec.load_europe()
    >>> partner = eu.partners(eu.regions["piedmont"], limit=1)[0]
    >>> partner.pairs[0].area.strategy.region.name, 0 < partner.score < 1
    ('Piedmont', True)
    """

    region: Region
    score: float
    themes: tuple[Theme, ...]
    nace: tuple[str, ...]
    pairs: tuple[Correspondence, ...]

    def __repr__(self) -> str:
        return f"<Partner {self.region.id} {self.score:.2f}>"

    @staticmethod
    def _columns() -> Mapping[str, Fact]:
        return columns(region=str, region_name=str) | _shared() | columns(pairs=tuple[Correspondence, ...])

    def _row(self, language: str | None) -> Iterable[Any]:
        region, *told = self
        return (region, region.label(language), *told)

    def _shown(self) -> dict[str, str]:
        return {"region": self.region.name, **_shared_in_words(self)}


def _shared() -> dict[str, Fact]:
    return columns(score=float, themes=tuple[Theme, ...], nace=tuple[str, ...])


def _shared_in_words(found: Counterpart | Partner) -> dict[str, str]:
    return {
        "score": f"{found.score:.2f}",
        "shared themes": ", ".join(theme.name for theme in found.themes),
        "shared NACE": " ".join(found.nace),
    }


class Ranking(Table, tuple[T, ...]):
    """Counterparts or partners, best first: a tuple that shows as a table, and says so if it is empty.

    >>> import smartspec
    >>> eu = smartspec.load_europe()
    >>> eu.counterparts(eu.innovation_areas["finance-2006"], year=1999)
    No strategy with areas is in force in 1999
    """

    _of: type[T]
    about: str
    nothing: str

    def __new__(cls, items: Sequence[T], of: type[T], about: str, nothing: str) -> Ranking[T]:
        ranking = super().__new__(cls, items)
        ranking._of, ranking.about, ranking.nothing = of, about, nothing
        return ranking

    def __reduce__(self) -> tuple[Any, ...]:
        return Ranking, (tuple(self), self._of, self.about, self.nothing)

    def __repr__(self) -> str:
        rows = [item._shown() for item in self]
        return "\n".join(table([rows[0], *(row.values() for row in rows)])) if rows else self.nothing

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        rows = [item._shown() for item in self] or [{"none": self.nothing}]
        return html_table([*rows[0]], [[*row.values()] for row in rows], self.about)

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return self._of._columns()

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        return (item._row(language) for item in self)


def counterparts(catalogue: Catalogue, area: InnovationArea, limit: int, year: int | None) -> Ranking[Counterpart]:
    """The areas of other regions that come closest to one, of those in force."""
    held(catalogue._relations, area, InnovationArea, "counterparts() takes an innovation area")
    landscape = Landscape(catalogue.innovation_areas, catalogue.year if year is None else year)
    own = Profile([area])
    found = [
        Counterpart(other, score, themes, nace)
        for region in _others(area.strategy.region, landscape)
        for other in landscape.areas[region]
        if other.strategy.region == region
        for themes, nace, score in [landscape.shared(own, Profile([other]))]
        if score
    ]
    about = f"What comes closest to {clean(area.name)} of {clean(area.strategy.name)} in {landscape.year}"
    nothing = f"No area in force in {landscape.year} shares a theme or code with it"
    return _best(found, Counterpart, limit, about, nothing, landscape)


def partners(catalogue: Catalogue, region: Region, limit: int, year: int | None) -> Ranking[Partner]:
    """The regions that have most in common with one, by the strategies in force."""
    held(catalogue._relations, region, Region, "partners() takes a region")
    landscape = Landscape(catalogue.innovation_areas, catalogue.year if year is None else year)
    areas = landscape.areas.get(region, [])
    own = Profile(areas)
    found = [
        Partner(other, score, themes, nace, ())
        for other in _others(region, landscape)
        for themes, nace, score in [landscape.shared(own, landscape.profiles[other])]
        if score
    ]
    about = f"The regions that have most in common with {clean(region.name)} in {landscape.year}"
    nothing = f"No region shares a theme or code with it in {landscape.year}"
    if not areas:
        known = ", ".join(clean(s.name) for s in catalogue.strategies if region in (s.region, *s.territories))
        nothing = f"{clean(region.name)} has no strategy with areas in force in {landscape.year}"
        nothing += f" (known: {known})" if known else " (none is known)"
    best = _best(found, Partner, limit, about, nothing, landscape)
    told = [partner._replace(pairs=_telling(areas, landscape.areas[partner.region], landscape)) for partner in best]
    return Ranking(told, Partner, best.about, best.nothing)


def _best(found: list[Any], of: type[Any], limit: int, about: str, nothing: str, landscape: Landscape) -> Ranking[Any]:
    most = max(whole_number(limit, "a limit"), 0)
    found.sort(key=lambda item: -item.score)  # Those of one score stay in the order of the dataset.
    if found:
        nothing = f"None of {len(found)} is asked for"
    elif not landscape.profiles:
        nothing = f"No strategy with areas is in force in {landscape.year}"
    return Ranking(found[:most], of, about, nothing)


def _others(region: Region, landscape: Landscape) -> Iterator[Region]:
    """The territories to compare with one: they neither hold it nor lie in it, and share no strategy with it."""
    ours = {area.strategy for area in landscape.areas.get(region, ())}
    around = {region, *region.ancestors}
    for other in landscape.profiles:
        apart = other not in around and region not in other.ancestors
        if apart and ours.isdisjoint(area.strategy for area in landscape.areas[other]):
            yield other


def _telling(
    ours: Sequence[InnovationArea], theirs: Sequence[InnovationArea], landscape: Landscape
) -> tuple[Correspondence, ...]:
    """The pairs of areas, best first, of which each shows a theme or a division that none before it shows."""
    seen: set[Theme | str] = set()
    told = []
    for pair in pairs(ours, theirs, landscape):
        one, other = Profile([pair.area]), Profile([pair.match])
        new: set[Theme | str] = {*pair.themes, *(one.divisions & other.divisions)}
        if not new <= seen:
            seen |= new
            told.append(pair)
    return tuple(told)
