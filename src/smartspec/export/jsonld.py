"""JSON-LD: a catalogue as one document of linked data; the context beside it says by which term each field goes.

That file, `vocabulary.jsonld`, is the one truth about terms: its ``@context`` holds those of the fields of each class
(null for what is told in another place), its ``@graph`` what each class is in the terms of others.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, FieldRole, facts, summary
from ..domain.entity import Citation, DatasetBase, DatasetInfo, Entity, Source
from ..domain.record import Record, is_value
from ..domain.rules import DATE, DAY, LANGUAGE, NACE, NUTS, URL
from ..domain.strategy import InnovationArea, MatchRelation
from ..errors import InvalidValueError
from ..nace import activity
from ..text import shown
from .origin import checked_catalogue

BASE = "https://smartspec.example/"
"""Where the addresses of records begin, unless whoever publishes them says where."""
_NUTS = "http://data.europa.eu/nuts/code/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_PERIOD = (FieldRole.START, FieldRole.END)


def to_jsonld(catalogue: Catalogue, base: str = BASE) -> dict[str, Any]:
    """The catalogue as a JSON-LD document (a dict): its datasets, all entities, and the words that they use.

    Every record stands there with the names of its fields as keys; the ``@context`` makes triples of it in the terms
    of SKOS, ORG, PROV, DCAT and others, the same as `to_rdf` gives. Ids are relative to ``base``, where whoever
    publishes the data has them: an entity is ``{base}{collection}/{id}``. Raises `InvalidValueError` if the base is no
    web address that ends with a slash.

    >>> import smartspec
    >>> document = smartspec.export.to_jsonld(smartspec.load(), base="https://data.example.org/s3/")
    >>> area = next(node for node in document["@graph"] if node["id"] == "innovation-areas/aerospace-2021")
    >>> area["name"], area["strategy"], area["nace"]
    ({'en': 'Aerospace', 'it': 'Aerospazio'}, 'strategies/piedmont-s3-2021-2027', \
['http://data.europa.eu/ux2/nace2/303'])
    """
    document = _Document(checked_catalogue(catalogue), terms(base))
    return {"@context": document.context, "@graph": [*document.nodes()]}


def terms(base: str) -> dict[str, Any]:
    """The context, and what the classes are, with the addresses of a base."""
    return json.loads(packaged("vocabulary.jsonld", base))  # type: ignore[no-any-return]


def packaged(file: str, base: str) -> str:
    """The text of a file beside this module, with the addresses of a base."""
    check_base(base)
    return _read(file).replace(BASE, base)


def check_base(base: str) -> None:
    """Raises `InvalidValueError` for what is no web address that ends with a slash."""
    if not isinstance(base, str) or not re.fullmatch(r"https?://[^\s/?#<>\"{}|\\^`]+/([^\s?#<>\"{}|\\^`]*/)?", base):
        hint = f'write it in full, with a slash at its end, like "{BASE}"'
        raise InvalidValueError("base", f"{shown(base)} is no address where others can begin", hint)


@cache
def _read(file: str) -> str:
    import importlib_resources  # Deferred import: who exports nothing needs none.

    return importlib_resources.files(__package__).joinpath(file).read_text(encoding="utf-8")


@cache
def _authorities() -> dict[tuple[str, str], str]:
    """The addresses of countries, languages and licences in the authority tables of the European Union."""
    rows = [line.split("\t") for line in _read("authorities.tsv").splitlines()[1:]]
    return {(table, code): f"{_AUTHORITY}{table}/{name}" for table, code, name in rows}


def address(entity: Entity) -> str:
    """Where an entity stands, from the base on.

    >>> import smartspec
    >>> from smartspec.export.jsonld import address
    >>> address(smartspec.load().innovation_poles["mesap"])
    'innovation-poles/mesap'
    """
    return f"{_kebab(collection_name(type(entity)))}/{entity.id}"


def licence_address(licence: str) -> str | None:
    """The address of a licence that is named by an SPDX identifier; None for other words.

    >>> from smartspec.export.jsonld import licence_address
    >>> licence_address("CC-BY-4.0"), licence_address("ODbL-1.0")
    ('http://publications.europa.eu/resource/authority/licence/CC_BY_4_0', 'http://spdx.org/licenses/ODbL-1.0')
    """
    named = re.fullmatch(r"[A-Za-z0-9.+-]+", licence)
    return _authorities().get(("licence", licence), f"http://spdx.org/licenses/{licence}") if named else None


class _Document:
    """The nodes of a document in the making."""

    def __init__(self, catalogue: Catalogue, vocabulary: dict[str, Any]) -> None:
        self.catalogue = catalogue
        self.context: dict[str, Any] = vocabulary["@context"]
        self.types: dict[str, list[str]] = {node["id"]: node["subClassOf"] for node in vocabulary["@graph"]}
        self.datasets = _addresses(catalogue.datasets)
        self.matches: dict[Entity, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for alignment in catalogue.alignments:
            matches = self.matches[alignment.area][match_name(alignment.relation)]
            if address(alignment.match) not in matches:
                matches.append(address(alignment.match))

    def nodes(self) -> Iterator[dict[str, Any]]:
        """All that the document tells: datasets, entities, then the words that they use."""
        for info in self.catalogue.datasets:
            yield self.record(info, self.datasets[info.name, info.version])
        for entity in self.catalogue:
            yield self.entity(entity)
        for cls in COLLECTIONS.values():
            if self.stands_in_its_collection(cls):
                name = _kebab(collection_name(cls))
                yield _named(name, "ConceptScheme", name.capitalize(), summary(cls))
        yield from self.enumerations()
        yield from self.vocabulary()

    def entity(self, entity: Entity) -> dict[str, Any]:
        """An entity, and what follows from what it says."""
        node = self.record(entity, address(entity))
        dataset = self.catalogue.dataset_of(entity)
        node["isDefinedBy"] = self.datasets[dataset.name, dataset.version]
        if entity.citations:
            node["hadPrimarySource"] = [*dict.fromkeys(address(citation.source) for citation in entity.citations)]
        if "skos:Concept" in node["type"]:
            if self.stands_in_its_collection(type(entity)):
                node["scheme"] = _kebab(collection_name(type(entity)))
            if not any(node.get(name) for name in self.fields_of("skos:broader", type(entity))):
                schemes = ("scheme", *self.fields_of("skos:inScheme", type(entity)))
                node["topConceptOf"] = next(node[name] for name in schemes if name in node)
        for fact in facts(type(entity)).values():
            code = getattr(entity, fact.name)
            if fact.rule is NUTS and code is not None:
                country = _authorities().get(("country", code))
                node["exactMatch"] = [f"{_NUTS}{code}", *([country] if country else [])]
        if isinstance(entity, InnovationArea):
            node |= self.matches.get(entity, {})
        return node

    def record(self, record: Record, id: str) -> dict[str, Any]:
        """A record with the fields that say something."""
        cls = type(record).__name__
        node: dict[str, Any] = {"id": id, "type": [cls, *self.types.get(f"vocabulary#{cls}", ())]}
        if isinstance(record, Entity):
            node |= _labels(record)
        period = {}
        for name, fact in facts(type(record)).items():
            value = getattr(record, name)
            if value in (None, "", ()) or (isinstance(record, Entity) and fact.role in (FieldRole.ID, FieldRole.NAME)):
                continue
            if fact.role in _PERIOD:
                period[fact.role.value] = _dated(value)
            elif (term := self.term(type(record), name)) is not None:
                told = self.values(record, id, fact, term, value if fact.many else (value,))
                node[name] = told if fact.many else told[0]
        if period:
            node["temporal"] = {"id": f"{id}#period", "type": "Period", **period}
        return node

    def term(self, cls: type[Record], name: str) -> Any:
        """What the context says of a field: a term, or null for what another field tells."""
        own = self.context[cls.__name__]["@context"]
        return own[name] if name in own else self.context[name]

    def fields_of(self, term: str, cls: type[Record]) -> list[str]:
        """The fields of a class that go by a term."""
        told = ((name, self.term(cls, name)) for name in facts(cls))
        return [name for name, own in told if isinstance(own, Mapping) and own.get("@id") == term]

    def stands_in_its_collection(self, cls: type[Entity]) -> bool:
        """Whether the collection is the concept scheme in which its entities stand, since they name no other."""
        is_concept = "skos:Concept" in self.types.get(f"vocabulary#{cls.__name__}", ())
        return is_concept and not self.fields_of("skos:inScheme", cls)

    def values(self, record: Record, id: str, fact: Fact, term: Any, values: Iterable[Any]) -> list[Any]:
        """The values of a field, in the form that its term asks for."""
        shape = term if isinstance(term, Mapping) else {"@id": term}
        part = f"{id}#{_kebab(fact.cls.__name__)}"
        return [self.value(record, id, f"{part}-{n}", fact, shape, value) for n, value in enumerate(values, 1)]

    def value(self, record: Record, id: str, part: str, fact: Fact, term: Mapping[str, Any], value: Any) -> Any:
        """One value; if it is a record that has no address of its own, it stands at a part of the other's."""
        if isinstance(value, MatchRelation):
            return f"skos:{match_name(value)}"
        if isinstance(value, Enum):
            return _member(value)
        if isinstance(value, Entity):
            return address(value)
        if isinstance(value, DatasetBase):
            return self.datasets[value.name, value.version]
        if isinstance(value, Record):
            return self.record(value, part)
        if not isinstance(value, str):
            return value
        if fact.rule in (DATE, DAY):
            return _dated(value)
        if fact.rule is NACE:
            return activity(value).uri
        if fact.rule is URL:
            return re.sub(r"[\x00-\x20<>\"{}|\\^`]", lambda sign: f"%{ord(sign[0]):02X}", value)
        if fact.rule is LANGUAGE:
            return _authorities().get(("language", value), f"{_AUTHORITY}language/{value.upper()}")
        if term["@id"] == "dct:publisher":
            return {"id": f"{id}#{fact.name}", "type": "Agent", "name": value}
        if term["@id"] == "dct:license":
            return licence_address(value) or {"@value": value}
        if term["@id"] == "smartspec:supports":
            return f"smartspec:{_camel(value)}"
        if term.get("@container") == "@language":
            return {_language(record): value}
        return value

    def enumerations(self) -> Iterator[dict[str, Any]]:
        """The lists of words that fields choose from, as concept schemes."""
        records = [*COLLECTIONS.values(), *self.values_of_fields()]
        found = dict.fromkeys(fact.cls for cls in records for fact in facts(cls).values())
        for cls in found:
            if issubclass(cls, Enum) and cls is not MatchRelation:
                scheme = _kebab(cls.__name__)
                yield _named(scheme, "ConceptScheme", scheme.replace("-", " ").capitalize(), summary(cls))
                for member in cls:
                    node = _named(_member(member), "Concept", member.value.replace("-", " "))
                    yield {**node, "scheme": scheme, "topConceptOf": scheme}

    def values_of_fields(self) -> dict[type[Record], None]:
        """The classes of records that are values of fields, not entities."""
        inner = (fact.cls for cls in COLLECTIONS.values() for fact in facts(cls).values())
        return dict.fromkeys(cls for cls in inner if is_value(cls))

    def vocabulary(self) -> Iterator[dict[str, Any]]:
        """The classes and fields, described in the words of the code that declares them."""
        fields: dict[str, dict[str, list[str]]] = {}
        for cls in (*COLLECTIONS.values(), *self.values_of_fields(), DatasetInfo):
            name = cls.__name__
            node = {"id": f"vocabulary#{name}", "type": "rdfs:Class", "label": name, "comment": summary(cls)}
            yield (
                {**node, "subClassOf": self.types[f"vocabulary#{name}"]} if f"vocabulary#{name}" in self.types else node
            )
            for fact in facts(cls).values():
                told = fields.setdefault(fact.name, defaultdict(list))
                told["comment"].append(fact.meaning)
                told["usedOn"].append(f"vocabulary#{name}")
                term = self.term(cls, fact.name)
                shape = term if isinstance(term, Mapping) else {"@id": term}
                told["seeAlso"].append(shape.get("@reverse") or shape["@id"] or "")
        for name, told in fields.items():
            node = {"id": f"vocabulary#{_camel(name)}", "type": "rdf:Property", "label": name.replace("_", " ")}
            own = ("", "@id", f"smartspec:{_camel(name)}")
            told["seeAlso"] = [term for term in told["seeAlso"] if term not in own]
            yield {**node, **{key: [*dict.fromkeys(items)] for key, items in told.items() if items}}


def _named(id: str, kind: str, name: str, description: str = "") -> dict[str, Any]:
    node: dict[str, Any] = {"id": id, "type": [kind], "name": {"en": name}}
    return {**node, "description": description} if description else node


def _labels(entity: Entity) -> dict[str, Any]:
    """The name in each language. SKOS allows one in each: a local name in English stands beside it."""
    local = {} if entity.local_name is None else {entity.local_language or "@none": entity.local_name}
    node = {"name": {"en": entity.name} | local | {"en": entity.name}}
    return {**node, "otherName": local} if local.get("en", entity.name) != entity.name else node


def _language(record: Record) -> str:
    """The language of what a record quotes: that of the document."""
    document = record.source if isinstance(record, Citation) else record
    return document.language if isinstance(document, Source) else "en"


def _dated(date: str) -> dict[str, str]:
    """A date that is as exact as it is known."""
    return {"@type": {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(date), "xsd:date"), "@value": date}


def match_name(relation: MatchRelation) -> str:
    """The name in SKOS of the relation between two concepts.

    >>> from smartspec import MatchRelation
    >>> from smartspec.export.jsonld import match_name
    >>> match_name(MatchRelation.CLOSE)
    'closeMatch'
    """
    return f"{relation.value}Match"


def _member(member: Enum) -> str:
    return f"{_kebab(type(member).__name__)}/{member.value}"


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _addresses(datasets: Iterable[DatasetInfo]) -> dict[tuple[str, str], str]:
    """Where each dataset stands, by its name and version; two of one name are told apart by number."""
    found: dict[tuple[str, str], str] = {}
    for info in datasets:
        words = re.sub(r"\W+", "-", info.name.casefold()).strip("-")  # Letters of all scripts: addresses may have them.
        first = place = f"datasets/{words or 'dataset'}"
        number = 1
        while place in found.values():
            place = f"{first}-{(number := number + 1)}"
        found.setdefault((info.name, info.version), place)
    return found
