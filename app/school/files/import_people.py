"""Plans the pupils and staff of an EDEXML import, compared with what the location has.

The file covers the groups it contains: somebody in one of those who is no longer in the file leaves it; other groups
are left alone. Pupils who have left the school are not imported, and unsubscribed ones stay so. Our choice: a pupil
without instroomdatum starts on the first day of the school year; a historic one (jaargroep H) without uitstroomdatum
leaves today; dates must be valid in a form, and a leerlingnummer is unique on the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from peewee import chunked

from app.clock import dutch_date
from app.exchange import lengths
from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.edexml_records import EdexFile, EdexPerson, EdexPupil, EdexTeacher, Problem, Problems, Severity
from app.exchange.edexml_rules import COMBINATION, HISTORIC
from app.exchange.names import full_name
from app.refusals import Refused
from app.school.files.import_doubts import Choices, Doubt, Kind
from app.school.files.import_groups import GroupPlan
from app.school.files.import_namesakes import Namesakes
from app.school.files.import_recognising import Recognition, Settled, described_as, first_name, given_name
from app.school.files.import_sheets import (
    KEYS_AT_A_TIME,
    PUPILS,
    STAFF,
    Difference,
    Item,
    Known,
    Present,
    Row,
    Sheet,
    State,
)
from app.school.people.colleagues import Colleagues
from app.school.people.pupil_form import BIRTH_DATE, check_enrolled_from, check_unsubscribed_on
from app.school.people.status import has_left

_FIRST, _PREFIX, _LAST, _BORN, _ENROLLED, _UNSUBSCRIBED = (
    PUPILS.fields.index(name)
    for name in ("first_name", "prefix", "last_name", "birth_date", "enrolled_from", "unsubscribed_on")
)
"""Both sheets have the names in the same columns."""


class PeoplePlan:
    """Plans people one by one; `problems` holds what is wrong with them, `skipped` counts those who had left."""

    def __init__(self, file: EdexFile, present: Present, groups: GroupPlan, today: date, year_start: date) -> None:
        self.problems = Problems()
        self.skipped = 0
        self.without_group = 0
        """Enrolled pupils who will be in no basisgroep."""
        self.doubts: Sequence[Doubt] = ()
        self._file = file
        self._present = present
        self._groups = groups
        self._in_file = set(groups.target.values())
        self._today = today
        self._year_start = year_start

    def pupils(self) -> Iterator[Item]:
        """Plan the pupils, except unknown ones who had left and the `doubts`, which are known at the end."""
        recognition, namesakes = Recognition(self._file, self._present), Namesakes()
        for some in chunked(self._file.pupils, KEYS_AT_A_TIME):
            known = self._present.pupils([record.key for record in some])
            yield from self._settled(recognition.at_once(some, known), known, namesakes)
        waited, doubts = recognition.afterwards()
        self.doubts = DiskBackedList.of(doubt for doubt in doubts if doubt.like or not self._passed_by(doubt.record))
        for settled in chunked(waited, KEYS_AT_A_TIME):
            known = self._present.pupils([one.key or one.record.key for one in settled])
            yield from self._settled(settled, known, namesakes)
        for record in (doubt.record for doubt in self.doubts):
            self._check(record, record.birth_date, record.enrolled_from, record.unsubscribed_on)
        for record, line in namesakes.undated(self._file):
            self._warn(record, _two(line))

    def chosen(self, doubts: Iterable[Doubt], choices: Choices) -> Iterator[Item]:
        """Plan the doubtful pupils according to these choices."""
        made = ((doubt, choices[doubt.key]) for doubt in doubts if doubt.key in choices)
        for some in chunked((pair for pair in made if pair[1].kind is not Kind.SKIP), KEYS_AT_A_TIME):
            known = self._present.pupils([choice.key or doubt.key for doubt, choice in some])
            for doubt, choice in some:
                person = described_as(doubt.record, None)
                yield self._pupil(Settled(doubt.record, person, choice.key or None, "", doubt.eckid_of), known)

    def staff(self) -> Iterator[Item]:
        """Plan the staff."""
        colleagues = self._present.colleagues()
        for some in chunked(self._file.teachers, KEYS_AT_A_TIME):
            known = self._present.staff([record.key for record in some])
            for record in some:
                yield self._teacher(record, known, colleagues)

    def _passed_by(self, record: EdexPupil) -> bool:
        """Whether this is somebody unknown here who has left."""
        if not self._has_left(record):
            return False
        self.skipped += 1
        self._warn(record, "heeft de school verlaten en wordt niet overgenomen.")
        return True

    def _settled(self, settled: Iterable[Settled], known: Known, namesakes: Namesakes) -> Iterator[Item]:
        for one in settled:
            if one.key is None:
                if self._passed_by(one.record):
                    continue
                if line := namesakes.earlier(one.record, one.person):
                    self._warn(one.record, _two(line))
                if one.like:
                    self._warn(one.record, f"lijkt op leerling {one.like}. Controleer of dit dezelfde leerling is.")
            yield self._pupil(one, known)

    def _pupil(self, settled: Settled, known: Known) -> Item:
        """The pupil with the number `settled.key`, or a new one."""
        record, key = self._with_own_eckid(settled), settled.key
        old = known.rows[key] if key is not None else None
        gone = self._has_left(record)
        row = PUPILS.merged(self._stated_pupil(record, old), old)
        self._check(record, row[_BORN], row[_ENROLLED], row[_UNSUBSCRIBED])
        if old is None:
            self._check_number(record, known)
        elif key != record.key:
            self._warn(record, f"is in ESIS leerling {key} en houdt dat nummer.")
        stays_out = old is not None and old[_UNSUBSCRIBED] is not None and record.unsubscribed_on is None
        if gone:
            self._warn(record, self._what_of(record, row, old))
        elif old is not None and stays_out:
            self._warn(record, f"is in ESIS uitgeschreven per {dutch_date(old[_UNSUBSCRIBED])} en blijft dat.")
        seated = {} if gone or stays_out else known.seats.get(row[0], {})
        wanted = [] if gone or stays_out else self._wanted(record)
        item = self._item(PUPILS, record, row, old, seated, wanted)
        if not (gone or stays_out):
            self._check_group(record, item, seated, wanted)
        return item

    def _check_group(self, record: EdexPupil, item: Item, seated: Mapping[str, int], wanted: list[str]) -> None:
        """Count pupils who will be in no basisgroep: a guest, or a forgotten group. Warn if the file has groups."""
        basis, left = self._groups.basis, {key for key, number in seated.items() if number in item.leaves}
        if not basis.isdisjoint({*wanted, *seated} - left):
            return
        self.without_group += 1
        if not self._file.groups:
            return
        names = ", ".join(sorted(self._groups.names[key] for key in left & basis))
        goes = f"gaat uit groep {names}" if names else "heeft geen groep"
        self._warn(
            record,
            f"{goes}: het bestand noemt bij deze leerling geen basisgroep. Deel de leerling daarna zelf in bij "
            "Groepen indelen, of verbeter het bestand.",
        )

    def _with_own_eckid(self, settled: Settled) -> EdexPupil:
        """The record without an ECK iD that is somebody else's."""
        record, holder = settled.record, settled.eckid_of
        if holder in ("", settled.key):
            return record
        self._warn(record, f"heeft het ECK iD van leerling {holder} in ESIS; dat is niet overgenomen.")
        return replace(record, eckid="")

    def _teacher(self, record: EdexTeacher, known: Known, colleagues: Colleagues) -> Item:
        old = known.rows.get(record.key)
        first = record.first_name or (None if old else given_name(record))
        prefix = record.prefix if record.last_name else None
        stated = (record.key, record.eckid or None, first, prefix, record.last_name or None, record.email or None, None)
        seated = known.seats.get(record.key, {})
        item = self._item(STAFF, record, STAFF.merged(stated, old), old, seated, self._wanted(record))
        if old is None and (like := colleagues.like(item.name, record.email)):
            self._warn(record, f"lijkt op medewerker {like}. Controleer of dit dezelfde is.")
        colleagues.add(record.key, item.name, record.email)
        return item

    def _has_left(self, record: EdexPupil) -> bool:
        if record.unsubscribed_on is not None:
            return has_left(record.unsubscribed_on, self._today)
        return record.year_group == HISTORIC

    def _check_number(self, record: EdexPupil, known: Known) -> None:
        """Check an unknown leerlingnummer: it may belong to another location, or have been given up by renumbering."""
        if holder := known.elsewhere.get(record.key):
            self._problem(
                record,
                f"heeft een leerlingnummer dat al van een leerling van vestiging {holder} is. Een nummer "
                "hoort binnen het bestuur bij één leerling; verbeter het in het bestand.",
            )
        elif former := known.former.get(record.key):
            self._problem(
                record,
                "heeft een leerlingnummer dat in ESIS is vervangen en niet terugkomt: die leerling heeft "
                f"nu {former.now}, op een andere vestiging; zet dat nummer in het bestand.",
            )

    def _check(self, record: EdexPupil, born: date | None, enrolled_from: date | None, ended: date | None) -> None:
        """Check what a form would refuse."""
        try:
            if born is not None:
                BIRTH_DATE.checked(born, self._today)
            if enrolled_from is not None:
                check_enrolled_from(enrolled_from, born)
            if enrolled_from is not None and ended is not None:
                check_unsubscribed_on(ended, enrolled_from)
        except Refused as refusal:
            self._problem(record, f"kan zo niet: {refusal.sentence}")

    def _what_of(self, record: EdexPupil, row: Row, old: Row | None) -> str:
        """What happens to a known pupil who has left according to the file."""
        if old is not None and record.unsubscribed_on is None and row[_UNSUBSCRIBED] != old[_UNSUBSCRIBED]:
            return (
                f"heeft de school verlaten (jaargroep {HISTORIC}) zonder uitstroomdatum en wordt uitgeschreven per "
                f"{dutch_date(row[_UNSUBSCRIBED])}."
            )
        return "heeft de school verlaten; alleen de gegevens worden bijgewerkt."

    def _unsubscribed_on(self, record: EdexPupil, old: Row | None) -> date | None:
        """The date in the file; for a historic pupil still enrolled in ESIS today's, or a later first day."""
        if record.unsubscribed_on is not None or old is None or not self._has_left(record):
            return record.unsubscribed_on
        if has_left(old[_UNSUBSCRIBED], self._today):
            return None
        enrolled_from: date = record.enrolled_from or old[_ENROLLED]
        return max(self._today, enrolled_from)

    def _stated_pupil(self, record: EdexPupil, old: Row | None) -> Row:
        first: str | None = record.first_name or None
        if first is None and old is None:
            first = first_name(record)[: lengths.FIRST_NAME].strip()
            self._warn(record, f"heeft geen roepnaam; '{first}' is gebruikt.")
        return (
            old[0] if old else record.key,
            record.eckid or None,
            first,
            record.prefix if record.last_name else None,
            record.last_name or None,
            record.initials or None,
            record.birth_date,
            record.gender,
            self._year_group(record),
            record.enrolled_from or (None if old else self._year_start),
            self._unsubscribed_on(record, old),
            None,
        )

    def _year_group(self, record: EdexPupil) -> str | None:
        """The pupil's own year group, otherwise that of its group; C and H say nothing about a pupil."""
        if record.year_group not in ("", COMBINATION, HISTORIC):
            return record.year_group
        of_group = next((self._groups.year_group.get(key) for key in record.group_keys), None)
        return None if of_group == HISTORIC else of_group

    def _wanted(self, record: EdexPerson) -> list[str]:
        target = self._groups.target
        return list(dict.fromkeys(target[key] for key in (*record.group_keys, *record.composite_keys)))

    def _item(
        self, sheet: Sheet, record: EdexPerson, row: Row, old: Row | None, seated: Mapping[str, int], wanted: list[str]
    ) -> Item:
        """The item, with the groups that start and end. A new basisgroep ends the present one (pupils only)."""
        ending = self._ending(sheet, seated, wanted) if seated else []
        joins = tuple([key for key in wanted if key not in seated])
        differences = tuple(sheet.differences(old, row)) if old and old != row else ()
        if old and (joins or ending):
            differences += (self._moved(seated, ending, joins),)
        state = State.NEW if old is None else State.CHANGED if differences else State.UNCHANGED
        name = full_name(row[_FIRST], row[_PREFIX], row[_LAST])
        leaves = tuple([seated[key] for key in ending])
        return Item(row[0], name, record.line, state, differences, row, joins, leaves)

    def _ending(self, sheet: Sheet, seated: Mapping[str, int], wanted: list[str]) -> list[str]:
        """The groups that somebody leaves."""
        new_basis = sheet is PUPILS and any(key in self._groups.basis for key in wanted)
        return [
            key
            for key in seated
            if key not in wanted and (key in self._in_file or (new_basis and key in self._groups.basis))
        ]

    def _moved(self, seated: Mapping[str, int], ending: list[str], joins: tuple[str, ...]) -> Difference:
        def names(keys: set[str]) -> str:
            return ", ".join(sorted(self._groups.names[key] for key in keys)) or "-"

        return Difference("groepen", names(set(seated)), names(set(seated) - set(ending) | set(joins)))

    def _warn(self, record: EdexPerson, sentence: str) -> None:
        self._problem(record, sentence, Severity.WARNING)

    def _problem(self, record: EdexPerson, sentence: str, severity: Severity = Severity.ERROR) -> None:
        kind = "leerling" if isinstance(record, EdexPupil) else "leerkracht"
        self.problems.append(Problem(record.line, f"{kind} {record.key} ({record.label}) {sentence}", severity))


def _two(line: int) -> str:
    """Warn that a new pupil resembles the one on an earlier line."""
    return f"lijkt op de leerling op regel {line}; zij komen er als twee leerlingen in. Controleer of het er twee zijn."
