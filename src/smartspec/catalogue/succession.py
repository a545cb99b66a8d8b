"""Succession: from an entity to those that took its place, or whose place it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.entity import Entity, is_before
from ..domain.strategy import Alignment, InnovationArea, MatchRelation
from .relations import Direction, Link

_INVERSE = {MatchRelation.BROAD: MatchRelation.NARROW, MatchRelation.NARROW: MatchRelation.BROAD}


def inverse(relation: MatchRelation) -> MatchRelation:
    """The relation as seen from the other end."""
    return _INVERSE.get(relation, relation)


def toward(area: InnovationArea, alignment: Alignment) -> tuple[InnovationArea, MatchRelation]:
    """The area at the other end of an alignment, and how it relates to this one."""
    if alignment.area == area:
        return alignment.match, alignment.relation
    return alignment.area, inverse(alignment.relation)


def steps(entity: Entity, links: Iterable[Link], *, forward: bool) -> Iterator[Link]:
    """The links from an entity to its direct successors, or to its predecessors, given all its links."""
    outward, inward = ("successor", "predecessor") if forward else ("predecessor", "successor")
    for link in links:
        other = link.end
        if type(other) is type(entity):
            if link.relation == (outward if link.direction is Direction.FORWARD else inward):
                yield link
        elif isinstance(other, Alignment) and isinstance(entity, InnovationArea):
            area, match = toward(entity, other)
            earlier, later = (entity, area) if forward else (area, entity)
            if is_before(earlier.strategy.start, later.strategy.start):
                direction = Direction.FORWARD if other.area == entity else Direction.BACKWARD
                yield Link(entity, match.value, area, direction, other.citations)
