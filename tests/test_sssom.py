"""The alignments as an SSSOM mapping set: canonical, and read by the tool of those who use such sets."""

from __future__ import annotations

import csv
import io
import logging
import pathlib
from typing import TYPE_CHECKING, Any

import pytest

from smartspec import Basis, Catalogue, DatasetInfo, MatchRelation
from smartspec.export import to_sssom
from smartspec.export.jsonld import BASE
from smartspec.export.sssom import CONFIDENCE

if TYPE_CHECKING:
    from conftest import Make


def rows(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    return [*csv.DictReader(io.StringIO("".join(lines)), delimiter="\t")]


def head(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def aligned(make: Make, *bases: Basis, info: DatasetInfo | None = None, **given: Any) -> Catalogue:
    """A catalogue with an alignment that has a citation on each basis."""
    sources = [make.source(f"report-{n}", publisher=f"Publisher {n}", **given) for n, _ in enumerate(bases, 1)]
    citations = tuple(
        make.citation(source=source, basis=basis, note="Both names say so.") for source, basis in zip(sources, bases)
    )
    shared = (make.region(), make.strategy(), make.area("cars"), make.area("vehicles"))
    entities = (*sources, *shared, make.alignment(citations=citations))
    return Catalogue(info or DatasetInfo(name="Small"), entities)


def test_every_alignment_is_a_row(s3: Catalogue) -> None:
    assert {row["record_id"].partition(":")[2] for row in rows(to_sssom(s3))} == {a.id for a in s3.alignments}


@pytest.mark.parametrize("relation", MatchRelation)
def test_a_row_relates_the_areas_as_the_alignment_does(make: Make, relation: MatchRelation) -> None:
    cars, vehicles = make.area("cars"), make.area("vehicles")
    alignment = make.alignment(area=cars, match=vehicles, relation=relation)
    (row,) = rows(to_sssom(make.catalogue(make.region(), make.strategy(), cars, vehicles, alignment)))
    found = (row["subject_id"], row["predicate_id"], row["object_id"])
    assert found == ("innovation-areas:cars", f"skos:{relation.value}Match", "innovation-areas:vehicles")


@pytest.mark.parametrize(
    ("bases", "confidence"),
    [
        ([Basis.STATED], "1"),
        ([Basis.INFERRED], "0.7"),
        ([Basis.STATED, Basis.INFERRED], "0.7"),
    ],
)
def test_confidence_is_that_of_the_weakest_citation(make: Make, bases: list[Basis], confidence: str) -> None:
    (row,) = rows(to_sssom(aligned(make, *bases)))
    assert row["confidence"] == confidence


def test_every_basis_has_its_confidence() -> None:
    assert set(CONFIDENCE) == set(Basis)


def test_what_is_uncited_claims_neither_confidence_nor_author(make: Make) -> None:
    (row,) = rows(to_sssom(aligned(make)))
    assert {*row} & {"confidence", "author_label", "see_also", "comment"} == set()
    assert row["mapping_justification"] == "semapv:UnspecifiedMatching"


def test_the_author_is_who_published_what_backs_it(make: Make) -> None:
    (row,) = rows(to_sssom(aligned(make, Basis.INFERRED, Basis.STATED)))
    assert row["author_label"] == "Publisher 1|Publisher 2"


def test_who_made_the_record_is_its_creator(make: Make) -> None:
    info = DatasetInfo(name="Small", publisher="An agency", licence="CC0-1.0")
    text = to_sssom(aligned(make, Basis.INFERRED, info=info))
    (row,) = rows(text)
    licence = "http://publications.europa.eu/resource/authority/licence/CC0"
    assert (row["creator_label"], row["license"]) == ("An agency", licence)
    assert "#  - An agency" in head(text)


def test_a_record_keeps_the_licence_of_its_dataset(s3: Catalogue, make: Make) -> None:
    mine = s3.extend(make.region("alba"))
    text = to_sssom(mine)
    assert "#license: https://w3id.org/sssom/license/all-rights-reserved" in head(text)
    assert {row["license"].rpartition("/")[2] for row in rows(text)} == {"CC_BY_4_0"}


def test_a_note_said_twice_is_told_once(make: Make) -> None:
    (row,) = rows(to_sssom(aligned(make, Basis.INFERRED, Basis.INFERRED)))
    assert row["comment"] == "Both names say so."


def test_what_is_the_same_in_all_rows_stands_in_the_head(make: Make) -> None:
    text = to_sssom(aligned(make, Basis.STATED))
    assert "#subject_source: strategies:s3" in head(text)
    assert "subject_source" not in rows(text)[0]


def test_the_head_is_canonical(s3: Catalogue) -> None:
    assert head(to_sssom(s3)) == [
        '#sssom_version: "1.1"',
        "#curie_map:",
        f"#  alignments: {BASE}alignments/",
        f"#  innovation-areas: {BASE}innovation-areas/",
        f"#  strategies: {BASE}strategies/",
        f"#mapping_set_id: {BASE}alignments",
        f'#mapping_set_version: "{s3.version}"',
        "#mapping_set_title: Alignments of Smart specialisation in Piedmont and Torino",
        "#creator_label:",
        "#  - smartspec developers",
        "#license: http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "#subject_type: skos concept",
        "#object_type: skos concept",
    ]


def test_rows_are_sorted_and_no_column_is_empty(s3: Catalogue) -> None:
    found = rows(to_sssom(s3))
    assert found == sorted(found, key=lambda row: [*row.values()])
    assert [name for name in found[0] if not any(row[name] for row in found)] == []


def test_the_base_is_that_of_the_publisher(s3: Catalogue) -> None:
    text = to_sssom(s3, base="https://data.example.org/s3/")
    assert BASE not in text
    assert "#  alignments: https://data.example.org/s3/alignments/" in head(text)


ODD = ["a: b", "2026.12", "Yes", "null", "- x", "a #b", "end:", "x", "é", "{x}", "1e3", "@a", "~", 'a "d"', "日本 語"]


@pytest.mark.tools
@pytest.mark.parametrize("name", ODD)
def test_a_title_may_be_any_text(make: Make, tmp_path: pathlib.Path, name: str) -> None:
    info = DatasetInfo(name=name, version=name, publisher=name)
    _, _, mapping_set = read(to_sssom(aligned(make, Basis.STATED, info=info)), tmp_path)
    told = (mapping_set.title, mapping_set.version, mapping_set.creator_label)
    assert told == (f"Alignments of {name}", name, [name])


def read(text: str, tmp_path: pathlib.Path, unprocessed: bool = False) -> Any:
    sssom_pydantic = pytest.importorskip("sssom_pydantic")
    file = tmp_path / "alignments.sssom.tsv"
    file.write_text(text, encoding="utf-8")
    reading = sssom_pydantic.io.read_unprocessed if unprocessed else sssom_pydantic.read
    return reading(file)


@pytest.mark.tools
def test_sssom_pydantic_reads_every_mapping_without_a_complaint(
    s3: Catalogue, tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="sssom_pydantic"):
        mappings, converter, mapping_set = read(to_sssom(s3), tmp_path)
    assert caplog.messages == []
    found = {(m.record.identifier, m.subject.identifier, m.predicate.curie, m.object.identifier) for m in mappings}
    said = {(a.id, a.area.id, f"skos:{a.relation.value}Match", a.match.id) for a in s3.alignments}
    assert found == said
    assert {m.confidence for m in mappings} == {0.7}
    assert converter.expand(mappings[0].subject.curie) == f"{BASE}innovation-areas/{mappings[0].subject.identifier}"
    assert (str(mapping_set.id), mapping_set.version) == (f"{BASE}alignments", s3.version)


@pytest.mark.tools
def test_sssom_pydantic_reads_all_slots(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    text = to_sssom(s3)
    records = read(text, tmp_path, unprocessed=True)[0]
    for row, record in zip(rows(text), records, strict=True):
        told = {name: getattr(record, name) for name in row}
        lists = {name: "|".join(value) for name, value in told.items() if isinstance(value, list)}
        assert {**told, **lists, "confidence": f"{record.confidence:g}"} == row
        assert (record.subject_type, record.object_type) == ("skos concept", "skos concept")


@pytest.mark.tools
def test_what_sssom_pydantic_writes_again_says_the_same(s3: Catalogue, tmp_path: pathlib.Path) -> None:
    sssom_pydantic = pytest.importorskip("sssom_pydantic")
    mappings, converter, mapping_set = read(to_sssom(s3), tmp_path)
    again = tmp_path / "again.sssom.tsv"
    sssom_pydantic.write(mappings, again, metadata=mapping_set, converter=converter)
    assert sssom_pydantic.read(again).mappings == mappings


@pytest.mark.tools
def test_a_name_may_hold_what_parts_cells_and_rows(make: Make, tmp_path: pathlib.Path) -> None:
    cars = make.area("cars", name='Cars\tand "vans"\nof today')
    shared = (make.region(), make.strategy(), cars, make.area("vehicles"))
    mappings, _, _ = read(to_sssom(make.catalogue(*shared, make.alignment(area=cars))), tmp_path)
    assert [mapping.subject.name for mapping in mappings] == ['Cars and "vans" of today']


def test_a_bar_within_a_value_is_escaped(make: Make) -> None:
    (row,) = rows(to_sssom(aligned(make, Basis.STATED, url="https://example.org/a|b")))
    assert row["see_also"] == "https://example.org/a\\|b"


@pytest.mark.tools
def test_a_catalogue_without_alignments_is_an_empty_set(make: Make, tmp_path: pathlib.Path) -> None:
    mappings, _, mapping_set = read(to_sssom(make.catalogue(make.region())), tmp_path)
    assert (mappings, mapping_set.title) == ([], "Alignments of Small")
