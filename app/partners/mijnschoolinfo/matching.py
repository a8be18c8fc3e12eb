"""Matching ESIS people to existing records, by the shared rules (`app/exchange/identity.py`; rule S).

Only records that do not come from ESIS yet are considered; the others are known by their ESIS number. A night without
new people reads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from app.exchange import email, names
from app.exchange.contacts import ContactGroup, ContactStaff
from app.exchange.identity import Carer, Person
from app.exchange.names import folded
from app.exchange.recognising import Candidate, Register, settle
from models import bulk
from models.partners.mijnschoolinfo import MsiGroup, MsiGuardian, MsiLink, MsiPupil, MsiRecord, MsiSchool, MsiStaff

Record = TypeVar("Record", bound=MsiRecord)
Key = TypeVar("Key", bound=Hashable)
"""The caller's key for the people to be matched."""


class Named(Protocol):
    """Anything with a name in parts: a row, or somebody in a message."""

    @property
    def first_name(self) -> str: ...  # noqa: D102
    @property
    def prefix(self) -> str: ...  # noqa: D102
    @property
    def last_name(self) -> str: ...  # noqa: D102


def full_name(person: Named) -> str:
    """The full name in spoken order."""
    return names.full_name(person.first_name, person.prefix, person.last_name)


def person(one: Any) -> Person:
    """What a pupil, from a row or a message, is compared by."""
    return Person.of(one, eckid="")


def own_pupils(school: MsiSchool) -> Register[int]:
    """Pupils created here, by id."""
    return Register(pupils(school, MsiPupil.esis_id.is_null()))


def pupils(school: MsiSchool, *where: Any) -> Iterable[tuple[int, Person]]:
    """All pupils of an account, by id."""
    query = MsiPupil.select().where(MsiPupil.school == school, *where).order_by(MsiPupil.id)
    return ((row.id, person(row)) for row in query.iterator())


def own_guardians(school: MsiSchool) -> Register[int]:
    """Guardians created here, by id, with their children here."""
    return Register(guardians(school, MsiGuardian.esis_id.is_null()))


def guardians(school: MsiSchool, *where: Any) -> Iterable[tuple[int, Carer]]:
    """All guardians of an account, by id, with their children here."""
    query = MsiGuardian.select().where(MsiGuardian.school == school, *where).order_by(MsiGuardian.id)
    rows = list(query)
    children: dict[int, set[int]] = {}
    for link in bulk.light(MsiLink, "guardian", [row.id for row in rows]):
        children.setdefault(link.guardian_id, set()).add(link.pupil_id)
    return ((row.id, Carer(row.name, row.email, frozenset(children.get(row.id, ())))) for row in rows)


def staff(school: MsiSchool, asked: Sequence[ContactStaff]) -> dict[int, int]:
    """Staff created here."""
    return same_staff({one.id: one for one in asked}, _own(MsiStaff, school) if asked else [])


def groups(school: MsiSchool, asked: Sequence[ContactGroup]) -> dict[int, int]:
    """Groups created here."""
    return same_groups({one.id: one for one in asked}, _own(MsiGroup, school) if asked else [])


def same_staff(asked: Mapping[Key, Any], here: Iterable[MsiStaff]) -> dict[Key, int]:
    """Match staff by key, or if either has no key by e-mail address and name together."""
    return _recognised(asked, here, _one_of_staff)


def same_groups(asked: Mapping[Key, Any], here: Iterable[MsiGroup]) -> dict[Key, int]:
    """Match groups by key, or by name if either has no key."""
    return _recognised(asked, here, _one_group)


def _own(model: type[Record], school: MsiSchool) -> list[Record]:
    return list(model.select().where(model.school == school, model.esis_id.is_null()).order_by(model.id))  # type: ignore[attr-defined]


def _recognised(
    asked: Mapping[Key, Any], here: Iterable[Any], compare: Callable[[Any, Any], Candidate[int] | None]
) -> dict[Key, int]:
    """Match only if unambiguous: no child is affected, and there is no list to decide on."""
    rows = list(here)
    arriving = {key: [found for row in rows if (found := compare(one, row)) is not None] for key, one in asked.items()}
    return {key: match.same for key, match in settle(arriving).items() if match.same is not None}


def _one_of_staff(one: Any, other: Any) -> Candidate[int] | None:
    if one.key and other.key:
        return _same(other.id, sure=True) if one.key == other.key else None
    if not one.email or email.folded_address(one.email) != email.folded_address(other.email):
        return None
    return _same(other.id, sure=folded(full_name(one)) == folded(full_name(other)))


def _one_group(one: Any, other: Any) -> Candidate[int] | None:
    if one.key and other.key:
        return _same(other.id, sure=True) if one.key == other.key else None
    return _same(other.id, sure=False) if folded(one.name) == folded(other.name) else None


def _same(number: int, *, sure: bool) -> Candidate[int]:
    return Candidate(number, same=True, sure=sure, strong=sure, reason="")
