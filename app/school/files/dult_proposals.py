"""Proposes who the pupils of an arriving DULT file are; a user decides (`dult_matching.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.clock import dutch_date
from app.exchange.dult import DultRow
from app.exchange.identity import Person, Sign, Verdict, compare, verdict
from app.exchange.recognising import Found, settle
from app.school.files.dult_matching import (
    REMEMBERED,
    SAME_NAME,
    SAME_NUMBER,
    Match,
    MatchStatus,
    as_person,
    memory,
    still_is,
)
from app.school.people import known
from models.board import Location
from models.dult import DultFile, DultPupil

LONGEST_NOTE = 100


def propose(location: Location, rows: Sequence[DultRow]) -> dict[str, Match]:
    """The match of each pupil in a file, by the sender's key; the pupils are considered together."""
    people = {row.pupil_key: as_person(row) for row in reversed(rows)}
    return _Proposals(location, people).all()


class _Proposals:
    """The matches of a file's pupils: those agreed before, otherwise by `docs/wie-is-wie.md`."""

    def __init__(self, location: Location, people: Mapping[str, Person]) -> None:
        self._people, self._memory = people, memory(location, list(people))
        born = {person.birth_date for person in people.values() if person.birth_date}
        self._known = known.those_with(location, people, ids=list(self._memory.values()), born=born)
        self._memory = {key: one for key, one in self._memory.items() if one in self._known.pupils}
        self._former = known.former_numbers(self._memory.values())
        self._agreed = _agreed_before(location, self._memory)
        self._deleted = known.of_deleted(location.board_id, people.keys())

    def all(self) -> dict[str, Match]:
        """The matches, by the sender's key for the pupil."""
        held = {
            key: Match(MatchStatus.MATCHED, self._memory[key], REMEMBERED) for key in self._memory if self._holds(key)
        }
        register = self._known.register
        others = settle({key: register.candidates(one) for key, one in self._people.items() if key not in held})
        return held | {key: self._match(key, found) for key, found in others.items()}

    def _holds(self, key: str) -> bool:
        """Whether the arriving pupil is still the one that was agreed: as in ESIS, or as it arrived then."""
        return any(still_is(self._people[key], other) for other in self._before(key))

    def _before(self, key: str) -> tuple[Person, ...]:
        """The agreed pupil, as in ESIS and as it arrived then."""
        pupil_id = self._memory[key]
        as_matched = Person.of(self._known.pupils[pupil_id], former=(*self._former.get(pupil_id, ()), key))
        return (as_matched, *self._agreed.get(key, ()))

    def _is_renamed(self, key: str) -> bool:
        """Whether it may be the agreed pupil under another name; a twin has the same birth date too."""
        return any(verdict(compare(self._people[key], other)) is Verdict.SAME for other in self._before(key))

    def _match(self, key: str, found: Found[int]) -> Match:
        remembered = self._memory.get(key)
        if found.same is not None:
            if remembered in (None, found.same):
                return Match(MatchStatus.MATCHED, found.same, SAME_NUMBER)
            return Match(MatchStatus.PROPOSED, found.same, self._was(remembered))
        if found.is_new and remembered is not None and self._is_renamed(key):
            return Match(MatchStatus.PROPOSED, remembered, f"{REMEMBERED}, andere naam")
        if len(found.doubtful) == 1 and (note := self._alike(key, found.doubtful[0])):
            return Match(MatchStatus.PROPOSED, found.doubtful[0], self._was(remembered) or note)
        return Match(MatchStatus.UNMATCHED, None, self._was(remembered) or self._why_nobody(key, found))

    def _was(self, remembered: int | None) -> str:
        """Tell that the number belonged to another pupil; empty if nothing was remembered for it."""
        return "" if remembered is None else f"nummer eerder van leerling {self._known.pupils[remembered].key[:60]}"

    def _alike(self, key: str, pupil_id: int) -> str:
        """What matches a pupil besides its number; empty if nothing: a stranger is not proposed."""
        signs = compare(self._people[key], Person.of(self._known.pupils[pupil_id]))
        agree = signs.name in (Sign.EQUAL, Sign.NEAR) or signs.birth_date is Sign.EQUAL
        if not agree:
            return ""
        return SAME_NAME if signs.name is signs.birth_date is Sign.EQUAL else signs.reason[:LONGEST_NOTE]

    def _why_nobody(self, key: str, found: Found[int]) -> str:
        likely = [self._known.pupils[one] for one in found.doubtful]
        numbered = next((pupil for pupil in likely if pupil.key == key), None)
        if numbered is not None and numbered.birth_date is not None:
            return f"nummer van iemand van {dutch_date(numbered.birth_date)}"
        if numbered is not None:
            return "nummer van iemand met een andere naam"
        if likely:
            return "meer met deze naam"
        return "nummer van een verwijderde leerling" if key in self._deleted else "nummer onbekend"


def _agreed_before(location: Location, memory: Mapping[str, int]) -> dict[str, list[Person]]:
    """How pupils arrived in the files in which the remembered match was agreed."""
    found: dict[str, list[Person]] = {}
    mine = DultFile.select(DultFile.id).where(DultFile.location == location)
    rows = DultPupil.select().where(DultPupil.file.in_(mine), DultPupil.agreed, DultPupil.key.in_(list(memory)))
    for row in rows:
        if row.matched_id == memory[row.key]:
            found.setdefault(row.key, []).append(as_person(row))
    return found
