"""Likely duplicates, by the common rules of who is who; and leerlingnummers that are never reused."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import models
from app.access import actor_for
from app.permissions import Role
from app.refusals import Refused
from app.school.keys import was_used
from app.school.people import enrolment, renumbering
from app.school.people.enrolment import PupilForm
from models.base import real_database
from models.board import RoleAssignment, User
from models.school import FormerKey, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, BORN, school


def test_a_likely_double_is_a_warning_at_the_other_location_too(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor, elsewhere = make_actor(board), make_actor(board, number="01")
    six, far = make_group(location_of(board)), make_group(location_of(board, "01"))
    assert enrolment.enrol(actor, ANNA, six).warnings == ()
    assert enrolment.enrol(actor, replace(ANNA, birth_date=date(2010, 5, 2)), six).warnings == ()
    (warning,) = enrolment.enrol(actor, replace(ANNA, first_name="ÁNNA"), six).warnings
    assert "Op deze vestiging" in warning
    assert "1001" in warning
    warnings = enrolment.enrol(elsewhere, ANNA, far).warnings
    assert ["Op vestiging 99QQ00 van het bestuur" in warning for warning in warnings] == [True, True]
    assert "Op deze vestiging" in enrolment.enrol(elsewhere, ANNA, far).warnings[0]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"prefix": ""}, "zelfde geboortedatum, naam met een ander voorvoegsel"),
        ({"prefix": "", "last_name": "van den Berg"}, "zelfde naam, zelfde geboortedatum"),
        ({"birth_date": None}, "zelfde naam"),
        ({"first_name": "Anne"}, ""),
        ({"prefix": "", "birth_date": date(2009, 1, 1)}, ""),
    ],
)
def test_who_may_be_the_same_is_a_double_by_the_one_table(db: str, known: dict[str, object], reason: str) -> None:
    actor, (six,) = school("6")
    there = enrolment.enrol(actor, ANNA, six).pupil
    for name, value in known.items():
        setattr(there, name, value)
    there.sort_name = PupilForm.of(there).sort_name
    there.save()
    found = enrolment.enrol(actor, ANNA, six).warnings
    assert [f"leerlingnummer 1001 ({reason})" in warning for warning in found] == ([True] if reason else [])


def test_a_change_that_makes_a_double_is_told_also_of_an_equal_eck_id(db: str) -> None:
    actor, (six,) = school("6")
    anna, ben = (
        enrolment.enrol(actor, ANNA, six).pupil,
        enrolment.enrol(actor, replace(ANNA, first_name="Ben"), six).pupil,
    )
    (warning,) = enrolment.change(actor, ben, ANNA).warnings
    assert "leerlingnummer 1001 (zelfde naam, zelfde geboortedatum" in warning
    Pupil.update(eckid=anna.eckid, first_name="Ben").where(Pupil.id == ben.id).execute()
    (warning,) = enrolment.change(actor, ben, replace(ANNA, first_name="Bram")).warnings
    assert "zelfde ECK iD" in warning


@pytest.mark.parametrize("kept", ["Zoë", "Zo\u200be\u0308", "ZOË"])
def test_a_roepnaam_is_typed_without_what_a_keyboard_may_not_have(db: str, kept: str) -> None:
    actor, (six,) = school("6")
    pupil = make_pupil(six, kept)
    with pytest.raises(Refused, match="typ de roepnaam"):
        enrolment.delete(actor, pupil, "Zo")
    enrolment.delete(actor, pupil, " zoe ")
    assert not Pupil.select().exists()


def test_the_number_of_who_is_deleted_is_kept_exactly(db: str) -> None:
    actor, (six,) = school("6")
    enrolment.delete(actor, make_pupil(six, "1001", key="1005"), "1001")
    assert [key for key in ("1001", "1005") if was_used(Pupil, actor.board.id, key)] == ["1005"]
    with pytest.raises(Refused, match="eerder gebruikt"):
        renumbering.renumber(actor, make_pupil(six), "1005")


def test_the_numbers_of_who_was_deleted_before_they_were_kept_come_from_the_history(db: str) -> None:
    actor, (six,) = school("6")
    for key in ("1", "2", "3"):
        enrolment.delete(actor, make_pupil(six, key=key), "Anna")
    FormerKey.delete().where(FormerKey.key != "3").execute()
    make_pupil(six, key="2")
    migration = runpy.run_path(str(Path(models.__file__).with_name("migrations") / "0005_numbers_of_the_deleted.py"))
    migration["up"](None, real_database())
    assert sorted(row.key for row in FormerKey.select()) == ["1", "3"]


@pytest.mark.parametrize("role", [None, Role.LEERKRACHT])
def test_a_double_at_a_location_whose_pupils_one_may_not_see_is_not_told(db: str, role: Role | None) -> None:
    board = make_board(locations=("00", "01"))
    make_pupil(make_group(location_of(board, "01")), "Anna", "Berg")
    Pupil.update(sort_name=ANNA.sort_name, birth_date=BORN).execute()
    user = User.create(board=board, name="administratie", password_hash="")
    RoleAssignment.create(user=user, role=Role.ADMINISTRATIE, location=location_of(board))
    if role is not None:
        RoleAssignment.create(user=user, role=role, location=location_of(board, "01"))
    actor, six = actor_for(user, location_of(board)), make_group(location_of(board))
    assert enrolment.enrol(actor, ANNA, six).warnings == ()
    assert "Op deze vestiging" in enrolment.enrol(actor, ANNA, six).warnings[0]
