"""A board of its own for each play of a draaiboek, in a temporary database."""

from __future__ import annotations

import atexit
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from app.files import temporary
from app.settings import Settings
from app.training import boards, situations
from app.training.scripts import kept_situations
from app.workers import engine
from models.base import real_database
from models.board import Board
from models.schema import open_database


@contextmanager
def own_board(situation: str, start: datetime | None = None) -> Iterator[tuple[Settings, Board]]:
    """Yields a practice board in a situation, optionally at a school time, and the settings of its database.

    This process uses that database until the end; a caller that had another open must reopen it.
    """
    with temporary.folder() as folder:
        path = folder / "oefenbestuur.db"
        _copy(situation, start, path)
        settings = Settings(database_url=f"sqlite:///{path}")
        engine.plan_with(None)  # what is scheduled here runs here, not in the worker of another database
        open_database(settings.database_url)
        try:
            yield settings, boards.ensure_board()
        finally:
            real_database().close()


def _copy(situation: str, start: datetime | None, path: Path) -> None:
    """Copy the database of a situation."""
    try:
        shutil.copy(_made(situation, start), path)
    except FileNotFoundError:  # the user emptied the cache just now
        shutil.copy(_made(situation, start), path)


def _made(situation: str, start: datetime | None) -> Path:
    """The database of a situation, made from that of the first state once and kept for the next play."""
    chosen = situations.find(situation)
    begins = start or chosen.begins
    plain, *choices = chosen.name.split()
    digest = f"-{hashlib.sha256(' '.join(choices).encode()).hexdigest()[:12]}" if choices else ""
    name = f"{plain}{digest}-{begins:%Y%m%d%H%M}"
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
        _copy(situations.BEGIN, begins, path)
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
