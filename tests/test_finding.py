"""Finding things: by name, by what they hold, by year."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from smartspec import (
    AmbiguousNameError,
    Catalogue,
    Collection,
    InvalidValueError,
    Region,
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


# By name


@pytest.mark.parametrize(
    ("name", "id"),
    [
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


def test_an_id_is_no_name(make: Make) -> None:
    regions = make.catalogue(make.region("a", nuts="IT"), make.region("it", name="Somewhere")).regions
    assert regions.lookup("IT").id == "a"


def test_what_several_bear_is_ambiguous_even_if_one_has_it_as_its_id(make: Make) -> None:
    areas = make.area("automotive"), make.area("automotive-2", name="Automotive")
    collection = make.catalogue(make.region(), make.strategy(), *areas).innovation_areas
    with pytest.raises(AmbiguousNameError) as caught:
        collection.lookup("automotive")
    assert caught.value.candidates == areas


def test_looking_up_an_id_says_that_brackets_take_it(make: Make) -> None:
    regions = make.catalogue(make.region("ts-21", name="Trieste")).regions
    with pytest.raises(UnknownEntityError, match=r'; that is an id: regions\["ts-21"\]$') as caught:
        regions.lookup("ts-21")
    assert eval(caught.value.advice.split(": ")[1], {"regions": regions}).id == "ts-21"


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
    cars, vans = make.area("cars", name="Automotive"), make.area("vans", name="Automotive", strategy=plan)
    collection = make.catalogue(make.region(), make.strategy(), plan, cars, vans).innovation_areas
    with pytest.raises(AmbiguousNameError) as caught:
        collection.lookup("automotive")
    error = caught.value
    assert (error.collection, error.asked, error.candidates) == ("innovation_areas", "automotive", (cars, vans))
    assert str(error).splitlines() == [
        "2 of innovation_areas bear the name 'automotive'; take one by its id:",
        '  innovation_areas["cars"]  strategy: S3',
        '  innovation_areas["vans"]  strategy: Plan',
    ]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        pytest.param({"start": "2009"}, {"start": "2015"}, ["start: 2009", "start: 2015"], id="years"),
        pytest.param({"end": "2014"}, {}, ["end: 2014", ""], id="what-one-states"),
        pytest.param({"description": "One."}, {"description": "Other."}, ["", ""], id="no-prose"),
    ],
)
def test_candidates_are_told_apart_by_what_differs(make: Make, one: Any, other: Any, told: list[str]) -> None:
    poles = [make.pole(id, name="Pole", **given) for id, given in (("a", one), ("b", other))]
    with pytest.raises(AmbiguousNameError) as caught:
        make.catalogue(make.region(), *poles).innovation_poles.lookup("pole")
    assert [line.partition("]")[2].strip() for line in caught.value.differences] == told


def test_entities_of_two_classes_are_each_told_apart(make: Make) -> None:
    country = make.region("country")
    town = make.region("town", name="Alba", parent=country, nuts="ITC16", iso_3166_2="IT-CN", lau="004003")
    council = make.organisation("council", name="Alba", region=town)
    with pytest.raises(AmbiguousNameError) as caught:
        make.catalogue(country, town, council).lookup("Alba")
    assert [line.partition("]")[2].strip() for line in caught.value.differences] == [
        f"level: {town.level.value}, parent: {country.name}, NUTS: ITC16",
        f"kind: {council.kind.value}, region: Alba",
    ]


def test_entities_of_one_class_are_told_apart_whatever_else_bears_the_name(make: Make) -> None:
    towns = [make.region(f"town-{lau}", name="Alba", nuts="ITC16", lau=lau) for lau in ("004003", "067001")]
    council = make.organisation("council", name="Alba", region=towns[0])
    with pytest.raises(AmbiguousNameError) as caught:
        make.catalogue(*towns, council).lookup("Alba")
    first, second, third = (line.partition("]")[2].strip() for line in caught.value.differences)
    assert (first[:11], second[:11], third[:5]) == ("LAU: 004003", "LAU: 067001", "kind:")


def test_those_told_apart_by_nothing_else_are_by_their_names(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError, match=r"Innosystem Index 2023\n.*TEHA index 2025\n.*Istat data"):
        s3.indicators.lookup("R&D intensity of Piedmont")


def test_areas_of_one_strategy_are_told_apart_by_their_designation(make: Make) -> None:
    areas = [
        make.area(id, name="Cars", designation=designation) for id, designation in (("a", "area"), ("b", "industry"))
    ]
    with pytest.raises(AmbiguousNameError, match=r"(?s)designation: area\n.*designation: industry$"):
        make.catalogue(make.region(), make.strategy(), *areas).innovation_areas.lookup("Cars")


def test_ten_candidates_are_shown_at_most(make: Make) -> None:
    regions = [make.region(f"r{number}", name="Springfield") for number in range(12)]
    with pytest.raises(AmbiguousNameError) as caught:
        make.catalogue(*regions).regions.lookup("springfield")
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1]) == (12, "  … and 2 more, in `candidates`")
    assert caught.value.candidates == tuple(regions)


def test_an_ambiguous_name_survives_pickling(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.lookup("Automotive")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.candidates) == (str(caught.value), caught.value.candidates)


def test_an_entity_that_bears_a_name_twice_is_not_ambiguous(make: Make) -> None:
    torino = make.region("city", name="Torino", local_name="Torino", aliases=("Turin", "TURIN"))
    regions = make.catalogue(torino).regions
    assert regions.lookup("torino") is regions.lookup("turin")


@pytest.mark.parametrize("name", ["Piedmon", "Pied", "Torino Turin", "", " ", "-"])
def test_lookup_never_guesses(small: Catalogue, name: str) -> None:
    with pytest.raises(UnknownEntityError):
        small.regions.lookup(name)


def test_an_unknown_name_is_an_error_that_names_close_names_as_they_are_written(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="regions has no 'Piemont'; did you mean \"Piemonte\""):
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


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Małopolskie", "malopolskie"), ("Sjælland", "Sjaelland"), ("Østlandet", "ostlandet"), ("Αττική", "ΑΤΤΙΚΗ")],
)
def test_letters_that_not_everybody_has_are_typed_as_people_do(make: Make, written: str, typed: str) -> None:
    assert make.catalogue(make.region("a", local_name=written)).regions.lookup(typed).id == "a"


@pytest.mark.parametrize("typed", ["auto", "salut", "xyzzy", "zzz"])
def test_suggestions_are_near_or_there_are_none(make: Make, typed: str) -> None:
    regions = make.catalogue(make.region("a", name="Salute"), make.region("b", name="Torino")).regions
    with pytest.raises(UnknownEntityError) as caught:
        regions.lookup(typed)
    assert caught.value.near == (("Salute",) if typed == "salut" else ())


@pytest.mark.parametrize("name", ["Automotive", "Aerospace", "ICT", "Mechatronics"])
def test_a_name_that_several_areas_bear_is_ambiguous(s3: Catalogue, name: str) -> None:
    for ask in (s3.innovation_areas.lookup, s3.lookup):
        with pytest.raises(AmbiguousNameError) as caught:
            ask(name)
        assert [area.name for area in caught.value.candidates] == [name] * len(caught.value.candidates)
        told = [line.partition("  ")[2] for line in caught.value.differences]
        assert len(set(told)) == len(told) > 1


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Provincia di Torino", "metropolitan-city-of-torino"),
        ("Polytechnic of Torino", "politecnico-di-torino"),
        ("Chimica verde", "green-chemistry-industry"),
        ("Camera di commercio di Torino", "chamber-of-commerce"),
        ("MESAP", "mesap"),
        ("itc1", "piedmont"),
    ],
)
def test_what_people_call_things_is_found(s3: Catalogue, name: str, id: str) -> None:
    assert s3.lookup(name).id == id


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
        pytest.param("innovation_poles", {"citations": "report"}, ["pole"], id="id-in-a-value"),
        pytest.param("initiatives", {"participants": "park"}, ["programme"], id="id-in-a-participation"),
        pytest.param("initiatives", {"participants": "firm"}, [], id="id-in-no-participation"),
        pytest.param("strategies", {"end_year": None}, ["plan"], id="None-for-a-year"),
        pytest.param("strategies", {"start_year": np.int64(2014)}, ["s3"], id="number-of-numpy"),
        pytest.param("strategies", {"start_year": 2014.0}, ["s3"], id="whole-float-for-a-year"),
        pytest.param("strategies", {"start": "2014"}, ["s3"], id="date"),
        pytest.param("sources", {"year": 2006}, ["report"], id="year-of-a-date"),
        pytest.param("regions", {"ancestors": "italy"}, ["piedmont", "torino", "cuneo"], id="property-of-several"),
        pytest.param("regions", {"ancestors": ()}, ["italy"], id="empty-property"),
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
    with pytest.raises(
        UnknownAttributeError, match="Region has no attribute 'prent'; did you mean \"parent\""
    ) as caught:
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
        pytest.param("innovation_poles", {"citations": 5}, id="int-for-citation"),
        pytest.param("strategies", {"start_year": int}, id="class-for-number"),
        pytest.param("strategies", {"start_year": np.float64(2006.5)}, id="fraction-of-numpy"),
        pytest.param("regions", {"name": str}, id="class-for-text"),
        pytest.param("regions", {"parent": Region}, id="class-for-reference"),
        pytest.param("regions", {"level": RegionLevel}, id="class-for-enumeration"),
        pytest.param("innovation_areas", {"nace": str}, id="class-for-several"),
        pytest.param("indicators", {"value": True}, id="bool-for-float"),
        pytest.param("strategies", {"complete": 1}, id="int-for-bool"),
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


@pytest.mark.parametrize(
    ("collection", "conditions", "said"),
    [
        pytest.param("regions", {"parent": "piedmnt"}, "regions has no 'piedmnt'; did you mean \"piedmont\"", id="one"),
        pytest.param(
            "innovation_poles", {"managers": "frim"}, "organisations has no 'frim'; did you mean", id="several"
        ),
        pytest.param("strategic_objectives", {"areas": ("cars", "vans")}, "innovation_areas has no 'vans'", id="all"),
        pytest.param(
            "initiatives", {"participants": "prk"}, "organisations has no 'prk'; did you mean", id="in-a-value"
        ),
        pytest.param("innovation_poles", {"citations": "reprot"}, "sources has no 'reprot'; did you mean", id="source"),
        pytest.param("regions", {"ancestors": "italia"}, "regions has no 'italia'; did you mean", id="property"),
        pytest.param("regions", {"parent": "ITC1"}, "that is a name: lookup", id="name"),
    ],
)
def test_a_reference_by_an_id_that_no_entity_has_is_an_error_with_suggestions(
    small: Catalogue, collection: str, conditions: dict[str, Any], said: str
) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        small.collections[collection].where(**conditions)
    assert said in str(caught.value)


def test_an_id_that_no_entity_has_is_an_error_in_an_empty_collection_too(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError):
        small.regions.of().where(parent="piedmnt")


def test_an_id_of_ones_own_is_a_condition_like_any_text(small: Catalogue) -> None:
    assert ids(small.regions.where(id="atlantis")) == []


def test_a_reference_to_an_entity_that_the_catalogue_does_not_hold_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match="regions has no 'lombardy'"):
        small.regions.where(parent=make.region("lombardy"))
    with pytest.raises(InvalidValueError, match="regions/piedmont: is another record in this catalogue"):
        small.regions.where(parent=make.region("piedmont", name="Another"))


def test_where_takes_an_entity_for_one_that_a_value_names(small: Catalogue) -> None:
    assert ids(small.initiatives.where(participants=small.organisations["park"])) == ["programme"]


def test_where_refuses_an_entity_that_a_value_cannot_name(small: Catalogue) -> None:
    with pytest.raises(
        TypeError, match=r"Initiative\.participants holds a Participation: it cannot be compared to Region"
    ):
        small.initiatives.where(participants=small.regions["torino"])


def test_a_misspelt_year_is_an_unknown_attribute_that_names_it(small: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError, match='did you mean "start_year"'):
        small.strategies.where(start_yaer=2006)


def test_the_initiatives_of_fiat_are_found_by_those_who_take_part(s3: Catalogue) -> None:
    found = s3.initiatives.where(participants="fiat")
    fiat = s3.organisations["fiat"]
    assert found == s3.initiatives.filter(lambda item: fiat in [taking.organisation for taking in item.participants])
    assert "reconversion-of-mirafiori" in found


def test_the_plan_of_2009_is_found_by_its_year(s3: Catalogue) -> None:
    found = s3.innovation_poles.where(start_year=2009)
    assert ids(found) == ids(s3.innovation_poles.filter(lambda pole: pole.start_year == 2009))
    assert "mechatronics" in found


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
    with pytest.raises(UnknownAttributeError, match="Region has no attribute 'start'"):
        small.regions.at(2010)


@pytest.mark.parametrize("year", [2014, 2014.0, np.int64(2014), np.float32(2014), np.uint16(2014)])
def test_a_year_may_be_any_whole_number(small: Catalogue, year: Any) -> None:
    assert ids(small.strategies.at(year)) == ["plan", "s3"]


@pytest.mark.parametrize(
    ("start", "end", "in_force"),
    [
        pytest.param("2010", "2012", [2010, 2011, 2012], id="both-ends-count"),
        pytest.param("2010-12-31", "2012-01", [2010, 2011, 2012], id="the-years-of-dates-count"),
        pytest.param("2011", "2011", [2011], id="a-single-year"),
        pytest.param("2011", None, [2011, 2012, 2013, 9999], id="an-open-end-is-in-force-still"),
        pytest.param(None, "2012", [], id="an-unknown-beginning-is-left-out"),
        pytest.param(None, None, [], id="nothing-known"),
    ],
)
@pytest.mark.parametrize("kind", ["strategy", "initiative", "pole", "indicator"])
def test_who_has_years_is_in_force_between_them(
    make: Make, kind: str, start: str | None, end: str | None, in_force: list[int]
) -> None:
    it = getattr(make, kind)(start=start, end=end)
    catalogue = make.catalogue(make.region(), it)
    (collection,) = (held for held in catalogue.collections.values() if it in held)
    assert [year for year in (1, 2009, 2010, 2011, 2012, 2013, 9999) if it in collection.at(year)] == in_force


@pytest.mark.parametrize("kind", ["field", "area", "objective"])
@pytest.mark.parametrize(("year", "in_force"), [(2013, False), (2014, True), (2020, True), (2021, False)])
def test_what_a_strategy_sets_is_in_force_with_it(make: Make, kind: str, year: int, in_force: bool) -> None:
    strategy = make.strategy(start="2014", end="2020")
    it = getattr(make, kind)(strategy=strategy)
    catalogue = make.catalogue(make.region(), strategy, it)
    (collection,) = (held for held in catalogue.collections.values() if it in held)
    assert (it in collection.at(year)) is in_force


@pytest.mark.parametrize("kind", ["field", "area", "objective"])
def test_what_a_strategy_without_years_sets_is_left_out(make: Make, kind: str) -> None:
    it = getattr(make, kind)()
    catalogue = make.catalogue(make.region(), make.strategy(), it)
    (collection,) = (held for held in catalogue.collections.values() if it in held)
    assert len(collection.at(2020)) == 0


def test_an_initiative_goes_by_its_own_years_not_by_its_strategy(make: Make) -> None:
    strategy = make.strategy(start="2014")
    late = make.initiative("late", strategy=strategy, start="2018")
    undated = make.initiative("undated", strategy=strategy)
    catalogue = make.catalogue(make.region(), strategy, late, undated)
    assert (ids(catalogue.initiatives.at(2016)), ids(catalogue.initiatives.at(2018))) == ([], ["late"])


@pytest.mark.parametrize("collection", ["sources", "regions", "organisations", "observations", "alignments"])
def test_a_class_that_knows_no_years_is_never_in_force(s3: Catalogue, collection: str) -> None:
    with pytest.raises(UnknownAttributeError, match="has no attribute 'start'"):
        s3.collections[collection].at(2010)


@pytest.mark.parametrize(
    "year", [True, False, np.True_, "2010", 2010.5, float("nan"), float("inf"), None, (2010,), int]
)
def test_a_year_is_a_whole_number(s3: Catalogue, year: Any) -> None:
    with pytest.raises(TypeError, match="a year is a whole number, not "):
        s3.innovation_poles.at(year)


def test_those_in_force_are_a_collection_in_the_same_order(s3: Catalogue) -> None:
    then = s3.innovation_poles.at(2010)
    assert isinstance(then, Collection)
    assert ids(then) == [id for id in ids(s3.innovation_poles) if id in then]


def test_at_asks_only_the_collection_that_it_is_called_on(s3: Catalogue) -> None:
    torino = s3.innovation_poles.where(region="torino")
    assert ids(torino.at(2026)) == [id for id in ids(s3.innovation_poles.at(2026)) if id in torino]
    assert ("mesap" in torino.at(2026), "clever" in torino.at(2026)) == (True, False)
    assert ("mechatronics" in s3.innovation_poles.at(2010), "mechatronics" in torino.at(2010)) == (True, False)


def test_those_in_force_can_be_asked_further(s3: Catalogue) -> None:
    park = s3.innovation_poles.at(2026).of(s3.organisations["environment-park"])
    assert ("clever" in park, "sustainable-architecture-hydrogen" in park) == (True, False)


def test_those_in_force_in_two_years_are_in_force_in_both(small: Catalogue) -> None:
    assert ids(small.strategies.at(2014).at(2020)) == ["plan", "s3"]
    assert ids(small.strategies.at(2010).at(2016).where(kind="strategic-plan")) == ["plan"]


def test_a_name_that_two_times_share_is_unambiguous_within_one(s3: Catalogue) -> None:
    assert s3.innovation_poles.at(2010).lookup("MESAP").id == "mechatronics"
    assert s3.innovation_poles.at(2026).lookup("MESAP").id == "mesap"


def test_candidates_are_told_apart_by_the_years_of_their_strategies(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError, match=r"strategy: Second Strategic Plan of Torino \((since )?2006"):
        s3.innovation_areas.lookup("Automotive")
