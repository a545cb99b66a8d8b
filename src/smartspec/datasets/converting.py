"""Converting: records to JSON objects and back, by a cattrs converter that builders of applications can use too."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from ..catalogue.catalogue import Catalogue
from ..domain import collection_name
from ..domain.declaration import facts
from ..domain.entity import DatasetInfo, Entity
from ..domain.record import TOO_DEEP, Record, is_too_deep
from ..errors import DatasetError, Problem
from ..text import shown
from . import FILES
from .reading import Reader

if TYPE_CHECKING:
    import cattrs

E = TypeVar("E", bound=Entity)
R = TypeVar("R", bound=Record)
C = TypeVar("C", bound="cattrs.BaseConverter")


@overload
def converter(catalogue: Catalogue, into: None = None) -> cattrs.Converter: ...


@overload
def converter(catalogue: Catalogue, into: C) -> C: ...


def converter(catalogue: Catalogue, into: object = None) -> object:
    """A cattrs converter that knows the classes of the domain; or the given one, taught them.

    It makes an entity of an id, which is a reference into the catalogue, or of a JSON object, read as strictly as
    `load` reads: `DatasetError` tells all that is wrong. It makes JSON objects of entities, with references by id and
    what equals its default left out. So classes of your own can hold entities, and cattrs' converters for formats
    (``cattrs.preconf``) can be given ``into``.

    >>> import attrs, smartspec
    >>> from cattrs.preconf.json import make_converter
    >>> areas = attrs.field(type=list[smartspec.InnovationArea])
    >>> Project = attrs.make_class("Project", {"title": attrs.field(type=str), "areas": areas})
    >>> convert = smartspec.converter(smartspec.load(), into=make_converter())
    >>> project = convert.loads('{"title": "Buses", "areas": ["automotive"]}', Project)
    >>> project.areas[0].name
    'Automotive'
    """
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"converter() looks references up in a catalogue, not in {shown(catalogue)}")
    import cattrs  # Deferred import: the packaged dataset is read without it.

    taught: Any = cattrs.Converter() if into is None else into
    known = catalogue._relations.by_id

    def structure(raw: Any, cls: type[Record]) -> Record:
        if cls is Entity:
            raise TypeError("an id is one of a collection: say of which class the entity is")
        if isinstance(raw, str) and issubclass(cls, Entity):
            return catalogue.collections[collection_name(cls)][raw]  # type: ignore[no-any-return]
        return read(raw, cls, known)

    taught.register_structure_hook_func(_is_record, structure)
    taught.register_unstructure_hook_func(_is_record, _unstructure)
    return taught


def read(raw: Any, cls: type[R], known: Mapping[type[Entity], Mapping[str, Entity]]) -> R:
    """The record that a JSON object stands for, its references looked up by class and id; else `DatasetError`.

    >>> import smartspec
    >>> from smartspec.datasets.converting import read
    >>> read({"name": "Alba and its hills"}, smartspec.DatasetInfo, {}).name
    'Alba and its hills'
    """
    problems: list[Problem] = []
    reader = Reader(known, lambda *told: problems.append(Problem(cls.__name__, *told)))
    record = reader.fill(object.__new__(cls), dict(raw) if isinstance(raw, Mapping) else raw)
    if not problems and is_too_deep(record):
        problems.append(Problem(cls.__name__, "", TOO_DEEP, "shorten the chain"))
    if problems:
        raise DatasetError(problems)
    return record


def _is_record(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Record)


def _unstructure(record: Record) -> dict[str, Any]:
    values = ((fact, getattr(record, name)) for name, fact in facts(type(record)).items())
    return {fact.name: _json(value) for fact, value in values if value != fact.default}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [*map(_json, value)]
    if isinstance(value, Entity):
        return value.id
    if isinstance(value, Enum):
        return value.value
    return _unstructure(value) if isinstance(value, Record) else value


@cache
def _without_references() -> cattrs.BaseConverter:
    return converter(Catalogue(DatasetInfo(name="nothing"), ()))


def to_dict(record: Record) -> dict[str, Any]:
    """The record as a JSON object: references by id, what equals its default left out, in the order of declaration.

    >>> import smartspec
    >>> smartspec.to_dict(smartspec.load().regions["italy"])["nuts"]
    'IT'
    """
    if not isinstance(record, Record):
        raise TypeError(f"to_dict() takes a record, not {shown(record)}")
    return _without_references().unstructure(record)  # type: ignore[no-any-return]


def from_dict(cls: type[E], mapping: Mapping[str, Any], catalogue: Catalogue) -> E:
    """The entity that a JSON object stands for, its references taken from a catalogue; `to_dict` is the way back.

    Raises `DatasetError` with all that is wrong. The entity is not added: see `Catalogue.extend`.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> alba = {"id": "alba", "name": "Alba", "level": "municipality", "parent": "piedmont"}
    >>> smartspec.from_dict(smartspec.Region, alba, s3).parent is s3.regions["piedmont"]
    True
    >>> smartspec.from_dict(smartspec.Region, {"id": "Alba", "name": "Alba", "levl": "municipality"}, s3)
    Traceback (most recent call last):
        ...
    smartspec.errors.DatasetError: 3 problems:
    Region#/levl: Region has no 'levl' (did you mean "level"?)
    Region#/id: 'Alba' is not an id in kebab-case (use lower-case letters a-z, digits and single hyphens, \
as in "made-in-piedmont")
    Region#: the key 'level' is missing (The kind of territory)
    """
    if cls not in FILES:
        raise TypeError(f"from_dict() makes entities, not {shown(cls)}")
    if not isinstance(mapping, Mapping):
        raise DatasetError([Problem(cls.__name__, "", f"{shown(mapping)} is no mapping", "give its keys and values")])
    return converter(catalogue).structure(mapping, cls)
