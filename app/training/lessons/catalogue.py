"""The catalogue of lessons: the draaiboeken that come with the program, easiest first, and those of one's own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from app.refusals import NotFound, Refused
from app.training.lessons import own
from app.training.lessons.own import Own
from app.training.scripts import varying
from app.training.scripts.document import SUFFIX, Script, read
from app.training.scripts.errors import nearest
from app.training.scripts.varying import DEFAULT
from models.board import Board
from models.training import LessonProgress

ALL = "meegeleverd"
"""The name for all that come with the program, wherever they are installed."""


def folder() -> Path:
    """The folder of the draaiboeken."""
    return Path(str(files("fixtures"))) / "scripts"


def shipped(name: str) -> list[Path]:
    """The draaiboek that comes with the program under this name, or all of them as `meegeleverd`. Raises `NotFound`."""
    found = {path.name.removesuffix(SUFFIX): path for path in sorted(folder().glob(f"*{SUFFIX}"))}
    if name == ALL:
        return list(found.values())
    if name not in found:
        meant = nearest(name, [ALL, *found])
        known = f"Geef een bestand, een map, {ALL}, of een van: {', '.join(found)}."
        raise NotFound(f"{name} is er niet. {f'Bedoelt u {meant}?' if meant else known}")
    return [found[name]]


@cache
def lessons() -> tuple[Script, ...]:
    """Every draaiboek that comes with the program and is a lesson."""
    found = [script for script in map(read, sorted(folder().glob(f"*{SUFFIX}"))) if script.lesson]
    return tuple(sorted(found, key=lambda script: (script.difficulty, script.title)))


def offered() -> tuple[Script, ...]:
    """Every lesson that can be begun here: those of the program, and one's own."""
    mine = [one.script for one in own_lessons() if one.script]
    return tuple(sorted([*lessons(), *mine], key=lambda script: (script.difficulty, script.title)))


def own_lessons() -> list[Own]:
    """Those of one's own, with what is wrong in the ones that cannot be begun."""
    return own.listed(reserved())


def reserved() -> frozenset[str]:
    """The names that a lesson of one's own cannot have."""
    return frozenset(script.name for script in lessons())


def find(name: str, seed: int = DEFAULT) -> Script:
    """The lesson with this name, or in this file, as the variant of this seed. Raises `NotFound` naming the existing
    ones, or `Refused` with all that is wrong in a file.
    """
    return begin(name, seed)[0]


def begin(name: str, seed: int = DEFAULT) -> tuple[Script, str]:
    """The same, with the text that `LessonProgress.text` keeps: empty for one that comes with the program."""
    asked = name.strip()
    if asked.endswith(".md") or os.sep in asked:
        return own.read_file(Path(asked), seed)
    for script in lessons():
        if script.name == asked.lower():
            return (script if seed == script.seed or not script.varies else read(script.path, seed)), ""
    mine = own_lessons()
    for one in mine:
        if one.name == asked.lower():
            if one.wrong:
                raise Refused(f"De les {one.name} kan niet beginnen.\n{one.wrong}")
            return own.read_lesson(one.text, one.path, seed), one.text
    known = [*(script.name for script in lessons()), *(one.name for one in mine)]
    raise NotFound(f"Les '{asked}' bestaat niet. Er zijn: {', '.join(known)}.")


def script_of(progress: LessonProgress) -> Script:
    """The lesson that somebody is in, with the text that it was begun with, as the variant that it was.

    Raises `NotFound` for one that no longer comes with the program.
    """
    if progress.text:
        return own.read_lesson(progress.text, Path(f"{progress.lesson}{SUFFIX}"), progress.seed)
    return find(progress.lesson, progress.seed)


def seed_for(learner: str, board: Board, lesson: str, attempt: int) -> int:
    """The variant that somebody gets: another one than the neighbours' (the next board of a class, another learner on
    this one) and than the time before. `attempt`: how many times this learner began it before.

    On the first board, who is the first gets that of the manual.
    """
    runs = LessonProgress.select(LessonProgress.learner).where(
        LessonProgress.board == board, LessonProgress.lesson == lesson
    )
    order = list(dict.fromkeys(run.learner for run in runs.order_by(LessonProgress.id)))
    place = order.index(learner) if learner in order else len(order)
    number: int = board.id
    return (number - 1 + _LEARNERS * place + _ATTEMPTS * attempt) % varying.MOST + varying.DEFAULT


_LEARNERS, _ATTEMPTS = 53, 101
"""Primes: no table of fewer rows gives the same row again."""


def title(name: str) -> str:
    """The title of a lesson; for one that no longer exists, its name."""
    return titles([name])[name]


def titles(names: Iterable[str]) -> dict[str, str]:
    """The title of each of these lessons; those of one's own are read once, and only if any of these is one."""
    wanted, known = set(names), {script.name: script.title for script in lessons()}
    mine = {one.name: one.title for one in own_lessons()} if wanted - known.keys() else {}
    return {name: known.get(name) or mine.get(name.lower(), name) for name in wanted}
