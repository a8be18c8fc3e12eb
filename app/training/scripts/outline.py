"""The outline of a draaiboek or a part of one: its prose and blocks, by step, before any line is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

_STEP = re.compile(r"^(#{2,4}\s+)?(\d{1,3})\.\s+(\S.*)$")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})\s*(\S*)\s*(\S*).*$")
PROVOKES = "provoke"
"""The word behind `esis` of a block that goes wrong on purpose: only the linter plays it."""
_EDGE = "---"
"""The line before and after the front matter."""
Wrong = Callable[[int, str], object]
"""Is told a line and what is wrong there."""


@dataclass(frozen=True)
class Block:
    """The lines of a block, each with its number in the file, without blank ones and comments."""

    lines: tuple[tuple[int, str], ...]
    provokes: bool = False
    """Whether it goes wrong on purpose, to see a remark."""


@dataclass
class Section:
    """A step, or with number 0 what precedes the first."""

    number: int
    title: str
    line: int
    heading: str = ""
    parts: list[str | Block] = field(default_factory=list)
    """Prose and blocks, in order."""


def front_matter(lines: Sequence[str]) -> tuple[int, bool]:
    """How many lines the front matter takes, and whether it ends; none if the file does not begin with it."""
    if not lines or lines[0].strip() != _EDGE:
        return 0, False
    end = next((place for place, text in enumerate(lines[1:], 1) if text.strip() == _EDGE), None)
    return (len(lines), False) if end is None else (end + 1, True)


def sections(lines: Sequence[str], first: int, wrong: Wrong) -> list[Section]:
    """The outline from this line on (0 is the first); `wrong` is told what is not right."""
    return _Outline(lines, wrong).read(first)


class _Outline:
    """One pass over the lines."""

    def __init__(self, lines: Sequence[str], wrong: Wrong) -> None:
        self._lines, self._wrong = lines, wrong
        self._found = [Section(0, "", 1)]
        self._prose: list[str] = []

    def read(self, place: int) -> list[Section]:
        """All of it."""
        while place < len(self._lines):
            text = self._lines[place]
            fence = _FENCE.match(text)
            if fence is not None:
                place = self._block(fence, place)
                continue
            if step := _STEP.match(text):
                self._end_prose()
                self._begin(int(step[2]), step[3].strip(), place + 1, (step[1] or "").strip())
            else:
                self._prose.append(text)
            place += 1
        self._end_prose()
        return self._found

    def _begin(self, number: int, title: str, line: int, heading: str) -> None:
        expected = self._found[-1].number + 1
        if number != expected:
            self._wrong(line, f"Na stap {expected - 1} komt stap {expected}, niet {number}.")
        self._found.append(Section(number, title, line, heading))

    def _end_prose(self) -> None:
        if text := "\n".join(self._prose).strip():
            self._found[-1].parts.append(text)
        self._prose.clear()

    def _block(self, fence: re.Match[str], place: int) -> int:
        """Keep a fenced block if it is ours, else treat it as prose; returns the index after it."""
        end = next(
            (later for later in range(place + 1, len(self._lines)) if self._lines[later].strip().startswith(fence[1])),
            None,
        )
        if end is None:
            self._wrong(place + 1, f"Dit blok eindigt niet: zet er {fence[1]} onder.")
            end = len(self._lines)
        if fence[2].casefold() == "esis":
            self._end_prose()
            self._found[-1].parts.append(Block(tuple(self._kept(place + 1, end)), fence[3] == PROVOKES))
        else:
            self._prose += self._lines[place : end + 1]
        return end + 1

    def _kept(self, first: int, end: int) -> Iterator[tuple[int, str]]:
        for place in range(first, end):
            text = self._lines[place].strip()
            if text and not text.startswith("#"):
                yield place + 1, text
