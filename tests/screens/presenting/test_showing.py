"""While the program shows how: whoever leaves or is killed finds the board as it was before, and everybody stays signed in."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from textual.events import Key

from models.board import Board
from models.training import LessonProgress
from screens.lessons.overview import Lessons
from screens.presenting.lesson import Lesson
from tests.screens.presenting.hosted import Hosted, hosted
from tests.screens.presenting.test_lesson import ask, coupling_state, lesson
from tests.screens.presenting.watching import panel, until

pytestmark = pytest.mark.usefixtures("economical")
SIGNED_IN = "IEP LVS"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown without pauses."""
    monkeypatch.setattr("screens.presenting.lesson.BETWEEN", 0)


async def to_the_second_task(program: Hosted) -> None:
    """Where the code is asked, with two hints given."""
    await until(lambda: "Opdracht 1" in panel(program.app))
    await program.driver.open("Koppelingen")
    await program.driver.choose("Activeren", "IEP LVS")
    await until(lambda: "Opdracht 2" in panel(program.app))
    for stage in (1, 2):
        await ask(program)
        await until(lambda: program.course.hints_shown == stage)  # noqa: B023


async def test_who_leaves_while_it_is_shown_leaves_nothing_of_it_and_no_keys_elsewhere(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with lesson(practice) as program:
        app = program.app
        await to_the_second_task(program)
        monkeypatch.setattr("screens.presenting.lesson.BETWEEN", 0.02)
        pressed: list[str] = []
        await ask(program)
        going = program.lesson
        await until(lambda: going._showing._put_back is not None)
        assert going.showing
        going.leave()
        with patch.object(app, "simulate_key", pressed.append):
            await until(lambda: app.guest is None and isinstance(app.screen, Lessons))
            await until(going._showing._running.done)
        assert not pressed
        assert coupling_state(app.actor) == "available", "the board of the class"  # type: ignore[arg-type]
    async with hosted(program.row) as again:
        assert coupling_state(again.lesson._player.examiner()) == "available"
        assert (again.course.done, again.course.hints) == (1, 3)


async def test_who_is_killed_while_he_looks_at_what_was_shown_finds_the_board_as_it_was(practice: Board) -> None:
    with patch.object(Lesson, "ended"):  # nothing of what is done at the end
        async with lesson(practice) as program:
            await to_the_second_task(program)
            await ask(program)
            await until(lambda: "Ctrl+L Nu zelf doen" in panel(program.app))
            assert coupling_state(program.lesson._player.examiner()) == "active"
    async with hosted(LessonProgress.get_by_id(program.run.id)) as again:
        await until(lambda: "Opdracht 2" in panel(again.app))
        assert coupling_state(again.lesson._player.examiner()) == "available"
        assert "3 hints" in panel(again.app)


async def test_who_was_signed_in_at_a_partner_still_is_after_the_board_was_put_back(practice: Board) -> None:
    async with lesson(practice) as program:
        app, driver = program.app, program.driver
        await until(lambda: "Opdracht 1" in panel(app))
        await driver.go_to(SIGNED_IN)
        await driver.sign_in("schoolbeheerder", "oefenen")
        await driver.go_to("ESIS")
        await to_the_second_task(program)
        await ask(program)
        await until(lambda: "Ctrl+L Nu zelf doen" in panel(app))
        app.post_message(Key("ctrl+l", None))
        await until(lambda: "Nu doet u het zelf" in panel(app))
        assert (app.current_mode, app.partners_signed_in, program.actor_name) == ("esis", [SIGNED_IN], "rovict")
        await driver.go_to(SIGNED_IN)
        await driver.open("Beheer")
