"""Loading: the files of a directory read, checked as a whole, and made into a catalogue."""

from __future__ import annotations

import gc
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from ..catalogue.catalogue import Catalogue
from ..catalogue.relations import Relations, referring
from ..domain.declaration import word
from ..domain.entity import DatasetInfo, Entity
from ..domain.record import TOO_DEEP, is_too_deep, refers_to_its_own
from ..errors import DatasetError, Problem
from ..text import clean, close, did_you_mean, shown
from . import FILES, INFO_FILE
from .packaged import packaged

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

_lock = threading.RLock()  # Europe's is loaded on top of Piedmont's.
_loaded: dict[str, Catalogue] = {}


def load(path: str | os.PathLike[str] | Traversable | None = None, base: Catalogue | None = None) -> Catalogue:
    """The packaged dataset of Piedmont and Torino, or the one in a directory.

    The packaged one is loaded once and shared; `load_europe` has the regions of Europe on top of it. ``path`` names
    a directory with a ``dataset.json`` and a JSON array for each collection; any of the files may be missing. With
    ``base``, its records may refer to those of that catalogue, and are added to them; a dataset that names its base
    asks for it, in whatever version.
    Raises `DatasetError` with all that is wrong.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> s3 is smartspec.load()
    True
    >>> s3.innovation_poles.lookup("Mechatronics and advanced production systems").region.name
    'Metropolitan City of Torino'
    """
    if path is not None:
        if isinstance(path, (str, os.PathLike)):
            import pathlib  # Deferred import: the packaged dataset needs none.

            path = pathlib.Path(path)
        if not hasattr(path, "joinpath"):
            raise TypeError(f"load() takes the path of a directory, not {shown(path)}")
        if not (base is None or isinstance(base, Catalogue)):
            raise TypeError(f"load() takes a catalogue as base, not {shown(base)}")
        return _Reading(path).catalogue(base)
    if base is not None:
        raise TypeError("load(base=...) needs the path of a dataset too")
    return _shared("piedmont")


def load_europe() -> Catalogue:
    """The packaged dataset of Europe's regions, in breadth, on top of that of Piedmont and Torino.

    It is loaded once and shared, and its records of Piedmont are those of `load`. Each of its files is read when
    somebody first asks for what it holds.

    >>> import smartspec
    >>> eu, s3 = smartspec.load_europe(), smartspec.load()
    >>> eu.regions.lookup("Lombardia").parent.name, eu.regions["piedmont"] is s3.regions["piedmont"]
    ('North-west Italy', True)
    """
    return _shared("europe", load)


def _shared(name: str, base: Callable[[], Catalogue] | None = None) -> Catalogue:
    """The one catalogue of a packaged dataset, loaded when first asked for."""
    if name not in _loaded:
        with _lock:
            if name not in _loaded:
                _loaded[name] = packaged(name, None if base is None else base())
    return _loaded[name]


@contextmanager
def _no_collections() -> Iterator[None]:
    """Pause the garbage collector, for the whole process as there is no other way.

    All that a reading makes is kept, so there is nothing to collect; yet the collector would look through it again and
    again: a million records take 27 µs each instead of 20, ten thousand 18 instead of 17.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_UNREADABLE = object()


class _Reading:
    """One reading of a directory: what it holds, and what is wrong with that.

    Raises `DatasetError` if there is nothing to read.
    """

    def __init__(self, directory: Traversable) -> None:
        self.directory = directory
        self.files = [INFO_FILE, *FILES.values()]
        self.problems: list[tuple[int, int, Problem]] = []  # Each with the places of its file and record.
        self.is_circular = False
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
            self._tell(self.name, 0, "", "holds no file of a dataset", f"one of {', '.join(self.files)}")
        for file in self.found:  # What would be passed over in silence.
            if file not in self.files:
                hint = did_you_mean(close(file, self.files)) or f"one of {', '.join(self.files)}"
                self._tell(file, 0, "", "is no file of a dataset", hint)

    def _tell(self, file: str, number: int, pointer: str, message: str, hint: str = "") -> None:
        place = self.files.index(file) if file in self.files else len(self.files)
        self.problems.append((place, number, Problem(file, pointer, message, hint)))

    def catalogue(self, base: Catalogue | None) -> Catalogue:
        """The catalogue of what is read, on its base; a `DatasetError` if anything is wrong."""
        info = self._info(base)
        with _no_collections():
            relations = self._relations(base)
        if self.problems:
            self._refuse()
        return Catalogue._assemble(info, relations, base)

    def _refuse(self) -> NoReturn:
        raise DatasetError(problem for _, _, problem in sorted(self.problems, key=lambda found: found[:2]))

    def _json(self, file: str) -> Any:
        """What a file holds, or _UNREADABLE."""
        try:
            content = self.directory.joinpath(file).read_bytes()
        except Exception as error:  # Directories come in many kinds, each with errors of its own.
            self._tell(file, 0, "", _unreadable(error), "make it a readable file")
            return _UNREADABLE
        from .reading import json_object  # Deferred import: packaged datasets are not checked.

        try:
            text = content.decode("utf-8-sig")
            del content  # A large file is held once while it is parsed.
            return json.loads(text, object_pairs_hook=json_object)
        except UnicodeDecodeError as error:
            self._tell(file, 0, "", f"byte {error.start} is not UTF-8", "save the file as UTF-8")
        except json.JSONDecodeError as error:
            message = f"line {error.lineno}, column {error.colno} is not JSON: {error.msg}"
            self._tell(file, 0, "", message, "complete or correct it there")
        except RecursionError:
            self._tell(file, 0, "", "is nested too deeply", "a record holds lists of values or of citations")
        except ValueError:
            self._tell(file, 0, "", "holds a number of thousands of digits", "shorten it")
        return _UNREADABLE

    def _info(self, base: Catalogue | None) -> DatasetInfo:
        """What the dataset says of itself; without a file, that it is called like its directory."""
        if INFO_FILE not in self.found:
            return DatasetInfo(name=self.name)
        from .reading import Reader  # Deferred import: packaged datasets are not checked.

        raw, info = self._json(INFO_FILE), object.__new__(DatasetInfo)
        if raw is not _UNREADABLE:
            Reader({}, lambda *told: self._tell(INFO_FILE, 0, *told)).fill(info, raw)
            wanted = getattr(info, "base", None)
            name = getattr(wanted, "name", None)  # A base that could not be read has none.
            if name is not None and name not in [below.name for below in (() if base is None else base.datasets)]:
                version = clean(f" {getattr(wanted, 'version', '')}".rstrip())
                given = "none is given" if base is None else f"{shown(base.name)} is given"
                message = f"it stands on {shown(name)}{version}, and {given}"
                self._tell(INFO_FILE, 0, "/base", message, "load(path, base=...) takes the catalogue that it stands on")
                self._refuse()  # All else would follow from that.
        return info

    def _relations(self, base: Catalogue | None) -> Relations:
        """The entities of all files, after those of the base."""
        known: dict[type[Entity], dict[str, Entity]] = {}
        for cls, file in FILES.items():
            records = self._records(file)
            if records is None:  # Nobody can tell what references to it lead to.
                continue
            before = {} if base is None else base._relations.by_id[cls]
            numbers = self._numbers(file, records)
            # Records may refer to those that follow, so all are there before the first is filled.
            new = {id: object.__new__(cls) for id in numbers}
            known[cls] = {**before, **{id: entity for id, entity in new.items() if id not in before}}
            self._fill(cls, known, new, records, before)
            if refers_to_its_own(cls):
                self._check_chains(file, new, numbers)
        return Relations(known)

    def _fill(
        self,
        cls: type[Entity],
        known: Mapping[type[Entity], Mapping[str, Entity]],
        new: Mapping[str, Entity],
        records: list[Any],
        before: Mapping[str, Entity],
    ) -> None:
        """Give the new entities of a class their values; a second record of an id is read for its problems alone."""
        from .reading import Reader  # Deferred import: packaged datasets are not checked.

        file, number = FILES[cls], 0
        reader = Reader(known, lambda *told: self._tell(file, number, *told))
        seen = set()
        for number, raw in enumerate(records):
            id = _id(raw)
            is_first = id is not None and id not in seen
            entity = new[id] if is_first else object.__new__(cls)
            seen.add(id)
            problems = len(self.problems)
            reader.fill(entity, raw, ((), number))
            records[number] = None  # Its memory is that of the next ones.
            if is_first and id in before and len(self.problems) == problems and not _is_same(entity, before[id]):
                message = f"{shown(id)} is taken by {before[id]!r} of the base"
                self._tell(file, number, f"/{number}/id", message, "choose another id")

    def _records(self, file: str) -> list[Any] | None:
        """The records in a file; None if nobody can tell."""
        if file not in self.found:
            return []
        raw = self._json(file)
        if raw is not _UNREADABLE and type(raw) is not list:
            self._tell(file, 0, "", f"{shown(raw)} is {word(type(raw))}, not a list", "write a list of records")
        return raw if type(raw) is list else None

    def _numbers(self, file: str, records: list[Any]) -> dict[str, int]:
        """The place of each record by its id; a second record of an id is a problem."""
        numbers: dict[str, int] = {}
        for number, record in enumerate(records):
            id = _id(record)
            if id is not None and numbers.setdefault(id, number) != number:
                message = f"{shown(id)} is the id of record {numbers[id]} too"
                self._tell(file, number, f"/{number}/id", message, "choose another id")
        return numbers

    def _check_chains(self, file: str, new: Mapping[str, Entity], numbers: Mapping[str, int]) -> None:
        """Records of a class may not lead back to themselves, nor over too many others."""
        from graphlib import CycleError, TopologicalSorter  # Deferred import: packaged datasets are not checked.

        for id, entity in new.items():
            # It has none yet if that is unsound, and chains lead over it all the same.
            object.__setattr__(entity, "id", id)
        ahead = {id: [(t.id, at) for t, at in _own_references(entity) if t.id in new] for id, entity in new.items()}
        long: set[str] = set()
        sorter = TopologicalSorter({id: [target for target, _ in targets] for id, targets in ahead.items()})
        with suppress(CycleError):  # What leads to no circle is sorted all the same.
            sorter.prepare()
        while ready := sorter.get_ready():
            sorter.done(*ready)
            for id in ready:
                targets = ahead.pop(id)
                if not self.is_circular and is_too_deep(new[id]):
                    if long.isdisjoint(target for target, _ in targets):  # Else it is told of one of these already.
                        self._tell(file, numbers[id], f"/{numbers[id]}", TOO_DEEP, "shorten the chain")
                    long.add(id)
        self.is_circular |= bool(ahead)
        begun: dict[str, str] = {}  # With the record from which the walk began.
        for first in ahead:
            id, way = first, []
            while id not in begun:
                begun[id] = first
                id, at = next((target, at) for target, at in ahead[id] if target in ahead)
                way.append((id, at))
            if begun[id] == first:
                ids = [target for target, _ in way]
                circle = [id, *ids[ids.index(id) + 1 :]] if id in ids[:-1] else [id, *ids]
                message = f"{shown(id)} leads back to itself: {clean(' → '.join(circle), 200)}"
                last = circle[-2]
                self._tell(file, numbers[last], f"/{numbers[last]}{way[-1][1]}", message, "cut the circle")


def _own_references(entity: Entity) -> Iterator[tuple[Entity, str]]:
    """The entities of its own class to which an entity refers, and where."""
    for name, inner in referring(type(entity)):
        value = getattr(entity, name, ())  # One that could not be read is told already.
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            place = f"/{name}/{index}" if isinstance(value, tuple) else f"/{name}"
            for target, at in [(getattr(item, n, None), f"{place}/{n}") for n in inner] if inner else [(item, place)]:
                if type(target) is type(entity):
                    yield target, at


def _is_same(entity: Entity, other: Entity) -> bool:
    try:
        return entity == other
    except AttributeError:  # It refers to what could not be read: that is told already.
        return True


def _id(raw: Any) -> Any:
    id = raw.get("id") if isinstance(raw, dict) else None
    return id if type(id) is str else None


def _unreadable(error: Exception) -> str:
    return f"cannot be read: {clean(getattr(error, 'strerror', None) or str(error))}"
