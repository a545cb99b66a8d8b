"""Mermaid: the tree of strategies and the neighbourhood of an entity, as text that Jupyter and GitHub draw.

What belongs to either picture is told by `branches` and `around`; plotly's pictures ask them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..domain import collection_name
from ..domain.actors import InnovationPole
from ..domain.entity import Citation, Entity, Source
from ..domain.strategy import Alignment, InnovationArea, PriorityField, Strategy
from ..errors import InvalidValueError
from ..text import clean, shown

if TYPE_CHECKING:
    from ..catalogue.catalogue import Catalogue

# Mermaid itself refuses texts of more than 50,000 characters and charts of more than 500 edges.
_MOST_CHARACTERS, _MOST_EDGES, _MOST_NODES = 45_000, 450, 200
# What might mean something to Mermaid, Markdown or HTML: anything odd, and how a list would begin.
_ODD = re.compile(r"^[\W\d]|[^\w ,.'()/–—’?!-]|_")
_SHAPES = {Strategy: '(["{}"])', InnovationArea: '("{}")', InnovationPole: '{{{{"{}"}}}}'}
_TOO_MUCH = "This is not all, one chart holds no more"


def strategy_tree(catalogue: Catalogue, strategy: Strategy | None = None) -> str:
    """Strategies, their priority fields, areas and poles as a Mermaid flowchart; of one strategy, or of all.

    Areas without a field hang under the source's own word for them. What exceeds the size that Mermaid draws is
    left out, and the chart says so. Raises `UnknownEntityError` for a strategy that the catalogue does not hold.

    >>> import smartspec
    >>> from smartspec.display.terminal.mermaid import strategy_tree
    >>> s3 = smartspec.load()
    >>> print("\\n".join(strategy_tree(s3, s3.strategies["piedmont-s3-2014-2020"]).splitlines()[:4]))
    flowchart LR
        strategies_piedmont_s3_2014_2020(["Smart Specialisation Strategy of Piedmont 2014-2020"])
        priority_fields_productive_system["Innovation of productive system"]
        strategies_piedmont_s3_2014_2020 --> priority_fields_productive_system
    """
    lines = (line for path in branches(catalogue, strategy) for line in _branch(path))
    return _chart(lines, "The catalogue holds no strategies")


def _branch(path: tuple[Any, ...]) -> Iterator[str]:
    nodes = [_identifier(f"group_{path[0].id}--{node}") if isinstance(node, str) else _node(node) for node in path[:3]]
    if len(path) == 4:  # A pole of several areas stands beside each: arrows that cross are hard to follow.
        nodes.append(_identifier(f"{collection_name(InnovationPole)}_{path[3].id}--{path[2].id}"))
    yield _box(nodes[-1], path[-1])
    if len(nodes) > 1:
        yield f"{nodes[-2]} --> {nodes[-1]}"


def neighbourhood(catalogue: Catalogue, entity: Entity, distance: int = 1) -> str:
    """All that is linked to an entity, up to a distance, as a Mermaid flowchart; arrows bear the relation's name.

    An alignment is an arrow between its areas. Documents connect nothing, as in `Catalogue.path`. What exceeds the
    size that Mermaid draws is left out, and the chart says so. Raises `UnknownEntityError` for an entity that the
    catalogue does not hold and `InvalidValueError` for a negative distance.

    >>> import smartspec
    >>> from smartspec.display.terminal.mermaid import neighbourhood
    >>> s3 = smartspec.load()
    >>> print("\\n".join(neighbourhood(s3, s3.organisations["consorzio-proplast"]).splitlines()[:4]))
    flowchart LR
        organisations_consorzio_proplast["Consorzio Proplast"]
        regions_alessandria["Alessandria"]
        organisations_consorzio_proplast -->|region| regions_alessandria
    """
    found = around(catalogue, entity, distance, _MOST_NODES)
    order = {member: number for number, member in enumerate(member for ring in found.rings for member in ring)}
    arrows: dict[Entity, list[Tie]] = {member: [] for member in order}
    for tie in found.ties:
        arrows[max(tie.start, tie.end, key=order.__getitem__)].append(tie)
    lines = (
        line
        for member, ties in arrows.items()
        for line in (
            _box(_node(member), member),
            *(f"{_node(tie.start)} -->|{', '.join(tie.relations).replace('_', ' ')}| {_node(tie.end)}" for tie in ties),
        )
    )
    return _chart(lines, "", found.more)


def _chart(lines: Iterable[str], nothing: str, more: bool = False) -> str:
    """The chart of lines in which each arrow follows the boxes that it ties, so that it may end anywhere."""
    kept: dict[str, None] = {}
    size = edges = 0
    for line in lines:
        if line not in kept:
            size += len(line) + 5
            edges += " -->" in line
            if size > _MOST_CHARACTERS or edges > _MOST_EDGES or len(kept) - edges > _MOST_NODES:
                more = True
                break
            kept[line] = None
    notes = [f'nothing["{nothing}"]'] * (not kept) + [f'more["{_TOO_MUCH}"]'] * more
    return "\n    ".join(["flowchart LR", *kept, *notes])


def _box(node: str, entity: Any) -> str:
    name = entity[:1].upper() + entity[1:] if isinstance(entity, str) else entity.name
    safe = _ODD.sub(lambda match: f"#{ord(match[0])};", clean(clean(name, 100), 100))
    return node + _SHAPES.get(type(entity), '["{}"]').format(safe)


def _node(entity: Entity) -> str:
    return _identifier(f"{collection_name(type(entity))}_{entity.id}")


def _identifier(text: str) -> str:
    """An identifier for Mermaid, the same for the same text, whatever else the chart holds."""
    plain = re.sub("[^a-z0-9]", "_", text[:100])
    if len(text) <= 100 and re.fullmatch("[a-z0-9 _-]*", text):
        return plain
    from hashlib import blake2b  # Only odd texts need it.

    return f"{plain}_{blake2b(text.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def branches(catalogue: Catalogue, strategy: Strategy | None = None) -> Iterator[tuple[Any, ...]]:
    """The tree of strategies, fields, areas and poles: the path to each node, parents before children.

    In the place of a field, areas without one have the source's word for them.

    >>> import smartspec
    >>> from smartspec.display.terminal.mermaid import branches
    >>> s3 = smartspec.load()
    >>> [len(path) for path in branches(s3, s3.strategies["torino-smart-city"])]
    [1]
    """
    if strategy is not None:
        if not isinstance(strategy, Strategy):
            raise TypeError(f"a tree is that of a Strategy, not of {shown(strategy)}")
        catalogue.links(strategy)  # Raises an error unless the catalogue holds it.
    for root in catalogue.strategies if strategy is None else (strategy,):
        yield (root,)
        groups: dict[PriorityField | str, list[InnovationArea]] = {
            field: [] for field in catalogue.priority_fields.of(root)
        }
        for area in catalogue.innovation_areas.of(root):
            groups.setdefault(area.priority_field or area.designation, []).append(area)
        for group, areas in groups.items():
            yield root, group
            for area in areas:
                yield root, group, area
                yield from ((root, group, area, pole) for pole in catalogue.innovation_poles.of(area))


class Tie(NamedTuple):
    """Two entities that are linked, the names of the relations as seen from the first, and who says so."""

    start: Entity
    end: Entity
    relations: tuple[str, ...]
    citations: tuple[Citation, ...]


class Surroundings(NamedTuple):
    """The entities at distance 0, 1, 2 … of one, the ties between them, and whether some are left out."""

    rings: tuple[tuple[Entity, ...], ...]
    ties: tuple[Tie, ...]
    more: bool


def around(catalogue: Catalogue, entity: Entity, distance: int, most: int, alike: int | None = None) -> Surroundings:
    """What is linked to an entity up to a distance, nearest first, and at most so many entities.

    With ``alike``, an entity brings in at most so many of one class by one relation, and those at one distance have
    equal shares of what may still come: hubs would hide the rest. An alignment is a tie between its areas, unless it
    is itself the centre. Sources are left out, unless one is the centre.

    >>> import smartspec
    >>> from smartspec.display.terminal.mermaid import around
    >>> s3 = smartspec.load()
    >>> [len(ring) for ring in around(s3, s3.organisations["environment-park"], 1, 100).rings]
    [1, 5]
    """
    if type(distance) is not int:
        raise TypeError(f"a distance is an int, not {shown(distance)}")
    if distance < 0:
        raise InvalidValueError("distance", f"{distance} is negative", "1 shows what is linked directly")
    catalogue.links(entity)  # Raises an error unless the catalogue holds it.
    rings: list[list[Entity]] = [[entity]]
    reached = {entity}
    found: dict[tuple[Entity, Entity], dict[str, tuple[Citation, ...]]] = {}
    more = False
    for _ in range(distance):
        ring: list[Entity] = []
        share = most - len(reached) if alike is None else (most - len(reached)) // len(rings[-1])
        for member in rings[-1]:
            free = min(share, most - len(reached))
            counts: dict[tuple[str, bool, type[Entity]], int] = {}
            for start, relation, end, citations in _ties(catalogue, member, entity):
                other = end if start == member else start
                if other not in reached:
                    kind = relation, start == member, type(other)
                    counts[kind] = counts.get(kind, 0) + 1
                    if not free or (alike is not None and counts[kind] > alike):
                        more = True
                        continue
                    free -= 1
                    reached.add(other)
                    ring.append(other)
                found.setdefault((start, end), {})[relation] = citations
        if not ring:
            break
        rings.append(ring)
    ties = [
        Tie(start, end, tuple(relations), tuple(dict.fromkeys(c for some in relations.values() for c in some)))
        for (start, end), relations in found.items()
    ]
    return Surroundings(tuple(map(tuple, rings)), tuple(ties), more)


def _ties(
    catalogue: Catalogue, member: Entity, centre: Entity
) -> Iterator[tuple[Entity, str, Entity, tuple[Citation, ...]]]:
    for link in catalogue.links(member):
        relation, other = link
        if isinstance(other, Alignment) and isinstance(member, InnovationArea) and other != centre:
            yield other.area, other.relation.value, other.match, other.citations
        elif not isinstance(other, Source) or other == centre:
            if relation.endswith(" of"):
                relation = relation[: -len(" of")]
                yield other, relation, member, other.cite(relation)
            else:
                yield member, relation, other, member.cite(relation)
