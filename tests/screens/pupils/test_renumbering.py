"""A pupil gets another leerlingnummer."""

from __future__ import annotations

from app.targets import PupilPage
from models.board import Board
from models.school import Pupil
from screens.pupils.changing import RenumberScreen
from screens.pupils.guardian import GuardianScreen
from tests.screens.driving import driving


async def test_the_button_opens_the_form_and_nothing_over_it(practice: Board) -> None:
    key = Pupil.select().order_by(Pupil.id).first().key
    async with driving(practice) as program:
        program.app.go(PupilPage(key))
        await program.press("2")
        program.app.screen.query_one("#renumber").focus()
        await program.press("enter")
        assert not any(isinstance(screen, GuardianScreen) for screen in program.app.screen_stack)
        assert isinstance(program.app.screen, RenumberScreen)
