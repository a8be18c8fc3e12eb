"""What the program shows, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Screen:
    """The screen as text, and where in the program it is."""

    text: str = field(repr=False)
    """The characters, a line per row, without spaces at the end of a row."""
    columns: int
    rows: int
    program: str
    """`ESIS`, or the name of a partner's program."""
    path: str
    """The breadcrumb of the screen, as in `Beheer > Koppelingen`; empty for the sign-in screen."""
    title: str
    """The last step of the path."""
    window: str
    """The title of the window that lies over it; empty if none does."""
    user: str
    """Who is signed in to ESIS; empty if nobody is."""
    location: str
    """At which location (BRIN6)."""
    now: datetime
    """School time, with its time zone."""
    messages: tuple[str, ...]
    """Messages that go away by themselves."""

    def __contains__(self, text: object) -> bool:
        """Whether a text stands in one of the rows, as it is drawn."""
        return isinstance(text, str) and text in self.text

    def __str__(self) -> str:
        """The characters."""
        return self.text


@dataclass(frozen=True)
class Style:
    """How cells are drawn; colours are `#rrggbb`, `ansi-N` (0-15) or `default`, empty if not set."""

    fg: str = ""
    bg: str = ""
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell; the second cell of a wide sign has no text."""

    text: str
    style: Style


@dataclass(frozen=True)
class Run:
    """Cells of a row, one after another, with one style."""

    column: int
    """The first of them, from 0."""
    row: int
    """From 0."""
    text: str
    width: int
    """In cells."""
    style: Style


@dataclass(frozen=True)
class Cells:
    """The screen as cells; column 0, row 0 is at the top left."""

    runs: tuple[tuple[Run, ...], ...]
    """The runs of each row."""

    @cached_property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """Every row, cell by cell."""
        return tuple(tuple(cell for run in row for cell in _cells(run)) for row in self.runs)

    def at(self, column: int, row: int) -> Cell:
        """The cell there. Raises `IndexError` for a place outside the screen."""
        if min(column, row) < 0:
            raise IndexError(f"column {column}, row {row}")
        return self.rows[row][column]

    def find(self, text: str) -> tuple[int, int] | None:
        """The column and row where a text first stands, as it is drawn, within a row; None if it does not."""
        for number, row in enumerate(self.rows):
            place = "".join(cell.text for cell in row).find(text)
            if text and place >= 0:
                for column in range(len(row)):
                    if sum(len(cell.text) for cell in row[: column + 1]) > place:
                        return column, number
        return None

    def style_of(self, text: str) -> Style:
        """The style of the first cell of a text. Raises `KeyError` if it is not there."""
        if (place := self.find(text)) is None:
            raise KeyError(text)
        return self.at(*place).style


@dataclass(frozen=True)
class Focus:
    """What has the focus."""

    kind: str
    """`button`, `link`, `list`, `text`, `area`, `tick`, `choice`, `options`, `tabs`, or another."""
    label: str
    """The name of the field, or what is on the button; empty for what has no name."""
    value: str | bool | None
    """What is in a field, or whether it is ticked; None of a password, and of what is no field."""
    line: str | None
    """The line of a list that the cursor is on."""
    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Choice:
    """Something that `choose` can choose."""

    label: str
    line: str
    """The whole line of the list it is in; empty outside lists."""


@dataclass(frozen=True)
class Field:
    """A field, by the name that `fill`, `select` and `tick` know it by."""

    label: str
    kind: str
    """`text`, `area`, `tick` or `choice`, or another."""
    value: str | bool | None
    options: tuple[str, ...]
    """What `select` can choose."""
    disabled: bool
    required: bool


@dataclass(frozen=True)
class Names:
    """What can be chosen and filled in on the screen."""

    choices: tuple[Choice, ...]
    fields: tuple[Field, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What can be chosen, by label."""
        return tuple(choice.label for choice in self.choices)

    def field(self, label: str) -> Field:
        """The field with this name. Raises `KeyError`."""
        for one in self.fields:
            if one.label == label:
                return one
        raise KeyError(label)


@dataclass(frozen=True)
class Checked:
    """Whether the board is in a state; true if it is."""

    holds: bool
    sentence: str
    """The state in words, in Dutch."""

    def __bool__(self) -> bool:
        """Whether it holds."""
        return self.holds


@dataclass(frozen=True)
class Shot:
    """A picture that a `shot` line took."""

    name: str
    text: str
    svg: str


def _cells(run: Run) -> Iterator[Cell]:
    if run.width == len(run.text):
        yield from (Cell(character, run.style) for character in run.text)
    else:
        yield Cell(run.text, run.style)
        yield from [Cell("", run.style)] * (run.width - 1)


def _made(kind: Callable[..., T], told: Mapping[str, Any], **otherwise: Any) -> T:
    """A value of what was told; a newer program may tell more than is known here."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in {**told, **otherwise}.items() if name in known})


def read_screen(told: Mapping[str, Any]) -> Screen:
    """From a reply."""
    now, messages = datetime.fromisoformat(told["now"]), tuple(told["messages"])
    return _made(Screen, told, now=now, messages=messages)


def read_cells(told: Mapping[str, Any]) -> Cells:
    """From a reply."""
    styles = [_made(Style, style) for style in told["styles"]]
    rows = []
    for number, row in enumerate(told["rows"]):
        column, runs = 0, []
        for text, style, *more in row:
            width = more[0] if more else len(text)
            runs.append(Run(column, number, text, width, styles[style]))
            column += width
        rows.append(tuple(runs))
    return Cells(tuple(rows))


def read_focus(told: Mapping[str, Any]) -> Focus | None:
    """From a reply."""
    return _made(Focus, told["focus"]) if told["focus"] else None


def read_names(told: Mapping[str, Any]) -> Names:
    """From a reply."""
    choices = (_made(Choice, one) for one in told["choose"])
    return Names(tuple(choices), tuple(_made(Field, one, options=tuple(one["options"])) for one in told["fields"]))


def read_checked(told: Mapping[str, Any]) -> Checked:
    """From a reply."""
    return _made(Checked, told)


def read_shots(told: Mapping[str, Any]) -> tuple[Shot, ...]:
    """From a reply."""
    return tuple(_made(Shot, one) for one in told["shots"])
