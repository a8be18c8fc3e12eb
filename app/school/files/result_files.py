"""Import of results from a file chosen by a user: first a preview, then everything or nothing.

Pupils are found as everywhere (`docs/wie-is-wie.md`). A line whose pupil is unknown or uncertain is left out, with a
warning; any other problem stops the file. The key of a result is `<pupil's id>:<whole>:<part>`, where a pupil has one
of each whole (a day of SCOL, an eindtoets per school year). So importing the same file again changes nothing, even
under another leerlingnummer, and a corrected file replaces the whole: old versions are kept, results missing from the
new file are removed (our choice throughout).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.access import Actor, writing
from app.clock import dutch_date
from app.exchange.dates import before_birth
from app.exchange.edexml_records import Problem, Severity, births
from app.exchange.uwlr import ResultData
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment import assessments, catalogue, results, versions
from app.school.assessment.catalogue import Assessment
from app.school.files.imports import PreviewOutdated
from app.school.files.result_lines import FileRow, Whose, keyed
from models.assessment import Result
from models.board import Location
from models.school import Pupil

SHOWN = ("score", "level", "reference_level", "date")


class Fate(StrEnum):
    """What happens to a line, as on screen."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"
    LEFT_OUT = "overgeslagen"


@dataclass(frozen=True)
class PlannedRow:
    """A line and what happens to it; `was` is the present value in ESIS, `why` the reason it is left out."""

    row: FileRow
    fate: Fate
    pupil_id: int | None = None
    was: str = ""
    why: str = ""
    going: tuple[int, ...] = ()
    """Ids of results missing from the file, with the first line of their whole."""


@dataclass(frozen=True)
class ResultsPreview:
    """What a file would do at a location; two previews are equal when they would do the same."""

    brin6: str
    supplier: str
    rows: tuple[PlannedRow, ...]
    errors: tuple[Problem, ...]
    """In order of line; with any, nothing is stored."""

    @property
    def warnings(self) -> list[Problem]:
        """The lines that are left out."""
        return [Problem(one.row.line, one.why, Severity.WARNING) for one in self.rows if one.fate is Fate.LEFT_OUT]

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to store, for a file without errors; empty when there is."""
        if self.count(Fate.NEW) or self.count(Fate.CHANGED):
            return ""
        if not self.count(Fate.UNCHANGED):
            return "Van geen enkele regel is de leerling gevonden; er is niets te importeren."
        return "Alles staat al zo in ESIS; er is niets te importeren."

    def count(self, fate: Fate) -> int:
        """The number of lines with this fate."""
        return sum(one.fate is fate for one in self.rows)


@dataclass(frozen=True)
class ResultsReport:
    """What was stored, in lines of the file."""

    new: int
    changed: int
    unchanged: int
    left_out: int

    def sentence(self) -> str:
        """`24 nieuw, 1 gewijzigd, 3 ongewijzigd, 2 overgeslagen.`."""
        counts = zip((self.new, self.changed, self.unchanged, self.left_out), Fate, strict=True)
        return ", ".join(f"{number} {fate}" for number, fate in counts) + "."


Check = Callable[[FileRow, Pupil], str]
"""Why a line of a known pupil is wrong; empty if it is not."""


def plan(
    location: Location,
    supplier: str,
    rows: Sequence[FileRow],
    problems: Iterable[Problem],
    today: date,
    check: Check = lambda row, pupil: "",  # noqa: ARG005
) -> ResultsPreview:
    """What happens to the lines of a file; `problems` are those found while reading it."""
    whose = Whose(location, rows)
    stored = _Stored(location, supplier, rows, whose)
    errors = [
        *problems,
        *_doubles(rows, whose),
        *_still_to_come(rows, today),
        *births(rows, today),
        *_not_born_yet(rows),
        *_switched_off(location, rows),
    ]
    planned = []
    for row in rows:
        pupil, why = whose.of(row)
        if pupil is None:
            planned.append(PlannedRow(row, Fate.LEFT_OUT, why=why))
            continue
        planned.append(stored.compared(row, pupil))
        if wrong := check(row, pupil):
            errors.append(Problem(row.line, wrong))
    return ResultsPreview(location.brin6, supplier, tuple(planned), tuple(sorted(errors)))


def apply(actor: Actor, planned: ResultsPreview, again: Callable[[date], ResultsPreview]) -> ResultsReport:
    """Carry out a preview in one transaction; `again` makes it again for a day.

    Raises `Refused` when it has errors, `PreviewOutdated` when its outcome would be different by now, `NotAllowed`.
    """
    actor.require(Permission.IMPORT_RESULTS)
    if planned.errors:
        raise Refused(f"Het bestand heeft fouten, dus er is niets geïmporteerd. De eerste: {planned.errors[0]}")
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        fresh = again(now.date())
        if fresh != planned:
            raise PreviewOutdated(fresh)
        results.remove([result_id for one in fresh.rows for result_id in one.going])
        stored = [
            (data, one.pupil_id)
            for one in fresh.rows
            if one.pupil_id is not None
            for data in keyed(one.row, one.pupil_id)
        ]
        results.store_for_pupils(actor.location, planned.supplier, stored, now)
    return ResultsReport(*(planned.count(fate) for fate in Fate))


def switched_off(assessment: Assessment) -> str:
    """The sentence that an assessment is off, and where to switch it on."""
    return (
        f"{assessment.name} staat op deze vestiging niet aan. Zet de toets eerst aan bij Beheer > Toetsen > Toetsen "
        "activeren, en kies het bestand opnieuw."
    )


class _Stored:
    """What ESIS has from this supplier for the pupils of a file, and which of that the file no longer has."""

    def __init__(self, location: Location, supplier: str, rows: Sequence[FileRow], whose: Whose) -> None:
        mine = (Result.location == location) & (Result.supplier == supplier)
        self._by_key: dict[str, Result] = {}
        for ids in versions.in_pages(sorted(set(whose.ids))):
            self._by_key.update({one.supplier_key: one for one in Result.select().where(mine, Result.pupil.in_(ids))})
        self._going: dict[str, list[Result]] = {}
        told = {data.key for row in rows for one in whose.meant(row) for data in keyed(row, one)}
        for key in sorted(self._by_key.keys() - told):
            self._going.setdefault(key.rpartition(":")[0], []).append(self._by_key[key])

    def compared(self, row: FileRow, pupil: Pupil) -> PlannedRow:
        """What happens to a line. The first line of a whole reports what is removed from it."""
        said = keyed(row, pupil.id)
        here = [self._by_key.get(data.key) for data in said]
        going = self._going.pop(f"{pupil.id}:{row.whole}", [])
        if not any(here) and not going:
            return PlannedRow(row, Fate.NEW, pupil.id)
        pairs = list(zip(here, said, strict=True))
        if not going and all(old and results.same(old, data, pupil.id) for old, data in pairs):
            return PlannedRow(row, Fate.UNCHANGED, pupil.id)
        was = [_was(old, data) for old, data in pairs if old and not results.same(old, data, pupil.id)]
        told = "; ".join([*was, *map(_lapses, going)])
        return PlannedRow(row, Fate.CHANGED, pupil.id, told, going=tuple(one.id for one in going))


def _lapses(old: Result) -> str:
    item = catalogue.by_id(old.assessment)
    return f"{item.part_name(old.part)} {item.scale_of(old.part).text(old.score, old.level)} vervalt"


def _was(old: Result, data: ResultData) -> str:
    differ = [(getattr(old, name), getattr(data, name)) for name in SHOWN]
    return ", ".join(_text(before) for before, after in differ if before != after) or _text(old.score)


def _text(value: Any) -> str:
    return dutch_date(value) if isinstance(value, date) else str(value) or "(leeg)"


def _doubles(rows: Sequence[FileRow], whose: Whose) -> Iterator[Problem]:
    """Lines with the same result twice, also under two numbers of one pupil."""
    first: dict[tuple[object, str, str], int] = {}
    for row in rows:
        pupil, _ = whose.of(row)
        key = (pupil.id if pupil else row.person.number, row.whole, row.results[0].part)
        if key in first:
            yield Problem(row.line, f"{row.name}: {row.what} staat ook op regel {first[key]}. Haal een van beide weg.")
        first.setdefault(key, row.line)


def _still_to_come(rows: Sequence[FileRow], today: date) -> Iterator[Problem]:
    for row in rows:
        if row.day > today:
            yield Problem(
                row.line, f"{row.name}: datum {dutch_date(row.day)} moet nog komen; het is {dutch_date(today)}."
            )


def _not_born_yet(rows: Sequence[FileRow]) -> Iterator[Problem]:
    for row in rows:
        if wrong := before_birth(row.day, row.birth_date):
            yield Problem(row.line, f"{row.name}: {wrong}")


def _switched_off(location: Location, rows: Sequence[FileRow]) -> Iterator[Problem]:
    used = Counter(row.results[0].assessment for row in rows)
    for assessment_id in used.keys() - assessments.active_ids(location.id):
        yield Problem(0, switched_off(catalogue.by_id(assessment_id)))
