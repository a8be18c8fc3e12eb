"""The declaration of a partner: everything the program has to know about a partner system, in one place.

A partner's package declares one as `PARTNER` in its module `partner`, and `app/partners/registry.py` finds it: a new
partner needs no edit of existing files. Its tables are a module of `models/partners`, its program
`screens/partners/<package>/program.py`, its commands `app/commands/partners/<package>.py`, and what ESIS offers to
couple with it, and its assessments, a file in `fixtures/partners`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.check_kinds import Kind
from app.exchange.names import full_name
from app.partners.arrival import News
from app.partners.causes import Explanation
from app.partners.connecting import Connection
from app.partners.pupil_at_partners import PupilAtPartner
from app.partners.results_supplier.supplier import Supplier
from app.runs import Job
from models.board import Location


@dataclass(frozen=True)
class Colleague:
    """A member of staff who gets an account: names, e-mail address, and the key if known in ESIS."""

    first_name: str
    prefix: str
    last_name: str
    email: str = ""
    key: str = ""

    @property
    def name(self) -> str:
        """The full name."""
        return full_name(self.first_name, self.prefix, self.last_name)


@dataclass(frozen=True)
class Enrolled:
    """A pupil of a new location, possibly one who has left or has yet to start."""

    key: str
    first_name: str
    prefix: str
    last_name: str
    year_group: str
    since: date


@dataclass(frozen=True)
class NewLocation:
    """A location that gets an account at every partner, with ESIS's data, which a partner cannot read itself."""

    location: Location
    since: datetime
    """The moment at which the account counts as opened: what takes a night is in effect from the next day."""
    password_hash: str
    """The password hash of its users."""
    staff: tuple[Colleague, ...] = ()
    pupils: tuple[Enrolled, ...] = ()
    """By key; only on a practice board, for the partners' initial contents."""


@dataclass(frozen=True)
class Caller:
    """How a partner identifies itself at another ESIS, unless something else is set (`elsewhere.py`)."""

    code: str
    """Its klantcode."""
    name: str
    """Its klantnaam."""
    has_code: bool = True
    """Whether a school types its verification code at the partner, which is the autorisatiesleutel then."""


def _nothing(_new: NewLocation) -> None:
    """No initial contents."""


@dataclass(frozen=True)
class Partner:
    """A system at the other end of a coupling or transfer."""

    id: str
    """The name of its package with `-` for `_`, as in `iep-lvs`: its klantcode, and so the type of its coupling. Its
    program, commands, users and disturbances use it too.
    """
    name: str
    """As on screen: `IEP LVS`."""
    open_account: Callable[[NewLocation], object]
    """Opens the account of a location, with its users."""
    begin: Callable[[NewLocation], object] = _nothing
    """Creates its initial contents for a location on a practice board; called for the partners in order of id."""
    jobs: tuple[Job, ...] = ()
    """Its scheduled jobs."""
    explanations: tuple[Explanation, ...] = ()
    """Why something does not arrive, one for each of its jobs that users may ask about."""
    holding: Callable[[int, str], PupilAtPartner] | None = None
    """What it holds for a pupil, by location id and leerlingnummer; None if it keeps no pupils."""
    news: News | None = None
    """When a change to a pupil arrives, as a sentence; None if it gets nothing from ESIS directly."""
    form_note: Callable[[Location, str, int | None, datetime], str] | None = None
    """The note on an ESIS form about a `pupil`, `guardian` or `staff` with this id (None: a new one), as seen from now:
    a sentence, or empty.
    """
    supplier: Supplier | None = None
    """How it delivers results to ESIS; None if it delivers none."""
    account: Any = None
    """The model of its accounts, with a `location` and the verification `code`; None if no school enters a code."""
    connect: Callable[[Location, str], Connection] | None = None
    """Sets up its side of the coupling: enters the verification code in the account of a location."""
    caller: Caller | None = None
    """How it calls another ESIS over HTTP; None if UWLR does not know what it asks."""
    asks: str = "iets"
    """What it asks that UWLR does not know, for a partner without a `caller`."""
    practice_code: str = ""
    """The suffix after the BRIN6 in the verification code of starting states."""
    checks: tuple[Kind, ...] = ()
    """What a draaiboek can check of it."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Allowed words for the placeholders in those checks that accept only certain words."""
