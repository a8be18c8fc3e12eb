"""Trainer > Opnieuw beginnen: reset the board to its first state, another one, or the start of a lesson."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.content import Content

from app import clock, targets
from app.permissions import Permission
from app.training import resetting
from app.training.lessons import of_class
from app.training.resetting import StartingPoint
from models.board import Board
from screens.shared import keys
from screens.shared.dialogs import Confirm
from screens.shared.facts import Act, Fact, Row, Section
from screens.shared.records import Column
from screens.shared.text import plain
from screens.shell.starting_over import put_back
from screens.trainer.page import EnterActs, TrainerPage

SECONDS = 0.5
"""Seconds between progress checks."""


class StartingPage(TrainerPage):
    """Every starting point."""

    PATH = ("Trainer", "Opnieuw beginnen")
    PERMISSION = Permission.SET_FAULTS
    CHANGE = "Terugzetten"
    NOTE = "Enter zet dit bestuur terug naar waar u op staat; eerst komt er een vraag."
    COLUMNS = (
        Column("Soort", lambda row: "Oefening" if row.lesson else "Beginstand", 10, order=True),
        Column("Naam", lambda row: row.id, 17, from_width=140, order=True),
        Column("Hoe het er dan voor staat", lambda row: row.title, order=True),
        Column(
            "Begint op", lambda row: clock.dutch_moment(row.begins), 19, from_width=150, order=lambda row: row.begins
        ),
    )
    LIST = EnterActs
    ONE = "Beginstand"
    HELP = (
        "Een beginstand is het oefenbestuur zoals het wordt als iemand al iets heeft gedaan: gekoppeld, een nacht verder, of "
        "met een fout erin. Elke stand komt tot stand door te doen wat een gebruiker doet, met nachten die echt voorbijgaan; "
        "dat duurt enkele seconden, en een jaarovergang langer. Een oefening zet het bestuur naar waar die oefening begint.\n\n"
        "Alles wat op dit bestuur is gedaan, gaat weg; alleen wat er van oefeningen is bijgehouden blijft. Lukt een stand niet, "
        "dan staat het bestuur in de eerste stand en staat erbij waarom. Ook met esis reset --to NAAM."
    )

    BINDINGS = [
        keys.OPEN(
            "change",
            "Terugzetten",
            id="trainer.reset",
            tooltip="Zet het bestuur terug naar waar u op staat, na een vraag.",
        ),
    ]

    def rows(self) -> Sequence[StartingPoint]:
        """The first state first."""
        return resetting.starting_points()

    def detail(self, row: StartingPoint) -> Iterable[Row]:
        """What it is, and what choosing it does."""
        yield Content.assemble(plain(row.title).stylize("bold"))
        yield Section("Oefening" if row.lesson else "Beginstand")
        yield Fact("Naam", row.id)
        yield Fact("Begint op", clock.dutch_moment(row.begins))
        yield Act("Enter", "Terugzetten", "vraagt eerst")
        yield Content("Ook met esis reset --to " + row.id)

    def action_change(self) -> None:
        """Ask, then reset the board."""
        point: StartingPoint | None = self.chosen
        if point is None or self.esis.busy or not self._may():
            return
        self.look_up(partial(of_class.stops, [self.actor.board.id]), partial(self._ask, point))

    def _ask(self, point: StartingPoint, lessons: str) -> None:
        question = (
            f"{self.actor.board.name} gaat naar: {point.title}.\n\nAlles wat op dit bestuur is gedaan gaat weg. Wie erop "
            f"is aangemeld, meldt zich daarna opnieuw aan.\n\n{lessons}"
        ).strip()
        self.app.push_screen(
            Confirm("Terugzetten?", question, "Terugzetten", danger=True),
            lambda yes: self._put_back(point) if yes else None,
        )

    def _put_back(self, point: StartingPoint) -> None:
        board, app = self.actor.board, self.esis

        def work() -> str:
            lessons = of_class.stopped([board.id])
            resetting.reset_to(board.name, point)
            return f"{board.name} is terug bij: {point.title}. {lessons}".strip()

        self._tell_time()
        self.set_interval(SECONDS, self._tell_time)
        put_back(app, work, lambda: app.go(targets.TrainerPage("start")))

    def _tell_time(self) -> None:
        board = Board.get_or_none(Board.id == self.esis.board.id)
        if board is not None:
            self.note(f"Bezig met terugzetten… Op school is het {clock.dutch_moment(board.now)}.")
