"""Named starting states of a practice board: what a lesson begins with, or a trainer jumps to (`esis reset --to NAME`).

Each is made on a fresh practice board by the use cases that people use, as if somebody had done so, and by nights that
really passed. So a situation is never a state that could not have come about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app import access, clock
from app.access import Actor
from app.couplings import lifecycle, requirements
from app.partners import registry
from app.partners.iep_lvs import account as iep
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.partners.mijnschoolinfo import editing, layout, lists
from app.partners.results_supplier import sitting
from app.refusals import NotFound, Refused
from app.school import group_editing, members
from app.school.assessment import assessments
from app.school.group_editing import GroupForm
from app.school.people import enrolment, guardians, renumbering
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.workers import school_time
from app.workers.walker import walk_to_the_end
from models.board import Board
from models.partners.iep_lvs import IepPupil, IepSitting
from models.school import Group, Placement, Pupil, PupilGuardian

BEGIN = "begin"
IEP = iep.ID
ASSESSMENT = "rekenen-6"


@dataclass(frozen=True)
class Situation:
    """A starting state: its name, what it is in Dutch, and how it comes about."""

    name: str
    title: str
    make: Callable[[Actor], None]
    begins: datetime = clock.PRACTICE_START
    """The school time at which the board is made, before anything happens."""


def find(name: str) -> Situation:
    """The situation with this name. Raises `NotFound` naming those there are."""
    for situation in ALL:
        if situation.name == name.strip().lower():
            return situation
    raise NotFound(f"Beginstand '{name}' bestaat niet. Er zijn: {', '.join(row.name for row in ALL)}.", field="board")


def bring_about(board: Board, situation: Situation) -> None:
    """Take a practice board in its first state to a situation. Raises `Refused` where it is not in its first state."""
    situation.make(access.actor_for(access.find_user(board, "rovict")))


def code(actor: Actor, partner: str) -> str:
    """The verification code that both halves have in these situations."""
    return f"{actor.location.brin6}{registry.by_id(partner).practice_code}"


def to(actor: Actor, moment: datetime) -> None:
    """Let school time go on to a moment, with everything that falls due. Raises `Refused` where somebody stops it."""
    school_time.advance(actor, moment)
    walk_to_the_end(actor.board.id)
    if (reached := clock.school_now(actor.board)) < moment:
        raise Refused(f"De schooltijd is onderweg gestopt, op {clock.dutch_moment(reached)}.")


def morning(actor: Actor) -> None:
    """One night on."""
    to(actor, school_time.morning_after(clock.school_now(Board.get_by_id(actor.board.id))))


def _activated(actor: Actor, partner: str) -> None:
    lifecycle.activate(actor, partner, "R. de Vries", True, code(actor, partner))


def coupled(actor: Actor, partner: str) -> None:
    """Both halves, now."""
    _activated(actor, partner)
    connect = registry.by_id(partner).connect
    assert connect is not None, f"{partner} has no half of a coupling"
    connect(actor.location, code(actor, partner))


def iep_coupled(actor: Actor) -> None:
    """Both halves of IEP LVS, this morning."""
    coupled(actor, IEP)


def _after_first_night(actor: Actor) -> None:
    iep_coupled(actor)
    morning(actor)


def _half_done(actor: Actor) -> None:
    _activated(actor, IEP)
    morning(actor)


def _sat(actor: Actor) -> None:
    """Group 6 made the assessment at IEP LVS."""
    sitting.sit(SUPPLIER, iep.school_of(actor.location), ASSESSMENT, "6")


def _brin_differs(actor: Actor) -> None:
    _after_first_night(actor)
    school = iep.school_of(actor.location)
    iep.change_details(school, school.name, f"{actor.location.brin6[:4]}09")
    _sat(actor)
    morning(actor)


def _codes_differ(actor: Actor) -> None:
    iep_coupled(actor)
    lifecycle.change_code(actor, IEP, f"{actor.location.brin6}anderecode98765")
    morning(actor)


def _enrolled_today(actor: Actor) -> None:
    group = Group.get(Group.location == actor.location, Group.name == "6")
    enrolment.enrol(actor, PupilForm("Noor", "Nieuwkomer", birth_date=date(2009, 11, 3)), group)


def complete_contacts(actor: Actor) -> None:
    """Every guardian gets an e-mail address, as if the school had asked for them."""
    for lack in requirements.lacking(actor.location, clock.school_today(actor.board)):
        link = PupilGuardian.get_by_id(lack.link_id)
        address = f"verzorger{link.guardian_id}@voorbeeld.nl"
        form = GuardianForm(link.guardian.name, address, link.guardian.phone, link.relation)
        guardians.change(actor, link.guardian_id, form)


def _mijnschoolinfo_today(actor: Actor) -> None:
    complete_contacts(actor)
    coupled(actor, mijnschoolinfo.ID)


def _mijnschoolinfo(actor: Actor) -> None:
    _mijnschoolinfo_today(actor)
    morning(actor)


def _pupil(actor: Actor, number: int = 0) -> Pupil:
    """A pupil of group 6, by name."""
    six = Group.get(Group.location == actor.location, Group.name == "6")
    rows = Pupil.select().join(Placement).where(Placement.group == six).order_by(Pupil.sort_name, Pupil.id)
    found: Pupil = rows[number]
    return found


def _name_changed(actor: Actor) -> None:
    _mijnschoolinfo(actor)
    pupil = _pupil(actor)
    enrolment.change(actor, pupil, replace(PupilForm.of(pupil), first_name="Jara"))
    morning(actor)


def _pupil_left(actor: Actor) -> None:
    _mijnschoolinfo(actor)
    enrolment.unsubscribe(actor, _pupil(actor), clock.school_today(Board.get_by_id(actor.board.id)), "Verhuisd")
    morning(actor)


def _year_passed(actor: Actor) -> None:
    _mijnschoolinfo(actor)
    school = mijnschoolinfo.school_of(actor.location)
    oldest = [row.id for row in lists.pupils(school) if "8" in row.belongs][:3]
    youngest = [row.id for row in lists.pupils(school) if "2" in row.belongs][:3]
    editing.add_group(school, "BSO", youngest)
    layout.arrange(school, "Musical", oldest + youngest)
    to(actor, clock.parse_moment("2020-08-03T09:00"))
    planning.propose(actor)
    planning.confirm(actor)
    walk_to_the_end(actor.board.id)
    morning(actor)


def _renumbered(actor: Actor) -> None:
    _after_first_night(actor)
    renumbering.renumber(actor, _pupil(actor), "987654")
    for _night in range(3):
        morning(actor)


def _wrong_pupil(actor: Actor) -> None:
    """One pupil made the assessment on the account of another, who was ill: of the first there is no sitting."""
    _after_first_night(actor)
    _sat(actor)
    school, maker = iep.school_of(actor.location), _pupil(actor, 2)
    own = IepPupil.get(IepPupil.school == school, IepPupil.key == maker.key)
    made = (IepSitting.assessment == ASSESSMENT) & IepSitting.pending
    IepSitting.delete().where(made, IepSitting.pupil == own).execute()
    morning(actor)


def _assessment_off(actor: Actor) -> None:
    iep_coupled(actor)
    assessments.set_active(actor, ASSESSMENT, False)
    _sat(actor)
    morning(actor)


def _group_kept(actor: Actor) -> None:
    extra = group_editing.add(actor, GroupForm("Rekengroep", "6", "instructie", False))
    members.change_members(actor, extra, [_pupil(actor, number).id for number in range(4)], [])
    morning(actor)


def _paused(actor: Actor) -> None:
    _after_first_night(actor)
    lifecycle.pause(actor, IEP)
    _sat(actor)
    morning(actor)


def _nothing(_actor: Actor) -> None:
    """The first state itself."""


ALL: tuple[Situation, ...] = (
    Situation(BEGIN, "Het oefenbestuur zoals het begint: nog geen koppeling geactiveerd", _nothing),
    Situation("iep-coupled", "IEP LVS is vanmorgen aan beide kanten gekoppeld", iep_coupled),
    Situation("after-first-night", "IEP LVS is gekoppeld en de eerste nacht is voorbij", _after_first_night),
    Situation("half-done", "IEP LVS is in ESIS geactiveerd, en de andere kant is vergeten", _half_done),
    Situation("brin-differs", "IEP LVS heeft een ander BRIN6 dan ESIS", _brin_differs),
    Situation("codes-differ", "De verificatiecode is in ESIS gewijzigd en in IEP LVS niet", _codes_differ),
    Situation("paused", "De koppeling met IEP LVS is tijdelijk gestopt, en er zijn toetsen gemaakt", _paused),
    Situation("enrolled-today", "Er is vanmorgen een leerling ingeschreven in groep 6", _enrolled_today),
    Situation("renumbered", "Een leerling kreeg een ander leerlingnummer en staat dubbel in IEP LVS", _renumbered),
    Situation(
        "wrong-pupil",
        "Een toets is op het account van een andere leerling gemaakt en geleverd",
        _wrong_pupil,
        clock.parse_moment("2020-04-13T09:00"),
    ),
    Situation("assessment-off", "Een toets staat in ESIS niet aan, en de resultaten zijn geweigerd", _assessment_off),
    Situation("group-kept", "Een instructiegroep is niet in koppelingen beschikbaar", _group_kept),
    Situation("mijnschoolinfo", "Mijnschoolinfo is gekoppeld en de eerste levering is er", _mijnschoolinfo),
    Situation("name-changed", "Een naam is in ESIS gewijzigd nadat Mijnschoolinfo hem had", _name_changed),
    Situation("pupil-left", "Een leerling is uitgeschreven en staat nog in Mijnschoolinfo", _pupil_left),
    Situation(
        "year-passed",
        "De jaarovergang is uitgevoerd; Mijnschoolinfo heeft een eigen groep en een indeling",
        _year_passed,
        clock.parse_moment("2020-07-28T09:00"),
    ),
)
"""Every starting state, the first one first."""
