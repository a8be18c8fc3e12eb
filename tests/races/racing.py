"""Two concurrent writers, each with its own connection: the second starts in the middle of the first.

If the second has to wait for the first, the first continues; otherwise the second finishes before the first continues.
So the assertions hold whatever the timing, and no test waits for a clock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.access import Actor
from app.partners.registry import jobs
from app.refusals import Refused
from app.runs import Holder, claim
from app.workers.execution import execute
from models.base import database, is_sqlite, real_database
from models.board import Board
from models.run import Run

JOBS = {job.name: job for job in jobs()}


class Second:
    """The other one; `refused` is why it could not do it, as a sentence."""

    def __init__(self, deed: Callable[[], Any]) -> None:
        self._deed, self.refused, self._failed = deed, "", []  # type: ignore[var-annotated]
        self._begins = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def begin(self) -> None:
        """Begin, and return when it is done or waits for who called."""
        if self._thread.ident is None:
            self._thread.start()
            self._begins.wait()
            while self._thread.is_alive() and not self._waits():
                self._thread.join(0.001)

    def end(self) -> None:
        """Wait until it is done; what it raised that is no refusal is raised here."""
        assert self._thread.ident is not None, "the first never came to where the second begins"
        self._thread.join()
        if self._failed:
            raise self._failed[0]

    def _run(self) -> None:
        try:
            self._begins.set()
            self._deed()
        except Refused as refusal:
            self.refused = refusal.sentence
        except Exception as error:
            self._failed.append(error)
        finally:
            database.close()

    @staticmethod
    def _waits() -> bool:
        """On SQLite the first has the only right to write, so the second waits as soon as it writes."""
        if is_sqlite():
            return True
        asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        return bool(real_database().execute_sql(asked).fetchone()[0])


def race(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, first: Callable[[], Any], second: Callable[[], Any]
) -> str:
    """Do the first, and begin the second as soon as it has called `place.name`; why the second was refused, or nothing."""
    other, usual = Second(second), getattr(place, name)

    def then_the_other(*arguments: Any, **named: Any) -> Any:
        answer = usual(*arguments, **named)
        if threading.current_thread() is threading.main_thread():
            other.begin()
        return answer

    monkeypatch.setattr(place, name, then_the_other)
    first()
    other.end()
    return other.refused


def night(actor: Actor, run: Run) -> None:
    """Do a whole run as a worker does, when it is due by then or now."""
    Board.update(now=run.not_before).where(Board.id == actor.board.id, Board.now < run.not_before).execute()
    holder = Holder.here()
    held = claim(run.id, holder)
    assert held is not None
    execute(held, JOBS[run.job], holder)
