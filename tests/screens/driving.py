"""Drives the program as a user does: opens it on a board, presses keys, waits, and reads the screen as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.events import Paste
from textual.pilot import Pilot

from app.access import Actor, find_user
from app.settings import Settings
from app.targets import MenuItem
from app.training.pictures import settle, text_of
from models.board import Board, Location
from screens.driving.economy import economy
from screens.driving.seeing import seen
from screens.shared.actions_menu import ActionsMenu
from screens.shell import entries, palette
from screens.shell.esis import EsisApp

WIDE = (120, 36)
SMALL = (80, 24)
PATIENCE = 30.0
"""The timeout for anything awaited, in seconds of wall time."""


WITHOUT_EDGES = dict.fromkeys(map(ord, "│┃▏▕▌▐"), " ")
"""Leaves only the words of what stands in a box."""


class Driver:
    """The running program."""

    def __init__(self, app: EsisApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until everything that was begun is done."""
        await settle(self.app, self.pilot)

    async def press(self, *keys: str) -> None:
        """Press keys one by one, each until it has had its effect."""
        for key in keys:
            self.app.simulate_key(key)
            await self.settle()

    async def until(self, condition: Callable[[], object], what: str = "it") -> None:
        """Wait until this holds; fails with the screen when it does not come. Faster than settling, for long walks."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"{what} did not come:\n{self.text}"
            assert self.app._exception is None, "the program crashed"
            await asyncio.sleep(0.003)

    async def step(self, key: str, condition: Callable[[], object]) -> None:
        """Press a key and wait until this holds."""
        self.app.simulate_key(key)
        await self.until(condition, f"what {key} should do")

    async def type(self, text: str) -> None:
        """Type a text, character by character."""
        for character in text:
            self.app.simulate_key(character)
        await self.settle()

    async def open(self, title: str) -> None:
        """Open an item of the menu, or do an action, as by its name in the palette: for tests that are not about finding."""
        self.app._run_entry(palette.best(entries.entries(self.app), title)[0])
        await self.settle()

    async def act(self, title: str) -> None:
        """Do an action of the screen in front, chosen from the window that A opens."""
        await self.app.screen.run_action("actions")  # A itself types an a where a field has the focus
        await self.settle()
        window = self.app.screen
        assert isinstance(window, ActionsMenu), self.text
        place = [act.title for act in window._acts].index(title)
        await self.press("home", *["down"] * place, "enter")

    async def find(self, title: str) -> None:
        """The same in the palette itself; the name is pasted, which searches once."""
        await self.press("ctrl+p")
        self.app.post_message(Paste(title))
        await self.settle()
        await self.press("enter")

    async def go_to(self, item: str) -> None:
        """Open an item of the menu by its id, at once: for tests that are not about finding it."""
        self.app.go(MenuItem(item))
        await self.settle()

    async def data_changed(self) -> None:
        """What the watcher does when it saw that the database changed."""
        self.app.post_message(EsisApp.DataChanged())
        await self.settle()

    @property
    def text(self) -> str:
        """What is on the screen now, a line a row."""
        return text_of(self.app)

    @property
    def words(self) -> str:
        """The same as one line, and each text once more without the breaks of its wrapping, drawers included."""
        drawn = " ".join(self.text.translate(WITHOUT_EDGES).split())
        return " ".join([drawn, *(" ".join(line.text.split()) for line in seen(self.app))])

    @property
    def said(self) -> list[str]:
        """The messages that were shown over the screen, oldest first."""
        return [str(notification.message).replace("/\n", "/") for notification in self.app._notifications]

    @property
    def actor(self) -> Actor:
        """The signed-in user."""
        assert self.app.actor is not None
        return self.app.actor

    def line(self, part: str) -> str:
        """The first line on the screen that holds this text, without edges; fails with the whole screen when none does."""
        for line in self.text.translate(WITHOUT_EDGES).splitlines():
            if part in line:
                return line.rstrip()
        raise AssertionError(f"{part!r} is not on the screen:\n{self.text}")


@asynccontextmanager
async def driving(
    board: Board, user: str | None = "rovict", size: tuple[int, int] = WIDE, location: Location | None = None
) -> AsyncIterator[Driver]:
    """The program on a board, signed in as this user; None opens the sign-in screen."""
    app = EsisApp(Settings(), board, find_user(board, user) if user else None, location, watch=False)
    with economy():
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            yield driver
