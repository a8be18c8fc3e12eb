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
from app.workers.patience import Patience
from app.workers.school_time import Progress
from models.base import database
from screens.school_time.moved import Moved, jump_of
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Box, Confirm, Drawer
from screens.shared.label import ErrorLine, Label
from screens.shared.program import EsisProgram
from screens.shared.text import plain
from screens.shared.timeline import Timeline

MOVES = {"morning": school_time.morning_after, "cut-off": school_time.cut_off_after}
"""Where the school time can be moved in one step: the next 08:00, and the next 17:00."""


class SchoolTime(Drawer[None]):
    """The school clock."""

    HELP = (
        "De schooltijd van dit oefenbestuur staat stil tot iemand hem verzet. Naar 17:00, Naar morgenochtend en Naar datum "
        "laten alles gebeuren wat in die tijd aan de beurt is, in de volgorde van de nacht.\n\n"
        "Tijdens het verzetten stopt Esc na de uitwisseling die bezig is. Met F9 sluit u dit venster en gaat de klok op de "
        "achtergrond verder. De tijd gaat alleen vooruit; terug kan alleen door het bestuur opnieuw te laten beginnen."
    )
    SCOPED_CSS = False
    CSS = """
    #time-line { height: 3; margin: 1 0 0 0; }
    #time-digits { width: 17; height: 3; color: $ink; }
    #time-said { width: 1fr; height: 3; padding: 0 0 0 2; }
    #time-now { text-style: bold; color: $ink; width: 1fr; }
    #time-how { color: $label; width: 1fr; }
    #time-date { height: 1; margin: 0 0 1 0; }
    #time-date .inline-label { width: 12; color: $label; }
    #time-date TextLine { width: 30; }
    #time-buttons, #wall-buttons { height: auto; }
    #time-bar { width: 1fr; height: 1; }
    #time-bar Bar { width: 1fr; }
    #days { height: 1fr; }
    #days:focus { background: $field; }
    SchoolTime.-low #time-line { height: 2; margin: 0; }
    SchoolTime.-low #time-digits { display: none; }
    SchoolTime.-low #time-said { height: 2; padding: 0; }
    SchoolTime.-low #time-date { margin: 0; }
    """
    BINDINGS = [
        keys.PROGRAM("switch", id="app.program", tooltip="Sluit het venster en wisselt van programma."),
        keys.BACK(
            "stop_or_close",
            "Stoppen of sluiten",
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
        self._patience: Patience | None = None

    @property
    def _app(self) -> EsisProgram:
        return cast("EsisProgram", self.app)

    def compose(self) -> ComposeResult:
        """The time, the buttons, progress, and the days around now."""
        with Box("Schooltijd", classes="drawer", id="school-time") as box:
            box.border_subtitle = "F9 sluit"
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
        self.set_interval(0.25, self.read_again)
        if self._to is not None:
            self._advance(self._to)

    def read(self) -> tuple[Progress, bool, Moved | None]:
        """The progress, and whether it may be waited for; the lists too if anything moved."""
        board = self._app.board
        now = school_time.progress(board)
        waits = self._wait_for_worker(now)
        if now == self._shown:
            return now, waits, None
        current = board_now(board.id)
        actor = self._app.actor
        around = nights.around(board, locations_of(actor.user) if actor else ())
        return now, waits, Moved(current, clock.apart(current), jump_of(current), around)

    def show(self, found: tuple[Progress, bool, Moved | None]) -> None:
        """Show the progress, and what moved."""
        now, waits, moved = found
        if not waits and not self._app.work_here:
            self._app.work_here = True
            self._app.run_worker(self._do_it_here, thread=True, group="work", exit_on_error=True)
        if moved is None:
            return
        self._shown = now
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
        self.call_after_refresh(self._scroll_to_now)

    def _how(self, now: Progress) -> str:
        if now.target is not None:
            return f"Onderweg naar {clock.dutch_moment(now.target)}, verzet door {now.mover}. Esc stopt."
        if self._app.board.clock == "real":
            return "Dit bestuur volgt de echte tijd."
        return "De klok staat stil en gaat alleen vooruit. Esc: niets verandert."

    def _scroll_to_now(self) -> None:
        days = self.query_one("#days", VerticalScroll)
        before = self.query_one(Timeline).before_now()
        days.scroll_to(y=max(0, before + 1 - days.size.height // 2), animate=False)

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
            self._show_error("" if moving else moved.jump)

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

    def _wait_for_worker(self, now: Progress) -> bool:
        """If time stands still because the worker shows no sign of life, say so; whether waiting still makes sense."""
        app = self._app
        if now.target is None:
            self._patience = None
        elif self._patience is None:
            tell = partial(app.call_from_thread, self._show_error)
            self._patience = process.waiting_for_worker(app.settings, app.board.id, tell)
        else:
            return self._patience.look()
        return True

    def _do_it_here(self) -> None:
        app = self._app  # the window may be closed meanwhile, and then has no app
        try:
            with database.connection_context():
                process.run_here_until_done(app.settings, app.board.id, mine=True)
        finally:
            app.work_here = False
            app.call_from_thread(self._show_error, "")

    @on(Button.Pressed, "#to-cut-off")
    def _cut_off(self) -> None:
        self._advance(school_time.cut_off_after(clock.school_now(self._app.board)))

    @on(Button.Pressed, "#to-morning")
    def _morning(self) -> None:
        self._advance(school_time.morning_after(clock.school_now(self._app.board)))

    @on(Input.Submitted, "#to-moment")
    def _moment(self, event: Input.Submitted) -> None:
        try:
            to = clock.parse_moment(event.value)
        except Refused as refusal:
            self._show_error(refusal.sentence)
            return
        self._advance(to)

    def _advance(self, to: datetime) -> None:
        self._plan(lambda actor: school_time.advance(actor, to))

    def _plan(self, work: Callable[[Actor], None]) -> None:
        actor = self._app.actor
        if actor is None:
            self._show_error("Meld u eerst aan bij ESIS.")
            return
        try:
            work(actor)
        except Refused as refusal:
            self._show_error(refusal.sentence)
            return
        self._show_error("")
        self.refresh_data()  # first: a short move may end before the next check
        self._app.on_work()

    def _show_error(self, sentence: str) -> None:
        for line in self.query(ErrorLine):
            line.tell(sentence)

    def action_stop_or_close(self) -> None:
        """Esc: stop the move if there is one, else close."""
        if school_time.progress(self._app.board).target is None:
            self.dismiss(None)
        else:
            school_time.stop(self._app.board)

    def action_switch(self) -> None:
        """F6."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, "switch_program")

    def action_close(self) -> None:
        """F9."""
        self.dismiss(None)
