"""What keys do on the screens, and F1 on every screen, entirely in Dutch."""

from __future__ import annotations

import pytest

from app.settings import Settings
from app.targets import CouplingPage
from fixtures import menu
from models.board import Board
from screens.help.explain import Explain
from screens.shared.forms import Form
from screens.shared.link import Link
from tests.screens.couplings.walking import activated
from tests.screens.driving import WIDE, Driver, driving
from tests.screens.partners.iep import sign_in
from tests.screens.test_key_table import DUTCH_TOO, ENGLISH


async def test_the_second_key_of_help_works_outside_a_field_and_types_in_one(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("question_mark")
        assert "Help bij dit scherm" in program.text
        await program.press("escape")
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("wie?")
        assert "wie?" in program.line("Uw naam")


@pytest.mark.parametrize("opening", [("f9",), ("ctrl+p",)])
async def test_f1_explains_what_lies_over_a_screen_too(practice: Board, opening: tuple[str, ...]) -> None:
    async with driving(practice) as program:
        await program.press(*opening)
        below = program.app.screen
        await program.press("f1")
        assert isinstance(program.app.screen, Explain)
        await program.press("escape")
        assert program.app.screen is below


async def test_the_partner_is_explained_too(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("ctrl+g", "enter", "f1")
        assert "IEP LVS is een ander programma dan ESIS" in program.words


async def test_the_second_keys_do_what_the_first_do(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("ctrl+g", "enter")
        assert program.app.current_mode == "iep-lvs"
        await program.press("ctrl+g", "enter", "ctrl+o", "right", "enter")
        assert "Leerlingenadministratie" in program.text
        await program.press("backspace")
        assert "Welkom" in program.text
        await program.press("ctrl+y")
        assert "morgenochtend" in program.text
        await program.press("ctrl+y", "ctrl+r")
        assert "Zoek een scherm of actie" in program.text


async def test_no_english_in_the_bottom_lines(practice: Board) -> None:
    async with driving(practice) as program:
        for item in [one for one in menu.items() if one.built][::3]:
            await program.go_to(item.id)
            assert not set(ENGLISH.findall(program.text.splitlines()[-1].lower())) - DUTCH_TOO


async def test_the_settings_file_gives_an_action_another_key(practice: Board) -> None:
    from app.access import find_user
    from screens.shell.esis import EsisApp

    settings = Settings(keymap={"app.time": "f12", "form.submit": "f5"})
    app = EsisApp(settings, practice, find_user(practice, "rovict"), watch=False)
    async with app.run_test(size=WIDE) as pilot:
        program = Driver(app, pilot)
        await program.settle()
        await program.press("f9")
        assert "morgenochtend" not in program.text
        assert "F12 di 14-4-2020" in program.text.splitlines()[1], "where its object stands"
        await program.press("f12")
        assert "morgenochtend" in program.text
        await program.press("escape")
        await program.open("Koppeling activeren: IEP LVS")
        await program.press("f2")
        assert "×" not in program.text
        await program.press("f5")
        assert "× Uw naam is verplicht" in program.text
        await program.press("f1")
        assert "F5" in program.text


async def test_the_window_of_actions_and_the_palette_follow_the_settings_file(practice: Board) -> None:
    from app.access import find_user
    from screens.shell.entries import everywhere, here
    from screens.shell.esis import EsisApp

    settings = Settings(keymap={"keep.new": "f12", "screen.actions": "b", "list.sort": "e", "app.help": "f11"})
    app = EsisApp(settings, practice, find_user(practice, "rovict"), watch=False)
    async with app.run_test(size=WIDE) as pilot:
        program = Driver(app, pilot)
        await program.settle()
        await program.go_to("medewerkers")
        shown = {entry.title: entry.key for entry in here(app, app.screen)}
        assert shown["Nieuw"] == "F12"
        assert next(entry.key for entry in everywhere(app) if entry.title == "Help bij dit scherm") == "F11"
        assert shown["CSV bewaren"] == "", "its key is another's now"
        await program.press("b")
        assert program.line("F12")
        assert program.line("E      Sorteren")
        await program.press("f4")
        assert program.line("F12"), "no longer its key"
        await program.press("f12")
        assert "Roepnaam" in program.text


@pytest.mark.parametrize("back", ["escape", "down"])
async def test_the_menu_key_goes_to_the_own_tab_and_back_to_where_one_was(practice: Board, back: str) -> None:
    async with driving(practice) as program:
        await program.go_to("berichten-onderhouden")
        before = program.app.focused
        await program.press("f10")
        assert isinstance(program.app.focused, Link)
        assert program.app.focused.key == "Startpagina"
        await program.press("right", back)
        assert program.app.focused is before
        await program.go_to("medewerkers")
        await program.press("f10")
        assert program.app.focused.key == "Onderwijs"  # type: ignore[union-attr]
        await program.press(back, "escape")
        assert program.line("Berichten onderhouden"), "the next Esc leaves the screen"


@pytest.mark.parametrize("back", ["escape", "down"])
async def test_the_menu_of_a_partner_is_no_trap(practice: Board, back: str) -> None:
    async with driving(practice) as program:
        await sign_in(program)
        before, screen = program.app.focused, program.app.screen
        await program.press("f10", "right", "right")
        assert program.app.focused is not before
        await program.press(back)
        assert (program.app.focused, program.app.screen) == (before, screen)


async def test_a_letter_jumps_in_the_menu(practice: Board) -> None:
    async with driving(practice) as program:
        await program.app.run_action("menu")
        await program.press("right", "enter")
        texts = []
        for _ in range(2):
            await program.press("l")
            texts.append(program.app.focused.text)  # type: ignore[union-attr]
        assert texts[0] != texts[1]
        assert all(text.startswith("L") for text in texts)


async def test_the_keys_of_a_dialog_stand_at_its_bottom_and_no_others(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Leerlingenadministratie")
        await program.press("f10", "down", "down", "s")
        bottom = program.text.splitlines()[-1]
        assert bottom.split("│")[1].split() == ["Esc", "Annuleren", "Ctrl+P", "Zoeken", "F1", "Help"]
        assert "F3" not in bottom


async def test_another_program_is_chosen_from_the_school_time_too(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f9", "f6")
        assert "Programma kiezen" in program.text
        await program.press("enter")
        assert program.app.current_mode == "iep-lvs"


async def test_an_exclamation_mark_asks_why_outside_a_field_and_is_typed_in_one(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        program.app.go(CouplingPage("iep-lvs"))
        await program.settle()
        program.app.screen.query_one(Form).focus_field("code")
        await program.press("end")
        await program.type("!w")
        assert program.app.screen.query_one(Form).values["code"].endswith("!w")
        assert "! Waarom" not in program.text.splitlines()[-1]
        program.app.screen.query_one("#why-link").focus()
        await program.settle()
        assert "! Waarom" in program.text.splitlines()[-1]


async def test_the_key_bar_tells_what_moves_where_there_is_room(practice: Board) -> None:
    async with driving(practice) as program:
        assert "! Waarom?" in program.text.splitlines()[-1]
        assert "Tab Volgend blok" in program.text.splitlines()[-1]
        await program.open("Koppeling activeren: IEP LVS")
        assert program.text.splitlines()[-1].startswith(" F2 Gereed  Tab Volgend veld")
        await program.go_to("help")
        assert program.text.splitlines()[-1].startswith(" ↑↓ Bladeren")
        await program.press("f10", "left", "left", "left", "left", "left", "left", "right", "enter")
        assert "←↑↓→ Kiezen  a…z Springen" in program.text.splitlines()[-1]
        await program.go_to("leerlingenadministratie")
        assert "F7 Wijzigen" in program.text.splitlines()[-1]
        await program.press("f3")
        await program.type("qqq")
        await program.press("enter")
        assert "F7" not in program.text.splitlines()[-1], "nobody to change"
