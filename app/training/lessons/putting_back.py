"""Putting the board of a lesson back to before the program showed how: the learner then does it himself."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Protocol

from peewee import ForeignKeyField

from app.refusals import Refused
from app.training import boards
from app.training.copied_board import tables_of_board
from app.training.lessons import state
from app.training.lessons.state import Changed
from models.base import BaseModel, database, is_sqlite, locked
from models.board import Board
from models.training import LessonProgress


class PuttingBack(Protocol):
    """Keeps the board of a lesson as it is, to put it back once."""

    def save(self) -> Callable[[], None]:
        """Keep it as it is now; what this returns puts it back. Raises `Refused` if that is not possible now."""


class BoardRows:
    """All rows of a board of a lesson (some 14,000) with their numbers, kept with the run until they are put back, in one
    transaction each: whoever is killed while he looks at what was shown finds the board as it was before.

    Nothing else names them: who is at work on the board is the learner alone, and its worker, whose run is ended first.
    """

    def __init__(self, board_id: int, run_id: int) -> None:
        self._board_id, self._run_id = board_id, run_id

    def save(self) -> Callable[[], None]:
        """Keep them all, as they are at one moment."""
        with database.atomic():
            board: Board | None = locked(Board.select().where(Board.id == self._board_id)).first()
            run: LessonProgress | None = _run(self._run_id)
            if board is None or run is None or board.target is not None:
                raise Refused("De schooltijd wordt nog verzet. Probeer het daarna opnieuw.")
            _keep(run, _packed(self._board_id))
        return partial(put_back, self._run_id)


def put_back(run_id: int) -> None:
    """Put the board of a run back to before the program showed how; nothing happens if that was done, or nothing is shown.

    Raises `Changed` if the tables changed since.
    """
    run: LessonProgress | None = LessonProgress.get_or_none(LessonProgress.id == run_id)
    if run is None or not state.read(run.state).board:
        return
    with database.atomic():
        board: Board | None = locked(Board.select().where(Board.id == run.own_board_id)).first()
        run = _run(run_id)
        kept = state.read(run.state).board if run is not None else ""
        if run is None or not kept:
            return
        _keep(run, "")
        if board is not None:
            _unpack(board, kept, run.lesson)


def forget(run_id: int) -> None:
    """Keep no rows of the board any longer: the run is given up."""
    run = _run(run_id)
    if run is not None and state.read(run.state).board:
        _keep(run, "")


def _run(run_id: int) -> LessonProgress | None:
    found: LessonProgress | None = locked(LessonProgress.select().where(LessonProgress.id == run_id)).first()
    return found


def _keep(run: LessonProgress, rows: str) -> None:
    LessonProgress.update(state=state.with_board(run.state, rows)).where(LessonProgress.id == run.id).execute()


def _all() -> tuple[type[BaseModel], ...]:
    return (Board, *tables_of_board())


def _packed(board_id: int) -> str:
    kept = [[model._meta.table_name, _columns(model), rows_of(model, board_id)] for model in _all()]
    return b64encode(zlib.compress(json.dumps(kept, default=_as_json).encode(), 1)).decode()


def _unpack(board: Board, kept: str, lesson: str) -> None:
    tables = json.loads(zlib.decompress(b64decode(kept)), object_hook=_from_json)
    if [[name, columns] for name, columns, _ in tables] != [[one._meta.table_name, _columns(one)] for one in _all()]:
        raise Changed(lesson)
    (_, columns, (own,)), *others = tables
    boards.empty(board)
    for model, (_, _, rows) in zip(tables_of_board(), others, strict=True):
        _write(model, rows)
    given = ", ".join(f'"{name}" = {_sign()}' for name in columns)
    database.execute_sql(f'UPDATE "board" SET {given} WHERE id = {int(board.id)}', own)


def _as_json(value: Any) -> dict[str, str]:
    """What JSON has no word for: moments and days of PostgreSQL, and bytes."""
    if isinstance(value, datetime | date):
        return {type(value).__name__: value.isoformat()}
    return {"bytes": b64encode(bytes(value)).decode()}


def _from_json(value: dict[str, str]) -> Any:
    ((kind, text),) = value.items()
    if kind == "bytes":
        return b64decode(text)
    return (datetime if kind == "datetime" else date).fromisoformat(text)


def rows_of(model: type[BaseModel], board_id: int) -> list[tuple[Any, ...]]:
    """The rows of a board in a table, by number, as the database has them."""
    chosen = ", ".join(f'"{name}"' for name in _columns(model))
    cursor = database.execute_sql(
        f'SELECT {chosen} FROM "{model._meta.table_name}" WHERE {_of_board(model, _sign())} ORDER BY id', (board_id,)
    )
    return list(cursor.fetchall())


def _columns(model: type[BaseModel]) -> list[str]:
    return [field.column_name for field in model._meta.sorted_fields]


def _sign() -> str:
    return "?" if is_sqlite() else "%s"


@cache
def _of_board(model: type[BaseModel], sign: str) -> str:
    """The condition in SQL that a row is of a board: it is the board, names it, or names a row that is."""
    if model is Board:
        return f"id = {sign}"
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


def _write(model: type[BaseModel], rows: Sequence[Sequence[Any]]) -> None:
    """As they were, past the models: nothing of it is a change."""
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in _columns(model))
    signs = ", ".join([_sign()] * len(_columns(model)))
    cursor = database.cursor()
    cursor.executemany(f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({signs})', rows)
