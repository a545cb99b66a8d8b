"""The packaged datasets, made without a check: the tests hold that `load` reads the same of their directories."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
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


def packaged(name: str, base: Catalogue | None = None) -> Catalogue:
    """The packaged dataset of a name, on top of another one if that is its base."""
    files = directory(name)
    entities = _AsNeeded(files, None if base is None else base._relations.by_id)
    raw = json.loads(files.joinpath(INFO_FILE).read_bytes())
    info = _filler(DatasetInfo, entities)(object.__new__(DatasetInfo), raw)
    return Catalogue._assemble(info, Relations(entities), base)


class _AsNeeded(Mapping[type[Entity], Mapping[str, Entity]]):
    """The entities of a packaged dataset and its base, by class and id; a file is read when first asked for.

    That is when somebody asks for a collection, or for what an entity says that so far is only referred to.
    """

    def __init__(self, files: Traversable, base: Any) -> None:
        self.files = files
        self.base: _AsNeeded | None = base
        self.read: dict[type[Entity], Mapping[str, Entity]] = {}
        # Nobody can tell by its id in which of the two datasets an entity stands, so they have them in common.
        self.referred: dict[type[Entity], dict[str, Entity]] = base.referred if base else {cls: {} for cls in FILES}
        self.lock: threading.RLock = base.lock if base else threading.RLock()  # A signal may interrupt a reading.

    def __getitem__(self, cls: type[Entity]) -> Mapping[str, Entity]:
        if cls not in self.read:
            with self.lock:
                if cls not in self.read:
                    self.read[cls] = self._read(cls)
        return self.read[cls]

    def __iter__(self) -> Iterator[type[Entity]]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def _read(self, cls: type[Entity]) -> Mapping[str, Entity]:
        file = self.files.joinpath(FILES[cls])
        records = json.loads(file.read_bytes()) if file.is_file() else []
        fill, refer = _filler(cls, self), self.referring(cls)
        below = {} if self.base is None else self.base[cls]
        return {**below, **{raw["id"]: fill(refer(raw["id"]), raw) for raw in records}}

    def referring(self, cls: type[Entity]) -> Callable[[str], Entity]:
        """What gives the entity of an id, which is the same for whoever refers to it."""
        known = self.referred[cls]

        def refer(id: str) -> Entity:
            entity = known.get(id)
            if entity is None:
                entity = object.__new__(cls)
                object.__setattr__(entity, "id", id)
                object.__setattr__(entity, "_origin", self)
                entity = known.setdefault(id, entity)
            return entity

        return refer


def _filler(cls: type[Record], entities: _AsNeeded) -> Callable[[Any, Any], Any]:
    """What fills a new record with what JSON says."""
    plan = [
        (name, getattr(cls, name).__set__, _reading(fact, entities), fact.default) for name, fact in facts(cls).items()
    ]

    def fill(record: Any, raw: Any) -> Any:
        for name, put, read, default in plan:
            if name not in raw:
                put(record, default)
            else:
                put(record, raw[name] if read is None else read(raw[name]))
        return record

    return fill


def _reading(fact: Fact, entities: _AsNeeded) -> Callable[[Any], Any] | None:
    """What makes the value of a field from that in JSON; None if it is the same."""
    cls = fact.cls
    if issubclass(cls, Entity):
        one: Callable[[Any], Any] = entities.referring(cls)
    elif issubclass(cls, Record):
        fill = _filler(cls, entities)

        def one(raw: Any) -> Any:
            return fill(object.__new__(cls), raw)

    elif issubclass(cls, Enum):
        one = {member.value: member for member in cls}.__getitem__
    else:
        return tuple if fact.many else float if cls is float else None
    container = fact.container
    return (lambda items: container([one(item) for item in items])) if fact.many else one
