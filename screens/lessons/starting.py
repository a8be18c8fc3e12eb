"""What the program ends with when a lesson is to start."""

from __future__ import annotations

from dataclasses import dataclass

from screens.shared.program import EsisProgram


@dataclass(frozen=True)
class StartLesson:
    """What the program exits with to start a lesson."""

    name: str
    exam: bool


def begin(program: EsisProgram, name: str, *, exam: bool) -> None:
    """Start a lesson in this program: the one way, for who chose it and for who was given it."""
    program.exit(StartLesson(name, exam))
