"""A conversation with the program, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import find_user
from app.commands import playing
from app.commands.plain import SIZE
from app.settings import Settings
from app.training.lessons.course import Course
from app.training.scripts.document import Script
from app.training.scripts.playing import Player
from models.board import Board
from screens.driving.unseen import unseen
from screens.plain.talking import Talk
from screens.presenting.lesson import LessonApp
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
async def talking_of(script: Script) -> AsyncIterator[Talking]:
    """A lesson on a board of its own."""
    with playing.board_for(script, None) as (settings, board):
        app = playing.make_app(script, settings, board, LessonApp)
        assert isinstance(app, LessonApp)
        course = Course(script)
        app.begin(course, lambda driver: Player(script, driver, board), lambda _course: None, exam=False)
        async with unseen(app, SIZE) as pilot:
            made = Talking(Talk(app, pilot), app)
            made.told = await made.talk.begin()
            yield made
