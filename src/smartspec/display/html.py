"""How entities and tables look in a notebook: HTML of its own, with nothing from outside.

No colours but those of the page, so light and dark themes both do; everything is escaped; tables have headers that a
screen reader understands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from html import escape
from typing import Any

from ..domain.declaration import Fact, FieldRole, facts
from ..domain.entity import Basis, DatasetInfo, Entity, Source
from ..domain.record import Record
from ..domain.rules import URL
from ..text import clean
from .telling import backed, figure, label, relation, told, told_under, whole

CELL = "text-align:left;vertical-align:top;padding:2px 8px"
_CAPTION = "text-align:left;font-weight:bold;padding:2px 8px"
_ROWS = 20


class Html(str):
    """A text that is HTML already."""

    __slots__ = ()


def escaped(text: str, width: int = 300) -> str:
    """A text for HTML: shortened, without control characters, and without anything that HTML would act upon."""
    return escape(clean(text, width))


def html_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], caption: str, total: int = 0) -> str:
    """A table with a caption and a header for each column; ``total`` tells how many rows there would be, if more.

    >>> from smartspec.display.html import html_table
    >>> "&lt;b&gt;" in html_table(["name"], [["<b>"]], "Names")
    True
    """
    shown = [*rows]
    head = "".join(f'<th scope="col" style="{CELL}">{escaped(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in shown)
    more = total - len(shown)
    foot = f'<tfoot><tr><td colspan="{len(columns)}" style="{CELL}">… and {more} more</td></tr></tfoot>'
    return (
        f'<table style="border-collapse:collapse"><caption style="{_CAPTION}">{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot if more > 0 else ''}</table>"
    )


def _cell(value: Any) -> str:
    # Else browsers break dates at their hyphens, and make room for a long cell by breaking short ones at every word.
    together = ";white-space:nowrap" if isinstance(value, str) and len(value) < 25 else ""
    return f'<td style="{CELL}{together}">{_value(value)}</td>'


def _value(value: Any, unit: str | None = None) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, Html):
        return value
    if isinstance(value, tuple):
        return _listed(value, _ROWS)
    if isinstance(value, Enum):
        return escaped(value.value)
    if isinstance(value, Entity):
        return _entity(value)
    if isinstance(value, Record):
        first, *rest = (_value(getattr(value, fact.name)) for fact in told(value))
        return f"{first} ({', '.join(rest)})" if rest else first
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return _link(value, escaped(value, 80))
    return escaped(figure(value, unit))


def _listed(values: tuple[Any, ...], most: int) -> str:
    more = f", … ({len(values)})" if len(values) > most else ""
    return ", ".join(map(_value, values[:most])) + more


def _link(address: str, text: str, title: str = "") -> str:
    # In the colour that the page gives to links; many take the underline away, by which alone some readers see them.
    told = f' title="{title}"' * bool(title)
    style = "text-decoration:underline"
    return f'<a href="{escaped(address, 2_000)}" rel="noopener noreferrer" style="{style}"{told}>{text}</a>'


def _entity(entity: Entity) -> str:
    """The name of an entity, leading to its address on the web if it has one; its id shows on hovering."""
    name, id = escaped(entity.name, 80), escaped(entity.id)
    address = next((getattr(entity, fact.name) for fact in told(entity) if fact.rule is URL), None)
    return _link(address, name, id) if address else f'<span title="{id}">{name}</span>'


def entity_card(entity: Any) -> str:
    """An entity with all that it says, the entities it names, and its sources."""
    rows = []
    for fact, value, unit in told_under(entity.name, entity):
        if isinstance(value, str) and fact.rule is None:  # There is room for the whole of a description here.
            value = Html(escaped(value, 1_500))
        rows.append(
            f'<tr><th scope="row" style="{CELL}" title="{escaped(fact.doc)}">{fact.label}</th>'
            f'<td style="{CELL}">{_value(value, unit)}</td></tr>'
        )
    return (
        f'<div><table style="border-collapse:collapse"><caption style="{_CAPTION}">{escaped(entity.name)} '
        f"({type(entity).__name__})</caption><tbody>{''.join(rows)}</tbody></table>{_sources(entity)}</div>"
    )


def _sources(entity: Entity) -> str:
    if isinstance(entity, Source):
        return ""
    if not entity.citations:
        return "<p>uncited</p>"
    cited = "".join(f"<li>{_citation(citation)}</li>" for citation in entity.citations[:_ROWS])
    more = f"<li>… and {len(entity.citations) - _ROWS} more</li>" if len(entity.citations) > _ROWS else ""
    return f"<details><summary>Sources ({len(entity.citations)})</summary><ul>{cited}{more}</ul></details>"


def _citation(citation: Any) -> str:
    basis = "" if citation.basis is Basis.STATED else f", {citation.basis.value}"
    note = f" {escaped(citation.note)}" if citation.note else ""
    document = _document(citation.source)
    return f"<b>{escaped(backed(citation))}</b>{basis}: <q>{escaped(citation.passage)}</q>, {document}{note}"


def _document(source: Source) -> str:
    """A document as it is cited: who published it, its title, when."""
    title = f"<cite>{escaped(source.title)}</cite>"
    dated = f" ({source.published})" if source.published else ""
    return f"{escaped(source.publisher)}, {_link(source.url, title) if source.url else title}{dated}"


def record_table(records: Sequence[Any], cls: type, caption: str) -> str:
    """Entities or other records of a class as rows, with the columns in which they have something short to say."""
    first = records[:_ROWS]
    spoken = {fact.name for record in first for fact in told(record)}
    columns = [
        fact
        for fact in facts(cls).values()
        if fact.role not in (FieldRole.PROSE, FieldRole.ALIAS, FieldRole.EVIDENCE)
        and (fact.name in spoken if first else fact.required)
    ]
    rows = [[_short(record, fact) for fact in columns] for record in first]
    return html_table([fact.label for fact in columns], rows, caption, total=len(records))


def _short(record: Any, fact: Fact) -> Any:
    value = getattr(record, fact.name)
    if fact.many:
        return Html(_listed(value, 5))
    # The name leads where the entity does.
    return Html(_entity(record)) if fact.role is FieldRole.NAME and value == record.name else value


def links_table(links: Sequence[Any]) -> str:
    """Links as rows: from where, how it relates to what, and who says so; of one entity, without repeating it."""
    rows: list[tuple[Any, ...]] = [
        (link.start, relation(link), link.end, type(link.end).__name__, whole(link.end), _said(link))
        for link in links[:_ROWS]
    ]
    columns: tuple[str, ...] = ("from", "relation", "to", "class", "of", "according to")
    caption = f"{len(links)} link{'s' * (len(links) != 1)}"
    if len(links) > 1 and all(link.start == links[0].start for link in links):
        rows, columns, caption = [row[1:] for row in rows], columns[1:], f"{caption} of {links[0].start}"
    return html_table(columns, rows, caption, total=len(links))


def _said(link: Any) -> Html:
    """The documents that state a link; with a word where it is read into them."""
    if not link.citations:
        return Html("uncited")
    sources = dict.fromkeys(citation.source for citation in link.citations)
    inferred = {citation.source for citation in link.citations if citation.basis is Basis.INFERRED}
    return Html(", ".join(f"{_entity(source)}{' (inferred)' * (source in inferred)}" for source in sources))


def citations_table(citations: Sequence[Any]) -> str:
    """Citations as rows: what they back, the words that say so, in which document, on what basis."""
    rows = [
        (backed(c), Html(f"<q>{escaped(c.passage)}</q>"), Html(_document(c.source)), c.basis, c.note)
        for c in citations[:_ROWS]
    ]
    caption = f"{len(citations)} citation{'s' * (len(citations) != 1)}"
    return html_table(("backs", "passage", "document", "basis", "note"), rows, caption, total=len(citations))


def matches_table(matches: Sequence[Any]) -> str:
    """The hits of a search as rows; where no word of the data begins like one of the text, it says that it guessed."""
    rows = [
        (
            match.entity,
            type(match.entity).__name__,
            match.entity.id,
            label(match.field),
            ", ".join(match.words) + " (spelling guessed)" * match.guessed,
            f"{match.score:.1f}",
        )
        for match in matches
    ]
    caption = f"{len(matches)} match{'es' * (len(matches) != 1)}"
    return html_table(("name", "class", "id", "found in", "words", "score"), rows, caption)


def catalogue_page(catalogue: Any) -> str:
    """What a catalogue holds: its datasets, its strategies, and how many entities of each class."""
    plans = [
        (
            strategy,
            strategy.region,
            strategy.start,
            strategy.end,
            tuple(catalogue.priority_fields.of(strategy)),
            tuple(catalogue.innovation_areas.of(strategy)),
        )
        for strategy in catalogue.strategies[:_ROWS]
    ]
    columns = ("strategy", "region", "from", "until", "priority fields", "areas")
    counts = [(name.replace("_", " "), len(collection)) for name, collection in catalogue.collections.items()]
    parts = [
        f"<p><b>{escaped(catalogue.name)}</b></p>",
        f"<p>{escaped(catalogue.info.description, 1_000)}</p>" * bool(catalogue.info.description),
        record_table(catalogue.datasets, DatasetInfo, "Datasets"),
        html_table(columns, plans, "Strategies", len(catalogue.strategies)),
        html_table(("collection", "entities"), counts, "Contents"),
    ]
    return f"<div>{''.join(parts)}</div>"
