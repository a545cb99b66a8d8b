"""What notebooks show is well-formed, escaped, self-contained, and says what it should."""

from html.parser import HTMLParser

import pytest

import smartspec
from smartspec import Catalogue, DatasetInfo, Region, RegionLevel, Source

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
    return [s3, *s3, *s3.collections.values(), s3.search("torino"), s3.coverage(), s3.compare(*plans)]


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
    figure = next(iter(s3.indicators.where(value=-1.7)))
    assert "-1.7 % per year" in " ".join(parsed(figure).text)


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


def test_matches_coverage_and_comparison_are_tables(s3: Catalogue) -> None:
    plans = [s3.strategies["piedmont-s3-2014-2020"], s3.strategies["piedmont-s3-2021-2027"]]
    assert "Sustainable architecture and hydrogen" in parsed(s3.search("hydrogen")).text
    assert "areas without pole" in parsed(s3.coverage()).text
    assert {"Mechatronics (innovation area)", "Advanced manufacturing"} <= set(parsed(s3.compare(*plans)).text)


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
