"""`esis webservice` as a supplier meets it: pulls and pushes beside lxml and the driver, kept answers, clients, memory.

Also 1,000 pushes during which the server is killed again and again, with a client that repeats what failed; and, with
`--soak SECONDS`, many clients of all kinds for that long.
"""

from __future__ import annotations

import asyncio
import io
import json
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

from benchmarks.measuring import Row, Scale, milliseconds
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.webservice_inside import SECRET, Place

SMALL = 1_000
GOAL, GOAL_KEPT = 2.0, 0.1
"""Of the sum of lxml and the driver; and of the first answer."""
ROOM = 64
"""Extra MB that 100,000 pupils or results may take compared with 1,000."""
REQUESTS = 400
KILLS = 8
PUSHED = 1_000
PATIENCE = 60.0


def webservice(stage: Stage, scale: Scale) -> list[Row]:
    """All of it."""
    return [row for part in PARTS.values() for row in part(stage, scale)]


def _pulls(stage: Stage, scale: Scale) -> list[Row]:
    rows = []
    for size, url, rounds in _sizes(stage, scale, "pull"):
        ours, bare, kept = _inside(stage, "pull", url, rounds)
        rows.append(Row(f"pull of {size} pupils, beside the driver and lxml building them", ours, bare, goal=GOAL))
        rows.append(Row("the same while nothing changed, beside the first answer", kept, ours, goal=GOAL_KEPT))
    return rows


def _pushes(stage: Stage, scale: Scale) -> list[Row]:
    rows = []
    for size, url, rounds in _sizes(stage, scale, "push"):
        ours, bare = _inside(stage, "push", url, str(size), rounds)
        rows.append(Row(f"push of {size} results, beside lxml and the same table with history", ours, bare, goal=GOAL))
    return rows


def _sizes(stage: Stage, scale: Scale, name: str) -> Iterator[tuple[int, str, str]]:
    """A small location and a large one: the pupils, the database, and how often to measure."""
    for size in sorted({min(SMALL, scale.pupils), scale.pupils}):
        rounds = min(scale.rounds, 3 if size > SMALL else scale.rounds)
        yield size, _prepared(stage, f"{name}-{size}", size), str(rounds)


def _memories(stage: Stage, scale: Scale) -> list[Row]:
    little, large = SMALL // 10, scale.pupils
    small, big = (_memory(stage, size) for size in (little, large))
    goal = (small + ROOM) / small
    return [Row(f"memory, pull and push of {large} beside {little}", [big], [small], "MB", goal=goal)]


def _inside(stage: Stage, *arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.webservice_inside", *arguments]
    answer = subprocess.run(command, cwd=ROOT, env=stage.environment, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer)


@dataclass
class Server:
    """A running `esis webservice`, and the large location behind it."""

    process: subprocess.Popen[bytes]
    address: str
    place: Place
    pupils: list[str]

    @property
    def megabytes(self) -> tuple[float, float]:
        """In use now, and at the most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        now, most = (re.search(rf"{name}:\s+(\d+)", status) for name in ("VmRSS", "VmHWM"))
        assert now is not None
        assert most is not None
        return int(now[1]) / 1024, int(most[1]) / 1024

    def push(self, first: int, results: int) -> bytes:
        file = io.BytesIO()
        self.place.push(file, self.pupils, results, first)
        return file.getvalue()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def _started(stage: Stage, url: str) -> Server:
    process = subprocess.Popen(
        [*esis(url), "--board", "Oefenbestuur", "webservice", "--practice", "--port", "0"],
        cwd=ROOT,
        env=stage.environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    text = ""
    while line := process.stdout.readline().decode():
        text += line
        with suppress(json.JSONDecodeError):
            told = json.loads(text)
            return Server(process, told["pupils"].rsplit("/", 1)[0] + "/UwlrStandaard2.2.svc", *_large(url))
    raise RuntimeError("esis webservice does not start")


@contextmanager
def _serving(stage: Stage, url: str) -> Iterator[Server]:
    server = _started(stage, url)
    try:
        yield server
    finally:
        server.stop()


def _prepared(stage: Stage, name: str, pupils: int) -> str:
    url = stage.copy(name)
    _inside(stage, "prepare", url, str(pupils))
    return url


def _large(url: str) -> tuple[Place, list[str]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        found = connection.execute(
            "SELECT location.board_id, location.id, brin || number FROM location JOIN school ON school.id = school_id "
            "ORDER BY location.id DESC"
        ).fetchone()
        test = connection.execute(
            "SELECT assessment FROM active_assessment WHERE location_id = ?", found[1:2]
        ).fetchone()
        keys = connection.execute("SELECT key FROM pupil WHERE location_id = ? ORDER BY id", found[1:2]).fetchall()
    return Place(*found, test[0]), [key for (key,) in keys]


def _memory(stage: Stage, size: int) -> float:
    with _serving(stage, _prepared(stage, f"memory-{size}", size)) as server:
        asyncio.run(_both(server, size))
        return server.megabytes[1]


async def _both(server: Server, size: int) -> None:
    async with _client() as client:
        for message in (server.place.pull(), server.push(0, size)):
            assert await _posted(client, server, message) == 200


@asynccontextmanager
async def _client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=600)
    ) as client:
        yield client


async def _posted(client: aiohttp.ClientSession, server: Server, message: bytes) -> int:
    async with client.post(server.address, data=message, headers={"Content-Type": "text/xml"}) as answer:
        async for _ in answer.content.iter_chunked(1 << 16):
            pass
        return answer.status


def _clients(stage: Stage, scale: Scale) -> list[Row]:
    """Clients that pull a class of 25 and push its results in turn, each waiting for its answer."""
    requests = min(REQUESTS, scale.keys * 20)
    with _serving(stage, _prepared(stage, "clients", 25)) as server:
        asyncio.run(_load(server, 1, 20, 0))  # uncounted
        alone, together = (asyncio.run(_load(server, clients, requests, clients * 10_000)) for clients in (1, 50))
    return [
        Row("50 clients beside 1, median", together.times, alone.times),
        Row("50 clients beside 1, p99", together.times, alone.times, share=0.99),
        Row("50 clients beside 1, requests a second", [together.rate], [alone.rate], "1/s"),
    ]


@dataclass
class Load:
    times: list[float]
    rate: float


async def _load(server: Server, clients: int, requests: int, first: int) -> Load:
    left = iter(range(first, first + requests))
    times: list[float] = []
    async with _client() as session:

        async def one() -> None:
            for number in left:
                message = server.push(number * 25, 25) if number % 2 else server.place.pull()
                begin = monotonic()
                assert await _posted(session, server, message) == 200
                times.append((monotonic() - begin) * 1000)

        begin = monotonic()
        await asyncio.gather(*(one() for _ in range(clients)))
    return Load(times, requests / (monotonic() - begin))


def _killed(stage: Stage, scale: Scale) -> list[Row]:
    """A client repeats what fails; the server is killed at moments nobody chose. Fails loudly if a result is not there once."""
    pushes = min(PUSHED, scale.keys * 20)
    url = _prepared(stage, "killed", 250)
    taken = milliseconds(lambda: asyncio.run(_pushed_through(lambda: _started(stage, url), pushes)))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT supplier_key), (SELECT count(*) FROM unmatched_result WHERE supplier_key LIKE 'r%') "
            "FROM result WHERE supplier_key GLOB 'r[0-9]*'"
        ).fetchone()
    assert found == (pushes * 5, pushes * 5, 0), found
    return [Row(f"{pushes} pushes, the server killed {KILLS} times: each result there once", [taken])]


async def _pushed_through(start: Callable[[], Server], pushes: int) -> None:
    server, chance = start(), random.Random(1)
    kills = sorted(chance.sample(range(pushes), min(KILLS, pushes)))
    try:
        for number in range(pushes):
            if number in kills:
                asyncio.get_running_loop().call_later(chance.random() * 0.05, server.process.kill)
            while True:
                try:
                    async with _client() as session:
                        assert await _posted(session, server, server.push(number * 5, 5)) == 200
                        break
                except (aiohttp.ClientError, OSError):
                    await asyncio.to_thread(server.process.wait, PATIENCE)
                    server.stop()
                    server = await asyncio.to_thread(start)
    finally:
        server.stop()


def _soak(stage: Stage, scale: Scale) -> list[Row]:
    """Clients of all kinds for so long: memory in the end beside that after a tenth of it, and the slowest answers."""
    seconds = scale.soak
    if not seconds:
        return []
    with _serving(stage, _prepared(stage, "soak", 1_000)) as server:
        early, late, load = asyncio.run(_soaked(server, seconds))
        most = server.megabytes[1]
    return [
        Row(f"soak of {seconds:.0f} s: memory in the end beside early", [late], [early], "MB", goal=1.2),
        Row("soak: memory at the most", [most], unit="MB"),
        Row("soak: an answer, p99", load.times, share=0.99),
        Row("soak: requests a second", [load.rate], unit="1/s"),
    ]


async def _soaked(server: Server, seconds: float) -> tuple[float, float, Load]:
    begin, times, early, number = monotonic(), [], 0.0, iter(range(1_000_000_000))
    wrong = [
        b"<a/>",
        b"<" * 100_000,
        server.place.pull()[:-30],
        server.place.pull().replace(SECRET.encode(), b"x" * 16),
    ]
    async with _client() as session:

        async def one(kind: int) -> None:
            nonlocal early
            while monotonic() - begin < seconds:
                turn, what = next(number), kind % 3
                message = server.push(turn * 20, 20) if what == 1 else wrong[turn % 4] if what else server.place.pull()
                sent = monotonic()
                status = await _posted(session, server, message)
                assert status == (500 if kind % 3 == 2 else 200), status
                times.append((monotonic() - sent) * 1000)
                if not early and monotonic() - begin > seconds / 10:
                    early = server.megabytes[0]

        await asyncio.gather(*(one(kind) for kind in range(12)))
    return early, server.megabytes[0], Load(times, len(times) / seconds)


PARTS: dict[str, Callable[[Stage, Scale], list[Row]]] = {
    "webservice-pull": _pulls,
    "webservice-push": _pushes,
    "webservice-memory": _memories,
    "webservice-clients": _clients,
    "webservice-killed": _killed,
    "webservice-soak": _soak,
}
"""By name, for who measures some of it."""
