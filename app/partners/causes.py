"""How a partner explains why something does not arrive: its side of a coupling or transfer, and the causes it sees.

What needs both sides is worked out from these (`Partner.explanations`) by `app/diagnosis`.
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
    """The screen in words, if the remedy does not name it."""
    wrong: bool = True
    """False if it resolves by itself or may stay as it is."""

    @property
    def sentence(self) -> str:
        """The reason and the remedy as one text."""
        return " ".join(part for part in (self.problem, self.remedy, self.where and f"({self.where})") if part)


@dataclass(frozen=True)
class PartnerSide:
    """A partner's side at one location, in its current state."""

    standing: str
    """The state, completing "Bij IEP LVS: ..."."""
    ready: bool
    """Whether it takes part in the coming night."""
    brin6: str = ""
    """The BRIN6 under which it calls ESIS; empty if it does not call."""
    code: str = field(default="", repr=False)
    """The verification code it shows ESIS: only for comparing, never for display."""
    until: datetime | None = None
    """The moment up to which it knows the data entered in ESIS; None if it has never asked."""


@dataclass(frozen=True)
class Copies:
    """Records of ESIS that a partner keeps as its own: once there, changes in ESIS are not applied.

    `model` has `school`, `esis_id`, `changed_at` (changed here) and `deleted_at`; `fields` have the same names on both
    sides.
    """

    kind: str
    """`pupil`, `guardian` or `staff`."""
    model: Any
    fields: tuple[str, ...]
    page: str
    """The screen of the program where they are changed."""


@dataclass(frozen=True)
class Explanation:
    """How a partner explains one of its jobs, so that users can find out why nothing arrived."""

    job: str
    """The name of the job; for a coupling, its type."""
    at: time
    """The time of night at which it runs (sources.md#times)."""
    program: str
    """The partner's program, as named by `F6`."""
    system: str
    side: Callable[[int], PartnerSide | None]
    """The side of a location; None if it has no account."""
    causes: Callable[[int], Iterable[Cause]]
    """The causes this partner sees itself, for a location with an account."""
    page: str
    """The screen of the program where its side is set up."""
    brin_page: str = ""
    """The screen where its BRIN6 is changed; empty if there is none."""
    carries_groups: bool = False
    """Whether groups and pupils of ESIS travel this way."""
    coming: Callable[[datetime, datetime], str] | None = None
    """When data entered in ESIS at the first moment arrives, as seen from the second (now), as a sentence."""
    copies: tuple[Copies, ...] = ()
    supplier: Supplier | None = None
    """The supplier of the results that travel this way to ESIS; None if none do."""

    def on(self, page: str) -> Target:
        """The target of a screen of the program."""
        return PartnerPage(self.program, page)


def day_name(day: date, today: date) -> str:
    """`vandaag`, `morgen`, `overmorgen`, or `op 18-4-2020`."""
    near = {today: "vandaag", today + timedelta(days=1): "morgen", today + timedelta(days=2): "overmorgen"}
    return near.get(day) or f"op {clock.dutch_date(day)}"
