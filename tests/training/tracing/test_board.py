"""What changed on the board, in words: from the history, and of what has none."""

from __future__ import annotations

from dataclasses import replace

from app.access import writing
from app.school.people import enrolment
from app.training.tracing import words
from app.training.tracing.board import MOST, BoardWatch, FieldWords
from models.base import folded_fields
from models.partners.basispoort import BasispoortSchool
from models.registry import all_models
from models.run import Fault
from tests.builders import make_group, make_pupil
from tests.school.people.enrolments import ANNA, school


def test_each_record_says_what_its_fields_were_and_are(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    watch = BoardWatch()
    assert watch.changes() == []
    enrolment.change(actor, pupil, replace(ANNA, first_name="Hanna"))
    enrolment.change(actor, pupil, replace(ANNA, first_name="Hanna", prefix="", last_name="Ander"))
    (changed,) = watch.changes()
    assert (changed.table, changed.what) == ("leerling", "gewijzigd")
    assert changed.record == "Hanna Ander"
    assert FieldWords("roepnaam", "Anna", "Hanna") in changed.fields
    enrolment.move(actor, pupil, seven)
    found = {one.table: one for one in watch.changes()}
    assert found["plaatsing in een groep"].record == "Hanna Ander, 7"
    assert FieldWords("groep", "6", "7") in found["plaatsing in een groep"].fields
    assert watch.changes() == []


def test_what_has_no_history_is_compared(db: str) -> None:
    actor, _ = school("6")
    watch = BoardWatch()
    fault = Fault.create(board=actor.board, partner="iep-lvs", kind="slow")
    (came,) = watch.changes()
    assert (came.table, came.record, came.what, came.fields) == ("storing", "iep-lvs, slow", "erbij", ())
    fault.kind = "half"
    fault.save()
    (changed,) = watch.changes()
    assert changed.fields == (FieldWords("soort", "slow", "half"),)
    fault.delete_instance()
    assert [(one.table, one.what) for one in watch.changes()] == [("storing", "weg")]


def test_of_many_records_the_first_are_told_and_the_others_counted(db: str) -> None:
    actor, (six,) = school("6")
    watch = BoardWatch()
    with writing(actor):
        for number in range(MOST + 3):
            make_pupil(six, key=str(number))
        make_group(six.location, "8")
    found = watch.changes()
    assert found[0].table == "groep", "those with few changes first"
    pupils = [one for one in found if one.table == "leerling"]
    assert (len(pupils), pupils[-1].record) == (MOST + 1, "en nog 3")


def test_every_table_and_column_has_a_dutch_name_and_no_secret_is_told() -> None:
    models = [model for model in all_models() if words.is_told(model) and model.__module__.startswith("models.")]
    columns = [
        (model, field)
        for model in models
        for field in model._meta.sorted_fields
        if field not in set(folded_fields(model)) and words.is_told_of(field)
    ]
    listed = words._words()
    assert {str(model._meta.table_name) for model in models} == set(listed["tables"])
    unnamed = {field.name for _, field in columns if not field.verbose_name and field.name not in listed["columns"]}
    assert unnamed == set()
    assert set(listed["columns"]) <= {field.name for _, field in columns}
    told = {field.name for _, field in columns}
    assert not told & {"password_hash", "secret", "digest", "anonymising_key", "basispoort_key"}
    assert BasispoortSchool.key not in {field for _, field in columns}, "the same key"


def test_values_are_words() -> None:
    assert [words.value("x", found) for found in (None, "", True, False, 3, "a\nb")] == [
        "leeg",
        "leeg",
        "ja",
        "nee",
        "3",
        "a b",
    ]
    assert words.value("state", "paused") == "tijdelijk gestopt"
    assert words.value("message", "paused") == "paused"
    assert words.value("counts", '{"received": 3, "stored": 0}') == "3 ontvangen"
    assert len(words.value("message", "x" * 1000)) == words.LONGEST
