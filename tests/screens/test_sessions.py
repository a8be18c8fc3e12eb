"""A session has only its user's current permissions: a screen is closed as soon as they no longer allow it."""

from __future__ import annotations

import pytest

from app import accounts
from app.access import SessionEnded, actor_for, find_user
from app.permissions import NO_ROLE, Role
from app.school.board import roles, users
from models.board import Board, RoleAssignment
from models.school import Pupil
from screens.start.sign_in import SignIn
from tests.screens.driving import Driver, driving

NEW = "een nieuw wachtwoord"


def names_of_pupils() -> set[str]:
    return {row.last_name for row in Pupil.select(Pupil.last_name) if len(row.last_name) > 5}


def take_all_roles(board: Board, name: str) -> None:
    """By a manager, elsewhere."""
    user = find_user(board, name)
    for given in roles.given_to([user.id])[user.id]:
        roles.take_role(actor_for(find_user(board, "appbeheer")), given)


async def comes_into_view(program: Driver) -> None:
    """Where no watcher sees it, the next screen does."""
    await program.press("f9", "escape")


@pytest.mark.parametrize("seen", [Driver.data_changed, comes_into_view])
@pytest.mark.parametrize("where", ["mijn-groep", "leerlingenadministratie"])
async def test_a_role_that_is_withdrawn_closes_what_it_showed(practice: Board, where: str, seen: object) -> None:
    async with driving(practice, "leerkracht6") as program:
        await program.go_to(where)
        await program.press("enter")
        assert [name for name in names_of_pupils() if name in program.text]
        take_all_roles(practice, "leerkracht6")
        await seen(program)  # type: ignore[operator]
        assert not [name for name in names_of_pupils() if name in program.text]
        assert NO_ROLE in program.words
        assert program.said[-1] == ("Uw rol Leerkracht op 99QQ00 is ingetrokken. Wat u daarmee zag, is gesloten.")
        assert program.actor.label == "leerkracht6 (geen rol)"


async def test_what_is_left_is_at_another_location(practice: Board) -> None:
    async with driving(practice, "rovict") as program:
        user = program.actor.user
        other = next(row for row in practice.locations if row.id != program.actor.location.id)
        await program.go_to("leerlingenadministratie")
        RoleAssignment.update(location=other).where(RoleAssignment.user == user).execute()
        await program.data_changed()
        assert program.said[-1].endswith(f"U gaat verder op {other.brin6}.")
        assert program.actor.location == other
        assert program.actor.label == "rovict (Directie)"
        assert "Welkom, rovict" in program.text


async def test_what_one_may_do_as_before_stays_in_view_and_a_new_role_counts_at_once(practice: Board) -> None:
    async with driving(practice, "rovict") as program:
        await program.go_to("leerlingenadministratie")
        shown = program.app.screen
        RoleAssignment.create(user=program.actor.user, role=Role.LEERKRACHT)
        await program.data_changed()
        assert program.actor.label == "rovict (Directie, Leerkracht)"
        RoleAssignment.delete().where(
            RoleAssignment.user == program.actor.user, RoleAssignment.role == Role.LEERKRACHT
        ).execute()
        await program.data_changed()
        assert program.app.screen is shown
        assert program.said == []


@pytest.mark.parametrize("seen", [Driver.data_changed, comes_into_view])
async def test_a_password_that_was_reset_ends_the_session_at_the_partners_too(practice: Board, seen: object) -> None:
    async with driving(practice, "leerkracht6") as program:
        await program.press("f6", "enter")
        program.app.screen.query_one(".partner-accounts Link").focus()
        await program.press("enter", "enter")
        assert "Welkom bij IEP LVS" in program.text
        users.reset_password(actor_for(find_user(practice, "appbeheer")), find_user(practice, "leerkracht6"), NEW, NEW)
        await seen(program)  # type: ignore[operator]
        assert isinstance(program.app.screen, SignIn)
        assert program.app.actor is None
        assert program.said == [SessionEnded().sentence]
        await program.press("f6", "enter")
        assert "Aanmelden bij IEP LVS" in program.text


async def test_who_changes_the_password_goes_on_and_the_others_do_not(practice: Board) -> None:
    async with driving(practice, "zonderrol") as program:
        other = actor_for(find_user(practice, "zonderrol"))
        await program.go_to("mijn-wachtwoord")
        for text in ("oefenen", NEW, NEW):
            await program.type(text)
            await program.press("tab")
        await program.press("f2")
        await program.data_changed()
        assert program.said[0].startswith("Uw wachtwoord is gewijzigd.")
        assert program.actor.name == "zonderrol"
        assert "Welkom, zonderrol" in program.text
        with pytest.raises(SessionEnded):
            accounts.keep_theme(other, "esis-licht")
