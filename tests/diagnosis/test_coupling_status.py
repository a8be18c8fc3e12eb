"""The status of couplings: each type once, with state, start, masked code, last exchange; and both sides together."""

from __future__ import annotations

import pytest

from app.access import NotAllowed
from app.clock import PRACTICE_START, parse_moment
from app.couplings import lifecycle
from app.diagnosis import attention
from app.diagnosis.coupling_status import Codes, all_couplings, headings, status_of
from app.diagnosis.findings import diagnose, findings
from app.partners.iep_lvs import account, connection
from app.permissions import Role
from app.training import disturbances
from tests.builders import make_actor, make_board
from tests.couplings.worlds import CODE, OTHER, activate, advance, coupled_school, night, small_school


def test_each_state_shows_in_the_row(db: str) -> None:
    actor, school = small_school()

    def row() -> tuple[object, ...]:
        first, *others = all_couplings(actor)
        assert [other.state for other in others] == ["available", "available"]
        return first.state, first.start_date, first.code_masked

    assert row() == ("available", None, "")
    activate(actor)
    connection.connect(school, CODE)
    assert row() == ("active", PRACTICE_START.date(), "99QQ00" + "*" * 14)
    lifecycle.pause(actor, "iep-lvs")
    assert row() == ("paused", PRACTICE_START.date(), "")
    lifecycle.end(actor, "iep-lvs")
    assert row() == ("available", None, "")


def test_the_last_exchange_is_that_of_the_own_location(db: str) -> None:
    actor, _ = coupled_school()
    assert status_of(actor, "iep-lvs").last_exchange is None
    night(actor)
    night(actor)
    last = status_of(actor, "iep-lvs").last_exchange
    assert last is not None
    assert last.slot == PRACTICE_START.replace(day=16, hour=4)
    assert status_of(make_actor(make_board()), "iep-lvs").last_exchange is None


def test_another_location_has_its_own_couplings(db: str) -> None:
    board = make_board(locations=("00", "01"))
    activate(make_actor(board))
    assert [row.state for row in all_couplings(make_actor(board, number="01"))] == ["available"] * 3


def test_headings_and_counts(sqlite: str) -> None:
    found = headings(all_couplings(make_actor(make_board()))).items()
    assert [(heading, len(rows)) for heading, rows in found] == [
        ("Resultatenkoppeling", 2),
        ("Oudercommunicatie", 1),
    ]
    assert headings([]) == {}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_see_the_overview(sqlite: str, role: Role | None) -> None:
    actor = make_actor(make_board(), role)
    if role in (Role.LEERKRACHT, Role.TRAINER, None):
        with pytest.raises(NotAllowed):
            all_couplings(actor)
    else:
        assert len(all_couplings(actor)) == 3


def test_both_halves_take_part_and_belong_together_before_anything_comes(db: str) -> None:
    actor, school = small_school()

    def now() -> tuple[bool, Codes, bool, bool]:
        status = status_of(actor, "iep-lvs")
        return status.on, status.codes, status.takes_part, status.works

    assert now() == (False, Codes.UNKNOWN, False, False)
    activate(actor)
    assert now() == (True, Codes.UNKNOWN, False, False)
    connection.connect(school, CODE)
    assert now() == (True, Codes.SAME, True, True)
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert now() == (True, Codes.DIFFERENT, True, False)
    lifecycle.change_code(actor, "iep-lvs", CODE)
    account.change_details(school, school.name, "99QQ09")
    assert now() == (True, Codes.SAME, True, False)
    lifecycle.pause(actor, "iep-lvs")
    assert now() == (True, Codes.UNKNOWN, False, False)
    assert not status_of(actor, "iep-lvs").was_ended
    lifecycle.end(actor, "iep-lvs")
    assert status_of(actor, "iep-lvs").was_ended


def test_a_night_that_is_tried_again_is_the_last_one_everywhere(db: str) -> None:
    actor, _school = coupled_school()
    trainer = make_actor(actor.board, Role.TRAINER)
    disturbances.switch(trainer, "iep-lvs", "unreachable", True)
    night(actor)
    assert "is mislukt" in attention.notices(actor)[0].text
    advance(actor, parse_moment("2020-04-16T04:01"))
    assert ["is nog niet gelukt" in cause.problem for cause in findings(actor, "iep-lvs") if cause.wrong] == [True]
    assert attention.notices(actor) == []
    assert "is mislukt" not in attention.why_no_results(actor)
    assert dict(diagnose(actor, "iep-lvs").facts)["Laatste keer"].startswith("do 16-4-2020 04:00 gepland")
