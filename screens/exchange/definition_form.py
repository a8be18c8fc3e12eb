"""The form for an export definition: its columns in order, its conditions as typed lines, and the shape of the file."""

from __future__ import annotations

from typing import Any

from app import history
from app.school.files import export_conditions
from app.school.files import export_definitions as definitions
from app.school.files.export_conditions import Condition, Operator, in_words
from app.school.files.export_definitions import SEPARATORS
from app.school.files.export_fields import Subject
from models.export import ExportDefinition
from screens.shared.described import field_of
from screens.shared.fields import AreaField, ChoiceField, Field, OrderField, TickField
from screens.shared.maintenance import RecordForm

USUAL = "de gewone volgorde"


class DefinitionForm(RecordForm):
    """A new or existing definition about one subject."""

    ITEM = "exportdefinities"
    BELOW = ("Definitie",)
    HELP = (
        "Kolommen: de spatiebalk kruist een veld aan, Shift met ↑ of ↓ zet het hoger of lager. Wat "
        "aangekruist is, staat bovenaan in de volgorde van het bestand.\n\n"
        "Voorwaarden: een op elke regel, een rij moet aan alle voldoen. Typ de naam van een veld, dan is, bevat, vanaf of "
        "tot en met, en dan de waarde. Voorbeelden: Status is Ingeschreven; Leerjaar vanaf 5; Achternaam bevat berg; "
        "Geboortedatum tot en met 31-12-2012; E-mailadres is leeg. In het vak gaat Tab naar het volgende veld.\n\n"
        "F2 slaat op. Uitvoeren doet u in de lijst met U, of bij Exporteren."
    )

    def __init__(self, about: Subject, definition: ExportDefinition | None = None) -> None:
        super().__init__(history.version(definition) if definition else None)
        self.about = about
        self.definition = definition

    def title_text(self) -> str:
        """What it is about."""
        return f"{'Exportdefinitie wijzigen' if self.definition else 'Nieuwe exportdefinitie'}: {self.about.title}"

    def fields(self) -> list[Field]:
        """The fields, filled in."""
        about, form = self.about, self._form()
        sortable = tuple((field.title, field.name) for field in about.fields if field.sortable)
        return [
            field_of(definitions.NAME, form.name),
            OrderField(
                "columns",
                "Kolommen",
                required=True,
                value=form.columns,
                options=tuple((field.title, field.name) for field in about.fields),
                check=lambda names: definitions.check_columns(about, names),
            ),
            AreaField(
                "conditions",
                "Voorwaarden",
                value=f"{form.conditions}\n" if form.conditions else "",
                check=lambda text: export_conditions.typed(about, text),
                help="Een per regel, zoals: Leerjaar vanaf 5. F1 toont meer voorbeelden.",
            ),
            ChoiceField("sorted_by", "Sorteren op", value=form.sorted_by, options=((USUAL, ""), *sortable)),
            ChoiceField(
                "separator",
                "Scheidingsteken",
                value=form.separator,
                options=tuple((label, sign) for sign, label in SEPARATORS),
            ),
            TickField("header", "Kopregel", value=form.header, help="De eerste rij noemt de kolommen."),
            TickField(
                "shared",
                "Delen met het bestuur",
                value=form.shared,
                help="Collega's die mogen exporteren kunnen haar gebruiken en wijzigen.",
            ),
        ]

    def _form(self) -> definitions.DefinitionForm:
        if self.definition is not None:
            return definitions.DefinitionForm.of(self.definition)
        about = self.about
        begin = [Condition(about.field(name), Operator(operator), value) for name, operator, value in about.at_first]
        return definitions.DefinitionForm("", about.id, (), in_words(begin))

    def save(self, values: dict[str, Any]) -> str:
        """Add or change the definition."""
        form = definitions.DefinitionForm(subject=self.about.id, **values)
        if self.definition is None:
            definitions.create(self.actor, form)
        else:
            definitions.change(self.actor, self.definition, form, self.seen)
        return f"De exportdefinitie '{form.name.strip()}' is opgeslagen."

    def words(self, name: str, value: Any) -> Any:
        """Columns, conditions and choices as the form shows them."""
        titles = {field.name: field.title for field in self.about.fields}
        if name == "columns":
            names = value.split(",") if isinstance(value, str) else value
            return ", ".join(titles.get(one, one) for one in names)
        if name == "conditions" and value.startswith("["):
            return definitions.conditions_in_words(ExportDefinition(subject=self.about.id, conditions=value))
        if name == "sorted_by":
            return titles.get(value, USUAL)
        return dict(SEPARATORS).get(value, value) if name == "separator" else value
