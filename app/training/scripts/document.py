"""Reading a draaiboek: front matter, prose and numbered steps with their `esis` blocks.

A step begins at a numbered heading or list item (`## 3. Activeren`, `3. Klik op ...`) and extends to the next; blocks
before the first belong to the introduction. All errors are reported at once, each with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.files.regular import read_text
from app.training.scripts.composing import LONGEST, Composer, Lines, lines_of
from app.training.scripts.errors import InvalidScript, Mistake
from app.training.scripts.grammar import Command
from app.training.scripts.head import PASS_MARK, Head
from app.training.scripts.outline import Section, sections
from app.training.scripts.varying import DEFAULT

SUFFIX = ".draaiboek.md"


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
        self._steps: list[Step] = []

    def script(self) -> Script:
        """The whole draaiboek. Raises `InvalidScript`."""
        head = Head(self._lines, self._seed, self._mistake)
        composer = Composer(self._path, head.values)
        for section in sections(self._lines, head.size, self._mistake):
            self._steps.append(_step(section, composer))
        made = self._made(head)
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

    def _made(self, head: Head) -> Script:
        return Script(
            path=self._path,
            title=head.title,
            audience=head.audience,
            role=head.role,
            location=head.location,
            start=head.start,
            board=head.board,
            difficulty=head.difficulty,
            lesson=head.lesson,
            steps=tuple(self._steps),
            points=head.points,
            pass_mark=head.pass_mark,
            minutes=head.minutes,
            lines=head.lines,
            seed=self._seed,
            values=head.values,
            variants=head.variants,
        )
