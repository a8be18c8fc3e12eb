"""When the board is reset (`esis reset`) while this program is open: start over with it.

Users, schools and locations are new rows then, so nobody is signed in any more, here or at a partner.
"""

from __future__ import annotations

from collections.abc import Callable

from peewee import PeeweeException

from app.access import BoardGone
from app.refusals import Refused
from models.base import database
from models.board import Board, User
from screens.shared.base import BaseScreen
from screens.shared.program import EsisProgram

TOLD = "Het oefenbestuur is opnieuw begonnen. Meld u opnieuw aan."


def began_again(board: Board) -> bool:
    """Whether the board was reset or removed since this was read; False if the database does not answer."""
    try:
        resets = Board.select(Board.resets).where(Board.id == board.id).scalar()
    except PeeweeException:
        return False
    return bool(resets != board.resets)


async def start_over(app: EsisProgram) -> None:
    """Go to the sign-in screen of the current board, and say why."""
    board = Board.get_or_none(Board.id == app.board.id)
    if board is None and app.guest is not None:
        app.guest.gone()
        return
    if board is None:
        app.exit(message=BoardGone().sentence)
        return
    if board.resets == app.board.resets:
        return
    await _from_the_start(app, board)
    if isinstance(app.screen, BaseScreen):
        app.screen.refresh_data()
    app.notify(TOLD, severity="warning", markup=False, timeout=20)


def put_back(app: EsisProgram, work: Callable[[], str], then: Callable[[], None]) -> None:
    """Reset this program's own board in the background; the same user then continues with `then`, signed in again.

    `work` returns what to say, or raises `Refused`; the board was reset all the same.
    """
    assert app.actor is not None
    user = app.actor.name
    app.putting_back = app.busy = True

    def run() -> None:
        try:
            with database.connection_context():
                told, wrong = work(), False
        except Refused as refusal:
            told, wrong = refusal.sentence, True
        except BaseException:
            app.call_from_thread(_given_up, app)
            raise
        app.call_from_thread(app.call_later, _go_on, app, user, then, told, wrong)

    app.run_worker(run, thread=True, group="use-case", description="putting back", exit_on_error=True)


def _given_up(app: EsisProgram) -> None:
    app.putting_back = app.busy = False


async def _go_on(app: EsisProgram, user: str, then: Callable[[], None], told: str, wrong: bool) -> None:
    try:
        board = Board.get_by_id(app.board.id)
        await _from_the_start(app, board)
    finally:
        _given_up(app)
    again = User.get_or_none(User.board == board, User.name == user)
    if again is not None:
        app.signed_in(again)
        then()
    app.notify(told, severity="error" if wrong else "information", markup=False, timeout=20)


async def _from_the_start(app: EsisProgram, board: Board) -> None:
    app.board, app.busy = board, False
    await app.leave()
