"""Choosing: which catalogue a command asks, and which of its entities the words of a person mean."""

from __future__ import annotations

import argparse
import json
import os
import shlex
from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.naming import distinctions
from ..datasets import INFO_FILE
from ..datasets.loading import load, load_europe
from ..display.terminal import columns, entries
from ..domain import address
from ..domain.entity import DatasetBase, Entity
from ..errors import AmbiguousNameError, DatasetError, UnknownEntityError
from ..text import clean, quoted
from .declaring import NOTHING, RefusedError, Terminal

_PACKAGED = {"europe": load_europe, "piedmont": load}
_CANDIDATES, _NEAR = 20, 3


def catalogue_of(given: argparse.Namespace) -> Catalogue:
    """The catalogue that ``--dataset`` names: a packaged one, or that of a directory on the one that it names."""
    name: str = given.dataset
    if name in _PACKAGED:
        return _PACKAGED[name]()
    if not os.path.isdir(name):
        raise RefusedError(f"there is no dataset {quoted(name)}: write europe, piedmont, or the name of a directory")
    stated = stated_base(name)
    try:
        return load(name, None if stated is None else packaged_base(name))
    except DatasetError as error:
        number = len(error.problems)
        told = f"{clean(name)} has {number} problem{'s' * (number != 1)}, the first: {error.problems[0]}"
        check = f"smartspec validate {shlex.quote(clean(name))}{' --base' * (stated is not None)}"
        raise RefusedError(f"{told}\nall of them: {check}") from None


def stated_base(directory: str) -> DatasetBase | None:
    """The base that a dataset names itself: a catalogue tells the one on which it was loaded."""
    try:
        with open(os.path.join(directory, INFO_FILE), encoding="utf-8-sig") as stream:
            return DatasetBase(**json.load(stream)["base"])
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return None  # It names none, or that is a problem which is told.


def packaged_base(directory: str) -> Catalogue:
    """The packaged dataset that a dataset names as its base; Piedmont's, if it names none of them."""
    stated = stated_base(directory)
    return load_europe() if stated and stated.name == load_europe().name else load()


def chosen(catalogue: Catalogue, words: str | Sequence[str], given: argparse.Namespace, terminal: Terminal) -> Any:
    """The one entity that the words mean: its name, a code, its id, or its collection and id ("regions/piedmont").

    Where the command asks for one of a single collection, it is of that. Several that bear the name or have the id are
    told apart, and what nobody bears is told with what comes near: a `RefusedError` either way, for nothing is guessed.
    """
    name = words if isinstance(words, str) else " ".join(words)
    of: str | None = getattr(given, "of", None)
    asked: Catalogue | Collection[Any] = catalogue if of is None else catalogue.collections[of]
    collection, slash, id = name.partition("/")
    collection = collection.replace("-", "_")
    try:
        if slash and collection in catalogue.collections:
            if of is not None and of != collection:
                raise RefusedError(f"{quoted(name)} is none of the {of.replace('_', ' ')}")
            return catalogue.collections[collection][id]
        found = _bearers(catalogue, asked, name, of)
    except UnknownEntityError as error:
        raise RefusedError(_unknown(catalogue, name, of, error, given, terminal), NOTHING) from None
    if len(found) > 1:
        raise RefusedError(_several(found, name, given, terminal), NOTHING)
    return found[0]


def _bearers(catalogue: Catalogue, asked: Catalogue | Collection[Any], name: str, of: str | None) -> list[Entity]:
    """All that have the name or the id: both are one thing to who types them."""
    collections = catalogue.collections.values() if of is None else [catalogue.collections[of]]
    by_id = [entity for collection in collections if (entity := collection.get(name)) is not None]
    try:
        by_name: Iterable[Entity] = [asked.lookup(name)]
    except AmbiguousNameError as error:
        by_name = error.candidates
    except UnknownEntityError:
        if not by_id:
            raise
        by_name = ()
    return [*dict.fromkeys([*by_id, *by_name])]


def _typed(terminal: Terminal, given: argparse.Namespace, words: str) -> str:
    return f"{terminal.name} {given.command} {words}"


def _several(found: Sequence[Entity], name: str, given: argparse.Namespace, terminal: Terminal) -> str:
    shown = found[:_CANDIDATES]
    lines = entries(zip(map(address, shown), distinctions(found)), terminal.width - 2)
    more = [f"  … and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
    head = f"{len(found)} bear the name or id {quoted(name)}; write one as {_typed(terminal, given, address(found[0]))}"
    return "\n".join([head, *(f"  {line}" for line in lines), *more])


def _unknown(
    catalogue: Catalogue,
    name: str,
    of: str | None,
    error: UnknownEntityError,
    given: argparse.Namespace,
    terminal: Terminal,
) -> str:
    if of is not None and (bearer := _elsewhere(catalogue, name)) is not None:
        kind = of.replace("_", " ")
        rows = [(entity.id, entity.name) for entity in catalogue.collections[of].of(bearer)[:_CANDIDATES]]
        lines = columns([("id", "name"), *rows], terminal.width - 2) if rows else []
        told = f"{quoted(name)} is {address(bearer)}, and none of the {kind}"
        return "\n".join([told + f"; {kind} of it are:" * bool(rows), *(f"  {line}" for line in lines)])
    told = f"{'nothing' if of is None else f'none of the {of}'.replace('_', ' ')} bears the name or id {quoted(name)}"
    search = f"to search all texts: {terminal.name} search {shlex.quote(clean(name))}"
    if error.near:
        return f"{told}; did you mean {' or '.join(map(quoted, error.near))}?\n{search}"
    asked: Any = catalogue if of is None else catalogue.collections[of]
    found = [match.entity for match in asked.search(name, _NEAR)]
    lines = [f"  {address(entity)}  {clean(entity.name)}" for entity in found]
    return "\n".join([told + "; what comes near:" * bool(found), *lines, search])


def _elsewhere(catalogue: Catalogue, name: str) -> Entity | None:
    """What bears a name in any collection, if that is one thing."""
    try:
        return catalogue.lookup(name)
    except (UnknownEntityError, AmbiguousNameError):
        return None
