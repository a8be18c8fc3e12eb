"""Dultkoppeling: a sender's number that was one child's and has since been given to another."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import Actor
from app.exchange.dult import DultRow
from app.school.files import dult_matching, dult_processing
from app.school.files.dult_matching import SAME_NUMBER, MatchStatus
from models.assessment import Result
from models.dult import DultFile
from models.school import Pupil
from tests.school.files.dult_files import DAY, READING, pupil_in, receive, row
from tests.school.files.result_files import held, school


def give(actor: Actor, file: DultFile, key: str, pupil: str) -> None:
    dult_matching.match(actor, pupil_in(actor, file, key).id, pupil)
    dult_matching.agree(actor, pupil_in(actor, file, key).id)


def scores() -> set[tuple[str, int | None]]:
    return {(one.pupil.first_name, one.score) for one in Result.select()}


@pytest.mark.parametrize(
    ("first", "then", "pupil"),
    [
        (row(), row("1042", "Bram", "Berg"), "1042"),  # a twin
        (row("C2", "B.", "Berg"), row("C2", "Iris", "Linden", born=DAY), "1043"),
    ],
)
def test_a_remembered_match_does_not_hold_for_somebody_else(db: str, first: DultRow, then: DultRow, pupil: str) -> None:
    actor, key = school(), then.pupil_key
    file, waiting = receive(actor, first), receive(actor, then)
    give(actor, file, key, pupil)
    later = receive(actor, then)
    for other in (waiting, later):
        assert pupil_in(actor, other, key).status is MatchStatus.UNMATCHED
        assert dult_matching.agree_all(actor, other.id).agreed == 0
    assert pupil_in(actor, later, key).note == f"nummer eerder van leerling {pupil}"


def test_a_remembered_match_under_another_name_asks_to_be_looked_at(db: str) -> None:
    """A number that ESIS knows too means its pupil; one of the sender alone may have gone to a twin who is not here."""
    actor = school()
    dult_matching.agree_all(actor, receive(actor, row()).id)
    give(actor, receive(actor, row("S-7")), "S-7", "1042")
    file = receive(actor, row(last="Nieuwenaam"), row("S-7", last="Nieuwenaam"))
    assert pupil_in(actor, file, "1042").note == SAME_NUMBER
    one = pupil_in(actor, file, "S-7")
    assert (one.status, one.note) == (MatchStatus.PROPOSED, "onthouden, andere naam")
    assert dult_matching.agree_all(actor, file.id).agreed == 1


def test_a_number_of_another_child_leaves_the_first_child_its_result_of_that_day(db: str) -> None:
    actor = school(READING)
    born = date(2010, 5, 5)
    Pupil.update(birth_date=born).where(Pupil.key == "1043").execute()
    first = receive(actor, row())
    dult_matching.agree_all(actor, first.id)
    dult_processing.process(actor, first.id)
    before = held(actor.location)
    later = receive(actor, row("1042", "Bram", "Berg", born=born, score=111))
    give(actor, later, "1042", "1043")
    done = dult_processing.process(actor, later.id)
    assert ((done.new, done.replaced), scores()) == ((1, 0), {("Anna", 140), ("Bram", 111)})
    again = receive(actor, row("1042", "Bram", "Berg", born=born, score=112))
    dult_matching.agree_all(actor, again.id)
    assert dult_processing.process(actor, again.id).replaced == 1
    assert scores() == {("Anna", 140), ("Bram", 112)}
    dult_processing.roll_back(actor, again.id)
    dult_processing.roll_back(actor, later.id)
    assert held(actor.location) == before


def test_a_number_that_went_to_a_twin_leaves_the_first_child_its_result(db: str) -> None:
    actor = school(READING)
    first, later = receive(actor, row()), receive(actor, row("1042", "Bram", "Berg", score=111))
    for file, pupil in ((first, "1042"), (later, "1043")):
        give(actor, file, "1042", pupil)
        dult_processing.process(actor, file.id)
    assert scores() == {("Anna", 140), ("Bram", 111)}
