"""Some of a few, in the user's own order: one list in which Space ticks, and Shift with an arrow moves ticked rows up and down.

Ticked rows come first, numbered and in order; the rest follow in their original order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType

from screens.shared import keys
from screens.shared.records import Column, Rows
from screens.shared.ticks import Option, Ticks

MOST_LINES = 8
HEADING = "spatie kruist aan, Shift+↑ hoger, Shift+↓ lager"


class OrderedTicks(Ticks):
    """Options of text and value; its `value` is the ticked values, in order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        keys.HIGHER("shift(-1)", "Hoger", id="order.up", tooltip="Zet de aangekruiste regel een plaats hoger."),
        keys.LOWER("shift(1)", "Lager", id="order.down", tooltip="Zet de aangekruiste regel een plaats lager."),
    ]

    def __init__(self, options: Iterable[tuple[str, str]], chosen: Iterable[str], *, id: str) -> None:
        listed = list(options)
        super().__init__(listed, chosen, id=id)
        self._natural = [value for _, value in listed]
        self.columns = [Column(HEADING, self._numbered)]
        self.styles.height = min(len(listed), MOST_LINES) + 1
        self.value = tuple(chosen)

    def _numbered(self, option: Option) -> str:
        place = list(self.marked).index(option.id) + 1 if option.id in self.marked else None
        return f"{place}. {option.text}" if place else option.text

    def name_of(self, line: int) -> str:
        """The text of a line without its number."""
        row = self.row_at(line)
        return "" if row is None else str(row.text)

    @property
    def value(self) -> tuple[str, ...]:
        """The ticked values, in order."""
        return tuple(self.marked)

    @value.setter
    def value(self, chosen: Iterable[str]) -> None:
        known = {option.id: option for option in self._options}
        self.marked = {name: known[name] for name in chosen if name in known}
        if hasattr(self, "_natural"):
            self._arrange()

    def action_mark(self) -> None:
        """Tick the row as the last one, or untick it; the cursor goes to the row that followed it."""
        if (row := self.row) is None:
            return
        after = self._options[min(self.cursor + 1, len(self._options) - 1)]
        if self.marked.pop(row.id, None) is None:
            self.marked[row.id] = row
        self._arrange()
        self._go_to(after)
        self._marks_changed()

    def action_mark_all(self) -> None:
        """Tick every row, adding the unticked ones at the end; or untick them if all are ticked."""
        if len(self.marked) == len(self._options):
            self.marked = {}
        else:
            self.marked |= {option.id: option for option in self._options if option.id not in self.marked}
        self._arrange()
        self._marks_changed()

    def action_shift(self, places: int) -> None:
        """Move a ticked row up or down among the ticked ones."""
        row, order = self.row, list(self.marked)
        if row is None or row.id not in self.marked:
            return
        place = order.index(row.id)
        other = max(0, min(len(order) - 1, place + places))
        order.insert(other, order.pop(place))
        self.marked = {name: self.marked[name] for name in order}
        self._arrange()
        self._go_to(row)
        self._marks_changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only ticked rows can be moved."""
        if action == "shift":
            return bool(self.marked)
        return super().check_action(action, parameters)

    def _arrange(self) -> None:
        rest = [option for option in self._options if option.id not in self.marked]
        self._options = [*self.marked.values(), *sorted(rest, key=lambda option: self._natural.index(option.id))]
        if self.is_mounted:
            self.show(Rows(self._options))
            self.refresh_bindings()

    def _go_to(self, row: Option) -> None:
        self.cursor = self._options.index(row)
