"""No step grows faster than the data: operations are counted, not seconds, at n and at 2n."""

import contextlib
import gc
import json
import pathlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue
from smartspec.datasets import FILES

SIZE = 300


def operations(call: Callable[[], Any]) -> int:
    """How many functions, of Python and of C, a call makes."""
    count = 0

    def tally(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count


def dataset(directory: pathlib.Path, size: int, **changes: Any) -> pathlib.Path:
    """A dataset of so many regions in a tree, as many areas, and as many indicators on these."""
    directory.mkdir()
    cited = {"source": "report", "passage": "a passage"}
    files: dict[str, list[dict[str, Any]]] = {
        "sources": [{"id": "report", "name": "Report", "publisher": "P", "title": "T", "language": "en"}],
        "regions": [{"id": "r0", "name": "R", "level": "country"}]
        + [{"id": f"r{n}", "name": f"R{n}", "level": "region", "parent": f"r{(n - 1) // 8}"} for n in range(1, size)],
        "strategies": [{"id": "plan", "name": "Plan", "region": "r0", "kind": "smart-specialisation"}],
        "innovation-areas": [
            {"id": f"a{n}", "name": f"A{n}", "strategy": "plan", "designation": "area", "citations": [cited]}
            for n in range(size)
        ],
        "indicators": [
            {"id": f"i{n}", "name": f"I{n}", "region": f"r{n}", "area": f"a{n}", "value": 1.0, "unit": "x", **changes}
            for n in range(size)
        ],
    }
    for name, records in files.items():
        (directory / f"{name}.json").write_text(json.dumps(records))
    return directory


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Catalogue]:
    root = tmp_path_factory.mktemp("scale")
    small, large = (smartspec.load(dataset(root / str(size), size)) for size in (SIZE, 2 * SIZE))
    return small, large


@pytest.mark.parametrize(
    "changes",
    [{}, {"region": "nowhere"}, {"unit": 5, "budget": 1}, {"id": "same"}],
    ids=["sound", "dangling", "wrong", "repeated ids"],
)
def test_loading_is_linear_in_the_records_sound_or_not(tmp_path: pathlib.Path, changes: dict[str, Any]) -> None:
    def load(directory: pathlib.Path) -> None:
        with pytest.raises(smartspec.DatasetError) if changes else contextlib.nullcontext():
            smartspec.load(directory)

    once, twice = (dataset(tmp_path / str(size), size, **changes) for size in (SIZE, 2 * SIZE))
    load(once)  # What is built once is built now.
    # The hints for misspelt ids look at the ids that are there, up to a limit of their own.
    limit = 4.2 if "region" in changes else 2.1
    assert operations(lambda: load(twice)) < limit * operations(lambda: load(once))


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.regions["r7"],
        lambda c: c.regions.lookup("R7"),
        lambda c: c.indicators.of(c.regions["r290"]),
        lambda c: c.innovation_areas.of(c.indicators["i5"]),
        lambda c: c.links(c.indicators["i5"]),
        lambda c: c.path(c.indicators["i5"], c.regions["r0"]),
        lambda c: "i5" in c.indicators,
        lambda c: c.regions[-1],
        lambda c: c.dataset_of(c.indicators["i5"]),
    ],
    ids=["[]", "lookup", "of a leaf", "of a reference", "links", "path", "in", "[-1]", "dataset_of"],
)
def test_what_is_asked_costs_the_same_in_a_catalogue_twice_as_large(
    pair: tuple[Catalogue, Catalogue], ask: Callable[[Catalogue], Any]
) -> None:
    for catalogue in pair:
        ask(catalogue)
    small, large = (operations(lambda catalogue=catalogue: ask(catalogue)) for catalogue in pair)  # type: ignore[misc]
    assert large <= small * 1.2 + 5


@pytest.mark.parametrize(
    "work",
    [
        lambda c: c.extend(),
        lambda c: [smartspec.to_dict(entity) for entity in c],
        lambda c: c.coverage(),
        lambda c: c.innovation_areas.where(designation="area"),
        lambda c: c.indicators.of(*c.regions),
        lambda c: c.indicators.where(region="r7"),
        lambda c: c.indicators.filter(lambda indicator: indicator.value > 0),
        lambda c: c.indicators.of(c.regions["r0"]),
        lambda c: c.regions[1:].of(c.regions["r0"]),
        lambda c: repr(c.regions),
    ],
    ids=[
        "extend",
        "to_dict",
        "coverage",
        "where",
        "of all",
        "where by id",
        "filter",
        "of the root",
        "of in a part",
        "repr",
    ],
)
def test_what_goes_through_all_is_linear(pair: tuple[Catalogue, Catalogue], work: Callable[[Catalogue], Any]) -> None:
    for catalogue in pair:
        work(catalogue)
    small, large = (operations(lambda catalogue=catalogue: work(catalogue)) for catalogue in pair)  # type: ignore[misc]
    assert large <= 2.6 * small + 50


def test_of_costs_what_it_visits_below_the_entity(pair: tuple[Catalogue, Catalogue]) -> None:
    _, catalogue = pair
    costs = []
    for id, below in (("r0", 600), ("r1", 88), ("r9", 24), ("r73", 9)):  # Each lies in the one before.
        region = catalogue.regions[id]
        assert len(catalogue.indicators.of(region)) == below
        costs.append(operations(lambda region=region: catalogue.indicators.of(region)) / below)  # type: ignore[misc]
    assert max(costs) < 1.1 * min(costs)


def test_of_does_not_walk_what_cannot_lead_to_the_class_that_is_asked_for(pair: tuple[Catalogue, Catalogue]) -> None:
    # The strategy holds an area for each region: its fields are found without them.
    small, large = (
        operations(lambda catalogue=catalogue: catalogue.priority_fields.of(catalogue.strategies["plan"]))  # type: ignore[misc]
        for catalogue in pair
    )
    assert large <= small + 5


def test_the_collector_is_as_before_after_a_load(tmp_path: pathlib.Path) -> None:
    smartspec.load(dataset(tmp_path / "sound", 5))
    assert gc.isenabled()
    with pytest.raises(smartspec.DatasetError):
        smartspec.load(dataset(tmp_path / "wrong", 5, unit=5))
    assert gc.isenabled()


def test_a_collector_that_rests_is_left_resting(tmp_path: pathlib.Path) -> None:
    gc.disable()
    try:
        smartspec.load(dataset(tmp_path / "x", 5))
        assert not gc.isenabled()
    finally:
        gc.enable()


# What importing and loading may bring in beyond Python's own start; a name comes here only on purpose.
HEAVY = (
    "asyncio concurrent ctypes difflib doctest email html http logging multiprocessing numpy pandas plotly rdflib rich "
    "shutil socket sqlite3 ssl unittest urllib.request xml"
).split()


def loaded(code: str) -> set[str]:
    told = f"{code}\nimport sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-S", "-c", told], capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import smartspec", "import smartspec; smartspec.load().regions.lookup('Piemonte')"])
def test_nothing_heavy_is_imported_to_load_and_look_up(code: str) -> None:
    # What the three dependencies import by themselves is theirs.
    theirs = loaded(
        "import attrs, cattrs, importlib_resources, json\nimportlib_resources.files('attrs').joinpath('x').is_file()"
    )
    assert sorted(set(HEAVY) & (loaded(code) - theirs)) == []


def test_the_modules_that_loading_imports_are_these() -> None:
    ours = {name for name in loaded("import smartspec; smartspec.load()") if name.startswith("smartspec.")}
    expected = {
        "": "catalogue datasets domain errors text",
        "catalogue.": "catalogue collection naming relations",
        "datasets.": "loading packaged",
        "domain.": "actors declaration entity findings record rules strategy table territory themes",
    }
    assert ours == {f"smartspec.{room}{name}" for room, names in expected.items() for name in names.split()}


def test_a_first_lookup_imports_nothing_more() -> None:
    load = loaded("import smartspec; smartspec.load()")
    assert loaded("import smartspec; smartspec.load().lookup('Piemonte')") == load


def opened(code: str) -> list[str]:
    """The names of the JSON files that a fresh Python opens for some code."""
    hook = (
        "import pathlib, sys; seen = []\n"
        "def audit(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).endswith('.json'): seen.append(pathlib.Path(arguments[0]).name)\n"
        "sys.addaudithook(audit); import smartspec\n"
    )
    ending = "\nprint(*seen)"
    done = subprocess.run([sys.executable, "-c", hook + code + ending], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_each_file_is_read_once() -> None:
    found = opened("for _ in 'again': len(smartspec.load()), [*smartspec.load()], smartspec.load().regions[0]")
    assert sorted(found) == sorted(["dataset.json", *FILES.values()])


def test_a_file_is_read_when_somebody_asks_for_what_it_holds() -> None:
    lookup = "pole = smartspec.load().innovation_poles.lookup('MESAP')"
    assert opened("smartspec.load()") == ["dataset.json"]
    assert opened(lookup) == ["dataset.json", "innovation-poles.json"]
    # What is referred to has an id before anybody has read what else it says.
    assert opened(f"{lookup}; pole.region.id, pole in smartspec.load(), hash(pole.managers[0])") == opened(lookup)
    assert opened(f"{lookup}; pole.region.name")[2:] == ["regions.json"]
    assert opened(f"{lookup}; [cited.source.title for cited in pole.citations]")[2:] == ["sources.json"]


def test_no_more_classes_are_made_by_attrs_than_the_domain_needs() -> None:
    code = (
        "import attr._make as m, sys; made = []; old = m._ClassBuilder.build_class\n"
        "def build(self): made.append(self._cls.__name__); return old(self)\n"
        "m._ClassBuilder.build_class = build; import smartspec; smartspec.load(); print(len(made), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stderr) <= 20
