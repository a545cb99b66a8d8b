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
    from . import export as export, nace as nace, plot as plot, web as web
    from .catalogue.catalogue import Catalogue as Catalogue
    from .catalogue.collection import Collection as Collection
    from .catalogue.comparison import Comparison as Comparison, Correspondence as Correspondence
    from .catalogue.coverage import Coverage as Coverage
    from .catalogue.partners import Counterpart as Counterpart, Partner as Partner, Ranking as Ranking
    from .catalogue.relations import Direction as Direction, Link as Link, Links as Links
    from .catalogue.search import Match as Match, Matches as Matches
    from .datasets.converting import converter as converter, from_dict as from_dict, to_dict as to_dict
    from .datasets.loading import load as load, load_europe as load_europe
    from .datasets.schema import json_schema as json_schema
    from .domain.actors import (
        Initiative as Initiative,
        InitiativeKind as InitiativeKind,
        InnovationPole as InnovationPole,
        Involvement as Involvement,
        Organisation as Organisation,
        OrganisationKind as OrganisationKind,
        Participation as Participation,
        Role as Role,
    )
    from .domain.entity import (
        Basis as Basis,
        Chain as Chain,
        Citation as Citation,
        Citations as Citations,
        DatasetBase as DatasetBase,
        DatasetInfo as DatasetInfo,
        Entity as Entity,
        Source as Source,
    )
    from .domain.findings import (
        Aspect as Aspect,
        Indicator as Indicator,
        Observation as Observation,
        Qualifier as Qualifier,
    )
    from .domain.strategy import (
        Alignment as Alignment,
        InnovationArea as InnovationArea,
        MatchRelation as MatchRelation,
        PriorityField as PriorityField,
        StrategicObjective as StrategicObjective,
        Strategy as Strategy,
        StrategyKind as StrategyKind,
    )
    from .domain.table import Table as Table
    from .domain.territory import Region as Region, RegionLevel as RegionLevel
    from .domain.themes import Theme as Theme
    from .errors import (
        AmbiguousNameError as AmbiguousNameError,
        DatasetError as DatasetError,
        InvalidValueError as InvalidValueError,
        Problem as Problem,
        SaveError as SaveError,
        SmartspecError as SmartspecError,
        UnknownAttributeError as UnknownAttributeError,
        UnknownEntityError as UnknownEntityError,
    )
    from .matching.encoding import EncodingMatcher as EncodingMatcher
    from .matching.matcher import Matcher as Matcher
    from .matching.placement import (
        Candidate as Candidate,
        Evidence as Evidence,
        Neighbour as Neighbour,
        Placement as Placement,
        Verdict as Verdict,
    )

__version__ = "0.1.0"

# The front door: what each module offers.
_OFFERED = {
    "catalogue.catalogue": "Catalogue",
    "catalogue.collection": "Collection",
    "catalogue.comparison": "Comparison Correspondence",
    "catalogue.coverage": "Coverage",
    "catalogue.partners": "Counterpart Partner Ranking",
    "catalogue.relations": "Direction Link Links",
    "catalogue.search": "Match Matches",
    "datasets.converting": "converter from_dict to_dict",
    "datasets.loading": "load load_europe",
    "datasets.schema": "json_schema",
    "domain.actors": "Initiative InitiativeKind InnovationPole Involvement Organisation OrganisationKind"
    " Participation Role",
    "domain.entity": "Basis Chain Citation Citations DatasetBase DatasetInfo Entity Source",
    "domain.findings": "Aspect Indicator Observation Qualifier",
    "domain.strategy": "Alignment InnovationArea MatchRelation PriorityField StrategicObjective Strategy StrategyKind",
    "domain.table": "Table",
    "domain.territory": "Region RegionLevel",
    "domain.themes": "Theme",
    "matching.encoding": "EncodingMatcher",
    "matching.matcher": "Matcher",
    "matching.placement": "Candidate Evidence Neighbour Placement Verdict",
    "errors": "AmbiguousNameError DatasetError InvalidValueError Problem SaveError SmartspecError"
    " UnknownAttributeError UnknownEntityError",
}
_MODULES = ("export", "nace", "plot", "web")
_HOMES = {name: module for module, names in _OFFERED.items() for name in names.split()}


if not TYPE_CHECKING:  # Else type checkers would take any name for one of ours.

    def __getattr__(name: str) -> object:
        """Import what is asked for when it is first asked for: whoever imports the package may need little of it."""
        from importlib import import_module

        if name in _MODULES:
            return import_module(f"smartspec.{name}")
        if name not in _HOMES:
            raise AttributeError(f"module 'smartspec' has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(f"smartspec.{_HOMES[name]}"), name)
        return value

    del TYPE_CHECKING  # It is none of the names that the package offers.


def __dir__() -> list[str]:
    return [*_HOMES, *_MODULES, "__doc__", "__version__"]
