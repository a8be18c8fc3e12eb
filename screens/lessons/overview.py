"""Oefeningen: the available lessons, the user's progress in each, and starting one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from app.permissions import Permission
from app.refusals import Refused
from app.targets import Target
from app.training.lessons import catalogue, keeping
from app.training.lessons.course import help_and_mistakes, tasks_of
from app.training.lessons.keeping import ProgressRow
from app.training.scripts.document import Script
from screens.lessons.report import Report
from screens.lessons.starting import StartLesson
from screens.shared import keys, signs
from screens.shared.block import Block
from screens.shared.dialogs import Choose
from screens.shared.frame import EsisScreen
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import hanging, plain, prose, wrapped

LABEL = 15
"""Cells of a label in the detail."""
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
        return f"{self.best.minutes} min." if self.best.finished else f"{self.best.step} van {self.best.steps}"

    @property
    def sign(self) -> tuple[str, str]:
        """Whether it is done, begun or new, as a sign and its colour."""
        if self.best is None:
            return "○", "hint"
        return ("✓", "bold ok") if self.best.finished else ("◐", "bold warn")

    def about(self, width: int) -> Iterator[Content]:
        """Its story, its audience, the user's result, and how it is begun."""
        script, best = self.script, self.best
        facts = {
            "Voor": script.audience or "iedereen",
            "Niveau": LEVELS[script.difficulty],
            "Opdrachten": str(len(tasks_of(script))),
        }
        if best:
            help = help_and_mistakes(best.hints, best.mistakes)
            facts["Uw beste keer"] = f"{best.step} van {best.steps}, {help}"
        yield from (line.stylize("bold $ink") for line in wrapped(script.title, width))
        yield from (line.stylize("$label") for line in wrapped(prose(script.steps[0].text), width))
        yield Content("")
        for label, value in facts.items():
            yield from hanging(plain(f"{label:<{LABEL}}").stylize("$label"), value, width)
        if best:
            yield signs.meter(best.step, best.steps, width)
        yield Content("")
        yield Content.assemble(("Enter", "bold $key"), " begint de les,")
        yield Content("op een oefenbestuur van zichzelf.")


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
        """The list, and the lesson one stands on."""
        with Horizontal(id="lessons-beside"):
            yield RecordList(
                [
                    Column("", lambda row: row.sign[0], 1, style=lambda row: row.sign[1]),
                    Column("Les", lambda row: row.script.title, order=True),
                    Column(
                        "Niveau", lambda row: LEVELS[row.script.difficulty], 9, order=lambda row: row.script.difficulty
                    ),
                    Column("Hoe ver", lambda row: row.standing, 8),
                ],
                empty="Er zijn geen lessen.",
                id="lessons",
                title=self.PATH[-1],
            )
            yield Block("Les", id="lesson-about", opens=False)

    def read(self) -> list[LessonRow]:
        """The lessons, with how far the user is."""
        found = keeping.best(self.actor.board, self.actor.name)
        return [LessonRow(script, found.get(script.name)) for script in catalogue.offered()]

    def show(self, found: list[LessonRow]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#lessons")
    def _about(self, event: RecordList.Highlighted) -> None:
        row: LessonRow | None = event.row
        block = self.query_one("#lesson-about", Block)
        block.tell(lambda width: list(row.about(width)) if row else [])

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
