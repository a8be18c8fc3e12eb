"""What the program ends with when a lesson is to start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StartLesson:
    """What the program exits with to start a lesson."""

    name: str
    exam: bool
    level: int = 1
    """How much it tells (`app/training/lessons/levels.py`)."""
