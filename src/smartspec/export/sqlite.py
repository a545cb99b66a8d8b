"""SQLite: a catalogue as one file of tables with keys that hold, and views of what people ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from enum import Enum

from ..catalogue.catalogue import Catalogue
from ..datasets.staging import staged_file
from ..domain.declaration import Fact
from ..domain.territory import RegionLevel
from .relational import Relation, relations

_TYPES = {bool: "INTEGER", int: "INTEGER", float: "REAL"}

# Views are questions, and so name the fields that they ask about; the tests run them.
_VIEWS = """
CREATE VIEW region_ancestors AS  -- Each territory with itself and all that hold it, and how many steps up they are.
WITH RECURSIVE up (region, ancestor, steps) AS (
    SELECT id, id, 0 FROM regions
    UNION ALL
    SELECT up.region, regions.parent, up.steps + 1
    FROM up JOIN regions ON regions.id = up.ancestor
    WHERE regions.parent IS NOT NULL
)
SELECT region, ancestor, steps FROM up;

CREATE VIEW areas_in_context AS  -- Each innovation area with its strategy, region, country, themes and activities.
SELECT
    area.id AS area,
    area.name AS area_name,
    strategy.id AS strategy,
    strategy.name AS strategy_name,
    strategy."start" AS "start",
    strategy."end" AS "end",
    region.id AS region,
    region.name AS region_name,
    region.nuts AS nuts,
    (
        SELECT country.name
        FROM region_ancestors AS up JOIN regions AS country ON country.id = up.ancestor
        WHERE up.region = region.id AND country.level = '{country}'
        ORDER BY up.steps LIMIT 1
    ) AS country_name,
    (
        SELECT group_concat(name, '; ')
        FROM (
            SELECT theme.name AS name
            FROM innovation_area_themes AS link JOIN themes AS theme ON theme.id = link.theme
            WHERE link.innovation_area = area.id
            ORDER BY link.position
        )
    ) AS theme_names,
    (
        SELECT group_concat(nace, '; ')
        FROM (SELECT nace FROM innovation_area_nace WHERE innovation_area = area.id ORDER BY position)
    ) AS nace
FROM innovation_areas AS area
JOIN strategies AS strategy ON strategy.id = area.strategy
JOIN regions AS region ON region.id = strategy.region;

CREATE VIEW poles_in_force AS  -- The innovation poles in force in {year}, with their region, managers and seat.
SELECT
    pole.id AS pole,
    pole.name AS pole_name,
    region.id AS region,
    region.name AS region_name,
    pole."start" AS "start",
    (
        SELECT group_concat(name, '; ')
        FROM (
            SELECT manager.name AS name
            FROM innovation_pole_managers AS link JOIN organisations AS manager ON manager.id = link.manager
            WHERE link.innovation_pole = pole.id
            ORDER BY link.position
        )
    ) AS manager_names,
    seat.name AS seat_name,
    pole.url AS url
FROM innovation_poles AS pole
JOIN regions AS region ON region.id = pole.region
LEFT JOIN organisations AS seat ON seat.id = pole.seat
WHERE CAST(substr(pole."start", 1, 4) AS INTEGER) <= {year}
    AND (pole."end" IS NULL OR CAST(substr(pole."end", 1, 4) AS INTEGER) >= {year});

CREATE VIEW citations_with_documents AS  -- Each citation with what it is of, what it backs, and its document.
SELECT
    citation.collection AS collection,
    citation.entity AS entity,
    entity.name AS entity_name,
    (
        SELECT group_concat(support, '; ')
        FROM (
            SELECT support
            FROM citation_supports AS link
            WHERE link.collection = citation.collection
                AND link.entity = citation.entity
                AND link.citation = citation.position
            ORDER BY link.position
        )
    ) AS supports,
    citation.passage AS passage,
    citation.basis AS basis,
    citation.note AS note,
    source.publisher AS publisher,
    source.title AS title,
    source.published AS published,
    source.url AS url
FROM citations AS citation
JOIN entities AS entity ON entity.collection = citation.collection AND entity.id = citation.entity
JOIN sources AS source ON source.id = citation.source;
"""


def to_sqlite(
    catalogue: Catalogue, file: str | os.PathLike[str], *, overwrite: bool = False, language: str | None = None
) -> None:
    """Write a catalogue as a SQLite database.

    A table for each collection, named like it; one for each list that entities hold, as ``innovation_pole_areas`` for
    the areas of innovation poles; ``aliases`` and ``citations`` for those of all. Keys, foreign keys and checks are
    declared and hold; indices make the joins fast; the schema says what each column means. Four views answer what is
    asked most: ``region_ancestors``, ``areas_in_context``, ``poles_in_force``, ``citations_with_documents``.
    Names are in a ``language`` as `Entity.label` gives them. A catalogue on a base is written with all that it stands
    on. Raises `SaveError` if the file cannot be written, or is there: to replace it, say ``overwrite``. Either way it
    is written whole, or what was there before is untouched.

    >>> import contextlib, os, smartspec, sqlite3, tempfile
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     file = os.path.join(beside, "s3.db")
    ...     smartspec.export.to_sqlite(smartspec.load(), file)
    ...     with contextlib.closing(sqlite3.connect(file)) as database:
    ...         database.execute("SELECT pole_name FROM poles_in_force WHERE seat_name IS NOT NULL").fetchall()
    [('AGRIFOOD',), ('BioPmed',)]
    """
    import sqlite3  # Deferred import: some builds of Python lack it.

    tables = relations(catalogue, language, lists_apart=True)
    with staged_file(file, overwrite) as stage:
        try:
            with closing(sqlite3.connect(stage, isolation_level=None)) as database:
                # Nobody sees the file before it is whole: no journal of changes is needed.
                database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")
                for table in tables:
                    database.execute(_create(table))
                    places = ", ".join("?" * len(table.columns))
                    database.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({places})", table.rows)
                    for statement in _indices(table):
                        database.execute(statement)
                database.execute("COMMIT")
                database.executescript(_VIEWS.format(year=catalogue.year, country=RegionLevel.COUNTRY.value))
                database.execute("ANALYZE")
        except sqlite3.OperationalError as error:  # The disk is full, say.
            raise OSError(str(error)) from error


def _create(table: Relation) -> str:
    """The statement that makes a table; SQLite keeps it as it stands, so it says what each column means."""
    lines = [(f"{_quoted(column.name)} {' '.join(_definition(column))}", column.meaning) for column in table.columns]
    lines.append((f"PRIMARY KEY ({_listed(table.key)})", ""))
    for columns, target, key in table.references:
        lines.append((f"FOREIGN KEY ({_listed(columns)}) REFERENCES {_quoted(target)} ({_listed(key)})", ""))
    last = len(lines) - 1
    body = "\n".join(
        f"    {text}{',' * (number < last)}{f'  -- {doc}' if doc else ''}" for number, (text, doc) in enumerate(lines)
    )
    # A key of several columns would else be kept twice, in the table and in an index.
    kept = " WITHOUT ROWID" * (len(table.key) > 1)
    return f"CREATE TABLE {_quoted(table.name)} (  -- {table.doc}\n{body}\n){kept}"


def _definition(column: Fact) -> Iterator[str]:
    name = _quoted(column.name)
    yield _TYPES.get(column.cls, "TEXT")
    if not column.optional:
        yield "NOT NULL"
    if issubclass(column.cls, Enum):
        values = ", ".join(_text(member.value) for member in column.cls)
        yield f"CHECK ({name} IN ({values}))"
    elif column.cls is bool:
        yield f"CHECK ({name} IN (0, 1))"
    elif column.rule is not None and column.rule.minimum is not None:
        yield f"CHECK ({name} BETWEEN {column.rule.minimum} AND {column.rule.maximum})"


def _indices(table: Relation) -> Iterator[str]:
    """Those by which references are followed backwards, where the key of the table does not do."""
    for columns, _, _ in table.references:
        if columns != table.key[: len(columns)]:
            name = _quoted("_".join(("index", table.name, *columns)))
            yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_listed(columns)})"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(value: str) -> str:
    escaped = value.replace("'", "''")
    return f"'{escaped}'"
