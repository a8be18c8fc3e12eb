"""The klassenindeling: Mijnschoolinfo's own division of pupils into classes.

Created only here, never from ESIS (rule 8): ordered lists with a teacher. No delivery changes them: a removed pupil or
teacher leaves the name behind. After a year transition the layout must be checked until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import JOIN

from app.access import standing_still
from app.exchange.names import folded, kept
from app.partners.mijnschoolinfo import editing
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.typed import typed_name
from app.refusals import NotFound, Refused
from models import bulk
from models.partners.mijnschoolinfo import MsiClass, MsiPupil, MsiSchool, MsiSeat

CHECK = "controleer deze indeling"
GONE = "niet meer in Mijnschoolinfo"
_Seat = tuple[int | None, str]
"""The number of a pupil, if it still exists, and the name."""


@dataclass(frozen=True)
class Place:
    """A place in a class, numbered from 1; `here` is False for a pupil no longer in Mijnschoolinfo."""

    position: int
    pupil_id: int | None
    name: str
    here: bool


@dataclass(frozen=True)
class ClassRow:
    """A class with its teacher and its pupils, in order."""

    id: int
    name: str
    teacher: str
    teacher_id: int | None
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        """`name teacher pupils`."""
        return {"name": self.name, "teacher": self.teacher, "pupils": [place.name for place in self.places]}


def classes(school: MsiSchool) -> list[ClassRow]:
    """The classes by name."""
    rows = sorted(MsiClass.select().where(MsiClass.school == school), key=lambda row: (folded(row.name), row.id))
    found = _places(rows)
    return [ClassRow(row.id, row.name, row.teacher_name, row.teacher_id, tuple(found.get(row.id, ()))) for row in rows]


def _places(rows: Sequence[MsiClass]) -> dict[int, list[Place]]:
    """Class -> its places, in order."""
    seats: Any = (
        MsiSeat.select(MsiSeat, MsiPupil.deleted_at.alias("gone"))
        .join(MsiPupil, JOIN.LEFT_OUTER, on=(MsiSeat.pupil == MsiPupil.id))
        .where(MsiSeat.klass.in_(rows))
        .order_by(MsiSeat.position)
        .objects()
    )
    found: dict[int, list[Place]] = {}
    for seat in seats:
        found.setdefault(seat.klass_id, []).append(
            Place(seat.position, seat.pupil_id, seat.name, seat.pupil_id is not None and seat.gone is None)
        )
    return found


def begin(school: MsiSchool, name: str) -> MsiClass:
    """Create a class without pupils. Raises `Refused` for the name, also if the class exists."""
    if any(folded(row.name) == folded(name) for row in MsiClass.select().where(MsiClass.school == school)):
        raise Refused(f"Er is al een klas {kept(name)}. Kies een andere naam.", field="name")
    return arrange(school, name, ())


def arrange(
    school: MsiSchool,
    name: str,
    pupil_ids: Sequence[int],
    teacher_id: int | None = None,
    *,
    gone: Sequence[Place] | None = None,
    same_teacher: bool = False,
) -> MsiClass:
    """Create a class, or set its pupils, in this order, and its teacher, who may be the current one even if gone.

    Pupils no longer here keep a place by name: those in `gone`, at the positions given there, or if it is None all of
    them, where they are. Raises `Refused` for the name, `NotFound`.
    """
    called = typed_name(name, MsiClass.name, required=True)
    with standing_still(school.location.board_id):
        pupils = [editing.get(school, "pupil", number) for number in dict.fromkeys(pupil_ids)]
        row: MsiClass = MsiClass.get_or_none(MsiClass.school == school, MsiClass.name == called) or MsiClass(
            school=school, name=called
        )
        if not same_teacher:
            row.teacher = None if teacher_id is None else editing.get(school, "staff", teacher_id)
            row.teacher_name = full_name(row.teacher) if row.teacher else ""
        row.save()
        seats = [(pupil.id, full_name(pupil)[:300]) for pupil in pupils]
        for place, number in _staying(row, gone, {pupil.id for pupil in pupils}):
            seats.insert(place - 1, number)
        MsiSeat.delete().where(MsiSeat.klass == row).execute()
        bulk.insert(
            MsiSeat,
            (
                {"klass": row.id, "pupil": number, "name": called, "position": position}
                for position, (number, called) in enumerate(seats, 1)
            ),
        )
        return row


def _staying(row: MsiClass, gone: Sequence[Place] | None, chosen: Collection[int]) -> list[tuple[int, _Seat]]:
    """The places in the class of pupils no longer here that are kept, in order: position, number and name."""
    there = [place for place in _places([row]).get(row.id, ()) if not place.here]
    staying = there if gone is None else list(_still(there, gone))
    return [
        (one.position, (one.pupil_id, one.name))
        for one in sorted(staying, key=lambda one: one.position)
        if one.pupil_id not in chosen
    ]


def _still(there: Sequence[Place], gone: Sequence[Place]) -> Iterator[Place]:
    """The places of `there` that are in `gone`, if given: each once, also for two pupils with the same name."""
    left = list(there)
    for one in gone:
        of_name = [place for place in left if place.name == one.name]
        found = next((place for place in of_name if place.pupil_id == one.pupil_id), of_name[0] if of_name else None)
        if found is not None:
            left.remove(found)
            yield replace(found, position=one.position)


def remove(school: MsiSchool, name: str) -> None:
    """Delete a class; without classes there is nothing to check. Raises `NotFound`."""
    with standing_still(school.location.board_id):
        if not MsiClass.delete().where(MsiClass.school == school, MsiClass.name == kept(name)).execute():
            raise NotFound(f"Er is geen klas '{name.strip()}' in de klassenindeling.", field="name")
        if not MsiClass.select().where(MsiClass.school == school).exists():
            MsiSchool.update(check_layout=False).where(MsiSchool.id == school.id).execute()


def confirm(school: MsiSchool) -> None:
    """Confirm the layout for the new school year. Raises `Refused` if there is nothing to check."""
    with standing_still(school.location.board_id):
        asked = MsiSchool.update(check_layout=False).where(MsiSchool.id == school.id, MsiSchool.check_layout).execute()
        if not asked:
            raise Refused("De klassenindeling hoeft niet gecontroleerd te worden.")
