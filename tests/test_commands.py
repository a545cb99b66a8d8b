"""The commands that ask a catalogue, as a person and as a program use them."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec.__main__ import _COMMANDS, main, parser
from smartspec.display.card import card
from smartspec.display.terminal import entries
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts

if TYPE_CHECKING:
    from conftest import Make

Capture = pytest.CaptureFixture[str]
ASKING = ["overview", "show Lombardy", "search hydrogen", "partners Piedmont", "counterparts aerospace-2021"]
COMPARE = "compare torino-strategic-plan-2006 open-for-business"


def said(capsys: Capture, *words: str) -> str:
    """What a command that is carried out prints."""
    assert main([*words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Capture, status: int, *words: str) -> str:
    """What a command tells on stderr that has no answer."""
    assert main([*words]) == status
    out, err = capsys.readouterr()
    assert out == ""
    return err


def answered(capsys: Capture, *words: str) -> Any:
    """What a command answers to a program."""
    return json.loads(said(capsys, *words, "--json"))


# Which entity is meant


@pytest.mark.parametrize(
    "words",
    ["Lombardy", "lombardia", "ITC4", "it-25", "lombardy", "regions/lombardy", "Regione Lombardia"],
    ids=["name", "local name", "NUTS", "ISO", "id", "address", "alias"],
)
def test_an_entity_is_shown_by_whatever_names_it(words: str, capsys: Capture) -> None:
    assert said(capsys, "show", *words.split()).splitlines()[0] == "Lombardy"


def test_an_address_may_be_written_as_the_file_is_called(capsys: Capture) -> None:
    assert "InnovationPole innovation_poles/mesap" in said(capsys, "show", "innovation-poles/mesap")


def test_what_several_bear_is_told_with_what_to_type_for_each(capsys: Capture) -> None:
    err = refused(capsys, 1, "show", "mechatronics")
    assert '5 bear the name or id "mechatronics"' in err
    addresses = [line.strip() for line in err.splitlines() if line.startswith("  innovation_")]
    assert {"innovation_areas/mechatronics", "innovation_poles/mechatronics"} < {*addresses}
    assert len(addresses) == 5
    for address in addresses:
        assert address in said(capsys, "show", address)


def test_an_id_that_another_bears_as_its_name_is_ambiguous(make: Make, tmp_path: pathlib.Path, capsys: Capture) -> None:
    make.catalogue(make.region("asti"), make.region("other", name="Asti")).save(tmp_path / "mine")
    assert "2 bear the name or id" in refused(capsys, 1, "show", "asti", "--dataset", str(tmp_path / "mine"))


def test_a_name_of_hundreds_shows_twenty_of_them(make: Make, tmp_path: pathlib.Path, capsys: Capture) -> None:
    make.catalogue(*(make.region(f"town-{n}", name="Town") for n in range(25))).save(tmp_path / "mine")
    err = refused(capsys, 1, "show", "Town", "--dataset", str(tmp_path / "mine"))
    assert len([line for line in err.splitlines() if line.startswith("  regions/")]) == 20
    assert err.endswith("… and 5 more\n")


def test_a_misspelt_name_is_told_with_those_that_come_near(capsys: Capture) -> None:
    assert 'did you mean "Lombardy"' in refused(capsys, 1, "show", "Lombrdy")
    assert 'did you mean "Bavaria"?' in refused(capsys, 1, "partners", "bavria")


def test_what_no_name_comes_near_is_told_with_what_a_search_finds(capsys: Capture) -> None:
    assert "  innovation_poles/mesap  MESAP\n" in refused(capsys, 1, "show", "mesapp")


def test_a_name_that_nothing_comes_near_is_told_with_how_to_search(capsys: Capture) -> None:
    err = refused(capsys, 1, "show", "xyzzy", "it's")
    assert "smartspec search 'xyzzy it'\"'\"'s'" in err


def test_an_unknown_id_of_a_collection_is_told_with_those_that_come_near(capsys: Capture) -> None:
    assert 'did you mean "regions/piedmont"?' in refused(capsys, 1, "show", "regions/piedmnt")


@pytest.mark.parametrize(
    "written", ["innovation_pole/mesap", "poles/mesap", "innovation_poles/mespa", "innovation-pole/mespa", "pole/mesap"]
)
def test_an_address_is_told_with_the_one_that_comes_near(written: str, capsys: Capture) -> None:
    assert 'did you mean "innovation_poles/mesap"?\n' in refused(capsys, 1, "show", written)


def test_an_address_of_which_no_id_comes_near_is_told_with_what_its_collection_holds(capsys: Capture) -> None:
    err = refused(capsys, 1, "show", "innovation_poles/automation")
    assert "  innovation_poles/" in err
    assert "  initiatives/" not in err


def test_a_region_is_told_with_its_strategies_where_a_strategy_is_asked_for(capsys: Capture) -> None:
    err = refused(capsys, 1, "compare", "Lombardy", "open-for-business")
    assert '"Lombardy" is regions/lombardy, and none of the strategies' in err
    assert "\n  lombardy-s3-2021-2027  Smart specialisation strategy of Lombardy 2021-2027\n" in err


def test_an_address_of_another_collection_is_refused(capsys: Capture) -> None:
    err = refused(capsys, 1, "partners", "innovation_areas/automotive")
    assert '"innovation_areas/automotive" is one of the innovation areas, and none of the regions\n' in err
    assert err.endswith("show innovation_areas/automotive\n")


def test_a_name_of_several_others_is_told_with_one_of_them(capsys: Capture) -> None:
    err = refused(capsys, 1, "partners", "Automotive")
    assert re.search(r'"Automotive" is \w+/[a-z-]+ and \d+ more, and none of the regions\n', err)


# Which catalogue is asked


def test_a_dataset_of_ones_own_is_asked_on_the_base_that_it_names(
    eu: smartspec.Catalogue, make: Make, tmp_path: pathlib.Path, capsys: Capture
) -> None:
    eu.extend(make.region("utopia", parent=eu.regions["bavaria"])).save(tmp_path / "mine")
    out = said(capsys, "show", "Utopia", "--dataset", str(tmp_path / "mine"))
    assert "parent  Bavaria (bavaria)" in out
    assert out.endswith("\nuncited\n")


def test_piedmont_alone_holds_no_other_region(capsys: Capture) -> None:
    assert "nothing bears" in refused(capsys, 1, "show", "ITC4", "--dataset", "piedmont")


def test_what_is_no_dataset_is_refused(tmp_path: pathlib.Path, capsys: Capture) -> None:
    assert "write europe, piedmont, or" in refused(capsys, 2, "show", "x", "--dataset", str(tmp_path / "nowhere"))


def test_a_dataset_with_problems_is_refused_with_how_to_see_them(tmp_path: pathlib.Path, capsys: Capture) -> None:
    (tmp_path / "regions.json").write_text("[5]", encoding="utf-8")
    err = refused(capsys, 2, "show", "x", "--dataset", str(tmp_path))
    assert "regions.json#/0" in err
    assert err.endswith(f"all of them: smartspec validate {tmp_path}\n")


# Show


def test_what_a_card_has_among_the_fields_is_not_told_as_a_link_again(small: smartspec.Catalogue) -> None:
    lines = card(small, small.strategies["s3"])
    told = lines[lines.index("What refers to it") : lines.index("uncited")]
    assert not [line for line in told if "(piedmont)" in line or "(plan)" in line]
    assert [line for line in told if "(health)" in line]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_card_keeps_to_the_width_unless_a_word_is_longer(width: int, eu: smartspec.Catalogue) -> None:
    for collection in eu.collections.values():
        for line in card(eu, collection[0], width):
            assert len(line) <= width or max(map(len, line.split())) > width - 20


def test_a_card_tells_all_that_an_entity_says(s3: smartspec.Catalogue) -> None:
    for collection in s3.collections.values():
        for entity in collection[:20]:
            shown = "\n".join(card(s3, entity, 10_000, all=True))
            for name in facts(type(entity)):
                value = getattr(entity, name)
                if isinstance(value, str):
                    assert value in shown or name == "unit"
                if isinstance(value, smartspec.Entity):
                    assert f"({value.id})" in shown
            for citation in entity.citations:
                assert f'"{citation.passage}"' in shown


def test_a_card_names_who_refers_to_the_entity(s3: smartspec.Catalogue) -> None:
    shown = "\n".join(card(s3, s3.regions["piedmont"], 10_000, all=True))
    for link in s3.links(s3.regions["piedmont"]):
        if link.direction is smartspec.Direction.BACKWARD:
            assert f"({link.end.id})" in shown


def test_long_lists_are_cut_unless_all_are_asked_for(capsys: Capture) -> None:
    assert "… 16 more" in said(capsys, "show", "Torino")
    assert " more\n" not in said(capsys, "show", "Torino", "--all")


def test_a_card_in_a_language_still_tells_the_english_name(capsys: Capture) -> None:
    lines = said(capsys, "show", "Piedmont", "--language", "it").splitlines()
    assert lines[0] == "Piemonte"
    assert "  name         Piedmont" in lines


def test_the_language_of_a_local_name_is_told_where_that_name_is(capsys: Capture) -> None:
    assert "\n  local language" not in said(capsys, "show", "Torino")
    assert "\n  local language" not in said(capsys, "show", "Piedmont", "--language", "it")
    assert re.search("local name +Piemonte\n  local language  it\n", said(capsys, "show", "Piedmont"))
    assert re.search("  language +en", said(capsys, "show", "ecoris3-torino"))


def test_fields_are_called_as_people_call_them(capsys: Capture) -> None:
    assert re.search("^  NUTS +ITC1\n  ISO 3166-2 +IT-21$", said(capsys, "show", "Piedmont"), re.M)
    torino = said(capsys, "show", "Torino")
    assert re.search("^  LAU +001272$", torino, re.M)
    assert "    - local name, local language, LAU, parent: " in torino
    assert re.search("^  URL +https:", said(capsys, "show", "MESAP"), re.M)
    assert re.search("^  NACE +C29$", said(capsys, "show", "innovation_areas/automotive-2006"), re.M)


def test_an_inferred_citation_says_so(capsys: Capture) -> None:
    assert "areas (inferred): " in said(capsys, "show", "MESAP")


def test_headings_are_dressed(s3: smartspec.Catalogue) -> None:
    lines = card(s3, s3.regions["torino"], heading=str.upper)
    assert {"TORINO", "SOURCES", "WHAT REFERS TO IT"} <= {*lines}


def test_a_hostile_name_cannot_move_the_cursor(make: Make) -> None:
    region = make.region("x", name="\033[2Jevil\u202e", description="two\nlines")
    shown = "\n".join(card(make.catalogue(region), region))
    assert "\033" not in shown
    assert "two\\nlines" in shown


def test_a_program_gets_the_whole_record_its_links_and_its_sources(capsys: Capture, s3: smartspec.Catalogue) -> None:
    told = answered(capsys, "show", "MESAP")
    mesap = s3.innovation_poles["mesap"]
    assert [*told] == ["collection", "dataset", "record", "links", "sources"]
    assert told["collection"] == "innovation_poles"
    assert [*told["record"]] == [*facts(smartspec.InnovationPole)]
    assert len(told["links"]) == len(s3.links(mesap))
    assert [source["id"] for source in told["sources"]] == [*dict.fromkeys(c.source.id for c in mesap.citations)]


# Search, partners, counterparts, compare


def test_hits_are_told_with_what_to_type_for_each(capsys: Capture) -> None:
    out = said(capsys, "search", "smart", "city", "--in", "strategies", "--limit", "1")
    first, second = out.splitlines()
    assert first == "Torino Smart City (Torino)"
    assert second.startswith("    strategies/torino-smart-city  ")


def test_a_hit_of_many_territories_is_told_with_the_names_of_the_first(capsys: Capture) -> None:
    out = said(capsys, "search", "vanguard", "pilot", "hydrogen", "--in", "initiatives", "--limit", "1")
    assert "Vanguard Initiative pilot: Hydrogen (Slovenia; Lombardy; … 10 more)" in " ".join(out.split())


def test_no_hit_is_told_as_python_writes_it(capsys: Capture, eu: smartspec.Catalogue) -> None:
    for name, collection in eu.collections.items():
        words = " ".join(entity.name.split()[0] for entity in collection[-40:])
        out = said(capsys, "search", words, "--in", name, "--limit", "40")
        assert not [cls.__name__ for cls in COLLECTIONS.values() if f"{cls.__name__}('" in out]


def test_a_collection_may_be_written_as_the_file_is_called(capsys: Capture) -> None:
    assert "innovation_poles/" in said(capsys, "search", "idrogeno", "--in", "innovation-poles")


def test_a_guess_at_the_spelling_is_marked_as_one(capsys: Capture) -> None:
    assert said(capsys, "search", "mecatronics").startswith('Nothing is spelt like "mecatronics"')
    assert not said(capsys, "search", "mechatronics").startswith("Nothing")


def test_nothing_found_is_told_by_the_status_and_on_stderr(capsys: Capture) -> None:
    assert 'nothing speaks of "qqqq"' in refused(capsys, 1, "search", "qqqq")
    assert "is in force in 1950" in refused(capsys, 1, "partners", "Piedmont", "--year", "1950")


def test_a_program_gets_an_empty_list_where_nothing_is_found(capsys: Capture) -> None:
    assert main(["search", "qqqq", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert "nothing speaks of" in err


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("show Lombrdy", ["error", "suggestions"]),
        ("show mesapp", ["error", "suggestions"]),
        ("show poles/mespa", ["error", "suggestions"]),
        ("show xyzzy", ["error", "suggestions"]),
        ("show automotive", ["error", "candidates"]),
        ("compare S3 x", ["error", "candidates"]),
        ("compare Lombardy x", ["error", "candidates"]),
        ("partners innovation_areas/automotive", ["error", "candidates"]),
        ("match x --nace banana", ["error", "suggestions"]),
        ("match x --strategy foo", ["error", "suggestions"]),
        ("match x --csv nowhere.csv", ["error"]),
        ("validate nowhere", ["error"]),
        ("show Piedmont --dataset nowhere", ["error"]),
        ("show Piedmont --language Italiano", ["error"]),
        ("compare open-for-business open-for-business", ["error"]),
    ],
)
def test_a_program_is_told_of_a_miss_too(command: str, keys: list[str], capsys: Capture) -> None:
    status = main([*command.split(), "--json"])
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert status in (1, 2)
    assert [*told] == keys
    assert err.splitlines()[0].endswith(f": {told['error']}")


def test_a_program_can_type_what_is_suggested(capsys: Capture) -> None:
    for words, first in (("Lombrdy", "Lombardy"), ("mesapp", "innovation_poles/mesap")):
        assert main(["show", words, "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["suggestions"][0] == first
        said(capsys, "show", first)


def test_a_program_can_choose_among_the_candidates(capsys: Capture, s3: smartspec.Catalogue) -> None:
    assert main(["show", "mechatronics", "--json", "--dataset", "piedmont"]) == 1
    told = json.loads(capsys.readouterr().out)["candidates"]
    assert len(told) == 3
    for each in told:
        entity = s3.collections[each["collection"]][each["id"]]
        assert each["name"] == entity.name
        assert each["difference"]


def test_a_program_is_told_what_is_wrong_with_a_dataset(tmp_path: pathlib.Path, capsys: Capture) -> None:
    (tmp_path / "regions.json").write_text("[5]", encoding="utf-8")
    assert main(["show", "x", "--dataset", str(tmp_path), "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["file"], problem["pointer"]) == ("regions.json", "/0")


def test_partners_are_told_with_what_is_shared(capsys: Capture, eu: smartspec.Catalogue) -> None:
    ranking = eu.partners(eu.regions["piedmont"], 3)
    out = said(capsys, "partners", "Piedmont", "--limit", "3")
    assert [line for line in out.splitlines() if line.startswith("0.")] == [
        f"{partner.score:.2f}  {partner.region.name} ({partner.region.id})" for partner in ranking
    ]
    assert "; ".join(theme.name for theme in ranking[0].themes) in " ".join(out.split())


def test_counterparts_are_told_with_their_addresses(capsys: Capture, eu: smartspec.Catalogue) -> None:
    found = eu.counterparts(eu.innovation_areas["aerospace-2021"], 2)
    out = said(capsys, "counterparts", "aerospace-2021", "--limit", "2")
    for counterpart in found:
        assert f"\n    innovation_areas/{counterpart.area.id}\n" in out


def test_names_are_told_in_a_language(capsys: Capture) -> None:
    out = said(capsys, "partners", "Lower", "Saxony", "--language", "it", "--limit", "1")
    assert "Salute e scienze della vita" in " ".join(out.split())
    assert "Aerospazio" in said(capsys, *COMPARE.split(), "--language", "it")


@pytest.mark.parametrize("command", ["partners Piedmont", "search hydrogen", "show Torino", COMPARE])
def test_what_is_no_language_is_refused(command: str, capsys: Capture) -> None:
    assert "is not a language code" in refused(capsys, 2, *command.split(), "--language", "Italiano")


@pytest.mark.parametrize("command", ["partners Piedmont", "search hydrogen", "show Torino", COMPARE, "export csl -"])
def test_a_language_in_which_nothing_has_a_name_is_refused(command: str, capsys: Capture) -> None:
    for language, dataset, told in (("ita", "europe", "bg, ca, cnr, cs, "), ("fr", "piedmont", "names in en, it\n")):
        err = refused(capsys, 2, *command.split(), "--language", language, "--dataset", dataset)
        assert f'no name is recorded in the language "{language}"; there are names in ' in err
        assert told in err


def test_english_is_a_language_of_all(capsys: Capture) -> None:
    assert said(capsys, "show", "Torino", "--language", "en") == said(capsys, "show", "Torino")


def test_a_language_is_written_in_lower_case(capsys: Capture) -> None:
    assert "lower-case letters" in refused(capsys, 2, "show", "Torino", "--language", "IT")


def test_two_strategies_are_compared(capsys: Capture) -> None:
    out = said(capsys, *COMPARE.split())
    assert "Finance" in out
    assert out.endswith("\nCompared by their alignments\n")


def test_a_strategy_is_not_compared_with_itself(capsys: Capture) -> None:
    assert "given twice" in refused(capsys, 2, "compare", "open-for-business", "open-for-business")


@pytest.mark.parametrize("command", ["search hydrogen", "partners Piedmont", "counterparts aerospace-2021"])
def test_a_program_gets_the_rows_of_the_answer(command: str, capsys: Capture, eu: smartspec.Catalogue) -> None:
    expected = {
        "search": eu.search("hydrogen"),
        "partners": eu.partners(eu.regions["piedmont"]),
        "counterparts": eu.counterparts(eu.innovation_areas["aerospace-2021"]),
    }
    name, *_ = command.split()
    assert answered(capsys, *command.split()) == json.loads(json.dumps(expected[name].to_dicts()))


def test_a_program_gets_a_comparison(capsys: Capture) -> None:
    told = answered(capsys, *COMPARE.split())
    assert [*told] == ["first", "second", "aligned", "shared_nace", "rows"]
    assert told["rows"][0]["relation"] == "close"


def test_a_program_gets_what_a_dataset_holds(capsys: Capture, eu: smartspec.Catalogue) -> None:
    told = answered(capsys, "overview", "--dataset", "europe")
    assert told["collections"] == {name: len(collection) for name, collection in eu.collections.items()}
    assert [info["name"] for info in told["datasets"]] == [info.name for info in eu.datasets]


def test_a_program_gets_the_problems_of_a_dataset(tmp_path: pathlib.Path, capsys: Capture) -> None:
    (tmp_path / "regions.json").write_text("[5]", encoding="utf-8")
    assert main(["validate", str(tmp_path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {"file", "pointer", "message", "hint"} == {*told["problems"][0]}
    assert told["entities"] is None


def test_a_program_gets_the_warnings_of_a_dataset(make: Make, tmp_path: pathlib.Path, capsys: Capture) -> None:
    make.catalogue(make.region("utopia")).save(tmp_path / "mine")
    told = answered(capsys, "validate", str(tmp_path / "mine"))
    assert told == {"problems": [], "warnings": ['regions.json: "utopia" has no citation'], "entities": 1}


# What all commands have in common


@pytest.mark.parametrize("name", [name for name in _COMMANDS if name != "ids"])
def test_each_command_has_a_help_with_something_to_type(name: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.count(f"smartspec {name} ") >= 2  # In the usage, and in an example.


def examples() -> list[str]:
    """What the help of all commands shows to type."""
    (found,) = (action.choices for action in parser()._actions if isinstance(action.choices, dict))
    lines = [line for command in found.values() for line in (command.epilog or "").splitlines()]
    return [line.strip() for line in lines if line.startswith("  smartspec")]


# A server runs until it is stopped: tests/test_serving.py starts it.
@pytest.mark.parametrize("example", [line for line in examples() if " serve" not in line])
def test_an_example_of_the_help_does_what_it_shows(
    example: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects.csv").write_text("id,description\n1,A vaccine\n", encoding="utf-8")
    words = shlex.split(example.partition(" | ")[0].partition(" > ")[0])[1:]
    if "validate" in words:
        assert main(["new", words[-1]]) == 0
        capsys.readouterr()
    assert main(words) == 0
    assert len(capsys.readouterr().out) > 20


def test_most_commands_have_an_example() -> None:
    assert (
        len({(*example.split(), "overview")[1] for example in examples()}) >= len(_COMMANDS) - 2
    )  # `completion`, and `ids`.


def test_the_help_names_all_commands_and_statuses(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for name in _COMMANDS:
        assert (f"\n    {name} " in out) == (name != "ids")
    assert "exit status:" in out
    assert "SUPPRESS" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("serch hydrogen", 'did you mean "search" or "serve"?'),
        ("Torino Wireless", "smartspec show 'Torino Wireless'"),
        ("search hydrogen --in poles", 'there is no collection "poles"; did you mean "innovation_poles"?'),
        ("search hydrogen --in xyz", 'there is no collection "xyz"; there are: sources, regions, '),
        ("search hydrogen --limit 0", "it must be 1 or more"),
        ("search hydrogen --limit many", 'argument --limit: "many" is no whole number'),
        ("partners Piedmont --year abc", 'argument --year: "abc" is no whole number'),
        ("partners Piedmont --year 0", "it must be 1 or more"),
        ("partners Piedmont --limt 3", 'unrecognized arguments: --limt 3; did you mean "--limit"?'),
        ("compare a b c", "unrecognized arguments: c; a name of several words goes in quotes"),
        ("compare a b c", "usage: smartspec compare"),
        ("overview foo", "usage: smartspec overview"),
        ("--dataset europe show MESAP", "the command comes first: smartspec show …"),
        ("--colour", "usage: smartspec overview"),
        ("idz", "there is no command"),
        ("show", "required: NAME"),
        ("export docx x", 'there is no format "docx"; there are: csv, '),
        ("export excel x", 'did you mean "xlsx"?'),
        ("export TURTLE x", 'did you mean "turtle"?'),
        ("export gephi x", 'did you mean "gexf"?'),
        ("completion zhs", 'there is no script for "zhs"; did you mean "zsh"?'),
    ],
)
def test_a_slip_of_the_keys_is_told_with_what_to_write(
    words: str, told: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["smartspec"])
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in " ".join(err.split())
    assert "ids" not in re.split(r"[^\w]", err)


def test_without_a_command_the_options_are_those_of_the_overview(capsys: Capture) -> None:
    assert said(capsys, "--dataset", "europe") == said(capsys, "overview", "--dataset", "europe")
    assert json.loads(said(capsys, "--json")) == answered(capsys, "overview")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "smartspec", *words]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment})


@pytest.mark.parametrize("command", [*ASKING, COMPARE])
def test_no_control_character_is_written_to_a_pipe(command: str) -> None:
    done = run(*command.split(), PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\033" not in done.stdout


def test_an_interrupt_ends_a_command_with_the_status_of_one() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "smartspec", "match", "--csv", "-", "--text", "text"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # Whoever runs the tests may ignore it.
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"text\n" + b"A vaccine\n" * 5_000)
    process.stdin.flush()
    assert process.stdout.readline().startswith(b"text,")  # It is at work.
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (130, b"")


def test_json_loses_nothing_on_a_terminal_that_knows_no_accents() -> None:
    done = run("show", "ITC1", "--json", "--dataset", "piedmont", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    whole = run("show", "ITC1", "--json", "--dataset", "piedmont", PYTHONIOENCODING="utf-8")
    assert done.stdout.isascii()
    assert not whole.stdout.isascii()
    assert json.loads(done.stdout) == json.loads(whole.stdout)


def test_a_command_that_places_no_text_waits_for_no_vocabulary() -> None:
    code = (
        "import sys; from smartspec.__main__ import main; main(['show', 'ITC1', '--dataset', 'piedmont']);"
        "print([m for m in sys.modules if m.startswith(('smartspec.matching.', 'smartspec.export', 'smartspec.plot'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_entries_break_no_word() -> None:
    assert entries([("A name", "an-id-that-is-longer-than-the-line-is-wide-by-far", "")], 40) == [
        "A name",
        "    an-id-that-is-longer-than-the-line-is-wide-by-far",
    ]


def test_every_collection_can_be_searched_alone(capsys: Capture) -> None:
    for name in COLLECTIONS:
        assert main(["search", "piedmont", "--in", name, "--dataset", "piedmont"]) in (0, 1)
        out = capsys.readouterr().out
        assert all(
            line.startswith(f"    {name}/") for line in out.splitlines() if line.startswith("    ") and line[4] != " "
        )
