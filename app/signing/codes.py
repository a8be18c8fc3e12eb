"""The codes of the second step: TOTP (RFC 6238, six digits, thirty seconds, by pyotp), and recovery codes.

The codes just before and after the current one are accepted too, because clocks differ; each only once. A code of some
minutes earlier or later is refused, with a message that the clocks differ. All checking and consuming of codes is here;
who may switch what is in `second_step`.
"""

from __future__ import annotations

import hashlib
import secrets

import pyotp

from app import clock
from app.counted import counted
from app.refusals import Wrong
from models.signing_in import RecoveryCode, SecondStep, Secret

RECOVERY_CODES = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LABEL = 18
"""Longest user name that fits in the QR code that fits an 80x24 terminal."""


SECONDS = 30
"""The lifetime of an app code."""
NEAR = 20
"""Number of codes before and after now that are recognised as from a differing clock: ten minutes. More would help a
guesser: a code of a later time is answered with when it will be valid.
"""
_SET_CLOCKS = "Laat computer en telefoon de tijd automatisch instellen, of typ een herstelcode."


class WrongCode(Wrong):
    """The code is wrong, was used already, or a clock is wrong; the sentence says which, if known."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "Deze code klopt niet of is al gebruikt. Typ de zes cijfers die de app nu toont, of een herstelcode.",
            field="code",
        )


def new_secret() -> Secret:
    """Return 160 random bits in base32, as the standard advises."""
    return Secret(pyotp.random_base32())


def address(name: str, secret: Secret) -> str:
    """The content of a QR code: an `otpauth:` address, as authenticator apps read it."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=f"ESIS:{name[:_LABEL]}")).replace("%3A", ":")


def counter_of(secret: Secret, code: str) -> int:
    """The index of the thirty-second interval of this code, near now. Raises `WrongCode`, which tells when a clock
    differs.
    """
    now = _now(secret)
    fitting = [counter for counter in range(now - NEAR, now + NEAR + 1) if _is_of(secret, counter, code)]
    if not fitting:
        raise WrongCode
    nearest = min(fitting, key=lambda counter: (abs(counter - now), -counter))
    if abs(nearest - now) > 1:
        raise WrongCode(_of_another_time(nearest - now))
    return nearest


def spend(step: SecondStep, code: str) -> None:
    """Consume an app code or a recovery code. Raises `WrongCode`; of two users of the same code, one gets in."""
    this = (RecoveryCode.second_step == step) & (RecoveryCode.digest == _digest(code))
    if RecoveryCode.delete().where(this).execute():
        return
    counter = counter_of(step.secret, code)
    newer = (SecondStep.id == step.id) & (SecondStep.last_counter < counter)
    if not SecondStep.update(last_counter=counter).where(newer).execute():
        raise WrongCode(_set_back(step.last_counter - _now(step.secret)))


def _now(secret: Secret) -> int:
    return int(pyotp.TOTP(secret, interval=SECONDS).timecode(clock.wall_now()))


def _is_of(secret: Secret, counter: int, code: str) -> bool:
    made, typed = pyotp.TOTP(secret, interval=SECONDS).generate_otp(counter), "".join(code.split())
    return secrets.compare_digest(made.encode(), typed.encode())


def _of_another_time(steps: int) -> str:
    minutes = _minutes(abs(steps))
    if steps < 0:
        return (
            f"Deze code gold ongeveer {minutes} geleden. Typ de code die de app nu toont. Is dat deze, dan lopen de klok van "
            f"de computer en die van uw telefoon niet gelijk. {_SET_CLOCKS}"
        )
    return (
        f"Deze code geldt pas over ongeveer {minutes}: de klok van de computer en die van uw telefoon lopen niet gelijk. "
        f"{_SET_CLOCKS}"
    )


def _set_back(ahead: int) -> str:
    """Tell that the last accepted code lies ahead: earlier codes are refused, or a code could be used twice."""
    if ahead <= 1:
        return ""
    return (
        f"De klok van de computer is teruggezet sinds u het laatst een code gebruikte. Codes van de app tellen weer over "
        f"{_minutes(ahead)}; typ tot dan een herstelcode."
    )


def _minutes(steps: int) -> str:
    return counted(-(-steps * SECONDS // 60), "minuut", "minuten")


def make_recovery_codes(step: SecondStep) -> list[str]:
    """Create recovery codes, in the form shown once: `ABCD-EFGH-2345-6789`. Only their digests are stored."""
    made = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    for code in made:
        RecoveryCode.create(second_step=step, digest=_digest(code))
    return [in_groups(code, "-") for code in made]


def in_groups(text: str, between: str = " ") -> str:
    """Split into groups of four, for retyping."""
    return between.join(text[place : place + 4] for place in range(0, len(text), 4))


def _digest(code: str) -> str:
    kept = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(kept.encode()).hexdigest()
