"""Wat gebeurt er vannacht: every addition and removal of the coming delivery (sources.md#mijnschoolinfo).

It runs the delivery itself and rolls it back, so it cannot differ from what will happen. It does not include what is
still entered before 17:00.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app import clock
from app.access import examined
from app.partners.mijnschoolinfo import account, delivery, overview
from app.refusals import Refused
from app.runs import Counts, Page, Skip, Unreachable
from models.base import database
from models.partners.mijnschoolinfo import MsiDelivery, MsiLine, MsiSchool


@dataclass(frozen=True)
class DeliveryPreview:
    """What the coming delivery will do, or why none will come."""

    slot: datetime
    cut_off: datetime
    kind: str = ""
    """`first`, `night` or `year`."""
    lines: tuple[MsiLine, ...] = ()
    note: str = ""
    reason: str = ""
    """Why nothing will come, as a sentence; empty if something does."""


UNSAID = "waarom, zegt ESIS tijdens een examen niet."


class _Back(Exception):
    """Rolls back the rehearsal."""


def preview(school: MsiSchool, told: Callable[[int], None] = lambda _seen: None) -> DeliveryPreview:
    """Rehearse the next delivery in a transaction that is rolled back. Nothing is changed or logged. During an exam it does
    not say why nothing will come.

    `told` is called after each page with the number of pupils processed.
    """
    found = _preview(school, told)
    return replace(found, reason=UNSAID) if found.reason and examined(school.location.board_id) else found


def _preview(school: MsiSchool, told: Callable[[int], None]) -> DeliveryPreview:
    now = clock.school_now(school.location.board)
    slot = clock.next_at(now, clock.CONTACTS)
    cut_off = clock.cut_off_before(slot)
    if school.location_id not in delivery.receiving_locations(school.location.board_id, slot.date()):
        return DeliveryPreview(slot, cut_off, reason=f"De koppeling {account.NAME} is in ESIS niet geactiveerd.")
    found: list[DeliveryPreview] = []
    try:
        with database.atomic():
            found.append(_rehearse(MsiSchool.get_by_id(school.id), slot, cut_off, told))
            raise _Back
    except _Back:
        return found[0]


def _rehearse(school: MsiSchool, slot: datetime, cut_off: datetime, told: Callable[[int], None]) -> DeliveryPreview:
    page, seen = Page("", Counts()), 0
    try:
        while page.cursor is not None:
            page = delivery.deliver(school, slot, page.cursor)
            seen += page.counts.received
            told(seen)
    except (Skip, Unreachable) as reason:
        return DeliveryPreview(slot, cut_off, reason=str(reason))
    except Refused as refusal:
        return DeliveryPreview(slot, cut_off, reason=refusal.sentence)
    done = MsiDelivery.get(MsiDelivery.school == school, MsiDelivery.at == slot)
    return DeliveryPreview(slot, cut_off, str(done.kind), tuple(overview.lines(done)), str(done.note))
