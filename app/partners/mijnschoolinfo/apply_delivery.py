"""Applies a page of an ESIS delivery (sources.md#mijnschoolinfo, rules 1, 2, 2b, 3 and, after a year transition, 4).

New people are added or recognised; those who may be an existing person wait until the end of the delivery
(`waiting.py`). Personal data of existing people never changes; group members and guardian links are added, and moves to
another basisgroep are applied. Nobody is removed, except after a year transition (`exact`): then those not reported
are. Every step is idempotent, so a page may be repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from peewee import chunked

from app.exchange.contacts import ContactGroup, ContactGuardian, ContactPupil, ContactStaff
from app.exchange.identity import Carer
from app.exchange.recognising import claims
from app.partners.mijnschoolinfo import matching, ties, waiting
from app.partners.mijnschoolinfo.delivery_page import DeliveryPage
from app.partners.mijnschoolinfo.lines import Action, Kind, present
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
    MsiStaff,
    MsiTeaching,
)


class Taking(DeliveryPage):
    """The state of applying one page of the delivery of a slot."""

    def begin_year(self) -> None:
        """Repeat the notes of an interrupted delivery of a new year, where they still hold."""
        here = MsiGuardian.school == self.school
        MsiGuardian.update(left_child=False).where(here, MsiGuardian.left_child).execute()

    def groups(self, groups: Sequence[ContactGroup], school_year: str) -> None:
        """Add new groups, and update a group's own name."""
        known = self.known(MsiGroup, [group.id for group in groups])
        new = [group for group in groups if group.id not in known]
        matched = matching.groups(self.school, new) if self.first else {}
        for group in new:
            action = Action.MATCHED if group.id in matched else Action.ADDED
            self.lines.add(Kind.GROUP, action, group.name)
        self.become(MsiGroup, matched)
        bulk.upsert(
            MsiGroup,
            (
                self.new(MsiGroup, group.id, key=group.key, name=group.name, basis=group.basis, school_year=school_year)
                for group in groups
            ),
            key=("school", "esis_id"),
            keep=("since", "origin", "changed_by"),
        )

    def staff(self, staff: Sequence[ContactStaff]) -> None:
        """Add new staff and the groups they teach; after a year transition, exactly those groups (rule 6)."""
        known = self.known(MsiStaff, [member.id for member in staff])
        new = [member for member in staff if member.id not in known]
        matched = matching.staff(self.school, new)
        self.become(MsiStaff, matched)
        for member in new:
            action = Action.MATCHED if member.id in matched else Action.ADDED
            self.lines.add(Kind.STAFF, action, full_name(member))
        bulk.insert(
            MsiStaff,
            (
                self.new(
                    MsiStaff,
                    member.id,
                    key=member.key,
                    first_name=member.first_name,
                    prefix=member.prefix,
                    last_name=member.last_name,
                    email=member.email,
                )
                for member in new
                if member.id not in matched
            ),
        )
        if self.exact:
            self._remove_staff({member.id for member in staff})
        self._teach(staff, known)

    def pupils(self, pupils: Sequence[ContactPupil], after: int, last: int | None) -> Counts:
        """Apply a page of pupils; after a year transition, others with a number in its range are removed (rule 4)."""
        known = self.known(MsiPupil, [pupil.id for pupil in pupils])
        new = [pupil for pupil in pupils if pupil.id not in known]
        matched, held = self._recognised(new) if new else ({}, [])
        waiting.hold_pupils(self.school, self.slot, held)
        if self.exact:
            self._remove_pupils({pupil.id for pupil in pupils}, after, last)
        aside = {pupil.id for pupil in held}
        return self.take([pupil for pupil in pupils if pupil.id not in aside], matched, known)

    def _recognised(self, new: Sequence[ContactPupil]) -> tuple[dict[int, int], list[ContactPupil]]:
        """The pupils matched by number regardless of other pages, and the pupils who must wait for those pages."""
        own, listed = matching.own_pupils(self.school), waiting.on_list(self.school, Kind.PUPIL)
        found = {pupil.id: own.candidates(matching.person(pupil)) for pupil in new if pupil.id not in listed}
        taken = waiting.chosen(self.school, Kind.PUPIL)
        matched = {number: here for number, here in claims(found).items() if here not in taken}
        return matched, [pupil for pupil in new if pupil.id not in matched and found.get(pupil.id) != []]

    def take(self, pupils: Sequence[ContactPupil], matched: Mapping[int, int], known: Collection[int] = ()) -> Counts:
        """Apply these pupils; of the new ones, those in `matched` exist already."""
        new = [pupil for pupil in pupils if pupil.id not in known]
        self.become(MsiPupil, matched)
        added = [pupil for pupil in new if pupil.id not in matched]
        bulk.insert(
            MsiPupil,
            (
                self.new(
                    MsiPupil,
                    pupil.id,
                    key=pupil.key,
                    first_name=pupil.first_name,
                    prefix=pupil.prefix,
                    last_name=pupil.last_name,
                    birth_date=pupil.birth_date,
                )
                for pupil in added
            ),
        )
        for pupil in new:
            action = Action.MATCHED if pupil.id in matched else Action.ADDED
            self.lines.add(Kind.PUPIL, action, full_name(pupil))
        here = self.known(MsiPupil, [pupil.id for pupil in pupils])
        self._renumber(pupils, here)
        first_time = {pupil.id for pupil in new}
        moved = self._place(pupils, here, first_time)
        self._guardians(pupils, here, first_time)
        changed = len(matched) + len(moved - set(matched))
        return Counts(
            received=len(pupils), stored=len(added), replaced=changed, unchanged=len(pupils) - len(added) - changed
        )

    @staticmethod
    def _renumber(pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil]) -> None:
        """Apply new leerlingnummers: that number always follows ESIS."""
        for pupil in pupils:
            if here[pupil.id].key != pupil.key:
                MsiPupil.update(key=pupil.key).where(MsiPupil.id == here[pupil.id].id).execute()

    def _teach(self, staff: Sequence[ContactStaff], known: Collection[int]) -> None:
        people = self.known(MsiStaff, [member.id for member in staff])
        groups = self.known(MsiGroup, [number for member in staff for number in member.group_ids])
        wanted = {
            (groups[number].id, people[member.id].id): groups[number].name
            for member in staff
            for number in member.group_ids
            if number in groups
        }
        before = ties.teachings([row.id for row in people.values()])
        added = wanted.keys() - before
        bulk.insert_missing(MsiTeaching, pairs(added, "group", "staff"), key=("group", "staff"))
        self.lines.joined(Kind.STAFF, [row for number, row in people.items() if number in known], added, wanted)

    def _remove_staff(self, told: Collection[int]) -> None:
        gone = MsiStaff.select().where(MsiStaff.school == self.school, MsiStaff.origin == ESIS)
        for row in [row for row in gone if row.esis_id not in told]:
            self.removed(Kind.STAFF, row, full_name(row), "niet meer actief in ESIS")
            row.delete_instance()

    def _remove_pupils(self, told: Collection[int], after: int, last: int | None) -> None:
        query = MsiPupil.select().where(MsiPupil.school == self.school, MsiPupil.esis_id > after)
        gone = [row for row in (query.where(MsiPupil.esis_id <= last) if last else query) if row.esis_id not in told]
        for row in gone:
            self.removed(Kind.PUPIL, row, full_name(row), "zit niet meer op school")
        for ids in chunked([row.id for row in gone], bulk.CHUNK):
            links = MsiLink.select(MsiLink.guardian).where(MsiLink.pupil.in_(ids))
            MsiGuardian.update(left_child=True).where(MsiGuardian.id.in_(links)).execute()
            MsiPupil.delete().where(MsiPupil.id.in_(ids)).execute()

    def _place(self, pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil], new: Collection[int]) -> set[int]:
        """Place pupils in their ESIS groups; returns the numbers of those who moved to another basisgroep."""
        groups = self.known(MsiGroup, [number for pupil in pupils for number in pupil.group_ids])
        wanted = {
            (groups[number].id, here[pupil.id].id): groups[number]
            for pupil in pupils
            for number in pupil.group_ids
            if number in groups
        }
        before = ties.memberships([row.id for row in here.values()])
        basis = {pupil_id: group for (_, pupil_id), group in wanted.items() if group.basis}
        old = [
            (number, pair)
            for pair, (number, is_basis) in before.items()
            if pair not in wanted and self._ends(is_basis, basis.get(pair[1]))
        ]
        MsiMembership.delete().where(bulk.among(MsiMembership.id, [number for number, _ in old])).execute()
        added = wanted.keys() - before.keys()
        bulk.insert_missing(MsiMembership, pairs(added, "group", "pupil"), key=("group", "pupil"))
        left = {pair[1] for _, pair in old if before[pair][1]}
        known = [here[pupil.id] for pupil in pupils if pupil.id not in new]
        joined = {pair for pair in added if not (wanted[pair].basis and pair[1] in left)}
        self.lines.joined(Kind.PUPIL, known, joined, {pair: group.name for pair, group in wanted.items()})
        moved = left & basis.keys()
        if not self.exact:
            self.lines.moved([row for row in known if row.id in moved], basis)
        return {pupil.id for pupil in pupils if here[pupil.id].id in moved}

    def _ends(self, is_basis: bool, basis: MsiGroup | None) -> bool:
        """Whether a pupil leaves an ESIS group it is not reported in: for another basisgroep, or in a new year."""
        return self.exact or (is_basis and basis is not None)

    def _guardians(self, pupils: Sequence[ContactPupil], here: Mapping[int, MsiPupil], new: Collection[int]) -> None:
        told = {guardian.id: guardian for pupil in pupils for guardian in pupil.guardians}
        known = self.known(MsiGuardian, list(told))
        self._add_guardians([row for number, row in told.items() if number not in known], pupils)
        people = self.known(MsiGuardian, list(told))
        wanted = {
            (people[guardian.id].id, here[pupil.id].id)
            for pupil in pupils
            for guardian in pupil.guardians
            if guardian.id in people
        }
        before = ties.links([row.id for row in here.values()])
        self.link(wanted)
        self._tell_linked([row for number, row in here.items() if number not in new], known.values(), wanted - before)

    def _tell_linked(self, pupils: Iterable[Any], guardians: Iterable[Any], added: Collection[Pair]) -> None:
        """Report which of these pupils these guardians were linked to, where both existed already."""
        names = {row.id: full_name(row) for row in present(pupils)}
        children: dict[int, list[str]] = {}
        for guardian, pupil in added:
            if pupil in names:
                children.setdefault(guardian, []).append(names[pupil])
        for row in present(guardians):
            if row.id in children:
                self.lines.add(Kind.GUARDIAN, Action.LINKED, row.name, f"aan {', '.join(sorted(children[row.id]))}")

    @staticmethod
    def link(wanted: Iterable[Pair]) -> None:
        """Link these guardians to these pupils, as ESIS reports."""
        rows = ({**row, "origin": ESIS} for row in pairs(wanted, "guardian", "pupil"))
        bulk.upsert(MsiLink, rows, key=("guardian", "pupil"))

    def _add_guardians(self, new: Sequence[ContactGuardian], pupils: Sequence[ContactPupil]) -> None:
        """Add guardians; those who resemble an existing person wait, because their children help to identify them."""
        if not new:
            return
        children: dict[int, set[int]] = {}
        for pupil in pupils:
            for guardian in pupil.guardians:
                children.setdefault(guardian.id, set()).add(pupil.id)
        own, listed = matching.own_guardians(self.school), waiting.on_list(self.school, Kind.GUARDIAN)
        aside = {one.id for one in new if one.id in listed or own.resembling(Carer(one.name, one.email))}
        waiting.hold_guardians(self.school, self.slot, [one for one in new if one.id in aside], children)
        self.take_guardians([one for one in new if one.id not in aside], {})

    def take_guardians(self, new: Sequence[ContactGuardian], matched: Mapping[int, int]) -> None:
        """Apply these guardians; those in `matched` exist already."""
        self.become(MsiGuardian, matched)
        bulk.insert(
            MsiGuardian,
            (
                self.new(MsiGuardian, row.id, name=row.name, email=row.email, phone=row.phone)
                for row in new
                if row.id not in matched
            ),
        )
        for guardian in new:
            self.lines.guardian(guardian.name, guardian.email, matched=guardian.id in matched)
