"""Shared by the tests of lessons: the program with a lesson going on in it, on a board of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from app.access import find_user
from app.commands.opening import Host
from app.settings import Settings
from app.training.lessons import runs
from app.training.lessons.course import Course
from app.training.pictures import settle
from app.training.scripts.document import Script
from models.board import Board
from models.training import LessonEvent, LessonProgress
from screens.driving.screen_driver import ScreenDriver
from screens.presenting.hosting import Hosting
from screens.presenting.lesson import Lesson
from screens.shell.esis import EsisApp
from tests.screens.driving import WIDE
from tests.screens.presenting.watching import until


@dataclass
class Hosted:
    """A program with a lesson."""

    app: EsisApp
    driver: ScreenDriver
    run: LessonProgress

    @property
    def lesson(self) -> Lesson:
        """The lesson that goes on."""
        assert isinstance(self.app.guest, Lesson)
        return self.app.guest

    @property
    def course(self) -> Course:
        """How far it is."""
        return self.lesson.course

    @property
    def actor_name(self) -> str:
        """Who is signed in."""
        assert self.app.actor is not None
        return self.app.actor.name

    @property
    def row(self) -> LessonProgress:
        """How far it is, as it is kept."""
        return LessonProgress.get_by_id(self.run.id)

    @property
    def events(self) -> list[tuple[str, int, str]]:
        """What happened, as it is kept."""
        rows = LessonEvent.select().where(LessonEvent.progress == self.run.id).order_by(LessonEvent.id)
        return [(row.kind, row.step, row.detail) for row in rows]


@asynccontextmanager
async def hosted(
    run: LessonProgress, *, size: tuple[int, int] = WIDE, host: Hosting | None = None
) -> AsyncIterator[Hosted]:
    """The program of the learner of a run, in which that is begun or gone on with."""
    owner = Board.get_by_id(run.board_id)
    app = EsisApp(Settings(), owner, find_user(owner, "rovict"), watch=False)
    app.host = host or Host()
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        app.host.start(app, lambda: run)
        await until(lambda: app.guest is not None)
        await settle(app, pilot)
        yield Hosted(app, ScreenDriver(app, pilot), run)


def begun(owner: Board, script: Script, **how: Any) -> LessonProgress:
    """A run of a lesson, begun by rovict."""
    return runs.begin(owner, "rovict", script, **how)


async def activate(driver: ScreenDriver, code: str = "99QQ001234567890abcd") -> None:
    """Activate IEP LVS in ESIS, by keyboard."""
    await driver.open("Koppelingen")
    await driver.choose("Activeren", "IEP LVS")
    await driver.fill("Uw naam", "A. de Vries")
    await driver.tick("Voor akkoord", True)
    await driver.fill("Verificatiecode", code)
    await driver.press("f2")
