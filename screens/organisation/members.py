"""Wie zit er in deze groep: ticking the pupils of an instruction group or other group."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input

from app.exchange.names import folded
from app.school import members
from app.school.groups import year_groups_of
from app.school.members import Candidate
from models.school import Group, Pupil
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.filter_line import FilterLine
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

ODD = "▲ ander leerjaar"


class MembersScreen(EsisScreen):
    """The pupils of the location, with a tick before those in the group."""

    ITEM = "groepen-en-onderwijssoorten"
    BELOW = ("Leerlingen",)
    HELP = (
        "Een kruisje betekent: zit in deze groep. De spatiebalk zet of haalt weg, * doet dat voor alle gevonden leerlingen, "
        "F2 slaat op. Typ in het zoekveld een deel van een naam, een groep of een leerjaar; kruisjes blijven staan als u iets "
        "anders zoekt.\n\n"
        "Achter het zoekveld staat hoeveel leerlingen een kruisje hebben en, tussen haakjes, hoeveel er na het opslaan bij "
        "komen en af gaan. ▲ staat bij wie in een ander leerjaar zit dan de groep heeft; dat mag."
    )
    BINDINGS = [
        keys.DONE("save", "Gereed", id="members.save", tooltip="Slaat op wie er in de groep zit."),
        keys.SEARCH("to_search", "Zoekveld", id="members.search", tooltip="Gaat naar het zoekveld."),
        keys.DOWN(
            "to_list",
            "Naar de lijst",
            id="members.list",
            show=False,
            tooltip="Gaat van het zoekveld naar de lijst.",
        ),
    ]

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.group = group
        self._years = year_groups_of(group)
        self._rows: list[Candidate] = []
        self._seated: set[int] = set()

    def body(self) -> ComposeResult:
        """The title, the search field, the list and the buttons."""
        search = TextLine(id="members-search", placeholder="naam, groep of leerjaar")
        yield FilterLine(search, "members.search", count="members-count")
        title = f"Leerlingen in {self.group.name}"
        yield RecordList(self._columns(), empty="", id="members", marking=True, title=title)
        with Buttons():
            yield push_button("Gereed", id="save", variant="primary")
            yield push_button("Annuleren", id="cancel")

    def _columns(self) -> list[Column]:
        return [
            Column("Naam", lambda row: row.name, order=True),
            Column.of(Pupil.key, 14, from_width=100, order=True),
            Column("Groep", lambda row: row.base_group or "geen", 10, order=True),
            Column("Leerjaar", lambda row: f"{row.year_group} {ODD if self._is_odd(row) else ''}", 18, order=True),
        ]

    def _is_odd(self, row: Candidate) -> bool:
        return row.id in self._list.marked and bool(self._years) and row.year_group not in self._years

    @property
    def changed(self) -> bool:
        """Whether ticks were changed."""
        return any(self._changes())

    def start_again(self) -> None:
        """Restore the original ticks."""
        self._list.marked = {row.id: row for row in self._rows if row.id in self._seated}
        self._show()

    def on_mount(self) -> None:
        """Read all the pupils, and who is in the group."""
        self._rows = members.candidates(self.actor, self.group)
        self._seated = members.seated(self.group)
        self._list.opens = False
        self.start_again()

    def focus_start(self) -> None:
        """Focus the list."""
        self._list.focus()

    @property
    def _list(self) -> RecordList:
        return self.query_one("#members", RecordList)

    @on(Input.Changed, "#members-search")
    def _show(self) -> None:
        asked = folded(self.query_one("#members-search", Input).value).split()
        found = [
            row
            for row in self._rows
            if all(word in folded(row.name, row.key, row.base_group, row.year_group) for word in asked)
        ]
        self._list.empty = (
            "Niemand gevonden. Maak het zoekveld leeg om iedereen te zien."
            if asked
            else "Op deze vestiging zijn nog geen leerlingen ingeschreven."
        )
        self._list.show(Rows(found), keep_cursor=False)
        self._count()

    @on(RecordList.Marked, "#members")
    def _count(self) -> None:
        inside, (put_in, take_out) = len(self._list.marked), self._changes()
        unsaved = f" (+{len(put_in)} -{len(take_out)})" if put_in or take_out else ""
        self.query_one("#members-count", Label).update(plain(f"{inside} in de groep{unsaved}"))

    def _changes(self) -> tuple[set[int], set[int]]:
        marked = set(self._list.marked)
        return marked - self._seated, self._seated - marked

    @on(Input.Submitted, "#members-search")
    def action_to_list(self) -> None:
        """Go to the list."""
        self._list.focus()

    def action_to_search(self) -> None:
        """Go to the search field."""
        self.query_one("#members-search").focus()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Save only the differences since it was opened."""
        actor, group, (put_in, take_out) = self.actor, self.group, self._changes()
        told = f"Groep {group.name} is opgeslagen: {len(put_in)} erbij, {len(take_out)} eruit."

        def saved(_: Group) -> None:
            self._seated = set(self._list.marked)
            self.say(told)
            self.action_back()

        self.perform(lambda: members.change_members(actor, group, put_in, take_out), saved)

    @on(Button.Pressed, "#cancel")
    def _left(self) -> None:
        self.action_back()
