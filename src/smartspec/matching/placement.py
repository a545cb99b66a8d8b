"""Placements: to which areas a text belongs, and the words that say so."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

import attrs

from ..domain.strategy import InnovationArea
from ..domain.themes import Theme
from ..text import shortened


class Verdict(Enum):
    """What is said of a text: AREA, that it belongs to one or two areas; NONE, to none of them; UNSURE, neither."""

    AREA = "area"
    NONE = "none"
    UNSURE = "unsure"


class Evidence(NamedTuple):
    """Words of a text that speak for an area: ``given[start:stop] == text`` of the text that was given.

    ``term`` is what they were found by, ``weight`` how much it counts, ``theme`` of what it speaks: None if it is a
    word of the area itself. Evidence from a code has no place: ``start`` and ``stop`` are None.
    """

    text: str
    start: int | None
    stop: int | None
    term: str
    weight: float
    theme: Theme | None


class Candidate(NamedTuple):
    """An area to which a text might belong: the more evidence speaks for it, the higher its score."""

    area: InnovationArea
    score: float
    evidence: tuple[Evidence, ...]


@attrs.frozen(kw_only=True, repr=False)
class Placement:
    """To which areas a text belongs, and why.

    ``areas`` are one, or two for a text that has two, if the verdict is AREA. ``candidates`` are all areas for which
    anything speaks, best first; ``against`` is what speaks for subjects that none of the areas is about.
    """

    text: str
    verdict: Verdict
    areas: tuple[InnovationArea, ...]
    candidates: tuple[Candidate, ...]
    rival: str | None
    rival_score: float
    against: tuple[Evidence, ...]

    @property
    def area(self) -> InnovationArea | None:
        """The first of its areas; None if there is none."""
        return self.areas[0] if self.areas else None

    def __repr__(self) -> str:
        named = ", ".join(area.id for area in self.areas)
        return f"<Placement {shortened(self.text, 40)!r}: {named or self.verdict.value}>"
