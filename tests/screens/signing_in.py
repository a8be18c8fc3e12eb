"""Signing in by keyboard, and whether the sign-in screen is shown."""

from __future__ import annotations

from screens.start.sign_in import SignIn
from tests.screens.driving import Driver


async def sign_in(program: Driver, user: str, password: str = "oefenen") -> None:
    """On the sign-in screen in front."""
    await program.type(user)
    await program.press("tab")
    await program.type(password)
    await program.press("f2")


def at_sign_in(program: Driver) -> bool:
    """Whether nobody is signed in, and the sign-in screen is shown."""
    return isinstance(program.app.screen, SignIn) and program.app.actor is None
