"""Web types: the classes as fields of pydantic and responses of FastAPI, and in msgspec, orjson and cattrs."""

from __future__ import annotations

import asyncio
import json
import pathlib
import re
import subprocess
import sys
import warnings
from typing import Annotated, Any, Generic, TypeVar

import attrs
import pydantic
import pydantic.dataclasses
import pytest
from jsonschema import Draft202012Validator

import smartspec
from smartspec import (
    Catalogue,
    Citation,
    Collection,
    DatasetBase,
    DatasetInfo,
    Entity,
    InnovationArea,
    InnovationPole,
    Involvement,
    Organisation,
    Participation,
    PriorityField,
    Region,
    RegionLevel,
    Strategy,
)
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts
from smartspec.domain.record import parts
from smartspec.domain.table import as_dict

ROOT = pathlib.Path(__file__).parents[1]
VALUES: list[type[Any]] = [DatasetInfo, DatasetBase, Citation, Participation, Involvement]
CLASSES: list[type[Any]] = [*VALUES, *COLLECTIONS.values()]
T = TypeVar("T")


class Project(pydantic.BaseModel):
    """What a builder of an application may have."""

    area: InnovationArea
    poles: list[InnovationPole] = []
    place: Region | Strategy | None = None
    partners: dict[str, Participation] = {}
    subject: Entity | None = None
    level: RegionLevel | None = None


class Page(pydantic.BaseModel, Generic[T]):
    items: list[T]


@pydantic.dataclasses.dataclass
class Visit:
    to: Organisation


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Lake(Region):
    """A region with a lake."""

    depth: float = 0.0


@pytest.fixture
def project(s3: Catalogue) -> Project:
    return Project(
        area=s3.innovation_areas["automotive"],
        poles=[s3.innovation_poles["mechatronics"], s3.innovation_poles["mesap"]],
        place=s3.regions["torino"],
        partners={"park": Participation(organisation=s3.organisations["environment-park"])},
        subject=s3.sources[0],
        level=RegionLevel.REGION,
    )


def errors(expected: Any, raw: Any, **options: Any) -> list[Any]:
    """What pydantic tells of what it does not take."""
    with pytest.raises(pydantic.ValidationError) as caught:
        pydantic.TypeAdapter(expected).validate_python(raw, **options)
    return [*caught.value.errors(include_url=False)]


def of(cls: type[Any], s3: Catalogue) -> list[Any]:
    """All packaged records of a class."""
    holders = (smartspec.load_europe().info, s3.info, *s3)
    return [record for holder in holders for record in (holder, *parts(holder)) if type(record) is cls]


def without_none(value: Any) -> Any:
    if isinstance(value, list):
        return [*map(without_none, value)]
    if not isinstance(value, dict):
        return value
    return {key: without_none(item) for key, item in value.items() if item is not None}


# Nothing of it before it is asked for.


def test_importing_and_loading_needs_no_pydantic() -> None:
    code = "import sys, smartspec; smartspec.load().regions['torino'].name; smartspec.export; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"pydantic", "pydantic_core", "smartspec.export.web_types"} & {*told.split()}


def test_the_default_catalogue_is_loaded_when_a_reference_is_looked_up_and_not_before() -> None:
    code = """
import pydantic, smartspec
from smartspec.datasets import loading
take = pydantic.TypeAdapter(smartspec.Region).validate_python
take({"id": "alba", "name": "Alba", "level": "municipality", "parent": None})
before = [*loading._loaded]
take({"id": "alba", "name": "Alba", "level": "municipality", "parent": "piedmont"})
print(before, [*loading._loaded])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "[] ['piedmont']\n"


# What is written.


@pytest.mark.parametrize("cls", CLASSES)
def test_a_record_is_written_with_all_its_fields_and_read_back_equal(cls: type[Any], s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(list[cls])  # type: ignore[valid-type]
    records = of(cls, s3)
    text = adapter.dump_json(records)
    assert json.loads(text) == adapter.dump_python(records) == [*map(as_dict, records)]
    assert {tuple(written) for written in json.loads(text)} == {tuple(facts(cls))}
    assert adapter.validate_json(text) == records


def test_a_model_goes_out_and_comes_back_equal(project: Project) -> None:
    assert Project.model_validate_json(project.model_dump_json()) == project
    assert Project.model_validate(project.model_dump()) == project


def test_any_entity_is_read_back_as_what_it_was(s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(list[Entity])
    read = adapter.validate_json(adapter.dump_json([*s3]))
    assert read == [*s3]


def test_the_keys_of_a_class_are_those_of_no_other() -> None:
    assert len({frozenset(facts(cls)) for cls in COLLECTIONS.values()}) == len(COLLECTIONS)


def test_what_pydantic_is_asked_to_leave_out_is_left_out(project: Project) -> None:
    place = project.place
    assert place is not None
    full, sparse = as_dict(place), smartspec.to_dict(place)
    assert project.model_dump(include={"place": {"id", "nuts"}})["place"] == {"id": "torino", "nuts": None}
    assert project.model_dump(exclude={"place": {"citations"}})["place"].keys() == full.keys() - {"citations"}
    assert project.model_dump(exclude_none=True)["place"] == without_none(full)
    assert project.model_dump(exclude_defaults=True)["place"] == sparse
    assert json.loads(project.model_dump_json(exclude_unset=True))["place"] == sparse


def test_a_union_with_other_types_writes_each_as_it_is(s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(list[Region | int | str | None])
    assert adapter.dump_python([3, None, "torino", s3.regions["italy"]])[:3] == [3, None, "torino"]


def test_what_is_no_record_is_not_written_as_one() -> None:
    with pytest.warns(UserWarning, match="serializer warnings"):
        assert Project.model_construct(area=5).model_dump(include={"area"}) == {"area": 5}


def test_a_collection_is_written_as_a_list_of_its_entities(s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(Collection[InnovationPole])
    some = s3.innovation_poles[:3]
    assert adapter.validate_python(some) is some
    assert json.loads(adapter.dump_json(some)) == some.to_dicts()


@pytest.mark.parametrize("raw", [[], ["mesap"], "mesap", None])
def test_no_collection_is_read(raw: Any) -> None:
    (error,) = errors(Collection[InnovationPole], raw)
    assert error["ctx"]["hint"] == "expect a list[InnovationPole]"


def test_a_collection_of_another_class_is_refused(s3: Catalogue) -> None:
    assert len(errors(Collection[InnovationPole], s3.regions)) == 1
    assert pydantic.TypeAdapter(Collection[Entity]).validate_python(s3.regions) is s3.regions


# What is read.


def test_an_entity_passes_as_it_is(project: Project, s3: Catalogue) -> None:
    assert project.area is s3.innovation_areas["automotive"]
    assert Project.model_validate(project).place is project.place


def test_an_id_stands_for_the_entity(s3: Catalogue) -> None:
    read = Project.model_validate({"area": "automotive", "poles": ["mesap"], "place": "open-for-business"})
    assert read.area is s3.innovation_areas["automotive"]
    assert read.poles[0] is s3.innovation_poles["mesap"]
    assert read.place is s3.strategies["open-for-business"]


def test_fewer_keys_are_read_as_from_dict_reads_them(s3: Catalogue) -> None:
    raw = {"id": "alba", "name": "Alba", "level": "municipality", "parent": "piedmont"}
    assert pydantic.TypeAdapter(Region).validate_python(raw) == smartspec.from_dict(Region, raw, s3)


def test_references_lead_into_the_catalogue_of_the_context(small: Catalogue) -> None:
    raw = {"area": {"id": "x", "name": "X", "strategy": "s3", "designation": "area"}, "poles": ["pole"]}
    read = Project.model_validate(raw, context={"catalogue": small})
    assert read.area.strategy is small.strategies["s3"]
    assert read.poles[0] is small.innovation_poles["pole"]
    assert [error["loc"] for error in errors(Project, raw)] == [("area", "strategy"), ("poles", 0)]


@pytest.mark.parametrize("context", [None, {}, {"catalogue": None}, {"user": 5}, "en"])
def test_a_context_without_a_catalogue_leaves_the_default(context: Any, s3: Catalogue) -> None:
    read = pydantic.TypeAdapter(Region).validate_python("torino", context=context)
    assert read is s3.regions["torino"]


def test_a_catalogue_that_is_none_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(TypeError, match="is a Catalogue, not 'europe'"):
        pydantic.TypeAdapter(Region).validate_python("torino", context={"catalogue": "europe"})


def test_all_problems_are_told_each_at_its_place() -> None:
    pole = {
        "id": "X",
        "name": "X",
        "region": "torno",
        "a/b~c": 1,
        "citations": [{"source": "cgreen-about", "passage": "a"}, {"source": "cgreen-about", "passage": 5}],
    }
    told = {error["loc"]: error for error in errors(Project, {"area": "automotve", "poles": ["mesap", pole]})}
    assert [*told] == [
        ("area",),
        ("poles", 1, "a/b~c"),
        ("poles", 1, "id"),
        ("poles", 1, "region"),
        ("poles", 1, "citations", 1, "passage"),
    ]
    region = told["poles", 1, "region"]
    assert region["type"] == "smartspec_problem"
    assert region["msg"] == "regions has no 'torno' (did you mean \"torino\"?)"
    assert region["ctx"] == {"hint": 'did you mean "torino"?', "message": "regions has no 'torno'"}
    assert region["input"] == "torno"
    assert told["poles", 1, "citations", 1, "passage"]["input"] == 5


def test_what_looks_like_a_place_to_fill_in_is_quoted_as_it_is() -> None:
    (error,) = errors(Region, {"id": "alba", "name": "Alba", "level": "{hint}"})
    assert error["msg"].startswith("'{hint}' is no RegionLevel (one of country, ")


def test_a_missing_key_is_told_where_it_is_missing() -> None:
    (error,) = errors(list[Region], [{"id": "alba", "name": "Alba"}])
    assert (error["loc"], "'level' is missing" in error["msg"]) == ((0,), True)


@pytest.mark.parametrize("raw", [5, None, [], True, b"torino", 1.5])
@pytest.mark.parametrize("cls", [Region, Citation, Entity])
def test_what_is_no_record_is_an_error_of_pydantic(raw: Any, cls: Any) -> None:
    assert [error["loc"] for error in errors(cls, raw)] == [()]


def test_an_id_alone_is_no_value_and_no_entity_of_just_any_class() -> None:
    assert "is a text, not an object" in errors(Participation, "environment-park")[0]["msg"]
    assert "does not say of which class" in errors(Entity, "torino")[0]["msg"]


def test_fewer_keys_do_not_say_of_which_class_an_entity_is() -> None:
    (error,) = errors(Entity, {"id": "alba", "name": "Alba", "level": "municipality"})
    assert "does not say of which class" in error["msg"]


def test_a_value_is_read_beside_what_holds_such_values() -> None:
    both = pydantic.TypeAdapter(dict[str, smartspec.Initiative | Participation])
    read = both.validate_python({"vanguard": "vanguard-initiative", "park": {"organisation": "environment-park"}})
    assert [type(record).__name__ for record in read.values()] == ["Initiative", "Participation"]


def test_an_entity_of_another_class_is_refused(s3: Catalogue) -> None:
    assert len(errors(Region, s3.sources[0])) == 1


def test_errors_of_a_union_name_the_classes() -> None:
    assert [str(error["loc"]) for error in errors(Region | Strategy, "atlantis")] == [
        "('function-wrap[Region()]',)",
        "('function-wrap[Strategy()]',)",
    ]


@pytest.mark.parametrize("cls", [cls for cls in COLLECTIONS.values() if cls is not PriorityField])
def test_a_union_reads_what_was_written_of_each_of_its_classes(cls: type[Any], s3: Catalogue) -> None:
    adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(PriorityField | InnovationArea | cls)
    for entity in [*s3.priority_fields, *of(cls, s3)]:
        assert adapter.validate_json(adapter.dump_json(entity)) == entity


# Kinds of models.


def test_a_generic_model_holds_entities(s3: Catalogue) -> None:
    page = Page[Region].model_validate({"items": ["torino", as_dict(s3.regions["italy"])]})
    assert page.items == [s3.regions["torino"], s3.regions["italy"]]
    assert [*Page[Region].model_json_schema(mode="serialization")["$defs"]] == ["Citation", "Region"]


def test_a_dataclass_of_pydantic_holds_entities(s3: Catalogue) -> None:
    assert Visit(to="environment-park").to is s3.organisations["environment-park"]  # type: ignore[arg-type]


def test_a_derived_class_is_a_field_too(s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(Lake)
    lake = Lake(id="orta", name="Orta", level=RegionLevel.STATISTICAL, parent=s3.regions["piedmont"], depth=143.0)
    assert adapter.validate_json(adapter.dump_json(lake)) == lake
    schema = adapter.json_schema(mode="serialization")
    assert (schema["title"], schema["properties"]["depth"]["type"]) == ("Lake", "number")
    assert "is a text, not an object" in errors(Lake, "orta")[0]["msg"]


def test_a_derived_entity_is_written_whole_where_its_base_is_expected() -> None:
    lake = Lake(id="orta", name="Orta", level=RegionLevel.STATISTICAL, depth=143.0)
    assert pydantic.TypeAdapter(Region).dump_python(lake)["depth"] == 143.0


def test_a_strict_model_takes_entities(s3: Catalogue) -> None:
    assert pydantic.TypeAdapter(Region).validate_python(s3.regions["torino"], strict=True) is s3.regions["torino"]


# What is described.


def references(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(references, schema.values()))


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_each_class_is_described_as_json_schema_describes_it(mode: Any) -> None:
    inputs = [(cls, mode, pydantic.TypeAdapter(list[cls])) for cls in CLASSES]
    _, told = pydantic.TypeAdapter.json_schemas(inputs, ref_template="#/$defs/{model}")
    assert {*told["$defs"]} == {cls.__name__ for cls in CLASSES}
    assert references(told) <= {f"#/$defs/{cls.__name__}" for cls in CLASSES}
    for cls in CLASSES:
        expected = smartspec.json_schema(cls)
        assert told["$defs"][cls.__name__] == {key: expected[key] for key in expected if key[0] != "$"}


@pytest.mark.parametrize("cls", CLASSES)
def test_what_is_written_fits_the_description(cls: type[Any], s3: Catalogue) -> None:
    adapter = pydantic.TypeAdapter(list[cls])  # type: ignore[valid-type]
    schema = adapter.json_schema(mode="serialization")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(adapter.dump_python(of(cls, s3), mode="json"))


@pytest.mark.parametrize("cls", CLASSES)
def test_the_example_of_a_class_is_a_packaged_record_with_all_its_keys(cls: type[Any], s3: Catalogue) -> None:
    (example,) = smartspec.json_schema(cls)["examples"]
    assert example in [as_dict(record) for record in of(cls, s3)]
    assert example.keys() == facts(cls).keys()
    assert as_dict(pydantic.TypeAdapter(cls).validate_python(example)) == example
    Draft202012Validator(smartspec.json_schema(cls)).validate(example)


@pytest.mark.parametrize("cls", CLASSES)
def test_a_key_that_may_be_missing_says_what_it_is_then(cls: type[Any]) -> None:
    schema = smartspec.json_schema(cls)
    for name, told in schema["properties"].items():
        assert ("default" in told) != facts(cls)[name].required
        if "default" in told:
            Draft202012Validator({**told, "$defs": schema.get("$defs", {})}).validate(told["default"])


def test_an_id_is_described_where_it_is_taken_and_nowhere_else() -> None:
    taken = Project.model_json_schema()["properties"]["area"]["anyOf"]
    assert [taken[0]["description"], taken[1]] == ["An id of innovation_areas.", {"$ref": "#/$defs/InnovationArea"}]
    written = Project.model_json_schema(mode="serialization")["properties"]["area"]
    assert references(written) == {"#/$defs/InnovationArea"}  # In older pydantic within an "allOf".
    assert "anyOf" not in written


def test_a_reference_says_to_which_collection_it_leads() -> None:
    assert smartspec.json_schema(InnovationPole)["properties"]["seat"]["description"].endswith(" from organisations.")


# FastAPI.


def ask(app: Any, method: str, path: str, **options: Any) -> Any:
    """The response of an application, asked in this process."""
    import httpx

    async def asked() -> Any:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(asked())


@pytest.fixture(scope="module")
def documented() -> Any:
    """The application that the page shows."""
    pytest.importorskip("fastapi")
    pytest.importorskip("httpx")
    page = (ROOT / "docs" / "how-to" / "web-types.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"^```python\n(.*?)^```$", page, flags=re.M | re.S) if ">>>" not in block]
    assert len(blocks) == 3
    names: dict[str, Any] = {"__name__": "application"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # FastAPI's own affair.
        exec(compile("\n".join(blocks), "web-types.md", "exec"), names)
    return names["app"]


@pytest.mark.tools
def test_an_application_answers_with_entities(documented: Any, s3: Catalogue) -> None:
    assert ask(documented, "GET", "/poles/mesap").json() == as_dict(s3.innovation_poles["mesap"])
    assert ask(documented, "GET", "/regions").json() == s3.regions.to_dicts()
    assert ask(documented, "GET", "/poles/none").status_code == 404


@pytest.mark.tools
def test_an_error_of_the_catalogue_is_an_answer_with_what_comes_near(documented: Any) -> None:
    unknown = ask(documented, "GET", "/areas/automotiv")
    assert (unknown.status_code, unknown.json()["suggestions"][0]) == (404, "automotive")
    ambiguous = ask(documented, "GET", "/named/Mechatronics")
    assert (ambiguous.status_code, len(ambiguous.json()["candidates"])) == (409, 2)
    assert ask(documented, "GET", "/named/MESAP").json()["id"] == "mesap"


@pytest.mark.tools
def test_a_body_of_an_area_of_ones_own_has_counterparts_in_europe(documented: Any) -> None:
    own = {"id": "own-space", "name": "Space", "designation": "area"}
    own |= {"strategy": "lombardy-s3-2021-2027", "themes": ["aerospace"]}
    found = ask(documented, "POST", "/counterparts", json=own)
    assert (found.status_code, len(found.json())) == (200, 10)
    assert all("aerospace" in area["themes"] for area in found.json())
    assert ask(documented, "POST", "/counterparts", json="aerospace-2021").status_code == 200
    wrong = ask(documented, "POST", "/counterparts", json={**own, "strategy": "lombardy"})
    assert (wrong.status_code, wrong.json()["detail"][0]["loc"]) == (422, ["strategy"])


@pytest.mark.tools
def test_an_id_in_the_path_is_the_entity(documented: Any, s3: Catalogue) -> None:
    poles = ask(documented, "GET", "/regions/torino/poles").json()
    assert poles == s3.innovation_poles.of(s3.regions["torino"]).to_dicts() != []


@pytest.mark.tools
def test_an_unknown_id_in_the_path_is_answered_with_what_comes_near(documented: Any) -> None:
    response = ask(documented, "GET", "/regions/trino/poles")
    (told,) = response.json()["detail"]
    assert response.status_code == 422
    assert (told["loc"], told["ctx"]["hint"]) == (["path", "region"], 'did you mean "torino"?')


@pytest.mark.tools
def test_a_search_answers_with_entities_of_many_classes(documented: Any, s3: Catalogue) -> None:
    found = ask(documented, "GET", "/search?q=hydrogen").json()
    assert found == [as_dict(match.entity) for match in s3.search("hydrogen")]


def resolved(document: Any, reference: str) -> Any:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]
    return document


@pytest.mark.tools
def test_openapi_describes_each_class_once_and_all_references_resolve(documented: Any) -> None:
    document = ask(documented, "GET", "/openapi.json").json()
    components = document["components"]["schemas"]
    theirs = {"HTTPValidationError", "ValidationError"}
    values = {cls.__name__ for cls in (Citation, Participation, Involvement)}
    assert {*components} == {cls.__name__ for cls in COLLECTIONS.values()} | values | theirs
    for cls in COLLECTIONS.values():
        expected = smartspec.json_schema(cls, ref_template="#/components/schemas/{model}")
        # FastAPI leaves out what is null, of examples too.
        assert components[cls.__name__] == without_none({key: expected[key] for key in expected if key[0] != "$"})
    for reference in references(document):
        assert resolved(document, reference)


@pytest.mark.tools
def test_responses_fit_what_openapi_says_of_them(documented: Any) -> None:
    document = ask(documented, "GET", "/openapi.json").json()
    for path, asked in {"/poles/{id}": "/poles/mesap", "/regions": "/regions", "/search": "/search?q=torino"}.items():
        told = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**told, "components": document["components"]}
        Draft202012Validator.check_schema(whole)
        Draft202012Validator(whole).validate(ask(documented, "GET", asked).json())


@pytest.fixture(scope="module")
def taking() -> Any:
    """An application that takes entities in the body, and gives them back."""
    fastapi = pytest.importorskip("fastapi")
    pytest.importorskip("httpx")
    app = fastapi.FastAPI()

    def same(region: Any) -> Any:
        return region

    def project(project: Any) -> Any:
        return project

    same.__annotations__ = {"region": Annotated[Region, fastapi.Body()], "return": Region}
    project.__annotations__ = {"project": Project, "return": Project}
    app.post("/regions")(same)
    app.post("/slim", response_model_exclude={"citations"}, response_model_exclude_none=True)(same)
    app.post("/projects")(project)
    return app


@pytest.mark.tools
def test_a_body_is_an_object_or_an_id(taking: Any, s3: Catalogue) -> None:
    torino = as_dict(s3.regions["torino"])
    assert ask(taking, "POST", "/regions", json=torino).json() == torino
    assert ask(taking, "POST", "/regions", json="torino").json() == torino


@pytest.mark.tools
def test_a_response_leaves_out_what_the_application_says(taking: Any, s3: Catalogue) -> None:
    expected = without_none(as_dict(s3.regions["torino"]))
    assert ask(taking, "POST", "/slim", json="torino").json().keys() == expected.keys() - {"citations"}


@pytest.mark.tools
def test_a_model_with_entities_goes_in_and_comes_out_equal(taking: Any, project: Project) -> None:
    raw = json.loads(project.model_dump_json())
    assert ask(taking, "POST", "/projects", json=raw).json() == raw


@pytest.mark.tools
def test_what_is_taken_and_given_is_described_once(taking: Any) -> None:
    components = ask(taking, "GET", "/openapi.json").json()["components"]["schemas"]
    ours = {cls.__name__ for cls in CLASSES}
    assert {name.partition("-")[0] for name in components} & ours == {*components} & ours
    assert not [name for name in components if name.partition("-")[0] in ours and "-" in name]


@pytest.mark.tools
def test_problems_of_a_body_are_told_at_their_place(taking: Any) -> None:
    raw = {"area": {"id": "x", "name": "X", "nace": ["29.3"], "strategy": "nowhere", "designation": "area"}}
    response = ask(taking, "POST", "/projects", json=raw)
    assert response.status_code == 422
    assert [(told["loc"], told["type"]) for told in response.json()["detail"]] == [
        (["body", "area", "strategy"], "smartspec_problem"),
        (["body", "area", "nace", 0], "smartspec_problem"),
    ]


# Other libraries.


@attrs.frozen
class Tender:
    title: str
    areas: list[InnovationArea]


@pytest.mark.tools
def test_orjson_writes_the_flat_form_by_its_hook(s3: Catalogue) -> None:
    orjson = pytest.importorskip("orjson")
    pole = s3.innovation_poles["mesap"]
    text = orjson.dumps({"best": pole, "all": [pole]}, default=smartspec.to_dict)
    assert json.loads(text) == {"best": smartspec.to_dict(pole), "all": [smartspec.to_dict(pole)]}


@pytest.mark.tools
def test_msgspec_writes_the_flat_form_of_dicts(s3: Catalogue) -> None:
    msgspec = pytest.importorskip("msgspec")
    pole = s3.innovation_poles["mesap"]
    assert json.loads(msgspec.json.encode(smartspec.to_dict(pole))) == smartspec.to_dict(pole)
    assert json.loads(msgspec.json.encode(s3.innovation_poles.to_dicts())) == s3.innovation_poles.to_dicts()


@pytest.mark.tools
def test_msgspec_alone_writes_out_what_an_entity_refers_to_as_the_page_warns(s3: Catalogue) -> None:
    msgspec = pytest.importorskip("msgspec")
    text = msgspec.json.encode(s3.regions["torino"], enc_hook=smartspec.to_dict)
    assert isinstance(json.loads(text)["parent"], dict)


@pytest.mark.tools
@pytest.mark.parametrize("name", ["orjson", "msgspec"])
def test_the_formats_of_cattrs_write_and_read_the_flat_form(name: str, s3: Catalogue) -> None:
    pytest.importorskip(name)
    preconf = pytest.importorskip(f"cattrs.preconf.{name}")
    convert = smartspec.converter(s3, into=preconf.make_converter())
    tender = Tender("Buses", [s3.innovation_areas["automotive"]])
    expected = {"title": "Buses", "areas": [smartspec.to_dict(s3.innovation_areas["automotive"])]}
    assert json.loads(convert.dumps(tender)) == expected
    assert convert.loads(convert.dumps(tender), Tender) == tender
