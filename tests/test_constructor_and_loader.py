"""One validity: what the constructor of a class refuses and what the loader refuses cannot differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

import smartspec
from smartspec import (
    Citation,
    DatasetBase,
    DatasetError,
    DatasetInfo,
    Entity,
    InvalidValueError,
    Involvement,
    Participation,
    Problem,
)
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import Fact, facts
from smartspec.domain.record import Record

if TYPE_CHECKING:
    from conftest import Make

CLASSES: list[type[Any]] = [*COLLECTIONS.values(), Citation, Participation, Involvement, DatasetInfo, DatasetBase]
FIELDS = [(cls, name) for cls in CLASSES for name in facts(cls)]

ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 7, 7.0, 0.5, 2014, 2014.0, 10_000, 1_000_001, 510_000_001, 10**30, 10**400),
    *(1e308, float("nan"), float("inf"), float("-inf"), -0.0, "", " ", "\n", "x", "A", "a-b", "a--b", "x\n", "\ud800"),
    *("\u200b", "\0", "é", "ITC1", "itc1", "IT-21", "IT21", "001272", "00 1272", "C29", "C30.3", "K62", "name", "nme"),
    *("https://x.example", "https://", "ftp://x", "it", "IT", "ital", "2014", "2014-02", "2014-13", "2014-02-28"),
    *("2014-02-30", "0000", "20140", "w " * 8, "w " * 9, "start_year"),
]


def samples() -> list[Record]:
    """Packaged records of each class, and values."""
    s3 = smartspec.load()
    base = DatasetBase(name="Below", version="1")
    found: list[Record] = [s3.info, DatasetInfo(name="Ours", base=base, checked="2026-01-31"), base]
    for collection in s3.collections.values():
        found += [*collection][:5]
    for entity in s3:
        found += entity.citations[:1]
    for holder, name in [(s3.initiatives, "participants"), (s3.organisations, "involvements")]:
        found += [value for entity in holder for value in getattr(entity, name)]
    return found


@cache
def of(cls: type[Record]) -> list[Any]:
    return [record for record in samples() if type(record) is cls]


def in_json(value: Any) -> Any:
    """A value as it would stand in a file."""
    if isinstance(value, tuple):
        return [*map(in_json, value)]
    if isinstance(value, Entity):
        return value.id
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Record):
        return {name: in_json(getattr(value, name)) for name in facts(type(value))}
    return value


def some_value(fact: Fact) -> st.SearchStrategy[Any]:
    """Values that the field may hold and values that it may not, each of which means the same in Python and JSON.

    A text where an enumeration or a reference is due does not: JSON has no other way to write these.
    """
    odd = st.sampled_from(ODD)
    one: st.SearchStrategy[Any]
    if issubclass(fact.cls, Enum):
        one = st.one_of(st.sampled_from([*fact.cls]), odd.filter(lambda value: not isinstance(value, str)))
    elif issubclass(fact.cls, Record):
        one = st.one_of(st.sampled_from(of(fact.cls)), odd.filter(lambda value: not isinstance(value, str)))
    else:
        more = st.text(max_size=4) if fact.cls is str else st.floats() | st.integers()
        one = st.one_of(odd, more)
    return st.one_of(one, st.lists(one, max_size=3).map(tuple))


def refusal(make: Callable[[], object]) -> str | None:
    """What is said by whoever refuses to make a record; None if it is made."""
    try:
        make()
    except DatasetError as error:
        return str(error.problems[0])
    except (InvalidValueError, TypeError) as error:
        return str(error)
    return None


@given(st.sampled_from(FIELDS), st.data())
def test_constructor_and_loader_take_and_refuse_the_same(field: tuple[type[Any], str], data: st.DataObject) -> None:
    cls, name = field
    sound = data.draw(st.sampled_from(of(cls)))
    fact = facts(cls)[name]
    given = {**{other: getattr(sound, other) for other in facts(cls)}, name: data.draw(some_value(fact))}
    raw = {other: in_json(value) for other, value in given.items()}
    convert = smartspec.converter(smartspec.load())
    try:
        read = convert.structure(raw, cls)
    except DatasetError as error:
        problem = error.problems[0]
        with pytest.raises((InvalidValueError, TypeError)) as refused:
            cls(**given)
        check_they_say_the_same(cls, fact, given[name], problem, str(refused.value))
    else:
        made = cls(**given)
        assert made == read
        assert [type(getattr(made, other)) for other in facts(cls)] == [type(getattr(read, other)) for other in raw]


def check_they_say_the_same(cls: type[Any], fact: Fact, value: Any, problem: Problem, said: str) -> None:
    """Same place and message; where a tuple, a member or a record is due, JSON calls it by another word."""
    place = cls.__name__ + problem.pointer.replace("/", ".", 1)
    assert said.startswith(f"{place}: ")
    if fact.many is isinstance(value, tuple) and not issubclass(fact.cls, (Enum, Record)):
        assert said.startswith(f"{place}: {problem.message}")


@pytest.mark.parametrize(("cls", "name"), FIELDS)
def test_what_is_beside_the_rule_is_refused_by_both_in_the_same_words(cls: type[Any], name: str) -> None:
    fact = facts(cls)[name]
    tried = 0
    for value in ODD:
        given = {**{other: getattr(of(cls)[0], other) for other in facts(cls)}, name: (value,) if fact.many else value}
        if issubclass(fact.cls, (Enum, Record)) and isinstance(value, str):
            continue
        raw = {other: in_json(one) for other, one in given.items()}
        made = refusal(lambda given=given: cls(**given))  # type: ignore[misc]
        read = refusal(lambda raw=raw: smartspec.converter(smartspec.load()).structure(raw, cls))  # type: ignore[misc]
        assert (made is None) is (read is None), (value, made, read)
        if made is not None and read is not None and not issubclass(fact.cls, (Enum, Record)):
            tried += 1
            of_python, of_json = (
                re.sub(r" \([^()]*(\([^()]*\))?[^()]*\)$", "", said, count=1) for said in (made, read)
            )
            assert of_python == of_json.replace("#/", ".", 1)
    assert tried or issubclass(fact.cls, (Enum, Record))


@pytest.mark.parametrize("cls", CLASSES)
def test_what_must_be_given_must_be_given_to_both(cls: type[Any]) -> None:
    sound = {name: getattr(of(cls)[0], name) for name in facts(cls)}
    for name, fact in facts(cls).items():
        given = {other: value for other, value in sound.items() if other != name}
        raw = {other: in_json(value) for other, value in given.items()}
        made = refusal(lambda given=given: cls(**given))  # type: ignore[misc]
        read = refusal(lambda raw=raw: smartspec.converter(smartspec.load()).structure(raw, cls))  # type: ignore[misc]
        if fact.required:
            assert made is not None
            assert read is not None
            assert f"{name!r}" in made
            assert f"the key {name!r} is missing" in read


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("name", ["nme", "xyzzy", "start_year", "organisations", "year"])
def test_a_name_that_no_field_has_is_refused_by_both_with_the_same_suggestion(cls: type[Any], name: str) -> None:
    sound = {other: getattr(of(cls)[0], other) for other in facts(cls)}
    made = refusal(lambda: cls(**sound, **{name: 1}))
    raw = {**{other: in_json(value) for other, value in sound.items()}, name: 1}
    read = refusal(lambda: smartspec.converter(smartspec.load()).structure(raw, cls))
    assert made is not None
    assert read is not None
    assert re.findall('"(.*?)"', made) == re.findall('"(.*?)"', read)


def test_a_chain_that_is_too_long_is_refused_by_both_in_the_same_words(make: Make) -> None:
    ends: list[Any] = [make.region("r0")]
    while len(ends) < 100:
        ends.append(make.region(f"r{len(ends)}", parent=ends[-1]))
    catalogue = make.catalogue(*ends)
    made = refusal(lambda: make.region("more", parent=ends[-1]))
    raw = {"id": "more", "name": "More", "level": "region", "parent": "r99"}
    read = refusal(lambda: smartspec.from_dict(smartspec.Region, raw, catalogue))
    assert made == "Region: more than 100 entities refer one to the next from here on (shorten the chain)"
    assert read == made.replace(":", "#:", 1)


@pytest.mark.parametrize("value", [2014, 2014.0])
def test_a_whole_number_is_one_however_it_is_written(value: float, make: Make) -> None:
    made = make.objective(number=value)
    raw = {**smartspec.to_dict(made), "number": value}
    read = smartspec.from_dict(smartspec.StrategicObjective, raw, make.catalogue(made.strategy.region, made.strategy))
    assert (repr(made.number), repr(read.number)) == ("2014", "2014")
