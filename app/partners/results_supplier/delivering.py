"""The nightly delivery of a supplier: results not yet accepted go to ESIS, a page at a time.

See sources.md#transfers and sources.md#times. What ESIS refuses stays waiting and is offered again every night; what
ESIS accepted, also onto its list of results without a pupil, is not. A page that ESIS accepted but that was not
recorded here is sent again; ESIS then reports it as unchanged. A night that is caught up sends what waited at its slot;
later results wait for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from peewee import chunked

from app import clock
from app.exchange.uwlr import PAGE, ResultsReceipt
from app.other_esis import setting
from app.other_esis.setting import Elsewhere
from app.partners.results_supplier.connecting import request
from app.partners.results_supplier.delivering_elsewhere import DeliveryElsewhere
from app.partners.results_supplier.offering import note_answer, result_of, told_of, waited
from app.partners.results_supplier.supplier import Supplier
from app.runs import Counts, Errands, Job, Page, Skip
from app.webservice.authorisation import check_not_stopped, locations_with_coupling
from app.webservice.faults import CouplingStopped
from app.webservice.results import close_delivery, push_results
from models.assessment import Delivery
from models.board import Location
from models.run import Run
from models.shared import SupplierAccount


def delivering_locations(supplier: Supplier, board_id: int, day: date) -> list[int]:
    """The locations with an account there and the coupling live in ESIS (also when paused) before the slot.

    Where somebody else brought results in the supplier's place and the account was never set up, there is nothing to
    deliver: each night would only say so.
    """
    model, slot = supplier.account, clock.local(day, clock.RESULTS)
    if setting.is_set(board_id, supplier.id):  # its coupling is in another ESIS
        here = Location.select(Location.id).where(Location.board == board_id)
        set_up = model.select().where(model.location.in_(here), model.connected_at < slot).order_by(model.id)
        return [row.location_id for row in set_up]
    coupled = locations_with_coupling(board_id, supplier.id, slot)
    rows = model.select().where(model.location.in_(coupled)).order_by(model.id)
    return [row.location_id for row in rows if row.connected_at is not None or not _replaced(supplier, row)]


def _replaced(supplier: Supplier, account: SupplierAccount) -> bool:
    """Own software, or the same supplier of another ESIS, brought results over HTTP."""
    brought = (Delivery.location == account.location_id) & (Delivery.supplier == supplier.id)
    return bool(Delivery.select().where(brought).exists())


def job(
    supplier: Supplier,
    title: str,
    page: Callable[[Any, Run, str], Page] | None = None,
    errands: Callable[[Run, Elsewhere], Errands] | None = None,
) -> Job:
    """The nightly job of a supplier; `page` (of an account, its run and a cursor) if it does more than deliver, and
    `errands` for the same at another ESIS.
    """

    def wanted(board_id: int, day: date) -> list[int]:
        return delivering_locations(supplier, board_id, day)

    def next_page(run: Run, cursor: str) -> Page:
        account = supplier.account_at(run.location_id)
        return page(account, run, cursor) if page else deliver(supplier, account, run, cursor)

    def elsewhere(run: Run) -> Errands | None:
        there = setting.of(run.board_id, supplier.id)
        if there is None:
            return None
        return errands(run, there) if errands else DeliveryElsewhere(supplier, run, there)

    return Job(name=supplier.id, title=title, at=clock.RESULTS, wanted=wanted, page=next_page, errands=elsewhere)


@contextmanager
def ready(supplier: Supplier, account: SupplierAccount) -> Iterator[None]:
    """Check a page of a night: raises `Skip` if ESIS's side is paused, even midway, or the supplier's is not set up.

    A pause takes precedence: nothing else is checked.
    """
    try:
        check_not_stopped(account.location_id, supplier.id)
        if account.connected_at is None:
            raise Skip(supplier.not_set_up)
        yield
    except CouplingStopped as stopped:
        raise Skip(stopped.sentence) from stopped


def deliver(supplier: Supplier, account: SupplierAccount, run: Run, cursor: str) -> Page:
    """Send the next waiting outcomes; the cursor is the id of the last one, so each is offered once a night.

    Raises `Skip` when ESIS's side is paused or the supplier's is not set up, else what the web service raises.
    """
    with ready(supplier, account):
        waiting = supplier.outcomes(account).where(waited(supplier, account, run.slot))
        after = waiting.where(supplier.outcome.id > int(cursor or 0))
        rows = list(after.order_by(supplier.outcome.id).limit(PAGE))
        counts = _send(supplier, account, run, rows, bool(cursor))
        if len(rows) == PAGE:
            return Page(str(rows[-1].id), counts)
        late = close_delivery(run.board_id, request(supplier, account, run.slot, goes_on=bool(cursor)))
        _note_late(supplier.outcome, account, run, late)
    told = Counts(received=len(late), stored=len(late))
    return Page(None, counts + told, told_of(supplier, account, run.slot, len(late)))


def _send(supplier: Supplier, account: SupplierAccount, run: Run, rows: Sequence[Any], goes_on: bool) -> Counts:
    if not rows:
        return Counts()
    results = tuple(result_of(row) for row in rows)
    receipt = push_results(run.board_id, request(supplier, account, run.slot, results, goes_on=goes_on))
    note_answer(supplier.outcome, run, rows, receipt.reasons)
    return _counts(receipt)


def _note_late(model: Any, account: SupplierAccount, run: Run, keys: Sequence[str]) -> None:
    """Record that results now off ESIS's list came with this delivery, so that undoing it sends them again too."""
    for part in chunked(keys, PAGE):
        mine = (model.school == account) & model.key.in_(part) & ~model.pending
        model.update(sent_at=run.slot).where(mine).execute()


def _counts(receipt: ResultsReceipt) -> Counts:
    return Counts(
        received=receipt.received,
        stored=receipt.stored,
        replaced=receipt.replaced,
        unchanged=receipt.unchanged,
        unmatched=receipt.unmatched,
        refused=receipt.refused,
    )
