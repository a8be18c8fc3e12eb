"""The end of a delivery: settles everybody who waited in it, all together (rule S)."""

from __future__ import annotations

from collections.abc import Mapping

from app.exchange.recognising import Found
from app.partners.mijnschoolinfo import waiting
from app.partners.mijnschoolinfo.apply_delivery import Taking
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.waiting import Waiting
from app.runs import Counts
from models.partners.mijnschoolinfo import MsiDoubt, MsiGuardian, MsiPupil


def settle(taking: Taking) -> Counts:
    """Apply those who are no doubt, or no longer; report those who still are, if not reported before."""
    waiting.forget_who_left(taking.school, taking.slot)
    there = Waiting(taking.school)
    if not there.rows:
        return Counts()
    counts = _pupils(taking, there)
    _guardians(taking, Waiting(taking.school))  # with the children, and the guardians of theirs, that have just arrived
    return counts


def _pupils(taking: Taking, there: Waiting) -> Counts:
    found = there.found(Kind.PUPIL)
    sure = [waiting.pupil_of(row) for row in _sure(taking, there, Kind.PUPIL, found)]
    counts = taking.take(sure, _same(found))
    doubts = len(found) - len(sure)
    return counts + Counts(received=doubts, unmatched=doubts)


def _guardians(taking: Taking, there: Waiting) -> None:
    found = there.found(Kind.GUARDIAN)
    rows = _sure(taking, there, Kind.GUARDIAN, found)
    taking.take_guardians([waiting.guardian_of(row) for row in rows], _same(found))
    people = taking.known(MsiGuardian, [row.esis_id for row in rows])
    children = {row.esis_id: waiting.children_of(row) for row in rows}
    here = taking.known(MsiPupil, sorted(set[int]().union(*children.values())))
    taking.link(
        {(people[number].id, here[child].id) for number, told in children.items() for child in told if child in here}
    )


def _sure(taking: Taking, there: Waiting, kind: Kind, found: Mapping[int, Found[int]]) -> list[MsiDoubt]:
    """Take those who are no doubt off the list and return them; report those who now wait for a decision."""
    doubts = [row for row in there.of(kind) if found[row.esis_id].doubtful]
    for row in doubts:
        if row.held or row.decided:
            taking.lines.doubt(kind, row.name, found[row.esis_id].reason)
            waiting.wait(row)
    sure = [row for row in there.of(kind) if not found[row.esis_id].doubtful]
    waiting.done(taking.school, kind, [row.esis_id for row in sure])
    return sure


def _same(found: Mapping[int, Found[int]]) -> dict[int, int]:
    return {number: one.same for number, one in found.items() if one.same is not None}
