"""``python -m smartspec`` as a person runs it."""

import os
import subprocess
import sys

import pytest

import smartspec
from smartspec.__main__ import main
from smartspec.display.terminal.terminal import overview, years
from smartspec.text import clean


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


def test_the_overview_gives_each_pole_its_region_and_seat() -> None:
    line = next(line for line in overview(smartspec.load()).splitlines() if "Sustainable architecture" in line)
    assert [cell.strip() for cell in line.split("  ") if cell][-2:] == [
        "Metropolitan City of Torino",
        "Environment Park",
    ]


def test_the_overview_keeps_to_the_width_of_the_terminal() -> None:
    text = overview(smartspec.load(), width=60).split("Innovation poles")[0]
    assert max(map(len, text.splitlines()[2:6])) <= 60


def test_the_overview_of_an_empty_catalogue_is_short() -> None:
    empty = smartspec.Catalogue(smartspec.DatasetInfo(name="Nothing yet"), ())
    assert overview(empty).startswith("Nothing yet\n")
    assert "Innovation poles" not in overview(empty)


def test_headings_are_dressed_on_request() -> None:
    assert overview(smartspec.load(), heading=str.upper).startswith("SMART SPECIALISATION")


def test_an_unknown_argument_is_refused_with_the_usage() -> None:
    result = run("--colour")
    assert result.returncode == 2
    assert "usage: python -m smartspec" in result.stderr


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
        (2006, None, "since 2006"),
        (None, 2020, "until 2020"),
        (2014, 2020, "2014-2020"),
        (2017, 2017, "2017"),
        (None, None, ""),
    ],
)
def test_years_read_as_people_write_them(start: int | None, end: int | None, text: str) -> None:
    italy = smartspec.load().regions["italy"]
    kind = smartspec.StrategyKind.SMART_CITY
    plan = smartspec.Strategy(id="x", name="X", region=italy, kind=kind, start_year=start, end_year=end)
    assert years(plan) == text


def test_hostile_names_cannot_move_the_cursor_or_flood_the_screen() -> None:
    assert clean("\033[2Jevil\u202e\r\n") == "\\x1b[2Jevil\\u202e\\r\\n"
    assert len(clean("x" * 1_000_000)) == 100


def test_the_table_of_poles_keeps_to_a_narrow_terminal() -> None:
    assert max(map(len, overview(smartspec.load(), width=80).splitlines())) <= 80
