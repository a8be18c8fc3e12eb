"""Oefeningen: the available lessons, the user's progress in each, and starting one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from app import targets
from app.counted import counted
from app.permissions import Permission
from app.refusals import Refused
from app.training.lessons import catalogue, keeping, pairs, refreshing, runs
from app.training.lessons.counting import help_and_mistakes
from app.training.lessons.keeping import ProgressRow
from app.training.lessons.refreshing import Refresher
from app.training.lessons.runs import Waiting
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import Script
from models.training import LessonProgress
from screens.lessons.choosing import AskCode, Choosing, standing, start, unless_lost
from screens.lessons.report import Report
from screens.shared import keys, signs
from screens.shared.block import Block
from screens.shared.frame import EsisScreen
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import fitted, hanging, plain, prose, wrapped

LABEL = 15
"""Cells of a label in the detail."""
LONGEST = 51
"""Cells of the title of a lesson; where they do not fit beside it, its level stands in the detail only."""
LEVELS = {1: "makkelijk", 2: "gemiddeld", 3: "moeilijk"}


@dataclass(frozen=True)
class LessonRow:
    """A lesson in the list."""

    script: Script
    best: ProgressRow | None
    run: LessonProgress | None = None
    """What the user can go on with."""
    waiting: Sequence[Waiting] = ()
    """Pairs at it of which one is there."""

    @property
    def standing(self) -> str:
        """The user's progress."""
        if self.run is not None:
            return f"{self.run.step} van {self.run.steps}"
        if self.best is None:
            return "nieuw"
        return f"{self.best.minutes} min." if self.best.finished else f"{self.best.step} van {self.best.steps}"

    @property
    def sign(self) -> tuple[str, str]:
        """Whether it is done, begun or new, as a sign and its colour."""
        if self.run is not None:
            return "◐", "bold warn"
        if self.best is None:
            return "○", "hint"
        return ("✓", "bold ok") if self.best.finished else ("◐", "bold warn")

    @property
    def aloud(self) -> str:
        """The sign in words; of a new one `standing` says it."""
        return {"◐": "begonnen", "✓": "af"}.get(self.sign[0], "")

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
        for one in self.waiting:
            yield from hanging(
                plain("Samen  ").stylize("$key"), f"{one.who} wacht op u, {pairs.TITLES[one.side]}", width
            )
        yield from self._enter(width)

    def _enter(self, width: int) -> list[Content]:
        does = (
            f"gaat verder bij {standing(self.run)}." if self.run else "begint de les, op een oefenbestuur van zichzelf."
        )
        return hanging(plain("Enter ").stylize("bold $key"), does, width)

    def told(self, width: int, height: int) -> list[Content]:
        """All about it, or where that is too much its title, the beginning of its story and how it is begun."""
        every = list(self.about(width))
        if len(every) <= height or not height:
            return every
        enter = self._enter(width)
        facts = plain(
            f"{LEVELS[self.script.difficulty]}, {counted(len(tasks_of(self.script)), 'opdracht', 'opdrachten')}"
        )
        title = [line.stylize("bold $ink") for line in wrapped(self.script.title, width)]
        story = wrapped(prose(self.script.steps[0].text), width)
        room = max(height - len(title) - 1 - len(enter), 0)
        shown = story[:room]
        if shown and len(story) > room:
            shown[-1] = plain(fitted(f"{shown[-1].plain} …", width))
        return [*title, *(line.stylize("$label") for line in shown), facts, *enter][:height]


class Lessons(EsisScreen):
    """The list."""

    ITEM = "startpagina"
    BELOW = ("Oefeningen",)
    HELP = (
        "Een les is een opdracht in het echte programma, op een eigen oefenbestuur: wat u daar doet, verandert hier niets. "
        "Onderaan het scherm staat wat u moet doen. Het programma kijkt naar wat u bereikt, dus elke goede weg telt.\n\n"
        "Oefenen kan op drie niveaus: stap voor stap, met een doel per stap, of met alleen het verhaal. Wat bij u past, staat "
        "vooraan; kiezen doet u zelf. Ctrl+L geeft een hint: eerst waar u moet kijken, dan wat u moet doen, dan wordt het "
        "voorgedaan en doet u het na. Bij een examen zijn er geen hints, geen opmerkingen en geen adviezen van ESIS; na afloop "
        "ziet u per stap hoe het ging. "
        "Resultaten (A) toont wat u heeft gedaan, en een trainer wat ieder heeft gedaan.\n\n"
        "Na drie weken, na vier maanden en twee weken voor de jaarovergang is het tijd om op te frissen: drie korte oefeningen, "
        "anders dan de vorige keer en zonder uitleg. De Startpagina zegt wanneer; Opfrissen (A) begint ermee.\n\n"
        "Een les blijft staan tot zij af is: verlaat u haar of sluit u het venster, dan kiest u haar hier opnieuw en gaat u "
        "verder waar u was, of begint u opnieuw. Opgeven kan ook. Met z'n tweeën kan een les met een partner erin: de een zit "
        "bij ESIS, de ander bij de partner, elk aan een eigen scherm. Wie begint, krijgt een code voor de ander (A)."
    )
    BINDINGS = [
        keys.no_key(
            "join", "Meedoen met een code", id="lessons.join", tooltip="Doet mee met een ander die een les samen begon."
        ),
        keys.no_key(
            "refresh", "Opfrissen", id="lessons.refresh", tooltip="Doet een paar oefeningen van een tijd terug over."
        ),
        keys.no_key("report", "Resultaten", id="lessons.report", tooltip="Toont de lessen die gedaan zijn."),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: targets.Lessons) -> Lessons:
        """The list, or what is to be refreshed at once. Raises `Refused` during a lesson."""
        if not program.has_lessons:
            raise Refused("U bent al met een oefening bezig. Ctrl+Q verlaat haar.")
        return cls(refresh=target.begin == "refresh")

    def __init__(self, *, refresh: bool = False) -> None:
        super().__init__()
        self._refresh = refresh

    def action_refresh(self) -> None:
        """Begin what is to be refreshed, or say when that will be."""
        actor = self.actor

        def read() -> tuple[Refresher | str, LessonProgress | None]:
            found = refreshing.due_or_why(actor.board, actor.name)
            lost = None if isinstance(found, str) else runs.given_up_for(actor.board, actor.name, found.left[0])
            return found, lost

        self.look_up(read, self._begin_refresher)

    def _begin_refresher(self, read: tuple[Refresher | str, LessonProgress | None]) -> None:
        found, lost = read
        if isinstance(found, str):
            self.notify(found, markup=False)
            return
        actor, first = self.actor, found.left[0]
        begin = partial(runs.refresh, actor.board, actor.name, first, theme=actor.user.theme)
        unless_lost(self.esis, catalogue.find(first.lesson).title, lost, "Opfrissen", lambda: start(self.esis, begin))

    def body(self) -> ComposeResult:
        """The list, and the lesson one stands on."""
        with Horizontal(id="lessons-beside"):
            yield RecordList(
                [
                    Column("", lambda row: row.sign[0], 1, style=lambda row: row.sign[1], aloud=lambda row: row.aloud),
                    Column("Les", lambda row: row.script.title, order=True),
                    Column(
                        "Niveau",
                        lambda row: LEVELS[row.script.difficulty],
                        9,
                        leaves=LONGEST,
                        order=lambda row: row.script.difficulty,
                    ),
                    Column("Hoe ver", lambda row: row.standing, 8),
                ],
                empty="Er zijn geen lessen.",
                id="lessons",
                title=self.PATH[-1],
            )
            yield Block("Les", id="lesson-about", opens=False)

    def on_mount(self) -> None:
        """What lessons begin with is made ready meanwhile; what is to be refreshed begins, if that was asked for."""
        if self.esis.host is not None:
            self.esis.host.get_ready(self.actor.board, self.actor.name)
        if self._refresh:
            self.action_refresh()

    def read(self) -> list[LessonRow]:
        """The lessons, with how far the user is."""
        board, name = self.actor.board, self.actor.name
        found, open_runs, waiting = keeping.best(board, name), runs.open_runs(board, name), runs.waiting_pairs()
        others = [one for one in waiting if (one.run.board_id, one.run.learner) != (board.id, name)]
        return [
            LessonRow(
                script,
                found.get(script.name),
                open_runs.get(script.name),
                [one for one in others if one.run.lesson == script.name],
            )
            for script in catalogue.offered()
        ]

    def show(self, found: list[LessonRow]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#lessons")
    def _about(self, event: RecordList.Highlighted) -> None:
        row: LessonRow | None = event.row
        block = self.query_one("#lesson-about", Block)
        block.tell(lambda width: row.told(width, block.content_size.height) if row else [])

    @on(RecordList.Chosen, "#lessons")
    def _chosen(self, event: RecordList.Chosen) -> None:
        row: LessonRow = event.row
        Choosing(self.esis, self.actor, row.script, row.run, row.waiting, self._give_up).ask()

    def _give_up(self, work: Callable[[], str]) -> None:
        self.perform(work, self.say)

    def action_join(self) -> None:
        """Ask for the code, and join."""
        actor = self.actor

        def joined(waiting: Waiting | None) -> None:
            if waiting is not None:
                start(self.esis, partial(runs.join, actor.board, actor.name, waiting))

        self.app.push_screen(AskCode(), joined)

    def action_report(self) -> None:
        """Show the results."""
        self.app.push_screen(Report(all_of_them=self.actor.may(Permission.SET_FAULTS)))
