"""Writing: a catalogue's own records as the files of a dataset, all or none.

What is promised: after an error or an interrupt, the directory holds what it held before, or all that is new, and
nothing of ours stands beside; if the system refuses even to bring the old one back, the error says where it is. After
the process is killed, or the power fails, the same directory holds the one or the other; but in the moment between
two renames it has no name, and both are whole beside it: the old one as ``.smartspec-…-before``, the new one in
``.smartspec-…/dataset``. What a killed process leaves beside is nobody's to clean up: the files of another save,
still going on, would look the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..domain import COLLECTIONS
from ..errors import SaveError
from . import FILES, INFO_FILE
from .converting import to_dict


def save(catalogue: Catalogue, directory: str | os.PathLike[str]) -> None:
    """Write a catalogue without its base: see `Catalogue.save`."""
    records = {}
    for name, cls in COLLECTIONS.items():
        below = catalogue.base.collections[name] if catalogue.base else ()
        own = [entity for entity in catalogue.collections[name] if entity.id not in below]
        if own:
            records[FILES[cls]] = map(to_dict, own)
    _write(directory, to_dict(catalogue.info), records)


def _write(directory: str | os.PathLike[str], info: Mapping[str, Any], records: Mapping[str, Iterable[Any]]) -> None:
    """Write a dataset: what it says of itself, and for each file its records.

    The directory may be there if it holds nothing but a dataset, which is replaced. All is written beside it
    first and then takes its place; whatever goes wrong, what was there stays as it was.
    """
    try:
        if not os.fspath(directory):
            raise OSError("no directory is named")
        target = os.path.realpath(os.fspath(directory))
        _refuse_to_replace_other_things(target)
        is_working_directory = os.path.isdir(target) and os.path.samefile(target, os.curdir)
        beside = tempfile.mkdtemp(prefix=".smartspec-", dir=os.path.dirname(target))
        try:
            stage = os.path.join(beside, "dataset")
            os.mkdir(stage)
            if os.path.isdir(target):
                shutil.copymode(target, stage)
            _write_json(stage, INFO_FILE, [json.dumps(info, ensure_ascii=False, indent=2)], "", "")
            for file, members in records.items():
                lines = (json.dumps(member, ensure_ascii=False, indent=2) for member in members)
                _write_json(stage, file, (line.replace("\n", "\n  ") for line in lines), "[\n  ", "\n]")
            _sync(stage)
            _take_place(stage, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        if is_working_directory:  # Which is another one now, of the same name.
            os.chdir(target)
        with contextlib.suppress(OSError):  # It is saved; this only makes sure that it survives a power failure.
            _sync(os.path.dirname(target))
    except (OSError, ValueError) as error:  # A ValueError: a name that no system takes.
        raise SaveError(os.fspath(directory), getattr(error, "strerror", None) or str(error)) from error


def _write_json(stage: str, file: str, members: Iterable[str], before: str, after: str) -> None:
    # JSON escapes line breaks in texts, so every line break here is one of the layout.
    with open(os.path.join(stage, file), "w", encoding="utf-8", newline="\n") as stream:
        stream.write(before)
        for number, member in enumerate(members):
            stream.write(",\n  " * (number > 0) + member)
        stream.write(after + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def _refuse_to_replace_other_things(target: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        for name in sorted(os.listdir(target)):
            if name not in (INFO_FILE, *FILES.values()) or os.path.isdir(os.path.join(target, name)):
                raise OSError(f"it holds {name!r}, which is no file of a dataset; save to a directory of its own")


def _take_place(stage: str, target: str) -> None:
    """Put a directory in the place of another, which is then gone.

    No system has a plain call for that: for a moment the old one has another name, and it comes back if that fails.
    """
    if not os.path.lexists(target):
        os.rename(stage, target)
        return
    before = f"{os.path.dirname(stage)}-before"
    try:
        os.rename(target, before)
        os.rename(stage, target)
    finally:  # Wherever it was interrupted, one of the two is there and the other one goes.
        if os.path.lexists(target):
            shutil.rmtree(before, ignore_errors=True)
        else:
            _bring_back(before, target)


def _bring_back(before: str, target: str) -> None:
    try:
        os.rename(before, target)
    except OSError as error:
        raise OSError(f"{error.strerror}; what was there is now in {before!r}") from error


def _sync(directory: str) -> None:
    if os.name == "posix":
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
