"""The vocabulary: its terms can be found, its table has one form, and what stands in two subjects says so."""

from __future__ import annotations

import pathlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

import smartspec
from smartspec.matching.matcher import WORTH
from smartspec.matching.vocabulary import GENERIC, LANGUAGES, RIVAL, fold, vocabulary

FILE = pathlib.Path(smartspec.__file__).parent / "matching" / "vocabulary.tsv"
TERMS = vocabulary()
SUBJECTS = tuple(dict.fromkeys(term.subject for term in TERMS))
THEMES = [theme.id for theme in smartspec.load_europe().themes]
BORNE = {theme.id for area in smartspec.load_europe().innovation_areas for theme in area.themes}


def standing(note: str, word: str) -> Iterator[str]:
    """The subjects that a note names after "also" or "near"."""
    for remark in note.split("; "):
        names = remark.removeprefix(f"{word} ").split(", ")
        if remark.startswith(f"{word} ") and set(names) <= set(SUBJECTS):
            yield from names


# The file.


def test_the_table_has_a_heading_and_five_cells_a_line() -> None:
    heading, *lines = FILE.read_bytes().decode().split("\n")
    assert heading == "subject\tterm\tlanguage\tweight\tnote"
    assert lines.pop() == ""
    assert [line for line in lines if line.count("\t") != 4 or "\r" in line] == []
    assert [line for line in lines if [cell.strip() for cell in line.split("\t")] != line.split("\t")] == []


def test_subjects_stand_in_the_order_of_the_themes_then_what_tells_nothing_then_rivals() -> None:
    themes = [theme for theme in THEMES if theme in SUBJECTS]
    assert list(SUBJECTS) == [*themes, GENERIC, *sorted(s for s in SUBJECTS if s.startswith(RIVAL))]


def test_the_terms_of_a_subject_stand_together_and_by_the_alphabet() -> None:
    places = [(SUBJECTS.index(term.subject), term.text) for term in TERMS]
    assert places == sorted(places)


# The terms.


def test_a_term_is_words_as_texts_are_folded_some_with_open_endings() -> None:
    form = re.compile(r"[a-z0-9]+\*?( [a-z0-9]+\*?){0,3}")
    assert [term for term in TERMS if not form.fullmatch(term.text)] == []
    assert [t for t in TERMS if any(fold(w.rstrip("*")) != w.rstrip("*") for w in t.words)] == []


def test_enough_letters_stand_before_an_open_ending() -> None:
    assert [t for t in TERMS if any(word.endswith("*") and len(word) < 4 for word in t.words)] == []


def test_no_term_stands_twice_in_a_subject() -> None:
    counts = Counter((term.subject, term.text) for term in TERMS)
    assert [key for key, count in counts.items() if count > 1] == []


def test_languages_are_tagged_and_weights_known() -> None:
    assert {term.languages for term in TERMS} == {*((language,) for language in LANGUAGES), LANGUAGES}
    assert {term.weight for term in TERMS} == set(WORTH) == {1, 2, 3, 4}


def test_a_term_is_of_the_same_languages_in_every_subject() -> None:
    languages = defaultdict(set)
    for term in TERMS:
        languages[term.text].add(term.languages)
    assert {text: found for text, found in languages.items() if len(found) > 1} == {}


def test_a_term_of_two_subjects_says_in_each_which_the_others_are() -> None:
    subjects = defaultdict(list)
    for term in TERMS:
        subjects[term.text].append(term.subject)
    wrong = [t for t in TERMS if [*standing(t.note, "also")] != [s for s in subjects[t.text] if s != t.subject]]
    assert wrong == []


def test_a_term_is_not_said_to_be_near_a_subject_under_which_it_stands() -> None:
    held = {(term.subject, term.text) for term in TERMS}
    assert [t for t in TERMS if any((subject, t.text) in held for subject in standing(t.note, "near"))] == []


# What it covers.


def test_there_are_enough_terms_in_both_languages() -> None:
    assert len(TERMS) >= 2_500
    assert min(sum(language in term.languages for term in TERMS) for language in LANGUAGES) >= 2_500


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_has_terms_in_both_languages(subject: str, language: str) -> None:
    assert sum(language in term.languages for term in TERMS if term.subject == subject) >= 40


def test_every_theme_that_an_area_has_is_a_subject_and_so_is_no_other() -> None:
    assert {s for s in SUBJECTS if s != GENERIC and not s.startswith(RIVAL)} == BORNE


# Folding.


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_any_letter_is_folded_at_once() -> None:
    letters = [chr(number) for number in range(sys.maxunicode + 1)]
    assert [letter for letter in letters if fold(fold(letter)) != fold(letter)] == []


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Mobilità", "mobilita"),
        ("MOBILITA\u0300", "mobilita"),
        ("ﬁbre", "fibre"),
        ("ＣＯ２", "co2"),
        ("ℌ", "h"),
        ("İ", "i"),
    ],
)
def test_case_accents_and_forms_of_letters_do_not_matter(word: str, folded: str) -> None:
    assert fold(word) == folded
