"""The rooms: one job each, imports that lead downwards only, and every door upwards known by name.

Run as a program, this file draws the picture of ``docs/explanation/architecture.md``.
"""

from __future__ import annotations

import ast
import graphlib
import pathlib
import re
from collections.abc import Iterator

import pytest

import smartspec
from smartspec.domain import COLLECTIONS
from smartspec.domain.declaration import facts
from smartspec.domain.entity import DatasetInfo

PACKAGE = pathlib.Path(smartspec.__file__).parent
ROOMS = (
    *("__init__", "__main__", "commands", "web", "plot", "export", "display", "datasets"),
    *("matching", "catalogue", "domain", "nace", "errors", "text"),
)
"""From the top to the bottom: a module imports from its own room and from those that follow."""
DOMAIN = (
    ("declaration", "rules", "record", "table"),
    ("entity",),
    ("territory",),
    ("themes",),
    ("strategy",),
    ("actors",),
    ("findings",),
)
"""The files of the domain in the order in which they refer to each other, the first to none."""
DOORS = {
    ("__main__", "parser", "__init__"): "the version of the package",
    ("catalogue.catalogue", "Catalogue._repr_html_", "display.html"): "how it looks in a notebook",
    ("catalogue.catalogue", "Catalogue.save", "datasets.writing"): "saving",
    ("catalogue.catalogue", "Catalogue.to_mermaid", "display.mermaid"): "its charts",
    ("catalogue.collection", "Collection._repr_html_", "display.html"): "how it looks in a notebook",
    ("catalogue.collection", "Collection._matcher", "matching.matcher"): "placing texts",
    ("catalogue.collection", "Collection.matcher", "matching.encoding"): "placing texts with an encoder",
    ("catalogue.collection", "Collection.__get_pydantic_core_schema__", "export.web_types"): "how pydantic takes it",
    ("catalogue.comparison", "Comparison._repr_html_", "display.html"): "how it looks in a notebook",
    ("catalogue.coverage", "Counts._repr_html_", "display.html"): "how they look in a notebook",
    ("catalogue.coverage", "Coverage._repr_html_", "display.html"): "how it looks in a notebook",
    ("catalogue.partners", "Ranking._repr_html_", "display.html"): "how it looks in a notebook",
    ("catalogue.relations", "Links._repr_html_", "display.html"): "how they look in a notebook",
    ("catalogue.search", "Matches._repr_html_", "display.html"): "how they look in a notebook",
    ("domain.entity", "Chain._repr_html_", "display.html"): "how they look in a notebook",
    ("domain.entity", "Citations._repr_html_", "display.html"): "how they look in a notebook",
    ("domain.entity", "Entity._repr_html_", "display.html"): "how it looks in a notebook",
    ("domain.entity", "Entity.footnote", "display.footnote"): "a footnote",
    ("domain.record", "Record.__get_pydantic_core_schema__", "export.web_types"): "how pydantic takes it",
    ("domain.table", "Table.__arrow_c_stream__", "export.arrow"): "a table for whoever asks for Arrow",
    ("domain.table", "Table.to_pandas", "export.arrow"): "a table of pandas",
    ("domain.table", "Table.to_polars", "export.arrow"): "a table of Polars",
    ("matching.evaluate", "main", "datasets.loading"): "the areas of a packaged strategy",
    ("matching.placement", "Placement._repr_html_", "display.placement"): "how it looks in a notebook",
    ("web.__init__", "create_app", "__init__"): "the version of the package",
}
"""Every deferred import upwards, and what it is for: the module, the function in which it stands, where it leads."""
TOLD = {("catalogue.collection", f"matching.{module}") for module in ("encoding", "matcher", "placement")}
"""What type checkers alone import upwards: the classes of what a door gives."""

SOURCES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "__pycache__" not in path.parts
}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in SOURCES.items()}


def room(module: str) -> str:
    return module.partition(".")[0]


def rank(module: str) -> int:
    return ROOMS.index(room(module))


def targets(module: str, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The modules of the package to which an import leads; a room stands for its `__init__`."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        assert not [name for name in names if name.split(".")[0] == "smartspec"], f"{module} imports not by a dot"
        return
    assert (node.module or "").split(".")[0] != "smartspec", f"{module} imports not by a dot"
    if not node.level:
        return
    here = SOURCES[module].relative_to(PACKAGE).parent.parts
    base = [*here[: len(here) - node.level + 1], *(node.module.split(".") if node.module else [])]
    for alias in node.names:
        for parts in ([*base, alias.name], base, [*base, "__init__"]):
            if ".".join(parts) in SOURCES:
                yield ".".join(parts)
                break


def imports(module: str) -> Iterator[tuple[str, str]]:
    """The imports of a module within the package: the function in which one stands (or ""), and where it leads."""

    def walk(node: ast.AST, place: tuple[str, ...], deferred: bool) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((".".join(place) if deferred else "", target) for target in targets(module, node))
        named = isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        for child in ast.iter_child_nodes(node):
            inner = (*place, node.name) if named else place  # type: ignore[attr-defined]
            yield from walk(child, inner, deferred or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))

    yield from walk(TREES[module], (), False)


IMPORTS = {module: tuple(imports(module)) for module in SOURCES}


def test_there_are_these_rooms_and_no_others() -> None:
    assert {room(module) for module in SOURCES} == set(ROOMS)


@pytest.mark.parametrize("module", SOURCES)
def test_imports_at_the_top_lead_downwards(module: str) -> None:
    assert [target for place, target in IMPORTS[module] if not place and rank(target) < rank(module)] == []


def test_every_import_upwards_is_deferred_and_known() -> None:
    found = {
        (module, place, target)
        for module, found in IMPORTS.items()
        for place, target in found
        if place and rank(target) < rank(module)
    }
    assert found == set(DOORS)


@pytest.mark.parametrize("module", SOURCES)
def test_what_type_checkers_alone_import_lies_in_the_same_room_or_below_or_is_what_a_door_gives(module: str) -> None:
    checked = [n for n in ast.walk(TREES[module]) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test)]
    inner = (node for branch in checked for node in ast.walk(branch) if isinstance(node, (ast.Import, ast.ImportFrom)))
    upwards = {(module, t) for node in inner for t in targets(module, node) if rank(t) < rank(module)}
    assert upwards == {told for told in TOLD if told[0] == module}


def test_what_type_checkers_are_told_of_stands_behind_a_door() -> None:
    doors = {(module, room(door)) for module, _, door in DOORS}
    assert {(module, room(told)) for module, told in TOLD} <= doors


@pytest.mark.parametrize("module", [module for module in SOURCES if room(module) not in ("__init__", "plot")])
def test_no_module_is_imported_by_a_text(module: str) -> None:
    assert not {"import_module", "__import__"} & {
        getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(TREES[module])
    }


@pytest.mark.parametrize("name", ROOMS)
def test_no_imports_within_a_room_run_in_a_circle(name: str) -> None:
    graph = {
        module: {target for _, target in found if room(target) == name and target != module}
        for module, found in IMPORTS.items()
        if room(module) == name
    }
    tuple(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", [module for module in SOURCES if room(module) == "domain"])
def test_the_files_of_the_domain_refer_in_their_order(module: str) -> None:
    order = {f"domain.{name}": number for number, names in enumerate(DOMAIN) for name in names}
    place = {**order, "domain.__init__": len(DOMAIN)}
    assert [target for _, target in IMPORTS[module] if place.get(target, -1) > place[module]] == []


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_opens_with_one_sentence_on_its_job(module: str) -> None:
    first = (ast.get_docstring(TREES[module]) or "").split("\n\n")[0]
    assert first.endswith(".")
    assert len(first) < 240


@pytest.mark.parametrize("name", [name for name in ROOMS if (PACKAGE / name).is_dir()])
def test_a_room_says_its_rule(name: str) -> None:
    assert "Nothing here " in (ast.get_docstring(TREES[f"{name}.__init__"]) or "")


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_is_short_enough_to_be_read_at_once(module: str) -> None:
    assert len(SOURCES[module].read_text(encoding="utf-8").splitlines()) <= 400


FIELDS = {name for cls in (*COLLECTIONS.values(), DatasetInfo) for name in facts(cls)}
MANY = 3
"""So many names of fields side by side are a list of fields: what is said of each belongs to the field."""


def words(node: ast.AST) -> list[str]:
    """The texts that a literal holds side by side: in a tuple, a list, a set, as keys, or in a text to be split."""
    items: list[ast.expr | None] = []
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        items = [*node.elts]
    elif isinstance(node, ast.Dict):
        items = node.keys
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace(",", " ").split()
    texts = [item.value if isinstance(item, ast.Constant) else None for item in items]
    return [text if isinstance(text, str) else "" for text in texts]


@pytest.mark.parametrize("module", [module for module in SOURCES if room(module) != "domain"])
def test_no_list_of_fields_stands_outside_the_domain(module: str) -> None:
    lists = [words(node) for node in ast.walk(TREES[module])]
    # One other word among them hides none.
    assert [names for names in lists if sum(n in FIELDS for n in names) >= max(MANY, len(names) - 1)] == []


# The catalogue asks questions of the domain, as what succeeded what; the others treat all fields alike.
@pytest.mark.parametrize("module", [module for module in SOURCES if room(module) not in ("domain", "catalogue")])
def test_nothing_that_shows_or_reads_fields_decides_by_their_names(module: str) -> None:
    compared: list[ast.expr] = []
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Compare):
            compared += [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            compared.append(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr" and room(module) != "datasets":
            compared += node.args[1:2]  # What is read may be without any attribute.
    assert [text for side in compared for text in words(side) if text in FIELDS] == []


# The picture of the rooms, which `python tests/test_architecture.py` draws anew

PAGE = pathlib.Path(__file__).parents[1] / "docs" / "explanation" / "architecture.md"
DRAWN = ROOMS[1:]
"""The front door imports nothing until it is asked, so it has no arrow to show."""
PICTURE = re.compile(r"(?<=```mermaid\n).*?(?=```)", re.S)
ROOM = re.compile(r'^ *(\w+)\["(.*)"\]$', re.M)


def arrows() -> list[tuple[str, str]]:
    """From which room imports lead down to which, but for what a way through other rooms shows already."""
    below: dict[str, set[str]] = {name: set() for name in ROOMS}
    for module, found in IMPORTS.items():
        below[room(module)] |= {room(target) for _, target in found if rank(target) > rank(module)}
    reached: dict[str, set[str]] = {}
    for name in reversed(ROOMS):
        reached[name] = below[name].union(*(reached[other] for other in below[name]))
    return [
        (name, other)
        for name in ROOMS
        for other in sorted(below[name], key=ROOMS.index)
        if not any(other in reached[between] for between in below[name])
    ]


def drawn(page: str) -> str:
    """The page with its picture as the imports are; a room keeps what is written in it."""
    (picture,) = PICTURE.findall(page)
    labels = dict(ROOM.findall(picture))
    lines = [f'    {name}["{labels.get(name, name)}"]' for name in DRAWN]
    lines += [f"    {name} --> {other}" for name, other in arrows()]
    return PICTURE.sub(lambda _: "\n".join(["flowchart TD", *lines, ""]), page)


def test_the_picture_shows_the_rooms_and_how_imports_lead_through_them() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page), "draw it anew: python tests/test_architecture.py"


def test_the_page_tells_the_job_of_every_room() -> None:
    told = re.findall(r"^\| `(\w+)(?:\.py|/)` \| \w", PAGE.read_text(encoding="utf-8"), re.M)
    assert sorted(told) == sorted(name for name in ROOMS if not name.startswith("__"))


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
