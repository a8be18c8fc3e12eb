"""What any list can do: sort, save as CSV, and tick rows if the list supports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from textual.message import Message
from textual.widget import Widget

from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.paging import Pages
from screens.shared.sources import Column, Known, Rows, save_csv


class ListActions(Widget):
    """Mix-in for a list of rows; not its first base, because Textual takes the style from that."""

    BINDINGS = [
        keys.SORT(
            "sort",
            "Sorteren",
            id="list.sort",
            tooltip="Sorteert de lijst op een kolom; nog eens keert om.",
            show=False,
        ),
        keys.EXPORT(
            "save_csv", "CSV bewaren", id="list.csv", tooltip="Bewaart de hele lijst als CSV-bestand.", show=False
        ),
        keys.TICK(
            "mark",
            "Aankruisen",
            id="list.mark",
            tooltip="Kruist de regel aan, of haalt het kruisje weg, en gaat naar de volgende regel.",
        ),
        keys.TICK_ALL(
            "mark_all",
            "Alles aankruisen",
            id="list.mark-all",
            show=False,
            tooltip="Kruist alle regels aan; nog eens haalt alle kruisjes weg.",
        ),
    ]

    opens = True
    """Whether a row can be opened."""
    marking = False
    """Whether rows can be ticked; they then need an `id`."""
    columns: Any
    row: Any
    row_count: Any
    _pages: Pages
    _given: Known
    show: Any
    move: Any

    @dataclass
    class Marked(Message):
        """The ticked rows changed."""

        list: ListActions

        @property
        def control(self) -> ListActions:
            """The list, for `@on` selectors."""
            return self.list

    def __init__(self, *children: Widget, **options: Any) -> None:
        super().__init__(*children, **options)
        self.marked: dict[Any, Any] = {}
        """The ticked rows by their id."""
        self.sorted_by: tuple[Column, bool] | None = None
        """The column that was asked for, and whether descending; None: as the source gives them."""

    def action_mark(self) -> None:
        """Tick or untick the row under the cursor, and go to the next."""
        if (row := self.row) is not None and self.marking:
            if self.marked.pop(row.id, None) is None:
                self.marked[row.id] = row
            self._marks_changed()
            self.move(1)

    def action_mark_all(self) -> None:
        """Tick every row of the list, or untick them if all are ticked; ticks from another search stay."""
        source, count, screen = self._pages.source, self.row_count, cast("Any", self.screen)
        if isinstance(source, Rows):
            self._mark_these(source.rows)
        else:  # off the UI thread: there may be thousands
            screen.perform(lambda: source.page(0, count), self._mark_these)

    def _mark_these(self, found: Sequence[Any]) -> None:
        rows = {row.id: row for row in found}
        rest = {number: row for number, row in self.marked.items() if number not in rows}
        self.marked = rest if rows.keys() <= self.marked.keys() else self.marked | rows
        self._marks_changed()

    def unmark(self) -> None:
        """Untick everything."""
        self.marked = {}
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Marked(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ticks only if the list has them; nothing to open, sort or save in an empty list."""
        if action == "choose":
            return self.opens and self.row_count > 0
        if action in ("mark", "mark_all"):
            return self.marking and self.row_count > 0
        if action == "sort":
            return self.row_count > 1 and any(column.order is not None for column in self.columns)
        if action == "save_csv":  # not in a window, nor before anyone signed in
            return self.row_count > 0 and all(hasattr(self.screen, part) for part in ("PATH", "perform", "say"))
        return super().check_action(action, parameters)

    def action_sort(self) -> None:
        """Choose a column; choosing the current one reverses the order."""
        columns = [(str(n), column) for n, column in enumerate(self.columns) if column.order is not None]
        now = self.sorted_by

        def told(column: Column) -> str:
            return column.title if now is None or now[0] is not column else f"{column.title} (nu; kies om te keren)"

        def sort(chosen: str | None) -> None:
            if chosen is not None:
                column = self.columns[int(chosen)]
                self.sorted_by = (column, now is not None and now[0] is column and not now[1])
                self.show(self._given, keep_cursor=False)

        self.app.push_screen(Choose("Sorteren op", [(key, told(column)) for key, column in columns]), sort)

    def action_save_csv(self) -> None:
        """Save every row of the list, in the order on screen."""
        screen: Any = self.screen
        source, columns, name = self._pages.source, self.columns, screen.PATH[-1] if screen.PATH else "lijst"
        screen.perform(lambda: save_csv(source, columns, name), lambda path: screen.say(f"Bewaard als {path}"))
