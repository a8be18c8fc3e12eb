"""A changed BRIN or number: which couplings need a new code, and that the night is refused until they have one."""

from __future__ import annotations

import pytest

from app.access import NotAllowed
from app.couplings import lifecycle, renumbering
from app.permissions import Role
from app.school.board import organisation
from app.school.board.organisation import LocationForm, SchoolForm
from models.board import Location, School
from models.run import Run
from tests.builders import make_actor
from tests.couplings.worlds import CODE, activate, coupled_school, night, small_school


def test_before_and_after_the_change_the_same_couplings_are_named(db: str) -> None:
    actor, _ = small_school()
    activate(actor)
    school = actor.location.school
    assert renumbering.affected(actor, school) == []
    before = renumbering.affected(actor, school, brin="99ZZ")
    assert [(one.coupling, one.code_start, one.brin6) for one in before] == [("IEP LVS", "99QQ00", "99ZZ00")]
    organisation.change_school(actor, school, SchoolForm("99ZZ", school.name))
    after = renumbering.affected(actor, School.get_by_id(school.id))
    assert [one.sentence for one in after] == [one.sentence for one in before]
    assert lifecycle.require_live(actor.location, "iep-lvs").code == CODE


def test_another_number_counts_for_its_own_location_only(db: str) -> None:
    actor, _ = small_school()
    activate(actor)
    other = organisation.add_location(actor, actor.location.school, LocationForm("01", "Park"))
    assert renumbering.affected(actor, other, number="09") == []
    (found,) = renumbering.affected(actor, actor.location, number="09")
    assert found.brin6 == "99QQ09"


def test_a_stopped_or_ended_coupling_has_no_code_to_change(db: str) -> None:
    actor, _ = small_school()
    activate(actor)
    lifecycle.pause(actor, "iep-lvs")
    assert renumbering.affected(actor, actor.location, number="09") == []
    lifecycle.end(actor, "iep-lvs")
    assert renumbering.affected(actor, actor.location, number="09") == []


def test_the_next_exchange_is_refused(db: str) -> None:
    actor, _ = coupled_school()
    organisation.change_location(actor, actor.location, LocationForm("09", "Dorp"))
    night(actor)
    run = Run.get(Run.job == "iep-lvs")
    assert (run.state, "99QQ00 bestaat niet in ESIS" in run.error) == ("failed", True)
    assert Location.get_by_id(actor.location.id).brin6 == "99QQ09"


def test_only_who_may(db: str) -> None:
    actor, _ = small_school()
    with pytest.raises(NotAllowed):
        renumbering.affected(make_actor(actor.board, Role.INTERN_BEGELEIDER), actor.location)
