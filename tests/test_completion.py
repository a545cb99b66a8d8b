"""Completion: the packaged scripts are those that the declared commands make, and the shells complete with them.

``python tests/test_completion.py`` writes the scripts anew; that needs shtab.
"""

from __future__ import annotations

import argparse
import pathlib
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec.__main__ import main, parser
from smartspec.commands.completing import SHELLS

if TYPE_CHECKING:
    from conftest import Screen

SCRIPTS = pathlib.Path(smartspec.__file__).parent / "commands" / "scripts"


PREAMBLE = {
    "bash": """\
_smartspec_ids() {
  smartspec ids "$1" $2 2>/dev/null
}
_smartspec_regions() { _smartspec_ids "$1" regions; }
_smartspec_innovation_areas() { _smartspec_ids "$1" innovation_areas; }
_smartspec_strategies() { _smartspec_ids "$1" strategies; }

_smartspec_datasets_or_dirs() {
  compgen -W "europe piedmont" -- "$1"
  compgen -d -- "$1"
}""",
    "zsh": """\
_smartspec_ids() {
  local -a found
  found=(${(f)"$(smartspec ids -- "$PREFIX" $1 2>/dev/null)"})
  compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a found
}
_smartspec_datasets_or_dirs() {
  compadd europe piedmont
  _files -/
}""",
}
"""What the scripts need beside what shtab writes: an id may be typed in any case, so no shell must choose by that."""
DATASETS = {
    "bash": "_smartspec_datasets_or_dirs",
    "zsh": " _smartspec_datasets_or_dirs",
    "fish": "europe piedmont (__fish_complete_directories)",
}


def ids(collection: str = "") -> dict[str, Any]:
    """What completes the ids of a collection, or of all; zsh calls it as it stands because of the space before."""
    return {
        "bash": f"_smartspec_{collection or 'ids'}",
        "zsh": f" _smartspec_ids {collection}".rstrip(),
        "fish": " ".join(["(smartspec ids --", "(commandline -ct)", *collection.split(), "2>/dev/null)"]),
        "preamble": PREAMBLE,
    }


def made(shell: str) -> str:
    """The script for a shell, as shtab makes it of the declared commands."""
    import shtab

    completers: dict[str, Any] = {
        "NAME": ids(),
        "REGION": ids("regions"),
        "AREA": ids("innovation_areas"),
        "FIRST": ids("strategies"),
        "SECOND": ids("strategies"),
        "STRATEGY": ids("strategies"),
        "DATASET": {**DATASETS, "preamble": PREAMBLE},
        "DIRECTORY": shtab.DIRECTORY,
        "FILE": shtab.FILE,
        "PATH": shtab.FILE,
    }
    whole = parser("smartspec")
    for command in commands(whole).values():
        for action in command._actions:
            if action.metavar in completers:
                action.complete = completers[action.metavar]  # type: ignore[attr-defined]
    lines = shtab.complete(whole, shell=shell).splitlines()
    return "\n".join([*(line.rstrip() for line in lines), ""])


def commands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (found,) = (action.choices for action in whole._actions if isinstance(action.choices, dict))
    return found


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.mark.tools
@pytest.mark.parametrize("shell", SHELLS)
def test_the_packaged_script_is_the_one_that_the_commands_make(shell: str) -> None:
    pytest.importorskip("shtab")
    told = (SCRIPTS / f"smartspec.{shell}").read_text(encoding="utf-8")
    assert told == made(shell), "write it again: python tests/test_completion.py"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_knows_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script == (SCRIPTS / f"smartspec.{shell}").read_text(encoding="utf-8")
    for name, command in commands(parser("smartspec")).items():
        if name != "ids":
            assert name in script
            for action in command._actions:
                for option in action.option_strings:
                    assert (option if shell != "fish" else option.lstrip("-")) in script


def test_ids_are_told_one_a_line_and_with_their_collection_where_several_have_one(
    capsys: pytest.CaptureFixture[str], eu: smartspec.Catalogue
) -> None:
    assert main(["ids", ""]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len({*lines}) == len(eu)
    assert {"piedmont", "innovation_poles/mesap", "innovation_areas/mechatronics"} - {*lines} == {
        "innovation_poles/mesap"
    }
    assert main(["ids", "", "strategies"]) == 0
    assert capsys.readouterr().out.split() == [strategy.id for strategy in eu.strategies]


def test_ids_are_told_in_whatever_case_they_are_begun_and_with_their_collection_once_that_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ids", "PIEDMONT-S3", "strategies"]) == 0
    assert {*capsys.readouterr().out.split()} == {"piedmont-s3-2014-2020", "piedmont-s3-2021-2027"}
    assert main(["ids", "regions/pied"]) == 0
    assert capsys.readouterr().out == "regions/piedmont\n"


TYPED = [
    ("smartspec sho", {"show"}),
    ("smartspec show --al", {"--all"}),
    ("smartspec show mesap-sme", {"mesap-smes-2019"}),
    ("smartspec partners lombar", {"lombardy"}),
    ("smartspec partners Lombar", {"lombardy"}),
    ("smartspec show innovation_poles/mes", {"innovation_poles/mesap"}),
    ("smartspec show MESAP-SME", {"mesap-smes-2019"}),
    ("smartspec show x --dataset pied", {"piedmont"}),
    ("smartspec show x --dataset ", {"europe", "piedmont", "my-region", "bin"}),
    ("smartspec show x --dataset my", {"my-region"}),
    ("smartspec compare open-for-business piedmont-s3-2021", {"piedmont-s3-2021-2027"}),
    ("smartspec search hydrogen --in regi", {"regions"}),
    ("smartspec match Vaccini --strategy saxony-s", {"saxony-s3-2020-2027"}),
    ("smartspec export t", {"turtle"}),
    ("smartspec completion ", {"bash", "zsh", "fish"}),
    ("smartspec validate my-", {"my-region"}),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_bash_completes(typed: str, expected: set[str], home: dict[str, str], tmp_path: pathlib.Path) -> None:
    (tmp_path / "my-region").mkdir()
    words = [*typed.split(), *[""] * typed.endswith(" ")]
    script = f"""
        source {shlex.quote(str(SCRIPTS / "smartspec.bash"))}
        COMP_WORDS=({shlex.join(words)}) COMP_CWORD={len(words) - 1}
        $(complete -p smartspec | sed 's/.*-F \\([^ ]*\\).*/\\1/') smartspec {shlex.quote(words[-1])} {words[-2]}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    command = [needed("bash"), "--norc", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, env=home, cwd=tmp_path)
    assert (done.stderr, {*done.stdout.split()}) == ("", expected)


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_fish_completes(typed: str, expected: set[str], home: dict[str, str], tmp_path: pathlib.Path) -> None:
    (tmp_path / "my-region").mkdir()
    script = f"source {shlex.quote(str(SCRIPTS / 'smartspec.fish'))}; complete -C {shlex.quote(typed)}"
    command = [needed("fish"), "--no-config", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, env=home, cwd=tmp_path)
    assert done.stderr == ""
    assert {line.partition("\t")[0].rstrip("/") for line in done.stdout.splitlines()} == expected


def test_zsh_completes(home: dict[str, str], screen: Screen, tmp_path: pathlib.Path) -> None:
    (tmp_path / "my-region").mkdir()
    start = 'PS1="> "; autoload -Uz compinit; compinit -u -D; eval "$(smartspec completion zsh)"; bindkey -e\n'
    (tmp_path / ".zshrc").write_text(start, encoding="utf-8")
    screen.start([needed("zsh"), "-i"], home, (100, 24), tmp_path)
    screen.until("^> *$")
    for typed, expected in TYPED:
        if len(expected) == 1:  # Where there are several, it would wait for a choice.
            (word,) = expected
            screen.type(typed)
            screen.press("Tab")
            screen.until(f"^> {re.escape(typed.rpartition(' ')[0])} {word}/? *$")
            screen.press("C-u")
            screen.until("^> *$")


if __name__ == "__main__":
    for shell in SHELLS:
        (SCRIPTS / f"smartspec.{shell}").write_text(made(shell), encoding="utf-8")
