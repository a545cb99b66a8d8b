"""The command `completion`: scripts by which bash, zsh and fish complete what is typed, and the ids that they ask for.

The scripts lie beside this module. They are made of the declarations of all commands by shtab: what makes them, and
holds them up to date, is ``tests/test_completion.py``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..datasets.loading import load_europe
from ..domain import COLLECTIONS, address
from .declaring import FINE, Terminal, declare, one_of

SHELLS = ("bash", "zsh", "fish")


def add_completion(commands: Any, name: str) -> None:
    """``smartspec completion``."""
    parser = declare(
        commands,
        name,
        _completion,
        "a script by which bash, zsh or fish complete what you type",
    )
    parser.epilog = """\
to have it in every session, add a line:
  bash  ~/.bashrc                   eval "$(smartspec completion bash)"
  zsh   ~/.zshrc, after compinit    eval "$(smartspec completion zsh)"
  fish  ~/.config/fish/config.fish  smartspec completion fish | source"""
    parser.add_argument(
        "shell", type=one_of("script for", SHELLS), choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS)
    )


def add_ids(commands: Any, name: str) -> None:
    """``smartspec ids``, by which the scripts ask for ids; no help names it."""
    parser = commands.add_parser(name)
    parser.add_argument("typed", metavar="TYPED")
    parser.add_argument("collection", nargs="?", choices=[*COLLECTIONS], metavar="COLLECTION")
    parser.set_defaults(carry_out=_ids)


def _completion(given: argparse.Namespace, terminal: Terminal) -> int:
    import importlib_resources  # Deferred import: no other command reads a script.

    script = importlib_resources.files(__package__).joinpath("scripts", f"smartspec.{given.shell}")
    print(script.read_text(encoding="utf-8"), end="")
    return FINE


def _ids(given: argparse.Namespace, terminal: Terminal) -> int:
    """The ids that begin as what is typed, in any case, of a collection or of all.

    An id stands with its collection where several have it, and all do once that is begun.
    """
    catalogue = load_europe()
    entities: Collection[Any] | Catalogue = catalogue.collections[given.collection] if given.collection else catalogue
    number = Counter(entity.id for entity in entities)
    typed = given.typed.casefold()
    for entity in entities:
        told = address(entity) if "/" in typed or number[entity.id] > 1 else entity.id
        if told.startswith(typed):
            print(told)
    return FINE
