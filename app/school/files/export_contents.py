"""The contents of an EDEXML export of a location, as a stream of records: who is included, with which groups.

See `app/school/files/exports.py` for the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from peewee import JOIN, fn

from app.access import Actor
from app.exchange.edexml_records import EdexGroup, EdexPupil, EdexTeacher
from app.exchange.edexml_rules import COMBINATION, FIRST_SCHOOL_YEAR, HISTORIC, LAST_SCHOOL_YEAR, PRIMARY
from app.refusals import Refused
from app.school import years
from app.school.groups import GroupKind, natural_key, year_groups_of
from app.school.people.status import Status, has_left, has_status
from models import bulk
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember

PROGRESS_EVERY = 1_000
Progress = Callable[[int], None]
"""Called now and then with the number of rows written."""


def travels(group: Group) -> bool:
    """Whether the group is visible to other programs."""
    return group.kind == GroupKind.BASIS or bool(group.available_to_couplings)


class Contents:
    """The contents of one file, read in the caller's transaction; counts what it yielded."""

    def __init__(self, actor: Actor, chosen: Sequence[Group], today: date, leavers: bool) -> None:
        self._location = actor.location
        self._today = today
        self.year = years.working_year(actor.location, today)
        self.groups = {group.id: group for group in self._groups(chosen)}
        self._place = {id: place for place, id in enumerate(self.groups)}
        self._chosen = bool(chosen)
        self._who = self._conditions(leavers)
        self._fill_year_groups()
        self.warnings: list[str] = []
        self.written = self.left = 0
        if not FIRST_SCHOOL_YEAR <= self.year <= LAST_SCHOOL_YEAR:
            self.warnings.append(
                f"EDEXML 2.1 kent de schooljaren {FIRST_SCHOOL_YEAR} tot en met {LAST_SCHOOL_YEAR}. Een programma dat "
                f"daarop let, kan dit bestand van {self.year} weigeren."
            )

    def _groups(self, chosen: Sequence[Group]) -> list[Group]:
        there = Group.select().where(Group.location == self._location, Group.school_year == self.year)
        # Instruction and other groups together: the standard does not distinguish them.
        ordered = sorted(there, key=lambda group: (group.kind != GroupKind.BASIS, natural_key(group.name), group.key))
        if not chosen:
            return [group for group in ordered if travels(group)]
        wanted = {group.id for group in chosen}
        groups = [group for group in ordered if group.id in wanted]
        for group in groups:
            if not travels(group):
                raise Refused(
                    f"Groep {group.name} is niet 'In koppelingen beschikbaar' en gaat niet mee in een EDEXML-"
                    "bestand. Zet dat aan bij Beheer > Inrichten > Groepen en onderwijssoorten.",
                    field="group",
                )
        return groups

    def _conditions(self, leavers: bool) -> list[Any]:
        who = has_status(Status.ENROLLED, self._today)
        if leavers:
            left = has_status(Status.UNSUBSCRIBED, self._today)
            who = who | (left & (Pupil.unsubscribed_on >= years.first_day(self.year)))
        conditions = [Pupil.location == self._location, who]
        if self._chosen:
            sitting = Placement.select(Placement.pupil).where(Placement.group.in_(list(self.groups)))
            conditions.append(Pupil.id.in_(sitting))
        return conditions

    def _fill_year_groups(self) -> None:
        """Give a basisgroep without year groups those of its pupils, as the import would."""
        bare = [group.id for group in self.groups.values() if group.kind == GroupKind.BASIS and not group.year_groups]
        query: Any = (
            Placement.select(Placement.group, Pupil.year_group)
            .join(Pupil)
            .where(Placement.group.in_(bare), has_status(Status.ENROLLED, self._today))
            .distinct()
            .tuples()
        )
        found: dict[int, set[str]] = {}
        for group, year_group in query if bare else ():
            found.setdefault(group, set()).add(year_group)
        for group, there in found.items():
            self.groups[group].year_groups = ",".join(name for name in PRIMARY if name in there)

    def group_records(self) -> Iterator[EdexGroup]:
        """The groups, basisgroepen first."""
        for group in self.groups.values():
            there = year_groups_of(group)
            if group.kind != GroupKind.BASIS:
                yield EdexGroup(0, group.key, group.name, "", True)
            elif len(there) == 1:
                yield EdexGroup(0, group.key, group.name, there[0], False)
            else:
                yield EdexGroup(0, group.key, group.name, COMBINATION, False, there)

    def pupils(self, progress: Progress) -> Iterator[EdexPupil]:
        """The pupils in order of leerlingnummer."""
        doubled = self._doubled_eckids()
        for rows in self._rows():
            pupil = self._pupil(rows)
            self.written += 1
            if self.written % PROGRESS_EVERY == 0:
                progress(self.written)
            yield replace(pupil, eckid="") if pupil.eckid in doubled else pupil

    def _rows(self) -> Iterator[list[tuple[Any, ...]]]:
        """For each pupil one row per group, or one without a group."""
        sits = (Placement.pupil == Pupil.id) & (Placement.school_year == self.year)
        query = (
            Pupil.select(
                Pupil.key,
                Pupil.eckid,
                Pupil.first_name,
                Pupil.prefix,
                Pupil.last_name,
                Pupil.initials,
                Pupil.birth_date,
                Pupil.gender,
                Pupil.year_group,
                Pupil.enrolled_from,
                Pupil.unsubscribed_on,
                Placement.group,
            )
            .join(Placement, JOIN.LEFT_OUTER, on=sits)
            .where(*self._who)
            .order_by(bulk.in_byte_order(Pupil.key))
        )
        return (list(rows) for _, rows in groupby(bulk.stream(query), key=itemgetter(0)))

    def _pupil(self, rows: list[tuple[Any, ...]]) -> EdexPupil:
        key, eckid, first, prefix, last, initials, born, gender, year_group, enrolled_from, unsubscribed_on, _ = rows[0]
        ended = bulk.as_date(unsubscribed_on)
        gone = has_left(ended, self._today)
        self.left += gone
        base, composites = ((), ()) if gone else self._split(row[-1] for row in rows)
        return EdexPupil(
            line=0,
            key=key,
            eckid=eckid,
            first_name=first,
            given_names="",
            initials=initials,
            prefix=prefix,
            last_name=last,
            group_keys=base,
            composite_keys=composites,
            birth_date=bulk.as_date(born),
            gender=gender,
            year_group=HISTORIC if gone else year_group or self._year_group(rows),
            location_key="",
            enrolled_from=bulk.as_date(enrolled_from),
            unsubscribed_on=ended,
        )

    def _year_group(self, rows: list[tuple[Any, ...]]) -> str:
        """The pupil's year group, otherwise that of the group, as the import does."""
        groups = [self.groups[row[-1]] for row in rows if row[-1] in self.groups]
        of_base = [year_groups_of(group) for group in groups if group.kind == GroupKind.BASIS]
        single = of_base[0][0] if of_base and len(of_base[0]) == 1 else ""
        return "" if single == HISTORIC else single

    def _split(self, ids: Iterator[int | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Split these into keys of basisgroepen and of other groups, in file order."""
        known = sorted((id for id in ids if id in self._place), key=self._place.__getitem__)
        groups = [self.groups[id] for id in known]
        base = tuple(group.key for group in groups if group.kind == GroupKind.BASIS)
        return base, tuple(group.key for group in groups if group.kind != GroupKind.BASIS)

    def _doubled_eckids(self) -> frozenset[str]:
        """ECK iDs shared by several of these pupils: the standard allows each once, so then none of them gets it."""
        query = (
            Pupil.select(Pupil.eckid)
            .where(*self._who, Pupil.eckid != "")
            .group_by(Pupil.eckid)
            .having(fn.COUNT(Pupil.id) > 1)
        )
        found = frozenset(row.eckid for row in query)
        if found:
            self._warn_doubled("leerlingen", len(found))
        return found

    def staff(self) -> list[EdexTeacher]:
        """The active staff, in order of key; for chosen groups only their teachers."""
        before: dict[int, list[int]] = {}
        for row in GroupTeacher.select().where(GroupTeacher.group.in_(list(self.groups))):
            before.setdefault(row.staff_id, []).append(row.group_id)
        people = StaffMember.select().where(StaffMember.location == self._location, StaffMember.active)
        members = sorted((one for one in people if one.id in before or not self._chosen), key=lambda one: str(one.key))
        times = Counter(member.eckid for member in members)
        doubled = {eckid for eckid, count in times.items() if eckid and count > 1}
        if doubled:
            self._warn_doubled("medewerkers", len(doubled))
        return [self._teacher(member, doubled, before.get(member.id, [])) for member in members]

    def _teacher(self, member: StaffMember, doubled: set[str], before: list[int]) -> EdexTeacher:
        base, composites = self._split(iter(before))
        return EdexTeacher(
            line=0,
            key=member.key,
            eckid="" if member.eckid in doubled else member.eckid,
            first_name=member.first_name,
            given_names="",
            initials="",
            prefix=member.prefix,
            last_name=member.last_name,
            group_keys=base,
            composite_keys=composites,
            email=member.email,
        )

    def _warn_doubled(self, who: str, count: int) -> None:
        self.warnings.append(
            f"{count} ECK iD('s) komen bij meer dan een van de {who} voor en staan daarom bij niemand."
        )
