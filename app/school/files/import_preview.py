"""What an import would do, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.counted import plural
from app.exchange.edexml_records import EdexFile, Problem, Severity
from app.school.files.import_doubts import Chosen, Doubt
from app.school.files.import_sheets import Section, State

_NOTHING = Section()


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do; two previews are equal when they would do the same."""

    brin6: str
    school_year: str
    """The present one, in which pupils are placed."""
    groups: Section = _NOTHING
    pupils: Section = _NOTHING
    """The pupils whose identity is clear."""
    staff: Section = _NOTHING
    doubts: Sequence[Doubt] = ()
    """The pupils the user must decide about, in order of line."""
    chosen: Chosen = field(default_factory=Chosen)
    """What was decided so far, and its effect."""
    problems: tuple[Problem, ...] = ()
    """In order of line; with an error among them nothing can be imported or compared."""
    more_errors: int = 0
    """The number of errors not included in `problems`."""
    more_warnings: int = 0
    skipped: int = 0
    """Pupils who had left the school."""
    new_location: bool = False
    """Whether the location does not exist yet; the import creates it."""
    in_no_group: int = 0
    """How many pupils whose identity is clear will be in no basisgroep."""
    file: EdexFile = field(default_factory=EdexFile, compare=False, repr=False)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop the import."""
        return [problem for problem in self._problems if problem.severity == Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that do not."""
        return [problem for problem in self._problems if problem.severity == Severity.WARNING]

    @property
    def error_count(self) -> int:
        """The number of problems that stop the import."""
        return len(self.errors) + self.more_errors

    @property
    def warning_count(self) -> int:
        """The number of problems that do not."""
        return len(self.warnings) + self.more_warnings

    @property
    def told(self) -> list[Problem]:
        """The problems to show: errors first; if there are too many of a kind, how many more there are."""
        return [
            *self.errors,
            *_more(self.more_errors, "fout", "fouten", Severity.ERROR),
            *self.warnings,
            *_more(self.more_warnings, "waarschuwing", "waarschuwingen", Severity.WARNING),
        ]

    @property
    def every_pupil(self) -> Section:
        """The pupils whose identity is clear, and those decided by the user."""
        return self.pupils + self.chosen.pupils if self.chosen.pupils.total else self.pupils

    @property
    def without_group(self) -> int:
        """How many pupils will be in no basisgroep."""
        return self.in_no_group + self.chosen.without_group

    @property
    def undecided(self) -> list[Doubt]:
        """The doubts that wait for the user."""
        return [doubt for doubt in self.doubts if doubt.key not in self.chosen.choices]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file is already in ESIS."""
        return not any(section.items for section in self._sections)

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to import, for a file without errors; empty when there is, or may be."""
        if self.undecided:
            return ""
        if self.chosen.left_out and self.changes_nothing:
            return "Wat u niet overslaat, staat al zo in ESIS; er is niets te importeren."
        if not any(section.total for section in self._sections):
            return "In het bestand staat niemand die hier hoort, en geen groep; er is niets te importeren."
        return "Alles staat al zo in ESIS; er is niets te importeren." if self.changes_nothing else ""

    @property
    def _sections(self) -> tuple[Section, ...]:
        return self.groups, self.pupils, self.chosen.pupils, self.staff

    @property
    def _problems(self) -> tuple[Problem, ...]:
        return tuple(sorted((*self.problems, *self.chosen.problems))) if self.chosen.problems else self.problems


def _more(count: int, one: str, several: str, severity: Severity) -> Iterator[Problem]:
    if count:
        yield Problem(0, f"... en nog {_dotted(count)} {plural(count, one, several)}", severity)


def _dotted(count: int) -> str:
    """`1.234`."""
    return f"{count:,}".replace(",", ".")


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
    left_out: int = 0
    """Lines that the user chose to skip."""
    without_group: int = 0
    """How many pupils are now in no basisgroep."""

    def sentence(self) -> str:
        """The outcome in Dutch, one sentence per kind."""
        made = f"Vestiging {self.brin6} is aangemaakt. " if self.new_location else ""
        left = f" Oud-leerlingen overgeslagen: {self.skipped}." if self.skipped else ""
        left += f" Leerlingen zonder groep: {self.without_group}." if self.without_group else ""
        left += f" Overgeslagen regels: {self.left_out}." if self.left_out else ""
        return (
            f"{made}Geïmporteerd in {self.brin6}. Groepen: {self.groups}. Leerlingen: {self.pupils}. "
            f"Medewerkers: {self.staff}.{left}"
        )
