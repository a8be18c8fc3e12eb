"""`--accept NAME,NAME`: which pictures are meant, looked at before anything is played."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.refusals import Misused
from app.training.scripts import goldens
from app.training.scripts.errors import MOST_NAMES, instead

if TYPE_CHECKING:
    from app.commands.choosing import Chosen

Accepted: TypeAlias = frozenset[tuple[Path, str]]
"""Pictures: a draaiboek and a name."""


def named(asked: Sequence[str], chosen: Sequence[Chosen]) -> Accepted:
    """The pictures that are named: `NAME`, `DRAAIBOEK/NAME`, or `DRAAIBOEK/*` for all of one; also golden screens that no
    line makes any more.

    Raises `Misused` for a name that is nowhere, or in more than one draaiboek.
    """
    known = [
        (one.script.path, one.script.name, name)
        for one in chosen
        for name in sorted({*one.script.shots, *(goldens.names(one.script.path) if one.whole else ())})
    ]
    found: set[tuple[Path, str]] = set()
    whole = {f"{script}/{name}" for _, script, name in known}
    for text in (part.strip() for row in asked for part in ([row] if row in whole else row.split(","))):
        if not text:
            continue
        script, slash, name = text.rpartition("/")
        fitting = [row for row in known if fnmatchcase(row[2], name) and (not slash or _is_named(row[1], script))]
        if not fitting:
            raise Misused(_unknown(text, known))
        if not slash and len({row[0] for row in fitting}) > 1:
            ways = " of ".join(f"{row[1]}/{row[2]}" for row in fitting[:4])
            raise Misused(f"'{text}' staat in meer dan een draaiboek. Schrijf {ways}.")
        found |= {(row[0], row[2]) for row in fitting}
    if not found:
        raise Misused("Noem bij --accept de namen van plaatjes, zoals overzicht of iep-lvs/overzicht.")
    return frozenset(found)


def _is_named(script: str, asked: str) -> bool:
    return script == asked or fnmatchcase(script, asked)


def _unknown(text: str, known: Sequence[tuple[Path, str, str]]) -> str:
    names = [f"{script}/{name}" if "/" in text else name for _, script, name in known]
    if not names:
        return f"Er is geen plaatje '{text}': hier zijn geen plaatjes."
    return f"Er is geen plaatje '{text}'. {instead(text, names, MOST_NAMES)}"
