"""Any sequence of events in ESIS, Mijnschoolinfo and the nights, against a small model.

The model knows only the table of sources.md#mijnschoolinfo.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from app import clock
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, editing, lists, overview
from app.partners.mijnschoolinfo.delivery_preview import preview
from app.partners.mijnschoolinfo.editing import PupilForm as MadeByHand
from app.school import groups
from app.school.people import enrolment, guardians, staff
from app.school.people.staff import StaffForm
from app.school.transition import planning
from app.workers.walker import Walked, walk
from models.base import is_sqlite
from models.partners.mijnschoolinfo import MsiGroup, MsiGuardian, MsiPupil, MsiStaff
from models.school import Group, Guardian, Pupil, StaffMember
from tests.builders import make_group
from tests.partners.mijnschoolinfo.model import Esis, Person, Theirs
from tests.partners.mijnschoolinfo.worlds import CODE, World, carer, couple, uncoupled

AUGUST = date(2020, 8, 1)
NEXT = {"6": "7", "7": "8"}
pick = st.integers(0, 50)


class Sequence(RuleBasedStateMachine):
    """A school at the end of July; every rule is something a person or the night does."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count(1)
        self.esis, self.theirs = Esis(), Theirs()
        self.kept: list[tuple[datetime, Esis]] = []
        self.since: dict[int, date] = {}
        self.paused, self.done = False, False

    @initialize(start=st.sampled_from(["2020-07-30T09:00", "2020-07-31T09:00"]), people=st.integers(1, 6))
    def begin(self, start: str, people: int) -> None:
        self.world: World = uncoupled(start)
        self.world.groups["8"] = make_group(self.world.actor.location, "8", "8")
        couple(self.world)
        for number in range(people):
            self.enrol("8678"[number % 4], number // 2)
        self.add_staff()
        self.nights(1)

    def teardown(self) -> None:
        """Whatever happened, two nights bring everything where it belongs."""
        if hasattr(self, "world"):
            if self.paused:
                self.pause_or_resume()
            self.nights(2)

    @property
    def now(self) -> datetime:
        return clock.school_now(self.world.actor.board)

    def changed(self) -> None:
        self.kept.append((self.now, deepcopy(self.esis)))

    def at(self, cut_off: datetime) -> Esis:
        return next((esis for moment, esis in reversed(self.kept) if moment < cut_off), Esis())

    def some(self, rows: dict[Any, Any], number: int) -> Any:
        return sorted(rows)[number % len(rows)]

    @rule(group=st.sampled_from("678"), family=st.integers(0, 3))
    def enrol(self, group: str, family: int) -> None:
        name = f"P{next(self.numbers)} F{family}"
        pupil = self.world.enrol(name, group, guardian=f"Ouder F{family} <f{family}@voorbeeld.nl>")
        row = Guardian.get(Guardian.email == f"f{family}@voorbeeld.nl", Guardian.board == self.world.actor.board)
        self.esis.pupils[pupil.id] = (name, group, None)
        self.since[pupil.id] = self.now.date()
        self.esis.carers[pupil.id] = {row.id}
        self.esis.guardians[row.id] = row.name
        self.changed()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick)
    def rename(self, number: int) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        first = f"N{next(self.numbers)}"
        self.world.rename(pupil, first)
        _, group, until = self.esis.pupils[pupil.id]
        self.esis.pupils[pupil.id] = (f"{first} {pupil.last_name}", group, until)
        self.changed()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick, group=st.sampled_from("678"))
    def move(self, number: int, group: str) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        name, _, until = self.esis.pupils[pupil.id]
        if until is None:
            enrolment.move(self.world.actor, pupil, self.world.groups[group])
            self.esis.pupils[pupil.id] = (name, group, until)
            self.changed()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick)
    def unsubscribe(self, number: int) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        name, group, until = self.esis.pupils[pupil.id]
        if until is None:
            enrolment.unsubscribe(self.world.actor, pupil, self.now.date(), "Verhuisd")
            self.esis.pupils[pupil.id] = (name, group, self.now.date())
            self.changed()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick)
    def delete(self, number: int) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        enrolment.delete(self.world.actor, pupil, pupil.first_name)
        del self.esis.pupils[pupil.id], self.esis.carers[pupil.id]
        self.forget_guardians()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick)
    def add_guardian(self, number: int) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        name = f"Oma {next(self.numbers)}"
        row = guardians.add(self.world.actor, pupil, carer(name, f"{name.replace(' ', '')}@voorbeeld.nl"))
        self.esis.carers[pupil.id].add(row.id)
        self.esis.guardians[row.id] = name
        self.changed()

    @precondition(lambda self: self.esis.pupils)
    @rule(number=pick)
    def unlink_guardian(self, number: int) -> None:
        pupil = Pupil.get_by_id(self.some(self.esis.pupils, number))
        for guardian in sorted(self.esis.carers[pupil.id])[:1]:
            guardians.unlink(self.world.actor, pupil, guardian)
            self.esis.carers[pupil.id].discard(guardian)
        self.forget_guardians()

    def forget_guardians(self) -> None:
        caring = {guardian for found in self.esis.carers.values() for guardian in found}
        self.esis.guardians = {number: name for number, name in self.esis.guardians.items() if number in caring}
        self.changed()

    @rule()
    def add_staff(self) -> None:
        row = staff.add(self.world.actor, StaffForm("Juf", f"J{next(self.numbers)}"))
        self.esis.staff[row.id] = f"Juf {row.last_name}"
        self.changed()

    @precondition(lambda self: self.esis.staff)
    @rule(number=pick)
    def deactivate_staff(self, number: int) -> None:
        chosen = self.some(self.esis.staff, number)
        staff.deactivate(self.world.actor, StaffMember.get_by_id(chosen))
        del self.esis.staff[chosen]
        self.changed()

    @precondition(lambda self: not self.done and self.now.date() >= AUGUST)
    @rule()
    def year_transition(self) -> None:
        planning.propose(self.world.actor)
        planning.confirm(self.world.actor)
        assert walk(self.world.actor.board.id) == Walked.ARRIVED
        self.done = True
        self.esis.year = groups.this_year(self.world.actor)
        for number, (name, group, until) in self.esis.pupils.items():
            new = self.since[number] >= AUGUST  # who came after the year began stays where it was put
            gone = AUGUST if until is None and group == "8" and not new else until
            self.esis.pupils[number] = (name, "" if gone else group if new else NEXT[group], gone)
        here = Group.select().where(Group.location == self.world.actor.location, Group.school_year == self.esis.year)
        self.world.groups.update({group.name: group for group in here})
        for name in set("678") - {group.name for group in here}:
            self.world.groups[name] = make_new_group(self.world, name, self.esis.year)
        self.changed()

    def there(self, model: Any, number: int, **which: Any) -> Any:
        rows = model.select().where(model.school == self.world.school, model.esis_id.is_null(False))
        found = [row for row in rows.order_by(model.esis_id) if (row.deleted_at is not None) == which["deleted"]]
        return found[number % len(found)] if found else None

    @rule(number=pick)
    def they_rename(self, number: int) -> None:
        if row := self.there(MsiPupil, number, deleted=False):
            first = f"T{next(self.numbers)}"
            editing.change(self.world.school, "pupil", row.id, {"first_name": first})
            self.theirs.pupils[row.esis_id].name = f"{first} {row.last_name}"

    @rule(number=pick, kind=st.sampled_from(["pupil", "guardian", "staff"]))
    def they_delete(self, number: int, kind: str) -> None:
        if row := self.there(editing.KINDS[kind], number, deleted=False):
            editing.delete(self.world.school, kind, row.id)
            self.of(kind)[row.esis_id].deleted = True

    @rule(number=pick, kind=st.sampled_from(["pupil", "guardian", "staff"]))
    def they_restore(self, number: int, kind: str) -> None:
        if row := self.there(editing.KINDS[kind], number, deleted=True):
            editing.restore(self.world.school, kind, row.id)
            self.of(kind)[row.esis_id].deleted = False

    def of(self, kind: str) -> dict[int, Person]:
        return {"pupil": self.theirs.pupils, "guardian": self.theirs.guardians, "staff": self.theirs.staff}[kind]

    @rule(number=pick)
    def they_make_a_group(self, number: int) -> None:
        name, made = f"BSO {next(self.numbers)}", f"Zelf {next(self.numbers)}"
        row = self.there(MsiPupil, number, deleted=False)
        group = editing.add_group(self.world.school, name, [row.id] if row else [])
        editing.add_pupil(self.world.school, MadeByHand(made, "Gemaakt", group=group.id))
        self.theirs.made[f"{made} Gemaakt"] = Person("", own={name})
        if row:
            self.theirs.pupils[row.esis_id].own.add(name)

    @rule()
    def pause_or_resume(self) -> None:
        self.paused = not self.paused
        lifecycle.change_code(self.world.actor, account.ID, "" if self.paused else CODE)

    @rule(hour=st.sampled_from([16, 17, 20]))
    def later_today(self, hour: int) -> None:
        moment = self.now.replace(hour=hour, minute=0)
        if moment > self.now:
            self.world.to(clock.iso(moment))

    @rule(nights=st.integers(1, 3))
    def nights(self, nights: int) -> None:
        for _ in range(nights):
            told = preview(self.world.school)
            morning = self.now.replace(hour=8, minute=0) + timedelta(days=1)
            runs = self.world.to(clock.iso(morning))
            assert [bool(run.skipped) for run in runs] == [self.paused]
            if not self.paused:
                cut_off = clock.cut_off_before(morning)
                self.theirs.take(self.at(cut_off), cut_off.date())
                self.as_told(told)
            self.compare()

    def as_told(self, told: Any) -> None:
        done = overview.deliveries(self.world.fresh())[0]
        assert [(line.kind, line.action, line.name) for line in told.lines] == [
            (line.kind, line.action, line.name) for line in overview.lines(done)
        ]

    def compare(self) -> None:
        school = self.world.fresh()
        wanted = {row.name: (row.group, row.own) for row in self.theirs.pupils.values() if not row.deleted} | {
            name: ("", row.own) for name, row in self.theirs.made.items()
        }
        own = {row.name for row in MsiGroup.select().where(MsiGroup.school == school, MsiGroup.origin == "own")}
        found = {row.name: set(row.belongs) for row in lists.pupils(school)}
        assert found == {name: {group} - {""} | mine for name, (group, mine) in wanted.items()}
        assert own == {group for row in (*self.theirs.pupils.values(), *self.theirs.made.values()) for group in row.own}
        self.compare_names(MsiGuardian, self.theirs.guardians)
        self.compare_names(MsiStaff, self.theirs.staff)

    def compare_names(self, model: Any, wanted: dict[int, Person]) -> None:
        rows = model.select().where(model.school == self.world.school)
        assert {row.esis_id: (editing.name_of(row), row.deleted_at is not None) for row in rows} == {
            number: (row.name, row.deleted) for number, row in wanted.items()
        }


def make_new_group(world: World, name: str, year: str) -> Group:
    group = make_group(world.actor.location, name, name)
    group.school_year = year
    group.save()
    return group


@pytest.mark.usefixtures("db")
def test_whatever_happens_mijnschoolinfo_has_what_the_table_says() -> None:
    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=10 if is_sqlite() else 3,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
