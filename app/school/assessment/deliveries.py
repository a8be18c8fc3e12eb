"""Rolling back a supplier's delivery (<Terugdraaien>, sources.md#rollback): its results are removed, and the results
they replaced return.

Results changed since then stay: replaced by a later delivery, or excluded by a user. Results that came off the list of
results without a pupil go back on it. Nothing else is remembered, so the supplier can deliver again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted, plural
from app.school.assessment import catalogue, versions, waiting
from models.assessment import Delivery, ExcludedResult, ReplacedResult, Result
from models.board import Location
from models.school import Pupil

MOST_NAMED = 10


@dataclass(frozen=True)
class TakeBack:
    """The effect of a rollback: how many results are removed, restored to what they were, and kept."""

    gone: int
    restored: int
    staying: int = 0
    why: tuple[str, ...] = ()
    """Which results stay and why, as sentences."""
    listed: int = 0
    """How many of the removed results go back on the list of results without a pupil."""

    @property
    def sentence(self) -> str:
        """`40 resultaten weggehaald, 2 teruggezet zoals het was.`, and what stays."""
        gone = counted(self.gone, "resultaat", "resultaten")
        done = f"{gone} weggehaald, {self.restored} teruggezet zoals het was."
        return " ".join((done, *self.on_list, *self.why))

    @property
    def on_list(self) -> tuple[str, ...]:
        """How many are back on the list, as a sentence; nothing for none."""
        if not self.listed:
            return ()
        stand = plural(self.listed, "staat", "staan")
        return (f"Daarvan {stand} er {self.listed} weer op de lijst van resultaten zonder leerling.",)


@dataclass(frozen=True)
class _Plan:
    gone: tuple[int, ...]
    """Ids of results."""
    earlier: tuple[int, ...]
    """Ids of the versions that are restored."""
    staying: int
    why: tuple[str, ...]
    listed: int

    @property
    def told(self) -> TakeBack:
        return TakeBack(len(self.gone), len(self.earlier), self.staying, self.why, self.listed)


def of_supplier(location: Location, supplier: str, limit: int = 100) -> list[Delivery]:
    """A supplier's deliveries, newest first."""
    query = Delivery.select().where(Delivery.location == location, Delivery.supplier == supplier)
    return list(query.order_by(Delivery.sent_at.desc()).limit(limit))


def sent_at(location: Location, supplier: str, moment: datetime) -> Delivery | None:
    """The delivery made at this moment; None when it delivered nothing new."""
    found: Delivery | None = Delivery.get_or_none(
        Delivery.location == location, Delivery.supplier == supplier, Delivery.sent_at == moment
    )
    return found


def preview(delivery: Delivery) -> TakeBack:
    """What rolling it back would do now."""
    return _plan(delivery).told


def take_back(delivery: Delivery, user: str, now: datetime) -> TakeBack:
    """Roll it back, in the caller's transaction."""
    plan = _plan(delivery)
    versions.bring_back(plan.earlier)
    waiting.give_back(plan.gone, now)
    for ids in versions.in_pages(plan.gone):
        Result.delete().where(Result.id.in_(ids)).execute()
    Delivery.update(rolled_back_at=now, rolled_back_by=user).where(Delivery.id == delivery.id).execute()
    return plan.told


def _plan(delivery: Delivery) -> _Plan:
    excluded = list(_excluded_since(delivery))
    kept = {row.result_id for row in excluded}
    mine = [row.id for row in Result.select(Result.id).where(Result.delivery == delivery) if row.id not in kept]
    earlier = _earlier(delivery, mine)
    replaced = list(_replaced_since(delivery))
    gone = tuple(result_id for result_id in mine if result_id not in earlier)
    return _Plan(
        gone=gone,
        earlier=tuple(earlier.values()),
        staying=len(kept) + len(replaced),
        why=(*_told_replaced(replaced), *_told_excluded(excluded)),
        listed=waiting.came_off(gone),
    )


def _earlier(delivery: Delivery, mine: list[int]) -> dict[int, int]:
    """Result -> its last version that came neither from this delivery nor from one that was rolled back."""
    found: dict[int, int] = {}
    taken_back = Delivery.select(Delivery.id).where(
        Delivery.location == delivery.location_id, Delivery.rolled_back_at.is_null(False)
    )
    standing = (ReplacedResult.delivery != delivery) & ReplacedResult.delivery.not_in(taken_back)
    other = standing | ReplacedResult.delivery.is_null()
    for ids in versions.in_pages(mine):
        rows: Any = ReplacedResult.select(ReplacedResult.result, fn.MAX(ReplacedResult.id)).where(
            ReplacedResult.result.in_(ids), other
        )
        found.update(rows.group_by(ReplacedResult.result).tuples())
    return found


def _excluded_since(delivery: Delivery) -> Any:
    return (
        ExcludedResult.select(ExcludedResult, Result, Pupil)
        .join(Result)
        .join(Pupil)
        .where(Result.delivery == delivery, ExcludedResult.excluded_at >= Result.received_at)
        .order_by(Pupil.key, ExcludedResult.id)
    )


def _replaced_since(delivery: Delivery) -> Any:
    """The results of this delivery that have changed since."""
    return (
        Result.select(Result, Delivery)
        .left_outer_join(Delivery)
        .where(
            Result.id.in_(ReplacedResult.select(ReplacedResult.result).where(ReplacedResult.delivery == delivery)),
            (Result.delivery != delivery) | Result.delivery.is_null(),
        )
        .order_by(Result.id)
    )


def _told_replaced(rows: list[Result]) -> Iterator[str]:
    later = Counter(row.delivery.sent_at if row.delivery else None for row in rows)
    for moment, number in later.items():
        by = f"de levering van {clock.dutch_moment(moment)}" if moment else "iets anders"
        yield f"Van {number} blijft staan wat er nu staat: daarna vervangen door {by}."


def _told_excluded(rows: list[ExcludedResult]) -> Iterator[str]:
    for row in rows[:MOST_NAMED]:
        name = catalogue.known(row.result.location.board_id).get(row.result.assessment)
        about = name.name if name else row.result.assessment
        yield f"{about} van leerling {row.result.pupil.key} blijft staan: daarna uitgesloten door {row.excluded_by}."
    if len(rows) > MOST_NAMED:
        yield f"En nog {len(rows) - MOST_NAMED} die daarna zijn uitgesloten."
