"""How the entities of a catalogue are linked: who refers to whom, what belongs to what, and ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, FieldRole, facts, once_per_class
from ..domain.entity import Citation, Citations, Entity, Source
from ..domain.record import Record, equal
from ..domain.table import Table, columns
from ..domain.territory import Region
from ..errors import DatasetError, InvalidValueError, Problem, UnknownEntityError
from ..text import quoted, shown
from .naming import Names, address


class Direction(Enum):
    """Which end of a link refers to the other: FORWARD if its start does, BACKWARD if its end does.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3.links(s3.regions["italy"])[-1].direction.name
    'BACKWARD'
    """

    FORWARD = "forward"
    BACKWARD = "backward"


class Link(NamedTuple):
    """A direct link between two entities, seen from its start.

    ``relation`` is the attribute that refers ("region"); between areas that correspond, it is the SKOS relation as seen
    from the start ("broad": the end is the broader). ``direction`` tells which end refers to the other, ``citations``
    who says so.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> link = s3.links(s3.regions["colleretto-giacosa"])[0]
    >>> link.relation, link.end.id, link.direction.name
    ('parent', 'metropolitan-city-of-torino', 'FORWARD')
    >>> link
    <Link colleretto-giacosa → parent → metropolitan-city-of-torino>
    >>> s3.predecessors_of(s3.innovation_areas["sustainable-mobility-2021"])[0]
    <Link sustainable-mobility-2021 — narrow — automotive>
    """

    start: Entity
    relation: str
    end: Entity
    direction: Direction
    citations: tuple[Citation, ...]

    def __repr__(self) -> str:
        forward = self.direction is Direction.FORWARD
        referrer = self.start if forward else self.end
        # What an alignment says is told as seen from the start: an arrow would turn it round once more.
        is_field = self.relation in facts(type(referrer))
        arrow = ("→" if forward else "←") if is_field else "—"
        return f"<Link {self.start.id} {arrow} {self.relation} {arrow} {self.end.id}>"


class Links(Table, tuple[Link, ...]):
    """Links, with a table in notebooks.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3.path(s3.regions["torino"], s3.regions["piedmont"])[0].end.name
    'Metropolitan City of Torino'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ..display.html import links_table  # Deferred import upwards.

        return links_table(self)

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(
            start_collection=str,
            start=str,
            start_name=str,
            relation=str,
            direction=Direction,
            end_collection=str,
            end=str,
            end_name=str,
            citations=tuple[Citation, ...],
        )

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        for start, relation, end, direction, citations in self:
            began, ended = ((collection_name(type(e)), e.id, e.label(language)) for e in (start, end))
            yield *began, relation, direction, *ended, citations


@once_per_class
def referring(cls: type[Record]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The attributes of a class that hold entities, or values which do; with the attributes of those that do."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, fact in facts(cls).items():
        if issubclass(fact.cls, Entity):
            found.append((name, ()))
        elif issubclass(fact.cls, Record) and (inner := tuple(name for name, _ in referring(fact.cls))):
            found.append((name, inner))
    return tuple(found)


def references(entity: Entity) -> Iterator[tuple[str, Entity]]:
    """The entities to which an entity refers, each once per attribute, with the attribute that does."""
    for name, inner in referring(type(entity)):
        value = getattr(entity, name)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        targets = (getattr(item, attribute) for item in items for attribute in inner) if inner else items
        for target in dict.fromkeys(targets):
            yield name, target


@once_per_class
def belonging(cls: type[Entity]) -> frozenset[str]:
    """The attributes by which an entity of the class belongs to another."""
    return frozenset(name for name, fact in facts(cls).items() if fact.role is FieldRole.BELONGS)


@once_per_class
def _leads_to(cls: type[Entity]) -> frozenset[type[Entity]]:
    """The classes to which an entity of the class can belong, at any depth."""
    found: set[type[Entity]] = set()
    pending = [cls]
    while pending:
        member = pending.pop()
        ahead = {facts(member)[name].cls for name in belonging(member)} - found
        found |= ahead
        pending.extend(ahead)
    return frozenset(found)


@once_per_class
def _between(cls: type[Entity], whole: type[Entity]) -> tuple[type[Entity], ...]:
    """The classes over which an entity of a class can belong to one of another, that class itself included."""
    return tuple(m for m in COLLECTIONS.values() if whole in _leads_to(m) and (m is cls or m in _leads_to(cls)))


# What a step of a path costs. An entity is told best by what holds it, so going up is cheap however far, and going down
# likewise. Turning round in what holds both ("they are in one region") is worse than a direct link, and better than two
# chance ones; turning round in what both hold ("one pole lies in both") is a chance meeting itself.
_BELONGS, _OTHER = 1, 3
_TURNS: dict[tuple[Direction | None, Direction], int] = {
    (Direction.FORWARD, Direction.BACKWARD): 3,
    (Direction.BACKWARD, Direction.FORWARD): 6,
}


class Relations:
    """The links between given entities, by class and id, indexed from both ends when first asked for."""

    def __init__(self, by_id: Mapping[type[Entity], Mapping[str, Entity]]) -> None:
        self.by_id = by_id

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All, in the order of the collections."""
        return tuple(entity for known in self.by_id.values() for entity in known.values())

    def __reduce__(self) -> tuple[Any, ...]:
        return Relations, (self.by_id,)

    @cached_property
    def _incoming(self) -> dict[Entity, dict[type[Entity], list[tuple[str, Entity]]]]:
        incoming: dict[Entity, dict[type[Entity], list[tuple[str, Entity]]]] = {}
        for entity in self.entities:
            for name, target in references(entity):
                incoming.setdefault(target, {}).setdefault(type(entity), []).append((name, entity))
        return incoming

    def _neighbours(self, entity: Entity) -> Iterator[tuple[str, Entity, Direction]]:
        for name, target in references(entity):
            yield name, target, Direction.FORWARD
        for referrers in self._incoming.get(entity, {}).values():
            for name, referrer in referrers:
                yield name, referrer, Direction.BACKWARD

    def links(self, entity: Entity) -> Links:
        """All links of an entity: what it refers to, then what refers to it."""
        return Links(_link(entity, *neighbour) for neighbour in self._neighbours(entity))

    def path(self, start: Entity, end: Entity) -> Links:
        """The links of the best way between two entities."""
        import heapq  # Deferred import: what few need.

        # Two things are not related because one document speaks of both.
        over_sources = isinstance(start, Source) or isinstance(end, Source)
        # A state is an entity, and the direction in which the last step went along what belongs, if it did.
        state: tuple[Entity, Direction | None] = (start, None)
        came: dict[tuple[Entity, Direction | None], tuple[Any, tuple[str, Entity, Direction]]] = {}
        best = {state: 0}
        queue = [(0, 0, state)]
        pushed = 0
        while queue:
            cost, _, state = heapq.heappop(queue)
            entity, last = state
            if entity == end:
                break
            if cost > best[state]:
                continue
            for step in self._neighbours(entity):
                name, other, direction = step
                if isinstance(other, Source) and not over_sources:
                    continue
                referrer = entity if direction is Direction.FORWARD else other
                now = direction if name in belonging(type(referrer)) else None
                total = cost + (_OTHER if now is None else _BELONGS + _TURNS.get((last, now), 0))
                if total < best.get((other, now), total + 1):
                    best[other, now] = total
                    came[other, now] = state, step
                    pushed += 1  # Of ways that cost the same, the one found first.
                    heapq.heappush(queue, (total, pushed, (other, now)))
        else:
            return Links()
        way: list[Link] = []
        while state in came:
            state, step = came[state]
            way.append(_link(state[0], *step))
        return Links(reversed(way))

    def of(self, cls: type[Any], whole: Entity) -> set[Entity]:
        """The entities of a class that are of another entity, by the rule that `Collection.of` states."""
        roots = self._below(Region, [whole]) if isinstance(whole, Region) else [whole]
        found: set[Entity] = set(self._below(cls, roots))
        for root in roots:
            found.update(referrer for _, referrer in self._incoming.get(root, {}).get(cls, ()))
            if type(root) is not cls:
                found.update(target for _, target in references(root) if type(target) is cls)
        found.discard(whole)
        return found

    def _below(self, cls: type[Entity], roots: Sequence[Entity]) -> list[Entity]:
        """The roots that are of a class and the entities of it that belong to a root, at any depth."""
        pending = list(roots)
        begun = set(roots)
        for entity in pending:  # Grows while it is walked.
            incoming = self._incoming.get(entity, {})
            # Only classes that lead to the one asked for are walked: the rest of the catalogue costs nothing.
            for member in _between(cls, type(entity)):
                marked = belonging(member)
                for name, part in incoming.get(member, ()):
                    if name in marked and part not in begun:
                        begun.add(part)
                        pending.append(part)
        return [entity for entity in pending if type(entity) is cls]


def known_id(relations: Relations, cls: type[Entity], id: str) -> Entity:
    """The entity of a class with that id; an error that names close ids if there is none."""
    known = relations.by_id.get(cls, {})
    if id not in known:
        raise Names(collection_name(cls), tuple(known.values())).unknown(id, FieldRole.ID)
    return known[id]


def held(relations: Relations, entity: Any, cls: type[Entity] = Entity, needed: str = "an entity is needed") -> Entity:
    """The catalogue's own record of an entity; an error if it has none, or another one of that id.

    Anything but an entity of the class is a `TypeError`, which says what is ``needed``, and how a text leads to one.
    """
    if not isinstance(entity, cls):
        raise TypeError(f"{needed}, not {shown(entity)}{_advice(relations, entity, cls)}")
    try:
        known = known_id(relations, type(entity), entity.id)
    except UnknownEntityError as error:
        error.advice = "to ask about one of your own, extend() the catalogue by it first"
        raise
    if known != entity:
        where = f"{collection_name(type(entity))}/{entity.id}"
        raise InvalidValueError(where, "is another record in this catalogue", "take it from the catalogue")
    return known


def _advice(relations: Relations, asked: Any, cls: type[Entity]) -> str:
    """What to write instead of a text that was given for an entity of a class."""
    if not isinstance(asked, str):
        return ""
    among = (known for member, known in relations.by_id.items() if issubclass(member, cls))
    bearer = next((known[asked] for known in among if asked in known), None)
    if bearer is not None:
        return f"; that is an id: {address(bearer)}"
    where = "" if cls is Entity else f"{collection_name(cls)}."
    return f"; look it up by its name: {where}lookup({quoted(asked)})"


def _link(start: Entity, relation: str, end: Entity, direction: Direction) -> Link:
    referrer, target = (start, end) if direction is Direction.FORWARD else (end, start)
    citations = referrer.cite(relation)
    if facts(type(referrer))[relation].role is FieldRole.EVIDENCE:
        citations = Citations(citation for citation in citations if citation.source == target)
    return Link(start, relation, end, direction, citations)


def related(entities: Sequence[Entity]) -> Relations:
    """The relations of entities in any order; a `DatasetError` if they do not fit together."""
    groups: dict[type[Entity], dict[str, Entity]] = {cls: {} for cls in COLLECTIONS.values()}
    problems = []
    proven: set[tuple[int, int]] = set()  # Good as long as the entities are kept alive, as they are by the caller.
    for entity in entities:
        if type(entity) not in groups:
            raise TypeError(f"a catalogue holds entities, not {shown(entity)}")
        first = groups[type(entity)].setdefault(entity.id, entity)
        if not equal(first, entity, proven):
            problems.append(_problem(entity, "id", f"{shown(entity.id)} is taken by {first!r}", "choose another id"))
    for group in groups.values():
        for entity in group.values():
            for attribute, target in references(entity):
                twin = groups[type(target)].get(target.id)
                if not equal(twin, target, proven):
                    where = f"{shown(target.id)} of {collection_name(type(target))}"
                    message = f"{where} is {'another one here' if twin else 'not there'}"
                    hint = "refer to the one of the catalogue" if twin else "add it too"
                    problems.append(_problem(entity, attribute, message, hint))
    if problems:
        raise DatasetError(problems)
    return Relations(groups)


def _problem(entity: Entity, attribute: str, message: str, hint: str) -> Problem:
    return Problem(collection_name(type(entity)), f"/{entity.id}/{attribute}", message, hint)
