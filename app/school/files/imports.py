"""Import of an EDEXML file into a location: first a preview, then everything or nothing.

Natural keys are the leerling, groep and leerkracht keys within the location; whatever the file does not mention stays
as it is. Pupils are placed in the present school year, whatever the year of the file (`_school_year` decides which that
is after 1 August). Rules of the file itself: `app/exchange/edexml.py`; the rest is our choice. A location that does not
exist yet is created by the import itself, in its transaction: an import that fails leaves none behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app import clock, history
from app.access import Actor, writing
from app.counted import counted
from app.exchange import edexml
from app.exchange.edexml_records import EdexFile, EdexSchool, Problem, Problems, Severity
from app.exchange.real_pupils import Change
from app.files.regular import Source
from app.permissions import Permission
from app.refusals import Refused
from app.school import years
from app.school.board import locations
from app.school.files import import_writing
from app.school.files.import_doubts import Choices, Chosen, Doubt, check, fitting
from app.school.files.import_groups import plan_groups
from app.school.files.import_people import PeoplePlan
from app.school.files.import_preview import ImportPreview, ImportReport, Tally
from app.school.files.import_sheets import Present, Section
from app.school.people.resembling import locations_seen
from models.base import reading
from models.board import Location


class PreviewOutdated(Refused):
    """The location changed after the preview was made; `preview` is a new one, of the same kind of file."""

    def __init__(self, preview: Any) -> None:
        super().__init__(
            "De gegevens van de vestiging zijn veranderd nadat het voorbeeld is gemaakt; er is niets geïmporteerd. "
            "Bekijk het voorbeeld opnieuw."
        )
        self.preview = preview


class OtherLocation(Refused):
    """The file is from another location; `brin6` says which, empty if the file has no BRIN."""

    def __init__(self, sentence: str, brin6: str) -> None:
        super().__init__(sentence)
        self.brin6 = brin6


def preview(actor: Actor, source: Source, change: Change | None = None) -> ImportPreview:
    """Show what importing this file would do at the actor's location; changes and stores nothing.

    `change` says how its people are altered (`app/exchange/real_pupils.py`); without it a file that is not of a
    practice school raises `RealPupils`. Raises `UnreadableXml` for a file that is not EDEXML, `OtherLocation` for one
    from another school or location, `NotAllowed`.
    """
    actor.require(Permission.IMPORT)
    file = edexml.read(source, change) if change else edexml.read_of_practice(source)
    with reading():
        return _planned(actor, actor.location, file, clock.school_today(actor.board))


def preview_new_location(actor: Actor, brin6: str, source: Source, change: Change | None = None) -> ImportPreview:
    """The same for a location that does not exist yet (`99ZZ00`); nothing is created before `apply`.

    Raises like `preview`, and `Refused` for a malformed BRIN6 or an existing location.
    """
    actor.require(Permission.IMPORT)
    file = edexml.read(source, change) if change else edexml.read_of_practice(source)
    with reading():
        location = locations.proposed(actor.board, brin6)
        return _planned(actor, location, file, clock.school_today(actor.board), new_location=True)


def decide(actor: Actor, planned: ImportPreview, choices: Choices) -> ImportPreview:
    """Return the preview with these choices about its doubts, replacing earlier ones; changes nothing.

    Raises `Refused` for a choice without a doubt, an impossible choice, or two lines that would be one pupil.
    """
    actor.require(Permission.IMPORT)
    check(planned.doubts, choices)
    with reading():
        location = locations.proposed(actor.board, planned.brin6) if planned.new_location else actor.location
        return _with_choices(
            planned, _present(actor, location, planned.school_year), clock.school_today(actor.board), choices
        )


def apply(actor: Actor, planned: ImportPreview, opening: Callable[[Location], object] | None = None) -> ImportReport:
    """Carry out a preview in one transaction, including a new location and what `opening` does for it.

    Raises `Refused` when it has errors or undecided doubts, `PreviewOutdated` when its outcome would be different by
    now, `NotAllowed`.
    """
    actor.require(Permission.IMPORT)
    if errors := planned.errors:
        count = counted(planned.error_count, "fout", "fouten")
        raise Refused(f"Het bestand heeft {count}, dus er is niets geïmporteerd. De eerste: {errors[0]}")
    if waiting := planned.undecided:
        who = f"leerling {waiting[0].described} (regel {waiting[0].record.line})"
        more = f" en nog {len(waiting) - 1}" if len(waiting) > 1 else ""
        raise Refused(f"Er is niets geïmporteerd: kies eerst wie {who}{more} is.")
    checked = _Checked(actor, planned)
    with writing(actor, Permission.IMPORT) as now:
        checked.settle(now.date())
        location = actor.location
        if planned.new_location:
            location = locations.create_location(actor, planned.brin6).location
            if opening:
                opening(location)
        import_writing.write(location, planned.school_year, planned.groups, planned.every_pupil, planned.staff)
    return ImportReport(
        planned.brin6,
        Tally.of(planned.groups),
        Tally.of(planned.every_pupil),
        Tally.of(planned.staff),
        planned.skipped,
        planned.warning_count,
        planned.new_location,
        planned.chosen.left_out,
        planned.without_group,
    )


class _Checked:
    """A preview compared again, before the transaction: that takes long, and this way it blocks nobody."""

    def __init__(self, actor: Actor, planned: ImportPreview) -> None:
        self._actor = actor
        self._planned = planned
        self._seen = history.latest(actor.board.id)  # first: anything after it is compared again
        with reading():
            self._compare(clock.school_today(actor.board))

    def settle(self, today: date) -> None:
        """Compare again, within the transaction, if anything changed since. Raises `PreviewOutdated`."""
        if today != self._today or history.changed_after(self._actor.board.id, self._seen):
            self._compare(today)
        if not self._same:
            raise PreviewOutdated(self._fresh)

    def _compare(self, today: date) -> None:
        planned, location = self._planned, self._actor.location
        if planned.new_location:
            location = locations.proposed(self._actor.board, planned.brin6)
        fresh = _planned(self._actor, location, planned.file, today, planned.new_location)
        choices = fitting(fresh.doubts, planned.chosen.choices)
        self._fresh = _with_choices(fresh, _present(self._actor, location, fresh.school_year), today, choices)
        self._today = today
        self._same = self._fresh == planned


def _planned(
    actor: Actor, location: Location, file: EdexFile, today: date, new_location: bool = False
) -> ImportPreview:
    working = clock.school_year_of(today) if new_location else years.working_year(location, today)
    year = _school_year(file, working, today)
    problems = Problems()
    problems.add(file.problems)
    # A file with errors is never imported, so its location matters less than what is wrong with it.
    if file.school and not problems.has_errors:
        _check_location(file.school, location)
    problems.add(_about_school(file, location, year, working))
    compared = _Compared()
    if not problems.has_errors:
        compared = _compare(file, _present(actor, location, year), today, year)
        problems.add(compared.problems)
    more = problems.left_out
    return ImportPreview(
        location.brin6,
        year,
        compared.groups,
        compared.pupils,
        compared.staff,
        compared.doubts,
        Chosen(),
        tuple(sorted(problems)),
        more[Severity.ERROR],
        more[Severity.WARNING],
        compared.skipped,
        new_location,
        compared.without_group,
        file,
    )


def _present(actor: Actor, location: Location, school_year: str) -> Present:
    """The present state, with the other locations whose pupils the user may see."""
    seen = {one.id: one.brin6 for one in locations_seen(actor) if one.id != location.id}
    return Present(location, school_year, seen)


def _with_choices(planned: ImportPreview, present: Present, today: date, choices: Choices) -> ImportPreview:
    year = planned.school_year
    people = PeoplePlan(planned.file, present, plan_groups(planned.file, present, year), today, years.first_day(year))
    pupils = Section.gathered(people.chosen(planned.doubts, choices))
    return replace(planned, chosen=Chosen(dict(choices), pupils, tuple(people.problems), people.without_group))


@dataclass(frozen=True)
class _Compared:
    groups: Section = field(default_factory=Section)
    pupils: Section = field(default_factory=Section)
    staff: Section = field(default_factory=Section)
    doubts: Sequence[Doubt] = ()
    problems: Problems = field(default_factory=Problems)
    skipped: int = 0
    without_group: int = 0


def _school_year(file: EdexFile, working: str, today: date) -> str:
    """The school year in which pupils are placed: a file with groups starts the calendar's year, even if the location
    still works in an earlier one, unless the file states that earlier year.
    """
    of_file = file.school.school_year if file.school else ""
    return working if of_file == working or not file.groups else clock.school_year_of(today)


def _compare(file: EdexFile, present: Present, today: date, year: str) -> _Compared:
    groups = plan_groups(file, present, year)
    if groups.problems:
        return _Compared(problems=groups.problems)
    people = PeoplePlan(file, present, groups, today, years.first_day(year))
    pupils, staff = Section.gathered(people.pupils()), Section.gathered(people.staff())
    if people.problems.has_errors:
        return _Compared(problems=people.problems)
    return _Compared(
        Section.gathered(groups.items),
        pupils,
        staff,
        people.doubts,
        people.problems,
        people.skipped,
        people.without_group,
    )


def _check_location(school: EdexSchool, location: Location) -> None:
    """Refuse a file from another school or location; a file that names none only gets a warning, elsewhere."""
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
            school.line,
            f"met deze import begint op vestiging {location.brin6} het schooljaar {year}: wie niet in het "
            f"bestand staat, houdt alleen de groep van {working}.",
            Severity.WARNING,
        )
    if school and school.school_year and school.school_year != year:
        yield Problem(
            school.line,
            f"het bestand is van schooljaar {school.school_year}; de leerlingen worden in het huidige "
            f"schooljaar {year} geplaatst.",
            Severity.WARNING,
        )
    if school and not school.brin and not school.institution:
        sentence = f"het bestand noemt geen BRIN; de gegevens komen bij vestiging {location.brin6}."
        yield Problem(school.line, sentence, Severity.WARNING)
    for place in file.locations:
        if (count := file.pupils_at[place.key]) and location.number != place.key and location.name != place.name:
            yield Problem(
                place.line,
                f"vestiging '{place.name}' ({place.key}): het bestand heeft hier "
                f"{counted(count, 'leerling', 'leerlingen')} van; "
                f"zij komen bij vestiging {location.brin6}.",
                Severity.WARNING,
            )
