"""Doing a lesson's tasks wrongly by keyboard: it does not count, and gets a remark where there is one.

Every lesson is tried without a screen (`tests/training/test_lesson_checks.py`); here are some that use every word.
"""

from __future__ import annotations

from textwrap import dedent

import pytest

from app.training.lessons import catalogue
from app.training.lessons.tasks import tasks_of
from app.training.pictures import text_of
from app.training.scripts.document import Script, parse_script
from app.training.scripts.playing import Player
from models.board import Board
from screens.driving.economy import economy
from tests.screens.presenting.hosted import begun, hosted
from tests.screens.presenting.watching import covering, panel, until, words
from tests.screens.presenting.wrong_ways import WRONG_WAYS


def parse(name: str) -> Script:
    """The wrong way of a lesson."""
    way = dedent(WRONG_WAYS[name][0]).strip()
    text = f"---\ntitle: Mis\nkind: demo\n---\n1. Mis\n\n```esis\n{way}\n```\n"
    return parse_script(text, catalogue.find(name).path)


@pytest.mark.parametrize("name", covering({name: words(parse(name)) for name in WRONG_WAYS}))
async def test_a_wrong_way_does_not_count_and_is_remarked_upon(name: str, practice: Board) -> None:
    _, remark = WRONG_WAYS[name]
    lesson, script = catalogue.find(name), parse(name)
    tasks = tasks_of(lesson)
    place = next(place for place, task in enumerate(tasks) if task.checks)
    with economy():
        async with hosted(begun(practice, lesson)) as program:
            app, course = program.app, program.course
            assert "F1 toont dit verhaal opnieuw" in text_of(app)
            await program.driver.press("escape")
            await Player(script, program.driver, app.board).play()
            program.lesson._look()
            await until(lambda: not program.lesson._keeper.pending)
            program.lesson._tell()
            told = " ".join(panel(app).split())
    assert course.done <= place
    assert remark in course.remark
    assert (f"! {remark}" in told) == bool(remark)
    assert course.mistakes == (1 if remark else 0)


def test_every_lesson_has_one() -> None:
    assert set(WRONG_WAYS) == {script.name for script in catalogue.lessons()}
