"""F9: the time at school, what comes next, and moving the clock; what falls due runs in the worker meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Digits, Input, ProgressBar

from app import clock, targets
from app.access import Actor, board_now, locations_of
from app.refusals import Refused
from app.workers import nights, process, school_time
from app.workers.school_time import Progress
from models.base import connected
from screens.school_time.following import Following
from screens.school_time.moved import Moved, Waiting, jump_of
from screens.school_time.style import STYLE
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Box, Confirm
from screens.shared.label import ErrorLine, Label
from screens.shared.program import EsisProgram
from screens.shared.text import plain
from screens.shared.timeline import Timeline

MOVES = {"morning": school_time.morning_after, "cut-off": school_time.cut_off_after}
"""Where the school time can be moved in one step: the next 08:00, and the next 17:00."""


class SchoolTime(Following):
    """The school clock."""

    HELP = (
        "De schooltijd van dit oefenbestuur staat stil tot iemand hem verzet. Naar 17:00, Naar morgenochtend en Naar datum "
        "laten alles gebeuren wat in die tijd aan de beurt is, in de volgorde van de nacht.\n\n"
        "Tijdens het verzetten stopt Esc na de uitwisseling die bezig is. Met F9 sluit u dit venster en gaat de klok op de "
        "achtergrond verder. De tijd gaat alleen vooruit; terug kan alleen door het bestuur opnieuw te laten beginnen."
    )
    SCOPED_CSS = False
    CSS = STYLE
    BINDINGS = [
        keys.PROGRAM("switch", id="app.program", tooltip="Sluit het venster en wisselt van programma."),
        keys.BACK(
            "stop_or_close",
            "Sluiten",
            id="dialog.cancel",
            tooltip="Stopt een lopende klok na de huidige uitwisseling; sluit anders het venster.",
        ),
        keys.TIME(
            "close",
            "Sluiten",
            id="time.close",
            priority=True,
            tooltip="Sluit het venster; een lopende klok gaat op de achtergrond verder.",
        ),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: targets.SchoolTime) -> SchoolTime:
        """The clock as it is, or moving at once."""
        return cls(MOVES[target.to](clock.school_now(program.board)) if target.to else None)

    def __init__(self, to: datetime | None = None) -> None:
        super().__init__()
        self._to = to
        self._start: datetime | None = None
        self._shown: Progress | None = None
        self._waiting = Waiting()
        self._planning = False

    @property
    def key_texts(self) -> dict[str, str]:
        """What the key bar calls Esc: it stops a clock that moves."""
        return {"stop_or_close": "Stoppen"} if self._shown is not None and self._shown.target is not None else {}

    @property
    def _app(self) -> EsisProgram:
        return cast("EsisProgram", self.app)

    def compose(self) -> ComposeResult:
        """The time, the buttons, progress, and the days around now."""
        with Box("Schooltijd", classes="drawer", id="school-time") as box:
            box.border_subtitle = self._app.in_keys("F9 sluit")
            with Horizontal(id="time-line"):
                yield Digits("", id="time-digits")
                with Vertical(id="time-said"):
                    yield Label("", id="time-now")
                    yield Label("", id="time-how")
            with Buttons(id="time-buttons"):
                yield push_button("Naar 17:00", id="to-cut-off")
                yield push_button("Naar morgenochtend", id="to-morning", variant="primary")
            with Horizontal(id="time-date"):
                yield Label("Naar datum", classes="inline-label")
                yield TextLine(placeholder="dag-maand-jaar uu:mm", id="to-moment")
            with Buttons(id="wall-buttons"):
                yield push_button("De dagen inhalen", id="catch-up", variant="primary")
                yield push_button("Gelijkzetten met de klok", id="set-right", variant="primary")
            yield ErrorLine(id="time-error")
            yield ProgressBar(total=1000, show_eta=False, id="time-bar")
            with VerticalScroll(id="days"):
                yield Timeline(id="timeline")

    def on_mount(self) -> None:
        """Follow the clock; start at once if asked to."""
        if self._to is not None:
            self._advance(self._to)

    def read(self) -> tuple[Progress, bool, Moved | None]:
        """The progress, and whether it may be waited for; the lists too if anything moved."""
        board = self._app.board
        now = school_time.progress(board)
        waits = self._waiting.look(self._app.settings, board, now)
        if now == self._shown:
            return now, waits, None
        current = board_now(board.id)
        actor = self._app.actor
        around = nights.around(board, locations_of(actor.user) if actor else ())
        return now, waits, Moved(current, clock.apart(current), jump_of(current), around)

    def show(self, found: tuple[Progress, bool, Moved | None]) -> None:
        """Show the progress, and what moved."""
        now, waits, moved = found
        self.told_as_read(self._waiting.sentence)
        if not waits and not self._app.work_here:
            self._app.work_here = True
            self._app.run_worker(self._do_it_here, thread=True, group="work", exit_on_error=True)
        if moved is None:
            return
        self._shown = now
        self.refresh_bindings()
        moving = now.target is not None
        self.query_one("#time-digits", Digits).update(f"{now.now:%H:%M}")
        low = self.has_class("-low")
        self.query_one("#time-now", Label).update(
            plain(clock.dutch_moment(now.now) if low else clock.long_date(now.now))
        )
        self.query_one("#time-how", Label).update(plain(self._how(now)))
        self._start = (self._start or now.now) if moving else None
        bar = self.query_one(ProgressBar)
        bar.display = moving
        bar.update(progress=round(now.fraction(self._start) * 1000) if self._start else 0)
        for button in self.query("#time-buttons Button").results(Button):
            button.disabled = moving
        self._offer_the_wall(moving, moved)
        if not moving and self.focused is None:
            self._focus_begin()
        self.query_one(Timeline).show(moved.moments)
        self.call_after_refresh(self.scroll_to_now)

    def _how(self, now: Progress) -> str:
        if now.target is not None:
            return f"Onderweg naar {clock.dutch_moment(now.target)}, verzet door {now.mover}. Esc stopt."
        if self._app.board.clock == "real":
            return "Dit bestuur volgt de echte tijd."
        return "De klok staat stil en gaat alleen vooruit. Met Esc verandert er niets."

    def scroll_to_now(self) -> None:
        """All that comes in view, and above it as much of what was as fits."""
        days, line = self.query_one("#days", VerticalScroll), self.query_one(Timeline)
        days.scroll_to(y=min(line.before_now(), max(0, line.size.height - days.size.height)), animate=False)

    def on_resize(self) -> None:
        """Keep what comes in view."""
        self.call_after_refresh(self.scroll_to_now)

    def _focus_begin(self) -> None:
        """Focus the most used button; a board on the real clock has another, or none."""
        on_wall = not self.query_one("#time-buttons").display
        shown = "#wall-buttons Button" if on_wall else "#to-morning"
        for button in self.query(shown).results(Button):
            if button.display:
                button.focus()

    def focus_start(self) -> None:
        """The most used button."""
        if self.focused is None:
            self._focus_begin()

    def _offer_the_wall(self, moving: bool, moved: Moved) -> None:
        """If the computer's clock jumped on a board that follows it: say so, and offer what can be done."""
        ahead = moved.ahead
        self.query_one("#time-buttons").display = moved.board.clock != "real"
        catching, right = self.query_one("#catch-up", Button), self.query_one("#set-right", Button)
        before = (catching.display, right.display)
        catching.display, right.display = ahead > timedelta() and not moving, ahead < timedelta()
        self.query_one("#wall-buttons").display = catching.display or right.display
        if before != (catching.display, right.display):
            self._focus_begin()
        if moved.jump:
            self.show_error("" if moving else moved.jump)

    @on(Button.Pressed, "#catch-up")
    def _catch_up(self) -> None:
        self._plan(school_time.catch_up)

    @on(Button.Pressed, "#set-right")
    def _set_right(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._plan(school_time.set_right)

        question = (
            "Wat in de tijd vooruit is opgeslagen, blijft staan. De uitwisselingen van die tijd komen opnieuw, elk als het "
            "zover is."
        )
        self.app.push_screen(Confirm("Gelijkzetten met de klok", question, "Gelijkzetten"), answered)

    def _do_it_here(self) -> None:
        app = self._app  # the window may be closed meanwhile, and then has no app
        try:
            with connected():
                process.run_here_until_done(app.settings, app.board.id, mine=True)
        finally:
            app.work_here = False
            app.call_from_thread(self.show_error, "")

    @on(Button.Pressed, "#to-cut-off")
    def _cut_off(self) -> None:
        self._move("cut-off")

    @on(Button.Pressed, "#to-morning")
    def _morning(self) -> None:
        self._move("morning")

    @on(Input.Submitted, "#to-moment")
    def _moment(self, event: Input.Submitted) -> None:
        try:
            to = clock.parse_moment(event.value)
        except Refused as refusal:
            self.show_error(refusal.sentence)
            return
        self._advance(to)

    def _move(self, where: str) -> None:
        self._plan(lambda actor: school_time.advance(actor, MOVES[where](clock.school_now(actor.board))))

    def _advance(self, to: datetime) -> None:
        self._plan(lambda actor: school_time.advance(actor, to))

    def _plan(self, work: Callable[[Actor], None]) -> None:
        actor = self._app.actor
        if actor is None:
            self.show_error("Meld u eerst aan bij ESIS.")
            return
        if self._planning:
            return
        self._planning = True
        program = self._app  # the window may be closed meanwhile, and then has no app

        def plan() -> None:
            try:
                work(actor)
            finally:
                self._planning = False
            program.on_work()

        self.beside(plan, self._planned, lambda refusal: self.show_error(refusal.sentence), partial(self._plan, work))

    def _planned(self, _done: None) -> None:
        self.show_error("")
        self.refresh_data()

    def action_stop_or_close(self) -> None:
        """Esc: stop the move if there is one, else close."""
        board = self._app.board
        if self.unread or self._shown is None or self._shown.target is None:
            self.dismiss(None)
        else:
            self.beside(
                lambda: school_time.stop(board),
                lambda _done: self.refresh_data(),
                self.show_refusal,
                self.action_stop_or_close,
            )

    def action_switch(self) -> None:
        """F6."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, "switch_program")

    def action_close(self) -> None:
        """F9."""
        self.dismiss(None)
