"""What is new since the last turn, as lines: messages, the lesson, the screen, and what has the focus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from screens.driving import reading
from screens.driving.focusing import focused_name
from screens.driving.named import Thing
from screens.plain.page import ROWS, Entry, beside, entries, only_text, row_text
from screens.plain.spoken import spoken
from screens.presenting.lesson import Lesson
from screens.presenting.panel import Caption
from screens.shared.records import RecordList

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

HERE = "Ook te kiezen:"


AS_BEFORE = "De rest staat er nog zoals verteld; `lees` leest alles."
CLOSES = "Een lege regel sluit dit venster."


@dataclass(eq=False)
class Told:
    """What was told of a screen."""

    lines: list[str] = field(default_factory=list)
    numbers: dict[tuple[int, object], int] = field(default_factory=dict)
    things: dict[int, Entry] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """Of a list, by widget: the first row that is told."""


class Teller:
    """Remembers what was told, and which numbers things have: a number means the same as long as the screen is there."""

    def __init__(self, app: EsisApp) -> None:
        self._app = app
        self._known: WeakKeyDictionary[object, Told] = WeakKeyDictionary()
        """What was told of each screen that is still there."""
        self._now: Told | None = None
        self._before: Told | None = None
        self._title = self._focus = ""
        self._messages: set[str] = set()
        self._lesson: list[str] = []

    def thing(self, number: int) -> Thing | None:
        """What has this number on the screen in front."""
        entry = self._now.things.get(number) if self._now is not None else None
        return entry.thing if entry is not None else None

    def numbered(self, entry: Entry) -> str:
        """A line, with its number if it can be chosen."""
        thing, now = entry.thing, self._now
        if thing is None or now is None:
            return entry.text
        key = (id(thing.widget), None if thing.line is None else (thing.line, thing.says))
        number = now.numbers.setdefault(key, len(now.numbers) + 1)
        now.things[number] = entry
        return f"{number}. {entry.text}"

    def more(self) -> bool:
        """Go on in a list that is told in part: that with the focus, else the first; returns whether there is one."""
        assert self._now is not None
        rows = self._now.rows
        lists = [one for one in self._app.screen.query(RecordList) if rows.get(id(one), 0) + ROWS < one.row_count]
        for listed in sorted(lists, key=lambda one: not one.has_focus)[:1]:
            rows[id(listed)] = rows.get(id(listed), 0) + ROWS
        return bool(lists)

    def again(self) -> None:
        """Tell the whole screen again."""
        if self._now is not None:
            self._now.lines, self._title, self._now.rows = [], "", {}

    def focus(self) -> str:
        """What has the focus, in words."""
        focused = self._app.focused
        if isinstance(focused, RecordList) and focused.row is not None:
            return row_text(focused, focused.row)
        return spoken(focused_name(self._app.screen))

    # ---- what is new

    def news(self) -> Iterator[str]:
        """What is to be told now."""
        if not self._app.screen_stack:
            return
        yield from self._new_messages()
        yield from self._new_of_lesson()
        yield from self._new_on_screen()
        focus = self.focus()
        if focus and focus != self._focus:
            yield f"U staat op: {focus}"
        self._focus = focus

    def _new_messages(self) -> Iterator[str]:
        for one in self._app._notifications:
            if one.identity not in self._messages:
                self._messages.add(one.identity)
                lead = {"error": "Fout", "warning": "Let op"}.get(one.severity, "Melding")
                yield f"{lead}: {spoken(str(one.message))}"

    def _caption(self) -> Caption | None:
        guest = self._app.guest
        return guest.told if isinstance(guest, Lesson) else None

    def lesson(self) -> list[str]:
        """The lesson: its task, remark and hint, and how far it is; empty outside a lesson."""
        caption = self._caption()
        if caption is None:
            return []
        return [spoken(caption.title), *(spoken(str(line)) for line in caption.lines)]

    def progress(self) -> str:
        """How far the lesson is: `1 van 5, 0:31, 2 hints`."""
        caption = self._caption()
        return spoken(caption.short) if caption is not None else ""

    def _new_of_lesson(self) -> Iterator[str]:
        now = self.lesson()
        new = [line for line in now if line not in self._lesson]
        if new and now[0] not in new:
            new.insert(0, now[0])
        self._lesson = now
        yield from new

    def _new_on_screen(self) -> Iterator[str]:
        place = reading.where(self._app)
        title = (
            f"Venster: {spoken(place['window'])}" if place["window"] else f"Scherm: {place['program']}, {place['path']}"
        )
        if title != self._title:
            yield spoken(title).rstrip(", ")
        self._title = title
        now = self._now = self._known.setdefault(self._app.screen, Told())
        back = bool(now.lines)
        told = [*entries(self._app.screen, now.rows)]
        if around := [*beside(self._app.screen)]:
            told += [Entry(HERE), *around]
        known, now.lines = Counter(now.lines), [entry.text for entry in told]
        for entry in told:
            line = self.numbered(entry)
            if known[entry.text]:
                known[entry.text] -= 1
            else:
                yield line
        if only_text(self._app.screen):
            yield CLOSES
        if back and self._before is not now:
            yield AS_BEFORE
        self._before = now
