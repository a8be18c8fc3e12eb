"""Entering ESIS's verification code, the same at every partner: checking the code and reporting the test message."""

from __future__ import annotations

from dataclasses import dataclass

from app.refusals import Refused

LONGEST_CODE = 64
"""The maximum length of an autorisatiesleutel in UWLR; what ESIS allows is up to ESIS."""


@dataclass(frozen=True)
class Connection:
    """The result of the test message as a sentence, and whether the code is kept in the account."""

    ok: bool
    sentence: str
    kept: bool = False


def check_code(code: str) -> str:
    """The code without surrounding spaces. Raises `Refused` with the form field if it is empty or too long."""
    code = code.strip()
    if not code:
        raise Refused("Vul de ESIS-verificatiecode in: dezelfde als in ESIS bij de koppeling staat.", field="code")
    if len(code) > LONGEST_CODE:
        raise Refused(f"De code telt {len(code)} tekens; er passen er {LONGEST_CODE}.", field="code")
    return code
