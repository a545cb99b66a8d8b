"""Collection: a sequence and a mapping of what it holds, and how it looks."""

from __future__ import annotations

import copy
import operator
import pickle
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from smartspec import (
    Catalogue,
    Collection,
    RegionLevel,
    UnknownEntityError,
)

if TYPE_CHECKING:
    from conftest import Make


def ids(entities: Collection[Any]) -> list[str]:
    return [entity.id for entity in entities]


def entity(catalogue: Catalogue, address: str) -> Any:
    """The entity at an address such as "regions/torino"."""
    collection, id = address.split("/")
    return catalogue.collections[collection][id]


# Iterating, counting, containing


def test_a_collection_iterates_in_the_order_of_the_dataset(small: Catalogue) -> None:
    assert ids(small.regions) == ["italy", "piedmont", "torino", "cuneo"]


def test_the_order_of_the_dataset_is_not_the_order_of_ids(make: Make) -> None:
    regions = [make.region(id) for id in ("c", "a", "b")]
    assert ids(make.catalogue(*regions).regions) == ["c", "a", "b"]


def test_len_counts_the_entities(small: Catalogue) -> None:
    assert len(small.regions) == 4


def test_an_empty_collection_is_false(make: Make) -> None:
    assert not make.catalogue().regions


def test_an_id_is_in_its_collection(small: Catalogue) -> None:
    assert "piedmont" in small.regions


def test_an_id_of_another_collection_is_not_in_it(small: Catalogue) -> None:
    assert "park" not in small.regions


def test_a_name_is_not_in_the_collection_of_ids(small: Catalogue) -> None:
    assert "Piedmont" not in small.regions


def test_an_entity_is_in_its_collection(small: Catalogue) -> None:
    assert small.regions["piedmont"] in small.regions


def test_an_equal_entity_is_in_the_collection(make: Make, small: Catalogue) -> None:
    assert make.region("italy", level=RegionLevel.COUNTRY, nuts="IT") in small.regions


def test_another_entity_of_the_same_id_is_not_in_the_collection(make: Make, small: Catalogue) -> None:
    assert make.region("italy") not in small.regions


def test_an_entity_of_another_class_and_the_same_id_is_not_in_the_collection(make: Make, small: Catalogue) -> None:
    assert make.organisation("italy") not in small.regions


@pytest.mark.parametrize("item", [None, 5, ("piedmont",), ["piedmont"]])
def test_what_is_neither_entity_nor_id_is_not_in_the_collection(small: Catalogue, item: object) -> None:
    assert item not in small.regions


# By id


def test_an_id_gives_its_entity(small: Catalogue) -> None:
    assert small.regions["torino"].name == "Torino"


def test_an_unknown_id_is_an_error_that_names_close_ids(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="regions has no 'piedmnt'; did you mean \"piedmont\"") as caught:
        small.regions["piedmnt"]
    assert caught.value.near == ("piedmont",)


def test_a_close_id_is_found_whatever_its_case_and_accents(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match='did you mean "torino"'):
        small.regions["TORINÒ"]


def test_an_unknown_id_is_a_key_error(small: Catalogue) -> None:
    with pytest.raises(KeyError):
        small.regions["atlantis"]


def test_the_error_for_an_unknown_id_does_not_drag_along_the_inner_one(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        small.regions["atlantis"]
    assert caught.value.__suppress_context__


def test_an_id_that_resembles_none_is_an_error_without_suggestions(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r"^regions has no 'xyzzy'$"):
        small.regions["xyzzy"]


def test_an_id_of_a_megabyte_is_an_error_of_one_short_line(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        small.regions["x" * 1_000_000]
    assert len(str(caught.value)) < 200


def test_a_name_in_brackets_is_an_error_that_names_lookup(small: Catalogue) -> None:
    with pytest.raises(
        UnknownEntityError, match=r'regions has no \'ITC1\'; that is a name: lookup\("ITC1"\)'
    ) as caught:
        small.regions["ITC1"]
    assert caught.value.near == ("piedmont",)


@pytest.mark.parametrize(
    "key",
    [None, b"piedmont", ("piedmont",), ["piedmont"], [["piedmont"]], [True], True, np.True_, 1.5, [0, 1], {}, int],
    ids=str,
)
def test_what_is_neither_id_nor_number_nor_slice_is_a_type_error(small: Catalogue, key: Any) -> None:
    with pytest.raises(TypeError, match="regions takes an id, a number or a slice in brackets, not "):
        small.regions[key]


# By number


@pytest.mark.parametrize("number", [0, 1, 3, -1, -4])
def test_a_number_gives_the_entity_at_that_place(small: Catalogue, number: int) -> None:
    assert small.regions[number] is list(small.regions)[number]


@pytest.mark.parametrize("number", [np.int64(1), np.uint8(1), np.float64(1.0), 1.0])
def test_a_number_may_be_one_of_numpy(small: Catalogue, number: Any) -> None:
    assert small.regions[number].id == "piedmont"


@pytest.mark.parametrize("number", [4, -5, 10**30])
def test_a_number_beyond_the_ends_is_an_index_error_that_says_how_many_there_are(small: Catalogue, number: int) -> None:
    with pytest.raises(IndexError, match=rf"^regions holds 4: there is no \[{number}\]$"):
        small.regions[number]


def test_an_empty_collection_has_no_first(make: Make) -> None:
    with pytest.raises(IndexError, match="regions holds 0"):
        make.catalogue().regions[0]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (slice(3), ["italy", "piedmont", "torino"]),
        (slice(-1, None), ["cuneo"]),
        (slice(None, None, -1), ["cuneo", "torino", "piedmont", "italy"]),
        (slice(1, 100, 2), ["piedmont", "cuneo"]),
        (slice(np.int64(1), np.int64(2)), ["piedmont"]),
        (slice(9, None), []),
    ],
    ids=str,
)
def test_a_slice_gives_a_collection(small: Catalogue, part: slice, expected: list[str]) -> None:
    found = small.regions[part]
    assert isinstance(found, Collection)
    assert ids(found) == expected


def test_a_slice_is_asked_like_any_collection(small: Catalogue) -> None:
    assert small.regions[1:].lookup("Turin") is small.regions["torino"]
    assert ids(small.regions[1:].of(small.regions["italy"])) == ["piedmont", "torino", "cuneo"]
    assert "italy" not in small.regions[1:]


def test_a_sample_can_be_drawn(small: Catalogue) -> None:
    assert random.Random(1).choice(small.regions) in small.regions


# filter


def test_filter_gives_those_for_which_a_function_is_true(small: Catalogue) -> None:
    found = small.regions.filter(lambda region: region.nuts)
    assert isinstance(found, Collection)
    assert ids(found) == ["italy", "piedmont"]


def test_filter_takes_whatever_can_be_called(small: Catalogue) -> None:
    assert ids(small.regions.filter(operator.attrgetter("area_km2"))) == ["piedmont"]


def test_filter_of_nothing_that_holds_is_empty(small: Catalogue) -> None:
    assert ids(small.regions.filter(lambda region: False)) == []


@pytest.mark.parametrize("predicate", [None, "torino", str, RegionLevel, True, ["torino"]])
def test_filter_refuses_what_is_no_function(small: Catalogue, predicate: Any) -> None:
    with pytest.raises(TypeError, match=r"filter\(\) takes a function of an entity, not "):
        small.regions.filter(predicate)


def test_an_error_in_a_predicate_is_not_swallowed(small: Catalogue) -> None:
    with pytest.raises(ZeroDivisionError):
        small.regions.filter(lambda region: 1 / 0)


def test_get_gives_the_entity(small: Catalogue) -> None:
    assert small.regions.get("torino") is small.regions["torino"]


def test_get_gives_none_for_an_unknown_id(small: Catalogue) -> None:
    assert small.regions.get("atlantis") is None


def test_get_gives_the_default_for_an_unknown_id(small: Catalogue) -> None:
    assert small.regions.get("atlantis", default="nowhere") == "nowhere"


def test_get_prefers_the_entity_to_the_default(small: Catalogue) -> None:
    assert small.regions.get("torino", "nowhere") is small.regions["torino"]


@pytest.mark.parametrize("id", [5, None, ["torino"]])
def test_get_refuses_an_id_that_is_no_str(small: Catalogue, id: Any) -> None:
    with pytest.raises(TypeError, match="an id or a name is a str"):
        small.regions.get(id)


# How a collection looks and compares


def test_repr_counts_and_shows_the_first_ids(small: Catalogue) -> None:
    assert repr(small.innovation_poles) == "<Collection of 2 innovation_poles: pole, lonely>"


def test_repr_of_many_shows_that_there_are_more(make: Make) -> None:
    regions = make.catalogue(*(make.region(id) for id in "abcdef")).regions
    assert repr(regions) == "<Collection of 6 regions: a, b, c, d, …>"


def test_repr_of_an_empty_collection_shows_no_ids(make: Make) -> None:
    assert repr(make.catalogue().regions) == "<Collection of 0 regions>"


def test_repr_is_short_whatever_the_ids(make: Make) -> None:
    assert len(repr(make.catalogue(make.region("x" * 1_000_000, name="X")).regions)) < 300


def test_the_name_of_a_collection_is_that_in_the_catalogue(small: Catalogue) -> None:
    assert all(collection.name == name for name, collection in small.collections.items())


def test_a_part_of_a_collection_has_the_name_of_the_whole(small: Catalogue) -> None:
    assert small.innovation_poles.of().name == "innovation_poles"


def test_notebooks_complete_ids(small: Catalogue) -> None:
    assert small.innovation_poles._ipython_key_completions_() == ["pole", "lonely"]


def test_a_collection_cannot_be_changed(small: Catalogue) -> None:
    with pytest.raises(AttributeError):
        small.regions._entities = ()  # type: ignore[misc]


def test_a_collection_takes_no_new_attribute(small: Catalogue) -> None:
    with pytest.raises(AttributeError):
        small.regions.colour = "red"  # type: ignore[attr-defined]


def test_collections_of_equal_entities_in_one_order_are_equal(small: Catalogue) -> None:
    assert small.regions.where(parent="piedmont") == small.regions.where(level="municipality")


def test_collections_of_equal_entities_hash_alike(small: Catalogue) -> None:
    assert len({small.regions.where(parent="piedmont"), small.regions.where(level="municipality")}) == 1


def test_collections_of_different_entities_are_not_equal(small: Catalogue) -> None:
    assert small.regions != small.regions.where(parent="piedmont")


def test_collections_of_one_content_in_another_order_are_not_equal(make: Make) -> None:
    a, b = make.region("a"), make.region("b")
    assert make.catalogue(a, b).regions != make.catalogue(b, a).regions


def test_empty_collections_of_different_classes_are_not_equal(make: Make) -> None:
    catalogue = make.catalogue()
    regions: object = catalogue.regions
    assert regions != catalogue.sources


def test_a_collection_does_not_equal_a_list(small: Catalogue) -> None:
    regions: object = small.regions
    assert regions != list(small.regions)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_collection_survives_pickling(small: Catalogue, protocol: int) -> None:
    part = small.regions.where(parent="piedmont")
    assert pickle.loads(pickle.dumps(part, protocol)) == part


def test_an_unpickled_collection_still_knows_the_relations(small: Catalogue) -> None:
    regions = pickle.loads(pickle.dumps(small.regions.where(id="torino")))
    assert ids(regions.of(small.innovation_poles["pole"])) == ["torino"]


def test_a_deep_copy_of_a_collection_equals_it(small: Catalogue) -> None:
    assert copy.deepcopy(small.regions) == small.regions


def test_a_collection_can_be_walked_backwards(small: Catalogue) -> None:
    assert list(reversed(small.regions)) == list(small.regions)[::-1]
