"""Datasets on disk: the packaged one is loaded once, a directory is read whole or refused with all that is wrong."""

from __future__ import annotations

import json
import os
import pathlib
import pickle
import subprocess
import sys
import threading
import time
import zipfile
from typing import TYPE_CHECKING, Any, Protocol

import importlib_resources
import pytest

import smartspec
from smartspec import Catalogue, DatasetError, Problem, RegionLevel
from smartspec.datasets import loading
from smartspec.datasets.packaged import _AsNeeded, directory, packaged
from smartspec.domain.declaration import facts
from smartspec.domain.entity import Citations, Entity
from smartspec.domain.record import Record

if TYPE_CHECKING:
    from conftest import Make

ITALY = {"id": "italy", "name": "Italy", "level": "country"}
PIEDMONT = {"id": "piedmont", "name": "Piedmont", "level": "region", "parent": "italy"}
REPORT = {"id": "report", "name": "Report", "publisher": "P", "title": "T", "language": "en"}
S3 = {"id": "s3", "name": "S3", "region": "italy", "kind": "smart-specialisation"}
PLAN = {"id": "plan", "name": "Plan", "region": "italy", "kind": "strategic-plan"}
FIELD = {"id": "production", "name": "Production", "strategy": "s3", "designation": "field"}
CARS = {"id": "cars", "name": "Cars", "strategy": "s3", "designation": "area"}
FAIR = {"id": "fair", "name": "Fair", "kind": "event"}
MESAP = {"id": "mesap", "name": "MESAP", "region": "italy"}
GROWTH = {"id": "growth", "name": "Growth", "region": "italy", "value": -1.7, "unit": "%"}


class Write(Protocol):
    def __call__(self, **files: Any) -> pathlib.Path: ...


@pytest.fixture
def write(tmp_path: pathlib.Path) -> Write:
    """Writes a dataset: each keyword is a file (`regions` or `innovation_areas`), given as JSON or as bytes."""

    def write(**files: Any) -> pathlib.Path:
        directory = tmp_path / "mine"
        directory.mkdir()
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            (directory / f"{name.replace('_', '-')}.json").write_bytes(raw)
        return directory

    return write


def problems(directory: pathlib.Path, base: Catalogue | None = None) -> list[Problem]:
    """What is wrong with a dataset."""
    with pytest.raises(DatasetError) as caught:
        smartspec.load(directory, base=base)
    return list(caught.value.problems)


def places(directory: pathlib.Path, base: Catalogue | None = None) -> list[str]:
    """Where something is wrong in a dataset."""
    return [f"{problem.file}#{problem.pointer}" for problem in problems(directory, base)]


def chain(length: int, prefix: str = "r") -> list[dict[str, str]]:
    """Regions of which each but the first lies in the one before."""
    parents: list[dict[str, str]] = [{}, *({"parent": f"{prefix}{n}"} for n in range(length - 1))]
    return [{**ITALY, "id": f"{prefix}{n}", **parent} for n, parent in enumerate(parents)]


def only(directory: pathlib.Path, base: Catalogue | None = None) -> str:
    """The one thing that is wrong with a dataset."""
    found = problems(directory, base)
    assert len(found) == 1
    return str(found[0])


# The packaged dataset


def test_the_packaged_dataset_is_loaded_once(s3: Catalogue) -> None:
    assert smartspec.load() is s3


def test_the_packaged_dataset_is_loaded_once_by_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    packaged, loads = loading.packaged, []

    def counting(name: str, base: Catalogue | None) -> Catalogue:
        loads.append(name)
        return packaged(name, base)

    barrier = threading.Barrier(64)
    catalogues: list[Catalogue] = []
    found: set[tuple[str, int, str]] = set()

    def work(number: int) -> None:
        barrier.wait()
        catalogue = smartspec.load()
        catalogues.append(catalogue)
        collections = [*catalogue.collections.values()]  # Each thread asks for another file first.
        for collection in collections[number % len(collections) :]:
            found.update((entity.id, id(entity), repr(entity.citations)) for entity in collection)

    monkeypatch.setattr(loading, "_loaded", {})
    monkeypatch.setattr(loading, "packaged", counting)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert (len(loads), len(catalogues), len({id(catalogue) for catalogue in catalogues})) == (1, 64, 1)
    assert len(found) == len(catalogues[0])


def test_each_file_is_read_once_by_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    read, reads = _AsNeeded._read, []

    def slow(self: _AsNeeded, cls: type[Entity]) -> Any:
        reads.append(cls)
        time.sleep(0.05)
        return read(self, cls)

    region, barrier = packaged("lake_region").innovation_poles[0].region, threading.Barrier(8)
    monkeypatch.setattr(_AsNeeded, "_read", slow)

    def work() -> None:
        barrier.wait()
        assert region.name

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reads == [smartspec.Region]


def test_a_reading_may_be_interrupted_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _AsNeeded._read
    lakes = packaged("lake_region")

    def interrupted(self: _AsNeeded, cls: type[Entity]) -> Any:
        monkeypatch.setattr(_AsNeeded, "_read", read)
        assert lakes.regions[0].name  # As a signal handler may do.
        return read(self, cls)

    monkeypatch.setattr(_AsNeeded, "_read", interrupted)
    assert [pole.region for pole in lakes.innovation_poles] == [
        lakes.regions[pole.region.id] for pole in lakes.innovation_poles
    ]


def test_a_failed_reading_of_a_file_can_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    lakes = packaged("lake_region")
    pole = lakes.innovation_poles[0]
    with monkeypatch.context() as broken:
        broken.setattr(_AsNeeded, "_read", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            _ = pole.region.name
    assert pole.region is lakes.regions.lookup(pole.region.name)


def test_a_failed_loading_of_the_packaged_dataset_can_be_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> Catalogue:
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(loading, "_loaded", {})
        broken.setattr(loading, "packaged", failing)
        with pytest.raises(OSError, match="disk"):
            smartspec.load()
        broken.setattr(loading, "packaged", lambda *_: "catalogue")
        assert smartspec.load() == "catalogue"


def test_the_packaged_dataset_tells_its_licence(s3: Catalogue) -> None:
    assert s3.info.licence == "CC-BY-4.0"


@pytest.mark.parametrize("name", ["regions", "strategies", "innovation_areas", "innovation_poles", "sources"])
def test_the_packaged_dataset_is_read_in_the_order_of_its_files(s3: Catalogue, name: str) -> None:
    file = pathlib.Path(smartspec.__file__).parent / "datasets" / "piedmont" / f"{name.replace('_', '-')}.json"
    ids = [record["id"] for record in json.loads(file.read_text(encoding="utf-8"))]
    assert [entity.id for entity in s3.collections[name]] == ids


def told(value: Any) -> Any:
    """All that a value is, down to the types of what it holds; entities that it refers to by type and id."""
    if isinstance(value, tuple):
        return type(value), [*map(told, value)]
    if isinstance(value, Entity):
        return type(value), value.id
    if isinstance(value, Record):
        return type(value), [(name, told(getattr(value, name))) for name in facts(type(value))]
    return type(value), repr(value)


@pytest.mark.parametrize("name", ["piedmont", "lake_region"])
def test_what_is_packaged_is_what_a_strict_reading_of_its_directory_gives(name: str) -> None:
    trusted, strict = packaged(name), smartspec.load(directory(name))
    assert told(trusted.info) == told(strict.info)
    assert [*trusted.collections] == [*strict.collections]
    for one, other in zip(trusted, strict, strict=True):
        for field in facts(type(one)):
            assert told(getattr(one, field)) == told(getattr(other, field)), (one.id, field)
    assert trusted == strict


@pytest.mark.parametrize("name", ["piedmont", "lake_region"])
def test_what_is_packaged_passes_the_checks_of_its_classes(name: str) -> None:
    for entity in packaged(name):
        for part in (entity, *entity.citations):
            assert type(part)(**{field: getattr(part, field) for field in facts(type(part))}) == part


@pytest.mark.parametrize("name", ["piedmont", "lake_region"])
def test_what_is_packaged_refers_to_entities_of_its_own_and_not_to_copies(name: str) -> None:
    catalogue = packaged(name)
    own = set(map(id, catalogue))
    links = [link for entity in catalogue for link in catalogue.links(entity)]
    assert all(id(link.end) in own for link in links)
    assert all(type(entity.citations) is Citations for entity in catalogue)


def test_the_packaged_files_are_handed_out_as_resources(s3: Catalogue) -> None:
    assert smartspec.load(importlib_resources.files("smartspec.datasets") / "piedmont") == s3


def test_a_zipped_package_hands_its_files_out_too(tmp_path: pathlib.Path) -> None:
    package = pathlib.Path(smartspec.__file__).parent
    with zipfile.ZipFile(tmp_path / "zipped.zip", "w") as archive:
        for path in package.rglob("*"):
            if path.suffix in (".py", ".json", ".tsv"):
                archive.write(path, path.relative_to(package.parent))
    script = (
        "import importlib_resources, smartspec;"
        "found = importlib_resources.files('smartspec.datasets') / 'lake_region';"
        "print('.zip' in smartspec.__file__, len(smartspec.load(found)), len(smartspec.load()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "zipped.zip")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == (f"True 15 {len(smartspec.load())}\n", "")


def test_a_base_without_path_is_a_type_error(s3: Catalogue) -> None:
    with pytest.raises(TypeError, match="needs the path of a dataset"):
        smartspec.load(base=s3)


# A sound dataset


@pytest.mark.parametrize("kind", [str, pathlib.Path])
def test_a_directory_is_named_by_str_or_path(write: Write, kind: Any) -> None:
    assert smartspec.load(kind(write(regions=[ITALY]))).regions["italy"].name == "Italy"


def test_a_dataset_has_the_name_that_its_file_gives(write: Write) -> None:
    assert smartspec.load(write(dataset={"name": "Ours", "version": "3"})).version == "3"


def test_a_dataset_without_a_file_about_itself_is_called_like_its_directory(write: Write) -> None:
    assert smartspec.load(write(regions=[ITALY])).name == "mine"


def test_a_file_that_is_missing_is_an_empty_collection(write: Write) -> None:
    assert len(smartspec.load(write(regions=[ITALY])).innovation_poles) == 0


def test_references_become_the_objects_that_they_name(write: Write) -> None:
    regions = smartspec.load(write(regions=[ITALY, PIEDMONT])).regions
    assert regions["piedmont"].parent is regions["italy"]


def test_a_record_may_refer_to_a_later_one_of_its_file(write: Write) -> None:
    regions = smartspec.load(write(regions=[PIEDMONT, ITALY])).regions
    assert regions["piedmont"].parent is regions["italy"]


def test_records_keep_the_order_of_their_file_whatever_they_refer_to(write: Write) -> None:
    regions = smartspec.load(write(regions=[PIEDMONT, ITALY])).regions
    assert [region.id for region in regions] == ["piedmont", "italy"]


@pytest.mark.parametrize("turned", [1, -1], ids=["parents first", "children first"])
def test_a_chain_of_a_hundred_is_read_in_any_order(write: Write, turned: int) -> None:
    assert len(smartspec.load(write(regions=chain(100)[::turned])).regions["r99"].ancestors) == 99


@pytest.mark.parametrize("turned", [1, -1], ids=["parents first", "children first"])
def test_a_longer_chain_is_refused_once_where_it_becomes_too_long(write: Write, turned: int) -> None:
    place = 100 if turned == 1 else 2_899
    message = "more than 100 entities refer one to the next from here on (shorten the chain)"
    assert only(write(regions=chain(3_000)[::turned])) == f"regions.json#/{place}: {message}"


def test_each_chain_that_is_too_long_is_told(write: Write) -> None:
    twice = [*chain(101), *chain(101, "s")]
    assert places(write(regions=twice)) == ["regions.json#/100", "regions.json#/201"]


def test_a_chain_that_the_base_begins_is_refused_where_it_becomes_too_long(write: Write, make: Make) -> None:
    ends: list[Any] = [make.region("r0")]
    for n in range(1, 60):
        ends.append(make.region(f"r{n}", parent=ends[-1]))
    more = [record for record in chain(110) if int(record["id"][1:]) >= 60]
    assert places(write(regions=more), make.catalogue(*ends)) == ["regions.json#/40"]


def test_a_source_that_cites_more_than_a_hundred_one_after_the_other_is_refused(write: Write) -> None:
    cited = [{**REPORT, "id": f"s{n}"} for n in range(101)]
    for n, record in enumerate(cited[1:]):
        record["citations"] = [{"source": f"s{n}", "passage": "a"}]
    assert places(write(sources=cited)) == ["sources.json#/100"]


def test_all_kinds_of_values_are_read(write: Write) -> None:
    cited = {"source": "report", "passage": "a b", "supports": ["nuts"], "basis": "inferred", "note": "Because."}
    record = {**ITALY, "aliases": ["Italia"], "nuts": "IT", "area_km2": 302073, "citations": [cited]}
    region = smartspec.load(write(sources=[REPORT], regions=[record])).regions["italy"]
    citation = region.citations[0]
    assert (region.level, region.aliases, region.area_km2) == (RegionLevel.COUNTRY, ("Italia",), 302073.0)
    assert (citation.source.id, citation.supports, citation.basis.name) == ("report", ("nuts",), "INFERRED")


def test_an_int_in_the_file_is_a_float_where_a_float_is_due(write: Write) -> None:
    growth = smartspec.load(write(regions=[ITALY], indicators=[{**GROWTH, "value": 4}])).indicators["growth"]
    assert repr(growth.value) == "4.0"


def test_null_stands_for_what_is_not_stated(write: Write) -> None:
    assert smartspec.load(write(regions=[{**ITALY, "nuts": None}])).regions["italy"].nuts is None


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    assert len(smartspec.load(write(regions=b"\xef\xbb\xbf[]"))) == 0


def test_files_that_are_no_json_are_left_alone(write: Write) -> None:
    directory = write(regions=[ITALY])
    (directory / "README.md").write_text("# Mine")
    assert len(smartspec.load(directory)) == 1


def test_a_loaded_dataset_survives_pickling(write: Write) -> None:
    catalogue = smartspec.load(write(regions=[PIEDMONT, ITALY]))
    assert pickle.loads(pickle.dumps(catalogue)) == catalogue


# Broken directories and files


def test_a_directory_that_is_not_there_is_a_dataset_error(tmp_path: pathlib.Path) -> None:
    assert only(tmp_path / "nowhere").startswith("nowhere#: is not there")


def test_a_file_instead_of_a_directory_is_a_dataset_error(write: Write) -> None:
    assert only(write(regions=[ITALY]) / "regions.json").startswith("regions.json#: is a file")


def test_a_directory_without_any_file_of_a_dataset_is_refused(write: Write) -> None:
    assert only(write()).startswith("mine#: holds no file of a dataset")


def test_an_unknown_file_is_refused_with_the_near_one(write: Write) -> None:
    found = only(write(region=[ITALY], sources=[]))
    assert found == 'region.json#: is no file of a dataset (did you mean "regions.json"?)'


def test_an_unknown_file_that_resembles_none_is_refused_with_all_names(write: Write) -> None:
    assert "xyzzy.json#: is no file of a dataset (one of dataset.json, " in only(write(xyzzy=[], sources=[]))


def test_a_directory_in_place_of_a_file_is_refused(write: Write) -> None:
    directory = write(sources=[])
    (directory / "regions.json").mkdir()
    assert only(directory).startswith("regions.json#: cannot be read: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "line 1, column 1 is not JSON", id="empty"),
        pytest.param(b'[{"id": "italy"', "line 1, column 16 is not JSON", id="truncated"),
        pytest.param(b'[\n  {"id" 3}\n]', "line 2, column 9 is not JSON", id="no-colon"),
        pytest.param(b"[] []", "line 1, column 4 is not JSON: Extra data", id="two-values"),
        pytest.param(b'[{"name": "Citt\xe0"}]', "byte 15 is not UTF-8", id="latin-1"),
        pytest.param("[]".encode("utf-16"), "byte 0 is not UTF-8", id="utf-16"),
        pytest.param(b"[" * 100_000, "is nested too deeply", id="deep-lists"),
        pytest.param(b'{"a":' * 100_000, "is nested too deeply", id="deep-objects"),
        pytest.param(b"[" + b"9" * 5_000 + b"]", "holds a number of thousands of digits", id="number-of-5000-digits"),
        pytest.param(b"{}", "{} is an object, not a list", id="object"),
        pytest.param(b'"regions"', "'regions' is a text, not a list", id="text"),
        pytest.param(b"5", "5 is a whole number, not a list", id="number"),
    ],
)
def test_a_file_that_is_no_list_of_records_is_refused(write: Write, content: bytes, message: str) -> None:
    assert only(write(regions=content)).startswith(f"regions.json#: {message}")


@pytest.mark.parametrize(
    ("info", "place"),
    [
        pytest.param({}, "dataset.json#", id="without-name"),
        pytest.param({"name": ""}, "dataset.json#/name", id="blank-name"),
        pytest.param({"name": 5}, "dataset.json#/name", id="number-as-name"),
        pytest.param({"name": "Mine", "licens": "MIT"}, "dataset.json#/licens", id="unknown-key"),
        pytest.param({"name": "Mine", "version": 1}, "dataset.json#/version", id="number-as-version"),
        pytest.param({"name": "Mine", "base": "x"}, "dataset.json#/base", id="text-as-base"),
        pytest.param({"name": "Mine", "base": {}}, "dataset.json#/base", id="base-without-name"),
        pytest.param({"name": "Mine", "base": {"name": 5}}, "dataset.json#/base/name", id="number-as-name-of-base"),
        pytest.param({"name": "Mine", "checked": "2026-02-30"}, "dataset.json#/checked", id="no-day"),
        pytest.param([], "dataset.json#", id="list"),
        pytest.param(b'{"name": "A", "name": "B"}', "dataset.json#/name", id="repeated-key"),
        pytest.param(b'{"name": ', "dataset.json#", id="truncated"),
    ],
)
def test_what_a_dataset_says_of_itself_is_checked(write: Write, info: Any, place: str) -> None:
    assert places(write(dataset=info)) == [place]


# Broken records


@pytest.mark.parametrize("record", [5, None, "italy", ["italy"], True])
def test_a_record_that_is_no_object_is_refused(write: Write, record: Any) -> None:
    assert "regions.json#/1: " in only(write(regions=[ITALY, record]))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"id": 5}, "/id: 5 is a whole number, not a text", id="id-number"),
        pytest.param({"id": None}, "/id: None is nothing, not a text", id="id-null"),
        pytest.param({"id": "It aly"}, "/id: 'It aly' is not an id in kebab-case", id="id-not-kebab-case"),
        pytest.param({"name": True}, "/name: True is a truth value, not a text", id="name-true"),
        pytest.param({"name": ""}, "/name: '' is not a text", id="name-blank"),
        pytest.param({"name": "\ud800"}, "/name: '\\ud800' holds half of a surrogate pair", id="name-surrogate"),
        pytest.param({"description": None}, "/description: None is nothing, not a text", id="description-null"),
        pytest.param({"aliases": "Italia"}, "/aliases: 'Italia' is a text, not a list", id="aliases-text"),
        pytest.param({"aliases": None}, "/aliases: None is nothing, not a list", id="aliases-null"),
        pytest.param({"aliases": {}}, "/aliases: {} is an object, not a list", id="aliases-object"),
        pytest.param({"aliases": ["I", 5]}, "/aliases/1: 5 is a whole number, not a text", id="alias-number"),
        pytest.param(
            {"level": "contry"}, """/level: 'contry' is no RegionLevel (did you mean "country"?)""", id="level"
        ),
        pytest.param({"level": "COUNTRY"}, "/level: 'COUNTRY' is no RegionLevel (one of country, ", id="level-name"),
        pytest.param({"level": ["region"]}, "/level: ['region'] is no RegionLevel", id="level-list"),
        pytest.param({"nuts": "it"}, """/nuts: 'it' is not a NUTS code (write it like "ITC1")""", id="nuts"),
        pytest.param({"parent": 5}, "/parent: 5 is a whole number, not an id", id="reference-number"),
        pytest.param({"parent": ["x"]}, "/parent: ['x'] is a list, not an id", id="reference-list"),
        pytest.param({"parent": {"id": "x"}}, "/parent: {'id': 'x'} is an object, not an id", id="reference-object"),
        pytest.param({"parent": "x"}, "/parent: regions has no 'x' (add it to regions)", id="reference-dangling"),
        pytest.param({"area_km2": "302073"}, "/area_km2: '302073' is a text, not a number", id="float-text"),
        pytest.param({"area_km2": True}, "/area_km2: True is a truth value, not a number", id="float-true"),
        pytest.param({"area_km2": float("nan")}, "/area_km2: nan is not a finite number", id="float-nan"),
        pytest.param({"area_km2": float("inf")}, "/area_km2: inf is not a finite number", id="float-infinite"),
        pytest.param({"area_km2": 10**400}, "/area_km2: ", id="float-of-400-digits"),
        pytest.param({"citations": {}}, "/citations: {} is an object, not a list", id="citations-object"),
        pytest.param({"citations": ["report"]}, "/citations/0: 'report' is a text, not an object", id="citation-text"),
        pytest.param({"nutz": "IT"}, """/nutz: Region has no 'nutz' (did you mean "nuts"?)""", id="unknown-key"),
        pytest.param({"xyzzy": 1}, "/xyzzy: Region has no 'xyzzy' (one of id, name, ", id="unknown-key-far-off"),
        pytest.param({"a/b~c": 1}, "/a~1b~0c: Region has no 'a/b~c'", id="unknown-key-to-escape"),
        pytest.param({"": 1}, "/: Region has no ''", id="empty-key"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(write: Write, change: dict[str, Any], problem: str) -> None:
    assert only(write(regions=[{**ITALY, **change}])).startswith(f"regions.json#/0{problem}")


@pytest.mark.parametrize("date", ["2014", "2014-03", "2014-03-31", "2012-02-29", "0001", "9999-12-31"])
def test_a_date_is_read_as_exactly_as_it_is_written(write: Write, date: str) -> None:
    strategy = smartspec.load(write(regions=[ITALY], strategies=[{**S3, "start": date}])).strategies["s3"]
    assert (strategy.start, strategy.start_year) == (date, int(date[:4]))


@pytest.mark.parametrize(
    "date",
    [
        *(2014, 2014.0, True, 0, [2014], "", "0000", "14", "20140", "2014-3", "2014-13", "2014-00", "2014-02-30"),
        *("2013-02-29", "2014-03-3", "2014/03", "2014-03-31T00:00", "2014\n", " 2014", "٢٠١٤", "2014-W05", "20140331"),
    ],
)
def test_a_wrong_date_is_refused(write: Write, date: Any) -> None:
    assert places(write(regions=[ITALY], strategies=[{**S3, "start": date}])) == ["strategies.json#/0/start"]


def test_a_number_in_quotes_is_refused_with_what_to_write(write: Write) -> None:
    assert "(write the number without quotes)" in only(write(regions=[ITALY], indicators=[{**GROWTH, "value": "2"}]))


def test_a_year_without_quotes_is_refused_with_what_to_write(write: Write) -> None:
    assert only(write(regions=[ITALY], strategies=[{**S3, "start": 2014}])) == (
        'strategies.json#/0/start: 2014 is a whole number, not a text (write "2014")'
    )


@pytest.mark.parametrize(
    ("file", "record", "key", "now"),
    [
        pytest.param("strategies", S3, "start_year", "start", id="start-of-strategy"),
        pytest.param("strategies", S3, "end_year", "end", id="end-of-strategy"),
        pytest.param("initiatives", FAIR, "start_year", "start", id="start-of-initiative"),
        pytest.param("initiatives", FAIR, "end_year", "end", id="end-of-initiative"),
        pytest.param("innovation_poles", MESAP, "start_year", "start", id="start-of-pole"),
        pytest.param("innovation_poles", MESAP, "end_year", "end", id="end-of-pole"),
        pytest.param("indicators", GROWTH, "start_year", "start", id="start-of-indicator"),
        pytest.param("indicators", GROWTH, "end_year", "end", id="end-of-indicator"),
    ],
)
def test_a_key_of_earlier_versions_is_refused_with_the_one_that_has_taken_its_place(
    write: Write, file: str, record: dict[str, Any], key: str, now: str
) -> None:
    assert f'no {key!r} (did you mean "{now}"?)' in only(write(regions=[ITALY], **{file: [{**record, key: 1}]}))


def test_a_citation_may_not_support_an_attribute_of_earlier_versions(write: Write) -> None:
    record = {**S3, "citations": [{"source": "report", "passage": "a", "supports": ["start_year"]}]}
    assert only(write(sources=[REPORT], regions=[ITALY], strategies=[record])).endswith('(did you mean "start"?)')


@pytest.mark.parametrize("number", [8, 8.0])
def test_a_whole_number_may_be_written_with_a_point(write: Write, number: float) -> None:
    objective = {"id": "o", "name": "O", "strategy": "s3", "designation": "objective", "number": number}
    loaded = smartspec.load(write(regions=[ITALY], strategies=[S3], strategic_objectives=[objective]))
    assert repr(loaded.strategic_objectives["o"].number) == "8"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        pytest.param("Milan", 'write ["Milan"]', id="text"),
        pytest.param('a "quoted" name', r'write ["a \"quoted\" name"]', id="quotes"),
        pytest.param("\u202e", r'write ["\u202e"]', id="turned-writing"),
        pytest.param("\ud800", r'write ["\ud800"]', id="half-pair"),
        pytest.param(5, "write a list", id="number"),
        pytest.param(None, "leave the key out", id="null"),
        pytest.param({}, "write a list", id="object"),
        pytest.param(True, "write a list", id="true"),
    ],
)
def test_the_hint_where_a_list_is_due_can_be_pasted(write: Write, value: Any, hint: str) -> None:
    problem = problems(write(regions=[{**ITALY, "aliases": value}]))[0]
    assert problem.hint == hint
    if "[" in hint:
        assert json.loads(hint.removeprefix("write ")) == [value]


def test_a_number_too_large_for_a_float_is_refused(write: Write) -> None:
    raw = json.dumps([{**ITALY, "area_km2": 0}]).replace(": 0", ": 1e999")
    assert only(write(regions=raw.encode())).startswith("regions.json#/0/area_km2: inf is not a finite number")


@pytest.mark.parametrize("key", ["id", "name", "level"])
def test_a_missing_key_is_refused(write: Write, key: str) -> None:
    record = {name: value for name, value in ITALY.items() if name != key}
    assert only(write(regions=[record])).startswith(f"regions.json#/0: the key '{key}' is missing")


def test_a_repeated_key_is_refused(write: Write) -> None:
    raw = b'[{"id": "italy", "name": "Italy", "name": "Italia", "level": "country"}]'
    assert only(write(regions=raw)) == "regions.json#/0/name: the key 'name' stands here more than once (keep one)"


def test_a_repeated_key_in_a_citation_is_refused(write: Write) -> None:
    raw = json.dumps([{**ITALY, "citations": [{"source": "report", "passage": "a"}]}])
    raw = raw.replace('"passage": "a"', '"passage": "a", "passage": "b"')
    assert places(write(sources=[REPORT], regions=raw.encode())) == ["regions.json#/0/citations/0/passage"]


def test_a_repeated_id_is_refused(write: Write) -> None:
    assert only(write(regions=[ITALY, PIEDMONT, ITALY])) == (
        "regions.json#/2/id: 'italy' is the id of record 0 too (choose another id)"
    )


def test_one_id_in_two_files_is_fine(write: Write) -> None:
    assert len(smartspec.load(write(sources=[{**REPORT, "id": "italy"}], regions=[ITALY]))) == 2


def test_a_value_of_great_depth_is_refused_by_its_type(write: Write) -> None:
    raw = json.dumps([{**ITALY, "name": 0}]).replace(": 0", ": " + "[" * 400 + "]" * 400)
    assert only(write(regions=raw.encode())).startswith("regions.json#/0/name: <list> is a list, not a text")


def test_a_dangling_reference_is_refused_with_the_near_id(write: Write) -> None:
    assert only(write(regions=[ITALY, {**PIEDMONT, "parent": "itly"}])) == (
        """regions.json#/1/parent: regions has no 'itly' (did you mean "italy"?)"""
    )


def test_a_dangling_reference_in_a_list_is_refused_with_its_place(write: Write) -> None:
    poles = [{"id": "p", "name": "P", "region": "italy", "territories": ["italy", "lombardy"]}]
    assert places(write(regions=[ITALY], innovation_poles=poles)) == ["innovation-poles.json#/0/territories/1"]


def test_a_dangling_source_is_refused_with_its_place(write: Write) -> None:
    record = {**ITALY, "citations": [{"source": "reprot", "passage": "a"}]}
    assert only(write(sources=[REPORT], regions=[record])) == (
        """regions.json#/0/citations/0/source: sources has no 'reprot' (did you mean "report"?)"""
    )


def test_a_reference_to_a_record_that_is_wrong_itself_is_no_second_problem(write: Write) -> None:
    assert places(write(regions=[{**ITALY, "nuts": "?"}, PIEDMONT], strategies=[S3])) == ["regions.json#/0/nuts"]


@pytest.mark.parametrize(
    ("parents", "way"),
    [
        pytest.param({"a": "a"}, "a → a", id="itself"),
        pytest.param({"a": "b", "b": "a"}, "a → b → a", id="two"),
        pytest.param({"a": "b", "b": "c", "c": "a"}, "a → b → c → a", id="three"),
        pytest.param({"z": "a", "a": "b", "b": "a"}, "a → b → a", id="a-way-into-it"),
    ],
)
def test_a_cycle_is_refused_with_the_way_around(write: Write, parents: dict[str, str], way: str) -> None:
    regions = [{**ITALY, "id": id, "parent": parent} for id, parent in parents.items()]
    assert f"'a' leads back to itself: {way} (cut the circle)" in only(write(regions=regions))


def test_a_source_that_cites_itself_is_a_cycle(write: Write) -> None:
    record = {**REPORT, "citations": [{"source": "report", "passage": "a"}]}
    assert only(write(sources=[record])).startswith("sources.json#/0/citations/0/source: 'report' leads back to itself")


def test_a_source_may_cite_another_that_comes_later(write: Write) -> None:
    first = {**REPORT, "id": "first", "citations": [{"source": "report", "passage": "a"}]}
    assert smartspec.load(write(sources=[first, REPORT])).sources["first"].citations[0].source.id == "report"


@pytest.mark.parametrize(("start", "end"), [("2020", "2014"), ("2020-03", "2020-02"), ("2020-03", "2020-02-29")])
def test_dates_out_of_order_are_refused(write: Write, start: str, end: str) -> None:
    assert only(write(regions=[ITALY], strategies=[{**S3, "start": start, "end": end}])) == (
        f"strategies.json#/0/end: '{end}' is before start '{start}' (exchange the two)"
    )


@pytest.mark.parametrize(("start", "end"), [("2020-03", "2020"), ("2020", "2020-01-01"), ("2020-03-31", "2020-03")])
def test_dates_that_may_be_in_order_as_far_as_they_tell_are_taken(write: Write, start: str, end: str) -> None:
    strategies = smartspec.load(write(regions=[ITALY], strategies=[{**S3, "start": start, "end": end}])).strategies
    assert (strategies["s3"].start, strategies["s3"].end) == (start, end)


def test_a_wrong_start_does_not_make_the_end_wrong(write: Write) -> None:
    strategy = {**S3, "start": 2020, "end": "2014"}
    assert places(write(regions=[ITALY], strategies=[strategy])) == ["strategies.json#/0/start"]


def test_a_language_without_a_local_name_is_refused(write: Write) -> None:
    assert only(write(regions=[{**ITALY, "local_language": "it"}])).startswith(
        "regions.json#/0/local_language: there is no local_name"
    )


def test_an_area_in_a_field_of_another_strategy_is_refused(write: Write) -> None:
    area = {**CARS, "strategy": "plan", "priority_field": "production"}
    directory = write(regions=[ITALY], strategies=[S3, PLAN], priority_fields=[FIELD], innovation_areas=[area])
    assert only(directory).startswith("innovation-areas.json#/0/priority_field: 'production' is a field of 's3'")


def test_an_alignment_of_an_area_to_itself_is_refused(write: Write) -> None:
    alignment = {"id": "x", "name": "X", "area": "cars", "match": "cars", "relation": "exact"}
    directory = write(regions=[ITALY], strategies=[S3], innovation_areas=[CARS], alignments=[alignment])
    assert only(directory).startswith("alignments.json#/0/match: 'cars' is aligned to itself")


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        pytest.param({"passage": "a"}, "", id="without-source"),
        pytest.param({"source": "report"}, "", id="without-passage"),
        pytest.param({"source": "report", "passage": "a b c d e f g h i"}, "/passage", id="nine-words"),
        pytest.param({"source": "report", "passage": "a", "supports": ["nutz"]}, "/supports/0", id="no-attribute"),
        pytest.param({"source": "report", "passage": "a", "basis": "guessed"}, "/basis", id="unknown-basis"),
        pytest.param({"source": "report", "passage": "a", "basis": "inferred"}, "/note", id="inferred-without-note"),
        pytest.param({"source": "report", "passage": "a", "page": 3}, "/page", id="unknown-key"),
    ],
)
def test_a_wrong_citation_is_refused_with_its_place(write: Write, citation: dict[str, Any], place: str) -> None:
    sound = {"source": "report", "passage": "a"}
    record = {**ITALY, "citations": [sound, citation]}
    assert places(write(sources=[REPORT], regions=[record])) == [f"regions.json#/0/citations/1{place}"]


# All problems at once


def test_all_problems_of_a_record_are_reported(write: Write) -> None:
    record = {"id": "Italy", "nuts": "it", "levl": "country", "aliases": [5, " "]}
    assert sorted(places(write(regions=[record]))) == [
        "regions.json#/0",
        "regions.json#/0",
        "regions.json#/0/aliases/0",
        "regions.json#/0/aliases/1",
        "regions.json#/0/id",
        "regions.json#/0/levl",
        "regions.json#/0/nuts",
    ]


def test_all_problems_of_all_files_are_reported_in_the_order_of_files_and_records(write: Write) -> None:
    directory = write(
        observations=b"[",
        zzz=[],
        strategies=[{**S3, "region": "x"}, {**PLAN, "kind": "x"}],
        regions=[{**ITALY, "parent": "italy"}, {**PIEDMONT, "nuts": "?"}, {**PIEDMONT, "nuts": "?"}],
        dataset={"name": "Mine", "x": 1},
    )
    assert places(directory) == [
        "dataset.json#/x",
        "regions.json#/0/parent",
        "regions.json#/1/nuts",
        "regions.json#/2/id",
        "regions.json#/2/nuts",
        "strategies.json#/0/region",
        "strategies.json#/1/kind",
        "observations.json#",
        "zzz.json#",
    ]


def test_records_that_are_read_in_another_order_are_reported_in_that_of_the_file(write: Write) -> None:
    regions = [{**PIEDMONT, "nuts": "?"}, {**ITALY, "nuts": "?"}]
    assert places(write(regions=regions)) == ["regions.json#/0/nuts", "regions.json#/1/nuts"]


def test_a_thousand_problems_are_all_reported(write: Write) -> None:
    assert len(problems(write(regions=[{**ITALY, "id": f"r{n}", "nuts": "?"} for n in range(1_000)]))) == 1_000


def test_a_dataset_error_is_a_value_error(write: Write) -> None:
    with pytest.raises(ValueError, match="1 problem"):
        smartspec.load(write(regions=[5]))


def test_a_problem_is_one_line_whatever_the_value(write: Write) -> None:
    assert "\n" not in only(write(regions=[{**ITALY, "nuts": "a\nb" * 100_000}]))


def test_a_problem_is_short_whatever_the_value(write: Write) -> None:
    assert len(only(write(regions=[{**ITALY, "nuts": "x" * 1_000_000}]))) < 300


# On top of another catalogue


def test_records_may_refer_to_those_of_the_base(write: Write, small: Catalogue) -> None:
    cuorgne = {"id": "cuorgne", "name": "Cuorgnè", "level": "municipality", "parent": "piedmont"}
    larger = smartspec.load(write(regions=[cuorgne]), base=small)
    assert larger.regions["cuorgne"].parent is small.regions["piedmont"]


def test_records_are_added_after_those_of_the_base(write: Write, small: Catalogue) -> None:
    larger = smartspec.load(write(regions=[{**ITALY, "id": "france"}]), base=small)
    assert [region.id for region in larger.regions] == ["italy", "piedmont", "torino", "cuneo", "france"]


def test_the_base_stays_as_it_was(write: Write, small: Catalogue) -> None:
    smartspec.load(write(regions=[{**ITALY, "id": "france"}]), base=small)
    assert "france" not in small.regions


def test_what_is_added_is_related_to_the_base(write: Write, small: Catalogue) -> None:
    pole = {"id": "mesap", "name": "MESAP", "region": "torino", "areas": ["cars"]}
    larger = smartspec.load(write(innovation_poles=[pole]), base=small)
    assert "mesap" in larger.innovation_poles.of(small.innovation_areas["cars"])


def test_the_result_bears_the_name_of_what_was_added(write: Write, small: Catalogue) -> None:
    assert smartspec.load(write(dataset={"name": "Ours"}), base=small).name == "Ours"


def test_a_record_that_is_identical_in_the_base_is_fine(write: Write, small: Catalogue) -> None:
    italy = {**ITALY, "nuts": "IT"}
    assert list(smartspec.load(write(regions=[italy]), base=small)) == list(small)


def test_another_record_of_an_id_of_the_base_is_refused(write: Write, small: Catalogue) -> None:
    assert only(write(regions=[ITALY]), base=small).startswith("regions.json#/0/id: 'italy' is taken by Region('italy'")


def test_a_reference_to_a_record_whose_id_is_unsound_is_no_problem_of_its_own(write: Write) -> None:
    piedmont = {"id": "piedmont", "name": "Piedmont", "level": "region", "parent": "No id"}
    assert places(write(regions=[{**ITALY, "id": "No id"}, piedmont])) == ["regions.json#/0/id"]


def test_a_circle_over_a_record_whose_id_is_unsound_is_told(write: Write) -> None:
    piedmont = {"id": "piedmont", "name": "Piedmont", "level": "region", "parent": "No id"}
    directory = write(regions=[{**ITALY, "id": "No id", "parent": "piedmont"}, piedmont])
    assert places(directory) == ["regions.json#/0/id", "regions.json#/1/parent"]


def test_a_record_of_the_base_is_not_compared_to_what_could_not_be_read(write: Write, small: Catalogue) -> None:
    piedmont = smartspec.to_dict(small.regions["piedmont"])
    directory = write(regions=[{**ITALY, "id": "No id"}, {**piedmont, "parent": "No id"}])
    assert places(directory, base=small) == ["regions.json#/0/id"]


def test_a_second_record_of_an_id_of_the_base_is_one_problem(write: Write, small: Catalogue) -> None:
    same = {**ITALY, "nuts": "IT"}
    assert only(write(regions=[same, ITALY]), small).startswith("regions.json#/1/id: 'italy' is the id of record 0 too")


def test_what_neither_the_files_nor_the_base_hold_is_a_dangling_reference(write: Write, small: Catalogue) -> None:
    assert places(write(strategies=[{**S3, "id": "new", "region": "lombardy"}]), base=small) == [
        "strategies.json#/0/region"
    ]


def test_the_near_id_of_a_dangling_reference_may_be_of_the_base(write: Write, small: Catalogue) -> None:
    directory = write(strategies=[{**S3, "id": "new", "region": "piedmnt"}])
    assert 'did you mean "piedmont"?' in only(directory, base=small)


def test_an_area_may_stand_in_a_field_of_the_base(write: Write, small: Catalogue) -> None:
    area = {**CARS, "id": "trains", "priority_field": "production"}
    larger = smartspec.load(write(innovation_areas=[area]), base=small)
    assert "trains" in larger.innovation_areas.of(small.priority_fields["production"])


def test_the_packaged_dataset_can_be_a_base(write: Write, s3: Catalogue, make: Make) -> None:
    utopia = {"id": "utopia", "name": "Utopia", "level": "region", "parent": "piedmont"}
    expected = make.region("utopia", parent=s3.regions["piedmont"])
    assert smartspec.load(write(regions=[utopia]), base=s3).regions["utopia"] == expected


# Odd cases


@pytest.mark.parametrize("file", ["dataset", "regions"])
def test_a_file_that_holds_null_is_refused(write: Write, file: str) -> None:
    assert places(write(**{file: None})) == [f"{file}.json#"]


def test_two_different_records_of_one_id_are_one_problem(write: Write) -> None:
    assert places(write(regions=[ITALY, {**ITALY, "name": "Italia"}])) == ["regions.json#/1/id"]


def test_a_citation_that_supports_no_attribute_is_reported_beside_a_dangling_source(write: Write) -> None:
    citations = [{"source": "x", "passage": "a"}, {"source": "report", "passage": "a", "supports": ["nutz"]}]
    assert places(write(sources=[REPORT], regions=[{**ITALY, "citations": citations}])) == [
        "regions.json#/0/citations/0/source",
        "regions.json#/0/citations/1/supports/0",
    ]


def test_a_file_that_cannot_be_read_does_not_make_references_to_it_wrong(write: Write) -> None:
    assert places(write(regions=b"[", strategies=[S3])) == ["regions.json#"]


@pytest.mark.parametrize("name", [" ", "\udcff"], ids=["blank", "undecodable"])
def test_a_directory_with_an_odd_name_is_read(tmp_path: pathlib.Path, name: str) -> None:
    directory = tmp_path / name
    directory.mkdir()
    (directory / "dataset.json").write_text('{"name": "Mine"}')
    assert smartspec.load(directory).name == "Mine"


def test_a_link_that_leads_nowhere_is_refused(write: Write) -> None:
    directory = write(sources=[])
    (directory / "regions.json").symlink_to("nowhere")
    assert places(directory) == ["regions.json#"]


def test_an_object_with_a_repeated_key_is_called_an_object(write: Write) -> None:
    assert "is an object, not a list" in only(write(regions=b'{"a": 1, "a": 2}'))


@pytest.mark.parametrize("path", [5, b"data", ["data"]])
def test_a_path_of_the_wrong_type_is_a_type_error(path: Any) -> None:
    with pytest.raises(TypeError):
        smartspec.load(path)


def test_a_base_of_the_wrong_type_is_a_type_error(write: Write) -> None:
    base: Any = "base"
    with pytest.raises(TypeError):
        smartspec.load(write(regions=[ITALY]), base=base)
