"""smartspec: regional innovation strategy as typed, cited Python data.

>>> import smartspec
>>> s3 = smartspec.load()
>>> [area.name for area in s3.innovation_areas.of(s3.priority_fields["productive-system"])]
['Aerospace', 'Automotive', 'Green chemistry and cleantech', 'Made in Piedmont', 'Mechatronics']
"""

from typing import TYPE_CHECKING, Any

from .catalogue import Catalogue
from .collection import Collection
from .dataset import from_dict, load
from .errors import (
    AmbiguousNameError,
    DatasetError,
    InvalidValueError,
    Problem,
    SaveError,
    SmartspecError,
    UnknownAttributeError,
    UnknownEntityError,
)
from .history import Step
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
from .schema import json_schema
from .search import Match, Matches
from .structure import to_dict

if TYPE_CHECKING:
    from .comparison import Comparison, Correspondence
    from .coverage import Coverage

__version__ = "0.1.0"

__all__ = [
    "Alignment",
    "AmbiguousNameError",
    "Aspect",
    "Basis",
    "Catalogue",
    "Citation",
    "Collection",
    "Comparison",
    "Correspondence",
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
    "Match",
    "MatchRelation",
    "Matches",
    "Observation",
    "Organisation",
    "OrganisationKind",
    "PriorityField",
    "Problem",
    "Region",
    "RegionLevel",
    "SaveError",
    "SmartspecError",
    "Source",
    "Step",
    "StrategicObjective",
    "Strategy",
    "StrategyKind",
    "UnknownAttributeError",
    "UnknownEntityError",
    "from_dict",
    "json_schema",
    "load",
    "to_dict",
]


def __getattr__(name: str) -> Any:
    """What compares and covers is imported by who asks for it: not everybody who starts does."""
    if name in ("Comparison", "Correspondence"):
        from . import comparison

        return getattr(comparison, name)
    if name == "Coverage":
        from .coverage import Coverage

        return Coverage
    raise AttributeError(f"module 'smartspec' has no attribute {name!r}")
