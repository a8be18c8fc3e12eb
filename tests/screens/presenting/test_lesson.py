"""A lesson in the real program: the panel shows the task, results count, wrong turns get a remark, staged help."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key

from app.commands.opening import Host
from app.training.scripts.document import parse_script
from models.board import Board
from models.training import LessonProgress
from screens.driving.screen_driver import ScreenDriver
from screens.lessons.overview import Lessons
from screens.presenting.lesson import Lesson
from tests.screens.driving import SMALL, WIDE, driving
from tests.screens.presenting.hosted import Hosted, begun, hosted
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


SCRIPT = parse_script(TEXT, Path("activeren.draaiboek.md"))


@asynccontextmanager
async def lesson(board: Board, size: tuple[int, int] = WIDE, **how: str) -> AsyncIterator[Hosted]:
    """The lesson, begun, with its story read; its run knows its text, for it does not come with the program."""
    run = begun(board, SCRIPT, **how)
    LessonProgress.update(text=TEXT).where(LessonProgress.id == run.id).execute()
    async with hosted(LessonProgress.get_by_id(run.id), size=size) as program:
        yield program


async def test_done_by_another_way_than_the_script_it_counts(practice: Board) -> None:
    async with lesson(practice) as program:
        app, driver = program.app, program.driver
        await until(lambda: "Opdracht 1. Open de koppelingen" in panel(app))
        await driver.press("ctrl+p")
        await driver.type("koppeling activeren iep")
        await driver.press("enter")
        await until(lambda: "Opdracht 2. Activeer IEP LVS" in panel(app))
        assert "Bedenk een code." in panel(app)
        assert "99QQ" not in panel(app)
        await driver.type("A. de Vries")
        await driver.press("tab", "space", "tab")
        await driver.type("99QQ00eigengemaakt123")
        await driver.press("f2")
        await until(lambda: "✓ Klaar! Zonder hints en zonder fouten." in panel(app))
        assert program.row.step == 2


async def test_a_wrong_way_is_remarked_upon_and_can_be_put_right(practice: Board) -> None:
    async with lesson(practice, SMALL) as program:
        app, driver = program.app, program.driver
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


async def test_help_says_what_then_where_then_does_it(practice: Board) -> None:
    async with lesson(practice) as program:
        app = program.app
        await until(lambda: "Opdracht 1" in panel(app))
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Hint: Als dit gelukt is, staat op het scherm 'Koppelinggegevens'." in panel(app))
        program.lesson._look()  # what the panel says itself does not count
        assert "Opdracht 1" in panel(app)
        app.post_message(Key("ctrl+l", None))
        await until(
            lambda: "Hint: ga naar Beheer > Import-Export-Koppelingen > Koppelingen; kies 'Activeren'" in panel(app)
        )
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Opdracht 2" in panel(app))
        assert "3 hints" in panel(app)


async def test_an_exam_gives_no_hints(practice: Board) -> None:
    async with lesson(practice, mode="exam") as program:
        app = program.app
        await until(lambda: "Examen: Activeren" in panel(app))
        app.post_message(Key("ctrl+l", None))
        await until(lambda: app._notifications)
        assert "Hint:" not in panel(app)
        assert program.course.hints == 0


async def test_a_lesson_is_chosen_on_the_start_page_as_practice_or_exam(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.host = Host()
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        assert isinstance(program.app.screen, Lessons)
        assert "nieuw" in program.text
        await driver.choose("De koppeling tussen ESIS en IEP LVS activeren")
        await driver.choose("Examen: zonder hints")
        await program.until(lambda: program.app.guest is not None)
        assert isinstance(program.app.guest, Lesson)
        assert program.app.guest.exam


async def test_what_was_done_is_in_the_report(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        await driver.press("a")
        await driver.choose("Resultaten")
        assert "Er is nog geen les gedaan" in program.words
