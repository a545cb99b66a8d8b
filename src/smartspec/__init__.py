"""smartspec: regional innovation strategy as typed, cited Python data.

>>> import smartspec
>>> s3 = smartspec.load()
>>> [area.name for area in s3.innovation_areas.of(s3.priority_fields["productive-system"])]
['Aerospace', 'Automotive', 'Green chemistry and cleantech', 'Made in Piedmont', 'Mechatronics']
"""

# Type checkers read the imports; a program runs those that it needs, in `__getattr__`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .catalogue.catalogue import Catalogue
    from .catalogue.collection import Collection
    from .catalogue.comparison import Comparison, Correspondence
    from .catalogue.coverage import Coverage
    from .datasets.loading import from_dict, load
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
    from .catalogue.succession import Step
    from .domain.model import (
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
    from .catalogue.relations import Link
    from .datasets.schema import json_schema
    from .catalogue.search import Match, Matches
    from .datasets.converting import to_dict

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


_MODULES = (
    "errors",
    "domain.model",
    "catalogue.relations",
    "catalogue.succession",
    "catalogue.search",
    "catalogue.collection",
    "catalogue.catalogue",
    "datasets.converting",
    "datasets.schema",
    "datasets.loading",
    "catalogue.coverage",
    "catalogue.comparison",
)


def __getattr__(name: str) -> object:
    """Import what is asked for when it is first asked for: whoever imports the package may need little of it."""
    from importlib import import_module

    if name in __all__:
        for module in _MODULES:
            offered = vars(import_module(f"smartspec.{module}"))
            if name in offered:
                globals()[name] = offered[name]
                return offered[name]
    if name in _MODULES:
        return import_module(f"smartspec.{name}")
    raise AttributeError(f"module 'smartspec' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__all__", "__doc__", "__version__"]
