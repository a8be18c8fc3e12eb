"""How a list draws its lines, and how arrows and the mouse move in it."""

from __future__ import annotations

from typing import Any

import pytest
from rich.style import Style
from textual.color import Color
from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip

from screens.pupils.found import COLUMNS
from screens.shared.record_lines import Lines, Look, shared_out
from screens.shared.records import Column, RecordList, Rows
from screens.shell.themes import looks
from screens.shell.tokens import TOKENS
from tests.screens.listed import LOOK, NAME, Driven, shown
from tests.screens.test_hostile_text import HOSTILE

DARK = {name: Color.parse(values[0]).rich_color for name, values in TOKENS.items()}

pytestmark = pytest.mark.usefixtures("sqlite")


def styles(strip: Strip) -> dict[str, Any]:
    return {segment.text.strip(): segment.style for segment in strip if segment.text.strip()}


async def test_a_panel_has_a_title_and_says_where_the_cursor_is() -> None:
    async with shown(Rows(range(9)), title="Leerlingen") as driven:
        assert driven.text[0].startswith("┏━ Leerlingen ━")
        assert driven.text[-1].strip("┗┛━ ") == "1 van 9"
        await driven.press("down")
        assert driven.text[-1].strip("┗┛━ ") == "2 van 9"
        driven.screen.query_one("#below").focus()
        await driven.settle()
        assert driven.text[0].startswith("┌─ Leerlingen ─")
        assert [line[1:5] for line in driven.text[1:4]] == ["  Na", "  0 ", "▌ 1 "]
        driven.listed.show(Rows(range(3)))
        await driven.settle()
        assert driven.text[-1].strip("└┘─ ") == "3"


async def test_the_row_of_the_cursor_is_filled_with_focus_and_tinted_without() -> None:
    async with shown(Rows("ab"), Column("Naam", str, 5, style=lambda _: "warn")) as driven:
        line = driven.listed.render_line(1)
        assert {segment.style.bgcolor for segment in line if segment.style} == {_partner("focus")}
        assert {segment.style.color for segment in line if segment.style} == {_partner("on-focus")}
        driven.screen.query_one("#below").focus()
        await driven.settle()
        line = driven.listed.render_line(1)
        assert {segment.style.bgcolor for segment in line if segment.style} == {_partner("here")}
        assert styles(line)["▌"].color == _partner("focus")
        assert styles(line)["a"].color == DARK["warn"]


def test_a_badge_without_a_tint_of_its_own_leaves_no_hole_in_a_tinted_row() -> None:
    sixteen = {name: values[2] for name, values in TOKENS.items()}
    here = Style(bgcolor=sixteen["here"])
    lines = Lines([(Column("Status", str, 9, style=lambda _: "warn-bg"), 9)], 20, lambda _: here, sixteen)
    assert {segment.style.bgcolor for segment in lines.row("Actief", Look.HERE, False) if segment.style} == {
        here.bgcolor
    }


def _partner(name: str) -> Any:
    """In a partner's program, which the screen of these tests is."""
    return Color.parse(looks({"toy": LOOK})[0].variables[f"partner-toy-{name}"]).rich_color


@pytest.mark.parametrize(
    ("token", "ink", "fill"), [("warn-bg", "warn", "warn-bg"), ("l4", "on-level", "l4"), ("bold bad", "bad", None)]
)
async def test_cells_have_badges_and_levels(token: str, ink: str, fill: str | None) -> None:
    async with shown(Rows("ab"), NAME, Column("Stand", str.upper, 9, style=lambda _: token)) as driven:
        drawn = styles(driven.listed.render_line(2))["B"]
        assert (drawn.color, drawn.bold) == (DARK[ink], True)
        assert fill is None or drawn.bgcolor == DARK[fill]
        filled = next(segment.text for segment in driven.listed.render_line(2) if "B" in segment.text)
        assert filled == (" B " if fill else "B        ")


async def test_an_empty_list_says_what_to_do_with_its_key() -> None:
    async with shown(Rows(()), title="Leerlingen") as driven:
        told, act = driven.listed.render_line(0), driven.listed.render_line(1)
        assert (told.text.strip(), act.text.strip()) == ("Er is niets.", "Maak iets met F4.")
        assert styles(told)["Er is niets."].bold
        assert styles(act)["F4"].bold
        assert driven.screen.told[-1] == ("at", None)


@pytest.mark.parametrize(("total", "year"), [(72, False), (78, True)])
def test_no_cell_touches_the_border_and_a_column_comes_where_names_have_room(total: int, year: bool) -> None:
    given = shared_out(COLUMNS, total, 120, False)
    assert sum(width + 2 for _column, width in given) + 1 == total
    assert ("Leerjaar" in [column.title for column, _width in given]) == year


async def test_the_cursor_draws_two_lines_again() -> None:
    drawn: list[int] = []
    async with shown(Rows(range(9)), title="Getallen") as driven:
        render = driven.listed.render_line
        driven.listed.render_line = lambda y: drawn.append(y) or render(y)  # type: ignore[method-assign,func-returns-value]
        await driven.press("down")
        assert sorted(set(drawn)) == [1, 2]


async def test_arrows_go_on_from_the_first_and_last_row() -> None:
    async with shown(Rows("abc")) as driven:
        await driven.press("up")
        assert driven.screen.focused is driven.screen.query_one("#above")
        driven.listed.focus()
        await driven.press("down", "down")
        assert (driven.listed.row, driven.screen.focused) == ("c", driven.listed)
        await driven.press("down")
        assert driven.screen.focused is driven.screen.query_one("#below")
        driven.listed.focus()
        await driven.press("pagedown", "end", "left", "right")
        assert driven.screen.focused is driven.listed


async def test_a_click_chooses_a_row_and_another_opens_it() -> None:
    async with shown(Rows("abc"), title="Letters") as driven:
        driven.screen.told.clear()
        await driven.pilot.hover(RecordList, offset=(5, 4))
        await driven.pilot.click(RecordList, offset=(5, 4))
        await driven.settle()
        assert driven.screen.told == [("at", "c")]
        await driven.pilot.click(RecordList, offset=(5, 4))
        await driven.settle()
        assert driven.screen.told == [("at", "c"), ("chosen", "c")]
        await driven.pilot.click(RecordList, offset=(5, 1))
        await driven.pilot.click(RecordList, offset=(5, 6))
        assert driven.listed.row == "c"


@pytest.mark.parametrize(
    ("start", "end", "copied"),
    [
        ((3, 3), (6, 3), "Bo -"),
        ((5, 2), (4, 4), "a - 0\nBo - 1\nCo"),
        ((4, 5), (0, 4), "Cor - 2\nDi"),
        ((4, 1), (3, 2), "aam\nA"),
        ((1, 1), (4, 2), "Naam\nAd"),
        ((39, 2), (4, 3), "Bo"),
    ],
)
async def test_what_the_mouse_is_dragged_over_is_marked_and_copied(
    start: tuple[int, int], end: tuple[int, int], copied: str
) -> None:
    async with shown(Rows(["Ada - 0", "Bo - 1", "Cor - 2", "Dirk - 3"]), title="Namen") as driven:
        app, listed = driven.pilot.app, driven.listed
        before = len(driven.screen.told)
        await mouse(driven, (MouseDown, start), (MouseMove, end), (MouseUp, end))
        await driven.press("ctrl+c")
        assert app.clipboard == copied
        assert driven.screen.told[before:] == [], "it chooses nothing"
        fill = listed.get_component_rich_style("records--selected").bgcolor
        drawn = [segment for y in range(5) for segment in listed.render_line(y) if segment.style]
        marked = "".join(segment.text for segment in drawn if segment.style and segment.style.bgcolor == fill)
        assert "".join(marked.split()) == "".join(copied.split())
        await mouse(driven, (MouseDown, (4, 5)), (MouseUp, (4, 5)))
        assert (listed.row, listed.text_selection) == ("Dirk - 3", None)


async def test_a_drag_from_the_headings_or_into_the_left_edge_of_a_scrolled_list_is_what_is_in_view() -> None:
    async with shown(Rows(range(90)), title="Getallen") as driven:
        await driven.press("end")
        assert driven.text[2][3:5] == "85"
        await mouse(driven, (MouseDown, (8, 3)), (MouseMove, (0, 3)), (MouseUp, (0, 3)))
        assert driven.screen.get_selected_text() == "86"
        await mouse(driven, (MouseDown, (3, 1)), (MouseMove, (8, 3)), (MouseUp, (8, 3)))
        assert driven.screen.get_selected_text() == "Naam\n85\n86"


@pytest.mark.parametrize(
    "text", [*HOSTILE, "e\u0301e\u0301 abc", "\U0001f1f3\U0001f1f1 \u2601\ufe0f x", "ｆｕｌｌ", ""]
)
async def test_any_text_can_be_selected_from_and_to_anywhere(text: str) -> None:
    async with shown(Rows([text, text]), title="Namen") as driven:
        for start in range(40):
            for stop in range(start, 42):
                driven.screen.selections = {driven.listed: Selection(Offset(start, 1), Offset(stop, 1))}
                line = driven.listed.render_line(1)
                assert line.text == driven.listed.line(1).text
                assert sum(segment.cell_length for segment in line) == line.cell_length == 38


async def test_a_selection_stays_when_rows_are_read_again_and_ends_when_others_are_asked_for() -> None:
    async with shown(Rows(["Ada", "Bo"]), title="Namen") as driven:
        await mouse(driven, (MouseDown, (3, 2)), (MouseMove, (5, 2)), (MouseUp, (5, 2)))
        driven.listed.show(Rows(["Ada", "Bo"]))
        assert driven.screen.get_selected_text() == "Ada"
        driven.listed.show(Rows(["Bo", "Ada"]), keep_cursor=False)
        assert driven.screen.get_selected_text() is None


async def test_a_double_click_chooses_and_selects_nothing() -> None:
    async with shown(Rows("abc"), title="Letters") as driven:
        driven.screen.told.clear()
        await mouse(driven, *[(MouseDown, (5, 4)), (MouseUp, (5, 4))] * 3)
        assert driven.screen.told == [("at", "c"), ("chosen", "c"), ("chosen", "c")]
        assert driven.screen.selections == {}


async def test_a_click_that_slips_over_blanks_is_a_click() -> None:
    async with shown(Rows("abc"), title="Letters") as driven:
        await mouse(driven, (MouseDown, (20, 4)), (MouseMove, (21, 4)), (MouseUp, (21, 4)))
        assert driven.listed.row == "c"


async def mouse(driven: Driven, *events: tuple[type[MouseEvent], tuple[int, int]]) -> None:
    """As a terminal sends them, at these places in the list."""
    for kind, (column, line) in events:
        x, y = driven.listed.region.x + column, driven.listed.region.y + line
        driven.pilot.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await driven.settle()
