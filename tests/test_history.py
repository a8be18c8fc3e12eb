"""Every change records who, when, before and after; the state at any moment; concurrent changes to a record."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock, history
from app.access import Actor, writing
from app.history import ChangedMeanwhile
from app.permissions import Permission
from app.refusals import Refused
from app.school.people import enrolment
from models.base import database, real_database
from models.board import Board
from models.history import Change, Writer
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, TODAY, school


def at(board: Board, moment: datetime) -> None:
    Board.update(now=moment).where(Board.id == board.id).execute()


def test_a_change_keeps_who_when_before_and_after(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.change(actor, pupil, replace(ANNA, first_name="Hanna"))
    enrolment.move(actor, pupil, seven)
    added, changed, moved = history.changes_of(pupil)
    assert (added.user, added.source, added.at) == (actor.name, "scherm", clock.school_now(actor.board))
    assert (added.action, added.before) == ("added", None)
    assert [(one.name, one.before, one.after) for one in history.field_changes(changed, Pupil)] == [
        ("first_name", "Anna", "Hanna")
    ]
    assert [one.name for one in history.field_changes(moved, Pupil)] == ["year_group"]
    assert {change.kind for change in history.changes_about(pupil.id)} == {"pupil", "placement"}
    assert not Writer.select().exists()


def test_what_changes_nothing_leaves_no_trace_and_no_password_is_kept(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    seen = history.version(pupil)
    enrolment.change(actor, pupil, ANNA)
    assert history.version(pupil) == seen
    with writing(actor):
        actor.user.password_hash = "geheim"
        actor.user.theme = "licht"
        actor.user.save()
    assert not Change.select().where(Change.kind == "user").exists()


def test_nobody_in_particular_leaves_no_trace(db: str) -> None:
    board = make_board()
    make_pupil(make_group(location_of(board)))
    assert not Change.select().exists()


def give_up(actor: Actor, pupil: Pupil) -> None:
    with writing(actor, Permission.EDIT_PUPILS):
        Pupil.update(first_name="Weg").where(Pupil.id == pupil.id).execute()
        raise Refused("toch niet")


def test_what_was_rolled_back_was_never_changed(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    seen = history.version(pupil)
    with pytest.raises(Refused):
        give_up(actor, pupil)
    assert history.version(pupil) == seen
    Pupil.update(first_name="Niemand").where(Pupil.id == pupil.id).execute()
    assert history.version(pupil) == seen


def test_the_second_of_two_is_told_and_nothing_is_overwritten(db: str) -> None:
    first, (six,) = school("6")
    second = make_actor(first.board, name="tweede")
    pupil = enrolment.enrol(first, ANNA, six).pupil
    seen = history.version(pupil)
    enrolment.change(second, pupil, replace(ANNA, last_name="Bakker"), seen)
    with pytest.raises(ChangedMeanwhile, match="tweede heeft dit intussen gewijzigd") as told:
        enrolment.change(first, pupil, replace(ANNA, last_name="Jansen"), seen)
    assert [(one.name, one.before, one.after) for one in told.value.fields] == [("last_name", "Berg", "Bakker")]
    assert Pupil.get_by_id(pupil.id).last_name == "Bakker"
    enrolment.change(first, pupil, replace(ANNA, last_name="Jansen"), history.version(pupil))
    assert Pupil.get_by_id(pupil.id).last_name == "Jansen"


STEPS = st.lists(
    st.tuples(st.sampled_from(["rename", "move", "unsubscribe", "re_enrol", "delete"]), st.integers(0, 3)), max_size=12
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_state_at_any_moment_is_what_it_was_then(db: str, steps: list[tuple[str, int]]) -> None:
    actor, groups = school("5", "6", "7", "8")
    pupil = enrolment.enrol(actor, ANNA, groups[0]).pupil
    moments: list[tuple[datetime, dict[str, Any] | None]] = []
    for number, (step, value) in enumerate(steps):
        moment = clock.school_now(actor.board)
        moments.append((moment, _columns(pupil.id)))
        at(actor.board, moment + timedelta(minutes=number + 1))
        _take(actor, pupil, step, value, groups)
    for moment, expected in moments:
        then = history.state_at(Pupil, [pupil.id], moment)[pupil.id]
        assert (then and _kept(then)) == expected


def _take(actor: Actor, pupil: Pupil, step: str, value: int, groups: Any) -> None:
    row = Pupil.get_or_none(Pupil.id == pupil.id)
    if row is None:
        return
    if step == "delete":
        with writing(actor):
            row.delete_instance()
    elif step == "re_enrol":
        if row.unsubscribed_on:
            enrolment.re_enrol(actor, row)
    elif row.unsubscribed_on:
        return
    elif step == "rename":
        enrolment.change(actor, row, replace(ANNA, first_name=f"Naam{value}"))
    elif step == "move":
        enrolment.move(actor, row, groups[value])
    else:
        enrolment.unsubscribe(actor, row, TODAY + timedelta(days=value), "Verhuizing")


def _columns(pupil_id: int) -> dict[str, Any] | None:
    row = Pupil.get_or_none(Pupil.id == pupil_id)
    return row and {
        field.column_name: row.__data__[name] for name, field in Pupil._meta.fields.items() if name != "sort_name"
    }


def _kept(row: Any) -> dict[str, Any]:
    """A row as `state_at` gives it."""
    return {name: value for name, value in row._asdict().items() if name != "sort_name"}


def in_own_connection(act: Callable[[], Any]) -> Any:
    with database.connection_context():
        return act()


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_a_change_that_is_numbered_earlier_and_committed_later_is_not_missed(db: str) -> None:
    """SQLite has one writer, so there it cannot be."""
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    other = make_actor(make_board(brin="99ZZ"))
    wrote, go_on, read = Event(), Event(), Event()

    def at_work() -> None:
        with writing(actor):
            Pupil.update(first_name="Hanna").where(Pupil.id == pupil.id).execute()
            wrote.set()
            assert go_on.wait(20)

    def look() -> tuple[int, str]:
        seen = history.latest(actor.board.id)
        name = Pupil.get_by_id(pupil.id).first_name
        read.set()
        return seen, name

    with ThreadPoolExecutor(2) as pool:
        working = pool.submit(in_own_connection, at_work)
        assert wrote.wait(20)
        with writing(other):
            make_pupil(make_group(other.location))
        looking = pool.submit(in_own_connection, look)
        while not read.wait(0.01) and not somebody_waits():
            pass
        go_on.set()
        working.result()
        seen, name = looking.result()
    assert name == "Hanna" or history.changed_after(actor.board.id, seen)


def somebody_waits() -> bool:
    return bool(real_database().execute_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()[0])
