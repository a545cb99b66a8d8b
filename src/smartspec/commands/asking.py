"""The commands that ask a catalogue: what it holds, what one thing is, what a text speaks of, who comes near whom."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..catalogue.catalogue import Catalogue
from ..display.card import card
from ..display.telling import label, whole
from ..display.terminal import columns, entries, overview, wrapped
from ..domain import COLLECTIONS, address, collection_name
from ..domain.entity import Entity
from ..domain.table import as_dict
from ..text import quoted
from .choosing import catalogue_of, chosen
from .declaring import (
    FINE,
    NOTHING,
    RefusedError,
    Terminal,
    declare,
    one_of,
    print_json,
    takes_dataset,
    takes_json,
    takes_language,
    takes_limit,
    takes_year,
)

if TYPE_CHECKING:
    from ..catalogue.partners import Counterpart, Partner

_BESIDE = 2
"""So many of what an entity belongs to stand beside its name."""


def add_overview(commands: Any, name: str) -> None:
    """``smartspec overview``, which is also what comes without a command."""
    parser = declare(
        commands, name, _overview, "what a dataset holds, what is in force first", "", "overview --dataset europe"
    )
    takes_dataset(parser, unless_told="piedmont")
    takes_json(parser)


def _overview(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    if given.json:
        counts = {name: len(collection) for name, collection in catalogue.collections.items()}
        datasets = [as_dict(info) for info in catalogue.datasets]
        print_json({"datasets": datasets, "year": catalogue.year, "collections": counts})
    else:
        print(overview(catalogue, terminal.width, terminal.heading))
    return FINE


def add_show(commands: Any, name: str) -> None:
    """``smartspec show``."""
    parser = declare(
        commands,
        name,
        _show,
        "one region, strategy, area, pole … with its links and sources",
        "show Lombardy",
        "show Environment Park",
        "show innovation_poles/mesap --language it",
    )
    told = "its name, a code such as its NUTS code, or its id, with or without the collection: regions/piedmont"
    parser.add_argument("name", nargs="+", metavar="NAME", help=told)
    parser.add_argument("--all", action="store_true", help="all links and citations, however many there are")
    takes_language(parser)
    takes_dataset(parser)
    takes_json(parser)


def _show(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    entity = chosen(catalogue, given.name, given, terminal)
    if given.json:
        print_json(_told(catalogue, entity, given.language))
    else:
        lines = card(catalogue, entity, terminal.width, terminal.heading, given.language, given.all)
        print(*lines, sep="\n")
    return FINE


def _told(catalogue: Catalogue, entity: Entity, language: str | None) -> dict[str, Any]:
    """An entity for programs: where it stands, all its fields, its links, and the documents that its citations name."""
    sources = dict.fromkeys(citation.source for citation in entity.citations)
    return {
        "collection": collection_name(type(entity)),
        "dataset": as_dict(catalogue.dataset_of(entity)),
        "record": _row(catalogue, entity, language),
        "links": catalogue.links(entity).to_dicts(language),
        "sources": [_row(catalogue, source, language) for source in sources],
    }


def _row(catalogue: Catalogue, entity: Entity, language: str | None) -> dict[str, Any]:
    return catalogue.collections[collection_name(type(entity))].where(id=entity.id).to_dicts(language)[0]


def add_search(commands: Any, name: str) -> None:
    """``smartspec search``."""
    parser = declare(
        commands,
        name,
        _search,
        "what a text speaks of, in English or Italian, best first",
        "search idrogeno",
        "search smart city --in strategies --limit 3",
    )
    parser.add_argument("text", nargs="+", metavar="TEXT", help="words, which may be cut short or misspelt")
    told = f"in one collection alone: {', '.join(COLLECTIONS)}"
    parser.add_argument("--in", dest="within", type=_collection, choices=COLLECTIONS, metavar="COLLECTION", help=told)
    takes_limit(parser)
    takes_language(parser)
    takes_dataset(parser)
    takes_json(parser)


def _collection(text: str) -> str:
    return one_of("collection", COLLECTIONS.keys())(text.replace("-", "_"))


def _search(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    text = " ".join(given.text)
    within: Any = catalogue if given.within is None else catalogue.collections[given.within]
    matches = within.search(text, given.limit)
    told = [
        (
            _named(match.entity, whole(match.entity), given.language),
            f"{address(match.entity)}  {label(match.field)}: {', '.join(match.words)}",
        )
        for match in matches
    ]
    guessed = any(match.guessed for match in matches)
    about = f"Nothing is spelt like {quoted(text)}; this is what is spelt nearly so" if guessed else ""
    return _answer(matches, told, about, f"nothing speaks of {quoted(text)}", given, terminal)


def add_partners(commands: Any, name: str) -> None:
    """``smartspec partners``."""
    parser = declare(
        commands,
        name,
        _partners,
        "the regions that have most in common with a region, best first",
        "partners Piedmont",
        "partners Catalonia --limit 3 --json",
    )
    parser.add_argument("region", nargs="+", metavar="REGION", help="its name, its NUTS code or its id")
    _takes_what_rankings_do(parser, "regions")


def _takes_what_rankings_do(parser: argparse.ArgumentParser, of: str) -> None:
    parser.set_defaults(of=of)
    takes_limit(parser)
    takes_year(parser)
    takes_language(parser)
    takes_dataset(parser)
    takes_json(parser)


def _partners(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    ranking = catalogue.partners(chosen(catalogue, given.region, given, terminal), given.limit, given.year)
    told = [
        (f"{p.score:.2f}  {_named(p.region, p.region.id, given.language)}", *_shared(p, given.language))
        for p in ranking
    ]
    return _answer(ranking, told, ranking.about, ranking.nothing, given, terminal)


def add_counterparts(commands: Any, name: str) -> None:
    """``smartspec counterparts``."""
    parser = declare(
        commands,
        name,
        _counterparts,
        "the areas of other regions that come closest to an area, best first",
        "counterparts aerospace-2021",
        "counterparts innovation_areas/aerospace-2021 --year 2020",
    )
    parser.add_argument("area", nargs="+", metavar="AREA", help="the id or the name of an innovation area")
    _takes_what_rankings_do(parser, "innovation_areas")


def _counterparts(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    ranking = catalogue.counterparts(chosen(catalogue, given.area, given, terminal), given.limit, given.year)
    told = [
        (
            f"{c.score:.2f}  {_named(c.area, c.area.strategy.region, given.language)}",
            address(c.area),
            *_shared(c, given.language),
        )
        for c in ranking
    ]
    return _answer(ranking, told, ranking.about, ranking.nothing, given, terminal)


def add_compare(commands: Any, name: str) -> None:
    """``smartspec compare``."""
    parser = declare(
        commands,
        name,
        _compare,
        "two strategies side by side: areas that correspond, and those that only one has",
        "compare torino-strategic-plan-2006 open-for-business",
    )
    parser.add_argument("first", metavar="FIRST", help="the id or the name of a strategy; a name in quotes")
    parser.add_argument("second", metavar="SECOND", help="another one")
    parser.set_defaults(of="strategies", advice="a name of several words goes in quotes")
    takes_language(parser)
    takes_dataset(parser)
    takes_json(parser)


def _compare(given: argparse.Namespace, terminal: Terminal) -> int:
    catalogue = catalogue_of(given)
    first, second = (chosen(catalogue, name, given, terminal) for name in (given.first, given.second))
    comparison = catalogue.compare(first, second)
    rows = comparison.to_dicts(given.language)
    if given.json:
        told = {"first": first.id, "second": second.id, "aligned": comparison.aligned}
        print_json({**told, "shared_nace": [*comparison.shared_nace], "rows": rows})
        return FINE
    heads = (first.label(given.language), "relation", second.label(given.language), "basis", "shared themes", "NACE")
    head, *lines = columns([heads, *comparison._shown(given.language)], terminal.width)
    print(terminal.heading(head), *lines, "", sep="\n")
    codes = f"NACE codes in common: {' '.join(comparison.shared_nace) or 'none'}"
    print(*entries([(codes,), (f"Compared {comparison._by}",)], terminal.width), sep="\n")
    return FINE


def _named(entity: Entity, beside: Entity | Sequence[Entity] | str | None, language: str | None) -> str:
    """The name of an entity, and in brackets what tells it apart; of several, the first."""
    if isinstance(beside, Entity):
        beside = beside.label(language)
    elif beside and not isinstance(beside, str):
        more = [f"… {len(beside) - _BESIDE} more"] if len(beside) > _BESIDE else []
        beside = "; ".join([*(each.label(language) for each in beside[:_BESIDE]), *more])
    return entity.label(language) + (f" ({beside})" if beside else "")


def _shared(found: Partner | Counterpart, language: str | None) -> tuple[str, str]:
    """What two have in common; themes are parted by semicolons, for their names have commas."""
    return "; ".join(theme.label(language) for theme in found.themes), " ".join(found.nace)


def _answer(
    found: Any,
    told: Sequence[Sequence[str]],
    about: str,
    nothing: str,
    given: argparse.Namespace,
    terminal: Terminal,
) -> int:
    """Print what is found, for people or as JSON; that there is nothing is told on stderr, and by the status."""
    if not told:
        raise RefusedError(nothing, NOTHING, answer=[])
    if given.json:
        print_json(found.to_dicts(given.language))
    else:
        print(*map(terminal.heading, wrapped(about, terminal.width)), *entries(told, terminal.width), sep="\n")
    return FINE
