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

_Known = Callable[[type[Entity]], Mapping[str, Entity]]


def directory(name: str) -> Traversable:
    """The directory of a packaged dataset."""
    import importlib_resources  # Deferred import: whoever loads from a path of their own needs none.

    return importlib_resources.files(__package__).joinpath(name)


def packaged(name: str) -> Catalogue:
    """The packaged dataset of a name."""
    files = directory(name)
    made = _AsNeeded(files)
    raw = json.loads(files.joinpath(INFO_FILE).read_bytes())
    info = _filler(DatasetInfo, made.__getitem__)(object.__new__(DatasetInfo), raw)
    return Catalogue._assemble(info, Relations(made), None)


class _AsNeeded(Mapping[type[Entity], Mapping[str, Entity]]):
    """The entities of a packaged dataset, by class and id; a file is read when first asked for."""

    def __init__(self, files: Traversable) -> None:
        self.files = files
        self.made: dict[type[Entity], Mapping[str, Entity]] = {}
        self.lock = threading.RLock()  # Reading one file asks for others.

    def __getitem__(self, cls: type[Entity]) -> Mapping[str, Entity]:
        if cls not in self.made:
            with self.lock:
                if cls not in self.made:
                    self.made[cls] = self._read(cls)
        return self.made[cls]

    def __iter__(self) -> Iterator[type[Entity]]:
        return iter(FILES)

    def __len__(self) -> int:
        return len(FILES)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)

    def _read(self, cls: type[Entity]) -> Mapping[str, Entity]:
        records = json.loads(self.files.joinpath(FILES[cls]).read_bytes())
        # Records may refer to those that follow, so all are there before the first is filled.
        new: dict[str, Entity] = {raw["id"]: object.__new__(cls) for raw in records}
        fill = _filler(cls, lambda other: new if other is cls else self[other])
        for raw, entity in zip(records, new.values()):
            fill(entity, raw)
        return new


def _filler(cls: type[Record], known: _Known) -> Callable[[Any, Any], Any]:
    """What fills a new record with what JSON says."""
    plan = [
        (name, getattr(cls, name).__set__, _reading(fact, known), fact.default) for name, fact in facts(cls).items()
    ]

    def fill(record: Any, raw: Any) -> Any:
        for name, put, read, default in plan:
            if name not in raw:
                put(record, default)
            else:
                put(record, raw[name] if read is None else read(raw[name]))
        return record

    return fill


def _reading(fact: Fact, known: _Known) -> Callable[[Any], Any] | None:
    """What makes the value of a field from that in JSON; None if it is the same."""
    cls = fact.cls
    if issubclass(cls, Entity):
        one: Callable[[Any], Any] = known(cls).__getitem__
    elif issubclass(cls, Record):
        fill = _filler(cls, known)

        def one(raw: Any) -> Any:
            return fill(object.__new__(cls), raw)

    elif issubclass(cls, Enum):
        one = {member.value: member for member in cls}.__getitem__
    else:
        return tuple if fact.many else float if cls is float else None
    container = fact.container
    return (lambda items: container([one(item) for item in items])) if fact.many else one
