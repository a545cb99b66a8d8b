"""What notebooks show is well-formed, escaped, self-contained, and says what it should."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

import smartspec
from smartspec import Catalogue, DatasetInfo, Participation, Region, RegionLevel, Role, Source

if TYPE_CHECKING:
    from conftest import Make

HOSTILE = "<script>alert(1)</script>\"'&\u202e\x00\x1b[2J"


class Strict(HTMLParser):
    """Refuses what is not closed, scripts, and whatever comes from outside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "link", "img", "iframe", "object", "svg"}
        assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "class", "id"}]
        assert len({name for name, _ in attributes}) == len(attributes)
        self.open.append(tag)
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(shown: object) -> Strict:
    parser = Strict()
    parser.feed(shown._repr_html_())  # type: ignore[attr-defined]
    parser.close()
    assert parser.open == []
    return parser


def everything(s3: Catalogue) -> list[object]:
    plans = [s3.strategies["piedmont-s3-2014-2020"], s3.strategies["piedmont-s3-2021-2027"]]
    return [
        s3,
        *s3,
        *s3.collections.values(),
        *map(s3.links, s3),
        *(entity.citations for entity in s3),
        *map(s3.successors_of, s3.innovation_areas),
        s3.path(s3.innovation_poles["mesap"], s3.regions["italy"]),
        s3.search("torino"),
        s3.coverage(),
        s3.compare(*plans),
    ]


def test_all_that_is_shown_is_well_formed_and_needs_nothing_from_outside(s3: Catalogue) -> None:
    for shown in everything(s3):
        parsed(shown)


def test_every_table_has_a_caption_and_scoped_headers(s3: Catalogue) -> None:
    for shown in everything(s3):
        tags = parsed(shown).tags
        assert [tag for tag, _ in tags].count("table") == [tag for tag, _ in tags].count("caption") > 0
        assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in tags if tag == "th")


def test_a_card_tells_name_local_name_class_facts_with_units_and_related_names(s3: Catalogue) -> None:
    text = " ".join(parsed(s3.regions["metropolitan-city-of-torino"]).text)
    for part in (
        "Metropolitan City of Torino",
        "Città Metropolitana di Torino",
        "Region",
        "6827 km²",
        "Piedmont",
        "ITC11",
    ):
        assert part in text


def test_a_card_shows_an_indicator_with_its_unit(s3: Catalogue) -> None:
    text = parsed(s3.indicators.where(value=-1.7)[0]).text
    assert "-1.7 % per year" in text
    assert "unit" not in text


def test_a_card_leaves_out_what_its_caption_says_and_what_says_nothing(make: Make) -> None:
    text = parsed(make.indicator("growth", name="Growth", local_name="Growth")).text
    assert text[0] == "Growth (Indicator)"
    assert not {"name", "local name", "qualifier", "area", "aliases", "description"} & set(text)


def test_a_card_shows_who_takes_part_and_as_what(make: Make) -> None:
    park = make.organisation("park", name="Park", url="https://park.example")
    network = make.initiative(participants=(Participation(organisation=park, role=Role.LEADS),))
    card = parsed(network)
    assert "Park (leads)" in "".join(card.text)
    assert [attributes["href"] for tag, attributes in card.tags if tag == "a"] == ["https://park.example"]


def test_a_card_without_citations_says_that_it_is_uncited(make: Make) -> None:
    assert "uncited" in parsed(make.region()).text
    assert "uncited" not in parsed(make.source()).text


def test_a_truth_value_is_a_word(make: Make) -> None:
    assert "yes" in parsed(make.strategy(complete=True)).text


def test_a_link_looks_like_one_in_the_colour_of_the_page(s3: Catalogue) -> None:
    for shown in everything(s3):
        for tag, attributes in parsed(shown).tags:
            if tag == "a":
                assert attributes["style"] == "text-decoration:underline"
                assert (attributes["href"] or "").startswith(("https://", "http://"))


def test_a_card_names_each_source_with_passage_and_address(s3: Catalogue) -> None:
    card = parsed(s3.innovation_poles["mechatronics"])
    text = " ".join(card.text)
    for citation in s3.innovation_poles["mechatronics"].citations:
        assert citation.passage in text
        assert citation.source.publisher in text
    assert any(tag == "a" and "interregeurope.eu" in (attributes["href"] or "") for tag, attributes in card.tags)


def test_a_card_marks_what_is_inferred(s3: Catalogue) -> None:
    assert ", inferred" in "".join(parsed(s3.innovation_areas["automotive"]).text)


def test_a_collection_is_a_table_of_its_telling_columns(s3: Catalogue) -> None:
    text = parsed(s3.indicators).text
    assert {"id", "name", "region", "value", "unit"} <= set(text)


def test_a_long_collection_is_shortened_with_a_count(s3: Catalogue) -> None:
    assert f"… and {len(s3.observations) - 20} more" in parsed(s3.observations).text


def test_an_empty_collection_is_an_empty_table(s3: Catalogue) -> None:
    assert "regions: 0" in parsed(s3.regions.of()).text


def test_the_catalogue_shows_counts_and_strategies(s3: Catalogue) -> None:
    text = " ".join(parsed(s3).text)
    for strategy in s3.strategies:
        assert strategy.name in text
    assert f"observations {len(s3.observations)}" in text


def rows(shown: object) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    found: list[list[str]] = []

    class Rows(Strict):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            super().handle_starttag(tag, attributes)
            if tag == "tr":
                found.append([])
            elif tag in ("td", "th"):
                found[-1].append("")

        def handle_data(self, data: str) -> None:
            if {"td", "th"} & set(self.open):
                found[-1][-1] += data

    Rows().feed(shown._repr_html_())  # type: ignore[attr-defined]
    return found


def test_a_path_is_read_row_by_row_from_its_start_to_its_end(s3: Catalogue) -> None:
    head, *links = rows(s3.path(s3.regions["torino"], s3.regions["piedmont"]))
    assert head == ["from", "relation", "to", "class", "of", "according to"]
    assert [link[:5] for link in links] == [
        ["Torino", "parent", "Metropolitan City of Torino", "Region", "Piedmont"],
        ["Metropolitan City of Torino", "parent", "Piedmont", "Region", "North-west Italy"],
    ]
    assert "KICstartH2: Smart Specialisation Strategy in Torino" in links[0][5]
    assert links[0][5].endswith(" (inferred)")


def test_what_an_entity_became_is_a_table_in_a_notebook(s3: Catalogue) -> None:
    head, *became = rows(s3.innovation_poles["mechatronics"].successors)
    assert head[0] == "id"
    assert [row[0] for row in became] == ["mesap"]
    head, *around = rows(s3.regions["torino"].ancestors)
    assert [row[0] for row in around] == ["metropolitan-city-of-torino", "piedmont", "north-west-italy", "italy"]
    assert rows(s3.regions["italy"].ancestors)[1:] == []


def test_the_links_of_one_entity_name_it_once_and_say_which_way_each_refers(small: Catalogue) -> None:
    park = small.links(small.organisations["park"])
    assert "4 links of Park" in parsed(park).text
    head, *links = rows(park)
    assert head[0] == "relation"
    assert [link[:2] for link in links] == [
        ["region", "Torino"],
        ["among the participants of", "Programme"],
        ["seat of", "Pole"],
        ["among the managers of", "Pole"],
    ]


def test_areas_that_correspond_are_matches_whichever_refers_to_the_other(small: Catalogue) -> None:
    cars, automotive = small.innovation_areas["cars"], small.innovation_areas["automotive"]
    assert rows(small.successors_of(cars))[1] == [
        "Cars",
        "close match",
        "Automotive",
        "InnovationArea",
        "S3",
        "uncited",
    ]
    assert rows(small.predecessors_of(automotive))[1] == [
        "Automotive",
        "close match",
        "Cars",
        "InnovationArea",
        "Plan",
        "uncited",
    ]


def test_many_links_and_citations_are_shortened_with_a_count(s3: Catalogue, make: Make) -> None:
    links = s3.links(s3.regions["piedmont"])
    assert f"… and {len(links) - 20} more" in parsed(links).text
    cited = make.region(citations=tuple(make.citation(passage=f"page {number}") for number in range(25)))
    assert "… and 5 more" in parsed(cited.citations).text


def test_fields_are_called_as_people_call_them(s3: smartspec.Catalogue) -> None:
    html = s3.regions["piedmont"]._repr_html_()
    assert all(f">{name}</th>" in html for name in ("NUTS", "ISO 3166-2"))
    assert ">URL</th>" in s3.innovation_poles["mesap"]._repr_html_()
    assert ">NACE</th>" in s3.innovation_areas.where(id="automotive-2006")._repr_html_()


def test_citations_say_what_they_back_in_which_words_where_and_on_what_basis(make: Make) -> None:
    source = make.source(title="Report", publisher="City", published="2006-07", url="https://example.org/report")
    stated = make.citation(source=source, passage="so it is")
    inferred = make.citation(
        source=source, supports=("area_km2",), basis=smartspec.Basis.INFERRED, note="measured on the map"
    )
    head, *told = rows(make.region(citations=(stated, inferred)).citations)
    assert head == ["backs", "passage", "document", "basis", "note"]
    assert told == [
        ["name", "so it is", "City, Report (2006-07)", "stated", ""],
        ["surface", "a few words", "City, Report (2006-07)", "inferred", "measured on the map"],
    ]


def test_matches_say_whether_their_spelling_was_guessed(s3: Catalogue) -> None:
    assert all("(spelling guessed)" in row[4] for row in rows(s3.search("mecatronics"))[1:])
    assert "guessed" not in "".join(parsed(s3.search("mechatronics")).text)


def test_a_comparison_shows_what_is_uncited(small: Catalogue) -> None:
    comparison = small.compare(small.strategies["plan"], small.strategies["s3"])
    assert rows(comparison)[1] == ["Cars", "close", "Automotive", "uncited", "", ""]


def test_the_catalogue_names_the_datasets_that_it_is_made_of(s3: Catalogue, make: Make) -> None:
    text = parsed(s3.extend(make.region("utopia"))).text
    assert text.count("CC-BY-4.0") == 1
    assert f"{s3.name} ({s3.version})" in "".join(text)


def test_matches_coverage_and_comparison_are_tables(s3: Catalogue) -> None:
    plans = [s3.strategies["piedmont-s3-2014-2020"], s3.strategies["piedmont-s3-2021-2027"]]
    assert "Sustainable architecture and hydrogen" in parsed(s3.search("hydrogen")).text
    assert "areas without pole" in parsed(s3.coverage()).text
    told = "\n".join(parsed(s3.compare(*plans)).text)
    assert "Mechatronics (innovation area)" in told
    assert "Advanced manufacturing" in told


@pytest.mark.parametrize("name", [HOSTILE, "x" * 1_000_000, "</td></table>", "a\u2067b"])
def test_hostile_names_are_escaped_and_shortened(name: str) -> None:
    source = Source(id="s", name=name, publisher=name, title=name, language="en")
    citation = smartspec.Citation(source=source, passage=name.split()[0][:50], note=name)
    region = Region(
        id="r", name=name, local_name=name, aliases=(name,), level=RegionLevel.REGION, citations=(citation,)
    )
    catalogue = Catalogue(DatasetInfo(name=name, version=name), [source, region])
    for shown in (catalogue, region, catalogue.regions, catalogue.search("alert"), catalogue.coverage()):
        text = "".join(parsed(shown).text)
        assert not any(c in text for c in "\x00\x1b\u202e\u2067")
        assert len(text) < 10_000


def test_rich_shows_the_same_line(s3: Catalogue) -> None:
    told = [f"{name}={value!r}" if name else repr(value) for name, value in s3.regions["piedmont"].__rich_repr__()]
    assert f"Region({', '.join(told)})" == repr(s3.regions["piedmont"])


def test_rich_shows_the_first_members_of_a_collection(s3: Catalogue) -> None:
    told = list(s3.observations.__rich_repr__())
    assert told[0] == "observations"
    assert told[-1] == f"… and {len(s3.observations) - 20} more"
    assert len(list(s3.strategies.__rich_repr__())) == len(s3.strategies) + 1


def test_dir_lists_what_is_of_use(s3: Catalogue) -> None:
    for shown in (s3, s3.regions):
        assert {"search", "name"} <= set(dir(shown))
        assert not [name for name in dir(shown) if name.startswith("_") and not name.endswith("_")]
