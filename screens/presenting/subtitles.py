"""The caption of a demo: subtitles of a few lines, one page after the other, and which keys the presenter has.

Where the terminal is low it is a rule with the title and two lines of text, so that the screen behind it shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from app.training.scripts.document import Step
from screens.presenting.panel import SLIM, Caption
from screens.shared.sizes import LOW
from screens.shared.text import plain, prose

LINES, LINES_LOW = 4, SLIM
"""Lines of text of a page, and those where the terminal is low."""
FRAME, FRAME_LOW = 4, 2
"""Cells of a line that are the panel's frame."""
GAP = "   "
HELP = ("F1", "Toetsen")
"""The key that shows the others, where there is no room for them all the time."""


@dataclass(frozen=True)
class Subtitle(Caption):
    """A caption that gives its text only a few lines."""

    more: Sequence[Content] = ()
    """Lines below the text that are shown whole: a list to choose from."""
    whole: bool = False
    """Whether all keys show in a low terminal too."""
    widest: Sequence[tuple[str, str]] = ()
    """The keys at their longest: as many rows as those take are kept, so that a pause does not move the screen behind it."""

    def slim(self, height: int) -> bool:
        """Whether it has no frame."""
        return height < LOW

    def drawn(self, width: int, most: int) -> list[Content]:
        """The text and the keys; in a low terminal a rule with the title, and no keys but those in it."""
        keys, widest = (in_rows([key for key in some if key != HELP], width) for some in (self.keys, self.widest))
        keys += [Content("")] * (len(widest) - len(keys))
        if most != LINES_LOW:
            return [*self._text(width, LINES), *self.more, *keys]
        return [self._rule(width), *(keys if self.whole else self._text(width, LINES_LOW)), *self.more]

    def _text(self, width: int, most: int) -> list[Content]:
        lines = [line for part in self.lines for line in part.wrap(max(1, width))]
        if len(lines) > most:
            lines[most - 1 :] = [Content.assemble(lines[most - 1].truncate(width - 1), "…")]
        still = LINES_LOW if self.lines else 0  # a page of one line does not move the screen behind it
        return lines + [Content("")] * (still - len(lines))

    def _rule(self, width: int) -> Content:
        """The title, how it stands, and a few keys, in a line."""
        few = self.keys if self.more else [*self.keys[:1], *(key for key in self.keys if key == HELP)]
        keys = [part for key in in_rows(few, width)[:1] for part in (key, " ")]
        right = Content.assemble(plain(self.short).stylize("$label"), GAP if self.short else "", *keys, ("─", "$key"))
        left = plain(self.title).stylize("bold $key").truncate(max(0, width - right.cell_length - 5), ellipsis=True)
        gap = max(0, width - left.cell_length - right.cell_length - 4)
        return Content.assemble(("─ ", "$key"), left, (f" {'─' * gap} ", "$key"), right)


def in_rows(keys: Sequence[tuple[str, str]], width: int) -> list[Content]:
    """The keys with what they do, in as many rows as they take."""
    rows: list[Content] = []
    for key, does in keys:
        one = Content.assemble((key, "bold $key"), (f" {does}", "$label"))
        if rows and rows[-1].cell_length + len(GAP) + one.cell_length <= width:
            rows[-1] = Content.assemble(rows[-1], GAP, one)
        else:
            rows.append(one)
    return rows


def room(width: int, height: int) -> tuple[int, int]:
    """Cells of a line and lines of a page, in a terminal of so many columns and rows."""
    return (width - FRAME_LOW, LINES_LOW) if height < LOW else (width - FRAME, LINES)


def said(step: Step) -> str:
    """The prose of a step, without tables: what is in them is played."""
    return prose("\n\n".join(part for part in step.text.split("\n\n") if not part.lstrip().startswith("|")))


def pages(text: str, width: int, most: int) -> list[str]:
    """The text in pages of at most so many lines, each as many sentences as fit; none for an empty text."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?]) (?=\S)", " ".join(text.split())):
        if found and _height(f"{found[-1]} {sentence}", width) <= most:
            found[-1] += f" {sentence}"
        else:
            found += _cut(sentence, width, most)
    return found


def _height(text: str, width: int) -> int:
    return len(plain(text).wrap(max(1, width)))


def _cut(sentence: str, width: int, most: int) -> list[str]:
    """A sentence, in pieces if it takes more lines than a page has."""
    lines = [line.plain.strip() for line in plain(sentence).wrap(max(1, width))]
    made = [" ".join(lines[place : place + most]) for place in range(0, len(lines), most)]
    return [one for one in made if one]
