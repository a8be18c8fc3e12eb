"""The pupils web service: the groups and pupils of this school year, a page at a time (UWLR HaalLeerlinggegevens).

ESIS always gives the location's working school year (`app/school/years.py`), whatever is asked, and instruction and
other groups only when "In koppelingen beschikbaar" is on (standards/README.md 6.1, 6.3). Pages are our choice: UWLR
sends everything in one message. A night delivers the state of its slot, however late it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.exchange.uwlr import PAGE, Authorisation, GroupData, PupilAnswer, PupilData, SchoolReference
from app.school.groups import GroupKind
from app.school.people.snapshot_at import INSTANT, Snapshot
from app.webservice.authorisation import answer_call
from models.board import Location

COMBINATION = "C"


def pull_pupils(
    board_id: int,
    authorisation: Authorisation,
    school: SchoolReference,
    after: int = 0,
    limit: int = PAGE,
    until: datetime | None = None,
) -> PupilAnswer:
    """Return the next page of pupils: those enrolled just before the moment `until`; None means now.

    Groups and all keys come with the first page only (no `after`). Raises a `WebServiceFault` or `Unreachable`.
    """

    def answer(location: Location) -> PupilAnswer:
        now = until or clock.school_now(location.board)
        snapshot = Snapshot(location, until or now + INSTANT)
        pupils, last = snapshot.enrolled(after, limit)
        return PupilAnswer(
            school=SchoolReference(location.school.brin, location.number, snapshot.school_year),
            created_at=now,
            groups=() if after else tuple(_group_data(group) for group in snapshot.travelling()),
            pupils=tuple(_pupils(snapshot, pupils)),
            keys=None if after else snapshot.keys(),
            last=last,
        )

    return answer_call(board_id, authorisation, school, answer, goes_on=bool(after))


def _group_data(group: Any) -> GroupData:
    if group.kind != GroupKind.BASIS:
        return GroupData(group.key, group.name, composite=True)
    years = group.year_groups.split(",")
    return GroupData(group.key, group.name, years[0] if len(years) == 1 else COMBINATION)


def _pupils(snapshot: Snapshot, pupils: Sequence[Any]) -> Iterator[PupilData]:
    placed = snapshot.placed([pupil.id for pupil in pupils])
    for pupil in pupils:
        groups = placed.get(pupil.id, [])
        yield PupilData(
            key=pupil.key,
            eckid=pupil.eckid,
            first_name=pupil.first_name,
            prefix=pupil.prefix,
            last_name=pupil.last_name,
            birth_date=pupil.birth_date,
            year_group=pupil.year_group,
            group_key=next((group.key for group in groups if group.kind == GroupKind.BASIS), ""),
            composite_keys=tuple(sorted(group.key for group in groups if group.kind != GroupKind.BASIS)),
        )
