"""Tries to crash the program: odd input in every field of every screen, and use cases whose database fails.

Failures are recorded and the walk continues: an unexpected window of an unforeseen error, an error that ends the
program, a form that lost its input, the contents of a secret field on the screen or in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError
from textual.events import Paste
from textual.widgets import Button, Input, TextArea

from app.refusals import Refused
from app.training.pictures import settle, text_of
from app.workers import mishaps
from app.workers.mishaps import Saved
from models.base import database
from screens.shared.base import BaseScreen
from screens.shared.files import staying_in
from screens.shell.esis import EsisApp
from screens.shell.mishap import Mishap
from tests.screens.driving import Driver
from tests.screens.fuzz.odd import MARK

SECRET = f"{MARK}-in-the-error"
Work = Callable[[], Any]


class _Enough(Exception):
    """The use case was done; now it is undone."""


@dataclass
class Trial:
    """The program under trial, and what it did wrong."""

    log: Path
    found: list[str] = field(default_factory=list)
    failed: int = 0
    """Use cases that were made to fail."""
    tried: set[str] = field(default_factory=set)
    """The fields in which something was put, each with its screen."""

    @staticmethod
    def undone(work: Work) -> Work:
        """The use case, of which nothing stays, so the form stays and the next thing can be tried."""

        def tried() -> None:
            try:
                with database.atomic():
                    work()
                    raise _Enough
            except _Enough:
                raise Refused("Genoeg.") from None

        return tried

    def wrong(self, where: str, what: str) -> None:
        """Write down what went wrong."""
        self.found.append(f"{where}: {what}")


@contextmanager
def failing_first(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Trial]:
    """Of each use case the first try fails at its end, by an error of the database; `Opnieuw proberen` does it again."""
    made, perform, compose = Trial(folder / mishaps.LOG), BaseScreen.perform, Mishap.on_mount
    tried: set[object] = set()

    def failing(work: Work) -> Work:
        def fails() -> Any:
            with database.atomic():
                result = work()
                if fails in tried:
                    return result
                tried.add(fails)
                made.failed += 1
                raise OperationalError(f"disk I/O error near {SECRET}")

        return fails

    def failing_once(screen: BaseScreen, work: Work, then: Any = None, refused: Any = None) -> bool:
        kind = getattr(work, "__code__", None) or getattr(work, "func", work)
        known = kind in tried or work in tried
        tried.add(kind)
        return perform(screen, work if known else failing(work), then, refused)

    def again(window: Mishap) -> None:
        compose(window)
        if SECRET in window.sentence or str(Saved.NOTHING) not in window.sentence:
            made.wrong("the window", window.sentence)
        window.app.call_later(lambda: window.query_one("#again", Button).press() and None)

    with monkeypatch.context() as patched:
        patched.setattr(EsisApp, "stands", True)
        patched.setattr(mishaps, "beside", lambda _settings, name: folder / name)
        patched.setattr(BaseScreen, "perform", failing_once)
        patched.setattr(Mishap, "on_mount", again)
        yield made
    if made.log.exists() and MARK in made.log.read_text(encoding="utf-8"):
        made.wrong("the log", "it has what the database said")


@contextmanager
def trial(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Trial]:
    """The program stands as in a terminal, and no use case leaves anything."""
    made = Trial(folder / mishaps.LOG)
    perform = BaseScreen.perform

    def undoing(screen: BaseScreen, work: Work, then: Any = None, refused: Any = None) -> bool:
        return perform(screen, made.undone(work), then, refused)

    with monkeypatch.context() as patched:
        patched.setattr(EsisApp, "stands", True)
        patched.setattr(mishaps, "beside", lambda _settings, name: folder / name)
        patched.setattr(BaseScreen, "perform", undoing)
        patched.chdir(folder)
        with staying_in(folder / "files"):  # what is typed as a path is written nowhere else
            yield made
    if made.log.exists() and MARK in made.log.read_text(encoding="utf-8"):
        made.wrong("the log", "it has what was typed")


async def put_odd_things(program: Driver, made: Trial, where: str, texts: Sequence[str]) -> None:
    """In every field of the screen in front each of these, submitted."""
    screen = program.app.screen
    for entry in [*screen.query(Input), *screen.query(TextArea)]:
        if not entry.focusable:
            continue
        made.tried.add(f"{where}: {entry.id}")
        began = _text(entry)
        for text in texts:
            if not entry.is_attached or program.app.screen is not screen:
                return
            await _put(program, made, entry, text, f"{where}, {entry.id}, {text[:60]!r}")
            await _back(program, screen)
        _write(entry, began)


def _text(entry: Input | TextArea) -> str:
    return entry.value if isinstance(entry, Input) else entry.text


def _write(entry: Input | TextArea, text: str) -> None:
    if isinstance(entry, Input):
        entry.value = text
    else:
        entry.text = text


async def _put(program: Driver, made: Trial, entry: Input | TextArea, text: str, where: str) -> None:
    app = program.app
    _write(entry, "")
    entry.focus()
    entry.post_message(Paste(text))
    await settle(app, program.pilot)
    arrived = _text(entry)
    for key in ("f2", "enter"):
        app.simulate_key(key)
        await settle(app, program.pilot)
        if isinstance(entry, Input) and entry.password and MARK in text_of(app):
            made.wrong(where, "a secret field is on the screen")
        if isinstance(app.screen, Mishap):
            made.wrong(where, " ".join(app.screen.sentence.split()))
            await _close(program)
            if entry.is_attached and _text(entry) != arrived:
                made.wrong(where, "the form lost what was typed")


async def _close(program: Driver) -> None:
    program.app.simulate_key("escape")
    await settle(program.app, program.pilot)


async def _back(program: Driver, screen: Any) -> None:
    """To the screen that is tried, from whatever opened over it."""
    app = program.app
    while screen in app.screen_stack and app.screen is not screen:
        await app.pop_screen()
    await settle(app, program.pilot)
