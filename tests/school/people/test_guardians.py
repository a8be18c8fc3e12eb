"""Guardians: their data, their pupils, and the rules for contact details."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import NotAllowed, actor_for
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.people import enrolment, guardians
from app.school.people.guardians import GuardianForm
from models.board import RoleAssignment, User
from models.school import Guardian, PupilGuardian
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, school

MUM = GuardianForm("Mam Voorbeeld", "mam@voorbeeld.nl", "0612345678", "moeder")


def test_one_guardian_cares_for_brothers_and_sisters(db: str) -> None:
    actor, (six,) = school("6")
    anna, ben = make_pupil(six, "Anna"), make_pupil(six, "Ben")
    first, second = guardians.add(actor, anna, MUM), guardians.add(actor, ben, MUM)
    assert first.id == second.id
    (row,) = guardians.listed(actor)
    assert row.as_json() == {"id": first.id, "name": MUM.name, "email": MUM.email, "pupils": [anna.key, ben.key]}
    with pytest.raises(Refused, match="is al verzorger van Anna"):
        guardians.add(actor, anna, MUM)
    assert guardians.unlink(actor, anna, first.id) == MUM.name
    assert [row.pupils for row in guardians.listed(actor)] == [(ben.key,)]
    guardians.unlink(actor, ben, first.id)
    assert not Guardian.select().exists()


def test_a_change_holds_for_every_child_and_the_relation_for_one(db: str) -> None:
    actor, (six,) = school("6")
    anna, ben = make_pupil(six, "Anna"), make_pupil(six, "Ben")
    guardian = guardians.add(actor, anna, MUM)
    guardians.add(actor, ben, MUM)
    guardians.change(actor, guardian.id, GuardianForm("Mam", "", "", "voogd"), anna)
    links = {link.pupil_id: link.relation for link in PupilGuardian.select()}
    assert links == {anna.id: "voogd", ben.id: "moeder"}
    assert Guardian.get().email == ""


def test_the_relation_to_a_pupil_of_another_location_is_not_changed(db: str) -> None:
    board = make_board(locations=("00", "01"))
    anna, ben = (make_pupil(make_group(location_of(board, number))) for number in ("00", "01"))
    guardian = guardians.add(make_actor(board), anna, MUM)
    guardians.add(make_actor(board, number="01"), ben, MUM)
    with pytest.raises(NotFound, match="staat niet op vestiging 99QQ00"):
        guardians.change(make_actor(board), guardian.id, GuardianForm("Mam", relation="voogd"), ben)
    assert {link.relation for link in PupilGuardian.select()} == {"moeder"}


def test_a_pupil_can_come_with_guardians_and_all_or_nothing_is_kept(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six, carers=[MUM, GuardianForm("Pap")]).pupil
    assert [row.name for row in guardians.listed(actor, pupil)] == ["Mam Voorbeeld", "Pap"]
    with pytest.raises(Refused, match="bevat geen @"):
        enrolment.enrol(actor, ANNA, six, carers=[GuardianForm("Pap", "nergens")])
    assert pupil.board.pupil_set.count() == 1


def test_deleting_a_pupil_leaves_no_guardian_of_nobody(db: str) -> None:
    actor, (six,) = school("6")
    anna, ben = make_pupil(six, "Anna"), make_pupil(six, "Ben")
    guardians.add(actor, anna, MUM)
    guardians.add(actor, ben, MUM)
    guardians.add(actor, anna, GuardianForm("Pap"))
    enrolment.delete(actor, anna, "Anna")
    assert [row.name for row in guardians.listed(actor)] == ["Mam Voorbeeld"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Naam is verplicht"),
        ("<a@b.nl>", "Naam is verplicht"),
        ("Mam <a>", "bevat geen @"),
        ("Mam <a@b>", "domein"),
        ("Mam <a@b.nl", "is geen verzorger"),
        ("Mam a@b.nl>", "is geen verzorger"),
        ("Mam a@b.nl", "is geen verzorger"),
        ("x" * 201, "er passen er 200"),
    ],
)
def test_what_is_no_guardian_is_refused_with_its_own_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        guardians.parse(text)


@given(name=st.text(st.characters(categories=["L", "Nd"], codec="utf-8"), min_size=1, max_size=50))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_guardian_is_called_is_read_back(name: str) -> None:
    form = guardians.parse(f"  {name} <{MUM.email}> ")
    assert form.email == MUM.email
    assert guardians.parse(form.name) == GuardianForm(form.name)


def test_only_who_may_edit_pupils_at_the_location_changes_them(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = make_actor(board), make_actor(board, number="01")
    pupil = make_pupil(make_group(location_of(board)))
    guardian = guardians.add(here, pupil, MUM)
    with pytest.raises(NotFound, match="er niet op vestiging 99QQ01"):
        guardians.change(there, guardian.id, MUM)
    with pytest.raises(NotFound):
        guardians.add(there, pupil, MUM)
    assert guardians.listed(there) == []
    for role in (Role.LEERKRACHT, Role.INTERN_BEGELEIDER, None):
        with pytest.raises(NotAllowed):
            guardians.delete(make_actor(board, role), guardian.id)


def test_deleting_leaves_a_guardian_to_children_of_a_location_where_one_may_change_nobody(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = (make_pupil(make_group(location_of(board, number)), key=f"9{number}") for number in ("00", "01"))
    user = User.create(board=board, name="administratie", password_hash="")
    RoleAssignment.create(user=user, role=Role.ADMINISTRATIE, location=location_of(board))
    actor = actor_for(user, location_of(board))
    guardian = guardians.add(actor, here, MUM)
    PupilGuardian.create(pupil=there, guardian=guardian)
    guardians.delete(actor, guardian.id)
    assert [link.pupil_id for link in PupilGuardian.select()] == [there.id]
