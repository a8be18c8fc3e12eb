"""The state of a supplier's delivery to ESIS, and sending again what ESIS had (sources.md#rollback)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from peewee import fn

from app import clock
from app.access import standing_still
from app.partners.results_supplier import outcomes
from app.partners.results_supplier.supplier import Supplier
from app.refusals import Refused
from models.shared import SupplierAccount


@dataclass(frozen=True)
class Deliveries:
    """Results that ESIS accepted, that wait for a first offer, and that it last refused (sentence, count)."""

    sent: int
    waiting: int
    refusals: tuple[tuple[str, int], ...]

    @property
    def refused(self) -> int:
        """How many were refused; they are offered again every night."""
        return sum(number for _, number in self.refusals)


@dataclass(frozen=True)
class Sent:
    """The results that ESIS last accepted in one night's delivery."""

    at: datetime
    results: int


def deliveries(supplier: Supplier, account: SupplierAccount) -> Deliveries:
    """The state of the delivery to ESIS, in one query; excludes what ESIS may not have at all."""
    model = supplier.outcome
    rows: Any = (
        model.select(model.pending, model.refusal, fn.COUNT(model.id))
        .join(supplier.pupil)
        .where(model.school == account, ~model.pending | supplier.offers(account))
        .group_by(model.pending, model.refusal)
        .order_by(model.refusal)
        .tuples()
    )
    found = [(bool(pending), refusal, number) for pending, refusal, number in rows]
    return Deliveries(
        sent=sum(number for pending, _, number in found if not pending),
        waiting=sum(number for pending, refusal, number in found if pending and not refusal),
        refusals=tuple((refusal, number) for pending, refusal, number in found if pending and refusal),
    )


def sent(supplier: Supplier, account: SupplierAccount, limit: int = 100) -> list[Sent]:
    """The nights with results that ESIS last accepted then, newest first."""
    model = supplier.outcome
    rows = (
        model.select(model.sent_at, fn.COUNT(model.id).alias("number"))
        .where(model.school == account, ~model.pending, model.sent_at.is_null(False))
        .group_by(model.sent_at)
        .order_by(model.sent_at.desc())
        .limit(limit)
    )
    return [Sent(row.sent_at, int(row.number)) for row in rows]


def send_again(
    supplier: Supplier,
    account: SupplierAccount,
    sent_on: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> int:
    """Mark what was sent on a day, or is dated in a period (both days inclusive), to go to ESIS again tonight.

    Without a day or a period: everything. ESIS reports what it already has as unchanged. Returns how many; raises
    `Refused` if there is nothing, or while school time is being moved.
    """
    if since is not None and until is not None and until < since:
        raise Refused("De laatste dag ligt voor de eerste.", field="until")
    model = supplier.outcome
    conditions: list[Any] = [model.school == account, ~model.pending]
    if sent_on is not None:
        begin, end = (clock.local(day, time()) for day in (sent_on, sent_on + timedelta(days=1)))
        conditions += [model.sent_at >= begin, model.sent_at < end]
    if since is not None:
        conditions.append(model.date >= since)
    if until is not None:
        conditions.append(model.date <= until)
    with standing_still(account.location.board_id) as now:
        marked: int = model.update(outcomes.waiting(now)).where(*conditions).execute()
    if not marked:
        raise Refused("Er zijn geen verstuurde resultaten die hierbij passen. Kies een andere levering of periode.")
    return marked
