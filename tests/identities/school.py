"""What the school does at ESIS, in a machine of any sequence; and what must hold of it afterwards."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app import clock
from app.couplings import lifecycle
from app.partners.iep_lvs import account as iep
from app.partners.iep_lvs import connection
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.refusals import Refused
from app.school import groups
from app.school.files import imports
from app.school.files.import_doubts import Choice, Doubt, Kind
from app.school.people import enrolment, guardians, renumbering
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.training.boards import open_partner_accounts
from app.workers import school_time
from app.workers.walker import Walked, walk
from models.assessment import ActiveAssessment
from models.school import Group, Placement, Pupil, PupilGuardian
from tests.builders import make_actor, make_board, make_group
from tests.identities.children import CHILDREN, Adult
from tests.school.files.edex import edex
from tests.school.files.edex import pupil as edex_pupil

START = "2020-07-28T09:00"
IEP_CODE, ASSESSMENTS = "99QQ00identiteiteniep", ("lezen-6", "rekenen-6", "lezen-7", "rekenen-7")
child = st.integers(0, len(CHILDREN) - 1)
pick = st.integers(0, 20)


class School(RuleBasedStateMachine):
    """A school with three groups, coupled to IEP LVS; who each pupil and guardian really is, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.pupils: dict[int, int] = {}
        """ESIS pupil, ever -> child."""
        self.carers: dict[int, Adult] = {}
        """ESIS guardian, ever -> adult."""
        self.fresh_numbers = count(7001, 7)

    @initialize()
    def begin(self) -> None:
        self.actor = make_actor(make_board(clock.parse_moment(START)))
        self.groups = {name: make_group(self.actor.location, name, name) for name in ("6", "7", "8")}
        open_partner_accounts(self.actor.location, clock.parse_moment("2020-01-01T09:00"))
        for assessment in ASSESSMENTS:
            ActiveAssessment.create(location=self.actor.location, assessment=assessment)
        self.iep = iep.school_of(self.actor.location)
        self.msi = mijnschoolinfo.school_of(self.actor.location)
        lifecycle.activate(self.actor, "iep-lvs", "R. Victor", True, IEP_CODE)
        assert connection.connect(self.iep, IEP_CODE).ok
        for number in (0, 1, 2):
            self.enrol(number, "6")

    @property
    def today(self) -> date:
        return clock.school_today(self.actor.board)

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

    @rule(number=child, group=st.sampled_from("67"))
    def enrol(self, number: int, group: str) -> None:
        if self.of_child(number) is not None:
            return
        truth = CHILDREN[number]
        form = PupilForm(truth.first_name, truth.last_name, truth.birth_date)
        carer = GuardianForm(truth.carer.name, truth.carer.email)
        made = enrolment.enrol(self.actor, form, self.group(group), carers=[carer])
        self.pupils[made.pupil.id] = number
        self.note_carers(made.pupil, truth.carer)

    @rule(number=child, key=st.sampled_from(("own", "zeros", "new", "stranger's")), dated=st.booleans())
    def import_file(self, number: int, key: str, dated: bool) -> None:
        """A file of one child, whose number may be wrong; somebody who knows the children decides what is in doubt."""
        truth, known = CHILDREN[number], self.of_child(number)
        others = [one for one in self.here() if CHILDREN[self.pupils[one.id]].birth_date != truth.birth_date]
        fresh = str(next(self.fresh_numbers))
        told = {
            "own": known.key if known else fresh,
            "zeros": f"00{known.key}" if known else fresh,
            "new": fresh,
            "stranger's": others[0].key if others else fresh,
        }[key]
        born = truth.birth_date.isoformat() if dated else ""
        file = edex(
            edex_pupil(told, truth.first_name.upper(), truth.last_name, born=born), year=groups.this_year(self.actor)
        )
        planned = imports.preview(self.actor, file)
        assert not planned.errors, planned.errors
        choices = {doubt.key: self.decided_in(doubt, known) for doubt in planned.doubts}
        try:
            imports.apply(self.actor, imports.decide(self.actor, planned, choices) if choices else planned)
        except Refused:
            return
        for row in self.here():
            if row.id not in self.pupils:
                self.pupils[row.id] = number
                Pupil.update(birth_date=truth.birth_date).where(Pupil.id == row.id).execute()
        self.check_school()

    @staticmethod
    def decided_in(doubt: Doubt, known: Pupil | None) -> Choice:
        same = Choice(Kind.SAME, known.key) if known else None
        return next(one for one in (same, Choice(Kind.OTHER), Choice(Kind.SKIP)) if one in doubt.choices)

    def note_carers(self, pupil: Pupil, adult: Adult) -> None:
        for link in PupilGuardian.select().where(PupilGuardian.pupil == pupil):
            known = self.carers.setdefault(link.guardian_id, adult)
            assert known == adult, f"{pupil.key} was given the guardian {known.name} {known.email}, not {adult.email}"

    @precondition(lambda self: self.here())
    @rule(number=pick)
    def renumber(self, number: int) -> None:
        pupil = self.some(number)
        renumbering.renumber(self.actor, pupil, str(next(self.fresh_numbers)))

    @precondition(lambda self: self.here())
    @rule(number=pick)
    def delete(self, number: int) -> None:
        pupil = self.some(number)
        enrolment.delete(self.actor, pupil, CHILDREN[self.pupils[pupil.id]].first_name.upper())
        self.deleted(pupil)

    def deleted(self, pupil: Pupil) -> None:
        """What goes with it."""

    @precondition(lambda self: self.here())
    @rule(number=pick, group=st.sampled_from("67"))
    def move(self, number: int, group: str) -> None:
        pupil = self.some(number)
        if pupil.unsubscribed_on is None:
            enrolment.move(self.actor, pupil, self.group(group))

    @precondition(lambda self: self.here())
    @rule(number=pick)
    def unsubscribe_or_back(self, number: int) -> None:
        pupil = self.some(number)
        if pupil.unsubscribed_on is not None:
            enrolment.re_enrol(self.actor, pupil)
        else:
            enrolment.unsubscribe(self.actor, pupil, max(self.today, pupil.enrolled_from), "Verhuizing")

    @precondition(lambda self: self.here())
    @rule(number=pick)
    def delete_guardian(self, number: int) -> None:
        pupil = self.some(number)
        link = PupilGuardian.select().where(PupilGuardian.pupil == pupil).first()
        if link is not None:
            guardians.delete(self.actor, link.guardian_id)

    def give_carer(self, pupil: Pupil) -> None:
        """Who takes care of somebody is entered again where it was deleted."""
        adult = CHILDREN[self.pupils[pupil.id]].carer
        if not PupilGuardian.select().where(PupilGuardian.pupil == pupil).exists():
            guardians.add(self.actor, pupil, GuardianForm(adult.name, adult.email))
            self.note_carers(pupil, adult)

    @rule()
    def transition_or_undo(self) -> None:
        """The year transition now; or the last one is taken back, where nothing stands in the way."""
        try:
            planning.undo(self.actor)
        except Refused:
            try:
                planning.propose(self.actor)
                planning.confirm(self.actor)
            except Refused:
                return
            assert walk(self.actor.board.id) == Walked.ARRIVED

    @rule(nights=st.integers(1, 4))
    def nights(self, nights: int) -> None:
        for _ in range(nights):
            school_time.advance(self.actor, school_time.morning_after(clock.school_now(self.actor.board)))
            assert walk(self.actor.board.id) == Walked.ARRIVED
            self.after_a_night()

    def after_a_night(self) -> None:
        """What must hold then."""

    def some(self, number: int) -> Pupil:
        rows = self.here()
        return rows[number % len(rows)]

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
