"""The grid that matrix and flow share: areas in a row for each strand of history and a column for each strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..catalogue.catalogue import Catalogue
from ..catalogue.succession import toward
from ..domain.entity import years
from ..domain.strategy import Alignment, InnovationArea, MatchRelation, Strategy
from .layout import EDGE, GAP, MOST, RELATIONS, WIDTH, Box, Colour, begin, first, hover, kind, tall, tint, wrapped

_MOST_COLUMNS = 8
_TINTS = {"": Colour.BLUE, "broader": Colour.VERMILION, "narrower": Colour.GREEN}


class Strand:
    """Areas that alignments connect."""

    def __init__(self, areas: Sequence[InnovationArea], ties: Mapping[InnovationArea, Sequence[Alignment]]) -> None:
        self.areas = areas
        self.head = max(areas, key=lambda area: len(ties[area]))  # The earliest of them, if several have as many.
        self.alignments = {toward(self.head, alignment)[0]: alignment for alignment in ties[self.head]}

    def relation(self, area: InnovationArea) -> str:
        """How an area relates to the one that gives the strand its name; nothing for that one itself."""
        if area == self.head:
            return ""
        alignment = self.alignments.get(area)
        return RELATIONS[toward(self.head, alignment)[1]].word if alignment else "through others"

    def hover(self, area: InnovationArea) -> str:
        """What a reader sees who points at an area."""
        alignment, word = self.alignments.get(area), self.relation(area)
        facts = [f"{area.designation} of {area.strategy.name}"]
        if word:
            facts.append(f"{word}: seen from {self.head.name} ({self.head.strategy.name})")
        return hover(area, *facts, citations=(*(alignment.citations[:1] if alignment else ()), *area.citations))


class Grid(NamedTuple):
    """Where all stands, and what does not fit."""

    strategies: Sequence[Strategy]
    alignments: Sequence[Alignment]
    heads: Sequence[Box]
    rows: Sequence[Box]
    boxes: Mapping[InnovationArea, Box]
    width: float
    height: float
    left_out: str


def grid(catalogue: Catalogue, gap: int, header: int = 0) -> Grid:
    """The areas of a catalogue, with so many pixels between columns.

    With a ``header``, so wide, each row begins with the name of its strand, and each area says how it relates to that.
    """
    held = dict.fromkeys(area.strategy for area in catalogue.innovation_areas)
    strategies, fewer = first(sorted(held, key=begin), _MOST_COLUMNS, "strategies")
    column = {strategy: number for number, strategy in enumerate(strategies)}
    candidates = sorted(
        (area for area in catalogue.innovation_areas if area.strategy in column), key=lambda area: column[area.strategy]
    )
    areas, less = first(candidates, MOST, "areas")
    alignments, strands = _strands(catalogue, areas)
    words: dict[Strategy, set[str]] = {strategy: set() for strategy in strategies}
    for area in areas:
        words[area.strategy].add(area.designation)
    gaps = gap * (len(strategies) - 1 + bool(header))
    size = min(max(130, (WIDTH - 2 * EDGE - header - gaps) / max(len(strategies), 1)), 260)
    left = [header + (size + gap) * number + gap * bool(header) for number in range(len(strategies))]
    titles = [
        [f"<b>{years(strategy) or 'year not stated'}</b>", *wrapped(strategy.name, size - 10)]
        for strategy in strategies
    ]
    top: float = max(map(tall, titles), default=10)
    heads = [Box(x, 0, size, top, lines, hover(s, kind(s))) for x, lines, s in zip(left, titles, strategies)]
    rows, boxes = [], {}
    for strand in strands:
        top += GAP
        name = wrapped(strand.head.name, header - 10, tag="b")
        ends = [top + tall(name) if header else top]
        for x, strategy in zip(left, strategies):
            y = top
            for area in strand.areas:
                if area.strategy == strategy:
                    relation = strand.relation(area)
                    said = [relation] * bool(header and relation) + [area.designation] * (len(words[strategy]) > 1)
                    lines = wrapped(area.name, size - 10)
                    lines += wrapped(" · ".join(said), size - 10, tag="i") if said else []
                    fill = tint(_TINTS.get(relation, Colour.SKY), 0.25) if header else "#f2f2f2"
                    boxes[area] = Box(x, y, size, tall(lines), lines, strand.hover(area), fill)
                    y += tall(lines) + 4
            ends.append(y - 4)
        rows.append(Box(0, top, header, max(ends) - top, name))
        top = max(ends)
    width = max(WIDTH, 2 * EDGE + max((x + size for x in left), default=0))
    return Grid(strategies, alignments, heads, rows, boxes, width, top, fewer + less)


def _strands(catalogue: Catalogue, areas: Sequence[InnovationArea]) -> tuple[list[Alignment], list[Strand]]:
    """The alignments between areas, and the strands that they form, those of most strategies first."""
    among = set(areas)
    alignments = [found for found in catalogue.alignments if found.area in among and found.match in among]
    ties: dict[InnovationArea, list[Alignment]] = {area: [] for area in areas}
    for alignment in alignments:
        if alignment.relation is not MatchRelation.RELATED:
            ties[alignment.area].append(alignment)
            ties[alignment.match].append(alignment)
    strand: dict[InnovationArea, list[InnovationArea]] = {}
    for area in areas:
        if area not in strand:
            members = strand[area] = [area]
            for member in members:  # Grows while it is walked.
                for other in (toward(member, alignment)[0] for alignment in ties[member]):
                    if other not in strand:
                        strand[other] = members
                        members.append(other)
    groups = {id(members): members for members in strand.values()}.values()
    order = {area: number for number, area in enumerate(areas)}
    strands = [Strand(sorted(members, key=order.__getitem__), ties) for members in groups]
    return alignments, sorted(strands, key=lambda strand: -len({area.strategy for area in strand.areas}))
