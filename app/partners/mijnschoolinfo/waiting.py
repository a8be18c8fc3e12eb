"""The list of ESIS people who may be an existing person (rule S; `docs/wie-is-wie.md`).

It stores what ESIS reported about them. Their possible matches are looked up on demand, so a candidate that goes or
changes drops out, and a decision about it ends. Each delivery asks ESIS about all of them again, sets aside new people
who resemble somebody, and settles all of them together at its end, so page boundaries make no difference.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app import clock
from app.exchange.contacts import ContactGuardian, ContactPupil
from app.exchange.identity import Carer
from app.exchange.names import folded
from app.exchange.recognising import Candidate, Found, settle
from app.partners.mijnschoolinfo import matching
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.matching import full_name
from models import bulk
from models.partners.mijnschoolinfo import MsiDoubt, MsiPupil, MsiSchool

Candidates = Mapping[int, Sequence[Candidate[int]]]
"""Number at ESIS -> who it is or may be here, by the rules alone."""


def asked_again(school: MsiSchool) -> tuple[int, ...]:
    """The pupils that ESIS must report in the next delivery, whether or not they changed."""
    rows = _rows(school)
    pupils = {row.esis_id for row in rows if row.kind == Kind.PUPIL}
    carers = [json.loads(row.told) for row in rows if row.kind == Kind.GUARDIAN]
    return tuple(sorted(pupils.union(*(one["children"] + one["before"] for one in carers))))


def on_list(school: MsiSchool, kind: Kind) -> set[int]:
    """The numbers at ESIS of those on the list."""
    return bulk.numbers(MsiDoubt.select(MsiDoubt.esis_id).where(MsiDoubt.school == school, MsiDoubt.kind == kind))


def chosen(school: MsiSchool, kind: Kind) -> set[int]:
    """The existing records that somebody chose; nobody else can match these."""
    here = MsiDoubt.select(MsiDoubt.same_as).where(MsiDoubt.school == school, MsiDoubt.kind == kind, MsiDoubt.decided)
    return bulk.numbers(here)


def to_decide(school: MsiSchool) -> list[MsiDoubt]:
    """Those who wait for a decision, by name."""
    rows = MsiDoubt.select().where(MsiDoubt.school == school, ~MsiDoubt.decided, ~MsiDoubt.held)
    return sorted(rows, key=_by_name)


def carers_of_pupils(school: MsiSchool, *where: Any) -> set[int]:
    """The guardians, by their number at ESIS, of the pupils on the list."""
    rows = MsiDoubt.select().where(MsiDoubt.school == school, MsiDoubt.kind == Kind.PUPIL, MsiDoubt.told != "", *where)
    return {guardian.id for row in rows for guardian in pupil_of(row).guardians}


def hold_pupils(school: MsiSchool, slot: datetime, pupils: Iterable[ContactPupil]) -> None:
    """Set these pupils aside until the end of the delivery."""
    _hold(
        school,
        Kind.PUPIL,
        slot,
        [
            (pupil.id, full_name(pupil), clock.dutch_date(pupil.birth_date) if pupil.birth_date else "", as_text(pupil))
            for pupil in pupils
        ],
    )


def hold_guardians(
    school: MsiSchool, slot: datetime, guardians: Sequence[ContactGuardian], children: Mapping[int, Collection[int]]
) -> None:
    """Set these guardians aside; `children` are the pupils at ESIS of each that this page reports.

    Children from earlier pages stay, and those from earlier deliveries are asked for again.
    """
    there = {row.esis_id: row for row in _rows(school) if row.kind == Kind.GUARDIAN} if guardians else {}
    _hold(
        school,
        Kind.GUARDIAN,
        slot,
        [
            (one.id, one.name, one.email, as_text(one, *_children(there.get(one.id), slot, children[one.id])))
            for one in guardians
        ],
    )


def _children(row: MsiDoubt | None, slot: datetime, told: Collection[int]) -> tuple[set[int], set[int]]:
    """The pupils of a guardian reported so far in this delivery, and in earlier deliveries, also interrupted ones."""
    if row is None:
        return set(told), set()
    known = json.loads(row.told)
    if row.at == slot:
        return {*known["children"], *told}, set(known["before"])
    return set(told), {*known["children"], *known["before"]}


def forget_who_left(school: MsiSchool, slot: datetime) -> None:
    """Drop people not reported in this delivery: no longer at the school, or without a child there.

    A guardian is also reported with a child that itself waits.
    """
    guardians = bulk.among(MsiDoubt.esis_id, sorted(carers_of_pupils(school, MsiDoubt.at == slot)))
    MsiDoubt.update(at=slot).where(MsiDoubt.school == school, MsiDoubt.kind == Kind.GUARDIAN, guardians).execute()
    MsiDoubt.delete().where(MsiDoubt.school == school, MsiDoubt.at.is_null() | (MsiDoubt.at != slot)).execute()


def done(school: MsiSchool, kind: Kind, ids: Collection[int]) -> None:
    """Take people off the list once they have been delivered."""
    here = (MsiDoubt.school == school) & (MsiDoubt.kind == kind)
    MsiDoubt.delete().where(here, bulk.among(MsiDoubt.esis_id, list(ids))).execute()


def wait(row: MsiDoubt) -> None:
    """Mark that somebody has to decide from now on."""
    row.held, row.decided, row.same_as, row.candidates = False, False, None, ""
    row.save(only=("held", "decided", "same_as", "candidates"))


@dataclass(frozen=True)
class Waiting:
    """Everybody on the list with their possible matches, in the current state."""

    school: MsiSchool

    @cached_property
    def rows(self) -> list[MsiDoubt]:
        """The rows, by name."""
        return sorted(_rows(self.school), key=_by_name)

    def of(self, kind: str) -> list[MsiDoubt]:
        """The rows of the pupils or of the guardians."""
        return [row for row in self.rows if row.kind == kind]

    def candidates(self, row: MsiDoubt) -> Sequence[Candidate[int]]:
        """Possible matches, by the rules alone."""
        return (self._pupils if row.kind == Kind.PUPIL else self._guardians)[row.esis_id]

    @cached_property
    def _pupils(self) -> Candidates:
        rows = self.of(Kind.PUPIL)
        own = matching.own_pupils(self.school) if rows else None
        return {row.esis_id: own.candidates(matching.person(pupil_of(row))) for row in rows} if own else {}

    @cached_property
    def _guardians(self) -> Candidates:
        rows = self.of(Kind.GUARDIAN)
        own = matching.own_guardians(self.school) if rows else None
        return {row.esis_id: own.candidates(self._carer(row)) for row in rows} if own else {}

    def _carer(self, row: MsiDoubt) -> Carer:
        """A guardian with all children that are here, and those that a doubtful child may be."""
        told = guardian_of(row)
        here = (self._here[number] for number in children_of(row) if number in self._here)
        return Carer(told.name, told.email, frozenset(here) | self._maybe.get(row.esis_id, frozenset()))

    @cached_property
    def _here(self) -> dict[int, int]:
        numbers = set[int]().union(*(children_of(row) for row in self.of(Kind.GUARDIAN)))
        return {row.esis_id: row.id for row in bulk.light(MsiPupil, "esis_id", sorted(numbers), school=self.school.id)}

    @cached_property
    def _maybe(self) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for row in self.of(Kind.PUPIL):
            here = frozenset(one.here for one in self._pupils[row.esis_id])
            for guardian in pupil_of(row).guardians:
                found[guardian.id] = found.get(guardian.id, frozenset()) | here
        return found

    def holds(self, row: MsiDoubt) -> bool:
        """Whether a decision still holds: the chosen record is still a candidate, and no new candidate has appeared."""
        now = {one.here for one in self.candidates(row)}
        return row.same_as in now if row.same_as is not None else now <= ids_of(row.candidates)

    def found(self, kind: Kind) -> dict[int, Found[int]]:
        """The resulting match of each: the decisions, and what follows from them for the others."""
        decided = {row.esis_id: row.same_as for row in self.of(kind) if row.decided and self.holds(row)}
        taken = set(decided.values())
        others = {
            row.esis_id: [one for one in self.candidates(row) if one.here not in taken]
            for row in self.of(kind)
            if row.esis_id not in decided
        }
        return {**settle(others), **{number: Found(same) for number, same in decided.items()}}


def end_decisions(school: MsiSchool) -> None:
    """End decisions about people who are gone or no longer candidates, so that they wait for a decision again.

    Called after every change to the people here.
    """
    decided = MsiDoubt.select().where(MsiDoubt.school == school, MsiDoubt.decided, MsiDoubt.at.is_null(False))
    if not decided.exists():
        return
    waiting = Waiting(school)
    for row in waiting.rows:
        if not row.decided or row.at is None:
            continue
        row.decided = waiting.holds(row)
        row.same_as = row.same_as if row.decided else None
        now = {one.here for one in waiting.candidates(row)}
        row.candidates = text_of(now) if row.decided and row.same_as is None else ""
        row.save(only=("decided", "same_as", "candidates"))


def as_text(told: ContactPupil | ContactGuardian, children: Iterable[int] = (), before: Iterable[int] = ()) -> str:
    """What ESIS reported, for a guardian with the numbers of the pupils and those reported in earlier deliveries."""
    more = {"children": sorted(children), "before": sorted(before)}
    return json.dumps({**asdict(told), **more}, default=date.isoformat)


def pupil_of(row: MsiDoubt) -> ContactPupil:
    """A pupil as ESIS reported it."""
    told = _told(row)
    told["guardians"] = tuple(ContactGuardian(**one) for one in told["guardians"])
    told["group_ids"] = tuple(told["group_ids"])
    told["birth_date"] = bulk.as_date(told["birth_date"])
    return ContactPupil(**told)


def guardian_of(row: MsiDoubt) -> ContactGuardian:
    """A guardian as ESIS reported it."""
    return ContactGuardian(**_told(row))


def children_of(row: MsiDoubt) -> set[int]:
    """The pupils at ESIS of a guardian."""
    return set(json.loads(row.told)["children"])


def ids_of(text: str) -> set[int]:
    """The numbers in a comma-separated text."""
    return {int(number) for number in text.split(",") if number}


def text_of(ids: Iterable[int]) -> str:
    """The inverse of `ids_of`."""
    return ",".join(map(str, sorted(ids)))


def _by_name(row: MsiDoubt) -> tuple[str, int]:
    return folded(row.name), row.id


def _told(row: MsiDoubt) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(row.told)
    del told["children"], told["before"]
    return told


def _rows(school: MsiSchool) -> list[MsiDoubt]:
    return list(MsiDoubt.select().where(MsiDoubt.school == school).order_by(MsiDoubt.id))


def _hold(school: MsiSchool, kind: Kind, slot: datetime, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Set somebody aside; one already on the list stays as is, with ESIS's latest data."""
    bulk.upsert(
        MsiDoubt,
        (
            {
                "school": school.id,
                "kind": str(kind),
                "esis_id": number,
                "name": name[:300],
                "detail": detail[:300],
                "told": told,
                "at": slot,
                "held": True,
                "decided": False,
                "same_as": None,
                "candidates": "",
            }
            for number, name, detail, told in rows
        ),
        key=("school", "kind", "esis_id"),
        keep=("held", "decided", "same_as", "candidates"),
    )
