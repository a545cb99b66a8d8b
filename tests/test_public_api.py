"""The public surface is what it says it is: a name comes or goes only on purpose."""

import ast
import pathlib
import pkgutil
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
    "Theme": "themes",
}
OTHERS = {
    "AmbiguousNameError",
    "Aspect",
    "Basis",
    "Candidate",
    "Catalogue",
    "Citation",
    "Chain",
    "Citations",
    "Collection",
    "Comparison",
    "Correspondence",
    "Counterpart",
    "Coverage",
    "DatasetBase",
    "DatasetError",
    "DatasetInfo",
    "Direction",
    "EncodingMatcher",
    "Entity",
    "Evidence",
    "InitiativeKind",
    "InvalidValueError",
    "Involvement",
    "Link",
    "Links",
    "Match",
    "MatchRelation",
    "Matcher",
    "Matches",
    "Neighbour",
    "OrganisationKind",
    "Partner",
    "Participation",
    "Placement",
    "Problem",
    "Qualifier",
    "Ranking",
    "RegionLevel",
    "Role",
    "SaveError",
    "SmartspecError",
    "StrategyKind",
    "Table",
    "UnknownAttributeError",
    "UnknownEntityError",
    "Verdict",
    "converter",
    "export",
    "from_dict",
    "json_schema",
    "load",
    "load_europe",
    "nace",
    "plot",
    "web",
    "to_dict",
}


def test_the_package_offers_these_names_and_no_others() -> None:
    assert {name for name in dir(smartspec) if not name.startswith("_")} == set(ENTITIES) | OTHERS
    assert not hasattr(smartspec, "__all__")


@pytest.mark.parametrize("name", sorted({*ENTITIES, *OTHERS}))
def test_every_offered_name_is_there(name: str) -> None:
    assert getattr(smartspec, name) is getattr(smartspec, name)


def test_what_is_not_offered_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'smartspec' has no attribute 'Step'"):
        smartspec.Step  # type: ignore[attr-defined]  # noqa: B018


def test_type_checkers_are_told_of_the_same_names_in_the_same_modules() -> None:
    tree = ast.parse(pathlib.Path(smartspec.__file__).read_text(encoding="utf-8"))
    (told,) = (node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imports = [(node.module, alias) for node in told.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert all(alias.asname == alias.name for _, alias in imports)  # Else a strict checker takes it for our own use.
    modules = dict.fromkeys(smartspec._MODULES)
    assert {alias.name: module for module, alias in imports} == {**smartspec._HOMES, **modules}


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_help_fits_on_a_few_screens_and_names_nothing_that_is_not_public() -> None:
    told = run("import smartspec, pydoc; print(pydoc.render_doc(smartspec, renderer=pydoc.plaintext))")
    assert len(told.splitlines()) < 120
    assert "smartspec.load()" in told
    assert not re.findall(r"\b_[a-z]\w*", told)
    modules = {module.name for module in pkgutil.walk_packages(smartspec.__path__, "smartspec.")}
    assert not {name for name in modules if name in told} - {"smartspec.nace", "smartspec.plot"}


def test_help_offers_every_public_name() -> None:
    assert {*ENTITIES, *OTHERS} <= set(run("import smartspec; print(*dir(smartspec))").split())


def test_pictures_are_there_without_an_import_of_their_own_and_before_plotly_is() -> None:
    code = "import sys, smartspec; print(smartspec.plot.network.__name__, 'plotly' in sys.modules)"
    assert run(code) == "network False\n"


def test_the_classification_is_there_without_an_import_of_its_own_and_read_when_asked_for() -> None:
    code = """
import sys, smartspec
smartspec.load().regions.lookup("Piemonte")
print("smartspec.nace" in sys.modules, smartspec.nace.activity("29.32").code)
"""
    assert run(code) == "False C29.32\n"


def test_the_matching_is_imported_when_a_text_is_placed() -> None:
    code = """
import sys, smartspec
s3 = smartspec.load()
len(s3), s3.search("robot"), s3.innovation_areas.at(2022)
matching = [name for name in sys.modules if name.startswith("smartspec.matching")]
print(matching, s3.innovation_areas.where(strategy="piedmont-s3-2021-2027").match("Satellites.").area.name)
"""
    assert run(code) == "[] Aerospace\n"


def test_a_picture_names_the_extra_when_plotly_is_missing() -> None:
    code = """
import sys, smartspec
sys.modules["plotly"] = None
try:
    smartspec.plot.timeline(smartspec.load())
except ImportError as error:
    print(error)
"""
    assert "smartspec[plot]" in run(code)


@pytest.mark.parametrize(("name", "collection"), ENTITIES.items())
def test_a_class_a_collection_and_a_file_bear_one_name(name: str, collection: str) -> None:
    packaged = (
        pathlib.Path(smartspec.__file__).parent / "datasets" / "piedmont" / f"{collection.replace('_', '-')}.json"
    )
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
    modules = ("attrs", "cattrs", "importlib_resources", "difflib", "json", "smartspec.errors", "smartspec.matching")
    assert run(f"import smartspec, sys; print([m for m in {modules} if m in sys.modules])") == "[]\n"
