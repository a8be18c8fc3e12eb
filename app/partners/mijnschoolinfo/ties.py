"""Group members, group teachers and guardians' children: the tables that only link two records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models import bulk
from models.partners.mijnschoolinfo import ESIS, MsiGroup, MsiLink, MsiMembership, MsiTeaching

Pair = tuple[int, int]
"""The two numbers, in the table's order: group and pupil, group and staff member, guardian and pupil."""


def pairs(numbers: Iterable[Pair], first: str, second: str) -> Iterable[dict[str, int]]:
    """The rows of a table that links two others."""
    return ({first: one, second: other} for one, other in sorted(numbers))


def memberships(pupil_ids: Sequence[int]) -> dict[Pair, tuple[int, bool]]:
    """Group and pupil -> the row, and whether it is a basisgroep; ESIS groups only, as others are left alone."""
    rows: Any = (
        MsiMembership.select(MsiMembership.group, MsiMembership.pupil, MsiMembership.id, MsiGroup.basis)
        .join(MsiGroup)
        .where(bulk.among(MsiMembership.pupil, pupil_ids), MsiGroup.origin == ESIS)
        .tuples()
    )
    return {(group, pupil): (number, bool(basis)) for group, pupil, number, basis in rows}


def teachings(staff_ids: Sequence[int]) -> set[Pair]:
    """Group and staff member."""
    return {(row.group_id, row.staff_id) for row in bulk.light(MsiTeaching, "staff", staff_ids)}


def links(pupil_ids: Sequence[int]) -> set[Pair]:
    """Guardian and pupil."""
    return {(row.guardian_id, row.pupil_id) for row in bulk.light(MsiLink, "pupil", pupil_ids)}
