"""The mouse, by events as a terminal sends them: several may come before the first has had its effect."""

from __future__ import annotations

import pytest
from textual.events import MouseDown, MouseUp

from models.board import Board
from screens.pupils.page import PupilPage
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.staff.staff import StaffScreen
from tests.screens.driving import Driver, driving
from tests.screens.test_menu_walk import open_sheet


async def click(program: Driver, x: int, y: int, times: int = 1) -> None:
    for _ in range(times):
        for kind in (MouseDown, MouseUp):
            program.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await program.settle()


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_clicks_at_once_open_a_place_once(practice: Board, times: int) -> None:
    async with driving(practice) as program:
        await open_sheet(program)
        before = len(program.app.screen_stack)
        link = next(one for one in program.app.screen.query(Link) if one.key == "medewerkers")
        await click(program, link.region.x + 3, link.region.y, times)
        assert isinstance(program.app.screen, StaffScreen)
        assert len(program.app.screen_stack) == before + 1


async def test_a_double_click_opens_a_row_once(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        listed, before = program.app.screen.query_one("#pupils", RecordList), len(program.app.screen_stack)
        row = listed.row_at(3)
        assert row is not None
        await click(program, listed.content_region.x + 5, listed.content_region.y + 4, times=4)
        page = program.app.screen
        assert isinstance(page, PupilPage)
        assert (page.key, len(program.app.screen_stack)) == (row.key, before + 1)
