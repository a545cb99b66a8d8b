"""Measure smartspec beside what a user would pick instead, and write the table into docs/explanation/performance.md.

    python -m pip install ".[bench]" && python tests/benchmarks/run.py [--quick]

Everything is measured in this one run, on this one machine. Whole processes are run in interleaved rounds; warm calls
are left to pytest-benchmark; bulk loads run in a process each, which reports its peak memory.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

HERE = pathlib.Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "performance.md"
LAST = HERE / "last.json"
PACKAGES = (
    "smartspec",
    "attrs",
    "cattrs",
    "importlib-resources",
    "particle",
    "pycountry",
    "langcodes",
    "pydantic",
    "msgspec",
)

PROCESSES = {
    "nothing": "pass",
    "attrs": "import attrs",
    "smartspec": "import smartspec",
    "smartspec classes": "import smartspec; smartspec.Region",
    "dependencies": "import attrs, cattrs, importlib_resources, json",
    "smartspec first lookup": "import smartspec; smartspec.load().regions.lookup('Piemonte')",
    "particle first lookup": "from particle import Particle; Particle.from_pdgid(211)",
    "pycountry first lookup": "import pycountry; pycountry.countries.lookup('Italy')",
    "langcodes first lookup": "import langcodes; langcodes.Language.get('it').to_tag()",
}
# Row, what is measured, what it is measured against, and the budget for the ratio (None: an ambition or no budget).
RATIOS = [
    ("`import smartspec` / `import attrs`", "smartspec", "attrs", 1.35),
    ("the same with the classes (`smartspec.Region`) / `import attrs`", "smartspec classes", "attrs", None),
    ("import + `load()` + first lookup / import of the dependencies", "smartspec first lookup", "dependencies", 1.35),
    ("the same / `particle`'s first lookup", "smartspec first lookup", "particle first lookup", 0.75),
    (
        "the same / `pycountry`'s first lookup (ambition: below 1)",
        "smartspec first lookup",
        "pycountry first lookup",
        1.0,
    ),
    ("the same / `langcodes`' first lookup", "smartspec first lookup", "langcodes first lookup", None),
    ("the dependencies alone / `pycountry`'s first lookup", "dependencies", "pycountry first lookup", None),
]
WARM = [
    ("`collection[id]`", "get_item", "pycountry_get", 1 / 3),
    ("`lookup(name)`", "lookup", "pycountry_lookup", 1.0),
    ("`search(text)`", "search", "pycountry_search", None),
]


ASKED = ("first of", "of", "lookup", "first search", "search", "search common")


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONHASHSEED": "0"}  # Byte code is written, as an installation does.


def whole_processes(rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in PROCESSES}
    for number in range(rounds + 1):
        for name, code in PROCESSES.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=environment())
            if number:  # The first round warms the caches of the system.
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def warm_calls() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as directory:
        report = pathlib.Path(directory) / "report.json"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-o",
            "addopts=",
            str(HERE / "warm.py"),
            f"--benchmark-json={report}",
        ]
        subprocess.run(command, check=True, env=environment(), stdout=subprocess.DEVNULL)
        return {
            b["name"].removeprefix("test_"): b["stats"]["median"] for b in json.loads(report.read_text())["benchmarks"]
        }


def bulk(sizes: list[int]) -> Iterator[dict[str, Any]]:
    for size in sizes:
        with tempfile.TemporaryDirectory() as directory:
            bulk_run("make", directory, size)
            for tool in ("smartspec", "pydantic", "msgspec"):
                runs = [bulk_run(tool, directory, size) for _ in range(3 if size <= 100_000 else 1)]
                yield {"size": size, "tool": tool, **min(runs, key=lambda run: run["seconds"])}


def bulk_run(tool: str, directory: str, size: int) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "bulk.py"), tool, directory, str(size)]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, env=environment(), capture_output=True).stdout
    )
    return found


def imports() -> list[tuple[str, float]]:
    """The modules that take longest when smartspec is imported and its data loaded: name, own milliseconds."""
    code = PROCESSES["smartspec first lookup"]
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True, check=True
    ).stderr
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)", told)
    return sorted(((name, int(own) / 1000) for own, name in rows), key=lambda row: -row[1])[:12]


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(seconds: float) -> str:
    return "not measured" if math.isnan(seconds) else f"{seconds * 1e3:.3f} ms" if seconds < 1 else f"{seconds:.2f} s"


def verdict(ratio: float, budget: float | None) -> str:
    return "no budget" if budget is None else f"{budget:.2f}: {'held' if ratio <= budget else '**missed**'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no million of records")
    quick = parser.parse_args().quick
    seconds = whole_processes(5 if quick else 25)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    warm = warm_calls()
    loads = list(bulk([150, 10_000] if quick else [150, 10_000, 100_000, 1_000_000]))
    ratios: dict[str, float] = {}
    rows = []
    for label, ours, theirs, budget in RATIOS:
        ratios[label] = statistics.median(a / b for a, b in zip(seconds[ours], seconds[theirs]))
        rows.append(
            (
                label,
                f"{medians[ours] * 1e3:.0f} ms",
                f"{medians[theirs] * 1e3:.0f} ms",
                f"{ratios[label]:.2f}",
                verdict(ratios[label], budget),
            )
        )
    for label, ours, theirs, budget in WARM:
        ratios[label] = warm[ours] / warm[theirs]
        rows.append(
            (
                label,
                f"{warm[ours] * 1e6:.2f} µs",
                f"{warm[theirs] * 1e6:.2f} µs",
                f"{ratios[label]:.3f}",
                verdict(ratios[label], budget),
            )
        )
    by_size = {(load["size"], load["tool"]): load for load in loads}
    for size in sorted({load["size"] for load in loads}):
        ours, theirs = by_size[size, "smartspec"], by_size[size, "pydantic"]
        label = f"load {size:,} records / pydantic 2".replace(",", " ")
        ratios[label] = ours["seconds"] / theirs["seconds"]
        budget = 1.0 if size == 100_000 else None
        rows.append(
            (
                label,
                f"{ours['seconds'] * 1e3:.0f} ms",
                f"{theirs['seconds'] * 1e3:.0f} ms",
                f"{ratios[label]:.2f}",
                verdict(ratios[label], budget),
            )
        )
    limits = [("`search(text)` on the packaged data", warm["search"], 1e-3)]
    if (100_000, "smartspec") in by_size:
        asked = by_size[100_000, "smartspec"]["more"]
        limits.append(("`search` at 100 000 records: a rare word", asked["search"], 50e-3))
        limits.append(("`search` at 100 000 records: a word in nearly all", asked["search common"], 50e-3))
    for label, ours, limit in limits:
        ratios[label] = ours / limit
        cells = (f"{ours * 1e3:.2f} ms", f"{limit * 1e3:.0f} ms (the budget)", f"{ratios[label]:.2f}")
        rows.append((label, *cells, verdict(ratios[label], 1.0)))
    largest = max(size for size, _ in by_size)
    label = f"`of(entity)` at {largest:,} records / at 150".replace(",", " ")
    of = {size: by_size[size, "smartspec"]["more"]["of"] for size in (150, largest)}
    ratios[label] = of[largest] / of[150]
    cells = (f"{of[largest] * 1e6:.0f} µs", f"{of[150] * 1e6:.0f} µs", f"{ratios[label]:.2f}")
    rows.append((label, *cells, "like the answer, not the catalogue"))
    each = {size: by_size[size, "smartspec"]["seconds"] / size for size, _ in by_size}
    label = f"time per record at {largest:,} / at 10 000".replace(",", " ")
    ratios[label] = each[largest] / each[10_000]
    rows.append(
        (
            label,
            f"{each[largest] * 1e6:.1f} µs",
            f"{each[10_000] * 1e6:.1f} µs",
            f"{ratios[label]:.2f}",
            verdict(ratios[label], 1.3),
        )
    )
    report(rows, warm, loads, ratios)


def report(
    rows: list[tuple[str, ...]], warm: Mapping[str, float], loads: list[dict[str, Any]], ratios: dict[str, float]
) -> None:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, CPython {platform.python_version()}"
    parts = [
        f"Measured on {time.strftime('%Y-%m-%d')}: {machine}; {versions}.",
        "Medians (of the bulk loads, the best of three); ratios below 1 are in favour of smartspec.",
        table(("what", "smartspec", "beside", "ratio", "budget"), rows),
        "Warm calls on the packaged data, medians:",
        table(
            ("call", "time"),
            [(name.replace("_", " "), f"{value * 1e6:.2f} µs") for name, value in sorted(warm.items())],
        ),
        "Bulk, each in a process of its own (peak memory includes Python, the file and all that is imported):",
        table(
            ("records", "with", "JSON", "seconds", "µs per record", "peak memory", "peak per record", "peak / JSON"),
            [
                (
                    f"{load['size']:,}".replace(",", " "),
                    load["tool"] + load.get("note", ""),
                    f"{load['json'] / 1e6:.1f} MB",
                    f"{load['seconds']:.3f}",
                    f"{load['seconds'] / load['size'] * 1e6:.1f}",
                    f"{load['peak'] / 1e6:.0f} MB",
                    f"{load['peak'] / load['size']:.0f} B",
                    f"{load['peak'] / load['json']:.1f}",
                )
                for load in loads
            ],
        ),
        "Saving and asking at each size (smartspec alone):",
        table(
            ("records", "save", "`to_dict` of all", *(f"`{call}`" for call in ASKED)),
            [
                (
                    f"{load['size']:,}".replace(",", " "),
                    *(told(load["more"][call]) for call in ("save", "export", *ASKED)),
                )
                for load in loads
                if load["tool"] == "smartspec"
            ],
        ),
        "The modules that take longest to import (own time, in a process that loads the data):",
        table(("module", "ms"), [(f"`{name}`", f"{own:.1f}") for name, own in imports()]),
    ]
    text = (
        PAGE.read_text(encoding="utf-8")
        if PAGE.exists()
        else "# Performance\n\n<!-- measured -->\n<!-- /measured -->\n"
    )
    measured = "<!-- measured -->\n\n" + "\n\n".join(parts) + "\n\n<!-- /measured -->"
    PAGE.write_text(
        re.sub(r"<!-- measured -->.*<!-- /measured -->", lambda _: measured, text, flags=re.S), encoding="utf-8"
    )
    before = json.loads(LAST.read_text()) if LAST.exists() else {}
    for label, ratio in ratios.items():
        print(f"{ratio:8.3f}  {f'{ratio / before[label]:.2f} x last' if label in before else 'new':>12}  {label}")
    LAST.write_text(json.dumps(ratios, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
