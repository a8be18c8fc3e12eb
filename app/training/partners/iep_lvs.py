"""Starting states with IEP LVS."""

from __future__ import annotations

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.partners.iep_lvs import account
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import sitting
from app.school.assessment import assessments
from app.school.people import renumbering
from app.training.situations import Situation, activated, coupled, morning, pupil_of_six
from models.partners.iep_lvs import IepPupil, IepSitting

ASSESSMENT = "rekenen-6"


def _coupled(actor: Actor) -> None:
    """Both sides of IEP LVS, coupled this morning."""
    coupled(actor, account.ID)


def _after_first_night(actor: Actor) -> None:
    _coupled(actor)
    morning(actor)


def _half_done(actor: Actor) -> None:
    activated(actor, account.ID)
    morning(actor)


def _sat(actor: Actor) -> None:
    """Group 6 sat the assessment at IEP LVS."""
    sitting.sit(SUPPLIER, account.school_of(actor.location), ASSESSMENT, "6")


def _brin_differs(actor: Actor) -> None:
    _after_first_night(actor)
    school = account.school_of(actor.location)
    account.change_details(school, school.name, f"{actor.location.brin6[:4]}09")
    _sat(actor)
    morning(actor)


def _codes_differ(actor: Actor) -> None:
    _coupled(actor)
    lifecycle.change_code(actor, account.ID, f"{actor.location.brin6}anderecode98765")
    morning(actor)


def _renumbered(actor: Actor) -> None:
    _after_first_night(actor)
    renumbering.renumber(actor, pupil_of_six(actor), "987654")
    for _night in range(3):
        morning(actor)


def _wrong_pupil(actor: Actor) -> None:
    """A pupil sat the assessment on the account of another, who was ill, so the first pupil has no sitting."""
    _after_first_night(actor)
    _sat(actor)
    school, maker = account.school_of(actor.location), pupil_of_six(actor, 2)
    own = IepPupil.get(IepPupil.school == school, IepPupil.key == maker.key)
    made = (IepSitting.assessment == ASSESSMENT) & IepSitting.pending
    IepSitting.delete().where(made, IepSitting.pupil == own).execute()
    morning(actor)


def _assessment_off(actor: Actor) -> None:
    _coupled(actor)
    assessments.set_active(actor, ASSESSMENT, False)
    _sat(actor)
    morning(actor)


def _paused(actor: Actor) -> None:
    _after_first_night(actor)
    lifecycle.pause(actor, account.ID)
    _sat(actor)
    morning(actor)


SITUATIONS: tuple[Situation, ...] = (
    Situation("iep-coupled", "IEP LVS is vanmorgen aan beide kanten gekoppeld", _coupled),
    Situation("after-first-night", "IEP LVS is gekoppeld en de eerste nacht is voorbij", _after_first_night),
    Situation("half-done", "IEP LVS is in ESIS geactiveerd, en de andere kant is vergeten", _half_done),
    Situation("brin-differs", "IEP LVS heeft een ander BRIN6 dan ESIS", _brin_differs),
    Situation("codes-differ", "De verificatiecode is in ESIS gewijzigd en in IEP LVS niet", _codes_differ),
    Situation("paused", "De koppeling met IEP LVS is tijdelijk gestopt, en er zijn toetsen gemaakt", _paused),
    Situation("renumbered", "Een leerling kreeg een ander leerlingnummer en staat dubbel in IEP LVS", _renumbered),
    Situation(
        "wrong-pupil",
        "Een toets is op het account van een andere leerling gemaakt en geleverd",
        _wrong_pupil,
        clock.parse_moment("2020-04-13T09:00"),
    ),
    Situation("assessment-off", "Een toets staat in ESIS niet aan, en de resultaten zijn geweigerd", _assessment_off),
)
