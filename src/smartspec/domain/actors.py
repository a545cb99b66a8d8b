"""Actors: organisations, the initiatives in which they take part, and the innovation poles that they run."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from .declaration import FieldRole, fact
from .entity import Chain, Entity, Period, chain, in_order
from .record import Record
from .rules import DATE, NOT_BLANK, URL
from .strategy import InnovationArea, PriorityField, StrategicObjective, Strategy, of_one_strategy
from .territory import Region
from .themes import Theme


class OrganisationKind(Enum):
    """What sort of body an organisation is."""

    COMPANY = "company"
    SCIENCE_PARK = "science-park"
    UNIVERSITY = "university"
    RESEARCH_CENTRE = "research-centre"
    PUBLIC_BODY = "public-body"
    ASSOCIATION = "association"
    FOUNDATION = "foundation"


class Role(Enum):
    """What part somebody has in a strategy or an initiative.

    >>> import smartspec
    >>> smartspec.Role("leads").name
    'LEADS'
    """

    ADOPTS = "adopts"
    LEADS = "leads"
    PARTNERS = "partners"


@frozen(kw_only=True, eq=False, repr=False)
class Involvement(Record):
    """In which strategy an organisation has a part, and which: a value, not an entity.

    >>> import smartspec
    >>> city = smartspec.load().organisations["municipality-of-torino"]
    >>> city.involvements[0].role.name, city.involvements[0].strategy.name
    ('LEADS', 'Open for Business')
    """

    strategy: Strategy = field(metadata=fact("The strategy."))
    role: Role = field(metadata=fact("What part the organisation has in it."))


@frozen(kw_only=True, eq=False, repr=False)
class Organisation(Entity):
    """A company, park, university, public body, association or foundation.

    >>> import smartspec
    >>> park = smartspec.load().organisations.lookup("Environment Park")
    >>> park.kind.name, park.region.name
    ('SCIENCE_PARK', 'Torino')
    """

    kind: OrganisationKind = field(metadata=fact("What sort of body it is.", weight=1))
    region: Region | None = field(
        default=None,
        metadata=fact("A territory in which it is located; its seat where a source says so.", role=FieldRole.BELONGS),
    )
    areas: tuple[InnovationArea, ...] = field(default=(), metadata=fact("The areas in which it works."))
    involvements: tuple[Involvement, ...] = field(
        default=(), metadata=fact("In which strategies it has a part, and which.")
    )
    host: Organisation | None = field(default=None, metadata=fact("The park or plant in which it stands."))
    successor: Organisation | None = field(default=None, metadata=fact("The organisation that it became."))
    url: str | None = field(default=None, metadata=fact("Its web site.", rule=URL, role=FieldRole.PROSE))

    @property
    def successors(self) -> Chain[Organisation]:
        """What it became, and what that became, to today.

        >>> import smartspec
        >>> smartspec.load().organisations["environment-park"].successors
        ()
        """
        return chain(self, "successor")


class InitiativeKind(Enum):
    """What sort of undertaking an initiative is."""

    PROGRAMME = "programme"
    PROJECT = "project"
    COMMITMENT = "commitment"
    NETWORK = "network"
    AWARD = "award"
    EVENT = "event"


@frozen(kw_only=True, eq=False, repr=False)
class Participation(Record):
    """Who takes part in an initiative, and as what: a value, not an entity.

    >>> import smartspec
    >>> covenant = smartspec.load().initiatives["covenant-of-mayors"]
    >>> [taking.organisation.name for taking in covenant.participants if taking.role is smartspec.Role.ADOPTS]
    ['Municipality of Torino']
    """

    organisation: Organisation = field(metadata=fact("Who takes part."))
    role: Role | None = field(default=None, metadata=fact("As what; None if no source says so."))


@frozen(kw_only=True, eq=False, repr=False)
class Initiative(Period, Entity):
    """A programme, project, commitment, network, award or event.

    >>> import smartspec
    >>> covenant = smartspec.load().initiatives.lookup("Covenant of Mayors")
    >>> covenant.kind.name, covenant.start_year
    ('COMMITMENT', 2009)
    """

    kind: InitiativeKind = field(metadata=fact("What sort of undertaking it is.", weight=1))
    designation: str | None = field(
        default=None, metadata=fact("The source's word for what it is, in English.", rule=NOT_BLANK, weight=1)
    )
    region: Region | None = field(
        default=None, metadata=fact("The territory that it concerns.", role=FieldRole.BELONGS)
    )
    territories: tuple[Region, ...] = field(
        default=(), metadata=fact("The territories that take part.", role=FieldRole.BELONGS)
    )
    strategy: Strategy | None = field(
        default=None, metadata=fact("The strategy that it is part of.", role=FieldRole.BELONGS)
    )
    priority_field: PriorityField | None = field(
        default=None, metadata=fact("The priority field that it serves.", role=FieldRole.BELONGS, check=of_one_strategy)
    )
    start: str | None = field(default=None, metadata=fact("When it began.", rule=DATE, role=FieldRole.START))
    end: str | None = field(
        default=None, metadata=fact("When it ended.", rule=DATE, role=FieldRole.END, check=in_order)
    )
    objectives: tuple[StrategicObjective, ...] = field(default=(), metadata=fact("The objectives that it serves."))
    areas: tuple[InnovationArea, ...] = field(default=(), metadata=fact("The areas that it concerns."))
    participants: tuple[Participation, ...] = field(default=(), metadata=fact("Who takes part, and as what."))
    actors: tuple[str, ...] = field(
        default=(),
        metadata=fact(
            "Whom it brings together or is for, an item each.", rule=NOT_BLANK, role=FieldRole.PROSE, weight=1
        ),
    )
    services: tuple[str, ...] = field(
        default=(),
        metadata=fact("What it offers to them, an item each.", rule=NOT_BLANK, role=FieldRole.PROSE, weight=1),
    )
    aims: tuple[str, ...] = field(
        default=(),
        metadata=fact("What it is to bring about, an item each.", rule=NOT_BLANK, role=FieldRole.PROSE, weight=1),
    )


@frozen(kw_only=True, eq=False, repr=False)
class InnovationPole(Period, Entity):
    """A structure that coordinates the actors of innovation in one sector (elsewhere called a cluster).

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles.lookup("Sustainable Architecture and Hydrogen")
    >>> pole.region.name, pole.seat.name
    ('Metropolitan City of Torino', 'Environment Park')
    """

    region: Region = field(
        metadata=fact("Where it is located: the smallest territory that holds it all.", role=FieldRole.BELONGS)
    )
    territories: tuple[Region, ...] = field(
        default=(), metadata=fact("The territories to which a source ties it, if several.", role=FieldRole.BELONGS)
    )
    url: str | None = field(default=None, metadata=fact("Its web site.", rule=URL, role=FieldRole.PROSE))
    programme: Initiative | None = field(default=None, metadata=fact("The programme under which it was founded."))
    areas: tuple[InnovationArea, ...] = field(default=(), metadata=fact("The areas that it carries."))
    themes: tuple[Theme, ...] = field(
        default=(), metadata=fact("The subjects that it is about.", role=FieldRole.BELONGS)
    )
    seat: Organisation | None = field(default=None, metadata=fact("The organisation that houses it."))
    managers: tuple[Organisation, ...] = field(default=(), metadata=fact("The organisations that run it."))
    start: str | None = field(
        default=None, metadata=fact("When it was founded or recognised.", rule=DATE, role=FieldRole.START)
    )
    end: str | None = field(
        default=None, metadata=fact("When it ended.", rule=DATE, role=FieldRole.END, check=in_order)
    )
    successor: InnovationPole | None = field(default=None, metadata=fact("The pole that it became."))

    @property
    def successors(self) -> Chain[InnovationPole]:
        """What it became, and what that became, to today.

        >>> import smartspec
        >>> [pole.name for pole in smartspec.load().innovation_poles["mechatronics"].successors]
        ['MESAP']
        """
        return chain(self, "successor")
