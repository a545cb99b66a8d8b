"""Datasets: the files of a directory read, checked as a whole, and made into a catalogue."""

from __future__ import annotations

import json
import os
import pathlib
import threading
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .catalogue import Catalogue
from .errors import DatasetError, Problem, close, did_you_mean, shown
from .fields import word
from .model import COLLECTIONS, DatasetInfo, Entity, Source
from .records import once_per_class, shapes
from .relations import Relations
from .structure import RepeatedKeys, builder, flaws, referring_to

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

INFO_FILE = "dataset.json"
FILES = {cls: f"{name.replace('_', '-')}.json" for name, cls in COLLECTIONS.items()}

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
        directory = pathlib.Path(path) if isinstance(path, (str, os.PathLike)) else path
        return _read(directory, base)
    if base is not None:
        raise TypeError("load(base=...) needs the path of a dataset too")
    if _packaged is None:
        with _lock:
            if _packaged is None:
                import importlib_resources  # Imported when the packaged data are first needed.

                _packaged = _read(importlib_resources.files("smartspec").joinpath("data"), None)
    return _packaged


def _read(directory: Traversable, base: Catalogue | None) -> Catalogue:
    reading = _Reading(directory)
    reading.check_directory()
    info = reading.info()
    relations = reading.relations(base)
    if reading.problems:
        raise DatasetError(problem for _, _, problem in sorted(reading.problems, key=lambda found: found[:2]))
    return Catalogue._assemble(info, relations)


class _Reading:
    """One reading of a directory: what it holds, and what is wrong with that."""

    def __init__(self, directory: Traversable) -> None:
        self.directory = directory
        self.files = [INFO_FILE, *FILES.values()]
        self.problems: list[tuple[int, int, Problem]] = []  # Each with the places of its file and record.

    def _problem(self, file: str, number: int, pointer: str, message: str, hint: str = "") -> None:
        place = self.files.index(file) if file in self.files else len(self.files)
        self.problems.append((place, number, Problem(file, pointer, message, hint)))

    def check_directory(self) -> None:
        """Raise if there is nothing to read, and name the files that would be passed over in silence."""
        name = self.directory.name
        try:
            if not self.directory.is_dir():
                what = "is a file" if self.directory.is_file() else "is not there"
                hint = "name the directory that holds the files of the dataset"
                raise DatasetError([Problem(name, "", what, hint)])
            found = sorted(file.name for file in self.directory.iterdir() if file.name.endswith(".json"))
        except OSError as error:
            raise DatasetError([Problem(name, "", f"cannot be read: {error.strerror or error}")]) from error
        if not set(found) & set(self.files):
            self._problem(name, 0, "", "holds no file of a dataset", f"one of {', '.join(self.files)}")
        for file in found:
            if file not in self.files:
                hint = did_you_mean(close(file, self.files)) or f"one of {', '.join(self.files)}"
                self._problem(file, 0, "", "is no file of a dataset", hint)

    def _json(self, file: str, absent: Any) -> Any:
        """What a file holds; ``absent`` if it is not there, None if it cannot be read."""
        path = self.directory.joinpath(file)
        try:
            if not path.is_file() and not path.is_dir():
                return absent
            return json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_object)
        except UnicodeDecodeError as error:
            self._problem(file, 0, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        except json.JSONDecodeError as error:
            message = f"line {error.lineno}, column {error.colno} is not JSON: {error.msg}"
            self._problem(file, 0, "", message, "complete or correct it there")
        except RecursionError:
            self._problem(file, 0, "", "is nested too deeply", "a record holds lists of values or of citations")
        except ValueError:
            self._problem(file, 0, "", "holds a number of thousands of digits", "shorten it")
        except OSError as error:
            self._problem(file, 0, "", f"cannot be read: {error.strerror or error}", "make it a readable file")
        return None

    def info(self) -> DatasetInfo:
        """What the dataset says of itself; without a file, that it is called like its directory."""
        default = DatasetInfo(name=self.directory.name or "dataset")
        raw = self._json(INFO_FILE, absent=default)
        if raw is default or raw is None:
            return default
        return self._made(DatasetInfo, raw, INFO_FILE, 0, "", {}) or default

    def relations(self, base: Catalogue | None) -> Relations:
        """The entities of all files, after those of the base."""
        raw = {cls: self._records(file) for cls, file in FILES.items()}
        made: dict[type[Entity], dict[str, Entity]] = {cls: {} for cls in FILES}
        for entity in base or ():
            made[type(entity)][entity.id] = entity
        inherited = {cls: tuple(made[cls]) for cls in FILES}
        # The ids to which references may point: of the base, and of all records, be they sound or not.
        numbers = {cls: self._numbers(cls, records) for cls, records in raw.items()}
        known = {cls: numbers[cls].keys() | made[cls].keys() for cls in FILES}
        with referring_to(made):
            for cls, file in FILES.items():
                for number in self._in_order(cls, raw[cls], numbers[cls]):
                    entity = self._made(cls, raw[cls][number], file, number, f"/{number}", known)
                    if entity is None:
                        continue
                    twin = made[cls].setdefault(entity.id, entity)
                    if twin != entity:
                        message = f"{shown(entity.id)} is taken by {twin!r} of the base"
                        self._problem(file, number, f"/{number}/id", message, "choose another id")
        # A record stands where its file has it, though it may have been made after one that follows.
        return Relations(
            made[cls][id] for cls in FILES for id in dict.fromkeys((*inherited[cls], *numbers[cls])) if id in made[cls]
        )

    def _records(self, file: str) -> list[Any]:
        raw = self._json(file, absent=[])
        if raw is not None and type(raw) is not list:
            self._problem(file, 0, "", f"{shown(raw)} is {word(type(raw))}, not a list", "write a list of records")
        return raw if type(raw) is list else []

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
        if not any(_own_references(cls, record) for record in records):
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
        known: Mapping[type[Entity], Collection[str]],
    ) -> Any:
        """The record that a JSON object stands for; None if it has problems, its own or those of what it refers to."""
        try:
            return builder(cls)(raw)
        except Exception as error:  # Whatever it was, what is wrong is found by looking at the record itself.
            found = list(flaws(cls, raw, known.__getitem__))
            for inner, message, hint in found:
                self._problem(file, number, pointer + inner, message, hint)
            if not self.problems:
                raise AssertionError(f"{file}#{pointer} cannot be made into a record") from error
        return None


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
