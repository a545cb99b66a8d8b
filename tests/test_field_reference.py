"""The reference of all fields and the picture of the domain say what the code declares."""

import importlib.util
import pathlib
import re

import pytest

from smartspec import Citation, Region
from smartspec.catalogue.relations import referring
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts

DOCS = pathlib.Path(__file__).parents[1] / "docs"


def page_maker() -> object:
    spec = importlib.util.spec_from_file_location("fields_of_the_docs", DOCS / "_ext" / "fields.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


maker = page_maker()


def test_the_page_of_all_fields_says_what_the_code_declares() -> None:
    told = (DOCS / "reference" / "fields.md").read_text(encoding="utf-8").splitlines()
    assert told == [*maker.page()], "write it again: python docs/_ext/fields.py"


def test_an_example_of_a_field_is_a_value_of_the_packaged_data() -> None:
    assert maker.example(Region, facts(Region)["lau"]) == "`001272`"


@pytest.mark.parametrize("cls", maker.RECORDS)
def test_a_field_is_told_with_type_meaning_rule_and_example(cls: type) -> None:
    for row in maker.cells(cls, maker.own(cls)):
        _, kind, meaning, _, _ = row
        assert kind, row
        assert meaning.endswith((".", "*", "`")), row


def test_the_table_under_a_class_of_the_site_names_all_its_own_fields() -> None:
    lines: list[str] = []
    maker.under_class(None, "class", "smartspec.Region", Region, None, lines)
    assert [name for name in facts(Region) if f"``{name}``" in "\n".join(lines)] == [
        fact.name for fact in maker.own(Region)
    ]


def test_the_picture_of_the_domain_shows_every_reference() -> None:
    text = (DOCS / "explanation" / "domain.md").read_text(encoding="utf-8")
    picture = re.findall(r"```mermaid\n(.*?)```", text, re.S)[0]
    drawn = {
        (start, name, end)
        for start, end, names in re.findall(r"^ *(\w+) --> (\w+) : (.+)$", picture, re.M)
        for name in names.split(", ")
    }
    declared = set()
    for cls in COLLECTIONS.values():
        for name, inner in referring(cls):
            held = facts(cls)[name].cls
            ends = [facts(held)[part].cls for part in inner] or [held]
            declared |= {(cls.__name__, name, end.__name__) for end in ends if held is not Citation}
    assert drawn == declared
