"""Doing a lesson's tasks wrongly by keyboard: it does not count, and gets a remark where there is one.

Every lesson is tried without a screen (`tests/training/test_lesson_checks.py`); here are some that use every word.
"""

from __future__ import annotations

from textwrap import dedent

import pytest

from app.commands import playing
from app.training.lessons import catalogue
from app.training.lessons.course import Course
from app.training.pictures import settle, text_of
from app.training.scripts.document import Script, parse_script
from app.training.scripts.playing import Player
from screens.driving.economy import economy
from screens.driving.screen_driver import ScreenDriver
from screens.presenting.lesson import LessonApp
from tests.screens.driving import WIDE
from tests.screens.presenting.watching import covering, panel, words
from tests.screens.presenting.wrong_ways import WRONG_WAYS


def parse(name: str) -> Script:
    """The wrong way of a lesson."""
    way = dedent(WRONG_WAYS[name][0]).strip()
    text = f"---\ntitle: Mis\nkind: demo\n---\n1. Mis\n\n```esis\n{way}\n```\n"
    return parse_script(text, catalogue.find(name).path)


@pytest.mark.parametrize("name", covering({name: words(parse(name)) for name in WRONG_WAYS}))
async def test_a_wrong_way_does_not_count_and_is_remarked_upon(name: str) -> None:
    _, remark = WRONG_WAYS[name]
    lesson, script = catalogue.find(name), parse(name)
    course = Course(lesson)
    place = next(place for place, task in enumerate(course.tasks) if task.checks)
    with playing.board_for(lesson, None) as (settings, board), economy():
        app = playing.make_app(lesson, settings, board, LessonApp)
        assert isinstance(app, LessonApp)
        app.begin(course, lambda driver: Player(lesson, driver, board), lambda _course: None)
        async with app.run_test(size=WIDE, notifications=True) as pilot:
            await settle(app, pilot)
            assert "F1 toont dit verhaal opnieuw" in text_of(app)
            await ScreenDriver(app, pilot).press("escape")
            player = Player(script, ScreenDriver(app, pilot), board)
            await player.play()
            app._look()
            told = " ".join(panel(app).split())
    assert course.done <= place
    assert remark in course.remark
    assert (f"! {remark}" in told) == bool(remark)
    assert course.mistakes == (1 if remark else 0)


def test_every_lesson_has_one() -> None:
    assert set(WRONG_WAYS) == {script.name for script in catalogue.lessons()}
