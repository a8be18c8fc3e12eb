"""Bestand ontvangen: choose a DULT file, see what is in it, and put it on the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from app import clock
from app.exchange.dult import HEADER
from app.school.assessment.catalogue import by_id
from app.school.files import dult
from app.school.files.dult import LONGEST_NAME
from app.school.files.dult_matching import MatchStatus
from models.dult import DultFile
from screens.dult.matching import MatchingScreen
from screens.shared.choosing_file import ChooseFileScreen
from screens.shared.previewing import FilePreview
from screens.shared.records import Column


class ReceivePreview(FilePreview):
    """What is in a DULT file."""

    ITEM = "dultkoppeling"
    BELOW = ("Bestand ontvangen", "Voorbeeld")
    DO = "Ontvangen"
    BUSY = "Bezig met ontvangen…"
    CHANGES_TITLE = "Resultaten in het bestand"
    HELP = (
        "Dit staat in het bestand; er is nog niets veranderd. Fouten houden het tegen: verbeter het bestand en kies het "
        "opnieuw. Een waarschuwing zegt wat u moet doen voor u verwerkt.\n\n"
        "Met Ontvangen (F2) komt het bestand op de lijst. Pas met Verwerken komen de resultaten in ESIS."
    )
    CHANGES = (
        Column("Regel", lambda row: str(row.line), 6, right=True, order=lambda row: row.line),
        Column("Nummer daar", lambda row: row.pupil_key, 12, order=True),
        Column("Leerling", lambda row: f"{row.first_name} {row.last_name}", order=True),
        Column("Toets", lambda row: by_id(row.assessment).name, 30, order=True),
        Column("Datum", lambda row: clock.dutch_date(row.day), 10, from_width=100, order=lambda row: row.day),
        Column("Score", lambda row: f"{row.score}, {row.level}", 8, order=lambda row: row.score),
    )

    def counts(self) -> str:
        """Pupils by Matchstatus."""
        planned = self._planned
        found = (f"{status.label} {planned.matches.get(status, 0)}" for status in MatchStatus)
        return f"Resultaten {planned.results}    Leerlingen {planned.pupils}: {', '.join(found)}"

    def changes(self) -> Sequence[Any]:
        """Every result."""
        return list(self._planned.table.records)

    def change_text(self, change: Any) -> tuple[str, str]:
        """A line in full."""
        return f"{change.first_name} {change.last_name} ({change.pupil_key})", (
            f"Regel {change.line}\nGeboren: {clock.dutch_date(change.birth_date)}\nToets: {by_id(change.assessment).name}\n"
            f"Datum: {clock.dutch_date(change.day)}\nScore: {change.score}, niveau {change.level}"
        )

    def carry_out(self) -> Any:
        """Put it on the list."""
        return dult.receive(self.actor, self._path.name[:LONGEST_NAME], self._planned)

    def done(self, file: DultFile) -> None:
        """Go on to its pupils."""
        self.say(f"'{file.name}' is ontvangen.")
        if self.is_current:
            self.app.pop_screen()
            self.app.switch_screen(MatchingScreen(file.id, str(file.name)))


class ReceiveScreen(ChooseFileScreen):
    """The path of a DULT file."""

    ITEM = "dultkoppeling"
    BELOW = ("Bestand ontvangen",)
    KIND = "DULT-bestand (CSV of Excel)"
    HELP = (
        "Typ het pad van het bestand en druk op F2, of ga met Tab naar de lijst en kies het met Enter. U ziet eerst wat erin "
        "staat.\n\n"
        f"Het bestand is CSV (UTF-8) of een Excel-boek (.xlsx). De kolommen zijn precies:\n\n{';'.join(HEADER)}\n\n"
        "Het leerlingnummer is dat van het andere systeem. De toets is de code van een DULT-toets met de groep, zoals "
        "dult-lezen-6, dult-spelling-6 of dult-rekenen-6. De score is 0 tot en met 400, het niveau I tot en met V."
    )

    def plan(self, path: Path) -> Any:
        """Read its contents."""
        return dult.preview(self.actor, path)

    def preview_screen(self, path: Path, planned: Any) -> Screen[Any]:
        """The preview, with the problems and every result."""
        return ReceivePreview(path, planned)
