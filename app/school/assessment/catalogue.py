"""The available assessments: those of the catalogue, one per subject and year group, and a board's own.

The catalogue is data (`fixtures/assessments.toml`, and the partners' own: `app/partner_files.py`), the same for
everybody; subjects and year groups are IEP LVS's (sources.md#iep-lvs-assessments), the ids (`lezen-6`) our choice. A
board adds its own (`app/school/assessment/definitions.py`). School code uses `of_board` or `find`; partner systems know
the catalogue only. Which ones a location uses is in `ActiveAssessment`, what a score is worth in
`app/school/assessment/norms.py`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.exchange.names import folded
from app.partner_files import partner_files
from app.refusals import NotFound
from app.school.assessment.scales import DEVELOPMENT, PERCENTAGE, Scale, ScoreKind
from models.assessment_definition import AssessmentDefinition

SUPPLIER = "iep-lvs"
HAND = "hand"
"""The supplier id of typed-in results, and of every assessment defined by a board."""
LOWEST_LEVEL = "V"
REFERENCE_LEVELS_FROM = 6
"""The first year group whose results have a reference level (sources.md#iep-lvs-assessments)."""
OWN_SUBJECTS_FROM = 100
AFTER_SUBJECT = 0.5


@dataclass(frozen=True)
class Subject:
    """A subject (vakgebied), in screen order."""

    id: str
    name: str
    order: float

    @property
    def place(self) -> tuple[float, str]:
        """The sort key; a board's own subjects all have the same order."""
        return self.order, folded(self.name)


@dataclass(frozen=True)
class Part:
    """A part of an assessment (toetsonderdeel), scored as the percentage right unless the catalogue says otherwise."""

    id: str
    name: str
    scale: Scale = PERCENTAGE


@dataclass(frozen=True)
class Assessment:
    """An assessment (toets) of one subject for the pupils of these year groups."""

    id: str
    name: str
    subject: Subject
    year_groups: tuple[str, ...]
    lvs: bool = True
    """Whether it belongs to the leerlingvolgsysteem; not the eindtoets, method assessments and results from files."""
    coupled: bool = True
    """Whether a results coupling delivers it: never the eindtoets (sources.md#eindtoets)."""
    parts: tuple[Part, ...] = ()
    reference_levels: bool = False
    """Whether a result has a reference level: `<1F`, `1F`, and `2F` or `1S`."""
    supplier: str = SUPPLIER
    scale: Scale = DEVELOPMENT
    levels: tuple[str, ...] = ()
    """The levels a result may have, highest first; empty if it has none."""
    in_use: bool = True
    """False for an own assessment that was switched off; its results stay."""

    @property
    def own(self) -> bool:
        """Whether a board defined it itself."""
        return self.supplier == HAND

    @property
    def normed(self) -> bool:
        """Whether ESIS has a norm table for it (`app/school/assessment/norms.py`)."""
        return self.supplier == SUPPLIER

    @property
    def line(self) -> Subject:
        """What its results are compared with: an ontwikkelscore continues through the subject, any other score only
        compares within the same assessment.
        """
        if self.scale.kind is ScoreKind.DEVELOPMENT:
            return self.subject
        return Subject(f"toets:{self.id}", self.name, self.subject.order + AFTER_SUBJECT)

    @property
    def percentage_parts(self) -> tuple[Part, ...]:
        """The parts whose score is the percentage right."""
        return tuple(part for part in self.parts if part.scale == PERCENTAGE)

    def part_name(self, part: str) -> str:
        """The name of a part by its id; the id itself if the catalogue does not know it."""
        return next((item.name for item in self.parts if item.id == part), part)

    def scale_of(self, part: str) -> Scale:
        """The scale of a part; of the whole assessment for an empty part."""
        if not part:
            return self.scale
        return next((item.scale for item in self.parts if item.id == part), PERCENTAGE)


@cache
def all_assessments() -> tuple[Assessment, ...]:
    """Every assessment of the catalogue, by subject, then year group."""
    return tuple(item for order, row in enumerate(data()["subjects"], 1) for item in _of_subject(row, order))


def lvs_assessments() -> tuple[Assessment, ...]:
    """The assessments of the leerlingvolgsysteem: IEP's except the eindtoets."""
    return tuple(item for item in all_assessments() if item.lvs)


@cache
def supplied_by(supplier: str) -> tuple[Assessment, ...]:
    """The assessments of the catalogue from one supplier."""
    return tuple(item for item in all_assessments() if item.supplier == supplier)


@cache
def suppliers() -> dict[str, str]:
    """The names of all suppliers of results, by id."""
    own = {partner: told["coupling"]["partner"] for partner, told in partner_files().items() if "subjects" in told}
    return {**data()["suppliers"], **own, HAND: "handmatig ingevoerd"}


def by_id(assessment_id: str, supplier: str = "") -> Assessment:
    """Find an assessment of the catalogue, or of one supplier, by id. Raises `NotFound`, listing those that exist."""
    known = {item.id: item for item in supplied_by(supplier)} if supplier else _by_id()
    if assessment_id not in known:
        raise NotFound(f"Toets '{assessment_id}' bestaat niet. Er zijn: {', '.join(known)}.")
    return known[assessment_id]


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject of the catalogue, in order."""
    return tuple(dict.fromkeys(item.subject for item in all_assessments()))


def of_board(board_id: int) -> tuple[Assessment, ...]:
    """The catalogue and the board's own, including those switched off, by subject."""
    rows = AssessmentDefinition.select().where(AssessmentDefinition.board == board_id)
    own = [as_assessment(row) for row in rows.order_by(AssessmentDefinition.name)]
    # A stable sort: within a subject the catalogue's come first, in their own order.
    return tuple(sorted((*all_assessments(), *own), key=lambda item: item.subject.place))


def known(board_id: int) -> dict[str, Assessment]:
    """The same as `of_board`, by id."""
    return {item.id: item for item in of_board(board_id)}


def find(board_id: int, assessment_id: str) -> Assessment:
    """Find an assessment of the catalogue or the board by id. Raises `NotFound`, listing those that exist."""
    everything = known(board_id)
    if assessment_id not in everything:
        raise NotFound(f"Toets '{assessment_id}' bestaat niet. Er zijn: {', '.join(everything)}.")
    return everything[assessment_id]


def as_assessment(row: AssessmentDefinition) -> Assessment:
    """Convert a board's definition to an `Assessment`."""
    kind = ScoreKind(row.kind)
    levels = tuple(row.levels.split())
    scale = {
        ScoreKind.DEVELOPMENT: DEVELOPMENT,
        ScoreKind.PERCENTAGE: PERCENTAGE,
        ScoreKind.POINTS: Scale(kind, row.maximum),
        ScoreKind.LEVEL: Scale(kind, len(levels), levels),
    }[kind]
    return Assessment(
        row.key,
        row.name,
        subject_named(row.subject),
        tuple(row.year_groups.split(",")),
        supplier=HAND,
        scale=scale,
        levels=levels,
        in_use=row.active,
    )


def subject_named(name: str) -> Subject:
    """The subject of the catalogue with this name, otherwise a subject of the board."""
    found = next((subject for subject in subjects() if folded(subject.name) == folded(name)), None)
    return found or Subject(f"eigen:{folded(name)}", name, OWN_SUBJECTS_FROM)


@cache
def data() -> dict[str, Any]:
    """The raw catalogue; the partners' parts come last."""
    found = tomllib.loads(files("fixtures").joinpath("assessments.toml").read_text(encoding="utf-8"))
    own = [
        {**row, "supplier": partner} for partner, told in partner_files().items() for row in told.get("subjects", ())
    ]
    return {**found, "subjects": [*found["subjects"], *own]}


@cache
def _by_id() -> dict[str, Assessment]:
    return {item.id: item for item in all_assessments()}


def _of_subject(row: dict[str, Any], order: int) -> list[Assessment]:
    """One assessment for each year group, or one for several if the row names those."""
    subject = Subject(row["id"], row["name"], order)
    if "year_groups" in row:
        return [_assessment(row, subject, subject.id, subject.name, tuple(row["year_groups"]))]
    first = row["first_year_group"]
    return [
        _assessment(
            row, subject, f"{subject.id}-{year_group}", f"{subject.name} groep {year_group}", (str(year_group),)
        )
        for year_group in range(first, row.get("last_year_group", first + len(row.get("means", ())) - 1) + 1)
    ]


def _assessment(row: dict[str, Any], subject: Subject, id: str, name: str, year_groups: tuple[str, ...]) -> Assessment:
    return Assessment(
        id=id,
        name=row.get("assessment_name", name),
        subject=subject,
        year_groups=year_groups,
        lvs=row.get("lvs", True),
        coupled=row.get("coupled", row.get("lvs", True)),
        parts=tuple(_part(part) for part in row.get("parts", ())),
        reference_levels="references" in row and int(year_groups[0]) >= REFERENCE_LEVELS_FROM,
        supplier=row.get("supplier", SUPPLIER),
        scale=_scale(row.get("scale"), DEVELOPMENT),
        levels=(*levels_of(row), lowest_level_of(row)) if row.get("has_levels", True) else (),
    )


def levels_of(row: dict[str, Any]) -> dict[str, float]:
    """The levels of a subject of `data`, highest first, each with the spreads above the mean at which it starts."""
    found: dict[str, float] = row.get("levels", data()["levels"])
    return found


def lowest_level_of(row: dict[str, Any]) -> str:
    """The level below all the others."""
    return str(row.get("lowest_level", LOWEST_LEVEL))


def _part(row: dict[str, Any]) -> Part:
    return Part(row["id"], row["name"], _scale(row.get("scale"), PERCENTAGE))


def _scale(row: dict[str, Any] | None, usual: Scale) -> Scale:
    """Read a scale: `{ kind = "punten", maximum = 100 }`, or kind `niveau` with its levels, highest first."""
    if row is None:
        return usual
    levels = tuple(row.get("levels", ()))
    return Scale(ScoreKind(row["kind"]), row.get("maximum", len(levels)), levels)
