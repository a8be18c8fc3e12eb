"""Reads a line of a program that drives ESIS as a request, and writes the reply; what is wrong is told in the reply."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.training.driving.vocabulary import (
    BY_NAME,
    CODES,
    COMMANDS,
    EVERY,
    LONG,
    PROTOCOL,
    Argument,
    Code,
    Command,
    Kind,
)
from app.training.scripts.errors import instead, nearest

LONGEST = 1_000_000
"""Bytes of a line; a longer one is skipped."""
NO_REQUEST = 'Een regel is een object met een opdracht, zoals {"command": "screen"}.'
Id: TypeAlias = str | int | None
Result: TypeAlias = Mapping[str, Any]


class Failed(Exception):
    """A request failed; the sentence is Dutch.

    `nearest` is the known word most like an unknown one, `line` the line of a draaiboek (from 1) and `screen` the
    characters on the screen at that moment.
    """

    def __init__(self, code: Code, sentence: str, *, nearest: str = "", line: int = 0, screen: str = "") -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.nearest, self.line, self.screen = code, sentence, nearest, line, screen

    def fields(self) -> dict[str, str | int]:
        """What the reply says of it."""
        more: dict[str, str | int] = {"nearest": self.nearest, "line": self.line, "screen": self.screen}
        return {"code": self.code, "message": self.sentence, **{name: value for name, value in more.items() if value}}


@dataclass(frozen=True)
class Request:
    """What is asked, with arguments that are of the right kind."""

    command: Command
    given: Mapping[str, Any] = field(default_factory=dict)
    timeout: float = LONG
    """Seconds of wall time."""


def load(line: bytes | None) -> dict[str, Any]:
    """A line, without its end, as an object; None is one that was too long. Raises `Failed`."""
    if line is None:
        raise Failed(Code.TOO_LONG, f"Deze regel is langer dan {LONGEST} bytes.")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        at = f", bij teken {wrong.pos + 1}" if isinstance(wrong, json.JSONDecodeError) else ""
        raise Failed(Code.NOT_JSON, f"Deze regel is geen JSON{at}.") from None
    if not isinstance(found, dict):
        raise Failed(Code.NOT_A_REQUEST, NO_REQUEST)
    return found


def identity(found: Mapping[str, Any]) -> Id:
    """The id of a request, also of one that is wrong; None if there is none."""
    name = found.get("id")
    return name if _is_id(name) else None


def read(found: Mapping[str, Any]) -> Request:
    """What is asked. Raises `Failed`."""
    asked = found.get("command")
    if not isinstance(asked, str):
        raise Failed(Code.NOT_A_REQUEST, NO_REQUEST)
    command = BY_NAME.get(asked)
    if command is None:
        raise _unknown(Code.UNKNOWN_COMMAND, f"De opdracht '{asked}' is er niet.", asked, [*BY_NAME])
    said = {name: value for name, value in found.items() if name != "command" and value is not None}
    given = {name: _checked(command, name, value) for name, value in said.items()}
    for argument in command.arguments:
        if argument.needed and argument.name not in given:
            raise Failed(Code.MISSING_ARGUMENT, f"Bij '{command.name}' ontbreekt '{argument.name}': {argument.does}.")
    given.pop("id", None)
    return Request(command, given, given.pop("timeout", command.lasts))


def greet(asked: int) -> int:
    """The protocol that will be spoken. Raises `Failed` for one that is not known."""
    if asked != PROTOCOL:
        raise Failed(
            Code.UNKNOWN_VERSION,
            f"Versie {asked} van het protocol kent dit programma niet. Het spreekt versie {PROTOCOL}.",
            nearest=str(PROTOCOL),
        )
    return PROTOCOL


def listed() -> Result:
    """The table of commands, for programs."""
    return {
        "commands": [
            {
                "name": one.name,
                "does": one.does,
                "gives": one.gives,
                "arguments": [_shown(each) for each in one.arguments],
            }
            for one in COMMANDS
        ],
        "arguments": [_shown(each) for each in EVERY],
        "codes": dict(CODES),
    }


def reply(name: Id, outcome: Result | Failed) -> bytes:
    """A reply as a line, in ASCII."""
    said: dict[str, Any] = {} if name is None else {"id": name}
    if isinstance(outcome, Failed):
        said |= {"ok": False, "error": outcome.fields()}
    else:
        said |= {"ok": True, "result": outcome}
    return json.dumps(said).encode("ascii") + b"\n"


def _shown(argument: Argument) -> dict[str, Any]:
    more = {"choices": argument.choices} if argument.choices else {}
    return {"name": argument.name, "kind": argument.kind, "needed": argument.needed, "does": argument.does, **more}


def _unknown(code: Code, sentence: str, asked: str, known: Sequence[str]) -> Failed:
    return Failed(code, f"{sentence} {instead(asked, known)}", nearest=nearest(asked, known))


def _checked(command: Command, name: str, value: Any) -> Any:
    """A value of the right kind. Raises `Failed`."""
    argument = command.argument(name)
    if argument is None:
        known = [one.name for one in (*command.arguments, *EVERY)]
        raise _unknown(Code.UNKNOWN_ARGUMENT, f"'{command.name}' heeft geen argument '{name}'.", name, known)
    if not (_is_id(value) if name == "id" else _is(argument.kind, value)):
        raise Failed(Code.WRONG_ARGUMENT, f"'{name}' bij '{command.name}' is {argument.kind.told}.")
    if argument.choices and value not in argument.choices:
        said = f"'{name}' bij '{command.name}' kan niet '{value}' zijn."
        raise _unknown(Code.WRONG_ARGUMENT, said, value, argument.choices)
    return value


def _is(kind: Kind, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match kind:
        case Kind.TEXT:
            return isinstance(value, str) and _sayable(value)
        case Kind.TEXTS:
            each = value if isinstance(value, list) else [value]
            return bool(each) and all(isinstance(one, str) and _sayable(one) for one in each)
        case Kind.WHOLE:
            return number and isinstance(value, int) and 0 <= value <= 9999
        case Kind.SECONDS:
            return number and 0 <= value <= 3600  # which NaN is not
        case Kind.FLAG:
            return isinstance(value, bool)


def _is_id(value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63
    return whole or (isinstance(value, str) and _sayable(value))


def _sayable(value: str) -> bool:
    """Whether it is without half characters, which nothing can store or show."""
    return value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)
