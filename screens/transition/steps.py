"""The four steps of the Jaarovergang as a line, with the current one: `✓ 1 Groepen ── ● 2 Leerlingen ── ○ ...`."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from app.targets import TransitionStep
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link

STEPS = (
    (TransitionStep("groups"), "1 Groepen"),
    (TransitionStep("pupils"), "2 Leerlingen"),
    (TransitionStep("teachers"), "3 Leerkrachten"),
    (TransitionStep("confirm"), "4 Bevestigen"),
)
BETWEEN = " ── "


def sign_of(place: int, now: int) -> tuple[str, str]:
    """The sign of a step and its colour, when one is at step `now`."""
    return ("✓", "ok") if place < now else ("●", "key") if place == now else ("○", "hint")


def steps_line(now: int) -> Content:
    """The line itself; after the last step everything is done."""
    parts = []
    for place, (_, title) in enumerate(STEPS):
        sign, colour = sign_of(place, now)
        name = Content(title).stylize("bold $ink" if place == now else "$label")
        parts.append(Content.assemble((f"{sign} ", f"bold ${colour}"), name))
    return Content(BETWEEN).stylize("$line").join(parts)


class StepLine(ArrowKeys):
    """The line, of which each step can be chosen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    StepLine { height: 1; layout: horizontal; padding: 0 1; margin: 0 0 1 0; }
    StepLine Label { width: auto; color: $line; }
    StepLine Link { color: $label; }
    StepLine Link.-done { color: $ok; }
    StepLine Link.-now { color: $ink; text-style: bold; background: $here; }
    StepLine Link:focus { background: $focus; color: $on-focus; }
    .-low StepLine { margin: 0; }
    """

    def __init__(self, now: TransitionStep) -> None:
        super().__init__(id="step-line")
        self._now = [step for step, _ in STEPS].index(now)

    def compose(self) -> ComposeResult:
        """The steps, with a line between them."""
        looks = {"ok": "step -done", "key": "step -now", "hint": "step"}
        for place, (step, title) in enumerate(STEPS):
            sign, colour = sign_of(place, self._now)
            if place:
                yield Label(BETWEEN)
            yield Link(f"{sign} {title}", key=str(step), classes=looks[colour])
