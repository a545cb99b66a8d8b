"""Territories: regions, from a country down to a municipality."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from .declaration import FieldRole, fact
from .entity import Chain, Entity, chain
from .rules import ISO_3166_2, LAU, NUTS, SURFACE


class RegionLevel(Enum):
    """The kind of territory, from the largest to the smallest; STATISTICAL is a grouping that governs nothing."""

    COUNTRY = "country"
    MACRO_REGION = "macro-region"
    REGION = "region"
    METROPOLITAN_CITY = "metropolitan-city"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    STATISTICAL = "statistical"


@frozen(kw_only=True, eq=False, repr=False)
class Region(Entity):
    """A territory, from a country down to a municipality.

    >>> import smartspec
    >>> piedmont = smartspec.load().regions.lookup("Piemonte")
    >>> piedmont.nuts, piedmont.iso_3166_2, piedmont.parent.name
    ('ITC1', 'IT-21', 'North-west Italy')
    """

    level: RegionLevel = field(metadata=fact("The kind of territory.", weight=1))
    parent: Region | None = field(
        default=None, metadata=fact("The next larger territory that holds it.", role=FieldRole.BELONGS)
    )
    nuts: str | None = field(
        default=None,
        metadata=fact("Its code in Eurostat's NUTS classification.", rule=NUTS, role=FieldRole.CODE, weight=3),
    )
    iso_3166_2: str | None = field(
        default=None,
        metadata=fact(
            "Its code as a subdivision of a country in ISO 3166-2.", rule=ISO_3166_2, role=FieldRole.CODE, weight=3
        ),
    )
    lau: str | None = field(
        default=None,
        metadata=fact(
            "The code of a municipality as a local administrative unit (in Italy ISTAT's).",
            rule=LAU,
            role=FieldRole.CODE,
            weight=3,
        ),
    )
    area_km2: float | None = field(default=None, metadata=fact("Its surface.", rule=SURFACE, unit="km²"))

    @property
    def ancestors(self) -> Chain[Region]:
        """The territories that hold it, from its parent to the root.

        >>> import smartspec
        >>> [region.id for region in smartspec.load().regions["torino"].ancestors]
        ['metropolitan-city-of-torino', 'piedmont', 'north-west-italy', 'italy']
        """
        return chain(self, "parent")
