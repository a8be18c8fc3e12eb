"""Adding what a file has and Mijnschoolinfo lacks (sources.md#mijnschoolinfo, S): groups, people and their links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.counted import counted
from app.exchange import lengths
from app.exchange.edexml_records import EdexFile, EdexGroup, EdexPupil, EdexTeacher
from app.exchange.email_list import EmailRow
from app.exchange.identity import Carer, Person
from app.exchange.recognising import Register
from app.partners.mijnschoolinfo import arriving, matching
from app.partners.mijnschoolinfo.arriving import OF_GUARDIAN, Arrival, Choices, Sorted, Undecided
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.mijnschoolinfo.ties import pairs
from app.refusals import Refused
from models import bulk
from models.base import BaseModel
from models.partners.mijnschoolinfo import (
    OWN,
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiMembership,
    MsiPupil,
    MsiRecord,
    MsiSchool,
    MsiStaff,
    MsiTeaching,
)


@dataclass(frozen=True)
class Imported:
    """How many records a file added."""

    groups: int = 0
    pupils: int = 0
    guardians: int = 0
    staff: int = 0
    remarks: tuple[str, ...] = ()
    """Points of attention, though nothing was refused."""

    @property
    def sentence(self) -> str:
        """The counts as a sentence with a full stop, as in `3 leerlingen, 2 verzorgers toegevoegd`."""
        words = (
            (self.groups, "groep", "groepen"),
            (self.pupils, "leerling", "leerlingen"),
            (self.guardians, "verzorger", "verzorgers"),
            (self.staff, "medewerker", "medewerkers"),
        )
        parts = [counted(number, one, more) for number, one, more in words if number]
        return f"{', '.join(parts)} toegevoegd." if parts else "Niets nieuws: alles staat er al."


class FileTaking:
    """The state of importing one file."""

    def __init__(self, school: MsiSchool, day: date, choices: Choices) -> None:
        self._school, self._day, self._choices = school, day, choices

    def edexml(self, file: EdexFile) -> Imported:
        """Import pupils, groups and staff. Raises as `import_file` does."""
        people = list(file.pupils)
        rows = dict(zip(arriving.keys(person.line for person in people), map(_as_row, people), strict=True))
        found = self._decided(rows, self._sorted_pupils(rows))
        pupils, new_pupils = self._pupils(rows, found)
        groups, new_groups = self._groups(file.groups)
        teachers = list(file.teachers)
        staff, new_staff = self._staff(teachers)
        self._tie(
            MsiMembership,
            "pupil",
            (
                (groups[key], pupils[line])
                for line, person in zip(rows, people, strict=True)
                if line in pupils
                for key in (*person.group_keys, *person.composite_keys)
            ),
        )
        self._tie(
            MsiTeaching,
            "staff",
            (
                (groups[key], staff[teacher.key])
                for teacher in teachers
                for key in (*teacher.group_keys, *teacher.composite_keys)
            ),
        )
        return Imported(new_groups, new_pupils, staff=new_staff, remarks=tuple(found.remarks))

    def emails(self, lines: Sequence[EmailRow]) -> Imported:
        """Import pupils and their guardians. Raises as `import_file` does."""
        rows = dict(zip(arriving.keys(row.line for row in lines), lines, strict=True))
        pupils = self._sorted_pupils(rows)
        guardians = self._sorted_guardians(rows, pupils)
        found = self._decided(rows, pupils, guardians)
        here, new_pupils = self._pupils(rows, found)
        carers = {line + OF_GUARDIAN: row for line, row in rows.items() if row.guardian}
        caring, new_guardians = self._new(
            MsiGuardian,
            guardians,
            {
                key: {"name": row.guardian, "email": row.email or _email(guardians.said.get(key))}
                for key, row in carers.items()
            },
        )
        links = {(caring[key], here[key.removesuffix(OF_GUARDIAN)]) for key in carers if key in caring}
        bulk.insert_missing(
            MsiLink, ({**row, "origin": OWN} for row in pairs(links, "guardian", "pupil")), key=("guardian", "pupil")
        )
        return Imported(0, new_pupils, new_guardians, remarks=tuple(found.remarks))

    def _sorted_pupils(self, rows: Mapping[str, EmailRow]) -> Sorted:
        here = MsiPupil.select().where(MsiPupil.school == self._school)
        names = {row.id: full_name(row) for row in here}
        arrivals = [
            Arrival(
                line, full_name(row), clock.dutch_date(row.birth_date) if row.birth_date else "", matching.person(row)
            )
            for line, row in rows.items()
        ]
        register = Register(matching.pupils(self._school))
        return arriving.sort_out(Kind.PUPIL, arrivals, register, names, self._choices)

    def _sorted_guardians(self, rows: Mapping[str, EmailRow], pupils: Sorted) -> Sorted:
        """Identify guardians on lines whose pupil is known by now, as the child helps to identify them."""
        here = list(matching.guardians(self._school))
        names = {number: carer.name for number, carer in here}
        arrivals = [
            Arrival(
                line + OF_GUARDIAN,
                row.guardian,
                row.email,
                Carer(row.guardian, row.email, frozenset({pupils.who[line]})),
            )
            for line, row in rows.items()
            if row.guardian and pupils.who.get(line) is not None
        ]
        return arriving.sort_out(Kind.GUARDIAN, arrivals, Register(here), names, self._choices)

    def _decided(self, rows: Mapping[str, EmailRow], *parts: Sorted) -> Sorted:
        """Combine all decisions; raises `Undecided` while there are questions, `Refused` for a choice about no line."""
        known = {*rows, *(line + OF_GUARDIAN for line, row in rows.items() if row.guardian)}
        if loose := sorted(self._choices.keys() - known):
            raise Refused(f"Het bestand heeft geen regel {loose[0]} om over te kiezen.", field="file")
        if questions := [one for part in parts for one in part.questions]:
            raise Undecided(questions)
        who = {key: one for part in parts for key, one in part.who.items()}
        said = {key: one for part in parts for key, one in part.said.items()}
        return Sorted(who, said, [], [remark for part in parts for remark in part.remarks])

    def _pupils(self, rows: Mapping[str, EmailRow], found: Sorted) -> tuple[dict[str, int], int]:
        return self._new(
            MsiPupil,
            found,
            {
                line: {
                    "key": row.key,
                    "first_name": row.first_name,
                    "prefix": row.prefix,
                    "last_name": row.last_name,
                    "birth_date": row.birth_date or _birth_date(found.said.get(line)),
                }
                for line, row in rows.items()
            },
        )

    def _new(
        self, model: type[MsiRecord], found: Sorted, values: Mapping[str, Mapping[str, Any]]
    ) -> tuple[dict[str, int], int]:
        """The id of everybody on these lines who is not skipped, and how many were created."""
        leaders = {found.who[key] for key in values if isinstance(found.who.get(key), str)}
        made = {
            key: model.create(school=self._school, since=self._day, **values[key]).id
            for key in values
            if key in leaders
        }
        ids = {key: found.who.get(key) for key in values}
        return {key: made[one] if isinstance(one, str) else one for key, one in ids.items() if one is not None}, len(
            made
        )

    def _groups(self, groups: Sequence[EdexGroup]) -> tuple[dict[str, int], int]:
        here = MsiGroup.select().where(MsiGroup.school == self._school).order_by(MsiGroup.id)
        found = matching.same_groups({group.key: group for group in groups}, here)
        new = {
            group.key: MsiGroup.create(
                school=self._school, since=self._day, name=group.name[: lengths.GROUP_NAME], key=group.key[:256]
            ).id
            for group in groups
            if group.key not in found
        }
        return {**found, **new}, len(new)

    def _staff(self, teachers: Sequence[EdexTeacher]) -> tuple[dict[str, int], int]:
        here = MsiStaff.select().where(MsiStaff.school == self._school).order_by(MsiStaff.id)
        found = matching.same_staff({teacher.key: teacher for teacher in teachers}, here)
        new = {
            one.key: MsiStaff.create(
                school=self._school,
                since=self._day,
                key=one.key,
                first_name=one.first_name[: lengths.FIRST_NAME],
                prefix=one.prefix[: lengths.PREFIX],
                last_name=one.last_name[: lengths.LAST_NAME] or one.key[: lengths.LAST_NAME],
                email=one.email,
            ).id
            for one in teachers
            if one.key not in found
        }
        return {**found, **new}, len(new)

    @staticmethod
    def _tie(model: type[BaseModel], other: str, numbers: Iterable[tuple[int, int]]) -> None:
        bulk.insert_missing(model, pairs(set(numbers), "group", other), key=("group", other))


def _birth_date(said: Person | Carer | None) -> date | None:
    """The birth date from another line of the pupil."""
    return said.birth_date if isinstance(said, Person) else None


def _email(said: Person | Carer | None) -> str:
    """The e-mail address from another line of the guardian."""
    return said.email if isinstance(said, Carer) else ""


def _as_row(person: EdexPupil) -> EmailRow:
    first = person.first_name or person.given_names or person.initials or "-"
    return EmailRow(
        person.line,
        person.key[:250],
        first[: lengths.FIRST_NAME],
        person.prefix[: lengths.PREFIX],
        person.last_name[: lengths.LAST_NAME] or "-",
        person.birth_date,
        "",
        "",
    )
