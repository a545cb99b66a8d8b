"""The explorer, as a reader finds it: served over a socket, typed into, clicked, seen, and heard."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

import pytest

import smartspec
from smartspec import Catalogue

pytestmark = pytest.mark.browser

PLAN, OLD_PLAN, CITY_PLAN = "piedmont-s3-2021-2027", "torino-strategic-plan-2006", "open-for-business"
DRONE = "😀 Un drone con sensori iperspettrali controlla i vigneti e la vendemmia."
MUSEUM = "The museum shows paintings and sculptures."
VIEWS = {
    "start": "",
    "search": "search?q=hydrogen",
    "nothing found": "search?q=xyzzyq",
    "list": "list?in=strategies",
    "pole": "entity?in=innovation_poles&id=mesap",
    "theme": "entity?in=themes&id=health",
    "area": "entity?in=innovation_areas&id=aerospace-2021",
    "closest areas": "entity?in=innovation_areas&id=aerospace-2021&closest=1",
    "source": "entity?in=sources&id=cgreen-about",
    "initiative": "entity?in=initiatives&id=vanguard-pilot-hydrogen",
    "choosing a region": "region",
    "region": "region?id=piedmont",
    "partners by a theme": "region?id=piedmont&theme=aerospace",
    "in Italian": "region?id=piedmont&language=it",
    "choosing strategies": "compare",
    "comparison by alignments": f"compare?first={OLD_PLAN}&second={CITY_PLAN}",
    "comparison by themes": f"compare?first={PLAN}&second=tuscany-s3-2021-2027",
    "placing": "place",
    "placed": f"place?{urlencode({'strategy': PLAN, 'nace': '01.21', 'text': DRONE}, quote_via=quote)}",
    "placed in none": f"place?{urlencode({'strategy': PLAN, 'text': MUSEUM}, quote_via=quote)}",
}
MISSES = {"unknown": "entity?in=regions&id=piedmnt", "nowhere": "nowhere"}
each_view = pytest.mark.parametrize("view", (VIEWS | MISSES).values(), ids=VIEWS | MISSES)


class Explorer:
    """Does what a reader does, and tells what they see."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser, self.driver, self.address = browser, browser.driver, address

    def visit(self, view: str, width: int = 1000, scheme: str = "light") -> None:
        media = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get("about:blank")  # Else only the hash would change, and nothing be loaded.
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(f"{self.address}#/{view}")
        self.settle()

    def settle(self) -> None:
        self.until("return document.querySelector('main')?.getAttribute('aria-busy') === 'false'")

    def until(self, script: str, *arguments: Any) -> Any:
        """What a script gives once it is something."""
        for _ in range(200):
            if found := self.browser.run(script, *arguments):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never came: {script} {arguments}; the page says {self.text[:2000]!r}")

    def see(self, *words: str) -> None:
        for text in words:
            self.until("return document.body.innerText.includes(arguments[0])", text)

    def see_heading(self, text: str) -> None:
        self.until("return document.querySelector('h1')?.textContent === arguments[0]", text)

    def press(self, *keys: str) -> None:
        """Types where the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, words: str, most: int = 60) -> None:
        """Presses Tab until the focus is on what bears these words."""
        for _ in range(most):
            self.press("\ue004")
            if words in self.focused:
                return
        raise AssertionError(f"Tab does not reach {words!r}; it is on {self.focused!r}")

    def click(self, words: str) -> None:
        script = """
          const bears = (one) => one.textContent.trim() === arguments[0] && one.checkVisibility();
          return [...document.querySelectorAll('a, button, summary')].find(bears)"""
        self.until(script, words).click()

    @property
    def focused(self) -> str:
        """The words of what has the focus."""
        script = "const a = document.activeElement; return a.labels?.[0]?.textContent || a.textContent || a.ariaLabel"
        return str(self.browser.run(script))

    @property
    def text(self) -> str:
        return str(self.browser.run("return document.body.innerText"))

    @property
    def hash(self) -> str:
        return str(self.browser.run("return location.hash"))

    @property
    def announced(self) -> str:
        return str(self.browser.run("return document.querySelector('[role=status]').textContent"))

    def all(self, selector: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim())"
        return list(self.browser.run(script, selector))

    @property
    def errors(self) -> list[str]:
        """What the console holds, but for answers that say that something is not there."""
        return [told for told in self.browser.errors if "Failed to load resource" not in told]


DOWN, ENTER, ESCAPE, TAB = "\ue015", "\ue007", "\ue00c", "\ue004"


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`smartspec serve` on a free port: its address, and the process."""
    for module in ("fastapi", "uvicorn"):
        pytest.importorskip(module, reason=f"{module} is not installed: pip install .[web]")
    command = [sys.executable, "-m", "smartspec", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, "the server names no address"
            yield found[0], process
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as (address, _):
        yield address


@pytest.fixture
def page(browser: Any, server: str) -> Explorer:
    return Explorer(browser, server)


# The way of an officer


def test_who_types_the_name_of_a_region_finds_its_partners_by_keyboard_alone(page: Explorer) -> None:
    page.visit("")
    page.tab_to("Search for a region")
    page.press("piedm")
    page.until("return document.querySelector('[role=option]')?.textContent.startsWith('Piedmont')")
    page.press(DOWN, ENTER)
    page.see_heading("Piedmont")
    page.tab_to("Partners")
    page.press(ENTER)
    assert page.focused == "Regions that share its priorities"
    partners = smartspec.load_europe().partners(smartspec.load().regions["piedmont"])
    assert page.all(".partners h3") == [partner.region.name for partner in partners]


def test_suggestions_are_told_and_chosen_as_a_combobox(page: Explorer) -> None:
    page.visit("")
    page.tab_to("Search for a region")
    state = """
      const box = document.querySelector('[role=combobox]');
      const active = document.getElementById(box.getAttribute('aria-activedescendant'));
      return [box.ariaExpanded, active?.ariaSelected ?? null]"""
    assert page.browser.run(state) == ["false", None]
    page.press("hydrogen")
    page.until("return document.querySelectorAll('[role=option]').length > 3")
    assert page.browser.run(state) == ["true", None]
    assert page.announced == "Suggestions: 8. Arrow keys choose."
    page.press(DOWN)
    assert page.browser.run(state) == ["true", "true"]
    page.press(ESCAPE)
    assert page.browser.run(state) == ["false", None]


def test_a_suggestion_is_taken_by_the_mouse(page: Explorer) -> None:
    page.visit("")
    page.tab_to("Search for a region")
    page.press("mesap")
    page.until("return document.querySelector('[role=option]')").click()
    page.see_heading("MESAP")


def test_enter_searches_and_the_results_lead_on(page: Explorer) -> None:
    page.visit("")
    page.tab_to("Search for a region")
    page.press("idrogeno", ENTER)
    page.see_heading("Search: idrogeno")
    assert page.hash == "#/search?q=idrogeno"
    assert page.driver.title == "idrogeno – Search – smartspec"
    assert page.announced.startswith("Results: ")
    first = page.all(".results h3")[0]
    page.click(first)
    page.see_heading(first)


def test_a_search_is_narrowed_to_a_collection(page: Explorer) -> None:
    page.visit("search?q=hydrogen")
    page.tab_to("Search in")
    page.press("innovation poles")
    page.until("return location.hash.includes('innovation_poles')")
    page.until("return document.querySelector('main').ariaBusy === 'false'")
    assert [title.rsplit(" ", 1)[0] for title in page.all(".results h2")] == ["Innovation poles"]


def test_what_somebody_looks_for_is_found_before_what_backs_it(page: Explorer) -> None:
    page.visit("search?q=hydrogen")
    kinds = [title.rsplit(" ", 1)[0] for title in page.all(".results h2")]
    assert {*kinds[:3]} == {"Innovation areas", "Innovation poles", "Themes"}
    assert {*kinds[-2:]} == {"Indicators", "Sources"}


def test_a_search_leads_to_who_bets_on_the_theme_that_it_finds(page: Explorer) -> None:
    page.visit("search?q=hydrogen")
    page.click("Energy is a theme: who bets on it")
    page.see_heading("Energy")
    page.see("Who bets on it in")


def test_a_suggested_strategy_says_whether_it_is_in_force_and_who_is_comes_first(page: Explorer) -> None:
    page.visit("compare")
    page.tab_to("First strategy")
    page.press("tuscany")
    page.until("return document.querySelectorAll('[role=listbox]:not([hidden]) [role=option]').length > 1")
    assert page.all("[role=listbox]:not([hidden]) small")[:2] == ["Tuscany · in force", "Tuscany · ended 2020"]


def test_results_say_which_strategies_are_over(page: Explorer) -> None:
    page.visit("search?q=tuscany+2014-2020&in=strategies")
    assert page.all(".results .tag")[0] == "ended 2020"


def test_results_say_which_areas_are_of_a_strategy_that_is_over(page: Explorer) -> None:
    page.visit("search?q=hydrogen&in=innovation_areas")
    ended = """
      return [...document.querySelectorAll('.results li')]
        .filter((one) => one.querySelector('.tag')?.textContent.startsWith('ended'))
        .map((one) => one.querySelector('h3').textContent)"""
    assert "Storage and integration of energy systems" in page.browser.run(ended)


def test_what_is_not_found_says_what_to_try(page: Explorer) -> None:
    page.visit("search?q=xyzzyq")
    page.see("Nothing is found.", "Try fewer or shorter words")


# The views


def test_a_card_shows_the_words_of_its_sources(s3: Catalogue, page: Explorer) -> None:
    page.visit("entity?in=innovation_poles&id=mesap")
    pole = s3.innovation_poles["mesap"]
    assert {f"“{citation.passage}”" for citation in pole.citations} <= {f"“{words}”" for words in page.all("q")}
    page.see(pole.description, "Centro Servizi Industrie", "inferred", "Not stated: territories, seat, end, successor")
    page.see("Smart specialisation in Piedmont and Torino", "CC-BY-4.0")


def test_the_number_beside_a_field_leads_to_its_source(page: Explorer) -> None:
    page.visit("entity?in=innovation_poles&id=mesap")
    page.until("return document.querySelector('.note')").click()
    assert page.focused.startswith("CGreen, About us")
    assert page.browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_card_names_codes_by_their_standards_and_links_themes(page: Explorer) -> None:
    page.visit(VIEWS["area"])
    page.see("NACE", "called in the document")
    assert page.all(".fields .chips a") == ["Aerospace and space"]


def test_links_to_sources_give_nothing_away(page: Explorer) -> None:
    page.visit("entity?in=innovation_poles&id=mesap")
    script = "return [...document.querySelectorAll('a[href^=http]')].map((link) => link.rel)"
    assert {*page.browser.run(script)} == {"noopener noreferrer"}


def test_a_theme_tells_who_bets_on_it(page: Explorer) -> None:
    page.visit("entity?in=themes&id=aerospace")
    eu = smartspec.load_europe()
    number = len(eu.innovation_areas.where(themes="aerospace").at(eu.year))
    page.see(f"Who bets on it in {eu.year}: {number} areas", "Piedmont: Aerospace")


def test_the_closest_areas_come_when_asked_for(page: Explorer) -> None:
    page.visit("entity?in=innovation_areas&id=aerospace-2021")
    page.click("Which areas of other regions come closest?")
    page.until("return document.querySelectorAll('tbody tr').length === 20")
    assert page.hash == f"#/{VIEWS['closest areas']}"
    eu = smartspec.load_europe()
    first = eu.counterparts(eu.innovation_areas["aerospace-2021"], limit=1)[0]
    assert page.all("tbody tr:first-child td")[:2] == [first.area.name, first.area.strategy.region.name]
    assert page.focused == "Closest areas of other regions"


@pytest.mark.parametrize(("area", "are_alike"), [("health-2021", True), ("aerospace-2021", False)])
def test_closest_areas_that_are_all_alike_are_said_to_be(page: Explorer, area: str, are_alike: bool) -> None:
    page.visit(f"entity?in=innovation_areas&id={area}&closest=1")
    assert ("All alike by theme and code" in page.text) is are_alike


def test_who_bets_on_a_theme_is_a_link_to_the_region(page: Explorer) -> None:
    page.visit(VIEWS["theme"])
    page.click("Burgenland")
    page.see_heading("Burgenland")


def test_a_region_shows_its_strategy_in_force_before_those_that_are_over(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    assert page.all(".plan h3") == ["Smart Specialisation Strategy of Piedmont 2021-2027"]
    assert page.all("summary")[0] == "Smart Specialisation Strategy of Piedmont 2014-2020 2014 – 2020"
    assert page.all("summary")[1].startswith("Strategies of territories within or around it")
    page.see(
        "in force",
        "Sustainable mobility",
        "Mobility and automotive",
        "Smart Specialisation Strategy of Piedmont 2014-2020",
    )


def test_a_strategy_that_is_over_shows_its_areas_when_opened(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.until("return document.querySelector('details summary')").click()
    page.see("Mechatronics", "Green chemistry")


def test_a_partner_shows_the_pairs_of_areas_that_say_why(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.until("return document.querySelector('.partners summary')").click()
    eu = smartspec.load_europe()
    pair = eu.partners(eu.regions["piedmont"], limit=1)[0].pairs[0]
    assert page.all(".partners tbody tr:first-child td")[:2] == [pair.area.name, pair.match.name]


def test_a_partner_leads_to_a_comparison_of_the_two_strategies(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.until("return document.querySelector('.partners summary')").click()
    page.click("Compare the strategies")
    eu = smartspec.load_europe()
    pair = eu.partners(eu.regions["piedmont"], limit=1)[0].pairs[0]
    page.until("return document.querySelector('th')")
    assert page.all("th")[0:3:2] == [pair.area.strategy.name, pair.match.strategy.name]


def test_a_source_is_not_called_uncited(page: Explorer) -> None:
    page.visit(VIEWS["source"])
    assert page.all(".uncited") == []


def test_what_no_document_states_is_called_uncited(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    assert page.all(".fields .uncited") == ["uncited"]  # That it is a region is our word for its level.


def test_partners_are_asked_for_another_year(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.tab_to("By the strategies in force in")
    page.press("\ue009a\ue000", "2015", ENTER)
    page.until("return location.hash.includes('year=2015')")
    page.until("return document.querySelector('.plan h3')?.textContent.endsWith('2014-2020')")
    eu = smartspec.load_europe()
    found = eu.partners(eu.regions["piedmont"], year=2015)
    assert page.all(".partners h3") == [partner.region.name for partner in found]


def test_partners_are_asked_for_a_theme(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.tab_to("They share")
    page.press("Health")
    page.until("return location.hash.includes('theme=health')")
    page.settle()
    eu = smartspec.load_europe()
    piedmont = eu.regions["piedmont"]
    found = [one for one in eu.partners(piedmont, limit=len(eu.regions)) if eu.themes["health"] in one.themes][:10]
    page.until("return document.querySelector('#theme').value === 'health'")
    assert page.all(".partners h3") == [partner.region.name for partner in found]


def test_many_themes_of_a_partner_are_shown_when_asked_for(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    more = page.until("return document.querySelector('.partners > li > .chips button')")
    chips = "return arguments[0].closest('.chips').querySelectorAll('a').length"
    assert page.browser.run(chips, more) == 3
    hidden = int(more.text)
    row = page.browser.run("return arguments[0].closest('.chips')", more)
    more.click()
    assert page.browser.run("return arguments[0].querySelectorAll('a').length", row) == 3 + hidden


def test_a_strategy_leads_to_the_placing_of_a_text(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.click("Place a text against this strategy")
    page.see_heading("Place a text")
    assert page.hash == f"#/place?strategy={PLAN}"


def test_the_signs_are_explained_on_every_page(page: Explorer) -> None:
    page.visit("")
    page.click("What the signs mean")
    page.see("do not take it for stated", "the EU’s classification of economic activities")


def test_the_poles_of_a_region_are_those_of_its_towns_too(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.click("Clusters and poles")
    page.until(
        "return [...document.querySelectorAll('main button')].find((b) => b.textContent.startsWith('Show all 1'))"
    ).click()
    page.see("MESAP")


def test_two_strategies_are_chosen_and_compared_by_keyboard(s3: Catalogue, page: Explorer) -> None:
    page.visit("compare")
    for field, typed, wanted in (
        ("First strategy", "second strategic plan of torino", OLD_PLAN),
        ("Second strategy", "open for business", CITY_PLAN),
    ):
        page.tab_to(field)
        page.press(typed)
        name = s3.strategies[wanted].name
        first = "document.querySelector('[role=listbox]:not([hidden]) [role=option]')?.textContent"
        page.until(f"return {first}?.startsWith(arguments[0])", name)
        page.press(DOWN, ENTER)
    page.tab_to("Compare")
    page.press(ENTER)
    page.see(
        "recorded as alignments", "Recorded only in Second Strategic Plan of Torino", "Finance", "High quality food"
    )
    assert page.hash == f"#/compare?first={OLD_PLAN}&second={CITY_PLAN}"
    assert page.all("tbody tr:first-child td")[:4] == ["Automotive", "close", "Automotive", "inferred"]


def test_strategies_without_alignments_are_compared_by_themes_and_say_so(page: Explorer) -> None:
    page.visit(VIEWS["comparison by themes"])
    page.see("No document compares the two; they are paired by theme.", "“Similar” runs from 0 to 1")
    assert "basis" not in page.all("th")


def test_what_only_one_has_is_told_as_recorded_where_not_all_is(page: Explorer) -> None:
    page.visit(VIEWS["comparison by alignments"])
    page.see("Recorded only in Open for Business", "Open for Business: not all of its areas are recorded.")
    page.visit(f"compare?first={PLAN}&second=lombardy-s3-2021-2027")
    page.see("Only in Smart Specialisation Strategy of Piedmont 2021-2027")
    assert "Recorded only in" not in page.text


def test_the_whole_title_of_a_strategy_stands_below_its_field(s3: Catalogue, page: Explorer) -> None:
    page.visit(VIEWS["comparison by themes"], width=375)
    assert page.all(".chooser small")[0] == s3.strategies[PLAN].name
    page.tab_to("First strategy")
    page.press("x")
    assert page.all(".chooser small")[0] == ""


def test_the_two_sides_are_swapped(page: Explorer) -> None:
    page.visit(VIEWS["comparison by alignments"])
    page.click("Swap")
    page.until("return document.querySelector('th')?.textContent === 'Open for Business'")


def test_a_name_that_nobody_bears_is_told_with_what_comes_near(page: Explorer) -> None:
    page.visit("region")
    page.tab_to("A region")
    page.press("Piedmnt", ESCAPE)
    page.tab_to("Show")
    page.press(ENTER)
    page.until("return document.querySelector('[role=alert]').textContent.includes('Piedmont')")
    assert page.focused == "A region"
    page.click("Piedmont")
    page.see_heading("Piedmont")


def test_a_name_that_several_bear_lets_one_choose(page: Explorer) -> None:
    page.visit("region")
    page.tab_to("A region")
    page.press("Limburg", ESCAPE)
    page.tab_to("Show")
    page.press(ENTER)
    page.see("Several bear that name; which one?")
    assert len(page.all(".offers button")) == 2


def test_a_text_is_placed_and_the_words_that_say_so_are_marked(page: Explorer) -> None:
    page.visit("place")
    page.tab_to("Text")
    page.browser.run("document.activeElement.value = arguments[0]", DRONE)  # The driver cannot type an emoji.
    page.click("Place the text")
    page.see("It belongs to Food.")
    assert [re.sub(r"\d.*", "", words) for words in page.all("mark")] == [
        "drone",
        "sensori",
        "iperspettrali",
        "vigneti",
        "vendemmia",
    ]
    assert "vigneti1 (Food)" in page.all("mark")  # By a number and a name, not by colour alone.
    assert page.browser.run("return document.querySelector('textarea').value") == DRONE


def test_a_text_that_belongs_to_none_names_what_speaks_against_it(page: Explorer) -> None:
    page.visit(VIEWS["placed in none"])
    page.see("It belongs to none of these areas: most speaks for another subject, Culture and creative industries.")
    assert len(page.all("mark.mark-rival")) == 3


def test_a_text_that_says_nothing_leaves_it_unsure(page: Explorer) -> None:
    page.visit(f"place?strategy={PLAN}&text=It%20is%20what%20it%20is.")
    page.see("It is not clear")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "A satellite and a rocket carry a museum of paintings",
            "Most speaks for Aerospace, but much also for Culture",
        ),
        ("A satellite for vineyards", "It lies between Food and Aerospace."),
        ("A drone", "too little speaks for any one area"),
    ],
)
def test_an_unclear_text_says_why_it_is_unclear(page: Explorer, text: str, why: str) -> None:
    page.visit(f"place?strategy={PLAN}&text={quote(text)}")
    page.see(why)


def test_two_areas_of_one_name_are_told_apart(page: Explorer) -> None:
    page.visit("place?strategy=piedmont-s3-2014-2020&text=A%20satellite%20and%20a%20rocket")
    page.see("It belongs to Aerospace (innovation area) and Aerospace (industry).")


@pytest.mark.parametrize(
    ("strategy", "told"),
    [
        (CITY_PLAN, "Not all areas of this strategy are recorded."),
        ("lower-saxony-s3-2021-2027", "It is not known whether all areas of this strategy are recorded."),
    ],
)
def test_none_of_an_incomplete_strategy_is_told_as_none_of_what_is_recorded(
    page: Explorer, strategy: str, told: str
) -> None:
    page.visit(f"place?strategy={strategy}&text=Football%20and%20tennis%20in%20a%20stadium")
    page.see("It belongs to none of the areas that are recorded", told)


def test_a_placement_names_its_strategy_and_warns_if_it_is_over(page: Explorer) -> None:
    page.visit("place?strategy=piedmont-s3-2014-2020&text=A%20satellite")
    page.see(
        "Among the areas of Smart Specialisation Strategy of Piedmont 2014-2020:", "no longer in force: it ended 2020"
    )
    page.visit(VIEWS["placed"])
    page.see("It belongs to Food.")
    assert "in force" not in page.text


def chosen_strategy(page: Explorer) -> str:
    page.see_heading("Place a text")
    return str(page.browser.run("return document.querySelector('.chooser input').value"))


def test_the_strategy_of_the_region_that_was_looked_at_is_offered(page: Explorer) -> None:
    page.visit("region?id=tuscany")
    page.see_heading("Tuscany")
    page.click("Place a text")
    assert "Tuscany" in chosen_strategy(page)


def test_the_strategy_of_the_region_in_the_address_is_offered(page: Explorer) -> None:
    page.visit("place?region=tuscany")
    assert "Tuscany" in chosen_strategy(page)


def test_without_a_region_the_strategy_of_piedmont_is_offered(page: Explorer) -> None:
    page.visit("place")
    assert "Piedmont" in chosen_strategy(page)


def test_a_wrong_code_is_told_and_the_text_stays(page: Explorer) -> None:
    page.visit(f"place?strategy={PLAN}&nace=99.99.99&text=A%20satellite.")
    page.see("99.99.99")
    assert page.browser.run("return document.querySelector('[role=alert]').textContent !== ''")
    assert page.browser.run("return document.querySelector('textarea').value") == "A satellite."


def test_a_text_that_is_too_long_is_told_and_stays(page: Explorer) -> None:
    page.visit("place?text=" + "a" * 100_001)
    page.until("return document.querySelector('[role=alert]')?.textContent.includes('100000')")
    assert page.browser.run("return document.querySelector('textarea').value.length") == 100_001


@pytest.mark.parametrize("view", ["search", "list", "pole", "region", "comparison by themes", "theme"])
def test_what_is_shown_can_be_saved_as_csv_and_json(page: Explorer, view: str) -> None:
    page.visit(VIEWS[view])
    script = """
      const done = arguments[0];
      const links = [...document.querySelectorAll('.downloads a[download]')];
      Promise.all(links.map(async (link) => {
        const answer = await fetch(link.href);
        return [link.download.split('.')[1], answer.status, answer.headers.get('content-type').split(';')[0]];
      })).then(done)"""
    found = page.driver.execute_async_script(script)
    expected = [["csv", 200, "text/csv"], ["json", 200, "application/json"]]
    assert found
    assert found == expected * (len(found) // 2)


@pytest.mark.parametrize(
    ("format", "begins"), [("CSV", "\ufeffverdict,strategy,strategy_name,area,area_name"), ("JSON", '{\n  "items"')]
)
def test_a_placement_can_be_saved(page: Explorer, format: str, begins: str) -> None:
    page.visit(VIEWS["placed"])
    # A headless browser saves nothing: what would be saved is caught on its way.
    page.browser.run("URL.createObjectURL = (blob) => (blob.arrayBuffer().then((b) => (window.saved = b)), '#')")
    page.click(format)
    read = "return window.saved && new TextDecoder('utf-8', { ignoreBOM: true }).decode(window.saved)"
    assert page.until(read).startswith(begins)


# The address, the focus, the languages


@each_view
def test_a_link_shows_what_its_sender_saw(page: Explorer, view: str) -> None:
    page.visit("")
    page.browser.run("location.hash = arguments[0]", f"#/{view}")
    page.until("return document.title !== 'Explorer – smartspec' || arguments[0] === ''", view)
    page.settle()
    seen = page.text
    page.driver.refresh()
    page.settle()
    assert page.text == seen


def test_the_way_back_leads_through_all_that_was_seen(page: Explorer) -> None:
    page.visit("")
    page.click("Regions")
    page.see_heading("Regions and partners")
    page.click("Compare")
    page.see_heading("Compare two strategies")
    page.driver.back()
    page.see_heading("Regions and partners")
    page.driver.forward()
    page.see_heading("Compare two strategies")


def test_the_way_back_leads_to_the_same_place_of_a_page(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.until("return document.querySelectorAll('.partners h3').length === 10")
    page.browser.run("scrollTo(0, 1200)")
    page.until("return scrollY === 1200")
    time.sleep(0.2)  # The event of the scrolling comes with the next frame.
    page.click(page.all(".partners h3")[3])
    page.until("return document.querySelector('h1').textContent !== 'Piedmont' && scrollY === 0")
    page.driver.back()
    page.see_heading("Piedmont")
    page.until("return Math.abs(scrollY - 1200) < 3")


def test_the_focus_goes_to_the_heading_of_what_was_opened(page: Explorer) -> None:
    page.visit("")
    page.click("Compare")
    page.see_heading("Compare two strategies")
    assert page.focused == "Compare two strategies"


def test_the_first_stop_skips_to_the_content(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.press(TAB)
    assert page.focused == "Skip to the content"
    page.press(ENTER)
    assert page.browser.run("return document.activeElement.id") == "main"
    assert page.hash == "#/region?id=piedmont"


@pytest.mark.parametrize("view", ["start", "pole", "comparison by themes", "placed"])
def test_the_keyboard_reaches_everything_and_is_never_trapped(page: Explorer, view: str) -> None:
    page.visit(VIEWS[view])
    script = """
      const stops = 'a[href], button, input, select, textarea, summary';
      return [...document.querySelectorAll(stops)].filter((one) => one.checkVisibility()).length"""
    stops = page.browser.run(script)
    page.browser.run("window.reached = new Set()")
    for _ in range(stops):
        page.press(TAB)
        page.browser.run("window.reached.add(document.activeElement)")
    assert page.browser.run("return window.reached.size") == stops
    assert page.focused == "The API"


def test_the_focus_is_seen(page: Explorer) -> None:
    page.visit("")
    page.tab_to("Compare")
    assert page.browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_language_is_switched_and_stays_in_the_address(page: Explorer) -> None:
    page.visit("region?id=piedmont")
    page.click("Italiano")
    page.see_heading("Piemonte")
    page.see("Regioni che ne condividono le priorità", "Mobilità sostenibile")
    assert page.browser.run("return document.documentElement.lang") == "it"
    page.click("Confronta")
    page.see_heading("Confronta due strategie")
    assert page.hash == "#/compare?language=it"


# Hostile texts, and a server that is gone


HOSTILE = {
    "markup": "<img src=x onerror=window.ran=1><script>window.ran=1</script>",
    "template": "${window.ran=1} {{7*7}} `",
    "turned around": "\u202egnirts desrever\u202c \u2067\u05d0\u05d1",
    "long": "W" * 5_000,
    "broken": '{"text": [1, {"a": \ud83d"}',
    "controls": "a\x00b\x07c\x1b[31md",
    "quotes": "\"'></title><a href=javascript:alert(1)>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "view",
    [
        "search?q={}",
        "entity?in=regions&id={}",
        "entity?in={}&id={}",
        "region?id={}",
        "place?text={}",
        "compare?first={}&second={}",
        "{}",
    ],
)
def test_hostile_addresses_are_texts_and_no_more(page: Explorer, view: str, text: str) -> None:
    page.visit(view.replace("{}", quote(text, errors="replace", safe="")), width=375)
    assert page.browser.run("return window.ran ?? null") is None
    assert (
        page.browser.run("return document.querySelectorAll('main img, main script, main a[href^=javascript]').length")
        == 0
    )
    assert page.browser.run("return document.documentElement.scrollWidth") <= 375
    assert page.errors == []
    assert page.all("h1") != [""]


@pytest.mark.parametrize("text", [HOSTILE["markup"], "<b>W</b>" * 100, "😀" * 60], ids=["markup", "long", "emoji"])
def test_hostile_texts_can_be_typed(page: Explorer, text: str) -> None:
    page.visit("")
    page.tab_to("Search for a region")
    page.browser.run("document.activeElement.value = arguments[0]", text)
    page.press(ENTER)
    page.see_heading(f"Search: {text}")
    assert page.browser.run("return window.ran ?? null") is None
    assert page.errors == []


def test_only_addresses_on_the_web_become_links(page: Explorer) -> None:
    page.visit("")
    script = """
      const [urls, done] = arguments;
      import(new URL('page/build.js', location.origin))
        .then(({ external }) => done(urls.map((url) => external(url).localName)))"""
    urls = [
        "https://a.example/",
        "HTTP://a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "//a.example",
        "",
        None,
    ]
    assert page.driver.execute_async_script(script, urls) == ["a", "a", *["bdi"] * 6]


def test_a_dataset_of_hostile_names_is_shown_as_it_is_written(browser: Any, tmp_path: pathlib.Path) -> None:
    directory = tmp_path / "hostile"
    subprocess.run([sys.executable, "-m", "smartspec", "new", str(directory)], check=True, stdout=subprocess.DEVNULL)
    file = directory / "innovation-poles.json"
    poles = json.loads(file.read_text(encoding="utf-8"))
    poles[0]["name"] = name = "<img src=x onerror=window.ran=1> \u202eelop\u202c " + "W" * 300
    poles[0]["aliases"] = ["=cmd|' /C calc'!A0", "</script><script>window.ran=1</script>"]
    file.write_text(json.dumps(poles), encoding="utf-8")
    with serving("--dataset", str(directory)) as (address, _):
        page = Explorer(browser, address)
        page.visit(f"entity?in=innovation_poles&id={poles[0]['id']}", width=375)
        assert page.all("h1") == [name]
        assert page.browser.run("return window.ran ?? null") is None
        assert page.browser.run("return document.documentElement.scrollWidth") <= 375
        assert page.errors == []


def test_a_server_that_is_gone_is_told_and_asked_again(browser: Any) -> None:
    with serving("--dataset", "piedmont") as (address, process):
        page = Explorer(browser, address)
        page.visit("")
        process.terminate()
        process.wait()
        page.click("Regions")
        page.see_heading("Regions and partners")  # It asks for nothing.
        page.browser.run("location.hash = '#/region?id=piedmont'")
        page.see_heading("That did not work")
        page.see("The server does not answer.", "Try again")


# What holds everywhere


@each_view
def test_nothing_is_asked_of_another_host_and_the_console_holds_no_error(page: Explorer, view: str) -> None:
    page.visit(view)
    events = [json.loads(entry["message"])["message"] for entry in page.driver.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert asked
    assert {url for url in asked if not url.startswith(page.address) and url != "about:blank"} == set()
    assert page.errors == []


@each_view
def test_nothing_is_cut_off_on_a_phone(page: Explorer, view: str) -> None:
    page.visit(view, width=375)
    page.browser.run("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.settle()
    assert page.browser.run("return document.documentElement.scrollWidth") <= 375


@pytest.fixture(scope="session")
def axe() -> str:
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe is not installed: pip install .[browser]")
    return pathlib.Path(found.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


def violations(page: Explorer, axe: str) -> list[Any]:
    page.browser.run(axe)
    script = """
      const done = arguments[0];
      const told = ({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 200)), nodes[0].failureSummary];
      axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.map(told)))"""
    return list(page.driver.execute_async_script(script))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1440])
@each_view
def test_axe_finds_nothing(page: Explorer, axe: str, view: str, width: int, scheme: str) -> None:
    page.visit(view, width, scheme)
    page.browser.run("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.settle()
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_suggestions_are_open(page: Explorer, axe: str, scheme: str) -> None:
    page.visit("", 375, scheme)
    page.tab_to("Search for a region")
    page.press("hydrogen")
    page.until("return document.querySelectorAll('[role=option]').length > 3")
    page.press(DOWN)
    assert violations(page, axe) == []


def test_axe_finds_nothing_where_a_name_is_wrong(page: Explorer, axe: str) -> None:
    page.visit("region")
    page.tab_to("A region")
    page.press("Piedmnt", ESCAPE)
    page.tab_to("Show")
    page.press(ENTER)
    page.until("return document.querySelector('.offers button')")
    assert violations(page, axe) == []
