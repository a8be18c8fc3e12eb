"""Trainer > Eigen lessen: lessons of one's own, what is wrong in them, and adding one from a file or by pasting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.screen import Screen

from app.counted import counted
from app.permissions import Permission
from app.refusals import Refused
from app.training import classes
from app.training.lessons import catalogue, own
from app.training.lessons.own import DATABASE, Own
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import SUFFIX
from screens.shared import keys
from screens.shared.choosing_file import ChooseFileScreen
from screens.shared.dialogs import Confirm
from screens.shared.facts import Act, Fact, Row
from screens.shared.fields import AreaField, Field, FixedField, TextField
from screens.shared.maintenance import RecordForm
from screens.shared.records import Column
from screens.shared.text import plain
from screens.trainer.page import TrainerPage

FIXED = "{name} komt uit de map van de klas. Wijzig het bestand zelf, of haal het uit de map."
REPLACE = "Wie met de les bezig is, gaat verder met de oude tekst. Wie haar begint, krijgt de nieuwe."


class OwnLessonsPage(TrainerPage):
    """Those of the folder and those that were added."""

    PATH = ("Trainer", "Eigen lessen")
    PERMISSION = Permission.LEAD_CLASS
    NEW = "Nieuwe les"
    CHANGE = "Wijzigen"
    DELETE = "Weghalen"
    MORE = (("from_file", "Uit een bestand"),)
    WITHOUT_ROW = ("add", "from_file")
    ONE = "Les"
    NOTE = "Eigen draaiboeken voor de klas. Wie zich aanmeldt, vindt ze bij Oefeningen."
    EMPTY = (
        "Er zijn nog geen eigen lessen. Kies Uit een bestand, plak er een met N, of begin het programma met een map: "
        "esis serve --lessons MAP."
    )
    COLUMNS = (
        Column("Les", lambda row: row.title, order=True),
        Column("Naam", lambda row: row.name, 24, from_width=100, order=True),
        Column("Herkomst", lambda row: row.origin, 11, order=True),
        Column(
            "Staat",
            lambda row: f"× {counted(len(_lines(row)), 'fout', 'fouten')}" if row.wrong else "✓ in orde",
            11,
            order=True,
            style=lambda row: "bad" if row.wrong else "ok",
        ),
    )
    HELP = (
        "Een eigen les is een draaiboek dat u zelf schreef of opnam (NAAM.draaiboek.md). De knop Uit een bestand kiest er "
        "een, N opent een formulier waarin u de tekst plakt of typt, Enter wijzigt de les en Del haalt haar weg, na "
        "een vraag.\n\n"
        "Een les die niet deugt, staat hier met elke fout en haar regel; de cursisten zien haar niet, en de andere lessen "
        "hebben er geen last van. Of een les ook goed is om te doen, zegt esis play NAAM.draaiboek.md --lint.\n\n"
        "Een les is een bestand: wat ernaast staat (include, send file) gaat niet mee. Wie met een les bezig is, gaat "
        "verder met de tekst waarmee hij begon, ook als u haar vervangt of weghaalt."
    )
    BINDINGS = [
        keys.NEW("add", "Nieuwe les", id="own-lessons.new", tooltip="Plak of typ een draaiboek."),
        keys.no_key(
            "from_file", "Uit een bestand", id="own-lessons.file", tooltip="Kiest een draaiboek om toe te voegen."
        ),
        keys.REMOVE("delete", "Weghalen", id="own-lessons.remove", tooltip="Haalt de les weg, na een vraag."),
    ]

    def reason(self) -> str:
        """Only from the practice board: a lesson is for all boards."""
        return classes.leading(self.actor)

    def rows(self) -> Sequence[Own]:
        """By name."""
        return catalogue.own_lessons()

    def identity(self, row: Own) -> str:
        """Where it is from, and its name."""
        return f"{row.origin}/{row.name}"

    def detail(self, row: Own) -> Iterator[Row]:
        """What it is, or every mistake in it."""
        yield plain(row.title).stylize("bold $ink")
        yield Content("")
        yield Fact("Naam", row.name)
        yield Fact("Herkomst", "de map van de klas" if row.origin != DATABASE else "toegevoegd in dit programma")
        if row.script is not None:
            yield Fact("Voor", row.script.audience or "niet gezegd")
            yield Fact("Opdrachten", str(len(tasks_of(row.script))))
        for line in _lines(row):
            yield plain(f"× {line}").stylize("$bad")
        if row.origin == DATABASE:
            yield Content("")
            yield Act("Enter", "Wijzigen", "toont de tekst")
            yield Act("Del", "Weghalen", "vraagt eerst")

    def form(self, row: Own | None) -> OwnLessonForm:
        """A new one, or one that was added."""
        return OwnLessonForm(row)

    def action_change(self) -> None:
        """Open it, if it was added here."""
        if not self._fixed():
            super().action_change()

    def action_delete(self) -> None:
        """Ask, if it was added here."""
        if not self._fixed():
            super().action_delete()

    def _fixed(self) -> bool:
        row: Own | None = self.chosen
        if row is not None and row.origin != DATABASE:
            self.show_refusal(Refused(FIXED.format(name=row.name)))
            return True
        return False

    def action_from_file(self) -> None:
        """Choose a file."""
        self.app.push_screen(AddFromFile())

    def question(self, row: Own) -> tuple[str, str]:
        """What to ask before removing it."""
        return f"{row.title} weghalen?", "Niemand kan de les daarna beginnen. Wie ermee bezig is, kan haar afmaken."

    def delete(self, row: Own) -> str:
        """Remove it."""
        return own.remove(self.actor, row.name)


def _lines(row: Own) -> list[str]:
    """What is wrong, a mistake an item, with the line without the file."""
    return [line.removeprefix(f"{row.path}:") for line in row.wrong.splitlines()]


class OwnLessonForm(RecordForm):
    """The name and the text of a lesson."""

    PATH = ("Trainer", "Eigen lessen", "Les")
    PERMISSION = Permission.LEAD_CLASS
    PROGRAM = "Trainer"
    HELP = (
        "Plak (Ctrl+V) of typ het draaiboek. F2 slaat op; deugt er iets niet, dan staat er op welke regel. Esc gaat terug. "
        "Hoe een draaiboek wordt geschreven, staat in docs/draaiboeken.md."
    )

    def __init__(self, row: Own | None) -> None:
        super().__init__(1 if row else None)
        self._row = row

    def title_text(self) -> str:
        """The lesson, or a new one."""
        return self._row.title if self._row else "Nieuwe les"

    def fields(self) -> list[Field]:
        """The name, which stays, and the text."""
        row = self._row
        name: Field = (
            FixedField("name", "Naam", value=row.name)
            if row
            else TextField("name", "Naam", required=True, max_length=100, help="Zoals onze-koppeling.")
        )
        return [name, AreaField("text", "Draaiboek", required=True, value=row.text if row else "")]

    def save(self, values: dict[str, Any]) -> str:
        """Add or replace it."""
        name = self._row.name if self._row else own.name_of(Path(str(values["name"])))
        return own.add(self.actor, name, str(values["text"]), catalogue.reserved(), replace=self._row is not None)


class AddFromFile(ChooseFileScreen):
    """Choose a draaiboek; one of the same name is replaced after a question."""

    PATH = ("Trainer", "Eigen lessen", "Uit een bestand")
    PROGRAM = "Trainer"
    KIND = "draaiboek"
    SUFFIX = (SUFFIX, ".md")
    SUBMIT = "Toevoegen"
    HELP = (
        "Typ het pad van een draaiboek en druk op F2, of ga met Tab naar de lijst en kies het met Enter. In een browser is dat "
        "de map van dit bestuur op de computer van de klas; wat daar niet staat, plakt u bij Nieuwe les."
    )

    def note(self) -> str:
        """Where it goes."""
        return "Draaiboek dat ieder op deze database bij Oefeningen vindt."

    def plan(self, path: Path) -> tuple[str, str, bool]:
        """Its name, its text and whether there is one of that name. Raises `Refused` with what is wrong in it."""
        _, text = own.read_file(path)
        name = own.name_of(path)
        own.check(name, text, catalogue.reserved())
        return name, text, own.exists(name)

    def show_preview(self, planned: tuple[str, str, bool]) -> None:
        """Add it, after a question if that replaces one."""
        self.busy("")
        name, text, there = planned
        if not there:
            self._add(name, text)
            return
        question = Confirm(f"{name} vervangen?", REPLACE, "Vervangen", danger=True)
        self.app.push_screen(question, lambda yes: self._add(name, text) if yes else None)

    def _add(self, name: str, text: str) -> None:
        def added(sentence: str) -> None:
            self.say(sentence)
            if self.is_current:
                self.app.pop_screen()

        self.perform(lambda: own.add(self.actor, name, text, catalogue.reserved(), replace=True), added, self.refused)

    def preview_screen(self, path: Path, planned: Any) -> Screen[Any]:
        """There is none: adding is at once."""
        raise NotImplementedError
