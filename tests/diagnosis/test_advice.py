"""During an exam the program says only what it observes, on the board of the exam and nowhere else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app import clock
from app.access import Actor, NotAllowed, no_role
from app.couplings import lifecycle, logbook
from app.diagnosis import advice, attention, findings
from app.diagnosis.coupling_status import Badge, status_of
from app.partners.iep_lvs import account
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.mijnschoolinfo.delivery_preview import UNSAID, preview
from app.partners.results_supplier import connecting
from app.permissions import NO_ROLE, Permission
from app.school.board import sight, users
from app.targets import Log
from models.board import Board, RoleAssignment
from models.training import LessonProgress
from screens.partners.iep_lvs.check import Check
from tests.couplings.worlds import CODE, coupled_school, small_school
from tests.partners.mijnschoolinfo.worlds import uncoupled


@pytest.fixture
def actor(db: str) -> Actor:
    found = small_school()[0]
    lifecycle.activate(found, "iep-lvs", "R. de Vries", True, CODE)
    return found


def an_exam(board: Board) -> LessonProgress:
    """One that is being done on this board."""
    now, more = clock.wall_now(), {"learner": "rovict", "lesson": "iep-lvs", "steps": 3}
    return LessonProgress.create(board=board, own_board=board, mode="exam", started_at=now, seen_at=now, **more)


@pytest.fixture
def in_exam(actor: Actor) -> LessonProgress:
    return an_exam(actor.board)


@pytest.mark.usefixtures("in_exam")
def test_nothing_says_what_is_wrong_or_what_to_do(actor: Actor) -> None:
    status = status_of(actor, "iep-lvs")
    assert (status.badge, status.next_step) == (Badge.ACTIVE, "")
    assert all(isinstance(notice.target, Log) and not notice.about for notice in attention.notices(actor))
    assert attention.why_no_results(actor) == ""
    with pytest.raises(advice.InExam, match="Tijdens een examen"):
        findings.explain(actor, "iep-lvs")
    row = users.listed(actor)[0]
    seen = advice.observed(actor.board, sight.sight(actor, row))
    assert not any(part.to_do for part in seen.parts)
    assert findings.findings(actor, "iep-lvs"), "checks of draaiboeken still know"


@pytest.mark.usefixtures("in_exam")
def test_who_has_no_role_is_not_told_where_to_get_one(actor: Actor) -> None:
    RoleAssignment.delete().execute()
    with pytest.raises(NotAllowed) as refused:
        actor.require(Permission.VIEW_COUPLINGS)
    for told in (no_role(actor.board), actor.reason(Permission.VIEW_COUPLINGS), refused.value.sentence):
        assert NO_ROLE.startswith(told)
        assert "Beheer" not in told
    LessonProgress.update(points=0).execute()
    assert actor.reason(Permission.VIEW_COUPLINGS) == NO_ROLE


def test_a_partner_and_the_logbook_do_not_work_out_what_the_other_side_needs(db: str) -> None:
    actor = coupled_school()[0]
    school = account.school_of(actor.location)
    lifecycle.change_code(actor, "iep-lvs", f"{CODE}1")
    assert "verificatiecode" in connecting.refused_now(SUPPLIER, school)
    assert "Wijzig hem ook" in logbook.entries(actor)[0].message
    an_exam(actor.board)
    assert connecting.refused_now(SUPPLIER, school) == ""
    assert connecting.then(SUPPLIER, school) == connecting.GOES
    lifecycle.change_code(actor, "iep-lvs", f"{CODE}2")
    assert logbook.entries(actor)[0].message == "Verificatiecode gewijzigd."
    page = SimpleNamespace(esis=SimpleNamespace(board=actor.board), school=school)
    assert Check.read(page) is None  # type: ignore[arg-type]


def test_what_happens_tonight_does_not_say_why_it_does_not(db: str) -> None:
    world = uncoupled()
    assert "niet geactiveerd" in preview(world.school).reason
    an_exam(world.actor.board)
    assert preview(world.school).reason == UNSAID


def test_before_it_and_after_it_all_is_said(actor: Actor) -> None:
    assert status_of(actor, "iep-lvs").badge is Badge.HALF
    for column in ("finished_at", "given_up_at", "points"):
        row = an_exam(actor.board)
        assert not advice.is_given(actor.board)
        value = 3 if column == "points" else clock.wall_now()
        LessonProgress.update({column: value}).where(LessonProgress.id == row.id).execute()
        assert advice.is_given(actor.board)
    assert status_of(actor, "iep-lvs").next_step
    assert findings.explain(actor, "iep-lvs").wrong


def test_practice_and_another_board_are_not_concerned(actor: Actor, in_exam: LessonProgress) -> None:
    assert advice.is_given(actor.board.id + 1)
    LessonProgress.update(mode="practice").where(LessonProgress.id == in_exam.id).execute()
    assert advice.is_given(actor.board)
