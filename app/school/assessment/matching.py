"""Which pupil a supplier means: by an earlier manual match, or by number and ECK iD (`docs/wie-is-wie.md`).

Names play no part, because suppliers send none (UWLR 2.2: key and ECK iD identify a pupil; sources.md#uwlr). A pupil
who left still gets results dated before the day of leaving. Possible pupils are proposed; a user decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.clock import dutch_date
from app.exchange import recognising
from app.exchange.dates import before_birth
from app.exchange.identity import Person
from app.exchange.names import full_name
from app.exchange.uwlr import ResultData
from app.school.assessment import versions
from app.school.people import known
from models.assessment import PupilMatch, Result, UnmatchedResult
from models.board import Location
from models.bulk import among
from models.school import Pupil

UNKNOWN = "Het leerlingnummer en het ECK iD zijn op deze vestiging niet bekend."
UNKNOWN_KEY = "Het leerlingnummer is op deze vestiging niet bekend en er is geen ECK iD meegestuurd."
OF_DELETED = "Het leerlingnummer was van een leerling die verwijderd is; het is nu van niemand."
TWO_PUPILS = "Het leerlingnummer en het ECK iD horen bij twee verschillende leerlingen."
SHARED_ECKID = "Het ECK iD hoort bij meer dan één leerling en het leerlingnummer is niet bekend."
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """The pupil, or why there is none (in Dutch), with the pupils it may be."""

    pupil_id: int | None
    reason: str = ""
    proposed: tuple[int, ...] = ()


def impossible(pupil: Pupil, day: date) -> str:
    """Why a result of this day cannot be this pupil's: not born yet, or gone by then. Empty if it can."""
    left: date | None = pupil.unsubscribed_on
    if left is None or day < left:
        return before_birth(day, pupil.birth_date)
    return f"De leerling is uitgeschreven per {dutch_date(left)}; dit resultaat is van {dutch_date(day)}."


def proposal(pupil: Pupil, why: str) -> str:
    """`Misschien leerling 1042 (Anna Voorbeeld): zelfde ECK iD, ander nummer.`."""
    name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
    return f"Misschien leerling {pupil.key} ({name}): {why}."


class Matcher:
    """Finds the pupils of one page of results at one location, in a few queries.

    `decided` is the pupil to whom a user just matched all of them: they share one number and one ECK iD.
    """

    def __init__(
        self, location: Location, supplier: str, results: Sequence[ResultData], decided: Pupil | None = None
    ) -> None:
        numbers = {result.pupil_key for result in results} - {""}
        self._remembered = _remembered(location, supplier, numbers)
        self._agreed = _agreed(location, supplier, self._remembered) if self._remembered else {}
        self._decided = decided
        ids = [*self._remembered.values(), *([decided.id] if decided else [])]
        self._known = known.those_with(location, numbers, {result.pupil_eckid for result in results} - {""}, ids)
        self._deleted = cache(
            lambda: known.of_deleted(location.board_id, numbers)
        )  # queried only if somebody is unknown
        self._identify = cache(self._identified)

    def find(self, result: ResultData) -> Found:
        """The pupil of a result, if the pupil was at the location on its date."""
        found = self._identify(result.pupil_key, result.pupil_eckid)
        remembered = self._remembered.get(result.pupil_key)
        if self._decided is None and remembered is not None and remembered in self._known.pupils:
            found = self._as_remembered(remembered, found, result)
        if found.pupil_id is None:
            return found
        reason = impossible(self._known.pupils[found.pupil_id], result.date)
        return Found(None, reason) if reason else found

    def _identified(self, number: str, eckid: str) -> Found:
        if self._decided is not None:
            return Found(self._decided.id)
        found = self._known.register.find(Person(number, eckid))
        if found.same is not None:
            return Found(found.same)
        return Found(None, self._reason(number, eckid, found)[:LONGEST], found.doubtful)

    def _as_remembered(self, pupil_id: int, found: Found, result: ResultData) -> Found:
        """Keep an earlier match, unless number or ECK iD now points to somebody else.

        A number counts only if its pupil was there on the day; the ECK iD with which the match was made says nothing
        new.
        """
        here, there = self._known.pupils[pupil_id], found.pupil_id
        if there not in (None, pupil_id) and not impossible(self._known.pupils[there], result.date):
            return self._not_held(here, f"is nu van leerling {self._known.pupils[there].key}", there)
        eckid, agreed = result.pupil_eckid, self._agreed.get((result.pupil_key, pupil_id), set())
        if not eckid or eckid == here.eckid or eckid in agreed:
            return Found(pupil_id)
        named = [one for one in self._known.pupils.values() if one.eckid == eckid]
        if named:
            return self._not_held(here, f"het ECK iD is van leerling {named[0].key}", *(one.id for one in named))
        return self._not_held(here, "komt nu met een ander ECK iD") if agreed else Found(pupil_id)

    def _not_held(self, here: Pupil, why: str, *others: int) -> Found:
        reason = f"Dit nummer is eerder gekoppeld aan leerling {here.key}, maar {why}. Kies wie het is."
        return Found(None, reason[:LONGEST], (*others, here.id))

    def _reason(self, number: str, eckid: str, found: recognising.Found[int]) -> str:
        if len(found.doubtful) == 1:
            return proposal(self._known.pupils[found.doubtful[0]], found.reason)
        if found.doubtful:
            own = any(self._known.pupils[one].key == number for one in found.doubtful)
            return TWO_PUPILS if own else SHARED_ECKID
        if number in self._deleted():
            return OF_DELETED
        return UNKNOWN if eckid else UNKNOWN_KEY


def _remembered(location: Location, supplier: str, numbers: set[str]) -> dict[str, int]:
    rows: Any = PupilMatch.select(PupilMatch.supplier_pupil, PupilMatch.pupil).where(
        PupilMatch.location == location,
        PupilMatch.supplier == supplier,
        among(PupilMatch.supplier_pupil, sorted(numbers)),
    )
    return dict(rows.tuples())


def _agreed(location: Location, supplier: str, numbers: Collection[str]) -> dict[tuple[str, int], set[str]]:
    """The ECK iDs with which results of these numbers were matched from the list, by number and pupil."""
    rows: Any = (
        UnmatchedResult.select(UnmatchedResult.pupil_key, Result.pupil, UnmatchedResult.pupil_eckid)
        .join(Result, on=versions.OF_THE_LIST)
        .where(
            UnmatchedResult.location == location,
            UnmatchedResult.supplier == supplier,
            UnmatchedResult.pupil_key.in_(list(numbers)),
            UnmatchedResult.pupil_eckid != "",
        )
        .distinct()
    )
    found: dict[tuple[str, int], set[str]] = {}
    for number, pupil_id, eckid in rows.tuples():
        found.setdefault((number, pupil_id), set()).add(eckid)
    return found
