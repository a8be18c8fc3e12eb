"""Who the pupils of a DULT file are: proposed, matched, agreed, and remembered for the next file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from peewee import JOIN, fn

from app.access import Actor, writing
from app.exchange.dult import DultRow
from app.exchange.identity import Person, Sign, Verdict, compare, verdict
from app.exchange.names import folded
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.assessment.matching import impossible
from app.school.people import pupils
from app.school.people.names import list_name
from models import bulk
from models.assessment import PupilMatch
from models.board import Location
from models.dult import DultFile, DultLine, DultPupil
from models.school import Pupil

SUPPLIER = "dult"
REMEMBERED = "onthouden"
SAME_NUMBER = "zelfde nummer"
SAME_NAME = "zelfde naam"


class MatchStatus(StrEnum):
    """The matchstatus of a pupil."""

    MATCHED = "matched"
    PROPOSED = "proposed"
    UNMATCHED = "unmatched"

    @property
    def label(self) -> str:
        """As on screen."""
        return {"matched": "Gekoppeld", "proposed": "Voorstel", "unmatched": "Niet gekoppeld"}[self.value]


@dataclass(frozen=True)
class Match:
    """The pupil of ESIS for a pupil of a file, and why."""

    status: MatchStatus
    pupil_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class DultPupilRow:
    """A pupil of a file in the list, next to the pupil of ESIS."""

    id: int
    key: str
    name: str
    birth_date: date
    status: MatchStatus
    matched: str
    """Leerlingnummer and name in ESIS; empty if unmatched."""
    agreed: bool
    note: str
    results: int


@dataclass(frozen=True)
class Agreed:
    """How many pupils were agreed at once, why others were not, and how many still need attention."""

    agreed: int
    refused: tuple[str, ...]
    left: int


def found(actor: Actor, file_id: int) -> DultFile:
    """Return the file, at the actor's location. Raises `NotAllowed` or `NotFound`."""
    actor.require(Permission.IMPORT_RESULTS)
    file: DultFile | None = DultFile.get_or_none(DultFile.id == file_id, DultFile.location == actor.location)
    if file is None:
        raise NotFound("Dit bestand staat niet meer op de lijst van deze vestiging.")
    return file


def open_file(actor: Actor, file_id: int) -> DultFile:
    """Return the file if it can still be changed. Raises `Refused` when it is processed."""
    file = found(actor, file_id)
    if file.state == "processed":
        raise Refused(f"'{file.name}' is al verwerkt. Draai het bestand eerst terug.")
    return file


def pupils_of(actor: Actor, file_id: int) -> list[DultPupilRow]:
    """The pupils of a file: those that need attention first, then by name. Raises `NotAllowed` or `NotFound`."""
    found(actor, file_id)
    counted: Any = DultLine.select(DultLine.pupil, fn.COUNT(DultLine.id)).where(DultLine.file == file_id)
    counts: dict[int, int] = dict(counted.group_by(DultLine.pupil).tuples())
    query = DultPupil.select(DultPupil, Pupil).join(Pupil, JOIN.LEFT_OUTER).where(DultPupil.file == file_id)
    rows = [
        DultPupilRow(
            row.id,
            row.key,
            list_name(row.first_name, "", row.last_name),
            row.birth_date,
            MatchStatus(row.status),
            _in_esis(row),
            row.agreed,
            row.note,
            counts.get(row.id, 0),
        )
        for row in query
    ]
    order = list(reversed(MatchStatus))
    return sorted(rows, key=lambda row: (row.agreed, order.index(row.status), folded(row.name)))


def match(actor: Actor, row_id: int, pupil_key: str, seen: int | None = None) -> None:
    """Match a pupil of a file to this pupil of ESIS; the match must still be agreed.

    Raises `NotFound`, `Refused` for a processed file, `ChangedMeanwhile`.
    """
    with writing(actor, Permission.IMPORT_RESULTS):
        row = _open_row(actor, row_id)
        check_unchanged(row, seen)
        _put(row, MatchStatus.MATCHED, pupils.get(actor, pupil_key), f"gekozen door {actor.name}")


def unmatch(actor: Actor, row_id: int) -> None:
    """Remove the match of a pupil, and forget what was remembered. Raises like `match`."""
    with writing(actor, Permission.IMPORT_RESULTS):
        row = _open_row(actor, row_id)
        _put(row, MatchStatus.UNMATCHED, None, "")
        memory(actor.location, [row.key], delete=True)


def agree(actor: Actor, row_id: int) -> None:
    """Agree with the match of a pupil, also a proposed one, and remember it.

    Raises `Refused` without a match, for a pupil who had left, or one already agreed for another pupil of the file.
    """
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        _agree(actor, _open_row(actor, row_id), now)


def withdraw(actor: Actor, row_id: int) -> None:
    """Withdraw the agreement; the match stays. Raises like `match`."""
    with writing(actor, Permission.IMPORT_RESULTS):
        row = _open_row(actor, row_id)
        row.agreed = False
        row.save()


def agree_all(actor: Actor, file_id: int) -> Agreed:
    """Agree with every matched pupil; proposed and unmatched ones must be looked at one by one."""
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        file, refused, agreed = open_file(actor, file_id), [], 0
        waiting = DultPupil.select().where(DultPupil.file == file, ~DultPupil.agreed)
        for row in waiting.where(DultPupil.status == MatchStatus.MATCHED.value).order_by(DultPupil.id):
            try:
                _agree(actor, row, now)
                agreed += 1
            except Refused as refusal:  # one pupil who cannot be agreed does not stop the others
                refused.append(refusal.sentence)
        return Agreed(agreed, tuple(refused), waiting.count())


def check_there(row: DultPupil, days: Iterable[date]) -> None:
    """Raise `Refused` when the matched pupil was not born yet, or had left, on the day of a result."""
    for day in days:
        if row.matched is not None and (why := impossible(row.matched, day)):
            raise Refused(f"{row.first_name} {row.last_name}: {why} Koppel een andere leerling.")


def _agree(actor: Actor, row: DultPupil, now: datetime) -> None:
    if row.matched is None:
        raise Refused(f"{row.first_name} {row.last_name} is nog niet gekoppeld. Kies eerst een leerling (Enter).")
    other = DultPupil.get_or_none(
        DultPupil.file == row.file_id, DultPupil.matched == row.matched_id, DultPupil.agreed, DultPupil.id != row.id
    )
    if other is not None:
        raise Refused(
            f"Leerling {row.matched.key} is in dit bestand al gekoppeld aan {other.first_name} {other.last_name} ({other.key}). "
            f"Koppel {row.first_name} {row.last_name} aan een andere leerling."
        )
    check_there(row, days_of([row.id])[row.id])
    row.agreed, row.status = True, MatchStatus.MATCHED.value
    row.save()
    _remember(actor, row, now)


def days_of(row_ids: list[int]) -> dict[int, tuple[date, date]]:
    """The days of each pupil's first and last result in a file."""
    lines = DultLine.select(DultLine.pupil, DultLine.date).where(DultLine.pupil.in_(row_ids))
    days: dict[int, tuple[date, date]] = {}
    for line in lines:
        first, last = days.get(line.pupil_id, (line.date, line.date))
        days[line.pupil_id] = min(line.date, first), max(line.date, last)
    return days


def _remember(actor: Actor, row: DultPupil, now: datetime) -> None:
    """Remember the match for the next file, and apply it to open files without an agreement."""
    kept = {
        "location": actor.location.id,
        "supplier": SUPPLIER,
        "supplier_pupil": row.key,
        "pupil": row.matched_id,
        "made_by": actor.name,
        "made_at": now,
    }
    bulk.upsert(PupilMatch, [kept], key=("location", "supplier", "supplier_pupil"))
    elsewhere = DultFile.select(DultFile.id).where(
        DultFile.location == actor.location, DultFile.state != "processed", DultFile.id != row.file_id
    )
    same = [
        other.id
        for other in DultPupil.select().where(
            DultPupil.file.in_(elsewhere), DultPupil.key == row.key, ~DultPupil.agreed
        )
        if still_is(as_person(other), as_person(row))
    ]
    DultPupil.update(matched=row.matched_id, status=MatchStatus.MATCHED.value, note=REMEMBERED).where(
        DultPupil.id.in_(same), ~DultPupil.agreed
    ).execute()


def memory(location: Location, keys: list[str], delete: bool = False) -> dict[str, int]:
    """The pupils agreed for these keys of the sender; with `delete`, forget them."""
    mine = (PupilMatch.location == location) & (PupilMatch.supplier == SUPPLIER) & PupilMatch.supplier_pupil.in_(keys)
    if delete:
        PupilMatch.delete().where(mine).execute()
    return {row.supplier_pupil: row.pupil_id for row in PupilMatch.select().where(mine)}


def _put(row: DultPupil, status: MatchStatus, pupil: Pupil | None, note: str) -> None:
    row.status, row.matched, row.note, row.agreed = status.value, pupil, note, False
    row.save()


def as_person(row: DultRow | DultPupil) -> Person:
    """A pupil of a file, for comparison."""
    return Person.of(row, row.pupil_key if isinstance(row, DultRow) else row.key)


def still_is(one: Person, other: Person) -> bool:
    """Whether both are the same pupil with the same name: a number passed on to a twin has the twin's birth date."""
    signs = compare(one, other)
    return verdict(signs) is Verdict.SAME and signs.name is not Sign.DIFFERENT


def _in_esis(row: DultPupil) -> str:
    pupil = row.matched
    return "" if pupil is None else f"{pupil.key} {list_name(pupil.first_name, pupil.prefix, pupil.last_name)}"


def _open_row(actor: Actor, row_id: int) -> DultPupil:
    row: DultPupil | None = DultPupil.get_or_none(DultPupil.id == row_id)
    if row is None:
        raise NotFound("Deze leerling staat niet meer in een ontvangen bestand.")
    open_file(actor, row.file_id)
    return row
