"""Replacing the people of a real file by invented ones, using the practice board's names and the board's key."""

from __future__ import annotations

from app import clock
from app.access import Actor
from app.exchange.anonymising import Anonymiser, Names
from app.exchange.brin import understood
from app.exchange.real_pupils import Change
from fixtures.names import BOYS, GIRLS, LAST_NAMES

_NAMES = Names(
    GIRLS,
    BOYS,
    tuple(dict.fromkeys(last for _, last in LAST_NAMES if "-" not in last)),
    tuple(dict.fromkeys(prefix for prefix, _ in LAST_NAMES if prefix)),
)


def for_file(actor: Actor, brin6: str = "") -> Change:
    """The anonymiser for one file, assumed to be of this location, which may be new, or else of the actor's."""
    key = bytes.fromhex(actor.board.anonymising_key)
    return Anonymiser(key, _NAMES, understood(brin6) or actor.location.brin6, clock.school_today(actor.board))
