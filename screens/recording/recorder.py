"""Listens to a running program and writes what its user does as lines of a draaiboek.

It hears the keys and the mouse as the program hands them on, the actions that keys are bound to, and the messages of what
was chosen, filled in or ticked: one place for each kind, whichever screen it is on. What a line says is tried when it is
written (`screens/driving/wording.py`). Moving, scrolling and opening what is closed again leave no line.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, OptionList, Select, TextArea
from textual.widgets._select import SelectOverlay

from app.training.scripts.expecting import Expected
from app.training.scripts.recorded import Kind, Part, Recording
from screens.driving import wording
from screens.driving.seeing import seen
from screens.recording import folding
from screens.recording.asking import RecorderWindow
from screens.recording.folding import Tag
from screens.recording.keeping import Act
from screens.recording.moments import MARKS, Moment, texts
from screens.recording.naming import Naming
from screens.recording.written_keys import is_move, leaves, written_key
from screens.school_time.clock import SchoolTime
from screens.shared.forms import Form
from screens.shared.link import Link
from screens.shared.list_actions import ListActions
from screens.shared.records import RecordList
from screens.shared.tabs import Tabs
from screens.shell.palette import Palette
from screens.start.sign_in import SignIn

if TYPE_CHECKING:
    from screens.shell.entry import Entry
    from screens.shell.esis import EsisApp


OPENING = (Tag.MENU, Tag.PALETTE, Tag.PROGRAMS, Tag.TIME)
"""Lines that are only the way to what follows."""


class Recorder(Naming):
    """Records into a recording, until it is taken off the program."""

    def __init__(self, app: EsisApp, recording: Recording) -> None:
        super().__init__(app, recording)
        self._heard: deque[Message] = deque(maxlen=32)
        self._stops = False
        """Whether the question in front is whether to stop: what is answered there is no part of it."""
        self._place = 0
        """The line of the palette that was chosen."""

    # ---- what the program tells

    def before(self, event: events.Event) -> None:
        """A key, a paste or a press of the mouse is about to be handed on."""
        if isinstance(event, events.MouseUp) or isinstance(self.app.screen, RecorderWindow):
            return
        self.finish()
        screen = self.app.screen
        self._stops = self._stops and isinstance(screen, ModalScreen)
        if self._stops:
            return
        self._at = self._at or Moment.now(self.app)
        marked: dict[Widget, frozenset[Any]] = {
            one: frozenset(one.marked) for one in screen.query(RecordList) if one.marking
        }
        self._act = Act(event, screen, self.app.focused, self.app.acts, marked)
        if isinstance(event, events.MouseDown):
            self._at.moving(self.app)

    def finish(self) -> None:
        """What the last key or press did is done: look at what it came to."""
        act, self._act = self._act, None
        if act is None or not self.app.screen_stack:
            return
        if self._trying is not None:
            if isinstance(self.app.screen, SignIn) or folding.signs_in(self.app.screen):
                self._take_away(self._trying)  # refused: nothing was done
            self._trying = None
        self._drop_what_did_nothing(act)
        self._let_go_of_menu(act)
        last = act.parts[-1] if act.parts else None
        for screen in self.app.screen_stack:
            if isinstance(screen, ModalScreen) and screen not in self._openers:
                self._openers[screen] = last
        if act.parts or act.settled:
            self._at = Moment.now(self.app)

    def conclude(self) -> None:
        """The end: a window that is open with nothing done in it was not worth a line."""
        while self.recording.parts and self.recording.parts[-1].tag in OPENING:
            self.recording.undo()

    async def action(self, key: str, node: DOMNode, action: str, doing: Any) -> bool:
        """A key that is bound to an action; `doing` does it, and says whether it was done."""
        told = self._told(key, node, action)
        done: bool = await doing
        if not done and key == "enter" and isinstance(node, RecordList) and self._at is not None:
            self._at.moving(self.app)
            if node.row is not None:
                self._choose(node, node.cursor)  # nothing opens there, but what follows is about that line
        if done and told is not None and self._act is not None:
            if isinstance(told, list):
                if not self._act.parts:
                    for text, tag in told:
                        self._add(text, tag)
            else:
                told()
        return done

    def _told(self, key: str, node: DOMNode, action: str) -> Any:
        """What a key would say: lines with their tags, something to do about those there are, or nothing."""
        act, at, name = self._act, self._at, action.rpartition(".")[2].partition("(")[0]
        if act is None or at is None or folding.is_silent(name):
            self._stops = name == "stop"
            return None
        screen = act.screen
        if isinstance(node, Select | SelectOverlay):
            return None
        if isinstance(node, Input | TextArea) and name != "submit":
            return None
        if is_move(key, name, node):
            at.moving(self.app, key)
            if name == "leave":
                return lambda: self._fold(Tag.MENU)
            return None
        if name == "menu":
            return [("press f10", Tag.MENU)]
        if name == "find":
            return [("press ctrl+p", Tag.PALETTE)]
        if name == "switch_program":
            return [("press f6", Tag.PROGRAMS)]
        if name == "school_time":
            return [("press f9", Tag.TIME)]
        if isinstance(screen, SchoolTime) and leaves(name):
            return None if name == "stop_or_close" and screen.key_texts else lambda: self._close(Tag.TIME, "press f9")
        if isinstance(screen, Palette):
            return (lambda: self._close(Tag.PALETTE, "press escape")) if leaves(name) else None
        if isinstance(screen, ModalScreen) and leaves(name):
            return lambda: self._close_window(screen, act.acts)
        if isinstance(node, Input) and isinstance(screen, SchoolTime):
            return None
        lines = [(f"press {written_key(key)}", Tag.ENTER if isinstance(node, Input) else Tag.KEY)]
        if folding.depends(node, name, screen):
            return [*self._way_there(at), *lines]
        return lines

    def heard(self, message: Message) -> None:
        """A message in the program; each is heard once for everything that it passes."""
        act = self._act
        if act is None or not isinstance(message, folding.TELLING) or any(message is one for one in self._heard):
            return
        self._heard.append(message)
        match message:
            case Button.Pressed(button=button):
                self._pressed(button)
            case Link.Chosen(link=link):
                self._followed(link)
            case RecordList.Chosen(list=listed):
                self._choose(listed, listed.cursor)
            case Tabs.Opened(tabs=tabs):
                self._choose(tabs, tabs.cursor)
            case OptionList.OptionSelected(option_list=options, option_index=place):
                if isinstance(options.screen, Palette):
                    self._place = place
                elif not isinstance(options, SelectOverlay):
                    self._choose(options, place)
            case SelectOverlay.UpdateSelection(option_index=place):
                self._selected(message._sender, place)
            case Checkbox.Changed(checkbox=box):
                self._ticked_box(box)
            case ListActions.Marked(list=listed):
                self._marked(listed)
            case Input.Changed() | TextArea.Changed():
                self._typed(message.control)  # type: ignore[arg-type]
            case Input.Submitted(input=line):
                if isinstance(line.screen, SchoolTime):
                    self._advance(f"to {line.value}")
                elif isinstance(line.screen, Palette):
                    self._place = line.screen.query_one(OptionList).highlighted or 0
            case Form.Submitted(form=form, values=values):
                if folding.signs_in(form.screen):
                    self._sign_in(str(values.get("user", "")))

    # ---- what has a word of its own

    def found(self, entry: Entry) -> None:
        """An entry of the palette was chosen."""
        words = folding.words_of(self.app, entry)
        if words is None:
            self._add(f"press {'down ' * self._place}enter", Tag.KEY)
            return
        if not self._fold(Tag.PALETTE):
            self._add("press escape", Tag.KEY)
        for text in words:
            self._advance(text.partition(" ")[2]) if text.startswith("advance ") else self._add(text, Tag.NAMED)

    def switched(self, program: str) -> None:
        """Another program was chosen with F6."""
        title = folding.title_of(program)
        parts = self.recording.parts
        chosen = [part for part in parts[-1:] if self._act is not None and part in self._act.parts]
        opener = parts[-len(chosen) - 1 :][:1]
        if title and opener and opener[0].tag == Tag.PROGRAMS:
            for part in (*chosen, *opener):
                self._take_away(part)
            self._add(f"go to {title}", Tag.NAMED)

    def signed_out(self) -> None:
        """Afmelden was chosen."""
        act = self._act
        if act is not None and not any(part.text == "sign out" for part in act.parts):
            self._instead("sign out", Tag.NAMED)

    # ---- what the user adds

    def to_expect(self) -> list[str]:
        """The texts on the screen: what is selected or stands at the cursor first, then what came since the last line."""
        before = (self._at.texts or frozenset()) if self._at is not None else frozenset()
        every = [text for line in seen(self.app) if (text := line.text.strip(MARKS))]
        fresh = [text for text in every if text not in before]
        here = [text for text in wording.texts_at(self.app) if Expected(text).found_in(every)]  # a cell may be cut off
        return list(dict.fromkeys([*here, *fresh, *every]))

    def note(self, kind: Kind, text: str, shows: str = "") -> Part:
        """Add a heading, a sentence, or a line such as `expect`; what it `shows` is brought into view first, if moving did.

        Raises `WrongLine`.
        """
        self.finish()
        at, now = self._at, Moment.now(self.app)
        if kind is Kind.LINE and at is not None and self._moved(at, now, shows):
            for line, tag in self._way_there(at):
                self._before[self.recording.add(Kind.LINE, line, tag)] = at
            self._at = now
        return self.recording.add(kind, text)

    def _moved(self, at: Moment, now: Moment, shows: str) -> bool:
        """Whether it is only to be seen because the cursor or the focus moved."""
        if at.texts is None or at.screen is not now.screen or not (at.keys_to(now) or at.lists_moved(now)):
            return False
        if shows:
            wanted = shows.casefold()
            return not any(wanted in text.casefold() for text in at.texts)
        return at.texts != texts(self.app)
