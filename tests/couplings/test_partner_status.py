"""The partner's side: what has to be set up, tested again, or nothing."""

from __future__ import annotations

import pytest

from app.access import Actor
from app.couplings import lifecycle, partner_status
from app.couplings.catalogue import by_type
from app.couplings.partner_status import PartnerStatus
from app.partners.iep_lvs import connection
from tests.couplings.worlds import CODE, OTHER, activate, coupled_school, night, small_school

IEP = by_type("iep-lvs")
READY, TO_SET_UP, TO_CHECK = PartnerStatus.READY, PartnerStatus.TO_SET_UP, PartnerStatus.TO_CHECK


def stand(actor: Actor) -> PartnerStatus:
    return partner_status.stand(lifecycle.live(actor.location, "iep-lvs"))


def resume(actor: Actor, code: str) -> None:
    lifecycle.pause(actor, "iep-lvs")
    lifecycle.change_code(actor, "iep-lvs", code)


def test_the_code_of_the_last_test_message_counts_also_at_a_new_activation(db: str) -> None:
    actor, school = small_school()
    activate(actor)
    found = [stand(actor)]
    connection.connect(school, CODE)
    found.append(stand(actor))
    connection.connect(school, OTHER)
    found.append(stand(actor))
    lifecycle.end(actor, "iep-lvs")
    activate(actor, CODE)
    found.append(stand(actor))
    lifecycle.end(actor, "iep-lvs")
    activate(actor, OTHER)
    found.append(stand(actor))
    found.append(partner_status.stand(lifecycle.live(actor.location, "gynzy")))
    assert found == [TO_SET_UP, READY, READY, READY, TO_CHECK, TO_SET_UP]


def test_after_another_code_the_other_end_is_tested_again(db: str) -> None:
    actor, school = coupled_school()
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert stand(actor) is TO_CHECK
    connection.connect(school, OTHER)
    assert stand(actor) is READY


@pytest.mark.parametrize(("code", "at_once"), [(CODE, READY), (OTHER, TO_CHECK)])
def test_after_a_resumption_with_another_code_too(db: str, code: str, at_once: PartnerStatus) -> None:
    actor, school = coupled_school()
    resume(actor, code)
    assert stand(actor) is at_once
    connection.connect(school, code)
    assert stand(actor) is READY


def test_what_was_never_set_up_is_still_to_be_set_up_after_a_resumption(db: str) -> None:
    actor, _ = small_school()
    activate(actor, "")
    lifecycle.change_code(actor, "iep-lvs", CODE)
    assert stand(actor) is TO_SET_UP
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert stand(actor) is TO_SET_UP


@pytest.mark.parametrize(("code", "after"), [(CODE, READY), (OTHER, TO_CHECK)])
def test_a_night_that_went_well_shows_that_both_have_the_same_code(db: str, code: str, after: PartnerStatus) -> None:
    actor, _ = coupled_school()
    night(actor)
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    resume(actor, code)
    night(actor)
    assert stand(actor) is after


def test_the_next_step_is_said_kindly(sqlite: str) -> None:
    assert partner_status.next_step(TO_SET_UP, IEP) == IEP.next_step
    assert partner_status.next_step(TO_CHECK, IEP).startswith(
        "Controleer in IEP LVS of daar dezelfde verificatiecode staat"
    )
    assert partner_status.next_step(READY, IEP) == ""
