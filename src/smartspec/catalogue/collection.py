"""Collection: the entities of one class, and the ways to find some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

from ..domain import collection_name
from ..domain.declaration import Fact, FieldRole, facts, plain_number, whole_number
from ..domain.entity import Entity
from ..domain.strategy import InnovationArea
from ..domain.table import Table
from ..errors import UnknownAttributeError
from ..text import clean, shown
from .naming import Names, names, text
from .relations import Relations, held

if TYPE_CHECKING:
    from ..matching.encoding import Encoder, EncodingMatcher
    from ..matching.matcher import Matcher
    from ..matching.placement import Placement
    from .search import Index, Matches

T = TypeVar("T", bound=Entity)
D = TypeVar("D")


class Collection(Table, Generic[T]):
    """Entities of one class in the order of the dataset. A catalogue makes it; nothing changes it.

    >>> import smartspec
    >>> regions = smartspec.load().regions
    >>> regions[:3]
    <Collection of 3 regions: italy, north-west-italy, piedmont>
    >>> "piedmont" in regions, regions["piedmont"] in regions, regions[0].name
    (True, True, 'Italy')
    """

    _cls: type[T]
    _relations: Relations

    def __init__(self, cls: type[T], relations: Relations, entities: tuple[T, ...] | None = None) -> None:
        vars(self).update(_cls=cls, _relations=relations)
        if entities is not None:  # Else all of the class.
            vars(self).update(_entities=entities)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a collection does not change (setting {name!r})")

    @cached_property
    def _entities(self) -> tuple[T, ...]:
        return tuple(self._relations.by_id[self._cls].values())  # type: ignore[arg-type]

    @cached_property
    def _by_id(self) -> dict[str, T]:
        return {entity.id: entity for entity in self._entities}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entity.id: position for position, entity in enumerate(self._entities)}

    @cached_property
    def _names(self) -> Names[T]:
        return Names(self.name, self._entities)

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

    def __array__(self, *_: object, **__: object) -> NoReturn:
        # pandas and what stands on it would make one column of all entities, where a table was wanted.
        told = "`to_pandas()` and `to_polars()` give a table, a list of them is an array"
        raise TypeError(f"{self.name} are no array: {told}")

    def _repr_html_(self) -> str:
        from ..display.html import record_table  # Deferred import upwards.

        return record_table(self._entities, self._cls, f"{self.name.replace('_', ' ')}: {len(self)}")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> Any:
        from ..export.web_types import collection_schema  # Deferred import upwards.

        return collection_schema(source, handler)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._by_id)

    @overload
    def __getitem__(self, key: str | int) -> T: ...

    @overload
    def __getitem__(self, key: slice) -> Collection[T]: ...

    def __getitem__(self, key: object) -> object:
        if isinstance(key, str):
            try:
                return self._by_id[key]
            except KeyError:
                raise self._names.unknown(key, FieldRole.ID) from None
        if isinstance(key, slice):
            return self._only(self._entities[key])
        number = plain_number(key, int)
        if type(number) is not int:
            raise TypeError(f"{self.name} takes an id, a number or a slice in brackets, not {shown(key)}")
        try:
            return self._entities[number]
        except IndexError:
            raise IndexError(f"{self.name} holds {len(self)}: there is no [{number}]") from None

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
        return self._by_id.get(text(id), default)

    def lookup(self, name: str) -> T:
        """The one entity that bears that name: its code, else its name or local name, else an alias.

        Case, accents, hyphens, punctuation and spaces do not matter. Ids are no names: brackets take those. Raises
        `UnknownEntityError` if none bears the name and `AmbiguousNameError` if several do; it never guesses.

        >>> import smartspec
        >>> regions = smartspec.load().regions
        >>> regions.lookup("ITC1") is regions.lookup("piemonte") is regions["piedmont"]
        True
        """
        return self._names.lookup(name)

    def where(self, **conditions: Any) -> Collection[T]:
        """Those whose attributes equal the values given.

        For an attribute that holds several, the value must be one of them (a tuple: all of them). A reference
        may be given as entity or id, an enumeration as member or its value; a function is asked with the
        attribute's value. What an entity holds through others, as an ecosystem does areas, is asked by `of`.
        Raises `UnknownAttributeError` for an attribute that the class does not have, `UnknownEntityError` for a
        reference to what the catalogue does not hold, and `TypeError` for what the attribute cannot hold.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> len(s3.innovation_areas.where(designation="industry", strategy="piedmont-s3-2014-2020"))
        10
        >>> [region.id for region in s3.regions.where(area_km2=lambda area: area is not None)]
        ['metropolitan-city-of-torino']
        """
        from .conditions import condition  # Deferred import: what few need.

        tests = [(name, condition(self._cls, name, wanted, self._relations)) for name, wanted in conditions.items()]
        return self.filter(lambda entity: all(test(getattr(entity, name)) for name, test in tests))

    def filter(self, predicate: Callable[[T], object]) -> Collection[T]:
        """Those for which a function of the entity is true.

        >>> import smartspec
        >>> poles = smartspec.load().innovation_poles
        >>> [pole.name for pole in poles.at(2026).filter(lambda pole: len(pole.managers) > 1)]
        ['CGreen', 'CLEVER']
        """
        if not callable(predicate) or isinstance(predicate, type):
            raise TypeError(f"filter() takes a function of an entity, not {shown(predicate)}")
        return self._only(filter(predicate, self._entities))

    def at(self, year: int) -> Collection[T]:
        """Those in force in a year: begun by then and not yet ended.

        Who has no end is in force still; whose beginning is not known is left out; `Catalogue.coverage` lists those.
        Priority fields, areas and objectives are in force with their strategy. Raises `UnknownAttributeError` for a
        class that knows no years.

        >>> import smartspec
        >>> [plan.id for plan in smartspec.load().strategies.where(kind="smart-specialisation").at(2026)]
        ['piedmont-s3-2021-2027']
        """
        number = whole_number(year, "a year")
        way = _period(self._cls)
        if way is None:
            raise UnknownAttributeError(self._cls.__name__, FieldRole.START.value, facts(self._cls))

        def is_in_force(entity: Any) -> bool:
            for name in way:
                entity = getattr(entity, name)
            start, end = entity.start_year, entity.end_year
            return start is not None and start <= number and (end is None or end >= number)

        return self.filter(is_in_force)

    def classified(self, code: str, edition: str = "2") -> Collection[T]:
        """Those whose NACE codes cover an economic activity or lie within it.

        A code is taken in all forms that `smartspec.nace.activity` takes, with the ``edition`` that it is of: that of
        another than NACE Rev. 2 is translated. Raises `UnknownEntityError` for what is no code, and
        `UnknownAttributeError` for a class that has no such codes.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas
        >>> [area.id for area in areas.where(strategy="piedmont-s3-2014-2020").classified("30.30.09")]
        ['aerospace', 'aerospace-industry']
        >>> areas.classified("62.10.00", edition="ATECO 2025") == areas.classified("62.01")
        True
        """
        if not any(fact.role is FieldRole.NACE for fact in facts(self._cls).values()):
            raise UnknownAttributeError(self._cls.__name__, FieldRole.NACE.value, facts(self._cls))
        from ..nace import related  # Deferred import: what few need.

        codes = related(code, edition)
        return self.filter(lambda entity: not codes.isdisjoint(names(entity, FieldRole.NACE)))

    def search(self, text: str, limit: int = 10) -> Matches[T]:
        """Those that a text speaks of, best first: full text over their labels and descriptions.

        Words may be cut short, misspelt, in English or Italian; any text is a safe query. An exact name comes
        first, ties stand in the order of the dataset. Of those that hold a word, and of those that bear it in a
        name, the first 20 000 are ranked.

        >>> import smartspec
        >>> [match.entity.name for match in smartspec.load().innovation_poles.search("hydrogen", limit=1)]
        ['Sustainable architecture and hydrogen']
        """
        return self._index.search(text, limit)

    def match(self, text: str, nace: Iterable[str] = ()) -> Placement:
        """To which of these innovation areas a text belongs, and why: a `Placement`.

        In English, Italian or both, from the areas' own words, the vocabulary of their themes, and NACE codes if there
        are any. Subjects of which none of the areas is are weighed too, so that a text may belong to none; where
        neither is clear, the answer is that it is unsure. Any text will do. Raises `TypeError` for other collections
        than innovation areas, `UnknownEntityError` for what is no code of NACE Rev. 2.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> placement = areas.match("Un drone con sensori iperspettrali controlla i vigneti e la vendemmia.")
        >>> placement.area.name, [evidence.text for evidence in placement.candidates[0].evidence]
        ('Food', ['vigneti', 'vendemmia'])
        """
        return self._matcher.match(text, nace)

    @overload
    def matcher(self) -> Matcher: ...

    @overload
    def matcher(
        self, encoder: Encoder, examples: Iterable[tuple[str, InnovationArea | str | None]] | None = None
    ) -> EncodingMatcher: ...

    def matcher(
        self,
        encoder: Encoder | None = None,
        examples: Iterable[tuple[str, InnovationArea | str | None]] | None = None,
    ) -> Matcher | EncodingMatcher:
        """What `match` asks: an object that places many texts, can be pickled, and serves several threads.

        An ``encoder``, which gives each of a list of texts a vector, is asked too: the ``examples`` that come nearest
        to a text speak for their areas. An example is a text and its area, the area's id, or None if it belongs to
        none; one that has two areas is given twice. Unless told, they are the packaged ones of Piedmont's strategies.
        Raises `TypeError` for what is no encoder or example, `UnknownEntityError` for an area that is not among these,
        and `ValueError` if the vectors do not fit the texts or each other, or hold what is no finite number.

        >>> import smartspec
        >>> areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
        >>> [placement.verdict.value for placement in areas.matcher().match_many(["A vaccine.", "A football match."])]
        ['area', 'none']
        """
        if encoder is None:
            if examples is not None:
                raise TypeError("matcher() compares with examples only if it is given an encoder")
            return self._matcher
        from ..matching.encoding import EncodingMatcher  # Deferred import upwards.

        return EncodingMatcher(self, encoder, examples)  # type: ignore[arg-type]

    @cached_property
    def _matcher(self) -> Matcher:
        if self._cls is not InnovationArea:
            raise TypeError(f"texts are placed in innovation areas, not in {self.name}")
        from ..matching.matcher import Matcher  # Deferred import upwards.

        return Matcher(self)  # type: ignore[arg-type]

    @cached_property
    def _index(self) -> Index:
        from .search import Index  # Deferred import: what few need.

        return Index(self._entities)

    def of(self, *entities: Entity | Iterable[Entity]) -> Collection[T]:
        """What is of an entity, or of any of several: what belongs to it at any depth, what refers to it, and what it
        refers to, unless that is of its own class.

        A territory stands for itself and all that lie in it: whatever is of Torino is of Piedmont too. Never the
        entity itself. Raises `UnknownEntityError` for an entity that the catalogue does not hold.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [field.id for field in s3.priority_fields.of(s3.strategies["piedmont-s3-2014-2020"])]
        ['productive-system', 'health']
        >>> [pole.id for pole in s3.innovation_poles.of(s3.organisations["environment-park"])]
        ['sustainable-architecture-hydrogen', 'clever']
        """
        found: set[Entity] = set()
        for item in entities:
            several = isinstance(item, Iterable) and not isinstance(item, (Entity, str))
            for entity in item if several else (item,):  # type: ignore[union-attr]
                found |= self._relations.of(self._cls, held(self._relations, entity))
        members = {entity.id for entity in found if entity in self}
        return self._only(self._by_id[id] for id in sorted(members, key=self._positions.__getitem__))

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return facts(self._cls)

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        return (entity._row(language) for entity in self)

    def _only(self, entities: Iterable[T]) -> Collection[T]:
        return Collection(self._cls, self._relations, tuple(entities))


def _revive(cls: type[T], ids: Iterable[str], relations: Relations) -> Collection[T]:
    known: Mapping[str, Any] = relations.by_id[cls]
    return Collection(cls, relations, tuple(known[id] for id in ids))


def _period(cls: type[Entity]) -> tuple[str, ...] | None:
    """The attributes that lead from an entity of a class to what bears its period: itself, or what it belongs to."""
    declared = facts(cls).values()
    if any(fact.role is FieldRole.START for fact in declared):
        return ()
    wholes = (fact for fact in declared if fact.role is FieldRole.BELONGS and fact.cls is not cls)
    ways = ((fact.name, _period(fact.cls)) for fact in wholes)
    return next(((name, *way) for name, way in ways if way is not None), None)
