"""Trainer > Klas nu: who is here, where, for how long; and what a trainer does from a distance."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button

from app.counted import counted
from app.permissions import Permission
from app.training import classes, desk
from app.training.desk import DeskRow
from app.training.lessons import catalogue
from app.training.scripts.document import Script
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.facts import Fact, Row, Section
from screens.shared.kept import Kept
from screens.shared.records import Column, RecordList, TickList
from screens.shared.text import plain
from screens.trainer.asking import AskMinutes, AskMode, AskText
from screens.trainer.looking import LookAlong
from screens.trainer.page import TrainerPage

SOON, CLOCK = 0.25, 10.0
"""Seconds from a change until it is read, together with what follows on it; and between looks at the minutes."""
NOBODY = "Er is nog niemand. Wie het adres van een bestuur in de browser opent (esis serve noemt ze), verschijnt hier vanzelf."
MODES = [("practice", "Oefenen: met hints"), ("exam", "Examen: zonder hints")]


class DeskPage(TrainerPage):
    """The class as it is now."""

    PATH = ("Trainer", "Klas nu")
    PERMISSION = Permission.LEAD_CLASS
    CHANGE = "Meekijken"
    MORE = (
        ("message", "Bericht"),
        ("give", "Les geven"),
        ("pause", "Stilzetten"),
        ("present", "Scherm tonen"),
    )
    WITHOUT_ROW = ("pause", "present")
    LIST = TickList
    ONE = "Cursist"
    NOTE = "Spatie kruist aan, * iedereen; zonder kruisjes geldt waar u op staat. Stilzetten en tonen zijn voor allen."
    COLUMNS = (
        Column(
            "",
            lambda row: _sign(row),
            3,
            style=lambda row: "warn" if row.queue or row.stuck else "",
            aloud=lambda row: f"hand {row.queue}" if row.queue else "vast" if row.stuck else "",
        ),
        Column("Wie", lambda row: row.name, order=True),
        Column("Les", lambda row: row.here.title or _place(row), 26, leaves=24, order=True),
        Column("Stap", lambda row: row.step, 8, order=lambda row: row.here.step),
        Column(
            "Bezig",
            lambda row: desk.since(row.on_step) if row.on_step else "",
            6,
            right=True,
            order=lambda row: -row.on_step,
            style=lambda row: "warn" if row.stuck else "",
        ),
        Column("Toets", lambda row: row.last_key, 6, right=True, order=lambda row: -row.here.key),
    )
    HELP = (
        "Wie er nu in de browser met ESIS bezig is: in welke les, bij welke stap, hoe lang al, en wanneer de laatste toets was. "
        "▲1 steekt als eerste een hand op; ! doet drie keer zo lang over een stap als gewoonlijk. Alles verschijnt vanzelf.\n\n"
        "Enter kijkt mee op het scherm van de cursist; daar neemt F2 het toetsenbord over. N stuurt een bericht. De punt gaat "
        "naar de eerste hand, Del laat de hand zakken waar u op staat: u bent geweest.\n\n"
        "Stilzetten houdt iedereen op: toetsen doen niets tot u weer op de knop drukt, en de tijd van een examen staat stil. "
        "Scherm tonen laat uw scherm bij iedereen zien; u kunt daarvoor gewoon naar ESIS of een partner gaan. "
        "Met Ctrl+P, Stoppen met tonen, houdt dat op.\n\n"
        "Les geven biedt de aangekruiste cursisten een les aan, die zij meteen of straks beginnen. Extra tijd komt bij het "
        "examen van wie er een doet."
    )
    BINDINGS = [
        keys.DONE("change", "Meekijken", id="desk.look", tooltip="Laat het scherm van de cursist zien."),
        keys.CHANGE(
            "change", "Meekijken", id="keep.change", show=False, tooltip="Laat het scherm van de cursist zien."
        ),
        keys.NEW("message", "Bericht", id="desk.message", tooltip="Stuurt de aangekruiste cursisten een bericht."),
        keys.NEXT("next_hand", "Eerste hand", id="desk.hand", tooltip="Gaat naar wie het langst een hand opsteekt."),
        keys.REMOVE("lower", "Hand omlaag", id="desk.lower", tooltip="Laat de hand zakken: u bent geweest."),
        keys.no_key("give", "Les geven", id="desk.give", tooltip="Biedt de aangekruiste cursisten een les aan."),
        keys.no_key("pause", "Stilzetten of verder", id="desk.pause", tooltip="Houdt iedereen op, of laat hen verder."),
        keys.no_key(
            "present", "Mijn scherm tonen of stoppen", id="desk.present", tooltip="Laat uw scherm bij iedereen zien."
        ),
        keys.no_key("extra", "Extra tijd", id="desk.extra", tooltip="Geeft iemand meer tijd voor een examen."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._desk = desk.Desk()
        self._why = ""
        self._due: Timer | None = None

    async def on_mount(self) -> None:
        """Be told of the class from now on."""
        self.esis.classroom.listeners.append(self._changed)
        self._why = await self.esis.classroom.open()
        self.set_interval(CLOCK, self._look)
        self._changed()

    def on_unmount(self) -> None:
        """Be told no more."""
        self.esis.classroom.listeners.remove(self._changed)
        self.esis.classroom.close()

    async def _look(self) -> None:
        if self.esis.classroom.channel is None:  # in a terminal; a server may begin, or another follow it up
            self._why = await self.esis.classroom.open()
        self._changed()

    def _changed(self) -> None:
        if self._due is None and self.is_attached:
            self._due = self.set_timer(SOON, self._read_soon)

    def _read_soon(self) -> None:
        self._due = None
        if self.settled and not self.esis.busy:
            self.read_again()
        else:  # at the next look: what changed is not told again
            self._changed()

    def reason(self) -> str:
        """Only from the practice board."""
        return classes.leading(self.actor)

    def rows(self) -> Sequence[DeskRow]:
        """Raised hands first."""
        seats = [(seat.number, seat.board_id, seat.here) for seat in list(self.esis.classroom.seats.values())]
        return self._desk.rows(seats, time.time())

    def identity(self, row: Any) -> Any:
        """The seat."""
        return row.id

    def show(self, found: Kept) -> None:
        """Show it, and what the buttons for all do now."""
        classroom = self.esis.classroom
        self.EMPTY = self._why or NOBODY  # type: ignore[misc]
        super().show(found)
        self._call("pause", "Verder" if classroom.paused else "Stilzetten")
        self._call("present", "Stoppen met tonen" if classroom.own else "Scherm tonen")
        told = [
            "De klas staat stil." if classroom.paused else "",
            "Iedereen ziet uw scherm."
            if classroom.own
            else "Een andere trainer toont een scherm."
            if classroom.shows
            else "",
        ]
        self.note(" ".join(filter(None, told)))

    def _call(self, button: str, text: str) -> None:
        for one in self.query(f"#{button}").results(Button):
            if str(one.label) != text:
                one.label = text

    def detail(self, row: DeskRow) -> Iterable[Row]:
        """Where this one is, and since when."""
        here = row.here
        yield Content.assemble(plain(row.name).stylize("bold"))
        if row.queue:
            yield Fact("Hand", plain(f"{row.queue}e in de rij, {desk.since(row.at - here.hand)}").stylize("bold $warn"))
        yield Fact("Waar", here.place or "-")
        yield Fact("Gebruiker", here.user or "nog niet aangemeld")
        yield Fact("Bestuur", row.board)
        if not here.lesson:
            return
        yield Section("Examen" if here.exam else "Les")
        yield plain(here.title)
        if row.on_step:
            late = plain(f"{desk.since(row.on_step)}; gewoonlijk {desk.since(row.usual)}")
            yield Fact("Bezig", late.stylize("bold $warn") if row.stuck else late)
        if here.task:
            yield plain(here.task)

    @property
    def picked(self) -> list[DeskRow]:
        """The ticked ones, else the one under the cursor."""
        listed = self.query_one("#keep", TickList)
        ticked = [row for row in self._rows if row.id in listed.marked]
        return ticked or ([self.chosen] if self.chosen is not None else [])

    def action_change(self) -> None:
        """Look along."""
        row: DeskRow | None = self.chosen
        if row is not None and self._may():
            self.app.push_screen(LookAlong(row))

    def action_message(self) -> None:
        """Ask for the text, then send it."""
        picked = self.picked
        if picked and self._may():
            self.app.push_screen(AskText(_names(picked)), lambda text: self._send(picked, text))

    def _send(self, picked: Sequence[DeskRow], text: str | None) -> None:
        if text:
            for row in picked:
                self.esis.classroom.say("text", to=row.id, text=text)
            self.say(f"Verstuurd aan {_names(picked)}.")

    def action_next_hand(self) -> None:
        """To who waits longest."""
        first = next((place for place, row in enumerate(self._rows) if row.queue == 1), None)
        if first is None:
            self.say("Er is geen hand op.")
        else:
            listed = self.query_one("#keep", RecordList)
            listed.cursor = first
            listed.focus()

    def action_lower(self) -> None:
        """It was answered."""
        for row in self.picked:
            if row.queue and self._may():
                self.esis.classroom.say("lower", to=row.id)

    def action_give(self) -> None:
        """Choose a lesson and how, then offer it."""
        picked = self.picked
        if not picked or not self._may():
            return

        def choose(lessons: Sequence[Script]) -> None:
            options = [(script.name, script.title) for script in lessons]

            def how(lesson: str | None) -> None:
                if lesson is not None:
                    title = dict(options)[lesson]
                    self.app.push_screen(AskMode(title, MODES), lambda mode: self._give(picked, lesson, title, mode))

            self.app.push_screen(Choose(f"Les voor {_names(picked)}", options), how)

        self.look_up(catalogue.offered, choose)

    def _give(self, picked: Sequence[DeskRow], lesson: str, title: str, mode: str | None) -> None:
        if mode is not None:
            for row in picked:
                self.esis.classroom.say("begin", to=row.id, lesson=lesson, title=title, exam=mode == "exam")
            self.say(f"'{title}' is aangeboden aan {_names(picked)}.")

    def action_pause(self) -> None:
        """Hold all, or let them go on."""
        if self._may():
            self.esis.classroom.say("pause", on=not self.esis.classroom.paused)

    def action_present(self) -> None:
        """Show this screen to all, or stop."""
        if self._may():
            self.esis.classroom.say("show", on=not self.esis.classroom.own)

    def action_extra(self) -> None:
        """Ask how many minutes, then give them."""
        row: DeskRow | None = self.chosen
        if row is None or not self._may():
            return
        if not row.here.exam:
            self.say(f"{row.name} doet nu geen examen.", severity="warning")
            return
        self.app.push_screen(AskMinutes(row.name), lambda minutes: self._more_time(row, minutes))

    def _more_time(self, row: DeskRow, minutes: int | None) -> None:
        if minutes is None:
            return
        actor, given = self.actor, minutes

        def done(told: str) -> None:
            self.esis.classroom.say("extra", to=row.id, seconds=60 * given)
            self.say(f"{row.name}: {told}")

        self.perform(lambda: desk.give_time(actor, row.board_id, row.here, given), done)


def _sign(row: DeskRow) -> str:
    return f"▲{row.queue}" if row.queue else "!" if row.stuck else ""


def _place(row: DeskRow) -> str:
    return row.here.place if row.here.user else "meldt zich aan"


def _names(rows: Sequence[DeskRow]) -> str:
    return rows[0].name if len(rows) == 1 else counted(len(rows), "cursist", "cursisten")
