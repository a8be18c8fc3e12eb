"""Forms: errors beside the field, input is kept, confirmation before leaving, keys, and saving only once."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input

from models.board import Board
from models.coupling import Coupling
from screens.shared.controls import Choice
from screens.shared.fields import FieldRow
from screens.shared.forms import Form
from tests.screens.driving import SMALL, Driver, driving

CODE = "99QQ001234567890abcd"


async def open_form(program: Driver) -> Form:
    await program.open("Koppeling activeren: IEP LVS")
    return program.app.screen.query_one(Form)


def field(program: Driver) -> str:
    """Which field has the focus."""
    focused = program.app.focused
    row = next((node for node in focused.ancestors if isinstance(node, FieldRow)), None) if focused else None
    return row.field.name if row else str(focused.id if focused else "")


async def test_gereed_shows_every_error_and_goes_to_the_first(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await open_form(program)
        await program.press("tab", "tab")
        await program.type("99QQ00")
        await program.press("f2")
        assert field(program) == "name"
        errors = {
            row.field.name: " ".join(str(row.query_one(".under").render()).split())
            for row in program.app.screen.query(".-wrong").results(FieldRow)
        }
        assert errors == {
            "name": "× Uw naam is verplicht. Vul dit veld in.",
            "agree": "× Zet een vinkje bij Voor akkoord: zonder akkoord met de gebruikersvoorwaarden kan de koppeling "
            "niet aan.",
            "code": "× De code is 6 tekens lang; het moeten er minimaal 20 en maximaal 50 zijn.",
        }
        assert "\n  " in str(program.app.screen.query_one("#under-agree").render()), "what goes on below hangs"
        assert "× Uw naam is verplicht" in program.text, "the first wrong field is in sight"


async def test_an_error_goes_away_when_it_is_mended_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice) as program:
        form = await open_form(program)
        await program.type("R. Victor")
        await program.press("f2")
        assert field(program) == "agree"
        await program.press("space")
        assert "Zet een vinkje" not in program.text
        assert form.values["name"] == "R. Victor"


async def test_the_cursor_is_at_the_end_and_nothing_is_selected_after_an_error(practice: Board) -> None:
    async with driving(practice) as program:
        form = await open_form(program)
        await program.press("tab", "space", "tab")
        await program.type("99QQ0012345")
        await program.press("home", "shift+tab", "shift+tab")
        await program.type("R. Victor")
        await program.press("f2")
        focused = program.app.focused
        assert isinstance(focused, Input)
        assert (field(program), focused.cursor_position, focused.selected_text) == ("code", 11, "")
        await program.type("67890abcd")
        assert form.values["code"] == CODE


async def test_an_error_shows_as_one_leaves_the_field(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        await program.press("tab", "tab")
        await program.type("te kort")
        assert "×" not in program.text
        await program.press("tab")
        assert "× Er staat een spatie op plaats 3." in program.text


async def test_enter_goes_on_to_the_next_field_from_a_tick_too(practice: Board) -> None:
    async with driving(practice) as program:
        form = await open_form(program)
        assert field(program) == "name"
        await program.type("R. Victor")
        await program.press("enter")
        assert field(program) == "agree"
        await program.press("space", "enter")
        assert (form.values["agree"], field(program)) == (True, "code")
        await program.press("enter")
        assert field(program) == "submit"


async def test_the_counter_counts_while_typing(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        assert "0 / 20-50" in program.line("Verificatiecode")
        await program.press("tab", "tab")
        await program.type("99QQ00")
        assert "6 / 20-50" in program.line("Verificatiecode")
        await program.press("backspace")
        assert "5 / 20-50" in program.line("Verificatiecode")


async def test_the_second_key_of_gereed_saves_too(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        await program.type("R. Victor")
        await program.press("tab", "space", "tab")
        await program.type(CODE)
        await program.press("ctrl+s")
        assert "✓ De koppeling is geactiveerd." in program.text


async def test_pressing_gereed_twice_acts_once(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        await program.type("R. Victor")
        await program.press("tab", "space", "tab")
        await program.type(CODE)
        program.app.simulate_key("f2")
        program.app.simulate_key("f2")
        await program.settle()
        assert Coupling.select().count() == 1
        assert "✓ De koppeling is geactiveerd." in program.text
        assert "al geactiveerd" not in program.text


# ---- leaving


"""In one program after another; signing out and stopping end it."""


async def test_a_choice_that_nothing_fits_chooses_nothing(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        await program.press("f4")
        form = program.app.screen.query_one(Form)
        form.focus_field("gender")
        await program.press("enter")
        await program.type("mx")
        await program.press("enter")
        assert form.values["gender"] == form._first["gender"]
        await program.press("escape", "enter")
        await program.type("me")
        await program.press("enter")
        assert "Meisje" in program.line("Geslacht")


async def test_backspace_in_a_field_deletes_and_outside_one_goes_back(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        await program.type("R")
        await program.press("backspace", "backspace")
        assert field(program) == "name"
        await program.press("tab", "backspace")
        assert "Welkom" in program.text


@pytest.mark.parametrize(
    ("before", "pasted", "after", "told"),
    [
        ("", "\n 99QQ00 \r\n", "99QQ00", ""),
        ("Jan", " de Boer\n", "Jan de Boer", ""),
        ("", "99QQ\n00", "99QQ 00", "meer regels"),
        ("", "x" * 300, "", "past niet"),
        ("", "\n", "", ""),
    ],
)
async def test_all_that_is_pasted_arrives_in_one_line_or_is_told(
    practice: Board, before: str, pasted: str, after: str, told: str
) -> None:
    async with driving(practice) as program:
        await open_form(program)
        line = program.app.screen.query_one("#field-name", Input)
        line.max_length = 200
        for how in ("terminal", "clipboard"):
            line.value = before
            line.cursor_position = len(before)
            if how == "terminal":
                line.post_message(Paste(pasted))
            else:
                program.app.copy_to_clipboard(pasted)
                line.action_paste()
            await program.settle()
            assert line.value == after, how
        assert [told in said for said in program.said] == ([True, True] if told else [])
        line.password, line.value = True, ""
        line.post_message(Paste(" geheim \n"))
        await program.settle()
        assert line.value == " geheim "


async def test_the_label_of_a_choice_stands_out_while_it_has_the_focus(practice: Board) -> None:
    async with driving(practice, user="administratie") as program:
        await program.open("Nieuwe leerling")
        row = program.app.screen.query_one("#row-group")
        choice = row.query_one(Choice)
        choice.focus()
        await program.press("enter", "escape")
        assert program.app.focused is choice
        assert row.query_one(".line > .label").has_class("-here")
        await program.press("tab")
        assert not row.query_one(".line > .label").has_class("-here")
