"""How long readers wait while many ask the explorer: ``python tests/benchmarks/serving.py [SECONDS [READERS]]``.

It starts ``smartspec serve``, and each reader asks as soon as it is answered, over a connection that stays open: what
a page asks, mixed at random. Reader and server share the machine. It prints the requests, the failures, and the
milliseconds within which the median, 95 and 99 of 100 were answered; and what one request costs the server.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from urllib.parse import quote

import smartspec

ROOT = "/api/v1"
WORDS = "hydrogen water robot tourism health food textile photonics battery idrogeno salute turismo".split()
Request = tuple[str, str, bytes]
"""Method, address, body."""


def mixed(chance: random.Random) -> dict[str, tuple[int, Callable[[], Request]]]:
    """What is asked, how often, and how one such request is made."""
    eu = smartspec.load_europe()
    plans = [plan.id for plan in eu.strategies if eu.innovation_areas.where(strategy=plan)]
    few = ["piedmont-s3-2021-2027", *plans[:8]]

    def get(path: str) -> Request:
        return "GET", path, b""

    def one(collection: str) -> str:
        return chance.choice(eu.collections[collection]).id  # type: ignore[no-any-return]

    def placed() -> Request:
        text = {"text": f"Un drone controlla i vigneti: {chance.choice(WORDS)}", "strategy": chance.choice(few)}
        return "POST", f"{ROOT}/match", json.dumps(text).encode()

    def typed() -> Request:
        return get(f"{ROOT}/search?limit=8&q={quote(chance.choice(WORDS)[: chance.randint(2, 9)])}")

    return {
        "page": (10, lambda: get("/")),
        "suggestions": (30, typed),
        "region": (25, lambda: get(f"{ROOT}/regions/{one('regions')}")),
        "area": (10, lambda: get(f"{ROOT}/innovation_areas/{one('innovation_areas')}")),
        "areas of a strategy": (10, lambda: get(f"{ROOT}/innovation_areas?strategy={chance.choice(plans)}")),
        "partners": (5, lambda: get(f"{ROOT}/partners/{one('regions')}")),
        "counterparts": (3, lambda: get(f"{ROOT}/counterparts/{one('innovation_areas')}")),
        "compare": (2, lambda: get(f"{ROOT}/compare?first={plans[0]}&second={chance.choice(plans[1:])}")),
        "match": (5, placed),
    }


async def measure(seconds: float, readers: int) -> None:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "smartspec", "serve", "--port", "0"]
    server = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert server.stdout is not None
    (port,) = re.findall(r":(\d+)/", (await server.stdout.readline()).decode())
    print(f"started in {time.perf_counter() - begun:.2f} s")
    mix = mixed(random.Random(1))
    took: dict[str, list[float]] = {name: [] for name in mix}
    failed: list[str] = []
    end = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        chance = random.Random(number)
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", int(port))
        while time.perf_counter() < end:
            (name,) = chance.choices([*mix], [often for often, _ in mix.values()])
            method, path, body = mix[name][1]()
            headers = f"Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            asked = time.perf_counter()
            outgoing.write(f"{method} {path} HTTP/1.1\r\n{headers}\r\n".encode() + body)
            answer = (await incoming.readuntil(b"\r\n\r\n")).decode()
            await incoming.readexactly(int(re.findall(r"content-length: (\d+)", answer)[0]))
            took[name].append(time.perf_counter() - asked)
            if " 200 " not in answer[:20]:
                failed.append(f"{answer[:20]} {path}")
        outgoing.close()

    ended = await asyncio.gather(*map(reader, range(readers)), return_exceptions=True)
    failed += [repr(error) for error in ended if error is not None]
    with open(f"/proc/{server.pid}/stat", encoding="ascii") as stream:
        user, system = stream.read().rpartition(")")[2].split()[11:13]
    busy = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    server.send_signal(signal.SIGINT)
    print(f"ended with status {await server.wait()}")
    every = [one for all_of_a_kind in took.values() for one in all_of_a_kind]
    rate, each = len(every) / seconds, 1_000 * busy / len(every)
    print(
        f"{readers} readers, {seconds:.0f} s: {len(every)} requests, {rate:.0f} a second, {each:.1f} ms of a core each"
    )
    print(f"{len(failed)} failed {failed[:3]}")
    for name, times in {"all": every, **took}.items():
        times.sort()
        median, most, nearly = (1_000 * times[int(part * (len(times) - 1))] for part in (0.5, 0.95, 0.99))
        print(f"{name:20}{len(times):7}   p50 {median:6.0f}   p95 {most:6.0f}   p99 {nearly:6.0f} ms")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    asyncio.run(measure(*(given[:1] or [60]), readers=int(given[1]) if given[1:] else 200))
