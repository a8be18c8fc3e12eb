"""Fields are declared once: what a form of `app.school.fields` derives from its columns and the input."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.refusals import Refused
from app.school.assessment.definitions import DefinitionForm
from app.school.board.directory import RelatedSchoolForm, RelationForm
from app.school.board.messages import MessageForm
from app.school.board.organisation import LocationForm, SchoolForm
from app.school.fields import Described, Text
from app.school.group_editing import GroupForm
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.school.people.staff import StaffForm
from models import columns
from models.school import Guardian, Pupil, PupilGuardian, StaffMember
from screens.shared.described import fields_of
from screens.shared.fields import ChoiceField

ROOT = Path(__file__).parents[2]
TODAY = date(2020, 4, 14)
FORMS = (
    PupilForm,
    GuardianForm,
    StaffForm,
    GroupForm,
    SchoolForm,
    LocationForm,
    RelationForm,
    RelatedSchoolForm,
    MessageForm,
    DefinitionForm,
)


@pytest.mark.parametrize("form", FORMS)
def test_every_described_field_is_a_column_that_says_what_it_is_called_and_how_long_it_may_be(
    form: type[Described],
) -> None:
    assert form.specs()
    for name, spec in form.specs().items():
        assert spec.name == name
        assert spec.title
        assert not isinstance(spec, Text) or spec.longest or spec.column.max_length


def test_a_name_has_its_label_in_one_place() -> None:
    labels = {column.verbose_name for column in (Pupil.first_name, Pupil.last_name, Pupil.initials)}
    told = [
        f"{path.relative_to(ROOT)}: {node.value}"
        for folder in ("app", "models", "screens")
        for path in (ROOT / folder).rglob("*.py")
        if any(label in (source := path.read_text(encoding="utf-8")) for label in labels)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and node.value in labels
    ]
    assert sorted(told) == [
        "models/columns.py: Achternaam",
        "models/columns.py: Roepnaam",
        "models/school.py: Voorletters",
    ]


def test_a_form_has_its_fields_in_the_order_of_the_columns_filled_in() -> None:
    form = PupilForm("Anna", "Berg", date(2010, 5, 1), "van", 2)
    shown = {field.label: field.value for field in fields_of(form, today=TODAY)}
    assert shown == {
        "Roepnaam": "Anna",
        "Voorvoegsel": "van",
        "Achternaam": "Berg",
        "Voorletters": "",
        "Geboortedatum": "1-5-2010",
        "Geslacht": "2",
    }
    assert [field.name for field in fields_of(form, "last_name", "first_name")] == ["last_name", "first_name"]


def test_a_field_refuses_what_the_use_case_refuses() -> None:
    field = next(one for one in fields_of(PupilForm("", "", None), today=TODAY) if one.name == "birth_date")
    assert field.verdict("") == "Geboortedatum is verplicht. Vul dit veld in."
    assert field.verdict("1-1-2030") == "De geboortedatum 1-1-2030 ligt in de toekomst."
    assert field.verdict("1-1-2010") == ""


def test_what_was_typed_becomes_values_and_what_was_not_asked_keeps_its_own() -> None:
    typed = {"first_name": "Anna", "last_name": "Berg", "birth_date": "1-5-2010", "gender": "2", "group": "3"}
    assert PupilForm.read(typed) == PupilForm("Anna", "Berg", date(2010, 5, 1), "", 2)
    assert StaffForm.read({"first_name": "Juf", "last_name": "Jansen"}, groups=frozenset({7})).groups == {7}


def test_the_first_field_at_fault_is_named_and_what_is_right_is_kept_in_one_form() -> None:
    with pytest.raises(Refused, match="Roepnaam is verplicht") as refusal:
        StaffForm(" ", "").checked()
    assert refusal.value.field == "first_name"
    assert StaffForm(" Zoe\u0308 ", "de  Wit").checked() == StaffForm("Zoë", "de Wit")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (PupilForm("A", "B", TODAY, gender=5), "Geslacht 5 bestaat niet. Kies uit: Onbekend, Jongen, Meisje"),
        (GroupForm("6", "6", "klas"), "Soort 'klas' bestaat niet. Kies uit: basis, instructie, overig."),
    ],
)
def test_what_is_none_of_the_choices_is_refused_with_those_there_are(form: Described, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence.replace(".", r"\.")):
        form.checked(TODAY)


def test_a_form_of_two_tables_is_filled_from_both_and_fills_each_with_its_own() -> None:
    guardian, link = Guardian(name="Pap", email="pap@voorbeeld.nl"), PupilGuardian(relation="vader")
    form = GuardianForm.of(guardian, link)
    assert form == GuardianForm("Pap", "pap@voorbeeld.nl", "", "vader")
    assert form.columns(PupilGuardian) == {"relation": "vader"}
    GuardianForm("Mam").fill(guardian)
    assert (guardian.name, guardian.email) == ("Mam", "")


def test_a_column_may_have_another_word_and_its_form_says_that() -> None:
    found: dict[str, Any] = columns.labels(StaffMember)
    assert (found["email"], columns.labels(Guardian)["email"]) == ("E-mailadres", "E-mail")
    labels = {field.name: field for field in fields_of(GroupForm("", ""))}
    assert labels["available_to_couplings"].label == "In koppelingen"
    assert isinstance(labels["kind"], ChoiceField)
    assert labels["kind"].options[0] == ("Basisgroep", "basis")
