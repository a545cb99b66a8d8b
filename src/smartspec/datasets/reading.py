"""All that keeps a JSON object from being a record: looked for when it could not be made into one."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping
from enum import Enum
from typing import Any

import attrs

from ..domain.declaration import Flaw, Shape, as_float, word
from ..domain.model import Entity, collection_name
from ..domain.record import Record, shapes
from .converting import target
from ..text import close, did_you_mean, shown


class RepeatedKeys(dict[str, Any]):
    """A JSON object in which a key stands more than once: no record."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


class Known:
    """The ids that references to a class may name, be their records sound or not; None: nobody can tell."""

    def __init__(self, ids: Mapping[type[Entity], Collection[str] | None]) -> None:
        self._ids = ids
        self._patience = 200  # Nobody reads more hints, and each may cost a look at thousands of ids.
        self._unmade: dict[tuple[type[Entity], str], Entity] = {}

    def knows(self, cls: type[Entity], id: str) -> bool:
        """Whether there is a record of that id."""
        ids = self._ids[cls]
        return ids is None or id in ids

    def near(self, asked: str, valid: Iterable[str]) -> tuple[str, ...]:
        """Those that come close to what was misspelt."""
        self._patience -= 1
        return close(asked, valid) if self._patience >= 0 else ()

    def near_ids(self, asked: str, cls: type[Entity]) -> tuple[str, ...]:
        """The ids that come close to one that is not there."""
        return self.near(asked, self._ids[cls] or ())

    def entity(self, cls: type[Entity], id: str) -> Entity:
        """The entity of that id; for a record that is wrong itself, one that has nothing but the id."""
        try:
            return target(id, cls)
        except KeyError:
            if (cls, id) not in self._unmade:
                self._unmade[cls, id] = _with(cls, {"id": id})
            return self._unmade[cls, id]


class _UnusableError(Exception):
    """There is no value to go on with."""


def flaws(cls: type[Record], raw: Any, known: Known) -> Generator[Flaw, None, Any]:
    """All that is wrong: JSON pointer, message, hint. Returns the record as far as it is sound."""
    if not isinstance(raw, dict):
        yield "", f"{shown(raw)} is {word(type(raw))}, not an object", f"write the keys of {word(cls)}"
        return _with(cls, {})
    for key in getattr(raw, "repeated", ()):
        yield f"/{_escaped(key)}", f"the key {shown(key)} stands here more than once", "keep one"
    for key in raw:
        if key not in shapes(cls):
            hint = did_you_mean(known.near(str(key), shapes(cls))) or f"one of {', '.join(shapes(cls))}"
            yield f"/{_escaped(str(key))}", f"{cls.__name__} has no {shown(key)}", hint
    sound: dict[str, Any] = {}
    fields = attrs.fields(cls)  # type: ignore[arg-type]
    for field in fields:
        if field.name in raw:
            try:
                value = yield from _value(field.metadata["shape"], f"/{field.name}", raw[field.name], known)
            except _UnusableError:
                continue
            sound[field.name] = value
        elif field.default is attrs.NOTHING:
            yield "", f"the key {shown(field.name)} is missing", field.metadata["doc"].rstrip(".")
        else:
            sound[field.name] = field.default
    record = _with(cls, sound)
    for field in fields:
        if field.metadata["check"] is not None and field.name in sound:
            try:
                yield from field.metadata["check"](record, sound[field.name])
            except AttributeError:  # What it compares is not sound itself.
                continue
    return record


def _with(cls: type[Any], values: Mapping[str, Any]) -> Any:
    """A record that has only some of its attributes: good for comparisons, never handed out."""
    record = object.__new__(cls)
    for name, value in values.items():
        object.__setattr__(record, name, value)
    return record


def _value(shape: Shape, pointer: str, raw: Any, known: Known) -> Generator[Flaw, None, Any]:
    if raw is None and shape.optional:
        return None
    if not shape.many:
        return (yield from _one(shape, pointer, raw, known))
    if type(raw) is not list:
        yield pointer, f"{shown(raw)} is {word(type(raw))}, not a list", f"write [{shown(raw)}]"
        raise _UnusableError
    values = []
    for index, item in enumerate(raw):
        with contextlib.suppress(_UnusableError):
            values.append((yield from _one(shape, f"{pointer}/{index}", item, known)))
    if len(values) < len(raw):
        raise _UnusableError
    return tuple(values)


def _one(shape: Shape, pointer: str, raw: Any, known: Known) -> Generator[Flaw, None, Any]:
    cls = shape.cls
    if issubclass(cls, Entity):
        if type(raw) is not str:
            yield pointer, f"{shown(raw)} is {word(type(raw))}, not an id", f"write the id of {word(cls)}"
            raise _UnusableError
        if not known.knows(cls, raw):
            name = collection_name(cls)
            yield pointer, f"{name} has no {shown(raw)}", did_you_mean(known.near_ids(raw, cls)) or f"add it to {name}"
            raise _UnusableError
        return known.entity(cls, raw)
    if issubclass(cls, Record):
        return (yield from _within(pointer, flaws(cls, raw, known)))
    if issubclass(cls, Enum):
        values = [member.value for member in cls]
        if type(raw) is not str or raw not in values:
            near = close(raw, values) if type(raw) is str else ()
            yield pointer, f"{shown(raw)} is no {shape.name}", did_you_mean(near) or f"one of {', '.join(values)}"
            raise _UnusableError
        return cls(raw)
    value = as_float(raw) if cls is float else raw
    wrong = False
    for _, _, message, hint in shape.flaws_of_one("", value):
        wrong = True
        yield pointer, message, hint or _hint_for_type(cls, raw)
    if wrong:
        raise _UnusableError
    return value


def _within(pointer: str, inner: Generator[Flaw, None, Any]) -> Generator[Flaw, None, Any]:
    while True:
        try:
            place, message, hint = next(inner)
        except StopIteration as done:
            return done.value
        yield f"{pointer}{place}", message, hint


def _hint_for_type(cls: type, raw: Any) -> str:
    if cls in (int, float) and type(raw) is str:
        return "write the number without quotes"
    return "leave the key out" if raw is None else f"write {word(cls)}"


def _escaped(key: str) -> str:
    """A key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
