"""Which results count: delivered before typed, the later of two, never an excluded one, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Actor
from app.clock import PRACTICE_START
from app.school.assessment import counting, dashboard, entering, entry_sheets, exclusions
from app.school.assessment.catalogue import HAND
from app.school.assessment.counting import ONE_SITTING, Judged
from models.assessment import ExcludedResult, ReplacedResult, Result
from models.history import Change
from models.school import Pupil
from tests.builders import make_actor
from tests.school.assessment.deliveries import LATER, receive, result, school_with_pupil

DAY = date(2020, 1, 21)
REASON = "Toets niet afgemaakt"


def school() -> tuple[Actor, Pupil, int]:
    """A director, a pupil of group 6 and the id of the group."""
    board, _, pupil = school_with_pupil()
    return make_actor(board), pupil, int(pupil.placements.get().group_id)


def type_in(actor: Actor, pupil: Pupil, group_id: int, day: date, text: str, part: str = "") -> None:
    """Type one score; empty takes it away."""
    shown = entry_sheets.sheet(actor, group_id, "rekenen-6" if part else "lezen-6", part, day)
    entering.save(actor, shown, {f"pupil-{pupil.id}": text}, shown.seen)


def judged(pupil: Pupil) -> dict[str, Judged]:
    return {one.result.supplier_key: one for one in counting.judged(Result.pupil == pupil)}


def test_the_delivered_one_counts_and_the_typed_one_says_so(db: str) -> None:
    actor, pupil, group_id = school()
    type_in(actor, pupil, group_id, DAY, "61")
    hand = f"hand:lezen-6::{pupil.id}:{DAY}"
    assert judged(pupil)[hand].counts
    receive(actor.location, result(date=DAY + timedelta(days=14)), at=LATER)
    found = judged(pupil)
    assert (found["R1"].counts, found[hand].counts) == (True, False)
    assert found[hand].why == "niet meegeteld: handmatig ingevoerd, geleverd op 15-4-2020"
    (reading,) = dashboard.pupil_line(actor, pupil.id).subjects
    assert [(sitting.score, sitting.by_hand) for sitting in reading.sittings] == [(57, False)]
    assert [(row.text, row.why) for row in reading.left_out] == [("61", found[hand].why)]
    overview = dashboard.group_overview(actor, group_id)
    assert (overview.left_out, overview.rows[0].cells["lezen"].latest.score) == (1, 57)


@pytest.mark.parametrize(("days", "together"), [(0, True), (27, True), (-27, True), (28, False), (-28, False)])
def test_less_than_four_weeks_apart_is_one_sitting(db: str, days: int, together: bool) -> None:
    actor, pupil, group_id = school()
    receive(actor.location, result(date=DAY))
    type_in(actor, pupil, group_id, DAY + timedelta(days=days), "61")
    assert [one.counts for one in judged(pupil).values()].count(True) == (1 if together else 2)


def test_an_excluded_delivery_lets_the_typed_one_count(db: str) -> None:
    actor, pupil, group_id = school()
    receive(actor.location, result(date=DAY))
    type_in(actor, pupil, group_id, DAY, "61")
    exclusions.exclude(actor, [judged(pupil)["R1"].id], REASON)
    found = judged(pupil)
    assert found["R1"].why == f"uitgesloten: {REASON} ({actor.name}, di 14-4-2020 09:00)"
    assert found[f"hand:lezen-6::{pupil.id}:{DAY}"].counts
    exclusions.take_back(actor, [found["R1"].id])
    assert judged(pupil)["R1"].counts


def test_a_part_and_another_assessment_are_sittings_of_their_own(db: str) -> None:
    actor, pupil, group_id = school()
    receive(
        actor.location,
        result("A", date=DAY),
        result("B", assessment="rekenen-6", date=DAY),
        result("C", assessment="rekenen-6", part="getallen", level="", date=DAY),
    )
    type_in(actor, pupil, group_id, DAY, "80", part="verbanden")
    assert all(one.counts for one in judged(pupil).values())


def test_of_two_deliveries_the_later_counts(db: str) -> None:
    actor, pupil, _ = school()
    receive(actor.location, result("A", date=DAY), result("B", date=DAY + timedelta(days=3)))
    found = judged(pupil)
    assert (found["A"].why, found["B"].why) == ("niet meegeteld: opnieuw afgenomen op 24-1-2020", "")


def test_with_a_first_day_the_answer_is_the_same_as_of_everything(db: str) -> None:
    actor, pupil, group_id = school()
    for number in range(8):
        receive(actor.location, result(f"R{number}", date=date(2019, 9, 2) + timedelta(days=number * 20)))
        type_in(actor, pupil, group_id, date(2019, 9, 9) + timedelta(days=number * 25), "50")
    since = date(2019, 11, 1)
    everything = [(one.id, one.why) for one in judged(pupil).values() if one.result.date >= since]
    assert [(one.id, one.why) for one in counting.judged(Result.pupil == pupil, since=since)] == everything


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["deliver", "deliver", "enter", "enter", "clear", "exclude", "take back"]),
        st.integers(0, 5),
        st.integers(0, 120),
    ),
    max_size=14,
)


@given(steps=STEPS, data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_one_sitting_counts_once_and_nothing_is_lost(
    db: str, steps: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    actor, pupil, group_id = school()
    there: dict[str, int] = {}
    excluded: set[str] = set()
    said: set[tuple[str, int]] = set()
    for number, (step, which, score) in enumerate(steps):
        day = date(2019, 10, 1) + timedelta(days=which * 13)
        key = f"R{which}" if step == "deliver" else f"hand:lezen-6::{pupil.id}:{day}"
        if step == "deliver":
            receive(actor.location, result(key, date=day, score=score), at=PRACTICE_START + timedelta(minutes=number))
        elif step in ("enter", "clear"):
            type_in(actor, pupil, group_id, day, str(score) if step == "enter" else "")
        if step in ("deliver", "enter"):
            there[key] = score
            said.add((key, score))
        elif step == "clear":
            there.pop(key, None)
            excluded.discard(key)
        elif there:
            chosen = data.draw(st.sampled_from(sorted(there)))
            change, note = (
                (exclusions.exclude, excluded.add)
                if step == "exclude"
                else (lambda actor, ids, _: exclusions.take_back(actor, ids), excluded.discard)
            )
            change(actor, [judged(pupil)[chosen].id], REASON)
            note(chosen)
        check(judged(pupil), there, excluded)
    assert said <= everything_ever_said(pupil)


def check(found: dict[str, Judged], there: dict[str, int], excluded: set[str]) -> None:
    assert {key: one.result.score for key, one in found.items()} == there
    assert {key for key, one in found.items() if one.excluded} == excluded
    assert not {key for key, one in found.items() if one.counts} & excluded
    check_sittings([one for key, one in found.items() if key not in excluded])


def check_sittings(found: Iterable[Judged]) -> None:
    """Exactly one result of each sitting counts; of those that do not are `found`, without what is excluded."""
    counting = [one for one in found if one.counts]
    assert all(apart(one, other) >= ONE_SITTING for one, other in combinations(counting, 2))
    for one in found:
        better = [
            other for other in counting if (not other.by_hand, other.result.date) >= (not one.by_hand, one.result.date)
        ]
        assert one.counts or any(apart(one, other) < ONE_SITTING for other in better), "left out without a better one"


def apart(one: Judged, other: Judged) -> timedelta:
    return abs(one.result.date - other.result.date)


RESULTS = st.lists(st.tuples(st.booleans(), st.integers(0, 150), st.integers(0, 9)), unique=True, max_size=12)
"""Whether typed in, the day, and what tells two of one day apart."""


def made(rows: Iterable[tuple[bool, int, int]]) -> list[Result]:
    """Results of one pupil, with ids in the order in which they come."""
    return [
        Result(
            id=number,
            pupil=1,
            assessment="lezen-6",
            supplier=HAND if typed else "iep-lvs",
            date=DAY + timedelta(days=day),
            supplier_key=f"{day} {tail}",
            received_at=PRACTICE_START,
        )
        for number, (typed, day, tail) in enumerate(rows, 1)
    ]


def verdicts(rows: Iterable[tuple[bool, int, int]]) -> dict[tuple[str, str], str]:
    """Supplier and key -> why it does not count."""
    return {(one.result.supplier, one.result.supplier_key): one.why for one in counting.judge(made(rows), {})}


@given(rows=RESULTS)
def test_of_each_sitting_exactly_one_counts(rows: list[tuple[bool, int, int]]) -> None:
    check_sittings(counting.judge(made(rows), {}))


@given(rows=RESULTS, data=st.data())
def test_the_order_of_arrival_makes_no_difference(rows: list[tuple[bool, int, int]], data: st.DataObject) -> None:
    assert verdicts(data.draw(st.permutations(rows))) == verdicts(rows)


@given(rows=RESULTS, typed=st.booleans(), far=st.sampled_from([-28, -200, 150 + 28, 400]))
def test_a_result_that_is_far_from_all_others_changes_nothing(
    rows: list[tuple[bool, int, int]], typed: bool, far: int
) -> None:
    added = verdicts([*rows, (typed, far, 0)])
    assert added.pop((HAND if typed else "iep-lvs", f"{far} 0")) == ""
    assert added == verdicts(rows)


def test_what_does_not_count_takes_no_other_with_it() -> None:
    typed, early, late = counting.judge(made([(True, 0, 0), (False, 20, 0), (False, 45, 0)]), {})
    assert (typed.counts, early.counts, late.counts) == (True, False, True)


def test_typed_between_two_deliveries_it_yields_to_the_nearest_that_counts() -> None:
    delivered = [(False, 0, 0), (False, 28, 0)]
    assert [one.counts for one in counting.judge(made([*delivered, (True, 9, 0)]), {})] == [True, True, False]
    assert [one.counts for one in counting.judge(made([(False, 0, 0), (False, 26, 0), (True, 9, 0)]), {})] == [
        False,
        True,
        False,
    ]


def everything_ever_said(pupil: Pupil) -> set[tuple[str, int]]:
    """Key and score of what there is, of what was replaced, and of what history keeps of what was deleted."""
    said = {(row.supplier_key, row.score) for row in Result.select().where(Result.pupil == pupil)}
    for row in ReplacedResult.select(ReplacedResult, Result).join(Result).where(ReplacedResult.pupil == pupil):
        said.add((row.result.supplier_key, row.score))
    for change in Change.select().where(Change.kind == "result", Change.pupil_id == pupil.id):
        for state in filter(None, (change.before, change.after)):
            kept = json.loads(state)
            said.add((kept["supplier_key"], kept["score"]))
    return said


def test_an_exclusion_goes_with_its_result(db: str) -> None:
    actor, pupil, group_id = school()
    type_in(actor, pupil, group_id, DAY, "61")
    (one,) = judged(pupil).values()
    exclusions.exclude(actor, [one.id], REASON)
    type_in(actor, pupil, group_id, DAY, "62")
    assert [(row.result.score, row.counts) for row in judged(pupil).values()] == [(62, False)]
    type_in(actor, pupil, group_id, DAY, "")
    assert (Result.select().count(), ExcludedResult.select().count()) == (0, 0)
