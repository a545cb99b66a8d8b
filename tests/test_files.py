"""Files: Parquet, CSV, SQLite and XLSX hold what the catalogue holds, and nothing is overwritten unless told."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

import polars
import pytest
from polars.testing import assert_frame_equal

import smartspec
from smartspec import Catalogue, DatasetInfo, Region, RegionLevel, SaveError, export
from smartspec.domain import COLLECTIONS, collection_name
from smartspec.domain.declaration import facts
from smartspec.domain.entity import Entity
from smartspec.domain.record import Record
from smartspec.export.relational import relations, singular

DIRECTORIES = {"csv": export.to_csv, "parquet": export.to_parquet}
FILES = {"sqlite": export.to_sqlite, "xlsx": export.to_xlsx}
ALL = {**DIRECTORIES, **FILES}
PAGE = pathlib.Path(__file__).parents[1] / "docs" / "how-to" / "files.md"
NASTY = (
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", 'quo"te', "semi;colon", "semi; colon", "new\nline", "\r", "a\r\nb"),
    *(
        "tab\tx",
        "nul\x00l",
        " leading",
        "trailing ",
        "_x0041_",
        "\ufeffbom",
        "🏭",
        "\u2028",
        "null",
        "NA",
        "[]",
        '["a"]',
    ),
    *("true", "1e5", "\x1f", "\ufffe", "https://a.example", "'", "\\n", "2009", "{year}", "--"),
)

if TYPE_CHECKING:
    from conftest import Make

Write = Callable[..., None]


@pytest.fixture
def nasty() -> Catalogue:
    """A dataset of texts that some format could take for something else."""
    level = RegionLevel.REGION
    regions = [Region(id=f"r-{i}", name=f"x{text}", description=text, level=level) for i, text in enumerate(NASTY)]
    listed = tuple(f"x{text}" for text in NASTY)
    return Catalogue(DatasetInfo(name="Nasty"), [*regions, Region(id="all", name="All", aliases=listed, level=level)])


@pytest.fixture
def layer(eu: Catalogue) -> Catalogue:
    """A dataset of one's own on that of Europe."""
    alba = Region(id="alba", name="Alba", level=RegionLevel.MUNICIPALITY, parent=eu.regions["piedmont"])
    return eu.extend(alba, info=DatasetInfo(name="Mine", version="7", licence="CC0-1.0", publisher="Me"))


@pytest.fixture(scope="module")
def package(eu: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Europe as CSV."""
    directory = tmp_path_factory.mktemp("csv") / "europe"
    export.to_csv(eu, directory)
    return directory


@pytest.fixture(scope="module")
def parquet(eu: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Europe as Parquet."""
    directory = tmp_path_factory.mktemp("parquet") / "europe"
    export.to_parquet(eu, directory)
    return directory


@pytest.fixture(scope="module")
def database(eu: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Europe in SQLite."""
    file = tmp_path_factory.mktemp("sqlite") / "europe.db"
    export.to_sqlite(eu, file)
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def contents(path: pathlib.Path) -> dict[str, bytes]:
    """The bytes of a file, or of all in a directory."""
    found = path.rglob("*") if path.is_dir() else [path]
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in found if file.is_file()}


def descriptor(directory: pathlib.Path) -> dict[str, Any]:
    return json.loads((directory / "datapackage.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def read_csv(directory: pathlib.Path, name: str) -> list[dict[str, str]]:
    with open(directory / f"{name}.csv", encoding="utf-8", newline="") as stream:
        return [*csv.DictReader(stream)]


# All four.


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_nothing_is_overwritten_unless_told(write: Write, small: Catalogue, tmp_path: pathlib.Path) -> None:
    write(small, tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(SaveError, match="not to be overwritten"):
        write(smartspec.load(), tmp_path / "out")
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_an_earlier_export_is_replaced_if_told(write: Write, small: Catalogue, tmp_path: pathlib.Path) -> None:
    write(smartspec.load(), tmp_path / "out")
    write(small, tmp_path / "out", overwrite=True)
    write(small, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


@pytest.mark.parametrize("write", DIRECTORIES.values(), ids=DIRECTORIES)
def test_a_directory_that_holds_other_things_is_never_replaced(write: Write, tmp_path: pathlib.Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(SaveError, match=r"thesis\.txt"):
        write(smartspec.load(), tmp_path, overwrite=True)
    assert contents(tmp_path) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize("write", FILES.values(), ids=FILES)
def test_a_directory_is_never_replaced_by_a_file(write: Write, tmp_path: pathlib.Path) -> None:
    with pytest.raises(SaveError, match="it is a directory"):
        write(smartspec.load(), tmp_path, overwrite=True)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes")
@pytest.mark.parametrize("write", FILES.values(), ids=FILES)
def test_a_file_keeps_its_mode(write: Write, small: Catalogue, tmp_path: pathlib.Path) -> None:
    (tmp_path / "out").touch(0o640)
    (tmp_path / "out").chmod(0o640)
    write(small, tmp_path / "out", overwrite=True)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_a_place_that_cannot_be_written_is_told(write: Write) -> None:
    with pytest.raises(SaveError, match="'/proc/nowhere/out' was not saved: No such file or directory"):
        write(smartspec.load(), "/proc/nowhere/out")


FULL = """
import resource, signal, sys, smartspec
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
write, s3 = getattr(smartspec.export, sys.argv[1]), smartspec.load()
len(s3)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write(s3, sys.argv[2], overwrite=True)
except smartspec.SaveError as error:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to reach")
@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_a_full_disk_leaves_what_was_there(write: Write, small: Catalogue, tmp_path: pathlib.Path) -> None:
    write(small, tmp_path / "out")
    before = contents(tmp_path)
    command = [sys.executable, "-c", FULL, write.__name__, str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("refused\n", "")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_the_same_data_make_the_same_bytes(write: Write, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    write(s3, tmp_path / "one")
    write(s3, tmp_path / "other")
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
@pytest.mark.parametrize("other", [None, "s3"])
def test_what_is_no_catalogue_is_refused(write: Write, other: Any, tmp_path: pathlib.Path) -> None:
    with pytest.raises(TypeError, match="what is exported is a catalogue, not"):
        write(other, tmp_path / "out")


@pytest.mark.parametrize("write", [export.to_csv, export.to_parquet, export.to_sqlite])
def test_whoever_gives_a_table_for_a_catalogue_is_told_what_takes_one(write: Write, tmp_path: pathlib.Path) -> None:
    with pytest.raises(TypeError, match=r"a catalogue, not <Collection>: to_xlsx\(\) takes tables"):
        write(smartspec.load().regions, tmp_path / "out")  # type: ignore[arg-type]


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_what_is_no_language_is_refused_and_nothing_written(write: Write, tmp_path: pathlib.Path) -> None:
    with pytest.raises((smartspec.InvalidValueError, SaveError), match="language"):
        write(smartspec.load(), tmp_path / "out", language="Italian")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(("write", "library"), [(export.to_parquet, "pyarrow"), (export.to_xlsx, "xlsxwriter")])
def test_a_library_that_is_missing_is_named_with_its_extra(
    write: Write, library: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"{library} is not installed.*smartspec\[tables\]"):
        write(smartspec.load(), tmp_path / "out")


# The tables that CSV, SQLite and XLSX share.


@pytest.mark.parametrize("lists_apart", [False, True])
def test_keys_tell_the_rows_of_each_table_apart(eu: Catalogue, lists_apart: bool) -> None:
    for table in relations(eu, lists_apart=lists_apart):
        places = [[column.name for column in table.columns].index(name) for name in table.key]
        keys = [tuple(row[place] for place in places) for row in table.rows]
        assert len({*keys}) == len(keys), table.name


@pytest.mark.parametrize("lists_apart", [False, True])
def test_names_of_tables_and_of_their_columns_are_taken_once(lists_apart: bool) -> None:
    tables = relations(smartspec.load(), lists_apart=lists_apart)
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert len({column.name for column in table.columns}) == len(table.columns), table.name


@pytest.mark.parametrize("lists_apart", [False, True])
def test_each_table_stands_after_those_to_which_it_refers(lists_apart: bool) -> None:
    seen = set()
    for table in relations(smartspec.load(), lists_apart=lists_apart):
        seen.add(table.name)
        assert {reference.table for reference in table.references} <= seen


def test_tables_have_the_same_columns_if_the_catalogue_is_empty() -> None:
    empty = Catalogue(DatasetInfo(name="Empty"), ())
    for table, full in zip(relations(empty), relations(smartspec.load()), strict=True):
        assert (table.name, [c.name for c in table.columns]) == (full.name, [c.name for c in full.columns])


def test_a_record_bears_the_number_of_its_own_dataset(layer: Catalogue) -> None:
    regions = next(table for table in relations(layer) if table.name == "regions")
    numbers = {row[0]: row[-1] for row in regions.rows}
    for region in layer.regions:
        assert layer.datasets[numbers[region.id] - 1] == layer.dataset_of(region)


def test_cells_hold_plain_values(eu: Catalogue) -> None:
    for table in relations(eu):
        for row in table.rows:
            assert not [value for value in row if isinstance(value, (Enum, Record, tuple))], table.name


# SQLite.


def from_sqlite(database: sqlite3.Connection, cls: type[Entity]) -> list[dict[str, Any]]:
    """The dicts of a collection, put together from its table and those of its lists."""
    name = collection_name(cls)
    found = {row["id"]: dict(row) for row in database.execute(f"SELECT * FROM {name}")}
    for entity in found.values():
        del entity["dataset"]
    for told in facts(cls).values():
        if told.cls is bool:
            for entity in found.values():
                entity[told.name] = None if entity[told.name] is None else bool(entity[told.name])
        if not told.many:
            continue
        common = told.name in facts(Entity)
        table = told.name if common else f"{singular(name)}_{told.name}"
        owner = "entity" if common else singular(name)
        for entity in found.values():
            entity[told.name] = []
        for row in database.execute(f"SELECT * FROM {table} ORDER BY position"):
            if common and row["collection"] != name:
                continue
            if not issubclass(told.cls, Record) or issubclass(told.cls, Entity):
                found[row[owner]][told.name].append(row[singular(told.name)])
                continue
            value: dict[str, Any] = {part: row[part] for part, fact in facts(told.cls).items() if not fact.many}
            for part in (fact.name for fact in facts(told.cls).values() if fact.many):
                where = "collection = ? AND entity = ? AND citation = ? ORDER BY position"
                key = (row["collection"], row["entity"], row["position"])
                items = database.execute(f"SELECT * FROM citation_{part} WHERE {where}", key)
                value[part] = [item[singular(part)] for item in items]
            found[row[owner]][told.name].append(value)
    return [*found.values()]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_sqlite_holds_all_that_a_collection_holds(database: sqlite3.Connection, eu: Catalogue, name: str) -> None:
    told = {entity["id"]: entity for entity in from_sqlite(database, COLLECTIONS[name])}
    assert told == {entity["id"]: entity for entity in eu.collections[name].to_dicts()}


def test_foreign_keys_hold_in_sqlite(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_sqlite_takes_the_file_for_sound(database: sqlite3.Connection) -> None:
    assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]


def test_every_reference_is_a_foreign_key_of_sqlite(database: sqlite3.Connection) -> None:
    for name, cls in COLLECTIONS.items():
        for told in facts(cls).values():
            if issubclass(told.cls, Entity):
                table = f"{singular(name)}_{told.name}" if told.many else name
                column = singular(told.name) if told.many else told.name
                keys = {(row["table"], row["from"]) for row in database.execute(f"PRAGMA foreign_key_list({table})")}
                assert (collection_name(told.cls), column) in keys, (name, told.name)


def test_every_foreign_key_of_sqlite_can_be_followed_backwards_by_an_index(database: sqlite3.Connection) -> None:
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        keys: dict[int, list[str]] = {}
        for row in database.execute(f"PRAGMA foreign_key_list({table})"):
            keys.setdefault(row["id"], []).append(row["from"])
        indices = [
            [row["name"] for row in database.execute(f"PRAGMA index_info({index['name']})")]
            for index in database.execute(f"PRAGMA index_list({table})")
        ]
        for columns in keys.values():
            assert any(index[: len(columns)] == columns for index in indices), (table, columns)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE strategies SET kind = 'wish'",
        "UPDATE strategies SET complete = 2",
        "UPDATE regions SET area_km2 = -1",
        "UPDATE regions SET name = NULL",
        "UPDATE strategies SET region = 'atlantis'",
        "INSERT INTO aliases VALUES ('regions', 'atlantis', 1, 'Atlantis')",
    ],
)
def test_sqlite_refuses_what_the_domain_refuses(tmp_path: pathlib.Path, statement: str) -> None:
    export.to_sqlite(smartspec.load(), tmp_path / "s3.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "s3.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_the_schema_of_sqlite_says_what_each_column_means(database: sqlite3.Connection) -> None:
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'regions'").fetchone()
    assert '"area_km2" REAL CHECK ("area_km2" BETWEEN 0 AND 510000000),  -- Its surface. Unit: km².' in sql


def test_no_index_repeats_what_a_key_does(database: sqlite3.Connection) -> None:
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    made = []
    for table in tables:
        columns = sorted(database.execute(f"PRAGMA table_info('{table}')"), key=lambda column: column["pk"])
        key = [column["name"] for column in columns if column["pk"]]
        for index in database.execute(f"PRAGMA index_list('{table}')").fetchall():
            if index["origin"] == "c":  # It was created by a statement.
                made.append([column["name"] for column in database.execute(f"PRAGMA index_info('{index['name']}')")])
                assert made[-1] != key[: len(made[-1])], table
    assert ["region"] in made


def test_the_view_of_ancestors_tells_what_holds_a_territory(database: sqlite3.Connection, eu: Catalogue) -> None:
    found = {
        (row["region"], row["ancestor"], row["steps"]) for row in database.execute("SELECT * FROM region_ancestors")
    }
    assert found == {
        (region.id, holder.id, steps)
        for region in eu.regions
        for steps, holder in enumerate((region, *region.ancestors))
    }


def test_the_view_of_areas_tells_their_strategy_region_country_and_themes(
    database: sqlite3.Connection, eu: Catalogue
) -> None:
    rows = {row["area"]: row for row in database.execute("SELECT * FROM areas_in_context")}
    assert {*rows} == {area.id for area in eu.innovation_areas}
    for area in eu.innovation_areas:
        row, region = rows[area.id], area.strategy.region
        country = [holder.name for holder in (region, *region.ancestors) if holder.level is RegionLevel.COUNTRY]
        assert (row["strategy"], row["region_name"]) == (area.strategy.id, region.name)
        assert [row["country_name"]] == (country or [None])
        assert row["theme_names"] == ("; ".join(theme.name for theme in area.themes) or None)
        assert row["nace"] == ("; ".join(area.nace) or None)


def test_the_view_of_poles_in_force_tells_those_of_the_year_of_the_data(
    database: sqlite3.Connection, eu: Catalogue
) -> None:
    rows = {row["pole"]: row for row in database.execute("SELECT * FROM poles_in_force")}
    assert {*rows} == {pole.id for pole in eu.innovation_poles.at(eu.year)}
    for row in rows.values():
        pole = eu.innovation_poles[row["pole"]]
        assert row["manager_names"] == ("; ".join(manager.name for manager in pole.managers) or None)
        assert row["seat_name"] == (pole.seat and pole.seat.name)


def test_the_view_of_citations_tells_the_document(database: sqlite3.Connection, eu: Catalogue) -> None:
    rows = database.execute("SELECT * FROM citations_with_documents").fetchall()
    assert len(rows) == sum(len(entity.citations) for entity in eu)
    found = {
        (r["supports"], r["title"], r["passage"])
        for r in rows
        if (r["collection"], r["entity"]) == ("regions", "torino")
    }
    assert found == {
        ("; ".join(citation.supports) or None, citation.source.title, citation.passage)
        for citation in eu.regions["torino"].citations
    }


def test_sqlite_keeps_every_text(nasty: Catalogue, tmp_path: pathlib.Path) -> None:
    export.to_sqlite(nasty, tmp_path / "out.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        found = dict(connection.execute("SELECT id, description FROM regions"))
        aliases = [alias for (alias,) in connection.execute("SELECT alias FROM aliases ORDER BY position")]
    assert found == {region.id: region.description for region in nasty.regions}
    assert aliases == [*nasty.regions["all"].aliases]


def test_names_in_sqlite_are_in_the_language(tmp_path: pathlib.Path) -> None:
    export.to_sqlite(smartspec.load(), tmp_path / "s3.db", language="it")
    with contextlib.closing(sqlite3.connect(tmp_path / "s3.db")) as connection:
        question = "SELECT regions.name, entities.name FROM regions JOIN entities USING (id) WHERE id = 'piedmont'"
        assert connection.execute(question).fetchone() == ("Piemonte", "Piemonte")


# CSV.


@pytest.mark.parametrize("name", COLLECTIONS)
def test_csv_holds_all_that_a_collection_holds_but_values(package: pathlib.Path, eu: Catalogue, name: str) -> None:
    schema = next(r["schema"] for r in descriptor(package)["resources"] if r["name"] == name)
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    read: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "list": lambda cell: cell.split(";"),
        "array": json.loads,
    }
    found = [
        {key: read[kinds[key]](cell) if cell else None for key, cell in row.items()} for row in read_csv(package, name)
    ]
    told = [
        {key: None if value in ("", []) else value for key, value in entity.items() if key in kinds}
        for entity in eu.collections[name].to_dicts()
    ]
    for row in found:
        del row["dataset"]
    assert found == told


def test_csv_holds_every_citation(package: pathlib.Path, eu: Catalogue) -> None:
    found = [(row["entity"], row["source"], row["passage"], row["supports"]) for row in read_csv(package, "citations")]
    assert found == [
        (entity.id, c.source.id, c.passage, json.dumps(c.supports) if c.supports else "")
        for entity in eu
        for c in entity.citations
    ]


def test_csv_keeps_every_text(nasty: Catalogue, tmp_path: pathlib.Path) -> None:
    export.to_csv(nasty, tmp_path / "out")
    rows = {row["id"]: row for row in read_csv(tmp_path / "out", "regions")}
    assert {id: row["description"] for id, row in rows.items()} == {r.id: r.description for r in nasty.regions}
    assert json.loads(rows["all"]["aliases"]) == [*nasty.regions["all"].aliases]


def test_csv_begins_with_the_first_column_and_ends_lines_as_its_standard_says(package: pathlib.Path) -> None:
    assert (package / "themes.csv").read_bytes().startswith(b"id,name,")
    assert (package / "themes.csv").read_bytes().endswith(b"\r\n")


def test_the_package_lists_all_its_files_and_their_digests(package: pathlib.Path) -> None:
    resources = {resource["path"]: resource for resource in descriptor(package)["resources"]}
    files = contents(package)
    del files["datapackage.json"]
    assert {path: (r["bytes"], r["hash"]) for path, r in resources.items()} == {
        path: (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") for path, data in files.items()
    }


def test_the_package_tells_of_each_field_what_is_declared(package: pathlib.Path) -> None:
    schema = next(r["schema"] for r in descriptor(package)["resources"] if r["name"] == "regions")
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["area_km2"] == {
        "name": "area_km2",
        "title": "Area km2",
        "description": "Its surface. Unit: km².",
        "unit": "km²",
        "type": "number",
        "constraints": {"minimum": 0, "maximum": 510_000_000},
    }
    assert fields["level"]["constraints"] == {"required": True, "enum": [level.value for level in RegionLevel]}
    assert fields["nuts"]["constraints"] == {"pattern": "[A-Z]{2}[0-9A-Z]{0,3}"}
    assert {"fields": ["parent"], "reference": {"fields": ["id"]}} in schema["foreignKeys"]
    assert {key["reference"].get("resource") for key in schema["foreignKeys"]} == {"datasets", None}


def test_the_package_names_every_licence_and_publisher(layer: Catalogue, tmp_path: pathlib.Path) -> None:
    export.to_csv(layer, tmp_path / "out")
    told = descriptor(tmp_path / "out")
    assert (told["title"], told["name"], told["version"], told["checked"]) == (
        "Mine",
        "mine",
        "7",
        layer.datasets[1].checked,
    )
    assert told["licenses"] == [{"name": "CC-BY-4.0"}, {"name": "CC0-1.0"}]
    assert told["contributors"] == [{"title": name, "roles": ["publisher"]} for name in ("smartspec developers", "Me")]


def test_no_licence_is_claimed_for_what_states_none(tmp_path: pathlib.Path) -> None:
    level = RegionLevel.REGION
    export.to_csv(smartspec.load().extend(Region(id="x", name="X", level=level)), tmp_path / "out")
    told = descriptor(tmp_path / "out")
    assert "licenses" not in told
    assert [source.get("licenses") for source in told["sources"]] == [[{"name": "CC-BY-4.0"}], None]


# Parquet.


@pytest.mark.parametrize("name", COLLECTIONS)
def test_parquet_is_what_polars_makes_of_a_collection(parquet: pathlib.Path, eu: Catalogue, name: str) -> None:
    found = polars.read_parquet(parquet / f"{name}.parquet")
    assert_frame_equal(found.drop("dataset"), eu.collections[name].to_polars())


def test_parquet_reads_back_in_pandas(tmp_path: pathlib.Path) -> None:
    import pandas

    s3 = smartspec.load()
    export.to_parquet(s3, tmp_path / "out", language="it")
    found = pandas.read_parquet(tmp_path / "out" / "innovation_poles.parquet")
    assert [*found.name] == [pole.label("it") for pole in s3.innovation_poles]
    assert [[*ids] for ids in found.managers] == [[m.id for m in pole.managers] for pole in s3.innovation_poles]


def test_parquet_says_of_which_dataset_a_record_is(layer: Catalogue, tmp_path: pathlib.Path) -> None:
    export.to_parquet(layer, tmp_path / "out")
    regions = polars.read_parquet(tmp_path / "out" / "regions.parquet")
    datasets = polars.read_parquet(tmp_path / "out" / "datasets.parquet")
    joined = regions.join(datasets, left_on="dataset", right_on="number")
    assert joined.filter(polars.col("id") == "alba")["licence"].to_list() == ["CC0-1.0"]
    assert {*joined["licence"]} == {"CC0-1.0", "CC-BY-4.0"}


def test_the_metadata_of_parquet_tell_name_version_and_licences(layer: Catalogue, tmp_path: pathlib.Path) -> None:
    import pyarrow.parquet

    export.to_parquet(layer, tmp_path / "out")
    schema = pyarrow.parquet.read_schema(tmp_path / "out" / "regions.parquet")
    told = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert (told["name"], told["version"]) == ("Mine", "7")
    assert json.loads(told["licences"]) == ["CC-BY-4.0", "CC0-1.0"]
    assert [dataset["name"] for dataset in json.loads(told["datasets"])] == [info.name for info in layer.datasets]
    assert schema.field("area_km2").metadata == {b"description": b"Its surface.", b"unit": "km²".encode()}


# XLSX.


LINK = "https://a.example/"


def links(file: pathlib.Path) -> int:
    """How many cells of a workbook lead to that address."""
    with zipfile.ZipFile(file) as book:
        return sum(book.read(name).count(LINK.encode()) for name in book.namelist() if name.endswith(".rels"))


def test_a_sheet_has_no_more_links_than_excel_takes(
    make: Make, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartspec.export.xlsx._MOST_LINKS", 2)
    export.to_xlsx(make.catalogue(*(make.source(f"s-{n}", url=LINK) for n in range(4))), tmp_path / "out.xlsx")
    assert links(tmp_path / "out.xlsx") == 2


def test_an_address_that_is_longer_than_a_link_of_excel_stays_a_text(make: Make, tmp_path: pathlib.Path) -> None:
    long = LINK.ljust(2_079, "x")
    sources = [make.source("short", url=long), make.source("long", url=f"{long}x")]
    export.to_xlsx(make.catalogue(*sources), tmp_path / "out.xlsx")
    assert links(tmp_path / "out.xlsx") == 1


def test_xlsx_holds_no_formula(nasty: Catalogue, tmp_path: pathlib.Path) -> None:
    export.to_xlsx(nasty, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(relations(nasty)) + 2
    assert not [sheet for sheet in sheets if "<f>" in sheet]


@pytest.mark.parametrize("text", ["a" * 32_768, "🏭" * 16_384], ids=["letters", "pairs"])
def test_a_text_that_no_cell_of_excel_holds_is_refused_not_cut_off(text: str, tmp_path: pathlib.Path) -> None:
    long = Catalogue(DatasetInfo(name="Long"), [Region(id="x", name="X", description=text, level=RegionLevel.REGION)])
    with pytest.raises(SaveError, match=r"regions 'x', description: \d+ characters, and a cell holds 32767"):
        export.to_xlsx(long, tmp_path / "out.xlsx")
    assert [*tmp_path.iterdir()] == []


def test_more_rows_than_a_sheet_of_excel_holds_are_refused(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartspec.export.xlsx._MOST_ROWS", 500)
    with pytest.raises(SaveError, match=r"entities has .* rows, and a sheet holds 500 with its header"):
        export.to_xlsx(smartspec.load(), tmp_path / "out.xlsx")


# What others read.


def validation(directory: pathlib.Path) -> list[tuple[str, str]]:
    """What frictionless finds wrong: the table and the kind of error."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(directory / "datapackage.json")).validate()
    assert not report.errors
    return [(task.name, error.type) for task in report.tasks for error in task.errors]


@pytest.mark.tools
def test_frictionless_takes_the_package_of_europe_for_valid(package: pathlib.Path) -> None:
    assert validation(package) == []


@pytest.mark.tools
@pytest.mark.parametrize("name", ["nasty", "layer"])
def test_frictionless_takes_the_package_of_ones_own_for_valid(
    name: str, request: pytest.FixtureRequest, tmp_path: pathlib.Path
) -> None:
    export.to_csv(request.getfixturevalue(name), tmp_path / "out")
    assert validation(tmp_path / "out") == []


@pytest.mark.tools
def test_frictionless_takes_the_package_of_an_empty_catalogue_for_valid(tmp_path: pathlib.Path) -> None:
    export.to_csv(Catalogue(DatasetInfo(name="Empty"), ()), tmp_path / "out")
    assert validation(tmp_path / "out") == []


@pytest.mark.tools
@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("strategies", ",piedmont,", ",atlantis,", "foreign-key"),
        ("regions", ",italy,ITC,", ",italy,itc,", "constraint-error"),
        ("strategies", ",smart-specialisation,", ",wish,", "constraint-error"),
        ("strategies", ",2021,2027,", ",2021,in 2027,", "constraint-error"),
        ("citations", ",stated,", ",,", "constraint-error"),
        ("citations", "regions,italy,", "regions,atlantis,", "foreign-key"),
    ],
)
def test_frictionless_finds_what_somebody_broke(
    table: str, old: str, new: str, error: str, tmp_path: pathlib.Path
) -> None:
    export.to_csv(smartspec.load(), tmp_path / "out")
    file, told = tmp_path / "out" / f"{table}.csv", descriptor(tmp_path / "out")
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new).replace("\n", "\r\n").encode())
    for resource in told["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    assert (table, error) in validation(tmp_path / "out")


@pytest.mark.tools
def test_frictionless_reads_back_what_was_written(nasty: Catalogue, tmp_path: pathlib.Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    export.to_csv(nasty, tmp_path / "out")
    resource = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).get_resource("regions")
    rows = {row["id"]: row for row in resource.read_rows()}
    assert {id: row["description"] or "" for id, row in rows.items()} == {r.id: r.description for r in nasty.regions}
    assert rows["all"]["aliases"] == [*nasty.regions["all"].aliases]


@pytest.fixture(scope="module")
def workbook(eu: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Europe as a workbook, read by openpyxl."""
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path_factory.mktemp("xlsx") / "europe.xlsx"
    export.to_xlsx(eu, file)
    return openpyxl.load_workbook(file)


@pytest.mark.tools
def test_openpyxl_reads_the_workbook_back(eu: Catalogue, workbook: Any) -> None:
    for table in relations(eu):
        header, *rows = workbook[table.name].iter_rows(values_only=True)
        assert [*header] == [column.name for column in table.columns]
        told = [["; ".join(v) if isinstance(v, list) else v for v in row] for row in table.rows]
        assert [[cell or "" if cell is None else cell for cell in row] for row in rows] == [
            ["" if value is None else value for value in row] for row in told
        ]


def sheets(file: pathlib.Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook, as openpyxl reads them."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}


@pytest.mark.tools
@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_is_a_workbook_of_one_sheet(eu: Catalogue, name: str, tmp_path: pathlib.Path) -> None:
    collection = eu.collections[name]
    export.to_xlsx(collection, tmp_path / "one.xlsx")
    ((title, (header, *rows)),) = sheets(tmp_path / "one.xlsx").items()
    assert (title, header) == (name, (*facts(COLLECTIONS[name]),))
    assert [row[0] for row in rows] == [entity.id for entity in collection]


@pytest.mark.tools
def test_a_comparison_is_a_sheet_in_which_one_reads_what_a_list_holds(tmp_path: pathlib.Path) -> None:
    s3 = smartspec.load()
    old, new = s3.strategies["piedmont-s3-2014-2020"], s3.strategies["piedmont-s3-2021-2027"]
    comparison = s3.compare(old, new)
    export.to_xlsx(comparison, tmp_path / "one.xlsx", language="it")
    ((header, *rows),) = sheets(tmp_path / "one.xlsx").values()
    told = [dict(zip(header, row, strict=True)) for row in rows]
    expected = comparison.to_dicts("it")
    assert [row["nace"] for row in told] == ["; ".join(row["nace"]) or None for row in expected]
    assert [row["first_name"] for row in told] == [row["first_name"] for row in expected]
    assert [row["score"] for row in told] == pytest.approx([row["score"] for row in expected])


@pytest.mark.tools
def test_a_value_that_has_fields_is_told_within_its_cell(tmp_path: pathlib.Path) -> None:
    s3 = smartspec.load()
    export.to_xlsx(s3.links(s3.innovation_poles["mesap"]), tmp_path / "links.xlsx")
    ((header, first, *_),) = sheets(tmp_path / "links.xlsx").values()
    assert dict(zip(header, first, strict=True))["citations"] == (
        "source: cgreen-about, passage: MESAP – Mechatronic Cluster (Torino), supports: region, name, description, "
        "basis: stated"
    )


def test_the_workbook_of_a_table_does_not_tell_when_it_was_written(tmp_path: pathlib.Path) -> None:
    export.to_xlsx(smartspec.load().regions, tmp_path / "one.xlsx")
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        told = book.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", told)) == {"1980-01-01T"}


def test_a_table_without_rows_keeps_its_header(tmp_path: pathlib.Path) -> None:
    export.to_xlsx(smartspec.load().regions[:0], tmp_path / "none.xlsx")
    with zipfile.ZipFile(tmp_path / "none.xlsx") as book:
        assert b"local_language" in book.read("xl/sharedStrings.xml")


@pytest.mark.tools
def test_the_workbook_is_made_to_be_read(eu: Catalogue, workbook: Any) -> None:
    about, sources = workbook["about"], workbook["sources"]
    assert workbook.sheetnames == ["about", "fields", *(table.name for table in relations(eu))]
    assert (about["A1"].value, about["B1"].value) == ("name", "Smart specialisation in Europe")
    assert (sources.freeze_panes, sources.auto_filter.ref) == ("B2", f"A1:M{len(eu.sources) + 1}")
    assert max(column.width for column in sources.column_dimensions.values()) < 42
    links = {cell.hyperlink.target for row in sources.iter_rows() for cell in row if cell.hyperlink}
    assert {source.url for source in eu.sources if source.url and "#" not in source.url} <= links


@pytest.mark.tools
@pytest.mark.parametrize("kind", ["frictionless", "duckdb"])
def test_what_the_page_shows_of_the_tools_runs(
    kind: str, package: pathlib.Path, parquet: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(kind)
    monkeypatch.chdir(tmp_path)
    pathlib.Path("europe-csv").symlink_to(package)
    pathlib.Path("europe-parquet").symlink_to(parquet)
    (block,) = re.findall(rf"^```python {kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    exec(compile(block, str(PAGE), "exec"), {})


@pytest.mark.tools
def test_duckdb_reads_every_parquet_file(parquet: pathlib.Path, eu: Catalogue) -> None:
    duckdb = pytest.importorskip("duckdb")
    for name, collection in eu.collections.items():
        found = duckdb.sql(f"SELECT id FROM '{os.fspath(parquet / name)}.parquet'").fetchall()
        assert [id for (id,) in found] == [entity.id for entity in collection]
