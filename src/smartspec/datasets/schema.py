"""The JSON Schema of records and datasets, read off the declarations of the domain."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import Enum
from typing import Any

from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, facts, once_per_class, summary
from ..domain.entity import Basis, Citation, DatasetInfo, Entity
from ..domain.record import Record, parts
from ..domain.rules import KEBAB_CASE
from ..domain.table import as_dict, plain
from ..text import shown
from .converting import to_dict
from .loading import load, load_europe

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FEW = 1_000  # So many characters are read at a glance.
_TYPES: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number", "minimum": -sys.float_info.max, "maximum": sys.float_info.max},
}


def json_schema(cls: type[Record] | None = None, ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record of a class, or of a whole dataset.

    A dataset is described as one object: ``dataset`` holds what stands in ``dataset.json``, every collection
    the array of its file. Definitions of the values that records hold come along under ``$defs``; for a document that
    keeps them elsewhere, ``ref_template`` says where (for OpenAPI ``"#/components/schemas/{model}"``), and they are
    left out. Each class bears a packaged record as an example, with all its keys.
    A schema cannot tell whether a reference leads anywhere, whether dates are in the calendar and in order,
    whether NACE has a code, or whether a float can hold a whole number: `load` checks more. Raises `TypeError` for
    what is no class of the domain.

    >>> import smartspec
    >>> smartspec.json_schema(smartspec.Region)["properties"]["area_km2"]["description"]
    'Its surface. Unit: km².'
    >>> sorted(smartspec.json_schema()["properties"])[:3]
    ['alignments', 'dataset', 'indicators']
    """
    if not isinstance(ref_template, str) or "{model}" not in ref_template:
        raise ValueError(f"{shown(ref_template)} does not say with {{model}} where the name of a class goes")
    definitions: dict[str, Any] = {}

    def refer(cls: type[Record]) -> dict[str, Any]:
        if cls.__name__ not in definitions:
            definitions[cls.__name__] = record_schema(cls, refer)
        return {"$ref": ref_template.replace("{model}", cls.__name__)}

    if cls is None:
        properties = {"dataset": refer(DatasetInfo)}
        for name, member in COLLECTIONS.items():
            properties[name] = {"type": "array", "items": refer(member)}
        body = {"title": "Dataset", "type": "object", "properties": properties, "additionalProperties": False}
    elif isinstance(cls, type) and issubclass(cls, Record) and cls not in (Record, Entity):
        body = record_schema(cls, refer)
    else:
        raise TypeError(f"{cls!r} is no class of which records are made")
    if definitions and ref_template.startswith("#/$defs/"):
        body["$defs"] = definitions
    return {"$schema": _DIALECT, **body}


Refer = Callable[[type[Record]], dict[str, Any]]
"""Gives the reference to the schema of values of a class, wherever that is kept."""


def record_schema(cls: type[Record], refer: Refer) -> dict[str, Any]:
    """The schema of a record of a class, for a document that keeps those of the values that it holds.

    >>> import smartspec
    >>> from smartspec.datasets.schema import record_schema
    >>> [*record_schema(smartspec.Participation, lambda cls: {})["properties"]]
    ['organisation', 'role']
    """
    schema: dict[str, Any] = {
        "title": cls.__name__,
        "description": summary(cls),
        "type": "object",
        "properties": {name: _property(cls, fact, refer) for name, fact in facts(cls).items()},
        "required": [name for name, fact in facts(cls).items() if fact.required],
        "additionalProperties": False,
    }
    if cls is Citation:
        schema["if"] = {"properties": {"basis": {"const": Basis.INFERRED.value}}, "required": ["basis"]}
        schema["then"] = {"properties": {"note": {"pattern": r"\S"}}, "required": ["note"]}
    shows = _example(cls)
    return schema if shows is None else {**schema, "examples": [as_dict(shows)]}


@once_per_class
def _example(cls: type[Record]) -> Record | None:
    """A packaged record of a class: the one that says most in few words, if there is any."""
    holders = (load_europe().info, *load())
    found = (record for holder in holders for record in (holder, *parts(holder)) if type(record) is cls)

    def worth(record: Record) -> tuple[int, int]:
        said = to_dict(record)
        length = len(str(said))
        return len(said) if length <= _FEW else 0, -length

    return max(found, key=worth, default=None)


def _property(cls: type[Record], fact: Fact, refer: Refer) -> dict[str, Any]:
    schema = _value(fact, refer)
    if fact.cls is Citation:
        supported = {"supports": {"items": {"enum": list(facts(cls))}}}
        schema = {"allOf": [schema, {"properties": supported}]}
    if fact.many:
        schema = {"type": "array", "items": schema}
    if fact.optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    told = fact.meaning
    if issubclass(fact.cls, Entity):
        told += f" By id, from {collection_name(fact.cls)}."
    default = {} if fact.required else {"default": plain(fact.default)}
    return {"description": told, **schema, **default}


def _value(fact: Fact, refer: Refer) -> dict[str, Any]:
    cls, rule = fact.cls, fact.rule
    if issubclass(cls, Enum):
        return {"type": "string", "enum": [member.value for member in cls]}
    if issubclass(cls, Entity):
        return {"type": "string", "pattern": KEBAB_CASE.pattern}
    if issubclass(cls, Record):
        return refer(cls)
    limits = {key: getattr(rule, key) for key in ("pattern", "minimum", "maximum")} if rule else {}
    return {**_TYPES[cls], **{key: limit for key, limit in limits.items() if limit is not None}}
