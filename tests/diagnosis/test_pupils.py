"""Groups and pupils travelling through Basispoort to IEP LVS (sources.md#known-problems a, b, c, j, q)."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import Actor
from app.diagnosis.findings import findings
from app.partners.basispoort import account, publishers
from app.partners.causes import WAIT
from app.partners.iep_lvs.account import change_details, school_of
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import merging
from app.school import group_editing, members
from app.school.group_editing import GroupForm
from app.school.people import enrolment
from app.school.people.pupil_form import PupilForm
from models.board import Board, Location
from models.partners.iep_lvs import IepPupil
from models.school import Group, Pupil
from tests.builders import make_actor
from tests.diagnosis.finding import found, wrong
from tests.partners.nights import morning
from tests.partners.test_basispoort import coupled
from tests.partners.test_merging import renumbered

LAS, TICKS = "partner:basispoort/las", "partner:basispoort/publishers"


@pytest.fixture
def school(sqlite: str) -> tuple[Actor, Board, Location, Group]:
    """A location with one pupil, that both partners hold."""
    board, location, group = coupled()
    return make_actor(board), board, location, group


School = tuple[Actor, Board, Location, Group]


def test_enrolled_today_is_at_basispoort_tomorrow_and_at_iep_the_morning_after(school: School) -> None:
    actor, board, _location, group = school
    assert findings(actor, "basispoort") == findings(actor, "publish-iep-lvs") == []
    enrolment.enrol(actor, PupilForm("Nora", "Nieuw", birth_date=date(2010, 1, 1)), group)
    cause = found(actor, "basispoort", WAIT)
    assert cause is not None
    assert not cause.wrong
    assert cause.problem.startswith("1 leerling is na ")
    assert cause.remedy == ("Dat staat morgen in Basispoort, en overmorgen bij de uitgeverijen die zijn aangevinkt.")
    morning(board)
    assert findings(actor, "basispoort") == []
    cause = found(actor, "publish-iep-lvs", WAIT)
    assert cause is not None
    assert cause.problem == "1 leerling staat al in Basispoort en nog niet in IEP LVS."
    morning(board)
    assert findings(actor, "publish-iep-lvs") == []
    assert IepPupil.select().where(IepPupil.active).count() == 2


def test_a_publisher_that_is_not_ticked_and_one_ticked_today(school: School) -> None:
    actor, board, location, _group = school
    mine = account.school_of(location)
    publishers.untick(mine, publishers.find("iep"))
    assert wrong(actor, "publish-iep-lvs") == [TICKS]
    publishers.tick(mine, publishers.find("iep"))
    assert wrong(actor, "publish-iep-lvs") == []
    cause = found(actor, "publish-iep-lvs", WAIT)
    assert cause is not None
    assert "vandaag aangevinkt" in cause.problem
    morning(board)
    assert findings(actor, "publish-iep-lvs") == []


def test_a_brin_that_differs_at_basispoort_or_at_iep(school: School) -> None:
    actor, _board, location, group = school
    mine = account.school_of(location)
    enrolment.enrol(actor, PupilForm("Nora", "Nieuw", birth_date=date(2010, 1, 1)), group)
    assert found(actor, "basispoort", WAIT) is not None
    account.change_brin6(mine, "99QQ09")
    assert wrong(actor, "basispoort") == wrong(actor, "publish-iep-lvs") == [LAS]
    assert found(actor, "basispoort", WAIT) is None, "nothing comes tomorrow"
    account.change_brin6(mine, location.brin6)
    iep = school_of(location)
    change_details(iep, iep.name, "99QQ01")
    assert wrong(actor, "publish-iep-lvs") == ["partner:iep-lvs/details"]
    change_details(iep, iep.name, location.brin6)
    assert wrong(actor, "basispoort") == wrong(actor, "publish-iep-lvs") == []


def test_files_by_hand_instead_of_the_automatic_coupling(school: School) -> None:
    actor, _board, location, _group = school
    mine = account.set_automatic(account.school_of(location), False)
    assert wrong(actor, "basispoort") == wrong(actor, "publish-iep-lvs") == [LAS]
    account.set_automatic(mine, True)
    assert wrong(actor, "basispoort") == wrong(actor, "publish-iep-lvs") == []


def test_a_group_that_is_not_available_to_couplings(school: School) -> None:
    actor, board, _location, _group = school
    plus = group_editing.add(actor, GroupForm("Plus", "6", "instructie", False))
    members.change_members(actor, plus, [Pupil.get().id], [])
    morning(board)
    for kind in ("basispoort", "publish-iep-lvs"):
        cause = found(actor, kind, f"group:{plus.id}")
        assert cause is not None
        assert cause.problem == "Groep Plus gaat niet mee: 'In koppelingen beschikbaar' staat uit."
    group_editing.change(actor, plus, GroupForm("Plus", "6", "instructie", True))
    assert [cause.target for cause in findings(actor, "basispoort")] == [WAIT]
    morning(board)
    assert findings(actor, "basispoort") == []


def test_two_accounts_after_another_leerlingnummer_are_merged(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=3)
    for kind in ("iep-lvs", "publish-iep-lvs"):
        cause = found(actor, kind, "partner:iep-lvs/merging")
        assert cause is not None
        assert "1001 en 2001 lijken dezelfde leerling" in cause.problem
    merging.merge(SUPPLIER, school, "1001", "2001")
    assert found(actor, "iep-lvs", "partner:iep-lvs/merging") is None
    assert found(actor, "publish-iep-lvs", "partner:iep-lvs/merging") is None
