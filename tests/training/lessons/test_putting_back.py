"""The board of a lesson is put back to before the program showed how, while others have it open."""

from __future__ import annotations

import pytest

from app import clock
from app.access import Actor, actor_for, find_user
from app.couplings import lifecycle
from app.refusals import Refused
from app.training import boards
from app.training.copied_board import tables_of_board
from app.training.lessons import runs, state
from app.training.lessons.course import Course
from app.training.lessons.keeping import Keeper
from app.training.lessons.putting_back import BoardRows, put_back, rows_of
from app.workers import school_time
from app.workers.walker import walk_to_the_end
from models.board import Board
from models.schema import connect
from models.training import LessonProgress
from models.webservice import ExchangedMessage
from tests.couplings.worlds import CODE
from tests.training.lessons.test_keeping import SCRIPT


def rovict(board: Board) -> Actor:
    return actor_for(find_user(board, "rovict"))


def a_run(board: Board) -> LessonProgress:
    """One on this board."""
    now = clock.wall_now()
    return LessonProgress.create(
        board=board, own_board=board, learner="rovict", lesson="proef", started_at=now, seen_at=now, steps=3
    )


def kept(run: LessonProgress) -> str:
    """The rows that the run keeps of its board."""
    return state.read(LessonProgress.get_by_id(run.id).state).board


def everything(board: Board) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a board, by table."""
    found = {model.__name__: rows_of(model, board.id) for model in tables_of_board()}
    return found | {"Board": list(Board.select().where(Board.id == board.id).tuples())}


def test_every_row_is_as_it_was_and_another_board_stays_as_it_is(practice_db: str) -> None:
    board, beside = Board.get(), boards.make_board("Ernaast", "x")
    actor, before = rovict(board), everything(board)
    put_it_back = BoardRows(board.id, a_run(board).id).save()
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    school_time.advance(actor, school_time.morning_after(board.now))
    walk_to_the_end(board.id)
    lifecycle.activate(rovict(beside), "gynzy", "R. de Vries", True, CODE)
    other = everything(beside)
    put_it_back()
    assert everything(board) == before
    assert everything(beside) == other
    lifecycle.activate(rovict(board), "iep-lvs", "R. de Vries", True, CODE)
    assert lifecycle.live(actor.location, "iep-lvs") is not None


def test_who_has_it_open_sees_it_change(practice_sqlite: str) -> None:
    actor = rovict(Board.get())
    other = connect(practice_sqlite)
    count = "SELECT count(*) FROM coupling"
    put_it_back = BoardRows(actor.board.id, a_run(actor.board).id).save()
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    assert other.execute_sql(count).fetchone()[0] == 1
    put_it_back()
    assert other.execute_sql(count).fetchone()[0] == 0
    other.close()


def test_while_school_time_moves_nothing_is_kept(practice_sqlite: str) -> None:
    actor = rovict(Board.get())
    school_time.advance(actor, school_time.morning_after(actor.board.now))
    with pytest.raises(Refused, match="schooltijd wordt nog verzet"):
        BoardRows(actor.board.id, a_run(actor.board).id).save()


def test_who_was_killed_while_he_looked_finds_the_board_as_it_was_before(practice_db: str) -> None:
    actor = rovict(Board.get())
    message = {"at": clock.wall_now(), "outcome": "accepted", "request": b"\x00\xffbody"}
    ExchangedMessage.create(board=actor.board, **message)
    run, before = a_run(actor.board), everything(actor.board)
    course = Course(SCRIPT, hints=3)
    keeper = Keeper(run, course)
    BoardRows(actor.board.id, run.id).save()
    course.hints = 4
    keeper.keep(course)
    keeper.close(course)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    assert kept(run), "what happened meanwhile was written, and the rows stayed"
    put_back(run.id)
    assert everything(actor.board) == before
    assert bytes(ExchangedMessage.get().request) == message["request"]
    assert not kept(run)
    assert Keeper(LessonProgress.get_by_id(run.id), again := Course(SCRIPT)).run_id == run.id
    assert again.hints == 4
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    put_back(run.id)
    assert lifecycle.live(actor.location, "iep-lvs") is not None, "once"


def test_a_run_that_is_given_up_keeps_no_rows(practice_sqlite: str) -> None:
    run = a_run(Board.get())
    BoardRows(run.board_id, run.id).save()
    assert len(kept(run)) < 1_000_000
    runs.give_up(run)
    assert not kept(run)
