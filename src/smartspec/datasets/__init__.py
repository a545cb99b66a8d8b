"""Datasets: directories of JSON read, checked, converted and written; and the packaged ones, a folder each.

A dataset is a directory with a file that describes it and a JSON array for each collection. Nothing here relates or
draws.
"""

from __future__ import annotations

from ..domain import COLLECTIONS
from ..domain.entity import Entity

INFO_FILE = "dataset.json"
FILES: dict[type[Entity], str] = {cls: f"{name.replace('_', '-')}.json" for name, cls in COLLECTIONS.items()}
"""The file of each class's collection: the rule that links code and data."""
