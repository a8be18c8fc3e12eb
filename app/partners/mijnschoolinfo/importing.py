"""Working before the coupling: an EDEXML file or a list of e-mail addresses brings people in (seed 002; rule S).

What is here already by leerlingnummer, or by name and birth date, is left as it is; what the file adds is one's own, until
a first delivery of ESIS recognises it. Once the coupling is on, ESIS leads and nothing is imported any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.access import standing_still
from app.exchange import edexml
from app.exchange.delimited import UnreadableFile
from app.exchange.edexml_records import EdexFile, EdexPupil, EdexTeacher, births
from app.exchange.email import folded_address
from app.exchange.email_list import EmailRow, read_emails
from app.exchange.names import folded
from app.exchange.xml import UnreadableXml
from app.partners.mijnschoolinfo import account
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.mijnschoolinfo.ties import pairs
from app.partners.mijnschoolinfo.upkeep import EsisLeads
from app.refusals import Refused
from models import bulk
from models.base import database
from models.partners.mijnschoolinfo import (
    OWN,
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiMembership,
    MsiPupil,
    MsiSchool,
    MsiStaff,
    MsiTeaching,
)

SHOWN = 5
NEW_DATA = "nieuwe gegevens invoeren doet u"


@dataclass(frozen=True)
class Imported:
    """How many records a file added."""

    groups: int = 0
    pupils: int = 0
    guardians: int = 0
    staff: int = 0

    @property
    def sentence(self) -> str:
        """As in `3 leerlingen, 2 verzorgers toegevoegd`, and a full stop."""
        words = (
            (self.groups, "groep", "groepen"), (self.pupils, "leerling", "leerlingen"),
            (self.guardians, "verzorger", "verzorgers"), (self.staff, "medewerker", "medewerkers"),
        )  # fmt: skip
        parts = [f"{number} {one if number == 1 else more}" for number, one, more in words if number]
        return f"{', '.join(parts)} toegevoegd." if parts else "Niets nieuws: alles staat er al."


def import_file(school: MsiSchool, path: Path) -> Imported:
    """Take over an EDEXML file (`.xml`) or a list of e-mail addresses (`.csv`), in one go.

    Raises `EsisLeads` once the coupling is on, or `Refused` for a file that is not one of these or has errors: nothing is
    taken over then.
    """
    if account.leads(MsiSchool.get_by_id(school.id)):
        raise EsisLeads(NEW_DATA)
    csv = path.suffix.lower() == ".csv"
    rows, file = (_emails(path), None) if csv else ([], _edexml(path))
    with standing_still(school.location.board_id) as now:
        if account.leads(MsiSchool.get_by_id(school.id)):
            raise EsisLeads(NEW_DATA)
        with database.atomic():
            _check([str(problem) for problem in births(file.pupils if file is not None else rows, now.date())])
            arriving = _Arriving(school, now.date())
            return arriving.edexml(file) if file is not None else arriving.emails(rows)


def _emails(path: Path) -> list[EmailRow]:
    try:
        table = read_emails(path)
    except UnreadableFile as wrong:
        raise Refused(str(wrong), field="file") from None
    _check([str(problem) for problem in table.problems])
    return table.records


def _edexml(path: Path) -> EdexFile:
    try:
        file = edexml.read(path)
    except UnreadableXml as wrong:
        raise Refused(str(wrong), field="file") from None
    if file.problems.has_errors:
        _check([str(problem) for problem in file.problems if problem.severity == "fout"])
    return file


def _check(problems: list[str]) -> None:
    if problems:
        more = f" En nog {len(problems) - SHOWN}." if len(problems) > SHOWN else ""
        raise Refused(
            f"Het bestand heeft fouten; er is niets overgenomen. {' '.join(problems[:SHOWN])}{more}", field="file"
        )


class _Arriving:
    """One file being taken over."""

    def __init__(self, school: MsiSchool, day: date) -> None:
        self._school, self._day, self._done = school, day, Imported()
        pupils = list(MsiPupil.select().where(MsiPupil.school == school))
        self._by_key = {row.key: row for row in pupils if row.key}
        self._by_name = {(folded(full_name(row)), row.birth_date): row for row in pupils}
        self._groups = {folded(row.name): row for row in MsiGroup.select().where(MsiGroup.school == school)}

    def edexml(self, file: EdexFile) -> Imported:
        groups = {item.key: self._group(item.name, item.key) for item in file.groups}
        members: set[tuple[int, int]] = set()
        teaching: set[tuple[int, int]] = set()
        for person in file.pupils:
            pupil = self._pupil(_as_row(person))
            for key in (*person.group_keys, *person.composite_keys):
                members.add((groups[key].id, pupil.id))
        for teacher in file.teachers:
            member = self._member(teacher)
            teaching.update((groups[key].id, member.id) for key in (*teacher.group_keys, *teacher.composite_keys))
        bulk.insert_missing(MsiMembership, pairs(members, "group", "pupil"), key=("group", "pupil"))
        bulk.insert_missing(MsiTeaching, pairs(teaching, "group", "staff"), key=("group", "staff"))
        return self._done

    def emails(self, rows: Iterable[EmailRow]) -> Imported:
        for row in rows:
            pupil = self._pupil(row)
            if row.guardian:
                self._guardian(row, pupil)
        return self._done

    def _group(self, name: str, key: str) -> MsiGroup:
        group = self._groups.get(folded(name))
        if group is None:
            group = MsiGroup.create(school=self._school, since=self._day, name=name[:64], key=key[:256])
            self._groups[folded(name)] = group
            self._count(groups=True)
        return group

    def _pupil(self, row: EmailRow) -> MsiPupil:
        name = folded(row.first_name, row.prefix, row.last_name)
        pupil = self._by_key.get(row.key) or self._by_name.get((name, row.birth_date))
        if pupil is None:
            pupil = MsiPupil.create(
                school=self._school, since=self._day, key=row.key, first_name=row.first_name, prefix=row.prefix,
                last_name=row.last_name, birth_date=row.birth_date,
            )  # fmt: skip
            self._count(pupils=True)
            self._by_name[name, row.birth_date] = pupil
            if row.key:
                self._by_key[row.key] = pupil
        return pupil

    def _member(self, teacher: EdexTeacher) -> MsiStaff:
        here: MsiStaff | None = MsiStaff.get_or_none(MsiStaff.school == self._school, MsiStaff.key == teacher.key)
        if here is None:
            here = MsiStaff.create(
                school=self._school, since=self._day, key=teacher.key, first_name=teacher.first_name[:64],
                prefix=teacher.prefix[:10], last_name=teacher.last_name[:200] or teacher.key[:200], email=teacher.email,
            )  # fmt: skip
            self._count(staff=True)
        return here

    def _guardian(self, row: EmailRow, pupil: MsiPupil) -> None:
        guardian = MsiGuardian.get_or_none(
            MsiGuardian.school == self._school, MsiGuardian.sort_name == folded(row.guardian),
            MsiGuardian.email_folded == folded_address(row.email),
        )  # fmt: skip
        if guardian is None:
            guardian = MsiGuardian.create(school=self._school, since=self._day, name=row.guardian, email=row.email)
            self._count(guardians=True)
        link = {"guardian": guardian.id, "pupil": pupil.id, "origin": OWN}
        bulk.insert_missing(MsiLink, [link], key=("guardian", "pupil"))

    def _count(self, **new: bool) -> None:
        self._done = replace(self._done, **{name: getattr(self._done, name) + was for name, was in new.items()})


def _as_row(person: EdexPupil) -> EmailRow:
    first = person.first_name or person.given_names or person.initials or "-"
    return EmailRow(
        person.line, person.key[:250], first[:64], person.prefix[:10], person.last_name[:200] or "-", person.birth_date, "", ""
    )  # fmt: skip
