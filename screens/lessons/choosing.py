"""How a lesson is begun: go on, again, give up, alone or in a pair; and the question where something is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from app.access import Actor
from app.counted import counted
from app.refusals import Refused
from app.training.lessons import levels, pairs, runs
from app.training.lessons.keeping import MODES
from app.training.lessons.runs import Waiting
from app.training.scripts.document import Script
from models.training import LessonProgress
from screens.shared.dialogs import Choose, Confirm, Typing
from screens.shared.program import EsisProgram

if TYPE_CHECKING:
    from screens.shared.reads_beside import ReadsBeside

Option = tuple[str, str]


class AskWay(Choose):
    """How to do a lesson."""

    HELP = (
        "Hoe u deze les doet. Stap voor stap noemt elke stap wat u doet; met een doel per stap zoekt u zelf hoe, en met alleen "
        "het verhaal ook wat. Bovenaan staat wat nu bij u past. In alle drie kunt u hints vragen. Een examen geeft alleen "
        "het verhaal en het doel, zonder hints, en zegt aan het eind of u geslaagd bent.\n\n"
        "Bent u al bezig, dan gaat Verder door waar u was; Opnieuw en Opgeven vragen eerst of dat weg mag. Samen is met een "
        "ander: de een zit bij ESIS, de ander bij de partner."
    )


def standing(run: LessonProgress) -> str:
    """`stap 3 van 9`."""
    return f"stap {run.step + 1} van {run.steps}"


class AskCode(Typing[Waiting]):
    """Asks for the code of a pair."""

    HELP = "Bij wie een les samen begon, staat onder aan het scherm een code van vijf letters en cijfers. Typ die over."

    def __init__(self) -> None:
        question = "De ander begint een les met Samen. De code staat onder aan zijn scherm."
        super().__init__("Meedoen met een ander", question, f"Code, zoals {pairs.code_of(1)}:", "Meedoen")

    def answer(self, typed: str) -> Waiting:
        """Who waits with it."""
        return runs.waiting_with(typed)


class Choosing:
    """The window of one lesson, and what comes of it."""

    def __init__(
        self,
        app: EsisProgram,
        actor: Actor,
        script: Script,
        run: LessonProgress | None,
        waiting: Sequence[Waiting],
        perform: Callable[[Callable[[], str]], object],
    ) -> None:
        """`run`: what can be gone on with; `waiting`: pairs at this lesson of which one is there; `perform` does what
        takes time, and tells its outcome.
        """
        self._app, self._actor, self._script, self._run = app, actor, script, run
        self._waiting, self._perform = waiting, perform

    def ask(self) -> None:
        """Let the user choose."""
        self._app.push_screen(AskWay(self._script.title, self._options()), self._chosen)

    def _options(self) -> list[Option]:
        actor = self._actor
        ways = levels.ways(levels.level_for(actor.board, actor.name, self._script.name))
        found = [(way, f"Opnieuw. {title}" if self._run is not None else title) for way, title in ways]
        if minutes := self._script.minutes:
            given = f" ({counted(minutes, 'minuut', 'minuten')})"
            found = [(way, title + given if way == "exam" else title) for way, title in found]
        if self._run is not None:
            found.insert(
                0, ("go_on", f"Verder bij {standing(self._run).partition(' van')[0]} ({MODES[self._run.mode]})")
            )
        if partner := pairs.partner_of(self._script):
            found += [
                (pairs.ESIS, "Samen: ik zit bij ESIS"),
                (pairs.PARTNER, f"Samen: ik zit bij {partner}"),
            ]
        found += [
            (f"join {place}", f"Meedoen met {one.who}: u zit {pairs.TITLES[one.side]}")
            for place, one in enumerate(self._waiting)
        ]
        return found if self._run is None else [*found, ("give_up", "Opgeven")]

    def _chosen(self, option: str | None) -> None:
        if option is None:
            return
        actor, script, run = self._actor, self._script, self._run
        if option == "go_on" and run is not None:
            self._start(lambda: self._still(run))
        elif option.startswith("join "):
            waiting = self._waiting[int(option.removeprefix("join "))]
            self._start(partial(runs.join, actor.board, actor.name, waiting))
        elif option == "give_up" and run is not None:
            unless_lost(self._app, self._script.title, run, "Opgeven", partial(self._give_up, run))
        else:
            side = option if option in pairs.TITLES else ""

            def begin() -> LessonProgress:
                return runs.begin_next(
                    actor.board,
                    actor.name,
                    script.name,
                    "exam" if option == "exam" else "practice",
                    side=side,
                    level=int(option) if option.isdigit() else levels.STEPS,
                    theme=actor.user.theme,
                )

            unless_lost(self._app, script.title, run, "Opnieuw beginnen", lambda: self._start(begin))

    def _give_up(self, run: LessonProgress) -> None:
        def work() -> str:
            runs.give_up(run)
            return f"De les '{self._script.title}' is opgegeven, bij {standing(run)}."

        self._perform(work)

    @staticmethod
    def _still(run: LessonProgress) -> LessonProgress:
        found = LessonProgress.get_or_none(LessonProgress.id == run.id, runs.OPEN)
        if found is None:
            raise Refused("Deze les is intussen afgerond of opgegeven.")
        return found

    def _start(self, begin: Callable[[], LessonProgress]) -> None:
        start(self._app, begin)


def unless_lost(app: EsisProgram, title: str, run: LessonProgress | None, yes: str, then: Callable[[], object]) -> None:
    """Do it, after a question if a lesson that can be gone on with would be lost."""
    if run is None:
        then()
        return
    _ask(app, f"{title}: {yes.lower()}?", _gone(run), yes, then)


def _ask(app: EsisProgram, title: str, question: str, yes: str, then: Callable[[], object]) -> None:
    def agreed(answer: bool | None) -> None:
        if answer:
            then()

    app.push_screen(Confirm(title, question, yes, danger=True), agreed)


def _gone(run: LessonProgress) -> str:
    return (
        f"U was bij {standing(run)}. Het oefenbestuur waarop u dat deed, gaat weg; hoe ver u kwam, blijft bij Resultaten "
        "staan."
    )


def start(app: EsisProgram, begin: Callable[[], LessonProgress]) -> None:
    """Begin in this program, if it can."""
    if app.host is None:
        app.notify("Een les begint u in het programma zelf: start het met esis.", markup=False)
    else:
        app.host.start(app, begin)


def start_given(app: EsisProgram, lesson: str, *, exam: bool, then: Callable[[], object]) -> None:
    """Begin the lesson that a trainer gave, or go on with it, as the variant that is this learner's turn, at the level that
    fits; `then` once it is there, in a thread. It asks first if that would lose another run of the lesson.
    """
    actor, mode = app.actor, "exam" if exam else "practice"
    assert actor is not None, "somebody is signed in"

    def lost(run: LessonProgress | None) -> bool:
        return run is not None and (run.mode != mode or bool(run.side))

    def begin() -> LessonProgress:
        run = runs.open_run(actor.board, actor.name, lesson)
        if run is None or lost(run):
            level = levels.STEPS if exam else levels.level_for(actor.board, actor.name, lesson)
            run = runs.begin_next(actor.board, actor.name, lesson, mode, level=level, theme=actor.user.theme)
        then()
        return run

    def ask(run: LessonProgress | None) -> None:
        if run is None or not lost(run):
            start(app, begin)
            return
        title = f"Beginnen aan {'het examen' if exam else 'de les'}?"
        question = f"U bent met deze les nog bezig ({MODES[run.mode]}). {_gone(run)}"
        _ask(app, title, question, "Beginnen", partial(start, app, begin))

    cast("ReadsBeside[Any]", app.screen).look_up(lambda: runs.open_run(actor.board, actor.name, lesson), ask)
