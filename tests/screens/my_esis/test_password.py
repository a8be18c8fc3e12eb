"""Mijn wachtwoord - 2FA by keyboard."""

from __future__ import annotations

from app.signing.sign_in import sign_in
from models.board import Board
from tests.screens.driving import SMALL, driving

NEW = "lange zin 12"


async def test_the_password_is_changed_after_the_old_one_was_asked(practice: Board) -> None:
    async with driving(practice, "zonderrol", SMALL) as screen:
        await screen.go_to("mijn-wachtwoord")
        assert "2FA staat uit" in screen.text
        await screen.type("verkeerd")
        await screen.press("tab")
        await screen.type(NEW)
        await screen.press("tab")
        await screen.type(NEW)
        await screen.press("f2")
        assert "× Het huidige wachtwoord klopt niet." in screen.text
        assert NEW not in screen.text
        await screen.type("oefenen")
        await screen.press("ctrl+s")
        assert screen.said[-1].startswith("Uw wachtwoord is gewijzigd.")
        assert "▌Startpagina" in screen.text
    assert sign_in(practice, "zonderrol", NEW).name == "zonderrol"


async def test_each_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice, "rovict") as screen:
        await screen.go_to("mijn-wachtwoord")
        await screen.press("f2")
        assert "× Huidig wachtwoord is verplicht." in screen.text
        await screen.type("oefenen")
        await screen.press("tab")
        await screen.type("kort")
        await screen.press("tab")
        assert "× Het nieuwe wachtwoord telt 4 tekens" in screen.text
        await screen.press("shift+tab")
        await screen.type("er dan eerst")
        await screen.press("tab")
        await screen.type("anders")
        await screen.press("f2")
        assert "× De twee nieuwe wachtwoorden zijn verschillend." in screen.text
        await screen.press("escape")
        assert "Wijzigingen weggooien?" in screen.text
