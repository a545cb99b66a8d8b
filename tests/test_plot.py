"""Pictures: each holds what it should, names its sources, and takes any catalogue."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartspec import (
    Basis,
    Catalogue,
    DatasetInfo,
    InvalidValueError,
    MatchRelation,
    RegionLevel,
    UnknownEntityError,
    plot,
)
from smartspec.catalogue.neighbourhood import vouched_until
from smartspec.datasets.packaged import packaged

go = pytest.importorskip("plotly.graph_objects", reason="plotly is not installed: python -m pip install .[plot]")

PICTURES: dict[str, Callable[[Catalogue], Any]] = {
    "strategy_tree": plot.strategy_tree,
    "alignment_flow": plot.alignment_flow,
    "area_matrix": plot.area_matrix,
    "timeline": plot.timeline,
    "theme_matrix": plot.theme_matrix,
}
NETWORK: dict[str, Callable[[Catalogue], Any]] = {
    "network": lambda catalogue: plot.network(catalogue, next(iter(catalogue.regions)))
}
each = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
each_and_network = pytest.mark.parametrize(
    "picture", [*PICTURES.values(), *NETWORK.values()], ids=[*PICTURES, *NETWORK]
)
HOSTILE = {
    "tags": '<script>alert(1)</script><b>bold</b><a href="javascript:alert(1)">x</a><br><img src=x onerror=alert(1)>',
    "templates": "%{x} %{customdata} {y}",
    "entities": "&lt;b&gt; &amp; &nbsp;",
    "formulas": "$\\href{javascript:alert(1)}{x}$",
    "lines": "one\ntwo\r\nthree\u2028four\x00",
    "right to left": "\u202eabc",
    "wide": "創新戰略" * 50,
    "a megabyte": "long " * 200_000,
    "a megabyte in one word": "W" * 1_000_000,
    "invisible": "\U000e0041" * 1_000 + "x",
}


def texts(figure: Any) -> Iterator[str]:
    """All texts of a figure, those that appear on pointing included."""
    yield figure.layout.title.text
    for box in figure.layout.annotations:
        yield from (box.text, box.hovertext or "")
    for trace in figure.data:
        yield trace.name or ""
        for held in (trace.hovertext, getattr(trace, "labels", None)):
            for text in held if held is not None else ():
                yield from (text,) if isinstance(text, str) else text
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        yield from axis.ticktext or ()


def plain(text: str) -> str:
    """A text without the marks that plotly acts upon."""
    stripped = re.sub(r"</?[^>]*>", " ", text.replace("<br>", " "))
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#36;", "$"), ("&amp;", "&")):
        stripped = stripped.replace(mark, sign)
    return " ".join(stripped.split())


def shown(figure: Any) -> set[str]:
    return {plain(text) for text in texts(figure)}


def boxes(figure: Any) -> list[str]:
    return [plain(box.text) for box in figure.layout.annotations]


def hover(figure: Any, name: str) -> str:
    """What appears on pointing at what bears a name: it says more than any label."""
    return max((text for text in shown(figure) if text.startswith(name)), key=len)


@each_and_network
def test_a_picture_is_as_wide_as_a_page_of_1000_pixels_holds_with_a_title(
    s3: Catalogue, picture: Callable[[Catalogue], Any]
) -> None:
    for catalogue in (packaged("lake_region"), s3):
        figure = picture(catalogue)
        assert isinstance(figure, go.Figure)
        assert plain(figure.layout.title.text).endswith(catalogue.name)
        # Only columns make a picture wider: many strategies, in the matrix and in the flow.
        assert figure.layout.width == 960 or len({area.strategy for area in catalogue.innovation_areas}) > 4


@each_and_network
def test_a_picture_is_the_same_each_time(s3: Catalogue, picture: Callable[[Catalogue], Any]) -> None:
    assert picture(s3).to_json() == picture(s3).to_json()


@each_and_network
def test_the_example_can_be_drawn(picture: Callable[[Catalogue], Any]) -> None:
    figure = picture(packaged("lake_region"))
    assert "Nothing to show" not in " ".join(shown(figure))
    assert figure.data or figure.layout.annotations


@each_and_network
def test_no_box_overlaps_another(s3: Catalogue, picture: Callable[[Catalogue], Any]) -> None:
    check_boxes(picture(s3))


def check_boxes(figure: Any) -> None:
    """Each box holds its lines, lies within the picture, and overlaps no other."""
    right, bottom = figure.layout.xaxis.range[1], figure.layout.yaxis.range[0]
    frames = []
    for box in figure.layout.annotations:
        extra = 2 * (box.borderpad + box.borderwidth)
        frames.append((box.x, box.y, box.x + box.width + extra, box.y + box.height + extra))
        assert box.height >= 15 * (box.text.count("<br>") + 1), box.text
    for x0, y0, x1, y1 in frames:
        assert (x0, y0) >= (0, 0)
        assert x1 <= right + 1
        assert y1 <= bottom + 1
    for (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) in itertools.combinations(frames, 2):
        assert ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0


@each
def test_an_empty_catalogue_says_that_there_is_nothing(picture: Callable[[Catalogue], Any]) -> None:
    figure = picture(Catalogue(DatasetInfo(name="Empty"), []))
    assert boxes(figure)[0].startswith("Nothing to show: the catalogue holds no ")
    assert not figure.data


@each_and_network
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_nothing_but_names(make: Any, picture: Callable[[Catalogue], Any], text: str) -> None:
    source = make.source(publisher=text, title=text, name=text)
    common = {"name": text, "local_name": text + "'", "citations": (make.citation(source=source),)}
    region, theme = make.region(**common), make.theme(**common)
    plans = [make.strategy(f"plan-{year}", region=region, start=str(year), **common) for year in (2006, 2014)]
    field = make.field(strategy=plans[0], designation=text, **common)
    areas = [
        make.area(f"area-{number}", strategy=plan, designation=text + str(number), themes=(theme,), **common)
        for number, plan in enumerate((*plans, *plans))
    ]
    pairs = [(areas[0], areas[1]), (areas[2], areas[3]), (areas[1], areas[2])]
    alignments = [
        make.alignment(f"match-{number}", area=area, match=match, relation=MatchRelation.CLOSE, **common)
        for number, (area, match) in enumerate(pairs)
    ]
    pole = make.pole(region=region, areas=(areas[0],), start="2009", **common)
    catalogue = Catalogue(
        DatasetInfo(name=text),
        [source, region, theme, *plans, field, *areas, *alignments, pole, make.initiative(**common)],
    )
    check_harmless(picture(catalogue))


def check_harmless(figure: Any) -> None:
    """Nothing in its texts is acted upon but the marks that we set."""
    for shown in texts(figure):
        assert set(re.findall(r"<[^>]*>", shown)) <= {
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<br>",
            "<b style='font-size:18px'>",
            "<span style='font-size:12px'>",
            "</span>",
        }
        assert re.sub("&(?:lt|gt|amp|#36);", "", shown).count("&") == 0
        assert "$" not in shown
        assert shown.isprintable()
        assert len(shown) < 5_000
    html = figure.to_html(include_plotlyjs=False)
    assert "<script>alert" not in html
    assert "<img" not in html


@each_and_network
def test_a_large_catalogue_is_cut_and_the_title_says_so(make: Any, picture: Callable[[Catalogue], Any]) -> None:
    region = make.region()
    plans = [make.strategy(f"plan-{number}", region=region, start=str(2000 + number % 20)) for number in range(300)]
    themes = [make.theme(f"theme-{number}") for number in range(60)]
    areas = [
        make.area(f"area-{number}", strategy=plans[number % 300], themes=(themes[number % 60],))
        for number in range(3_000)
    ]
    alignments = [
        make.alignment(f"match-{number}", area=area, match=areas[number + 1]) for number, area in enumerate(areas[:-1])
    ]
    poles = [make.pole(f"pole-{number}", region=region, areas=(areas[number],), start="2009") for number in range(300)]
    figure = picture(make.catalogue(region, *themes, *plans, *areas, *alignments, *poles))
    title = plain(figure.layout.title.text)
    assert "the first " in title or "Not all" in title
    assert len(figure.layout.annotations) < 250
    assert len(figure.to_json()) < 2_000_000


def test_the_cut_names_how_many_there_are(make: Any) -> None:
    plans = [make.strategy(f"plan-{number}", start="2000") for number in range(150)]
    figure = plot.timeline(make.catalogue(make.region(), *plans))
    assert "the first 100 of 150 bars are shown" in plain(figure.layout.title.text)


def test_too_many_bars_leave_out_initiatives_of_one_year(make: Any) -> None:
    region, plan = make.region(), make.strategy(start="2000")
    events = [make.initiative(f"event-{number}", start="1900", end="1900") for number in range(110)]
    lasting = make.initiative("lasting", name="Lasting", start="1850", end="1900")
    figure = plot.timeline(make.catalogue(region, plan, *events, lasting))
    assert figure.layout.yaxis.ticktext == (plan.name, "Lasting")
    assert "initiatives of a single year: 110" in plain(figure.layout.title.text)
    assert len(plot.timeline(make.catalogue(region, plan, *events[:20], lasting)).layout.yaxis.ticktext) == 22


def test_lines_between_plans_that_turn_in_one_year_stand_beside_each_other(make: Any) -> None:
    first = [make.strategy(f"first-{number}", start="2000", end="2005") for number in range(2)]
    then = [make.strategy(f"then-{number}", start="2006", predecessor=plan) for number, plan in enumerate(first)]
    figure = plot.timeline(make.catalogue(make.region(), *first, *then))
    (line,) = (trace for trace in figure.data if trace.name == "became, or was followed by")
    assert line.x[1] != line.x[5]


def test_a_long_line_of_poles_is_drawn(make: Any) -> None:
    poles: list[Any] = []
    for number in range(90):
        poles.append(make.pole(f"pole-{number}", start="2009", successor=poles[-1] if poles else None))
    assert plot.timeline(make.catalogue(make.region(), *poles)).data


def test_the_tree_holds_every_strategy_field_and_area(s3: Catalogue) -> None:
    labels = [plain(label) for label in plot.strategy_tree(s3).data[0].labels]
    for collection in (s3.strategies, s3.priority_fields, s3.innovation_areas):
        assert {entity.name for entity in collection} <= set(labels)
    assert labels.count("MESAP") == len(s3.innovation_poles["mesap"].areas) > 1


def test_the_tree_of_one_strategy_begins_with_it(small: Catalogue) -> None:
    icicle = plot.strategy_tree(small, small.strategies["s3"]).data[0]
    labels = [plain(label) for label in icicle.labels]
    assert labels == ["S3", "Production", "Automotive", "Pole", "Innovation area", "Health", *OTHERS, "Lonely"]
    assert icicle.parents == ("", "0", "1", "2", "0", "4", "0", "6")


OTHERS = ["Poles without any of these areas"]


def test_the_tree_of_a_packaged_strategy_holds_its_areas_alone(s3: Catalogue) -> None:
    plan = s3.strategies["open-for-business"]
    labels = [plain(label) for label in plot.strategy_tree(s3, plan).data[0].labels]
    assert labels[:2] == ["Open for Business", "Strategic area"]
    areas = labels[2 : labels.index(*OTHERS)]
    assert {area.name for area in s3.innovation_areas.of(plan)} <= {*areas}
    assert {"Mechatronics", "Finance", "Health", "Innovation of productive system"}.isdisjoint(areas)
    assert {"CLEVER", "MESAP", "Polo ICT"} <= {*labels[labels.index(*OTHERS) :]}


def test_poles_without_an_area_of_the_tree_are_shown_and_counted(small: Catalogue, make: Any) -> None:
    others = [pole.name for pole in (small.innovation_poles["lonely"], make.pole("more"), make.pole("other"))]
    figure = plot.strategy_tree(
        small.extend(*(make.pole(id, region=small.regions["cuneo"]) for id in ("more", "other")))
    )
    icicle = figure.data[0]
    assert "Poles without any of these areas: 3" in plain(figure.layout.title.text)
    last = icicle.labels.index("Poles without any of<br>these areas")
    assert [plain(label) for label in icicle.labels[last + 1 :]] == others
    assert {*icicle.parents[last + 1 :]} == {str(last)}


def test_the_tree_of_one_strategy_has_the_poles_of_its_region_and_time(s3: Catalogue) -> None:
    labels = [plain(label) for label in plot.strategy_tree(s3, s3.strategies["piedmont-s3-2021-2027"]).data[0].labels]
    assert {"MESAP", "Pointex"} <= {*labels}
    assert {"New materials", "Sustainable chemistry"}.isdisjoint(labels)  # Poles of the region until 2016.


def test_the_tree_of_one_strategy_has_no_pole_of_another_time_or_place(make: Any) -> None:
    plan = make.strategy(start="2014", end="2020")
    years = {"before": (None, "2013"), "until": (None, "2014"), "undated": (None, None), "after": ("2021", None)}
    poles = [make.pole(id, start=start, end=end) for id, (start, end) in years.items()]
    elsewhere = make.region("elsewhere")
    catalogue = make.catalogue(plan.region, elsewhere, plan, *poles, make.pole("far", region=elsewhere))
    labels = [plain(label) for label in plot.strategy_tree(catalogue, plan).data[0].labels]
    assert labels == ["S3", *OTHERS, "Until", "Undated"]


def test_poles_that_find_no_place_in_the_tree_are_counted(make: Any) -> None:
    plan = make.strategy()
    areas = [make.area(f"area-{number}", strategy=plan) for number in range(300)]
    figure = plot.strategy_tree(make.catalogue(make.region(), plan, *areas, make.pole()))
    assert "Pole" not in {plain(label) for label in figure.data[0].labels}
    assert "Poles without any of these areas: 1" in plain(figure.layout.title.text)


def test_a_tree_in_which_every_pole_has_an_area_says_nothing_of_others(make: Any) -> None:
    figure = plot.strategy_tree(
        make.catalogue(make.region(), make.strategy(), make.area(), make.pole(areas=(make.area(),)))
    )
    assert "Poles without" not in "".join(shown(figure))


def test_every_part_of_the_tree_has_room_for_its_label(s3: Catalogue) -> None:
    figure = plot.strategy_tree(s3)
    icicle = figure.data[0]
    heights = dict(zip(icicle.ids, icicle.values))
    for id, parent in reversed([*zip(icicle.ids, icicle.parents)]):
        if parent:
            heights[parent] += heights[id]
    assert all(heights[id] >= 15 * (label.count("<br>") + 1) + 10 for id, label in zip(icicle.ids, icicle.labels))
    margin = figure.layout.margin
    assert figure.layout.height - margin.t - margin.b == pytest.approx(heights["0"])


def test_the_tree_names_its_sources(s3: Catalogue) -> None:
    area = s3.innovation_areas["made-in-piedmont"]
    said = hover(plot.strategy_tree(s3), "Made in Piedmont")
    assert f"{area.citations[0].source.publisher}: “{area.citations[0].passage}”" in said
    assert f"and {len(area.citations) - 3} more passages" in said


def test_the_flow_has_a_line_for_each_alignment_of_two_strategies(s3: Catalogue) -> None:
    between = [found for found in s3.alignments if found.area.strategy != found.match.strategy]
    lines = [trace for trace in plot.alignment_flow(s3).data if getattr(trace, "mode", "") == "lines"]
    assert sum(trace.x.count(None) for trace in lines) == len(between)


def test_the_flow_leads_from_the_earlier_to_the_later(small: Catalogue, make: Any) -> None:
    areas = small.innovation_areas
    backward = make.alignment(
        "back", area=areas["health"], match=areas["cars"], relation=MatchRelation.BROAD, citations=()
    )
    figure = plot.alignment_flow(small.extend(backward))
    assert "Health" in boxes(figure)[3:]
    assert any("Cars → Health: narrower" in text for text in shown(figure))
    assert [trace.name.partition(":")[0] for trace in figure.data] == ["close", "narrower"]


def test_the_flow_names_its_sources_and_what_is_inferred(s3: Catalogue) -> None:
    alignment = next(
        found
        for found in s3.alignments
        if found.citations[:1]
        and found.citations[0].basis is Basis.INFERRED
        and found.area.strategy != found.match.strategy
    )
    said = hover(plot.alignment_flow(s3), alignment.name)
    assert f"{alignment.citations[0].source.publisher}: “{alignment.citations[0].passage}” (inferred)" in said


def test_columns_stand_in_the_order_of_years(s3: Catalogue) -> None:
    plans = {area.strategy for area in s3.innovation_areas}
    heads = boxes(plot.alignment_flow(s3))[: min(len(plans), 8)]
    stated = [plan.start_year for plan in plans if plan.start_year]
    begun = [int(year[1]) for head in heads if (year := re.match(r"(?:since )?(\d{4})", head))]
    assert begun == sorted(stated)[: len(heads)]
    assert "since 2016 Open for Business" in heads
    assert "2021-2027 Smart Specialisation Strategy of Piedmont 2021-2027" in heads


def test_a_strategy_without_a_year_stands_last(make: Any) -> None:
    plans = [make.strategy("dateless"), make.strategy("dated", start="2014")]
    areas = [make.area(f"area-of-{plan.id}", strategy=plan) for plan in plans]
    figure = plot.area_matrix(make.catalogue(make.region(), *plans, *areas))
    assert boxes(figure)[:2] == ["since 2014 Dated", "year not stated Dateless"]


def test_the_matrix_has_a_row_for_each_strand(s3: Catalogue) -> None:
    figure = plot.area_matrix(s3)
    rows = [plain(box.text) for box in figure.layout.annotations if box.x == 0]
    strands = {area: {area} for area in s3.innovation_areas}
    for alignment in s3.alignments:
        if alignment.relation is not MatchRelation.RELATED:
            joined = strands[alignment.area] | strands[alignment.match]
            strands |= dict.fromkeys(joined, joined)
    assert len(rows) == len({id(strand) for strand in strands.values()})
    assert all({area.name for area in strand} & {*rows} for strand in strands.values())
    cells = [box for box in figure.layout.annotations if box.x and box.y]
    assert len(cells) == len(s3.innovation_areas)


def test_the_strand_of_most_strategies_comes_first(make: Any) -> None:
    plans = [make.strategy("before", start="2006"), make.strategy("after", start="2014")]
    alone, cars, buses = (make.area(id, strategy=plans[id == "buses"]) for id in ("alone", "cars", "buses"))
    alignment = make.alignment(area=cars, match=buses, relation=MatchRelation.CLOSE)
    figure = plot.area_matrix(make.catalogue(make.region(), *plans, alone, cars, buses, alignment))
    assert [plain(box.text) for box in figure.layout.annotations if box.x == 0] == ["Cars", "Alone"]


def test_a_cell_says_how_its_area_relates_to_the_strand(s3: Catalogue) -> None:
    cells = [cell.partition(" ·")[0] for cell in boxes(plot.area_matrix(s3))]  # Before the source's word, if any.
    assert "Sustainable mobility broader" in cells
    assert "Textile narrower" in cells


def test_a_cell_says_the_word_of_the_source_where_a_strategy_has_several(make: Any) -> None:
    plans = [make.strategy("before", start="2006"), make.strategy("after", start="2014")]
    areas = [
        make.area("cars", strategy=plans[0]),
        make.area("buses", strategy=plans[1]),
        make.area("vans", strategy=plans[1], designation="industry"),
    ]
    alignment = make.alignment(area=areas[0], match=areas[1], relation=MatchRelation.NARROW)
    cells = boxes(plot.area_matrix(make.catalogue(make.region(), *plans, *areas, alignment)))
    assert {"Cars", "Buses narrower · innovation area", "Vans industry"} <= {*cells}


def test_related_areas_are_of_different_strands(make: Any) -> None:
    areas = [make.area("cars"), make.area("vehicles")]
    related = make.alignment(relation=MatchRelation.RELATED)
    figure = plot.area_matrix(make.catalogue(make.region(), make.strategy(), *areas, related))
    assert [plain(box.text) for box in figure.layout.annotations if box.x == 0] == ["Cars", "Vehicles"]


def test_what_is_connected_by_others_says_so(make: Any) -> None:
    areas = [make.area(f"area-{letter}") for letter in "abcd"]
    chain = [
        make.alignment(f"link-{number}", area=one, match=other, relation=MatchRelation.CLOSE)
        for number, (one, other) in enumerate(itertools.pairwise(areas))
    ]
    cells = boxes(plot.area_matrix(make.catalogue(make.region(), make.strategy(), *areas, *chain)))
    assert cells[-4:] == ["Area a close", "Area b", "Area c close", "Area d through others"]


def test_a_cell_names_its_sources(s3: Catalogue) -> None:
    said = hover(plot.area_matrix(s3), "Sustainable mobility")
    assert "broader: seen from Automotive (Second Strategic Plan of Torino)" in said
    assert re.search(r": “[^”]+” \(inferred\)", said)


def test_the_timeline_has_a_bar_for_all_that_has_years(s3: Catalogue) -> None:
    bars = [trace for trace in plot.timeline(s3).data if trace.type == "bar"]
    drawn = [len(set(trace.y)) for trace in bars]
    held = (s3.strategies, s3.innovation_poles, s3.initiatives.filter(lambda e: e.start_year != e.end_year))
    assert drawn == [sum(1 for entity in each if entity.start_year or entity.end_year) for each in held]


def test_the_timeline_counts_what_has_no_year(s3: Catalogue) -> None:
    dateless = [e for e in (*s3.strategies, *s3.innovation_poles, *s3.initiatives) if not e.start_year]
    assert f"Left out, what states no year: {len(dateless)}" in plain(plot.timeline(s3).layout.title.text)


def test_a_bar_reaches_from_the_first_year_to_the_last(make: Any) -> None:
    figure = plot.timeline(make.catalogue(make.region(), make.strategy(start="2014", end="2020")))
    (bar,) = figure.data
    assert (bar.base[0], bar.base[0] + bar.x[0]) == (2013.5, 2020.5)
    assert not figure.layout.showlegend


def bars(figure: Any) -> list[tuple[float, float, str]]:
    """The parts of the first bars: from, to, colour."""
    bar = figure.data[0]
    return [(base, base + x, colour) for base, x, colour in zip(bar.base, bar.x, bar.marker.color)]


def test_open_ends_are_marked_and_fade(make: Any) -> None:
    plans = [make.strategy("begun", start="2014"), make.strategy("ended", end="2020")]
    figure = plot.timeline(checked(make, "2026-11-22", *plans))
    marks = {trace.name: trace for trace in figure.data if getattr(trace, "mode", "") == "markers"}
    assert [*marks] == ["end not stated", "beginning not stated"]
    assert marks["end not stated"].x == (2017.5,)
    assert marks["beginning not stated"].x == (2016.5,)
    parts = bars(figure)
    assert [part[:2] for part in parts[:4]] == [(2013.5, 2014.5), (2014.5, 2015.5), (2015.5, 2016.5), (2016.5, 2017.5)]
    assert [part[:2] for part in parts[4:]] == [(2019.5, 2020.5), (2018.5, 2019.5), (2017.5, 2018.5), (2016.5, 2017.5)]
    assert [part[2] for part in parts[:4]] == [part[2] for part in parts[4:]]
    reds = [int(colour[1:3], 16) for _, _, colour in parts[:4]]
    assert reds == sorted({*reds})  # Each is paler than the one before.


def checked(make: Any, day: str | None, *entities: Any) -> Catalogue:
    return Catalogue(DatasetInfo(name="Small", checked=day), [make.region(), *entities])


@pytest.mark.parametrize(
    ("day", "last"), [("2026-11-22", 2017.5), ("2016-01-31", 2016.5), ("2013-01-01", 2014.5), (None, 2014.5)]
)
def test_no_bar_fades_beyond_the_year_of_the_check(make: Any, day: str | None, last: float) -> None:
    plan = make.strategy(start="2014")
    assert max(high for _, high, _ in bars(plot.timeline(checked(make, day, plan)))) == last


def test_a_plan_whose_end_is_not_known_is_not_drawn_as_running_today(s3: Catalogue) -> None:
    figure = plot.timeline(s3)
    rows = dict(zip(map(plain, figure.layout.yaxis.ticktext), figure.layout.yaxis.tickvals))
    checked = int(str(s3.info.checked)[:4])
    open_plans = s3.strategies.where(end=None).filter(lambda plan: plan.start_year is not None)
    assert "torino-smart-city" in open_plans
    for plan in open_plans:
        places = [part for part, y in zip(bars(figure), figure.data[0].y) if y == rows[plan.name]]
        last = vouched_until(s3, plan) or 0
        assert places[0][:2] == (plan.start_year - 0.5, last + 0.5)
        assert max(high for _, high, _ in places) == min(last + 3, checked) + 0.5


def test_dated_sources_and_what_refers_to_it_vouch_for_a_plan(make: Any) -> None:
    undated, dated = make.source("undated", accessed="2026-01-01"), make.source("dated", published="2012-05")
    plan = make.strategy("plan", start="2006", citations=(make.citation(source=undated),))
    cited = make.strategy("cited", start="2006", citations=(make.citation(source=dated),))
    project = make.initiative("project", strategy=plan, start="2009", end="2030")
    figure = make.indicator("figure", strategy=plan, start="2008", end="2011")
    follower = make.strategy("follower", start="2014", predecessor=cited)
    catalogue = checked(make, "2026-11-22", undated, dated, plan, cited, project, figure, follower)
    assert [vouched_until(catalogue, entity) for entity in (plan, cited, project, follower)] == [2011, 2014, 2030, 2014]
    assert (
        vouched_until(catalogue.extend(make.strategy("new", start="2030")), make.strategy("new", start="2030")) == 2030
    )


def test_the_strategies_in_whose_areas_a_pole_works_vouch_for_it(make: Any) -> None:
    plan = make.strategy("plan", start="2021", end="2027")
    area = make.area(strategy=plan)
    poles = [make.pole("of-today", start="2015", areas=(area,)), make.pole("dateless"), make.pole("old", end="2012")]
    catalogue = checked(make, "2026-11-22", plan, area, *poles)
    assert [vouched_until(catalogue, pole) for pole in poles] == [2021, None, 2012]


def test_lines_lead_to_successors(s3: Catalogue) -> None:
    (lines,) = (trace for trace in plot.timeline(s3).data if getattr(trace, "mode", "") == "lines")
    followed = [pole for pole in s3.innovation_poles if pole.successor]
    assert lines.x.count(None) == len(followed) + sum(1 for plan in s3.strategies if plan.predecessor)


def test_poles_that_became_one_stand_together(s3: Catalogue) -> None:
    figure = plot.timeline(s3)
    rows = [plain(label) for label in figure.layout.yaxis.ticktext]
    merged = [pole.name for pole in s3.innovation_poles.where(successor="cgreen")]
    assert {"New materials", "Renewable energies and biofuels", "Sustainable chemistry"} <= {*merged}
    places = sorted(map(rows.index, ["CGreen", *merged]))
    assert places == [*range(places[0], places[0] + len(merged) + 1)]


def test_a_bar_names_the_source_of_its_years_first(s3: Catalogue) -> None:
    pole = s3.innovation_poles["cgreen"]
    citation = pole.cite("start")[0]
    said = hover(plot.timeline(s3), "CGreen")
    assert f"Innovation pole since 2016 {citation.source.publisher}: “{citation.passage}”" in said


def test_the_network_begins_with_the_entity_and_tells_the_relations(small: Catalogue) -> None:
    found = boxes(plot.network(small, small.innovation_poles["pole"], 1))
    assert found[0] == "Pole"
    assert {"region Piedmont", "territories · region Torino", "seat, managers · organisation Park"} <= set(found)


def test_the_network_tells_relations_from_where_one_comes(small: Catalogue) -> None:
    found = boxes(plot.network(small, small.regions["torino"], 1))
    assert {"parent · region Piedmont", "region of · strategy Plan", "territories of · innovation pole Pole"} <= {
        *found
    }


def test_the_network_turns_alignments_towards_where_one_goes(make: Any) -> None:
    one, other = make.area("cars"), make.area("vehicles")
    alignment = make.alignment(relation=MatchRelation.BROAD)
    catalogue = make.catalogue(make.region(), one.strategy, one, other, alignment)
    assert "broader · innovation area of S3 Vehicles" in boxes(plot.network(catalogue, one, 1))
    assert "narrower · innovation area of S3 Cars" in boxes(plot.network(catalogue, other, 1))


def test_each_step_is_a_column_to_the_right(small: Catalogue) -> None:
    figure = plot.network(small, small.organisations["park"], 3)
    assert len({box.x for box in figure.layout.annotations}) == 4
    assert figure.layout.annotations[0].x == 0


def test_a_network_of_many_steps_is_as_wide_as_it_must_be(make: Any) -> None:
    regions = [make.region("region-0")]
    for number in range(1, 30):
        regions.append(make.region(f"region-{number}", parent=regions[-1]))
    figure = plot.network(make.catalogue(*regions), regions[0], 29)
    assert len(figure.layout.annotations) == 30
    assert figure.layout.width > 30 * 160


def test_the_lines_of_a_network_name_their_sources(small: Catalogue) -> None:
    figure = plot.network(small, small.innovation_poles["pole"], 1)
    assert "Pole → seat, managers → Park A publisher: “a few words”" in shown(figure)


def test_a_document_can_stand_at_the_centre(s3: Catalogue) -> None:
    found = boxes(plot.network(s3, s3.sources["vanguard-piemonte"], 1))
    assert any(box.startswith("citations of · innovation area") for box in found)


def test_a_lonely_entity_stands_alone(make: Any) -> None:
    region = make.region()
    figure = plot.network(make.catalogue(region), region)
    assert boxes(figure) == ["Piedmont"]


def test_what_the_catalogue_does_not_hold_is_refused(small: Catalogue, make: Any) -> None:
    with pytest.raises(UnknownEntityError):
        plot.strategy_tree(small, make.strategy("another"))
    with pytest.raises(UnknownEntityError):
        plot.network(small, make.region("atlantis"))
    with pytest.raises(InvalidValueError, match="-1 is negative"):
        plot.network(small, small.regions["torino"], -1)


@each
@pytest.mark.parametrize("wrong", [None, "s3", 5, []])
def test_a_picture_of_what_is_no_catalogue_is_a_mistake(picture: Callable[[Any], Any], wrong: Any) -> None:
    with pytest.raises(TypeError, match="a picture is that of a Catalogue"):
        picture(wrong)


@each_and_network
def test_without_plotly_the_error_names_the_extra(
    s3: Catalogue, picture: Callable[[Catalogue], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "plotly.graph_objects", None)
    with pytest.raises(ImportError, match=r'plotly.* is not installed.* install "smartspec\[plot\]"'):
        picture(s3)


def test_plotly_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, smartspec.plot; smartspec.load(); print('plotly' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@each_and_network
def test_a_picture_survives_as_json(s3: Catalogue, picture: Callable[[Catalogue], Any]) -> None:
    figure = picture(s3)
    assert json.loads(figure.to_json())["layout"]["width"] == figure.layout.width >= 960


@each_and_network
def test_the_html_of_a_picture_needs_no_network(s3: Catalogue, picture: Callable[[Catalogue], Any]) -> None:
    figure = picture(s3)
    for html in (figure._repr_html_(), figure._repr_mimebundle_()["text/html"], figure.to_html()):
        assert "Plotly.newPlot" in html
        assert "plotly.js v" in html
        assert not re.search(r'<(?:script|link)[^>]*(?:src|href)="', html)


@pytest.mark.parametrize("changed", [copy.copy, copy.deepcopy, lambda figure: pickle.loads(pickle.dumps(figure))])
def test_a_picture_is_one_when_copied(s3: Catalogue, changed: Callable[[Any], Any]) -> None:
    figure = plot.timeline(s3)
    again = changed(figure)
    assert type(again) is type(figure)
    assert again == figure


@pytest.mark.parametrize(("supports", "last"), [(("description",), 2009), (("description", "start"), 2022)])
def test_a_page_that_backs_a_description_alone_vouches_for_no_year(
    make: Any, supports: tuple[str, ...], last: int
) -> None:
    page = make.source("page", published="2022-01-27")
    cited = (make.citation(source=page, supports=supports),)
    plan = make.strategy("plan", start="2009", description="A plan.", citations=cited)
    assert vouched_until(checked(make, "2026-11-22", page, plan), plan) == last


# The matrix of themes


def cells(figure: Any) -> dict[tuple[str, str], int]:
    """The counts of a matrix of themes, by region and theme."""
    if not figure.data:
        return {}
    (heat,) = figure.data
    rows = (plain(row).removesuffix(" *") for row in figure.layout.yaxis.ticktext)
    columns = [*map(plain, figure.layout.xaxis.ticktext)]
    return {(row, column): count for row, line in zip(rows, heat.z) for column, count in zip(columns, line) if count}


@pytest.fixture
def nations(make: Any) -> Catalogue:
    """Two countries with two regions each, whose strategies name areas of two themes of one ecosystem and another."""
    wide, other = make.theme("wide"), make.theme("other")
    cars, ships = make.theme("cars", broader=wide), make.theme("ships", broader=wide)
    bets = {"a": [(cars, other), (cars,)], "b": [(ships,)], "c": [(cars,)], "d": [(other,), ()]}
    entities: list[Any] = [wide, other, cars, ships]
    for number, name in enumerate(bets):
        country = make.region(f"country-{number // 2}", level=RegionLevel.COUNTRY)
        region = make.region(name, parent=country)
        plan = make.strategy(f"{name}-s3", region=region, start="2021", end="2027")
        source = make.source(f"{name}-page", publisher=f"Office {name}")
        areas = [
            make.area(f"{name}-{each}", strategy=plan, themes=themes, citations=(make.citation(source=source),))
            for each, themes in enumerate(bets[name])
        ]
        entities += [country, region, plan, source, *areas]
    return Catalogue(DatasetInfo(name="Nations", checked="2026-11-29"), dict.fromkeys(entities))


ALL = {
    ("A, Country 0", "Cars"): 2,
    ("A, Country 0", "Other"): 1,
    ("B, Country 0", "Ships"): 1,
    ("C, Country 1", "Cars"): 1,
    ("D, Country 1", "Other"): 1,
}


def test_a_cell_counts_the_areas_of_a_region_that_are_of_a_theme(nations: Catalogue) -> None:
    assert cells(plot.theme_matrix(nations)) == ALL


def test_the_matrix_of_themes_reads_from_the_top_and_shows_its_counts(nations: Catalogue) -> None:
    figure = plot.theme_matrix(nations)
    assert figure.layout.yaxis.range == (3.5, -0.5)
    (heat,) = figure.data
    assert [[*line] for line in heat.text] == [["1", "2", ""], ["", "", "1"], ["", "1", ""], ["1", "", ""]]


def test_the_themes_of_most_regions_come_first(nations: Catalogue) -> None:
    assert [*map(plain, plot.theme_matrix(nations).layout.xaxis.ticktext)] == ["Other", "Cars", "Ships"]


def test_the_matrix_of_themes_is_narrowed_by_territories(nations: Catalogue) -> None:
    found = cells(plot.theme_matrix(nations, nations.regions["country-0"]))
    assert found == {key: count for key, count in ALL.items() if key[0].endswith("Country 0")}
    assert cells(plot.theme_matrix(nations, nations.regions["country-0"], nations.regions["country-1"])) == ALL


def test_the_matrix_of_themes_is_narrowed_by_themes_and_ecosystems(nations: Catalogue) -> None:
    themes = nations.themes
    other = {key: count for key, count in ALL.items() if key[1] == "Other"}
    assert cells(plot.theme_matrix(nations, themes["other"])) == other
    assert cells(plot.theme_matrix(nations, themes["wide"])) == {key: n for key, n in ALL.items() if key not in other}
    assert cells(plot.theme_matrix(nations, themes["wide"], themes["other"])) == ALL


def test_the_matrix_of_themes_is_narrowed_by_both(nations: Catalogue) -> None:
    figure = plot.theme_matrix(nations, nations.themes["wide"], nations.regions["country-1"])
    assert cells(figure) == {("C, Country 1", "Cars"): 1}


@pytest.mark.parametrize(("year", "drawn"), [(2021, ALL), (2027.0, ALL), (2020, {}), (2028, {})])
def test_the_matrix_of_themes_is_that_of_a_year(
    nations: Catalogue, year: float, drawn: dict[tuple[str, str], int]
) -> None:
    figure = plot.theme_matrix(nations, year=year)  # type: ignore[arg-type]
    assert cells(figure) == drawn
    assert f"Which regions bet on which themes in {year:.0f} " in plain(figure.layout.title.text)
    assert drawn or boxes(figure) == [f"Nothing to show: the catalogue holds no area of a theme in force in {year:.0f}"]


def test_a_cell_of_the_matrix_of_themes_names_its_areas_and_their_sources(nations: Catalogue) -> None:
    said = [plain(text) for line in plot.theme_matrix(nations).data[0].hovertext for text in line]
    assert said[1] == "A Cars A 0 (A s3) A 1 (A s3) Office a: “a few words” Office a: “a few words”"
    assert said[2] == ""


def test_a_matrix_of_too_many_themes_says_how_many_there_are(make: Any) -> None:
    plan = make.strategy(start="2021")
    themes = [make.theme(f"theme-{number}") for number in range(50)]
    areas = [make.area(f"area-{number}", strategy=plan, themes=(theme,)) for number, theme in enumerate(themes)]
    title = plain(plot.theme_matrix(make.catalogue(make.region(), plan, *themes, *areas)).layout.title.text)
    assert "the first 40 of 50 themes are shown" in title


def test_a_matrix_of_too_many_regions_says_how_many_there_are(eu: Catalogue) -> None:
    figure = plot.theme_matrix(eu)
    assert len(figure.layout.yaxis.ticktext) == 40
    assert re.search(r"the first 40 of \d{3} regions are shown", plain(figure.layout.title.text))
    assert figure.layout.width == 960


def test_a_strategy_of_several_territories_is_one_row(make: Any) -> None:
    a, b, both, theme = make.region("a"), make.region("b"), make.region("both"), make.theme()
    plan = make.strategy(region=both, territories=(a, b), start="2021")
    catalogue = make.catalogue(a, b, both, theme, plan, make.area(strategy=plan, themes=(theme,)))
    for narrowed in ((), (a,), (both,), (a, b)):
        assert cells(plot.theme_matrix(catalogue, *narrowed)) == {("Both", "Mobility"): 1}


@pytest.mark.parametrize("wrong", ["piedmont", None, ["piedmont"]])
def test_the_matrix_of_themes_is_narrowed_by_nothing_else(s3: Catalogue, make: Any, wrong: Any) -> None:
    for other in (wrong, s3.strategies[0]):
        with pytest.raises(TypeError, match="a matrix of themes is narrowed by territories and themes, not by "):
            plot.theme_matrix(s3, other)
    with pytest.raises(UnknownEntityError):
        plot.theme_matrix(s3, make.region("atlantis"))


def test_a_row_whose_list_is_not_known_to_be_complete_bears_an_asterisk(make: Any) -> None:
    theme, entities = make.theme(), []
    for name, complete in (("closed", True), ("partial", False), ("unknown", None)):
        region = make.region(name)
        plan = make.strategy(f"{name}-s3", region=region, start="2021", complete=complete)
        entities += [region, plan, make.area(f"{name}-area", strategy=plan, themes=(theme,))]
    figure = plot.theme_matrix(make.catalogue(theme, *entities))
    assert [*figure.layout.yaxis.ticktext] == ["Closed", "Partial *", "Unknown *"]
    assert "* Its list is not known to be complete" in plain(figure.layout.title.text)
    closed = plot.theme_matrix(make.catalogue(theme, *entities), entities[0])
    assert "*" not in closed.layout.title.text


def test_the_matrix_of_themes_counts_the_territories_that_have_no_strategy_in_force(nations: Catalogue) -> None:
    def title(*of: Any, **year: int) -> str:
        return plain(plot.theme_matrix(nations, *of, **year).layout.title.text)

    assert "Not shown" not in title()
    assert "Not shown: 4 territories without a strategy in force" in title(year=2030)
    assert "Not shown: 1 territory without a strategy in force" in title(nations.regions["a"], year=2030)


def test_the_matrix_of_italy_says_what_it_leaves_out(eu: Catalogue) -> None:
    title = plain(plot.theme_matrix(eu, eu.regions["italy"]).layout.title.text)
    assert "Not shown: 2 territories without a strategy in force" in title


@pytest.mark.parametrize("picture", [plot.theme_matrix, plot.timeline])
def test_who_names_a_territory_to_a_picture_is_told_to_look_it_up(s3: Catalogue, picture: Any) -> None:
    with pytest.raises(TypeError, match=r"narrowed by .*, not by 'Spain'; write regions\.lookup\(\"Spain\"\)$"):
        picture(s3, "Spain")


def test_a_timeline_is_narrowed_by_territories(nations: Catalogue, make: Any) -> None:
    shown = [*map(plain, plot.timeline(nations, nations.regions["country-0"]).layout.yaxis.ticktext)]
    assert shown == ["A s3", "B s3"]
    with pytest.raises(UnknownEntityError):
        plot.timeline(nations, make.region("atlantis"))


# The partners of a region


@pytest.mark.parametrize("region", ["piedmont", "emilia-romagna", "lisbon-region", "cyprus"])
def test_no_box_of_partners_overlaps_another(eu: Catalogue, region: str) -> None:
    figure = plot.partner_matrix(eu, eu.regions[region])
    check_boxes(figure)
    assert len([box for box in figure.layout.annotations if box.x == 0]) == 10
    assert figure.layout.width <= 1_300


def test_each_partner_is_a_row_and_each_pair_a_cell(eu: Catalogue) -> None:
    piedmont = eu.regions["piedmont"]
    ranking = eu.partners(piedmont, limit=4)
    figure = plot.partner_matrix(eu, piedmont, limit=4)
    rows = [plain(box.text).replace(" ", "") for box in figure.layout.annotations if box.x == 0]
    for row, partner in zip(rows, ranking, strict=True):
        assert row.startswith(partner.region.name.replace(" ", ""))
        assert row.endswith(f"{partner.score:.2f}")
    heads = {box.x: plain(box.text) for box in figure.layout.annotations if box.y == 0}
    found = [(heads[box.x], plain(box.text)) for box in figure.layout.annotations if box.x and box.y]
    pairs = [pair for partner in ranking for pair in partner.pairs]
    assert sorted(found) == sorted((pair.area.name, pair.match.name) for pair in pairs)
    ours = {pair.area for pair in pairs}
    assert [heads[x] for x in sorted(heads)] == [area.name for area in eu.innovation_areas if area in ours]


def test_the_more_two_areas_share_the_stronger_the_colour(make: Any) -> None:
    figure = plot.partner_matrix(two_regions(make), make.region("a"))
    shades = {plain(box.text): int(box.bgcolor[1:3], 16) for box in figure.layout.annotations if box.x and box.y}
    assert shades["B 0"] < shades["B 1"]


def two_regions(make: Any, areas: int = 2, **common: Any) -> Catalogue:
    """Two regions with areas of one theme each, the first of one code, the others of different ones."""
    themes = [make.theme(f"theme-{number}", **common) for number in range(areas)]
    source = make.source(publisher=common.get("name", "A publisher"), **common)
    entities: list[Any] = [source, *themes]
    for name, code in (("a", "C11"), ("b", "C12")):
        region = make.region(name, **common)
        plan = make.strategy(f"{name}-s3", region=region, start="2021", **common)
        entities += [region, plan]
        for number, theme in enumerate(themes):
            codes = (code,) if number else ("C10",)
            given = {"strategy": plan, "themes": (theme,), "nace": codes, "citations": (make.citation(source=source),)}
            entities.append(make.area(f"{name}-{number}", **given, **common))
    return Catalogue(DatasetInfo(name="Two", checked="2026-11-29"), entities)


def test_a_pair_says_what_is_shared_and_names_its_sources(make: Any) -> None:
    catalogue = two_regions(make)
    said = shown(plot.partner_matrix(catalogue, catalogue.regions["a"]))
    assert "B 0 innovation area of B s3 to A 0: 1.00 Themes: Theme 0 NACE: C10 A publisher: “a few words”" in said
    assert "B 1 innovation area of B s3 to A 1: 0.67 Themes: Theme 1 A publisher: “a few words”" in said
    assert "B Themes: Theme 0, Theme 1 NACE: C10" in said


def test_more_areas_than_fit_are_counted(make: Any) -> None:
    catalogue = two_regions(make, areas=12)
    figure = plot.partner_matrix(catalogue, catalogue.regions["a"])
    assert "the first 8 of 12 areas are shown" in plain(figure.layout.title.text)
    assert len([box for box in figure.layout.annotations if box.y == 0]) == 8
    check_boxes(figure)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_of_partners_are_nothing_but_names(make: Any, text: str) -> None:
    catalogue = two_regions(make, name=text)
    a = catalogue.regions["a"]
    for figure in (plot.partner_matrix(catalogue, a), plot.partner_matrix(catalogue, a, year=1999)):
        check_harmless(figure)
    check_boxes(plot.partner_matrix(catalogue, a, year=1999))
    bare = Catalogue(DatasetInfo(name="Bare", checked="2026-11-29"), [*catalogue, make.region("c", name=text)])
    check_harmless(plot.partner_matrix(bare, bare.regions["c"]))
    check_boxes(plot.partner_matrix(bare, bare.regions["c"]))


def test_a_region_without_partners_says_why(make: Any) -> None:
    catalogue = two_regions(make)
    figure = plot.partner_matrix(catalogue, catalogue.regions["a"], year=1999)
    why = "No strategy with areas is in force in 1999"
    assert boxes(figure) == [f"Nothing to show: the catalogue holds no partner: {why}"]


def test_the_partners_of_what_is_no_region_are_a_mistake(make: Any, s3: Catalogue) -> None:
    with pytest.raises(TypeError, match=r"partners\(\) takes a region, not "):
        plot.partner_matrix(s3, s3.strategies[0])  # type: ignore[arg-type]
    with pytest.raises(UnknownEntityError):
        plot.partner_matrix(s3, make.region("atlantis"))
    with pytest.raises(TypeError, match="a picture is that of a Catalogue"):
        plot.partner_matrix(None, s3.regions[0])  # type: ignore[arg-type]


def test_a_picture_of_partners_is_the_same_each_time_and_survives_as_json(make: Any) -> None:
    catalogue = two_regions(make)
    told = {plot.partner_matrix(catalogue, catalogue.regions["a"]).to_json() for _ in range(2)}
    assert len(told) == 1
    assert json.loads(told.pop())["layout"]["width"] == 960
