"""Why pupils or results are missing, as seen from IEP LVS (`app/partners/causes.py`)."""

from __future__ import annotations

from collections.abc import Iterator

from peewee import fn

from app import clock
from app.counted import counted
from app.partners.basispoort.publishers import IEP, counts_on
from app.partners.causes import WAIT, Cause, Explanation, PartnerSide
from app.partners.iep_lvs import basispoort_check
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import merging
from app.partners.results_supplier.explaining import explanation
from app.targets import PartnerPage
from models.partners.basispoort import BasispoortPublisher, BasispoortPupil, BasispoortSchool
from models.partners.iep_lvs import IepPupil, IepSchool


def pupils_side(location_id: int) -> PartnerSide | None:
    """IEP LVS's side of transfer 1: whether Basispoort serves it; its BRIN6 is compared with Basispoort's."""
    school = IepSchool.get_or_none(IepSchool.location == location_id)
    if school is None:
        return None
    tomorrow = clock.next_at(clock.school_now(school.location.board), clock.PUBLISHERS).date()
    ticked = (
        BasispoortPublisher.select()
        .join(BasispoortSchool)
        .where(BasispoortSchool.location == location_id, BasispoortPublisher.publisher == IEP, counts_on(tomorrow))
    )
    ready = bool(ticked.exists())
    return PartnerSide(f"IEP bij Basispoort {'' if ready else 'niet '}aangevinkt, BRIN6 {school.brin6}", ready)


def pupil_causes(location_id: int) -> Iterator[Cause]:
    """Connection problems, pupils still waiting at Basispoort for the night, and pupils with two accounts."""
    school = IepSchool.get(IepSchool.location == location_id)
    found = basispoort_check.findings(school)
    yield from found
    if not any(cause.wrong for cause in found):
        yield from _waiting(school)
    yield from twins(school)


def twins(school: IepSchool) -> Iterator[Cause]:
    """Pupils with two accounts after a change of leerlingnummer (sources.md#known-problems j).

    Their results seem to belong to somebody else.
    """
    pairs = merging.likely(SUPPLIER, school)
    if not pairs:
        return
    more = "" if len(pairs) == 1 else f" en nog {len(pairs) - 1}"
    yield Cause(
        f"Dubbel bij IEP LVS: {pairs[0].source.key} en {pairs[0].target.key} lijken dezelfde leerling "
        f"({pairs[0].why}){more}. De toetsen staan bij het oude leerlingnummer.",
        "Voeg ze samen: Bron is het oude account, Doel het nieuwe.",
        PartnerPage(SUPPLIER.id, "merging"),
        "IEP LVS: Leerlingen samenvoegen",
    )


def _waiting(school: IepSchool) -> Iterator[Cause]:
    """Pupils added to Basispoort after it last served IEP LVS: they arrive a night later (sources.md#known-problems b)."""
    here = IepPupil.select().where(IepPupil.school == school, IepPupil.key == BasispoortPupil.key, IepPupil.active)
    number = (
        BasispoortPupil.select()
        .join(BasispoortSchool)
        .where(BasispoortSchool.location == school.location_id, ~fn.EXISTS(here))
        .count()
    )
    if number:
        at = clock.next_at(clock.school_now(school.location.board), clock.PUBLISHERS)
        yield Cause(
            f"{counted(number, 'leerling staat', 'leerlingen staan')} al in Basispoort en nog niet in IEP LVS.",
            f"Wacht een nacht: Basispoort levert door op {clock.dutch_moment(at)}.",
            WAIT,
            wrong=False,
        )


EXPLANATIONS = [
    Explanation(
        job="publish-iep-lvs",
        at=clock.PUBLISHERS,
        program=SUPPLIER.id,
        system=SUPPLIER.name,
        side=pupils_side,
        causes=pupil_causes,
        page="basispoort",
        carries_groups=True,
    ),
    explanation(SUPPLIER, twins, "coupling", brin_page="details"),
]
