"""A confirmed transition waits for its night, can be withdrawn, and follows changes in the meantime."""

from __future__ import annotations

from datetime import date

import pytest

from app import clock, history
from app.refusals import Refused
from app.school.people import enrolment
from app.school.transition import choosing, group_listing, planning, sending
from app.school.transition.rules import Destination, What
from app.school.transition.situations import Stage, situation
from app.workers import school_time
from app.workers.walker import walk
from models.run import Run
from tests.school.transition.worlds import (
    proposed,
    pupil,
    row,
    school,
    seat,
)


def test_confirmed_before_1_august_it_waits_for_that_night_and_comes_first(db: str) -> None:
    actor, found = school("5", "6")
    anna = pupil(found["5"], "Anna")
    proposed(actor)
    planning.confirm(actor)
    known = situation(actor)
    assert (known.stage, known.begins) == (Stage.PLANNED, clock.parse_moment("2020-08-01"))
    with pytest.raises(Refused, match="al bevestigd door"):
        planning.confirm(actor)
    school_time.advance(actor, clock.parse_moment("2020-07-31T23:59"))
    walk(actor.board.id)
    assert seat(anna) == ""
    school_time.advance(actor, clock.parse_moment("2020-08-01T08:00"))
    walk(actor.board.id)
    assert seat(anna) == "6"
    assert Run.get().slot == clock.parse_moment("2020-08-01")
    assert history.changes_about(anna.id)[0].at == clock.parse_moment("2020-08-01")


def test_a_planned_one_can_be_withdrawn_changed_and_planned_again(db: str) -> None:
    actor, found = school("5", "6")
    pupil(found["5"], "Anna")
    transition = proposed(actor)
    planning.confirm(actor)
    anna = row(actor, transition, "Anna")
    with pytest.raises(Refused, match="Trek de bevestiging eerst in"):
        sending.send(actor, transition, [anna], Destination(What.SECONDARY))
    planning.withdraw(actor)
    assert Run.select().count() == 0
    sending.send(actor, transition, [anna], Destination(What.SECONDARY))
    with pytest.raises(Refused, match="geen bevestigde"):
        planning.withdraw(actor)
    planning.confirm(actor)
    assert situation(actor).stage == Stage.PLANNED


def test_what_changed_after_the_draft_was_read_is_not_confirmed_unseen(db: str) -> None:
    actor, found = school("5", "6")
    anna = pupil(found["5"], "Anna")
    proposed(actor)
    enrolment.unsubscribe(actor, anna, date(2020, 5, 1), "Anders")
    with pytest.raises(
        planning.ProposalChanged, match=r"gaat niet meer mee \(Anna Voorbeeld\)\. Er is niets bevestigd"
    ):
        planning.confirm(actor)
    planning.confirm(actor)


def test_without_any_group_there_is_nothing_to_confirm(db: str) -> None:
    actor, _found = school("5")
    transition = proposed(actor)
    choosing.drop_group(actor, group_listing.groups(actor, transition)[0].line)
    with pytest.raises(Refused, match="geen groep voor 2020-2021"):
        planning.confirm(actor)


def test_what_changes_between_confirming_and_running_is_followed_and_told(db: str) -> None:
    actor, found = school("5", "6", "7")
    anna, bram = pupil(found["5"], "Anna"), pupil(found["5"], "Bram")
    carla = pupil(found["5"], "Carla")
    proposed(actor)
    planning.confirm(actor)
    enrolment.unsubscribe(actor, anna, date(2020, 6, 1), "Verhuizing")
    enrolment.move(actor, bram, found["6"])
    dirk = pupil(found["6"], "Dirk")
    carla.delete_instance()
    school_time.advance(actor, clock.parse_moment("2020-08-01T00:30"))
    walk(actor.board.id)
    assert [seat(who) for who in (anna, bram, dirk)] == ["", "7", "7"]
    since = situation(actor).report.since
    assert (since.joined, since.gone, since.redirected, since.gone_names) == (1, 2, 1, ("Anna Voorbeeld",))
    assert "2 leerlingen gaan niet meer mee (Anna Voorbeeld en anderen)" in situation(actor).report.sentence()
