"""Formats: what a catalogue can be written as, by name. What each writes is told here; how, in a module of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..catalogue.catalogue import Catalogue
from ..datasets.staging import staged_file
from ..datasets.writing import save
from ..errors import InvalidValueError, needs
from ..text import quoted
from .bibliography import to_bibtex, to_csl
from .datapackage import to_csv
from .graph import to_networkx
from .jsonld import to_jsonld
from .parquet import to_parquet
from .rdf import to_rdf
from .sqlite import to_sqlite
from .sssom import to_sssom
from .xlsx import to_xlsx

Path = str | os.PathLike[str]


class Format(NamedTuple):
    """A format: what it writes, in words, the function that does, and which options that takes beside.

    ``text`` gives the whole as a text, which is then a file in UTF-8; else ``write`` is called with the catalogue, the
    path and ``overwrite``.
    """

    doc: str
    write: Callable[..., None] | None = None
    text: Callable[..., str] | None = None
    options: tuple[str, ...] = ()


def write(name: str, catalogue: Catalogue, path: Path, *, overwrite: bool = False, **options: Any) -> None:
    """Write a catalogue to a path in a format of `FORMATS`, whole or not at all.

    Of ``options``, which are those that a format takes, those that are None count as not given. Raises
    `InvalidValueError` for an option that it does not take, `SaveError` if it cannot be written, or if something is
    there that is not to be overwritten, and `ImportError` if a library is missing, with the extra that brings it.

    >>> import os, smartspec, tempfile
    >>> from smartspec.export.formats import write
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     write("json", smartspec.load(), os.path.join(beside, "mine"))
    ...     smartspec.load(os.path.join(beside, "mine")) == smartspec.load()
    True
    """
    known, given = FORMATS[name], _given(name, options)
    if known.write is not None:
        known.write(catalogue, path, overwrite=overwrite, **given)
        return
    text = whole(name, catalogue, **given)  # Before the file: what fails here leaves nothing beside.
    with staged_file(path, overwrite) as stage, open(stage, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def whole(name: str, catalogue: Catalogue, **options: Any) -> str:
    """A catalogue as one text, in a format that is a text; its last line ends. The options are those of `write`.

    Raises `InvalidValueError` for an option that the format does not take, or if it is no text.

    >>> import smartspec
    >>> from smartspec.export.formats import whole
    >>> whole("bibtex", smartspec.load()).splitlines()[0]
    '@online{ecoris3-torino,'
    """
    text = FORMATS[name].text
    if text is None:
        raise InvalidValueError(name, "it is no text", "write it to a path")
    return text(catalogue, **_given(name, options)).rstrip("\n") + "\n"


def _given(name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    given = {option: value for option, value in options.items() if value is not None}
    for option in given:
        if option not in FORMATS[name].options:
            able = ", ".join(other for other, known in FORMATS.items() if option in known.options)
            raise InvalidValueError(name, f"it takes no {quoted(option)}", f"these do: {able}")
    return given


def _turtle(catalogue: Catalogue, **options: Any) -> str:
    return str(to_rdf(catalogue, **options).serialize(format="turtle"))


def _jsonld(catalogue: Catalogue, **options: Any) -> str:
    return _dumped(to_jsonld(catalogue, **options))


def _graphml(catalogue: Catalogue, **options: Any) -> str:
    with needs("graph"):
        import networkx
    return "\n".join(networkx.generate_graphml(to_networkx(catalogue, **options)))


def _gexf(catalogue: Catalogue, **options: Any) -> str:
    with needs("graph"):
        import networkx
    return "\n".join(networkx.generate_gexf(to_networkx(catalogue, **options)))


def _csl(catalogue: Catalogue) -> str:
    return _dumped(to_csl(catalogue))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


_NAMES, _ADDRESSES = ("language",), ("base",)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("a directory: a CSV file a collection, as a Data Package", to_csv, options=_NAMES),
        "parquet": Format("a directory: a Parquet file a collection", to_parquet, options=_NAMES),
        "sqlite": Format("a file: a SQLite database with a table a collection", to_sqlite, options=_NAMES),
        "xlsx": Format("a file: an Excel workbook with a sheet a collection", to_xlsx, options=_NAMES),
        "json": Format("a directory: the dataset without its base, as smartspec loads it", save),
        "turtle": Format("a text: linked data (SKOS, ORG, PROV, DCAT) in Turtle", text=_turtle, options=_ADDRESSES),
        "jsonld": Format("a text: the same linked data in JSON-LD", text=_jsonld, options=_ADDRESSES),
        "sssom": Format("a text: the alignments as an SSSOM mapping set (TSV)", text=to_sssom, options=_ADDRESSES),
        "graphml": Format("a text: the graph of all entities and links in GraphML", text=_graphml, options=_NAMES),
        "gexf": Format("a text: the same graph in GEXF, as Gephi reads it", text=_gexf, options=_NAMES),
        "bibtex": Format("a text: the sources in BibTeX", text=to_bibtex),
        "csl": Format("a text: the sources in CSL-JSON, as Zotero and pandoc read it", text=_csl),
    }
)
"""The formats by name."""
