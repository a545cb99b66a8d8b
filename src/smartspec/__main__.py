"""``python -m smartspec``: the packaged dataset at a glance, and datasets of your own checked or begun."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence

from . import __version__
from .datasets.loading import load
from .datasets.packaged import packaged
from .display.terminal import overview
from .errors import DatasetError, SaveError
from .text import clean, counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m smartspec", description="Without a command: show what the packaged dataset holds."
    )
    parser.add_argument("--version", action="version", version=f"smartspec {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    validate = commands.add_parser("validate", help="check a dataset: a line for each problem")
    validate.add_argument("directory", metavar="DIRECTORY")
    validate.add_argument("--base", action="store_true", help="its records may refer to the packaged ones")
    new = commands.add_parser("new", help="write a small dataset of an invented region to start from")
    new.add_argument("directory", metavar="DIRECTORY")
    given = parser.parse_args(arguments)
    if given.command == "validate":
        return _validate(given.directory, given.base)
    if given.command == "new":
        return _new(given.directory)
    print(overview(load(), shutil.get_terminal_size((100, 24)).columns, _bold if _dressed() else str))
    return 0


def _validate(directory: str, over_packaged: bool) -> int:
    base = load() if over_packaged else None
    try:
        catalogue = load(directory, base)
    except DatasetError as error:
        print(*error.problems, sep="\n")
        return 1
    own = f"{counted(len(catalogue) - len(base))} of its own" if base else counted(len(catalogue))
    print(f"{clean(directory)}: no problems in {own}")
    return 0


def _new(directory: str) -> int:
    try:
        if os.path.isdir(directory) and os.listdir(directory):
            raise SaveError(directory, "it is not empty; name a new directory")
        lake_region = packaged("lake_region")
        lake_region.save(directory)
    except SaveError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{clean(directory)}: a dataset of {counted(len(packaged('lake_region')))}; check it with: "
        f"python -m smartspec validate {clean(directory)}"
    )
    return 0


def _dressed() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _bold(text: str) -> str:
    return f"\033[1m{text}\033[0m"


def run() -> int:
    """`main` for a process of its own: any encoding of the terminal will do, and a closed pipe ends it quietly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; Python would still try to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141  # As a shell reports a process that SIGPIPE ended.
    return status


if __name__ == "__main__":
    sys.exit(run())
