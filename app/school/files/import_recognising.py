"""Matches the pupils of an EDEXML file to those of the location, by the rules of `app/exchange/identity.py`.

A pupil with the number and name of an existing one is settled at once, and one who resembles nobody is new at once. The
others wait until the whole file is known, because no pupil can match twice: then each is settled, or a doubt for the
user.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.edexml_records import EdexFile, EdexPerson, EdexPupil
from app.exchange.identity import Person
from app.exchange.names import full_name
from app.exchange.recognising import Candidate, Found, Register, settle
from app.school.files.import_doubts import Doubt, Likeness
from app.school.files.import_sheets import PUPILS, Known, Present, Row

_ECKID, _FIRST, _PREFIX, _LAST, _BORN = (
    PUPILS.fields.index(name) for name in ("eckid", "first_name", "prefix", "last_name", "birth_date")
)
_Candidates = list[Candidate[str]]


class Settled(NamedTuple):
    """A pupil of the file whose identity is settled: a pupil here, by the number in ESIS, or (`None`) a new one."""

    record: EdexPupil
    person: Person
    """The record, for comparison."""
    key: str | None
    like: str = ""
    """Whom a new pupil resembles without being the same: somebody else in the file, or at another location; in
    words.
    """
    eckid_of: str = ""
    """The number in ESIS of the pupil with this ECK iD, if that needs telling."""


class _Alike(NamedTuple):
    """The possible matches of some pupils."""

    people: Mapping[str, Person]
    """The pupils of the location, by number."""
    here: Register[str]
    elsewhere: Register[str]


class Recognition:
    """Looks at the pupils of the file, a few hundred at a time, and finally at those who waited."""

    def __init__(self, file: EdexFile, present: Present) -> None:
        self._file = file
        self._present = present
        self._waiting: DiskBackedList[EdexPupil] = DiskBackedList()
        self._candidates: dict[str, _Candidates] = {}
        self._never_new: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        """The pupils of the location who may be somebody who waits, by number."""

    def at_once(self, some: Sequence[EdexPupil], known: Known) -> Iterator[Settled]:
        """The pupils whose identity is clear by itself; in a fixed number of queries."""
        described = [(record, described_as(record, known.rows.get(record.key))) for record in some]
        asked = {
            person.number: person for _, person in described if not _as_it_was(person, known.rows.get(person.number))
        }
        alike = self._alike(list(asked.values()), known)
        for record, person in described:
            if record.key not in asked:
                yield Settled(record, person, record.key)
                continue
            candidates, never_new = alike.here.candidates(person), self._no_new(record.key, known)
            if len(candidates) == 1 and candidates[0].sure and candidates[0].here == record.key:
                yield Settled(record, person, record.key)
            elif candidates or never_new:
                self._waiting.append(record)
                self._candidates[record.key] = candidates
                self._never_new[record.key] = never_new or _no_new_elsewhere(record.key, known)
                self._people.update((one.here, alike.people[one.here]) for one in candidates)
            else:
                yield Settled(record, person, None, _told(alike.elsewhere, person))

    def afterwards(self) -> tuple[list[Settled], DiskBackedList[Doubt]]:
        """Settle those who waited, and return the doubts; in file order."""
        found: Mapping[str, Found[str]] = settle({key: self._left(those) for key, those in self._candidates.items()})
        settled, doubts = [], DiskBackedList[Doubt]()
        for record in self._waiting:
            one, never_new = found[record.key], self._never_new[record.key]
            if one.same is not None or (one.is_new and not never_new):
                like = self._taken(record) if one.is_new else ""
                settled.append(Settled(record, described_as(record, None), one.same, like, self._holder(record)))
            else:
                doubts.append(Doubt(record, self._like(record.key, one), never_new, self._holder(record)))
        return settled, doubts

    def _alike(self, people: list[Person], known: Known) -> _Alike:
        """The possible matches of these people, at this and at other locations."""
        found = self._present.alike(people, known) if people else []
        own = self._present.location_id
        here = {one.person.number: one.person for one in found if one.location_id == own}
        with_number = (known.rows[person.number] for person in people if person.number in known.rows)
        here = {row[0]: person_of(row) for row in with_number} | here
        elsewhere = (
            (
                f"{one.person.number} ({_named(one.person)}) van vestiging {self._present.seen[one.location_id]}",
                one.person,
            )
            for one in found
            if one.location_id != own
        )
        return _Alike(here, Register(sorted(here.items())), Register(elsewhere))

    def _no_new(self, key: str, known: Known) -> str:
        """Why this number cannot make a new pupil: a pupil of this location, or a deleted one, has or had it."""
        if key in known.rows:
            return f"Nummer {key} is van een leerling van deze vestiging, dus een nieuwe leerling kan het niet krijgen."
        former = known.former.get(key)
        if former is None or (former.id is not None and former.location != self._present.location_id):
            return ""
        whose = f"had leerling {former.now} vroeger" if former.now else "was van een leerling die is verwijderd"
        return (
            f"Nummer {key} {whose} en wordt niet opnieuw uitgegeven: een nieuwe leerling heeft een ander nummer nodig."
        )

    def _left(self, candidates: _Candidates) -> _Candidates:
        """The candidates, except those certainly matched to somebody else in the file: by number, without
        contradiction.
        """
        return [one for one in candidates if one.here in self._candidates or not self._file.has_pupil(one.here)]

    def _taken(self, record: EdexPupil) -> str:
        """The pupil whom a new one resembles, but who is somebody else in the file."""
        one = next(iter(self._candidates[record.key]), None)
        return (
            f"{one.here} ({_named(self._people[one.here])}), die ook in het bestand staat: {one.reason}" if one else ""
        )

    def _holder(self, record: EdexPupil) -> str:
        """The number in ESIS of the pupil with this ECK iD; empty if none."""
        keys = (one.here for one in self._candidates[record.key] if record.eckid)
        return next((key for key in keys if self._people[key].eckid == record.eckid), "")

    def _like(self, key: str, found: Found[str]) -> tuple[Likeness, ...]:
        reasons = {one.here: one.reason for one in self._candidates[key]}
        people = ((here, self._people[here]) for here in found.doubtful)
        return tuple(Likeness(here, _named(person), person.birth_date, reasons[here]) for here, person in people)


def person_of(row: Row) -> Person:
    """A pupil of ESIS, for comparison."""
    return Person(row[0], row[_ECKID], row[_FIRST], row[_PREFIX], row[_LAST], row[_BORN])


def described_as(record: EdexPupil, old: Row | None) -> Person:
    """A pupil of the file, for comparison; missing parts of the name are those of the pupil with this number."""
    first, prefix, last = record.first_name, record.prefix, record.last_name
    if old is not None:
        first = first or old[_FIRST]
        prefix, last = (prefix, last) if last else (old[_PREFIX], old[_LAST])
    return Person(record.key, record.eckid, first or first_name(record), prefix, last, record.birth_date)


def first_name(record: EdexPupil) -> str:
    """The roepnaam; without one, another name or the initials."""
    return record.first_name or given_name(record) or record.last_name


def given_name(record: EdexPerson) -> str:
    """The first of the voornamen, else the initials."""
    return (record.given_names.split() or [record.initials])[0]


def _as_it_was(person: Person, old: Row | None) -> bool:
    """Whether a pupil here has this number, name and birth date, and no other ECK iD."""
    return (
        old is not None
        and (person.first_name, person.prefix, person.last_name) == (old[_FIRST], old[_PREFIX], old[_LAST])
        and person.birth_date in (None, old[_BORN])
        and person.eckid in ("", old[_ECKID])
    )


def _no_new_elsewhere(key: str, known: Known) -> str:
    """The same for a number that a pupil of another location has or had: an error for a pupil who resembles nobody
    here.
    """
    if key in known.elsewhere or key in known.former:
        return f"Nummer {key} is of was van een leerling van een andere vestiging, dus een nieuwe leerling kan het niet krijgen."
    return ""


def _told(elsewhere: Register[str], person: Person) -> str:
    candidates = elsewhere.candidates(person)
    return f"{candidates[0].here}: {candidates[0].reason}" if candidates else ""


def _named(person: Person) -> str:
    return full_name(person.first_name, person.prefix, person.last_name)
