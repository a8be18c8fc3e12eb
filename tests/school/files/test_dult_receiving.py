"""Dultkoppeling: which files are received, the practice file, and who may."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.exchange.dult import write_dult
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.files import dult, dult_matching, dult_practice, dult_processing
from app.school.files.dult_matching import MatchStatus
from models.dult import DultFile
from models.school import Group
from tests.builders import make_actor, make_group, make_pupil
from tests.school.files.dult_files import receive, row
from tests.school.files.result_files import school


def test_a_file_with_problems_is_not_received(db: str) -> None:
    actor = school()
    planned = dult.preview(actor, write_dult([row(), row(), row(first="Ander"), row(day=date(2021, 1, 1))]))
    sentences = [(problem.line, problem.sentence) for problem in planned.errors]
    assert (3, "Dit resultaat van leerling 1042 staat ook op regel 2.") in sentences
    assert (4, "Leerling 1042 heeft op regel 2 een andere naam of geboortedatum.") in sentences
    assert (5, "Datum 1-1-2021 moet nog komen; het is 14-4-2020.") in sentences
    with pytest.raises(Refused, match="niet ontvangen"):
        dult.receive(actor, "x.csv", planned)
    assert not DultFile.select().exists()


def test_what_is_off_is_told_when_a_file_comes_in(db: str) -> None:
    planned = dult.preview(school(), write_dult([row()]))
    assert ["DULT Begrijpend lezen groep 6 staat niet aan" in one.sentence for one in planned.warnings] == [True]


def test_a_file_that_is_not_processed_can_go(db: str) -> None:
    actor = school()
    file = receive(actor, row(), name="weg.csv")
    assert dult.remove(actor, file.id) == "weg.csv"
    assert dult.listed(actor) == []
    with pytest.raises(NotFound):
        dult_matching.pupils_of(actor, file.id)


def test_the_practice_file_is_the_same_each_time_and_asks_for_matching(db: str) -> None:
    actor = school()
    group = Group.get(Group.name == "6")
    for number in range(20):
        make_pupil(group, f"Naam{number}", f"Achter{number}", key=f"3{number:03d}")
    files = [dult_practice.receive(actor, group.id) for _ in range(2)]
    rows = [dult_matching.pupils_of(actor, file.id) for file in files]
    assert [(one.key, one.name, one.status) for one in rows[0]] == [(one.key, one.name, one.status) for one in rows[1]]
    assert {one.status for one in rows[0]} == set(MatchStatus)
    assert dult.file_row(actor, files[0].id).results == 3 * len(rows[0])
    with pytest.raises(NotFound):
        dult_practice.receive(actor, make_group(school().location, "9").id)


def test_only_who_may_import_results_and_only_of_the_own_location(db: str) -> None:
    actor = school()
    file = receive(actor, row())
    for role in (Role.LEERKRACHT, Role.ADMINISTRATIE):
        with pytest.raises(NotAllowed):
            dult.listed(make_actor(actor.board, role))
    with pytest.raises(NotFound):
        dult_processing.process(school(), file.id)
