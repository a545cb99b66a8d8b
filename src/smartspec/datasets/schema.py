"""The JSON Schema of records and datasets, read off the declarations of the domain."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Any

from ..domain import COLLECTIONS
from ..domain.declaration import Fact, facts
from ..domain.entity import Basis, Citation, DatasetInfo, Entity
from ..domain.record import Record
from ..domain.rules import KEBAB_CASE
from ..text import shown

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
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
    left out. A schema cannot tell whether a reference leads anywhere, whether dates are in the calendar and in order,
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
    schema = _Schema(ref_template)
    if cls is None:
        properties = {"dataset": schema.refer(DatasetInfo)}
        for name, member in COLLECTIONS.items():
            properties[name] = {"type": "array", "items": schema.refer(member)}
        body = {"title": "Dataset", "type": "object", "properties": properties, "additionalProperties": False}
    elif isinstance(cls, type) and issubclass(cls, Record) and cls not in (Record, Entity):
        body = schema.record(cls)
    else:
        raise TypeError(f"{cls!r} is no class of which records are made")
    if schema.definitions and ref_template.startswith("#/$defs/"):
        body["$defs"] = schema.definitions
    return {"$schema": _DIALECT, **body}


class _Schema:
    """A schema in the making, with the definitions to which it refers."""

    def __init__(self, ref_template: str) -> None:
        self._ref_template = ref_template
        self.definitions: dict[str, Any] = {}

    def refer(self, cls: type[Record]) -> dict[str, Any]:
        """A reference to the definition of a class."""
        if cls.__name__ not in self.definitions:
            self.definitions[cls.__name__] = self.record(cls)
        return {"$ref": self._ref_template.replace("{model}", cls.__name__)}

    def record(self, cls: type[Record]) -> dict[str, Any]:
        """The schema of a record of a class."""
        schema: dict[str, Any] = {
            "title": cls.__name__,
            "description": (cls.__doc__ or "").partition("\n")[0],
            "type": "object",
            "properties": {name: self._property(cls, fact) for name, fact in facts(cls).items()},
            "required": [name for name, fact in facts(cls).items() if fact.required],
            "additionalProperties": False,
        }
        if cls is Citation:
            schema["if"] = {"properties": {"basis": {"const": Basis.INFERRED.value}}, "required": ["basis"]}
            schema["then"] = {"properties": {"note": {"pattern": r"\S"}}, "required": ["note"]}
        return schema

    def _property(self, cls: type[Record], fact: Fact) -> dict[str, Any]:
        schema = self._value(fact)
        if fact.cls is Citation:
            supported = {"supports": {"items": {"enum": list(facts(cls))}}}
            schema = {"allOf": [schema, {"properties": supported}]}
        if fact.many:
            schema = {"type": "array", "items": schema}
        if fact.optional:
            schema = {"anyOf": [schema, {"type": "null"}]}
        return {"description": fact.doc + (f" Unit: {fact.unit}." if fact.unit else ""), **schema}

    def _value(self, fact: Fact) -> dict[str, Any]:
        cls, rule = fact.cls, fact.rule
        if issubclass(cls, Enum):
            return {"enum": [member.value for member in cls]}
        if issubclass(cls, Entity):
            return {"type": "string", "pattern": KEBAB_CASE.pattern}
        if issubclass(cls, Record):
            return self.refer(cls)
        limits = {key: getattr(rule, key) for key in ("pattern", "minimum", "maximum")} if rule else {}
        return {**_TYPES[cls], **{key: limit for key, limit in limits.items() if limit is not None}}
