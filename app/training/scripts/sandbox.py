"""A board of its own for each play of a draaiboek, in a temporary database."""

from __future__ import annotations

import atexit
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from app import access
from app.files import temporary
from app.refusals import NotFound
from app.settings import Settings
from app.training import boards, situations
from app.training.scripts import kept_situations
from app.training.scripts.document import Script
from app.training.scripts.errors import InvalidScript, Mistake
from app.workers import engine
from models.base import real_database
from models.board import Board, Location, User
from models.schema import open_database


@contextmanager
def own_board(situation: str, start: datetime | None = None) -> Iterator[tuple[Settings, Board]]:
    """Yields a practice board in a situation, optionally at a school time, and the settings of its database.

    This process uses that database until the end; a caller that had another open must reopen it.
    """
    with temporary.folder() as folder:
        path = folder / "oefenbestuur.db"
        copy(situation, start, path)
        settings = Settings(database_url=f"sqlite:///{path}")
        engine.plan_with(None)  # what is scheduled here runs here, not in the worker of another database
        open_database(settings.database_url)
        try:
            yield settings, boards.ensure_board()
        finally:
            real_database().close()


def copy(situation: str, start: datetime | None, path: Path) -> None:
    """Copy the database of a situation; this process has no database open then."""
    try:
        shutil.copy(_made(situation, start), path)
    except FileNotFoundError:  # the user emptied the cache just now
        shutil.copy(_made(situation, start), path)


def who_and_where(script: Script, board: Board) -> tuple[User | None, Location | None]:
    """Who is signed in at the start of a draaiboek, and where; None: nobody, and the user's first location. Raises
    `InvalidScript` for an unknown user or location.
    """
    wrong: list[Mistake] = []

    def found(field: str, name: str, find: Callable[[Board, str], Any]) -> Any:
        try:
            return find(board, name) if name else None
        except NotFound as refusal:
            wrong.append(Mistake(str(script.path), script.lines[field], f"Bovenaan: {refusal.sentence}"))

    user = found("role", script.role, access.find_user)
    location = found("location", script.location, access.find_location)
    if wrong:
        raise InvalidScript(wrong)
    return user, location if user else None


def name_of(situation: str, start: datetime | None) -> str:
    """The name under which the database of a situation is kept."""
    chosen = situations.find(situation)
    plain, *choices = chosen.name.split()
    digest = f"-{hashlib.sha256(' '.join(choices).encode()).hexdigest()[:12]}" if choices else ""
    return f"{plain}{digest}-{start or chosen.begins:%Y%m%d%H%M}"


def _made(situation: str, start: datetime | None) -> Path:
    """The database of a situation, made from that of the first state once and kept for the next play."""
    chosen = situations.find(situation)
    begins = start or chosen.begins
    name = name_of(situation, start)
    kept = kept_situations.kept(name, lambda path: _make(chosen, begins, path))
    return kept or _made_here(name, chosen, begins)


@cache
def _made_here(name: str, chosen: situations.Situation, begins: datetime) -> Path:
    """For this process only."""
    path = _folder() / f"{name}.db"
    _make(chosen, begins, path)
    return path


def _make(chosen: situations.Situation, begins: datetime, path: Path) -> None:
    if chosen.name != situations.BEGIN:
        copy(situations.BEGIN, begins, path)
    _bring_about(chosen, begins, path)


def _bring_about(chosen: situations.Situation, begins: datetime, path: Path) -> None:
    open_database(f"sqlite:///{path}")
    try:
        board = boards.ensure_board(now=begins)
        situations.bring_about(board, chosen)
        real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        real_database().close()


@cache
def _folder() -> Path:
    """A folder that exists until the program ends, by itself or by a signal, which is raised as an exception."""
    kept = ExitStack()
    atexit.register(kept.close)
    return kept.enter_context(temporary.folder())
