"""The review of a run afterwards, per step: what was the goal, whether it was reached, points, help and remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.counted import counted
from app.refusals import NotFound, Refused
from app.training.lessons import catalogue, own
from app.training.lessons.counting import Mistake, enough, judged
from app.training.lessons.course import Course
from app.training.lessons.tasks import Task, tasks_of
from app.training.scripts.document import Script
from models.board import Board
from models.training import LessonEvent, LessonProgress

UNDER_WAY = "Dit examen is nog niet af. De nabespreking is er na afloop."
DETAIL = LessonEvent.detail.max_length
"""So much of the check of a remark is kept."""


@dataclass(frozen=True)
class ReviewedStep:
    """One task of the run."""

    step: int
    """Its number, from 1."""
    goal: str
    done: bool
    points: int
    """What was won."""
    of: int
    """What there was to win."""
    hints: int
    remarks: tuple[tuple[str, bool], ...]
    """What was said of each wrong turn in it, and whether that was put right."""
    helped: bool = False
    """Whether the trainer took over."""

    def as_json(self) -> dict[str, Any]:
        """`step goal done points of hints helped remarks`; each remark has `text mended`."""
        return vars(self) | {"remarks": [{"text": text, "mended": mended} for text, mended in self.remarks]}


@dataclass(frozen=True)
class Review:
    """A whole run."""

    learner: str
    lesson: str
    title: str
    mode: str
    """`practice`, `exam` or `refresher`."""
    started_at: str
    """ISO 8601."""
    pass_mark: int
    """The percentage of the points that is enough."""
    over: bool
    """Whether it is done, or an exam that was closed."""
    steps: Sequence[ReviewedStep]

    @property
    def points(self) -> int:
        """The points won."""
        return sum(step.points for step in self.steps)

    @property
    def of(self) -> int:
        """The points that there were."""
        return sum(step.of for step in self.steps)

    @property
    def passed(self) -> bool:
        """Whether they are enough."""
        return enough(self.points, self.of, self.pass_mark)

    @property
    def outcome(self) -> str:
        """As a sentence."""
        if self.mode == "exam" and self.over:
            return judged(self.points, self.of, passed=self.passed)
        done = sum(step.done for step in self.steps)
        told = f"{done} van {counted(len(self.steps), 'opdracht', 'opdrachten')} gedaan."
        return told if self.over else f"Nog niet af: {told}"

    def as_json(self) -> dict[str, Any]:
        """`learner lesson title mode started_at over points points_of pass_percent passed steps`."""
        return {
            "learner": self.learner,
            "lesson": self.lesson,
            "title": self.title,
            "mode": self.mode,
            "started_at": self.started_at,
            "over": self.over,
            "points": self.points,
            "points_of": self.of,
            "pass_percent": self.pass_mark,
            "passed": self.passed if self.mode == "exam" and self.over else None,
            "steps": [step.as_json() for step in self.steps],
        }


def of_course(course: Course, learner: str, mode: str) -> Review:
    """The review of a lesson that was done here just now."""
    steps = _steps(course.tasks, course.won, course.made)
    return Review(
        learner,
        course.script.name,
        course.script.title,
        mode,
        clock.iso(clock.wall_now()),
        course.script.pass_mark,
        course.finished,
        steps,
    )


def newest(board: Board, learner: str = "", lesson: str = "", mode: str = "") -> LessonProgress:
    """The newest run on this board; of this learner, of this lesson, in this mode. Raises `NotFound`."""
    wanted = {LessonProgress.learner: learner, LessonProgress.mode: mode}
    query = LessonProgress.select().where(
        LessonProgress.board == board, *(column == value for column, value in wanted.items() if value)
    )
    if lesson:  # it may be named as its file, and with other capitals
        there = LessonProgress.select(LessonProgress.lesson).where(LessonProgress.board == board).distinct()
        same = [row.lesson for row in there if own.name_of(Path(row.lesson)) == own.name_of(Path(lesson))]
        query = query.where(LessonProgress.lesson.in_(same))
    found: LessonProgress | None = query.order_by(LessonProgress.started_at.desc(), LessonProgress.id.desc()).first()
    if found is None:
        what = f"Les '{lesson}' is" if lesson else "Er is"
        who = f" door {learner}" if learner else ""
        raise NotFound(f"{what} hier nog niet gedaan{who}." if lesson else f"{what} hier nog geen les gedaan{who}.")
    return found


def run_of(board: Board, learner: str, lesson: str, mode: str, started_at: datetime) -> LessonProgress:
    """The run that began at this moment, to the second. Raises `NotFound`."""
    query = LessonProgress.select().where(
        LessonProgress.board == board,
        LessonProgress.learner == learner,
        LessonProgress.lesson == lesson,
        LessonProgress.mode == mode,
        LessonProgress.started_at >= started_at,
        LessonProgress.started_at < started_at + timedelta(seconds=1),
    )
    found: LessonProgress | None = query.order_by(LessonProgress.id).first()
    if found is None:
        raise NotFound("Van deze les is niets meer bewaard.")
    return found


def of_run(row: LessonProgress) -> Review:
    """The review of a run that was kept. Raises `NotFound` if its lesson is not there any more, and `Refused` while it is an
    exam that can be gone on with: what was remarked would help.
    """
    over = row.finished_at is not None or row.points is not None
    if row.mode == "exam" and not over and row.given_up_at is None and row.own_board_id is not None:
        raise Refused(UNDER_WAY)
    script = script_of(row)
    tasks = tasks_of(script, exam=row.mode == "exam")
    events = list(LessonEvent.select().where(LessonEvent.progress == row).order_by(LessonEvent.at, LessonEvent.id))
    done = {event.step - 1 for event in events if event.kind == "done"} | set(range(min(row.step, len(tasks))))
    hints = Counter(event.step - 1 for event in events if event.kind == "hint")
    helped = {event.step - 1 for event in events if event.kind == "helped"}
    return Review(
        row.learner,
        row.lesson,
        script.title,
        row.mode,
        clock.iso(row.started_at),
        script.pass_mark,
        over,
        _steps(tasks, done, _mistakes(events), hints, helped),
    )


def script_of(row: LessonProgress) -> Script:
    """The draaiboek of a run, as it was begun. Raises `NotFound`."""
    return catalogue.script_of(row)


def _mistakes(events: Iterable[LessonEvent]) -> list[Mistake]:
    """The mistakes, from what was kept of them: what is mended, is the oldest of its kind that is not."""
    found: list[Mistake] = []
    for event in events:
        if event.kind == "remark":
            found.append(Mistake(event.step, event.detail))
        elif event.kind == "mended":
            open_ones = [place for place, one in enumerate(found) if one.check == event.detail and not one.mended]
            for place in open_ones[:1]:
                found[place] = Mistake(found[place].task, found[place].check, mended=True)
    return found


def _steps(
    tasks: Sequence[Task],
    done: Iterable[int],
    mistakes: Iterable[Mistake],
    hints: Mapping[int, int] | None = None,
    helped: Iterable[int] = (),
) -> list[ReviewedStep]:
    said = {remark.check.text[:DETAIL]: remark.text for task in tasks for remark in task.remarks}
    won, mistakes, helped = set(done), list(mistakes), set(helped)
    return [
        ReviewedStep(
            place + 1,
            task.goal,
            place in won,
            task.points if place in won else 0,
            task.points,
            (hints or {}).get(place, 0),
            tuple((said.get(one.check[:DETAIL], one.check), one.mended) for one in mistakes if one.task == place + 1),
            place in helped,
        )
        for place, task in enumerate(tasks)
    ]
