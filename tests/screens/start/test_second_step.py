"""2FA by keyboard: set up with a QR code and a first code, asked at sign-in, disabled by its owner or a manager."""

from __future__ import annotations

import pyotp
import pytest
import segno

from app import clock
from app.access import Actor, actor_for, find_user
from app.signing import codes, second_step
from models.board import Board
from models.signing_in import SecondStep, Tries
from screens.my_esis.second_step import qr_text
from screens.start.second_step import SecondStepScreen
from screens.start.sign_in import SignIn
from tests.screens.driving import SMALL, WIDE, Driver, driving


def code_now(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.wall_now())


def switched_on(board: Board, name: str) -> list[str]:
    """2FA on; its recovery codes."""
    actor: Actor = actor_for(find_user(board, name))
    secret = codes.new_secret()
    return second_step.switch_on(actor, "oefenen", secret, code_now(secret))


async def sign_in(program: Driver, user: str) -> None:
    await program.type(user)
    await program.press("tab")
    await program.type("oefenen")
    await program.press("f2")


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
async def test_it_is_set_up_with_the_qr_code_and_the_key_in_sight(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, "zonderrol", size) as program:
        await program.go_to("mijn-wachtwoord")
        assert "2FA staat uit" in program.words
        await program.act("2FA")
        secret = program.app.screen._secret  # type: ignore[attr-defined]
        for line in qr_text(codes.address("zonderrol", secret)).splitlines():
            assert line.strip() in program.text, "all of the QR code is on the screen at once"
        for group in codes.in_groups(secret).split():
            assert group in program.text
        await program.type("oefenen")
        await program.press("tab")
        await program.type("000000")
        await program.press("f2")
        assert "Deze code klopt niet" in program.words
        assert not SecondStep.select().exists()
        await program.press(*["backspace"] * 6)
        await program.type(code_now(secret))
        await program.press("f2")
        assert "worden nooit meer getoond" in program.words
        assert program.text.count("-") >= 3 * codes.RECOVERY_CODES
        await program.press("escape")
        assert "2FA staat aan sinds di 14-4-2020 09:00. U heeft nog 8 herstelcodes." in program.words


async def test_the_sign_in_screen_asks_the_code_and_esc_goes_back(practice: Board) -> None:
    recovery = switched_on(practice, "rovict")
    async with driving(practice, None, SMALL) as program:
        await sign_in(program, "rovict")
        assert "Aanmelden als rovict: stap 2 van 2" in program.text
        assert program.app.actor is None
        await program.type("123456")
        await program.press("f2")
        assert "× Deze code klopt niet of is al gebruikt." in program.text
        await program.press("escape")
        assert isinstance(program.app.screen, SignIn)
        await program.press("f2", *["backspace"] * 6)
        assert isinstance(program.app.screen, SecondStepScreen)
        await program.type(recovery[0])
        await program.press("enter", "f2")
        assert program.actor.name == "rovict"
        assert not Tries.select().exists()
        await program.open("Afmelden")
        assert isinstance(program.app.screen, SignIn)


async def test_the_owner_switches_it_off_with_password_and_code(practice: Board) -> None:
    recovery = switched_on(practice, "ib")
    async with driving(practice, "ib", SMALL) as program:
        await program.go_to("mijn-wachtwoord")
        await program.act("2FA")
        await program.type("oefenen")
        await program.press("tab")
        await program.type(recovery[1])
        await program.press("f2")
        assert program.said[-1].startswith("2FA staat uit.")
        assert "2FA staat uit" in program.words


async def test_a_manager_switches_it_off_for_who_lost_the_phone(practice: Board) -> None:
    switched_on(practice, "zonderrol")
    async with driving(practice, "appbeheer", SMALL) as program:
        await program.go_to("gebruikers-en-rollen")
        await program.press("end", "enter")
        assert "(2FA) aan sinds di 14-4-2020 09:00" in program.words
        await program.act("2FA uit")
        await program.press("right", "enter")
        assert program.said[-1] == "2FA van zonderrol staat uit."
        assert "(2FA) uit" in program.words


def test_the_blocks_are_the_qr_code_of_the_address() -> None:
    address = codes.address("a" * 50, codes.new_secret())
    halves = {" ": "00", "▀": "10", "▄": "01", "█": "11"}
    drawn: list[str] = []
    for line in qr_text(address).splitlines():
        drawn += ["".join(halves[block][row] for block in line) for row in (0, 1)]
    matrix = ["".join(map(str, row)) for row in segno.make(address, error="l", micro=False).matrix_iter(border=2)]
    assert drawn[: len(matrix)] == matrix
    assert len(matrix) == 37, "of a size that fits 80x24, however long the name"
