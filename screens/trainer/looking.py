"""Trainer > Klas nu > Meekijken: the screen of a learner as it is drawn there, and taking over the keyboard."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult

from app.serving.desk.messages import Frame, Here
from app.training import desk
from app.training.desk import DeskRow
from screens.shared import keys, signs
from screens.shared.base import BaseScreen
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.mirror import Mirror
from screens.shared.text import plain

STEP = 4
"""Cells that an arrow moves across."""


class LookAlong(BaseScreen):
    """What one learner sees."""

    PATH = ("Trainer", "Klas nu", "Meekijken")
    SCOPED_CSS = False
    CSS = """
    LookAlong #look-head { width: 1fr; height: 1; padding: 0 1; background: $brand; color: $on-brand; }
    LookAlong.-holds #look-head { background: $warn-bg; color: $warn; text-style: bold; }
    """
    HELP = (
        "U ziet het scherm van de cursist, die weet dat u meekijkt. Past het niet, dan staat bovenaan "
        "welk deel u ziet: het beeld volgt waar de cursist is, en met de pijltjes schuift u het zelf.\n\n"
        "F2 neemt het toetsenbord over: elke toets gaat dan naar het programma van de cursist, en diens eigen toetsen doen "
        "niets. Ctrl+Q geeft het terug, en ook Meekijken verlaten. In het verslag van de les staat dat er met hulp is gewerkt."
    )
    BINDINGS = [
        keys.DONE("take", "Overnemen", id="look.take", tooltip="Neemt het toetsenbord van de cursist over."),
        keys.UP("move(0, -1)", id="look.up", show=False, tooltip="Schuift het beeld omhoog."),
        keys.DOWN("move(0, 1)", id="look.down", show=False, tooltip="Schuift het beeld omlaag."),
        keys.LEFT(f"move(-{STEP}, 0)", id="look.left", show=False, tooltip="Schuift het beeld naar links."),
        keys.RIGHT(f"move({STEP}, 0)", id="look.right", show=False, tooltip="Schuift het beeld naar rechts."),
    ]

    def __init__(self, row: DeskRow) -> None:
        super().__init__()
        self._row = row
        self._noted: set[tuple[str, int]] = set()

    def compose(self) -> ComposeResult:
        """Who it is, the screen, the keys."""
        yield Label("", id="look-head")
        yield Mirror(id="look")
        yield KeyBar()

    def on_mount(self) -> None:
        """Look."""
        classroom = self.esis.classroom
        classroom.drawn = self._draw
        classroom.listeners.append(self._changed)
        classroom.say("watch", to=self._row.id)
        self._changed()

    def on_unmount(self) -> None:
        """Look no more, which hands back."""
        classroom = self.esis.classroom
        classroom.listeners.remove(self._changed)
        classroom.drawn = lambda _frame: None
        classroom.say("watch", to=0)
        classroom.holds = False

    def _draw(self, frame: Frame | None) -> None:
        if frame is not None:
            self.query_one(Mirror).take(frame)
            return
        self.app.notify(f"{self._row.name} is weg: het venster daar is gesloten.", severity="warning", markup=False)
        if self.is_current:
            self.esis.go_back()

    @property
    def _here(self) -> Here:
        seat = self.esis.classroom.seats.get(self._row.id)
        return seat.here if seat is not None else self._row.here

    def _changed(self) -> None:
        """Say whose screen it is, and write down that there was help."""
        if not self.is_attached:
            return
        here, holds = self._here, self.esis.classroom.holds
        self.tell_whose()
        self.set_class(holds, "-holds")
        self.refresh_bindings()
        if holds and here.step and (at := (here.lesson, here.step)) not in self._noted:
            self._noted.add(at)
            actor, board_id = self.actor, self._row.board_id
            self.look_up(lambda: desk.note_help(actor, board_id, here), lambda _noted: None)

    @on(Mirror.Moved)
    def tell_whose(self) -> None:
        """Whose screen it is, at which step, and which part of it is in view."""
        here, holds, part = self._here, self.esis.classroom.holds, self.query_one(Mirror).part
        step = f"  {here.title}, stap {here.step} van {here.steps}" if here.step else ""
        told = f"U heeft het toetsenbord van {self._row.name}: Ctrl+Q geeft het terug" if holds else self._row.name
        left = plain(f"{told}{'' if holds else step}")
        right = plain(f"{'' if holds else '↑↓←→ '}{part}" if part else "")
        head = self.query_one("#look-head", Label)
        head.update(signs.beside(left, right, head.content_size.width or self.app.size.width - 2) if part else left)

    def takes(self, event: events.Event) -> bool:
        """Whether what was typed is for the learner's program; then it is sent there."""
        classroom = self.esis.classroom
        if not classroom.holds:
            return False
        if isinstance(event, events.Key):
            if event.key in keys.STOP.each:
                classroom.say("take", on=False)
            else:
                classroom.say("keys", keys=[[event.key, event.character]])
            return True
        if isinstance(event, events.Paste):
            classroom.say("paste", text=event.text)
            return True
        return False

    def action_take(self) -> None:
        """Take the keyboard."""
        self.esis.classroom.say("take", on=True)

    def action_move(self, across: int, down: int) -> None:
        """Look at another part of the screen."""
        self.query_one(Mirror).move(across, down)
