"""Reading a draaiboek: front matter, prose and numbered steps with their `esis` blocks.

A step begins at a numbered heading or list item (`## 3. Activeren`, `3. Klik op ...`) and extends to the next; blocks
before the first belong to the introduction. All errors are reported at once, each with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app import clock
from app.files.regular import read_text
from app.refusals import Refused
from app.training import situations
from app.training.scripts import varying
from app.training.scripts.composing import LONGEST, Composer, Lines, lines_of
from app.training.scripts.errors import InvalidScript, Mistake, instead
from app.training.scripts.grammar import CURLY, Command, WrongLine, filled
from app.training.scripts.outline import Section, front_matter, sections
from app.training.scripts.varying import DEFAULT, Choice, Place

SUFFIX = ".draaiboek.md"
_FIELD = re.compile("[a-z]+")
_NUMBER = re.compile("[0-9]{1,4}", re.ASCII)
PASS_MARK = 70
"""The percentage of the points that is enough, where the draaiboek does not say."""
FIELDS = {
    "title": "de naam",
    "audience": "voor wie",
    "role": "de gebruiker die aanmeldt, zoals rovict; leeg: het aanmeldscherm",
    "location": "de vestiging, zoals 99QQ00",
    "start": "de schooltijd waarop het begint, zoals 14-4-2020 09:00",
    "board": "de beginstand; zie esis reset --to",
    "difficulty": "1 (makkelijk), 2 of 3",
    "kind": "lesson (ook een les) of demo (alleen laten zien)",
    "points": "wat een stap in het examen telt die het zelf niet zegt; leeg: 1",
    "pass": "hoeveel procent van de punten genoeg is voor het examen; leeg: 70",
    "time": "hoeveel minuten het examen mag duren; leeg: zo lang als nodig",
    varying.FIELD: "wat per variant verschilt; mag vaker (zie Varianten)",
}
"""The fields that the front matter may have."""


@dataclass(frozen=True)
class Part:
    """A part of a step, in file order: prose, or a block of commands."""

    prose: str = ""
    commands: tuple[Command, ...] = ()
    provokes: tuple[Command, ...] = ()
    """Commands that go wrong on purpose, to see a remark: only the linter plays them."""


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
        rows = (row for row in self.commands if not row.for_tests)
        return any(row.word == "check" or (row.word == "expect" and "not" not in row.said) for row in rows)

    @property
    def checked(self) -> bool:
        """Whether its completion is a state of the board."""
        return any(row.word == "check" and not row.for_tests for row in self.commands)

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
    points: int = 1
    """What a step of its exam counts for that says nothing itself."""
    pass_mark: int = PASS_MARK
    """The percentage of the points that is enough for the exam."""
    minutes: int | None = None
    """How long the exam may take; None: as long as needed."""
    seed: int = DEFAULT
    """Which variant it is."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What `vary` makes of it, by name; empty if nothing varies."""
    variants: int = 1
    """After how many seeds every value of its tables has been used."""
    whole: bool = True
    """Whether it has all its steps; False where only the first ones are played."""

    @property
    def varies(self) -> bool:
        """Whether another seed makes another variant."""
        return bool(self.values)

    @property
    def variant(self) -> str:
        """How a sentence names it, behind its name: ` (variant 3)`; empty for the first one."""
        return f" (variant {self.seed})" if self.varies and self.seed != DEFAULT else ""

    @property
    def name(self) -> str:
        """The file name without its extension: `iep-lvs`."""
        return self.path.name.removesuffix(SUFFIX)

    def mistake(self, command: Command, sentence: str) -> Mistake:
        """What is wrong at a line, in the file it is in."""
        return Mistake(command.file or str(self.path), command.line, f"{sentence}{command.context}")

    @property
    def shots(self) -> list[str]:
        """The names of its pictures, in order."""
        return [command.given[0] for step in self.steps for command in step.commands if command.word == "shot"]


def read(path: Path, seed: int = DEFAULT) -> Script:
    """Read a draaiboek from a file, as the variant of this seed. Raises `InvalidScript` with all errors, or `Refused` if it
    cannot be read.
    """
    return parse_script(read_text(path, 4 * LONGEST), path, seed)


def parse_script(text: str, path: Path, seed: int = DEFAULT) -> Script:
    """Parse a draaiboek from text; `path` is for messages and its name. Raises `InvalidScript`."""
    return _Reader(text, path, seed).script()


def _part(part: str | Lines) -> Part:
    if isinstance(part, str):
        return Part(prose=part)
    return Part(provokes=part.commands) if part.provokes else Part(commands=part.commands)


def _step(section: Section, composer: Composer) -> Step:
    """A step with its commands."""
    parts = [_part(part) for part in composer.parts(section)]
    return Step(section.number, composer.prose(section.title, section.line), section.line, parts, section.heading)


class _Reader:
    """One pass over the lines."""

    def __init__(self, text: str, path: Path, seed: int) -> None:
        self._path, self._seed = path, seed
        self._wrong: list[Mistake] = []
        self._lines = lines_of(text)
        if len(text) > LONGEST:
            self._mistake(1, f"Het bestand telt meer dan {LONGEST} tekens.")
        self._head: dict[str, tuple[str, int]] = {}
        self._choices: list[Choice] = []
        self._values: dict[str, str] = {}
        self._steps: list[Step] = []

    def script(self) -> Script:
        """The whole draaiboek. Raises `InvalidScript`."""
        body = self._front_matter()
        self._values = self._varied()
        composer = Composer(self._path, self._values)
        for section in sections(self._lines, body, self._mistake):
            self._steps.append(_step(section, composer))
        made = self._made()
        if made.lesson and len(self._steps) == 1:
            self._mistake(
                1, "Een les heeft stappen, zoals '## 1. Openen'. Alleen laten zien? Schrijf bovenaan kind: demo."
            )
        if made.lesson and len(self._steps) > 1 and not self._steps[-1].shows:
            self._mistake(
                self._steps[-1].line, "De laatste stap van een les zegt met check of expect wanneer hij gedaan is."
            )
        for line in composer.loops if made.lesson else ():
            self._mistake(
                line,
                "Een les heeft geen 'for each': een leerling doet elke stap een keer. Schrijf bovenaan kind: demo.",
            )
        if wrong := [*self._wrong, *composer.mistakes]:
            own = str(self._path)
            raise InvalidScript(sorted(wrong, key=lambda one: (one.file != own, one.file, one.line)))
        return made

    def _mistake(self, line: int, sentence: str) -> None:
        self._wrong.append(Mistake(str(self._path), line, sentence))

    def _front_matter(self) -> int:
        """Read the front matter; returns the number of lines it takes."""
        taken, ends = front_matter(self._lines)
        if not taken:
            self._mistake(1, "Het bestand begint met --- en dan regels als 'title: ...', tot weer ---.")
        elif not ends:
            self._mistake(1, "Na de regels bovenaan ontbreekt de tweede ---.")
        head = list(enumerate(self._lines[1 : taken - 1 if ends else taken], 2))
        self._choices, theirs = varying.read(head, self._mistake)
        for line, text in head:
            if text.strip() and line not in theirs:
                self._head_line(text, line)
        return taken

    def _varied(self) -> dict[str, str]:
        """What `vary` gives for this seed; the other fields may use it."""
        if not self._choices:
            return {}
        board, start, location = (self._head.get(name, ("", 0))[0] for name in ("board", "start", "location"))
        number = varying.location_number(location)
        with suppress(Refused):  # a wrong one is told with its own line
            begins = clock.parse_moment(start) if start else clock.PRACTICE_START
            found = varying.values_for(self._choices, self._seed, Place(begins, number), self._mistake)
            if start or not board:
                return found
            with suppress(WrongLine):
                place = Place(situations.find(filled(board, found)).begins, number)
                return varying.values_for(self._choices, self._seed, place, lambda _line, _sentence: None)
            return found
        return {}

    def _head_line(self, text: str, line: int) -> None:
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not (colon and _FIELD.fullmatch(name)) or text[0].isspace():
            self._mistake(line, f"'{text.strip()[:60]}' is geen regel als 'title: De koppeling activeren'.")
        elif name not in FIELDS:
            self._mistake(line, f"'{name}' is hier onbekend. {instead(name, FIELDS)}")
        elif name in self._head:
            self._mistake(line, f"'{name}' staat er al, in regel {self._head[name][1]}.")
        else:
            self._head[name] = (value.strip("\"'" + CURLY), line)

    def _made(self) -> Script:
        value = {name: self._filled(name) for name in FIELDS if name != varying.FIELD}
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
            points=self._number("points", 100) or 1,
            pass_mark=self._number("pass", 100) or PASS_MARK,
            minutes=self._number("time", 24 * 60),
            lines={name: line for name, (_, line) in self._head.items()},
            seed=self._seed,
            values=self._values,
            variants=varying.variants(self._choices),
        )

    def _filled(self, name: str) -> str:
        """A field, with the values of `vary`."""
        text, line = self._head.get(name, ("", 1))
        try:
            return filled(text, self._values, lacking=varying.LACKING) if self._values else text
        except WrongLine as wrong:
            self._mistake(line, str(wrong))
            return ""

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

    def _number(self, name: str, most: int) -> int | None:
        """The whole number of a field; None if it is empty or wrong."""
        text = self._head.get(name, ("", 1))[0]
        if text and not (_NUMBER.fullmatch(text) and 1 <= int(text) <= most):
            self._mistake(self._line_of(name), f"'{text}' kan niet. Schrijf een getal van 1 tot {most}.")
            return None
        return int(text) if text else None

    def _kind(self, text: str) -> bool:
        if text not in ("", "lesson", "demo"):
            self._mistake(self._line_of("kind"), f"'{text}' kan niet. Schrijf lesson of demo.")
        return text != "demo"
