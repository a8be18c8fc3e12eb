"""Putting the board of a lesson back to before the program showed how: the learner then does it himself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Protocol

from peewee import ForeignKeyField

from app.refusals import Refused
from app.training import boards
from app.training.copied_board import tables_of_board
from models.base import BaseModel, connected, database, is_sqlite, locked
from models.board import Board


class PuttingBack(Protocol):
    """Keeps the board of a lesson as it is, to put it back once."""

    def save(self) -> Callable[[], None]:
        """Keep it as it is now; what this returns puts it back. Raises `Refused` if that is not possible now."""


class BoardRows:
    """All rows of a board of a lesson, kept in memory with their numbers (some 14,000), and put back in one transaction.

    Nothing else names them: who is at work on the board is the learner alone, and its worker, whose run is ended first.
    """

    def __init__(self, board_id: int) -> None:
        self._board_id = board_id

    def save(self) -> Callable[[], None]:
        """Read them all, as they are at one moment; what this returns may be called in any thread."""
        with database.atomic():
            board: Board | None = locked(Board.select().where(Board.id == self._board_id)).first()
            if board is None or board.target is not None:
                raise Refused("De schooltijd wordt nog verzet. Probeer het daarna opnieuw.")
            kept = [(model, rows_of(model, self._board_id)) for model in tables_of_board()]

        def put_back() -> None:
            with connected(), database.atomic():
                if not locked(Board.select(Board.id).where(Board.id == board.id)).first():
                    return
                boards.empty(board)
                for model, rows in kept:
                    _write(model, rows)
                board.save()

        return put_back


def rows_of(model: type[BaseModel], board_id: int) -> list[tuple[Any, ...]]:
    """The rows of a board in a table, by number, as the database has them."""
    names = [field.column_name for field in model._meta.sorted_fields]
    chosen = ", ".join(f'"{name}"' for name in names)
    sign = "?" if is_sqlite() else "%s"
    cursor = database.execute_sql(
        f'SELECT {chosen} FROM "{model._meta.table_name}" WHERE {_of_board(model, sign)} ORDER BY id', (board_id,)
    )
    return list(cursor.fetchall())


@cache
def _of_board(model: type[BaseModel], sign: str) -> str:
    """The condition in SQL that a row is of a board: it names the board, or a row that is."""
    names = {field.name: field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)}
    for field in names.values():
        if field.rel_model is Board:
            return f'"{field.column_name}" = {sign}'
    for field in names.values():
        if not field.null and field.rel_model is not model and field.rel_model in tables_of_board():
            table = field.rel_model._meta.table_name
            inside = _of_board(field.rel_model, sign)
            return f'"{field.column_name}" IN (SELECT id FROM "{table}" WHERE {inside})'
    raise AssertionError(f"{model.__name__} belongs to no board")


def _write(model: type[BaseModel], rows: Sequence[tuple[Any, ...]]) -> None:
    """As they were, past the models: nothing of it is a change."""
    if not rows:
        return
    names = [field.column_name for field in model._meta.sorted_fields]
    columns = ", ".join(f'"{name}"' for name in names)
    signs = ", ".join(["?" if is_sqlite() else "%s"] * len(names))
    cursor = database.cursor()
    cursor.executemany(f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({signs})', rows)
