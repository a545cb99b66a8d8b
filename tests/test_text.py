"""Foreign text in lines of ours: well-formed when shortened, fit to be pasted, and hints that come close."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from smartspec.text import close, did_you_mean, quoted, shown

atoms = st.one_of(st.text(), st.binary(), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))
values = st.recursive(
    atoms, lambda inner: st.one_of(st.lists(inner), st.tuples(inner, inner), st.dictionaries(st.text(), inner))
)
widths = st.integers(1, 200)


def is_well_formed(text: str) -> bool:
    """Whether it is a literal of Python's, or a type in angle brackets."""
    if text.startswith("<") and text.endswith(">"):
        return True
    ast.literal_eval(text.replace("inf", "1e999"))
    return True


@given(values, widths)
def test_what_is_shown_is_a_literal_or_a_type_in_brackets(value: Any, width: int) -> None:
    assert is_well_formed(shown(value, width))


@given(values, widths)
def test_what_is_shown_is_short_and_on_one_line(value: Any, width: int) -> None:
    assert shown(value, width).isprintable()
    assert len(shown(value, width)) <= max(width, len(type(value).__name__)) + 2


@given(st.text(st.characters(exclude_categories=[]), max_size=2_000), widths)
def test_a_shown_text_is_a_literal_of_its_beginning(text: str, width: int) -> None:
    told = ast.literal_eval(shown(text, width))
    assert told == text or (told.endswith("…") and text.startswith(told[:-1]))


@given(st.text("ab \"'\\é", max_size=60))
def test_a_quoted_text_can_be_pasted_into_python_and_into_json(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == json.loads(quoted(text)) == text


@given(st.text(max_size=60))
def test_a_quoted_text_is_one_line_of_python(text: str) -> None:
    assume(not set(text) & set("\u00a0\u2007\u2009\u202f"))  # Spaces that are shown as others.
    assert quoted(text).isprintable()
    assert ast.literal_eval(quoted(text)) == text


class Faulty:
    def __repr__(self) -> str:
        raise AttributeError("half made")


class Tall:
    def __repr__(self) -> str:
        return "two\nlines"


class Silent:
    def __repr__(self) -> str:
        return ""


@pytest.mark.parametrize("cls", [Faulty, Tall, Silent])
def test_what_cannot_show_itself_on_a_line_is_shown_by_its_type(cls: type) -> None:
    assert shown(cls()) == f"<{cls.__name__}>"


@pytest.mark.parametrize(
    ("asked", "valid", "near"),
    [
        pytest.param("piedmnt", ["piedmont", "torino"], ("piedmont",), id="a-letter-left-out"),
        pytest.param("auto", ["salute", "automotive"], ("automotive",), id="a-beginning"),
        pytest.param("auto", ["salute", "ricerca", "auguri"], (), id="nothing-near"),
        pytest.param("parnt", ["parent", "name"], ("parent",), id="a-field"),
        pytest.param("it", ["italy", "ivrea"], (), id="two-letters"),
        pytest.param("", ["italy"], (), id="nothing"),
        pytest.param("italy", [], (), id="none-there"),
        pytest.param(
            "torino",
            ["torino-a", "torino-ab", "torino-abc", "torino-abcd"],
            ("torino-a", "torino-ab", "torino-abc"),
            id="three-at-most",
        ),
    ],
)
def test_a_hint_is_near_or_there_is_none(asked: str, valid: list[str], near: tuple[str, ...]) -> None:
    assert close(asked, valid) == near


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=20))
def test_hints_are_three_at_most_of_what_there_is_each_once(asked: str, valid: list[str]) -> None:
    near = close(asked, valid)
    assert len(near) == len({*near}) <= 3
    assert {*near} <= {*valid}


def test_a_hint_can_be_pasted() -> None:
    assert did_you_mean(["torino", 'the "city"']) == 'did you mean "torino" or "the \\"city\\""?'
