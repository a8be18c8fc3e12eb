"""What lessons and their steps are called, also of a lesson of one's own, or of one that is there no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from app.refusals import Refused
from app.training.lessons import catalogue
from app.training.lessons.tasks import tasks_of
from app.training.reports.happened import Run
from app.training.reports.stuck import LessonFigures
from app.training.scripts.document import SUFFIX, Script, parse_script
from models.training import LessonProgress


def lesson_of(progress: LessonProgress) -> tuple[str, Mapping[int, str]]:
    """The title of the lesson of a run, and those of its steps by number; without them where the lesson is unknown."""
    return _told(progress.lesson, progress.text)


def remarks_of(progress: LessonProgress) -> Mapping[str, str]:
    """What is said at each check of a remark of the lesson of a run; empty where the lesson is unknown."""
    script = _script(progress.lesson, progress.text)
    tasks = tasks_of(script) if script else ()
    return {remark.check.text: remark.text for task in tasks for remark in task.remarks}


@cache
def _told(name: str, text: str) -> tuple[str, Mapping[int, str]]:
    script = _script(name, text)
    return (script.title, step_titles(script)) if script else (name, {})


def _script(name: str, text: str) -> Script | None:
    try:
        return parse_script(text, Path(f"{name}{SUFFIX}")) if text else catalogue.find(name)
    except Refused:
        return None


def step_titles(script: Script) -> dict[int, str]:
    """The title of each step as a learner counts them, which may be several of the draaiboek together."""
    return {
        number: "; ".join(step.title for step in task.steps) for number, task in enumerate(tasks_of(script), start=1)
    }


def titled(figures: Iterable[LessonFigures], runs: Iterable[Run]) -> list[LessonFigures]:
    """The same figures with the titles of lessons and steps, as the newest of these runs has them."""
    newest = {run.progress.lesson: run.progress for run in runs}
    found = []
    for lesson in figures:
        title, steps = lesson_of(newest[lesson.lesson])
        named = tuple(replace(step, title=steps.get(step.step, "")) for step in lesson.steps)
        found.append(replace(lesson, title=title, steps=named))
    return found
