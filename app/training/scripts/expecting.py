"""The `expect` command: a text or pattern that must be visible, anywhere or in a named part of the screen.

It searches lines (`screens/driving/seeing.py`): a cell of a list, a line, or a paragraph however it is wrapped.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.platform_parts import TooLong, within
from app.training.scripts import meanings
from app.training.scripts.errors import CannotDo, WrongLine
from app.training.scripts.grammar import COLOUR, FOCUS, PATTERN, Command

PATIENCE, SHORTEST_WAIT, LONGEST_WAIT = 5.0, 0.1, 600.0
"""Seconds of wall time to wait for what should appear, and what a line may say instead."""
LONGEST = 0.5
"""The limit, in seconds of wall time, for matching a pattern on a whole screen; normally under a thousandth."""
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,3})?", re.ASCII)


@dataclass(frozen=True)
class Expected:
    """A text or pattern that must, or must not, be visible."""

    text: str
    there: bool = True
    exact: bool = False
    """Whether it must match a whole line, including capitals."""
    pattern: bool = False
    within: str = ""
    """The name of the part of the screen; empty: the whole screen."""
    seconds: float = PATIENCE
    """How long to wait for it, in seconds of wall time."""

    @property
    def told(self) -> str:
        """How a sentence names it."""
        return (
            f"/{self.text}/ in '{self.within}'".removesuffix(" in ''")
            if self.pattern
            else _told(self.text, self.within)
        )

    def found_in(self, lines: Iterable[str]) -> bool:
        """Whether one of the lines matches. Raises `CannotDo` for a pattern that takes too long."""
        if self.pattern:
            pattern = re.compile(self.text)
            with bounded(self.told):
                return any(map(pattern.search, lines))
        if self.exact:
            return self.text in lines
        wanted = self.text.casefold()
        return any(wanted in line.casefold() for line in lines)


@dataclass(frozen=True)
class ExpectedFocus:
    """A field or something to choose that must, or must not, have the focus."""

    label: str
    within: str = ""
    """The text of the row or block it is in; empty: anywhere."""
    there: bool = True
    seconds: float = PATIENCE

    @property
    def told(self) -> str:
        """How a sentence names it."""
        return _told(self.label, self.within)


@dataclass(frozen=True)
class ExpectedColour:
    """A text that must be in a colour with this meaning."""

    meaning: str
    text: str
    within: str = ""
    seconds: float = PATIENCE

    @property
    def told(self) -> str:
        """How a sentence names it."""
        return _told(self.text, self.within)


Expectation = Expected | ExpectedFocus | ExpectedColour


def expected(command: Command) -> Expectation:
    """The expectation of an `expect` line. Raises `WrongLine` for an empty text, an invalid pattern, a number of seconds
    or a meaning that there is not.
    """
    text, *rest = command.given
    if command.form == COLOUR:
        meanings.check(text)
        text = rest.pop(0)
    if command.form != PATTERN:
        text = text.strip()
    within = rest.pop(0).strip() if "in" in command.said else ""
    seconds = _seconds(rest.pop(0)) if "within" in command.said else PATIENCE
    if not text or ("in" in command.said and not within):
        raise WrongLine("Bij 'expect' staat een lege tekst.")
    there = "not" not in command.said
    if command.form == FOCUS:
        return ExpectedFocus(text, within, there, seconds)
    if command.form == COLOUR:
        return ExpectedColour(command.given[0], text, within, seconds)
    if command.form == PATTERN:
        check_pattern(text)
    return Expected(text, there, "exact" in command.said, command.form == PATTERN, within, seconds)


def text_expected(command: Command) -> Expected | None:
    """The text that a line expects; None if it expects something else, or nothing."""
    found = expected(command) if command.word == "expect" else None
    return found if isinstance(found, Expected) else None


def _told(text: str, within: str) -> str:
    return f"'{text}'" + (f" in '{within}'" if within else "")


def _seconds(text: str) -> float:
    """A number of seconds, as in `0.5`. Raises `WrongLine` outside the limits."""
    number = text.replace(",", ".")
    seconds = float(number) if _NUMBER.fullmatch(number) else 0.0
    if not SHORTEST_WAIT <= seconds <= LONGEST_WAIT:
        raise WrongLine(
            f"'{text}' is geen aantal seconden. Schrijf een getal van {SHORTEST_WAIT:g} tot {LONGEST_WAIT:g}, zoals 30."
        )
    return seconds


def check_pattern(pattern: str) -> None:
    """Raise `WrongLine` for what is not a pattern, or would match nothing at all."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of what a later Python may read in another way
            empty = re.compile(pattern).match("") is not None
    except (re.error, OverflowError, RecursionError) as wrong:
        at = f", bij teken {wrong.pos + 1}" if isinstance(wrong, re.error) and wrong.pos is not None else ""
        raise WrongLine(
            f"/{pattern}/ is geen patroon{at}. Zet een \\ voor een teken dat zelf bedoeld is, zoals \\( of \\+."
        ) from wrong
    if empty:
        raise WrongLine(
            f"/{pattern}/ past ook als er niets staat, en controleert dus niets. Schrijf wat er minstens staat, zoals \\d+."
        )


@contextmanager
def bounded(told: str) -> Iterator[None]:
    """Abort a search that takes too long, since `re` handles signals while backtracking. Raises `CannotDo`."""
    try:
        with within(LONGEST):
            yield
    except TooLong:
        raise CannotDo(
            f"Het patroon {told} kost te veel tijd. Maak het eenvoudiger: geen + of * om een + of *."
        ) from None
