"""Changes to a pupil, in words: the pupil, groups, guardians and results (tab Wijzigingen)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock, history
from app.access import Actor
from app.history import FieldChange
from app.permissions import Permission
from app.school.assessment import result_history
from app.school.people.pupil_form import Gender
from models.columns import labels
from models.history import ADDED, DELETED, Change
from models.school import Group, Guardian, Placement, Pupil, PupilGuardian

LABELS = labels(Pupil, Guardian, PupilGuardian)
EMPTY = "(leeg)"


@dataclass(frozen=True)
class ChangeLine:
    """One change, as a line of a list."""

    at: datetime
    user: str
    source: str
    what: str


def as_it_was(pupil_id: int, moment: datetime) -> list[tuple[str, str]]:
    """The pupil at a moment, that moment's changes included: label and value; empty if the pupil did not exist."""
    then = history.state_at(Pupil, [pupil_id], moment)[pupil_id]
    if then is None:
        return []
    columns = sorted(labels(Pupil), key=lambda name: name in ("key", "eckid"))  # the numbers last
    return [(label, text or EMPTY) for label, text in facts(then, *(name for name in columns if name != "location"))]


def facts(pupil: Any, *columns: str) -> list[tuple[str, str]]:
    """Labels and values of a pupil's columns, in words; empty for None."""
    return [(LABELS[name], _words_of(name, getattr(pupil, name))) for name in columns]


def lines(actor: Actor, pupil: Pupil) -> list[ChangeLine]:
    """Changes to a pupil, latest first; its results only for users who may see those."""
    changes = history.changes_about(pupil.id) + _of_guardians(pupil)
    if not actor.may(Permission.VIEW_RESULTS):
        changes = [change for change in changes if change.kind not in result_history.KINDS]
    changes.sort(key=lambda change: change.id, reverse=True)
    names = _Names()
    return [
        ChangeLine(change.at, change.user, change.source, what)
        for change in changes
        if (what := "; ".join(_words(change, names)))
    ]


class _Names:
    """The names of groups and guardians that changes refer to by id."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, int], str] = {}

    def of(self, model: type[Group] | type[Guardian], number: int | None) -> str:
        if number is None:
            return "?"
        if (model, number) not in self._known:
            row = model.get_or_none(model.id == number)
            self._known[(model, number)] = row.name if row else self._last(model, number)
        return self._known[(model, number)]

    @staticmethod
    def _last(model: type[Group] | type[Guardian], number: int) -> str:
        """The last state of a deleted record."""
        gone = Change.get_or_none(
            Change.kind == model._meta.table_name, Change.record_id == number, Change.action == DELETED
        )
        return str(json.loads((gone and gone.before) or "{}").get("name", "?"))


def _of_guardians(pupil: Pupil) -> list[Change]:
    mine = PupilGuardian.select(PupilGuardian.guardian).where(PupilGuardian.pupil == pupil)
    return list(
        Change.select().where(Change.kind == "guardian", Change.record_id.in_(mine), Change.action == "changed")
    )


def _words(change: Change, names: _Names) -> Iterator[str]:
    state: dict[str, Any] = json.loads(change.after or change.before or "{}")
    if change.kind == "pupil":
        yield from _pupil_words(change)
    elif change.kind == "placement":
        yield from _placement_words(change, state, names)
    elif change.kind == "pupil_guardian":
        who = names.of(Guardian, state.get("guardian_id"))
        verb = {ADDED: "toegevoegd", DELETED: "weggehaald"}.get(change.action, "gewijzigd")
        yield f"Verzorger {who} {verb}"
    elif change.kind in result_history.KINDS:
        yield result_history.words(change)
    else:
        who = state.get("name", "")
        yield f"Verzorger {who}: " + ", ".join(map(_told, history.field_changes(change, Guardian)))


def _pupil_words(change: Change) -> Iterator[str]:
    if change.action == ADDED:
        yield "Leerling toegevoegd"
    elif change.action == DELETED:
        yield "Leerling verwijderd"
    else:
        yield from map(_told, history.field_changes(change, Pupil))


def _placement_words(change: Change, state: dict[str, Any], names: _Names) -> Iterator[str]:
    group, year = names.of(Group, state.get("group_id")), state.get("school_year", "")
    if change.action == ADDED:
        yield f"In groep {group} ({year}) geplaatst"
    elif change.action == DELETED:
        yield f"Uit groep {group} ({year}) gehaald"
    else:
        before = next((one for one in history.field_changes(change, Placement) if one.name == "group"), None)
        was = names.of(Group, before.before) if before else "?"
        yield f"Groep: {was} → {group} ({year})"


def _told(change: FieldChange) -> str:
    before, after = (_words_of(change.name, value) or EMPTY for value in (change.before, change.after))
    return f"{LABELS.get(change.name, change.name)}: {before} → {after}"


def _words_of(name: str, value: Any) -> str:
    if name == "gender" and value in list(Gender):
        return Gender(value).label
    if isinstance(value, date):
        return clock.dutch_date(value)
    return "" if value is None else str(value)
