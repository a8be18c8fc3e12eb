"""Playing a draaiboek in a test."""

from __future__ import annotations

from pathlib import Path

from app.commands.playing import play_through
from app.training.scripts.document import read
from app.training.scripts.shots import Shot


def played(path: Path, size: tuple[int, int]) -> list[Shot]:
    """Without a terminal, on a board of its own; its pictures."""
    return play_through(read(path), None, size)
