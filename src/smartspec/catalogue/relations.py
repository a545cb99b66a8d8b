"""How the entities of a catalogue are linked: who refers to whom, and what belongs to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..domain.model import COLLECTIONS, Citation, Entity, Source
from ..domain.record import Flat, flatten, once_per_class, revive, shapes


class Link(NamedTuple):
    """A direct link of an entity: the relation's name and the entity at the other end.

    The relation is the attribute that refers ("region"); seen from the other end it reads "region of".

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> [link for link in s3.links(s3.regions["colleretto-giacosa"]) if link.relation == "parent"]
    [Link(relation='parent', entity=Region('metropolitan-city-of-torino', \
name='Metropolitan City of Torino', level=METROPOLITAN_CITY, parent='piedmont', area_km2=6827.0))]
    """

    relation: str
    entity: Entity


def references(entity: Entity) -> Iterator[tuple[str, Entity]]:
    """The entities to which an entity refers, each once per attribute, with the attribute that does."""
    for name in referring(type(entity)):
        value = getattr(entity, name)
        seen: set[Entity] = set()
        for item in value if isinstance(value, tuple) else (value,):
            target = item.source if isinstance(item, Citation) else item
            if target is not None and target not in seen:
                seen.add(target)
                yield name, target


@once_per_class
def referring(cls: type[Entity]) -> tuple[str, ...]:
    """The attributes of a class that hold entities, or citations, which hold a source."""
    return tuple(name for name, shape in shapes(cls).items() if issubclass(shape.cls, (Entity, Citation)))


@once_per_class
def belonging(cls: type[Entity]) -> Mapping[str, type[Entity]]:
    """The attributes by which an entity of the class belongs to another, and the class of that other."""
    return {name: shape.cls for name, shape in shapes(cls).items() if shape.belongs}


@once_per_class
def leads_to(cls: type[Entity]) -> frozenset[type[Entity]]:
    """The classes to which an entity of the class can belong, at any depth."""
    found: set[type[Entity]] = set()
    pending = [cls]
    while pending:
        ahead = set(belonging(pending.pop()).values()) - found
        found |= ahead
        pending.extend(ahead)
    return frozenset(found)


class Relations:
    """The links between given entities, indexed from both ends when first asked for."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = tuple(entities)

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, flatten(self.entities)

    @cached_property
    def _incoming(self) -> dict[Entity, dict[type[Entity], list[tuple[str, Entity]]]]:
        incoming: dict[Entity, dict[type[Entity], list[tuple[str, Entity]]]] = {}
        for entity in self.entities:
            for name, target in references(entity):
                incoming.setdefault(target, {}).setdefault(type(entity), []).append((name, entity))
        return incoming

    def links(self, entity: Entity) -> tuple[Link, ...]:
        """All links of an entity: what it refers to, then what refers to it."""
        forward = (Link(name, target) for name, target in references(entity))
        backward = (
            Link(f"{name} of", referrer)
            for referrers in self._incoming.get(entity, {}).values()
            for name, referrer in referrers
        )
        return (*forward, *backward)

    def path(self, start: Entity, end: Entity) -> tuple[Link, ...]:
        """The links of a shortest way between two entities."""
        # Two things are not related because one document speaks of both.
        over_sources = isinstance(start, Source) or isinstance(end, Source)
        came: dict[Entity, tuple[Entity, Link]] = {}
        reached = [start]
        for entity in reached:  # Grows while it is walked.
            if entity == end:
                break
            for link in self.links(entity):
                other = link.entity
                if other not in came and other != start and (over_sources or not isinstance(other, Source)):
                    came[other] = entity, link
                    reached.append(other)
        way: list[Link] = []
        while end in came and end != start:
            end, link = came[end]
            way.append(link)
        return tuple(reversed(way))

    def of(self, cls: type[Any], whole: Entity) -> set[Entity]:
        """The entities of a class that belong to another entity, refer to it or are referred to by it."""
        found: set[Entity] = {referrer for _, referrer in self._incoming.get(whole, {}).get(cls, ())}
        if type(whole) is not cls:
            found.update(target for _, target in references(whole) if type(target) is cls)
        # Only classes that lead to the one asked for are walked: the rest of the catalogue costs nothing.
        between = [other for other in COLLECTIONS.values() if other in leads_to(cls)]
        pending, begun = [whole], {whole}
        while pending:
            entity = pending.pop()
            incoming = self._incoming.get(entity, {})
            for member in {*between, cls} if type(entity) in leads_to(cls) else ():
                marked = belonging(member)
                for name, part in incoming.get(member, ()):
                    if name in marked and part not in begun:
                        begun.add(part)
                        pending.append(part)
        found.update(part for part in begun if type(part) is cls)
        found.discard(whole)
        return found


def _revive(flat: Flat, places: list[int]) -> Relations:
    return Relations(revive(flat, places))
