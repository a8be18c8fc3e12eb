"""Reading a draaiboek: front matter, prose and numbered steps with their `esis` blocks.

A step begins at a numbered heading or list item (`## 3. Activeren`, `3. Klik op ...`) and extends to the next; blocks
before the first belong to the introduction. All errors are reported at once, each with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app import clock
from app.files.regular import read_text
from app.refusals import Refused
from app.training import situations
from app.training.scripts import sense
from app.training.scripts.errors import InvalidScript, Mistake, nearest
from app.training.scripts.grammar import CURLY, Command, WrongLine, parse

SUFFIX = ".draaiboek.md"
LONGEST = 500_000
"""In characters: a longer file is not a draaiboek."""
_STEP = re.compile(r"^(#{2,4}\s+)?(\d{1,3})\.\s+(\S.*)$")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})\s*(\S*).*$")
_FIELD = re.compile("[a-z]+")
FIELDS = {
    "title": "de naam",
    "audience": "voor wie",
    "role": "de gebruiker die aanmeldt, zoals rovict; leeg: het aanmeldscherm",
    "location": "de vestiging, zoals 99QQ00",
    "start": "de schooltijd waarop het begint, zoals 14-4-2020 09:00",
    "board": "de beginstand; zie esis reset --to",
    "difficulty": "1 (makkelijk), 2 of 3",
    "kind": "lesson (ook een les) of demo (alleen laten zien)",
}
"""The fields that the front matter may have."""


@dataclass(frozen=True)
class Part:
    """A part of a step, in file order: prose, or a block of commands."""

    prose: str = ""
    commands: tuple[Command, ...] = ()


@dataclass
class Step:
    """A numbered step; number 0 is the introduction."""

    number: int
    title: str
    line: int
    parts: list[Part] = field(default_factory=list)
    heading: str = ""
    """The heading marks (`##`) before its number; empty for a list item."""

    @property
    def commands(self) -> list[Command]:
        """All of its commands."""
        return [command for part in self.parts for command in part.commands]

    @property
    def shows(self) -> bool:
        """Whether its completion can be observed: it has a check, or an expected text."""
        return any(row.word == "check" or (row.word == "expect" and "no" not in row.said) for row in self.commands)

    @property
    def text(self) -> str:
        """Its prose."""
        return "\n\n".join(part.prose for part in self.parts if part.prose)


@dataclass(frozen=True)
class Script:
    """A draaiboek."""

    path: Path
    title: str
    audience: str
    role: str
    location: str
    start: datetime | None
    board: str
    difficulty: int
    lesson: bool
    steps: tuple[Step, ...]
    lines: Mapping[str, int]
    """The line of each front matter field."""

    @property
    def name(self) -> str:
        """The file name without its extension: `iep-lvs`."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def shots(self) -> list[str]:
        """The names of its pictures, in order."""
        return [command.given[0] for step in self.steps for command in step.commands if command.word == "shot"]


def read(path: Path) -> Script:
    """Read a draaiboek from a file. Raises `InvalidScript` with all errors, or `Refused` if it cannot be read."""
    return parse_script(read_text(path, 4 * LONGEST), path)


def parse_script(text: str, path: Path) -> Script:
    """Parse a draaiboek from text; `path` is for messages and its name. Raises `InvalidScript`."""
    return _Reader(text, path).script()


class _Reader:
    """One pass over the lines."""

    def __init__(self, text: str, path: Path) -> None:
        self._path = path
        self._wrong: list[Mistake] = []
        self._lines = text[:LONGEST].replace("\u00a0", " ").splitlines()  # a word processor's non-breaking space
        if len(text) > LONGEST:
            self._mistake(1, f"Het bestand telt meer dan {LONGEST} tekens.")
        self._head: dict[str, tuple[str, int]] = {}
        self._steps = [Step(0, "", 1)]
        self._shots: dict[str, int] = {}

    def script(self) -> Script:
        """The whole draaiboek. Raises `InvalidScript`."""
        body = self._front_matter()
        self._read_body(body)
        made = self._made()
        if made.lesson and len(self._steps) == 1:
            self._mistake(
                1, "Een les heeft stappen, zoals '## 1. Openen'. Alleen laten zien? Schrijf bovenaan kind: demo."
            )
        if made.lesson and len(self._steps) > 1 and not self._steps[-1].shows:
            self._mistake(
                self._steps[-1].line, "De laatste stap van een les zegt met check of expect wanneer hij gedaan is."
            )
        if self._wrong:
            raise InvalidScript(sorted(self._wrong, key=lambda mistake: mistake.line))
        return made

    def _mistake(self, line: int, sentence: str) -> None:
        self._wrong.append(Mistake(str(self._path), line, sentence))

    def _front_matter(self) -> int:
        """Read the front matter; returns the number of lines it takes."""
        if not self._lines or self._lines[0].strip() != "---":
            self._mistake(1, "Het bestand begint met --- en dan regels als 'title: ...', tot weer ---.")
            return 0
        for place, text in enumerate(self._lines[1:], 1):
            if text.strip() == "---":
                return place + 1
            if text.strip():
                self._head_line(text, place + 1)
        self._mistake(1, "Na de regels bovenaan ontbreekt de tweede ---.")
        return len(self._lines)

    def _head_line(self, text: str, line: int) -> None:
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not (colon and _FIELD.fullmatch(name)) or text[0].isspace():
            self._mistake(line, f"'{text.strip()[:60]}' is geen regel als 'title: De koppeling activeren'.")
        elif name not in FIELDS:
            meant = nearest(name, FIELDS)
            self._mistake(
                line,
                f"'{name}' is hier onbekend. "
                + (f"Bedoelt u '{meant}'?" if meant else f"Er zijn: {', '.join(FIELDS)}."),
            )
        elif name in self._head:
            self._mistake(line, f"'{name}' staat er al, in regel {self._head[name][1]}.")
        else:
            self._head[name] = (value.strip("\"'" + CURLY), line)

    def _read_body(self, first: int) -> None:
        prose: list[str] = []
        place = first
        while place < len(self._lines):
            text = self._lines[place]
            fence = _FENCE.match(text)
            if fence is not None:
                place = self._block(fence, place, prose)
                continue
            if step := _STEP.match(text):
                self._end_prose(prose)
                self._begin_step(int(step[2]), step[3].strip(), place + 1, (step[1] or "").strip())
            else:
                prose.append(text)
            place += 1
        self._end_prose(prose)

    def _begin_step(self, number: int, title: str, line: int, heading: str) -> None:
        expected = self._steps[-1].number + 1
        if number != expected:
            self._mistake(line, f"Na stap {expected - 1} komt stap {expected}, niet {number}.")
        self._steps.append(Step(number, title, line, heading=heading))

    def _end_prose(self, prose: list[str]) -> None:
        if text := "\n".join(prose).strip():
            self._steps[-1].parts.append(Part(prose=text))
        prose.clear()

    def _block(self, fence: re.Match[str], place: int, prose: list[str]) -> int:
        """Read a fenced block if it is ours, else treat it as prose; returns the index after it."""
        end = next(
            (later for later in range(place + 1, len(self._lines)) if self._lines[later].strip().startswith(fence[1])),
            None,
        )
        if end is None:
            self._mistake(place + 1, f"Dit blok eindigt niet: zet er {fence[1]} onder.")
            end = len(self._lines)
        if fence[2].casefold() == "esis":
            self._end_prose(prose)
            self._steps[-1].parts.append(Part(commands=tuple(self._commands(place + 1, end))))
        else:
            prose += self._lines[place : end + 1]
        return end + 1

    def _commands(self, first: int, end: int) -> list[Command]:
        found = []
        for place in range(first, end):
            text = self._lines[place].strip()
            if not text or text.startswith("#"):
                continue
            try:
                command = parse(text, place + 1)
                self._look_at(command)
                found.append(command)
            except (WrongLine, Refused) as wrong:
                self._mistake(place + 1, str(wrong))
        return found

    def _look_at(self, command: Command) -> None:
        """Check a well-formed line for semantic errors. Raises `WrongLine` or `Refused`."""
        sense.check(command)
        if command.word == "shot":
            name = command.given[0]
            if name in self._shots:
                raise WrongLine(f"Het plaatje '{name}' is er al, in regel {self._shots[name]}.")
            self._shots[name] = command.line

    def _made(self) -> Script:
        value = {name: self._head.get(name, ("", 1))[0] for name in FIELDS}
        return Script(
            path=self._path,
            title=value["title"] or self._missing("title"),
            audience=value["audience"],
            role=value["role"],
            location=value["location"],
            start=self._start(value["start"]),
            board=self._board(value["board"]),
            difficulty=self._difficulty(value["difficulty"]),
            lesson=self._kind(value["kind"]),
            steps=tuple(self._steps),
            lines={name: line for name, (_, line) in self._head.items()},
        )

    def _missing(self, name: str) -> str:
        self._mistake(1, f"Bovenaan ontbreekt '{name}': {FIELDS[name]}.")
        return ""

    def _line_of(self, name: str) -> int:
        return self._head.get(name, ("", 1))[1]

    def _start(self, text: str) -> datetime | None:
        try:
            return clock.parse_moment(text) if text else None
        except Refused as refusal:
            self._mistake(self._line_of("start"), refusal.sentence)
            return None

    def _board(self, text: str) -> str:
        try:
            return situations.find(text).name if text else situations.BEGIN
        except Refused as refusal:
            self._mistake(self._line_of("board"), refusal.sentence)
            return situations.BEGIN

    def _difficulty(self, text: str) -> int:
        if text not in ("", "1", "2", "3"):
            self._mistake(self._line_of("difficulty"), f"'{text}' is geen moeilijkheid. Schrijf 1, 2 of 3.")
        return int(text) if text in ("1", "2", "3") else 1

    def _kind(self, text: str) -> bool:
        if text not in ("", "lesson", "demo"):
            self._mistake(self._line_of("kind"), f"'{text}' kan niet. Schrijf lesson of demo.")
        return text != "demo"
