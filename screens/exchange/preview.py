"""What an import would do: counts, problems with their line, every change; then Importeren and its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button

from app.access import find_location
from app.exchange.edexml_records import Problem
from app.refusals import Refused
from app.school.import_sheets import Item, State
from app.school.imports import ImportPreview, ImportReport, PreviewOutdated, Tally
from app.training import boards
from screens.exchange.importing import PATH
from screens.shared.controls import push_button
from screens.shared.dialogs import Reading
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain

BUSY = "Bezig met importeren…"


@dataclass(frozen=True)
class Change:
    """One group, pupil or member of staff that becomes new or different."""

    kind: str
    item: Item

    @property
    def text(self) -> str:
        """What changes, on one line."""
        told = "; ".join(f"{one.label}: {one.old} → {one.new}" for one in self.item.differences)
        return told or str(self.item.state)


PROBLEMS = (
    Column("Regel", lambda problem: str(problem.line or ""), 6, right=True),
    Column("Soort", lambda problem: str(problem.severity), 12),
    Column("Probleem (Enter: de hele zin)", lambda problem: problem.sentence),
)
CHANGES = (
    Column("Regel", lambda change: str(change.item.line or ""), 6, right=True),
    Column("Wat", lambda change: change.kind, 10),
    Column("Naam", lambda change: change.item.name, 24),
    Column("Wordt", lambda change: change.item.state, 9),
    Column("Verschil (Enter: alles)", lambda change: change.text if change.item.differences else ""),
)


def in_order(planned: ImportPreview) -> list[Problem]:
    """The problems, errors first."""
    return [*planned.errors, *planned.warnings]


def changes(planned: ImportPreview) -> Iterator[Change]:
    """Everything that becomes new or different, groups first."""
    for kind, section in (("groep", planned.groups), ("leerling", planned.pupils), ("medewerker", planned.staff)):
        for item in section.items:
            if item.state != State.UNCHANGED:
                yield Change(kind, item)


class PreviewScreen(EsisScreen):
    """Look first, then import."""

    PATH = (*PATH, "Voorbeeld")
    HELP = (
        "Dit zou de import doen; er is nog niets veranderd. Fouten staan bovenaan en houden de import tegen: verbeter het "
        "bestand en kies het opnieuw. Waarschuwingen houden niets tegen. Enter toont een regel helemaal.\n\n"
        "Met Importeren (F2) gebeurt alles in een keer, of niets. Leerlingen die niet in het bestand staan, blijven zoals "
        "zij zijn."
    )
    BINDINGS = [
        Binding("f2,ctrl+s", "import_file", "Importeren", id="import.apply",
                tooltip="Voert alles uit wat hier staat, in een keer."),
    ]  # fmt: skip

    def __init__(self, path: Path, planned: ImportPreview) -> None:
        super().__init__()
        self._path = path
        self._planned = planned
        self._importing = False

    def body(self) -> ComposeResult:
        """Counts, what to do, problems, changes."""
        new = " (nieuwe vestiging)" if self._planned.new_location else ""
        yield Label(plain(f"Voorbeeld: {self._path.name} naar {self._planned.brin6}{new}"), classes="title")
        yield Label("", id="preview-counts")
        yield Label("", id="preview-verdict", classes="attention")
        with Horizontal(classes="buttons", id="preview-buttons"):
            yield push_button("Importeren (F2)", id="apply", variant="primary")
            yield push_button("Ander bestand (Esc)", id="other")
        yield Label("Problemen", id="problems-title", classes="subtitle")
        yield RecordList(PROBLEMS, empty="Geen problemen gevonden.", id="problems")
        yield Label("Veranderingen", id="changes-title", classes="subtitle")
        yield RecordList(CHANGES, empty="Er verandert niets.", id="changes")

    def on_mount(self) -> None:
        """Show it; an error has the attention, else the button."""
        self._show()
        first = self.query_one("#problems") if self._planned.errors else self.query_one("#apply")
        first.focus()

    def _show(self) -> None:
        planned = self._planned
        self.query_one("#preview-counts", Label).update(paragraphs(_counts(planned)))
        problems, listed = in_order(planned), list(changes(planned))
        self.query_one("#problems-title", Label).update(
            f"Problemen: {_number(planned.errors, 'fout', 'fouten')}, "
            f"{_number(planned.warnings, 'waarschuwing', 'waarschuwingen')}"
        )
        self.query_one("#changes-title", Label).update(f"Veranderingen: {len(listed)}")
        self._fill("#problems", problems)
        self._fill("#changes", listed)
        self._verdict(self._why_not())
        self.set_class(bool(planned.errors), "-refused")

    def _fill(self, selector: str, rows: list[Any]) -> None:
        listed = self.query_one(selector, RecordList)
        listed.set_class(not rows, "-empty")
        listed.can_focus = bool(rows)
        listed.styles.max_height = max(2, len(rows) + 1)
        listed.show(Rows(rows))

    def _why_not(self) -> str:
        """Why there is nothing to import; empty when there is."""
        planned = self._planned
        if planned.errors:
            return "Importeren kan niet: verbeter eerst de fouten in het bestand en kies het opnieuw. Er is niets veranderd."
        return planned.why_nothing

    def _verdict(self, sentence: str) -> None:
        self.query_one("#preview-verdict", Label).update(plain(sentence))
        self.query_one("#preview-verdict").display = bool(sentence)
        self.query_one("#apply", Button).disabled = bool(sentence)

    @on(RecordList.Chosen, "#problems")
    def _read_problem(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(Reading(f"Een {event.row.severity}", str(event.row)))

    @on(RecordList.Chosen, "#changes")
    def _read_change(self, event: RecordList.Chosen) -> None:
        item = event.row.item
        told = "\n".join(f"{one.label}: {one.old} → {one.new}" for one in item.differences)
        self.app.push_screen(Reading(f"{event.row.kind.capitalize()} {item.key}: {item.name}",
                                     f"Regel {item.line}: {item.state}.\n\n{told}"))  # fmt: skip

    @on(Button.Pressed, "#apply")
    def _apply(self) -> None:
        self.action_import_file()

    @on(Button.Pressed, "#other")
    def _other(self) -> None:
        self.action_back()

    def action_import_file(self) -> None:
        """Import, unless there is nothing to import or it is being done."""
        if self._importing:
            return
        if reason := self._why_not():
            self.show_refusal(Refused(reason))
            return
        actor, planned = self.actor, self._planned
        self._importing = True
        self._verdict(BUSY)
        self.perform(lambda: boards.import_file(actor, planned), self._imported, self._refused)

    def action_back(self) -> None:
        """Not while importing: what came of it must be seen."""
        if self._importing:
            self.say("Het importeren is bezig; een ogenblik geduld.")
        else:
            super().action_back()

    def _imported(self, report: ImportReport) -> None:
        from screens.exchange.report import ReportScreen

        self._importing = False
        if not self.is_current:
            self.say(report.sentence())
        elif report.new_location:
            self._go_on_there(report)
        else:
            self.app.switch_screen(ReportScreen(self._path, report))

    def _go_on_there(self, report: ImportReport) -> None:
        """The user goes to the location that the import made."""
        from screens.exchange.report import ReportScreen

        came_from = self.actor.location.brin6
        self.esis.use_location(find_location(self.actor.board, report.brin6))
        self.app.push_screen(ReportScreen(self._path, report))
        self.say(f"✓ Vestiging {report.brin6} is aangemaakt en u werkt nu daar. Terug naar {came_from}: Ctrl+P, "
                 "Vestiging kiezen.")  # fmt: skip

    def _refused(self, refusal: Refused) -> None:
        self._importing = False
        if isinstance(refusal, PreviewOutdated):
            self._planned = refusal.preview
        self._show()
        self.show_refusal(refusal)


def _number(found: list[Problem], one: str, more: str) -> str:
    return f"{len(found)} {one if len(found) == 1 else more}"


def _counts(planned: ImportPreview) -> str:
    """A small table of new, changed and unchanged, and the school year."""
    lines = [f"{'':<14}{'nieuw':>8}{'gewijzigd':>12}{'ongewijzigd':>14}"]
    for name, section in (("Groepen", planned.groups), ("Leerlingen", planned.pupils), ("Medewerkers", planned.staff)):
        tally = Tally.of(section)
        lines.append(f"{name:<14}{tally.new:>8}{tally.changed:>12}{tally.unchanged:>14}")
    if planned.skipped:
        lines.append(
            f"{'Overgeslagen':<14}{planned.skipped:>8} {'oud-leerling' if planned.skipped == 1 else 'oud-leerlingen'}"
        )
    return "\n".join(lines)
