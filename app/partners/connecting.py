"""What entering the code of ESIS comes to at every partner: a code that can be one, and what the test message found."""

from __future__ import annotations

from dataclasses import dataclass

from app.refusals import Refused

LONGEST_CODE = 64
"""As long as UWLR lets an autorisatiesleutel be; what ESIS allows is up to ESIS."""


@dataclass(frozen=True)
class Connection:
    """What the test message found, as a sentence; whether the code stays in the account."""

    ok: bool
    sentence: str
    kept: bool = False


def check_code(code: str) -> str:
    """The code without spaces around it. Raises `Refused` with the form field when it is empty or too long."""
    code = code.strip()
    if not code:
        raise Refused("Vul de ESIS-verificatiecode in: dezelfde als in ESIS bij de koppeling staat.", field="code")
    if len(code) > LONGEST_CODE:
        raise Refused(f"De code telt {len(code)} tekens; er passen er {LONGEST_CODE}.", field="code")
    return code
