"""The next steps on a partner's start page never promise data while ESIS accepts or delivers nothing."""

from __future__ import annotations

import pytest

from app.couplings import lifecycle
from app.partners.mijnschoolinfo import overview
from screens.partners.gynzy import home as gynzy
from screens.partners.mijnschoolinfo import home as mijnschoolinfo
from tests.partners.mijnschoolinfo.worlds import coupled
from tests.partners.suppliers import GYNZY

pytestmark = pytest.mark.usefixtures("sqlite")


def test_gynzy_waits_for_the_first_night_only_while_esis_answers() -> None:
    actor, school = GYNZY.coupled()
    type(school).update(pulled_at=None).execute()
    school = GYNZY.school_of(actor.location)
    assert gynzy.next_step(school).sentence == "De groepen en leerlingen komen vannacht uit ESIS."
    lifecycle.pause(actor, "gynzy")
    told = gynzy.next_step(school).sentence
    assert told.startswith("! De koppeling is hier ingeschakeld, maar ESIS neemt nu niets aan. ")
    assert "tijdelijk gestopt" in told


def test_mijnschoolinfo_waits_for_the_first_delivery_only_while_esis_delivers() -> None:
    world = coupled()

    def told() -> str:
        school = world.fresh()
        return mijnschoolinfo.next_step(school, overview.summary(school)).sentence

    assert told().startswith("De eerste levering komt vannacht om 3:30")
    lifecycle.pause(world.actor, "mijnschoolinfo")
    assert told().startswith("! De koppeling staat hier aan, maar ESIS levert nu niets. ")
    assert "tijdelijk gestopt" in told()
