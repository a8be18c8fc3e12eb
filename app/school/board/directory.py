"""Relaties and Relatiescholen: two address books of a board, kept in the same way.

A form says which table it fills, checks itself, and says what is there already; who may: `Permission.MANAGE_LISTS`.
Kinds and lengths are our choice; a BRIN6 is kept where it is known, because childcare has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from app.access import Actor, Permission, writing
from app.exchange.brin import school_and_location
from app.exchange.names import folded
from app.history import check_unchanged
from app.refusals import NotFound, Refused
from app.school.people.contact import check_email, check_phone
from app.school.text import clean_text
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


@dataclass(frozen=True)
class RelationForm:
    """A person or organisation as typed."""

    name: str
    kind: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    MODEL: ClassVar[type[Relation]] = Relation

    def checked(self) -> RelationForm:
        """The form as it is kept. Raises `Refused` with the sentence and the field at fault."""
        return RelationForm(
            check_name(self.name),
            _check_kind(self.kind, RELATION_KINDS),
            check_contact(self.contact),
            check_phone(self.phone),
            check_email(self.email),
        )

    def check_new(self, board: Board, but_not: int) -> None:
        """Raise `Refused` when there is another of this name."""
        others = Relation.select().where(Relation.board == board, Relation.id != but_not)
        if any(folded(one.name) == folded(self.name) for one in others):
            raise Refused(f"Er is al een relatie '{self.name}'. Geef deze een andere naam.", field="name")


@dataclass(frozen=True)
class RelatedSchoolForm:
    """Another school as typed."""

    name: str
    kind: str
    brin6: str = ""
    place: str = ""
    MODEL: ClassVar[type[RelatedSchool]] = RelatedSchool

    def checked(self) -> RelatedSchoolForm:
        """The form as it is kept. Raises `Refused` with the sentence and the field at fault."""
        return replace(
            self,
            name=check_name(self.name),
            kind=_check_kind(self.kind, SCHOOL_KINDS),
            brin6=check_brin6(self.brin6),
            place=check_place(self.place),
        )

    def check_new(self, board: Board, but_not: int) -> None:
        """Raise `Refused` when it is in the list already, or a location of the board itself."""
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


def check_name(text: str) -> str:
    """The name as it is kept. Raises `Refused`."""
    return clean_text(text, 100, "name", "Naam", required=True)


def check_contact(text: str) -> str:
    """The contact person, who may be left out. Raises `Refused`."""
    return clean_text(text, 100, "contact", "Contactpersoon")


def check_place(text: str) -> str:
    """The place, which may be left out. Raises `Refused`."""
    return clean_text(text, 80, "place", "Plaats")


def check_brin6(text: str) -> str:
    """BRIN and location number in capitals, or nothing. Raises `Refused`."""
    typed = clean_text(text, 40, "brin6", "BRIN en vestigingsnummer")
    brin6 = school_and_location(typed)
    if typed and not brin6:
        raise Refused(
            f"'{typed}' is geen BRIN met vestigingsnummer. Schrijf twee cijfers, twee letters en twee cijfers, "
            "bijvoorbeeld 99ZZ00, of laat het veld leeg.",
            field="brin6",
        )
    return brin6


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
        return data.MODEL.create(board=actor.board, **vars(data))


def change(actor: Actor, entry: Entry, form: RelationForm | RelatedSchoolForm, seen: int | None = None) -> Entry:
    """Change an entry. Raises as `add` does, `NotFound` if it is gone, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_LISTS):
        own, data = _own(actor, entry), form.checked()
        check_unchanged(own, seen)
        data.check_new(actor.board, own.id)
        for name, value in vars(data).items():
            setattr(own, name, value)
        own.save()
        return own


def delete(actor: Actor, entry: Entry) -> None:
    """Delete an entry. Raises `NotFound` if it is gone already."""
    with writing(actor, Permission.MANAGE_LISTS):
        _own(actor, entry).delete_instance()


def _check_kind(kind: str, kinds: tuple[str, ...]) -> str:
    if kind not in kinds:
        raise Refused(f"Soort '{kind}' bestaat niet. Kies uit: {', '.join(kinds)}.", field="kind")
    return kind


def _own(actor: Actor, entry: Entry) -> Entry:
    model = type(entry)
    row: Entry | None = model.get_or_none(model.id == entry.id, model.board == actor.board)
    if row is None:
        raise NotFound(f"'{entry.name}' staat niet meer in de lijst. Ververs de lijst.")
    return row
