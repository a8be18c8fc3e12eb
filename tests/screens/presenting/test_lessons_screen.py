"""Oefeningen: a lesson is chosen, as practice or as an exam; what was done is in the report, and reviewed."""

from __future__ import annotations

import pytest

from app.commands.opening import Host
from app.training.lessons import catalogue
from models.board import Board
from screens.driving.screen_driver import ScreenDriver
from screens.lessons.overview import LONGEST, Lessons
from screens.presenting.lesson import Lesson
from screens.shared.records import RecordList
from tests.builders import make_exam_half_done
from tests.screens.driving import SMALL, WIDE, driving

pytestmark = pytest.mark.usefixtures("economical")


async def test_a_lesson_is_chosen_on_the_start_page_as_practice_or_exam(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.host = Host()
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        assert isinstance(program.app.screen, Lessons)
        assert "nieuw" in program.text
        await driver.choose("De koppeling tussen ESIS en IEP LVS activeren")
        assert "Stap voor stap: elke stap met uitleg (past nu bij u)" in program.words
        await driver.choose("Examen: alleen het verhaal")
        await program.until(lambda: program.app.guest is not None)
        assert isinstance(program.app.guest, Lesson)
        assert program.app.guest.course.exam


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_titles_are_whole_and_the_detail_says_where_it_is_cut(practice: Board, size: tuple[int, int]) -> None:
    titles = [script.title for script in catalogue.offered() if len(script.title) <= LONGEST]
    async with driving(practice, size=size) as program:
        await program.open("Oefeningen")
        shown = program.app.screen.query_one(RecordList)
        assert all(
            any(title in strip.text for strip in map(shown.line, range(shown.row_count + 1))) for title in titles
        )
        lines = [line.strip("│ ") for line in program.text.splitlines()]
        if size == SMALL:
            assert any(line.endswith("…") for line in lines), program.text
        assert "Enter begint de les" in program.text


async def test_what_was_done_is_in_the_report(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        driver = ScreenDriver(program.app, program.pilot)
        await program.open("Oefeningen")
        await driver.press("a")
        await driver.choose("Resultaten")
        assert "Er is nog geen les gedaan" in program.words


async def test_a_run_in_the_report_is_reviewed(practice: Board) -> None:
    make_exam_half_done(practice, "rovict")
    async with driving(practice) as program:
        await program.open("Oefeningen")
        driver = ScreenDriver(program.app, program.pilot)
        await driver.press("a")
        await driver.choose("Resultaten")
        await driver.press("enter")
        assert "2 van 4 punten: niet geslaagd." in program.words
        assert "ESIS neemt de resultaten van deze toets weer over." in program.words
        assert "U heeft Rekenen groep 5 uitgezet." in program.words
        assert "× 3. De leerkracht ziet de resultaten." in program.words
