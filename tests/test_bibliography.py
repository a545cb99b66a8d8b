"""Bibliographies: sources as BibTeX and CSL-JSON, read by the libraries of others; and how to cite the project."""

from __future__ import annotations

import json
import pathlib
import re
import tomllib
import warnings
from typing import TYPE_CHECKING, Any

import pytest

import smartspec
from smartspec import Catalogue, Source
from smartspec.export import to_bibtex, to_csl
from smartspec.export.bibliography import _BABEL

if TYPE_CHECKING:
    from conftest import Make

ROOT = pathlib.Path(__file__).parents[1]


def ids(what: Any) -> list[str]:
    found = [item["id"] for item in to_csl(what)]
    assert re.findall(r"^@\w+{(.*),$", to_bibtex(what), flags=re.M) == found
    return found


# Which sources


def test_a_catalogue_gives_all_its_sources(s3: Catalogue) -> None:
    assert ids(s3) == ids(s3.sources) == [source.id for source in s3.sources]


def test_a_source_stands_for_itself(s3: Catalogue) -> None:
    assert ids(s3.sources["eurostat-nuts"]) == ["eurostat-nuts"]


def test_an_entity_gives_what_backs_it_each_once_in_order(s3: Catalogue) -> None:
    mesap = s3.innovation_poles["mesap"]
    assert ids(mesap) == [*dict.fromkeys(citation.source.id for citation in mesap.citations)]


def test_several_entities_give_their_union(s3: Catalogue) -> None:
    poles = s3.innovation_poles[:2]
    assert ids(poles) == ids(list(poles)) == [*dict.fromkeys([*ids(poles[0]), *ids(poles[1])])]


def test_citations_give_their_sources(s3: Catalogue) -> None:
    cited = s3.innovation_poles["mesap"].cite("region")
    assert ids(cited) == ids(cited[0]) == ["cgreen-about"]


def test_matches_give_what_backs_their_entities(s3: Catalogue) -> None:
    found = s3.search("hydrogen")
    assert ids(found) == ids([match.entity for match in found])
    assert ids(found[0]) == ids(found[0].entity)


def test_links_give_who_says_so(s3: Catalogue) -> None:
    links = s3.links(s3.innovation_poles["mesap"])
    assert ids(links[0]) == ["cgreen-about"]
    assert set(ids(links)) == {citation.source.id for link in links for citation in link.citations}


def test_what_nothing_backs_has_an_empty_bibliography(make: Make) -> None:
    assert (to_bibtex(make.region()), to_csl(make.region())) == ("", [])


@pytest.mark.parametrize("function", [to_bibtex, to_csl])
@pytest.mark.parametrize("what", ["mesap", None, 3, ["mesap"], [None]])
def test_what_is_no_entity_is_an_error(function: Any, what: object) -> None:
    with pytest.raises(
        TypeError,
        match=rf"{function.__name__}\(\) takes a catalogue, a collection, entities, citations, links or matches",
    ):
        function(what)


def test_two_sources_of_one_id_are_an_error(make: Make) -> None:
    with pytest.raises(smartspec.InvalidValueError, match="sources/report: is the id of two sources that differ"):
        to_csl([make.source(), make.source(title="Another")])


# BibTeX


def test_an_entry_tells_all_that_is_known(make: Make) -> None:
    source = make.source(published="2009-03-31", accessed="2026-11", url="https://example.org/a_b?c=1&d=%20#e")
    assert to_bibtex(source) == (
        "@online{report,\n"
        "  author = {{A publisher}},\n"
        "  title = {{A title}},\n"
        "  date = {2009-03-31},\n"
        "  year = {2009},\n"
        "  url = {https://example.org/a_b?c=1&d=%20#e},\n"
        "  urldate = {2026-11},\n"
        "  langid = {british},\n"
        "}\n"
    )


def test_an_entry_without_an_address_is_of_no_kind(make: Make) -> None:
    assert to_bibtex(make.source()).startswith("@misc{report,")


def test_a_language_that_babel_does_not_know_is_left_out(make: Make) -> None:
    assert "langid" not in to_bibtex(make.source(language="cnr"))


def test_babel_knows_the_languages_of_the_packaged_data(eu: Catalogue) -> None:
    assert {source.language for source in eu.sources} - set(_BABEL) == {"cnr"}


def test_braces_in_an_address_are_written_in_percent(make: Make) -> None:
    assert "url = {https://example.org/%7Ba%7D%5Cb}," in to_bibtex(make.source(url="https://example.org/{a}\\b"))


ODD = r"{ } \ & % $ # _ ~ ^ | À β „é“ @ '"


def test_what_tex_takes_for_its_own_is_escaped(make: Make) -> None:
    title = r"\textbraceleft{} \textbraceright{} \textbackslash{} \& \% \$ \# \_ \textasciitilde{} \textasciicircum{}"
    title += " | À β „é“ @ '"
    assert f"title = {{{{{title}}}}}," in to_bibtex(make.source(title=ODD))


@pytest.mark.tools
def test_bibtexparser_reads_all_addresses(eu: Catalogue) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    library = bibtexparser.parse_string(to_bibtex(eu))
    assert not library.failed_blocks
    assert [(entry.key, entry.get("url") and entry["url"]) for entry in library.entries] == [
        (source.id, source.url) for source in eu.sources
    ]


@pytest.mark.tools
def test_bibtexparser_reads_all_titles_and_publishers_as_they_are_printed(eu: Catalogue) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    decoding = bibtexparser.middlewares.LatexDecodingMiddleware(keep_braced_groups=False)
    library = bibtexparser.parse_string(to_bibtex(eu), append_middleware=[decoding])
    assert [(entry["author"], entry["title"]) for entry in library.entries] == [
        (source.publisher, source.title) for source in eu.sources
    ]


# CSL-JSON


def test_an_item_tells_all_that_is_known(make: Make) -> None:
    source = make.source(published="2009-03", accessed="2026-11-24", url="https://example.org/a")
    assert to_csl(source) == [
        {
            "id": "report",
            "type": "webpage",
            "author": [{"literal": "A publisher"}],
            "title": "A title",
            "issued": {"date-parts": [[2009, 3]]},
            "accessed": {"date-parts": [[2026, 11, 24]]},
            "URL": "https://example.org/a",
            "language": "en",
        }
    ]


def test_what_is_not_known_is_left_out(make: Make) -> None:
    assert to_csl(make.source())[0].keys() == {"id", "type", "author", "title", "language"}


def test_items_are_json(s3: Catalogue) -> None:
    assert json.loads(json.dumps(to_csl(s3))) == to_csl(s3)


def rendered(sources: list[Source]) -> list[str]:
    """What citeproc-py makes of sources, in the style of Harvard."""
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-not-found, import-untyped, unused-ignore]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of what it does not support in the style.
        items = CiteProcJSON(to_csl(sources))
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = citeproc.CitationStylesBibliography(style, items, citeproc.formatter.plain)
        for source in sources:
            bibliography.register(citeproc.Citation([citeproc.CitationItem(source.id)]))
        return [*map(str, bibliography.bibliography())]


@pytest.mark.tools
def test_citeproc_renders_a_bibliography(s3: Catalogue) -> None:
    names = ("torino-internazionale-2006", "cgreen-about", "city-of-torino")
    assert rendered([s3.sources[name] for name in names]) == [
        "Torino Internazionale (2006) Industrial trasformation. Available at: "
        "http://www.torino-internazionale.org/Page/t03/view_html_idp_3347.html (Accessed: November 24, 2026).",
        "CGreen (no date) About us. Available at: https://www.cgreen.it/en/about/ (Accessed: November 24, 2026).",
        "City of Torino (no date) “Profile of the city as a centre of innovation”.",
    ]


@pytest.mark.tools
def test_citeproc_renders_every_source_of_europe(eu: Catalogue) -> None:
    sources = [*eu.sources]
    assert [source.id for source, text in zip(sources, rendered(sources)) if (source.url or "") not in text] == []


# The project itself


def cff(key: str, text: str) -> list[str]:
    return [value.strip() for value in re.findall(rf"^{key}:(.*)$", text, flags=re.M)]


@pytest.fixture(scope="module")
def citation() -> str:
    return (ROOT / "CITATION.cff").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_to_cite_is_that_of_the_package(citation: str, project: Any) -> None:
    assert cff("version", citation) == [smartspec.__version__]
    assert "version" in project["dynamic"]  # Which hatch reads from the package.


def test_the_project_is_cited_by_its_name_its_authors_and_its_keywords(citation: str, project: Any) -> None:
    assert cff("title", citation) == [project["name"]]
    listed = citation.partition("\nauthors:\n")[2].partition("\nversion:")[0]
    assert re.findall("name: (.*)", listed) == [author["name"] for author in project["authors"]]
    keywords = citation.partition("\nkeywords:\n")[2].partition("\nreferences:")[0]
    assert re.findall("- (.*)", keywords) == project["keywords"]


def test_each_licence_is_told_of_what_it_is_for(citation: str, project: Any, eu: Catalogue) -> None:
    code, data = project["license"].split(" AND ")
    assert cff("license", citation) == [code]
    assert re.findall(r"^    title: (.*)$", citation, flags=re.M) == [info.name for info in eu.datasets]
    licences = re.findall(r"^    license: (.*)$", citation, flags=re.M)
    assert licences == [info.licence for info in eu.datasets] == [data, data]


@pytest.mark.tools
def test_the_file_is_yaml(citation: str) -> None:
    yaml = pytest.importorskip("yaml")
    assert yaml.safe_load(citation)["authors"] == [{"name": "The smartspec developers"}]
