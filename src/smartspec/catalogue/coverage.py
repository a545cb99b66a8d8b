"""Coverage: what the data of a catalogue leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..domain.actors import Initiative, InnovationPole, Organisation
from ..domain.declaration import Fact
from ..domain.strategy import InnovationArea, PriorityField, StrategicObjective, Strategy
from ..domain.table import Table, columns
from ..domain.territory import Region, RegionLevel
from ..text import shown, table
from .collection import Collection


@attrs.frozen(repr=False, eq=False, kw_only=True)
class Coverage(Table):
    """What the data leave open: for each question, the entities that have no answer.

    An open question is no mistake: often the documents do not say. Iterating gives the pairs of question
    and `Collection` that are not empty; `by_country` counts them.

    ``territories_without_strategy`` are those of NUTS level 2 for which no strategy is recorded: neither one of their
    own, nor one of a territory that lies in them or holds them. That of a country counts where no territory in it
    has one. ``territories_without_strategy_in_force`` are those for which a strategy is recorded, and none that is in
    force in the year in which the data were checked, by the same rule. ``strategies_without_period``,
    ``initiatives_without_period`` and ``poles_without_period`` do not state when they begin, so that no year finds
    them.

    >>> import smartspec
    >>> coverage = smartspec.load().coverage()
    >>> "digital-creativity-multimedia" in coverage.poles_without_area
    True
    >>> len(coverage.areas_without_nace)
    0
    """

    territories_without_strategy: Collection[Region]
    territories_without_strategy_in_force: Collection[Region]
    strategies_without_period: Collection[Strategy]
    strategies_incomplete: Collection[Strategy]
    strategies_without_area: Collection[Strategy]
    strategies_without_objective: Collection[Strategy]
    fields_without_area: Collection[PriorityField]
    areas_without_theme: Collection[InnovationArea]
    areas_without_pole: Collection[InnovationArea]
    areas_without_objective: Collection[InnovationArea]
    areas_without_alignment: Collection[InnovationArea]
    areas_without_nace: Collection[InnovationArea]
    poles_without_period: Collection[InnovationPole]
    poles_without_theme: Collection[InnovationPole]
    poles_without_area: Collection[InnovationPole]
    poles_without_seat: Collection[InnovationPole]
    poles_without_manager: Collection[InnovationPole]
    objectives_without_area: Collection[StrategicObjective]
    organisations_without_region: Collection[Organisation]
    initiatives_without_period: Collection[Initiative]
    uncited: tuple[Collection[Any], ...]

    def __iter__(self) -> Iterator[tuple[str, Collection[Any]]]:
        return ((question, entities) for question, entities in self._answers().items() if entities)

    def _answers(self) -> dict[str, Collection[Any]]:
        """The entities that leave a question open, by the question in words."""
        found = {name.replace("_", " "): getattr(self, name) for name in attrs.fields_dict(type(self))}
        uncited = found.pop("uncited")
        return {**found, **{f"uncited {entities.name.replace('_', ' ')}": entities for entities in uncited}}

    def by_country(self, *questions: str) -> Counts:
        """How many entities leave a question open in each country: the questions are those that iterating gives.

        Without a question, those of territories, strategies and areas that tell what a country still lacks. What is of
        no country is counted last. Raises `ValueError` for what is no question.

        >>> import smartspec
        >>> counts = smartspec.load_europe().coverage().by_country("territories without strategy")
        >>> [row["country_name"] for row in counts if row["country"] == "greece"]
        ['Greece']
        """
        answers = self._answers()
        asked = dict.fromkeys(questions or _BY_COUNTRY, 0)
        counts: dict[Region | None, dict[str, int]] = {}
        for question in asked:
            if question not in answers:
                raise ValueError(f"{shown(question)} is no question of coverage (one of {', '.join(answers)})")
            for entity in answers[question]:
                counts.setdefault(_country(entity), {**asked})[question] += 1
        order = sorted(counts, key=lambda country: (country is None, country and country.name))
        return Counts({country: counts[country] for country in order}, asked)

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        rows = [(question, len(entities), tuple(entities)) for question, entities in self]
        return html_table(("question", "entities", "which"), rows, "What the data leave open")

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(question=str, collection=str, id=str, name=str)

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        return ((question, left.name, each.id, each.label(language)) for question, left in self for each in left)

    def __repr__(self) -> str:
        lines = [f"{len(entities):>5}  {question}" for question, entities in self]
        return "\n".join(["<Coverage: what the data leave open", *lines]) + ">"


class Counts(Table, tuple[dict[str, Any], ...]):
    """Counts by country, a dict for each, as `to_dicts` gives them: a tuple that shows as a table.

    ``country`` is the id of the country, ``country_name`` its name; both are None for what is of no country.

    >>> import smartspec
    >>> smartspec.load().coverage().by_country("poles without seat")
    country  poles without seat
    Italy    15
    """

    questions: tuple[str, ...]
    _counted: Mapping[Region | None, Mapping[str, int]]

    def __new__(cls, counted: Mapping[Region | None, Mapping[str, int]], questions: Iterable[str]) -> Counts:
        counts = super().__new__(
            cls, ({"country": c and c.id, "country_name": c and c.name, **row} for c, row in counted.items())
        )
        counts.questions, counts._counted = tuple(questions), counted
        return counts

    def __reduce__(self) -> tuple[Any, ...]:
        return Counts, (self._counted, self.questions)

    def __repr__(self) -> str:
        rows = [[name, *map(str, counts)] for name, *counts in self._shown()]
        return "\n".join(table([("country", *self.questions), *rows])) if rows else _CLOSED

    def _shown(self) -> list[list[Any]]:
        """The rows of the table that people see."""
        return [[country.name if country else _NOWHERE, *row.values()] for country, row in self._counted.items()]

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        heads = ("country", *self.questions) if self else ("country",)
        return html_table(heads, self._shown() or [[_CLOSED]], "What the data leave open, by country")

    @property
    def _columns(self) -> Mapping[str, Fact]:
        return columns(country=str | None, country_name=str | None, **dict.fromkeys(self.questions, int))

    def _rows(self, language: str | None) -> Iterable[Iterable[Any]]:
        for country, counts in self._counted.items():
            yield country, country and country.label(language), *counts.values()


_NOWHERE, _CLOSED = "no country", "nothing is open"
_BY_COUNTRY = (
    *("territories without strategy", "strategies without period", "strategies incomplete"),
    *("areas without theme", "areas without nace"),
)


def coverage(collections: Mapping[str, Collection[Any]], year: int) -> Coverage:
    """The coverage of the collections of a catalogue, given by their names; what is in force is so in a year."""
    regions = collections["regions"]
    strategies, fields = collections["strategies"], collections["priority_fields"]
    areas, poles = collections["innovation_areas"], collections["innovation_poles"]
    objectives, organisations = collections["strategic_objectives"], collections["organisations"]

    def without(entities: Collection[Any], others: Collection[Any]) -> Collection[Any]:
        return entities.filter(lambda entity: not others.of(entity))

    return Coverage(
        territories_without_strategy=_uncovered(regions.filter(_is_nuts_2), strategies),
        territories_without_strategy_in_force=outdated(regions, strategies, year),
        strategies_without_period=strategies.where(start=None),
        strategies_incomplete=strategies.where(complete=False),
        strategies_without_area=without(strategies, areas),
        strategies_without_objective=without(strategies, objectives),
        fields_without_area=without(fields, areas),
        areas_without_theme=areas.where(themes=()),
        areas_without_pole=without(areas, poles),
        areas_without_objective=without(areas, objectives),
        areas_without_alignment=without(areas, collections["alignments"]),
        areas_without_nace=areas.where(nace=()),
        poles_without_period=poles.where(start=None),
        poles_without_theme=poles.where(themes=()),
        poles_without_area=poles.where(areas=()),
        poles_without_seat=poles.where(seat=None),
        poles_without_manager=poles.where(managers=()),
        objectives_without_area=objectives.where(areas=()),
        organisations_without_region=organisations.where(region=None),
        initiatives_without_period=collections["initiatives"].where(start=None),
        uncited=tuple(
            uncited
            for name, entities in collections.items()
            if name != "sources" and (uncited := entities.where(citations=()))
        ),
    )


def outdated(regions: Collection[Region], strategies: Collection[Strategy], year: int) -> Collection[Region]:
    """The territories for which some of the strategies are, and none that is in force in a year."""
    return _uncovered(regions.filter(_adopting(strategies).__contains__), strategies.at(year))


def _adopting(strategies: Collection[Strategy]) -> set[Region]:
    """The territories of which some strategies are, or which they cover."""
    return {territory for strategy in strategies for territory in (strategy.region, *strategy.territories)}


def _uncovered(regions: Collection[Region], strategies: Collection[Strategy]) -> Collection[Region]:
    """Those of some territories that none of the strategies covers."""
    adopting = _adopting(strategies)
    holding = {whole for region in adopting for whole in region.ancestors}
    countries = adopting - holding  # Of a country whose territories have strategies, its own covers none of them.

    def is_open(region: Region) -> bool:
        around = {region, *(w for w in region.ancestors if w.level is not RegionLevel.COUNTRY or w in countries)}
        return region not in holding and adopting.isdisjoint(around)

    return regions.filter(is_open)


def _is_nuts_2(region: Region) -> bool:
    """Whether a territory is one of level 2, if not by the code that it goes by then by another one."""
    code = region.nuts
    return code is not None and any(len(known) == 4 and known.startswith(code[:4]) for known in (code, *region.aliases))


def _country(entity: Any) -> Region | None:
    """The country of a territory, or of what belongs to one."""
    while entity is not None and not isinstance(entity, Region):
        entity = getattr(entity, "strategy", None) or getattr(entity, "region", None)
    return next((r for r in (entity, *entity.ancestors) if r.level is RegionLevel.COUNTRY), None) if entity else None
