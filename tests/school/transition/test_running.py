"""Confirming, the run, its report, and undoing; and what prevents that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import clock, history
from app.access import Actor
from app.permissions import Role
from app.refusals import Refused
from app.runs import State
from app.school import group_editing, groups, years
from app.school.group_editing import GroupForm
from app.school.people import enrolment
from app.school.transition import applying, choosing, planning, running, sending
from app.school.transition.rules import Destination, What
from app.school.transition.situations import Stage, situation
from app.workers.walker import walk
from models.history import Change
from models.run import Run
from models.school import Group, GroupTeacher, Pupil
from tests.builders import make_actor, make_group
from tests.school.transition.worlds import (
    AUGUST,
    BEGINS,
    NEXT,
    carry_out,
    move_to,
    proposed,
    pupil,
    row,
    school,
    seat,
    state_of,
    teacher,
)


@pytest.fixture
def world(db: str) -> tuple[Actor, dict[str, Pupil]]:
    """Groups 5 to 8 with a pupil each, on 3 August; a teacher before 5 and an instruction group."""
    actor, found = school("5", "6", "7", "8")
    pupils = {name: pupil(group, f"Van{name}") for name, group in found.items()}
    teacher(found["5"])
    make_group(actor.location, "Lezen", "5", "instructie")
    move_to(actor, AUGUST)
    return actor, pupils


def fresh(who: Pupil) -> Pupil:
    return Pupil.get_by_id(who.id)


def test_on_or_after_1_august_it_runs_at_once(world: tuple[Actor, dict[str, Pupil]]) -> None:
    actor, pupils = world
    done = carry_out(actor)
    assert (done.state, situation(actor).stage) == ("done", Stage.NONE)
    assert groups.this_year(actor) == NEXT
    assert [group.name for group in groups.visible(actor)] == ["5", "6", "7", "8"]
    assert [seat(pupils[name]) for name in ("5", "6", "7", "8")] == ["6", "7", "8", ""]
    assert [fresh(pupils[name]).year_group for name in ("5", "8")] == ["6", "8"]
    gone = fresh(pupils["8"])
    assert (gone.unsubscribed_on, gone.unsubscribe_reason) == (BEGINS, "Naar het voortgezet onderwijs")
    assert [row.group.name for row in GroupTeacher.select().join(Group).where(Group.school_year == NEXT)] == ["5"]
    report = situation(actor).report
    assert report.sentence() == ("Leerlingen: 3 gaan over, 1 naar het VO. Groepen: 4 gemaakt, 5 beëindigd.")


def test_it_is_in_the_history_under_the_name_of_who_confirmed(world: tuple[Actor, dict[str, Pupil]]) -> None:
    actor, pupils = world
    carry_out(actor)
    changes = history.changes_about(pupils["5"].id)
    assert {(change.kind, change.user, change.source) for change in changes} == {
        ("pupil", actor.name, "jaarovergang"),
        ("placement", actor.name, "jaarovergang"),
    }
    before = history.state_at(Pupil, [pupils["8"].id], clock.parse_moment(AUGUST) - timedelta(seconds=1))
    assert before[pupils["8"].id].unsubscribed_on is None


def test_who_is_unsubscribed_while_the_run_looks_is_seen_before_it_applies(
    world: tuple[Actor, dict[str, Pupil]], monkeypatch: pytest.MonkeyPatch
) -> None:

    actor, pupils = world
    look, left = running._look, [True]

    def unsubscribe_after(*arguments: object) -> object:
        page = look(*arguments)  # type: ignore[arg-type]
        if left.pop() if left else False:
            enrolment.unsubscribe(actor, pupils["5"], date(2020, 8, 3), "Verhuizing")
        return page

    monkeypatch.setattr(running, "_look", unsubscribe_after)
    carry_out(actor)
    assert seat(pupils["5"]) == ""
    assert fresh(pupils["5"]).unsubscribe_reason == "Verhuizing"
    assert situation(actor).report.since.gone == 1


def test_a_run_that_fails_leaves_the_old_year_and_can_be_confirmed_again(
    world: tuple[Actor, dict[str, Pupil]], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, _pupils = world
    before = state_of(actor)
    proposed(actor)
    planning.confirm(actor)

    def broken(*_: object) -> None:
        raise ArithmeticError

    with monkeypatch.context() as patch:
        patch.setattr(applying, "STEPS", (*applying.STEPS, broken))
        walk(actor.board.id)
    assert state_of(actor) == before
    assert (situation(actor).stage, Run.get().state) == (Stage.FAILED, State.FAILED)
    assert "ArithmeticError" in situation(actor).error
    carry_out(actor)
    assert groups.this_year(actor) == NEXT


def test_a_group_renamed_to_what_somebody_chose_for_another_gets_a_number(db: str) -> None:
    actor, found = school("6", "7")
    zes, zeven = pupil(found["6"], "Zes"), pupil(found["7"], "Zeven")
    transition = proposed(actor)
    extra = choosing.add_group(actor, transition, GroupForm("7a", "7,8"))
    sending.send(actor, transition, [row(actor, transition, "Zes")], Destination(What.UP, extra.id, "7"))
    group_editing.change(actor, found["7"], GroupForm("7a", "7,8"))
    move_to(actor, AUGUST)
    assert carry_out(actor).state == "done"
    assert {seat(zes), seat(zeven)} == {"7a", "7a (2)"}


def test_taking_back_restores_everything_and_it_can_be_done_again(world: tuple[Actor, dict[str, Pupil]]) -> None:
    actor, pupils = world
    before = state_of(actor)
    transition = proposed(actor)
    sending.send(actor, transition, [row(actor, transition, "Van6")], Destination(What.LEAVES, reason="Verhuizing"))
    carry_out(actor)
    after = state_of(actor)
    planning.undo(actor)
    assert state_of(actor) == before
    assert years.working_year(actor.location, date(2020, 8, 3)) == "2019-2020"
    assert history.changes_about(pupils["5"].id)[0].source == "jaarovergang"
    with pytest.raises(Refused, match="geen jaarovergang om terug te draaien"):
        planning.undo(actor)
    carry_out(actor)
    again = state_of(actor)
    assert again["pupils"] == after["pupils"]
    assert [group[3] for group in again["groups"]] == [group[3] for group in after["groups"]]
    assert Run.select().where(Run.state == State.SUCCEEDED).count() == 2


@pytest.mark.parametrize("what", ["pupil", "placement", "group", "teacher", "deleted"])
def test_after_a_change_it_is_not_taken_back_and_the_change_is_named(
    world: tuple[Actor, dict[str, Pupil]], what: str
) -> None:
    from app.school import group_editing

    actor, pupils = world
    carry_out(actor)
    other = make_actor(actor.board, Role.ADMINISTRATIE, name="ada")
    seven = Group.get(Group.name == "7", Group.school_year == NEXT)
    if what == "pupil":
        enrolment.unsubscribe(other, pupils["5"], date(2020, 9, 1), "Verhuizing")
        told = r"ada leerling Van5 Voorbeeld \(\d+\) gewijzigd"
    elif what == "placement":
        enrolment.move(other, pupils["5"], Group.get(Group.name == "5", Group.school_year == NEXT), "5")
        told = r"ada leerling Van5"
    elif what == "group":
        group_editing.add(other, group_editing.GroupForm("9", "8"))
        told = "ada groep 9 toegevoegd"
    elif what == "teacher":
        form = group_editing.GroupForm("7", "7", teachers=frozenset({GroupTeacher.get().staff_id}))
        group_editing.change(other, seven, form)
        told = "ada een leerkracht van groep 7 toegevoegd"
    else:
        from app.access import writing

        with writing(other):
            pupils["7"].delete_instance()
        told = r"ada .* verwijderd"
    with pytest.raises(Refused, match=f"kan niet meer worden teruggedraaid. Op ma 3-8-2020 09:00 heeft {told}"):
        planning.undo(actor)
    assert seat(pupils["6"]) == "7"


def test_after_an_exchange_it_is_not_taken_back_and_the_exchange_is_named(
    world: tuple[Actor, dict[str, Pupil]],
) -> None:
    actor, _pupils = world
    carry_out(actor)
    slot = clock.parse_moment("2020-08-04T01:30")
    run = Run.create(board=actor.board, location=actor.location, job="basispoort", slot=slot, not_before=slot)
    Run.update(state=State.SUCCEEDED, counts='{"received": 4, "replaced": 4}').where(Run.id == run.id).execute()
    with pytest.raises(Refused, match="uitwisseling basispoort van di 4-8-2020 01:30"):
        planning.undo(actor)


def test_a_change_at_another_location_or_before_it_is_no_obstacle(db: str) -> None:
    actor, found = school("5", "6")
    anna = pupil(found["5"], "Anna")
    move_to(actor, AUGUST)
    enrolment.move(actor, anna, found["6"])
    carry_out(actor)
    Change.create(
        board=actor.board,
        at=clock.parse_moment(AUGUST),
        user="x",
        source="x",
        kind="pupil",
        record_id=10**6,
        pupil_id=10**6,
        action="changed",
        before="{}",
        after="{}",
    )
    planning.undo(actor)


def test_the_next_year_can_be_planned_at_once_and_then_this_one_stays(world: tuple[Actor, dict[str, Pupil]]) -> None:
    actor, pupils = world
    carry_out(actor)
    assert proposed(actor).to_year == "2021-2022"
    planning.confirm(actor)
    assert situation(actor).begins == clock.parse_moment("2021-08-01")
    with pytest.raises(Refused, match="Trek die eerst in"):
        planning.undo(actor)
    planning.withdraw(actor)
    planning.undo(actor)
    assert seat(pupils["5"]) == ""
