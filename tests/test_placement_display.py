"""How placements look: evidence marked where it stands, the runner-up and why it lost, whatever the text holds."""

from __future__ import annotations

import pickle
import re
from xml.etree import ElementTree

import pytest

import smartspec
from smartspec.display.placement import placement_lines, reason

AREAS = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
DRONE = "A drone watches the vineyards, and a satellite too."
HOSTILE = "<script>alert(1)</script>\"'&\u202e\x00\x1b[2J"
MUSEUM = "The museum shows paintings, and a vineyard nearby."


def card(placement: smartspec.Placement) -> ElementTree.Element:
    """What a notebook shows, which is well-formed."""
    return ElementTree.fromstring(placement._repr_html_())


def shown_text(placement: smartspec.Placement) -> ElementTree.Element:
    return card(placement).findall("p")[1]


def marks(text: str) -> list[tuple[str, str]]:
    """The marked words of the text that a card shows, each with its title."""
    return [(mark.get("title", ""), mark.text or "") for mark in shown_text(AREAS.match(text))]


def test_evidence_is_marked_with_its_theme_and_weight() -> None:
    (title, word), (other_title, other_word) = marks("A satellite for <vineyards>.")
    assert (word, other_word) == ("satellite", "vineyards")
    assert title.startswith("Aerospace and space, weight 2 (satel")
    assert other_title.startswith("Agriculture and food, weight 3 (vin")


def test_what_speaks_against_says_so() -> None:
    assert next(title for title, word in marks(MUSEUM) if word == "museum").startswith("against: Culture")


def test_a_card_shows_the_whole_text_once() -> None:
    assert "".join(shown_text(AREAS.match(DRONE)).itertext()) == DRONE


def test_the_runner_up_is_told_with_its_score_and_by_how_much_it_lost() -> None:
    shown = "|".join(card(AREAS.match("Vaccines and antibodies; a sensor.")).itertext())
    assert "Health (health-2021)" in shown
    assert re.search(r"Advanced manufacturing\|[\d.]+\|sensor\|Health has [\d.]+ times as much", shown)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A rocket.", "it has 3.0: 2 or more, and at least 2 times as much as anything else"),
        (MUSEUM, "which none of the areas is about, has"),
        ("It is what it is.", "no word of the text speaks of any subject"),
        ("Robots that sort tomatoes", "Food comes first with 3.0, and Advanced manufacturing is too near with 2.0"),
        ("A sensor.", "and 2 are needed"),
        ("Rockets, spacecraft, satellites; vaccines, antibodies, patients.", "both have 4 or more"),
    ],
)
def test_the_reason_fits_the_verdict(text: str, told: str) -> None:
    placement = AREAS.match(text)
    assert told in reason(placement)
    assert told in placement_lines(placement, 80)[1]


@pytest.mark.parametrize(
    "text", ["", "\n\r\t\ud800", HOSTILE, f"{HOSTILE} satellite {HOSTILE}", "vaccine " * 100_000], ids=range(5)
)
def test_any_text_can_be_shown(text: str) -> None:
    placement = AREAS.match(text)
    tags = {element.tag for element in card(placement).iter()}
    assert tags <= set("div p b table caption thead tbody tr th td mark span".split())
    shown = placement._repr_html_()
    assert len(shown) < 200_000
    assert "\u202e" not in shown
    for line in (repr(placement), *placement_lines(placement)):
        assert not line or line.isprintable()


def test_words_that_several_subjects_have_are_marked_once() -> None:
    text = "An electric vehicle battery, a battery of electric vehicles."
    paragraph = shown_text(AREAS.match(text))
    assert "".join(paragraph.itertext()) == text
    assert all(len(mark) == 0 for mark in paragraph)


def test_evidence_from_a_code_stands_in_the_table_alone() -> None:
    placement = AREAS.match("We make things.", nace=["29.32"])
    assert "29.32" in [mark.text for mark in card(placement).iter("mark")]
    assert len(shown_text(placement)) == 0


def test_the_repr_tells_verdict_area_score_and_words() -> None:
    assert repr(AREAS.match("A rocket.")) == "<Placement 'A rocket.': AREA aerospace-2021 3.0 (rocket)>"
    assert re.fullmatch(r"<Placement 'The museum .*: NONE culture [\d.]+ \(museum.*\)>", repr(AREAS.match(MUSEUM)))
    assert repr(AREAS.match("Why?")) == "<Placement 'Why?': UNSURE>"
    assert len(repr(AREAS.match("vaccine rocket pizza " * 1_000))) < 250


def test_a_placement_is_a_value() -> None:
    placement = AREAS.match(DRONE, nace=["30.30"])
    again = pickle.loads(pickle.dumps(placement))
    assert again == placement
    assert again._repr_html_() == placement._repr_html_()
    assert {placement: 1}[again] == 1
    assert placement._replace(text="").text == ""


def test_a_placement_with_an_encoder_tells_shares_and_the_nearest_examples() -> None:
    def letters(texts: list[str]) -> list[list[float]]:
        return [[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]

    areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
    given = [("A rocket.", "aerospace-2021"), ("A tram.", "sustainable-mobility-2021"), ("A <b>song</b>.", None)]
    placement = areas.matcher(encoder=letters, examples=given).match("The rocket takes off.")
    assert reason(placement).startswith("of what the words and the nearest examples say, Aerospace has ")
    assert "(nearest: Aerospace)" in "\n".join(placement_lines(placement))
    html = placement._repr_html_()
    assert "The examples that come nearest" in html
    assert "<b>song" not in html
