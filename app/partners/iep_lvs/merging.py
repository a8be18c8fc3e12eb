"""Leerlingen samenvoegen: one pupil with two accounts in IEP LVS becomes one again (domain.md 7.3).

IEP LVS goes by leerlingnummer, so a new number makes a second account and the first one goes inactive. Sittings move
from source (Bron) to target (Doel) with the keys they were delivered under, so that ESIS counts nothing twice; what
still waits goes to ESIS under the target's number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from app.access import standing_still
from app.exchange.identity import Person, Sign, compare
from app.exchange.recognising import Register
from app.refusals import NotFound, Refused
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting

MOST = 100
SAME_ECKID = "zelfde ECK iD"
SAME_PERSON = "zelfde naam en geboortedatum"


@dataclass(frozen=True)
class Pair:
    """Two accounts that are likely one pupil: the one that left and the one that is there."""

    source: IepPupil
    target: IepPupil
    why: str


def likely(school: IepSchool) -> list[Pair]:
    """Accounts that left and may be one that is there (`docs/wie-is-wie.md`): by ECK iD first, then by name; at most `MOST`."""
    mine = IepPupil.select().where(IepPupil.school == school).order_by(IepPupil.sort_name, IepPupil.id)
    left = list(mine.where(~IepPupil.active, IepPupil.merged_into == ""))
    if not left:
        return []
    there = {row.id: row for row in mine.where(IepPupil.active)}
    register = Register((row.id, Person.of(row)) for row in there.values())
    pairs = [
        Pair(row, there[one.here], _why(row, there[one.here]))
        for row in left
        for one in register.candidates(Person.of(row))
    ]
    return sorted(pairs, key=lambda pair: pair.why != SAME_ECKID)[:MOST]


def _why(source: IepPupil, target: IepPupil) -> str:
    signs = compare(Person.of(source), Person.of(target))
    if signs.eckid is Sign.EQUAL:
        return SAME_ECKID
    return SAME_PERSON if signs.name is signs.birth_date is Sign.EQUAL else signs.reason


def find(school: IepSchool, key: str, field: str) -> IepPupil:
    """The account with this leerlingnummer. Raises `NotFound` for `field`."""
    found: IepPupil | None = IepPupil.get_or_none(IepPupil.school == school, IepPupil.key == key.strip())
    if found is None:
        raise NotFound(f"Leerling {key} is bij IEP LVS niet bekend.", field=field)
    return found


def merge(school: IepSchool, source_key: str, target_key: str) -> int:
    """Move every sitting from one account to the other; how many results. The source goes inactive.

    Raises `Refused` with field `source` or `target`: unknown here, the same, merged before, or a target that has left.
    """
    with standing_still(school.location.board_id):
        source, target = find(school, source_key, "source"), find(school, target_key, "target")
        _check(source, target)
        moved = IepSitting.update(pupil=target).where(IepSitting.pupil == source).execute()
        IepPupil.update(active=False, merged_into=target.key).where(IepPupil.id == source.id).execute()
        earlier = (IepPupil.school == school) & (IepPupil.merged_into == source.key)
        IepPupil.update(merged_into=target.key).where(earlier).execute()
    return int(moved)


def sittings_of(pupils: Iterable[IepPupil]) -> dict[int, int]:
    """How often each of these pupils sat an assessment."""
    counted: Any = (
        IepSitting.select(IepSitting.pupil, fn.COUNT(IepSitting.id))
        .where(IepSitting.pupil.in_(list(pupils)), IepSitting.part == "")
        .group_by(IepSitting.pupil)
    )
    return dict(counted.tuples())


def _check(source: IepPupil, target: IepPupil) -> None:
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
