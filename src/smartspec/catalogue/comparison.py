"""Comparison: what the areas of two strategies have in common, and what only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from ..domain.entity import Basis
from ..domain.strategy import Alignment, InnovationArea, MatchRelation, Strategy
from ..errors import InvalidValueError
from ..text import clean, table
from .collection import Collection
from .succession import toward


@attrs.frozen(eq=False, kw_only=True)
class Correspondence:
    """An area of one strategy and the area of the other that corresponds to it.

    ``relation`` says how the match relates to the area (SKOS), ``nace`` the codes that both cover, and
    ``alignment`` is the record that says so, with its citations.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
    >>> [c.relation.name for c in s3.compare(*plans).correspondences if c.area.id == "ict-2006"]
    ['CLOSE']
    """

    area: InnovationArea
    match: InnovationArea
    relation: MatchRelation
    nace: tuple[str, ...]
    alignment: Alignment

    @property
    def basis(self) -> Basis | None:
        """INFERRED if any citation of the alignment is, else STATED; None if it has no citation.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
        >>> s3.compare(*plans).correspondences[0].basis.name
        'INFERRED'
        """
        bases = {citation.basis for citation in self.alignment.citations}
        return Basis.INFERRED if Basis.INFERRED in bases else Basis.STATED if bases else None


@attrs.frozen(repr=False, eq=False, kw_only=True)
class Comparison:
    """Two strategies side by side: which of their areas correspond, which only one has, the NACE codes they share.

    >>> import smartspec
    >>> s3 = smartspec.load()
    >>> comparison = s3.compare(s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"])
    >>> [area.name for area in comparison.only_first], [area.name for area in comparison.only_second]
    (['Finance'], ['Biomedical', 'High quality food'])
    """

    first: Strategy
    second: Strategy
    correspondences: tuple[Correspondence, ...]
    only_first: Collection[InnovationArea]
    only_second: Collection[InnovationArea]
    shared_nace: tuple[str, ...]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The table, a dict for each row: correspondences, then what only one strategy has.

        >>> import smartspec
        >>> s3 = smartspec.load()
        >>> plans = s3.strategies["torino-strategic-plan-2006"], s3.strategies["open-for-business"]
        >>> s3.compare(*plans).rows[-1]
        {'first': '', 'relation': '', 'second': 'High quality food', 'basis': '', 'nace': ''}
        """
        pairs = self.correspondences
        first = _labels([*(c.area for c in pairs), *self.only_first])
        second = _labels([*(c.match for c in pairs), *self.only_second])
        matched = [
            (
                first[c.area],
                c.relation.value,
                second[c.match],
                c.basis.value if c.basis else "uncited",
                " ".join(c.nace),
            )
            for c in pairs
        ]
        left = [(first[area], "", "", "", "") for area in self.only_first]
        right = [("", "", second[area], "", "") for area in self.only_second]
        return [dict(zip(("first", "relation", "second", "basis", "nace"), row)) for row in (*matched, *left, *right)]

    @property
    def _columns(self) -> tuple[str, ...]:
        return (self.first.name, "relation", self.second.name, "basis", "shared NACE")

    def _repr_html_(self) -> str:
        from ..display.html import html_table  # Deferred import upwards.

        caption = f"{self.first.name} and {self.second.name}"
        return html_table(self._columns, [[*row.values()] for row in self.rows], caption)

    def __repr__(self) -> str:
        lines = table([self._columns, *([*row.values()] for row in self.rows)])
        return "\n".join([*lines, f"NACE codes in common: {', '.join(self.shared_nace) or 'none'}"])


def _labels(areas: Sequence[InnovationArea]) -> dict[InnovationArea, str]:
    """How the areas of one strategy are called; with their designation, if its lists differ in it."""
    told = len({area.designation for area in areas}) > 1
    return {area: f"{area.name} ({area.designation})" if told else area.name for area in areas}


def compare(
    first: Strategy, second: Strategy, areas: Collection[InnovationArea], alignments: Collection[Alignment]
) -> Comparison:
    """The comparison of two strategies, given all areas and alignments of their catalogue."""
    if first == second:
        raise InvalidValueError("compare", f"{clean(first.id)!r} is given twice", "name two strategies")
    ours, theirs = areas.where(strategy=first), areas.where(strategy=second)
    found = [
        Correspondence(
            area=area, match=match, relation=relation, nace=_shared(area.nace, match.nace), alignment=alignment
        )
        for area in ours
        for alignment in alignments.of(area)
        for match, relation in [toward(area, alignment)]
        if match in theirs
    ]
    matched = {c.area for c in found} | {c.match for c in found}
    return Comparison(
        first=first,
        second=second,
        correspondences=tuple(found),
        only_first=ours.filter(lambda area: area not in matched),
        only_second=theirs.filter(lambda area: area not in matched),
        shared_nace=_shared([code for area in ours for code in area.nace], [c for area in theirs for c in area.nace]),
    )


def _shared(some: Any, others: Any) -> tuple[str, ...]:
    """The codes that both cover: of "C30.3" and "C30" the narrower, and none that lies within another of them."""
    pairs = (sorted((one, other), key=len) for one in set(some) for other in set(others))
    found: list[str] = []
    for code in sorted({narrower for wider, narrower in pairs if narrower.startswith(wider)}):
        if not found or not code.startswith(found[-1]):
            found.append(code)
    return tuple(found)
