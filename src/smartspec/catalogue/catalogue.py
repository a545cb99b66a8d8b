"""Catalogue: the collections of a dataset, and how the things in them relate."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .collection import Collection
from ..errors import DatasetError, InvalidValueError, Problem
from ..datasets.writing import FILES, write
from .succession import Step, steps
from ..domain.model import (
    COLLECTIONS,
    Alignment,
    DatasetInfo,
    Entity,
    Indicator,
    Initiative,
    InnovationArea,
    InnovationPole,
    Observation,
    Organisation,
    PriorityField,
    Region,
    Source,
    StrategicObjective,
    Strategy,
    collection_name,
)
from ..domain.record import equal
from .relations import Link, Relations, references
from .search import Index, Matches
from ..datasets.converting import to_dict
from ..text import clean, counted, shown

if TYPE_CHECKING:
    from .comparison import Comparison
    from .coverage import Coverage


class Catalogue:
    """A dataset: one `Collection` for each class of the domain, and the links between all of them.

    Iterating gives all entities, collection by collection; ``len`` counts them; ``in`` asks for an entity.
    Made from entities in any order; raises `DatasetError` if two of them bear one id or one refers to an
    entity that is not among them. A catalogue does not change: `extend` makes a new one.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3.regions["piedmont"] in s3, s3.name
    (True, 'Smart specialisation in Piedmont and Torino')
    >>> alone = smartspec.Region(id="lombardy", name="Lombardy", level=smartspec.RegionLevel.REGION)
    >>> smartspec.Catalogue(smartspec.DatasetInfo(name="Mine"), [alone])
    <Catalogue 'Mine': 1 entity>
    """

    __slots__ = ("_index", "_relations", "collections", "info", *COLLECTIONS)

    info: DatasetInfo
    """What the dataset says of itself: name, version, licence, description."""
    collections: Mapping[str, Collection[Any]]
    """All collections by name, in the order in which their classes refer to each other."""
    sources: Collection[Source]
    regions: Collection[Region]
    strategies: Collection[Strategy]
    priority_fields: Collection[PriorityField]
    innovation_areas: Collection[InnovationArea]
    strategic_objectives: Collection[StrategicObjective]
    organisations: Collection[Organisation]
    initiatives: Collection[Initiative]
    innovation_poles: Collection[InnovationPole]
    indicators: Collection[Indicator]
    observations: Collection[Observation]
    alignments: Collection[Alignment]
    _relations: Relations
    _index: Index | None

    def __init__(self, info: DatasetInfo, entities: Iterable[Entity]) -> None:
        if not isinstance(info, DatasetInfo):
            raise TypeError(f"a catalogue is described by a DatasetInfo, not {shown(info)}")
        groups: dict[type[Entity], dict[str, Entity]] = {cls: {} for cls in COLLECTIONS.values()}
        problems = []
        proven: set[tuple[int, int]] = set()
        given = tuple(entities)  # Kept alive while pairs of them are known by their places in memory.
        for entity in given:
            if type(entity) not in groups:
                raise TypeError(f"a catalogue holds entities, not {shown(entity)}")
            held = groups[type(entity)].setdefault(entity.id, entity)
            if not equal(held, entity, proven):
                problems.append(_problem(entity, "id", f"{shown(entity.id)} is taken by {held!r}", "choose another id"))
        for group in groups.values():
            for entity in group.values():
                for attribute, target in references(entity):
                    if not equal(groups[type(target)].get(target.id), target, proven):
                        name = collection_name(type(target))
                        twin = target.id in groups[type(target)]
                        message = f"{shown(target.id)} of {name} is {'another one here' if twin else 'not there'}"
                        hint = "refer to the one of the catalogue" if twin else "add it too"
                        problems.append(_problem(entity, attribute, message, hint))
        if problems:
            raise DatasetError(problems)
        self._fill(info, Relations(entity for group in groups.values() for entity in group.values()))

    @classmethod
    def _assemble(cls, info: DatasetInfo, relations: Relations) -> Catalogue:
        """The catalogue of entities that are known to fit together and stand in the order of the collections."""
        catalogue = cls.__new__(cls)
        catalogue._fill(info, relations)
        return catalogue

    def _fill(self, info: DatasetInfo, relations: Relations) -> None:
        if hasattr(self, "info"):
            raise AttributeError("a catalogue does not change: extend() makes a new one")
        groups: dict[type[Entity], list[Entity]] = {cls: [] for cls in COLLECTIONS.values()}
        for entity in relations.entities:
            groups[type(entity)].append(entity)
        collections = {name: Collection(cls, tuple(groups[cls]), relations) for name, cls in COLLECTIONS.items()}
        parts = {
            "info": info,
            "_relations": relations,
            "_index": None,
            "collections": MappingProxyType(collections),
            **collections,
        }
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a catalogue does not change (setting {name!r}): extend() makes a new one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a catalogue does not change (deleting {name!r})")

    def __copy__(self) -> Catalogue:
        return self

    def __deepcopy__(self, memo: object) -> Catalogue:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Catalogue._assemble, (self.info, self._relations)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return self.info == other.info and self._relations.entities == other._relations.entities

    def __hash__(self) -> int:
        return hash((self.info, self._relations.entities))

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._relations.entities)

    def __len__(self) -> int:
        return len(self._relations.entities)

    def __contains__(self, item: object) -> bool:
        return type(item) in COLLECTIONS.values() and item in self._collection_of(item)

    def __repr__(self) -> str:
        version = f" {clean(self.version, 40)}" if self.version else ""
        return f"<Catalogue {shown(self.name)}{version}: {counted(len(self))}>"

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.startswith("_") or name.endswith("_")]

    def _repr_html_(self) -> str:
        from ..display.html import html_table, page  # Imported by who looks.

        counts = [(name.replace("_", " "), len(collection)) for name, collection in self.collections.items()]
        plans = [
            (
                strategy,
                strategy.region,
                strategy.start_year,
                strategy.end_year,
                tuple(self.priority_fields.of(strategy)),
                tuple(self.innovation_areas.of(strategy)),
            )
            for strategy in [*self.strategies][:20]
        ]
        columns = ("strategy", "region", "from", "until", "priority fields", "areas")
        parts = [
            html_table(columns, plans, "Strategies", len(self.strategies)),
            html_table(("collection", "entities"), counts, "Contents"),
        ]
        return page(" ".join(filter(None, (self.name, self.version))), parts)

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.info.name

    @property
    def version(self) -> str:
        """The version of the dataset; empty if it states none."""
        return self.info.version

    def _collection_of(self, entity: Any) -> Collection[Any]:
        return self.collections[collection_name(type(entity))]

    def _held(self, entity: Entity) -> Entity:
        """The catalogue's own record of an entity."""
        if type(entity) not in COLLECTIONS.values():
            raise TypeError(f"an entity is needed, not {shown(entity)}")
        collection = self._collection_of(entity)
        held = collection[entity.id]
        if held != entity:
            raise InvalidValueError(
                f"{collection.name}/{entity.id}", "is another record in this catalogue", "take it from the catalogue"
            )
        return held  # type: ignore[no-any-return]

    def links(self, entity: Entity) -> tuple[Link, ...]:
        """Every direct link of an entity, both directions: the relation's name and the entity at the other end.

        What the entity refers to comes first, then what refers to it ("region of"). Raises
        `UnknownEntityError` for an entity that the catalogue does not hold.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [(link.relation, link.entity.id) for link in s3.links(s3.organisations["environment-park"])][:2]
        [('region', 'torino'), ('citations', 'ecoris3-torino')]
        """
        return self._relations.links(self._held(entity))

    def path(self, a: Entity, b: Entity) -> tuple[Link, ...]:
        """A shortest chain of links from one entity to another; empty if there is none, or if they are the same.

        Documents connect nothing: a path leads over a `Source` only if it starts or ends at one.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> path = s3.path(s3.innovation_poles["mechatronics"], s3.regions["italy"])
        >>> [(link.relation, link.entity.id) for link in path]
        [('region', 'metropolitan-city-of-torino'), ('parent', 'piedmont'), \
('parent', 'north-west-italy'), ('parent', 'italy')]
        """
        return self._relations.path(self._held(a), self._held(b))

    def successors_of(self, entity: Entity) -> tuple[Step, ...]:
        """What came after an entity: by ``successor``, by ``predecessor``, or as area of a later strategy.

        Areas follow each other where an `Alignment` ties them and the strategy of one begins before that of the
        other; both may still be in force side by side.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [step.entity.id for step in s3.successors_of(s3.innovation_areas["aerospace"])]
        ['aerospace-city', 'aerospace-2021']
        """
        return self._steps(entity, forward=True)

    def predecessors_of(self, entity: Entity) -> tuple[Step, ...]:
        """What an entity came after: `successors_of`, seen from the other end.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [step.entity.id for step in s3.predecessors_of(s3.innovation_areas["aerospace"])]
        ['aerospace-2006']
        """
        return self._steps(entity, forward=False)

    def _steps(self, entity: Entity, *, forward: bool) -> tuple[Step, ...]:
        held = self._held(entity)
        linked = (link.entity for link in self.links(held) if link.relation.endswith(" of"))
        return tuple(steps(held, linked, forward=forward))

    def compare(self, first: Strategy, second: Strategy) -> Comparison:
        """Two strategies side by side: areas that correspond, areas that only one has, NACE codes in common.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> s3.compare(s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"])
        Second Strategic Plan of Torino  relation  Open for Business  basis     shared NACE
        Automotive                       close     Automotive         inferred  C29
        ICT                              close     ICT                inferred  J61 J62 J63
        Aerospace                        close     Aerospace          inferred  C30.3
        Finance
                                                   Biomedical
                                                   High quality food
        NACE codes in common: C29, C30.3, J61, J62, J63
        """
        for strategy in (first, second):
            if not isinstance(strategy, Strategy):
                raise TypeError(f"compare() takes strategies, not {shown(strategy)}")
            self._held(strategy)
        from .comparison import compare  # Imported by who compares.

        return compare(first, second, self.innovation_areas, self.alignments)

    def search(self, text: str, limit: int = 10) -> Matches:
        """The entities of all collections that a text speaks of, best first: `Collection.search` over everything.

        >>> import smartspec
        >>> [match.entity.id for match in smartspec.load().search("città metropolitana", limit=1)]
        ['metropolitan-city-of-torino']
        """
        if self._index is None:
            object.__setattr__(self, "_index", Index(self._relations.entities))
        return self._index.search(text, limit)  # type: ignore[union-attr]

    def coverage(self) -> Coverage:
        """What the data leave open: areas without a pole, poles without an area, objectives without an area …

        >>> import smartspec
        >>> smartspec.load().coverage().areas_without_pole["automotive"].name
        'Automotive'
        """
        from .coverage import coverage  # Imported by who asks.

        return coverage(self.collections)

    def to_mermaid(self, entity: Entity | None = None, distance: int | None = None) -> str:
        """A Mermaid flowchart, which Jupyter and GitHub draw by themselves.

        Without an entity: the tree of all strategies with their fields, areas and poles; of a strategy: its own
        tree. Of another entity, or with a distance: all that is linked to it, that many links away (one).

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> print("\\n".join(s3.to_mermaid(s3.regions["italy"]).splitlines()[:3]))
        flowchart LR
            regions_italy["Italy"]
            regions_north_west_italy["North-west Italy"]
        """
        from ..display.mermaid import neighbourhood, strategy_tree  # Imported by who draws.

        if entity is None or (isinstance(entity, Strategy) and distance is None):
            return strategy_tree(self, entity)
        return neighbourhood(self, entity, 1 if distance is None else distance)

    def extend(self, *entities: Entity) -> Catalogue:
        """A new catalogue with these entities added; this one stays as it is.

        Raises `DatasetError` with all that is wrong: an id that is taken by another record, a reference to an
        entity that is neither here nor added.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> alba = smartspec.Region(
        ...     id="alba", name="Alba", level=smartspec.RegionLevel.MUNICIPALITY, parent=s3.regions["piedmont"]
        ... )
        >>> s3.extend(alba).regions.lookup("Alba").parent.name
        'Piedmont'
        """
        return Catalogue(self.info, (*self, *entities))

    def save(self, directory: str | os.PathLike[str]) -> None:
        """Write the dataset to a directory, complete or not at all; `load` reads it back.

        The directory may be there if it holds nothing but a dataset, which is replaced. Raises `SaveError` if
        that fails; then what was there before is untouched.

        >>> import smartspec, tempfile
        >>> s3 = smartspec.load()
        >>> with tempfile.TemporaryDirectory() as directory:
        ...     s3.save(directory)
        ...     smartspec.load(directory) == s3
        True
        """
        records = {
            FILES[cls]: map(to_dict, self.collections[name])
            for name, cls in COLLECTIONS.items()
            if self.collections[name]
        }
        write(directory, to_dict(self.info), records)


def _problem(entity: Entity, attribute: str, message: str, hint: str) -> Problem:
    return Problem(collection_name(type(entity)), f"/{entity.id}/{attribute}", message, hint)
