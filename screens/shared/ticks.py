"""Any number of a few: a short list in a form in which Space or Enter ticks options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screens.shared.records import Column, RecordList, Rows

HEADING = "kruis aan met de spatiebalk"
MOST_LINES = 6
"""Options in view at once; more are scrolled."""


@dataclass(frozen=True)
class Option:
    """What can be ticked."""

    id: str
    text: str


class Ticks(RecordList):
    """Options of text and value, the chosen ones first; its `value` is the ticked values."""

    opens = False

    def __init__(self, options: Iterable[tuple[str, str]], chosen: Iterable[str], *, id: str) -> None:
        super().__init__(
            [Column(HEADING, lambda option: option.text)], empty="(er is niets om te kiezen)", id=id, marking=True
        )
        first = set(chosen)
        self._options = sorted((Option(value, text) for text, value in options), key=lambda one: one.id not in first)
        self.styles.height = min(len(self._options), MOST_LINES) + 1
        self.can_focus = bool(self._options)
        self.value = tuple(first)

    def on_mount(self) -> None:
        """Show them."""
        self.show(Rows(self._options))

    @property
    def value(self) -> tuple[str, ...]:
        """The ticked values."""
        return tuple(option.id for option in self._options if option.id in self.marked)

    @value.setter
    def value(self, chosen: Iterable[str]) -> None:
        wanted = set(chosen)
        self.marked = {option.id: option for option in self._options if option.id in wanted}
        if self.is_mounted:
            self.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Too short to sort or save."""
        return False if action in ("sort", "save_csv") else super().check_action(action, parameters)
