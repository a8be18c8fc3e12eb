"""What moving, resetting or removing boards does to the lessons that are being done from them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.counted import counted, plural
from app.training.lessons import catalogue, runs
from models.board import Board
from models.training import LessonProgress

SHOWN = 3


def goes_on(boards: Sequence[int]) -> str:
    """What moving the school time of these boards does to lessons; empty if none is being done."""
    found = _running(boards)
    return f"{_who(found)} {plural(len(found), 'Die gaat', 'Die gaan')} door, op een eigen tijd." if found else ""


def stops(boards: Sequence[int], *, removed: bool = False) -> str:
    """What resetting or removing these boards will do to lessons; empty if none is being done."""
    found = _running(boards, removed=removed)
    if not found:
        return ""
    stay = "wat ervan was bijgehouden, gaat mee" if removed else "hoe ver ieder kwam, blijft staan"
    return (
        f"{_who(found)} {plural(len(found), 'Die stopt, en het bestuur ervan gaat', 'Die stoppen, en de besturen ervan gaan')} "
        f"weg; {stay}."
    )


def stopped(boards: Sequence[int]) -> str:
    """What it did, asked before it is done; empty if no lesson was being done."""
    found = _running(boards)
    return f"Gestopt: {counted(len(found), 'les', 'lessen')} ({_shown(found)})." if found else ""


def _running(boards: Sequence[int], *, removed: bool = False) -> list[LessonProgress]:
    """The lessons that are done on a board of one of these; if those are removed, also of who sits there and joined another."""
    query = LessonProgress.select(LessonProgress, Board).join(Board, on=LessonProgress.own_board)
    theirs = Board.owner.in_(list(boards))
    there = (theirs | LessonProgress.board.in_(list(boards))) if removed else theirs
    return list(query.where(there, runs.OPEN).order_by(LessonProgress.id))


def _who(found: Sequence[LessonProgress]) -> str:
    return f"Er {plural(len(found), 'is', 'zijn')} {counted(len(found), 'les', 'lessen')} begonnen: {_shown(found)}."


def _shown(found: Sequence[LessonProgress]) -> str:
    titles = catalogue.titles(row.lesson for row in found[:SHOWN])
    told = [
        f"{row.board.learner or row.learner} op {row.board.name}, {titles[row.lesson]}, stap {row.step + 1} van {row.steps}"
        for row in found[:SHOWN]
    ]
    more = len(found) - len(told)
    return "; ".join([*told, *([f"en nog {more}"] if more > 0 else [])])
