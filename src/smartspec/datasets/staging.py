"""Staging: a file or a directory that takes its place when it is whole, or not at all.

What is promised of a directory: after an error or an interrupt, it holds what it held before, or all that is new, and
nothing of ours stands beside; if the system refuses even to bring the old one back, the error says where it is. After
the process is killed, or the power fails, the same directory holds the one or the other; but in the moment between
two renames it has no name, and both are whole beside it: the old one as ``.smartspec-…-before``, the new one in
``.smartspec-…/dataset``. What a killed process leaves beside is nobody's to clean up: the files of another save,
still going on, would look the same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator

from ..errors import SaveError


@contextlib.contextmanager
def staged_directory(
    directory: str | os.PathLike[str], is_ours: Callable[[str], bool], overwrite: bool = True
) -> Iterator[str]:
    """A new directory to be filled, which takes the place of ``directory`` when the block has ended without an error.

    That may be there if it is empty or, to be overwritten, if it holds nothing but files whose names ``is_ours``
    knows. Raises `SaveError` if any of this fails; then what was there is untouched.

    >>> import os, tempfile
    >>> from smartspec.datasets.staging import staged_directory
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     target = os.path.join(beside, "mine")
    ...     with staged_directory(target, lambda name: name == "a.txt") as stage:
    ...         open(os.path.join(stage, "a.txt"), "w").close()
    ...     os.listdir(target)
    ['a.txt']
    """
    with _told_as_save_error(directory):
        if not os.fspath(directory):
            raise OSError("no directory is named")
        target = os.path.realpath(os.fspath(directory))
        if os.path.isfile(target):
            raise OSError("it is a file, and what is written is a directory")
        _refuse_to_replace_other_things(target, is_ours, overwrite)
        is_working_directory = os.path.isdir(target) and os.path.samefile(target, os.curdir)
        with _beside(target) as beside:
            stage = os.path.join(beside, "dataset")
            os.mkdir(stage)
            if os.path.isdir(target):
                shutil.copymode(target, stage)
            yield stage
            for file in os.listdir(stage):
                _sync(os.path.join(stage, file))
            _sync(stage)
            _take_place(stage, target)
        if is_working_directory:  # Which is another one now, of the same name.
            os.chdir(target)


@contextlib.contextmanager
def staged_file(file: str | os.PathLike[str], overwrite: bool = False) -> Iterator[str]:
    """The path of a new file to write, which takes the place of ``file`` when the block has ended without an error.

    Raises `SaveError` if that fails, or if the file is there and not to be overwritten; then it is untouched.

    >>> import os, tempfile
    >>> from smartspec.datasets.staging import staged_file
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     with staged_file(os.path.join(beside, "a.txt")) as stage:
    ...         open(stage, "w").close()
    ...     os.listdir(beside)
    ['a.txt']
    """
    with _told_as_save_error(file):
        if not os.fspath(file):
            raise OSError("no file is named")
        target = os.path.realpath(os.fspath(file))
        if os.path.isdir(target):
            raise OSError("it is a directory, and what is written is a file")
        if os.path.lexists(target) and not overwrite:
            raise FileExistsError("it is there already, and not to be overwritten")
        with _beside(target) as beside:
            stage = os.path.join(beside, os.path.basename(target))
            yield stage
            if os.path.isfile(target):
                shutil.copymode(target, stage)
            _sync(stage)
            os.replace(stage, target)


@contextlib.contextmanager
def _beside(target: str) -> Iterator[str]:
    """A directory beside the target to work in, which is gone at the end."""
    beside = tempfile.mkdtemp(prefix=".smartspec-", dir=os.path.dirname(target))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    with contextlib.suppress(OSError):  # It is saved; this only makes sure that it survives a power failure.
        _sync(os.path.dirname(target))


@contextlib.contextmanager
def _told_as_save_error(path: str | os.PathLike[str]) -> Iterator[None]:
    try:
        yield
    except SaveError:
        raise
    except (OSError, ValueError) as error:  # A ValueError: a name that no system takes.
        raise SaveError(os.fspath(path), getattr(error, "strerror", None) or str(error)) from error


def _refuse_to_replace_other_things(target: str, is_ours: Callable[[str], bool], overwrite: bool) -> None:
    with contextlib.suppress(FileNotFoundError):
        for name in sorted(os.listdir(target)):
            if not overwrite:
                raise FileExistsError("it is not empty, and not to be overwritten")
            if not is_ours(name) or os.path.isdir(os.path.join(target, name)):
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


def _sync(path: str) -> None:
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
