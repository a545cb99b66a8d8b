"""``python -m smartspec.matching.evaluate``: figures that can be redone by hand, and errors that name the line."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import pytest

import smartspec
from smartspec import InvalidValueError, Placement, Verdict
from smartspec.matching.evaluate import Figures, Labelled, evaluate, main, read

OTHERS = pathlib.Path(__file__).parent / "labelled_other_regions.jsonl"
S3 = smartspec.load()
AREAS = S3.innovation_areas.where(strategy="piedmont-s3-2021-2027")
AEROSPACE, FOOD, HEALTH = (AREAS[f"{name}-2021"] for name in ("aerospace", "food", "health"))


class Told:
    """Places each text as it says itself: "none", "unsure", or the ids of areas."""

    def match(self, text: str) -> Placement:
        areas = tuple(area for area in AREAS if area.id in text)
        verdict = Verdict.AREA if areas else Verdict.NONE if "none" in text else Verdict.UNSURE
        return Placement(text, verdict, areas, tuple(smartspec.Candidate(area, 3.0, ()) for area in areas), None, 0, ())


TEXTS = [
    Labelled("aerospace-2021", ("aerospace-2021",), "en"),
    Labelled("aerospace-2021", ("food-2021",), "en"),
    Labelled("aerospace-2021 food-2021", ("food-2021", "aerospace-2021"), "it"),
    Labelled("food-2021", (), "it"),
    Labelled("none", (), "it"),
    Labelled("none", ("health-2021",), "it"),
    Labelled("unsure", (), "it"),
    Labelled("unsure", ("health-2021",), "it"),
]


def test_the_figures_are_those_that_can_be_counted_by_hand() -> None:
    figures = evaluate(Told(), TEXTS).figures
    # Right: the first, the third, the fifth. Given: five areas, three of them labels. With a label: five, three given.
    assert figures == Figures(8, accuracy=0.375, precision=0.6, coverage=0.6, none=0.5, first=0.4)


def test_figures_of_a_language_are_of_its_texts_alone() -> None:
    by_language = evaluate(Told(), TEXTS).by_language
    assert {name: figures.texts for name, figures in by_language.items()} == {"en": 2, "it": 6}
    assert by_language["en"].precision == 0.5
    assert by_language["en"].none is None


def test_precision_of_an_area_is_of_the_times_that_it_was_given() -> None:
    by_area = evaluate(Told(), TEXTS).by_area
    assert by_area["aerospace-2021"].precision == 0.667
    assert by_area["food-2021"].precision == 0.5
    assert by_area["health-2021"].precision is None
    assert by_area["health-2021"].coverage == 0


def test_the_confusion_counts_each_text_once() -> None:
    confusion = evaluate(Told(), TEXTS).confusion
    assert confusion == {
        "aerospace-2021": {"aerospace-2021": 2},
        "food-2021": {"aerospace-2021": 1},
        "health-2021": {"none": 1, "unsure": 1},
        "none": {"food-2021": 1, "none": 1, "unsure": 1},
    }


def test_no_texts_give_no_figures() -> None:
    evaluation = evaluate(Told(), [])
    assert evaluation.figures == Figures(0, None, None, None, None, None)
    assert "all  0" in str(evaluation)


def labels(value: object) -> tuple[str, ...]:
    (labelled,) = read([json.dumps({"text": "x", "label": value})], AREAS)
    return labelled.labels


def test_a_label_is_an_id_its_beginning_a_list_or_null() -> None:
    assert labels("food-2021") == labels("food") == labels(["food"]) == ("food-2021",)
    assert labels(["food", "health"]) == ("food-2021", "health-2021")
    assert labels(None) == labels([]) == ()


def test_an_id_that_begins_others_stands_for_itself() -> None:
    areas = S3.innovation_areas.where(strategy="piedmont-s3-2014-2020")
    (labelled,) = read(['{"text": "x", "label": "aerospace"}'], areas)
    assert labelled.labels == ("aerospace",)
    with pytest.raises(InvalidValueError, match="several areas begin with 'aerosp'"):
        list(read(['{"text": "x", "label": "aerosp"}'], areas))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: '{' is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", 'line 2: it is no object with a "text"'),
        ('{"label": "food"}', 'line 2: it is no object with a "text"'),
        ('{"text": "x", "label_2014": null}', r"line 2: it has no 'label' \(it has: text, label_2014\)"),
        ('{"text": "x", "label": 5}', "line 2: 5 is neither an id"),
        ('{"text": "x", "label": ""}', "line 2: several areas begin with ''"),
        ('{"text": "x", "label": "fod-2021"}', r'line 2: no area .* \'fod-2021\' \(did you mean "food-2021"\?\)'),
        ('{"text": "x", "label": null, "strategy": "mars"}', "line 2: 'mars' is no strategy here"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(line: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        list(read(["", line], AREAS))


def written(tmp_path: pathlib.Path, *rows: dict[str, object]) -> str:
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


ROWS: tuple[dict[str, object], ...] = (
    {"text": "A rocket.", "label_2021": "aero", "lang": "en"},
    {"text": "Una pizza.", "label_2021": "food", "lang": "it"},
    {"text": "A painting in the museum.", "label_2021": None, "lang": "en"},
)


def test_the_command_prints_tables(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *ROWS)
    assert main([path, "--label", "label_2021", "--strategy", "piedmont-s3-2021-2027"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[1].split() == ["all", "3", "1.000", "1.000", "1.000", "1.000", "1.000"]
    assert "1 aerospace-2021  1" in out


def test_the_command_prints_json(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *ROWS)
    assert main([path, "--label", "label_2021", "--strategy", "piedmont-s3-2021-2027", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["texts"], told["accuracy"]) == (3, 1)
    assert set(told["by_language"]) == {"en", "it"}
    assert told["confusion"]["none"] == {"none": 1}


def test_what_cannot_be_carried_out_is_told_on_stderr(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, *ROWS)
    for arguments, message in (
        ([path, "--strategy", "piedmont-s3-2021-2027"], "line 1: it has no 'label'"),
        ([path, "--label", "label_2021"], "line 1: it does not say of which strategy"),
        ([path, "--strategy", "piedmont"], "did you mean"),
        ([f"{path}x", "--strategy", "piedmont-s3-2021-2027"], "No such file"),
    ):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert message in err


def test_texts_of_several_strategies_are_placed_each_in_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(OTHERS), "--europe", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["texts"] == 60
    assert len(told["by_strategy"]) == 6
    # What is claimed in docs/how-to/matching.md of these texts, with room for changes of the vocabulary.
    assert told["first"] >= 0.55
    assert told["precision"] >= 0.8


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    command = f"{sys.executable} -m smartspec.matching.evaluate {OTHERS} --europe | true"
    assert subprocess.run(["bash", "-c", command], capture_output=True, text=True).stderr == ""
