"""Export: what other people's tools take, a module each. Nothing here decides what is related, or asks the network.

The libraries that are needed come with the extras of `smartspec` and are imported when they are first needed.
"""

from .bibliography import to_bibtex as to_bibtex, to_csl as to_csl
from .graph import to_networkx as to_networkx

__all__ = ["to_bibtex", "to_csl", "to_networkx"]


def __dir__() -> list[str]:
    return __all__
