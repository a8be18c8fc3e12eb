"""Beschikbare koppelingen under their headings, and what the signs of a status mean."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from app.couplings.catalogue import CouplingType
from app.diagnosis.coupling_status import Badge
from screens.shared import signs
from screens.shared.block import Block
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link, WordLink
from screens.shared.text import plain


class Legend(Block):
    """What the signs of the status mean."""

    def __init__(self) -> None:
        super().__init__("Status", id="legend", opens=False)
        self.tell(self._lines, said=())  # each row says it in words

    @staticmethod
    def _lines(_width: int) -> list[Content]:
        shown = [badge for badge in signs.BADGES if badge is not Badge.NO_CODE]
        return [
            Content.assemble(Content(signs.BADGES[badge][0]).stylize(f"${signs.BADGES[badge][1]}"), f" {badge}")
            for badge in shown
        ]


class Available(ArrowKeys):
    """Beschikbare koppelingen; rebuilt only when what is available changes."""

    def action_move(self, direction: str) -> None:
        """Going up from the first one leads to the activated couplings."""
        try:
            super().action_move(direction)
        except SkipAction:
            live = self.screen.query_one("#live")
            if direction != "up" or not (live.can_focus and live.display):
                raise
            live.focus()


class HeadingLink(Link):
    """A heading that opens and closes."""


class AvailableRow(Horizontal):
    """A coupling that can be activated: name, terms, Activeren."""

    def __init__(self, kind: CouplingType, reason: str) -> None:
        super().__init__(classes=f"available-row heading-{slug(kind.heading)}")
        self._kind, self._reason = kind, reason

    def compose(self) -> ComposeResult:
        """The three parts of the row."""
        kind = self._kind
        yield Label(plain(kind.row), classes="available-name")
        yield WordLink("Gebruikersvoorwaarden", key=kind.type, classes="terms")
        yield WordLink("Activeren", key=kind.type, reason=self._reason, classes="activate", id=f"activate-{kind.type}")


def slug(heading: str) -> str:
    """A heading as a class of its rows."""
    return "".join(character if character.isalnum() else "-" for character in heading.lower())
