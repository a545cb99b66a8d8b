"""Similarity: what two things share of themes and NACE codes, weighed by how rare that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

from ..domain.declaration import whole_number
from ..domain.strategy import InnovationArea
from ..domain.territory import Region
from ..domain.themes import Theme
from .collection import Collection


class Profile:
    """The themes and NACE codes of an area, or of several together.

    Codes count by the division in which they lie; that of a section counts for itself.

    >>> import smartspec
    >>> from smartspec.catalogue.similarity import Profile
    >>> profile = Profile([smartspec.load().innovation_areas["aerospace-2021"]])
    >>> [theme.name for theme in profile.themes], profile.codes, profile.divisions
    (['Aerospace and space'], {'C30.3'}, {'C30'})
    """

    def __init__(self, areas: Iterable[InnovationArea]) -> None:
        held = [*areas]
        self.themes = {theme for area in held for theme in area.themes}
        self.codes = {code for area in held for code in area.nace}
        self.divisions = {code[:3] for code in self.codes}


class Shared(NamedTuple):
    """What two have in common: the themes, rarest first, the codes that both cover, and how much that is of all."""

    themes: tuple[Theme, ...]
    nace: tuple[str, ...]
    score: float


class Landscape:
    """What the regions bet on in a year, and so what each theme and each division of NACE weighs.

    What n of N regions have weighs log2((1 + N) / n): next to nothing if all have it, and 1 more whenever half as many
    do. Of themes and of divisions apart, what two share is set against all that either has, each by its weight; themes
    count two thirds, divisions one third. Where neither of the two has any divisions (or themes), the others count
    alone.
    """

    def __init__(self, areas: Collection[InnovationArea], year: int) -> None:
        self.year = whole_number(year, "a year")
        self.areas: dict[Region, list[InnovationArea]] = {}
        """The areas in force by territory: of the strategies that are its own, or that cover it among others."""
        adopting: dict[Region, None] = {}
        for area in areas.at(self.year):
            strategy = area.strategy
            adopting[strategy.region] = None
            for region in dict.fromkeys((strategy.region, *strategy.territories)):
                self.areas.setdefault(region, []).append(area)
        self.profiles = {region: Profile(self.areas[region]) for region in adopting}
        """The territories for which a strategy in force is adopted, and what they bet on."""
        self.counts: Counter[Theme | str] = Counter()
        """How many of these have a theme or a division."""
        for profile in self.profiles.values():
            self.counts.update(profile.themes)
            self.counts.update(profile.divisions)

    def weight(self, trait: Theme | str) -> float:
        """What a theme or a division weighs."""
        return math.log2((1 + (len(self.profiles) or 1)) / (self.counts[trait] or 1))

    def shared(self, one: Profile, other: Profile) -> Shared:
        """What two profiles have in common."""
        themes = sorted(one.themes & other.themes, key=lambda theme: (-self.weight(theme), theme.id))
        parts = (2, one.themes, other.themes), (1, one.divisions, other.divisions)
        counting = [(worth, ours, theirs) for worth, ours, theirs in parts if ours or theirs]
        whole = sum(worth for worth, _, _ in counting)
        score = sum(worth * self._ratio(ours, theirs) for worth, ours, theirs in counting) / whole if whole else 0.0
        return Shared(tuple(themes), _covered(one.codes, other.codes), score)

    def _ratio(self, ours: Set[Theme | str], theirs: Set[Theme | str]) -> float:
        # Each sum is exact before it is rounded, so that the order of a set does not matter.
        return math.fsum(map(self.weight, ours & theirs)) / math.fsum(map(self.weight, ours | theirs))


def _covered(some: set[str], others: set[str]) -> tuple[str, ...]:
    """The codes that both cover: of "C30.3" and "C30" the narrower, and none that lies within another of them."""
    pairs = (sorted((one, other), key=len) for one in some for other in others)
    found: list[str] = []
    for code in sorted({narrower for wider, narrower in pairs if narrower.startswith(wider)}):
        if not found or not code.startswith(found[-1]):
            found.append(code)
    return tuple(found)
