"""What a supplier offers ESIS in a night: which outcomes, as results, and what is recorded of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import fn

from app.exchange.uwlr import ResultData
from app.partners.results_supplier.supplier import Supplier
from models.run import Run
from models.shared import OfferedResult, SupplierAccount

LONGEST_REFUSAL = 300


def waited(supplier: Supplier, account: SupplierAccount, slot: datetime) -> Any:
    """The condition that an outcome was waiting at a slot."""
    since = supplier.outcome.waits_since
    return supplier.outcome.pending & (since.is_null() | (since < slot)) & supplier.offers(account, slot)


def result_of(row: Any) -> ResultData:
    """An outcome, with its pupil, as a result."""
    return ResultData(
        key=row.key,
        pupil_key=row.pupil.key,
        pupil_eckid=row.pupil.eckid,
        assessment=row.assessment,
        date=row.date,
        score=row.score,
        part=row.part,
        level=row.level,
        reference_level=row.reference_level,
    )


def note_answer(model: type[OfferedResult], run: Run, rows: Sequence[Any], reasons: Mapping[str, str]) -> None:
    """Record that ESIS accepted these outcomes, but for those with a reason, by key, why it did not."""
    taken = [row.id for row in rows if row.key not in reasons]
    model.update(pending=False, refusal="", sent_at=run.slot).where(model.id.in_(taken)).execute()
    for reason in set(reasons.values()):
        ids = [row.id for row in rows if reasons.get(row.key) == reason]
        model.update(refusal=reason[:LONGEST_REFUSAL]).where(model.id.in_(ids)).execute()


def told_of(supplier: Supplier, account: SupplierAccount, slot: datetime, late: int) -> str:
    """Record what was refused and why, for the whole night, and what came off ESIS's list."""
    model: Any = supplier.outcome
    refused = (
        model.select(model.refusal, fn.COUNT(model.id))
        .join(supplier.pupil)
        .where(model.school == account, model.refusal != "", waited(supplier, account, slot))
        .group_by(model.refusal)
        .order_by(model.refusal)
        .tuples()
    )
    sentences = [f"{number} geweigerd: {reason}" for reason, number in refused]
    if late:
        sentences.append(f"{late} eerder niet gekoppeld, nu alsnog opgeslagen.")
    return " ".join(sentences)
