"""Signing in, out, as another user, and at another location."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from app.permissions import NO_ROLE
from models.board import Board
from models.school import Pupil
from screens.partners.page import PartnerPage
from screens.shared.forms import Form
from tests.screens.driving import SMALL, WIDE, driving
from tests.screens.partners import iep
from tests.screens.signing_in import at_sign_in, sign_in


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
async def test_a_practice_board_shows_its_users_and_their_password(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, None, size) as program:
        assert "het wachtwoord is steeds: oefenen" in program.words
        assert "Directie" in program.line("rovict")
        assert "geen rol" in program.line("zonderrol")
        assert isinstance(program.app.focused, Input), "one can type at once"


async def test_another_board_shows_no_users(practice: Board) -> None:
    Board.update(practice=False).execute()
    async with driving(Board.get_by_id(practice.id), None) as program:
        assert "rovict" not in program.text
        assert "oefenen" not in program.text


async def test_choosing_a_user_of_the_list_fills_in_the_form(practice: Board) -> None:
    async with driving(practice, None) as program:
        program.app.screen.query_one("#users").focus()
        await program.press("down", "enter", "enter")
        assert program.actor.name == "appbeheer"


async def test_a_wrong_password_is_told_beside_the_field_and_keeps_the_name(practice: Board) -> None:
    async with driving(practice, None) as program:
        await sign_in(program, "rovict", "verkeerd")
        assert "× Gebruiker of wachtwoord klopt niet." in program.text
        assert program.app.screen.query_one(Form).values == {"user": "rovict", "password": ""}
        assert program.app.focused is program.app.screen.query_one("#field-password")
        await program.type("oefenen")
        await program.press("ctrl+s")
        assert program.actor.name == "rovict"


async def test_after_signing_out_the_fields_are_empty_for_the_next(practice: Board) -> None:
    async with driving(practice, None) as program:
        await sign_in(program, "rovict")
        await program.open("Afmelden")
        assert at_sign_in(program)
        assert program.app.screen.query_one(Form).values == {"user": "", "password": ""}
        assert "×" not in program.text
        await sign_in(program, "IB")
        assert program.actor.label == "ib (Intern begeleider)"
        assert "ib (Intern begeleider)" in program.text


async def test_esc_and_backspace_stay_on_the_sign_in_screen(practice: Board) -> None:
    async with driving(practice, None) as program:
        program.app.screen.query_one("#users").focus()
        await program.press("escape", "backspace")
        assert at_sign_in(program)


@pytest.mark.parametrize("where", ["koppelingen", "leerlingenadministratie", "jaarovergang", "help"])
async def test_signing_out_works_from_everywhere(practice: Board, where: str) -> None:
    async with driving(practice) as program:
        await program.go_to(where)
        await program.open("Afmelden")
        assert at_sign_in(program)
        await sign_in(program, "leerkracht6")
        assert program.actor.name == "leerkracht6"
        await program.press("escape", "escape")
        assert "Welkom, leerkracht6" in program.text, "nothing of the user before is left behind it"


async def test_after_a_long_session_nothing_comes_into_view_and_what_is_typed_is_for_the_next(practice: Board) -> None:
    async with driving(practice) as program:
        for item in ("medewerkers", "leerlingenadministratie", "koppelingen", "groepen-indelen"):
            await program.go_to(item)
        await program.press("ctrl+p")
        for key in ("A", "f", "m", "e", "l", "d", "e", "n", "enter", *"leerkracht6", "tab", *"oefenen", "enter"):
            program.app.simulate_key(key)
        await program.until(lambda: program.app.actor is not None and program.actor.name == "leerkracht6")
        await program.settle()
        assert "Welkom, leerkracht6" in program.text
        assert len(program.app.screen_stack) == 2


async def test_signing_out_from_the_partner_and_from_within_a_dialog(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "enter")
        await program.open("Afmelden")
        assert at_sign_in(program)
        await sign_in(program, "rovict")
        await program.press("f9")
        await program.open("Afmelden")
        assert at_sign_in(program)


async def test_signing_out_asks_first_when_a_form_was_changed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("R. Victor")
        await program.open("Afmelden")
        assert "Wijzigingen weggooien?" in program.text
        await program.press("enter")
        assert "R. Victor" in program.line("Uw naam")
        await program.open("Afmelden")
        await program.press("left", "enter")
        assert at_sign_in(program)


@pytest.mark.parametrize("program_of", ["iep-lvs", "basispoort", "gynzy", "mijnschoolinfo"])
async def test_signing_out_of_esis_signs_out_at_the_partners_too(practice: Board, program_of: str) -> None:
    async with driving(practice) as program:
        program.app.switch_mode(program_of)
        await program.settle()
        program.app.screen.query_one(".partner-accounts Link").focus()
        await program.press("enter", "enter")
        assert "Welkom bij" in program.text
        assert isinstance(page := program.app.screen, PartnerPage)
        await program.open("Afmelden / andere gebruiker")
        assert at_sign_in(program)
        assert program.said == [f"U bent afgemeld, ook bij {page.PARTNER.name}."]
        program.app.switch_mode(program_of)
        await program.settle()
        assert "Welkom bij" not in program.text
        assert "Aanmelden bij" in program.text


async def test_signing_out_asks_first_where_a_form_of_a_partner_was_changed(practice: Board) -> None:
    async with driving(practice) as program:
        await iep.open_form(program)
        await program.type("99QQ")
        await program.press("f6", "enter")
        await program.open("Afmelden")
        assert "Wijzigingen weggooien?" in program.text
        await program.press("left", "enter")
        assert at_sign_in(program)


async def test_a_name_at_a_partners_sign_in_is_nothing_to_lose(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "enter")
        await program.type("schoolbe")
        await program.open("Afmelden")
        assert at_sign_in(program)
        await program.press("f6", "enter")
        assert program.app.screen.query_one("#field-user", Input).value == ""


async def test_somebody_without_a_role_sees_no_data_and_is_told_why(practice: Board) -> None:
    names = {row.last_name for row in Pupil.select(Pupil.last_name) if len(row.last_name) > 5}
    async with driving(practice, "zonderrol") as program:
        assert NO_ROLE in program.words
        for item in ("leerlingenadministratie", "koppelingen", "mijn-groep", "berichten-overzicht"):
            await program.go_to(item)
            assert NO_ROLE in program.words, item
            assert not [name for name in names if name in program.text], item
        await program.press("f9")
        assert "✓" not in program.text


# ---- another location


async def test_another_location_shows_the_data_of_that_location(practice: Board) -> None:
    async with driving(practice) as program:
        assert "99QQ00" in program.text.splitlines()[1]
        await program.open("Vestiging kiezen")
        assert "99QQ01" in program.text
        await program.press("down", "enter")
        assert "99QQ01" in program.text.splitlines()[1]
        assert program.actor.location.number == "01"
        await program.go_to("leerlingenadministratie")
        own = Pupil.select().where(Pupil.location == program.actor.location).count()
        assert 60 < own < 150
        assert "99QQ01" in program.text.splitlines()[1]
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("R. Victor")
        await program.press("tab", "space", "tab")
        await program.type("99QQ001234567890abcd")
        await program.press("f2")
        assert "Deze vestiging heeft nummer 01" in program.words


async def test_choosing_a_location_asks_first_when_a_form_was_changed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("R. Victor")
        await program.open("Vestiging kiezen")
        await program.press("down", "enter")
        assert "Wijzigingen weggooien?" in program.text
        await program.press("enter")
        assert "R. Victor" in program.line("Uw naam")
        assert program.actor.location.number == "00"


async def test_with_a_role_at_one_location_there_is_nothing_to_choose(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as program:
        await program.open("Vestiging kiezen")
        assert program.said == ["U heeft een rol op één vestiging."]


async def test_up_and_down_go_between_the_fields_and_the_users(practice: Board) -> None:
    async with driving(practice, None) as program:
        places = []
        for key in ("down", "down", "up", "up", "up"):
            await program.press(key)
            places.append(program.app.focused and program.app.focused.id)
        assert places == ["field-password", "users", "submit", "field-password", "field-user"]
