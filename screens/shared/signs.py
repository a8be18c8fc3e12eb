"""Signs that mean something, as styled text: shape first, colour second, so that they read without colour too.

The states and moments themselves are of `app.diagnosis.coupling_status` and `app.workers.nights`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from app.diagnosis.coupling_status import Badge
from app.runs import State
from app.workers.nights import Mark
from screens.shared.text import plain

BADGES = {
    Badge.ACTIVE: ("●", "ok"),
    Badge.HALF: ("◐", "warn"),
    Badge.PAUSED: ("‖", "warn"),
    Badge.NO_CODE: ("‖", "warn"),
    Badge.FAILED: ("×", "bad"),
    Badge.AVAILABLE: ("○", "calm"),
    Badge.ENDED: ("■", "calm"),
}
"""The sign of how a coupling stands, and its colour."""
RUNS = {
    State.SUCCEEDED: ("✓", "ok"),
    State.FAILED: ("×", "bad"),
    State.SKIPPED: ("–", "calm"),
    State.QUEUED: ("○", "calm"),
    State.RUNNING: ("●", "key"),
}
"""The sign of a run, and its colour."""
MARKS = {
    Mark.DONE: "ok",
    Mark.FAILED: "bad",
    Mark.SKIPPED: "label",
    Mark.NOW: "key",
    Mark.PLANNED: "ink",
    Mark.INACTIVE: "hint",
    Mark.MORNING: "key",
}
"""The colour of a moment's sign."""
WORDS = {
    "✓": "gelukt",
    "×": "mislukt",
    "–": "overgeslagen",
    "●": "nu",
    "○": "gepland",
    "·": "",
    "◇": "morgenochtend",
    "◐": "andere helft ontbreekt",
    "‖": "tijdelijk gestopt",
    "■": "beëindigd",
    "!": "let op",
}
"""What each sign means where it stands alone, for who hears the screen; a dot says that there is nothing."""
_LINES = {
    Badge.ACTIVE: ("●", "━━━", "●"),
    Badge.HALF: ("●", "╌╌", "○"),
    Badge.NO_CODE: ("●", "╌╌", "○"),
    Badge.PAUSED: ("●", "╌‖╌", "●"),
    Badge.FAILED: ("●", "━×━", "●"),
    Badge.AVAILABLE: ("○", "╌╌", "○"),
    Badge.ENDED: ("○", "╌╌", "○"),
}


def badge(sign: str, text: str, colour: str) -> Content:
    """A sign and a word on a tint of the same colour: ok, warn, bad or calm."""
    return Content.assemble(plain(f" {sign} {text} ").stylize(f"bold ${colour} on ${colour}-bg"))


def coupling_badge(status: Badge) -> Content:
    """How a coupling stands: `● Actief`."""
    sign, colour = BADGES[status]
    return badge(sign, status.value, colour)


def run_badge(state: State) -> Content:
    """How a run ended: `✓ Gelukt`."""
    sign, colour = RUNS[state]
    return Content.assemble(Content(f"{sign} ").stylize(f"bold ${colour}"), Content(state.label).stylize(f"${colour}"))


def both_halves(status: Badge, partner: str, *, width: int = 4, here: str = "ESIS") -> Content:
    """Both sides and the line between them: `ESIS ●━━━● IEP LVS`."""
    left, line, right = _LINES[status]
    half = line[0] * max(1, width // 2)
    middle = half + line[1:-1] + half if len(line) > 2 and line[1] != line[0] else line[0] * max(width, 2)
    between = Content(f"{left}{middle}{right}").stylize(f"${BADGES[status][1]}")
    sides = (f"{here} ", f" {partner}") if here else ("", f" {partner}")
    return Content.assemble(plain(sides[0]).stylize("$label"), between, plain(sides[1]).stylize("$label"))


def nights(marks: Iterable[Mark]) -> Content:
    """How the last nights went: `✓✓×✓`."""
    return Content.assemble(*(Content(mark.value).stylize(f"bold ${MARKS[mark]}") for mark in marks))


def meter(done: int, total: int, width: int) -> Content:
    """A bar with how much is done; whatever is done is visible."""
    filled = max(1, width * done // total) if done and total else 0
    return Content.assemble(
        Content("━" * filled).stylize("$focus"), Content("━" * max(0, width - filled)).stylize("$line")
    )


def rule(title: str, width: int, line: Style | str = "$line") -> Content:
    """A section's title with a line to the end."""
    shown = plain(f"{title} ")
    return Content.assemble(shown.stylize("bold"), ("─" * max(0, width - shown.cell_length), line))


def beside(left: Content, right: Content, width: int) -> Content:
    """Two texts at both ends of a line; the left one gives way."""
    space = width - left.cell_length - right.cell_length
    if space < 1:
        left = left.truncate(max(1, width - right.cell_length - 1), ellipsis=True)
        space = max(1, width - left.cell_length - right.cell_length)
    return Content.assemble(left, " " * space, right)
