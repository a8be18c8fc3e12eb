"""Mijnschoolinfo is activated only when the contact details are complete (sources.md#guardians-contact-details)."""

from __future__ import annotations

from datetime import date

import pytest

from app.couplings import lifecycle
from app.couplings.requirements import ContactsLacking
from app.refusals import Refused
from app.school.people import enrolment, guardians
from app.school.people.guardians import GuardianForm
from models.school import Guardian
from tests.partners.mijnschoolinfo.worlds import CODE, World, uncoupled

pytestmark = pytest.mark.usefixtures("db")


def activate(world: World) -> None:
    lifecycle.activate(world.actor, "mijnschoolinfo", "Rovict", True, CODE)


def test_it_is_refused_with_everybody_who_lacks_something(db: str) -> None:
    world = uncoupled()
    world.enrol("Anna Aarts")
    lonely = world.enrol("Bas Bos", guardian="Vader Bos")
    guardians.add(world.actor, lonely, GuardianForm("Moeder Bos", "moeder@voorbeeld.nl"))
    child = world.enrol("Cas Cool")
    guardians.unlink(world.actor, child, guardians.listed(world.actor, child)[0].id)
    with pytest.raises(ContactsLacking) as refused:
        activate(world)
    assert [(lack.pupil, lack.guardian) for lack in refused.value.lacks] == [("Bas Bos", "Vader Bos"), ("Cas Cool", "")]
    assert "1 verzorger zonder e-mailadres en 1 leerling zonder verzorger" in refused.value.sentence
    assert lifecycle.live(world.actor.location, "mijnschoolinfo") is None


def test_mended_it_is_activated_and_asked_no_more(db: str) -> None:
    world = uncoupled()
    pupil = world.enrol("Bas Bos", guardian="Vader Bos")
    with pytest.raises(Refused):
        activate(world)
    (carer,) = guardians.listed(world.actor, pupil)
    guardians.change(world.actor, carer.id, GuardianForm("Vader Bos", "vader@voorbeeld.nl"))
    activate(world)
    world.enrol("Cas Cool", guardian="Ouder Cool")
    assert lifecycle.change_code(world.actor, "mijnschoolinfo", "").coupling.state == "paused"


def test_only_who_is_enrolled_counts_and_one_guardian_is_named_once(db: str) -> None:
    world = uncoupled()
    world.enrol("Later Lent", since=date(2020, 8, 1), guardian="Ouder Lent")
    gone = world.enrol("Weg Wegman", guardian="Ouder Wegman")
    enrolment.unsubscribe(world.actor, gone, date(2020, 4, 14), "Verhuisd")
    activate(world)
    lifecycle.end(world.actor, "mijnschoolinfo")
    world.enrol("Een Twee", guardian="Ouder Twee <ouder@voorbeeld.nl>")
    world.enrol("Ander Twee", guardian="Ouder Twee <ouder@voorbeeld.nl>")
    Guardian.update(email="geen adres").where(Guardian.email == "ouder@voorbeeld.nl").execute()
    with pytest.raises(ContactsLacking, match="'geen adres' is geen e-mailadres") as refused:
        activate(world)
    assert len(refused.value.lacks) == 1
