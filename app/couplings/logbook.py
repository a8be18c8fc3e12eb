"""The koppelingenlogboek: one line for everything that happens to a coupling. Append-only; never contains a full
code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain

from app import clock
from app.access import Actor
from app.couplings.catalogue import counts_told, title
from app.exchange.csv_text import csv_text
from app.permissions import Permission
from app.runs import Counts, State
from models.board import Board, Location
from models.coupling import LogEntry
from models.run import Run


class LogKind(StrEnum):
    """The kind of event, as on screen."""

    ACTIVATED = "activering"
    CODE_CHANGED = "code gewijzigd"
    PAUSED = "stop"
    RESUMED = "hervatting"
    ENDED = "einde"
    TEST_MESSAGE = "testbericht"
    EXCHANGE = "uitwisseling"
    REFUSED = "weigering"
    ROLLED_BACK = "terugdraaien"
    MATCHED = "gekoppeld"
    DISMISSED = "verwijderd"


@dataclass(frozen=True)
class Filter:
    """A selection of lines; empty fields match everything. Days are whole school days, both included."""

    coupling: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


def write(
    *,
    board: Board | int,
    location: Location | int | None,
    coupling: str,
    at: datetime,
    kind: str,
    message: str,
    source: str,
    user: str = "",
    counts: Counts | None = None,
    run_id: int | None = None,
) -> LogEntry:
    """Add a line, in the transaction of the event itself. `at` is school time; `message` never contains a code."""
    return LogEntry.create(
        board=board,
        location=location,
        coupling=coupling,
        at=at,
        kind=kind,
        message=message,
        source=source,
        user=user,
        counts=counts.as_json() if counts else "",
        run_id=run_id,
    )


def write_for(actor: Actor, coupling: str, at: datetime, kind: LogKind, message: str) -> LogEntry:
    """Add a line for an action of this user."""
    return write(
        board=actor.board,
        location=actor.location,
        coupling=coupling,
        at=at,
        kind=kind,
        message=message,
        source=actor.source,
        user=actor.name,
    )


def entries(actor: Actor, wanted: Filter = Filter(), limit: int = 500, offset: int = 0) -> list[LogEntry]:
    """Return the lines of the actor's location, newest first. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    return list(_query(actor, wanted).order_by(LogEntry.at.desc(), LogEntry.id.desc()).limit(limit).offset(offset))


def count(actor: Actor, wanted: Filter = Filter()) -> int:
    """Count the lines. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    return int(_query(actor, wanted).count())


HEADER = ("moment", "koppeling", "soort", "gebruiker", "vandaan", "melding", "aantallen")


def as_csv(actor: Actor, wanted: Filter = Filter()) -> str:
    """Return the filtered lines as CSV (`app.exchange.csv_text`), with moments in the form Dutch Excel reads."""
    lines = (
        (
            clock.for_sheets(line.at),
            title(line.coupling),
            line.kind,
            line.user,
            line.source,
            line.message,
            counts_of(line),
        )
        for line in _stream(actor, wanted)
    )
    return csv_text(chain((HEADER,), lines))


def counts_of(line: LogEntry) -> str:
    """The line's counts as a Dutch phrase, or empty."""
    return counts_told(line.coupling, Counts.from_json(line.counts)) if line.counts else ""


def told(line: LogEntry) -> str:
    """The message with its counts, unless it tells them itself."""
    counts = counts_of(line)
    return line.message if counts.partition(":")[0] in line.message else f"{line.message} {counts}".strip()


def states_of(lines: Iterable[LogEntry]) -> dict[int, State]:
    """How the exchanges went that these lines tell of, by line."""
    runs = {line.run_id: line.id for line in lines if line.run_id is not None}
    return {runs[run.id]: State(run.state) for run in Run.select(Run.id, Run.state).where(Run.id.in_(list(runs)))}


def newest_of(location: Location, coupling: str, *kinds: LogKind) -> LogEntry | None:
    """The newest line of these kinds about a coupling.

    Ordered by line as well as by moment: school time stands still, so many lines may share a moment.
    """
    found: LogEntry | None = (
        LogEntry.select()
        .where(LogEntry.location == location, LogEntry.coupling == coupling, LogEntry.kind.in_(kinds))
        .order_by(LogEntry.at.desc(), LogEntry.id.desc())
        .first()
    )
    return found


def count_of(location: Location, coupling: str, kind: LogKind, since: datetime) -> int:
    """The number of lines of a kind about a coupling from a moment of school time on."""
    here = (LogEntry.location == location) & (LogEntry.coupling == coupling)
    return int(LogEntry.select().where(here, LogEntry.kind == kind, LogEntry.at >= since).count())


def _query(actor: Actor, wanted: Filter):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    query = LogEntry.select().where(LogEntry.location == actor.location)
    if wanted.coupling:
        query = query.where(LogEntry.coupling == wanted.coupling)
    if wanted.kind:
        query = query.where(LogEntry.kind == wanted.kind)
    if wanted.since:
        query = query.where(LogEntry.at >= clock.local(wanted.since, time()))
    if wanted.until:
        query = query.where(LogEntry.at < clock.local(wanted.until + timedelta(days=1), time()))
    return query


def _stream(actor: Actor, wanted: Filter) -> Iterator[LogEntry]:
    actor.require(Permission.VIEW_COUPLINGS)
    yield from _query(actor, wanted).order_by(LogEntry.at, LogEntry.id).iterator()
