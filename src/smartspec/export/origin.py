"""Origin: from which dataset each record of a catalogue comes, and what can be said of all of them."""

from __future__ import annotations

from ..catalogue.catalogue import Catalogue
from ..domain import COLLECTIONS
from ..domain.table import Table
from ..text import shown


def checked_catalogue(catalogue: object) -> Catalogue:
    """The catalogue itself; `TypeError` for anything else.

    >>> import smartspec
    >>> from smartspec.export.origin import checked_catalogue
    >>> checked_catalogue(smartspec.load().regions)
    Traceback (most recent call last):
        ...
    TypeError: what is exported is a catalogue, not <Collection>: to_xlsx() takes tables, to_pandas() makes one
    """
    if not isinstance(catalogue, Catalogue):
        advice = ": to_xlsx() takes tables, to_pandas() makes one" if isinstance(catalogue, Table) else ""
        raise TypeError(f"what is exported is a catalogue, not {shown(catalogue)}{advice}")
    return catalogue


def licences(catalogue: Catalogue) -> list[str]:
    """The licences under which the records of a catalogue stand; none if one of its datasets does not state any.

    >>> import smartspec
    >>> from smartspec.export.origin import licences
    >>> licences(smartspec.load_europe())
    ['CC-BY-4.0']
    """
    stated = [info.licence for info in catalogue.datasets]
    return [*dict.fromkeys(stated)] if all(stated) else []


def checked(catalogue: Catalogue) -> str:
    """The day until which the facts of a catalogue were checked: the last that one of its datasets states, if any.

    >>> import smartspec
    >>> from smartspec.export.origin import checked
    >>> checked(smartspec.load_europe()) >= checked(smartspec.load())
    True
    """
    return max((info.checked for info in catalogue.datasets if info.checked), default="")


def dataset_numbers(catalogue: Catalogue) -> dict[str, list[int]]:
    """For each entity of each collection the number of its dataset, in the order of `Catalogue.datasets` from 1 on.

    >>> import smartspec
    >>> from smartspec.export.origin import dataset_numbers
    >>> {*dataset_numbers(smartspec.load_europe())["regions"]}
    {1, 2}
    """
    layers = [catalogue]
    while layers[-1].base is not None:
        layers.append(layers[-1].base)
    layers.reverse()
    found = {}
    for name in COLLECTIONS:
        number: dict[str, int] = {}
        for depth, layer in enumerate(layers, 1):
            for entity in layer.collections[name]:
                number.setdefault(entity.id, depth)
        found[name] = [number[entity.id] for entity in catalogue.collections[name]]
    return found
