"""The `mask` command: what is hidden in every picture after it, because it is another each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from app.training.scripts.errors import WrongLine
from app.training.scripts.expecting import bounded, check_pattern
from app.training.scripts.grammar import Command

SIGN = "▒"
"""What stands in each hidden cell."""


@dataclass(frozen=True)
class Mask:
    """A text, whatever its capitals, or a pattern."""

    text: str
    pattern: bool = False

    @property
    def told(self) -> str:
        """How a sentence names it."""
        return f"/{self.text}/" if self.pattern else f"'{self.text}'"

    def places(self, line: str) -> list[tuple[int, int]]:
        """Where it is in a line: first character, and the one after the last. Raises `CannotDo` if that takes too long."""
        with bounded(self.told):
            return [found.span() for found in self._compiled.finditer(line) if found[0]]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text) if self.pattern else re.compile(re.escape(self.text), re.IGNORECASE)


def mask(command: Command) -> Mask:
    """What a `mask` line hides. Raises `WrongLine` for an empty text or an invalid pattern."""
    text = command.given[0]
    if command.form == 1:
        check_pattern(text)
        return Mask(text, pattern=True)
    if not text.strip():
        raise WrongLine("Bij 'mask' staat een lege tekst.")
    return Mask(text.strip())
