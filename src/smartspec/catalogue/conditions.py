"""Conditions: whether a field of an entity holds what is wanted, for `Collection.where`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from ..domain.declaration import Fact, derived, facts, word
from ..domain.entity import Entity
from ..domain.record import Record
from ..errors import InvalidValueError, UnknownAttributeError
from ..text import shown
from .relations import Relations, held, known_id, referring

Test = Callable[[Any], object]


def condition(cls: type[Entity], name: str, wanted: Any, relations: Relations) -> Test:
    """What tells of the value of an attribute whether it is the one that is wanted, or holds it among several."""
    declared = {**facts(cls), **derived(cls)}
    if name not in declared:
        raise UnknownAttributeError(cls.__name__, name, declared)
    if callable(wanted) and not isinstance(wanted, type):
        return wanted  # type: ignore[no-any-return]
    fact, where = declared[name], f"{cls.__name__}.{name}"
    if not fact.many:
        return _test(where, fact, wanted, relations)
    if not isinstance(wanted, tuple):
        one = _test(where, fact, wanted, relations)
        return lambda value: any(map(one, value))
    tests = [_test(where, fact, item, relations) for item in wanted]
    return lambda value: len(value) == len(tests) and all(test(item) for test, item in zip(tests, value))


def _test(where: str, fact: Fact, wanted: Any, relations: Relations) -> Test:
    """What tells of a single value whether it is the one that is wanted."""
    if wanted is None and not fact.many:
        return lambda value: value is None
    if issubclass(fact.cls, Enum) and isinstance(wanted, str):
        values = [member.value for member in fact.cls]
        if wanted not in values:
            raise InvalidValueError(where, f"{shown(wanted)} is no {fact.cls.__name__}", f"one of {', '.join(values)}")
        return lambda value: value is not None and value.value == wanted
    if issubclass(fact.cls, Entity) and isinstance(wanted, (str, fact.cls)):
        id = (known_id(relations, fact.cls, wanted) if isinstance(wanted, str) else held(relations, wanted)).id
        return lambda value: value is not None and value.id == id  # Of one class and catalogue: faster than equality.
    if issubclass(fact.cls, Record) and not issubclass(fact.cls, Entity) and isinstance(wanted, (str, Entity)):
        return _test_within(where, fact, wanted, relations)
    wanted = fact.plain_one(wanted)
    if type(wanted) is not fact.cls:
        raise TypeError(f"{where} holds {word(fact.cls)}: it cannot be compared to {shown(wanted, 100)}")
    return lambda value: value == wanted


def _test_within(where: str, fact: Fact, wanted: str | Entity, relations: Relations) -> Test:
    """What tells of a value such as a participation whether it refers to an entity."""
    inner = {name: facts(fact.cls)[name] for name, _ in referring(fact.cls)}
    if isinstance(wanted, Entity):
        inner = {name: fact for name, fact in inner.items() if fact.cls is type(wanted)}
        if not inner:
            raise TypeError(f"{where} holds {word(fact.cls)}: it cannot be compared to {shown(wanted, 100)}")
    tests = [(name, _test(f"{where}.{name}", inside, wanted, relations)) for name, inside in inner.items()]
    return lambda value: any(test(getattr(value, name)) for name, test in tests)
