"""Reading: a JSON object made into a record of a class, and all that is wrong with it told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any, TypeVar

from ..domain import collection_name
from ..domain.declaration import Fact, facts, word
from ..domain.entity import Entity
from ..domain.record import Record, flaws_beside
from ..text import close, did_you_mean, quoted, shown

R = TypeVar("R", bound=Record)

Place = tuple[Any, ...]
"""Where in a file something stands: the place of what holds it, and its key or number there; () is the whole file."""
Read = Callable[[Any, Place], Any]
"""Makes a value of what stands in JSON at a place."""


def pointer(place: Place) -> str:
    """The place as a JSON pointer (RFC 6901).

    >>> from smartspec.datasets.reading import pointer
    >>> pointer((((), 5), "nuts"))
    '/5/nuts'
    """
    steps = []
    while place:
        place, step = place
        steps.append("/" + str(step).replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(steps))


class RepeatedKeys(dict[str, Any]):
    """A JSON object in which a key stands more than once: no record."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object that JSON's pairs of keys and values make."""
    members = dict(pairs)
    return members if len(members) == len(pairs) else RepeatedKeys(pairs)


class UnusableError(Exception):
    """What is wrong has been told, and there is no value to go on with."""


class Reader:
    """Fills records with what JSON says, and tells what is wrong: pointer, message, hint.

    ``known`` has the entities to which references may lead, sound or not, by class and id; of a class that is missing
    nobody can tell.
    """

    def __init__(
        self, known: Mapping[type[Entity], Mapping[str, Entity]], tell: Callable[[str, str, str], object]
    ) -> None:
        self._known = known
        self._tell = tell
        self._patience = 200  # Nobody reads more hints, and each may cost a look at thousands of ids.
        self._fillers: dict[type[Record], Callable[[Any, Any, Place], Any]] = {}

    def fill(self, record: R, raw: Any, place: Place = ()) -> R:
        """Give a new record its values; an attribute that has no sound one stays without."""
        return self._filler(type(record))(record, raw, place)  # type: ignore[no-any-return]

    def _filler(self, cls: type[Record]) -> Callable[[Any, Any, Place], Any]:
        if cls not in self._fillers:
            self._fillers[cls] = self._made_filler(cls)
        return self._fillers[cls]

    def _made_filler(self, cls: type[Record]) -> Callable[[Any, Any, Place], Any]:
        names = frozenset(facts(cls))
        is_checked = any(fact.check for fact in facts(cls).values())
        plan = [
            (fact, name, getattr(cls, name).__set__, *self._reading(fact), fact.default, fact.required)
            for name, fact in facts(cls).items()
        ]

        def fill(record: Any, raw: Any, place: Place) -> Any:
            if not isinstance(raw, dict):
                message = f"{shown(raw)} is {word(type(raw))}, not an object"
                self._tell(pointer(place), message, f"write the keys of {word(cls)}")
                return record
            if not names.issuperset(raw) or type(raw) is RepeatedKeys:
                self._tell_of_keys(cls, raw, place)
            for fact, name, put, fits, read, default, required in plan:
                if name in raw:
                    value = raw[name]
                    if fits is None or not fits(value):
                        try:
                            value = read(value, (place, name))
                        except UnusableError:
                            continue
                    put(record, value)
                elif required:
                    self._tell(pointer(place), f"the key {shown(name)} is missing", fact.doc.rstrip("."))
                else:
                    put(record, default)
            if is_checked:
                for inner, message, hint in flaws_beside(record):
                    self._tell(pointer(place) + inner, message, hint)
            return record

        return fill

    def _tell_of_keys(self, cls: type[Record], raw: dict[str, Any], place: Place) -> None:
        for key in getattr(raw, "repeated", ()):
            self._tell(pointer((place, key)), f"the key {shown(key)} stands here more than once", "keep one")
        for key in raw:
            if key not in facts(cls):
                hint = did_you_mean(self._near(str(key), facts(cls))) or f"one of {', '.join(facts(cls))}"
                self._tell(pointer((place, key)), f"{cls.__name__} has no {shown(key)}", hint)

    def _reading(self, fact: Fact) -> tuple[Callable[[Any], object] | None, Read]:
        """What tells fast that a field may hold a value just as JSON has it, and what makes one of any other."""
        one = self._reading_one(fact)
        container, is_plain = fact.container, fact.cls in (str, int, float, bool)

        def several(items: Any, place: Place) -> Any:
            if type(items) is not list:
                message = f"{shown(items)} is {word(type(items))}, not a list"
                self._refuse(place, message, _hint_for_list(items))
            if is_plain and all(map(fact.one_fits, items)):
                return container(items)
            values = []
            for index, item in enumerate(items):
                try:
                    values.append(one(item, (place, index)))
                except UnusableError:
                    continue
            if len(values) < len(items):
                raise UnusableError
            return container(values)

        def optional(raw: Any, place: Place) -> Any:
            return None if raw is None else one(raw, place)

        if fact.many:
            return None, several
        return fact.fits if is_plain else None, optional if fact.optional else one

    def _reading_one(self, fact: Fact) -> Read:
        cls = fact.cls
        if issubclass(cls, Entity):
            return self._reading_reference(cls)
        if issubclass(cls, Record):
            fill = self._filler(cls)
            return lambda raw, place: fill(object.__new__(cls), raw, place)
        if issubclass(cls, Enum):
            return self._reading_member(cls)

        def plain(raw: Any, place: Place) -> Any:
            value = fact.plain_one(raw)
            if not fact.one_fits(value):
                _, message, hint = fact.flaw(value)
                self._refuse(place, message, hint or _hint_for_type(cls, raw))
            return value

        return plain

    def _reading_reference(self, cls: type[Entity]) -> Read:
        everything, name = self._known, collection_name(cls)  # Which may be read only when it is asked for a class.

        def reference(raw: Any, place: Place) -> Any:
            try:
                return everything[cls][raw]
            except (KeyError, TypeError):
                known = everything.get(cls)
                if type(raw) is not str:
                    self._refuse(place, f"{shown(raw)} is {word(type(raw))}, not an id", f"write the id of {word(cls)}")
                if known is None:
                    raise UnusableError from None
                hint = did_you_mean(self._near(raw, known)) or f"add it to {name}"
                self._refuse(place, f"{name} has no {shown(raw)}", hint)

        return reference

    def _reading_member(self, cls: type[Enum]) -> Read:
        members = {member.value: member for member in cls}

        def member(raw: Any, place: Place) -> Any:
            try:
                return members[raw]
            except (KeyError, TypeError):
                near = close(raw, members) if type(raw) is str else ()
                hint = did_you_mean(near) or f"one of {', '.join(members)}"
                self._refuse(place, f"{shown(raw)} is no {cls.__name__}", hint)

        return member

    def _near(self, asked: str, valid: Collection[str]) -> tuple[str, ...]:
        self._patience -= 1
        return close(asked, valid) if self._patience >= 0 else ()

    def _refuse(self, place: Place, message: str, hint: str) -> None:
        self._tell(pointer(place), message, hint)
        raise UnusableError


def _hint_for_type(cls: type, raw: Any) -> str:
    if cls in (int, float) and type(raw) is str:
        return "write the number without quotes"
    return "leave the key out" if raw is None else f"write {word(cls)}"


def _hint_for_list(raw: Any) -> str:
    """The list to write where something else stands: that of a text as it can be pasted."""
    if raw is None:
        return "leave the key out"
    return f"write [{quoted(raw)}]" if type(raw) is str else "write a list"
