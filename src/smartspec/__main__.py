"""The command ``smartspec``: the packaged dataset at a glance, datasets of your own checked or begun, texts placed."""

from __future__ import annotations

import argparse
import io
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence

from .catalogue.catalogue import Catalogue
from .datasets import FILES, INFO_FILE
from .datasets.loading import load, load_europe
from .datasets.packaged import packaged
from .display.terminal import overview
from .domain.entity import DatasetBase, Source
from .errors import DatasetError, Problem, SaveError
from .tagging import add_match
from .text import clean, counted, quoted

_MOST_WARNINGS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit status: 0 if all is well, 1 if not, 2 if it cannot be carried out."""
    from . import __version__  # Deferred import upwards.

    name = "python -m smartspec" if os.path.basename(sys.argv[0]) == "__main__.py" else "smartspec"
    parser = argparse.ArgumentParser(
        prog=name, description="Without a command: show what the packaged dataset holds, what is in force first."
    )
    parser.add_argument("--version", action="version", version=f"smartspec {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    validate = commands.add_parser("validate", help="check a dataset: a line for each problem or warning")
    validate.add_argument("directory", metavar="DIRECTORY")
    validate.add_argument("--base", action="store_true", help="it stands on a packaged dataset: the one that it names")
    new = commands.add_parser("new", help="write a small dataset of an invented region to start from")
    new.add_argument("directory", metavar="DIRECTORY")
    add_match(commands)
    given = parser.parse_args(arguments)
    if given.command == "validate":
        if not os.path.isdir(given.directory):
            print(f"{name} validate: {clean(given.directory)} is no directory", file=sys.stderr)
            return 2
        return _validate(given.directory, _packaged_base(given.directory) if given.base else None)
    if given.command == "new":
        return _new(given.directory, name)
    width = shutil.get_terminal_size((100, 24)).columns
    if "carry_out" in given:
        return int(given.carry_out(given, name, width))
    print(overview(load(), width, _bold if _dressed() else str))
    return 0


def _validate(directory: str, base: Catalogue | None) -> int:
    try:
        catalogue = load(directory, base)
    except DatasetError as error:
        stated = _stated_base(directory)
        for problem in error.problems:
            if stated and (problem.file, problem.pointer) == (INFO_FILE, "/base"):
                problem = problem._replace(hint=_how_to_stand(directory, stated))
            print(problem)
        return 1
    own = f"{counted(len(catalogue) - len(base))} of its own" if base else counted(len(catalogue))
    warnings = [*_of_the_base(directory, base), *_of_citations(catalogue)]
    for warning in warnings[:_MOST_WARNINGS]:
        print(f"warning: {warning}")
    if len(warnings) > _MOST_WARNINGS:
        print(f"… and {len(warnings) - _MOST_WARNINGS} more warnings")
    told = f", {len(warnings)} warning{'s' * (len(warnings) != 1)}" if warnings else ""
    print(f"{clean(directory)}: no problems in {own}{told}")
    return 0


def _stated_base(directory: str) -> DatasetBase | None:
    """The base that a dataset names itself: a catalogue tells the one on which it was loaded."""
    import json  # Deferred import: the overview reads no file of others.

    try:
        with open(os.path.join(directory, INFO_FILE), encoding="utf-8-sig") as stream:
            return DatasetBase(**json.load(stream)["base"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None  # It names none, or that is a problem which is told.


def _packaged_base(directory: str) -> Catalogue:
    """The packaged dataset that a dataset names as its base; Piedmont's, if it names none of them."""
    stated = _stated_base(directory)
    return load_europe() if stated and stated.name == load_europe().name else load()


def _how_to_stand(directory: str, stated: DatasetBase) -> str:
    """What to do with a dataset that was not given the base on which it stands."""
    if stated.name in (load().name, load_europe().name):
        return "add --base to the command"
    return f"in Python: smartspec.load({quoted(directory, 200)}, base=…) with the catalogue of that dataset"


def _of_the_base(directory: str, base: Catalogue | None) -> Iterator[Problem]:
    stated = _stated_base(directory)
    if base and not stated:
        hint = f'add "base": {{"name": {quoted(base.name)}, "version": {quoted(base.version)}}}'
        yield Problem(INFO_FILE, "", "it does not name the dataset on which it stands", hint)
    elif base and stated and stated.version != base.version:
        message = f"it was made on version {quoted(stated.version)}, and checked on {quoted(base.version)}"
        yield Problem(INFO_FILE, "/base/version", message, "write that version once it fits")


def _of_citations(catalogue: Catalogue) -> Iterator[str]:
    for entity in catalogue:
        is_own = catalogue.base is None or entity not in catalogue.base
        if is_own and not entity.citations and not isinstance(entity, Source):
            yield f"{FILES[type(entity)]}: {quoted(entity.id)} has no citation"


def _new(directory: str, name: str) -> int:
    try:
        if os.path.isdir(directory) and os.listdir(directory):
            raise SaveError(directory, "it is not empty; name a new directory")
        lake_region = packaged("lake_region")
        lake_region.save(directory)
    except OSError as error:  # A SaveError is one.
        print(error, file=sys.stderr)
        return 1
    print(
        f"{clean(directory)}: a dataset of {counted(len(lake_region))}; check it with: "
        f"{name} validate {shlex.quote(clean(directory))}"
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
    except KeyboardInterrupt:
        return 130  # And one that SIGINT ended.
    return status


if __name__ == "__main__":
    sys.exit(run())
