"""The network: what nodes and edges tell, and that GraphML and GEXF hold all of it."""

from __future__ import annotations

import json
import pathlib
import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import Basis, Catalogue, Involvement, Participation, Role
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import derived, facts
from smartspec.export import to_networkx

if TYPE_CHECKING:
    from conftest import Make

nx = pytest.importorskip("networkx")

OURS = {"label", "collection", "dataset"}
RESERVED = {"id", "label", "start", "end", "pid", "viz", "parents", "spells", "slices"}
"""What networkx writes to GEXF otherwise than as an attribute of a node."""


@pytest.fixture(scope="module", params=["s3", "eu"])
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    found: Catalogue = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def graph(catalogue: Catalogue) -> Any:
    return to_networkx(catalogue)


def edges(graph: Any) -> dict[Any, Any]:
    return {(start, end, key): data for start, end, key, data in graph.edges(keys=True, data=True)}


def node(entity: smartspec.Entity) -> str:
    name = next(name for name, cls in COLLECTIONS.items() if cls is type(entity))
    return f"{name}/{entity.id}"


# What is there


def test_every_entity_is_a_node_named_by_collection_and_id(catalogue: Catalogue, graph: Any) -> None:
    assert list(graph) == [f"{name}/{e.id}" for name, collection in catalogue.collections.items() for e in collection]


def test_every_link_is_an_edge(catalogue: Catalogue, graph: Any) -> None:
    forward = smartspec.Direction.FORWARD
    links = (link for e in catalogue for link in catalogue.links(e) if link.direction is forward)
    assert {(start, end, data["relation"]) for start, end, data in graph.edges(data=True)} == {
        (node(link.start), node(link.end), link.relation) for link in links
    }


def test_every_citation_is_an_edge_of_its_own(catalogue: Catalogue, graph: Any) -> None:
    cited = [data for _, _, data in graph.edges(data=True) if data["relation"] == "citations"]
    assert len(cited) == sum(len(entity.citations) for entity in catalogue)


def test_an_edge_is_known_by_where_the_reference_stands(graph: Any) -> None:
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    assert "innovation_poles/mesap/managers/0" in keys


def test_a_node_tells_its_name_its_kind_and_its_dataset(eu: Catalogue) -> None:
    graph = to_networkx(eu)
    told = [graph.nodes[name] for name in ("innovation_poles/mesap", "strategies/emilia-romagna-s3-2021-2027")]
    assert [(data["label"], data["collection"], data["dataset"]) for data in told] == [
        ("MESAP", "innovation_poles", "Smart specialisation in Piedmont and Torino"),
        (told[1]["name"], "strategies", "Smart specialisation in Europe"),
    ]


def test_labels_are_names_in_a_language(s3: Catalogue) -> None:
    graph = to_networkx(s3, language="it")
    piedmont, chamber = graph.nodes["regions/piedmont"], graph.nodes["sources/city-of-torino"]
    assert (piedmont["label"], piedmont["name"]) == ("Piemonte", "Piedmont")
    assert chamber["label"] == chamber["name"]


def test_what_is_no_language_is_an_error(s3: Catalogue) -> None:
    with pytest.raises(smartspec.InvalidValueError, match="'Italian' is not a language code"):
        to_networkx(s3, "Italian")


def test_a_graph_is_made_of_a_catalogue(s3: Catalogue) -> None:
    with pytest.raises(TypeError, match=r"what is exported is a catalogue, not <Collection of "):
        to_networkx(s3.regions[:1])  # type: ignore[arg-type]


def test_the_dataset_is_told_with_its_licence(s3: Catalogue) -> None:
    assert to_networkx(s3).graph == {"name": s3.name, "version": s3.version, "licence": "CC-BY-4.0"}


def test_all_that_fields_hold_is_there(catalogue: Catalogue, graph: Any) -> None:
    """References are edges, ids stand in the name of the node, and dates under another name."""
    for name, collection in catalogue.collections.items():
        plain = [key for key, fact in facts(COLLECTIONS[name]).items() if key != "id" and not refers(fact.cls)]
        for row in collection.to_dicts():
            told = graph.nodes[f"{name}/{row['id']}"]
            named = {key: told.get(f"{key}_date" if key in ("start", "end") else key) for key in plain}
            held = {
                key: json.loads(value) if isinstance(row[key], list) and value else value
                for key, value in named.items()
            }
            assert held == {key: None if row[key] in ("", []) else row[key] for key in plain}
            assert {*told} - {*plain, *OURS, *derived(COLLECTIONS[name]), "start_date", "end_date"} == set()


def refers(cls: type) -> bool:
    return issubclass(cls, smartspec.Entity) or cls in (smartspec.Citation, Participation, Involvement)


def test_years_are_numbers(s3: Catalogue) -> None:
    plan = to_networkx(s3).nodes["strategies/piedmont-s3-2014-2020"]
    assert (plan["start_year"], plan["end_year"], plan["start_date"]) == (2014, 2020, "2014")


def test_what_is_not_stated_is_left_out(small: Catalogue) -> None:
    assert set(to_networkx(small).nodes["regions/cuneo"]) == {*OURS, "name", "level"}


def test_what_is_false_is_told(make: Make) -> None:
    plan = make.strategy(complete=False)
    graph = to_networkx(make.catalogue(plan.region, plan))
    assert graph.nodes["strategies/s3"]["complete"] is False


# What edges tell


def test_a_participant_is_told_with_its_role(make: Make) -> None:
    park = make.organisation("park")
    parts = tuple(Participation(organisation=park, role=role) for role in (Role.LEADS, Role.PARTNERS))
    graph = to_networkx(make.catalogue(park, make.initiative("programme", participants=parts)))
    assert {key: data["role"] for _, _, key, data in graph.edges(keys=True, data=True)} == {
        "initiatives/programme/participants/0/organisation": Role.LEADS.value,
        "initiatives/programme/participants/1/organisation": Role.PARTNERS.value,
    }


def test_a_citation_is_told_in_full(make: Make) -> None:
    report = make.source()
    cited = make.citation(source=report, supports=("nuts", "level"), basis=Basis.INFERRED, note="By its name.")
    graph = to_networkx(make.catalogue(report, make.region(nuts="ITC1", citations=(cited,))))
    assert edges(graph) == {
        ("regions/piedmont", "sources/report", "regions/piedmont/citations/0/source"): {
            "relation": "citations",
            "passage": "a few words",
            "supports": '["nuts", "level"]',
            "basis": "inferred",
            "note": "By its name.",
        }
    }


@pytest.mark.parametrize(
    ("bases", "basis", "sources"),
    [
        ([], "uncited", None),
        ([Basis.INFERRED], "inferred", ["sources/a"]),
        ([Basis.INFERRED, Basis.STATED], "stated", ["sources/a", "sources/b"]),
    ],
)
def test_a_relation_has_the_best_basis_and_all_sources(
    make: Make, bases: list[Basis], basis: str, sources: list[str] | None
) -> None:
    given = [(make.source(id), basis) for id, basis in zip("ab", bases)]
    cited = tuple(make.citation(source=source, supports=("parent",), basis=b, note="Why.") for source, b in given)
    italy = make.region("italy")
    region = make.region(parent=italy, citations=cited)
    graph = to_networkx(make.catalogue(*(source for source, _ in given), italy, region))
    told = graph.edges["regions/piedmont", "regions/italy", "regions/piedmont/parent"]
    assert (told["relation"], told["basis"]) == ("parent", basis)
    assert json.loads(told.get("sources", "null")) == sources


# Into files


def test_graphml_is_read_back_as_it_was(graph: Any, tmp_path: pathlib.Path) -> None:
    nx.write_graphml_xml(graph, tmp_path / "s3.graphml")
    read = nx.read_graphml(tmp_path / "s3.graphml")
    assert (type(read), dict(read.nodes(data=True)), edges(read)) == (
        nx.MultiDiGraph,
        dict(graph.nodes(data=True)),
        edges(graph),
    )
    assert read.graph.items() >= graph.graph.items()


def test_gexf_is_read_back_as_it_was(graph: Any, tmp_path: pathlib.Path) -> None:
    nx.write_gexf(graph, tmp_path / "s3.gexf")
    read = nx.read_gexf(tmp_path / "s3.gexf")
    for _, _, data in read.edges(data=True):
        del data["id"]  # By which GEXF numbers the edges.
    assert (type(read), dict(read.nodes(data=True)), edges(read)) == (
        nx.MultiDiGraph,
        dict(graph.nodes(data=True)),
        edges(graph),
    )
    assert (read.graph["name"], read.graph["mode"]) == (graph.graph["name"], "static")


@pytest.mark.parametrize("writer", ["write_graphml_xml", "write_graphml_lxml"])
def test_gephi_takes_the_label_of_graphml_for_the_label(small: Catalogue, tmp_path: pathlib.Path, writer: str) -> None:
    """It takes the key that is called "d3" for one of yEd's, which is the label there."""
    if writer.endswith("lxml"):
        pytest.importorskip("lxml")
    getattr(nx, writer)(to_networkx(small), str(tmp_path / "small.graphml"))
    root = ElementTree.parse(tmp_path / "small.graphml").getroot()
    keys = {key.get("id"): (key.get("for"), key.get("attr.name")) for key in root if key.tag.endswith("key")}
    assert keys["d3"] == ("node", "label")


def test_an_attribute_has_one_type(graph: Any) -> None:
    for told in (graph.nodes(data=True), [edge[1:] for edge in graph.edges(data=True)]):
        kinds = {(name, type(value)) for _, data in told for name, value in data.items()}
        assert len({name for name, _ in kinds}) == len(kinds)
        assert {kind for _, kind in kinds} <= {str, int, float, bool}


@pytest.mark.parametrize("cls", COLLECTIONS.values())
def test_no_field_is_called_like_what_the_graph_or_gexf_says_besides(cls: type[smartspec.Entity]) -> None:
    names = {*facts(cls), *derived(cls)}
    assert names & (OURS | {f"{name}_date" for name in names}) == set()
    assert names & RESERVED <= {"id", "start", "end"}


def test_no_field_of_a_value_is_called_like_what_an_edge_says_besides() -> None:
    for cls in (Participation, Involvement):
        assert {"relation", "basis", "sources", "key", "type", "weight", *RESERVED} & set(facts(cls)) == set()
    assert {"relation", "sources", "key", "type", "weight", *RESERVED} & set(facts(smartspec.Citation)) == set()


# What people ask


def test_the_network_around_a_pole_is_ranked_by_degree(s3: Catalogue) -> None:
    graph = to_networkx(s3)
    things = graph.subgraph(name for name, kind in graph.nodes("collection") if kind != "sources")
    around = nx.ego_graph(things, "innovation_poles/mesap", undirected=True)
    mesap = s3.innovation_poles["mesap"]
    assert set(around) == {"innovation_poles/mesap"} | {
        node(link.end) for link in s3.links(mesap) if not isinstance(link.end, smartspec.Source)
    }
    assert max(around.degree, key=lambda pair: pair[1]) == ("innovation_poles/mesap", 8)
