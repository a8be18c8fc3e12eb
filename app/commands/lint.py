"""`esis play --lint`: what is wrong with a lesson, as it is written and as it plays, in every variant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import choosing, opening, playing
from app.commands.output import say, show_json, tell
from app.counted import counted
from app.refusals import Refused
from app.training.lessons import catalogue, linting, provoking
from app.training.lessons.course import Course
from app.training.lessons.linting import Finding, finding
from app.training.lessons.tasks import LOOKING, Task
from app.training.scripts import checks
from app.training.scripts.document import Script, read
from app.training.scripts.errors import InvalidScript, PlayFailed
from app.training.scripts.grammar import TELLING
from app.training.scripts.playing import Player

if TYPE_CHECKING:
    from app.training.scripts.document import Step
    from app.training.scripts.grammar import Command

ANSWERED = "Een leerling is dan klaar voor hij begint."


def lint(paths: Sequence[Path], size: tuple[int, int], seeds: Sequence[int], json: bool) -> bool:
    """Tell what is wrong with these lessons; returns whether anything is. No `seeds`: as many as make every value come by."""
    found: list[Finding] = []
    for one in choosing.named(paths):
        mine = of_file(one.path, size, seeds)
        found += mine
        if not json:
            for row in mine:
                say(str(row))
            what = counted(len(mine), "bevinding", "bevindingen") if mine else "in orde"
            tell(f"{one.path.name}: {what}")
    if json:
        show_json([vars(row) for row in found])
    return bool(found)


def of_file(path: Path, size: tuple[int, int], seeds: Sequence[int] = ()) -> list[Finding]:
    """The findings of one lesson, by line; each once, for the first variant that has it."""
    try:
        first = read(path)
    except InvalidScript as invalid:
        return [
            Finding(one.file, one.line, one.sentence, "Zo is het geen draaiboek.", "Verbeter deze regel eerst.")
            for one in invalid.mistakes
        ]
    except Refused as refusal:
        return [Finding(str(path), 1, refusal.sentence, "Zo is het niet te lezen.", "Geef een ander bestand.")]
    found = {(one.file, one.line, one.what): one for one in _not_begun(first)}
    for seed in seeds or range(1, first.variants + 1):
        for one in of_variant(read(path, seed), size):
            found.setdefault((one.file, one.line, one.what), one)
    return sorted(found.values())


def _not_begun(script: Script) -> list[Finding]:
    """Why a lesson of one's own cannot be begun, though it can be played."""
    if not script.lesson:
        return []
    try:
        catalogue.begin(str(script.path))
    except InvalidScript as invalid:
        return [Finding(one.file, one.line, one.sentence, _NOT_BEGUN, _MEND) for one in invalid.mistakes]
    except Refused as refusal:
        return [Finding(str(script.path), 1, refusal.sentence, _NOT_BEGUN, _MEND)]
    return []


_NOT_BEGUN, _MEND = "Zo kan de les niet beginnen.", "Verander dat eerst."


def of_variant(script: Script, size: tuple[int, int]) -> list[Finding]:
    """The findings of one variant: as it is written, and as it plays."""
    found = linting.written(script)
    if not script.lesson:
        return found
    linter = _Linter(script, size)
    linter.play()
    return sorted({*found, *linter.found})


class _Linter:
    """Plays one lesson as its solution goes, and each of its wrong ways."""

    def __init__(self, script: Script, size: tuple[int, int]) -> None:
        self._script, self._size = script, size
        self.found: list[Finding] = []
        self._remarks = [row for step in script.steps for row in step.commands if row.word == "remark"]
        self._provoked: set[str] = set()
        """The checks of remarks that were seen to come."""
        self._acted = False
        """Whether anything was done since the present task was given."""

    def play(self) -> None:
        """All of it, each time on a board of its own."""
        try:
            self._on_a_board(self._solution)
            for step in self._script.steps:
                for part in step.parts:
                    if part.provokes:
                        self._on_a_board(partial(self._wrong_way, step, part.provokes))
        except PlayFailed as failed:
            mistake = failed.mistake
            self._add(mistake.line, f"Hier loopt de oplossing vast: {mistake.sentence}", "Zo is de les niet te doen.",
                      "Verbeter de regel; esis play laat het scherm van dat moment zien.", mistake.file)  # fmt: skip
            return
        except InvalidScript as invalid:
            for one in invalid.mistakes:
                self._add(one.line, one.sentence, "Zo begint de les niet.", "Verbeter deze regel.", one.file)
            return
        for row in self._remarks:
            if row.given[1] not in self._provoked:
                self._add(
                    row.line,
                    f"De opmerking bij '{row.given[1]}' is niet uit te lokken.",
                    "Wat niet kan ontstaan, ziet niemand.",
                    "Verander de voorwaarde, of toon met een blok ```esis provoke hoe het misgaat.",
                    row.file,
                )

    def _add(self, line: int, what: str, why: str, todo: str, file: str = "") -> None:
        self.found.append(finding(self._script, line, what, why, todo, file))

    def _on_a_board(self, work: Any) -> None:
        from app import ending
        from screens.driving.screen_driver import ScreenDriver
        from screens.driving.unseen import unseen

        async def on(settings: Any, board: Any) -> None:
            app = playing.make_app(self._script, settings, board)
            async with unseen(app, self._size) as pilot:
                await work(Player(self._script, ScreenDriver(app, pilot), board), app)

        opening.prepare()
        with playing.board_for(self._script, None) as (settings, board):
            ending.run(on(settings, board))

    async def _solution(self, player: Player, app: Any) -> None:
        from screens.driving.seeing import as_expected

        course, says = Course(self._script), partial(as_expected, app)
        actor = player.examiner()
        course.begin(actor)
        self._at_the_start(course, player)
        given = -1
        for step in self._script.steps:
            if course.done != given and course.task is not None and step is course.task.steps[0]:
                given = course.done
                self._before_task(course.task, player, says)
            for command in step.commands:
                if command.word == "send" and step.number:
                    continue  # the course sent it when it gave the task
                await player.do(step, command)
                self._acted = self._acted or command.word not in (*TELLING, *LOOKING)
                self._look(course, player, says, step)
        self._look(course, player, says, self._script.steps[-1])
        if course.task is not None:
            last = course.task.steps[-1]
            self._add(
                last.line,
                f"Na de hele oplossing is stap {last.number} nog niet gedaan.",
                "Een leerling die alles goed doet, komt niet aan het eind.",
                "Kijk de controles van deze stap na.",
            )

    def _at_the_start(self, course: Course, player: Player) -> None:
        """What already holds before anybody did something."""
        actor = player.examiner()
        for task in course.tasks:
            if task.holds(actor) and not task.at_the_end:
                self._holds(task, "aan het begin van de les")
        for row in self._remarks:
            if checks.parse(row.given[1]).holds(actor):
                self._add(
                    row.line,
                    f"Wat de opmerking zegt, is al zo aan het begin: '{row.given[1]}'.",
                    "Dan is het geen vergissing van de leerling.",
                    "Neem een toestand die pas door een verkeerde weg ontstaat.",
                    row.file,
                )

    def _before_task(self, task: Task, player: Player, says: Any) -> None:
        unread = not task.checks and task.expected and task.steps[0].number > 1
        if unread and all(map(says, (*task.expected, *task.absent))):
            self._holds(task, "voordat die stap begint")
        actor = player.examiner()
        for row in self._remarks:
            if row.given[1] not in self._provoked and provoking.can_come(actor, checks.parse(row.given[1])):
                self._provoked.add(row.given[1])

    def _look(self, course: Course, player: Player, says: Any, step: Step) -> None:
        before, mistakes = course.done, course.mistakes
        course.look(player.examiner(), says, acted=self._acted)
        self._acted = self._acted and course.done == before
        for task in course.tasks[before : course.done]:
            if task.steps[0].number > step.number:
                self._holds(task, "voordat die stap begint")
        if course.mistakes > mistakes:
            for row in self._remarks:
                if row.given[0] == course.remark:
                    self._add(
                        row.line,
                        f"De opmerking komt op de goede weg: '{row.given[1]}'.",
                        "Wie het goed doet, krijgt te horen dat het fout is.",
                        "Maak de voorwaarde nauwer.",
                        row.file,
                    )

    def _holds(self, task: Task, when: str) -> None:
        word = "check" if task.checks and not task.at_the_end else "expect"  # who is to look is done when it shows
        for row in task.steps[-1].commands:
            if row.word != word or row.for_tests:
                continue
            self._add(
                row.line,
                f"'{row.text}' klopt al {when}.",
                ANSWERED,
                "Controleer wat pas door deze stap ontstaat.",
                row.file,
            )

    async def _wrong_way(self, step: Step, commands: tuple[Command, ...], player: Player, _app: Any) -> None:
        for before in self._script.steps:
            if before is step:
                break
            for command in before.commands:
                await player.do(before, command)
        held = self._holding(player)
        seen: set[str] = set()
        for command in commands:
            await player.do(step, command)
            seen |= self._holding(player) - held
        self._provoked |= seen
        if not seen:
            first = commands[0] if commands else None
            self._add(
                first.line if first else step.line,
                "Dit blok lokt geen opmerking uit.",
                "Het moet laten zien hoe een opmerking ontstaat.",
                "Laat het de fout maken waar een opmerking over gaat, of haal het weg.",
                first.file if first else "",
            )

    def _holding(self, player: Player) -> set[str]:
        actor = player.examiner()
        return {row.given[1] for row in self._remarks if checks.parse(row.given[1]).holds(actor)}
