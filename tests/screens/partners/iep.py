"""Navigating IEP LVS by keyboard, and ESIS's side of the coupling through its use cases."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget

from app.access import Actor, actor_for, find_location, find_user
from app.couplings import lifecycle
from models.board import Board
from tests.screens.driving import Driver

CODE = "99QQ001234567890abcd"
SIGN_IN = ("f6", "enter", "tab", "tab", "tab", "tab", "enter", "enter")
TO_MANAGEMENT = ("end", "up", "enter")


def directie(board: Board, brin6: str = "99QQ00") -> Actor:
    """The user of ESIS who activates couplings."""
    return actor_for(find_user(board, "rovict"), find_location(board, brin6))


def activate(board: Board, code: str = CODE, brin6: str = "99QQ00") -> None:
    """ESIS's half: sources.md#activation."""
    lifecycle.activate(directie(board, brin6), "iep-lvs", "R. Victor", True, code)


async def walk(driver: Driver, *keys: str) -> None:
    """Press keys that each move the focus, here or onto another screen: faster than settling after every one."""
    for key in keys:
        before = (driver.app.screen, driver.app.screen.focused)
        await driver.step(key, lambda before=before: _moved(driver, before))
    await driver.settle()


def _moved(driver: Driver, before: tuple[Screen[object], Widget | None]) -> bool:
    screen = driver.app.screen
    return screen.focused is not None and (screen, screen.focused) != before


async def sign_in(driver: Driver) -> None:
    """F6, and sign in as the schoolbeheerder of the practice board (B1)."""
    await walk(driver, *SIGN_IN)


async def open_school(driver: Driver, tab: int = 0) -> None:
    """Sign in, and go by Beheer to School (B1-B3) and as many tabs to the right (B4)."""
    await walk(driver, *SIGN_IN, *TO_MANAGEMENT, "enter")
    await walk(driver, *["right"] * tab)


async def open_form(driver: Driver) -> None:
    """Sign in, and go by Beheer > School > Resultaatkoppeling to Koppeling instellen (B1-B5)."""
    await open_school(driver, tab=2)
    await walk(driver, "enter", "enter")


async def try_code(driver: Driver, code: str) -> None:
    """Replace the code by this one, and send the test message (B7)."""
    await driver.press("ctrl+u")
    await driver.type(code)
    await driver.press("f2")
