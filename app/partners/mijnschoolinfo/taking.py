"""What Mijnschoolinfo does with a page of what ESIS tells: the rules 1, 2, 2b, 3 and, after a year transition, 4 (issue 4).

Who is new is added or recognised; personal data of who is here never changes; additions to groups and to guardians come,
and a move to another basisgroep. Nobody goes, but after a year transition (`exact`): then who is not told of is removed.
Every step can be done again without effect, so a page may be repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from peewee import chunked

from app.exchange.contacts import ContactGroup, ContactGuardian, ContactPupil, ContactStaff
from app.exchange.email import is_email
from app.partners.mijnschoolinfo import matching, ties
from app.partners.mijnschoolinfo.lines import Action, Kind, Lines
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.mijnschoolinfo.ties import Pair, pairs
from app.runs import Counts
from models import bulk
from models.partners.mijnschoolinfo import (
    ESIS,
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


@dataclass
class Taking:
    """One page being taken over, on the day of the delivery."""

    school: MsiSchool
    day: date
    exact: bool = False
    """After a year transition: whom ESIS does not tell of is removed."""
    first: bool = False
    """A first delivery: groups that are here are looked at too. Later on one's own groups stay one's own (rule 7)."""
    lines: Lines = field(default_factory=Lines)

    def groups(self, groups: Sequence[ContactGroup], school_year: str) -> None:
        """New groups come, and a group's own name."""
        known = self._known(MsiGroup, [group.id for group in groups])
        new = [group for group in groups if group.id not in known]
        matched = matching.groups(self.school, new) if self.first else {}
        for group in new:
            action = Action.MATCHED if group.id in matched else Action.ADDED
            self.lines.add(Kind.GROUP, action, group.name)
        self._become(MsiGroup, matched)
        bulk.upsert(MsiGroup, (
            self._new(MsiGroup, group.id, key=group.key, name=group.name, basis=group.basis, school_year=school_year)
            for group in groups
        ), key=("school", "esis_id"), keep=("since", "origin", "changed_by"))  # fmt: skip

    def staff(self, staff: Sequence[ContactStaff]) -> None:
        """New staff comes, and who stands before which group; exactly these after a year transition (rule 6)."""
        known = self._known(MsiStaff, [member.id for member in staff])
        new = [member for member in staff if member.id not in known]
        matched = matching.staff(self.school, new)
        self._become(MsiStaff, matched)
        for member in new:
            action = Action.MATCHED if member.id in matched else Action.ADDED
            self.lines.add(Kind.STAFF, action, full_name(member))
        bulk.insert(MsiStaff, (
            self._new(MsiStaff, member.id, key=member.key, first_name=member.first_name, prefix=member.prefix,
                      last_name=member.last_name, email=member.email)
            for member in new if member.id not in matched
        ))  # fmt: skip
        if self.exact:
            self._remove_staff({member.id for member in staff})
        self._teach(staff, known)

    def pupils(self, pupils: Sequence[ContactPupil], after: int, last: int | None) -> Counts:
        """Take a page of pupils over; after a year transition nobody else stays with a number in its range (rule 4)."""
        known = self._known(MsiPupil, [pupil.id for pupil in pupils])
        new = [pupil for pupil in pupils if pupil.id not in known]
        found = matching.pupils(self.school, new)
        matching.settled(self.school, Kind.PUPIL, [pupil.id for pupil in new])
        doubts = [(pupil, found[pupil.id]) for pupil in new if found[pupil.id].doubtful]
        self._put_on_list(doubts)
        matched = {number: match.same for number, match in found.items() if match.same is not None}
        self._become(MsiPupil, matched)
        doubtful = {pupil.id for pupil, _ in doubts}
        added = [pupil for pupil in new if pupil.id not in matched and pupil.id not in doubtful]
        bulk.insert(MsiPupil, (
            self._new(MsiPupil, pupil.id, key=pupil.key, first_name=pupil.first_name, prefix=pupil.prefix,
                      last_name=pupil.last_name, birth_date=pupil.birth_date)
            for pupil in added
        ))  # fmt: skip
        for pupil in new:
            if pupil.id not in doubtful:
                action = Action.MATCHED if pupil.id in matched else Action.ADDED
                self.lines.add(Kind.PUPIL, action, full_name(pupil))
        told = [pupil for pupil in pupils if pupil.id not in doubtful]
        here = self._known(MsiPupil, [pupil.id for pupil in told])
        self._renumber(told, here)
        if self.exact:
            self._remove_pupils({pupil.id for pupil in pupils}, after, last)
        first_time = {pupil.id for pupil in new}
        moved = self._place(told, here, first_time)
        self._guardians(told, here, first_time)
        changed = len(matched) + len(moved - set(matched))
        return Counts(
            received=len(pupils), stored=len(added), replaced=changed, unmatched=len(doubts),
            unchanged=len(pupils) - len(added) - changed - len(doubts),
        )  # fmt: skip

    def _new(self, model: type[MsiRecord], number: int, **values: Any) -> dict[str, Any]:
        """The row of a new record of ESIS, with what it does not say left as it begins."""
        return {
            **_blank(model),
            "school": self.school.id,
            "esis_id": number,
            "origin": ESIS,
            "since": self.day,
            **values,
        }

    def _known(self, model: type[MsiRecord], ids: Sequence[int]) -> dict[int, Any]:
        """Those of ESIS that are here, or were and were deleted here; by their number at ESIS."""
        if not ids:
            return {}
        return {row.esis_id: row for row in bulk.light(model, "esis_id", ids, school=self.school.id)}

    def _become(self, model: type[MsiRecord], matched: Mapping[int, MsiRecord]) -> None:
        """A record that was here becomes one of ESIS from this day on; what it says stays as it is."""
        for number, row in matched.items():
            model.update(esis_id=number, origin=ESIS, since=self.day).where(model.id == row.id).execute()

    @staticmethod
    def _renumber(pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil]) -> None:
        """A leerlingnummer is ESIS's own."""
        for pupil in pupils:
            if here[pupil.id].key != pupil.key:
                MsiPupil.update(key=pupil.key).where(MsiPupil.id == here[pupil.id].id).execute()

    def _put_on_list(self, doubts: Sequence[tuple[ContactPupil, matching.Found[MsiPupil]]]) -> None:
        matching.doubt_pupils(self.school, doubts)
        for pupil, _ in doubts:
            self.lines.doubt(Kind.PUPIL, full_name(pupil))

    def _teach(self, staff: Sequence[ContactStaff], known: Collection[int]) -> None:
        people = self._known(MsiStaff, [member.id for member in staff])
        groups = self._known(MsiGroup, [number for member in staff for number in member.group_ids])
        wanted = {
            (groups[number].id, people[member.id].id): groups[number].name
            for member in staff for number in member.group_ids if number in groups
        }  # fmt: skip
        present = ties.teachings([row.id for row in people.values()])
        added = wanted.keys() - present
        bulk.insert_missing(MsiTeaching, pairs(added, "group", "staff"), key=("group", "staff"))
        self._tell_joined(Kind.STAFF, [row for number, row in people.items() if number in known], added, wanted)

    def _remove_staff(self, told: Collection[int]) -> None:
        gone = MsiStaff.select().where(MsiStaff.school == self.school, MsiStaff.origin == ESIS)
        for row in [row for row in gone if row.esis_id not in told]:
            self._removed(Kind.STAFF, row, full_name(row), "niet meer actief in ESIS")
            row.delete_instance()

    def _remove_pupils(self, told: Collection[int], after: int, last: int | None) -> None:
        query = MsiPupil.select().where(MsiPupil.school == self.school, MsiPupil.esis_id > after)
        gone = [row for row in (query.where(MsiPupil.esis_id <= last) if last else query) if row.esis_id not in told]
        for row in gone:
            self._removed(Kind.PUPIL, row, full_name(row), "zit niet meer op school")
        matching.forget_pupils(self.school, told, after, last)
        for ids in chunked([row.id for row in gone], bulk.CHUNK):
            links = MsiLink.select(MsiLink.guardian).where(MsiLink.pupil.in_(ids))
            MsiGuardian.update(left_child=True).where(MsiGuardian.id.in_(links)).execute()
            MsiPupil.delete().where(MsiPupil.id.in_(ids)).execute()

    def _removed(self, kind: Kind, row: MsiRecord, name: str, why: str) -> None:
        """What was deleted here already is gone without a word."""
        if row.deleted_at is None:
            self.lines.add(kind, Action.REMOVED, name, why)

    def _place(self, pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil], new: Collection[int]) -> set[int]:
        """Put pupils in their groups of ESIS; the numbers of those that moved to another basisgroep."""
        groups = self._known(MsiGroup, [number for pupil in pupils for number in pupil.group_ids])
        wanted = {
            (groups[number].id, here[pupil.id].id): groups[number]
            for pupil in pupils for number in pupil.group_ids if number in groups
        }  # fmt: skip
        present = ties.memberships([row.id for row in here.values()])
        basis = {pupil_id: group for (_, pupil_id), group in wanted.items() if group.basis}
        old = [
            (number, pair) for pair, (number, is_basis) in present.items()
            if pair not in wanted and self._ends(is_basis, basis.get(pair[1]))
        ]  # fmt: skip
        MsiMembership.delete().where(bulk.among(MsiMembership.id, [number for number, _ in old])).execute()
        added = wanted.keys() - present.keys()
        bulk.insert_missing(MsiMembership, pairs(added, "group", "pupil"), key=("group", "pupil"))
        left = {pair[1] for _, pair in old if present[pair][1]}
        known = [here[pupil.id] for pupil in pupils if pupil.id not in new]
        joined = {pair for pair in added if not (wanted[pair].basis and pair[1] in left)}
        self._tell_joined(Kind.PUPIL, known, joined, {pair: group.name for pair, group in wanted.items()})
        moved = left & basis.keys()
        if not self.exact:
            self._tell_moves([row for row in known if row.id in moved], basis)
        return {pupil.id for pupil in pupils if here[pupil.id].id in moved}

    def _tell_joined(self, kind: Kind, known: Iterable[Any], added: Iterable[Pair], names: Mapping[Pair, str]) -> None:
        """Say in which groups these came who were here already; `added` and `names` go by group and person."""
        joined: dict[int, list[str]] = {}
        for pair in added:
            joined.setdefault(pair[1], []).append(names[pair])
        for row in _present(known):
            self.lines.joined(kind, full_name(row), joined.get(row.id, ()))

    def _ends(self, is_basis: bool, basis: MsiGroup | None) -> bool:
        """Whether a pupil leaves a group of ESIS that it is not told to be in: for another basisgroep, or in a new year."""
        return self.exact or (is_basis and basis is not None)

    def _tell_moves(self, moved: Iterable[Any], basis: Mapping[int, MsiGroup]) -> None:
        for row in _present(moved):
            self.lines.add(Kind.PUPIL, Action.MOVED, full_name(row), f"naar groep {basis[row.id].name}")

    def _guardians(self, pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil], new: Collection[int]) -> None:
        told = {guardian.id: guardian for pupil in pupils for guardian in pupil.guardians}
        known = self._known(MsiGuardian, list(told))
        self._add_guardians([row for number, row in told.items() if number not in known], pupils, here)
        people = self._known(MsiGuardian, list(told))
        wanted = {
            (people[guardian.id].id, here[pupil.id].id)
            for pupil in pupils for guardian in pupil.guardians if guardian.id in people
        }  # fmt: skip
        present = ties.links([row.id for row in here.values()])
        bulk.upsert(MsiLink, ({**row, "origin": ESIS} for row in pairs(wanted, "guardian", "pupil")),
                    key=("guardian", "pupil"))  # fmt: skip
        self._tell_linked([row for number, row in here.items() if number not in new], known.values(), wanted - present)

    def _tell_linked(self, pupils: Iterable[Any], guardians: Iterable[Any], added: Collection[Pair]) -> None:
        """Say of which of these pupils these guardians came to care, where both were here already."""
        names = {row.id: full_name(row) for row in _present(pupils)}
        children: dict[int, list[str]] = {}
        for guardian, pupil in added:
            if pupil in names:
                children.setdefault(guardian, []).append(names[pupil])
        for row in _present(guardians):
            if row.id in children:
                self.lines.add(Kind.GUARDIAN, Action.LINKED, row.name, f"aan {', '.join(sorted(children[row.id]))}")

    def _add_guardians(
        self, new: Sequence[ContactGuardian], pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil]
    ) -> None:
        child = {guardian.id: pupil.id for pupil in pupils for guardian in pupil.guardians}
        found = matching.guardians(self.school, new, {number: here[pupil_id].id for number, pupil_id in child.items()})
        matching.settled(self.school, Kind.GUARDIAN, [guardian.id for guardian in new])
        doubts = [(guardian, child[guardian.id], found[guardian.id]) for guardian in new if found[guardian.id].doubtful]
        matching.doubt_guardians(self.school, doubts)
        matched = {number: match.same for number, match in found.items() if match.same is not None}
        self._become(MsiGuardian, matched)
        added = [row for row in new if row.id not in matched and not found[row.id].doubtful]
        bulk.insert(MsiGuardian, (
            self._new(MsiGuardian, row.id, name=row.name, email=row.email, phone=row.phone) for row in added
        ))  # fmt: skip
        for guardian in new:
            self._tell_guardian(guardian, found[guardian.id])

    def _tell_guardian(self, guardian: ContactGuardian, match: matching.Found[MsiGuardian]) -> None:
        if match.doubtful:
            self.lines.doubt(Kind.GUARDIAN, guardian.name)
        elif match.same is not None:
            self.lines.add(Kind.GUARDIAN, Action.MATCHED, guardian.name, guardian.email)
        else:
            cannot = "" if is_email(guardian.email) else "kan niet inloggen: geen geldig e-mailadres"
            self.lines.add(Kind.GUARDIAN, Action.ADDED, guardian.name, cannot or guardian.email)


def _present(rows: Iterable[Any]) -> Iterable[Any]:
    """Those that were not deleted here: of the others nothing is told."""
    return (row for row in rows if row.deleted_at is None)


@cache
def _blank(model: type[MsiRecord]) -> dict[str, Any]:
    """What a new record begins with."""
    return dict(model().__data__)
