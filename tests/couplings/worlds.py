"""A small school with both sides of the IEP LVS coupling, for tests that need exchanges."""

from __future__ import annotations

from datetime import datetime

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.partners.iep_lvs import account, connection
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import sitting
from app.workers import school_time
from app.workers.walker import Walked, walk
from fixtures.board_plan import PASSWORD_HASH
from models.assessment import ActiveAssessment
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool
from tests.builders import make_actor, make_board, make_group, make_pupil

CODE = "99QQ00abcdefghijklmn"
OTHER = "99QQ00nmlkjihgfedcba"
ON, OFF, EINDTOETS = "lezen-6", "taalverzorging-6", "eindtoets-8"
KNOWN, UNKNOWN = ("1", "2"), "onbekend"


def small_school() -> tuple[Actor, IepSchool]:
    """Two pupils that ESIS and IEP LVS know and one that only IEP LVS knows; one assessment on, others off."""
    actor = make_actor(make_board())
    group = make_group(actor.location)
    school = account.open_account(actor.location, PASSWORD_HASH)
    ActiveAssessment.create(location=actor.location, assessment=ON)
    IepGroup.create(school=school, key="g6", name="6", year_group="6")
    for key in KNOWN:
        make_pupil(group, key=key)
    for key in (*KNOWN, UNKNOWN):
        IepPupil.create(school=school, key=key, first_name="x", year_group="6", group_key="g6")
    return actor, school


def activate(actor: Actor, code: str = CODE) -> None:
    """Activate IEP LVS in ESIS."""
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, code)


def coupled_school() -> tuple[Actor, IepSchool]:
    """The small school with the coupling on at both ends."""
    actor, school = small_school()
    activate(actor)
    assert connection.connect(school, CODE).ok
    return actor, school


def sit(school: IepSchool, assessment: str = ON) -> None:
    """Let the group sit an assessment now."""
    sitting.sit(SUPPLIER, school, assessment, "6")


def advance(actor: Actor, to: datetime) -> None:
    """Move school time, and do what falls due."""
    school_time.advance(actor, to)
    assert walk(actor.board.id) == Walked.ARRIVED


def night(actor: Actor) -> None:
    """To the next morning."""
    advance(actor, school_time.morning_after(clock.school_now(actor.board)))
