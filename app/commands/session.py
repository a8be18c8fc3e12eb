"""The context of every command: settings, an open database, the board, and who acts where."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from app.access import Actor
    from app.settings import Settings
    from models.board import Board

DEFAULT_USER = "rovict"
TRAINER = "trainer"
DEFAULT_LOCATION = "99QQ00"
SOURCE = "opdrachtregel"
TELL_SECONDS = 3.0


@dataclass
class Session:
    """The context of one command line; opened when first needed, so that `--help` touches nothing."""

    database: str | None = None
    user: str | None = None
    board_name: str | None = None
    location: str | None = None
    plain: bool = False
    """Whether the program is told in lines."""
    lessons: str | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Raises `InvalidSettings`."""
        from app.settings import load

        return load(self.database, self.lessons)

    def leave_out_unused_driver(self) -> None:
        """Keep the PostgreSQL driver out of a process that uses SQLite: if installed, Peewee imports it anyway, which
        costs a quarter of the time of a command (measured). Has no effect once Peewee is imported.
        """
        from app.settings import InvalidSettings

        try:
            embedded = self.settings.database_url.startswith("sqlite:")
        except InvalidSettings:
            return  # Reported by the first command that needs them; `--help` does not.
        if embedded and "peewee" not in sys.modules:
            # None is Python's own way to mark a module as unavailable.
            sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]

    @cached_property
    def board(self) -> Board:
        """The board, after opening the database; a database without a practice board gets one.

        Raises `UnusableDatabase`, or `NotFound` for an unknown board.
        """
        from app.exchange.names import can_be_kept
        from app.refusals import NotFound
        from models.board import OWN, Board

        self.open()
        if self.board_name is not None:
            found: Board | None = None
            if can_be_kept(self.board_name):
                found = Board.get_or_none(OWN, Board.name == self.board_name)
            if found is None:
                names = ", ".join(
                    row.name for row in Board.select(Board.name).where(OWN).order_by(Board.name).limit(20)
                )
                raise NotFound(f"Bestuur '{self.board_name}' bestaat niet. Er zijn: {names or 'nog geen'}.")
            return found
        return self._practice_board()

    def open(self) -> None:
        """Open the database, reporting what it waits for and the outcome. Raises `UnusableDatabase`."""
        from app.commands.output import tell
        from app.training.lessons import folder
        from app.workers import log
        from models import waiting
        from models.schema import open_database

        log.keep(self.settings)
        folder.use(self.settings.lessons)
        waiting.tell(waiting.Saying(tell))
        open_database(self.settings.database_url, tell)

    @staticmethod
    def _practice_board() -> Board:
        from models.board import PRACTICE_NAME, Board

        found: Board | None = Board.get_or_none(Board.name == PRACTICE_NAME)
        if found is None:  # checked here too, because importing what creates one takes long
            from app.training.boards import ensure_board

            return ensure_board()
        return found

    @cached_property
    def actor(self) -> Actor:
        """The user at the location. Raises `NotFound` for an unknown user or location."""
        from app import access

        user = access.find_user(self.board, self.user or DEFAULT_USER)
        return access.actor_for(user, access.find_location(self.board, self.location or DEFAULT_LOCATION), SOURCE)

    def settle(self) -> None:
        """Do what is due on the board, here or in the running worker, and return when it is done."""
        from app.commands.output import tell
        from app.workers.process import run_here_until_done

        with self._telling():
            run_here_until_done(self.settings, self.board.id, tell=tell)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Print progress now and then on a terminal during the work: weeks take more than a minute."""
        from peewee import PeeweeException

        from app import clock
        from app.access import board_now
        from app.commands.output import tell
        from app.refusals import Refused
        from models.base import database

        over = Event()

        def tell_on() -> None:
            while not over.wait(TELL_SECONDS):
                with suppress(Refused, PeeweeException), database.connection_context():
                    tell(f"Onderweg: het is {clock.dutch_moment(board_now(self.board.id).now)} op school…")

        follower = Thread(target=tell_on, daemon=True)
        if sys.stderr.isatty():
            follower.start()
        try:
            yield
        finally:
            over.set()
            if follower.is_alive():
                follower.join()


def settled(context: typer.Context) -> Session:
    """The session of a command that changes something, after everything that is due has been done."""
    session: Session = context.obj
    session.settle()
    return session
