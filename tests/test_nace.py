"""NACE: the tables are whole, codes are taken as people have them, and what is none is told with what comes close."""

from __future__ import annotations

import copy
import json
import pathlib
import pickle
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import example, given, strategies as st

import smartspec
from smartspec import Catalogue, DatasetError, InvalidValueError, UnknownAttributeError, UnknownEntityError, nace
from smartspec.nace import Activity, ActivityLevel
from smartspec.nace.lookup import codes_in

if TYPE_CHECKING:
    from conftest import Make

EDITIONS = ("2", "2.1", "ATECO 2007", "ATECO 2022", "ATECO 2025")
ALL = [*nace.activities("2"), *nace.activities("2.1")]


def codes(activities: tuple[Activity, ...]) -> list[str]:
    return [activity.code for activity in activities]


# The tables.


@pytest.mark.parametrize(
    ("edition", "sections", "divisions", "groups", "classes"), [("2", 21, 88, 272, 615), ("2.1", 22, 87, 287, 651)]
)
def test_a_revision_is_whole(edition: str, sections: int, divisions: int, groups: int, classes: int) -> None:
    levels = Counter(activity.level for activity in nace.activities(edition))
    assert levels == {
        ActivityLevel.SECTION: sections,
        ActivityLevel.DIVISION: divisions,
        ActivityLevel.GROUP: groups,
        ActivityLevel.CLASS: classes,
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_of_ateco_has_the_activities_of_its_revision(edition: str) -> None:
    assert nace.activities(edition) == nace.activities("2.1" if edition in ("2.1", "ATECO 2025") else "2")


FORMS = {
    ActivityLevel.SECTION: "[A-V]",
    ActivityLevel.DIVISION: "[A-V][0-9]{2}",
    ActivityLevel.GROUP: r"[A-V][0-9]{2}\.[0-9]",
    ActivityLevel.CLASS: r"[A-V][0-9]{2}\.[0-9]{2}",
}


def test_a_code_has_the_form_of_its_level() -> None:
    assert [a for a in ALL if not re.fullmatch(FORMS[a.level], a.code)] == []


def test_an_activity_lies_in_one_of_the_level_above() -> None:
    above = {level: higher for higher, level in pairwise(ActivityLevel)}
    for activity in ALL:
        parent = activity.parent
        assert (parent.level if parent else None) == above.get(activity.level)
        if parent:
            assert activity.code.startswith(parent.code)
            assert parent is nace.activity(parent.code, activity.edition)


def test_the_headings_are_sentences_in_both_languages() -> None:
    for label in (label for activity in ALL for label in (activity.name, activity.local_name)):
        assert label == " ".join(label.split())
        assert label[0].isupper()
        assert not label.isupper()
        assert not re.search(r"[‘’“”—]|\bnca\b", label)


def test_every_code_is_found_however_it_is_written() -> None:
    for activity in ALL:
        section, digits = activity.code[0], activity.code[1:]
        written = {section + digits, digits or section, section + digits.replace(".", ""), digits.replace(".", "")}
        for code in written - {""}:
            assert nace.activity(code, activity.edition) is activity


@pytest.mark.parametrize("edition", ["2", "2.1"])
def test_activities_stand_in_the_order_of_the_classification(edition: str) -> None:
    found = codes(nace.activities(edition))
    assert found == sorted(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("code", "edition", "name", "local_name", "uri"),
    [
        ("C", "2", "Manufacturing", "Attività manifatturiere", "http://data.europa.eu/ux2/nace2/C"),
        (
            "29.32",
            "2",
            "Manufacture of other parts and accessories for motor vehicles",
            "Fabbricazione di altre parti ed accessori per autoveicoli",
            "http://data.europa.eu/ux2/nace2/2932",
        ),
        (
            "46.5",
            "2",
            "Wholesale of information and communication equipment",
            "Commercio all'ingrosso di apparecchiature ICT",
            "http://data.europa.eu/ux2/nace2/465",
        ),
        ("01", "2.1", None, None, "http://data.europa.eu/ux2/nace2.1/01"),
        (
            "62.10",
            "2.1",
            "Computer programming activities",
            "Attività di programmazione informatica",
            "http://data.europa.eu/ux2/nace2.1/6210",
        ),
    ],
)
def test_an_activity_says_what_it_is(
    code: str, edition: str, name: str | None, local_name: str | None, uri: str
) -> None:
    activity = nace.activity(code, edition)
    assert activity.uri == uri
    assert name is None or (activity.name, activity.local_name) == (name, local_name)


def test_an_activity_shows_itself() -> None:
    activity = nace.activity("29.1")
    assert repr(activity) == "Activity('C29.1', name='Manufacture of motor vehicles', edition='2')"
    assert str(activity) == "Manufacture of motor vehicles"
    assert all(len(repr(activity)) < 130 and "\n" not in repr(activity) for activity in ALL)


def test_an_activity_is_a_value() -> None:
    activity = nace.activity("29.1")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        activity.code = "C30"  # type: ignore[misc]
    for copied in (copy.copy(activity), copy.deepcopy(activity), pickle.loads(pickle.dumps(activity))):
        assert (copied, hash(copied)) == (activity, hash(activity))
    assert attrs.evolve(activity, name="Cars") != activity
    assert nace.activity("29.1", "2.1") != activity


def test_a_level_is_a_text_too() -> None:
    assert [*ActivityLevel] == ["section", "division", "group", "class"]
    assert nace.activity("29.1").level == "group"


def test_the_headings_that_the_packaged_areas_quote_are_those_of_the_table(s3: Catalogue) -> None:
    headings = {activity.name for activity in nace.activities()}
    quoted = [cited.passage for area in s3.innovation_areas for cited in area.cite("nace")]
    assert quoted
    assert [passage for passage in quoted if not any(passage.lower() in heading.lower() for heading in headings)] == []


# The forms in which people have codes.


@pytest.mark.parametrize(
    "code",
    [
        *("C29.32", "29.32", "2932", "C2932", "c29.32", "c2932", "C 29.32", "C.29.32", " 29.32\n"),
        *("29.32.09", "293209", "C29.32.09", "C293209", "29.32.0", "29320", "c29.32.09", "C 29.32.09"),
    ],
)
@pytest.mark.parametrize("edition", ["2", "ATECO 2007", "ATECO 2022"])
def test_a_code_is_taken_as_people_write_it(code: str, edition: str) -> None:
    assert nace.activity(code, edition) is nace.activity("C29.32")


def test_other_countries_have_subdivisions_of_their_own() -> None:
    assert nace.activity("62.01.1").code == "J62.01"  # Germany's.
    with pytest.raises(UnknownEntityError):
        nace.activity("62.01.1", "ATECO 2022")


@pytest.mark.parametrize(
    ("code", "edition", "found"),
    [
        ("62.01.00", "ATECO 2007", "J62.01"),
        ("62.10.00", "ATECO 2025", "K62.10"),
        ("01.13.20", "ATECO 2007", "A01.13"),
        ("01.13.21", "ATECO 2022", "A01.13"),
        ("46.89.00", "ATECO 2025", "G46.89"),
    ],
)
def test_each_edition_of_ateco_has_its_own_subcategories(code: str, edition: str, found: str) -> None:
    assert nace.activity(code, edition).code == found


# What is no code.


@pytest.mark.parametrize(
    ("code", "edition", "text"),
    [
        ("29.39", "2", """NACE Rev. 2 has no '29.39'; did you mean "C29.32" or "C29.31"?"""),
        ("29.4", "2", """NACE Rev. 2 has no '29.4'; did you mean "C29.3" or "C29.2" or "C29.1"?"""),
        ("C2", "2", """NACE Rev. 2 has no 'C2'; did you mean "C20" or "C21" or "C22"?"""),
        ("04", "2", """NACE Rev. 2 has no '04'; did you mean "A03" or "B05" or "A02"?"""),
        ("29,32", "2", """NACE Rev. 2 has no '29,32'; did you mean "C29.32"?"""),
        ("29.32Z", "2", """NACE Rev. 2 has no '29.32Z'; did you mean "C29.32"?"""),
        ("1.11", "2", """NACE Rev. 2 has no '1.11'; did you mean "A01.11"?"""),
        ("1.11.10", "ATECO 2022", """ATECO 2022 has no '1.11.10'; did you mean "01.11.10"?"""),
        ("29.32.07", "ATECO 2022", """ATECO 2022 has no '29.32.07'; did you mean "29.32.09" or "29.32.01"?"""),
        ("J29.32", "2", """NACE Rev. 2 has no 'J29.32'; division 29 is of section C; did you mean "C29.32"?"""),
        (
            "K62",
            "2",
            "NACE Rev. 2 has no 'K62'; division 62 is of section J, only in NACE Rev. 2.1 of K; did you mean \"J62\"?",
        ),
        ("J62.10", "2.1", """NACE Rev. 2.1 has no 'J62.10'; division 62 is of section K; did you mean "K62.10"?"""),
        ("62.10", "2", """NACE Rev. 2 has no '62.10'; it is a code of NACE Rev. 2.1; did you mean "J62.01"?"""),
        ("62.10.00", "2", """NACE Rev. 2 has no '62.10.00'; it is a code of ATECO 2025; did you mean "J62.01"?"""),
        ("V", "2", """NACE Rev. 2 has no 'V'; it is a code of NACE Rev. 2.1; did you mean "U"?"""),
        (
            "01.13.20",
            "ATECO 2022",
            "ATECO 2022 has no '01.13.20'; it is a code of ATECO 2007; did you mean \"A01.13\"?",
        ),
        (
            "30.30",
            "2.1",
            "NACE Rev. 2.1 has no '30.30'; it is a code of NACE Rev. 2, for which there are 2 here; "
            'did you mean "C30.31" or "C30.32"?',
        ),
        (
            "63.12",
            "2.1",
            "NACE Rev. 2.1 has no '63.12'; it is a code of NACE Rev. 2, for which there are 25 here: "
            "translate() names them",
        ),
        ("automotive", "2", "NACE Rev. 2 has no 'automotive'"),
        ("NACE 2.1", "2", "NACE Rev. 2 has no 'NACE 2.1'"),
        ("", "2", "NACE Rev. 2 has no ''"),
        (".", "2", "NACE Rev. 2 has no '.'"),
        ("C.", "2", "NACE Rev. 2 has no 'C.'"),
        ("Z", "2", "NACE Rev. 2 has no 'Z'"),
        ("٢٩", "2", "NACE Rev. 2 has no '٢٩'"),
    ],
)
def test_what_is_no_code_is_told_with_what_comes_close(code: str, edition: str, text: str) -> None:
    with pytest.raises(UnknownEntityError) as caught:
        nace.activity(code, edition)
    assert str(caught.value) == text
    assert caught.value.asked == code


@pytest.mark.parametrize("edition", EDITIONS)
@given(code=st.text() | st.from_regex(r"[A-Za-z]?[ .]?[0-9]{0,3}[., -]?[0-9]{0,3}\.?[0-9]{0,3}[A-Z]?", fullmatch=True))
@example("0" * 10_000)
@example("\ud800")
@example("C29.32\0")
def test_any_text_is_a_code_or_told_to_be_none(edition: str, code: str) -> None:
    near: tuple[str, ...] = ()
    try:
        assert nace.activity(code, edition) in nace.activities(edition)
    except UnknownEntityError as error:
        near = error.near
    assert all(nace.activity(other, edition) for other in near)


@pytest.mark.parametrize("code", [29, 29.32, None, b"29.32", ["29.32"], nace.activity("29.32")])
@pytest.mark.parametrize(
    "ask",
    [nace.activity, nace.related, lambda code: nace.translate(code, "2", "2.1"), lambda code: nace.covers("C", code)],
)
def test_a_code_is_a_text(ask: Any, code: object) -> None:
    with pytest.raises(TypeError, match="a code is a str such as"):
        ask(code)


@pytest.mark.parametrize(
    "ask",
    [
        lambda edition: nace.activity("C", edition),
        nace.activities,
        lambda edition: nace.translate("C", edition, "2"),
        lambda edition: nace.translate("C", "2", edition),
        lambda edition: nace.related("C", edition),
    ],
)
def test_there_are_these_editions_and_no_others(ask: Any) -> None:
    with pytest.raises(
        InvalidValueError, match=r"'3' is no edition \(one of 2, 2\.1, ATECO 2007, ATECO 2022, ATECO 20"
    ):
        ask("3")
    for edition in (2, 2.1, None):
        with pytest.raises(TypeError, match="an edition is a str"):
            ask(edition)


# Translation.


@pytest.mark.parametrize(("source", "target"), [*permutations(EDITIONS, 2)])
def test_every_activity_is_translated_and_leads_back(source: str, target: str) -> None:
    for activity in nace.activities(source):
        found = nace.translate(activity.code, source, target)
        assert found
        assert [*found] == sorted(set(found), key=lambda other: other.code)
        assert {other.level for other in found} == {activity.level}
        assert found[0].edition == nace.activities(target)[0].edition
        assert all(activity in nace.translate(other.code, target, source) for other in found)


@pytest.mark.parametrize("edition", EDITIONS)
def test_within_a_revision_a_code_remains_what_it_is(edition: str) -> None:
    for other in EDITIONS:
        if nace.activities(other) == nace.activities(edition):
            assert codes(nace.translate("C29.32", edition, other)) == ["C29.32"]


@pytest.mark.parametrize(
    ("code", "source", "target", "found"),
    [
        ("29.32", "2", "2.1", ["C29.32"]),
        ("25.40", "2", "2.1", ["C25.30"]),
        ("25.40", "2.1", "2", ["C25.50"]),
        ("62.01", "2", "2.1", ["K62.10"]),
        ("62.20", "2.1", "2", ["J62.02", "J62.03"]),
        ("30.30", "2", "2.1", ["C30.31", "C30.32"]),
        ("C26", "2", "2.1", ["C26"]),
        ("26.3", "2", "2.1", ["C26.3", "C26.5"]),
        ("T", "2", "2.1", ["U"]),
        # Six digits narrow it down, five less so.
        ("26.30.21", "ATECO 2022", "2.1", ["C26.51"]),
        ("26.30.2", "ATECO 2022", "ATECO 2025", ["C26.30", "C26.51"]),
        ("26.30.21", "ATECO 2007", "ATECO 2025", ["C26.51"]),
        ("26.30.21", "2", "2.1", ["C26.30", "C26.51"]),
        ("62.20.10", "ATECO 2025", "2", ["J62.02"]),
        ("62.20.10", "ATECO 2025", "ATECO 2007", ["J62.02"]),
        # Where the update of 2022 made others, the class decides.
        ("74.90.11", "ATECO 2022", "2.1", ["N74.99"]),
        ("01.13.20", "ATECO 2007", "2.1", ["A01.13"]),
        # Ours: nothing else became this.
        ("46.89", "2.1", "2", ["G46.76"]),
    ],
)
def test_a_code_becomes(code: str, source: str, target: str, found: list[str]) -> None:
    assert codes(nace.translate(code, source, target)) == found


def test_a_subcategory_of_2007_whose_class_was_divided_anew_is_read_as_the_class() -> None:
    assert nace.translate("74.90.11", "ATECO 2007", "2.1") == nace.translate("74.90", "2", "2.1")
    assert len(nace.translate("74.90", "2", "2.1")) > 1


def test_what_is_no_code_is_not_translated() -> None:
    with pytest.raises(UnknownEntityError, match=r"NACE Rev. 2 has no '62.10'"):
        nace.translate("62.10", "2", "2.1")


# What covers what.


@pytest.mark.parametrize(
    ("wider", "narrower", "told"),
    [
        ("C", "C29", True),
        ("C", "29.32.09", True),
        ("C29", "C29.32", True),
        ("29.3", "2932", True),
        ("C29.32", "C29.32", True),
        ("C29.32", "C29", False),
        ("C29", "C30", False),
        ("C29.3", "C29.1", False),
    ],
)
def test_one_activity_covers_another(wider: str, narrower: str, told: bool) -> None:
    assert nace.covers(wider, narrower) is told


@pytest.mark.parametrize(("wider", "narrower"), [("C2", "C29"), ("C29", "C29.39"), ("", "C29")])
def test_what_is_no_code_covers_nothing_and_is_not_covered(wider: str, narrower: str) -> None:
    with pytest.raises(UnknownEntityError):
        nace.covers(wider, narrower)


def test_what_covers_or_lies_within_is_related() -> None:
    everything = codes(nace.activities())
    for code in ("C", "C29", "C29.3", "C29.32", *everything[::37]):
        related = {other for other in everything if nace.covers(code, other) or nace.covers(other, code)}
        assert nace.related(code) == related


def test_a_code_of_revision_2_1_is_related_class_by_class() -> None:
    assert nace.related("K62.20", "2.1") == nace.related("62.02") | nace.related("62.03")


# Codes in data.


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("29.32", 'did you mean "C29.32"?'),
        ("c29", 'did you mean "C29"?'),
        ("C2932", 'did you mean "C29.32"?'),
        ("C29.32.09", 'did you mean "C29.32"?'),
        ("J29", 'division 29 is of section C; did you mean "C29"?'),
        ("C29.39", 'did you mean "C29.32" or "C29.31"?'),
        ("K62.10", 'it is a code of NACE Rev. 2.1; did you mean "J62.01"?'),
        ("cars", 'write the letter of the section and the digits, like "C29", "C30.3" or "C29.32"'),
    ],
)
def test_a_wrong_code_in_data_is_told_with_the_right_one(make: Make, code: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make.area(nace=(code,))
    assert (caught.value.message, caught.value.hint) == (f"{code!r} is not a NACE Rev. 2 code", hint)


def pattern() -> str:
    """What the schema wants of a code."""
    return str(smartspec.json_schema(smartspec.InnovationArea)["properties"]["nace"]["items"]["pattern"])


def test_every_code_of_revision_2_may_stand_in_data(make: Make) -> None:
    every = tuple(activity.code for activity in nace.activities())
    assert make.area(nace=every).nace == every
    assert [code for code in every if not re.search(pattern(), code)] == []


@pytest.mark.parametrize("code", ["29", "c29", "C2932", "C29.", "C29.321", "C29\n", "V", ""])
def test_the_schema_refuses_what_does_not_look_like_a_code(code: str) -> None:
    assert not re.search(pattern(), code)


def test_a_wrong_code_in_a_file_is_a_problem_with_a_hint(tmp_path: pathlib.Path, s3: Catalogue) -> None:
    strategy = "piedmont-s3-2014-2020"
    area = {"id": "x", "name": "X", "strategy": strategy, "designation": "x", "nace": ["C29", "K62.10"]}
    (tmp_path / "innovation-areas.json").write_text(json.dumps([area]), encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path, s3)
    (problem,) = caught.value.problems
    assert (problem.pointer, problem.message) == ("/0/nace/1", "'K62.10' is not a NACE Rev. 2 code")
    assert problem.hint == 'it is a code of NACE Rev. 2.1; did you mean "J62.01"?'


# Areas by activity.


@pytest.fixture
def coded(make: Make) -> Catalogue:
    """A catalogue of areas that are named by their codes."""
    plan = make.strategy()
    areas = [
        make.area(code.replace(".", "-").lower(), name=code, strategy=plan, nace=(code,))
        for code in ("C", "C25.4", "C25.5", "C29", "C29.3", "C29.32", "C30", "J62.01", "J62.02")
    ]
    several = make.area("several", name="several", strategy=plan, nace=("A01", "C29.1"))
    return make.catalogue(make.region(), plan, *areas, several, make.area("none", name="none", strategy=plan))


@pytest.mark.parametrize(
    ("code", "edition", "found"),
    [
        ("29.32.09", "2", ["C", "C29", "C29.3", "C29.32"]),
        ("293209", "ATECO 2007", ["C", "C29", "C29.3", "C29.32"]),
        ("29.3", "2", ["C", "C29", "C29.3", "C29.32"]),
        ("29", "2", ["C", "C29", "C29.3", "C29.32", "several"]),
        ("A", "2", ["several"]),
        ("U", "2", []),
        ("25.40", "2", ["C", "C25.4"]),
        ("25.40", "2.1", ["C", "C25.5"]),
        ("62.10.00", "ATECO 2025", ["J62.01"]),
        ("62.20", "2.1", ["J62.02"]),
    ],
)
def test_areas_are_found_by_an_activity(coded: Catalogue, code: str, edition: str, found: list[str]) -> None:
    assert [area.name for area in coded.innovation_areas.classified(code, edition=edition)] == found


def test_what_is_no_code_classifies_nothing(coded: Catalogue) -> None:
    with pytest.raises(UnknownEntityError, match=r"NACE Rev\. 2 has no 'cars'"):
        coded.innovation_areas.classified("cars")
    with pytest.raises(InvalidValueError, match="'3' is no edition"):
        coded.innovation_areas.of().classified("29", edition="3")
    with pytest.raises(TypeError):
        coded.innovation_areas.classified(29)  # type: ignore[arg-type]


def test_a_class_without_codes_says_so(coded: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError, match="Region has no attribute 'nace'"):
        coded.regions.classified("29.32")


def test_what_is_classified_is_a_collection_like_any_other(s3: Catalogue) -> None:
    areas = s3.innovation_areas.classified("29.32.09")
    assert areas == s3.innovation_areas.filter(lambda area: {"C", "C29", "C29.3", "C29.32"} & {*area.nace})
    assert s3.innovation_areas["automotive"] in areas
    assert len(areas.where(strategy="piedmont-s3-2014-2020")) == 2


# Reading.


def test_the_module_offers_these_names_and_no_others() -> None:
    assert dir(nace) == ["Activity", "ActivityLevel", "activities", "activity", "covers", "related", "translate"]


def test_whoever_asks_for_no_activity_reads_none() -> None:
    code = """
import sys, smartspec
s3 = smartspec.load()
s3.innovation_areas.lookup("Green chemistry and cleantech"), s3.search("cars"), len(s3)
print([name for name in sys.modules if name.startswith("smartspec.nace")])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_asking_for_one_revision_does_not_read_the_other() -> None:
    code = """
from smartspec.nace import activity as ask
from smartspec.nace.classification import table
ask("29.32.09"); ask("C")
print(table.cache_info().currsize)
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "1\n"


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("29 30", ["29", "30"]),
        ("29.32; 30.30", ["29.32", "30.30"]),
        ("C29,C30", ["C29", "C30"]),
        ("29.10,30.2", ["29.10", "30.2"]),
        ("C 29", ["C 29"]),
        ("29,10", ["29,10"]),
        ("62|63", ["62", "63"]),
        (" ", []),
    ],
)
def test_the_codes_of_a_cell_are_parted_as_people_write_them(cell: str, codes: list[str]) -> None:
    assert codes_in(cell) == codes
