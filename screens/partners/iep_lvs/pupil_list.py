"""A list of the pupils in IEP LVS, to choose one from."""

from __future__ import annotations

from abc import abstractmethod

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


class IepPupils(SupplierPupils, IepPage):
    """The pupils as Basispoort delivered them; implement `choose` for Enter."""

    COLUMNS = (
        Column("Naam", lambda row: name_of(row.pupil)),
        Column("Groep", lambda row: row.group, 10),
        Column("Leerjaar", lambda row: row.pupil.year_group, 8),
        Column("Stand", _standing, 10),
        Column("Toetsafnames", lambda row: str(row.sittings), 12, right=True),
    )
    EMPTY = (
        "Er is geen leerling gevonden. Leerlingen komen uit ESIS via Basispoort: een nieuwe staat hier na twee "
        "nachten (Beheer > School > Basispoort)."
    )
    LIST = RecordList

    @abstractmethod
    def choose(self, pupil: IepPupil) -> None:
        """Handle Enter on a pupil."""

    @on(RecordList.Chosen, "#pupils")
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.choose(event.row.pupil)
