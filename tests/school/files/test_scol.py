"""SCOL-import: its preview, that it happens once and completely, and what is left out or refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.exchange.delimited import UnreadableFile
from app.permissions import Role
from app.refusals import Refused
from app.school.assessment import dashboard
from app.school.files import scol
from app.school.files.imports import PreviewOutdated
from app.school.files.result_files import Fate
from app.school.files.scol import ScolPreview
from app.school.people import renumbering
from models.assessment import ReplacedResult, Result
from models.school import Pupil
from tests.builders import make_actor
from tests.school.files.result_files import held, school, scol_file

GOOD = (("1042", "Totaal", "60"), ("1042", "Samenwerken", "72"), ("1043", "Totaal", "35"))


def fates(planned: ScolPreview) -> list[Fate]:
    return [one.fate for one in planned.rows]


def test_a_file_is_stored_and_the_same_again_changes_nothing(db: str) -> None:
    actor = school("scol")
    planned = scol.preview(actor, scol_file(*GOOD))
    assert fates(planned) == [Fate.NEW] * 3
    assert Result.select().count() == 0
    assert scol.apply(actor, planned).sentence() == "3 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 overgeslagen."
    first = held(actor.location)
    anna, bram = (Pupil.get(Pupil.key == key).id for key in ("1042", "1043"))
    assert [(row[0], row[1], row[2]) for row in first] == [
        ("scol", f"{anna}:2020-02-03:", "1042"),
        ("scol", f"{anna}:2020-02-03:samenwerken", "1042"),
        ("scol", f"{bram}:2020-02-03:", "1043"),
    ]
    again = scol.preview(actor, scol_file(*GOOD))
    assert fates(again) == [Fate.UNCHANGED] * 3
    assert again.why_nothing == "Alles staat al zo in ESIS; er is niets te importeren."
    scol.apply(actor, again)
    assert held(actor.location) == first


def test_a_corrected_result_replaces_and_keeps_what_it_said(db: str) -> None:
    actor = school("scol")
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD)))
    planned = scol.preview(actor, scol_file(*GOOD[:2], ("1043", "Totaal", "40")))
    assert fates(planned) == [Fate.UNCHANGED, Fate.UNCHANGED, Fate.CHANGED]
    assert planned.rows[2].was == "35"
    scol.apply(actor, planned)
    assert Result.get(Result.pupil == Pupil.get(Pupil.key == "1043")).score == 40
    assert [row.score for row in ReplacedResult.select()] == [35]


def test_a_category_that_a_corrected_file_of_the_day_no_longer_has_goes(db: str) -> None:
    actor = school("scol")
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD)))
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD, day="4-2-2020")))
    planned = scol.preview(actor, scol_file(GOOD[0], GOOD[2]))
    assert fates(planned) == [Fate.CHANGED, Fate.UNCHANGED]
    assert planned.rows[0].was == "Samenwerken 72 vervalt"
    scol.apply(actor, planned)
    assert Result.select().where(Result.part == "samenwerken").get().date == date(2020, 2, 4)
    assert Result.select().count() == 5


def test_a_category_whose_line_is_left_out_does_not_go(db: str) -> None:
    actor = school("scol")
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD)))
    wrong = scol_file(GOOD[1], born="1-1-2011").decode().splitlines()[1]
    planned = scol.preview(actor, f"{scol_file(GOOD[0], GOOD[2]).decode()}\n{wrong}".encode())
    assert fates(planned) == [Fate.UNCHANGED, Fate.UNCHANGED, Fate.LEFT_OUT]
    assert planned.why_nothing


def test_after_renumbering_a_file_with_either_number_changes_nothing(db: str) -> None:
    actor = school("scol")
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD)))
    renumbering.renumber(make_actor(actor.board), Pupil.get(Pupil.key == "1042"), "5000")
    for rows in (GOOD, (("5000", "Totaal", "60"), ("5000", "Samenwerken", "72"))):
        assert set(fates(scol.preview(actor, scol_file(*rows)))) == {Fate.UNCHANGED}


def test_a_pupil_who_is_not_found_is_left_out_and_the_others_are_stored(db: str) -> None:
    actor = school("scol")
    Pupil.update(unsubscribed_on=date(2020, 2, 1)).where(Pupil.key == "1043").execute()
    planned = scol.preview(actor, scol_file(("999", "Totaal", "50"), *GOOD))
    assert fates(planned) == [Fate.LEFT_OUT, Fate.NEW, Fate.NEW, Fate.LEFT_OUT]
    assert [(warning.line, warning.sentence[:30]) for warning in planned.warnings] == [
        (2, "Leerlingnummer 999 (Anna Voorb"),
        (5, "Bram Berg: De leerling is uitg"),
    ]
    assert scol.apply(actor, planned).left_out == 2
    assert {row.pupil.key for row in Result.select()} == {"1042"}


def test_another_birth_date_is_another_pupil(db: str) -> None:
    actor = school("scol")
    planned = scol.preview(actor, scol_file(*GOOD, born="2-1-2010"))
    assert fates(planned) == [Fate.LEFT_OUT] * 3
    assert "op 1-1-2010 geboren is; in het bestand staat Anna Voorbeeld, 2-1-2010" in planned.warnings[0].sentence
    assert planned.why_nothing.startswith("Van geen enkele regel is de leerling gevonden")


@pytest.mark.parametrize(
    ("rows", "day", "line", "sentence"),
    [
        (GOOD[1:], "3-2-2020", 2, "Van leerling 1042 op 3-2-2020 ontbreekt de regel met schaal Totaal"),
        ((*GOOD, GOOD[0]), "3-2-2020", 5, "staat ook op regel 2"),
        (GOOD, "15-4-2020", 2, "datum 15-4-2020 moet nog komen; het is 14-4-2020"),
        ((*GOOD, ("1042", "Totaal", "x")), "3-2-2020", 5, "score is 'x'"),
    ],
)
def test_with_a_problem_nothing_is_stored(
    db: str, rows: tuple[tuple[str, str, str], ...], day: str, line: int, sentence: str
) -> None:
    actor = school("scol")
    planned = scol.preview(actor, scol_file(*rows, day=day))
    assert planned.errors[0].line == line
    assert sentence in planned.errors[0].sentence
    with pytest.raises(Refused, match="er is niets geïmporteerd"):
        scol.apply(actor, planned)
    assert Result.select().count() == 0


def test_the_list_must_be_on_and_the_way_there_is_told(db: str) -> None:
    planned = scol.preview(school(), scol_file(*GOOD))
    assert [str(problem) for problem in planned.errors] == [
        "SCOL staat op deze vestiging niet aan. Zet de toets eerst aan bij Beheer > Toetsen > Toetsen activeren, en kies het "
        "bestand opnieuw."
    ]


def test_who_changes_something_meanwhile_is_not_overwritten(db: str) -> None:
    actor = school("scol")
    planned = scol.preview(actor, scol_file(*GOOD))
    Pupil.update(birth_date=date(2011, 1, 1)).where(Pupil.key == "1042").execute()
    with pytest.raises(PreviewOutdated) as outdated:
        scol.apply(actor, planned)
    assert fates(outdated.value.preview) == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.NEW]
    assert Result.select().count() == 0


def test_a_file_of_thousands_of_lines_is_stored_whole(db: str) -> None:
    actor = school("scol")
    days = [date.fromordinal(date(2019, 9, 1).toordinal() + number).isoformat() for number in range(200)]
    lines = [line for day in days for line in scol_file(*GOOD, day=day).decode().splitlines()[1:]]
    content = "\n".join([scol_file().decode(), *lines]).encode()
    scol.apply(actor, scol.preview(actor, content))
    assert Result.select().count() == 600


def test_the_line_of_the_pupil_shows_the_total_and_its_categories(db: str) -> None:
    actor = school("scol")
    scol.apply(actor, scol.preview(actor, scol_file(*GOOD)))
    line = dashboard.pupil_line(actor, Pupil.get(Pupil.key == "1042").id)
    assert [(one.subject.name, one.sittings[0].number) for one in line.subjects] == [("SCOL", "60")]
    assert [(part.name, part.text, part.share) for part in line.subjects[0].parts] == [("Samenwerken", "72", 0.72)]


def test_only_who_may_import_results(db: str) -> None:
    actor = school("scol")
    for role in (Role.LEERKRACHT, Role.ADMINISTRATIE):
        with pytest.raises(NotAllowed):
            scol.preview(make_actor(actor.board, role), scol_file(*GOOD))
    with pytest.raises(UnreadableFile):
        scol.preview(actor, b"leeg")
