"""The data of the step Leerlingen: the lines of pupils, read a page at a time.

Sorted by name they come from an index, so the first page of 100,000 costs the same as that of 100. For users who may
see all pupils.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from peewee import JOIN, fn

from app.access import Actor
from app.exchange.names import folded, full_name
from app.permissions import Permission
from app.school.group_editing import YEAR_GROUPS
from app.school.people.names import list_name
from app.school.text import clean_text
from app.school.transition.rules import Destination, What, is_odd
from models.school import Group, Pupil
from models.transition import TransitionGroup, TransitionPupil, YearTransition

STREAM_PAGE = 1_000
ALONG = (What.UP, What.STAYS)


@dataclass(frozen=True)
class MovingPupil:
    """A pupil, and where the pupil goes."""

    id: int
    """The id of the line."""
    key: str
    first_name: str
    prefix: str
    last_name: str
    source: str
    destination: Destination
    group: str
    changed_by: str
    year_group: str = ""
    """The year group of this year."""

    @property
    def odd(self) -> bool:
        """Whether the pupil goes back or skips a year group."""
        return self.destination.what in ALONG and is_odd(self.year_group, self.destination.year_group)

    @property
    def list_name(self) -> str:
        """The name as in lists: last name first."""
        return list_name(self.first_name, self.prefix, self.last_name)

    @property
    def full_name(self) -> str:
        """The name as spoken."""
        return full_name(self.first_name, self.prefix, self.last_name)

    @property
    def to(self) -> str:
        """`7`, `5/6 (leerjaar 6)`, `5 (blijft zitten)`, `1 (▲ zit in 6)`, `naar het VO`, `gaat van school: Verhuizing`."""
        what, where = self.destination.what, self.destination
        if what == What.LEAVES:
            return f"{what.label}: {where.reason}"
        if what.goes or what == What.NONE:
            return what.label
        notes = [] if where.year_group in ("", self.group) else [f"leerjaar {where.year_group}"]
        notes += [] if what == What.UP else [what.label]
        notes += [f"▲ zit in {self.year_group}"] if self.odd else []
        return f"{self.group} ({', '.join(notes)})" if notes else self.group

    def as_json(self) -> dict[str, Any]:
        """Leerlingnummer, name, old group, new group, and what happens (`up stays new leaves vo none`)."""
        return {
            "key": self.key,
            "name": self.full_name,
            "from_group": self.source,
            "to_group": self.group,
            "year_group": self.destination.year_group,
            "what": str(self.destination.what),
            "reason": self.destination.reason,
        }


def pupils(
    actor: Actor,
    transition: YearTransition,
    *,
    search: str = "",
    what: str = "",
    order: str = "name",
    descending: bool = False,
    offset: int = 0,
    limit: int = 100,
) -> list[MovingPupil]:
    """The matching lines; `search` as in Leerlingenadministratie or the name of a group, `what` one of `What`."""
    query = _matching(actor, transition, search, what)
    for column in _order(order):
        query = query.order_by_extend(column.desc() if descending else column)
    return [_row(row) for row in query.limit(limit).offset(offset).namedtuples()]


def count(actor: Actor, transition: YearTransition, *, search: str = "", what: str = "") -> int:
    """The total number of lines for `pupils`."""
    return int(_matching(actor, transition, search, what).count())


def count_odd(actor: Actor, transition: YearTransition) -> int:
    """How many pupils go back or skip a year group."""
    line = TransitionPupil
    pairs = [
        (Pupil.year_group == now) & (line.year_group == later)
        for now, later in product(YEAR_GROUPS, YEAR_GROUPS)
        if is_odd(now, later)
    ]
    return int(_matching(actor, transition, "", "").where(line.what.in_(ALONG), reduce(or_, pairs)).count())


def all_pupils(actor: Actor, transition: YearTransition) -> Iterator[MovingPupil]:
    """Iterate over all of them by old group and name, read page by page."""
    offset = 0
    while rows := pupils(actor, transition, order="from", offset=offset, limit=STREAM_PAGE):
        yield from rows
        offset += STREAM_PAGE


def _matching(actor: Actor, transition: YearTransition, search: str, what: str) -> Any:
    actor.require(Permission.VIEW_ALL_PUPILS)
    line, seat = TransitionPupil, TransitionGroup
    query = (
        Pupil.select(
            line.id,
            Pupil.key,
            Pupil.first_name,
            Pupil.prefix,
            Pupil.last_name,
            Group.name.alias("source"),
            line.what,
            line.group,
            seat.name.alias("seat"),
            line.year_group,
            line.reason,
            line.changed_by,
            Pupil.year_group.alias("now"),
        )
        .join(line, on=line.pupil == Pupil.id)
        .join_from(line, Group, JOIN.LEFT_OUTER, on=line.source == Group.id)
        .join_from(line, seat, JOIN.LEFT_OUTER, on=line.group == seat.id)
        .where(Pupil.location == transition.location_id, line.transition == transition)
    )
    if what:
        query = query.where(line.what == what)
    typed = clean_text(search, 300, "search", "Zoektekst")
    if not (words := folded(typed).split()):
        return query
    groups = Group.select(Group.id, Group.name).where(Group.location == transition.location_id)
    seats = seat.select(seat.id, seat.name).where(seat.transition == transition)
    for word in words:
        query = query.where(
            Pupil.sort_name.contains(word)
            | Pupil.key.startswith(word)
            | line.source.in_(_called(word, groups))
            | line.group.in_(_called(word, seats))
        )
    return query


def _called(word: str, groups: Iterable[Any]) -> list[int]:
    """The ids of the groups with this name; a school has dozens."""
    return [group.id for group in groups if folded(group.name) == word]


def _order(order: str) -> tuple[Any, ...]:
    """The sort columns; shorter group names first, so that 2 comes before 10."""
    name = (Pupil.sort_name, Pupil.id)
    return {
        "name": name,
        "key": (fn.LENGTH(Pupil.key), Pupil.key),
        "from": (fn.COALESCE(fn.LENGTH(Group.name), 0), Group.name, *name),
        "what": (TransitionPupil.what, *name),
        "to": (fn.COALESCE(fn.LENGTH(TransitionGroup.name), 0), TransitionGroup.name, TransitionPupil.what, *name),
    }[order]


def _row(row: Any) -> MovingPupil:
    return MovingPupil(
        row.id,
        row.key,
        row.first_name,
        row.prefix,
        row.last_name,
        row.source or "",
        Destination(What(row.what), row.group, row.year_group, row.reason),
        row.seat or "",
        row.changed_by,
        row.now,
    )
