"""The list of results without a pupil: what is on it, what is put on it, and what comes back to it.

A row stays as long as its location does, and is on the list as long as ESIS has no such result: whatever takes the result
away again, a pupil who is deleted or a delivery that is taken back, puts it back. Only what somebody dismissed stays away.
What was taken back does not come off by itself, for then the next night would undo it: it is delivered again, or matched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import SQL, fn

from app.clock import dutch_date
from app.exchange.uwlr import ResultData
from app.school.assessment import versions
from app.school.assessment.versions import KEY, VALUES
from models import bulk
from models.assessment import Result, UnmatchedResult
from models.base import locked
from models.board import Location

WHOSE = ("pupil_key", "pupil_eckid")
"""What a row says of whose it is."""


class Standing(StrEnum):
    """How a row stands; the value is what is kept."""

    OPEN = "open"
    """Waits for its pupil, and comes off as soon as ESIS knows it."""
    RETURNED = "returned"
    """Taken back with the delivery in which it came off the list."""
    DISMISSED = "dismissed"


def on_list(*standings: Standing) -> Any:
    """The condition that a row is on the list, in one of these ways; without any, in whatever way."""
    there = Result.select(SQL("1")).where(versions.OF_THE_LIST)
    wanted = [standing.value for standing in standings or (Standing.OPEN, Standing.RETURNED)]
    return UnmatchedResult.state.in_(wanted) & ~fn.EXISTS(there)


def of_supplier(location: Location, supplier: str, *standings: Standing) -> Any:
    """The query for what is on the list of a supplier."""
    return UnmatchedResult.select().where(
        UnmatchedResult.location == location, UnmatchedResult.supplier == supplier, on_list(*standings)
    )


def in_pages(rows: Any) -> Iterator[list[UnmatchedResult]]:
    """Read and locked a page at a time, by id: what is done with a page changes which rows fit the query."""
    last = 0
    while page := list(locked(rows.where(UnmatchedResult.id > last).order_by(UnmatchedResult.id).limit(versions.PAGE))):
        yield page
        last = page[-1].id


def put(
    location: Location,
    supplier: str,
    unknown: Iterable[tuple[ResultData, str]],
    at: datetime,
    keep: tuple[str, ...] = (),
) -> None:
    """Put results on the list, each with the reason, once per key; what is there already keeps its fields in `keep`.

    The standing of what is there already is never written: somebody may dismiss it just now.
    """
    rows = (
        {
            "location": location.id,
            "supplier": supplier,
            "supplier_key": result.key,
            "pupil_key": result.pupil_key,
            "pupil_eckid": result.pupil_eckid,
            "reason": reason,
            "state": Standing.OPEN.value,
            "received_at": at,
            **{name: getattr(result, name) for name in VALUES},
        }
        for result, reason in unknown
    )
    bulk.upsert(UnmatchedResult, rows, key=KEY, keep=("state", "received_at", *keep))


def sent_again(location: Location, supplier: str, keys: Collection[str]) -> None:
    """What was taken back and is delivered again waits as if it came for the first time."""
    UnmatchedResult.update(state=Standing.OPEN.value).where(
        UnmatchedResult.location == location,
        UnmatchedResult.supplier == supplier,
        UnmatchedResult.supplier_key.in_(list(keys)),
        UnmatchedResult.state == Standing.RETURNED.value,
    ).execute()


def came_in(
    location: Location, supplier: str, results: Collection[ResultData], at: datetime, keep: tuple[str, ...] = ()
) -> None:
    """Of results that ESIS has by now: what is kept of those that were on the list says what they say, for if they return.

    With `WHOSE` in `keep` it says of whose they are what it said when somebody matched them.
    """
    mine = (UnmatchedResult.location == location) & (UnmatchedResult.supplier == supplier)
    listed = {
        row.supplier_key: row.reason
        for row in UnmatchedResult.select(UnmatchedResult.supplier_key, UnmatchedResult.reason).where(
            mine, UnmatchedResult.supplier_key.in_([result.key for result in results])
        )
    }
    if listed:
        put(location, supplier, [(one, listed[one.key]) for one in results if one.key in listed], at, keep)
        sent_again(location, supplier, listed)


def note_reasons(rows: Iterable[UnmatchedResult], reasons: Mapping[str, str]) -> None:
    """Why rows stay on the list, by their key."""
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(reasons[row.supplier_key], []).append(row.id)
    for reason, among in ids.items():
        UnmatchedResult.update(reason=reason).where(UnmatchedResult.id.in_(among)).execute()


def came_off(result_ids: Collection[int]) -> int:
    """How many of these results came off the list, and would be on it again without them."""
    found = 0
    for ids in versions.in_pages(list(result_ids)):
        found += _rows_of(ids).count()
    return found


def give_back(result_ids: Collection[int], now: datetime) -> None:
    """Of results that are about to go: what came off the list is on it again, as taken back."""
    reason = f"Teruggedraaid op {dutch_date(now.date())}: koppel het zelf, of laat het opnieuw verzenden."
    for ids in versions.in_pages(list(result_ids)):
        rows = _rows_of(ids).select(UnmatchedResult.id)
        UnmatchedResult.update(state=Standing.RETURNED.value, reason=reason).where(
            UnmatchedResult.id.in_(list(bulk.numbers(rows)))
        ).execute()


def data_of(row: UnmatchedResult) -> ResultData:
    """A row as it was delivered."""
    values = {name: getattr(row, name) for name in VALUES}
    return ResultData(key=row.supplier_key, pupil_key=row.pupil_key, pupil_eckid=row.pupil_eckid, **values)


def _rows_of(result_ids: Collection[int]) -> Any:
    return (
        UnmatchedResult.select()
        .join(Result, on=versions.OF_THE_LIST)
        .where(Result.id.in_(list(result_ids)), UnmatchedResult.state != Standing.DISMISSED.value)
    )
