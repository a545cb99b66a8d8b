"""Names: how they are compared, which entity bears which, and what tells apart those that bear the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar

from ..domain import collection_name
from ..domain.declaration import FieldRole, facts
from ..domain.entity import Entity, Period, years
from ..errors import AmbiguousNameError, UnknownEntityError
from ..text import clean, close, quoted, shown

T = TypeVar("T", bound=Entity)

# From the surest name to the loosest; the first in which something matches decides.
_TIERS = (FieldRole.CODE, FieldRole.NAME, FieldRole.ALIAS)
_HYPHENED = re.compile("[a-z]{2}-[a-z0-9]{1,3}")
_TELLING = (FieldRole.CODE, FieldRole.START, FieldRole.END)
# Letters that Unicode does not take apart, as people write them who do not have them.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# Punctuation, separators and control characters; symbols and marks that are letters' own stay.
_IGNORED = frozenset("PZC")


def fold(text: str) -> str:
    """The text without case, accents, hyphens, punctuation and spaces.

    A text that is nothing but these stays as it is, so that it still differs from an empty one.

    >>> from smartspec.catalogue.naming import fold
    >>> fold("Verbano-Cusio  Ossola") == fold("verbano cusio ossola")
    True
    >>> fold("Città metropolitana"), fold("“made in Piedmont”"), fold("?!")
    ('cittametropolitana', 'madeinpiedmont', '?!')
    >>> fold("Łódzkie"), fold("Nordjylland – Læsø")
    ('lodzkie', 'nordjyllandlaeso')
    """
    return _fold(text) if len(text) < 500 else _fold.__wrapped__(text)  # The cache is for names, not for megabytes.


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN)
    folded = "".join(
        letter
        for letter in decomposed
        if unicodedata.category(letter)[0] not in _IGNORED and not unicodedata.combining(letter)
    )
    return folded or text.strip()


def names(entity: Entity, role: FieldRole) -> Iterator[str]:
    """What an entity is called in the fields of a role."""
    for name, fact in facts(type(entity)).items():
        if fact.role is role:
            value = getattr(entity, name)
            yield from value if fact.many else () if value is None else (value,)


class Names(Generic[T]):
    """The names that some entities bear, for a lookup; ``what`` is how errors call the entities."""

    def __init__(self, what: str, entities: Sequence[T]) -> None:
        self._what = what
        self._entities = entities

    @cached_property
    def _tiers(self) -> tuple[dict[str, list[T]], ...]:
        """Which entities bear a name: in their codes as written, in their names, in their aliases, in their codes.

        PL22 and PL-22 are codes of two territories, and many write "it 21": so codes are compared as they are written
        first, and without hyphens and spaces last.
        """
        return (
            self._bearers(FieldRole.CODE, str.casefold),
            *(self._bearers(role, fold) for role in (FieldRole.NAME, FieldRole.ALIAS, FieldRole.CODE)),
        )

    def _bearers(self, role: FieldRole, plain: Callable[[str], str]) -> dict[str, list[T]]:
        bearers: dict[str, list[T]] = {}
        for entity in self._entities:
            for name in {plain(name) for name in names(entity, role)}:
                bearers.setdefault(name, []).append(entity)
        return bearers

    def lookup(self, name: str) -> T:
        """The one entity that bears a name."""
        folded = fold(text(name))
        written = name.strip().casefold()
        # What looks like a code of ISO 3166-2 is none of NUTS without its hyphen.
        asked = [written, folded] if "-" in written and _HYPHENED.fullmatch(written) else [written, *[folded] * 3]
        for tier, label in zip(self._tiers, asked):
            found = tier.get(label)
            if found is not None:
                if len(found) > 1:
                    raise AmbiguousNameError(self._what, name, found, differences(found))
                return found[0]
        raise self.unknown(name, *_TIERS)

    def unknown(self, asked: str, *roles: FieldRole) -> UnknownEntityError:
        """The error for what nobody bears; it names what comes close in the fields of some roles."""
        labels: dict[str, str] = {}
        known = (label for entity in self._entities for role in roles for label in names(entity, role))
        for label in islice(known, 5_000):  # A miss in a huge collection must not take minutes.
            labels.setdefault(fold(label), label)
        near = [labels[label] for label in close(fold(asked), labels)]
        if FieldRole.ID in roles:  # Where a name was taken for an id, nothing comes nearer than who bears it.
            bearers = next((tier[fold(asked)] for tier in self._tiers if fold(asked) in tier), [])
            near = [entity.id for entity in bearers[:3]] or near
            advice = f"that is a name: lookup({quoted(asked)})" if bearers else ""
        else:
            bearer = next((entity for entity in self._entities if entity.id == asked), None)
            advice = f"that is an id: {address(bearer)}" if bearer is not None else ""
        return UnknownEntityError(self._what, asked, near, advice)


def text(value: object) -> str:
    """The value, if it is a text that can be an id or a name."""
    if not isinstance(value, str):
        raise TypeError(f"an id or a name is a str, not {shown(value)}")
    return value


def differences(entities: Sequence[Entity]) -> list[str]:
    """A line for each of some entities: what to write for it, and what tells it apart from the others."""
    return [f"{address(entity)}  {told}".rstrip() for entity, told in zip(entities, distinctions(entities))]


def distinctions(entities: Sequence[Entity]) -> list[str]:
    """What tells each of some entities apart from the others."""
    rows = [dict(_told(entity)) for entity in entities]
    lines = []
    for entity, row in zip(entities, rows):
        alike = [other for peer, other in zip(entities, rows) if type(peer) is type(entity)]
        # What sets it apart from those of its own class comes first: the address tells the class.
        among, beyond = (
            [key for key in row if len({other.get(key) for other in others}) > 1] for others in (alike, rows)
        )
        called = entity.name if len({peer.name for peer in entities}) > 1 else ""
        told = ", ".join(f"{key}: {row[key]}" for key in [*dict.fromkeys((*among, *beyond))][:3])
        lines.append(told or called)
    return lines


def address(entity: Entity) -> str:
    """What to write for an entity, after its catalogue and a dot."""
    return f"{collection_name(type(entity))}[{quoted(entity.id)}]"


def _told(entity: Entity) -> Iterable[tuple[str, str]]:
    """What a reader tells entities of one name apart by: the short things that they state."""
    for name, fact in facts(type(entity)).items():
        value: Any = getattr(entity, name)
        if isinstance(value, Entity):
            when = f" ({years(value)})" if isinstance(value, Period) and years(value) not in value.name else ""
            yield fact.label, clean(value.name, 60) + when
        elif isinstance(value, Enum):
            yield fact.label, value.value
        elif isinstance(value, str) and (fact.role in _TELLING or (fact.role is None and fact.weight)):
            yield fact.label, clean(value, 60)
