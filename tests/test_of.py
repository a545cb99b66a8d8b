"""Of: what is of an entity, by what belongs to it, refers to it and is referred to."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from smartspec import (
    Aspect,
    Catalogue,
    Collection,
    Direction,
    Entity,
    InvalidValueError,
    RegionLevel,
    UnknownEntityError,
)
from smartspec.domain.declaration import FieldRole, facts
from smartspec.domain.record import MOST_STEPS

if TYPE_CHECKING:
    from conftest import Make


def ids(entities: Collection[Any]) -> list[str]:
    return [entity.id for entity in entities]


def entity(catalogue: Catalogue, address: str) -> Any:
    """The entity at an address such as "regions/torino"."""
    collection, id = address.split("/")
    return catalogue.collections[collection][id]


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


def test_of_an_entity_that_the_catalogue_does_not_hold_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r'regions has no .piemont.; .*extend\(\).*; did you mean "piedmont"'):
        small.innovation_poles.of(make.region("piemont"))


def test_of_another_entity_of_the_same_id_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(InvalidValueError, match="regions/piedmont: is another record in this catalogue"):
        small.innovation_poles.of(make.region("piedmont", name="Another"))


def test_of_several_of_which_one_is_not_held_is_an_error(make: Make, small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError):
        small.innovation_poles.of([small.regions["piedmont"], make.region("lombardy")])


def test_of_what_is_held_but_not_a_member_of_the_part_is_no_error(small: Catalogue) -> None:
    assert ids(small.regions[2:].of(small.regions["italy"])) == ["torino", "cuneo"]


@pytest.mark.parametrize("whole", ["piedmont", 5, None, ["piedmont"], [None]])
def test_of_refuses_what_is_no_entity(small: Catalogue, whole: Any) -> None:
    with pytest.raises(TypeError):
        small.innovation_poles.of(whole)


def test_of_refuses_an_empty_text(small: Catalogue) -> None:
    whole: Any = ""
    with pytest.raises(TypeError):
        small.innovation_poles.of(whole)


def test_of_finds_all_of_the_longest_chain(make: Make) -> None:
    regions = [make.region("r0")]
    for number in range(1, MOST_STEPS):
        regions.append(make.region(f"r{number}", parent=regions[-1]))
    assert len(make.catalogue(*regions).regions.of(regions[0])) == MOST_STEPS - 1


# A territory stands for itself and all that lie in it


@pytest.fixture
def nested(make: Make) -> Catalogue:
    """A town in a province in a region in a country; a rival region beside; each tied to the town in another way."""
    source = make.source()
    country = make.region("country", level=RegionLevel.COUNTRY)
    region = make.region("region", parent=country)
    province = make.region("province", parent=region, level=RegionLevel.PROVINCE)
    town = make.region("town", parent=province, level=RegionLevel.MUNICIPALITY, citations=(make.citation(),))
    rival = make.region("rival", parent=country)
    plan = make.strategy("plan", region=town)
    shared = make.strategy("shared", region=country, territories=(town, rival))
    area = make.area("area", strategy=plan)
    joint = make.area("joint", strategy=shared)
    firm = make.organisation("firm", region=town)
    taking = make.initiative("taking", territories=(town,))
    serving = make.initiative("serving", strategy=plan)
    pole = make.pole("pole", region=rival, territories=(town,))
    figure = make.indicator("figure", region=town)
    return make.catalogue(
        *(source, country, region, province, town, rival, plan, shared),
        *(area, joint, firm, taking, serving, pole, figure),
    )


@pytest.mark.parametrize("around", ["town", "province", "region", "country"])
@pytest.mark.parametrize(
    ("collection", "expected"),
    [
        pytest.param("organisations", ["firm"], id="belongs"),
        pytest.param("innovation_areas", ["area", "joint"], id="belongs-at-any-depth"),
        pytest.param("strategies", ["plan", "shared"], id="belongs-by-one-of-several"),
        pytest.param("initiatives", ["taking", "serving"], id="belongs-by-territories-or-strategy"),
        pytest.param("innovation_poles", ["pole"], id="refers-though-it-lies-elsewhere"),
        pytest.param("indicators", ["figure"], id="refers"),
        pytest.param("sources", ["report"], id="is-referred-to"),
    ],
)
def test_what_is_of_a_territory_is_of_every_territory_around_it(
    nested: Catalogue, around: str, collection: str, expected: list[str]
) -> None:
    assert ids(nested.collections[collection].of(nested.regions[around])) == expected


def test_what_is_of_a_territory_is_not_of_one_beside_it(nested: Catalogue) -> None:
    rival = nested.regions["rival"]
    assert (
        ids(nested.organisations.of(rival)) == ids(nested.sources.of(rival)) == ids(nested.indicators.of(rival)) == []
    )
    assert ids(nested.innovation_areas.of(rival)) == ["joint"]


def test_what_is_of_a_territory_is_not_of_one_within_it(nested: Catalogue) -> None:
    assert ids(nested.strategies.of(nested.regions["country"])) == ["plan", "shared"]
    assert ids(nested.regions.of(nested.regions["province"])) == ["town"]


def of_by_the_rule(catalogue: Catalogue, whole: Entity) -> set[Entity]:
    """What the three sentences of the rule say, entity by entity."""
    forward = {
        entity: [link for link in catalogue.links(entity) if link.direction is Direction.FORWARD]
        for entity in catalogue
    }

    def belongs(entity: Entity, to: set[Entity]) -> bool:
        declared = facts(type(entity))
        up = [link.end for link in forward[entity] if declared[link.relation].role is FieldRole.BELONGS]
        return any(end in to or belongs(end, to) for end in up)

    within = {r for r in catalogue.regions if whole in r.ancestors} | {whole}
    ends = {(one, link.end) for one in within for link in forward[one]}
    return {
        entity
        for entity in catalogue
        if entity != whole
        and (
            belongs(entity, within)
            or any(link.end in within for link in forward[entity])
            or any((one, entity) in ends and type(one) is not type(entity) for one in within)
        )
    }


def test_of_is_the_rule_for_each_entity_of_a_small_catalogue(small: Catalogue, nested: Catalogue) -> None:
    for catalogue in (small, nested):
        for whole in catalogue:
            found = {entity for collection in catalogue.collections.values() for entity in collection.of(whole)}
            assert found == of_by_the_rule(catalogue, whole), whole


@pytest.mark.parametrize("level", list(RegionLevel))
def test_of_is_the_rule_for_the_territories_of_the_packaged_data(s3: Catalogue, level: RegionLevel) -> None:
    for whole in s3.regions.where(level=level)[:2]:
        found = {entity for collection in s3.collections.values() for entity in collection.of(whole)}
        assert found == of_by_the_rule(s3, whole), whole


def test_whatever_is_of_torino_is_of_its_metropolitan_city_and_of_piedmont(s3: Catalogue) -> None:
    for collection in s3.collections.values():
        torino, city, piedmont = (
            set(collection.of(s3.regions[id])) for id in ("torino", "metropolitan-city-of-torino", "piedmont")
        )
        inside = set(s3.regions.of(s3.regions["piedmont"]))
        assert torino - inside <= city - inside <= piedmont


def test_an_initiative_is_of_those_who_take_part(s3: Catalogue) -> None:
    assert "reconversion-of-mirafiori" in s3.initiatives.of(s3.organisations["fiat"])
    assert "fiat" in s3.organisations.of(s3.initiatives["reconversion-of-mirafiori"])


def test_an_organisation_is_of_the_strategy_in_which_it_is_involved(s3: Catalogue) -> None:
    city, plan = s3.organisations["municipality-of-torino"], s3.strategies["open-for-business"]
    assert city in s3.organisations.of(plan)
    assert plan in s3.strategies.of(city)


def test_of_is_worked_out_for_every_class(make: Make, small: Catalogue) -> None:
    everything: list[Entity] = list(small)
    assert all(len(collection.of(everything)) for name, collection in small.collections.items() if name != "alignments")


# On the packaged dataset


def test_the_examples_of_the_design_hold(s3: Catalogue) -> None:
    piedmont = s3.regions.lookup("Piemonte")
    area = s3.innovation_areas["mechatronics"]
    assert area in s3.innovation_areas.of(s3.innovation_poles.of(piedmont).of(area))


def test_every_observation_is_of_its_region(s3: Catalogue) -> None:
    assert all(finding in s3.observations.of(finding.region) for finding in s3.observations.where(aspect=Aspect.THREAT))
