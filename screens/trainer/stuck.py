"""Trainer > Vastgelopen: the lessons that were done, and of one of them the steps, where most get stuck first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual.content import Content

from app.counted import counted
from app.permissions import Permission
from app.training import classes
from app.training.reports import happened, stuck
from app.training.reports.happened import Run
from app.training.reports.results import certificates_of, sheet_of
from app.training.reports.stuck import LessonFigures, StepFigures
from app.training.reports.titles import alike, remarks_of, titled
from screens.shared import keys
from screens.shared.facts import Act, Fact, Row, Section
from screens.shared.files import free_name, save
from screens.shared.records import Column, ReadingList
from screens.shared.text import plain
from screens.trainer.page import TrainerPage

CLASS, ALL = "de klas", "alle besturen"
MEANS = (
    "Vast: wie hint 3 kreeg, een opmerking, hulp van de trainer, of bij deze stap wegging en niet terugkwam. Bovenaan staat "
    "waar dat de meesten overkwam."
)


class FiguresPage(TrainerPage):
    """What both lists share: of whom the figures are."""

    PERMISSION = Permission.LEAD_CLASS
    DELETE = NEW = ""
    EMPTY = "Er is nog geen oefening gedaan. Zodra een cursist een les begint, staat hier hoe het gaat."
    BINDINGS = [
        keys.FILTER(
            "choose_whom", "Klas of alles", id="stuck.whom", tooltip="Wisselt tussen de klas en alle besturen."
        ),
    ]
    only_class = True

    def reason(self) -> str:
        """Only from the practice board."""
        return classes.leading(self.actor)

    def read_runs(self) -> list[Run]:
        """The runs that are looked at. Raises `NotAllowed`."""
        classes.require_leading(self.actor)
        return happened.runs(only_class=self.only_class)

    def show_above(self, found: object) -> None:  # noqa: ARG002
        """Say of whom the figures are."""
        self.note(f"Van {CLASS if self.only_class else ALL}; F wisselt. {self.NOTE}")

    def action_choose_whom(self) -> None:
        """The other."""
        self.only_class = not self.only_class
        self.refresh_data()


class StuckPage(FiguresPage):
    """The lessons."""

    PATH = ("Trainer", "Vastgelopen")
    CHANGE = "Stappen"
    ONE = "Les"
    NOTE = "Enter toont de stappen van een les."
    COLUMNS = (
        Column("Les", lambda row: row.title, order=True),
        Column("Gedaan", lambda row: str(row.runs), 6, right=True, order=lambda row: row.runs),
        Column("Klaar", lambda row: str(row.finished), 5, right=True, order=lambda row: row.finished),
        Column("Meeste vast", lambda row: _most(row), 22, order=lambda row: row.stuck),
    )
    HELP = (
        "Van elke oefening die gedaan is: hoe vaak, hoe vaak zij af kwam, en bij welke stap de meesten vastliepen. Enter toont "
        f"de stappen. {MEANS}\n\n"
        "F wisselt tussen de besturen van de klas en alle besturen. E bewaart de lijst als CSV-bestand. Met A bewaart u ook het "
        "resultatenblad van de klas en de certificaten, als PDF. Op de opdrachtregel: esis lesson stuck, met --json en --csv."
    )
    BINDINGS = [
        keys.OPEN("change", "Stappen", id="stuck.open", show=False, tooltip="Toont de stappen van de les."),
        keys.no_key(
            "results_pdf",
            "Resultatenblad als PDF",
            id="stuck.results",
            tooltip="Bewaart van iedereen de beste keer van elke les, op papier.",
        ),
        keys.no_key(
            "certificates_pdf",
            "Certificaten als PDF",
            id="stuck.certificates",
            tooltip="Bewaart een certificaat voor ieder die een les af heeft.",
        ),
    ]

    def rows(self) -> Sequence[LessonFigures]:
        """Where most get stuck first."""
        runs = alike(self.read_runs())
        return titled(stuck.lessons(runs), runs)

    def identity(self, row: LessonFigures) -> str:
        """The lesson."""
        return row.lesson

    def detail(self, row: LessonFigures) -> Iterable[Row]:
        """How it went, and the steps where most got stuck."""
        yield Content.assemble(plain(row.title).stylize("bold"))
        yield Fact("Gedaan", counted(row.runs, "keer", "keer"))
        yield Fact("Klaar", f"{row.finished} van {row.runs}")
        if row.given_up:
            yield Fact("Opgegeven", str(row.given_up))
        yield Section("Waar men vastliep")
        hard = [step for step in row.steps if step.stuck][:5]
        yield from (Fact(f"{step.step}.", f"{_of(step, step.stuck)}  {step.title}") for step in hard)
        if not hard:
            yield Content("Nergens.")
        yield Act("Enter", "Stappen")

    def action_change(self) -> None:
        """Open the steps of the lesson under the cursor."""
        row: LessonFigures | None = self.chosen
        if row is not None and self._may():
            self.app.push_screen(StepsPage(row.lesson, row.title, self.only_class))

    def action_results_pdf(self) -> None:
        """Save the results sheet."""
        self._save("resultaten-oefeningen.pdf", sheet_of)

    def action_certificates_pdf(self) -> None:
        """Save the certificates."""
        self._save("certificaten.pdf", certificates_of)

    def _save(self, name: str, made: Callable[[list[Run]], bytes]) -> None:
        self.perform(
            lambda: save(free_name(name), made(self.read_runs())), lambda path: self.say(f"Bewaard als {path}")
        )


class StepsPage(FiguresPage):
    """The steps of one lesson."""

    PATH = ("Trainer", "Vastgelopen", "Stappen")
    CHANGE = ""
    ONE = "Stap"
    LIST = ReadingList
    NOTE = "Bovenaan staat waar de meesten vastliepen; F1 zegt wat telt."
    COLUMNS = (
        Column("Stap", lambda row: str(row.step), 4, right=True, order=lambda row: row.step),
        Column("Wat", lambda row: row.title or "–", order=True),
        Column("Vast", lambda row: _of(row, row.stuck), 9, order=lambda row: row.stuck),
        Column("Mediaan", lambda row: _minutes(row.median), 7, right=True, order=lambda row: row.median or 0.0),
        Column("P90", lambda row: _minutes(row.p90), 5, right=True, order=lambda row: row.p90 or 0.0, from_width=100),
        Column("Hint 3", lambda row: _percent(row, row.last_hint), 6, right=True, from_width=140),
        Column("Opmerking", lambda row: _percent(row, row.remarked), 9, right=True, from_width=140),
        Column("Gestopt", lambda row: _percent(row, row.left), 7, right=True, from_width=140),
        Column("Geholpen", lambda row: _percent(row, row.helped), 8, right=True, from_width=140),
    )
    HELP = (
        f"Elke stap van de les. {MEANS}\n\n"
        "Mediaan en P90 zijn minuten van wie de stap af heeft, van de opdracht tot hij klaar was; tijd waarin de les dicht was, "
        "telt niet. De helft deed het binnen de mediaan, negen van de tien binnen P90. Naast de lijst staat welke opmerkingen er "
        "kwamen, en hoe vaak. S sorteert anders, E bewaart de lijst als CSV-bestand."
    )

    def __init__(self, lesson: str, title: str, only_class: bool) -> None:
        super().__init__()
        self._lesson, self._title, self.only_class = lesson, title, only_class
        self._said: Mapping[str, str] = {}

    def title_text(self) -> str:
        """The lesson."""
        return self._title

    def rows(self) -> Sequence[StepFigures]:
        """Where most get stuck first."""
        classes.require_leading(self.actor)
        runs = alike(happened.runs(only_class=self.only_class, lesson=self._lesson))
        self._said = remarks_of(runs[-1].progress) if runs else {}
        return [step for row in titled(stuck.lessons(runs), runs) for step in row.steps]

    def identity(self, row: StepFigures) -> int:
        """Its number."""
        return row.step

    def detail(self, row: StepFigures) -> Iterable[Row]:
        """Its figures, and the remarks that were made."""
        yield Content.assemble(plain(f"{row.step}. {row.title}").stylize("bold"))
        yield Fact("Kregen de stap", str(row.given))
        yield Fact("Deden hem", str(row.done))
        yield Fact("Mediaan", f"{_minutes(row.median)} min." if row.median is not None else "nog niemand")
        if row.p90 is not None:
            yield Fact("P90", f"{_minutes(row.p90)} min.")
        yield Section("Vastgelopen")
        for said, number in (
            ("Alles samen", row.stuck),
            ("Hint 3", row.last_hint),
            ("Opmerking", row.remarked),
            ("Gestopt", row.left),
            ("Geholpen", row.helped),
        ):
            yield Fact(said, f"{_of(row, number)}, {_percent(row, number)}")
        yield Section("Opmerkingen")
        yield from (Fact(f"{times} keer", self._said.get(check, check)) for check, times in row.remarks)
        if not row.remarks:
            yield Content("Er is hier geen opmerking gemaakt.")


def _most(row: LessonFigures) -> str:
    if not row.stuck:
        return "nergens"
    first = row.steps[0]
    return f"stap {first.step}: {_of(first, first.stuck)}"


def _of(row: StepFigures, number: int) -> str:
    return f"{number} van {row.given}"


def _percent(row: StepFigures, number: int) -> str:
    return f"{round(100 * row.share(number))} %"


def _minutes(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".replace(".", ",")
