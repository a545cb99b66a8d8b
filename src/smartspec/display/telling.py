"""Telling: what a record says, and the words for it that HTML and the terminal share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ..catalogue.naming import names
from ..catalogue.relations import Direction
from ..domain import COLLECTIONS
from ..domain.declaration import Fact, FieldRole, facts
from ..domain.entity import Citation, Entity, Source
from ..domain.record import Record
from ..domain.rules import LANGUAGE


def told(record: Record) -> list[Fact]:
    """The fields in which a record says something: another value than the one that stands for nothing."""
    return [fact for name, fact in facts(type(record)).items() if getattr(record, name) != fact.default]


def told_under(name: str, entity: Entity) -> Iterator[tuple[Fact, Any, str | None]]:
    """What a card tells of an entity under its name: each field with its value and unit; the sources follow them."""
    measure = next(names(entity, FieldRole.UNIT), None)
    in_heading = False
    for fact in told(entity):
        value = getattr(entity, fact.name)
        # The language of a name stands after it, and would hang in the air without it.
        in_heading = (in_heading and fact.rule is LANGUAGE) or (fact.role is FieldRole.NAME and value == name)
        # The heading tells the name, the figure its unit.
        if in_heading or fact.role in (FieldRole.EVIDENCE, FieldRole.UNIT):
            continue
        yield fact, value, measure if fact.cls is float and fact.unit is None else fact.unit


def whole(entity: Entity) -> Any:
    """What an entity belongs to first of all: many areas are called alike, each in a strategy of its own."""
    return next((getattr(entity, fact.name) for fact in told(entity) if fact.role is FieldRole.BELONGS), None)


def relation(link: Any) -> str:
    """The relation as one reads it from the start of a link to its end."""
    forward = link.direction is Direction.FORWARD
    fact = facts(type(link.start if forward else link.end)).get(link.relation)
    words = label(link.relation)
    if fact is None:  # Between areas that correspond, in terms of SKOS.
        return f"{words} match"
    return words if forward else f"among the {words} of" if fact.many else f"{words} of"


def by_document(citations: Iterable[Citation]) -> dict[Source, list[Citation]]:
    """Citations by the document that they are of, in the order in which documents come first."""
    found: dict[Source, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.source, []).append(citation)
    return found


def figure(value: object, unit: str | None = None) -> str:
    """A single value as people write it, with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)  # No 0.30000000000000004.
    return f"{text} {unit}" if unit else text


def backed(citation: Any) -> str:
    """What a citation backs."""
    return ", ".join(map(label, citation.supports)) or "name"


def label(name: str) -> str:
    """What people call a field, or a property that follows from one, by its name.

    >>> from smartspec.display.telling import label
    >>> label("iso_3166_2"), label("local_name"), label("start_year")
    ('ISO 3166-2', 'local name', 'start year')
    """
    return _labels().get(name) or name.replace("_", " ")


@cache
def _labels() -> dict[str, str]:
    return {name: fact.label for cls in COLLECTIONS.values() for name, fact in facts(cls).items()}
