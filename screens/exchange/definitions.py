"""Exportdefinities: the user's own and the shared definitions, to run, change, copy, share and delete."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from app.school.files import export_definitions as definitions
from app.school.files.export_fields import SUBJECTS, subject
from models.export import ExportDefinition
from screens.exchange.definition_form import DefinitionForm
from screens.exchange.exporting import ExportScreen
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.maintenance import ListScreen
from screens.shared.records import Column


def columns_of(definition: ExportDefinition) -> str:
    """The titles of its columns; one that no longer exists is shown by its name."""
    titles = {field.name: field.title for field in subject(definition.subject).fields}
    return ", ".join(titles.get(name, f"{name} (vervallen)") for name in definition.columns.split(","))


class DefinitionsScreen(ListScreen):
    """The definitions that the user can see."""

    ITEM = "exportdefinities"
    NEW = "Nieuw"
    MORE = (("run_definition", "Uitvoeren"), ("copy", "Kopie"), ("share", "Delen"))
    EMPTY = (
        "Er zijn nog geen exportdefinities. Met F4 maakt u er een: u kiest waarover, de kolommen en de voorwaarden, en maakt "
        "het bestand daarna telkens met één keuze."
    )
    HELP = (
        "Een exportdefinitie legt vast welke kolommen een CSV-bestand heeft, welke rijen en in welke volgorde. U ziet uw "
        "eigen definities en die collega's met het bestuur delen.\n\n"
        "N maakt een nieuwe, Enter wijzigt, F2 voert uit (bij Exporteren, met een voorbeeld van de eerste rijen), K maakt een "
        "kopie van uzelf, Delen (A) deelt met het bestuur of houdt daarmee op, Del verwijdert. Een gedeelde definitie "
        "kan ieder die mag exporteren gebruiken en wijzigen; verwijderen en delen doet alleen wie haar maakte.\n\n"
        "Een bestand bevat altijd de gegevens van de vestiging waar u op dat moment werkt."
    )
    BINDINGS = [
        keys.DONE("run_definition", "Uitvoeren", id="definitions.run", tooltip="Maakt het bestand van deze definitie."),
        keys.COPY("copy", "Kopiëren", id="definitions.copy", tooltip="Maakt een eigen kopie van deze definitie."),
        keys.no_key(
            "share",
            "Delen",
            id="definitions.share",
            tooltip="Deelt deze definitie met het bestuur, of houdt daarmee op.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.COLUMNS = (
            Column("Naam", lambda row: row.name, order=True),
            Column("Over", lambda row: subject(row.subject).title, 16, order=True),
            Column("Van", lambda row: definitions.owner_name(self.actor, row), 14, order=True),
            Column("Gedeeld", lambda row: "ja" if row.shared else "nee", 8, order=True),
            Column("Kolommen", columns_of, from_width=100),
        )

    def rows(self) -> list[ExportDefinition]:
        """Those the user can see."""
        return definitions.listed(self.actor)

    def form(self, row: Any | None) -> Screen[Any]:
        """The form for an existing definition."""
        assert row is not None, "a new one begins with a question: action_add"
        return DefinitionForm(subject(row.subject), row)

    def action_add(self) -> None:
        """Ask what it is about, then open an empty form."""
        if not self._may():
            return
        offered = [
            (one.id, f"{one.title} (een rij is {one.row})") for one in SUBJECTS.values() if self.actor.may(one.also)
        ]

        def chosen(about: str | None) -> None:
            if about is not None:
                self.app.push_screen(DefinitionForm(subject(about)))

        self.app.push_screen(Choose("Waarover gaat het bestand?", offered), chosen)

    def question(self, row: Any) -> tuple[str, str]:
        """What to ask before deleting it."""
        shared = " Collega's kunnen hem dan ook niet meer gebruiken." if row.shared else ""
        return "Exportdefinitie verwijderen?", f"De definitie '{row.name}' verdwijnt.{shared}"

    def delete(self, row: Any) -> str:
        """Delete it."""
        definitions.delete(self.actor, row)
        return f"De exportdefinitie '{row.name}' is verwijderd."

    def action_run_definition(self) -> None:
        """Open Exporteren with this definition chosen."""
        if self.chosen is not None and self._may():
            self.app.push_screen(ExportScreen(self.chosen.id))

    def action_copy(self) -> None:
        """Make the user's own copy."""
        row, actor = self.chosen, self.actor
        if row is not None and self._may():
            self.perform(lambda: definitions.copy(actor, row), lambda made: self.say(f"Gekopieerd als '{made.name}'."))

    def action_share(self) -> None:
        """Share it, or stop sharing it."""
        row, actor = self.chosen, self.actor
        if row is None or not self._may():
            return

        def told(kept: ExportDefinition) -> None:
            done = "is nu van het hele bestuur" if kept.shared else "is weer alleen van uzelf"
            self.say(f"'{kept.name}' {done}.")

        self.perform(lambda: definitions.set_shared(actor, row, not row.shared), told)
