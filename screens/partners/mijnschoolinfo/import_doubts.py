"""Lines of a file whose person is in doubt: the user decides on each before anything is imported."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app.partners.mijnschoolinfo.apply_import import Imported
from app.partners.mijnschoolinfo.arriving import OTHER, SKIP, Question, Undecided
from app.partners.mijnschoolinfo.importing import import_file
from app.refusals import Refused
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.page import Session
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Choose
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

TO_DECIDE = "nog te kiezen"
_WORDS = {OTHER: "iemand anders", SKIP: "overslaan"}


class ImportDoubts(MsiPage):
    """Returns what was imported; Esc imports nothing."""

    HERE = "esis"
    PATH = ("Koppeling", "Importeren", "Twijfel")
    HELP = (
        "Deze regels van het bestand kunnen van iemand anders zijn dan er staat: iemand die hier al bekend is, of iemand van een "
        "andere regel. Enter kiest per regel: dezelfde, iemand anders (dan komt er een nieuwe bij), of overslaan. F2 leest het "
        "bestand in als over elke regel is gekozen. Met Esc wordt er niets overgenomen."
    )
    BINDINGS = [
        keys.DONE("submit", "Importeren", id="form.submit", tooltip="Leest het bestand in met uw keuzes."),
    ]

    def __init__(self, session: Session, path: Path, undecided: Undecided) -> None:
        super().__init__(session)
        self._path, self._undecided = path, undecided
        self._questions = {one.key: one for one in undecided.questions}
        self._choices: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """The question, and the lines."""
        yield Label("", id="msi-undecided", classes="paragraph")
        columns = [
            Column("Regel", lambda one: one.key, 5),
            Column("Wie", lambda one: one.kind, 9),
            Column("Naam", lambda one: one.name, 15),
            Column("Keuze", self._chosen, 24),
            Column("Misschien", lambda one: " of ".join(f"{maybe.name} ({maybe.reason})" for maybe in one.options)),
        ]
        yield RecordList(columns, empty="", id="msi-lines", title=f"Wie is wie in {self._path.name}?")
        with Buttons():
            yield push_button("Kiezen", id="choose")
            yield push_button("Importeren", id="submit", variant="primary")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#msi-lines").focus()

    def show(self, found: None) -> None:  # noqa: ARG002
        """Show the choices so far."""
        self.query_one("#msi-undecided", Label).update(plain(self._undecided.summary))
        self.query_one("#msi-lines", RecordList).show(Rows(list(self._questions.values())), keep_cursor=True)

    @property
    def changed(self) -> bool:
        """Whether leaving would lose choices."""
        return bool(self._choices)

    def _chosen(self, one: Question) -> str:
        choice = self._choices.get(one.key, "")
        same = next((maybe.name for maybe in one.options if maybe.key == choice), "")
        return f"dezelfde als {same}" if same else _WORDS.get(choice, TO_DECIDE)

    @on(Button.Pressed, "#choose")
    def _pressed(self) -> None:
        self.query_one("#msi-lines", RecordList).action_choose()

    @on(RecordList.Chosen, "#msi-lines")
    def _choose(self, event: RecordList.Chosen) -> None:
        one: Question = event.row
        options = [(maybe.key, f"dezelfde als {maybe.name} ({maybe.reason})") for maybe in one.options]
        options += [(OTHER, "iemand anders: komt er nieuw bij"), (SKIP, "overslaan: deze regel niet overnemen")]
        self.app.push_screen(Choose(f"Regel {one.key}: {one.name}", options), lambda choice: self._keep(one, choice))

    def _keep(self, one: Question, choice: str | None) -> None:
        if choice is not None:
            self._choices[one.key] = choice
            self.refresh_data()

    @on(Button.Pressed, "#submit")
    def action_submit(self) -> None:
        """Import, once there is a choice for every line."""
        waits = next((one for one in self._questions.values() if one.key not in self._choices), None)
        if waits is not None:
            self.say(f"Kies eerst wie er op regel {waits.key} staat: {waits.name}.", severity="warning")
            return
        school, path, choices = self.school, self._path, dict(self._choices)
        self.perform(lambda: import_file(school, path, choices), self._imported, self._refused)

    def _imported(self, done: Imported) -> None:
        self.dismiss(done)

    def _refused(self, refusal: Refused) -> None:
        """Add the questions these choices raise below the earlier ones."""
        if isinstance(refusal, Undecided):
            self._undecided = refusal
            self._questions |= {one.key: one for one in refusal.questions}
            for one in refusal.questions:
                self._choices.pop(one.key, None)
            self.refresh_data()
        else:
            self.show_refusal(refusal)
