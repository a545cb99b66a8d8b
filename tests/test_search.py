"""Search finds what a person means, ranked, whatever they write."""

import pickle
import threading

import pytest

import smartspec
from smartspec import Catalogue

QUERIES = [
    # English
    ("hydrogen", "sustainable-architecture-hydrogen"),
    ("hydrogen buildings", "sustainable-architecture-hydrogen"),
    ("Environment Park", "environment-park"),
    ("Mirafiori technology park", "reconversion-of-mirafiori"),
    ("covenant of mayors", "covenant-of-mayors"),
    ("action plan for energy", "turin-action-plan-for-energy"),
    ("open for business", "open-for-business"),
    ("smart city", "torino-smart-city"),
    ("green chemistry", "green-chemistry-cleantech"),
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
]


@pytest.mark.parametrize(("text", "expected"), QUERIES)
def test_the_first_answer_is_the_right_one(s3: Catalogue, text: str, expected: str) -> None:
    assert s3.search(text)[0].entity.id == expected


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
    found = [match.entity.id for match in s3.innovation_areas.search("automotive") if match.entity.name == "Automotive"]
    assert found == [area.id for area in s3.innovation_areas.where(name="Automotive")]


def test_a_collection_finds_its_own_members_alone(s3: Catalogue) -> None:
    plan = s3.strategies["open-for-business"]
    assert {m.entity.id for m in s3.innovation_areas.of(plan).search("automotive ict")} == {
        "automotive-city",
        "ict-city",
    }


def test_what_has_all_words_comes_first(s3: Catalogue) -> None:
    words = s3.search("reduction of bureaucracy")[0].words
    assert {"reduction", "bureaucracy"} <= {word.casefold() for word in words}


@pytest.mark.parametrize("limit", [0, -1])
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


@pytest.mark.parametrize("limit", [True, 2.5, "3", None])
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


def test_of_what_nearly_all_hold_the_first_are_ranked(s3: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartspec.catalogue.search._MOST_RANKED", 3)
    found = [match.entity.id for match in s3.observations.of().search("torino")]
    assert found == []
    first = [entity for entity in s3.observations if "torino" in f"{entity.name} {entity.description}".casefold()][:3]
    assert {m.entity.id for m in s3.observations.search("torino")} == {entity.id for entity in first}
