"""The screen as data: cells that together are the screen, what has the focus, and the names of things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from app.training.pictures import text_of
from app.training.scripts.errors import CannotDo
from models.board import Board
from screens.driving import mouse, reading
from screens.driving.reading import _clusters
from tests.screens.driving import SMALL, WIDE, driving


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_signs_are_all_of_the_text_with_their_width(text: str) -> None:
    found = list(_clusters(text))
    assert "".join(sign for sign, _ in found) == text
    assert sum(width for _, width in found) == sum(map(cell_len, text))
    assert all(width for _, width in found[1:])  # what takes no cell is written on what comes before


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_cells_are_the_screen_and_tell_how_it_is_drawn(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, size=size) as program:
        await program.go_to("koppelingen")
        told = reading.cells(program.app)
        rows = [[(run[0], run[2] if len(run) == 3 else len(run[0])) for run in row] for row in told["rows"]]
        assert [sum(width for _, width in row) for row in rows] == [size[0]] * size[1]
        text = "\n".join("".join(text for text, _ in row).rstrip() for row in rows).rstrip() + "\n"
        assert text == text_of(program.app) == reading.place(program.app)["text"]
        used = {run[1] for row in told["rows"] for run in row}
        assert used == set(range(len(told["styles"])))
        assert all(style["fg"].startswith("#") for style in told["styles"] if "fg" in style)
        assert any(style.get("bold") for style in told["styles"])


async def test_the_focus_the_fields_and_the_window_are_told(practice: Board) -> None:
    async with driving(practice, user=None) as program:
        fields = {one["label"]: one for one in reading.names(program.app)["fields"]}
        assert fields["Wachtwoord"]["value"] is None
        assert reading.place(program.app)["user"] == ""
        found = reading.focus(program.app)
        assert found is not None
        assert (found["kind"], found["label"]) == ("text", "Gebruiker")
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        found = reading.focus(program.app)
        assert found is not None
        assert (found["kind"], found["value"]) == ("list", None)
        await mouse.click(program.app, program.settle, found["column"] + 3, found["row"] + 4)
        after = reading.focus(program.app)
        assert after is not None
        assert after["line"] != found["line"]
        await program.press("ctrl+p")
        told = reading.place(program.app)
        assert (told["title"], bool(told["window"])) == ("Leerlingenadministratie", True)
        with pytest.raises(CannotDo, match="Kolom 120, rij 0 ligt buiten het scherm"):
            await mouse.click(program.app, program.settle, 120, 0)
