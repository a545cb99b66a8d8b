"""Saving: the same bytes for the same data, and the whole dataset or what was there before."""

from __future__ import annotations

import builtins
import ctypes
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue, SaveError
from smartspec.datasets import staging, writing
from smartspec.datasets.packaged import packaged

PACKAGED = pathlib.Path(smartspec.__file__).parent / "datasets"
NO_SPACE = OSError(28, "No space left on device")
Contents = dict[str, bytes | None]


def contents(directory: pathlib.Path) -> Contents:
    """All that is in a directory, at any depth: the bytes of the files, and None for directories."""
    return {
        path.relative_to(directory).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in directory.rglob("*")
    }


@pytest.fixture
def target(tmp_path: pathlib.Path) -> pathlib.Path:
    """A directory, alone in its own, that holds the example."""
    path = tmp_path / "home" / "dataset"
    path.parent.mkdir()
    shutil.copytree(PACKAGED / "lake_region", path)
    return path


@pytest.fixture
def changed() -> Catalogue:
    """The example with a region more."""
    lakes = packaged("lake_region")
    level = smartspec.RegionLevel.MUNICIPALITY
    port = smartspec.Region(id="port", name="Port", level=level, parent=lakes.regions["lake-region"])
    return Catalogue(lakes.info, [*lakes, port])


# The form.


@pytest.mark.parametrize("name", ["piedmont", "lake_region"])
def test_what_is_loaded_is_saved_as_the_same_bytes(name: str, tmp_path: pathlib.Path) -> None:
    smartspec.load(PACKAGED / name).save(tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(PACKAGED / name), "bring it into form: docs/CONTRIBUTING.md"


def test_a_saved_dataset_loads_as_an_equal_one(changed: Catalogue, target: pathlib.Path) -> None:
    changed.save(target)
    assert smartspec.load(target) == changed


def test_saving_twice_gives_the_same_bytes(changed: Catalogue, target: pathlib.Path) -> None:
    changed.save(target)
    first = contents(target)
    changed.save(target)
    assert contents(target) == first


def test_a_collection_without_entities_has_no_file(tmp_path: pathlib.Path) -> None:
    Catalogue(smartspec.DatasetInfo(name="Nothing"), ()).save(tmp_path / "empty")
    assert contents(tmp_path / "empty") == {"dataset.json": b'{\n  "name": "Nothing"\n}\n'}


def test_a_file_of_a_collection_that_is_now_empty_goes(target: pathlib.Path) -> None:
    Catalogue(smartspec.DatasetInfo(name="Nothing"), ()).save(target)
    assert [path.name for path in target.iterdir()] == ["dataset.json"]


def test_records_stand_in_the_order_of_the_catalogue_and_keys_in_that_of_the_class(
    changed: Catalogue, target: pathlib.Path
) -> None:
    changed.save(target)
    keys = ["id", "name", "level", "parent"]
    assert [[*region] for region in json.loads((target / "regions.json").read_bytes())][2:] == [keys]


def test_texts_stay_as_people_write_them_on_lines_of_unix(tmp_path: pathlib.Path) -> None:
    region = smartspec.Region(id="x", name="Città\r\n\u2028 😀", level=smartspec.RegionLevel.REGION)
    Catalogue(smartspec.DatasetInfo(name="X"), [region]).save(tmp_path / "x")
    raw = (tmp_path / "x" / "regions.json").read_bytes()
    assert "Città\\r\\n\u2028 😀".encode() in raw
    assert b"\r" not in raw


# Where it is saved.


@pytest.mark.parametrize("kind", [str, pathlib.Path])
def test_a_path_of_any_kind_will_do(kind: Callable[[pathlib.Path], Any], tmp_path: pathlib.Path) -> None:
    packaged("lake_region").save(kind(tmp_path / "new"))
    assert len(smartspec.load(tmp_path / "new")) == 15


def test_an_empty_directory_is_filled(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").mkdir()
    packaged("lake_region").save(tmp_path / "empty")
    assert len(smartspec.load(tmp_path / "empty")) == 15


def test_a_relative_path_is_meant_from_the_working_directory(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packaged("lake_region").save("here")
    assert len(smartspec.load("here")) == 15


def test_what_is_saved_to_the_working_directory_is_found_there(
    target: pathlib.Path, changed: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(target)
    changed.save(".")
    assert smartspec.load(".") == changed


def test_a_directory_with_a_name_as_long_as_a_name_can_be_is_saved(tmp_path: pathlib.Path) -> None:
    packaged("lake_region").save(tmp_path / ("x" * 255))
    assert len(smartspec.load(tmp_path / ("x" * 255))) == 15


def test_a_link_to_a_dataset_stays_a_link_to_the_new_one(changed: Catalogue, target: pathlib.Path) -> None:
    link = target.parent.parent / "link"
    link.symlink_to(target)
    changed.save(link)
    assert link.is_symlink()
    assert smartspec.load(target) == changed


def test_a_link_to_nowhere_gets_its_directory(tmp_path: pathlib.Path) -> None:
    (tmp_path / "link").symlink_to("later")
    packaged("lake_region").save(tmp_path / "link")
    assert len(smartspec.load(tmp_path / "later")) == 15


def test_the_modes_are_those_of_new_files(tmp_path: pathlib.Path) -> None:
    before = os.umask(0o027)
    try:
        packaged("lake_region").save(tmp_path / "new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert ((tmp_path / "new").stat().st_mode & 0o777, modes) == (0o750, {0o640})


def test_nothing_is_left_beside_it(changed: Catalogue, target: pathlib.Path) -> None:
    changed.save(target)
    assert [path.name for path in target.parent.iterdir()] == ["dataset"]


# What is refused.


def refusal(catalogue: Catalogue, directory: Any, untouched: pathlib.Path) -> SaveError:
    """Why a save is refused; what is in ``untouched`` stays as it is."""
    before = contents(untouched)
    with pytest.raises(SaveError) as caught:
        catalogue.save(directory)
    assert contents(untouched) == before
    return caught.value


def test_a_directory_that_holds_something_else_is_refused(changed: Catalogue, target: pathlib.Path) -> None:
    (target / "thesis.docx").write_bytes(b"years of work")
    error = refusal(changed, target, target.parent)
    assert "it holds 'thesis.docx', which is no file of a dataset" in str(error)


def test_a_directory_that_bears_the_name_of_a_file_is_something_else(
    changed: Catalogue, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "home" / "regions.json").mkdir(parents=True)
    (tmp_path / "home" / "regions.json" / "thesis.docx").write_bytes(b"years of work")
    assert "regions.json" in str(refusal(changed, tmp_path / "home", tmp_path))


def test_a_file_in_the_place_of_the_directory_is_refused(changed: Catalogue, tmp_path: pathlib.Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    assert "it is a file" in refusal(changed, tmp_path / "thesis.docx", tmp_path).reason


def test_a_directory_in_a_directory_that_is_not_there_is_refused(changed: Catalogue, tmp_path: pathlib.Path) -> None:
    assert "No such file" in refusal(changed, tmp_path / "not" / "there", tmp_path).reason


@pytest.mark.parametrize("name", ["nul\0", "\ud800", "x" * 5_000])
def test_a_name_that_no_system_takes_is_refused(changed: Catalogue, tmp_path: pathlib.Path, name: str) -> None:
    refusal(changed, tmp_path / name, tmp_path)


def test_links_in_a_circle_are_refused(changed: Catalogue, tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(SaveError):
        changed.save(tmp_path / "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_refusal_names_directory_reason_and_cause(changed: Catalogue, tmp_path: pathlib.Path) -> None:
    error = refusal(changed, tmp_path / "not" / "there", tmp_path)
    assert error.directory == str(tmp_path / "not" / "there")
    assert str(error) == f"{error.directory!r} was not saved: {error.reason}"
    assert isinstance(error.__cause__, FileNotFoundError)


@pytest.mark.parametrize("directory", [5, None])
def test_what_is_no_path_is_a_mistake_of_the_programmer(changed: Catalogue, directory: Any) -> None:
    with pytest.raises(TypeError):
        changed.save(directory)


def heed_modes() -> None:
    """Let root, too, be refused what the modes of files refuse."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: dropped for the program to come.
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def run(script: str, *arguments: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=before, check=True)


SAVE = """
import os, sys, smartspec
lakes = smartspec.load(sys.argv[2])
if os.access(os.path.dirname(sys.argv[1]), os.W_OK):
    sys.exit(print("writable all the same"))
try:
    lakes.save(sys.argv[1])
except smartspec.SaveError as error:
    print(error.reason)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="modes are heeded by prctl")
@pytest.mark.parametrize("name", ["dataset", "new"])
def test_a_directory_that_is_read_only_is_refused(target: pathlib.Path, name: str) -> None:
    before = contents(target.parent)
    target.parent.chmod(0o555)
    try:
        said = run(SAVE, target.parent / name, PACKAGED / "lake_region", before=heed_modes).stdout
    finally:
        target.parent.chmod(0o755)
    if said == "writable all the same\n":
        pytest.skip("this system gives root no way to heed modes")
    assert said == "Permission denied\n"
    assert contents(target.parent) == before


FULL = """
import resource, sys, smartspec
s3 = smartspec.load()
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    s3.save(sys.argv[1])
except smartspec.SaveError as error:
    print(error.reason)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit to reach")
def test_a_limit_that_the_system_sets_leaves_what_was_there(target: pathlib.Path) -> None:
    before = contents(target.parent)
    assert run(FULL, target).stdout == "File too large\n"
    assert contents(target.parent) == before


# What goes wrong in the middle.


class Failing:
    """A function of the system that fails at the n-th call."""

    def __init__(self, function: Callable[..., Any], error: BaseException, at: int) -> None:
        self.function = function
        self.error = error
        self.at = at
        self.calls = 0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls == self.at:
            raise self.error
        return self.function(*arguments, **named)


def save_while_one_fails(
    catalogue: Catalogue, target: pathlib.Path, owner: object, name: str, error: BaseException, at: int
) -> None:
    """Save while the n-th call of a function fails: what is told is true, and nothing is left beside the dataset."""
    before = contents(target.parent)
    failing = Failing(getattr(owner, name, None) or getattr(builtins, name), error, at)
    told: BaseException | None = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, failing, raising=False)
        try:
            catalogue.save(target)
        except (SaveError, KeyboardInterrupt) as caught:
            told = caught
    assert failing.calls >= at
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    if isinstance(told, SaveError):
        assert contents(target.parent) == before
    elif told is None:
        assert smartspec.load(target) == catalogue
    else:  # Who interrupts is told that it was: before or after the new dataset took its place.
        assert contents(target.parent) == before or smartspec.load(target) == catalogue


STEPS = [
    (tempfile, "mkdtemp", 1),
    (os, "chmod", 1),
    (writing, "open", 13),
    (json, "dumps", 16),
    (os, "fsync", 15),
    (staging, "_sync", 15),
    (staging, "_take_place", 1),
    (os, "rename", 2),
]


@pytest.mark.parametrize("error", [NO_SPACE, KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize(
    ("owner", "name", "at"),
    [(owner, name, at) for owner, name, calls in STEPS for at in range(1, calls + 1)],
    ids=[f"{name} {at}" for _, name, calls in STEPS for at in range(1, calls + 1)],
)
def test_wherever_a_step_fails_the_old_dataset_stays_or_the_new_one_is_complete(
    changed: Catalogue, target: pathlib.Path, owner: object, name: str, at: int, error: BaseException
) -> None:
    save_while_one_fails(changed, target, owner, name, error, at)


def test_a_step_that_fails_says_why(changed: Catalogue, target: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, NO_SPACE, 3))
    with pytest.raises(SaveError, match="No space left on device") as caught:
        changed.save(target)
    assert caught.value.__cause__ is NO_SPACE


@pytest.mark.parametrize("error", [NO_SPACE, KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize("at", [1, 2, 10, 30])
def test_a_disk_that_is_full_in_the_middle_of_a_file_leaves_what_was_there(
    changed: Catalogue, target: pathlib.Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, at: int
) -> None:
    before = contents(target.parent)
    full = Failing(lambda: None, error, at)

    def opened(*arguments: Any, **named: Any) -> Any:
        stream = builtins.open(*arguments, **named)  # noqa: SIM115
        write = stream.write
        stream.write = lambda text: (full(), write(text))[1]
        return stream

    monkeypatch.setattr(writing, "open", opened, raising=False)
    with pytest.raises((SaveError, KeyboardInterrupt)):
        changed.save(target)
    assert contents(target.parent) == before


def test_a_text_that_cannot_be_encoded_leaves_what_was_there(
    changed: Catalogue, target: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(target.parent)
    monkeypatch.setattr(json, "dumps", lambda *_, **__: '"\ud800"')
    with pytest.raises(SaveError, match="surrogates not allowed"):
        changed.save(target)
    monkeypatch.undo()
    assert contents(target.parent) == before


@pytest.mark.parametrize("error", [NO_SPACE, KeyboardInterrupt()], ids=["full", "interrupted"])
def test_a_new_directory_that_cannot_take_its_place_leaves_nothing(
    changed: Catalogue, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(os, "rename", Failing(os.rename, error, 1))
    with pytest.raises((SaveError, KeyboardInterrupt)):
        changed.save(tmp_path / "new")
    assert contents(tmp_path) == {}


# What takes the place of the old one.


class Interrupting:
    """A function of the system that carries its n-th call out, and is interrupted when it returns."""

    def __init__(self, function: Callable[..., Any], at: int) -> None:
        self.function = function
        self.at = at
        self.calls = 0

    def __call__(self, *arguments: Any) -> None:
        self.calls += 1
        self.function(*arguments)
        if self.calls == self.at:
            raise KeyboardInterrupt


@pytest.mark.parametrize("at", [1, 2])
def test_an_interrupt_between_the_steps_leaves_one_of_the_two_and_nothing_beside(
    changed: Catalogue, target: pathlib.Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    before = contents(target)
    monkeypatch.setattr(os, "rename", Interrupting(os.rename, at))
    with pytest.raises(KeyboardInterrupt):
        changed.save(target)
    monkeypatch.undo()
    assert [path.name for path in target.parent.iterdir()] == ["dataset"]
    assert contents(target) == before if at == 1 else smartspec.load(target) == changed


def test_what_cannot_be_brought_back_stays_beside_and_the_error_says_where(
    changed: Catalogue, target: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = contents(target), os.rename

    def once(*arguments: Any) -> None:
        monkeypatch.setattr(os, "rename", Failing(os.rename, NO_SPACE, 1))
        rename(*arguments)
        monkeypatch.setattr(os, "rename", failing)

    def failing(*_: Any) -> None:
        raise NO_SPACE

    monkeypatch.setattr(os, "rename", once)
    with pytest.raises(SaveError) as caught:
        changed.save(target)
    monkeypatch.undo()
    (beside,) = target.parent.iterdir()
    assert contents(beside) == before
    assert caught.value.reason == f"No space left on device; what was there is now in {str(beside)!r}"


def test_a_system_that_cannot_sync_directories_is_not_asked_to(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Failing(os.open, NO_SPACE, 1)
    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "name", "nt")
    staging._sync(str(tmp_path))
    assert opened.calls == 0


# What is killed.

SAVING_ALL_THE_TIME = """
import sys, smartspec
lakes = smartspec.load(sys.argv[2])
regions = [smartspec.Region(id=f"r-{n}", name="R", level=smartspec.RegionLevel.REGION) for n in range(500)]
more = smartspec.Catalogue(lakes.info, [*lakes, *regions])
print("ready", flush=True)
while True:
    more.save(sys.argv[1])
    lakes.save(sys.argv[1])
"""


def whole(directory: pathlib.Path) -> int:
    """How many entities the dataset in a directory has; what is not whole does not load."""
    return len(smartspec.load(directory))


@pytest.mark.parametrize("seed", range(8))
def test_a_process_that_is_killed_while_it_saves_leaves_a_whole_dataset(target: pathlib.Path, seed: int) -> None:
    command = [sys.executable, "-c", SAVING_ALL_THE_TIME, target, PACKAGED / "lake_region"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    if target.exists():
        assert whole(target) in (15, 515)
    else:  # In the moment between the two renames.
        assert next(whole(path) for path in target.parent.glob(".smartspec-*-before")) in (15, 515)


KILLED_BETWEEN = """
import os, signal, sys, smartspec
rename = os.rename

def killed_after(*names):
    rename(*names)
    os.kill(os.getpid(), signal.SIGKILL)

lakes = smartspec.load(sys.argv[2])
os.rename = killed_after
smartspec.Catalogue(lakes.info, [*lakes][:-1]).save(sys.argv[1])
"""


def test_a_process_that_is_killed_in_the_moment_between_leaves_both_datasets_beside(target: pathlib.Path) -> None:
    command = [sys.executable, "-c", KILLED_BETWEEN, target, PACKAGED / "lake_region"]
    assert subprocess.run(command).returncode == -signal.SIGKILL
    beside = {path.name.partition("-")[2][8:]: path for path in target.parent.iterdir()}
    assert sorted(beside) == ["", "-before"]
    assert (whole(beside["-before"]), whole(beside[""] / "dataset")) == (15, 14)


def test_a_save_after_one_that_was_killed_succeeds(changed: Catalogue, target: pathlib.Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED_BETWEEN, target, PACKAGED / "lake_region"])
    changed.save(target)
    assert smartspec.load(target) == changed
