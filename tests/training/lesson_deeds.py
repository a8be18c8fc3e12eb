"""Actions in lessons without a screen: use cases, right ones and wrong ones that must not count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app import access, clock
from app.access import Actor
from app.couplings import lifecycle, requirements, rollback
from app.partners.basispoort import account as basispoort
from app.partners.basispoort import publishers
from app.partners.iep_lvs import account as iep
from app.partners.iep_lvs import connection, moving
from app.partners.mijnschoolinfo import account as msi
from app.partners.mijnschoolinfo import editing, layout
from app.partners.results_supplier import delivery_status, merging, sitting
from app.permissions import Role
from app.school import group_editing
from app.school.assessment import assessments
from app.school.board import roles
from app.school.group_editing import GroupForm
from app.school.people import enrolment, guardians, pupils, staff
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.training import supplier_messages
from app.training.situations import code, to
from app.workers.walker import walk_to_the_end
from models.board import Board, Location
from models.partners.iep_lvs import IepSchool
from models.partners.mijnschoolinfo import MsiGroup, MsiPupil, MsiSchool
from models.school import Group, PupilGuardian

Deed = Callable[[Actor], object]
IEP, MSI, MATHS = "iep-lvs", "mijnschoolinfo", "rekenen-6"
SAT = date(2020, 4, 14)


@dataclass(frozen=True)
class Doing:
    """A task: what is right, what is wrong, and a user whose role does not allow it."""

    right: Deed
    wrong: tuple[Deed, ...] = ()
    not_by: str = ""


def together(*deeds: Deed) -> Deed:
    """One after the other."""

    def do(actor: Actor) -> None:
        for deed in deeds:
            deed(actor)

    return do


def five(actor: Actor) -> None:
    """To 17:00 today, which is no night."""
    now = clock.school_now(Board.get_by_id(actor.board.id))
    to(actor, now.replace(hour=17, minute=0))


def until(text: str) -> Deed:
    """To a moment."""
    return lambda actor: to(actor, clock.parse_moment(text))


def iep_school(actor: Actor) -> IepSchool:
    return iep.school_of(actor.location)


def msi_school(actor: Actor) -> MsiSchool:
    return msi.school_of(actor.location)


def msi_pupil(actor: Actor, key: str) -> int:
    return int(MsiPupil.get(MsiPupil.school == msi_school(actor), MsiPupil.key == key).id)


def group(actor: Actor, name: str) -> Group:
    found: Group = Group.get(Group.location == actor.location, Group.name == name)
    return found


# ---------------------------------------------------------------- couplings


def activate(kind: str, tail: str = "") -> Deed:
    """In ESIS, with the code of the situations, or with what is given."""
    return lambda actor: lifecycle.activate(actor, kind, "R. de Vries", True, tail or code(actor, kind))


def activate_without_code(kind: str) -> Deed:
    return lambda actor: lifecycle.activate(actor, kind, "R. de Vries", True)


def other(actor: Actor) -> str:
    return f"{actor.location.brin6}anderecode98765"


def change_code(actor: Actor) -> None:
    lifecycle.change_code(actor, IEP, other(actor))


def change_code_to(text: str) -> Deed:
    """In ESIS, to this one."""
    return lambda actor: lifecycle.change_code(actor, IEP, text)


def sent(what: str, **fields: str) -> Deed:
    """A supplier sends a message."""
    return lambda actor: supplier_messages.send(actor.board, supplier_messages.written(actor.board, what, fields))


def resume(actor: Actor) -> None:
    lifecycle.change_code(actor, IEP, code(actor, IEP))


def connect_iep(actor: Actor) -> None:
    connection.connect(iep_school(actor), code(actor, IEP))


def connect_iep_wrong(actor: Actor) -> None:
    connection.connect(iep_school(actor), other(actor))


def connect_msi(actor: Actor) -> None:
    msi.connect(msi_school(actor), code(actor, MSI))


def connect_msi_wrong(actor: Actor) -> None:
    msi.connect(msi_school(actor), other(actor))


def pause(kind: str) -> Deed:
    return lambda actor: lifecycle.pause(actor, kind)


def end(kind: str) -> Deed:
    return lambda actor: lifecycle.end(actor, kind)


def brin(number: str) -> Deed:
    """At IEP LVS."""
    return lambda actor: iep.change_details(iep_school(actor), "De Oefenhoek", f"{actor.location.brin6[:4]}{number}")


def by_hand(actor: Actor) -> None:
    basispoort.set_automatic(basispoort.school_of(actor.location), False)


def untick(actor: Actor) -> None:
    publishers.untick(basispoort.school_of(actor.location), publishers.find("iep"))


# ---------------------------------------------------------------- results


def move(key: str) -> Deed:
    """Move the sitting of the pupil who was ill."""
    return lambda actor: moving.move(iep_school(actor), MATHS, SAT, "1077", key)


def roll_back(actor: Actor) -> None:
    rollback.roll_back(actor, rollback.last(actor, IEP))


def send_again(day: date) -> Deed:
    return lambda actor: delivery_status.send_again(connection.SUPPLIER, iep_school(actor), sent_on=day)


def sit(assessment: str, name: str) -> Deed:
    return lambda actor: sitting.sit(connection.SUPPLIER, iep_school(actor), assessment, name)


def switch(assessment: str, on: bool) -> Deed:
    return lambda actor: assessments.set_active(actor, assessment, on)


def merge(source: str, target: str) -> Deed:
    return lambda actor: merging.merge(connection.SUPPLIER, iep_school(actor), source, target)


# ---------------------------------------------------------------- people and groups


def one_contact(actor: Actor) -> None:
    lack = requirements.lacking(actor.location, clock.school_today(actor.board))[0]
    link = PupilGuardian.get_by_id(lack.link_id)
    guardians.change(actor, link.guardian_id, GuardianForm(link.guardian.name, "een@voorbeeld.nl"))


def enrol(first_name: str, name: str) -> Deed:
    form = PupilForm(first_name, "Voorbeeld", birth_date=date(2011, 9, 5))
    carer = GuardianForm("Kim Voorbeeld", "kim.voorbeeld@voorbeeld.nl")
    return lambda actor: enrolment.enrol(actor, form, group(actor, name), carers=[carer])


def rename(first_name: str) -> Deed:
    """In ESIS."""

    def do(actor: Actor) -> None:
        pupil = pupils.get(actor, "1111")
        enrolment.change(actor, pupil, replace(PupilForm.of(pupil), first_name=first_name))

    return do


def unsubscribe(key: str) -> Deed:
    def do(actor: Actor) -> None:
        today = clock.school_today(Board.get_by_id(actor.board.id))
        enrolment.unsubscribe(actor, pupils.get(actor, key), today, "Verhuizing")

    return do


def give(role: Role, number: str = "00") -> Deed:
    def do(actor: Actor) -> None:
        place = Location.get(Location.board == actor.board, Location.number == number)
        roles.give_role(actor, access.find_user(actor.board, "zonderrol"), role, place)

    return do


def let_along(name: str) -> Deed:
    """In koppelingen beschikbaar."""

    def do(actor: Actor) -> None:
        row = group(actor, name)
        group_editing.change(actor, row, GroupForm(row.name, row.year_groups, row.kind, True))

    return do


def deactivate(key: str) -> Deed:
    return lambda actor: staff.deactivate(actor, staff.find(actor, key))


def transition(actor: Actor) -> None:
    planning.propose(actor)
    planning.confirm(actor)
    walk_to_the_end(actor.board.id)


# ---------------------------------------------------------------- Mijnschoolinfo itself


def msi_rename(first_name: str) -> Deed:
    return lambda actor: editing.change(
        msi_school(actor), "pupil", msi_pupil(actor, "1111"), {"first_name": first_name}
    )


def msi_delete(key: str) -> Deed:
    return lambda actor: editing.delete(msi_school(actor), "pupil", msi_pupil(actor, key))


def empty_group(actor: Actor) -> None:
    row = MsiGroup.get(MsiGroup.school == msi_school(actor), MsiGroup.name == "BSO")
    editing.put_in(msi_school(actor), row.id, [])


def add_group(actor: Actor) -> None:
    editing.add_group(msi_school(actor), "BSO", [msi_pupil(actor, "1238")])


def delete_group(actor: Actor) -> None:
    editing.delete_group(msi_school(actor), "BSO")


def classroom(*keys: str) -> Deed:
    return lambda actor: layout.arrange(msi_school(actor), "Musical", [msi_pupil(actor, key) for key in keys])


def clear_class(actor: Actor) -> None:
    """Remove the pupils who are gone from the class."""
    (row,) = layout.classes(msi_school(actor))
    here = [place.pupil_id for place in row.places if place.here and place.pupil_id]
    layout.arrange(msi_school(actor), row.name, here, gone=())


def confirm(actor: Actor) -> None:
    layout.confirm(msi_school(actor))
