"""Statements of the Experience API: by the rules of the specification, the same each time, and never a score that is none."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Refused
from app.training.reports import happened, xapi
from app.training.reports.happened import Run
from app.training.reports.titles import lesson_of
from app.training.reports.xapi import Exported, Statement, statements
from tests.builders import make_board
from tests.training.reports import xapi_rules
from tests.training.reports.logs import at, run_of, smooth, store
from tests.training.reports.test_stuck import EVENTS

PLAIN = Exported(lambda progress: (progress.lesson, {1: "Meld aan"}))
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"


def made(run: Run, how: Exported = PLAIN) -> list[Statement]:
    found = statements(run, how)
    for statement in found:
        xapi_rules.check(json.loads(json.dumps(statement)))
    return found


def verbs(found: list[Statement]) -> list[str]:
    return [statement["verb"]["id"].rpartition("/")[2] for statement in found]


def exam(points: int | None, passed: bool | None, **more: Any) -> Run:
    return run_of(*smooth(), mode="exam", points=points, points_of=12, passed=passed, finished_at=at(3), **more)


def test_a_run_with_everything_in_it() -> None:
    run = run_of(
        (0, "given", 1, ""),
        (0.5, "act", 1, ""),
        (1, "hint", 1, "2"),
        (1.5, "remark", 1, "coupling iep-lvs paused"),
        (2, "mended", 1, ""),
        (3, "left", 1, ""),
        (60, "resumed", 1, ""),
        (60.5, "helped", 1, ""),
        (61, "done", 1, ""),
        finished_at=at(61),
    )
    found = made(run)
    assert verbs(found) == [
        "initialized",
        "attempted",
        "interacted",
        "asked",
        "experienced",
        "responded",
        "suspended",
        "resumed",
        "experienced",
        "completed",
        "progressed",
        "completed",
        "terminated",
    ]
    assert len({statement["context"]["registration"] for statement in found}) == 1
    assert found[9]["result"] == {"completion": True, "duration": "PT4M"}, "without the time it was closed"
    assert found[9]["context"]["contextActivities"]["parent"][0]["id"].endswith("/lessen/iep-lvs")
    assert found[10]["result"] == {"extensions": {PROGRESS: 33}}
    assert "score" not in json.dumps(found)
    assert found[0]["timestamp"] == "2026-09-01T09:00:00.123+02:00"


@pytest.mark.parametrize(
    ("points", "passed", "verb", "scaled"), [(9, True, "passed", 0.75), (3, False, "failed", 0.25)]
)
def test_an_exam_is_passed_or_failed_with_its_score(points: int, passed: bool, verb: str, scaled: float) -> None:
    found = made(exam(points, passed))
    told = found[verbs(found).index(verb)]
    assert told["result"]["score"] == {"scaled": scaled, "raw": points, "min": 0, "max": 12}
    assert (told["result"]["success"], told["result"]["completion"]) == (passed, True)


def test_an_exam_without_points_has_no_score_and_practice_none_at_all() -> None:
    assert "score" not in json.dumps(made(exam(None, True)))
    practised = made(run_of(*smooth(), points=3, points_of=3, passed=True, finished_at=at(3)))
    assert not {"passed", "failed"} & set(verbs(practised))


def test_who_gave_up_terminated_and_completed_nothing() -> None:
    found = made(run_of((0, "given", 1, ""), (4, "left", 1, ""), given_up_at=at(9)))
    assert verbs(found)[-1] == "terminated"
    assert found[-1]["result"] == {"completion": False, "duration": "PT4M"}


def test_a_second_export_repeats_nothing_and_goes_on_where_it_was(db: str) -> None:
    board = make_board()
    board.password_hash = "x"
    board.save()
    row = store(board, *smooth(steps=1), lesson="iep-lvs")
    how = Exported(lesson_of)

    def lines() -> list[str]:
        return list(xapi.jsonl(happened.runs(board), how))

    before = lines()
    assert lines() == before
    store(board, *smooth(steps=1), lesson="iep-lvs")
    type(row).update(finished_at=at(5), step=1).where(type(row).id == row.id).execute()
    after = lines()
    assert set(before) < set(after)
    ids = [json.loads(line)["id"] for line in after]
    assert len(ids) == len(set(ids))
    for line in after:
        xapi_rules.check(json.loads(line))


def test_a_name_goes_only_if_asked_for_and_an_address_never() -> None:
    named = run_of(*smooth(), learner="Zoë Çelik")
    assert "Zoë" not in json.dumps(made(named), ensure_ascii=False)
    assert made(named, Exported(PLAIN.titles, names=True))[0]["actor"]["name"] == "Zoë Çelik"
    address = run_of(*smooth(), own=False, learner="a@b.nl")
    address.progress.learner = "a@b.nl"
    assert "@" not in json.dumps(made(address, Exported(PLAIN.titles, names=True)))


def test_a_shared_board_tells_its_users_apart_and_an_own_one_does_not() -> None:
    first, second = (run_of(*smooth(), own=False) for _ in range(2))
    second.progress.learner = "leerkracht6"
    assert [made(run)[0]["actor"]["account"]["name"] for run in (first, second)] == [
        "klas-01-7/rovict",
        "klas-01-7/leerkracht6",
    ]
    second = Run(second.progress, second.events, second.board, second.slug, "", True)
    assert made(second)[0]["actor"]["account"]["name"] == "klas-01-7"


def test_the_home_page_is_that_of_the_organisation() -> None:
    home = xapi.checked_home(" https://leren.voorbeeld.nl/esis/ ")
    first = made(run_of(*smooth()), Exported(PLAIN.titles, home))[0]
    assert first["actor"]["account"]["homePage"] == "https://leren.voorbeeld.nl/esis"
    assert first["object"]["id"] == "https://leren.voorbeeld.nl/esis/lessen/iep-lvs"
    for wrong in (
        "",
        "leren.voorbeeld.nl",
        "mailto:a@b.nl",
        "https://a@b.nl",
        "https://b.nl/?x=1",
        "ftp://b.nl",
        "https://[::1",
    ):
        with pytest.raises(Refused, match="geen webadres"):
            xapi.checked_home(wrong)


@given(EVENTS, st.booleans(), st.text(max_size=20), st.sampled_from(["iep-lvs", "eigen les é/?#%", "x y"]))
def test_whatever_happened_every_statement_keeps_the_rules(
    events: tuple[happened.Event, ...], finished: bool, learner: str, lesson: str
) -> None:
    base = run_of(own=False, lesson=lesson, finished_at=at(400) if finished else None)
    base.progress.learner = learner
    run = Run(base.progress, events, "Klas", "klas-1", learner, False)
    found = made(run, Exported(PLAIN.titles, names="\x00" not in learner and bool(learner.strip())))
    assert len({statement["id"] for statement in found}) == len(found)
    assert found == statements(run, Exported(PLAIN.titles, names="\x00" not in learner and bool(learner.strip())))


@given(st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_duration_says_the_time_to_a_hundredth_of_a_second(taken: timedelta) -> None:
    import isodate  # type: ignore[import-untyped]

    text = xapi.duration(taken)
    assert xapi_rules._DURATION.fullmatch(text)
    assert abs(isodate.parse_duration(text) - taken) <= timedelta(milliseconds=6)


@pytest.mark.parametrize(
    ("break_it", "place"),
    [
        (lambda one: one.pop("actor"), "statement"),
        (lambda one: one["actor"].update(mbox="mailto:a@b.nl"), "mbox"),
        (lambda one: one["verb"].update(id="completed"), "verb.id"),
        (lambda one: one.update(timestamp="2026-09-01T09:00:00"), "timestamp"),
        (lambda one: one.update(result={}), "result"),
        (lambda one: one.update(result={"score": {"scaled": 2, "raw": 2, "min": 0, "max": 1}}), "score"),
        (lambda one: one.update(result={"duration": "12 minuten"}), "duration"),
        (lambda one: one.update(result={"completion": "true"}), "completion"),
        (lambda one: one["context"].update(registration="1"), "registration"),
        (lambda one: one["context"]["contextActivities"].update(other=None), "other"),
        (lambda one: one.update(extra=1), "extra"),
    ],
)
def test_the_rules_find_what_breaks_them(break_it: Any, place: str) -> None:
    statement = made(run_of(*smooth()))[0]
    break_it(statement)
    with pytest.raises(xapi_rules.Broken, match=place):
        xapi_rules.check(statement)
