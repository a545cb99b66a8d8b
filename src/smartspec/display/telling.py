"""Telling: what a record says, and the words for it that HTML and the terminal share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..catalogue.naming import names
from ..catalogue.relations import Direction
from ..domain.declaration import Fact, FieldRole, facts
from ..domain.entity import Citation, Entity, Source
from ..domain.record import Record


def told(record: Record) -> list[Fact]:
    """The fields in which a record says something: another value than the one that stands for nothing."""
    return [fact for name, fact in facts(type(record)).items() if getattr(record, name) != fact.default]


def told_under(name: str, entity: Entity) -> Iterator[tuple[Fact, Any, str | None]]:
    """What a card tells of an entity under its name: each field with its value and unit; the sources follow them."""
    measure = next(names(entity, FieldRole.UNIT), None)
    for fact in told(entity):
        value = getattr(entity, fact.name)
        # The heading tells the name, the figure its unit.
        if fact.role in (FieldRole.EVIDENCE, FieldRole.UNIT) or (fact.role is FieldRole.NAME and value == name):
            continue
        yield fact, value, measure if fact.cls is float and fact.unit is None else fact.unit


def whole(entity: Entity) -> Any:
    """What an entity belongs to first of all: many areas are called alike, each in a strategy of its own."""
    return next((getattr(entity, fact.name) for fact in told(entity) if fact.role is FieldRole.BELONGS), None)


def relation(link: Any) -> str:
    """The relation as one reads it from the start of a link to its end."""
    forward = link.direction is Direction.FORWARD
    fact = facts(type(link.start if forward else link.end)).get(link.relation)
    words = link.relation.replace("_", " ")
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
    return ", ".join(name.replace("_", " ") for name in citation.supports) or "name"
