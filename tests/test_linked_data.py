"""Linked data say all that the records say, in terms and under addresses that others know."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef

import smartspec
from smartspec import Catalogue, Citation, InvalidValueError, MatchRelation
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import Fact, FieldRole, facts
from smartspec.domain.entity import DatasetBase, DatasetInfo, Entity
from smartspec.domain.record import Record
from smartspec.domain.rules import LANGUAGE, NACE
from smartspec.export import shacl_shapes, to_jsonld, to_rdf
from smartspec.export.jsonld import BASE, address, packaged, terms

if TYPE_CHECKING:
    from conftest import Make

NUTS = "http://data.europa.eu/nuts/code/"
NACE_2 = "http://data.europa.eu/ux2/nace2/"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
CONTEXT = terms(BASE)["@context"]
CLASSES: list[type[Record]] = [*COLLECTIONS.values(), smartspec.Participation, smartspec.Involvement, Citation]
PREFIXES = {name: term for name, term in CONTEXT.items() if isinstance(term, str) and term.endswith(("#", "/"))}


@pytest.fixture(scope="module")
def graph(s3: Catalogue) -> Graph:
    return to_rdf(s3)


@pytest.fixture(scope="module")
def europe(europe_graph: Graph) -> Graph:
    return europe_graph


@pytest.fixture(scope="module")
def turtle(graph: Graph) -> str:
    return graph.serialize(format="turtle")


def at(place: Entity | str) -> URIRef:
    return URIRef(BASE + (place if isinstance(place, str) else address(place)))


def full(term: str) -> URIRef:
    prefix, _, name = term.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def own_terms(cls: type[Record]) -> dict[str, Any]:
    return {**CONTEXT, **CONTEXT[cls.__name__]["@context"]}


@pytest.mark.parametrize("cls", [*CLASSES, DatasetInfo, DatasetBase])
def test_every_field_has_its_line_in_the_context(cls: type[Record]) -> None:
    assert [name for name in facts(cls) if name not in own_terms(cls)] == []


@pytest.mark.parametrize("cls", [*CLASSES, DatasetInfo, DatasetBase])
def test_the_context_names_no_field_that_a_class_does_not_have(cls: type[Record]) -> None:
    assert set(CONTEXT[cls.__name__]["@context"]) <= set(facts(cls))


@pytest.mark.parametrize("cls", [*CLASSES, DatasetInfo])
def test_no_two_fields_of_a_class_become_the_same(cls: type[Record]) -> None:
    told = [
        (
            json.dumps(own_terms(cls)[name]),
            NACE if fact.rule is NACE else fact.cls if issubclass(fact.cls, Record) else str,
        )
        for name, fact in facts(cls).items()
        if own_terms(cls)[name] is not None and "skos:prefLabel" not in str(own_terms(cls)[name])
    ]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("cls", CLASSES)
def test_the_context_is_silent_only_on_what_another_field_tells(cls: type[Record]) -> None:
    elsewhere = (FieldRole.NAME, FieldRole.START, FieldRole.END)  # In the label of a language, in the period.
    silent = [fact for name, fact in facts(cls).items() if own_terms(cls)[name] is None]
    assert [f.name for f in silent if f.role not in elsewhere and not (f.rule is LANGUAGE and f.optional)] == []


class Reader:
    """What a graph says of a record: the values of each field, as a set, since a graph knows no order."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def fields(self, node: Any, cls: type[Record]) -> dict[str, frozenset[Any]]:
        return {name: frozenset(self.field(node, fact, own_terms(cls)[name], cls)) for name, fact in facts(cls).items()}

    def field(self, node: Any, fact: Fact, term: Any, cls: type[Record]) -> Iterator[Any]:
        if fact.role is FieldRole.ID:
            yield str(node).rpartition("/")[2]
        elif fact.role in (FieldRole.START, FieldRole.END):
            for period in self.graph.objects(node, DCTERMS.temporal):
                yield from map(str, self.graph.objects(period, full(f"dcat:{fact.role.value}Date")))
        elif term is not None:
            shape = term if isinstance(term, dict) else {"@id": term}
            if "@reverse" in shape:
                found = [*self.graph.subjects(full(shape["@reverse"]), node)]
            else:
                found = [*self.graph.objects(node, full(shape["@id"]))]
            for value in found:
                yield from self.value(value, fact, cls)

    def value(self, value: Any, fact: Fact, cls: type[Record]) -> Iterator[Any]:
        if isinstance(value, URIRef) and str(value).startswith(NACE_2) != (fact.rule is NACE):
            return  # It is of another field.
        if issubclass(fact.cls, Record) and not issubclass(fact.cls, Entity):
            yield tuple(self.fields(value, fact.cls).items())
        elif fact.cls is MatchRelation:
            yield MatchRelation(str(value).removeprefix(str(SKOS)).removesuffix("Match"))
        elif issubclass(fact.cls, (Entity, Enum)):
            word = str(value).rpartition("/")[2]
            yield fact.cls(word) if issubclass(fact.cls, Enum) else word
        elif fact.rule is NACE:
            digits = str(value).removeprefix(NACE_2)
            yield digits if digits.isalpha() else smartspec.nace.activity(digits).code
        elif fact.rule is LANGUAGE:
            yield LANGUAGES[str(value)]
        elif "smartspec:supports" in str(own_terms(cls)[fact.name]):
            yield str(self.graph.value(value, RDFS.label)).replace(" ", "_")
        elif self.graph.value(value, rdflib.FOAF.name) is not None:
            yield str(self.graph.value(value, rdflib.FOAF.name))
        else:
            yield value.toPython() if fact.cls in (bool, int, float) else str(value)

    def names(self, node: Any) -> set[tuple[str, str | None]]:
        return {(str(name), name.language) for name in self.graph.objects(node, SKOS.prefLabel)}  # type: ignore[attr-defined]


LANGUAGES = {
    f"{AUTHORITY}language/{name}": code
    for table, code, name in (line.split("\t") for line in packaged("authorities.tsv", BASE).splitlines())
    if table == "language"
} | {f"{AUTHORITY}language/CNR": "cnr"}


def said(record: Record) -> dict[str, frozenset[Any]]:
    """What a record says, in the same form."""
    told = {}
    for name, fact in facts(type(record)).items():
        value = getattr(record, name)
        values = value if fact.many else () if value in (None, "") else (value,)
        told[name] = frozenset(
            v.id if isinstance(v, Entity) else tuple(said(v).items()) if isinstance(v, Record) else v for v in values
        )
        if own_terms(type(record))[name] is None and fact.role not in (FieldRole.START, FieldRole.END):
            told[name] = frozenset()
    return told


def test_nothing_that_a_record_says_is_lost(eu: Catalogue, europe: Graph) -> None:
    reader = Reader(europe)
    for entity in eu:
        found, expected = reader.fields(at(entity), type(entity)), said(entity)
        local = {(entity.local_name, entity.local_language)} if entity.local_name else set()
        assert reader.names(at(entity)) == {(entity.name, "en")} | {it for it in local if it[1] != "en"}
        for name, fact in facts(type(entity)).items():
            if fact.role is FieldRole.ALIAS:
                expected[name] |= {it[0] for it in local if it[1] == "en" and it[0] != entity.name}
            if fact.role is not FieldRole.NAME:
                assert found[name] == expected[name], (entity, name)


def test_a_date_is_as_exact_as_it_is_known(make: Make) -> None:
    dates = {"a": "2009", "b": "2009-03", "c": "2009-03-31"}
    graph = to_rdf(make.catalogue(*(make.source(id, published=date) for id, date in dates.items())))
    found = {str(value): str(value.datatype).rpartition("#")[2] for value in graph.objects(None, DCTERMS.issued)}
    assert found == {"2009": "gYear", "2009-03": "gYearMonth", "2009-03-31": "date"}


def test_a_territory_has_its_official_addresses(eu: Catalogue, europe: Graph) -> None:
    found = {id: {*map(str, europe.objects(at(eu.regions[id]), SKOS.exactMatch))} for id in ("piedmont", "greece")}
    assert found == {"piedmont": {f"{NUTS}ITC1"}, "greece": {f"{NUTS}EL", f"{AUTHORITY}country/GRC"}}


def test_every_country_with_a_code_has_its_address_in_the_authority_table(eu: Catalogue, europe: Graph) -> None:
    for region in eu.regions.where(nuts=lambda code: code is not None and len(code) == 2):
        matches = [*map(str, europe.objects(at(region), SKOS.exactMatch))]
        assert [match for match in matches if match.startswith(f"{AUTHORITY}country/")], region


def test_economic_activities_have_their_official_addresses(s3: Catalogue, graph: Graph) -> None:
    about = {*map(str, graph.objects(at(s3.innovation_areas["green-chemistry-cleantech"]), DCTERMS.subject))}
    assert {f"{NACE_2}20", f"{NACE_2}38"} <= about


def test_languages_and_licences_have_their_official_addresses(s3: Catalogue, graph: Graph) -> None:
    assert URIRef(f"{AUTHORITY}language/ITA") in set(graph.objects(None, DCTERMS.language))
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef(f"{AUTHORITY}licence/CC_BY_4_0")}


def test_every_language_of_the_packaged_data_is_in_the_table(eu: Catalogue) -> None:
    assert {source.language for source in eu.sources} <= set(LANGUAGES.values())


@pytest.mark.parametrize("relation", MatchRelation)
def test_an_alignment_relates_the_two_areas_in_its_direction(make: Make, relation: MatchRelation) -> None:
    cars, vehicles = make.area("cars"), make.area("vehicles")
    shared = (make.region(), make.strategy(), cars, vehicles)
    graph = to_rdf(make.catalogue(*shared, make.alignment(area=cars, match=vehicles, relation=relation)))
    mapping = SKOS[f"{relation.value}Match"]
    assert [*graph.subject_objects(mapping)] == [(at(cars), at(vehicles))]
    assert [*graph.objects(at("alignments/correspondence"), full("owl:annotatedProperty"))] == [mapping]


def test_who_takes_part_is_a_member_in_a_role(make: Make) -> None:
    park = make.organisation("park")
    taking = smartspec.Participation(organisation=park, role=smartspec.Role.LEADS)
    graph = to_rdf(make.catalogue(park, make.initiative(participants=(taking,))))
    membership = at("initiatives/programme#participation-1")
    assert {(p, o) for p, o in graph.predicate_objects(membership) if p != RDF.type} == {
        (full("org:organization"), at("initiatives/programme")),
        (full("org:member"), at("organisations/park")),
        (full("org:role"), at("role/leads")),
    }


def test_a_strategy_is_attributed_to_who_has_a_part_in_it(make: Make) -> None:
    plan = make.strategy("plan")
    leading = smartspec.Involvement(strategy=plan, role=smartspec.Role.LEADS)
    graph = to_rdf(make.catalogue(make.region(), plan, make.organisation(involvements=(leading,))))
    (attribution,) = graph.objects(at(plan), full("prov:qualifiedAttribution"))
    assert {(p, o) for p, o in graph.predicate_objects(attribution) if p != RDF.type} == {
        (full("prov:agent"), at("organisations/park")),
        (full("dcat:hadRole"), at("role/leads")),
    }


def test_a_citation_is_a_primary_source_that_is_told_in_short_too(make: Make) -> None:
    report = make.source()
    cited = make.theme(citations=(make.citation(source=report, supports=("nace",)),))
    graph = to_rdf(make.catalogue(report, cited))
    (citation,) = graph.objects(at(cited), full("prov:qualifiedPrimarySource"))
    assert [*graph.objects(at(cited), full("prov:hadPrimarySource"))] == [at(report)]
    assert {*graph.predicate_objects(citation)} == {
        (RDF.type, full("prov:PrimarySource")),
        (RDF.type, full("smartspec:Citation")),
        (full("prov:entity"), at(report)),
        (full("smartspec:passage"), Literal("a few words", "en")),
        (full("smartspec:supports"), full("smartspec:nace")),
        (full("smartspec:basis"), at("basis/stated")),
    }


def test_an_area_in_no_field_is_at_the_top_of_its_strategy(s3: Catalogue, graph: Graph) -> None:
    for area in s3.innovation_areas:
        top = (at(area), SKOS.topConceptOf, at(area.strategy)) in graph
        assert top == (area.priority_field is None)


def test_every_concept_is_in_a_scheme_that_is_there(europe: Graph) -> None:
    schemes = set(europe.subjects(RDF.type, SKOS.ConceptScheme))
    for concept in set(europe.subjects(RDF.type, SKOS.Concept)):
        assert set(europe.objects(concept, SKOS.inScheme)) & schemes, concept


def test_a_record_is_of_the_dataset_that_made_it(eu: Catalogue, europe: Graph) -> None:
    for region in (eu.regions["torino"], eu.regions["lombardy"]):
        (dataset,) = europe.objects(at(region), RDFS.isDefinedBy)
        assert str(europe.value(dataset, DCTERMS.title)) == eu.dataset_of(region).name


def test_a_dataset_says_on_which_it_stands(europe: Graph) -> None:
    (upper,) = europe.subjects(DCTERMS.requires)
    (lower,) = europe.objects(upper, DCTERMS.requires)
    assert [str(europe.value(one, DCTERMS.title)) for one in (upper, lower)] == [
        "Smart specialisation in Europe",
        "Smart specialisation in Piedmont and Torino",
    ]


def test_two_datasets_of_one_name_are_two(small: Catalogue, make: Make) -> None:
    named = DatasetInfo(name=small.name, version="of mine")
    graph = to_rdf(small.extend(make.region("alba"), info=named))
    assert len({*graph.subjects(RDF.type, full("dcat:Dataset"))}) == 2


def test_who_loads_both_datasets_has_every_record_once(graph: Graph, europe: Graph) -> None:
    assert {*graph} <= {*europe}


def test_every_node_has_an_address(europe: Graph) -> None:
    assert not [node for triple in europe for node in triple if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize("name", ["graph", "europe"])
def test_all_that_is_referred_to_within_the_base_is_described(name: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(name)
    known = {*made.subjects()}
    assert {node for node in made.objects() if isinstance(node, URIRef) and str(node).startswith(BASE)} <= known


def test_every_own_property_is_described(europe: Graph) -> None:
    described = {*europe.subjects(RDF.type, RDF.Property)}
    assert {term for term in europe.predicates() if str(term).startswith(f"{BASE}vocabulary#")} <= described


def test_a_second_name_in_english_is_another_label(make: Make) -> None:
    named = make.region("southern", name="Southern Region", local_name="Southern", local_language="en")
    graph = to_rdf(make.catalogue(named))
    assert [*graph.objects(at(named), SKOS.prefLabel)] == [Literal("Southern Region", "en")]
    assert [*graph.objects(at(named), SKOS.altLabel)] == [Literal("Southern", "en")]


def test_a_passage_is_in_the_language_of_its_document(make: Make) -> None:
    report = make.source("rapporto", language="it", title="Un rapporto")
    cited = make.theme(citations=(make.citation(source=report, passage="poche parole"),))
    graph = to_rdf(make.catalogue(report, cited))
    texts = {*graph.objects(None, full("smartspec:passage")), *graph.objects(None, DCTERMS.title)}
    assert {Literal("poche parole", "it"), Literal("Un rapporto", "it")} <= texts


def test_an_address_may_hold_what_others_forbid(make: Make) -> None:
    odd = make.source(url="https://example.org/{a}|<b>^`è\\")
    text = to_rdf(make.catalogue(odd)).serialize(format="turtle")
    assert "<https://example.org/%7Ba%7D%7C%3Cb%3E%5E%60è%5C>" in text


def test_a_licence_in_free_words_stays_as_it_is(make: Make) -> None:
    catalogue = Catalogue(DatasetInfo(name="Mine", licence="ask me"), [make.region()])
    assert [*to_rdf(catalogue).objects(None, DCTERMS.license)] == [Literal("ask me")]


def test_the_base_is_that_of_the_publisher(make: Make) -> None:
    graph = to_rdf(make.catalogue(*make.all()[:3]), base="https://data.example.org/s3/")
    assert not [node for triple in graph for node in triple if str(node).startswith(BASE)]
    assert (URIRef("https://data.example.org/s3/regions/piedmont"), None, None) in graph


@pytest.mark.parametrize(
    "base", ["https://data.example.org", "data/", "", "ftp://a/", "https://a b/", "https://a/#", None]
)
@pytest.mark.parametrize("export", [to_jsonld, to_rdf, smartspec.export.to_sssom])
def test_what_is_no_base_is_refused(small: Catalogue, export: Any, base: Any) -> None:
    with pytest.raises(InvalidValueError, match="with a slash at its end"):
        export(small, base=base)


@pytest.mark.parametrize("export", [to_jsonld, to_rdf, smartspec.export.to_sssom])
def test_what_is_no_catalogue_is_refused(s3: Catalogue, export: Any) -> None:
    with pytest.raises(TypeError, match="catalogue"):
        export(s3.regions)


def test_shapes_have_the_base_of_the_publisher() -> None:
    text = shacl_shapes("https://data.example.org/s3/")
    assert BASE not in text
    assert "<https://data.example.org/s3/vocabulary#>" in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # By rdflib's own parser.
def test_the_json_is_the_graph(small: Catalogue) -> None:
    text = json.dumps(to_jsonld(small), ensure_ascii=False)
    assert {*Graph().parse(data=text, format="json-ld")} == {*to_rdf(small)}


def test_turtle_reads_back_as_it_was(graph: Graph, turtle: str) -> None:
    assert {*Graph().parse(data=turtle, format="turtle")} == {*graph}


def test_turtle_has_a_prefix_for_each_collection(turtle: str) -> None:
    assert "\ninnovation-areas:aerospace-2021 a " in turtle
    assert "ns1:" not in turtle


def test_the_json_has_the_fields_as_keys(s3: Catalogue) -> None:
    nodes = {node["id"]: node for node in to_jsonld(s3)["@graph"]}
    pole = nodes["innovation-poles/mesap"]
    assert pole["managers"] == ["organisations/centro-servizi-industrie"]
    assert pole["temporal"]["start"] == {"@type": "xsd:gYear", "@value": "2016"}


def test_areas_that_two_alignments_tie_match_once(make: Make) -> None:
    cars, vans = make.area("cars"), make.area("vans")
    aligned = [make.alignment(id, area=cars, match=vans) for id in ("one", "other")]
    held = make.catalogue(make.region(), make.strategy(), cars, vans, *aligned)
    nodes = {node["id"]: node for node in to_jsonld(held)["@graph"]}
    assert nodes["innovation-areas/cars"]["exactMatch"] == ["innovation-areas/vans"]


def test_a_new_document_does_not_share_anything_with_the_one_before(small: Catalogue) -> None:
    to_jsonld(small)["@context"].clear()
    assert to_jsonld(small)["@context"]


def test_json_needs_no_library_and_a_graph_names_the_extra() -> None:
    code = """
import sys
sys.modules["rdflib"] = None
import smartspec
len(smartspec.export.to_jsonld(smartspec.load())), len(smartspec.export.to_sssom(smartspec.load()))
try:
    smartspec.export.to_rdf(smartspec.load())
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "smartspec[rdf]" in done.stdout
