"""The practice board for tests of screens."""

from __future__ import annotations

import pytest

from app.training.boards import NAME
from models.board import Board
from tests.screens.showing import guard

guard()


@pytest.fixture
def practice(practice_sqlite: str) -> Board:
    """A practice board of one's own, on SQLite."""
    return Board.get(Board.name == NAME)
