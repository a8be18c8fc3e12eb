"""Beheer > Koppeling LAS: automatic or by hand, the account's BRIN6, and how the last pull went."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.partners.basispoort import account, overview
from app.partners.basispoort.overview import Source
from models.partners.basispoort import BasispoortSchool
from screens.partners.basispoort.home import came
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.page import Explained, show_line, talks_to
from screens.shared.controls import Buttons, push_button
from screens.shared.facts import Fact, Facts
from screens.shared.fields import ChoiceField, TextField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Panel

ON, OFF = "aan", "uit"
OPTIONS = (("aan: elke nacht om 1:30 uit ESIS", ON), ("uit: zelf bestanden inlezen", OFF))
BRIN_HELP = "Brinnummer en vestigingsnummer samen. ESIS en de uitgeverijen herkennen de school hieraan."


class LasCoupling(Explained, BasispoortPage):
    """How groups and pupils come in."""

    HERE = "management"
    PATH = ("Beheer", "Koppeling LAS")
    WHY = account.ID
    HELP = (
        "Met de automatische koppeling haalt Basispoort elke nacht om 1:30 de groepen en leerlingen uit ESIS. Staat zij uit, "
        "dan leest u zelf een EDEXML-bestand in (Bestand inlezen). Doe niet allebei: de nacht na het inlezen zou ESIS alles "
        "weer vervangen.\n\n"
        "Het BRIN6 moet gelijk zijn aan dat in ESIS en bij de uitgeverij, ook de laatste twee cijfers. Klopt het niet, dan "
        "levert ESIS niets, of weigert de uitgeverij wat Basispoort levert. F2 slaat op."
    )

    def body(self) -> ComposeResult:
        """The state, the form and the link to upload a file."""
        school = self.school
        yield Panel("Zo staat het", Label("", id="las-failed"), Facts(id="las-facts", label_width=25))
        form = Form(
            [
                ChoiceField(
                    "automatic",
                    "Automatische koppeling",
                    options=OPTIONS,
                    value=ON if school.automatic else OFF,
                ),
                TextField("brin6", "BRIN6", required=True, value=school.brin6, help=BRIN_HELP),
            ],
            submit="Opslaan",
            cancel="",
            edits=True,
        )
        yield Panel("Koppeling LAS", form)
        with Buttons():
            yield push_button("Bestand inlezen", id="las-upload")

    def read(self) -> tuple[BasispoortSchool, Source, list[tuple[str, str]]]:
        """The school, how its pupils came in, and which ESIS they come from if that is another."""
        school = self.school
        return school, overview.source(school), talks_to(school.location.board_id, account.ID)

    def show(self, found: tuple[BasispoortSchool, Source, list[tuple[str, str]]]) -> None:
        """Show it, keeping what is being typed."""
        school, source, other = found
        lines = [
            ("Systeem (LAS)", "ESIS"),
            *other,
            ("Laatst bijgewerkt", came(source)),
            ("Schooljaar", school.school_year or "nog niet bekend"),
        ]
        self.query_one("#las-facts", Facts).show(Fact(*line) for line in lines)
        failed = (
            f"! Ophalen is op {clock.dutch_moment(source.failed_at)} niet gelukt: {source.failure}"
            if source.failed_at
            else ""
        )
        show_line(self.query_one("#las-failed", Label), failed)
        form = self.query_one(Form)
        if form.is_mounted and not form.changed:
            self._fill(school)

    def _fill(self, school: BasispoortSchool) -> None:
        form = self.query_one(Form)
        for name, value in (("automatic", ON if school.automatic else OFF), ("brin6", school.brin6)):
            if form.values[name] != value:
                form.set_value(name, value)
        form.keep()

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        school, values = self.school, event.values
        self.perform(lambda: account.save(school, values["brin6"], values["automatic"] == ON), self._saved)

    def _saved(self, school: BasispoortSchool) -> None:
        self._fill(school)
        self.say("De koppeling is opgeslagen.")

    @on(Button.Pressed, "#las-upload")
    def _upload(self) -> None:
        self.app.push_screen(self.ROUTES.make("upload", self.session))
