"""Lesson results: the user's own, or for a trainer everyone's on the board; E saves them as CSV."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.app import ComposeResult

from app.training.lessons import catalogue, keeping, review
from app.training.lessons.keeping import ProgressRow
from app.training.lessons.review import Review
from screens.lessons.review import ReviewWindow
from screens.shared.frame import EsisScreen
from screens.shared.records import Column, RecordList, Rows


class Report(EsisScreen):
    """Every time a lesson was done, newest first."""

    ITEM = "startpagina"
    BELOW = ("Oefeningen", "Resultaten")
    HELP = (
        "Elke keer dat een les is gedaan: hoe ver, in hoeveel tijd, met hoeveel hints en fouten. E bewaart de lijst als "
        "CSV-bestand. Enter bespreekt een les na: per stap het doel, of het gehaald is, de punten van een examen en de "
        "opmerkingen. Een trainer ziet ieders resultaten op dit bestuur, een ander de eigen."
    )

    def __init__(self, *, all_of_them: bool) -> None:
        super().__init__()
        self._all = all_of_them

    def body(self) -> ComposeResult:
        """The list."""
        yield RecordList(
            [
                Column("Wie", lambda row: row.learner, 16, order=True),
                Column("Les", lambda row: catalogue.title(row.lesson), order=True),
                Column("Soort", lambda row: keeping.MODES[row.mode], 8, from_width=100),
                Column("Stappen", lambda row: f"{row.step} van {row.steps}", 9, order=lambda row: row.step),
                Column("Minuten", lambda row: str(row.minutes), 7, right=True, order=lambda row: row.minutes),
                Column("Hints", lambda row: str(row.hints), 5, right=True, order=lambda row: row.hints),
                Column("Fouten", lambda row: str(row.mistakes), 6, right=True, order=lambda row: row.mistakes),
                Column(
                    "Klaar",
                    lambda row: "✓ ja" if row.finished else "nee",
                    5,
                    order=True,
                    style=lambda row: "ok" if row.finished else "hint",
                ),
            ],
            empty="Er is nog geen les gedaan. Kies er een bij Oefeningen.",
            id="lesson-report",
            title="Resultaten van de oefeningen",
        )

    def read(self) -> list[ProgressRow]:
        """The user's own, or everyone's."""
        rows = keeping.progress(self.actor.board)
        return [row for row in rows if self._all or row.learner == self.actor.name]

    def show(self, found: list[ProgressRow]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Chosen, "#lesson-report")
    def _review(self, event: RecordList.Chosen) -> None:
        row: ProgressRow = event.row
        self.look_up(lambda: self._reviewed(row), self._tell)

    def _tell(self, found: Review) -> None:
        self.app.push_screen(ReviewWindow(found))

    def _reviewed(self, row: ProgressRow) -> Review:
        run = review.run_of(self.actor.board, row.learner, row.lesson, row.mode, datetime.fromisoformat(row.started_at))
        return review.of_run(run)
