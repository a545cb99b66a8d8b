"""A page for each entity of both packaged datasets at a stable address, with its JSON, and an index of each class.

The pages come from templates, without docutils, which would take minutes for thousands of them; the search finds them.
"""

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.utils import new_document
from markupsafe import Markup, escape
from sphinx.util.docutils import SphinxDirective

import smartspec
from smartspec.domain.declaration import FieldRole, facts

FOLDER = "entities"


@cache
def catalogue() -> smartspec.Catalogue:
    return smartspec.load_europe()


@cache
def collections() -> dict[type, str]:
    """The collection of each class."""
    return {type(found[0]): name for name, found in catalogue().collections.items()}


def words(name: str) -> str:
    return name.replace("_", " ")


def kind(cls: type) -> str:
    """A class as one says it: "innovation pole"."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()


def address(entity: smartspec.Entity, form: str = "html") -> str:
    """Where its page lies, seen from the page of another entity."""
    return f"../{collections()[type(entity)]}/{entity.id}.{form}"


def link(entity: smartspec.Entity) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address(entity), entity.name)


def shown(value: Any, unit: str | None = None) -> Markup:
    """A value of a field, as HTML."""
    if isinstance(value, smartspec.Entity):
        return link(value)
    if isinstance(value, Enum):
        return escape(value.value)
    if isinstance(value, bool):
        return Markup("yes" if value else "no")
    if isinstance(value, float):
        value = f"{value:.15g}"
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return Markup('<a class="reference external" href="{0}" rel="noopener">{0}</a>').format(value)
    if hasattr(value, "__attrs_attrs__"):
        first, *rest = (shown(inner) for name in facts(type(value)) if (inner := getattr(value, name)) is not None)
        return first + (Markup(" (") + Markup(", ").join(rest) + ")" if rest else "")
    return escape(str(value)) + (f" {unit}" if unit else "")


class Row(NamedTuple):
    """A field that says something: its name, its meaning, its values, and by which citations they are backed."""

    name: str
    doc: str
    values: list[Markup]
    backed: list[int]
    listed: bool


def rows(entity: smartspec.Entity) -> Iterator[Row]:
    measure = [getattr(entity, fact.name) for fact in facts(type(entity)).values() if fact.role is FieldRole.UNIT]
    for name, fact in facts(type(entity)).items():
        value = getattr(entity, name)
        if value == fact.default or fact.role in (FieldRole.EVIDENCE, FieldRole.UNIT):
            continue
        values = value if isinstance(value, tuple) else (value,)
        unit = measure[0] if measure and fact.cls is float and fact.unit is None else fact.unit
        backed = [number for number, citation in enumerate(entity.citations, 1) if citation in entity.cite(name)]
        named = fact.role is FieldRole.ID and Markup("<code>{}</code>").format(value)
        told = [named] if named else [shown(each, unit) for each in values]
        yield Row(words(name), fact.doc, told, [] if named else backed, sum(map(len, map(str, values))) > 60)


def referrers(entity: smartspec.Entity) -> list[tuple[str, str, list[Markup]]]:
    """What refers to an entity, by class and field."""
    found: dict[tuple[str, str], dict[Markup, None]] = {}
    for end in catalogue().links(entity):
        if end.direction is smartspec.Direction.BACKWARD:
            key = words(collections()[type(end.end)]), words(end.relation)
            found.setdefault(key, {})[link(end.end)] = None
    return [(name, relation, [*links]) for (name, relation), links in found.items()]


def place(entity: smartspec.Entity) -> str:
    """What tells an entity from others of its name in a list: what it belongs to, or who published it."""
    for name, fact in facts(type(entity)).items():
        if fact.role is FieldRole.BELONGS and isinstance(value := getattr(entity, name), smartspec.Entity):
            return value.name
    return entity.publisher if isinstance(entity, smartspec.Source) else ""


def shown_as(entity: smartspec.Entity) -> str:
    """How the search shows it: what follows the dot tells it from others of its name."""
    around = "" if isinstance(entity, smartspec.Source) else place(entity)
    return f"{entity.name} · {kind(type(entity))}{', ' if around else ''}{around}"


def names(entity: smartspec.Entity) -> Iterable[str]:
    """What else it is called, each once; codes too, by which others know it."""
    found: list[str] = []
    for name, fact in facts(type(entity)).items():
        value = getattr(entity, name)
        if fact.role in (FieldRole.NAME, FieldRole.ALIAS, FieldRole.CODE):
            found += value if isinstance(value, tuple) else [value] if value else []
    return [name for name in dict.fromkeys(found) if name != entity.name]


def text(entity: smartspec.Entity) -> str:
    """What the search of the site finds it by, beside its name."""
    found = [entity.id, kind(type(entity))]
    for name, fact in facts(type(entity)).items():
        value = getattr(entity, name)
        if fact.role is not FieldRole.EVIDENCE:
            found += map(str, value if isinstance(value, tuple) else () if value is None else (value,))
    return " ".join(found)


class Search:
    """The search index of the site, fed with what docutils has not seen."""

    def __init__(self, app: Any) -> None:
        self.indexer = app.builder.indexer
        self.settings = new_document("").settings
        self.fed: set[str] = set()
        if self.indexer is not None:
            prune = self.indexer.prune
            # Before it is written, the index forgets all pages that are no documents of Sphinx.
            self.indexer.prune = lambda documents: prune({*documents, *self.fed})

    def feed(self, page: str, title: str, names: Iterable[str], content: str) -> None:
        """A page, shown under a title, and under other names that it has."""
        if self.indexer is not None:
            self.fed.add(page)
            sections = [nodes.section("", nodes.title(text=name), ids=[""]) for name in (title, *names)]
            told = nodes.document(self.settings, None, "", *sections, nodes.paragraph(text=content))
            self.indexer.feed(page, f"{page}.html", title, told)


def pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages, and the JSON files beside them."""
    if app.builder.name != "html":
        return
    europe, piedmont, search = catalogue(), smartspec.load(), Search(app)
    for collection, entities in europe.collections.items():
        folder = Path(app.outdir) / FOLDER / collection
        folder.mkdir(parents=True, exist_ok=True)
        if "index" in (ids := {entity.id for entity in entities}):
            raise ValueError(f"the page of {collection} and of one of its entities would lie at one address: {ids}")
        page = f"{FOLDER}/{collection}/index"
        title = words(collection).capitalize()
        listed = [(entity, address(entity), place(entity)) for entity in entities]
        yield page, {"title": title, "kind": kind(type(entities[0])), "listed": listed}, "collection.html"
        search.feed(page, title, (), f"all {words(collection)}")
        written = [smartspec.to_dict(entity) for entity in entities]
        write(folder / "index.json", written)
        for entity, plain in zip(entities, written, strict=True):
            page = f"{FOLDER}/{collection}/{entity.id}"
            write(folder / f"{entity.id}.json", plain)
            search.feed(page, shown_as(entity), names(entity), text(entity))
            told = {
                "title": entity.name,
                "entity": entity,
                "kind": kind(type(entity)),
                "collection": collection,
                "rows": rows(entity),
                "citations": [(c, link(c.source), [*map(words, c.supports)] or ["name"]) for c in entity.citations],
                "referrers": referrers(entity),
                "dataset": europe.dataset_of(entity),
                "load": "load" if entity in piedmont else "load_europe",
            }
            yield page, told, "entity.html"


def write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def one_navigation(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """The tree of pages looks the same from all entities of a class: drawn once, not thousands of times."""
    if templatename in ("entity.html", "collection.html"):
        drawn = app.env.__dict__.setdefault("_navigation_of_entities", {})
        draw = context["toctree"]

        def toctree(**options: Any) -> str:
            key = str(sorted(options.items()))
            if key not in drawn:
                drawn[key] = draw(**options)
            return str(drawn[key])

        context["toctree"] = toctree


class Collections(SphinxDirective):
    """The classes and how many entities each has, leading to their indexes: on the page ``entities/index``."""

    def run(self) -> list[nodes.Node]:
        row = Markup(
            '<tr><td><a href="{0}/index.html">{1}</a></td><td>{2}</td>'
            '<td><a href="{0}/index.json" download>JSON</a></td></tr>'
        )
        rows = [row.format(name, words(name), len(found)) for name, found in catalogue().collections.items()]
        head = "<thead><tr><th>class</th><th>entities</th><th>download</th></tr></thead>"
        table = f'<table class="docutils">{head}<tbody>{"".join(rows)}</tbody></table>'
        return [nodes.raw("", f'<div class="table-wrapper docutils container">{table}</div>', format="html")]


def setup(app: Any) -> dict[str, bool]:
    app.connect("html-collect-pages", pages)
    app.connect("html-page-context", one_navigation, priority=100)  # Before the theme draws it.
    app.add_directive("collections", Collections)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
