"""The public surface is what it says it is: a name comes or goes only on purpose."""

import pathlib
import re
import subprocess
import sys
from importlib import metadata

import attrs
import pytest

import smartspec

ENTITIES = {
    "Alignment": "alignments",
    "Indicator": "indicators",
    "Initiative": "initiatives",
    "InnovationArea": "innovation_areas",
    "InnovationPole": "innovation_poles",
    "Observation": "observations",
    "Organisation": "organisations",
    "PriorityField": "priority_fields",
    "Region": "regions",
    "Source": "sources",
    "StrategicObjective": "strategic_objectives",
    "Strategy": "strategies",
}
OTHERS = {
    "AmbiguousNameError",
    "Aspect",
    "Basis",
    "Catalogue",
    "Citation",
    "Collection",
    "Comparison",
    "Correspondence",
    "Coverage",
    "DatasetError",
    "DatasetInfo",
    "Entity",
    "InitiativeKind",
    "InvalidValueError",
    "Link",
    "Match",
    "MatchRelation",
    "Matches",
    "OrganisationKind",
    "Problem",
    "RegionLevel",
    "SaveError",
    "SmartspecError",
    "Step",
    "StrategyKind",
    "UnknownAttributeError",
    "UnknownEntityError",
    "from_dict",
    "json_schema",
    "load",
    "to_dict",
}


def test_the_package_offers_these_names_and_no_others() -> None:
    assert set(smartspec.__all__) == set(ENTITIES) | OTHERS
    assert smartspec.__all__ == sorted(smartspec.__all__)


def test_every_offered_name_is_there() -> None:
    assert all(hasattr(smartspec, name) for name in smartspec.__all__)


@pytest.mark.parametrize(("name", "collection"), ENTITIES.items())
def test_a_class_a_collection_and_a_file_bear_one_name(name: str, collection: str) -> None:
    packaged = pathlib.Path(smartspec.__file__).parent / "datasets" / "piedmont" / f"{collection.replace('_', '-')}.json"
    assert packaged.is_file()
    assert type(next(iter(getattr(smartspec.load(), collection)))) is getattr(smartspec, name)


@pytest.mark.parametrize("name", ENTITIES)
def test_every_field_says_what_it_means(name: str) -> None:
    assert all(field.metadata["doc"].endswith(".") for field in attrs.fields(getattr(smartspec, name)))


def test_the_version_is_that_of_the_distribution() -> None:
    assert smartspec.__version__ == metadata.version("smartspec")


def test_the_runtime_needs_three_packages_and_no_other() -> None:
    required = [r for r in metadata.requires("smartspec") or () if "extra ==" not in r]
    assert sorted(re.split("[^a-z-]", r)[0] for r in required) == ["attrs", "cattrs", "importlib-resources"]


def test_types_are_declared_to_be_there() -> None:
    assert (pathlib.Path(smartspec.__file__).parent / "py.typed").is_file()


def test_importing_the_package_reads_no_data_and_imports_no_converter() -> None:
    code = "import smartspec, sys; print([m for m in ('cattrs', 'importlib_resources', 'difflib') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
