"""A one-line choice: a tab, a menu item, an entry of the left block, an action in a row."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual.actions import SkipAction
from textual.content import Content
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.shared import keys
from screens.shared.spatial import cross, nearest
from screens.shared.text import plain

OTHERS = "▼"
"""The sign behind what can be chosen otherwise."""


class Link(Widget, can_focus=True):
    """A line to choose with Enter or the mouse; `reason` says why it is disabled, and dims it.

    With the focus it has a mark in the room before its text, as a list has at its cursor. A word without that room, a key
    or a sign is underlined, so that colour is not all that tells it from a text.
    """

    DEFAULT_CSS = """
    Link { width: auto; height: 1; color: $ink; }
    Link:hover { text-style: underline; }
    Link:focus { background: $focus; color: $on-focus; text-style: bold; }
    Link.-blocked { color: $hint; text-style: italic; }
    Link.-blocked:focus { color: $on-focus; }
    """
    CLOSED = False
    """Whether a second mark stands behind the text of the one with the focus, if there is room."""
    BINDINGS = [
        keys.OPEN("choose", id="link.choose", tooltip="Opent of kiest waar u op staat."),
    ]

    @dataclass
    class Chosen(Message):
        """The link was chosen."""

        link: Link

        @property
        def control(self) -> Link:
            """The link, for `@on` selectors."""
            return self.link

    def __init__(self, text: str, *, key: str = "", reason: str = "", id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self.text = text
        self.full = ""
        self.key = key
        self.reason = reason
        self.set_class(bool(reason), "-blocked")

    def render(self) -> Content:
        """The text, as data."""
        text = plain(self.text)
        return text.stylize("underline") if self._bare and not (self.has_focus or self.reason) else text

    @property
    def _bare(self) -> bool:
        """Whether its text has nothing beside it that tells that it can be chosen."""
        return not self.styles.gutter.left and self.text[:1].isalpha() and not self.text.endswith(OTHERS)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The mark takes the place of the edge or of blanks, so nothing moves."""
        first, *rest = super().render_lines(crop)
        room = self.styles.gutter.left
        if self.has_focus and room and crop.x == crop.y == 0:
            mark = "▶ "[:room]
            first = Strip([Segment(mark, self.visual_style.rich_style), *first.crop(len(mark))])
            if self.styles.gutter.right > 1 and self.CLOSED and crop.width == self.outer_size.width:
                first = Strip([*first.crop(0, crop.width - 1), Segment("◀", self.visual_style.rich_style)])
        return [first, *rest]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide as the text."""
        return plain(self.text).cell_length

    def set_text(self, text: str, full: str = "") -> None:
        """Show another text; `full` is used if there is room for it."""
        self.full = full
        if text != self.text:
            self.text = text
            self.refresh(layout=True)

    def block(self, reason: str) -> None:
        """Dim it for this reason; an empty one enables it again."""
        self.reason = reason
        self.set_class(bool(reason), "-blocked")

    def action_choose(self) -> None:
        """Notify listeners."""
        self.post_message(self.Chosen(self))

    def on_click(self, event: Click) -> None:
        """The mouse chooses too."""
        event.stop()
        self.focus()
        self.action_choose()


class WordLink(Link):
    """A word in a row or a line of texts: underlined, and with the focus filled between two marks, as a button is."""

    DEFAULT_CSS = """
    WordLink { color: $key; padding: 0 2; }
    """
    CLOSED = True

    @property
    def _bare(self) -> bool:
        return True


class Sentence(Link):
    """A link of as many lines as its text takes."""

    DEFAULT_CSS = "Sentence { width: 1fr; height: auto; }"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes."""
        return max(1, len(plain(self.text).wrap(max(2, width))))


class KeyLink(Link):
    """A link that shows the key that does the same."""

    def __init__(self, letter: str, text: str, *, key: str = "", id: str | None = None, classes: str = "") -> None:
        super().__init__(text, key=key, id=id, classes=classes)
        self.letter = letter

    def render(self) -> Content:
        """The key, then the text."""
        if not self.letter:
            return super().render()
        letter = Content(self.letter) if self.has_focus or self.reason else Content(self.letter).stylize("bold $key")
        return Content.assemble(letter, " ", plain(self.text))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """With the key."""
        return super().get_content_width(container, viewport) + (len(self.letter) + 1 if self.letter else 0)


class ArrowKeys(Widget):
    """Mix-in for a container: arrow keys move between its links by position."""

    BINDINGS = [
        key(f"move('{key.keys}')", id=f"links.{key.keys}", tooltip=f"Gaat {key.text.lower()}.", show=False)
        for key in (keys.UP, keys.DOWN, keys.LEFT, keys.RIGHT)
    ]

    def action_move(self, direction: str) -> None:
        """Focus the nearest link in this direction; if there is none, go on to what is there on the screen."""
        current = self.screen.focused
        target = nearest(self, current, direction, Link) if current is not None else None
        if target is not None:
            target.focus()
        elif current is None or not cross(current, direction):
            raise SkipAction


class OneStop(ArrowKeys):
    """A bar of links that is one stop for Tab; the arrow keys go along it. The one that is `-here` is where Tab comes in."""

    @property
    def stop(self) -> Link | None:
        """The link for Tab to stop at."""
        links = [link for link in self.query(Link) if link.display]
        focused = self.screen.focused
        if focused in links:
            return focused  # type: ignore[return-value]  # one of the links
        return next((link for link in links if link.has_class("-here")), links[0] if links else None)
