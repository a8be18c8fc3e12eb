"""The messages of the third web-service function, pull contacts: groups, staff, pupils and their guardians as plain
data.

Ours: UWLR and EDEXML have no guardians. Records are identified by ESIS's own id, which never changes, unlike a
leerlingnummer; it is not secret and has no meaning outside this exchange.
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
    """An active staff member, and the groups they teach."""

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
    """A pupil enrolled at the requested moment, with groups and guardians."""

    id: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    group_ids: tuple[int, ...]
    """The basisgroep first, if any."""
    guardians: tuple[ContactGuardian, ...]


@dataclass(frozen=True)
class ContactsRequest:
    """The state of a school at `until`: of everybody, or only of those changed after `since`."""

    authorisation: Authorisation
    school: SchoolReference
    until: datetime
    since: datetime | None = None
    also: tuple[int, ...] = ()
    """Pupils to include whether or not they changed."""
    after: int = 0
    """Include only pupils with a higher id; groups and staff come with the first page, 0."""


@dataclass(frozen=True)
class ContactsAnswer:
    """One page. `last` is the id to continue after; None if this was the last page."""

    school_year: str
    groups: tuple[ContactGroup, ...] = ()
    staff: tuple[ContactStaff, ...] = ()
    pupils: tuple[ContactPupil, ...] = ()
    last: int | None = None
