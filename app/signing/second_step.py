"""2FA: users switch the second step on and off (Mijn wachtwoord - 2FA); a manager resets it for users who lost it.

Nothing is stored until an app code has been typed, so an unfinished set-up locks nobody out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.access import Actor, writing
from app.history import changes_of
from app.refusals import Refused
from app.signing import codes
from app.signing.guard import asked_again
from models.board import User
from models.signing_in import RecoveryCode, SecondStep, Secret


@dataclass(frozen=True)
class Standing:
    """The state of a user's second step: on since when (school time; None: off), and recovery codes left."""

    since: datetime | None
    codes_left: int = 0


def standing(user: User) -> Standing:
    """Return the state of a user's second step."""
    step = SecondStep.get_or_none(SecondStep.user == user)
    if step is None:
        return Standing(None)
    left = RecoveryCode.select().where(RecoveryCode.second_step == step).count()
    return Standing(changes_of(step)[0].at, left)


def switch_on(actor: Actor, password: str, secret: Secret, code: str) -> list[str]:
    """Switch it on with the secret given to the app, proven by a code; return the recovery codes, shown once. Wrong
    passwords count like those of signing in; wrong codes do not, because the secret is on the screen.

    Raises `Refused` for field `password` or `code`, also when it is already on.
    """
    with asked_again(actor, password):
        try:
            counter = codes.counter_of(secret, code)
        except codes.WrongCode as wrong:
            raise Refused(wrong.sentence, wrong.field) from None
        with writing(actor):
            if SecondStep.get_or_none(SecondStep.user == actor.user) is not None:
                raise Refused("2FA staat al aan. Zet het eerst uit om een andere telefoon te gebruiken.", field="code")
            step = SecondStep.create(user=actor.user, secret=secret, last_counter=counter)
            return codes.make_recovery_codes(step)


def switch_off(actor: Actor, password: str, code: str) -> None:
    """Switch off one's own, with the password and a code. Wrong tries count like those of signing in.

    Raises `Refused` for field `password` or `code`.
    """
    step = _step_of(actor.user)
    with asked_again(actor, password), writing(actor):
        codes.spend(step, code)
        step.delete_instance()


def forget(user: User) -> None:
    """Remove a user's second step, within the transaction of a permitted use case. Raises `Refused` when it is off."""
    _step_of(user).delete_instance()


def _step_of(user: User) -> SecondStep:
    step: SecondStep | None = SecondStep.get_or_none(SecondStep.user == user)
    if step is None:
        raise Refused(f"Bij {user.name} staat 2FA niet aan.", field="code")
    return step
