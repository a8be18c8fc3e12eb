"""Concurrent changes to passwords: no attempt is lost or counted twice, and one of two new passwords is valid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import accounts
from app.access import Actor, SessionEnded
from app.refusals import Refused
from app.school.board import users
from app.signing import tries
from app.signing.hashing import hash_password
from app.signing.sign_in import sign_in
from models.board import User
from models.signing_in import Tries
from tests.builders import make_actor, make_board
from tests.races.racing import race

OLD, NEW, OTHER = "oefenen", "een nieuw wachtwoord", "een ander wachtwoord"


def _somebody() -> Actor:
    return make_actor(make_board(), None, name="iemand", password_hash=hash_password(OLD))


def test_two_first_wrong_tries_at_one_name(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = _somebody()

    def guess() -> None:
        with pytest.raises(Refused):
            sign_in(actor.board, "iemand", "x")

    race(monkeypatch, tries, "wait", guess, guess)
    assert [row.wrong for row in Tries.select()] == [2]


def test_a_password_is_reset_while_its_owner_changes_it(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second gets an error of some kind, and the first one's password is valid."""
    actor = _somebody()
    manager = make_actor(actor.board)
    refused = race(
        monkeypatch,
        tries,
        "lift",
        lambda: users.reset_password(manager, actor.user, OTHER, OTHER),
        lambda: accounts.change_password(actor, OLD, NEW, NEW),
    )
    assert refused
    assert sign_in(actor.board, "iemand", OTHER) == actor.user


def test_a_session_writes_while_its_password_is_reset(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = _somebody()
    manager = make_actor(actor.board)
    refused = race(
        monkeypatch,
        tries,
        "lift",
        lambda: users.reset_password(manager, actor.user, OTHER, OTHER),
        lambda: accounts.keep_theme(actor, "esis-licht"),
    )
    assert refused == SessionEnded().sentence
    assert User.get_by_id(actor.user.id).theme == ""
    assert accounts.keep_theme(replace(actor, user=User.get_by_id(actor.user.id)), "esis-licht").theme == "esis-licht"
