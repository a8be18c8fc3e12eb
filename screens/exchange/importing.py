"""Import: choose an EDEXML file; what it would do is shown before anything happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from app import access
from app.exchange.real_pupils import Change, RealPupils, as_it_is
from app.refusals import NotFound, Refused
from app.school.files import imports
from app.school.files.imports import OtherLocation
from app.training.anonymising import for_file
from models.board import Location
from screens.exchange.preview import PreviewScreen
from screens.shared.choosing_file import BUSY, ChooseFileScreen
from screens.shared.dialogs import Choose, Confirm
from screens.shared.forms import Form

WHAT_OF_PEOPLE = [
    ("replace", "Anonimiseren: andere mensen, elke keer dezelfde"),
    ("real", "De echte gegevens inlezen"),
    ("cancel", "Niets doen"),
]


class ImportScreen(ChooseFileScreen):
    """The path of a file, typed or chosen."""

    ITEM = "import"
    _change: Change | None = None
    """What to do with the people in the file, once asked."""
    KIND = "EDEXML-bestand"
    SUFFIX = (".xml", ".zip")
    HELP = (
        "Typ het pad van een EDEXML-bestand (2.0 of 2.1) en druk op F2, of ga met Tab naar de lijst en kies het met Enter. "
        "→ vult de grijze tekst aan. Een map opent u ook met Enter; ../ is de map erboven.\n\n"
        "U ziet eerst wat er zou veranderen: nieuwe, gewijzigde en ongewijzigde groepen, leerlingen en medewerkers, en de "
        "problemen met het regelnummer. Er verandert pas iets als u daarna Importeren kiest.\n\n"
        "Is het bestand niet van een oefenschool (een BRIN die met 99 begint), dan vraagt het programma eerst wat er met de "
        "mensen erin gebeurt. Anonimiseren vervangt namen, datums, nummers en adressen, en laat naamgenoten, tweelingen, groepen "
        "en wat ontbreekt zoals het is. Hetzelfde bestand geeft dezelfde leerlingen; ze komen in de vestiging waar u werkt.\n\n"
        "Is het bestand van een andere vestiging, dan kunt u daar verder gaan; bestaat die nog niet, dan vraagt ESIS of "
        "die moet worden aangemaakt. Terug naar een andere vestiging gaat met Ctrl+P, Vestiging kiezen."
    )

    def note(self) -> str:
        """The location the file goes to."""
        location = self.actor.location
        return f"EDEXML naar vestiging {location.brin6}, {location.school.name}, {location.name}."

    def plan(self, path: Path) -> Any:
        """What importing it would do."""
        return imports.preview(self.actor, path, self._change)

    def preview_screen(self, path: Path, planned: Any) -> Screen[Any]:
        """The preview, with the problems and every change."""
        return PreviewScreen(path, planned)

    def begin(self, path: Path) -> None:
        """Read it, asking again each time what to do with its people."""
        self._change = None
        super().begin(path)

    def refused(self, refusal: Refused) -> None:
        """Show it beside the path; offer to replace the people, or to continue at the file's own location."""
        super().refused(refusal)
        if isinstance(refusal, RealPupils) and self.is_current:
            self.app.push_screen(Choose("Echte leerlingen?", WHAT_OF_PEOPLE, refusal.sentence), self._with_people)
        if isinstance(refusal, OtherLocation) and refusal.brin6 and self.is_current:
            self._offer(refusal.brin6)

    def _with_people(self, answer: str | None) -> None:
        """Read it again, with the choice made."""
        if answer in ("replace", "real"):
            self._change = for_file(self.actor) if answer == "replace" else as_it_is
            super().begin(self.path)

    def _offer(self, brin6: str) -> None:
        """Offer to continue at the file's location if the user has a role there, or to create it if it is new."""
        try:
            location = access.find_location(self.actor.board, brin6)
        except NotFound:
            self._ask_new(brin6)
            return
        if location in access.locations_of(self.actor.user):
            question = Confirm(
                "Andere vestiging",
                f"Het bestand is van vestiging {brin6}, {location.name}. Wilt u daar verder gaan?",
                f"Naar {brin6}",
            )
            self.app.push_screen(question, lambda answer: self._continue_at(location) if answer else None)

    def _ask_new(self, brin6: str) -> None:
        question = Confirm(
            "Vestiging aanmaken?",
            f"Het bestand is van vestiging {brin6}, en die bestaat nog niet bij dit bestuur. ESIS kan haar aanmaken; u "
            "krijgt er dezelfde rol als hier. U ziet eerst het voorbeeld: de vestiging ontstaat pas met Importeren.",
            f"{brin6} aanmaken",
        )
        self.app.push_screen(question, lambda answer: self._read_for_new(brin6) if answer else None)

    def _read_for_new(self, brin6: str) -> None:
        actor, path, change = self.actor, self.path, self._change
        self.busy(BUSY)
        self.perform(lambda: imports.preview_new_location(actor, brin6, path, change), self.show_preview, self.refused)

    def _continue_at(self, location: Location) -> None:
        path = str(self.query_one(Form).values["path"])
        came_from = self.actor.location.brin6
        told = f"U werkt nu in vestiging {location.brin6}. Terug naar {came_from}: Ctrl+P, Vestiging kiezen."
        self.query_one(Form).keep()
        self.esis.use_location(location)
        self.app.push_screen(ImportScreen(path, told))
        self.say(told)
