"""Signing in: the pause after wrong attempts, the second step, single-use codes, and no revealing messages."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app import clock
from app.access import Actor
from app.permissions import Role
from app.refusals import Refused
from app.school.board import users
from app.signing import codes, second_step, tries
from app.signing.codes import WrongCode
from app.signing.guard import SignInFailed
from app.signing.hashing import hash_password
from app.signing.sign_in import CodeNeeded, sign_in
from app.signing.tries import TooSoon
from models.base import database
from models.history import DELETED, Change
from models.signing_in import RecoveryCode, SecondStep, Secret, Tries
from tests.builders import make_actor, make_board

PASSWORD = "oefenen"
HASH = hash_password(PASSWORD)


class Wall:
    """Wall time that stands still until advanced."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, 10, tzinfo=UTC)

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(clock, "wall_now", lambda: wall.now)
    return wall


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(), role=None, name="iemand", password_hash=HASH)


def code_at(secret: str, moment: datetime) -> str:
    return pyotp.TOTP(secret).at(moment)


def with_second_step(actor: Actor, wall: Wall) -> tuple[Secret, list[str]]:
    """2FA on, and its first code no longer now."""
    secret = codes.new_secret()
    made = second_step.switch_on(actor, PASSWORD, secret, code_at(secret, wall.now))
    wall.pass_(seconds=60)
    return secret, made


def wrong(actor: Actor, name: str, password: str = "x", code: str = "") -> Refused:
    with pytest.raises(Refused) as refusal:
        sign_in(actor.board, name, password, code)
    return refusal.value


def test_the_pause_doubles_and_the_right_password_waits_too(actor: Actor, wall: Wall) -> None:
    for _ in range(tries.OF_ADDRESS.free):
        assert isinstance(wrong(actor, "iemand"), SignInFailed)
    after = "Wacht 5 seconden en probeer het dan opnieuw."
    assert wrong(actor, "iemand").sentence == f"Gebruiker of wachtwoord klopt niet. {after}"
    refused = wrong(actor, "iemand", PASSWORD)
    assert isinstance(refused, TooSoon)
    assert refused.sentence == f"Te vaak verkeerd geprobeerd. {after}"
    wall.pass_(seconds=5)
    assert "Wacht 10 seconden" in wrong(actor, "iemand").sentence
    wall.pass_(seconds=9)
    assert isinstance(wrong(actor, "iemand", PASSWORD), TooSoon)
    wall.pass_(seconds=1)
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user
    assert not Tries.select().exists()


def test_the_pause_stays_after_a_restart_and_is_of_one_name_on_one_board(actor: Actor, wall: Wall) -> None:
    other = make_actor(make_board(), name="iemand", password_hash=HASH)
    for _ in range(tries.OF_ADDRESS.free + 1):
        wrong(actor, "iemand")
    database.close()
    assert isinstance(wrong(actor, "IEMAND ", PASSWORD), TooSoon)
    assert sign_in(other.board, "iemand", PASSWORD) == other.user


def test_a_name_that_does_not_exist_is_refused_and_waits_just_as_one_that_does(actor: Actor, wall: Wall) -> None:
    said = [[wrong(actor, name).sentence for _ in range(6)] for name in ("iemand", "niemand")]
    assert said[0] == said[1]


def test_the_longest_wait_is_a_quarter_of_an_hour_and_a_day_later_it_is_forgotten(actor: Actor, wall: Wall) -> None:
    assert tries.OF_ADDRESS.pause(10_000) == timedelta(minutes=15)
    wrong(actor, "niemand")
    wall.pass_(days=1, seconds=1)
    wrong(actor, "iemand")
    assert [row.name for row in Tries.select()] == ["iemand"]


def test_tries_at_the_same_time_gain_nothing(actor: Actor, wall: Wall) -> None:
    found: list[type] = []

    def guess() -> None:
        with database.connection_context():
            found.append(type(wrong(actor, "iemand")))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(TooSoon) == 12 - tries.OF_ADDRESS.free - 1


def test_with_the_second_step_the_code_is_asked_and_counts_once(actor: Actor, wall: Wall) -> None:
    secret, _ = with_second_step(actor, wall)
    assert isinstance(wrong(actor, "iemand", PASSWORD), CodeNeeded)
    now = code_at(secret, wall.now)
    assert sign_in(actor.board, "iemand", PASSWORD, f" {now[:3]} {now[3:]} ") == actor.user
    assert isinstance(wrong(actor, "iemand", PASSWORD, now), WrongCode)
    earlier = code_at(secret, wall.now - timedelta(seconds=30))
    assert isinstance(wrong(actor, "iemand", PASSWORD, earlier), WrongCode)
    wall.pass_(seconds=30)
    assert sign_in(actor.board, "iemand", PASSWORD, code_at(secret, wall.now)) == actor.user


def test_the_code_that_switched_it_on_signs_nobody_in(actor: Actor, wall: Wall) -> None:
    secret = codes.new_secret()
    code = code_at(secret, wall.now)
    second_step.switch_on(actor, PASSWORD, secret, code)
    assert isinstance(wrong(actor, "iemand", PASSWORD, code), WrongCode)


def test_the_same_code_at_the_same_time_lets_one_in(actor: Actor, wall: Wall) -> None:
    secret, _ = with_second_step(actor, wall)
    step, code = SecondStep.get(), code_at(secret, wall.now)
    codes.spend(step, code)
    with pytest.raises(WrongCode):  # the second read it before the first spent it
        codes.spend(step, code)


def test_asking_for_the_code_again_and_again_clears_no_wrong_codes(actor: Actor, wall: Wall) -> None:
    with_second_step(actor, wall)
    for _ in range(tries.OF_ADDRESS.free):
        wrong(actor, "iemand", PASSWORD)
        assert isinstance(wrong(actor, "iemand", PASSWORD, "000000"), WrongCode)
    last = wrong(actor, "iemand", PASSWORD, "000000")
    assert last.field == "code"
    assert last.sentence.startswith(f"{WrongCode().sentence} Wacht 5 seconden")
    assert isinstance(wrong(actor, "iemand", PASSWORD, "000000"), TooSoon)
    assert isinstance(wrong(actor, "iemand", PASSWORD), TooSoon)


def test_a_recovery_code_counts_once_and_is_not_kept(actor: Actor, wall: Wall) -> None:
    _, made = with_second_step(actor, wall)
    assert len(set(made)) == codes.RECOVERY_CODES
    assert sign_in(actor.board, "iemand", PASSWORD, made[0].lower().replace("-", " ")) == actor.user
    assert isinstance(wrong(actor, "iemand", PASSWORD, made[0]), WrongCode)
    assert second_step.standing(actor.user).codes_left == codes.RECOVERY_CODES - 1
    kept = {row.digest for row in RecoveryCode.select()}
    assert not kept & {code.replace("-", "") for code in made}


def test_it_is_off_until_a_code_of_the_app_was_typed(actor: Actor, wall: Wall) -> None:
    with pytest.raises(Refused) as refusal:
        second_step.switch_on(actor, PASSWORD, codes.new_secret(), "123")
    assert refusal.value.field == "code"
    assert second_step.standing(actor.user).since is None
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user
    with_second_step(actor, wall)
    secret = codes.new_secret()
    with pytest.raises(Refused, match="staat al aan"):
        second_step.switch_on(actor, PASSWORD, secret, code_at(secret, wall.now))


def test_switching_off_asks_the_password_and_a_code(actor: Actor, wall: Wall) -> None:
    secret, made = with_second_step(actor, wall)
    for password, code, field in (("x", code_at(secret, wall.now), "password"), (PASSWORD, "000000", "code")):
        with pytest.raises(Refused) as refusal:
            second_step.switch_off(actor, password, code)
        assert refusal.value.field == field
    second_step.switch_off(actor, PASSWORD, made[3])
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user
    assert not RecoveryCode.select().exists()
    with pytest.raises(Refused, match="staat 2FA niet aan"):
        second_step.switch_off(actor, PASSWORD, made[4])


def test_a_manager_switches_it_off_for_another_and_the_history_says_who(actor: Actor, wall: Wall) -> None:
    with_second_step(actor, wall)
    manager = make_actor(actor.board, Role.APPLICATIEBEHEERDER, name="beheer")
    with pytest.raises(Refused, match="laat dit niet toe"):
        users.switch_off_second_step(make_actor(actor.board, Role.LEERKRACHT), actor.user)
    users.switch_off_second_step(manager, actor.user)
    assert sign_in(actor.board, "iemand", PASSWORD) == actor.user
    assert [(row.user, row.action) for row in Change.select().where(Change.kind == "second_step")][-1] == (
        "beheer",
        DELETED,
    )
    with pytest.raises(Refused, match="Uw eigen 2FA"):
        users.switch_off_second_step(manager, manager.user)


def test_the_secret_is_in_no_history_log_or_traceback(
    actor: Actor, wall: Wall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret, made = with_second_step(actor, wall)
    sign_in(actor.board, "iemand", PASSWORD, code_at(secret, wall.now))
    second_step.switch_off(actor, PASSWORD, made[0])
    told = caplog.text + "".join(f"{row.before}{row.after}" for row in Change.select())
    assert '"second_step"' in caplog.text or "second_step" in caplog.text
    assert str(secret) not in told
    assert str(secret) not in repr({"secret": secret, "step": [secret]})


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00", "9" * 5000])
def test_nonsense_is_a_wrong_code(actor: Actor, wall: Wall, typed: str) -> None:
    with_second_step(actor, wall)
    with pytest.raises(WrongCode):
        codes.spend(SecondStep.get(), typed)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (-9, "gold ongeveer 9 minuten geleden"),
        (-1, "gold ongeveer 1 minuut geleden"),
        (1, "pas over ongeveer 1 minuut"),
        (8, "pas over ongeveer 8 minuten"),
        (30, "klopt niet of is al gebruikt"),
    ],
)
def test_a_code_that_a_clock_makes_wrong_is_told_as_that(actor: Actor, wall: Wall, minutes: int, told: str) -> None:
    secret, _ = with_second_step(actor, wall)
    refused = wrong(actor, "iemand", PASSWORD, code_at(secret, wall.now + timedelta(minutes=minutes)))
    assert isinstance(refused, WrongCode)
    assert told in refused.sentence
    assert ("automatisch instellen" in refused.sentence) == (abs(minutes) < 10)
    with pytest.raises(Refused, match=told):
        second_step.switch_on(actor, PASSWORD, secret, code_at(secret, wall.now + timedelta(minutes=minutes)))


def test_a_clock_that_was_set_back_is_told_and_a_recovery_code_gets_in(actor: Actor, wall: Wall) -> None:
    secret, made = with_second_step(actor, wall)
    wall.pass_(hours=2)
    sign_in(actor.board, "iemand", PASSWORD, code_at(secret, wall.now))
    wall.pass_(hours=-2)
    refused = wrong(actor, "iemand", PASSWORD, code_at(secret, wall.now))
    assert "klok van de computer is teruggezet" in refused.sentence
    assert "over 120 minuten" in refused.sentence
    assert sign_in(actor.board, "iemand", PASSWORD, made[0]) == actor.user


def test_switching_on_asks_the_password_too(actor: Actor, wall: Wall) -> None:
    secret = codes.new_secret()
    with pytest.raises(Refused) as refusal:
        second_step.switch_on(actor, "x", secret, code_at(secret, wall.now))
    assert refusal.value.field == "password"
    assert second_step.standing(actor.user).since is None
