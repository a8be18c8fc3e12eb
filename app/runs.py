"""The run ledger, without an engine: which exchange of which slot is done, by whom and how far.

The queue only carries ids; this table is the truth (architecture.md, Workers). A run is claimed by one conditional
UPDATE; each page is one transaction of effects, cursor, counts, lease and an owner check, so a worker that lost its
lease aborts without effect. At-least-once execution, exactly-once effect.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time

from models.run import Run


@dataclass(frozen=True)
class Counts:
    """What a run did; `received = stored + replaced + unchanged + unmatched + refused` (contract.md).

    For a transfer of pupils: stored = new, replaced = changed, refused = left is never counted here.
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
        """The reverse of `as_json`; absent counts are 0."""
        return cls(**json.loads(text or "{}"))

    def sentence(self) -> str:
        """`12 ontvangen: 10 nieuw, 2 ongewijzigd`."""
        parts = [
            f"{count} {word}"
            for count, word in (
                (self.stored, "nieuw"), (self.replaced, "vervangen"), (self.unchanged, "ongewijzigd"),
                (self.unmatched, "niet gekoppeld"), (self.refused, "geweigerd"),
            )
            if count
        ]  # fmt: skip
        return f"{self.received} ontvangen" + (f": {', '.join(parts)}" if parts else "")


@dataclass(frozen=True)
class Page:
    """What one page of a run did, and where the next one starts; no cursor means the run is done."""

    cursor: str | None
    counts: Counts = Counts()
    note: str = ""
    """Extra Dutch text for the logbook line, on the last page."""


class Unreachable(Exception):
    """The other side does not answer or is too slow: tried again later. The message is a Dutch sentence."""


class Skip(Exception):
    """There is nothing to exchange in this slot, for the reason in the message: a Dutch sentence."""


@dataclass(frozen=True)
class Job:
    """Something that happens at a fixed school time for a location, in pages.

    `wanted(board_id, day)` gives the ids of the locations for which a run exists in the slot of that day.
    `page(run, cursor)` does the next piece (at most 250 rows) inside the ledger's transaction; it may raise
    `Unreachable` (retried), `Skip`, or `Refused`/`WebServiceFault` (failed, never retried).
    """

    name: str
    title: str
    at: time
    wanted: Callable[[int, date], list[int]]
    page: Callable[[Run, str], Page]
    partner: str = ""
    """Whose faults count; empty for none."""
    log_kind: str = "uitwisseling"


@dataclass(frozen=True)
class Slot:
    """A job that falls due at a moment."""

    at: datetime
    job: Job
