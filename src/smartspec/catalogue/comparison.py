"""Comparison: what the areas of two strategies have in common, and what only one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ..domain.declaration import Fact
from ..domain.entity import Basis
from ..domain.strategy import Alignment, InnovationArea, MatchRelation, Strategy
from ..domain.table import Table, columns
from ..domain.themes import Theme
from ..errors import InvalidValueError
from ..text import clean, table
from .collection import Collection
from .relations import held
from .similarity import Landscape, Profile
from .succession import toward

if TYPE_CHECKING:
    from .catalogue import Catalogue


@attrs.frozen(kw_only=True)
class Correspondence:
    """An area and the area of another strategy that corresponds to it.

    ``alignment`` is the record that says so, with its citations, and ``relation`` how by it the match relates to the
    area (SKOS). Both are None where no alignment ties the strategies, and the two correspond by the themes that they
    share, or by codes if one of them has no theme. ``themes`` and ``nace`` are what they share, the rarest theme first,
    and ``score`` how much that is of all that either has: 0 to 1, as `Catalogue.counterparts` counts it.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
    >>> [c.relation.name for c in s3.compare(*plans).correspondences if c.area.id == "ict-2006"]
    ['CLOSE']
    """

    area: InnovationArea
    match: InnovationArea
    relation: MatchRelation | None
    alignment: Alignment | None
    themes: tuple[Theme, ...]
    nace: tuple[str, ...]
    score: float

    @property
    def basis(self) -> Basis | None:
        """INFERRED if any citation of the alignment is, else STATED; None if it has no citation.

        What corresponds by themes is INFERRED: they are ours.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
        >>> s3.compare(*plans).correspondences[0].basis.name
        'INFERRED'
        """
        if self.alignment is None:
            return Basis.INFERRED
        bases = {citation.basis for citation in self.alignment.citations}
        return Basis.INFERRED if Basis.INFERRED in bases else Basis.STATED if bases else None


@attrs.frozen(repr=False, eq=False, kw_only=True)
class Comparison(Table):
    """Two strategies side by side: which of their areas correspond, which only one has, the NACE codes they share.

    ``aligned`` tells whether they correspond by alignments, else by the themes and codes that they share.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> comparison = s3.compare(s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"])
    >>> [area.name for area in comparison.only_first], [area.name for area in comparison.only_second]
    (['Finance'], ['Biomedical', 'High quality food'])
    """

    first: Strategy
    second: Strategy
    aligned: bool
    correspondences: tuple[Correspondence, ...]
    only_first: Collection[InnovationArea]
    only_second: Collection[InnovationArea]
    shared_nace: tuple[str, ...]

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(
            first=str | None,
            first_name=str | None,
            relation=MatchRelation | None,
            second=str | None,
            second_name=str | None,
            basis=Basis | None,
            alignment=str | None,
            themes=tuple[Theme, ...],
            nace=tuple[str, ...],
            score=float | None,
        )

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        """Correspondences, then what only one strategy has."""
        for c in self.correspondences:
            first, second = (c.area, c.area.label(language)), (c.match, c.match.label(language))
            yield *first, c.relation, *second, c.basis, c.alignment, c.themes, c.nace, c.score
        for area in self.only_first:
            yield area, area.label(language), None, None, None, None, None, (), (), None
        for area in self.only_second:
            yield None, None, None, area, area.label(language), None, None, (), (), None

    def _shown(self, language: str | None = None) -> list[tuple[str, ...]]:
        """The rows of the table that people see; names in a language, if one is given."""
        pairs = self.correspondences
        first = _labels([*(c.area for c in pairs), *self.only_first], language)
        second = _labels([*(c.match for c in pairs), *self.only_second], language)
        matched = [
            (
                first[c.area],
                c.relation.value if c.relation else f"similar {c.score:.2f}",
                second[c.match],
                c.basis.value if c.basis else "uncited",
                ", ".join(theme.label(language) for theme in c.themes),
                " ".join(c.nace),
            )
            for c in pairs
        ]
        left = [(first[area], "", "", "", "", "") for area in self.only_first]
        right = [("", "", second[area], "", "", "") for area in self.only_second]
        return [*matched, *left, *right]

    @property
    def _heads(self) -> tuple[str, ...]:
        return (self.first.name, "relation", self.second.name, "basis", "shared themes", "shared NACE")

    @property
    def _by(self) -> str:
        return "by their alignments" if self.aligned else "by shared themes and codes: none is aligned"

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        caption = f"{self.first.name} and {self.second.name}, {self._by}"
        return html_table(self._heads, self._shown(), caption)

    def __repr__(self) -> str:
        lines = table([self._heads, *self._shown()])
        codes = f"NACE codes in common: {', '.join(self.shared_nace) or 'none'}"
        return "\n".join([*lines, codes, f"Compared {self._by}"])


def _labels(areas: Sequence[InnovationArea], language: str | None) -> dict[InnovationArea, str]:
    """How the areas of one strategy are called; with their designation, if its lists differ in it."""
    told = len({area.designation for area in areas}) > 1
    return {area: area.label(language) + f" ({area.designation})" * told for area in areas}


def compare(catalogue: Catalogue, first: Strategy, second: Strategy) -> Comparison:
    """The comparison of two strategies of a catalogue, by what its regions bet on in the year of its last check."""
    for strategy in (first, second):
        held(catalogue._relations, strategy, Strategy, "compare() takes strategies")
    if first == second:
        raise InvalidValueError("compare", f"{clean(first.id)!r} is given twice", "name two strategies")
    landscape = Landscape(catalogue.innovation_areas, catalogue.year)
    ours, theirs = (catalogue.innovation_areas.where(strategy=strategy) for strategy in (first, second))
    ties = [
        (area, match, relation, alignment)
        for area in ours
        for alignment in catalogue.alignments.of(area)
        for match, relation in [toward(area, alignment)]
        if match in theirs
    ]
    if ties:
        own = {area: Profile([area]) for area in (*ours, *theirs)}
        found = [
            corresponding(area, match, own[area], own[match], landscape, relation, alignment)
            for area, match, relation, alignment in ties
        ]
    else:
        found = nearest(ours, theirs, landscape)
    matched = {c.area for c in found} | {c.match for c in found}
    return Comparison(
        first=first,
        second=second,
        aligned=bool(ties),
        correspondences=tuple(found),
        only_first=ours.filter(lambda area: area not in matched),
        only_second=theirs.filter(lambda area: area not in matched),
        shared_nace=landscape.shared(Profile(ours), Profile(theirs)).nace,
    )


def corresponding(
    area: InnovationArea,
    match: InnovationArea,
    one: Profile,
    other: Profile,
    landscape: Landscape,
    relation: MatchRelation | None = None,
    alignment: Alignment | None = None,
) -> Correspondence:
    """How an area and another one correspond, given what each has."""
    themes, nace, score = landscape.shared(one, other)
    return Correspondence(
        area=area, match=match, relation=relation, alignment=alignment, themes=themes, nace=nace, score=score
    )


def pairs(
    ours: Sequence[InnovationArea], theirs: Sequence[InnovationArea], landscape: Landscape
) -> list[Correspondence]:
    """All pairs of areas that share anything, the most similar first."""
    others = [(match, Profile([match])) for match in theirs]
    found = [
        corresponding(area, match, own, other, landscape)
        for area in ours
        for own in [Profile([area])]
        for match, other in others
    ]
    return sorted((pair for pair in found if pair.score), key=lambda pair: -pair.score)


def nearest(
    ours: Collection[InnovationArea], theirs: Collection[InnovationArea], landscape: Landscape
) -> list[Correspondence]:
    """Of each area on either side those of the other that are most similar, in the order of the first.

    They share a theme or, where one of the two has none, a division of NACE.
    """
    best: dict[InnovationArea, float] = {}
    found = []
    for pair in pairs([*ours], [*theirs], landscape):
        if not pair.themes and pair.area.themes and pair.match.themes:
            continue
        if pair.score >= min(best.setdefault(pair.area, pair.score), best.setdefault(pair.match, pair.score)):
            found.append(pair)
    order = {area: number for number, area in enumerate(ours)}
    return sorted(found, key=lambda pair: order[pair.area])
