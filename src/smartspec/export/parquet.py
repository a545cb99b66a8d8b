"""Parquet: a file a collection, with the types of Arrow, for pandas, Polars, DuckDB, Spark and others."""

from __future__ import annotations

import json
import os
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..datasets.staging import staged_directory
from ..domain.table import Table
from ..errors import needs
from .arrow import arrow_rows
from .origin import checked_catalogue, dataset_numbers, licences
from .relational import DATASET, DATASETS, dataset_rows


def to_parquet(
    catalogue: Catalogue, directory: str | os.PathLike[str], *, overwrite: bool = False, language: str | None = None
) -> None:
    """Write a catalogue as Parquet files: one for each collection, named like it. Needs the extra `tables`.

    The columns are those of `to_polars`, with citations and other values inside, and ``dataset``: the number of the
    dataset that a record comes from, which ``datasets.parquet`` tells of. What a column means, and name, version and
    licences of the catalogue, stand in the metadata. A collection without entities has a file with all columns too.
    Names are in a ``language`` as `Entity.label` gives them. A catalogue on a base is written with all that it stands
    on. Raises `SaveError` if the directory cannot be written, or holds anything: to replace an earlier export, say
    ``overwrite``. Either way it is written whole, or what was there before is untouched.

    >>> import os, polars, smartspec, tempfile
    >>> with tempfile.TemporaryDirectory() as beside:
    ...     smartspec.export.to_parquet(smartspec.load(), os.path.join(beside, "s3"))
    ...     poles = polars.read_parquet(os.path.join(beside, "s3", "innovation_poles.parquet"))
    >>> poles.filter(polars.col("id") == "clever")["managers"].to_list()
    [['environment-park', 'consorzio-univer']]
    """
    with needs("tables"):
        import pyarrow.parquet as pq

    columns, rows = dataset_rows(checked_catalogue(catalogue).datasets)
    names = [column.name for column in columns]
    datasets = [dict(zip(names, row)) for row in rows]
    numbers = dataset_numbers(catalogue)
    metadata = {
        "name": catalogue.name,
        "version": catalogue.version,
        "licences": json.dumps(licences(catalogue), ensure_ascii=False),
        DATASETS: json.dumps(datasets, ensure_ascii=False),
    }
    tables = {
        name: arrow_rows({**collection._columns, DATASET.name: DATASET}, _rows(collection, numbers[name], language))
        for name, collection in catalogue.collections.items()
    }
    tables[DATASETS] = arrow_rows(dict(zip(names, columns)), datasets)
    with staged_directory(directory, {*map(_file, tables)}.__contains__, overwrite) as stage:
        for name, table in tables.items():
            pq.write_table(table.replace_schema_metadata(metadata), os.path.join(stage, _file(name)))


def _file(name: str) -> str:
    return f"{name}.parquet"


def _rows(collection: Table, numbers: list[int], language: str | None) -> list[dict[str, Any]]:
    return [{**row, DATASET.name: number} for row, number in zip(collection.to_dicts(language), numbers)]
