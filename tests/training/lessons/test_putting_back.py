"""The board of a lesson is put back to before the program showed how, while others have it open."""

from __future__ import annotations

import pytest

from app.access import Actor, actor_for, find_user
from app.couplings import lifecycle
from app.refusals import Refused
from app.training import boards
from app.training.copied_board import tables_of_board
from app.training.lessons.putting_back import BoardRows, rows_of
from app.workers import school_time
from app.workers.walker import walk_to_the_end
from models.board import Board
from models.schema import connect
from tests.couplings.worlds import CODE


def rovict(board: Board) -> Actor:
    return actor_for(find_user(board, "rovict"))


def everything(board: Board) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a board, by table."""
    found = {model.__name__: rows_of(model, board.id) for model in tables_of_board()}
    return found | {"Board": list(Board.select().where(Board.id == board.id).tuples())}


def test_every_row_is_as_it_was_and_another_board_stays_as_it_is(practice_db: str) -> None:
    board, beside = Board.get(), boards.make_board("Ernaast", "x")
    actor, before = rovict(board), everything(board)
    put_back = BoardRows(board.id).save()
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    school_time.advance(actor, school_time.morning_after(board.now))
    walk_to_the_end(board.id)
    lifecycle.activate(rovict(beside), "gynzy", "R. de Vries", True, CODE)
    other = everything(beside)
    put_back()
    assert everything(board) == before
    assert everything(beside) == other
    lifecycle.activate(rovict(board), "iep-lvs", "R. de Vries", True, CODE)
    assert lifecycle.live(actor.location, "iep-lvs") is not None


def test_who_has_it_open_sees_it_change(practice_sqlite: str) -> None:
    actor = rovict(Board.get())
    other = connect(practice_sqlite)
    count = "SELECT count(*) FROM coupling"
    put_back = BoardRows(actor.board.id).save()
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    assert other.execute_sql(count).fetchone()[0] == 1
    put_back()
    assert other.execute_sql(count).fetchone()[0] == 0
    other.close()


def test_while_school_time_moves_nothing_is_kept(practice_sqlite: str) -> None:
    actor = rovict(Board.get())
    school_time.advance(actor, school_time.morning_after(actor.board.now))
    with pytest.raises(Refused, match="schooltijd wordt nog verzet"):
        BoardRows(actor.board.id).save()
