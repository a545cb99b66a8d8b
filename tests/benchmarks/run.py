"""Measure smartspec against its budgets, and write the tables into docs/explanation/performance.md.

    python -m pip install ".[bench]" && python tests/benchmarks/run.py [--quick]

Everything is measured in this one run, on this one machine, side by side: what is compared runs by turns, and a ratio
is the median of those of all rounds. ``--quick`` shows that it works: few rounds, small datasets, nothing written.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib import metadata
from typing import NamedTuple, TypeVar

K = TypeVar("K")
T = TypeVar("T")
Rounds = Sequence[Mapping[str, float]]
"""The seconds that each thing took, in every round."""

HERE = pathlib.Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "explanation" / "performance.md"
LAST = HERE / "last.json"
PACKAGES = "smartspec attrs cattrs importlib-resources particle pycountry pydantic msgspec spacy".split()

PROCESSES = {
    "attrs": "import attrs",
    "smartspec": "import smartspec",
    "dependencies": "import attrs, cattrs, importlib_resources, json",
    "first lookup": "import smartspec; smartspec.load().innovation_poles.lookup('MESAP')",
    "Europe": "import smartspec; smartspec.load_europe().regions.lookup('Lombardia')",
    "partners": "import smartspec; eu = smartspec.load_europe(); eu.partners(eu.regions['piedmont'])",
    "particle": "from particle import Particle; Particle.from_pdgid(211)",
    "pycountry": "import pycountry; pycountry.countries.lookup('Italy')",
}
RESTING = ", collector resting"
OURS, BOTH = ("smartspec",), ("smartspec", "pydantic")
ALL = (*BOTH, *(f"{tool}{RESTING}" for tool in BOTH), "msgspec")
# What is compared: so many rounds, and with which tools so many records are loaded.
PEERS, GROWTH = (7, {10_000: BOTH, 100_000: ALL}), (3, {150: OURS, 10_000: OURS, 1_000_000: OURS})
QUICK_PEERS, QUICK_GROWTH = (3, {10_000: ALL}), (1, {150: OURS, 10_000: OURS, 30_000: OURS})
WARM = ("where", "at", "of", "links", "path", "search", "search misspelt", "partners", "counterparts")


class Row(NamedTuple):
    """A line of the table of budgets; without a budget it is there to compare."""

    what: str
    ours: str
    beside: str
    ratio: float
    budget: float | None

    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        budget = "none" if self.budget is None else f"{self.budget:.2f}: {'held' if self.held else '**missed**'}"
        return self.what, self.ours, self.beside, f"{self.ratio:.2f}", budget

    @property
    def held(self) -> bool:
        """Whether the budget is held, if there is one."""
        return self.budget is None or self.ratio <= self.budget


def python(*command: str) -> str:
    """What a fresh Python prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONHASHSEED"] = "0"  # And byte code is written, as an installation does.
    run = subprocess.run([sys.executable, *command], check=True, env=environment, stdout=subprocess.PIPE, text=True)
    return run.stdout


def by_turns(rounds: int, tasks: Mapping[K, Callable[[], T]]) -> list[dict[K, T]]:
    """What each task gives in each round; every other round runs backwards, so that none always follows the same."""
    found = []
    for number in range(rounds):
        names = list(tasks)[:: 1 if number % 2 else -1]
        found.append({name: tasks[name]() for name in names})
    return found


def median(rounds: Rounds, name: str) -> float:
    return statistics.median(times[name] for times in rounds)


def row(what: str, rounds: Rounds, ours: str, theirs: str, budget: float | None = None) -> Row:
    ratio = statistics.median(times[ours] / times[theirs] for times in rounds)
    return Row(what, told(median(rounds, ours)), told(median(rounds, theirs)), ratio, budget)


def told(seconds: float) -> str:
    """So many seconds with three digits."""
    unit, size = ("s", 1.0) if seconds >= 1 else ("ms", 1e-3) if seconds >= 1e-3 else ("µs", 1e-6)
    return f"{seconds / size:.{2 if seconds < 10 * size else 1 if seconds < 100 * size else 0}f} {unit}"


def counted(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def clock(code: str) -> float:
    """The seconds that a whole process takes."""
    begin = time.perf_counter()
    python("-c", code)
    return time.perf_counter() - begin


def bulk(directory: str, size: int, tool: str) -> dict[str, float]:
    """A bulk load in a process of its own."""
    name, _, resting = tool.partition(",")
    options = ["--resting"] if resting else []
    found: dict[str, float] = json.loads(python(str(HERE / "bulk.py"), name, directory, str(size), *options))
    return found


def start_up(rounds: int) -> list[Row]:
    tasks = {name: partial(clock, code) for name, code in PROCESSES.items()}
    found = by_turns(rounds + 1, tasks)[1:]  # The first round warms the caches of the system.
    first = "`import smartspec`, `load()` and the first lookup"
    return [
        row("`import smartspec` / `import attrs`", found, "smartspec", "attrs", 0.35),
        row(f"{first} / {PROCESSES['dependencies']!r}".replace("'", "`"), found, "first lookup", "dependencies", 1.30),
        row("the same with `load_europe()`", found, "Europe", "dependencies", 2.2),
        row("`import smartspec`, `load_europe()` and the first `partners`", found, "partners", "dependencies"),
        row("the first lookup of `load()` / `particle`'s first lookup", found, "first lookup", "particle", 0.6),
        row("the same / `pycountry`'s first lookup", found, "first lookup", "pycountry"),
    ]


def warm_calls(rounds: Rounds) -> list[Row]:
    search, wide = median(rounds, "search"), median(rounds, "search Europe")
    return [
        row("`collection[id]` / `pycountry`'s get", rounds, "collection[id]", "pycountry get", 1 / 3),
        row("`lookup(name)` / `pycountry`'s lookup", rounds, "lookup", "pycountry lookup", 1.0),
        Row("`search(text)` on the packaged data, after the first / 1 ms", told(search), "1 ms", search / 1e-3, 1.0),
        Row("the same on that of Europe / 2 ms", told(wide), "2 ms", wide / 2e-3, 1.0),
    ]


def matching(rounds: Rounds) -> list[Row]:
    each = median(rounds, "match")
    text = "`match(text)` of 26 to 52 words"
    return [
        Row(f"{text}, a core / 50 µs, which are 20 000 a second", told(each), "50 µs", each / 50e-6, 1.0),
        row(f"{text} / spaCy's `PhraseMatcher`", rounds, "match", "PhraseMatcher"),
    ]


Load = tuple[int, str]
"""A bulk load: so many records with a tool."""
Loads = Sequence[Mapping[Load, Mapping[str, float]]]
"""What each bulk load told of itself, in every round."""


def bulk_loads(rounds: int, tools: Mapping[int, Sequence[str]]) -> Loads:
    with tempfile.TemporaryDirectory() as directory:
        tasks: dict[Load, Callable[[], Mapping[str, float]]] = {}
        for size in tools:
            place = pathlib.Path(directory) / str(size)
            place.mkdir()
            python(str(HERE / "bulk.py"), "make", str(place), str(size))
            tasks |= {(size, tool): partial(bulk, str(place), size, tool) for tool in tools[size]}
        return by_turns(rounds, tasks)


def beside_peers(loads: Loads) -> list[Row]:
    rows = []
    for size in sorted({size for size, _ in loads[0]}):
        found = [{tool: load["seconds"] for (s, tool), load in times.items() if s == size} for times in loads]
        for resting in ("", RESTING):
            if f"pydantic{resting}" in found[0]:
                what = f"loading {counted(size)} records / `pydantic` 2{resting}"
                budget = 1.0 if size == 100_000 and not resting else None
                rows.append(row(what, found, f"smartspec{resting}", f"pydantic{resting}", budget))
    return rows


def grown(loads: Loads) -> list[Row]:
    """How the time per record and that of `of` grow with the dataset."""
    small, middle, large = sorted({size for size, _ in loads[0]})
    each = [{str(size): load["seconds"] / size for (size, _), load in times.items()} for times in loads]
    of = [{str(size): load["of"] for (size, _), load in times.items()} for times in loads]
    return [
        row(f"time per record at {counted(large)} / at {counted(middle)}", each, str(large), str(middle), 1.3),
        row(f"`of(entity)` at {counted(large)} records / at {small}", of, str(large), str(small), 1.5),
    ]


def bulk_table(*found: Loads) -> str:
    lines: dict[Load, tuple[str, ...]] = {}
    for loads in found:
        for size, tool in loads[0]:
            runs = [times[size, tool] for times in loads]
            seconds, peak, written = (
                statistics.median(run[key] for run in runs) for key in ("seconds", "peak", "json")
            )
            cells = (
                counted(size),
                tool,
                told(seconds),
                told(seconds / size),
                f"{peak / 1e6:.0f} MB",
                f"{peak / written:.1f}",
            )
            lines.setdefault((size, tool), cells)
    return table(
        ("records", "with", "time", "per record", "peak memory", "peak / JSON"),
        [lines[load] for load in sorted(lines, key=lambda load: (load[0], ALL.index(load[1])))],
    )


def table(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [columns, ["---"] * len(columns), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(rows: Sequence[Row], calls: Rounds, stages: Rounds, *loads: Loads) -> None:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, CPython {platform.python_version()}"
    parts = [
        f"Measured on {time.strftime('%Y-%m-%d')}: {machine}; {versions}.",
        table(("what / beside what", "smartspec", "beside", "ratio", "budget"), [row.cells() for row in rows]),
        "What a first lookup is made of:",
        table(("stage", "time"), [(name, told(median(stages, name))) for name in stages[0]]),
        "Other calls on the packaged data, once warm:",
        table([f"`{name}`" for name in WARM], [[told(median(calls, name)) for name in WARM]]),
        "Bulk loads, each in a process of its own (the peak includes Python, what is imported, and the file):",
        bulk_table(*loads),
    ]
    measured = "<!-- measured -->\n\n" + "\n\n".join(parts) + "\n\n<!-- /measured -->"
    text = PAGE.read_text(encoding="utf-8")
    text = re.sub(r"<!-- measured -->.*<!-- /measured -->", lambda _: measured, text, flags=re.S)
    PAGE.write_text(text, encoding="utf-8")
    ratios = {row.what: round(row.ratio, 3) for row in rows}
    LAST.write_text(json.dumps(ratios, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds, small datasets, nothing written")
    quick = parser.parse_args().quick
    before = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    rows = start_up(5 if quick else 50)
    stages = [ast.literal_eval(python(str(HERE / "stages.py"))) for _ in range(3 if quick else 21)]
    calls = json.loads(python(str(HERE / "warm.py"), "5" if quick else "50"))
    texts = json.loads(python(str(HERE / "matching.py"), "5" if quick else "50"))
    peers = bulk_loads(*(QUICK_PEERS if quick else PEERS))
    growth = bulk_loads(*(QUICK_GROWTH if quick else GROWTH))
    rows += [*warm_calls(calls), *matching(texts), *beside_peers(peers), *grown(growth)]
    for row in rows:
        last = f"{row.ratio / before[row.what]:.2f} x last" if row.what in before else "new"
        print(f"{row.ratio:8.3f}  {last:>12}  {row.cells()[-1].replace('*', ''):<14} {row.what}")
    if not quick:
        write(rows, calls, stages, peers, growth)


if __name__ == "__main__":
    main()
