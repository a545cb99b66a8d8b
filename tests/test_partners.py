"""Counterparts and partners: ranked, the same from both sides, explained by what is shared."""

from __future__ import annotations

import math
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import smartspec
from smartspec import Catalogue, DatasetInfo, RegionLevel, UnknownEntityError

if TYPE_CHECKING:
    from conftest import Make

Bets = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]


def europe(make: Make, bets: Bets, **strategy: Any) -> Catalogue:
    """A catalogue of regions, each with one strategy in force and the areas given by their themes and codes."""
    themes = {name: make.theme(name) for areas in bets.values() for names, _ in areas for name in names}
    entities: list[Any] = [*themes.values()]
    for name, areas in bets.items():
        region = make.region(name)
        plan = make.strategy(f"{name}-s3", region=region, **{"start": "2021", "end": "2027", **strategy})
        entities += [region, plan]
        for number, (names, codes) in enumerate(areas):
            own = tuple(themes[each] for each in names)
            entities.append(make.area(f"{name}-{number}", strategy=plan, themes=own, nace=codes))
    return Catalogue(DatasetInfo(name="Small", checked="2026-11-29"), entities)


ALPS: Bets = {
    "tyrol": [(("snow",), ("N79",)), (("food",), ("C10",))],
    "aosta": [(("snow",), ("N79",)), (("wood",), ("C16",))],
    "po": [(("food",), ("C10",)), (("wood",), ("C16.1",))],
    "coast": [(("food",), ("C10",)), (("sea",), ())],
}


@pytest.fixture(scope="module")
def alps(make: Make) -> Catalogue:
    return europe(make, ALPS)


# The score


def test_the_score_is_what_the_documented_formula_gives(alps: Catalogue) -> None:
    partner = next(p for p in alps.partners(alps.regions["tyrol"]) if p.region.id == "aosta")
    # Of four regions two have snow, three food, two wood; likewise their divisions.
    snow, food, wood = math.log2(5 / 2), math.log2(5 / 3), math.log2(5 / 2)
    assert partner.score == pytest.approx(snow / (snow + food + wood))


def test_themes_count_two_thirds_and_divisions_one(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ("C10",))], "b": [(("x",), ("C11",))], "c": [(("y",), ("C10",))]})
    scores = {p.region.id: p.score for p in catalogue.partners(catalogue.regions["a"])}
    assert scores["b"] == pytest.approx(2 / 3)
    assert scores["c"] == pytest.approx(1 / 3)


def test_where_neither_has_codes_themes_count_alone(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ())], "b": [(("x",), ())]})
    assert [p.score for p in catalogue.partners(catalogue.regions["a"])] == [1.0]


def test_where_neither_has_themes_codes_count_alone(make: Make) -> None:
    catalogue = europe(make, {"a": [((), ("C10.1",))], "b": [((), ("C10.9",))]})
    (partner,) = catalogue.partners(catalogue.regions["a"])
    assert (partner.score, partner.nace) == (1.0, ())  # One division, and no code that both cover.


def test_a_rare_theme_that_two_share_counts_for_more_than_one_that_all_have(make: Make) -> None:
    both = (("all", "rare"), ())
    bets: Bets = {"a": [both], "rare": [(("rare", "x"), ())], "all": [(("all", "y"), ())], "d": [(("all", "z"), ())]}
    catalogue = europe(make, bets)
    assert catalogue.partners(catalogue.regions["a"])[0].region.id == "rare"


def test_partners_are_the_same_from_both_sides(alps: Catalogue) -> None:
    scores = {(a.id, p.region.id): p.score for a in alps.regions for p in alps.partners(a)}
    assert scores
    assert all(score == scores[b, a] for (a, b), score in scores.items())


def test_counterparts_are_the_same_from_both_sides(alps: Catalogue) -> None:
    scores = {(a.id, c.area.id): c.score for a in alps.innovation_areas for c in alps.counterparts(a, limit=100)}
    assert scores
    assert all(score == scores[b, a] for (a, b), score in scores.items())


def test_scores_of_all_of_europe_are_symmetric_and_between_0_and_1() -> None:
    eu = smartspec.load_europe()
    regions = [eu.regions[id] for id in ("piedmont", "lombardy", "catalonia", "flanders", "saxony", "norte")]
    scores = {(a.id, p.region.id): p.score for a in regions for p in eu.partners(a, limit=1_000)}
    pairs = [(pair, score) for pair, score in scores.items() if pair[::-1] in scores]
    assert len(pairs) > 20
    assert all(score == scores[pair[::-1]] and 0 < score <= 1 for pair, score in pairs)


# What is compared


def test_counterparts_are_ranked_and_say_what_is_shared(alps: Catalogue) -> None:
    first, *rest = alps.counterparts(alps.innovation_areas["po-1"])
    assert (first.area.id, [t.id for t in first.themes], first.nace) == ("aosta-1", ["wood"], ("C16.1",))
    assert [c.score for c in rest] == sorted((c.score for c in rest), reverse=True)


def test_an_area_of_the_same_region_is_no_counterpart(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ()), (("x",), ())], "b": [(("x",), ())]})
    assert [c.area.id for c in catalogue.counterparts(catalogue.innovation_areas["a-0"])] == ["b-0"]


def test_each_pair_of_a_partner_shows_something_new_and_together_they_show_all(alps: Catalogue) -> None:
    for region in alps.regions:
        for partner in alps.partners(region):
            shown: set[Any] = set()
            for pair in partner.pairs:
                assert pair.area.strategy.region == region
                assert pair.match.strategy.region == partner.region
                new = {*pair.themes, *(code[:3] for code in pair.nace)}
                assert new - shown
                shown |= new
            assert shown == {*partner.themes, *(code[:3] for code in partner.nace)}
            assert [*partner.pairs] == sorted(partner.pairs, key=lambda pair: -pair.score)


def test_a_pair_that_shows_nothing_new_is_left_out(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ("C10",))], "b": [(("x",), ("C10",)), (("x",), ("C10", "C11"))]})
    assert [pair.match.id for pair in catalogue.partners(catalogue.regions["a"])[0].pairs] == ["b-0"]


@pytest.mark.parametrize("codes", [("C10.1", "C10.1"), ("C10.1", "C10.9")], ids=["a code", "a division"])
def test_a_code_that_areas_of_different_themes_share_is_shown_too(make: Make, codes: tuple[str, str]) -> None:
    catalogue = europe(make, {"a": [(("x",), codes[:1])], "b": [(("y",), codes[1:])]})
    (pair,) = catalogue.partners(catalogue.regions["a"])[0].pairs
    assert (pair.area.id, pair.match.id, pair.themes) == ("a-0", "b-0", ())


def around(make: Make) -> Catalogue:
    """A country with a strategy, two regions in it, a joint strategy of two, and one far away; all bet on one theme."""
    x = make.theme("x")
    country = make.region("country", level=RegionLevel.COUNTRY)
    a, b, both = (make.region(id, parent=country) for id in ("a", "b", "both"))
    far = make.region("far")
    town = make.region("town", parent=a)
    plans = [
        make.strategy(f"{region.id}-s3", region=region, territories=territories, start="2021")
        for region, territories in ((country, ()), (a, ()), (both, (a, b)), (far, ()), (town, ()))
    ]
    areas = [make.area(f"{plan.id}-x", strategy=plan, themes=(x,)) for plan in plans]
    entities = [x, country, a, b, both, far, town, *plans, *areas]
    return Catalogue(DatasetInfo(name="Around", checked="2026-01-01"), entities)


def test_territories_within_and_around_are_no_partners(make: Make) -> None:
    catalogue = around(make)
    found = {region.id: [p.region.id for p in catalogue.partners(region)] for region in catalogue.regions}
    assert found["country"] == ["far"]
    assert found["a"] == ["far"]  # Its joint strategy makes "both" no other.
    assert found["b"] == ["far", "town"]  # "a" shares a strategy with it.
    assert set(found["far"]) == {"country", "a", "both", "town"}


def test_a_territory_is_known_by_a_strategy_that_it_shares(make: Make) -> None:
    catalogue = around(make)
    assert [p.score for p in catalogue.partners(catalogue.regions["b"]) if p.region.id == "far"] == [1.0]


def test_an_area_of_a_territory_that_shares_a_strategy_is_no_counterpart(make: Make) -> None:
    catalogue = around(make)
    found = {a.id: [c.area.id for c in catalogue.counterparts(a)] for a in catalogue.innovation_areas}
    assert found["a-s3-x"] == ["far-s3-x"]
    assert found["both-s3-x"] == ["far-s3-x", "town-s3-x"]
    assert found["town-s3-x"] == ["both-s3-x", "far-s3-x"]
    assert found["far-s3-x"] == ["country-s3-x", "a-s3-x", "both-s3-x", "town-s3-x"]  # Each once, though "a" has two.


@pytest.mark.parametrize("year", [2020, 2020.0, np.int64(2020), np.float64(2020)], ids=repr)
def test_a_year_of_any_type_of_number_is_told_alike(make: Make, year: Any) -> None:
    catalogue = europe(make, {"a": [(("x",), ())], "b": [(("x",), ())]}, start="2014", end="2020")
    ranking = catalogue.partners(catalogue.regions["a"], year=year)
    assert len(ranking) == 1
    assert ranking.about.endswith(" in 2020")


@pytest.mark.parametrize("year", [True, "2020", 2020.5, float("nan"), np.bool_(True)], ids=repr)
def test_a_year_is_a_whole_number(alps: Catalogue, year: Any) -> None:
    for asked in (alps.partners, alps.counterparts):
        with pytest.raises(TypeError, match="a year is a whole number, not "):
            asked(alps.regions[0] if asked == alps.partners else alps.innovation_areas[0], year=year)


def test_a_year_may_be_asked_for(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ())], "b": [(("x",), ())]}, start="2014", end="2020")
    a, area = catalogue.regions["a"], catalogue.innovation_areas["a-0"]
    assert [p.region.id for p in catalogue.partners(a, year=2020)] == ["b"]
    assert [c.area.id for c in catalogue.counterparts(area, year=2014)] == ["b-0"]
    assert (catalogue.partners(a), catalogue.counterparts(area)) == ((), ())


def test_an_area_of_the_past_has_counterparts_of_today(make: Make) -> None:
    x, a, b = make.theme("x"), make.region("a"), make.region("b")
    old, new = make.strategy("old", region=a, start="2006", end="2010"), make.strategy("new", region=b, start="2021")
    areas = [make.area("was", strategy=old, themes=(x,)), make.area("is", strategy=new, themes=(x,))]
    catalogue = Catalogue(DatasetInfo(name="Two", checked="2026" + "-01-01"), [x, a, b, old, new, *areas])
    assert [c.area.id for c in catalogue.counterparts(areas[0])] == ["is"]


def test_the_year_of_a_dataset_that_does_not_say_is_the_present(make: Make) -> None:
    from datetime import date

    assert make.catalogue(make.region()).year == date.today().year


def test_the_year_of_a_layer_is_that_of_the_newest_check(make: Make) -> None:
    s3 = smartspec.load()
    assert s3.extend(make.region("alba")).year == s3.year == int(str(s3.info.checked)[:4])


# What is told


def test_a_ranking_shows_as_a_table(alps: Catalogue) -> None:
    ranking = alps.partners(alps.regions["po"], limit=1)
    assert repr(ranking).splitlines() == [
        "region  score  shared themes  shared NACE",
        f"{ranking[0].region.name:6}  {ranking[0].score:.2f}   {ranking[0].themes[0].name:13}  {ranking[0].nace[0]}",
    ]
    assert "<caption" in ranking._repr_html_()
    assert "have most in common with Po in 2026" in ranking._repr_html_()


def test_a_region_without_a_strategy_in_force_is_told_of_those_that_ended(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ())], "b": [(("x",), ())]}, start="2014", end="2020")
    now = make.strategy("now", region=make.region("c"), start="2021")
    catalogue = Catalogue(catalogue.info, [*catalogue, now.region, now, make.area("z", strategy=now)])
    ranking = catalogue.partners(catalogue.regions["a"])
    assert repr(ranking) == "A has no strategy with areas in force in 2026: A s3"


def test_an_empty_ranking_survives_pickling_and_tells_the_same(alps: Catalogue) -> None:
    for ranking in (alps.partners(alps.regions["po"], year=1999), alps.partners(alps.regions["po"])):
        again = pickle.loads(pickle.dumps(ranking))
        assert (repr(again), again) == (repr(ranking), ranking)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_gives_nothing(alps: Catalogue, limit: int) -> None:
    assert alps.partners(alps.regions["po"], limit=limit) == ()


@pytest.mark.parametrize("limit", [2, 2.0, np.int64(2)], ids=repr)
def test_no_more_are_given_than_asked_for(alps: Catalogue, limit: Any) -> None:
    assert len(alps.partners(alps.regions["po"], limit=limit)) == 2
    assert len(alps.counterparts(alps.innovation_areas["po-0"], limit=limit)) == 2


@pytest.mark.parametrize("limit", ["2", None, 1.5, True])
def test_a_limit_is_a_whole_number(alps: Catalogue, limit: Any) -> None:
    with pytest.raises(TypeError, match="limit is a whole number, not"):
        alps.partners(alps.regions["po"], limit=limit)


def test_partners_are_those_of_a_region_of_the_catalogue(alps: Catalogue, make: Make) -> None:
    with pytest.raises(TypeError, match="partners\\(\\) takes a region, not"):
        alps.partners(alps.innovation_areas[0])  # type: ignore[arg-type]
    with pytest.raises(UnknownEntityError, match="regions has no 'atlantis'"):
        alps.partners(make.region("atlantis"))


def test_counterparts_are_those_of_an_area_of_the_catalogue(alps: Catalogue, make: Make) -> None:
    with pytest.raises(TypeError, match="counterparts\\(\\) takes an innovation area, not"):
        alps.counterparts(alps.regions[0])  # type: ignore[arg-type]
    with pytest.raises(UnknownEntityError, match="innovation_areas has no 'atlantis'"):
        alps.counterparts(make.area("atlantis"))
