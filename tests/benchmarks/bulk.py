"""One bulk load in a process of its own: prints seconds, peak memory and the size of the JSON.

    python bulk.py make|smartspec|pydantic|msgspec DIRECTORY RECORDS

The records are regions, areas and indicators with citations, as real ones have them. pydantic and msgspec get the same
models with references as plain strings: they check types and formats, and resolve nothing.
"""

import collections
import json
import pathlib
import statistics
import sys
import time
from typing import Any


def make(directory: pathlib.Path, size: int) -> None:
    """So many records: a source, a strategy, a tenth regions in a tree, a tenth areas, the rest indicators."""
    cited = {"source": "report", "passage": "a passage of five words"}
    regions = [{"id": "r0", "name": "Region 0", "level": "country", "citations": [cited]}]
    for number in range(1, max(size // 10, 2)):
        regions.append(
            {
                "id": f"r{number}",
                "name": f"Region {number}",
                "level": "region",
                "parent": f"r{(number - 1) // 8}",
                "area_km2": number / 2,
                "citations": [cited],
            }
        )
    areas = [
        {
            "id": f"a{number}",
            "name": f"Area {number}",
            "strategy": "plan",
            "designation": "area",
            "activities": ["making things", "selling them"],
            "nace": ["C28"],
            "citations": [cited],
        }
        for number in range(max(size // 10, 2))
    ]
    rest = size - len(regions) - len(areas) - 2
    indicators = [
        {
            "id": f"i{number}",
            "name": f"Figure {number}",
            "description": "What was counted in that year, in a few words of ours.",
            "region": f"r{number % len(regions)}",
            "area": f"a{number % len(areas)}",
            "value": number / 4,
            "unit": "things",
            "start_year": 2014,
            "end_year": 2020,
            "citations": [{**cited, "supports": ["value", "unit"]}],
        }
        for number in range(rest)
    ]
    files = {
        "sources": [{"id": "report", "name": "Report", "publisher": "P", "title": "T", "language": "en"}],
        "regions": regions,
        "strategies": [
            {
                "id": "plan",
                "name": "Plan",
                "region": "r0",
                "kind": "smart-specialisation",
                "start_year": 2014,
                "citations": [cited],
            }
        ],
        "innovation-areas": areas,
        "indicators": indicators,
    }
    for name, records in files.items():
        (directory / f"{name}.json").write_text(json.dumps(records, indent=2), encoding="utf-8")


def with_smartspec(directory: pathlib.Path) -> tuple[float, dict[str, float]]:
    import cattrs  # noqa: F401  Imported before the clock starts, as pydantic is.
    import importlib_resources  # noqa: F401

    import smartspec

    load = smartspec.load  # Which imports what it is made of.
    begin = time.perf_counter()
    catalogue = load(directory)
    seconds = time.perf_counter() - begin
    peak = memory()
    more: dict[str, float] = {}

    def clock(name: str, call: Any, times: int = 1) -> None:
        taken = []
        for _ in range(times):
            begin = time.perf_counter()
            call()
            taken.append(time.perf_counter() - begin)
        more[name] = statistics.median(taken)

    leaf = catalogue.regions[f"r{len(catalogue.regions) - 1}"]
    clock("first of", lambda: catalogue.indicators.of(leaf))
    clock("of", lambda: catalogue.indicators.of(leaf), 9)
    catalogue.indicators.lookup("Figure 1")
    clock("lookup", lambda: catalogue.indicators.lookup("Figure 2"), 9)
    if len(catalogue) <= 100_000:
        clock("first search", lambda: catalogue.search("figure 77"))
        clock("search", lambda: catalogue.search("figure 99"), 9)
        clock("search common", lambda: catalogue.search("counted"), 9)
    clock("save", lambda: catalogue.save(directory / "saved"))
    clock("export", lambda: collections.deque(map(smartspec.to_dict, catalogue), maxlen=0))
    more["peak"] = peak
    return seconds, {**dict.fromkeys(("first search", "search", "search common"), float("nan")), **more}


def with_pydantic(directory: pathlib.Path) -> float:
    from typing import Annotated, Literal

    from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

    class Model(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    Text = Annotated[str, Field(pattern=r"\S")]
    Year = Annotated[int, Field(ge=1, le=9999)] | None

    class Citation(Model):
        source: Id
        passage: Annotated[str, Field(pattern=r"^\s*\S+(\s+\S+){0,7}\s*$")]
        supports: list[Text] = []
        basis: Literal["stated", "inferred"] = "stated"
        note: str = ""

    class Entity(Model):
        id: Id
        name: Text
        local_name: Text | None = None
        aliases: list[Text] = []
        description: str = ""
        citations: list[Citation] = []

    class Source(Entity):
        publisher: Text
        title: Text
        year: Year = None
        url: str | None = None
        language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]

    class Region(Entity):
        level: Literal["country", "macro-region", "region", "metropolitan-city", "province", "municipality"]
        parent: Id | None = None
        nuts: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")] | None = None
        iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9A-Z]{1,3}$")] | None = None
        area_km2: Annotated[float, Field(allow_inf_nan=False)] | None = None

    class Strategy(Entity):
        region: Id
        kind: Literal["smart-specialisation", "strategic-plan", "investment-promotion", "smart-city"]
        start_year: Year = None
        end_year: Year = None
        predecessor: Id | None = None

    class InnovationArea(Entity):
        strategy: Id
        priority_field: Id | None = None
        designation: Text
        activities: list[Text] = []
        nace: list[Annotated[str, Field(pattern=r"^[A-U]([0-9]{2}(\.[0-9]{1,2})?)?$")]] = []

    class Indicator(Entity):
        region: Id
        area: Id | None = None
        value: Annotated[float, Field(allow_inf_nan=False)]
        unit: Text
        start_year: Year = None
        end_year: Year = None

    adapters = [
        (name, TypeAdapter(list[cls]))  # type: ignore[valid-type]
        for name, cls in (
            ("sources", Source),
            ("regions", Region),
            ("strategies", Strategy),
            ("innovation-areas", InnovationArea),
            ("indicators", Indicator),
        )
    ]
    begin = time.perf_counter()
    kept = [adapter.validate_json((directory / f"{name}.json").read_bytes()) for name, adapter in adapters]
    seconds = time.perf_counter() - begin
    assert kept
    return seconds


def with_msgspec(directory: pathlib.Path) -> float:
    from typing import Annotated, Literal

    import msgspec
    from msgspec import Meta, Struct

    Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    Text = Annotated[str, Meta(pattern=r"\S")]
    Year = Annotated[int, Meta(ge=1, le=9999)] | None

    class Citation(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
        source: Id
        passage: Annotated[str, Meta(pattern=r"^\s*\S+(\s+\S+){0,7}\s*$")]
        supports: list[Text] = []
        basis: Literal["stated", "inferred"] = "stated"
        note: str = ""

    # One class for all, with every field: msgspec is here for scale, not as a peer in features.
    class Record(Struct, frozen=True, kw_only=True):
        id: Id
        name: Text
        description: str = ""
        citations: list[Citation] = []
        value: float | None = None
        start_year: Year = None
        end_year: Year = None

    begin = time.perf_counter()
    kept = [msgspec.json.decode(path.read_bytes(), type=list[Record]) for path in sorted(directory.glob("*.json"))]
    seconds = time.perf_counter() - begin
    assert kept
    return seconds


def memory() -> float:
    """The peak of this process; getrusage would hand down that of its parent."""
    status = pathlib.Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) * 1024


def main() -> None:
    tool, directory, size = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    result: dict[str, Any] = {"json": sum(path.stat().st_size for path in directory.glob("*.json"))}
    if tool == "make":
        make(directory, size)
    elif tool == "smartspec":
        result["seconds"], result["more"] = with_smartspec(directory)
        result["peak"] = result["more"].pop("peak")
    else:
        result["seconds"] = with_pydantic(directory) if tool == "pydantic" else with_msgspec(directory)
        result["peak"] = memory()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
