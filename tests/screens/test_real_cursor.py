"""The terminal's own cursor is where the focus is, for magnifiers and screen readers."""

from __future__ import annotations

from models.board import Board
from screens.shared.records import RecordList
from tests.screens.driving import SMALL, driving


async def test_the_real_cursor_follows_fields_rows_of_a_list_links_and_windows(practice: Board) -> None:
    async with driving(practice, None, size=SMALL) as program:
        app = program.app
        await program.type("ro")
        assert app.focused is not None
        assert app.cursor_position == app.focused.cursor_screen_offset  # type: ignore[attr-defined]
        assert app.focused.region.contains_point(app.cursor_position)
    async with driving(practice, size=SMALL) as program:
        app = program.app
        await program.go_to("leerlingenadministratie")
        await program.press("down", "down", "down")
        listed = app.focused
        assert isinstance(listed, RecordList)
        assert "▶" in program.text.splitlines()[app.cursor_position.y]
        await program.press("end")
        assert "▶" in program.text.splitlines()[app.cursor_position.y], "a list that was scrolled"
        await program.press("ctrl+o")
        assert app.cursor_position.y == 0, "the tabs of the menu"
        await program.press("escape", "ctrl+g")
        assert "▶ IEP LVS" in program.text.splitlines()[app.cursor_position.y]
