"""The errors: their kinds, what they say, the parts that they carry, and that they survive another process."""

from __future__ import annotations

import copy
import pickle

import pytest

import smartspec
from smartspec import (
    AmbiguousNameError,
    Catalogue,
    DatasetError,
    DatasetInfo,
    InvalidValueError,
    Problem,
    Region,
    RegionLevel,
    SaveError,
    SmartspecError,
    UnknownAttributeError,
    UnknownEntityError,
)

PROBLEM = Problem("regions.json", "/0/nuts", "'itc1' is not a NUTS code", 'write it like "ITC1"')
TOWNS = [Region(id=id, name="Torre", level=RegionLevel.MUNICIPALITY) for id in ("torre-a", "torre-b")]
ERRORS = [
    UnknownEntityError("regions", "piedmnt", ["piedmont"]),
    AmbiguousNameError("regions", "Torre", TOWNS, ['["torre-a"]', '["torre-b"]']),
    UnknownAttributeError("Region", "aera", ["id", "area_km2"]),
    InvalidValueError("Region.nuts", "'itc1' is not a NUTS code", 'write it like "ITC1"'),
    DatasetError([PROBLEM, Problem("regions.json", "/1", "the key 'id' is missing")]),
    SaveError("mine", "No space left on device"),
]
EACH = [pytest.param(error, id=type(error).__name__) for error in ERRORS]


@pytest.mark.parametrize("error", EACH)
def test_every_error_is_a_smartspec_error(error: Exception) -> None:
    assert isinstance(error, SmartspecError)


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (UnknownEntityError, KeyError),
        (AmbiguousNameError, LookupError),
        (UnknownAttributeError, AttributeError),
        (InvalidValueError, ValueError),
        (DatasetError, ValueError),
        (SaveError, OSError),
    ],
)
def test_every_error_is_caught_as_the_error_of_python_that_it_is(cls: type, builtin: type) -> None:
    assert issubclass(cls, builtin)


@pytest.mark.parametrize("error", EACH)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_says_the_same_after_pickling(error: Exception, protocol: int) -> None:
    assert str(pickle.loads(pickle.dumps(error, protocol))) == str(error)


@pytest.mark.parametrize("error", EACH)
def test_an_error_is_copied(error: Exception) -> None:
    for again in (copy.copy(error), copy.deepcopy(error)):
        assert (type(again), vars(again), str(again)) == (type(error), vars(error), str(error))


@pytest.mark.parametrize("error", EACH)
def test_an_error_carries_the_same_parts_after_pickling(error: Exception) -> None:
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


def test_an_error_with_a_note_survives_pickling() -> None:
    error = UnknownEntityError("regions", "piedmnt")
    error.add_note("while drawing the map")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.__notes__) == (str(error), ["while drawing the map"])


def test_an_unknown_entity_is_reported_without_suggestions_if_nothing_is_near() -> None:
    assert str(UnknownEntityError("regions", "atlantis")) == "regions has no 'atlantis'"


def test_an_unknown_entity_is_reported_with_suggestions() -> None:
    error = UnknownEntityError("regions", "torin", ["torino", "turin"])
    assert str(error) == 'regions has no \'torin\'; did you mean "torino" or "turin"?'


def test_an_unknown_entity_error_carries_its_parts() -> None:
    error = UnknownEntityError("regions", "torin", iter(["torino"]))
    assert (error.collection, error.asked, error.near) == ("regions", "torin", ("torino",))


def test_an_unknown_entity_may_come_with_advice() -> None:
    error = UnknownEntityError("regions", "torino-x", (), '["torino"] takes an id')
    assert str(error) == "regions has no 'torino-x'; [\"torino\"] takes an id"


def ambiguous(number: int) -> AmbiguousNameError:
    """The error for a name that so many towns bear."""
    italy = Region(id="italy", name="Italy", level=RegionLevel.COUNTRY)
    province, town = RegionLevel.PROVINCE, RegionLevel.MUNICIPALITY
    parents = [Region(id=f"p{n}", name=f"Province {n}", level=province, parent=italy) for n in range(number)]
    towns = [Region(id=f"t{n}", name="Torre", level=town, parent=parent) for n, parent in enumerate(parents)]
    with pytest.raises(AmbiguousNameError) as caught:
        Catalogue(DatasetInfo(name="Towns"), [italy, *parents, *towns]).regions.lookup("Torre")
    return caught.value


def test_an_ambiguous_name_is_reported_with_what_tells_the_candidates_apart() -> None:
    assert str(ambiguous(2)) == (
        "2 of regions bear the name 'Torre'; take one by its id:\n"
        '  regions["t0"]  parent: Province 0\n'
        '  regions["t1"]  parent: Province 1'
    )


@pytest.mark.parametrize("number", [9, 10, 11, 300])
def test_an_ambiguous_name_is_reported_with_ten_candidates_at_most(number: int) -> None:
    error = ambiguous(number)
    lines = str(error).splitlines()
    assert lines[0].startswith(f"{number} of regions ")
    assert [line for line in lines if line.startswith("  regions[")] == lines[1 : min(number, 10) + 1]
    assert lines[11:] == ([f"  … and {number - 10} more, in `candidates`"] if number > 10 else [])
    assert len(error.candidates) == len(error.differences) == number


def test_the_candidates_of_an_ambiguous_name_are_the_entities_themselves(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.innovation_areas.lookup("ICT")
    error = caught.value
    assert (error.collection, error.asked) == ("innovation_areas", "ICT")
    bearers = s3.innovation_areas.where(name="ICT")
    assert [id(candidate) for candidate in error.candidates] == [id(area) for area in bearers]


def test_what_takes_a_candidate_can_be_pasted(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.innovation_areas.lookup("Automotive")
    keys = [line.split("]")[0] for line in caught.value.differences]
    found = [eval(f"s3.{key}]", {"s3": s3}) for key in keys]
    assert found == [*caught.value.candidates]


def test_candidates_of_one_strategy_are_told_apart_by_something_else(s3: Catalogue) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        s3.lookup("ICT")
    assert len({line.partition("]")[2] for line in caught.value.differences}) == len(caught.value.candidates)


def test_an_ambiguous_name_takes_its_entities_to_another_process() -> None:
    error = ambiguous(2)
    again = pickle.loads(pickle.dumps(error))
    assert (again.candidates, again.differences, str(again)) == (error.candidates, error.differences, str(error))


# Suggestions, from a name that people write to what they are told.


def test_what_is_not_near_is_not_suggested(small: Catalogue) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        small.innovation_areas.lookup("auto")
    assert caught.value.near == ("Automotive",)
    with pytest.raises(UnknownEntityError) as caught:
        small.regions.lookup("auto")
    assert (caught.value.near, str(caught.value)) == ((), "regions has no 'auto'")


@pytest.mark.parametrize(("asked", "near"), [("piedmnt", "piedmont"), ("torin", "torino"), ("cunoe", "cuneo")])
def test_what_is_suggested_can_be_pasted(s3: Catalogue, asked: str, near: str) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        s3.regions[asked]
    assert caught.value.near[0] == near
    assert f'did you mean "{near}"' in str(caught.value)
    assert s3.regions[caught.value.near[0]].id == near


def test_an_unknown_attribute_is_reported_with_the_near_one_and_all_valid_ones() -> None:
    error = UnknownAttributeError("Source", "yaer", ["id", "year"])
    assert str(error) == "Source has no attribute 'yaer'; did you mean \"year\"? It has: id, year"


def test_an_unknown_attribute_that_resembles_none_is_reported_with_all_valid_ones() -> None:
    error = UnknownAttributeError("Source", "colour", ["id", "year"])
    assert str(error) == "Source has no attribute 'colour'. It has: id, year"


def test_an_invalid_value_is_reported_with_a_hint() -> None:
    error = InvalidValueError("Region.nuts", "'itc1' is not a NUTS code", 'write it like "ITC1"')
    assert str(error) == "Region.nuts: 'itc1' is not a NUTS code (write it like \"ITC1\")"


def test_an_invalid_value_is_reported_without_empty_brackets_if_there_is_no_hint() -> None:
    assert str(InvalidValueError("Region.area_km2", "nan is not a number")) == "Region.area_km2: nan is not a number"


def test_a_problem_is_one_line_of_file_pointer_message_and_hint() -> None:
    assert str(PROBLEM) == "regions.json#/0/nuts: 'itc1' is not a NUTS code (write it like \"ITC1\")"


def test_a_problem_without_hint_has_no_empty_brackets() -> None:
    assert str(Problem("regions.json", "", "is not there")) == "regions.json#: is not there"


def test_problems_of_equal_parts_are_equal() -> None:
    assert Problem("regions.json", "/0", "is wrong") == Problem("regions.json", "/0", "is wrong", "")


def test_a_dataset_error_counts_one_problem() -> None:
    assert str(DatasetError([PROBLEM])).startswith("1 problem:\nregions.json#/0/nuts: ")


def test_a_dataset_error_has_one_line_for_each_problem() -> None:
    assert str(DatasetError(iter([PROBLEM, PROBLEM]))) == f"2 problems:\n{PROBLEM}\n{PROBLEM}"


def test_a_dataset_error_of_many_problems_says_a_thousand_and_counts_the_rest() -> None:
    lines = str(DatasetError([PROBLEM] * 1_500)).splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("1500 problems:", 1_002, "… and 500 more, in `problems`")


def test_a_dataset_error_carries_its_problems_as_a_tuple() -> None:
    assert DatasetError(iter([PROBLEM])).problems == (PROBLEM,)


def test_a_save_error_says_which_directory_and_why() -> None:
    assert str(SaveError("mine", "No space left on device")) == "'mine' was not saved: No space left on device"


def test_what_was_asked_for_is_shortened_when_long() -> None:
    assert len(str(UnknownEntityError("regions", "x" * 1_000_000))) < 120


def test_what_was_asked_for_is_shown_on_one_line() -> None:
    assert str(UnknownEntityError("regions", "a\nb")) == "regions has no 'a\\nb'"


def test_an_attribute_name_of_a_megabyte_is_reported_shortened() -> None:
    assert len(str(UnknownAttributeError("Source", "year" * 250_000, ["id", "year"]))) < 150


def test_all_errors_of_the_package_are_offered_at_its_front_door() -> None:
    offered = {name for name in dir(smartspec) if name.endswith("Error")}
    assert {type(error).__name__ for error in ERRORS} | {"SmartspecError"} <= offered
