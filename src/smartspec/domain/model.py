"""The domain: regions, their strategies and what these set, who carries it, and which document says so.

The classes stand in the order in which they refer to each other. All are frozen: what the catalogue
hands out stays what its source says. ``entity.evolve(...)`` makes a changed copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from ..errors import UnknownAttributeError
from .declaration import (
    DATE,
    ISO_3166_2,
    KEBAB_CASE,
    LANGUAGE,
    NACE,
    NOT_BLANK,
    NUTS,
    ORDINAL,
    PASSAGE,
    SURFACE,
    URL,
    YEAR,
    Flaw,
    as_float,
    fact,
    record,
)
from .record import Record, shapes
from ..text import close, did_you_mean, shown


def _support_attributes(entity: Any, citations: tuple[Any, ...]) -> Iterable[Flaw]:
    valid = shapes(type(entity))
    for number, citation in enumerate(citations):
        for position, name in enumerate(getattr(citation, "supports", ())):  # One that is wrong itself may have none.
            if name not in valid:
                pointer = f"/citations/{number}/supports/{position}"
                hint = did_you_mean(close(name, valid)) or f"one of {', '.join(valid)}"
                yield pointer, f"{shown(name)} is no attribute", hint


def _says_why(citation: Any, note: str) -> Iterable[Flaw]:
    if citation.basis is Basis.STATED or note.strip():
        return ()
    return [("/note", "an inferred citation has no note", "say why it is inferred")]


def _years_in_order(entity: Any, end_year: int | None) -> Iterable[Flaw]:
    start_year = entity.start_year
    if start_year is None or end_year is None or start_year <= end_year:
        return ()
    return [("/end_year", f"{end_year} is before start_year {start_year}", "exchange the two")]


def _of_one_strategy(area: Any, field: PriorityField | None) -> Iterable[Flaw]:
    if field is None or field.strategy == area.strategy:
        return ()
    message = f"{shown(field.id)} is a field of {shown(field.strategy.id)}, not of {shown(area.strategy.id)}"
    return [("/priority_field", message, "name a field of the area's own strategy")]


def _of_two_areas(alignment: Any, match: InnovationArea) -> Iterable[Flaw]:
    if match != alignment.area:
        return ()
    return [("/match", f"{shown(match.id)} is aligned to itself", "name another area")]


@record
class Entity(Record):
    """A thing of the domain, known by its id. Abstract: the fields are those that all entities have.

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles["mechatronics"]
    >>> str(pole), isinstance(pole, smartspec.Entity)
    ('Mechatronics and advanced production systems', True)
    """

    id: str = fact("The id in kebab-case, unique within the collection and stable for ever.", rule=KEBAB_CASE)
    name: str = fact("The name in English.", rule=NOT_BLANK)
    local_name: str | None = fact("The name in the place's own language.", default=None, rule=NOT_BLANK)
    aliases: tuple[str, ...] = fact("Other names by which people look for it.", default=(), rule=NOT_BLANK)
    description: str = fact("What it is, in our own words.", default="")
    citations: tuple[Citation, ...] = fact("Where its facts stand.", default=(), check=_support_attributes)

    def __attrs_pre_init__(self) -> None:
        if type(self) is Entity:
            raise TypeError("Entity is abstract: make a Region, a Strategy or another of its classes")
        Record.__attrs_pre_init__(self)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value}" if name else value for name, value in self._told())
        return f"{type(self).__name__}({told})"

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        for name, value in self._told():
            yield name, _Plain(value)

    def _repr_html_(self) -> str:
        from ..display.html import entity_card  # Imported by who looks.

        return entity_card(self)

    def _told(self) -> Iterator[tuple[str, str]]:
        """What one line tells: the id, the name, and all single values but texts; references by id."""
        yield "", shown(self.id)
        yield "name", shown(self.name)
        for name in shapes(type(self)):
            value = getattr(self, name)
            if isinstance(value, Entity):
                yield name, shown(value.id)
            elif isinstance(value, Enum):
                yield name, value.name
            elif isinstance(value, (int, float)):
                yield name, str(value)

    def __hash__(self) -> int:
        return hash((self.__class__, self.id))

    def cite(self, attribute: str) -> tuple[Citation, ...]:
        """The citations that back an attribute; for ``"name"``, those that the entity exists and bears it.

        Raises `UnknownAttributeError` if the class has no such attribute.

        >>> import smartspec
        >>> area = smartspec.load().regions["metropolitan-city-of-torino"]
        >>> [citation.passage for citation in area.cite("area_km2") if citation.source.id == "ecoris3-torino"]
        ['a large area of 6.827 Km2']
        """
        if not isinstance(attribute, str):
            raise TypeError(f"an attribute is named by a str, not {shown(attribute)}")
        if attribute not in shapes(type(self)):
            raise UnknownAttributeError(type(self).__name__, attribute, shapes(type(self)))
        named = attribute in ("id", "name")
        return tuple(c for c in self.citations if attribute in c.supports or (named and not c.supports))


@record
class Source(Entity):
    """A document that says something about regions and their strategies.

    >>> import smartspec
    >>> source = smartspec.load().sources["vanguard-piemonte"]
    >>> source.publisher, source.language, source.year
    ('Vanguard Initiative', 'en', None)
    """

    publisher: str = fact("Who published it.", rule=NOT_BLANK)
    title: str = fact("Its title as printed.", rule=NOT_BLANK)
    year: int | None = fact("The year of publication, where the document states it.", default=None, rule=YEAR)
    url: str | None = fact("Where it is found on the web.", default=None, rule=URL)
    language: str = fact("The language it is written in, as an ISO 639 code.", rule=LANGUAGE)


class Basis(Enum):
    """Whether a source says a fact or whether it is read into it."""

    STATED = "stated"
    INFERRED = "inferred"


@record
class Citation(Record):
    """Where a fact stands: a value, not an entity.

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles["sustainable-architecture-hydrogen"]
    >>> citation = pole.cite("seat")[0]
    >>> citation.source.publisher, citation.basis.name
    ('Interreg Europe, ecoRIS3 project', 'STATED')
    """

    source: Source = fact("The document.")
    passage: str = fact("At most 8 words of the document that locate the fact.", rule=PASSAGE)
    supports: tuple[str, ...] = fact(
        "The attributes that it backs; empty: that the entity exists and bears its name.",
        default=(),
        rule=NOT_BLANK,
    )
    basis: Basis = fact("Whether the source states it or we infer it.", default=Basis.STATED)
    note: str = fact("Why we infer it, or what else a reader should know.", default="", check=_says_why)

    def __repr__(self) -> str:
        return f"Citation({shown(self.source.id)}, {shown(self.passage)}, {self.basis.name})"


class RegionLevel(Enum):
    """The kind of territory, from the largest to the smallest."""

    COUNTRY = "country"
    MACRO_REGION = "macro-region"
    REGION = "region"
    METROPOLITAN_CITY = "metropolitan-city"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"


@record
class Region(Entity):
    """A territory, from a country down to a municipality.

    >>> import smartspec
    >>> piedmont = smartspec.load().regions.lookup("Piemonte")
    >>> piedmont.nuts, piedmont.iso_3166_2, piedmont.parent.name
    ('ITC1', 'IT-21', 'North-west Italy')
    """

    level: RegionLevel = fact("The kind of territory.")
    parent: Region | None = fact("The next larger territory that holds it.", default=None, belongs=True)
    nuts: str | None = fact("Its code in Eurostat's NUTS classification.", default=None, rule=NUTS)
    iso_3166_2: str | None = fact(
        "Its code as a subdivision of a country in ISO 3166-2.", default=None, rule=ISO_3166_2
    )
    area_km2: float | None = fact("Its surface.", default=None, rule=SURFACE, unit="km²", converter=as_float)

    @property
    def ancestors(self) -> tuple[Region, ...]:
        """The territories that hold it, from its parent to the root.

        >>> import smartspec
        >>> [region.id for region in smartspec.load().regions["torino"].ancestors]
        ['metropolitan-city-of-torino', 'piedmont', 'north-west-italy', 'italy']
        """
        return tuple(_chain(self, "parent"))


class StrategyKind(Enum):
    """What sort of plan a strategy is."""

    SMART_SPECIALISATION = "smart-specialisation"
    STRATEGIC_PLAN = "strategic-plan"
    INVESTMENT_PROMOTION = "investment-promotion"
    SMART_CITY = "smart-city"


@record
class Strategy(Entity):
    """A plan adopted for a territory.

    >>> import smartspec
    >>> plan = smartspec.load().strategies["torino-strategic-plan-2006"]
    >>> plan.kind.name, plan.region.name, plan.start_year
    ('STRATEGIC_PLAN', 'Torino', 2006)
    """

    region: Region = fact("The territory for which it is adopted.", belongs=True)
    kind: StrategyKind = fact("What sort of plan it is.")
    start_year: int | None = fact("The first year in which it is in force.", default=None, rule=YEAR)
    end_year: int | None = fact(
        "The last year in which it is in force.", default=None, rule=YEAR, check=_years_in_order
    )
    predecessor: Strategy | None = fact("The strategy that it follows.", default=None)


@record
class PriorityField(Entity):
    """A broad field in which a strategy concentrates.

    >>> import smartspec
    >>> field = smartspec.load().priority_fields["productive-system"]
    >>> field.name, field.designation
    ('Innovation of productive system', 'priority innovation field')
    """

    strategy: Strategy = fact("The strategy that sets it.", belongs=True)
    designation: str = fact("The source's own word for what it is.", rule=NOT_BLANK)


@record
class InnovationArea(Entity):
    """A concrete specialisation that a strategy names.

    >>> import smartspec
    >>> area = smartspec.load().innovation_areas["green-chemistry-cleantech"]
    >>> area.priority_field.id, area.nace
    ('productive-system', ('C20', 'E38'))
    """

    strategy: Strategy = fact("The strategy that names it.", belongs=True)
    priority_field: PriorityField | None = fact(
        "The field that holds it.", default=None, belongs=True, check=_of_one_strategy
    )
    designation: str = fact("The source's own word for what it is.", rule=NOT_BLANK)
    activities: tuple[str, ...] = fact(
        "One item for each thing that the source says enterprises there make or do.", default=(), rule=NOT_BLANK
    )
    nace: tuple[str, ...] = fact("The economic activities it covers, as NACE Rev. 2 codes.", default=(), rule=NACE)


@record
class StrategicObjective(Entity):
    """Something that a strategy sets out to reach.

    >>> import smartspec
    >>> objective = smartspec.load().strategic_objectives["torino-2006-objective-8"]
    >>> objective.number, [area.name for area in objective.areas]
    (8, ['Aerospace'])
    """

    strategy: Strategy = fact("The strategy that sets it.", belongs=True)
    number: int | None = fact("Its number in the source's list.", default=None, rule=ORDINAL)
    designation: str = fact("The source's own word for what it is.", rule=NOT_BLANK)
    areas: tuple[InnovationArea, ...] = fact("The areas that it serves.", default=())


class OrganisationKind(Enum):
    """What sort of body an organisation is."""

    COMPANY = "company"
    SCIENCE_PARK = "science-park"
    UNIVERSITY = "university"
    RESEARCH_CENTRE = "research-centre"
    PUBLIC_BODY = "public-body"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"


@record
class Organisation(Entity):
    """A company, park, university, public body, association or foundation.

    >>> import smartspec
    >>> park = smartspec.load().organisations.lookup("Environment Park")
    >>> park.kind.name, park.region.name
    ('SCIENCE_PARK', 'Torino')
    """

    kind: OrganisationKind = fact("What sort of body it is.")
    region: Region | None = fact("The territory of its seat.", default=None, belongs=True)
    areas: tuple[InnovationArea, ...] = fact("The areas in which it works.", default=())
    successor: Organisation | None = fact("The organisation that it became.", default=None)
    url: str | None = fact("Its web site.", default=None, rule=URL)

    @property
    def successors(self) -> tuple[Organisation, ...]:
        """What it became, and what that became, to today.

        >>> import smartspec
        >>> smartspec.load().organisations["environment-park"].successors
        ()
        """
        return tuple(_chain(self, "successor"))


class InitiativeKind(Enum):
    """What sort of undertaking an initiative is."""

    PROGRAMME = "programme"
    PROJECT = "project"
    COMMITMENT = "commitment"
    NETWORK = "network"
    AWARD = "award"
    EVENT = "event"


@record
class Initiative(Entity):
    """A programme, project, commitment, network, award or event.

    >>> import smartspec
    >>> covenant = smartspec.load().initiatives.lookup("Covenant of Mayors")
    >>> covenant.kind.name, covenant.start_year
    ('COMMITMENT', 2009)
    """

    kind: InitiativeKind = fact("What sort of undertaking it is.")
    region: Region | None = fact("The territory that it concerns.", default=None, belongs=True)
    strategy: Strategy | None = fact("The strategy that it is part of.", default=None, belongs=True)
    start_year: int | None = fact("Its first year.", default=None, rule=YEAR)
    end_year: int | None = fact("Its last year.", default=None, rule=YEAR, check=_years_in_order)
    objectives: tuple[StrategicObjective, ...] = fact("The objectives that it serves.", default=())
    areas: tuple[InnovationArea, ...] = fact("The areas that it concerns.", default=())
    organisations: tuple[Organisation, ...] = fact("Who takes part.", default=())


@record
class InnovationPole(Entity):
    """A structure that coordinates the actors of innovation in one sector (elsewhere called a cluster).

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles.lookup("Sustainable Architecture and Hydrogen")
    >>> pole.region.name, pole.seat.name
    ('Metropolitan City of Torino', 'Environment Park')
    """

    region: Region = fact("Where it is located: the smallest territory that holds it all.", belongs=True)
    territories: tuple[Region, ...] = fact("The territories to which a source ties it, if several.", default=())
    url: str | None = fact("Its web site.", default=None, rule=URL)
    programme: Initiative | None = fact("The programme under which it was founded.", default=None)
    areas: tuple[InnovationArea, ...] = fact("The areas that it carries.", default=())
    seat: Organisation | None = fact("The organisation that houses it.", default=None)
    managers: tuple[Organisation, ...] = fact("The organisations that run it.", default=())
    start_year: int | None = fact("The year in which it was founded or recognised.", default=None, rule=YEAR)
    end_year: int | None = fact("Its last year.", default=None, rule=YEAR, check=_years_in_order)
    successor: InnovationPole | None = fact("The pole that it became.", default=None)

    @property
    def successors(self) -> tuple[InnovationPole, ...]:
        """What it became, and what that became, to today.

        >>> import smartspec
        >>> [pole.name for pole in smartspec.load().innovation_poles["mechatronics"].successors]
        ['MESAP']
        """
        return tuple(_chain(self, "successor"))


@record
class Indicator(Entity):
    """One measured figure.

    >>> import smartspec
    >>> figures = smartspec.load().indicators.where(unit="% per year")
    >>> [(figure.value, figure.start_year, figure.end_year) for figure in figures]
    [(-1.7, 2008, 2012)]
    """

    region: Region = fact("The territory that it measures.", belongs=True)
    area: InnovationArea | None = fact("The area that it measures.", default=None)
    value: float = fact("The figure.", converter=as_float)
    unit: str = fact("What the figure counts or measures in.", rule=NOT_BLANK)
    start_year: int | None = fact("The first year that it covers.", default=None, rule=YEAR)
    end_year: int | None = fact("The last year that it covers.", default=None, rule=YEAR, check=_years_in_order)


class Aspect(Enum):
    """What an observation is for those whom it concerns; the first four are those of a SWOT analysis."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"
    CONTEXT = "context"


@record
class Observation(Entity):
    """One qualitative finding.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> automotive = s3.innovation_areas["automotive-2006"]
    >>> len(s3.observations.where(area=automotive, aspect=smartspec.Aspect.WEAKNESS)) >= 4
    True
    """

    region: Region = fact("The territory that it is about.", belongs=True)
    area: InnovationArea | None = fact("The area that it is about.", default=None)
    aspect: Aspect = fact("What it is for those whom it concerns.")


class MatchRelation(Enum):
    """How two concepts correspond, as in SKOS: with BROAD the match is the broader, with NARROW the narrower."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"


@record
class Alignment(Entity):
    """How an area of one list corresponds to an area of another.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> [a.relation.name for a in s3.alignments.of(s3.innovation_areas["aerospace-2006"]) if a.match.id == "aerospace"]
    ['CLOSE']
    """

    area: InnovationArea = fact("The area from which one looks.")
    match: InnovationArea = fact("The area that corresponds to it.", check=_of_two_areas)
    relation: MatchRelation = fact("How the match relates to the area, in terms of SKOS.")


@record
class DatasetInfo(Record):
    """What a dataset says of itself.

    >>> import smartspec
    >>> smartspec.load().info.licence
    'CC-BY-4.0'
    """

    name: str = fact("The name of the dataset.", rule=NOT_BLANK)
    version: str = fact("The version of the dataset.", default="")
    licence: str = fact("The licence of the data, as an SPDX identifier.", default="")
    description: str = fact("What the dataset holds.", default="")
    checked: str | None = fact("The day until which the facts were checked.", default=None, rule=DATE)


def collection_name(cls: type[Entity]) -> str:
    """The name of the collection that holds entities of a class: the rule that links code and data.

    >>> collection_name(InnovationPole), collection_name(Strategy)
    ('innovation_poles', 'strategies')
    """
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)[1:]
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


COLLECTIONS: dict[str, type[Entity]] = {
    collection_name(cls): cls
    for cls in (
        Source,
        Region,
        Strategy,
        PriorityField,
        InnovationArea,
        StrategicObjective,
        Organisation,
        Initiative,
        InnovationPole,
        Indicator,
        Observation,
        Alignment,
    )
}
"""The entity classes by the name of their collection, in the order in which they refer to each other."""


class _Plain(str):
    """A text whose repr is itself."""

    __slots__ = ()
    __repr__ = str.__str__


def _chain(entity: Any, attribute: str) -> Iterator[Any]:
    while (entity := getattr(entity, attribute)) is not None:
        yield entity
