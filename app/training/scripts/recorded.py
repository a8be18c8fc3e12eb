"""A draaiboek while it is recorded: its lines so far, with headings and sentences between them, and the file of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from app.training import situations
from app.training.scripts.grammar import parse

NAMELESS = "Draaiboek"


class Kind(StrEnum):
    """What was recorded."""

    LINE = "line"
    """A line of a block."""
    HEADING = "heading"
    """A new step, without its number."""
    PROSE = "prose"
    """A sentence for the reader."""


@dataclass(eq=False)
class Part:
    """One thing that was recorded."""

    kind: Kind
    text: str
    tag: str = ""
    """What it belongs to, for who recorded it; empty for what the user added."""


@dataclass
class Recording:
    """The parts so far, in order."""

    parts: list[Part] = field(default_factory=list)

    def add(self, kind: Kind, text: str, tag: str = "") -> Part:
        """Add a part. Raises `WrongLine` for a line that is none of the grammar."""
        if kind is Kind.LINE:
            parse(text)
        else:
            text = " ".join(text.split())
        self.parts.append(part := Part(kind, text, tag))
        return part

    def undo(self) -> Part | None:
        """Take the last part away, and return it; None if there is none."""
        return self.parts.pop() if self.parts else None

    @property
    def lines(self) -> list[str]:
        """The lines of all blocks."""
        return [part.text for part in self.parts if part.kind is Kind.LINE]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return sum(part.kind is Kind.HEADING for part in self.parts)

    def shown(self) -> list[str]:
        """Each part as one line, for who looks through them; steps with their number."""
        found, number = [], 0
        for part in self.parts:
            number += part.kind is Kind.HEADING
            found.append(f"## {number}. {part.text}" if part.kind is Kind.HEADING else part.text)
        return found

    def of_demo(self, fields: Mapping[str, str]) -> str:
        """The text of a demo, which needs no step or check, with those of these fields that it has."""
        order = ("title", "role", "location", "start", "board")
        top = {name: fields.get(name, "") for name in order}
        return self.written({**top, "board": top["board"] or situations.BEGIN, "kind": "demo"})

    def written(self, fields: Mapping[str, str]) -> str:
        """The text of the file, with these fields at the top; empty ones are left out."""
        top = [f"{name}: {' '.join(value.split())}" for name, value in fields.items() if value]
        return "\n".join(["---", *top, "---", "", *self._body()])

    def _body(self) -> Iterator[str]:
        number = 0
        for kind, parts in groupby(self.parts, key=lambda part: part.kind):
            if kind is Kind.LINE:
                yield from ("```esis", *(part.text for part in parts), "```", "")
                continue
            for part in parts:
                number += kind is Kind.HEADING
                yield from ((f"## {number}. {part.text}" if kind is Kind.HEADING else _as_prose(part.text)), "")


def title_of(name: str) -> str:
    """A title from the name of a file: `rol-geven.draaiboek.md` is `Rol geven`."""
    words = " ".join(name.split(".")[0].replace("_", "-").split("-")).strip()
    return words[:1].upper() + words[1:] or NAMELESS


def _as_prose(text: str) -> str:
    """A sentence that is not read as a step or a block."""
    return f"\\{text}" if text[0] in "#`~" else text.replace(". ", "\\. ", 1) if text.split(".")[0].isdigit() else text
