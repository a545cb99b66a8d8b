"""What contributing, security, the forms and the README beside the data tell is there, and is so.

The files that a change needs and those that a release holds are named in texts, which nothing else would hold to.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import smartspec
from smartspec import Basis, Catalogue
from smartspec.domain.declaration import facts

ROOT = pathlib.Path(__file__).parents[1]
CONTRIBUTING, SECURITY = ROOT / "docs" / "CONTRIBUTING.md", ROOT / "docs" / "SECURITY.md"
DATASETS = pathlib.Path(smartspec.__file__).parent / "datasets"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


def text(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8")


def place(path: str) -> pathlib.Path:
    """Where a file of the project is; those of src may be installed, and the source out of reach."""
    inside = path.removeprefix("src/smartspec/")
    return ROOT / path if inside == path else DATASETS.parent / inside


# Contributing and security


def commands() -> Iterator[str]:
    """The command lines that contributing shows, in blocks and in the run of a text."""
    for block in re.findall(r"^ *```console\n(.*?)^ *```$", text(CONTRIBUTING), re.M | re.S):
        yield from (line.strip() for line in block.splitlines())
    yield from re.findall(r"`((?:\S+=\S+ )?(?:python -m |python tests)[^`]+)`", text(CONTRIBUTING))


def test_contributing_shows_commands() -> None:
    assert len([*commands()]) > 15


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_the_files_that_a_command_names_are_there(command: str) -> None:
    named = [word.strip("'\";,") for word in re.split(r"[\s()]", command)]
    named = [word for word in named if re.match(r"(src|tests|docs)/|README", word)]
    assert [word for word in named if not place(word).exists()] == []


@pytest.mark.parametrize("command", sorted(command for command in commands() if ".[" in command))
def test_the_extras_that_a_command_names_are_there(command: str) -> None:
    extras = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    (named,) = re.findall(r"\.\[([\w,]+)\]", command)
    assert set(named.split(",")) <= extras.keys()


@pytest.mark.parametrize("command", sorted(command for command in commands() if "pytest" in command))
def test_the_markers_that_a_command_names_are_there(command: str, request: pytest.FixtureRequest) -> None:
    markers = {line.partition(":")[0] for line in request.config.getini("markers")}
    words = shlex.split(command.partition("pytest")[2])
    named = {word for flag, said in pairwise(words) if flag == "-m" for word in said.split()}
    assert named - {"or"} <= markers


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def links(page: pathlib.Path) -> list[tuple[pathlib.Path, str]]:
    """Where the links of a page lead within the project: a file, and a heading of it or nothing."""
    found = re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text(page))
    return [(place(os.path.relpath(page.parent / file, ROOT)) if file else page, heading) for file, heading in found]


@pytest.mark.parametrize("page", [CONTRIBUTING, SECURITY], ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_to_headings_that_are_there(page: pathlib.Path) -> None:
    astray = [
        (file.name, heading)
        for file, heading in links(page)
        if not file.exists() or (heading and heading not in map(slug, re.findall(r"^#+ (.*)$", text(file), re.M)))
    ]
    assert astray == []


def plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def test_the_examples_of_records_are_records_of_the_packaged_data() -> None:
    records = [record for file in DATASETS.glob("*/*s.json") for record in json.loads(text(file))]
    held = {plain(one) for record in records for one in (record, *record.get("citations", ()))}
    examples = re.findall(r"^```json\n(.*?)^```$", text(CONTRIBUTING), re.M | re.S)
    assert len(examples) == 2
    assert [example for example in examples if plain(json.loads(example)) not in held] == []


def test_the_version_of_the_library_stands_in_one_place() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "src/smartspec/__init__.py"


@pytest.mark.parametrize(("load", "heading"), [("load", "Piedmont and Torino"), ("load_europe", "Europe")])
def test_the_changelog_names_the_version_of_a_dataset(load: str, heading: str) -> None:
    newest = re.findall(rf"^### Data: {heading} (\S+)$", text(ROOT / "CHANGELOG.md"), re.M)[0]
    assert newest == getattr(smartspec, load)().version


def test_neither_page_names_an_address_of_the_project() -> None:
    addresses = {host for page in (CONTRIBUTING, SECURITY) for host in re.findall(r"https?://([^/)\s]+)", text(page))}
    assert addresses == {"semver.org"}, "the project has no address yet; see the end of docs/CONTRIBUTING.md"


# The README beside the data


def told() -> dict[str, dict[str, set[str]]]:
    """The fields that the README calls inferred, by dataset and file."""
    found = {}
    for section in re.split(r"^## ", text(DATASETS / "README.md"), flags=re.M)[1:]:
        rows = re.findall(r"^\| `([\w-]+\.json)` \|[^|]*\|([^|]*)\|$", section, re.M)
        found[section.partition("/")[0].strip("`")] = {file: set(re.findall(r"`(\w+)`", said)) for file, said in rows}
    return found


@pytest.mark.parametrize("dataset", ["piedmont", "europe"])
def test_every_file_of_a_dataset_is_named(dataset: str) -> None:
    assert sorted(told()[dataset]) == sorted(path.name for path in (DATASETS / dataset).iterdir())


def test_every_dataset_is_told_of() -> None:
    assert sorted(told()) == sorted(p.name for p in DATASETS.iterdir() if (p / "dataset.json").is_file())


def inferred(catalogue: Catalogue, collection: str) -> set[str]:
    """The fields that one in ten records of a dataset's own infers, or more."""
    own = [entity for entity in catalogue.collections[collection] if catalogue.dataset_of(entity) is catalogue.info]
    counts = Counter(
        name
        for entity in own
        for name in facts(type(entity))
        if any(c.basis is Basis.INFERRED and name in c.supports for c in entity.citations)
    )
    return {name for name, count in counts.items() if count >= len(own) / 10}


@pytest.mark.parametrize(("load", "dataset"), [("load", "piedmont"), ("load_europe", "europe")])
def test_what_is_often_inferred_is_called_so(load: str, dataset: str) -> None:
    catalogue = getattr(smartspec, load)()
    found = {file: inferred(catalogue, file[:-5].replace("-", "_")) for file in told()[dataset] if file[-6] == "s"}
    assert {file: told()[dataset][file] for file in found} == found


# The forms of the forge, which are no part of a release


at_hand = pytest.mark.skipif(not FORMS.is_dir(), reason="a release has no forms")


def form(name: str) -> Any:
    return pytest.importorskip("yaml").safe_load(text(FORMS / name))


@pytest.mark.tools
@at_hand
@pytest.mark.parametrize("name", ["wrong-fact.yml", "missing-region.yml"])
def test_a_form_is_as_forges_take_it(name: str) -> None:
    given = form(name)
    assert given.keys() == {"name", "description", "title", "labels", "body"}
    asked = [field for field in given["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in asked}) == len(asked) > 0
    assert {field["type"] for field in asked} <= {"input", "textarea", "dropdown"}
    assert all(field["attributes"]["label"] and field["validations"].keys() == {"required"} for field in asked)
    assert all(field["type"] != "dropdown" or field["attributes"]["options"] for field in asked)


@pytest.mark.tools
@at_hand
def test_whoever_finds_a_wrong_fact_is_asked_for_what_mends_it() -> None:
    asked = {field["id"] for field in form("wrong-fact.yml")["body"] if field.get("validations", {}).get("required")}
    assert asked == {"entity", "attribute", "wrong", "address", "passage"}


@at_hand
def test_contributing_names_a_form_as_it_is_called() -> None:
    (name,) = re.findall(r"^name: (.*)$", text(FORMS / "wrong-fact.yml"), re.M)
    assert f'"{name}"' in " ".join(text(CONTRIBUTING).split())
