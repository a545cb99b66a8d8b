"""What users write, for type checkers: mypy and pyright prove that each expression has the type that they expect.

What must be an error bears a comment that expects it; both checkers complain of such a comment where there is none.
It runs as plain Python too: `python tests/typing_snippets.py`.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true, reportUnknownLambdaType=false

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, assert_type

import attrs

import smartspec
from smartspec import (
    Alignment,
    Aspect,
    Basis,
    Candidate,
    Catalogue,
    Chain,
    Citation,
    Citations,
    Collection,
    Comparison,
    Coverage,
    DatasetBase,
    DatasetInfo,
    Direction,
    Entity,
    Evidence,
    Indicator,
    Initiative,
    InnovationArea,
    InnovationPole,
    Involvement,
    Link,
    Links,
    Match,
    Matcher,
    Matches,
    MatchRelation,
    Observation,
    Organisation,
    Participation,
    Placement,
    PriorityField,
    Problem,
    Qualifier,
    Region,
    RegionLevel,
    Role,
    Source,
    StrategicObjective,
    Strategy,
    StrategyKind,
    Theme,
    Verdict,
)


def collections(s3: Catalogue) -> None:
    assert_type(s3.sources, Collection[Source])
    assert_type(s3.regions, Collection[Region])
    assert_type(s3.strategies, Collection[Strategy])
    assert_type(s3.priority_fields, Collection[PriorityField])
    assert_type(s3.innovation_areas, Collection[InnovationArea])
    assert_type(s3.strategic_objectives, Collection[StrategicObjective])
    assert_type(s3.organisations, Collection[Organisation])
    assert_type(s3.initiatives, Collection[Initiative])
    assert_type(s3.innovation_poles, Collection[InnovationPole])
    assert_type(s3.indicators, Collection[Indicator])
    assert_type(s3.observations, Collection[Observation])
    assert_type(s3.alignments, Collection[Alignment])
    assert_type(s3.collections, Mapping[str, Collection[Any]])


def finding_one(s3: Catalogue) -> None:
    assert_type(s3.innovation_poles.lookup("MESAP"), InnovationPole)
    assert_type(s3.innovation_poles["mechatronics"], InnovationPole)
    assert_type(s3.innovation_poles[0], InnovationPole)
    assert_type(s3.innovation_poles[-1].region, Region)
    assert_type(s3.lookup("MESAP"), Entity)
    assert_type(s3.innovation_poles.get("mechatronics"), InnovationPole | None)
    assert_type(s3.regions.get("atlantis", "nowhere"), Region | str)
    assert_type(s3.regions.get("atlantis", default=0), Region | int)


def finding_some(s3: Catalogue) -> None:
    piedmont = s3.regions.lookup("Piemonte")
    area = s3.innovation_areas["mechatronics"]
    assert_type(s3.innovation_poles.of(piedmont), Collection[InnovationPole])
    assert_type(s3.innovation_poles.of(piedmont).of(area), Collection[InnovationPole])
    assert_type(s3.innovation_poles.of(piedmont, area), Collection[InnovationPole])
    assert_type(s3.innovation_poles.of(s3.innovation_areas.of(piedmont)), Collection[InnovationPole])
    assert_type(s3.innovation_poles.of([piedmont, area]), Collection[InnovationPole])
    assert_type(s3.innovation_areas.where(designation="industry"), Collection[InnovationArea])
    assert_type(s3.regions.where(area_km2=lambda area: area is not None), Collection[Region])
    assert_type(s3.innovation_areas.classified("29.32.09"), Collection[InnovationArea])
    assert_type(s3.innovation_areas.classified("30.31.00", edition="ATECO 2025"), Collection[InnovationArea])
    assert_type(s3.innovation_poles.filter(lambda pole: len(pole.managers) > 1), Collection[InnovationPole])
    assert_type(s3.innovation_poles.at(2026), Collection[InnovationPole])
    assert_type(s3.innovation_poles[:3], Collection[InnovationPole])
    assert_type([*reversed(s3.regions)], list[Region])
    assert_type(list(s3.regions), list[Region])
    assert_type(iter(s3.regions), Iterator[Region])
    assert_type(len(s3.regions), int)
    assert_type("piedmont" in s3.regions, bool)
    assert_type(s3.regions.name, str)


def searching(s3: Catalogue) -> None:
    assert_type(s3.innovation_poles.search("hydrogen"), Matches[InnovationPole])
    assert_type(s3.innovation_poles.search("hydrogen")[0], Match[InnovationPole])
    assert_type(s3.innovation_poles.search("hydrogen")[0].entity, InnovationPole)
    assert_type([match.entity.region.name for match in s3.innovation_poles.search("hydrogen")], list[str])
    match = s3.search("hydrogen")[0]
    assert_type(match.entity, Entity)
    assert_type(match.score, float)
    assert_type(match.field, str)
    assert_type(match.words, tuple[str, ...])
    assert_type(match.guessed, bool)


def following_references(s3: Catalogue) -> None:
    pole = s3.innovation_poles["mechatronics"]
    assert_type(pole.region, Region)
    assert_type(pole.region.name, str)
    assert_type(pole.region.parent, Region | None)
    assert_type(pole.region.ancestors, Chain[Region])
    assert_type(pole.region.level, RegionLevel)
    assert_type(pole.region.area_km2, float | None)
    assert_type(pole.region.nuts, str | None)
    assert_type(pole.areas, tuple[InnovationArea, ...])
    assert_type(pole.seat, Organisation | None)
    assert_type(pole.managers, tuple[Organisation, ...])
    assert_type(pole.programme, Initiative | None)
    assert_type(pole.successor, InnovationPole | None)
    assert_type(pole.start, str | None)
    assert_type(pole.start_year, int | None)
    assert_type(pole.successors, Chain[InnovationPole])
    assert_type(pole.aliases, tuple[str, ...])
    area = s3.innovation_areas["mechatronics"]
    assert_type(area.strategy, Strategy)
    assert_type(area.strategy.kind, StrategyKind)
    assert_type(area.strategy.predecessor, Strategy | None)
    assert_type(area.priority_field, PriorityField | None)
    assert_type(area.nace, tuple[str, ...])
    assert_type([alignment.relation for alignment in s3.alignments.of(area)], list[MatchRelation])
    assert_type([figure.value for figure in s3.indicators], list[float])
    assert_type([figure.qualifier for figure in s3.indicators], list[Qualifier])
    assert_type([finding.aspect for finding in s3.observations], list[Aspect])
    network = s3.initiatives["covenant-of-mayors"]
    assert_type(network.participants, tuple[Participation, ...])
    assert_type(network.participants[0].organisation, Organisation)
    assert_type(network.participants[0].role, Role | None)
    city = s3.organisations["municipality-of-torino"]
    assert_type(city.involvements, tuple[Involvement, ...])
    assert_type(city.involvements[0].role, Role)
    assert_type(city.host, Organisation | None)


def citing(s3: Catalogue) -> None:
    citations = s3.regions["metropolitan-city-of-torino"].cite("area_km2")
    assert_type(citations, Citations)
    assert_type(s3.regions["italy"].citations, tuple[Citation, ...])
    assert_type(citations[0].source, Source)
    assert_type(citations[0].source.year, int | None)
    assert_type(citations[0].source.published, str | None)
    assert_type(citations[0].basis, Basis)
    assert_type(citations[0].supports, tuple[str, ...])


def relating(s3: Catalogue) -> None:
    pole, italy = s3.innovation_poles["mechatronics"], s3.regions["italy"]
    assert_type(s3.links(pole), Links)
    assert_type(s3.path(pole, italy), Links)
    assert_type(s3.successors_of(pole), Links)
    assert_type(s3.predecessors_of(pole), Links)
    link = s3.links(pole)[0]
    assert_type(link, Link)
    assert_type(link.start, Entity)
    assert_type(link.relation, str)
    assert_type(link.end, Entity)
    assert_type(link.direction, Direction)
    assert_type(link.citations, tuple[Citation, ...])
    comparison = s3.compare(s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"])
    assert_type(comparison, Comparison)
    assert_type(comparison.correspondences[0].basis, Basis | None)
    assert_type(comparison.only_first, Collection[InnovationArea])
    assert_type(list(s3), list[Entity])
    assert_type(pole in s3, bool)
    assert_type(s3.coverage(), Coverage)
    assert_type(s3.coverage().areas_without_pole, Collection[InnovationArea])
    assert_type(s3.info, DatasetInfo)
    assert_type(s3.info.base, DatasetBase | None)
    assert_type(s3.base, Catalogue | None)
    assert_type(s3.datasets, tuple[DatasetInfo, ...])
    assert_type(s3.dataset_of(pole), DatasetInfo)
    assert_type(s3.name, str)
    assert_type(s3.version, str)


def adding(s3: Catalogue) -> None:
    alba = Region(id="alba", name="Alba", level=RegionLevel.MUNICIPALITY, parent=s3.regions["piedmont"])
    assert_type(s3.extend(alba), Catalogue)
    assert_type(Catalogue(DatasetInfo(name="Mine"), []), Catalogue)


def as_attrs_classes(s3: Catalogue) -> None:
    pole = s3.innovation_poles["mesap"]
    assert_type(attrs.evolve(pole, name="Mesap"), InnovationPole)
    assert_type(pole.evolve(name="Mesap"), InnovationPole)
    assert_type(attrs.asdict(pole), dict[str, Any])
    names: list[str] = [field.name for field in attrs.fields(InnovationPole)]
    assert "seat" in names
    assert attrs.has(type(pole))


def converting(s3: Catalogue) -> None:
    assert_type(smartspec.to_dict(s3.regions["torino"]), dict[str, Any])
    assert_type(smartspec.from_dict(Region, {"id": "alba", "name": "Alba", "level": "municipality"}, s3), Region)
    assert_type(smartspec.converter(s3).structure("torino", Region), Region)


def classifying() -> None:
    activity = smartspec.nace.activity("29.32.09")
    assert_type(activity, smartspec.nace.Activity)
    assert_type(activity.level, smartspec.nace.ActivityLevel)
    assert_type(activity.parent, smartspec.nace.Activity | None)
    assert_type(activity.local_name, str)
    assert_type(smartspec.nace.activities("2.1"), tuple[smartspec.nace.Activity, ...])
    assert_type(smartspec.nace.translate("26.30", "2", "2.1"), tuple[smartspec.nace.Activity, ...])
    assert_type(smartspec.nace.covers("C29", "29.32"), bool)
    assert_type(smartspec.nace.related("29.32"), frozenset[str])
    assert_type(attrs.evolve(activity, name="Parts"), smartspec.nace.Activity)


def placing(s3: Catalogue) -> None:
    areas = s3.innovation_areas.where(strategy="piedmont-s3-2021-2027")
    assert_type(areas.matcher(), Matcher)
    assert_type(areas.matcher().match_many(["Satellites.", "Vineyards."]), Iterator[Placement])
    placement = assert_type(areas.match("Satellites.", nace=["C30.3"]), Placement)
    assert_type(placement.verdict, Verdict)
    assert_type(placement.area, InnovationArea | None)
    assert_type(placement.areas, tuple[InnovationArea, ...])
    assert_type(placement.rival, str | None)
    candidate = assert_type(placement.candidates[0], Candidate)
    assert_type(candidate.area, InnovationArea)
    assert_type(candidate.score, float)
    evidence = assert_type(candidate.evidence[0], Evidence)
    assert_type(evidence.start, int | None)
    assert_type(evidence.theme, Theme | None)


def tabulating(s3: Catalogue) -> None:
    assert_type(s3.innovation_poles.to_dicts(), list[dict[str, Any]])
    assert_type(s3.search("hydrogen").to_dicts(language="it"), list[dict[str, Any]])
    tables: list[smartspec.Table] = [s3.regions, s3.links(s3.regions["italy"]), s3.coverage()]
    assert_type([table.to_dicts() for table in tables], list[list[dict[str, Any]]])
    assert_type(s3.regions["piedmont"].label("it"), str)
    # Who has no pandas or Polars can still check what others write with them.
    assert callable(s3.regions.to_pandas)
    assert callable(s3.regions.to_polars)


def drawing(s3: Catalogue) -> None:
    assert_type(s3.to_mermaid(s3.regions["italy"]), str)
    assert callable(smartspec.plot.network)


def failing() -> None:
    try:
        smartspec.load("there is no such directory")
    except smartspec.DatasetError as error:
        assert_type(error.problems, tuple[Problem, ...])
        assert_type(error.problems[0].pointer, str)


def names_of(entities: Collection[InnovationPole]) -> list[str]:
    return [entity.name for entity in entities]


def any_entity(entities: Collection[Any]) -> int:
    return len(entities)


def handing_on(s3: Catalogue) -> None:
    assert_type(names_of(s3.innovation_poles), list[str])
    assert_type(any_entity(s3.regions), int)


if TYPE_CHECKING:
    # What is wrong is seen by type checkers: each of these would pass if a type were `Any`.
    def mistaking(s3: Catalogue) -> None:
        pole = s3.innovation_poles.lookup("MESAP")
        _ = pole.regoin  # type: ignore[attr-defined]
        _ = pole.region.parent.name  # type: ignore[union-attr]
        pole.name = "Another"  # type: ignore[misc]
        _ = s3.innovation_pole  # type: ignore[attr-defined]
        _ = s3.innovation_poles.get("mesap").name  # type: ignore[union-attr]
        _ = s3.innovation_poles[5.0]  # type: ignore[call-overload]
        _ = s3.innovation_poles.search("x")[0].entity.nuts  # type: ignore[attr-defined]
        s3.innovation_poles.of("piedmont")  # type: ignore[arg-type]
        s3.innovation_poles.filter(lambda pole: pole.nuts)  # type: ignore[attr-defined]
        _ = s3.innovation_areas.match("x").area.name  # type: ignore[union-attr]
        s3.innovation_areas.match(b"x")  # type: ignore[arg-type]
        names_of(s3.regions)  # type: ignore[arg-type]
        _ = smartspec.Step  # type: ignore[attr-defined]

    def leaving_out() -> None:
        Region(id="alba", name="Alba")  # type: ignore[call-arg]
        Region(name="Alba", level=RegionLevel.MUNICIPALITY)  # type: ignore[call-arg]
        Region(id="alba", name="Alba", level="municipality")  # type: ignore[arg-type]
        Region(id="a", nme="A", name="A", level=RegionLevel.REGION)  # type: ignore[call-arg]
        Region("alba", "Alba", RegionLevel.MUNICIPALITY)  # type: ignore[call-arg, arg-type]
        Participation(role=Role.LEADS)  # type: ignore[call-arg]
        DatasetInfo()  # type: ignore[call-arg]
        Citation(passage="so it is")  # type: ignore[call-arg]


def main() -> None:
    s3 = assert_type(smartspec.load(), Catalogue)
    collections(s3)
    finding_one(s3)
    finding_some(s3)
    searching(s3)
    following_references(s3)
    citing(s3)
    relating(s3)
    adding(s3)
    as_attrs_classes(s3)
    converting(s3)
    classifying()
    placing(s3)
    tabulating(s3)
    drawing(s3)
    failing()
    handing_on(s3)


if __name__ == "__main__":
    main()
