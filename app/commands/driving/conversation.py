"""The other end of `esis drive`: opens the program on a board, hands what is asked to it, and tells how that went."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.commands import playing
from app.commands.driving import acts, looks
from app.commands.driving.opened import HERE, Given, Opened, beginning, head_of, wrong_beginning
from app.commands.screenshot import theme_named
from app.commands.session import DEFAULT_USER, Session
from app.files.named import is_folder
from app.refusals import Refused
from app.settings import Settings
from app.training.driving.requests import Failed, Result
from app.training.driving.vocabulary import Code, Command
from app.training.pictures import parse_size, settle
from app.training.scripts.errors import CannotDo, InvalidScript, NotThere
from app.workers import mishaps
from models.board import Board
from screens.driving.screen_driver import ScreenDriver
from screens.driving.unseen import unseen

IN_PROGRAM: dict[str, Callable[[Opened, Given], Awaitable[Result | None]]] = {
    "do": acts.do,
    "click": acts.click,
    "resize": acts.resize,
    "theme": acts.theme,
    "expect": acts.expect,
    "sees": acts.sees,
    "check": acts.check,
    "screen": looks.screen,
    "cells": looks.cells,
    "focus": looks.focus,
    "names": looks.names,
    "picture": looks.picture,
}
"""Commands that need a program, and are no line of a draaiboek."""

OF_SCREEN = (Code.NOT_ON_SCREEN, Code.NOT_SO, Code.CANNOT, Code.REFUSED, Code.TIMED_OUT, Code.STOPPED, Code.FAULT)
"""Reasons for which one wants to see the screen."""


class Driving:
    """What is open for who asks: a board, and a program on it; or neither, or the board only."""

    def __init__(self, session: Session, size: str, theme: str) -> None:
        """`size` and `theme` hold where `start` does not say them; no theme is the usual one."""
        self._session = session
        self._usual = {
            "board": "begin",
            "at": "",
            "user": session.user or DEFAULT_USER,
            "location": session.location or "",
            "size": size,
            "theme": theme,
            "folder": ".",
        }
        self._asked: dict[str, Any] = {}
        """What the board was begun with; empty while there is none."""
        self._now: dict[str, Any] = {}
        """What the program on it was opened with last."""
        self._boards, self._programs = ExitStack(), AsyncExitStack()
        self._board: tuple[Settings, Board] | None = None
        self._opened: Opened | None = None
        self.openings: dict[str, Callable[[Given], Awaitable[None]]] = {
            "start": self._start,
            "reset": self._reset,
            "restart": self._restart,
            "stop": self._stop,
        }

    async def close(self) -> None:
        """Close the program and remove its board."""
        await self._close_program()
        self._boards.close()
        self._board, self._asked, self._now = None, {}, {}

    async def handle(self, command: Command, given: Given, timeout: float) -> Result:
        """Do what is asked within so many seconds, and return its result. Raises `Failed` for whatever goes wrong."""
        try:
            async with asyncio.timeout(timeout):
                return await self._handle(command.name, given) or {}
        except Failed as failed:
            raise self._told(failed) from failed.__cause__
        except TimeoutError:
            said = f"'{command.name}' was na {timeout:g} seconden niet klaar."
            raise self._told(Failed(Code.TIMED_OUT, said)) from None
        except CannotDo as wrong:
            code = Code.NOT_ON_SCREEN if isinstance(wrong, NotThere) else Code.CANNOT
            raise self._told(Failed(code, wrong.sentence, nearest=wrong.meant)) from wrong
        except Refused as refusal:
            raise self._told(Failed(Code.REFUSED, refusal.sentence)) from refusal
        except Exception as error:
            raise self._told(Failed(Code.FAULT, self._fault(error))) from error

    async def _handle(self, name: str, given: Given) -> Result | None:
        if name in self.openings:
            await self.openings[name](given)
            return None
        if self._opened is None:
            raise Failed(Code.NOT_STARTED, "Er is nog geen programma open. Begin met start.")
        if self._opened.app._exception is not None:
            raise Failed(Code.STOPPED, "Het programma is door een fout gestopt. Begin opnieuw met start.")
        self._opened.driver.check_runs()
        result = None
        if name in acts.LINES:
            await acts.line(self._opened, acts.LINES[name](given))
        else:
            result = await IN_PROGRAM[name](self._opened, given)
        if (crashed := self._opened.app._exception) is not None:
            raise crashed
        return result

    def _told(self, failed: Failed) -> Failed:
        """With the screen; where the program has ended, that is why."""
        if self._opened is not None and self._opened.app._exit and failed.code != Code.FAULT:
            failed.code = Code.STOPPED
        if not failed.screen and self._opened is not None and failed.code in OF_SCREEN:
            with suppress(Exception):  # a program that is going down may have nothing to show
                failed.screen = self._opened.driver.shown()
        return failed

    def _fault(self, error: Exception) -> str:
        sentence = mishaps.told(error)
        with suppress(Exception):
            if log := mishaps.note(self._session.settings, error):
                sentence += f" De bijzonderheden, zonder wat er getypt werd, staan in {log}."
        return sentence

    # ---- opening

    async def _start(self, given: Given) -> None:
        asked = {**self._usual, **given}
        self._check(asked)
        await self.close()
        await self._open_board(asked)

    async def _reset(self, _given: Given) -> None:
        asked = self._begun()
        if asked["board"] == HERE:
            raise Refused("Dit is het bestuur van nu. Zet het terug met `esis reset`, en begin opnieuw met start.")
        await self.close()
        await self._open_board(asked)

    async def _restart(self, given: Given) -> None:
        self._begun()
        asked = {**self._now, **given}
        self._check(asked)
        await self._close_program()
        await self._open_program(asked)

    async def _stop(self, _given: Given) -> None:
        await self.close()

    def _begun(self) -> dict[str, Any]:
        """What the board was begun with. Raises `Failed` if there is none."""
        if not self._asked:
            raise Failed(Code.NOT_STARTED, "Er is nog geen bestuur. Begin met start.")
        return self._asked

    def _check(self, asked: dict[str, Any]) -> None:
        """Refuse what can be known to be wrong before anything is closed."""
        if not is_folder(Path(asked["folder"])):
            raise Refused(f"De map {asked['folder']} is er niet.")
        beginning(asked)
        parse_size(asked["size"])
        asked["theme"] = theme_named(asked["theme"]) if asked["theme"] else ""

    async def _open_board(self, asked: dict[str, Any]) -> None:
        here = None
        if asked["board"] == HERE:
            here = self._session
            here.__dict__.pop("board", None)  # another database may have been open since
        try:
            self._board = self._boards.enter_context(playing.board_for(beginning(asked), here))
            self._asked = asked
            await self._open_program(asked)
        except BaseException:
            await self.close()
            raise

    async def _open_program(self, asked: dict[str, Any]) -> None:
        assert self._board is not None
        settings, board = replace(self._board[0], theme=asked["theme"]), self._board[1]
        script = beginning(asked)
        try:
            app = playing.make_app(script, settings, board)
        except InvalidScript as wrong:
            raise wrong_beginning(wrong) from wrong
        pilot = await self._programs.enter_async_context(unseen(app, parse_size(asked["size"])))
        self._opened = Opened(script, head_of(asked), settings, board, app, pilot, ScreenDriver(app, pilot))
        self._now = asked
        await settle(app, pilot)

    async def _close_program(self) -> None:
        """Close it; what it ended by was told when that happened."""
        programs, self._programs, self._opened = self._programs, AsyncExitStack(), None
        with suppress(Exception):
            await programs.aclose()
