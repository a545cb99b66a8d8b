"""What followed what: from an entity to those that took its place, or whose place it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..domain.model import Alignment, Citation, Entity, InnovationArea, MatchRelation, Strategy

_INVERSE = {MatchRelation.BROAD: MatchRelation.NARROW, MatchRelation.NARROW: MatchRelation.BROAD}


class Step(NamedTuple):
    """A step along the years: the entity reached, how it relates to the one before, and who says so.

    ``relation`` is "successor", "predecessor" or, between the areas of two strategies, a relation of SKOS seen
    from where the step starts: "broad" leads to a broader area.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> step = s3.successors_of(s3.innovation_areas["automotive-2006"])[0]
    >>> step.entity.strategy.id, step.relation, step.citations[0].basis.name
    ('piedmont-s3-2014-2020', 'close', 'INFERRED')
    """

    entity: Entity
    relation: str
    citations: tuple[Citation, ...]


def inverse(relation: MatchRelation) -> MatchRelation:
    """The relation as seen from the other end."""
    return _INVERSE.get(relation, relation)


def toward(area: InnovationArea, alignment: Alignment) -> tuple[InnovationArea, MatchRelation]:
    """The area at the other end of an alignment, and how it relates to this one."""
    if alignment.area == area:
        return alignment.match, alignment.relation
    return alignment.area, inverse(alignment.relation)


def steps(entity: Entity, linked: Iterable[Entity], *, forward: bool) -> Iterator[Step]:
    """The steps from an entity to its direct successors, or back, given all that is linked to it."""
    relation, opposite = ("successor", "predecessor") if forward else ("predecessor", "successor")
    ahead = getattr(entity, relation, None)
    if ahead is not None:
        yield Step(ahead, relation, entity.cite(relation))
    for other in linked:
        if type(other) is type(entity) and getattr(other, opposite, None) == entity:
            yield Step(other, relation, other.cite(opposite))
        elif isinstance(other, Alignment) and isinstance(entity, InnovationArea):
            area, match = toward(entity, other)
            earlier, later = (entity, area) if forward else (area, entity)
            if _before(earlier.strategy, later.strategy):
                yield Step(area, match.value, other.citations)


def _before(earlier: Strategy, later: Strategy) -> bool:
    """Whether a strategy begins before another, as far as their years tell."""
    return earlier.start_year is not None and later.start_year is not None and earlier.start_year < later.start_year
