"""The class as the program of a trainer knows it: who sits where, and what is asked of the hub (`app/serving/desk`)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.platform_parts import WINDOWS
from app.serving.desk.messages import Frame, Here, Message

NO_SERVER = (
    "Er draait geen esis serve op deze database, of van een andere gebruiker. Start die: esis serve --host 0.0.0.0. "
    "De cursisten openen ESIS dan in hun browser, en verschijnen hier."
)
NOT_HERE = "Op Windows gaat dit in de browser: start esis serve, open het adres van het Oefenbestuur en meld u aan als trainer."


@dataclass(frozen=True)
class Seat:
    """A program of the class: the board of its page, and what it says of its user."""

    number: int
    board_id: int
    here: Here


class Classroom:
    """What is known of the class while the desk is open, and the way to the hub."""

    def __init__(self, program: Any) -> None:
        """`program`: an `EsisProgram`, which knows its class in turn."""
        self._program = program
        self.channel: Callable[[Message], None] | None = None
        """Says something to the hub; None: there is none, or it was not looked for."""
        self.seats: dict[int, Seat] = {}
        self.paused = self.shows = self.own = False
        """Whether the class is held, whether a trainer shows a screen to all, whether that is this program's."""
        self.holds = False
        """Whether this program has the keyboard of who is watched."""
        self.listeners: list[Callable[[], object]] = []
        """Called when any of it changed, on the thread of the screen."""
        self.drawn: Callable[[Frame | None], object] = lambda _frame: None
        """Called with a frame of who is watched; None: that one is gone."""
        self.connected: Callable[[], object] = lambda: None
        """Called when a hub was found, which knows of nothing yet."""
        self.before: Callable[[], object] = lambda: None
        """Called before something is said: the hub answers to who it knows is here."""
        self._reading: asyncio.Task[None] | None = None

    def say(self, say: str, **more: Any) -> None:
        """Say something to the hub, if there is one."""
        if self.channel is not None:
            self.before()
            self.channel({"say": say, **more})

    async def open(self) -> str:
        """Be told of the class from now on. Returns why that cannot be, as a sentence; empty if it can."""
        if self.channel is None and (why := await self._connect()):
            return why
        self.say("desk", on=True)
        return ""

    def close(self) -> None:
        """Be told no more; a pause and a screen that is shown stay."""
        self.say("desk", on=False)
        self.seats = {}

    def heard(self, message: Message) -> bool:
        """The hub said this; whether it is for a desk."""
        match message:
            case {"say": "seats"}:
                self._seats(message)
            case {"say": "held", "on": bool(on)}:
                self.holds = on
                self._changed()
            case {"say": "gone"}:
                self.holds = False
                self.drawn(None)
            case {"say": "frame", "of": int()}:
                if (frame := Frame.read(message)) is not None:
                    self.drawn(frame)
            case {"say": "refused", "sentence": str(sentence)}:
                self._program.notify(sentence, severity="error", markup=False, timeout=6)
            case _:
                return False
        return True

    def _changed(self) -> None:
        for listener in list(self.listeners):
            listener()

    def _seats(self, message: Message) -> None:
        if message["whole"]:
            self.seats = {}
        for number, seat in message["seats"].items():
            self.seats[int(number)] = Seat(int(number), int(seat["board"]), Here.read(seat))
        for number in message["gone"]:
            self.seats.pop(number, None)
        self.paused, self.shows, self.own = message["paused"], message["shows"], message["own"]
        self._changed()

    # ---- from a terminal

    async def _connect(self) -> str:
        from app.serving.desk import local

        if WINDOWS:
            return NOT_HERE
        try:
            reader, writer = await local.connect(self._program.settings.database_url, self._program.board.id)
        except OSError:
            return NO_SERVER
        waiting: asyncio.Queue[Message] = asyncio.Queue()
        self.channel = waiting.put_nowait
        self._reading = asyncio.create_task(self._talk(reader, writer, waiting))
        self.connected()
        return ""

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: asyncio.Queue[Message]
    ) -> None:
        from app.serving.desk import local

        async def write() -> None:
            with suppress(OSError):
                while True:
                    await local.say(writer, await waiting.get())

        writing = asyncio.create_task(write())
        try:
            while (message := await local.read(reader)) is not None:
                self._program.call_later(self._program.hear_class, message)
        finally:
            writing.cancel()
            writer.close()
            self.channel, self.seats = None, {}
            self.paused = self.shows = self.own = self.holds = False
            self.drawn(None)
            self._changed()
