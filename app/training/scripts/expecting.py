"""The `expect` command: a text or pattern that must be visible, anywhere or in a named part of the screen.

It searches lines (`screens/driving/seeing.py`): a cell of a list, a line, or a paragraph however it is wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.platform_parts import TooLong, within
from app.training.scripts.errors import CannotDo
from app.training.scripts.grammar import Command, WrongLine

LONGEST = 0.5
"""The limit, in seconds of wall time, for matching a pattern on a whole screen; normally under a thousandth."""


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

    @property
    def told(self) -> str:
        """How a sentence names it."""
        return (f"/{self.text}/" if self.pattern else f"'{self.text}'") + (
            f" in '{self.within}'" if self.within else ""
        )

    def found_in(self, lines: Iterable[str]) -> bool:
        """Whether one of the lines matches. Raises `CannotDo` for a pattern that takes too long."""
        if self.pattern:
            pattern = re.compile(self.text)
            with _bounded(self.told):
                return any(map(pattern.search, lines))
        if self.exact:
            return self.text in lines
        wanted = self.text.casefold()
        return any(wanted in line.casefold() for line in lines)


def expected(command: Command) -> Expected:
    """The expectation of an `expect` line. Raises `WrongLine` for an empty text or an invalid pattern."""
    text, within = (*command.given, "")[:2]
    found = Expected(
        text.strip() if command.form == 0 else text,
        there="no" not in command.said,
        exact="exact" in command.said,
        pattern=command.form == 1,
        within=within.strip(),
    )
    if not found.text or ("in" in command.said and not found.within):
        raise WrongLine("Bij 'expect' staat een lege tekst.")
    if found.pattern:
        _check(found.text)
    return found


def _check(pattern: str) -> None:
    try:
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
def _bounded(told: str) -> Iterator[None]:
    """Abort a search that takes too long, since `re` handles signals while backtracking. Raises `CannotDo`."""
    try:
        with within(LONGEST):
            yield
    except TooLong:
        raise CannotDo(
            f"Het patroon {told} kost te veel tijd. Maak het eenvoudiger: geen + of * om een + of *."
        ) from None
