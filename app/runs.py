"""The run ledger, independent of any engine: which exchanges are done per slot, by which worker and how far.

The queue only carries ids; this table is the truth (architecture.md, Workers). A run is claimed by one conditional
UPDATE; each page is one transaction of effects, cursor, counts, lease and an owner check (`app/workers/execution.py`),
so a worker that lost its lease aborts without effect. At-least-once execution, exactly-once effect.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Protocol

from peewee import Case

from app import clock
from models.base import is_sqlite, locked, real_database
from models.board import Board, Location, School
from models.run import Run

COUNT_WORDS = {
    "received": "ontvangen",
    "stored": "nieuw",
    "replaced": "gewijzigd",
    "unchanged": "ongewijzigd",
    "unmatched": "niet gekoppeld",
    "refused": "geweigerd",
}
"""The Dutch words for the counts."""


@dataclass(frozen=True)
class Counts:
    """What a run did; `received = stored + replaced + unchanged + unmatched + refused` (sources.md#states).

    For a transfer of pupils: stored = new, replaced = changed; pupils who left are reported in the note.
    """

    received: int = 0
    stored: int = 0
    replaced: int = 0
    unchanged: int = 0
    unmatched: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    def as_json(self) -> str:
        """The JSON object kept with the run and its logbook line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Counts:
        """The reverse of `as_json`; missing counts are 0."""
        return cls(**json.loads(text or "{}"))

    def sentence(self, unchanged: str = COUNT_WORDS["unchanged"]) -> str:
        """`12 ontvangen: 10 nieuw, 2 ongewijzigd`; `unchanged` is the word for records left as they are on purpose."""
        words = COUNT_WORDS | {"unchanged": unchanged}
        received, *parts = ((name, getattr(self, name)) for name in words)
        told = ", ".join(f"{count} {words[name]}" for name, count in parts if count)
        return f"{self.received} {words[received[0]]}" + (f": {told}" if told else "")


@dataclass(frozen=True)
class Page:
    """What one page of a run did, and the cursor of the next page; without a cursor the run is done."""

    cursor: str | None
    counts: Counts = Counts()
    note: str = ""
    """Extra Dutch text for the logbook line, on the last page."""
    refusal: str = ""
    """On the last page: a rule refused, so the run fails with this sentence, but what the page wrote is kept."""
    acted: bool = False
    """Whether it changed something that the counts do not cover, such as groups or departures."""


class Unreachable(Exception):
    """The other side does not answer or is too slow: retried later. The message is a Dutch sentence."""


class Skip(Exception):
    """There is nothing to exchange in this slot; the message gives the reason as a Dutch sentence."""


class Errands(Protocol):
    """What one execution of a run asks of a system outside this database, page by page.

    Asking happens outside any transaction, because the other system may write to this very database, and may take long.
    """

    def asks(self, cursor: str) -> Callable[[], None] | None:
        """Read what the next page asks, and return what asks it, without the database; None if there is nothing to ask.

        Both may raise what a page may raise.
        """

    def page(self) -> Page:
        """Do that piece with the answer, inside the ledger's transaction.

        A killed process asks again: what the other system was told before must change nothing there.
        """


@dataclass(frozen=True)
class Job:
    """A task that runs at a fixed school time for a location, in pages.

    `wanted(board_id, day)` gives the ids of the locations that have a run in that day's slot. `page(run, cursor)` does
    the next piece (at most 250 rows) inside the ledger's transaction; it may raise `Unreachable` (retried), `Skip`, or
    `Refused`/`WebServiceFault` (failed, never retried).
    """

    name: str
    title: str
    at: time
    wanted: Callable[[int, date], list[int]]
    page: Callable[[Run, str], Page]
    logged: bool = True
    """Whether each of its runs is a line of the logbook; what is no exchange has none."""
    daily: bool = True
    """Whether it is planned every day; otherwise only its explicitly planned runs are executed."""
    errands: Callable[[Run], Errands | None] | None = None
    """For a run that asks another system than this one; None, or when it returns None: `page` does it."""


@dataclass(frozen=True)
class Slot:
    """A job due at a moment."""

    at: datetime
    job: Job


class State(StrEnum):
    """The state of a run (sources.md#states)."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """As on screen: `Gepland`."""
        return _LABELS[self]


_LABELS = {
    State.QUEUED: "Gepland",
    State.RUNNING: "Bezig",
    State.SUCCEEDED: "Gelukt",
    State.FAILED: "Mislukt",
    State.SKIPPED: "Overgeslagen",
}
ENDED = (State.SUCCEEDED, State.FAILED, State.SKIPPED)
"""Those of a run that is over."""


@dataclass(frozen=True)
class Holder:
    """The identity of a worker: a name no other process has, and how long (wall time) it may be silent.

    `alone`: it holds the worker lock of an embedded database, so any run still marked as busy was left by a dead
    worker.
    """

    owner: str
    lease_seconds: float
    alone: bool = False

    @classmethod
    def here(cls, lease_seconds: float = 10.0, alone: bool = False) -> Holder:
        """A new holder for this process."""
        return cls(f"{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(4).hex()}", lease_seconds, alone)


class LeaseLost(Exception):
    """Another worker has taken over this run: stop, without effect."""


def claim(run_id: int, holder: Holder) -> Run | None:
    """Claim the run for `holder`; return None when it is not due, done, or held by a worker whose lease is still
    valid.
    """
    now = clock.wall_now()
    due = (Run.state == State.QUEUED) & _in_the_past()
    left = Run.state == State.RUNNING
    if not holder.alone:
        left &= Run.lease_until < now
    changed = (
        Run.update(
            state=State.RUNNING,
            owner=holder.owner,
            lease_until=now + timedelta(seconds=holder.lease_seconds),
            attempt=Case(None, [(Run.state == State.QUEUED, Run.attempt + 1)], Run.attempt),
        )
        .where(Run.id == run_id, due | left)
        .execute()
    )
    return Run.get_or_none(Run.id == run_id) if changed else None


def _in_the_past() -> Any:
    return Run.not_before <= Board.select(Board.now).where(Board.id == Run.board)


def unfinished(*where: Any) -> Any:
    """The query for runs with work left now: due, or begun."""
    either = (Run.state == State.RUNNING) | ((Run.state == State.QUEUED) & _in_the_past())
    return Run.select().where(Run.state.in_((State.QUEUED, State.RUNNING)), either, *where)


def hold(run: Run, holder: Holder) -> None:
    """Renew the lease, or raise `LeaseLost`. Call first in a transaction: the row lock keeps another worker's effects
    out.

    The board is locked before it, as in a user's use case (`access.standing_still`): only one at a time writes to a
    board, so nothing changes between reading and writing. SQLite guarantees that by itself (docs/schrijvers.md).
    PostgreSQL ends the transaction of a process that stalls for longer than its lease, which frees the run.
    """
    if not is_sqlite():
        milliseconds = int(holder.lease_seconds * 1000)
        real_database().execute_sql(f"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}")
    locked(Board.select(Board.id).where(Board.id == run.board_id)).first()
    until = clock.wall_now() + timedelta(seconds=holder.lease_seconds)
    mine = (Run.id == run.id) & (Run.owner == holder.owner) & (Run.state == State.RUNNING)
    if not Run.update(lease_until=until).where(mine).execute():
        raise LeaseLost


def last_exchange(location: Location | int, job: str) -> Run | None:
    """The newest run of a job that exchanged something or failed; skipped runs do not count."""
    return _newest(location, job, Run.state.in_((State.SUCCEEDED, State.FAILED)))


def last_tried(location: Location | int, job: str, after: datetime | None = None) -> Run | None:
    """The newest run of a job that was tried or skipped, including one still going on or waiting for a retry.

    With `after`, only slots later than that: what happened before a coupling was reactivated says nothing about it.
    """
    return _newest(location, job, (Run.attempt > 0) | Run.state.in_(ENDED), *([Run.slot > after] if after else []))


def _newest(location: Location | int, job: str, *which: Any) -> Run | None:
    runs = Run.select().where(Run.location == location, Run.job == job, *which)
    found: Run | None = runs.order_by(Run.slot.desc(), Run.id.desc()).first()
    return found


def list_runs(board: Board | int, limit: int = 100, locations: Sequence[Location] | None = None) -> list[Run]:
    """The board's runs, newest slot first; with `locations`, only theirs."""
    query = Run.select(Run, Location, School).join(Location).join(School).where(Run.board == board)
    if locations is not None:
        query = query.where(Run.location.in_(locations))
    return list(query.order_by(Run.slot.desc(), Run.id.desc()).limit(limit))


def as_record(run: Run) -> dict[str, Any]:
    """The run as `--json` shows it (sources.md#json)."""
    return {
        "id": run.id,
        "coupling": run.job,
        "slot": clock.iso(run.slot),
        "state": run.state,
        "attempt": run.attempt,
        "counts": asdict(Counts.from_json(run.counts)),
        "error": run.error,
    }
