"""Checks of people and groups: pupils here and at the partners, guardians, groups, roles, and Mijnschoolinfo's own."""

from __future__ import annotations

from app import access, clock
from app.access import Actor, Role
from app.couplings import requirements
from app.partners import pupil_at_partners
from app.partners.basispoort import account as basispoort
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.partners.mijnschoolinfo import layout, lists
from app.refusals import NotFound
from app.school.people import pupils
from app.school.people.names import full_name
from app.school.people.status import status_of
from app.training.scripts.kinds import Kind, opposite, spaced
from models.board import RoleAssignment, User
from models.partners.basispoort import BasispoortGroup
from models.partners.mijnschoolinfo import MsiPupil
from models.school import Group, Placement, StaffMember

ESIS, MIJNSCHOOLINFO = "esis", "Mijnschoolinfo"


def _pupil_at(actor: Actor, key: str, system: str) -> bool:
    wanted = _system(system)
    if wanted == MIJNSCHOOLINFO:  # which also holds whom somebody deleted there
        school = mijnschoolinfo.school_of(actor.location)
        return bool(
            MsiPupil.select()
            .where(MsiPupil.school == school, MsiPupil.key == key, MsiPupil.deleted_at.is_null())
            .exists()
        )
    return any(found.known and found.system == wanted for found in pupil_at_partners.holdings(actor.location, key))


def _system(name: str) -> str:
    known = {found.casefold().replace(" ", "-"): found for found in ("Basispoort", "Gynzy", "IEP LVS", MIJNSCHOOLINFO)}
    if name not in known:
        raise NotFound(f"'{name}' is geen systeem.")
    return known[name]


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


def _group_at_basispoort(actor: Actor, name: str) -> bool:
    named = BasispoortGroup.name == spaced(name)
    return bool(
        BasispoortGroup.select().where(BasispoortGroup.school == basispoort.school_of(actor.location), named).exists()
    )


def _own_groups(actor: Actor) -> bool:
    school = mijnschoolinfo.school_of(actor.location)
    return any(row.origin == "own" for row in lists.groups(school))


def _named(actor: Actor, key: str, name: str, system: str) -> bool:
    wanted = spaced(name)
    if system == ESIS:
        pupil = pupils.get(actor, key)
        return full_name(pupil.first_name, pupil.prefix, pupil.last_name) == wanted
    return any(
        found.name == wanted
        for found in pupil_at_partners.holdings(actor.location, key)
        if found.known and found.system == _system(system)
    )


def _person_there(actor: Actor, name: str) -> bool:
    """A guardian or staff member in Mijnschoolinfo."""
    school, wanted = mijnschoolinfo.school_of(actor.location), spaced(name)
    return any(row.name == wanted for rows in (lists.guardians, lists.staff) for row in rows(school, wanted))


def _has_role(actor: Actor, name: str, role: str) -> bool:
    """At this location; a role on the whole board counts here too."""
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


def _layout_stale(actor: Actor) -> bool:
    classes = layout.classes(mijnschoolinfo.school_of(actor.location))
    return any(not place.here for row in classes for place in row.places)


def _class_counts(actor: Actor, name: str, number: str) -> bool:
    classes = layout.classes(mijnschoolinfo.school_of(actor.location))
    return any(row.name == spaced(name) and str(len(row.places)) == number for row in classes)


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
    Kind("group GROUP at basispoort", "Groep {0} staat in Basispoort.", _group_at_basispoort),
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
    Kind("own-groups none", "In Mijnschoolinfo staat geen zelfgemaakte groep meer.", opposite(_own_groups)),
    Kind("own-groups some", "In Mijnschoolinfo staat een zelfgemaakte groep.", _own_groups),
    Kind(
        "layout confirmed",
        "De klassenindeling is bevestigd.",
        lambda actor: not mijnschoolinfo.school_of(actor.location).check_layout,
    ),
    Kind("user USER role ROLE elsewhere", "Gebruiker {0} heeft de rol {1} op een andere vestiging.", _role_elsewhere),
    Kind("pupil KEY named NAME at SYSTEM", "Leerling {0} heet {1} in {2}.", _named),
    Kind("person NAME at mijnschoolinfo", "{0} staat in Mijnschoolinfo.", _person_there),
    Kind(
        "person NAME not-at mijnschoolinfo",
        "{0} staat niet in Mijnschoolinfo.",
        opposite(_person_there),
    ),
    Kind("class NAME counts NUMBER", "Klas {0} in Mijnschoolinfo telt {1} leerlingen.", _class_counts),
    Kind("staff KEY inactive", "Medewerker {0} is niet meer actief.", _inactive),
    Kind("layout stale", "In de klassenindeling staat wie er niet meer is.", _layout_stale),
    Kind(
        "layout current",
        "In de klassenindeling staat alleen wie er nog is.",
        opposite(_layout_stale),
    ),
)
"""About people and groups."""
