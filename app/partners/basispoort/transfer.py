"""The nightly work of Basispoort: pulling from ESIS, after passing on to IEP LVS what it had before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from app import clock
from app.exchange.brin import BRIN6
from app.exchange.uwlr import PAGE, Authorisation, PupilAnswer, SchoolReference
from app.other_esis import setting
from app.other_esis.setting import Elsewhere
from app.partners import roster
from app.partners.basispoort import apply_delivery
from app.partners.basispoort.account import ID, NAME
from app.partners.basispoort.publishers import IEP, counts_on
from app.partners.iep_lvs import transfer
from app.partners.pupils_elsewhere import PupilsElsewhere
from app.runs import Errands, Job, Page, Skip
from app.webservice.pupils import pull_pupils
from models.board import Location
from models.partners.basispoort import BasispoortGroup, BasispoortPublisher, BasispoortPupil, BasispoortSchool
from models.partners.iep_lvs import IepSchool
from models.run import Run


def pull(
    school: BasispoortSchool, at: datetime, cursor: str = "", limit: int = PAGE, until: datetime | None = None
) -> Page:
    """Apply the next page from ESIS, and the groups with the first page; `at` is the school time of the pull.

    With `until`, the state just before that moment is pulled, whatever has changed in ESIS since.
    """
    reference = _reference(school, at)
    key = Authorisation(school.key, ID, NAME)
    return take(school, at, pull_pupils(school.location.board_id, key, reference, int(cursor or 0), limit, until))


def take(school: BasispoortSchool, at: datetime, answer: PupilAnswer) -> Page:
    """Apply a page of ESIS's answer, pulled at a school time."""
    acted = answer.keys is not None and apply_delivery.begin(school, answer.groups, answer.keys)
    counts = apply_delivery.take_pupils(school, answer.pupils)
    if answer.last is not None:
        return Page(str(answer.last), counts, acted=acted)
    school.pulled_at, school.school_year = at, answer.school.school_year
    school.save(only=(BasispoortSchool.pulled_at, BasispoortSchool.school_year))
    left = apply_delivery.let_go(school)
    return Page(None, counts, roster.who_left(left), acted=acted or left > 0)


def publish(school: BasispoortSchool, at: datetime, cursor: str = "", limit: int = PAGE) -> Page:
    """Pass the next page on to IEP LVS, and the groups with the first page."""
    pupils = BasispoortPupil.select().where(BasispoortPupil.school == school)
    page = list(pupils.where(BasispoortPupil.id > int(cursor or 0)).order_by(BasispoortPupil.id).limit(limit))
    groups = BasispoortGroup.select().where(BasispoortGroup.school == school).order_by(BasispoortGroup.id)
    keys = BasispoortPupil.select(BasispoortPupil.key).where(BasispoortPupil.school == school).namedtuples()
    message = PupilAnswer(
        school=SchoolReference(school.brin6[:4], school.brin6[4:], school.school_year),
        created_at=at,
        groups=() if cursor else tuple(roster.group_of(row) for row in groups),
        pupils=tuple(roster.pupil_of(row) for row in page),
        keys=None if cursor else frozenset(row.key for row in keys),
        last=None if len(page) < limit else page[-1].id,
    )
    return transfer.take(IepSchool.get(IepSchool.location == school.location_id), message)


def pulling_locations(board_id: int, _day: date) -> list[int]:
    """The locations with the automatic coupling switched on."""
    query = _schools(board_id).where(BasispoortSchool.automatic)
    return [row.location_id for row in query]


def publishing_locations(board_id: int, day: date) -> list[int]:
    """The locations with something to pass on, an account at IEP LVS, and IEP selected before this day.

    Excludes locations where a file was uploaded after the slot of a night that is being caught up: what Basispoort held
    at that slot is gone.
    """
    slot = clock.local(day, clock.PUBLISHERS)
    query = (
        _schools(board_id)
        .join_from(BasispoortSchool, BasispoortPublisher)
        .join_from(BasispoortSchool, IepSchool, on=IepSchool.location == BasispoortSchool.location)
        .where(
            BasispoortPublisher.publisher == IEP,
            counts_on(day),
            BasispoortSchool.pulled_at.is_null(False) | BasispoortSchool.uploaded_at.is_null(False),
            BasispoortSchool.uploaded_at.is_null() | (BasispoortSchool.uploaded_at < slot),
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


def _school(run: Run) -> BasispoortSchool:
    school: BasispoortSchool = BasispoortSchool.get(BasispoortSchool.location == run.location_id)
    return school


def _reference(school: BasispoortSchool, at: datetime) -> SchoolReference:
    return SchoolReference(school.brin6[:4], school.brin6[4:], clock.school_year_of(at.date()))


class PullElsewhere:
    """Pulling from another ESIS: the errands of one run (`app.runs.Errands`)."""

    def __init__(self, run: Run, there: Elsewhere) -> None:
        self._run, self._there = run, there
        self._pupils, self._place = PupilsElsewhere(there), ""

    def asks(self, cursor: str) -> Callable[[], None] | None:
        """Pull everything once. Raises `Skip` for another location than that of the key, which is a coupling's code."""
        self._place = cursor
        school, of = _school(self._run), self._there.key[:6].upper()
        if self._there.client_code != ID and BRIN6.fullmatch(of) and of != school.brin6:
            raise Skip(
                f"De autorisatiesleutel bij de andere ESIS is van vestiging {of}; voor {school.brin6} is daar niets op te halen."
            )
        return self._pupils.asks(self._there.authorisation(), _reference(school, _here(self._run)))

    def page(self) -> Page:
        """Apply the next pupils."""
        answer, following = self._pupils.page(self._place, _here(self._run))
        return replace(take(_school(self._run), _here(self._run), answer), cursor=following)


def _elsewhere(run: Run) -> Errands | None:
    there = setting.of(run.board_id, ID)
    return None if there is None else PullElsewhere(run, there)


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
        name=ID,
        title="ESIS naar Basispoort: groepen en leerlingen",
        at=clock.BASISPOORT,
        wanted=pulling_locations,
        page=lambda run, cursor: pull(_school(run), _here(run), cursor, until=run.slot),
        errands=_elsewhere,
    ),
]
