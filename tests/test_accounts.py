"""One's own account: the password is asked before it changes, and the chosen theme is saved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import accounts, clock
from app.access import Actor
from app.refusals import Refused
from app.signing.guard import SignInFailed
from app.signing.hashing import hash_password
from app.signing.sign_in import sign_in
from models.board import Board, User
from tests.builders import make_actor, make_board

OLD, NEW = "oefenen", "een nieuw wachtwoord"
HASH = hash_password(OLD)


@pytest.fixture
def actor(db: str) -> Actor:
    """Somebody without a role, which one's own account does not ask."""
    return make_actor(make_board(), role=None, name="iemand", password_hash=HASH)


def test_after_a_change_only_the_new_password_signs_in(actor: Actor) -> None:
    changed = accounts.change_password(actor, OLD, NEW, NEW)
    assert sign_in(actor.board, "iemand", NEW) == changed == actor.user
    assert changed.password_hash.startswith("$argon2id$")
    with pytest.raises(SignInFailed):
        sign_in(actor.board, "iemand", OLD)


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "part"),
    [
        ("Oefenen", NEW, NEW, "old", "huidige wachtwoord klopt niet"),
        (OLD, "", "", "new", "verplicht"),
        (OLD, "zeven77", "zeven77", "new", "telt 7 tekens"),
        (OLD, "x" * 201, "x" * 201, "new", "telt 201 tekens"),
        (OLD, NEW, NEW + " ", "again", "verschillend"),
    ],
)
def test_what_is_refused_names_its_field_and_changes_nothing(
    actor: Actor, old: str, new: str, again: str, field: str, part: str
) -> None:
    with pytest.raises(Refused, match=part) as refusal:
        accounts.change_password(actor, old, new, again)
    assert refusal.value.field == field
    assert sign_in(actor.board, "iemand", OLD) == actor.user


def test_the_new_password_differs_from_the_old(actor: Actor) -> None:
    accounts.change_password(actor, OLD, NEW, NEW)
    with pytest.raises(Refused, match="hetzelfde") as refusal:
        accounts.change_password(actor, NEW, NEW, NEW)
    assert refusal.value.field == "new"


def test_a_password_changed_elsewhere_meanwhile_is_not_overwritten(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = hash_password("elders gekozen")

    def slow_hash(_password: str) -> str:
        User.update(password_hash=elsewhere).where(User.id == actor.user.id).execute()
        return HASH

    monkeypatch.setattr(accounts, "hash_password", slow_hash)
    with pytest.raises(Refused, match="intussen"):
        accounts.change_password(actor, OLD, NEW, NEW)
    assert sign_in(actor.board, "iemand", "elders gekozen") == actor.user


def test_the_theme_is_kept_for_this_user_alone(actor: Actor) -> None:
    other = make_actor(actor.board)
    assert accounts.keep_theme(actor, "esis-licht").theme == "esis-licht"
    assert User.get_by_id(other.user.id).theme == ""


def test_nothing_is_kept_while_school_time_is_being_moved(actor: Actor) -> None:
    Board.update(target=clock.PRACTICE_START + timedelta(days=1)).where(Board.id == actor.board.id).execute()
    with pytest.raises(clock.ClockRunning):
        accounts.change_password(actor, OLD, NEW, NEW)
    with pytest.raises(clock.ClockRunning):
        accounts.keep_theme(actor, "esis-licht")


@pytest.mark.parametrize(("password", "told"), [("a", "telt 1 teken;"), ("ab", "telt 2 tekens;")])
def test_how_long_a_password_is_agrees_in_number(password: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        accounts.check_new(password)
