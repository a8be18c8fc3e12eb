"""How much a lesson tells: the steps, a goal per step, or only the story; and which of these comes next.

Who can do with less help is hindered by more, and the other way round; so help fades, and comes back.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.training.lessons.refreshing import failed
from models.board import Board
from models.training import RESET, LessonEvent, LessonProgress

STEPS, GOALS, STORY = 1, 2, 3
LEVELS = {
    STEPS: "Stap voor stap: elke stap met uitleg",
    GOALS: "Met een doel: wat u bereikt, en niet hoe",
    STORY: "Alleen het verhaal: u zoekt de weg zelf",
}
"""Each level, as the learner chooses it."""
EXAM = "Examen: alleen het verhaal en het doel, zonder hulp"
SHOWN = "3"
"""The detail of the event of a hint that is shown in the program."""


def next_level(rows: Iterable[LessonProgress]) -> int:
    """The level at which this learner begins the lesson of these runs, in any order.

    After the newest practice run that was done without anything being shown: a level less help; after one in which it was
    shown, or that was given up: a level more. A failed refresher brings level 1 back. Without a run: level 1.
    """
    over = [row for row in rows if row.mode != "exam" and (row.finished_at or row.given_up_at)]
    if not over:
        return STEPS
    last = max(over, key=lambda row: (row.started_at, row.id))
    if last.mode == "refresher":
        return STEPS if failed(last) else int(last.level)
    well = last.finished_at is not None and not _was_shown(last)
    return min(max(last.level + (1 if well else -1), STEPS), STORY)


def level_for(board: Board, learner: str, lesson: str) -> int:
    """The same, from what is kept of a learner of this board; what the trainer's reset ended tells nothing of them."""
    ended = LessonEvent.select(LessonEvent.progress).where(LessonEvent.kind == "left", LessonEvent.detail == RESET)
    rows = LessonProgress.select().where(
        LessonProgress.board == board,
        LessonProgress.learner == learner,
        LessonProgress.lesson == lesson,
        LessonProgress.id.not_in(ended),
    )
    return next_level(rows)


def ways(level: int) -> list[tuple[str, str]]:
    """Each way to do a lesson, the one that fits this learner first: its key (`1`, `2`, `3` or `exam`) and its name."""
    order = [level, *(other for other in LEVELS if other != level)]
    names = [(str(one), LEVELS[one]) for one in order]
    return [(names[0][0], f"{names[0][1]} (past nu bij u)"), *names[1:], ("exam", EXAM)]


def _was_shown(row: LessonProgress) -> bool:
    shown = (LessonEvent.progress == row) & (LessonEvent.kind == "hint") & (LessonEvent.detail == SHOWN)
    return bool(LessonEvent.select().where(shown).exists())
