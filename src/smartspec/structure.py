"""One record: a JSON object made into an entity by cattrs, and all that is wrong with one that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

import attrs

from .errors import InvalidValueError, close, did_you_mean, shown
from .fields import Shape, exact_float, word
from .model import COLLECTIONS, Entity, collection_name
from .records import Record, once_per_class, shapes

if TYPE_CHECKING:
    import cattrs

Entities = Mapping[type[Entity], Mapping[str, Entity]]
"""The entities to which records can refer, by class and id."""
Flaw = tuple[str, str, str]
"""What is wrong in a record: JSON pointer within it, message, hint."""

_TARGETS: ContextVar[Entities] = ContextVar("_TARGETS")


class RepeatedKeys(dict[str, Any]):
    """A JSON object in which a key stands more than once: no record."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = [key for key in self if keys.count(key) > 1]


@contextmanager
def referring_to(entities: Entities) -> Iterator[None]:
    """Within it, references are looked up among these."""
    token = _TARGETS.set(entities)
    try:
        yield
    finally:
        _TARGETS.reset(token)


@once_per_class
def builder(cls: type[Record]) -> Callable[[Any], Any]:
    """The function that makes a record of a JSON object, or raises an exception that says little: see `flaws`."""
    from cattrs.gen import make_dict_structure_fn  # cattrs is imported when the first record is read.

    build: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, _converter())
    return lambda raw: build(_plain(raw, dict), cls)


@cache
def _converter() -> cattrs.Converter:
    """cattrs without its leniency: nothing is coerced, and what a value may be is checked by the class."""
    import cattrs

    converter = cattrs.Converter(detailed_validation=False, forbid_extra_keys=True)
    for primitive in (str, int, float):
        converter.register_structure_hook(primitive, lambda value, _: value)
    for cls in COLLECTIONS.values():
        converter.register_structure_hook(cls, lambda id, cls: _TARGETS.get()[cls][id])

    def of_many(cls: Any) -> Callable[[Any, Any], Any]:
        item = get_args(cls)[0]
        of_one = converter.get_structure_hook(item)
        return lambda items, _: tuple([of_one(raw, item) for raw in _plain(items, list)])

    converter.register_structure_hook_factory(_is_tuple, of_many)
    return converter


def _is_tuple(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _plain(value: Any, cls: type) -> Any:
    if type(value) is not cls:
        raise TypeError
    return value


def flaws(cls: type[Record], raw: Any, known: Callable[[type[Entity]], Iterable[str]]) -> Iterator[Flaw]:
    """All that keeps a JSON object from being a record of the class.

    ``known`` tells the ids that references to a class may name, be their records sound or not.
    """
    if not isinstance(raw, dict):
        yield "", f"{shown(raw)} is {word(type(raw))}, not an object", f"write the keys of a {cls.__name__}"
        return
    for key in getattr(raw, "repeated", ()):
        yield f"/{escaped(key)}", f"the key {shown(key)} stands here more than once", "keep one"
    for key in raw:
        if key not in shapes(cls):
            hint = did_you_mean(close(key, shapes(cls))) or f"one of {', '.join(shapes(cls))}"
            yield f"/{escaped(key)}", f"{cls.__name__} has no {shown(key)}", hint
    sound = cls.__new__(cls)  # Holds what is right, for the checks that compare several attributes.
    for field in attrs.fields(cls):  # type: ignore[arg-type]
        shape: Shape = field.metadata["shape"]
        if field.name in raw:
            wrong = list(_flaws_of_value(shape, raw[field.name], known))
            for pointer, message, hint in wrong:
                yield f"/{field.name}{pointer}", message, hint
            if wrong:
                continue
            try:
                value = _value(shape, raw[field.name])
            except KeyError:  # A reference to a record that is wrong itself.
                continue
        elif field.default is attrs.NOTHING:
            yield "", f"the key {shown(field.name)} is missing", field.metadata["doc"].rstrip(".")
            continue
        else:
            value = field.default
        object.__setattr__(sound, field.name, value)
    for field in attrs.fields(cls):  # type: ignore[arg-type]
        check = field.metadata["check"]
        if check is not None:
            try:
                check(sound, field, getattr(sound, field.name))
            except InvalidValueError as error:
                yield error.where.partition(".")[2].join(("/", "")), error.message, error.hint
            except AttributeError:  # What it compares is wrong already.
                pass


def _flaws_of_value(shape: Shape, value: Any, known: Callable[[type[Entity]], Iterable[str]]) -> Iterator[Flaw]:
    if value is None and shape.optional:
        return
    if not shape.many:
        yield from _flaws_of_one(shape, "", value, known)
    elif type(value) is not list:
        yield "", f"{shown(value)} is {word(type(value))}, not a list", f"write [{shown(value)}]"
    else:
        for index, item in enumerate(value):
            yield from _flaws_of_one(shape, f"/{index}", item, known)


def _flaws_of_one(
    shape: Shape, pointer: str, value: Any, known: Callable[[type[Entity]], Iterable[str]]
) -> Iterator[Flaw]:
    cls = shape.cls
    if issubclass(cls, Entity):
        if type(value) is not str:
            yield pointer, f"{shown(value)} is {word(type(value))}, not an id", f"write the id of a {cls.__name__}"
        elif value not in (ids := known(cls)):
            name = collection_name(cls)
            yield pointer, f"{name} has no {shown(value)}", did_you_mean(close(value, ids)) or f"add it to {name}"
    elif issubclass(cls, Record):
        for inner, message, hint in flaws(cls, value, known):
            yield f"{pointer}{inner}", message, hint
    elif issubclass(cls, Enum):
        values = [member.value for member in cls]
        if type(value) is not str or value not in values:
            near = close(value, values) if type(value) is str else ()
            yield pointer, f"{shown(value)} is no {shape.name}", did_you_mean(near) or f"one of {', '.join(values)}"
    else:
        for inner, _, message, hint in shape.flaws_of_one("", exact_float(value) if cls is float else value):
            yield f"{pointer}{inner}", message, hint or _hint_for_type(cls, value)


def _hint_for_type(cls: type, value: Any) -> str:
    if cls in (int, float) and type(value) is str:
        return "write the number without quotes"
    if value is None:
        return "leave the key out"
    return f"write {word(cls)}"


def _value(shape: Shape, raw: Any) -> Any:
    """The value that a JSON value without flaws stands for."""
    hook = _converter().get_structure_hook(shape.cls)
    if shape.many:
        return tuple(hook(item, shape.cls) for item in raw)
    return None if raw is None else hook(raw, shape.cls)


def escaped(key: str) -> str:
    """A key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
