"""What stands around an entity, and what hangs under a strategy: what pictures ask of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..domain.actors import Initiative, InnovationPole
from ..domain.declaration import FieldRole, facts, whole_number
from ..domain.entity import Entity, Period, Source, is_before, year_of
from ..domain.findings import Indicator
from ..domain.strategy import Alignment, InnovationArea, PriorityField, Strategy
from ..errors import InvalidValueError
from .relations import Direction, Link, Links, held

if TYPE_CHECKING:
    from .catalogue import Catalogue

    Branch = tuple[Strategy | PriorityField | InnovationArea | InnovationPole | str | None, ...]


def branches(catalogue: Catalogue, strategy: Strategy | None = None) -> Iterator[Branch]:
    """The tree of strategies, fields, areas and poles: the path to each node, parents before children.

    In the place of a field, areas without one have the source's word for them. Last, under None, come the poles that
    carry none of these areas: all such poles or, in the tree of one strategy, those of its region that were there
    while it was in force, as far as dates tell. Raises `UnknownEntityError` for a strategy that the catalogue does
    not hold.

    >>> import smartspec
    >>> from smartspec.catalogue.neighbourhood import branches
    >>> s3 = smartspec.load()
    >>> tree = [*branches(s3, s3.strategies["piedmont-s3-2021-2027"])]
    >>> [path[2].name for path in tree if len(path) == 3 and path[1] is None]
    ['Pointex', 'Polo ICT']
    """
    if strategy is not None:
        held(catalogue._relations, strategy, Strategy, "a tree is that of a Strategy")
    poles = catalogue.innovation_poles
    carried: set[InnovationPole] = set()
    for root in catalogue.strategies if strategy is None else (strategy,):
        yield (root,)
        groups: dict[PriorityField | str, list[InnovationArea]] = {
            field: [] for field in catalogue.priority_fields.of(root)
        }
        for area in catalogue.innovation_areas.of(root):
            groups.setdefault(area.priority_field or area.designation, []).append(area)
        for group, areas in groups.items():
            yield root, group
            for area in areas:
                yield root, group, area
                for pole in poles.of(area):
                    carried.add(pole)
                    yield root, group, area, pole
    stem: Branch = () if strategy is None else (strategy,)
    if strategy is not None:
        poles = poles.of(strategy.region).filter(lambda pole: _at_one_time(pole, strategy))
    others = [pole for pole in poles if pole not in carried]
    if others:
        yield (*stem, None)
        yield from ((*stem, None, pole) for pole in others)


def _at_one_time(one: Period, other: Period) -> bool:
    return not (is_before(one.end, other.start) or is_before(other.end, one.start))


class Surroundings(NamedTuple):
    """The entities at distance 0, 1, 2 … of one, the links between them, and whether some are left out.

    Each link is there once and leads forward: its start refers to its end.
    """

    rings: tuple[tuple[Entity, ...], ...]
    links: Links
    more: bool


def around(catalogue: Catalogue, entity: Entity, distance: int, most: int, alike: int | None = None) -> Surroundings:
    """What is linked to an entity up to a distance, nearest first, and at most so many entities.

    With ``alike``, an entity brings in at most so many of one class by one relation, and those at one distance have
    equal shares of what may still come: hubs would hide the rest. An alignment is a link from its area to its match,
    named by its SKOS relation, unless it is itself the centre. Sources are left out, unless one is the centre. Raises
    `UnknownEntityError` for an entity that the catalogue does not hold, `InvalidValueError` for a negative distance.

    >>> import smartspec
    >>> from smartspec.catalogue.neighbourhood import around
    >>> s3 = smartspec.load()
    >>> rings = around(s3, s3.alignments["ict-2006-to-ict-city"], 1, 100).rings
    >>> [[entity.id for entity in ring] for ring in rings]
    [['ict-2006-to-ict-city'], ['ict-2006', 'ict-city']]
    """
    distance = whole_number(distance, "a distance")
    if distance < 0:
        raise InvalidValueError("distance", f"{distance} is negative", "1 shows what is linked directly")
    held(catalogue._relations, entity)
    rings: list[list[Entity]] = [[entity]]
    reached = {entity}
    found: dict[tuple[Entity, str, Entity], Link] = {}
    more = False
    for _ in range(distance):
        ring: list[Entity] = []
        share = most - len(reached) if alike is None else (most - len(reached)) // len(rings[-1])
        for member in rings[-1]:
            free = min(share, most - len(reached))
            counts: dict[tuple[str, bool, type[Entity]], int] = {}
            for link in _links(catalogue, member, entity):
                other = link.end if link.start == member else link.start
                if other not in reached:
                    kind = link.relation, link.start == member, type(other)
                    counts[kind] = counts.get(kind, 0) + 1
                    if not free or (alike is not None and counts[kind] > alike):
                        more = True
                        continue
                    free -= 1
                    reached.add(other)
                    ring.append(other)
                found.setdefault(link[:3], link)
        if not ring:
            break
        rings.append(ring)
    return Surroundings(tuple(map(tuple, rings)), Links(found.values()), more)


def _links(catalogue: Catalogue, member: Entity, centre: Entity) -> Iterator[Link]:
    for link in catalogue.links(member):
        other = link.end
        if isinstance(other, Alignment) and isinstance(member, InnovationArea) and other != centre:
            yield Link(other.area, other.relation.value, other.match, Direction.FORWARD, other.citations)
        elif not isinstance(other, Source) or other == centre:
            backward = link.direction is Direction.BACKWARD
            yield Link(other, link.relation, member, Direction.FORWARD, link.citations) if backward else link


def vouched_until(catalogue: Catalogue, entity: Strategy | InnovationPole | Initiative) -> int | None:
    """The last year for which the data vouch that something was there; None if they know no year of it.

    That is its last year, if one is stated. Else it is the latest of: its first year; the years in which the sources
    that it cites were published, unless they back no more than a description; those in which its successor began, a
    strategy in whose areas it works, and what refers to it, such as an initiative of a strategy or a pole of a
    programme; and the last year of a figure about it. A source that bears no date vouches for no year, whenever it
    was read: it may speak of the past. Nothing is vouched for beyond the year in which the dataset was checked, unless
    it begins later.

    >>> import smartspec
    >>> from smartspec.catalogue.neighbourhood import vouched_until
    >>> s3 = smartspec.load()
    >>> plan = s3.strategies["open-for-business"]
    >>> plan.end_year, vouched_until(s3, plan)
    (None, 2016)
    """
    if entity.end_year is not None:
        return entity.end_year
    prose = {name for name, fact in facts(type(entity)).items() if fact.role is FieldRole.PROSE}
    years = [c.source.year for c in entity.citations if not c.supports or not prose.issuperset(c.supports)]
    for link in catalogue.links(entity):
        other = link.end
        if isinstance(other, InnovationArea):
            years.append(other.strategy.start_year)
        elif isinstance(other, Period) and (link.direction is Direction.BACKWARD or link.relation == "successor"):
            years += [other.start_year, other.end_year if isinstance(other, Indicator) else None]
    latest = max((year for year in years if year is not None), default=entity.start_year)
    checked = year_of(catalogue.info.checked)
    if latest is not None and checked is not None:
        latest = min(latest, checked)
    return max(filter(None, (latest, entity.start_year)), default=None)
