"""Who calls and for which school: every outcome of the test message, and its logbook entries."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle, logbook, partner_status
from app.couplings.partner_status import PartnerStatus
from app.exchange.uwlr import Authorisation, ResultData, ResultsRequest, SchoolReference
from app.permissions import Role
from app.runs import Unreachable
from app.training import disturbances
from app.webservice.authorisation import check_not_stopped, locations_with_coupling
from app.webservice.faults import (
    CouplingStopped,
    FaultCode,
    InvalidMessage,
    UnknownClient,
    UnknownCode,
    WebServiceFault,
    WrongLocation,
)
from app.webservice.results import push_results
from models.coupling import Coupling, LogEntry
from tests.builders import make_actor, make_board

CODE = "99QQ001234567890abcd"
OTHER = "99QQ01abcdefghijklmn"


def coupled_school(code: str = CODE) -> Actor:
    actor = make_actor(make_board(locations=("00", "01")))
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, code)
    return actor


def message(
    code: str = CODE, brin6: str = "99QQ00", client: str = "iep-lvs", name: str = "Bureau ICE"
) -> ResultsRequest:
    return ResultsRequest(
        Authorisation(code, client, name), SchoolReference(brin6[:4], brin6[4:], "2019-2020"), PRACTICE_START
    )


def refused(actor: Actor, request: ResultsRequest) -> WebServiceFault:
    with pytest.raises(WebServiceFault) as caught:
        push_results(actor.board.id, request)
    return caught.value


def lines(actor: Actor) -> list[LogEntry]:
    return [line for line in logbook.entries(actor) if line.source == "webservice"]


def test_a_test_message_with_the_right_code_is_logged(db: str) -> None:
    actor = coupled_school()
    assert push_results(actor.board.id, message()).received == 0
    (line,) = lines(actor)
    assert (line.kind, line.coupling, line.at) == (logbook.LogKind.TEST_MESSAGE, "iep-lvs", PRACTICE_START)
    assert partner_status.stand(lifecycle.live(actor.location, "iep-lvs")) is PartnerStatus.READY


def test_the_case_of_the_brin_part_does_not_matter_but_that_of_the_rest_does(db: str) -> None:
    actor = coupled_school()
    push_results(actor.board.id, message(CODE[:6].lower() + CODE[6:]))
    assert isinstance(refused(actor, message(CODE[:6] + CODE[6:].upper())), UnknownCode)


def test_another_code_differs(db: str) -> None:
    actor = coupled_school()
    fault = refused(actor, message("99QQ00anders0123456789"))
    assert type(fault) is UnknownCode
    assert fault.code == FaultCode.AUTHORISATION
    assert "verificatiecode verschilt" in fault.sentence
    assert lines(actor)[0].message == fault.sentence
    assert lines(actor)[0].kind == logbook.LogKind.REFUSED


def test_a_coupling_that_is_not_activated_is_named(db: str) -> None:
    actor = make_actor(make_board())
    fault = refused(actor, message())
    assert type(fault) is UnknownCode
    assert "niet geactiveerd" in fault.sentence
    assert len(lines(actor)) == 1


def test_an_ended_coupling_is_not_activated(db: str) -> None:
    actor = coupled_school()
    lifecycle.end(actor, "iep-lvs")
    assert "niet geactiveerd" in refused(actor, message()).sentence


def test_a_stopped_coupling_says_so(db: str) -> None:
    actor = coupled_school()
    lifecycle.pause(actor, "iep-lvs")
    fault = refused(actor, message())
    assert type(fault) is CouplingStopped
    assert fault.code == FaultCode.NOT_NOW
    assert "tijdelijk gestopt" in fault.sentence


def test_the_code_of_another_location_is_the_wrong_brin(db: str) -> None:
    actor = coupled_school()
    fault = refused(actor, message(brin6="99QQ01"))
    assert type(fault) is WrongLocation
    assert "van vestiging 99QQ00" in fault.sentence
    assert "voor 99QQ01" in fault.sentence
    assert lines(actor)[0].message == fault.sentence


def test_a_brin_that_does_not_exist_is_the_wrong_brin(db: str) -> None:
    actor = coupled_school()
    for brin6 in ("99QQ07", "11AA00"):
        fault = refused(actor, message(brin6=brin6))
        assert type(fault) is WrongLocation
        assert brin6 in fault.sentence
    assert len(lines(actor)) == 2


def test_an_unknown_code_with_an_unknown_brin_is_the_wrong_brin_and_logged_nowhere(db: str) -> None:
    actor = coupled_school()
    before = LogEntry.select().count()
    assert type(refused(actor, message("11AA00anders0123456789", brin6="11AA00"))) is WrongLocation
    assert LogEntry.select().count() == before


def test_the_code_of_another_type_of_coupling_does_not_open(db: str) -> None:
    actor = coupled_school()
    Coupling.update(type="gynzy").execute()
    assert type(refused(actor, message())) is UnknownCode


def test_a_client_that_is_not_in_the_catalogue_is_refused(db: str) -> None:
    actor = coupled_school()
    for client, name in (("iep-lvs", "Gynzy"), ("onbekend", "Bureau ICE")):
        fault = refused(actor, message(client=client, name=name))
        assert type(fault) is UnknownClient
        assert fault.code == FaultCode.CLIENT


@pytest.mark.parametrize("code", ["", "\x00", "99QQ00\ud800", "é" * 30, "99QQ٠٠1234567890abcd"])
def test_odd_codes_are_refused_like_any_other(db: str, code: str) -> None:
    actor = coupled_school()
    assert isinstance(refused(actor, message(code)), UnknownCode)


@pytest.mark.parametrize("brin6", ["", "99qq00", "٩٩QQ00", "99QQ00; DROP", CODE])
def test_an_odd_brin_is_wrong_and_not_repeated(db: str, brin6: str) -> None:
    actor = coupled_school()
    fault = refused(actor, message(brin6=brin6))
    assert type(fault) is WrongLocation
    assert not brin6 or brin6 not in fault.sentence


def test_a_code_never_stands_in_the_logbook(db: str) -> None:
    actor = coupled_school()
    other = make_actor(actor.board, number="01")
    lifecycle.activate(other, "iep-lvs", "B. Jansen", True, OTHER)
    for code, brin6 in ((CODE, "99QQ00"), (CODE, "99QQ01"), (OTHER, "99QQ00"), (OTHER[:-1], "99QQ01"), (CODE, CODE)):
        with suppress(WebServiceFault):
            push_results(actor.board.id, message(code, brin6))
    lifecycle.pause(actor, "iep-lvs")
    refused(actor, message())
    text = " ".join(line.message for line in LogEntry.select())
    assert CODE[6:] not in text
    assert OTHER[6:-1] not in text


def test_a_message_with_the_same_key_twice_is_invalid(db: str) -> None:
    actor = coupled_school()
    item = ResultData("R1", "1", "", "lezen-6", PRACTICE_START.date(), 50)
    fault = refused(actor, replace(message(), results=(item, item)))
    assert type(fault) is InvalidMessage
    assert fault.code == FaultCode.MESSAGE


@pytest.mark.parametrize("kind", ["unreachable", "slow"])
def test_a_fault_of_the_trainer_makes_esis_unreachable_for_that_partner(db: str, kind: str) -> None:
    actor = coupled_school()
    trainer = make_actor(actor.board, Role.TRAINER)
    disturbances.switch(trainer, "iep-lvs", kind, True)
    with pytest.raises(Unreachable, match="ESIS is niet bereikbaar"):
        push_results(actor.board.id, message())
    assert lines(actor) == []
    disturbances.switch(trainer, "iep-lvs", kind, False)
    push_results(actor.board.id, message())


def test_boards_do_not_know_each_others_codes(db: str) -> None:
    actor, other = coupled_school(), make_actor(make_board())
    push_results(actor.board.id, message())
    assert isinstance(refused(other, message()), UnknownCode)


def test_a_stopped_coupling_still_has_its_night(db: str) -> None:
    actor = coupled_school()
    lifecycle.activate(make_actor(actor.board, number="01"), "iep-lvs", "B. Jansen", True)
    later = PRACTICE_START + timedelta(seconds=1)
    assert len(locations_with_coupling(actor.board.id, "iep-lvs", later)) == 2
    assert locations_with_coupling(actor.board.id, "iep-lvs", PRACTICE_START) == []
    lifecycle.end(actor, "iep-lvs")
    assert len(locations_with_coupling(actor.board.id, "iep-lvs", later)) == 1


def test_a_stop_is_told_before_any_call(db: str) -> None:
    actor = coupled_school()
    other = make_actor(actor.board, number="01")
    check_not_stopped(actor.location.id, "iep-lvs")
    check_not_stopped(other.location.id, "iep-lvs")
    lifecycle.pause(actor, "iep-lvs")
    with pytest.raises(CouplingStopped) as caught:
        check_not_stopped(actor.location.id, "iep-lvs")
    assert caught.value.sentence == refused(actor, message()).sentence
