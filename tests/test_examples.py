"""Every example that a reader may run is run: in docstrings, README and docs."""

import doctest
import importlib
import pathlib
import pkgutil

import pytest

import smartspec

ROOT = pathlib.Path(__file__).parents[1]
MODULES = sorted(name for _, name, _ in pkgutil.walk_packages(smartspec.__path__, "smartspec."))
PAGES = [path.relative_to(ROOT).as_posix() for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])]


@pytest.mark.parametrize("name", ["smartspec", *MODULES])
def test_the_examples_in_the_docstrings_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_run(page: str) -> None:
    assert doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("name", sorted(smartspec.__all__))
def test_what_is_public_is_documented_with_an_example(name: str) -> None:
    documented = getattr(smartspec, name)
    assert documented.__doc__, name
    if not name.endswith(
        ("Kind", "Level", "Basis", "Aspect", "Relation")
    ):  # Enumerations are shown where they are used.
        assert ">>>" in documented.__doc__, name
