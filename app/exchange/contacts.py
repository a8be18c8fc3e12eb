"""The messages of the third web-service function, pull contacts: groups, staff, pupils and their guardians as plain data.

Ours: UWLR and EDEXML carry no guardians. A record is known by the number ESIS gives it, which lasts, unlike a
leerlingnummer; it is not secret and means nothing outside this exchange.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.exchange.uwlr import Authorisation, SchoolReference


@dataclass(frozen=True)
class ContactGroup:
    """A group of the school year."""

    id: int
    key: str
    name: str
    basis: bool


@dataclass(frozen=True)
class ContactStaff:
    """A member of staff who is active, and the groups he or she stands before."""

    id: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    email: str
    group_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ContactGuardian:
    """A guardian with contact details (bereikbaarheid), which may be empty."""

    id: int
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class ContactPupil:
    """A pupil enrolled at the moment asked for, with groups and guardians."""

    id: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    group_ids: tuple[int, ...]
    """The basisgroep first, if there is one."""
    guardians: tuple[ContactGuardian, ...]


@dataclass(frozen=True)
class ContactsRequest:
    """The state of a school at `until`: of everybody, or only of whom something changed after `since`."""

    authorisation: Authorisation
    school: SchoolReference
    until: datetime
    since: datetime | None = None
    also: tuple[int, ...] = ()
    """Pupils to tell of whatever happened to them."""
    after: int = 0
    """Tell of pupils with a higher number; groups and staff come with the first page, 0."""


@dataclass(frozen=True)
class ContactsAnswer:
    """One page. `last` is the number to go on after; None: this was all."""

    school_year: str
    groups: tuple[ContactGroup, ...] = ()
    staff: tuple[ContactStaff, ...] = ()
    pupils: tuple[ContactPupil, ...] = ()
    last: int | None = None
