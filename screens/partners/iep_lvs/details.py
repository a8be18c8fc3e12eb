"""Tab Details: the school's name and BRIN6; the only place where a BRIN6 can be made wrong."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app.partners.iep_lvs import account
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.page import SchoolPage
from screens.partners.tabs import TABS_HELP
from screens.shared.fields import TextField
from screens.shared.forms import Form
from screens.shared.panel import Panel


class Details(SchoolPage):
    """Who this school is, at IEP LVS."""

    TAB = "details"
    HELP = (
        "De naam van de school en haar BRIN6: het brinnummer met het vestigingsnummer, bijvoorbeeld 99QQ00. Basispoort en "
        "ESIS herkennen de school daaraan: klopt het niet, dan komen er geen leerlingen binnen en weigert ESIS het "
        "testbericht.\n\n"
        "F2 slaat op. " + TABS_HELP
    )

    def content(self) -> ComposeResult:
        """The form."""
        school = self.school
        form = Form(
            [
                TextField("name", "Naam", required=True, value=school.name),
                TextField(
                    "brin6",
                    "BRIN6",
                    required=True,
                    value=school.brin6,
                    help="Brinnummer en vestigingsnummer samen. Basispoort en ESIS herkennen de school hieraan.",
                ),
            ],
            submit="Opslaan",
            edits=True,
            cancel="",
        )
        yield Panel("Gegevens van de school", form)

    def read(self) -> IepSchool:
        """The school as it is now."""
        school: IepSchool = self.school
        return school

    def show(self, found: IepSchool) -> None:
        """Show changes made elsewhere, unless something is being typed here."""
        form = self.query_one(Form)
        if form.is_mounted and not form.changed:
            self._fill(found)

    def _fill(self, school: IepSchool) -> None:
        form = self.query_one(Form)
        for name, value in (("name", school.name), ("brin6", school.brin6)):
            if form.values[name] != value:
                form.set_value(name, value)
        form.keep()

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        school, values = self.school, event.values
        self.perform(lambda: account.change_details(school, values["name"], values["brin6"]), self._saved)

    def _saved(self, school: IepSchool) -> None:
        self._fill(school)
        again = " Verstuur bij Resultaatkoppeling opnieuw een testbericht." if school.connected_at else ""
        self.say(f"De gegevens zijn opgeslagen.{again}")
