"""The domain classes: what they hold, what they refuse, how they compare, print, survive and cite."""

from __future__ import annotations

import ast
import copy
import inspect
import multiprocessing
import pickle
import pydoc
import re
import sys
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import smartspec
from smartspec import (
    Basis,
    Catalogue,
    Citation,
    DatasetBase,
    DatasetInfo,
    Entity,
    InvalidValueError,
    Involvement,
    Participation,
    Qualifier,
    Region,
    RegionLevel,
    Role,
    Source,
    UnknownAttributeError,
)
from smartspec.domain import COLLECTIONS, collection_name
from smartspec.domain.declaration import facts
from smartspec.domain.record import Record

if TYPE_CHECKING:
    from conftest import Make

VALUES = (Citation, DatasetBase, DatasetInfo, Involvement, Participation)
CLASSES = [pytest.param(cls, id=cls.__name__) for cls in (*COLLECTIONS.values(), *VALUES)]
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
HALF_A_PAIR = "Torino \ud800"


def attributes(cls: Any) -> dict[str, Any]:
    return attrs.fields_dict(cls)


def changed(entity: Any, **changes: Any) -> Any:
    """A changed copy."""
    return attrs.evolve(entity, **changes)


@pytest.fixture(scope="module")
def workers() -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield pool


class City(StrEnum):
    TORINO = "Torino"


class Province(Region):
    pass


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Town(Region):
    population: int | None = None


# What a class of the domain is


def test_an_attribute_cannot_be_set(make: Make) -> None:
    region = make.region()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        region.name = "Elsewhere"  # type: ignore[misc]


def test_an_attribute_cannot_be_deleted(make: Make) -> None:
    region = make.region()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del region.name


def test_an_attribute_that_the_class_does_not_declare_cannot_be_added(make: Make) -> None:
    region = make.region()
    with pytest.raises(AttributeError):
        region.population = 1  # type: ignore[attr-defined]


def test_a_derived_class_may_declare_fields_to_attrs_alone() -> None:
    town = Town(id="alba", name="Alba", level=RegionLevel.MUNICIPALITY, population=31_000)
    assert repr(town) == "Town('alba', name='Alba', level=MUNICIPALITY, population=31000)"


@pytest.mark.parametrize("cls", CLASSES)
def test_every_class_has_slots_and_no_dict(cls: type) -> None:
    assert "__dict__" not in dir(cls)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_attribute_is_keyword_only(cls: type) -> None:
    assert all(field.kw_only for field in attrs.fields(cls))


@pytest.mark.parametrize("cls", CLASSES)
def test_every_attribute_says_what_it_means(cls: type) -> None:
    assert all(field.metadata["doc"].endswith(".") for field in attrs.fields(cls))


def test_a_positional_argument_is_refused() -> None:
    with pytest.raises(TypeError):
        Region("italy", "Italy", RegionLevel.COUNTRY)  # type: ignore[call-arg, arg-type]


def test_a_missing_argument_is_refused() -> None:
    with pytest.raises(TypeError, match="level"):
        Region(id="italy", name="Italy")  # type: ignore[call-arg]


@pytest.mark.parametrize("attribute", ["aliases", "citations"])
def test_an_attribute_that_holds_several_is_an_empty_tuple_by_default(make: Make, attribute: str) -> None:
    assert getattr(make.region(), attribute) == ()


@pytest.mark.parametrize("attribute", ["local_name", "parent", "nuts", "iso_3166_2", "area_km2"])
def test_what_is_not_stated_is_none(make: Make, attribute: str) -> None:
    assert getattr(make.region(), attribute) is None


def test_the_surface_of_a_region_has_a_unit() -> None:
    assert attributes(Region)["area_km2"].metadata["unit"] == "km²"


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        (smartspec.InnovationPole, "innovation_poles"),
        (smartspec.Strategy, "strategies"),
        (smartspec.StrategicObjective, "strategic_objectives"),
        (smartspec.Region, "regions"),
    ],
)
def test_the_name_of_a_collection_follows_from_its_class(cls: type[Entity], name: str) -> None:
    assert collection_name(cls) == name


@pytest.mark.parametrize("cls", CLASSES)
def test_every_field_is_of_a_kind_that_a_file_can_hold(cls: type) -> None:
    for field in facts(cls).values():
        assert field.cls in (str, int, float, bool) or issubclass(field.cls, (Enum, Record))


# Types


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        pytest.param("id", 5, id="int-as-id"),
        pytest.param("name", None, id="None-as-name"),
        pytest.param("name", b"Torino", id="bytes-as-name"),
        pytest.param("name", City.TORINO, id="str-enum-as-name"),
        pytest.param("description", None, id="None-as-description"),
        pytest.param("aliases", ["Turin"], id="list-as-tuple"),
        pytest.param("aliases", "Turin", id="str-as-tuple"),
        pytest.param("aliases", None, id="None-as-tuple"),
        pytest.param("citations", ("a document",), id="str-as-citation"),
        pytest.param("level", "region", id="str-as-level"),
        pytest.param("level", None, id="None-as-level"),
        pytest.param("level", smartspec.StrategyKind.SMART_CITY, id="other-enum-as-level"),
        pytest.param("parent", "italy", id="id-as-parent"),
        pytest.param("nuts", 1, id="int-as-nuts"),
        pytest.param("area_km2", "6827", id="str-as-float"),
        pytest.param("area_km2", True, id="bool-as-float"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_naming_class_and_field(make: Make, attribute: str, value: Any) -> None:
    with pytest.raises(TypeError, match=rf"^Region\.{attribute}\b.* is .*not a"):
        make.region(**{attribute: value})


def test_a_value_of_the_wrong_type_is_no_invalid_value_error(make: Make) -> None:
    with pytest.raises(TypeError) as caught:
        make.region(name=5)
    assert not isinstance(caught.value, smartspec.SmartspecError)


def test_the_error_for_an_item_of_a_tuple_gives_its_place(make: Make) -> None:
    with pytest.raises(TypeError, match=r"^Region\.aliases/1: 5 is a whole number, not a text"):
        make.region(aliases=("Turin", 5))


def test_the_error_for_a_list_tells_to_write_a_tuple(make: Make) -> None:
    with pytest.raises(TypeError, match=r"is a list, not a tuple \(write a tuple of str\)"):
        make.region(aliases=["Turin"])


def test_the_error_for_an_enumeration_lists_its_members(make: Make) -> None:
    with pytest.raises(TypeError, match=r"one of RegionLevel\.COUNTRY, RegionLevel\.MACRO_REGION, "):
        make.region(level="region")


def test_an_entity_of_another_class_is_refused_as_reference(make: Make) -> None:
    with pytest.raises(TypeError, match=r"^Strategy\.region: .* is an Organisation, not a Region"):
        make.strategy(region=make.organisation())


def test_an_instance_of_a_subclass_is_refused_as_reference(make: Make) -> None:
    with pytest.raises(TypeError, match="is a Province, not a Region"):
        make.region(parent=Province(id="asti", name="Asti", level=RegionLevel.PROVINCE))


def test_a_value_that_nests_too_deeply_to_be_shown_is_refused_by_its_type(make: Make) -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(TypeError, match="<list> is a list, not a text"):
        make.region(name=nested)


# Numbers


def test_an_int_where_a_float_is_due_becomes_that_float(make: Make) -> None:
    assert repr(make.region(area_km2=6827).area_km2) == "6827.0"


@pytest.mark.parametrize("value", [10**400, -(10**400)], ids=["too-large", "too-small"])
def test_an_int_beyond_all_floats_is_refused(make: Make, value: int) -> None:
    with pytest.raises(InvalidValueError, match=r"^Indicator\.value: .* is more than a number can hold exactly"):
        make.indicator(value=value)


def test_an_int_of_more_digits_than_python_prints_is_refused_by_its_type(make: Make) -> None:
    with pytest.raises(TypeError, match="<int> is a whole number, not a text"):
        make.region(name=10**5000)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_not_finite_is_refused(make: Make, value: float) -> None:
    with pytest.raises(InvalidValueError, match=r"^Indicator\.value: .* is not a finite number"):
        make.indicator(value=value)


# Rules for values


@pytest.mark.parametrize("id", ["", "Piedmont", "a--b", "-a", "a-", "a_b", "città", "a b", "a\n", "a.b"])
def test_an_id_that_is_not_in_kebab_case_is_refused(make: Make, id: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.id: .* is not an id in kebab-case"):
        make.region(name="A place", id=id)


@pytest.mark.parametrize("id", ["a", "made-in-piedmont", "2006", "torino-2006-objective-9"])
def test_an_id_in_kebab_case_is_taken(make: Make, id: str) -> None:
    assert make.region(id).id == id


@pytest.mark.parametrize("code", ["", "I", "itc1", "ITC1 ", "ITC1\n", "IT-C", "ITC111", "1TC"])
def test_what_is_no_nuts_code_is_refused(make: Make, code: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.nuts: .* is not a NUTS code"):
        make.region(nuts=code)


@pytest.mark.parametrize("code", ["IT", "ITC", "ITC1", "ITC11", "EL30", "FRK2"])
def test_a_nuts_code_is_taken(make: Make, code: str) -> None:
    assert make.region(nuts=code).nuts == code


@pytest.mark.parametrize("code", ["", "IT", "IT21", "it-21", "IT-", "ITA-21", "IT-2100", "IT-21\n"])
def test_what_is_no_subdivision_code_is_refused(make: Make, code: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.iso_3166_2: .* is not an ISO 3166-2 code"):
        make.region(iso_3166_2=code)


@pytest.mark.parametrize("code", ["IT-21", "IT-TO", "GB-ENG", "AT-9"])
def test_a_subdivision_code_is_taken(make: Make, code: str) -> None:
    assert make.region(iso_3166_2=code).iso_3166_2 == code


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("K62", id="programming-of-revision-2.1"),
        pytest.param("K61", id="telecommunications-of-revision-2.1"),
        pytest.param("L64", id="finance-of-revision-2.1"),
        pytest.param("N72", id="research-of-revision-2.1"),
        pytest.param("V99", id="section-of-revision-2.1"),
        pytest.param("C34", id="division-that-is-not-there"),
        pytest.param("C09", id="division-of-another-section"),
        pytest.param("C29.4", id="group-that-is-not-there"),
        pytest.param("C29.33", id="class-that-is-not-there"),
        pytest.param("J62.1", id="group-of-revision-2.1"),
        pytest.param("C29.32.09", id="subcategory-of-ateco"),
        pytest.param("29", id="without-section"),
        pytest.param("c29", id="lower-case"),
        pytest.param("C29.", id="point-without-group"),
        pytest.param("C29.123", id="three-digits-after-the-point"),
        pytest.param("C29\n", id="final-newline"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_code_of_nace_revision_2_is_refused(make: Make, code: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^InnovationArea\.nace/1: .* is not a NACE Rev\. 2 code"):
        make.area(nace=("C29", code))


@pytest.mark.parametrize(
    "code", ["A", "U", "A01", "C29", "C30.3", "C29.31", "J62.01", "D35", "J62", "K64", "M74.1", "U99"]
)
def test_a_code_of_nace_revision_2_is_taken(make: Make, code: str) -> None:
    assert make.area(nace=(code,)).nace == (code,)


@pytest.mark.parametrize(
    "url", ["", "www.mesap.it", "ftp://mesap.it", "https://", "https:///page", "https://a b", "https://mesap.it\n"]
)
def test_what_is_no_full_web_address_is_refused(make: Make, url: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Organisation\.url: .* is not a web address"):
        make.organisation(url=url)


@pytest.mark.parametrize("url", ["https://mesap.it", "http://www.mesap.it/a?b=c#d", "https://m"])
def test_a_full_web_address_is_taken(make: Make, url: str) -> None:
    assert make.organisation(url=url).url == url


@pytest.mark.parametrize("language", ["", "IT", "e", "english", "en\n"])
def test_what_is_no_language_code_is_refused(make: Make, language: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Source\.language: .* is not a language code"):
        make.source(language=language)


@pytest.mark.parametrize("number", [0, -3, 1_000_001])
def test_a_number_that_counts_nothing_in_a_list_is_refused(make: Make, number: int) -> None:
    with pytest.raises(InvalidValueError, match=r"^StrategicObjective\.number: .* is not a number in a list"):
        make.objective(number=number)


@pytest.mark.parametrize("surface", [-10, -0.5, 510_000_001.0, 1e300])
def test_a_surface_that_no_territory_has_is_refused(make: Make, surface: float) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.area_km2: .* is not a surface on Earth"):
        make.region(area_km2=surface)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0", "\u200b\u2060 "])
def test_a_blank_name_is_refused(make: Make, text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.name: .* is not a text"):
        make.region(name=text)


def test_a_blank_alias_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.aliases/0: .* is not a text"):
        make.region(aliases=(" ",))


@pytest.mark.parametrize(
    ("build", "attribute"),
    [
        ("source", "publisher"),
        ("source", "title"),
        ("field", "designation"),
        ("area", "designation"),
        ("objective", "designation"),
        ("indicator", "unit"),
    ],
)
def test_a_blank_text_is_refused_where_a_text_is_due(make: Make, build: str, attribute: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"\.{attribute}: ' ' is not a text"):
        getattr(make, build)(**{attribute: " "})


def test_a_dataset_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"^DatasetInfo\.name: "):
        DatasetInfo(name="")


def test_half_of_a_surrogate_pair_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.name: .* holds half of a surrogate pair"):
        make.region(name=HALF_A_PAIR)


@pytest.mark.parametrize("name", ["Città", "都灵", "Torino 🚗"])
def test_a_name_in_any_script_is_taken(make: Make, name: str) -> None:
    assert make.region(name=name).name == name


def test_an_invalid_value_says_where_it_is_what_is_wrong_and_what_to_write(make: Make) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make.region(nuts="itc1")
    error = caught.value
    assert (error.where, error.message, error.hint) == (
        "Region.nuts",
        "'itc1' is not a NUTS code",
        'write it like "ITC1"',
    )


# Rules for values that belong together


@pytest.mark.parametrize("build", ["strategy", "initiative", "pole", "indicator"])
def test_an_end_before_the_start_is_refused(make: Make, build: str) -> None:
    with pytest.raises(InvalidValueError, match=r"\.end: '2013' is before start '2014' \(exchange the two\)"):
        getattr(make, build)(start="2014", end="2013")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2014", "2014"),
        ("2014", "2020"),
        (None, "2020"),
        ("2014", None),
        ("2014-05", "2014"),
        ("2014", "2014-05-31"),
        ("2014-05-31", "2014-05"),
        ("2014-05-31", "2014-05-31"),
    ],
)
def test_dates_in_order_as_far_as_they_tell_are_taken(make: Make, start: str | None, end: str | None) -> None:
    strategy = make.strategy(start=start, end=end)
    assert (strategy.start, strategy.end) == (start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2014-05", "2014-04"), ("2014-05-02", "2014-05-01"), ("2014-05-31", "2014-04"), ("2014", "2013-12")],
)
def test_dates_out_of_order_are_refused(make: Make, start: str, end: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"^Strategy\.end: '{end}' is before start '{start}'"):
        make.strategy(start=start, end=end)


def test_an_area_in_a_field_of_another_strategy_is_refused(make: Make) -> None:
    field = make.field(strategy=make.strategy("plan"))
    with pytest.raises(
        InvalidValueError, match=r"^InnovationArea\.priority_field: 'production' is a field of 'plan', not of 's3'"
    ):
        make.area(strategy=make.strategy("s3"), priority_field=field)


def test_an_area_in_a_field_of_its_own_strategy_is_taken(make: Make) -> None:
    assert make.area(priority_field=make.field()).priority_field == make.field()


def test_an_alignment_of_an_area_to_itself_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Alignment\.match: 'cars' is aligned to itself"):
        make.alignment(area=make.area("cars"), match=make.area("cars"))


def test_the_quick_check_and_the_search_for_flaws_agree_on_what_is_sound(s3: Catalogue) -> None:
    flaws = [
        flaw
        for entity in s3
        for name, fact in facts(type(entity)).items()
        for flaw in fact.flaws(getattr(entity, name))
    ]
    assert flaws == []


def test_an_objective_in_a_field_of_another_strategy_is_refused(make: Make) -> None:
    with pytest.raises(
        InvalidValueError, match=r"^StrategicObjective\.priority_field: 'production' is a field of 's3'"
    ):
        make.objective(strategy=make.strategy("plan"), priority_field=make.field())


def test_an_initiative_in_a_field_of_another_strategy_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Initiative\.priority_field: 'production' is a field of 's3'"):
        make.initiative(strategy=make.strategy("plan"), priority_field=make.field())


def test_an_initiative_may_serve_a_field_without_naming_its_strategy(make: Make) -> None:
    assert make.initiative(priority_field=make.field()).strategy is None


def test_a_local_language_without_a_local_name_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.local_language: there is no local_name"):
        make.region(local_language="it")


@pytest.mark.parametrize("language", ["italian", "IT", ""])
def test_a_local_language_that_is_no_code_is_refused(make: Make, language: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.local_language: .* is not a language code"):
        make.region(local_name="Piemonte", local_language=language)


@pytest.mark.parametrize("language", ["it", "pms", None])
def test_a_local_name_may_say_its_language(make: Make, language: str | None) -> None:
    assert make.region(local_name="Piemonte", local_language=language).local_language == language


@pytest.mark.parametrize("code", ["001272", "IT_001272", "DE-1"])
def test_a_lau_code_is_taken(make: Make, code: str) -> None:
    assert make.region(lau=code).lau == code


@pytest.mark.parametrize("code", ["", "1272 ", "a1", "-1", "1\n", "1" * 16])
def test_what_is_no_lau_code_is_refused(make: Make, code: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.lau: .* is not a LAU code"):
        make.region(lau=code)


# Who takes part, and as what


def test_a_participant_need_not_have_a_role(make: Make) -> None:
    assert Participation(organisation=make.organisation()).role is None


def test_an_involvement_needs_a_role(make: Make) -> None:
    with pytest.raises(TypeError, match="role"):
        Involvement(strategy=make.strategy())  # type: ignore[call-arg]


@pytest.mark.parametrize("role", [*Role])
def test_every_role_can_be_had_in_an_initiative_and_in_a_strategy(make: Make, role: Role) -> None:
    taking = Participation(organisation=make.organisation(), role=role)
    involved = Involvement(strategy=make.strategy(), role=role)
    assert make.initiative(participants=(taking,)).participants[0].role is role
    assert make.organisation(involvements=(involved,)).involvements[0].role is role


def test_an_organisation_is_no_participation(make: Make) -> None:
    with pytest.raises(TypeError, match=r"^Initiative\.participants/0: .* is an Organisation, not a Participation"):
        make.initiative(participants=(make.organisation(),))


def test_a_role_is_not_given_by_its_value(make: Make) -> None:
    organisation: Any = make.organisation()
    leads: Any = "leads"
    with pytest.raises(TypeError, match=r"^Participation\.role: 'leads' is a text, not a Role \(one of Role\.ADOPTS, "):
        Participation(organisation=organisation, role=leads)


def test_participations_of_equal_parts_are_equal_and_hash_alike(make: Make) -> None:
    def taking(role: Role | None) -> Participation:
        return Participation(organisation=make.organisation(), role=role)

    assert {taking(Role.LEADS), taking(Role.LEADS)} == {taking(Role.LEADS)}
    assert taking(Role.LEADS) != taking(None)


def test_involvements_that_differ_in_the_strategy_are_not_equal(make: Make) -> None:
    first = Involvement(strategy=make.strategy("a"), role=Role.ADOPTS)
    assert first != Involvement(strategy=make.strategy("b"), role=Role.ADOPTS)


def test_a_figure_is_exact_unless_it_says_otherwise(make: Make) -> None:
    assert make.indicator().qualifier is Qualifier.EXACT
    assert make.indicator(qualifier=Qualifier.AT_MOST).qualifier is Qualifier.AT_MOST


def test_a_figure_is_not_without_a_qualifier(make: Make) -> None:
    with pytest.raises(TypeError, match=r"^Indicator\.qualifier: None is nothing, not a Qualifier"):
        make.indicator(qualifier=None)


@pytest.mark.parametrize("complete", [True, False, None])
def test_whether_a_strategy_is_complete_may_be_unknown(make: Make, complete: bool | None) -> None:
    assert make.strategy(complete=complete).complete is complete


@pytest.mark.parametrize("complete", [1, 0, "yes"])
def test_whether_a_strategy_is_complete_is_no_number_or_text(make: Make, complete: Any) -> None:
    with pytest.raises(TypeError, match=r"^Strategy\.complete: .* is a .*, not a truth value"):
        make.strategy(complete=complete)


# Unknown fields


@pytest.mark.parametrize(
    ("given", "near"),
    [("nme", "name"), ("idd", "id"), ("aera_km2", "area_km2"), ("leve", "level"), ("locale_name", "local_name")],
)
def test_an_unknown_field_suggests_the_one_that_comes_close(make: Make, given: str, near: str) -> None:
    wrong: dict[str, Any] = {given: "x"}
    said = f"^Region has no field '{given}'; did you mean \"{near}\""
    for attempt in (
        lambda: make.region(**wrong),
        lambda: make.region().evolve(**wrong),
        lambda: attrs.evolve(make.region(), **wrong),
    ):
        with pytest.raises(TypeError, match=said):
            attempt()


@pytest.mark.parametrize("name", ["start", "end"])
def test_a_year_is_given_by_its_date(make: Make, name: str) -> None:
    with pytest.raises(TypeError, match=f"^Strategy has no field '{name}_year'; did you mean \"{name}\""):
        make.strategy(**dict[str, Any]({f"{name}_year": 2014}))


def test_an_unknown_field_that_resembles_none_lists_those_that_there_are() -> None:
    with pytest.raises(
        TypeError, match=r"^Citation has no field 'xyz'; it has: source, passage, supports, basis, note$"
    ):
        Citation(xyz=1)  # type: ignore[call-arg]


# Citations


@pytest.mark.parametrize("passage", ["one", "one two three four five six seven eight", " one\ttwo\n"])
def test_a_passage_of_one_to_eight_words_is_taken(make: Make, passage: str) -> None:
    assert make.citation(passage=passage).passage == passage


@pytest.mark.parametrize("passage", ["", " ", "one two three four five six seven eight nine"])
def test_a_passage_of_no_word_or_of_nine_is_refused(make: Make, passage: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Citation\.passage: .* is not a passage of 1 to 8 words"):
        make.citation(passage=passage)


@pytest.mark.parametrize("note", ["", "  "])
def test_an_inferred_citation_without_a_note_is_refused(make: Make, note: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^Citation\.note: an inferred citation has no note"):
        make.citation(basis=Basis.INFERRED, note=note)


def test_an_inferred_citation_that_says_why_is_taken(make: Make) -> None:
    assert make.citation(basis=Basis.INFERRED, note="Read from the title.").basis is Basis.INFERRED


def test_a_citation_is_stated_unless_it_says_otherwise(make: Make) -> None:
    assert make.citation().basis is Basis.STATED


def test_a_citation_that_supports_no_attribute_of_its_entity_is_refused_with_the_near_one(make: Make) -> None:
    citations = (make.citation(), make.citation(supports=("name", "area_km")))
    with pytest.raises(InvalidValueError) as caught:
        make.region(citations=citations)
    assert str(caught.value) == "Region.citations/1/supports/1: 'area_km' is no attribute (did you mean \"area_km2\"?)"


def test_a_citation_that_supports_nothing_near_is_refused_with_all_attributes(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"'xyz' is no attribute \(one of id, name, local_name, "):
        make.region(citations=(make.citation(supports=("xyz",)),))


def test_cite_gives_the_citations_that_back_an_attribute(make: Make) -> None:
    backing = make.citation(supports=("nuts", "area_km2"))
    region = make.region(citations=(make.citation(), backing, make.citation(supports=("nuts",))))
    assert region.cite("area_km2") == (backing,)


def test_cite_gives_nothing_for_an_attribute_that_nothing_backs(make: Make) -> None:
    assert make.region(citations=(make.citation(),)).cite("parent") == ()


@pytest.mark.parametrize("attribute", ["id", "name"])
def test_a_citation_without_supports_backs_id_and_name(make: Make, attribute: str) -> None:
    existence = make.citation()
    region = make.region(citations=(make.citation(supports=("nuts",)), existence))
    assert region.cite(attribute) == (existence,)


def test_a_citation_that_supports_the_name_backs_the_name_alone(make: Make) -> None:
    naming = make.citation(supports=("name",))
    region = make.region(citations=(naming,))
    assert (region.cite("name"), region.cite("id")) == ((naming,), ())


def test_cite_of_an_unknown_attribute_is_an_error_that_suggests_the_near_one(make: Make) -> None:
    with pytest.raises(
        UnknownAttributeError, match="Region has no attribute 'area'; did you mean \"area_km2\""
    ) as caught:
        make.region().cite("area")
    assert "area_km2" in caught.value.valid


@pytest.mark.parametrize("attribute", [5, None])
def test_cite_refuses_an_attribute_that_is_no_str(make: Make, attribute: Any) -> None:
    with pytest.raises(TypeError):
        make.region().cite(attribute)


# Equality and hash


@pytest.mark.parametrize("place", range(12))
def test_entities_of_equal_attributes_are_equal(make: Make, place: int) -> None:
    assert make.all()[place] == make.all()[place]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Piemonte"},
        {"aliases": ("Piemonte",)},
        {"level": RegionLevel.PROVINCE},
        {"nuts": "ITC1"},
        {"area_km2": 25400.0},
        {"id": "lombardy"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_entities_that_differ_in_one_attribute_are_not_equal(make: Make, change: dict[str, Any]) -> None:
    assert make.region() != changed(make.region(), **change)


def test_a_difference_deep_in_what_is_referred_to_makes_entities_unequal(make: Make) -> None:
    pole = make.pole(region=make.region(parent=make.region("italy")))
    assert pole != make.pole(region=make.region(parent=make.region("italy", description="A country.")))


def test_tuples_that_differ_in_an_item_make_entities_unequal(make: Make) -> None:
    assert make.region(aliases=("a", "b")) != make.region(aliases=("a", "c"))


def test_entities_of_different_classes_are_not_equal(make: Make) -> None:
    region: Entity = make.region("torino")
    assert region != make.organisation("torino")


def test_an_entity_does_not_equal_what_is_no_entity(make: Make) -> None:
    region: object = make.region("torino")
    assert region != "torino"


def test_an_entity_does_not_equal_an_instance_of_a_subclass(make: Make) -> None:
    assert make.region("asti") != Province(id="asti", name="Asti", level=RegionLevel.REGION)


def test_citations_of_equal_parts_are_equal_and_hash_alike(make: Make) -> None:
    assert {make.citation(), make.citation()} == {make.citation()}


def test_citations_that_differ_in_the_passage_are_not_equal(make: Make) -> None:
    assert make.citation() != make.citation(passage="other words")


def test_the_hash_of_an_entity_follows_from_type_and_id_alone(make: Make) -> None:
    assert hash(make.region("torino")) == hash(make.region("torino", name="Turin", nuts="ITC11"))


def test_the_hashes_of_entities_of_different_classes_differ(make: Make) -> None:
    assert hash(make.region("torino")) != hash(make.organisation("torino"))


def test_entities_of_one_id_and_different_attributes_are_two_in_a_set(make: Make) -> None:
    assert len({make.region("torino"), make.region("torino", name="Turin")}) == 2


# Text


def test_str_of_an_entity_is_its_name(make: Make) -> None:
    assert str(make.region("torino", name="Città di Torino")) == "Città di Torino"


def test_repr_shows_references_by_id_enumerations_by_name_and_numbers(make: Make) -> None:
    region = make.region("torino", parent=make.region("italy"), area_km2=130, description="A city.", aliases=("T",))
    assert repr(region) == "Region('torino', name='Torino', level=REGION, parent='italy', area_km2=130.0)"


def test_repr_of_a_citation_is_short(make: Make) -> None:
    assert repr(make.citation()) == "Citation('report', 'a few words', STATED)"


HOSTILE = [
    "a\nb",
    "a\r\u2028b",
    "\x1b[31mred",
    "'\"\\",
    "\u202egnirts",
    "x" * 1_000_000,
    "\n" * 1_000_000,
    "💥" * 9_999,
]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name[:5]))
def test_repr_is_one_short_printable_line_whatever_the_name(make: Make, name: str) -> None:
    text = repr(make.region(name=f"N{name}"))
    assert text.isprintable()
    assert len(text) < 200


def test_repr_is_short_whatever_the_ids(make: Make) -> None:
    assert len(repr(make.region("x" * 1_000_000, name="X", parent=make.region("y" * 1_000_000)))) < 300


@pytest.mark.parametrize("passage", HOSTILE, ids=lambda passage: ascii(passage[:5]))
def test_repr_of_a_citation_is_one_short_printable_line_whatever_the_passage(make: Make, passage: str) -> None:
    text = repr(make.citation(passage=f"P{passage}Q".replace("\n" * 9, "n")))
    assert text.isprintable()
    assert len(text) < 200


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
def test_repr_of_a_value_is_python_but_for_what_is_shortened(make: Make, cls: type) -> None:
    long = make.organisation("o" * 500, name="O" * 500)
    values: dict[type, Any] = {
        Citation: make.citation(source=make.source("s" * 500), passage="'\"\\" * 100),
        DatasetBase: DatasetBase(name="x" * 500, version="'\""),
        DatasetInfo: DatasetInfo(name="\n" * 500 + "x", base=DatasetBase(name="x" * 500)),
        Involvement: Involvement(strategy=make.strategy("s" * 500), role=Role.LEADS),
        Participation: Participation(organisation=long, role=Role.ADOPTS),
    }
    ast.parse(re.sub(r"<[^<>]+>", "...", repr(values[cls])), mode="eval")


@pytest.mark.parametrize("place", range(12))
def test_repr_of_an_entity_is_python_whatever_the_texts(make: Make, place: int) -> None:
    entity = make.all()[place]
    for text in HOSTILE:
        ast.parse(repr(changed(entity, name=f"N{text}")), mode="eval")


# Survival


@pytest.mark.parametrize("place", range(12))
def test_a_copy_equals_its_original(make: Make, place: int) -> None:
    entity = make.all()[place]
    assert copy.copy(entity) == entity


@pytest.mark.parametrize("place", range(12))
def test_a_deep_copy_equals_its_original(make: Make, place: int) -> None:
    entity = make.all()[place]
    assert copy.deepcopy([entity]) == [entity]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("place", range(12))
def test_an_entity_survives_pickling(make: Make, place: int, protocol: int) -> None:
    entity = make.all()[place]
    assert pickle.loads(pickle.dumps(entity, protocol)) == entity


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_citations_and_tuples_of_references_survive_pickling(make: Make, protocol: int) -> None:
    citations = (make.citation(supports=("areas",)), make.citation(basis=Basis.INFERRED, note="Because."))
    objective = make.objective(areas=(make.area("cars"), make.area("vans")), citations=citations)
    assert pickle.loads(pickle.dumps(objective, protocol)) == objective


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_information_on_a_dataset_survives_pickling(protocol: int) -> None:
    info = DatasetInfo(name="Mine", version="1", licence="MIT", description="Data.")
    assert pickle.loads(pickle.dumps(info, protocol)) == info


def test_an_unpickled_entity_is_another_object_of_the_same_hash(make: Make) -> None:
    entity = make.region()
    twin = pickle.loads(pickle.dumps(entity))
    assert twin is not entity
    assert hash(twin) == hash(entity)


def test_an_unpickled_entity_is_still_frozen(make: Make) -> None:
    twin = pickle.loads(pickle.dumps(make.region()))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        twin.name = "Elsewhere"


def test_what_is_referred_to_twice_is_one_object_after_pickling(make: Make) -> None:
    torino = make.region("torino")
    twin = pickle.loads(pickle.dumps(make.pole(region=torino, territories=(torino,))))
    assert twin.region is twin.territories[0]


def test_evolve_makes_a_changed_copy(make: Make) -> None:
    region = make.region(nuts="ITC1")
    assert changed(region, name="Piemonte") == make.region(name="Piemonte", nuts="ITC1")


def test_evolve_checks_what_it_changes(make: Make) -> None:
    region = make.region()
    with pytest.raises(InvalidValueError, match=r"^Region\.nuts"):
        changed(region, nuts="?")


def test_copy_replace_makes_a_changed_copy(make: Make) -> None:
    if sys.version_info < (3, 13):
        pytest.skip("copy.replace is of Python 3.13")
    assert copy.replace(make.region(), name="Piemonte") == make.region(name="Piemonte")
    assert copy.replace(make.citation(), note="Because.") == make.citation(note="Because.")
    with pytest.raises(InvalidValueError, match=r"^Region\.nuts"):
        copy.replace(make.region(), nuts="?")


def test_evolve_leaves_the_original_as_it_is(make: Make) -> None:
    region = make.region()
    assert region.evolve(name="Piemonte").name == "Piemonte"
    assert region.name == "Piedmont"


@pytest.mark.parametrize("place", range(12))
def test_attrs_knows_an_entity_as_one_of_its_own(make: Make, place: int) -> None:
    entity = make.all()[place]
    told = attrs.asdict(entity, recurse=False)
    assert attrs.has(type(entity))
    assert list(told) == [field.name for field in attrs.fields(type(entity))]
    assert type(entity)(**told) == entity


def test_attrs_writes_references_as_dictionaries(make: Make) -> None:
    told = attrs.asdict(make.region(parent=make.region("italy"), citations=(make.citation(),)))
    assert (told["parent"]["id"], told["citations"][0]["source"]["id"]) == ("italy", "report")


@pytest.mark.parametrize("place", range(12))
def test_an_entity_with_all_that_it_can_hold_goes_to_another_process(make: Make, workers: Any, place: int) -> None:
    entity = make.all()[place]
    assert workers.apply(copy.copy, [entity]) == entity


# Help


def test_help_says_what_each_field_means_with_unit_and_default() -> None:
    told = pydoc.plain(pydoc.render_doc(Region))
    for field in facts(Region).values():
        assert told.count(field.doc) == 1
    for line in ("id: str", "nuts: str | None = None", "aliases: tuple[str, ...] = ()", "description: str = ''"):
        assert re.search(rf"\W{re.escape(line)}\n", told)
    assert "Its surface. Unit: km²." in told
    assert "\nAttributes:\n    id: str\n        The id " in (inspect.getdoc(Region) or "")


@pytest.mark.parametrize("cls", CLASSES)
def test_help_begins_with_what_the_class_is_and_names_every_field(cls: type) -> None:
    told = pydoc.plain(pydoc.render_doc(cls))
    assert (cls.__doc__ or "").partition("\n")[0] in told
    assert [field.name for field in facts(cls).values() if f"{field.name}: " not in told] == []


def test_help_gives_an_enumeration_as_default_by_its_name() -> None:
    assert "qualifier: Qualifier = Qualifier.EXACT\n" in pydoc.plain(pydoc.render_doc(smartspec.Indicator))


# Ancestors and long chains


def test_ancestors_go_from_the_parent_to_the_root(make: Make) -> None:
    italy = make.region("italy")
    piedmont = make.region("piedmont", parent=italy)
    assert make.region("torino", parent=piedmont).ancestors == (piedmont, italy)


def test_a_property_that_fails_tells_why(make: Make) -> None:
    class Named(smartspec.Region):
        @property
        def shout(self) -> str:
            return str(self.nmae).upper()  # type: ignore[attr-defined]

    with pytest.raises(AttributeError, match="'Named' object has no attribute 'nmae'"):
        _ = Named(id="r", name="R", level=smartspec.RegionLevel.REGION).shout
    with pytest.raises(AttributeError, match="'Region' object has no attribute 'nmae'"):
        _ = smartspec.load().regions[0].nmae  # type: ignore[attr-defined]


def test_a_region_without_parent_has_no_ancestors(make: Make) -> None:
    assert make.region("italy").ancestors == ()


def test_the_successors_of_an_organisation_go_to_today(make: Make) -> None:
    today = make.organisation("thales-alenia-space")
    between = make.organisation("alcatel-alenia-space", successor=today)
    assert make.organisation("alenia-spazio", successor=between).successors == (between, today)


def test_the_successors_of_a_pole_go_to_today(make: Make) -> None:
    today = make.pole("mesap")
    assert make.pole("mechatronics", successor=today).successors == (today,)


def chain(make: Make, length: int = 100) -> Region:
    """A region with others around it, so many in all."""
    region = make.region("r1")
    for number in range(2, length + 1):
        region = make.region(f"r{number}", parent=region)
    return region


def test_a_chain_of_a_hundred_is_taken(make: Make) -> None:
    assert len(chain(make).ancestors) == 99


def test_a_chain_of_a_hundred_and_one_is_refused(make: Make) -> None:
    longest = chain(make)
    with pytest.raises(InvalidValueError, match="more than 100 entities refer one to the next") as caught:
        make.region("r101", parent=longest)
    assert (caught.value.where, caught.value.hint) == ("Region", "shorten the chain")


def test_a_chain_through_references_of_other_classes_counts_them(make: Make) -> None:
    plan = make.strategy("s1", region=chain(make, 60))
    for number in range(2, 41):
        plan = make.strategy(f"s{number}", predecessor=plan)
    with pytest.raises(InvalidValueError, match="more than 100 entities"):
        make.strategy("s41", predecessor=plan)


def test_a_chain_through_citations_is_refused_too(make: Make) -> None:
    source = make.source("s1")
    for number in range(2, 101):
        source = make.source(f"s{number}", citations=(make.citation(source=source),))
    with pytest.raises(InvalidValueError, match="more than 100 entities"):
        make.source("s101", citations=(make.citation(source=source),))


def test_the_longest_chains_are_equal(make: Make) -> None:
    assert chain(make) == chain(make)


def test_the_longest_chains_that_differ_at_the_root_are_not_equal(make: Make) -> None:
    other = make.region("r1", name="Elsewhere")
    for number in range(2, 101):
        other = make.region(f"r{number}", parent=other)
    assert chain(make) != other


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_longest_chain_survives_pickling(make: Make, protocol: int) -> None:
    region = chain(make)
    assert pickle.loads(pickle.dumps(region, protocol)) == region


def test_what_was_pickled_counts_its_chain_again(make: Make) -> None:
    again = pickle.loads(pickle.dumps(chain(make)))
    with pytest.raises(InvalidValueError, match="more than 100 entities"):
        make.region("r101", parent=again)


def test_the_longest_chain_is_copied(make: Make) -> None:
    region = chain(make)
    assert copy.copy(region) == copy.deepcopy(region) == region


def test_repr_of_the_longest_chain_shows_the_nearest(make: Make) -> None:
    assert repr(chain(make)) == "Region('r100', name='R100', level=REGION, parent='r99')"


def test_many_ways_to_one_entity_do_not_make_comparing_long(make: Make) -> None:
    def ladder() -> Source:
        source = make.source("s0")
        for number in range(1, 100):
            source = make.source(f"s{number}", citations=(make.citation(source=source), make.citation(source=source)))
        return source

    assert ladder() == ladder()
