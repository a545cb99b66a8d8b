"""One record: a JSON object made into an entity, and back; cattrs converts what JSON has no type for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, get_origin

import attrs

from ..domain.declaration import Shape, as_float
from ..domain.model import COLLECTIONS, Citation, Entity
from ..domain.record import Record, once_per_class, shapes
from ..text import shown

if TYPE_CHECKING:
    import cattrs

Entities = Mapping[type[Entity], Any]
"""What gives, for a class and then an id, the entity to which records can refer."""

_TARGETS: ContextVar[Entities] = ContextVar("_TARGETS")


def target(id: str, cls: type[Entity]) -> Entity:
    """The entity to which a reference leads; a KeyError if it is not there (yet)."""
    return _TARGETS.get()[cls][id]  # type: ignore[no-any-return]


@contextmanager
def referring_to(entities: Entities) -> Iterator[None]:
    """Within it, references are looked up among these."""
    token = _TARGETS.set(entities)
    try:
        yield
    finally:
        _TARGETS.reset(token)


def to_dict(record: Record) -> dict[str, Any]:
    """The record as a JSON object: references by id, what equals its default left out, in the order of declaration.

    >>> import smartspec
    >>> smartspec.to_dict(smartspec.load().regions["italy"])["nuts"]
    'IT'
    """
    if not isinstance(record, Record):
        raise TypeError(f"to_dict() takes a record, not {shown(record)}")
    members = _unbuilder(type(record))(record)
    return {name: members[name] for name in shapes(type(record)) if name in members}


@once_per_class
def _unbuilder(cls: type[Record]) -> Callable[[Any], dict[str, Any]]:
    from cattrs.gen import make_dict_unstructure_fn

    return make_dict_unstructure_fn(cls, _converter(), _cattrs_omit_if_default=True)


@once_per_class
def builder(cls: type[Record]) -> Callable[[Any], Any]:
    """The function that makes a record of a JSON object, or raises an exception that says little: see `flaws`.

    The class would do the same, and check again what the hooks have made sure of; that takes three times as long.
    """
    fields = attrs.fields(cls)  # type: ignore[arg-type]
    plan = [
        (field.name, getattr(cls, field.name).__set__, *_hook(field.metadata["shape"]), field.default)
        for field in fields
    ]
    checks = [(field.name, field.metadata["check"]) for field in fields if field.metadata["check"] is not None]
    new = object.__new__

    def build(raw: Any) -> Any:
        record = new(cls)
        left = len(_plain(raw, dict))
        for name, put, hook, fits, default in plan:
            if name in raw:
                value = raw[name]
                if hook is not None:
                    value = hook(value)
                if fits is not None and not fits(value):
                    raise ValueError(name)
                put(record, value)
                left -= 1
            elif default is attrs.NOTHING:
                raise ValueError(name)
            else:
                put(record, default)
        if left:
            raise ValueError("unknown keys")
        for name, check in checks:
            for _ in check(record, getattr(record, name)):
                raise ValueError(name)
        return record

    return build


def _hook(shape: Shape) -> tuple[Callable[[Any], Any] | None, Callable[[Any], object] | None]:
    """What makes the value of a field from that in JSON, and what then still has to be checked."""
    cls = shape.cls
    plain = cls in (str, int, float)
    if plain and not shape.many:
        return as_float if cls is float else None, shape.fits
    if plain:
        return lambda items: tuple(_plain(items, list)), shape.fits
    hook = _converter().get_structure_hook(cls)
    if shape.many:
        return lambda items: tuple([hook(item, cls) for item in _plain(items, list)]), None
    if shape.optional:
        return lambda item: None if item is None else hook(item, cls), None
    return lambda item: hook(item, cls), None


@cache
def _converter() -> cattrs.BaseConverter:
    """cattrs without its leniency: nothing is coerced, and what a value may be is checked by the class."""
    import cattrs  # Imported when the first record is read or written.

    converter = cattrs.BaseConverter()
    for cls in COLLECTIONS.values():
        converter.register_structure_hook(cls, target)
        converter.register_unstructure_hook(cls, lambda entity: entity.id)
    converter.register_structure_hook_factory(_is_enum, lambda cls: _by_value({member.value: member for member in cls}))
    converter.register_structure_hook(Citation, lambda raw, cls: builder(cls)(raw))
    converter.register_unstructure_hook(Citation, lambda citation: _unbuilder(Citation)(citation))
    converter.register_unstructure_hook_factory(
        _is_tuple, lambda cls: lambda items: [*map(converter.unstructure, items)]
    )
    return converter


def _by_value(members: Mapping[str, Enum]) -> Callable[[Any, Any], Enum]:
    return lambda value, _: members[value]


def _is_enum(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Enum)


def _is_tuple(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _plain(value: Any, cls: type) -> Any:
    if type(value) is not cls:
        raise TypeError
    return value
