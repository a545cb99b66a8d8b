"""Dates, numbers and texts: what is taken, as what, and what is said of the rest."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from smartspec import InvalidValueError
from smartspec.domain.declaration import plain_number
from smartspec.domain.rules import DATE

if TYPE_CHECKING:
    from conftest import Make

# Dates


@pytest.mark.parametrize("date", ["2009", "2009-03", "2009-03-31", "2008-02-29", "0001", "9999-12-31"])
def test_a_date_is_as_exact_as_it_is_known(make: Make, date: str) -> None:
    source = make.source(published=date, accessed=date)
    assert (source.published, source.accessed) == (date, date)


@pytest.mark.parametrize(
    "date",
    [
        pytest.param("2009-02-30", id="day-that-the-month-has-not"),
        pytest.param("2009-02-29", id="leap-day-of-another-year"),
        pytest.param("2009-13", id="month"),
        pytest.param("2009-00", id="month-zero"),
        pytest.param("2009-03-00", id="day-zero"),
        pytest.param("0000", id="year-zero"),
        pytest.param("09", id="two-digits"),
        pytest.param("10000", id="five-digits"),
        pytest.param("-2009", id="negative"),
        pytest.param("2009-3", id="month-of-one-digit"),
        pytest.param("20090331", id="without-hyphens"),
        pytest.param("2009-W10", id="week"),
        pytest.param("2009-03-31T00:00", id="time"),
        pytest.param("31 March 2009", id="words"),
        pytest.param("2009 ", id="space"),
        pytest.param("2009\n", id="final-newline"),
        pytest.param("\uff12\uff10\uff10\uff19", id="full-width-digits"),
        pytest.param("", id="empty"),
    ],
)
@pytest.mark.parametrize(
    ("build", "field"),
    [("source", "published"), ("source", "accessed"), ("strategy", "start"), ("pole", "end"), ("indicator", "start")],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(make: Make, build: str, field: str, date: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"\.{field}: {re.escape(repr(date))} is not a date") as caught:
        getattr(make, build)(**{field: date})
    assert caught.value.hint == DATE.hint


def test_a_year_as_a_number_is_no_date(make: Make) -> None:
    with pytest.raises(TypeError, match=r"^Strategy\.start: 2009 is a whole number, not a text"):
        make.strategy(start=2009)


@pytest.mark.parametrize("build", ["strategy", "initiative", "pole", "indicator"])
@pytest.mark.parametrize("date", ["2009", "2009-03", "2009-03-31"])
def test_the_years_of_a_period_are_read_from_its_dates(make: Make, build: str, date: str) -> None:
    record = getattr(make, build)(start=date, end=date)
    assert (record.start_year, record.end_year) == (2009, 2009)


@pytest.mark.parametrize("build", ["strategy", "initiative", "pole", "indicator"])
def test_a_period_without_dates_has_no_years(make: Make, build: str) -> None:
    record = getattr(make, build)()
    assert (record.start_year, record.end_year) == (None, None)


@pytest.mark.parametrize(("published", "year"), [(None, None), ("2006", 2006), ("2006-07-14", 2006), ("0001", 1)])
def test_the_year_of_a_source_is_read_from_its_date(make: Make, published: str | None, year: int | None) -> None:
    assert make.source(published=published).year == year


@pytest.mark.parametrize(
    ("build", "year"), [("strategy", "start_year"), ("pole", "end_year"), ("source", "year"), ("indicator", "end_year")]
)
def test_a_year_cannot_be_set(make: Make, build: str, year: str) -> None:
    with pytest.raises(AttributeError):
        setattr(getattr(make, build)(), year, 2009)


# Numbers


def of_numpy(name: str, value: Any) -> Any:
    return getattr(pytest.importorskip("numpy"), name)(value)


@pytest.mark.parametrize("kind", ["float64", "float32", "float16", "longdouble", "int64", "int32", "uint8"])
def test_a_number_of_numpy_is_a_number(make: Make, kind: str) -> None:
    surface = make.region(area_km2=of_numpy(kind, 3)).area_km2
    assert (surface, type(surface)) == (3.0, float)


@pytest.mark.parametrize("kind", ["float64", "float32", "int64", "int8", "uint64"])
def test_a_whole_number_of_numpy_is_a_whole_number(make: Make, kind: str) -> None:
    number = make.objective(number=of_numpy(kind, 8)).number
    assert (number, type(number)) == (8, int)


def test_the_numbers_of_a_table_of_pandas_are_numbers(make: Make) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"number": [8, 9], "surface": [6827, 25387.1], "name": ["Torino", "Piemonte"]})
    for row in table.itertuples():
        assert make.objective(number=row.number).number == row.number
        assert make.region(area_km2=row.surface, name=row.name).area_km2 == row.surface
    assert make.objective(number=table["number"].max()).number == 9
    assert make.indicator(value=table["surface"].min()).value == 6827.0


@pytest.mark.parametrize("number", [8.0, Decimal(8), Fraction(8, 1)])
def test_a_number_without_a_fraction_is_whole(make: Make, number: Any) -> None:
    taken = make.objective(number=number).number
    assert (taken, type(taken)) == (8, int)


@pytest.mark.parametrize("value", [Decimal("3.5"), Fraction(7, 2)])
def test_a_number_of_another_type_that_a_float_can_hold_becomes_that_float(make: Make, value: Any) -> None:
    taken = make.indicator(value=value).value
    assert (taken, type(taken)) == (3.5, float)


@pytest.mark.parametrize("value", [Decimal("3.1"), Fraction(1, 3), Decimal("1e400"), Fraction(10**400, 3), 2**53 + 1])
def test_a_number_that_no_float_can_hold_exactly_is_refused_as_a_number(make: Make, value: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^Indicator\.value: .* is more than a number can hold exactly"):
        make.indicator(value=value)


def test_a_whole_number_of_numpy_that_no_float_can_hold_exactly_is_refused(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Indicator\.value: 9007199254740993 is more than a number can hold"):
        make.indicator(value=of_numpy("int64", 2**53 + 1))


@pytest.mark.parametrize("number", [2.5, Decimal("2.5"), Fraction(5, 2), float("nan"), float("inf"), Decimal("sNaN")])
def test_a_number_with_a_fraction_is_not_whole(make: Make, number: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^StrategicObjective\.number: .* is no whole number"):
        make.objective(number=number)


def test_a_number_of_numpy_with_a_fraction_is_not_whole(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^StrategicObjective\.number: 2\.5 is no whole number"):
        make.objective(number=of_numpy("float64", 2.5))


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_float_of_numpy_that_is_not_finite_is_refused(make: Make, value: str) -> None:
    with pytest.raises(InvalidValueError, match=rf"^Indicator\.value: {value} is not a finite number"):
        make.indicator(value=of_numpy("float64", value))


@pytest.mark.parametrize("truth", [True, False])
@pytest.mark.parametrize("kind", [bool, "bool_"])
def test_a_truth_value_is_no_number(make: Make, kind: Any, truth: bool) -> None:
    value = of_numpy(kind, truth) if isinstance(kind, str) else truth
    with pytest.raises(TypeError, match=rf"^Indicator\.value: {truth} is a truth value, not a number"):
        make.indicator(value=value)
    with pytest.raises(TypeError, match=rf"^StrategicObjective\.number: {truth} is a truth value, not a whole number"):
        make.objective(number=value)


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_value_of_numpy_is_a_truth_value(make: Make, truth: bool) -> None:
    assert make.strategy(complete=of_numpy("bool_", truth)).complete is truth


@pytest.mark.parametrize(("kind", "said"), [("float64", "3.0 is a number"), ("int64", "3 is a whole number")])
def test_a_number_of_numpy_is_no_text_and_is_called_a_number(make: Make, kind: str, said: str) -> None:
    with pytest.raises(TypeError, match=rf"^Region\.name: {said}, not a text"):
        make.region(name=of_numpy(kind, 3))


def test_what_pandas_has_for_nothing_is_no_number(make: Make) -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(TypeError, match=r"<NA> is a NAType, not a number"):
        make.region(area_km2=pandas.NA)


def test_an_array_is_no_number_and_is_shown_on_one_line(make: Make) -> None:
    array = pytest.importorskip("numpy").zeros((2, 2))
    with pytest.raises(TypeError, match=r"^Region\.area_km2: <ndarray> is a ndarray, not a number"):
        make.region(area_km2=array)


def test_a_masked_number_is_not_taken_for_nought(make: Make) -> None:
    numpy = pytest.importorskip("numpy")
    with pytest.raises(TypeError, match="not a number"):
        make.region(area_km2=numpy.ma.masked)


ODD: list[Any] = [True, None, 5, 2.5, "text", b"bytes", Decimal("0.1"), Fraction(1, 3), 1j, [], (), {}, {1}, object]


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    ("build", "field"),
    [
        ("region", "id"),
        ("region", "nuts"),
        ("region", "aliases"),
        ("region", "level"),
        ("region", "area_km2"),
        ("objective", "number"),
        ("strategy", "complete"),
        ("strategy", "region"),
        ("strategy", "start"),
        ("initiative", "participants"),
    ],
)
def test_no_message_says_that_a_thing_is_not_what_it_is(make: Make, build: str, field: str, value: Any) -> None:
    for odd in (value, (value,)):
        try:
            getattr(make, build)(**{field: odd})
        except (TypeError, InvalidValueError) as error:
            told = re.search(r" is (an? [\w ]+), not (an? [\w ]+)", str(error))
            assert told is None or told[1] != told[2]


numbers = st.one_of(
    st.integers(), st.floats(), st.decimals(), st.fractions(), st.booleans(), st.complex_numbers(), st.text(), st.none()
)


@given(numbers, st.sampled_from([int, float]))
def test_a_number_made_plain_is_the_same_number(value: Any, cls: type) -> None:
    plain = plain_number(value, cls)
    assert plain is value or (type(plain) is cls and (plain == value or plain != plain))


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_whole_number_of_numpy_made_plain_is_the_same_number(value: int) -> None:
    plain = plain_number(of_numpy("int64", value), float)
    assert plain == value
    assert type(plain) is (float if float(value) == value else int)


# Texts


def test_a_text_of_numpy_is_a_text(make: Make) -> None:
    region = make.region(id=of_numpy("str_", "torino"), name=of_numpy("str_", "Torino"))
    assert (region, type(region.id), type(region.name)) == (make.region("torino"), str, str)


def test_texts_of_numpy_in_a_tuple_are_texts(make: Make) -> None:
    region = make.region(aliases=(of_numpy("str_", "Turin"), "Augusta Taurinorum"))
    assert (region.aliases, {type(alias) for alias in region.aliases}) == (("Turin", "Augusta Taurinorum"), {str})


def test_a_text_of_numpy_keeps_to_the_rules(make: Make) -> None:
    with pytest.raises(InvalidValueError, match=r"^Region\.nuts: 'itc1' is not a NUTS code"):
        make.region(nuts=of_numpy("str_", "itc1"))


def test_a_subclass_of_str_is_kept_as_a_plain_text(make: Make) -> None:
    class Label(str):
        def __str__(self) -> str:
            return "another"

    name = make.region(name=Label("Torino")).name
    assert (name, type(name)) == ("Torino", str)
