"""How things stand, told by a mark and a word, and by colour besides: badges, both halves, nights, a meter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.content import Content

from screens.shared.text import plain


@dataclass(frozen=True)
class Mark:
    """A mark, its word, and how good or bad it is: `ok`, `warn`, `bad` or `calm`."""

    glyph: str
    text: str
    tone: str

    @property
    def colour(self) -> str:
        """The token of the mark itself."""
        return f"${self.tone}"

    @property
    def sign(self) -> Content:
        """The mark without its word."""
        return Content.styled(self.glyph, f"bold {self.colour}")

    @property
    def badge(self) -> Content:
        """Mark and word on a tinted ground."""
        return Content.styled(f" {self.glyph} {self.text} ", f"bold {self.colour} on ${self.tone}-bg")

    @property
    def explained(self) -> Content:
        """Mark and word as in a legend."""
        return Content.assemble(self.sign, " ", (self.text, "$label"))


ACTIVE = Mark("●", "Actief", "ok")
OTHER_HALF = Mark("◐", "Andere helft ontbreekt", "warn")
PAUSED = Mark("‖", "Tijdelijk gestopt", "warn")
FAILED = Mark("×", "Mislukt", "bad")
NOT_ACTIVATED = Mark("○", "Niet geactiveerd", "calm")
ENDED = Mark("■", "Beëindigd", "calm")
COUPLING_MARKS = (ACTIVE, OTHER_HALF, PAUSED, FAILED, NOT_ACTIVATED, ENDED)
"""How a coupling can stand."""
SUCCEEDED = Mark("✓", "Gelukt", "ok")
SKIPPED = Mark("–", "Overgeslagen", "calm")
PLANNED = Mark("○", "Gepland", "calm")
RUN_MARKS = (SUCCEEDED, FAILED, SKIPPED, PLANNED)
"""How an exchange can stand."""


def in_line(marks: Iterable[Mark], between: str = " ") -> Content:
    """Badges beside one another."""
    return Content(between).join(mark.badge for mark in marks)


def legend(marks: Iterable[Mark] = COUPLING_MARKS) -> Content:
    """What the marks mean, one a line."""
    return Content("\n").join(mark.explained for mark in marks)


class Halves(Enum):
    """The line between the two halves of a coupling: its ends, the line, what stands in the middle, the colour."""

    WORKS = ("●", "━", "", "●", "ok")
    HALF = ("●", "╌", "", "○", "warn")
    PAUSED = ("●", "╌", "‖", "●", "warn")
    FAILED = ("●", "━", "×", "●", "bad")
    NONE = ("○", "╌", "", "○", "calm")


def both_halves(other: str, how: Halves, width: int = 9) -> Content:
    """`ESIS ●━━━━━━━━━● IEP LVS`; `width` is that of the line between."""
    left, line, middle, right, tone = how.value
    before = (width - len(middle)) // 2
    drawn = f"{left}{line * before}{middle}{line * (width - before - len(middle))}{right}"
    return Content.assemble(("ESIS ", "$label"), (drawn, f"${tone}"), " ", plain(other).stylize("$label"))


def nights(marks: Sequence[Mark]) -> Content:
    """The last nights, oldest first: `✓✓×✓✓✓✓`."""
    return Content("").join(mark.sign for mark in marks)


def meter(done: int, total: int, width: int = 20, said: str = "gedaan") -> Content:
    """A bar and `3 van 16 gedaan`; whatever is done is visible."""
    full = max(1, done * width // total) if done and total else 0
    bar = Content.assemble(("━" * full, "bold $focus"), ("━" * (width - full), "$line"))
    return Content.assemble(bar, "  ", (str(done), "bold $ink"), (f" van {total} {said}", "$label"))
