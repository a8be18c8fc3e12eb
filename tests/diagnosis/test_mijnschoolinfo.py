"""People missing from Mijnschoolinfo, or still in it (sources.md#known-problems b, e, f, g, h, o)."""

from __future__ import annotations

from datetime import date

import pytest

from app.couplings import lifecycle
from app.diagnosis.findings import findings
from app.partners.causes import WAIT
from app.partners.mijnschoolinfo import account, editing, layout
from app.school.people import enrolment, guardians
from app.school.people.guardians import GuardianForm
from app.school.transition import planning
from app.workers.walker import Walked, walk
from tests.builders import make_group
from tests.diagnosis.finding import found, wrong
from tests.partners.mijnschoolinfo.worlds import CODE, World, coupled, uncoupled

pytestmark = pytest.mark.usefixtures("db")
KIND = account.ID
AT = "partner:mijnschoolinfo/"


@pytest.fixture
def world(db: str) -> World:
    """Coupled, with Anna Aarts delivered."""
    found = coupled()
    found.enrol("Anna Aarts")
    found.to("2020-04-15T09:00")
    return found


def anna(world: World) -> int:
    return world.id_of("pupil", "Anna Aarts")


def test_nothing_is_wrong_with_a_coupling_that_works(world: World) -> None:
    assert findings(world.actor, KIND) == []


def test_a_guardian_without_an_address_keeps_it_from_being_activated(db: str) -> None:
    world = uncoupled()
    pupil = world.enrol("Anna Aarts")
    (row,) = guardians.listed(world.actor, pupil)
    guardians.change(world.actor, row.id, GuardianForm("Ouder Aarts", ""))
    assert wrong(world.actor, KIND) == ["coupling:mijnschoolinfo", "contacts:mijnschoolinfo"]
    guardians.change(world.actor, row.id, GuardianForm("Ouder Aarts", "ouder@voorbeeld.nl"))
    assert wrong(world.actor, KIND) == ["coupling:mijnschoolinfo"]
    lifecycle.activate(world.actor, KIND, "Rovict", True, CODE)
    assert wrong(world.actor, KIND) == [f"{AT}coupling"]
    assert account.connect(world.school, CODE).ok
    assert wrong(world.actor, KIND) == []


def test_a_later_guardian_without_an_address_cannot_sign_in(world: World) -> None:
    pupil = world.enrol("Bas Bos")
    (row,) = guardians.listed(world.actor, pupil)
    guardians.change(world.actor, row.id, GuardianForm("Ouder Bos", ""))
    assert wrong(world.actor, KIND) == ["contacts:mijnschoolinfo"]
    world.to("2020-04-16T09:00")
    assert wrong(world.actor, KIND) == [f"{AT}guardians"]
    editing.change(world.school, "guardian", world.id_of("guardian", "Ouder Bos"), {"email": "bos@voorbeeld.nl"})
    assert wrong(world.actor, KIND) == []


def test_what_is_entered_before_and_after_five_comes_a_day_apart(world: World) -> None:
    world.to("2020-04-15T16:00")
    world.enrol("Bas Bos")
    world.to("2020-04-15T18:00")
    world.enrol("Cas Cor")
    waiting = [cause for cause in findings(world.actor, KIND) if cause.target == WAIT]
    assert [cause.remedy.partition(":")[0] for cause in waiting] == [
        "Dat staat morgen in Mijnschoolinfo",
        "Dat staat overmorgen in Mijnschoolinfo",
    ]
    assert not any(cause.wrong for cause in waiting)
    world.to("2020-04-16T09:00")
    (cause,) = [cause for cause in findings(world.actor, KIND) if cause.target == WAIT]
    assert cause.remedy.startswith("Dat staat morgen")
    world.to("2020-04-17T09:00")
    assert findings(world.actor, KIND) == []


def test_a_name_changed_in_esis_never_comes(world: World) -> None:
    world.rename(enrolment.Pupil.get(), "Anne")
    cause = found(world.actor, KIND, f"{AT}pupils")
    assert cause is not None
    assert cause.wrong
    assert cause.problem.startswith("Leerling Anna Aarts staat in Mijnschoolinfo anders dan in ESIS")
    world.to("2020-04-16T09:00")
    assert wrong(world.actor, KIND) == [f"{AT}pupils"]
    editing.change(world.school, "pupil", anna(world), {"first_name": "Anne"})
    assert wrong(world.actor, KIND) == []


def test_what_a_guardian_changed_there_is_no_difference_to_mend(world: World) -> None:
    editing.change(world.school, "guardian", world.id_of("guardian", "Ouder Aarts"), {"phone": "0612345678"})
    assert findings(world.actor, KIND) == []


def test_who_left_stays_until_the_year_transition(world: World) -> None:
    enrolment.unsubscribe(world.actor, enrolment.Pupil.get(), date(2020, 4, 15), "verhuisd")
    world.to("2020-04-16T09:00")
    cause = found(world.actor, KIND, f"{AT}pupils")
    assert cause is not None
    assert not cause.wrong
    assert "pas na de jaarovergang" in cause.remedy
    editing.delete(world.school, "pupil", anna(world))
    assert found(world.actor, KIND, f"{AT}pupils") is None
    assert found(world.actor, KIND, f"{AT}deleted") is not None


def test_own_groups_and_the_layout_are_left_over_after_the_year(db: str) -> None:
    world = coupled("2020-07-28T09:00")
    world.groups["8"] = make_group(world.actor.location, "8", "8")
    world.enrol("Anna Aarts")
    world.to("2020-07-29T09:00")
    editing.add_group(world.school, "BSO", [anna(world)])
    layout.arrange(world.school, "Klas", [anna(world)])
    world.to("2020-08-03T09:00")
    assert wrong(world.actor, KIND) == ["jaarovergang"]
    planning.propose(world.actor)
    planning.confirm(world.actor)
    assert walk(world.actor.board.id) == Walked.ARRIVED
    world.to("2020-08-04T09:00")
    assert wrong(world.actor, KIND) == [f"{AT}layout"]
    cause = found(world.actor, KIND, f"{AT}groups")
    assert cause is not None
    assert "groep BSO" in cause.problem
    layout.confirm(world.school)
    editing.delete_group(world.school, "BSO")
    assert findings(world.actor, KIND) == []


def test_a_doubt_waits_for_a_choice(db: str) -> None:
    world = uncoupled()
    for _twice in range(2):
        editing.add_pupil(world.school, editing.PupilForm("Anna", "Aarts", birth_date=date(2010, 2, 2)))
    world.enrol("Anna Aarts")
    lifecycle.activate(world.actor, KIND, "Rovict", True, CODE)
    assert account.connect(world.school, CODE).ok
    world.to("2020-04-15T09:00")
    assert wrong(world.actor, KIND) == [f"{AT}doubts"]
    cause = found(world.actor, KIND, f"{AT}doubts")
    assert cause is not None
    assert "(Anna Aarts: zelfde naam, zelfde geboortedatum; en nog 1)" in cause.sentence
