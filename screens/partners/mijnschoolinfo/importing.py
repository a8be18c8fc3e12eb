"""Tab Importeren: start from an EDEXML file or a list of e-mail addresses, before the coupling (rule S)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import ComposeResult

from app.partners.mijnschoolinfo import account
from app.partners.mijnschoolinfo.apply_import import Imported
from app.partners.mijnschoolinfo.arriving import Undecided
from app.partners.mijnschoolinfo.editing import EsisLeads
from app.partners.mijnschoolinfo.importing import LISTS, NEW_DATA, import_file
from app.refusals import Refused
from screens.partners.mijnschoolinfo.import_doubts import ImportDoubts
from screens.partners.mijnschoolinfo.page import CouplingTab, MsiTab
from screens.partners.tabs import TABS_HELP
from screens.shared.choosing_file import BUSY, Choosing
from screens.shared.dialogs import Confirm
from screens.shared.label import Label
from screens.shared.tabs import Tabs


class Import(Choosing, CouplingTab):
    """The path of a file, typed or chosen."""

    TAB = "import"
    KIND = "EDEXML-bestand of lijst (CSV of Excel)"
    SUFFIX = (".xml", ".zip", *LISTS)
    SUBMIT = "Importeren"
    HELP = (
        "Zonder koppeling kunt u beginnen met een EDEXML-bestand (groepen, leerlingen en medewerkers) en een lijst met "
        "e-mailadressen van verzorgers (CSV of Excel, met de kolommen leerlingnummer, roepnaam, tussenvoegsel, achternaam, "
        "geboortedatum, verzorger, email). Wie er al staat, blijft zoals hij is.\n\n"
        "Typ het pad en druk op F2, of ga met Tab naar de lijst en kies het met Enter. Heeft het bestand fouten, dan wordt er "
        "niets overgenomen. Kan een regel ook iemand anders zijn, dan vraagt het programma eerst wie het is. "
        "Staat de koppeling aan, dan is ESIS leidend en kan importeren niet meer. " + TABS_HELP
    )

    _leads = False

    def note(self) -> str:
        """Which files can be read."""
        return "Een EDEXML-bestand, of een lijst (CSV of Excel) met e-mailadressen van verzorgers."

    def body(self) -> ComposeResult:
        """The tab bar above the choice."""
        return MsiTab.body(self)

    def content(self) -> ComposeResult:
        """The choice, or why there is none."""
        yield Label(EsisLeads(NEW_DATA).sentence, id="msi-leads", classes="paragraph attention")
        yield from self.choice()

    def focus_start(self) -> None:
        """As on every tab."""
        MsiTab.focus_start(self)

    def action_content(self) -> None:
        """Focus the path, or the tabs if there is nothing to do."""
        if self._leads:
            self.query_one(Tabs).focus()
        else:
            MsiTab.action_content(self)

    def read(self) -> bool:
        """Whether ESIS leads."""
        return account.leads(self.school)

    def show(self, found: bool) -> None:
        """Show the choice, or that ESIS leads."""
        self._leads = found
        self.query_one("#msi-leads").display = found
        for part in self.query("#partner-content > *"):
            if part.id not in ("msi-leads", "import-told", "import-busy"):
                part.display = not found

    def begin(self, path: Path) -> None:
        """Ask, then import: it cannot be undone."""
        question = Confirm(
            "Importeren?", f"{path.name} wordt overgenomen. Wie er al staat, blijft zoals hij is.", "Importeren"
        )
        self.app.push_screen(question, lambda yes: self._import(path) if yes else None)

    def _import(self, path: Path) -> None:
        school = self.school
        self.busy(BUSY)
        self.perform(lambda: import_file(school, path), self.show_preview, lambda refusal: self._refused(path, refusal))

    def _refused(self, path: Path, refusal: Refused) -> None:
        """Ask what must be decided first; show any other refusal beside the path."""
        if isinstance(refusal, Undecided):
            self.busy("")
            self.app.push_screen(ImportDoubts(self.session, path, refusal), self._decided)
        else:
            self.refused(refusal)

    def _decided(self, done: Imported | None) -> None:
        if done is not None:
            self.show_preview(done)

    def show_preview(self, planned: Any) -> None:
        """Show what was imported, and what to check."""
        assert isinstance(planned, Imported)
        self.busy("")
        self.tell("\n".join((f"✓ {planned.sentence}", *(f"! {remark}" for remark in planned.remarks))))
