"""A supplier's deliveries are in the history under its name, so past versions of a result can be queried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app import clock, history
from app.clock import PRACTICE_START
from app.exchange.uwlr import Authorisation, ResultsRequest, SchoolReference
from app.webservice.results import push_results
from models.assessment import Result
from models.board import Board
from models.history import Change
from tests.builders import make_actor
from tests.couplings.worlds import CODE, activate
from tests.school.assessment.deliveries import result, school_with_pupil


def test_a_corrected_score_is_kept_with_who_and_when(db: str) -> None:
    board, location, pupil = school_with_pupil()
    activate(make_actor(board))

    def push(score: int, at: datetime) -> None:
        Board.update(now=at).where(Board.id == board.id).execute()
        push_results(
            board.id,
            ResultsRequest(
                Authorisation(CODE, "iep-lvs", "Bureau ICE"),
                SchoolReference("99QQ", "00", "2019-2020"),
                at,
                (replace(result(), score=score, date=date(2020, 1, 21)),),
            ),
        )

    push(57, PRACTICE_START)
    push(60, PRACTICE_START + timedelta(days=1))
    (kept,) = Result.select()
    then = history.state_at(Result, [kept.id], PRACTICE_START + timedelta(hours=1))[kept.id]
    assert (then.score, kept.score) == (57, 60)
    signed = {
        (change.user, change.source)
        for change in Change.select().where(Change.pupil_id == pupil.id, Change.kind == "result")
    }
    assert signed == {("Bureau ICE", "webservice")}
    assert clock.school_now(location.board).date() == date(2020, 4, 15)
