"""ATECO: Italy's subdivisions of NACE classes, and through them what each revision became in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from .classification import rows, table

Links = dict[str, set[str]]
"""The classes of the other revision to which a code leads, all by their digits."""


@cache
def _pairs() -> list[tuple[str, str]]:
    """Which subcategories of ATECO 2022 and ATECO 2025 correspond, by their digits."""
    return [(old.replace(".", ""), new.replace(".", "")) for old, new, *_ in rows("ateco-2022-2025.tsv")]


@cache
def _update() -> tuple[frozenset[str], frozenset[str]]:
    """The subcategories that the update of 2022 dropped from ATECO 2007, and those that it added."""
    dropped, added = zip(*((old.replace(".", ""), new.replace(".", "")) for old, new in rows("ateco-2007-2022.tsv")))
    return frozenset(dropped) - {""}, frozenset(added) - {""}


@cache
def subdivisions(edition: str) -> frozenset[str]:
    """The codes of five and six digits that an edition of ATECO has, without points."""
    dropped, added = _update()
    six = {
        "ATECO 2007": lambda: {old for old, _ in _pairs()} - added | dropped,
        "ATECO 2022": lambda: {old for old, _ in _pairs()},
        "ATECO 2025": lambda: {new for _, new in _pairs()},
    }[edition]()
    return frozenset(six | {code[:5] for code in six})


@cache
def _links(revision: str) -> Links:
    """Where codes of a revision lead, from the section down to the subcategory."""
    found: Links = defaultdict(set)
    activities = table(revision)
    for one, other in _pairs():
        if revision == "2.1":
            one, other = other, one
        section = activities[one[:2]].code[0]
        for key in (section, one[:2], one[:3], one[:4], one[:5], one):
            found[key].add(other[:4])
    return dict(found)


def becomes(key: str, edition: str, revision: str) -> Iterable[str]:
    """The classes of the other revision, by their digits, that a code of an edition of a revision becomes.

    ISTAT tells it of ATECO 2022 and ATECO 2025. A code of ATECO 2007 is read as that of 2022; where the update of 2022
    made other subdivisions of a class, as the whole class. Whatever edition is not ATECO has no subdivisions.
    """
    dropped, added = _update()
    changed = edition == "ATECO 2007" and any(code.startswith(key[:4]) for code in dropped | added)
    return _links(revision)[key[:4] if changed or edition == revision else key]
