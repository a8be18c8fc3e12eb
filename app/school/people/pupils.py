"""The pupils an actor may see, in pages: the list of Leerlingenadministratie, its search and one pupil's page.

A Leerkracht sees the pupils of their own groups of this school year, other roles those of the location (app/access.py).
Lists are sorted by last name and read from an index, so the first page of 100,000 pupils costs the same as that of 100.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from peewee import ModelSelect

from app import clock
from app.access import Actor, NotAllowed, group_ids
from app.clock import school_year_of
from app.exchange.names import folded, full_name
from app.permissions import Permission
from app.refusals import NotFound
from app.school.groups import this_year
from app.school.people.names import list_name
from app.school.people.searching import birth_dates, names_or_year
from app.school.people.status import ALL, Status, has_status, status_of
from app.school.text import clean_text
from models.assessment import Result
from models.base import unsought
from models.school import Group, Guardian, Placement, Pupil, PupilGuardian

PAGE = 250
STREAM_PAGE = 1_000


class Order(StrEnum):
    """What the list can be sorted by: columns of `Pupil` with an index."""

    NAME = "sort_name"
    KEY = "key"
    BORN = "birth_date"


@dataclass(frozen=True)
class ListedPupil:
    """A pupil in a list, with the basisgroep of this year (or of the year in which a future pupil arrives)."""

    id: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    group: str
    year_group: str
    status: Status
    sort_name: str

    @property
    def list_name(self) -> str:
        """The name as in lists: last name first."""
        return list_name(self.first_name, self.prefix, self.last_name)

    @property
    def full_name(self) -> str:
        """The name as spoken."""
        return full_name(self.first_name, self.prefix, self.last_name)

    def as_json(self) -> dict[str, Any]:
        """The fields of sources.md#json; an unknown birth date is null."""
        return {
            "key": self.key,
            "first_name": self.first_name,
            "prefix": self.prefix,
            "last_name": self.last_name,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "group": self.group,
            "status": str(self.status),
        }


@dataclass(frozen=True)
class PupilDetail:
    """Everything a pupil's page shows."""

    pupil: Pupil
    status: Status
    groups: tuple[Group, ...]
    """All present and past groups, latest school year and basisgroep first."""
    guardians: tuple[PupilGuardian, ...]
    """With their guardians, by name."""
    results: int

    @property
    def base_group(self) -> Group | None:
        """The basisgroep of the latest school year."""
        return next((group for group in self.groups if group.kind == "basis"), None)

    @property
    def group_name(self) -> str:
        """Its name, or for a future pupil where they start; empty if none."""
        if self.base_group is not None:
            return str(self.base_group.name)
        starts_in = self.pupil.starts_in
        return f"{starts_in} ({school_year_of(self.pupil.enrolled_from)})" if starts_in else ""


def page(
    actor: Actor,
    *,
    search: str = "",
    status: str = Status.ENROLLED,
    group: Group | None = None,
    offset: int = 0,
    limit: int = PAGE,
    order: Order = Order.NAME,
    descending: bool = False,
) -> list[ListedPupil]:
    """The visible pupils by last name or in another order: the first `limit`, or those from an offset.

    `search` contains parts of the name in any order, a birth date or year, or the start of a leerlingnummer; `status`
    is one of `Status` or `all` (otherwise `Refused`). An actor without a role gets none.
    """
    query = _ordered(_matching(actor, search, status, group), order, descending)
    return _rows(actor, list(query.limit(limit).offset(offset)))


def beside(
    actor: Actor,
    row: ListedPupil | None,
    limit: int,
    *,
    back: bool = False,
    search: str = "",
    status: str = Status.ENROLLED,
    group: Group | None = None,
    order: Order = Order.NAME,
    descending: bool = False,
) -> list[ListedPupil] | None:
    """The rows of `page` that come after this one or, with `back`, before it (without a row: the last ones).

    This costs the same anywhere in the list. None where pupils without a birth date stand, whose place differs from
    database to database.
    """
    column, falling = getattr(Pupil, order), descending != back
    query = _matching(actor, search, status, group)
    if row is not None:
        if (value := getattr(row, order)) is None:
            return None
        beyond = (column < value) | (Pupil.id < row.id) if falling else (column > value) | (Pupil.id > row.id)
        query = query.where(column <= value if falling else column >= value, beyond)
    found = list(_ordered(query, order, falling).limit(limit))
    if order == Order.BORN and len(found) < limit:
        return None
    return _rows(actor, found[::-1] if back else found)


def count(actor: Actor, *, search: str = "", status: str = Status.ENROLLED, group: Group | None = None) -> int:
    """The total number of pupils for `page`."""
    return int(_matching(actor, search, status, group).count())


def list_pupils(actor: Actor, group: Group | None = None, status: str = Status.ENROLLED) -> Iterator[ListedPupil]:
    """Iterate over all of them, read page by page. Raises `NotAllowed` for an actor who may see no pupils."""
    actor.require(Permission.VIEW_OWN_PUPILS)
    return _stream(actor, group, status)


def get(actor: Actor, key: str) -> Pupil:
    """Find the pupil with this leerlingnummer. Raises `NotFound`, or `NotAllowed` for a pupil of somebody else's
    group.
    """
    actor.require(Permission.VIEW_OWN_PUPILS)
    wanted = clean_text(key, 256, "pupil", "Leerlingnummer", required=True, key=True)
    pupil = Pupil.get_or_none(Pupil.location == actor.location, Pupil.key == wanted)
    if pupil is None:
        raise NotFound(
            f"Leerling '{key}' staat niet op vestiging {actor.location.brin6}. Zoek op naam of "
            "leerlingnummer in Leerlingenadministratie.",
            field="pupil",
        )
    return _may_see(actor, pupil)


def get_by_id(actor: Actor, pupil_id: int) -> Pupil:
    """The same, by row id."""
    actor.require(Permission.VIEW_OWN_PUPILS)
    pupil = Pupil.get_or_none(Pupil.location == actor.location, Pupil.id == pupil_id)
    if pupil is None:
        raise NotFound(f"Deze leerling staat niet op vestiging {actor.location.brin6}.", field="pupil")
    return _may_see(actor, pupil)


def detail(actor: Actor, key: str) -> PupilDetail:
    """One pupil with groups, guardians and the number of results. Raises like `get`."""
    pupil = get(actor, key)
    placements = Placement.select(Placement, Group).join(Group).where(Placement.pupil == pupil)
    guardians = PupilGuardian.select(PupilGuardian, Guardian).join(Guardian).where(PupilGuardian.pupil == pupil)
    # Two stable sorts: "basis" comes before the other kinds, then the latest year goes first.
    groups = sorted((row.group for row in placements), key=lambda group: (group.kind, group.name))
    groups.sort(key=lambda group: group.school_year, reverse=True)
    return PupilDetail(
        pupil,
        status_of(pupil, clock.school_today(actor.board)),
        tuple(groups),
        tuple(guardians.order_by(Guardian.sort_name, Guardian.id)),
        Result.select().where(Result.pupil == pupil).count(),
    )


def row_of(actor: Actor, pupil: Pupil) -> ListedPupil:
    """A pupil as in lists."""
    return _rows(actor, [pupil])[0]


def visible(actor: Actor, group: Group | None = None) -> ModelSelect[Pupil]:
    """The location's pupils that the actor may see, in this group if one is given, of every status, unordered."""
    allowed = group_ids(actor, this_year(actor))
    few = [groups for groups in (allowed, None if group is None else [group.id]) if groups is not None]
    # From the few pupils of a group, not by going through the whole location in the order of the list.
    query = Pupil.select().where((unsought(Pupil.location) if few else Pupil.location) == actor.location.id)
    for groups in few:
        query = query.where(Pupil.id.in_(_sitting_in(groups)))
    return query


def _ordered(query: ModelSelect[Pupil], order: Order, descending: bool) -> ModelSelect[Pupil]:
    column = getattr(Pupil, order)
    return query.order_by(*((column.desc(), Pupil.id.desc()) if descending else (column, Pupil.id)))


def _matching(actor: Actor, search: str, status: str, group: Group | None) -> ModelSelect[Pupil]:
    query = visible(actor, group)
    if status != ALL:
        query = query.where(has_status(status, clock.school_today(actor.board)))
    typed = clean_text(search, 300, "search", "Zoektekst")
    born, rest = birth_dates(typed)
    if born:
        query = query.where(Pupil.birth_date.in_(born))
    if words := folded(rest).split():
        named = reduce(and_, map(names_or_year, words))
        # Only a search with a digit can mean a leerlingnummer; without one the index on names suffices.
        numbered = any(character.isdigit() for character in rest)
        query = query.where(named | Pupil.key.startswith(rest) if numbered else named)
    return query


def _sitting_in(group_ids: list[int]) -> ModelSelect[Placement]:
    return Placement.select(Placement.pupil).where(Placement.group.in_(group_ids))


def _rows(actor: Actor, pupils: list[Pupil]) -> list[ListedPupil]:
    today = clock.school_today(actor.board)
    names = _base_groups([pupil.id for pupil in pupils], this_year(actor))
    return [
        ListedPupil(
            pupil.id,
            pupil.key,
            pupil.first_name,
            pupil.prefix,
            pupil.last_name,
            pupil.birth_date,
            names.get(pupil.id, pupil.starts_in),
            pupil.year_group,
            status_of(pupil, today),
            pupil.sort_name,
        )
        for pupil in pupils
    ]


def _base_groups(pupil_ids: list[int], school_year: str) -> dict[int, str]:
    query: Any = (
        Placement.select(Placement.pupil, Group.name)
        .join(Group)
        .where(Placement.pupil.in_(pupil_ids), Placement.kind == "basis", Placement.school_year >= school_year)
        .order_by(Placement.school_year.desc())
        .tuples()
    )
    return dict(query)


def _stream(actor: Actor, group: Group | None, status: str) -> Iterator[ListedPupil]:
    rows: list[ListedPupil] | None = page(actor, status=status, group=group, limit=STREAM_PAGE)
    while rows:
        yield from rows
        rows = beside(actor, rows[-1], STREAM_PAGE, status=status, group=group)


def _may_see(actor: Actor, pupil: Pupil) -> Pupil:
    if visible(actor).where(Pupil.id == pupil.id).exists():
        return pupil
    raise NotAllowed(f"Leerling {pupil.key} zit dit schooljaar niet in een van uw groepen.")
