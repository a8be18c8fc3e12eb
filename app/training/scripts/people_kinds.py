"""Checks of people and groups: pupils in ESIS and at the partners, guardians, groups and roles."""

from __future__ import annotations

from app import access, clock
from app.access import Actor
from app.check_kinds import Kind, opposite, spaced
from app.couplings import requirements
from app.exchange.names import full_name
from app.partners import registry
from app.partners.pupil_at_partners import PupilAtPartner
from app.permissions import Role
from app.school.people import pupils
from app.school.people.status import status_of
from models.board import RoleAssignment, User
from models.school import Group, Placement, StaffMember

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


KINDS: tuple[Kind, ...] = (
    Kind("pupil KEY STATUS", "Leerling {0} is {1}.", _status),
    Kind("pupil KEY group GROUP", "Leerling {0} zit in groep {1}.", _in_group),
    Kind("pupil KEY at SYSTEM", "Leerling {0} staat in {1}.", _pupil_at),
    Kind(
        "pupil KEY not-at SYSTEM",
        "Leerling {0} staat niet in {1}.",
        opposite(_pupil_at),
    ),
    Kind("group GROUP available", "Groep {0} gaat mee in koppelingen.", _available),
    Kind("group GROUP kept", "Groep {0} gaat niet mee in koppelingen.", opposite(_available)),
    Kind("user USER role ROLE", "Gebruiker {0} heeft de rol {1}.", _has_role),
    Kind(
        "user USER without ROLE",
        "Gebruiker {0} heeft de rol {1} niet.",
        opposite(_has_role),
    ),
    Kind(
        "contacts complete",
        "Elke leerling heeft een verzorger met een e-mailadres.",
        opposite(_contacts_lacking),
    ),
    Kind("contacts lacking", "Niet elke verzorger heeft een e-mailadres.", _contacts_lacking),
    Kind("user USER role ROLE elsewhere", "Gebruiker {0} heeft de rol {1} op een andere vestiging.", _role_elsewhere),
    Kind("pupil KEY named NAME at SYSTEM", "Leerling {0} heet {1} in {2}.", _named),
    Kind("staff KEY inactive", "Medewerker {0} is niet meer actief.", _inactive),
)
"""About people and groups."""
