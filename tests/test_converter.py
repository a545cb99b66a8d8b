"""The converter: entities in classes of one's own, by id or as objects, in any format that cattrs has."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

import attrs
import cattrs
import pytest
from cattrs.preconf.json import make_converter as make_json_converter

import smartspec
from smartspec import (
    Catalogue,
    Citation,
    DatasetError,
    DatasetInfo,
    Entity,
    InnovationArea,
    Organisation,
    Participation,
    Region,
    RegionLevel,
    UnknownEntityError,
)
from smartspec.domain import COLLECTIONS


@attrs.frozen
class Project:
    """What a builder of an application may have."""

    title: str
    areas: list[InnovationArea] = attrs.Factory(list)
    region: Region | None = None
    level: RegionLevel | None = None
    partners: dict[str, Organisation] = attrs.Factory(dict)


def leaves(error: BaseException) -> list[BaseException]:
    """The errors within groups of errors."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in leaves(inner)]
    return [error]


@pytest.fixture
def convert(s3: Catalogue) -> cattrs.Converter:
    return smartspec.converter(s3)


# Entities in classes of one's own.


def test_ids_become_the_entities_of_the_catalogue(convert: cattrs.Converter, s3: Catalogue) -> None:
    raw = {"title": "Buses", "areas": ["automotive"], "region": "torino", "partners": {"seat": "environment-park"}}
    project = convert.structure(raw, Project)
    assert project.areas[0] is s3.innovation_areas["automotive"]
    assert project.region is s3.regions["torino"]
    assert project.partners["seat"] is s3.organisations["environment-park"]


def test_a_region_that_is_not_stated_is_none(convert: cattrs.Converter) -> None:
    assert convert.structure({"title": "Buses", "region": None}, Project).region is None


def test_what_a_class_of_ones_own_holds_goes_out_and_comes_back_equal(convert: cattrs.Converter, s3: Catalogue) -> None:
    project = Project("Buses", [s3.innovation_areas["automotive"]], s3.regions["torino"], RegionLevel.REGION)
    raw = convert.unstructure(project)
    assert json.loads(json.dumps(raw)) == raw
    assert raw["areas"] == [smartspec.to_dict(s3.innovation_areas["automotive"])]
    assert convert.structure(raw, Project) == project


def test_who_wants_ids_says_so(convert: cattrs.Converter, s3: Catalogue) -> None:
    convert.register_unstructure_hook(InnovationArea, lambda area: area.id)
    project = Project("Buses", [s3.innovation_areas["automotive"]])
    assert convert.unstructure(project)["areas"] == ["automotive"]
    assert convert.structure(convert.unstructure(project), Project) == project


def test_an_id_that_leads_nowhere_is_an_error_with_what_comes_near(convert: cattrs.Converter) -> None:
    with pytest.raises(cattrs.ClassValidationError) as caught:
        convert.structure({"title": "Buses", "areas": ["automotve", "automotive"], "region": "torin"}, Project)
    first, second = leaves(caught.value)
    assert isinstance(first, UnknownEntityError)
    assert isinstance(second, UnknownEntityError)
    assert ("automotive" in first.near, second.near[0]) == (True, "torino")


def test_an_object_within_is_read_as_strictly_as_a_file(convert: cattrs.Converter) -> None:
    raw = {"id": "Alba", "name": 5, "level": "town", "parent": "piedmnt", "population": 1}
    with pytest.raises(cattrs.ClassValidationError) as caught:
        convert.structure({"title": "Buses", "region": raw}, Project)
    (error,) = leaves(caught.value)
    assert isinstance(error, DatasetError)
    assert [(problem.file, problem.pointer) for problem in error.problems] == [
        ("Region", "/population"),
        ("Region", "/id"),
        ("Region", "/name"),
        ("Region", "/level"),
        ("Region", "/parent"),
    ]


@pytest.mark.parametrize("raw", [5, None, [], True, {"id": "x"}])
def test_what_is_no_record_is_a_dataset_error(convert: cattrs.Converter, raw: Any) -> None:
    with pytest.raises(DatasetError):
        convert.structure(raw, Region)


def test_an_entity_of_no_class_in_particular_cannot_be_made(convert: cattrs.Converter) -> None:
    with pytest.raises(TypeError, match="say of which class"):
        convert.structure("torino", Entity)


def test_values_are_read_too(convert: cattrs.Converter, s3: Catalogue) -> None:
    taking = convert.structure({"organisation": "environment-park", "role": "leads"}, Participation)
    assert taking.organisation is s3.organisations["environment-park"]
    with pytest.raises(DatasetError) as caught:
        convert.structure({"source": "nowhere", "passage": "a b c d e f g h i"}, Citation)
    assert [problem.pointer for problem in caught.value.problems] == ["/source", "/passage"]
    with pytest.raises(DatasetError, match="is a text, not an object"):
        convert.structure("environment-park", Participation)


def test_what_is_structured_refers_into_the_catalogue_that_was_given(small: Catalogue) -> None:
    convert = smartspec.converter(small)
    made = convert.structure({"id": "bra", "name": "Bra", "level": "municipality", "parent": "piedmont"}, Region)
    assert made.parent is small.regions["piedmont"]
    with pytest.raises(UnknownEntityError):
        convert.structure("environment-park", Organisation)


@pytest.mark.parametrize("catalogue", [None, 5, "piedmont", Catalogue])
def test_a_converter_needs_a_catalogue(catalogue: Any) -> None:
    with pytest.raises(TypeError, match="in a catalogue"):
        smartspec.converter(catalogue)


# Formats.

FORMATS = [name for name in ("json", "orjson", "ujson", "msgspec", "cbor2", "bson", "tomlkit") if find_spec(name)]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "tomlkit"])
@pytest.mark.parametrize("cls", COLLECTIONS.values())
def test_a_format_of_cattrs_writes_and_reads_all_entities(name: str, cls: type[Entity], s3: Catalogue) -> None:
    module = pytest.importorskip(f"cattrs.preconf.{name}")
    convert = smartspec.converter(s3, into=module.make_converter())
    for entity in s3:
        if type(entity) is cls:
            assert convert.loads(convert.dumps(entity), cls) == entity


def test_a_format_gives_what_the_converter_gives(s3: Catalogue) -> None:
    convert = smartspec.converter(s3, into=make_json_converter())
    project = Project("Buses", [s3.innovation_areas["automotive"]], s3.regions["torino"])
    assert json.loads(convert.dumps(project)) == smartspec.converter(s3).unstructure(project)
    assert convert.loads(convert.dumps(project), Project) == project


def test_the_converter_that_is_given_is_the_one_that_comes_back(s3: Catalogue) -> None:
    mine = cattrs.Converter(detailed_validation=False)
    assert smartspec.converter(s3, into=mine) is mine
    with pytest.raises(UnknownEntityError):
        mine.structure({"title": "Buses", "areas": ["automotve"]}, Project)


# What stands on it.


def test_to_dict_gives_what_the_converter_gives(convert: cattrs.Converter, s3: Catalogue) -> None:
    for entity in s3:
        assert convert.unstructure(entity) == smartspec.to_dict(entity)
    assert convert.unstructure(s3.info) == smartspec.to_dict(s3.info)


def test_from_dict_gives_what_the_converter_gives(convert: cattrs.Converter, s3: Catalogue) -> None:
    for entity in s3:
        raw = smartspec.to_dict(entity)
        assert convert.structure(raw, type(entity)) == smartspec.from_dict(type(entity), raw, s3) == entity


def test_no_reading_changes_what_is_read(convert: cattrs.Converter, s3: Catalogue) -> None:
    raw = smartspec.to_dict(s3.innovation_poles["mechatronics"])
    before = json.dumps(raw)
    convert.structure(raw, smartspec.InnovationPole)
    assert json.dumps(raw) == before


def test_what_a_dataset_says_of_itself_comes_back_equal(convert: cattrs.Converter, s3: Catalogue) -> None:
    assert convert.structure(convert.unstructure(s3.info), DatasetInfo) == s3.info
