"""The answers of a question, one a line."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.events import Key
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from app.exchange.names import folded
from screens.shared import keys

GUTTER = "  "
"""Where a mark stands."""


class Answers(OptionList):
    """The answers to choose from: a mark at the one that Enter chooses, another at the one that holds now.

    Where the focus is elsewhere, as while one types what to look for, the one that Enter chooses is marked as chosen only.
    """

    SCOPED_CSS = False
    DEFAULT_CSS = """
    .dialog Answers.-textual-compact > .option-list--option { padding: 0 0 0 2; }
    Answers > .option-list--option-highlighted { color: $ink; background: $here; }
    Answers:focus > .option-list--option-highlighted { color: $on-focus; background: $focus; text-style: bold; }
    Answers > .answers--here { color: $focus; }
    Answers > .answers--key { color: $key; text-style: bold; }
    """
    COMPONENT_CLASSES = {"answers--here", "answers--key"}
    BINDINGS = [keys.OPEN("select", "Kiezen", id="choose.answer", tooltip="Kiest de regel waar u op staat.")]

    def __init__(self, *answers: Option, now: str | None = None, id: str | None = None) -> None:
        """`now`: the id of the current answer, where the cursor begins."""
        super().__init__(*answers, compact=True, id=id)
        self._now = now

    def on_key(self, event: Key) -> None:
        """A letter goes to the next answer that begins with it."""
        if event.character is None or not event.is_printable or event.character.isspace():
            return
        wanted, here = folded(event.character), self.highlighted if self.highlighted is not None else -1
        places = [*range(here + 1, len(self.options)), *range(here + 1)]
        for place in places:
            option = self.options[place]
            if not option.disabled and folded(str(option.prompt)).lstrip().startswith(wanted):
                self.highlighted = place
                event.stop()
                return

    def on_mount(self) -> None:
        """Begin at the current one."""
        places = [place for place, option in enumerate(self.options) if option.id == self._now]
        if self._now is not None and places:
            self.highlighted = places[0]

    def known_at(self, y: int) -> str | None:
        """The answer on this line of the widget; None if there is none."""
        line = self.scroll_offset.y + y - self.gutter.top
        return str(self.options[self._lines[line][0]].prompt) if 0 <= line < len(self._lines) else None

    def render_line(self, y: int) -> Strip:
        """A line, with its mark in the gutter."""
        strip, line = super().render_line(y), self.scroll_offset.y + y
        place, below = self._lines[line] if line < len(self._lines) else (None, 0)
        if place is None or below:
            return strip
        now = self._now is not None and self.options[place].id == self._now
        mark = ("▶" if self.has_focus else "▌") if place == self.highlighted else "●" if now else ""
        style = next(iter(strip)).style
        if mark == "▌" and style is not None:
            style += Style(color=self.get_component_styles("answers--here").color.rich_color)
        return Strip([Segment(f"{mark} ", style), *strip.crop(len(GUTTER))]) if mark else strip
