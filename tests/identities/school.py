"""What the school does in ESIS, as actions of a state machine; and its invariants afterwards."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from app import clock
from app.refusals import Refused
from app.school import groups
from app.school.people import enrolment, renumbering
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.school.transition.situations import Stage, situation
from app.training.boards import open_partner_accounts
from app.workers import school_time
from app.workers.walker import Walked, walk
from models.school import Group, Placement, Pupil, PupilGuardian
from tests.builders import make_actor, make_board, make_group
from tests.identities.children import CHILDREN, Adult

START = "2020-07-28T09:00"
GROUPS = ("6", "7", "8")
in_group = st.sampled_from(("6", "8", *GROUPS))
child = st.integers(0, len(CHILDREN) - 1)
whom = st.none() | child
"""A child; none is the one something happened to last, for a story is about somebody."""
pick = st.integers(0, 20)
NUMBERS = ("own", "zeros", "new", "given up", "stranger's")
"""What somebody may write as the number of a child."""


class School(RuleBasedStateMachine):
    """A school with three groups; who each pupil and guardian really is, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.pupils: dict[int, int] = {}
        """ESIS pupil, ever -> child."""
        self.carers: dict[int, Adult] = {}
        """ESIS guardian, ever -> adult."""
        self.numbers: dict[str, int] = {}
        """Leerlingnummer, ever -> child."""
        self.fresh_numbers = count(7001, 7)
        self.subject = 0
        self.transitions = 0

    def begin(self, there: set[int]) -> None:
        """A new school with these children; each machine does more before anything happens."""
        self.actor = make_actor(make_board(clock.parse_moment(START)))
        for name in GROUPS:
            make_group(self.actor.location, name, name)
        open_partner_accounts(self.actor.location, clock.parse_moment("2020-01-01T09:00"))
        for number in sorted(there):
            self.enrol(number, "6")

    @property
    def today(self) -> date:
        return clock.school_today(self.actor.board)

    def child(self, number: int | None) -> int:
        """The child, or the previous one."""
        self.subject = self.subject if number is None else number
        return self.subject

    def pupil(self, number: int | None) -> Pupil:
        """The pupil that is this child, or if it is not at the school, the first pupil who is."""
        found = self.of_child(self.child(number)) or self.here()[0]
        self.subject = self.pupils[found.id]
        return found

    def here(self) -> list[Pupil]:
        """The pupils in ESIS."""
        return list(Pupil.select().where(Pupil.location == self.actor.location).order_by(Pupil.id))

    def of_child(self, number: int) -> Pupil | None:
        """The pupil in ESIS that is this child."""
        return next((pupil for pupil in self.here() if self.pupils[pupil.id] == number), None)

    def group(self, name: str) -> Group:
        year = groups.this_year(self.actor)
        found = Group.get_or_none(Group.location == self.actor.location, Group.name == name, Group.school_year == year)
        if found is None:
            found = make_group(self.actor.location, name, name)
            Group.update(school_year=year).where(Group.id == found.id).execute()
            found = Group.get_by_id(found.id)
        return found

    def number_for(self, number: int, key: str, dated: bool = True) -> str:
        """A number that somebody writes for this child; never that of a twin, or without a birth date of a namesake: with
        that number nobody could know that they are meant.
        """
        known, fresh = self.of_child(number), str(next(self.fresh_numbers))
        now = {row.key for row in self.here()}
        truth = CHILDREN[number]
        strange = [
            told
            for told, whose in self.numbers.items()
            if CHILDREN[whose].birth_date != truth.birth_date
            and (dated or CHILDREN[whose].first_name != truth.first_name)
        ]
        others = [told for told in strange if told in now]
        former = [told for told in strange if told not in now]
        told = {
            "own": known.key if known else fresh,
            "zeros": f"00{known.key}" if known else fresh,
            "given up": former[-1] if former else fresh,
            "stranger's": others[0] if others else fresh,
        }
        return told.get(key, fresh)

    def belongs_to(self, pupil: Pupil, number: int) -> None:
        """Note who a new pupil, or one with another number, is."""
        self.pupils[pupil.id] = number
        self.numbers[pupil.key] = number

    @rule(number=whom, group=in_group)
    def enrol(self, number: int | None, group: str) -> None:
        number = self.child(number)
        if self.of_child(number) is not None:
            return
        truth = CHILDREN[number]
        form = PupilForm(truth.first_name, truth.last_name, truth.birth_date)
        carer = GuardianForm(truth.carer.name, truth.carer.email)
        made = enrolment.enrol(self.actor, form, self.group(group), carers=[carer])
        self.belongs_to(made.pupil, number)
        self.note_carers(made.pupil, truth.carer)

    def note_carers(self, pupil: Pupil, adult: Adult) -> None:
        for link in PupilGuardian.select().where(PupilGuardian.pupil == pupil):
            known = self.carers.setdefault(link.guardian_id, adult)
            assert known == adult, f"{pupil.key} was given the guardian {known.name} {known.email}, not {adult.email}"

    @precondition(lambda self: self.here())
    @rule(number=whom, key=st.sampled_from(("new", "new", "new", "given up", "stranger's")))
    def renumber(self, number: int | None, key: str) -> None:
        pupil = self.pupil(number)
        told = self.number_for(self.subject, key)
        if told in self.numbers:
            with pytest.raises(Refused):
                renumbering.renumber(self.actor, pupil, told)
        else:
            self.belongs_to(renumbering.renumber(self.actor, pupil, told), self.subject)

    @precondition(lambda self: self.here())
    @rule(number=whom)
    def delete(self, number: int | None) -> None:
        pupil = self.pupil(number)
        enrolment.delete(self.actor, pupil, CHILDREN[self.subject].first_name.upper())
        self.deleted(pupil)

    def deleted(self, pupil: Pupil) -> None:
        """What goes with it."""

    @precondition(lambda self: self.here())
    @rule(number=whom, group=in_group)
    def move(self, number: int | None, group: str) -> None:
        pupil = self.pupil(number)
        if pupil.unsubscribed_on is None:
            enrolment.move(self.actor, pupil, self.group(group))

    @precondition(lambda self: self.here())
    @rule(number=whom)
    def unsubscribe_or_back(self, number: int | None) -> None:
        pupil = self.pupil(number)
        if pupil.unsubscribed_on is not None:
            enrolment.re_enrol(self.actor, pupil)
        else:
            enrolment.unsubscribe(self.actor, pupil, max(self.today, pupil.enrolled_from), "Verhuizing")

    @precondition(lambda self: self.transitions < 3 and situation(self.actor).stage is not Stage.PLANNED)
    @rule()
    def transition_or_undo(self) -> None:
        """The year transition now, or on 1 August; or the last one is taken back, where nothing stands in the way."""
        self.transitions += 1
        try:
            planning.undo(self.actor)
        except Refused:
            try:
                planning.propose(self.actor)
                planning.confirm(self.actor)
            except Refused:
                return
            assert walk(self.actor.board.id) == Walked.ARRIVED

    @rule(nights=st.sampled_from((1, 2, 2, 3)))
    def nights(self, nights: int) -> None:
        for _ in range(nights):
            school_time.advance(self.actor, school_time.morning_after(clock.school_now(self.actor.board)))
            assert walk(self.actor.board.id) == Walked.ARRIVED
            self.after_a_night()

    def after_a_night(self) -> None:
        """What must hold then."""
        self.check_school()

    def check_school(self) -> None:
        """No child is doubled, none has become another, and nobody cares for a stranger's child."""
        rows = self.here()
        children = [self.pupils[row.id] for row in rows]
        assert len(children) == len(set(children)), "a child is in ESIS twice"
        for row in rows:
            truth = CHILDREN[self.pupils[row.id]]
            described = (row.first_name.casefold(), row.last_name, row.birth_date)
            assert described == (truth.first_name.casefold(), truth.last_name, truth.birth_date), (
                f"pupil {row.key} became somebody else"
            )
            for link in PupilGuardian.select().where(PupilGuardian.pupil == row):
                assert self.carers[link.guardian_id] == truth.carer, f"a stranger cares for {truth.name}"
            bases = Placement.select().where(Placement.pupil == row, Placement.kind == "basis")
            assert len({seat.school_year for seat in bases}) == bases.count()
