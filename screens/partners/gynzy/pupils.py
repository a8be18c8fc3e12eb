"""Leerlingen: the accounts, delivered by ESIS or created by hand, and Accounts samenvoegen (sources.md#gynzy,
sources.md#known-problems c).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.counted import counted
from app.partners.gynzy import overview
from app.partners.gynzy.overview import PractisingPupil
from app.partners.results_supplier.supplier import Merged
from screens.partners.gynzy.page import GynzyPage
from screens.partners.pupil_list import name_of
from screens.partners.results_supplier.merging import MergePage
from screens.partners.results_supplier.page import SupplierPupils
from screens.shared import keys
from screens.shared.records import Column, RecordList

MERGE = "Accounts samenvoegen"


class Pupils(SupplierPupils, GynzyPage):
    """The accounts by name."""

    HELP = (
        "De accounts bij Gynzy. Wie uit ESIS komt, wijzigt u in ESIS; wie daar vertrekt, wordt hier niet actief.\n\n"
        "Accounts die vóór de koppeling met de hand zijn gemaakt, herkent Gynzy niet: zij staan naast die uit ESIS. Voeg ze "
        "samen met A; voortgang en resultaten verhuizen dan mee. Van wie u niet samenvoegt, blijft de voortgang achter.\n\n"
        "A toont ook de groepen."
    )
    BINDINGS = [
        keys.no_key(
            "groups", "Groepen", id="gynzy.groups", tooltip="Toont de groepen en hun resultaten, ook het archief."
        ),
        keys.no_key("merge", MERGE, id="gynzy.merge", tooltip="Voegt een zelfgemaakt account samen met dat uit ESIS."),
    ]

    NOUNS = ("account", "accounts")
    COLUMNS = (
        Column("Naam", lambda row: name_of(row.pupil)),
        Column("Groep", lambda row: row.group, 14),
        Column("Account", lambda row: row.state, 12),
        Column("Opgaven", lambda row: str(row.exercises), 7, right=True),
        Column("Toetsen", lambda row: str(row.sittings), 7, right=True),
    )
    EMPTY = "Er is geen account gevonden. Leerlingen komen de nacht na het koppelen uit ESIS (Instellingen)."

    def page(self, asked: str, offset: int, limit: int) -> Sequence[PractisingPupil]:
        """These pupils, with what they practised."""
        return overview.pupils(self.school, asked, offset, limit)

    def action_groups(self) -> None:
        """Go to the groups."""
        self.app.push_screen(self.ROUTES.make("groups", self.session))

    def action_merge(self) -> None:
        """Open the form, with the chosen account filled in."""
        row: PractisingPupil | None = self.query_one("#pupils", RecordList).row
        self.app.push_screen(Merge(self.session, row.pupil if row else None))


class Merge(MergePage, GynzyPage):
    """An account created by hand is merged into the one from ESIS."""

    PATH = ("Leerlingen", MERGE)
    HELP = (
        "De bron is het zelfgemaakte account, het doel dat uit ESIS. Bij het samenvoegen verhuizen de voortgang en de "
        "toetsresultaten van de bron naar het doel; de bron wordt niet actief. Dat is niet terug te draaien."
    )
    TITLE = MERGE
    SOURCE, TARGET = "Bron (zelf gemaakt)", "Doel (uit ESIS)"
    QUESTION = (
        "Voortgang en resultaten van account {source} gaan naar account {target}. Account {source} wordt niet actief. Dit is "
        "niet terug te draaien."
    )
    NO_SOURCES = "Er zijn geen zelfgemaakte accounts (meer)."
    NO_TARGETS = "Er zijn nog geen accounts uit ESIS. Ze komen de nacht na het koppelen."

    def told(self, done: Merged) -> str:
        """What moved."""
        results = counted(done.outcomes, "resultaat", "resultaten")
        return f"Samengevoegd: {done.exercises} opgaven en {results} verhuisd."
