"""The domain: what a record is, and the classes of records, in files that stand in the order in which they refer.

Nothing here knows of catalogues, files or pictures.
"""

from __future__ import annotations

from .actors import Initiative, InnovationPole, Organisation
from .entity import Entity, Source
from .findings import Indicator, Observation
from .strategy import Alignment, InnovationArea, PriorityField, StrategicObjective, Strategy
from .territory import Region
from .themes import Theme

__all__ = ["COLLECTIONS", "address", "collection_name"]


def collection_name(cls: type[Entity]) -> str:
    """The name of the collection that holds entities of a class: the rule that links code and data.

    >>> from smartspec import InnovationPole, Strategy
    >>> from smartspec.domain import collection_name
    >>> collection_name(InnovationPole), collection_name(Strategy)
    ('innovation_poles', 'strategies')
    """
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)[1:]
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def address(entity: Entity) -> str:
    """What names an entity among all of a catalogue: its collection and its id.

    >>> import smartspec
    >>> from smartspec.domain import address
    >>> address(smartspec.load().regions["piedmont"])
    'regions/piedmont'
    """
    return f"{collection_name(type(entity))}/{entity.id}"


COLLECTIONS: dict[str, type[Entity]] = {
    collection_name(cls): cls
    for cls in (
        Source,
        Region,
        Theme,
        Strategy,
        PriorityField,
        InnovationArea,
        StrategicObjective,
        Organisation,
        Initiative,
        InnovationPole,
        Indicator,
        Observation,
        Alignment,
    )
}
"""The entity classes by the name of their collection, in the order in which they refer to each other."""
