"""Leerlingen samenvoegen: merges two accounts of one pupil in IEP LVS (sources.md#iep-lvs-pupils).

IEP LVS identifies pupils by leerlingnummer, so a new number creates a second account and the first becomes inactive.
Sittings keep the keys they were delivered under, so that ESIS counts nothing twice; those still waiting go to ESIS
under the target's number.
"""

from __future__ import annotations

from datetime import datetime

from app.partners.results_supplier.supplier import Merged, Merging
from app.refusals import Refused
from models.partners.iep_lvs import IepPupil, IepSitting


def check(source: IepPupil, target: IepPupil) -> None:
    """Check that the accounts differ, the source was not merged before, and the target is active."""
    if source.id == target.id:
        raise Refused("Bron en doel zijn dezelfde leerling. Kies twee verschillende.", field="target")
    if source.merged_into:
        raise Refused(f"Leerling {source.key} is al samengevoegd met {source.merged_into}.", field="source")
    if not target.active:
        raise Refused(
            f"Leerling {target.key} is niet actief: ESIS kent dat nummer niet (meer). Kies als doel het account dat er "
            "nu is, en als bron dat van vroeger.",
            field="target",
        )


def _move(source: IepPupil, target: IepPupil, _now: datetime) -> Merged:
    moved = IepSitting.update(pupil=target).where(IepSitting.pupil == source).execute()
    here = IepPupil.school == source.school_id
    gone = (IepPupil.id == source.id) | (IepPupil.merged_into == source.key)
    IepPupil.update(merged_into=target.key).where(here, gone).execute()
    return Merged(int(moved))


MERGING = Merging(~IepPupil.active & (IepPupil.merged_into == ""), check, _move)
