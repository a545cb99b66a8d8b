"""The command `completion`: scripts by which bash, zsh and fish complete what is typed, and the ids that they ask for.

The scripts lie beside this module. They are made of the declarations of all commands by shtab: what makes them, and
holds them up to date, is ``tests/test_completion.py``.
"""

from __future__ import annotations

import argparse
from typing import Any

from ..datasets.loading import load_europe
from ..domain import COLLECTIONS
from .declaring import FINE, Terminal, declare

SHELLS = ("bash", "zsh", "fish")


def add_completion(commands: Any) -> None:
    """``smartspec completion``, and ``smartspec ids`` by which its scripts ask for ids, and which no help names."""
    parser = declare(
        commands,
        "completion",
        _completion,
        "a script by which bash, zsh or fish complete what you type",
        "completion bash > ~/.local/share/bash-completion/completions/smartspec",
        'completion zsh > "${fpath[1]}/_smartspec"',
        "completion fish > ~/.config/fish/completions/smartspec.fish",
    )
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    ids = commands.add_parser("ids")
    ids.add_argument("collection", nargs="?", choices=[*COLLECTIONS], metavar="COLLECTION")
    ids.set_defaults(carry_out=_ids)


def _completion(given: argparse.Namespace, terminal: Terminal) -> int:
    import importlib_resources  # Deferred import: no other command reads a script.

    script = importlib_resources.files(__package__).joinpath("scripts", f"smartspec.{given.shell}")
    print(script.read_text(encoding="utf-8"), end="")
    return FINE


def _ids(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = load_europe()
    print(
        *[entity.id for entity in (catalogue.collections[given.collection] if given.collection else catalogue)],
        sep="\n",
    )
    return FINE
