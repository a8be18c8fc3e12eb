"""Relaties and Relatiescholen: two address books in the same form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual.content import Content

from app import history
from app.school.board import directory
from app.school.board.directory import RELATION_KINDS, SCHOOL_KINDS, Entry, RelatedSchoolForm, RelationForm
from models.columns import labels
from models.directory import RelatedSchool, Relation
from screens.shared.described import fields_of
from screens.shared.facts import Act, Fact, Row
from screens.shared.fields import Field
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column
from screens.shared.text import plain


class DirectoryScreen(ListScreen):
    """An address book."""

    SHOWN: tuple[str, ...] = ()
    """The columns that are told beside the list, by name."""

    def detail(self, row: Entry) -> Iterator[Row]:
        """Everything of one entry."""
        yield plain(row.name).stylize("bold $ink")
        yield Content("")
        titles = labels(type(row))
        for name in self.SHOWN:
            yield Fact(titles[name], getattr(row, name) or Content("niet ingevuld").stylize("$hint"))
        yield Content("")
        yield Act("Enter", "Wijzigen")
        yield Act("Del", "Verwijderen", "vraagt eerst")

    def question(self, row: Entry) -> tuple[str, str]:
        """What to ask before deleting it."""
        return f"{row.name} verwijderen?", f"'{row.name}' verdwijnt uit de lijst van het hele bestuur."

    def delete(self, row: Entry) -> str:
        """Remove it from the list."""
        directory.delete(self.actor, row)
        return f"'{row.name}' is verwijderd."


class DirectoryForm(RecordForm):
    """A new or existing entry."""

    WHAT = ""
    FORM: type[RelationForm] | type[RelatedSchoolForm]

    def __init__(self, record: Any | None) -> None:
        self.record = record
        super().__init__(history.version(record) if record else None)

    def title_text(self) -> str:
        """The title, for a new or an existing entry."""
        return f"{self.WHAT} wijzigen" if self.record else f"Nieuwe {self.WHAT.lower()}"

    def save(self, values: dict[str, Any]) -> str:
        """Add or change the entry."""
        form = self.FORM.read(values)
        if self.record is None:
            saved = directory.add(self.actor, form)
        else:
            saved = directory.change(self.actor, self.record, form, self.seen)
        return f"'{saved.name}' is opgeslagen."


class RelationsScreen(DirectoryScreen):
    """The board's contacts: persons and organisations."""

    ITEM = "relaties"
    NEW = "Nieuwe relatie"
    ONE = "Relatie"
    SHOWN = ("kind", "contact", "phone", "email")
    EMPTY = "Er zijn nog geen relaties. Met F4 voegt u de eerste toe, bijvoorbeeld de schoolarts of een logopedist."
    COLUMNS = (
        Column.of(Relation.name, order=True),
        Column.of(Relation.kind, 20, order=True),
        Column.of(Relation.contact, 22, from_width=150, order=True),
        Column.of(Relation.phone, 15, order=True),
        Column("E-mail", lambda row: row.email, 28, from_width=150, order=True),
    )
    HELP = (
        "Het adresboek van het bestuur: personen en instellingen die geen leerling, verzorger of medewerker zijn. F4 voegt "
        "toe, Enter wijzigt, Del verwijdert na een vraag, F3 gaat naar het zoekveld."
    )

    def rows(self) -> Sequence[Entry]:
        """All of them."""
        return directory.relations(self.actor)

    def form(self, row: Entry | None) -> RelationScreen:
        """One of them."""
        return RelationScreen(row)


class RelationScreen(DirectoryForm):
    """A relation."""

    ITEM = "relaties"
    BELOW = ("Relatie",)
    WHAT = "Relatie"
    FORM = RelationForm
    HELP = "Wie het is en hoe u die bereikt. Alleen de naam is verplicht. F2 slaat op, Esc gaat terug."

    def fields(self) -> list[Field]:
        """Name, kind and contact details."""
        return fields_of(RelationForm.of(self.record) if self.record else RelationForm("", RELATION_KINDS[0]))


class RelatedSchoolsScreen(DirectoryScreen):
    """The other schools."""

    ITEM = "relatiescholen"
    NEW = "Nieuwe school"
    ONE = "School"
    SHOWN = ("kind", "brin6", "place")
    EMPTY = (
        "Er zijn nog geen relatiescholen. Met F4 voegt u de eerste toe: een school waar leerlingen vandaan komen of "
        "naartoe gaan."
    )
    COLUMNS = (
        Column.of(RelatedSchool.name, order=True),
        Column(RelatedSchool.brin6.verbose_name, lambda row: row.brin6 or "geen", 9, order=True),
        Column.of(RelatedSchool.place, 20, order=True),
        Column.of(RelatedSchool.kind, 25, from_width=150, order=True),
    )
    HELP = (
        "De scholen waarmee u leerlingen uitwisselt, voor het hele bestuur. F4 voegt toe, Enter wijzigt, Del verwijdert na een "
        "vraag, F3 gaat naar het zoekveld.\n\n"
        "BRIN is hier brinnummer en vestigingsnummer samen, zoals 99ZZ00; kinderopvang heeft er geen."
    )

    def rows(self) -> Sequence[Entry]:
        """All of them."""
        return directory.related_schools(self.actor)

    def form(self, row: Entry | None) -> RelatedSchoolScreen:
        """One of them."""
        return RelatedSchoolScreen(row)


class RelatedSchoolScreen(DirectoryForm):
    """Another school."""

    ITEM = "relatiescholen"
    BELOW = ("School",)
    WHAT = "School"
    FORM = RelatedSchoolForm
    HELP = "Naam en soort zijn verplicht; vul het BRIN met vestigingsnummer in als u het weet. F2 slaat op, Esc gaat terug."

    def fields(self) -> list[Field]:
        """Name, kind, numbers, place."""
        form = RelatedSchoolForm.of(self.record) if self.record else RelatedSchoolForm("", SCHOOL_KINDS[0])
        return fields_of(form, "name", "kind", "brin6", "place")
