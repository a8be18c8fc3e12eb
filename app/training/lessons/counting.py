"""What is counted of a run of a lesson, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass

from app.counted import counted


@dataclass(frozen=True)
class Mistake:
    """A wrong turn that was taken."""

    task: int
    """The number of the task that was the present one, from 1."""
    check: str
    """The check of its remark, as written."""
    mended: bool = False


def help_and_mistakes(hints: int, mistakes: int, mended: int = 0) -> str:
    """`1 hint, 2 fouten, 2 hersteld`; of mending only where there was something to mend."""
    told = f"{counted(hints, 'hint', 'hints')}, {counted(mistakes, 'fout', 'fouten')}"
    return f"{told}, {mended} hersteld" if mistakes else told


def enough(points: int, of: int, pass_mark: int) -> bool:
    """Whether so many points are at least `pass_mark` percent of all."""
    return points * 100 >= of * pass_mark


def judged(points: int, of: int, *, passed: bool) -> str:
    """Told as `7 van 10 punten: geslaagd`."""
    return f"{points} van {counted(of, 'punt', 'punten')}: {'geslaagd' if passed else 'niet geslaagd'}."
