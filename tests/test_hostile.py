"""Hostile texts: whatever a dataset says, a line stays one line, of a length to read, and nothing moves the cursor."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest

import smartspec
from smartspec import Catalogue, DatasetError, Problem, SaveError
from smartspec.__main__ import main
from smartspec.display.terminal import overview
from smartspec.text import clean, close, counted, did_you_mean, shown

PACKAGED = pathlib.Path(smartspec.__file__).parent / "datasets"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "escape sequence": "\033[2J\033]0;title\a",
    "lines": "one\ntwo\r\nthree\x85four\u2028five\u2029six\x0bseven",
    "right to left": "\u202e\u2066\u200f\u061cabc",
    "invisible": "\u200b\u2060\ufeff\x00a\x7f\U000e0041",
    "carriage return": "bad\rgood",
    "backspaces": "bad\b\b\bgood",
    "a megabyte": "long " * 200_000,
    "a megabyte of lines": "\n\n" * 500_000 + "x",
    "a megabyte of marks": "a" + "\u0301" * 500_000,
    "quotes": "'\"`$(rm)",
    "markdown": "| a | b |\n|---|---|\n# title\n[x](javascript:alert(1))",
    "braces": "{0.__class__} %s %n",
}
texts = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def check_lines(printed: str, width: int = 600) -> None:
    """Nothing but line breaks moves the cursor, and no line floods the screen."""
    lines = printed.split("\n")
    assert all(line.isprintable() for line in lines), ascii([line for line in lines if not line.isprintable()])[:500]
    assert max(map(len, lines)) <= width


def hostile_catalogue(text: str) -> Catalogue:
    """A catalogue in which every text is the given one."""
    source = smartspec.Source(id="s", name=text, publisher=text, title=text, language="en")
    citations = (smartspec.Citation(source=source, passage="x", note=text),)
    common: dict[str, Any] = {
        "name": text,
        "local_name": text,
        "aliases": (text,),
        "description": text,
        "citations": citations,
    }
    region = smartspec.Region(id="r", level=smartspec.RegionLevel.REGION, **common)
    plan = smartspec.Strategy(id="p", region=region, kind=smartspec.StrategyKind.SMART_CITY, **common)
    field = smartspec.PriorityField(id="f", strategy=plan, designation=text, **common)
    within = smartspec.InnovationArea(
        id="within", strategy=plan, priority_field=field, designation=text, activities=(text,), **common
    )
    beside = smartspec.InnovationArea(id="beside", strategy=plan, designation=text, **common)
    yard = smartspec.Organisation(id="o", kind=smartspec.OrganisationKind.COMPANY, region=region, **common)
    pole = smartspec.InnovationPole(id="c", region=region, seat=yard, areas=(within,), **common)
    figure = smartspec.Indicator(id="i", region=region, value=1.0, unit=text, **common)
    info = smartspec.DatasetInfo(name=text, version=text, licence=text, description=text)
    return Catalogue(info, [source, region, plan, field, within, beside, yard, pole, figure])


@texts
def test_the_overview_shows_hostile_names_harmlessly(text: str) -> None:
    check_lines(overview(hostile_catalogue(text)))


@texts
def test_the_overview_of_hostile_names_has_as_many_sections_as_of_others(text: str) -> None:
    lines = overview(hostile_catalogue(text)).split("\n")
    assert sum(line.startswith("Innovation poles") for line in lines) == 1


@texts
def test_each_repr_is_one_short_line(text: str) -> None:
    catalogue = hostile_catalogue(text)
    shared: list[Any] = [catalogue, catalogue.info, *catalogue.collections.values()]
    for value in [*shared, *catalogue, catalogue.regions["r"].citations[0], catalogue.links(catalogue.regions["r"])[0]]:
        printed = repr(value)
        assert printed.isprintable(), ascii(printed)[:500]
        assert len(printed) <= 600, type(value)


class Page(HTMLParser):
    """What a browser would make of a piece of HTML: its tags, their attributes and its text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        self.texts += [value for _, value in attributes if value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@texts
def test_the_html_of_hostile_texts_is_that_of_harmless_ones_with_short_escaped_lines(text: str) -> None:
    def views(catalogue: Catalogue) -> list[str]:
        held: list[Any] = [catalogue, *catalogue.collections.values(), *catalogue]
        return [value._repr_html_() for value in held if hasattr(value, "_repr_html_")]

    hostile, harmless = views(hostile_catalogue(text)), views(hostile_catalogue("harmless"))
    assert len(hostile) == len(harmless)
    for content, other in zip(map(Page, hostile), map(Page, harmless)):
        assert (content.tags, content.attributes) == (other.tags, other.attributes)
        assert all(part.isprintable() for part in content.texts)
        assert max(map(len, content.texts), default=0) <= 3_100  # 300 signs, each escaped in up to ten places.


@texts
def test_what_the_data_leave_open_is_told_in_short_lines(text: str) -> None:
    check_lines(repr(hostile_catalogue(text).coverage()))


@texts
def test_the_errors_of_a_lookup_are_short_lines(text: str) -> None:
    catalogue = hostile_catalogue(text)
    attempts: list[Any] = [
        lambda: catalogue.regions["x" + text],
        lambda: catalogue.regions.lookup("x" + text),
        lambda: catalogue.innovation_areas.lookup(text),
        lambda: catalogue.regions["q"],
        lambda: catalogue.regions.where(**{text: 1}),
        lambda: catalogue.regions.where(level=text),
        lambda: catalogue.regions.where(area_km2=text),
        lambda: catalogue.regions["r"].cite(text),
        lambda: catalogue.regions.of(text),
    ]
    for attempt in attempts:
        with pytest.raises((smartspec.SmartspecError, TypeError)) as caught:
            attempt()
        check_lines(str(caught.value), 1_000)


@texts
def test_the_errors_of_a_class_are_one_short_line(text: str) -> None:
    given: list[dict[str, Any]] = [
        {"id": text},
        {"id": 5, "name": text},
        {"id": "x", "level": text},
        {"id": "x", "nuts": text},
        {"id": "x", "name": text.encode()},
        {"id": "x", "aliases": [text]},
        {"id": "x", "area_km2": text},
        {"id": "x", "parent": text},
    ]
    for attributes in given:
        with pytest.raises((smartspec.InvalidValueError, TypeError)) as caught:
            smartspec.Region(**{"name": "X", "level": smartspec.RegionLevel.REGION, **attributes})
        check_lines(str(caught.value), 400)
        assert "\n" not in str(caught.value)


@texts
def test_the_errors_of_extend_are_short_lines(text: str) -> None:
    catalogue = hostile_catalogue(text)
    other = smartspec.Region(id="r", name="x" + text, level=smartspec.RegionLevel.COUNTRY)
    town = smartspec.Region(id="t", name=text, level=smartspec.RegionLevel.MUNICIPALITY, parent=other)
    with pytest.raises(DatasetError) as caught:
        catalogue.extend(other, town)
    assert len(caught.value.problems) == 2
    check_lines(str(caught.value))


@texts
def test_each_problem_of_a_hostile_dataset_is_one_short_line(
    text: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PACKAGED / "lake_region", tmp_path / "lake")
    sources = json.loads((PACKAGED / "lake_region" / "sources.json").read_text())
    indicators = json.loads((PACKAGED / "lake_region" / "indicators.json").read_text())
    citation = {"source": text, "passage": [text], "supports": [text], "basis": text, text: text, "note": {text: text}}
    sources.append({**sources[0], "id": text, "published": text, "language": text, text: text})
    indicators[0].update(region=text, value=text, aliases=text, citations=[citation])
    indicators.append(text)
    for name, content in (("sources", sources), ("indicators", indicators), ("alignments", text)):
        (tmp_path / "lake" / f"{name}.json").write_text(json.dumps(content))
    assert main(["validate", str(tmp_path / "lake")]) == 1
    printed = capsys.readouterr().out
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path / "lake")
    assert printed.split("\n") == [*map(str, caught.value.problems), ""]
    assert len(caught.value.problems) >= 12
    check_lines(printed, 700)


def test_a_key_that_stands_twice_is_told_in_one_line(tmp_path: pathlib.Path) -> None:
    key = json.dumps("\u202e\n" * 100_000)
    (tmp_path / "regions.json").write_text(f"[{{{key}: 1, {key}: 2}}]")
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path)
    check_lines(str(caught.value), 1_200)


@pytest.mark.parametrize("name", ["a\nb", "\033[2J", "\u202egpj", "<script>", "\udcff", "x" * 200])
def test_the_name_of_a_directory_cannot_break_a_line(
    name: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / name)]) == 0
    assert main(["validate", str(tmp_path / name)]) == 0
    assert main(["new", str(tmp_path / name)]) == 2
    assert main(["validate", str(tmp_path / name / "nowhere" / name)]) == 2
    captured = capsys.readouterr()
    check_lines(captured.out)
    check_lines(captured.err)


@pytest.mark.parametrize("name", ["a\nb.json", "\033[2J.json", "\udcff.json", f"{'x' * 250}.json"])
def test_the_name_of_a_file_cannot_break_a_line(name: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / name).write_text("[]")
    (tmp_path / "regions.json").write_text("[]")
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path)
    check_lines(str(caught.value))
    assert len(caught.value.problems) == 1


def test_a_terminal_of_another_encoding_shows_problems_too(tmp_path: pathlib.Path) -> None:
    (tmp_path / "regions.json").write_text(json.dumps([{"id": "città\ud800"}]))
    command = [sys.executable, "-m", "smartspec", "validate", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\ud800" in done.stdout


PATIENCE = """
import smartspec
lakes = smartspec.load({example!r})
source = smartspec.to_dict(lakes.sources["plan-of-the-lakes"])
area = smartspec.to_dict(lakes.innovation_areas["clean-shipping"])
for cls, raw in [
    (smartspec.Source, {{**source, {key!r}: {value}}}),
    (smartspec.InnovationArea, {{**area, "citations": [{{"source": source["id"], "passage": {value}}}]}}),
    (smartspec.InnovationArea, {{**area, "nace": [{value}]}}),
]:
    try:
        smartspec.from_dict(cls, raw, lakes)
    except smartspec.DatasetError as error:
        print(len(error.problems))
"""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "'https://' + 'x' * 1_000_000 + ' x' * 9"),
        ("id", "'a' * 1_000_000 + '! x' * 9"),
        ("id", "'a-' * 500_000 + ' x' * 9"),
        ("language", "'a' * 1_000_000 + ' x' * 9"),
        ("name", "' ' * 1_000_000"),
    ],
    ids=["url", "id", "id of many parts", "language", "blank"],
)
def test_no_value_of_a_megabyte_keeps_a_check_busy_for_ever(key: str, value: str) -> None:
    script = PATIENCE.format(example=str(PACKAGED / "lake_region"), key=key, value=value)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["1", "1", "1"]


# What the command line says.


def test_validate_of_a_sound_dataset_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(PACKAGED / "lake_region")]) == 0
    assert capsys.readouterr().out.endswith("lake_region: no problems in 15 entities\n")


def test_validate_over_the_packaged_data_counts_what_is_added(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    utopia = {"id": "utopia", "name": "Utopia", "level": "municipality", "parent": "piedmont"}
    (tmp_path / "regions.json").write_text(json.dumps([utopia]))
    assert main(["validate", "--base", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith(": no problems in 1 entity of its own, 2 warnings\n")


def test_new_writes_the_example(tmp_path: pathlib.Path) -> None:
    assert main(["new", str(tmp_path / "lakes")]) == 0
    assert smartspec.load(tmp_path / "lakes") == smartspec.load(PACKAGED / "lake_region")


@pytest.mark.parametrize("held", ["thesis.docx", "regions.json"])
def test_new_leaves_a_directory_that_holds_something(
    held: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / held).write_text("years of work")
    assert main(["new", str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == [held]
    assert "it is not empty; name a new directory" in capsys.readouterr().err


def test_new_leaves_a_file_as_it_is(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    assert main(["new", str(tmp_path / "thesis.docx")]) == 2
    assert (tmp_path / "thesis.docx").read_text() == "years of work"
    assert "was not saved" in capsys.readouterr().err


# How foreign text is shown.


@texts
def test_a_shown_text_is_one_short_line(text: str) -> None:
    for value in (text, text.encode(), [text], {text: text}, (text,), 10**5_000):
        assert shown(value).isprintable()
        assert len(shown(value)) <= 70


@texts
def test_a_clean_text_is_one_short_line(text: str) -> None:
    # A sign that is escaped takes up to ten places.
    assert clean(text).isprintable()
    assert len(clean(text)) <= 1_000


def test_a_text_that_is_cut_says_so() -> None:
    assert shown("a" * 61).endswith("a…'")
    assert clean("a" * 101).endswith("…")


def test_a_text_that_fits_is_not_cut() -> None:
    assert shown("a" * 58) == f"'{'a' * 58}'"
    assert clean("a" * 100) == "a" * 100


def test_a_value_nested_too_deeply_to_be_written_is_shown_by_its_type() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert shown(deep) == "<list>"


def test_nobody_waits_for_the_hint_to_a_name_of_a_megabyte() -> None:
    assert close("a" * 1_000_000, ["a" * 100]) == ("a" * 100,)


@pytest.mark.parametrize(("number", "text"), [(0, "0 entities"), (1, "1 entity"), (2, "2 entities")])
def test_entities_are_counted_in_words(number: int, text: str) -> None:
    assert counted(number) == text


def test_a_hint_of_nothing_is_empty() -> None:
    assert did_you_mean([]) == ""


@texts
def test_a_problem_made_by_hand_is_one_line(text: str) -> None:
    assert str(Problem(text, text, "is wrong", "write it right")).isprintable()


@texts
def test_a_save_error_is_one_short_line(text: str, tmp_path: pathlib.Path) -> None:
    path = str(tmp_path / "not" / "there" / text.replace("\0", ""))
    with pytest.raises(SaveError) as caught:
        smartspec.load(PACKAGED / "lake_region").save(path)
    check_lines(str(caught.value), 700)
