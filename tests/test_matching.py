"""Matching: a text is placed in areas, with the words that say so where they stand; what is unclear is said to be."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, strategies as st

import smartspec
from smartspec import Candidate, Catalogue, Collection, InnovationArea, Matcher, Placement, UnknownEntityError, Verdict
from smartspec.datasets.packaged import packaged
from smartspec.matching import matcher as judging, spotting
from smartspec.matching.matcher import AGAINST, BOTH, CLEAR, ENOUGH, LEVEL, _judged
from smartspec.matching.vocabulary import vocabulary

if TYPE_CHECKING:
    from conftest import Make

Areas = Collection[InnovationArea]

AREAS: Areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")
BEFORE: Areas = smartspec.load().innovation_areas.where(strategy="piedmont-s3-2014-2020")
TEXTS = (
    "A constellation of small satellites for the observation of the Earth.",
    "Un vaccino contro il diabete, provato in ospedale.",
    "Extra virgin olive oil and vineyards: 100 % \u202bItalian\u202c.",
    "Recycling of waste from packaging, e riciclo dei rifiuti.",
    "The championship of a football club.",
    "Nothing of this kind.",
    "",
)


def names(areas: Iterable[InnovationArea]) -> list[str]:
    return [area.name for area in areas]


def best(areas: Areas, text: str, nace: Iterable[str] = ()) -> str:
    return areas.match(text, nace).candidates[0].area.name


def terms(placement: Placement) -> set[str]:
    told = [*placement.against, *(e for candidate in placement.candidates for e in candidate.evidence)]
    return {evidence.term for evidence in told}


def assert_whole(placement: Placement, areas: Areas) -> None:
    """What holds for every placement, whatever the text."""
    told = [*placement.against, *(e for candidate in placement.candidates for e in candidate.evidence)]
    for evidence in told:
        assert evidence.weight > 0
        if evidence.start is not None:
            assert evidence.text
            assert placement.text[evidence.start : evidence.stop] == evidence.text
    for candidate in placement.candidates:
        assert candidate.area in areas
        assert candidate.score > 0
        assert candidate.evidence
        places = [evidence.start for evidence in candidate.evidence if evidence.start is not None]
        assert places == sorted(places)
    assert all(one.score >= other.score for one, other in pairwise(placement.candidates))
    assert len({candidate.area for candidate in placement.candidates}) == len(placement.candidates)
    assert placement.areas == tuple(c.area for c in placement.candidates[: len(placement.areas)])
    assert len(placement.areas) in ((1, 2) if placement.verdict is Verdict.AREA else (0,))
    assert placement.area == (placement.areas[0] if placement.areas else None)
    assert bool(placement.against) == (placement.rival is not None) == (placement.rival_score > 0)


# What is asked for, and what is given.


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Satellites and launchers for space missions", "Aerospace"),
        ("Satelliti e lanciatori per missioni spaziali", "Aerospace"),
        ("A vaccine tested in a hospital on patients", "Health"),
        ("Un vaccino provato in ospedale su pazienti", "Health"),
        ("Cheese, wine and vineyards", "Food"),
        ("Formaggi, vino e vigneti", "Food"),
        ("Electric vehicles, tyres and brakes", "Sustainable mobility"),
        ("Industrial robots and machine tools", "Advanced manufacturing"),
        ("Riciclo dei rifiuti e bonifica delle acque reflue", "Green technologies, resources and materials"),
        ("Il robot vendemmia, the grape harvester of a vigneto", "Food"),
    ],
)
def test_a_text_is_placed_in_english_italian_or_both(text: str, area: str) -> None:
    placement = AREAS.match(text)
    assert (placement.verdict, names(placement.areas)) == (Verdict.AREA, [area])
    assert_whole(placement, AREAS)


def test_evidence_is_the_words_as_they_stand_with_their_place_their_term_and_their_theme() -> None:
    placement = AREAS.match("Nuovi VIGNETI in collina")
    (evidence,) = placement.candidates[0].evidence
    assert evidence[:3] == ("VIGNETI", 6, 13)
    assert evidence.theme is not None
    assert (evidence.theme.id, evidence.weight) == ("agrifood", judging.WORTH[4])
    assert any((term.subject, term.text) == ("agrifood", evidence.term) for term in vocabulary())


def test_a_word_of_the_area_itself_is_evidence_without_a_theme() -> None:
    lake = packaged("lake_region").innovation_areas
    (candidate,) = lake.match("A ferry with a charging jetty, electric").candidates
    assert (candidate.area.name, {evidence.theme for evidence in candidate.evidence}) == ("Clean shipping", {None})
    assert {evidence.weight for evidence in candidate.evidence} == {judging.OWN}


def test_a_text_of_two_areas_is_given_both() -> None:
    placement = AREAS.match("A vaccine and a therapy for patients; a satellite, a rocket and a spacecraft.")
    assert (placement.verdict, set(names(placement.areas))) == (Verdict.AREA, {"Health", "Aerospace"})
    assert placement.area == placement.areas[0]


def test_what_no_area_is_about_is_none_and_says_what_it_is_about() -> None:
    placement = AREAS.match("The championship of a football club, and basketball.")
    assert (placement.verdict, placement.areas, placement.rival) == (Verdict.NONE, (), "sport")
    assert [e.text for e in placement.against] == ["championship", "football club", "basketball"]
    assert_whole(placement, AREAS)


def test_the_theme_of_another_strategy_speaks_against_these_areas() -> None:
    text = "A museum with paintings"
    assert (AREAS.match(text).verdict, AREAS.match(text).rival) == (Verdict.NONE, "culture")


@pytest.mark.parametrize("text", ["", " ", "?!", "12 34", "It is what it is.", "Zwölf Boxkämpfer", "ωμέγα", "\ud800"])
def test_where_nothing_speaks_the_answer_is_unsure(text: str) -> None:
    placement = AREAS.match(text)
    assert placement == Placement(text, Verdict.UNSURE, (), (), None, 0.0, ())
    assert placement.area is None


def test_a_term_counts_once_however_often_it_stands_and_is_shown_each_time() -> None:
    once, often = AREAS.match("vineyard"), AREAS.match("vineyard, vineyards, vineyard")
    assert often.candidates[0].score == once.candidates[0].score
    assert len(often.candidates[0].evidence) == 3


def test_a_placement_is_told_in_a_line() -> None:
    assert repr(AREAS.match("A vaccine.")) == "<Placement 'A vaccine.': AREA health-2021 3.0 (vaccine)>"
    assert repr(AREAS.match("?")) == "<Placement '?': UNSURE>"
    assert len(repr(AREAS.match("two\nlines " * 1000))) < 200


# Words and phrases.


def test_of_words_within_a_phrase_the_phrase_alone_speaks() -> None:
    placement = AREAS.match("olive oil")
    assert terms(placement) == {"olive oil"}
    assert [candidate.area.name for candidate in placement.candidates] == ["Food"]


@pytest.mark.parametrize("between", [" ", "-", "  ", "\n", "\t", "'", "\u00a0", "\u202e "])
def test_a_phrase_is_found_whatever_spaces_and_hyphens_stand_in_it(between: str) -> None:
    text = f"the olive{between}oil of it"
    assert [e.text for e in AREAS.match(text).candidates[0].evidence] == [f"olive{between}oil"]


@pytest.mark.parametrize("between", [", ", ". ", "; ", ": ", "! ", " (", "/", " | ", " “", "\n\n", "\r\n \r\n"])
def test_no_phrase_reaches_over_punctuation_or_an_empty_line(between: str) -> None:
    assert "olive oil" not in terms(AREAS.match(f"olive{between}oil"))


def test_a_point_within_a_number_ends_no_phrase() -> None:
    assert "industry 4 0" in terms(AREAS.match("Industry 4.0"))
    assert "industry 4 0" in terms(AREAS.match("the new industry 4.0."))
    assert "industry 4 0" not in terms(AREAS.match("industry. 4 0"))
    assert "industry 4 0" not in terms(AREAS.match("industry 4. 0"))


@pytest.mark.parametrize(
    "word",
    ["VIGNETI", "Vigneti", "vìgnetì", "vi\u0300gneti\u0300", "vi\u00adgneti", "\u202evigneti\u202c", "ｖｉｇｎｅｔｉ"],
)
def test_case_accents_and_marks_that_are_not_seen_hide_no_word(word: str) -> None:
    placement = AREAS.match(f"i {word} qui")
    assert names(placement.areas) == ["Food"]
    assert_whole(placement, AREAS)


def test_a_word_that_only_begins_like_a_term_is_another_word(make: Make) -> None:
    plan, mobility = make.strategy(), make.theme("mobility")
    area = make.area("area", name="area", strategy=plan, themes=(mobility,))
    areas = make.catalogue(make.region(), mobility, plan, area).innovation_areas
    assert terms(areas.match("a car")) == {"car"}
    assert names(areas.match("carbon, carta, carcass, un carico").areas) == []


def test_words_that_say_nothing_and_the_name_of_the_region_are_no_words_of_an_area() -> None:
    assert AREAS.match("From Piedmont with research, projects and innovation").candidates == ()
    assert BEFORE.match("From Piedmont, e dal Piemonte, with their own").candidates == ()


def test_a_word_of_an_area_finds_its_forms_but_nothing_that_says_nothing(make: Make) -> None:
    plan = make.strategy()
    area = make.area("area", name="Gliders and environment", strategy=plan)
    areas = make.catalogue(make.region(), plan, area).innovation_areas
    own = {e.text: e.term for e in areas.match("glider, gliders, environment, environmentally").candidates[0].evidence}
    assert own == {"glider": "glider*", "gliders": "glider*", "environment": "environment"}


@pytest.mark.parametrize(("language", "found"), [("ro", False), ("it", True), ("en", True)])
def test_what_an_area_is_called_in_a_language_of_no_text_is_no_word_of_it(
    make: Make, language: str, found: bool
) -> None:
    plan = make.strategy()
    area = make.area("area", name="Chairs", local_name="Mobile", local_language=language, strategy=plan)
    areas = make.catalogue(make.region(), plan, area).innovation_areas
    assert bool(areas.match("something mobile").areas) is found


# The areas of any strategy.


@pytest.mark.parametrize(
    ("strategy", "text", "area"),
    [
        ("lombardy-s3-2021-2027", "A vaccine for patients with diabetes", "Health and life science"),
        ("lombardy-s3-2021-2027", "Un vaccino per pazienti con il diabete", "Health and life science"),
        ("lombardy-s3-2021-2027", "Cheese and wine", "Nutrition"),
        ("lombardy-s3-2021-2027", "Formaggi e vino", "Nutrition"),
        ("lombardy-s3-2021-2027", "A museum with paintings", "Culture and knowledge"),
        ("emilia-romagna-s3-2021-2027", "Offshore aquaculture and fishing vessels", "Blue growth"),
        ("emilia-romagna-s3-2021-2027", "Acquacoltura e pescherecci", "Blue growth"),
        ("tuscany-s3-2014-2020", "Robot industriali e macchine utensili", "Smart factory"),
        ("flanders-s3-2021-2027", "Power electronics and photovoltaic panels", "Energy"),
    ],
)
def test_texts_are_placed_in_the_areas_of_another_region(eu: Catalogue, strategy: str, text: str, area: str) -> None:
    areas = eu.innovation_areas.where(strategy=strategy)
    assert best(areas, text) == area
    assert_whole(areas.match(text), areas)


def test_a_text_is_of_other_areas_in_another_strategy_of_the_same_region() -> None:
    text = "Yarns and fabrics of a textile mill"
    assert AREAS.match(text).verdict is Verdict.NONE
    assert "Textile" in names(candidate.area for candidate in BEFORE.match(text).candidates)


def test_any_strategy_places_a_text(eu: Catalogue) -> None:
    for strategy in islice(eu.strategies, 0, None, 12):
        areas = eu.innovation_areas.where(strategy=strategy.id)
        for text in TEXTS:
            assert_whole(areas.match(text), areas)


def test_areas_of_all_strategies_at_once_are_ranked(eu: Catalogue) -> None:
    placement = eu.innovation_areas.match("A vaccine for patients")
    assert len(placement.candidates) > 100
    assert_whole(placement, eu.innovation_areas)


def test_a_dataset_with_a_theme_of_its_own_goes_by_the_words_of_its_areas() -> None:
    lake = packaged("lake_region").innovation_areas
    assert names(lake.match("Electric ferries").areas) == ["Clean shipping"]
    assert lake.match("A vaccine").rival == "health"


def test_areas_without_themes_go_by_their_own_words_and_codes(make: Make) -> None:
    plan = make.strategy()
    ships = make.area("ships", name="Nice wooden boats", activities=("rowing",), strategy=plan, nace=("C30.1",))
    areas = make.catalogue(make.region(), plan, ships, make.area("bread", strategy=plan)).innovation_areas
    assert names(areas.match("Rowing on a lake").areas) == ["Nice wooden boats"]
    assert names(areas.match("", nace=["30.11"]).areas) == ["Nice wooden boats"]
    assert areas.match("A vaccine").verdict is Verdict.NONE


def test_no_areas_are_no_candidates(make: Make) -> None:
    none: Areas = make.catalogue().innovation_areas
    assert none.match("A vaccine").verdict is Verdict.NONE
    assert none.match("?").verdict is Verdict.UNSURE
    assert none.match("A vaccine", nace=["C21"]).candidates == ()


def test_only_innovation_areas_match(s3: Catalogue) -> None:
    for collection in s3.collections.values():
        if collection.name != "innovation_areas":
            with pytest.raises(TypeError, match=f"innovation areas, not in {collection.name}"):
                collection.match("A vaccine")
            with pytest.raises(TypeError, match="innovation areas"):
                collection.matcher()


@pytest.mark.parametrize("text", [None, b"A vaccine", 5, ["A vaccine"]])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="takes a text"):
        AREAS.match(text)


@pytest.mark.parametrize("texts", ["A vaccine", None, 5])
def test_a_text_is_not_taken_for_texts_of_a_letter_each(texts: Any) -> None:
    with pytest.raises(TypeError, match="takes several texts"):
        AREAS.matcher().match_many(texts)


# Codes.


def test_a_code_alone_decides() -> None:
    placement = AREAS.match("", nace=["C30.3"])
    assert names(placement.areas) == ["Aerospace"]
    assert placement.candidates[0].evidence == (("C30.3", None, None, "C30.3", judging.CODED, None),)
    assert names(AREAS.match("", nace=["30.30"]).areas) == ["Aerospace"]


def test_a_code_that_no_area_covers_speaks_for_the_theme_that_does() -> None:
    placement = AREAS.match("", nace=["I55"])
    assert placement.verdict is Verdict.NONE
    assert placement.rival is not None
    assert placement.rival.startswith("tourism")
    assert_whole(placement, AREAS)


def test_a_code_and_words_that_contradict_it_are_unsure() -> None:
    placement = AREAS.match("vineyards and cheese", nace=["C30.3"])
    assert placement.verdict is Verdict.UNSURE
    assert set(names(candidate.area for candidate in placement.candidates)) == {"Aerospace", "Food"}


def test_a_code_and_words_that_agree_speak_together_words_first() -> None:
    placement = AREAS.match("A satellite", nace=["C30.3"])
    assert [evidence.text for evidence in placement.candidates[0].evidence] == ["satellite", "C30.3"]
    assert placement.candidates[0].score > AREAS.match("A satellite").candidates[0].score


def test_codes_of_two_areas_give_both_and_a_code_given_twice_counts_once() -> None:
    assert set(names(AREAS.match("", nace=["29.32", "C10"]).areas)) == {"Sustainable mobility", "Food"}
    assert AREAS.match("", nace=["C10", "C10"]) == AREAS.match("", nace=["C10"])
    assert AREAS.match("", nace=iter(["C10"])) == AREAS.match("", nace=("C10",))


@pytest.mark.parametrize("code", ["Z99", "nonsense", "", "29.99"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(UnknownEntityError):
        AREAS.match("A vaccine", nace=["C10", code])


def test_codes_are_several_and_a_text_is_not_taken_for_codes_of_a_letter_each() -> None:
    with pytest.raises(TypeError, match=r"write \['C'\]"):
        AREAS.match("A vaccine", nace="C")
    for codes in (None, 29.32):
        with pytest.raises(TypeError, match="nace takes several codes"):
            AREAS.match("A vaccine", nace=codes)  # type: ignore[arg-type]


# How it judges.


def candidates(*scores: float) -> list[Candidate]:
    return [Candidate(area, score, ()) for area, score in zip(AREAS, scores)]


@pytest.mark.parametrize(
    ("scores", "against", "verdict"),
    [
        ((ENOUGH,), 0.0, (Verdict.AREA, 1)),
        ((ENOUGH - 0.1,), 0.0, (Verdict.UNSURE, 0)),
        ((ENOUGH,), ENOUGH / CLEAR, (Verdict.AREA, 1)),
        ((ENOUGH,), ENOUGH / CLEAR + 0.1, (Verdict.UNSURE, 0)),
        ((ENOUGH, ENOUGH / CLEAR), 0.0, (Verdict.AREA, 1)),
        ((ENOUGH, ENOUGH / CLEAR + 0.1), 0.0, (Verdict.UNSURE, 0)),
        ((BOTH, BOTH), 0.0, (Verdict.AREA, 2)),
        ((BOTH / LEVEL, BOTH), 0.0, (Verdict.AREA, 2)),
        ((BOTH / LEVEL + 0.1, BOTH), 0.0, (Verdict.UNSURE, 0)),
        ((BOTH, BOTH - 0.1), 0.0, (Verdict.UNSURE, 0)),
        ((BOTH, BOTH), BOTH / CLEAR, (Verdict.AREA, 2)),
        ((BOTH, BOTH), BOTH / CLEAR + 0.1, (Verdict.UNSURE, 0)),
        ((BOTH, BOTH, BOTH / CLEAR), 0.0, (Verdict.AREA, 2)),
        ((BOTH, BOTH, BOTH), 0.0, (Verdict.UNSURE, 0)),
        ((), AGAINST, (Verdict.NONE, 0)),
        ((), AGAINST / 2, (Verdict.UNSURE, 0)),
        ((AGAINST,), AGAINST, (Verdict.UNSURE, 0)),
        ((AGAINST,), AGAINST + 0.1, (Verdict.NONE, 0)),
        ((AGAINST + 0.1,), AGAINST, (Verdict.UNSURE, 0)),
        ((), 0.0, (Verdict.UNSURE, 0)),
    ],
)
def test_an_area_is_given_where_its_score_is_high_enough_and_clear_of_the_others(
    scores: tuple[float, ...], against: float, verdict: tuple[Verdict, int]
) -> None:
    assert _judged(candidates(*scores), against) == verdict


def test_areas_of_one_score_stand_in_the_order_of_the_collection(make: Make) -> None:
    plan, health = make.strategy(), make.theme("health")
    few = [make.area(id, name=id, strategy=plan, themes=(health,)) for id in ("bbbb", "cccc", "aaaa")]
    areas = make.catalogue(make.region(), health, plan, *few).innovation_areas
    placement = areas.match("A vaccine")
    assert names(candidate.area for candidate in placement.candidates) == names(areas)
    assert placement.verdict is Verdict.UNSURE


def test_an_area_of_two_themes_is_not_ahead_for_having_both(make: Make) -> None:
    plan, health, food = make.strategy(), make.theme("health"), make.theme("agrifood")
    one = make.area("one", name="one", strategy=plan, themes=(health,))
    both = make.area("both", name="both", strategy=plan, themes=(health, food))
    areas = make.catalogue(make.region(), health, food, plan, both, one).innovation_areas
    scores = {c.area.id: c.score for c in areas.match("A vaccine for patients; wine").candidates}
    assert scores["one"] < scores["both"] < scores["one"] + judging.WORTH[4]


def test_an_area_has_in_part_the_themes_of_one_that_it_is_aligned_to(make: Make) -> None:
    plan, later = make.strategy("plan"), make.strategy("later")
    health = make.theme("health")
    old = make.area("old", name="old", strategy=plan, themes=(health,))
    new = make.area("new", name="new", strategy=later)
    alignment = make.alignment(area=old, match=new, relation=smartspec.MatchRelation.CLOSE)
    s3 = make.catalogue(make.region(), health, plan, later, old, new, alignment)
    whole, part = (s3.innovation_areas.match("A vaccine").candidates[n].score for n in (0, 1))
    assert part == pytest.approx(whole * judging.ALIGNED)


# One object, many texts.


def test_the_matcher_is_that_of_the_collection_and_made_once() -> None:
    assert AREAS.matcher() is AREAS.matcher()
    assert isinstance(AREAS.matcher(), Matcher)
    assert AREAS.matcher().areas == tuple(AREAS)
    assert AREAS.matcher().match("A vaccine") == AREAS.match("A vaccine")


def test_placements_come_one_by_one_in_the_order_of_the_texts() -> None:
    read = []

    def texts() -> Iterator[str]:
        for number in range(10):
            read.append(number)
            yield f"{number} vaccines"

    placements = AREAS.matcher().match_many(texts())
    assert read == []
    assert next(placements).text == "0 vaccines"
    assert len(read) <= 2
    assert [placement.text for placement in placements] == [f"{number} vaccines" for number in range(1, 10)]


COPIES: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda given: pickle.loads(pickle.dumps(given))]


@pytest.mark.parametrize("again", COPIES)
def test_a_copy_and_a_pickled_matcher_say_the_same(again: Callable[[Any], Any]) -> None:
    for matcher in (AREAS.matcher(), again(AREAS.matcher()), again(AREAS).matcher(), again(again(AREAS.matcher()))):
        assert [*matcher.match_many(TEXTS)] == [*AREAS.matcher().match_many(TEXTS)]
        assert matcher.match("", nace=["C30.3"]) == AREAS.match("", nace=["C30.3"])


@pytest.mark.parametrize("again", COPIES)
def test_a_placement_can_be_copied_and_pickled(again: Callable[[Any], Any]) -> None:
    for text in TEXTS:
        assert again(AREAS.match(text)) == AREAS.match(text)


def test_a_pickled_matcher_is_small_though_the_catalogue_is_not(eu: Catalogue) -> None:
    areas = eu.innovation_areas.where(strategy="lombardy-s3-2021-2027")
    assert len(pickle.dumps(areas.matcher())) < 200_000


def test_many_threads_ask_one_matcher() -> None:
    texts = [f"{text} {word}" for word in ("vaccine", "satellite", "yarn", "wine") for text in TEXTS] * 25
    expected = [*AREAS.matcher().match_many(texts)]
    fresh = pickle.loads(pickle.dumps(AREAS.matcher()))
    with ThreadPoolExecutor(16) as pool:
        assert [*pool.map(fresh.match, texts)] == expected


def test_threads_go_on_when_the_words_remembered_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spotting, "_MOST_REMEMBERED", 3)
    texts = [f"vaccine word{number} satellite" for number in range(300)]
    fresh = pickle.loads(pickle.dumps(AREAS.matcher()))
    with ThreadPoolExecutor(8) as pool:
        placements = [*pool.map(fresh.match, texts)]
    assert {tuple(candidate.score for candidate in placement.candidates) for placement in placements} == {(3.0, 2.0)}
    assert len(fresh._spotter._known) <= 3 + 8


def test_the_answers_do_not_depend_on_the_order_of_sets() -> None:
    code = f"""
import smartspec
s3 = smartspec.load()
for strategy in ("piedmont-s3-2021-2027", "piedmont-s3-2014-2020"):
    for text in {TEXTS!a}:
        print(tuple(s3.innovation_areas.where(strategy=strategy).match(text, nace=["C30.3", "I55"])))
"""
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(said) == 1


# Any text.

WORDS = st.sampled_from([term.text.replace("*", "") for term in vocabulary()[::7]])
ODD = st.sampled_from(
    [*"  \n\t.,;:-'’/_«»0", "\u0300", "\u0327", "\u00ad", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800"]
)
LETTERS = st.characters(exclude_categories=())


@given(st.lists(WORDS | ODD | LETTERS | st.text(LETTERS, max_size=8), max_size=30).map("".join))
@example("\u202esatellite\u202c \u0301vaccine e\u0301 oil")
@example("olive oil olive oil olive")
@example("ŉ ß ﬁbre İ ℌ ½ ² Ⅷ 𝔰𝔞𝔱𝔢𝔩𝔩𝔦𝔱𝔢")
@example("\x00vaccine\x00")
def test_whatever_the_text_evidence_stands_where_it_says(text: str) -> None:
    placement = AREAS.match(text)
    assert placement.text == text
    assert_whole(placement, AREAS)
    assert AREAS.match(text) == placement


@given(st.text(LETTERS))
def test_any_text_at_all_is_placed(text: str) -> None:
    assert_whole(AREAS.match(text), AREAS)


@pytest.mark.parametrize(
    "part", ["x", "à", "a\u0301", " ", "\n ", "fuel ", "olive oil ", "satellite, ", "\u202e", "\ud800", "1.2,"]
)
def test_a_megabyte_is_a_text_and_nothing_of_it_is_kept(part: str) -> None:
    matcher = pickle.loads(pickle.dumps(AREAS.matcher()))
    assert_whole(matcher.match(part * (1_000_000 // len(part))), AREAS)
    assert max(map(len, matcher._spotter._known), default=0) <= 50


def test_a_phrase_may_have_a_megabyte_of_spaces_in_it() -> None:
    text = f"olive{' ' * 1_000_000}oil"
    (evidence,) = AREAS.match(text).candidates[0].evidence
    assert (evidence.start, evidence.stop) == (0, len(text))
