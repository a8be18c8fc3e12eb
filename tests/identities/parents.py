"""Events at Mijnschoolinfo, as actions of a state machine; and its invariants after a night."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from app.clock import dutch_date
from app.couplings import lifecycle
from app.exchange.email_list import HEADER
from app.partners.mijnschoolinfo import account, arriving, editing, importing, overview
from app.partners.mijnschoolinfo.arriving import Question, Undecided
from app.partners.mijnschoolinfo.editing import PupilForm
from app.refusals import Refused
from app.school.people.status import Status, status_of
from models.partners.mijnschoolinfo import MsiDoubt, MsiGuardian, MsiLink, MsiPupil
from models.school import Pupil
from tests.identities.administration import Administration
from tests.identities.children import CHILDREN, adult_of, alike, spelt, whose
from tests.identities.school import child, pick, whom

CODE = "99QQ00identiteitenmsi"
key_there = st.sampled_from(("", "", "own", "former"))
carer_there = st.sampled_from(("", "named", "addressed"))
Described = tuple[int, str, bool, str]
described = st.tuples(st.sampled_from((0, 4, 4, *range(len(CHILDREN)))), key_there, st.booleans(), carer_there)
"""A child, the number somebody knows of it, whether the birth date is known, and what is known of the guardian."""


class Parents(Administration):
    """Mijnschoolinfo beside the school: who each of its records really is, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[int, int] = {}
        """Pupil there -> child; as its name said when it was made."""
        self.numbered: set[int] = set()
        """Those made with a number."""
        self.given: set[int] = set()
        """Those that became another child, because nobody could know."""
        self.linked: set[int] = set()
        """Those that were a pupil of ESIS after the last night."""
        self.caring: set[tuple[int, int]] = set()
        """Guardian and pupil there, after the last night."""
        self.coupled = False
        self.folder = Path(mkdtemp())

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(
        there=st.sets(child, min_size=3), own=st.lists(described, min_size=1, max_size=4), at_once=st.booleans()
    )
    def begin_with(self, there: set[int], own: list[Described], at_once: bool) -> None:
        self.begin(there)
        self.msi = account.school_of(self.actor.location)
        for number, key, dated, carer in own:
            self.add_by_hand(number, key, dated, carer, False)
        if at_once:
            self.couple()

    @rule(number=whom, key=key_there, dated=st.booleans(), carer=carer_there, odd=st.booleans())
    def add_by_hand(self, number: int | None, key: str, dated: bool, carer: str, odd: bool) -> None:
        """Somebody types a child in at Mijnschoolinfo, as well as it is known."""
        number = self.child(number)
        truth = CHILDREN[number]
        first, last = truth.first_name.upper() if odd else truth.first_name, spelt(truth.last_name, odd)
        form = PupilForm(
            first, last, birth_date=truth.birth_date if dated else None, key=self.known_number(number, key)
        )
        try:
            row = editing.add_pupil(self.msi, form)
        except Refused:
            assert self.coupled
            return
        self.note_records()
        if carer:
            address = truth.carer.email if carer == "addressed" else ""
            editing.add_guardian(self.msi, truth.carer.name, address, "", [row.id])

    def known_number(self, number: int, key: str) -> str:
        """The number of a child in ESIS, or one it had there, or one that ESIS never knew."""
        pupil = self.of_child(number)
        known = [
            told for told, whose in self.numbers.items() if whose == number and (pupil is None or told != pupil.key)
        ]
        if not key:
            return ""
        if key == "own" and pupil is not None:
            return str(pupil.key)
        return known[-1] if known else f"90{number}"

    @precondition(lambda self: not self.coupled)
    @rule(lines=st.lists(described, min_size=1, max_size=2))
    def import_there(self, lines: list[Described]) -> None:
        """A list of e-mail addresses; somebody who knows the people decides what is in doubt."""
        if any(self.only_by_number(line, lines) for line in lines):
            return
        rows, path = [";".join(HEADER)], self.folder / "lijst.csv"
        for number, key, dated, carer in lines:
            truth = CHILDREN[number]
            rows.append(
                ";".join(
                    (
                        self.known_number(number, key),
                        truth.first_name,
                        "",
                        truth.last_name,
                        dutch_date(truth.birth_date) if dated else "",
                        truth.carer.name if carer else "",
                        truth.carer.email if carer == "addressed" else "",
                    )
                )
            )
        path.write_text("\n".join(rows))
        on_line = {str(place): line[0] for place, line in enumerate(lines, 2)}
        choices: dict[str, str] = {}
        for _ in range(2 * len(lines) + 1):
            try:
                importing.import_file(self.msi, path, choices)
                break
            except Undecided as undecided:
                choices |= {one.key: self.answer(one, on_line) for one in undecided.questions}
            except Refused:
                return
        self.note_records()
        there = set(self.records.values())
        assert there >= set(on_line.values()), f"a child of a file is not there: {on_line}, {there}"
        self.check_carers()

    def only_by_number(self, line: Described, lines: list[Described]) -> bool:
        """Whether nothing but a number would tell a line from another child, and one of the two has none."""
        others = [(other, bool(key)) for other, key, _, _ in lines if other != line[0]]
        others += [(other, record in self.numbered) for record, other in self.records.items() if other != line[0]]
        return any(alike(line[0], other) and not (line[1] and numbered) for other, numbered in others)

    def answer(self, question: Question, on_line: dict[str, int]) -> str:
        """Which of the options it really is."""
        mine = on_line[question.key.removesuffix(arriving.OF_GUARDIAN)]
        for option in question.options:
            in_file = option.key.startswith(arriving.IN_FILE)
            if question.kind == "leerling":
                truth = on_line[option.key[1:]] if in_file else self.records[int(option.key)]
                same = truth == mine
            else:
                line = option.key[1:].removesuffix(arriving.OF_GUARDIAN)
                adult = CHILDREN[on_line[line]].carer if in_file else adult_of(MsiGuardian.get_by_id(int(option.key)))
                same = adult == CHILDREN[mine].carer
            if same:
                return option.key
        return arriving.OTHER

    @precondition(lambda self: not self.coupled)
    @rule()
    def couple(self) -> None:
        for pupil in self.here():
            self.give_carer(self.pupils[pupil.id])
        lifecycle.activate(self.actor, account.ID, "R. Victor", True, CODE)
        assert account.connect(self.msi, CODE).ok
        self.coupled = True

    @precondition(lambda self: self.there(MsiPupil))
    @rule(number=whom)
    def delete_there(self, number: int | None) -> None:
        self.child(number)
        there = self.there(MsiPupil)
        row = next((row for row in there if self.records[row.id] == self.subject), there[0])
        editing.delete(self.msi, "pupil", row.id)
        self.note_records()

    @precondition(lambda self: self.there(MsiGuardian))
    @rule(number=pick)
    def delete_guardian_there(self, number: int) -> None:
        rows = self.there(MsiGuardian)
        gone = rows[number % len(rows)].id
        editing.delete(self.msi, "guardian", gone)
        self.caring = {pair for pair in self.caring if pair[0] != gone}

    @precondition(lambda self: overview.doubts(self.msi))
    @rule(number=pick)
    def decide(self, number: int) -> None:
        """Somebody who knows the children decides about a doubt."""
        doubts = overview.doubts(self.msi)
        if not doubts:
            return
        doubt = doubts[number % len(doubts)]
        candidates: list[Any] = list(overview.candidates(doubt))
        if doubt.kind == "leerling":
            self.child(self.pupils[doubt.esis_id])
            right = [row for row in candidates if self.records[row.id] == self.subject]
        else:
            right = [row for row in candidates if adult_of(row) == self.carers[doubt.esis_id]]
        for chosen in [*(row.id for row in right), None]:
            try:
                editing.settle(self.msi, doubt.id, chosen)
            except Refused:
                continue
            return

    def note_records(self) -> None:
        """New records, and those that are gone."""
        rows = list(MsiPupil.select().where(MsiPupil.school == self.msi))
        self.records = {row.id: self.records.get(row.id, whose(row)) for row in rows}
        self.numbered |= {row.id for row in rows if row.esis_id is None and row.key}

    def after_a_night(self) -> None:
        super().after_a_night()
        if self.coupled:
            self.check_children()
            self.check_carers()
            self.check_caring()

    def check_children(self) -> None:
        """Nobody became another child, nobody came twice, nobody is missing."""
        rows = list(MsiPupil.select().where(MsiPupil.school == self.msi))
        own_before = {number for number in self.records if number not in self.linked}
        known = set(self.records)
        self.note_records()
        for row in rows:
            if row.esis_id is None:
                continue
            truth = self.pupils[row.esis_id]
            if row.id not in known:
                doubles = {number for number in own_before if self.records.get(number) == truth}
                assert not doubles, f"{CHILDREN[truth].name} is in Mijnschoolinfo twice: {row.id} and {doubles}"
            if self.records[row.id] != truth:
                assert self.cannot_know(row.id, truth), f"record {row.id} was given to another: {CHILDREN[truth].name}"
                self.records[row.id] = truth
                self.given.add(row.id)
        self.linked = {row.id for row in rows if row.esis_id is not None}
        waits = MsiDoubt.select().where(MsiDoubt.school == self.msi, MsiDoubt.kind == "leerling", ~MsiDoubt.decided)
        told = {row.esis_id for row in (*rows, *waits)}
        missing = [row.key for row in self.here() if self.is_told_of(row) and row.id not in told]
        assert not missing, f"never came: {missing}"

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
            assert adult_of(row) == self.carers[row.esis_id], f"guardian {row.name} became another"
        for link in self.links():
            if link.pupil_id in self.given:
                continue
            adult, truth = adult_of(link.guardian), CHILDREN[self.records[link.pupil_id]]
            assert adult == truth.carer, f"{adult.name} {adult.email} cares for {truth.name}, a stranger's child"

    def check_caring(self) -> None:
        """A guardian whose child is at the school stays, also one that ESIS deleted; and none comes for a second time."""
        rows = list(self.links())
        own = {(adult_of(row.guardian), row.pupil_id) for row in rows if row.guardian.esis_id is None}
        for row in rows:
            if row.guardian.esis_id is not None and row.guardian_id not in {one for one, _ in self.caring}:
                assert (adult_of(row.guardian), row.pupil_id) not in own, f"{row.guardian.name} came twice"
        links = {(row.guardian_id, row.pupil_id) for row in rows}
        lost = {pair for pair in self.caring - links if pair[1] in self.linked}
        assert not lost, f"guardians were taken away from {[CHILDREN[self.records[pupil]].name for _, pupil in lost]}"
        self.caring = links

    def links(self) -> Any:
        query = MsiLink.select(MsiLink, MsiPupil, MsiGuardian).join(MsiPupil).switch(MsiLink).join(MsiGuardian)
        return query.where(MsiPupil.school == self.msi)

    def there(self, model: Any) -> Any:
        return list(model.select().where(model.school == self.msi, model.deleted_at.is_null()).order_by(model.id))
