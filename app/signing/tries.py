"""The pause after wrong tries, for one name on a board: three are free, then each wait is twice the one before.

Wall time, kept in the database, so that starting again clears nothing. A name that does not exist waits just as long, so
waiting tells nobody which names there are. The figures are our choice.
"""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.refusals import Refused
from models.base import database, locked
from models.board import Board
from models.signing_in import Tries

FREE = 3
FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


class TooSoon(Refused):
    """Too many wrong tries; says how long to wait."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(
            f"Te vaak verkeerd geprobeerd. Wacht {_in_words(left)} en probeer het dan opnieuw.", "password"
        )


def begin(board: Board, name: str) -> None:
    """Count a try as wrong before anything is looked at, so that tries at the same time gain nothing. Raises `TooSoon`."""
    now, kept = clock.wall_now(), name[:50]
    with database.atomic():
        locked(Board.select(Board.id).where(Board.id == board)).get()
        Tries.delete().where(Tries.not_before < now - FORGOTTEN_AFTER).execute()
        row = Tries.get_or_none(Tries.board == board, Tries.name == kept)
        row = row or Tries(board=board, name=kept, wrong=0, not_before=now)
        if row.not_before > now:
            raise TooSoon(row.not_before - now)
        row.wrong += 1
        row.not_before = now + pause(row.wrong)
        row.save()


def take_back(board: Board, name: str) -> None:
    """The try was neither right nor wrong yet: the password was, and the code is still to come. Earlier ones stay."""
    now = clock.wall_now()
    same = (Tries.board == board) & (Tries.name == name[:50]) & (Tries.wrong > 0)
    Tries.update(wrong=Tries.wrong - 1, not_before=now).where(same).execute()


def succeeded(board: Board, name: str) -> None:
    """It was right: there is nothing to wait for any more."""
    Tries.delete().where(Tries.board == board, Tries.name == name[:50]).execute()


def pause(wrong: int) -> timedelta:
    """How long to wait after so many wrong tries in a row."""
    return timedelta() if wrong <= FREE else min(LONGEST, FIRST * 2 ** min(wrong - FREE - 1, 20))


def _in_words(left: timedelta) -> str:
    seconds = int(left.total_seconds()) + 1
    if seconds < 100:
        return f"{seconds} seconden" if seconds > 1 else "1 seconde"
    return f"{-(-seconds // 60)} minuten"
