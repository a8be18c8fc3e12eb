"""Results from suppliers: received, kept once, corrected, and listed (seed 000; issue 2, "the night").

Each result is stored once, by its supplier's key. A corrected one replaces it and what it said is kept. An assessment
that is off, unknown or no LVS assessment (the eindtoets) is refused; a result without a pupil waits on a list. A result
that is stored stays with its pupil, unless a later delivery clearly names another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from peewee import fn

from app import clock
from app.access import Actor, Permission, group_ids
from app.exchange.uwlr import ResultData, ResultsReceipt
from app.school import groups
from app.school.assessment import catalogue, counting, versions
from app.school.assessment.catalogue import HAND
from app.school.assessment.matching import Matcher
from app.school.assessment.versions import KEY, VALUES
from models import bulk
from models.assessment import ActiveAssessment, PupilMatch, ReplacedResult, Result, UnmatchedResult
from models.base import locked
from models.board import Location
from models.school import Placement, Pupil
from models.shared import ResultValues

PAGE = 250


@dataclass(frozen=True)
class ResultRow:
    """A result in a list; `pupil` is the pupil's key, `standing` says whether it counts."""

    key: str
    supplier: str
    pupil: str
    result: Result
    standing: str

    def as_json(self) -> dict[str, Any]:
        """The fields of contract.md."""
        return {
            "key": self.key,
            "supplier": self.supplier,
            "pupil": self.pupil,
            "assessment": self.result.assessment,
            "part": self.result.part,
            "date": self.result.date.isoformat(),
            "level": self.result.level,
            "score": self.result.score,
            "received_at": clock.iso(self.result.received_at),
        }


def receive(
    location: Location, supplier: str, results: Sequence[ResultData], at: datetime, sent_at: datetime | None = None
) -> ResultsReceipt:
    """Keep a page of results (keys unique, at most 250), in the caller's transaction; `at` is school time.

    With `sent_at`, when the supplier made the message, it is kept as part of that delivery. The receipt's counts add up:
    received = stored + replaced + unchanged + unmatched + refused.
    """
    reasons = _refusals(location, supplier, results)
    taken = _take(location, supplier, [result for result in results if result.key not in reasons], at, sent_at)
    return ResultsReceipt(
        received=len(results), stored=taken.stored, replaced=taken.replaced, unchanged=taken.unchanged,
        unmatched=taken.unmatched, refused=len(reasons), reasons=reasons,
    )  # fmt: skip


def store_known(location: Location, supplier: str, at: datetime, sent_at: datetime | None = None) -> int:
    """Store the open results on the list whose pupil is known by now, and return how many came in.

    What would be refused if it were delivered now (its assessment is off) stays on the list, with that reason.
    """
    known = Pupil.select().where(
        Pupil.location == location,
        (Pupil.key == UnmatchedResult.pupil_key)
        | ((Pupil.eckid == UnmatchedResult.pupil_eckid) & (UnmatchedResult.pupil_eckid != "")),
    )
    matched = PupilMatch.select().where(
        PupilMatch.location == location, PupilMatch.supplier == supplier,
        PupilMatch.supplier_pupil == UnmatchedResult.pupil_key,
    )  # fmt: skip
    rows = _open_rows(location, supplier).where(fn.EXISTS(known) | fn.EXISTS(matched))
    return _store_open(location, supplier, rows, at, sent_at)


def store_entered(location: Location, results: Sequence[tuple[ResultData, int]], at: datetime) -> ResultsReceipt:
    """Keep what was typed in for pupils by their id, as `store_for_pupils` does."""
    return store_for_pupils(location, HAND, results, at)


def store_for_pupils(
    location: Location, supplier: str, results: Sequence[tuple[ResultData, int]], at: datetime
) -> ResultsReceipt:
    """Keep results (keys unique) for pupils by their id, in the caller's transaction, whatever is switched on.

    As with what is delivered, a result that is there already is replaced, and what it said is kept.
    """
    stored = stored_with(location, supplier, [data.key for data, _ in results])
    return _store(location, supplier, list(results), stored, at)


def stored_with(location: Location, supplier: str, keys: Sequence[str]) -> dict[str, Result]:
    """The results of a supplier that have these keys, by key."""
    found = {}
    for start in range(0, len(keys), PAGE):
        page = _with_keys(Result, location, supplier, list(keys[start : start + PAGE]))
        found.update({row.supplier_key: row for row in page})
    return found


def same(stored: Result, data: ResultData, pupil_id: int) -> bool:
    """Whether a stored result is of this pupil and says just this."""
    return bool(stored.pupil_id == pupil_id and _values(stored) == _values(data))


def store_for_pupil(unmatched: UnmatchedResult, pupil: Pupil, made_by: str, at: datetime) -> int:
    """Remember whom the supplier means and store this pupil's open results; returns how many came in.

    What would be refused if it were delivered now (its assessment is off) stays on the list, with that reason.
    """
    location, supplier = unmatched.location, unmatched.supplier
    match = {"location": location.id, "supplier": supplier, "supplier_pupil": unmatched.pupil_key,
             "pupil": pupil.id, "made_by": made_by, "made_at": at}  # fmt: skip
    bulk.upsert(PupilMatch, [match], key=("location", "supplier", "supplier_pupil"))
    rows = _open_rows(location, supplier).where(UnmatchedResult.pupil_key == unmatched.pupil_key)
    return _store_open(location, supplier, rows, at)


def list_results(actor: Actor, group: str | None = None) -> list[ResultRow]:
    """The results of the pupils the actor may see, of one group of this year if it is named; by pupil and date.

    Every result is in it, also what does not count (`app/school/assessment/counting.py`). Raises `NotAllowed`, or `NotFound`
    for a group that is not there.
    """
    actor.require(Permission.VIEW_RESULTS)
    shown = Pupil.select(Pupil.id, Pupil.key, Pupil.sort_name).where(Pupil.location == actor.location)
    ids = [groups.find(actor, group).id] if group is not None else group_ids(actor, groups.this_year(actor))
    if ids is not None:
        shown = shown.where(Pupil.id.in_(Placement.select(Placement.pupil).where(Placement.group.in_(ids))))
    pupils = {pupil.id: pupil for pupil in shown}
    found = counting.judged(Result.location == actor.location, Result.pupil.in_(shown.select(Pupil.id)))
    rows = [ResultRow(one.result.supplier_key, one.result.supplier, pupils[one.result.pupil_id].key, one.result,
                      one.standing) for one in found]  # fmt: skip
    return sorted(rows, key=lambda row: _place(pupils[row.result.pupil_id], row.result))


def _place(pupil: Pupil, result: Result) -> tuple[str, int, date, str, str]:
    return pupil.sort_name, pupil.id, result.date, result.assessment, result.part


def _refusals(location: Location, supplier: str, results: Sequence[ResultData]) -> dict[str, str]:
    """Key -> why it is refused."""
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
        return f"{assessment.name} staat niet aan in ESIS (Beheer > Toetsen > Toetsen activeren)."
    return ""


def _take(
    location: Location, supplier: str, results: Sequence[ResultData], at: datetime, sent_at: datetime | None
) -> ResultsReceipt:
    """Store, correct or put on the list; only for results that are not refused."""
    keys = [result.key for result in results]
    stored = {row.supplier_key: row for row in _with_keys(Result, location, supplier, keys)}
    listed = {row.supplier_key: row for row in _with_keys(UnmatchedResult, location, supplier, keys)}
    matcher = Matcher(location, supplier, results)
    known: list[tuple[ResultData, int]] = []
    unknown: list[tuple[ResultData, str]] = []
    for result in results:
        found = matcher.find(result)
        if found.pupil_id is not None:
            known.append((result, found.pupil_id))
        elif result.key in stored:
            known.append((result, stored[result.key].pupil_id))
        else:
            unknown.append((result, found.reason))
    counts = _store(location, supplier, known, stored, at, sent_at)
    _close([listed[result.key] for result, _ in known if result.key in listed])
    _put_on_list(location, supplier, unknown, at)
    return replace(counts, received=len(results), unmatched=len(unknown))


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
            earlier.append({"result": old.id, "pupil": old.pupil_id, "received_at": old.received_at,
                            "replaced_at": at, "delivery": old.delivery_id, **_values(old)})  # fmt: skip
        rows.append({"location": location.id, "supplier": supplier, "supplier_key": result.key, "pupil": pupil_id,
                     "received_at": at, **values})  # fmt: skip
    delivery = versions.delivery_of(location, supplier, sent_at, len(rows) - len(earlier), len(earlier))
    bulk.insert(ReplacedResult, earlier)
    bulk.upsert(Result, ({**row, "delivery": delivery} for row in rows), key=KEY)
    return ResultsReceipt(
        received=len(known), stored=len(rows) - len(earlier), replaced=len(earlier), unchanged=len(known) - len(rows)
    )


def _close(rows: list[UnmatchedResult]) -> None:
    ids = [row.id for row in rows if row.state != "matched"]
    if ids:
        UnmatchedResult.update(state="matched").where(UnmatchedResult.id.in_(ids)).execute()


def _put_on_list(
    location: Location,
    supplier: str,
    unknown: list[tuple[ResultData, str]],
    at: datetime,
) -> None:
    """Once per key. The state of what is there already is never written: somebody may dismiss it just now."""
    rows = (
        {"location": location.id, "supplier": supplier, "supplier_key": result.key, "pupil_key": result.pupil_key,
         "pupil_eckid": result.pupil_eckid, "reason": reason, "state": "open", "received_at": at, **_values(result)}
        for result, reason in unknown
    )  # fmt: skip
    bulk.upsert(UnmatchedResult, rows, key=KEY, keep=("state", "received_at"))


def _store_open(location: Location, supplier: str, rows: Any, at: datetime, sent_at: datetime | None = None) -> int:
    """Store open results of the list, by the same rules as when they came in; returns how many came in."""
    stored = 0
    for page in _pages(rows):
        results = [_data(row) for row in page]
        reasons = _refusals(location, supplier, results)
        _note_refusals([row for row in page if row.supplier_key in reasons], reasons)
        taken = [item for item in results if item.key not in reasons]
        stored += _take(location, supplier, taken, at, sent_at).stored
    return stored


def _note_refusals(rows: list[UnmatchedResult], reasons: dict[str, str]) -> None:
    for reason in set(reasons.values()):
        ids = [row.id for row in rows if reasons[row.supplier_key] == reason]
        UnmatchedResult.update(reason=reason).where(UnmatchedResult.id.in_(ids)).execute()


def _with_keys(
    model: type[Result] | type[UnmatchedResult], location: Location, supplier: str, keys: list[str]
) -> Iterable[Any]:
    return model.select().where(model.location == location, model.supplier == supplier, model.supplier_key.in_(keys))  # type: ignore[no-any-return]


def _values(source: ResultData | ResultValues) -> dict[str, Any]:
    return {name: getattr(source, name) for name in VALUES}


def _open_rows(location: Location, supplier: str) -> Any:
    return UnmatchedResult.select().where(
        UnmatchedResult.location == location, UnmatchedResult.supplier == supplier, UnmatchedResult.state == "open"
    )


def _pages(rows: Any) -> Iterable[list[UnmatchedResult]]:
    """Read and locked a page at a time, by id: what is done with a page changes which rows fit the query."""
    last = 0
    while page := list(locked(rows.where(UnmatchedResult.id > last).order_by(UnmatchedResult.id).limit(PAGE))):
        yield page
        last = page[-1].id


def _data(row: UnmatchedResult) -> ResultData:
    return ResultData(key=row.supplier_key, pupil_key=row.pupil_key, pupil_eckid=row.pupil_eckid, **_values(row))
