"""Results from suppliers: received, stored once, corrected and listed (sources.md#transfers, sources.md#times).

Each result is stored once, by its supplier's key. A correction replaces it, and the old version is kept. Results of an
assessment that is off, unknown or not meant for a coupling (the eindtoets) are refused; a result without a pupil waits
on a list. A stored result stays with its pupil unless a later delivery clearly names another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from operator import attrgetter, or_
from typing import Any

from peewee import fn

from app.exchange.uwlr import ResultData, ResultsReceipt
from app.school.assessment import catalogue, versions, waiting
from app.school.assessment.catalogue import HAND
from app.school.assessment.matching import Matcher, impossible
from app.school.assessment.versions import KEY, VALUES
from app.school.assessment.waiting import Standing
from models import bulk
from models.assessment import ActiveAssessment, PupilMatch, ReplacedResult, Result, UnmatchedResult
from models.board import Location
from models.bulk import among
from models.school import FormerKey, Pupil
from models.shared import ResultValues

_VALUES_OF = attrgetter(*VALUES)


def receive(
    location: Location, supplier: str, results: Sequence[ResultData], at: datetime, sent_at: datetime | None = None
) -> ResultsReceipt:
    """Store a page of results (keys unique, at most 250), in the caller's transaction; `at` is school time.

    `sent_at` is when the supplier made the message; if given, the results are stored as part of that delivery. The
    counts add up: received = stored + replaced + unchanged + unmatched + refused.
    """
    reasons = _refusals(location, supplier, results)
    allowed = [result for result in results if result.key not in reasons]
    waiting.sent_again(location, supplier, [result.key for result in allowed])
    taken = _take(location, supplier, allowed, at, sent_at)
    reasons |= taken.reasons
    return replace(taken, received=len(results), refused=len(reasons), reasons=reasons)


def store_known(location: Location, supplier: str, at: datetime, sent_at: datetime | None = None) -> list[str]:
    """Store the open results on the list whose pupil is known by now; return their keys.

    Results that would be refused if delivered now (assessment off) stay on the list, with that reason.
    """
    known = Pupil.select().where(
        Pupil.location == location,
        (Pupil.key == UnmatchedResult.pupil_key)
        | ((Pupil.eckid == UnmatchedResult.pupil_eckid) & (UnmatchedResult.pupil_eckid != "")),
    )
    former = FormerKey.select().where(
        FormerKey.board == location.board_id, FormerKey.key == UnmatchedResult.pupil_key, FormerKey.pupil.is_null(False)
    )
    matched = PupilMatch.select().where(
        PupilMatch.location == location,
        PupilMatch.supplier == supplier,
        PupilMatch.supplier_pupil == UnmatchedResult.pupil_key,
    )
    rows = waiting.of_supplier(location, supplier, Standing.OPEN)
    return _store_open(location, supplier, rows.where(_any_of(known, former, matched)), at, sent_at)


def _any_of(*queries: Any) -> Any:
    return reduce(or_, (fn.EXISTS(query) for query in queries))


def store_entered(location: Location, results: Sequence[tuple[ResultData, int]], at: datetime) -> ResultsReceipt:
    """Store results typed in for pupils by id, as `store_for_pupils` does."""
    return store_for_pupils(location, HAND, results, at)


def store_for_pupils(
    location: Location, supplier: str, results: Sequence[tuple[ResultData, int]], at: datetime
) -> ResultsReceipt:
    """Store results (keys unique) for pupils by id, in the caller's transaction, even if the assessment is off.

    As with a delivery, an existing result is replaced and its old version kept.
    """
    stored = stored_with(location, supplier, [data.key for data, _ in results])
    return _store(location, supplier, list(results), stored, at)


def stored_with(location: Location, supplier: str, keys: Sequence[str]) -> dict[str, Result]:
    """The results of a supplier with these keys, with their pupils, by key."""
    found = {}
    for page_of_keys in versions.in_pages(keys):
        page = (
            Result.select(Result, Pupil)
            .join(Pupil)
            .where(
                Result.location == location,
                Result.supplier == supplier,
                among(Result.supplier_key, list(page_of_keys)),
            )
        )
        found.update({row.supplier_key: row for row in page})
    return found


def remove(result_ids: Sequence[int]) -> int:
    """Delete results, in the caller's transaction; their contents stay in the history. Returns how many."""
    return sum(Result.delete().where(Result.id.in_(ids)).execute() for ids in versions.in_pages(result_ids))


def same(stored: Result, data: ResultData, pupil_id: int) -> bool:
    """Whether a stored result belongs to this pupil and has the same contents."""
    return bool(stored.pupil_id == pupil_id and _values(stored) == _values(data))


def store_for_pupil(unmatched: UnmatchedResult, pupil: Pupil, made_by: str, at: datetime) -> int:
    """Remember which pupil the supplier means and store this pupil's open results; return how many were stored.

    Applies to results with the same number and ECK iD. With another ECK iD the number may be another child's: those are
    stored if the remembered match holds for them (`matching.py`), and otherwise stay on the list. So do results that
    would be refused if delivered now (assessment off), with that reason.
    """
    location, supplier = unmatched.location, unmatched.supplier
    match = {
        "location": location.id,
        "supplier": supplier,
        "supplier_pupil": unmatched.pupil_key,
        "pupil": pupil.id,
        "made_by": made_by,
        "made_at": at,
    }
    bulk.upsert(PupilMatch, [match], key=("location", "supplier", "supplier_pupil"))
    rows = waiting.of_supplier(location, supplier).where(UnmatchedResult.pupil_key == unmatched.pupil_key)
    same = UnmatchedResult.pupil_eckid == unmatched.pupil_eckid
    stored = _store_open(location, supplier, rows.where(same), at, decided=pupil)
    return len(stored + _store_open(location, supplier, rows.where(~same), at))


def _refusals(location: Location, supplier: str, results: Sequence[ResultData]) -> dict[str, str]:
    """Key -> reason of refusal."""
    known = {item.id: item for item in catalogue.supplied_by(supplier)}
    rows = ActiveAssessment.select(ActiveAssessment.assessment).where(ActiveAssessment.location == location)
    active = {row.assessment for row in rows}
    reasons = {}
    for result in results:
        if reason := _refusal(result, known.get(result.assessment), active):
            reasons[result.key] = reason
    return reasons


def _refusal(result: ResultData, assessment: catalogue.Assessment | None, active: set[str]) -> str:
    if assessment is None:
        return f"ESIS kent de toets '{result.assessment[:100]}' niet."
    if not assessment.coupled:
        return f"{assessment.name} is geen toets van het leerlingvolgsysteem en loopt niet via deze koppeling."
    if result.part and result.part not in {part.id for part in assessment.parts}:
        return f"ESIS kent het onderdeel '{result.part[:100]}' van {assessment.name} niet."
    if assessment.id not in active:
        return switched_off(assessment)
    return ""


def switched_off(assessment: catalogue.Assessment) -> str:
    """Why a result is refused when its assessment is off."""
    return f"{assessment.name} staat niet aan in ESIS."


def _take(
    location: Location,
    supplier: str,
    results: Sequence[ResultData],
    at: datetime,
    sent_at: datetime | None,
    decided: Pupil | None = None,
) -> ResultsReceipt:
    """Store, correct or list results that are not refused. `decided`: the pupil a user chose.

    A stored result stays with its pupil unless another is clearly named. A correction that cannot be this pupil's is
    refused: on the list it would go unnoticed next to the existing result.
    """
    stored = stored_with(location, supplier, [result.key for result in results])
    matcher = Matcher(location, supplier, results, decided)
    known: list[tuple[ResultData, int]] = []
    staying: list[tuple[ResultData, int]] = []
    unknown: list[tuple[ResultData, str]] = []
    reasons: dict[str, str] = {}
    for result in results:
        found = matcher.find(result)
        if found.pupil_id is not None:
            known.append((result, found.pupil_id))
        elif result.key not in stored:
            unknown.append((result, found.reason))
        elif why := impossible(stored[result.key].pupil, result.date):
            reasons[result.key] = f"{why} Wat er stond, blijft staan."
        else:
            staying.append((result, stored[result.key].pupil_id))
    counts = _store(location, supplier, known + staying, stored, at, sent_at)
    waiting.came_in(location, supplier, [result for result, _ in known], at)
    waiting.came_in(location, supplier, [result for result, _ in staying], at, keep=waiting.WHOSE)
    waiting.put(location, supplier, unknown, at)
    return replace(counts, received=len(results), unmatched=len(unknown), refused=len(reasons), reasons=reasons)


def _store(
    location: Location,
    supplier: str,
    known: list[tuple[ResultData, int]],
    stored: dict[str, Result],
    at: datetime,
    sent_at: datetime | None = None,
) -> ResultsReceipt:
    rows, earlier = [], []
    for result, pupil_id in known:
        old, values = stored.get(result.key), _values(result)
        if old is not None:
            if same(old, result, pupil_id):
                continue
            earlier.append(
                {
                    "result": old.id,
                    "pupil": old.pupil_id,
                    "received_at": old.received_at,
                    "replaced_at": at,
                    "delivery": old.delivery_id,
                    **_values(old),
                }
            )
        rows.append(
            {
                "location": location.id,
                "supplier": supplier,
                "supplier_key": result.key,
                "pupil": pupil_id,
                "received_at": at,
                **values,
            }
        )
    delivery = versions.delivery_of(location, supplier, sent_at, len(rows) - len(earlier), len(earlier))
    bulk.insert(ReplacedResult, earlier)
    versions.end_exclusions(
        [
            stored[data.key].id
            for data, pupil_id in known
            if data.key in stored and stored[data.key].pupil_id != pupil_id
        ]
    )
    for row in rows:
        row["delivery"] = delivery
    bulk.upsert(Result, rows, key=KEY)
    return ResultsReceipt(
        received=len(known), stored=len(rows) - len(earlier), replaced=len(earlier), unchanged=len(known) - len(rows)
    )


def _store_open(
    location: Location,
    supplier: str,
    rows: Any,
    at: datetime,
    sent_at: datetime | None = None,
    decided: Pupil | None = None,
) -> list[str]:
    """Store open results of the list by the same rules as when they arrived; return the keys of those stored."""
    stored: list[str] = []
    for page in waiting.in_pages(rows):
        results = [waiting.data_of(row) for row in page]
        reasons = _refusals(location, supplier, results)
        waiting.note_reasons((row for row in page if row.supplier_key in reasons), reasons)
        taken = [item for item in results if item.key not in reasons]
        _take(location, supplier, taken, at, sent_at, decided)
        stored += stored_with(location, supplier, [item.key for item in taken])
    return stored


def _values(source: ResultData | ResultValues) -> dict[str, Any]:
    return dict(zip(VALUES, _VALUES_OF(source), strict=True))
