"""What is done in the program that is open: each takes it and the arguments; `LINES` are those that a draaiboek has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.commands.driving.opened import Given, Opened, line_of, lines_of, number_of
from app.commands.screenshot import theme_named
from app.refusals import Refused
from app.training.driving.requests import Failed, Result
from app.training.driving.vocabulary import PATIENCE, Code
from app.training.pictures import parse_size
from app.training.pictures import resize as resized
from app.training.scripts import checks
from app.training.scripts.document import Script
from app.training.scripts.errors import CannotDo, NotThere, PlayFailed, WrongLine
from app.training.scripts.expecting import Expected, text_expected
from app.training.scripts.grammar import PATTERN, TEXT, Command
from app.training.scripts.playing import Player
from screens.driving import mouse
from screens.driving.expectations import lasting, until
from screens.driving.seeing import as_expected

MOMENTS = {"morning": "until morning", "17:00": "until 17:00"}


def _text(text: str) -> str:
    """A text as a draaiboek has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _keys(keys: str | list[str]) -> str:
    return keys if isinstance(keys, str) else " ".join(keys)


LINES: dict[str, Callable[[Given], str]] = {
    "open": lambda given: f"open {_text(given['path'])}",
    "choose": lambda given: (
        f"choose {_text(given['label'])}" + (f" in {_text(given['in'])}" if given.get("in") else "")
    ),
    "fill": lambda given: f"fill {_text(given['field'])} {_text(given['text'])}",
    "select": lambda given: f"select {_text(given['field'])} {_text(given['option'])}",
    "tick": lambda given: f"tick {_text(given['field'])}",
    "untick": lambda given: f"untick {_text(given['field'])}",
    "press": lambda given: f"press {_keys(given['keys'])}",
    "type": lambda given: f"type {_text(given['text'])}",
    "go": lambda given: f"go to {_text(given['program'])}",
    "sign-in": lambda given: f"sign in as {given['user']}",
    "sign-out": lambda _given: "sign out",
    "advance": lambda given: f"advance {MOMENTS.get(given['to'], 'to ' + given['to'])}",
    "scroll": lambda given: f"scroll to {_text(given['text'])}",
}
"""Command -> the line of a draaiboek that does it."""


async def line(opened: Opened, text: str) -> None:
    """Do one line of `LINES`. Raises `Failed`."""
    await _play(opened, line_of(opened, text), [text])


async def do(opened: Opened, given: Given) -> Result:
    """Do lines of a draaiboek, and return its pictures. Raises `Failed`, at the first line that fails."""
    lines = given["lines"].splitlines()
    shots = await _play(opened, lines_of(opened, given["lines"]), lines)
    return {"shots": [{"name": one.name, "text": one.text, "svg": one.svg} for one in shots]}


async def _play(opened: Opened, script: Script, lines: list[str]) -> list[Any]:
    try:
        return await Player(script, opened.driver, opened.board).play()
    except PlayFailed as wrong:
        cause, number = wrong.__cause__, number_of(wrong.mistake.line)
        word = lines[min(number, len(lines)) - 1].split()[0]
        raise Failed(
            _code(cause, word),
            wrong.mistake.sentence,
            nearest=cause.meant if isinstance(cause, CannotDo) else "",
            line=number if wrong.mistake.line else 0,
            screen=wrong.shown,
        ) from wrong


def _code(cause: BaseException | None, word: str) -> Code:
    """Why a line that begins with this word failed."""
    if isinstance(cause, NotThere) or word.startswith(("expect", "scroll")):
        return Code.NOT_ON_SCREEN
    if not isinstance(cause, CannotDo):
        return Code.REFUSED
    return Code.NOT_SO if word == "check" else Code.CANNOT


async def click(opened: Opened, given: Given) -> None:
    """Click a cell. Raises `Failed`, or `CannotDo` for one outside the screen."""
    times = given.get("times", 1)
    if times not in (1, 2, 3):
        raise Failed(Code.WRONG_ARGUMENT, "'times' bij 'click' is 1, 2 of 3.")
    button = given.get("button", "left")
    await mouse.click(opened.app, opened.settle, given["column"], given["row"], button, times)


async def resize(opened: Opened, given: Given) -> None:
    """Another size. Raises `Refused` for one that cannot be."""
    await resized(opened.app, opened.pilot, parse_size(given["size"]))


async def theme(opened: Opened, given: Given) -> None:
    """Another theme. Raises `NotFound`."""
    opened.app.theme = theme_named(given["theme"])
    await opened.settle()


async def expect(opened: Opened, given: Given) -> None:
    """Wait until a text is there, or no longer. Raises `Failed` if it does not come to that."""
    wanted = replace(_expected(given), seconds=given.get("within", PATIENCE))
    try:
        await until(opened.app, wanted, opened.settle)
    except CannotDo as wrong:
        raise Failed(Code.NOT_ON_SCREEN, wrong.sentence, nearest=wrong.meant) from None


async def sees(opened: Opened, given: Given) -> Result:
    """Whether a text is there now. Raises `Failed`."""
    return {"sees": as_expected(opened.app, _expected(given))}


async def check(opened: Opened, given: Given) -> Result:
    """Whether the board is in a state, waiting for it if so asked. Raises `Failed` for what is no check."""
    try:
        asked = checks.parse(given["check"])
    except Refused as refusal:
        raise Failed(Code.WRONG_ARGUMENT, refusal.sentence) from None
    player = Player(opened.script, opened.driver, opened.board)

    def wrong() -> str | None:
        return None if asked.holds(player.examiner()) else asked.sentence

    holds = await lasting(wrong, given.get("within", 0), opened.settle) is None
    return {"holds": holds, "sentence": asked.sentence}


def _expected(given: Given) -> Expected:
    """What must be there. Raises `Failed`."""
    if ("text" in given) == ("pattern" in given):
        raise Failed(Code.MISSING_ARGUMENT, "Zeg met 'text' of met 'pattern' wat er te zien is, en niet met beide.")
    pattern, part = "pattern" in given, given.get("in", "")
    said = {keyword for name, keyword in (("no", "not"), ("exact", "exact")) if given.get(name)} | (
        {"in"} if part else set()
    )
    values = (given["pattern" if pattern else "text"], *([part] if part else []))
    try:
        found = text_expected(Command("expect", PATTERN if pattern else TEXT, values, 0, "", frozenset(said)))
    except WrongLine as wrong:
        raise Failed(Code.WRONG_ARGUMENT, str(wrong)) from None
    assert found is not None
    return found
