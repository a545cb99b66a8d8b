"""Links and paths: how the things of a catalogue hang together, and who says so."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import (
    Catalogue,
    DatasetInfo,
    Direction,
    InvalidValueError,
    Link,
    Links,
    RegionLevel,
    UnknownEntityError,
)
from smartspec.domain.record import MOST_STEPS

if TYPE_CHECKING:
    from conftest import Make

FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


def told(links: tuple[Link, ...]) -> list[str]:
    """Each link as an arrow that points to what is referred to, the relation, and the other end."""
    return [f"{'→' if link.direction is FORWARD else '←'} {link.relation} {link.end.id}" for link in links]


# links


def test_links_give_what_an_entity_refers_to_in_the_order_of_its_attributes(small: Catalogue) -> None:
    assert told(small.links(small.innovation_poles["pole"])) == [
        "→ region piedmont",
        "→ territories torino",
        "→ territories cuneo",
        "→ programme programme",
        "→ areas automotive",
        "→ seat park",
        "→ managers firm",
        "→ managers park",
        "→ citations report",
    ]


def test_links_give_what_refers_to_an_entity(small: Catalogue) -> None:
    assert told(small.links(small.regions["cuneo"])) == ["→ parent piedmont", "← territories pole", "← region lonely"]


def test_links_of_what_refers_by_two_attributes_are_two(small: Catalogue) -> None:
    links = told(small.links(small.organisations["park"]))
    assert [link for link in links if link.endswith(" pole")] == ["← seat pole", "← managers pole"]


def test_a_link_by_a_value_bears_the_name_of_the_attribute_that_holds_it(small: Catalogue) -> None:
    assert "→ participants park" in told(small.links(small.initiatives["programme"]))
    assert "← participants programme" in told(small.links(small.organisations["park"]))


def test_a_source_that_is_cited_twice_is_linked_once(small: Catalogue) -> None:
    assert told(small.links(small.sources["report"])) == ["← citations pole"]


def test_every_link_starts_at_the_entity_that_was_asked_for(small: Catalogue) -> None:
    for entity in small:
        links = small.links(entity)
        assert isinstance(links, Links)
        assert all(isinstance(link, Link) and link.start is entity and link.end in small for link in links)


def test_every_link_has_its_counterpart(small: Catalogue) -> None:
    links = [link for entity in small for link in small.links(entity)]
    forward = {(link.start, link.relation, link.end, link.citations) for link in links if link.direction is FORWARD}
    backward = {(link.end, link.relation, link.start, link.citations) for link in links if link.direction is BACKWARD}
    assert forward == backward
    assert len(links) == 2 * len(forward)


def test_a_relation_is_an_attribute_of_the_end_that_refers(small: Catalogue) -> None:
    for entity in small:
        for link in small.links(entity):
            assert hasattr(link.start if link.direction is FORWARD else link.end, link.relation)


def test_a_link_says_who_says_so(small: Catalogue) -> None:
    pole, park, report = small.innovation_poles["pole"], small.organisations["park"], small.sources["report"]
    links = {(link.relation, link.end): link.citations for link in small.links(pole)}
    assert links["seat", park] == pole.cite("seat") == (pole.citations[1],)
    assert links["managers", park] == ()
    assert links["citations", report] == pole.citations
    (back,) = (link for link in small.links(park) if link.relation == "seat")
    assert back.citations == pole.cite("seat")


def test_a_link_to_a_source_has_the_citations_of_that_source_alone(make: Make) -> None:
    first, second = make.source("first"), make.source("second")
    cited = (
        make.citation(source=first),
        make.citation(source=second),
        make.citation(source=first, supports=("level",)),
    )
    region = make.region(citations=cited)
    catalogue = make.catalogue(first, second, region)
    links = {link.end.id: link.citations for link in catalogue.links(region)}
    assert links == {"first": (cited[0], cited[2]), "second": (cited[1],)}
    assert [link.citations for link in catalogue.links(second)] == [(cited[1],)]


def test_a_link_is_told_in_one_line(small: Catalogue) -> None:
    links = small.links(small.regions["cuneo"])
    assert [repr(link) for link in links[:2]] == [
        "<Link cuneo → parent → piedmont>",
        "<Link cuneo ← territories ← pole>",
    ]


def test_links_survive_pickling(small: Catalogue) -> None:
    links = small.links(small.innovation_poles["pole"])
    again = pickle.loads(pickle.dumps(links))
    assert (again, type(again)) == (links, Links)


def test_an_entity_that_nothing_is_tied_to_has_no_links(make: Make) -> None:
    assert make.catalogue(make.region()).links(make.region()) == ()


def test_links_of_an_equal_entity_from_elsewhere_are_those_of_the_catalogue(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["cuneo"]))
    assert small.links(twin) == small.links(small.regions["cuneo"])


def test_links_of_an_entity_that_is_not_there_are_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r'regions has no .piemont.; .*extend\(\).*; did you mean "piedmont"'):
        small.links(make.region("piemont"))


def test_links_of_another_record_of_that_id_are_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(InvalidValueError, match="regions/piedmont: is another record in this catalogue"):
        small.links(make.region("piedmont", name="Another"))


@pytest.mark.parametrize("item", ["piedmont", None, 5, DatasetInfo(name="Mine")])
def test_links_of_what_is_no_entity_are_a_type_error(small: Catalogue, item: Any) -> None:
    with pytest.raises(TypeError, match="an entity is needed, not "):
        small.links(item)


@pytest.mark.parametrize(
    ("ask", "advice"),
    [
        (
            lambda s3: s3.innovation_poles.of("Torino"),
            """an entity is needed, not 'Torino'; look it up by its name: lookup("Torino")""",
        ),
        (lambda s3: s3.innovation_poles.of(["torino"]), 'that is an id: regions["torino"]'),
        (lambda s3: s3.links("mesap"), 'that is an id: innovation_poles["mesap"]'),
        (lambda s3: s3.path(s3.regions[0], "Polo ICT"), 'look it up by its name: lookup("Polo ICT")'),
        (lambda s3: smartspec.plot.network(s3, "mesap"), 'that is an id: innovation_poles["mesap"]'),
        (
            lambda s3: s3.partners("Piedmont"),
            """a region, not 'Piedmont'; look it up by its name: regions.lookup("Piedmont")""",
        ),
        (lambda s3: s3.compare("piedmont-s3-2014-2020", ""), 'that is an id: strategies["piedmont-s3-2014-2020"]'),
        (lambda s3: s3.counterparts("mesap"), 'look it up by its name: innovation_areas.lookup("mesap")'),
    ],
)
def test_a_text_in_the_place_of_an_entity_is_told_what_to_write(s3: Catalogue, ask: Any, advice: str) -> None:
    with pytest.raises(TypeError) as error:
        ask(s3)
    assert str(error.value).endswith(advice)


def test_an_instance_of_a_subclass_is_an_entity_that_the_catalogue_does_not_hold(small: Catalogue) -> None:
    class Province(smartspec.Region):
        pass

    asti = Province(id="asti", name="Asti", level=RegionLevel.PROVINCE)
    assert asti not in small
    for ask in (small.links, small.regions.of, small.dataset_of):
        with pytest.raises(UnknownEntityError, match="provinces has no 'asti'"):
            ask(asti)


# path


def test_a_path_leads_from_link_to_link(small: Catalogue) -> None:
    path = small.path(small.innovation_areas["automotive"], small.regions["italy"])
    assert isinstance(path, Links)
    assert told(path) == ["→ strategy s3", "→ region piedmont", "→ parent italy"]


def test_a_path_leads_against_the_references_too(small: Catalogue) -> None:
    path = small.path(small.regions["italy"], small.innovation_areas["health"])
    assert told(path) == ["← parent piedmont", "← region s3", "← strategy health"]


def test_each_link_of_a_path_starts_where_the_last_one_ended(small: Catalogue) -> None:
    for start in small:
        for end in small.innovation_poles:
            path = small.path(start, end)
            ends = [start, *(link.end for link in path)]
            assert [link.start for link in path] == ends[:-1]
            assert path == () if start is end else ends[-1] is end
            assert all(link in small.links(link.start) for link in path)


def test_a_path_between_neighbours_is_one_link(small: Catalogue) -> None:
    path = small.path(small.innovation_poles["pole"], small.organisations["firm"])
    assert told(path) == ["→ managers firm"]


def test_a_direct_link_is_better_than_a_region_in_common(make: Make) -> None:
    region = make.region()
    park = make.organisation(region=region)
    pole = make.pole(region=region, seat=park)
    catalogue = make.catalogue(region, park, pole)
    assert told(catalogue.path(pole, park)) == ["→ seat park"]
    assert told(catalogue.path(park, pole)) == ["← seat pole"]


def test_a_region_in_common_is_better_than_two_chance_meetings(make: Make) -> None:
    region = make.region()
    one, other = make.organisation("one", region=region), make.organisation("other", region=region)
    event = make.initiative("event", participants=tuple(smartspec.Participation(organisation=o) for o in (one, other)))
    catalogue = make.catalogue(region, one, other, event)
    assert told(catalogue.path(one, other)) == ["→ region piedmont", "← region other"]


def test_a_path_climbs_through_what_holds_rather_than_over_a_chance_meeting(make: Make) -> None:
    country = make.region("country")
    region = make.region("region", parent=country)
    province = make.region("province", parent=region)
    town = make.region("town", parent=province)
    pole = make.pole(region=country, territories=(town,))
    catalogue = make.catalogue(country, region, province, town, pole)
    assert told(catalogue.path(town, country)) == ["→ parent province", "→ parent region", "→ parent country"]
    assert told(catalogue.path(country, town)) == ["← parent region", "← parent province", "← parent town"]


def test_two_towns_are_connected_by_their_region_rather_than_by_what_lies_in_both(make: Make) -> None:
    region = make.region()
    one, other = make.region("one", parent=region), make.region("other", parent=region)
    catalogue = make.catalogue(region, one, other, make.initiative(territories=(one, other)))
    assert told(catalogue.path(one, other)) == ["→ parent piedmont", "← parent other"]


def test_what_lies_in_both_connects_those_that_nothing_else_does(make: Make) -> None:
    one, other = make.region("one"), make.region("other")
    catalogue = make.catalogue(one, other, make.initiative(territories=(one, other)))
    assert told(catalogue.path(one, other)) == ["← territories programme", "→ territories other"]


def test_torino_reaches_italy_through_what_holds_it(s3: Catalogue) -> None:
    torino, italy = s3.regions["torino"], s3.regions["italy"]
    around = ["metropolitan-city-of-torino", "piedmont", "north-west-italy", "italy"]
    assert told(s3.path(torino, italy)) == [f"→ parent {id}" for id in around]
    assert [link.start.id for link in s3.path(italy, torino)] == around[::-1]


def test_a_path_says_who_says_so(s3: Catalogue) -> None:
    for link in s3.path(s3.regions["torino"], s3.regions["piedmont"]):
        assert link.citations == link.start.cite("parent")


def test_a_path_from_an_entity_to_itself_is_empty(small: Catalogue) -> None:
    for entity in small:
        assert small.path(entity, entity) == ()


def test_there_is_no_path_between_what_nothing_connects(make: Make) -> None:
    a, b = make.region("a"), make.region("b")
    assert make.catalogue(a, b).path(a, b) == ()


def test_two_things_are_not_connected_because_one_document_speaks_of_both(make: Make) -> None:
    a, b = (make.region(id, citations=(make.citation(),)) for id in ("a", "b"))
    assert make.catalogue(make.source(), a, b).path(a, b) == ()


def test_a_path_takes_no_short_cut_over_a_document(make: Make) -> None:
    root = make.region("root", citations=(make.citation(),))
    middle = make.region("middle", parent=root)
    inner = make.region("inner", parent=middle)
    leaf = make.region("leaf", parent=inner, citations=(make.citation(),))
    catalogue = make.catalogue(make.source(), root, middle, inner, leaf)
    assert told(catalogue.path(leaf, root)) == ["→ parent inner", "→ parent middle", "→ parent root"]


def test_two_documents_are_connected_by_what_both_speak_of(make: Make) -> None:
    one, other = make.source("one"), make.source("other")
    region = make.region(citations=(make.citation(source=one), make.citation(source=other)))
    assert told(make.catalogue(one, other, region).path(one, other)) == ["← citations piedmont", "→ citations other"]


def test_a_path_may_end_at_a_document(small: Catalogue) -> None:
    path = small.path(small.regions["cuneo"], small.sources["report"])
    assert told(path) == ["← territories pole", "→ citations report"]


def test_a_path_may_start_at_a_document(small: Catalogue) -> None:
    path = small.path(small.sources["report"], small.organisations["park"])
    assert told(path) == ["← citations pole", "→ seat park"]


def test_a_path_takes_equal_entities_from_elsewhere(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["italy"]))
    assert told(small.path(twin, small.regions["piedmont"])) == ["← parent piedmont"]


@pytest.mark.parametrize("foreign_first", [True, False])
def test_a_path_with_an_entity_that_is_not_there_is_an_error(make: Make, small: Catalogue, foreign_first: bool) -> None:
    ends = [make.region("lombardy"), small.regions["italy"]]
    with pytest.raises(UnknownEntityError, match="regions has no 'lombardy'"):
        small.path(*(ends if foreign_first else ends[::-1]))


def test_the_longest_chain_is_a_path(make: Make) -> None:
    regions = [make.region("r0")]
    for number in range(1, MOST_STEPS):
        regions.append(make.region(f"r{number}", parent=regions[-1]))
    assert len(make.catalogue(*regions).path(regions[-1], regions[0])) == MOST_STEPS - 1
