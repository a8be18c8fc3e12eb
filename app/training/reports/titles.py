"""What lessons and their steps are called, also of a lesson of one's own, or of one that is there no more; and which steps
and remarks of an exam or of another variant are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from app.refusals import Refused
from app.training.lessons import catalogue
from app.training.lessons.tasks import Remark, tasks_of
from app.training.reports.happened import EXAM, Event, Run
from app.training.reports.stuck import LessonFigures
from app.training.scripts.document import SUFFIX, Script, parse_script
from app.training.scripts.varying import DEFAULT
from models.training import LessonProgress


def lesson_of(progress: LessonProgress) -> tuple[str, Mapping[int, str]]:
    """The title of the lesson of a run, and those of its steps by number; without them where the lesson is unknown."""
    return _told(progress.lesson, progress.text, exam=progress.mode == EXAM)


def remarks_of(progress: LessonProgress) -> Mapping[str, str]:
    """What is said at each check of a remark of the lesson of a run; empty where the lesson is unknown."""
    script = _script(progress.lesson, progress.text)
    return {remark.check.text: remark.text for remark in _remarks(script)} if script else {}


@cache
def _told(name: str, text: str, *, exam: bool = False) -> tuple[str, Mapping[int, str]]:
    script = _script(name, text)
    return (script.title, step_titles(script, exam=exam)) if script else (name, {})


def _script(name: str, text: str, seed: int = DEFAULT) -> Script | None:
    try:
        return parse_script(text, Path(f"{name}{SUFFIX}"), seed) if text else catalogue.find(name, seed)
    except Refused:
        return None


def _remarks(script: Script) -> Iterator[Remark]:
    return (remark for task in tasks_of(script) for remark in task.remarks)


def step_titles(script: Script, *, exam: bool = False) -> dict[int, str]:
    """The title of each step as a learner counts them, which may be several of the draaiboek together."""
    tasks = enumerate(tasks_of(script, exam=exam), start=1)
    return {number: "; ".join(step.title for step in task.steps) for number, task in tasks}


def alike(runs: Iterable[Run]) -> list[Run]:
    """The same runs, told as of one who practised the first variant, so that figures count together what is the same: the
    steps of an exam, which are fewer, by the numbers of the lesson, and remarks by the check that they have there.
    """
    return [replace(run, events=_alike(run)) for run in runs]


def _alike(run: Run) -> tuple[Event, ...]:
    row = run.progress
    steps = _steps_of_exam(row.lesson, row.text) if row.mode == EXAM else {}
    remarked = any(one.kind in ("remark", "mended") for one in run.events)
    checks = _checks_of(row.lesson, row.text, row.seed) if remarked else {}
    return tuple(
        replace(one, step=steps.get(one.step, one.step), detail=checks.get(one.detail, one.detail))
        for one in run.events
    )


@cache
def _steps_of_exam(name: str, text: str) -> Mapping[int, int]:
    """The number of a step of the exam -> that of the step of the lesson with which it ends."""
    if (script := _script(name, text)) is None:
        return {}
    ends = {task.steps[-1].number: number for number, task in enumerate(tasks_of(script), start=1)}
    return {number: ends[task.steps[-1].number] for number, task in enumerate(tasks_of(script, exam=True), start=1)}


@lru_cache(maxsize=512)
def _checks_of(name: str, text: str, seed: int) -> Mapping[str, str]:
    """The check of each remark as this variant has it -> as the first has it."""
    first = _script(name, text)
    if first is None or not first.varies or seed == first.seed or (this := _script(name, text, seed)) is None:
        return {}
    pairs = zip(_remarks(this), _remarks(first), strict=False)
    return {mine.check.text: theirs.check.text for mine, theirs in pairs}


def titled(figures: Iterable[LessonFigures], runs: Iterable[Run]) -> list[LessonFigures]:
    """The same figures with the titles of lessons and steps, as the newest of these runs has them."""
    newest = {run.progress.lesson: run.progress for run in runs}
    found = []
    for lesson in figures:
        title, steps = _told(lesson.lesson, newest[lesson.lesson].text)
        named = tuple(replace(step, title=steps.get(step.step, "")) for step in lesson.steps)
        found.append(replace(lesson, title=title, steps=named))
    return found
