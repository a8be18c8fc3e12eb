"""Sittings at IEP LVS, as actions of a state machine; and the invariants of results."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from app.couplings import lifecycle, rollback, unmatched
from app.partners.iep_lvs import account, connection, moving
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import delivery_status, merging, sitting
from app.refusals import Refused
from models.assessment import ActiveAssessment, Result, UnmatchedResult
from models.partners.iep_lvs import IepGroup, IepPupil, IepSitting
from models.school import Pupil
from tests.identities.children import whose
from tests.identities.school import School, child, pick, whom

CODE = "99QQ00identiteiteniep"
ASSESSMENTS = ("lezen-6", "lezen-7", "lezen-8")


class Outcomes(School):
    """IEP LVS beside the school: whose each account and each outcome really is."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts: dict[int, int] = {}
        """Account at IEP LVS -> child."""
        self.sat: dict[str, int] = {}
        """Key of an outcome -> who really sat."""
        self.not_in_esis: set[str] = set()
        """Keys of outcomes that ESIS took and does not have any more: taken back, or gone with the pupil."""
        self.was_listed: set[str] = set()
        """Keys of outcomes that were on the list of results without a pupil."""

    @initialize(there=st.sets(child, min_size=2, max_size=4))
    def begin_with(self, there: set[int]) -> None:
        self.begin(there)
        for assessment in ASSESSMENTS:
            ActiveAssessment.create(location=self.actor.location, assessment=assessment)
        self.iep = account.school_of(self.actor.location)
        lifecycle.activate(self.actor, "iep-lvs", "R. Victor", True, CODE)
        assert connection.connect(self.iep, CODE).ok
        self.nights(2)  # first to Basispoort, then to IEP LVS

    @precondition(lambda self: self.not_sat())
    @rule(number=whom)
    def sit(self, number: int | None) -> None:
        """The group of a child sits; afterwards everybody in it has."""
        self.child(number)
        seats = self.not_sat()
        group = next((row.year_group for row in seats if self.accounts[row.id] == self.subject), seats[0].year_group)
        with suppress(Refused):
            sitting.sit(SUPPLIER, self.iep, f"lezen-{group}", group)
        self.note_sittings()
        sat = {row.pupil_id for row in self.sittings() if (row.assessment, row.date) == (f"lezen-{group}", self.today)}
        missed = [row.key for row in self.seats() if row.year_group == group and row.id not in sat]
        assert not missed, f"could not sit: {missed}"

    @precondition(lambda self: self.may_be_wrong())
    @rule(number=pick)
    def sat_under_the_wrong_name(self, number: int) -> None:
        """A sitting was another child's, who did not sit that day: IEP LVS moves it, and the wrong one can sit again."""
        rows = self.may_be_wrong()
        row, right = rows[number % len(rows)]
        moving.move(self.iep, row.assessment, row.date, row.pupil.key, right.key)
        for moved in self.sittings(parts=True):
            if (moved.pupil_id, moved.assessment, moved.date) == (right.id, row.assessment, row.date):
                self.sat[moved.key] = self.accounts[right.id]

    def may_be_wrong(self) -> list[tuple[IepSitting, IepPupil]]:
        """Sittings of today, or the last one, each with an account of a child who did not sit it that day."""
        rows = self.sittings()
        there = list(IepPupil.select().where(IepPupil.school == self.iep, IepPupil.active).order_by(IepPupil.id))
        sat = {(self.accounts[row.pupil_id], row.assessment, row.date) for row in rows}
        late = [row for row in rows if row.date == self.today] or rows[-1:]
        return [
            (row, right)
            for row in late
            for right in there
            if (self.accounts[right.id], row.assessment, row.date) not in sat
        ]

    @precondition(lambda self: self.doubled())
    @rule(number=pick)
    def merge(self, number: int) -> None:
        """Two accounts that really are of one child become one."""
        pairs = self.doubled()
        pair = pairs[number % len(pairs)]
        with suppress(Refused):
            merging.merge(SUPPLIER, self.iep, pair.source.key, pair.target.key)

    def doubled(self) -> list[merging.Pair]:
        """Accounts that are likely one, and really are."""
        pairs = merging.likely(SUPPLIER, self.iep)
        return [pair for pair in pairs if self.accounts[pair.source.id] == self.accounts[pair.target.id]]

    @precondition(lambda self: self.keys_in_esis())
    @rule()
    def send_again(self) -> None:
        with suppress(Refused):
            delivery_status.send_again(SUPPLIER, self.iep)

    @precondition(lambda self: self.keys_in_esis())
    @rule()
    def roll_back(self) -> None:
        before = self.keys_in_esis()
        with suppress(Refused):
            rollback.roll_back(self.actor, rollback.last(self.actor, SUPPLIER.id))
        self.not_in_esis |= before - self.keys_in_esis()

    @precondition(lambda self: unmatched.open_unmatched(self.actor))
    @rule(number=pick, again=st.booleans())
    def match_by_hand(self, number: int, again: bool) -> None:
        """Somebody who knows whose it is solves a line of the list; the child may first be enrolled again."""
        rows = unmatched.open_unmatched(self.actor)
        row = rows[number % len(rows)]
        self.child(self.sat[row.supplier_key])
        account = IepPupil.get(IepPupil.school == self.iep, IepPupil.key == row.pupil_key)
        if self.accounts[account.id] != self.subject:  # it was moved there, so the next night says whose it is
            return
        if again and self.of_child(self.subject) is None:
            self.enrol(None, "6")
        pupil = self.of_child(self.subject)
        with suppress(Refused):
            if pupil is None:
                unmatched.dismiss(self.actor, row)
            else:
                unmatched.match(self.actor, row, pupil)

    def deleted(self, pupil: Pupil) -> None:
        super().deleted(pupil)
        self.not_in_esis |= {key for key, number in self.sat.items() if number == self.pupils[pupil.id]}

    def after_a_night(self) -> None:
        super().after_a_night()
        self.note_accounts()
        self.note_sittings()
        self.check_outcomes()

    def note_accounts(self) -> None:
        """Who a new account is, says the name under which it came."""
        for row in IepPupil.select().where(IepPupil.school == self.iep):
            self.accounts.setdefault(row.id, whose(row))

    def note_sittings(self) -> None:
        for row in self.sittings(parts=True):
            self.sat.setdefault(row.key, self.accounts[row.pupil_id])

    def seats(self) -> list[IepPupil]:
        """The accounts that can sit what is for their group."""
        self.note_accounts()
        names = {row.key: row.name for row in IepGroup.select().where(IepGroup.school == self.iep, IepGroup.active)}
        rows = IepPupil.select().where(IepPupil.school == self.iep, IepPupil.active).order_by(IepPupil.id)
        return [row for row in rows if names.get(row.group_key) == row.year_group]

    def not_sat(self) -> list[IepPupil]:
        """Those of them who did not today."""
        sat = {(row.pupil_id, row.assessment) for row in self.sittings() if row.date == self.today}
        return [row for row in self.seats() if (row.id, f"lezen-{row.year_group}") not in sat]

    def sittings(self, parts: bool = False) -> list[IepSitting]:
        query = IepSitting.select(IepSitting, IepPupil).join(IepPupil).where(IepSitting.school == self.iep)
        return list((query if parts else query.where(IepSitting.part == "")).order_by(IepSitting.id))

    def keys_in_esis(self) -> set[str]:
        rows = Result.select(Result.supplier_key).where(
            Result.location == self.actor.location, Result.supplier == SUPPLIER.id
        )
        return {row.supplier_key for row in rows}

    def check_outcomes(self) -> None:
        """Every outcome that ESIS accepted is, once, a result of the child who sat it; or it waits on the list."""
        mine = (Result.location == self.actor.location) & (Result.supplier == SUPPLIER.id)
        stored = {row.supplier_key: row for row in Result.select().where(mine)}
        listed = {row.supplier_key for row in unmatched.open_unmatched(self.actor)}
        self.was_listed |= listed
        dismissed = {
            row.supplier_key
            for row in UnmatchedResult.select().where(
                UnmatchedResult.location == self.actor.location, UnmatchedResult.state == "dismissed"
            )
        }
        for row in self.sittings(parts=True):
            if row.pending:
                continue
            found = stored.get(row.key)
            if found is not None:
                belongs_to = self.pupils[found.pupil_id]
                assert belongs_to == self.sat[row.key], f"{row.key} was given to child {belongs_to}"
                self.not_in_esis.discard(row.key)
            elif row.key not in self.not_in_esis or row.key in self.was_listed:
                assert row.key in listed | dismissed, f"{row.key} is lost"
        times = Counter((row.pupil_id, row.assessment, row.part, row.date) for row in stored.values())
        assert max(times.values(), default=1) == 1, f"a result counts twice: {times.most_common(1)}"
