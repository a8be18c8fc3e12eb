"""Checks of people and groups: pupils in ESIS and at the partners, guardians, groups and roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from app import access, clock
from app.access import Actor
from app.check_kinds import Kind, as_word, opposite, read_once, spaced
from app.couplings import requirements
from app.exchange.names import full_name
from app.partners import registry
from app.partners.pupil_at_partners import PupilAtPartner
from app.permissions import Role
from app.school.people import pupils
from app.school.people.status import status_of
from models.board import RoleAssignment, User
from models.school import Group, Placement, Pupil, StaffMember

ESIS = "esis"


def _pupil_at(actor: Actor, key: str, system: str) -> bool:
    found = _found(actor, key, system)
    return found is not None and found.known and not found.deleted


def _found(actor: Actor, key: str, system: str) -> PupilAtPartner | None:
    """What a partner holds for a pupil. Raises `NotFound` for an unknown system."""
    holding = registry.by_id(system).holding
    return holding(actor.location.id, key) if holding else None


def _status(actor: Actor, key: str, status: str) -> bool:
    return status_of(pupils.get(actor, key), clock.school_today(actor.board)) == status


def _in_group(actor: Actor, key: str, group: str) -> bool:
    pupil = pupils.get(actor, key)
    places = Placement.select().join(Group).where(Placement.pupil == pupil, Group.name == spaced(group))
    return any(place.group.school_year == _latest_year(pupil.id) for place in places)


def _latest_year(pupil_id: int) -> str:
    years = [row.school_year for row in Placement.select(Placement.school_year).where(Placement.pupil == pupil_id)]
    return max(years, default="")


def _available(actor: Actor, name: str) -> bool:
    groups = Group.select().where(Group.location == actor.location, Group.name == spaced(name))
    latest: Group | None = groups.order_by(Group.school_year.desc()).first()
    return latest is not None and (latest.kind == "basis" or latest.available_to_couplings)


def _named(actor: Actor, key: str, name: str, system: str) -> bool:
    wanted = spaced(name)
    if system == ESIS:
        pupil = pupils.get(actor, key)
        return full_name(pupil.first_name, pupil.prefix, pupil.last_name) == wanted
    found = _found(actor, key, system)
    return found is not None and found.known and found.name == wanted


def _has_role(actor: Actor, name: str, role: str) -> bool:
    """Whether a user has a role at this location; a role on the whole board counts too."""
    return Role[role.upper()] in access.actor_for(access.find_user(actor.board, name), actor.location).roles


def _role_elsewhere(actor: Actor, name: str, role: str) -> bool:
    given = (
        RoleAssignment.select()
        .join(User)
        .where(
            User.board == actor.board,
            User.name == name,
            RoleAssignment.role == Role[role.upper()],
            RoleAssignment.location != actor.location,
        )
    )
    return bool(given.exists())


def _contacts_lacking(actor: Actor) -> bool:
    return bool(requirements.lacking(actor.location, clock.school_today(actor.board)))


def _inactive(actor: Actor, key: str) -> bool:
    staff = StaffMember.select().where(StaffMember.location == actor.location, StaffMember.key == key)
    return bool(staff.where(~StaffMember.active).exists())


def _pupils(actor: Actor) -> Iterator[Pupil]:
    yield from Pupil.select().where(Pupil.location == actor.location).order_by(Pupil.id)


def _statuses(actor: Actor) -> Iterator[tuple[str, str]]:
    today = clock.school_today(actor.board)
    yield from ((pupil.key, status_of(pupil, today)) for pupil in _pupils(actor))


def _placed(actor: Actor) -> Iterator[tuple[str, str]]:
    rows: Any = (
        Placement.select(Pupil.key, Group.name, Group.school_year)
        .join(Pupil)
        .switch(Placement)
        .join(Group)
        .where(Pupil.location == actor.location)
    )
    found = list(rows.order_by(Placement.id).tuples())
    latest: dict[str, str] = {}
    for key, _, year in found:
        latest[key] = max(year, latest.get(key, ""))
    yield from ((key, as_word(name)) for key, name, year in found if year == latest[key])


@read_once
def _holdings(actor: Actor) -> Iterator[tuple[str, str, PupilAtPartner]]:
    for partner in registry.partners():
        if (holding := partner.holding) is not None:
            for pupil in _pupils(actor):
                if (found := holding(actor.location.id, pupil.key)).known:
                    yield pupil.key, partner.id, found


def _held(actor: Actor) -> Iterator[tuple[str, str]]:
    yield from ((key, system) for key, system, one in _holdings(actor) if not one.deleted)


def _names(actor: Actor) -> Iterator[tuple[str, str, str]]:
    for pupil in _pupils(actor):
        yield pupil.key, as_word(full_name(pupil.first_name, pupil.prefix, pupil.last_name)), ESIS
    yield from ((key, as_word(one.name), system) for key, system, one in _holdings(actor) if one.name)


def _groups(actor: Actor, *, available: bool) -> Iterator[tuple[str]]:
    rows: Any = Group.select(Group.name).where(Group.location == actor.location, Group.kind != "basis").distinct()
    for (name,) in rows.order_by(Group.name).tuples():
        if _available(actor, name) == available:
            yield (as_word(name),)


def _roles(actor: Actor, *, has: Callable[[Actor, str, str], bool] = _has_role) -> Iterator[tuple[str, str]]:
    for user in User.select().where(User.board == actor.board).order_by(User.id):
        yield from ((user.name, role.name.lower()) for role in Role if has(actor, user.name, role.name))


def _staff(actor: Actor) -> Iterator[tuple[str]]:
    rows: Any = StaffMember.select(StaffMember.key).where(StaffMember.location == actor.location, ~StaffMember.active)
    yield from ((key,) for (key,) in rows.order_by(StaffMember.id).tuples())


KINDS: tuple[Kind, ...] = (
    Kind("pupil KEY STATUS", "Leerling {0} is {1}.", _status, _statuses),
    Kind("pupil KEY group GROUP", "Leerling {0} zit in groep {1}.", _in_group, _placed),
    Kind("pupil KEY at SYSTEM", "Leerling {0} staat in {1}.", _pupil_at, _held),
    Kind(
        "pupil KEY not-at SYSTEM",
        "Leerling {0} staat niet in {1}.",
        opposite(_pupil_at),
        ends="pupil KEY at SYSTEM",
    ),
    Kind("group GROUP available", "Groep {0} gaat mee in koppelingen.", _available, partial(_groups, available=True)),
    Kind(
        "group GROUP kept",
        "Groep {0} gaat niet mee in koppelingen.",
        opposite(_available),
        partial(_groups, available=False),
    ),
    Kind("user USER role ROLE", "Gebruiker {0} heeft de rol {1}.", _has_role, _roles),
    Kind(
        "user USER without ROLE",
        "Gebruiker {0} heeft de rol {1} niet.",
        opposite(_has_role),
        ends="user USER role ROLE",
    ),
    Kind(
        "contacts complete",
        "Elke leerling heeft een verzorger met een e-mailadres.",
        opposite(_contacts_lacking),
    ),
    Kind("contacts lacking", "Niet elke verzorger heeft een e-mailadres.", _contacts_lacking),
    Kind(
        "user USER role ROLE elsewhere",
        "Gebruiker {0} heeft de rol {1} op een andere vestiging.",
        _role_elsewhere,
        partial(_roles, has=_role_elsewhere),
    ),
    Kind("pupil KEY named NAME at SYSTEM", "Leerling {0} heet {1} in {2}.", _named, _names),
    Kind("staff KEY inactive", "Medewerker {0} is niet meer actief.", _inactive, _staff),
)
"""About people and groups."""
