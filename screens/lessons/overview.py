"""Oefeningen: the available lessons, the user's progress in each, and starting one."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from app.counted import counted
from app.permissions import Permission
from app.refusals import Refused
from app.targets import Target
from app.training.lessons import catalogue, keeping
from app.training.lessons.course import help_and_mistakes, tasks_of
from app.training.lessons.keeping import ProgressRow
from app.training.scripts.document import Script
from screens.lessons.report import Report
from screens.lessons.starting import StartLesson
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

LEVELS = {1: "makkelijk", 2: "gemiddeld", 3: "moeilijk"}
MODES = [("practice", "Oefenen: met hints"), ("exam", "Examen: zonder hints")]


@dataclass(frozen=True)
class LessonRow:
    """A lesson in the list."""

    script: Script
    best: ProgressRow | None

    @property
    def standing(self) -> str:
        """The user's progress."""
        if self.best is None:
            return "nieuw"
        return f"✓ {self.best.minutes} min." if self.best.finished else f"{self.best.step} van {self.best.steps}"

    @property
    def about(self) -> str:
        """Its full title, its audience, and the user's result."""
        script, best = self.script, self.best
        help = help_and_mistakes(best.hints, best.mistakes) if best else ""
        made = f" Uw beste keer: {best.step} van {best.steps}, {help}." if best else ""
        tasks = counted(len(tasks_of(script)), "opdracht", "opdrachten")
        return f"{script.title}. Voor: {script.audience or 'iedereen'}. {tasks}.{made}"


class Lessons(EsisScreen):
    """The list."""

    ITEM = "startpagina"
    BELOW = ("Oefeningen",)
    HELP = (
        "Een les is een opdracht in het echte programma, op een eigen oefenbestuur: wat u daar doet, verandert hier niets. "
        "Onderaan het scherm staat wat u moet doen. Het programma kijkt naar wat u bereikt, dus elke goede weg telt.\n\n"
        "Bij oefenen geeft Ctrl+L een hint: eerst wat, dan waar, dan wordt het voorgedaan. Bij een examen zijn er geen hints. "
        "Resultaten (A) toont wat u heeft gedaan, en een trainer wat ieder heeft gedaan.\n\n"
        "Een les zelf wordt niet bewaard: verlaat u haar of sluit u het venster, dan begint u haar een volgende keer van voren "
        "af aan. Hoe ver u kwam, blijft hier staan."
    )
    BINDINGS = [
        keys.no_key("report", "Resultaten", id="lessons.report", tooltip="Toont de lessen die gedaan zijn."),
    ]

    @classmethod
    def at(cls, program: EsisProgram, _target: Target) -> Lessons:
        """The list. Raises `Refused` during a lesson."""
        if not program.has_lessons:
            raise Refused("U bent al met een oefening bezig. Ctrl+Q verlaat haar.")
        return cls()

    def body(self) -> ComposeResult:
        """The list."""
        yield Label(self.PATH[-1], classes="title")
        yield Label("Enter begint een les, op een oefenbestuur van zichzelf.", classes="note")
        yield RecordList(
            [
                Column("Les", lambda row: row.script.title, order=True),
                Column(
                    "Niveau", lambda row: LEVELS[row.script.difficulty], 10, order=lambda row: row.script.difficulty
                ),
                Column("Hoe ver", lambda row: row.standing, 10),
            ],
            empty="Er zijn geen lessen.",
            id="lessons",
        )
        yield Label("", id="lesson-about", classes="note")

    def read(self) -> list[LessonRow]:
        """The lessons, with how far the user is."""
        found = keeping.best(self.actor.board, self.actor.name)
        return [LessonRow(script, found.get(script.name)) for script in catalogue.lessons()]

    def show(self, found: list[LessonRow]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#lessons")
    def _about(self, event: RecordList.Highlighted) -> None:
        self.query_one("#lesson-about", Label).update(plain(event.row.about if event.row else ""))

    @on(RecordList.Chosen, "#lessons")
    def _chosen(self, event: RecordList.Chosen) -> None:
        name = event.row.script.name
        self.app.push_screen(
            Choose(f"{event.row.script.title}", MODES),
            lambda mode: self.app.exit(StartLesson(name, mode == "exam")) if mode else None,
        )

    def action_report(self) -> None:
        """Show the results."""
        self.app.push_screen(Report(all_of_them=self.actor.may(Permission.SET_FAULTS)))
