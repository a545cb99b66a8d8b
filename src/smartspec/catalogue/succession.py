"""Succession: from an entity to those that took its place, or whose place it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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


def steps(entity: Entity, links: Callable[[Entity], Iterable[Link]], forward: bool) -> Iterator[Link]:
    """The links from an entity to its direct successors, or to its predecessors, given what tells all links of one."""
    outward, inward = ("successor", "predecessor") if forward else ("predecessor", "successor")
    for link in links(entity):
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


def all_steps(entity: Entity, links: Callable[[Entity], Iterable[Link]], forward: bool) -> Iterator[Link]:
    """The same with the successors of those, and so on, without steps that only cut a longer way short.

    One from a strategy's area to that of the strategy that follows it stays, whatever lies between.
    """
    ways: dict[Entity, list[Link]] = {}
    pending = [entity]
    for one in pending:  # Grows while it is walked.
        if one not in ways:
            ways[one] = [*steps(one, links, forward)]
            pending += [link.end for link in ways[one]]

    def beyond(one: Entity) -> set[Entity]:
        return {later for link in ways[one] for later in (link.end, *beyond(link.end))}

    for found in ways.values():
        longer = {later for link in found for later in beyond(link.end)}
        yield from (link for link in found if link.end not in longer or _is_of_the_next(link))


def _is_of_the_next(link: Link) -> bool:
    areas = link.start, link.end
    if not all(isinstance(area, InnovationArea) for area in areas):
        return False
    one, other = (area.strategy for area in areas)  # type: ignore[attr-defined]
    return bool(one == other.predecessor or other == one.predecessor)
