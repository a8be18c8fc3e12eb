"""The versions of UWLR that are spoken, and the profiles of what a pull gives, each a row.

UWLR 2.3, where the ECK iD is the key of a pupil, would be one more row with another `key`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Version:
    """A version: whether it has an ECK iD, how long a key may be, and by what a pupil is known."""

    number: str
    eckid: bool
    key_length: int
    key: str = "leerlingnummer"


OLDEST = Version("2.0", eckid=False, key_length=64)
NEWEST = Version("2.2", eckid=True, key_length=256)
VERSIONS = {one.number: one for one in (OLDEST, Version("2.1", eckid=False, key_length=64), NEWEST)}
"""By xsdversie, the oldest first."""
SHORTEST_KEY = min(one.key_length for one in VERSIONS.values())
"""Characters of a key that every version allows."""


class Profile(StrEnum):
    """What a pull gives, by gegevenssetid: everything, the LVS set or the Smalle set (two profiles of Edustandaard)."""

    ALL = ""
    LVS = "LVS-set"
    SMALL = "Smalle-set"


def profile_of(identifier: str) -> tuple[Profile, bool]:
    """The profile of a gegevenssetid, in any of the spellings of the field, and whether it is known."""
    plain = identifier.lower().replace("_", "-").replace(" ", "-")
    if not plain:
        return Profile.ALL, True
    if plain.startswith("smal"):
        return Profile.SMALL, True
    if plain.startswith("lvs"):
        return Profile.LVS, True
    return Profile.ALL, False
