"""Which pupil a supplier means: by a match somebody made before, by key (leerlingnummer), or by ECK iD.

Names play no part (UWLR 2.2: key and ECK iD identify a pupil; domain.md 14). A pupil who left still gets what is dated
before the day of leaving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.clock import dutch_date
from app.exchange.dates import before_birth
from app.exchange.uwlr import ResultData
from models.assessment import PupilMatch
from models.board import Location
from models.school import Pupil

UNKNOWN = "Het leerlingnummer en het ECK iD zijn op deze vestiging niet bekend."
UNKNOWN_KEY = "Het leerlingnummer is op deze vestiging niet bekend en er is geen ECK iD meegestuurd."
TWO_PUPILS = "Het leerlingnummer en het ECK iD horen bij twee verschillende leerlingen."
SHARED_ECKID = "Het ECK iD hoort bij meer dan één leerling en het leerlingnummer is niet bekend."


@dataclass(frozen=True)
class Found:
    """The pupil meant, or the reason in Dutch why there is none."""

    pupil_id: int | None
    reason: str = ""


def had_left(pupil: Pupil, day: date) -> str:
    """Why a result of this day cannot be this pupil's: gone by then, or not born yet. Empty where it can."""
    left: date | None = pupil.unsubscribed_on
    if left is None or day < left:
        return before_birth(day, pupil.birth_date)
    return f"De leerling is uitgeschreven per {dutch_date(left)}; dit resultaat is van {dutch_date(day)}."


class Matcher:
    """Finds the pupils of one page of results at one location, in two queries."""

    def __init__(self, location: Location, supplier: str, results: Sequence[ResultData]) -> None:
        keys = {result.pupil_key for result in results}
        eckids = {result.pupil_eckid for result in results} - {""}
        remembered = {
            row.supplier_pupil: row.pupil_id
            for row in PupilMatch.select().where(
                PupilMatch.location == location, PupilMatch.supplier == supplier, PupilMatch.supplier_pupil.in_(keys)
            )
        }
        pupils = Pupil.select(Pupil.id, Pupil.key, Pupil.eckid, Pupil.birth_date, Pupil.unsubscribed_on).where(
            Pupil.location == location,
            Pupil.key.in_(keys) | Pupil.eckid.in_(eckids) | Pupil.id.in_(list(remembered.values())),
        )
        self._by_id: dict[int, Pupil] = {pupil.id: pupil for pupil in pupils}
        self._remembered = {key: pupil_id for key, pupil_id in remembered.items() if pupil_id in self._by_id}
        self._by_key = {pupil.key: pupil for pupil in self._by_id.values()}
        self._by_eckid: dict[str, list[Pupil]] = {}
        for pupil in self._by_id.values():
            self._by_eckid.setdefault(pupil.eckid, []).append(pupil)

    def find(self, result: ResultData) -> Found:
        """The pupil of a result, if the pupil was at the location on its date."""
        found = self._identify(result)
        if found.pupil_id is None:
            return found
        reason = had_left(self._by_id[found.pupil_id], result.date)
        return Found(None, reason) if reason else found

    def _identify(self, result: ResultData) -> Found:
        if result.pupil_key in self._remembered:
            return Found(self._remembered[result.pupil_key])
        by_key = self._by_key.get(result.pupil_key)
        by_eckid = self._by_eckid.get(result.pupil_eckid, []) if result.pupil_eckid else []
        if by_key is not None:
            disagree = by_eckid and by_key not in by_eckid
            return Found(None, TWO_PUPILS) if disagree else Found(by_key.id)
        if len(by_eckid) == 1:
            return Found(by_eckid[0].id)
        if by_eckid:
            return Found(None, SHARED_ECKID)
        return Found(None, UNKNOWN if result.pupil_eckid else UNKNOWN_KEY)
