"""The practice board for tests of screens: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.training.boards import NAME, reset_board
from models.base import real_database
from models.board import Board
from models.schema import open_database


@pytest.fixture(scope="session")
def practice_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice board as a reset leaves it."""
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    shutil.copy(sqlite_template, path)
    open_database(f"sqlite:///{path}")
    reset_board()
    real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    real_database().close()
    return path


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Iterator[Board]:
    """A practice board of one's own, on SQLite."""
    path = tmp_path / "practice.db"
    shutil.copy(practice_template, path)
    open_database(f"sqlite:///{path}")
    yield Board.get(Board.name == NAME)
    if not real_database().is_closed():
        real_database().close()
