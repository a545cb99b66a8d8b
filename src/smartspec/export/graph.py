"""Graph: a catalogue as a networkx graph, in which every entity is a node and every reference an edge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.relations import referring
from ..domain import address, collection_name
from ..domain.declaration import FieldRole, derived, facts
from ..domain.entity import Basis, Citations, Entity
from ..domain.record import Record
from ..domain.table import plain
from ..errors import needs
from .origin import checked_catalogue

if TYPE_CHECKING:
    import networkx


def to_networkx(catalogue: Catalogue, language: str | None = None) -> networkx.MultiDiGraph:
    """A catalogue as a networkx `MultiDiGraph`: every entity a node, sources too; every reference an edge.

    A node is named ``collection/id``. It has a ``label`` (the name in a ``language``, if one is given), its
    ``collection``, the ``dataset`` that it comes from, and what its fields hold and its years, if there is anything;
    several values as the text of a JSON list, ``start`` and ``end`` as ``start_date`` and ``end_date``. An edge leads
    from what refers to what is referred to. Its key is where the reference stands; it has the ``relation``, which is
    the attribute that refers, what is said beside (a participant's role, a citation's passage), and of the citations
    of that attribute the ``sources``, as a JSON list of nodes, and the ``basis``: stated, else inferred, or uncited.
    So all values are texts, numbers and truth values, which `networkx.write_graphml` and `networkx.write_gexf` take.
    Needs the extra `graph`.

    >>> import smartspec
    >>> graph = smartspec.export.to_networkx(smartspec.load())
    >>> graph.nodes["innovation_poles/mesap"]["label"], graph.nodes["innovation_poles/mesap"]["start_year"]
    ('MESAP', 2016)
    >>> [(end, relation) for _, end, relation in graph.out_edges("innovation_poles/mesap", "relation")][:2]
    [('regions/torino', 'region'), ('initiatives/innovation-poles-programme', 'programme')]
    """
    checked_catalogue(catalogue)
    with needs("graph"):
        import networkx as nx

    # Gephi takes the fourth key of GraphML, "d3", for the label: these three come first, then the label itself.
    info = catalogue.info
    graph = nx.MultiDiGraph(name=info.name, version=info.version, licence=info.licence)
    for entity in catalogue:
        place = {"collection": collection_name(type(entity)), "dataset": catalogue.dataset_of(entity).name}
        graph.add_node(address(entity), label=entity.label(language), **place, **_values(entity))
    for entity in catalogue:
        graph.add_edges_from(_edges(entity))
    return graph


def _values(record: Record) -> dict[str, Any]:
    """What a record says of itself, as GraphML and GEXF hold it: no references, no lists, nothing that is empty."""
    told: dict[str, Any] = {}
    for name, fact in (facts(type(record)) | derived(type(record))).items():
        if issubclass(fact.cls, Record) or fact.role is FieldRole.ID:  # GEXF would name the node by an id of its own.
            continue
        value = plain(getattr(record, name))
        if value in (None, "", []):
            continue
        if fact.role in (FieldRole.START, FieldRole.END):  # Of "start" and "end" GEXF makes a timeline of whole days.
            name = f"{name}_date"
        told[name] = _listed(value) if fact.many else value
    return told


def _edges(entity: Entity) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    start = address(entity)
    for name, inner in referring(type(entity)):
        fact, value = facts(type(entity))[name], getattr(entity, name)
        items = value if fact.many else () if value is None else (value,)
        backed = {} if fact.role is FieldRole.EVIDENCE else _backed(entity.cite(name))
        for number, item in enumerate(items):
            where = f"{start}/{name}/{number}" if fact.many else f"{start}/{name}"
            if not inner:
                yield start, address(item), where, {"relation": name, **backed}
            for attribute in inner:
                beside = {"relation": name, **backed, **_values(item)}
                yield start, address(getattr(item, attribute)), f"{where}/{attribute}", beside


def _backed(citations: Citations) -> dict[str, Any]:
    """Who says so: the basis of the best citation, and the sources of all."""
    if not citations:
        return {"basis": "uncited"}
    is_stated = any(citation.basis is Basis.STATED for citation in citations)
    sources = [*dict.fromkeys(address(citation.source) for citation in citations)]
    return {"basis": (Basis.STATED if is_stated else Basis.INFERRED).value, "sources": _listed(sources)}


def _listed(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
