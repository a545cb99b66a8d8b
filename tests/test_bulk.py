"""Many texts at once: tables of Arrow, Polars and pandas, a progress bar, and the engines that stand on them."""

from __future__ import annotations

import pathlib
import pickle
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue, Matcher

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: python -m pip install .[bulk]")
parquet = pytest.importorskip("pyarrow.parquet")

STRATEGY = "piedmont-s3-2021-2027"
ANSWERS = ["verdict", "area", "second_area", "candidate", "score", "evidence", "problem"]
TEXTS = [
    "Satellites and launchers, è già un satellite 🛰️ di più: un satellite.",
    None,
    "A football match.",
    "",
    "Robots that sort tomatoes and peppers",
    "It is what it is.",
    "A vaccine against a tumour, and hydrogen buses for the city: vaccine, bus, hydrogen, tumour.",
]


@pytest.fixture(scope="module")
def matcher(s3: Catalogue) -> Matcher:
    return s3.innovation_areas.where(strategy=STRATEGY).matcher()


@pytest.fixture
def table() -> Any:
    return pa.table({"id": range(len(TEXTS)), "text": pa.array(TEXTS, pa.string())})


def row(matcher: Matcher, text: str | None) -> dict[str, Any]:
    """What the columns should hold, told by the placement itself."""
    if text is None:
        return {**dict.fromkeys(ANSWERS), "problem": "no text"}
    placement = matcher.match(text)
    first = placement.candidates[0] if placement.candidates else None
    ids = [area.id for area in placement.areas]
    evidence = [
        {**each._asdict(), "theme": each.theme.id if each.theme else None} for each in (first.evidence if first else ())
    ]
    return {
        "verdict": placement.verdict.value,
        "area": ids[0] if ids else None,
        "second_area": ids[1] if ids[1:] else None,
        "candidate": first.area.id if first else None,
        "score": first.score if first else 0.0,
        "evidence": evidence,
        "problem": None,
    }


def test_a_row_says_what_the_placement_of_its_text_says(matcher: Matcher, table: Any) -> None:
    placed = matcher.match_batch(table)
    assert placed.select(ANSWERS).to_pylist() == [row(matcher, text) for text in TEXTS]
    assert placed.select(["id", "text"]).equals(table)


def test_the_places_of_evidence_are_those_of_characters(matcher: Matcher, table: Any) -> None:
    for placed in matcher.match_batch(table).to_pylist():
        for evidence in placed["evidence"] or ():
            assert placed["text"][evidence["start"] : evidence["stop"]] == evidence["text"]


def test_each_kind_of_arrow_table_comes_back_as_it_was(matcher: Matcher, table: Any) -> None:
    placed = matcher.match_batch(table)
    assert isinstance(placed, pa.Table)
    (batch,) = table.to_batches()
    assert matcher.match_batch(batch).equals(placed.combine_chunks().to_batches()[0])
    reader = matcher.match_batch(table.to_reader(max_chunksize=2))
    assert isinstance(reader, pa.RecordBatchReader)
    assert reader.read_all().equals(placed)


def test_what_exports_arrow_becomes_a_table(matcher: Matcher, table: Any) -> None:
    class Foreign:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table.__arrow_c_stream__(requested_schema)

    assert matcher.match_batch(Foreign()).equals(matcher.match_batch(table))


@pytest.mark.parametrize("kind", ["large_string", "string_view", "dictionary"])
def test_texts_of_any_arrow_type_are_texts(matcher: Matcher, table: Any, kind: str) -> None:
    column = table["text"].dictionary_encode() if kind == "dictionary" else pa.array(TEXTS, getattr(pa, kind)())
    placed = matcher.match_batch(table.set_column(1, "text", column))
    assert placed.select(ANSWERS).equals(matcher.match_batch(table).select(ANSWERS))


def test_an_empty_table_has_all_columns_of_their_types(matcher: Matcher, table: Any) -> None:
    assert matcher.match_batch(table[:0]).schema == matcher.match_batch(table).schema
    assert matcher.match_batch(pa.table({"text": pa.nulls(2)}))["problem"].to_pylist() == ["no text"] * 2


def test_other_columns_pass_through_whatever_they_hold(matcher: Matcher) -> None:
    given = pa.table({"id": [{"a": 1}, None], "text": ["A vaccine.", None], "when": [b"1", b"2"]})
    given = given.replace_schema_metadata({"of": "ours"})
    placed = matcher.match_batch(given)
    assert placed.select(["id", "text", "when"]).equals(given, check_metadata=True)


@pytest.mark.parametrize(
    "codes", [["30.30.09", None, "10; 11, 30"], [["30.30.09"], None, ["10", None, "11", "30"]]], ids=["texts", "lists"]
)
def test_codes_speak_as_they_do_in_match(matcher: Matcher, codes: list[Any]) -> None:
    texts = ["It flies.", "It is what it is.", "A satellite."]
    placed = matcher.match_batch(pa.table({"text": texts, "nace": codes}))
    expected = [("30.30.09",), (), ("10", "11", "30")]
    scores = [sum(c.score for c in matcher.match(*each).candidates[:1]) for each in zip(texts, expected)]
    assert placed["score"].to_pylist() == scores
    assert placed["problem"].null_count == 3


def test_a_code_that_is_none_is_told_and_the_row_is_placed_by_the_rest(matcher: Matcher) -> None:
    given = pa.table({"about": ["A vaccine.", "A satellite."], "ateco": ["99.99; 21.10", None]})
    first, second = matcher.match_batch(given, text="about", nace="ateco").to_pylist()
    assert "'99.99'" in first["problem"]
    assert [each["text"] for each in first["evidence"]] == ["vaccine", "21.10"]  # Codes come last.
    assert second["problem"] is None


@pytest.mark.parametrize(("codes", "problems"), [("29.10,28.99", 0), ("C29,28.99", 0), ("29,10", 1), ("29.10, 28", 0)])
def test_a_comma_parts_codes_but_not_the_digits_of_one(matcher: Matcher, codes: str, problems: int) -> None:
    placed = matcher.match_batch(pa.table({"text": ["It is what it is."], "nace": [codes]}))
    assert sum(problem is not None for problem in placed["problem"].to_pylist()) == problems


def test_a_matcher_with_an_encoder_places_tables_too() -> None:
    areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    encoding = areas.matcher(encoder=lambda texts: [[text.count("a"), text.count("e")] for text in texts])
    placed = encoding.match_batch(pa.table({"text": ["A vaccine.", None, "A satellite."]})).to_pylist()
    expected = [encoding.match(text).candidates[0].area.id for text in ("A vaccine.", "A satellite.")]
    assert [row["candidate"] for row in placed] == [expected[0], None, expected[1]]


def test_what_cannot_be_placed_is_refused_by_its_name(matcher: Matcher, table: Any) -> None:
    with pytest.raises(ValueError, match=r"no column 'about' of texts; its columns: 'id', 'text'"):
        matcher.match_batch(table, text="about")
    with pytest.raises(ValueError, match=r"no column 'ateco' of codes; its columns: 'id', 'text'"):
        matcher.match_batch(table, nace="ateco")
    with pytest.raises(ValueError, match=r"has 2 columns 'text'"):
        matcher.match_batch(table.rename_columns(["text", "text"]))
    with pytest.raises(ValueError, match=r"has a column 'area' already"):
        matcher.match_batch(table.rename_columns(["area", "text"]))
    with pytest.raises(TypeError, match=r"the column 'id' holds int64, not texts"):
        matcher.match_batch(table, text="id")
    with pytest.raises(TypeError, match=r"the column 'id' holds int64, not texts"):
        matcher.match_batch(table, nace="id")
    with pytest.raises(TypeError, match=r"takes a table of Arrow, Polars or pandas, not \['A vaccine.'\]"):
        matcher.match_batch(["A vaccine."])


def test_without_pyarrow_the_error_names_the_extra(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r'pyarrow is not installed.* install "smartspec\[bulk\]"'):
        matcher.match_batch(None)


def test_progress_is_shown_and_knows_the_end_of_what_has_a_length(
    matcher: Matcher, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm", reason="tqdm is not installed: python -m pip install .[bulk]")
    texts = ["A vaccine.", "A football match."]
    for given, told in ((texts, "2/2"), (iter(texts), "2 texts")):
        assert [*matcher.match_many(given, progress=True)] == [*matcher.match_many(texts)]
        assert told in capsys.readouterr().err


def test_without_tqdm_the_error_names_the_extra(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(ImportError, match=r'tqdm is not installed.* install "smartspec\[bulk\]"'):
        matcher.match_many([], progress=True)


def test_a_matcher_is_built_once_in_a_process_that_gets_it_often(matcher: Matcher) -> None:
    sent = pickle.dumps(matcher.match_batch)
    first, second = (pickle.loads(sent).__self__ for _ in range(2))
    assert first is second
    assert first.match("A vaccine.") == matcher.match("A vaccine.")


# With the engines themselves, on texts enough that they are cut into parts.

MANY = 100_000
engines = pytest.mark.engines
pytestmark = pytest.mark.filterwarnings("ignore:::(dask|distributed|pyspark|py4j)")


@pytest.fixture(scope="module")
def many(eu: Catalogue) -> Any:
    """Texts as the packaged areas describe themselves, in varying company; now and then one is missing."""
    labels = [label for area in eu.innovation_areas for label in (area.name, *area.activities, area.description)]
    besides = [text for text in TEXTS if text]
    texts = [
        None if number % 1000 == 999 else f"{labels[number % len(labels)]}. {besides[number % 5]} {number}"
        for number in range(MANY)
    ]
    return pa.table({"id": [f"p{number:06}" for number in range(MANY)], "text": texts})


@pytest.fixture(scope="module")
def expected(matcher: Matcher, many: Any) -> Any:
    """What the matcher says of each, one by one."""
    schema = matcher.match_batch(many[:0]).select(ANSWERS).schema
    answers = pa.Table.from_pylist([row(matcher, text) for text in many["text"].to_pylist()], schema=schema)
    assert min(answers.group_by("verdict").aggregate([([], "count_all")])["count_all"].to_pylist()) >= MANY // 1000
    return pa.table({**{name: many[name] for name in many.column_names}, **{n: answers[n] for n in ANSWERS}})


def same(placed: Any, expected: Any) -> bool:
    """Whether a table has these rows, whatever their order and however its engine writes the same types."""
    return bool(placed.select(expected.column_names).cast(expected.schema).sort_by("id").equals(expected))


@engines
def test_polars_places_them_in_a_lazy_query(matcher: Matcher, many: Any, expected: Any) -> None:
    pl = pytest.importorskip("polars", reason="Polars is not installed: python -m pip install .[engines]")
    frame = pl.DataFrame(many)
    schema = matcher.match_batch(frame.clear()).schema
    placed = frame.lazy().map_batches(matcher.match_batch, schema=schema, streamable=True)
    assert same(placed.collect(engine="streaming").to_arrow(), expected)


@engines
def test_pandas_keeps_its_index_and_reads_back_what_it_writes(matcher: Matcher, tmp_path: pathlib.Path) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed: python -m pip install .[engines]")
    frame = pd.DataFrame({"text": TEXTS}, index=[*"gfedcba"])
    placed = matcher.match_batch(frame)
    assert [*placed.index] == [*"gfedcba"]
    assert placed["evidence"].iloc[4] == row(matcher, TEXTS[4])["evidence"]
    assert (matcher.match_batch(frame[:0]).dtypes == placed.dtypes).all()
    placed.to_parquet(tmp_path / "placed.parquet")
    assert pd.read_parquet(tmp_path / "placed.parquet")["verdict"].equals(placed["verdict"])


@engines
def test_duckdb_streams_them_through_and_asks_the_answers(matcher: Matcher, many: Any, expected: Any) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: python -m pip install .[engines]")
    with duckdb.connect() as connection:
        connection.register("given", many)
        connection.execute("create table projects as from given")
        assert same(matcher.match_batch(connection.sql("from projects limit 1000")), expected[:1000])
        reader = connection.cursor().sql("from projects").to_arrow_reader(10_000)
        connection.register("placed", matcher.match_batch(reader))
        connection.execute("create table kept as from placed")
        assert same(pa.table(connection.sql("from kept")), expected)
        highlighted = "substr(text, evidence[1].start + 1, evidence[1].stop - evidence[1].start)"
        connection.execute(f"select count(*) from kept where {highlighted} = evidence[1].text")
        assert connection.fetchone() == (sum(map(bool, expected["evidence"].to_pylist())),)


@engines
def test_dask_places_them_in_other_processes(
    matcher: Matcher, many: Any, expected: Any, tmp_path: pathlib.Path
) -> None:
    dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed: python -m pip install .[engines]")
    frame = dd.from_pandas(many.to_pandas(), npartitions=10)
    placed = frame.map_partitions(matcher.match_batch)
    options = {"scheduler": "processes", "num_workers": 2}
    placed.to_parquet(tmp_path, schema=expected.schema, write_index=False, compute_kwargs=options)
    assert same(parquet.read_table(tmp_path), expected)


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed: python -m pip install .[engines]")
    if not shutil.which("java"):
        pytest.skip("no Java for Spark: apt-get install default-jre-headless")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR"}
    session = sql.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield session
    session.stop()


@engines
def test_spark_places_them_in_its_workers(spark: Any, matcher: Matcher, many: Any, expected: Any) -> None:
    evidence = "struct<text: string, start: int, stop: int, term: string, weight: double, theme: string>"
    answers = (
        "verdict string, area string, second_area string, candidate string, score double, "
        f"evidence array<{evidence}>, problem string"
    )
    frame = spark.createDataFrame(many).repartition(4)
    placed = frame.mapInArrow(lambda batches: map(matcher.match_batch, batches), f"id string, text string, {answers}")
    assert same(placed.toArrow(), expected)
