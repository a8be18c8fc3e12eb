"""When somebody put the board back to its first state (`esis reset`) while this program is open: start over with it.

Users, schools and locations are new rows then, so nobody is signed in any more, here nor at a partner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import PeeweeException

from models.board import Board
from screens.programs import partner_programs
from screens.shared.base import BaseScreen

if TYPE_CHECKING:
    from screens.esis import EsisApp

TOLD = "Het oefenbestuur is opnieuw begonnen (esis reset). Meld u opnieuw aan."
GONE = "Dit bestuur bestaat niet meer. Start het programma opnieuw."


def began_again(board: Board) -> bool:
    """Whether the board was reset or removed since this was read; False when the database does not answer."""
    try:
        resets = Board.select(Board.resets).where(Board.id == board.id).scalar()
    except PeeweeException:
        return False
    return bool(resets != board.resets)


async def start_over(app: EsisApp) -> None:
    """Go to the sign-in screen of the board as it is now, and say why."""
    board = Board.get_or_none(Board.id == app.board.id)
    if board is None:
        app.exit(message=GONE)
        return
    if board.resets == app.board.resets:
        return
    app.board, app.busy = board, False
    await app.leave()
    for program in partner_programs():
        await app.remove_mode(program.id)
        app.add_mode(program.id, program.open)
    if isinstance(app.screen, BaseScreen):
        app.screen.refresh_data()
    app.notify(TOLD, severity="warning", markup=False, timeout=20)
