"""How a lesson is begun: go on, again, give up, alone or in a pair; and the question where something is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.access import Actor
from app.refusals import Refused
from app.training.lessons import levels, pairs, runs
from app.training.lessons.keeping import MODES
from app.training.lessons.runs import Waiting
from app.training.scripts.document import Script
from models.training import LessonProgress
from screens.shared.dialogs import Choose, Confirm, Typing
from screens.shared.program import EsisProgram

Option = tuple[str, str]


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
        self._app.push_screen(Choose(self._script.title, self._options()), self._chosen)

    def _options(self) -> list[Option]:
        actor = self._actor
        ways = levels.ways(levels.level_for(actor.board, actor.name, self._script.name))
        found = [(way, f"Opnieuw. {title}" if self._run is not None else title) for way, title in ways]
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
            self._unless_lost("Opgeven", partial(self._give_up, run))
        else:
            side = option if option in pairs.TITLES else ""

            def begin() -> LessonProgress:
                variant, text = runs.next_variant(actor.board, actor.name, script.name)
                return runs.begin(
                    actor.board,
                    actor.name,
                    variant,
                    "exam" if option == "exam" else "practice",
                    side=side,
                    text=text,
                    level=int(option) if option.isdigit() else levels.STEPS,
                    theme=actor.user.theme,
                )

            self._unless_lost("Opnieuw beginnen", lambda: self._start(begin))

    def _unless_lost(self, yes: str, then: Callable[[], object]) -> None:
        """Do it, after a question if a lesson that can be gone on with would be lost."""
        if self._run is None:
            then()
            return
        question = (
            f"U was bij {standing(self._run)}. Het oefenbestuur waarop u dat deed, gaat weg; hoe ver u kwam, blijft bij "
            "Resultaten staan."
        )

        def agreed(answer: bool | None) -> None:
            if answer:
                then()

        self._app.push_screen(Confirm(f"{self._script.title}: {yes.lower()}?", question, yes, danger=True), agreed)

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


def start(app: EsisProgram, begin: Callable[[], LessonProgress]) -> None:
    """Begin in this program, if it can."""
    if app.host is None:
        app.notify("Een les begint u in het programma zelf: start het met esis.", markup=False)
    else:
        app.host.start(app, begin)


def start_given(app: EsisProgram, lesson: str, *, exam: bool, then: Callable[[], object]) -> None:
    """Begin the lesson that a trainer gave, or go on with it, at the level that fits; `then` once it is there, in a thread."""
    actor, mode = app.actor, "exam" if exam else "practice"
    assert actor is not None, "somebody is signed in"

    def begin() -> LessonProgress:
        run = runs.open_run(actor.board, actor.name, lesson)
        if run is None or run.mode != mode or run.side:
            level = levels.STEPS if exam else levels.level_for(actor.board, actor.name, lesson)
            script, text = runs.next_variant(actor.board, actor.name, lesson)
            run = runs.begin(actor.board, actor.name, script, mode, text=text, level=level, theme=actor.user.theme)
        then()
        return run

    start(app, begin)
