"""A DULT file to practise with: a group's results as a sender would have them, always the same for the same board.

Some pupils have another number in it, and a few a shortened name as well, so that there is something to match. Only on
a practice board (our choice).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from app import clock
from app.access import Actor
from app.exchange.dult import DultRow, write_dult
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import groups
from app.school.assessment import catalogue
from app.school.assessment.catalogue import Assessment
from app.school.files import dult
from app.school.files.dult_matching import SUPPLIER
from app.school.groups import GroupKind
from app.school.people.status import Status, has_status
from models.dult import DultFile
from models.school import Group, Placement, Pupil

SAT_AGO = timedelta(days=7)
OTHER_NUMBER_EVERY, OTHER_NAME_EVERY = 5, 9
START, A_YEAR, SPREAD = 90, 28, 22
"""Mean score in year group 3, the increase per year, and the spread."""


def choices(actor: Actor) -> list[Group]:
    """The groups that a file can be made for. Raises `NotAllowed`, or `Refused` unless it is a practice board."""
    actor.require(Permission.IMPORT_RESULTS)
    if not actor.board.practice:
        raise Refused("Een oefenbestand kan alleen in een oefenbestuur.")
    known = {year_group for item in catalogue.supplied_by(SUPPLIER) for year_group in item.year_groups}
    return [
        group
        for group in groups.visible(actor)
        if group.kind == GroupKind.BASIS and known.intersection(groups.year_groups_of(group))
    ]


def receive(actor: Actor, group_id: int) -> DultFile:
    """Make a file for a group and receive it like any other. Raises `NotFound`, or `Refused` for an empty group."""
    group = next((group for group in choices(actor) if group.id == group_id), None)
    if group is None:
        raise NotFound("Deze groep is er dit schooljaar niet.")
    rows = list(_rows(actor, group))
    if not rows:
        raise Refused(f"In groep {group.name} zit niemand voor wie er een toets is.")
    today = clock.school_today(actor.board)
    return dult.receive(actor, f"oefen-groep-{group.name}-{today}.csv", dult.preview(actor, write_dult(rows)))


def _rows(actor: Actor, group: Group) -> Iterator[DultRow]:
    seated = Placement.select(Placement.pupil).where(Placement.group == group)
    day = clock.school_today(actor.board) - SAT_AGO
    here = Pupil.select().where(Pupil.id.in_(seated), has_status(Status.ENROLLED, day), Pupil.birth_date.is_null(False))
    for number, pupil in enumerate(here.order_by(Pupil.key)):
        for assessment in catalogue.supplied_by(SUPPLIER):
            if pupil.year_group in assessment.year_groups:
                yield _row(actor.board.seed, number, pupil, assessment, day)


def _row(seed: int, number: int, pupil: Pupil, assessment: Assessment, day: date) -> DultRow:
    chance = Random(f"{seed}/dult/{pupil.key}/{assessment.id}").gauss(0, 1)
    score = round(START + A_YEAR * (int(pupil.year_group) - 3) + SPREAD * chance)
    thresholds = catalogue.levels_of({})
    level = next((level for level, least in thresholds.items() if chance >= least), catalogue.LOWEST_LEVEL)
    renamed = number % OTHER_NAME_EVERY == OTHER_NAME_EVERY // 2
    key = f"C{pupil.key}" if renamed or number % OTHER_NUMBER_EVERY == OTHER_NUMBER_EVERY // 2 else pupil.key
    first_name = f"{pupil.first_name[0]}." if renamed else pupil.first_name
    last_name = f"{pupil.prefix} {pupil.last_name}".strip()
    assert pupil.birth_date is not None, "only pupils with a birth date are in the file"
    return DultRow(0, key, last_name, first_name, pupil.birth_date, assessment.id, day, max(0, score), level)
