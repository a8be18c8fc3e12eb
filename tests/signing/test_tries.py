"""The pause after wrong attempts: the rule in isolation, and by name and address, at every entrance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import argon2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import accounts, clock
from app import settings as program_settings
from app.access import Actor
from app.clock import ClockRunning
from app.partners import accounts as partners
from app.permissions import Role
from app.refusals import Refused, Wrong
from app.school.board import users
from app.signing import codes, guard, second_step, tries
from app.signing.hashing import hash_password
from app.signing.sign_in import sign_in
from app.signing.tries import OF_ADDRESS, OF_NAME, TooSoon, wait
from models.board import Board
from models.signing_in import Tries
from tests.builders import make_actor, make_board
from tests.passwords import NOBODY, SHARED_HASH

START = datetime(2026, 1, 5, 9, 0, 10, tzinfo=UTC)
PASSWORD, NEW = "oefenen", "een nieuw wachtwoord"
HASH = hash_password(PASSWORD)
HOUR = timedelta(hours=1)


# ---- the rule by itself


@dataclass
class Gate:
    """The rule without a database: who may try, and when each wrong try was looked at."""

    now: datetime = START
    rows: dict[str, Tries] = field(default_factory=dict)
    looked_at: list[datetime] = field(default_factory=list)

    def left(self, address: str) -> timedelta:
        return wait(list(self.rows.values()), address, self.now)

    def guess(self, address: str) -> bool:
        if self.left(address):
            return False
        row = self.rows.setdefault(address, Tries(address=address, wrong=0, at=self.now))
        row.wrong, row.at = row.wrong + 1, self.now
        self.looked_at.append(self.now)
        return True


_STEPS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 0, 0, 1, 7, 59, 60, 300, 1000])), max_size=150)
"""From which address, and after how many seconds."""


@given(_STEPS)
@settings(max_examples=50, deadline=None)
def test_of_any_tries_a_hundred_are_looked_at_in_an_hour_and_the_wait_that_is_told_is_enough(
    steps: list[tuple[int, int]],
) -> None:
    gate = Gate()
    for number, seconds in steps:
        gate.now += timedelta(seconds=seconds)
        address = f"10.0.0.{number}"
        left, alone = gate.left(address), address in gate.rows
        assert left <= (OF_ADDRESS.longest if alone else OF_NAME.longest), "an owner elsewhere waits a minute at most"
        if len(gate.looked_at) <= OF_NAME.free and not alone:
            assert not left, "below the ceiling nobody waits for another"
        gate.now += left
        assert gate.guess(address), "after the wait that was told one is let through"
    assert all(sum(first <= moment < first + HOUR for moment in gate.looked_at) <= 100 for first in gate.looked_at)


def test_as_many_addresses_as_one_likes_guess_a_hundred_times_in_the_first_hour_and_sixty_in_each_later_one() -> None:
    gate, number = Gate(), 0
    while gate.now < START + 3 * HOUR:
        for _ in range(2 if number else 50):
            number += 1
            gate.guess(f"10.0.{number // 250}.{number % 250}")
        gate.now += timedelta(seconds=10)
    hours = [sum(START + n * HOUR <= moment < START + (n + 1) * HOUR for moment in gate.looked_at) for n in range(3)]
    assert hours == [100, 60, 60]


def test_one_address_guesses_less_than_twenty_times_in_an_hour() -> None:
    gate = Gate()
    while gate.now < START + HOUR:
        gate.now += gate.left("10.0.0.1")
        gate.guess("10.0.0.1")
    assert len(gate.looked_at) < 20


# ---- through the doors


class Wall:
    """Wall time that stands still until advanced, and the visitor's address."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self._patch = START, monkeypatch

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)

    def at(self, address: str) -> None:
        self._patch.setenv(program_settings.VISITOR, address)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall(monkeypatch)
    monkeypatch.setattr(clock, "wall_now", lambda: wall.now)
    return wall


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(), role=None, name="iemand", password_hash=HASH)


def _guess(actor: Actor, name: str = "iemand", password: str = "x") -> Refused:
    with pytest.raises(Refused) as refusal:
        sign_in(actor.board, name, password)
    return refusal.value


DOORS: dict[str, Callable[[Actor, str], Any]] = {
    "ESIS": lambda actor, typed: sign_in(actor.board, "iemand", typed),
    "a partner": lambda actor, typed: partners.sign_in(actor.location, "iep-lvs", "beheer", typed),
    "a name that is not there": lambda actor, typed: partners.sign_in(actor.location, "gynzy", "niemand", typed),
    "another password": lambda actor, typed: accounts.change_password(actor, typed, NEW, NEW),
    "2FA on": lambda actor, typed: second_step.switch_on(actor, typed, codes.new_secret(), "123456"),
    "2FA off": lambda actor, typed: second_step.switch_off(actor, typed, "123456"),
}


@pytest.mark.parametrize("door", DOORS)
def test_of_twelve_wrong_passwords_four_are_looked_at_whatever_they_open(
    actor: Actor, wall: Wall, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    partners.open_user(actor.location, "iep-lvs", "beheer", HASH)
    if door == "2FA off":
        secret = codes.new_secret()
        second_step.switch_on(actor, PASSWORD, secret, codes.pyotp.TOTP(secret).at(wall.now))
    compared: list[str] = []
    usual = guard.verify_password
    monkeypatch.setattr(guard, "verify_password", lambda stored, typed: compared.append(stored) or usual(stored, typed))
    refused: list[Refused] = []
    for typed in ["x"] * 12 + [PASSWORD]:
        with pytest.raises(Refused) as refusal:
            DOORS[door](actor, typed)
        refused.append(refusal.value)
        wall.pass_(seconds=1 / 8)
    assert [isinstance(one, Wrong) for one in refused[:4]] == [True] * 4
    assert {type(one) for one in refused[4:]} == {TooSoon}
    assert {one.field for one in refused} <= {"password", "old"}
    assert len(compared) == 4, "an unknown name is compared with as many hashes as one that is there"


def test_nothing_but_the_guard_compares_a_password() -> None:
    root = Path(guard.__file__).parents[2]
    sources = [path for folder in ("app", "screens", "fixtures", "models") for path in (root / folder).rglob("*.py")]
    naming = {
        name: {path.name for path in sources if name in path.read_text(encoding="utf-8")}
        for name in ("verify_password", "PasswordHasher")
    }
    assert naming == {"verify_password": {"guard.py", "hashing.py"}, "PasswordHasher": {"hashing.py"}}


def test_who_does_not_exist_costs_what_others_cost() -> None:
    made = argon2.extract_parameters(NOBODY)
    assert made == argon2.extract_parameters(SHARED_HASH)
    assert (made.time_cost, made.memory_cost, made.parallelism) == (
        argon2.DEFAULT_TIME_COST,
        argon2.DEFAULT_MEMORY_COST,
        argon2.DEFAULT_PARALLELISM,
    )


def test_the_owner_elsewhere_is_not_held_and_the_addresses_together_have_a_ceiling(actor: Actor, wall: Wall) -> None:
    wall.at("192.0.2.1")
    for _ in range(OF_ADDRESS.free + 1):
        _guess(actor)
    assert isinstance(_guess(actor), TooSoon)
    wall.at("192.0.2.2")
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user
    wall.at("192.0.2.1")
    assert isinstance(_guess(actor, password=PASSWORD), TooSoon), "what came from here was not the owner's mistake"
    for number in range(OF_NAME.free):
        wall.at(f"198.51.100.{number}")
        _guess(actor)
    wall.at("192.0.2.2")
    held = _guess(actor, password=PASSWORD)
    assert isinstance(held, TooSoon)
    assert held.left == OF_NAME.longest
    wall.pass_(minutes=1)
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user


@pytest.mark.parametrize(("ahead", "wrong"), [({"hours": 2}, 1), ({"hours": 2}, 5), ({"days": 400}, 9)])
def test_a_clock_that_was_ahead_makes_nobody_wait_longer_than_the_pause(
    actor: Actor, wall: Wall, ahead: dict[str, float], wrong: int
) -> None:
    wall.pass_(**ahead)
    for _ in range(wrong):
        _guess(actor)
        wall.pass_(minutes=15)
    wall.now = START
    pause = OF_ADDRESS.pause(wrong)
    if pause:
        held = _guess(actor)
        assert isinstance(held, TooSoon)
        assert held.left == pause
        wall.now += pause
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user


@pytest.mark.parametrize(
    ("given_by_the_server", "kept"),
    [
        ("", "local"),
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("x" * 300, "x" * 64),
    ],
)
def test_where_a_visitor_is(monkeypatch: pytest.MonkeyPatch, given_by_the_server: str, kept: str) -> None:
    monkeypatch.setenv(program_settings.VISITOR, given_by_the_server)
    assert program_settings.visitor() == kept


def _reset(actor: Actor) -> None:
    users.reset_password(make_actor(actor.board, Role.DIRECTIE), actor.user, NEW, NEW)


def _change(actor: Actor) -> None:
    accounts.change_password(actor, PASSWORD, NEW, NEW)


@pytest.mark.parametrize("replace", [_reset, _change])
def test_another_password_lifts_the_pause_everywhere(
    actor: Actor, wall: Wall, replace: Callable[[Actor], None]
) -> None:
    for address in ("192.0.2.1", "192.0.2.2"):
        wall.at(address)
        for _ in range(OF_ADDRESS.free + 1):
            _guess(actor)
    wall.at("")
    replace(actor)
    wall.at("192.0.2.1")
    assert sign_in(actor.board, "iemand", NEW) == actor.user


def test_a_right_password_after_which_something_else_refuses_is_no_wrong_try(actor: Actor, wall: Wall) -> None:
    Board.update(target=clock.PRACTICE_START + timedelta(days=1)).where(Board.id == actor.board.id).execute()
    for _ in range(2 * OF_ADDRESS.free):
        with pytest.raises(ClockRunning):
            accounts.change_password(actor, PASSWORD, NEW, NEW)
    assert sum(row.wrong for row in Tries.select()) == 0


@pytest.mark.parametrize("name", ["iemand\0", " IEMAND "])
def test_a_name_is_one_name_at_a_partner_too(actor: Actor, wall: Wall, name: str) -> None:
    partners.open_user(actor.location, "iep-lvs", "iemand", HASH)
    assert partners.sign_in(actor.location, "iep-lvs", name, PASSWORD).name == "iemand"
    with pytest.raises(Wrong):
        partners.sign_in(actor.location, "iep-lvs", name, "x")
    assert [row.name for row in Tries.select()] == ["iemand"]
    assert tries.of_user(1, name).name == "iemand"
