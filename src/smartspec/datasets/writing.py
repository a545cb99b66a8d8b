"""Writing: a catalogue's own records as the files of a dataset, all or none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ..catalogue.catalogue import Catalogue
from ..domain import COLLECTIONS
from . import FILES, INFO_FILE
from .converting import to_dict
from .staging import staged_directory


def save(catalogue: Catalogue, directory: str | os.PathLike[str], overwrite: bool = True) -> None:
    """Write a catalogue without its base: see `Catalogue.save`. A dataset is replaced only to ``overwrite`` it."""
    records = {}
    for name, cls in COLLECTIONS.items():
        below = catalogue.base.collections[name] if catalogue.base else ()
        own = [entity for entity in catalogue.collections[name] if entity.id not in below]
        if own:
            records[FILES[cls]] = map(to_dict, own)
    _write(directory, to_dict(catalogue.info), records, overwrite)


def _write(
    directory: str | os.PathLike[str],
    info: Mapping[str, Any],
    records: Mapping[str, Iterable[Any]],
    overwrite: bool = True,
) -> None:
    """Write a dataset: what it says of itself, and for each file its records."""
    with staged_directory(directory, {INFO_FILE, *FILES.values()}.__contains__, overwrite) as stage:
        _write_json(stage, INFO_FILE, [json.dumps(info, ensure_ascii=False, indent=2)], "", "")
        for file, members in records.items():
            lines = (json.dumps(member, ensure_ascii=False, indent=2) for member in members)
            _write_json(stage, file, (line.replace("\n", "\n  ") for line in lines), "[\n  ", "\n]")


def _write_json(stage: str, file: str, members: Iterable[str], before: str, after: str) -> None:
    # JSON escapes line breaks in texts, so every line break here is one of the layout.
    with open(os.path.join(stage, file), "w", encoding="utf-8", newline="\n") as stream:
        stream.write(before)
        for number, member in enumerate(members):
            stream.write(",\n  " * (number > 0) + member)
        stream.write(after + "\n")
