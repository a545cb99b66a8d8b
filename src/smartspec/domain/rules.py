"""Rules: what a value must be like beyond its type, as data that checks, messages and JSON Schema are derived from."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from ..errors import InvalidValueError, UnknownEntityError
from ..text import did_you_mean, shown


class Rule(NamedTuple):
    """What a value must be like: ``says`` completes "is not …", ``hint`` tells what to write instead.

    ``pattern`` is found in a sound text; a sound number is neither below ``minimum`` nor above ``maximum``; ``test``
    is true of a sound value, for what neither can say. ``advise`` tells of one value what to write instead, or nothing
    where only the hint helps. ``label`` is what a field of such values is called, if the words of its name will not do.
    """

    says: str
    hint: str
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    test: Callable[[Any], bool] | None = None
    advise: Callable[[Any], str] | None = None
    label: str | None = None

    def tests(self) -> list[Callable[[Any], object]]:
        """The functions that all are true of a sound value."""
        found: list[Callable[[Any], object]] = []
        if self.pattern is not None:
            found.append(re.compile(self.pattern).search)
        if self.minimum is not None and self.maximum is not None:
            low, high = self.minimum, self.maximum
            found.append(lambda value: low <= value <= high)
        if self.test is not None:
            found.append(self.test)
        return found


@lru_cache(maxsize=4096)  # The dates of a dataset are few.
def _is_in_calendar(text: str) -> bool:
    from datetime import date  # Deferred import: no packaged dataset is checked.

    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)  # The codes of a dataset are few too.
def _is_activity(code: str) -> bool:
    from ..nace import activity  # Deferred import: no packaged dataset is checked.

    try:
        return activity(code).code == code
    except UnknownEntityError:
        return False


@lru_cache(maxsize=4096)
def _activity_meant(code: str) -> str:
    from ..nace import activity  # Deferred import: no packaged dataset is checked.

    try:
        return did_you_mean([activity(code).code])
    except UnknownEntityError as error:
        return "; ".join(filter(None, (error.advice, did_you_mean(error.near))))


# Python's `$` would let a final newline pass; a lookahead means the same to Python and to JSON Schema.
END = r"(?![\s\S])"
NOT_BLANK = Rule("a text", "write at least one visible character", r"[^\s\u200b-\u200f\u2060\ufeff]")
KEBAB_CASE = Rule(
    "an id in kebab-case",
    'use lower-case letters a-z, digits and single hyphens, as in "made-in-piedmont"',
    rf"^[a-z0-9]+(-[a-z0-9]+)*{END}",
)
NUTS = Rule("a NUTS code", 'write it like "ITC1"', rf"^[A-Z]{{2}}[0-9A-Z]{{0,3}}{END}", label="NUTS")
ISO_3166_2 = Rule(
    "an ISO 3166-2 code", 'write it like "IT-21"', rf"^[A-Z]{{2}}-[0-9A-Z]{{1,3}}{END}", label="ISO 3166-2"
)
LAU = Rule(
    "a LAU code",
    'write the code of its statistical office, like "001272"',
    rf"^[0-9A-Z][0-9A-Z_-]{{0,14}}{END}",
    label="LAU",
)
NACE = Rule(
    "a NACE Rev. 2 code",
    'write the letter of the section and the digits, like "C29", "C30.3" or "C29.32"',
    rf"^[A-U]([0-9]{{2}}(\.[0-9]{{1,2}})?)?{END}",
    test=_is_activity,
    advise=lambda code: _activity_meant(code[:40]),  # No code is longer, and what was told is kept.
    label="NACE",
)
URL = Rule("a web address", "write it in full, with https://", rf"^https?://[^\s/?#]\S*{END}", label="URL")
LANGUAGE = Rule("a language code", 'write two or three lower-case letters, like "it"', rf"^[a-z]{{2,3}}{END}")
DATE = Rule(
    "a date",
    'write it as exactly as it is known, like "2009", "2009-03" or "2009-03-31"',
    rf"^[0-9]{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?{END}",
    test=_is_in_calendar,
)
DAY = Rule("a day", 'write it like "2026-11-22"', rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}", test=_is_in_calendar)
SURFACE = Rule("a surface on Earth", "write square kilometres", minimum=0, maximum=510_000_000, label="surface")
ORDINAL = Rule("a number in a list", "count from 1", minimum=1, maximum=1_000_000)
PASSAGE = Rule(
    "a passage of 1 to 8 words", "quote the few words that locate the fact", rf"^\s*\S+(\s+\S+){{0,7}}\s*{END}"
)


def check_language(language: str | None) -> None:
    """Refuse what cannot be the language in which names are asked for; None asks for those in English.

    >>> from smartspec.domain.rules import check_language
    >>> check_language("IT")
    Traceback (most recent call last):
        ...
    smartspec.errors.InvalidValueError: language: 'IT' is not a language code (write two or three lower-case letters, \
like "it")
    """
    if language is not None and not (isinstance(language, str) and all(test(language) for test in LANGUAGE.tests())):
        raise InvalidValueError("language", f"{shown(language)} is not {LANGUAGE.says}", LANGUAGE.hint)
