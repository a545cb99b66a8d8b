"""Answers: what the catalogue says as JSON or CSV, with the records that it mentions, and the tag of the data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from fastapi import Response

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..catalogue.relations import references
from ..domain import collection_name
from ..domain.declaration import FieldRole, facts
from ..domain.entity import Entity, Source
from ..domain.table import Table, as_dict, plain
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
    items = table.to_dicts(asked.language)
    if asked.format == "csv":
        return _in_csv([*table._columns], items, name)
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


def _in_csv(columns: list[str], items: list[dict[str, Any]], name: str) -> Response:
    """Items as CSV that a spreadsheet opens by a double click: with a mark for UTF-8, and no cell that it would run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(item[column]) for column in columns] for item in items)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(stream.getvalue().encode("utf-8-sig"), headers=headers, media_type="text/csv; charset=utf-8")


def _cell(value: Any) -> Any:
    text = "; ".join(map(_text, value)) if isinstance(value, list) else _text(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _text(value: Any) -> str:
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
