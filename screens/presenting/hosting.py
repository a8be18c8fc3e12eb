"""Lets a lesson begin in the program that runs, and end there: the program goes to the lesson's board and comes back.

Everything that takes time happens in a thread; the screens change at once. The lesson itself is a guest of the program
(`screens/presenting/lesson.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app import access
from app.access import Actor, BoardGone, board_now
from app.refusals import NotFound, Refused
from app.targets import Lessons
from app.training.lessons import pairs, runs, state
from app.training.lessons.course import Course
from app.training.lessons.exam import limit_now
from app.training.lessons.keeping import Keeper
from app.training.lessons.putting_back import BoardRows, put_back
from app.training.scripts.document import Script
from app.training.scripts.playing import Player
from app.training.scripts.sandbox import who_and_where
from models.base import connected, database
from models.board import Board, Location, User
from models.training import LessonProgress
from screens.presenting.following import Followed
from screens.presenting.lesson import Lesson
from screens.presenting.together import Together
from screens.shared.dialogs import unless_changed
from screens.shell.esis import EsisApp
from screens.shell.programs import partner_names

PATIENCE = 0.5
"""Seconds after which is told that something takes time."""
WAIT = "Een ogenblik: het oefenbestuur van de les wordt klaargezet."
LATER = "U kunt er later mee verder: kies de les dan opnieuw bij Oefeningen."
LOST = "Hoe ver u kwam, kon niet worden bewaard."


@dataclass(frozen=True)
class Ready:
    """A run of a lesson, and what the program needs to begin it."""

    run: LessonProgress
    script: Script
    course: Course
    keeper: Keeper
    board: Board
    user: User | None
    """Who is signed in, if the lesson says so."""
    location: Location | None

    @property
    def again(self) -> bool:
        """Whether it goes on where it was."""
        return state.read(self.run.state).version > 0

    @property
    def program(self) -> str:
        """The id of the program in front; empty: ESIS."""
        if self.run.side != pairs.PARTNER:
            return ""
        name = pairs.partner_of(self.script).casefold()
        return next((id for id, title in partner_names().items() if title.casefold() == name), "")

    @property
    def together(self) -> Together | None:
        """The other of a pair."""
        where = f" ({pairs.where(self.script, self.run.side)})" if self.run.side else ""
        return Together(partial(runs.other_done, self.run), where, pairs.code_of(self.board.id)) if where else None


def ready(run: LessonProgress) -> Ready:
    """Look up what a run needs. Raises `Refused` if it cannot be gone on with, `InvalidScript` for who or what it names
    on the board and is not there.
    """
    script = runs.script_of(run)
    if run.own_board_id is None:
        raise BoardGone
    put_back(run.id)  # who was killed while he looked at what was shown
    board = board_now(run.own_board_id)
    course = Course(script, exam=run.mode == "exam", level=run.level, side=run.side)
    keeper = Keeper(run, course)
    user, location = who_and_where(script, board) if run.side != pairs.PARTNER else (None, None)
    return Ready(run, script, course, keeper, board, user, location)


@dataclass(frozen=True)
class _Before:
    """Where the program was."""

    board: Board
    actor: Actor | None

    def now(self) -> tuple[Board, User | None, Location | None]:
        """The board and who is signed in there: nobody if the board was reset meanwhile, or the password changed. Raises
        `BoardGone`.
        """
        board, actor = board_now(self.board.id), self.actor
        if actor is None or board.resets != actor.board.resets:
            return board, None, None
        try:
            user = access.find_user(board, actor.name)
            if user.password_hash != actor.user.password_hash:
                return board, None, None
            return board, user, access.find_location(board, actor.location.brin6)
        except NotFound:
            return board, None, None


class Hosting:
    """Lessons in one program, one at a time."""

    def __init__(
        self,
        get_ready: Callable[[Board, str], object] = lambda _board, _learner: None,
        *,
        ends: bool = False,
        followed: Followed | None = None,
    ) -> None:
        """`get_ready`: makes, beside the program, what lessons begin with. `ends`: the program was opened for a lesson, and
        ends with it, telling the outcome. `followed`: the file that the panel follows.
        """
        self._get_ready, self._ends, self._followed = get_ready, ends, followed
        self._before: _Before | None = None
        self._ready: Ready | None = None

    def get_ready(self, owner: Board, learner: str) -> None:
        """Make, in a thread, what lessons begin with."""
        self._get_ready(owner, learner)

    @property
    def outcome(self) -> str:
        """How the lesson of a program that ended otherwise went."""
        return _outcome(self._ready, "") if self._ready is not None else ""

    def start(self, app: EsisApp, begin: Callable[[], LessonProgress]) -> None:
        """Go to the board of the run that `begin`, called in a thread, makes or finds; it may raise `Refused`."""
        unless_changed(app.changed_anywhere, app.push_screen, partial(self._start, app, begin))

    def attach(self, app: EsisApp, found: Ready) -> None:
        """Begin in a program that was opened on the lesson's board."""
        self._open(app, found)

    def _start(self, app: EsisApp, begin: Callable[[], LessonProgress]) -> None:
        if not app.busy and app.guest is None:
            slow = app.set_timer(PATIENCE, partial(app.notify, WAIT, markup=False))
            self._in_thread(app, lambda: ready(begin()), partial(self._enter, app), slow.stop)

    async def _enter(self, app: EsisApp, found: Ready) -> None:
        self._before = _Before(app.board, app.actor)
        with app.batch_update():  # nothing of what is on the way is painted
            await self._go_to(app, found.board, found.user, found.location)
            self._open(app, found)

    def _open(self, app: EsisApp, found: Ready) -> None:
        run, board = found.run, found.board
        lesson = Lesson(
            app,
            found.course,
            lambda driver: Player(found.script, driver, board),
            found.keeper,
            partial(self._leave, app),
            together=found.together,
            limit=partial(limit_now, run.id),
            followed=self._followed,
            putting_back=None if run.side else BoardRows(board.id, run.id),  # of a pair, the other is at work on it
        )
        self._ready, app.guest, app.has_lessons = found, lesson, False
        if found.program:
            app.switch_mode(found.program)
        lesson.open(again=found.again)

    def _leave(self, app: EsisApp, why: str) -> None:
        """End the lesson: the program goes on where it was before."""
        lesson, found = app.guest, self._ready
        if not isinstance(lesson, Lesson) or found is None or app.busy:
            return
        before, self._ready = self._before, None  # it is left once

        def work() -> tuple[Board, User | None, Location | None] | None:
            try:
                lesson.ended()
                return before.now() if before is not None else None
            except BoardGone:  # that from which it was begun
                return None
            except BaseException:
                self._ready = found
                raise

        async def go(back: tuple[Board, User | None, Location | None] | None) -> None:
            told = _outcome(found, why)
            lesson.close()
            app.guest, app.has_lessons = None, True
            if self._ends or back is None:
                self._clear(found)
                app.exit(told)
                return
            await self._go_to(app, *back)
            if app.actor is not None:
                app.go(Lessons())
            app.notify(told, markup=False, timeout=10)
            app.run_worker(partial(self._clear, found), thread=True, group="lesson", description="clearing")

        self._in_thread(app, work, go)

    @staticmethod
    def _clear(found: Ready) -> None:
        """A lesson that is done leaves no board."""
        with connected():
            runs.clear(found.run.own_board_id)

    @staticmethod
    async def _go_to(app: EsisApp, board: Board, user: User | None, location: Location | None) -> None:
        app.board = board
        await app.leave()
        app.watch_board()
        if user is not None:
            app.signed_in(user, location)

    @staticmethod
    def _in_thread(
        app: EsisApp,
        work: Callable[[], object],
        then: Callable[..., object],
        always: Callable[[], object] = lambda: None,
    ) -> None:
        app.busy = True

        def over() -> None:
            always()
            app.busy = False

        def refused(refusal: Refused) -> None:
            over()
            app.report_refusal(refusal)

        def run() -> None:
            try:
                with database.connection_context():
                    found = work()
            except Refused as refusal:
                app.call_from_thread(refused, refusal)
            except BaseException:
                app.call_from_thread(over)
                raise
            else:
                app.call_from_thread(over)
                app.call_from_thread(app.call_later, then, found)

        app.run_worker(run, thread=True, group="use-case", description="lesson", exit_on_error=True)


def _outcome(found: Ready, why: str) -> str:
    later = LATER if not (found.course.finished or why) else ""
    return " ".join(part for part in (found.course.result, why, LOST if found.keeper.lost else "", later) if part)
