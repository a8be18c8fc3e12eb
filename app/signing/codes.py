"""The codes of the second step: TOTP (RFC 6238, six digits, thirty seconds, by pyotp), and recovery codes.

A code of just before or after now counts too, because clocks differ; each counts once. One of some minutes ago or ahead
counts not, but is told as what it is: clocks that differ. All reading and spending of codes is here; who may switch what is
in `second_step`.
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
"""So many characters of a user's name fit the QR code that fits an 80x24 terminal."""


SECONDS = 30
"""How long a code of the app lasts."""
NEAR = 20
"""So many codes before and after now are known as those of a clock that differs: ten minutes. More would help a guesser: of
a code of a later time one is told when it will be right.
"""
_SET_CLOCKS = "Laat computer en telefoon de tijd automatisch instellen, of typ een herstelcode."


class WrongCode(Wrong):
    """The code is not right, or was used already, or a clock is wrong; the sentence says which, where that is known."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "Deze code klopt niet of is al gebruikt. Typ de zes cijfers die de app nu toont, of een herstelcode.",
            field="code",
        )


def new_secret() -> Secret:
    """160 random bits in base32, as the standard advises."""
    return Secret(pyotp.random_base32())


def address(name: str, secret: Secret) -> str:
    """What a QR code holds: an `otpauth:` address, as authenticator apps read it."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=f"ESIS:{name[:_LABEL]}")).replace("%3A", ":")


def counter_of(secret: Secret, code: str) -> int:
    """The thirty seconds whose code this is, of those around now. Raises `WrongCode`, which tells when a clock differs."""
    now = _now(secret)
    fitting = [counter for counter in range(now - NEAR, now + NEAR + 1) if _is_of(secret, counter, code)]
    if not fitting:
        raise WrongCode
    nearest = min(fitting, key=lambda counter: (abs(counter - now), -counter))
    if abs(nearest - now) > 1:
        raise WrongCode(_of_another_time(nearest - now))
    return nearest


def spend(step: SecondStep, code: str) -> None:
    """Use up a code of the app, or a recovery code. Raises `WrongCode`; of two who come with the same one, one gets in."""
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
    """Where the last code that was taken lies ahead: nothing of before it counts, or codes would count twice."""
    if ahead <= 1:
        return ""
    return (
        f"De klok van de computer is teruggezet sinds u het laatst een code gebruikte. Codes van de app tellen weer over "
        f"{_minutes(ahead)}; typ tot dan een herstelcode."
    )


def _minutes(steps: int) -> str:
    return counted(-(-steps * SECONDS // 60), "minuut", "minuten")


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
