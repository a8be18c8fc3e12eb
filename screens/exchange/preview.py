"""What an EDEXML import would do: counts, problems with their line, every change; then Importeren and its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

from app.access import find_location
from app.counted import plural
from app.exchange.edexml_records import Problem
from app.school.files.import_preview import ImportPreview, ImportReport, Tally
from app.school.files.import_sheets import Item
from app.training import boards
from screens.exchange.doubts import Doubtful
from screens.exchange.report import ReportScreen
from screens.shared.records import Column


@dataclass(frozen=True)
class Change:
    """One group, pupil or member of staff that is added or changed."""

    kind: str
    item: Item

    @property
    def text(self) -> str:
        """What changes, on one line."""
        told = "; ".join(f"{one.label}: {one.old} → {one.new}" for one in self.item.differences)
        return told or str(self.item.state)


class Changes(Sequence[Change]):
    """Everything added or changed, groups first; read from disk only as far as it is viewed."""

    def __init__(self, planned: ImportPreview) -> None:
        self._parts = (
            ("groep", planned.groups.items),
            ("leerling", planned.every_pupil.items),
            ("medewerker", planned.staff.items),
        )

    def __len__(self) -> int:
        return sum(len(items) for _, items in self._parts)

    @overload
    def __getitem__(self, index: int) -> Change: ...

    @overload
    def __getitem__(self, index: slice) -> list[Change]: ...

    def __getitem__(self, index: int | slice) -> Change | list[Change]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        for kind, items in self._parts:
            if place < len(items):
                return Change(kind, items[place])
            place -= len(items)
        raise IndexError(index)


class PreviewScreen(Doubtful):
    """Look first, then import."""

    ITEM = "import"
    BELOW = ("Voorbeeld",)
    HELP = (
        "Dit zou de import doen; er is nog niets veranderd. Fouten staan bovenaan en houden de import tegen: verbeter het "
        "bestand en kies het opnieuw. Waarschuwingen houden niets tegen. Enter toont een regel helemaal.\n\n"
        "Lijkt een leerling op iemand die er al is, maar is het niet zeker, dan kiest u eerst wie het is: dezelfde (de gegevens "
        "worden bijgewerkt en het nummer in ESIS blijft), iemand anders (een nieuwe leerling), of deze regel overslaan.\n\n"
        "Met Importeren (F2) gebeurt alles in een keer, of niets. Leerlingen die niet in het bestand staan, blijven zoals "
        "zij zijn."
    )
    CHANGES = (
        Column("Regel", lambda change: str(change.item.line or ""), 6, right=True),
        Column("Wat", lambda change: change.kind, 10),
        Column("Naam", lambda change: change.item.name, 24),
        Column("Wordt", lambda change: change.item.state, 9),
        Column("Verschil (Enter: alles)", lambda change: change.text if change.item.differences else ""),
    )

    def title_text(self) -> str:
        """Which file goes where; the location may be new."""
        new = " (nieuwe vestiging)" if self._planned.new_location else ""
        return f"Voorbeeld: {self._path.name} naar {self._planned.brin6}{new}"

    def counts(self) -> str:
        """How many are new, changed and unchanged, per kind."""
        return _counts(self._planned)

    def changes(self) -> Sequence[Any]:
        """The changed groups, pupils and staff."""
        return Changes(self._planned)

    def problems(self) -> Sequence[Problem]:
        """The problems that are kept, and how many more there are."""
        told: list[Problem] = self._planned.told
        return told

    def problem_counts(self) -> tuple[int, int]:
        """The counts of all errors and warnings."""
        return self._planned.error_count, self._planned.warning_count

    def change_text(self, change: Any) -> tuple[str, str]:
        """Every difference of one change."""
        item = change.item
        told = "\n".join(f"{one.label}: {one.old} → {one.new}" for one in item.differences)
        return f"{change.kind.capitalize()} {item.key}: {item.name}", f"Regel {item.line}: {item.state}.\n\n{told}"

    def carry_out(self) -> Any:
        """Import; a location this creates gets its partner accounts."""
        return boards.import_file(self.actor, self._planned)

    def done(self, report: ImportReport) -> None:
        """Show the report, at the new location if one was created."""
        if not self.is_current:
            self.say(report.sentence())
        elif report.new_location:
            self._go_on_there(report)
        else:
            self.app.switch_screen(ReportScreen(self._path, report))

    def _go_on_there(self, report: ImportReport) -> None:
        came_from = self.actor.location.brin6
        self.esis.use_location(find_location(self.actor.board, report.brin6))
        self.app.push_screen(ReportScreen(self._path, report))
        self.say(
            f"✓ Vestiging {report.brin6} is aangemaakt en u werkt nu daar. Terug naar {came_from}: Ctrl+P, "
            "Vestiging kiezen."
        )


def _counts(planned: ImportPreview) -> str:
    """A small table of new, changed and unchanged, and the school year."""
    lines = [f"{'':<14}{'nieuw':>8}{'gewijzigd':>12}{'ongewijzigd':>14}"]
    for name, section in (
        ("Groepen", planned.groups),
        ("Leerlingen", planned.every_pupil),
        ("Medewerkers", planned.staff),
    ):
        tally = Tally.of(section)
        lines.append(f"{name:<14}{tally.new:>8}{tally.changed:>12}{tally.unchanged:>14}")
    if waiting := len(planned.undecided):
        lines.append(f"{'Te kiezen':<14}{waiting:>8} {plural(waiting, 'leerling', 'leerlingen')}")
    if alone := planned.without_group:
        lines.append(f"{'Zonder groep':<14}{alone:>8} {plural(alone, 'leerling', 'leerlingen')}")
    if left_out := planned.chosen.left_out:
        lines.append(f"{'Overgeslagen':<14}{left_out:>8} {plural(left_out, 'regel', 'regels')} (uw keuze)")
    if planned.skipped:
        lines.append(
            f"{'Overgeslagen':<14}{planned.skipped:>8} {plural(planned.skipped, 'oud-leerling', 'oud-leerlingen')}"
        )
    return "\n".join(lines)
