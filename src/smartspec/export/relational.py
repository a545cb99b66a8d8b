"""Relational: a catalogue as tables of single values that refer to each other by keys, for files that hold tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from ..catalogue.catalogue import Catalogue
from ..domain import COLLECTIONS, collection_name
from ..domain.declaration import Fact, FieldRole, fact, facts, summary
from ..domain.entity import DatasetInfo, Entity
from ..domain.record import is_value
from ..domain.rules import ORDINAL, Rule
from ..domain.table import plain
from .origin import checked_catalogue, dataset_numbers

DATASETS, ENTITIES = "datasets", "entities"
(ID,) = (told.name for told in facts(Entity).values() if told.role is FieldRole.ID)


def _column(name: str, cls: type, doc: str, rule: Rule | None = None) -> Fact:
    return Fact(name, cls, attrs.NOTHING, fact(doc, rule=rule))


_NUMBER = _column("number", int, "Its place among the datasets, each after the one on which it stands.", ORDINAL)
DATASET = _column("dataset", int, "The number of the dataset that it comes from.", ORDINAL)


class Reference(NamedTuple):
    """Columns whose values are the key of a row in a table."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


class Relation(NamedTuple):
    """A table: what it holds, its columns, those that tell its rows apart, where they refer to, and the rows."""

    name: str
    doc: str
    columns: tuple[Fact, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: list[tuple[Any, ...]]


class _Owner(NamedTuple):
    """To what the values of a list belong: the columns that say so, and where these refer to."""

    columns: tuple[Fact, ...]
    table: str
    key: tuple[str, ...]


_Rows = Sequence[tuple[tuple[Any, ...], Mapping[str, Any]]]
"""Records with their keys; names are in the language that is wanted."""


def relations(catalogue: Catalogue, language: str | None = None, *, lists_apart: bool = False) -> list[Relation]:
    """The tables of a catalogue, each after those to which it refers, unless that is itself.

    One for each collection, which is named like it; one for each list of values such as citations; the datasets that
    make up the catalogue; and the entities of all collections, so that what all of them have can refer to them. A list
    of references, codes or texts is a cell, or ``lists_apart`` in a table too. Values are those of `to_dicts`.
    Raises `TypeError` for what is no catalogue.

    >>> import smartspec
    >>> from smartspec.export.relational import relations
    >>> tables = {table.name: table for table in relations(smartspec.load(), lists_apart=True)}
    >>> carried = tables["innovation_pole_areas"]
    >>> [column.name for column in carried.columns], carried.rows[0]
    (['innovation_pole', 'position', 'area'], ('ict', 1, 'ict-industry'))
    """
    build = _Build(lists_apart)
    build.datasets(checked_catalogue(catalogue).datasets)
    numbers = dataset_numbers(catalogue)
    everything: _Rows = [
        ((name, entity.id), dict(zip(facts(type(entity)), entity._row(language))))
        for name, collection in catalogue.collections.items()
        for entity in collection
    ]
    build.entities(everything, facts(Entity).values())
    for name, cls in COLLECTIONS.items():
        build.collection(name, cls, [record for record in everything if record[0][0] == name], numbers[name])
    build.common(everything)
    return build.tables


def dataset_rows(datasets: Iterable[DatasetInfo]) -> tuple[tuple[Fact, ...], list[tuple[Any, ...]]]:
    """What datasets say of themselves, with the number of each."""
    columns = (_NUMBER, *_flat(facts(DatasetInfo).values()))
    return columns, [
        (number, *_values(facts(DatasetInfo).values(), attrs.asdict(info, recurse=False)))
        for number, info in enumerate(datasets, 1)
    ]


def singular(name: str) -> str:
    """The name of one of what a name names many of.

    >>> from smartspec.export.relational import singular
    >>> [singular(name) for name in ("strategies", "innovation_poles", "aliases", "nace")]
    ['strategy', 'innovation_pole', 'alias', 'nace']
    """
    for ending, one in (("ies", "y"), ("ses", "s"), ("s", "")):
        if name.endswith(ending):
            return name.removesuffix(ending) + one
    return name


class _Build:
    """The tables as they come to be."""

    def __init__(self, lists_apart: bool) -> None:
        self.tables: list[Relation] = []
        self._lists_apart = lists_apart

    def datasets(self, datasets: Iterable[DatasetInfo]) -> None:
        columns, rows = dataset_rows(datasets)
        self._add(DATASETS, summary(DatasetInfo), columns, (_NUMBER.name,), (), rows)

    def entities(self, everything: _Rows, common: Iterable[Fact]) -> None:
        names = [told for told in common if told.role in (FieldRole.ID, FieldRole.NAME) and not told.optional]
        collection = _column("collection", str, "The collection, and so the table, that holds it.")
        rows = [(key[0], *(values[told.name] for told in names)) for key, values in everything]
        doc = "The entities of all collections: the names of all that the catalogue holds."
        self._add(ENTITIES, doc, (collection, *names), (collection.name, ID), (), rows)

    def collection(self, name: str, cls: type[Entity], own: _Rows, numbers: Sequence[int]) -> None:
        declared = facts(cls)
        common = {told.name for told in self._apart(facts(Entity).values())}
        cells = [told for told in declared.values() if told not in self._apart(declared.values())]
        columns = (*_flat(cells), DATASET)
        dataset = Reference((DATASET.name,), DATASETS, (_NUMBER.name,))
        rows = [(*_values(cells, values), number) for (_, values), number in zip(own, numbers)]
        self._add(name, summary(cls), columns, (ID,), (dataset,), rows)
        owner = _Owner((Fact(singular(name), cls, attrs.NOTHING, fact("Whose it is.")),), name, (ID,))
        rest = {told.name: told for told in declared.values() if told.name not in common}
        self._lists(owner, rest.values(), [((key[1],), values) for key, values in own], f"{singular(name)}_")

    def common(self, everything: _Rows) -> None:
        key = (
            _column("collection", str, "The collection of the entity."),
            _column("entity", str, "The id of the entity in it."),
        )
        owner = _Owner(key, ENTITIES, (key[0].name, ID))
        self._lists(owner, facts(Entity).values(), everything, "")

    def _lists(self, owner: _Owner, declared: Iterable[Fact], records: _Rows, prefix: str) -> None:
        """The tables of the lists that records hold."""
        for told in self._apart(declared):
            name = prefix + told.name
            place = _column("position", int, "Its place in the list, from 1 on.", ORDINAL)
            items = [
                ((*key, number), item) for key, values in records for number, item in enumerate(values[told.name], 1)
            ]
            key = (*(column.name for column in owner.columns), place.name)
            refers = Reference(key[:-1], owner.table, owner.key)
            if not is_value(told.cls):
                one = Fact(singular(told.name), told.cls, attrs.NOTHING, _metadata(told))
                rows = [(*own, plain(item)) for own, item in items]
                self._add(name, told.doc, (*owner.columns, place, one), key, (refers,), rows)
                continue
            inner = facts(told.cls)
            cells = [part for part in inner.values() if part not in self._apart(inner.values())]
            held: _Rows = [(own, {part: getattr(item, part) for part in inner}) for own, item in items]
            rows = [(*own, *_values(cells, values)) for own, values in held]
            self._add(name, told.doc, (*owner.columns, place, *_flat(cells)), key, (refers,), rows)
            number = _column(singular(told.name), int, f"Its place among the {told.name} of that.", ORDINAL)
            self._lists(
                _Owner((*owner.columns, number), name, key), inner.values(), held, f"{prefix}{singular(told.name)}_"
            )

    def _apart(self, declared: Iterable[Fact]) -> list[Fact]:
        return [told for told in declared if told.many and (self._lists_apart or is_value(told.cls))]

    def _add(
        self,
        name: str,
        doc: str,
        columns: tuple[Fact, ...],
        key: tuple[str, ...],
        references: tuple[Reference, ...],
        rows: list[tuple[Any, ...]],
    ) -> None:
        single = (
            Reference((column.name,), collection_name(column.cls), (ID,))
            for column in columns
            if issubclass(column.cls, Entity) and not column.many
        )
        every = tuple(dict.fromkeys((*references, *single)))
        self.tables.append(Relation(name, doc, columns, key, every, rows))


def _metadata(told: Fact) -> dict[str, Any]:
    return fact(told.doc, rule=told.rule, unit=told.unit, role=told.role)


def _flat(declared: Iterable[Fact]) -> Iterator[Fact]:
    """The columns of fields: a single value that has fields of its own gives a column for each of them."""
    for told in declared:
        if not is_value(told.cls):
            yield told
            continue
        for part in facts(told.cls).values():
            hint = part.cls | None if told.optional or part.optional else part.cls
            yield Fact(f"{told.name}_{part.name}", hint, part.default, _metadata(part))


def _values(declared: Iterable[Fact], values: Mapping[str, Any]) -> Iterator[Any]:
    """What stands in the columns that `_flat` tells."""
    for told in declared:
        value = values[told.name]
        if is_value(told.cls):
            yield from (None if value is None else plain(getattr(value, part)) for part in facts(told.cls))
        else:
            yield plain(value)
