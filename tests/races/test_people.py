"""Concurrent changes to pupils, placements and accounts: no double placements, and no resurrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.access import Actor
from app.clock import school_now
from app.partners.iep_lvs import account as iep
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import merging, sitting
from app.permissions import Role
from app.school.board import roles, users
from app.school.files import import_writing, imports
from app.school.files.imports import PreviewOutdated
from app.school.people import enrolment, placing, renumbering
from app.school.transition import planning, running
from app.workers.walker import walk
from models.board import RoleAssignment, User
from models.partners.iep_lvs import IepPupil, IepSitting
from models.run import Run
from models.school import FormerKey, Group, Placement, Pupil, StaffMember
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.partners.nights import morning
from tests.partners.test_transfer import coupled_location
from tests.races.racing import night, race
from tests.school.files.edex import edex, group
from tests.school.files.edex import pupil as edex_pupil
from tests.school.transition.worlds import AUGUST, NEXT, move_to

PASSWORD = "een-lang-wachtwoord-42"


def _school() -> tuple[Actor, Actor, Pupil, dict[str, Group]]:
    """Two users who may change pupil 1042 of group 6; groups 7 and 8 exist too."""
    board = make_board()
    groups = {name: make_group(location_of(board), name, name) for name in ("6", "7", "8")}
    return make_actor(board), make_actor(board), make_pupil(groups["6"], key="1042"), groups


def _seats() -> list[tuple[str, str]]:
    """Of every placement the group, and the year group of its pupil."""
    rows = Placement.select(Placement, Group, Pupil).join(Group).switch(Placement).join(Pupil)
    return [(row.group.name, row.pupil.year_group) for row in rows]


def test_two_who_move_one_pupil(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and change: the later one holds, whole."""
    actor, other, pupil, groups = _school()
    race(
        monkeypatch,
        placing,
        "check_base_group",
        lambda: enrolment.move(actor, pupil, groups["7"]),
        lambda: enrolment.move(other, pupil, groups["8"]),
    )
    assert _seats() == [("8", "8")]


def test_a_pupil_is_deleted_while_it_is_moved(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and delete, both ways."""
    actor, other, pupil, groups = _school()
    race(
        monkeypatch,
        placing,
        "check_base_group",
        lambda: enrolment.move(actor, pupil, groups["7"]),
        lambda: enrolment.delete(other, pupil, "Anna"),
    )
    assert (Pupil.select().count(), _seats()) == (0, [])


def test_a_pupil_is_moved_while_it_is_deleted(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, other, pupil, groups = _school()
    refused = race(
        monkeypatch,
        enrolment,
        "_own",
        lambda: enrolment.delete(actor, pupil, "Anna"),
        lambda: enrolment.move(other, pupil, groups["7"]),
    )
    assert refused
    assert (Pupil.select().count(), _seats()) == (0, [])


def _file(actor: Actor) -> Any:
    """A file that puts pupil 1042 in group 7."""
    seven = Group.get(Group.name == "7")
    return imports.preview(
        actor,
        edex(
            edex_pupil("1042", "Anna", "Voorbeeld", seven.key, year_group="7", born="2010-01-01"),
            groups=group(seven.key, "7", "7"),
        ),
    )


def test_a_pupil_is_moved_while_a_file_places_it(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and import, both ways."""
    actor, other, pupil, groups = _school()
    planned = _file(actor)
    race(
        monkeypatch,
        import_writing,
        "write",
        lambda: imports.apply(actor, planned),
        lambda: enrolment.move(other, pupil, groups["8"]),
    )
    assert _seats() == [("8", "8")]


def test_a_file_places_a_pupil_while_it_is_moved(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, other, pupil, groups = _school()
    planned = _file(actor)
    refused = race(
        monkeypatch,
        placing,
        "check_base_group",
        lambda: enrolment.move(actor, pupil, groups["8"]),
        lambda: imports.apply(other, planned),
    )
    assert refused == PreviewOutdated(None).sentence
    assert _seats() == [("8", "8")]


def test_a_pupil_is_moved_while_the_school_year_changes(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and night: the move comes after the transition, to a group that has ended."""
    actor, other, pupil, groups = _school()
    move_to(actor, AUGUST)
    planning.propose(actor)
    planning.confirm(actor)
    race(
        monkeypatch, running, "_report", lambda: walk(actor.board.id), lambda: enrolment.move(other, pupil, groups["8"])
    )
    years = [row.school_year for row in Placement.select().where(Placement.pupil == pupil)]
    assert sorted(years) == ["2019-2020", NEXT]
    new = Placement.get(Placement.pupil == pupil, Placement.school_year == NEXT)
    assert (new.group.name, Pupil.get_by_id(pupil.id).year_group) == ("7", "7")


def test_two_who_give_one_number(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, other, pupil, groups = _school()
    twin = make_pupil(groups["6"], "Bas", key="1043")
    refused = race(
        monkeypatch,
        renumbering,
        "checked",
        lambda: renumbering.renumber(actor, pupil, "5001"),
        lambda: renumbering.renumber(other, twin, "5001"),
    )
    assert "is van een andere leerling" in refused
    assert sorted(row.key for row in Pupil.select()) == ["1043", "5001"]
    assert [row.key for row in FormerKey.select()] == ["1042"]


def test_two_accounts_are_merged_while_a_transfer_comes(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and night, at IEP LVS: the account that was merged stays away, and what it sat is the other's."""
    board, location, _ = coupled_location()
    actor, account = make_actor(board), iep.school_of(location)
    sitting.sit(SUPPLIER, account, "lezen-6", "6")
    renumbering.renumber(actor, Pupil.get(), "900")
    morning(board, days=2)
    Pupil.update(first_name="Annabel").execute()
    slot = school_now(board) + timedelta(hours=1)
    run = Run.create(board=board, location=location, job="publish-iep-lvs", slot=slot, not_before=slot)
    assert SUPPLIER.merging
    steps = SimpleNamespace(check=SUPPLIER.merging.check)
    slow = replace(SUPPLIER, merging=replace(SUPPLIER.merging, check=lambda *both: steps.check(*both)))
    race(monkeypatch, steps, "check", lambda: merging.merge(slow, account, "1", "900"), lambda: night(actor, run))
    there = [(row.key, row.active, row.merged_into) for row in IepPupil.select().order_by(IepPupil.id)]
    assert there == [("1", False, "900"), ("900", True, "")]
    assert {row.pupil.key for row in IepSitting.select()} == {"900"}


def test_two_who_make_one_user(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts of the school: a name and a member of staff have one."""
    actor, other, _, _ = _school()
    refused = race(
        monkeypatch,
        users,
        "_check_staff",
        lambda: users.add(actor, "nieuw", PASSWORD, PASSWORD),
        lambda: users.add(other, "nieuw", PASSWORD, PASSWORD),
    )
    assert "bestaat al" in refused
    assert User.select().where(User.name == "nieuw").count() == 1


def test_two_users_who_are_linked_to_one_member_of_staff(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, other, _, _ = _school()
    one, two = make_actor(actor.board, None).user, make_actor(actor.board, None).user
    member = StaffMember.create(board=actor.board, location=actor.location, key="m1", first_name="Jo", last_name="Bos")
    refused = race(
        monkeypatch,
        users,
        "_check_staff",
        lambda: users.link(actor, one, member.id),
        lambda: users.link(other, two, member.id),
    )
    assert "heeft al een gebruiker" in refused
    assert [row.id for row in User.select().where(User.staff_id == member.id)] == [one.id]


def test_two_who_take_each_others_last_role(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody remains who can manage users."""
    board = make_board()
    actor, other = make_actor(board), make_actor(board)
    given = roles.given_to([actor.user.id, other.user.id])
    refused = race(
        monkeypatch,
        roles,
        "_check_somebody_stays",
        lambda: roles.take_role(actor, given[other.user.id][0]),
        lambda: roles.take_role(other, given[actor.user.id][0]),
    )
    assert refused
    assert [row.user_id for row in RoleAssignment.select().where(RoleAssignment.role == Role.DIRECTIE)] == [
        actor.user.id
    ]
