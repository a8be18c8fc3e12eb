"""SCOL-import and Eindtoetsgegevens importeren: choose a results file, preview it, import it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from app.clock import dutch_date
from app.exchange.eindtoets import HEADER as EINDTOETS_HEADER
from app.exchange.scol import HEADER as SCOL_HEADER
from app.permissions import Permission
from app.refusals import Refused
from app.school.files import eindtoets, scol
from app.school.files.result_files import Fate, PlannedRow, ResultsReport
from screens.shared.choosing_file import ChooseFileScreen
from screens.shared.previewing import FilePreview
from screens.shared.records import Column

IMPORTS: tuple[str, ...] = ("Beheer", "Import-Export-Koppelingen")
LOOK_FIRST = (
    "Typ het pad van het bestand en druk op F2, of ga met Tab naar de lijst en kies het met Enter. U ziet eerst wat er zou "
    "veranderen, met de problemen en hun regelnummer; er verandert pas iets als u daarna Importeren kiest.\n\n"
    "Het bestand is CSV (UTF-8) of een Excel-boek (.xlsx). De kolommen zijn precies:\n\n"
)
WHOSE = (
    "Een leerling wordt gevonden op leerlingnummer, en alleen als de geboortedatum klopt; anders wordt de regel overgeslagen "
    "en blijft de rest staan. De toets moet aan staan bij Beheer > Toetsen > Toetsen activeren. Hetzelfde bestand nog eens "
    "verandert niets; een verbeterd bestand vervangt alles van die datum of dat schooljaar: ESIS bewaart wat er stond, en wat er "
    "niet meer in staat vervalt."
)


class ResultsPreviewScreen(FilePreview):
    """What a file with results would do."""

    PATH = (*IMPORTS, "Voorbeeld")
    HELP = (
        "Dit zou de import doen; er is nog niets veranderd. Fouten staan bovenaan en houden de import tegen. Een waarschuwing "
        "is een regel die wordt overgeslagen. Enter toont een regel helemaal.\n\n"
        "Met Importeren (F2) gebeurt alles in een keer, of niets."
    )
    CHANGES = (
        Column("Regel", lambda one: str(one.row.line), 6, right=True, order=lambda one: one.row.line),
        Column("Leerling", lambda one: one.row.name, 22, order=True),
        Column("Wat", lambda one: one.row.what, order=True),
        Column("Score", lambda one: _score(one), 16, order=True),
        Column("Wordt", lambda one: str(one.fate), 9, order=True),
        Column("Was", lambda one: one.was, 18, from_width=100),
    )

    def __init__(self, path: Path, planned: Any, chooser: ResultFileScreen) -> None:
        super().__init__(path, planned)
        self._chooser = chooser

    def counts(self) -> str:
        """How many lines have each fate."""
        return "    ".join(f"{fate.capitalize()} {self._planned.count(fate)}" for fate in Fate)

    def changes(self) -> Sequence[PlannedRow]:
        """The lines that are new or changed."""
        return [one for one in self._planned.rows if one.fate in (Fate.NEW, Fate.CHANGED)]

    def change_text(self, change: Any) -> tuple[str, str]:
        """A line in full."""
        was = f"\nStond er: {change.was}" if change.was else ""
        text = f"Regel {change.row.line}: {change.fate}.\n\n{change.row.what}\nDatum: {dutch_date(change.row.day)}\n"
        return f"{change.row.name} ({change.row.person.number})", f"{text}Score: {_score(change)}{was}"

    def carry_out(self) -> Any:
        """Import through the use case for this kind of file."""
        return self._chooser.apply(self._planned)

    def done(self, report: ResultsReport) -> None:
        """Go back to choosing a file, showing what was done."""
        told = f"✓ {self._path.name}: {report.sentence()}"
        if self.is_current:
            self._chooser.tell(
                f"{told} De resultaten staan bij de leerling (Leerlingenadministratie, tabblad Toetsen)."
            )
            self.app.pop_screen()
        self.say(told)


class ResultFileScreen(ChooseFileScreen):
    """The path of a file with results."""

    def preview_screen(self, path: Path, planned: Any) -> Screen[Any]:
        """The preview, with the problems and every line."""
        return ResultsPreviewScreen(path, planned, self)

    @abstractmethod
    def apply(self, planned: Any) -> ResultsReport:
        """Import it. May raise `Refused`."""

    def on_mount(self) -> None:
        """Show at once if the user may not import."""
        if reason := self.actor.reason(Permission.IMPORT_RESULTS):
            self.refused(Refused(reason))


class ScolScreen(ResultFileScreen):
    """SCOL-import."""

    ITEM = "scol-import"
    KIND = "SCOL-bestand (CSV of Excel)"
    HELP = (
        f"{LOOK_FIRST}{';'.join(SCOL_HEADER)}\n\n"
        "De score is een percentiel, 0 tot en met 100. Elke leerling heeft per datum een regel met schaal Totaal en een regel "
        f"voor elke categorie die is ingevuld: {', '.join(name for name in scol.scales() if name != scol.TOTAL)}.\n\n{WHOSE}"
    )

    def plan(self, path: Path) -> Any:
        """What importing it would do."""
        return scol.preview(self.actor, path)

    def apply(self, planned: Any) -> ResultsReport:
        """Import it."""
        return scol.apply(self.actor, planned)


class EindtoetsScreen(ResultFileScreen):
    """Eindtoetsgegevens importeren."""

    ITEM = "eindtoetsgegevens-importeren"
    KIND = "eindtoetsbestand (CSV of Excel)"
    HELP = (
        f"{LOOK_FIRST}{';'.join(EINDTOETS_HEADER)}\n\n"
        f"De toets is {eindtoets.kinds()[0].name}, de standaardscore 50 tot en met 100, het advies een van: "
        f"{', '.join(eindtoets.advices())}. De laatste drie zijn referentieniveaus (<1F, 1F, en 2F of bij rekenen 1S); ze "
        "mogen leeg zijn.\n\n"
        "Elke regel is van deze vestiging (brin6) en van een leerling die in dat schooljaar in leerjaar 8 zat; een leerling "
        f"heeft één eindtoets per schooljaar. De resultatenkoppeling brengt deze gegevens nooit.\n\n{WHOSE}"
    )

    def plan(self, path: Path) -> Any:
        """What importing it would do."""
        return eindtoets.preview(self.actor, path)

    def apply(self, planned: Any) -> ResultsReport:
        """Import it."""
        return eindtoets.apply(self.actor, planned)


def _score(one: PlannedRow) -> str:
    whole = one.row.results[0]
    return f"{whole.score}, {whole.level}" if whole.level else str(whole.score)
