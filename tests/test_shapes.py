"""The shapes of linked data are those that the code declares; the packaged data conform, and what is broken does not.

Run as a program, this file writes ``src/smartspec/export/shapes.ttl``.
"""

import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
import rdflib

import smartspec
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import Fact, FieldRole, facts
from smartspec.domain.entity import Citation, DatasetBase, DatasetInfo, Entity
from smartspec.domain.record import Record
from smartspec.domain.rules import DATE, DAY, END, LANGUAGE, NACE, URL
from smartspec.domain.strategy import MatchRelation
from smartspec.export import jsonld
from smartspec.export.jsonld import BASE, terms

FILE = pathlib.Path(smartspec.__file__).parent / "export" / "shapes.ttl"
RECORDS = [*COLLECTIONS.values(), smartspec.Participation, smartspec.Involvement, Citation, DatasetInfo]
CONTEXT = terms(BASE)["@context"]
PREFIXES = {
    n: term for n, term in CONTEXT.items() if isinstance(term, str) and term.endswith(("#", "/")) and n[0] != "@"
}
ENUMERATIONS = dict.fromkeys(
    fact.cls.__name__
    for cls in RECORDS
    for fact in facts(cls).values()
    if issubclass(fact.cls, Enum) and fact.cls is not MatchRelation
)
DATES = "sh:or ( [ sh:datatype xsd:gYear ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:date ] )"
OPENING = """\
# The shapes of the linked data of smartspec. Written by: python tests/test_shapes.py
"""
CLOSING = """
smartspec:ConceptShape a sh:NodeShape ;
    sh:targetClass skos:Concept ;
    sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ] ;
    sh:property [ sh:path skos:inScheme ; sh:minCount 1 ; sh:class skos:ConceptScheme ] ;
    sh:property [ sh:path skos:topConceptOf ; sh:class skos:ConceptScheme ] .

smartspec:PeriodShape a sh:NodeShape ;
    sh:targetClass dct:PeriodOfTime ;
    sh:property [ sh:path dcat:startDate ; sh:maxCount 1 ; DATES ] ;
    sh:property [ sh:path dcat:endDate ; sh:maxCount 1 ; DATES ] ;
    sh:or ( [ sh:property [ sh:path dcat:startDate ; sh:minCount 1 ] ]
            [ sh:property [ sh:path dcat:endDate ; sh:minCount 1 ] ] ) .

smartspec:AgentShape a sh:NodeShape ;
    sh:targetClass foaf:Agent ;
    sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:datatype xsd:string ] .

smartspec:InferredCitationShape a sh:NodeShape ;
    sh:targetClass smartspec:Citation ;
    sh:or ( [ sh:not [ sh:property [ sh:path smartspec:basis ; sh:hasValue basis:inferred ] ] ]
            [ sh:property [ sh:path skos:note ; sh:minCount 1 ] ] ) ;
    sh:message "an inferred citation has no note that says why"@en .

smartspec:TwoAreasShape a sh:NodeShape ;
    sh:targetClass smartspec:Alignment ;
    sh:property [ sh:path owl:annotatedSource ; sh:disjoint owl:annotatedTarget ] ;
    sh:message "an area is aligned to itself"@en .
""".replace("DATES", DATES)


def own(cls: type) -> dict[str, Any]:
    return {**CONTEXT, **CONTEXT[cls.__name__]["@context"]}


def text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def member(value: Enum) -> str:
    if isinstance(value, MatchRelation):
        return f"skos:{value.value}Match"
    return f"{jsonld._kebab(type(value).__name__)}:{value.value}"


def starts(address: str) -> str:
    return f"sh:nodeKind sh:IRI ; sh:pattern {text(f'^{address}')}"


def each(fact: Fact, term: dict[str, Any]) -> str:
    """What each value of a field is like."""
    if issubclass(fact.cls, Enum):
        return f"sh:in ( {' '.join(map(member, fact.cls))} )"
    if issubclass(fact.cls, Record):
        return f"sh:class smartspec:{(DatasetInfo if fact.cls is DatasetBase else fact.cls).__name__}"
    if fact.role is FieldRole.ALIAS:  # A second name in English stands there with its language.
        return "sh:nodeKind sh:Literal"
    found = {
        bool: "sh:datatype xsd:boolean",
        int: "sh:datatype xsd:integer",
        float: "sh:datatype xsd:double",
        str: "sh:datatype xsd:string",
    }[fact.cls]
    if fact.rule in (DATE, DAY):
        return DATES if fact.rule is DATE else "sh:datatype xsd:date"
    if fact.rule is NACE:
        return starts("http://data.europa.eu/ux2/nace2/")
    if fact.rule is LANGUAGE:
        return starts("http://publications.europa.eu/resource/authority/language/")
    if fact.rule is URL:
        return starts("https?://")
    if term.get("@type") == "@vocab":
        return "sh:class rdf:Property"
    if term["@id"] == "dct:publisher":
        return "sh:class foaf:Agent"
    if term["@id"] == "dct:license":
        return "sh:nodeKind sh:IRIOrLiteral"
    if "@language" in term:
        return 'sh:datatype rdf:langString ; sh:languageIn ( "en" )'
    if term.get("@container") == "@language":
        return "sh:datatype rdf:langString"
    if fact.rule is not None and fact.rule.pattern and fact.rule.pattern.endswith(END):
        # XPath, by whose rules SHACL reads patterns, has no lookahead.
        found += f" ; sh:pattern {text(fact.rule.pattern.removesuffix(END) + '$')}"
    if fact.rule is not None and fact.rule.minimum is not None:
        found += f" ; sh:minInclusive {fact.rule.minimum} ; sh:maxInclusive {fact.rule.maximum}"
    return found


def properties(cls: type[Record]) -> Iterator[str]:
    if issubclass(cls, Entity):
        english = 'sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1'
        yield f"sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ; {english}"
        yield "sh:path rdfs:isDefinedBy ; sh:minCount 1 ; sh:class smartspec:DatasetInfo"
    if any(fact.role in (FieldRole.START, FieldRole.END) for fact in facts(cls).values()):
        yield "sh:path dct:temporal ; sh:maxCount 1 ; sh:class dct:PeriodOfTime"
    paths: dict[str, list[tuple[Fact, str]]] = {}
    for name, fact in facts(cls).items():
        term = own(cls)[name]
        shape = term if isinstance(term, dict) else {"@id": term}
        if term is None or fact.role is FieldRole.ID or (issubclass(cls, Entity) and fact.role is FieldRole.NAME):
            continue
        path = f"[ sh:inversePath {shape['@reverse']} ]" if "@reverse" in shape else shape["@id"]
        paths.setdefault(path, []).append((fact, each(fact, shape)))
    for path, told in paths.items():
        parts = [f"sh:path {path}"]
        if len(told) == 1:
            ((fact, like),) = told
            is_told = not (fact.many or fact.optional or fact.default == "")
            parts += [f"sh:name {text(fact.name)} ; sh:description {text(fact.doc)}"]
            parts += [" ; ".join([like, *["sh:minCount 1"] * is_told, *["sh:maxCount 1"] * (not fact.many)])]
        else:
            assert all(fact.many and not fact.required for fact, _ in told)
            parts.append(f"sh:or ( {' '.join(f'[ {like} ]' for _, like in told)} )")
        yield " ;\n        ".join(parts)


def shapes() -> str:
    lines = [OPENING, *(f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items())]
    lines += [f"@prefix {name}: <{BASE}{name}/> ." for name in map(jsonld._kebab, ENUMERATIONS)]
    lines += ["@prefix sh: <http://www.w3.org/ns/shacl#> ."]
    for cls in RECORDS:
        lines += [
            "",
            f"smartspec:{cls.__name__}Shape a sh:NodeShape ;",
            f"    sh:targetClass smartspec:{cls.__name__} ;",
        ]
        lines.append(" ;\n".join(f"    sh:property [\n        {shape}\n    ]" for shape in properties(cls)) + " .")
    return "\n".join(lines) + "\n" + CLOSING


def test_the_packaged_shapes_are_those_that_the_code_declares() -> None:
    assert FILE.read_text(encoding="utf-8") == shapes(), "write them again: python tests/test_shapes.py"


@pytest.fixture(scope="module")
def shapes_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=smartspec.export.shacl_shapes(), format="turtle")


def problems(graph: rdflib.Graph, shapes: rdflib.Graph) -> set[tuple[str, str]]:
    """What is wrong: the node, and the field, path or message of the shape that says so."""
    pyshacl = pytest.importorskip("pyshacl")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        path = report.value(result, sh.resultPath) or report.value(result, sh.resultMessage)
        found.add((str(report.value(result, sh.focusNode)).removeprefix(BASE), str(path).rpartition("/")[2]))
    return found


@pytest.mark.tools
def test_the_packaged_data_conform(europe_graph: rdflib.Graph, shapes_graph: rdflib.Graph) -> None:
    assert problems(europe_graph, shapes_graph) == set()  # Those of Piedmont are among them.


@pytest.mark.tools
def test_the_shapes_are_shapes(shapes_graph: rdflib.Graph) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    assert pyshacl.validate(rdflib.Graph(), shacl_graph=shapes_graph, meta_shacl=True)[0]


FOOD = "innovation-areas/freshwater-food"
BROKEN = {
    "an area without a designation": (
        "DELETE WHERE { innovation-areas:freshwater-food smartspec:designation ?x }",
        (FOOD, "vocabulary#designation"),
    ),
    "an area of a strategy that is not there": (
        "DELETE WHERE { strategies:lake-s3-2021-2027 ?p ?o }",
        (FOOD, "core#inScheme"),
    ),
    "two names in one language": (
        'INSERT DATA { innovation-areas:freshwater-food skos:prefLabel "Fish"@en }',
        (FOOD, "core#prefLabel"),
    ),
    "no name in English": (
        "DELETE WHERE { innovation-areas:freshwater-food skos:prefLabel ?x }",
        (FOOD, "core#prefLabel"),
    ),
    "an activity that is no code of NACE": (
        "INSERT DATA { innovation-areas:freshwater-food dct:subject <https://example.org/fish> }",
        (FOOD, "subject"),
    ),
    "a code that is none of NUTS": (
        'INSERT DATA { regions:lake-region smartspec:nuts "itc1" }',
        ("regions/lake-region", "vocabulary#nuts"),
    ),
    "a surface below nothing": (
        "DELETE { regions:lake-region smartspec:areaKm2 ?x } INSERT { regions:lake-region smartspec:areaKm2 -1e0 } "
        "WHERE { regions:lake-region smartspec:areaKm2 ?x }",
        ("regions/lake-region", "vocabulary#areaKm2"),
    ),
    "a territory that lies in a strategy": (
        "INSERT DATA { regions:lakeland skos:broader strategies:lake-s3-2021-2027 }",
        ("regions/lakeland", "core#broader"),
    ),
    "a kind that is none": (
        "INSERT DATA { regions:lakeland smartspec:level role:leads }",
        ("regions/lakeland", "vocabulary#level"),
    ),
    "a date in words": (
        'INSERT DATA { sources:plan-of-the-lakes dct:issued "last year" }',
        ("sources/plan-of-the-lakes", "issued"),
    ),
    "a citation that does not say whether it is stated": (
        "DELETE WHERE { <alignments/freshwater-food-clean-shipping#citation-1> smartspec:basis ?x }",
        ("alignments/freshwater-food-clean-shipping#citation-1", "vocabulary#basis"),
    ),
    "an inferred citation that does not say why": (
        "DELETE { ?c skos:note ?note } WHERE { ?c smartspec:basis basis:inferred ; skos:note ?note }",
        ("alignments/freshwater-food-clean-shipping#citation-1", "an inferred citation has no note that says why"),
    ),
    "a citation without a document": (
        "DELETE WHERE { <alignments/freshwater-food-clean-shipping#citation-1> prov:entity ?x }",
        ("alignments/freshwater-food-clean-shipping#citation-1", "prov#entity"),
    ),
    "an area aligned to itself": (
        "DELETE { ?a owl:annotatedTarget ?m } INSERT { ?a owl:annotatedTarget ?s } "
        "WHERE { ?a owl:annotatedTarget ?m ; owl:annotatedSource ?s }",
        ("alignments/freshwater-food-clean-shipping", "owl#annotatedSource"),
    ),
    "a record of no dataset": (
        "DELETE WHERE { themes:life-on-water rdfs:isDefinedBy ?x }",
        ("themes/life-on-water", "rdf-schema#isDefinedBy"),
    ),
}


@pytest.mark.tools
@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_does_not_conform(broken: str, shapes_graph: rdflib.Graph) -> None:
    graph = smartspec.export.to_rdf(smartspec.load(FILE.parents[1] / "datasets" / "lake_region"))
    update, problem = BROKEN[broken]
    graph.update(f"BASE <{BASE}> {update}")
    assert problem in problems(graph, shapes_graph)


@pytest.mark.tools
def test_the_invented_region_conforms_before_it_is_broken(shapes_graph: rdflib.Graph) -> None:
    graph = smartspec.export.to_rdf(smartspec.load(FILE.parents[1] / "datasets" / "lake_region"))
    assert problems(graph, shapes_graph) == set()


@pytest.mark.tools
def test_the_command_of_the_page_checks_a_file(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pyshacl")
    page = pathlib.Path(__file__).parents[1] / "docs" / "how-to" / "linked-data.md"
    (command,) = re.findall(r"^pyshacl .*$", page.read_text(encoding="utf-8"), re.M)
    (tmp_path / "shapes.ttl").write_text(smartspec.export.shacl_shapes(), encoding="utf-8")
    graph = smartspec.export.to_rdf(smartspec.load(FILE.parents[1] / "datasets" / "lake_region"))
    graph.serialize(tmp_path / "s3.ttl", format="turtle")
    arguments = [sys.executable, "-m", *command.split()]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Conforms: True" in done.stdout


if __name__ == "__main__":
    FILE.write_text(shapes(), encoding="utf-8")
