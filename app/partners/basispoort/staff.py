"""Staff accounts (medewerkers) of Basispoort and their roles, maintained by hand: UWLR's pupils carry no staff.

A new role takes effect after one night. Known problems (sources.md#basispoort): somebody who is both leraar and
stagiair cannot sign in at the publishers until one role is removed, and an ICT-coördinator sees no teaching material.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from peewee import prefetch

from app import clock
from app.access import standing_still
from app.exchange.email import folded_address
from app.exchange.names import folded
from app.partners.basispoort.publishers import works_from
from app.partners.partner import Colleague
from app.partners.typed import typed_email, typed_name
from app.refusals import NotFound, Refused
from models import bulk
from models.partners.basispoort import BasispoortRole, BasispoortSchool, BasispoortStaff

BY_HAND = "BP"


class StaffRole(StrEnum):
    """The roles of a staff member at Basispoort."""

    TEACHER = "leraar"
    COORDINATOR = "ICT-coördinator"
    TRAINEE = "stagiair"


@dataclass(frozen=True)
class StaffRow:
    """A staff member with roles, and their effect today."""

    staff: BasispoortStaff
    roles: tuple[BasispoortRole, ...]
    today: date

    @property
    def name(self) -> str:
        """The full name."""
        return Colleague(self.staff.first_name, self.staff.prefix, self.staff.last_name).name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the roles."""
        return tuple(str(role.role) for role in self.roles)

    @property
    def blocked(self) -> bool:
        """Whether the double role blocks signing in."""
        return {StaffRole.TEACHER, StaffRole.TRAINEE} <= set(self.names)

    @property
    def coming(self) -> BasispoortRole | None:
        """A role that is not in effect yet."""
        return next((role for role in self.roles if works_from(role.given_at) > self.today), None)

    @property
    def state(self) -> str:
        """What the roles give at the publishers, in a few words."""
        if not self.roles or self.blocked:
            return "! kan niet aanmelden"
        if self.coming:
            return f"nieuwe rol vanaf {clock.dutch_date(works_from(self.coming.given_at))}"
        return "ziet geen lesmateriaal" if self.names == (StaffRole.COORDINATOR,) else "kan aanmelden"

    @property
    def standing(self) -> str:
        """The same as a sentence, with what to do about it."""
        if not self.roles:
            return f"{self.name} heeft geen rol en kan bij uitgeverijen niet aanmelden. Geef een rol."
        if self.blocked:
            return (
                f"{self.name} heeft een dubbele rol (leraar en stagiair) en kan bij uitgeverijen niet aanmelden. Neem "
                "een van de twee af."
            )
        if self.coming:
            return f"De rol {self.coming.role} van {self.name} werkt vanaf {clock.dutch_date(works_from(self.coming.given_at))}."
        if self.names == (StaffRole.COORDINATOR,):
            return f"{self.name} is alleen ICT-coördinator en ziet bij uitgeverijen geen lesmateriaal."
        return f"{self.name} kan bij uitgeverijen aanmelden."


def open_staff(school: BasispoortSchool, people: Iterable[Colleague], at: datetime) -> None:
    """Create accounts for the staff of a new account, each with role leraar and the key of the LAS."""
    bulk.insert(
        BasispoortStaff,
        [
            {
                "school": school.id,
                "key": one.key,
                "first_name": one.first_name,
                "prefix": one.prefix,
                "last_name": one.last_name,
                "email": one.email,
            }
            for one in people
        ],
    )
    made = BasispoortStaff.select(BasispoortStaff.id).where(BasispoortStaff.school == school)
    bulk.insert(BasispoortRole, ({"staff": row.id, "role": StaffRole.TEACHER, "given_at": at} for row in list(made)))


def rows(school: BasispoortSchool) -> list[StaffRow]:
    """Everybody with an account by name, in two queries; a school has dozens."""
    today = clock.school_today(school.location.board)
    people = BasispoortStaff.select().where(BasispoortStaff.school == school)
    ordered = people.order_by(BasispoortStaff.sort_name, BasispoortStaff.id)
    found: Sequence[Any] = prefetch(ordered, BasispoortRole.select().order_by(BasispoortRole.id))
    return [StaffRow(row, tuple(row.roles), today) for row in found]


def find(school: BasispoortSchool, text: str) -> BasispoortStaff:
    """The staff member with this key, e-mail address or full name. Raises `NotFound`, also for an ambiguous name."""
    wanted = text.strip().casefold()
    here = rows(school)
    by_key = [row for row in here if row.staff.key.casefold() == wanted]
    called, address = folded(text), folded_address(text)
    found = by_key or [
        row for row in here if called and (folded_address(row.staff.email) == address or folded(row.name) == called)
    ]
    if len(found) != 1:
        why = "is niet bekend" if not found else "zijn er meer"
        raise NotFound(f"Medewerker '{text}' {why} bij Basispoort. Geef het personeelsnummer; zie 'show --json'.")
    return found[0].staff


def role_of(text: str) -> StaffRole:
    """The role with this name, as in `leraar` or `ict`. Raises `Refused` naming the existing ones."""
    wanted = text.strip().casefold().replace("ö", "o")
    for role in StaffRole:
        if wanted in (role.casefold().replace("ö", "o"), role.split("-")[0].casefold()):
            return role
    raise Refused(f"Rol '{text}' bestaat niet. Kies uit: {', '.join(StaffRole)}.", field="role")


def add(school: BasispoortSchool, person: Colleague, role: StaffRole) -> BasispoortStaff:
    """Create an account by hand. Raises `Refused` without a last name, or for an e-mail address already in use."""
    names = {
        "first_name": typed_name(person.first_name, BasispoortStaff.first_name),
        "prefix": typed_name(person.prefix, BasispoortStaff.prefix),
        "last_name": typed_name(person.last_name, BasispoortStaff.last_name, required=True),
    }
    email = typed_email(person.email, BasispoortStaff.email)
    with standing_still(school.location.board_id) as now:
        if email and any(folded_address(row.staff.email) == folded_address(email) for row in rows(school)):
            raise Refused(f"{email} hoort al bij een andere medewerker.", field="email")
        made = BasispoortStaff.create(school=school, key=_next_key(school), email=email, **names)
        BasispoortRole.create(staff=made, role=role, given_at=now)
    return made


def remove(school: BasispoortSchool, staff: BasispoortStaff) -> None:
    """Remove the account with its roles."""
    with standing_still(school.location.board_id):
        BasispoortStaff.delete().where(BasispoortStaff.id == staff.id, BasispoortStaff.school == school).execute()


def give_role(school: BasispoortSchool, staff: BasispoortStaff, role: StaffRole) -> None:
    """Give a role, which takes effect after one night. Raises `Refused` if the person has it already."""
    with standing_still(school.location.board_id) as now:
        _own(school, staff)
        if BasispoortRole.select().where(BasispoortRole.staff == staff, BasispoortRole.role == role).exists():
            raise Refused(f"{_called(staff)} heeft de rol {role} al.", field="role")
        BasispoortRole.create(staff=staff, role=role, given_at=now)


def take_role(school: BasispoortSchool, staff: BasispoortStaff, role: StaffRole) -> None:
    """Remove a role. Raises `Refused` if the person does not have it."""
    with standing_still(school.location.board_id):
        _own(school, staff)
        gone = BasispoortRole.delete().where(BasispoortRole.staff == staff, BasispoortRole.role == role)
        if not gone.execute():
            raise Refused(f"{_called(staff)} heeft de rol {role} niet.", field="role")


def _own(school: BasispoortSchool, staff: BasispoortStaff) -> None:
    if not BasispoortStaff.select().where(BasispoortStaff.id == staff.id, BasispoortStaff.school == school).exists():
        raise NotFound(f"{_called(staff)} heeft hier geen account (meer).")


def _called(staff: BasispoortStaff) -> str:
    return Colleague(staff.first_name, staff.prefix, staff.last_name).name


def _next_key(school: BasispoortSchool) -> str:
    by_hand = BasispoortStaff.select(BasispoortStaff.key).where(
        BasispoortStaff.school == school, BasispoortStaff.key.startswith(BY_HAND)
    )
    numbers = [int(row.key[len(BY_HAND) :]) for row in by_hand if row.key[len(BY_HAND) :].isdecimal()]
    return f"{BY_HAND}{max(numbers, default=0) + 1:03d}"
