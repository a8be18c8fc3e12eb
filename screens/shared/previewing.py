"""What a file would do: counts, problems with their line, every change; then it is applied all at once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app.counted import counted
from app.exchange.edexml_records import Problem, Severity
from app.refusals import Refused
from app.school.files.imports import PreviewOutdated
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Reading
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain, wrapped

_COLOURS = {Severity.ERROR: "bold bad", Severity.WARNING: "warn"}
PROBLEMS = (
    Column("Regel", lambda problem: str(problem.line or ""), 6, right=True),
    Column("Soort", lambda problem: str(problem.severity), 12, style=lambda problem: _COLOURS[problem.severity]),
    Column("Probleem (Enter: de hele zin)", lambda problem: problem.sentence),
)


ROUND_ROWS = 3
"""Lines of a list that are no rows: its headings and its border."""


class FilePreview(EsisScreen):
    """Preview first, then apply. A preview has `errors`, `warnings` and `why_nothing`."""

    DO = "Importeren"
    """The text of the button."""
    BUSY = "Bezig met importeren…"
    CHANGES_TITLE = "Veranderingen"
    NO_CHANGES = "Er verandert niets."
    CHANGES: tuple[Column, ...] = ()
    SCOPED_CSS = False
    CSS = """
    FilePreview #preview-verdict { width: 1fr; padding: 0 1; color: $warn; background: $warn-bg; border-left: outer $warn; }
    FilePreview #problems, FilePreview #changes, FilePreview #doubts { height: 1fr; min-height: 4; }
    FilePreview #problems.-empty, FilePreview #changes.-empty { height: 3; min-height: 3; }
    FilePreview.-refused #preview-counts, FilePreview.-refused #doubts, FilePreview.-refused #changes { display: none; }
    FilePreview.-refused #preview-verdict { color: $bad; background: $bad-bg; border-left: outer $bad; }
    FilePreview.-low .buttons { margin: 0; }
    FilePreview #preview-line { display: none; height: 1fr; min-height: 5; max-height: 10; }
    FilePreview #preview-line.-told { display: block; }
    FilePreview.-low #preview-line { display: none; }
    """
    BINDINGS = [
        keys.DONE(
            "import_file",
            "Importeren",
            id="import.apply",
            tooltip="Voert alles uit wat hier staat, in een keer.",
        ),
    ]

    def __init__(self, path: Path, planned: Any) -> None:
        super().__init__()
        self._path = path
        self._planned = planned
        self._importing = False

    def title_text(self) -> str:
        """Which file goes where."""
        return f"Voorbeeld: {self._path.name} naar {self.actor.location.brin6}"

    @abstractmethod
    def counts(self) -> str:
        """A small table of what it does."""

    @abstractmethod
    def changes(self) -> Sequence[Any]:
        """What becomes new or different."""

    def problems(self) -> Sequence[Problem]:
        """The problems in the file, errors first."""
        return [*self._planned.errors, *self._planned.warnings]

    def problem_counts(self) -> tuple[int, int]:
        """How many errors and warnings; more than in `problems` if those are too many to show."""
        return len(self._planned.errors), len(self._planned.warnings)

    @abstractmethod
    def change_text(self, change: Any) -> tuple[str, str]:
        """One change in full: title and text."""

    @abstractmethod
    def carry_out(self) -> Any:
        """Apply it through its use case, off the UI thread; returns the report. May raise `Refused`."""

    @abstractmethod
    def done(self, report: Any) -> None:
        """Show the report."""

    def body(self) -> ComposeResult:
        """Counts, what to do, problems, changes."""
        yield Block(self.title_text(), id="preview-counts", opens=False)
        yield Label("", id="preview-verdict")
        with Buttons(id="preview-buttons"):
            yield push_button(self.DO, id="apply", variant="primary")
            yield push_button("Ander bestand", id="other")
        yield from self.above_problems()
        yield RecordList(PROBLEMS, empty="Geen problemen gevonden.", id="problems", title="Problemen")
        yield RecordList(self.CHANGES, empty=self.NO_CHANGES, id="changes", title=self.CHANGES_TITLE)
        yield Block("", id="preview-line", opens=False)

    def above_problems(self) -> ComposeResult:
        """What the user has to look at first."""
        yield from ()

    def first(self) -> str:
        """What gets the focus: an error, else the button."""
        return "#problems" if self._planned.errors else "#apply"

    def on_mount(self) -> None:
        """Show it."""
        self.show_plan()
        self.query_one(self.first()).focus()

    def show_plan(self) -> None:
        """Fill it with the current plan."""
        planned, listed = self._planned, self.changes()
        errors, warnings = self.problem_counts()
        self.query_one("#preview-counts", Block).tell(lambda width: wrapped(self.counts(), width))
        self.query_one("#problems", RecordList).set_title(
            f"Problemen: {counted(errors, 'fout', 'fouten')}, {counted(warnings, 'waarschuwing', 'waarschuwingen')}"
        )
        self.query_one("#changes", RecordList).set_title(f"{self.CHANGES_TITLE}: {len(listed)}")
        self.fill("#problems", self.problems())
        self.fill("#changes", listed)
        self._verdict(self.why_not())
        self.set_class(bool(planned.errors), "-refused")

    def fill(self, selector: str, rows: Sequence[Any]) -> None:
        """Fill one of the lists, as high as it needs."""
        listed = self.query_one(selector, RecordList)
        listed.set_class(not rows, "-empty")
        listed.can_focus = bool(rows)
        listed.styles.max_height = len(rows) + ROUND_ROWS if rows else ROUND_ROWS
        listed.show(Rows(rows))

    def why_not(self) -> str:
        """Why it cannot be applied; empty if it can."""
        planned = self._planned
        if planned.errors:
            return f"{self.DO} kan niet: los eerst de fouten op en kies het bestand opnieuw. Er is niets veranderd."
        return str(planned.why_nothing)

    def _verdict(self, sentence: str) -> None:
        self.query_one("#preview-verdict", Label).update(plain(sentence))
        self.query_one("#preview-verdict").display = bool(sentence)
        self.query_one("#apply", Button).disabled = bool(sentence)

    @on(RecordList.Highlighted, "#problems")
    def _on_problem(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            self._tell_line(f"Een {event.row.severity}", str(event.row))

    @on(RecordList.Highlighted, "#changes")
    def _on_change(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and (event.list.has_focus or not self.problems()):
            self._tell_line(*self.change_text(event.row))

    def _tell_line(self, title: str, text: str) -> None:
        """The line one is on, in full."""
        block = self.query_one("#preview-line", Block)
        block.border_title = plain(title)
        block.tell(lambda width: wrapped(text, width))
        block.add_class("-told")

    @on(RecordList.Chosen, "#problems")
    def _read_problem(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(Reading(f"Een {event.row.severity}", str(event.row)))

    @on(RecordList.Chosen, "#changes")
    def _read_change(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(Reading(*self.change_text(event.row)))

    @on(Button.Pressed, "#apply")
    def _apply(self) -> None:
        self.action_import_file()

    @on(Button.Pressed, "#other")
    def _other(self) -> None:
        self.action_back()

    def action_import_file(self) -> None:
        """Apply it, unless there is nothing to do or it is already running."""
        if self._importing:
            return
        if reason := self.why_not():
            self.show_refusal(Refused(reason))
            return
        self._importing = self.perform(self.carry_out, self._done, self._refused)
        if self._importing:
            self._verdict(self.BUSY)

    def action_back(self) -> None:
        """Not while it is running: the result must be seen."""
        if self._importing:
            self.say("Het importeren is bezig; een ogenblik geduld.")
        else:
            super().action_back()

    def _done(self, report: Any) -> None:
        self._importing = False
        self.done(report)

    def _refused(self, refusal: Refused) -> None:
        self._importing = False
        if isinstance(refusal, PreviewOutdated):
            self._planned = refusal.preview
        self.show_plan()
        self.show_refusal(refusal)
