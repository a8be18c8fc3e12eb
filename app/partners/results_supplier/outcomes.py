"""Outcomes at a supplier, identified by pupil, assessment, part and day, never by key.

ESIS knows an outcome by its key, so the key stays when the outcome moves to another pupil or an account gets another
number; a later outcome whose key is taken gets the next one (`...-2`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from peewee import chunked

from app.partners.results_supplier.supplier import Supplier
from app.partners.talents import Talents
from fixtures.assessments import Assessment
from models import bulk
from models.shared import SupplierAccount

LONGEST_KEY = 256


def waiting(since: datetime) -> dict[str, Any]:
    """The columns of an outcome that must go to ESIS, for the first time or again."""
    return {"pending": True, "waits_since": since, "refusal": ""}


def made(
    supplier: Supplier, account: SupplierAccount, pupil: Any, assessment: Assessment, at: datetime, talents: Talents
) -> list[dict[str, Any]]:
    """The rows of the outcomes of one sitting, the whole assessment first."""
    day = at.date()
    return [
        {
            "school": account.id,
            "pupil": pupil.id,
            "key": _key(supplier, account, pupil, assessment, day, one.part),
            "assessment": assessment.id,
            "part": one.part,
            "date": day,
            "level": one.level,
            "score": one.score,
            "reference_level": one.reference_level,
            **waiting(at),
        }
        for one in supplier.scores(talents, pupil.key, assessment, day)
    ]


def _key(supplier: Supplier, account: SupplierAccount, pupil: Any, assessment: Assessment, day: date, part: str) -> str:
    """`IEP-99QQ00-1042-rekenen-6-20200121-getallen`; the pupil's key is hashed if it would not fit.

    Uses the location's BRIN6, not the account's, which may be changed there: one sitting has one key.
    """
    begin = f"{supplier.key_prefix}{account.location.brin6}"
    tail = f"{assessment.id}-{day:%Y%m%d}" + (f"-{part}" if part else "")
    key = f"{begin}-{pupil.key}-{tail}"
    return key if len(key) <= LONGEST_KEY else f"{begin}-{sha256(pupil.key.encode()).hexdigest()}-{tail}"


def keep(model: Any, rows: Sequence[dict[str, Any]]) -> int:
    """Add the outcomes of one account for pupils who have none of that assessment, part and day; returns how many."""
    return sum(_keep(model, part) for part in chunked(rows, bulk.CHUNK))


def _keep(model: Any, rows: Sequence[dict[str, Any]]) -> int:
    mine = model.school == rows[0]["school"]
    pupils = bulk.among(model.pupil, sorted({row["pupil"] for row in rows}))
    sat: set[tuple[Any, ...]] = set(
        model.select(model.pupil, model.assessment, model.part, model.date)
        .where(mine, pupils, model.date.in_({row["date"] for row in rows}))
        .tuples()
    )
    new = [row for row in rows if (row["pupil"], row["assessment"], row["part"], row["date"]) not in sat]
    asked = bulk.among(model.key, [row["key"] for row in new])
    taken = {key for (key,) in model.select(model.key).where(mine, asked).tuples()}
    return bulk.insert(model, list(_with_free_keys(model, mine, new, taken)))


def _with_free_keys(model: Any, mine: Any, rows: Iterable[dict[str, Any]], taken: set[str]) -> Iterable[dict[str, Any]]:
    for row in rows:
        key, number = row["key"], 1
        while key in taken or (number > 1 and model.select().where(mine, model.key == key).exists()):
            number += 1
            tail = f"-{number}"
            key = f"{row['key'][: LONGEST_KEY - len(tail)]}{tail}"
        taken.add(key)
        yield {**row, "key": key}
