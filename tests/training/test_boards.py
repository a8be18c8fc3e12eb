"""The practice board: created, reset under load, and the same each time."""

from __future__ import annotations

from datetime import datetime

import pytest
from peewee import DoesNotExist

from app.access import BoardGone, actor_for, find_user
from app.clock import AMSTERDAM, PRACTICE_START, school_now
from app.couplings import lifecycle, logbook
from app.partners import accounts
from app.partners.iep_lvs import account, connection
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.partners.mijnschoolinfo import editing
from app.signing.hashing import hash_password
from app.training.boards import NAME, ensure_board, make_board, remove_board, reset_board
from models.assessment import Result
from models.board import Board, Location
from models.coupling import Coupling, LogEntry
from models.partners.basispoort import BasispoortPupil
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting
from models.partners.mijnschoolinfo import MsiGroup
from models.school import Pupil
from tests.partners.nights import advance, morning, of_job

CODE = "99QQ001234567890abcd"


def fingerprint(board: Board) -> list[tuple[object, ...]]:
    rows = IepSitting.select(IepSitting).join(IepSchool).join(Location).where(Location.board == board)
    return [(row.key, row.date, row.score, row.level, row.pending) for row in rows.order_by(IepSitting.id)]


def test_both_partners_hold_the_pupils_of_now_and_esis_holds_no_result(practice_db: str) -> None:
    board = Board.get(Board.name == NAME)
    enrolled = {
        (row.location_id, row.key)
        for row in Pupil.select()
        if row.enrolled_from <= PRACTICE_START.date()
        and (row.unsubscribed_on is None or row.unsubscribed_on > PRACTICE_START.date())
    }
    held = {(row.school.location_id, row.key) for row in IepPupil.select(IepPupil, IepSchool).join(IepSchool)}
    assert enrolled == held
    assert BasispoortPupil.select().count() == len(enrolled)
    assert Result.select().count() == 0
    assert school_now(board) == PRACTICE_START


def test_iep_lvs_holds_the_sittings_of_last_year_and_this_one_undelivered(practice_sqlite: str) -> None:
    board = Board.get(Board.name == NAME)
    rows = fingerprint(board)
    assert {(row[1].year, row[1].month) for row in rows} >= {(2019, 1), (2019, 5), (2020, 1)}  # type: ignore[attr-defined]
    assert all(row[4] for row in rows)
    assert max(row[1] for row in rows) <= PRACTICE_START.date()  # type: ignore[type-var]
    assert len({row[0] for row in rows}) == len(rows)


def test_a_reset_gives_the_same_board_again_and_takes_the_logbook_with_it(practice_db: str) -> None:
    board = Board.get(Board.name == NAME)
    first = fingerprint(board)
    actor = actor_for(find_user(board, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "R. Ovict", True, CODE)
    connection.connect(account.school_of(actor.location), CODE)
    morning(board)
    for number in range(300):
        logbook.write(
            board=board,
            location=actor.location,
            coupling="iep-lvs",
            at=PRACTICE_START,
            kind="uitwisseling",
            message=f"regel {number}",
            source="nacht",
        )
    assert Result.select().count() > 0
    again = reset_board()
    assert fingerprint(again) == first
    assert LogEntry.select().count() + Coupling.select().count() + Result.select().count() == 0
    assert Board.select().count() == 1


def test_a_reset_leaves_other_boards_alone(practice_sqlite: str) -> None:
    other = reset_board("Klas 2")
    before = fingerprint(other)
    reset_board()
    assert fingerprint(Board.get(Board.name == "Klas 2")) == before
    assert Board.select().count() == 2


def test_the_board_is_made_once(sqlite: str) -> None:
    board = ensure_board()
    assert ensure_board().id == board.id


def test_the_schoolbeheerder_of_each_location_can_sign_in(practice_sqlite: str) -> None:
    board = Board.get(Board.name == NAME)
    for location in Location.select().where(Location.board == board):
        assert accounts.sign_in(location, "iep-lvs", "schoolbeheerder", "oefenen")


def test_from_activation_to_first_results_in_one_night(practice_sqlite: str) -> None:
    board = Board.get(Board.name == NAME)
    actor = actor_for(find_user(board, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "R. Ovict", True, CODE)
    assert connection.connect(account.school_of(actor.location), CODE).ok
    waiting = IepSitting.select().where(IepSitting.school == account.school_of(actor.location)).count()
    (delivery,) = of_job(morning(board), "iep-lvs")
    assert (delivery.counts.received, delivery.counts.stored) == (waiting, waiting)
    assert Result.select().count() == waiting


def test_the_window_of_may_brings_its_results_too(sqlite: str) -> None:
    board = reset_board(now=datetime(2020, 5, 15, 9, tzinfo=AMSTERDAM))
    actor = actor_for(find_user(board, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "R. Ovict", True, CODE)
    school = account.school_of(actor.location)
    connection.connect(school, CODE)
    advance(board, datetime(2020, 5, 20, 9, tzinfo=AMSTERDAM))
    sat = IepSitting.select().where(IepSitting.school == school)
    assert Result.select().count() == sat.count()
    assert sat.where(IepSitting.date.month == 5).count() > 0
    assert sat.where(IepSitting.pending).count() == 0


def test_who_is_at_a_partner_of_a_board_that_is_removed_or_put_back_never_comes_into_the_next(db: str) -> None:
    board = make_board("Klas 01", hash_password("oefenen"))
    here = Location.select().where(Location.board == board).order_by(Location.id).get()
    removed = mijnschoolinfo.school_of(here)
    assert removed.location == here
    remove_board(board)
    held = mijnschoolinfo.school_of(Location.get(Location.board == make_board("Klas 02", hash_password("oefenen"))))
    assert held.id > removed.id
    assert held.location.id > here.id
    with pytest.raises(BoardGone):
        editing.add_group(removed, "Koor")
    reset_board("Klas 02")
    with pytest.raises(DoesNotExist):  # the program shows the sign-in screen then
        editing.add_group(held, "Koor")
    assert MsiGroup.select().count() == 0
