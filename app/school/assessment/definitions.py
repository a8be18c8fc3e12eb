"""A board's own assessments: define, change, switch off and delete them (menu: Toetsdefinities; our rules throughout).

The id is derived from the first name and never changes. An assessment with results keeps its kind of score, and is
switched off instead of deleted: no location can use it any more, and its results stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Annotated, Any

from peewee import fn

from app.access import Actor, writing
from app.counted import counted
from app.exchange.names import folded
from app.history import check_unchanged, version
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.assessment.catalogue import Assessment, of_board, subjects
from app.school.assessment.scales import MOST_POINTS, ScoreKind
from app.school.fields import Described, Text
from app.school.group_editing import YearGroups
from app.school.people.names import identifier
from app.school.text import clean_text
from models.assessment import ActiveAssessment, Result
from models.assessment_definition import AssessmentDefinition
from models.board import Location

FIXED = "Deze toets hoort bij de catalogus van ESIS. Die is voor elke school gelijk en niet te wijzigen."
LONGEST_LEVEL = 7
MOST_LEVELS = 12


@dataclass(frozen=True)
class DefinitionForm(Described):
    """An assessment as typed; `maximum` applies only to points, `levels` only to a level."""

    name: Annotated[str, Text(AssessmentDefinition.name, required=True, stops=True)]
    subject: Annotated[str, Text(AssessmentDefinition.subject, required=True)]
    year_groups: Annotated[str, YearGroups(AssessmentDefinition.year_groups, help="Bijvoorbeeld 5 of 5,6.")]
    kind: str
    maximum: str = ""
    levels: str = ""
    active: bool = True

    def kept(self) -> dict[str, Any]:
        """The column values to store. Raises `Refused` with the sentence and the field at fault."""
        kind = ScoreKind(self.kind)
        return {
            **self.checked().columns(AssessmentDefinition),
            "kind": str(kind),
            "maximum": read_maximum(self.maximum) if kind is ScoreKind.POINTS else 0,
            "levels": " ".join(read_levels(self.levels)) if kind is ScoreKind.LEVEL else "",
            "active": self.active,
        }


@dataclass(frozen=True)
class DefinitionRow:
    """An assessment in the list, with the number of results if it is the board's own."""

    assessment: Assessment
    results: int = 0


def read_maximum(text: str) -> int:
    """Parse the maximum number of points. Raises `Refused`."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= MOST_POINTS):
        raise Refused(
            f"Het maximum is '{typed[:20]}'. Typ het hoogste aantal punten, van 1 tot en met {MOST_POINTS}.",
            field="maximum",
        )
    return int(typed)


def read_levels(text: str) -> tuple[str, ...]:
    """Parse the levels, highest first. Raises `Refused` for fewer than two, one that is too long, or a duplicate."""
    levels = tuple(clean_text(text, 120, "levels", "Niveaus").replace(",", " ").split())
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise Refused(
            f"Typ twee tot {MOST_LEVELS} niveaus, het hoogste eerst, met spaties ertussen: bijvoorbeeld A B C D E.",
            field="levels",
        )
    if long := next((level for level in levels if len(level) > LONGEST_LEVEL), ""):
        raise Refused(f"Niveau '{long}' telt {len(long)} tekens; er passen er {LONGEST_LEVEL}.", field="levels")
    if len({level.casefold() for level in levels}) < len(levels):
        raise Refused("Een niveau staat er twee keer in. Noem elk niveau één keer.", field="levels")
    return levels


def listed(actor: Actor) -> list[DefinitionRow]:
    """Return every assessment, by subject. Raises `NotAllowed`."""
    actor.require(Permission.DEFINE_ASSESSMENTS)
    everything = of_board(actor.board.id)
    counts = _counts(actor, [item.id for item in everything if item.own])
    return [DefinitionRow(item, counts.get(item.id, 0)) for item in everything]


def subject_names(actor: Actor) -> list[str]:
    """The available subjects: the catalogue's, then the board's own."""
    own = {item.subject for item in of_board(actor.board.id)} - set(subjects())
    return [subject.name for subject in (*subjects(), *sorted(own, key=lambda subject: subject.place))]


def form_of(actor: Actor, assessment_id: str) -> tuple[DefinitionForm, int]:
    """A definition as its form shows it, with its `history.version`. Raises `NotFound`."""
    row = _own(actor, assessment_id)
    maximum = str(row.maximum) if row.kind == ScoreKind.POINTS else ""
    form = DefinitionForm(
        row.name, row.subject, row.year_groups.replace(",", ", "), row.kind, maximum, row.levels, row.active
    )
    return form, version(row)


def create(actor: Actor, form: DefinitionForm) -> Assessment:
    """Define an assessment. Raises `Refused` naming the field, also when the name is taken."""
    with writing(actor, Permission.DEFINE_ASSESSMENTS):
        fields = _as_known(actor, form.kept())
        _check_free(actor, fields["name"])
        row = AssessmentDefinition.create(board=actor.board, key=_free_id(actor, fields["name"]), **fields)
    return _assessment(actor, row.key)


def change(actor: Actor, assessment_id: str, form: DefinitionForm, seen: int | None = None) -> Assessment:
    """Change a definition; switching it off switches it off at every location.

    Raises like `create`, `NotFound` when it is gone, `ChangedMeanwhile`, and `Refused` for another kind of score once
    it has results.
    """
    with writing(actor, Permission.DEFINE_ASSESSMENTS):
        row = _own(actor, assessment_id)
        check_unchanged(row, seen)
        fields = _as_known(actor, form.kept())
        if folded(fields["name"]) != folded(row.name):
            _check_free(actor, fields["name"])
        _check_scale(row, fields, _counts(actor, [row.key]).get(row.key, 0))
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        if not row.active:
            _take_out_of_use(actor, row.key)
    return _assessment(actor, assessment_id)


def remove(actor: Actor, assessment_id: str) -> bool:
    """Delete a definition without results, or switch off one with results; True if deleted. Raises `NotFound`."""
    with writing(actor, Permission.DEFINE_ASSESSMENTS):
        row = _own(actor, assessment_id)
        _take_out_of_use(actor, row.key)
        if _counts(actor, [row.key]):
            row.active = False
            row.save()
            return False
        row.delete_instance()
        return True


def _own(actor: Actor, assessment_id: str) -> AssessmentDefinition:
    row: AssessmentDefinition | None = AssessmentDefinition.get_or_none(board=actor.board, key=assessment_id)
    if row is not None:
        return row
    if not any(item.id == assessment_id for item in of_board(actor.board.id)):
        raise NotFound("Deze toets is er niet meer. Ververs de lijst.")
    raise Refused(FIXED)


def _assessment(actor: Actor, assessment_id: str) -> Assessment:
    return next(item for item in of_board(actor.board.id) if item.id == assessment_id)


def _as_known(actor: Actor, fields: dict[str, Any]) -> dict[str, Any]:
    """Use the existing spelling of the subject, if there is one with this name."""
    known = {folded(name): name for name in subject_names(actor)}
    return {**fields, "subject": known.get(folded(fields["subject"]), fields["subject"])}


def _check_free(actor: Actor, name: str) -> None:
    if any(folded(item.name) == folded(name) for item in of_board(actor.board.id)):
        raise Refused(f"Er is al een toets die '{name}' heet. Kies een andere naam.", field="name")


def _free_id(actor: Actor, name: str) -> str:
    taken = {item.id for item in of_board(actor.board.id)}
    wanted = identifier(name)[:50].strip("-") or "toets"
    return next(key for number in count(1) if (key := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def _check_scale(row: AssessmentDefinition, fields: dict[str, Any], results: int) -> None:
    for name in ("kind", "maximum", "levels"):
        if results and fields[name] != getattr(row, name):
            raise Refused(
                f"'{row.name}' heeft al {counted(results, 'resultaat', 'resultaten')}, en die houden hun soort "
                "score. Maak een nieuwe toets voor een "
                "andere score.",
                field=name,
            )


def _counts(actor: Actor, assessment_ids: list[str]) -> dict[str, int]:
    """The number of results at the board's locations; only for assessments that have any."""
    locations = Location.select(Location.id).where(Location.board == actor.board)
    query: Any = (
        Result.select(Result.assessment, fn.COUNT(Result.id))
        .where(Result.location.in_(locations), Result.assessment.in_(assessment_ids))
        .group_by(Result.assessment)
        .tuples()
    )
    return dict(query)


def _take_out_of_use(actor: Actor, assessment_id: str) -> None:
    locations = Location.select(Location.id).where(Location.board == actor.board)
    ActiveAssessment.delete().where(
        ActiveAssessment.location.in_(locations), ActiveAssessment.assessment == assessment_id
    ).execute()
