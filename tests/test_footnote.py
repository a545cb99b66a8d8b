"""Footnotes: the words that stand below a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from smartspec import Basis, Catalogue, Source, UnknownAttributeError
from smartspec.domain.declaration import facts

if TYPE_CHECKING:
    from conftest import Make

ADDRESS = "https://example.org/a"


def test_a_figure_has_its_document_its_address_and_the_day_of_access(s3: Catalogue) -> None:
    assert s3.indicators["internal-product-change-2008-2012"].footnote("value") == (
        "Interreg Europe, ecoRIS3 project, “Torino and smart specialisation”, undated: “decrease of the internal "
        "product of 1.7%” (A decrease: the value is negative), https://projects2014-2020.interregeurope.eu/ecoris3/news/"
        "news-article/1263/torino-and-smart-specialisation/ (accessed 24 November 2026)."
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [(None, "undated"), ("2009", "2009"), ("2009-03", "March 2009"), ("2009-03-01", "1 March 2009")],
)
def test_a_date_is_as_exact_as_it_is_known(make: Make, date: str | None, words: str) -> None:
    source = make.source(published=date, accessed="2026-11", url=ADDRESS)
    region = make.region(citations=(make.citation(source=source),))
    assert region.footnote("name") == (
        f"A publisher, “A title”, {words}: “a few words”, {ADDRESS} (accessed November 2026)."
    )


def test_what_is_not_known_of_a_document_is_said(make: Make) -> None:
    region = make.region(citations=(make.citation(),))
    assert region.footnote("name") == (
        "A publisher, “A title”, undated: “a few words”, no address known (no date of access)."
    )


def test_what_is_inferred_says_so_and_why(make: Make) -> None:
    cited = make.citation(supports=("nuts",), basis=Basis.INFERRED, note="By its name.")
    assert "“a few words” (inferred: By its name), " in make.region(nuts="ITC1", citations=(cited,)).footnote("nuts")


def test_a_document_with_several_passages_stands_once(make: Make) -> None:
    source = make.source(title="Twice", url=ADDRESS)
    passages = ("first", "second", "first")
    region = make.region(citations=tuple(make.citation(source=source, passage=passage) for passage in passages))
    assert region.footnote("name") == (
        f"A publisher, “Twice”, undated: “first”, “second”, {ADDRESS} (no date of access)."
    )


def test_several_documents_stand_one_after_the_other(make: Make) -> None:
    sources = [make.source(id, title=id.upper(), url=ADDRESS) for id in "ba"]
    region = make.region(citations=tuple(make.citation(source=source) for source in sources))
    assert region.footnote("name") == (
        f"A publisher, “B”, undated: “a few words”, {ADDRESS} (no date of access); "
        f"A publisher, “A”, undated: “a few words”, {ADDRESS} (no date of access)."
    )


def test_it_cites_what_cite_gives(make: Make) -> None:
    cited = (make.citation(passage="of the name"), make.citation(passage="of the code", supports=("nuts",)))
    region = make.region(nuts="ITC1", citations=cited)
    assert ["of the name" in region.footnote(name) for name in ("name", "nuts", "citations")] == [True, False, True]


def test_what_is_uncited_is_said(make: Make) -> None:
    assert make.region().footnote("level") == "Uncited: no source is recorded."


@pytest.mark.parametrize("attribute", ["area_km2", "local_name", "aliases", "description"])
def test_where_no_value_is_there_is_nothing_to_cite(make: Make, attribute: str) -> None:
    assert make.region().footnote(attribute) == f"Not stated: no “{attribute}” is recorded."


def test_a_value_that_is_zero_or_false_is_one(make: Make) -> None:
    assert make.strategy(complete=False).footnote("complete") == "Uncited: no source is recorded."


def test_what_cites_that_something_is_missing_is_cited(make: Make) -> None:
    region = make.region(citations=(make.citation(supports=("nuts",)),))
    assert "“a few words”" in region.footnote("nuts")


def test_a_source_is_its_own_document(make: Make) -> None:
    source = make.source(url=ADDRESS, published="2009", accessed="2026-11")
    assert source.footnote("title") == f"A publisher, “A title”, 2009, {ADDRESS} (accessed November 2026)."
    assert make.source().footnote("published") == "Not stated: no “published” is recorded."


def test_who_is_cited_for_a_source_comes_in_its_place(make: Make) -> None:
    source = make.source(citations=(make.citation(source=make.source("other", title="Another")),))
    assert source.footnote("name").startswith("A publisher, “Another”, undated: “a few words”")


def test_an_attribute_that_is_none_is_an_error(s3: Catalogue) -> None:
    with pytest.raises(UnknownAttributeError, match='did you mean "value"'):
        s3.indicators[0].footnote("valeu")


def test_it_is_one_line_whatever_the_document_says(make: Make) -> None:
    source = make.source(title="Two\nlines")
    assert make.region(citations=(make.citation(source=source),)).footnote("name").isprintable()


@pytest.mark.parametrize("dataset", ["s3", "eu"])
def test_all_that_is_cited_has_a_footnote_of_one_sound_line(dataset: str, request: pytest.FixtureRequest) -> None:
    for entity in request.getfixturevalue(dataset):
        for name in facts(type(entity)):
            text = entity.footnote(name)
            assert text.isprintable(), (entity, name)
            is_cited = bool(entity.cite(name)) or (isinstance(entity, Source) and bool(getattr(entity, name)))
            assert text.startswith(("Uncited", "Not stated")) is not is_cited
            assert all(c.source.url in text for c in entity.cite(name) if c.source.url)
