"""The versions of a stored result: which delivery each came from, and restoring an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any, TypeVar

from models import bulk
from models.assessment import Delivery, ExcludedResult, ReplacedResult, Result, UnmatchedResult
from models.board import Location

T = TypeVar("T")

VALUES = ("assessment", "part", "date", "level", "score", "reference_level")
KEY = ("location", "supplier", "supplier_key")
"""The columns that identify a result."""
PAGE = 250
OF_THE_LIST = reduce(and_, [getattr(Result, name) == getattr(UnmatchedResult, name) for name in KEY])
"""The condition that a result is the one a row of the list of results without a pupil waits for."""


def delivery_of(location: Location, supplier: str, sent_at: datetime | None, stored: int, replaced: int) -> int | None:
    """The id of the delivery sent at this moment, after adding these results to its counts.

    None for results from another source. A delivery exists from its first result on; one that was rolled back starts
    anew.
    """
    if sent_at is None or not stored + replaced:
        return None
    delivery: Delivery
    delivery, _ = Delivery.get_or_create(  # type: ignore[no-untyped-call]
        location=location, supplier=supplier, sent_at=sent_at
    )
    if delivery.rolled_back_at is not None:
        anew = {"stored": 0, "replaced": 0, "rolled_back_at": None, "rolled_back_by": ""}
        Delivery.update(anew).where(Delivery.id == delivery.id).execute()
    counts = {"stored": Delivery.stored + stored, "replaced": Delivery.replaced + replaced}
    Delivery.update(counts).where(Delivery.id == delivery.id).execute()
    return int(delivery.id)


def bring_back(earlier_ids: Sequence[int]) -> int:
    """Restore results to these earlier versions, and forget those and newer ones; return how many.

    Also restores the rows of results that came off the list of results without a pupil, in case they return to it.
    """
    for ids in in_pages(earlier_ids):
        rows = list(ReplacedResult.select(ReplacedResult, Result).join(Result).where(ReplacedResult.id.in_(ids)))
        end_exclusions([row.result_id for row in rows if row.pupil_id != row.result.pupil_id])
        bulk.upsert(Result, [_as_it_was(row) for row in rows], key=KEY)
        _let_the_list_say(rows)
        _forget_from(rows)
    return len(earlier_ids)


def end_exclusions(result_ids: Sequence[int]) -> None:
    """End the exclusions of results that go to another pupil: they were about the previous one."""
    for ids in in_pages(result_ids):
        ExcludedResult.delete().where(ExcludedResult.result.in_(ids)).execute()


def in_pages(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Split ids or keys into parts that fit in one statement."""
    for start in range(0, len(values), PAGE):
        yield values[start : start + PAGE]


def _let_the_list_say(rows: Sequence[ReplacedResult]) -> None:
    same = reduce(and_, (getattr(Result, name) == getattr(UnmatchedResult, name) for name in KEY))
    listed: Any = UnmatchedResult.select(UnmatchedResult.id, Result.id).join(Result, on=same)
    earlier = {row.result_id: row for row in rows}
    for row_id, result_id in list(listed.where(Result.id.in_(list(earlier))).tuples()):
        values = {name: getattr(earlier[result_id], name) for name in VALUES}
        UnmatchedResult.update(values).where(UnmatchedResult.id == row_id).execute()


def _forget_from(rows: Sequence[ReplacedResult]) -> None:
    first = {row.result_id: row.id for row in rows}
    kept = ReplacedResult.select(ReplacedResult.id, ReplacedResult.result).where(ReplacedResult.result.in_(list(first)))
    gone = [row.id for row in kept if row.id >= first[row.result_id]]
    ReplacedResult.delete().where(bulk.among(ReplacedResult.id, gone)).execute()


def _as_it_was(row: ReplacedResult) -> dict[str, Any]:
    result = row.result
    values = {name: getattr(row, name) for name in VALUES}
    return {
        "location": result.location_id,
        "supplier": result.supplier,
        "supplier_key": result.supplier_key,
        "pupil": row.pupil_id,
        "received_at": row.received_at,
        "delivery": row.delivery_id,
        **values,
    }
