"""Pupils who may be the same as an arriving one, from a form or in bulk from a file (rules in
`app/exchange/identity.py`).

Names are looked up by their sort key, so the cost depends on the matches and not on the number of pupils.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, at_location
from app.exchange.identity import Person
from app.permissions import Permission
from models.board import Location, School
from models.bulk import among, beginning_with
from models.school import Pupil

_PREFIX = 20
"""A prefix is at most ten characters; folded it can be twice as long."""


@dataclass(frozen=True)
class Resembling:
    """An existing pupil, with the data to compare."""

    id: int
    location_id: int
    person: Person


def locations_seen(actor: Actor) -> list[Location]:
    """The locations of the board where the user may see all pupils, the user's own first whatever the role there."""
    every = Location.select(Location, School).join(School).where(Location.board == actor.board).order_by(Location.id)
    others = (one for one in every if one != actor.location)
    return [actor.location, *(one for one in others if at_location(actor, one).may(Permission.VIEW_ALL_PUPILS))]


def resembling(
    locations: Collection[int], people: Sequence[Person], former: Mapping[int, Collection[str]] | None = None
) -> list[Resembling]:
    """The pupils of these locations with the name or ECK iD of one of these people, by id; in at most three queries.

    Includes those who, according to `former` (by id), had one of the people's numbers. May return a few too many.
    """
    former = former or {}
    starts = sorted({start for person in people for start in _sort_names(person)})
    eckids = sorted({person.eckid for person in people if person.eckid})
    wanted = [
        (starts, beginning_with(Pupil.sort_name, starts, location=list(locations))),
        (eckids, among(Pupil.eckid, eckids) & Pupil.location.in_(list(locations))),
        (former, among(Pupil.id, list(former)) & Pupil.location.in_(list(locations))),
    ]
    found = {row[0]: row for values, condition in wanted if locations and values for row in _rows(condition)}
    return [_resembling(found[number], former.get(number, ())) for number in sorted(found)]


def _rows(condition: Any) -> Iterable[Any]:
    compared = (Pupil.key, Pupil.eckid, Pupil.first_name, Pupil.prefix, Pupil.last_name, Pupil.birth_date)
    rows: Iterable[Any] = Pupil.select(Pupil.id, Pupil.location, *compared).where(condition).namedtuples()
    return rows


def _resembling(row: Any, former: Iterable[str]) -> Resembling:
    return Resembling(row.id, row.location, Person.of(row, former=former))


def _sort_names(person: Person) -> Iterator[str]:
    """The start of the sort name of anyone with this first and last name, or this full name: however the words are
    divided over first name, prefix and last name.
    """
    full = person.full_name.split()
    short = person.short_name.split() if person.prefix else []
    for first in range(1, len(short)):
        yield _sort_name(short[:first], [], short[first:])
    for first in range(1, len(full) + 1):
        for last in range(first, len(full)):
            if len(" ".join(full[first:last])) > _PREFIX:
                break
            yield _sort_name(full[:first], full[first:last], full[last:])
    yield _sort_name(full, [], [])


def _sort_name(first: list[str], prefix: list[str], last: list[str]) -> str:
    return " ".join((*last, *first, *prefix))[: Pupil.sort_name.max_length]
