"""The wait after wrong password tries: for one name from one address, and for one name from all addresses together.

All figures are here, and are our choice within OWASP's ASVS (4.0.3, 2.2.1: at most a hundred wrong tries an hour on one
account, without others locking its owner out):

- From one address three tries are free, then each wait is twice the previous one, so guessing from one place soon
  stops.
- Other addresses are not affected until all addresses together were wrong forty times: then the name takes one try a
  minute, from anywhere. That makes a hundred in the first hour and sixty in each later one, and the owner waits at most
  a minute because of somebody else.

Wall time, stored in the database, so restarting clears nothing. An unknown name waits just as long, so waiting does not
reveal which names exist. A try dated in the future was made while the clock was ahead; it counts as now, so nobody
waits longer than the wait itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.access import BoardGone
from app.counted import counted
from app.refusals import Wait, Wrong
from app.settings import visitor
from models.base import database, locked
from models.board import Board
from models.signing_in import Tries

FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_NAME = 50
ESIS = "esis"


@dataclass(frozen=True)
class Limit:
    """How many wrong tries are free, the wait after the next one, and the longest wait; each wait is twice the previous
    one.
    """

    free: int
    first: timedelta
    longest: timedelta

    def pause(self, wrong: int) -> timedelta:
        """The wait after so many wrong tries."""
        if wrong <= self.free:
            return timedelta()
        return min(self.longest, self.first * (1 << min(wrong - self.free - 1, 20)))


OF_ADDRESS = Limit(3, timedelta(seconds=5), timedelta(minutes=15))
OF_NAME = Limit(40, timedelta(minutes=1), timedelta(minutes=1))


@dataclass(frozen=True)
class Door:
    """What a password opens: ESIS or a partner's program (`place`), under a name, existing or not."""

    board_id: int
    place: str
    name: str


@dataclass(frozen=True)
class Try:
    """A try that was counted as wrong in advance; `before` is the moment of the previous one."""

    row_id: int
    before: datetime


class TooSoon(Wait):
    """Too many wrong tries; says how long to wait."""

    why = "Te vaak verkeerd geprobeerd."

    def told(self, left: timedelta) -> str:
        """The sentence, in seconds or minutes."""
        if left <= timedelta():
            return "U kunt het nu opnieuw proberen."
        return f"{self.why} Wacht {_in_words(left)} en probeer het dan opnieuw."


class WrongAndWait(TooSoon, Wrong):
    """A wrong try that causes a wait: says both."""

    def __init__(self, wrong: Wrong, left: timedelta) -> None:
        self.why = wrong.sentence
        super().__init__(left, wrong.field)


def begin(door: Door, field: str = "password", address: str | None = None) -> Try:
    """Count a try as wrong before checking anything, so that simultaneous tries gain nothing.

    `address` is that of the user of this process, unless given. Raises `TooSoon` for this form field.
    """
    now, address = clock.wall_now(), visitor() if address is None else address
    with database.atomic():
        if locked(Board.select(Board.id).where(Board.id == door.board_id)).first() is None:
            raise BoardGone
        _tidy(now)
        there = list(Tries.select().where(_of(door)))
        left = wait(there, address, now)
        if not left:
            return _counted(door, there, address, now)
    raise TooSoon(left, field)  # after the transaction, which would otherwise roll back the clean-up


def wait(there: Sequence[Tries], address: str, now: datetime) -> timedelta:
    """How long an address has to wait, given all wrong tries at one door; none of them is in the future."""
    until = [row.at + OF_ADDRESS.pause(row.wrong) for row in there if row.address == address]
    if there:
        until.append(max(row.at for row in there) + OF_NAME.pause(sum(row.wrong for row in there)))
    return max([moment - now for moment in until if moment > now], default=timedelta())


def after(door: Door, wrong: Wrong) -> Wrong:
    """The error for a wrong try, including the wait if it causes one."""
    left = wait(list(Tries.select().where(_of(door))), visitor(), clock.wall_now())
    return WrongAndWait(wrong, left) if left else wrong


def take_back(tried: Try) -> None:
    """The try was neither right nor wrong. Earlier ones stay, and so does the moment of the last of them."""
    same = (Tries.id == tried.row_id) & (Tries.wrong > 0)
    Tries.update(wrong=Tries.wrong - 1, at=tried.before).where(same).execute()


def succeeded(tried: Try) -> None:
    """The try was right: forget wrong tries from this address, but not those from elsewhere."""
    Tries.delete().where(Tries.id == tried.row_id).execute()


def lift(door: Door) -> None:
    """The password has changed: nobody has guessed at the new one yet, from anywhere."""
    Tries.delete().where(_of(door)).execute()


def of_user(board_id: int, name: str) -> Door:
    """The door of a user of ESIS."""
    return Door(board_id, ESIS, as_kept(name))


def as_kept(name: str) -> str:
    """A typed user name as it is compared; PostgreSQL cannot store NUL."""
    return name.replace("\0", "").strip().lower()


def _counted(door: Door, there: list[Tries], address: str, now: datetime) -> Try:
    row = next((row for row in there if row.address == address), None)
    row = row or Tries(
        board=door.board_id, place=door.place, name=door.name[:LONGEST_NAME], address=address, wrong=0, at=now
    )
    before, row.at = row.at, now
    row.wrong += 1
    row.save()
    return Try(row.id, before)


def _of(door: Door) -> object:
    return (Tries.board == door.board_id) & (Tries.place == door.place) & (Tries.name == door.name[:LONGEST_NAME])


def _tidy(now: datetime) -> None:
    Tries.delete().where(Tries.at < now - FORGOTTEN_AFTER).execute()
    Tries.update(at=now).where(Tries.at > now).execute()


def _in_words(left: timedelta) -> str:
    seconds = -int(-left.total_seconds() // 1)
    if seconds < 100:
        return counted(seconds, "seconde", "seconden")
    return counted(-(-seconds // 60), "minuut", "minuten")
