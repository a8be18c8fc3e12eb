"""The list of results without a pupil: what is on it, is added to it, and returns to it.

A row exists as long as its location does, and is on the list while ESIS has no such result: anything that removes the
result again, such as deleting the pupil or rolling back a delivery, puts it back. Only dismissed rows stay away. A
rolled-back result does not come off by itself, or the next night would undo the rollback: it must be delivered again,
or matched.
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
"""The columns of a row that identify its pupil."""


class Standing(StrEnum):
    """The standing of a row; the value is what is stored."""

    OPEN = "open"
    """Waits for its pupil, and comes off as soon as ESIS knows the pupil."""
    RETURNED = "returned"
    """Rolled back with the delivery in which it came off the list."""
    DISMISSED = "dismissed"


def on_list(*standings: Standing) -> Any:
    """The condition that a row is on the list, with one of these standings; without any, with whichever standing."""
    there = Result.select(SQL("1")).where(versions.OF_THE_LIST)
    wanted = [standing.value for standing in standings or (Standing.OPEN, Standing.RETURNED)]
    return UnmatchedResult.state.in_(wanted) & ~fn.EXISTS(there)


def of_supplier(location: Location, supplier: str, *standings: Standing) -> Any:
    """The query for a supplier's rows on the list."""
    return UnmatchedResult.select().where(
        UnmatchedResult.location == location, UnmatchedResult.supplier == supplier, on_list(*standings)
    )


def in_pages(rows: Any) -> Iterator[list[UnmatchedResult]]:
    """Read and lock the rows a page at a time, by id: processing a page changes which rows match the query."""
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
    """Put results on the list, each with the reason, once per key; existing rows keep their fields in `keep`.

    The standing of an existing row is never written: a user may be dismissing it right now.
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
    """Let rolled-back results that are delivered again wait as if they arrived for the first time."""
    UnmatchedResult.update(state=Standing.OPEN.value).where(
        UnmatchedResult.location == location,
        UnmatchedResult.supplier == supplier,
        bulk.among(UnmatchedResult.supplier_key, list(keys)),
        UnmatchedResult.state == Standing.RETURNED.value,
    ).execute()


def came_in(
    location: Location, supplier: str, results: Collection[ResultData], at: datetime, keep: tuple[str, ...] = ()
) -> None:
    """Update the rows of results that ESIS now has, so that they are right if the results return to the list.

    With `WHOSE` in `keep`, they keep the pupil they named when somebody matched them.
    """
    mine = (UnmatchedResult.location == location) & (UnmatchedResult.supplier == supplier)
    listed = {
        row.supplier_key: row.reason
        for row in UnmatchedResult.select(UnmatchedResult.supplier_key, UnmatchedResult.reason).where(
            mine, bulk.among(UnmatchedResult.supplier_key, [result.key for result in results])
        )
    }
    if listed:
        put(location, supplier, [(one, listed[one.key]) for one in results if one.key in listed], at, keep)
        sent_again(location, supplier, listed)


def note_reasons(rows: Iterable[UnmatchedResult], reasons: Mapping[str, str]) -> None:
    """Store why rows stay on the list, by key."""
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(reasons[row.supplier_key], []).append(row.id)
    for reason, among in ids.items():
        UnmatchedResult.update(reason=reason).where(UnmatchedResult.id.in_(among)).execute()


def came_off(result_ids: Collection[int]) -> int:
    """How many of these results came off the list, and would return to it if removed."""
    found = 0
    for ids in versions.in_pages(list(result_ids)):
        found += _rows_of(ids).count()
    return found


def give_back(result_ids: Collection[int], now: datetime) -> None:
    """Before these results are removed, put those that came off the list back on it, as rolled back."""
    reason = f"Teruggedraaid op {dutch_date(now.date())}: koppel het zelf, of laat het opnieuw verzenden."
    for ids in versions.in_pages(list(result_ids)):
        rows = _rows_of(ids).select(UnmatchedResult.id)
        UnmatchedResult.update(state=Standing.RETURNED.value, reason=reason).where(
            UnmatchedResult.id.in_(list(bulk.numbers(rows)))
        ).execute()


def data_of(row: UnmatchedResult) -> ResultData:
    """A row as the result that was delivered."""
    values = {name: getattr(row, name) for name in VALUES}
    return ResultData(key=row.supplier_key, pupil_key=row.pupil_key, pupil_eckid=row.pupil_eckid, **values)


def _rows_of(result_ids: Collection[int]) -> Any:
    return (
        UnmatchedResult.select()
        .join(Result, on=versions.OF_THE_LIST)
        .where(Result.id.in_(list(result_ids)), UnmatchedResult.state != Standing.DISMISSED.value)
    )
