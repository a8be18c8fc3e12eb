"""The boards of a class: created with a password each, inspected, advanced, reset and removed.

The owner of the database uses `esis board`, as with `esis reset`; the trainer's screen requires the role Trainer on the
practice board (`leading`), because on a learner's board the learner may have any role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from peewee import JOIN, fn

from app import clock
from app.access import Actor, NotAllowed
from app.counted import counted
from app.couplings.catalogue import title
from app.couplings.state import LIVE, state_title
from app.permissions import Permission, Role
from app.refusals import NotFound, Refused
from app.serving.addresses import place_of
from app.signing.hashing import hash_password
from app.training import boards, disturbances, learners, passwords
from app.workers import school_time
from fixtures.board_plan import ACCOUNTS
from models.board import OWN, PRACTICE_NAME, Board, Location, School
from models.coupling import Coupling
from models.training import LessonProgress

MOST = 99
_NAME = re.compile(r"[^\W\d_][\w .-]{0,89}")
"""No characters with a meaning in a shell: the sheet says how to open the board."""


@dataclass(frozen=True)
class Made:
    """A new board, and the password of its practice users, which is not stored anywhere."""

    name: str
    password: str
    users: tuple[tuple[str, str], ...]
    """Each learner's user with its role: not the trainer, who sets disturbances."""
    path: str = ""
    """The board's part of its web address."""
    learner: str = ""
    """Who is to sit at it; empty: not known yet."""


@dataclass(frozen=True)
class ClassBoard:
    """A board as a trainer sees it: its school time, and the progress of its last lesson."""

    id: int
    name: str
    now: datetime
    target: datetime | None
    used_at: datetime | None
    """Wall time of the last sign-in or the last step of a lesson."""
    progress: LessonProgress | None
    learner: str = ""
    """Who sits at it; empty: nobody said."""
    title: str = ""
    """What the last lesson is called, where that was looked up."""

    @property
    def lesson(self) -> str:
        """The name of the last lesson; empty if there is none."""
        return str(self.progress.lesson) if self.progress else ""

    @property
    def step(self) -> str:
        """`3 van 17`; empty if there is no lesson."""
        return f"{self.progress.step} van {self.progress.steps}" if self.progress else ""


def create(
    count: int, name: str = "Klas", told: Callable[[int], None] = lambda _number: None, sitting: Sequence[str] = ()
) -> list[Made]:
    """Create `count` boards called `Klas 01` and so on, all or none; `told` is called with the number so far. The first
    of them are for these learners, in order.

    Raises `Refused` for an invalid number or name, or if a board exists already.
    """
    names = _names(count, name)
    taken = Board.select(Board.name).where(Board.name.in_(names)).order_by(Board.name)
    if there := [row.name for row in taken]:
        raise Refused(
            f"Er is al een bestuur met de naam {there[0]}. Geef met --name een andere naam, of verwijder het."
        )
    made: list[Made] = []
    try:
        for number, (one, learner) in enumerate(zip_longest(names, sitting[:count], fillvalue=""), 1):
            made.append(_make(one, learner))
            told(number)
    except BaseException:  # without its sheet nobody could sign in
        for given in made:
            boards.remove_board(Board.get(Board.name == given.name))
        raise
    return made


def class_boards() -> list[Board]:
    """The boards created for a class, by name."""
    return list(Board.select().where(OWN, Board.password_hash != "").order_by(Board.name))


def find(name: str) -> Board:
    """The practice board with this name. Raises `NotFound` naming the existing ones, or `Refused` for a real one."""
    board: Board | None = Board.get_or_none(OWN, Board.name == name.strip())
    if board is None:
        names = ", ".join(row.name for row in Board.select(Board.name).where(OWN).order_by(Board.name).limit(MOST))
        raise NotFound(f"Bestuur '{name}' bestaat niet. Er zijn: {names or 'nog geen'}.")
    if not board.practice:
        raise Refused(f"{board.name} is geen oefenbestuur: het wordt niet teruggezet, verzet of verwijderd.")
    return board


def remove(board: Board) -> None:
    """Remove a board. Raises `Refused` for the practice board that every database has."""
    if board.is_permanent:
        raise Refused(f"{PRACTICE_NAME} hoort bij elke database en blijft. Terugzetten kan met esis reset.")
    boards.remove_board(board)


def advance(actor: Actor, board: Board, to: datetime | None = None) -> None:
    """Start moving a board's school time to `to`, or to its next morning, in the actor's name; a worker carries it out.

    Raises as `school_time.advance` does.
    """
    target = to or school_time.morning_after(clock.school_now(board))
    school_time.advance(replace(actor, board=board), target)


def for_each(names: Sequence[str], act: Callable[[str], object], told: Callable[[int, str], None]) -> list[str]:
    """Do something with each board and return the refusals, each with its board; a refusal does not stop the others.

    `told` is called before each board with its number, from 1, and its name.
    """
    refused = []
    for number, name in enumerate(names, 1):
        told(number, name)
        try:
            act(name)
        except Refused as refusal:
            refused.append(f"{name}: {refusal.sentence}")
    return refused


def overview(only_class: bool = False) -> list[ClassBoard]:
    """Every board, or those of a class, by name, each with its last lesson; one query over two tables."""
    last = LessonProgress.select(fn.MAX(LessonProgress.id)).group_by(LessonProgress.board)
    query = (
        Board.select(Board, LessonProgress)
        .join(
            LessonProgress,
            JOIN.LEFT_OUTER,
            on=(LessonProgress.board == Board.id) & LessonProgress.id.in_(last),
            attr="last",
        )
        .where(OWN)
        .order_by(Board.name)
    )
    if only_class:
        query = query.where(Board.password_hash != "")
    return [_line(board) for board in query]


def lessons_of(board_id: int) -> Sequence[LessonProgress]:
    """What was practised on a board, newest first."""
    mine = LessonProgress.select().where(LessonProgress.board == board_id)
    return list(mine.order_by(LessonProgress.id.desc()).limit(100))


def standing(board_id: int) -> list[str]:
    """The live couplings of a board, and the disturbances that are on, one per line."""
    live = (
        Coupling.select(Coupling, Location, School).join(Location).join(School).where(Coupling.board == board_id, LIVE)
    )
    found = [f"{row.location.brin6}  {title(row.type)}: {state_title(row)}" for row in live.order_by(Coupling.id)]
    on = [f"Storing bij {row.system}: {row.text}" for row in disturbances.offered(board_id) if row.on]
    return [*(found or ["Er is nog geen koppeling geactiveerd."]), *on]


def leading(actor: Actor) -> str:
    """Why the actor may not lead a class, as a sentence; empty for a trainer on the practice board."""
    reason = actor.reason(Permission.LEAD_CLASS)
    if reason or actor.board.is_permanent:
        return reason
    return f"Een klas begeleidt u vanaf het {PRACTICE_NAME}; meld u daar aan als trainer. Dit is {actor.board.name}."


def require_leading(actor: Actor) -> None:
    """Raise `NotAllowed` with the reason if the actor may not lead a class."""
    if reason := leading(actor):
        raise NotAllowed(reason)


def _names(count: int, name: str) -> list[str]:
    name = " ".join(name.split())
    if not 1 <= count <= MOST:
        raise Refused(f"{counted(count, 'bestuur', 'besturen')} kan niet: kies een aantal van 1 tot {MOST}.")
    if not _NAME.fullmatch(name):
        raise Refused(
            "Een naam begint met een letter en telt 1 tot 90 letters, cijfers, spaties, punten en streepjes. Geef met --name "
            "een andere, zoals Klas."
        )
    return [f"{name} {number:02d}" for number in range(1, count + 1)]


def _make(name: str, learner: str) -> Made:
    password = passwords.readable()
    board = boards.make_board(name, hash_password(password))
    if learner:
        learners.name(board, learner)
    users = [one for one in ACCOUNTS if one.role is not Role.TRAINER]  # who is told goes to a learner
    return Made(
        name, password, tuple((one.name, one.role or "geen rol") for one in users), place_of(board).path, learner
    )


def _line(board: Board) -> ClassBoard:
    progress: LessonProgress | None = getattr(board, "last", None)
    if progress is not None and progress.id is None:
        progress = None
    moments: Iterable[datetime] = [one for one in (board.used_at, progress and progress.seen_at) if one]
    return ClassBoard(
        board.id, board.name, board.now, board.target, max(moments, default=None), progress, board.learner
    )
