"""``smartspec export`` and the formats that it knows; what each format holds is tested where it is written."""

from __future__ import annotations

import io
import pathlib
import sys
from typing import Any

import pytest

import smartspec
from smartspec.__main__ import main
from smartspec.errors import InvalidValueError
from smartspec.export.formats import FORMATS, Format, whole, write

Capture = pytest.CaptureFixture[str]
TABLES = ("csv", "parquet", "sqlite", "xlsx")
TEXTS = [name for name, known in FORMATS.items() if known.text is not None]
LAKE_REGION = str(pathlib.Path(smartspec.__file__).parent / "datasets" / "lake_region")
"""A dataset that is small."""


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Stand-ins for the functions that write the formats: each call with its options."""
    made: list[tuple[str, dict[str, Any]]] = []

    def stand_in(name: str, known: Format) -> Format:
        def write(catalogue: smartspec.Catalogue, path: Any, **options: Any) -> None:
            made.append((name, options))
            pathlib.Path(path).write_text("written", encoding="utf-8")

        def text(catalogue: smartspec.Catalogue, **options: Any) -> str:
            made.append((name, options))
            return "città"

        return known._replace(write=known.write and write, text=known.text and text)

    stand_ins = {name: stand_in(name, known) for name, known in FORMATS.items()}
    monkeypatch.setattr("smartspec.export.formats.FORMATS", stand_ins)
    return made


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_writes_and_how(name: str) -> None:
    known = FORMATS[name]
    assert (known.write is None) != (known.text is None)
    kind, _, what = known.doc.partition(": ")
    assert kind in (("a text",) if known.text else ("a directory", "a file"))
    assert what
    assert {*known.options} <= {"language", "base"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_written_with_the_options_given(
    name: str, calls: list[tuple[str, dict[str, Any]]], tmp_path: pathlib.Path, capsys: Capture
) -> None:
    path = str(tmp_path / "out")
    assert main(["export", name, path, "--language", "it", "--overwrite", "--dataset", "piedmont"]) == 0
    assert calls == [(name, {"overwrite": True, "language": "it"})]
    assert capsys.readouterr().out.startswith(f"{path}: ")


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_written_in_utf_8_and_not_over_another(
    name: str, calls: list[tuple[str, dict[str, Any]]], tmp_path: pathlib.Path, capsys: Capture
) -> None:
    path = tmp_path / "out.txt"
    command = ["export", name, str(path), "--dataset", "piedmont"]
    assert main(command) == 0
    assert "città" in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith("\n")
    path.write_text("mine", encoding="utf-8")
    assert main(command) == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert "not to be overwritten; --overwrite replaces what is there" in capsys.readouterr().err
    assert main([*command, "--overwrite"]) == 0
    assert "città" in path.read_text(encoding="utf-8")
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_can_be_written_to_the_standard_output_whatever_that_can_show(
    name: str, calls: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    bytes_written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(bytes_written, encoding="ascii"))
    assert main(["export", name, "-", "--dataset", "piedmont"]) == 0
    assert "città" in bytes_written.getvalue().decode("utf-8")


def test_the_base_of_addresses_is_handed_on(calls: list[tuple[str, dict[str, Any]]], capsys: Capture) -> None:
    assert main(["export", "jsonld", "-", "--base", "https://data.example/"]) == 0
    assert calls == [("jsonld", {"base": "https://data.example/"})]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("bibtex - --language it", 'bibtex: it takes no "language"'),
        ("csv out --base https://x.example/", 'csv: it takes no "base" (these do: turtle, jsonld, sssom)'),
        ("parquet -", "parquet: it is no text (write it to a path)"),
        ("csl ''", "no file is named"),
    ],
)
def test_what_a_format_cannot_do_is_refused(
    words: str, told: str, calls: list[tuple[str, dict[str, Any]]], capsys: Capture
) -> None:
    assert main(["export", *(word.strip("'") for word in words.split())]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


def test_a_library_that_is_missing_is_told_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, capsys: Capture
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["export", "parquet", str(tmp_path / "out")]) == 2
    assert '"smartspec[tables]"' in capsys.readouterr().err


def test_a_dataset_is_written_as_smartspec_reads_it(tmp_path: pathlib.Path, capsys: Capture) -> None:
    path = tmp_path / "mine"
    assert main(["export", "json", str(path), "--dataset", "piedmont"]) == 0
    assert smartspec.load(path) == smartspec.load()
    assert main(["export", "json", str(path), "--dataset", "piedmont"]) == 2
    assert "not to be overwritten" in capsys.readouterr().err
    assert main(["export", "json", str(path), "--dataset", "piedmont", "--overwrite"]) == 0


def test_a_dataset_is_not_written_over_other_things(tmp_path: pathlib.Path, capsys: Capture) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    assert main(["export", "json", str(tmp_path), "--overwrite"]) == 2
    assert [*tmp_path.iterdir()] == [tmp_path / "thesis.docx"]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_of_another_kind_is_not_replaced_and_no_option_said_to_do_so(
    name: str, tmp_path: pathlib.Path, capsys: Capture
) -> None:
    path = tmp_path / "there"
    is_directory = FORMATS[name].doc.startswith("a directory")
    if is_directory:
        path.write_text("years of work", encoding="utf-8")
    else:
        path.mkdir()
    told = "it is a file, and what is" if is_directory else "it is a directory, and what is"
    for more in ([], ["--overwrite"]):
        assert main(["export", name, str(path), "--dataset", "piedmont", *more]) == 2
        err = capsys.readouterr().err
        assert told in err
        assert "replaces" not in err
    assert path.is_file() == is_directory


@pytest.mark.parametrize("suffix", [".xls", ".XLS", ".xlsm"])
def test_a_workbook_is_not_written_under_a_name_that_excel_does_not_open(
    suffix: str, tmp_path: pathlib.Path, capsys: Capture
) -> None:
    assert main(["export", "xlsx", str(tmp_path / f"mine{suffix}"), "--dataset", "piedmont"]) == 2
    assert 'name it "mine.xlsx"' in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_what_is_no_text_is_not_given_as_one(s3: smartspec.Catalogue) -> None:
    with pytest.raises(InvalidValueError, match="sqlite: it is no text"):
        whole("sqlite", s3)


def test_what_fails_leaves_nothing_behind(
    s3: smartspec.Catalogue, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    def interrupted(what: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("smartspec.export.formats.FORMATS", {"bibtex": FORMATS["bibtex"]._replace(text=interrupted)})
    with pytest.raises(KeyboardInterrupt):
        write("bibtex", s3, tmp_path / "out.bib")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_really_written(name: str, tmp_path: pathlib.Path, capsys: Capture) -> None:
    path = tmp_path / f"lakes.{name}"
    assert main(["export", name, str(path), "--dataset", LAKE_REGION]) == 0
    files = [path] if path.is_file() else [*path.iterdir()]
    assert all(file.stat().st_size for file in files)
    assert sum(file.stat().st_size for file in files) > 200
    assert path.is_dir() == FORMATS[name].doc.startswith("a directory")
