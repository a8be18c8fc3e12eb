"""What ESIS's forms say about Mijnschoolinfo: existing people, and when new ones arrive (rules 2 and T)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app import clock
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, cards, esis_notes
from models.partners.mijnschoolinfo import MsiGuardian, MsiPupil
from models.school import Guardian
from tests.partners.mijnschoolinfo.worlds import coupled, uncoupled

pytestmark = pytest.mark.usefixtures("db")
TODAY = date(2020, 4, 14)


def at(moment: str) -> datetime:
    return clock.parse_moment(moment)


@pytest.mark.parametrize(
    ("now", "effective", "morning"),
    [
        ("2020-04-14T16:59", "2020-04-14", "2020-04-15"),
        ("2020-04-14T17:00", "2020-04-14", "2020-04-16"),
        ("2020-04-14T09:00", "2020-05-04", "2020-05-05"),
        ("2020-04-14T18:00", "2020-04-15", "2020-04-16"),
        ("2020-10-24T16:00", "2020-10-24", "2020-10-25"),
    ],
)
def test_who_is_new_comes_the_morning_after_the_first_cut_off(now: str, effective: str, morning: str) -> None:
    location = coupled().school.location
    assert esis_notes.arrives(location, date.fromisoformat(effective), at(now)) == date.fromisoformat(morning)


def test_the_promise_is_kept(db: str) -> None:
    world = coupled()
    world.enrol("Anna Aarts")
    day = esis_notes.arrives(world.school.location, TODAY, at("2020-04-14T09:00"))
    assert day is not None
    world.to(f"{day}T03:29")
    assert world.names() == {}
    world.to(f"{day}T08:00")
    assert list(world.names()) == ["Anna Aarts"]


def test_it_is_said_in_words(db: str) -> None:
    location = coupled().school.location
    assert esis_notes.coming(location, TODAY, at("2020-04-14T09:00")) == "Komt morgen in Mijnschoolinfo."
    late = "Komt overmorgen in Mijnschoolinfo (na 17:00 ingevoerd)."
    assert esis_notes.coming(location, TODAY, at("2020-04-14T17:00")) == late
    assert (
        esis_notes.coming(location, date(2020, 5, 4), at("2020-04-14T09:00")) == "Komt op 5-5-2020 in Mijnschoolinfo."
    )
    assert "eerste levering van het nieuwe schooljaar" in esis_notes.coming(
        location, date(2020, 8, 17), at("2020-04-14T09:00")
    )


def test_nothing_is_promised_where_nothing_comes(db: str) -> None:
    world = uncoupled()
    location, now = world.school.location, at("2020-04-14T09:00")
    assert esis_notes.coming(location, TODAY, now) == ""
    stopped = coupled()
    lifecycle.pause(stopped.actor, account.ID)
    assert esis_notes.coming(stopped.school.location, TODAY, now) == ""


def test_who_is_there_is_known_while_the_coupling_is_on(db: str) -> None:
    world = coupled()
    pupil = world.enrol("Anna Aarts")
    location = world.school.location
    assert esis_notes.form_note(location, "pupil", pupil.id, at("2020-04-14T09:00")) == ""
    world.to("2020-04-15T08:00")
    carer = Guardian.get(Guardian.name == "Ouder Aarts")
    assert esis_notes.form_note(location, "pupil", pupil.id, at("2020-04-14T09:00")) == esis_notes.NOT_TAKEN_OVER
    assert esis_notes.knows(location, "guardian", carer.id)
    assert not esis_notes.knows(location, "staff", pupil.id)
    account.disconnect(world.school)
    assert not esis_notes.knows(location, "pupil", pupil.id)


def test_a_card_has_what_belongs_to_the_record(db: str) -> None:
    world = coupled()
    world.enrol("Anna Aarts")
    world.to("2020-04-15T08:00")
    school = world.fresh()
    pupil = cards.card(school, "pupil", MsiPupil.get().id)
    assert [(tie.kind, tie.name) for tie in pupil.ties] == [("group", "6"), ("guardian", "Ouder Aarts")]
    assert pupil.why == "uit ESIS, 15-4-2020"
    assert [tie.name for tie in cards.card(school, "guardian", MsiGuardian.get().id).ties] == ["Anna Aarts"]
    assert [tie.name for tie in cards.card(school, "group", pupil.ties[0].id).ties] == ["Anna Aarts"]
    assert cards.own_groups(school) == []
