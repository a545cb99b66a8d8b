"""Datasets: the files of a directory read, checked as a whole, and made into a catalogue."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..catalogue.catalogue import Catalogue
from ..errors import DatasetError, Problem
from ..domain.declaration import word
from .writing import FILES, INFO_FILE
from .reading import Known, RepeatedKeys, flaws
from ..domain.model import COLLECTIONS, DatasetInfo, Entity, Source
from ..domain.record import once_per_class, shapes
from ..catalogue.relations import Relations
from .converting import builder, referring_to
from ..text import clean, close, did_you_mean, shown

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

E = TypeVar("E", bound=Entity)

_lock = threading.Lock()
_packaged: Catalogue | None = None


def load(path: str | os.PathLike[str] | Traversable | None = None, base: Catalogue | None = None) -> Catalogue:
    """The packaged dataset, or the one in a directory.

    The packaged one is loaded once and shared. ``path`` names a directory with a ``dataset.json`` and a JSON
    array for each collection; any of the files may be missing. With ``base``, its records may refer to
    those of that catalogue, and are added to them. Raises `DatasetError` with all that is wrong.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3 is smartspec.load()
    True
    >>> s3.innovation_poles.lookup("Mechatronics and advanced production systems").region.name
    'Metropolitan City of Torino'
    """
    global _packaged
    if path is not None:
        if isinstance(path, (str, os.PathLike)):
            import pathlib  # Imported when somebody names a path.

            path = pathlib.Path(path)
        if not hasattr(path, "joinpath"):
            raise TypeError(f"load() takes the path of a directory, not {shown(path)}")
        if not (base is None or isinstance(base, Catalogue)):
            raise TypeError(f"load() takes a catalogue as base, not {shown(base)}")
        return _read(path, base)
    if base is not None:
        raise TypeError("load(base=...) needs the path of a dataset too")
    if _packaged is None:
        with _lock:
            if _packaged is None:
                _packaged = _read(_resources("piedmont"), None)
    return _packaged


def example() -> Catalogue:
    """A small dataset of an invented region, with a record of every class.

    >>> from smartspec.datasets.loading import example
    >>> example()
    <Catalogue 'Smart specialisation in the Lake Region' 1: 14 entities>
    """
    return _read(_resources("lake_region"), None)


def _resources(directory: str) -> Traversable:
    import importlib_resources  # Imported when the first packaged data are needed.

    return importlib_resources.files("smartspec.datasets").joinpath(directory)


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
    Region#/levl: Region has no 'levl' (did you mean 'level'?)
    Region#/id: 'Alba' is not an id in kebab-case (use lower-case letters a-z, digits and single hyphens, \
as in 'made-in-piedmont')
    Region#: the key 'level' is missing (The kind of territory)
    """
    if cls not in FILES:
        raise TypeError(f"from_dict() makes entities, not {shown(cls)}")
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"from_dict() looks references up in a catalogue, not in {shown(catalogue)}")
    raw = dict(mapping) if isinstance(mapping, Mapping) else mapping
    held = {kind: catalogue.collections[name] for name, kind in COLLECTIONS.items()}
    with referring_to(held):
        try:
            return cast(E, builder(cls)(raw))
        except Exception as error:
            known = Known({kind: [entity.id for entity in entities] for kind, entities in held.items()})
            problems = [Problem(cls.__name__, *flaw) for flaw in flaws(cls, raw, known)]
            if not problems:
                raise AssertionError(f"{shown(mapping)} cannot be made into a record") from error
    raise DatasetError(problems)


def _read(directory: Traversable, base: Catalogue | None) -> Catalogue:
    reading = _Reading(directory)
    with _uncollected():
        info = reading.info()
        relations = reading.relations(base)
    if reading.problems:
        raise DatasetError(problem for _, _, problem in sorted(reading.problems, key=lambda found: found[:2]))
    return Catalogue._assemble(info, relations)


_UNREADABLE = object()


class _Reading:
    """One reading of a directory: what it holds, and what is wrong with that.

    Raises `DatasetError` if there is nothing to read.
    """

    def __init__(self, directory: Traversable) -> None:
        self.directory = directory
        self.files = [INFO_FILE, *FILES.values()]
        self.problems: list[tuple[int, int, Problem]] = []  # Each with the places of its file and record.
        try:
            self.name = clean(directory.name).strip() or "dataset"
        except TypeError:  # The root of a zip file that has no name.
            self.name = "dataset"
        try:
            if not directory.is_dir():
                what = "is a file" if directory.is_file() else "is not there"
                hint = "name the directory that holds the files of the dataset"
                raise DatasetError([Problem(self.name, "", what, hint)])
            self.found = sorted(entry.name for entry in directory.iterdir() if entry.name.lower().endswith(".json"))
        except OSError as error:
            raise DatasetError([Problem(self.name, "", _unreadable(error))]) from error
        if not set(self.found) & set(self.files):
            self._problem(self.name, 0, "", "holds no file of a dataset", f"one of {', '.join(self.files)}")
        for file in self.found:  # What would be passed over in silence.
            if file not in self.files:
                hint = did_you_mean(close(file, self.files)) or f"one of {', '.join(self.files)}"
                self._problem(file, 0, "", "is no file of a dataset", hint)

    def _problem(self, file: str, number: int, pointer: str, message: str, hint: str = "") -> None:
        place = self.files.index(file) if file in self.files else len(self.files)
        self.problems.append((place, number, Problem(file, pointer, message, hint)))

    def _json(self, file: str) -> Any:
        """What a file holds, or _UNREADABLE."""
        import json

        try:
            content = self.directory.joinpath(file).read_bytes()
        except Exception as error:  # Directories come in many kinds, each with errors of its own.
            self._problem(file, 0, "", _unreadable(error), "make it a readable file")
            return _UNREADABLE
        try:
            text = content.decode("utf-8-sig")
            del content  # A large file is held once while it is parsed.
            return json.loads(text, object_pairs_hook=_object)
        except UnicodeDecodeError as error:
            self._problem(file, 0, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        except json.JSONDecodeError as error:
            message = f"line {error.lineno}, column {error.colno} is not JSON: {error.msg}"
            self._problem(file, 0, "", message, "complete or correct it there")
        except RecursionError:
            self._problem(file, 0, "", "is nested too deeply", "a record holds lists of values or of citations")
        except ValueError:
            self._problem(file, 0, "", "holds a number of thousands of digits", "shorten it")
        return _UNREADABLE

    def info(self) -> DatasetInfo:
        """What the dataset says of itself; without a file, that it is called like its directory."""
        raw = self._json(INFO_FILE) if INFO_FILE in self.found else {"name": self.name}
        sound = None if raw is _UNREADABLE else self._made(DatasetInfo, raw, INFO_FILE, 0, "", Known({}))
        return sound or DatasetInfo(name=self.name)

    def relations(self, base: Catalogue | None) -> Relations:
        """The entities of all files, after those of the base."""
        made: dict[type[Entity], dict[str, Entity]] = {cls: {} for cls in FILES}
        for entity in base or ():
            made[type(entity)][entity.id] = entity
        # The ids in the order of base and file: a record may be made after one that follows it there.
        order = {cls: dict.fromkeys(made[cls]) for cls in FILES}
        # What references may name; they lead to records of the same class or of one whose file was read before.
        ids: dict[type[Entity], Collection[str] | None] = {}
        known = Known(ids)
        with referring_to(made):
            for cls, file in FILES.items():
                found = self._records(file)
                records = found or []
                numbers = self._numbers(cls, records)
                order[cls].update(dict.fromkeys(numbers))
                ids[cls] = None if found is None else order[cls].keys()
                for number in self._in_order(cls, records, numbers):
                    entity = self._made(cls, records[number], file, number, f"/{number}", known)
                    records[number] = None  # Its memory is that of the next ones.
                    if entity is None or numbers[entity.id] != number:
                        continue
                    twin = made[cls].setdefault(entity.id, entity)
                    if twin != entity:
                        message = f"{shown(entity.id)} is taken by {twin!r} of the base"
                        self._problem(file, number, f"/{number}/id", message, "choose another id")
        return Relations(made[cls][id] for cls in FILES for id in order[cls] if id in made[cls])

    def _records(self, file: str) -> list[Any] | None:
        """The records in a file; None if nobody can tell."""
        if file not in self.found:
            return []
        raw = self._json(file)
        if raw is not _UNREADABLE and type(raw) is not list:
            self._problem(file, 0, "", f"{shown(raw)} is {word(type(raw))}, not a list", "write a list of records")
        return raw if type(raw) is list else None

    def _numbers(self, cls: type[Entity], records: list[Any]) -> dict[str, int]:
        """The place of each record by its id; a second record of an id is a problem."""
        numbers: dict[str, int] = {}
        for number, record in enumerate(records):
            id = record.get("id") if isinstance(record, dict) else None
            if type(id) is str and numbers.setdefault(id, number) != number:
                message = f"{shown(id)} is the id of record {numbers[id]} too"
                self._problem(FILES[cls], number, f"/{number}/id", message, "choose another id")
        return numbers

    def _in_order(self, cls: type[Entity], records: list[Any], numbers: dict[str, int]) -> Iterator[int]:
        """The places of the records, each after those of its own class to which it refers."""
        may_refer = _own_attributes(cls) or cls is Source
        if not may_refer or not any(_own_references(cls, record) for record in records):
            yield from range(len(records))
            return
        done: set[int] = set()
        for first in range(len(records)):
            way = {} if first in done else {first: iter(_own_references(cls, records[first]))}
            while way:  # From a record to one that it refers to, and so on.
                number = next(reversed(way))
                for pointer, id in way[number]:
                    target = numbers.get(id)
                    if target is None or target in done:
                        continue
                    if target in way:
                        ids = [records[step]["id"] for step in list(way)[list(way).index(target) :]]
                        message = f"{shown(id)} leads back to itself: {shown(' → '.join([*ids, id]), 200)}"
                        self._problem(FILES[cls], number, f"/{number}{pointer}", message, "cut the circle")
                        continue
                    way[target] = iter(_own_references(cls, records[target]))
                    break
                else:
                    del way[number]
                    done.add(number)
                    yield number

    def _made(
        self,
        cls: type[Any],
        raw: Any,
        file: str,
        number: int,
        pointer: str,
        known: Known,
    ) -> Any:
        """The record that a JSON object stands for; None if it has problems, its own or those of what it refers to."""
        try:
            return builder(cls)(raw)
        except Exception as error:  # Whatever it was, what is wrong is found by looking at the record itself.
            found = list(flaws(cls, raw, known))
            for inner, message, hint in found:
                self._problem(file, number, pointer + inner, message, hint)
            if not self.problems:
                raise AssertionError(f"{file}#{pointer} cannot be made into a record") from error
        return None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within it, the cyclic garbage collector rests: it would look through all that is made again and again."""
    import gc

    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unreadable(error: Exception) -> str:
    return f"cannot be read: {clean(getattr(error, 'strerror', None) or str(error))}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else RepeatedKeys(pairs)


def _own_references(cls: type[Entity], record: Any) -> list[tuple[str, str]]:
    """Where a JSON object refers to records of its own class: pointer and id."""
    if not isinstance(record, dict):
        return []
    found = [(f"/{name}", record.get(name)) for name in _own_attributes(cls)]
    citations = record.get("citations")
    if cls is Source and isinstance(citations, list):
        inner = [(f"/citations/{place}/source", citation) for place, citation in enumerate(citations)]
        found += [(pointer, citation.get("source")) for pointer, citation in inner if isinstance(citation, dict)]
    return [(pointer, id) for pointer, id in found if isinstance(id, str)]


@once_per_class
def _own_attributes(cls: type[Entity]) -> tuple[str, ...]:
    return tuple(name for name, shape in shapes(cls).items() if shape.cls is cls)
