"""A lesson in the real program: the panel shows the task, results count, wrong turns get a remark, staged help."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key

from app.access import Actor
from app.couplings import lifecycle
from app.training.lessons.exam import Limit
from app.training.pictures import text_of
from app.training.scripts.document import parse_script
from models.board import Board
from models.training import LessonProgress
from screens.presenting.following import Followed
from screens.presenting.hosting import Hosting, ready
from tests.screens.driving import SMALL, WIDE
from tests.screens.presenting.hosted import Hosted, activate, begun, hosted
from tests.screens.presenting.watching import panel, until

pytestmark = pytest.mark.usefixtures("economical")
STORY = "De school wil de resultaten van IEP LVS in ESIS.\n"
TEXT = """---
title: Activeren
role: rovict
---
De school wil de resultaten van IEP LVS in ESIS.

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
points 2
remark "Zonder code staat alles stil." when coupling iep-lvs paused
```
"""


def coupling_state(actor: Actor) -> str:
    found = lifecycle.live(actor.location, "iep-lvs")
    return str(found.state) if found else "available"


@asynccontextmanager
async def lesson(board: Board, size: tuple[int, int] = WIDE, **how: Any) -> AsyncIterator[Hosted]:
    """The lesson, begun; its run knows its text, for it does not come with the program."""
    text = TEXT if how.get("mode") == "exam" or how.get("level", 1) > 1 else TEXT.replace(STORY, "")
    run = begun(board, parse_script(text, Path("activeren.draaiboek.md")), **how)
    LessonProgress.update(text=text).where(LessonProgress.id == run.id).execute()
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
        assert (app.guide.here.step, app.guide.here.steps, app.guide.here.leads) == (2, 2, False)
        await driver.type("A. de Vries")
        await driver.press("tab", "space", "tab")
        await driver.type("99QQ00eigengemaakt123")
        await driver.press("f2")
        await until(lambda: "✓ Klaar! Zonder hints en zonder fouten." in panel(app))
        assert program.row.step == 2
        assert app.guide.here.step == 0, "the trainer's desk sees that it is done"


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
        await until(
            lambda: "✓ Klaar! Met 0 hints, 1 fout, 1 hersteld. Alles wat misging heeft u zelf hersteld" in panel(app)
        )


async def ask(program: Hosted) -> None:
    program.course.act()
    program.app.post_message(Key("ctrl+l", None))


async def test_help_says_where_then_what_then_shows_it_and_the_learner_does_it_again(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.presenting.lesson.BETWEEN", 0)
    async with lesson(practice) as program:
        app, driver = program.app, program.driver
        await until(lambda: "Opdracht 1" in panel(app))
        await driver.open("Koppelingen")
        await driver.choose("Activeren", "IEP LVS")
        await until(lambda: "Opdracht 2" in panel(app))
        await ask(program)
        await until(lambda: "Hint: Kijk op het scherm dat u voor u heeft." in panel(app))
        program.lesson._look()  # what the panel says itself does not count
        app.post_message(Key("ctrl+l", None))
        await until(lambda: app._notifications)
        assert "1 hint," in panel(app), "asked too soon"
        await ask(program)
        await until(lambda: "Hint: Vul 'Uw naam' in; kruis 'Voor akkoord' aan; vul 'Verificatiecode' in" in panel(app))
        assert "99QQ00" not in panel(app)
        await ask(program)
        await until(lambda: "Ctrl+L Nu zelf doen" in panel(app))
        actor = program.lesson._player.examiner()
        assert coupling_state(actor) == "active", "shown in the real program"
        program.lesson._look()
        assert "Opdracht 2" in panel(app), "what was shown does not count"
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Nu doet u het zelf" in panel(app))
        assert coupling_state(actor) == "available", "put back"
        assert app.actor is not None
        assert "0 fouten" in panel(app)
        await until(lambda: "Startpagina" in text_of(app))
        await activate(driver, "99QQ00eigengemaakt123")
        await until(lambda: "✓ Klaar! Met 3 hints, 0 fouten." in panel(app))


@pytest.mark.parametrize("level", [2, 3])
async def test_a_higher_level_tells_the_goal_or_only_the_story_and_that_faults_are_meant(
    practice: Board, level: int
) -> None:
    async with lesson(practice, SMALL, level=level) as program:
        app, driver = program.app, program.driver
        await until(lambda: "Fouten zijn de bedoeling" in text_of(app))
        await driver.press("escape")
        await until(lambda: panel(app))
        told = panel(app)
        assert ("Doel: Bekijk wat hier te zien is." in told) == (level == 2)
        assert ("De school wil de resultaten" in told) == (level == 3)
        assert "Open de koppelingen" not in told
        await driver.open("Koppelingen")
        await driver.choose("Activeren", "IEP LVS")
        await until(lambda: "1 van 2" in panel(app))
        told = panel(app)
        assert ("Doel: De koppeling IEP LVS is actief." in told) == (level == 2)
        assert "Bedenk een code." not in told
        assert "Activeer IEP LVS" not in told


async def test_an_exam_is_closed_in_time_after_a_warning_and_what_was_reached_counts(practice: Board) -> None:
    now, given = 0.0, Limit(300, 60)
    async with lesson(practice, mode="exam") as program:
        app, driver = program.app, program.driver
        program.lesson._keeper.seconds = 0
        program.lesson.time(lambda: now, lambda: given)
        program.lesson._tell()
        await driver.press("escape")
        await until(lambda: "nog 6:00" in panel(app))
        await driver.open("Koppelingen")
        await driver.choose("Activeren", "IEP LVS")
        now = 301
        program.lesson._look()
        await until(lambda: any("nog 1 minuut" in told.message for told in app._notifications))
        given = Limit(300, 120)  # the trainer gives more
        now = 361
        program.lesson._look()
        assert not program.course.finished
        app.guide._paused_before = 60.0  # and held the class a while, which does not count
        now = 479
        program.lesson._look()
        assert not program.course.finished
        now = 480
        program.lesson._look()
        assert program.course.finished
        await until(lambda: "0 van 2 punten: niet geslaagd" in panel(app))
        await until(lambda: "Geslaagd vanaf 70% van de punten." in text_of(app))
        await until(lambda: program.row.finished_at is not None)
        assert (program.row.step, program.row.points, program.row.passed) == (0, 0, False)
        await driver.press("escape")
        await driver.press("f1")
        await until(lambda: "Nabespreking" in text_of(app))


async def test_a_key_after_the_one_that_closes_the_story_is_an_act_however_fast(practice: Board) -> None:
    async with lesson(practice, mode="exam") as program:
        await until(lambda: "De school wil" in text_of(program.app))
        for key in ("pagedown", "escape", "ctrl+l"):
            program.app.simulate_key(key)
        await until(lambda: "De school wil" not in text_of(program.app))
        await program.app.keys_done()
        assert not program.course.acted
        await program.driver.press("f1")
        program.app.simulate_key("escape")
        program.app.simulate_key("down")
        await until(lambda: program.course.acted, seconds=1)


async def test_the_clock_of_an_exam_is_seen_to_run_while_the_story_is_read(practice: Board) -> None:
    now = 0.0
    async with lesson(practice, mode="exam") as program:
        program.lesson.time(lambda: now, lambda: Limit(300))
        await until(lambda: "De school wil" in text_of(program.app))
        now = 10
        await until(lambda: re.search("nog 4:(50|4)", panel(program.app)), seconds=5)  # seconds passed before it, too


async def test_an_exam_that_is_done_shows_its_review(practice: Board) -> None:
    async with lesson(practice, mode="exam") as program:
        app, driver = program.app, program.driver
        await driver.press("escape")
        await driver.open("Koppelingen")
        await driver.choose("Activeren", "IEP LVS")
        await driver.fill("Uw naam", "A. de Vries")
        await driver.tick("Voor akkoord", True)
        await driver.press("f2")
        program.lesson._look()
        assert "Zonder code" not in panel(app), "no remarks"
        assert "fout" not in panel(app)
        await driver.fill("Verificatiecode", "99QQ001234567890abcd")
        await driver.press("f2")
        await until(lambda: "Dat heeft u zelf hersteld." in " ".join(text_of(app).replace("│", "").split()))
        await until(lambda: "2 van 2 punten: geslaagd." in panel(app))


async def test_an_exam_gives_no_hints_and_is_left_after_a_question(practice: Board) -> None:
    async with lesson(practice, mode="exam") as program:
        app = program.app
        await until(lambda: panel(app).startswith("Examen\n"))
        assert "70 procent van de punten is genoeg" in " ".join(text_of(app).split())
        app.post_message(Key("ctrl+l", None))
        await until(lambda: app._notifications)
        assert "Hint:" not in panel(app)
        assert program.course.hints == 0
        await program.driver.press("escape", "ctrl+q", "escape")
        assert app.guest is not None
        await program.driver.press("ctrl+q")
        assert "Examen verlaten?" in text_of(app)
        await program.driver.choose("Verlaten")
        await until(lambda: app.guest is None)


async def test_what_is_saved_in_the_file_shows_and_is_what_is_gone_on_with(practice: Board, tmp_path: Path) -> None:
    path = tmp_path / "activeren.draaiboek.md"
    path.write_text(TEXT, encoding="utf-8")
    run = begun(practice, parse_script(TEXT, path), text=TEXT)
    host = Hosting(followed=Followed(path, 1, TEXT))
    async with hosted(run, host=host) as program:
        await program.driver.press("escape")
        await until(lambda: "Open de koppelingen" in panel(program.app))
        path.write_text(TEXT.replace("Open de koppelingen", "Zoek de koppelingen"), encoding="utf-8")
        await until(lambda: "Zoek de koppelingen" in panel(program.app))
        path.write_text("stuk", encoding="utf-8")
        await until(lambda: "× Bestand: activeren.draaiboek.md:1:" in panel(program.app))
        assert "Zoek de koppelingen" in panel(program.app)
        path.write_text(TEXT.replace("Open de koppelingen", "Zoek de koppelingen"), encoding="utf-8")
        await until(lambda: "Bestand:" not in panel(program.app))
    assert "Zoek de koppelingen" in program.row.text
    assert ready(program.row).course.tasks[0].title == "1. Zoek de koppelingen"
