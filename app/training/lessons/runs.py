"""Runs of lessons: beginning one on a board of its own, going on with it, giving it up, and what then becomes of the board.

The board belongs to the board from which the lesson was begun and is in no list. It is there until the lesson is done and
left, given up, or the board it belongs to is removed or reset. Two runs of a pair have one board.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.refusals import NotFound, Refused
from app.training import boards
from app.training.copied_board import beside, copy_board
from app.training.lessons import beginning, catalogue, own, pairs, putting_back
from app.training.lessons.exam import limit_of
from app.training.lessons.refreshing import MODE, Planned
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import Script
from models.base import database, locked
from models.board import Board, User
from models.training import LessonProgress

LOOKING_ROUND = timedelta(hours=12)
"""How long a board stays at least after its lesson was done: the learner may look around."""
OPEN: Any = (
    LessonProgress.finished_at.is_null()
    & LessonProgress.given_up_at.is_null()
    & LessonProgress.own_board.is_null(False)
)
"""The condition that a run can be gone on with."""


@dataclass(frozen=True)
class Waiting:
    """One of a pair, who waits for the other."""

    run: LessonProgress
    side: str
    """Where the other is to sit."""

    @property
    def code(self) -> str:
        """By which the other joins."""
        return pairs.code_of(int(self.run.own_board_id or 0))

    @property
    def who(self) -> str:
        """`rovict van Klas 01`."""
        return f"{self.run.learner} van {self.run.board.name}"


def next_variant(owner: Board, learner: str, name: str) -> tuple[Script, str]:
    """The lesson with this name, or in this file, as the variant that is this learner's turn; and the text that its run
    keeps. Raises as `catalogue.begin`.
    """
    lesson = catalogue.find(name).name
    mine = (LessonProgress.board == owner) & (LessonProgress.learner == learner) & (LessonProgress.lesson == lesson)
    attempt = LessonProgress.select().where(mine).count()
    return catalogue.begin(name, catalogue.seed_for(learner, owner, lesson, attempt))


def begin(
    owner: Board,
    learner: str,
    script: Script,
    mode: str = "practice",
    *,
    side: str = "",
    text: str = "",
    level: int = 1,
    theme: str = "",
) -> LessonProgress:
    """Begin a lesson on a board of its own, in one transaction; `text` is that of one's own lesson. Earlier runs of the
    same lesson that could be gone on with are given up.

    Raises `Refused` if the board cannot be made. Not within a transaction.
    """
    state = beginning.state_of(script)
    with beside(state) as kept, database.atomic():
        board = copy_board(kept, name=f"Les {script.name[:80]} {secrets.token_hex(6)}", owner=owner)
        User.update(theme=theme).where(User.board == board).execute()
        made = _run(owner, board, learner, script, mode, side=side, seed=script.seed, text=text, level=level)
        earlier = _others_open(made)
        ids = [one.id for one in earlier]
        LessonProgress.update(given_up_at=clock.wall_now()).where(LessonProgress.id.in_(ids)).execute()
    for one in earlier:
        give_up(one)
    return made


def begin_next(
    owner: Board, learner: str, name: str, mode: str = "practice", *, side: str = "", level: int = 1, theme: str = ""
) -> LessonProgress:
    """Begin the lesson with this name, or in this file, as the variant that is this learner's turn. Raises as `begin` and
    `catalogue.begin` do.
    """
    script, text = next_variant(owner, learner, name)
    return begin(owner, learner, script, mode, side=side, text=text, level=level, theme=theme)


def _others_open(run: LessonProgress) -> list[LessonProgress]:
    """The learner's other runs of the lesson that could be gone on with."""
    same = [getattr(LessonProgress, name) == getattr(run, name) for name in ("board", "learner", "lesson")]
    return list(LessonProgress.select().where(*same, OPEN, LessonProgress.id != run.id))


def given_up_for(owner: Board, learner: str, planned: Planned) -> LessonProgress | None:
    """The learner's run, no refresher, that beginning a lesson of a refresher would give up."""
    found = open_run(owner, learner, planned.lesson)
    return found if found is not None and found.mode != MODE else None


def refresh(owner: Board, learner: str, planned: Planned, *, theme: str = "") -> LessonProgress:
    """Begin a lesson of a refresher, or go on with it. Raises as `begin` does."""
    found = open_run(owner, learner, planned.lesson)
    if found is not None and found.mode == MODE:
        return found
    script, text = catalogue.begin(planned.lesson, planned.seed)
    return begin(owner, learner, script, MODE, text=text, level=planned.level, theme=theme)


def _run(owner: Board, board: Board, learner: str, script: Script, mode: str, **more: Any) -> LessonProgress:
    now = clock.wall_now()
    return LessonProgress.create(
        board=owner,
        own_board=board,
        learner=learner[:100],
        lesson=script.name,
        mode=mode,
        started_at=now,
        seen_at=now,
        steps=len(tasks_of(script, exam=mode == "exam")),
        limit_seconds=limit_of(script).seconds if mode == "exam" else None,
        **more,
    )


def script_of(run: LessonProgress) -> Script:
    """The lesson of a run, as it was begun. Raises `NotFound` if it no longer exists."""
    return catalogue.script_of(run)


def open_runs(owner: Board, learner: str) -> dict[str, LessonProgress]:
    """Lesson -> the learner's run of it that can be gone on with, the newest."""
    mine = (LessonProgress.board == owner) & (LessonProgress.learner == learner) & OPEN
    return {row.lesson: row for row in LessonProgress.select().where(mine).order_by(LessonProgress.id)}


def open_run(owner: Board, learner: str, lesson: str) -> LessonProgress | None:
    """The learner's run of a lesson that can be gone on with; it may be named as its file, and with other capitals."""
    found = {own.name_of(Path(name)): run for name, run in open_runs(owner, learner).items()}
    return found.get(own.name_of(Path(lesson)))


def give_up(run: LessonProgress) -> None:
    """Give a run up; its board goes, unless the other of a pair is still at it."""
    LessonProgress.update(given_up_at=clock.wall_now()).where(
        LessonProgress.id == run.id, LessonProgress.finished_at.is_null(), LessonProgress.given_up_at.is_null()
    ).execute()
    putting_back.forget(run.id)
    clear(run.own_board_id)


def clear(board_id: int | None) -> None:
    """Remove a board of a lesson if nobody can go on on it."""
    if board_id is None:
        return
    with database.atomic():
        board: Board | None = locked(Board.select().where(Board.id == board_id, Board.owner.is_null(False))).first()
        busy = LessonProgress.select().where(LessonProgress.own_board == board_id, OPEN).exists()
        if board is not None and not busy:
            boards.remove_board(board)


def sweep(owner: Board) -> None:
    """Remove the boards of lessons begun here that are over, of which a killed program left the board."""
    recent = LessonProgress.select(LessonProgress.own_board).where(
        LessonProgress.own_board.is_null(False), OPEN | (LessonProgress.seen_at > clock.wall_now() - LOOKING_ROUND)
    )
    over = Board.select(Board.id).where(Board.owner == owner, Board.id.not_in(recent))
    for board in list(over):  # read to the end: SQLite waits for ever where it writes while it reads, and another wrote
        clear(board.id)


# ---- pairs


def waiting_pairs(*, apart_from: int = 0) -> list[Waiting]:
    """The pairs of which one is there and the other not, on every board of this database; `apart_from`: without those of
    this board.
    """
    query = LessonProgress.select(LessonProgress, Board).join(Board, on=LessonProgress.board)
    found = list(query.where(OPEN, LessonProgress.side != "", Board.id != apart_from).order_by(LessonProgress.id))
    there = [row.own_board_id for row in found]
    return [Waiting(row, pairs.other(row.side)) for row in found if there.count(row.own_board_id) == 1]


def waiting_with(code: str) -> Waiting:
    """The pair with this code. Raises `Refused` for what is no code, `NotFound` if nobody waits there."""
    board_id = pairs.board_of(code)
    for one in waiting_pairs():
        if one.run.own_board_id == board_id:
            return one
    raise NotFound(f"Met code {code.strip().upper()} wacht niemand. Vraag de ander naar de code onder aan zijn scherm.")


def join(owner: Board, learner: str, waiting: Waiting) -> LessonProgress:
    """Take the free side of a pair. Raises `Refused` if somebody was just ahead."""
    first, script = waiting.run, script_of(waiting.run)
    with database.atomic():
        board: Board | None = locked(Board.select().where(Board.id == first.own_board_id)).first()
        there = [
            row.side for row in LessonProgress.select().where(LessonProgress.own_board == first.own_board_id, OPEN)
        ]
        if board is None or there != [first.side]:
            raise Refused("De ander wacht niet meer: er is al iemand bij, of de les is gesloten.")
        more = {"side": waiting.side, "seed": first.seed, "level": first.level, "text": first.text}
        return _run(owner, board, learner, script, first.mode, **more)


def other_done(run: LessonProgress) -> int | None:
    """The number of tasks that the other of a pair has done; None while there is none, also after one who gave up."""
    there = (LessonProgress.own_board == run.own_board_id) & (LessonProgress.side == pairs.other(run.side))
    query = LessonProgress.select(LessonProgress.step, LessonProgress.given_up_at).where(there)
    found: LessonProgress | None = query.order_by(LessonProgress.id.desc()).first()
    return None if found is None or found.given_up_at is not None else int(found.step)
