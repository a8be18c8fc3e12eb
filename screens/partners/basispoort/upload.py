"""Beheer > Bestand inlezen: an EDEXML file by hand, while the automatic coupling is off."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app.partners.basispoort import upload
from app.partners.basispoort.upload import Uploaded
from app.refusals import Refused
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.filling_in import FormPage
from screens.partners.page import show_line
from screens.shared.dialogs import Confirm
from screens.shared.fields import TextField
from screens.shared.folder import PathSuggester, typed_path
from screens.shared.forms import Form
from screens.shared.label import Label


class Upload(FormPage, BasispoortPage):
    """The path of a file, and the outcome."""

    HERE = "management"
    PATH = ("Beheer", "Bestand inlezen")
    HELP = (
        "Typ het pad van een EDEXML-bestand, bijvoorbeeld een dat u in ESIS heeft gemaakt (Beheer > Import-Export-"
        "Koppelingen > Exporteren); pijl naar rechts vult aan. F2 leest het in, na een vraag: het vervangt alle groepen en "
        "leerlingen die Basispoort van de school heeft.\n\n"
        "Kan alleen als de automatische koppeling uit staat (Beheer > Koppeling LAS)."
    )

    def body(self) -> ComposeResult:
        """Whether a file can be read now, and the form."""
        form = Form(
            [TextField("file", "EDEXML-bestand", required=True, help="Het pad, zoals ~/EDEX.XML; → vult aan.")],
            submit="Inlezen",
        )
        yield from self.panel("Bestand inlezen", form, Label("", id="upload-mixed"))

    def on_mount(self) -> None:
        """Complete paths as they are typed."""
        self.query_one("#field-file", Input).suggester = PathSuggester(".xml")

    def read(self) -> bool:
        """Whether the automatic coupling is on."""
        return bool(self.school.automatic)

    def show(self, found: bool) -> None:
        """Warn if it is."""
        show_line(self.query_one("#upload-mixed", Label), f"! {upload.MIXED}" if found else "")

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        self.look_up(self.read, partial(self._ask, typed_path(event.values["file"])))

    def _ask(self, path: Path, automatic: bool) -> None:
        if automatic:
            self.show_refusal(Refused(upload.MIXED, field="file"))
            return
        question = f"Alle groepen en leerlingen bij Basispoort worden vervangen door die in {path.name}."
        self.app.push_screen(
            Confirm("Bestand inlezen?", question, "Inlezen"), lambda yes: self._read(path) if yes else None
        )

    def _read(self, path: Path) -> None:
        school = self.school
        self.tell("Bezig met lezen…", "")
        self.perform(lambda: upload.upload(school, path), self._done)

    def _done(self, uploaded: Uploaded) -> None:
        self.query_one(Form).keep()
        self.tell(uploaded.sentence)
