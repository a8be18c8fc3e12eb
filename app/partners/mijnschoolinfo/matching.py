"""Whether somebody of ESIS is here already: by leerlingnummer or name and birth date, a guardian by e-mail (rule S).

Only who does not come from ESIS yet is looked at. Who may be more than one, or has the number but not the name, is a
doubt: it waits on a list until somebody decides, and is not delivered until then. A matched record keeps its data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app import clock
from app.exchange.contacts import ContactGroup, ContactGuardian, ContactPupil, ContactStaff
from app.exchange.email import folded_address
from app.exchange.names import folded
from app.partners.mijnschoolinfo.lines import Kind
from models import bulk
from models.partners.mijnschoolinfo import (
    OWN,
    MsiDoubt,
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiPupil,
    MsiRecord,
    MsiSchool,
    MsiStaff,
)

Record = TypeVar("Record", bound=MsiRecord)


@dataclass(frozen=True)
class Found(Generic[Record]):
    """What was found for somebody of ESIS: the record it is, or those it may be; neither for somebody new."""

    same: Record | None = None
    doubtful: tuple[Record, ...] = ()


def pupils(school: MsiSchool, asked: Sequence[ContactPupil]) -> dict[int, Found[MsiPupil]]:
    """For each of these, by its number at ESIS."""
    if not asked:
        return {}
    keys = [pupil.key for pupil in asked if pupil.key]
    dates = {pupil.birth_date for pupil in asked if pupil.birth_date}
    names = {folded(pupil.last_name, pupil.first_name) for pupil in asked}
    undated = MsiPupil.birth_date.is_null() & bulk.beginning_with(MsiPupil.sort_name, sorted(names))
    near = bulk.among(MsiPupil.key, keys) | MsiPupil.birth_date.in_(list(dates)) | undated
    own = _own(MsiPupil, school, near)
    decided = _decided(school, Kind.PUPIL, [pupil.id for pupil in asked])
    taken, numbers = chosen(school, Kind.PUPIL), {row.key for row in own}
    found = {}
    for pupil in sorted(asked, key=lambda pupil: pupil.key not in numbers):  # a number says more than a name
        here = [row for row in own if row.id not in taken]
        found[pupil.id] = decided.get(pupil.id) or _pupil(pupil, here)
        _take(taken, found[pupil.id])
    return found


def guardians(
    school: MsiSchool, asked: Sequence[ContactGuardian], children: Mapping[int, int]
) -> dict[int, Found[MsiGuardian]]:
    """For each of these: the e-mail address says who it is; of several with one address, on either side, the name too.

    `children` are the records here of a child of each. Who cares for it here under the same name is a doubt.
    """
    if not asked:
        return {}
    emails = {folded_address(guardian.email) for guardian in asked if guardian.email}
    own = _own(MsiGuardian, school, MsiGuardian.email_folded.in_(list(emails))) if emails else []
    caring = _caring(list(children.values()))
    decided = _decided(school, Kind.GUARDIAN, [guardian.id for guardian in asked])
    taken, names = chosen(school, Kind.GUARDIAN), {_address_and_name(row) for row in own}
    named = [guardian for guardian in asked if _address_and_name(guardian) in names]
    others = [guardian for guardian in asked if _address_and_name(guardian) not in names]
    sharing = Counter(folded_address(guardian.email) for guardian in others)
    found: dict[int, Found[MsiGuardian]] = {}
    for guardian in (*named, *others):
        email = folded_address(guardian.email)
        here = [row for row in own if row.id not in taken and row.email_folded == email]
        alike = [row for row in here if folded(row.name) == folded(guardian.name)]
        near = [
            row for row in caring.get(children[guardian.id], ())
            if row.id not in taken and folded(row.name) == folded(guardian.name)
        ]  # fmt: skip
        sure = here and (alike or sharing[email] == 1)
        match = _one_of(alike or here) if sure else Found(doubtful=tuple(here or near))
        found[guardian.id] = decided.get(guardian.id) or match
        _take(taken, found[guardian.id])
    return found


def chosen(school: MsiSchool, kind: Kind) -> set[int]:
    """The records here that somebody chose for a doubt: nobody else can be one of these."""
    rows = MsiDoubt.select(MsiDoubt.same_as).where(
        MsiDoubt.school == school, MsiDoubt.kind == kind, MsiDoubt.decided, MsiDoubt.same_as.is_null(False)
    )
    return {row.same_as for row in rows if row.same_as is not None}


def settled(school: MsiSchool, kind: Kind, ids: Sequence[int]) -> None:
    """These were told of again: what was decided about them has been done."""
    if not ids:
        return
    here = (MsiDoubt.school == school) & (MsiDoubt.kind == kind)
    MsiDoubt.delete().where(here, bulk.among(MsiDoubt.esis_id, list(ids)), MsiDoubt.decided).execute()


def forget_pupils(school: MsiSchool, told: Collection[int], after: int, last: int | None) -> None:
    """Drop the doubts about pupils that are not told of any more, of the numbers after `after` up to `last` (None: all)."""
    found = MsiDoubt.select().where(
        MsiDoubt.school == school, MsiDoubt.kind == Kind.PUPIL, MsiDoubt.esis_id > after
    )  # fmt: skip
    gone = [row.id for row in found if row.esis_id not in told and (last is None or row.esis_id <= last)]
    MsiDoubt.delete().where(bulk.among(MsiDoubt.id, gone)).execute()


def staff(school: MsiSchool, asked: Sequence[ContactStaff]) -> dict[int, MsiStaff]:
    """Those that are here, by key or else by e-mail address."""
    own = _own(MsiStaff, school)
    by_key = {row.key: row for row in own if row.key}
    by_email = {folded_address(row.email): row for row in own if row.email}
    found = {member.id: by_key[member.key] for member in asked if member.key in by_key}
    for member in asked:
        row = by_email.get(folded_address(member.email))
        if row is not None and member.id not in found and row not in found.values():
            found[member.id] = row
    return found


def groups(school: MsiSchool, asked: Sequence[ContactGroup]) -> dict[int, MsiGroup]:
    """Those that are here, by key or else by name."""
    own = _own(MsiGroup, school)
    by_key = {row.key: row for row in own if row.key}
    by_name = {folded(row.name): row for row in own if not row.key}
    found: dict[int, MsiGroup] = {}
    for group in asked:
        row = by_key.get(group.key) or by_name.get(folded(group.name))
        if row is not None and row not in found.values():
            found[group.id] = row
    return found


def doubt_pupils(school: MsiSchool, found: Iterable[tuple[ContactPupil, Found[MsiPupil]]]) -> None:
    """Put doubtful ones on the list."""
    _doubt(school, Kind.PUPIL, [
        (pupil.id, pupil.id, full_name(pupil), clock.dutch_date(pupil.birth_date) if pupil.birth_date else "", match)
        for pupil, match in found
    ])  # fmt: skip


def doubt_guardians(school: MsiSchool, found: Iterable[tuple[ContactGuardian, int, Found[MsiGuardian]]]) -> None:
    """Put doubtful ones on the list, each with the number of a pupil of theirs."""
    _doubt(school, Kind.GUARDIAN, [
        (guardian.id, pupil_id, guardian.name, guardian.email, match) for guardian, pupil_id, match in found
    ])  # fmt: skip


def full_name(person: ContactPupil | ContactStaff | MsiPupil | MsiStaff) -> str:
    """As one says it."""
    return " ".join(part for part in (person.first_name, person.prefix, person.last_name) if part)


def _pupil(pupil: ContactPupil, here: Sequence[MsiPupil]) -> Found[MsiPupil]:
    by_key = [row for row in here if pupil.key and row.key == pupil.key]
    if by_key:
        return Found(by_key[0]) if _alike(pupil, by_key[0]) else Found(doubtful=tuple(by_key))
    alike = [row for row in here if row.birth_date and row.birth_date == pupil.birth_date and _same_name(pupil, row)]
    return _one_of(alike) if alike else Found(doubtful=tuple(row for row in here if _resembles(pupil, row)))


def _alike(pupil: ContactPupil, row: MsiPupil) -> bool:
    """Somebody with the same number must share something else: a name or the birth date."""
    born = row.birth_date is None or row.birth_date == pupil.birth_date
    return born or folded(row.last_name) == folded(pupil.last_name)


def _same_name(pupil: ContactPupil, row: MsiPupil) -> bool:
    return folded(full_name(row)) == folded(full_name(pupil))


def _resembles(pupil: ContactPupil, row: MsiPupil) -> bool:
    """Not surely the same: a first and last name, without a birth date or with another prefix."""
    names = (folded(row.first_name), folded(row.last_name)) == (folded(pupil.first_name), folded(pupil.last_name))
    numbered = row.key and pupil.key and row.key != pupil.key
    return names and not numbered and row.birth_date in (None, pupil.birth_date)


def _one_of(rows: Sequence[Record]) -> Found[Record]:
    return Found(rows[0]) if len(rows) == 1 else Found(doubtful=tuple(rows))


def _address_and_name(guardian: ContactGuardian | MsiGuardian) -> tuple[str, str]:
    return folded_address(guardian.email), folded(guardian.name)


def _take(taken: set[int], found: Found[Record]) -> None:
    if found.same is not None:
        taken.add(found.same.id)


def _caring(pupil_ids: Sequence[int]) -> dict[int, list[MsiGuardian]]:
    """Pupil here -> the guardians who are no guardians of ESIS."""
    links = MsiLink.select(MsiLink, MsiGuardian).join(MsiGuardian).where(
        bulk.among(MsiLink.pupil, list(pupil_ids)), MsiGuardian.origin == OWN
    )  # fmt: skip
    found: dict[int, list[MsiGuardian]] = {}
    for link in links:
        found.setdefault(link.pupil_id, []).append(link.guardian)
    return found


def _own(model: type[Record], school: MsiSchool, *where: object) -> list[Record]:
    query = model.select().where(model.school == school, model.origin == OWN, *where)  # type: ignore[attr-defined]
    return list(query.order_by(model.id))


def _decided(school: MsiSchool, kind: Kind, ids: Sequence[int]) -> dict[int, Any]:
    """What somebody decided about doubts: the same as a record that is still there, or somebody else."""
    model: type[MsiPupil] | type[MsiGuardian] = MsiPupil if kind is Kind.PUPIL else MsiGuardian
    rows = list(MsiDoubt.select().where(
        MsiDoubt.school == school, MsiDoubt.kind == kind, bulk.among(MsiDoubt.esis_id, list(ids)), MsiDoubt.decided
    ))  # fmt: skip
    own = {row.id: row for row in _own(model, school, model.id.in_([row.same_as for row in rows if row.same_as]))}
    return {row.esis_id: Found(own.get(row.same_as or 0)) for row in rows}


def _doubt(school: MsiSchool, kind: Kind, rows: Sequence[tuple[int, int, str, str, Found]]) -> None:  # type: ignore[type-arg]
    bulk.upsert(MsiDoubt, (
        {"school": school.id, "kind": str(kind), "esis_id": number, "pupil_esis_id": pupil_id, "name": name[:300],
         "detail": detail[:300], "candidates": ",".join(str(row.id) for row in match.doubtful), "decided": False,
         "same_as": None}
        for number, pupil_id, name, detail, match in rows
    ), key=("school", "kind", "esis_id"))  # fmt: skip
