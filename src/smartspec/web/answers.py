"""Answers: what the catalogue says as JSON or CSV, with the records that it mentions, and the tag of the data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from fastapi import Response

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.comparison import Correspondence
from ..catalogue.relations import references
from ..domain import collection_name
from ..domain.declaration import FieldRole, facts
from ..domain.entity import Entity, Source
from ..domain.rules import check_language
from ..domain.table import Table, as_dict, plain
from ..matching.placement import Evidence
from .models import AskedTable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would carry out."""


def tag(catalogue: Catalogue, *others: str) -> str:
    """The entity tag of all that is said of a catalogue: with its version, or one word in it, changes the tag."""
    told = [as_dict(info) for info in catalogue.datasets]
    whole = [collection.to_dicts() for collection in catalogue.collections.values()]
    digest = hashlib.sha256(json.dumps([others, told, whole]).encode()).hexdigest()
    return f'"{digest[:20]}"'


def in_json(content: Any, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(json.dumps(content, ensure_ascii=False, allow_nan=False), status, media_type="application/json")


def answer(table: Table, asked: AskedTable, name: str, **more: Any) -> Response:
    """A table as the answer to a question: its items with what they mention; as CSV the items alone."""
    if asked.format == "csv":
        return in_csv(table, asked.language, name)
    items = table.to_dicts(asked.language)
    return in_json({"items": items, **more, "included": included(_mentioned(table), asked.language)})


def included(entities: Iterable[Entity], language: str | None) -> dict[str, dict[str, Any]]:
    """Entities and what tells whose they are, by collection and id: without citations, which would be most of it."""
    found: dict[str, dict[str, Any]] = {}
    pending = [*entities]
    while pending:
        entity = pending.pop()
        known = found.setdefault(collection_name(type(entity)), {})
        if entity.id not in known:
            known[entity.id] = in_brief(entity, language)
            pending += _single(entity)
    return found


def in_brief(entity: Entity, language: str | None) -> dict[str, Any]:
    """An entity without its citations."""
    declared = facts(type(entity)).values()
    told = zip(declared, entity._row(language))
    return {fact.name: plain(value) for fact, value in told if fact.role is not FieldRole.EVIDENCE}


def _single(entity: Entity) -> Iterator[Entity]:
    for name, fact in facts(type(entity)).items():
        if issubclass(fact.cls, Entity) and not fact.many and (value := getattr(entity, name)) is not None:
            yield value


def _mentioned(value: Any) -> Iterator[Entity]:
    """The entities that an answer of the catalogue holds, however deep in tuples and values."""
    if isinstance(value, Collection):  # Its entities are the items, and need not be told twice.
        for entity in value:
            yield from (target for _, target in references(entity) if not isinstance(target, Source))
    elif isinstance(value, Entity):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _mentioned(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _mentioned(getattr(value, field.name))


def in_csv(
    table: Table, language: str | None, name: str, before: Mapping[str, Any] | None = None, digits: int = 4
) -> Response:
    """A table as CSV that a spreadsheet opens by a double click: with a mark for UTF-8, and no cell that it would run.

    What stands ``before`` is repeated in each row, and makes a row of its own if there is none. What is computed, as a
    score is, has so many ``digits``; what a collection records stays as it is.
    """
    check_language(language)  # Also if there is no row to name.
    before = before or {}
    columns = [*table._columns]
    rows = [[*row] for row in table._rows(language)]
    if not rows and before:
        rows = [[None] * len(columns)]
    most = None if isinstance(table, Collection) else digits
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*before, *columns])
    writer.writerows([_cell(_told(value, language, most)) for value in (*before.values(), *row)] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(stream.getvalue().encode("utf-8-sig"), headers=headers, media_type="text/csv; charset=utf-8")


def _told(value: Any, language: str | None, digits: int | None) -> Any:
    """What a row holds, for a cell: evidence by its words, each once, and a pair of areas by their names."""
    if isinstance(value, float) and digits is not None:
        return round(value, digits)
    if isinstance(value, tuple) and value and isinstance(value[0], Evidence):
        return [*dict.fromkeys(evidence.text for evidence in value)]
    if isinstance(value, tuple) and value and isinstance(value[0], Correspondence):
        return [f"{pair.area.label(language)} – {pair.match.label(language)}" for pair in value]
    return plain(value)


def _cell(value: Any) -> Any:
    text = "; ".join(map(_text, value)) if isinstance(value, list) else _text(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _text(value: Any) -> str:
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
