"""A program over whose screens something goes on: it hears what happens, and has the first word."""

from __future__ import annotations

from typing import Any

from textual.events import Event

from screens.navigation.going import Navigation
from screens.shared.dialogs import unless_changed
from screens.shell.type_ahead import Aim


class WithGuest(Navigation):
    """Mix-in for the program: gives its guest, if there is one, what it is to know."""

    async def hand_on(self, event: Event, aim: Aim | None) -> None:
        """It hears it first, when what was typed before it has had its effect."""
        if self.guest is not None:
            self.guest.hears(event)
        await super().hand_on(event, aim)

    def action_explain(self) -> None:
        """F1: what it says, then the help of the screen."""
        if self.guest is None or not self.guest.explains():
            super().action_explain()

    def action_hint(self) -> None:
        """Ctrl+L."""
        if self.guest is not None:
            self.guest.helps()

    def action_stop(self) -> None:
        """Ctrl+Q leaves a lesson first, and then the program."""
        if self.guest is None:
            super().action_stop()
        else:
            unless_changed(self.changed_anywhere, self.push_screen, self.guest.leave)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hints are of a lesson."""
        return self.guest is not None if action == "hint" else super().check_action(action, parameters)

    def exit(self, *result: Any, **how: Any) -> None:
        """End; what is to be kept is kept."""
        if self.guest is not None:
            self.guest.ended()
        super().exit(*result, **how)

    def on_unmount(self) -> None:
        """The same, of a program that ends by an error."""
        if self.guest is not None:
            self.guest.ended()
