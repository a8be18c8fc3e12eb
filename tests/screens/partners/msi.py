"""Navigating Mijnschoolinfo by keyboard, and a practice board whose guardians all have an e-mail address."""

from __future__ import annotations

from app import clock
from app.access import Actor, actor_for, find_location, find_user
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account
from models.board import Board
from models.partners.mijnschoolinfo import MsiSchool
from models.school import Guardian
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.mijnschoolinfo.routes import ROUTES
from screens.shell.programs import partner_programs
from tests.partners.nights import advance
from tests.screens.driving import Driver

CODE = "99QQ00mijnschoolinfo1"


def directie(board: Board) -> Actor:
    """The user of ESIS who activates couplings."""
    return actor_for(find_user(board, "rovict"), find_location(board, "99QQ00"))


def school_of(board: Board) -> MsiSchool:
    """The account as it is now."""
    return account.school_of(find_location(board, "99QQ00"))


def complete(board: Board) -> None:
    """Give every guardian an e-mail address: without it the coupling cannot be activated (sources.md#mijnschoolinfo,
    P).
    """
    for guardian in Guardian.select().where(Guardian.board == board, Guardian.email == ""):
        Guardian.update(email=f"ouder{guardian.id}@example.invalid").where(Guardian.id == guardian.id).execute()


def coupled(board: Board) -> None:
    """Both halves, by their use cases."""
    complete(board)
    lifecycle.activate(directie(board), account.ID, "R. Victor", True, CODE)
    assert account.connect(school_of(board), CODE).ok


def night(board: Board, to: str) -> None:
    """Move school time with everything on the way."""
    advance(Board.get_by_id(board.id), clock.parse_moment(to))


def delivered(board: Board) -> None:
    """Coupled, and the first delivery came."""
    coupled(board)
    night(board, "2020-04-15T08:00")


async def sign_in(driver: Driver) -> None:
    """Choose the program, and sign in as its beheerder."""
    place = [program.id for program in partner_programs()].index(account.ID)
    await driver.press("f6", *["down"] * place, "enter")
    await driver.type("beheerder")
    await driver.press("tab")
    await driver.type("oefenen")
    await driver.press("f2")


async def go_to(driver: Driver, entry: str, tab: int = 0) -> None:
    """To an entry of the menu of Mijnschoolinfo and a tab of it, counted from 0, into its content."""
    screen = driver.app.screen
    assert isinstance(screen, MsiPage)
    keys = [key for key, _ in ROUTES.menu]
    steps = keys.index(entry) - keys.index(screen.HERE)
    await driver.press("f10", *["right" if steps > 0 else "left"] * abs(steps), "enter")
    if tab:
        await driver.press(str(tab + 1), "down")
