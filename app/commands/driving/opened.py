"""A program that is open, and the draaiboek that its lines belong to: the head says how it began."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.refusals import Refused
from app.training.driving.requests import Failed
from app.training.driving.vocabulary import Code
from app.training.pictures import settle
from app.training.scripts import sense
from app.training.scripts.document import Part, Script, Step, parse_script
from app.training.scripts.errors import InvalidScript, WrongLine
from app.training.scripts.grammar import parse

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from app.settings import Settings
    from models.board import Board
    from screens.driving.screen_driver import ScreenDriver
    from screens.shell.esis import EsisApp

Given = Mapping[str, Any]
HERE = "here"
"""The name of the board that the database has, in place of a starting state."""
_FIELDS = {"board": "board", "at": "start", "user": "role", "location": "location"}
"""What `start` is asked, and the field of a draaiboek that says it."""
_FENCE = re.compile(r"\s*(`{3}|~{3})")
_HEAD = len(_FIELDS) + 5
"""Lines before the first of a block."""


@dataclass(frozen=True)
class Opened:
    """A program that is open."""

    script: Script
    """Its beginning, without steps."""
    head: str
    settings: Settings
    board: Board
    app: EsisApp
    pilot: Pilot[Any]
    driver: ScreenDriver

    async def settle(self) -> None:
        """Wait until everything so far has had its effect."""
        await settle(self.app, self.pilot)


def head_of(asked: Given) -> str:
    """The head of the draaiboek. Raises `Failed` for a value that is no single line."""
    values = {name: "" if name == "board" and asked[name] == HERE else asked[name].strip() for name in _FIELDS}
    for name, value in values.items():
        if len(value.splitlines()) > 1:
            raise Failed(Code.WRONG_ARGUMENT, f"'{name}' is een tekst van een regel.")
    fields = [f"{_FIELDS[name]}: {value}" for name, value in values.items()]
    return "\n".join(["---", "title: esis drive", "kind: demo", *fields, "---", ""])


def beginning(asked: Given) -> Script:
    """How it begins. Raises `Failed` for a starting state or moment that there is not."""
    try:
        return parse_script(head_of(asked), Path(asked["folder"]).resolve() / "esis drive")
    except InvalidScript as wrong:
        raise wrong_beginning(wrong) from None


def wrong_beginning(wrong: InvalidScript) -> Failed:
    """What is wrong with it, without where that would stand in a file."""
    said = " ".join(one.sentence.removeprefix("Bovenaan: ") for one in wrong.mistakes)
    return Failed(Code.WRONG_ARGUMENT, said)


def lines_of(opened: Opened, text: str) -> Script:
    """Lines as a draaiboek. Raises `Failed` for the first that is wrong."""
    for number, line in enumerate(text.splitlines(), 1):
        if _FENCE.match(line):
            raise Failed(Code.WRONG_LINE, "Een blok begint en eindigt hier niet; schrijf alleen regels.", line=number)
    try:
        return parse_script(f"{opened.head}```esis\n{text}\n```\n", opened.script.path)
    except InvalidScript as wrong:
        first = wrong.mistakes[0]
        raise Failed(Code.WRONG_LINE, first.sentence, line=number_of(first.line)) from None


def number_of(line: int) -> int:
    """The number, from 1, of a line of a block."""
    return max(1, line - _HEAD)


def line_of(opened: Opened, text: str) -> Script:
    """One line made of arguments, in which a text may have more lines. Raises `Failed`."""
    try:
        command = parse(text)
        sense.check(command)
    except (WrongLine, Refused) as wrong:
        raise Failed(Code.WRONG_ARGUMENT, str(wrong)) from None
    return replace(opened.script, steps=(Step(0, "", 1, [Part(commands=(command,))]),))
