"""The draft of a transition: who goes where, kept up to date with the administration, and edited by hand."""

from __future__ import annotations

from datetime import date

import pytest

from app import history
from app.access import NotAllowed
from app.permissions import Role
from app.refusals import Refused
from app.school.group_editing import GroupForm
from app.school.people import enrolment
from app.school.transition import choosing, group_listing, listing, planning, sending
from app.school.transition.report import totals
from app.school.transition.rules import Destination, What
from models.school import Pupil
from models.transition import TransitionGroup, YearTransition
from tests.builders import make_actor, make_group
from tests.school.transition.worlds import (
    AUGUST,
    carry_out,
    destinations,
    move_to,
    proposed,
    pupil,
    row,
    school,
    state_of,
    teacher,
)


def test_everybody_goes_up_and_group_8_to_secondary_education(db: str) -> None:
    actor, groups = school("5/6", "7", "8")
    pupil(groups["5/6"], "Vijf", "5")
    pupil(groups["5/6"], "Zes", "6")
    pupil(groups["7"], "Zeven")
    pupil(groups["8"], "Acht")
    assert destinations(actor) == {"Vijf": "5/6 (leerjaar 6)", "Zes": "7", "Zeven": "8", "Acht": "naar het VO"}
    report = totals(proposed(actor))
    assert (report.count(What.UP), report.count(What.SECONDARY)) == (3, 1)
    assert (report.groups_made, report.groups_ended) == (3, 3)


def test_who_left_by_1_august_does_not_go_along_and_who_leaves_later_does(db: str) -> None:
    actor, groups = school("5", "6")
    for first_name, day in (("Weg", date(2020, 7, 1)), ("Net", date(2020, 8, 1)), ("Later", date(2020, 8, 2))):
        enrolment.unsubscribe(actor, pupil(groups["5"], first_name), day, "Verhuizing")
    assert destinations(actor) == {"Later": "6"}


def test_a_future_pupil_starts_in_the_group_that_was_said_or_that_of_the_year_group(db: str) -> None:
    actor, _groups = school("1a", "1b")
    for first_name, starts_in, day in (
        ("Bo", "1b", date(2020, 8, 17)),
        ("Ans", "", date(2020, 11, 2)),
        ("Ooit", "1a", date(2021, 8, 1)),
    ):
        Pupil.create(
            board=actor.board,
            location=actor.location,
            key=first_name,
            first_name=first_name,
            last_name="Nieuw",
            year_group="1",
            enrolled_from=day,
            starts_in=starts_in,
        )
    assert destinations(actor) == {"Bo": "1b (leerjaar 1, komt erbij)", "Ans": "1a (leerjaar 1, komt erbij)"}
    assert totals(proposed(actor)).count(What.NEW) == 2


def test_a_school_that_grows_gets_the_group_it_lacks(db: str) -> None:
    actor, groups = school("5b")
    pupil(groups["5b"], "Eva")
    assert destinations(actor)["Eva"] == "6b (leerjaar 6)"
    Pupil.delete().where(Pupil.first_name == "Eva").execute()
    assert [line.line.name for line in group_listing.groups(actor, proposed(actor))] == ["5b"]


def test_instruction_groups_end_and_teachers_keep_their_group(db: str) -> None:
    actor, groups = school("5")
    reading = make_group(actor.location, "Lezen", "5", "instructie")
    teacher(groups["5"])
    teacher(reading, "Lezer")
    rows = group_listing.groups(actor, proposed(actor))
    assert [(found.line.name, found.line.wanted, found.teachers) for found in rows] == [
        ("5", True, ("Meester",)),
        ("Lezen", False, ()),
    ]
    assert [(found.name, found.source, found.group) for found in group_listing.teachers_of(actor, proposed(actor))] == [
        ("Lezer", "Lezen", ""),
        ("Meester", "5", "5"),
    ]


def test_the_draft_follows_the_administration_and_says_so_and_keeps_what_was_chosen(db: str) -> None:
    actor, groups = school("5", "6", "7")
    anna, bram = pupil(groups["5"], "Anna"), pupil(groups["5"], "Bram")
    first = planning.propose(actor)
    assert (first.made, first.told) == (True, "")
    sending.send(
        actor, first.transition, [row(actor, first.transition, "Bram")], Destination(What.LEAVES, reason="Verhuizing")
    )
    enrolment.move(actor, anna, groups["6"])
    enrolment.move(actor, bram, groups["6"])
    enrolment.unsubscribe(actor, pupil(groups["7"], "Carla"), date(2020, 6, 1), "Anders")
    pupil(groups["7"], "Dirk")
    again = planning.propose(actor)
    assert again.told == (
        "De administratie is veranderd, dus het voorstel is bijgewerkt: 1 leerling kwam erbij, 1 leerling "
        "kreeg een andere bestemming."
    )
    assert destinations(actor) == {"Anna": "7", "Bram": "gaat van school: Verhuizing", "Dirk": "8"}
    assert row(actor, again.transition, "Bram").source == "6"
    enrolment.unsubscribe(actor, anna, date(2020, 6, 1), "Anders")
    assert "1 leerling gaat niet meer mee (Anna Voorbeeld)" in planning.propose(actor).told


def test_pupils_are_sent_elsewhere_together(db: str) -> None:
    actor, groups = school("5", "6", "7")
    for name in ("Anna", "Bram"):
        pupil(groups["5"], name)
    pupil(groups["6"], "Carla")
    transition = proposed(actor)
    five = TransitionGroup.get(TransitionGroup.name == "5")
    rows = [row for name in ("anna", "bram") for row in listing.pupils(actor, transition, search=name)]
    assert sending.send(actor, transition, rows, Destination(What.UP, five.id, "5")) == 2
    assert {found.first_name: found.destination.what for found in listing.pupils(actor, transition)} == {
        "Anna": What.STAYS,
        "Bram": What.STAYS,
        "Carla": What.UP,
    }
    sending.send(actor, transition, listing.pupils(actor, transition, search="Carla"), Destination(What.SECONDARY))
    assert destinations(actor)["Carla"] == "naar het VO"
    assert listing.count(actor, transition, what=What.STAYS) == 2


def test_a_destination_that_cannot_be_is_refused(db: str) -> None:
    actor, groups = school("5", "6")
    reading = make_group(actor.location, "Lezen", "5", "instructie")
    pupil(groups["5"], "Anna")
    transition = proposed(actor)
    rows = listing.pupils(actor, transition)
    six = TransitionGroup.get(TransitionGroup.name == "6")
    ended = TransitionGroup.get(TransitionGroup.source == reading)
    for to, why in (
        (Destination(What.UP, six.id, "5"), "Leerjaar 5 zit niet in groep 6"),
        (Destination(What.UP, ended.id, "5"), "komt er in 2020-2021 niet"),
        (Destination(What.LEAVES), "Reden van uitschrijving is verplicht"),
    ):
        with pytest.raises(Refused, match=why):
            sending.send(actor, transition, rows, to)
    sending.send(actor, transition, rows, Destination(What.SECONDARY))
    with pytest.raises(Refused, match=r"heeft de bestemming van Anna Voorbeeld .* intussen gewijzigd"):
        sending.send(actor, transition, rows, Destination(What.UP, six.id, "6"))


def test_groups_are_changed_added_and_dropped_while_nobody_goes_to_them(db: str) -> None:
    actor, groups = school("5", "6", "7")
    pupil(groups["5"], "Anna")
    transition = proposed(actor)
    lines = {line.line.name: line.line for line in group_listing.groups(actor, transition)}
    choosing.change_group(actor, lines["6"], GroupForm("Zesjes", "6,7"), True)
    assert destinations(actor) == {"Anna": "Zesjes (leerjaar 6)"}
    for form, wanted, why in (
        (GroupForm("6", "7"), True, "Leerjaar 6 kan niet weg"),
        (GroupForm("6", "6"), False, "er gaat 1 leerling naartoe"),
        (GroupForm("6", "6", "overig"), True, "blijft een basisgroep"),
        (GroupForm("7", "6"), True, "al een groep 7"),
    ):
        with pytest.raises(Refused, match=why):
            choosing.change_group(actor, lines["6"], form, wanted)
    choosing.drop_group(actor, lines["7"])
    choosing.add_group(actor, transition, GroupForm("7", "7"))
    with pytest.raises(Refused, match="al een groep 7"):
        choosing.add_group(actor, transition, GroupForm("7", "7"))
    assert planning.propose(actor).told == ""
    assert [(found.line.name, found.line.wanted) for found in group_listing.groups(actor, transition)] == [
        ("5", True),
        ("7", True),
        ("Zesjes", True),
        ("7", False),
    ]


def test_a_teacher_gets_another_group_and_the_second_who_changes_it_is_told(db: str) -> None:
    actor, groups = school("5", "6")
    teacher(groups["5"])
    transition = proposed(actor)
    (line,) = [found.line for found in group_listing.teachers_of(actor, transition)]
    seen = history.version(line)
    choosing.appoint(actor, line, TransitionGroup.get(TransitionGroup.name == "6"), seen)
    with pytest.raises(history.ChangedMeanwhile):
        choosing.appoint(make_actor(actor.board), line, None, seen)
    assert [found.group for found in group_listing.teachers_of(actor, proposed(actor))] == ["6"]


def test_who_may_not_neither_makes_nor_changes_a_draft(db: str) -> None:
    actor, groups = school("5", "6")
    pupil(groups["5"], "Anna")
    transition = proposed(actor)
    reader = make_actor(actor.board, Role.INTERN_BEGELEIDER)
    assert len(listing.pupils(reader, transition)) == 1
    for attempt in (planning.propose, planning.confirm, planning.withdraw, planning.undo):
        with pytest.raises(NotAllowed):
            attempt(reader)
    with pytest.raises(NotAllowed):
        listing.pupils(make_actor(actor.board, Role.LEERKRACHT), transition)


def test_a_draft_of_a_year_that_began_otherwise_is_forgotten(db: str) -> None:
    actor, _groups = school("5")
    proposed(actor)
    move_to(actor, AUGUST)
    later = make_group(actor.location, "6")
    later.school_year = "2020-2021"
    later.save()
    assert proposed(actor).to_year == "2021-2022"
    assert YearTransition.select().where(YearTransition.location == actor.location).count() == 1


def test_who_is_still_bringing_the_draft_up_to_date_leaves_a_transition_that_ran_alone(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, groups = school("7", "8")
    pupil(groups["7"], "Zeven"), pupil(groups["8"], "Acht")
    move_to(actor, AUGUST)
    proposed(actor)
    before, begun, writing = state_of(actor), [], planning.writing

    def interrupted(*arguments: object) -> object:
        begun.append(arguments)
        if len(begun) == 2:  # between the groups and the first page of pupils
            carry_out(make_actor(actor.board))
        return writing(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(planning, "writing", interrupted)
        assert planning.propose(actor).transition.state == "done"
    planning.undo(actor)
    assert state_of(actor) == before
