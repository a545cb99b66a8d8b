"""What users write, for the type checker: `mypy --strict` proves that each expression has the type they expect.

It runs as plain Python too: `python tests/typing_snippets.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import smartspec
from smartspec import (
    Alignment,
    Aspect,
    Basis,
    Catalogue,
    Citation,
    Collection,
    DatasetInfo,
    Entity,
    Indicator,
    Initiative,
    InnovationArea,
    InnovationPole,
    Link,
    MatchRelation,
    Observation,
    Organisation,
    PriorityField,
    Problem,
    Region,
    RegionLevel,
    Source,
    StrategicObjective,
    Strategy,
    StrategyKind,
)
from smartspec.catalogue.coverage import Coverage

if TYPE_CHECKING:
    from typing import assert_type
else:

    def assert_type(value: object, _: object) -> object:
        return value


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
    assert_type(s3.innovation_areas.where(nace=lambda codes: "C29" in codes), Collection[InnovationArea])
    assert_type(list(s3.regions), list[Region])
    assert_type(iter(s3.regions), Iterator[Region])
    assert_type(len(s3.regions), int)
    assert_type("piedmont" in s3.regions, bool)
    assert_type(s3.regions.name, str)


def following_references(s3: Catalogue) -> None:
    pole = s3.innovation_poles["mechatronics"]
    assert_type(pole.region, Region)
    assert_type(pole.region.name, str)
    assert_type(pole.region.parent, Region | None)
    assert_type(pole.region.ancestors, tuple[Region, ...])
    assert_type(pole.region.level, RegionLevel)
    assert_type(pole.region.area_km2, float | None)
    assert_type(pole.region.nuts, str | None)
    assert_type(pole.areas, tuple[InnovationArea, ...])
    assert_type(pole.seat, Organisation | None)
    assert_type(pole.managers, tuple[Organisation, ...])
    assert_type(pole.programme, Initiative | None)
    assert_type(pole.successor, InnovationPole | None)
    assert_type(pole.start_year, int | None)
    assert_type(pole.aliases, tuple[str, ...])
    area = s3.innovation_areas["mechatronics"]
    assert_type(area.strategy, Strategy)
    assert_type(area.strategy.kind, StrategyKind)
    assert_type(area.strategy.predecessor, Strategy | None)
    assert_type(area.priority_field, PriorityField | None)
    assert_type(area.nace, tuple[str, ...])
    assert_type([alignment.relation for alignment in s3.alignments.of(area)], list[MatchRelation])
    assert_type([figure.value for figure in s3.indicators], list[float])
    assert_type([finding.aspect for finding in s3.observations], list[Aspect])


def citing(s3: Catalogue) -> None:
    citations = s3.regions["metropolitan-city-of-torino"].cite("area_km2")
    assert_type(citations, tuple[Citation, ...])
    assert_type(citations[0].source, Source)
    assert_type(citations[0].source.year, int | None)
    assert_type(citations[0].basis, Basis)
    assert_type(citations[0].supports, tuple[str, ...])


def relating(s3: Catalogue) -> None:
    pole, italy = s3.innovation_poles["mechatronics"], s3.regions["italy"]
    assert_type(s3.links(pole), tuple[Link, ...])
    assert_type(s3.path(pole, italy), tuple[Link, ...])
    assert_type(s3.links(pole)[0].relation, str)
    assert_type(s3.links(pole)[0].entity, Entity)
    assert_type(list(s3), list[Entity])
    assert_type(pole in s3, bool)
    assert_type(s3.coverage(), Coverage)
    assert_type(s3.coverage().areas_without_pole, Collection[InnovationArea])
    assert_type(s3.info, DatasetInfo)
    assert_type(s3.name, str)
    assert_type(s3.version, str)


def adding(s3: Catalogue) -> None:
    alba = Region(id="alba", name="Alba", level=RegionLevel.MUNICIPALITY, parent=s3.regions["piedmont"])
    assert_type(s3.extend(alba), Catalogue)
    assert_type(Catalogue(DatasetInfo(name="Mine"), []), Catalogue)


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
    # What is wrong is seen by the type checker: each of these would pass if a type were `Any`.
    def mistaking(s3: Catalogue) -> None:
        pole = s3.innovation_poles.lookup("MESAP")
        _ = pole.regoin  # type: ignore[attr-defined]
        _ = pole.region.parent.name  # type: ignore[union-attr]
        pole.name = "Another"  # type: ignore[misc]
        _ = s3.innovation_pole  # type: ignore[attr-defined]
        _ = s3.innovation_poles.get("mechatronics").name  # type: ignore[union-attr]
        _ = s3.innovation_poles[5]  # type: ignore[index]
        s3.innovation_poles.of("piedmont")  # type: ignore[arg-type]
        names_of(s3.regions)  # type: ignore[arg-type]
        Region(id="alba", name="Alba")  # type: ignore[call-arg]
        Region(id="alba", name="Alba", level="municipality")  # type: ignore[arg-type]
        Region("alba", "Alba", RegionLevel.MUNICIPALITY)  # type: ignore[call-arg, arg-type]


def main() -> None:
    s3 = assert_type(smartspec.load(), Catalogue)
    collections(s3)
    finding_one(s3)
    finding_some(s3)
    following_references(s3)
    citing(s3)
    relating(s3)
    adding(s3)
    failing()
    handing_on(s3)


if __name__ == "__main__":
    main()
