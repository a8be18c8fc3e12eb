"""What was chosen, filled in or ticked, as lines in the words of the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Select, TextArea

from app.targets import MenuItem
from app.training.scripts.recorded import Part, Recording
from screens.driving import wording
from screens.driving.wording import quoted
from screens.recording import folding
from screens.recording.folding import Tag
from screens.recording.keeping import Keeping
from screens.recording.moments import Moment
from screens.school_time.clock import SchoolTime
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shared.top_bar import MenuBar
from screens.shell.palette import Palette
from screens.start.sheet import HeadLink, ItemLink

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

_BREAK = re.compile("\r\n|[\r\n]")


class Naming(Keeping):
    """Knows a name for each act."""

    def __init__(self, app: EsisApp, recording: Recording) -> None:
        super().__init__(app, recording)
        self._trying: Part | None = None
        """The line of signing in, until it is known whether that went well."""
        self._filled: tuple[list[Part], Widget, str | None] | None = None
        """The line of the field that is being filled in with those of its further lines, and what it is called."""

    # ---- what was chosen

    def _pressed(self, button: Button) -> None:
        self._drop_key()
        if isinstance(button.screen, SchoolTime) and (to := folding.ADVANCES.get(button.id or "")):
            self._advance(to)
        else:
            for text, tag in self._to_its_row(button):
                self._add(text, tag)
            self._choose(button)

    def _to_its_row(self, button: Button) -> list[tuple[str, str]]:
        """A button may be about the line of a list; going to that line is a line of its own."""
        at, screen = self._at, button.screen
        if at is None or at.texts is None or at.screen is not screen:
            return []
        now = Moment.now(self.app)
        moved = [one for one in at.lists_moved(now) if isinstance(one, RecordList)]
        if not moved:
            return []
        if not moved[0].check_action("choose", ()):
            text = wording.for_choosing(screen, moved[0], moved[0].cursor)
            return [(text, Tag.NAMED)] if text is not None else []
        keys = replace(at, moves=[]).keys_to(replace(now, focused=moved[0]))
        return [(f"press {' '.join(keys)}", Tag.NAMED)] if keys else []

    def _followed(self, link: Link) -> None:
        self._drop_key()
        if isinstance(link, ItemLink):
            self._fold(Tag.MENU)
            self._open(wording.for_place(MenuItem(link.key)))
        elif link.has_class("tab") and link.key == folding.START:
            self._fold(Tag.MENU)
            self._open(folding.START)
        elif link.has_class("tab") or isinstance(link, HeadLink):
            self._choose(link, tag=Tag.MENU)
        else:
            self._fold(Tag.MENU, keep=any(isinstance(node, MenuBar) for node in link.ancestors))
            self._choose(link)

    def _choose(self, widget: Widget, line: int | None = None, tag: str = "") -> None:
        text = wording.for_choosing(widget.screen, widget, line)
        if text is not None:
            self._instead(text, tag or (Tag.SIGN_IN if folding.signs_in(widget.screen) else Tag.NAMED))
        elif self._act is not None and not self._act.parts and self._at is not None:
            for way, sort in [*self._way_there(self._at), ("press enter", Tag.KEY)]:
                self._add(way, sort)

    def _open(self, path: str | None) -> None:
        if path is not None:
            self._instead(f"open {path}", Tag.NAMED)

    def _selected(self, overlay: Any, place: int) -> None:
        select = next((node for node in overlay.ancestors if isinstance(node, Select)), None)
        label = wording.for_field(select.screen, select) if select is not None else None
        if select is not None and label is not None:
            self._instead(f"select {quoted(label)} {quoted(str(select._options[place][0]))}", Tag.NAMED)

    # ---- what was filled in

    def _typed(self, widget: Widget) -> None:
        act = self._act
        if act is None or act.focused is not widget or not isinstance(widget, Input | TextArea):
            return
        if isinstance(act.event, events.MouseDown):
            return  # the program filled it in
        value = widget.text if isinstance(widget, TextArea) else "" if widget.password else widget.value
        known, tag = self._filled, Tag.FILL
        goes_on = known is not None and known[1] is widget and self.recording.parts[-len(known[0]) :] == known[0]
        label = known[2] if known is not None and goes_on else wording.for_field(widget.screen, widget)
        if isinstance(widget.screen, Palette):
            label, tag = None, Tag.PALETTE
        elif isinstance(widget.screen, SchoolTime):
            tag = Tag.TIME
        elif folding.signs_in(widget.screen):
            tag = Tag.SIGN_IN
        first, *further = _BREAK.split(value)
        text = f"fill {quoted(label)} {quoted(first)}" if label is not None else f"type {quoted(first)}"
        if known is not None and goes_on:
            part, *others = known[0]
            part.text = text
            for other in others:
                self._take_away(other)
            act.settled = True
        else:
            part = self._instead(text, tag)
        more = [line for one in further for line in ("press enter", f"type {quoted(one)}" if one else "") if line]
        self._filled = ([part, *(self._add(line, tag) for line in more)], widget, label)

    def _ticked_box(self, box: Checkbox) -> None:
        if box is self.app.focused and (label := wording.for_ticking(box.screen, box)) is not None:
            self._instead(f"{'tick' if box.value else 'untick'} {quoted(label)}", Tag.NAMED)

    def _marked(self, listed: Any) -> None:
        """One line was ticked; ticking all of them is a key."""
        act = self._act
        changed = frozenset(listed.marked) ^ act.marked.get(listed, frozenset()) if act is not None else ()
        if len(changed) != 1:
            return
        (known_by,) = changed
        place = next((n for n, row in enumerate(listed.every_row(listed.row_count)) if row.id == known_by), None)
        if place is not None and (label := wording.for_ticking(listed.screen, listed, place)) is not None:
            self._instead(f"{'tick' if known_by in listed.marked else 'untick'} {quoted(label)}", Tag.NAMED)

    def _sign_in(self, user: str) -> None:
        """Which user it is says enough: the password is that of the practice board."""
        screen = self.app.screen
        for part in list(reversed(self.recording.parts)):
            if part.tag == Tag.SIGN_IN or (self._act is not None and part in self._act.parts):
                self._take_away(part)
            elif part.tag == "" or not part.text.startswith("select"):
                break
        if folding.signs_in(screen):
            self._trying = self._add(f"sign in as {user}", Tag.NAMED)

    def _advance(self, to: str) -> None:
        """Moving the school time takes care of its window itself; that stays open, for who looks at it."""
        window = isinstance(self.app.screen, SchoolTime)
        if not self._fold(Tag.TIME) and window:
            self._add("press f9", Tag.KEY)
        self._instead(f"advance {to}", Tag.NAMED)
        self._add("press f9", Tag.TIME)
