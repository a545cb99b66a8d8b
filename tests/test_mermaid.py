"""Mermaid: the text is what Mermaid draws, whatever the names hold and however large the catalogue is."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from smartspec import Catalogue, Direction, InvalidValueError, Link, UnknownEntityError, load
from smartspec.catalogue.neighbourhood import around, branches
from smartspec.datasets.packaged import packaged
from smartspec.display.mermaid import neighbourhood, strategy_tree
from smartspec.text import clean

# A box or an arrow, of which nothing but the label may differ, and that holds no character that means something.
LABEL = r'"(?:[^\W_]|[ ,.\'()/–—’?!-]|#\d+;)+"'
BOX = rf"\w+(?:\[{LABEL}\]|\({LABEL}\)|\(\[{LABEL}\]\)|\{{\{{{LABEL}\}}\}})"
LINE = re.compile(rf"    (?:{BOX}|\w+ --> \w+|\w+ -->\|[\w ,]+\| \w+)")
HOSTILE = {
    "quotes": "say \"hi\" 'there'",
    "brackets": "[x] (y) {z} {{w}} |v| <u>",
    "script": "<script>alert(1)</script>",
    "lines": "one\ntwo\r\nthree\u2028four",
    "backticks": "`code` **bold** _italic_ ~~gone~~",
    "a word of Mermaid's": "end",
    "a subgraph": "subgraph x",
    "a click": "click A call alert()",
    "a directive": '%%{init: {"theme": "dark"}}%%',
    "an icon": "fa:fa-car",
    "an entity": "&lt; &amp; #35; #quot;",
    "a numbered list": "1. first",
    "a list": "- first",
    "a heading": "# first",
    "an address": "https://example.org/?a=b www.example.org a@example.org",
    "a formula": "$$x^2$$",
    "right to left": "\u202eabc",
    "a megabyte": "long " * 200_000,
    "a megabyte of quotes": '"' * 1_000_000,
}


def check(text: str) -> list[str]:
    """Every line is a box or an arrow between boxes that stand before it; the labels are given back."""
    assert len(text) < 50_000
    first, *lines = text.split("\n")
    assert first == "flowchart LR"
    boxes: set[str] = set()
    labels = []
    for line in lines:
        assert LINE.fullmatch(line), ascii(line)
        start, _, rest = line.strip().partition(" -->")
        if rest:
            assert {start, rest.split()[-1]} <= boxes
        else:
            boxes.add(re.split(r"\W", start)[0])
            label = re.findall(r'"(.*)"', line)[0]
            labels.append(re.sub(r"#(\d+);", lambda number: chr(int(number[1])), label))
    assert sum(" -->" in line for line in lines) < 500
    return labels


def test_the_tree_of_the_packaged_data_holds_all_strategies_fields_and_areas(s3: Catalogue) -> None:
    labels = check(strategy_tree(s3))
    for collection in (s3.strategies, s3.priority_fields, s3.innovation_areas):
        assert {entity.name for entity in collection} <= set(labels)


def test_the_tree_of_one_strategy_holds_nothing_of_the_others(s3: Catalogue) -> None:
    plan = s3.strategies["torino-strategic-plan-2006"]
    labels = check(strategy_tree(s3, plan))
    fields, areas = s3.priority_fields.of(plan), s3.innovation_areas.of(plan)
    own = [plan.name, *(field.name for field in fields), *(area.name for area in areas)]
    assert (labels[0], sorted(label for label in labels if label in own)) == (plan.name, sorted(own))
    others = {other.name for held in (s3.strategies, s3.priority_fields, s3.innovation_areas) for other in held}
    assert others & {*labels} == {*own}
    assert {"AGRIFOOD", "Pointex"}.isdisjoint(labels)  # Poles of other places.


def test_areas_without_a_field_hang_under_the_word_of_the_source(small: Catalogue) -> None:
    text = strategy_tree(small, small.strategies["plan"])
    assert '    group_plan__sector["Sector"]\n    strategies_plan --> group_plan__sector\n' in text
    assert '    innovation_areas_cars("Cars")\n    group_plan__sector --> innovation_areas_cars\n' in text


def test_a_pole_hangs_under_its_area(small: Catalogue) -> None:
    assert "innovation_areas_automotive --> innovation_poles_pole__automotive" in strategy_tree(small)


def test_poles_without_any_of_the_areas_hang_together(small: Catalogue) -> None:
    assert strategy_tree(small).endswith(
        '    other_poles["Poles without any of these areas"]\n'
        '    innovation_poles_lonely{{"Lonely"}}\n'
        "    other_poles --> innovation_poles_lonely"
    )
    assert strategy_tree(small, small.strategies["plan"]).endswith(
        '    other_poles["Poles without any of these areas"]\n'
        "    strategies_plan --> other_poles\n"
        '    innovation_poles_pole{{"Pole"}}\n'
        "    other_poles --> innovation_poles_pole"
    )


def test_a_link_is_there_once_and_leads_from_what_refers(small: Catalogue) -> None:
    alignment = small.alignments["correspondence"]
    between = Link(alignment.area, "close", alignment.match, Direction.FORWARD, alignment.citations)
    links = around(small, small.regions["italy"], 10, 1_000).links
    assert between in links
    assert len({link[:3] for link in links}) == len(links)
    assert all(link in small.links(link.start) for link in links if link != between)
    assert {link.direction for link in links} == {Direction.FORWARD}


def test_a_node_bears_the_same_name_in_every_chart(s3: Catalogue) -> None:
    area = s3.innovation_areas["aerospace"]
    for text in (strategy_tree(s3), strategy_tree(s3, area.strategy), neighbourhood(s3, area, 2)):
        assert '    innovation_areas_aerospace("Aerospace")\n' in text


def test_different_groups_bear_different_names(make: Any) -> None:
    plans = [make.strategy("a"), make.strategy("a-b")]
    words = ["b c", "b-c", "c", "C", "b\nc", "ö", "x" * 200, "x" * 201]
    areas = [
        make.area(f"area-{n}-{m}", strategy=plan, designation=word)
        for n, plan in enumerate(plans)
        for m, word in enumerate(words)
    ]
    text = strategy_tree(make.catalogue(make.region(), *plans, *areas))
    check(text)
    assert len({line.split("[")[0] for line in text.split("\n") if line.startswith("    group_")} - {""}) >= 16


@pytest.mark.parametrize("collection", load().collections)
def test_the_neighbourhood_of_every_entity_is_a_chart(s3: Catalogue, collection: str) -> None:
    for entity in s3.collections[collection]:
        labels = check(neighbourhood(s3, entity))
        assert labels[0] == clean(entity.name)


def test_the_neighbourhood_tells_the_relations(small: Catalogue) -> None:
    text = neighbourhood(small, small.innovation_poles["pole"])
    assert "    innovation_poles_pole -->|seat, managers| organisations_park" in text
    assert "    innovation_poles_pole -->|region| regions_piedmont" in text


def test_an_alignment_is_an_arrow_between_its_areas(small: Catalogue) -> None:
    text = neighbourhood(small, small.innovation_areas["automotive"])
    assert "    innovation_areas_cars -->|close| innovation_areas_automotive" in text
    assert "alignments_" not in text


def test_an_alignment_can_be_the_centre(small: Catalogue) -> None:
    found = around(small, small.alignments["correspondence"], 2, 100)
    assert [entity.id for entity in found.rings[1]] == ["cars", "automotive"]


def test_documents_connect_nothing(small: Catalogue) -> None:
    assert "sources_" not in neighbourhood(small, small.innovation_poles["pole"], 3)


def test_a_document_at_the_centre_is_linked_to_what_cites_it(small: Catalogue) -> None:
    assert "innovation_poles_pole -->|citations| sources_report" in neighbourhood(small, small.sources["report"])


def test_distance_counts_the_steps(small: Catalogue) -> None:
    rings = around(small, small.organisations["park"], 2, 100).rings
    assert [entity.id for entity in rings[0]] == ["park"]
    assert {entity.id for entity in rings[1]} == {"torino", "programme", "pole"}
    assert "automotive" in {entity.id for entity in rings[2]}


def test_at_distance_0_an_entity_stands_alone(small: Catalogue) -> None:
    assert neighbourhood(small, small.regions["italy"], 0) == 'flowchart LR\n    regions_italy["Italy"]'


def test_a_walk_ends_where_nothing_new_is_reached(small: Catalogue) -> None:
    far = around(small, small.regions["italy"], 1_000_000, 1_000)
    assert len(far.rings) < 10


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_nothing_but_names(make: Any, text: str) -> None:
    region = make.region(name=text)
    plan = make.strategy(name=text, region=region)
    field = make.field(name=text, strategy=plan, designation=text)
    areas = [
        make.area("within", name=text, strategy=plan, priority_field=field, designation=text),
        make.area("beside", name=text, strategy=plan, designation=text),
    ]
    pole = make.pole(name=text, region=region, areas=tuple(areas))
    catalogue = make.catalogue(region, plan, field, *areas, pole)
    shown = clean(clean(text))
    assert shown in check(strategy_tree(catalogue))
    assert set(check(neighbourhood(catalogue, areas[0], 2))) == {shown}


@pytest.mark.parametrize("name", ["Plain", "\U0001f600" * 100])
def test_what_is_too_large_for_mermaid_is_cut_and_says_so(make: Any, name: str) -> None:
    plan = make.strategy()
    areas = [make.area(f"area-{number}", name=name, strategy=plan) for number in range(2_000)]
    catalogue = make.catalogue(make.region(), plan, *areas)
    for text in (strategy_tree(catalogue), neighbourhood(catalogue, plan)):
        assert check(text)[-1] == "This is not all, one chart holds no more"


def test_ids_of_any_length_give_different_nodes(make: Any) -> None:
    regions = [make.region("long-" * 1_000 + end) for end in "ab"]
    plans = [make.strategy("long-" * 1_000 + end, region=region) for end, region in zip("ab", regions)]
    text = strategy_tree(make.catalogue(*regions, *plans))
    check(text)
    assert len(set(text.split("\n"))) == 3


def test_an_empty_catalogue_says_that_there_is_nothing(make: Any) -> None:
    assert check(strategy_tree(make.catalogue())) == ["The catalogue holds no strategies"]


def test_the_example_has_a_tree() -> None:
    assert "Living with water" in check(strategy_tree(packaged("lake_region")))


def test_what_the_catalogue_does_not_hold_is_refused(small: Catalogue, make: Any) -> None:
    with pytest.raises(UnknownEntityError):
        strategy_tree(small, make.strategy("another"))
    with pytest.raises(UnknownEntityError):
        neighbourhood(small, make.region("atlantis"))
    with pytest.raises(InvalidValueError):
        neighbourhood(small, make.region("torino"))


@pytest.mark.parametrize("wrong", ["plan", 5, load().regions["piedmont"]])
def test_a_tree_of_what_is_no_strategy_is_a_mistake(small: Catalogue, wrong: Any) -> None:
    with pytest.raises(TypeError, match="a tree is that of a Strategy"):
        next(branches(small, wrong))


def test_a_distance_is_a_number_that_is_not_negative(small: Catalogue) -> None:
    italy = small.regions["italy"]
    with pytest.raises(InvalidValueError, match="-1 is negative"):
        neighbourhood(small, italy, -1)
    for wrong in ("1", 1.5, True, None):
        with pytest.raises(TypeError, match="a distance is a whole number"):
            neighbourhood(small, italy, wrong)  # type: ignore[arg-type]


def test_a_neighbourhood_of_what_is_no_entity_is_a_mistake(small: Catalogue) -> None:
    with pytest.raises(TypeError, match="an entity is needed"):
        neighbourhood(small, "italy")  # type: ignore[arg-type]


def test_hubs_leave_room_for_the_rest(make: Any) -> None:
    hub = make.region("hub")
    centre = make.pole("centre", region=hub, areas=(make.area(strategy=make.strategy(region=hub)),))
    crowd = [make.organisation(f"firm-{number}", region=hub) for number in range(500)]
    catalogue = make.catalogue(hub, centre.areas[0].strategy, centre.areas[0], centre, *crowd)
    found = around(catalogue, centre, 2, 50, 6)
    assert found.more
    assert [len(ring) for ring in found.rings] == [1, 2, 7]


def test_a_distance_may_be_a_whole_number_of_numpy(small: Catalogue) -> None:
    italy = small.regions["italy"]
    one = neighbourhood(small, italy, 1)
    distances: list[Any] = [np.int64(1), 1.0]
    assert [neighbourhood(small, italy, distance) for distance in distances] == [one, one]
