"""Coverage: what the data of a catalogue leave open."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import attrs
import pytest

from smartspec import Catalogue, Collection, DatasetInfo, RegionLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import Make


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("territories_without_strategy", []),
        ("territories_without_strategy_in_force", []),
        ("strategies_without_period", []),
        ("strategies_incomplete", []),
        ("strategies_without_area", []),
        ("strategies_without_objective", ["s3"]),
        ("fields_without_area", []),
        ("areas_without_theme", ["automotive", "health"]),
        ("areas_without_pole", ["cars", "health"]),
        ("areas_without_objective", ["automotive", "health"]),
        ("areas_without_alignment", ["health"]),
        ("areas_without_nace", ["automotive", "health"]),
        ("poles_without_period", ["pole", "lonely"]),
        ("poles_without_theme", ["pole", "lonely"]),
        ("poles_without_area", ["lonely"]),
        ("poles_without_seat", ["lonely"]),
        ("poles_without_manager", ["lonely"]),
        ("objectives_without_area", []),
        ("organisations_without_region", ["firm"]),
        ("initiatives_without_period", ["programme"]),
    ],
)
def test_coverage_names_the_entities_that_leave_a_question_open(
    small: Catalogue, question: str, expected: list[str]
) -> None:
    assert [entity.id for entity in getattr(small.coverage(), question)] == expected


@pytest.mark.parametrize(
    ("question", "build"),
    [
        ("strategies_without_area", "strategy"),
        ("strategies_without_objective", "strategy"),
        ("fields_without_area", "field"),
        ("areas_without_pole", "area"),
        ("objectives_without_area", "objective"),
        ("organisations_without_region", "organisation"),
    ],
)
def test_an_entity_that_stands_alone_leaves_every_question_on_it_open(make: Make, question: str, build: str) -> None:
    alone = getattr(make, build)()
    catalogue = make.catalogue(*{make.region(), make.strategy(), alone})
    assert alone in getattr(catalogue.coverage(), question)


def test_every_answer_is_a_collection(small: Catalogue) -> None:
    coverage = small.coverage()
    answers = [getattr(coverage, name) for name in attrs.fields_dict(type(coverage)) if name != "uncited"]
    assert all(isinstance(answer, Collection) for answer in answers)


def test_uncited_entities_are_named_by_collection(small: Catalogue) -> None:
    uncited = {entities.name: entities for entities in small.coverage().uncited}
    assert [pole.id for pole in uncited["innovation_poles"]] == ["lonely"]


def test_a_collection_whose_entities_are_all_cited_is_not_among_the_uncited(make: Make) -> None:
    cited = make.region(citations=(make.citation(),))
    assert "regions" not in [e.name for e in make.catalogue(make.source(), cited).coverage().uncited]


def test_sources_need_no_citation(make: Make) -> None:
    assert make.catalogue(make.source()).coverage().uncited == ()


def test_iterating_gives_the_open_questions_in_words_with_their_entities(make: Make) -> None:
    park = make.organisation()
    open_questions = [(question, list(entities)) for question, entities in make.catalogue(park).coverage()]
    assert open_questions == [("organisations without region", [park]), ("uncited organisations", [park])]


def test_iterating_passes_over_what_is_answered(make: Make) -> None:
    assert list(make.catalogue(make.source()).coverage()) == []


def test_repr_has_one_line_for_each_open_question(make: Make) -> None:
    assert repr(make.catalogue(make.organisation()).coverage()) == (
        "<Coverage: what the data leave open\n    1  organisations without region\n    1  uncited organisations>"
    )


def test_repr_of_nothing_left_open_is_one_line(make: Make) -> None:
    assert repr(make.catalogue().coverage()) == "<Coverage: what the data leave open>"


def test_coverage_cannot_be_changed(small: Catalogue) -> None:
    coverage = small.coverage()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        coverage.uncited = ()  # type: ignore[misc]


def test_coverage_says_the_same_after_pickling(small: Catalogue) -> None:
    coverage = small.coverage()
    assert list(pickle.loads(pickle.dumps(coverage))) == list(coverage)


def test_no_entity_of_the_packaged_data_is_uncited(s3: Catalogue) -> None:
    assert s3.coverage().uncited == ()


def test_every_area_of_the_packaged_data_has_a_nace_code(s3: Catalogue) -> None:
    assert len(s3.coverage().areas_without_nace) == 0


def test_the_packaged_data_leave_open_which_pole_carries_the_automotive_area(s3: Catalogue) -> None:
    assert "automotive" in s3.coverage().areas_without_pole


# Territories


@pytest.mark.parametrize(
    ("nuts", "aliases", "counts"),
    [
        pytest.param("ITC4", (), True, id="level-2"),
        pytest.param("DE3", ("Land Berlin", "DE30", "DE300"), True, id="level-1-that-is-level-2"),
        pytest.param("LU", ("LU0", "LU00", "LU000"), True, id="country-that-is-level-2"),
        pytest.param("CZ010", ("CZ01",), True, id="level-3-that-is-level-2"),
        pytest.param("ITC", ("NORD", "ITCX1"), False, id="level-1"),
        pytest.param("ITC11", ("Turin", "ITC1A"), False, id="level-3"),
        pytest.param("IT", ("Italia",), False, id="country"),
        pytest.param(None, ("ITC4",), False, id="no-code"),
    ],
)
def test_a_territory_of_level_2_without_a_strategy_is_open(
    make: Make, nuts: str | None, aliases: tuple[str, ...], counts: bool
) -> None:
    region = make.region(nuts=nuts, aliases=aliases)
    assert [*make.catalogue(region).coverage().territories_without_strategy] == [region] * counts


def open_territories(make: Make, *adopting: str, joint: tuple[str, ...] = ()) -> list[str]:
    """Of a country with a group of two regions, one of which holds a town, those that are open."""
    country = make.region("country", level=RegionLevel.COUNTRY, nuts="XX")
    group = make.region("group", level=RegionLevel.STATISTICAL, nuts="XX1", parent=country)
    one, other = (make.region(f"region-{code}", nuts=f"XX1{code}", parent=group) for code in (1, 2))
    town = make.region("town", level=RegionLevel.MUNICIPALITY, parent=one)
    regions = {region.id: region for region in (country, group, one, other, town)}
    covered = tuple(regions[id] for id in joint)
    plans = [make.strategy(f"{id}-s3", region=regions[id], territories=covered) for id in adopting]
    return [region.id for region in make.catalogue(*regions.values(), *plans).coverage().territories_without_strategy]


@pytest.mark.parametrize(
    ("adopting", "joint", "expected"),
    [
        pytest.param((), (), ["region-1", "region-2"], id="none"),
        pytest.param(("region-1",), (), ["region-2"], id="its-own"),
        pytest.param(("town",), (), ["region-2"], id="of-what-lies-in-it"),
        pytest.param(("group",), (), [], id="of-what-holds-it"),
        pytest.param(("country",), (), [], id="of-the-country-alone"),
        pytest.param(("country", "region-1"), (), ["region-2"], id="of-the-country-beside-others"),
        pytest.param(("country",), ("region-1",), ["region-2"], id="shared"),
    ],
)
def test_a_territory_is_covered_by_a_strategy(
    make: Make, adopting: tuple[str, ...], joint: tuple[str, ...], expected: list[str]
) -> None:
    assert open_territories(make, *adopting, joint=joint) == expected


def test_strategies_say_whether_they_are_complete_and_when_they_begin(make: Make) -> None:
    begun = {"start": "2021", "end": "2027"}
    plans = [
        make.strategy("sound", complete=True, **begun),
        make.strategy("unknown", complete=None, **begun),
        make.strategy("partial", complete=False, **begun),
        make.strategy("endless", complete=True, start="2021"),
        make.strategy("beginless", complete=True, end="2027"),
    ]
    coverage = make.catalogue(make.region(), *plans).coverage()
    assert [plan.id for plan in coverage.strategies_incomplete] == ["partial"]
    assert [plan.id for plan in coverage.strategies_without_period] == ["beginless"]


# Years


def test_what_states_no_beginning_is_named_by_its_class(make: Make) -> None:
    poles = make.pole("begun", start="2009"), make.pole("beginless", end="2015")
    initiatives = make.initiative("launched", start="2009"), make.initiative("some-day")
    coverage = make.catalogue(make.region(), *poles, *initiatives).coverage()
    assert [pole.id for pole in coverage.poles_without_period] == ["beginless"]
    assert [initiative.id for initiative in coverage.initiatives_without_period] == ["some-day"]


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        pytest.param({}, [], id="none-at-all"),
        pytest.param({"region": ("2014", "2020")}, ["region"], id="ended"),
        pytest.param({"region": (None, None)}, ["region"], id="without-beginning"),
        pytest.param({"region": ("2027", None)}, ["region"], id="to-come"),
        pytest.param({"region": ("2021", "2026")}, [], id="in-force"),
        pytest.param({"region": ("2014", "2020"), "town": ("2021", None)}, [], id="of-what-lies-in-it"),
        pytest.param({"town": ("2014", "2020"), "region": ("2021", None)}, [], id="of-what-holds-it"),
        pytest.param({"country": ("2021", None), "region": ("2014", "2020")}, [], id="of-the-country-alone"),
        pytest.param({"country": ("2021", None), "other": ("2021", None), "region": ("2014", "2020")}, ["region"]),
    ],
)
def test_a_territory_all_of_whose_strategies_have_ended_has_none_in_force(
    make: Make, plans: dict[str, tuple[str | None, str | None]], expected: list[str]
) -> None:
    country = make.region("country", level=RegionLevel.COUNTRY)
    region, other = make.region("region", parent=country), make.region("other", parent=country)
    town = make.region("town", level=RegionLevel.MUNICIPALITY, parent=region)
    regions = {each.id: each for each in (country, region, other, town)}
    adopted = [make.strategy(f"{id}-s3", region=regions[id], start=a, end=b) for id, (a, b) in plans.items()]
    catalogue = Catalogue(DatasetInfo(name="Nation", checked="2026-11-29"), [*regions.values(), *adopted])
    assert [each.id for each in catalogue.coverage().territories_without_strategy_in_force] == expected


# By country


@pytest.fixture
def two_countries(make: Make) -> Catalogue:
    """Two countries with a region and poles without a seat, and an organisation and an alignment of no country."""
    countries = [make.region(id, level=RegionLevel.COUNTRY) for id in ("zealand", "albion")]
    regions = [make.region(f"{country.id}-1", parent=country, nuts="XX11") for country in countries]
    poles = [make.pole(f"pole-{number}", region=region) for number, region in enumerate((*regions, regions[0]))]
    plan = make.strategy(region=regions[0])
    areas = [make.area("cars", strategy=plan), make.area("vehicles", strategy=plan)]
    link = make.alignment(area=areas[0], match=areas[1])
    return make.catalogue(*countries, *regions, *poles, plan, *areas, link, make.organisation())


def test_what_is_open_is_counted_by_country(two_countries: Catalogue) -> None:
    assert two_countries.coverage().by_country("poles without seat") == (
        {"country": "albion", "country_name": "Albion", "poles without seat": 1},
        {"country": "zealand", "country_name": "Zealand", "poles without seat": 2},
    )


def test_without_a_question_what_a_country_lacks_is_counted(two_countries: Catalogue) -> None:
    asked = "territories without strategy, strategies without period, strategies incomplete, areas without theme, "
    columns = ["country", "country_name", *(asked + "areas without nace").split(", ")]
    assert [[*row.items()] for row in two_countries.coverage().by_country()] == [
        [*zip(columns, ("albion", "Albion", 1, 0, 0, 0, 0))],
        [*zip(columns, ("zealand", "Zealand", 0, 1, 0, 2, 2))],
    ]


def test_what_is_of_no_country_is_counted_last(two_countries: Catalogue) -> None:
    coverage = two_countries.coverage()
    assert coverage.by_country("organisations without region", "uncited regions", "uncited alignments") == (
        {
            "country": "albion",
            "country_name": "Albion",
            "organisations without region": 0,
            "uncited regions": 2,
            "uncited alignments": 0,
        },
        {
            "country": "zealand",
            "country_name": "Zealand",
            "organisations without region": 0,
            "uncited regions": 2,
            "uncited alignments": 0,
        },
        {
            "country": None,
            "country_name": None,
            "organisations without region": 1,
            "uncited regions": 0,
            "uncited alignments": 1,
        },
    )


def test_a_question_asked_twice_is_counted_once(two_countries: Catalogue) -> None:
    coverage = two_countries.coverage()
    assert coverage.by_country("poles without seat", "poles without seat") == coverage.by_country("poles without seat")


def test_every_question_can_be_asked_by_country_and_all_is_counted(two_countries: Catalogue, eu: Catalogue) -> None:
    def counted(found: Iterable[dict[str, int]], question: str) -> int:
        return sum(row[question] for row in found)

    for catalogue in (two_countries, eu):
        coverage = catalogue.coverage()
        for question, entities in coverage:
            assert counted(coverage.by_country(question), question) == len(entities), question


@pytest.mark.parametrize("question", ["poles_without_seat", "country", "", "x" * 1_000])
def test_what_is_no_question_is_an_error_that_names_those_that_are(small: Catalogue, question: str) -> None:
    with pytest.raises(
        ValueError, match="is no question of coverage \\(one of territories without strategy, "
    ) as caught:
        small.coverage().by_country(question)
    assert len(str(caught.value)) < 1_000


def test_counts_by_country_show_as_a_table(two_countries: Catalogue) -> None:
    counts = two_countries.coverage().by_country("poles without seat", "uncited regions")
    assert repr(counts).splitlines() == [
        "country  poles without seat  uncited regions",
        "Albion   1                   2",
        "Zealand  2                   2",
    ]
    assert counts._repr_html_().count("<tr>") == 3
    assert pickle.loads(pickle.dumps(counts)) == counts


def test_counts_of_nothing_say_so(make: Make) -> None:
    counts = make.catalogue().coverage().by_country()
    assert (counts, repr(counts)) == ((), "nothing is open")
    assert ">nothing is open</td>" in counts._repr_html_()


def test_the_name_of_a_country_is_nothing_but_a_name(make: Make) -> None:
    country = make.region(level=RegionLevel.COUNTRY, name="<b>\nX\u202e", nuts="XX", aliases=("XX00",))
    counts = make.catalogue(country).coverage().by_country("territories without strategy")
    assert len(repr(counts).splitlines()) == 2
    assert "<b>" not in counts._repr_html_()


# Europe


def test_territories_of_europe_that_go_by_another_code_are_of_level_2_too(eu: Catalogue) -> None:
    bare = Catalogue(eu.info, (*eu.sources, *eu.regions, *eu.themes))
    found = bare.coverage().territories_without_strategy
    for code in ("DE3", "LU", "CY", "ES3", "CZ010", "FI1B1", "FR1", "ITC1", "PT1A"):
        assert eu.regions.lookup(code) in found, code
    for code in ("DE", "ITC", "ITC11", "ES5"):
        assert eu.regions.lookup(code) not in found, code
