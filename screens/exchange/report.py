"""What an import did, and where to go from there."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult

from app.partners.arrival import Change
from app.school.files.import_preview import ImportReport
from app.targets import MenuItem
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link, WordLink
from screens.shared.panel import Panel
from screens.shared.partner_notice import seen_elsewhere
from screens.shared.text import paragraphs


class NextSteps(ArrowKeys):
    """Links onward."""


class ReportScreen(EsisScreen):
    """The report of one import."""

    ITEM = "import"
    BELOW = ("Verslag",)
    SCOPED_CSS = False
    CSS = """
    ReportScreen #report-told { width: 1fr; }
    ReportScreen #next-steps { height: auto; }
    """
    HELP = "De import is klaar en alles is opgeslagen. Kies waar u verder wilt, of ga met Esc terug."

    def __init__(self, path: Path, report: ImportReport) -> None:
        super().__init__()
        self._path = path
        self._report = report

    def body(self) -> ComposeResult:
        """The counts, what comes next, and the links."""
        title = f"✓ {self._path.name} is geïmporteerd in {self._report.brin6}"
        yield Panel(title, Label(paragraphs(self._told()), id="report-told"))
        with Panel("Verder"), NextSteps(id="next-steps"):
            yield WordLink("Naar Leerlingenadministratie", key="leerlingenadministratie", classes="item")
            yield WordLink("Nog een bestand importeren", key="import", classes="item")
            yield WordLink("Vestiging kiezen", key="location", id="choose-location")

    def _told(self) -> str:
        report = self._report
        lines = [f"Groepen       {report.groups}", f"Leerlingen    {report.pupils}", f"Medewerkers   {report.staff}"]
        if report.skipped:
            lines.append(f"Oud-leerlingen overgeslagen: {report.skipped}")
        if report.without_group:
            lines.append(f"Leerlingen zonder groep: {report.without_group}")
        if report.left_out:
            lines.append(f"Regels die u oversloeg: {report.left_out}")
        if report.warnings:
            lines.append(f"Waarschuwingen: {report.warnings}; die stonden in het voorbeeld.")
        return "\n".join([*lines, "", seen_elsewhere(self.actor, Change.SEVERAL)]).rstrip()

    @on(Link.Chosen, ".item")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.app.pop_screen()
        self.esis.go(MenuItem(event.link.key))

    @on(Link.Chosen, "#choose-location")
    def _choose(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.choose_location()
