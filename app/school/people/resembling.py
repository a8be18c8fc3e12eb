"""Which pupils somebody may be who comes in, by a form or by the hundred from a file (`app/exchange/identity.py` has the rules).

Names are looked up by what lists are sorted by, so that it costs what resembles and not what there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission, at_location
from app.exchange.identity import Person
from models.board import Location, School
from models.bulk import among, beginning_with
from models.school import Pupil

_PREFIX = 20
"""A prefix is at most ten characters; folded it can be twice as long."""


@dataclass(frozen=True)
class Resembling:
    """A pupil who is there, with what is compared."""

    id: int
    location_id: int
    person: Person


def locations_seen(actor: Actor) -> list[Location]:
    """The locations of the board whose pupils somebody may all see, the own one first whatever the role there."""
    every = Location.select(Location, School).join(School).where(Location.board == actor.board).order_by(Location.id)
    others = (one for one in every if one != actor.location)
    return [actor.location, *(one for one in others if at_location(actor, one).may(Permission.VIEW_ALL_PUPILS))]


def resembling(
    locations: Collection[int], people: Sequence[Person], former: Mapping[int, Collection[str]] | None = None
) -> list[Resembling]:
    """The pupils of these locations that have the name or ECK iD of one of these people, by id; in at most three queries.

    Also those of whom `former` says (by id) that they had one of the people's numbers. There may be a few too many.
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
    return [_resembling(found[number], former) for number in sorted(found)]


def _rows(condition: Any) -> Iterable[Any]:
    columns = (
        Pupil.id,
        Pupil.location,
        Pupil.key,
        Pupil.eckid,
        Pupil.first_name,
        Pupil.prefix,
        Pupil.last_name,
        Pupil.birth_date,
    )
    rows: Iterable[Any] = Pupil.select(*columns).where(condition).tuples()
    return rows


def _resembling(row: Any, former: Mapping[int, Collection[str]]) -> Resembling:
    number, location, key, eckid, first, prefix, last, born = row
    had = tuple(former.get(number, ()))
    return Resembling(number, location, Person(key, eckid, first, prefix, last, born, had))


def _sort_names(person: Person) -> Iterator[str]:
    """What the sort name begins with of whoever has this first and last name, or this whole name: however the words are
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
