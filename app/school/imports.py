"""Import of an EDEXML file into a location: first a preview, then everything or nothing.

Natural keys are the leerling, groep and leerkracht keys within the location; what the file does not mention stays as
it is. Pupils are placed in the present school year, whatever year the file is of (`_school_year` says which that is
after 1 August). Rules of the file itself: `app/exchange/edexml.py`; the rest is issue 2 and our choice. A location that
does not exist yet is made by the import itself, in its transaction: an import that does not happen leaves none behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app import clock
from app.access import Actor, Permission, writing
from app.exchange import edexml
from app.exchange.edexml_records import EdexFile, EdexSchool, Problem, Severity
from app.exchange.xml import Source
from app.refusals import Refused
from app.school import import_writing, locations, years
from app.school.import_groups import plan_groups
from app.school.import_people import PeoplePlan
from app.school.import_sheets import Item, Present, Section, State, holders, load
from models.base import reading
from models.board import Location

_NOTHING = Section()


class PreviewOutdated(Refused):
    """The location changed after the preview was made; `preview` is a new one."""

    def __init__(self, preview: ImportPreview) -> None:
        super().__init__(
            "De gegevens van de vestiging zijn veranderd nadat het voorbeeld is gemaakt; er is niets geïmporteerd. "
            "Bekijk het voorbeeld opnieuw."
        )
        self.preview = preview


class OtherLocation(Refused):
    """The file is of another location; `brin6` says which, empty where the file names no BRIN."""

    def __init__(self, sentence: str, brin6: str) -> None:
        super().__init__(sentence)
        self.brin6 = brin6


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do; two previews are equal when they would do the same."""

    brin6: str
    school_year: str
    """The present one, in which pupils are placed."""
    file_school_year: str
    groups: Section = _NOTHING
    pupils: Section = _NOTHING
    staff: Section = _NOTHING
    problems: tuple[Problem, ...] = ()
    """In order of line; with an error among them nothing can be imported, and nothing is compared."""
    skipped: int = 0
    """Pupils who had left the school."""
    new_location: bool = False
    """Whether the location does not exist yet; the import makes it."""
    file: EdexFile = field(default_factory=EdexFile, compare=False, repr=False)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop the import."""
        return [problem for problem in self.problems if problem.severity == Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not."""
        return [problem for problem in self.problems if problem.severity == Severity.WARNING]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file is as it is in ESIS already."""
        return all(item.state == State.UNCHANGED for item in self._items)

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to import, for a file without errors; empty when there is."""
        if not self._items:
            return "In het bestand staat niemand die hier hoort, en geen groep; er is niets te importeren."
        return "Alles staat al zo in ESIS; er is niets te importeren." if self.changes_nothing else ""

    @property
    def _items(self) -> list[Item]:
        return [item for section in (self.groups, self.pupils, self.staff) for item in section.items]


@dataclass(frozen=True)
class Tally:
    """How many were new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int

    @classmethod
    def of(cls, section: Section) -> Tally:
        """The counts of a section."""
        return cls(*(section.count(state) for state in (State.NEW, State.CHANGED, State.UNCHANGED)))

    def __str__(self) -> str:
        """`3 nieuw, 1 gewijzigd, 200 ongewijzigd`."""
        return f"{self.new} nieuw, {self.changed} gewijzigd, {self.unchanged} ongewijzigd"


@dataclass(frozen=True)
class ImportReport:
    """What an import did."""

    brin6: str
    groups: Tally
    pupils: Tally
    staff: Tally
    skipped: int
    warnings: int
    new_location: bool = False

    def sentence(self) -> str:
        """The outcome in one Dutch sentence for each kind."""
        made = f"Vestiging {self.brin6} is aangemaakt. " if self.new_location else ""
        left = f" Oud-leerlingen overgeslagen: {self.skipped}." if self.skipped else ""
        return (
            f"{made}Geïmporteerd in {self.brin6}. Groepen: {self.groups}. Leerlingen: {self.pupils}. "
            f"Medewerkers: {self.staff}.{left}"
        )


def preview(actor: Actor, source: Source) -> ImportPreview:
    """What importing this file would do at the actor's location; nothing is changed.

    Raises `UnreadableXml` for a file that is no EDEXML, `OtherLocation` for one of another school or location,
    `NotAllowed`.
    """
    actor.require(Permission.IMPORT)
    file = edexml.read(source)
    with reading():
        return _planned(actor.location, file, clock.school_today(actor.board))


def preview_new_location(actor: Actor, brin6: str, source: Source) -> ImportPreview:
    """The same for a location that does not exist yet (`99ZZ00`); nothing is made before `apply`.

    Raises as `preview` does, and `Refused` for a malformed BRIN6 or a location that exists.
    """
    actor.require(Permission.IMPORT)
    file = edexml.read(source)
    with reading():
        location = locations.proposed(actor.board, brin6)
        return _planned(location, file, clock.school_today(actor.board), new_location=True)


def apply(actor: Actor, planned: ImportPreview) -> ImportReport:
    """Carry out a preview, everything in one transaction, also a location that is new.

    Raises `Refused` when it has errors, `PreviewOutdated` when it would do something else by now, `NotAllowed`.
    """
    actor.require(Permission.IMPORT)
    if errors := planned.errors:
        count = "1 fout" if len(errors) == 1 else f"{len(errors)} fouten"
        raise Refused(f"Het bestand heeft {count}, dus er is niets geïmporteerd. De eerste: {errors[0]}")
    with writing(actor, Permission.IMPORT) as now:
        location = actor.location
        if planned.new_location:
            location = locations.create_location(actor, planned.brin6).location
        fresh = _planned(location, planned.file, now.date(), planned.new_location)
        if fresh != planned:
            raise PreviewOutdated(fresh)
        import_writing.write(location, fresh.school_year, fresh.groups, fresh.pupils, fresh.staff)
    return ImportReport(
        planned.brin6, Tally.of(planned.groups), Tally.of(planned.pupils), Tally.of(planned.staff), planned.skipped,
        len(planned.warnings), planned.new_location,
    )  # fmt: skip


def _planned(location: Location, file: EdexFile, today: date, new_location: bool = False) -> ImportPreview:
    working = clock.school_year_of(today) if new_location else years.working_year(location, today)
    year = _school_year(file, working, today)
    # A file with errors is never imported, so whose it is comes second to what is wrong with it.
    if file.school and not _has_errors(file.problems):
        _check_location(file.school, location)
    problems = [*file.problems, *_about_school(file, location, year, working)]
    compared = _Compared()
    if not _has_errors(problems):
        present = Present({}, {}, {}) if new_location else load(location, year)
        present.elsewhere = holders(
            location.board, [item.key for item in file.pupils if item.key not in present.pupils]
        )
        compared = _compare(file, present, today, year)
    return ImportPreview(
        location.brin6, year, file.school.school_year if file.school else "", compared.groups, compared.pupils,
        compared.staff, tuple(sorted([*problems, *compared.problems])), compared.skipped, new_location, file,
    )  # fmt: skip


@dataclass(frozen=True)
class _Compared:
    groups: Section = _NOTHING
    pupils: Section = _NOTHING
    staff: Section = _NOTHING
    problems: tuple[Problem, ...] = ()
    skipped: int = 0


def _school_year(file: EdexFile, working: str, today: date) -> str:
    """The school year that pupils are placed in: groups in a file begin the calendar's, also where the location still
    works in an earlier one; unless the file says that it is of that one, or has no groups.
    """
    of_file = file.school.school_year if file.school else ""
    return working if of_file == working or not file.groups else clock.school_year_of(today)


def _compare(file: EdexFile, present: Present, today: date, year: str) -> _Compared:
    groups = plan_groups(file, present, year)
    if groups.problems:
        return _Compared(problems=tuple(groups.problems))
    people = PeoplePlan(present, groups, today, years.first_day(year))
    pupils, staff = Section(tuple(people.pupils(file.pupils))), Section(tuple(people.staff(file.teachers)))
    if _has_errors(people.problems):
        return _Compared(problems=tuple(people.problems))
    return _Compared(Section(tuple(groups.items)), pupils, staff, tuple(people.problems), people.skipped)


def _has_errors(problems: list[Problem]) -> bool:
    return any(problem.severity == Severity.ERROR for problem in problems)


def _check_location(school: EdexSchool, location: Location) -> None:
    """Refuse a file of another school or location; a file that names none is a warning elsewhere."""
    given = f"BRIN {school.brin}{school.location}" if school.brin else f"instellingsnummer {school.institution}"
    if (school.brin or school.institution) and given != f"BRIN {location.brin6}":
        raise OtherLocation(
            f"Het bestand is van {given} (regel {school.line}) en deze vestiging is {location.brin6}. "
            "Kies de vestiging van het bestand, of het bestand van deze vestiging.",
            f"{school.brin}{school.location}" if school.brin else "",
        )


def _about_school(file: EdexFile, location: Location, year: str, working: str) -> Iterator[Problem]:
    school = file.school
    if school and year != working:
        yield Problem(
            school.line, f"met deze import begint op vestiging {location.brin6} het schooljaar {year}: wie niet in het "
                         f"bestand staat, houdt alleen de groep van {working}.", Severity.WARNING,
        )  # fmt: skip
    if school and school.school_year and school.school_year != year:
        yield Problem(
            school.line, f"het bestand is van schooljaar {school.school_year}; de leerlingen worden in het huidige "
                         f"schooljaar {year} geplaatst.", Severity.WARNING,
        )  # fmt: skip
    if school and not school.brin and not school.institution:
        sentence = f"het bestand noemt geen BRIN; de gegevens komen bij vestiging {location.brin6}."
        yield Problem(school.line, sentence, Severity.WARNING)
    counts = Counter(pupil.location_key for pupil in file.pupils)
    for place in file.locations:
        if (count := counts[place.key]) and location.number != place.key and location.name != place.name:
            yield Problem(
                place.line, f"vestiging '{place.name}' ({place.key}): het bestand heeft hier {count} leerlingen van; "
                            f"zij komen bij vestiging {location.brin6}.", Severity.WARNING,
            )  # fmt: skip
