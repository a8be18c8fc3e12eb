"""Whether two plays of a draaiboek give the same pictures, to the byte: what a program that plays the same must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.training.pictures import drawn
from app.training.scripts.outcome import Outcome
from app.training.scripts.shots import Shot

AROUND = 20
"""Bytes shown from where two pictures differ."""


@dataclass(frozen=True)
class Unequal:
    """What was not the same the second time."""

    sentence: str
    name: str = ""
    """The picture; empty if it is not about one."""
    step: int | None = None
    was: str | None = None
    """The characters the first time."""
    now: str | None = None


def unequal(first: Outcome, other: Outcome, number: int, times: int) -> Iterator[Unequal]:
    """What differs between the first play and the one with this number, of so many."""
    which = f"keer {number} van {times}"
    was, now = _sentence(first), _sentence(other)
    if was != now:
        yield Unequal(f"Bij {which} ging het anders dan bij keer 1: {now or 'toen ging alles goed'}")
    before = {shot.name: shot for shot in first.shots}
    for shot in other.shots:
        if (same := before.get(shot.name)) is not None and (where := _first_byte(same, shot)):
            yield Unequal(
                f"'{shot.name}' is bij {which} niet gelijk aan keer 1: {where}.",
                shot.name,
                shot.step,
                same.text,
                shot.text,
            )


def _sentence(outcome: Outcome) -> str:
    return outcome.refusal.sentence.partition("\n")[0] if outcome.refusal else ""


def _first_byte(was: Shot, now: Shot) -> str:
    """The first byte that differs, of the text or else of the picture; empty if they are equal."""
    for kind, one, other in (("txt", was.text, now.text), ("svg", drawn(was.svg), drawn(now.svg))):
        if one != other:
            first, second = one.encode(), other.encode()
            pairs = enumerate(zip(first, second, strict=False))
            place = next((at for at, pair in pairs if pair[0] != pair[1]), min(len(first), len(second)))
            parts = (
                part[place : place + AROUND].decode(errors="replace").replace("\n", "↵") for part in (first, second)
            )
            return f"{was.name}.{kind} vanaf byte {place + 1}, '{next(parts)}' en '{next(parts)}'"
    return ""
