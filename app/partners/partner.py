"""What a partner is: all that the program has to know of a system at the other end, told once.

A partner's package declares one as `PARTNER` in its module `partner`, and `app/partners/registry.py` finds it: a new
partner needs no edit of anything that is there. Its tables are a module of `models/partners`, its program
`screens/partners/<package>/program.py`, its commands `app/commands/partners/<package>.py`, and what ESIS offers to couple
with it, and its assessments, a file in `fixtures/partners`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.check_kinds import Kind
from app.partners.arrival import News
from app.partners.causes import Explanation
from app.partners.connecting import Connection
from app.partners.pupil_at_partners import PupilAtPartner
from app.partners.results_supplier.supplier import Supplier
from app.runs import Job
from models.board import Location


@dataclass(frozen=True)
class Colleague:
    """A member of staff who gets an account: names and e-mail address, and the key of who is known in ESIS."""

    first_name: str
    prefix: str
    last_name: str
    email: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        """In full."""
        return " ".join(part for part in (self.first_name, self.prefix, self.last_name) if part)


@dataclass(frozen=True)
class Enrolled:
    """A pupil of a new location, also one who left or has yet to come."""

    key: str
    first_name: str
    prefix: str
    last_name: str
    year_group: str
    since: date


@dataclass(frozen=True)
class NewLocation:
    """A location that gets an account at every partner, with what ESIS has of it: a partner cannot look there itself."""

    location: Location
    since: datetime
    """As if the account was opened then: what takes a night counts from the next."""
    password_hash: str
    """Of its users."""
    staff: tuple[Colleague, ...] = ()
    pupils: tuple[Enrolled, ...] = ()
    """By key; on a practice board only, for what partners hold there at the start."""


def _nothing(_new: NewLocation) -> None:
    """It holds nothing at the start."""


@dataclass(frozen=True)
class Partner:
    """A system at the other end of a coupling or transfer."""

    id: str
    """The name of its package with `-` for `_`, as in `iep-lvs`: its klantcode, and so the type of its coupling. Its program,
    commands, users and disturbances go by it too.
    """
    name: str
    """As on screen: `IEP LVS`."""
    open_account: Callable[[NewLocation], object]
    """Opens the account of a location, with its users."""
    begin: Callable[[NewLocation], object] = _nothing
    """Makes what it holds of a location when a practice board begins; called for one partner after the other, by id."""
    jobs: tuple[Job, ...] = ()
    """What happens there at fixed times."""
    explanations: tuple[Explanation, ...] = ()
    """Why something does not come, one for each of its jobs that somebody may ask about."""
    holding: Callable[[int, str], PupilAtPartner] | None = None
    """What it has of a pupil, by location id and leerlingnummer; None where it keeps no pupils."""
    news: News | None = None
    """When it hears of a pupil's change, as a sentence; None where it gets nothing from ESIS itself."""
    form_note: Callable[[Location, str, int | None, datetime], str] | None = None
    """What a form of ESIS says of it above a `pupil`, `guardian` or `staff` with this id (None: a new one), seen from now: a
    sentence, or nothing.
    """
    supplier: Supplier | None = None
    """Of the results that it delivers."""
    account: Any = None
    """The model of its accounts, with a `location` and the verification `code`; None where no school makes up a code."""
    connect: Callable[[Location, str], Connection] | None = None
    """Its half of the coupling: enters the verification code in the account of a location."""
    practice_code: str = ""
    """What follows the BRIN6 in the verification code of starting states."""
    checks: tuple[Kind, ...] = ()
    """What a draaiboek can check of it."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What may stand in a place of those checks where only some words can be right."""
