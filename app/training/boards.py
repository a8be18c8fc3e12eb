"""Creating and resetting practice boards, with the partner systems' initial contents.

Transfer 1 runs from the start, and each partner has its initial contents (`Partner.begin`). None of it has been
delivered, so ESIS holds no results.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from peewee import IntegrityError

from app import clock as school_clock
from app.access import Actor
from app.partners.partner import Colleague, Enrolled, NewLocation
from app.partners.registry import partners
from app.refusals import Refused
from app.school.files import imports
from app.school.files.import_preview import ImportPreview, ImportReport
from fixtures.board_plan import PASSWORD_HASH
from fixtures.practice import build_practice_board, fill_practice_board, first_moment
from models.base import database, locked
from models.board import PRACTICE_NAME, Board, Location
from models.coupling import LogEntry
from models.registry import all_models
from models.run import Run
from models.school import Pupil, StaffMember
from models.training import RESET, LessonEvent, LessonProgress

NAME = PRACTICE_NAME


def ensure_board(clock: str = "practice", now: datetime | None = None) -> Board:
    """Return the practice board, creating it at this school time if needed; concurrent programs create only one."""
    try:
        with database.atomic():
            board: Board | None = Board.get_or_none(Board.name == NAME)
            if board is None:
                board = build_practice_board(NAME, clock=clock, now=now)
                _fill_partners(board)
            return board
    except IntegrityError:  # PostgreSQL: another program was just ahead
        return Board.get(Board.name == NAME)


def reset_board(name: str = NAME, clock: str = "practice", now: datetime | None = None) -> Board:
    """Reset the board of this name to its first state, in one transaction; everything it held is gone.

    `now` is its school time then, if not the default. Its row stays, so a program that has it open finds it again; a
    missing board is created. Lessons begun on it that were not done are given up, and their boards removed.
    """
    with database.atomic():
        board: Board | None = locked(Board.select().where(Board.name == name)).first()
        if board is None:
            board = build_practice_board(name, clock=clock, now=now)
        else:
            _end_lessons(board)
            empty(board)
            board.now, board.clock = now or first_moment(clock), clock
            board.target, board.mover, board.resetting = None, "", False
            board.resets += 1
            board.save()
            fill_practice_board(board)
        _fill_partners(board)
    return board


def make_board(name: str, password_hash: str) -> Board:
    """Create a practice board in its first state with a password of its own, in one transaction.

    Raises `Refused` if a board with this name exists.
    """
    try:
        with database.atomic():
            board = build_practice_board(name, password_hash=password_hash)
            _fill_partners(board)
            return board
    except IntegrityError:
        raise Refused(f"Er is al een bestuur met de naam {name}.") from None


def remove_board(board: Board) -> None:
    """Remove a board with everything on it, in one transaction; a program that has it open stops."""
    with database.atomic():
        locked(Board.select(Board.id).where(Board.id == board.id)).first()  # before its runs, as a page does
        _end_lessons(board)
        empty(board)
        board.delete_instance()


def _end_lessons(board: Board) -> None:
    """Remove the boards of lessons begun on it, and give up who was at one, also from another board."""
    made, now = list(Board.select().where(Board.owner == board)), school_clock.wall_now()
    ended = list(
        LessonProgress.select().where(
            LessonProgress.own_board.in_(made),
            LessonProgress.finished_at.is_null(),
            LessonProgress.given_up_at.is_null(),
        )
    )
    for run in ended:
        LessonEvent.create(progress=run, at=now, step=run.step + 1, kind="left", detail=RESET)
    LessonProgress.update(given_up_at=now).where(LessonProgress.id.in_([run.id for run in ended])).execute()
    for one in made:
        remove_board(one)


def _fill_partners(board: Board) -> None:
    since = school_clock.school_now(board) - timedelta(days=365)
    for location in Location.select().where(Location.board == board).order_by(Location.id):
        open_partner_accounts(location, since)
        new = replace(_new_location(location, since), pupils=_pupils(location))
        for partner in partners():
            partner.begin(new)


def open_partner_accounts(location: Location, since: datetime | None = None) -> None:
    """Open accounts at every partner for a location, as if opened then (now, or the given moment if earlier).

    For a location that an import has just created: its pupils arrive with the transfers of the coming nights.
    """
    new = _new_location(location, since or school_clock.school_now(location.board))
    for partner in partners():
        partner.open_account(new)


def _new_location(location: Location, since: datetime) -> NewLocation:
    here = StaffMember.select().where(StaffMember.location == location, StaffMember.active).order_by(StaffMember.key)
    staff = tuple(Colleague(one.first_name, one.prefix, one.last_name, one.email, one.key) for one in here)
    return NewLocation(location, since, location.board.password_hash or PASSWORD_HASH, staff)


def _pupils(location: Location) -> tuple[Enrolled, ...]:
    rows = Pupil.select().where(Pupil.location == location).order_by(Pupil.key)
    return tuple(
        Enrolled(row.key, row.first_name, row.prefix, row.last_name, row.year_group, row.enrolled_from) for row in rows
    )


def import_file(actor: Actor, planned: ImportPreview) -> ImportReport:
    """Carry out an import; a location it creates gets its partner accounts, in the same transaction.

    Raises as `imports.apply` does.
    """
    return imports.apply(actor, planned, open_partner_accounts)


def open_location(make: Callable[[], Location]) -> Location:
    """Create a location through a use case and open its partner accounts, in one transaction.

    Raises as the use case does.
    """
    with database.atomic():
        location = make()
        open_partner_accounts(location)
        return location


def empty(board: Board) -> None:
    """Empty the board, except for what was practised on it.

    Its runs are locked first: a page in progress finishes, and the next finds no run.

    Logbook lines go next: their trigger checks whether the board is being reset, so that flag must still be set.
    """
    list(locked(Run.select(Run.id).where(Run.board == board)))
    Board.update(resetting=True).where(Board.id == board.id).execute()
    held = [model for model in all_models() if "board" in model._meta.fields and model is not LessonProgress]
    for model in (LogEntry, *held):
        model.delete().where(model.board == board).execute()  # type: ignore[attr-defined]
