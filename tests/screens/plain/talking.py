"""A conversation with the program, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import find_user
from app.commands.opening import make_app
from app.commands.plain import SIZE
from app.settings import Settings
from app.training.lessons import runs
from app.training.scripts.document import Script
from models.board import Board
from screens.driving.unseen import unseen
from screens.plain.talking import Talk
from screens.presenting.hosting import Hosting, ready
from screens.shell.esis import EsisApp


class Talking:
    """What was typed and told."""

    def __init__(self, talk: Talk, app: EsisApp) -> None:
        self.talk, self.app = talk, app
        self.told: list[str] = []

    async def type(self, *lines: str) -> str:
        """Type lines one after the other; what was told of the last."""
        for line in lines:
            self.told = await self.talk.answer(line)
        return "\n".join(self.told)

    def number(self, text: str) -> str:
        """The number before what was told last with this text."""
        return next(line.partition(". ")[0] for line in self.told if text in line and line[0].isdigit())


@asynccontextmanager
async def talking(board: Board, user: str | None = "rovict") -> AsyncIterator[Talking]:
    """The program, signed in; None begins at the sign-in screen."""
    app = EsisApp(Settings(), board, find_user(board, user) if user else None, watch=False)
    async with unseen(app, SIZE) as pilot:
        made = Talking(Talk(app, pilot), app)
        made.told = await made.talk.begin()
        yield made


@asynccontextmanager
async def talking_of(practice: Board, url: str, script: Script) -> AsyncIterator[Talking]:
    """A lesson, on a board of its own, in the database with this URL."""
    found, host = ready(runs.begin(practice, "rovict", script)), Hosting(ends=True)
    user, location = found.user, found.location
    app = make_app(
        Settings(database_url=url),
        found.board,
        user.name if user else None,
        location.brin6 if location else None,
        lambda program: host.attach(program, found),
    )
    app.host = host
    async with unseen(app, SIZE) as pilot:
        made = Talking(Talk(app, pilot), app)
        made.told = await made.talk.begin()
        yield made
