"""What rolling back a DULT file restores, whatever happened in between."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.refusals import Refused
from app.school.files import dult_matching, dult_processing
from app.school.files.dult import FileState
from app.school.people import enrolment
from models.assessment import ExcludedResult, Result
from models.dult import DultEffect, DultPupil
from models.school import Pupil
from tests.builders import make_actor
from tests.school.files.dult_files import MATHS, READING, receive, row, state
from tests.school.files.result_files import held, name_of, school


def test_taking_back_names_the_later_file_that_stands_on_it(db: str) -> None:
    actor = school(READING)
    files = [receive(actor, row(score=score), name=f"{score}.csv") for score in (140, 151)]
    for file in files:
        dult_matching.agree_all(actor, file.id)
        dult_processing.process(actor, file.id)
    with pytest.raises(Refused, match=r"'151.csv' is later verwerkt"):
        dult_processing.roll_back(actor, files[0].id)
    back = dult_processing.roll_back(actor, files[1].id)
    assert (back.taken_away, back.brought_back, Result.get().score) == (0, 1, 140)
    assert state(actor, files[1]) is FileState.ROLLED_BACK
    assert dult_processing.roll_back(actor, files[0].id).taken_away == 1
    assert not Result.select().exists()
    with pytest.raises(Refused, match="niet verwerkt"):
        dult_processing.roll_back(actor, files[0].id)


def test_a_result_that_was_excluded_since_is_not_taken_away(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row())
    dult_matching.agree_all(actor, file.id)
    dult_processing.process(actor, file.id)
    result = Result.get()
    ExcludedResult.create(
        result=result, pupil=result.pupil, reason="ziek", excluded_by="ib", excluded_at=file.received_at
    )
    with pytest.raises(Refused, match="van leerling 1042 is DULT Begrijpend lezen groep 6 daarna uitgesloten door ib"):
        dult_processing.roll_back(actor, file.id)
    assert Result.select().count() == 1


def test_the_wrong_pupil_is_mended_by_taking_back_and_matching_again(db: str) -> None:
    actor = school(READING)
    file = receive(actor, row("C2", "B.", "Berg"))
    one = DultPupil.get()
    for wrong_then_right in ("1042", "1043"):
        dult_matching.match(actor, one.id, wrong_then_right)
        dult_matching.agree(actor, one.id)
        dult_processing.process(actor, file.id)
        assert [result.pupil.key for result in Result.select()] == [wrong_then_right]
        if wrong_then_right == "1042":
            dult_processing.roll_back(actor, file.id)


def test_a_result_that_moved_to_another_pupil_moves_back(db: str) -> None:
    actor = school(READING)
    first, second = receive(actor, row("C2", "B.", "Berg")), receive(actor, row("C2", "B.", "Berg"))
    before = None
    for file, key in ((first, "1042"), (second, "1043")):
        one = DultPupil.get(DultPupil.file == file)
        dult_matching.match(actor, one.id, key)
        dult_matching.agree(actor, one.id)
        before = before or (held(actor.location) if file is second else None)
        assert dult_processing.process(actor, file.id).replaced == int(file is second)
    dult_processing.roll_back(actor, second.id)
    assert held(actor.location) == before


@pytest.mark.parametrize("excluded", [False, True])
def test_what_was_of_a_pupil_who_is_deleted_since_is_taken_away_and_does_not_stay_behind(
    db: str, excluded: bool
) -> None:
    actor = school(READING)
    first, second = (receive(actor, row("C2", "B.", "Berg"), name=name) for name in ("een.csv", "twee.csv"))
    for file, key in ((first, "1042"), (second, "1043")):
        one = DultPupil.get(DultPupil.file == file)
        dult_matching.match(actor, one.id, key)
        dult_matching.agree(actor, one.id)
        dult_processing.process(actor, file.id)
    enrolment.delete(make_actor(actor.board), Pupil.get(Pupil.key == "1042"), "Anna")
    with pytest.raises(Refused, match=r"'twee.csv' is later verwerkt"):
        dult_processing.roll_back(actor, first.id)
    if excluded:
        result = Result.get()
        ExcludedResult.create(
            result=result, pupil=result.pupil, reason="ziek", excluded_by="ib", excluded_at=file.received_at
        )
        with pytest.raises(Refused, match="van leerling 1043 is DULT Begrijpend lezen groep 6 daarna uitgesloten"):
            dult_processing.roll_back(actor, second.id)
        return
    back = dult_processing.roll_back(actor, second.id)
    assert (back.taken_away, back.brought_back) == (1, 0)
    assert not Result.select().exists()
    assert dult_processing.roll_back(actor, first.id).taken_away == 0


KEYS = ("1042", "1043", "2001")


results_of_a_file = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), st.sampled_from((READING, MATHS))), st.integers(100, 103), min_size=1
)


steps = st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(results_of_a_file, min_size=4, max_size=4), steps)
def test_any_sequence_of_processing_and_taking_back_restores_exactly(
    db: str, contents: list[dict[tuple[str, str], int]], moves: list[tuple[bool, int]]
) -> None:
    actor = school(READING, MATHS)
    files = [
        receive(
            actor,
            *(
                row(key, *reversed(name_of(key)), assessment=assessment, score=score)
                for (key, assessment), score in content.items()
            ),
        )
        for content in contents
    ]
    for file in files:
        dult_matching.agree_all(actor, file.id)
    before: dict[int, Any] = {}
    stack: list[int] = []
    for process, number in moves:
        if process and number not in stack:
            before[number] = held(actor.location)
            dult_processing.process(actor, files[number].id)
            stack.append(number)
        elif not process and stack and number == stack[-1]:
            dult_processing.roll_back(actor, files[number].id)
            stack.pop()
            assert held(actor.location) == before[number]
    for number in reversed(stack):
        dult_processing.roll_back(actor, files[number].id)
        assert held(actor.location) == before[number]
    assert held(actor.location) == []
    assert not DultEffect.select().where(DultEffect.file.in_([file.id for file in files])).exists()
