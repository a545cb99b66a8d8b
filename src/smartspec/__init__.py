"""smartspec: regional innovation strategy as typed, cited Python data.

>>> import smartspec
>>> s3 = smartspec.load()
>>> [area.name for area in s3.innovation_areas.of(s3.priority_fields["productive-system"])]
['Aerospace', 'Automotive', 'Green chemistry and cleantech', 'Made in Piedmont', 'Mechatronics']
"""

from .catalogue import Catalogue
from .collection import Collection
from .coverage import Coverage
from .dataset import load
from .errors import (
    AmbiguousNameError,
    DatasetError,
    InvalidValueError,
    Problem,
    SmartspecError,
    UnknownAttributeError,
    UnknownEntityError,
)
from .model import (
    Alignment,
    Aspect,
    Basis,
    Citation,
    DatasetInfo,
    Entity,
    Indicator,
    Initiative,
    InitiativeKind,
    InnovationArea,
    InnovationPole,
    MatchRelation,
    Observation,
    Organisation,
    OrganisationKind,
    PriorityField,
    Region,
    RegionLevel,
    Source,
    StrategicObjective,
    Strategy,
    StrategyKind,
)
from .relations import Link

__version__ = "0.1.0"

__all__ = [
    "Alignment",
    "AmbiguousNameError",
    "Aspect",
    "Basis",
    "Catalogue",
    "Citation",
    "Collection",
    "Coverage",
    "DatasetError",
    "DatasetInfo",
    "Entity",
    "Indicator",
    "Initiative",
    "InitiativeKind",
    "InnovationArea",
    "InnovationPole",
    "InvalidValueError",
    "Link",
    "MatchRelation",
    "Observation",
    "Organisation",
    "OrganisationKind",
    "PriorityField",
    "Problem",
    "Region",
    "RegionLevel",
    "SmartspecError",
    "Source",
    "StrategicObjective",
    "Strategy",
    "StrategyKind",
    "UnknownAttributeError",
    "UnknownEntityError",
    "load",
]
