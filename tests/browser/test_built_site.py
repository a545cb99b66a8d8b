"""The site as it is built: every entity has its page, every link leads somewhere, nothing comes from another host.

It is built once, with warnings as errors, which takes a minute.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

import smartspec

pytestmark = pytest.mark.site

DOCS = pathlib.Path(__file__).parents[2] / "docs"
# One page of each kind; that of Italy is the longest of an entity.
KINDS = (
    "index.html",
    "start/ten-minutes.html",
    "how-to/pictures.html",
    "reference/classes.html",
    "reference/fields.html",
    "explanation/domain.html",
    "explanation/data.html",
    "glossary.html",
    "entities/index.html",
    "entities/innovation_areas/index.html",
    "entities/innovation_poles/mesap.html",
    "entities/regions/italy.html",
    "search.html?q=MESAP",
)


# The theme lets the text of a page scroll as a whole on a phone; only tables, code and pictures may, each by itself.
SCROLLS = "const text = document.querySelector('.content'); return text.scrollWidth > text.clientWidth"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The directory of the built site."""
    if importlib.util.find_spec("sphinx") is None:
        pytest.skip("Sphinx is not installed: pip install .[docs]")
    built = tmp_path_factory.mktemp("site")
    trees = tmp_path_factory.mktemp("doctrees")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", "-b", "html", "-d", str(trees), str(DOCS), str(built)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-5000:]
    return built


class Page(HTMLParser):
    """What a page leads to, what it asks for, and the ids in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.asks: set[str] = set()
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag in ("a", "area") and "href" in given:
            self.links.add(given["href"])
        elif tag == "link" and given.get("rel") not in ("canonical", "prev", "next", "index", "search", "author"):
            self.asks.add(given["href"])
        self.asks |= {given[name] for name in ("src", "data", "poster", "srcset") if name in given and tag != "a"}


@cache
def page_at(path: str) -> Page:
    return Page(pathlib.Path(path).read_text(encoding="utf-8"))


def pages(site: pathlib.Path) -> Iterator[tuple[pathlib.Path, Page]]:
    for path in sorted(site.glob("**/*.html")):
        yield path, page_at(str(path))


def is_foreign(address: str) -> bool:
    return re.match(r"(https?:)?//", address) is not None


def test_every_entity_has_its_page_and_its_json(site: pathlib.Path) -> None:
    for collection, entities in smartspec.load_europe().collections.items():
        for entity in entities:
            page = site / "entities" / collection / f"{entity.id}.html"
            assert page.exists()
            assert json.loads(page.with_suffix(".json").read_text(encoding="utf-8")) == smartspec.to_dict(entity)


def test_the_json_of_a_page_makes_the_entity_again(site: pathlib.Path) -> None:
    eu = smartspec.load_europe()
    plain = json.loads((site / "entities/innovation_poles/mesap.json").read_text(encoding="utf-8"))
    assert smartspec.from_dict(smartspec.InnovationPole, plain, eu) == eu.innovation_poles["mesap"]


def test_a_link_between_entities_stands_on_the_pages_of_both(site: pathlib.Path) -> None:
    eu = smartspec.load_europe()
    for entity in eu.innovation_areas:
        page = page_at(str(site / "entities" / "innovation_areas" / f"{entity.id}.html"))
        for link in eu.links(entity):
            collection = next(name for name, found in eu.collections.items() if link.end in found)
            assert f"../{collection}/{link.end.id}.html" in page.links


def test_a_page_shows_each_source_with_its_passage_basis_and_note(site: pathlib.Path) -> None:
    area = smartspec.load().innovation_areas["automotive"]
    text = (site / "entities/innovation_areas/automotive.html").read_text(encoding="utf-8")
    for citation in area.citations:
        for part in (citation.passage, citation.source.name, citation.basis.value, citation.note):
            assert part.replace("&", "&amp;").replace("'", "&#39;") in text


def test_every_link_within_the_site_leads_to_a_page_and_a_place_in_it(site: pathlib.Path) -> None:
    broken = set()
    for path, page in pages(site):
        for link in page.links | page.asks:
            if is_foreign(link) or re.match(r"(mailto|data|javascript):", link):
                continue
            address, _, anchor = link.partition("#")
            target = os.path.normpath(path.parent / unquote(address.partition("?")[0])) if address else str(path)
            missing = not os.path.isfile(target)
            if missing or (anchor and target.endswith(".html") and unquote(anchor) not in page_at(target).ids):
                broken.add((path.name, link))
    assert broken == set()


def test_no_page_asks_another_host_for_anything(site: pathlib.Path) -> None:
    asked = {(path.name, address) for path, page in pages(site) for address in page.asks if is_foreign(address)}
    assert asked == set()
    styles = "".join(path.read_text(encoding="utf-8") for path in site.glob("_static/**/*.css"))
    assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)]*", styles) == []


def test_the_pictures_of_a_page_share_one_script(site: pathlib.Path) -> None:
    text = (site / "how-to/pictures.html").read_text(encoding="utf-8")
    assert text.count("plotly-graph-div") == 7
    assert text.count("_static/plotly.js") == 1
    assert len(text) < 2_000_000


def test_what_is_mermaid_in_the_pages_is_drawn(site: pathlib.Path) -> None:
    for page in ("explanation/domain", "explanation/architecture", "how-to/pictures"):
        assert '<div class="diagram"' in (site / f"{page}.html").read_text(encoding="utf-8")


def test_llms_txt_names_each_page_with_a_line(site: pathlib.Path) -> None:
    told = dict(re.findall(r"^- \[.+?\]\((.+?)\.html\): (.+)$", (site / "llms.txt").read_text(encoding="utf-8"), re.M))
    expected = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.glob("**/*.md")}
    assert {*told} == {page for page in expected if not page.startswith("_")} - {"index", "README"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1000, 1440])
def test_no_page_is_wider_than_its_window(site: pathlib.Path, browser, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        for page in KINDS:
            browser.driver.get(f"{site.as_uri()}/{page}")
            assert browser.run("return document.documentElement.scrollWidth") <= width, page
            assert not browser.run(SCROLLS), page
            background = browser.run("return getComputedStyle(document.body).backgroundColor")
            assert (max(map(int, re.findall(r"\d+", background)[:3])) > 128) == (scheme == "light"), page
            assert [error for error in browser.errors if "site" in error] == [], page
    finally:
        browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("MESAP", "entities/innovation_poles/mesap.html"),
        ("ITC1", "entities/regions/piedmont.html"),
        ("Emilia-Romagna", "entities/regions/emilia-romagna.html"),
        ("glossary", "glossary.html"),
    ],
)
def test_the_search_finds_what_bears_the_name_first(site: pathlib.Path, browser, asked: str, first: str) -> None:  # type: ignore[no-untyped-def]
    from selenium.webdriver.support.ui import WebDriverWait

    browser.driver.get(f"{site.as_uri()}/search.html?q={asked}")
    found = "return document.querySelector('ul.search li a')?.getAttribute('href')"
    WebDriverWait(browser.driver, 20).until(lambda _: browser.run(found))
    assert browser.run(found).partition("?")[0].partition("#")[0] == first
