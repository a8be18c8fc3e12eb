"""Common steps of the tests of the coupling screens."""

from __future__ import annotations

from app.access import actor_for, find_user
from app.couplings import lifecycle
from models.board import Board
from models.coupling import Coupling
from tests.screens.driving import Driver

CODE = "99QQ001234567890abcd"


def activated(board: Board, code: str = CODE) -> Coupling:
    """IEP LVS, activated by rovict."""
    return lifecycle.activate(actor_for(find_user(board, "rovict")), "iep-lvs", "R. Victor", True, code)


def coupling() -> Coupling:
    """The only coupling, as it is now."""
    return Coupling.get()


async def fill_in(program: Driver, name: str = "R. Victor", code: str = CODE, *, agree: bool = True) -> None:
    """Open the form of IEP LVS and fill it in."""
    await program.open("Koppeling activeren: IEP LVS")
    await program.type(name)
    await program.press("tab", *(["space"] if agree else []), "tab")
    await program.type(code)


async def open_coupling(program: Driver) -> None:
    """The page of the live IEP LVS coupling."""
    await program.go_to("koppelingen")
    program.app.screen.query_one("#live").focus()
    await program.press("enter")
