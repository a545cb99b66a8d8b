"""Layers: what several datasets make up keeps who made what, when it is saved and when it is loaded again."""

from __future__ import annotations

import json
import pathlib
import pickle
from typing import Any

import pytest

import smartspec
from smartspec import (
    Catalogue,
    Citation,
    DatasetBase,
    DatasetError,
    DatasetInfo,
    InnovationPole,
    Region,
    RegionLevel,
    Source,
)

OURS = DatasetInfo(name="Ours", version="3", licence="ODbL-1.0", publisher="We")


@pytest.fixture
def ours(s3: Catalogue) -> Catalogue:
    """A town with a pole on top of the packaged catalogue, cited from a document of ours."""
    piedmont, area = s3.regions["piedmont"], s3.innovation_areas["automotive"]
    report = Source(id="our-report", name="Report", publisher="We", title="Report", language="it")
    cited = (Citation(source=report, passage="a pole in Utopia"),)
    utopia = Region(id="utopia", name="Utopia", level=RegionLevel.MUNICIPALITY, parent=piedmont)
    pole = InnovationPole(id="utopia-pole", name="Pole", region=utopia, areas=(area,), citations=cited)
    return s3.extend(report, utopia, pole, info=OURS)


def read(directory: pathlib.Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_bytes()) for path in directory.iterdir()}


def refused(directory: pathlib.Path, base: Catalogue | None = None) -> str:
    """What is said to who loads a layer."""
    with pytest.raises(DatasetError) as caught:
        smartspec.load(directory, base=base)
    (problem,) = caught.value.problems
    return str(problem)


# What is written.


def test_a_catalogue_on_a_base_writes_its_own_layer(ours: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    written = read(tmp_path / "ours")
    assert sorted(written) == ["dataset.json", "innovation-poles.json", "regions.json", "sources.json"]
    ids = [[record["id"] for record in written[name]] for name in sorted(written) if name != "dataset.json"]
    assert ids == [["utopia-pole"], ["utopia"], ["our-report"]]


def test_a_layer_names_its_base_and_the_version_of_that(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    assert read(tmp_path / "ours")["dataset.json"] == {
        "name": "Ours",
        "version": "3",
        "licence": "ODbL-1.0",
        "publisher": "We",
        "base": {"name": s3.name, "version": s3.version},
    }


def test_a_base_without_a_version_is_named_without_one(tmp_path: pathlib.Path, small: Catalogue) -> None:
    small.extend().save(tmp_path / "layer")
    assert read(tmp_path / "layer")["dataset.json"] == {
        "name": "Extension of Small",
        "base": {"name": "Small"},
    }


def test_what_an_extension_says_of_itself_claims_nothing_of_its_base(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    utopia = Region(id="utopia", name="Utopia", level=RegionLevel.MUNICIPALITY)
    s3.extend(utopia).save(tmp_path / "extension")
    base = {"name": s3.name, "version": s3.version}
    assert read(tmp_path / "extension")["dataset.json"] == {"name": f"Extension of {s3.name}", "base": base}


# What is loaded.


def test_a_layer_on_its_base_comes_back_equal(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    loaded = smartspec.load(tmp_path / "ours", base=s3)
    assert loaded == ours
    assert (loaded.base, loaded.datasets) == (s3, ours.datasets)
    assert loaded.regions["utopia"].parent is s3.regions["piedmont"]


def test_a_layer_that_was_loaded_is_saved_as_the_same_bytes(
    ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path
) -> None:
    ours.save(tmp_path / "ours")
    smartspec.load(tmp_path / "ours", base=s3).save(tmp_path / "again")
    assert read(tmp_path / "again") == read(tmp_path / "ours")


def test_a_layer_without_its_base_asks_for_it(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    assert refused(tmp_path / "ours") == (
        f"dataset.json#/base: it stands on '{s3.name}' {s3.version}, and none is given "
        "(load(path, base=...) takes the catalogue that it stands on)"
    )


def test_a_layer_on_another_base_asks_for_its_own(
    ours: Catalogue, s3: Catalogue, small: Catalogue, tmp_path: pathlib.Path
) -> None:
    ours.save(tmp_path / "ours")
    assert refused(tmp_path / "ours", small) == (
        f"dataset.json#/base: it stands on '{s3.name}' {s3.version}, and 'Small' is given "
        "(load(path, base=...) takes the catalogue that it stands on)"
    )


def test_a_layer_on_an_empty_base_asks_for_its_own(ours: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    assert "'Nothing' is given" in refused(tmp_path / "ours", Catalogue(DatasetInfo(name="Nothing"), ()))


def test_a_base_of_hostile_name_and_version_is_asked_for_in_one_line(tmp_path: pathlib.Path) -> None:
    base = {"name": "a\nb\u202e" * 100, "version": "\n\u202e" * 1_000}
    (tmp_path / "dataset.json").write_text(json.dumps({"name": "Mine", "base": base}))
    assert refused(tmp_path).isprintable()
    assert len(refused(tmp_path)) < 600


def test_what_else_a_layer_says_wrongly_of_itself_is_told_beside_the_base(tmp_path: pathlib.Path) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"name": "Mine", "licens": "x", "base": {"name": "Other"}}))
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path)
    assert [problem.pointer for problem in caught.value.problems] == ["/licens", "/base"]


@pytest.mark.parametrize("base", [{}, {"version": "1"}, {"name": 5}, "Other", 5, []])
@pytest.mark.parametrize("given", [True, False], ids=["with a base", "without"])
def test_a_base_that_is_named_badly_is_told_once(
    base: Any, given: bool, small: Catalogue, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"name": "Mine", "base": base}))
    assert refused(tmp_path, small if given else None).startswith("dataset.json#/base")


def test_a_base_with_a_version_that_is_none_is_told_beside_the_base(tmp_path: pathlib.Path) -> None:
    (tmp_path / "dataset.json").write_text(json.dumps({"name": "Mine", "base": {"name": "Other", "version": 5}}))
    with pytest.raises(DatasetError) as caught:
        smartspec.load(tmp_path)
    assert [problem.pointer for problem in caught.value.problems] == ["/base/version", "/base"]


def test_another_version_of_the_base_is_taken(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    newer = Catalogue(s3.info.evolve(version="2027.1"), s3)
    loaded = smartspec.load(tmp_path / "ours", base=newer)
    assert loaded.info.base == DatasetBase(name=s3.name, version="2027.1")
    assert [*loaded] == [*ours]


def test_another_version_of_the_base_must_hold_what_is_referred_to(
    ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path
) -> None:
    ours.save(tmp_path / "ours")
    kept = Catalogue(s3.info, [*s3.sources, *s3.regions])
    assert refused(tmp_path / "ours", kept).startswith(
        "innovation-poles.json#/0/areas/0: innovation_areas has no 'automotive'"
    )


def test_a_layer_that_names_no_base_is_taken_on_any(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    (tmp_path / "regions.json").write_text(
        json.dumps([{"id": "utopia", "name": "Utopia", "level": "municipality", "parent": "piedmont"}])
    )
    assert smartspec.load(tmp_path, base=s3).info.base == DatasetBase(name=s3.name, version=s3.version)


# Who made what.


def test_nobodys_records_get_the_licence_of_another(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    loaded = smartspec.load(tmp_path / "ours", base=s3)
    for catalogue in (ours, loaded):
        licences = {catalogue.dataset_of(entity).licence for entity in s3}
        assert licences == {"CC-BY-4.0"}
        own = [entity for entity in catalogue if entity not in s3]
        assert {(catalogue.dataset_of(entity).name, catalogue.dataset_of(entity).licence) for entity in own} == {
            ("Ours", "ODbL-1.0")
        }


def test_a_record_that_a_layer_repeats_stays_that_of_the_base(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    (tmp_path / "regions.json").write_text(json.dumps([smartspec.to_dict(s3.regions["italy"])]))
    loaded = smartspec.load(tmp_path, base=s3)
    assert loaded.dataset_of(loaded.regions["italy"]) == s3.info
    loaded.save(tmp_path / "saved")
    assert [*read(tmp_path / "saved")] == ["dataset.json"]


def test_all_datasets_are_told_from_the_lowest(ours: Catalogue, s3: Catalogue) -> None:
    assert [info.name for info in ours.datasets] == [s3.name, "Ours"]


def test_a_layer_survives_pickling_with_its_base(ours: Catalogue, s3: Catalogue) -> None:
    again = pickle.loads(pickle.dumps(ours))
    assert (again, again.base, again.datasets) == (ours, s3, ours.datasets)


# Layers on layers, and extensions.


def test_a_layer_on_a_layer_comes_back_equal_and_keeps_who_made_what(
    ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path
) -> None:
    arcadia = Region(id="arcadia", name="Arcadia", level=RegionLevel.MUNICIPALITY, parent=ours.regions["utopia"])
    theirs = ours.extend(arcadia, info=DatasetInfo(name="Theirs", version="1", licence="CC0-1.0"))
    ours.save(tmp_path / "ours")
    theirs.save(tmp_path / "theirs")
    assert read(tmp_path / "theirs")["dataset.json"]["base"] == {"name": "Ours", "version": "3"}
    loaded = smartspec.load(tmp_path / "theirs", base=smartspec.load(tmp_path / "ours", base=s3))
    assert loaded == theirs
    made = [loaded.dataset_of(loaded.regions[id]).name for id in ("piedmont", "utopia", "arcadia")]
    assert made == [info.name for info in loaded.datasets] == [s3.name, "Ours", "Theirs"]


def test_the_upper_layer_asks_for_the_one_below_and_not_for_the_lowest(
    ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path
) -> None:
    ours.extend(info=DatasetInfo(name="Theirs")).save(tmp_path / "theirs")
    assert f"it stands on 'Ours' 3, and '{s3.name}' is given" in refused(tmp_path / "theirs", s3)


def test_a_layer_is_taken_on_what_stands_on_its_base(ours: Catalogue, s3: Catalogue, tmp_path: pathlib.Path) -> None:
    ours.save(tmp_path / "ours")
    wider = s3.extend(Region(id="france", name="France", level=RegionLevel.COUNTRY), info=DatasetInfo(name="Wider"))
    loaded = smartspec.load(tmp_path / "ours", base=wider)
    assert [info.name for info in loaded.datasets] == [s3.name, "Wider", "Ours"]
    assert "france" in loaded.regions
    assert "utopia" in loaded.regions


def test_what_is_extended_twice_is_one_layer_that_comes_back_equal(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    level = RegionLevel.MUNICIPALITY
    first = s3.extend(Region(id="utopia", name="Utopia", level=level, parent=s3.regions["piedmont"]))
    second = first.extend(Region(id="arcadia", name="Arcadia", level=level, parent=first.regions["utopia"]))
    second.save(tmp_path / "extension")
    assert smartspec.load(tmp_path / "extension", base=s3) == second
    assert [record["id"] for record in read(tmp_path / "extension")["regions.json"]] == ["utopia", "arcadia"]
    assert len(second.datasets) == 2


def test_an_extension_that_was_loaded_is_extended_further(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    s3.extend(Region(id="utopia", name="Utopia", level=RegionLevel.MUNICIPALITY)).save(tmp_path / "extension")
    loaded = smartspec.load(tmp_path / "extension", base=s3)
    further = loaded.extend(Region(id="arcadia", name="Arcadia", level=RegionLevel.MUNICIPALITY))
    assert [info.name for info in further.datasets] == [s3.name, f"Extension of {s3.name}"]


def test_an_extension_of_a_catalogue_without_entities_comes_back_equal(tmp_path: pathlib.Path) -> None:
    nothing = Catalogue(DatasetInfo(name="Nothing"), ())
    mine = nothing.extend(Region(id="utopia", name="Utopia", level=RegionLevel.MUNICIPALITY))
    mine.save(tmp_path / "mine")
    assert smartspec.load(tmp_path / "mine", base=nothing) == mine
    assert [info.name for info in mine.datasets] == ["Nothing", "Extension of Nothing"]
