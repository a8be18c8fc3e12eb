"""The journal: every call after a number is read once, so many are kept of each board, and not everybody may clear it."""

from __future__ import annotations

import pytest

from app.access import NotAllowed
from app.uwlr import journal
from app.uwlr.journal import Entry
from models.webservice import ExchangedMessage
from tests.builders import make_actor, make_board
from tests.commands.conftest import Esis
from tests.uwlr.conftest import made_school


def test_who_reads_on_misses_nothing(db: str) -> None:
    board = make_board()
    numbers = [journal.write(Entry(board.id)) for _ in range(9)]
    assert [row.id for row in journal.listed(board.id, numbers[1], 3)] == numbers[2:5]
    assert [row.id for row in journal.listed(board.id, 0, 3)] == numbers[:3]
    assert [row.id for row in journal.listed(board.id, None, 3)] == numbers[-3:]


def test_so_many_are_kept_of_each_board(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two boards whose calls take turns have the odd numbers and the even ones."""
    monkeypatch.setattr(journal, "KEPT", 10)
    boards = [make_board(), make_board(brin="99QR")]
    for _ in range(150):
        for board in boards:
            journal.write(Entry(board.id))
    assert all(10 <= journal.count(board.id) <= 10 + journal._OVER for board in boards)
    assert journal.newest(boards[1].id) == ExchangedMessage.select().order_by(ExchangedMessage.id.desc()).first().id


def test_only_a_trainer_clears_it(practice_sqlite: str, esis: Esis) -> None:
    board = made_school().practice.board
    journal.write(Entry(board.id))
    with pytest.raises(NotAllowed):
        journal.clear(make_actor(board))
    assert (esis("--user", "rovict", "uwlr", "clear").status, journal.count(board.id)) == (1, 1)
    assert esis("uwlr", "clear").status == 0
    assert journal.count(board.id) == 0
