"""A small model of the table of sources.md#mijnschoolinfo to compare the real thing with; it shares no code with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Esis:
    """ESIS at a moment: pupil -> name, group and last day; pupil -> guardians; guardian -> name; active staff."""

    pupils: dict[int, tuple[str, str, date | None]] = field(default_factory=dict)
    carers: dict[int, set[int]] = field(default_factory=dict)
    guardians: dict[int, str] = field(default_factory=dict)
    staff: dict[int, str] = field(default_factory=dict)
    year: str = "2019-2020"


@dataclass
class Person:
    """Somebody at Mijnschoolinfo: the name, the group of ESIS, groups of one's own, and whether deleted there."""

    name: str
    group: str = ""
    own: set[str] = field(default_factory=set)
    deleted: bool = False


@dataclass
class Theirs:
    """What Mijnschoolinfo should have."""

    pupils: dict[int, Person] = field(default_factory=dict)
    made: dict[str, Person] = field(default_factory=dict)
    guardians: dict[int, Person] = field(default_factory=dict)
    staff: dict[int, Person] = field(default_factory=dict)
    links: set[tuple[int, int]] = field(default_factory=set)
    year: str = "2019-2020"

    def take(self, esis: Esis, day: date) -> None:
        """One delivery, by the table."""
        new_year = esis.year != self.year
        here = {number: row for number, row in esis.pupils.items() if row[2] is None or row[2] > day}
        told = {(carer, number) for number in here for carer in esis.carers[number]}
        for number, (name, group, _) in here.items():
            person = self.pupils.setdefault(number, Person(name))
            person.group = group or ("" if new_year else person.group)
        for number, name in esis.guardians.items():
            if any(link[0] == number for link in told):
                self.guardians.setdefault(number, Person(name))
        for number, name in esis.staff.items():
            self.staff.setdefault(number, Person(name))
        before = set(self.links)
        self.links |= told
        if new_year:
            self._clear(esis, set(here), before)
        self.year = esis.year

    def _clear(self, esis: Esis, here: set[int], before: set[tuple[int, int]]) -> None:
        self.pupils = {number: row for number, row in self.pupils.items() if number in here}
        self.links = {link for link in self.links if link[1] in here}
        lost = {link[0] for link in before - self.links}
        caring = {link[0] for link in self.links}
        self.guardians = {number: row for number, row in self.guardians.items() if number not in lost - caring}
        self.staff = {number: row for number, row in self.staff.items() if number in esis.staff}
