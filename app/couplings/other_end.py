"""How the system at the other end stands, as far as ESIS can tell: by its test message, or a night that went well.

ESIS does not keep a code that was removed, so after a code was filled in again or changed it cannot know whether the
other end has the same one: it asks to look there.
"""

from __future__ import annotations

from enum import StrEnum

from app.couplings import logbook
from app.couplings.catalogue import CouplingType
from app.couplings.logbook import Kind
from app.runs import State
from models.board import Location
from models.coupling import LogEntry
from models.run import Run


class OtherEnd(StrEnum):
    """Completes "IEP LVS ..." on screen."""

    READY = "is ingesteld"
    TO_SET_UP = "is nog niet ingesteld"
    TO_CHECK = "is nog niet getest met deze code"


def stand(location: Location, kind: CouplingType) -> OtherEnd:
    """How the other end of a live coupling stands."""
    tested = logbook.newest_of(location, kind.type, Kind.ACTIVATED, Kind.TEST_MESSAGE)
    if tested is None or tested.kind != Kind.TEST_MESSAGE:
        return OtherEnd.TO_SET_UP
    newest = logbook.newest_of(location, kind.type, Kind.RESUMED, Kind.CODE_CHANGED, Kind.TEST_MESSAGE)
    if newest is None or newest.kind == Kind.TEST_MESSAGE or _exchanged_since(newest):
        return OtherEnd.READY
    return OtherEnd.TO_CHECK


def next_step(found: OtherEnd, kind: CouplingType) -> str:
    """What is left to do at the other end, as sentences; empty when it is ready."""
    if found is OtherEnd.TO_CHECK:
        return f"Controleer in {kind.partner} of daar dezelfde verificatiecode staat, en verstuur daar het testbericht."
    return "" if found is OtherEnd.READY else kind.next_step


def _exchanged_since(line: LogEntry) -> bool:
    """Whether a run of a later slot went well: then both ends have the same code."""
    here = (Run.location == line.location_id) & (Run.job == line.coupling) & (Run.slot > line.at)
    return bool(Run.select().where(here, Run.state == State.SUCCEEDED).exists())
