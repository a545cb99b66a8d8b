"""An exported notebook shows what the displays say, and the console holds no error."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import Any

import pytest

from smartspec import Catalogue

pytestmark = pytest.mark.browser

CELLS = {
    "entity": 's3.innovation_poles["mesap"]',
    "collection": "s3.innovation_poles",
    "catalogue": "s3",
    "matches": 's3.search("aerospace")',
    "comparison": 's3.compare(s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"])',
    "coverage": "s3.coverage()",
    "figure": "smartspec.plot.area_matrix(s3)",
    "another figure": "smartspec.plot.timeline(s3)",
}
# Run apart: the tools of notebooks warn of things that are not ours.
EXPORT = """
import sys
import nbclient, nbformat
from nbconvert import HTMLExporter

cells = [nbformat.v4.new_code_cell(source) for source in sys.argv[2:]]
notebook = nbformat.v4.new_notebook(cells=cells)
nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
# Nothing from outside: a page that was exported is read anywhere.
exporter = HTMLExporter(require_js_url="", mathjax_url="", jquery_url="", mermaid_js_url="", widget_renderer_url="")
page, _ = exporter.from_notebook_node(notebook)
open(sys.argv[1], "w", encoding="utf-8").write(page)
"""


@pytest.fixture(scope="module")
def notebook(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    for module in ("plotly", "nbformat", "nbclient", "nbconvert", "ipykernel"):
        pytest.importorskip(module, reason=f"{module} is not installed: pip install .[browser]")
    page: pathlib.Path = tmp_path_factory.mktemp("notebook") / "notebook.html"
    first = "import smartspec.plot; s3 = smartspec.load()"
    subprocess.run([sys.executable, "-W", "ignore", "-c", EXPORT, str(page), first, *CELLS.values()], check=True)
    browser.open(page, 1200, 1200)
    return browser


def output(notebook: Any, name: str) -> Any:
    """What the cell of that name shows."""
    script = "return document.querySelectorAll('.jp-CodeCell')[arguments[0]].querySelector('.jp-OutputArea')"
    return notebook.run(script, [*CELLS].index(name) + 1)


def headers(notebook: Any, name: str) -> list[str]:
    script = "return [...arguments[0].querySelectorAll('th')].map(th => th.scope + ': ' + th.textContent.trim())"
    return list(notebook.run(script, output(notebook, name)))


def caption(notebook: Any, name: str) -> str:
    return str(notebook.run("return arguments[0].querySelector('caption').textContent", output(notebook, name)))


def test_an_entity_is_a_card_with_its_facts_and_sources(s3: Catalogue, notebook: Any) -> None:
    shown = output(notebook, "entity")
    assert caption(notebook, "entity") == "MESAP (InnovationPole)"
    assert {"row: region", "row: areas", "row: managers"} <= {*headers(notebook, "entity")}
    assert "Centro Servizi Industrie" in shown.text
    pole = s3.innovation_poles["mesap"]
    assert f"Sources ({len(pole.citations)})" in shown.text
    assert pole.citations[0].passage in notebook.run("return arguments[0].textContent", shown)


def test_a_collection_is_a_table(s3: Catalogue, notebook: Any) -> None:
    shown = output(notebook, "collection")
    assert caption(notebook, "collection") == f"innovation poles: {len(s3.innovation_poles)}"
    assert {"col: id", "col: name", "col: region"} <= {*headers(notebook, "collection")}
    assert all(pole.name in shown.text for pole in s3.innovation_poles)


def test_a_catalogue_shows_its_collections_and_strategies(s3: Catalogue, notebook: Any) -> None:
    shown = output(notebook, "catalogue").text
    assert s3.name in shown
    assert all(strategy.name in shown for strategy in s3.strategies)
    assert f"innovation areas {len(s3.innovation_areas)}" in shown
    assert any(header.startswith("col: ") for header in headers(notebook, "catalogue"))


def test_matches_are_a_table(s3: Catalogue, notebook: Any) -> None:
    found = s3.search("aerospace")
    assert caption(notebook, "matches") == f"{len(found)} matches"
    assert {"col: name", "col: found in", "col: score"} <= {*headers(notebook, "matches")}
    assert found[0].entity.name in output(notebook, "matches").text


def test_a_comparison_is_a_table(notebook: Any) -> None:
    expected = [
        "Second Strategic Plan of Torino",
        "relation",
        "Open for Business",
        "basis",
        "shared themes",
        "shared NACE",
    ]
    assert headers(notebook, "comparison") == [f"col: {column}" for column in expected]
    assert "High quality food" in output(notebook, "comparison").text


def test_the_coverage_is_a_table(notebook: Any) -> None:
    assert caption(notebook, "coverage") == "What the data leave open"
    assert "areas without pole" in output(notebook, "coverage").text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("figure", ("Which strategy names what, and by what word", "Sustainable mobility")),
        ("another figure", ("When strategies, poles and initiatives run", "Second Strategic Plan of Torino")),
    ],
)
def test_a_picture_at_the_end_of_a_cell_is_drawn(notebook: Any, name: str, words: tuple[str, ...]) -> None:
    script = "return [...arguments[0].querySelectorAll('.main-svg text')].map(t => t.textContent)"
    texts = notebook.run(script, output(notebook, name))
    assert all(word in " ".join(texts) for word in words)
    size = "const r = arguments[0].querySelector('.main-svg').getBoundingClientRect(); return [r.width, r.height]"
    width, height = notebook.run(size, output(notebook, name))
    assert width >= 900
    assert height >= 500


def test_no_cell_failed_and_the_console_holds_no_error(notebook: Any) -> None:
    assert notebook.run("return document.querySelectorAll('.jp-OutputArea-output[data-mime-type*=error]').length") == 0
    assert notebook.errors == []
