"""Coverage: what the data of a catalogue leave open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..domain.actors import InnovationPole, Organisation
from ..domain.strategy import InnovationArea, PriorityField, StrategicObjective, Strategy
from .collection import Collection


@attrs.frozen(repr=False, eq=False, kw_only=True)
class Coverage:
    """What the data leave open: for each question, the entities that have no answer.

    An open question is no mistake: often the documents do not say. Iterating gives the pairs of question
    and `Collection` that are not empty.

    >>> import smartspec
    >>> coverage = smartspec.load().coverage()
    >>> "digital-creativity-multimedia" in coverage.poles_without_area
    True
    >>> len(coverage.areas_without_nace)
    0
    """

    strategies_without_area: Collection[Strategy]
    strategies_without_objective: Collection[Strategy]
    fields_without_area: Collection[PriorityField]
    areas_without_pole: Collection[InnovationArea]
    areas_without_objective: Collection[InnovationArea]
    areas_without_alignment: Collection[InnovationArea]
    areas_without_nace: Collection[InnovationArea]
    poles_without_area: Collection[InnovationPole]
    poles_without_seat: Collection[InnovationPole]
    poles_without_manager: Collection[InnovationPole]
    objectives_without_area: Collection[StrategicObjective]
    organisations_without_region: Collection[Organisation]
    uncited: tuple[Collection[Any], ...]

    def __iter__(self) -> Iterator[tuple[str, Collection[Any]]]:
        for name in attrs.fields_dict(type(self)):
            if name == "uncited":
                for entities in self.uncited:
                    yield f"uncited {entities.name.replace('_', ' ')}", entities
            elif getattr(self, name):
                yield name.replace("_", " "), getattr(self, name)

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        rows = [(question, len(entities), tuple(entities)) for question, entities in self]
        return html_table(("question", "entities", "which"), rows, "What the data leave open")

    def __repr__(self) -> str:
        lines = [f"{len(entities):>5}  {question}" for question, entities in self]
        return "\n".join(["<Coverage: what the data leave open", *lines]) + ">"


def coverage(collections: Mapping[str, Collection[Any]]) -> Coverage:
    """The coverage of the collections of a catalogue, given by their names."""
    strategies, fields = collections["strategies"], collections["priority_fields"]
    areas, poles = collections["innovation_areas"], collections["innovation_poles"]
    objectives, organisations = collections["strategic_objectives"], collections["organisations"]

    def without(entities: Collection[Any], others: Collection[Any]) -> Collection[Any]:
        return entities.filter(lambda entity: not others.of(entity))

    return Coverage(
        strategies_without_area=without(strategies, areas),
        strategies_without_objective=without(strategies, objectives),
        fields_without_area=without(fields, areas),
        areas_without_pole=without(areas, poles),
        areas_without_objective=without(areas, objectives),
        areas_without_alignment=without(areas, collections["alignments"]),
        areas_without_nace=areas.where(nace=()),
        poles_without_area=poles.where(areas=()),
        poles_without_seat=poles.where(seat=None),
        poles_without_manager=poles.where(managers=()),
        objectives_without_area=objectives.where(areas=()),
        organisations_without_region=organisations.where(region=None),
        uncited=tuple(
            uncited
            for name, entities in collections.items()
            if name != "sources" and (uncited := entities.where(citations=()))
        ),
    )
