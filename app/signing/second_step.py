"""2FA: a user switches the second step on and off (Mijn wachtwoord - 2FA), and a manager for who lost it.

Nothing is kept until a code of the app has been typed, so nobody locks oneself out by half a set-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.access import Actor, verify_password, writing
from app.history import changes_of
from app.refusals import Refused
from app.signing import codes, tries
from models.board import User
from models.signing_in import RecoveryCode, SecondStep, Secret


@dataclass(frozen=True)
class Standing:
    """How it stands with a user's second step: since when (school time; None: it is off), and recovery codes left."""

    since: datetime | None
    codes_left: int = 0


def standing(user: User) -> Standing:
    """How it stands with a user's second step."""
    step = SecondStep.get_or_none(SecondStep.user == user)
    if step is None:
        return Standing(None)
    left = RecoveryCode.select().where(RecoveryCode.second_step == step).count()
    return Standing(changes_of(step)[0].at, left)


def switch_on(actor: Actor, secret: Secret, code: str) -> list[str]:
    """Switch it on with the secret that the app was given, shown by a code of it; the recovery codes, for once.

    Raises `Refused` for field `code`, also when it is on already.
    """
    counter = codes.counter_of(secret, code)
    if counter is None:
        raise Refused(
            "Deze code klopt niet. Typ de zes cijfers die de app nu toont, en kijk of de klok van uw telefoon gelijk loopt.",
            field="code",
        )
    with writing(actor):
        if SecondStep.get_or_none(SecondStep.user == actor.user) is not None:
            raise Refused("2FA staat al aan. Zet het eerst uit om een andere telefoon te gebruiken.", field="code")
        step = SecondStep.create(user=actor.user, secret=secret, last_counter=counter)
        return codes.make_recovery_codes(step)


def switch_off(actor: Actor, password: str, code: str) -> None:
    """Switch off one's own, with the password and a code. Wrong tries count as those of signing in.

    Raises `Refused` for field `password` or `code`.
    """
    step = _step_of(actor.user)
    tries.begin(actor.board, actor.name)
    if not verify_password(User.get_by_id(actor.user.id).password_hash, password):
        raise Refused("Het wachtwoord klopt niet. Typ het wachtwoord waarmee u zich aanmeldde.", field="password")
    with writing(actor):
        codes.spend(step, code)
        step.delete_instance()
    tries.succeeded(actor.board, actor.name)


def forget(user: User) -> None:
    """Take a user's second step away, within the transaction of a use case that may. Raises `Refused` when it is off."""
    _step_of(user).delete_instance()


def _step_of(user: User) -> SecondStep:
    step: SecondStep | None = SecondStep.get_or_none(SecondStep.user == user)
    if step is None:
        raise Refused(f"Bij {user.name} staat 2FA niet aan.", field="code")
    return step
