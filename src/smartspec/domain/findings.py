"""Findings: what is measured and what is observed of a territory."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from attrs import field, frozen

from .actors import Organisation
from .declaration import FieldRole, fact
from .entity import Entity, Period, in_order
from .rules import DATE, NOT_BLANK
from .strategy import InnovationArea, Strategy
from .territory import Region


class Qualifier(Enum):
    """How a figure is to be read, in the words of its source; OVER and AT_MOST speak of its size, not of its sign.

    >>> import smartspec
    >>> [figure.value for figure in smartspec.load().indicators.where(qualifier="yearly-average")]
    [-1.7]
    """

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    AT_MOST = "at-most"
    YEARLY_AVERAGE = "yearly-average"


@frozen(kw_only=True, eq=False, repr=False)
class Indicator(Period, Entity):
    """One measured figure.

    >>> import smartspec
    >>> figures = smartspec.load().indicators.where(unit="% per year")
    >>> [(figure.value, figure.start_year, figure.end_year) for figure in figures]
    [(-1.7, 2008, 2012)]
    """

    prominence: ClassVar[float] = 0.3

    region: Region = field(metadata=fact("The territory that it measures.", role=FieldRole.BELONGS))
    area: InnovationArea | None = field(default=None, metadata=fact("The area that it measures."))
    strategy: Strategy | None = field(default=None, metadata=fact("The strategy that it measures."))
    value: float = field(metadata=fact("The figure."))
    unit: str = field(
        metadata=fact("What the figure counts or measures in.", rule=NOT_BLANK, role=FieldRole.UNIT, weight=1)
    )
    qualifier: Qualifier = field(default=Qualifier.EXACT, metadata=fact("How the figure is to be read."))
    start: str | None = field(
        default=None, metadata=fact("The first day, month or year that it covers.", rule=DATE, role=FieldRole.START)
    )
    end: str | None = field(
        default=None,
        metadata=fact("The last day, month or year that it covers.", rule=DATE, role=FieldRole.END, check=in_order),
    )


class Aspect(Enum):
    """What an observation is for those whom it concerns; the first four are those of a SWOT analysis."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"
    CONTEXT = "context"


@frozen(kw_only=True, eq=False, repr=False)
class Observation(Entity):
    """One qualitative finding.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> automotive = s3.innovation_areas["automotive-2006"]
    >>> len(s3.observations.where(area=automotive, aspect=smartspec.Aspect.WEAKNESS)) >= 4
    True
    """

    prominence: ClassVar[float] = 0.3

    region: Region = field(metadata=fact("The territory that it is about.", role=FieldRole.BELONGS))
    area: InnovationArea | None = field(default=None, metadata=fact("The area that it is about."))
    organisations: tuple[Organisation, ...] = field(default=(), metadata=fact("The organisations that it is about."))
    aspect: Aspect = field(metadata=fact("What it is for those whom it concerns.", weight=1))
