"""Basispoort: pulls groups and pupils from ESIS every night and passes them on to the publishers that are ticked.

Transfer 1 of seed 000, which a school arranges in Basispoort. Publishers are served before the pull (contract.md), so
a pupil enrolled today is in Basispoort tomorrow and at the publisher the morning after. A tick counts from the second
day on: it takes one night (domain.md 4).
"""

from __future__ import annotations

from datetime import date, datetime, time

from app import clock
from app.exchange.uwlr import Authorisation, GroupData, SchoolReference
from app.partners import holdings, roster
from app.partners.holdings import Holding
from app.partners.iep_lvs import transfer
from app.runs import Job, Page
from app.webservice.pupils import pull_pupils
from models.board import Location
from models.partners.basispoort import BasispoortGroup, BasispoortPublisher, BasispoortPupil, BasispoortSchool
from models.partners.iep_lvs import IepSchool
from models.run import Run

CLIENT = "basispoort"
CLIENT_NAME = "Basispoort"
IEP = "iep-lvs"


def open_account(location: Location, ticked_at: datetime) -> BasispoortSchool:
    """An account for a location, with the automatic coupling on, the key for ESIS arranged, and IEP ticked."""
    school = BasispoortSchool.create(location=location, brin6=location.brin6, key=location.board.basispoort_key)
    BasispoortPublisher.create(school=school, publisher=IEP, ticked_at=ticked_at)
    return school


def pull(school: BasispoortSchool, at: datetime, after_key: str = "", limit: int = roster.PAGE) -> Page:
    """Take over the next page from ESIS, the groups with the first one; `at` is the school time of the pull."""
    reference = SchoolReference(school.brin6[:4], school.brin6[4:], clock.school_year_of(at.date()))
    key = Authorisation(school.key, CLIENT, CLIENT_NAME)
    answer = pull_pupils(school.location.board_id, key, reference, after_key, limit)
    last = None if len(answer.pupils) < limit else answer.pupils[-1].key
    if not after_key:
        groups = roster.merge(BasispoortGroup, school.id, [roster.group_row(group) for group in answer.groups])
        _remove(BasispoortGroup, groups)
    rows = [roster.pupil_row(pupil) for pupil in answer.pupils]
    pupils = roster.merge(BasispoortPupil, school.id, rows, after_key, last)
    _remove(BasispoortPupil, pupils)
    school.left = (school.left if after_key else 0) + len(pupils.gone)
    school.pulled_at, school.school_year = at, answer.school.school_year
    school.save(only=(BasispoortSchool.left, BasispoortSchool.pulled_at, BasispoortSchool.school_year))
    return Page(last, pupils.counts, roster.who_left(school.left))


def publish(school: BasispoortSchool, at: datetime, after_key: str = "", limit: int = roster.PAGE) -> Page:
    """Pass the next page on to IEP LVS, the groups with the first one."""
    of_school = BasispoortPupil.school == school
    query = BasispoortPupil.select().where(of_school, BasispoortPupil.key > after_key)
    pupils = [roster.pupil_of(row) for row in query.order_by(BasispoortPupil.key).limit(limit)]
    groups = [] if after_key else _groups(school)
    last = None if len(pupils) < limit else pupils[-1].key
    account = IepSchool.get(IepSchool.location == school.location_id)
    return transfer.take(account, school.brin6, at, groups, pupils, after_key, last)


def holding(location_id: int, key: str) -> Holding:
    """What Basispoort has of a pupil."""
    school = BasispoortSchool.get_or_none(BasispoortSchool.location == location_id)
    if school is None:
        return Holding(CLIENT_NAME, note="Deze vestiging heeft geen account.")
    pupil = BasispoortPupil.get_or_none(BasispoortPupil.school == school, BasispoortPupil.key == key)
    groups = {row.key: row.name for row in BasispoortGroup.select().where(BasispoortGroup.school == school)}
    pulled = f"Opgehaald {clock.dutch_moment(school.pulled_at)}." if school.pulled_at else "Nog niets opgehaald."
    return holdings.of(CLIENT_NAME, pupil, groups, pulled)


def pulling_locations(board_id: int, _day: date) -> list[int]:
    """The locations whose automatic coupling with the LAS is on."""
    query = _schools(board_id).where(BasispoortSchool.automatic)
    return [row.location_id for row in query]


def publishing_locations(board_id: int, day: date) -> list[int]:
    """The locations with something to pass on, an account at IEP LVS, and IEP ticked before this day."""
    query = (
        _schools(board_id)
        .join_from(BasispoortSchool, BasispoortPublisher)
        .join_from(BasispoortSchool, IepSchool, on=IepSchool.location == BasispoortSchool.location)
        .where(
            BasispoortPublisher.publisher == IEP,
            BasispoortPublisher.ticked_at < clock.local(day, time()),
            BasispoortSchool.pulled_at.is_null(False),
        )
    )
    return [row.location_id for row in query]


def _schools(board_id: int):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    return (
        BasispoortSchool.select(BasispoortSchool)
        .join(Location)
        .where(Location.board == board_id)
        .order_by(BasispoortSchool.location)
    )


def _groups(school: BasispoortSchool) -> list[GroupData]:
    rows = BasispoortGroup.select().where(BasispoortGroup.school == school).order_by(BasispoortGroup.id)
    return [roster.group_of(row) for row in rows]


def _remove(model: type[BasispoortGroup] | type[BasispoortPupil], changes: roster.Changes) -> None:
    for ids in changes.gone_in_parts():
        model.delete().where(model.id.in_(ids)).execute()


def _school(run: Run) -> BasispoortSchool:
    school: BasispoortSchool = BasispoortSchool.get(BasispoortSchool.location == run.location_id)
    return school


def _here(run: Run) -> datetime:
    slot: datetime = run.slot
    return slot.astimezone(clock.AMSTERDAM)


JOBS = [
    Job(
        name="publish-iep-lvs",
        title="Basispoort naar IEP LVS: groepen en leerlingen",
        at=clock.PUBLISHERS,
        wanted=publishing_locations,
        page=lambda run, cursor: publish(_school(run), _here(run), cursor),
    ),
    Job(
        name="basispoort",
        title="ESIS naar Basispoort: groepen en leerlingen",
        at=clock.BASISPOORT,
        wanted=pulling_locations,
        page=lambda run, cursor: pull(_school(run), _here(run), cursor),
    ),
]
