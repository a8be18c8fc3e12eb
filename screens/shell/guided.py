"""The program as the trainer's desk knows it: its `Guide`, and what its user does with that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.screen import Screen

from app.serving.desk.messages import Message
from screens.shared import keys
from screens.shared.classroom import Classroom
from screens.shared.dialogs import Reading
from screens.shell.guide import Guide
from screens.shell.with_guest import WithGuest


class Guided(WithGuest):
    """Mix-in for the program."""

    BINDINGS = [
        keys.no_key(
            "begin_given",
            "Les van de trainer beginnen",
            id="class.begin",
            tooltip="Begint de les die de trainer u gaf, en die u tot straks bewaarde.",
        ),
        keys.no_key(
            "reread",
            "Berichten van de trainer",
            id="class.reread",
            tooltip="Toont nog eens wat de trainer u stuurde.",
        ),
        keys.no_key(
            "stop_showing",
            "Stoppen met tonen",
            id="class.stop",
            tooltip="Laat uw scherm niet langer aan iedereen zien.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.classroom = Classroom(self)
        self.guide = Guide(self)

    async def on_event(self, event: events.Event) -> None:
        """Whether the user does anything; and what is typed for somebody else goes there."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown) and not event.is_forwarded:
            self.guide.used()
            front = self.screen if self.screen_stack else None
            takes: Callable[[events.Event], bool] | None = getattr(front, "takes", None)
            if takes is not None and takes(event):
                return
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        self.draws += 1
        super()._display(screen, renderable)

    @property
    def paused_seconds(self) -> float:
        """How long a trainer held this program."""
        return self.guide.paused_seconds

    def tell_class(self) -> None:
        """Say what changed of where the user is."""
        self.guide.tell()

    async def hear_class(self, message: Message) -> None:
        """Do what the desk says."""
        self.guide.hear(message)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is."""
        there = {
            "hand": self.in_class,
            "begin_given": self.guide.given is not None,
            "reread": bool(self.guide.messages),
            "stop_showing": self.classroom.own,
        }
        return super().check_action(action, parameters) if there.get(action, True) else False

    def action_hand(self) -> None:
        """Raise a hand, or lower it."""
        self.guide.raise_hand()

    def action_begin_given(self) -> None:
        """Begin what the trainer gave."""
        self.guide.begin_given()

    def action_reread(self) -> None:
        """What the trainer sent."""
        self.push_screen(Reading("Berichten van de trainer", "\n\n".join(self.guide.messages)))

    def action_stop_showing(self) -> None:
        """No longer show this screen to all."""
        self.classroom.say("show", on=False)
