"""What happens at Mijnschoolinfo, in a machine of any sequence; and what must hold of it after a night."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, overview, upkeep
from app.partners.mijnschoolinfo.upkeep import PupilForm
from app.refusals import Refused
from app.school.people.status import Status, status_of
from models.partners.mijnschoolinfo import MsiDoubt, MsiGuardian, MsiLink, MsiPupil
from models.school import Pupil
from tests.identities.children import CHILDREN, Adult, alike
from tests.identities.school import School, child, pick

CODE = "99QQ00identiteitenmsi"


class Parents(School):
    """Mijnschoolinfo beside the school: who each of its records really is, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[int, int] = {}
        """Pupil there -> child; noted when it is made, or after the night that brought it."""
        self.numbered: set[int] = set()
        """Those made with a number."""
        self.adults: dict[int, Adult] = {}
        self.decided: set[int] = set()
        """ESIS pupils about whom somebody decided."""
        self.coupled = False

    @rule(number=child, numbered=st.booleans(), dated=st.booleans(), with_carer=st.booleans(), shout=st.booleans())
    def add_by_hand(self, number: int, numbered: bool, dated: bool, with_carer: bool, shout: bool) -> None:
        """Somebody types a child in at Mijnschoolinfo, as well as it is known."""
        truth, pupil = CHILDREN[number], self.of_child(number)
        key = pupil.key if numbered and pupil is not None else ""
        first = truth.first_name.upper() if shout else truth.first_name
        form = PupilForm(first, truth.last_name, birth_date=truth.birth_date if dated else None, key=key)
        try:
            row = upkeep.add_pupil(self.msi, form)
        except Refused:
            assert self.coupled
            return
        self.records[row.id] = number
        if key:
            self.numbered.add(row.id)
        if with_carer:
            adult = truth.carer
            made = upkeep.add_guardian(self.msi, adult.name, adult.email, "", [row.id])
            self.adults[made.id] = adult

    @precondition(lambda self: not self.coupled)
    @rule()
    def couple(self) -> None:
        for pupil in self.here():
            self.give_carer(pupil)
        try:
            lifecycle.activate(self.actor, account.CLIENT, "R. Victor", True, CODE)
        except Refused:  # of one of them there is no address
            return
        assert account.connect(self.msi, CODE).ok
        self.coupled = True

    @precondition(lambda self: self.records)
    @rule(number=pick)
    def delete_there(self, number: int) -> None:
        row = self.some_of(MsiPupil, number)
        if row is not None:
            upkeep.delete(self.msi, "pupil", row.id)
            if row.esis_id is None:
                del self.records[row.id]

    @precondition(lambda self: self.adults)
    @rule(number=pick)
    def delete_guardian_there(self, number: int) -> None:
        row = self.some_of(MsiGuardian, number)
        if row is not None:
            upkeep.delete(self.msi, "guardian", row.id)

    @rule(number=pick)
    def decide(self, number: int) -> None:
        """Somebody who knows the children decides about a doubt."""
        doubts = overview.doubts(self.msi)
        if not doubts:
            return
        doubt = doubts[number % len(doubts)]
        candidates: list[Any] = list(overview.candidates(doubt))
        if doubt.kind == "leerling":
            truth: Any = self.pupils[doubt.esis_id]
            known: dict[int, Any] = self.records
        else:
            truth, known = self.carers[doubt.esis_id], self.adults
        right = [row for row in candidates if known[row.id] == truth]
        for chosen in [*(row.id for row in right), None]:
            try:
                upkeep.settle(self.msi, doubt.id, chosen)
            except Refused:
                continue
            self.decided.add(doubt.esis_id)
            return

    def after_a_night(self) -> None:
        super().after_a_night()
        if self.coupled:
            self.check_children()
            self.check_carers()

    def check_children(self) -> None:
        """Nobody became another child, nobody came twice, nobody is missing."""
        rows = list(MsiPupil.select().where(MsiPupil.school == self.msi))
        own_before = {number for number in self.records if number not in self.linked}
        for row in rows:
            if row.esis_id is None:
                continue
            truth = self.pupils[row.esis_id]
            if row.id not in self.records:
                doubles = {number for number in own_before if self.records[number] == truth}
                assert not doubles, f"{CHILDREN[truth].name} is in Mijnschoolinfo twice: {row.id} and {doubles}"
                self.records[row.id] = truth
            elif self.records[row.id] != truth:
                assert self.cannot_know(row.id, truth), f"record {row.id} was given to another: {CHILDREN[truth].name}"
                self.records[row.id] = truth
        self.linked = {row.id for row in rows if row.esis_id is not None}
        self.records = {row.id: self.records[row.id] for row in rows}
        told = {row.esis_id for row in rows} | {
            row.esis_id for row in MsiDoubt.select().where(MsiDoubt.school == self.msi, MsiDoubt.kind == "leerling")
        }
        missing = [row.key for row in self.here() if self.is_told_of(row) and row.id not in told]
        assert not missing, f"never came: {missing}"

    linked: set[int] = set()

    def is_told_of(self, pupil: Pupil) -> bool:
        return status_of(pupil, self.today) is Status.ENROLLED

    def cannot_know(self, record: int, truth: int) -> bool:
        """Only a number would have told the two apart, nobody gave one, and the other of the two is not at the school."""
        return (
            alike(self.records[record], truth)
            and record not in self.numbered
            and self.of_child(self.records[record]) is None
        )

    def check_carers(self) -> None:
        """Nobody cares for a stranger's child."""
        for row in MsiGuardian.select().where(MsiGuardian.school == self.msi, MsiGuardian.esis_id.is_null(False)):
            adult = self.carers[row.esis_id]
            assert self.adults.setdefault(row.id, adult) == adult, f"guardian {row.name} became another"
        links = MsiLink.select(MsiLink, MsiPupil).join(MsiPupil).where(MsiPupil.school == self.msi)
        for link in links:
            truth = CHILDREN[self.records[link.pupil_id]]
            adult = self.adults[link.guardian_id]
            assert adult == truth.carer, f"{adult.name} {adult.email} cares for {truth.name}, a stranger's child"

    def some_of(self, model: Any, number: int) -> Any:
        rows = list(model.select().where(model.school == self.msi, model.deleted_at.is_null()).order_by(model.id))
        return rows[number % len(rows)] if rows else None
