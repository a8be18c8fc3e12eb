"""IEP LVS's half of the results coupling: setting it up, with the LAS to choose (seed 000 B); the rest is shared."""

from __future__ import annotations

from typing import Any

from app.partners.connecting import Connection
from app.partners.results_supplier import connecting
from app.partners.results_supplier.supplier import Supplier
from app.refusals import Refused
from fixtures.assessments import SUPPLIER as IEP
from fixtures.assessments import Assessment, supplied_by
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting

LAS = "ESIS"
OTHER_LAS = ("Dotcomschool", "Eduscope", "ParnasSys", "SchoolOAS")
"""Shown in the list of systems, not to be chosen here."""
STAYS = "Deze toets gaat niet met de resultaatkoppeling mee: in ESIS komt zij met een bestand (Eindtoetsgegevens importeren)."


def _travels(_school: Any, _slot: Any = None) -> Any:
    """What IEP LVS sends: never the eindtoets (seed 000)."""
    return IepSitting.assessment.in_([item.id for item in supplied_by(IEP) if item.coupled])


SUPPLIER = Supplier(
    client="iep-lvs",
    client_name="Bureau ICE",
    account=IepSchool,
    outcome=IepSitting,
    pupil=IepPupil,
    not_set_up="In IEP LVS is de resultaatkoppeling nog niet ingesteld (Beheer > School > Resultaatkoppeling).",
    offers=_travels,
)


def then(school: IepSchool, assessment: Assessment) -> str:
    """What comes of results that somebody made or moved just now, as a sentence."""
    return connecting.then(SUPPLIER, school) if assessment.coupled else STAYS


def connect(school: IepSchool, code: str, las: str = LAS) -> Connection:
    """Send the test message with this code and switch the coupling on if ESIS accepts it; otherwise nothing changes.

    Raises `Refused` with the form field when the form is not filled in, or while school time is being moved.
    """
    if las != LAS:
        raise Refused(f"Kies {LAS} als leerlingadministratiesysteem; '{las[:40]}' kan hier niet.", field="las")
    return connecting.connect(SUPPLIER, school, code, las=las)
