"""Onderwijssoorten: what a location teaches, derived from its groups of this school year.

Every location teaches basisonderwijs (bo); other kinds of education are not in this practice copy (our choice).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor
from app.school import groups
from app.school.groups import GroupKind

EDUCATION = "Basisonderwijs (bo)"


@dataclass(frozen=True)
class Taught:
    """A year group of a kind of education, with its basisgroepen."""

    education: str
    year_group: str
    groups: tuple[str, ...]


def taught(actor: Actor) -> list[Taught]:
    """The year groups the location teaches this school year, lowest first."""
    by_year: dict[str, list[str]] = {}
    for group in groups.visible(actor):
        if group.kind == GroupKind.BASIS:
            for year_group in groups.year_groups_of(group):
                by_year.setdefault(year_group, []).append(group.name)
    return [Taught(EDUCATION, year_group, tuple(names)) for year_group, names in sorted(by_year.items())]
