"""CSV: a catalogue as a Data Package, which tells of each column its meaning, its type and where it refers to."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..datasets.staging import staged_directory
from ..domain.declaration import Fact, FieldRole
from ..domain.entity import DatasetInfo, Entity
from ..domain.rules import END
from .origin import checked, licences
from .relational import Reference, Relation, relations

_FILE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_BETWEEN = ";"
# All is told, or frictionless would guess from the first lines; and defaults differ between versions of the standard.
_DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}


def to_csv(
    catalogue: Catalogue, directory: str | os.PathLike[str], *, overwrite: bool = False, language: str | None = None
) -> None:
    """Write a catalogue as CSV files in a Data Package (https://datapackage.org, version 2).

    A file for each collection, named like it; one for each kind of value that entities hold, as ``citations.csv``; and
    ``datapackage.json``, which describes every column, states the licences, and lets tools such as ``frictionless``
    check and read all of it with types. UTF-8 and RFC 4180. A list of ids, codes or enumerated values is joined by
    ``;``, a list of texts is a JSON array. A text is written as it stands, also if it begins with ``=``. Names are in
    a ``language`` as `Entity.label` gives them. A catalogue on a base is written with all that it stands on.
    Raises `SaveError` if the directory cannot be written, or holds anything: to replace an earlier package, say
    ``overwrite``. Either way it is written whole, or what was there before is untouched.

    >>> import csv, os, smartspec, tempfile
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     smartspec.export.to_csv(smartspec.load(), os.path.join(beside, "s3"))
    ...     with open(os.path.join(beside, "s3", "innovation_areas.csv"), encoding="utf-8", newline="") as file:
    ...         [row["nace"] for row in csv.DictReader(file) if row["id"] == "green-chemistry-cleantech"]
    ['C20;E38']
    """
    tables = relations(catalogue, language)
    ours = {_FILE, *(_file(table) for table in tables)}
    with staged_directory(directory, ours.__contains__, overwrite) as stage:
        resources = []
        for table in tables:
            path = os.path.join(stage, _file(table))
            # These line ends are those of RFC 4180; and with others Python 3.11 would not quote a lone "\r".
            with open(path, "w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, lineterminator="\r\n")
                writer.writerow(column.name for column in table.columns)
                writer.writerows(map(_cell, table.columns, row) for row in table.rows)
            resources.append(_resource(table, path))
        with open(os.path.join(stage, _FILE), "w", encoding="utf-8", newline="\n") as stream:
            json.dump(_package(catalogue, resources), stream, ensure_ascii=False, indent=2)
            stream.write("\n")


def _file(table: Relation) -> str:
    return f"{table.name}.csv"


def _cell(column: Fact, value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return value
    if not value:  # A list without items and no list are the same, and an empty cell reads better.
        return None
    return _BETWEEN.join(value) if _is_joined(column) else json.dumps(value, ensure_ascii=False)


def _is_joined(column: Fact) -> bool:
    """Whether no item of a list can hold what stands between them."""
    return issubclass(column.cls, (Entity, Enum)) or column.role is FieldRole.NACE


def _package(catalogue: Catalogue, resources: list[dict[str, Any]]) -> dict[str, Any]:
    info, datasets = catalogue.info, catalogue.datasets
    package = {
        "$schema": _PROFILE,
        "name": _slug(info.name),
        "title": info.name,
        "version": info.version,
        "description": "\n\n".join(told.description for told in reversed(datasets) if told.description),
        "licenses": [*map(_licence, licences(catalogue))],
        "contributors": [
            {"title": name, "roles": ["publisher"]}
            for name in dict.fromkeys(told.publisher for told in datasets if told.publisher)
        ],
        "sources": [*map(_source, datasets)],
        "checked": checked(catalogue),
    }
    return {**_filled(package), "resources": resources}


def _source(info: DatasetInfo) -> dict[str, Any]:
    licences = [_licence(info.licence)] if info.licence else []
    return _filled({"title": info.name, "version": info.version, "licenses": licences})


def _licence(text: str) -> dict[str, str]:
    name = re.sub(r"[^-A-Za-z0-9._]+", "-", text).strip("-") or "other"
    return {"name": name} if name == text else {"name": name, "title": text}


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "catalogue"


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


def _resource(table: Relation, path: str) -> dict[str, Any]:
    with open(path, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    schema: dict[str, Any] = {
        "fields": [_filled(dict(_field(column))) for column in table.columns],
        "primaryKey": [*table.key],
        "missingValues": [""],
    }
    if table.references:
        schema["foreignKeys"] = [_foreign_key(reference, table) for reference in table.references]
    return {
        "name": table.name,
        "title": _title(table.name),
        "description": table.doc,
        "path": _file(table),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": os.path.getsize(path),
        "hash": f"sha256:{digest}",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _foreign_key(reference: Reference, table: Relation) -> dict[str, Any]:
    target = {} if reference.table == table.name else {"resource": reference.table}
    return {"fields": [*reference.columns], "reference": {**target, "fields": [*reference.key]}}


def _field(column: Fact) -> Iterator[tuple[str, Any]]:
    kinds = {bool: "boolean", int: "integer", float: "number"}
    yield "name", column.name
    yield "title", _title(column.name)
    yield "description", column.meaning
    yield "unit", column.unit
    if column.many and _is_joined(column):
        yield from (("type", "list"), ("delimiter", _BETWEEN), ("itemType", "string"))
    elif column.many:
        yield from (("type", "array"), ("arrayItem", {"type": "string"}))
    else:
        yield "type", kinds.get(column.cls, "string")
        yield "constraints", dict(_constraints(column))


def _constraints(column: Fact) -> Iterator[tuple[str, Any]]:
    rule = column.rule
    # A cell without a text is a missing one, which is sound where no rule asks for a text.
    if not column.optional and (rule is not None or column.cls is not str):
        yield "required", True
    if issubclass(column.cls, Enum):
        yield "enum", [member.value for member in column.cls]
    if rule is None:
        return
    limits = {"minimum": rule.minimum, "maximum": rule.maximum}
    yield from ((name, limit) for name, limit in limits.items() if limit is not None)
    # A pattern of a Data Package is of the whole cell, and of XML Schema: it knows no lookahead.
    if rule.pattern is not None and rule.pattern.startswith("^"):
        yield "pattern", rule.pattern.removeprefix("^").removesuffix(END)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
