"""The pupils of a file whose identity is in doubt: a list above the problems, and a choice for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult

from app.counted import counted
from app.school.files import imports
from app.school.files.import_doubts import Choice, Doubt, Kind
from screens.shared.dialogs import Choose, Confirm
from screens.shared.previewing import FilePreview
from screens.shared.records import Column, RecordList


@dataclass(frozen=True)
class Row:
    """A doubt and the choice, if made."""

    doubt: Doubt
    choice: Choice | None

    @property
    def like(self) -> str:
        """Who it may be, and why."""
        one = self.doubt.like[0] if self.doubt.like else None
        more = f" (en {len(self.doubt.like) - 1} meer)" if len(self.doubt.like) > 1 else ""
        return f"{one.key} {one.name}{more}: {one.reason}" if one else self.doubt.never_new

    @property
    def chosen(self) -> str:
        """The choice in a few words."""
        return short(self.choice) if self.choice else "nog te kiezen"


COLUMNS = (
    Column("Regel", lambda row: str(row.doubt.record.line), 6, right=True),
    Column("In het bestand", lambda row: f"{row.doubt.key} {row.doubt.record.label}", 24),
    Column("Lijkt op (Enter: kiezen)", lambda row: row.like),
    Column("Keuze", lambda row: row.chosen, 22, style=lambda row: "ok" if row.choice else "bold warn"),
)


def short(choice: Choice) -> str:
    """The choice as the list shows it: `dezelfde als 00001`."""
    texts = {Kind.SAME: f"dezelfde als {choice.key}", Kind.OTHER: "nieuwe leerling", Kind.SKIP: "overslaan"}
    return texts[choice.kind]


def at_length(doubt: Doubt, choice: Choice) -> str:
    """The choice as the question puts it."""
    if choice.kind is Kind.SKIP:
        return "Deze regel overslaan: er verandert niets"
    if choice.kind is Kind.OTHER:
        return f"Iemand anders: wordt een nieuwe leerling met nummer {doubt.key}"
    one = next(one for one in doubt.like if one.key == choice.key)
    keeps = "" if one.key == doubt.key else f" en houdt nummer {one.key}"
    return f"Dezelfde als {one.described} ({one.reason}): wordt bijgewerkt{keeps}"


class Doubtful(FilePreview):
    """A preview with doubts: nothing can be imported until each is decided."""

    def above_problems(self) -> ComposeResult:
        """The list of doubts, hidden when empty."""
        yield RecordList(COLUMNS, empty="", id="doubts", title="Wie is dit?")

    def first(self) -> str:
        """The doubts if any is undecided, unless there are errors."""
        return super().first() if self._planned.errors or not self._planned.undecided else "#doubts"

    def show_plan(self) -> None:
        """Show the preview, with the choices made."""
        super().show_plan()
        choices = self._planned.chosen.choices
        rows = [Row(doubt, choices.get(doubt.key)) for doubt in self._planned.doubts]
        self.fill("#doubts", rows)
        waiting = sum(row.choice is None for row in rows)
        listed = self.query_one("#doubts", RecordList)
        listed.set_title(f"Wie is dit? Nog te kiezen: {waiting} van {len(rows)}")
        listed.display = bool(rows)

    def why_not(self) -> str:
        """Why it cannot be imported; undecided doubts are a reason too."""
        if reason := super().why_not():
            return reason
        if not (waiting := len(self._planned.undecided)):
            return ""
        who = counted(waiting, "leerling lijkt", "leerlingen lijken")
        return f"{who} op iemand die er al is. Kies eerst wie het is: zet de balk op de regel en druk op Enter."

    @on(RecordList.Chosen, "#doubts")
    def _ask(self, event: RecordList.Chosen) -> None:
        doubt: Doubt = event.row.doubt
        choices = {str(number): choice for number, choice in enumerate(doubt.choices)}
        options = [(number, at_length(doubt, choice)) for number, choice in choices.items()]
        text = f"Regel {doubt.record.line} van het bestand: {doubt.described}. {doubt.never_new}".rstrip()

        def answered(number: str | None) -> None:
            if number is not None:
                self._choose(doubt, choices[number])

        self.app.push_screen(Choose(f"Wie is {doubt.record.label}?", options, text), answered)

    def _choose(self, doubt: Doubt, choice: Choice) -> None:
        """Apply the choice to this doubt and, after a question, to all similar ones."""
        alike: dict[str, Choice] = {}
        taken = {choice, *self._planned.chosen.choices.values()}
        for other in self._planned.undecided:
            likewise = _likewise(doubt, choice, other)
            if other.key != doubt.key and likewise is not None and (not likewise.key or likewise not in taken):
                alike[other.key] = likewise
                taken.add(likewise)

        def answered(all_of_them: bool | None) -> None:
            self._decide({doubt.key: choice, **(alike if all_of_them else {})})

        if not alike:
            self._decide({doubt.key: choice})
            return
        number = counted(len(alike), "andere leerling", "andere leerlingen")
        question = f"Bij {number} is het net zo ({doubt.like[0].reason}). Ook daar: {choice.kind}?"
        self.app.push_screen(Confirm("Ook bij de anderen?", question, "Ook daar", "Alleen deze"), answered)

    def _decide(self, more: dict[str, Choice]) -> None:
        actor, planned = self.actor, self._planned
        choices = {**planned.chosen.choices, **more}
        self.perform(lambda: imports.decide(actor, planned, choices), self._decided)

    def _decided(self, planned: Any) -> None:
        """Go to the next undecided doubt, or after the last to the button."""
        self._planned = planned
        self.show_plan()
        rows = [doubt.key in planned.chosen.choices for doubt in planned.doubts]
        if False in rows:
            self.query_one("#doubts", RecordList).cursor = rows.index(False)
        else:
            self.query_one(self.first()).focus()


def _likewise(doubt: Doubt, choice: Choice, other: Doubt) -> Choice | None:
    """The same choice for another doubt that resembles one pupil in the same way; None if it does not apply."""
    if [one.reason for one in doubt.like] != [one.reason for one in other.like] or len(other.like) != 1:
        return None
    made = Choice(Kind.SAME, other.like[0].key) if choice.kind is Kind.SAME else choice
    return made if made in other.choices else None
