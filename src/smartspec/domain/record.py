"""What all classes of the domain share: fields, equality by value, survival in copies and other processes.

Nothing here walks references by recursion: a chain of parents can be longer than Python's stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

import attrs

from .declaration import Shape
from ..text import shown

R = TypeVar("R", bound="Record")

F = TypeVar("F", bound=Callable[..., Any])


def once_per_class(function: F) -> F:
    """A function of a class that remembers its results."""
    return cache(function)  # type: ignore[return-value]


@once_per_class
def shapes(cls: type[Record]) -> dict[str, Shape]:
    """What each field of a class holds, by the field's name, in the order of declaration."""
    return {field.name: field.metadata["shape"] for field in attrs.fields(cls)}  # type: ignore[arg-type]


class Record:
    """A value that cannot change, equal to every other of its class whose fields are equal."""

    __slots__ = ()

    def __attrs_pre_init__(self) -> None:
        if hasattr(self, next(iter(shapes(type(self))))):
            raise AttributeError(f"a {type(self).__name__} is made already; evolve() makes another")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return equal(self, other, set())

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={shown(getattr(self, name))}" for name in shapes(type(self)))
        return f"{type(self).__name__}({told})"

    def __hash__(self) -> int:
        return hash((self.__class__, *(getattr(self, name) for name in shapes(type(self)))))

    def evolve(self: R, **changes: Any) -> R:
        """A copy with some attributes changed; this one stays as it is.

        >>> import smartspec
        >>> smartspec.load().regions["torino"].evolve(name="Turin").name
        'Turin'
        """
        return attrs.evolve(self, **changes)  # type: ignore[misc, no-any-return, unused-ignore]

    def __copy__(self: R) -> R:
        return self

    def __deepcopy__(self: R, memo: object) -> R:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if _is_deep(self):
            return _revive_one, flatten([self])
        return _remake, (type(self), *(getattr(self, name) for name in shapes(type(self))))


def equal(one: object, other: object, proven: set[tuple[int, int]]) -> bool:
    """Whether two values are equal; ``proven`` keeps the pairs of records found equal, by their ``id()``.

    Whoever compares much that hangs together, and keeps it alive meanwhile, hands the same set in again.
    """
    pending: list[tuple[Any, Any]] = [(one, other)]
    begun: set[tuple[int, int]] = set()
    while pending:
        a, b = pending.pop()
        pair = (id(a), id(b))
        if a is b or pair in begun or pair in proven:
            continue
        if a.__class__ is not b.__class__:
            return False
        if isinstance(a, Record):
            begun.add(pair)
            # Ids come first, and most entities that differ differ in these.
            pending.extend((getattr(a, name), getattr(b, name)) for name in reversed(shapes(type(a))))
        elif isinstance(a, tuple):
            if len(a) != len(b):
                return False
            pending.extend(zip(a, b))
        elif a != b:
            return False
    proven |= begun
    return True


def _parts(record: Record) -> list[Record]:
    """The records that a record holds itself."""
    values = (getattr(record, name) for name in shapes(type(record)))
    return [
        part
        for value in values
        for part in (value if isinstance(value, tuple) else (value,))
        if isinstance(part, Record)
    ]


def _is_deep(record: Record) -> bool:
    """Whether more records hang below one another than pickle, which goes by recursion, should follow."""
    level = {id(record): record}
    for _ in range(40):
        level = {id(part): part for member in level.values() for part in _parts(member)}
        if not level:
            return False
    return True


def _remake(cls: type[Any], *values: Any) -> Any:
    return cls(**dict(zip(shapes(cls), values)))


class Place(int):
    """Stands for a record in a flat list of records."""


Flat = list[tuple[type[Record], dict[str, Any]]]


def flatten(records: Iterable[Record]) -> tuple[Flat, list[int]]:
    """Records and all they refer to as one list, in which each refers only to earlier ones; and their places in it.

    In the values of the list, a `Place` stands where the record has another one.
    """
    roots = list(records)
    places: dict[int, int] = {}
    flat: Flat = []
    pending: list[Record] = roots[::-1]
    while pending:
        record = pending[-1]
        ahead = [part for part in _parts(record) if id(part) not in places]
        if ahead:
            pending.extend(ahead)
            continue
        if id(record) not in places:
            places[id(record)] = len(flat)
            values = {name: _encode(getattr(record, name), places) for name in shapes(type(record))}
            flat.append((type(record), values))
        pending.pop()
    return flat, [places[id(root)] for root in roots]


def revive(flat: Flat, places: Sequence[int]) -> list[Any]:
    """The records that `flatten` was given."""
    made: list[Record] = []
    for cls, values in flat:
        made.append(cls(**{name: _decode(value, made) for name, value in values.items()}))
    return [made[place] for place in places]


def _revive_one(flat: Flat, places: Sequence[int]) -> Any:
    return revive(flat, places)[0]


def _encode(value: Any, places: dict[int, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_encode(item, places) for item in value)
    return Place(places[id(value)]) if isinstance(value, Record) else value


def _decode(value: Any, made: Sequence[Record]) -> Any:
    if isinstance(value, tuple):
        return tuple(_decode(item, made) for item in value)
    return made[value] if isinstance(value, Place) else value
