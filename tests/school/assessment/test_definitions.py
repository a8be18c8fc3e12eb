"""A board's own assessments: valid input, ids, restrictions once there are results, and where they appear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import history
from app.access import NotAllowed
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import assessments, catalogue, dashboard, definitions
from app.school.assessment.definitions import DefinitionForm
from app.school.assessment.scales import DEVELOPMENT, PERCENTAGE, Scale, ScoreKind
from models.assessment import ActiveAssessment, Result
from models.assessment_definition import AssessmentDefinition
from models.board import Board
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil

TABLES = DefinitionForm("Tafels t/m 10", "Rekenen", "6, 5", "punten", "40")
LEVELS = DefinitionForm("Werkstuk", "Wereldoriëntatie", "6", "niveau", "", "A B C D E")


def give(pupil: Pupil, assessment: str, score: int, on: date = date(2020, 1, 20), level: str = "") -> Result:
    return Result.create(
        location=pupil.location,
        pupil=pupil,
        supplier="hand",
        supplier_key=f"{assessment}{on}",
        assessment=assessment,
        part="",
        date=on,
        level=level,
        score=score,
        reference_level="",
        received_at=pupil.board.now,
    )


def a_pupil(board: Board) -> Pupil:
    return make_pupil(make_group(location_of(board)))


def test_an_own_assessment_stands_with_its_subject_and_is_the_boards_only(db: str) -> None:
    board, other = make_board(), make_board(brin="99ZZ")
    made = definitions.create(make_actor(board), TABLES)
    assert (made.id, made.year_groups, made.own) == ("tafels-t-m-10", ("5", "6"), True)
    assert made.scale == Scale(ScoreKind.POINTS, 40)
    names = [item.name for item in catalogue.of_board(board.id)]
    assert names.index("Rekenen groep 8") + 1 == names.index("Tafels t/m 10")
    assert made.id not in catalogue.known(other.id)
    assert made not in catalogue.all_assessments()
    assert catalogue.find(board.id, made.id) == made


def test_names_of_assessments_and_subjects_are_compared_as_everywhere(db: str) -> None:
    actor = make_actor(make_board())
    assert definitions.create(actor, LEVELS).subject.name == "Wereldoriëntatie"
    with pytest.raises(Refused, match="al een toets die"):
        definitions.create(actor, replace(LEVELS, name="Wérkstuk"))
    other = definitions.create(actor, replace(LEVELS, name="Spreekbeurt", subject="wereldorientatie"))
    assert other.subject.name == "Wereldoriëntatie"
    assert catalogue.subject_named("Rékenen") == catalogue.subject_named("rekenen")


def test_ids_are_unique_and_stay(db: str) -> None:
    actor = make_actor(make_board())
    first = definitions.create(actor, TABLES)
    second = definitions.create(actor, replace(TABLES, name="Tafels, t/m 10!"))
    third = definitions.create(actor, replace(TABLES, name="数学"))
    fourth = definitions.create(actor, replace(TABLES, name="Lezen-6"))
    assert [item.id for item in (first, second, third, fourth)] == [
        "tafels-t-m-10",
        "tafels-t-m-10-2",
        "toets",
        "lezen-6-2",
    ]
    assert definitions.change(actor, first.id, replace(TABLES, name="Keersommen")).id == first.id


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": " "}, "name", "Naam is verplicht"),
        ({"name": "lezen GROEP 6"}, "name", "al een toets die 'lezen GROEP 6' heet"),
        ({"subject": ""}, "subject", "Vak is verplicht"),
        ({"year_groups": "9"}, "year_groups", "Leerjaar '9' bestaat niet"),
        ({"maximum": "veel"}, "maximum", "'veel'"),
        ({"maximum": "0"}, "maximum", "van 1 tot en met 1000"),
        ({"kind": "niveau", "levels": "A"}, "levels", "twee tot 12 niveaus"),
        ({"kind": "niveau", "levels": "A B a"}, "levels", "twee keer"),
        ({"kind": "niveau", "levels": "Goed Onvoldoende"}, "levels", "'Onvoldoende' telt 11 tekens"),
    ],
)
def test_what_cannot_be_defined_is_refused_beside_its_field(
    sqlite: str, changes: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        definitions.create(make_actor(make_board()), replace(TABLES, **changes))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not AssessmentDefinition.select().exists()


def test_with_results_the_kind_of_score_stays_and_it_is_switched_off_instead_of_deleted(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor = make_actor(board)
    made = definitions.create(actor, TABLES)
    for number in ("00", "01"):
        assessments.set_active(make_actor(board, number=number), made.id, True)
    give(a_pupil(board), made.id, 31)
    for changes in ({"kind": "percentage"}, {"maximum": "50"}):
        with pytest.raises(Refused, match="al 1 resultaat"):
            definitions.change(actor, made.id, replace(TABLES, **changes))  # type: ignore[arg-type]
    assert definitions.change(actor, made.id, replace(TABLES, name="Keersommen")).name == "Keersommen"
    assert not definitions.remove(actor, made.id)
    assert not ActiveAssessment.select().exists()
    assert not catalogue.find(board.id, made.id).in_use
    assert made.id not in [row.assessment.id for row in assessments.listed(actor)]
    with pytest.raises(Refused, match="buiten gebruik"):
        assessments.set_active(actor, made.id, True)
    form, _ = definitions.form_of(actor, made.id)
    definitions.change(actor, made.id, replace(form, active=True))
    assert assessments.set_active(actor, made.id, True).active
    assert Result.select().count() == 1


def test_without_results_it_is_deleted_everywhere(db: str) -> None:
    actor = make_actor(make_board())
    made = definitions.create(actor, TABLES)
    assessments.set_active(actor, made.id, True)
    assert definitions.remove(actor, made.id)
    assert not AssessmentDefinition.select().exists()
    assert not ActiveAssessment.select().exists()
    with pytest.raises(NotFound):
        definitions.remove(actor, made.id)


def test_the_catalogue_itself_is_fixed(db: str) -> None:
    actor = make_actor(make_board())
    for action in (lambda: definitions.remove(actor, "lezen-6"), lambda: definitions.change(actor, "lezen-6", TABLES)):
        with pytest.raises(Refused, match="niet te wijzigen"):
            action()


def test_the_second_of_two_is_told(db: str) -> None:
    board = make_board()
    first, second = make_actor(board), make_actor(board, name="tweede")
    made = definitions.create(first, TABLES)
    _, seen = definitions.form_of(first, made.id)
    definitions.change(second, made.id, replace(TABLES, maximum="50"), seen)
    with pytest.raises(ChangedMeanwhile, match="tweede"):
        definitions.change(first, made.id, replace(TABLES, name="Anders"), seen)
    row = AssessmentDefinition.get()
    assert [change.user for change in history.changes_of(row)] == [first.name, "tweede"]


def test_a_subject_is_written_as_it_was_the_first_time(db: str) -> None:
    board = make_board()
    actor = make_actor(board)
    for name, subject in (("Een", "Kunst"), ("Twee", "KUNST"), ("Drie", "rekenen"), ("Lezen", "Kunst!")):
        definitions.create(actor, DefinitionForm(name, subject, "6", "percentage"))
    assert definitions.subject_names(actor)[-2:] == ["Kunst", "Kunst!"]
    own = [item for item in catalogue.of_board(board.id) if item.own]
    assert {item.name: item.subject.name for item in own}["Drie"] == "Rekenen"
    ids = [line.id for line in {*(item.line for item in own), *catalogue.subjects()}]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may(sqlite: str, role: Role | None) -> None:
    actor = make_actor(make_board(), role)
    if role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.INTERN_BEGELEIDER):
        assert definitions.listed(actor)
        definitions.create(actor, TABLES)
        return
    for action in (lambda: definitions.listed(actor), lambda: definitions.create(actor, TABLES)):
        with pytest.raises(NotAllowed):
            action()


def test_another_score_than_an_ontwikkelscore_has_a_column_of_its_own(db: str) -> None:
    board = make_board()
    actor, pupil = make_actor(board), a_pupil(board)
    tables, work = definitions.create(actor, TABLES), definitions.create(actor, LEVELS)
    line = definitions.create(actor, DefinitionForm("Instaptoets", "Rekenen", "6", "ontwikkelscore"))
    give(pupil, tables.id, 20, date(2019, 10, 1))
    give(pupil, tables.id, 31)
    give(pupil, work.id, 4, level="B")
    give(pupil, line.id, 55)
    overview = dashboard.group_overview(actor, pupil.placements.get().group_id)
    assert [one.name for one in overview.subjects][-3:] == ["Rekenen", "Tafels t/m 10", "Werkstuk"]
    cells = overview.rows[0].cells
    assert (cells["toets:tafels-t-m-10"].growth, cells["toets:tafels-t-m-10"].latest.number) == (11, "31")
    assert (cells["toets:werkstuk"].latest.level, cells["toets:werkstuk"].latest.number) == ("B", "")
    assert (cells["rekenen"].latest.assessment, cells["rekenen"].growth) == (line, None)


@pytest.mark.parametrize(
    ("scale", "typed", "read"),
    [
        (DEVELOPMENT, " 57 ", (57, "")),
        (DEVELOPMENT, "0", (0, "")),
        (DEVELOPMENT, "120", (120, "")),
        (PERCENTAGE, "64%", (64, "")),
        (PERCENTAGE, "100", (100, "")),
        (Scale(ScoreKind.LEVEL, 3, ("2F", "1F", "<1F")), "1f", (2, "1F")),
        (Scale(ScoreKind.LEVEL, 3, ("2F", "1F", "<1F")), "<1F", (1, "<1F")),
        (DEVELOPMENT, "121", None),
        (DEVELOPMENT, "-1", None),
        (DEVELOPMENT, "5,5", None),
        (DEVELOPMENT, "٣", None),
        (PERCENTAGE, "101", None),
        (Scale(ScoreKind.POINTS, 40), "41", None),
        (DEVELOPMENT, "9" * 30, None),
        (Scale(ScoreKind.LEVEL, 2, ("A", "B")), "C", None),
    ],
)
def test_what_may_be_typed(scale: Scale, typed: str, read: tuple[int, str] | None) -> None:
    if read is not None:
        assert scale.read(typed) == read
        return
    with pytest.raises(Refused, match=r"kan niet\. Typ een"):
        scale.read(typed)
