"""Strategies and what they set: priority fields, innovation areas, objectives; and how areas of two correspond."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar

from attrs import field, frozen

from ..text import shown
from .declaration import FieldRole, Flaw, fact
from .entity import Entity, Period, in_order
from .rules import DATE, NACE, NOT_BLANK, ORDINAL
from .territory import Region
from .themes import Theme


def of_one_strategy(record: Any, priority_field: PriorityField | None) -> Iterable[Flaw]:
    """Whether a priority field is one of the record's own strategy, if that is stated."""
    if priority_field is not None and record.strategy is not None and priority_field.strategy != record.strategy:
        own = priority_field.strategy.id
        message = f"{shown(priority_field.id)} is a field of {shown(own)}, not of {shown(record.strategy.id)}"
        yield Flaw("/priority_field", message, "name a field of its own strategy")


def _of_two_areas(alignment: Any, match: InnovationArea) -> Iterable[Flaw]:
    if match == alignment.area:
        yield Flaw("/match", f"{shown(match.id)} is aligned to itself", "name another area")


class StrategyKind(Enum):
    """What sort of plan a strategy is."""

    SMART_SPECIALISATION = "smart-specialisation"
    STRATEGIC_PLAN = "strategic-plan"
    INVESTMENT_PROMOTION = "investment-promotion"
    SMART_CITY = "smart-city"


@frozen(kw_only=True, eq=False, repr=False)
class Strategy(Period, Entity):
    """A plan adopted for a territory.

    >>> import smartspec
    >>> plan = smartspec.load().strategies["torino-strategic-plan-2006"]
    >>> plan.kind.name, plan.region.name, plan.start_year
    ('STRATEGIC_PLAN', 'Torino', 2006)
    """

    region: Region = field(metadata=fact("The territory for which it is adopted.", role=FieldRole.BELONGS))
    territories: tuple[Region, ...] = field(
        default=(), metadata=fact("The territories that it covers, if they are several.", role=FieldRole.BELONGS)
    )
    kind: StrategyKind = field(metadata=fact("What sort of plan it is.", weight=1))
    start: str | None = field(default=None, metadata=fact("When it comes into force.", rule=DATE, role=FieldRole.START))
    end: str | None = field(
        default=None, metadata=fact("When it ceases to be in force.", rule=DATE, role=FieldRole.END, check=in_order)
    )
    predecessor: Strategy | None = field(default=None, metadata=fact("The strategy that it follows."))
    complete: bool | None = field(
        default=None, metadata=fact("Whether all areas that it names are recorded; None if that is not known.")
    )


@frozen(kw_only=True, eq=False, repr=False)
class PriorityField(Entity):
    """A broad field in which a strategy concentrates.

    >>> import smartspec
    >>> field = smartspec.load().priority_fields["productive-system"]
    >>> field.name, field.designation
    ('Innovation of productive system', 'priority innovation field')
    """

    strategy: Strategy = field(metadata=fact("The strategy that sets it.", role=FieldRole.BELONGS))
    designation: str = field(metadata=fact("The source's word for what it is, in English.", rule=NOT_BLANK, weight=1))


@frozen(kw_only=True, eq=False, repr=False)
class InnovationArea(Entity):
    """A concrete specialisation that a strategy names.

    >>> import smartspec
    >>> area = smartspec.load().innovation_areas["green-chemistry-cleantech"]
    >>> area.priority_field.id, area.nace
    ('productive-system', ('C20', 'E38'))
    """

    strategy: Strategy = field(metadata=fact("The strategy that names it.", role=FieldRole.BELONGS))
    priority_field: PriorityField | None = field(
        default=None, metadata=fact("The field that holds it.", role=FieldRole.BELONGS, check=of_one_strategy)
    )
    designation: str = field(metadata=fact("The source's word for what it is, in English.", rule=NOT_BLANK, weight=1))
    activities: tuple[str, ...] = field(
        default=(),
        metadata=fact(
            "One item for each thing that the source says enterprises there make or do.",
            rule=NOT_BLANK,
            role=FieldRole.PROSE,
            weight=3,
        ),
    )
    nace: tuple[str, ...] = field(
        default=(),
        metadata=fact(
            "The economic activities it covers, as NACE Rev. 2 codes.", rule=NACE, role=FieldRole.NACE, weight=2
        ),
    )
    themes: tuple[Theme, ...] = field(
        default=(),
        metadata=fact("The subjects by which it is compared to areas of other strategies.", role=FieldRole.BELONGS),
    )


@frozen(kw_only=True, eq=False, repr=False)
class StrategicObjective(Entity):
    """Something that a strategy sets out to reach.

    >>> import smartspec
    >>> objective = smartspec.load().strategic_objectives["torino-2006-objective-8"]
    >>> objective.number, [area.name for area in objective.areas]
    (8, ['Aerospace'])
    """

    strategy: Strategy = field(metadata=fact("The strategy that sets it.", role=FieldRole.BELONGS))
    priority_field: PriorityField | None = field(
        default=None, metadata=fact("The field that holds it.", role=FieldRole.BELONGS, check=of_one_strategy)
    )
    number: int | None = field(default=None, metadata=fact("Its number in the source's list.", rule=ORDINAL))
    designation: str = field(metadata=fact("The source's word for what it is, in English.", rule=NOT_BLANK, weight=1))
    areas: tuple[InnovationArea, ...] = field(default=(), metadata=fact("The areas that it serves."))


class MatchRelation(Enum):
    """How two concepts correspond, as in SKOS: with BROAD the match is the broader, with NARROW the narrower."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"


@frozen(kw_only=True, eq=False, repr=False)
class Alignment(Entity):
    """How an area of one list corresponds to an area of another.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> [a.relation.name for a in s3.alignments.of(s3.innovation_areas["aerospace-2006"]) if a.match.id == "aerospace"]
    ['CLOSE']
    """

    prominence: ClassVar[float] = 0.3

    area: InnovationArea = field(metadata=fact("The area from which one looks."))
    match: InnovationArea = field(metadata=fact("The area that corresponds to it.", check=_of_two_areas))
    relation: MatchRelation = field(metadata=fact("How the match relates to the area, in terms of SKOS."))
