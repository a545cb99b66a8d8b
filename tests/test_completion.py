"""Completion: the packaged scripts are those that the declared commands make, and the shells complete with them.

``python tests/test_completion.py`` writes the scripts anew; that needs shtab.
"""

from __future__ import annotations

import argparse
import pathlib
from typing import Any

import smartspec
from smartspec.__main__ import parser
from smartspec.commands.completing import SHELLS

SCRIPTS = pathlib.Path(smartspec.__file__).parent / "commands" / "scripts"
ROOT = pathlib.Path(__file__).parents[1]


def made(shell: str) -> str:
    """The script for a shell, as shtab makes it of the declared commands."""
    import shtab

    ids = {
        "NAME": "smartspec ids",
        "REGION": "smartspec ids regions",
        "AREA": "smartspec ids innovation_areas",
        "FIRST": "smartspec ids strategies",
        "SECOND": "smartspec ids strategies",
        "ID": "smartspec ids strategies",
    }
    completers: dict[str, Any] = {asked: shtab.cmd(f"{command} 2>/dev/null") for asked, command in ids.items()}
    completers |= {"DIRECTORY": shtab.DIRECTORY, "DATASET": shtab.DIRECTORY, "FILE": shtab.FILE, "PATH": shtab.FILE}
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


if __name__ == "__main__":
    for shell in SHELLS:
        (SCRIPTS / f"smartspec.{shell}").write_text(made(shell), encoding="utf-8")
