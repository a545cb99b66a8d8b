"""SSSOM: the alignments as a set of mappings, which tools that compare vocabularies read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..domain.entity import Basis
from ..domain.strategy import Alignment
from .jsonld import BASE, address, check_base, licence_address, match_name
from .origin import checked_catalogue

CONFIDENCE = {Basis.STATED: 1.0, Basis.INFERRED: 0.7}
"""How much each basis is worth: a source says that the two correspond, or we read it into sources that do not."""
_COLUMNS = (
    *("record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "author_label", "creator_label", "license", "subject_type", "subject_source"),
    *("object_type", "object_source", "confidence", "see_also", "comment"),
)
"""The slots that are told, in the order of the standard."""
_PROPAGATED = ("subject_type", "subject_source", "object_type", "object_source")
"""Those that the head tells once if they are the same in all rows."""
_WORDS = ("null", "true", "false", "yes", "no", "on", "off")
"""What stands for no text in YAML."""
_NO_LICENCE = "https://w3id.org/sssom/license/all-rights-reserved"


def to_sssom(catalogue: Catalogue, base: str = BASE) -> str:
    """The alignments as an SSSOM mapping set: a text (TSV) whose head, in YAML, describes the set.

    A row says that an area of one strategy corresponds to an area of another, by which relation of SKOS, how sure that
    is (`CONFIDENCE`; the least of its citations, none if there is none), who published what backs it
    (``author_label``), where that is found (``see_also``) and why it is inferred (``comment``). Ids are those of
    `to_rdf` with the same ``base``. Raises `InvalidValueError` if that is no web address that ends with a slash.

    >>> import smartspec
    >>> *_, last = smartspec.export.to_sssom(smartspec.load()).splitlines()
    >>> last.split("\\t")[1:5]
    ['innovation-areas:textile-industry', 'Textile', 'skos:broadMatch', 'innovation-areas:made-in-piedmont']
    """
    check_base(base)
    alignments = checked_catalogue(catalogue).alignments
    rows = sorted((_row(catalogue, alignment) for alignment in alignments), key=_cells)
    once = {slot: rows[0][slot] for slot in _PROPAGATED if rows and len({row[slot] for row in rows}) == 1}
    info, prefixes = catalogue.info, ("alignments", "innovation-areas", "strategies")
    head: dict[str, Any] = {
        "sssom_version": "1.1",
        "curie_map": {prefix: f"{base}{prefix}/" for prefix in prefixes if rows},
        "mapping_set_id": f"{base}alignments",
        "mapping_set_version": info.version,
        "mapping_set_title": f"Alignments of {info.name}",
        "creator_label": [info.publisher] if info.publisher else [],
        "license": licence_address(info.licence) or _NO_LICENCE,
        **once,
    }
    columns = [slot for slot in _COLUMNS if slot not in once and (any(row[slot] for row in rows) or not rows)]
    text = io.StringIO()
    for line in _yaml({key: value for key, value in head.items() if value}):
        print(f"#{line}", file=text)
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[slot] for slot in columns] for row in rows)
    return text.getvalue()


def _row(catalogue: Catalogue, alignment: Alignment) -> dict[str, str]:
    citations, dataset = alignment.citations, catalogue.dataset_of(alignment)
    sources = [*dict.fromkeys(citation.source for citation in citations)]
    confidence = min((CONFIDENCE[citation.basis] for citation in citations), default=None)
    return {
        "record_id": _curie(alignment),
        "subject_id": _curie(alignment.area),
        "subject_label": _line(alignment.area.name),
        "predicate_id": f"skos:{match_name(alignment.relation)}",
        "object_id": _curie(alignment.match),
        "object_label": _line(alignment.match.name),
        "mapping_justification": f"semapv:{'ManualMappingCuration' if citations else 'UnspecifiedMatching'}",
        "author_label": _several([source.publisher for source in sources]),
        "creator_label": _several([dataset.publisher]),
        "license": licence_address(dataset.licence) or _NO_LICENCE,
        "subject_type": "skos concept",
        "subject_source": _curie(alignment.area.strategy),
        "object_type": "skos concept",
        "object_source": _curie(alignment.match.strategy),
        "confidence": "" if confidence is None else f"{confidence:g}",
        "see_also": _several([source.url for source in sources]),
        "comment": _line(" ".join(dict.fromkeys(citation.note for citation in citations))),
    }


def _cells(row: dict[str, str]) -> list[str]:
    return [row[slot] for slot in _COLUMNS]


def _curie(entity: Any) -> str:
    return address(entity).replace("/", ":")


def _line(text: str) -> str:
    """A text without the tabs and ends of lines that part cells and rows."""
    return " ".join(text.split())


def _several(texts: Sequence[str | None]) -> str:
    """Several values in a cell."""
    return "|".join(dict.fromkeys(re.sub(r"[|\\\\]", r"\\\g<0>", _line(text)) for text in texts if text))


def _yaml(head: dict[str, Any]) -> Iterator[str]:
    """Lines of YAML."""
    for key, value in head.items():
        if isinstance(value, dict):
            yield from (f"{key}:", *(f"  {name}: {_scalar(text)}" for name, text in value.items()))
        elif isinstance(value, list):
            yield from (f"{key}:", *(f"  - {_scalar(text)}" for text in value))
        else:
            yield f"{key}: {_scalar(value)}"


def _scalar(text: str) -> str:
    """A text as it stands, or in quotes where YAML would take it for something else."""
    plain = re.fullmatch(r"[^\W\d_].*[^:\s]", text) and text.isprintable() and not re.search(r": | #", text)
    return text if plain and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=not text.isprintable())
