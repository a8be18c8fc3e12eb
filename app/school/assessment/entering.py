"""Results typed in by hand (menu: Toetsresultaten invoeren): one group, one assessment, one day.

A typed result has supplier `hand` and the key `hand:<assessment>:<part>:<pupil's id>:<date>`, so typing again replaces
it, and the old value is kept (`ReplacedResult`). It does not change a delivered result of the same sitting;
`app/school/assessment/counting.py` decides which of the two counts. Levels of the catalogue's assessments follow from
the norm tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.access import Actor, writing
from app.exchange.uwlr import ResultData
from app.history import ChangedMeanwhile, FieldChange, record_of
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment import results
from app.school.assessment.catalogue import HAND
from app.school.assessment.entry_sheets import EntryRow, EntrySheet, Values, check_day, sheet
from app.school.assessment.matching import impossible
from models.assessment import Result
from models.history import Change
from models.school import Pupil


@dataclass(frozen=True)
class Saved:
    """How many results were new, changed and deleted."""

    new: int
    changed: int
    deleted: int

    @property
    def sentence(self) -> str:
        """`24 ingevoerd, 1 gewijzigd.`."""
        counts = ((self.new, "ingevoerd"), (self.changed, "gewijzigd"), (self.deleted, "verwijderd"))
        told = ", ".join(f"{number} {word}" for number, word in counts if number)
        return f"{told}." if told else "Er was niets te wijzigen."


def emptied(sheet: EntrySheet, typed: Mapping[str, str]) -> list[str]:
    """The names of the pupils whose result would be deleted."""
    return [row.name for row in sheet.rows if row.text and not typed.get(row.field, row.text).strip()]


def save(actor: Actor, shown: EntrySheet, typed: Mapping[str, str], seen: int | None = None) -> Saved:
    """Store the lines that differ from what was shown, all or none; an emptied line deletes its result.

    Raises `Refused` naming the line at fault, `NotFound` when this can no longer be typed in, and `ChangedMeanwhile`
    when somebody else changed one of these lines after `seen`.
    """
    with writing(actor, Permission.ENTER_RESULTS) as now:
        check_day(actor, shown.group, shown.day)
        fresh = sheet(actor, shown.group.id, shown.subtest.assessment.id, shown.subtest.part, shown.day)
        before = {row.field: row.text for row in shown.rows}
        mine = {
            row: typed[row.field]
            for row in fresh.rows
            if row.field in typed and typed[row.field].strip() != before.get(row.field, "")
        }
        _check_meanwhile(shown, mine, seen)
        values = {row: _read(shown, row, text) for row, text in mine.items()}
        _check_possible([row for row, value in values.items() if value is not None], shown.day)
        deleted = _delete(actor, [_key(shown, row) for row, value in values.items() if value is None])
        kept = [(_data(shown, row, value), row.pupil_id) for row, value in values.items() if value is not None]
        receipt = results.store_entered(actor.location, kept, now)
    return Saved(receipt.stored, receipt.replaced, deleted)


def _check_meanwhile(shown: EntrySheet, mine: Collection[EntryRow], seen: int | None) -> None:
    """Raise `ChangedMeanwhile` for a conflict; `mine` are the current lines."""
    if seen is None:
        return
    keys = {_key(shown, row) for row in mine}
    later = (
        Change.select()
        .where(
            Change.kind == Result._meta.table_name,
            Change.id > seen,
            Change.pupil_id.in_([row.pupil_id for row in mine]),
        )
        .order_by(Change.id)
    )
    changes = [change for change in later if _key_in(change) in keys]
    before = {row.field: row.text for row in shown.rows}
    fields = [FieldChange(row.field, before.get(row.field, ""), row.text) for row in mine]
    differ = [one for one in fields if one.before != one.after]
    if changes and differ:
        raise ChangedMeanwhile(changes, differ)


def _check_possible(mine: Collection[EntryRow], day: date) -> None:
    pupils = {pupil.id: pupil for pupil in Pupil.select().where(Pupil.id.in_([row.pupil_id for row in mine]))}
    for row in mine:
        if why := impossible(pupils[row.pupil_id], day):
            raise Refused(f"{row.name}: {why}", field=row.field)


def _key_in(change: Change) -> str:
    result = record_of(Result, change.after or change.before)
    return str(result.supplier_key) if result else ""


def _read(shown: EntrySheet, row: EntryRow, text: str) -> Values | None:
    try:
        return shown.subtest.read(text, shown.day)
    except Refused as refusal:
        raise Refused(f"{row.name}: {refusal.sentence}", field=row.field) from None


def _key(shown: EntrySheet, row: EntryRow) -> str:
    subtest = shown.subtest
    return f"{HAND}:{subtest.assessment.id}:{subtest.part}:{row.pupil_id}:{shown.day.isoformat()}"


def _data(shown: EntrySheet, row: EntryRow, value: Values) -> ResultData:
    return ResultData(
        key=_key(shown, row),
        pupil_key=row.key,
        pupil_eckid="",
        assessment=shown.subtest.assessment.id,
        date=shown.day,
        score=value.score,
        part=shown.subtest.part,
        level=value.level,
        reference_level=value.reference_level,
    )


def _delete(actor: Actor, keys: list[str]) -> int:
    mine = (Result.location == actor.location) & (Result.supplier == HAND) & Result.supplier_key.in_(keys)
    return int(Result.delete().where(mine).execute())
