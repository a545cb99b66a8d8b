"""Catalogue: its collections, how the things in it are linked, and how one grows out of another."""

from __future__ import annotations

import copy
import pathlib
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import Catalogue, Collection, DatasetError, DatasetInfo, InvalidValueError, Link, UnknownEntityError

if TYPE_CHECKING:
    from conftest import Make


def addresses(links: tuple[Link, ...]) -> list[tuple[str, str]]:
    return [(link.relation, link.entity.id) for link in links]


def problems(error: pytest.ExceptionInfo[DatasetError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# Collections and names


@pytest.mark.parametrize(
    "name",
    [
        "regions",
        "strategies",
        "priority_fields",
        "innovation_areas",
        "innovation_poles",
        "strategic_objectives",
        "organisations",
        "initiatives",
        "indicators",
        "observations",
        "alignments",
        "sources",
    ],
)
def test_a_catalogue_has_a_collection_for_each_class(small: Catalogue, name: str) -> None:
    assert isinstance(getattr(small, name), Collection)


def test_the_collections_are_reached_by_name_too(small: Catalogue) -> None:
    assert all(collection is getattr(small, name) for name, collection in small.collections.items())


def test_there_are_twelve_collections(small: Catalogue) -> None:
    assert len(small.collections) == 12


def test_entities_given_in_any_order_come_into_their_collections(make: Make) -> None:
    torino = make.region("torino", parent=make.region())
    catalogue = make.catalogue(make.organisation(), torino, make.region())
    assert [entity.id for entity in catalogue.regions] == ["torino", "piedmont"]


def test_a_catalogue_bears_the_name_of_its_dataset() -> None:
    assert Catalogue(DatasetInfo(name="Mine"), []).name == "Mine"


def test_a_catalogue_bears_the_version_of_its_dataset() -> None:
    assert Catalogue(DatasetInfo(name="Mine", version="1.2"), []).version == "1.2"


def test_a_dataset_without_version_has_an_empty_one() -> None:
    assert Catalogue(DatasetInfo(name="Mine"), []).version == ""


def test_a_catalogue_keeps_what_its_dataset_says_of_itself() -> None:
    info = DatasetInfo(name="Mine", licence="MIT", description="What I know.")
    assert Catalogue(info, []).info is info


def test_len_counts_all_entities(small: Catalogue) -> None:
    assert len(small) == sum(len(collection) for collection in small.collections.values())


def test_iterating_gives_all_entities_collection_by_collection(small: Catalogue) -> None:
    assert list(small) == [entity for collection in small.collections.values() for entity in collection]


def test_an_entity_is_in_its_catalogue(small: Catalogue) -> None:
    assert small.regions["piedmont"] in small


def test_an_equal_entity_is_in_the_catalogue(small: Catalogue) -> None:
    assert pickle.loads(pickle.dumps(small.regions["piedmont"])) in small


def test_another_entity_of_the_same_id_is_not_in_the_catalogue(make: Make, small: Catalogue) -> None:
    assert make.region("piedmont", name="Another") not in small


@pytest.mark.parametrize("item", ["piedmont", None, 5, ["piedmont"]])
def test_what_is_no_entity_is_not_in_the_catalogue(small: Catalogue, item: object) -> None:
    assert item not in small


@pytest.mark.parametrize(
    ("version", "entities", "text"),
    [
        ("", 0, "<Catalogue 'Mine': 0 entities>"),
        ("1.2", 1, "<Catalogue 'Mine' 1.2: 1 entity>"),
        ("", 2, "<Catalogue 'Mine': 2 entities>"),
    ],
)
def test_repr_gives_name_version_and_number_of_entities(make: Make, version: str, entities: int, text: str) -> None:
    regions = [make.region(f"r{number}") for number in range(entities)]
    assert repr(Catalogue(DatasetInfo(name="Mine", version=version), regions)) == text


def test_repr_is_one_short_line_whatever_the_name() -> None:
    text = repr(Catalogue(DatasetInfo(name="a\n" * 500_000), []))
    assert "\n" not in text
    assert len(text) < 150


# Making one


def test_an_entity_given_twice_is_held_once(make: Make) -> None:
    assert len(make.catalogue(make.region(), make.region())) == 1


def test_two_entities_of_one_id_in_one_class_are_refused(make: Make) -> None:
    with pytest.raises(DatasetError, match="'piedmont' is taken by Region") as caught:
        make.catalogue(make.region(), make.region(name="Another"))
    assert [(problem.file, problem.pointer) for problem in caught.value.problems] == [("regions", "/piedmont/id")]


def test_two_entities_of_one_id_in_different_classes_are_fine(make: Make) -> None:
    assert len(make.catalogue(make.region("torino"), make.organisation("torino"))) == 2


def test_a_reference_to_what_is_not_there_is_refused(make: Make) -> None:
    with pytest.raises(DatasetError) as caught:
        make.catalogue(make.region("torino", parent=make.region("italy")))
    assert problems(caught) == ["regions#/torino/parent: 'italy' of regions is not there (add it too)"]


def test_a_reference_in_a_tuple_to_what_is_not_there_is_refused(make: Make) -> None:
    with pytest.raises(DatasetError, match="organisations#/park/areas: 'automotive' of innovation_areas is not there"):
        make.catalogue(make.organisation(areas=(make.area(),)))


def test_a_citation_of_a_source_that_is_not_there_is_refused(make: Make) -> None:
    with pytest.raises(DatasetError, match="regions#/piedmont/citations: 'report' of sources is not there"):
        make.catalogue(make.region(citations=(make.citation(),)))


def test_a_reference_to_another_record_of_that_id_is_refused(make: Make) -> None:
    with pytest.raises(DatasetError, match="'italy' of regions is another one here") as caught:
        make.catalogue(make.region("italy", name="Italia"), make.region("torino", parent=make.region("italy")))
    assert caught.value.problems[0].hint == "refer to the one of the catalogue"


def test_a_reference_to_an_equal_record_is_fine(make: Make) -> None:
    catalogue = make.catalogue(make.region("italy"), make.region("torino", parent=make.region("italy")))
    assert len(catalogue) == 2


def test_all_that_does_not_fit_is_reported_at_once(make: Make) -> None:
    with pytest.raises(DatasetError) as caught:
        make.catalogue(
            make.region(), make.region(name="Another"), make.pole(seat=make.organisation(), programme=make.initiative())
        )
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("item", ["piedmont", None, 5, DatasetInfo(name="Mine")])
def test_a_catalogue_refuses_what_is_no_entity(item: Any) -> None:
    with pytest.raises(TypeError, match="a catalogue holds entities, not "):
        Catalogue(DatasetInfo(name="Mine"), [item])


def test_a_catalogue_refuses_information_of_the_wrong_type() -> None:
    info: Any = "Mine"
    with pytest.raises(TypeError):
        Catalogue(info, [])


# Not changing one


@pytest.mark.parametrize("attribute", ["name", "info", "regions", "collections", "colour"])
def test_an_attribute_of_a_catalogue_cannot_be_set(make: Make, attribute: str) -> None:
    catalogue = make.catalogue(make.region())
    with pytest.raises(AttributeError):
        setattr(catalogue, attribute, None)


@pytest.mark.parametrize("attribute", ["info", "regions"])
def test_an_attribute_of_a_catalogue_cannot_be_deleted(make: Make, attribute: str) -> None:
    catalogue = make.catalogue(make.region())
    with pytest.raises(AttributeError):
        delattr(catalogue, attribute)


def test_the_collections_of_a_catalogue_cannot_be_exchanged(small: Catalogue) -> None:
    with pytest.raises(TypeError):
        small.collections["regions"] = small.sources  # type: ignore[index]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_of_a_catalogue_is_the_catalogue(small: Catalogue, copied: Any) -> None:
    assert copied(small) is small


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_catalogue_survives_pickling(small: Catalogue, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(small, protocol)) == small


def test_an_unpickled_catalogue_answers_alike(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small))
    assert twin.innovation_poles.of(small.regions["piedmont"]) == small.innovation_poles


def test_an_unpickled_catalogue_is_still_immutable(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small))
    with pytest.raises(AttributeError):
        twin.info = DatasetInfo(name="Another")


def test_the_packaged_catalogue_survives_pickling(s3: Catalogue) -> None:
    assert pickle.loads(pickle.dumps(s3)) == s3


def test_catalogues_of_equal_entities_are_equal_and_hash_alike(make: Make) -> None:
    assert len({make.catalogue(make.region()), make.catalogue(make.region())}) == 1


def test_catalogues_of_different_entities_are_not_equal(make: Make) -> None:
    assert make.catalogue(make.region()) != make.catalogue(make.region("italy"))


def test_catalogues_of_different_names_are_not_equal() -> None:
    assert Catalogue(DatasetInfo(name="Mine"), []) != Catalogue(DatasetInfo(name="Yours"), [])


def test_a_catalogue_does_not_equal_the_list_of_its_entities(small: Catalogue) -> None:
    catalogue: object = small
    assert catalogue != list(small)


# links


def test_links_give_what_an_entity_refers_to_in_the_order_of_its_attributes(small: Catalogue) -> None:
    assert addresses(small.links(small.innovation_poles["pole"])) == [
        ("region", "piedmont"),
        ("territories", "torino"),
        ("territories", "cuneo"),
        ("programme", "programme"),
        ("areas", "automotive"),
        ("seat", "park"),
        ("managers", "firm"),
        ("managers", "park"),
        ("citations", "report"),
    ]


def test_links_give_what_refers_to_an_entity(small: Catalogue) -> None:
    assert addresses(small.links(small.regions["cuneo"])) == [
        ("parent", "piedmont"),
        ("territories of", "pole"),
        ("region of", "lonely"),
    ]


def test_links_of_what_refers_by_two_attributes_are_two(small: Catalogue) -> None:
    links = addresses(small.links(small.organisations["park"]))
    assert [link for link in links if link[1] == "pole"] == [("seat of", "pole"), ("managers of", "pole")]


def test_a_source_that_is_cited_twice_is_linked_once(small: Catalogue) -> None:
    assert addresses(small.links(small.sources["report"])) == [("citations of", "pole")]


def test_every_link_has_its_counterpart(small: Catalogue) -> None:
    forward = {
        (entity, relation, other)
        for entity in small
        for relation, other in small.links(entity)
        if not relation.endswith(" of")
    }
    backward = {
        (other, relation.removesuffix(" of"), entity)
        for entity in small
        for relation, other in small.links(entity)
        if relation.endswith(" of")
    }
    assert forward == backward


def test_an_entity_that_nothing_is_tied_to_has_no_links(make: Make) -> None:
    assert make.catalogue(make.region()).links(make.region()) == ()


def test_links_of_an_equal_entity_from_elsewhere_are_those_of_the_catalogue(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["cuneo"]))
    assert small.links(twin) == small.links(small.regions["cuneo"])


def test_links_of_an_entity_that_is_not_there_are_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="regions has no 'piemont'; did you mean 'piedmont'"):
        small.links(make.region("piemont"))


def test_links_of_another_record_of_that_id_are_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(InvalidValueError, match="regions/piedmont: is another record in this catalogue"):
        small.links(make.region("piedmont", name="Another"))


@pytest.mark.parametrize("item", ["piedmont", None, 5, DatasetInfo(name="Mine")])
def test_links_of_what_is_no_entity_are_a_type_error(small: Catalogue, item: Any) -> None:
    with pytest.raises(TypeError, match="an entity is needed, not "):
        small.links(item)


def test_links_of_an_instance_of_a_subclass_are_an_error_that_says_so(small: Catalogue) -> None:
    class Province(smartspec.Region):
        pass

    with pytest.raises((TypeError, UnknownEntityError)):
        small.links(Province(id="asti", name="Asti", level=smartspec.RegionLevel.PROVINCE))


# path


def test_a_path_leads_from_link_to_link(small: Catalogue) -> None:
    path = small.path(small.innovation_areas["automotive"], small.regions["italy"])
    assert addresses(path) == [("strategy", "s3"), ("region", "piedmont"), ("parent", "italy")]


def test_a_path_leads_against_the_references_too(small: Catalogue) -> None:
    path = small.path(small.regions["italy"], small.innovation_areas["health"])
    assert addresses(path) == [("parent of", "piedmont"), ("region of", "s3"), ("strategy of", "health")]


def test_a_path_is_a_shortest_one(small: Catalogue) -> None:
    path = small.path(small.innovation_areas["cars"], small.innovation_poles["pole"])
    assert len(path) == 3


def test_a_path_between_neighbours_is_one_link(small: Catalogue) -> None:
    path = small.path(small.innovation_poles["pole"], small.organisations["firm"])
    assert addresses(path) == [("managers", "firm")]


def test_a_path_from_an_entity_to_itself_is_empty(small: Catalogue) -> None:
    assert small.path(small.regions["italy"], small.regions["italy"]) == ()


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
    assert addresses(catalogue.path(leaf, root)) == [("parent", "inner"), ("parent", "middle"), ("parent", "root")]


def test_a_path_may_end_at_a_document(small: Catalogue) -> None:
    path = small.path(small.regions["cuneo"], small.sources["report"])
    assert addresses(path) == [("territories of", "pole"), ("citations", "report")]


def test_a_path_may_start_at_a_document(small: Catalogue) -> None:
    path = small.path(small.sources["report"], small.organisations["park"])
    assert addresses(path) == [("citations of", "pole"), ("seat", "park")]


def test_a_path_takes_equal_entities_from_elsewhere(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["italy"]))
    assert addresses(small.path(twin, small.regions["piedmont"])) == [("parent of", "piedmont")]


@pytest.mark.parametrize("foreign_first", [True, False])
def test_a_path_with_an_entity_that_is_not_there_is_an_error(make: Make, small: Catalogue, foreign_first: bool) -> None:
    ends = [make.region("lombardy"), small.regions["italy"]]
    with pytest.raises(UnknownEntityError, match="regions has no 'lombardy'"):
        small.path(*(ends if foreign_first else ends[::-1]))


def test_a_path_of_ten_thousand_links_is_found(make: Make) -> None:
    regions = [make.region("r0")]
    for number in range(1, 10_001):
        regions.append(make.region(f"r{number}", parent=regions[-1]))
    assert len(make.catalogue(*regions).path(regions[-1], regions[0])) == 10_000


def test_a_path_leads_from_a_pole_to_the_country(s3: Catalogue) -> None:
    path = s3.path(s3.innovation_poles["mechatronics"], s3.regions["italy"])
    assert path[-1].entity is s3.regions["italy"]


# extend


def test_extending_adds_an_entity(make: Make, small: Catalogue) -> None:
    alba = make.region("alba", parent=small.regions["piedmont"])
    assert small.extend(alba).regions["alba"] == alba


def test_extending_leaves_the_old_catalogue_as_it_was(make: Make, small: Catalogue) -> None:
    small.extend(make.region("alba"))
    assert "alba" not in small.regions


def test_extending_keeps_the_order_and_puts_the_new_last(make: Make, small: Catalogue) -> None:
    regions = small.extend(make.region("alba")).regions
    assert [region.id for region in regions] == ["italy", "piedmont", "torino", "cuneo", "alba"]


def test_extending_keeps_what_the_dataset_says_of_itself(make: Make, small: Catalogue) -> None:
    assert small.extend(make.region("alba")).info == small.info


def test_what_is_added_is_related_to_what_was_there(make: Make, small: Catalogue) -> None:
    alba = make.region("alba", parent=small.regions["piedmont"])
    assert "alba" in small.extend(alba).regions.of(small.regions["italy"])


def test_entities_that_refer_to_each_other_are_added_in_any_order(make: Make, small: Catalogue) -> None:
    langhe = make.region("langhe")
    larger = small.extend(make.region("alba", parent=langhe), langhe)
    assert larger.regions["alba"].parent == langhe


def test_extending_by_nothing_gives_an_equal_catalogue(small: Catalogue) -> None:
    assert small.extend() == small


def test_extending_by_an_identical_record_changes_nothing(small: Catalogue) -> None:
    assert small.extend(pickle.loads(pickle.dumps(small.regions["piedmont"]))) == small


def test_extending_by_another_record_of_an_id_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError, match="'piedmont' is taken by Region"):
        small.extend(make.region("piedmont", name="Another"))


def test_extending_by_a_dangling_reference_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError) as caught:
        small.extend(make.region("alba", parent=make.region("langhe")))
    assert problems(caught) == ["regions#/alba/parent: 'langhe' of regions is not there (add it too)"]


def test_extending_by_a_reference_to_another_record_of_an_id_is_refused(make: Make, small: Catalogue) -> None:
    with pytest.raises(DatasetError, match="regions#/alba/parent: 'piedmont' of regions is another one here"):
        small.extend(make.region("alba", parent=make.region("piedmont")))


@pytest.mark.parametrize("item", ["alba", None, [], DatasetInfo(name="Mine")])
def test_extending_by_what_is_no_entity_is_a_type_error(small: Catalogue, item: Any) -> None:
    with pytest.raises(TypeError, match="a catalogue holds entities, not "):
        small.extend(item)


def test_the_packaged_catalogue_can_be_extended(make: Make, s3: Catalogue) -> None:
    alba = make.region("alba", parent=s3.regions["piedmont"])
    assert len(s3.extend(alba)) == len(s3) + 1


# What followed what


def test_what_followed_an_entity_is_found_by_its_predecessor(small: Catalogue) -> None:
    steps = small.successors_of(small.strategies["plan"])
    assert [(step.entity.id, step.relation) for step in steps] == [("s3", "successor")]


def test_what_an_entity_followed_is_its_predecessor(small: Catalogue) -> None:
    steps = small.predecessors_of(small.strategies["s3"])
    assert [(step.entity.id, step.relation) for step in steps] == [("plan", "predecessor")]


def test_an_area_is_followed_by_the_one_of_a_later_strategy_that_is_aligned_to_it(small: Catalogue) -> None:
    steps = small.successors_of(small.innovation_areas["cars"])
    assert [(step.entity.id, step.relation) for step in steps] == [("automotive", "close")]


def test_what_followed_an_entity_that_is_not_there_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError):
        small.successors_of(make.strategy("vision"))


def test_strategies_are_compared_by_their_aligned_areas(small: Catalogue) -> None:
    assert "Cars" in repr(small.compare(small.strategies["plan"], small.strategies["s3"]))


def test_only_strategies_are_compared(small: Catalogue) -> None:
    region: Any = small.regions["italy"]
    with pytest.raises(TypeError, match=r"compare\(\) takes strategies, not "):
        small.compare(small.strategies["plan"], region)


def test_strategies_that_are_not_there_are_not_compared(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError):
        small.compare(small.strategies["plan"], make.strategy("vision"))


# Onto the disk


def test_a_catalogue_that_is_saved_is_loaded_as_an_equal_one(small: Catalogue, tmp_path: pathlib.Path) -> None:
    small.save(tmp_path / "saved")
    assert smartspec.load(tmp_path / "saved") == small


# The front door


def test_a_catalogue_can_be_made_from_the_names_that_the_package_offers() -> None:
    region = smartspec.Region(id="lombardy", name="Lombardy", level=smartspec.RegionLevel.REGION)
    catalogue = smartspec.Catalogue(smartspec.DatasetInfo(name="Mine"), [region])
    assert catalogue.regions.lookup("LOMBARDY") is region


def test_a_conflict_is_found_among_entities_that_nobody_else_holds() -> None:
    # Each may stand where one before it stood in memory.
    names = ["Italy"] * 8 + ["Another"]
    fleeting = (smartspec.Region(id="italy", name=name, level=smartspec.RegionLevel.COUNTRY) for name in names)
    with pytest.raises(DatasetError, match="'italy' is taken by"):
        Catalogue(DatasetInfo(name="x"), fleeting)
