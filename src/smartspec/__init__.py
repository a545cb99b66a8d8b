"""smartspec: regional innovation strategy as typed, cited Python data.

>>> import smartspec
>>> s3 = smartspec.load()
>>> [area.name for area in s3.innovation_areas.of(s3.priority_fields["productive-system"])]
['Aerospace', 'Automotive', 'Green chemistry and cleantech', 'Made in Piedmont', 'Mechatronics']

Begin with `load()`: it gives a `Catalogue` with a `Collection` for each class of the domain. `dir(smartspec)` lists all
names, and `help` tells of each: `help(smartspec.Catalogue)`, `help(smartspec.InnovationPole)`.
"""

# Type checkers read the imports; a program runs those that it needs, in `__getattr__`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import plot as plot
    from .catalogue.catalogue import Catalogue as Catalogue
    from .catalogue.collection import Collection as Collection
    from .catalogue.comparison import Comparison as Comparison
    from .catalogue.comparison import Correspondence as Correspondence
    from .catalogue.coverage import Coverage as Coverage
    from .catalogue.relations import Direction as Direction
    from .catalogue.relations import Link as Link
    from .catalogue.relations import Links as Links
    from .catalogue.search import Match as Match
    from .catalogue.search import Matches as Matches
    from .datasets.converting import converter as converter
    from .datasets.converting import from_dict as from_dict
    from .datasets.converting import to_dict as to_dict
    from .datasets.loading import load as load
    from .datasets.schema import json_schema as json_schema
    from .domain.actors import (
        Initiative as Initiative,
    )
    from .domain.actors import (
        InitiativeKind as InitiativeKind,
    )
    from .domain.actors import (
        InnovationPole as InnovationPole,
    )
    from .domain.actors import (
        Involvement as Involvement,
    )
    from .domain.actors import (
        Organisation as Organisation,
    )
    from .domain.actors import (
        OrganisationKind as OrganisationKind,
    )
    from .domain.actors import (
        Participation as Participation,
    )
    from .domain.actors import (
        Role as Role,
    )
    from .domain.entity import (
        Basis as Basis,
    )
    from .domain.entity import (
        Citation as Citation,
    )
    from .domain.entity import (
        Citations as Citations,
    )
    from .domain.entity import (
        DatasetBase as DatasetBase,
    )
    from .domain.entity import (
        DatasetInfo as DatasetInfo,
    )
    from .domain.entity import (
        Entity as Entity,
    )
    from .domain.entity import (
        Source as Source,
    )
    from .domain.findings import (
        Aspect as Aspect,
    )
    from .domain.findings import (
        Indicator as Indicator,
    )
    from .domain.findings import (
        Observation as Observation,
    )
    from .domain.findings import (
        Qualifier as Qualifier,
    )
    from .domain.strategy import (
        Alignment as Alignment,
    )
    from .domain.strategy import (
        InnovationArea as InnovationArea,
    )
    from .domain.strategy import (
        MatchRelation as MatchRelation,
    )
    from .domain.strategy import (
        PriorityField as PriorityField,
    )
    from .domain.strategy import (
        StrategicObjective as StrategicObjective,
    )
    from .domain.strategy import (
        Strategy as Strategy,
    )
    from .domain.strategy import (
        StrategyKind as StrategyKind,
    )
    from .domain.territory import Region as Region
    from .domain.territory import RegionLevel as RegionLevel
    from .errors import (
        AmbiguousNameError as AmbiguousNameError,
    )
    from .errors import (
        DatasetError as DatasetError,
    )
    from .errors import (
        InvalidValueError as InvalidValueError,
    )
    from .errors import (
        Problem as Problem,
    )
    from .errors import (
        SaveError as SaveError,
    )
    from .errors import (
        SmartspecError as SmartspecError,
    )
    from .errors import (
        UnknownAttributeError as UnknownAttributeError,
    )
    from .errors import (
        UnknownEntityError as UnknownEntityError,
    )

__version__ = "0.1.0"

# The front door: where each public name is at home.
_HOMES = {
    "Catalogue": "catalogue.catalogue",
    "Collection": "catalogue.collection",
    "Comparison": "catalogue.comparison",
    "Correspondence": "catalogue.comparison",
    "Coverage": "catalogue.coverage",
    "Direction": "catalogue.relations",
    "Link": "catalogue.relations",
    "Links": "catalogue.relations",
    "Match": "catalogue.search",
    "Matches": "catalogue.search",
    "converter": "datasets.converting",
    "from_dict": "datasets.converting",
    "to_dict": "datasets.converting",
    "load": "datasets.loading",
    "json_schema": "datasets.schema",
    "Initiative": "domain.actors",
    "InitiativeKind": "domain.actors",
    "InnovationPole": "domain.actors",
    "Involvement": "domain.actors",
    "Organisation": "domain.actors",
    "OrganisationKind": "domain.actors",
    "Participation": "domain.actors",
    "Role": "domain.actors",
    "Basis": "domain.entity",
    "Citation": "domain.entity",
    "Citations": "domain.entity",
    "DatasetBase": "domain.entity",
    "DatasetInfo": "domain.entity",
    "Entity": "domain.entity",
    "Source": "domain.entity",
    "Aspect": "domain.findings",
    "Indicator": "domain.findings",
    "Observation": "domain.findings",
    "Qualifier": "domain.findings",
    "Alignment": "domain.strategy",
    "InnovationArea": "domain.strategy",
    "MatchRelation": "domain.strategy",
    "PriorityField": "domain.strategy",
    "StrategicObjective": "domain.strategy",
    "Strategy": "domain.strategy",
    "StrategyKind": "domain.strategy",
    "Region": "domain.territory",
    "RegionLevel": "domain.territory",
    "AmbiguousNameError": "errors",
    "DatasetError": "errors",
    "InvalidValueError": "errors",
    "Problem": "errors",
    "SaveError": "errors",
    "SmartspecError": "errors",
    "UnknownAttributeError": "errors",
    "UnknownEntityError": "errors",
    "plot": "",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is first asked for: whoever imports the package may need little of it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'smartspec' has no attribute {name!r}")
    if not _HOMES[name]:
        return import_module(f"smartspec.{name}")
    globals()[name] = value = getattr(import_module(f"smartspec.{_HOMES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return [*_HOMES, "__doc__", "__version__"]
