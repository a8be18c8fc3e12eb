"""Lesson results: the user's own, or for a trainer everyone's on the board; E saves them as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual import on
from textual.app import ComposeResult

from app.training import learners
from app.training.lessons import catalogue, keeping, review
from app.training.lessons.keeping import ProgressRow
from app.training.lessons.review import Review
from app.training.reports import happened
from app.training.reports.happened import Run
from app.training.reports.results import certificates_of, sheet_of
from screens.lessons.review import ReviewWindow
from screens.shared import keys
from screens.shared.files import free_name, save
from screens.shared.frame import EsisScreen
from screens.shared.records import Column, RecordList, Rows


class Report(EsisScreen):
    """Every time a lesson was done, newest first."""

    ITEM = "startpagina"
    BELOW = ("Oefeningen", "Resultaten")
    HELP = (
        "Elke keer dat een les is gedaan: hoe ver, in hoeveel tijd, met hoeveel hints en fouten. E bewaart de lijst als "
        "CSV-bestand. Enter bespreekt een les na: per stap het doel, of het gehaald is, de punten van een examen en de "
        "opmerkingen. Een trainer ziet ieders resultaten op dit bestuur, een ander de eigen.\n\n"
        "Met A bewaart u een certificaat als PDF, voor de les waar u op staat of voor alle die af zijn, en een resultatenblad. "
        "De naam erop is die van wie aan dit bestuur zit; wijzigen kan met Ctrl+P, Mijn naam op resultaten."
    )
    BINDINGS = [
        keys.no_key(
            "certificate",
            "Certificaat als PDF",
            id="lesson-report.certificate",
            tooltip="Bewaart een certificaat voor de les waar u op staat.",
        ),
        keys.no_key(
            "certificate_all",
            "Certificaat van alle lessen als PDF",
            id="lesson-report.all",
            tooltip="Bewaart een certificaat met alle lessen die af zijn.",
        ),
        keys.no_key(
            "results",
            "Resultatenblad als PDF",
            id="lesson-report.results",
            tooltip="Bewaart van elke les de beste keer, op papier.",
        ),
    ]

    def __init__(self, *, all_of_them: bool) -> None:
        super().__init__()
        self._all = all_of_them
        self._name = ""
        """Who sits at this board; empty: nobody said, and then users are told apart."""
        self._titles: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """The list."""
        yield RecordList(
            [
                Column("Wie", lambda row: self._name or row.learner, 16, order=True),
                Column("Les", lambda row: self._titles.get(row.lesson, row.lesson), order=True),
                Column("Soort", lambda row: keeping.MODES[row.mode], 8, from_width=100),
                Column("Stappen", lambda row: f"{row.step} van {row.steps}", 9, order=lambda row: row.step),
                Column("Minuten", lambda row: str(row.minutes), 7, right=True, order=lambda row: row.minutes),
                Column("Hints", lambda row: str(row.hints), 5, right=True, order=lambda row: row.hints),
                Column("Fouten", lambda row: str(row.mistakes), 6, right=True, order=lambda row: row.mistakes),
                Column(
                    "Klaar",
                    lambda row: f"{_sign(row)} {row.outcome}".strip(),
                    10,
                    order=True,
                    style=lambda row: {"✓": "ok", "×": "warn"}.get(_sign(row), "hint"),
                ),
            ],
            empty="Er is nog geen les gedaan. Kies er een bij Oefeningen.",
            id="lesson-report",
            title="Resultaten van de oefeningen",
        )

    def read(self) -> list[ProgressRow]:
        """The user's own, or everyone's."""
        self._name = learners.of(self.actor.board)
        rows = keeping.progress(self.actor.board)
        self._titles = catalogue.titles(row.lesson for row in rows)
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

    def action_certificate(self) -> None:
        """Save a certificate of the lesson under the cursor."""
        row: ProgressRow | None = self.query_one(RecordList).row
        if row is not None:
            lesson = row.lesson
            self._save(f"certificaat-{lesson}.pdf", lambda runs: certificates_of(runs, lesson))

    def action_certificate_all(self) -> None:
        """Save a certificate of all lessons that are done."""
        self._save("certificaat.pdf", certificates_of)

    def action_results(self) -> None:
        """Save a results sheet."""
        self._save("resultaten-oefeningen.pdf", sheet_of)

    def _save(self, name: str, made: Callable[[list[Run]], bytes]) -> None:
        board, user = self.actor.board, self.actor.name

        def work() -> Path:
            runs = [run for run in happened.runs(board) if self._all or run.progress.learner == user]
            return save(free_name(name), made(runs))

        self.perform(work, lambda path: self.say(f"Bewaard als {path}"))


def _sign(row: ProgressRow) -> str:
    """Of how it ended; empty if it is not done."""
    return {"ja": "✓", "geslaagd": "✓", "gezakt": "×"}.get(row.outcome, "")
