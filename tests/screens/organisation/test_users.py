"""Gebruikers en rollen by keyboard: why a user sees nothing, giving and removing a role, a new account."""

from __future__ import annotations

from app.signing.sign_in import sign_in
from models.board import Board, RoleAssignment, User
from tests.golden import Golden
from tests.screens.driving import SMALL, WIDE, driving


async def test_somebody_who_sees_nothing_is_explained_and_helped(practice: Board, golden: Golden) -> None:
    async with driving(practice, "appbeheer", WIDE) as program:
        await program.open("Gebruikers en rollen")
        golden.check(program.app, "gebruikers-en-rollen")
        await program.press("end", "enter")
        assert "ja" in program.line("Activering op de vestiging")
        assert "nee" in program.line("Rol op de vestiging")
        assert "▲ Ziet niets op 99QQ00, want er is geen rol" in program.words
        golden.check(program.app, "gebruiker-zonder-rol")
        await program.press("n", "f2")
        assert "× Rol is verplicht" in program.text
        await program.press("enter", *["down"] * 3, "enter", "f2")
        assert "✓ Ziet de leerlingen van de eigen groepen: 3." in program.words
        assert program.said[-1] == "zonderrol heeft nu de rol Leerkracht op 99QQ00."
        program.app.screen.query_one("#keep").focus()
        await program.press("delete", "left", "enter")
        assert "▲ Ziet niets op 99QQ00" in program.words


async def test_the_last_who_can_manage_stays_and_one_s_own_menu_follows(practice: Board) -> None:
    RoleAssignment.delete().where(RoleAssignment.role == "Applicatiebeheerder").execute()
    async with driving(practice) as program:
        await program.go_to("gebruikers-en-rollen")
        await program.press("f3")
        await program.type("rovict")
        await program.press("enter", "enter", "delete", "left", "enter")
        assert "Dit is de laatste rol Directie of Applicatiebeheerder op het hele bestuur" in program.said[-1]
        await program.press("n", "enter", *["down"] * 4, "enter", "f2")
        assert "Intern begeleider" in {str(role) for role in program.actor.roles}


async def test_a_new_account_and_another_password(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("gebruikers-en-rollen")
        await program.press("n")
        await program.type("wim2")
        await program.press("tab", "enter", "down", "enter", "tab")
        await program.type("geheim123")
        await program.press("tab")
        await program.type("geheim124")
        await program.press("f2")
        assert "× De twee wachtwoorden zijn verschillend" in program.words
        await program.press("backspace")
        await program.type("3")
        await program.press("f2")
        made = User.get(User.name == "wim2")
        assert made.staff_id is not None
        assert sign_in(practice, "wim2", "geheim123") == made
        await program.press("f3")
        await program.type("wim2")
        await program.press("enter", "enter")
        await program.act("Wachtwoord")
        await program.type("anders123")
        await program.press("tab")
        await program.type("anders123")
        await program.press("f2")
        assert sign_in(practice, "wim2", "anders123") == made
