"""Placements: to which areas a text belongs, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from ..domain.declaration import Fact
from ..domain.strategy import InnovationArea
from ..domain.table import Table, columns
from ..domain.themes import Theme
from ..text import clean, shown

_WORDS = 4


class Verdict(Enum):
    """What is said of a text: AREA, that it belongs to one or two areas; NONE, to none of them; UNSURE, neither.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> areas.match("It is what it is.").verdict.name
    'UNSURE'
    """

    AREA = "area"
    NONE = "none"
    UNSURE = "unsure"


class Evidence(NamedTuple):
    """Words of a text that speak for an area: ``given[start:stop] == text`` of the text that was given.

    ``term`` is what they were found by, ``weight`` how much it counts, ``theme`` what it speaks of: None if it is a
    word of the area itself, or speaks of what is no theme. Evidence from a code has no place: ``start`` and ``stop``
    are None.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> evidence = areas.match("A small satellite for weather.").candidates[0].evidence[0]
    >>> evidence.text, evidence.start, evidence.stop, evidence.theme.name
    ('satellite', 8, 17, 'Aerospace and space')
    """

    text: str
    start: int | None
    stop: int | None
    term: str
    weight: float
    theme: Theme | None


class Candidate(NamedTuple):
    """An area to which a text might belong: the more evidence speaks for it, the higher its score.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> [candidate.area.name for candidate in areas.match("Robots that sort tomatoes and peppers").candidates]
    ['Food', 'Advanced manufacturing']
    """

    area: InnovationArea
    score: float
    evidence: tuple[Evidence, ...]


class Neighbour(NamedTuple):
    """An example that an encoder finds near a text: what it says, and the areas to which it belongs.

    ``areas`` are empty if it belongs to none. ``similarity`` is the cosine of the angle between the two vectors, 1 at
    most. ``label_given_by`` and ``url`` tell who says where it belongs; both are None for an example of the user's,
    and for the words of an area or a theme itself, which stand in for examples where there are none.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> matcher = areas.matcher(encoder=lambda texts: [[text.count("a"), text.count("e")] for text in texts])
    >>> nearest = matcher.match("Satellites and launchers.").nearest
    >>> nearest[0].similarity >= nearest[1].similarity
    True
    """

    text: str
    areas: tuple[InnovationArea, ...]
    similarity: float
    label_given_by: str | None
    url: str | None


class _Placement(NamedTuple):
    text: str
    verdict: Verdict
    areas: tuple[InnovationArea, ...]
    candidates: tuple[Candidate, ...]
    rival: str | None
    rival_score: float
    against: tuple[Evidence, ...]
    nearest: tuple[Neighbour, ...] = ()


class Placement(Table, _Placement):
    """To which areas a text belongs, and why.

    ``areas`` are one, or two for a text that has two, if the verdict is AREA. ``candidates`` are all areas for which
    anything speaks, best first. ``rival`` is the subject, of those that none of the areas is about, for which most
    speaks: the id of a theme, or a word such as "sport"; ``against`` is what speaks for it, with ``rival_score``.
    ``nearest`` are the examples that come nearest, if an encoder was asked. As a table it has a row for each candidate.

    >>> import smartspec
    >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    >>> placement = areas.match("The museum shows paintings and sculptures.")
    >>> placement.verdict.name, placement.areas, placement.rival
    ('NONE', (), 'culture')
    """

    __slots__ = ()

    @property
    def area(self) -> InnovationArea | None:
        """The first of its areas; None if there is none.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> areas.match("A satellite.").area.name, areas.match("It is what it is.").area
        ('Aerospace', None)
        """
        return self.areas[0] if self.areas else None

    def __repr__(self) -> str:
        if self.verdict is Verdict.NONE:
            told, named = self.against, f"{self.rival} {self.rival_score:.1f}"
        else:
            best = self.candidates[: len(self.areas) or 1]
            told = tuple(evidence for candidate in best for evidence in candidate.evidence)
            named = ", ".join(f"{candidate.area.id} {candidate.score:.1f}" for candidate in best)
        words = [*dict.fromkeys(evidence.text for evidence in told)]
        spoken = clean(", ".join(words[:_WORDS]) + ", …" * (len(words) > _WORDS), 80)
        parts = (self.verdict.name, named, f"({spoken})" if spoken else "")
        return f"<Placement {shown(self.text, 40)}: {' '.join(filter(None, parts))}>"

    def _repr_html_(self) -> str:
        from ..display.placement import placement_card  # Deferred import upwards.

        return placement_card(self)

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(area=str, area_name=str, given=bool, score=float, evidence=tuple[Evidence, ...])

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        for area, score, evidence in self.candidates:
            yield area, area.label(language), area in self.areas, score, evidence
