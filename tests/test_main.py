"""``python -m smartspec`` as a person runs it."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec.__main__ import main
from smartspec.display.terminal import columns, overview, years
from smartspec.text import clean

if TYPE_CHECKING:
    from conftest import Make

ROOT = pathlib.Path(__file__).parents[1]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "smartspec", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_the_overview_comes_without_arguments() -> None:
    result = run()
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(smartspec.load().name)


def test_the_overview_is_plain_when_piped() -> None:
    assert "\033" not in run().stdout


def test_the_overview_gives_name_version_and_counts() -> None:
    s3 = smartspec.load()
    shown = overview(s3)
    assert s3.version in shown
    for name, collection in s3.collections.items():
        assert f"{name.replace('_', ' '):<22}{len(collection):>6}" in shown


def test_the_overview_names_each_strategy_with_its_fields_and_areas() -> None:
    s3 = smartspec.load()
    shown = " ".join(overview(s3).split())
    for entity in (*s3.strategies, *s3.priority_fields, *s3.innovation_areas):
        assert entity.name in shown


def parts(shown: str) -> dict[str, str]:
    """The overview by the headings of its parts."""
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in shown.split("\n\n")}


def test_what_is_in_force_comes_first_and_what_has_ended_stands_apart() -> None:
    shown = parts(overview(smartspec.load()))
    headings = [
        "Strategies in force in 2026",
        "Innovation poles in force in 2026",
        "Strategies that have ended",
        "Innovation poles that have ended",
        "What it holds",
    ]
    assert [heading for heading in shown if "unknown years" not in heading][1:] == headings
    assert "2021-2027" in shown["Strategies in force in 2026"]
    assert "2014-2020" not in shown["Strategies in force in 2026"]
    assert "2014-2020" in shown["Strategies that have ended"]


def test_each_pole_has_its_years_and_managers_and_an_ended_one_what_it_became() -> None:
    s3 = smartspec.load()
    shown = parts(overview(s3, width=1_000))
    present = shown["Innovation poles in force in 2026"].splitlines()
    line = next(line for line in present if line.startswith("  CLEVER"))
    assert [cell.strip() for cell in line.split("  ") if cell] == [
        "CLEVER",
        "since 2016",
        "Piedmont",
        "Environment Park, Consorzio UN.I.VER.",
    ]
    ended = shown["Innovation poles that have ended"].splitlines()
    line = next(line for line in ended if "Sustainable architecture" in line)
    assert line.split("  ")[-1] == "CLEVER"
    undated = shown.get("Innovation poles not yet in force, or of unknown years", "").splitlines()
    assert sum(len(table[1:]) for table in (present, ended, undated)) == len(s3.innovation_poles)


def test_the_year_is_that_of_the_check_else_this_one(make: Make) -> None:
    plans = [make.strategy("old", start="1990", end="1999"), make.strategy("none")]
    for checked, year in (("1995-06-30", 1995), (None, datetime.date.today().year)):
        info = smartspec.DatasetInfo(name="Mine", checked=checked)
        shown = parts(overview(smartspec.Catalogue(info, [*plans, plans[0].region])))
        assert (f"Strategies in force in {year}" in shown) == (checked is not None)
        assert "None" in shown["Strategies not yet in force, or of unknown years"]
        assert ("Strategies that have ended" in shown) == (checked is None)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_overview_keeps_to_the_width_of_the_terminal(width: int) -> None:
    assert max(map(len, overview(smartspec.load(), width).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_name_is_cut(width: int) -> None:
    assert "…" not in overview(smartspec.load(), width)


def test_a_column_that_holds_nothing_leaves_its_room_to_the_others() -> None:
    assert columns([("pole", "seat", "managers"), ("A", "", "Some body")], 14) == [
        "pole  managers",
        "A     Some",
        "      body",
    ]


def test_the_overview_of_an_empty_catalogue_is_short() -> None:
    empty = smartspec.Catalogue(smartspec.DatasetInfo(name="Nothing yet"), ())
    assert overview(empty).startswith("Nothing yet\n")
    assert "Innovation poles" not in overview(empty)


def test_headings_are_dressed_on_request() -> None:
    assert overview(smartspec.load(), heading=str.upper).startswith("SMART SPECIALISATION")


def test_an_unknown_argument_is_refused_with_the_usage() -> None:
    result = run("--colour")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "usage: python -m smartspec" in result.stderr


def test_the_command_is_there_beside_the_module() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"smartspec": "smartspec.__main__:run"}


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"smartspec {smartspec.__version__}\n"


def test_a_terminal_that_knows_no_accents_still_shows_it() -> None:
    result = run(PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    command = f"{sys.executable} -m smartspec | true"
    result = subprocess.run(["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True)
    assert result.stderr == ""
    assert result.stdout.strip() in ("0", "141")


def test_main_prints_and_returns_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Innovation poles" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2006-07", None, "since 2006"),
        (None, "2020", "until 2020"),
        ("2014", "2020-12-31", "2014-2020"),
        ("2017", "2017", "2017"),
        (None, None, ""),
    ],
)
def test_years_read_as_people_write_them(start: str | None, end: str | None, text: str) -> None:
    italy = smartspec.load().regions["italy"]
    kind = smartspec.StrategyKind.SMART_CITY
    plan = smartspec.Strategy(id="x", name="X", region=italy, kind=kind, start=start, end=end)
    assert years(plan) == text


def test_hostile_names_cannot_move_the_cursor_or_flood_the_screen() -> None:
    assert clean("\033[2Jevil\u202e\r\n") == "\\x1b[2Jevil\\u202e\\r\\n"
    assert len(clean("x" * 1_000_000)) == 100


def saved(catalogue: smartspec.Catalogue, path: pathlib.Path) -> str:
    catalogue.save(path)
    return str(path)


def test_validate_warns_of_what_has_no_citation_and_is_content(
    make: Make, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = make.region("asti", citations=(make.citation(),))
    path = saved(make.catalogue(make.source(), cited, make.region("utopia")), tmp_path / "mine")
    assert main(["validate", path]) == 0
    assert capsys.readouterr() == (
        f'warning: regions.json: "utopia" has no citation\n{path}: no problems in 3 entities, 1 warning\n',
        "",
    )


def test_validate_shows_twenty_warnings_and_counts_all(
    make: Make, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(make.catalogue(*(make.region(f"town-{number}") for number in range(25))), tmp_path / "mine")
    assert main(["validate", path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 22
    assert lines[20:] == ["… and 5 more warnings", f"{path}: no problems in 25 entities, 25 warnings"]


@pytest.fixture
def layer(s3: smartspec.Catalogue, make: Make, tmp_path: pathlib.Path) -> pathlib.Path:
    """A dataset that stands on the packaged one, with one record, which is cited."""
    citation = make.citation(source=s3.sources["eurostat-nuts"])
    s3.extend(make.region("utopia", citations=(citation,))).save(tmp_path / "layer")
    return tmp_path / "layer"


def test_validate_counts_what_a_layer_adds(layer: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(layer), "--base"]) == 0
    assert capsys.readouterr().out == f"{layer}: no problems in 1 entity of its own\n"


def test_validate_checks_a_layer_on_europe_on_that(
    eu: smartspec.Catalogue, make: Make, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    citation = make.citation(source=eu.sources["eurostat-nuts"])
    path = saved(
        eu.extend(make.region("utopia", parent=eu.regions["bavaria"], citations=(citation,))), tmp_path / "mine"
    )
    assert main(["validate", path]) == 1
    assert capsys.readouterr().out.endswith("(add --base to the command)\n")
    assert main(["validate", path, "--base"]) == 0
    assert capsys.readouterr().out == f"{path}: no problems in 1 entity of its own\n"


def test_validate_says_what_a_layer_needs(layer: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(layer)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("dataset.json#/base: ")
    assert line.endswith("(add --base to the command)")


def test_validate_says_what_a_layer_on_another_dataset_needs(
    make: Make, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(make.catalogue(make.region("lombardy")).extend(make.region("utopia")), tmp_path / "layer")
    for arguments in ([], ["--base"]):
        assert main(["validate", path, *arguments]) == 1
        (line,) = capsys.readouterr().out.splitlines()
        assert line.endswith(f'(in Python: smartspec.load("{path}", base=…) with the catalogue of that dataset)')


def test_validate_warns_of_a_base_of_another_version_and_of_one_that_is_not_named(
    layer: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    info = json.loads((layer / "dataset.json").read_text(encoding="utf-8"))
    version = info["base"]["version"]
    info["base"]["version"] = "1999"
    (layer / "dataset.json").write_text(json.dumps(info), encoding="utf-8")
    assert main(["validate", str(layer), "--base"]) == 0
    warning, last = capsys.readouterr().out.splitlines()
    assert f'made on version "1999", and checked on "{version}"' in warning
    assert last.endswith(", 1 warning")
    del info["base"]
    (layer / "dataset.json").write_text(json.dumps(info), encoding="utf-8")
    assert main(["validate", str(layer), "--base"]) == 0
    assert 'add "base": {"name": "Smart specialisation in Piedmont and Torino"' in capsys.readouterr().out


@pytest.mark.parametrize("text", ["[", "[]", "null", '{"base": 5}', '{"base": {"name": 5}}', "[" * 100_000])
def test_whatever_a_dataset_says_of_its_base_is_a_problem_and_no_traceback(
    text: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dataset.json").write_text(text, encoding="utf-8")
    assert main(["validate", str(tmp_path), "--base"]) == 1
    assert capsys.readouterr().out.startswith("dataset.json#")


def test_what_is_no_directory_is_told_on_stderr(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path / "nowhere")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(f"{tmp_path / 'nowhere'} is no directory\n")


def test_new_writes_a_dataset_and_says_how_to_check_it(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "my lake"
    assert main(["new", str(path)]) == 0
    assert capsys.readouterr().out.endswith(f"smartspec validate '{path}'\n")
    assert main(["validate", str(path)]) == 0
    capsys.readouterr()
    assert main(["new", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "it is not empty" in err


def test_validate_warns_of_no_record_of_the_base(
    s3: smartspec.Catalogue,
    make: Make,
    layer: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    uncited = smartspec.Catalogue(s3.info, [*s3, make.region("uncited")])

    def load(path: Any = None, base: Any = None) -> smartspec.Catalogue:
        return uncited if path is None else smartspec.load(path, base)

    monkeypatch.setattr("smartspec.commands.choosing.load", load)
    assert main(["validate", str(layer), "--base"]) == 0
    assert capsys.readouterr().out == f"{layer}: no problems in 1 entity of its own\n"
