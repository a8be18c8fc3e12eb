"""The worker process: one per embedded database, started by whoever plans work, gone by itself when there is none.

It holds a lock (flock) on a file beside the database, so a second one leaves at once, and a killed one leaves no trace.
Nobody stops a worker: a second program does not lose it, and it never lives inside a screen's process, whose signal
handlers a consumer would replace (architecture.md, Workers).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from app import clock, own_program
from app.access import board_now
from app.files import own, parts
from app.platform_parts import APART, lock
from app.refusals import Refused
from app.runs import Holder, Job
from app.settings import Settings
from app.workers import engine
from app.workers.patience import Patience
from app.workers.schedule import all_jobs, boards_with_work
from app.workers.walker import Walked, walk
from models.board import Board
from models.schema import open_database, sqlite_file
from models.upgrading import Tell, silent

FIRST_LOOK = 0.02
SLOWEST_LOOK = 0.5
"""Seconds of wall time between two looks at what another worker does."""
LOCK, WORKER_LOG = parts.WORKER_LOCK, parts.WORKER_LOG
"""What a worker that was started for a program writes by itself; what goes wrong in it is in the log of `mishaps`."""
_started: list[subprocess.Popen[bytes]] = []
"""Workers this process started; kept so that one that left is reaped at the next start."""


class WorkerRunning(Refused):
    """Another worker has this database."""

    def __init__(self) -> None:
        super().__init__("Er draait al een worker voor deze database; die doet het werk. Een tweede is niet nodig.")


def use_worker(settings: Settings) -> None:
    """Let this program leave what it plans to a worker process, started when there is none; and what is left now."""
    engine.plan_with(partial(engine.Engine, settings), wake=partial(ensure_worker, settings))
    if boards_with_work(all_jobs()):
        ensure_worker(settings)


def ensure_worker(settings: Settings) -> None:
    """Start a worker for this database in a process of its own, unless one holds the lock."""
    with worker_lock(settings) as free:
        pass
    _started[:] = [process for process in _started if process.poll() is None]
    if free:
        _started.append(_start(settings))


def run_worker(settings: Settings, idle_exit: float | None = None, jobs: Sequence[Job] | None = None) -> int | None:
    """Work until a signal (INT, TERM, HUP), whose number it answers, or, with `idle_exit`, until there was nothing to do for
    so many seconds.

    Raises `WorkerRunning` when the database is embedded and has a worker; on PostgreSQL only a worker that was started
    for a program gives way, to one on the same machine.
    """
    from app.workers import consumer  # Huey: 60 ms that a command without a worker can do without.

    open_database(settings.database_url)
    embedded = sqlite_file(settings.database_url) is not None
    stopped, signalled = False, None
    while not stopped:
        with worker_lock(settings) as held:
            if not held and (embedded or idle_exit is not None):
                raise WorkerRunning
            signalled = consumer.consume(engine.Engine(settings, jobs, alone=embedded), idle_exit)
        # Looked at without the lock: who plans work now either sees that the lock is free, or is seen here.
        stopped = signalled is not None or not boards_with_work(all_jobs() if jobs is None else jobs)
    return signalled


def run_here_until_done(
    settings: Settings, board_id: int, jobs: Sequence[Job] | None = None, tell: Tell = silent, mine: bool = False
) -> None:
    """Return when nothing is left to do for the board now: done by the worker, or here where none is running or it gives no
    sign of life for a lease, which is told.

    For commands: before they write (a killed program may have left something) and after they planned something; `mine`: for
    whoever waited for the worker already.
    """
    jobs = all_jobs() if jobs is None else jobs
    embedded = sqlite_file(settings.database_url) is not None
    patience = waiting_for_worker(settings, board_id, tell)
    look, asked = FIRST_LOOK, False
    while boards_with_work(jobs, Board.id == board_id):
        with worker_lock(settings) as held:
            mine = mine or held or not embedded
            holder = Holder.here(settings.lease_seconds, alone=held and embedded)
            if mine and walk(board_id, jobs, holder, waits=patience.look) == Walked.ARRIVED:
                continue
        if not mine and not asked:
            engine.Engine(settings, jobs).send(board_id)
            asked = True
        mine = mine or not patience.look()
        time.sleep(look)
        look = min(look * 1.5, SLOWEST_LOOK)
    if boards_with_work(jobs, Board.clock == "practice"):
        ensure_worker(settings)  # Planned for another board, by someone who took this process for the worker.


def await_mover(settings: Settings, board_id: int, tell: Tell = silent) -> None:
    """Return when nobody is moving the board's school time now; what a killed program left of a move is for who comes next.

    Raises `ClockRunning` as soon as whoever moves it gives a sign of life.
    """
    embedded = sqlite_file(settings.database_url) is not None
    patience = waiting_for_worker(settings, board_id, tell)
    while (board := board_now(board_id)).target is not None:
        with worker_lock(settings) as held:
            if embedded and held:
                return
        if not patience.look():
            return
        if patience.alive:
            raise clock.ClockRunning(board.mover)
        time.sleep(FIRST_LOOK)


def waiting_for_worker(settings: Settings, board_id: int, tell: Tell = silent) -> Patience:
    """What waits for the worker of this database."""
    return Patience(board_id, settings.lease_seconds, lambda: _who_has_the_lock(settings), tell)


def _who_has_the_lock(settings: Settings) -> str:
    with suppress(OSError, ValueError):
        return f"de worker (proces {int(beside(settings, LOCK).read_text(encoding='ascii'))})"
    return "een ander programma dat uitwisselingen doet"


@contextmanager
def worker_lock(settings: Settings) -> Iterator[bool]:
    """Hold the database's worker lock; yields False, holding nothing, when another process has it."""
    descriptor = own.opened(beside(settings, LOCK), os.O_RDWR)
    try:
        yield _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    """Whether it is ours now; who has it is in the file."""
    if not lock(descriptor, wait=False):
        return False
    os.write(descriptor, f"{os.getpid():<10}".encode())  # it was opened just now, so this is at the beginning
    return True


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    # By environment, not by argument: an address may hold a password, and arguments can be read by everyone.
    given = {f"ESIS_{name.upper()}": str(getattr(settings, name)) for name in ("lease_seconds", "idle_seconds")}
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "close_fds": True, **APART}
    # Anew: up to 0.5.0 it held what errors said.
    with os.fdopen(own.opened(beside(settings, WORKER_LOG), os.O_WRONLY | os.O_TRUNC), "wb") as log:
        return subprocess.Popen(
            own_program.command("app.workers"),
            env={**own_program.environment(), **given, "ESIS_DATABASE_URL": settings.database_url},
            stdout=log,
            stderr=log,
            **options,
        )


def beside(settings: Settings, name: str) -> Path:
    """A file beside an embedded database; for a server one in the user's state folder."""
    stem = stem_of(settings)
    return stem.with_name(f"{stem.name}.{name}")


def stem_of(settings: Settings) -> Path:
    """What the names of a database's files here begin with (`app.files.parts`): of an embedded one its own file."""
    digest = hashlib.sha256(settings.database_url.encode()).hexdigest()[:16]
    file = sqlite_file(settings.database_url)
    return file or platformdirs.user_state_path("esis", ensure_exists=True) / digest
