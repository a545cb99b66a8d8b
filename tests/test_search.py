"""Search finds what a person means, ranked, whatever they write."""

from __future__ import annotations

import pickle
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

import smartspec
from smartspec import Catalogue
from smartspec.catalogue.naming import fold
from smartspec.domain.declaration import facts

if TYPE_CHECKING:
    from conftest import Make


def found(catalogue: Catalogue, text: str, limit: int = 100) -> list[str]:
    return [match.entity.id for match in catalogue.search(text, limit)]


QUERIES = [
    # English
    ("hydrogen", "sustainable-architecture-hydrogen"),
    ("hydrogen buildings", "sustainable-architecture-hydrogen"),
    ("Environment Park", "environment-park"),
    ("reconversion of Mirafiori", "reconversion-of-mirafiori"),
    ("covenant of mayors", "covenant-of-mayors"),
    ("action plan for energy", "turin-action-plan-for-energy"),
    ("open for business", "open-for-business"),
    ("smart city", "torino-smart-city"),
    ("green chemistry", "green-chemistry-industry"),
    ("green chemistry and cleantech", "green-chemistry-cleantech"),
    ("bioplastics", "green-chemistry-cleantech"),
    ("managerial training", "torino-2006-objective-3"),
    ("open source community", "torino-2006-objective-6"),
    ("automotive weaknesses", "automotive-insufficient-internationalisation"),
    ("Vanguard Initiative", "vanguard-initiative"),
    ("health and wellbeing", "health-wellbeing"),
    ("made in piedmont", "made-in-piedmont"),
    ("ITC1", "piedmont"),
    ("chamber of commerce", "chamber-of-commerce"),
    # Italian
    ("idrogeno", "sustainable-architecture-hydrogen"),
    ("chimica verde e nuovi materiali", "cgreen"),
    ("salute e benessere", "health-wellbeing"),
    ("crescita digitale", "s3-digital-growth"),
    ("polo ICT", "polo-ict"),
    ("tessile", "textile-2009"),
    ("Piemonte", "piedmont"),
    ("città metropolitana", "metropolitan-city-of-torino"),
    ("citta metropolitana di torino", "metropolitan-city-of-torino"),
    ("meccatronica", "mechatronics"),
    ("mobilità sostenibile", "sustainable-mobility-2021"),
    ("aerospazio", "aerospace"),
    # misspelt
    ("mecatronics", "mechatronics"),
    ("aerospce", "aerospace"),
    ("inovation poles", "innovation-poles-programme"),
    ("hidrogen", "sustainable-architecture-hydrogen"),
    ("biotecnology pole", "biotechnologies-biomedical"),
    ("meccatronca", "mechatronics"),
    ("Colereto Giacosa", "colleretto-giacosa"),
    ("Enviroment Park", "environment-park"),
    ("manifatura avanzata", "advanced-manufacturing-2021"),
    ("Mirafiory", "reconversion-of-mirafiori"),
    ("pedmont", "piedmont"),
    ("torimo", "torino"),
]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_the_right_answer_is_first_or_beside_others_that_bear_the_words_as_well(
    s3: Catalogue, text: str, expected: str
) -> None:
    answers = {match.entity.id: weight(match) for match in s3.search(text)}
    assert expected in answers
    before = [*answers].index(expected)
    assert min([*answers.values()][: before + 1]) == answers[expected]


def weight(match: smartspec.Match[smartspec.Entity]) -> float:
    """How much a word says of the entity in the field in which it was found; an id is as good as a name."""
    return facts(type(match.entity))[match.field].weight or 10


def test_whoever_bears_just_that_name_comes_first(s3: Catalogue) -> None:
    for entity in s3:
        first = s3.search(entity.name, limit=1)[0].entity
        borne = (first.id, first.name, first.local_name or "", *first.aliases)
        assert fold(entity.name) in map(fold, borne), entity


def test_a_match_names_the_field_and_the_words(s3: Catalogue) -> None:
    match = s3.innovation_areas.search("bioplastics")[0]
    assert (match.field, match.words) == ("activities", ("bioplastics",))


def test_scores_do_not_rise_down_the_list(s3: Catalogue) -> None:
    scores = [match.score for match in s3.search("innovation in the automotive sector", limit=50)]
    assert scores == sorted(scores, reverse=True)


def test_words_may_be_cut_short(s3: Catalogue) -> None:
    assert s3.organisations.search("bioind pa")[0].entity.id == "bioindustry-park"


def test_an_exact_name_comes_before_whoever_speaks_of_it(s3: Catalogue) -> None:
    assert s3.search("Torino")[0].entity is s3.regions["torino"]


def test_ties_stand_in_the_order_of_the_dataset(s3: Catalogue) -> None:
    areas = [match.entity.id for match in s3.innovation_areas.search("automotive") if match.entity.name == "Automotive"]
    assert areas == [area.id for area in s3.innovation_areas.where(name="Automotive")]


def test_a_collection_finds_its_own_members_alone(s3: Catalogue) -> None:
    plan = s3.strategies["open-for-business"]
    found = {match.entity for match in s3.innovation_areas.of(plan).search("automotive ict")}
    assert {"automotive-city", "ict-city"} <= {area.id for area in found}
    assert {area.strategy for area in found} == {plan}


def test_what_has_all_words_comes_first(s3: Catalogue) -> None:
    words = s3.search("reduction of bureaucracy")[0].words
    assert {"reduction", "bureaucracy"} <= {word.casefold() for word in words}


@pytest.mark.parametrize("limit", [0, -1, -(10**30)])
def test_no_more_than_the_limit_is_found(s3: Catalogue, limit: int) -> None:
    assert s3.search("torino", limit=limit) == []


def test_the_limit_is_kept(s3: Catalogue) -> None:
    assert len(s3.search("torino", limit=3)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "'",
        "a OR",
        "NOT",
        "NEAR(",
        "name:x",
        "*",
        "-",
        "(",
        "😀",
        "\x00",
        "\ud800",
        "x" * 1_000_000,
        "; DROP TABLE texts",
        "^a",
    ],
)
def test_any_text_is_a_safe_query(s3: Catalogue, text: str) -> None:
    assert isinstance(s3.search(text), list)


@pytest.mark.parametrize("text", [None, 5, b"torino", ["torino"]])
def test_what_is_no_text_is_a_type_error(s3: Catalogue, text: object) -> None:
    with pytest.raises(TypeError, match="takes a str"):
        s3.search(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [3, np.int64(3), 3.0, np.float32(3)])
def test_a_limit_may_be_any_whole_number(s3: Catalogue, limit: int) -> None:
    assert len(s3.search("torino", limit=limit)) == 3


def test_a_limit_beyond_all_is_every_match(s3: Catalogue) -> None:
    every = s3.search("torino", limit=len(s3))
    assert s3.search("torino", limit=10**30) == every
    assert len({match.entity for match in every}) == len(every) > 10


@pytest.mark.parametrize("limit", [True, np.True_, 2.5, float("nan"), "3", None])
def test_a_limit_that_is_no_int_is_a_type_error(s3: Catalogue, limit: object) -> None:
    with pytest.raises(TypeError, match="takes a str and an int"):
        s3.regions.search("torino", limit=limit)  # type: ignore[arg-type]


def test_an_empty_collection_finds_nothing(s3: Catalogue) -> None:
    assert s3.regions.of().search("torino") == []


def test_matches_survive_pickling(s3: Catalogue) -> None:
    found = s3.search("hydrogen")
    assert pickle.loads(pickle.dumps(found)) == found


def test_threads_may_search_at_once(s3: Catalogue) -> None:
    catalogue, expected, results = s3.extend(), s3.search("hydrogen"), []
    start = threading.Barrier(16)

    def ask() -> None:
        start.wait()
        results.append(catalogue.search("hydrogen"))

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 16


def test_a_hostile_text_in_an_entity_does_no_harm(s3: Catalogue) -> None:
    odd = smartspec.Region(id="odd", name='x" OR \x02y\x03 <script>', level=smartspec.RegionLevel.REGION)
    assert s3.extend(odd).search("script")[0].entity == odd


def test_of_what_nearly_all_hold_the_first_are_ranked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartspec.catalogue.search._MOST_RANKED", 3)
    regions = [make.region(f"r{number}", description="On the river.") for number in range(6)]
    named = make.region("river")
    assert found(make.catalogue(*regions, named), "river") == ["river", "r0", "r1", "r2"]


# What people mean


@pytest.mark.parametrize("text", ["AI", "ai", "a", "IT"])
def test_one_letter_or_two_find_no_fragments_of_other_words(make: Make, text: str) -> None:
    regions = make.region("x1", name="Aim", aliases=("Aid", "Italy")), make.region("x2", name="Item ahead")
    assert found(make.catalogue(*regions), text) == []


def test_one_letter_or_two_find_the_word_that_they_are(make: Make) -> None:
    regions = (
        make.region("x1", name="Aim"),
        make.region("x2", name="AI and robots"),
        make.region("x3", name="R&D in 3 D"),
    )
    catalogue = make.catalogue(*regions)
    assert (found(catalogue, "AI"), found(catalogue, "r d")) == (["x2"], ["x3"])


def test_a_spelling_that_was_guessed_is_marked(s3: Catalogue) -> None:
    assert {match.guessed for match in s3.search("mecatronics")} == {True}
    assert {match.guessed for match in s3.search("hidrogen buildings")} == {True}


@pytest.mark.parametrize(
    "text", ["mechatronics", "MECHA", "città", "citta", "Torino, hydrogen!", "C30.3", "itc1", "xyzzy AI"]
)
def test_what_is_found_as_it_was_written_is_not_marked(s3: Catalogue, text: str) -> None:
    assert [match for match in s3.search(text) if match.guessed] == []


@pytest.mark.parametrize(
    ("typed", "other"),
    [("vigneti", "vieții"), ("viticulture", "culture"), ("personal", "operational"), ("bank", "rank")],
)
def test_another_word_is_no_misspelling(make: Make, typed: str, other: str) -> None:
    assert found(make.catalogue(make.region(name=other)), typed) == []


@pytest.mark.parametrize("text", ["the", "of the", "di", "a", "della", "con un'"])
def test_words_that_say_nothing_find_nothing(s3: Catalogue, text: str) -> None:
    assert s3.search(text) == []


@pytest.mark.parametrize("word", ["torin", "aerosp", "auto", "hydrogen"])
@pytest.mark.parametrize("rest", ["of the", "di", "alle", "agli", "with the"])
def test_words_that_say_nothing_change_no_rank(s3: Catalogue, word: str, rest: str) -> None:
    expected = [match.entity for match in s3.search(word)]
    assert [match.entity for match in s3.search(f"{word} {rest}")] == expected
    assert [match.entity for match in s3.search(f"{rest} {word}")] == expected


def test_what_people_look_for_comes_before_a_finding_that_speaks_of_it_more(make: Make) -> None:
    finding = make.observation("finding", description="Rivers.")
    body = make.organisation("body", description="A body of the old town that looks after its bridges, and rivers.")
    assert found(make.catalogue(make.region(), finding, body), "rivers") == ["body", "finding"]


def test_a_name_that_is_a_word_that_says_nothing_is_found(make: Make) -> None:
    catalogue = make.catalogue(make.region("x1", name="Con"), make.region("x2", name="Con brio"))
    assert found(catalogue, "con") == ["x1"]


@pytest.mark.parametrize("text", ["hydrogen", "hydrogen of the", "the hydrogen", "idrogeno con la"])
def test_words_that_say_nothing_do_not_rank(s3: Catalogue, text: str) -> None:
    matches = s3.search(text)
    telling = s3.search("idrogeno" if "idrogeno" in text else "hydrogen")
    assert [(match.entity, match.words) for match in matches] == [(match.entity, match.words) for match in telling]


@pytest.mark.parametrize(
    ("text", "name"),
    [("torin", "Torino"), ("Torino", "Torino"), ("piemon", "Piedmont"), ("aerosp", "Aerospace"), ("MESAP", "MESAP")],
)
def test_the_nearest_name_comes_first(s3: Catalogue, text: str, name: str) -> None:
    assert s3.search(text)[0].entity.name == name


def test_automotive_areas_come_before_all_else(s3: Catalogue) -> None:
    matches = s3.search("auto", limit=100)
    areas = set(s3.innovation_areas.where(name="Automotive"))
    assert {match.entity for match in matches[: len(areas)]} == areas


@pytest.mark.parametrize(
    "text", ["auto", "automotive", "hydrogen", "torin", "aerospace", "textile", "energy", "piedmont"]
)
def test_what_people_look_for_by_its_name_comes_before_findings(s3: Catalogue, text: str) -> None:
    matches = s3.search(text, limit=len(s3))
    finding = next((place for place, match in enumerate(matches) if match.entity.prominence < 0.5), len(matches))
    assert [match for match in matches[finding:] if match.entity.prominence == 1 and weight(match) == 10] == []
    assert finding > 0


def test_who_bears_a_word_in_the_name_comes_before_those_that_mention_it(make: Make) -> None:
    mentions = [make.organisation(f"o{number}", description="River, " * 80) for number in range(3)]
    others = [make.organisation(f"p{number}", description="Hills and woods. " * 30) for number in range(9)]
    named = make.organisation("last", name="The river", description="Hills and woods. " * 30)
    assert found(make.catalogue(*mentions, *others, named), "river")[0] == "last"


def test_a_name_comes_first_in_each_language_and_by_each_alias(make: Make) -> None:
    torino = make.region("torino", name="Turin", local_name="Torino", aliases=("Augusta Taurinorum",))
    other = make.region("other", description="Turin, Torino, Augusta Taurinorum: Turin, Torino.")
    catalogue = make.catalogue(other, torino)
    for text in ("turin", "torino", "augusta taurinorum", "taurin"):
        assert found(catalogue, text) == ["torino", "other"]


def test_a_code_finds_its_territory_first(s3: Catalogue) -> None:
    assert [s3.search(text)[0].entity.id for text in ("ITC1", "IT-21", "IT")] == ["piedmont", "piedmont", "italy"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Στερεά Ελλάδα", "Ελλάδα"),
        ("Στερεά Ελλάδα", "ΕΛΛΆΔΑ"),
        ("Софийска област", "Софий"),
        ("Плёсский район", "плёсский"),
        ("Großstraße", "großstraße"),
        ("Małopolskie", "małopol"),
        ("Sjælland", "Sjælland"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
    ],
)
def test_names_in_any_script_are_found_as_they_are_written(make: Make, written: str, typed: str) -> None:
    catalogue = make.catalogue(make.region("x", local_name=written), make.region("other"))
    assert [(match.entity.id, match.guessed) for match in catalogue.search(typed)] == [("x", False)]


@pytest.mark.parametrize("typed", ["malopolskie", "ostlandet"])
def test_letters_that_not_everybody_has_are_found_without_them(make: Make, typed: str) -> None:
    catalogue = make.catalogue(make.region("x", local_name="Małopolskie Østlandet"), make.region("other"))
    assert found(catalogue, typed) == ["x"]


def test_a_collection_gives_matches_of_its_own_class(s3: Catalogue) -> None:
    fields = {match.entity: match.field for match in s3.innovation_poles.search("hydrogen")}
    assert {type(pole) for pole in fields} == {smartspec.InnovationPole}
    assert fields[s3.innovation_poles["sustainable-architecture-hydrogen"]] == "name"


def test_an_empty_catalogue_finds_nothing(make: Make) -> None:
    for limit in (0, 1, 10**30):
        assert make.catalogue().search("torino", limit) == []


def test_an_extended_catalogue_finds_what_was_added(make: Make, s3: Catalogue) -> None:
    mine = s3.extend(make.region("utopia", name="Utopia Pompeia"))
    assert (found(mine, "pompeia"), found(s3, "pompeia")) == (["utopia"], [])


@pytest.mark.parametrize("text", ["water", "wine", "bank"])
def test_a_short_word_that_the_data_lack_is_no_misspelling_of_another(make: Make, text: str) -> None:
    regions = [make.region(name.lower(), name=name) for name in ("Later", "Line", "Wind", "Rank")]
    assert found(make.catalogue(*regions), text) == []


def test_a_question_is_its_telling_words(s3: Catalogue) -> None:
    said = [match.entity for match in s3.search("which poles are there, and how")]
    assert said == [match.entity for match in s3.search("poles")]


def test_two_letters_are_looked_for_in_names_and_codes_not_in_prose(make: Make) -> None:
    italy = make.region("italy", nuts="IT")
    piedmont = make.region(parent=italy, description="IT and AI, ai fini di ...")
    catalogue = make.catalogue(italy, piedmont)
    assert (found(catalogue, "AI"), found(catalogue, "IT")) == ([], ["italy"])
