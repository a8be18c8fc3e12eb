"""Connects the run ledger to its engine, Huey: a queue that only says which board needs attention.

A task in progress is lost when its worker dies, and two consumers fire a periodic task twice (both measured). So a task
carries only an id, doing it twice is harmless, and a sweep every minute sends whatever the ledger still has to do.
SQLite: the queue is a separate file next to the database. PostgreSQL: it lives in the database.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.files import parts
from app.runs import Holder, Job
from app.settings import Settings
from app.workers.schedule import boards_with_work
from app.workers.walker import Walked, walk
from models.emptying import QUEUE
from models.schema import sqlite_file

if TYPE_CHECKING:
    from huey import Huey  # type: ignore[import-untyped]

logger = logging.getLogger(__name__)


@dataclass
class Engine:
    """The queue of one database, with its two tasks.

    `jobs`: by default the partners'. `alone`: this process holds the worker lock of an embedded database. `immediate`:
    no queue, tasks run at once, for tests.
    """

    settings: Settings
    jobs: Sequence[Job] | None = None
    alone: bool = False
    immediate: bool = False
    go_on: Callable[[], bool] = lambda: True
    huey: Huey = field(init=False)
    working: bool = field(default=False, init=False)
    worked_at: float = field(default_factory=time.monotonic, init=False)
    """When the last walk ended, on the monotonic clock."""

    def __post_init__(self) -> None:
        from huey import crontab

        self.huey = _queue(self.settings, self.immediate)
        self._walk = self.huey.task(name="walk")(self.walk)
        self.huey.periodic_task(crontab(minute="*"), name="sweep")(self.sweep)

    def send(self, board_id: int) -> None:
        """Ask a worker to look at this board."""
        self._walk(board_id)

    def walk(self, board_id: int) -> Walked:
        """The task: walk the board to where it should be."""
        self.working = True
        try:
            holder = Holder.here(self.settings.lease_seconds, self.alone)
            return walk(board_id, self.jobs, holder, self.go_on)
        finally:
            self.working, self.worked_at = False, time.monotonic()

    def sweep(self) -> None:
        """The periodic task, also run at a consumer's start: send the boards that have something to do."""
        for board_id in boards_with_work(self.jobs):
            self.send(board_id)


def _queue(settings: Settings, immediate: bool) -> Huey:
    # Imported here: it costs 60 ms, also in a command that plans nothing.
    from huey import MemoryHuey, PostgresHuey, SqliteHuey
    from huey.registry import Message  # type: ignore[import-untyped]
    from huey.serializer import Serializer  # type: ignore[import-untyped]

    class PlainText(Serializer):  # type: ignore[misc]
        """Tasks as JSON: Huey's default, pickle, would let anyone who can write the queue run code in every worker."""

        def _serialize(self, data: Any) -> bytes:
            return json.dumps(data).encode()

        def _deserialize(self, data: bytes) -> Any:
            return Message(*json.loads(data))

    options: dict[str, Any] = {"results": False, "serializer": PlainText()}
    if immediate:
        return MemoryHuey(QUEUE, immediate=True, **options)
    file = sqlite_file(settings.database_url)
    if file is None:
        return PostgresHuey(QUEUE, dsn=settings.database_url, **options)
    return SqliteHuey(QUEUE, filename=str(file.with_name(f"{file.name}{parts.QUEUE}")), **options)


@dataclass
class _Sender:
    """How this process sends the work it plans."""

    make: Callable[[], Engine] | None = None
    wake: Callable[[], None] = lambda: None
    engine: Engine | None = None


_sender = _Sender()


def plan_with(make: Callable[[], Engine] | None, wake: Callable[[], None] = lambda: None) -> None:
    """Send the work this process plans to the engine from `make`, created when first needed, and then call `wake`.

    None: send nothing, the initial state. That is right for a command, which runs its own work
    (`process.run_here_until_done`).
    """
    _sender.make, _sender.wake, _sender.engine = make, wake, None


def send_walk(board_id: int) -> None:
    """Ask a worker to look at this board; use with `database.after_commit`, so that the worker sees the new rows.

    An unreachable queue is logged, not raised: the plan is committed, and the sweep finds it.
    """
    if _sender.make is None:
        return
    try:
        _sender.engine = _sender.engine or _sender.make()
        _sender.engine.send(board_id)
        _sender.wake()
    except Exception:
        logger.exception("board %s could not be sent to a worker", board_id)
