"""Export: what other people's tools take, a module each. Nothing here decides what is related, or asks the network.

The libraries that are needed come with the extras of `smartspec` and are imported when they are first needed.
"""

from .bibliography import to_bibtex, to_csl
from .datapackage import to_csv
from .graph import to_networkx
from .jsonld import to_jsonld
from .parquet import to_parquet
from .rdf import shacl_shapes, to_rdf
from .sqlite import to_sqlite
from .sssom import to_sssom
from .xlsx import to_xlsx

__all__ = [
    "shacl_shapes",
    "to_bibtex",
    "to_csl",
    "to_csv",
    "to_jsonld",
    "to_networkx",
    "to_parquet",
    "to_rdf",
    "to_sqlite",
    "to_sssom",
    "to_xlsx",
]


def __dir__() -> list[str]:
    return __all__
