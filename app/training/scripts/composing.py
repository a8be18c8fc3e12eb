"""The commands of a draaiboek: its lines parsed, those of a table's step once a row, and those of other files included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from app.counted import counted
from app.files.regular import read_text
from app.refusals import Refused
from app.training.scripts import sense, tables, varying
from app.training.scripts.errors import Mistake, WrongLine
from app.training.scripts.grammar import COLUMN, HOLE, Command, filled, parse
from app.training.scripts.outline import Block, Section, front_matter, sections
from app.training.scripts.tables import Row

LONGEST = 500_000
"""In characters: a longer file is not a draaiboek."""
MOST = 10_000
"""Commands of a draaiboek, with all that tables and included files make of it."""
DEEPEST = 5
"""How many files may be included one in another."""


def lines_of(text: str) -> list[str]:
    """The lines of a text as they are read: a word processor's hard spaces are spaces."""
    return text[:LONGEST].replace("\u00a0", " ").splitlines()


@dataclass(frozen=True)
class _Source:
    """Where lines come from."""

    path: Path
    file: str = ""
    """The included file, as a sentence names it; empty: the draaiboek itself."""
    at: int = 0
    """The line of the draaiboek at which it is included; 0: it is the draaiboek itself."""
    row: Row | None = None
    inside: tuple[Path, ...] = ()
    """The real paths of the files that this one is included by, and its own; the draaiboek first."""


@dataclass(frozen=True)
class Lines:
    """The commands of a block."""

    commands: tuple[Command, ...]
    provokes: bool = False
    """Whether it goes wrong on purpose (`Block.provokes`)."""


class _TooLong(Exception):
    """There are more commands than a draaiboek may have; that is told."""


class Composer:
    """Makes the commands of one draaiboek; what is wrong is kept, a line at most once."""

    def __init__(self, path: Path, values: Mapping[str, str] | None = None) -> None:
        """`values` of `vary`, to fill in."""
        self._path, self._root, self._values = path, path.parent, values or {}
        self._wrong: dict[tuple[str, int], Mistake] = {}
        self._shots: dict[str, str] = {}
        self._outlines: dict[Path, list[Section]] = {}
        self._count = 0
        self.loops: list[int] = []
        """The lines of the draaiboek at which a step is played for each row."""

    @property
    def mistakes(self) -> list[Mistake]:
        """All that is wrong."""
        return list(self._wrong.values())

    def parts(self, section: Section) -> list[str | Lines]:
        """The prose and the commands of a step, in order; those of later rows of a table follow."""
        try:
            return [] if self._count > MOST else list(self._section(section, _Source(self._path)))
        except _TooLong:
            return []

    def _section(self, section: Section, source: _Source) -> Iterator[str | Lines]:
        try:
            rows = self._rows(section, source)
        except WrongLine as wrong:
            self._mistake(source, _first_line(section)[0], str(wrong))
            rows = []
        for place, row in enumerate(rows):
            for part in section.parts:
                if isinstance(part, Block):
                    commands = self._block(part, replace(source, row=row), _first_line(section)[0])
                    yield Lines(tuple(commands), part.provokes)
                elif place == 0:
                    yield self.prose(part, section.line, self._columns(row))

    def prose(self, text: str, line: int, also: Mapping[str, str] | None = None) -> str:
        """A text for the reader with the values of `vary`; `also` are names that stay as they are. Its line is for what is
        wrong in it.
        """
        if not self._values:
            return text
        try:
            return filled(text, {**self._values, **(also or {})}, lacking=varying.LACKING)
        except WrongLine as wrong:
            self._mistake(_Source(self._path), line, str(wrong))
            return text

    @staticmethod
    def _columns(row: Row | None) -> dict[str, str]:
        """The columns of a table, which stay as they are in the text."""
        return {name: f"{{{name}}}" for name in row.values} if row else {}

    def _rows(self, section: Section, source: _Source) -> Sequence[Row | None]:
        """The rows that a step is played for; only that of what includes it, if it has no `for each`. Raises `WrongLine`."""
        line, text = _first_line(section)
        if not _is_loop(text):
            return [source.row]
        if source.row is not None:
            raise WrongLine("Dit wordt al ingevoegd voor elke rij van een tabel. Een tabel in een tabel kan niet.")
        self.loops.append(source.at or line)
        first = next(place for place, part in enumerate(section.parts) if isinstance(part, Block) and part.lines)
        return tables.rows([self.prose(part, line) for part in section.parts[:first] if isinstance(part, str)])

    def _block(self, block: Block, source: _Source, first: int) -> Iterator[Command]:
        for line, text in block.lines:
            if line == first and _is_loop(text):
                continue
            try:
                if not (text := self._whole_line(text)):
                    continue
                command = self._command(text, line, source)
                if command.word == "include":
                    yield from self._included(command, source)
                else:
                    yield command
            except (WrongLine, Refused) as wrong:
                self._mistake(source, line, str(wrong))

    def _whole_line(self, text: str) -> str:
        """What is carried out where a line is only a `{NAME}`: the line that `vary` has there, or none if that is empty."""
        hole = HOLE.fullmatch(text)
        return self._values.get(hole[1].strip(), text) if hole else text

    def _command(self, text: str, line: int, source: _Source) -> Command:
        """A line, which can work. Raises `WrongLine` or `Refused`."""
        row, values = source.row, {**self._values, **(source.row.values if source.row else {})}
        self._count += 1
        if self._count > MOST:
            told = f"Hier wordt het draaiboek langer dan {MOST} regels. Maak er meer draaiboeken van."
            self._mistake(source, line, told)
            raise _TooLong
        command = parse(text, line, values or None, varying.LACKING if self._values else COLUMN)
        if command.word == "for":
            raise WrongLine("'for each' is de eerste regel van een stap, en geldt voor de hele stap.")
        if command.word == "shot" and values and (row or HOLE.search(text)):
            name = command.given[0]
            name = row.shot(name) if row and not HOLE.search(text) else tables.name_of(name)
            command = replace(command, given=(name, *command.given[1:]))
        command = replace(command, file=source.file, at=source.at or line, context=self._context(source))
        sense.check(command)
        if command.word == "shot":
            self._keep_shot(command)
        return command

    def _keep_shot(self, command: Command) -> None:
        name = command.given[0]
        if name in self._shots:
            raise WrongLine(f"Het plaatje '{name}' is er al, in {self._shots[name]}.")
        self._shots[name] = f"regel {command.line}" + (f" van {command.file}" if command.file else "")

    def _included(self, command: Command, source: _Source) -> Iterator[Command]:
        """The commands of the file that a line includes. Raises `WrongLine` or `Refused`."""
        shown, real = self._place(command.given[0], source)
        inside = (*(source.inside or (self._path.resolve(),)), real)
        if real not in self._outlines:
            self._outlines[real] = self._outline(shown)
        found = [part for section in self._outlines[real] for part in section.parts if isinstance(part, Block)]
        if not any(block.lines for block in found):
            raise WrongLine(f"In {shown} staat geen blok ```esis met een regel erin.")
        inner = _Source(shown, str(shown), source.at or command.line, source.row, inside)
        for section in self._outlines[real]:
            for part in self._section(section, inner):
                yield from () if isinstance(part, str) or part.provokes else part.commands

    def _place(self, name: str, source: _Source) -> tuple[Path, Path]:
        """The path of a file to include, and what it really is. Raises `WrongLine`."""
        shown = source.path.parent / name
        try:
            real = shown.resolve()
            allowed = real.is_relative_to(self._root.resolve())
        except (OSError, ValueError, RuntimeError):  # a loop of links, a null character
            raise WrongLine(f"'{name}' is geen naam van een bestand.") from None
        if not name.strip() or not allowed or Path(name).is_absolute() or PureWindowsPath(name).anchor:
            raise WrongLine(f"'{name}' staat niet in de map van het draaiboek of daaronder.")
        inside = source.inside or (self._path.resolve(),)
        if real in inside:
            way = " > ".join(path.name for path in (*inside[inside.index(real) :], real))
            raise WrongLine(f"'{name}' voegt zichzelf in: {way}.")
        if len(inside) > DEEPEST:
            raise WrongLine(f"Meer dan {counted(DEEPEST, 'bestand', 'bestanden')} in elkaar invoegen kan niet.")
        return shown, real

    def _outline(self, shown: Path) -> list[Section]:
        """The outline of a file; if it has front matter, that is left out. Raises `Refused`."""
        text = read_text(shown, 4 * LONGEST)
        if len(text) > LONGEST:
            raise WrongLine(f"{shown} telt meer dan {LONGEST} tekens.")
        lines, of_file = lines_of(text), _Source(shown, str(shown))
        return sections(lines, front_matter(lines)[0], lambda line, wrong: self._mistake(of_file, line, wrong))

    def _context(self, source: _Source) -> str:
        parts = [source.row.told] if source.row else []
        parts += [f"ingevoegd in regel {source.at} van {self._path.name}"] if source.at else []
        return f" ({'; '.join(parts)})" if parts else ""

    def _mistake(self, source: _Source, line: int, sentence: str) -> None:
        file = source.file or str(self._path)
        self._wrong.setdefault((file, line), Mistake(file, line, f"{sentence}{self._context(source)}"))


def _first_line(section: Section) -> tuple[int, str]:
    """The first line of a step's blocks with its number; that of the step if there is none."""
    lines = (line for part in section.parts if isinstance(part, Block) for line in part.lines)
    return next(lines, (section.line, ""))


def _is_loop(text: str) -> bool:
    return text.split() == ["for", "each"]
