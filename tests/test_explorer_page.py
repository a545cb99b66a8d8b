"""The files of the explorer's page: they ask nothing of other hosts, take no text for markup, and speak Italian."""

from __future__ import annotations

import pathlib
import re
from enum import Enum

import pytest

import smartspec
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts
from smartspec.domain.entity import Basis

PAGE = pathlib.Path(smartspec.__file__).parent / "web" / "page"
FILES = {file.name: file.read_text(encoding="utf-8") for file in PAGE.iterdir()}
SCRIPTS = {name: text for name, text in FILES.items() if name.endswith(".js")}
CODE = "\n".join(text for name, text in SCRIPTS.items() if name != "italian.js")
ITALIAN = dict(re.findall(r'"((?:[^"\\]|\\.)+)":\s+"((?:[^"\\]|\\.)+)"', SCRIPTS["italian.js"]))


def words_of_the_page() -> set[str]:
    """What the scripts say: `t("…")`, and the names of the doors."""
    doors = re.search(r"const DOORS = \{(.*?)\}", CODE)
    assert doors
    return {*re.findall(r'\bt\("([^"]+)"', CODE), *re.findall(r'"([^"]+)"', doors[1])}


def words_of_the_data() -> set[str]:
    """Collections in the plural and the singular, fields, and the members of enumerations."""
    declared = [fact for cls in COLLECTIONS.values() for fact in facts(cls).values()]
    kinds = [fact.cls for fact in declared if issubclass(fact.cls, Enum)] + [Basis]
    values = {member.value for kind in kinds for member in kind}
    one = {re.sub("s$", "", re.sub("ies$", "y", name)) for name in COLLECTIONS}
    return {re.sub("[_-]", " ", name) for name in {*COLLECTIONS, *one, *(fact.name for fact in declared), *values}}


def test_every_word_of_the_page_has_an_italian_one() -> None:
    assert words_of_the_page() - {*ITALIAN} == set()


def test_every_field_and_value_has_an_italian_word() -> None:
    names = {"id"}  # Never shown by its name.
    assert words_of_the_data() - {*ITALIAN} - names == set()


def test_no_italian_word_is_left_over() -> None:
    built = {"uncited"}  # The lack of a basis, which no enumeration names.
    assert {*ITALIAN} - words_of_the_page() - words_of_the_data() - built == set()


def test_places_of_values_are_the_same_in_italian() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{\d\}", text))

    assert {text: italian for text, italian in ITALIAN.items() if places(text) != places(italian)} == {}


@pytest.mark.parametrize(
    "way", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc", "cssText"]
)
def test_no_script_makes_markup_or_code_of_a_text(way: str) -> None:
    assert [name for name, text in SCRIPTS.items() if way in text] == []


def test_no_file_names_another_host() -> None:
    hosts = {name: re.findall(r"https?://[\w.]+", text) for name, text in FILES.items()}
    assert {host for found in hosts.values() for host in found} == {
        "http://www.w3.org"
    }  # The name of SVG: never asked.


def test_styles_and_scripts_stand_in_files_of_their_own() -> None:
    assert re.findall(r"<style|\bstyle=|\bon\w+=|<script(?![^>]*\bsrc=)", FILES["index.html"]) == []


def test_every_module_is_small() -> None:
    assert {name: text.count("\n") for name, text in SCRIPTS.items() if text.count("\n") > 250} == {}
