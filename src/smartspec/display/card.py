"""How an entity looks in a terminal: all that it says, what refers to it, and the documents that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.relations import Direction, Link
from ..domain import address, collection_name
from ..domain.declaration import FieldRole
from ..domain.entity import Basis, Citation, Entity, Source
from ..domain.record import Record
from .telling import backed, by_document, figure, relation, told, told_under
from .terminal import LEAST, wrapped

_MOST = 6
"""So many of one kind are shown, unless all are asked for."""


def card(
    catalogue: Catalogue,
    entity: Entity,
    width: int = 100,
    heading: Callable[[str], str] = str,
    language: str | None = None,
    all: bool = False,
) -> list[str]:
    """The lines of a card: the name, the fields, the entities that refer to this one, the sources with the words.

    ``width`` is that of the lines, though an address on the web is not broken; ``heading`` dresses the headings. Names
    are told in a ``language`` as `Entity.label` gives them. Of long lists the first are shown, unless ``all`` are
    asked for.

    >>> import smartspec
    >>> from smartspec.display.card import card
    >>> s3 = smartspec.load()
    >>> print("\\n".join(card(s3, s3.regions["torino"], language="it")[:3]))
    Torino
    Region regions/torino, from Smart specialisation in Piedmont and Torino
    <BLANKLINE>
    """
    return [*_card(catalogue, entity, max(width, LEAST), heading, language, None if all else _MOST)]


def _card(
    catalogue: Catalogue,
    entity: Entity,
    width: int,
    heading: Callable[[str], str],
    language: str | None,
    most: int | None,
) -> Iterator[str]:
    label = entity.label(language)
    yield from map(heading, wrapped(label, width))
    yield from wrapped(f"{type(entity).__name__} {address(entity)}, from {catalogue.dataset_of(entity).name}", width)
    rows = [
        (fact.label, _words(value, unit, language))
        for fact, value, unit in told_under(label, entity)
        if fact.role is not FieldRole.ID  # It stands above.
    ]
    yield from [""] * bool(rows)
    longest = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        yield from wrapped(value, width, f"  {name.ljust(longest)}  ", " " * (longest + 4))
    yield from _links(catalogue.links(entity), width, heading, language, most)
    if not isinstance(entity, Source):
        yield from _sources(entity.citations, width, heading, most)


def _links(
    links: Sequence[Link], width: int, heading: Callable[[str], str], language: str | None, most: int | None
) -> Iterator[str]:
    """Who refers to an entity, each kind in a paragraph: what itself refers to stands among its fields."""
    kinds: dict[tuple[str, type[Entity]], list[Entity]] = {}
    for link in links:
        if link.direction is Direction.BACKWARD:
            kinds.setdefault((relation(link), type(link.end)), []).append(link.end)
    if kinds:
        yield ""
        yield heading("What refers to it")
    for (words, cls), ends in kinds.items():
        names = "; ".join(_named(end, language) for end in ends[:most])
        more = f"; … {len(ends) - most} more" if most is not None and len(ends) > most else ""
        yield from wrapped(f"{words} {_counted(cls, len(ends))}: {names}{more}", width, "  ", "      ")


def _sources(
    citations: Sequence[Citation], width: int, heading: Callable[[str], str], most: int | None
) -> Iterator[str]:
    """The documents, each with the words that say so and what they back."""
    documents = by_document(citations)
    yield ""
    yield heading("Sources") if documents else "uncited"
    for source in [*documents][:most]:
        yield from wrapped(document(source), width, "  ", "      ")
        for citation in documents[source][:most]:
            basis = "" if citation.basis is Basis.STATED else f" ({citation.basis.value})"
            note = f" {citation.note}" if citation.note else ""
            yield from wrapped(f'{backed(citation)}{basis}: "{citation.passage}"{note}', width, "    - ", "      ")
        yield from _more(len(documents[source]), most, "    - ")
    yield from _more(len(documents), most, "  ")


def _more(number: int, most: int | None, before: str) -> Iterator[str]:
    if most is not None and number > most:
        yield f"{before}… {number - most} more"


def document(source: Source) -> str:
    """A document as it is cited: who published it, its title, when, and the id under which it stands here."""
    dated = f" ({source.published})" if source.published else ""
    return f"{source.publisher}, {source.title}{dated} [{source.id}]"


def _words(value: Any, unit: str | None = None, language: str | None = None) -> str:
    """A value in words; what is listed is parted by semicolons, for names have commas."""
    if isinstance(value, tuple):
        return "; ".join(_words(item, unit, language) for item in value)
    if isinstance(value, Entity):
        return _named(value, language)
    if isinstance(value, Enum):
        return str(value.value).replace("-", " ")
    if isinstance(value, Record):
        first, *rest = (_words(getattr(value, fact.name), None, language) for fact in told(value))
        return f"{first} ({', '.join(rest)})" if rest else first
    return figure(value, unit)


def _counted(cls: type[Entity], number: int) -> str:
    """So many of a class, in words."""
    one = re.sub("(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
    return f"{number} {one if number == 1 else collection_name(cls).replace('_', ' ')}"


def _named(entity: Entity, language: str | None) -> str:
    return f"{entity.label(language)} ({entity.id})"
