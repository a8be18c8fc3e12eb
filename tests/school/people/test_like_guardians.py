"""Guardians who may be the same: reported, chosen, and never lost with a child that leaves."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import actor_for
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.people import enrolment, guardians, renumbering
from app.school.people.guardians import GuardianForm
from models.board import RoleAssignment, User
from models.school import Guardian, PupilGuardian
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, school

MUM = GuardianForm("Zoë Voorbeeld", "mam@voorbeeld.nl", "0612345678", "moeder")


@pytest.mark.parametrize("form", [GuardianForm("zoe voorbeeld", "MAM@voorbeeld.nl"), MUM])
def test_name_and_address_are_one_guardian_however_they_are_typed(db: str, form: GuardianForm) -> None:
    actor, (six,) = school("6")
    first = guardians.add(actor, make_pupil(six, "Anna"), MUM)
    ben = make_pupil(six, "Ben")
    assert guardians.warned(actor, form, ben) == ()
    assert guardians.add(actor, ben, form) == first
    with pytest.raises(Refused, match="is al verzorger van Ben"):
        guardians.add(actor, ben, form)


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (GuardianForm("Pap Voorbeeld", "Mam@voorbeeld.nl"), "andere naam, zelfde e-mailadres, zelfde kind"),
        (GuardianForm("Zoe Voorbeeld", "ander@voorbeeld.nl"), "zelfde naam, ander e-mailadres, zelfde kind"),
        (GuardianForm("Zoe Voorbeeld"), "zelfde naam, zelfde kind"),
        (GuardianForm("Oma", "oma@voorbeeld.nl"), ""),
    ],
)
def test_one_of_a_brother_or_sister_who_may_be_the_same_is_told_and_can_be_linked(
    db: str, form: GuardianForm, reason: str
) -> None:
    actor, (six,) = school("6")
    anna, ben = make_pupil(six, "Anna"), make_pupil(six, "Ben")
    mum = guardians.add(actor, anna, MUM)
    pap = GuardianForm("Pap", "pap@voorbeeld.nl")
    guardians.add(actor, anna, pap)
    guardians.add(actor, ben, pap)
    found = guardians.alike(actor, form, ben)
    assert [(one.id, one.reason, one.own) for one in found] == ([(mum.id, reason, False)] if reason else [])
    if reason:
        assert "verzorger van Anna Voorbeeld" in guardians.warned(actor, form, ben)[0]
        assert guardians.add(actor, ben, form, mum.id) == mum
        assert (Guardian.get_by_id(mum.id).name, Guardian.get_by_id(mum.id).email) == (MUM.name, MUM.email)
    else:
        with pytest.raises(NotFound):
            guardians.add(actor, ben, form, mum.id)
        assert guardians.add(actor, ben, form).id not in (mum.id, 0)


def test_the_same_name_at_the_same_child_is_told_and_at_a_strangers_not(db: str) -> None:
    actor, (six,) = school("6")
    anna, other = make_pupil(six, "Anna"), make_pupil(six, "Olaf")
    guardians.add(actor, anna, MUM)
    (alike,) = guardians.alike(actor, GuardianForm(MUM.name), anna)
    assert alike.own
    assert guardians.alike(actor, GuardianForm(MUM.name), other) == []


def test_who_becomes_like_another_by_a_change_or_with_a_new_pupil_is_told(db: str) -> None:
    actor, (six,) = school("6")
    anna = make_pupil(six, "Anna")
    guardians.add(actor, anna, MUM)
    pap = guardians.add(actor, anna, GuardianForm("Pap"))
    assert "zelfde naam, zelfde e-mailadres" in guardians.warned(actor, MUM, None, pap.id)[0]
    assert guardians.warned(actor, GuardianForm("Papa"), anna, pap.id) == ()
    told = enrolment.enrol(actor, ANNA, six, carers=[GuardianForm("Opa", MUM.email)]).warnings
    assert ["andere naam, zelfde e-mailadres" in line for line in told] == [True]


def test_guardians_of_pupils_one_may_not_see_are_not_told_of(db: str) -> None:
    board = make_board(locations=("00", "01"))
    guardians.add(make_actor(board, number="01"), make_pupil(make_group(location_of(board, "01")), "Anna"), MUM)
    user = User.create(board=board, name="administratie", password_hash="")
    RoleAssignment.create(user=user, role=Role.ADMINISTRATIE, location=location_of(board))
    ben, form = make_pupil(make_group(location_of(board)), "Ben"), GuardianForm("Pap", MUM.email)
    assert guardians.warned(actor_for(user, location_of(board)), form, ben) == ()
    assert len(guardians.warned(make_actor(board), form, ben)) == 1


def test_a_guardian_stays_as_long_as_any_child_is_there_and_with_all_its_links(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = make_actor(board), make_actor(board, number="01")
    six, far = make_group(location_of(board)), make_group(location_of(board, "01"))
    anna, ben, cas = make_pupil(six, "Anna"), make_pupil(six, "Ben"), make_pupil(far, "Cas")
    for actor, pupil in ((here, anna), (here, ben), (there, cas)):
        mum = guardians.add(actor, pupil, MUM)
    nobody = Guardian.create(board=board, name="Van niemand")
    enrolment.unsubscribe(here, ben, date(2020, 4, 14), "Verhuizing")
    guardians.change(here, mum.id, GuardianForm("Zoë Anders", "anders@voorbeeld.nl"))
    renumbering.renumber(here, ben, "77")
    assert PupilGuardian.select().where(PupilGuardian.guardian == mum).count() == 3
    enrolment.delete(here, anna, "Anna")
    enrolment.delete(there, cas, "Cas")
    assert [link.pupil_id for link in PupilGuardian.select().where(PupilGuardian.guardian == mum)] == [ben.id]
    enrolment.delete(here, ben, "Ben")
    assert [row.id for row in Guardian.select()] == [nobody.id]
