"""The worker process: one per embedded database, started by any program that plans work, exits by itself when idle.

It holds a lock (flock) on a file next to the database, so a second worker exits at once, and a killed one leaves
nothing behind. A program never stops a worker: other programs may rely on it. It never lives inside a screen's process,
whose signal handlers a consumer would replace (architecture.md, Workers).
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
from app.workers.schedule import boards_with_work
from app.workers.walker import Walked, walk
from models.board import Board
from models.schema import open_database, sqlite_file
from models.upgrading import Tell, silent

FIRST_LOOK = 0.02
SLOWEST_LOOK = 0.5
"""Seconds of wall time between two looks at another worker's progress."""
LOCK, WORKER_LOG = parts.WORKER_LOCK, parts.WORKER_LOG
"""Files that a worker started for a program writes; its errors go to the log of `mishaps`."""
_started: list[subprocess.Popen[bytes]] = []
"""Workers started by this process; kept so that a finished one is reaped at the next start."""


class WorkerRunning(Refused):
    """Another worker already serves this database."""

    def __init__(self) -> None:
        super().__init__("Er draait al een worker voor deze database; die doet het werk. Een tweede is niet nodig.")


def use_worker(settings: Settings) -> None:
    """Let this program leave its planned work, and what is left now, to a worker process, started if necessary."""
    engine.plan_with(partial(engine.Engine, settings), wake=partial(ensure_worker, settings))
    if boards_with_work():
        ensure_worker(settings)


def ensure_worker(settings: Settings) -> None:
    """Start a worker process for this database, unless one holds the lock."""
    with worker_lock(settings) as free:
        pass
    _started[:] = [process for process in _started if process.poll() is None]
    if free:
        _started.append(_start(settings))


def run_worker(settings: Settings, idle_exit: float | None = None, jobs: Sequence[Job] | None = None) -> int | None:
    """Work until a signal (INT, TERM, HUP), returning its number, or, with `idle_exit`, until idle for so many seconds.

    Raises `WorkerRunning` when the database is embedded and has a worker; on PostgreSQL only a worker started for a
    program gives way, to one on the same machine.
    """
    from app.workers import consumer  # Huey: 60 ms that a command without a worker does not need.

    open_database(settings.database_url)
    embedded = sqlite_file(settings.database_url) is not None
    stopped, signalled = False, None
    while not stopped:
        with worker_lock(settings) as held:
            if not held and (embedded or idle_exit is not None):
                raise WorkerRunning
            signalled = consumer.consume(engine.Engine(settings, jobs, alone=embedded), idle_exit)
        # Checked without the lock: a program planning work now either finds the lock free, or is noticed here.
        stopped = signalled is not None or not boards_with_work(jobs)
    return signalled


def run_here_until_done(
    settings: Settings, board_id: int, jobs: Sequence[Job] | None = None, tell: Tell = silent, mine: bool = False
) -> None:
    """Return when the board has nothing left to do now: done by the worker, or here if none is running or it gives no
    sign of life for one lease, which is reported.

    For commands: before they write (a killed program may have left work) and after they planned something; `mine`: the
    caller already waited for the worker.
    """
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
        ensure_worker(settings)  # Planned for another board, by a program that took this process for the worker.


def await_mover(settings: Settings, board_id: int, tell: Tell = silent) -> None:
    """Return when nobody is moving the board's school time; an abandoned move is left to the next command.

    Raises `ClockRunning` as soon as the mover gives a sign of life.
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
    """A `Patience` for the worker of this database."""
    return Patience(board_id, settings.lease_seconds, lambda: _who_has_the_lock(settings), tell)


def _who_has_the_lock(settings: Settings) -> str:
    with suppress(OSError, ValueError):
        return f"de worker (proces {int(beside(settings, LOCK).read_text(encoding='ascii'))})"
    return "een ander programma dat uitwisselingen doet"


@contextmanager
def worker_lock(settings: Settings) -> Iterator[bool]:
    """Hold the database's worker lock; yields False, without the lock, when another process has it."""
    descriptor = own.opened(beside(settings, LOCK), os.O_RDWR)
    try:
        yield _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    """Try to take the lock; write this process's number to the file."""
    if not lock(descriptor, wait=False):
        return False
    os.write(descriptor, f"{os.getpid():<10}".encode())  # the file was just opened, so this writes at its start
    return True


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    # By environment, not as an argument: an address may contain a password, and anyone can read arguments.
    given = {f"ESIS_{name.upper()}": str(getattr(settings, name)) for name in ("lease_seconds", "idle_seconds")}
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "close_fds": True, **APART}
    # Truncated: up to 0.5.0 it contained error messages.
    with os.fdopen(own.opened(beside(settings, WORKER_LOG), os.O_WRONLY | os.O_TRUNC), "wb") as log:
        return subprocess.Popen(
            own_program.command("app.workers"),
            env={**own_program.environment(), **given, "ESIS_DATABASE_URL": settings.database_url},
            stdout=log,
            stderr=log,
            **options,
        )


def beside(settings: Settings, name: str) -> Path:
    """A file next to an embedded database; for a server, in the user's state folder."""
    stem = stem_of(settings)
    return stem.with_name(f"{stem.name}.{name}")


def stem_of(settings: Settings) -> Path:
    """The path prefix of a database's local files (`app.files.parts`): for an embedded database its own file."""
    digest = hashlib.sha256(settings.database_url.encode()).hexdigest()[:16]
    file = sqlite_file(settings.database_url)
    return file or platformdirs.user_state_path("esis", ensure_exists=True) / digest
