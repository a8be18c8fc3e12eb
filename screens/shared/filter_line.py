"""The line above a list: what is searched for, the filters with their keys, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.label import Label
from screens.shared.link import OTHERS, KeyLink
from screens.shared.top_bar import KeyName


class Filter(KeyLink):
    """A filter with its key, if it has one: `G Groep alle ▼`; Enter or a click chooses another."""

    DEFAULT_CSS = """
    Filter { color: $label; max-width: 44; }
    """

    def __init__(self, key: keys.Meaning | None = None, label: str = "", *, id: str) -> None:
        super().__init__(key.each[0].upper() if key else "", label, id=id)
        self._label = label

    def set_value(self, value: str) -> None:
        """What is chosen."""
        self.set_text(f"{self._label} {value} {OTHERS}".strip())

    def render(self) -> Content:
        """The sign stays where the value does not fit."""
        text, room = super().render(), self.content_size.width
        if text.cell_length <= room:
            return text
        sign = f" {OTHERS}"
        return Content.assemble(text[: -len(sign)].truncate(room - len(sign), ellipsis=True), sign)


class FilterLine(Horizontal):
    """F3 and the search, the filters, the count at the right; what else it holds stands after the count."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    FilterLine { height: 3; padding: 0 1; }
    FilterLine KeyName { color: $key; padding: 0 1 0 0; }
    FilterLine .inline-label { color: $label; padding: 0 1 0 0; }
    FilterLine .until { color: $label; padding: 0 1; }
    FilterLine > Label, FilterLine > Filter { margin: 1 0 0 0; }
    FilterLine > Filter { margin: 1 2 0 0; }
    FilterLine TextLine { width: 2fr; max-width: 40; height: 3; border: round $edge; background: transparent; padding: 0 1;
                          margin: 0 3 0 0; }
    FilterLine TextLine:focus { border: heavy $focus; background: transparent; }
    FilterLine .count { width: 1fr; min-width: 12; text-align: right; color: $label; }
    FilterLine Button { margin: 0 0 0 2; }
    FilterLine.-period TextLine { width: 15; margin: 0; }
    FilterLine.-period > Filter { margin: 1 0 0 2; }
    FilterLine.-period .count { min-width: 0; }
    FilterLine.-period .inline-label { display: none; }
    .-wide FilterLine.-period .inline-label { display: block; }
    .-low FilterLine { height: 1; padding: 0; margin: 0; }
    .-low FilterLine > Label { margin: 0; }
    .-low FilterLine > Filter { margin: 0 2 0 0; }
    .-narrow FilterLine.-filtered .inline-label, .-narrow FilterLine.-filtered Button { display: none; }
    .-narrow FilterLine.-filtered > Filter { margin: 0 1 0 0; }
    .-narrow FilterLine.-filtered TextLine { margin: 0 1 0 0; width: 1fr; }
    .-narrow FilterLine.-filtered .count { width: auto; min-width: 0; }
    .-low FilterLine TextLine { height: 1; border: none; border-left: vkey $edge; border-right: vkey $edge;
                                background: $field; padding: 0; margin: 0 2 0 0; }
    .-low FilterLine TextLine:focus { border: none; border-left: outer $focus; border-right: outer $focus;
                                      background: $here; }
    .-low FilterLine.-period TextLine { width: 13; margin: 0; }
    .-low FilterLine.-period > Filter { margin: 0 0 0 2; }
    .-narrow FilterLine.-period > Filter { max-width: 24; }
    """

    def __init__(
        self,
        search: TextLine | None,
        name: str = "",
        *more: Widget,
        filters: Sequence[Filter] = (),
        count: str = "count",
        until: TextLine | None = None,
    ) -> None:
        """`name` is the id of the binding of F3, so that another key of the settings is shown; `count` the id of the count;
        `until` the end of a period, if that is what is searched for.
        """
        super().__init__(classes=" ".join((*(["-filtered"] if filters else []), *(["-period"] if until else []))))
        self._search, self._binding, self._filters, self._more, self._count = search, name, filters, more, count
        self._until = until

    def compose(self) -> ComposeResult:
        """Lay them out."""
        if self._search is not None:
            yield KeyName(keys.SEARCH, self._binding)
            yield Label("Periode" if self._until else "Zoeken", classes="inline-label")
            yield self._search
        if self._until is not None:
            yield Label("t/m", classes="until")
            yield self._until
        yield from self._filters
        yield Label("", id=self._count, classes="count")
        yield from self._more
