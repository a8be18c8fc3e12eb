"""IEP LVS's side: sign-in, Details, and Koppeling instellen with each outcome of the test message."""

from __future__ import annotations

import pytest

from app.access import Actor
from app.clock import PRACTICE_START, ClockRunning
from app.couplings import lifecycle
from app.partners import accounts
from app.partners.iep_lvs import account, connection
from app.permissions import Role
from app.refusals import Refused
from app.signing.guard import SignInFailed
from app.training import disturbances
from app.training.boards import open_partner_accounts
from models.board import Board
from models.coupling import LogEntry
from models.partners.iep_lvs import IepSchool
from tests.builders import location_of, make_actor, make_board

CODE = "99QQ001234567890abcd"


def both_sides() -> tuple[Actor, IepSchool]:
    actor = make_actor(make_board(locations=("00", "01")))
    open_partner_accounts(actor.location)
    return actor, account.school_of(actor.location)


def activate(actor: Actor, code: str = CODE) -> None:
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, code)


def test_the_schoolbeheerder_signs_in(db: str) -> None:
    actor, _ = both_sides()
    assert accounts.sign_in(actor.location, "iep-lvs", " Schoolbeheerder ", "oefenen").name == "schoolbeheerder"
    with pytest.raises(SignInFailed):
        accounts.sign_in(actor.location, "iep-lvs", "schoolbeheerder", "anders")
    with pytest.raises(SignInFailed):
        accounts.sign_in(actor.location, "iep-lvs", actor.name, "oefenen")
    with pytest.raises(SignInFailed):
        accounts.sign_in(actor.location, "basispoort", "schoolbeheerder", "oefenen")
    with pytest.raises(SignInFailed):
        accounts.sign_in(location_of(actor.board, "01"), "iep-lvs", "schoolbeheerder", "oefenen")


def test_details_can_be_changed(db: str) -> None:
    _, school = both_sides()
    account.change_details(school, " De Linde ", "99qq01")
    kept = IepSchool.get_by_id(school.id)
    assert (kept.name, kept.brin6) == ("De Linde", "99QQ01")


@pytest.mark.parametrize(
    ("name", "brin6", "field"),
    [
        ("", "99QQ00", "name"),
        ("x" * 101, "99QQ00", "name"),
        ("a\x00b", "99QQ00", "name"),
        ("De Linde", "99QQ", "brin6"),
        ("De Linde", "99QQ٠٠", "brin6"),
        ("De Linde", "QQ9900", "brin6"),
    ],
)
def test_details_that_cannot_be_are_refused(sqlite: str, name: str, brin6: str, field: str) -> None:
    _, school = both_sides()
    with pytest.raises(Refused) as caught:
        account.change_details(school, name, brin6)
    assert caught.value.field == field
    assert IepSchool.get_by_id(school.id).brin6 == "99QQ00"


def test_the_test_message_switches_the_coupling_on(db: str) -> None:
    actor, school = both_sides()
    activate(actor)
    found = connection.connect(school, f" {CODE} ")
    assert found.ok
    assert "vanaf dit moment worden de resultaten elke nacht doorgestuurd" in found.sentence
    kept = IepSchool.get_by_id(school.id)
    assert (kept.las, kept.code, kept.connected_at, kept.last_test) == ("ESIS", CODE, PRACTICE_START, found.sentence)


def test_each_failure_has_its_own_sentence_and_switches_nothing_on(db: str) -> None:
    actor, school = both_sides()
    sentences = [connection.connect(school, CODE).sentence]
    activate(actor)
    sentences.append(connection.connect(school, "99QQ00anders0123456789").sentence)
    account.change_details(school, "De Proef", "99QQ01")
    sentences.append(connection.connect(school, CODE).sentence)
    account.change_details(school, "De Proef", "99QQ00")
    lifecycle.pause(actor, "iep-lvs")
    sentences.append(connection.connect(school, CODE).sentence)
    disturbances.switch(make_actor(actor.board, Role.TRAINER), "iep-lvs", "unreachable", True)
    sentences.append(connection.connect(school, CODE).sentence)
    words = ["niet geactiveerd", "verificatiecode verschilt", "voor 99QQ01", "tijdelijk gestopt", "niet bereikbaar"]
    for sentence, word in zip(sentences, words, strict=True):
        assert word in sentence
        assert CODE[6:] not in sentence
    kept = IepSchool.get_by_id(school.id)
    assert (kept.code, kept.connected_at, kept.last_test) == ("", None, sentences[-1])
    refusals = [line for line in LogEntry.select() if line.source == "webservice"]
    assert len(refusals) == 4
    assert not any(CODE[6:] in line.message for line in LogEntry.select())


def test_a_failed_test_leaves_an_earlier_coupling_as_it_is(db: str) -> None:
    actor, school = both_sides()
    activate(actor)
    connection.connect(school, CODE)
    assert not connection.connect(school, CODE + "x").ok
    kept = IepSchool.get_by_id(school.id)
    assert (kept.code, kept.connected_at) == (CODE, PRACTICE_START)
    assert "verschilt" in kept.last_test


def test_details_that_were_changed_meanwhile_stay_changed_and_count(db: str) -> None:
    actor, school = both_sides()
    activate(actor)
    read_before = IepSchool.get_by_id(school.id)
    account.change_details(school, "De Linde", "99QQ01")
    assert "voor 99QQ01" in connection.connect(read_before, CODE).sentence
    account.change_details(school, "De Linde", "99QQ00")
    assert connection.connect(read_before, CODE).ok
    kept = IepSchool.get_by_id(school.id)
    assert (kept.name, kept.brin6, kept.code) == ("De Linde", "99QQ00", CODE)


@pytest.mark.parametrize(
    ("code", "las", "field"), [("", "ESIS", "code"), ("x" * 65, "ESIS", "code"), (CODE, "ParnasSys", "las")]
)
def test_a_form_that_is_not_filled_in_sends_nothing(sqlite: str, code: str, las: str, field: str) -> None:
    _, school = both_sides()
    with pytest.raises(Refused) as caught:
        connection.connect(school, code, las)
    assert caught.value.field == field
    assert LogEntry.select().count() == 0


def test_nothing_is_changed_while_school_time_is_being_moved(db: str) -> None:
    actor, school = both_sides()
    Board.update(target=PRACTICE_START, mover="rovict").execute()
    with pytest.raises(ClockRunning):
        connection.connect(school, CODE)
    with pytest.raises(ClockRunning):
        account.change_details(school, "De Linde", "99QQ00")
    assert actor.board.id
