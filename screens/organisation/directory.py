"""Relaties and Relatiescholen: two address books in the same form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from app import history
from app.school.board import directory
from app.school.board.directory import RELATION_KINDS, SCHOOL_KINDS, Entry, RelatedSchoolForm, RelationForm
from app.school.people.contact import check_email, check_phone
from screens.shared.fields import Field
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column


def select_kind(kinds: tuple[str, ...], value: str) -> Field:
    """The choice of a kind."""
    return Field("kind", "Soort", kind="select", value=value, options=tuple((kind, kind) for kind in kinds))


class DirectoryScreen(ListScreen):
    """An address book."""

    def question(self, row: Entry) -> tuple[str, str]:
        """Which."""
        return f"{row.name} verwijderen?", f"'{row.name}' verdwijnt uit de lijst van het hele bestuur."

    def delete(self, row: Entry) -> str:
        """Off the list."""
        directory.delete(self.actor, row)
        return f"'{row.name}' is verwijderd."


class DirectoryForm(RecordForm):
    """An entry, new or to change."""

    WHAT = ""

    def __init__(self, record: Any | None) -> None:
        self.record = record
        super().__init__(history.version(record) if record else None)

    def title_text(self) -> str:
        """New or not."""
        return f"{self.WHAT} wijzigen" if self.record else f"Nieuwe {self.WHAT.lower()}"

    @abstractmethod
    def typed(self, values: dict[str, Any]) -> RelationForm | RelatedSchoolForm:
        """What was filled in, as the use cases take it."""

    def save(self, values: dict[str, Any]) -> str:
        """New or changed."""
        form = self.typed(values)
        if self.record is None:
            saved = directory.add(self.actor, form)
        else:
            saved = directory.change(self.actor, self.record, form, self.seen)
        return f"'{saved.name}' is opgeslagen."


class RelationsScreen(DirectoryScreen):
    """The persons and organisations of the board."""

    ITEM = "relaties"
    NEW = "Nieuwe relatie"
    EMPTY = "Er zijn nog geen relaties. Met N voegt u de eerste toe, bijvoorbeeld de schoolarts of een logopedist."
    COLUMNS = (
        Column("Naam", lambda row: row.name, order=True),
        Column("Soort", lambda row: row.kind, 20, order=True),
        Column("Contactpersoon", lambda row: row.contact, 22, from_width=100, order=True),
        Column("Telefoon", lambda row: row.phone, 15, order=True),
        Column("E-mail", lambda row: row.email, 28, from_width=100, order=True),
    )
    HELP = (
        "Het adresboek van het bestuur: personen en instellingen die geen leerling, verzorger of medewerker zijn. N voegt "
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
    HELP = "Wie het is en hoe u die bereikt. Alleen de naam is verplicht. F2 slaat op, Esc gaat terug."

    def fields(self) -> list[Field]:
        """Name, kind, how to reach them."""
        known: Any = self.record or RelationForm("", RELATION_KINDS[0])
        return [
            Field("name", "Naam", required=True, value=known.name, check=directory.check_name),
            select_kind(RELATION_KINDS, known.kind),
            Field("contact", "Contactpersoon", value=known.contact, check=directory.check_contact),
            Field("phone", "Telefoon", value=known.phone, check=check_phone),
            Field("email", "E-mailadres", value=known.email, check=check_email),
        ]

    def typed(self, values: dict[str, Any]) -> RelationForm:
        """As the use cases take it."""
        return RelationForm(**values)


class RelatedSchoolsScreen(DirectoryScreen):
    """The other schools."""

    ITEM = "relatiescholen"
    NEW = "Nieuwe school"
    EMPTY = "Er zijn nog geen relatiescholen. Met N voegt u de eerste toe: een school waar leerlingen vandaan komen of heen gaan."
    COLUMNS = (
        Column("Naam", lambda row: row.name, order=True),
        Column("BRIN", lambda row: row.brin6 or "geen", 9, order=True),
        Column("Plaats", lambda row: row.place, 20, order=True),
        Column("Soort", lambda row: row.kind, 25, from_width=100, order=True),
    )
    HELP = (
        "De scholen waarmee u leerlingen uitwisselt, voor het hele bestuur. N voegt toe, Enter wijzigt, Del verwijdert na een "
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
    HELP = "Naam en soort zijn verplicht; vul het BRIN met vestigingsnummer in als u het weet. F2 slaat op, Esc gaat terug."

    def fields(self) -> list[Field]:
        """Name, kind, numbers, place."""
        known: Any = self.record or RelatedSchoolForm("", SCHOOL_KINDS[0])
        return [
            Field("name", "Naam", required=True, value=known.name, check=directory.check_name),
            select_kind(SCHOOL_KINDS, known.kind),
            Field(
                "brin6",
                "BRIN",
                value=known.brin6,
                check=directory.check_brin6,
                help="Met vestigingsnummer, bijvoorbeeld 99ZZ00. Mag leeg blijven.",
            ),
            Field("place", "Plaats", value=known.place, check=directory.check_place),
        ]

    def typed(self, values: dict[str, Any]) -> RelatedSchoolForm:
        """As the use cases take it."""
        return RelatedSchoolForm(**values)
