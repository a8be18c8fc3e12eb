"""Hulptabellen: the code lists that forms offer, the standard entries first, then the board's own.

Standard entries are fixed, because other systems and this program's own rules depend on them; a board adds entries,
changes them and switches them off. Entries are only suggestions: changing or switching one off does not affect values
filled in with it. The lists and their contents are our choice. Required: `Permission.MANAGE_LISTS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor, writing
from app.exchange.names import folded
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.fields import Text
from app.school.people.pupil_form import REASONS
from models.board import Board
from models.directory import LookupEntry
from models.school import PupilGuardian


@dataclass(frozen=True)
class Table:
    """A code list: its name in code, on screen, where a form offers it, and the fixed entries."""

    name: str
    title: str
    where: str
    standard: tuple[str, ...]
    longest: int = LookupEntry.value.max_length

    @property
    def field(self) -> Text:
        """The field for an entry of the board."""
        return Text(LookupEntry.value, required=True, longest=self.longest)


TABLES = (
    Table("uitschrijfreden", "Redenen van uitschrijving", "Leerlingenadministratie > Uitschrijven", REASONS),
    Table(
        "relatie",
        "Relaties van verzorgers",
        "de verzorgers van een leerling",
        (
            "moeder",
            "vader",
            "grootmoeder",
            "grootvader",
            "pleegmoeder",
            "pleegvader",
            "stiefmoeder",
            "stiefvader",
            "voogd",
            "anders",
        ),
        longest=PupilGuardian.relation.max_length,
    ),
    Table(
        "uitsluitreden",
        "Redenen om een resultaat uit te sluiten",
        "Beheer > Toetsen > Resultaten uitsluiten",
        (
            "Leerling was ziek tijdens de toets",
            "Toets niet afgemaakt",
            "Toets met hulp gemaakt",
            "Toets van een ander leerjaar gemaakt",
            "Nederlands is nog niet de taal van de leerling",
            "Anders",
        ),
    ),
)


@dataclass(frozen=True)
class LookupRow:
    """An entry in a list; `entry` is None for a fixed one."""

    value: str
    active: bool
    entry: LookupEntry | None = None

    @property
    def standard(self) -> bool:
        """Whether it is fixed."""
        return self.entry is None


def table(name: str) -> Table:
    """Find the code list with this name. Raises `NotFound`, listing those that exist."""
    for row in TABLES:
        if row.name == name:
            return row
    raise NotFound(f"Hulptabel '{name}' bestaat niet. Er zijn: {', '.join(row.name for row in TABLES)}.")


def values(board: Board, name: str) -> tuple[str, ...]:
    """The values a form offers, in order: the fixed entries, then the board's own that are on, by name."""
    return (*table(name).standard, *(row.value for row in _own_entries(board, name) if row.active))


def listed(actor: Actor, name: str) -> list[LookupRow]:
    """The same including those that are off, for editing. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_LISTS)
    own = (LookupRow(row.value, row.active, row) for row in _own_entries(actor.board, name))
    return [*(LookupRow(value, True) for value in table(name).standard), *own]


def add(actor: Actor, name: str, text: str) -> LookupEntry:
    """Add an entry of the board. Raises `Refused` for field `value`, also when the list already has it."""
    with writing(actor, Permission.MANAGE_LISTS):
        value = table(name).field.checked(text)
        _check_new(actor.board, name, value)
        return LookupEntry.create(board=actor.board, code_list=name, value=value)


def change(actor: Actor, entry: LookupEntry, text: str, seen: int | None = None) -> LookupEntry:
    """Change an entry of the board. Raises like `add`, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_LISTS):
        own = _own(actor, entry)
        check_unchanged(own, seen)
        value = table(own.code_list).field.checked(text)
        _check_new(actor.board, own.code_list, value, own.id)
        own.value = value
        own.save()
        return own


def switch(actor: Actor, entry: LookupEntry) -> LookupEntry:
    """Switch an entry off, or on again."""
    with writing(actor, Permission.MANAGE_LISTS):
        own = _own(actor, entry)
        own.active = not own.active
        own.save()
        return own


def _own_entries(board: Board, name: str) -> list[LookupEntry]:
    rows = LookupEntry.select().where(LookupEntry.board == board, LookupEntry.code_list == table(name).name)
    return sorted(rows, key=lambda row: (folded(row.value), row.id))


def _check_new(board: Board, name: str, value: str, but_not: int = 0) -> None:
    if folded(value) in {folded(standard) for standard in table(name).standard}:
        raise Refused(f"'{value}' staat al vast in deze hulptabel.", field="value")
    for row in _own_entries(board, name):
        if folded(row.value) == folded(value) and row.id != but_not:
            state = "" if row.active else ", uitgeschakeld; zet die weer aan"
            raise Refused(f"'{row.value}' staat al in deze hulptabel{state}.", field="value")


def _own(actor: Actor, entry: LookupEntry) -> LookupEntry:
    row = LookupEntry.get_or_none(LookupEntry.id == entry.id, LookupEntry.board == actor.board)
    if row is None:
        raise NotFound(f"'{entry.value}' staat niet meer in de hulptabel. Ververs de lijst.")
    return row
