"""School time and wall time, and how both are written in Dutch.

School time belongs to a board: on a practice board it stands still until someone moves it. Wall time is only for leases
and lock-outs. Everything is stored in UTC; schools live in Europe/Amsterdam. Times of day: sources.md#times.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.exchange.dates import dutch_date as dutch_date
from app.refusals import Refused
from models.board import Board

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PRACTICE_START = datetime(2020, 4, 14, 9, 0, tzinfo=AMSTERDAM)

CUT_OFF = time(17, 0)
PUBLISHERS = time(1, 0)
BASISPOORT = time(1, 30)
CONTACTS = time(3, 30)
RESULTS = time(4, 0)
MORNING = time(8, 0)

BY_ITSELF = timedelta(days=50)
"""The gap a board on the real clock catches up silently, such as a summer holiday; a larger one needs confirmation."""
_SLACK = timedelta(minutes=2)

_run: ContextVar[tuple[int, datetime] | None] = ContextVar("run", default=None)
_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_LONG_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class ClockRunning(Refused):
    """School time is being moved, so nothing else may be changed on this board."""

    def __init__(self, mover: str) -> None:
        super().__init__(f"De schooltijd loopt (verzet door {mover or 'iemand'}). Wacht tot dat klaar is.")


class ClockJumped(Refused):
    """The computer's clock and a board that follows it are so far apart that one of them must be wrong."""


def wall_now() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


@contextmanager
def in_run(board_id: int, moment: datetime) -> Iterator[None]:
    """Use the run's own moment as school time. On a practice board that is the current time; a board on the real clock
    that catches up a night does and dates everything as if on time.
    """
    token = _run.set((board_id, moment))
    try:
        yield
    finally:
        _run.reset(token)


def school_now(board: Board) -> datetime:
    """The board's school time in Amsterdam, read from the database; inside a run, the run's moment."""
    of_run = _run.get()
    if of_run is not None and of_run[0] == board.id:
        return of_run[1].astimezone(AMSTERDAM)
    row = Board.select(Board.now, Board.clock).where(Board.id == board.id).get()
    moment = wall_now() if row.clock == "real" else row.now
    return moment.astimezone(AMSTERDAM)


def school_today(board: Board) -> date:
    """The board's present date."""
    return school_now(board).date()


def apart(board: Board) -> timedelta:
    """Return how far the wall clock is ahead of a board on the real clock, if that needs confirmation; negative when
    the board is ahead. Zero when nothing is wrong, and on a practice board.
    """
    if board.clock != "real":
        return timedelta()
    ahead = wall_now() - board.now
    return ahead if ahead > BY_ITSELF or ahead < -_SLACK else timedelta()


def check_wall(board: Board) -> None:
    """Raise `ClockJumped`, with what to do about it, when the computer's clock and the board are too far apart."""
    ahead, here = apart(board), dutch_moment(board.now)
    if ahead > timedelta():
        raise ClockJumped(
            f"De klok van deze computer is {ahead.days} dagen verder dan dit bestuur, waar het {here} is. Klopt de klok, haal "
            "die dagen dan in (F9, of esis clock catch-up). Klopt zij niet, zet dan eerst de klok goed."
        )
    if ahead < timedelta():
        raise ClockJumped(
            f"Dit bestuur is verder dan de klok van deze computer: het is hier al {here}. Zet de klok goed, of zet het "
            "bestuur gelijk met de klok (F9, of esis clock set-right)."
        )


def local(day: date, at: time) -> datetime:
    """Return the moment of a day and time at school. When the clocks go back, 01:00 exists once; 02:30 is never
    used.
    """
    return datetime.combine(day, at, tzinfo=AMSTERDAM)


def next_at(after: datetime, at: time) -> datetime:
    """The first moment strictly after `after` at which the school's clock shows `at`."""
    here = after.astimezone(AMSTERDAM)
    moment = local(here.date(), at)
    return moment if moment > here else local(here.date() + timedelta(days=1), at)


def cut_off_before(slot: datetime) -> datetime:
    """The moment whose state a delivery in this slot reflects: 17:00 the day before."""
    return local(slot.astimezone(AMSTERDAM).date() - timedelta(days=1), CUT_OFF)


def school_year_of(day: date) -> str:
    """The school year of a date, 1 August to 31 July, as in `2019-2020`."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


def dutch_moment(moment: datetime) -> str:
    """Day, date and time at school: `di 14-4-2020 09:00`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{_DAYS[here.weekday()]} {dutch_date(here.date())} {here:%H:%M}"


def short_moment(moment: datetime) -> str:
    """The same without the year, for lists of days near each other: `di 14-4 09:00`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{_DAYS[here.weekday()]} {here.day}-{here.month} {here:%H:%M}"


def long_date(moment: datetime) -> str:
    """The day in full: `dinsdag 14 april 2020`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{_LONG_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here.year}"


def for_sheets(moment: datetime) -> str:
    """Date and time at school in the form Dutch Excel reads: `14-4-2020 09:00:00`."""
    here = moment.astimezone(AMSTERDAM)
    return f"{dutch_date(here.date())} {here:%H:%M:%S}"


def iso(moment: datetime) -> str:
    """ISO 8601 in school time, with offset, to the second: `2020-04-14T09:00:00+02:00`."""
    return moment.astimezone(AMSTERDAM).isoformat(timespec="seconds")


def parse_date(text: str) -> date:
    """Parse a date as typed: `14-4-2020` or `2020-04-14`. Raises `Refused` with both forms."""
    cleaned = text.strip().replace("/", "-")
    try:
        first, second, third = (int(part) for part in cleaned.split("-"))
        year, month, day = (first, second, third) if first > 31 else (third, second, first)
        if year < _FIRST_YEAR:
            raise ValueError
        found = date(year, month, day)
    except ValueError:
        raise Refused(
            f"'{text}' is geen datum. Schrijf dag-maand-jaar met vier cijfers voor het jaar, bijvoorbeeld 14-4-2020."
        ) from None
    _check_year(text, found.year)
    return found


def _check_year(text: str, year: int) -> None:
    """Refuse years for which date arithmetic would overflow, in any time zone."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Refused(f"'{text}' ligt te ver weg: het jaar {year} kan niet.")


def parse_moment(text: str) -> datetime:
    """Parse a moment as typed: `2020-04-15T08:00`, `15-4-2020 08:00` or a date (then 00:00); school time unless it has
    an offset. Raises `Refused` with the forms.
    """
    cleaned = text.strip()
    try:
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        day, _, clock = cleaned.partition(" ")
        try:
            moment = datetime.combine(parse_date(day), time.fromisoformat(clock.strip() or "00:00"))
        except (ValueError, Refused):
            raise Refused(f"'{text}' is geen moment. Schrijf dag-maand-jaar, en zo nodig de tijd als uu:mm.") from None
    _check_year(text, moment.year)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
