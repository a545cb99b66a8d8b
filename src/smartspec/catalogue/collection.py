"""Collection: the entities of one class, and the ways to find some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar, overload

import attrs

from ..errors import AmbiguousNameError, InvalidValueError, UnknownAttributeError, UnknownEntityError
from ..domain.declaration import Shape, word
from .naming import fold
from ..domain.model import Entity, collection_name
from ..domain.record import shapes
from .relations import Relations
from .search import Index, Matches
from ..text import clean, close, shown

T = TypeVar("T", bound=Entity)
D = TypeVar("D")

# From the surest name to the loosest; the first tier that matches decides.
_TIERS = (("id",), ("nuts", "iso_3166_2"), ("name", "local_name"), ("aliases",))


@attrs.frozen(repr=False, eq=False)
class Collection(Generic[T]):
    """Entities of one class in the order of the dataset. A catalogue makes it; nothing changes it.

    >>> import smartspec
    >>> regions = smartspec.load().regions
    >>> regions
    <Collection of 20 regions: italy, north-west-italy, piedmont, metropolitan-city-of-torino, …>
    >>> "piedmont" in regions, regions["piedmont"] in regions, len(regions)
    (True, True, 20)
    """

    _cls: type[T]
    _entities: tuple[T, ...]
    _relations: Relations

    @cached_property
    def _by_id(self) -> dict[str, T]:
        return {entity.id: entity for entity in self._entities}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entity.id: position for position, entity in enumerate(self._entities)}

    @cached_property
    def _tiers(self) -> tuple[Mapping[str, list[T]], ...]:
        return tuple(self._bearers(attributes) for attributes in _TIERS)

    def _bearers(self, attributes: Iterable[str]) -> dict[str, list[T]]:
        bearers: dict[str, list[T]] = {}
        held = [name for name in attributes if name in shapes(self._cls)]
        for entity in self._entities:
            names = {fold(text) for name in held for text in _texts(getattr(entity, name))}
            for name in names:
                bearers.setdefault(name, []).append(entity)
        return bearers

    @property
    def name(self) -> str:
        """The name of the collection in its catalogue.

        >>> import smartspec
        >>> smartspec.load().innovation_poles.of().name
        'innovation_poles'
        """
        return collection_name(self._cls)

    def __iter__(self) -> Iterator[T]:
        return iter(self._entities)

    def __reversed__(self) -> Iterator[T]:
        return reversed(self._entities)

    def __len__(self) -> int:
        return len(self._entities)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return item in self._by_id
        return isinstance(item, Entity) and self._by_id.get(item.id) == item

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Collection):
            return NotImplemented
        return self._cls is other._cls and self._entities == other._entities

    def __hash__(self) -> int:
        return hash((self._cls, self._entities))

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (self._cls, tuple(self._by_id), self._relations)

    def __repr__(self) -> str:
        first = [entity.id for entity in self._entities[:4]]
        ids = ", ".join([*first, "…"] if len(self) > len(first) else first)
        return f"<Collection of {len(self)} {self.name}{': ' * bool(ids)}{clean(ids, 200)}>"

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.startswith("_") or name.endswith("_")]

    def __rich_repr__(self) -> Iterator[object]:
        yield self.name
        yield from self._entities[:20]
        if len(self) > 20:
            yield f"… and {len(self) - 20} more"

    def _repr_html_(self) -> str:
        from ..display.html import entity_table  # Imported by who looks.

        return entity_table(self._entities, self._cls, f"{self.name.replace('_', ' ')}: {len(self)}")

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._by_id)

    def __getitem__(self, id: str) -> T:
        try:
            return self._by_id[id]
        except KeyError:
            raise self._unknown(id, self._by_id) from None

    @overload
    def get(self, id: str) -> T | None: ...

    @overload
    def get(self, id: str, default: D) -> T | D: ...

    def get(self, id: str, default: object = None) -> object:
        """The entity with that id, or the default.

        >>> import smartspec
        >>> smartspec.load().regions.get("atlantis", "nowhere")
        'nowhere'
        """
        return self._by_id.get(_text(id), default)

    def lookup(self, name: str) -> T:
        """The one entity that bears that name: its id, else its code, else its name or local name, else an alias.

        Case, accents, hyphens, punctuation and spaces do not matter. Raises `UnknownEntityError` if none
        bears it and `AmbiguousNameError` if several do; it never guesses.

        >>> import smartspec
        >>> regions = smartspec.load().regions
        >>> regions.lookup("ITC1") is regions.lookup("piemonte") is regions["piedmont"]
        True
        """
        folded = fold(_text(name))
        for tier in self._tiers:
            found = tier.get(folded)
            if found is not None:
                if len(found) > 1:
                    raise AmbiguousNameError(self.name, name, map(repr, found))
                return found[0]
        raise self._unknown(name, (label for entity in self._entities for label in _labels(entity)))

    def _unknown(self, asked: object, labels: Iterable[str]) -> UnknownEntityError:
        folded: dict[str, str] = {}
        for label in islice(labels, 5_000):  # A miss in a huge collection must not take minutes.
            folded.setdefault(fold(label), label)
        near = close(fold(_text(asked)), folded)
        return UnknownEntityError(self.name, _text(asked), [folded[label] for label in near])

    def where(self, **conditions: Any) -> Collection[T]:
        """Those whose attributes equal the values given.

        For an attribute that holds several, the value must be one of them (a tuple: all of them). A reference
        may be given as entity or id, an enumeration as member or its value; a callable is asked with the
        attribute's value.
        Raises `UnknownAttributeError` for an attribute that the class does not have.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> len(s3.innovation_areas.where(designation="industry", strategy="piedmont-s3-2014-2020"))
        10
        >>> [region.id for region in s3.regions.where(area_km2=lambda area: area is not None)]
        ['metropolitan-city-of-torino']
        """
        tests = [(attribute, self._condition(attribute, value)) for attribute, value in conditions.items()]
        return self._only(
            entity for entity in self._entities if all(test(getattr(entity, name)) for name, test in tests)
        )

    def _condition(self, attribute: str, wanted: Any) -> Callable[[Any], Any]:
        if attribute not in shapes(self._cls):
            raise UnknownAttributeError(self._cls.__name__, attribute, shapes(self._cls))
        if callable(wanted):
            return wanted  # type: ignore[no-any-return]
        shape = shapes(self._cls)[attribute]
        if not shape.many:
            return self._test(attribute, shape, wanted)
        if not isinstance(wanted, tuple):
            one = self._test(attribute, shape, wanted)
            return lambda held: any(map(one, held))
        tests = [self._test(attribute, shape, item) for item in wanted]
        return lambda held: len(held) == len(tests) and all(test(item) for test, item in zip(tests, held))

    def _test(self, attribute: str, shape: Shape, wanted: Any) -> Callable[[Any], Any]:
        """Whether a single value is the one that is wanted."""
        if type(wanted) is str and issubclass(shape.cls, Entity):
            return lambda held: held is not None and held.id == wanted
        if type(wanted) is str and issubclass(shape.cls, Enum):
            values = [member.value for member in shape.cls]
            if wanted not in values:
                where = f"{self._cls.__name__}.{attribute}"
                raise InvalidValueError(where, f"{shown(wanted)} is no {shape.name}", "one of " + ", ".join(values))
            return lambda held: held is not None and held.value == wanted
        number = shape.cls is float and type(wanted) is int
        if not (type(wanted) is shape.cls or number or (wanted is None and not shape.many)):
            where = f"{self._cls.__name__}.{attribute}"
            raise TypeError(f"{where} holds {word(shape.cls)}: it cannot be compared to {shown(wanted)}")
        return lambda held: held == wanted

    def at(self, year: int) -> Collection[T]:
        """Those in force in a year: begun by then and not yet ended.

        Who has no end is in force still; whose beginning is not known is left out. Priority fields, areas and
        objectives are in force with their strategy. Raises `UnknownAttributeError` for a class that knows no years.

        >>> import smartspec
        >>> [plan.id for plan in smartspec.load().strategies.at(2010)]
        ['torino-strategic-plan-2006', 'torino-smart-city']
        """
        if type(year) is not int:
            raise TypeError(f"a year is an int, not {shown(year)}")
        held = shapes(self._cls)
        if "start_year" in held:
            terms: Iterable[tuple[T, Any]] = ((entity, entity) for entity in self._entities)
        elif "strategy" in held:
            terms = ((entity, getattr(entity, "strategy")) for entity in self._entities)  # noqa: B009
        else:
            raise UnknownAttributeError(self._cls.__name__, "start_year", held)
        return self._only(
            entity
            for entity, term in terms
            if term.start_year is not None and term.start_year <= year and not (term.end_year and term.end_year < year)
        )

    def search(self, text: str, limit: int = 10) -> Matches:
        """The members that a text speaks of, best first: full text over their labels and descriptions.

        Words may be cut short, misspelt, in English or Italian; any text is a safe query. An exact name comes
        first, ties stand in the order of the dataset. Of a word that more than 20 000 members hold, the first
        20 000 are ranked.

        >>> import smartspec
        >>> [match.entity.name for match in smartspec.load().innovation_poles.search("hydrogen", limit=1)]
        ['Sustainable architecture and hydrogen']
        """
        return self._index.search(text, limit)

    @cached_property
    def _index(self) -> Index:
        return Index(self._entities)

    def of(self, *entities: Entity | Iterable[Entity]) -> Collection[T]:
        """Those that belong to an entity (at any depth), refer to it, or are what it refers to; the union for several.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [field.id for field in s3.priority_fields.of(s3.strategies["piedmont-s3-2014-2020"])]
        ['productive-system', 'health']
        >>> [pole.id for pole in s3.innovation_poles.of(s3.organisations["environment-park"])]
        ['sustainable-architecture-hydrogen', 'clever']
        """
        found: set[Entity] = set()
        for item in entities:
            if isinstance(item, str) or not isinstance(item, (Entity, Iterable)):
                raise TypeError(f"of() takes entities, not {shown(item)}")
            for entity in (item,) if isinstance(item, Entity) else item:
                if not isinstance(entity, Entity):
                    raise TypeError(f"of() takes entities, not {shown(entity)}")
                found |= self._relations.of(self._cls, entity)
        members = {entity.id for entity in found if entity in self}
        return self._only(self._by_id[id] for id in sorted(members, key=self._positions.__getitem__))

    def _only(self, entities: Iterable[T]) -> Collection[T]:
        return Collection(self._cls, tuple(entities), self._relations)


def _revive(cls: type[T], ids: Iterable[str], relations: Relations) -> Collection[T]:
    held = {entity.id: entity for entity in relations.entities if isinstance(entity, cls)}
    return Collection(cls, tuple(held[id] for id in ids), relations)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"an id or a name is a str, not {shown(value)}")
    return value


def _texts(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _labels(entity: Entity) -> Iterator[str]:
    for attribute in ("name", "local_name", "aliases", "id", "nuts", "iso_3166_2"):  # As people would write it first.
        yield from _texts(getattr(entity, attribute, None))
