"""Warm calls, smartspec and its peers side by side; run by run.py under pytest-benchmark."""

from __future__ import annotations

from typing import Any

import pycountry
from particle import Particle

import smartspec

S3 = smartspec.load()
POLE = S3.innovation_poles["mechatronics"]
PIEDMONT = S3.regions["piedmont"]
ITALY = S3.regions["italy"]
CALLS: dict[str, Any] = {
    "get_item": lambda: S3.innovation_poles["mechatronics"],
    "get": lambda: S3.innovation_poles.get("mechatronics"),
    "lookup": lambda: S3.regions.lookup("Piemonte"),
    "lookup_20_names": lambda: [S3.regions.lookup(region.name) for region in S3.regions],
    "where": lambda: S3.innovation_areas.where(designation="industry"),
    "at": lambda: S3.innovation_poles.at(2026),
    "of": lambda: S3.innovation_poles.of(PIEDMONT),
    "links": lambda: S3.links(POLE),
    "path": lambda: S3.path(POLE, ITALY),
    "search": lambda: S3.search("hydrogen buildings"),
    "search_misspelt": lambda: S3.search("mecatronics"),
    "pycountry_get": lambda: pycountry.countries.get(alpha_2="IT"),
    "pycountry_lookup": lambda: pycountry.countries.lookup("Italy"),
    "pycountry_search": lambda: pycountry.countries.search_fuzzy("Ital"),
    "particle_from_pdgid": lambda: Particle.from_pdgid(211),
}


def _test(call: Any) -> Any:
    def test(benchmark: Any) -> None:
        call()  # Indexes are built by the first call.
        benchmark(call)

    return test


globals().update({f"test_{name}": _test(call) for name, call in CALLS.items()})
