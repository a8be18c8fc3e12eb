"""Results excluded everywhere, with who, when and why (menu: Resultaten uitsluiten).

The result stays, and so does its exclusion when a supplier delivers it again. Reasons come from the code list
`uitsluitreden`. Exclusions are in the history like any record.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import groups
from app.school.assessment import catalogue, counting
from app.school.assessment.catalogue import Assessment
from app.school.assessment.counting import Judged
from app.school.assessment.named import NamedResult, named
from app.school.board import lookups
from app.school.people.names import list_name
from models.assessment import ExcludedResult, Result
from models.school import Group, Placement, Pupil

REASONS = "uitsluitreden"


@dataclass(frozen=True)
class ResultLine:
    """A result in the list, with its pupil's name."""

    id: int
    pupil: str
    assessment: str
    text: str
    judged: Judged


def choices(actor: Actor) -> list[Group]:
    """The groups whose results the actor may exclude. Raises `NotAllowed`."""
    actor.require(Permission.EXCLUDE_RESULTS)
    return groups.visible(actor)


def reasons(actor: Actor) -> tuple[str, ...]:
    """The reasons to choose from."""
    return lookups.values(actor.board, REASONS)


def assessments_of(actor: Actor, group_id: int) -> list[Assessment]:
    """The assessments that the group's pupils have results for. Raises `NotAllowed` or `NotFound`."""
    query = Result.select(Result.assessment).where(Result.pupil.in_(_seated(_group(actor, group_id)))).distinct()
    ids = {row.assessment for row in query}
    return [item for item in catalogue.of_board(actor.board.id) if item.id in ids]


def listed(actor: Actor, group_id: int, assessment_id: str = "") -> list[ResultLine]:
    """The results of the group's pupils, of one assessment if given: latest first, then by name.

    Raises `NotAllowed`, or `NotFound` for a group the actor may not open.
    """
    seated = _seated(_group(actor, group_id))
    where = [Result.pupil.in_(seated), *([Result.assessment == assessment_id] if assessment_id else [])]
    pupils = {pupil.id: pupil for pupil in Pupil.select().where(Pupil.id.in_(seated))}
    found = counting.judged(*where)
    found.sort(key=lambda one: (pupils[one.result.pupil_id].sort_name, one.result.pupil_id))
    found.sort(key=lambda one: one.result.date, reverse=True)
    return [_line(one, pupils[one.judged.result.pupil_id]) for one in named(actor.board.id, found)]


def exclude(actor: Actor, result_ids: Collection[int], reason: str) -> int:
    """Exclude results; return how many were newly excluded. Raises `Refused` for another reason, `NotFound`."""
    with writing(actor, Permission.EXCLUDE_RESULTS) as now:
        if reason not in reasons(actor):
            raise Refused("Deze reden staat niet in de lijst (Beheer > Inrichten > Hulptabellen).", field="reason")
        rows = _own(actor, result_ids)
        already = {row.result_id for row in _exclusions(result_ids)}
        fresh = [row for row in rows if row.id not in already]
        for row in fresh:
            ExcludedResult.create(
                result=row.id, pupil=row.pupil_id, reason=reason, excluded_by=actor.name, excluded_at=now
            )
    return len(fresh)


def take_back(actor: Actor, result_ids: Collection[int]) -> int:
    """Let results count again; return how many were excluded. Raises `NotFound`."""
    with writing(actor, Permission.EXCLUDE_RESULTS):
        _own(actor, result_ids)
        return int(ExcludedResult.delete().where(ExcludedResult.result.in_(list(result_ids))).execute())


def _group(actor: Actor, group_id: int) -> Group:
    group = next((group for group in choices(actor) if group.id == group_id), None)
    if group is None:
        raise NotFound("Deze groep is er dit schooljaar niet.", field="group")
    return group


def _seated(group: Group):  # type: ignore[no-untyped-def]  # a subquery
    return Placement.select(Placement.pupil).where(Placement.group == group)


def _line(one: NamedResult, pupil: Pupil) -> ResultLine:
    name = list_name(pupil.first_name, pupil.prefix, pupil.last_name)
    part = f": {one.part}" if one.part else ""
    return ResultLine(one.judged.id, name, one.assessment + part, one.text, one.judged)


def _own(actor: Actor, result_ids: Collection[int]) -> list[Result]:
    rows = list(Result.select().where(Result.location == actor.location, Result.id.in_(list(result_ids))))
    if len(rows) < len(set(result_ids)):
        raise NotFound("Een van deze resultaten is er niet meer. Ververs de lijst.")
    return rows


def _exclusions(result_ids: Collection[int]) -> list[ExcludedResult]:
    return list(ExcludedResult.select().where(ExcludedResult.result.in_(list(result_ids))))
