"""The format of the verification code (sources.md#code; each sentence is ours).

A code starts with the BRIN and location number of its location and has 20 to 50 ASCII letters and digits in all. Lower
case in the BRIN part is accepted and stored as upper case; the rest is case-sensitive.
"""

from __future__ import annotations

from app.refusals import Refused

SHORTEST = 20
LONGEST = 50
PREFIX = 6
ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


class InvalidVerificationCode(Refused):
    """A code has the wrong format; the sentence says what was typed and what is expected."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="code")


def normalise(code: str, brin6: str) -> str:
    """Return the code as ESIS stores it, for the location with this BRIN6. Raises `InvalidVerificationCode`."""
    _check_characters(code)
    kept = code[:PREFIX].upper() + code[PREFIX:]
    _check_prefix(code, kept, brin6)
    if not SHORTEST <= len(code) <= LONGEST:
        raise InvalidVerificationCode(
            f"De code is {len(code)} tekens lang; het moeten er minimaal {SHORTEST} en maximaal {LONGEST} zijn."
        )
    return kept


def masked(code: str | None) -> str:
    """Mask the code for users who may not see it: the BRIN part, then one asterisk per character; empty without a
    code.
    """
    return "" if code is None else code[:PREFIX] + "*" * (len(code) - PREFIX)


def _check_characters(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character in ALLOWED:
            continue
        if character.isspace():
            where = "aan het eind" if not code[place:].strip() else f"op plaats {place}"
            raise InvalidVerificationCode(f"Er staat een spatie {where}. Gebruik alleen letters en cijfers.")
        if character in "-‐‑‒–—_":
            raise InvalidVerificationCode(
                f"Er staat een streepje ({character}) op plaats {place}. Gebruik alleen letters en cijfers."
            )
        if character.isdigit():
            raise InvalidVerificationCode(
                f"Op plaats {place} staat {character}: dat lijkt een cijfer, maar alleen 0 tot en met 9 zijn toegestaan."
            )
        shown = character if character.isprintable() else f"U+{ord(character):04X}"
        kind = "de letter" if character.isalpha() else "het teken"
        raise InvalidVerificationCode(
            f"Op plaats {place} staat {kind} {shown}. Gebruik alleen de letters a-z en A-Z en de cijfers 0-9."
        )


def _check_prefix(typed: str, kept: str, brin6: str) -> None:
    if kept.startswith(brin6):
        return
    start = typed[:PREFIX]
    if len(typed) < PREFIX:
        raise InvalidVerificationCode(
            f"De code moet beginnen met {brin6} en minimaal {SHORTEST} tekens lang zijn; u typte '{typed}'."
        )
    for place, (found, wanted) in enumerate(zip(kept, brin6, strict=False), start=1):
        if {found, wanted} == {"O", "0"}:
            names = {"O": "de letter O", "0": "het cijfer 0 (nul)"}
            raise InvalidVerificationCode(
                f"Op plaats {place} staat {names[found]}; daar hoort {names[wanted]}. De code begint met {brin6}."
            )
        if found != wanted:
            break
    if kept[:4] == brin6[:4]:
        raise InvalidVerificationCode(
            f"De code begint met {start}: vestigingsnummer {start[4:]}. Deze vestiging heeft nummer {brin6[4:]}, "
            f"dus de code begint met {brin6}."
        )
    raise InvalidVerificationCode(
        f"De code begint met {start}; dat moet het brin- en vestigingsnummer van deze vestiging zijn: {brin6}."
    )
