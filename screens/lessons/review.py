"""The review of a run: per step what was the goal, whether it was reached, the points, and what was remarked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from app.counted import counted
from app.training.lessons.review import Review, ReviewedStep
from screens.shared.dialogs import CLOSES, Box, Dialog
from screens.shared.label import Label
from screens.shared.text import plain


class ReviewWindow(Dialog[None]):
    """Over whatever is in front, scrolled with the arrow keys."""

    BINDINGS = [CLOSES]

    def __init__(self, found: Review) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        """The outcome, then each step."""
        with Box(f"Nabespreking: {self._found.title}", classes="dialog dialog-wide"), VerticalScroll(id="reading"):
            yield Label(Content("\n").join(lines(self._found)))

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#reading").focus()


def lines(found: Review) -> Iterator[Content]:
    """Everything that is said, one paragraph a line."""
    exam = found.mode == "exam"
    good = found.passed if exam else all(step.done for step in found.steps)
    yield plain(found.outcome).stylize("bold $ok" if good else "bold $warn")
    if exam:
        yield plain(f"Geslaagd vanaf {found.pass_mark}% van de punten.").stylize("$label")
    for step in found.steps:
        yield Content("")
        yield from _step(step, exam=exam)


def _step(step: ReviewedStep, *, exam: bool) -> Iterator[Content]:
    sign, colour, word = ("✓", "$ok", "gehaald") if step.done else ("×", "$warn", "niet gehaald")
    points = f", {step.points} van {counted(step.of, 'punt', 'punten')}" if exam else ""
    yield Content.assemble((f"{sign} {step.step}. ", f"bold {colour}"), plain(step.goal).stylize("bold $ink"))
    told = [f"{word}{points}"]
    if step.hints:
        told.append(counted(step.hints, "hint", "hints"))
    if step.helped:
        told.append("met hulp van de trainer")
    yield plain(", ".join(told)).stylize("$label")
    for text, mended in step.remarks:
        after = " Dat heeft u zelf hersteld." if mended else ""
        yield plain(f"! {text}{after}").stylize("$label" if mended else "$warn")
