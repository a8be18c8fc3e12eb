"""What an EDEXML file makes of pupils and staff, compared with what the location has.

The file speaks about the groups it contains: who is in one of those, and in the file not any more, leaves it; other
groups are left alone. Who has left the school comes in no more, and who was unsubscribed stays so. A pupil without
instroomdatum counts from the first day of the school year (our choice).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.clock import dutch_date
from app.exchange.edexml_records import EdexPerson, EdexPupil, EdexTeacher, Problem, Severity
from app.exchange.edexml_rules import COMBINATION, HISTORIC
from app.school.import_groups import GroupPlan
from app.school.import_sheets import PUPILS, STAFF, Difference, Item, Present, Row, Sheet, State
from app.school.names import full_name

_FIRST, _PREFIX, _LAST, _UNSUBSCRIBED = (
    PUPILS.fields.index(name) for name in ("first_name", "prefix", "last_name", "unsubscribed_on")
)
"""The names stand in the same places in both sheets."""
_FIRST_LENGTH = 64


class PeoplePlan:
    """Plans persons one by one; `problems` holds the warnings, `skipped` counts those who had left."""

    def __init__(self, present: Present, groups: GroupPlan, today: date, year_start: date) -> None:
        self.problems: list[Problem] = []
        self.skipped = 0
        self._present = present
        self._groups = groups
        self._in_file = set(groups.target.values())
        self._today = today
        self._year_start = year_start

    def pupils(self, records: list[EdexPupil]) -> Iterator[Item]:
        """The pupils, without those who had left and are unknown here."""
        for record in records:
            old = self._present.pupils.get(record.key)
            gone = self._has_left(record)
            if gone and old is None:
                self.skipped += 1
                self._warn(record, "heeft de school verlaten en wordt niet overgenomen.")
                continue
            stays_out = old is not None and old[_UNSUBSCRIBED] is not None and record.unsubscribed_on is None
            if gone:
                self._warn(record, "heeft de school verlaten; alleen de gegevens worden bijgewerkt.")
            elif old is not None and stays_out:
                self._warn(record, f"is in ESIS uitgeschreven per {dutch_date(old[_UNSUBSCRIBED])} en blijft dat.")
            row = PUPILS.merged(self._stated_pupil(record, old), old)
            seated = {} if gone or stays_out else self._present.placements.get(record.key, {})
            wanted = [] if gone or stays_out else self._wanted(record)
            yield self._item(PUPILS, record, row, old, seated, wanted)

    def staff(self, records: list[EdexTeacher]) -> Iterator[Item]:
        """The staff."""
        for record in records:
            old = self._present.staff.get(record.key)
            first = record.first_name or (None if old else _first_name(record))
            prefix = record.prefix if record.last_name else None
            stated = (record.key, record.eckid or None, first, prefix, record.last_name or None, record.email or None,
                      None)  # fmt: skip
            row = STAFF.merged(stated, old)
            yield self._item(STAFF, record, row, old, self._present.teaching.get(record.key, {}), self._wanted(record))

    def _has_left(self, record: EdexPupil) -> bool:
        ended = record.unsubscribed_on
        return record.year_group == HISTORIC or (ended is not None and ended < self._today)

    def _stated_pupil(self, record: EdexPupil, old: Row | None) -> Row:
        first: str | None = record.first_name or None
        if first is None and old is None:
            first = (_first_name(record) or record.last_name)[:_FIRST_LENGTH]
            self._warn(record, f"heeft geen roepnaam; '{first}' is gebruikt.")
        return (
            record.key, record.eckid or None, first, record.prefix if record.last_name else None,
            record.last_name or None, record.initials or None, record.birth_date, record.gender,
            self._year_group(record), record.enrolled_from or (None if old else self._year_start),
            record.unsubscribed_on, None,
        )  # fmt: skip

    def _year_group(self, record: EdexPupil) -> str | None:
        """The pupil's own, else that of its group; C and H say nothing about a pupil."""
        if record.year_group not in ("", COMBINATION, HISTORIC):
            return record.year_group
        return next((self._groups.year_group.get(key) for key in record.group_keys), None)

    def _wanted(self, record: EdexPerson) -> list[str]:
        target = self._groups.target
        return list(dict.fromkeys(target[key] for key in (*record.group_keys, *record.composite_keys)))

    def _item(
        self, sheet: Sheet, record: EdexPerson, row: Row, old: Row | None, seated: dict[str, int], wanted: list[str]
    ) -> Item:
        """The item, with the groups that begin and end. A new basisgroep ends the one there was (pupils only)."""
        new_basis = sheet is PUPILS and any(key in self._groups.basis for key in wanted)
        ending = [
            key for key in seated
            if key not in wanted and (key in self._in_file or (new_basis and key in self._groups.basis))
        ]  # fmt: skip
        joins = tuple(key for key in wanted if key not in seated)
        differences = tuple(sheet.differences(old, row)) if old and old != row else ()
        if old and (joins or ending):
            differences += (self._moved(seated, ending, joins),)
        state = State.NEW if old is None else State.CHANGED if differences else State.UNCHANGED
        name = full_name(row[_FIRST], row[_PREFIX], row[_LAST])
        return Item(record.key, name, record.line, state, differences, row, joins, tuple(seated[key] for key in ending))

    def _moved(self, seated: dict[str, int], ending: list[str], joins: tuple[str, ...]) -> Difference:
        def names(keys: set[str]) -> str:
            return ", ".join(sorted(self._groups.names[key] for key in keys)) or "-"

        return Difference("groepen", names(set(seated)), names(set(seated) - set(ending) | set(joins)))

    def _warn(self, record: EdexPupil, sentence: str) -> None:
        self.problems.append(
            Problem(record.line, f"leerling {record.key} ({record.label}) {sentence}", Severity.WARNING)
        )


def _first_name(record: EdexPerson) -> str:
    """For want of a roepnaam: the first of the voornamen, else the initials."""
    return (record.given_names.split() or [record.initials])[0]
