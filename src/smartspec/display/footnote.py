"""Footnote: citations as one line of plain text, such as people print below a figure."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.entity import Basis, Citation, Entity, Source
from ..text import clean
from .telling import by_document

_MONTHS = "January February March April May June July August September October November December".split()


def footnote(entity: Entity, attribute: str) -> str:
    """Each document once, with the passages, its address and when it was read; what is inferred says so, and why.

    A source that nobody is cited for is its own document. What has no value says that there is nothing to cite.

    >>> import smartspec
    >>> from smartspec.display.footnote import footnote
    >>> s3 = smartspec.load()
    >>> print(footnote(s3.innovation_poles["new-materials"], "start"))
    CGreen, “About us”, undated: “On March 31th, 2009”, https://www.cgreen.it/en/about/ (accessed 24 November 2026).
    >>> print(footnote(s3.sources["cgreen-about"], "title"))
    CGreen, “About us”, undated, https://www.cgreen.it/en/about/ (accessed 24 November 2026).
    >>> footnote(s3.innovation_poles["mesap"], "end")
    'Not stated: no “end” is recorded.'
    >>> footnote(smartspec.Region(id="alba", name="Alba", level=smartspec.RegionLevel.MUNICIPALITY), "level")
    'Uncited: no source is recorded.'
    """
    documents = by_document(entity.cite(attribute))
    if not documents and getattr(entity, attribute) in (None, "", ()):
        return f"Not stated: no “{attribute}” is recorded."
    if not documents and isinstance(entity, Source):
        documents[entity] = []
    if not documents:
        return "Uncited: no source is recorded."
    text = "; ".join(_document(source, passages) for source, passages in documents.items())
    return f"{clean(text, len(text))}."


def _document(source: Source, citations: Sequence[Citation]) -> str:
    passages = ", ".join(dict.fromkeys(map(_passage, citations)))
    accessed = f"accessed {date_in_words(source.accessed)}" if source.accessed else "no date of access"
    published = date_in_words(source.published) if source.published else "undated"
    return (
        f"{source.publisher}, “{source.title}”, {published}{': ' * bool(passages)}{passages}, "
        f"{source.url or 'no address known'} ({accessed})"
    )


def _passage(citation: Citation) -> str:
    note = citation.note.strip().rstrip(".")
    said = [citation.basis.value] * (citation.basis is not Basis.STATED) + [note] * bool(note)
    return f"“{citation.passage.strip()}”" + (f" ({': '.join(said)})" if said else "")


def date_in_words(date: str) -> str:
    """A date as exact as it is known, in words.

    >>> from smartspec.display.footnote import date_in_words
    >>> date_in_words("2026-11-24"), date_in_words("2026-11"), date_in_words("2026")
    ('24 November 2026', 'November 2026', '2026')
    """
    year, *rest = map(int, date.split("-"))
    month = [_MONTHS[number - 1] for number in rest[:1]]
    return " ".join([*map(str, rest[1:]), *month, str(year)])
