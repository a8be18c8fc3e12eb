"""The line above a list: what is searched for, the filters with their keys, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.frame import KeyName
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import plain


class Filter(Link):
    """A filter with its key: `G Groep alle ▼`; Enter or a click chooses another."""

    DEFAULT_CSS = """
    Filter { color: $label; max-width: 44; }
    """

    def __init__(self, key: keys.Meaning, label: str, *, id: str) -> None:
        super().__init__(label, id=id)
        self._key, self._label, self._value = key, label, ""

    def set_value(self, value: str) -> None:
        """What is chosen."""
        self._value = value
        self.set_text(f"{self._label} {value} ▼")

    def render(self) -> Content:
        """The key and the value stand out."""
        letter = plain(self._letter)
        if self.has_focus:
            return Content.assemble(letter, f" {self._label} ", plain(self._value), " ▼")
        value = plain(self._value).stylize("$ink")
        return Content.assemble(letter.stylize("bold $key"), f" {self._label} ", value, " ▼")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """With the key."""
        return super().get_content_width(container, viewport) + len(self._letter) + 1

    @property
    def _letter(self) -> str:
        return self._key.each[0].upper()


class FilterLine(Horizontal):
    """F3 and the search, the filters, the count at the right; what else it holds stands after the count."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    FilterLine { height: 3; padding: 0 1; }
    FilterLine KeyName { color: $key; padding: 0 1 0 0; }
    FilterLine .inline-label { color: $label; padding: 0 1 0 0; }
    FilterLine > Label, FilterLine > Filter { margin: 1 0 0 0; }
    FilterLine > Filter { margin: 1 2 0 0; }
    FilterLine TextLine { width: 2fr; max-width: 40; height: 3; border: round $edge; background: transparent; padding: 0 1;
                          margin: 0 3 0 0; }
    FilterLine TextLine:focus { border: heavy $focus; background: transparent; }
    FilterLine .count { width: 1fr; min-width: 12; text-align: right; color: $label; }
    FilterLine Button { margin: 0 0 0 2; }
    .-low FilterLine { height: 1; padding: 0; margin: 0; }
    .-low FilterLine > Label { margin: 0; }
    .-low FilterLine > Filter { margin: 0 2 0 0; }
    .-narrow FilterLine.-filtered .count { display: none; }
    .-low FilterLine TextLine { height: 1; border: none; border-left: vkey $edge; border-right: vkey $edge;
                                background: $field; padding: 0; margin: 0 2 0 0; }
    .-low FilterLine TextLine:focus { border: none; border-left: outer $focus; border-right: outer $focus;
                                      background: $here; }
    """

    def __init__(
        self,
        search: TextLine | None,
        name: str = "",
        *more: Widget,
        filters: Sequence[Filter] = (),
        count: str = "count",
    ) -> None:
        """`name` is the id of the binding of F3, so that another key of the settings is shown; `count` the id of the count."""
        super().__init__(classes="-filtered" if filters else "")
        self._search, self._binding, self._filters, self._more, self._count = search, name, filters, more, count

    def compose(self) -> ComposeResult:
        """Lay them out."""
        if self._search is not None:
            yield KeyName(keys.SEARCH, self._binding)
            yield Label("Zoeken", classes="inline-label")
            yield self._search
        yield from self._filters
        yield Label("", id=self._count, classes="count")
        yield from self._more
