"""Export definitions: the rows they select, and who may see, change and delete them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import history
from app.access import Actor, NotAllowed
from app.clock import PRACTICE_START
from app.exchange.csv_text import safe_cell
from app.exchange.whole_file import FileExists
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import catalogue
from app.school.files import dult_matching, eindtoets, export_rows, scol
from app.school.files import export_definitions as definitions
from app.school.files.export_conditions import Condition, Operator, in_words, typed
from app.school.files.export_definitions import DefinitionForm
from app.school.files.export_fields import SUBJECTS, Kind, subject
from models.assessment import ExcludedResult, Result
from models.export import ExportDefinition
from models.school import Group, GroupTeacher, Guardian, Pupil, PupilGuardian, StaffMember
from tests.builders import YEAR, make_actor, make_board, make_group, make_pupil
from tests.exchange.test_edexml_writer import kept

TODAY = PRACTICE_START.date()
PUPILS = SUBJECTS["pupils"]


def form(**values: Any) -> DefinitionForm:
    return DefinitionForm(**{"name": "Klassenlijst", "subject": "pupils", "columns": ("key", "first_name"), **values})


@given(st.sampled_from(list(SUBJECTS)), st.data())
def test_every_condition_reads_back_as_it_is_written(about: str, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(subject(about).fields))
    codes = [code for code, _ in field.choices] or [""]
    texts = st.sampled_from(field.known) if field.known else kept(20, 1)
    values = {
        Kind.TEXT: texts.map(lambda text: " ".join(text.split())),
        Kind.CHOICE: st.sampled_from(codes),
        Kind.NUMBER: st.integers(-9, 999),
        Kind.DATE: st.dates(date(1000, 1, 1), date(9000, 12, 31)),
    }
    value = data.draw(st.none() | values[field.kind].filter(lambda value: value not in ("", "leeg")))
    condition = Condition(field, Operator.IS, value)
    assert typed(subject(about), in_words([condition])) == [condition]


def test_the_usual_order_is_by_name_and_a_column_can_be_chosen_instead(db: str) -> None:
    actor = make_actor(make_board())
    group = make_group(actor.location)
    for key, last in (("1", "Zee"), ("2", "Äpfel"), ("3", "berg")):
        make_pupil(group, "A", last, key)
    Pupil.update(birth_date=None).where(Pupil.key == "1").execute()
    assert rows_of(actor, form(columns=("key",))) == [["2"], ["3"], ["1"]]
    assert rows_of(actor, form(name="b", columns=("key",), sorted_by="key")) == [["1"], ["2"], ["3"]]
    by_birth = rows_of(actor, form(name="c", columns=("birth_date", "key"), sorted_by="birth_date"))
    assert by_birth == [["1-1-2010", "2"], ["1-1-2010", "3"], ["", "1"]]


def rows_of(actor: Actor, typed_form: DefinitionForm) -> list[list[str]]:
    return list(export_rows.rows(actor, definitions.create(actor, typed_form)))


def test_each_subject_gives_its_rows(db: str) -> None:
    actor = make_actor(make_board())
    group = make_group(actor.location, "5/6", "5,6")
    anna = make_pupil(group, key="1001")
    juf = StaffMember.create(board=actor.board, location=actor.location, key="M1", first_name="Joke", last_name="Juf")
    GroupTeacher.create(group=group, staff=juf)
    guardian = Guardian.create(board=actor.board, name="An Voorbeeld", email="an@example.invalid", phone="+31 6 0")
    PupilGuardian.create(pupil=anna, guardian=guardian, relation="moeder")
    result = Result.create(
        location=actor.location,
        pupil=anna,
        supplier="iep-lvs",
        supplier_key="r1",
        assessment="lezen-6",
        date=date(2020, 2, 3),
        score=61,
        level="II",
        received_at=PRACTICE_START,
    )
    ExcludedResult.create(result=result, pupil=anna, reason="Ziek", excluded_by="ib", excluded_at=PRACTICE_START)

    def only(about: str, *columns: str) -> list[str]:
        (row,) = rows_of(actor, form(name=about, subject=about, columns=columns))
        return row

    assert only("groups", "name", "teachers", "pupils", "available_to_couplings") == ["5/6", "Joke Juf", "1", "ja"]
    assert only("staff", "key", "last_name", "groups", "active") == ["M1", "Juf", "5/6", "ja"]
    assert only("guardians", "guardian", "relation", "email", "phone", "key", "group") == [
        "An Voorbeeld",
        "moeder",
        "an@example.invalid",
        "+31 6 0",
        "1001",
        "5/6",
    ]
    assert only("results", "key", "assessment", "date", "level", "score", "excluded")[2:] == [
        "3-2-2020",
        "II",
        "61",
        "ja",
    ]


def test_every_supplier_in_the_program_has_a_name() -> None:
    ids = {catalogue.HAND, eindtoets.SUPPLIER, scol.SUPPLIER, dult_matching.SUPPLIER}
    ids |= {item.supplier for item in catalogue.all_assessments()}
    assert ids == set(catalogue.suppliers())
    assert ("dult", "DULT") in subject("results").field("supplier").choices


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_file_opens_in_a_spreadsheet_and_no_cell_is_a_formula(db: str, tmp_path: Path, separator: str) -> None:
    actor = make_actor(make_board())
    make_pupil(make_group(actor.location), "=1+1", 'Berg; "de", \'t', "1001")
    made = definitions.create(actor, form(columns=("first_name", "last_name"), separator=separator))
    path = tmp_path / "lijst.csv"
    assert export_rows.to_file(actor, made, path).sentence() == "Klassenlijst: 1 rij."
    assert path.read_bytes().startswith(b"\xef\xbb\xbfRoepnaam")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=separator)) == [
            ["Roepnaam", "Achternaam"],
            [safe_cell("=1+1"), 'Berg; "de", \'t'],
        ]
    with pytest.raises(FileExists):
        export_rows.to_file(actor, made, path)
    made.header = False
    assert export_rows.to_file(actor, made, path, overwrite=True).rows == 1
    assert path.read_bytes().startswith(b"\xef\xbb\xbf'=1+1")


@pytest.mark.parametrize(
    ("typed_line", "sentence"),
    [
        ("Schoenmaat is 30", "'Schoenmaat is 30' begint niet met een veld. Kies uit: Leerlingnummer, "),
        ("Leerjaar groter 5", "na Leerjaar hoort een van: is, bevat, vanaf, tot en met."),
        ("Status is Ziek", "Status: 'Ziek' bestaat niet. Kies uit: Ingeschreven, "),
        ("Status bevat In", "na Status hoort een van: is."),
        ("Geboortedatum vanaf gisteren", "Geboortedatum: 'gisteren' is geen datum."),
        ("Leerjaar vanaf vijf", "Leerjaar: 'vijf' bestaat niet. Kies uit: B, D, 0, 1, 2, 3,"),
        ("Leerjaar vanaf", "Bij 'Leerjaar vanaf' ontbreekt waarmee er vergeleken wordt."),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_what_to_do(sqlite: str, typed_line: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        definitions.create(make_actor(make_board()), form(conditions=f"Status is Ingeschreven\n{typed_line}"))
    assert sentence in caught.value.sentence
    assert caught.value.field == "conditions"


def test_a_form_needs_a_name_of_its_own_columns_and_fields_that_are_there(sqlite: str) -> None:
    actor = make_actor(make_board())
    definitions.create(actor, form())
    for wrong, field in (
        (form(), "name"),
        (form(name=" "), "name"),
        (form(name="b", columns=()), "columns"),
        (form(name="b", columns=("schoenmaat",)), "columns"),
        (form(name="b", separator="|"), "separator"),
        (form(name="b", subject="staff", columns=("key",), sorted_by="groups"), "sorted_by"),
    ):
        with pytest.raises(Refused) as caught:
            definitions.create(actor, wrong)
        assert caught.value.field == field
    assert ExportDefinition.select().count() == 1


def test_a_shared_definition_is_for_all_who_may_export_but_its_maker_keeps_it(db: str) -> None:
    board = make_board()
    maker, colleague = make_actor(board, name="maker"), make_actor(board, Role.ADMINISTRATIE, name="collega")
    made = definitions.create(maker, form())
    assert definitions.listed(colleague) == []
    with pytest.raises(NotFound):
        definitions.change(colleague, made, form(name="anders"))
    definitions.set_shared(maker, made, True)
    assert definitions.listed(colleague) == [made]
    assert definitions.change(colleague, made, form(name="anders", shared=True)).name == "anders"
    for forbidden in (
        lambda: definitions.delete(colleague, made),
        lambda: definitions.set_shared(colleague, made, False),
        lambda: definitions.change(colleague, made, form(shared=False)),
    ):
        with pytest.raises(Refused, match="is van maker"):
            forbidden()
    assert [definitions.copy(colleague, made).name for _ in range(2)] == ["anders (kopie)", "anders (kopie 2)"]
    assert [definitions.owner_name(colleague, one) for one in definitions.listed(colleague)] == [
        "maker",
        "uzelf",
        "uzelf",
    ]
    maker.user.delete_instance()
    definitions.delete(colleague, definitions.listed(colleague)[0])


def test_a_definition_that_somebody_else_changed_meanwhile_is_told(db: str) -> None:
    board = make_board()
    maker, colleague = make_actor(board), make_actor(board)
    made = definitions.create(maker, form(shared=True))
    seen = history.version(made)
    definitions.change(colleague, made, form(shared=True, columns=("key",)), seen)
    with pytest.raises(ChangedMeanwhile) as caught:
        definitions.change(maker, made, form(shared=True, name="Mijn lijst"), seen)
    assert [change.name for change in caught.value.fields] == ["columns"]
    definitions.change(maker, made, form(shared=True, name="Mijn lijst"), caught.value.version)


def test_results_are_only_for_who_may_see_them_and_without_the_role_there_is_nothing(db: str) -> None:
    board = make_board()
    head, clerk, teacher = make_actor(board), make_actor(board, Role.ADMINISTRATIE), make_actor(board, Role.LEERKRACHT)
    made = definitions.create(head, form(subject="results", columns=("key", "score"), shared=True))
    assert definitions.usable(head) == [made]
    assert definitions.usable(clerk) == []
    for refused in (
        lambda: list(export_rows.rows(clerk, made)),
        lambda: definitions.copy(clerk, made),
        lambda: definitions.listed(teacher),
        lambda: definitions.create(teacher, form()),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_field_that_is_gone_is_told_when_it_runs_and_the_form_goes_on_without_it(sqlite: str) -> None:
    actor = make_actor(make_board())
    made = definitions.create(actor, form())
    ExportDefinition.update(columns="key,schoenmaat", conditions='[["schoenmaat", "is", "30"]]').execute()
    made = definitions.listed(actor)[0]
    with pytest.raises(Refused, match="'schoenmaat' bestaat niet"):
        export_rows.first_rows(actor, made)
    assert DefinitionForm.of(made).columns == ("key",)
    assert DefinitionForm.of(made).conditions == ""


def test_rows_are_of_the_location_where_one_works(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = make_actor(board), make_actor(board, number="01")
    make_pupil(make_group(here.location), key="1")
    make_pupil(make_group(there.location), key="2")
    made = definitions.create(here, form(columns=("key",), shared=True))
    assert list(export_rows.rows(here, made)) == [["1"]]
    assert list(export_rows.rows(there, made)) == [["2"]]
    assert Group.select().where(Group.school_year == YEAR).count() == 2
