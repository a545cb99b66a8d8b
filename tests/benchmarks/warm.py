"""Warm calls, smartspec and its peers by turns in one process: prints the seconds of each in every round, as JSON.

python warm.py ROUNDS
"""

import json
import sys
import timeit
from typing import Any

import pycountry
from particle import Particle

import smartspec

S3 = smartspec.load()
EU = smartspec.load_europe()
AREA = EU.innovation_areas["aerospace-2021"]
POLE = S3.innovation_poles["mechatronics"]
PIEDMONT = S3.regions["piedmont"]
ITALY = S3.regions["italy"]
CALLS: dict[str, Any] = {
    "collection[id]": lambda: S3.innovation_poles["mechatronics"],
    "pycountry get": lambda: pycountry.countries.get(alpha_2="IT"),
    "lookup": lambda: S3.regions.lookup("Piemonte"),
    "pycountry lookup": lambda: pycountry.countries.lookup("Italy"),
    "particle from_pdgid": lambda: Particle.from_pdgid(211),
    "where": lambda: S3.innovation_areas.where(designation="industry"),
    "at": lambda: S3.innovation_poles.at(2026),
    "of": lambda: S3.innovation_poles.of(PIEDMONT),
    "links": lambda: S3.links(POLE),
    "path": lambda: S3.path(POLE, ITALY),
    "search": lambda: S3.search("hydrogen buildings"),
    "search misspelt": lambda: S3.search("mecatronics"),
    "search Europe": lambda: EU.search("hydrogen buildings"),
    "partners": lambda: EU.partners(PIEDMONT),
    "counterparts": lambda: EU.counterparts(AREA),
    "pycountry search": lambda: pycountry.countries.search_fuzzy("Ital"),
}


def main() -> None:
    timers = {name: timeit.Timer(call) for name, call in CALLS.items()}
    for timer in timers.values():
        timer.timeit(1)  # Indexes are built by the first call.
    # As often as fills some milliseconds.
    numbers = {name: 1 + int(0.004 / min(timer.repeat(3, 1))) for name, timer in timers.items()}
    rounds = [
        {name: timer.timeit(numbers[name]) / numbers[name] for name, timer in timers.items()}
        for _ in range(int(sys.argv[1]))
    ]
    print(json.dumps(rounds))


if __name__ == "__main__":
    main()
