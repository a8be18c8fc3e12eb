"""The assessments that exist, as data: one for each subject and year group, from `fixtures/assessments.toml`.

Subjects and year groups are IEP LVS's (domain.md 8.1); the ids (`lezen-6`) are our choice. Which of them a location
uses is in `ActiveAssessment`; what a score is worth is the supplier's business (`fixtures/assessments.py`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.refusals import NotFound

SUPPLIER = "iep-lvs"
REFERENCE_LEVELS_FROM = 6
"""The first year group whose results carry a reference level (domain.md 8.2)."""


@dataclass(frozen=True)
class Subject:
    """A subject (vakgebied), in the order in which screens show it."""

    id: str
    name: str
    order: int


@dataclass(frozen=True)
class Part:
    """A part of an assessment (toetsonderdeel), scored as the percentage right."""

    id: str
    name: str


@dataclass(frozen=True)
class Assessment:
    """An assessment (toets) of one subject for the pupils of these year groups."""

    id: str
    name: str
    subject: Subject
    year_groups: tuple[str, ...]
    lvs: bool = True
    """False for the eindtoets, which the results coupling never brings (seed 000)."""
    parts: tuple[Part, ...] = ()
    reference_levels: bool = False
    """Whether a result says `<1F`, `1F`, and `2F` or `1S`."""
    supplier: str = SUPPLIER

    def part_name(self, part: str) -> str:
        """The name of a part by its id; the id itself where the catalogue does not know it."""
        return next((item.name for item in self.parts if item.id == part), part)


@cache
def all_assessments() -> tuple[Assessment, ...]:
    """Every assessment, by subject and then by year group."""
    return tuple(item for order, row in enumerate(_subject_rows(), 1) for item in _of_subject(row, order))


def lvs_assessments() -> tuple[Assessment, ...]:
    """Those the results coupling brings: all but the eindtoets."""
    return tuple(item for item in all_assessments() if item.lvs)


def by_id(assessment_id: str) -> Assessment:
    """The assessment with this id. Raises `NotFound` with the form of the ids."""
    found = _by_id().get(assessment_id)
    if found is None:
        raise NotFound(f"Toets '{assessment_id}' bestaat niet. Er zijn: {', '.join(_by_id())}.")
    return found


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject, in order."""
    return tuple(dict.fromkeys(item.subject for item in all_assessments()))


@cache
def _by_id() -> dict[str, Assessment]:
    return {item.id: item for item in all_assessments()}


@cache
def _subject_rows() -> list[dict[str, Any]]:
    text = files("fixtures").joinpath("assessments.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["subjects"]
    return rows


def _of_subject(row: dict[str, Any], order: int) -> list[Assessment]:
    subject = Subject(row["id"], row["name"], order)
    parts = tuple(Part(**part) for part in row.get("parts", ()))
    first = row["first_year_group"]
    return [
        Assessment(
            id=f"{subject.id}-{year_group}",
            name=row.get("assessment_name", f"{subject.name} groep {year_group}"),
            subject=subject,
            year_groups=(str(year_group),),
            lvs=row.get("lvs", True),
            parts=parts,
            reference_levels="references" in row and year_group >= REFERENCE_LEVELS_FROM,
        )
        for year_group in range(first, first + len(row["means"]))
    ]
