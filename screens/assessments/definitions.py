"""Toetsdefinities: all assessments, and maintaining the board's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content

from app.counted import counted
from app.school.assessment import definitions
from app.school.assessment.catalogue import Assessment, suppliers
from app.school.assessment.definitions import DefinitionForm, DefinitionRow
from app.school.assessment.scales import ScoreKind
from screens.shared.described import fields_of
from screens.shared.dialogs import Reading
from screens.shared.facts import Fact, Row
from screens.shared.fields import ChoiceField, Field, TextField, TickField
from screens.shared.figures import level_cell
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column
from screens.shared.text import plain

OTHER = ""
LEVELS = "Niveaus"
NEW = DefinitionForm("", "", "", str(ScoreKind.DEVELOPMENT))
WHERE_NEXT = "Zet hem aan bij Toetsen activeren; daarna kunt u resultaten invoeren."


def supplier_of(assessment: Assessment) -> str:
    """Where its results come from, as in `IEP LVS`."""
    return "eigen toets" if assessment.own else suppliers()[assessment.supplier]


def _state(row: DefinitionRow) -> str:
    if not row.assessment.own:
        return "vast"
    return "in gebruik" if row.assessment.in_use else "buiten gebruik"


def _state_token(row: DefinitionRow) -> str:
    return "hint" if not row.assessment.own else "ok" if row.assessment.in_use else "warn"


class DefinitionsScreen(ListScreen):
    """Every assessment by subject; those from the catalogue are read-only."""

    ITEM = "toetsdefinities"
    NEW = "Nieuwe toets"
    COLUMNS = (
        Column("Toets", lambda row: row.assessment.name, order=True),
        Column("Vak", lambda row: row.assessment.subject.name, 16, order=True),
        Column("Groep", lambda row: ",".join(row.assessment.year_groups), 7, order=True),
        Column("Score", lambda row: row.assessment.scale.label, 22, from_width=140, order=True),
        Column("Leverancier", lambda row: supplier_of(row.assessment), 11, from_width=140, order=True),
        Column("Staat", _state, 14, order=True, style=_state_token),
        Column(
            "Resultaten",
            lambda row: str(row.results) if row.assessment.own else "",
            10,
            right=True,
            from_width=140,
            order=lambda row: row.results,
        ),
    )
    HELP = (
        "Alle toetsen die ESIS kent. De toetsen van de catalogus zijn voor elke school gelijk en niet te wijzigen; Enter "
        "toont hun onderdelen en niveaus. Met F4 maakt u een eigen toets: die geldt voor het hele bestuur.\n\n"
        "Een eigen toets zet u daarna aan bij Toetsen activeren. Resultaten voert u in bij Dossier > Leerlingdossiers > "
        "Toetsresultaten invoeren.\n\n"
        "Heeft een eigen toets al resultaten, dan houdt hij zijn soort score en is hij niet te verwijderen: Del zet hem buiten "
        "gebruik. De resultaten blijven staan."
    )

    ONE = "Toets"

    def detail(self, row: DefinitionRow) -> Iterable[Row]:
        """What is known of an assessment, its levels on their tints."""
        yield Content.assemble(plain(row.assessment.name).stylize("bold"))
        levels = Content("").join(level_cell(level) for level in row.assessment.levels)
        for label, value in _facts(row.assessment):
            yield Fact(label, levels if levels and label == LEVELS else value)
        yield plain(definitions.FIXED if not row.assessment.own else counted(row.results, "resultaat", "resultaten"))

    def rows(self) -> list[DefinitionRow]:
        """All of them."""
        return definitions.listed(self.actor)

    def form(self, row: DefinitionRow | None) -> DefinitionFormScreen:  # noqa: ARG002
        """The form for a new one; an existing own one is read first."""
        return DefinitionFormScreen()

    def action_change(self) -> None:
        """Open the form for an own assessment; show one from the catalogue read-only."""
        if self.chosen is not None and not self.chosen.assessment.own:
            self.app.push_screen(Reading(self.chosen.assessment.name, _told(self.chosen.assessment)))
        elif self.chosen is not None and self._may():
            self._open_own(self.chosen.assessment.id)

    def _open_own(self, assessment_id: str) -> None:
        actor = self.actor

        def show(found: tuple[DefinitionForm, int]) -> None:
            self.app.push_screen(DefinitionFormScreen(assessment_id, *found))

        self.perform(lambda: definitions.form_of(actor, assessment_id), show)

    def action_delete(self) -> None:
        """Ask, then delete an own assessment or retire it."""
        if self.chosen is not None and not self.chosen.assessment.own:
            self.say(definitions.FIXED, severity="error")
        else:
            super().action_delete()

    def question(self, row: DefinitionRow) -> tuple[str, str]:
        """What removing it means, with or without results."""
        name = row.assessment.name
        if row.results:
            return "Buiten gebruik zetten?", (
                f"'{name}' heeft {counted(row.results, 'resultaat', 'resultaten')} en is daarom niet te "
                "verwijderen. Buiten gebruik is hij nergens meer te activeren of in te voeren; de resultaten blijven staan."
            )
        return "Toets verwijderen?", f"'{name}' heeft geen resultaten en verdwijnt voor het hele bestuur."

    def agreement(self, row: DefinitionRow) -> str:
        """The button's text: retire or delete."""
        return "Buiten gebruik zetten" if row.results else "Verwijderen"

    def delete(self, row: DefinitionRow) -> str:
        """Delete it, or retire it if it has results."""
        deleted = definitions.remove(self.actor, row.assessment.id)
        return f"'{row.assessment.name}' is {'verwijderd' if deleted else 'buiten gebruik gezet'}."


class DefinitionFormScreen(RecordForm):
    """A new or existing assessment of the board's own."""

    ITEM = "toetsdefinities"
    BELOW = ("Toets",)
    HELP = (
        "Geef de toets een naam, kies het vak (of typ een eigen vak) en de leerjaren. Het soort score bepaalt wat er bij het "
        "invoeren getypt mag worden. Een toets met resultaten houdt zijn soort score.\n\n"
        "Een ontwikkelscore loopt door over de leerjaren en staat in de lijn van het vak; een andere score wordt alleen "
        "vergeleken met eerdere afnames van dezelfde toets. F2 slaat op, Esc gaat terug."
    )

    def __init__(self, assessment_id: str = "", form: DefinitionForm = NEW, seen: int | None = None) -> None:
        super().__init__(seen)
        self.assessment_id = assessment_id
        self.form = form

    def title_text(self) -> str:
        """The title, for a new or an existing assessment."""
        return "Toets wijzigen" if self.assessment_id else "Nieuwe toets"

    def fields(self) -> list[Field]:
        """Name, subject, year groups and kind of score."""
        form = self.form
        names = definitions.subject_names(self.actor)
        options = (*((name, name) for name in names), ("(een ander vak)", OTHER))
        name, year_groups = fields_of(form, "name", "year_groups")
        kinds = tuple((kind.label, str(kind)) for kind in ScoreKind)
        return [
            name,
            ChoiceField("listed_subject", "Vak", value=form.subject or names[0], options=options),
            TextField("subject", "Ander vak", help="Alleen als het vak niet in de lijst staat; het gaat dan voor."),
            year_groups,
            ChoiceField("kind", "Soort score", value=form.kind, options=kinds),
            TextField("maximum", "Hoogste aantal punten", value=form.maximum, help="Alleen bij een aantal punten."),
            TextField(
                "levels",
                "Niveaus",
                value=form.levels,
                help="Alleen bij een niveau: het hoogste eerst, bijvoorbeeld A B C D E of 2F 1F <1F.",
            ),
            *([TickField("active", "In gebruik", value=form.active)] if self.assessment_id else []),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Add or change the assessment."""
        form = DefinitionForm(
            values["name"],
            values["subject"].strip() or values["listed_subject"],
            values["year_groups"],
            values["kind"],
            values["maximum"],
            values["levels"],
            values.get("active", True),
        )
        if not self.assessment_id:
            return f"'{definitions.create(self.actor, form).name}' is toegevoegd. {WHERE_NEXT}"
        return f"'{definitions.change(self.actor, self.assessment_id, form, self.seen).name}' is opgeslagen."


def _facts(item: Assessment) -> list[tuple[str, str]]:
    """The facts about an assessment from the catalogue."""
    levels = f"{' '.join(item.levels)} (het hoogste eerst)" if item.levels else "geen"
    references = "ja, vanaf groep 6" if item.reference_levels else "nee"
    return [
        ("Sleutel", item.id),
        ("Vak", item.subject.name),
        ("Leerjaar", ", ".join(item.year_groups)),
        ("Score", item.scale.label),
        (LEVELS, levels),
        ("Referentieniveaus", references),
        ("Onderdelen", ", ".join(part.name for part in item.parts) or "geen"),
        ("Leverancier", supplier_of(item)),
        ("Resultatenkoppeling", "ja" if item.coupled else "nee, komt niet via de koppeling"),
    ]


def _told(item: Assessment) -> str:
    facts = "\n".join(f"{label:<21}{value}" for label, value in _facts(item))
    return f"{facts}\n\n{definitions.FIXED}"
