"""Relaties and Relatiescholen: two address books of a board, maintained in the same way.

A form names the table it fills, checks itself, and detects duplicates; required: `Permission.MANAGE_LISTS`. Kinds are
our choice; the BRIN6 is optional, because childcare has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from app.access import Actor, writing
from app.exchange.brin import school_and_location
from app.exchange.names import folded
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.fields import Described, OneOf, Text, same
from app.school.people.contact import Email, Phone
from models.board import Board, Location, School
from models.directory import RelatedSchool, Relation

Entry = Relation | RelatedSchool
RELATION_KINDS = (
    "Jeugdgezondheidszorg",
    "Logopedie",
    "Jeugdhulp",
    "Samenwerkingsverband",
    "Leerplicht",
    "Opvang",
    "Leverancier",
    "Anders",
)
SCHOOL_KINDS = ("Basisschool", "Speciaal (basis)onderwijs", "Voortgezet onderwijs", "Kinderopvang")


def _kept_brin6(typed: str) -> str:
    """BRIN and location number in capitals."""
    if not (brin6 := school_and_location(typed)):
        raise Refused(
            f"'{typed}' is geen BRIN met vestigingsnummer. Schrijf twee cijfers, twee letters en twee cijfers, "
            "bijvoorbeeld 99ZZ00, of laat het veld leeg."
        )
    return brin6


_BRIN6 = Text(
    RelatedSchool.brin6,
    said="BRIN en vestigingsnummer",
    help="Met vestigingsnummer, bijvoorbeeld 99ZZ00. Mag leeg blijven.",
    rule=_kept_brin6,
    longest=40,
)


@dataclass(frozen=True)
class RelationForm(Described):
    """A person or organisation as typed."""

    name: Annotated[str, Text(Relation.name, required=True)]
    kind: Annotated[str, OneOf(Relation.kind, options=same(RELATION_KINDS))]
    contact: Annotated[str, Text(Relation.contact)] = ""
    phone: Annotated[str, Phone(Relation.phone)] = ""
    email: Annotated[str, Email(Relation.email)] = ""
    MODEL: ClassVar[type[Relation]] = Relation

    def check_new(self, board: Board, but_not: int) -> None:
        """Raise `Refused` when another entry has this name."""
        others = Relation.select().where(Relation.board == board, Relation.id != but_not)
        if any(folded(one.name) == folded(self.name) for one in others):
            raise Refused(f"Er is al een relatie '{self.name}'. Geef deze een andere naam.", field="name")


@dataclass(frozen=True)
class RelatedSchoolForm(Described):
    """Another school as typed."""

    name: Annotated[str, Text(RelatedSchool.name, required=True)]
    kind: Annotated[str, OneOf(RelatedSchool.kind, options=same(SCHOOL_KINDS))]
    brin6: Annotated[str, _BRIN6] = ""
    place: Annotated[str, Text(RelatedSchool.place)] = ""
    MODEL: ClassVar[type[RelatedSchool]] = RelatedSchool

    def check_new(self, board: Board, but_not: int) -> None:
        """Raise `Refused` when it is already in the list, or a location of the board itself."""
        others = RelatedSchool.select().where(RelatedSchool.board == board, RelatedSchool.id != but_not)
        if any(folded(one.name) == folded(self.name) and folded(one.place) == folded(self.place) for one in others):
            where = f" in {self.place}" if self.place else ""
            raise Refused(f"'{self.name}'{where} staat al in de lijst.", field="name")
        if self.brin6:
            self._check_new_brin6(board, others.where(RelatedSchool.brin6 == self.brin6).first())

    def _check_new_brin6(self, board: Board, twin: RelatedSchool | None) -> None:
        if twin is not None:
            raise Refused(f"{self.brin6} is in de lijst al van '{twin.name}'.", field="brin6")
        own = (
            Location.select(Location.id)
            .join(School)
            .where(School.board == board, School.brin == self.brin6[:4], Location.number == self.brin6[4:])
        )
        if own.exists():
            raise Refused(f"{self.brin6} is een vestiging van uw eigen bestuur.", field="brin6")


def relations(actor: Actor) -> list[Relation]:
    """The relations of the board, by name. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_LISTS)
    rows = Relation.select().where(Relation.board == actor.board)
    return sorted(rows, key=lambda row: (folded(row.name), row.id))


def related_schools(actor: Actor) -> list[RelatedSchool]:
    """The other schools, by name and place. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_LISTS)
    rows = RelatedSchool.select().where(RelatedSchool.board == actor.board)
    return sorted(rows, key=lambda row: (folded(row.name), folded(row.place), row.id))


def add(actor: Actor, form: RelationForm | RelatedSchoolForm) -> Entry:
    """Add an entry. Raises `Refused` naming the field of the form."""
    with writing(actor, Permission.MANAGE_LISTS):
        data = form.checked()
        data.check_new(actor.board, 0)
        return data.MODEL.create(board=actor.board, **data.columns(data.MODEL))


def change(actor: Actor, entry: Entry, form: RelationForm | RelatedSchoolForm, seen: int | None = None) -> Entry:
    """Change an entry. Raises like `add`, `NotFound` if it is gone, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_LISTS):
        own, data = _own(actor, entry), form.checked()
        check_unchanged(own, seen)
        data.check_new(actor.board, own.id)
        data.fill(own)
        own.save()
        return own


def delete(actor: Actor, entry: Entry) -> None:
    """Delete an entry. Raises `NotFound` if it is already gone."""
    with writing(actor, Permission.MANAGE_LISTS):
        _own(actor, entry).delete_instance()


def _own(actor: Actor, entry: Entry) -> Entry:
    model = type(entry)
    row: Entry | None = model.get_or_none(model.id == entry.id, model.board == actor.board)
    if row is None:
        raise NotFound(f"'{entry.name}' staat niet meer in de lijst. Ververs de lijst.")
    return row
