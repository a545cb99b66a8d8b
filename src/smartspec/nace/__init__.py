"""NACE: the European classification of economic activities, in both revisions, with what ATECO and time made of it.

The tables beside this file are read when somebody first asks for what they hold. Nothing here knows of regions,
strategies or datasets.
"""

from .classification import Activity, ActivityLevel
from .lookup import activities, activity, covers, related, translate

__all__ = ["Activity", "ActivityLevel", "activities", "activity", "covers", "related", "translate"]


def __dir__() -> list[str]:
    return __all__
