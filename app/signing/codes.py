"""The codes of the second step: TOTP (RFC 6238, six digits, thirty seconds, by pyotp), and recovery codes.

A code of just before or after now counts too, because clocks differ; each counts once. All reading and spending of codes
is here; who may switch what is in `second_step`.
"""

from __future__ import annotations

import hashlib
import secrets

import pyotp

from app import clock
from app.refusals import Refused
from models.signing_in import RecoveryCode, SecondStep, Secret

RECOVERY_CODES = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LABEL = 18
"""So many characters of a user's name fit the QR code that fits an 80x24 terminal."""


class WrongCode(Refused):
    """The code is not right, or was used already."""

    def __init__(self) -> None:
        super().__init__(
            "Deze code klopt niet of is al gebruikt. Typ de zes cijfers die de app nu toont, of een herstelcode.",
            field="code",
        )


def new_secret() -> Secret:
    """160 random bits in base32, as the standard advises."""
    return Secret(pyotp.random_base32())


def address(name: str, secret: Secret) -> str:
    """What a QR code holds: an `otpauth:` address, as authenticator apps read it."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=f"ESIS:{name[:_LABEL]}")).replace("%3A", ":")


def counter_of(secret: Secret, code: str) -> int | None:
    """The thirty seconds whose code this is, of those around now; None when it is of none."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(secret)
    now = totp.timecode(clock.wall_now())
    fitting = [counter for counter in (now - 1, now, now + 1) if secrets.compare_digest(
        totp.generate_otp(counter).encode(), typed.encode())]  # fmt: skip
    return max(fitting, default=None)


def spend(step: SecondStep, code: str) -> None:
    """Use up a code of the app, or a recovery code. Raises `WrongCode`; of two who come with the same one, one gets in."""
    counter = counter_of(step.secret, code)
    if counter is not None:
        newer = (SecondStep.id == step.id) & (SecondStep.last_counter < counter)
        spent = SecondStep.update(last_counter=counter).where(newer).execute()
    else:
        this = (RecoveryCode.second_step == step) & (RecoveryCode.digest == _digest(code))
        spent = RecoveryCode.delete().where(this).execute()
    if not spent:
        raise WrongCode


def make_recovery_codes(step: SecondStep) -> list[str]:
    """New recovery codes, as they are shown once: `ABCD-EFGH-2345-6789`. Only their digests are kept."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    for code in made:
        RecoveryCode.create(second_step=step, digest=_digest(code))
    return [in_groups(code, "-") for code in made]


def in_groups(text: str, between: str = " ") -> str:
    """In groups of four, for people who type it over."""
    return between.join(text[place : place + 4] for place in range(0, len(text), 4))


def _digest(code: str) -> str:
    kept = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(kept.encode()).hexdigest()
