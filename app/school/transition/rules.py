"""Where a pupil goes at the year transition, from plain data: no database, so the rules can be tested on anything.

The school keeps its groups: the new year starts with the same names and year groups. A pupil goes up one year group,
for instance from 5a to 6a; in a combination group the year group decides (a 5 in 5/6 stays in it as a 6, a 6 goes to
7). After group 8 comes secondary education. The rules are our choice; everything can be changed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.exchange.names import folded
from app.school.group_editing import YEAR_GROUPS

SECONDARY_REASON = "Naar het voortgezet onderwijs"
LAST_YEAR_GROUP = YEAR_GROUPS[-1]


class What(StrEnum):
    """What happens to a pupil, as `--json` names it."""

    UP = "up"
    STAYS = "stays"
    NEW = "new"
    LEAVES = "leaves"
    SECONDARY = "vo"
    NONE = "none"

    @property
    def label(self) -> str:
        """As on screen: `gaat over`."""
        return _LABELS[self]

    @property
    def goes(self) -> bool:
        """Whether the pupil leaves the school."""
        return self in (What.LEAVES, What.SECONDARY)


_LABELS = {
    What.UP: "gaat over",
    What.STAYS: "blijft zitten",
    What.NEW: "komt erbij",
    What.LEAVES: "gaat van school",
    What.SECONDARY: "naar het VO",
    What.NONE: "nog geen groep",
}


@dataclass(frozen=True)
class Seat:
    """A basisgroep of the new year: its line, its present name, and the group it continues."""

    id: int
    name: str
    year_groups: tuple[str, ...]
    source: int | None = None


@dataclass(frozen=True)
class Going:
    """A pupil who takes part: the basisgroep of the old year, and for a newcomer the one to start in."""

    year_group: str
    source: int | None
    newcomer: bool = False
    """Arrives when the new year has started, so already has that year's year group."""
    starts_in: str = ""


@dataclass(frozen=True)
class Destination:
    """Where a pupil goes."""

    what: What
    group: int | None = None
    """The line of the group."""
    year_group: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Present:
    """A basisgroep of the old year."""

    id: int
    name: str
    year_groups: tuple[str, ...]


class Rules:
    """The rules for one location: its present groups and those of the new year."""

    def __init__(self, present: Sequence[Present], seats: Sequence[Seat]) -> None:
        self.seats = tuple(seats)
        self._present = {group.id: group for group in present}
        self._seat_of = {seat.source: seat for seat in seats if seat.source is not None}
        self._known: dict[Going, Destination] = {}
        self._by_year_group: dict[str, list[Seat]] = {}
        for seat in self.seats:
            for year_group in seat.year_groups:
                self._by_year_group.setdefault(year_group, []).append(seat)

    def has(self, seat_id: int) -> bool:
        """Whether there will be a basisgroep with this line."""
        return any(seat.id == seat_id for seat in self.seats)

    def destination(self, pupil: Going) -> Destination:
        """Where the pupil goes unless a user chooses otherwise."""
        if pupil not in self._known:
            self._known[pupil] = self._destination(pupil)
        return self._known[pupil]

    def _destination(self, pupil: Going) -> Destination:
        year_group = self.next_year_group(pupil)
        if year_group is None:
            return Destination(What.SECONDARY, year_group=LAST_YEAR_GROUP, reason=SECONDARY_REASON)
        seat = self._start(pupil, year_group) if pupil.newcomer else self._successor(pupil, year_group)
        if seat is None:
            return Destination(What.NONE, year_group=year_group)
        if pupil.newcomer:
            return Destination(
                What.NEW, seat.id, year_group if year_group in seat.year_groups else _first(seat, year_group)
            )
        stays = year_group == self._now(pupil) and year_group != ""
        return Destination(What.STAYS if stays else What.UP, seat.id, year_group)

    def next_year_group(self, pupil: Going) -> str | None:
        """The year group in the new year; None after group 8. A newcomer already has it, and a letter stays the
        same.
        """
        now = self._now(pupil)
        if pupil.newcomer or now not in YEAR_GROUPS:
            return now
        return None if now == LAST_YEAR_GROUP else YEAR_GROUPS[YEAR_GROUPS.index(now) + 1]

    def _now(self, pupil: Going) -> str:
        """The pupil's year group; if unknown, the lowest of the group."""
        group = self._present.get(pupil.source or 0)
        return pupil.year_group or (group.year_groups[0] if group and group.year_groups else "")

    def _start(self, pupil: Going, year_group: str) -> Seat | None:
        """A newcomer's group: the requested one, that of the present one, or one of the year group."""
        wanted = folded(pupil.starts_in)
        named = next((seat for seat in self.seats if wanted and folded(seat.name) == wanted), None)
        return named or self._seat_of.get(pupil.source or 0) or self._any(self._fitting(year_group), pupil)

    def _successor(self, pupil: Going, year_group: str) -> Seat | None:
        fitting = self._fitting(year_group)
        same = self._seat_of.get(pupil.source or 0)
        if same is not None and (same in fitting or year_group not in YEAR_GROUPS):
            return same
        group = self._present.get(pupil.source or 0)
        if group is None:
            return self._any(fitting, pupil)
        later = folded(raised(group.name, self._now(pupil)))
        rest = tail(group.name)
        raised_to = next((seat for seat in fitting if folded(seat.name) == later), None)
        alike = next((seat for seat in fitting if tail(seat.name) == rest), None) if rest else None
        return raised_to or alike or self._any(fitting, pupil)

    def _fitting(self, year_group: str) -> list[Seat]:
        return self._by_year_group.get(year_group, [])

    def _any(self, fitting: list[Seat], pupil: Going) -> Seat | None:
        """Match by position when names do not help: the first group of a year group to the first of the next, and so
        on.
        """
        now = self._now(pupil)
        beside = [group.id for group in self._present.values() if now in group.year_groups]
        place = beside.index(pupil.source) if pupil.source in beside else 0
        return fitting[place % len(fitting)] if fitting else None


def is_odd(now: str, later: str) -> bool:
    """Whether a pupil who takes part would go back, or skip a year group. Never refused."""
    if now not in YEAR_GROUPS or later not in YEAR_GROUPS:
        return False
    return later not in YEAR_GROUPS[YEAR_GROUPS.index(now) :][:2]


def raised(name: str, year_group: str) -> str:
    """The name a year later: `groep 5a` becomes `groep 6a`; replaces only the year group, no other number."""
    if year_group not in YEAR_GROUPS[:-1]:
        return name
    after = YEAR_GROUPS[YEAR_GROUPS.index(year_group) + 1]
    return re.sub(rf"(?<!\d){year_group}(?!\d)", after, name, count=1)


def tail(name: str) -> str:
    """What distinguishes groups of one year group: the `a` of `5/6a`."""
    return re.sub(r"^(groep)?[\d/\s-]*", "", folded(name))


def _first(seat: Seat, year_group: str) -> str:
    return seat.year_groups[0] if seat.year_groups else year_group
