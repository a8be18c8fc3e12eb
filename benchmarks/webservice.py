"""`esis webservice` as a supplier meets it: pulls and pushes beside lxml and the driver, kept answers, clients, memory.

Also 1,000 pushes during which the server is killed again and again, with a client that repeats what failed; and, with
`--soak SECONDS`, many clients of all kinds for that long.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from benchmarks.measuring import Row, Scale
from benchmarks.stage import Stage
from benchmarks.webservice_inside import SECRET
from benchmarks.webservice_killed import killed, killed_postgresql
from benchmarks.webservice_served import Server, client, inside, posted, prepared, serving

SMALL = 1_000
GOAL, GOAL_KEPT = 2.0, 0.1
"""Of the sum of lxml and the driver; and of the first answer."""
ROOM = 64
"""Extra MB that 100,000 pupils or results may take compared with 1,000."""
REQUESTS = 400


def webservice(stage: Stage, scale: Scale) -> list[Row]:
    """All of it."""
    return [row for part in PARTS.values() for row in part(stage, scale)]


def _pulls(stage: Stage, scale: Scale) -> list[Row]:
    rows = []
    for size, url, rounds in _sizes(stage, scale, "pull"):
        ours, bare, kept = inside(stage, "pull", url, rounds)
        rows.append(Row(f"pull of {size} pupils, beside the driver and lxml building them", ours, bare, goal=GOAL))
        rows.append(Row("the same while nothing changed, beside the first answer", kept, ours, goal=GOAL_KEPT))
    return rows


def _pushes(stage: Stage, scale: Scale) -> list[Row]:
    rows = []
    for size, url, rounds in _sizes(stage, scale, "push"):
        ours, bare = inside(stage, "push", url, str(size), rounds)
        rows.append(Row(f"push of {size} results, beside lxml and the same table with history", ours, bare, goal=GOAL))
    return rows


def _sizes(stage: Stage, scale: Scale, name: str) -> Iterator[tuple[int, str, str]]:
    """A small location and a large one: the pupils, the database, and how often to measure."""
    for size in sorted({min(SMALL, scale.pupils), scale.pupils}):
        rounds = min(scale.rounds, 3 if size > SMALL else scale.rounds)
        yield size, prepared(stage, f"{name}-{size}", size), str(rounds)


def _memories(stage: Stage, scale: Scale) -> list[Row]:
    little, large = SMALL // 10, scale.pupils
    small, big = (_memory(stage, size) for size in (little, large))
    goal = (small + ROOM) / small
    return [Row(f"memory, pull and push of {large} beside {little}", [big], [small], "MB", goal=goal)]


def _memory(stage: Stage, size: int) -> float:
    with serving(stage, prepared(stage, f"memory-{size}", size)) as server:
        asyncio.run(_both(server, size))
        return server.megabytes[1]


async def _both(server: Server, size: int) -> None:
    async with client() as session:
        for message in (server.place.pull(), server.push(0, size)):
            assert await posted(session, server, message) == 200


def _clients(stage: Stage, scale: Scale) -> list[Row]:
    """Clients that pull a class of 25 and push its results in turn, each waiting for its answer."""
    requests = min(REQUESTS, scale.keys * 20)
    with serving(stage, prepared(stage, "clients", 25)) as server:
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
    async with client() as session:

        async def one() -> None:
            for number in left:
                message = server.push(number * 25, 25) if number % 2 else server.place.pull()
                begin = monotonic()
                assert await posted(session, server, message) == 200
                times.append((monotonic() - begin) * 1000)

        begin = monotonic()
        await asyncio.gather(*(one() for _ in range(clients)))
    return Load(times, requests / (monotonic() - begin))


def _soak(stage: Stage, scale: Scale) -> list[Row]:
    """Clients of all kinds for so long: memory in the end beside that after a tenth of it, and the slowest answers."""
    seconds = scale.soak
    if not seconds:
        return []
    with serving(stage, prepared(stage, "soak", 1_000)) as server:
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
    async with client() as session:

        async def one(kind: int) -> None:
            nonlocal early
            while monotonic() - begin < seconds:
                turn, what = next(number), kind % 3
                message = server.push(turn * 20, 20) if what == 1 else wrong[turn % 4] if what else server.place.pull()
                sent = monotonic()
                status = await posted(session, server, message)
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
    "webservice-killed": killed,
    "webservice-killed-postgresql": killed_postgresql,
    "webservice-soak": _soak,
}
"""By name, for who measures some of it."""
