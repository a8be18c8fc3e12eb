"""Staff of Basispoort: roles, the double role, and accounts made by hand."""

from __future__ import annotations

import pytest

from app.clock import PRACTICE_START
from app.partners.basispoort import account, staff
from app.partners.basispoort.staff import StaffRole, StaffRow
from app.partners.partner import Colleague
from app.refusals import NotFound, Refused
from app.training.boards import open_partner_accounts
from models.board import Board
from models.partners.basispoort import BasispoortSchool
from models.school import StaffMember
from tests.builders import location_of, make_board


def opened() -> BasispoortSchool:
    """An account of a school with two members of staff, of whom one is still there."""
    board = make_board()
    location = location_of(board)
    for number, active in enumerate((True, False), 1):
        StaffMember.create(
            board=board,
            location=location,
            key=f"M00{number}",
            first_name="Els",
            last_name=f"Bos {number}",
            email=f"els{number}@school.example",
            active=active,
        )
    open_partner_accounts(location)
    Board.update(now=PRACTICE_START.replace(day=20)).where(Board.id == board.id).execute()
    return account.school_of(location)


def row_of(school: BasispoortSchool, key: str = "M001") -> StaffRow:
    """Somebody as the list shows it."""
    return next(row for row in staff.rows(school) if row.staff.key == key)


def test_a_new_account_has_the_active_staff_as_leraar(db: str) -> None:
    school = opened()
    assert [(row.name, row.names, row.standing) for row in staff.rows(school)] == [
        ("Els Bos 1", ("leraar",), "Els Bos 1 kan bij uitgeverijen aanmelden.")
    ]


def test_a_double_role_keeps_somebody_out_until_one_is_taken_away(db: str) -> None:
    school = opened()
    person = staff.find(school, "els1@school.example")
    staff.give_role(school, person, staff.role_of("Stagiair"))
    assert row_of(school).blocked
    assert row_of(school).standing == (
        "Els Bos 1 heeft een dubbele rol (leraar en stagiair) en kan bij uitgeverijen niet aanmelden. Neem een van de twee af."
    )
    assert row_of(school).state == "! kan niet aanmelden"
    staff.take_role(school, person, StaffRole.TRAINEE)
    assert row_of(school).standing == "Els Bos 1 kan bij uitgeverijen aanmelden."
    staff.take_role(school, person, StaffRole.TEACHER)
    assert "heeft geen rol" in row_of(school).standing


def test_a_role_works_after_one_night_and_a_coordinator_sees_no_material(db: str) -> None:
    school = opened()
    made = staff.add(school, Colleague("Tim", "de", "Wit", "tim@school.example"), staff.role_of("ict"))
    assert made.key == "BP001"
    assert row_of(school, "BP001").standing == "De rol ICT-coördinator van Tim de Wit werkt vanaf 21-4-2020."
    Board.update(now=PRACTICE_START.replace(day=21)).execute()
    assert row_of(school, "BP001").standing == (
        "Tim de Wit is alleen ICT-coördinator en ziet bij uitgeverijen geen lesmateriaal."
    )
    staff.remove(school, made)
    assert [row.staff.key for row in staff.rows(school)] == ["M001"]
    with pytest.raises(NotFound, match="Tim de Wit heeft hier geen account"):
        staff.give_role(school, made, StaffRole.TEACHER)


def test_what_cannot_be_is_refused(db: str) -> None:
    school = opened()
    person = staff.find(school, "m001")
    with pytest.raises(Refused, match="heeft de rol leraar al"):
        staff.give_role(school, person, StaffRole.TEACHER)
    with pytest.raises(Refused, match="heeft de rol stagiair niet"):
        staff.take_role(school, person, StaffRole.TRAINEE)
    with pytest.raises(Refused, match="Kies uit: leraar, ICT-coördinator, stagiair"):
        staff.role_of("directeur")
    with pytest.raises(Refused, match="hoort al bij"):
        staff.add(school, Colleague("Els", "", "Vos", "ELS1@school.example"), StaffRole.TEACHER)
    with pytest.raises(Refused, match="Achternaam is verplicht"):
        staff.add(school, Colleague("Els", "", " "), StaffRole.TEACHER)
    with pytest.raises(NotFound, match="niet bekend"):
        staff.find(school, "niemand")
