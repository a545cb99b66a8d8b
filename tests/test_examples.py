"""Every example that a reader may run is run: in docstrings, README and docs.

A page is run from top to bottom in an empty directory; of its console blocks, the lines after ``$`` are commands that
must print what follows them.
"""

import doctest
import importlib
import inspect
import os
import pathlib
import pkgutil
import re
import subprocess
import sys
from enum import Enum
from types import ModuleType

import pytest

import smartspec

ROOT = pathlib.Path(__file__).parents[1]
MODULES = sorted(name for _, name, _ in pkgutil.walk_packages(smartspec.__path__, "smartspec."))
PAGES = [path.relative_to(ROOT).as_posix() for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])]


@pytest.mark.parametrize("name", ["smartspec", *MODULES])
def test_the_examples_in_the_docstrings_of_a_module_run(name: str) -> None:
    # A reader has the names that the example imports, not those of the module.
    assert doctest.testmod(importlib.import_module(name), globs={"__name__": "__main__"}).failed == 0


def run_commands(block: str) -> None:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.stdout == output


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]))
    monkeypatch.setenv("COLUMNS", "80")  # Else they were as wide as the terminal of whoever runs the tests.
    text = (ROOT / page).read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for number, part in enumerate(re.split(r"^```console\n(\$ .*?)^```$", text, flags=re.M | re.S)):
        if number % 2:
            run_commands(part)
        else:
            examples = doctest.DocTestParser().get_doctest(part, names, page, page, 0)
            assert doctest.DocTestRunner().run(examples, clear_globs=False).failed == 0
            names = examples.globs


def public(module: ModuleType) -> dict[str, object]:
    return {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}


ROOMS = ("export", "nace", "plot", "web")
OFFERED = {
    **{name: found for name, found in public(smartspec).items() if name not in ROOMS},
    **{f"{room}.{name}": found for room in ROOMS for name, found in public(getattr(smartspec, room)).items()},
}


@pytest.mark.parametrize("name", OFFERED)
def test_what_is_public_is_documented_with_an_example(name: str) -> None:
    documented = OFFERED[name]
    assert documented.__doc__, name
    # Enumerations, and the tuples that exist for their tables, are shown where they are used.
    if not (isinstance(documented, type) and issubclass(documented, (Enum, smartspec.Citations))):
        assert ">>>" in documented.__doc__, name


METHODS = {
    f"{name}.{method}": member
    for name, cls in OFFERED.items()
    if isinstance(cls, type) and not issubclass(cls, Enum)
    for method, member in vars(cls).items()
    if not method.startswith("_") and (inspect.isfunction(member) or isinstance(member, classmethod))
}


@pytest.mark.parametrize("name", METHODS)
def test_a_public_method_is_documented_with_an_example_or_leads_to_one(name: str) -> None:
    told = METHODS[name].__doc__ or ""
    assert ">>>" in told or "see `" in told, name
