"""How far a lesson is, as text: what `LessonProgress.state` holds, so that it goes on where it was.

Every field of a `Course` goes along, of whatever kind, but those marked `PASSING`. So a new one needs nothing here; one that
was not there when the text was written keeps its first value.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any

from app.refusals import Refused
from app.training.lessons.counting import Mistake
from app.training.lessons.course import PASSING, Course
from app.training.scripts.document import Script
from app.training.scripts.expecting import Expected


class Changed(Refused):
    """The lesson is another one than that which was begun."""

    def __init__(self, title: str) -> None:
        super().__init__(f"De les '{title}' is veranderd sinds u begon. Begin haar opnieuw.")


@dataclass(frozen=True)
class Kept:
    """What was read."""

    version: int
    """How often it was written: who knows another number has missed something."""
    script: str
    course: dict[str, Any]
    board: str = ""
    """The rows of the board from before the program showed how (`putting_back.py`), while the learner looks at that."""


def written(course: Course, version: int) -> str:
    """The text for a course. Raises `TypeError` for a field of a kind that cannot be written."""
    return json.dumps(
        {"version": version, "script": digest(course.script), "course": _values(course)}, ensure_ascii=False
    )


def numbered(text: str, version: int, board: str = "") -> str:
    """The same text, written for the time that the number says, with the rows that are kept of the board."""
    return with_board(json.dumps({**json.loads(text), "version": version}, ensure_ascii=False), board)


def with_board(text: str, board: str) -> str:
    """The same text with these rows of the board; empty: without."""
    rest = {name: value for name, value in (json.loads(text) if text else {}).items() if name != "board"}
    return json.dumps({**rest, **({"board": board} if board else {})}, ensure_ascii=False)


def read(text: str) -> Kept:
    """What a text says; of an empty one, nothing."""
    found = json.loads(text) if text else {}
    return Kept(found.get("version", 0), found.get("script", ""), found.get("course", {}), found.get("board", ""))


def take_over(course: Course, kept: Kept) -> None:
    """Let a course go on from there. Raises `Changed` if it was of another text of the lesson."""
    if kept.script and kept.script != digest(course.script):
        raise Changed(course.script.title)
    names = {one.name for one in fields(course) if one.metadata != PASSING}
    for name, value in kept.course.items():
        if name in names:
            setattr(course, name, _value(value))


def digest(script: Script) -> str:
    """A mark of what a lesson asks: its steps with their commands and prose."""
    told = [(step.number, step.title, step.text, [one.text for one in step.commands]) for step in script.steps]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _values(course: Course) -> dict[str, Any]:
    return {one.name: _plain(getattr(course, one.name)) for one in fields(course) if one.metadata != PASSING}


def _plain(value: Any) -> Any:
    """A value as JSON; what JSON has no word for is a list with its kind in front."""
    match value:
        case set() | frozenset():
            return ["set", *sorted((_plain(one) for one in value), key=json.dumps)]
        case tuple():
            return ["tuple", *map(_plain, value)]
        case list():
            return ["list", *map(_plain, value)]
        case dict():
            return ["dict", *([_plain(key), _plain(one)] for key, one in value.items())]
        case Expected() | Mistake():
            return [type(value).__name__, *(_plain(getattr(value, one.name)) for one in fields(value))]
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"a course cannot keep {value!r}")


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        return plain
    kind, *rest = plain
    if kind == "dict":
        return {_value(key): _value(one) for key, one in rest}
    inside = list(map(_value, rest))
    match kind:
        case "set":
            return frozenset(inside)
        case "tuple":
            return tuple(inside)
        case "list":
            return inside
    return {one.__name__: one for one in (Expected, Mistake)}[kind](*inside)
