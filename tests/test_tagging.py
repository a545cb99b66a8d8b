"""``smartspec match``: a text placed, and every row of a CSV file, none dropped."""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from smartspec.__main__ import main
from smartspec.commands.tagging import COLUMNS

VACCINE, MUSEUM = "Vaccini e anticorpi", "Un museo di pittura"
Capture = pytest.CaptureFixture[str]


def test_a_text_is_placed_among_the_areas_of_piedmont_and_that_is_said(capsys: Capture) -> None:
    assert main(["match", VACCINE]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    about, _, rest = out.partition(":\n")
    assert "(piedmont-s3-2021-2027, 6 areas)" in " ".join(about.split())
    assert rest.splitlines()[0] == "Health (health-2021)"


def test_a_placement_keeps_to_the_width_of_the_terminal(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    main(["match", f"{VACCINE}. Un sensore."])
    assert [line for line in capsys.readouterr().out.splitlines() if len(line) > 60] == []


def test_a_text_of_several_words_needs_no_quotes(capsys: Capture) -> None:
    assert main(["match", *VACCINE.split()]) == 0
    unquoted = capsys.readouterr().out
    assert main(["match", VACCINE]) == 0
    assert unquoted == capsys.readouterr().out


def test_a_text_without_an_area_is_answered_too(capsys: Capture) -> None:
    for text in (MUSEUM, "hotel", ""):
        assert main(["match", text]) == 0
        assert re.search("^(None|Unsure)", capsys.readouterr().out, re.M)


@pytest.mark.parametrize(
    "named", ["Smart Specialisation Strategy of Piedmont 2014-2020", "strategies/piedmont-s3-2014-2020"]
)
def test_a_strategy_is_found_by_whatever_names_it(named: str, capsys: Capture) -> None:
    assert main(["match", VACCINE, "--strategy", named]) == 0
    assert "(piedmont-s3-2014-2020, " in capsys.readouterr().out


def test_a_strategy_that_is_misspelt_or_one_of_several_is_told_with_what_to_write(capsys: Capture) -> None:
    assert main(["match", VACCINE, "--strategy", "Strategc Plan of Torino"]) == 2
    assert 'did you mean "' in capsys.readouterr().err
    assert main(["match", VACCINE, "--strategy", "S3"]) == 2
    assert "match --strategy strategies/" in capsys.readouterr().err
    assert main(["match", VACCINE, "--strategy", "Lombardy"]) == 2
    assert "\n  lombardy-s3-2021-2027 " in capsys.readouterr().err


def test_a_dataset_of_other_strategies_asks_for_one_of_them(tmp_path: pathlib.Path, capsys: Capture) -> None:
    mine = str(tmp_path / "mine")
    assert main(["new", mine]) == 0
    assert main(["match", VACCINE, "--dataset", mine]) == 2
    assert "with --strategy; there are: lake-s3-2021-2027\n" in capsys.readouterr().err
    assert main(["match", VACCINE, "--dataset", mine, "--strategy", "lake-s3-2021-2027"]) == 0


def test_a_text_may_come_from_the_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(VACCINE))
    assert main(["match", "-"]) == 0
    assert "health-2021" in capsys.readouterr().out


def test_a_program_gets_the_placement_as_json(capsys: Capture) -> None:
    assert main(["match", VACCINE, "--json"]) == 0
    placement = json.loads(capsys.readouterr().out)
    assert (placement["verdict"], placement["areas"]) == ("area", ["health-2021"])
    evidence = placement["candidates"][0]["evidence"][0]
    assert VACCINE[evidence["start"] : evidence["stop"]] == evidence["text"]


def test_codes_speak_too(capsys: Capture) -> None:
    assert main(["match", "Produciamo cose.", "--nace", "29.32; 30.30"]) == 0
    out = capsys.readouterr().out
    assert "29.32" in out
    assert "30.30" in out


def test_a_strategy_of_another_region_is_known_too(capsys: Capture) -> None:
    assert main(["match", VACCINE, "--strategy", "saxony-s3-2020-2027"]) == 0
    assert "Health (saxony-s3-2020-2027-health)" in capsys.readouterr().out


def test_a_strategy_that_names_areas_twice_is_asked_for_one_kind(capsys: Capture) -> None:
    command = ["match", "Un elicottero.", "--strategy", "piedmont-s3-2014-2020"]
    assert main(command) == 0
    assert "\nUnsure\n" in capsys.readouterr().out
    assert main([*command, "--designation", "innovation area"]) == 0
    assert "Aerospace (aerospace)" in capsys.readouterr().out


def test_what_cannot_be_carried_out_is_told_on_stderr(tmp_path: pathlib.Path, capsys: Capture) -> None:
    path = tmp_path / "projects.csv"
    path.write_text("id;testo;testo\n1;x;y\n", encoding="utf-8")
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    file = ["--csv", str(path)]
    for arguments, message in (
        ([], "either a text or --csv"),
        (["x", *file], "either a text or --csv"),
        (["x", "--text", "y"], "are for --csv"),
        (["x", "--nace", "banana"], "NACE Rev. 2 has no 'banana'"),
        (["x", "--strategy", "piedmont-s3-2021"], "did you mean"),
        (["x", "--designation", "industry"], 'no area is called "industry", but "'),
        (["x", "--strategy", "saxony-s3-2020-2027", "--dataset", "piedmont"], "none of the strategies bears"),
        (["x", "--dataset", "nowhere"], 'there is no dataset "nowhere"'),
        ([*file, "--text", "id", "--json"], "--json is for a text"),
        (["--csv", f"{path}x", "--text", "testo"], 'projects.csvx": No such file or directory\n'),
        (file, "--text COLUMN"),
        ([*file, "--text", "tesot"], 'no column is named "tesot"; did you mean "testo"'),
        ([*file, "--text", "testo"], '2 columns are named "testo"'),
        ([*file, "--text", "id", "--sep", "::"], '"::" is no sign'),
        ([*file, "--text", "id", "--encoding", "utf-5"], '"utf-5" is no encoding'),
        ([*file, "--text", "id", "--encoding", "utf-16"], "is no utf-16"),
        (["--csv", str(empty), "--text", "id"], "there are: none"),
    ):
        assert main(["match", *arguments]) == 2, arguments
        out, err = capsys.readouterr()
        assert out == "" or "--json" in arguments
        assert message in err


def tag(tmp_path: pathlib.Path, content: str | bytes, *options: str, text: str = "text") -> int:
    path = tmp_path / "projects.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return main(["match", "--csv", str(path), "--text", text, *options])


def tagged(capsys: Capture, separator: str = ",") -> tuple[list[dict[str, str]], str]:
    out, err = capsys.readouterr()
    return list(csv.DictReader(io.StringIO(out, newline=""), delimiter=separator, strict=True)), err


def test_all_columns_are_kept_and_what_was_found_stands_after_them(tmp_path: pathlib.Path, capsys: Capture) -> None:
    assert tag(tmp_path, f"id,text,note\n1,{VACCINE},a\n2,{MUSEUM},\n3,Cose,\n") == 0
    rows, _ = tagged(capsys)
    assert list(rows[0]) == ["id", "text", "note", *COLUMNS]
    assert [row["verdict"] for row in rows] == ["area", "none", "unsure"]
    first = dict(zip(COLUMNS, ("area", "health-2021", "Health", rows[0]["score"], "", "Vaccini; anticorpi", "")))
    assert rows[0] == {"id": "1", "text": VACCINE, "note": "a", **first}
    assert float(rows[0]["score"]) > 2
    assert rows[1]["evidence"] == "museo; pittura"


def test_the_runner_up_is_named(tmp_path: pathlib.Path, capsys: Capture) -> None:
    tag(tmp_path, f"text\n{VACCINE}. Un sensore.\n")
    rows, _ = tagged(capsys)
    assert (rows[0]["area"], rows[0]["second"]) == ("health-2021", "advanced-manufacturing-2021")


def test_bad_rows_are_named_and_kept(tmp_path: pathlib.Path, capsys: Capture) -> None:
    content = (
        b'id,text,nace\n1,"Vaccini\ne anticorpi",\n2, ,\n3,Vaccini,banana\n4,Citt\xe0,\n5,short\n6,long,,more,cells\n'
        b'7,"never closed,\n8,said "x" here,\n\n9,Vaccini,C21\n'
    )
    assert tag(tmp_path, content, "--nace", "nace") == 1
    rows, err = tagged(capsys)
    assert [row["id"] for row in rows] == [*"123456789"]
    assert [row["verdict"] for row in rows] == ["area", *[""] * 6, "unsure", "area"]
    assert [bool(row["error"]) for row in rows] == [False, *[True] * 6, False, False]
    assert rows[5]["error"].endswith("too many: more; cells")
    told = [line.partition(":")[0] for line in err.splitlines() if line.startswith("line ")]
    assert told == [f"line {number}" for number in (4, 5, 6, 7, 8, 9)]
    assert "7 bad" not in err
    assert "6 bad" in err


def test_the_summary_counts_rows_verdicts_and_areas(tmp_path: pathlib.Path, capsys: Capture) -> None:
    tag(tmp_path, f"text\n{VACCINE}\nvaccino\n{MUSEUM}\n")
    *_, line, area = capsys.readouterr().err.splitlines()
    assert line.startswith("3 rows among the areas of Smart Specialisation Strategy of Piedmont")
    assert line.endswith(": 2 area, 1 none")
    assert area.split() == ["health-2021", "2"]


def test_a_file_of_italian_excel_is_read_and_written_as_it_is(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "progetti.csv"
    path.write_bytes("\ufeffid;Descrizione; importo\r\n1;Mobilità, vaccini;1,5\r\n".encode())
    command = [sys.executable, "-m", "smartspec", "match", "--csv", str(path), "--text", "Descrizione"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    header, row, end = done.stdout.decode("utf-8").split("\r\n")
    assert header == "\ufeff" + ";".join(["id", "Descrizione", " importo", *COLUMNS])
    assert row.startswith("1;Mobilità, vaccini;1,5;")
    assert end == ""


def test_a_file_of_another_encoding_is_read_if_that_is_said(tmp_path: pathlib.Path, capsys: Capture) -> None:
    content = "text;città\nVaccini;Forlì\n".encode("cp1252")
    assert tag(tmp_path, content) == 1
    assert "try --encoding cp1252" in capsys.readouterr().err
    assert tag(tmp_path, content, "--encoding", "cp1252") == 0
    assert tagged(capsys, ";")[0][0]["città"] == "Forlì"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_the_columns_is_found_by_the_header(sign: str, tmp_path: pathlib.Path, capsys: Capture) -> None:
    assert tag(tmp_path, f'"a, b; c"{sign}text\nx{sign}{VACCINE}\n') == 0
    assert tagged(capsys, sign)[0][0]["area"] == "health-2021"


def test_what_parts_the_columns_can_be_said(tmp_path: pathlib.Path, capsys: Capture) -> None:
    assert tag(tmp_path, f"id:text\n1:{VACCINE}\n", "--sep", ":") == 0
    assert tag(tmp_path, f"id\ttext\n1\t{VACCINE}\n", "--sep", "tab") == 0


def test_columns_that_a_file_has_already_are_not_overwritten(tmp_path: pathlib.Path, capsys: Capture) -> None:
    tag(tmp_path, f"Area,text\nNord,{VACCINE}\n")
    ((row,), _) = tagged(capsys)
    assert (row["Area"], row["smartspec_area"]) == ("Nord", "health-2021")


def test_a_file_may_come_from_the_standard_input() -> None:
    command = [sys.executable, "-m", "smartspec", "match", "--csv", "-", "--text", "text"]
    done = subprocess.run(command, input=f"text\n{VACCINE}\n", capture_output=True, text=True)
    assert done.returncode == 0
    assert "health-2021" in done.stdout


def test_a_reader_that_leaves_early_sees_no_traceback(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("text\n" + f"{VACCINE}\n" * 20_000, encoding="utf-8")
    command = f"{sys.executable} -m smartspec match --csv {path} --text text | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stderr == ""
