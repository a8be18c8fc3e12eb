"""Changes to a pupil's results, in words: typed in, corrected, moved, deleted, excluded (tab Wijzigingen).

A result that moved from one pupil to another is reported at both, in the same words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.clock import dutch_date
from app.exchange.names import full_name
from app.history import record_of
from app.school.assessment import catalogue
from app.school.assessment.catalogue import HAND
from models.assessment import ExcludedResult, Result
from models.history import ADDED, DELETED, Change
from models.school import Pupil

KINDS = (Result._meta.table_name, ExcludedResult._meta.table_name)
"""The tables whose changes are described here."""


def words(change: Change) -> str:
    """One change as a sentence: `Resultaat Lezen groep 6 van 21-1-2020: 57 ingevoerd`."""
    known = catalogue.known(change.board_id)
    if change.kind == KINDS[1]:
        state: dict[str, Any] = json.loads(change.after or change.before or "{}")
        result = _result(int(state["result_id"]))
        about = _about(result, known) if result else "Een resultaat dat er niet meer is"
        return (
            f"{about}: telt weer mee"
            if change.action == DELETED
            else f"{about}: uitgesloten ({state.get('reason', '')})"
        )
    before, after = record_of(Result, change.before), record_of(Result, change.after)
    result = after or before
    assert result is not None, "a change has a state before it, or one after it"
    return f"{_about(result, known)}: {_done(change.action, before, after, known)}"


def _result(result_id: int) -> Result | None:
    """The result, or its last state if it was deleted."""
    found: Result | None = Result.get_or_none(Result.id == result_id)
    if found is not None:
        return found
    gone = Change.get_or_none(Change.kind == KINDS[0], Change.record_id == result_id, Change.action == DELETED)
    return record_of(Result, gone.before) if gone else None


def _about(result: Result, known: Mapping[str, catalogue.Assessment]) -> str:
    item = known.get(result.assessment)
    name = item.name if item else result.assessment
    part = f" ({item.part_name(result.part)})" if item and result.part else ""
    return f"Resultaat {name}{part} van {dutch_date(result.date)}"


def _done(action: str, before: Result | None, after: Result | None, known: Mapping[str, catalogue.Assessment]) -> str:
    was, now = _text(before, known), _text(after, known)
    if action == DELETED:
        return f"{was} verwijderd"
    if action == ADDED and after is not None:
        return f"{now} {'ingevoerd' if after.supplier == HAND else 'overgenomen'}"
    moved = _moved(before, after)
    return ", ".join([*moved, *([f"van {was} naar {now}"] if was != now or not moved else [])])


def _moved(before: Result | None, after: Result | None) -> list[str]:
    if before is None or after is None or before.pupil_id == after.pupil_id:
        return []
    return [f"was van {_name(before.pupil_id)}, hoort bij {_name(after.pupil_id)}"]


def _name(pupil_id: int) -> str:
    """The pupil's name, also after deletion."""
    found: Pupil | None = Pupil.get_or_none(Pupil.id == pupil_id)
    if found is None:
        gone = Change.get_or_none(
            Change.kind == Pupil._meta.table_name, Change.record_id == pupil_id, Change.action == DELETED
        )
        found = record_of(Pupil, gone.before) if gone else None
    return full_name(found.first_name, found.prefix, found.last_name) if found else "een leerling die er niet meer is"


def _text(result: Result | None, known: Mapping[str, catalogue.Assessment]) -> str:
    if result is None:
        return ""
    item = known.get(result.assessment)
    return item.scale_of(result.part).text(result.score, result.level) if item else str(result.score)
