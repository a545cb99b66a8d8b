"""What is linked to an entity, and what is linked to that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..catalogue.neighbourhood import around
from ..catalogue.relations import Link
from ..catalogue.succession import inverse
from ..domain.actors import Initiative, InnovationPole, Organisation
from ..domain.entity import Entity
from ..domain.strategy import InnovationArea, MatchRelation, PriorityField, StrategicObjective, Strategy
from .layout import (
    EDGE,
    GAP,
    RELATIONS,
    WIDTH,
    Box,
    Colour,
    Curve,
    figure,
    hover,
    kind,
    lines,
    plotly,
    sources,
    tall,
    tint,
    wrapped,
)

_MOST, _MOST_ALIKE = 50, 6  # What one can take in.
_FILLS = {
    Strategy: Colour.BLUE,
    PriorityField: Colour.SKY,
    InnovationArea: Colour.ORANGE,
    InnovationPole: Colour.GREEN,
    StrategicObjective: Colour.PURPLE,
    Organisation: Colour.VERMILION,
    Initiative: Colour.YELLOW,
}


def network(catalogue: Catalogue, entity: Entity, distance: int = 2) -> Any:
    """All that is linked to an entity, up to a distance: a column for each step away from it.

    Each box says how it is linked to the one before it, in the words of `Catalogue.links`; "region of" is said by a
    region of what refers to it. An alignment is a line between its areas; documents connect nothing, as in
    `Catalogue.path`. Raises `UnknownEntityError` for an entity that the catalogue does not hold, `InvalidValueError`
    for a negative distance.

    >>> import smartspec, smartspec.plot
    >>> s3 = smartspec.load()
    >>> figure = smartspec.plot.network(s3, s3.innovation_poles["mesap"], distance=1)
    >>> [box.text for box in figure.layout.annotations][:2]
    ['<b>MESAP</b>', '<i>region</i><br>Torino']
    """
    go = plotly(catalogue)
    found = around(catalogue, entity, distance, _MOST, _MOST_ALIKE)
    ring = {member: number for number, members in enumerate(found.rings) for member in members}
    pairs: dict[tuple[Entity, Entity], list[Link]] = {}
    for link in found.links:
        pairs.setdefault((link.start, link.end), []).append(link)
    before: dict[Entity, tuple[Entity, list[Link]]] = {}
    for pair, links in pairs.items():  # The first pair inwards is that by which an entity was reached.
        near, far = sorted(pair, key=ring.__getitem__)
        if ring[near] < ring[far]:
            before.setdefault(far, (near, links))
    columns = len(found.rings)
    size = min(max((WIDTH - 2 * EDGE - 60 * (columns - 1)) // columns, 160), 240)
    stride = size + min(max((WIDTH - 2 * EDGE - size * columns) // max(columns - 1, 1), 60), 130)
    labels = {member: _step(member, size - 15, *before.get(member, ())) for member in ring}
    # Each entity takes the height of all that was reached by it, so that no two lines of the tree cross.
    spans = dict.fromkeys(ring, 0)
    for member in reversed(ring):
        spans[member] = max(spans[member], tall(labels[member]) + GAP)
        if member in before:
            spans[before[member][0]] += spans[member]
    free, boxes = {entity: 0}, {}
    for member, number in ring.items():
        if member in before:
            near = before[member][0]
            free[member] = free[near]
            free[near] += spans[member]
        height = tall(labels[member])
        top = free[member] + (spans[member] - height) / 2
        fill = tint(_FILLS.get(type(member), Colour.GREY), 0.3)
        boxes[member] = Box(number * stride, top, size, height, labels[member], hover(member, kind(member)), fill)
    tree = {(links[0].start, links[0].end) for _, links in before.values()}
    curves: dict[bool, list[Curve]] = {False: [], True: []}
    for pair, links in pairs.items():
        one, other = sorted((boxes[end] for end in pair), key=lambda box: box.x)
        curves[pair in tree].append(Curve(one, other, _told(links)))
    steps = "Left to right: what is linked to it, and what is linked to that. Dotted: further links"
    some = f". Not all: at most {_MOST_ALIKE} of a kind, and {_MOST} in all"
    return figure(
        catalogue,
        f"What is linked to {wrapped(entity.name, 10_000, 60)[0]}",
        steps + some * found.more,
        spans[entity],
        [
            lines(go, curves[within], name, colour, dash)
            for within, name, colour, dash in (
                (False, "further links", "#aaaaaa", "dot"),
                (True, "links", Colour.GREY, "solid"),
            )
            if curves[within]
        ],
        list(boxes.values()),
        width=max(WIDTH, 2 * EDGE + (columns - 1) * stride + size),
        showlegend=False,
    )


def _step(member: Entity, pixels: float, near: Entity | None = None, links: Sequence[Link] = ()) -> list[str]:
    """What a box says: how one came there, and to what."""
    if near is None:
        return wrapped(member.name, pixels, tag="b")
    said, what = ", ".join(_said(link, near) for link in links), kind(member).lower()
    if isinstance(member, InnovationArea) and member.strategy != near:
        what += f" of {member.strategy.name}"
    way = said if what in said else f"{said} · {what}"
    return [*wrapped(way, pixels, tag="i"), *wrapped(member.name, pixels)]


def _said(link: Link, near: Entity) -> str:
    """The relation of a link as seen from one of its ends."""
    if isinstance(link.start, InnovationArea) and isinstance(link.end, InnovationArea):
        relation = MatchRelation(link.relation)
        return RELATIONS[relation if near == link.start else inverse(relation)].word
    return link.relation.replace("_", " ") + " of" * (near != link.start)


def _told(links: Sequence[Link]) -> str:
    """What a reader sees who points at the line between two entities."""
    relations = ", ".join(link.relation for link in links).replace("_", " ")
    citations = tuple(dict.fromkeys(citation for link in links for citation in link.citations))
    said = wrapped(f"{links[0].start.name} → {relations} → {links[0].end.name}", 500, 250)
    return "<br>".join([*said, *sources(citations)])
