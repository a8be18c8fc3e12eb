"""What was recorded so far, as who listens keeps it: lines with what they belong to, so that several come to one word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from app.training.scripts.recorded import Kind, Part, Recording
from screens.driving import wording
from screens.recording import folding
from screens.recording.folding import Tag
from screens.recording.moments import Moment
from screens.recording.written_keys import written_key
from screens.shared.records import RecordList

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp


@dataclass
class Act:
    """A key, a paste or a press of the mouse, and what came of it so far."""

    event: events.Event
    screen: Screen[Any]
    focused: Widget | None
    acts: int
    """How many use cases had been carried out."""
    marked: dict[Widget, frozenset[Any]]
    parts: list[Part] = field(default_factory=list)
    settled: bool = False
    """Whether what it was is told already: it changed what was recorded, or undid it."""


FEW = 2
"""Keys that say as much as the name of the line they go to."""


class Keeping:
    """The parts of a recording, and the moment of the last of them."""

    def __init__(self, app: EsisApp, recording: Recording) -> None:
        self.app, self.recording = app, recording
        self._act: Act | None = None
        self._at: Moment | None = None
        """After the last line."""
        self._before: dict[Part, Moment | None] = {}
        """For each line, what was so before it."""
        self._openers: dict[Screen[Any], Part | None] = {}
        """The windows that are open, and the line that opened each, if one did."""

    def _add(self, text: str, tag: str) -> Part:
        part = self.recording.add(Kind.LINE, text, tag)
        self._before[part] = self._at
        if self._act is not None:
            self._act.parts.append(part)
        return part

    def _instead(self, text: str, tag: str) -> Part:
        """Something that has a name, instead of the key that did it."""
        self._drop_key(text)
        return self._add(text, tag)

    def _drop_key(self, text: str = "") -> None:
        act = self._act
        for part in list(reversed(act.parts)) if act is not None else ():
            if part.tag in (Tag.KEY, Tag.MOVE, Tag.ENTER) or (text == "sign out" and part.tag == Tag.NAMED):
                self._take_away(part)

    def _take_away(self, part: Part) -> None:
        if part in self.recording.parts:
            self.recording.parts.remove(part)
        if self._act is not None:
            self._act.settled = True
            if part in self._act.parts:
                self._act.parts.remove(part)

    def _fold(self, tag: str, *, keep: bool = False) -> bool:
        """Take away the last parts that belong to this; returns whether there were any."""
        found = False
        while not keep and self.recording.parts and self.recording.parts[-1].tag == tag:
            self._take_away(self.recording.parts[-1])
            found = True
        return found

    def _let_go_of_menu(self, act: Act) -> None:
        """F10 only moved the focus, if nothing of the menu was chosen after it."""
        parts = self.recording.parts
        place = parts.index(act.parts[0]) if act.parts and act.parts[0] in parts else 0
        before = parts[place - 1] if place else None
        menu = before is not None and (before.tag, before.text) == (Tag.MENU, "press f10")
        if before is not None and menu and not act.parts[0].text.startswith("choose"):
            self._take_away(before)

    def _close(self, tag: str, text: str) -> None:
        """A window was closed: if nothing was added since it was opened, it never was."""
        if self._fold(tag):
            self._restore_moment()
        else:
            self._add(text, Tag.KEY)

    def _close_window(self, screen: Screen[Any], acts: int) -> None:
        opener, last = self._openers.pop(screen, None), self.recording.parts[-1:]
        if opener is not None and last == [opener] and acts == self.app.acts:
            self._take_away(opener)
            self._restore_moment(opener)
        else:
            self._add("press escape", Tag.KEY)

    def _restore_moment(self, opener: Part | None = None) -> None:
        if opener is not None:
            self._at = self._before.get(opener, self._at)
        if self._act is not None:
            self._act.settled = False

    def _drop_what_did_nothing(self, act: Act) -> None:
        """Enter in a field that only moved on, and a key in a window that chose from it."""
        (part,) = act.parts if len(act.parts) == 1 else (None,)
        if part is not None and part.tag == Tag.ENTER and self.app.screen is act.screen and self.app.acts == act.acts:
            self._take_away(part)
            act.settled = False
            if self._at is not None:
                self._at.moving(self.app, "enter")
        event = act.event
        if act.parts or act.settled or not folding.chooses_by_key(act.screen, self.app.screen):
            return
        if isinstance(event, events.Key) and event.key not in ("escape", "backspace", "enter"):
            self._add_late(f"press {written_key(event.key)}", act)

    def _add_late(self, text: str, act: Act) -> None:
        part = self.recording.add(Kind.LINE, text, Tag.KEY)
        self._before[part] = self._at
        act.parts.append(part)

    def _way_there(self, at: Moment) -> list[tuple[str, str]]:
        """What brings the cursor and the focus where they are, if they moved since the last line."""
        now = Moment.now(self.app)
        found: list[tuple[str, str]] = []
        few = bool(at.moves) and not at.by_mouse and len(at.moves) <= FEW
        for listed in at.lists_moved(now) if not few else ():
            if isinstance(listed, RecordList) and not listed.check_action("choose", ()):
                text = wording.for_choosing(listed.screen, listed, listed.cursor)
                found += [(text, Tag.MOVE)] if text is not None else []
        if not found and (moved := at.keys_to(now)):
            found = [(f"press {' '.join(map(written_key, moved))}", Tag.MOVE)]
        return found
