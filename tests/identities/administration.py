"""Actions of the administration: files of pupils with possibly wrong numbers, and guardians."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.refusals import Refused
from app.school import groups
from app.school.files import imports
from app.school.files.import_doubts import Choice, Doubt, Kind
from app.school.people import guardians
from app.school.people.guardians import GuardianForm
from models.school import Pupil, PupilGuardian
from tests.identities.children import CHILDREN, spelt
from tests.identities.school import NUMBERS, School, whom
from tests.school.files.edex import edex
from tests.school.files.edex import pupil as edex_pupil


class Administration(School):
    """The school with its EDEXML imports and its guardians."""

    @rule(number=whom, key=st.sampled_from(NUMBERS), dated=st.booleans(), odd=st.booleans())
    def import_file(self, number: int | None, key: str, dated: bool, odd: bool) -> None:
        """A file of one child, whose number may be wrong; somebody who knows the children decides what is in doubt."""
        number = self.child(number)
        truth, known, told = CHILDREN[number], self.of_child(number), self.number_for(number, key, dated)
        line = edex_pupil(
            told,
            spelt(truth.first_name.upper(), odd),
            spelt(truth.last_name, odd),
            born=truth.birth_date.isoformat() if dated else "",
        )
        planned = imports.preview(self.actor, edex(line, year=groups.this_year(self.actor)))
        assert not planned.errors, planned.errors
        doubts = list(planned.doubts)
        if self.numbers.get(told, number) != number or (known and self.numbers.get(told) != number):
            assert doubts, f"a file says {told} of {truth.name} ({known and known.key}), and nobody is asked"
        choices = {doubt.key: self.decided_in(doubt, known) for doubt in doubts}
        try:
            imports.apply(self.actor, imports.decide(self.actor, planned, choices) if choices else planned)
        except Refused:
            return
        for row in self.here():
            if row.id not in self.pupils:
                self.belongs_to(row, number)
                Pupil.update(birth_date=truth.birth_date).where(Pupil.id == row.id).execute()
        skipped = any(choice.kind is Kind.SKIP for choice in choices.values())
        assert skipped or self.of_child(number), f"{truth.name} was taken for somebody else in a file"
        self.check_school()

    @staticmethod
    def decided_in(doubt: Doubt, known: Pupil | None) -> Choice:
        same = Choice(Kind.SAME, known.key) if known else None
        return next(one for one in (same, Choice(Kind.OTHER), Choice(Kind.SKIP)) if one in doubt.choices)

    @precondition(lambda self: self.here())
    @rule(number=whom)
    def delete_guardian(self, number: int | None) -> None:
        link = PupilGuardian.select().where(PupilGuardian.pupil == self.pupil(number)).first()
        if link is not None:
            guardians.delete(self.actor, link.guardian_id)

    @precondition(lambda self: self.here())
    @rule(number=whom)
    def give_carer(self, number: int | None) -> None:
        """Who takes care of somebody is entered again where it was deleted."""
        pupil = self.pupil(number)
        adult = CHILDREN[self.subject].carer
        if not PupilGuardian.select().where(PupilGuardian.pupil == pupil).exists():
            guardians.add(self.actor, pupil, GuardianForm(adult.name, adult.email))
            self.note_carers(pupil, adult)
