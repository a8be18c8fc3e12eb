"""Guardians of the board who may be the same as one being entered (rules in `app/exchange/identity.py`).

The children are the pupils it is entered for and those who share a guardian with them: siblings, as far as known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from app.exchange.email import folded_address
from app.exchange.identity import Carer
from app.exchange.names import full_name
from app.exchange.recognising import carer_candidates
from models.school import Guardian, Pupil, PupilGuardian


@dataclass(frozen=True)
class LikeGuardian:
    """A guardian who may be the same, with the pupils the user may see."""

    id: int
    name: str
    email: str
    pupils: tuple[str, ...]
    """Their names, at the locations the user may see."""
    own: bool
    """Whether it already is a guardian of one of these pupils."""
    sure: bool
    """Whether name and address match, or the name within the family when neither address is known."""
    reason: str

    @property
    def described(self) -> str:
        """`Mam Voorbeeld <mam@voorbeeld.nl>, verzorger van Anna Berg`."""
        address = f" <{self.email}>" if self.email else ""
        return f"{self.name}{address}, verzorger van {' en '.join(self.pupils)}"

    @property
    def sentence(self) -> str:
        """The warning to show."""
        return f"Er is al {self.described} ({self.reason}). Controleer of dit dezelfde verzorger is."


def like_guardians(
    board_id: int, name: str, email: str, pupil_ids: Collection[int], locations: Collection[int]
) -> list[LikeGuardian]:
    """The guardians of the board who are or may be the same, certain matches first."""
    family = _family(pupil_ids)
    by_family = PupilGuardian.select(PupilGuardian.guardian).where(PupilGuardian.pupil.in_(list(family)))
    among = Guardian.id.in_(by_family)
    if email:
        among |= Guardian.email_folded == folded_address(email)
    here = {row.id: row for row in Guardian.select().where(Guardian.board == board_id, among).order_by(Guardian.id)}
    children = _children(here)
    carers = [
        (row.id, Carer(row.name, row.email, frozenset(one.id for one in children[row.id]))) for row in here.values()
    ]
    found = carer_candidates(Carer(name, email, frozenset(family)), carers)
    return [
        LikeGuardian(
            one.here,
            here[one.here].name,
            here[one.here].email,
            tuple(_name(child) for child in children[one.here] if child.location_id in locations),
            any(child.id in pupil_ids for child in children[one.here]),
            one.sure or (one.same and not email and not here[one.here].email),
            one.reason,
        )
        for one in sorted(found, key=lambda one: (not one.sure, not one.same))
    ]


def _family(pupil_ids: Collection[int]) -> set[int]:
    """These pupils and those who share a guardian with them."""
    of_them = PupilGuardian.select(PupilGuardian.guardian).where(PupilGuardian.pupil.in_(list(pupil_ids)))
    shared = PupilGuardian.select(PupilGuardian.pupil).where(PupilGuardian.guardian.in_(of_them))
    return {*pupil_ids, *(link.pupil_id for link in shared)}


def _children(guardians: Iterable[int]) -> dict[int, list[Pupil]]:
    found: dict[int, list[Pupil]] = {number: [] for number in guardians}
    links: Any = PupilGuardian.select(PupilGuardian, Pupil).join(Pupil).where(PupilGuardian.guardian.in_(list(found)))
    for link in links.order_by(Pupil.sort_name, Pupil.id):
        found[link.guardian_id].append(link.pupil)
    return found


def _name(pupil: Pupil) -> str:
    return full_name(pupil.first_name, pupil.prefix, pupil.last_name)
