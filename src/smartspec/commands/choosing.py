"""Choosing: which catalogue a command asks, and which of its entities the words of a person mean."""

from __future__ import annotations

import argparse
import json
import os
import shlex
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.naming import distinctions
from ..datasets import INFO_FILE
from ..datasets.loading import load, load_europe
from ..display.terminal import columns, entries
from ..domain import address
from ..domain.entity import DatasetBase, Entity
from ..domain.rules import check_language
from ..domain.table import as_dict
from ..errors import AmbiguousNameError, DatasetError, UnknownEntityError
from ..text import clean, quoted
from .declaring import NOTHING, RefusedError, Terminal, meant

_PACKAGED = {"europe": load_europe, "piedmont": load}
_CANDIDATES, _NEAR = 20, 3
_OF_ALL = "en"
"""The language in which everything has a name."""


def catalogue_of(given: argparse.Namespace) -> Catalogue:
    """The catalogue that ``--dataset`` names: a packaged one, or that of a directory on the one that it names.

    A language in which it has no names is refused: all would be English, and nobody would know why.
    """
    catalogue = _loaded(given.dataset)
    language: str | None = vars(given).get("language")
    check_language(language)
    known = {_OF_ALL, *(entity.local_language for entity in catalogue)}
    if language not in known:
        languages = sorted(filter(None, known))
        told = f"no name is recorded in the language {quoted(str(language))}; there are names in {', '.join(languages)}"
        raise RefusedError(told, suggestions=languages)
    return catalogue


def _loaded(name: str) -> Catalogue:
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
        problems = [as_dict(problem) for problem in error.problems]
        raise RefusedError(f"{told}\nall of them: {check}", problems=problems) from None


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
    collection, slash, id = name.partition("/")
    collection = collection.replace("-", "_")
    try:
        if slash and collection in catalogue.collections:
            entity = catalogue.collections[collection][id]
            if of in (None, collection):
                return entity
            raise _of_another(catalogue, name, str(of), [entity], terminal)
        found = _bearers(catalogue, name, of)
    except UnknownEntityError as error:
        raise _unknown(catalogue, name, of, error, terminal) from None
    if len(found) > 1:
        raise _several(found, name, given, terminal)
    return found[0]


def _bearers(catalogue: Catalogue, name: str, of: str | None) -> list[Entity]:
    """All that have the name or the id: both are one thing to who types them."""
    asked = _asked(catalogue, of)
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


def _asked(catalogue: Catalogue, of: str | None) -> Catalogue | Collection[Any]:
    return catalogue if of is None else catalogue.collections[of]


def _several(found: Sequence[Entity], name: str, given: argparse.Namespace, terminal: Terminal) -> RefusedError:
    shown = found[:_CANDIDATES]
    apart = distinctions(found)
    lines = entries(zip(map(address, shown), apart), terminal.width - 2)
    more = [f"  … and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
    typed = f"{terminal.name} {given.command} {getattr(given, 'option', '')}{address(found[0])}"
    head = f"{len(found)} bear the name or id {quoted(name)}; write one as {typed}"
    told = "\n".join([head, *(f"  {line}" for line in lines), *more])
    return RefusedError(told, NOTHING, candidates=_candidates(found, apart))


def _candidates(found: Iterable[Entity], apart: Iterable[str]) -> list[dict[str, str]]:
    """Entities among which to choose, for a program, each with what tells it apart."""
    return [
        {"collection": address(entity).partition("/")[0], "id": entity.id, "name": entity.name, "difference": told}
        for entity, told in zip(found, apart)
    ]


def _of_another(
    catalogue: Catalogue, name: str, of: str, bearers: Sequence[Entity], terminal: Terminal
) -> RefusedError:
    """That others bear the name, and none of the collection asked for; with those of it that are of the bearers."""
    kind = of.replace("_", " ")
    first = address(bearers[0])
    what = first if name != first else f"one of the {first.partition('/')[0].replace('_', ' ')}"
    told = f"{quoted(name)} is {what}"
    told += f" and {len(bearers) - 1} more" * (len(bearers) > 1) + f", and none of the {kind}"
    found = [*catalogue.collections[of].of(*bearers)[:_CANDIDATES]]
    lines = [f"to look at it: {terminal.name} show {first}"]
    if found:
        told += f"; {kind} of {'it' if len(bearers) == 1 else 'these'} are:"
        rows = [("id", "name"), *((entity.id, entity.name) for entity in found)]
        lines = [f"  {line}" for line in columns(rows, terminal.width - 2)]
    told = "\n".join([told, *lines])
    return RefusedError(told, NOTHING, candidates=_candidates(found, distinctions(found)))


def _unknown(
    catalogue: Catalogue, name: str, of: str | None, error: UnknownEntityError, terminal: Terminal
) -> RefusedError:
    if of is not None:
        with suppress(UnknownEntityError):
            return _of_another(catalogue, name, of, _bearers(catalogue, name, None), terminal)
    told = f"{'nothing' if of is None else f'none of the {of}'.replace('_', ' ')} bears the name or id {quoted(name)}"
    lines = []
    near: Sequence[str] = _addresses(catalogue, name) or error.near
    if near:
        told += f"; did you mean {' or '.join(map(quoted, near))}?"
    else:
        collection, _, id = name.partition("/")
        held = catalogue.collections.get(collection.replace("-", "_"))
        matches = held.search(id, _NEAR) if held is not None and id else _asked(catalogue, of).search(name, _NEAR)
        found = [match.entity for match in matches]
        near = [*map(address, found)]
        told += "; what comes near:" * bool(found)
        lines = [f"  {address(entity)}  {clean(entity.name)}" for entity in found]
    search = f"to search all texts: {terminal.name} search {shlex.quote(clean(name))}"
    return RefusedError("\n".join([told, *lines, search]), NOTHING, suggestions=[*near])


def _addresses(catalogue: Catalogue, name: str) -> list[str]:
    """What somebody means who writes a collection and an id, of which one is misspelt."""
    collection, slash, id = name.partition("/")
    meant_collections = meant(collection, catalogue.collections.keys()) if slash else ()
    return [f"{meant}/{near}" for meant in meant_collections for near in _near(catalogue.collections[meant], id)]


def _near(collection: Collection[Any], id: str) -> Sequence[str]:
    try:
        return [collection[id].id]
    except UnknownEntityError as error:
        return error.near
