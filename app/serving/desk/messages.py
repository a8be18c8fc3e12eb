"""What a program and the hub say to each other: JSON objects, with what is said in `say`.

From every program:

    here    what it says of its user (`Here`), whenever that changed; first: it has just begun, and knows of nothing
    frame   its screen (`Frame`), or what changed of it; only while it is watched, or shows its screen to all

From the program of a trainer; `to` is the number of a seat, and where it may be left out all are meant:

    desk    on: begin or stop telling which seats there are
    text    to?, text: a message
    begin   to?, lesson, title, exam: give a lesson
    extra   to, seconds: tell that there is more time for an exam
    lower   to: the raised hand was answered
    pause   on: hold all, or let them go on
    watch   to, or 0: whose screen to send; one at a time
    take    on: take the keyboard of who is watched, or hand it back
    keys    keys: [[KEY, CHARACTER or null], ...] for who was taken over, in the words of Textual
    paste   text: the same for what is pasted
    show    on: show this program's own screen to all

To every program: `text`, `begin`, `extra`, `lower`, `keys`, `paste` as above, with who it is from in `by`, and

    pause   on, by: the keys of this program do nothing meanwhile
    taken   on, by: likewise, because a trainer has the keyboard
    watch   on: send frames, beginning with a whole one
    shown   on, by: the screen of a trainer is to be shown, in the frames that follow
    frame   the screen of a trainer; or, with the number of its seat in `of`, of who is watched

To the program of a trainer with its desk open:

    seats   seats: {NUMBER: {board, **Here}} that changed, gone: [NUMBER], whole: these are all, paused, shows
    gone    of: whoever was watched is there no more
    held    on: whether the keyboard of who is watched was got
    refused sentence: why something was not done
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

Message = dict[str, Any]
Run = tuple[str, str, str, str]
"""Text in one style: the colours of the letters and behind them as `#rrggbb` or empty, and the first letters of bold,
dim, italic, underline, reverse and strike that apply."""
LONGEST = 200
"""Characters of a text about a seat."""
LONGEST_TEXT = 500
"""Characters of a message to a learner."""
LONGEST_LINE = 1 << 20
"""Bytes of a message on a line."""


@dataclass(frozen=True)
class Here:
    """What a program says of its user. Moments are seconds of wall time (`time.time`); 0.0: not."""

    user: str = ""
    """Empty: nobody is signed in. In a lesson, who does it, whoever is signed in there."""
    leads: bool = False
    """Whether it is a trainer's: not one of the class. It gives no rights, which are looked up for each act."""
    place: str = ""
    """Where in the program, as in the breadcrumb."""
    lesson: str = ""
    run: int = 0
    """The number of its `LessonProgress`: the user who is signed in in a lesson is not always who began it."""
    title: str = ""
    exam: bool = False
    step: int = 0
    """The number of the task, from 1; 0: none, or all done."""
    steps: int = 0
    task: str = ""
    since: float = 0.0
    """Since when it is at that task; later by as long as a trainer held it."""
    key: float = 0.0
    """When a key was pressed last, coarsely."""
    hand: float = 0.0
    """Since when a hand is raised."""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """What of it is of the right kind; long texts are cut."""
        kept: dict[str, Any] = {}
        for one in fields(cls):
            value, usual = given.get(one.name), one.default
            if isinstance(value, int) and isinstance(usual, float) and not isinstance(value, bool):
                value = float(value)
            if type(value) is type(usual):
                kept[one.name] = value[:LONGEST] if isinstance(value, str) else value
        return cls(**kept)

    def message(self) -> Message:
        """As it is said."""
        return {"say": "here", **asdict(self)}


@dataclass(frozen=True)
class Frame:
    """A screen, or the rows of it that changed since the frame before; the numbers of rows are from 0."""

    width: int
    height: int
    rows: Mapping[int, tuple[Run, ...]]
    focus: tuple[int, int] = (0, 0)
    """The column and row that should be in view where not all fits."""
    whole: bool = False

    def after(self, before: Frame) -> Frame:
        """The two as one."""
        if self.whole or (self.width, self.height) != (before.width, before.height):
            return self
        return Frame(self.width, self.height, {**before.rows, **self.rows}, self.focus, before.whole)

    def message(self) -> Message:
        """As it is said."""
        rows = [[number, runs] for number, runs in self.rows.items()]
        size = {"width": self.width, "height": self.height}
        return {"say": "frame", **size, "rows": rows, "focus": self.focus, "whole": self.whole}

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Frame | None:
        """The frame in a message; None if it is none."""
        match given:
            case {
                "width": int(width),
                "height": int(height),
                "rows": list(rows),
                "focus": [int(x), int(y)] | (int(x), int(y)),
                "whole": bool(whole),
            }:
                try:
                    kept = dict(_rows(rows, height))
                except (TypeError, ValueError):
                    return None
                return cls(width, height, kept, (x, y), whole)
        return None


def _rows(rows: Iterable[Any], height: int) -> Iterable[tuple[int, tuple[Run, ...]]]:
    for number, runs in rows:
        if not 0 <= int(number) < height:
            raise ValueError
        yield int(number), tuple((str(text), str(fore), str(back), str(marks)) for text, fore, back, marks in runs)
