"""The domain classes: what they hold, what they refuse, how they compare, print, survive and cite."""

from __future__ import annotations

import copy
import pickle
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import smartspec
from smartspec import (
    Basis,
    Catalogue,
    Citation,
    DatasetInfo,
    Entity,
    InvalidValueError,
    Region,
    RegionLevel,
    Source,
    UnknownAttributeError,
)
from smartspec.domain.declaration import fact, record
from smartspec.domain.model import COLLECTIONS, collection_name

if TYPE_CHECKING:
    from conftest import Make

CLASSES = [pytest.param(cls, id=cls.__name__) for cls in (*COLLECTIONS.values(), Citation, DatasetInfo)]
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
HALF_A_PAIR = "Torino \ud800"


def attributes(cls: Any) -> dict[str, Any]:
    return attrs.fields_dict(cls)


def changed(entity: Any, **changes: Any) -> Any:
    """A changed copy."""
    return attrs.evolve(entity, **changes)


class StrEnum(str, Enum):
    TORINO = "Torino"


class Province(Region):
    pass


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


def test_a_field_of_a_kind_that_no_file_can_hold_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match=r"cannot be declared as 'dict\[str, int\]'"):

        @record
        class Odd:
            counts: dict[str, int] = fact("How many of each.")


# Types


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        pytest.param("id", 5, id="int-as-id"),
        pytest.param("name", None, id="None-as-name"),
        pytest.param("name", b"Torino", id="bytes-as-name"),
        pytest.param("name", StrEnum.TORINO, id="str-enum-as-name"),
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


@pytest.mark.parametrize("year", [True, "2006", 2006.0])
def test_a_year_is_an_int_and_nothing_else(make: Make, year: Any) -> None:
    with pytest.raises(TypeError, match=r"^Strategy\.start_year: .*not a whole number"):
        make.strategy(start_year=year)


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


@pytest.mark.parametrize("code", ["A", "U", "A01", "C29", "C30.3", "C29.31", "D35", "J62", "K64", "M74.1", "U99"])
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


@pytest.mark.parametrize("year", [-1, 0, 10_000])
def test_a_year_out_of_range_is_refused(make: Make, year: int) -> None:
    with pytest.raises(InvalidValueError, match=r"^Source\.year: .* is not a year"):
        make.source(year=year)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_are_taken(make: Make, year: int) -> None:
    assert make.source(year=year).year == year


@pytest.mark.parametrize("number", [0, -3, 1_000_001])
def test_a_number_that_counts_nothing_in_a_list_is_refused(make: Make, number: int) -> None:
    with pytest.raises(InvalidValueError, match=r"^StrategicObjective\.number: .* is not a number in a list"):
        make.objective(number=number)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u00a0"])
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
        "write it like 'ITC1'",
    )


# Rules for values that belong together


@pytest.mark.parametrize("build", ["strategy", "initiative", "pole", "indicator"])
def test_an_end_before_the_start_is_refused(make: Make, build: str) -> None:
    with pytest.raises(InvalidValueError, match=r"\.end_year: 2013 is before start_year 2014"):
        getattr(make, build)(start_year=2014, end_year=2013)


@pytest.mark.parametrize(("start", "end"), [(2014, 2014), (2014, 2020), (None, 2020), (2014, None)])
def test_years_in_order_are_taken(make: Make, start: int | None, end: int | None) -> None:
    strategy = make.strategy(start_year=start, end_year=end)
    assert (strategy.start_year, strategy.end_year) == (start, end)


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
        for name, field in attributes(type(entity)).items()
        for flaw in field.metadata["shape"].flaws(getattr(entity, name))
    ]
    assert flaws == []


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
    assert str(caught.value) == ("Region.citations/1/supports/1: 'area_km' is no attribute (did you mean 'area_km2'?)")


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
        UnknownAttributeError, match="Region has no attribute 'area'; did you mean 'area_km2'"
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


# Ancestors and long chains


def test_ancestors_go_from_the_parent_to_the_root(make: Make) -> None:
    italy = make.region("italy")
    piedmont = make.region("piedmont", parent=italy)
    assert make.region("torino", parent=piedmont).ancestors == (piedmont, italy)


def test_a_region_without_parent_has_no_ancestors(make: Make) -> None:
    assert make.region("italy").ancestors == ()


def test_the_successors_of_an_organisation_go_to_today(make: Make) -> None:
    today = make.organisation("thales-alenia-space")
    between = make.organisation("alcatel-alenia-space", successor=today)
    assert make.organisation("alenia-spazio", successor=between).successors == (between, today)


def test_the_successors_of_a_pole_go_to_today(make: Make) -> None:
    today = make.pole("mesap")
    assert make.pole("mechatronics", successor=today).successors == (today,)


def chain(make: Make, length: int = 10_000) -> Region:
    region = make.region("r0")
    for number in range(1, length + 1):
        region = make.region(f"r{number}", parent=region)
    return region


def test_a_chain_of_ten_thousand_parents_has_as_many_ancestors(make: Make) -> None:
    assert len(chain(make).ancestors) == 10_000


def test_chains_of_ten_thousand_parents_are_equal(make: Make) -> None:
    assert chain(make) == chain(make)


def test_chains_of_ten_thousand_parents_that_differ_at_the_root_are_not_equal(make: Make) -> None:
    assert chain(make) != changed(chain(make, 9_999), id="r10000", name="R10000")


def test_a_chain_of_ten_thousand_parents_survives_pickling(make: Make) -> None:
    region = chain(make)
    assert pickle.loads(pickle.dumps(region)) == region


def test_repr_of_a_chain_of_ten_thousand_parents_shows_the_nearest(make: Make) -> None:
    assert repr(chain(make)) == "Region('r10000', name='R10000', level=REGION, parent='r9999')"


def test_a_chain_of_ten_thousand_parents_is_copied(make: Make) -> None:
    region = chain(make)
    assert copy.deepcopy(region) == region


def test_many_ways_to_one_entity_do_not_make_comparing_long(make: Make) -> None:
    def ladder() -> Source:
        source = make.source("s0")
        for number in range(1, 200):
            source = make.source(f"s{number}", citations=(make.citation(source=source), make.citation(source=source)))
        return source

    assert ladder() == ladder()


@pytest.mark.parametrize("surface", [-10, -0.5, 510_000_001.0, 1e300])
def test_a_surface_that_no_territory_has_is_refused(make: Make, surface: float) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.area_km2: .* is not a surface on Earth"):
        make.region(area_km2=surface)


def test_a_name_of_invisible_characters_is_blank(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.name: .* is not a text"):
        make.region(name="\u200b\u2060 ")
