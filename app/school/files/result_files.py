"""Results of a file that somebody at the school chose: first a preview, then everything or nothing.

A pupil is found by leerlingnummer, and only if the birth date is the same. A line of a pupil who is not found is left out,
with a warning; anything else that is wrong stops the file. Each result has a key of its own, so the same file again
changes nothing, and a corrected one replaces what was there and keeps what that said (our choice throughout).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.access import Actor, Permission, writing
from app.clock import dutch_date
from app.exchange.dates import before_birth
from app.exchange.edexml_records import Problem, Severity, births
from app.exchange.uwlr import ResultData
from app.refusals import Refused
from app.school.assessment import assessments, catalogue, results
from app.school.assessment.catalogue import Assessment
from app.school.assessment.matching import had_left
from app.school.files.imports import PreviewOutdated
from models.assessment import Result
from models.board import Location
from models.school import Pupil

PAGE = 250
SHOWN = ("score", "level", "reference_level", "date")


class Fate(StrEnum):
    """What becomes of a line, as on screen."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "ongewijzigd"
    LEFT_OUT = "overgeslagen"


@dataclass(frozen=True)
class FileRow:
    """A line of a file: whom it is about, what it says in words, and the results in it, all of one day."""

    line: int
    pupil_key: str
    name: str
    birth_date: date
    what: str
    results: tuple[ResultData, ...]

    @property
    def day(self) -> date:
        """When it was sat."""
        return self.results[0].date


@dataclass(frozen=True)
class PlannedRow:
    """A line and what becomes of it; `was` is what ESIS has now, `why` why it is left out."""

    row: FileRow
    fate: Fate
    pupil_id: int | None = None
    was: str = ""
    why: str = ""


@dataclass(frozen=True)
class ResultsPreview:
    """What a file would do at a location; two are equal when they would do the same."""

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
        """How many lines this happens to."""
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
"""Why a line of a pupil that was found is wrong; empty where it is not."""


def plan(
    location: Location, supplier: str, rows: Sequence[FileRow], problems: Iterable[Problem], today: date,
    check: Check = lambda row, pupil: "",  # noqa: ARG005
) -> ResultsPreview:  # fmt: skip
    """What becomes of the lines of a file; `problems` are those that reading it found."""
    pupils = _pupils(location, {row.pupil_key for row in rows})
    keys = [result.key for row in rows for result in row.results]
    stored = results.stored_with(location, supplier, list(dict.fromkeys(keys)))
    errors = [
        *problems,
        *_doubles(rows),
        *_still_to_come(rows, today),
        *births(rows, today),
        *_not_born_yet(rows),
        *_switched_off(location, rows),
    ]
    planned = []
    for row in rows:
        pupil = pupils.get(row.pupil_key)
        if pupil is None or (why := _not_this_pupil(row, pupil)):
            planned.append(PlannedRow(row, Fate.LEFT_OUT, why=_unknown(row) if pupil is None else why))
            continue
        planned.append(_compared(row, pupil, stored))
        if wrong := check(row, pupil):
            errors.append(Problem(row.line, wrong))
    return ResultsPreview(location.brin6, supplier, tuple(planned), tuple(sorted(errors)))


def apply(actor: Actor, planned: ResultsPreview, again: Callable[[date], ResultsPreview]) -> ResultsReport:
    """Carry out a preview in one transaction; `again` makes it anew on a day.

    Raises `Refused` when it has errors, `PreviewOutdated` when it would do something else by now, `NotAllowed`.
    """
    actor.require(Permission.IMPORT_RESULTS)
    if planned.errors:
        raise Refused(f"Het bestand heeft fouten, dus er is niets geïmporteerd. De eerste: {planned.errors[0]}")
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        fresh = again(now.date())
        if fresh != planned:
            raise PreviewOutdated(fresh)
        known = [(data, one.pupil_id) for one in fresh.rows if one.pupil_id is not None for data in one.row.results]
        results.store_for_pupils(actor.location, planned.supplier, known, now)
    return ResultsReport(*(planned.count(fate) for fate in Fate))


def switched_off(assessment: Assessment) -> str:
    """That an assessment is off, and where to switch it on."""
    return (
        f"{assessment.name} staat op deze vestiging niet aan. Zet de toets eerst aan bij Beheer > Toetsen > Toetsen "
        "activeren, en kies het bestand opnieuw."
    )


def _pupils(location: Location, keys: Iterable[str]) -> dict[str, Pupil]:
    found, everything = {}, sorted(keys)
    for start in range(0, len(everything), PAGE):
        page = Pupil.select().where(Pupil.location == location, Pupil.key.in_(everything[start : start + PAGE]))
        found.update({pupil.key: pupil for pupil in page})
    return found


def _unknown(row: FileRow) -> str:
    return (
        f"Leerlingnummer {row.pupil_key} ({row.name}) is op deze vestiging niet bekend; deze regel wordt overgeslagen."
    )


def _not_this_pupil(row: FileRow, pupil: Pupil) -> str:
    if pupil.birth_date is not None and pupil.birth_date != row.birth_date:
        return (
            f"Leerlingnummer {row.pupil_key} is in ESIS van iemand die op {dutch_date(pupil.birth_date)} geboren is; in het "
            f"bestand staat {row.name}, {dutch_date(row.birth_date)}. Deze regel wordt overgeslagen."
        )
    left = had_left(pupil, row.day)
    return f"{row.name}: {left} Deze regel wordt overgeslagen." if left else ""


def _compared(row: FileRow, pupil: Pupil, stored: dict[str, Result]) -> PlannedRow:
    here = [stored.get(data.key) for data in row.results]
    if not any(here):
        return PlannedRow(row, Fate.NEW, pupil.id)
    if all(old and results.same(old, data, pupil.id) for old, data in zip(here, row.results, strict=True)):
        return PlannedRow(row, Fate.UNCHANGED, pupil.id)
    was = "; ".join(_was(old, data) for old, data in zip(here, row.results, strict=True) if old)
    return PlannedRow(row, Fate.CHANGED, pupil.id, was)


def _was(old: Result, data: ResultData) -> str:
    differ = [(getattr(old, name), getattr(data, name)) for name in SHOWN]
    return ", ".join(_text(before) for before, after in differ if before != after) or _text(old.score)


def _text(value: Any) -> str:
    return dutch_date(value) if isinstance(value, date) else str(value) or "(leeg)"


def _doubles(rows: Sequence[FileRow]) -> Iterator[Problem]:
    """Lines that say the same result twice."""
    first: dict[str, int] = {}
    for row in rows:
        key = row.results[0].key
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
