"""Lookup: activities by their codes, in the forms and editions in which people have them."""

from __future__ import annotations

import re

from ..errors import InvalidValueError, UnknownEntityError
from ..text import shown
from .ateco import becomes, subdivisions
from .classification import Activity, ActivityLevel, line, table

_REVISIONS = {"2": "2", "2.1": "2.1", "ATECO 2007": "2", "ATECO 2022": "2", "ATECO 2025": "2.1"}
"""The revision of NACE to which each edition belongs."""
_NACE = frozenset(_REVISIONS.values())
# A letter, a division, a group, a class, and one or two digits of a country's own; points are there or not.
_CODE = re.compile(r"(?:([A-Za-z])(?:[ .](?=[0-9]))?)?([0-9]{2}(?:\.?[0-9](?:[0-9](?:\.?[0-9]{1,2})?)?)?)?")
_WITHOUT_ZERO = re.compile(r"[0-9]\.[0-9]{1,2}(\.|$)")  # Spreadsheets drop a first zero.
# "29,10" is a class written with a comma, not divisions 29 and 10; "C 29" is one code too.
_BETWEEN = re.compile(r"[;|]+|(?<![A-Za-z])\s+|\s+(?!\d)|,+(?!\d)|,+(?=\d+\.)")
_MOST_NEAR = 5


def codes_in(cell: str) -> list[str]:
    """What stands in a cell as codes, with spaces, commas, semicolons or bars between them; nothing is looked up.

    >>> from smartspec.nace.lookup import codes_in
    >>> codes_in("29.32; C 30,J62"), codes_in("29,10")
    (['29.32', 'C 30', 'J62'], ['29,10'])
    """
    return [code for code in map(str.strip, _BETWEEN.split(cell)) if code]


def activity(code: str, edition: str = "2") -> Activity:
    """The activity that bears a code, or the class that holds a code of five or six digits.

    The section's letter and the points may be there or not: "C29.32", "29.32", "2932", "29.32.09", "293209".
    ``edition`` says whose code it is: "2" and "2.1" are the revisions of NACE, "ATECO 2007" and "ATECO 2022" are
    Italy's subdivision of the first, "ATECO 2025" is that of the second. The answer is of the same revision;
    `translate` leads to the other. What follows the class is a country's own: only an edition of ATECO knows which
    there are. Raises `UnknownEntityError` for what is no code; it names those that come close.

    >>> from smartspec import nace
    >>> nace.activity("29.32.09").code, nace.activity("C").name
    ('C29.32', 'Manufacturing')
    >>> nace.activity("62.20.10", edition="ATECO 2025")
    Activity('K62.20', name='Computer consultancy and computer facilities management activities', edition='2.1')
    >>> nace.activity("J29.32")
    Traceback (most recent call last):
        ...
    smartspec.errors.UnknownEntityError: NACE Rev. 2 has no 'J29.32'; division 29 is of section C; \
did you mean "C29.32"?
    """
    return table(_revision(edition))[_key(code, edition)[:4]]


def activities(edition: str = "2") -> tuple[Activity, ...]:
    """All activities of an edition's revision in the order of the classification, each after what it lies in.

    >>> from smartspec import nace
    >>> [activity.code for activity in nace.activities()[:4]]
    ['A', 'A01', 'A01.1', 'A01.11']
    >>> len(nace.activities("2.1"))
    1047
    """
    return tuple(table(_revision(edition)).values())


def translate(code: str, source: str, target: str) -> tuple[Activity, ...]:
    """What a code of an edition is in another one; they are several if it was split.

    A class becomes classes, by ISTAT's correspondence of ATECO 2022 and ATECO 2025; a group becomes the groups of
    what its classes become, and so do divisions and sections. Six digits of ATECO narrow it down. Within one revision
    a code remains what it is.

    >>> from smartspec import nace
    >>> nace.translate("25.40", "2", "2.1")
    (Activity('C25.30', name='Manufacture of weapons and ammunition', edition='2.1'),)
    >>> [activity.code for activity in nace.translate("26.30", "2", "2.1")]
    ['C26.30', 'C26.51']
    >>> [activity.code for activity in nace.translate("26.30.21", "ATECO 2022", "2.1")]
    ['C26.51']
    """
    own, revision = activity(code, source), _revision(target)
    if own.edition == revision:
        return (own,)
    found = (above for member in _classes(code, source, revision) for above in line(member))
    return tuple(dict.fromkeys(above for above in found if above.level is own.level))


def covers(wider: str, narrower: str) -> bool:
    """Whether an activity of NACE Rev. 2 is another one or holds it.

    >>> from smartspec import nace
    >>> nace.covers("C", "29.32"), nace.covers("C29.3", "C29.3"), nace.covers("C29.3", "C29")
    (True, True, False)
    """
    return activity(narrower).code.startswith(activity(wider).code)


def related(code: str, edition: str = "2") -> frozenset[str]:
    """The codes of NACE Rev. 2 that cover an activity or lie within it.

    A code of Rev. 2.1 is translated first, class by class.

    >>> from smartspec import nace
    >>> sorted(nace.related("29.32.09"))
    ['C', 'C29', 'C29.3', 'C29.32']
    >>> sorted(nace.related("25.30", edition="2.1"))
    ['C', 'C25', 'C25.4', 'C25.40']
    """
    return frozenset(above.code for member in _classes(code, edition, "2") for above in line(member))


def _classes(code: str, edition: str, revision: str) -> list[Activity]:
    """The classes of a revision that are, make up or follow a code of an edition."""
    own = activity(code, edition)
    if own.edition == revision:
        # A code begins with those of all that it lies in.
        within = (member for member in activities(revision) if member.code.startswith(own.code))
        return [member for member in within if member.level is ActivityLevel.CLASS]
    return [table(revision)[key] for key in sorted(becomes(_key(code, edition), edition, own.edition))]


def _called(edition: str) -> str:
    return f"NACE Rev. {edition}" if edition in _NACE else edition


def _revision(edition: str) -> str:
    if not isinstance(edition, str):
        raise TypeError(f"an edition is a str, not {shown(edition)}")
    if edition not in _REVISIONS:
        raise InvalidValueError("edition", f"{shown(edition)} is no edition", f"one of {', '.join(_REVISIONS)}")
    return _REVISIONS[edition]


def _key(code: str, edition: str) -> str:
    """A code as the tables have it: the letter of a section, or the digits alone."""
    if not isinstance(code, str):
        raise TypeError(f'a code is a str such as "29.32", not {shown(code)}')
    key = _found(*_parts(code), edition)
    if key is None:
        raise _unknown(code, edition)
    return key


def _parts(code: str) -> tuple[str, str]:
    """The letter and the digits of a code, as far as it has them; none of what cannot be a code."""
    match = _CODE.fullmatch(code.strip())
    letter, digits = match.groups("") if match else ("", "")
    return letter.upper(), digits.replace(".", "")


def _found(letter: str, digits: str, edition: str) -> str | None:
    """The key of a code; None if the edition does not have it."""
    own = table(_revision(edition)).get(digits[:4] or letter)
    if own is None or letter not in ("", own.code[0]):
        return None
    known = len(digits) <= 4 or edition in _NACE or digits in subdivisions(edition)
    return (digits or letter) if known else None


def _unknown(code: str, edition: str) -> UnknownEntityError:
    """The error for what is no code of an edition; it says of which it is one, if it is, or what comes close."""
    letter, digits = _parts(code)
    others = [name for name in _REVISIONS if (name in _NACE) == (len(digits) < 5) and _found(letter, digits, name)]
    if letter and _found("", digits, edition):
        own = activity(digits, edition).code
        advice = f"division {digits[:2]} is of section {own[0]}"
        advice += f", only in {_called(others[0])} of {letter}" if others else ""
        return UnknownEntityError(_called(edition), code, [own], advice)
    if not others:
        return UnknownEntityError(_called(edition), code, _near(code, edition))
    near = [member.code for member in translate(code, others[0], edition)]
    advice = f"it is a code of {_called(others[0])}"
    if len(near) > 1:
        advice += f", for which there are {len(near)} here"
    if len(near) > _MOST_NEAR:
        near, advice = [], f"{advice}: translate() names them"
    return UnknownEntityError(_called(edition), code, near, advice)


def _near(code: str, edition: str) -> list[str]:
    """At most three codes that begin most like what is none and come close in number."""
    text = code.strip()[:20]
    if len(re.findall("[^0-9., -]", text)) > 2:  # Words.
        return []
    asked = re.sub("[^0-9]", "", f"0{text}" if _WITHOUT_ZERO.match(text) else text)
    size = min(max(len(asked), 2), 4 if edition in _NACE else 6)
    asked = asked[:size]
    entries = table(_revision(edition))
    known = [key for key in (entries if size < 5 else subdivisions(edition)) if len(key) == size]
    beginnings = [asked[:length] for length in range(len(asked), 0, -1)]
    begin = next((begin for begin in beginnings if any(key.startswith(begin) for key in known)), None)
    best = [key for key in known if begin is not None and key.startswith(begin)]
    best.sort(key=lambda key: (abs(int(key) - int(asked.ljust(size, "0"))), key))
    return [entries[key].code if size < 5 else f"{key[:2]}.{key[2:4]}.{key[4:]}" for key in best[:3]]
