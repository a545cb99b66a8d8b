"""Bibliography: sources as BibTeX, for LaTeX, and as CSL-JSON, for Zotero, Pandoc and Word's helpers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..catalogue.relations import Link
from ..catalogue.search import Match
from ..domain.entity import Citation, Entity, Source
from ..errors import InvalidValueError
from ..text import clean, shown

# What TeX would not print as it stands. No brace may be left alone, since BibTeX counts them.
_TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "{}\\"})

# What Babel, and so biblatex, calls the languages, by their ISO 639 codes.
_BABEL = dict(
    pair.split(":")
    for pair in (
        "bg:bulgarian ca:catalan cs:czech cy:welsh da:danish de:ngerman el:greek en:british es:spanish et:estonian "
        "eu:basque fi:finnish fr:french ga:irish gl:galician hr:croatian hu:magyar is:icelandic it:italian "
        "lt:lithuanian lv:latvian mk:macedonian nb:norsk nl:dutch nn:nynorsk no:norsk pl:polish pt:portuguese "
        "ro:romanian ru:russian sk:slovak sl:slovene sq:albanian sr:serbian sv:swedish tr:turkish uk:ukrainian"
    ).split()
)


Cited = Entity | Citation | Link | Match[Any]
"""What sources back."""


def to_bibtex(what: Cited | Iterable[Cited]) -> str:
    """Sources as BibTeX, each once and under its id: those given, and those that back what else is given.

    A catalogue, a collection, one entity, citations, links, the matches of a search, or several of these. A source is
    ``@online``, or ``@misc`` if no address is known; its publisher stands as the author, and its dates are as exact as
    they are known.

    >>> import smartspec
    >>> pole = smartspec.load().innovation_poles["mesap"]
    >>> print(smartspec.export.to_bibtex(pole.cite("region")))
    @online{cgreen-about,
      author = {{CGreen}},
      title = {{About us}},
      url = {https://www.cgreen.it/en/about/},
      urldate = {2026-11-24},
      langid = {british},
    }
    <BLANKLINE>
    """
    return "\n".join(map(_entry, _sources(what, "to_bibtex")))


def to_csl(what: Cited | Iterable[Cited]) -> list[dict[str, Any]]:
    """Sources as items of CSL-JSON, which `json.dumps` takes; which of them, see `to_bibtex`.

    >>> import smartspec
    >>> item = smartspec.export.to_csl(smartspec.load().sources["torino-internazionale-2006"])[0]
    >>> item["author"], item["issued"], item["accessed"]
    ([{'literal': 'Torino Internazionale'}], {'date-parts': [[2006]]}, {'date-parts': [[2026, 11, 24]]})
    """
    return [*map(_item, _sources(what, "to_csl"))]


def _sources(what: Any, function: str) -> list[Source]:
    found: dict[str, Source] = {}
    # A link and a match are tuples themselves.
    for item in (
        [what] if isinstance(what, (Entity, Citation, Link, Match, str)) or not isinstance(what, Iterable) else what
    ):
        cited = item.entity if isinstance(item, Match) else item
        if isinstance(cited, Source):
            sources = [cited]
        elif isinstance(cited, Citation):
            sources = [cited.source]
        elif isinstance(cited, (Entity, Link)):
            sources = [citation.source for citation in cited.citations]
        else:
            told = "a catalogue, a collection, entities, citations, links or matches"
            raise TypeError(f"{function}() takes {told}, not {shown(item)}")
        for source in sources:
            if found.setdefault(source.id, source) != source:
                message = "is the id of two sources that differ"
                raise InvalidValueError(f"sources/{source.id}", message, "take all from one catalogue")
    return [*found.values()]


def _entry(source: Source) -> str:
    told = {
        "author": f"{{{_tex(source.publisher)}}}",  # Braces: the name of a body is not one of a person.
        "title": f"{{{_tex(source.title)}}}",  # And styles leave its capitals alone.
        "date": source.published,
        "year": source.published and source.published[:4],  # For styles that came before biblatex.
        "url": source.url and source.url.translate(_ADDRESS),
        "urldate": source.accessed,
        "langid": _BABEL.get(source.language),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in told.items() if value]
    return f"@{'online' if source.url else 'misc'}{{{source.id},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    return clean(text, len(text)).translate(_TEX)


def _item(source: Source) -> dict[str, Any]:
    told = {
        "id": source.id,
        "type": "webpage" if source.url else "document",
        "author": [{"literal": source.publisher}],
        "title": source.title,
        "issued": _date(source.published),
        "accessed": _date(source.accessed),
        "URL": source.url,
        "language": source.language,
    }
    return {name: value for name, value in told.items() if value is not None}


def _date(date: str | None) -> dict[str, list[list[int]]] | None:
    return None if date is None else {"date-parts": [[*map(int, date.split("-"))]]}
