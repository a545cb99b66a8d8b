"""How entities and tables look in a notebook: HTML of its own, with nothing from outside.

No colours but those of the page, so light and dark themes both do; everything is escaped; tables have headers that a
screen reader understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from ..domain.declaration import FieldRole, facts
from ..domain.record import Record
from ..text import clean

_CELL = "text-align:left;vertical-align:top;padding:2px 8px"
_CAPTION = "text-align:left;font-weight:bold;padding:2px 8px"
_ROWS = 20


def escaped(text: str, width: int = 300) -> str:
    """A text for HTML: shortened, without control characters, and without anything that HTML would act upon."""
    from html import escape

    return escape(clean(text, width))


def html_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], caption: str, total: int | None = None) -> str:
    """A table with a caption and a header for each column; ``total`` tells how many rows there would be.

    >>> from smartspec.display.terminal.html import html_table
    >>> "&lt;b&gt;" in html_table(["name"], [["<b>"]], "Names")
    True
    """
    shown = [*rows]
    head = "".join(f'<th scope="col" style="{_CELL}">{escaped(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in shown)
    more = (total or 0) - len(shown)
    foot = f'<tfoot><tr><td colspan="{len(columns)}" style="{_CELL}">… and {more} more</td></tr></tfoot>'
    return (
        f'<table style="border-collapse:collapse"><caption style="{_CAPTION}">{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot if more > 0 else ''}</table>"
    )


def _cell(value: Any) -> str:
    return f'<td style="{_CELL}">{_value(value)}</td>'


def _value(value: Any, unit: str | None = None) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        more = f", … ({len(value)})" if len(value) > _ROWS else ""
        return ", ".join(_value(item) for item in value[:_ROWS]) + more
    if isinstance(value, Enum):
        return escaped(value.value)
    if isinstance(value, Record):
        name = getattr(value, "name", "")
        return f'<span title="{escaped(getattr(value, "id", ""))}">{escaped(name, 80)}</span>'
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        link = f'href="{escaped(value, 2_000)}" rel="noopener noreferrer" style="color:inherit"'
        return f"<a {link}>{escaped(value, 80)}</a>"
    if isinstance(value, float):
        value = f"{value:.15g}"
    return escaped(str(value)) + (f" {escaped(unit)}" if unit else "")


def entity_card(entity: Any) -> str:
    """An entity with all that it says, the entities it names, and its sources."""
    kind = type(entity).__name__
    rows = []
    for name, fact in facts(type(entity)).items():
        value = getattr(entity, name)
        if name != "name" and fact.role is not FieldRole.EVIDENCE and value not in (None, (), ""):
            unit = getattr(entity, "unit", None) if name == "value" else fact.unit
            rows.append(
                f'<tr><th scope="row" style="{_CELL}" title="{escaped(fact.doc)}">{name.replace("_", " ")}</th>'
                f'<td style="{_CELL}">{_value(value, unit)}</td></tr>'
            )
    cited = "".join(f"<li>{_citation(citation)}</li>" for citation in entity.citations[:_ROWS])
    more = f"<li>… and {len(entity.citations) - _ROWS} more</li>" if len(entity.citations) > _ROWS else ""
    sources = f"<details><summary>Sources ({len(entity.citations)})</summary><ul>{cited}{more}</ul></details>"
    return (
        f'<div><table style="border-collapse:collapse"><caption style="{_CAPTION}">{escaped(entity.name)} '
        f"({kind})</caption><tbody>{''.join(rows)}</tbody></table>{sources if entity.citations else ''}</div>"
    )


def _citation(citation: Any) -> str:
    source = citation.source
    backs = ", ".join(name.replace("_", " ") for name in citation.supports) or "name"
    basis = "" if citation.basis.value == "stated" else f", {citation.basis.value}"
    note = f" {escaped(citation.note)}" if citation.note else ""
    address = f" {_value(source.url)}" if source.url else ""
    return (
        f"<b>{escaped(backs)}</b>{basis}: <q>{escaped(citation.passage)}</q>, "
        f"{escaped(source.publisher)}, <cite>{escaped(source.title)}</cite>{address}{note}"
    )


def entity_table(entities: Sequence[Any], cls: type, caption: str) -> str:
    """Entities of a class as rows, with the columns in which they have something short to say."""
    first = entities[:_ROWS]
    columns = [
        name
        for name, fact in facts(cls).items()
        if fact.role not in (FieldRole.PROSE, FieldRole.ALIAS, FieldRole.EVIDENCE)
        and any(getattr(entity, name) not in (None, ()) for entity in first)
    ] or ["id", "name"]
    rows = [[getattr(entity, name) for name in columns] for entity in first]
    return html_table([name.replace("_", " ") for name in columns], rows, caption, total=len(entities))


def page(title: str, parts: Iterable[str]) -> str:
    """Parts, one below the other, under a title."""
    return f"<div><p><b>{escaped(title)}</b></p>{''.join(parts)}</div>"


def links_table(links: Sequence[Any]) -> str:
    """Links as rows: from where, by which relation, to where, and who says so."""
    rows = []
    for link in links:
        ends = (link.relation, "") if link.direction.value == "forward" else ("", link.relation)
        rows.append((link.start, *ends, link.end, tuple(dict.fromkeys(c.source for c in link.citations))))
    return html_table(("from", "refers by", "is referred to by", "to", "sources"), rows, f"{len(links)} links")


def citations_table(citations: Sequence[Any]) -> str:
    """Citations as rows: what they back, on what basis, and where that stands."""
    rows = [
        (tuple(c.supports) or "name", c.basis, c.passage, c.source.publisher, c.source, c.source.url, c.note)
        for c in citations
    ]
    columns = ("backs", "basis", "passage", "publisher", "source", "address", "note")
    return html_table(columns, rows, f"{len(citations)} citations")


def matches_table(matches: Sequence[Any]) -> str:
    """The hits of a search as rows, and whether their spelling was guessed."""
    rows = [
        (type(m.entity).__name__, m.entity.id, m.entity.name, m.field, ", ".join(m.words), f"{m.score:.1f}")
        for m in matches
    ]
    guessed = ", spelling guessed" if any(m.guessed for m in matches) else ""
    caption = f"{len(matches)} matches{guessed}"
    return html_table(("class", "id", "name", "found in", "words", "score"), rows, caption)


def catalogue_page(catalogue: Any) -> str:
    """What a catalogue holds: its strategies, and how many entities of each class."""
    counts = [(name.replace("_", " "), len(collection)) for name, collection in catalogue.collections.items()]
    plans = [
        (
            strategy,
            strategy.region,
            strategy.start_year,
            strategy.end_year,
            tuple(catalogue.priority_fields.of(strategy)),
            tuple(catalogue.innovation_areas.of(strategy)),
        )
        for strategy in catalogue.strategies[:_ROWS]
    ]
    columns = ("strategy", "region", "from", "until", "priority fields", "areas")
    parts = [
        html_table(columns, plans, "Strategies", len(catalogue.strategies)),
        html_table(("collection", "entities"), counts, "Contents"),
    ]
    return page(" ".join(filter(None, (catalogue.name, catalogue.version))), parts)
