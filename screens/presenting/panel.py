"""A panel at the bottom of every screen, whichever is in front: part of the presentation, not of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen

from screens.shared.block import Drawing
from screens.shared.text import plain
from screens.shell.esis import EsisApp

LOOK = 0.1
"""Seconds between checks whether another screen came in front."""


@dataclass(frozen=True)
class Caption:
    """What the panel says."""

    title: str
    lines: Sequence[Content]
    """What is to be done, or what happens; wrapped to the room there is."""
    keys: Sequence[tuple[str, str]]
    """The keys, each with what it does."""
    aside: Sequence[Content] = ()
    """How far it is, in a column of its own at the right."""
    short: str = ""
    """The same in a few words, in the border, where there is no room for the column."""
    below: str = ""
    """In the border, where there is room for the column."""

    @property
    def text(self) -> str:
        """All of it, as words."""
        parts = [self.title, self.short, self.below, *map(str, (*self.lines, *self.aside))]
        return "\n".join([*parts, *(f"{key} {does}" for key, does in self.keys)])

    def drawn(self, width: int, most: int) -> list[Content]:
        """At most this many lines for a width: the keys are the last one."""
        aside = [line.truncate(ASIDE, ellipsis=True) for line in self.aside] if width >= BESIDE else []
        left = width - ASIDE - len(RULE) if aside else width
        lines = _shortened([list(line.wrap(left)) for line in self.lines], most - 1)
        lines += [Content("")] * max(0, len(aside) - len(lines) - 1)
        keys = (Content.assemble((key, "bold $key"), (f" {does}", "$label")) for key, does in self.keys)
        lines.append(Content("   ").join(keys))
        if not aside:
            return lines
        aside += [Content("")] * (len(lines) - len(aside))
        rule = Content(RULE).stylize("$line")
        return [
            Content.assemble(one.pad_right(left - one.cell_length), rule, other)
            for one, other in zip(lines, aside, strict=True)
        ]


def _shortened(parts: list[list[Content]], most: int) -> list[Content]:
    """Their lines, of which the longest part gives way."""
    while sum(map(len, parts)) > most and (longest := max(parts, key=len))[1:]:
        longest[-2:] = [Content.assemble(longest[-2], "…")]
    return [line for part in parts for line in part]


LEAST = 8
"""Lines that it can have on any screen."""
ASIDE, BESIDE = 36, 96
"""Cells of the column at the right, and from which width there is one."""
RULE = " │ "


class PresentationPanel(Drawing, can_focus=False):
    """The panel below the screen; not part of the screen."""

    DEFAULT_CLASSES = "presentation"
    SCOPED_CSS = False
    DEFAULT_CSS = """
    PresentationPanel { width: 100%; background: $surface; padding: 0 1; border: round $key;
                        border-title-color: $key; border-title-style: bold; border-title-background: $surface;
                        border-subtitle-color: $label; border-subtitle-background: $surface; }
    PresentationPanel.-over { dock: bottom; margin: 0 0 1 0; }
    PresentationPanel.-roomy { padding: 1 4; }
    """

    def __init__(self, caption: Caption, classes: str) -> None:
        super().__init__(id="presentation")
        self.add_class(*classes.split())
        self.caption = caption

    def on_mount(self) -> None:
        """Draw it."""
        self.say(self.caption)

    def on_resize(self) -> None:
        """There is room for other words in the border."""
        self.say(self.caption)

    def say(self, caption: Caption) -> None:
        """Show another one."""
        self.caption = caption
        self.border_title = plain(caption.title)
        width, height = self.app.size
        said = caption.below if width - 4 >= BESIDE else caption.short
        self.tell(partial(caption.drawn, most=max(LEAST, height // 4)), said)


class PanelApp(EsisApp):
    """The program with a panel; set its content with `tell`."""

    CSS = "ToastRack { dock: top; align: right top; margin: 3 0 0 0; }"  # at the bottom it would cover the panel
    has_lessons = False
    roomy = False
    """Whether there is extra space around the text, for a projector."""
    _told: Caption | None = None

    def on_mount(self) -> None:
        """Follow the screens."""
        self.set_interval(LOOK, self.show_panel)

    def tell(self, text: Caption | None) -> None:
        """Show this in the panel of the screen in front, and of each that follows; None: no panel."""
        self._told = text and replace(text, keys=[(self.in_keys(key), does) for key, does in text.keys])
        self.show_panel()

    def show_panel(self) -> None:
        """Put the panel on the screen in front."""
        if not self.screen_stack:
            return
        screen: Screen[Any] = self.screen
        window = isinstance(screen, ModalScreen)
        for behind in self.screen_stack[:-1] if window else ():  # it would show through: one panel at a time
            for panel in behind.query(PresentationPanel):
                panel.display = False
        try:
            panel = screen.query_one(PresentationPanel)
            panel.display = True
        except NoMatches:
            if self._told is not None and screen.is_running:
                over = "-over" if window else ""
                screen.mount(PresentationPanel(self._told, f"presentation {over} {'-roomy' if self.roomy else ''}"))
            return
        if self._told is None:
            panel.remove()
        elif panel.caption != self._told:
            panel.say(self._told)
