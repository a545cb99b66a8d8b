"""The API answers what the catalogue answers, as its own document says, and never fails at what it is asked."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import math
import pathlib
import re
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

import smartspec
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts

pytest.importorskip("fastapi", reason="FastAPI is not installed: python -m pip install .[web]")

EU = smartspec.load_europe()
APP = smartspec.web.create_app()
DOCUMENT = APP.openapi()
ROOT = "/api/v1"
STRATEGY = "piedmont-s3-2021-2027"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    path: str,
    method: str = "GET",
    body: bytes | Iterable[bytes] = b"",
    headers: Iterable[tuple[str, str]] = (),
    app: Any = APP,
    **parameters: Any,
) -> Answer:
    """What an application answers to one request, as a server of ASGI would ask it."""
    path, _, query = path.partition("?")
    parts = [body] if isinstance(body, bytes) else [*body]
    incoming = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)} for number, part in enumerate(parts, 1)
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "method": method,
        "path": path,
        "raw_path": quote(path).encode(),
        "root_path": "",
        "query_string": (query or urlencode(parameters)).encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start, *rest = sent
    told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(part.get("body", b"") for part in rest))


def match(app: Any = APP, **text: Any) -> Answer:
    body = json.dumps(text).encode()
    return ask(f"{ROOT}/match", "POST", body, [("content-type", "application/json")], app)


def described(path: str, answer: Answer, method: str = "get") -> list[str]:
    """In what an answer differs from what the document says of it."""
    content = DOCUMENT["paths"][path][method]["responses"][str(answer.status)]["content"]
    schema = content["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    return [
        f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(whole).iter_errors(answer.json)
    ]


# The same as the catalogue


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_is_given_page_by_page(name: str) -> None:
    collection = EU.collections[name]
    found: list[Any] = []
    for offset in range(0, len(collection), 500):
        answer = ask(f"{ROOT}/{name}", limit=500, offset=offset).json
        assert (answer["total"], answer["offset"]) == (len(collection), offset)
        found += answer["items"]
    assert found == collection.to_dicts()


@pytest.mark.parametrize("name", COLLECTIONS)
def test_what_a_collection_and_an_entity_answer_is_as_described(name: str) -> None:
    first = EU.collections[name][0].id
    assert described(f"{ROOT}/{name}", ask(f"{ROOT}/{name}", limit=20)) == []
    assert described(f"{ROOT}/{name}/{{id}}", ask(f"{ROOT}/{name}/{first}")) == []


ASKED = {
    "": "",
    "/lookup": "?name=MESAP",
    "/search": "?q=hydrogen",
    "/partners/{region}": "/partners/piedmont",
    "/counterparts/{area}": "/counterparts/aerospace-2021",
    "/compare": f"?first=piedmont-s3-2014-2020&second={STRATEGY}",
}


@pytest.mark.parametrize("path", ASKED)
def test_what_a_question_answers_is_as_described(path: str) -> None:
    asked = ASKED[path]
    answer = ask(f"{ROOT}{asked}" if asked.startswith("/") else f"{ROOT}{path}{asked}")
    assert answer.status == 200
    assert described(f"{ROOT}{path}", answer) == []


def test_a_placement_is_as_described() -> None:
    assert described(f"{ROOT}/match", match(text="A drone over vineyards", strategy=STRATEGY), "post") == []


def test_no_question_is_left_out_of_these_tests() -> None:
    questions = {
        path for path, operations in DOCUMENT["paths"].items() for o in operations.values() if "questions" in o["tags"]
    }
    assert questions == {f"{ROOT}{path}" for path in [*ASKED, "/match"]} | {"/healthz"}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("regions?level=macro-region", EU.regions.where(level="macro-region")),
        ("regions?parent=piedmont", EU.regions.where(parent="piedmont")),
        ("innovation_areas?themes=aerospace", EU.innovation_areas.where(themes="aerospace")),
        ("innovation_areas?nace=C29", EU.innovation_areas.where(nace="C29")),
        ("innovation_areas?classified=29.32", EU.innovation_areas.classified("29.32")),
        ("innovation_poles?in_force=2026", EU.innovation_poles.at(2026)),
        ("innovation_poles?start_year=2009", EU.innovation_poles.where(start_year=2009)),
        ("organisations?of=regions/torino", EU.organisations.of(EU.regions["torino"])),
        ("initiatives?participants=environment-park", EU.initiatives.where(participants="environment-park")),
        ("strategies?complete=true", EU.strategies.where(complete=True)),
        ("indicators?unit=%25", EU.indicators.where(unit="%")),
        ("sources?source_language=it", EU.sources.where(language="it")),
        (f"innovation_areas?strategy={STRATEGY}&in_force=2000", EU.innovation_areas[:0]),
    ],
)
def test_a_filter_is_that_of_the_collection(asked: str, expected: Any) -> None:
    answer = ask(f"{ROOT}/{asked}&limit=500").json
    assert (answer["total"], answer["items"]) == (len(expected), expected.to_dicts()[:500])


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_field_but_prose_is_a_filter(name: str) -> None:
    cls = COLLECTIONS[name]
    known = {parameter["name"] for parameter in DOCUMENT["paths"][f"{ROOT}/{name}"]["get"]["parameters"]}
    fields = {fact.name for fact in facts(cls).values() if fact.role is None or fact.role.value != "prose"}
    assert {name for name in fields if name not in known and f"{cls.__name__.lower()}_{name}" not in known} == set()


def test_an_entity_has_its_links_its_dataset_and_what_it_mentions() -> None:
    torino = EU.regions["torino"]
    answer = ask(f"{ROOT}/regions/torino", limit=500).json
    assert answer["record"] == EU.regions.where(id="torino").to_dicts()[0]
    assert answer["links"] == EU.links(torino).to_dicts()
    assert answer["dataset"]["name"] == EU.dataset_of(torino).name
    assert answer["included"]["regions"]["metropolitan-city-of-torino"]["name"] == "Metropolitan City of Torino"
    assert {c.source.id for c in torino.citations} <= set(answer["included"]["sources"])


def test_the_links_of_an_entity_are_paged() -> None:
    whole = EU.links(EU.sources["eurostat-nuts"] if "eurostat-nuts" in EU.sources else EU.regions["italy"])
    start = whole[0].start
    path = f"{ROOT}/{'sources' if isinstance(start, smartspec.Source) else 'regions'}/{start.id}"
    answer = ask(path, limit=2, offset=3).json
    assert (answer["total"], answer["links"]) == (len(whole), whole.to_dicts()[3:5])


def test_a_lookup_gives_the_entity_that_bears_the_name() -> None:
    assert ask(f"{ROOT}/lookup", name="Piemonte").json["record"]["id"] == "piedmont"
    assert ask(f"{ROOT}/lookup", name="mesap", collection="innovation_poles").json["collection"] == "innovation_poles"
    assert ask(f"{ROOT}/lookup", name="mesap", collection="regions").status == 404


def test_a_search_says_what_that_of_the_catalogue_says() -> None:
    assert ask(f"{ROOT}/search", q="hydr", limit=5).json["items"] == EU.search("hydr", 5).to_dicts()
    found = ask(f"{ROOT}/search", q="hydr", collection="themes").json["items"]
    assert found == EU.themes.search("hydr").to_dicts()


def test_partners_counterparts_and_comparisons_are_those_of_the_catalogue() -> None:
    partners = EU.partners(EU.regions["piedmont"], 3)
    answer = ask(f"{ROOT}/partners/piedmont", limit=3).json
    assert (answer["items"], answer["about"]) == (partners.to_dicts(), partners.about)
    area = EU.innovation_areas["aerospace-2021"]
    assert (
        ask(f"{ROOT}/counterparts/aerospace-2021", year=2022).json["items"]
        == EU.counterparts(area, year=2022).to_dicts()
    )
    plans = EU.strategies["piedmont-s3-2014-2020"], EU.strategies[STRATEGY]
    answer = ask(f"{ROOT}/compare", first=plans[0].id, second=plans[1].id).json
    assert answer["items"] == EU.compare(*plans).to_dicts()


def test_partners_are_those_that_share_a_theme_and_the_limit_counts_these() -> None:
    piedmont, theme = EU.regions["piedmont"], EU.themes["aerospace"]
    expected = [row for row in EU.partners(piedmont, 1_000).to_dicts() if theme.id in row["themes"]]
    answer = ask(f"{ROOT}/partners/piedmont", theme="aerospace", limit=12).json
    assert len(expected) > 12
    assert answer["items"] == expected[:12]
    assert answer["about"].endswith(": those that share Aerospace and space")
    assert answer["items"] != EU.partners(piedmont, 12).to_dicts()


def test_a_theme_that_nobody_shares_says_so() -> None:
    ours = {id for area in EU.innovation_areas.of(EU.regions["piedmont"]).to_dicts() for id in area["themes"]}
    other = next(theme for theme in EU.themes if theme.id not in ours)
    answer = ask(f"{ROOT}/partners/piedmont", theme=other.id).json
    assert (answer["items"], answer["nothing"]) == ([], f"No region shares {other.name} with it")
    assert ask(f"{ROOT}/partners/piedmont", theme="aerospce").json["suggestions"] == ["aerospace"]


def test_a_placement_is_that_of_the_areas_of_the_strategy() -> None:
    text = "Un drone controlla i vigneti 🍇 e la vendemmia"
    answer = match(text=text, strategy=STRATEGY, nace=["01.21"]).json
    placement = EU.innovation_areas.where(strategy=STRATEGY).match(text, ["01.21"])
    assert (answer["verdict"], answer["items"]) == ("area", placement.to_dicts())
    evidence = [found for item in answer["items"] for found in item["evidence"] if found["start"] is not None]
    assert all(text[found["start"] : found["stop"]] == found["text"] for found in evidence)


def test_names_are_in_a_language_wherever_there_are_any() -> None:
    assert ask(f"{ROOT}/regions/piedmont", language="it").json["record"]["name"] == "Piemonte"
    assert ask(f"{ROOT}/search", q="piedmont", language="it", limit=1).json["items"][0]["name"] == "Piemonte"
    area = ask(f"{ROOT}/innovation_areas", language="it", strategy=STRATEGY, limit=1).json
    assert area["included"]["regions"]["piedmont"]["name"] == "Piemonte"


def test_whatever_an_answer_mentions_is_included_by_name() -> None:
    answer = ask(f"{ROOT}/partners/piedmont", limit=20).json
    mentioned = {id for item in answer["items"] for pair in item["pairs"] for id in (pair["area"], pair["match"])}
    assert mentioned <= set(answer["included"]["innovation_areas"])
    strategies = {area["strategy"] for area in answer["included"]["innovation_areas"].values()}
    assert strategies <= set(answer["included"]["strategies"])
    assert {plan["region"] for plan in answer["included"]["strategies"].values()} <= set(answer["included"]["regions"])


def test_the_overview_counts_what_there_is() -> None:
    answer = ask(ROOT).json
    assert answer["collections"] == {name: len(collection) for name, collection in EU.collections.items()}
    assert [info["name"] for info in answer["datasets"]] == [info.name for info in EU.datasets]


# CSV


def table(answer: Answer) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize(
    "asked",
    [
        "/innovation_areas?nace=C29",
        "/search?q=hydrogen",
        "/partners/piedmont?limit=3",
        "/counterparts/aerospace-2021?limit=3",
    ],
)
def test_csv_has_the_items_that_json_has(asked: str) -> None:
    saved = ask(f"{ROOT}{asked}&format=csv")
    items = ask(f"{ROOT}{asked}").json["items"]
    assert saved.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.csv"', saved.headers["content-disposition"])
    assert [[*row] for row in table(saved)] == [[*item] for item in items]
    assert [row.get("id") or row.get("area") or row["region"] for row in table(saved)] == [
        item.get("id") or item.get("area") or item["region"] for item in items
    ]


def own(**more: Any) -> smartspec.Catalogue:
    region = smartspec.Region(id="lake", name="Lake", level=smartspec.RegionLevel.REGION, **more)
    return smartspec.Catalogue(smartspec.DatasetInfo(name="Mine"), [region])


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_csv_is_a_formula(formula: str) -> None:
    app = smartspec.web.create_app(own(description=formula, aliases=(formula,)))
    (row,) = table(ask(f"{ROOT}/regions", app=app, format="csv"))
    assert row["description"] == row["aliases"] == f"'{formula}"


def test_a_number_below_zero_stays_a_number_in_csv() -> None:
    catalogue = own()
    figure = smartspec.Indicator(id="fall", name="Fall", region=catalogue.regions[0], value=-1.5, unit="%")
    app = smartspec.web.create_app(catalogue.extend(figure))
    assert table(ask(f"{ROOT}/indicators", app=app, format="csv"))[0]["value"] == "-1.5"


def placed(text: str) -> list[dict[str, str]]:
    body = json.dumps({"text": text, "strategy": STRATEGY}).encode()
    return table(ask(f"{ROOT}/match?format=csv", "POST", body, [("content-type", "application/json")]))


def test_a_placement_in_csv_has_its_verdict_strategy_weights_and_words_in_each_row() -> None:
    rows = placed("Recycling of car batteries and wastewater treatment")
    assert {(row["verdict"], row["strategy"], row["strategy_name"]) for row in rows} == {
        ("area", STRATEGY, EU.strategies[STRATEGY].name)
    }
    assert [(row["area_name"], row["score"], row["evidence"]) for row in rows][:2] == [
        ("Green technologies, resources and materials", "5.56", "Recycling; batteries; wastewater"),
        ("Sustainable mobility", "1.5", "car; batteries"),
    ]


def test_a_placement_without_any_candidate_has_a_row_with_its_verdict() -> None:
    (row,) = placed("It is what it is.")
    assert (row["verdict"], row["area"], row["score"]) == ("unsure", "", "")


def test_a_language_that_is_none_is_refused_in_csv_without_rows_too() -> None:
    assert ask(f"{ROOT}/search?q=xyzzyq&format=csv&language=italiano").status == 422


def test_pairs_of_areas_are_named_and_scores_rounded_in_csv() -> None:
    asked = f"{ROOT}/partners/piedmont?limit=1"
    (row,) = table(ask(f"{asked}&format=csv"))
    (item,) = ask(asked).json["items"]
    areas = EU.innovation_areas
    assert row["pairs"] == "; ".join(f"{areas[p['area']].name} – {areas[p['match']].name}" for p in item["pairs"])
    assert row["score"] == str(round(item["score"], 4))
    assert item["score"] != round(item["score"], 4)


# What goes wrong


@pytest.mark.parametrize(
    ("asked", "suggestion"),
    [
        ("/regions/piedmnt", "piedmont"),
        ("/partners/piedmnt", "piedmont"),
        ("/partners/ITC1", "piedmont"),
        ("/regions/Piemonte", "piedmont"),
        ("/innovation_poles?of=regions/ITC1", "piedmont"),
        ("/strategies?region=ITC1", "piedmont"),
        ("/strategies?region=piedmnt", "piedmont"),
        ("/innovation_poles?of=region/torino", "regions"),
        ("/innovation_poles?of=regions/trino", "torino"),
        ("/lookup?name=MESAPP", "MESAP"),
        ("/region", f"{ROOT}/regions"),
        ("/innovation-areas", f"{ROOT}/innovation_areas"),
        ("/regions/", f"{ROOT}/regions"),
        ("/", ROOT),
        ("/region/piedmont", f"{ROOT}/regions/piedmont"),
        ("/regions/piedmont/links", f"{ROOT}/regions/piedmont"),
        ("/partner", f"{ROOT}/partners/{{region}}"),
        ("/innovation_areas?classified=J29.32", "C29.32"),
    ],
)
def test_what_is_not_there_is_404_with_suggestions(asked: str, suggestion: str) -> None:
    answer = ask(f"{ROOT}{asked}")
    assert answer.status == 404
    assert suggestion in answer.json["suggestions"]


def test_a_name_that_several_bear_is_409_with_candidates() -> None:
    answer = ask(f"{ROOT}/lookup", name="Mechatronics")
    assert answer.status == 409
    assert described(f"{ROOT}/lookup", answer) == []
    addresses = [(bearer["collection"], bearer["id"]) for bearer in answer.json["candidates"]]
    assert ("innovation_areas", "mechatronics") in addresses
    assert all(ask(f"{ROOT}/{collection}/{id}").status == 200 for collection, id in addresses)


@pytest.mark.parametrize(
    ("asked", "pointer", "hint"),
    [
        ("/regions?leve=region", "/leve", 'did you mean "level"?'),
        ("/regions?level=regio", "/level", ""),
        ("/regions?limit=-1", "/limit", ""),
        ("/regions?limit=501", "/limit", ""),
        ("/regions?offset=1000000000000000000000000000000", "/offset", ""),
        ("/regions?limit=1&limit=2", "/limit", "give one value"),
        ("/regions?area_km2=NaN", "/area_km2", ""),
        ("/strategies?in_force=0", "/in_force", ""),
        ("/strategies?in_force=soon", "/in_force", ""),
        ("/regions?language=italian", "/language", None),
        ("/search", "/q", ""),
        ("/lookup?name=", "/name", ""),
        ("/search?q=x&collection=region", "/collection", ""),
        (f"/compare?first={STRATEGY}&second={STRATEGY}", "", "name two strategies"),
    ],
)
def test_what_cannot_be_understood_is_422_with_problems(asked: str, pointer: str, hint: str | None) -> None:
    answer = ask(f"{ROOT}{asked}")
    (problem,) = answer.json["problems"]
    assert (answer.status, problem["file"], problem["pointer"]) == (422, "query", pointer)
    assert hint is None or problem["hint"] == hint


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"{", ""),
        (b"\xff", ""),
        (b"[" * 100_000, ""),
        (b'"text"', ""),
        (b'{"text": 1, "strategy": "x"}', "/text"),
        (b'{"text": "\\ud800", "strategy": "x"}', "/text"),
        (b'{"text": "x"}', "/strategy"),
        (b'{"text": "x", "strategy": "y", "nace": "01"}', "/nace"),
        (b'{"text": "x", "strategy": "y", "txt": ""}', "/txt"),
    ],
)
def test_a_body_that_is_no_text_to_place_is_422_with_problems(body: bytes, pointer: str) -> None:
    answer = ask(f"{ROOT}/match", "POST", body, [("content-type", "application/json")])
    assert answer.status == 422
    assert [(problem["file"], problem["pointer"]) for problem in answer.json["problems"]] == [("body", pointer)]


@pytest.mark.parametrize("body", [b"", b'"text"', b"[]", b"null", b"{"])
def test_a_body_that_is_no_object_is_told_what_to_send(body: bytes) -> None:
    (problem,) = ask(f"{ROOT}/match", "POST", body, [("content-type", "application/json")]).json["problems"]
    assert problem["hint"] == "send an object in JSON, with Content-Type: application/json"


def test_a_body_without_its_type_is_told_what_to_send() -> None:
    answer = ask(f"{ROOT}/match", "POST", b'{"text": "x", "strategy": "y"}')
    assert answer.status == 422
    assert "with Content-Type: application/json" in answer.json["detail"]


def test_a_code_that_nace_does_not_have_is_a_problem_of_the_body() -> None:
    answer = match(text="x", strategy=STRATEGY, nace=["29.32", "J29.32"])
    (problem,) = answer.json["problems"]
    assert (answer.status, problem["file"], problem["pointer"]) == (422, "body", "/nace")
    assert problem["message"] == "NACE Rev. 2 has no 'J29.32'"
    assert problem["hint"].endswith('did you mean "C29.32"?')
    assert match(text="x", strategy="piedmont-s3").status == 404


def test_a_strategy_without_areas_places_nothing() -> None:
    empty = next(plan for plan in EU.strategies if not EU.innovation_areas.where(strategy=plan))
    answer = match(text="x", strategy=empty.id)
    assert answer.status == 422
    assert answer.json["problems"][0]["pointer"] == "/strategy"


def test_what_is_too_long_is_413() -> None:
    assert match(text="x" * 100_000, strategy=STRATEGY).status == 200
    assert match(text="x" * 100_001, strategy=STRATEGY).status == 413
    assert ask(f"{ROOT}/search", q="x" * 1_001).status == 413
    assert match(text="x", strategy=STRATEGY, nace=["01.21"] * 51).status == 413


def test_a_body_that_is_too_long_is_not_read_to_its_end() -> None:
    read: list[int] = []

    async def endless() -> Any:
        read.append(1)
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

    async def send(message: Any) -> None:
        assert message.get("status", 413) == 413

    scope = {"type": "http", "method": "POST", "path": f"{ROOT}/match", "headers": []}
    asyncio.run(APP(scope, endless, send))
    assert len(read) == 11
    asyncio.run(APP({**scope, "headers": [(b"content-length", b"1000001")]}, endless, send))
    assert len(read) == 11


def test_a_body_that_is_too_long_in_its_last_part_is_413() -> None:
    assert ask(f"{ROOT}/match", "POST", [b"x" * 900_000, b"x" * 100_001]).status == 413


def test_a_method_that_is_none_of_an_address_is_405_and_says_which_is() -> None:
    answer = ask(f"{ROOT}/regions", "DELETE")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
    assert answer.json["detail"] == "the address does not take this method (use GET)"
    assert answer.json["problems"][0]["hint"] == "use GET"


@pytest.mark.parametrize("status", [404, 422])
def test_what_is_said_of_a_failure_is_as_described(status: int) -> None:
    answer = ask(f"{ROOT}/regions/nowhere" if status == 404 else f"{ROOT}/regions/piedmont?x=1")
    assert answer.status == status
    assert described(f"{ROOT}/regions/{{id}}", answer) == []


HOSTILE = [
    "",
    "\x00",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "a" * 990,
    "💣" * 200,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_taken_for_texts(text: str) -> None:
    asked = [
        *(
            ask(f"{ROOT}/{name}", q=text, name=text, first=text, second=text)
            for name in ("search", "lookup", "compare")
        ),
        *(ask(f"{ROOT}/{name}/{text}") for name in ("regions", "partners", "counterparts")),
        *(ask(f"{ROOT}/regions", **{name: text}) for name in ("of", "nuts", "parent", "language", "format", text)),
        ask(f"{ROOT}/search", q=text),
        match(text=text, strategy=STRATEGY, nace=[text]),
    ]
    assert {answer.status for answer in asked} <= {200, 404, 413, 422}
    assert all("text/html" not in answer.headers["content-type"] for answer in asked)
    assert not any("\u202e" in str(answer.json["detail"]) for answer in asked if answer.status != 200)


OPERATIONS = [
    (path, [parameter for parameter in operation["parameters"] if parameter["in"] == "query"])
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
    if method == "get" and "parameters" in operation
]


@st.composite
def requests(draw: st.DrawFn) -> str:
    path, parameters = draw(st.sampled_from(OPERATIONS))
    ids = st.one_of(st.sampled_from(["piedmont", "torino", "aerospace", STRATEGY]), st.text(max_size=20))
    path = re.sub(r"\{\w+\}", lambda _: draw(ids).replace("?", ""), path)
    names = st.one_of(st.sampled_from([parameter["name"] for parameter in parameters]), st.text(max_size=5))
    values = st.one_of(
        ids, st.integers().map(str), st.sampled_from(["true", "1e400", "nan", "-0", "it", "csv", "C29", "2020"])
    )
    asked = draw(st.lists(st.tuples(names, values), max_size=3))
    return f"{path}?{urlencode(asked)}"


@settings(max_examples=150, deadline=None)
@given(requests())
def test_no_question_makes_the_server_fail(asked: str) -> None:
    assert ask(asked).status < 500  # An error of ours would be raised here too.


@settings(max_examples=50, deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.integers() | st.floats(allow_nan=False), st.lists).map(
        lambda value: json.dumps({"text": value, "strategy": STRATEGY, "nace": value}).encode()
    )
)
def test_no_body_makes_the_server_fail(body: bytes) -> None:
    assert ask(f"{ROOT}/match", "POST", body, [("content-type", "application/json")]).status < 500


# Of all answers


def test_who_has_the_answer_is_not_given_it_again() -> None:
    tag = ask(f"{ROOT}/regions").headers["etag"]
    answer = ask(f"{ROOT}/regions", headers=[("if-none-match", f'"other", W/{tag}')])
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert ask(f"{ROOT}/regions", headers=[("if-none-match", '"other"')]).status == 200


def test_the_tag_changes_with_one_word_of_the_data_and_not_with_the_process() -> None:
    apps = [smartspec.web.create_app(own(description=text)) for text in ("One.", "One.", "Two.")]
    one, same, two = (ask(ROOT, app=app).headers["etag"] for app in apps)
    assert one == same != two


def test_a_failure_has_no_tag() -> None:
    assert "etag" not in ask(f"{ROOT}/regions/nowhere").headers


def test_head_is_answered_like_get() -> None:
    assert ask(f"{ROOT}/regions", "HEAD").headers == ask(f"{ROOT}/regions").headers


@pytest.mark.parametrize("path", ["/", "/page/style.css", ROOT, f"{ROOT}/nowhere", "/openapi.json", "/nowhere"])
def test_every_answer_tells_browsers_what_the_page_never_does(path: str) -> None:
    headers = ask(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "access-control-allow-origin" not in headers


def test_the_page_and_all_that_it_names_is_there() -> None:
    page = ask("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    named = re.findall(r'(?:href|src)="(?!#)([^"]+)"', page.body.decode())
    assert len(named) > 3
    assert [name for name in named if ask(f"/{name}").status != 200] == []


def test_a_script_is_given_as_one() -> None:
    assert ask("/page/explorer.js").headers["content-type"].startswith("text/javascript")


def test_no_documentation_that_asks_another_host_is_served() -> None:
    assert [ask(path).status for path in ("/docs", "/redoc")] == [404, 404]


def test_the_page_asks_no_other_host() -> None:
    texts = [
        ask("/").body.decode(),
        *(ask(f"/page/{name}").body.decode() for name in ("style.css", "explorer.js", "api.js")),
    ]
    assert [found for text in texts for found in re.findall(r"(?:src|href)=.?https?:|@import|url\(", text)] == []


# The document


def test_every_reference_of_the_document_leads_somewhere() -> None:
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(DOCUMENT)))
    assert referred == set(DOCUMENT["components"]["schemas"])


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operations in DOCUMENT["paths"].values() for operation in operations.values()]
    assert len(set(names)) == len(names)
    assert {"search", "match", "list_regions", "get_innovation_poles"} <= set(names)


def test_enumerations_and_the_meaning_of_filters_are_described() -> None:
    parameters = {p["name"]: p for p in DOCUMENT["paths"][f"{ROOT}/regions"]["get"]["parameters"]}
    assert "Its code in Eurostat's NUTS classification." in parameters["nuts"]["description"]
    assert "RegionLevel" in json.dumps(parameters["level"]["schema"])
    assert "in_force" not in parameters
    assert "classified" not in parameters


def test_json_is_described_before_csv() -> None:
    answers = [o["responses"]["200"]["content"] for path in DOCUMENT["paths"].values() for o in path.values()]
    assert {next(iter(content)) for content in answers} == {"application/json"}
    assert sum("text/csv" in content for content in answers) > len(COLLECTIONS)


def test_an_entity_is_described_as_it_is_answered_and_not_as_it_could_be_taken() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert [name for name in schemas if name.endswith(("-Input", "-Output"))] == []
    for cls in COLLECTIONS.values():
        one = schemas[f"{cls.__name__}Card"]["properties"]["record"]
        several = schemas[f"{cls.__name__}Page"]["properties"]["items"]["items"]
        assert one.get("$ref") == several.get("$ref") == f"#/components/schemas/{cls.__name__}"


def test_the_collection_of_a_card_tells_of_which_class_it_is() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    cards = {name: f"#/components/schemas/{cls.__name__}Card" for name, cls in COLLECTIONS.items()}
    assert schemas["EntityCard"]["oneOf"] == [{"$ref": card} for card in cards.values()]
    assert schemas["EntityCard"]["discriminator"] == {"propertyName": "collection", "mapping": cards}
    told = {name: schemas[f"{cls.__name__}Card"]["properties"]["collection"] for name, cls in COLLECTIONS.items()}
    assert {name: schema["const"] for name, schema in told.items()} == {name: name for name in COLLECTIONS}


@pytest.mark.parametrize("name", ["Piemonte", "MESAP", "ITC11", "aerospace and space"])
def test_what_a_lookup_answers_is_a_card_of_one_class(name: str) -> None:
    answer = ask(f"{ROOT}/lookup", name=name)
    assert answer.status == 200
    assert described(f"{ROOT}/lookup", answer) == []
    mistaken = answer.json | {"collection": "sources"}
    assert described(f"{ROOT}/lookup", answer._replace(body=json.dumps(mistaken).encode())) != []


def test_every_answer_is_typed() -> None:
    for path, operations in DOCUMENT["paths"].items():
        for operation in operations.values():
            assert "$ref" in operation["responses"]["200"]["content"]["application/json"]["schema"], path


PAGE = pathlib.Path(__file__).parents[1] / "docs" / "how-to" / "api.md"


def test_what_the_page_of_the_docs_asks_is_answered() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("\\\n", "")
    asked = re.findall(r"^curl \"http://127\.0\.0\.1:8000([^\"]+)\"(?:.* -d '(.*)')?", page, re.M)
    assert len(asked) > 4
    typed = [("content-type", "application/json")]
    answers = [ask(path, "POST" if body else "GET", body.encode(), typed) for path, body in asked]
    assert [answer.status for answer in answers] == [200] * len(asked)


def test_the_page_of_the_docs_names_every_address() -> None:
    told = set(re.findall(r"^\| `(?:POST )?(/[^`?]*)", PAGE.read_text(encoding="utf-8"), re.M))
    paths = {path for path in DOCUMENT["paths"] if path.split("/")[-1] not in COLLECTIONS and not path.endswith("{id}")}
    assert told == paths | {f"{ROOT}/{{collection}}", f"{ROOT}/{{collection}}/{{id}}", "/openapi.json"}


# As a part of another application, and of other catalogues


def test_it_serves_a_catalogue_of_ones_own() -> None:
    app = smartspec.web.create_app(own())
    assert ask(f"{ROOT}/regions", app=app).json["items"][0]["id"] == "lake"
    assert ask(f"{ROOT}/partners/lake", app=app).json["nothing"].startswith("No strategy with areas")


def test_an_empty_catalogue_has_empty_answers() -> None:
    app = smartspec.web.create_app(smartspec.Catalogue(smartspec.DatasetInfo(name="Nothing"), []))
    assert ask(f"{ROOT}/regions", app=app).json == {"items": [], "total": 0, "limit": 50, "offset": 0, "included": {}}
    assert ask(f"{ROOT}/search", app=app, q="x").json["items"] == []


def test_it_can_be_mounted_in_another_application() -> None:
    from fastapi import FastAPI

    outer = FastAPI()
    outer.mount("/explorer", APP)
    assert ask(f"/explorer{ROOT}/regions/piedmont", app=outer).json["record"]["name"] == "Piedmont"
    assert ask(f"/explorer{ROOT}/region", app=outer).json["suggestions"] == [f"/explorer{ROOT}/regions"]
    assert ask("/explorer/page/style.css", app=outer).status == 200


def test_a_name_instead_of_a_catalogue_is_refused() -> None:
    with pytest.raises(TypeError, match="takes a Catalogue, not 'europe'"):
        smartspec.web.create_app("europe")  # type: ignore[arg-type]


def test_without_fastapi_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("smartspec.web.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(smartspec.web, "app")
    monkeypatch.setitem(sys.modules, "fastapi", None)
    with pytest.raises(ImportError, match=r'install "smartspec\[web\]"'):
        smartspec.web.create_app(own())


def test_the_body_of_a_slow_reader_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from smartspec.web import guard

    monkeypatch.setattr(guard, "_SECONDS", 0.01)

    async def asked() -> int:
        sent: list[Any] = []

        async def never() -> Any:
            await asyncio.sleep(math.inf)

        async def send(message: Any) -> None:
            sent.append(message)

        await APP({"type": "http", "method": "POST", "path": f"{ROOT}/match", "headers": []}, never, send)
        return int(sent[0]["status"])

    assert asyncio.run(asked()) == 408
