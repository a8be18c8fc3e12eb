"""Huey's consumer, adapted to exit when idle and to end a walk at the next run when told to stop."""

from __future__ import annotations

import time
from typing import Any

from huey.consumer import Consumer, ConsumerStopped  # type: ignore[import-untyped]

from app.platform_parts import ENDING
from app.workers.engine import Engine

POLL = 0.1
SLOWEST_POLL = 0.2
"""Seconds between polls of SQLite's queue; with Huey's own 10 a user has to wait (measured)."""
LISTEN = 2.0
"""Seconds within which a thread listening to PostgreSQL (1 second at a time) notices that it must stop."""


def consume(engine: Engine, idle_exit: float | None = None) -> int | None:
    """Process the queue until a signal (its number) or idleness (None)."""
    consumer = _Consumer(engine, idle_exit)
    engine.go_on = lambda: not consumer.stop_flag.is_set()
    consumer.run()
    return consumer.signal


class _Consumer(Consumer):  # type: ignore[misc]
    """A single working thread: the ledger makes more of them safe, but four were slower than one (measured)."""

    def __init__(self, engine: Engine, idle_exit: float | None) -> None:
        last_page = engine.settings.lease_seconds + LISTEN
        super().__init__(engine.huey, initial_delay=POLL, max_delay=SLOWEST_POLL, shutdown_timeout=last_page)
        self._engine = engine
        self._idle_exit = idle_exit
        # On HUP Huey restarts and on TERM it abandons a task half-way; here each means: stop cleanly.
        self._signal_actions = dict.fromkeys(ENDING, (False, True))

    @property
    def signal(self) -> int | None:
        """The signal that ended it."""
        return None if self._signum is None else int(self._signum)

    def loop(self, health_check_ts: float | None = None) -> Any:
        if self._is_idle():
            self.stop(graceful=True)
            raise ConsumerStopped
        return super().loop(health_check_ts)

    def _is_idle(self) -> bool:
        if self._idle_exit is None or self._engine.working:
            return False
        return time.monotonic() - self._engine.worked_at > self._idle_exit
