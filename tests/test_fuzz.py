"""Fuzz: whatever a dataset holds, it loads or it is refused with its problems; what loads is saved and loads again.

``--hypothesis-profile=long`` tries more than 100 000 examples and tells how many there were.
"""

from __future__ import annotations

import copy
import json
import pathlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import smartspec
from smartspec import Catalogue, Citation, DatasetError, DatasetInfo, Entity
from smartspec.datasets import FILES, INFO_FILE, writing
from smartspec.datasets.packaged import packaged
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import Fact, facts
from smartspec.domain.record import Record
from smartspec.domain.rules import DATE, DAY, KEBAB_CASE, NACE, NOT_BLANK, PASSAGE, URL, Rule

PACKAGED = pathlib.Path(smartspec.__file__).parent / "datasets"
ORDER = [INFO_FILE, *FILES.values()]

# How many examples there were, and how many of them loaded.
tried: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def the_count(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if settings.get_current_profile_name() == "long":
        capture = request.config.pluginmanager.get_plugin("capturemanager")
        assert capture is not None
        with capture.global_and_fixture_disabled():
            print(f"\nfuzz: {sum(tried.values())} examples: {tried}")


@pytest.fixture(scope="module")
def scratch() -> Iterator[pathlib.Path]:
    """A directory for thousands of saves: in memory, if the system has such a place, and never synced."""
    memory = pathlib.Path("/dev/shm")
    path = pathlib.Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing.os, "fsync", lambda handle: None)
        yield path
    shutil.rmtree(path)


class Memory:
    """A directory of files in memory, or a file in it: as much of a Traversable as a loader may ask for."""

    def __init__(self, held: dict[str, bytes], name: str = "", data: bytes | None = None) -> None:
        self.held = held
        self.name = name or "fuzzed"
        self.data = data

    def is_dir(self) -> bool:
        return self.name == "fuzzed"

    def is_file(self) -> bool:
        return self.data is not None

    def iterdir(self) -> Iterator[Memory]:
        return (self.joinpath(name) for name in self.held)

    def joinpath(self, name: str) -> Memory:
        return Memory({}, name, self.held.get(name))

    def read_bytes(self) -> bytes:
        assert self.data is not None
        return self.data


@cache
def read(directory: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((PACKAGED / directory).iterdir())}


def check(test: str, held: dict[str, bytes], scratch: pathlib.Path, base: Catalogue | None = None) -> None:
    """Load: it succeeds, or raises a DatasetError that says well what is wrong; what loads survives saving."""
    tried[test] = tried.get(test, 0) + 1
    memory: Any = Memory(held)
    try:
        catalogue = smartspec.load(memory, base=base)
    except DatasetError as error:
        check_problems(error, held)
    else:
        check_saving(catalogue, scratch)


def check_lines(error: DatasetError) -> None:
    assert error.problems
    assert all(str(problem).isprintable() for problem in error.problems)


def check_problems(error: DatasetError, held: dict[str, bytes]) -> None:
    check_lines(error)
    known = [ORDER.index(problem.file) for problem in error.problems if problem.file in ORDER]
    assert known == sorted(known)
    for file in {problem.file for problem in error.problems if problem.pointer}:
        content = json.loads(held[file])
        for problem in error.problems:
            if problem.file == file and problem.pointer:
                step_down(content, problem.pointer)


def step_down(content: Any, pointer: str) -> None:
    """Follow a JSON pointer; what it names may be missing, where it stands may not."""
    for step in pointer[1:].split("/")[:-1]:
        step = step.replace("~1", "/").replace("~0", "~")
        content = content[int(step) if isinstance(content, list) else step]
    assert isinstance(content, (list, dict))


def check_saving(catalogue: Catalogue, scratch: pathlib.Path) -> None:
    catalogue.save(scratch / "saved")
    assert smartspec.load(scratch / "saved", base=catalogue.base) == catalogue


# What is written in the place of something else.

ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 2014, 10_000, 10**30, 10**400, 0.0, -0.0, 1.5, 2014.0, 1e308),
    *(float("nan"), float("inf"), float("-inf"), "", " ", "x", "\0", "\ud800", "\u202e", "é", "a-b", "A", "\n"),
    *("lakeland", "lake-region", "freshwater-food", "clean-shipping", "lake-yard", "plan-of-the-lakes", "2014"),
    *([], {}, [[]], [{}], ["x"], [None], {"id": "x"}, {"": 0}, ["lake-region"], [[[[[[[[]]]]]]]]),
    *(
        "ITC1",
        "IT-21",
        "C29",
        "https://x.example",
        "en",
        "inferred",
        "region",
        "id",
        "citations",
        "name",
        "level",
        "2020-02",
    ),
    *("base", "start", "participants", {"name": "x"}, {"name": "x", "version": 1}, [{"organisation": "lake-yard"}]),
    [{"source": "plan-of-the-lakes", "passage": "x"}, {"source": "plan-of-the-lakes", "passage": "y", "note": "z"}],
    {"source": "plan-of-the-lakes", "passage": "x", "basis": "inferred"},
]
odd = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(ODD),
    st.text(max_size=5),
    st.integers(),
    st.floats(),
)
spots = st.integers(0, 2**16)


def parts(content: Any) -> list[tuple[Any, Any]]:
    """All places of a JSON value: the list or object, and the number or key in it."""
    found: list[tuple[Any, Any]] = []
    pending = [content]
    while pending:
        holder = pending.pop()
        inner = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
        found += [(holder, key) for key, _ in inner]
        pending += [value for _, value in inner if isinstance(value, (dict, list))]
    return found


def mutate(content: Any, how: str, spot: int, other: int, value: Any) -> None:
    places = parts(content)
    if not places:
        return
    value = copy.deepcopy(value)  # Else what is put in twice could come to hold itself.
    holder, key = places[spot % len(places)]
    source, source_key = places[other % len(places)]
    if how == "replace":
        holder[key] = value
    elif how == "delete":
        del holder[key]
    elif how == "add" and isinstance(holder, list):
        holder.insert(key, value)
    elif how == "add":
        holder[value if isinstance(value, str) else str(key)[:-1]] = value
    elif how == "copy":
        holder[key] = copy.deepcopy(source[source_key])
    elif how == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif how == "turn" and isinstance(holder, list):
        holder.reverse()
    elif how == "rename" and isinstance(holder, dict):
        holder[str(source_key)] = holder.pop(key)


mutations = st.lists(
    st.tuples(st.sampled_from(["replace", "delete", "add", "copy", "double", "turn", "rename"]), spots, spots, odd),
    min_size=1,
    max_size=3,
)


@given(file=st.sampled_from(ORDER), changes=mutations)
def test_a_dataset_of_another_structure_loads_or_is_refused(
    scratch: pathlib.Path, file: str, changes: list[tuple[str, int, int, Any]]
) -> None:
    content = json.loads(read("lake_region")[file])
    for change in changes:
        mutate(content, *change)
    check("structure", {**read("lake_region"), file: json.dumps(content).encode()}, scratch)


@given(
    file=st.sampled_from(ORDER),
    edits=st.lists(
        st.tuples(
            spots,
            st.integers(0, 8),
            st.one_of(st.binary(max_size=4), st.sampled_from([b'"', b"[", b"]", b"{", b"}", b",", b"1e999", b"\\u"])),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_a_dataset_of_other_bytes_loads_or_is_refused(
    scratch: pathlib.Path, file: str, edits: list[tuple[int, int, bytes]]
) -> None:
    data = read("lake_region")[file]
    for spot, length, new in edits:
        place = spot % (len(data) + 1)
        # Some 8 cut off all the rest.
        data = data[:place] + new + (data[place + length :] if length < 8 else b"")
    check("bytes", {**read("lake_region"), file: data}, scratch)


REFERENCE_KEYS = {name for cls in FILES for name, fact in facts(cls).items() if issubclass(fact.cls, Entity)}
IDS = sorted(entity.id for entity in smartspec.load(PACKAGED / "lake_region"))


@given(
    changes=st.lists(
        st.tuples(st.sampled_from(list(FILES.values())), spots, st.sampled_from([*IDS, "nowhere", "lake-regoin"])),
        min_size=1,
        max_size=4,
    ),
    again=st.booleans(),
)
def test_a_dataset_of_other_references_loads_or_is_refused(
    scratch: pathlib.Path, changes: list[tuple[str, int, str]], again: bool
) -> None:
    held = dict(read("lake_region"))
    for file, spot, id in changes:
        content = json.loads(held[file])
        # Also where there is none yet, as the parent of a region or the citations of a source.
        content[0].setdefault(*random.Random(spot).choice(_MORE.get(file, [("aliases", ["x"])])))
        places = [(holder, key) for holder, key in parts(content) if _refers(holder, key)]
        holder, key = places[spot % len(places)]
        holder[key] = id
        held[file] = json.dumps(content + content[:again]).encode()
    check("references", held, scratch)


_MORE: dict[str, list[tuple[str, Any]]] = {
    "sources.json": [("citations", [{"source": "plan-of-the-lakes", "passage": "x"}])],
    "regions.json": [("parent", "lake-region")],
    "strategies.json": [("predecessor", "lake-s3-2021-2027")],
    "organisations.json": [("successor", "lake-yard")],
    "innovation-poles.json": [("successor", "lake-mobility"), ("territories", ["lakeland", "lake-region"])],
}


def _refers(holder: Any, key: Any) -> bool:
    return key in REFERENCE_KEYS | {"id", "source"} or (isinstance(holder, list) and isinstance(holder[key], str))


some_json = st.recursive(
    odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
some_record = st.dictionaries(
    st.sampled_from(
        ["id", "name", *sorted(REFERENCE_KEYS), "citations", "level", "kind", "value", "unit", "nace", "x"]
    ),
    some_json,
    max_size=6,
)


@given(
    held=st.dictionaries(
        st.sampled_from([*ORDER, "other.json", "readme.txt"]), st.lists(some_record, max_size=3) | some_json, max_size=3
    ),
    over_base=st.booleans(),
)
def test_a_dataset_of_anything_at_all_loads_or_is_refused(
    scratch: pathlib.Path, held: dict[str, Any], over_base: bool
) -> None:
    base = packaged("lake_region") if over_base else None
    check("anything", {file: json.dumps(content).encode() for file, content in held.items()}, scratch, base)


@settings(max_examples=max(3, settings.get_profile(settings.get_current_profile_name()).max_examples // 20))
@given(file=st.sampled_from(ORDER), changes=mutations)
def test_the_packaged_dataset_changed_loads_or_is_refused(
    scratch: pathlib.Path, file: str, changes: list[tuple[str, int, int, Any]]
) -> None:
    content = json.loads(read("piedmont")[file])
    for change in changes:
        mutate(content, *change)
    check("packaged", {**read("piedmont"), file: json.dumps(content).encode()}, scratch)


# Datasets that are valid.

visible = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(lambda text: f"{text}é")
texts: dict[Rule | None, st.SearchStrategy[Any]] = {
    None: st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    KEBAB_CASE: st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2}){0,2}", fullmatch=True),
    NACE: st.sampled_from(["A", "C", "C29", "C30.3", "J62.01", "U99"]),
    PASSAGE: st.lists(st.sampled_from(["w", "é", "4%", "…"]), min_size=1, max_size=8).map(" ".join),
    URL: st.sampled_from(["https://x.example", "http://é.example/a?b=c#d"]),
    DATE: st.dates().flatmap(lambda day: st.sampled_from([str(day)[:4], str(day)[:7], str(day)])),
    DAY: st.dates().map(str),
}


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """The values of a field that refers to nothing."""
    if issubclass(fact.cls, Enum):
        return st.sampled_from([*fact.cls])
    if fact.cls is bool:
        return st.booleans()
    if fact.cls is float:
        low, high = (fact.rule.minimum, fact.rule.maximum) if fact.rule else (None, None)
        whole = st.integers(-(2**53) if low is None else low, 2**53 if high is None else high)
        return st.floats(low, high, allow_nan=False, allow_infinity=False) | whole
    rule = fact.rule
    if rule in texts:
        return texts[rule]
    assert rule is not None
    if fact.cls is int:
        return st.integers(rule.minimum, rule.maximum)
    assert rule.pattern is not None
    return visible if rule == NOT_BLANK else st.from_regex(rule.pattern, alphabet=st.characters(codec="utf-8"))


@cache
def plain_fields(cls: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for some of the fields of a class that refer to nothing, and for all of these that it must have."""
    required, optional = {}, {}
    for name, fact in facts(cls).items():
        if not issubclass(fact.cls, Record):
            strategy = values(fact)
            if fact.many:
                strategy = st.lists(strategy, max_size=2).map(tuple)
            (required if fact.required else optional)[name] = strategy
    return st.fixed_dictionaries(required, optional=optional)


def refer(draw: Callable[[st.SearchStrategy[Any]], Any], cls: type[Record], held: dict[type, list[Any]]) -> Any:
    """A record of a class, its references among those held; None if it lacks one that it must have."""
    given = draw(plain_fields(cls))
    if "start" in given and "end" in given and given["start"] > given["end"]:
        given["start"], given["end"] = given["end"], given["start"]
    if "local_name" not in given:
        given.pop("local_language", None)
    for name, fact in facts(cls).items():
        if not issubclass(fact.cls, Record):
            continue
        among = held.get(fact.cls, [])
        if name == "match":
            among = [area for area in among if area != given["area"]]
        if name == "priority_field" and given.get("strategy") is not None:
            among = [field for field in among if field.strategy == given["strategy"]]
        if fact.cls is Citation:
            among = [] if not held.get(smartspec.Source) else [refer(draw, Citation, held)]
            among = [attrs.evolve(cited, supports=_some(draw, [*facts(cls)])) for cited in among]
        elif not issubclass(fact.cls, Entity):
            among = [value for value in [refer(draw, fact.cls, held)] if value is not None]
        if fact.many:
            given[name] = fact.container(_some(draw, among))
        elif among and (not fact.optional or draw(st.booleans())):
            given[name] = draw(st.sampled_from(among))
        elif not fact.optional:
            return None
    if cls is Citation:
        if given.get("basis") is smartspec.Basis.INFERRED:
            given["note"] = "because"
        given["supports"] = ()
    return cls(**given)


def _some(draw: Callable[[st.SearchStrategy[Any]], Any], among: list[Any]) -> tuple[Any, ...]:
    return tuple(draw(st.lists(st.sampled_from(among), max_size=2))) if among else ()


@st.composite
def catalogues(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Catalogue:
    held: dict[type, list[Any]] = {cls: [] for cls in COLLECTIONS.values()}
    for cls in COLLECTIONS.values():
        for _ in range(draw(st.integers(0, 2))):
            made = refer(draw, cls, held)
            if made is not None and made.id not in [other.id for other in held[cls]]:
                held[cls].append(made)
    info = DatasetInfo(**draw(plain_fields(DatasetInfo)))
    entities = [entity for group in held.values() for entity in draw(st.permutations(group))]
    return Catalogue(info, entities)


@given(catalogue=catalogues())
def test_any_valid_catalogue_is_saved_and_loads_equal(scratch: pathlib.Path, catalogue: Catalogue) -> None:
    tried["valid"] = tried.get("valid", 0) + 1
    check_saving(catalogue, scratch)


@given(catalogue=catalogues())
def test_any_valid_entity_comes_back_from_its_json_object(catalogue: Catalogue) -> None:
    tried["records"] = tried.get("records", 0) + 1
    for entity in catalogue:
        raw = json.loads(json.dumps(smartspec.to_dict(entity)))
        assert smartspec.from_dict(type(entity), raw, catalogue) == entity


@given(cls=st.sampled_from(list(FILES)), raw=some_record | some_json)
def test_any_json_value_is_made_into_an_entity_or_refused(cls: type[Entity], raw: Any) -> None:
    tried["objects"] = tried.get("objects", 0) + 1
    lakes = packaged("lake_region")
    try:
        entity = smartspec.from_dict(cls, raw, lakes)
    except DatasetError as error:
        check_lines(error)
    else:
        assert smartspec.from_dict(cls, smartspec.to_dict(entity), lakes) == entity
