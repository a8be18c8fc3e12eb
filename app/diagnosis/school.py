"""Choices a school made in ESIS itself that look like a broken coupling."""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.counted import plural
from app.diagnosis.coupling_status import CouplingStatus
from app.partners.causes import Cause
from app.school.groups import in_order
from app.targets import GroupPage, MenuItem, UserPage
from models.board import RoleAssignment, User
from models.school import Group, GroupTeacher, Placement, StaffMember

NAMED = 3


def groups_kept_back(case: CouplingStatus) -> Iterator[Cause]:
    """Instruction and other groups that are not In koppelingen beschikbaar (sources.md#known-problems q): the school's
    own choice.
    """
    if not case.explanation.carries_groups:
        return
    filled = Placement.select(Placement.group).where(Placement.school_year == case.school_year)
    query = Group.select().where(
        Group.location == case.location,
        Group.school_year == case.school_year,
        Group.kind != "basis",
        ~Group.available_to_couplings,
        Group.id.in_(filled),
    )
    found = in_order(query)
    if found:
        word, goes = plural(len(found), ("Groep", "gaat"), ("De groepen", "gaan"))
        yield Cause(
            f"{word} {_listed([str(group.name) for group in found])} {goes} niet mee: 'In koppelingen beschikbaar' staat uit.",
            "Zet dat aan als de groep wel mee moet.",
            GroupPage(found[0].id) if len(found) == 1 else MenuItem("groepen-en-onderwijssoorten"),
            "Beheer > Inrichten > Groepen en onderwijssoorten",
            wrong=False,
        )


def nobody_sees_it(case: CouplingStatus) -> Iterator[Cause]:
    """Users who teach a group but have no role here: the results arrived, but they cannot see them
    (sources.md#known-problems p).
    """
    if case.explanation.supplier is None:
        return
    groups = Group.select(Group.id).where(Group.location == case.location, Group.school_year == case.school_year)
    before = GroupTeacher.select(GroupTeacher.staff).where(GroupTeacher.group.in_(groups))
    here = (RoleAssignment.location == case.location) | RoleAssignment.location.is_null()
    query = (
        User.select(User)
        .join(StaffMember, on=(User.staff_id == StaffMember.id))
        .where(
            User.board == case.actor.board,
            StaffMember.active,
            StaffMember.id.in_(before),
            User.id.not_in(RoleAssignment.select(RoleAssignment.user).where(here)),
        )
    )
    found = list(query.order_by(User.name))
    if found:
        word, stands, sees = plural(len(found), ("Gebruiker", "staat", "ziet"), ("De gebruikers", "staan", "zien"))
        yield Cause(
            f"{word} {_listed([str(user.name) for user in found])} {stands} voor een groep en {sees} niets: er is geen rol op "
            "deze vestiging.",
            "Geef een rol, bijvoorbeeld Leerkracht.",
            UserPage(found[0].id) if len(found) == 1 else MenuItem("gebruikers-en-rollen"),
            "Beheer > Inrichten > Gebruikers en rollen",
            wrong=False,
        )


def last_year(case: CouplingStatus) -> Iterator[Cause]:
    """The school year has begun, but the groups are still those of the previous one."""
    begun = clock.school_year_of(case.today)
    if case.explanation.carries_groups and begun != case.school_year:
        yield Cause(
            f"Het schooljaar {begun} is begonnen, maar de groepen in ESIS zijn nog van {case.school_year}.",
            "Voer de jaarovergang uit.",
            MenuItem("jaarovergang"),
        )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" en {len(names) - NAMED} meer" if len(names) > NAMED else "")
