"""The JSON Schema of records and datasets, read off the declarations of the domain."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Any

import attrs

from ..domain.declaration import KEBAB_CASE, Shape
from ..domain.model import COLLECTIONS, Basis, Citation, DatasetInfo, Entity
from ..domain.record import Record, shapes

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FINITE = {"minimum": -sys.float_info.max, "maximum": sys.float_info.max}
_TYPES: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number", **_FINITE},
}


def json_schema(cls: type[Record] | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record of a class, or of a whole dataset.

    A dataset is described as one object: ``dataset`` holds what stands in ``dataset.json``, every collection
    the array of its file. A schema cannot tell whether a reference leads anywhere or whether years are in order; it
    takes ``2014.0`` for a whole number, and any whole number for one that a float can hold: `load` checks more.
    Raises `TypeError` for what is no class of the domain.

    >>> import smartspec
    >>> smartspec.json_schema(smartspec.Region)["properties"]["area_km2"]["description"]
    'Its surface. Unit: km².'
    >>> sorted(smartspec.json_schema()["properties"])[:3]
    ['alignments', 'dataset', 'indicators']
    """
    if cls is None:
        properties: dict[str, Any] = {"dataset": {"$ref": "#/$defs/DatasetInfo"}}
        for name, member in COLLECTIONS.items():
            properties[name] = {"type": "array", "items": {"$ref": f"#/$defs/{member.__name__}"}}
        definitions = {member.__name__: _record(member) for member in (DatasetInfo, Citation, *COLLECTIONS.values())}
        body: dict[str, Any] = {
            "title": "Dataset",
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "$defs": definitions,
        }
    elif cls in (DatasetInfo, Citation, *COLLECTIONS.values()):
        body = _record(cls)
        if issubclass(cls, Entity):
            body["$defs"] = {"Citation": _record(Citation)}
    else:
        raise TypeError(f"{cls!r} is no class of which records are made")
    return {"$schema": _DIALECT, **body}


def _record(cls: type[Record]) -> dict[str, Any]:
    fields = attrs.fields(cls)  # type: ignore[arg-type]
    schema: dict[str, Any] = {
        "title": cls.__name__,
        "description": (cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {field.name: _property(cls, field) for field in fields},
        "required": [field.name for field in fields if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }
    if cls is Citation:
        schema["if"] = {"properties": {"basis": {"const": Basis.INFERRED.value}}, "required": ["basis"]}
        schema["then"] = {"properties": {"note": {"pattern": r"\S"}}, "required": ["note"]}
    return schema


def _property(cls: type[Record], field: Any) -> dict[str, Any]:
    shape: Shape = field.metadata["shape"]
    schema = _value(shape)
    if shape.cls is Citation:
        supported = {"supports": {"items": {"enum": list(shapes(cls))}}}
        schema = {"allOf": [schema, {"properties": supported}]}
    if shape.many:
        schema = {"type": "array", "items": schema}
    if shape.optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    unit = field.metadata["unit"]
    return {"description": field.metadata["doc"] + (f" Unit: {unit}." if unit else ""), **schema}


def _value(shape: Shape) -> dict[str, Any]:
    cls, rule = shape.cls, shape.rule
    if issubclass(cls, Enum):
        return {"enum": [member.value for member in cls]}
    if issubclass(cls, Entity):
        return {"type": "string", "pattern": KEBAB_CASE.pattern}
    if issubclass(cls, Record):
        return {"$ref": f"#/$defs/{cls.__name__}"}
    if rule is None:
        return _TYPES[cls]
    limits = {"minimum": rule.minimum, "maximum": rule.maximum} if rule.pattern is None else {"pattern": rule.pattern}
    return {**_TYPES[cls], **limits}
