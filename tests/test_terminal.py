"""The command in a real terminal, as a person uses it: tmux, a shell, keys pressed and the screen read."""

from __future__ import annotations

import itertools
import pathlib
import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Screen

BOLD = "\033[1m"


@pytest.fixture
def width() -> int:
    """That of the terminal, unless a test says which."""
    return 80


@pytest.fixture
def shell(screen: Screen, home: dict[str, str], width: int, tmp_path: pathlib.Path) -> Screen:
    """A shell that waits for a command."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    screen.start([bash, "--norc", "-i"], {**home, "PS1": "> "}, (width, 60), tmp_path)
    screen.until("^> *$")
    return screen


_numbers = itertools.count(1)


def typed(shell: Screen, line: str) -> str:
    """What stands on the screen when a line has been carried out: the answer, and the status in brackets."""
    number = next(_numbers)  # Else what the line before has left might be taken for its answer.
    shell.type(f'clear; {line}; echo "[${{PIPESTATUS[0]}}] {number}"')
    shell.press("Enter")
    shown = shell.until(rf"^\[\d+\] {number}$(\n|.)*^> *$")
    return shown.rpartition(f" {number}\n")[0]


def test_a_person_finds_a_region_and_its_partners(shell: Screen) -> None:
    assert re.search('did you mean\\s"show"\\?\n\\[2\\]', typed(shell, "smartspec shwo Lombardy"))
    shown = typed(shell, "smartspec show Lombrdy")
    assert 'did you mean "Lombardy"' in " ".join(shown.split())
    assert shown.endswith("[1]")
    shown = typed(shell, "smartspec show Lombardy")
    assert shown.startswith("Lombardy\nRegion regions/lombardy, from Smart specialisation in Europe\n")
    assert shown.endswith("[0]")
    shown = typed(shell, "smartspec partners Lombardy --limit 2")
    assert re.search(r"^0\.\d\d  .*\(.*\)$", shown, re.M)
    assert shown.endswith("[0]")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_broken_by_the_terminal(shell: Screen) -> None:
    commands = (
        "show MESAP",
        "search smart city --in strategies",
        "partners Piedmont --limit 5",
        "--help",
        "show --help",
    )
    for command in commands:
        typed(shell, f"smartspec {command}")
        assert [line.rstrip() for line in shell.text("-J").splitlines()] == shell.text().splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_no_word_of_what_is_wrong_is_broken_by_the_terminal(shell: Screen) -> None:
    commands = (
        "show Lombrdy",
        "show mechatronics",
        "partners Automotive",
        "compare Lombardy x",
        "match x --strategy S3",
        "export excel x",
        "show Piedmont --language fra",
        "shwo Lombardy --dataset piedmont",
    )
    for command in commands:
        shown = typed(shell, f"smartspec {command}")
        assert shown.endswith(("[1]", "[2]"))
        assert [line.rstrip() for line in shell.text("-J").splitlines()] == shell.text().splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_whoever_pages_through_an_answer_has_the_width_of_the_terminal(shell: Screen) -> None:
    assert typed(shell, "smartspec show MESAP | cat") == typed(shell, "smartspec show MESAP")


def test_headings_are_bold_in_a_terminal_unless_colours_are_unwanted(shell: Screen) -> None:
    typed(shell, "smartspec show ITC4")
    assert f"{BOLD}Sources" in shell.text("-e")
    for plain in ("NO_COLOR=1 smartspec show ITC4", "TERM=dumb smartspec show ITC4", "smartspec show ITC4 | cat"):
        assert "Sources" in typed(shell, plain)
        assert BOLD not in shell.text("-e")


def test_who_has_seen_enough_sees_no_traceback(shell: Screen) -> None:
    shown = typed(shell, "smartspec show Piedmont --all --json | head -1")
    assert shown.splitlines() in (["{", "[141]"], ["{", "[0]"])


def test_a_command_is_interrupted_without_a_traceback(shell: Screen) -> None:
    shell.type("clear; (echo text; yes 'A vaccine') | smartspec match --csv - --text text")
    shell.press("Enter")
    shell.until("^A vaccine,area,")
    shell.press("C-c")
    assert "Traceback" not in shell.until("^> *$")


def test_a_dataset_is_begun_checked_and_looked_at(shell: Screen) -> None:
    assert "check it with: smartspec validate mine" in " ".join(typed(shell, "smartspec new mine").split())
    assert "no problems" in typed(shell, "smartspec validate mine")
    assert typed(shell, "smartspec new mine").endswith("[2]")
    assert typed(shell, "smartspec show Seenland --dataset mine").startswith("Lake Region\nRegion regions/lake-region")
