"""A panel at the bottom of every screen, whichever is in front: part of the presentation, not of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from textual.app import App
from textual.content import Content, Span
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widgets._toast import ToastRack

from screens.shared import keys
from screens.shared.block import Drawing
from screens.shared.text import plain
from screens.shell.esis import EsisApp
from screens.shell.field_keys import in_field

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

    def slim(self, height: int) -> bool:  # noqa: ARG002
        """Whether it has no frame in a terminal of so many rows."""
        return False

    def in_browser(self, *, typing: bool = False) -> Caption:
        """With the keys that a page gets; `typing`: in a field, where a letter is typed."""
        return replace(
            self,
            title=keys.told_in_browser(self.title, typing=typing),
            lines=[_in_browser(line, typing) for line in self.lines],
            keys=[(keys.told_in_browser(key, typing=typing), does) for key, does in self.keys],
            aside=[_in_browser(line, typing) for line in self.aside],
        )

    def drawn(self, width: int, most: int) -> list[Content]:
        """At most this many lines for a width: the keys are the last one."""
        aside = [line.truncate(ASIDE, ellipsis=True) for line in self.aside] if width >= BESIDE else []
        left = width - ASIDE - len(RULE) if aside else width
        lines = _shortened([list(line.wrap(left)) for line in self.lines], most - 1)
        lines += [Content("")] * max(0, len(aside) - len(lines) - 1)
        named = (Content.assemble((key, "bold $key"), (f" {does}", "$label")) for key, does in self.keys)
        lines.append(Content("   ").join(named))
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


def _in_browser(line: Content, typing: bool) -> Content:
    """With the keys of a browser, in the colours of those they stand for."""
    parts, at = [], 0
    for start, end, key in keys.keys_told(line.plain, typing=typing):
        styles = [Span(0, len(key), span.style) for span in line[start:end].spans]
        parts += [line[at:start], Content(key, styles)]
        at = end
    return Content("").join([*parts, line[at:]])


PRESENTED = "-presented"
"""What the messages of a screen with a panel are marked with: they stand at the top, where they do not cover it."""
LEAST = 8
"""Lines that it can have on any screen."""
SLIM = 2
"""Lines of text that it has without a frame."""
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
    PresentationPanel.-slim { border: none; padding: 0 1; }
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
        slim = caption.slim(height)
        self.set_class(slim, "-slim")
        self.tell(partial(caption.drawn, most=SLIM if slim else max(LEAST, height // 4)), said)


class Panel:
    """The panel of a program; say its contents with `tell`."""

    def __init__(self, app: App[Any], *, roomy: bool = False) -> None:
        self._app, self._roomy = app, roomy
        self.told: Caption | None = None
        self._text: tuple[Caption | None, bool] = (None, False)
        """What was last said, and whether to a field."""
        self.held = False
        """Whether it stays as it is for the time being."""
        self._follows = app.set_interval(LOOK, self.show)

    def close(self) -> None:
        """No panel on any screen from now on."""
        self._follows.stop()
        self.tell(None)

    def tell(self, text: Caption | None) -> None:
        """Show this in the panel of the screen in front, and of each that follows; None: no panel."""
        self._say(text)
        self.show()

    def _say(self, text: Caption | None) -> None:
        """In a browser with the keys that work where the focus is."""
        if not (isinstance(self._app, EsisApp) and self._app.in_browser):
            self.told = text
            return
        typing = bool(self._app.screen_stack) and in_field(self._app.focused)
        if (text, typing) != self._text:
            self._text = text, typing
            self.told = text.in_browser(typing=typing) if text else None

    def show(self) -> None:
        """Put the panel on the screen in front."""
        if self.held or not self._app.screen_stack:
            return
        screen: Screen[Any] = self._app.screen
        if self.told is not None and self._text[0] is not None:
            self._say(self._text[0])
        window = isinstance(screen, ModalScreen)
        for behind in self._app.screen_stack[:-1] if window else ():  # it would show through: one panel at a time
            for panel in behind.query(PresentationPanel):
                panel.display = False
        try:
            panel = screen.query_one(PresentationPanel)
            panel.display = True
        except NoMatches:
            if self.told is not None and screen.is_running:
                over = "-over" if window else ""
                screen.mount(PresentationPanel(self.told, f"presentation {over} {'-roomy' if self._roomy else ''}"))
                screen.query(ToastRack).add_class(PRESENTED)
            return
        if self.told is None:
            panel.remove()
            screen.query(ToastRack).remove_class(PRESENTED)
        elif panel.caption != self.told:
            panel.say(self.told)


class PanelApp(EsisApp):
    """The program with a panel from its beginning."""

    has_lessons = False
    roomy = False
    """Whether there is extra space around the text, for a projector."""
    held = False
    """Whether the panel changes only when that is asked for."""
    _panel: Panel | None = None
    """There is none before there is a screen."""

    def on_mount(self) -> None:
        """Follow the screens."""
        self._panel = Panel(self, roomy=self.roomy)
        self._panel.held = self.held

    def tell(self, text: Caption | None) -> None:
        """Show this in the panel of the screen in front, and of each that follows; None: no panel."""
        if self._panel is not None:
            self._panel.tell(text)
