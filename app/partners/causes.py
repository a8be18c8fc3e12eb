"""How a partner says why something does not come: its half of a coupling or transfer, and the causes it sees itself.

What needs both halves is worked out from these (`Partner.explanations`) by `app/diagnosis`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app import clock
from app.partners.results_supplier.supplier import Supplier
from app.targets import PartnerPage, SchoolTime, Target

WAIT = SchoolTime()
"""The target of what comes by itself: on a practice board the school time can be moved."""


@dataclass(frozen=True)
class Cause:
    """A reason why something does not come, what to do about it, and the screen that mends it."""

    problem: str
    remedy: str
    target: Target
    where: str = ""
    """The screen in words, where the remedy does not name it."""
    wrong: bool = True
    """False: it comes or goes by itself, or may stay as it is."""

    @property
    def sentence(self) -> str:
        """All of it."""
        return " ".join(part for part in (self.problem, self.remedy, self.where and f"({self.where})") if part)


@dataclass(frozen=True)
class PartnerSide:
    """A partner's half at one location, as it stands now."""

    standing: str
    """How it stands, completing "Bij IEP LVS: ..."."""
    ready: bool
    """Whether it takes part in the coming night."""
    brin6: str = ""
    """Under which it calls ESIS; empty where it calls nobody."""
    code: str = field(default="", repr=False)
    """The verification code it shows ESIS: to be compared, never to be shown."""
    until: datetime | None = None
    """Up to when it knows what was entered in ESIS; None: it never asked."""


@dataclass(frozen=True)
class Copies:
    """Records of ESIS that a partner keeps as its own: once there, changes in ESIS are not taken over.

    `model` has `school`, `esis_id`, `changed_at` (changed here) and `deleted_at`; `fields` are named alike on both sides.
    """

    kind: str
    """`pupil`, `guardian` or `staff`."""
    model: Any
    fields: tuple[str, ...]
    page: str
    """The screen of the program where they are changed."""


@dataclass(frozen=True)
class Explanation:
    """What a partner tells of one of its jobs, so that somebody can find out why nothing came."""

    job: str
    """Its name; for a coupling that is its type."""
    at: time
    """When it comes, every night (sources.md#times)."""
    program: str
    """The program at the other end, as `F6` knows it."""
    system: str
    half: Callable[[int], PartnerSide | None]
    """Of a location; None where it has no account."""
    causes: Callable[[int], Iterable[Cause]]
    """What this partner sees itself, for a location with an account."""
    page: str
    """The screen of the program where its half is arranged."""
    brin_page: str = ""
    """The screen where its BRIN6 is changed; empty: there is none."""
    carries_groups: bool = False
    """Whether groups and pupils of ESIS go this way."""
    coming: Callable[[datetime, datetime], str] | None = None
    """When what was entered in ESIS at the first moment is there, seen from the second (now), as a sentence."""
    copies: tuple[Copies, ...] = ()
    supplier: Supplier | None = None
    """Of results that go this way to ESIS."""

    def on(self, page: str) -> Target:
        """The target of a screen of the program."""
        return PartnerPage(self.program, page)


def day_name(day: date, today: date) -> str:
    """`vandaag`, `morgen`, `overmorgen`, or `op 18-4-2020`."""
    near = {today: "vandaag", today + timedelta(days=1): "morgen", today + timedelta(days=2): "overmorgen"}
    return near.get(day) or f"op {clock.dutch_date(day)}"
