"""The two sides: set up or not, equal or not, and the last exchange (sources.md#known-problems a, o)."""

from __future__ import annotations

import dataclasses

import pytest

from app.access import NotAllowed
from app.clock import parse_moment
from app.couplings import lifecycle
from app.diagnosis.findings import all_kinds, diagnose, findings
from app.exchange.uwlr import Authorisation, SchoolReference
from app.partners.iep_lvs import account, connection
from app.partners.registry import explanations
from app.permissions import Role
from app.refusals import NotFound
from app.training import disturbances
from app.webservice import suppliers
from app.webservice.authorisation import authorise
from app.webservice.suppliers import SupplierForm
from tests.builders import make_actor
from tests.couplings.worlds import CODE, OTHER, activate, advance, coupled_school, night, small_school
from tests.diagnosis.finding import found, wrong

pytestmark = pytest.mark.usefixtures("sqlite")
SET_UP = "partner:iep-lvs/coupling"


def test_not_activated_then_the_other_half_then_nothing(sqlite: str) -> None:
    actor, school = small_school()
    assert wrong(actor, "iep-lvs") == ["coupling:iep-lvs"]
    activate(actor)
    assert wrong(actor, "iep-lvs") == [SET_UP]  # o: one side only
    assert "IEP LVS (F6)" in findings(actor, "iep-lvs")[0].remedy
    assert connection.connect(school, CODE).ok
    assert wrong(actor, "iep-lvs") == []
    told = diagnose(actor, "iep-lvs")
    assert told.conclusion == (
        "Niets gevonden dat iemand moet herstellen. De volgende uitwisseling is wo 15-4-2020 04:00."
    )
    assert dict(told.facts)["Verificatiecodes"] == "gelijk"


def test_software_of_somebodys_own_is_the_other_half_once_it_called(sqlite: str) -> None:
    actor, _school = small_school()
    activate(actor)
    trainer = make_actor(actor.board, Role.TRAINER)
    suppliers.add(trainer, SupplierForm("eigen", "Eigen", "iep-lvs"))
    assert wrong(actor, "iep-lvs") == [SET_UP]  # nobody called yet
    place = SchoolReference(actor.location.brin6[:4], actor.location.brin6[4:], "")
    authorise(actor.board.id, Authorisation(CODE, "eigen", "Eigen"), place)
    assert wrong(actor, "iep-lvs") == []


def test_a_stopped_coupling_and_another_code(sqlite: str) -> None:
    actor, school = coupled_school()
    lifecycle.pause(actor, "iep-lvs")
    assert wrong(actor, "iep-lvs") == ["coupling:iep-lvs"]
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    assert wrong(actor, "iep-lvs") == [SET_UP]
    assert dict(diagnose(actor, "iep-lvs").facts)["Verificatiecodes"] == "verschillend"
    night(actor)
    assert wrong(actor, "iep-lvs") == [SET_UP, "log:iep-lvs"]
    connection.connect(school, OTHER)
    night(actor)
    assert wrong(actor, "iep-lvs") == []


def test_no_code_is_ever_told(sqlite: str) -> None:
    actor, _school = coupled_school()
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    told = str(diagnose(actor, "iep-lvs").as_json())
    side = explanations()["iep-lvs"].side(actor.location.id)
    assert side is not None
    assert side.code == CODE
    assert not any(code[6:] in text for code in (CODE, OTHER) for text in (told, repr(side)))


def test_a_brin_that_differs_at_the_partner(sqlite: str) -> None:
    actor, school = coupled_school()
    account.change_details(school, school.name, "99QQ01")
    cause = found(actor, "iep-lvs", "partner:iep-lvs/details")
    assert cause is not None
    assert cause.problem == "Bij IEP LVS staat deze school als 99QQ01, in ESIS als 99QQ00."
    account.change_details(school, school.name, "99QQ00")
    assert wrong(actor, "iep-lvs") == []


def test_a_fault_shows_only_as_a_night_that_is_tried_again(sqlite: str) -> None:
    actor, _school = coupled_school()
    trainer = make_actor(actor.board, Role.TRAINER)
    disturbances.switch(trainer, "iep-lvs", "unreachable", True)
    assert wrong(actor, "iep-lvs") == []
    advance(actor, parse_moment("2020-04-15T04:01"))
    (cause,) = [cause for cause in findings(actor, "iep-lvs") if cause.wrong]
    assert str(cause.target) == "log:iep-lvs"
    assert "ESIS is niet bereikbaar" in cause.problem
    assert "storing" not in cause.sentence.lower()
    assert dict(diagnose(actor, "iep-lvs").facts)["Volgende keer"] == "wo 15-4-2020 04:15"
    disturbances.switch(trainer, "iep-lvs", "unreachable", False)
    advance(actor, parse_moment("2020-04-15T04:30"))
    assert wrong(actor, "iep-lvs") == []


def test_who_may_not_see_couplings_is_told_nothing(sqlite: str) -> None:
    actor, _school = coupled_school()
    with pytest.raises(NotAllowed):
        findings(make_actor(actor.board, Role.LEERKRACHT), "iep-lvs")
    with pytest.raises(NotFound, match=r"Er zijn: iep-lvs, gynzy, mijnschoolinfo, basispoort"):
        findings(actor, "magister")


def test_every_coupling_and_transfer_explains_itself_also_without_an_account(sqlite: str) -> None:
    actor = make_actor(small_school()[0].board)
    kinds = [kind for kind, _title in all_kinds()]
    assert kinds == ["iep-lvs", "gynzy", "mijnschoolinfo", "basispoort", "publish-iep-lvs"]
    for kind in kinds:
        assert all(dataclasses.astuple(cause)[:3] for cause in findings(actor, kind))
