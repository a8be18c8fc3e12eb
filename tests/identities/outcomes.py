"""What is sat at IEP LVS and typed in at ESIS, in a machine of any sequence; and what must hold of results."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from app.couplings import lifecycle, rollback, unmatched
from app.partners.iep_lvs import account, connection, merging, moving, sittings
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.supplying import standing
from app.refusals import Refused
from app.school.assessment import entering, entry_sheets
from app.school.assessment.catalogue import HAND
from models.assessment import ActiveAssessment, Result, UnmatchedResult
from models.partners.iep_lvs import IepGroup, IepPupil, IepSitting
from models.school import Placement, Pupil
from tests.identities.children import whose
from tests.identities.filed import Filed
from tests.identities.school import child, pick, whom
from tests.school.files.dult_files import READING

CODE = "99QQ00identiteiteniep"
ASSESSMENTS = ("lezen-6", "lezen-7", "lezen-8", "scol", "iep-eindtoets", READING)
group_name = st.sampled_from(("6", "6", "7", "8"))


class Outcomes(Filed):
    """IEP LVS beside it: whose each account and each outcome really is; and what was typed in for whom."""

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
        self.typed: dict[tuple[int, str, str], int] = {}
        """Pupil in ESIS, assessment, day -> the score somebody typed in last."""

    @initialize(there=st.sets(child, min_size=2, max_size=4))
    def begin_with(self, there: set[int]) -> None:
        self.begin(there)
        for assessment in ASSESSMENTS:
            ActiveAssessment.create(location=self.actor.location, assessment=assessment)
        self.iep = account.school_of(self.actor.location)
        lifecycle.activate(self.actor, "iep-lvs", "R. Victor", True, CODE)
        assert connection.connect(self.iep, CODE).ok
        self.nights(1)

    @rule(group=group_name)
    def sit(self, group: str) -> None:
        self.note_accounts()
        with suppress(Refused):
            sittings.sit(self.iep, f"lezen-{group}", group)
        self.note_sittings()
        today = IepSitting.select(IepSitting.pupil).where(
            IepSitting.school == self.iep, IepSitting.assessment == f"lezen-{group}", IepSitting.date == self.today
        )
        keys = IepGroup.select(IepGroup.key).where(IepGroup.school == self.iep, IepGroup.active, IepGroup.name == group)
        missed = IepPupil.select().where(
            IepPupil.school == self.iep, IepPupil.active, IepPupil.group_key.in_(keys), IepPupil.year_group == group,
            IepPupil.id.not_in(today),
        )  # fmt: skip
        assert not missed.exists(), "somebody could not sit"

    @rule(number=pick, other=pick)
    def sat_under_the_wrong_name(self, number: int, other: int) -> None:
        """A sitting was another child's: IEP LVS moves it, and the wrong one can sit that day."""
        rows = list(IepSitting.select(IepSitting, IepPupil).join(IepPupil).where(
            IepSitting.school == self.iep, IepSitting.part == "").order_by(IepSitting.id))  # fmt: skip
        there = list(IepPupil.select().where(IepPupil.school == self.iep, IepPupil.active).order_by(IepPupil.id))
        if not rows or not there:
            return
        row, right = rows[number % len(rows)], there[other % len(there)]
        try:
            moving.move(self.iep, row.assessment, row.date, row.pupil.key, right.key)
        except Refused:
            return
        for moved in IepSitting.select().where(
            IepSitting.pupil == right, IepSitting.assessment == row.assessment, IepSitting.date == row.date
        ):
            self.sat[moved.key] = self.accounts[right.id]

    @rule(number=pick)
    def merge(self, number: int) -> None:
        """Two accounts that really are of one child become one."""
        pairs = [
            pair for pair in merging.likely(self.iep)
            if self.accounts[pair.source.id] == self.accounts[pair.target.id]
        ]  # fmt: skip
        if pairs:
            pair = pairs[number % len(pairs)]
            try:
                merging.merge(self.iep, pair.source.key, pair.target.key)
            except Refused:
                return

    @rule()
    def send_again(self) -> None:
        try:
            standing.send_again(SUPPLIER, self.iep)
        except Refused:
            return

    @rule()
    def roll_back(self) -> None:
        before = self.keys_in_esis()
        try:
            rollback.roll_back(self.actor, rollback.last(self.actor, SUPPLIER.client))
        except Refused:
            return
        self.not_in_esis |= before - self.keys_in_esis()

    @rule(number=pick, again=st.booleans())
    def match_by_hand(self, number: int, again: bool) -> None:
        """Somebody who knows whose it is solves a line of the list; the child may first be enrolled again."""
        rows = unmatched.open_unmatched(self.actor)
        if not rows:
            return
        row = rows[number % len(rows)]
        self.child(self.sat[row.supplier_key])
        if again and self.of_child(self.subject) is None:
            self.enrol(None, "6")
        pupil = self.of_child(self.subject)
        try:
            if pupil is None:
                unmatched.dismiss(self.actor, row)
            else:
                unmatched.match(self.actor, row, pupil)
        except Refused:
            return

    @precondition(lambda self: self.here())
    @rule(number=whom, score=st.sampled_from(("", "40", "60", "80")))
    def type_in(self, number: int | None, score: str) -> None:
        pupil = self.pupil(number)
        seat = Placement.select().where(Placement.pupil == pupil, Placement.kind == "basis").order_by(
            Placement.school_year.desc()).first()  # fmt: skip
        if seat is None:
            return
        assessment = f"lezen-{seat.group.name}"
        try:
            sheet = entry_sheets.sheet(self.actor, seat.group_id, assessment, "", self.today)
            row = next((row for row in sheet.rows if row.pupil_id == pupil.id), None)
            if row is None:
                return
            entering.save(self.actor, sheet, {row.field: score})
        except Refused:
            return
        place = (pupil.id, assessment, str(self.today))
        self.typed.pop(place, None)
        if score:
            self.typed[place] = int(score)
        self.check_typed()

    def deleted(self, pupil: Pupil) -> None:
        super().deleted(pupil)
        self.not_in_esis |= {key for key, number in self.sat.items() if number == self.pupils[pupil.id]}
        self.typed = {place: score for place, score in self.typed.items() if place[0] != pupil.id}

    def after_a_night(self) -> None:
        super().after_a_night()
        self.note_accounts()
        self.note_sittings()
        self.check_outcomes()
        self.check_typed()

    def note_accounts(self) -> None:
        """Who a new account is, says the name under which it came."""
        for row in IepPupil.select().where(IepPupil.school == self.iep):
            self.accounts.setdefault(row.id, whose(row))

    def note_sittings(self) -> None:
        for row in IepSitting.select().where(IepSitting.school == self.iep):
            self.sat.setdefault(row.key, self.accounts[row.pupil_id])

    def keys_in_esis(self) -> set[str]:
        rows = Result.select(Result.supplier_key).where(
            Result.location == self.actor.location, Result.supplier == SUPPLIER.client
        )
        return {row.supplier_key for row in rows}

    def check_outcomes(self) -> None:
        """Every outcome that ESIS took is the result of who sat it, once; or it waits on the list."""
        mine = (Result.location == self.actor.location) & (Result.supplier == SUPPLIER.client)
        stored = {row.supplier_key: row for row in Result.select().where(mine)}
        listed = {row.supplier_key for row in unmatched.open_unmatched(self.actor)}
        self.was_listed |= listed
        dismissed = {
            row.supplier_key
            for row in UnmatchedResult.select().where(
                UnmatchedResult.location == self.actor.location, UnmatchedResult.state == "dismissed"
            )
        }
        for row in IepSitting.select().where(IepSitting.school == self.iep):
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

    def check_typed(self) -> None:
        """What was typed in is there once, and nothing else."""
        rows = Result.select().where(Result.location == self.actor.location, Result.supplier == HAND)
        found = {(row.pupil_id, row.assessment, str(row.date)): row.score for row in rows}
        assert len(found) == rows.count(), "something that was typed in is there twice"
        assert found == self.typed
