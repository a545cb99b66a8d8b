"""What all classes of the domain share: one check of all values, equality by value, survival in copies."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs

from ..errors import InvalidValueError
from ..text import close, did_you_mean, shown
from .declaration import Check, Flaw, facts, once_per_class

MOST_STEPS = 100
"""How many entities may refer one to the next: what walks references by recursion, such as pickle, must end."""
TOO_DEEP = f"more than {MOST_STEPS} entities refer one to the next from here on"


class Record:
    """A value that cannot change, equal to every other of its class whose fields are equal."""

    __slots__ = ("_depth", "_origin")
    _depth: int
    _origin: Mapping[type, object]
    _step: ClassVar[int] = 0  # What a record of the class adds to the length of a chain.

    # attrs' own error for an unknown keyword would name no field that comes close.
    def __new__(cls, *args: Any, **given: Any) -> Any:
        for name in given:
            if name not in facts(cls):
                hint = did_you_mean(close(name, facts(cls)), "; ") or f"; it has: {', '.join(facts(cls))}"
                raise TypeError(f"{cls.__name__} has no field {shown(name)}{hint}")
        return object.__new__(cls)

    if not TYPE_CHECKING:  # Type checkers would take every name for an attribute.

        def __getattr__(self, name: str) -> Any:
            """Read the packaged file of a record that so far was only referred to, when it is first asked for more."""
            if name in facts(type(self)) and hasattr(self, "_origin"):
                self._origin[type(self)]
            return object.__getattribute__(self, name)  # Or Python's own error, also that of a property that fails.

    def __attrs_post_init__(self) -> None:
        for name, fact in facts(type(self)).items():
            value = getattr(self, name)
            if not fact.fits(value):
                value = fact.plain(value)
                for pointer, error, message, hint in fact.flaws(value):
                    where = f"{type(self).__name__}.{name}{pointer}"
                    invalid = InvalidValueError(where, message, hint)
                    raise invalid if error is InvalidValueError else error(str(invalid))
                object.__setattr__(self, name, value)
        for pointer, message, hint in flaws_beside(self):
            raise InvalidValueError(f"{type(self).__name__}{pointer.replace('/', '.', 1)}", message, hint)
        if is_too_deep(self):
            raise InvalidValueError(type(self).__name__, TOO_DEEP, "shorten the chain")

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Let help() say what each field means."""
        margin = "" if sys.version_info >= (3, 13) else "    "  # Python takes it off docstrings from 3.13 on.
        lines = [f"{(cls.__doc__ or '').rstrip()}\n", f"{margin}Attributes:"]
        for field in attrs.fields(cls):  # type: ignore[arg-type]
            if "doc" in field.metadata:
                default = "" if field.default is attrs.NOTHING else f" = {str(field.default) or repr('')}"
                unit = f" Unit: {field.metadata['unit']}." if field.metadata["unit"] else ""
                lines.append(f"{margin}    {field.name}: {field.type}{default}")
                lines.append(f"{margin}        {field.metadata['doc']}{unit}")
        cls.__doc__ = "\n".join(lines)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return equal(self, other, set())

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in facts(type(self)))
        told = (f"{name}={repr(value) if isinstance(value, Record) else shown(value)}" for name, value in values)
        return f"{type(self).__name__}({', '.join(told)})"

    def __hash__(self) -> int:
        return hash((self.__class__, *(getattr(self, name) for name in facts(type(self)))))

    def evolve(self, **changes: Any) -> Self:
        """A copy with some attributes changed; this one stays as it is.

        >>> import smartspec
        >>> smartspec.load().regions["torino"].evolve(name="Turin").name
        'Turin'
        """
        return attrs.evolve(self, **changes)  # type: ignore[misc]

    __replace__ = evolve  # For `copy.replace`.

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> Any:
        from ..export.web_types import core_schema  # Deferred import upwards.

        return core_schema(cls, handler)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


def is_value(cls: type[Any]) -> bool:
    """Whether records of a class have no id: they stand in those that hold them, as a citation does.

    >>> from smartspec import Citation, Region
    >>> from smartspec.domain.record import is_value
    >>> is_value(Citation), is_value(Region), is_value(str)
    (True, False, False)
    """
    return issubclass(cls, Record) and not cls._step


def flaws_beside(record: Record) -> Iterator[Flaw]:
    """What is wrong with values beside each other."""
    for name, check in _checks(type(record)):
        try:
            yield from check(record, getattr(record, name))
        except AttributeError:  # What it compares could not be read: that is told already.
            continue


@once_per_class
def _checks(cls: type[Record]) -> list[tuple[str, Check]]:
    return [(name, fact.check) for name, fact in facts(cls).items() if fact.check is not None]


def is_too_deep(record: Record) -> bool:
    """Whether more than `MOST_STEPS` entities refer one to the next from a record on.

    Only a class whose records can refer to others of the same class makes a chain long, so only that is measured.
    """
    return refers_to_its_own(type(record)) and depth(record) > MOST_STEPS


@once_per_class
def refers_to_its_own(cls: type[Record]) -> bool:
    """Whether records of a class can refer to others of it, themselves or in a value that they hold."""
    inner = [fact.cls for fact in facts(cls).values()]
    return cls in inner or any(cls in (fact.cls for fact in facts(held).values()) for held in inner if is_value(held))


def parts(record: Record) -> Iterator[Record]:
    """The records that a record refers to or holds."""
    for name, fact in facts(type(record)).items():
        if issubclass(fact.cls, Record):
            value = getattr(record, name, None)  # One that could not be read has none.
            yield from value if isinstance(value, tuple) else () if value is None else (value,)


def depth(record: Record) -> int:
    """How many entities refer one to the next from a record on, along the longest chain."""
    try:
        known: int = object.__getattribute__(record, "_depth")  # Most have none at first, and no file would tell it.
        return known
    except AttributeError:
        deepest = record._step + max(map(depth, parts(record)), default=0)
        object.__setattr__(record, "_depth", deepest)
        return deepest


def equal(one: object, other: object, proven: set[tuple[int, int]]) -> bool:
    """Whether two values are equal; ``proven`` keeps the pairs of records found equal, by their ``id()``.

    Whoever compares much that hangs together, and keeps it alive meanwhile, hands the same set in again. attrs' own
    comparison would look again and again at what is referred to in many ways.
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
            pending.extend((getattr(a, name), getattr(b, name)) for name in reversed(facts(type(a))))
        elif isinstance(a, tuple):
            if len(a) != len(b):
                return False
            pending.extend(zip(a, b))
        elif a != b:
            return False
    proven |= begun
    return True
