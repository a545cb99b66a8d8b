"""The packaged datasets, made without a check: the tests hold that `load` reads the same of their directories."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.relations import Relations
from ..domain.declaration import Fact, facts
from ..domain.entity import DatasetInfo, Entity
from ..domain.record import Record
from . import FILES, INFO_FILE

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


def directory(name: str) -> Traversable:
    """The directory of a packaged dataset."""
    import importlib_resources  # Deferred import: whoever loads from a path of their own needs none.

    return importlib_resources.files(__package__).joinpath(name)


def packaged(name: str) -> Catalogue:
    """The packaged dataset of a name."""
    files = directory(name)
    made: dict[type[Entity], dict[str, Entity]] = {}
    for cls, file in FILES.items():
        records = json.loads(files.joinpath(file).read_bytes())
        # Records may refer to those that follow, so all are there before the first is filled.
        made[cls] = {raw["id"]: object.__new__(cls) for raw in records}
        fill = _filler(cls, made)
        for raw, entity in zip(records, made[cls].values()):
            fill(entity, raw)
    raw = json.loads(files.joinpath(INFO_FILE).read_bytes())
    info = _filler(DatasetInfo, made)(object.__new__(DatasetInfo), raw)
    return Catalogue._assemble(info, Relations(made), None)


def _filler(cls: type[Record], made: Mapping[type[Entity], Mapping[str, Entity]]) -> Callable[[Any, Any], Any]:
    """What fills a new record with what JSON says."""
    plan = [(name, getattr(cls, name).__set__, _reading(fact, made), fact.default) for name, fact in facts(cls).items()]

    def fill(record: Any, raw: Any) -> Any:
        for name, put, read, default in plan:
            if name not in raw:
                put(record, default)
            else:
                put(record, raw[name] if read is None else read(raw[name]))
        return record

    return fill


def _reading(fact: Fact, made: Mapping[type[Entity], Mapping[str, Entity]]) -> Callable[[Any], Any] | None:
    """What makes the value of a field from that in JSON; None if it is the same."""
    cls = fact.cls
    if issubclass(cls, Entity):
        one: Callable[[Any], Any] = made[cls].__getitem__
    elif issubclass(cls, Record):
        fill = _filler(cls, made)

        def one(raw: Any) -> Any:
            return fill(object.__new__(cls), raw)

    elif issubclass(cls, Enum):
        one = {member.value: member for member in cls}.__getitem__
    else:
        return tuple if fact.many else float if cls is float else None
    container = fact.container
    return (lambda items: container([one(item) for item in items])) if fact.many else one
