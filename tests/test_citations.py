"""Every fact of the packaged data stands in a document: each rule tells what to write where it is not kept.

The texts of the documents are others' and not part of this project. Whoever has them names their folder in the
environment variable ``SMARTSPEC_DOCUMENTS``, one file ``<id of the source>.txt`` each: then the passages are looked up.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import pytest

from smartspec import Basis, Catalogue, Citation, Entity, Source

if TYPE_CHECKING:
    from conftest import Make

Rule = Callable[[Entity], Iterator[str]]
R = TypeVar("R", Citation, Source, Entity)

# The documents with which the dataset began; the other sources are pages with an address.
DOCUMENTS = {
    "city-of-torino",
    "ecoris3-torino",
    "kicstarth2-torino",
    "torino-internazionale-2006",
    "vanguard-piemonte",
}
# That an entity exists and bears its name is backed by any citation of it; the rest is this project's own judgement.
NO_FACTS = {"id", "name", "aliases", "citations"} | {"level", "relation", "themes", "complete"}


# The rules


def uncited(entity: Entity) -> Iterator[str]:
    if not entity.citations:
        yield 'has no citation (add "citations": [{"source": "<id of a source>", "passage": "<1 to 8 words of it>"}])'


def passage_too_long_or_empty(entity: Entity) -> Iterator[str]:
    for citation in entity.citations:
        if not 1 <= (words := len(citation.passage.split())) <= 8:
            yield f'the passage "{citation.passage}" has {words} words (quote the 1 to 8 that locate the fact)'


def unsupported(entity: Entity) -> Iterator[str]:
    supported = {name for citation in entity.citations for name in citation.supports}
    for field in attrs.fields(type(entity)):
        name = field.name
        if name not in NO_FACTS | supported and getattr(entity, name) not in (None, (), ""):
            yield f'nothing cited supports "{name}" (add "{name}" to "supports" of the citation that says it)'


def supporting_nothing(entity: Entity) -> Iterator[str]:
    for citation in entity.citations:
        for name in citation.supports:
            if getattr(entity, name) in (None, (), ""):
                yield f'cites "{citation.passage}" for "{name}", which it leaves open (fill it in, or cite it no more)'


def inferred_without_a_note(entity: Entity) -> Iterator[str]:
    for citation in entity.citations:
        if citation.basis is Basis.INFERRED and not citation.note.strip():
            yield f'is inferred from "{citation.source.id}" without a note (say in "note" why we infer it)'


def stated_by_a_source_without_an_address(entity: Entity) -> Iterator[str]:
    for source in {citation.source for citation in entity.citations if citation.basis is Basis.STATED}:
        if source.url is None and source.id not in DOCUMENTS:
            yield f'is stated by "{source.id}", which nobody can look up (give that source its "url")'


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def not_in_the_document(texts: dict[str, str]) -> Rule:
    """The rule that a passage stands in the text of its source, of those whose text is at hand, by source."""
    held = {id: plain(text) for id, text in texts.items()}

    def rule(entity: Entity) -> Iterator[str]:
        for citation in entity.citations:
            id = citation.source.id
            if id in held and plain(citation.passage) not in held[id]:
                yield f'the passage "{citation.passage}" is not in "{id}" (quote the document letter by letter)'

    return rule


def shortfalls(catalogue: Catalogue, rule: Rule) -> list[str]:
    """Where entities do not keep a rule: file, id, what is wrong, and what to write."""
    return [
        f'{name.replace("_", "-")}.json: "{entity.id}" {said}'
        for name, collection in catalogue.collections.items()
        for entity in collection
        if not isinstance(entity, Source)  # A source is what others are cited from.
        for said in rule(entity)
    ]


# The packaged data


def check(catalogue: Catalogue, rule: Rule) -> None:
    if found := shortfalls(catalogue, rule):
        pytest.fail("\n".join([f"{len(found)} to mend in the data:", *found]), pytrace=False)


def test_there_is_much_to_be_cited(eu: Catalogue) -> None:
    assert len(shortfalls(eu, lambda entity: iter(["is looked at"]))) == len(eu) - len(eu.sources) > 0


def test_every_entity_is_cited(eu: Catalogue) -> None:
    check(eu, uncited)


def test_every_passage_has_one_to_eight_words(eu: Catalogue) -> None:
    check(eu, passage_too_long_or_empty)


def test_every_attribute_that_carries_a_fact_is_supported(eu: Catalogue) -> None:
    check(eu, unsupported)


def test_what_is_cited_is_said(eu: Catalogue) -> None:
    check(eu, supporting_nothing)


def test_every_inference_says_why(eu: Catalogue) -> None:
    check(eu, inferred_without_a_note)


def test_whatever_states_a_fact_can_be_looked_up(eu: Catalogue) -> None:
    check(eu, stated_by_a_source_without_an_address)


@pytest.mark.skipif("SMARTSPEC_DOCUMENTS" not in os.environ, reason="SMARTSPEC_DOCUMENTS names no folder of texts")
def test_every_passage_stands_in_its_document(eu: Catalogue) -> None:
    files = pathlib.Path(os.environ["SMARTSPEC_DOCUMENTS"]).glob("*.txt")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    assert texts.keys() >= DOCUMENTS, "SMARTSPEC_DOCUMENTS names a folder that lacks some of the documents"
    check(eu, not_in_the_document(texts))


@pytest.mark.parametrize(
    "collection",
    "regions themes strategies priority_fields innovation_areas strategic_objectives organisations initiatives "
    "innovation_poles".split(),
)
def test_what_people_look_for_by_its_italian_name_has_one(s3: Catalogue, collection: str) -> None:
    nameless = [entity.id for entity in s3.collections[collection] if entity.local_language != "it"]
    assert nameless == [], "write local_name and local_language, inferred if the translation is ours"


def test_an_alias_is_another_name(eu: Catalogue) -> None:
    repeated = [entity.id for entity in eu if {entity.name, entity.local_name} & {*entity.aliases}]
    assert repeated == [], "drop the aliases that repeat the name or the local name"


def test_municipalities_and_provinces_have_their_codes(s3: Catalogue) -> None:
    assert [town.id for town in s3.regions.where(level="municipality") if not town.lau] == []
    assert [each.id for each in s3.regions.where(level="province") if not (each.iso_3166_2 and each.nuts)] == []


# That the rules catch what they are for


def spoilt(record: R, **wrong: Any) -> R:
    """A copy of a record with values that its class refuses."""
    copy = attrs.evolve(record)
    for name, value in wrong.items():
        object.__setattr__(copy, name, value)
    return copy


TEXTS = {"report": "In 2024 the Region of  Alba\nhas 50 poles."}
NOT_IN_THE_DOCUMENT = not_in_the_document(TEXTS)
RULES = [
    uncited,
    passage_too_long_or_empty,
    unsupported,
    supporting_nothing,
    inferred_without_a_note,
    stated_by_a_source_without_an_address,
    NOT_IN_THE_DOCUMENT,
]


@pytest.fixture
def sound(make: Make) -> Entity:
    """A figure of which all is cited."""
    report = make.source("report", url="https://example.org/report")
    facts = ("region", "value", "unit", "qualifier")
    stated = make.citation(source=report, passage="2024 the region of alba has 50 poles", supports=facts)
    why = "It was counted in the year of the report."
    inferred = make.citation(source=report, passage="In 2024", supports=("start",), basis=Basis.INFERRED, note=why)
    return make.indicator("poles-of-alba", start="2024", value=50, unit="poles", citations=(stated, inferred))


def test_a_record_that_is_cited_throughout_keeps_every_rule(sound: Entity) -> None:
    assert [said for rule in RULES for said in rule(sound)] == []


def of_its_first(entity: Entity, **wrong: Any) -> Entity:
    """The entity with a first citation that is wrong."""
    first, *rest = entity.citations
    return spoilt(entity, citations=(spoilt(first, **wrong), *rest))


FLAWS: dict[str, tuple[Callable[[Entity], Entity], Rule, str]] = {
    "no-citation": (
        lambda entity: spoilt(entity, citations=()),
        uncited,
        'has no citation (add "citations": [{"source": "<id of a source>", "passage": "<1 to 8 words of it>"}])',
    ),
    "nine-words": (
        lambda entity: of_its_first(entity, passage="1 2 3 4 5 6 7 8 9"),
        passage_too_long_or_empty,
        'the passage "1 2 3 4 5 6 7 8 9" has 9 words (quote the 1 to 8 that locate the fact)',
    ),
    "no-words": (
        lambda entity: of_its_first(entity, passage=" "),
        passage_too_long_or_empty,
        'the passage " " has 0 words (quote the 1 to 8 that locate the fact)',
    ),
    "description": (
        lambda entity: spoilt(entity, description="A count."),
        unsupported,
        'nothing cited supports "description" (add "description" to "supports" of the citation that says it)',
    ),
    "nought": (
        lambda entity: of_its_first(spoilt(entity, value=0.0), supports=("region", "unit", "qualifier")),
        unsupported,
        'nothing cited supports "value" (add "value" to "supports" of the citation that says it)',
    ),
    "default": (
        lambda entity: of_its_first(entity, supports=("region", "value", "unit")),
        unsupported,
        'nothing cited supports "qualifier" (add "qualifier" to "supports" of the citation that says it)',
    ),
    "nothing-to-cite": (
        lambda entity: spoilt(entity, start=None),
        supporting_nothing,
        'cites "In 2024" for "start", which it leaves open (fill it in, or cite it no more)',
    ),
    "no-note": (
        lambda entity: of_its_first(entity, basis=Basis.INFERRED),
        inferred_without_a_note,
        'is inferred from "report" without a note (say in "note" why we infer it)',
    ),
    "no-address": (
        lambda entity: of_its_first(entity, source=spoilt(entity.citations[0].source, url=None)),
        stated_by_a_source_without_an_address,
        'is stated by "report", which nobody can look up (give that source its "url")',
    ),
    "not-so-in-the-document": (
        lambda entity: of_its_first(entity, passage="Alba has 60 poles"),
        NOT_IN_THE_DOCUMENT,
        'the passage "Alba has 60 poles" is not in "report" (quote the document letter by letter)',
    ),
}


@pytest.mark.parametrize(("spoil", "rule", "said"), FLAWS.values(), ids=FLAWS)
def test_a_flaw_is_told_with_what_to_write(
    sound: Entity, spoil: Callable[[Entity], Entity], rule: Rule, said: str
) -> None:
    assert list(rule(spoil(sound))) == [said]


def test_all_shortfalls_of_all_records_are_told_with_file_and_id(make: Make) -> None:
    piedmont = make.region(nuts="ITC1")
    s3 = make.strategy(region=piedmont)
    catalogue = make.catalogue(make.source(), piedmont, s3, make.objective(strategy=s3))
    assert [said.partition(" (")[0] for said in shortfalls(catalogue, unsupported)] == [
        'regions.json: "piedmont" nothing cited supports "nuts"',
        'strategies.json: "s3" nothing cited supports "region"',
        'strategies.json: "s3" nothing cited supports "kind"',
        'strategic-objectives.json: "training" nothing cited supports "strategy"',
        'strategic-objectives.json: "training" nothing cited supports "designation"',
    ]


def test_a_shortfall_fails_with_all_that_is_to_be_mended(make: Make) -> None:
    with pytest.raises(pytest.fail.Exception, match=r'^1 to mend in the data:\nregions\.json: "piedmont" has no citat'):
        check(make.catalogue(make.source(), make.region()), uncited)


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_a_document_with_which_it_began_needs_no_address(make: Make, document: str) -> None:
    cited = make.region(citations=(make.citation(source=make.source(document)),))
    assert list(stated_by_a_source_without_an_address(cited)) == []


def test_whatever_lets_us_infer_needs_no_address(make: Make) -> None:
    inferred = make.citation(basis=Basis.INFERRED, note="By its name.")
    assert list(stated_by_a_source_without_an_address(make.region(citations=(inferred,)))) == []
