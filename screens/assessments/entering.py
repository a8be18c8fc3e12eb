"""Toetsresultaten invoeren: choose a group, day and assessment, then type a score for each pupil."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from app import clock
from app.counted import counted
from app.refusals import Refused
from app.school.assessment import entering, entry_sheets
from app.school.assessment.entry_sheets import Choice, EntrySheet
from models.school import Group
from screens.assessments.group_screen import ChoiceBar, Groups, GroupScreen
from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.fields import Field, TextField
from screens.shared.forms import Form
from screens.shared.label import ErrorLine, Label
from screens.shared.maintenance import RecordForm
from screens.shared.panel import Panel
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

NOTHING_ON = (
    "Voor deze groep staat geen toets aan. Zet er een aan bij Beheer > Toetsen > Toetsen activeren (of vraag dat aan de "
    "intern begeleider)."
)
COUNTING = (
    "Is een toets ook geleverd (minder dan vier weken uit elkaar), dan telt het geleverde resultaat; het ingevoerde blijft "
    "ernaast staan."
)


@dataclass(frozen=True)
class Sheets:
    """What the screen shows."""

    groups: Groups
    day: date | None = None
    choices: Sequence[Choice] = ()
    error: str = ""
    """What is wrong with the day."""


class EnteringScreen(GroupScreen):
    """The assessments of a group, with the number of results for the day."""

    ITEM = "toetsresultaten-invoeren"
    HELP = (
        "Kies met G de groep, met Shift+Tab de dag van de afname, en met Enter de toets. Alleen toetsen die aan staan en bij het "
        "leerjaar van de groep horen, staan in de lijst; een onderdeel heeft een eigen regel.\n\n"
        "'Ingevoerd' telt wat er voor deze dag is getypt, 'Geleverd' wat een leverancier binnen vier weken van deze dag "
        f"leverde. {COUNTING}"
    )
    BINDINGS = [
        keys.no_key("to_day", "Datum", id="entering.day", tooltip="Gaat naar de dag van de afname."),
        keys.DOWN("to_list", "Naar de lijst", id="entering.list", show=False, tooltip="Gaat naar de toetsen."),
    ]
    day: date | None = None
    _typed = ""
    """What the field of the day has."""
    _entered = False
    """Whether to go to the list once the day is read."""

    def body(self) -> ComposeResult:
        """The choices, the list, and a note on which results count."""
        with Horizontal(classes="entering-choices"):
            yield ChoiceBar("group")
            yield Label("Dag van de afname ", classes="inline-label")
            self._typed = clock.dutch_date(clock.school_today(self.actor.board))
            yield TextLine(self._typed, id="entering-day")
        yield ErrorLine(id="entering-error")
        yield RecordList(
            [
                Column("Toets", lambda row: row.subtest.name, order=True),
                Column("Vak", lambda row: row.subtest.assessment.subject.name, 16, from_width=100, order=True),
                Column("Score", _scale, 22, order=True),
                Column("Ingevoerd", lambda row: f"{row.typed} van {row.pupils}", 9, order=True, style=_done("typed")),
                Column(
                    "Geleverd", lambda row: f"{row.delivered} van {row.pupils}", 9, order=True, style=_done("delivered")
                ),
            ],
            empty="",
            id="entering",
            title="Toetsen",
        )
        yield Label(COUNTING, id="entering-help", classes="help")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#entering").focus()

    def load_groups(self) -> Sequence[Group]:
        """The user's own groups, or all."""
        return entry_sheets.group_choices(self.actor)

    def read(self) -> Sheets:
        """The groups, and the assessments of the chosen one on the day."""
        typed, groups = self._typed, self.read_groups()
        group = next((one for one in groups.groups if one.id == groups.chosen), None)
        if group is None:
            return Sheets(groups)
        try:
            day = entry_sheets.read_day(self.actor, group, typed)
            return Sheets(groups, day, entry_sheets.choices(self.actor, group.id, day))
        except Refused as refusal:
            return Sheets(groups, error=refusal.sentence)

    def show(self, found: Sheets) -> None:
        """Show them, or what is wrong with the day."""
        self.show_groups(found.groups)
        self.day = found.day or self.day
        self.query_one(ErrorLine).tell(found.error)
        listed = self.query_one("#entering", RecordList)
        nothing = "Typ eerst een dag die kan." if found.error else NOTHING_ON
        listed.empty = nothing if self.group else found.groups.why_nothing
        listed.show(Rows(found.choices))
        if self._entered and not found.error:
            self.action_to_list()
        self._entered = False

    def action_to_day(self) -> None:
        """Go to the day."""
        self.query_one("#entering-day").focus()

    def action_to_list(self) -> None:
        """Go to the assessments."""
        self.query_one("#entering").focus()

    @on(Input.Changed, "#entering-day")
    def _day_typed(self, event: Input.Changed) -> None:
        self._typed = event.value

    @on(Input.Submitted, "#entering-day")
    def _day_entered(self) -> None:
        self._entered = True
        self.refresh_data()

    @on(Input.Blurred, "#entering-day")
    def _day_left(self) -> None:
        self.refresh_data()

    @on(RecordList.Chosen, "#entering")
    def _open(self, event: RecordList.Chosen) -> None:
        group, day, actor, subtest = self.group, self.day, self.actor, event.row.subtest
        if group is not None and day is not None:
            self.perform(
                lambda: entry_sheets.sheet(actor, group.id, subtest.assessment.id, subtest.part, day),
                self._type_in,
            )

    def _type_in(self, sheet: EntrySheet) -> None:
        self.app.push_screen(EntryScreen(sheet))


def _done(which: str) -> Callable[[Choice], str]:
    """Green once every pupil has a result, faint while nobody has."""

    def style(row: Choice) -> str:
        number: int = getattr(row, which)
        return "" if 0 < number < row.pupils else "ok" if number else "hint"

    return style


def _scale(row: Choice) -> str:
    return row.subtest.assessment.scale_of(row.subtest.part).label


class EntryLines(Form):
    """A line for each pupil, with the resulting level or the error beside it."""

    BINDINGS = [
        keys.DOWN(
            "step(1)",
            "Volgende leerling",
            id="entry.next",
            tooltip="Gaat naar de volgende leerling; Enter ook.",
            show=False,
        ),
        keys.UP(
            "step(-1)",
            "Vorige leerling",
            id="entry.previous",
            tooltip="Gaat naar de vorige leerling.",
            show=False,
        ),
    ]

    def action_step(self, step: int) -> None:
        """Focus the next or previous field."""
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class EntryScreen(RecordForm):
    """The pupils of a group, one line each."""

    ITEM = "toetsresultaten-invoeren"
    BELOW = ("Invoeren",)
    HELP = (
        "Typ bij elke leerling de score (of het niveau). Enter of ↓ gaat naar de volgende leerling, ↑ terug; naast de regel "
        "staat wat ESIS ervan maakt, of wat er niet klopt. F2 slaat alles in één keer op.\n\n"
        "Een lege regel is geen resultaat. Maakt u een regel leeg die er al stond, dan vraagt ESIS of dat resultaat weg mag. "
        f"Nog eens typen vervangt wat er stond; wat er stond, wordt bewaard.\n\n{COUNTING}"
    )

    def __init__(self, sheet: EntrySheet) -> None:
        super().__init__(sheet.seen)
        self.sheet = sheet

    def title_text(self) -> str:
        """`Lezen groep 6, groep 6, 14-4-2020`."""
        sheet = self.sheet
        return f"{sheet.subtest.name}, groep {sheet.group.name}, afgenomen op {clock.dutch_date(sheet.day)}"

    def body(self) -> ComposeResult:
        """What to type, then the lines."""
        scale = self.sheet.subtest.assessment.scale_of(self.sheet.subtest.part)
        told = f"Typ {scale.what}." if self.sheet.rows else "Op deze dag was er geen leerling voor wie deze toets is."
        with Panel(self.title_text(), told=counted(len(self.sheet.rows), "leerling", "leerlingen"), id="entry"):
            yield Label(plain(told), classes="help")
            yield EntryLines(self.fields(), submit="Opslaan")

    def fields(self) -> list[Field]:
        """A field for each pupil."""
        subtest, day = self.sheet.subtest, self.sheet.day
        return [
            TextField(
                row.field,
                row.name,
                value=row.text,
                help=row.note,
                max_length=20,
                check=lambda text: subtest.read(text, day),
                counter=self._becomes,
            )
            for row in self.sheet.rows
        ]

    def _becomes(self, text: str) -> str:
        """The level for a score; empty if the score is invalid."""
        if self.sheet.subtest.assessment.levels and text.strip().isdigit():
            try:
                values = self.sheet.subtest.read(text, self.sheet.day)
            except Refused:
                return ""
            return values.text if values else ""
        return ""

    def warnings(self, values: dict[str, Any]) -> str:
        """Whose results would be deleted."""
        names = entering.emptied(self.sheet, values)
        if not names:
            return ""
        whose = names[0] if len(names) == 1 else f"{counted(len(names), 'leerling', 'leerlingen')}: {'; '.join(names)}"
        return f"U maakte een regel leeg die er al stond. Het ingevoerde resultaat van {whose} wordt dan verwijderd."

    def save(self, values: dict[str, Any]) -> str:
        """Save all the lines at once."""
        return entering.save(self.actor, self.sheet, values, self.seen).sentence
