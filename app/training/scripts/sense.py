"""Semantic checks of well-formed lines: what can never work is reported before anything is played."""

from __future__ import annotations

import re

from app import clock
from app.partners.registry import partners
from app.training import disturbances, supplier_messages
from app.training.pictures import check_keys
from app.training.scripts import checks
from app.training.scripts.errors import WrongLine, instead
from app.training.scripts.expecting import expected
from app.training.scripts.grammar import Command
from app.training.scripts.masking import mask
from app.training.scripts.sending import SENT, pairs

_POINTS = re.compile(r"[0-9]{1,2}|100", re.ASCII)
_SHOT = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def check(command: Command) -> None:
    """Raise `WrongLine` or `Refused` for what is wrong in a line, whatever the state of the board."""
    given = command.given
    match command.word:
        case "check" | "remark":
            checks.parse(given[-1])
        case "expect":
            expected(command)
        case "mask":
            mask(command)
        case "shot":
            if not _SHOT.fullmatch(given[0]):
                raise WrongLine(
                    f"'{given[0]}' kan geen naam van een plaatje zijn: kleine letters, cijfers en streepjes."
                )
        case "fault":
            disturbances.check(*given[:2])
        case "send" if command.form < 2:
            supplier_messages.check_fields(SENT[command.form], pairs(given))
        case "go":
            _check_program(given[0].strip('"'))
        case "press":
            check_keys(given[0].replace('"', "").split())
        case "advance" if command.form == 2:
            clock.parse_moment(given[0])
        case "scroll" | "choose" | "select" | "tick" | "untick":
            _check_texts(command, given)
        case "fill":
            _check_texts(command, given[:1])
        case "goal" | "hint":
            _check_texts(command, given)
        case "points":
            if not (_POINTS.fullmatch(given[0]) and int(given[0])):
                raise WrongLine(f"'{given[0]}' is geen aantal punten. Schrijf een getal van 1 tot 100.")


def _check_texts(command: Command, texts: tuple[str, ...]) -> None:
    if not all(text.strip() for text in texts):
        raise WrongLine(f"Bij '{command.word}' staat een lege tekst.")


def _check_program(name: str) -> None:
    programs = ["ESIS", *(partner.name for partner in partners())]
    if name.casefold() not in map(str.casefold, programs):
        raise WrongLine(f"'{name}' is geen programma. {instead(name, programs)}")
