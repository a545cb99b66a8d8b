"""How a field of the domain is declared: its meaning, what it may hold, and the check that follows."""

from __future__ import annotations

import builtins
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import attrs

from ..errors import InvalidValueError
from ..text import shown

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:  # Type checkers alone read it.

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        return lambda decorated: decorated


C = TypeVar("C")

Flaw = tuple[str, str, str]
"""What is wrong: where (a JSON pointer), what, and what to write instead."""
Check = Callable[[Any, Any], Iterable[Flaw]]
"""Finds what is wrong with a field's value beside those of other fields: asked with the record and the value."""


class Rule(NamedTuple):
    """What a value must be like beyond its type: ``says`` completes "is not …", ``hint`` helps.

    ``pattern`` is found in a sound text; a sound number is neither below ``minimum`` nor above ``maximum``.
    """

    says: str
    hint: str = ""
    pattern: str | None = None
    minimum: int = 0
    maximum: int = 0

    def test(self) -> Callable[[Any], object]:
        """The function that tells whether a value keeps to the rule."""
        if self.pattern is not None:
            return re.compile(self.pattern).search
        return lambda value: self.minimum <= value <= self.maximum


# Python's `$` would let a final newline pass; a lookahead means the same to Python and to JSON Schema.
END = r"(?![\s\S])"
NOT_BLANK = Rule("a text", "write at least one visible character", r"[^\s\u200b-\u200f\u2060\ufeff]")
KEBAB_CASE = Rule(
    "an id in kebab-case",
    "use lower-case letters a-z, digits and single hyphens, as in 'made-in-piedmont'",
    rf"^[a-z0-9]+(-[a-z0-9]+)*{END}",
)
NUTS = Rule("a NUTS code", "write it like 'ITC1'", rf"^[A-Z]{{2}}[0-9A-Z]{{0,3}}{END}")
ISO_3166_2 = Rule("an ISO 3166-2 code", "write it like 'IT-21'", rf"^[A-Z]{{2}}-[0-9A-Z]{{1,3}}{END}")
# Revision 2 alone: the section must be the one to which that revision gives the division.
NACE = Rule(
    "a NACE Rev. 2 code",
    "write the section's letter and the division of that section, like 'C29' or 'C30.3'",
    r"^([A-U]|(A0[1-3]|B0[5-9]|C[12][0-9]|C3[0-3]|D35|E3[6-9]|F4[1-3]|G4[5-7]|H49|H5[0-3]|I5[56]|J5[89]"
    r"|J6[0-3]|K6[4-6]|L68|M69|M7[0-5]|N7[7-9]|N8[0-2]|O84|P85|Q8[6-8]|R9[0-3]|S9[4-6]|T9[78]|U99)"
    rf"(\.[0-9]{{1,2}})?){END}",
)
URL = Rule("a web address", "write it in full, with https://", rf"^https?://[^\s/?#]\S*{END}")
LANGUAGE = Rule("a language code", "write two or three letters, like 'it'", rf"^[a-z]{{2,3}}{END}")
DATE = Rule("a day", "write it like '2026-11-22'", rf"^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){END}")
SURFACE = Rule("a surface on Earth", "write square kilometres", minimum=0, maximum=510_000_000)
YEAR = Rule("a year", "write a year from 1 to 9999", minimum=1, maximum=9999)
ORDINAL = Rule("a number in a list", "count from 1", minimum=1, maximum=1_000_000)
PASSAGE = Rule(
    "a passage of 1 to 8 words", "quote the few words that locate the fact", rf"^\s*\S+(\s+\S+){{0,7}}\s*{END}"
)


class Shape:
    """What a field holds: values of ``cls``, ``many`` in a tuple or one, ``optional`` if it may be None.

    ``belongs`` tells that the entity belongs to what the field names. All but that and the rule is read off the
    annotation. It serves as the field's attrs validator.
    """

    __slots__ = ("_cls", "_fits", "_module", "belongs", "many", "name", "optional", "rule")
    _ANNOTATION = re.compile(r"(?P<many>tuple\[)?(?P<name>\w+)(?(many), \.\.\.\])(?P<optional> \| None)?")

    def __init__(self, rule: Rule | None, belongs: bool) -> None:
        self.rule = rule
        self.belongs = belongs
        self.name = ""
        self._cls: type | None = None
        self._fits: Callable[[Any], object] | None = None

    def declare(self, annotation: str, module: str) -> None:
        """Take over what the annotation says."""
        match = self._ANNOTATION.fullmatch(annotation)
        if match is None:
            raise TypeError(f"a field of the domain cannot be declared as {annotation!r}")
        self.name = match["name"]
        self.many = match["many"] is not None
        self.optional = match["optional"] is not None
        self._module = module

    @property
    def cls(self) -> type:
        """The class of the values; looked up late, since a class may name itself or a later one."""
        if self._cls is None:
            self._cls = getattr(builtins, self.name, None) or getattr(sys.modules[self._module], self.name)
        return self._cls

    @property
    def fits(self) -> Callable[[Any], object]:
        """Tells fast whether a value has no flaws: most have none."""
        if self._fits is None:
            self._fits = _test(self)
        return self._fits

    def __call__(self, instance: object, attribute: Any, value: object) -> None:
        if self.fits(value):
            return
        pointer, error, message, hint = next(self.flaws(value))
        where = f"{type(instance).__name__}.{attribute.name}{pointer}"
        if error is InvalidValueError:
            raise InvalidValueError(where, message, hint)
        raise error(f"{where}: {message}" + (f" ({hint})" if hint else ""))

    def flaws(self, value: Any) -> Iterator[tuple[str, type[Exception], str, str]]:
        """All that is wrong with a field's value: pointer within it, kind of error, message, hint."""
        if value is None and self.optional:
            return
        if not self.many:
            yield from self.flaws_of_one("", value)
        elif type(value) is not tuple:
            yield "", TypeError, f"{shown(value)} is {word(type(value))}, not a tuple", f"write a tuple of {self.name}"
        else:
            for index, item in enumerate(value):
                yield from self.flaws_of_one(f"/{index}", item)

    def flaws_of_one(self, pointer: str, value: Any) -> Iterator[tuple[str, type[Exception], str, str]]:
        """All that is wrong with one of the values that the field holds."""
        # Exactly the type: True is no year, a str that is an Enum is no name.
        given_type: type = type(value)
        if self.cls is float and given_type is int:
            message = f"{shown(value)} is more than a number can hold exactly"
            yield pointer, InvalidValueError, message, "write it as people round it, like 1e20"
        elif given_type is not self.cls:
            given = f"{shown(value)} is {word(given_type)}, not {word(self.cls)}"
            hint = ""
            if issubclass(self.cls, Enum):
                hint = "one of " + ", ".join(f"{self.name}.{member.name}" for member in self.cls)
            yield pointer, TypeError, given, hint
        elif self.cls is str and not _is_unicode(value):
            yield pointer, InvalidValueError, f"{shown(value)} holds half of a surrogate pair", "drop it"
        elif self.cls is float and not math.isfinite(value):
            yield pointer, InvalidValueError, f"{value} is not a finite number", "leave the key out if it is not known"
        elif self.rule is not None and not self.rule.test()(value):
            yield pointer, InvalidValueError, f"{shown(value)} is not {self.rule.says}", self.rule.hint


def _test(shape: Shape) -> Callable[[Any], object]:
    """The function that tells whether a value has no flaws."""
    cls = shape.cls
    holds = shape.rule.test() if shape.rule is not None else None
    if cls is str and holds is not None:

        def one(value: Any) -> object:
            return type(value) is str and holds(value) and _is_unicode(value)

    elif cls is str:

        def one(value: Any) -> object:
            return type(value) is str and _is_unicode(value)

    elif cls is float:

        def one(value: Any) -> object:
            return type(value) is float and -math.inf < value < math.inf and (holds is None or holds(value))

    else:

        def one(value: Any) -> object:
            return type(value) is cls and (holds is None or holds(value))

    if shape.many:
        return lambda value: type(value) is tuple and all(map(one, value))
    if shape.optional:
        return lambda value: value is None or one(value)
    return one


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
    for base in cls.__mro__:
        if base in _WORDS:
            return _WORDS[base]
    return f"{'an' if cls.__name__[0] in 'AEIOU' else 'a'} {cls.__name__}"


def _is_unicode(text: Any) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def as_float(value: Any) -> Any:
    """A whole number where a float is due is the same number, unless no float holds it exactly."""
    try:
        return float(value) if type(value) is int and float(value) == value else value
    except OverflowError:
        return value


def _checking(check: Check) -> Callable[[Any, Any, Any], None]:
    """The attrs validator that raises the first thing that a check finds."""

    def validate(instance: Any, attribute: Any, value: Any) -> None:
        for pointer, message, hint in check(instance, value):
            raise InvalidValueError(f"{type(instance).__name__}{pointer.replace('/', '.', 1)}", message, hint)

    return validate


def fact(
    doc: str,
    *,
    default: Any = attrs.NOTHING,
    rule: Rule | None = None,
    unit: str | None = None,
    belongs: bool = False,
    converter: Callable[[Any], Any] | None = None,
    check: Check | None = None,
) -> Any:
    """A field: its meaning, its unit, the rule for its values, whether its entity belongs to what it names.

    ``check`` finds what is wrong with its value beside those of other fields.
    """
    shape = Shape(rule, belongs)
    return attrs.field(
        default=default,
        converter=converter,
        validator=[shape, _checking(check)] if check else shape,
        metadata={"doc": doc, "unit": unit, "shape": shape, "check": check},
    )


def _complete(cls: type, attributes: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Let every shape know its annotation, and put the citations, which speak of the other fields, last."""
    for attribute in attributes:
        shape: Shape = attribute.metadata["shape"]
        if not shape.name:  # Else it is inherited.
            shape.declare(str(attribute.type), cls.__module__)
    return sorted(attributes, key=lambda attribute: attribute.name == "citations")


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False, field_specifiers=(fact,))
def record(cls: type[C]) -> type[C]:
    """Make a class of the domain: frozen, slotted, keyword-only, every field checked against its declaration."""
    return attrs.frozen(kw_only=True, eq=False, repr=False, field_transformer=_complete)(cls)
