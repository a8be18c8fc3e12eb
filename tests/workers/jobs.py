"""Jobs for tests of the workers: each page leaves countable messages, without a key that would hide duplicates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from app import clock
from app.runs import Counts, Job, Page
from models.board import Board, Location
from models.run import Run
from models.school import Message

PAGES = 3
ROWS = 4


def every_location(board_id: int, _day: date) -> list[int]:
    return [row.id for row in Location.select(Location.id).where(Location.board == board_id).order_by(Location.id)]


def title_of(run: Run, page: int, row: int) -> str:
    return f"{run.job} {run.location_id} {clock.iso(run.slot)} {page}.{row}"


def leave_messages(run: Run, cursor: str, halt: Callable[[str], None] = lambda _point: None) -> Page:
    """Three pages of four messages; `halt` is called when a page's effects are there and not committed."""
    assert Board.get_by_id(run.board_id).now == run.not_before, "school time does not stand at the run's moment"
    page = int(cursor or 1)
    for row in range(ROWS):
        Message.create(location=run.location_id, title=title_of(run, page, row), author="proef", written_at=run.slot)
    halt(f"in page {page}")
    return Page(str(page + 1) if page < PAGES else None, Counts(received=ROWS, stored=ROWS))


def make_job(
    name: str,
    at: time,
    page: Callable[[Run, str], Page] = leave_messages,
    title: str = "",
    wanted: Callable[[int, date], list[int]] = every_location,
) -> Job:
    return Job(name, title or name.title(), at, wanted, page)


def countable_jobs(halt: Callable[[str], None] = lambda _point: None) -> list[Job]:
    """One job at 01:00 and two at 04:00."""

    def page(run: Run, cursor: str) -> Page:
        return leave_messages(run, cursor, halt)

    return [make_job("nul", time(1), page), make_job("een", time(4), page), make_job("twee", time(4), page)]


def nothing_to_do(run: Run, cursor: str) -> Page:
    """A trivial page."""
    return Page(None, Counts(received=1, stored=1))


def set_target(board: Board, text: str) -> None:
    """Aim the board's school time, as `advance` does."""
    Board.update(target=clock.parse_moment(text), mover="proef").where(Board.id == board.id).execute()


def fresh(board: Board) -> Board:
    return Board.get_by_id(board.id)
