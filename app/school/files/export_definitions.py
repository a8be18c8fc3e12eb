"""Exportdefinities: user-defined exports, saved to be run again, and optionally shared with the board.

Anyone who may export may create them. A shared one can be used, changed and copied by everyone who may export; only its
owner deletes or unshares it, or anyone once the owner's account is gone. The division is our choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from app.access import Actor, writing
from app.exchange.names import folded
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.fields import Text
from app.school.files import export_conditions
from app.school.files.export_fields import Subject, subject
from app.school.files.export_rows import require
from models.board import User
from models.export import ExportDefinition

SEPARATORS = ((";", "puntkomma (Nederlandse Excel)"), (",", "komma"), ("\t", "tab"))
NAME = Text(ExportDefinition.name, required=True, stops=True)


@dataclass(frozen=True)
class DefinitionForm:
    """A definition as typed; `conditions` are lines as in `export_conditions`, `columns` and `sorted_by` are field
    names.
    """

    name: str
    subject: str
    columns: tuple[str, ...]
    conditions: str = ""
    sorted_by: str = ""
    separator: str = ";"
    header: bool = True
    shared: bool = False

    @classmethod
    def of(cls, definition: ExportDefinition) -> DefinitionForm:
        """Fill in the form; fields that no longer exist are left out."""
        about = subject(definition.subject)
        known = {field.name for field in about.fields}
        return cls(
            definition.name,
            about.id,
            tuple(name for name in definition.columns.split(",") if name in known),
            conditions_in_words(definition),
            definition.sorted_by if definition.sorted_by in known else "",
            definition.separator,
            definition.header,
            definition.shared,
        )

    def filled(self, definition: ExportDefinition) -> ExportDefinition:
        """Return the definition with the typed values, checked. Raises `Refused` with the sentence and the field at
        fault.
        """
        about = subject(self.subject)
        definition.name = NAME.checked(self.name)
        definition.subject = about.id
        definition.columns = ",".join(check_columns(about, self.columns))
        definition.conditions = export_conditions.kept(export_conditions.typed(about, self.conditions))
        definition.sorted_by = _check_sorted_by(about, self.sorted_by)
        definition.separator = _check_separator(self.separator)
        definition.header, definition.shared = self.header, self.shared
        return definition


def check_columns(about: Subject, names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns in order, without duplicates. Raises `Refused` for none."""
    chosen = tuple(dict.fromkeys(about.field(name).name for name in names))
    if not chosen:
        raise Refused(
            "Kies ten minste een kolom: ga naar de lijst en kruis er een aan met de spatiebalk.", field="columns"
        )
    return chosen


def conditions_in_words(definition: ExportDefinition) -> str:
    """The conditions of a definition, as typed; those on fields that no longer exist are left out."""
    about = subject(definition.subject)
    try:
        return export_conditions.in_words(export_conditions.read(about, definition.conditions))
    except Refused:
        return ""  # the form then asks for them again; running it tells which field is gone


def _check_sorted_by(about: Subject, name: str) -> str:
    if name and not about.field(name).sortable:
        raise Refused(
            f"Op {about.field(name).title} kan niet gesorteerd worden. Kies een ander veld.", field="sorted_by"
        )
    return name


def _check_separator(text: str) -> str:
    if text not in dict(SEPARATORS):
        raise Refused(f"Scheidingsteken '{text}' kan niet. Kies puntkomma, komma of tab.", field="separator")
    return text


def listed(actor: Actor) -> list[ExportDefinition]:
    """The actor's own and the shared definitions, by name. Raises `NotAllowed`."""
    actor.require(Permission.EXPORT)
    return sorted(_visible(actor), key=lambda one: (folded(one.name), one.id))


def usable(actor: Actor) -> list[ExportDefinition]:
    """The listed definitions whose subject the actor may export."""
    return [one for one in listed(actor) if actor.may(subject(one.subject).also)]


def create(actor: Actor, form: DefinitionForm) -> ExportDefinition:
    """Create a definition. Raises `Refused` naming the field: `name`, `columns`, `conditions`, `sorted_by`,
    `separator`.
    """
    with writing(actor, Permission.EXPORT):
        actor.require(subject(form.subject).also)
        definition = form.filled(ExportDefinition(board=actor.board, owner=actor.user))
        _check_free(definition)
        definition.save(force_insert=True)
        return definition


def change(
    actor: Actor, definition: ExportDefinition, form: DefinitionForm, seen: int | None = None
) -> ExportDefinition:
    """Change a definition; its subject stays.

    Raises like `create`, `ChangedMeanwhile` when it was changed after `seen` (`history.version`), `NotFound`.
    """
    with writing(actor, Permission.EXPORT):
        own = _own(actor, definition)
        require(actor, own)
        check_unchanged(own, seen)
        if form.shared != own.shared:
            _check_may_end(actor, own)
        if form.subject != own.subject:
            raise Refused(
                "Het onderwerp van een definitie blijft wat het is. Maak een nieuwe definitie.", field="subject"
            )
        form.filled(own)
        _check_free(own)
        own.save()
        return own


def copy(actor: Actor, definition: ExportDefinition) -> ExportDefinition:
    """Make an own, unshared copy: `Klassenlijst (kopie)`, `Klassenlijst (kopie 2)`."""
    with writing(actor, Permission.EXPORT):
        source = _own(actor, definition)
        require(actor, source)
        values = {
            name: getattr(source, name)
            for name in ("subject", "columns", "conditions", "sorted_by", "separator", "header")
        }
        name = _free_name(actor, source.name)
        return ExportDefinition.create(board=actor.board, owner=actor.user, name=name, **values)


def set_shared(actor: Actor, definition: ExportDefinition, shared: bool) -> ExportDefinition:
    """Share a definition with the board, or stop sharing it. Raises `Refused` for somebody else's."""
    with writing(actor, Permission.EXPORT):
        own = _own(actor, definition)
        _check_may_end(actor, own)
        own.shared = shared
        own.save()
        return own


def delete(actor: Actor, definition: ExportDefinition) -> None:
    """Delete a definition. Raises `Refused` for somebody else's, `NotFound` if it is already gone."""
    with writing(actor, Permission.EXPORT):
        own = _own(actor, definition)
        _check_may_end(actor, own)
        own.delete_instance()


def owner_name(actor: Actor, definition: ExportDefinition) -> str:
    """The owner's name, as in lists."""
    if definition.owner is None:
        return "niemand meer"
    return "uzelf" if definition.owner_id == actor.user.id else str(definition.owner.name)


def _visible(actor: Actor) -> Any:
    mine = (ExportDefinition.owner == actor.user) | ExportDefinition.owner.is_null()
    query = ExportDefinition.select(ExportDefinition, User).join(User, JOIN.LEFT_OUTER)
    return query.where(ExportDefinition.board == actor.board, mine | ExportDefinition.shared)


def _own(actor: Actor, definition: ExportDefinition) -> ExportDefinition:
    row: ExportDefinition | None = _visible(actor).where(ExportDefinition.id == definition.id).first()
    if row is None:
        raise NotFound("Deze exportdefinitie is er niet meer, of wordt niet meer met u gedeeld. Ververs de lijst.")
    return row


def _check_may_end(actor: Actor, definition: ExportDefinition) -> None:
    if definition.owner is not None and definition.owner_id != actor.user.id:
        raise Refused(
            f"'{definition.name}' is van {definition.owner.name}. Alleen {definition.owner.name} kan delen of "
            "verwijderen; maak desgewenst een kopie."
        )


def _check_free(definition: ExportDefinition) -> None:
    """Check that the owner has no other definition with this name."""
    owner = (
        ExportDefinition.owner.is_null()
        if definition.owner_id is None
        else ExportDefinition.owner == definition.owner_id
    )
    same = ExportDefinition.select().where(
        ExportDefinition.board == definition.board, owner, ExportDefinition.name == definition.name
    )
    if same.where(ExportDefinition.id != (definition.id or 0)).exists():
        raise Refused(f"Er is al een exportdefinitie '{definition.name}'. Kies een andere naam.", field="name")


def _free_name(actor: Actor, name: str) -> str:
    query = ExportDefinition.select(ExportDefinition.name)
    taken = {
        one.name for one in query.where(ExportDefinition.board == actor.board, ExportDefinition.owner == actor.user)
    }
    number = 1
    while True:
        tail = " (kopie)" if number == 1 else f" (kopie {number})"
        wanted = name[: ExportDefinition.name.max_length - len(tail)] + tail
        if wanted not in taken:
            return wanted
        number += 1
