"""How a field of the domain is declared, and what follows: its type, its checks, what is said of a failure."""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import attrs

from ..errors import InvalidValueError
from ..text import quoted, shown
from .rules import Rule

F = TypeVar("F", bound=Callable[..., Any])


class FieldRole(Enum):
    """What a field is for, where more than its own value depends on it."""

    ID = "id"
    CODE = "code"
    """A code by which others know the entity: the first that `lookup` compares."""
    NACE = "nace"
    """Codes of economic activities in NACE Rev. 2: `classified` finds by them."""
    NAME = "name"
    ALIAS = "alias"
    PROSE = "prose"
    """Texts to read, too long for a column of a table."""
    START = "start"
    END = "end"
    UNIT = "unit"
    """What the figures of the entity are counted or measured in, unless a field has a unit of its own."""
    BELONGS = "belongs"
    """The entity belongs to what the field names: what is of the one is of the other."""
    EVIDENCE = "evidence"
    """What backs the other fields: told last."""


class Flaw(NamedTuple):
    """What is wrong: where (a JSON pointer within the record), what, and what to write instead."""

    pointer: str
    message: str
    hint: str


Check = Callable[[Any, Any], Iterable[Flaw]]
"""Finds what is wrong with a field's value beside those of other fields: called with the record and the value."""


def fact(
    doc: str,
    *,
    rule: Rule | None = None,
    unit: str | None = None,
    role: FieldRole | None = None,
    weight: float = 0,
    check: Check | None = None,
) -> dict[str, Any]:
    """The metadata of a field: its meaning, the rule for each value, its unit, its role and its weight in a search.

    ``check`` finds what is wrong with its value beside those of other fields.
    """
    return {"doc": doc, "rule": rule, "unit": unit, "role": role, "weight": weight, "check": check}


def once_per_class(function: F) -> F:
    """A function of a class that remembers its results; mypy does not take a class of ours for hashable."""
    return cache(function)  # type: ignore[return-value]


@once_per_class
def facts(cls: type[Any]) -> dict[str, Fact]:
    """What is declared of each field of a class, by name, in the order in which they are told.

    >>> from smartspec import Region
    >>> from smartspec.domain.declaration import facts
    >>> nuts = facts(Region)["nuts"]
    >>> nuts.cls, nuts.optional, nuts.role.name
    (<class 'str'>, True, 'CODE')
    """
    inherited: dict[str, Fact] = {}
    for base in cls.__bases__:
        inherited |= facts(base) if attrs.has(base) else {}
    hints = inspect.get_annotations(cls, eval_str=True)
    found = [
        # A class that somebody derives may have fields that are declared to attrs alone.
        Fact(f.name, hints[f.name], f.default, {**fact(""), **f.metadata}) if f.name in hints else inherited[f.name]
        for f in attrs.fields(cls)
    ]
    # Not called "fact": CPython 3.12.1 would take the function of that name above for the variable here.
    return {told.name: told for told in sorted(found, key=lambda told: told.role is FieldRole.EVIDENCE)}


def summary(cls: type[Any]) -> str:
    """What a class is, in one line: the first of its docstring.

    >>> from smartspec import Theme
    >>> from smartspec.domain.declaration import summary
    >>> summary(Theme)
    "A subject by which areas of different strategies are compared: ours, not a source's."
    """
    return (cls.__doc__ or "").partition("\n")[0]


@once_per_class
def derived(cls: type[Any]) -> dict[str, Fact]:
    """The properties of a class, such as the year of a date, by name and as if they were fields.

    >>> from smartspec import Strategy
    >>> from smartspec.domain.declaration import derived
    >>> [(name, fact.cls) for name, fact in derived(Strategy).items()]
    [('end_year', <class 'int'>), ('start_year', <class 'int'>)]
    """
    found = {}
    for name in dir(cls):
        member = getattr(cls, name)
        if isinstance(member, property):
            hint = inspect.get_annotations(member.fget, eval_str=True)["return"]  # type: ignore[arg-type]
            found[name] = Fact(name, hint, attrs.NOTHING, fact(member.__doc__ or ""))
    return found


class Fact:
    """A field: values of ``cls``, ``many`` in a tuple or one, ``optional`` if it may be None, and what `fact` says."""

    def __init__(self, name: str, hint: Any, default: Any, metadata: Mapping[Any, Any]) -> None:
        args, origin = get_args(hint), get_origin(hint)
        self.name = name
        self.many = isinstance(origin, type) and issubclass(origin, tuple)
        self.optional = type(None) in args
        (self.cls,) = {*(args or (hint,))} - {type(None), ...}
        self.default = default
        self.doc: str = metadata["doc"]
        self.rule: Rule | None = metadata["rule"]
        self.unit: str | None = metadata["unit"]
        self.role: FieldRole | None = metadata["role"]
        self.weight: float = metadata["weight"]
        self.check: Check | None = metadata["check"]

    @property
    def meaning(self) -> str:
        """What the field means, with its unit.

        >>> from smartspec import Region
        >>> from smartspec.domain.declaration import facts
        >>> facts(Region)["area_km2"].meaning
        'Its surface. Unit: km².'
        """
        return self.doc + (f" Unit: {self.unit}." if self.unit else "")

    @property
    def required(self) -> bool:
        """Whether a record must be given a value."""
        return self.default is attrs.NOTHING

    @property
    def label(self) -> str:
        """What people call it."""
        return (self.rule and self.rule.label) or self.name.replace("_", " ")

    @cached_property
    def container(self) -> type[tuple[Any, ...]]:
        """The class of the tuple that holds many values."""
        return getattr(self.cls, "_several", tuple)

    @cached_property
    def tests(self) -> list[tuple[Callable[[Any], object], str, str]]:
        """What each value of the right type must pass, in this order, and what is said of one that does not."""
        tests: list[tuple[Callable[[Any], object], str, str]] = []
        if self.cls is str:
            tests.append((_is_unicode, "holds half of a surrogate pair", "drop it"))
        if self.cls is float:
            tests.append((math.isfinite, "is not a finite number", "leave it out if it is not known"))
        if self.rule is not None:
            tests += [(test, f"is not {self.rule.says}", self.rule.hint) for test in self.rule.tests()]
        return tests

    @cached_property
    def one_fits(self) -> Callable[[Any], bool]:
        """Tells fast whether one value has no flaw: most have none."""
        return _all_pass(self.cls, [test for test, _, _ in self.tests])

    @cached_property
    def fits(self) -> Callable[[Any], bool]:
        """Tells fast whether the field may hold just that."""
        one, container = self.one_fits, self.container
        if self.many:
            return lambda value: type(value) is container and all(map(one, value))
        return (lambda value: value is None or one(value)) if self.optional else one

    def plain(self, value: Any) -> Any:
        """The same value in the type that the field holds, if it is one of another that says the same."""
        if self.many:
            return self.container(map(self.plain_one, value)) if isinstance(value, tuple) else value
        return self.plain_one(value)

    def plain_one(self, value: Any) -> Any:
        """The same value in Python's own type, where it loses nothing by that."""
        if type(value) is self.cls:
            return value
        value = unwrapped(value)
        if self.cls in (int, float):
            return plain_number(value, self.cls)
        if isinstance(value, str) and self.cls is str and not isinstance(value, Enum):
            return str.__str__(value)
        return value

    def flaws(self, value: Any) -> list[tuple[str, type[Exception], str, str]]:
        """All that is wrong with what the field is given: pointer within it, kind of error, message, hint."""
        if self.many and type(value) is not self.container:
            message = f"{shown(value)} is {word(type(value))}, not a tuple"
            return [("", TypeError, message, f"write a tuple of {self.cls.__name__}")]
        if not self.many:
            return [] if self.fits(value) else [("", *self.flaw(value))]
        return [(f"/{index}", *self.flaw(item)) for index, item in enumerate(value) if not self.one_fits(item)]

    def flaw(self, value: Any) -> tuple[type[Exception], str, str]:
        """What is wrong with one value: kind of error, message, hint."""
        if type(value) is self.cls:
            says, hint = next((says, hint) for test, says, hint in self.tests if not test(value))
            advice = self.rule.advise(value) if self.rule is not None and self.rule.advise is not None else ""
            return InvalidValueError, f"{shown(value)} {says}", advice or hint
        if self.cls is float and _is_number(type(value)):
            message = f"{shown(value)} is more than a number can hold exactly"
            return InvalidValueError, message, "write it as people round it, like 1e20"
        if self.cls is int and _is_number(type(value)):
            return InvalidValueError, f"{shown(value)} is no whole number", "leave the fraction out"
        hint = f"one of {', '.join(map(str, self.cls))}" if issubclass(self.cls, Enum) else ""
        if self.cls is str and type(value) is int:  # A year, say, where a date is due.
            hint = f"write {quoted(shown(value))}"
        return TypeError, f"{shown(value)} is {word(type(value))}, not {word(self.cls)}", hint


def _all_pass(cls: type, tests: Sequence[Callable[[Any], object]]) -> Callable[[Any], bool]:
    """The function that tells whether a value is exactly of a class (True is no number) and passes all tests."""

    def fits(value: Any) -> bool:
        if type(value) is not cls:
            return False
        for test in tests:  # noqa: SIM110  A generator would take twice as long.
            if not test(value):
                return False
        return True

    return fits


def plain_number(value: Any, cls: type) -> Any:
    """A number of any type as an int or a float, where that loses nothing; else the value.

    >>> from smartspec.domain.declaration import plain_number
    >>> plain_number(2014.0, int), plain_number(3, float), plain_number(True, int)
    (2014, 3.0, True)
    """
    value = unwrapped(value)
    if type(value) is cls or not _is_number(type(value)):
        return value
    try:
        same = cls(value)
        return same if same == value or (cls is float and value != value) else value
    except (ArithmeticError, ValueError):
        return value


def whole_number(value: Any, what: str) -> int:
    """A whole number of any type as an int; `TypeError` for anything else, and True is none.

    >>> from smartspec.domain.declaration import whole_number
    >>> whole_number(2014.0, "a year")
    2014
    """
    number = plain_number(value, int)
    if type(number) is not int:
        raise TypeError(f"{what} is a whole number, not {shown(value)}")
    return number


def unwrapped(value: Any) -> Any:
    """A single number, truth value or text of numpy, and so of pandas, as Python's own; anything else as it is."""
    numpy = sys.modules.get("numpy")  # Nobody has a value of numpy's without having imported it.
    return value.item() if numpy is not None and isinstance(value, numpy.generic) else value


def _is_number(cls: type) -> bool:
    """Whether values of a type are numbers on a line; truth values are none."""
    import numbers  # Deferred imports: most values are what they should be.
    from decimal import Decimal

    return cls is not bool and issubclass(cls, (numbers.Real, Decimal))


_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "a truth value",
    type(None): "nothing",
    list: "a list",
    tuple: "a tuple",
    dict: "an object",
}


def word(cls: type) -> str:
    """What people call a type."""
    for base in () if issubclass(cls, Enum) else cls.__mro__:
        if base in _WORDS:
            return _WORDS[base]
    if _is_number(cls):
        return _WORDS[float]
    return f"{'an' if cls.__name__[0] in 'AEIOUaeiou' else 'a'} {cls.__name__}"


def _is_unicode(text: Any) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
