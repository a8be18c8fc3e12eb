"""Leerlingen: who is in IEP LVS, so that one sees whether a new pupil has arrived."""

from __future__ import annotations

from textual import on

from app.partners.results_supplier.overview import PupilAccount
from models.partners.iep_lvs import IepPupil
from screens.partners.iep_lvs.page import IepPage
from screens.partners.pupil_list import name_of
from screens.partners.results_supplier.page import SupplierPupils
from screens.shared.records import Column, RecordList


def _standing(row: PupilAccount) -> str:
    if row.pupil.active:
        return "actief"
    return f"nu {row.pupil.merged_into}" if row.pupil.merged_into else "vertrokken"


class Pupils(SupplierPupils, IepPage):
    """The pupils as Basispoort delivered them."""

    HELP = (
        "De leerlingen zoals Basispoort ze heeft geleverd; wijzigen gebeurt in ESIS. Typ een deel van de naam om te "
        "zoeken, en ga met Tab of Enter naar de lijst.\n\n"
        "Enter toont de toetsafnames van een leerling; een afname die bij de verkeerde leerling staat, verplaatst u daar.\n\n"
        "Een leerling die vandaag in ESIS wordt ingeschreven, staat hier na twee nachten. Wie vertrekt, wordt Vertrokken "
        "en blijft met zijn toetsafnames onderaan staan. Is een account samengevoegd met een ander, dan staat er het nummer "
        "van dat andere."
    )

    COLUMNS = (
        Column("Naam", lambda row: name_of(row.pupil)),
        Column("Groep", lambda row: row.group, 12),
        Column("Leerjaar", lambda row: row.pupil.year_group, 8),
        Column("Stand", _standing, 10),
        Column("Toetsafnames", lambda row: str(row.sittings), 12, right=True),
    )
    EMPTY = (
        "Er is geen leerling gevonden. Leerlingen komen uit ESIS via Basispoort: een nieuwe staat hier na twee "
        "nachten (Beheer > School > Basispoort)."
    )
    LIST = RecordList

    def choose(self, pupil: IepPupil) -> None:
        """What Enter does: show what the pupil sat."""
        from screens.partners.iep_lvs.pupil_sittings import PupilSittings

        self.app.push_screen(PupilSittings(self.session, pupil))

    @on(RecordList.Chosen, "#pupils")
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.choose(event.row.pupil)
