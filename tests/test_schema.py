"""The JSON Schema: valid, documented, and of one mind with the loader about single records."""

from __future__ import annotations

import json
import pathlib
import re
import types
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

import smartspec
from smartspec import (
    Catalogue,
    Citation,
    DatasetBase,
    DatasetError,
    DatasetInfo,
    Entity,
    Involvement,
    Participation,
    Problem,
    json_schema,
)
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import Fact, facts
from smartspec.domain.record import Record
from smartspec.domain.rules import DATE, DAY, NACE

PACKAGED = pathlib.Path(smartspec.__file__).parent / "datasets"
VALUES: list[type[Any]] = [DatasetInfo, DatasetBase, Citation, Participation, Involvement]
CLASSES: list[type[Any]] = [*VALUES, *COLLECTIONS.values()]


@cache
def validator(cls: type[Record] | None) -> Draft202012Validator:
    return Draft202012Validator(json_schema(cls))


def dataset(directory: pathlib.Path) -> dict[str, Any]:
    """A dataset as the one object that the schema describes."""
    return {path.stem.replace("-", "_"): json.loads(path.read_bytes()) for path in directory.iterdir()}


@pytest.mark.parametrize("cls", [None, *CLASSES])
def test_the_schema_is_one_of_draft_2020_12(cls: type[Any] | None) -> None:
    Draft202012Validator.check_schema(json_schema(cls))
    assert json_schema(cls)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("cls", [None, *CLASSES])
def test_the_schema_is_json(cls: type[Any] | None) -> None:
    assert json.loads(json.dumps(json_schema(cls), allow_nan=False)) == json_schema(cls)


@pytest.mark.parametrize("name", ["piedmont", "lake_region"])
def test_a_dataset_that_loads_validates(name: str) -> None:
    validator(None).validate(dataset(PACKAGED / name))


@pytest.mark.parametrize("cls", COLLECTIONS.values())
def test_each_packaged_record_validates_by_itself(cls: type[Entity], s3: Catalogue) -> None:
    for entity in s3:
        if type(entity) is cls:
            validator(cls).validate(smartspec.to_dict(entity))


def test_what_a_dataset_says_of_itself_validates(s3: Catalogue) -> None:
    validator(DatasetInfo).validate(smartspec.to_dict(s3.info))


@pytest.mark.parametrize("cls", CLASSES)
def test_each_field_is_described_by_its_own_documentation(cls: type[Any]) -> None:
    properties = json_schema(cls)["properties"]
    for field in attrs.fields(cls):
        assert properties[field.name]["description"].startswith(field.metadata["doc"])


def test_a_unit_is_part_of_the_description() -> None:
    assert json_schema(smartspec.Region)["properties"]["area_km2"]["description"].endswith("Unit: km².")


@pytest.mark.parametrize("cls", CLASSES)
def test_the_schema_of_a_record_is_the_one_within_that_of_the_dataset(cls: type[Any]) -> None:
    alone = {key: value for key, value in json_schema(cls).items() if key not in ("$schema", "$defs")}
    assert alone == json_schema()["$defs"][cls.__name__]


@pytest.mark.parametrize("cls", CLASSES)
def test_what_has_no_default_is_required_and_nothing_else_is_allowed(cls: type[Any]) -> None:
    schema = json_schema(cls)
    assert schema["required"] == [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    assert schema["additionalProperties"] is False


def references(schema: Any) -> set[str]:
    """All references in a schema."""
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(references, schema.values()))


@pytest.mark.parametrize("cls", [None, *CLASSES])
def test_a_schema_resolves_its_own_references(cls: type[Any] | None) -> None:
    schema = json_schema(cls)
    held = {f"#/$defs/{name}" for name in schema.get("$defs", {})}
    assert references(schema) == held
    Draft202012Validator(schema).is_valid({"citations": [{}], "participants": [{}], "involvements": [{}], "base": {}})


@pytest.mark.parametrize("cls", [None, *CLASSES])
def test_the_schemas_of_all_classes_fit_into_one_document(cls: type[Any] | None) -> None:
    template = "#/components/schemas/{model}"
    components = {member.__name__: json_schema(member, ref_template=template) for member in CLASSES}
    schema = json_schema(cls, ref_template=template)
    assert "$defs" not in schema
    assert {reference.rpartition("/")[2] for reference in references(schema)} <= {*components}
    document = {**schema, "components": {"schemas": components}}
    Draft202012Validator.check_schema(document)
    for entity in smartspec.load():
        if type(entity) is cls:
            Draft202012Validator(document).validate(smartspec.to_dict(entity))


def test_references_can_lead_to_other_documents() -> None:
    schema = json_schema(smartspec.Initiative, ref_template="schemas/{model}.json")
    assert references(schema) == {"schemas/Citation.json", "schemas/Participation.json"}


@pytest.mark.parametrize(
    ("cls", "value"),
    [
        (Citation, lambda s3: s3.regions["piedmont"].citations[0]),
        (Participation, lambda s3: s3.initiatives.filter(lambda item: item.participants)[0].participants[0]),
        (Involvement, lambda s3: s3.organisations["municipality-of-torino"].involvements[0]),
        (DatasetBase, lambda s3: DatasetBase(name="Piedmont")),
        (DatasetInfo, lambda s3: DatasetInfo(name="Ours", base=DatasetBase(name="Piedmont", version="1"))),
    ],
)
def test_a_value_validates_and_is_taken_by_the_loader(cls: type[Record], value: Any, s3: Catalogue) -> None:
    raw = smartspec.to_dict(value(s3))
    validator(cls).validate(raw)
    assert smartspec.converter(s3).structure(raw, cls) == value(s3)


def test_enumerations_list_their_values() -> None:
    assert json_schema(smartspec.Region)["properties"]["level"]["enum"][:2] == ["country", "macro-region"]


def test_each_call_gives_a_schema_of_its_own() -> None:
    json_schema(smartspec.Region)["properties"].clear()
    assert json_schema(smartspec.Region)["properties"]


@pytest.mark.parametrize("cls", [Entity, Record, int, "Region", smartspec.RegionLevel, Catalogue, []])
def test_what_is_no_class_of_records_has_no_schema(cls: Any) -> None:
    with pytest.raises(TypeError):
        json_schema(cls)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (("dataset", "licens"), "x"),
        (("dataset", "name"), " "),
        (("regions", 0, "nuts"), "itc1"),
        (("regions", 0, "citations", 0, "supports"), ["regoin"]),
        (("alignments", 0, "citations", 0, "note"), ""),
        (("others",), []),
        (("regions",), {}),
    ],
)
def test_a_dataset_with_a_mistake_does_not_validate(pointer: tuple[Any, ...], value: object) -> None:
    content: Any = dataset(PACKAGED / "lake_region")
    place = content
    for step in pointer[:-1]:
        place = place[step]
    place[pointer[-1]] = value
    with pytest.raises(ValidationError):
        validator(None).validate(content)


# Schema and loader are of one mind.

ODD: list[Any] = [
    *(None, True, False, 0, 1, 1.0, -1, 2014, 2014.0, 9_999, 10_000, 1_000_001, 10**30, 10**400, 0.5, -1.7, 1e308),
    *(
        "",
        " ",
        "\n",
        "x",
        "x y",
        "a-b",
        "A",
        "a--b",
        "x\n",
        "\0",
        "é",
        "\u2028",
        "\xa0",
        "id",
        "name",
        "region",
        "level",
    ),
    *([], ["x"], [""], [None], [1], [[]], ["C29"], ["C29", "K62"], ["K62.1"], ["C29.39"], {}, {"id": "x"}, [{}]),
    *(
        "ITC1",
        "itc1",
        "IT",
        "IT-21",
        "IT-2111",
        "C29",
        "C29.1",
        "https://x.example",
        "https://",
        "http:///x",
        "ftp://x",
    ),
    *("en", "eng", "engl", "EN", "country", "project", "stated", "inferred", "strength", "exact", "leads"),
    *("2014", "2014-01", "2014-13", "2014-01-31", "2014-01-32", "2014-1", "001272", "over"),
    *(
        [{"organisation": "environment-park"}],
        [{"role": "leads"}],
        [{"strategy": "open-for-business", "role": "leads"}],
    ),
    *({"name": "x"}, {"name": "x", "version": "1"}),
    *("one two three four five six seven eight", "one two three four five six seven eight nine", " padded "),
]


@cache
def records() -> list[tuple[type[Entity], str]]:
    """A few packaged records of each class, as JSON."""
    s3 = smartspec.load()
    chosen = [entity for collection in s3.collections.values() for entity in [*collection][:8]]
    return [(type(entity), json.dumps(smartspec.to_dict(entity))) for entity in chosen]


@cache
def ids(cls: type[Entity]) -> list[str]:
    return [entity.id for entity in smartspec.load() if type(entity) is cls][:20]


def values_for(fact: Fact | None) -> st.SearchStrategy[Any]:
    if fact is not None and issubclass(fact.cls, Entity):
        # No id that leads nowhere: only the loader can know that it does.
        sound = st.sampled_from(ids(fact.cls))
        refused = st.sampled_from([value for value in ODD if not (isinstance(value, str) and value in KEBAB)])
        one = st.one_of(sound, sound, refused.filter(lambda value: not isinstance(value, list) or not value))
        return st.one_of(one, st.lists(one, max_size=3))
    odd = st.sampled_from(ODD)
    # No half surrogate pair: not every JSON parser can hold one.
    some = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
    if fact is not None and fact.cls is float:
        return st.one_of(odd, st.floats(allow_nan=False, allow_infinity=False), st.integers())
    return st.one_of(odd, odd, some, st.lists(some, max_size=2), st.integers(-5, 12_000))


KEBAB = {
    "x",
    "a-b",
    "id",
    "name",
    "region",
    "level",
    "en",
    "eng",
    "engl",
    "country",
    "project",
    "stated",
    "inferred",
} | {
    *("strength", "exact", "leads", "over", "001272", "itc1"),
    *("2014", "2014-01", "2014-13", "2014-01-31", "2014-01-32", "2014-1"),
}


@st.composite
def changed_records(draw: Any) -> tuple[type[Entity], dict[str, Any]]:
    """A packaged record in which a few things, in it or in its citations, are others, are gone or are new."""
    cls, text = draw(st.sampled_from(records()))
    record = json.loads(text)
    for _ in range(draw(st.integers(1, 3))):
        within: tuple[type[Record], dict[str, Any]] = cls, record
        citations = record.get("citations")
        if isinstance(citations, list) and citations and isinstance(citations[0], dict) and draw(st.booleans()):
            within = Citation, draw(st.sampled_from([cited for cited in citations if isinstance(cited, dict)]))
        known = facts(within[0])
        key = draw(st.sampled_from([*known, *known, "x", ""]))
        if draw(st.integers(0, 4)):
            within[1][key] = draw(values_for(known.get(key)))
        else:
            within[1].pop(key, None)
    return cls, record


# What a schema cannot say: how several fields must be together, that a float must hold a whole number exactly, which
# days the calendar has, and which codes NACE.
BEYOND = (
    *("is before start", "is aligned to itself", "is a field of", "there is no local_name"),
    *("than a number can hold exactly", "looks like a date and is none"),
    "looks like a NACE code and is none",
)


def told(problem: Problem) -> str:
    """What a problem says; of a date that the calendar does not have, and of a code that NACE does not, just that."""
    for kind, rules in {"date": (DATE, DAY), "NACE code": (NACE,)}.items():
        for rule in rules:
            quoted = re.fullmatch(rf"'(.*)' is not {re.escape(rule.says)}", problem.message)
            if quoted and rule.pattern and re.search(rule.pattern, quoted[1]):
                return f"looks like a {kind} and is none"
    return problem.message


@given(changed_records())
def test_schema_and_loader_agree_on_a_record(changed: tuple[type[Entity], dict[str, Any]]) -> None:
    cls, record = changed
    try:
        smartspec.from_dict(cls, record, smartspec.load())
        problems: list[str] = []
    except DatasetError as error:
        problems = [told(problem) for problem in error.problems]
        assume(not any(words in message for message in problems for words in BEYOND))
    assert validator(cls).is_valid(record) == (not problems), problems


@given(st.sampled_from(records()), st.data())
def test_schema_and_loader_agree_on_each_value_of_each_field(
    record: tuple[type[Entity], str], data: st.DataObject
) -> None:
    cls, content = record[0], json.loads(record[1])
    name = data.draw(st.sampled_from([*facts(cls)]))
    content[name] = data.draw(values_for(facts(cls)[name]))
    test_schema_and_loader_agree_on_a_record.hypothesis.inner_test((cls, content))  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [1.7976931348623157e308, -1.7976931348623157e308, 10**22, 2**1024 - 1, -(10**400)])
def test_schema_and_loader_agree_on_the_largest_numbers(value: float, s3: Catalogue) -> None:
    record = {"id": "x", "name": "X", "region": "piedmont", "value": value, "unit": "x"}
    try:
        smartspec.from_dict(smartspec.Indicator, record, s3)
        taken = True
    except DatasetError:
        taken = False
    assert validator(smartspec.Indicator).is_valid(record) == taken


# Single records.


@pytest.mark.parametrize("cls", COLLECTIONS.values())
def test_each_packaged_entity_comes_back_from_its_json_object(cls: type[Entity], s3: Catalogue) -> None:
    for entity in s3:
        if type(entity) is cls:
            raw = json.loads(json.dumps(smartspec.to_dict(entity)))
            assert smartspec.from_dict(cls, raw, s3) == entity


def test_the_references_of_a_record_are_the_entities_of_the_catalogue(s3: Catalogue) -> None:
    raw = smartspec.to_dict(s3.regions["torino"])
    assert smartspec.from_dict(smartspec.Region, raw, s3).parent is s3.regions["torino"].parent


def test_the_json_object_of_a_record_leaves_defaults_out_and_names_others_by_id(s3: Catalogue) -> None:
    alba = smartspec.Region(
        id="alba", name="Alba", level=smartspec.RegionLevel.MUNICIPALITY, parent=s3.regions["piedmont"]
    )
    assert smartspec.to_dict(alba) == {"id": "alba", "name": "Alba", "level": "municipality", "parent": "piedmont"}


def test_a_citation_has_a_json_object_too(s3: Catalogue) -> None:
    citation = s3.innovation_poles["mechatronics"].citations[0]
    assert smartspec.to_dict(citation)["source"] == citation.source.id


def test_a_json_object_is_the_callers_own(s3: Catalogue) -> None:
    smartspec.to_dict(s3.regions["piedmont"])["citations"].clear()
    assert smartspec.to_dict(s3.regions["piedmont"])["citations"]


def test_all_that_is_wrong_with_a_record_is_told_at_once(s3: Catalogue) -> None:
    raw = {"id": "Alba", "levl": "municipality", "parent": "piedmnt", "area_km2": "54"}
    with pytest.raises(DatasetError) as caught:
        smartspec.from_dict(smartspec.Region, raw, s3)
    assert [(problem.file, problem.pointer) for problem in caught.value.problems] == [
        ("Region", "/levl"),
        ("Region", "/id"),
        ("Region", ""),
        ("Region", ""),
        ("Region", "/parent"),
        ("Region", "/area_km2"),
    ]


@pytest.mark.parametrize("raw", [5, None, "x", [], [("id", "alba"), ("name", "Alba"), ("level", "region")], ""])
def test_what_is_no_object_is_no_record(raw: Any, s3: Catalogue) -> None:
    with pytest.raises((DatasetError, TypeError)):
        smartspec.from_dict(smartspec.Region, raw, s3)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("level", smartspec.RegionLevel.REGION),
        ("aliases", ("Alba Pompeia",)),
        ("aliases", {"Alba Pompeia"}),
        ("citations", ()),
        ("citations", smartspec.load().regions["torino"].citations),
    ],
)
def test_what_json_cannot_hold_is_not_coerced(key: str, value: object, s3: Catalogue) -> None:
    raw = {"id": "alba", "name": "Alba", "level": "municipality", key: value}
    with pytest.raises(DatasetError):
        smartspec.from_dict(smartspec.Region, raw, s3)


def test_a_reference_is_given_by_id_and_not_as_an_entity(s3: Catalogue) -> None:
    raw = {"id": "alba", "name": "Alba", "level": "municipality", "parent": s3.regions["piedmont"]}
    with pytest.raises(DatasetError, match="not an id"):
        smartspec.from_dict(smartspec.Region, raw, s3)


class View(dict[str, Any]):
    """A mapping that is no plain dict."""


def test_any_mapping_will_do(s3: Catalogue) -> None:
    raw = View(id="alba", name="Alba", level="municipality")
    assert smartspec.from_dict(smartspec.Region, raw, s3).id == "alba"


def test_what_is_wrong_in_any_mapping_is_told_by_key(s3: Catalogue) -> None:
    raw = types.MappingProxyType({"id": "Alba", "name": "Alba", "level": "municipality"})
    with pytest.raises(DatasetError) as caught:
        smartspec.from_dict(smartspec.Region, raw, s3)
    assert [problem.pointer for problem in caught.value.problems] == ["/id"]


@pytest.mark.parametrize("cls", [Entity, Citation, DatasetInfo, int, "Region", None, []])
def test_only_entities_are_made_from_dicts(cls: Any, s3: Catalogue) -> None:
    with pytest.raises(TypeError):
        smartspec.from_dict(cls, {}, s3)


@pytest.mark.parametrize("catalogue", [None, 5])
def test_a_record_needs_a_catalogue(catalogue: Any) -> None:
    with pytest.raises(TypeError):
        smartspec.from_dict(smartspec.Region, {"id": "alba", "name": "Alba", "level": "region"}, catalogue)


@pytest.mark.parametrize("value", [5, None, "x", {}, smartspec.Region, smartspec.RegionLevel.REGION])
def test_what_is_no_record_has_no_json_object(value: Any) -> None:
    with pytest.raises(TypeError):
        smartspec.to_dict(value)


@pytest.mark.parametrize("name", ["regions", "info", "coverage"])
def test_collections_have_no_json_object(name: str, s3: Catalogue) -> None:
    value: Any = {"regions": s3.regions, "info": s3, "coverage": s3.coverage()}[name]
    with pytest.raises(TypeError):
        smartspec.to_dict(value)


@pytest.mark.parametrize("template", ["", "#/x/{name}", None, 5])
def test_a_template_says_where_the_name_of_a_class_goes(template: Any) -> None:
    with pytest.raises(ValueError, match=r"does not say with \{model\} where the name of a class goes"):
        smartspec.json_schema(smartspec.Region, template)
