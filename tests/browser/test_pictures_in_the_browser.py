"""Each picture opens in a browser: its texts are there, legible and apart, and the console holds no error."""

from __future__ import annotations

import html
import pathlib
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from smartspec import Catalogue, DatasetInfo, Region, RegionLevel, load_europe, plot
from smartspec.datasets.packaged import packaged

pytest.importorskip("plotly", reason="plotly is not installed: python -m pip install .[plot]")
pytestmark = pytest.mark.browser

PICTURES: dict[str, Callable[[Catalogue], Any]] = {
    "strategy_tree": plot.strategy_tree,
    "one strategy": lambda s3: plot.strategy_tree(s3, next(iter(s3.strategies))),
    "alignment_flow": plot.alignment_flow,
    "area_matrix": plot.area_matrix,
    "timeline": plot.timeline,
    "network": lambda s3: plot.network(s3, next(iter(s3.innovation_poles))),
    "network of a region": lambda s3: plot.network(s3, next(iter(s3.regions)), 3),
    "theme_matrix": plot.theme_matrix,
    "theme_matrix of Europe": lambda _: plot.theme_matrix(load_europe()),
    "partner_matrix": lambda s3: plot.partner_matrix(load_europe(), s3.regions["piedmont"]),
}
each = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
# All texts of the picture: what they say, where they stand, how large, whether slanted, and the frame that holds them.
TEXTS = """
return [...document.querySelectorAll('.main-svg text')].filter(t => t.textContent.trim()).map(t => {
  const box = r => [r.left, r.top, r.right, r.bottom];
  const frame = t.closest('.annotation-text-g')?.querySelector('rect.bg') ?? t.closest('g.slice')?.firstElementChild;
  return {
    text: t.textContent,
    box: box(t.getBoundingClientRect()),
    size: parseFloat(getComputedStyle(t).fontSize)
      * (t.getBoundingClientRect().height && Math.hypot(t.getCTM().a, t.getCTM().b)),
    slanted: t.getCTM().b !== 0,
    frame: frame ? box(frame.getBoundingClientRect()) : null,
  };
});
"""


def opened(browser: Any, figure: Any, path: pathlib.Path) -> list[dict[str, Any]]:
    page = path / "picture.html"
    figure.write_html(page)
    browser.open(page, figure.layout.width + 16, int(figure.layout.height) + 200)
    return browser.run(TEXTS)  # type: ignore[no-any-return]


def words(text: str) -> str:
    """A text as a page shows it, without its line breaks."""
    return html.unescape(re.sub("<[^>]*>", "", text)).replace(" ", "").replace("\xa0", "")


def labels(figure: Any) -> set[str]:
    parts = [figure.layout.title.text, *(box.text for box in figure.layout.annotations)]
    parts += figure.layout.yaxis.ticktext or ()
    for trace in figure.data:
        parts += getattr(trace, "labels", None) if trace.type == "icicle" else [trace.name] * figure.layout.showlegend
    return {words(part) for part in parts}


@each
def test_all_labels_are_on_the_page(
    s3: Catalogue, browser: Any, tmp_path: pathlib.Path, picture: Callable[[Catalogue], Any]
) -> None:
    figure = picture(s3)
    shown = {words(text["text"]) for text in opened(browser, figure, tmp_path)}
    assert labels(figure) <= shown
    assert browser.errors == []


@each
def test_texts_are_legible_and_nothing_is_cut_off_or_covered(
    s3: Catalogue, browser: Any, tmp_path: pathlib.Path, picture: Callable[[Catalogue], Any]
) -> None:
    figure = picture(s3)
    texts = opened(browser, figure, tmp_path)
    bottom = browser.run("return document.querySelector('.main-svg').getBoundingClientRect().bottom")
    for text in texts:
        left, top, right, low = text["box"]
        assert text["size"] >= 11, text
        assert left >= 0, text
        assert right <= 1008, text
        assert top >= 0, text
        assert low <= bottom + 1, text
        if text["frame"]:
            x0, y0, x1, y1 = text["frame"]
            assert left >= x0 - 1, text
            assert right <= x1 + 1, text
            assert top >= y0 - 2, text
            assert low <= y1 + 2, text
    for place, one in enumerate(texts):
        for other in texts[:place]:
            if one["slanted"] and other["slanted"]:
                continue  # Side by side, though the upright boxes around them overlap.
            a, b = one["box"], other["box"]
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 3 or b[3] <= a[1] + 3
            assert apart, (one, other)


@pytest.mark.parametrize(
    "catalogue", [packaged("lake_region"), Catalogue(DatasetInfo(name="Empty"), [])], ids=["example", "empty"]
)
@pytest.mark.parametrize("name", ["strategy_tree", "alignment_flow", "area_matrix", "timeline", "theme_matrix"])
def test_small_catalogues_are_shown_too(browser: Any, tmp_path: pathlib.Path, name: str, catalogue: Catalogue) -> None:
    figure = PICTURES[name](catalogue)
    assert labels(figure) <= {words(text["text"]) for text in opened(browser, figure, tmp_path)}
    assert browser.errors == []


def test_a_picture_is_shown_in_a_page_of_ones_own(s3: Catalogue, browser: Any, tmp_path: pathlib.Path) -> None:
    figure = plot.area_matrix(s3)
    parts = (figure.to_html(full_html=False), plot.timeline(s3)._repr_html_())
    page = tmp_path / "own.html"
    page.write_text(f"<!doctype html><meta charset='utf-8'><title>Own</title>{''.join(parts)}", encoding="utf-8")
    browser.open(page, 1000, 2000)
    shown = {words(text["text"]) for text in browser.run(TEXTS)}
    assert labels(figure) | labels(plot.timeline(s3)) <= shown
    assert browser.errors == []


def hovered(browser: Any, selector: str, place: int = 0) -> str:
    """What appears on pointing at an element of the picture."""
    browser.point_at(browser.run("return document.querySelectorAll(arguments[0])[arguments[1]]", selector, place))
    for _ in range(50):
        said = browser.run(
            "return [...document.querySelectorAll('.hoverlayer text')].map(t => t.textContent).join(' ')"
        )
        if said:
            return str(said)
        time.sleep(0.1)
    return ""


@pytest.mark.parametrize(
    ("name", "selector", "place"),
    [
        ("strategy_tree", "g.slice path.surface", 2),
        ("area_matrix", ".annotation-text-g rect.bg", 20),
        ("timeline", ".bars .point path", 0),
        ("network", ".annotation-text-g rect.bg", 0),
        ("theme_matrix", ".heatmap-label text", 0),
        ("partner_matrix", ".annotation-text-g rect.bg", 8),
    ],
)
def test_pointing_at_something_names_its_source(
    s3: Catalogue, browser: Any, tmp_path: pathlib.Path, name: str, selector: str, place: int
) -> None:
    opened(browser, PICTURES[name](s3), tmp_path)
    assert re.search(": “[^”]+”", hovered(browser, selector, place))
    assert browser.errors == []


def test_pointing_at_a_line_of_the_flow_names_its_source(s3: Catalogue, browser: Any, tmp_path: pathlib.Path) -> None:
    opened(browser, plot.alignment_flow(s3), tmp_path)
    # Plotly itself tells where on the page a point of the line lies.
    browser.run("Plotly.Fx.hover(document.querySelector('.js-plotly-plot'), [{curveNumber: 0, pointNumber: 4}])")
    said = browser.run("return [...document.querySelectorAll('.hoverlayer text')].map(t => t.textContent).join(' ')")
    assert re.search("→.*: “[^”]+”", said)
    assert browser.errors == []


def test_hostile_names_are_shown_and_nothing_happens(browser: Any, tmp_path: pathlib.Path) -> None:
    names = [
        "<img src=x onerror=\"document.title='taken'\">",
        "<script>document.title='taken'</script>",
        "</script><script>document.title='taken'</script>",
        "&lt;b&gt; <b>bold</b>",
        "$\\href{javascript:x}{y}$ %{x}",
    ]
    region = Region(id="centre", name="Centre", level=RegionLevel.REGION)
    others = [
        Region(id=f"region-{number}", name=name, level=RegionLevel.REGION, parent=region)
        for number, name in enumerate(names)
    ]
    figure = plot.network(Catalogue(DatasetInfo(name=names[0]), [region, *others]), region)
    shown = [text["text"].replace("\xa0", " ") for text in opened(browser, figure, tmp_path)]
    for name in names:
        assert any(
            words(html.escape(name)) == words(html.escape(text))[-len(words(html.escape(name))) :] for text in shown
        )
    assert browser.run("return document.title") != "taken"
    assert browser.run("return document.querySelectorAll('.main-svg img, .main-svg script').length") == 0
    assert browser.errors == []
