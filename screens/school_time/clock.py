"""F9: the time at school, what comes next, and moving the clock; what falls due runs in the worker meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Button, Input, ProgressBar

from app import clock, targets
from app.access import Actor, board_now, locations_of
from app.couplings.catalogue import run_told, title
from app.refusals import Refused
from app.runs import Slot, State, list_runs
from app.workers import process, school_time
from app.workers.patience import Patience
from app.workers.school_time import Progress
from models.base import database
from models.board import Board
from models.run import Run
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Box, Confirm, Dialog
from screens.shared.key_bar import KeyBar
from screens.shared.label import ErrorLine, Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

MOVES = {"morning": school_time.morning_after, "cut-off": school_time.cut_off_after}
"""Where the school time can be moved in one step: the next 08:00, and the next 17:00."""


@dataclass(frozen=True)
class Moved:
    """What is read again when school time moved."""

    board: Board
    ahead: timedelta
    """How far the computer's clock is ahead of school time."""
    jump: str
    """What is to be asked about a jump of the computer's clock."""
    upcoming: Sequence[Slot]
    happened: list[Run]


def _jump(board: Board) -> str:
    try:
        clock.check_wall(board)
    except clock.ClockJumped as jumped:
        return jumped.sentence
    return ""


class SchoolTime(Dialog[None]):
    """The school clock."""

    HELP = (
        "De schooltijd van dit oefenbestuur staat stil tot iemand hem verzet. Naar 17:00, Naar morgenochtend en Naar datum "
        "laten alles gebeuren wat in die tijd aan de beurt is, in de volgorde van de nacht.\n\n"
        "Tijdens het verzetten stopt Esc na de uitwisseling die bezig is. Met F9 sluit u dit venster en gaat de klok op de "
        "achtergrond verder. De tijd gaat alleen vooruit; terug kan alleen door het bestuur opnieuw te laten beginnen."
    )
    BINDINGS = [
        Binding(
            "escape",
            "stop_or_close",
            "Stoppen of sluiten",
            id="dialog.cancel",
            tooltip="Stopt een lopende klok na de huidige uitwisseling; sluit anders het venster.",
        ),
        Binding(
            "f9,ctrl+y",
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
        """The time, the buttons, progress, what comes and what happened."""
        with Box("Schooltijd", classes="dialog dialog-wide -low", id="school-time"):
            yield Label("", id="time-now", classes="section")
            with Buttons(id="time-buttons"):
                yield push_button("Naar 17:00", id="to-cut-off")
                yield push_button("Naar morgenochtend", id="to-morning", variant="primary")
                yield Label("Naar datum ", classes="inline-label")
                yield TextLine(placeholder="dag-maand-jaar uu:mm", id="to-moment")
            with Buttons(id="wall-buttons"):
                yield push_button("De dagen inhalen", id="catch-up", variant="primary")
                yield push_button("Gelijkzetten met de klok", id="set-right", variant="primary")
            yield ErrorLine(id="time-error")
            yield ProgressBar(total=1000, show_eta=False, id="time-bar")
            yield Label("Wat er aankomt", classes="subtitle")
            yield RecordList(
                [
                    Column("Wanneer", lambda slot: clock.dutch_moment(slot.at), 19),
                    Column("Wat", lambda slot: slot.job.title),
                ],
                empty="Er staat niets gepland.",
                id="upcoming",
            )
            yield Label("Wat er gebeurd is", classes="subtitle")
            yield RecordList(
                [
                    Column("Wanneer", lambda run: clock.dutch_moment(run.slot), 19),
                    Column("Vestiging", lambda run: run.location.brin6, 9),
                    Column("Wat", lambda run: title(run.job), 23),
                    Column("Hoe", lambda run: State(run.state).label.lower(), 12, from_width=100),
                    Column(
                        "Aantallen of melding",
                        run_told,
                    ),
                ],
                empty="Nog niets.",
                id="happened",
            )
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow the clock; start at once if asked to."""
        self.set_interval(0.25, self.refresh_data)
        if self._to is not None:
            self._advance(self._to)

    def read(self) -> tuple[Progress, Moved | None]:
        """The progress; the lists too if anything moved."""
        board = self._app.board
        now = school_time.progress(board)
        if now == self._shown:
            return now, None
        current = board_now(board.id)
        return now, Moved(
            current, clock.apart(current), _jump(current), school_time.upcoming(board), self._happened(now.now)
        )

    def show(self, found: tuple[Progress, Moved | None]) -> None:
        """Show the progress, and what moved."""
        now, moved = found
        self._wait_for_worker(now)
        if moved is None:
            return
        self._shown = now
        moving = now.target is not None
        text = clock.dutch_moment(now.now)
        if moving and now.target is not None:
            text += f"   onderweg naar {clock.dutch_moment(now.target)}, verzet door {now.mover}. Esc stopt."
        if self._app.board.clock == "real":
            text += "   Dit bestuur volgt de echte tijd."
        self.query_one("#time-now", Label).update(plain(text))
        self._start = (self._start or now.now) if moving else None
        bar = self.query_one(ProgressBar)
        bar.display = moving
        bar.update(progress=round(now.fraction(self._start) * 1000) if self._start else 0)
        for button in self.query("#time-buttons Button").results(Button):
            button.disabled = moving
        self._offer_the_wall(moving, moved)
        if not moving and self.focused is None:
            self._focus_begin()
        self.query_one("#upcoming", RecordList).show(Rows(moved.upcoming))
        self.query_one("#happened", RecordList).show(Rows(moved.happened))

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

    def _wait_for_worker(self, now: Progress) -> None:
        """If time stands still because the worker shows no sign of life, say so; then do the work here."""
        settings, board = self._app.settings, self._app.board
        if now.target is None:
            self._patience = None
        elif self._patience is None:
            self._patience = process.waiting_for_worker(settings, board.id, self._show_error)
        elif not self._patience.look() and not self._app.work_here:
            self._app.work_here = True
            self._app.run_worker(self._do_it_here, thread=True, group="work", exit_on_error=True)

    def _do_it_here(self) -> None:
        app = self._app  # the window may be closed meanwhile, and then has no app
        try:
            with database.connection_context():
                process.run_here_until_done(app.settings, app.board.id, mine=True)
        finally:
            app.work_here = False
            app.call_from_thread(self._show_error, "")

    def _happened(self, now: datetime) -> list[Run]:
        """The runs of the locations the user has a role at; without a role, none."""
        actor = self._app.actor
        if actor is None:
            return []
        runs = list_runs(self._app.board, 200, locations_of(actor.user))
        return [run for run in runs if run.state != State.QUEUED or run.slot <= now]

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

    def action_close(self) -> None:
        """F9."""
        self.dismiss(None)
