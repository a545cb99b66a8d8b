"""Web types: the classes of the domain as pydantic, and so FastAPI, reads, writes and describes them.

pydantic calls this; nothing of it is imported before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeGuard, get_args

from ..catalogue.catalogue import Catalogue
from ..catalogue.collection import Collection
from ..datasets.converting import read, to_dict
from ..datasets.loading import load
from ..datasets.schema import record_schema
from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import facts
from ..domain.entity import Entity
from ..domain.record import Record, is_value
from ..domain.rules import KEBAB_CASE
from ..domain.table import as_dict
from ..errors import DatasetError, Problem
from ..text import close, did_you_mean, shown

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
    from pydantic_core import CoreSchema
    from pydantic_core.core_schema import SerializationInfo

Known = Mapping[type[Entity], Mapping[str, Entity]]
"""Entities by class and id."""


def core_schema(cls: type[Record], handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic reads, writes and describes records of a class.

    A record passes as it is; a JSON object is read as `from_dict` reads it, and an id stands for the entity. References
    lead into the ``catalogue`` of the validation context, else into that of `load`. Written are all fields, references
    as ids.
    """
    from pydantic import WithJsonSchema
    from pydantic_core import core_schema as make

    classes = [*COLLECTIONS.values()] if cls is Entity else [cls]
    objects = [handler.generate_schema(_Described(member)) for member in classes]
    written = objects[0] if len(objects) == 1 else make.union_schema([*objects])
    taken = written
    if _has_ids(cls):
        ids = {"type": "string", "pattern": KEBAB_CASE.pattern, "description": f"An id of {collection_name(cls)}."}
        taken = make.union_schema([handler.generate_schema(Annotated[str, WithJsonSchema(ids)]), written])

    def check(raw: Any, _: object, info: Any) -> Any:
        return raw if isinstance(raw, cls) else _read(cls, raw, info.context)

    def write(value: Any, info: Any) -> Any:
        return _written(cls, value, info)

    check.__name__ = check.__qualname__ = cls.__name__  # As errors of a union call it.
    return make.with_info_wrap_validator_function(
        check,  # Which never calls what it wraps: that is there to be described.
        taken,
        serialization=make.plain_serializer_function_ser_schema(write, info_arg=True, return_schema=written),
    )


def collection_schema(source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic writes and describes a collection: as a list of its entities. It reads none."""
    from pydantic_core import core_schema as make

    (cls,) = (arg if isinstance(arg, type) else Entity for arg in get_args(source) or [Entity])
    entities = make.list_schema(handler.generate_schema(cls))

    def check(raw: Any, _: object) -> Any:
        if isinstance(raw, Collection) and issubclass(raw._cls, cls):
            return raw
        hint = f"expect a list[{cls.__name__}]"
        problem = Problem("Collection", "", f"{shown(raw)} is no collection of {cls.__name__}, and none is read", hint)
        raise _as_validation_error(cls, [problem], raw)

    return make.no_info_wrap_validator_function(
        check, entities, serialization=make.plain_serializer_function_ser_schema(list, return_schema=entities)
    )


class _Described:
    """The JSON objects that stand for records of a class, as pydantic describes them: once for each class."""

    def __init__(self, cls: type[Record]) -> None:
        self._cls = cls
        self._held = [*dict.fromkeys(fact.cls for fact in facts(cls).values() if is_value(fact.cls))]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What a record holds, side by side, so that pydantic describes that too; nothing is read by it."""
        from pydantic_core import core_schema as make

        cls = self._cls
        inner = [handler.generate_schema(_Described(held)) for held in self._held]
        # The part before the colon names the definition; pydantic's own reference to the class has the number alone.
        return make.tuple_schema(
            inner,
            ref=f"{cls.__module__}.{cls.__qualname__}:object-{id(cls)}",
            serialization=make.plain_serializer_function_ser_schema(lambda written: written),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        references = handler.resolve_ref_schema(handler(schema)).get("prefixItems", [])
        return record_schema(self._cls, dict(zip(self._held, references, strict=True)).__getitem__)


class _Default(Mapping[type[Entity], Mapping[str, Entity]]):
    """The entities of `load`, which is asked when a reference is looked up, and not before."""

    def __getitem__(self, cls: type[Entity]) -> Mapping[str, Entity]:
        return load()._relations.by_id[cls]

    def __iter__(self) -> Iterator[type[Entity]]:
        return iter(COLLECTIONS.values())

    def __len__(self) -> int:
        return len(COLLECTIONS)


def _has_ids(cls: type[Record]) -> TypeGuard[type[Entity]]:
    """Whether an id says which record of a class is meant."""
    return cls in COLLECTIONS.values()


def _known(context: object) -> Known:
    """The entities to which references may lead: those of the catalogue in pydantic's context, else of `load`."""
    catalogue = context.get("catalogue") if isinstance(context, Mapping) else None
    if catalogue is None:
        return _Default()
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"the context's catalogue is a Catalogue, not {shown(catalogue)}")
    return catalogue._relations.by_id


def _read(cls: type[Record], raw: Any, context: object) -> Any:
    """The record that a JSON object or an id stands for; else pydantic's error, with a line for each problem."""
    known = _known(context)
    try:
        if cls is Entity:
            return read(raw, _class_meant(raw), known)
        if _has_ids(cls) and isinstance(raw, str):
            return _entity(cls, raw, known)
        return read(raw, cls, known)
    except DatasetError as error:
        raise _as_validation_error(cls, error.problems, raw) from None


def _entity(cls: type[Entity], id: str, known: Known) -> Entity:
    try:
        return known[cls][id]
    except KeyError:
        name = collection_name(cls)
        hint = did_you_mean(close(id, known[cls])) or f"give an id of {name}, or an object with all that it says"
        raise DatasetError([Problem(cls.__name__, "", f"{name} has no {shown(id)}", hint)]) from None


def _class_meant(raw: Any) -> type[Entity]:
    """The class of which an object has all keys, where any class will do."""
    for cls in COLLECTIONS.values() if isinstance(raw, Mapping) else ():
        if facts(cls).keys() == raw.keys():
            return cls
    hint = "write all keys of its class, or expect one class, so that an id and fewer keys will do"
    raise DatasetError([Problem("Entity", "", f"{shown(raw)} does not say of which class it is", hint)])


def _as_validation_error(cls: type[Record], problems: Iterable[Problem], raw: Any) -> ValidationError:
    """What pydantic tells of problems: each at its own place, which pydantic completes by that of the record."""
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    lines = []
    for problem in problems:
        place, given = _place(raw, problem.pointer)
        # The message comes last, since pydantic fills in one after the other, and it may quote what looks like a name.
        parts = {"hint": problem.hint, "message": problem.message}
        told: Any = PydanticCustomError(
            "smartspec_problem", "{message} ({hint})" if problem.hint else "{message}", parts
        )
        lines.append(InitErrorDetails(type=told, loc=place, input=given))
    return ValidationError.from_exception_data(cls.__name__, lines)


def _place(raw: Any, pointer: str) -> tuple[tuple[int | str, ...], Any]:
    """The place to which a JSON pointer leads, as pydantic writes it, and what stands there."""
    place: list[int | str] = []
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(raw, list):
            place.append(int(key))
            raw = raw[int(key)]
        else:
            place.append(key)
            raw = raw.get(key) if isinstance(raw, Mapping) else None
    return tuple(place), raw


def _written(cls: type[Record], value: Any, info: SerializationInfo) -> Any:
    """The JSON object of a record; without what pydantic is asked to leave out."""
    from pydantic_core import PydanticSerializationUnexpectedValue, to_jsonable_python

    if not isinstance(value, cls):
        raise PydanticSerializationUnexpectedValue(f"{shown(value)} is no {cls.__name__}")
    whole = to_dict(value) if info.exclude_defaults or info.exclude_unset else as_dict(value)
    if info.exclude_none:
        whole = _without_none(whole)
    if info.include is None and info.exclude is None:
        return whole
    left: dict[str, Any] = {"include": info.include, "exclude": info.exclude}
    return to_jsonable_python(whole, **left)


def _without_none(value: Any) -> Any:
    if isinstance(value, list):
        return [*map(_without_none, value)]
    if not isinstance(value, dict):
        return value
    return {key: _without_none(item) for key, item in value.items() if item is not None}
