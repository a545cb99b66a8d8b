"""The modules: one job each, told by their first sentence; imports lead downwards, and never round in a circle."""

import ast
import graphlib
import pathlib

import pytest

import smartspec

PACKAGE = pathlib.Path(smartspec.__file__).parent
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def imported(module: str, *, everywhere: bool) -> set[str]:
    """The modules of the package that a module imports: at its top, or wherever it does."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    checked_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    nodes = ast.walk(tree) if everywhere else tree.body
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node not in checked_only:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found & set(MODULES)


@pytest.mark.parametrize("everywhere", [False, True], ids=["at the top", "anywhere"])
def test_no_imports_run_in_a_circle(everywhere: bool) -> None:
    graph = {module: imported(module, everywhere=everywhere) for module in MODULES if module != "__init__"}
    tuple(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", MODULES)
def test_a_module_opens_with_one_sentence_on_its_job(module: str) -> None:
    first = (ast.get_docstring(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))) or "").split("\n\n")[
        0
    ]
    assert first.endswith(".")
    assert len(first) < 240


@pytest.mark.parametrize("module", ["errors", "fields", "labels", "model", "records", "texts"])
def test_the_domain_knows_nothing_of_catalogues_and_files(module: str) -> None:
    assert not imported(module, everywhere=True) & {
        "catalogue",
        "collection",
        "dataset",
        "files",
        "structure",
        "search",
    }
