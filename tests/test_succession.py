"""Succession: what followed what, and how two strategies compare."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import smartspec
from smartspec import (
    Alignment,
    Basis,
    Catalogue,
    Collection,
    Direction,
    InnovationArea,
    InvalidValueError,
    Link,
    Links,
    MatchRelation,
    Strategy,
    StrategyKind,
    UnknownEntityError,
)
from smartspec.catalogue.comparison import Comparison
from smartspec.domain.record import MOST_STEPS

if TYPE_CHECKING:
    import pathlib

    from conftest import Make

BROAD, NARROW, CLOSE = MatchRelation.BROAD, MatchRelation.NARROW, MatchRelation.CLOSE
FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD

INVERSES = [
    (MatchRelation.EXACT, MatchRelation.EXACT),
    (CLOSE, CLOSE),
    (BROAD, NARROW),
    (NARROW, BROAD),
    (MatchRelation.RELATED, MatchRelation.RELATED),
]


def ids(entities: Collection[Any]) -> list[str]:
    return [entity.id for entity in entities]


def told(steps: tuple[Link, ...]) -> list[tuple[str, str]]:
    return [(step.end.id, step.relation) for step in steps]


def matches(comparison: Comparison) -> list[tuple[str, MatchRelation, str]]:
    return [(c.area.id, c.relation, c.match.id) for c in comparison.correspondences]


def plan(make: Make, id: str, start: str | None, **given: Any) -> Strategy:
    return make.strategy(id, name=f"Plan {id}", start=start, **given)


def aligned(
    make: Make, area: InnovationArea, match: InnovationArea, relation: MatchRelation, **given: Any
) -> Alignment:
    return Alignment(
        **{
            "id": f"{area.id}-to-{match.id}",
            "name": "A match",
            "area": area,
            "match": match,
            "relation": relation,
            **given,
        }
    )


@pytest.fixture
def two_plans(make: Make) -> Catalogue:
    """A plan of 2010 with cars, food and banks; one of 2020 with mobility, health and, only there, space."""
    old, new = plan(make, "old", "2010"), plan(make, "new", "2020")
    cars = make.area("cars", strategy=old, nace=("C29", "C30.3"))
    food = make.area("food", strategy=old, nace=("C10.5",))
    banks = make.area("banks", strategy=old, nace=("K64",))
    mobility = make.area("mobility", strategy=new, nace=("C29.1", "C30"))
    wellbeing = make.area("wellbeing", strategy=new, nace=("C10", "C21"))
    space = make.area("space", strategy=new)
    inferred = make.citation(basis=Basis.INFERRED, note="By their names.")
    return make.catalogue(
        make.source(),
        make.region(),
        *(old, new, cars, food, banks, mobility, wellbeing, space),
        aligned(make, cars, mobility, BROAD, citations=(make.citation(), inferred)),
        aligned(make, wellbeing, food, NARROW, citations=(make.citation(),)),
    )


@pytest.fixture
def comparison(two_plans: Catalogue) -> Comparison:
    return two_plans.compare(two_plans.strategies["old"], two_plans.strategies["new"])


@pytest.fixture
def mirrored(two_plans: Catalogue) -> Comparison:
    return two_plans.compare(two_plans.strategies["new"], two_plans.strategies["old"])


# successors


@pytest.mark.parametrize("kind", ["pole", "organisation"])
def test_the_successors_lead_to_today_nearest_first(make: Make, kind: str) -> None:
    build = getattr(make, kind)
    today = build("today")
    later = build("later", successor=today)
    first = build("first", successor=later)
    assert (first.successors, later.successors, today.successors) == ((later, today), (today,), ())


@pytest.mark.parametrize("kind", ["pole", "organisation"])
def test_the_longest_chain_of_successors_is_walked(make: Make, kind: str) -> None:
    chain = [getattr(make, kind)("link-0")]
    for number in range(1, MOST_STEPS - 1):  # A pole refers to a region too.
        chain.append(attrs.evolve(chain[0], id=f"link-{number}", successor=chain[-1]))
    assert chain[-1].successors == tuple(reversed(chain[:-1]))
    catalogue = make.catalogue(make.region(), *chain)
    assert told(catalogue.successors_of(chain[50])) == [("link-49", "successor")]
    assert told(catalogue.predecessors_of(chain[50])) == [("link-51", "successor")]


# Steps


@pytest.mark.parametrize("kind", ["pole", "organisation"])
def test_a_step_by_successor_has_the_citations_of_that_attribute(make: Make, kind: str) -> None:
    whole, merger = make.citation(passage="it exists"), make.citation(passage="they merged", supports=("successor",))
    new = getattr(make, kind)("new")
    old = getattr(make, kind)("old", successor=new, citations=(whole, merger))
    other = getattr(make, kind)("other", successor=new)
    catalogue = make.catalogue(make.source(), make.region(), old, other, new)
    assert catalogue.successors_of(old) == (Link(old, "successor", new, FORWARD, (merger,)),)
    assert catalogue.predecessors_of(new) == (
        Link(new, "successor", old, BACKWARD, (merger,)),
        Link(new, "successor", other, BACKWARD, ()),
    )
    assert (catalogue.predecessors_of(old), catalogue.successors_of(new)) == ((), ())


def test_strategies_follow_each_other_by_their_predecessor(make: Make) -> None:
    citation = make.citation(supports=("predecessor",))
    old = plan(make, "old", None)  # The link is stated: no years are needed.
    new = plan(make, "new", None, predecessor=old, citations=(citation,))
    rival = plan(make, "rival", None, predecessor=old)
    catalogue = make.catalogue(make.source(), make.region(), old, new, rival)
    assert catalogue.successors_of(old) == (
        Link(old, "predecessor", new, BACKWARD, (citation,)),
        Link(old, "predecessor", rival, BACKWARD, ()),
    )
    assert catalogue.predecessors_of(new) == (Link(new, "predecessor", old, FORWARD, (citation,)),)
    assert (catalogue.predecessors_of(old), catalogue.successors_of(new)) == ((), ())


@pytest.mark.parametrize(("relation", "inverse"), INVERSES)
def test_areas_follow_each_other_by_an_alignment(make: Make, relation: MatchRelation, inverse: MatchRelation) -> None:
    before, after = plan(make, "before", "2006"), plan(make, "after", "2014")
    old, new = make.area("old", strategy=before), make.area("new", strategy=after)
    citation = make.citation()
    alignment = aligned(make, old, new, relation, citations=(citation,))
    catalogue = make.catalogue(make.source(), make.region(), before, after, old, new, alignment)
    assert catalogue.successors_of(old) == (Link(old, relation.value, new, FORWARD, (citation,)),)
    assert catalogue.predecessors_of(new) == (Link(new, inverse.value, old, BACKWARD, (citation,)),)
    assert (catalogue.predecessors_of(old), catalogue.successors_of(new)) == ((), ())


@pytest.mark.parametrize(("relation", "inverse"), INVERSES)
def test_an_alignment_leads_the_same_way_when_written_the_other_way_round(
    make: Make, relation: MatchRelation, inverse: MatchRelation
) -> None:
    before, after = plan(make, "before", "2006"), plan(make, "after", "2014")
    old, new = make.area("old", strategy=before), make.area("new", strategy=after)
    catalogue = make.catalogue(make.region(), before, after, old, new, aligned(make, new, old, relation))
    assert told(catalogue.successors_of(old)) == [("new", inverse.value)]
    assert told(catalogue.predecessors_of(new)) == [("old", relation.value)]


def test_a_step_between_areas_is_told_without_an_arrow_that_would_turn_its_relation_round(make: Make) -> None:
    before, after = plan(make, "before", "2006"), plan(make, "after", "2014")
    old, new = make.area("old", strategy=before), make.area("new", strategy=after)
    alignment = aligned(make, old, new, MatchRelation.BROAD)
    catalogue = make.catalogue(make.region(), before, after, old, new, alignment)
    assert repr(catalogue.successors_of(old)[0]) == "<Link old — broad — new>"
    assert repr(catalogue.predecessors_of(new)[0]) == "<Link new — narrow — old>"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("2014", "2014", id="contemporaries"),
        pytest.param(None, "2014", id="an-unknown-year-before"),
        pytest.param("2006", None, id="an-unknown-year-after"),
        pytest.param(None, None, id="no-years"),
    ],
)
def test_areas_do_not_follow_each_other_unless_their_years_differ(
    make: Make, first: str | None, second: str | None
) -> None:
    one, other = plan(make, "one", first), plan(make, "other", second)
    a, b = make.area("a", strategy=one), make.area("b", strategy=other)
    catalogue = make.catalogue(make.region(), one, other, a, b, aligned(make, a, b, CLOSE))
    found = [way(area) for way in (catalogue.successors_of, catalogue.predecessors_of) for area in (a, b)]
    assert found == [(), (), (), ()]


def test_areas_of_one_strategy_do_not_follow_each_other(s3: Catalogue) -> None:
    pairs = s3.alignments.filter(lambda alignment: alignment.area.strategy == alignment.match.strategy)
    assert "mechatronics-industry-to-mechatronics" in pairs
    for pair in pairs:
        for area, other in ((pair.area, pair.match), (pair.match, pair.area)):
            assert other not in [step.end for step in (*s3.successors_of(area), *s3.predecessors_of(area))]


def test_a_step_by_an_alignment_without_citation_is_uncited(make: Make) -> None:
    before, after = plan(make, "before", "2006"), plan(make, "after", "2014")
    old, new = make.area("old", strategy=before), make.area("new", strategy=after)
    catalogue = make.catalogue(make.region(), before, after, old, new, aligned(make, old, new, CLOSE))
    assert [step.citations for step in (*catalogue.successors_of(old), *catalogue.predecessors_of(new))] == [(), ()]


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [
        pytest.param("2014-01", "2014-06", True, id="months"),
        pytest.param("2014-01-31", "2014-02", True, id="a-day-and-a-month"),
        pytest.param("2013-12-31", "2014", True, id="a-day-and-a-year"),
        pytest.param("2014", "2014-06", False, id="a-month-within-the-year"),
        pytest.param("2014-06-30", "2014-06", False, id="a-day-within-the-month"),
    ],
)
def test_dates_are_compared_as_far_as_both_are_known(make: Make, first: str, second: str, follows: bool) -> None:
    before, after = plan(make, "before", first), plan(make, "after", second)
    old, new = make.area("old", strategy=before), make.area("new", strategy=after)
    catalogue = make.catalogue(make.region(), before, after, old, new, aligned(make, old, new, CLOSE))
    assert (told(catalogue.successors_of(old)) == [("new", "close")]) is follows
    assert catalogue.predecessors_of(old) == ()


def test_steps_are_links_that_start_at_the_entity(s3: Catalogue) -> None:
    for entity in s3:
        for steps in (s3.successors_of(entity), s3.predecessors_of(entity)):
            assert isinstance(steps, Links)
            assert all(isinstance(step, Link) and step.start is entity for step in steps)


def test_a_step_by_a_field_is_one_of_the_links(s3: Catalogue) -> None:
    for entity in (*s3.strategies, *s3.innovation_poles, *s3.organisations):
        for step in (*s3.successors_of(entity), *s3.predecessors_of(entity)):
            assert step in s3.links(entity)


def test_what_has_no_history_has_no_steps(make: Make) -> None:
    for entity in make.all():
        catalogue = make.catalogue(entity, *make.all(), make.area("cars"), make.area("vehicles"))
        assert catalogue.successors_of(entity) == catalogue.predecessors_of(entity) == ()


def test_forward_and_back_are_the_same_steps(s3: Catalogue) -> None:
    forward = {(step.start, step.end, step.citations) for entity in s3 for step in s3.successors_of(entity)}
    back = {(step.end, step.start, step.citations) for entity in s3 for step in s3.predecessors_of(entity)}
    assert forward == back


def test_every_step_of_the_packaged_data_has_its_source(s3: Catalogue) -> None:
    assert [step for entity in s3 for step in s3.successors_of(entity) if not step.citations] == []


def test_mechatronics_is_walked_from_the_plan_of_2006_to_the_strategy_in_force(s3: Catalogue) -> None:
    mechatronics = s3.innovation_areas["mechatronics"]
    assert ("ict-2006", "related") in told(s3.predecessors_of(mechatronics))
    assert ("advanced-manufacturing-2021", "close") in told(s3.successors_of(mechatronics))


def test_all_steps_lead_to_today_without_those_that_cut_a_longer_way_short(make: Make) -> None:
    plans = [plan(make, f"plan-{year}", str(year)) for year in (2006, 2014, 2021)]
    a, b, c = (make.area(f"area-{s.id}", strategy=s) for s in plans)
    ties = [aligned(make, a, b, CLOSE), aligned(make, b, c, BROAD), aligned(make, a, c, CLOSE)]
    catalogue = make.catalogue(make.region(), *plans, a, b, c, *ties)
    steps = catalogue.successors_of(a, transitive=True)
    assert [(step.start.id, step.end.id) for step in steps] == [(a.id, b.id), (b.id, c.id)]
    back = catalogue.predecessors_of(c, transitive=True)
    assert [(step.start.id, step.end.id) for step in back] == [(c.id, b.id), (b.id, a.id)]


def test_all_steps_keep_the_one_to_the_area_of_the_strategy_that_follows(make: Make) -> None:
    old, between = plan(make, "old", "2014"), plan(make, "between", "2016")
    new = plan(make, "new", "2021", predecessor=old)
    a, b, c = (make.area(f"area-{s.id}", strategy=s) for s in (old, between, new))
    ties = [aligned(make, a, b, CLOSE), aligned(make, b, c, BROAD), aligned(make, a, c, CLOSE)]
    catalogue = make.catalogue(make.region(), old, between, new, a, b, c, *ties)
    steps = catalogue.successors_of(a, transitive=True)
    assert [(step.start.id, step.end.id) for step in steps] == [(a.id, b.id), (a.id, c.id), (b.id, c.id)]


@pytest.mark.parametrize("way", ["successors_of", "predecessors_of"])
def test_all_steps_are_told_once(s3: Catalogue, way: str) -> None:
    for entity in s3:
        steps = [(step.start, step.end) for step in getattr(s3, way)(entity, transitive=True)]
        assert len(steps) == len(set(steps))
        reached = {entity} | {end for _, end in steps}
        assert {step.end for one in reached for step in getattr(s3, way)(one)} <= reached


def test_an_equal_entity_of_another_catalogue_will_do(s3: Catalogue) -> None:
    copied = pickle.loads(pickle.dumps(s3))
    mechatronics = s3.innovation_areas["mechatronics"]
    assert s3.successors_of(copied.innovation_areas["mechatronics"]) == s3.successors_of(mechatronics)


@pytest.mark.parametrize("way", ["successors_of", "predecessors_of"])
def test_a_step_needs_an_entity_that_the_catalogue_holds(s3: Catalogue, make: Make, way: str) -> None:
    with pytest.raises(UnknownEntityError, match="innovation_poles has no 'mars'"):
        getattr(s3, way)(make.pole("mars"))
    with pytest.raises(InvalidValueError, match="organisations/fiat: is another record in this catalogue"):
        getattr(s3, way)(make.organisation("fiat"))


@pytest.mark.parametrize("way", ["successors_of", "predecessors_of"])
@pytest.mark.parametrize("thing", ["mechatronics", None, ("mechatronics",)])
def test_a_step_needs_an_entity(s3: Catalogue, way: str, thing: Any) -> None:
    with pytest.raises(TypeError, match="an entity is needed, not "):
        getattr(s3, way)(thing)


# Comparison


def test_the_relation_is_seen_from_the_first(comparison: Comparison, mirrored: Comparison) -> None:
    assert matches(comparison) == [("cars", BROAD, "mobility"), ("food", BROAD, "wellbeing")]
    assert matches(mirrored) == [("mobility", NARROW, "cars"), ("wellbeing", NARROW, "food")]


def test_what_only_one_strategy_has(comparison: Comparison) -> None:
    assert (ids(comparison.only_first), ids(comparison.only_second)) == (["banks"], ["space"])


def test_what_only_one_strategy_has_is_a_collection(comparison: Comparison) -> None:
    assert comparison.only_first.lookup("Banks") is comparison.only_first["banks"]


def test_the_other_order_mirrors_what_only_one_has(comparison: Comparison, mirrored: Comparison) -> None:
    assert (mirrored.first, mirrored.second) == (comparison.second, comparison.first)
    assert (mirrored.only_first, mirrored.only_second) == (comparison.only_second, comparison.only_first)
    assert mirrored.shared_nace == comparison.shared_nace


def test_the_basis_is_inferred_if_any_citation_is(comparison: Comparison) -> None:
    assert [c.basis for c in comparison.correspondences] == [Basis.INFERRED, Basis.STATED]


def test_a_correspondence_without_citation_is_uncited_and_never_stated(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    a, b = make.area("a", strategy=one), make.area("b", strategy=other)
    comparison = make.catalogue(make.region(), one, other, a, b, aligned(make, a, b, CLOSE)).compare(one, other)
    assert [c.basis for c in comparison.correspondences] == [None]
    assert comparison.to_dicts()[0]["basis"] is None
    assert "uncited" in repr(comparison)
    assert "stated" not in repr(comparison)
    assert "stated" not in comparison._repr_html_()


def test_a_correspondence_leads_to_the_record_that_says_so(two_plans: Catalogue, comparison: Comparison) -> None:
    assert [c.alignment for c in comparison.correspondences] == list(two_plans.alignments)


def test_of_a_code_and_a_wider_one_the_narrower_is_shared(comparison: Comparison, mirrored: Comparison) -> None:
    assert [c.nace for c in comparison.correspondences] == [("C29.1", "C30.3"), ("C10.5",)]
    assert [c.nace for c in mirrored.correspondences] == [("C29.1", "C30.3"), ("C10.5",)]


@pytest.mark.parametrize(
    ("ours", "theirs", "shared"),
    [
        pytest.param(("C29",), ("C29",), ("C29",), id="the-same"),
        pytest.param(("C",), ("C30.3", "C10", "J61"), ("C10", "C30.3"), id="a-section-holds-its-divisions"),
        pytest.param(("C26", "C26.1"), ("C26", "C26.1"), ("C26",), id="what-lies-in-another-is-not-told-twice"),
        pytest.param(("C30.3",), ("C30.4",), (), id="siblings"),
        pytest.param(("C10",), ("C11",), (), id="neighbours"),
        pytest.param(("J61",), (), (), id="nothing-known"),
    ],
)
def test_the_codes_that_two_areas_share(
    make: Make, ours: tuple[str, ...], theirs: tuple[str, ...], shared: tuple[str, ...]
) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    a, b = make.area("a", strategy=one, nace=ours), make.area("b", strategy=other, nace=theirs)
    catalogue = make.catalogue(make.region(), one, other, a, b, aligned(make, a, b, CLOSE))
    comparison = catalogue.compare(one, other)
    assert (comparison.correspondences[0].nace, comparison.shared_nace) == (shared, shared)


def test_without_alignments_areas_correspond_by_the_themes_that_they_share(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    cars, food = make.theme("cars"), make.theme("food")
    a = make.area("a", strategy=one, themes=(cars,), nace=("C29", "J62"))
    b = make.area("b", strategy=other, themes=(cars, food), nace=("C29.1",))
    c = make.area("c", strategy=other, themes=(food,), nace=("J62",))
    comparison = make.catalogue(make.region(), cars, food, one, other, a, b, c).compare(one, other)
    (found,) = comparison.correspondences
    assert (found.area, found.match, found.relation, found.alignment, found.basis) == (a, b, None, None, Basis.INFERRED)
    assert (found.themes, found.nace, ids(comparison.only_second)) == ((cars,), ("C29.1",), ["c"])
    assert (comparison.aligned, comparison.shared_nace) == (False, ("C29.1", "J62"))
    assert f"similar {found.score:.2f}" in repr(comparison)


def test_each_area_corresponds_to_the_most_similar_in_the_order_of_the_first(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    x, y, z = (make.theme(id) for id in "xyz")
    both, alone = make.area("both", strategy=one, themes=(x, y)), make.area("alone", strategy=one, themes=(x,))
    same, like = make.area("same", strategy=other, themes=(x, y)), make.area("like", strategy=other, themes=(x, z))
    catalogue = make.catalogue(make.region(), x, y, z, one, other, both, alone, same, like)
    found = [(c.area.id, c.match.id) for c in catalogue.compare(one, other).correspondences]
    assert found == [("both", "same"), ("alone", "same"), ("alone", "like")]  # "both" is closer to another than "like".


def test_areas_of_different_themes_do_not_correspond_by_a_code(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    x, y = make.theme("x"), make.theme("y")
    a = make.area("a", strategy=one, themes=(x,), nace=("C10",))
    b = make.area("b", strategy=other, themes=(y,), nace=("C10",))
    comparison = make.catalogue(make.region(), x, y, one, other, a, b).compare(one, other)
    assert (comparison.correspondences, comparison.shared_nace) == ((), ("C10",))


def test_one_alignment_between_two_strategies_and_themes_count_no_more(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    cars = make.theme("cars")
    a, b = make.area("a", strategy=one, themes=(cars,)), make.area("b", strategy=other, themes=(cars,))
    c, d = make.area("c", strategy=one), make.area("d", strategy=other)
    entities = (make.region(), cars, one, other, a, b, c, d, aligned(make, c, d, CLOSE))
    comparison = make.catalogue(*entities).compare(one, other)
    assert (comparison.aligned, matches(comparison)) == (True, [("c", CLOSE, "d")])
    assert (ids(comparison.only_first), ids(comparison.only_second)) == (["a"], ["b"])


def test_areas_without_themes_correspond_by_their_codes(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    a, b = make.area("a", strategy=one, nace=("J62",)), make.area("b", strategy=other, nace=("J62",))
    comparison = make.catalogue(make.region(), one, other, a, b).compare(one, other)
    assert [(c.area, c.match, c.nace, c.score) for c in comparison.correspondences] == [(a, b, ("J62",), 1.0)]
    assert comparison.shared_nace == ("J62",)


def test_areas_that_correspond_to_a_third_strategy_are_not_matched(make: Make) -> None:
    one, other, third = plan(make, "one", None), plan(make, "other", None), plan(make, "third", None)
    a, b, c = (make.area(f"area-{s.id}", strategy=s) for s in (one, other, third))
    catalogue = make.catalogue(make.region(), one, other, third, a, b, c, aligned(make, a, c, CLOSE))
    comparison = catalogue.compare(one, other)
    assert matches(comparison) == []
    assert (ids(comparison.only_first), ids(comparison.only_second)) == (["area-one"], ["area-other"])


def test_the_rows_tell_what_corresponds_then_what_only_one_has(comparison: Comparison) -> None:
    told = ("first_name", "relation", "second_name", "basis", "themes", "nace")
    assert [tuple(row[name] for name in told) for row in comparison.to_dicts()] == [
        ("Cars", "broad", "Mobility", "inferred", [], ["C29.1", "C30.3"]),
        ("Food", "broad", "Wellbeing", "stated", [], ["C10.5"]),
        ("Banks", None, None, None, [], []),
        (None, None, "Space", None, [], []),
    ]


def test_areas_of_a_strategy_with_several_lists_are_told_with_the_word_of_theirs(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    areas = [
        make.area("a", strategy=one, designation="sector"),
        make.area("b", strategy=other, designation="sector"),
        make.area("c", strategy=other, designation="enabler"),
    ]
    lines = repr(make.catalogue(make.region(), one, other, *areas).compare(one, other)).splitlines()
    assert [line.strip() for line in lines[1:4]] == ["A", "B (sector)", "C (enabler)"]


def test_the_repr_is_the_table_line_by_line(comparison: Comparison) -> None:
    assert repr(comparison).splitlines() == [
        "Plan old  relation  Plan new   basis     shared themes  shared NACE",
        "Cars      broad     Mobility   inferred                 C29.1 C30.3",
        "Food      broad     Wellbeing  stated                   C10.5",
        "Banks",
        "                    Space",
        "NACE codes in common: C10.5, C29.1, C30.3",
        "Compared by their alignments",
    ]


def test_strategies_with_nothing_in_common_compare_too(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    assert repr(make.catalogue(make.region(), one, other).compare(one, other)).splitlines() == [
        "Plan one  relation  Plan other  basis  shared themes  shared NACE",
        "NACE codes in common: none",
        "Compared by shared themes and codes: none is aligned",
    ]


def test_a_name_cannot_break_the_lines_of_the_table(make: Make) -> None:
    one, other = plan(make, "one", None), plan(make, "other", None)
    a, b = make.area("a", name="Two\nlines", strategy=one), make.area("b", name="x" * 1_000, strategy=other)
    shown = repr(make.catalogue(make.region(), one, other, a, b).compare(one, other))
    assert len(shown.splitlines()) == 5
    assert max(map(len, shown.splitlines())) < 130


def test_a_strategy_is_not_compared_to_itself(s3: Catalogue) -> None:
    strategy = s3.strategies["open-for-business"]
    with pytest.raises(InvalidValueError, match=r"compare: 'open-for-business' is given twice \(name two strategies\)"):
        s3.compare(strategy, strategy)


@pytest.mark.parametrize("thing", ["open-for-business", None, 2014])
def test_only_strategies_are_compared(s3: Catalogue, thing: Any) -> None:
    strategy = s3.strategies["open-for-business"]
    for pair in ((thing, strategy), (strategy, thing)):
        with pytest.raises(TypeError, match="compare\\(\\) takes strategies, not "):
            s3.compare(*pair)


def test_a_region_is_not_compared(s3: Catalogue) -> None:
    region: Any = s3.regions["piedmont"]
    with pytest.raises(TypeError, match="compare\\(\\) takes strategies, not <Region>"):
        s3.compare(region, s3.strategies["open-for-business"])


def test_a_strategy_of_another_catalogue_is_not_compared(s3: Catalogue, make: Make) -> None:
    strategy = s3.strategies["open-for-business"]
    with pytest.raises(UnknownEntityError, match="strategies has no 'mars'"):
        s3.compare(strategy, make.strategy("mars"))
    with pytest.raises(InvalidValueError, match="strategies/open-for-business: is another record"):
        s3.compare(make.strategy("open-for-business"), strategy)


def test_every_pair_of_packaged_strategies_mirrors_itself(s3: Catalogue) -> None:
    inverses = dict(INVERSES)
    for one in s3.strategies:
        for other in s3.strategies.where(id=lambda id, one=one: id != one.id):
            there, back = s3.compare(one, other), s3.compare(other, one)
            turned = [(match, inverses[relation], area) for area, relation, match in matches(back)]
            assert sorted(matches(there), key=repr) == sorted(turned, key=repr)
            assert (there.only_first, there.shared_nace) == (back.only_second, back.shared_nace)
            assert len(there.to_dicts()) == len(there.correspondences) + len(there.only_first) + len(there.only_second)


def test_the_regional_strategies_compare(s3: Catalogue) -> None:
    comparison = s3.compare(s3.strategies["piedmont-s3-2014-2020"], s3.strategies["piedmont-s3-2021-2027"])
    assert {"textile-industry", "ict-industry"} <= {*ids(comparison.only_first)}
    assert ids(comparison.only_second.where(designation="priority innovation system")) == []
    assert {c.basis for c in comparison.correspondences} == {Basis.INFERRED}


# A user's own


def check_own_strategy_compares(catalogue: Catalogue) -> None:
    piedmont = catalogue.strategies["piedmont-s3-2021-2027"]
    comparison = catalogue.compare(catalogue.strategies["utopia-s3"], piedmont)
    assert matches(comparison) == [("utopia-mobility", NARROW, "sustainable-mobility-2021")]
    assert ids(comparison.only_first) == ["utopia-design"]
    systems = ids(catalogue.innovation_areas.of(piedmont))
    assert ids(comparison.only_second) == [id for id in systems if id != "sustainable-mobility-2021"]
    assert "C29.3" in comparison.shared_nace
    row = comparison.to_dicts()[0]
    assert (row["first_name"], row["relation"], row["second_name"]) == ("Mobility", "narrow", "Sustainable mobility")
    assert (row["basis"], row["themes"], row["nace"]) == (None, [], ["C29.3"])


def test_a_strategy_of_ones_own_loaded_over_the_packaged_one_compares(tmp_path: pathlib.Path, s3: Catalogue) -> None:
    own = {"strategy": "utopia-s3", "designation": "ecosystem"}
    files: dict[str, list[dict[str, Any]]] = {
        "regions": [{"id": "utopia", "name": "Utopia", "level": "region", "parent": "north-west-italy"}],
        "strategies": [
            {"id": "utopia-s3", "name": "Strategy of Utopia", "region": "utopia", "kind": "smart-specialisation"}
        ],
        "innovation-areas": [
            {"id": "utopia-mobility", "name": "Mobility", "nace": ["C29.3"], **own},
            {"id": "utopia-design", "name": "Design", "nace": ["M74.1"], **own},
        ],
        "alignments": [
            {
                "id": "mobility-to-utopia",
                "name": "Mobility in both",
                "area": "sustainable-mobility-2021",
                "match": "utopia-mobility",
                "relation": "broad",
            }
        ],
    }
    for name, records in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    check_own_strategy_compares(smartspec.load(tmp_path, base=s3))


def test_a_strategy_of_ones_own_added_in_python_compares(make: Make, s3: Catalogue) -> None:
    utopia = make.region("utopia", parent=s3.regions["north-west-italy"])
    own = make.strategy("utopia-s3", name="Strategy of Utopia", region=utopia, kind=StrategyKind.STRATEGIC_PLAN)
    mobility = make.area("utopia-mobility", name="Mobility", strategy=own, nace=("C29.3",))
    design = make.area("utopia-design", strategy=own, nace=("M74.1",))
    alignment = aligned(make, mobility, s3.innovation_areas["sustainable-mobility-2021"], NARROW)
    check_own_strategy_compares(s3.extend(utopia, own, mobility, design, alignment))


def test_a_strategy_of_ones_own_joins_the_history(make: Make, s3: Catalogue) -> None:
    old = s3.strategies["piedmont-s3-2021-2027"]
    own = make.strategy("own-s3", region=old.region, predecessor=old, start="2028")
    food = make.area("own-food", strategy=own)
    mine = s3.extend(own, food, aligned(make, food, s3.innovation_areas["food-2021"], CLOSE))
    assert told(mine.successors_of(old)) == [("own-s3", "predecessor")]
    assert told(mine.successors_of(s3.innovation_areas["food-2021"])) == [("own-food", "close")]
    assert told(s3.successors_of(old)) == []


def test_a_figure_for_2025_is_one_json_record_and_no_code(tmp_path: pathlib.Path, s3: Catalogue) -> None:
    figure = {
        "id": "own-figure",
        "name": "Members of the innovation poles, 2025",
        "region": "piedmont",
        "value": 1500,
        "unit": "members",
        "start": "2025",
        "end": "2025",
    }
    (tmp_path / "indicators.json").write_text(json.dumps([figure]), encoding="utf-8")
    mine = smartspec.load(tmp_path, base=s3)
    members = mine.indicators.where(unit="members")
    assert {(1200, 2022), (1500, 2025)} <= {(member.value, member.start_year) for member in members}
    assert "own-figure" in members.at(2025)
    assert "innovation-poles-members-2022" not in members.at(2025)
    assert mine.indicators["own-figure"].region is s3.regions["piedmont"]
    assert len(mine) == len(s3) + 1


def test_a_figure_for_2025_may_cite_a_page_of_the_packaged_data(tmp_path: pathlib.Path, s3: Catalogue) -> None:
    citation = {"source": "regione-piemonte-innovation-poles", "passage": "in 7 aree tematiche", "supports": ["value"]}
    figure = {"id": "own-figure", "name": "Poles, 2025", "region": "piedmont", "value": 7, "unit": "poles"}
    record = {**figure, "start": "2025", "citations": [citation]}
    (tmp_path / "indicators.json").write_text(json.dumps([record]), encoding="utf-8")
    mine = smartspec.load(tmp_path, base=s3)
    assert "own-figure" in mine.indicators.of(s3.sources["regione-piemonte-innovation-poles"])
