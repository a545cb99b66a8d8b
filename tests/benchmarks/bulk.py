"""One bulk load in a process of its own: prints seconds, peak memory and the size of the JSON, as JSON.

    python bulk.py make|smartspec|pydantic|msgspec DIRECTORY RECORDS [--resting]

The records are regions, areas and indicators with citations, as real ones have them. pydantic and msgspec get the same
models with references as plain strings: they check types and formats, and resolve nothing. With ``--resting``, Python's
garbage collector rests from before the first byte is read, whatever the tool.
"""

import argparse
import gc
import json
import pathlib
import statistics
import time

DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


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
            "start": "2014",
            "end": "2020-12-31",
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
                "start": "2014",
                "citations": [cited],
            }
        ],
        "innovation-areas": areas,
        "indicators": indicators,
    }
    for name, records in files.items():
        (directory / f"{name}.json").write_text(json.dumps(records, indent=2), encoding="utf-8")


def with_smartspec(directory: pathlib.Path) -> dict[str, float]:
    # All is imported before the clock starts, as pydantic is.
    import smartspec
    import smartspec.datasets.reading

    load = smartspec.load
    begin = time.perf_counter()
    catalogue = load(directory)
    result = {"seconds": time.perf_counter() - begin, "peak": peak_memory()}
    leaf = catalogue.regions[f"r{len(catalogue.regions) - 1}"]
    taken = []
    for _ in range(21):  # The first builds the index.
        begin = time.perf_counter()
        catalogue.indicators.of(leaf)
        taken.append(time.perf_counter() - begin)
    return {**result, "first of": taken[0], "of": statistics.median(taken[1:])}


def with_pydantic(directory: pathlib.Path) -> dict[str, float]:
    from typing import Annotated, Literal

    from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

    class Model(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    Text = Annotated[str, Field(pattern=r"\S")]
    Date = Annotated[str, Field(pattern=DATE)] | None

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
        local_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
        aliases: list[Text] = []
        description: str = ""
        citations: list[Citation] = []

    class Source(Entity):
        publisher: Text
        title: Text
        published: Date = None
        accessed: Date = None
        url: Annotated[str, Field(pattern=r"^https?://[^\s/?#]\S*$")] | None = None
        language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]

    class Region(Entity):
        level: Literal[
            "country", "macro-region", "region", "metropolitan-city", "province", "municipality", "statistical"
        ]
        parent: Id | None = None
        nuts: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")] | None = None
        iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9A-Z]{1,3}$")] | None = None
        lau: Annotated[str, Field(pattern=r"^[0-9A-Z][0-9A-Z_-]{0,14}$")] | None = None
        area_km2: Annotated[float, Field(allow_inf_nan=False, ge=0, le=510_000_000)] | None = None

    class Strategy(Entity):
        region: Id
        territories: list[Id] = []
        kind: Literal["smart-specialisation", "strategic-plan", "investment-promotion", "smart-city"]
        start: Date = None
        end: Date = None
        predecessor: Id | None = None
        complete: bool | None = None

    class InnovationArea(Entity):
        strategy: Id
        priority_field: Id | None = None
        designation: Text
        activities: list[Text] = []
        nace: list[Annotated[str, Field(pattern=r"^[A-U]([0-9]{2}(\.[0-9]{1,2})?)?$")]] = []

    class Indicator(Entity):
        region: Id
        area: Id | None = None
        strategy: Id | None = None
        value: Annotated[float, Field(allow_inf_nan=False)]
        unit: Text
        qualifier: Literal["exact", "over", "about", "at-most", "yearly-average"] = "exact"
        start: Date = None
        end: Date = None

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
    result = {"seconds": time.perf_counter() - begin, "peak": peak_memory()}
    assert kept
    return result


def with_msgspec(directory: pathlib.Path) -> dict[str, float]:
    from typing import Annotated, Literal

    import msgspec
    from msgspec import Meta, Struct

    Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    Text = Annotated[str, Meta(pattern=r"\S")]
    Date = Annotated[str, Meta(pattern=DATE)] | None

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
        start: Date = None
        end: Date = None

    begin = time.perf_counter()
    kept = [msgspec.json.decode(path.read_bytes(), type=list[Record]) for path in sorted(directory.glob("*.json"))]
    result = {"seconds": time.perf_counter() - begin, "peak": peak_memory()}
    assert kept
    return result


def peak_memory() -> float:
    """The peak of this process; getrusage would hand down that of its parent."""
    status = pathlib.Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) * 1024


TOOLS = {"smartspec": with_smartspec, "pydantic": with_pydantic, "msgspec": with_msgspec}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tool", choices=["make", *TOOLS])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("records", type=int)
    parser.add_argument("--resting", action="store_true", help="no garbage collection")
    asked = parser.parse_args()
    if asked.resting:
        gc.disable()
    if asked.tool == "make":
        make(asked.directory, asked.records)
    else:
        size = sum(path.stat().st_size for path in asked.directory.glob("*.json"))
        print(json.dumps({"json": size, **TOOLS[asked.tool](asked.directory)}))


if __name__ == "__main__":
    main()
