"""Results that are typed or imported with possibly wrong numbers (SCOL, eindtoets, DULT), and their invariants."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from app import clock
from app.clock import dutch_date
from app.exchange.dult import DultRow, write_dult
from app.exchange.scol import HEADER
from app.refusals import Refused
from app.school import groups
from app.school.assessment import entering, entry_sheets
from app.school.assessment.catalogue import HAND
from app.school.files import dult, dult_matching, dult_processing, eindtoets, scol
from app.school.files.result_files import Fate, ResultsPreview
from models.assessment import ActiveAssessment, Result
from models.dult import DultPupil
from models.school import Group, Placement, Pupil
from tests.identities.children import CHILDREN, spelt
from tests.identities.school import NUMBERS, School, child, pick, whom
from tests.school.files.dult_files import READING
from tests.school.files.result_files import eindtoets_file, text

LEVELS = ("1F", "2F", "")
ASSESSMENTS = ("lezen-6", "lezen-7", "lezen-8", "scol", eindtoets.kinds()[0].id, READING)
file_number = st.sampled_from(("own", *NUMBERS))
sender_number = st.sampled_from(("own", "new", "sender's", *NUMBERS))


class Filed(School):
    """Results of the school itself: whose each is, by a score that no other line of a file has."""

    def __init__(self) -> None:
        super().__init__()
        self.scores = count(1)
        self.scored: dict[tuple[str, int], int] = {}
        """Supplier and score -> child."""
        self.sender: dict[str, int] = {}
        """What the sender of DULT calls somebody -> child."""
        self.parts: dict[tuple[int, str], dict[str, str]] = {}
        """Pupil and school year -> the reference levels that the last file of that eindtoets said."""
        self.typed: dict[tuple[int, str, str], int] = {}
        """Pupil in ESIS, assessment, day -> the score somebody typed in last."""

    @initialize(there=st.sets(child, min_size=2, max_size=4))
    def begin_with(self, there: set[int]) -> None:
        self.begin(there)
        for assessment in ASSESSMENTS:
            ActiveAssessment.create(location=self.actor.location, assessment=assessment)

    @rule(number=whom, key=file_number, odd=st.booleans())
    def import_scol(self, number: int | None, key: str, odd: bool) -> None:
        number, score = self.child(number), next(self.scores) % 100
        truth = CHILDREN[number]
        line = (
            self.number_for(number, key),
            spelt(truth.last_name, odd),
            truth.first_name,
            dutch_date(truth.birth_date),
            dutch_date(self.today),
            "Totaal",
            str(score),
        )
        planned = scol.preview(self.actor, text(HEADER, line))
        if self.filed(planned, number, key):
            scol.apply(self.actor, planned)
            self.scored["scol", score] = number
        self.check_files()

    @precondition(lambda self: self.in_eight())
    @rule(number=whom, key=file_number, odd=st.booleans(), reading=st.sampled_from(LEVELS))
    def import_eindtoets(self, number: int | None, key: str, odd: bool, reading: str) -> None:
        there = self.in_eight()
        number, score = self.child(number if number in there else there[-1]), 50 + next(self.scores) % 51
        truth = CHILDREN[number]
        cells = {
            "achternaam": spelt(truth.last_name, odd),
            "roepnaam": truth.first_name,
            "brin6": self.actor.location.brin6,
            "geboortedatum": dutch_date(truth.birth_date),
            "datum": dutch_date(self.today),
            "standaardscore": str(score),
            "lezen": reading,
        }
        planned = eindtoets.preview(self.actor, eindtoets_file(self.number_for(number, key), **cells))
        if self.filed(planned, number, key):
            eindtoets.apply(self.actor, planned)
            self.scored["eindtoets", score] = number
            (row,) = planned.rows
            assert row.pupil_id is not None
            said = {"lezen": reading, "taalverzorging": "1F", "rekenen": "1S"}
            self.parts[row.pupil_id, clock.school_year_of(self.today)] = {
                part: said[part] for part in said if said[part]
            }
        self.check_files()

    def in_eight(self) -> list[int]:
        """The children in group 8 of this school year."""
        seats = (
            Placement.select(Placement.pupil)
            .join(Group)
            .where(
                Group.location == self.actor.location,
                Group.name == "8",
                Placement.kind == "basis",
                Placement.school_year == groups.this_year(self.actor),
            )
        )
        return [self.pupils[seat.pupil_id] for seat in seats.order_by(Placement.id)]

    def filed(self, planned: ResultsPreview, number: int, key: str) -> bool:
        """Whether a file of one child is imported; its pupil must then be that child."""
        assert not planned.errors, planned.errors
        (row,) = planned.rows
        if row.fate is Fate.LEFT_OUT:
            known = self.of_child(number)
            possible = known is not None and known.enrolled_from <= self.today and known.unsubscribed_on is None
            assert key != "own" or not possible, f"{CHILDREN[number].name} is not known: {row.why}"
            return False
        assert row.pupil_id is not None
        whose = self.pupils[row.pupil_id]
        assert whose == number, f"a line of {CHILDREN[number].name} is taken for {CHILDREN[whose].name}"
        return row.fate is not Fate.UNCHANGED

    @rule(number=whom, key=sender_number, odd=st.booleans(), known_to_all=st.booleans())
    def receive_dult(self, number: int | None, key: str, odd: bool, known_to_all: bool) -> None:
        """Somebody agrees at once with whom ESIS says it is sure of; and then chooses as it is."""
        number, score = self.child(number), 1 + next(self.scores) % 399
        truth, right = CHILDREN[number], self.of_child(number)
        told = self.number_of_sender(number) if key == "sender's" else self.number_for(number, key)
        row = DultRow(
            0, told, spelt(truth.last_name, odd), truth.first_name, truth.birth_date, READING, self.today, score, "III"
        )
        file = dult.receive(self.actor, "bestand.csv", dult.preview(self.actor, write_dult([row])))
        if known_to_all:
            dult_matching.agree_all(self.actor, file.id)
        (line,) = DultPupil.select().where(DultPupil.file == file)
        if line.agreed:
            whose = self.pupils[line.matched_id]
            assert whose == number, f"a line of {truth.name} was taken for {CHILDREN[whose].name} without a question"
        elif right is not None:
            try:
                dult_matching.match(self.actor, line.id, right.key)
                dult_matching.agree(self.actor, line.id)
            except Refused:
                return
        try:
            dult_processing.process(self.actor, file.id)
        except Refused:
            return
        self.scored["dult", score] = self.sender[told] = number
        assert self.of("dult").where(Result.score == score, Result.pupil == right).exists()
        self.check_files()

    @precondition(lambda self: self.here())
    @rule(number=whom, score=st.sampled_from(("40", "60", "80")))
    def type_in(self, number: int | None, score: str) -> None:
        self.enter(self.pupil(number), score)

    @precondition(lambda self: self.typed_today())
    @rule(number=pick, score=st.sampled_from(("", "", "50")))
    def change_what_was_typed(self, number: int, score: str) -> None:
        """Of today: emptied, or another score."""
        there = self.typed_today()
        self.enter(there[number % len(there)], score)

    def typed_today(self) -> list[Pupil]:
        ids = {pupil for pupil, _, day in self.typed if day == str(self.today)}
        return [pupil for pupil in self.here() if pupil.id in ids]

    def enter(self, pupil: Pupil, score: str) -> None:
        seat = (
            Placement.select()
            .where(Placement.pupil == pupil, Placement.kind == "basis")
            .order_by(Placement.school_year.desc())
            .first()
        )
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

    def number_of_sender(self, number: int) -> str:
        """What the sender last called another child."""
        born = CHILDREN[number].birth_date
        others = [told for told, other in self.sender.items() if CHILDREN[other].birth_date != born]
        return others[-1] if others else self.number_for(number, "new")

    def deleted(self, pupil: Pupil) -> None:
        super().deleted(pupil)
        self.parts = {place: parts for place, parts in self.parts.items() if place[0] != pupil.id}
        self.typed = {place: score for place, score in self.typed.items() if place[0] != pupil.id}

    def after_a_night(self) -> None:
        super().after_a_night()
        self.check_files()
        self.check_typed()

    def of(self, supplier: str) -> Any:
        return Result.select().where(Result.location == self.actor.location, Result.supplier == supplier)

    def check_files(self) -> None:
        """Each result belongs, once, to the child on its line; an eindtoets has the values of its last file."""
        for supplier in ("scol", "eindtoets", "dult"):
            rows = list(self.of(supplier).where(Result.part == ""))
            for row in rows:
                whose = self.pupils[row.pupil_id]
                assert self.scored[supplier, row.score] == whose, (
                    f"{supplier}: {row.score} went to {CHILDREN[whose].name}"
                )
            times = Counter((row.pupil_id, row.assessment, self.whole(row)) for row in rows)
            assert max(times.values(), default=1) == 1, f"{supplier} counts twice: {times.most_common(1)}"
        found: dict[tuple[int, str], dict[str, str]] = {}
        for row in self.of("eindtoets"):
            place = row.pupil_id, self.whole(row)
            found.setdefault(place, {}).update({row.part: row.reference_level} if row.part else {})
        assert found == self.parts

    @staticmethod
    def whole(row: Any) -> str:
        return clock.school_year_of(row.date) if row.supplier == "eindtoets" else str(row.date)

    def check_typed(self) -> None:
        """What was typed in is there once, and nothing else."""
        rows = Result.select().where(Result.location == self.actor.location, Result.supplier == HAND)
        found = {(row.pupil_id, row.assessment, str(row.date)): row.score for row in rows}
        assert len(found) == rows.count(), "something that was typed in is there twice"
        assert found == self.typed
