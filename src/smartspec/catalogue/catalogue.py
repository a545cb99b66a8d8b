"""Catalogue: the collections of a dataset, and how the things in them relate."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..domain import COLLECTIONS, collection_name
from ..domain.actors import Initiative, InnovationPole, Organisation
from ..domain.entity import DatasetBase, DatasetInfo, Entity, Source
from ..domain.findings import Indicator, Observation
from ..domain.strategy import Alignment, InnovationArea, PriorityField, StrategicObjective, Strategy
from ..domain.territory import Region
from ..domain.themes import Theme
from ..text import clean, counted, shown
from .collection import Collection
from .naming import Names
from .relations import Links, Relations, held, related

if TYPE_CHECKING:
    from .comparison import Comparison
    from .coverage import Coverage
    from .partners import Counterpart, Partner, Ranking
    from .search import Index, Matches


class Catalogue:
    """A dataset: one `Collection` for each class of the domain, and the links between all of them.

    Iterating gives all entities, collection by collection; ``len`` counts them; ``in`` asks for an entity.
    Made from entities in any order, on top of those of a ``base`` if one is given; raises `DatasetError` if two of
    them bear one id or one refers to an entity that is not among them. A catalogue does not change: `extend` makes a
    new one.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3.regions["piedmont"] in s3, s3.name
    (True, 'Smart specialisation in Piedmont and Torino')
    >>> alone = smartspec.Region(id="lombardy", name="Lombardy", level=smartspec.RegionLevel.REGION)
    >>> smartspec.Catalogue(smartspec.DatasetInfo(name="Mine"), [alone])
    <Catalogue 'Mine': 1 entity>
    """

    __slots__ = ("_index", "_names", "_relations", "base", "collections", "info", *COLLECTIONS)

    info: DatasetInfo
    """What the dataset says of itself: name, version, licence, description."""
    base: Catalogue | None
    """The catalogue on which it stands, whose entities are here too; None if it stands alone."""
    collections: Mapping[str, Collection[Any]]
    """All collections by name, in the order in which their classes refer to each other."""
    sources: Collection[Source]
    regions: Collection[Region]
    themes: Collection[Theme]
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
    _names: Names[Entity] | None

    def __init__(self, info: DatasetInfo, entities: Iterable[Entity], base: Catalogue | None = None) -> None:
        if not isinstance(info, DatasetInfo):
            raise TypeError(f"a catalogue is described by a DatasetInfo, not {shown(info)}")
        if not (base is None or isinstance(base, Catalogue)):
            raise TypeError(f"a catalogue stands on a Catalogue, not on {shown(base)}")
        self._fill(info, related((*(base or ()), *entities)), base)

    @classmethod
    def _assemble(cls, info: DatasetInfo, relations: Relations, base: Catalogue | None) -> Catalogue:
        """The catalogue of entities that are known to fit together and stand in the order of the collections."""
        catalogue = cls.__new__(cls)
        catalogue._fill(info, relations, base)
        return catalogue

    def _fill(self, info: DatasetInfo, relations: Relations, base: Catalogue | None) -> None:
        stands_on = None if base is None else DatasetBase(name=base.name, version=base.version)
        if info.base != stands_on:
            info = info.evolve(base=stands_on)
        collections = {name: Collection(cls, relations) for name, cls in COLLECTIONS.items()}
        parts = {"info": info, "base": base, "collections": MappingProxyType(collections), "_relations": relations}
        for name, part in {**parts, **collections, "_index": None, "_names": None}.items():
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
        return Catalogue._assemble, (self.info, self._relations, self.base)

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
        return isinstance(item, Entity) and item in self.collections.get(collection_name(type(item)), ())

    def __repr__(self) -> str:
        version = f" {clean(self.version, 40)}" if self.version else ""
        return f"<Catalogue {shown(self.name)}{version}: {counted(len(self))}>"

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.startswith("_") or name.endswith("_")]

    def _repr_html_(self) -> str:
        from ..display.html import catalogue_page  # Deferred import upwards.

        return catalogue_page(self)

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.info.name

    @property
    def version(self) -> str:
        """The version of the dataset; empty if it states none."""
        return self.info.version

    @property
    def datasets(self) -> tuple[DatasetInfo, ...]:
        """What each dataset that makes up the catalogue says of itself, from the lowest base to its own.

        >>> import smartspec
        >>> [info.name for info in smartspec.load().datasets]
        ['Smart specialisation in Piedmont and Torino']
        """
        return (*(() if self.base is None else self.base.datasets), self.info)

    @property
    def year(self) -> int:
        """The year in which the data were last checked; this year, if none of its datasets says.

        >>> import smartspec
        >>> smartspec.load().year
        2026
        """
        from datetime import date  # Deferred import: what few need.

        checked = [info.checked for info in self.datasets if info.checked]
        return int(max(checked)[:4]) if checked else date.today().year

    def dataset_of(self, entity: Entity) -> DatasetInfo:
        """What the dataset that an entity comes from says of itself: nobody's records get another's licence.

        Raises `UnknownEntityError` for an entity that the catalogue does not hold.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> s3.dataset_of(s3.regions["torino"]).licence
        'CC-BY-4.0'
        """
        own = held(self._relations, entity)
        if self.base is not None and own in self.base:
            return self.base.dataset_of(own)
        return self.info

    def lookup(self, name: str) -> Entity:
        """The one entity of any collection that bears that name: `Collection.lookup` over everything.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> s3.lookup("MESAP") is s3.innovation_poles["mesap"]
        True
        """
        if self._names is None:
            object.__setattr__(self, "_names", Names("the catalogue", self._relations.entities))
        return self._names.lookup(name)  # type: ignore[union-attr]

    def links(self, entity: Entity) -> Links:
        """Every direct link of an entity: what it refers to comes first, then what refers to it.

        Raises `UnknownEntityError` for an entity that the catalogue does not hold.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> s3.links(s3.organisations["environment-park"])[0]
        <Link environment-park → region → torino>
        """
        return self._relations.links(held(self._relations, entity))

    def path(self, start: Entity, end: Entity) -> Links:
        """The best chain of links from one entity to another; empty if there is none, or if they are the same.

        It prefers what belongs together to chance meetings: up to what holds an entity or down from it costs 1 a step,
        any other link 3. Where the way turns down in what holds both it costs 3 more, and 6 where it turns up in what
        lies in both. Documents connect nothing: a path leads over a `Source` only if it starts or ends at one.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> for link in s3.path(s3.regions["torino"], s3.regions["italy"]):
        ...     print(link.relation, link.end.name)
        parent Metropolitan City of Torino
        parent Piedmont
        parent North-west Italy
        parent Italy
        """
        return self._relations.path(held(self._relations, start), held(self._relations, end))

    def successors_of(self, entity: Entity, transitive: bool = False) -> Links:
        """What came after an entity: by ``successor``, by ``predecessor``, or as area of a later strategy.

        Areas follow each other where an `Alignment` ties them and the strategy of one begins before that of the
        other; both may still be in force side by side. If ``transitive``, also what came after those, to today: each
        step once, without those that only cut a longer way short.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [link.end.id for link in s3.successors_of(s3.innovation_areas["aerospace"])]
        ['aerospace-city', 'aerospace-2021']
        """
        return self._steps(entity, True, transitive)

    def predecessors_of(self, entity: Entity, transitive: bool = False) -> Links:
        """What an entity came after: `successors_of`, seen from the other end.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> [link.end.id for link in s3.predecessors_of(s3.innovation_areas["aerospace"])]
        ['aerospace-2006']
        """
        return self._steps(entity, False, transitive)

    def _steps(self, entity: Entity, forward: bool, transitive: bool) -> Links:
        from .succession import all_steps, steps  # Deferred import: what few need.

        return Links((all_steps if transitive else steps)(entity, self.links, forward))

    def compare(self, first: Strategy, second: Strategy) -> Comparison:
        """Two strategies side by side: areas that correspond, areas that only one has, NACE codes in common.

        Areas correspond by the alignments between the two strategies; where there is none, each to those that share
        most of its themes and codes.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> plan, offer = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
        >>> for row in s3.compare(plan, offer).to_dicts()[:2]:
        ...     print(row["first_name"], "|", row["relation"], "|", row["second_name"], "|", row["themes"])
        Automotive | close | Automotive | ['mobility']
        ICT | close | ICT | ['digital']
        """
        from .comparison import compare  # Deferred import: what few need.

        return compare(self, first, second)

    def counterparts(self, area: InnovationArea, limit: int = 10, year: int | None = None) -> Ranking[Counterpart]:
        """The areas of other regions that come closest to an area, best first, by the themes and codes they share.

        Of the strategies in force in a ``year``, else in that in which the data were checked. The score is that of
        `partners`, which also says what another region is.
        Raises `UnknownEntityError` for an area that the catalogue does not hold: take one of your own in by `extend`.

        >>> import smartspec
        >>> eu = smartspec.load_europe()
        >>> found = eu.counterparts(eu.innovation_areas["aerospace-2021"], limit=3)
        >>> [counterpart.area.name for counterpart in found]
        ['Space', 'Space activities', 'Aeronautics']
        """
        from .partners import counterparts  # Deferred import: what few need.

        return counterparts(self, area, limit, year)

    def partners(self, region: Region, limit: int = 10, year: int | None = None) -> Ranking[Partner]:
        """The regions that have most in common with a region, best first, each with the pairs of areas that say so.

        Each is known by its own strategies, and by those that cover it among other territories, not by those of
        territories within it or around it, which are no partners; nor are those that share a strategy. A territory
        that has only a share in one is found as the region of that.
        Of the strategies in force in a ``year``, else in that in which the data were checked. The score, from 0 to 1,
        is the weight of the themes and codes that both have in that of all that either has; what few regions have
        weighs more: see docs/how-to/partners.md. Raises `UnknownEntityError` for a region that is not held here.

        >>> import smartspec
        >>> eu = smartspec.load_europe()
        >>> [partner.region.name for partner in eu.partners(eu.regions["piedmont"], limit=2)]
        ['Pilsen Region', 'Saarland']
        """
        from .partners import partners  # Deferred import: what few need.

        return partners(self, region, limit, year)

    def search(self, text: str, limit: int = 10) -> Matches[Entity]:
        """The entities of all collections that a text speaks of, best first: `Collection.search` over everything.

        >>> import smartspec
        >>> [match.entity.id for match in smartspec.load().search("città metropolitana", limit=1)]
        ['metropolitan-city-of-torino']
        """
        if self._index is None:
            from .search import Index  # Deferred import: what few need.

            object.__setattr__(self, "_index", Index(self._relations.entities))
        return self._index.search(text, limit)  # type: ignore[union-attr]

    def coverage(self) -> Coverage:
        """What the data leave open: areas without a pole, poles without an area, objectives without an area …

        >>> import smartspec
        >>> smartspec.load().coverage().areas_without_pole["automotive"].name
        'Automotive'
        """
        from .coverage import coverage  # Deferred import: what few need.

        return coverage(self.collections, self.year)

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
        from ..display.mermaid import neighbourhood, strategy_tree  # Deferred import upwards.

        if entity is None or (isinstance(entity, Strategy) and distance is None):
            return strategy_tree(self, entity)
        return neighbourhood(self, entity, 1 if distance is None else distance)

    def extend(self, *entities: Entity, info: DatasetInfo | None = None) -> Catalogue:
        """A new catalogue with these entities on top of those of this one, which stays as it is.

        The additions are a dataset of their own, which ``info`` describes; else it says that it is an extension, and
        claims neither version nor licence. Raises `DatasetError` with all that is wrong: an id that is taken by
        another record, a reference to an entity that is neither here nor added.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> alba = smartspec.Region(
        ...     id="alba", name="Alba", level=smartspec.RegionLevel.MUNICIPALITY, parent=s3.regions["piedmont"]
        ... )
        >>> mine = s3.extend(alba)
        >>> mine.name, mine.dataset_of(s3.regions["piedmont"]).name
        ('Extension of Smart specialisation in Piedmont and Torino', 'Smart specialisation in Piedmont and Torino')
        """
        if self.base is not None and self.info == DatasetInfo(name=_extension_of(self.base), base=self.info.base):
            # Extended twice is extended once.
            own = [entity for entity in self if entity not in self.base]
            return Catalogue(info or self.info, (*own, *entities), self.base)
        return Catalogue(info or DatasetInfo(name=_extension_of(self)), entities, self)

    def save(self, directory: str | os.PathLike[str]) -> None:
        """Write the dataset to a directory, complete or not at all; `load` reads it back.

        Of a catalogue on a base, its own entities are written, with name and version of the base, which `load` then
        asks for. The directory may be there if it holds nothing but a dataset, which is replaced. Raises `SaveError`
        if that fails; then what was there before is untouched.

        >>> import smartspec, tempfile
        >>> s3 = smartspec.load()
        >>> with tempfile.TemporaryDirectory() as directory:
        ...     s3.save(directory)
        ...     smartspec.load(directory) == s3
        True
        """
        from ..datasets.writing import save  # Deferred import upwards.

        save(self, directory)


def _extension_of(base: Catalogue) -> str:
    return f"Extension of {base.name}"
