"""Bringing about by code what a remark is about: how the linter sees that the remark can come.

Only through use cases that people have too. Where this knows no way, a block ` ```esis provoke ` of the lesson shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from peewee import DoesNotExist

from app import access, clock
from app.access import Actor
from app.check_kinds import spaced
from app.couplings import lifecycle, rollback
from app.exchange.names import full_name
from app.partners import registry
from app.partners.basispoort import account as basispoort
from app.partners.basispoort import publishers
from app.partners.iep_lvs import account as iep
from app.partners.iep_lvs import connection, moving
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.partners.mijnschoolinfo import editing, layout
from app.partners.results_supplier import merging
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school import group_editing
from app.school.assessment import assessments
from app.school.board import roles
from app.school.group_editing import GroupForm
from app.school.people import enrolment, pupils
from app.school.people.pupil_form import PupilForm
from app.training import situations
from app.training.scripts.checks import Check
from models.base import database
from models.board import Board, Location
from models.partners.iep_lvs import IepPupil, IepSitting
from models.partners.mijnschoolinfo import MsiPupil
from models.school import Group

Way = Callable[..., object]
"""Takes the actor and the words of the check."""


def can_come(actor: Actor, check: Check) -> bool:
    """Whether what a remark is about can be brought about on the board as it is; nothing of it stays."""
    with database.atomic() as attempt:
        try:
            for one in (check, *check.also):
                if not one.kind.holds(actor, *one.given):
                    _way(one)(actor, *one.given)
            return check.holds(actor)
        except (Refused, AssertionError, LookupError, ValueError, AttributeError, DoesNotExist):  # not on this board
            return False
        finally:
            attempt.rollback()


def _way(check: Check) -> Way:
    way = WAYS.get(check.kind.written)
    if way is None:
        raise NotFound(f"'{check.text}' is niet met code te maken.")
    return way


def _other(actor: Actor) -> str:
    return f"{actor.location.brin6}anderecode98765"


def _coupling(actor: Actor, kind: str, state: str) -> None:
    live = lifecycle.live(actor.location, kind)
    if state == "paused" and live is None:
        lifecycle.activate(actor, kind, "R. de Vries", True)
    elif state == "paused":
        lifecycle.pause(actor, kind)
    else:
        if live is None:
            situations.activated(actor, kind)
        if state == "ended":
            lifecycle.end(actor, kind)


def _connect(actor: Actor, kind: str, code: str) -> None:
    connect = registry.by_id(kind).connect
    assert connect is not None
    connect(actor.location, code)


def _codes_different(actor: Actor, kind: str) -> None:
    if lifecycle.live(actor.location, kind) is None:
        situations.activated(actor, kind)
    _connect(actor, kind, situations.code(actor, kind))
    lifecycle.change_code(actor, kind, _other(actor))


def _waiting(actor: Actor, kind: str) -> None:
    if kind == mijnschoolinfo.ID:
        mijnschoolinfo.disconnect(mijnschoolinfo.school_of(actor.location))


def _status(actor: Actor, key: str, status: str) -> None:
    if status == "unsubscribed":
        today = clock.school_today(Board.get_by_id(actor.board.id))
        enrolment.unsubscribe(actor, pupils.get(actor, key), today, "Verhuizing")


def _named(actor: Actor, key: str, name: str, system: str) -> None:
    pupil = pupils.get(actor, key)
    first = spaced(name).removesuffix(full_name(pupil.prefix, pupil.last_name)).strip()
    if system == "esis":
        enrolment.change(actor, pupil, replace(PupilForm.of(pupil), first_name=first))
    elif system == mijnschoolinfo.ID:
        school = mijnschoolinfo.school_of(actor.location)
        editing.change(school, "pupil", _there(actor, key), {"first_name": first})


def _gone(actor: Actor, key: str, system: str) -> None:
    if system == mijnschoolinfo.ID:
        editing.delete(mijnschoolinfo.school_of(actor.location), "pupil", _there(actor, key))


def _there(actor: Actor, key: str) -> int:
    school = mijnschoolinfo.school_of(actor.location)
    return int(MsiPupil.get(MsiPupil.school == school, MsiPupil.key == key).id)


def _available(actor: Actor, name: str) -> None:
    row = Group.get(Group.location == actor.location, Group.name == spaced(name))
    group_editing.change(actor, row, GroupForm(row.name, row.year_groups, row.kind, True))


def _role(actor: Actor, user: str, role: str, *, elsewhere: bool = False) -> None:
    here = Location.id == actor.location.id
    place = Location.get(Location.board == actor.board, ~here if elsewhere else here)
    roles.give_role(actor, access.find_user(actor.board, user), Role[role.upper()], place)


def _wrong(actor: Actor, job: str, target: str) -> None:
    if target == "partner:basispoort/las":
        basispoort.set_automatic(basispoort.school_of(actor.location), False)
    elif job == iep.ID and target.endswith("/details"):
        school = iep.school_of(actor.location)
        iep.change_details(school, school.name, f"{actor.location.brin6[:4]}09")


def _unticked(actor: Actor, publisher: str) -> None:
    known = publishers.find(publisher.removesuffix("-lvs"))
    publishers.untick(basispoort.school_of(actor.location), known)


def _merged(actor: Actor, source: str, target: str) -> None:
    merging.merge(connection.SUPPLIER, iep.school_of(actor.location), source, target)


def _sitting(actor: Actor, assessment: str, key: str, day: str) -> None:
    """Move the sitting of somebody else to this pupil."""
    school, date = iep.school_of(actor.location), clock.parse_date(day)
    rows = IepSitting.select(IepSitting, IepPupil).join(IepPupil).where(IepPupil.school == school)
    theirs = rows.where(IepSitting.assessment == assessment, IepSitting.date == date, IepPupil.key != key).first()
    moving.move(school, assessment, date, theirs.pupil.key, key)


def _rolled_back(actor: Actor, kind: str, _state: str = "") -> None:
    rollback.roll_back(actor, rollback.last(actor, kind))


def _layout(actor: Actor) -> None:
    layout.confirm(mijnschoolinfo.school_of(actor.location))


WAYS: dict[str, Way] = {
    "coupling TYPE STATE": _coupling,
    "code TYPE CODE": lifecycle.change_code,
    "codes TYPE different": _codes_different,
    "codes TYPE equal": lambda actor, kind: _connect(actor, kind, situations.code(actor, kind)),
    "partner JOB ready": lambda actor, kind: _connect(actor, kind, situations.code(actor, kind)),
    "partner JOB waiting": _waiting,
    "wrong JOB TARGET": _wrong,
    "pupil KEY STATUS": _status,
    "pupil KEY named NAME at SYSTEM": _named,
    "pupil KEY not-at SYSTEM": _gone,
    "group GROUP available": _available,
    "user USER role ROLE": _role,
    "user USER role ROLE elsewhere": lambda actor, user, role: _role(actor, user, role, elsewhere=True),
    "assessment ASSESSMENT off": lambda actor, name: assessments.set_active(actor, name, False),
    "assessment ASSESSMENT on": lambda actor, name: assessments.set_active(actor, name, True),
    "publisher PUBLISHER unticked": _unticked,
    "account KEY merged-into KEY": _merged,
    "sitting ASSESSMENT of KEY on DAY": _sitting,
    "delivery TYPE rolled-back": _rolled_back,
    "layout confirmed": _layout,
}
"""How each kind of check is brought about."""
