"""Arrow keys on the sheets of the menu: they move as the layout suggests, and reach every item."""

from __future__ import annotations

import pytest

from app.targets import MenuTab
from fixtures import menu
from models.board import Board
from tests.screens.driving import SMALL, WIDE, Driver, driving
from tests.screens.test_menu_walk import arrow, is_visible, open_sheet, standing_on, walk, walk_small


async def moves(program: Driver, *keys: str) -> str:
    """Where one stands after these arrow keys."""
    for key in keys:
        await arrow(program, key)
    return standing_on(program).key


async def test_at_120_columns_the_arrows_go_where_the_eye_goes(practice: Board) -> None:
    async with driving(practice, size=WIDE) as program:
        await open_sheet(program)
        assert standing_on(program).key == "mijn-groep"
        assert await moves(program, "down", "down") == "mijn-instellingen"
        assert await moves(program, "down") == "help", "over the blank line and the heading"
        assert await moves(program, "right") == "schoolrapporten"
        assert await moves(program, "right") == "bestuur-school-vestiging"
        assert await moves(program, "right") == "onderwijskundig-rapport"
        assert await moves(program, "right") == "onderwijskundig-rapport", "there is nothing at the right"
        assert await moves(program, "left", "left", "left") == "help"
        assert await moves(program, "left") == "help", "nor at the left"
        assert await moves(program, "up", "up", "up", "up", "up") == "berichten-overzicht", "the line above the columns"
        assert await moves(program, "right") == "berichten-onderhouden"


async def test_a_letter_jumps_to_the_next_item_that_begins_with_it(practice: Board) -> None:
    async with driving(practice, size=WIDE) as program:
        await open_sheet(program)
        assert await moves(program, "k") == "koppelingen"
        assert await moves(program, "l") == "leerlingenadministratie", "from the end to the begin"
        assert await moves(program, "l") == "leerlingdossiers"


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
async def test_arrows_alone_reach_every_item_and_what_has_the_focus_is_in_sight(
    practice: Board, size: tuple[int, int]
) -> None:
    async with driving(practice, size=size) as program:
        for tab in menu.menu().tabs[1:5:3]:
            program.app.go(MenuTab(tab.title))
            await program.settle()
            reached = set()
            async for link in (walk if size is WIDE else walk_small)(program):
                await program.until(lambda: is_visible(program), f"{link.key} in sight")
                reached.add(link.key)
            shown = {item.id for heading in tab.headings for item in heading.items}
            assert reached == shown - {"startpagina"}, tab.title


async def test_every_name_fits_at_any_width(practice: Board) -> None:
    async with driving(practice, size=WIDE) as program:
        await open_sheet(program)
        for width in (80, 100, 119, 120, 130, 140, 158):
            await program.pilot.resize_terminal(width, 36)
            await program.settle()
            assert program.app.size.width == width
            for link in program.app.screen.query(".item"):
                assert link.region.right <= width, (width, link)


async def test_down_from_the_tabs_is_into_the_screen_and_on_from_block_to_block(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f10", "right")
        assert standing_on(program).key == "Mijn Menu"
        await program.press("down")
        assert program.app.focused is program.app.screen.query_one("#notices")
        await program.press(*["down"] * 5)
        assert standing_on(program).key == "mijn-menu", "from one block to the next, as the eye goes"


async def test_the_line_at_the_bottom_says_what_an_item_is_for_or_why_not(practice: Board) -> None:
    async with driving(practice, "leerkracht6", SMALL) as program:
        await open_sheet(program)
        assert "Dashboard Mijn Groep" in " ".join(program.text.split())
        await arrow(program, "left")
        await arrow(program, "up")
        await arrow(program, "right")
        await arrow(program, "down")
        await program.until(
            lambda: "Uw rol (Leerkracht) laat dit niet toe: berichten" in " ".join(program.text.split())
        )
