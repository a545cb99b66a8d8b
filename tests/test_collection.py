"""Collection: finding things by id, name, attribute and relation."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from smartspec import (
    AmbiguousNameError,
    Aspect,
    Catalogue,
    Collection,
    Entity,
    InvalidValueError,
    RegionLevel,
    StrategyKind,
    UnknownAttributeError,
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
    with pytest.raises(UnknownEntityError, match="regions has no 'piedmnt'; did you mean 'piedmont'") as caught:
        small.regions["piedmnt"]
    assert caught.value.near == ("piedmont",)


def test_a_close_id_is_found_whatever_its_case_and_accents(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="did you mean 'torino'"):
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


@pytest.mark.parametrize("id", [5, None, b"piedmont", ("piedmont",)])
def test_an_id_that_is_no_str_is_a_type_error(small: Catalogue, id: Any) -> None:
    with pytest.raises(TypeError, match="an id or a name is a str, not "):
        small.regions[id]


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


# By name


@pytest.mark.parametrize(
    ("name", "id"),
    [
        pytest.param("piedmont", "piedmont", id="id"),
        pytest.param("ITC1", "piedmont", id="nuts"),
        pytest.param("itc1", "piedmont", id="nuts-in-lower-case"),
        pytest.param("IT-21", "piedmont", id="iso"),
        pytest.param("it 21", "piedmont", id="iso-without-hyphen"),
        pytest.param("IT", "italy", id="short-code"),
        pytest.param("PIEDMONT", "piedmont", id="name-in-upper-case"),
        pytest.param("Piemonte", "piedmont", id="local-name"),
        pytest.param("Turin", "torino", id="alias"),
        pytest.param(" the-city! ", "torino", id="alias-written-otherwise"),
    ],
)
def test_lookup_finds_an_entity_by_any_of_its_names(small: Catalogue, name: str, id: str) -> None:
    assert small.regions.lookup(name).id == id


def test_lookup_by_name_works_where_a_class_has_no_codes(small: Catalogue) -> None:
    assert small.organisations.lookup("Park").id == "park"


def test_lookup_prefers_an_id_to_a_code(make: Make) -> None:
    regions = make.catalogue(make.region("a", nuts="IT"), make.region("it")).regions
    assert regions.lookup("IT").id == "it"


def test_lookup_prefers_a_code_to_a_name(make: Make) -> None:
    regions = make.catalogue(make.region("a", name="ITC"), make.region("b", nuts="ITC")).regions
    assert regions.lookup("ITC").id == "b"


def test_lookup_prefers_a_name_to_an_alias(make: Make) -> None:
    regions = make.catalogue(make.region("a", aliases=("Torino",)), make.region("b", name="Torino")).regions
    assert regions.lookup("Torino").id == "b"


def test_lookup_prefers_a_local_name_to_an_alias(make: Make) -> None:
    regions = make.catalogue(make.region("a", aliases=("Torino",)), make.region("b", local_name="Torino")).regions
    assert regions.lookup("Torino").id == "b"


def test_several_in_a_looser_tier_do_not_matter_if_a_surer_one_matches(make: Make) -> None:
    named = [make.region(id, aliases=("ICT",)) for id in ("a", "b")]
    assert make.catalogue(*named, make.region("c", name="ICT")).regions.lookup("ict").id == "c"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"name": "Automotive"}, {"name": "automotive"}, id="names"),
        pytest.param({"name": "Automotive"}, {"local_name": "Automotive"}, id="name-and-local-name"),
        pytest.param({"aliases": ("Automotive",)}, {"aliases": ("Cars", "Auto-motive")}, id="aliases"),
        pytest.param({"nuts": "AUTO1"}, {"nuts": "AUTO1"}, id="codes"),
    ],
)
def test_a_name_that_several_bear_in_a_tier_is_ambiguous(make: Make, one: Any, other: Any) -> None:
    regions = make.catalogue(make.region("a", **one), make.region("b", **other), make.region("c")).regions
    with pytest.raises(AmbiguousNameError):
        regions.lookup("AUTO1" if "nuts" in one else "Automotive")


def test_an_ambiguous_name_lists_each_candidate_with_its_id_and_what_tells_it_apart(make: Make) -> None:
    plan = make.strategy("plan")
    areas = [make.area("cars", name="Automotive"), make.area("vans", name="Automotive", strategy=plan)]
    collection = make.catalogue(make.region(), make.strategy(), plan, *areas).innovation_areas
    with pytest.raises(AmbiguousNameError) as caught:
        collection.lookup("automotive")
    error = caught.value
    assert (error.collection, error.asked) == ("innovation_areas", "automotive")
    assert error.candidates == (
        "InnovationArea('cars', name='Automotive', strategy='s3')",
        "InnovationArea('vans', name='Automotive', strategy='plan')",
    )


def test_an_entity_that_bears_a_name_twice_is_not_ambiguous(make: Make) -> None:
    torino = make.region("city", name="Torino", local_name="Torino", aliases=("Turin", "TURIN"))
    regions = make.catalogue(torino).regions
    assert regions.lookup("torino") is regions.lookup("turin")


@pytest.mark.parametrize("name", ["Piedmon", "Pied", "Torino Turin", "", " ", "-"])
def test_lookup_never_guesses(small: Catalogue, name: str) -> None:
    with pytest.raises(UnknownEntityError):
        small.regions.lookup(name)


def test_an_unknown_name_is_an_error_that_names_close_names_as_they_are_written(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r"regions has no 'Piemont'; did you mean .*'Piemonte'"):
        small.regions.lookup("Piemont")


def test_a_close_alias_is_suggested(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        small.regions.lookup("Turinn")
    assert "Turin" in caught.value.near


def test_a_name_of_punctuation_alone_is_found_by_itself(make: Make) -> None:
    regions = make.catalogue(make.region("a", name="?!"), make.region("b")).regions
    assert regions.lookup("?!").id == "a"


@pytest.mark.parametrize("name", [5, None, b"Torino"])
def test_lookup_refuses_a_name_that_is_no_str(small: Catalogue, name: Any) -> None:
    with pytest.raises(TypeError, match="an id or a name is a str"):
        small.regions.lookup(name)


def test_lookup_in_a_part_of_a_collection_does_not_find_the_rest(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError):
        small.regions.where(level=RegionLevel.MUNICIPALITY).lookup("Piemonte")


# where


@pytest.mark.parametrize(
    ("collection", "conditions", "expected"),
    [
        pytest.param("strategies", {"start_year": 2006}, ["plan"], id="number"),
        pytest.param("indicators", {"value": -1.7}, ["growth"], id="float"),
        pytest.param("regions", {"area_km2": 25400}, ["piedmont"], id="int-for-a-float"),
        pytest.param("innovation_areas", {"designation": "innovation area"}, ["automotive", "health"], id="text"),
        pytest.param("regions", {"nuts": None}, ["torino", "cuneo"], id="None"),
        pytest.param("regions", {"parent": None}, ["italy"], id="None-for-a-reference"),
        pytest.param("regions", {"level": RegionLevel.MUNICIPALITY}, ["torino", "cuneo"], id="enumeration"),
        pytest.param("regions", {"level": "municipality"}, ["torino", "cuneo"], id="value-of-an-enumeration"),
        pytest.param("regions", {"parent": "piedmont"}, ["torino", "cuneo"], id="id-of-a-reference"),
        pytest.param("regions", {"parent": "atlantis"}, [], id="unknown-id-of-a-reference"),
        pytest.param("innovation_areas", {"nace": "C29"}, ["cars"], id="member-of-several"),
        pytest.param("innovation_areas", {"nace": "C30"}, [], id="member-of-none"),
        pytest.param("innovation_poles", {"managers": "firm"}, ["pole"], id="id-of-one-of-several-references"),
        pytest.param("innovation_areas", {"activities": ("buses", "vans")}, ["automotive"], id="all-of-several"),
        pytest.param("innovation_areas", {"activities": ("buses",)}, [], id="part-of-several"),
        pytest.param("innovation_poles", {"areas": ()}, ["lonely"], id="empty-tuple"),
        pytest.param("strategies", {"start_year": lambda year: year > 2006}, ["s3"], id="callable"),
        pytest.param("innovation_poles", {"managers": lambda held: len(held) > 1}, ["pole"], id="callable-for-several"),
        pytest.param("regions", {"parent": "piedmont", "name": "Cuneo"}, ["cuneo"], id="two-conditions"),
        pytest.param("regions", {"parent": "italy", "name": "Cuneo"}, [], id="two-conditions-that-exclude"),
        pytest.param("regions", {}, ["italy", "piedmont", "torino", "cuneo"], id="no-condition"),
        pytest.param("regions", {"id": "cuneo"}, ["cuneo"], id="the-id-itself"),
    ],
)
def test_where_gives_those_that_meet_the_conditions(
    small: Catalogue, collection: str, conditions: dict[str, Any], expected: list[str]
) -> None:
    assert ids(small.collections[collection].where(**conditions)) == expected


def test_where_takes_an_entity_for_a_reference(small: Catalogue) -> None:
    assert ids(small.regions.where(parent=small.regions["piedmont"])) == ["torino", "cuneo"]


def test_where_takes_an_equal_entity_for_a_reference(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["piedmont"]))
    assert ids(small.regions.where(parent=twin)) == ["torino", "cuneo"]


def test_where_takes_an_entity_for_one_of_several_references(small: Catalogue) -> None:
    assert ids(small.innovation_poles.where(territories=small.regions["cuneo"])) == ["pole"]


def test_where_takes_a_tuple_of_entities_for_all_references(small: Catalogue) -> None:
    assert ids(small.strategic_objectives.where(areas=(small.innovation_areas["cars"],))) == ["training"]


def test_where_takes_a_citation(small: Catalogue) -> None:
    citation = small.innovation_poles["pole"].citations[0]
    assert ids(small.innovation_poles.where(citations=citation)) == ["pole"]


def test_where_gives_a_collection(small: Catalogue) -> None:
    assert isinstance(small.regions.where(parent="piedmont"), Collection)


def test_where_can_be_chained(small: Catalogue) -> None:
    assert ids(small.regions.where(parent="piedmont").where(aliases="Turin")) == ["torino"]


def test_where_refuses_an_unknown_attribute_and_lists_the_valid_ones(small: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError, match="Region has no attribute 'prent'; did you mean 'parent'") as caught:
        small.regions.where(prent=None)
    assert "level" in caught.value.valid


def test_where_refuses_an_unknown_attribute_even_with_a_callable(small: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError):
        small.regions.where(population=lambda _: True)


def test_where_refuses_an_unknown_attribute_even_if_nothing_is_held(make: Make) -> None:
    with pytest.raises(UnknownAttributeError):
        make.catalogue().regions.where(population=1)


def test_where_refuses_an_unknown_value_of_an_enumeration_and_lists_the_valid_ones(small: Catalogue) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.level: 'village' is no RegionLevel \(one of country, "):
        small.regions.where(level="village")


@pytest.mark.parametrize(
    ("collection", "conditions"),
    [
        pytest.param("regions", {"name": 5}, id="int-for-text"),
        pytest.param("strategies", {"start_year": "2006"}, id="text-for-number"),
        pytest.param("strategies", {"start_year": 2006.5}, id="float-for-int"),
        pytest.param("indicators", {"value": "-1.7"}, id="text-for-float"),
        pytest.param("regions", {"level": StrategyKind.SMART_CITY}, id="another-enumeration"),
        pytest.param("regions", {"level": 1}, id="int-for-enumeration"),
        pytest.param("regions", {"parent": 5}, id="int-for-reference"),
        pytest.param("innovation_areas", {"nace": None}, id="None-for-several"),
        pytest.param("innovation_areas", {"nace": ["C29"]}, id="list-for-several"),
        pytest.param("innovation_poles", {"citations": "report"}, id="text-for-citation"),
    ],
)
def test_where_refuses_a_value_that_the_attribute_cannot_hold(
    small: Catalogue, collection: str, conditions: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match="cannot be compared to"):
        small.collections[collection].where(**conditions)


@pytest.mark.parametrize(
    ("collection", "conditions"),
    [
        pytest.param("strategies", {"start_year": True}, id="bool-for-number"),
        pytest.param("innovation_poles", {"areas": (5,)}, id="tuple-of-something-else"),
    ],
)
def test_where_refuses_what_merely_looks_like_a_value_of_the_attribute(
    small: Catalogue, collection: str, conditions: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        small.collections[collection].where(**conditions)


def test_where_takes_a_tuple_of_ids_for_all_references(small: Catalogue) -> None:
    assert ids(small.strategic_objectives.where(areas=("cars",))) == ["training"]


def test_where_refuses_an_entity_of_another_class(small: Catalogue) -> None:
    with pytest.raises(
        TypeError, match=r"Region\.parent holds a Region: it cannot be compared to Organisation\('park'"
    ):
        small.regions.where(parent=small.organisations["park"])


def test_an_error_in_a_callable_is_not_swallowed(small: Catalogue) -> None:
    with pytest.raises(TypeError):
        small.regions.where(area_km2=lambda area: area > 100)


# at


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2005, []), (2006, ["plan"]), (2014, ["plan", "s3"]), (2020, ["plan", "s3"]), (2021, ["plan"])],
)
def test_at_gives_those_in_force_in_a_year(small: Catalogue, year: int, expected: list[str]) -> None:
    assert ids(small.strategies.at(year)) == expected


def test_at_gives_areas_whose_strategy_is_in_force(small: Catalogue) -> None:
    assert ids(small.innovation_areas.at(2010)) == ["cars"]


def test_at_leaves_out_whose_beginning_is_not_known(small: Catalogue) -> None:
    assert ids(small.innovation_poles.at(2010)) == []


def test_at_refuses_a_class_that_knows_no_years(small: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError, match="Region has no attribute 'start_year'"):
        small.regions.at(2010)


@pytest.mark.parametrize("year", ["2010", 2010.0, True, None])
def test_at_refuses_what_is_no_year(small: Catalogue, year: Any) -> None:
    with pytest.raises(TypeError, match="a year is an int, not "):
        small.strategies.at(year)


# of


@pytest.mark.parametrize(
    ("collection", "whole", "expected"),
    [
        pytest.param("regions", "regions/italy", ["piedmont", "torino", "cuneo"], id="regions-at-any-depth"),
        pytest.param("strategies", "regions/italy", ["plan", "s3"], id="strategies-through-regions"),
        pytest.param("strategies", "regions/torino", ["plan"], id="strategies-directly"),
        pytest.param("priority_fields", "regions/italy", ["production"], id="fields-through-strategy"),
        pytest.param("innovation_areas", "regions/piedmont", ["cars", "automotive", "health"], id="areas-of-a-region"),
        pytest.param("innovation_areas", "regions/torino", ["cars"], id="areas-of-a-town"),
        pytest.param("innovation_areas", "strategies/s3", ["automotive", "health"], id="areas-of-a-strategy"),
        pytest.param("innovation_areas", "priority_fields/production", ["automotive"], id="areas-of-a-field"),
        pytest.param("strategic_objectives", "regions/italy", ["training"], id="objectives-of-a-country"),
        pytest.param("organisations", "regions/piedmont", ["park"], id="organisations-by-seat"),
        pytest.param("initiatives", "regions/italy", ["programme"], id="initiatives-through-strategy"),
        pytest.param("innovation_poles", "regions/italy", ["pole", "lonely"], id="poles-at-any-depth"),
        pytest.param("indicators", "regions/italy", ["growth"], id="indicators"),
        pytest.param("observations", "regions/piedmont", ["finding"], id="observations"),
    ],
)
def test_of_gives_what_belongs_to_an_entity_at_any_depth(
    small: Catalogue, collection: str, whole: str, expected: list[str]
) -> None:
    assert ids(small.collections[collection].of(entity(small, whole))) == expected


@pytest.mark.parametrize(
    ("collection", "target", "expected"),
    [
        pytest.param("innovation_poles", "innovation_areas/automotive", ["pole"], id="one-of-several"),
        pytest.param("innovation_poles", "organisations/park", ["pole"], id="seat-and-manager"),
        pytest.param("innovation_poles", "initiatives/programme", ["pole"], id="programme"),
        pytest.param("innovation_poles", "sources/report", ["pole"], id="citations"),
        pytest.param("innovation_poles", "regions/torino", ["pole"], id="territories"),
        pytest.param("strategic_objectives", "innovation_areas/cars", ["training"], id="objectives-of-an-area"),
        pytest.param("organisations", "innovation_areas/automotive", ["firm"], id="organisations-of-an-area"),
        pytest.param("initiatives", "organisations/park", ["programme"], id="initiatives-of-an-organisation"),
        pytest.param("indicators", "innovation_areas/automotive", ["growth"], id="indicators-of-an-area"),
        pytest.param("observations", "innovation_areas/cars", ["finding"], id="observations-of-an-area"),
        pytest.param("alignments", "innovation_areas/cars", ["correspondence"], id="alignments-from-an-area"),
        pytest.param("alignments", "innovation_areas/automotive", ["correspondence"], id="alignments-to-an-area"),
        pytest.param("strategies", "strategies/plan", ["s3"], id="successor-in-one-class"),
    ],
)
def test_of_gives_what_refers_to_an_entity(small: Catalogue, collection: str, target: str, expected: list[str]) -> None:
    assert ids(small.collections[collection].of(entity(small, target))) == expected


@pytest.mark.parametrize(
    ("collection", "referrer", "expected"),
    [
        pytest.param("organisations", "innovation_poles/pole", ["park", "firm"], id="seat-and-managers"),
        pytest.param("regions", "innovation_poles/pole", ["piedmont", "torino", "cuneo"], id="region-and-territories"),
        pytest.param("innovation_areas", "alignments/correspondence", ["cars", "automotive"], id="aligned-areas"),
        pytest.param("innovation_areas", "strategic_objectives/training", ["cars"], id="areas-of-an-objective"),
        pytest.param("sources", "innovation_poles/pole", ["report"], id="sources-of-citations"),
        pytest.param("strategies", "priority_fields/production", ["s3"], id="strategy-of-a-field"),
        pytest.param("initiatives", "innovation_poles/pole", ["programme"], id="programme-of-a-pole"),
        pytest.param("regions", "organisations/park", ["torino"], id="seat-of-an-organisation"),
    ],
)
def test_of_gives_what_an_entity_of_another_class_refers_to(
    small: Catalogue, collection: str, referrer: str, expected: list[str]
) -> None:
    assert ids(small.collections[collection].of(entity(small, referrer))) == expected


@pytest.mark.parametrize(
    ("collection", "whole"),
    [
        pytest.param("regions", "regions/torino", id="not-up-within-a-class"),
        pytest.param("strategies", "strategies/s3", id="not-back-to-the-predecessor"),
        pytest.param("innovation_poles", "strategies/s3", id="not-through-an-area"),
        pytest.param("innovation_poles", "priority_fields/production", id="not-through-areas-of-a-field"),
        pytest.param("innovation_poles", "innovation_areas/cars", id="not-through-an-alignment"),
        pytest.param("regions", "innovation_areas/automotive", id="not-up-over-two-references"),
        pytest.param("organisations", "strategies/s3", id="not-through-an-initiative"),
        pytest.param("sources", "regions/piedmont", id="not-through-what-belongs-to-it"),
    ],
)
def test_of_claims_nothing_that_no_record_says(small: Catalogue, collection: str, whole: str) -> None:
    assert ids(small.collections[collection].of(entity(small, whole))) == []


def test_an_organisation_without_seat_is_of_no_region(small: Catalogue) -> None:
    assert "firm" not in small.organisations.of(small.regions["italy"])


@pytest.mark.parametrize("region", ["italy", "piedmont", "torino"])
def test_of_never_gives_the_entity_itself(small: Catalogue, region: str) -> None:
    assert region not in small.regions.of(small.regions[region])


def test_of_can_be_chained(small: Catalogue) -> None:
    poles = small.innovation_poles.of(small.regions["piedmont"])
    assert ids(poles.of(small.innovation_areas["automotive"])) == ["pole"]


def test_of_in_two_steps_crosses_an_association(small: Catalogue) -> None:
    areas = small.innovation_areas.of(small.strategies["s3"])
    assert ids(small.innovation_poles.of(areas)) == ["pole"]


def test_of_looks_for_belonging_beyond_the_members_of_a_part(small: Catalogue) -> None:
    towns = small.regions.where(level=RegionLevel.MUNICIPALITY)
    assert ids(towns.of(small.regions["italy"])) == ["torino", "cuneo"]


def test_of_several_entities_is_their_union_in_the_order_of_the_dataset(small: Catalogue) -> None:
    regions = small.regions
    assert ids(small.strategies.of(regions["piedmont"], regions["torino"])) == ["plan", "s3"]


def test_of_several_entities_of_different_classes_is_their_union(small: Catalogue) -> None:
    found = small.innovation_poles.of(small.organisations["park"], small.regions["cuneo"])
    assert ids(found) == ["pole", "lonely"]


def test_of_takes_an_entity_and_a_collection_together(small: Catalogue) -> None:
    found = small.regions.of(small.organisations["park"], small.regions.where(id="piedmont"))
    assert ids(found) == ["torino", "cuneo"]


def test_of_takes_a_list_of_entities(small: Catalogue) -> None:
    assert ids(small.strategies.of([small.regions["torino"]])) == ["plan"]


def test_of_a_collection_can_hold_members_of_one_another(small: Catalogue) -> None:
    found = small.regions.of(small.regions.where(nuts=lambda nuts: nuts is not None))
    assert ids(found) == ["piedmont", "torino", "cuneo"]


def test_of_nothing_is_empty(small: Catalogue) -> None:
    assert ids(small.regions.of()) == []


def test_of_an_empty_collection_is_empty(small: Catalogue) -> None:
    assert ids(small.regions.of(small.regions.of())) == []


def test_of_takes_an_equal_entity_from_elsewhere(small: Catalogue) -> None:
    twin = pickle.loads(pickle.dumps(small.regions["piedmont"]))
    assert ids(small.innovation_poles.of(twin)) == ["pole", "lonely"]


def test_of_an_entity_that_the_catalogue_does_not_hold_is_empty(make: Make, small: Catalogue) -> None:
    assert ids(small.innovation_poles.of(make.region("lombardy"))) == []


def test_of_another_entity_of_the_same_id_is_empty(make: Make, small: Catalogue) -> None:
    assert ids(small.innovation_poles.of(make.region("piedmont", name="Another"))) == []


@pytest.mark.parametrize("whole", ["piedmont", 5, None, ["piedmont"], [None]])
def test_of_refuses_what_is_no_entity(small: Catalogue, whole: Any) -> None:
    with pytest.raises(TypeError):
        small.innovation_poles.of(whole)


def test_of_refuses_an_empty_text(small: Catalogue) -> None:
    whole: Any = ""
    with pytest.raises(TypeError):
        small.innovation_poles.of(whole)


def test_of_finds_all_of_a_chain_of_ten_thousand(make: Make) -> None:
    regions = [make.region("r0")]
    for number in range(1, 10_000):
        regions.append(make.region(f"r{number}", parent=regions[-1]))
    assert len(make.catalogue(*regions).regions.of(regions[0])) == 9_999


def test_of_is_worked_out_for_every_class(make: Make, small: Catalogue) -> None:
    everything: list[Entity] = list(small)
    assert all(len(collection.of(everything)) for name, collection in small.collections.items() if name != "alignments")


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


# On the packaged dataset


def test_the_examples_of_the_design_hold(s3: Catalogue) -> None:
    piedmont = s3.regions.lookup("Piemonte")
    area = s3.innovation_areas["mechatronics"]
    assert area in s3.innovation_areas.of(s3.innovation_poles.of(piedmont).of(area))


def test_a_name_that_several_strategies_use_is_ambiguous_in_the_packaged_data(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.innovation_areas.lookup("ICT")
    assert len(caught.value.candidates) > 1


def test_every_observation_is_of_its_region(s3: Catalogue) -> None:
    assert all(finding in s3.observations.of(finding.region) for finding in s3.observations.where(aspect=Aspect.THREAT))


def test_a_collection_can_be_walked_backwards(small: Catalogue) -> None:
    assert list(reversed(small.regions)) == list(small.regions)[::-1]
