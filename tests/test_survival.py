"""Survival: other processes, other installations, many threads at once, and whoever tries to change what is shared."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pathlib
import pickle
import shutil
import subprocess
import sys
import zipapp
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue
from smartspec.domain import COLLECTIONS

PACKAGE = pathlib.Path(smartspec.__file__).parent
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def samples(s3: Catalogue) -> dict[str, Any]:
    """One of everything that the package hands out."""
    pole = s3.innovation_poles["mechatronics"]
    city = s3.organisations["municipality-of-torino"]
    layer = s3.extend(smartspec.Region(id="x", name="X", level=smartspec.RegionLevel.REGION))
    return {
        **{name: collection[0] for name, collection in s3.collections.items()},
        "citation": pole.citations[0],
        "citations": pole.citations,
        "participation": s3.initiatives.filter(lambda item: item.participants)[0].participants[0],
        "involvement": city.involvements[0],
        "info": s3.info,
        "base": layer.info.base,
        "collection": s3.innovation_poles,
        "part of a collection": s3.innovation_poles.of(s3.regions["piedmont"]),
        "link": s3.links(pole)[0],
        "links": s3.links(pole),
        "match": s3.innovation_poles.search("hydrogen")[0],
        "catalogue": s3,
        "extended catalogue": layer,
    }


KINDS = [
    *COLLECTIONS,
    "citation",
    "citations",
    "participation",
    "involvement",
    "info",
    "base",
    "collection",
    "part of a collection",
    "link",
    "links",
    "match",
    "catalogue",
    "extended catalogue",
]
TUPLES = ["citations", "link", "links", "match"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_pickling_gives_an_equal_one(s3: Catalogue, kind: str, protocol: int) -> None:
    value = samples(s3)[kind]
    assert pickle.loads(pickle.dumps(value, protocol)) == value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_copying_gives_an_equal_one(s3: Catalogue, kind: str, copied: Callable[[Any], Any]) -> None:
    value = samples(s3)[kind]
    assert copied(value) == value


def test_what_the_data_leave_open_goes_to_another_process_too(s3: Catalogue) -> None:
    assert repr(pickle.loads(pickle.dumps(s3.coverage()))) == repr(s3.coverage())


def test_what_was_pickled_is_still_frozen(s3: Catalogue) -> None:
    region: Any = pickle.loads(pickle.dumps(s3.regions["piedmont"]))
    with pytest.raises(AttributeError):
        region.name = "Another"


def test_what_was_pickled_together_refers_to_the_same(s3: Catalogue) -> None:
    again = pickle.loads(pickle.dumps(s3))
    assert again.regions["torino"].parent is again.regions["metropolitan-city-of-torino"]


@pytest.mark.parametrize(
    "error",
    [
        smartspec.Problem("regions.json", "/0", "is wrong", "write it right"),
        smartspec.DatasetError([smartspec.Problem("regions.json", "/0", "is wrong")]),
        smartspec.SaveError("here", "the disk is full"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_is_wrong_is_told_in_another_process_too(error: Any, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(error, protocol))
    assert (type(again), str(again)) == (type(error), str(error))


def test_an_error_with_a_note_survives_pickling() -> None:
    error = smartspec.SaveError("here", "the disk is full")
    if hasattr(error, "add_note"):
        error.add_note("while saving the regions")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.fixture(scope="module")
def workers() -> Any:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        yield pool


def test_entities_go_to_spawned_processes_and_come_back_equal(s3: Catalogue, workers: Any) -> None:
    entities = [*s3][::20]
    assert workers.map(copy.copy, entities) == entities


def test_the_longest_chain_goes_to_a_spawned_process_and_comes_back_equal(workers: Any) -> None:
    region = None
    for number in range(100):
        region = smartspec.Region(id=f"r{number}", name="R", level=smartspec.RegionLevel.REGION, parent=region)
    again = workers.apply(copy.copy, [region])
    assert (again, len(again.ancestors)) == (region, 99)


@pytest.mark.parametrize("name", ["lookup", "id", "attribute", "directory"])
def test_an_error_of_each_kind_comes_back_from_a_spawned_process(s3: Catalogue, workers: Any, name: str) -> None:
    attempts: dict[str, tuple[Any, Any]] = {
        "lookup": (s3.innovation_areas.lookup, ["ICT"]),
        "id": (s3.regions.__getitem__, ["piedmnt"]),
        "attribute": (s3.regions["piedmont"].cite, ["colour"]),
        "directory": (smartspec.load, ["/nowhere"]),
    }
    function, arguments = attempts[name]
    with pytest.raises(smartspec.SmartspecError) as here:
        function(*arguments)
    with pytest.raises(type(here.value)) as there:
        workers.apply(function, arguments)
    assert str(there.value) == str(here.value)


def test_a_catalogue_goes_to_a_spawned_process_and_comes_back_equal(s3: Catalogue, workers: Any) -> None:
    assert workers.apply(copy.copy, [s3]) == s3


def test_a_spawned_process_loads_the_same_data(s3: Catalogue, workers: Any) -> None:
    assert workers.apply(smartspec.load) == s3


def test_an_error_comes_back_from_a_spawned_process(tmp_path: pathlib.Path, workers: Any) -> None:
    with pytest.raises(smartspec.DatasetError, match="nowhere#: is not there"):
        workers.apply(smartspec.load, [str(tmp_path / "nowhere")])


# Other ways to run.


def run(*arguments: object, **named: Any) -> str:
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **named)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


ROUND_TRIP = """
import pathlib, sys, tempfile
import smartspec
s3 = smartspec.load()
with tempfile.TemporaryDirectory() as directory:
    s3.save(directory)
    assert smartspec.load(directory) == s3 or sys.exit("not equal")
try:
    smartspec.from_dict(smartspec.Region, {"id": "X", "name": "X", "level": "region"}, s3)
except smartspec.DatasetError as error:
    print(len(s3), len(error.problems))
"""


@pytest.mark.parametrize("switches", [[], ["-O"], ["-OO"], ["-I"], ["-X", "dev"], ["-bb"]], ids=" ".join)
def test_python_may_be_run_with_any_switch(s3: Catalogue, switches: list[str]) -> None:
    assert run(*switches, "-W", "error", "-c", ROUND_TRIP) == f"{len(s3)} 1\n"


NEEDED = ["smartspec", "attr", "attrs", "cattr", "cattrs", "typing_extensions", "importlib_resources", "exceptiongroup"]


def copy_modules(names: list[str], directory: pathlib.Path) -> None:
    """Copy installed modules, and nothing that was compiled."""
    for name in names:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            origin = pathlib.Path(spec.origin)
            if origin.name == "__init__.py":
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(origin.parent, directory / name, ignore=ignored)
            else:
                shutil.copy(origin, directory)


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The package and what it needs as one zip file that runs."""
    home = tmp_path_factory.mktemp("zipped")
    (home / "content").mkdir()
    copy_modules(NEEDED, home / "content")
    zipapp.create_archive(home / "content", home / "smartspec.pyz", main="smartspec.__main__:run")
    shutil.rmtree(home / "content")
    return home / "smartspec.pyz"


def test_a_zipped_application_shows_the_overview(s3: Catalogue, zipped: pathlib.Path) -> None:
    assert run("-S", zipped).startswith(f"{s3.name}\n")


def test_a_zipped_application_writes_and_checks_datasets(zipped: pathlib.Path, tmp_path: pathlib.Path) -> None:
    run("-S", zipped, "new", tmp_path / "lakes")
    assert "no problems in 15 entities" in run("-S", zipped, "validate", tmp_path / "lakes")


def test_a_zipped_package_does_all_that_another_does(s3: Catalogue, zipped: pathlib.Path) -> None:
    script = f"import sys; sys.path.insert(0, {str(zipped)!r})\n{ROUND_TRIP}\nprint(smartspec.__file__)"
    said = run("-S", "-c", script).splitlines()
    assert said == [f"{len(s3)} 1", str(zipped / "smartspec" / "__init__.py")]


def heed_modes() -> None:
    """Let root, too, be refused what the modes of files refuse."""
    if os.geteuid() == 0:
        import ctypes

        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: dropped for the program to come.
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="modes are heeded by prctl")
def test_a_read_only_installation_works(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    home = tmp_path / "installed"
    home.mkdir()
    copy_modules(["smartspec"], home)
    before = sorted(home.rglob("*"))
    for path in [home, *before]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(home)
    try:
        said = run("-c", f"{ROUND_TRIP}\nprint(smartspec.__file__)", env=environment, preexec_fn=heed_modes)
        after = sorted(home.rglob("*"))
    finally:
        for path in [home, *before]:
            path.chmod(0o755)
    assert said.splitlines() == [f"{len(s3)} 1", str(home / "smartspec" / "__init__.py")]
    assert after == before


THREADS = """
import threading
import smartspec.datasets.loading
read, calls = smartspec.datasets.loading.packaged, []
def counted(*arguments):
    calls.append(arguments)
    return read(*arguments)
smartspec.datasets.loading.packaged = counted
barrier, got = threading.Barrier(64), []
def load():
    barrier.wait()
    s3 = smartspec.load()
    got.append((s3, s3.regions.lookup("Piemonte"), s3.regions.of(s3.regions["italy"])))
threads = [threading.Thread(target=load) for _ in range(64)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(got), len({id(s3) for s3, _, _ in got}), len({id(region) for _, region, _ in got}), len(calls))
"""


def test_sixty_four_threads_that_load_at_once_get_one_catalogue_loaded_once() -> None:
    assert run("-c", THREADS) == "64 1 1 1\n"


OWN_THREADS = """
import sys, threading
import smartspec
barrier, got = threading.Barrier(16), []
def load():
    barrier.wait()
    got.append(smartspec.load(sys.argv[1]))
threads = [threading.Thread(target=load) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(got), all(lakes == got[0] for lakes in got))
"""


def test_threads_that_load_datasets_of_their_own_do_not_disturb_each_other() -> None:
    assert run("-c", OWN_THREADS, PACKAGE / "datasets" / "lake_region") == "16 True\n"


def test_the_packaged_data_do_not_depend_on_the_working_directory(tmp_path: pathlib.Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "regions.json").write_text("[5]")
    assert run("-c", "import smartspec; print(smartspec.load().regions['piedmont'])", cwd=tmp_path) == "Piedmont\n"


def test_a_working_directory_that_was_deleted_does_not_matter(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    leave = f"import os; os.rmdir({str(gone)!r})"
    assert run("-c", f"{leave}\n{ROUND_TRIP}", cwd=gone, env={**os.environ, "TMPDIR": "/tmp"}) == f"{len(s3)} 1\n"


def test_a_relative_path_in_a_deleted_working_directory_is_a_problem(tmp_path: pathlib.Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"""
import os, smartspec
os.rmdir({str(gone)!r})
for attempt in (lambda: smartspec.load("x"), lambda: smartspec.load("."), lambda: smartspec.load().save("x")):
    try:
        attempt()
    except smartspec.SmartspecError as error:
        print(type(error).__name__)
"""
    assert run("-c", script, cwd=gone).split() == ["DatasetError", "DatasetError", "SaveError"]


# Nothing that is shared can be changed.


def public_names(value: object) -> list[str]:
    return [name for name in dir(value) if not name.startswith("_")]


@pytest.mark.parametrize("kind", KINDS)
def test_no_attribute_can_be_set(s3: Catalogue, kind: str) -> None:
    value = samples(s3)[kind]
    for name in [*public_names(value), "new"]:
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, name, None)


@pytest.mark.parametrize("kind", KINDS)
def test_no_attribute_can_be_deleted(s3: Catalogue, kind: str) -> None:
    value = samples(s3)[kind]
    for name in public_names(value):
        with pytest.raises((AttributeError, TypeError)):
            delattr(value, name)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in TUPLES])
def test_nothing_but_a_tuple_becomes_another_class(s3: Catalogue, kind: str) -> None:
    value = samples(s3)[kind]
    other = type("Other", (type(value),), {"__slots__": ()})
    with pytest.raises((AttributeError, TypeError)):
        value.__class__ = other


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "collection" not in kind])  # These refuse to be written to.
def test_nothing_has_a_dictionary_to_write_to(s3: Catalogue, kind: str) -> None:
    assert not hasattr(samples(s3)[kind], "__dict__")


@pytest.mark.parametrize("kind", KINDS)
def test_no_attribute_holds_what_can_be_changed(s3: Catalogue, kind: str) -> None:
    value = samples(s3)[kind]
    held = [getattr(value, name) for name in public_names(value)]
    assert not [part for part in held if isinstance(part, (list, dict, set, bytearray))]


@pytest.mark.parametrize("kind", ["collection", "catalogue"])
def test_no_item_can_be_set_or_deleted(s3: Catalogue, kind: str) -> None:
    value = samples(s3)[kind]
    with pytest.raises(TypeError):
        value["piedmont"] = None
    with pytest.raises(TypeError):
        del value["piedmont"]


def test_the_collections_of_a_catalogue_cannot_be_exchanged(s3: Catalogue) -> None:
    collections: Any = s3.collections
    for change in (
        lambda: collections.__setitem__("regions", None),
        lambda: collections.__delitem__("regions"),
        lambda: collections.clear(),
        lambda: collections.pop("regions"),
        lambda: collections.update(regions=None),
        lambda: collections.setdefault("new", None),
    ):
        with pytest.raises(AttributeError):
            change()


def test_a_union_of_the_collections_is_another_mapping(s3: Catalogue) -> None:
    collections: Any = s3.collections
    merged = collections | {"regions": None}
    merged["sources"] = None
    with pytest.raises(TypeError):
        collections |= {"regions": None}
    assert s3.collections["regions"] is s3.regions
    assert s3.collections["sources"] is s3.sources


def test_what_is_extended_stays_as_it_is(s3: Catalogue) -> None:
    before = pickle.dumps([*s3])
    s3.extend(smartspec.Region(id="x", name="X", level=smartspec.RegionLevel.REGION))
    assert pickle.dumps([*s3]) == before


def test_key_completion_gives_the_callers_own_list(s3: Catalogue) -> None:
    s3.regions._ipython_key_completions_().clear()
    assert s3.regions._ipython_key_completions_()


def test_an_entity_of_no_class_in_particular_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="Entity is abstract"):
        smartspec.Entity(id="x", name="X")
