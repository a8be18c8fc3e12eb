"""Changes to a record, and its state at a moment: read from the changes that `models.history` records.

The state at a moment needs no initial copy: it is the 'before' of the first change after it, or the present record. So
the cost depends on the changes since then, not on the number of records.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from peewee import SQL, Select, fn

from app.refusals import Refused
from models.base import BaseModel, database, is_sqlite, locked, unsought
from models.board import Board
from models.bulk import among, light, light_kind, numbers
from models.history import DELETED, Change

Record = TypeVar("Record", bound=BaseModel)


@dataclass(frozen=True)
class FieldChange:
    """One field of a record: its name, and its value before and after (None where there was no record)."""

    name: str
    before: Any
    after: Any


class ChangedMeanwhile(Refused):
    """Somebody else changed the record after it was read: by whom, when, which fields, and its `version` now."""

    def __init__(self, changes: list[Change], fields: list[FieldChange]) -> None:
        last = changes[-1]
        super().__init__(
            f"{last.user} heeft dit intussen gewijzigd. Er is niets opgeslagen; vergelijk eerst uw gegevens met die van "
            f"{last.user}."
        )
        self.user, self.at, self.fields = str(last.user), last.at, fields
        self.version = int(last.id)


def version(record: BaseModel) -> int:
    """A number that changes whenever the record does; 0 for a record that never changed."""
    return _last(type(record), record.id)


def check_unchanged(record: BaseModel, seen: int | None) -> None:
    """Raise `ChangedMeanwhile` when the record changed after version `seen`; with None, do nothing.

    Call it inside the transaction that is going to change the record.
    """
    if seen is None or version(record) == seen:
        return
    later = list(_of(type(record), record.id).where(Change.id > seen))
    if later:
        first, last = json.loads(later[0].before or "{}"), json.loads(later[-1].after or "{}")
        raise ChangedMeanwhile(later, list(differences(type(record), first, last)))


def latest(board_id: int) -> int:
    """The number of the latest change of any record, for `changed_after`; 0 when nothing ever changed.

    Waits for a use case in progress on the board (`access.writing` locks the same row): PostgreSQL numbers a change
    before it commits, so a change of another board may have a higher number and become visible earlier. Every later
    write on the board gets a higher number. Deliveries of results by a supplier are not waited for.
    """
    with database.atomic():
        locked(Board.select(Board.id).where(Board.id == board_id)).first()
        return newest()


def changed_after(board_id: int, seen: int, models: Sequence[type[BaseModel]] = ()) -> bool:
    """Whether anything of the board (of these tables) changed after `seen`, a `latest`; also when that change has been
    deleted since.

    Call it inside the transaction of a use case, which keeps out those still in progress.
    """
    later = Change.select(SQL("1")).where(*_after(board_id, seen))
    if models:
        later = later.where(Change.kind.in_([model._meta.table_name for model in models]))
    return newest() < seen or bool(later.exists())


def newest_after(board_id: int, seen: int) -> int:
    """The number of the latest change of a record of the board after `seen`, the number of a change; 0 without one."""
    number: int | None = Change.select(fn.MAX(Change.id)).where(*_after(board_id, seen)).scalar()
    return number or 0


def _after(board_id: int, seen: int) -> tuple[Any, Any]:
    """Which changes those are: only what came after it is read, whatever the board has."""
    return Change.id > seen, unsought(Change.board) == board_id


def changes_after(seen: int) -> int:
    """How many changes of any board there were after `seen`, about: numbers are skipped too."""
    return newest() - seen


def newest() -> int:
    """The number of the latest change of any board that is to be seen now; 0 without one."""
    number: int | None = Change.select(fn.MAX(Change.id)).scalar()
    return number or 0


def changes_of(record: BaseModel) -> list[Change]:
    """The changes of one record, oldest first."""
    return list(_of(type(record), record.id))


def changes_about(pupil_id: int, limit: int = 500) -> list[Change]:
    """What changed about a pupil, latest first: the pupil, groups, links to guardians, and results added or removed."""
    both = (
        Change.pupil_id == pupil_id,
        Change.from_pupil_id == pupil_id,
    )  # separate queries: each has an index in this order
    found = [one for where in both for one in Change.select().where(where).order_by(Change.id.desc()).limit(limit)]
    return sorted(found, key=lambda change: int(change.id), reverse=True)[:limit]


def state_at(model: type[BaseModel], record_ids: Collection[int], moment: datetime) -> dict[int, Any]:
    """These records as they were at a moment (everything up to and including it); None for those that did not exist.

    Each is a named tuple with the columns of the table (`bulk.light`), because it is used for thousands.
    """
    if not (found := state_now(model, record_ids)):
        return found
    later = (
        Change.select(fn.MIN(Change.id))
        .where(Change.kind == model._meta.table_name, among(Change.record_id, list(record_ids)), Change.at > moment)
        .group_by(Change.record_id)
    )
    first: Any = Change.select(Change.record_id, Change.before).where(Change.id.in_(later)).tuples()
    for number, before in first:
        found[number] = _light_of(model, before)
    return found


def state_now(model: type[BaseModel], record_ids: Collection[int]) -> dict[int, Any]:
    """These records as they are now, in the form of `state_at`."""
    found: dict[int, Any] = dict.fromkeys(record_ids)
    if found:
        found.update((record.id, record) for record in light(model, "id", list(found)))
    return found


def kinds_changed_since(board_id: int, models: Sequence[type[BaseModel]], moment: datetime) -> set[str]:
    """Which of these tables have a record of the board that changed after a moment; each costs one index lookup."""
    names = [model._meta.table_name for model in models]
    later = [
        fn.EXISTS(Change.select(SQL("1")).where(Change.board == board_id, Change.kind == name, Change.at > moment))
        for name in names
    ]
    answers = database.execute(Select(columns=later)).fetchone()
    return {name for name, answer in zip(names, answers, strict=True) if answer}


def any_changed_since(board_id: int, models: Sequence[type[BaseModel]], moment: datetime) -> bool:
    """Whether any record of the board in one of these tables changed after a moment."""
    names = [model._meta.table_name for model in models]
    later = Change.select(SQL("1")).where(Change.board == board_id, Change.kind.in_(names), Change.at > moment)
    return bool(later.exists())


def changed_since(board_id: int, model: type[BaseModel], moment: datetime) -> list[int]:
    """The ids of the board's records that changed after a moment."""
    rows = (
        Change.select(Change.record_id)
        .where(Change.board == board_id, Change.kind == model._meta.table_name, Change.at > moment)
        .distinct()
    )
    return sorted(numbers(rows))


def changes_since(board_id: int, model: type[BaseModel], moment: datetime) -> list[Change]:
    """The changes of the board's records of this kind after a moment, oldest first."""
    rows = Change.select().where(Change.board == board_id, Change.kind == model._meta.table_name, Change.at > moment)
    return list(rows.order_by(Change.id))


def had(change: Change, column: str) -> set[int]:
    """The numbers a record had in a column before and after a change."""
    states = (json.loads(state) for state in (change.before, change.after) if state)
    return {state[column] for state in states if state.get(column) is not None}


def was_deleted(board_id: int, model: type[BaseModel], column: str, value: str) -> bool:
    """Whether a record of this table was deleted that had this text in a column at the time."""
    before = Change.before if is_sqlite() else Change.before.cast("json")
    kept = fn.json_extract(before, f"$.{column}") if is_sqlite() else fn.json_extract_path_text(before, column)
    deleted = Change.select().where(
        Change.board == board_id, Change.kind == model._meta.table_name, Change.action == DELETED, kept == value
    )
    return bool(deleted.exists())


def ever_had(board_id: int, model: type[BaseModel], column: str, number: int) -> bool:
    """Whether any record of this table ever had this number in a column, even if it is gone or has another number
    now.
    """
    kept = [f'"{column}":{space}{number}{end}' for space in ("", " ") for end in (",", "}")]
    named = [state.contains(part) for state in (Change.before, Change.after) for part in kept]
    changes = Change.select().where(Change.board == board_id, Change.kind == model._meta.table_name, reduce(or_, named))
    return bool(changes.exists())


def record_of(model: type[Record], kept: str | None) -> Record | None:
    """A record as kept by a change; None where there was none. Must not be saved."""
    if kept is None:
        return None
    fields = {field.column_name: field.name for field in model._meta.sorted_fields}
    return model(**{fields[name]: value for name, value in _kept_values(model, kept).items()})


def _light_of(model: type[BaseModel], kept: str | None) -> Any:
    return None if kept is None else light_kind(model)(**_kept_values(model, kept))


def _kept_values(model: type[BaseModel], kept: str) -> dict[str, Any]:
    """Values by column, for the columns that exist now; a column added later has its default."""
    data = json.loads(kept)
    return {
        field.column_name: field.python_value(data[field.column_name]) if field.column_name in data else field.default
        for field in model._meta.sorted_fields
    }


def field_changes(change: Change, model: type[BaseModel]) -> list[FieldChange]:
    """The fields whose value a change altered."""
    return list(differences(model, json.loads(change.before or "{}"), json.loads(change.after or "{}")))


def differences(model: type[BaseModel], before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    """The fields that differ, in the order of the table."""
    for field in model._meta.sorted_fields:
        name = field.column_name
        if name != "id" and before.get(name) != after.get(name):
            yield FieldChange(field.name, field.python_value(before.get(name)), field.python_value(after.get(name)))


def _of(model: type[BaseModel], record_id: int) -> Any:
    return (
        Change.select().where(Change.kind == model._meta.table_name, Change.record_id == record_id).order_by(Change.id)
    )


def _last(model: type[BaseModel], record_id: int) -> int:
    latest: int | None = (
        Change.select(fn.MAX(Change.id))
        .where(Change.kind == model._meta.table_name, Change.record_id == record_id)
        .scalar()
    )
    return latest or 0
