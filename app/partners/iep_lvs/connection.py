"""IEP LVS as a supplier of results: its tables, norms and wording, and the choice of a LAS (sources.md#iep-lvs)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.partners.connecting import Connection
from app.partners.iep_lvs.account import ID
from app.partners.iep_lvs.merging import MERGING
from app.partners.results_supplier import connecting
from app.partners.results_supplier.assessing import Score, Sittable, chance_of
from app.partners.results_supplier.supplier import Supplier
from app.partners.talents import Talents, percentage
from app.refusals import Refused
from fixtures.assessments import Assessment, by_id, norm_of, supplied_by
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting

LAS = "ESIS"
OTHER_LAS = ("Dotcomschool", "Eduscope", "ParnasSys", "SchoolOAS")
"""Shown in the list of systems, but cannot be chosen here."""
CHANCE = 0.2
"""The spread of chance in one sitting."""


def assessments() -> tuple[Assessment, ...]:
    """The assessments IEP LVS has, including the eindtoets."""
    return supplied_by(ID)


def named(assessment_id: str) -> Assessment:
    """The assessment with this id as typed. Raises `NotFound`."""
    return by_id(assessment_id.strip().lower(), ID)


def scores(talents: Talents, pupil_key: str, assessment: Assessment, day: date) -> Iterable[Score]:
    """Scores by the norms, plausible for the pupil, who grows through the year as an assessment's mean does."""
    norm, chance = norm_of(assessment.id), chance_of(talents, pupil_key, assessment, day)
    talent = talents.talent(pupil_key, assessment.subject.id)
    score = max(0, round(norm.mean_on(day) + norm.spread * (talent + chance.gauss(0, CHANCE))))
    yield Score(score, norm.level(score, day), norm.reference_level(score))
    for part in assessment.percentage_parts:
        yield Score(percentage(talent, chance), part=part.id)


def _sittable(_school: IepSchool, assessment_id: str) -> Sittable:
    assessment = named(assessment_id)
    return Sittable(assessment.name, (assessment,))


def _travels(_school: Any, _slot: Any = None) -> Any:
    """What IEP LVS sends: never the eindtoets (sources.md#eindtoets)."""
    return IepSitting.assessment.in_([item.id for item in assessments() if item.coupled])


SUPPLIER = Supplier(
    id=ID,
    client_name="Bureau ICE",
    name="IEP LVS",
    account=IepSchool,
    group=IepGroup,
    pupil=IepPupil,
    outcome=IepSitting,
    not_set_up="In IEP LVS is de resultaatkoppeling nog niet ingesteld.",
    no_groups="Basispoort heeft nog geen groepen geleverd",
    sittable=_sittable,
    scores=scores,
    offers=_travels,
    stays="Deze toets gaat niet met de resultaatkoppeling mee: in ESIS komt zij met een bestand (Eindtoetsgegevens "
    "importeren).",
    set_up={"las": LAS},
    key_prefix="IEP-",
    merging=MERGING,
)


def connect(school: IepSchool, code: str, las: str = LAS) -> Connection:
    """Send the test message with this code and switch the coupling on if ESIS accepts it; otherwise nothing changes.

    Raises `Refused` with the form field when the form is not filled in, or while school time is being moved.
    """
    if las != LAS:
        raise Refused(f"Kies {LAS} als leerlingadministratiesysteem; '{las[:40]}' kan hier niet.", field="las")
    return connecting.connect(SUPPLIER, school, code)
