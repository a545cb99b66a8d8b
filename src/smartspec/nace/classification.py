"""Activities: what an entry of NACE is, and the tables of both revisions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

import attrs

from ..text import shown

_URIS = {"2": "http://data.europa.eu/ux2/nace2/", "2.1": "http://data.europa.eu/ux2/nace2.1/"}


class ActivityLevel(StrEnum):
    """How deep in the classification an activity stands."""

    SECTION = "section"
    DIVISION = "division"
    GROUP = "group"
    CLASS = "class"


_LEVELS = {
    1: (ActivityLevel.SECTION, 0),
    3: (ActivityLevel.DIVISION, 1),
    5: (ActivityLevel.GROUP, 3),
    6: (ActivityLevel.CLASS, 5),
}
"""By the length of a code ("C", "C29", "C29.3", "C29.32"): its level, and how much of it is the code of its parent."""


@attrs.frozen(kw_only=True, repr=False)
class Activity:
    """An economic activity, as NACE has it.

    >>> import smartspec
    >>> parts = smartspec.nace.activity("29.32")
    >>> parts
    Activity('C29.32', name='Manufacture of other parts and accessories for motor vehicles', edition='2')
    >>> parts.level.value, parts.parent.code, parts.local_name
    ('class', 'C29.3', 'Fabbricazione di altre parti ed accessori per autoveicoli')
    >>> parts.uri
    'http://data.europa.eu/ux2/nace2/2932'

    Attributes:
        code: Its code with the letter of its section: "C", "C29", "C29.3" or "C29.32".
        name: Its heading in English.
        local_name: Its heading in Italian.
        level: Whether it is a section, a division, a group or a class.
        parent: What it lies in; None for a section.
        edition: The revision of NACE, "2" or "2.1".
        uri: Its address in the European Union's linked data.
    """

    code: str
    name: str
    local_name: str
    level: ActivityLevel
    parent: Activity | None
    edition: str
    uri: str

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Activity({self.code!r}, name={shown(self.name, 80)}, edition={self.edition!r})"


def rows(file: str) -> list[list[str]]:
    """The lines of a table as cells, without that of its headings."""
    import importlib_resources  # Deferred import: who asks for no activity needs none.

    text = importlib_resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def table(revision: str) -> dict[str, Activity]:
    """The activities of a revision, "2" or "2.1", in their order; each by its letter or by its digits."""
    found: dict[str, Activity] = {}
    for code, name, local_name in rows(f"nace-{revision}.tsv"):
        level, size = _LEVELS[len(code)]
        key = _plain(code)
        found[key] = Activity(
            code=code,
            name=name,
            local_name=local_name,
            level=level,
            parent=found.get(_plain(code[:size])),
            edition=revision,
            uri=_URIS[revision] + key,
        )
    return found


def _plain(code: str) -> str:
    """A code as its official address has it: a section's letter, or the digits alone."""
    return code[1:].replace(".", "") or code


def line(activity: Activity | None) -> Iterator[Activity]:
    """An activity, what it lies in, and so on up to its section."""
    while activity is not None:
        yield activity
        activity = activity.parent
