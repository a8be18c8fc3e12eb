"""The mouse, by events as a terminal sends them: several may come before the first has had its effect."""

from __future__ import annotations

import threading

import pytest
from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp
from textual.widgets import OptionList

from models.board import Board
from screens.pupils.administration import PupilAdministration
from screens.pupils.page import PupilPage
from screens.shared.base import BaseScreen
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shell import type_ahead
from screens.shell.palette import Palette
from screens.staff.staff import StaffScreen
from tests.screens.driving import Driver, driving
from tests.screens.test_menu_walk import open_sheet


def post(program: Driver, kind: type[MouseEvent], x: int, y: int) -> None:
    program.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


async def click(program: Driver, x: int, y: int, times: int = 1) -> None:
    for _ in range(times):
        for kind in (MouseDown, MouseUp):
            post(program, kind, x, y)
    await program.settle()


async def pupil_list(program: Driver) -> tuple[RecordList, int, int]:
    """The list of pupils, and where its second row is."""
    await program.go_to("leerlingenadministratie")
    listed = program.app.screen.query_one("#pupils", RecordList)
    return listed, listed.content_region.x + 5, listed.content_region.y + 2


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


async def test_a_click_on_a_row_whose_place_another_took_does_nothing(practice: Board) -> None:
    async with driving(practice) as program:
        listed, x, y = await pupil_list(program)
        await program.press("f3")
        program.app.simulate_key("j")
        await click(program, x, y, times=2)
        assert (listed.cursor, program.app.screen) == (0, listed.screen)
        await click(program, x, y)
        assert (listed.cursor, program.app.focused) == (1, listed)


async def test_neither_does_its_release_when_the_search_was_slow(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(practice) as program:
        listed, x, y = await pupil_list(program)
        await program.press("f3")
        go, read = threading.Event(), PupilAdministration.read
        monkeypatch.setattr(PupilAdministration, "read", lambda screen: read(screen) if go.wait(10) else None)
        program.app.simulate_key("j")
        await program.app.keys_done()
        post(program, MouseDown, x, y)
        await program.until(lambda: listed.has_focus)
        post(program, MouseUp, x, y)
        await program.until(lambda: program.app._waiting)
        go.set()
        await program.settle()
        assert (listed.cursor, program.app.screen) == (0, listed.screen)


async def test_a_click_in_the_palette_goes_only_where_it_was_aimed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("ctrl+p")
        await program.type("l")
        found = program.app.screen.query_one(OptionList).content_region
        program.app.simulate_key("e")
        await click(program, found.x + 5, found.y + 2)
        assert isinstance(program.app.screen, Palette)
        await click(program, found.x + 5, found.y + 2)
        assert not isinstance(program.app.screen, Palette)


async def test_a_click_leaves_a_screen_that_opens_slowly_as_escape_does(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "LONGEST_WAIT", 0.1)
    go, read = threading.Event(), PupilAdministration.read
    monkeypatch.setattr(PupilAdministration, "read", lambda screen: read(screen) if go.wait(60) else None)
    async with driving(practice) as program:
        slow = PupilAdministration()
        program.app.push_screen(slow)
        await program.until(lambda: program.app.screen is slow and slow.painted)
        program.app.simulate_key("j")
        await program.until(lambda: program.app._waiting)
        row = program.text.splitlines()[-1]
        for kind in (MouseDown, MouseUp):
            post(program, kind, row.index("Esc"), program.app.size.height - 1)
        await program.until(lambda: program.app.screen is not slow)
        go.set()
        await program.settle()


async def test_the_mouse_lets_go_when_a_use_case_ended_while_it_was_down(practice: Board) -> None:
    async with driving(practice) as program:
        listed, _x, _y = await pupil_list(program)
        screen, go, bar = program.app.screen, threading.Event(), listed.vertical_scrollbar.region
        assert isinstance(screen, BaseScreen)
        screen.perform(lambda: go.wait(10))
        post(program, MouseDown, bar.x, bar.y)
        await program.until(lambda: program.app.mouse_captured)
        post(program, MouseUp, bar.x, bar.y)
        await program.until(lambda: program.app._waiting)
        go.set()
        await program.settle()
        assert program.app.mouse_captured is None


async def test_a_screen_left_while_the_mouse_is_down_selects_nothing_later(practice: Board) -> None:
    async with driving(practice) as program:
        listed, x, y = await pupil_list(program)
        post(program, MouseDown, x, y)
        program.app.simulate_key("enter")
        post(program, MouseUp, x, y)
        await program.settle()
        assert isinstance(program.app.screen, PupilPage)
        await program.press("escape")
        post(program, MouseMove, x + 4, y + 3)
        await program.settle()
        assert (program.app.screen, listed.text_selection) == (listed.screen, None)


async def test_the_release_of_a_press_that_did_nothing_does_nothing(practice: Board) -> None:
    async with driving(practice) as program:
        listed, x, y = await pupil_list(program)
        await click(program, x, y)
        await program.press("enter")
        page = program.app.screen
        program.app.simulate_key("escape")
        post(program, MouseDown, x, y)
        await program.until(lambda: program.app.screen is not page and not program.app._waiting)
        post(program, MouseUp, x, y)
        await program.settle()
        assert program.app.screen is listed.screen
