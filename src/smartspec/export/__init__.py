"""Export: what other people's tools take, a module each. Nothing here decides what is related, or asks the network.

The libraries that are needed come with the extras of `smartspec` and are imported when they are first needed.
"""

from __future__ import annotations

from .jsonld import to_jsonld
from .rdf import shacl_shapes, to_rdf
from .sssom import to_sssom

__all__: list[str] = ["shacl_shapes", "to_jsonld", "to_rdf", "to_sssom"]


def __dir__() -> list[str]:
    return __all__
