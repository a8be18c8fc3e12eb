"""Signs that mean something, as styled text: shape first, colour second, so that they read without colour too.

The states and moments themselves are of `app.diagnosis.coupling_status` and `app.workers.nights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

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
_LINES = {
    Badge.ACTIVE: ("●", "━━━", "●"),
    Badge.HALF: ("●", "╌╌", "○"),
    Badge.NO_CODE: ("●", "╌╌", "○"),
    Badge.PAUSED: ("●", "╌‖╌", "●"),
    Badge.FAILED: ("●", "━×━", "●"),
    Badge.AVAILABLE: ("○", "╌╌", "○"),
    Badge.ENDED: ("○", "╌╌", "○"),
}
LEVELS = ("I", "II", "III", "IV", "V")


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
    fill = max(0, width - len(line))
    middle = line[: len(line) // 2] + line[0] * fill + line[len(line) // 2 :]
    between = Content(f"{left}{middle}{right}").stylize(f"${BADGES[status][1]}")
    sides = (f"{here} ", f" {partner}") if here else ("", f" {partner}")
    return Content.assemble(plain(sides[0]).stylize("$label"), between, plain(sides[1]).stylize("$label"))


def nights(marks: Iterable[Mark]) -> Content:
    """How the last nights went: `✓✓×✓`."""
    return Content.assemble(*(Content(mark.value).stylize(f"bold ${MARKS[mark]}") for mark in marks))


def meter(done: int, total: int, width: int) -> Content:
    """A bar with how much is done."""
    filled = round(width * done / total) if total else 0
    return Content.assemble(
        Content("━" * filled).stylize("$focus"), Content("━" * max(0, width - filled)).stylize("$line")
    )


def level(number: int, width: int = 5) -> Content:
    """A level from 1 (highest) to 5 on its tint: `III`."""
    text = LEVELS[number - 1].center(width)
    return Content(text).stylize(f"bold $on-level on $l{number}")


def growth(points: int | None, bar: int = 0) -> Content:
    """Growth since the assessment before: `▲ 9`, `▼ 3`, `–` if there was none; with a bar of at most `bar` cells."""
    if points is None:
        return Content("–").stylize("$hint")
    sign, colour = ("▲", "grow") if points >= 0 else ("▼", "fall")
    line = "━" * min(bar, round(abs(points) / 4) or 1) if bar else ""
    return Content(f"{sign}{abs(points):>2} {line}".rstrip()).stylize(f"${colour}")


def rule(title: str, width: int) -> Content:
    """A section's title with a line to the end."""
    line = "─" * max(0, width - len(title) - 1)
    return Content.assemble(plain(f"{title} ").stylize("bold $ink"), Content(line).stylize("$line"))


def beside(left: Content, right: Content, width: int) -> Content:
    """Two texts at both ends of a line; the left one gives way."""
    space = width - left.cell_length - right.cell_length
    if space < 1:
        left = left.truncate(max(1, width - right.cell_length - 1), ellipsis=True)
        space = max(1, width - left.cell_length - right.cell_length)
    return Content.assemble(left, " " * space, right)


def lines(parts: Sequence[Content]) -> Content:
    """One below another."""
    return Content("\n").join(parts)
