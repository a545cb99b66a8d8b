"""Mermaid: the tree of strategies and the neighbourhood of an entity, as text that Jupyter and GitHub draw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..catalogue.neighbourhood import around, branches
from ..domain import collection_name
from ..domain.actors import InnovationPole
from ..domain.entity import Entity
from ..domain.strategy import InnovationArea, Strategy
from ..text import clean

if TYPE_CHECKING:
    from ..catalogue.catalogue import Catalogue

# Mermaid itself refuses texts of more than 50,000 characters and charts of more than 500 edges.
_MOST_CHARACTERS, _MOST_EDGES, _MOST_NODES = 45_000, 450, 200
# What might mean something to Mermaid, Markdown or HTML: anything odd, and how a list would begin.
_ODD = re.compile(r"^[\W\d]|[^\w ,.'()/–—’?!-]|_")
_SHAPES = {Strategy: '(["{}"])', InnovationArea: '("{}")', InnovationPole: '{{{{"{}"}}}}'}
_OTHERS = "other_poles", "poles without any of these areas"
_TOO_MUCH = "This is not all, one chart holds no more"


def strategy_tree(catalogue: Catalogue, strategy: Strategy | None = None) -> str:
    """Strategies, their priority fields, areas and poles as a Mermaid flowchart; of one strategy, or of all.

    Areas without a field hang under the source's own word for them, and the poles without any of these areas under a
    box of their own. What exceeds the size that Mermaid draws is left out, and the chart says so. Raises
    `UnknownEntityError` for a strategy that the catalogue does not hold.

    >>> import smartspec
    >>> from smartspec.display.mermaid import strategy_tree
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
    nodes = [
        _node(node) if isinstance(node, Entity) else _identifier(f"group_{path[0].id}--{node}") if node else _OTHERS[0]
        for node in path[:3]
    ]
    if len(path) == 4:  # A pole of several areas stands beside each: arrows that cross are hard to follow.
        nodes.append(_identifier(f"{collection_name(InnovationPole)}_{path[3].id}--{path[2].id}"))
    yield _box(nodes[-1], path[-1] or _OTHERS[1])
    if len(nodes) > 1:
        yield f"{nodes[-2]} --> {nodes[-1]}"


def neighbourhood(catalogue: Catalogue, entity: Entity, distance: int = 1) -> str:
    """All that is linked to an entity, up to a distance, as a Mermaid flowchart; arrows bear the relation's name.

    An alignment is an arrow between its areas. Documents connect nothing, as in `Catalogue.path`. What exceeds the
    size that Mermaid draws is left out, and the chart says so. Raises `UnknownEntityError` for an entity that the
    catalogue does not hold and `InvalidValueError` for a negative distance.

    >>> import smartspec
    >>> from smartspec.display.mermaid import neighbourhood
    >>> s3 = smartspec.load()
    >>> print("\\n".join(neighbourhood(s3, s3.organisations["consorzio-proplast"]).splitlines()[:4]))
    flowchart LR
        organisations_consorzio_proplast["Consorzio Proplast"]
        regions_alessandria["Alessandria"]
        organisations_consorzio_proplast -->|region| regions_alessandria
    """
    found = around(catalogue, entity, distance, _MOST_NODES)
    order = {member: number for number, member in enumerate(member for ring in found.rings for member in ring)}
    arrows: dict[Entity, dict[tuple[Entity, Entity], list[str]]] = {member: {} for member in order}
    for link in found.links:
        pair = link.start, link.end
        arrows[max(pair, key=order.__getitem__)].setdefault(pair, []).append(link.relation.replace("_", " "))
    lines = (
        line
        for member, pairs in arrows.items()
        for line in (
            _box(_node(member), member),
            *(f"{_node(start)} -->|{', '.join(words)}| {_node(end)}" for (start, end), words in pairs.items()),
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
