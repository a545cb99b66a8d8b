"""Strict datasets: each thing that can be wrong is a problem that says where and what to write instead."""

from __future__ import annotations

import io
import json
import pathlib
import re
import shutil
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue, DatasetError, Problem
from smartspec.__main__ import main

EXAMPLE = pathlib.Path(smartspec.__file__).parent / "datasets" / "lake_region"
GONE = object()
"""Instead of a value: take the key out."""


class Breakable:
    """A copy of the example dataset in which a test breaks things."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        shutil.copytree(EXAMPLE, path)

    def json(self, file: str) -> Any:
        return json.loads((self.path / file).read_text(encoding="utf-8"))

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file: str, content: object) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (self.path / file).write_bytes(data)

    def put(self, file: str, pointer: str, value: object) -> None:
        """Set what a JSON pointer names; a number one past the end appends."""
        content = place = self.json(file)
        *way, last = pointer[1:].split("/")
        for step in way:
            place = place[int(step) if isinstance(place, list) else step]
        if value is GONE:
            del place[last]
        elif isinstance(place, list) and int(last) == len(place):
            place.append(value)
        else:
            place[int(last) if isinstance(place, list) else last] = value
        self.write(file, content)

    def load(self, base: Catalogue | None = None) -> Catalogue:
        return smartspec.load(self.path, base=base)

    def problems(self, base: Catalogue | None = None) -> tuple[Problem, ...]:
        with pytest.raises(DatasetError) as caught:
            self.load(base)
        return caught.value.problems

    def problem(self) -> Problem:
        """The one problem."""
        problems = self.problems()
        assert len(problems) == 1, [*map(str, problems)]
        return problems[0]


@pytest.fixture
def broken(tmp_path: pathlib.Path) -> Breakable:
    return Breakable(tmp_path / "lake")


def places(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.file}#{problem.pointer}" for problem in problems]


# What is put where, and what is said of it there: fragments of the message and of the hint.
WRONG_TYPES: list[tuple[str, str, object, str, str]] = [
    ("regions.json", "/0/name", 5, "5 is a whole number, not a text", 'write "5"'),
    ("regions.json", "/0/name", None, "None is nothing, not a text", "leave the key out"),
    ("regions.json", "/0/description", ["x"], "['x'] is a list, not a text", "write a text"),
    ("regions.json", "/1/area_km2", "1200", "'1200' is a text, not a number", "write the number without quotes"),
    ("regions.json", "/1/area_km2", True, "True is a truth value, not a number", "write a number"),
    ("regions.json", "/0/aliases", "Seen", "'Seen' is a text, not a list", 'write ["Seen"]'),
    ("regions.json", "/0/aliases", ["Seen", 1], "1 is a whole number, not a text", 'write "1"'),
    ("regions.json", "/0/level", 3, "3 is no RegionLevel", "one of country, macro-region, region"),
    ("strategies.json", "/0/start", 2021, "2021 is a whole number, not a text", 'write "2021"'),
    ("strategies.json", "/0/start", 2021.5, "2021.5 is a number, not a text", "write a text"),
    ("strategies.json", "/0/start", True, "True is a truth value, not a text", "write a text"),
    ("strategies.json", "/0/complete", "yes", "'yes' is a text, not a truth value", "write a truth value"),
    ("strategies.json", "/0/complete", 1, "1 is a whole number, not a truth value", "write a truth value"),
    ("strategic-objectives.json", "/0/number", "1", "'1' is a text, not a whole number", "the number without quotes"),
    ("strategic-objectives.json", "/0/number", 1.5, "1.5 is no whole number", "leave the fraction out"),
    ("strategic-objectives.json", "/0/number", True, "True is a truth value, not a whole number", "whole number"),
    ("initiatives.json", "/0/participants", ["lake-yard"], "is a text, not an object", "write the keys of a Particip"),
    ("initiatives.json", "/0/participants/0/organisation", 5, "5 is a whole number, not an id", "of an Organisation"),
    ("indicators.json", "/0/region", 5, "5 is a whole number, not an id", "write the id of a Region"),
    ("indicators.json", "/0/region", {"id": "lakeland"}, "is an object, not an id", "write the id of a Region"),
    ("indicators.json", "/0/region", None, "None is nothing, not an id", "write the id of a Region"),
    ("initiatives.json", "/0/areas", "clean-shipping", "is a text, not a list", 'write ["clean-shipping"]'),
    ("initiatives.json", "/0/areas", None, "None is nothing, not a list", "leave the key out"),
    ("indicators.json", "/0/citations", {}, "{} is an object, not a list", "write a list"),
    ("indicators.json", "/0/citations/0", "p. 5", "'p. 5' is a text, not an object", "write the keys of a Citation"),
    ("indicators.json", "/0/citations/0/passage", 5, "5 is a whole number, not a text", 'write "5"'),
    ("indicators.json", "/0/citations/0/supports", "name", "'name' is a text, not a list", 'write ["name"]'),
    ("indicators.json", "/0/citations/0/source", [], "[] is a list, not an id", "write the id of a Source"),
    ("alignments.json", "/0", [], "[] is a list, not an object", "write the keys of a"),
    ("alignments.json", "/0", None, "None is nothing, not an object", "write the keys of a"),
    ("dataset.json", "/version", 1, "1 is a whole number, not a text", 'write "1"'),
]
WRONG_VALUES: list[tuple[str, str, object, str, str]] = [
    ("indicators.json", "/0/id", "Ferries", "'Ferries' is not an id in kebab-case", "use lower-case letters"),
    ("indicators.json", "/0/id", "diesel--ferries", "is not an id in kebab-case", "single hyphens"),
    ("indicators.json", "/0/id", "ferries\n", "'ferries\\n' is not an id in kebab-case", "use lower-case letters"),
    ("indicators.json", "/0/id", "", "'' is not an id in kebab-case", "use lower-case letters"),
    ("regions.json", "/0/name", "  ", "'  ' is not a text", "write at least one visible character"),
    ("regions.json", "/0/aliases", ["", "Seen"], "'' is not a text", "write at least one visible character"),
    ("regions.json", "/0/nuts", "itc1", "'itc1' is not a NUTS code", 'write it like "ITC1"'),
    ("regions.json", "/0/iso_3166_2", "IT21", "'IT21' is not an ISO 3166-2 code", 'write it like "IT-21"'),
    ("innovation-areas.json", "/1/nace", ["C10", "K62"], "'K62' is not a NACE Rev. 2 code", 'did you mean "J62"?'),
    ("sources.json", "/0/url", "www.lakes.example", "is not a web address", "write it in full, with https://"),
    ("sources.json", "/0/url", "javascript:alert(1)", "is not a web address", "write it in full, with https://"),
    ("sources.json", "/0/language", "English", "'English' is not a language code", "two or three lower-case letters"),
    ("sources.json", "/0/published", "0000", "'0000' is not a date", "write it as exactly as it is known"),
    ("sources.json", "/0/published", "2021-02-30", "'2021-02-30' is not a date", '"2009", "2009-03" or "2009-03-31"'),
    ("sources.json", "/0/published", "15.3.2021", "'15.3.2021' is not a date", '"2009", "2009-03" or "2009-03-31"'),
    ("dataset.json", "/checked", "2026-11", "'2026-11' is not a day", 'write it like "2026-11-22"'),
    ("regions.json", "/0/lau", "00 1272", "'00 1272' is not a LAU code", "write the code of its statistical office"),
    ("initiatives.json", "/0/participants/0/role", "lead", "'lead' is no Role", 'did you mean "leads"'),
    ("indicators.json", "/0/qualifier", "roughly", "'roughly' is no Qualifier", "one of exact, over, about"),
    ("strategic-objectives.json", "/0/number", 0, "0 is not a number in a list", "count from 1"),
    ("regions.json", "/0/level", "regoin", "'regoin' is no RegionLevel", 'did you mean "region"'),
    ("regions.json", "/0/level", "REGION", "'REGION' is no RegionLevel", "one of country, macro-region, region"),
    ("regions.json", "/1/area_km2", float("nan"), "nan is not a finite number", ""),
    ("regions.json", "/1/area_km2", float("inf"), "inf is not a finite number", ""),
    ("regions.json", "/1/area_km2", float("-inf"), "-inf is not a finite number", ""),
    ("regions.json", "/1/area_km2", 10**400, "is more than a number can hold exactly", "write it as people round it"),
    ("regions.json", "/0/description", "\ud800", "'\\ud800' holds half of a surrogate pair", "drop it"),
    ("indicators.json", "/0/region", "lake-regoin", "regions has no 'lake-regoin'", 'did you mean "lake-region"?'),
    ("indicators.json", "/0/region", "atlantis", "regions has no 'atlantis'", "add it to regions"),
    ("indicators.json", "/0/region", "\ud800", "regions has no '\\ud800'", "add it to regions"),
    ("indicators.json", "/0/citations/0/source", "book", "sources has no 'book'", "add it to sources"),
    ("initiatives.json", "/0/areas", ["clean-shipping", "x"], "has no 'x'", "add it to innovation_areas"),
    (
        "indicators.json",
        "/0/citations/0/passage",
        "one two three four five six seven eight nine",
        "1 to 8 words",
        "few",
    ),
    ("indicators.json", "/0/citations/0/basis", "guessed", "'guessed' is no Basis", "one of stated, inferred"),
    ("indicators.json", "/0/citations/0/supports", ["regoin"], "'regoin' is no attribute", 'did you mean "region"?'),
    ("indicators.json", "/0/citations/0/supports", ["q"], "'q' is no attribute", "one of id, name"),
    ("indicators.json", "/0/end", "2019-12", "'2019-12' is before start '2020'", "exchange the two"),
    ("regions.json", "/0/local_language", "en", "there is no local_name", "write the name in that language"),
    ("alignments.json", "/0/match", "freshwater-food", "is aligned to itself", "name another area"),
    ("dataset.json", "/name", " ", "' ' is not a text", "write at least one visible character"),
]
# Where the problem is, if that is within or beside what was put there.
DEEPER = {
    ("/0/aliases", "1 is a whole number, not a text"): "/1",
    ("/0/aliases", "'' is not a text"): "/0",
    ("/1/nace", "'K62' is not a NACE Rev. 2 code"): "/1",
    ("/0/areas", "has no 'x'"): "/1",
    ("/0/citations/0/supports", "'regoin' is no attribute"): "/0",
    ("/0/citations/0/supports", "'q' is no attribute"): "/0",
    ("/0/participants", "is a text, not an object"): "/0",
}


@pytest.mark.parametrize(("file", "pointer", "value", "message", "hint"), [*WRONG_TYPES, *WRONG_VALUES])
def test_a_wrong_value_is_one_problem_that_says_where_and_what_to_write(
    broken: Breakable, file: str, pointer: str, value: object, message: str, hint: str
) -> None:
    broken.put(file, pointer, value)
    problem = broken.problem()
    assert (problem.file, problem.pointer) == (file, pointer + DEEPER.get((pointer, message), ""))
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("file", "pointer", "message", "hint"),
    [
        ("regions.json", "/0/levl", "Region has no 'levl'", 'did you mean "level"?'),
        ("regions.json", "/0/population", "Region has no 'population'", "one of id, name, local_name"),
        ("indicators.json", "/0/citations/0/pasage", "Citation has no 'pasage'", 'did you mean "passage"?'),
        ("dataset.json", "/license", "DatasetInfo has no 'license'", 'did you mean "licence"?'),
        ("regions.json", "/0/\ud800", "Region has no '\\ud800'", "one of id"),
        ("regions.json", "/0/", "Region has no ''", "one of id"),
    ],
)
def test_an_unknown_key_is_a_problem(broken: Breakable, file: str, pointer: str, message: str, hint: str) -> None:
    broken.put(file, pointer, "x")
    problem = broken.problem()
    assert (problem.file, problem.pointer, problem.message) == (file, pointer, message)
    assert hint in problem.hint


def test_a_key_with_the_signs_of_json_pointers_is_escaped_in_the_pointer(broken: Breakable) -> None:
    regions = broken.json("regions.json")
    regions[0]["a/b~c"] = 1
    broken.write("regions.json", regions)
    assert broken.problem().pointer == "/0/a~1b~0c"


@pytest.mark.parametrize(
    ("file", "pointer", "key", "hint"),
    [
        ("alignments.json", "/0", "id", "The id in kebab-case"),
        ("regions.json", "/1", "level", "The kind of territory"),
        ("indicators.json", "/0", "region", "The territory that it measures"),
        ("indicators.json", "/0/citations/0", "source", "The document"),
        ("dataset.json", "", "name", "The name of the dataset"),
    ],
)
def test_a_missing_key_is_a_problem_of_its_record(
    broken: Breakable, file: str, pointer: str, key: str, hint: str
) -> None:
    broken.put(file, f"{pointer}/{key}", GONE)
    problem = broken.problem()
    assert (problem.file, problem.pointer, problem.message) == (file, pointer, f"the key {key!r} is missing")
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("file", "member", "pointer"),
    [
        ("regions.json", '"level": "country",', "/0/level"),
        ("indicators.json", '"passage": "41 diesel ferries in 2020",', "/0/citations/0/passage"),
        ("dataset.json", '"version": "1",', "/version"),
    ],
)
def test_a_key_that_stands_twice_is_a_problem_at_any_depth(
    broken: Breakable, file: str, member: str, pointer: str
) -> None:
    broken.write(file, broken.text(file).replace(member, member * 2).encode())
    problem = broken.problem()
    assert (problem.pointer, problem.hint) == (pointer, "keep one")
    assert "stands here more than once" in problem.message


def test_a_key_that_stands_three_times_is_one_problem(broken: Breakable) -> None:
    member = '"level": "country",'
    broken.write("regions.json", broken.text("regions.json").replace(member, member * 3).encode())
    assert broken.problem().pointer == "/0/level"


@pytest.mark.parametrize("name", ["Lakeland", "Another"])
def test_an_id_of_two_records_is_one_problem_at_the_second(broken: Breakable, name: str) -> None:
    broken.put("regions.json", "/2", {**broken.json("regions.json")[0], "name": name})
    problem = broken.problem()
    assert (problem.file, problem.pointer, problem.hint) == ("regions.json", "/2/id", "choose another id")
    assert problem.message == "'lakeland' is the id of record 0 too"


def test_an_area_and_its_field_of_two_strategies_are_a_problem(broken: Breakable) -> None:
    other = {**broken.json("strategies.json")[0], "id": "other"}
    broken.put("strategies.json", "/1", other)
    broken.put("innovation-areas.json", "/1/strategy", "other")
    problem = broken.problem()
    assert (problem.file, problem.pointer) == ("innovation-areas.json", "/1/priority_field")
    assert "'living-with-water' is a field of 'lake-s3-2021-2027', not of 'other'" in problem.message
    assert problem.hint == "name a field of its own strategy"


@pytest.mark.parametrize("note", [GONE, "", " "])
def test_an_inferred_citation_without_a_reason_is_a_problem(broken: Breakable, note: object) -> None:
    broken.put("alignments.json", "/0/citations/0/note", note)
    problem = broken.problem()
    assert (problem.pointer, problem.hint) == ("/0/citations/0/note", "say why it is inferred")


def test_a_record_that_is_its_own_parent_is_a_problem(broken: Breakable) -> None:
    broken.put("regions.json", "/0/parent", "lakeland")
    problem = broken.problem()
    assert (problem.file, problem.pointer, problem.hint) == ("regions.json", "/0/parent", "cut the circle")
    assert "lakeland → lakeland" in problem.message


def test_each_of_several_circles_is_a_problem(broken: Breakable) -> None:
    regions = broken.json("regions.json")
    circles = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("into-a-circle", "a")]
    regions += [{"id": id, "name": id, "level": "region", "parent": parent} for id, parent in circles]
    broken.write("regions.json", regions)
    problems = broken.problems()
    assert [re.findall(r": (\w → .*)$", problem.message) for problem in problems] == [["a → b → a"], ["c → d → e → c"]]


def test_sources_that_cite_each_other_are_a_circle(broken: Breakable) -> None:
    source = broken.json("sources.json")[0]
    other = {**source, "id": "other", "citations": [{"source": "plan-of-the-lakes", "passage": "x"}]}
    broken.write("sources.json", [{**source, "citations": [{"source": "other", "passage": "x"}]}, other])
    problem = broken.problem()
    assert (problem.file, problem.pointer) == ("sources.json", "/1/citations/0/source")
    assert "plan-of-the-lakes → other → plan-of-the-lakes" in problem.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"name": "caf\xe9"}]', "byte 14 is not UTF-8"),
        (b"\xff\xfe[\0]\0", "byte 0 is not UTF-8"),
        (b"", "line 1, column 1 is not JSON"),
        (b'[\n{"id": "x",', "line 2, column 12 is not JSON"),
        (b"[] []", "is not JSON: Extra data"),
        (b'[{"id": "a\nb"}]', "is not JSON: Invalid control character"),
        (b"[" * 100_000 + b"]" * 100_000, "is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested too deeply"),
        (b'[{"value": ' + b"9" * 5_000 + b"}]", "holds a number of thousands of digits"),
        (b"{}", "{} is an object, not a list"),
        (b'"x"', "'x' is a text, not a list"),
        (b"null", "None is nothing, not a list"),
    ],
    ids=range(12),
)
def test_a_file_that_holds_no_list_of_records_is_one_problem(broken: Breakable, content: bytes, message: str) -> None:
    broken.write("alignments.json", content)
    problem = broken.problem()
    assert (problem.file, problem.pointer) == ("alignments.json", "")
    assert message in problem.message
    assert problem.hint


@pytest.mark.parametrize("content", [b"[]", b"5", b"null"])
def test_a_dataset_file_that_holds_no_object_is_a_problem(broken: Breakable, content: bytes) -> None:
    broken.write("dataset.json", content)
    problem = broken.problem()
    assert (problem.file, problem.pointer) == ("dataset.json", "")
    assert "not an object" in problem.message


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_is_a_problem(broken: Breakable, number: str) -> None:
    text = broken.text("indicators.json").replace("41.0", number)
    broken.write("indicators.json", text.encode())
    problem = broken.problem()
    assert problem.pointer == "/0/value"
    assert "is not a finite number" in problem.message


def test_a_value_nested_almost_too_deeply_is_shown_shortened(broken: Breakable) -> None:
    (broken.path / "alignments.json").write_text('[{"id": ' + "[" * 900 + "]" * 900 + "}]")
    assert all(len(str(problem)) < 400 for problem in broken.problems())


def test_a_dataset_that_is_not_there_is_a_problem(tmp_path: pathlib.Path) -> None:
    with pytest.raises(DatasetError, match="nowhere#: is not there") as caught:
        smartspec.load(tmp_path / "nowhere")
    assert "name the directory" in caught.value.problems[0].hint


def test_a_file_in_the_place_of_the_directory_is_a_problem(tmp_path: pathlib.Path) -> None:
    (tmp_path / "lake.json").write_text("[]")
    with pytest.raises(DatasetError, match=r"lake\.json#: is a file") as caught:
        smartspec.load(tmp_path / "lake.json")
    assert "name the directory" in caught.value.problems[0].hint


def test_a_directory_in_the_place_of_a_file_is_a_problem(broken: Breakable) -> None:
    (broken.path / "alignments.json").unlink()
    (broken.path / "alignments.json").mkdir()
    problem = broken.problem()
    assert (problem.file, problem.hint) == ("alignments.json", "make it a readable file")
    assert "cannot be read" in problem.message


def test_a_link_to_nowhere_in_the_place_of_a_file_is_a_problem(broken: Breakable) -> None:
    (broken.path / "alignments.json").unlink()
    (broken.path / "alignments.json").symlink_to("nowhere")
    assert broken.problem().file == "alignments.json"


@pytest.mark.parametrize("path", ["x" * 5_000, "nul\0", "\ud800"])
def test_a_path_that_no_system_takes_is_a_problem(path: str) -> None:
    with pytest.raises(DatasetError, match=r"not there|cannot be read"):
        smartspec.load(path)


def test_a_directory_that_cannot_be_listed_is_a_problem(broken: Breakable, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: pathlib.Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "iterdir", refuse)
    assert broken.problem().message == "cannot be read: Permission denied"


def test_a_file_with_a_name_of_no_collection_is_a_problem(broken: Breakable) -> None:
    broken.write("region.json", [])
    problem = broken.problem()
    assert (problem.file, problem.message) == ("region.json", "is no file of a dataset")
    assert problem.hint == 'did you mean "regions.json"?'


def test_a_file_like_none_of_a_dataset_is_a_problem_that_lists_them(broken: Breakable) -> None:
    broken.write("zzz.json", [])
    assert broken.problem().hint.startswith("one of dataset.json, sources.json")


def test_a_directory_without_any_file_of_a_dataset_is_a_problem(tmp_path: pathlib.Path) -> None:
    with pytest.raises(DatasetError, match="holds no file of a dataset"):
        smartspec.load(tmp_path)


def test_other_files_beside_the_json_files_do_not_matter(broken: Breakable) -> None:
    (broken.path / "README.md").write_text("ours")
    assert len(broken.load()) == 15


@pytest.mark.parametrize("name", [" ", "a\nb", "ü", "\udcff"])
def test_a_directory_may_bear_any_name(broken: Breakable, name: str) -> None:
    moved = broken.path.rename(broken.path.with_name(name))
    assert len(smartspec.load(moved)) == 15


def break_ten_things(broken: Breakable) -> list[str]:
    """Break ten different things; where the problems are, in file order."""
    broken.put("alignments.json", "/0/relation", "similar")
    broken.put("dataset.json", "/licens", "CC0-1.0")
    broken.put("indicators.json", "/0/value", "41")
    broken.put("initiatives.json", "/0/participants/0/organisation", "lake-yrad")
    broken.put("innovation-areas.json", "/0/nace", ["K62"])
    broken.put("observations.json", "/0/citations/0/supports", ["aera"])
    broken.put("organisations.json", "/0/url", "lake-yard")
    broken.put("regions.json", "/0/parent", "lake-region")
    broken.put("sources.json", "/0/published", "20210")
    broken.put("strategies.json", "/0/end", "2012")
    return [
        "dataset.json#/licens",
        "sources.json#/0/published",
        "regions.json#/0/parent",
        "strategies.json#/0/end",
        "innovation-areas.json#/0/nace/0",
        "organisations.json#/0/url",
        "initiatives.json#/0/participants/0/organisation",
        "indicators.json#/0/value",
        "observations.json#/0/citations/0/supports/0",
        "alignments.json#/0/relation",
    ]


def test_ten_things_broken_at_once_are_ten_problems_in_file_order(broken: Breakable) -> None:
    expected = break_ten_things(broken)
    # A circle has no first record: the one that closes it, as the file is read, is named.
    assert [place.replace("#/1/parent", "#/0/parent") for place in places(broken.problems())] == expected


def test_ten_things_broken_at_once_are_ten_lines_that_each_say_what_to_write(
    broken: Breakable, capsys: pytest.CaptureFixture[str]
) -> None:
    break_ten_things(broken)
    assert main(["validate", str(broken.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all(re.fullmatch(r"[a-z-]+\.json#/\S*: .+ \(.+\)", line) for line in lines)


def test_several_problems_of_one_record_come_together_and_in_the_order_of_the_records(broken: Breakable) -> None:
    for pointer in ("/1/level", "/0/level", "/0/name"):
        broken.put("regions.json", pointer, 5)
    assert [problem.pointer for problem in broken.problems()] == ["/0/name", "/0/level", "/1/level"]


def test_each_wrong_name_in_supports_is_a_problem(broken: Breakable) -> None:
    broken.put("indicators.json", "/0/citations/0/supports", ["x", "name", "y"])
    assert [problem.pointer[-1] for problem in broken.problems()] == ["0", "2"]


def test_a_wrong_name_in_supports_is_found_beside_another_problem_of_the_citations(broken: Breakable) -> None:
    broken.put("innovation-areas.json", "/0/citations/0/passage", 5)
    broken.put("innovation-areas.json", "/0/citations/1/supports", ["activites"])
    assert [problem.pointer for problem in broken.problems()] == [
        "/0/citations/0/passage",
        "/0/citations/1/supports/0",
    ]


def test_a_wrong_name_in_supports_is_found_though_the_source_is_broken(broken: Breakable) -> None:
    broken.put("sources.json", "/0/published", "20210")
    broken.put("indicators.json", "/0/citations/0/supports", ["regoin"])
    assert places(broken.problems()) == ["sources.json#/0/published", "indicators.json#/0/citations/0/supports/0"]


def test_an_alignment_to_itself_is_found_though_the_area_is_broken(broken: Breakable) -> None:
    broken.put("innovation-areas.json", "/1/nace", ["K62"])
    broken.put("alignments.json", "/0/match", "freshwater-food")
    assert places(broken.problems()) == ["innovation-areas.json#/1/nace/0", "alignments.json#/0/match"]


def test_what_refers_to_a_broken_record_is_no_problem_itself(broken: Breakable) -> None:
    broken.put("regions.json", "/1/area_km2", "large")
    assert broken.problem().pointer == "/1/area_km2"


def test_a_file_that_cannot_be_read_says_so_first(broken: Breakable) -> None:
    broken.write("sources.json", b"[")
    assert places(broken.problems())[0] == "sources.json#"


def test_the_text_of_the_error_is_a_line_for_each_problem(broken: Breakable) -> None:
    broken.put("regions.json", "/0/name", 5)
    broken.put("regions.json", "/0/nuts", "x")
    with pytest.raises(DatasetError) as caught:
        broken.load()
    assert str(caught.value).splitlines() == ["2 problems:", *map(str, caught.value.problems)]


def test_thousands_of_problems_are_all_there_as_data(broken: Breakable) -> None:
    broken.write("alignments.json", [5] * 3_000)
    with pytest.raises(DatasetError, match=r"and 2000 more, in `problems`$") as caught:
        broken.load()
    assert len(caught.value.problems) == 3_000


def test_thousands_of_dangling_references_are_all_found(broken: Breakable) -> None:
    indicator = broken.json("indicators.json")[0]
    broken.write("indicators.json", [{**indicator, "id": f"i-{n}", "region": f"r-{n}"} for n in range(2_000)])
    assert len(broken.problems()) == 2_000


def test_a_description_of_ten_megabytes_loads(broken: Breakable) -> None:
    broken.put("regions.json", "/0/description", "ü" * 5_000_000)
    assert len(broken.load().regions["lakeland"].description) == 5_000_000


@pytest.mark.parametrize("turned", [False, True], ids=["parents first", "children first"])
def test_a_chain_of_a_hundred_parents_loads_in_the_order_of_the_file(broken: Breakable, turned: bool) -> None:
    chain = [{"id": f"r-{n}", "name": "R", "level": "region", "parent": f"r-{n - 1}"} for n in range(1, 100)]
    records = [{"id": "r-0", "name": "R", "level": "region"}, *chain][:: -1 if turned else 1]
    broken.write("regions.json", broken.json("regions.json") + records)
    loaded = broken.load()
    assert len(loaded.regions["r-99"].ancestors) == 99
    assert [region.id for region in loaded.regions][2:] == [record["id"] for record in records]


def test_what_hangs_on_a_circle_of_ten_thousand_is_one_problem(broken: Breakable) -> None:
    circle = [{"id": f"r-{n}", "name": "R", "level": "region", "parent": f"r-{n - 1}"} for n in range(10_000)]
    circle[0]["parent"] = "r-9000"
    broken.write("regions.json", broken.json("regions.json") + circle)
    problem = broken.problem()
    assert problem.hint == "cut the circle"
    assert len(str(problem)) < 400


def test_any_file_may_be_missing(broken: Breakable) -> None:
    for path in broken.path.iterdir():
        if path.name not in ("regions.json", "sources.json"):
            path.unlink()
    assert [entity.id for entity in broken.load()] == ["plan-of-the-lakes", "lakeland", "lake-region"]


def test_a_dataset_without_a_name_is_called_like_its_directory(broken: Breakable) -> None:
    (broken.path / "dataset.json").unlink()
    assert broken.load().name == "lake"


def test_a_byte_order_mark_does_not_matter(broken: Breakable) -> None:
    broken.write("regions.json", b"\xef\xbb\xbf" + broken.text("regions.json").encode())
    assert len(broken.load().regions) == 2


def test_null_is_the_same_as_leaving_an_optional_key_out(broken: Breakable) -> None:
    broken.put("regions.json", "/0/nuts", None)
    assert broken.load().regions["lakeland"].nuts is None


def test_a_whole_number_is_taken_where_a_float_is_due(broken: Breakable) -> None:
    broken.put("regions.json", "/1/area_km2", 1200)
    assert type(broken.load().regions["lake-region"].area_km2) is float


# From where a dataset can be loaded.


def zipped(content: pathlib.Path, under: str = "") -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(content.iterdir()):
            archive.write(path, under + path.name)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("kind", [str, pathlib.Path])
def test_a_dataset_loads_from_a_path_of_any_kind(kind: Callable[[pathlib.Path], Any]) -> None:
    assert len(smartspec.load(kind(EXAMPLE))) == 15


@pytest.mark.parametrize("under", ["", "lake/"])
def test_a_dataset_loads_from_a_zip_file(tmp_path: pathlib.Path, under: str) -> None:
    path = tmp_path / "lake.zip"
    path.write_bytes(zipped(EXAMPLE, under).getvalue())
    with zipfile.ZipFile(path) as archive:
        assert smartspec.load(zipfile.Path(archive, under)) == smartspec.load(EXAMPLE)


def test_a_dataset_loads_from_a_zip_file_in_memory() -> None:
    with zipfile.ZipFile(zipped(EXAMPLE)) as archive:
        assert smartspec.load(zipfile.Path(archive)) == smartspec.load(EXAMPLE)


def test_a_damaged_zip_file_is_a_problem_of_the_file_in_it(tmp_path: pathlib.Path) -> None:
    damaged = zipped(EXAMPLE).getvalue().replace(b"An invented country", b"An invented cuontry")
    (tmp_path / "lake.zip").write_bytes(damaged)
    with (
        zipfile.ZipFile(tmp_path / "lake.zip") as archive,
        pytest.raises(DatasetError, match=r"regions\.json#: cannot be read"),
    ):
        smartspec.load(zipfile.Path(archive))


def test_a_directory_in_the_place_of_a_file_in_a_zip_is_a_problem(tmp_path: pathlib.Path) -> None:
    with zipfile.ZipFile(tmp_path / "lake.zip", "w") as archive:
        archive.writestr("lake/regions.json/x", "")
    with (
        zipfile.ZipFile(tmp_path / "lake.zip") as archive,
        pytest.raises(DatasetError, match=r"regions\.json#: cannot be read"),
    ):
        smartspec.load(zipfile.Path(archive, "lake/"))


@pytest.mark.parametrize("path", [5, b"lake", ["lake"]])
def test_what_is_no_path_is_a_mistake_of_the_programmer(path: Any) -> None:
    with pytest.raises(TypeError):
        smartspec.load(path)


def test_a_base_needs_a_path(s3: Catalogue) -> None:
    with pytest.raises(TypeError, match="needs the path"):
        smartspec.load(base=s3)


@pytest.mark.parametrize("base", [5, "x", EXAMPLE])
def test_a_base_that_is_no_catalogue_is_a_mistake_of_the_programmer(base: Any) -> None:
    with pytest.raises(TypeError):
        smartspec.load(EXAMPLE, base=base)


# On top of a base.


@pytest.fixture
def lakes() -> Catalogue:
    return smartspec.load(EXAMPLE)


@pytest.fixture
def addition(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "addition"
    path.mkdir()
    return path


def port(**given: object) -> dict[str, object]:
    return {"id": "port", "name": "Port", "level": "municipality", "parent": "lake-region", **given}


def add(addition: pathlib.Path, *regions: object) -> pathlib.Path:
    (addition / "regions.json").write_text(json.dumps(regions))
    return addition


def test_records_may_refer_to_those_of_the_base(addition: pathlib.Path, lakes: Catalogue) -> None:
    loaded = smartspec.load(add(addition, port()), base=lakes)
    assert loaded.regions["port"].parent is lakes.regions["lake-region"]


def test_records_follow_those_of_the_base(addition: pathlib.Path, lakes: Catalogue) -> None:
    loaded = smartspec.load(add(addition, port()), base=lakes)
    assert [region.id for region in loaded.regions] == ["lakeland", "lake-region", "port"]


def test_the_base_stays_as_it_is(addition: pathlib.Path, lakes: Catalogue) -> None:
    smartspec.load(add(addition, port()), base=lakes)
    assert lakes == smartspec.load(EXAMPLE)


def test_without_the_base_a_reference_to_it_dangles(addition: pathlib.Path) -> None:
    with pytest.raises(DatasetError, match="regions has no 'lake-region'"):
        smartspec.load(add(addition, port()))


def test_a_reference_that_dangles_is_compared_to_the_ids_of_the_base(addition: pathlib.Path, lakes: Catalogue) -> None:
    with pytest.raises(DatasetError, match='did you mean "lake-region"'):
        smartspec.load(add(addition, port(parent="lake-regoin")), base=lakes)


def test_the_dataset_itself_may_be_loaded_over_itself(lakes: Catalogue) -> None:
    loaded = smartspec.load(EXAMPLE, base=lakes)
    assert [*loaded] == [*lakes]
    assert (loaded.info, loaded.base) == (lakes.info.evolve(base=loaded.info.base), lakes)


def test_another_record_of_an_id_of_the_base_is_a_problem(addition: pathlib.Path, lakes: Catalogue) -> None:
    changed = {**smartspec.to_dict(lakes.regions["lakeland"]), "name": "Another"}
    with pytest.raises(DatasetError) as caught:
        smartspec.load(add(addition, port(), changed), base=lakes)
    (problem,) = caught.value.problems
    assert (problem.file, problem.pointer, problem.hint) == ("regions.json", "/1/id", "choose another id")
    assert "'lakeland' is taken by Region('lakeland'" in problem.message


def test_an_empty_base_is_a_base(lakes: Catalogue) -> None:
    empty = Catalogue(smartspec.DatasetInfo(name="Nothing"), ())
    loaded = smartspec.load(EXAMPLE, base=empty)
    assert [*loaded] == [*lakes]
    assert [info.name for info in loaded.datasets] == ["Nothing", lakes.name]


def test_the_packaged_dataset_takes_additions(addition: pathlib.Path, s3: Catalogue) -> None:
    assert len(smartspec.load(add(addition, port(parent="piedmont")), base=s3)) == len(s3) + 1


# The same rules for entities made in Python.


def test_extend_takes_an_entity_that_is_identical(lakes: Catalogue) -> None:
    again = smartspec.load(EXAMPLE)
    assert [*lakes.extend(*again)] == [*lakes]


def test_extend_refuses_another_record_of_an_id(lakes: Catalogue) -> None:
    other = smartspec.Region(id="lakeland", name="Another", level=smartspec.RegionLevel.COUNTRY)
    with pytest.raises(DatasetError, match=r"regions#/lakeland/id: 'lakeland' is taken by .* \(choose another id\)"):
        lakes.extend(other)


def test_extend_refuses_a_reference_to_what_is_not_there(lakes: Catalogue, s3: Catalogue) -> None:
    port = smartspec.Region(
        id="port", name="Port", level=smartspec.RegionLevel.MUNICIPALITY, parent=s3.regions["italy"]
    )
    with pytest.raises(DatasetError, match=r"regions#/port/parent: 'italy' of regions is not there \(add it too\)"):
        lakes.extend(port)


def test_extend_refuses_a_reference_to_another_record_of_an_id(lakes: Catalogue) -> None:
    other = smartspec.Region(id="lakeland", name="Another", level=smartspec.RegionLevel.COUNTRY)
    port = smartspec.Region(id="port", name="Port", level=smartspec.RegionLevel.MUNICIPALITY, parent=other)
    with pytest.raises(DatasetError, match="'lakeland' of regions is another one here"):
        lakes.extend(port)


def test_extend_gives_all_problems_at_once(lakes: Catalogue, s3: Catalogue) -> None:
    with pytest.raises(DatasetError) as caught:
        lakes.extend(s3.regions["torino"], s3.regions["piedmont"])
    assert [problem.pointer for problem in caught.value.problems][:2] == ["/torino/parent", "/torino/citations"]
    assert len(caught.value.problems) >= 4


def test_entities_come_in_any_order(lakes: Catalogue) -> None:
    assert set(Catalogue(lakes.info, reversed([*lakes]))) == set(lakes)
