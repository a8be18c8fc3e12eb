"""Results that do not arrive, or are in the wrong place (sources.md#known-problems m, n, p)."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import actor_for
from app.couplings import rollback, unmatched
from app.diagnosis.findings import findings
from app.partners.causes import WAIT
from app.partners.gynzy import account as gynzy_account
from app.partners.gynzy import methods
from app.partners.gynzy.connection import SUPPLIER
from app.partners.iep_lvs import moving
from app.partners.registry import explanations
from app.partners.results_supplier import delivery_status, merging
from app.permissions import Role
from app.school.assessment import assessments
from app.school.board import roles
from models.assessment import Delivery, Result
from models.board import User
from models.partners.iep_lvs import IepPupil, IepSitting
from models.school import Group, GroupTeacher, StaffMember
from tests.couplings.worlds import coupled_school, night, sit
from tests.diagnosis.finding import found, wrong
from tests.partners.suppliers import GYNZY, IEP, SIDES, Side

DAY = date(2020, 4, 14)


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)
def test_results_of_an_assessment_that_is_off_come_once_it_is_on(sqlite: str, side: Side) -> None:
    actor, school = side.coupled()
    assessments.set_active(actor, side.assessments[0], False)
    side.make_results(school)
    side.night(actor)
    assert wrong(actor, side.type) == ["toetsen-activeren"]
    cause = found(actor, side.type, "toetsen-activeren")
    assert cause is not None
    assert cause.problem.startswith("3 resultaten komen niet, want de toets staat in ESIS niet aan: ")
    assessments.set_active(actor, side.assessments[0], True)
    assert wrong(actor, side.type) == []
    cause = found(actor, side.type, WAIT)
    assert cause is not None
    assert "3 resultaten wachten" in cause.problem
    side.night(actor, day=2)
    assert found(actor, side.type, WAIT) is None


def test_an_account_made_by_hand_at_gynzy_is_merged(db: str) -> None:
    actor, school = GYNZY.coupled(pupils=1)
    gynzy_account.add_own_pupils(school, [("Anna", "", "Voorbeeld")], "6", 1)
    cause = found(actor, "gynzy", "partner:gynzy/pupils")
    assert cause is not None
    assert "1 leerling heeft bij Gynzy twee accounts" in cause.problem
    merging.merge(SUPPLIER, school, f"{gynzy_account.OWN_KEY}1", "000")
    assert wrong(actor, "gynzy") == []


def test_a_method_that_is_off_at_gynzy(db: str) -> None:
    actor, school = GYNZY.coupled()
    for name in ("rekenen", "spelling"):
        methods.switch(school, name, False)
    assert wrong(actor, "gynzy") == ["partner:gynzy/worlds"]
    methods.switch(school, "rekenen", True)
    assert wrong(actor, "gynzy") == []


def test_results_without_a_pupil_are_on_the_list(sqlite: str) -> None:
    actor, school = coupled_school()
    sit(school)
    night(actor)
    assert wrong(actor, "iep-lvs") == ["unmatched"]
    for row in unmatched.open_unmatched(actor):
        unmatched.dismiss(actor, row)
    assert wrong(actor, "iep-lvs") == []


def test_results_at_the_wrong_pupil_are_taken_back_and_come_again(db: str) -> None:
    actor, school = IEP.coupled(pupils=2)
    IEP.make_results(school)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    IEP.night(actor)
    target = "deliveries:iep-lvs"
    cause = found(actor, "iep-lvs", target)
    assert cause is not None
    assert (cause.wrong, "laatste levering" in cause.problem) == (False, True)
    moving.move(school, IEP.assessments[0], DAY, "000", "001")
    cause = found(actor, "iep-lvs", target)
    assert cause is not None
    assert cause.problem == "1 resultaat staat in ESIS bij een andere leerling dan bij IEP LVS."
    assert cause.wrong
    rollback.roll_back(actor, Delivery.get())
    assert found(actor, "iep-lvs", target) is None
    IEP.night(actor, day=2)
    assert wrong(actor, "iep-lvs") == []
    assert [row.pupil.key for row in Result.select()] == ["001"]


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)
def test_what_was_rolled_back_and_not_sent_again_is_told(sqlite: str, side: Side) -> None:
    actor, school = side.coupled()
    side.make_results(school)
    side.night(actor)
    rollback.roll_back(actor, Delivery.get())
    target = f"partner:{side.type}/{explanations()[side.type].page}"
    assert wrong(actor, side.type) == [target]
    cause = found(actor, side.type, target)
    assert cause is not None
    assert cause.problem.startswith("3 resultaten zijn in ESIS teruggedraaid en door ")
    model = side.supplier.outcome
    model.update(pending=True).where(model.id == model.select().first().id).execute()
    side.night(actor, day=2)
    cause = found(actor, side.type, target)
    assert cause is not None, "a later delivery does not bring the rest"
    assert cause.problem.startswith("2 resultaten zijn in ESIS teruggedraaid")
    assert delivery_status.send_again(side.supplier, school)
    side.night(actor, day=3)
    assert wrong(actor, side.type) == []
    assert Result.select().count() == 3


def test_a_teacher_without_a_role_sees_nothing(sqlite: str) -> None:
    actor, _school = IEP.coupled()
    staff = StaffMember.create(board=actor.board, location=actor.location, key="M1", last_name="Meester")
    GroupTeacher.create(group=Group.get(), staff=staff)
    user = User.create(board=actor.board, name="meester", password_hash="", staff_id=staff.id)
    cause = found(actor, "iep-lvs", f"user:{user.id}")
    assert cause is not None
    assert cause.problem.startswith("Gebruiker meester staat voor een groep en ziet niets")
    roles.give_role(actor, user, Role.LEERKRACHT, actor.location)
    assert findings(actor, "iep-lvs") == []
    assert actor_for(user).roles == {Role.LEERKRACHT}
