"""Starting states with IEP LVS."""

from __future__ import annotations

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.partners.iep_lvs import account
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import sitting
from app.refusals import Refused
from app.school.assessment import assessments
from app.school.people import renumbering
from app.training.situations import (
    CODE,
    GROUP,
    PUPIL,
    Situation,
    activated,
    coupled,
    morning,
    pupil_of_six,
    pupil_with,
)
from models.partners.iep_lvs import IepPupil, IepSitting

GROUPS = ("5", "6", "7")


def _assessment(group: str) -> str:
    """Which assessment a group sits. Raises `Refused` for a group that has none."""
    if group not in GROUPS:
        raise Refused(f"Groep '{group}' maakt hier geen toets. Kies uit: {', '.join(GROUPS)}.", field="board")
    return f"rekenen-{group}"


def _coupled(actor: Actor, code: str = "") -> None:
    """Both sides of IEP LVS, coupled this morning."""
    coupled(actor, account.ID, code)


def _after_first_night(actor: Actor, code: str = "") -> None:
    _coupled(actor, code)
    morning(actor)


def _half_done(actor: Actor, code: str = "") -> None:
    activated(actor, account.ID, code)
    morning(actor)


def _sat(actor: Actor, group: str = "6") -> None:
    """A group sat the assessment at IEP LVS."""
    sitting.sit(SUPPLIER, account.school_of(actor.location), _assessment(group), group)


def _brin_differs(actor: Actor, number: str = "09", group: str = "6") -> None:
    _after_first_night(actor)
    school = account.school_of(actor.location)
    account.change_details(school, school.name, f"{actor.location.brin6[:4]}{number}")
    _sat(actor, group)
    morning(actor)


def _codes_differ(actor: Actor) -> None:
    _coupled(actor)
    lifecycle.change_code(actor, account.ID, f"{actor.location.brin6}anderecode98765")
    morning(actor)


def _code_changed(actor: Actor, code: str = "", group: str = "6") -> None:
    _after_first_night(actor)
    lifecycle.change_code(actor, account.ID, code or f"{actor.location.brin6}anderecode98765")
    _sat(actor, group)
    morning(actor)


def _renumbered(actor: Actor, pupil: str = "", number: str = "987654") -> None:
    _after_first_night(actor)
    renumbering.renumber(actor, pupil_with(actor, pupil), number)
    for _night in range(3):
        morning(actor)


def _wrong_pupil(actor: Actor, pupil: str = "", group: str = "6") -> None:
    """A pupil sat the assessment on the account of another, who was ill, so the first pupil has no sitting."""
    _after_first_night(actor)
    _sat(actor, group)
    school, maker = account.school_of(actor.location), pupil_with(actor, pupil) if pupil else pupil_of_six(actor, 2)
    own = IepPupil.get(IepPupil.school == school, IepPupil.key == maker.key)
    made = (IepSitting.assessment == _assessment(group)) & IepSitting.pending
    IepSitting.delete().where(made, IepSitting.pupil == own).execute()
    morning(actor)


def _assessment_off(actor: Actor, group: str = "6") -> None:
    _coupled(actor)
    assessments.set_active(actor, _assessment(group), False)
    _sat(actor, group)
    morning(actor)


def _paused(actor: Actor, group: str = "6") -> None:
    _after_first_night(actor)
    lifecycle.pause(actor, account.ID)
    _sat(actor, group)
    morning(actor)


SITUATIONS: tuple[Situation, ...] = (
    Situation("iep-coupled", "IEP LVS is vanmorgen aan beide kanten gekoppeld", _coupled, parameters={"code": CODE}),
    Situation(
        "after-first-night",
        "IEP LVS is gekoppeld en de eerste nacht is voorbij",
        _after_first_night,
        parameters={"code": CODE},
    ),
    Situation(
        "half-done",
        "IEP LVS is in ESIS geactiveerd, en de andere kant is vergeten",
        _half_done,
        parameters={"code": CODE},
    ),
    Situation(
        "brin-differs",
        "IEP LVS heeft een ander BRIN6 dan ESIS",
        _brin_differs,
        parameters={"number": "de twee cijfers die bij IEP LVS staan", "group": GROUP},
    ),
    Situation("codes-differ", "De verificatiecode is in ESIS gewijzigd en in IEP LVS niet", _codes_differ),
    Situation(
        "code-changed",
        "De verificatiecode is in ESIS gewijzigd na de eerste nacht, en er zijn toetsen gemaakt",
        _code_changed,
        parameters={"code": CODE, "group": GROUP},
    ),
    Situation(
        "paused",
        "De koppeling met IEP LVS is tijdelijk gestopt, en er zijn toetsen gemaakt",
        _paused,
        parameters={"group": GROUP},
    ),
    Situation(
        "renumbered",
        "Een leerling kreeg een ander leerlingnummer en staat dubbel in IEP LVS",
        _renumbered,
        parameters={"pupil": PUPIL, "number": "het nieuwe nummer"},
    ),
    Situation(
        "wrong-pupil",
        "Een toets is op het account van een andere leerling gemaakt en geleverd",
        _wrong_pupil,
        clock.parse_moment("2020-04-13T09:00"),
        {"pupil": "het leerlingnummer van wie de toets maakte", "group": GROUP},
    ),
    Situation(
        "assessment-off",
        "Een toets staat in ESIS niet aan, en de resultaten zijn geweigerd",
        _assessment_off,
        parameters={"group": GROUP},
    ),
)
