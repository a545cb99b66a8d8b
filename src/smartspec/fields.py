"""How a field of the domain is declared: its meaning, what it may hold, and the check that follows."""

from __future__ import annotations

import builtins
import math
import re
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from .errors import InvalidValueError, shown

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:  # Type checkers alone read it.

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        return lambda decorated: decorated


C = TypeVar("C")


@attrs.frozen
class Rule:
    """What a value must be like beyond its type: ``says`` completes "is not …", ``hint`` helps."""

    says: str
    hint: str = ""
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None

    def holds(self, value: Any) -> bool:
        if self.pattern is not None:
            return re.search(self.pattern, value) is not None
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


# Python's `$` would let a final newline pass; a lookahead means the same to Python and to JSON Schema.
END = r"(?![\s\S])"
NOT_BLANK = Rule("a text", "write at least one visible character", r"\S")
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
URL = Rule("a web address", "write it in full, with https://", rf"^https?://[^\s/?#]+[^\s]*{END}")
LANGUAGE = Rule("a language code", "write two or three letters, like 'it'", rf"^[a-z]{{2,3}}{END}")
YEAR = Rule("a year", "write a year from 1 to 9999", minimum=1, maximum=9999)
ORDINAL = Rule("a number in a list", "count from 1", minimum=1, maximum=1_000_000)
PASSAGE = Rule(
    "a passage of 1 to 8 words", "quote the few words that locate the fact", rf"^\s*\S+(\s+\S+){{0,7}}\s*{END}"
)


class Shape:
    """What a field holds: values of ``cls``, ``many`` in a tuple or one, ``optional`` if it may be None.

    ``belongs`` tells that the entity belongs to what the field names.
    It is read off the annotation and serves as the field's attrs validator.
    """

    __slots__ = ("_cls", "belongs", "many", "module", "name", "optional", "rule")
    _ANNOTATION = re.compile(r"(?P<many>tuple\[)?(?P<name>\w+)(?(many), \.\.\.\])(?P<optional> \| None)?")

    def __init__(self, annotation: str, module: str, rule: Rule | None, belongs: bool) -> None:
        match = self._ANNOTATION.fullmatch(annotation)
        if match is None:
            raise TypeError(f"a field of the domain cannot be declared as {annotation!r}")
        self.name = match["name"]
        self.many = bool(match["many"])
        self.optional = bool(match["optional"])
        self.module = module
        self.rule = rule
        self.belongs = belongs
        self._cls: type | None = None

    @property
    def cls(self) -> type:
        """The class of the values; looked up late, since a class may name itself or a later one."""
        if self._cls is None:
            self._cls = getattr(builtins, self.name, None) or getattr(sys.modules[self.module], self.name)
        return self._cls

    def flaws(self, value: object) -> Iterator[tuple[str, type[Exception], str, str]]:
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

    def flaws_of_one(self, pointer: str, value: object) -> Iterator[tuple[str, type[Exception], str, str]]:
        # Exactly the type: True is no year, a str that is an Enum is no name.
        if type(value) is not self.cls:
            given = f"{shown(value)} is {word(type(value))}, not {word(self.cls)}"
            hint = ""
            if issubclass(self.cls, Enum):
                hint = "one of " + ", ".join(f"{self.name}.{member.name}" for member in self.cls)
            yield pointer, TypeError, given, hint
        elif isinstance(value, str) and not value.isascii() and not _is_unicode(value):
            yield pointer, InvalidValueError, f"{shown(value)} holds half of a surrogate pair", "drop it"
        elif isinstance(value, float) and not math.isfinite(value):
            yield pointer, InvalidValueError, f"{value} is not a finite number", ""
        elif self.rule is not None and not self.rule.holds(value):
            yield pointer, InvalidValueError, f"{shown(value)} is not {self.rule.says}", self.rule.hint

    def __call__(self, instance: object, attribute: Any, value: object) -> None:
        for pointer, error, message, hint in self.flaws(value):
            where = f"{type(instance).__name__}.{attribute.name}{pointer}"
            if error is InvalidValueError:
                raise InvalidValueError(where, message, hint)
            raise error(f"{where}: {message}" + (f" ({hint})" if hint else ""))


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
    return _WORDS.get(cls) or f"{'an' if cls.__name__[0] in 'AEIOU' else 'a'} {cls.__name__}"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def exact_float(value: Any) -> Any:
    """An int where a float is due is the same number, unless a float cannot hold it."""
    try:
        return float(value) if type(value) is int and float(value) == value else value
    except OverflowError:
        return value


def fact(
    doc: str,
    *,
    default: Any = attrs.NOTHING,
    rule: Rule | None = None,
    unit: str | None = None,
    belongs: bool = False,
    check: Callable[[Any, Any, Any], None] | None = None,
) -> Any:
    """A field: its meaning, its unit, the rule for its values, whether its entity belongs to what it names.

    ``check`` is an attrs validator for what several fields must be like together.
    """
    metadata = {"doc": doc, "unit": unit, "belongs": belongs, "rule": rule, "check": check}
    return attrs.field(default=default, metadata=metadata)


def _complete(cls: type, attributes: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Give every field its shape as validator, and put the citations, which speak of the others, last."""
    completed = []
    for attribute in attributes:
        if "shape" not in attribute.metadata:
            shape = Shape(
                str(attribute.type), cls.__module__, attribute.metadata["rule"], attribute.metadata["belongs"]
            )
            check = attribute.metadata["check"]
            attribute = attribute.evolve(
                validator=attrs.validators.and_(shape, check) if check else shape,
                converter=exact_float if shape.name == "float" else None,
                metadata={**attribute.metadata, "shape": shape},
            )
        completed.append(attribute)
    return sorted(completed, key=lambda attribute: attribute.name == "citations")


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False, field_specifiers=(fact,))
def record(cls: type[C]) -> type[C]:
    """Make a class of the domain: frozen, slotted, keyword-only, every field checked against its declaration."""
    return attrs.frozen(kw_only=True, eq=False, repr=False, field_transformer=_complete)(cls)
