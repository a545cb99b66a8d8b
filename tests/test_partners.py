"""Counterparts and partners: ranked, the same from both sides, explained by what is shared."""

from __future__ import annotations

import copy
import math
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import smartspec
from smartspec import Catalogue, DatasetInfo, Ranking, RegionLevel, UnknownEntityError

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


def test_where_one_of_two_has_codes_themes_count_two_thirds(make: Make) -> None:
    catalogue = europe(make, {"a": [(("x",), ("C10",))], "b": [(("x",), ())]})
    assert catalogue.partners(catalogue.regions["a"])[0].score == pytest.approx(2 / 3)


def test_codes_of_one_division_count_once(make: Make) -> None:
    catalogue = europe(make, {"a": [((), ("C10.1", "C10.2", "C11"))], "b": [((), ("C10.9",))]})
    ten, eleven = math.log2(3 / 2), math.log2(3 / 1)  # Of two regions both have the one, and one the other.
    assert catalogue.partners(catalogue.regions["a"])[0].score == pytest.approx(ten / (ten + eleven))


def test_what_no_region_bets_on_today_is_as_rare_as_what_one_does(make: Make) -> None:
    x, gone, a, b = make.theme("x"), make.theme("gone"), make.region("a"), make.region("b")
    old, new = make.strategy("old", region=a, start="2006", end="2010"), make.strategy("new", region=b, start="2021")
    areas = [make.area("was", strategy=old, themes=(x, gone)), make.area("is", strategy=new, themes=(x,))]
    catalogue = Catalogue(DatasetInfo(name="Two", checked="2026-01-01"), [x, gone, a, b, old, new, *areas])
    assert catalogue.counterparts(areas[0])[0].score == pytest.approx(1 / 2)


def test_a_rare_theme_that_two_share_counts_for_more_than_one_that_all_have(make: Make) -> None:
    both = (("all", "rare"), ())
    bets: Bets = {"a": [both], "rare": [(("rare", "x"), ())], "all": [(("all", "y"), ())], "d": [(("all", "z"), ())]}
    catalogue = europe(make, bets)
    assert catalogue.partners(catalogue.regions["a"])[0].region.id == "rare"


def test_what_is_shared_is_told_rarest_first(make: Make) -> None:
    common, rare = ("all",), ("all", "rare")
    catalogue = europe(make, {"a": [(rare, ())], "b": [(rare, ())], "c": [(common, ())]})
    ranking = catalogue.partners(catalogue.regions["a"])
    assert [theme.id for theme in ranking[0].themes] == ["rare", "all"]
    assert [row["themes"] for row in ranking.to_dicts()] == [["rare", "all"], ["all"]]
    assert "Rare, All" in repr(ranking)


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


def test_the_score_does_not_depend_on_the_order_of_sets() -> None:
    code = (
        "import smartspec; eu = smartspec.load_europe(); piedmont = eu.regions['piedmont']\n"
        "print([(p.region.id, p.score, p.themes, p.nace, p.pairs) for p in eu.partners(piedmont)])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1


def test_those_of_one_score_stand_in_the_order_of_the_dataset(make: Make) -> None:
    alike = [(("x",), ())]
    for names in (["a", "c", "b", "d"], ["d", "b", "a", "c"]):
        catalogue = europe(make, dict.fromkeys(names, alike))
        assert [p.region.id for p in catalogue.partners(catalogue.regions[names[0]])] == names[1:]
        area = catalogue.innovation_areas[0]
        assert [c.area.strategy.region.id for c in catalogue.counterparts(area)] == names[1:]


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
    catalogue = Catalogue(DatasetInfo(name="Two", checked="2026-01-01"), [x, a, b, old, new, *areas])
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
    assert repr(ranking) == "A has no strategy with areas in force in 2026 (known: A s3)"
    ranking = catalogue.extend(make.region("d")).partners(make.region("d"))
    assert repr(ranking) == "D has no strategy with areas in force in 2026 (none is known)"


def test_an_empty_ranking_says_why(make: Make, alps: Catalogue) -> None:
    po, bare = alps.regions["po"], europe(make, {"a": [((), ())], "b": [((), ())]})
    empty = Catalogue(DatasetInfo(name="Empty", checked="2026-01-01"), [po, make.strategy(region=po, start="2021")])
    told = [
        alps.partners(po, limit=0),
        alps.partners(po, year=1999),
        bare.partners(bare.regions["a"]),
        bare.counterparts(bare.innovation_areas[0]),
        empty.partners(po),
    ]
    assert [repr(ranking) for ranking in told] == [
        "None of 3 is asked for",
        "No strategy with areas is in force in 1999",
        "No region shares a theme or code with it in 2026",
        "No area in force in 2026 shares a theme or code with it",
        "No strategy with areas is in force in 2026",
    ]
    for ranking in told:
        assert f">{ranking.nothing}</td>" in ranking._repr_html_()


def test_counterparts_show_as_a_table_too(alps: Catalogue) -> None:
    ranking = alps.counterparts(alps.innovation_areas["po-1"], limit=1)
    assert repr(ranking).splitlines()[1].split() == "Aosta 1 Aosta s3 1.00 Wood C16.1".split()
    assert "<caption" in ranking._repr_html_()
    assert "What comes closest to Po 1 of Po s3 in 2026" in ranking._repr_html_()


def test_each_of_a_ranking_is_one_short_line(alps: Catalogue) -> None:
    partner = alps.partners(alps.regions["po"])[0]
    assert repr(partner) == f"<Partner {partner.region.id} {partner.score:.2f}>"
    counterpart = alps.counterparts(alps.innovation_areas["po-1"])[0]
    assert repr(counterpart) == f"<Counterpart aosta-1 {counterpart.score:.2f}>"


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "two\nlines", "\u202eabc", "long " * 1_000, "\x1b[31mred", "a & b"],
    ids=["tags", "lines", "right to left", "long", "terminal", "entity"],
)
def test_hostile_names_are_nothing_but_names(make: Make, name: str) -> None:
    theme, a, b = make.theme(name=name), make.region("a", name=name), make.region("b", name=name)
    plans = [make.strategy(f"{region.id}-s3", name=name, region=region, start="2021") for region in (a, b)]
    areas = [make.area(f"{plan.id}-x", name=name, strategy=plan, themes=(theme,)) for plan in plans]
    catalogue = Catalogue(DatasetInfo(name="Hostile", checked="2026-01-01"), [theme, a, b, *plans, *areas])
    for ranking, lines in (
        (catalogue.partners(a), 2),
        (catalogue.counterparts(areas[0]), 2),
        (catalogue.partners(a, limit=0), 1),
        (catalogue.partners(a, year=1999), 1),
    ):
        told = repr(ranking).splitlines()
        assert len(told) == lines
        assert all(line.isprintable() and len(line) < 300 for line in told)
        html = ranking._repr_html_()
        assert "<script" not in html
        assert html.isprintable()
        assert len(html) < 5_000


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda ranking: pickle.loads(pickle.dumps(ranking))])
def test_a_ranking_survives_copies_and_tells_the_same(alps: Catalogue, copied: Callable[[Any], Any]) -> None:
    for ranking in (alps.partners(alps.regions["po"], year=1999), alps.partners(alps.regions["po"])):
        again = copied(ranking)
        assert type(again) is Ranking
        assert (repr(again), again, again.about) == (repr(ranking), ranking, ranking.about)


def test_a_ranking_is_a_tuple(alps: Catalogue) -> None:
    ranking = alps.partners(alps.regions["po"])
    first, *rest = ranking
    assert ranking == (first, *rest)
    assert hash(ranking) == hash((first, *rest))
    assert ranking[1:] == tuple(rest)


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


def test_an_area_of_ones_own_is_asked_about_after_extending(alps: Catalogue, make: Make) -> None:
    own = make.area("atlantis", strategy=alps.strategies[0])
    with pytest.raises(UnknownEntityError, match=r"one of your own, extend\(\) the catalogue by it first"):
        alps.counterparts(own)
    assert alps.extend(own).counterparts(own) is not None


# A layer on Europe


@pytest.fixture(scope="module")
def mine(make: Make, eu: Catalogue) -> Catalogue:
    """Europe, and a region of one's own that bets on space."""
    utopia = make.region("utopia", parent=eu.regions["italy"])
    plan = make.strategy("utopia-s3", region=utopia, start="2021", end="2027")
    space = make.area("utopia-space", strategy=plan, themes=(eu.themes["aerospace"],), nace=("C30.3",))
    return eu.extend(utopia, plan, space, info=DatasetInfo(name="Mine"))


def test_a_region_of_ones_own_has_partners_in_europe_and_is_one(mine: Catalogue) -> None:
    utopia = mine.regions["utopia"]
    piedmont = next(p for p in mine.partners(utopia, limit=1_000) if p.region.id == "piedmont")
    assert [theme.id for theme in piedmont.themes] == ["aerospace"]
    back = next(p for p in mine.partners(mine.regions["piedmont"], limit=1_000) if p.region == utopia)
    assert back.score == piedmont.score > 0


def test_an_area_of_ones_own_has_counterparts_in_europe(mine: Catalogue) -> None:
    space = mine.innovation_areas["utopia-space"]
    assert mine.innovation_areas["aerospace-2021"] in [c.area for c in mine.counterparts(space, limit=100)]


def test_a_strategy_of_ones_own_is_compared_with_one_of_europe(mine: Catalogue) -> None:
    found = mine.compare(mine.strategies["utopia-s3"], mine.strategies["piedmont-s3-2021-2027"])
    assert [(c.area.id, c.match.id) for c in found.correspondences] == [("utopia-space", "aerospace-2021")]


def test_what_is_added_does_not_change_europe(mine: Catalogue, eu: Catalogue) -> None:
    ranking = eu.partners(eu.regions["piedmont"], limit=1_000)
    assert "utopia" not in [partner.region.id for partner in ranking]
