"""Dultkoppeling: receiving, matching, agreeing, processing and rolling back, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from app.history import ChangedMeanwhile, version
from app.refusals import Refused
from app.school.files import dult, dult_matching, dult_processing
from app.school.files.dult import FileState
from app.school.files.dult_matching import MatchStatus
from app.school.people import enrolment, renumbering
from models.assessment import ActiveAssessment, PupilMatch, Result
from models.dult import DultPupil
from models.school import Pupil
from tests.builders import make_actor
from tests.school.files.dult_files import DAY, MATHS, READING, pupil_in, receive, row, state
from tests.school.files.result_files import held, school


def test_pupils_are_matched_by_number_proposed_by_name_and_otherwise_left(db: str) -> None:
    actor = school()
    file = receive(actor, row(), row("C1", "Bram", "Berg"), row("C2", "B.", "Berg"), row("2001", "X", "Y", born=DAY))
    found = {one.key: (one.status, one.matched, one.note) for one in dult_matching.pupils_of(actor, file.id)}
    assert found == {
        "1042": (MatchStatus.MATCHED, "1042 Voorbeeld, Anna", dult_matching.SAME_NUMBER),
        "C1": (MatchStatus.PROPOSED, "1043 Berg, Bram", dult_matching.SAME_NAME),
        "C2": (MatchStatus.UNMATCHED, "", "nummer onbekend"),
        "2001": (MatchStatus.UNMATCHED, "", "nummer van iemand van 1-1-2010"),
    }


def test_a_name_with_its_prefix_is_the_same_name(db: str) -> None:
    actor = school()
    Pupil.update(prefix="van der").where(Pupil.key == "1043").execute()
    file = receive(actor, row("C1", "Bram", "van der Berg"))
    assert pupil_in(actor, file, "C1").status is MatchStatus.PROPOSED


def test_a_file_goes_from_received_to_processed(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row(), row("C1", "Bram", "Berg"))
    assert state(actor, file) is FileState.RECEIVED
    agreed = dult_matching.agree_all(actor, file.id)
    assert (agreed.agreed, agreed.left) == (1, 1)
    assert state(actor, file) is FileState.PARTLY
    dult_matching.agree(actor, pupil_in(actor, file, "C1").id)
    assert state(actor, file) is FileState.AGREED
    assert dult_processing.process(actor, file.id).sentence == "Verwerkt: 2 nieuw, 0 vervangen, 0 ongewijzigd."
    assert state(actor, file) is FileState.PROCESSED
    assert {(one.pupil.key, one.supplier, one.score, one.level) for one in Result.select()} == {
        ("1042", "dult", 140, "III"),
        ("1043", "dult", 140, "III"),
    }
    for change in (
        lambda: dult_processing.process(actor, file.id),
        lambda: dult.remove(actor, file.id),
        lambda: dult_matching.withdraw(actor, pupil_in(actor, file, "C1").id),
    ):
        with pytest.raises(Refused, match="al verwerkt"):
            change()


def test_a_match_is_remembered_for_the_next_file_and_for_one_that_lies_open(db: str) -> None:
    actor = school()
    file, other = receive(actor, row("C2", "B.", "Berg")), receive(actor, row("C2", "B.", "Berg"))
    dult_matching.match(actor, pupil_in(actor, file, "C2").id, "1043")
    dult_matching.agree(actor, pupil_in(actor, file, "C2").id)
    for later in (other, receive(actor, row("C2", "B.", "Berg", day=date(2020, 3, 3)))):
        one = pupil_in(actor, later, "C2")
        assert (one.status, one.matched, one.agreed) == (MatchStatus.MATCHED, "1043 Berg, Bram", False)
    dult_matching.unmatch(actor, pupil_in(actor, file, "C2").id)
    assert not PupilMatch.select().exists()
    assert pupil_in(actor, receive(actor, row("C2", "B.", "Berg")), "C2").status is MatchStatus.UNMATCHED


def test_a_remembered_match_holds_for_what_was_agreed_with_whatever_esis_says(db: str) -> None:
    actor = school()
    file = receive(actor, row("C2", "B.", "Berg", born=DAY))
    dult_matching.match(actor, pupil_in(actor, file, "C2").id, "1043")
    dult_matching.agree(actor, pupil_in(actor, file, "C2").id)
    again = pupil_in(actor, receive(actor, row("C2", "B.", "Berg", born=DAY)), "C2")
    assert (again.status, again.note) == (MatchStatus.MATCHED, dult_matching.REMEMBERED)


def test_after_renumbering_a_file_replaces_what_was_there(db: str) -> None:
    actor = school(READING)
    for number, score in (("1042", 140), ("5000", 151), ("1042", 152)):
        if number == "5000":
            renumbering.renumber(make_actor(actor.board), Pupil.get(Pupil.key == "1042"), number)
        file = receive(actor, row(number, score=score))
        assert dult_matching.agree_all(actor, file.id).agreed == 1
        dult_processing.process(actor, file.id)
        assert [one.score for one in Result.select()] == [score]


def test_a_file_that_corrects_the_day_replaces_the_sitting_and_is_taken_back_whole(db: str) -> None:
    actor = school(READING)
    files = [receive(actor, row()), receive(actor, row(day=date(2020, 2, 20)), row(day=date(2019, 10, 1), score=120))]
    for file in files:
        dult_matching.agree_all(actor, file.id)
    dult_processing.process(actor, files[0].id)
    before = held(actor.location)
    done = dult_processing.process(actor, files[1].id)
    assert (done.new, done.replaced) == (1, 1)
    assert {one.date for one in Result.select()} == {date(2020, 2, 20), date(2019, 10, 1)}
    dult_processing.roll_back(actor, files[1].id)
    assert held(actor.location) == before


def test_numbers_that_changed_places_at_the_sender_keep_each_result_with_its_pupil(db: str) -> None:
    actor = school(READING)
    first = receive(actor, row("A"), row("B", "Bram", "Berg", score=120))
    second = receive(actor, row("B"), row("A", "Bram", "Berg", score=121), row("C", "Cato", "Dam"))
    for file in (first, second):
        for one, key in zip(
            ("A", "B", "C"), ("1042", "1043", "2001") if file is first else ("1043", "1042", "2001"), strict=True
        ):
            if rows := [each for each in dult_matching.pupils_of(actor, file.id) if each.key == one]:
                dult_matching.match(actor, rows[0].id, key)
                dult_matching.agree(actor, rows[0].id)
        dult_processing.process(actor, file.id)
    assert {(one.pupil.key, one.score) for one in Result.select()} == {("1042", 140), ("1043", 121), ("2001", 140)}


def test_agreeing_with_a_result_of_before_the_pupil_was_born_is_refused(db: str) -> None:
    actor = school()
    file = receive(actor, row(), row(assessment=MATHS, day=date(2010, 3, 1)))
    Pupil.update(birth_date=date(2010, 6, 1)).where(Pupil.key == "1042").execute()
    assert "De leerling is geboren op 1-6-2010" in dult_matching.agree_all(actor, file.id).refused[0]


def test_two_pupils_of_a_file_cannot_be_the_same(db: str) -> None:
    actor = school()
    file = receive(actor, row(), row("C1", "A.", "Voorbeeld"))
    dult_matching.agree_all(actor, file.id)
    dult_matching.match(actor, pupil_in(actor, file, "C1").id, "1042")
    with pytest.raises(Refused, match=r"Leerling 1042 is in dit bestand al gekoppeld aan Anna Voorbeeld \(1042\)"):
        dult_matching.agree(actor, pupil_in(actor, file, "C1").id)


def test_agreeing_needs_a_match_of_somebody_who_was_there(db: str) -> None:
    actor = school()
    file = receive(actor, row(), row("C2", "B.", "Berg"))
    with pytest.raises(Refused, match="is nog niet gekoppeld"):
        dult_matching.agree(actor, pupil_in(actor, file, "C2").id)
    Pupil.update(unsubscribed_on=DAY).where(Pupil.key == "1042").execute()
    agreed = dult_matching.agree_all(actor, file.id)
    assert agreed.agreed == 0
    assert "De leerling is uitgeschreven per 3-2-2020" in agreed.refused[0]


def test_who_matches_meanwhile_is_shown(db: str) -> None:
    actor = school()
    file = receive(actor, row("C2", "B.", "Berg"))
    one = DultPupil.get()
    seen = version(one)
    dult_matching.match(make_actor(actor.board), one.id, "1042")
    with pytest.raises(ChangedMeanwhile):
        dult_matching.match(actor, one.id, "1043", seen)
    assert pupil_in(actor, file, "C2").matched == "1042 Voorbeeld, Anna"


def test_an_assessment_that_is_off_holds_everything_back(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row(), row(assessment=MATHS))
    dult_matching.agree_all(actor, file.id)
    with pytest.raises(Refused, match=r"DULT Rekenen-Wiskunde groep 6 staat niet aan.*Toetsen activeren"):
        dult_processing.process(actor, file.id)
    assert Result.select().count() == 0
    ActiveAssessment.create(location=actor.location, assessment=MATHS)
    assert dult_processing.process(actor, file.id).new == 2


def test_who_is_not_agreed_with_stays_out(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row(), row("C2", "B.", "Berg"))
    with pytest.raises(Refused, match="nog geen leerling met akkoord"):
        dult_processing.process(actor, file.id)
    dult_matching.agree_all(actor, file.id)
    assert "Leerlingen zonder akkoord: 1" in dult_processing.process(actor, file.id).sentence
    assert Result.select().count() == 1


def test_who_is_deleted_after_it_was_agreed_with_stays_out_and_is_counted(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row(), row("1043", "Bram", "Berg"))
    for key in ("1042", "1043"):
        dult_matching.match(actor, pupil_in(actor, file, key).id, key)
        dult_matching.agree(actor, pupil_in(actor, file, key).id)
    enrolment.delete(make_actor(actor.board), Pupil.get(Pupil.key == "1043"), "Bram")
    gone = pupil_in(actor, file, "1043")
    assert (gone.status, gone.agreed, state(actor, file)) == (MatchStatus.UNMATCHED, False, FileState.PARTLY)
    assert dult_processing.process(actor, file.id).left_out == 1


def test_the_same_file_changes_nothing_and_a_corrected_one_replaces(db: str) -> None:
    actor = school(READING)
    done = []
    for score in (140, 140, 151):
        file = receive(actor, row(score=score))
        dult_matching.agree_all(actor, file.id)
        processed = dult_processing.process(actor, file.id)
        done.append((processed.new, processed.unchanged, processed.replaced))
    assert done == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
