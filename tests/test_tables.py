"""Tables: rows as dicts, and as frames of pandas, Polars, Arrow and DuckDB that say the same."""

from __future__ import annotations

import copy
import pathlib
import pickle
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import Catalogue, Entity, InvalidValueError, RegionLevel, Table
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import derived, facts

if TYPE_CHECKING:
    from conftest import Make

pandas = pytest.importorskip("pandas", reason="pandas is not installed: python -m pip install .[tables]")
polars = pytest.importorskip("polars", reason="polars is not installed: python -m pip install .[tables]")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: python -m pip install .[tables]")

PAGE = (pathlib.Path(__file__).parents[1] / "docs/how-to/tables.md").read_text(encoding="utf-8")
COLLECTION = pytest.mark.parametrize("name", COLLECTIONS)


def answers(s3: Catalogue, eu: Catalogue) -> dict[str, tuple[Table, Table]]:
    """Each answer as docs/how-to/tables.md names it: one with rows, and one without any."""
    mesap, mechatronics = s3.innovation_poles["mesap"], s3.innovation_poles["mechatronics"]
    piedmont, italy = eu.regions["piedmont"], s3.regions["italy"]
    areas = s3.innovation_areas.where(strategy="piedmont-s3-2021-2027")
    plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
    aerospace = eu.innovation_areas["aerospace-2021"]
    nothing = s3.extend(
        smartspec.Strategy(id="one", name="One", region=italy, kind=smartspec.StrategyKind.STRATEGIC_PLAN),
        smartspec.Strategy(id="two", name="Two", region=italy, kind=smartspec.StrategyKind.STRATEGIC_PLAN),
    )
    empty = Catalogue(smartspec.DatasetInfo(name="Nothing"), ())
    question = "poles without seat"
    return {
        "s3.search(text)": (s3.search("hydrogen"), s3.search("xyzzy")),
        "s3.links(x)": (s3.links(mesap), s3.path(italy, italy)),
        "s3.compare(a, b)": (
            s3.compare(*plans),
            nothing.compare(nothing.strategies["one"], nothing.strategies["two"]),
        ),
        "eu.counterparts(area)": (eu.counterparts(aerospace), eu.counterparts(aerospace, year=1990)),
        "eu.partners(region)": (eu.partners(piedmont), eu.partners(piedmont, year=1990)),
        "s3.coverage()": (s3.coverage(), empty.coverage()),
        "s3.coverage().by_country()": (s3.coverage().by_country(question), empty.coverage().by_country(question)),
        "areas.match(text)": (areas.match("Drones for vineyards."), areas.match("So be it.")),
        'pole.cite("seat")': (mesap.cite("managers"), mesap.cite("aliases")),
        "pole.successors": (mechatronics.successors, mesap.successors),
    }


@pytest.fixture(scope="module")
def of_each(s3: Catalogue, eu: Catalogue) -> dict[str, tuple[Table, Table]]:
    return answers(s3, eu)


ANSWER = pytest.mark.parametrize(
    "answer",
    [
        *("s3.search(text)", "s3.links(x)", "s3.compare(a, b)", "eu.counterparts(area)", "eu.partners(region)"),
        *("s3.coverage()", "s3.coverage().by_country()", "areas.match(text)", 'pole.cite("seat")', "pole.successors"),
    ],
)


# Dicts


@COLLECTION
def test_every_row_has_every_field_of_the_class_in_their_order(eu: Catalogue, name: str) -> None:
    rows = eu.collections[name].to_dicts()
    assert rows
    assert {tuple(row) for row in rows} == {tuple(facts(COLLECTIONS[name]))}


@COLLECTION
def test_a_row_makes_the_entity_again(eu: Catalogue, name: str) -> None:
    collection = eu.collections[name]
    made = [smartspec.from_dict(COLLECTIONS[name], row, eu) for row in collection.to_dicts()]
    assert made == [*collection]


@COLLECTION
def test_rows_hold_what_json_knows(eu: Catalogue, name: str) -> None:
    def check(value: Any) -> None:
        assert type(value) in (str, int, float, bool, type(None), list, dict)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    check(eu.collections[name].to_dicts())


def test_what_is_not_stated_has_its_key(s3: Catalogue) -> None:
    (row,) = s3.organisations.filter(lambda organisation: organisation.url is None)[:1].to_dicts()
    assert row["url"] is None


def test_references_are_ids_and_enumerations_are_values(s3: Catalogue) -> None:
    network = s3.initiatives["covenant-of-mayors"]
    (row,) = s3.initiatives.where(id=network.id).to_dicts()
    assert row["kind"] == network.kind.value
    assert row["participants"] == [
        {"organisation": taking.organisation.id, "role": taking.role and taking.role.value}
        for taking in network.participants
    ]


def test_names_are_in_the_language_and_nothing_else_changes(s3: Catalogue) -> None:
    english, italian = s3.innovation_poles.to_dicts(), s3.innovation_poles.to_dicts(language="it")
    assert [row.pop("name") for row in italian] == [pole.label("it") for pole in s3.innovation_poles]
    assert [row.pop("name") for row in english] == [pole.name for pole in s3.innovation_poles]
    assert english == italian


@pytest.mark.parametrize("method", ["to_dicts", "to_pandas", "to_polars"])
@pytest.mark.parametrize("language", ["IT", "Italian", "", 5])
def test_what_is_no_language_is_an_error_also_without_rows(s3: Catalogue, method: str, language: Any) -> None:
    with pytest.raises(InvalidValueError, match="is not a language code"):
        getattr(s3.regions[:0], method)(language)


# Frames


@COLLECTION
def test_polars_and_arrow_give_back_the_same_rows(eu: Catalogue, name: str) -> None:
    collection = eu.collections[name]
    rows = collection.to_dicts()
    assert polars.DataFrame(collection).to_dicts() == rows
    assert collection.to_polars().to_dicts() == rows
    assert pa.table(collection).to_pylist() == rows


@COLLECTION
def test_pandas_gives_back_the_same_rows(eu: Catalogue, name: str) -> None:
    frame = eu.collections[name].to_pandas()
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == eu.collections[name].to_dicts()


@COLLECTION
def test_an_empty_collection_keeps_its_columns_and_their_types(eu: Catalogue, name: str) -> None:
    full, empty = eu.collections[name], eu.collections[name][:0]
    assert pa.table(empty).schema.equals(pa.table(full).schema, check_metadata=True)
    assert empty.to_polars().schema == full.to_polars().schema == polars.DataFrame(empty).schema
    assert empty.to_pandas().dtypes.to_dict() == full.to_pandas().dtypes.to_dict()
    assert len(empty.to_pandas()) == 0


@COLLECTION
def test_a_column_means_what_its_field_means(eu: Catalogue, name: str) -> None:
    schema = pa.table(eu.collections[name]).schema
    for fact in facts(COLLECTIONS[name]).values():
        column = schema.field(fact.name)
        told = {"description": fact.doc, **({"unit": fact.unit} if fact.unit else {})}
        assert column.metadata == {key.encode(): text.encode() for key, text in told.items()}
        assert column.nullable == fact.optional
        if issubclass(fact.cls, Entity):
            assert (column.type.value_type if fact.many else column.type) == pa.string()


def test_columns_have_the_types_of_their_fields(eu: Catalogue) -> None:
    strategies, figures = pa.table(eu.strategies).schema, pa.table(eu.indicators).schema
    assert strategies.field("complete").type == pa.bool_()
    assert strategies.field("start").type == pa.string()
    assert figures.field("value").type == pa.float64()
    assert strategies.field("territories").type == pa.list_(pa.string())
    assert strategies.field("kind").type == pa.dictionary(pa.int8(), pa.string())
    assert pa.table(eu.strategic_objectives).schema.field("number").type == pa.int64()


def test_numbers_and_truth_values_stay_such_where_some_are_missing(eu: Catalogue) -> None:
    strategies, objectives = eu.strategies.to_pandas(), eu.strategic_objectives.to_pandas()
    assert (str(strategies.complete.dtype), str(objectives.number.dtype)) == ("boolean", "Int64")
    assert strategies.complete.sum() == len(eu.strategies.where(complete=True))
    assert strategies.complete.isna().sum() == len(eu.strategies.where(complete=None))


def test_a_category_holds_all_members_in_their_order_whatever_the_rows_hold(eu: Catalogue) -> None:
    members = [kind.value for kind in smartspec.StrategyKind]
    for some in (eu.strategies[:0], eu.strategies[:1], eu.strategies):
        assert [*some.to_pandas().kind.cat.categories] == members


def test_frames_of_any_rows_go_below_each_other(eu: Catalogue) -> None:
    parts = (eu.strategies[:0], eu.strategies[:3], eu.strategies[3:])
    assert str(pandas.concat([part.to_pandas() for part in parts]).kind.dtype) == "category"
    assert polars.concat([part.to_polars() for part in parts]).equals(eu.strategies.to_polars())
    assert pa.concat_tables(map(pa.table, parts)).to_pylist() == eu.strategies.to_dicts()


def test_lists_are_lists_in_pandas(s3: Catalogue) -> None:
    row = s3.innovation_poles.to_pandas().iloc[0]
    assert (type(row.areas), type(row.citations), type(row.citations[0])) == (list, list, dict)


def test_frames_have_no_columns_but_the_fields(s3: Catalogue) -> None:
    # What is derived would not go back into `from_dict`.
    assert not {*derived(smartspec.Strategy)} & {*s3.strategies.to_pandas().columns}


@COLLECTION
def test_parquet_keeps_everything(eu: Catalogue, name: str, tmp_path: pathlib.Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    collection, file = eu.collections[name], tmp_path / "table.parquet"
    parquet.write_table(pa.table(collection), file)
    assert parquet.read_table(file).equals(pa.table(collection))
    collection.to_polars().write_parquet(file)
    assert polars.read_parquet(file).equals(collection.to_polars())
    collection.to_pandas().to_parquet(file)
    read = pandas.read_parquet(file)
    assert read.dtypes.to_dict() == collection.to_pandas().dtypes.to_dict()
    assert polars.read_parquet(file).to_dicts() == collection.to_dicts()


def test_a_requested_schema_is_given(s3: Catalogue) -> None:
    texts = {field.name for field in pa.table(s3.regions).schema if field.type == pa.string()}
    wider = pa.schema(f.with_type(pa.large_string()) if f.name in texts else f for f in pa.table(s3.regions).schema)
    read = pa.RecordBatchReader.from_stream(s3.regions, schema=wider).read_all()
    assert read.schema.field("id").type == pa.large_string()
    assert read.to_pylist() == s3.regions.to_dicts()


def test_pandas_is_told_that_a_collection_is_no_array(s3: Catalogue) -> None:
    for some in (s3.innovation_poles, s3.innovation_poles[:0]):
        with pytest.raises(TypeError, match=r"innovation_poles are no array: `to_pandas\(\)`"):
            pandas.DataFrame(some)


def test_a_column_of_pandas_may_hold_entities_and_collections(s3: Catalogue) -> None:
    frame = pandas.DataFrame({"pole": [*s3.innovation_poles[:2]]})
    frame["areas"] = [s3.innovation_areas.of(pole) for pole in frame.pole]
    assert frame.areas.map(len).tolist() == [len(s3.innovation_areas.of(pole)) for pole in s3.innovation_poles[:2]]


@pytest.mark.skipif(not hasattr(pandas.DataFrame, "from_arrow"), reason="pandas before 3 does not ask for Arrow")
def test_pandas_takes_arrow(s3: Catalogue) -> None:
    frame = pandas.DataFrame.from_arrow(s3.innovation_poles)
    assert [*frame.columns] == [*facts(smartspec.InnovationPole)]
    assert [*frame.name] == [pole.name for pole in s3.innovation_poles]


# Answers


@ANSWER
def test_an_answer_says_the_same_in_dicts_and_frames(of_each: dict[str, Any], answer: str) -> None:
    full, _ = of_each[answer]
    rows = full.to_dicts()
    assert rows
    assert full.to_polars().to_dicts() == rows
    frame = full.to_pandas()
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == rows


@ANSWER
def test_an_answer_without_rows_keeps_its_columns_and_their_types(of_each: dict[str, Any], answer: str) -> None:
    full, empty = of_each[answer]
    assert empty.to_dicts() == []
    assert empty.to_polars().schema == full.to_polars().schema
    assert empty.to_pandas().dtypes.to_dict() == full.to_pandas().dtypes.to_dict()
    assert [*empty.to_pandas().columns] == [*full.to_dicts()[0]]


@ANSWER
def test_an_answer_keeps_its_columns_in_copies_and_in_another_process(of_each: dict[str, Any], answer: str) -> None:
    for some in of_each[answer]:
        for same in (copy.copy(some), copy.deepcopy(some), pickle.loads(pickle.dumps(some))):
            assert same.to_polars().equals(some.to_polars())
            assert type(same) is type(some)


@ANSWER
def test_an_answer_is_given_to_whoever_reads_its_stream(of_each: dict[str, Any], answer: str) -> None:
    for some in of_each[answer]:
        assert pa.RecordBatchReader.from_stream(some).read_all().to_pylist() == some.to_dicts()


@ANSWER
def test_the_page_tells_the_columns_of_an_answer(of_each: dict[str, Any], answer: str) -> None:
    full, _ = of_each[answer]
    (line,) = re.findall(rf"^\| `{re.escape(answer)}`.*\| .* \| (.*) \|$", PAGE, flags=re.M)
    told, columns = re.findall("`(.*?)`", line), [*full.to_dicts()[0]]
    if "column for each question" in line:
        columns = columns[:-1]
    if "those of its class" in line:
        told = [*facts(full[0].__class__)]
    assert told == columns


def test_the_page_tells_of_every_answer() -> None:
    table = PAGE.partition("## Answers are tables too")[2].partition("\n\n`first`")[0]
    assert len(re.findall(r"^\| `", table, flags=re.M)) == len(ANSWER.args[1])


def test_counts_name_their_countries_by_id_and_in_the_language(make: Make) -> None:
    albion = make.region("albion", level=RegionLevel.COUNTRY, local_name="Alba", local_language="gd")
    catalogue = make.catalogue(albion, make.pole(region=albion), make.organisation())
    counts = catalogue.coverage().by_country("poles without seat", "organisations without region")
    assert [[*row.values()] for row in counts] == [["albion", "Albion", 1, 0], [None, None, 0, 1]]
    assert counts.to_dicts() == [*counts]
    assert [row["country_name"] for row in counts.to_dicts(language="gd")] == ["Alba", None]


def test_who_is_in_a_row_bears_the_name_in_the_language(s3: Catalogue, eu: Catalogue) -> None:
    path = s3.path(s3.regions["torino"], s3.regions["piedmont"])
    assert path.to_dicts("it")[-1]["end_name"] == "Piemonte"
    aerospace = s3.innovation_areas["aerospace"]
    found = [row for row in s3.search("aerospace").to_dicts("it") if row["id"] == aerospace.id]
    assert found[0]["name"] == aerospace.label("it") != aerospace.name


# What is missing


@pytest.mark.parametrize(
    ("missing", "ask"),
    [
        ("pandas", lambda table: table.to_pandas()),
        ("polars", lambda table: table.to_polars()),
        *(("pyarrow", ask) for ask in (
            lambda table: table.to_pandas(),
            lambda table: table.to_polars(),
            lambda table: table.__arrow_c_stream__(),
            lambda table: polars.DataFrame(table),
        )),
    ],
)  # fmt: skip
def test_without_a_library_the_error_names_the_extra(
    s3: Catalogue, monkeypatch: pytest.MonkeyPatch, missing: str, ask: Any
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=rf'{missing} is not installed.* install "smartspec\[tables\]"'):
        ask(s3.regions)


def test_dicts_need_no_library() -> None:
    code = (
        "import sys, smartspec; s3 = smartspec.load(); s3.innovation_poles.to_dicts(language='it');"
        "s3.search('hydrogen').to_dicts(); s3.coverage().to_dicts();"
        "print(*{'numpy', 'pandas', 'polars', 'pyarrow'} & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


# DuckDB


@pytest.mark.tools
def test_duckdb_finds_a_collection_by_the_name_of_its_variable(s3: Catalogue) -> None:
    duckdb = pytest.importorskip("duckdb")
    poles = s3.innovation_poles
    found = duckdb.sql("from poles")
    assert found.columns == [*facts(smartspec.InnovationPole)]
    assert [dict(zip(found.columns, row)) for row in found.fetchall()] == poles.to_dicts()


@pytest.mark.tools
def test_duckdb_joins_unnests_and_counts(s3: Catalogue) -> None:
    duckdb = pytest.importorskip("duckdb")
    poles, areas = s3.innovation_poles, s3.innovation_areas  # noqa: F841  The query names them.
    found = duckdb.sql(
        "select poles.id, areas.name from poles, unnest(poles.areas) as of_it(area) "
        "join areas on areas.id = area where poles.start[:4]::int >= 2016 order by poles.id, areas.id"
    ).fetchall()
    late = [pole for pole in poles if pole.start_year and pole.start_year >= 2016]
    told = sorted((pole.id, area.id, area.name) for pole in late for area in pole.areas)
    assert found == [(pole, name) for pole, _, name in told]


@pytest.mark.tools
def test_duckdb_keeps_the_columns_of_what_is_empty(s3: Catalogue) -> None:
    duckdb = pytest.importorskip("duckdb")
    nothing, all = s3.regions[:0], s3.regions  # noqa: F841
    assert duckdb.sql("from nothing").columns == [*facts(smartspec.Region)]
    assert duckdb.sql("from nothing").types == duckdb.sql('from "all"').types


@pytest.mark.tools
def test_duckdb_makes_columns_of_citations(s3: Catalogue) -> None:
    duckdb = pytest.importorskip("duckdb")
    regions = s3.regions  # noqa: F841
    found = duckdb.sql("select id, unnest(citations, recursive := true) from regions")
    assert found.columns == ["id", *facts(smartspec.Citation)]
    assert len(found.fetchall()) == sum(len(region.citations) for region in s3.regions)


@pytest.mark.tools
@ANSWER
def test_duckdb_takes_the_frames_of_answers(of_each: dict[str, Any], answer: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    for some in of_each[answer]:
        for frame in (some.to_polars(), pa.RecordBatchReader.from_stream(some)):
            found = duckdb.sql("from frame")
            assert [dict(zip(found.columns, row)) for row in found.fetchall()] == some.to_dicts(), type(frame)


@pytest.mark.tools
def test_the_query_of_the_page_counts_the_regions_of_each_theme(
    eu: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb")
    (code,) = re.findall(r"^```python\n(import duckdb\n.*?)^```$", PAGE, flags=re.M | re.S)
    names: dict[str, Any] = {}
    exec(code.replace(".show()", ".fetchall()").replace("duckdb.sql", "found = duckdb.sql"), names)
    late = [area for area in eu.innovation_areas if (area.strategy.start_year or 0) >= 2021]
    regions = {theme.name: {a.strategy.region for a in late if theme in a.themes} for theme in eu.themes}
    told = sorted(((name, len(found)) for name, found in regions.items() if found), key=lambda row: (-row[1], row[0]))
    assert names["found"] == told
