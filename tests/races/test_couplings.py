"""Concurrent changes to a coupling: it is active once, has its own code, and a night sees one consistent state."""

from __future__ import annotations

import pytest

from app.access import Actor
from app.couplings import lifecycle, requirements
from app.partners.results_supplier import delivering
from models.assessment import Result
from models.coupling import Coupling
from models.partners.iep_lvs import IepSitting
from tests.builders import make_actor, make_board
from tests.partners.suppliers import IEP
from tests.races.racing import night, race

CODE = "99QQ00codevoorvandaag1"


def _activate(actor: Actor, kind: str, code: str = "") -> None:
    lifecycle.activate(actor, kind, "A. de Vries", True, code)


def test_two_who_activate_one_coupling(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and change: the second is refused with a message."""
    board = make_board()
    actor, other = make_actor(board), make_actor(board)
    refused = race(
        monkeypatch, requirements, "check", lambda: _activate(actor, "iep-lvs"), lambda: _activate(other, "iep-lvs")
    )
    assert "is al geactiveerd" in refused
    assert Coupling.select().count() == 1


def test_two_couplings_that_get_one_code(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    board = make_board(locations=("00", "01"))
    actor, other = make_actor(board), make_actor(board)
    _activate(actor, "gynzy")
    refused = race(
        monkeypatch,
        lifecycle,
        "check_code",
        lambda: lifecycle.change_code(actor, "gynzy", CODE),
        lambda: _activate(other, "iep-lvs", CODE),
    )
    assert "is al in gebruik" in refused
    assert [(row.type, row.code) for row in Coupling.select()] == [("gynzy", CODE)]


def test_it_ends_while_its_code_is_changed(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and delete: what has ended has no code."""
    board = make_board()
    actor, other = make_actor(board), make_actor(board)
    _activate(actor, "iep-lvs", CODE)
    race(
        monkeypatch,
        lifecycle,
        "check_code",
        lambda: lifecycle.change_code(actor, "iep-lvs", f"{CODE}2"),
        lambda: lifecycle.end(other, "iep-lvs"),
    )
    assert (Coupling.get().state, Coupling.get().code) == ("ended", None)


def test_its_code_is_changed_while_it_ends(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    board = make_board()
    actor, other = make_actor(board), make_actor(board)
    _activate(actor, "iep-lvs", CODE)
    refused = race(
        monkeypatch,
        lifecycle,
        "require_live",
        lambda: lifecycle.end(actor, "iep-lvs"),
        lambda: lifecycle.change_code(other, "iep-lvs", f"{CODE}2"),
    )
    assert "is niet geactiveerd" in refused
    assert (Coupling.get().state, Coupling.get().code) == ("ended", None)


def test_it_is_stopped_during_the_push(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and night: what ESIS took is noted as sent, and it is stopped afterwards."""
    actor, account = IEP.coupled(pupils=1)
    IEP.make_results(account)
    run = IEP.run(actor)
    race(monkeypatch, delivering, "push_results", lambda: night(actor, run), lambda: lifecycle.pause(actor, "iep-lvs"))
    assert (Result.select().count(), IepSitting.get().pending, Coupling.get().state) == (1, False, "paused")


def test_a_push_begins_while_it_is_stopped(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, account = IEP.coupled(pupils=1)
    IEP.make_results(account)
    run = IEP.run(actor)
    race(monkeypatch, lifecycle, "require_live", lambda: lifecycle.pause(actor, "iep-lvs"), lambda: night(actor, run))
    assert (Result.select().count(), IepSitting.get().pending, Coupling.get().state) == (0, True, "paused")
