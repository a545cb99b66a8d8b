"""RDF: a catalogue as a graph of rdflib, and the shapes that such a graph has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue.catalogue import Catalogue
from ..errors import needs
from .jsonld import BASE, packaged, to_jsonld

if TYPE_CHECKING:
    import rdflib


def to_rdf(catalogue: Catalogue, base: str = BASE) -> rdflib.Graph:
    """The catalogue as an `rdflib.Graph`, ready to be queried, or written with its ``serialize``.

    Strategies and themes are concept schemes of SKOS, areas and fields their concepts; organisations, poles and
    initiatives speak ORG, citations PROV, datasets DCAT; NUTS, NACE, countries and languages have the addresses of the
    European Union. docs/how-to/linked-data.md tells which field becomes what. An entity is ``{base}{collection}/{id}``.
    Needs the extra `rdf`. Raises `InvalidValueError` if the base is no web address that ends with a slash.

    >>> import smartspec
    >>> graph = smartspec.export.to_rdf(smartspec.load(), base="https://data.example.org/s3/")
    >>> rows = graph.query('''
    ...     PREFIX regions: <https://data.example.org/s3/regions/>
    ...     SELECT ?nuts WHERE { regions:piedmont skos:exactMatch ?nuts }
    ... ''')
    >>> [str(row.nuts) for row in rows]
    ['http://data.europa.eu/nuts/code/ITC1']
    """
    with needs("rdf"):
        import rdflib
        from rdflib.plugins.parsers.jsonld import to_rdf as read

    document = to_jsonld(catalogue, base)
    graph = rdflib.Graph()
    read(document, graph)  # `Graph.parse` does the same, by way of a text and with a warning.
    folders = dict.fromkeys(node["id"].rpartition("/")[0] for node in document["@graph"] if "#" not in node["id"])
    for folder in filter(None, folders):
        graph.bind(folder, base + folder + "/")
    return graph


def shacl_shapes(base: str = BASE) -> str:
    """The shapes (SHACL, in Turtle) to which a graph of `to_rdf` with the same base conforms, to check what you add.

    >>> import smartspec
    >>> "sh:targetClass smartspec:InnovationArea" in smartspec.export.shacl_shapes()
    True
    """
    return packaged("shapes.ttl", base)
