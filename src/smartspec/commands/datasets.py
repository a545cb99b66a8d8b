"""The commands for datasets of your own: `validate` checks one, `new` begins one."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Iterator
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..datasets import FILES, INFO_FILE
from ..datasets.loading import load, load_europe
from ..datasets.packaged import packaged
from ..domain.entity import DatasetBase, Source
from ..domain.table import as_dict
from ..errors import DatasetError, Problem, SaveError
from ..text import clean, counted, quoted
from .choosing import packaged_base, stated_base
from .declaring import FINE, NOTHING, RefusedError, Terminal, declare, print_json, takes_json

_MOST_WARNINGS = 20


def add_validate(commands: Any, name: str) -> None:
    """``smartspec validate``."""
    parser = declare(
        commands, name, _validate, "check a dataset: a line for each problem or warning", "validate my-region"
    )
    parser.add_argument("directory", metavar="DIRECTORY", help="the directory of the dataset")
    parser.add_argument("--base", action="store_true", help="it stands on a packaged dataset: the one that it names")
    takes_json(parser)


def _validate(given: argparse.Namespace, terminal: Terminal) -> int:
    directory: str = given.directory
    if not os.path.isdir(directory):
        raise RefusedError(f"{clean(directory)} is no directory")
    base = packaged_base(directory) if given.base else None
    try:
        catalogue = load(directory, base)
    except DatasetError as error:
        problems = [*_with_advice(error, directory)]
        if given.json:
            print_json({"problems": [as_dict(problem) for problem in problems], "warnings": [], "entities": None})
        else:
            print(*problems, sep="\n")
        return NOTHING
    own = len(catalogue) - (len(base) if base else 0)
    warnings = [*map(str, _of_the_base(directory, base)), *_of_citations(catalogue)]
    if given.json:
        print_json({"problems": [], "warnings": warnings, "entities": own})
        return FINE
    for warning in warnings[:_MOST_WARNINGS]:
        print(f"warning: {warning}")
    if len(warnings) > _MOST_WARNINGS:
        print(f"… and {len(warnings) - _MOST_WARNINGS} more warnings")
    told = f", {len(warnings)} warning{'s' * (len(warnings) != 1)}" if warnings else ""
    print(f"{clean(directory)}: no problems in {counted(own)}{' of its own' * (base is not None)}{told}")
    return FINE


def _with_advice(error: DatasetError, directory: str) -> Iterator[Problem]:
    """The problems; if the dataset was not given the base on which it stands, with what to do about that."""
    stated = stated_base(directory)
    for problem in error.problems:
        if stated and (problem.file, problem.pointer) == (INFO_FILE, "/base"):
            problem = problem._replace(hint=_how_to_stand(directory, stated))
        yield problem


def _how_to_stand(directory: str, stated: DatasetBase) -> str:
    if stated.name in (load().name, load_europe().name):
        return "add --base to the command"
    return f"in Python: smartspec.load({quoted(directory, 200)}, base=…) with the catalogue of that dataset"


def _of_the_base(directory: str, base: Catalogue | None) -> Iterator[Problem]:
    stated = stated_base(directory)
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


def add_new(commands: Any, name: str) -> None:
    """``smartspec new``."""
    parser = declare(commands, name, _new, "write a small dataset of an invented region to start from", "new my-region")
    parser.add_argument("directory", metavar="DIRECTORY", help="a directory that is not there yet, or is empty")


def _new(given: argparse.Namespace, terminal: Terminal) -> int:
    directory: str = given.directory
    if os.path.isdir(directory) and os.listdir(directory):
        raise SaveError(directory, "it is not empty; name a new directory")
    lake_region = packaged("lake_region")
    lake_region.save(directory)
    print(
        f"{clean(directory)}: a dataset of {counted(len(lake_region))}; check it with: "
        f"{terminal.name} validate {shlex.quote(clean(directory))}"
    )
    return FINE
