"""A lesson in the real program: the panel shows the task, results count, wrong turns get a remark, staged help."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key

from app.commands import playing
from app.training.lessons.course import Course
from app.training.pictures import settle
from app.training.scripts.document import parse_script
from app.training.scripts.playing import Player
from models.board import Board
from screens.driving.screen_driver import ScreenDriver
from screens.lessons.overview import Lessons
from screens.lessons.starting import StartLesson
from screens.presenting.lesson import LessonApp
from tests.screens.driving import SMALL, WIDE, driving
from tests.screens.presenting.watching import panel, until

pytestmark = pytest.mark.usefixtures("economical")
TEXT = """---
title: Activeren
role: rovict
---
1. Open de koppelingen

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "IEP LVS"
expect "Koppelinggegevens"
```

2. Activeer IEP LVS

Bedenk een code.

```esis
fill "Uw naam" "R. de Vries"
tick "Voor akkoord"
fill "Verificatiecode" "99QQ001234567890abcd"
choose "Gereed"
check coupling iep-lvs active
remark "Zonder code staat alles stil." when coupling iep-lvs paused
```
"""


@asynccontextmanager
async def lesson(
    size: tuple[int, int] = WIDE, *, exam: bool = False
) -> AsyncIterator[tuple[LessonApp, ScreenDriver, list[int]]]:
    """The lesson, begun; the steps that were kept."""
    script = parse_script(TEXT, Path("activeren.draaiboek.md"))
    kept: list[int] = []
    with playing.board_for(script, None) as (settings, board):
        app = playing.make_app(script, settings, board, LessonApp)
        assert isinstance(app, LessonApp)
        course = Course(script)
        app.begin(
            course, lambda driver: Player(script, driver, board), lambda found: kept.append(found.done), exam=exam
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app, pilot)
            yield app, ScreenDriver(app, pilot), kept


async def test_done_by_another_way_than_the_script_it_counts() -> None:
    async with lesson() as (app, driver, kept):
        await until(lambda: "Opdracht 1. Open de koppelingen" in panel(app))
        await driver.press("ctrl+p")
        await driver.type("koppeling activeren iep")
        await driver.press("enter")
        await until(lambda: "Opdracht 2. Activeer IEP LVS" in panel(app))
        assert "Bedenk een code." in panel(app)
        assert "99QQ" not in panel(app)
        assert (app.guide.here.step, app.guide.here.steps, app.guide.here.leads) == (2, 2, False)
        await driver.type("A. de Vries")
        await driver.press("tab", "space", "tab")
        await driver.type("99QQ00eigengemaakt123")
        await driver.press("f2")
        await until(lambda: "✓ Klaar! Zonder hints en zonder fouten." in panel(app))
        assert kept[-1] == 2
        assert app.guide.here.step == 0, "the trainer's desk sees that it is done"


async def test_a_wrong_way_is_remarked_upon_and_can_be_put_right() -> None:
    async with lesson(SMALL) as (app, driver, _kept):
        await driver.open("Koppelingen")
        await driver.choose("Activeren", "IEP LVS")
        await driver.fill("Uw naam", "A. de Vries")
        await driver.tick("Voor akkoord", True)
        await driver.press("f2")
        await until(lambda: "! Zonder code staat alles stil." in panel(app))
        assert "1 fout" in panel(app)
        await driver.fill("Verificatiecode", "99QQ001234567890abcd")
        await driver.press("f2")
        await until(lambda: "✓ Klaar! Met 0 hints, 1 fout." in panel(app))


async def test_help_says_what_then_where_then_does_it() -> None:
    async with lesson() as (app, _driver, _kept):
        await until(lambda: "Opdracht 1" in panel(app))
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Hint: Als dit gelukt is, staat op het scherm 'Koppelinggegevens'." in panel(app))
        app._look()  # what the panel says itself does not count
        assert "Opdracht 1" in panel(app)
        app.post_message(Key("ctrl+l", None))
        await until(
            lambda: "Hint: ga naar Beheer > Import-Export-Koppelingen > Koppelingen; kies 'Activeren'" in panel(app)
        )
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Opdracht 2" in panel(app))
        assert "3 hints" in panel(app)


async def test_an_exam_gives_no_hints() -> None:
    async with lesson(exam=True) as (app, _driver, _kept):
        await until(lambda: "Examen: Activeren" in panel(app))
        app.post_message(Key("ctrl+l", None))
        await until(lambda: app._notifications)
        assert "Hint:" not in panel(app)
        assert app.course.hints == 0


async def test_a_lesson_is_chosen_on_the_start_page_as_practice_or_exam(practice: Board) -> None:
    async with driving(practice) as program:
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        assert isinstance(program.app.screen, Lessons)
        assert "nieuw" in program.text
        await driver.choose("De koppeling tussen ESIS en IEP LVS activeren")
        await driver.choose("Examen: zonder hints")
        assert program.app.return_value == StartLesson("iep-lvs", True)


async def test_what_was_done_is_in_the_report(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        await driver.press("a")
        await driver.choose("Resultaten")
        assert "Er is nog geen les gedaan" in program.words
