"""Catalogue: its collections, how it is made, and what it finds across them."""

from __future__ import annotations

import copy
import pathlib
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import (
    AmbiguousNameError,
    Catalogue,
    Collection,
    DatasetError,
    DatasetInfo,
    Direction,
    Link,
    UnknownEntityError,
)

if TYPE_CHECKING:
    from conftest import Make

FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


def told(links: tuple[Link, ...]) -> list[str]:
    """Each link as an arrow that points to what is referred to, the relation, and the other end."""
    return [f"{'→' if link.direction is FORWARD else '←'} {link.relation} {link.end.id}" for link in links]


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


def test_there_are_thirteen_collections(small: Catalogue) -> None:
    assert len(small.collections) == 13


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


# lookup


def test_lookup_finds_an_entity_of_any_class(small: Catalogue) -> None:
    found = [small.lookup(name) for name in ("ITC1", "Turin", "park", "Programme", "automotive", "Report")]
    assert [entity.id for entity in found] == ["piedmont", "torino", "park", "programme", "automotive", "report"]


def test_a_name_that_two_classes_share_is_ambiguous_across_them(make: Make) -> None:
    city, region = make.organisation("city", name="Torino"), make.region("torino")
    catalogue = make.catalogue(city, region)
    assert catalogue.regions.lookup("Torino") is region
    with pytest.raises(AmbiguousNameError) as caught:
        catalogue.lookup("Torino")
    assert caught.value.candidates == (region, city)
    assert 'regions["torino"]' in str(caught.value)
    assert 'organisations["city"]' in str(caught.value)


def test_a_code_is_surer_than_a_name_across_the_classes(make: Make) -> None:
    region = make.region("a", nuts="ITC")
    assert make.catalogue(region, make.organisation("b", name="ITC")).lookup("itc") is region


def test_an_id_is_no_name_of_a_catalogue_either(make: Make) -> None:
    catalogue = make.catalogue(make.region("ts-21", name="Trieste"))
    with pytest.raises(UnknownEntityError, match=r'the catalogue has no \'ts-21\'; that is an id: regions\["ts-21"\]'):
        catalogue.lookup("ts-21")


def test_an_unknown_name_is_an_error_that_suggests_names_of_any_class(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r"the catalogue has no 'Programe'; did you mean \"Programme\""):
        small.lookup("Programe")


def test_an_empty_catalogue_answers_everything(make: Make) -> None:
    empty = make.catalogue()
    assert (len(empty), list(empty), empty.search("torino"), list(empty.coverage())) == (0, [], [], [])
    with pytest.raises(UnknownEntityError, match=r"^the catalogue has no 'Torino'$"):
        empty.lookup("Torino")


@pytest.mark.parametrize("name", [5, None, b"Torino"])
def test_lookup_of_what_is_no_text_is_a_type_error(small: Catalogue, name: Any) -> None:
    with pytest.raises(TypeError, match="an id or a name is a str"):
        small.lookup(name)


# What followed what


def test_what_followed_an_entity_is_found_by_its_predecessor(small: Catalogue) -> None:
    steps = small.successors_of(small.strategies["plan"])
    assert told(steps) == ["← predecessor s3"]


def test_what_an_entity_followed_is_its_predecessor(small: Catalogue) -> None:
    steps = small.predecessors_of(small.strategies["s3"])
    assert told(steps) == ["→ predecessor plan"]


def test_an_area_is_followed_by_the_one_of_a_later_strategy_that_is_aligned_to_it(small: Catalogue) -> None:
    steps = small.successors_of(small.innovation_areas["cars"])
    assert told(steps) == ["→ close automotive"]


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
