"""Leerlingen and Groepen as Basispoort holds them."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from app.counted import counted
from app.partners.basispoort import overview
from app.partners.basispoort.overview import PupilRow
from app.school.people.names import list_name
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.page import Paged
from screens.shared.controls import TextLine
from screens.shared.label import Label
from screens.shared.records import Column, ReadingList, RecordList, Rows
from screens.shared.text import plain

EMPTY = (
    "Er is geen leerling gevonden. Leerlingen komen uit ESIS: wie vandaag wordt ingeschreven, staat hier morgen (Beheer > "
    "Koppeling LAS)."
)


def _name(row: PupilRow) -> str:
    return list_name(row.pupil.first_name, row.pupil.prefix, row.pupil.last_name)


class Pupils(BasispoortPage):
    """The pupils as ESIS or the file delivered them."""

    HERE = "pupils"
    PATH = ("Leerlingen",)
    HELP = (
        "De leerlingen zoals ESIS of het ingelezen bestand ze leverde; wijzigen gebeurt in ESIS. Typ een deel van de naam of "
        "een leerlingnummer om te zoeken, en ga met Enter naar de lijst.\n\n"
        "Basispoort herkent een leerling aan het ECK iD: met een ander leerlingnummer blijft het dezelfde leerling."
    )

    def body(self) -> ComposeResult:
        """How many, a field to find one, the list."""
        yield Label("Leerlingen", classes="title")
        with Horizontal(classes="partner-find"):
            yield Label("Zoek ", classes="inline-label")
            yield TextLine(id="basispoort-asked")
            yield Label("", id="basispoort-count")
        yield ReadingList(
            [
                Column("Naam", _name),
                Column("Leerlingnummer", lambda row: row.pupil.key, 14),
                Column("Groep", lambda row: row.group, 12),
                Column("Leerjaar", lambda row: row.pupil.year_group, 8),
                Column("ECK iD", lambda row: row.pupil.eckid, 32, from_width=110),
            ],
            empty=EMPTY,
            id="basispoort-pupils",
        )

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        self._show(keep_cursor=True)

    def _show(self, *, keep_cursor: bool) -> None:
        school, asked = self.school, self.query_one("#basispoort-asked", Input).value
        listed = self.query_one("#basispoort-pupils", RecordList)
        source = Paged(partial(overview.pupil_count, school, asked), partial(overview.pupils, school, asked))
        listed.show(source, keep_cursor)
        self.query_one("#basispoort-count", Label).update(plain(counted(listed.row_count, "leerling", "leerlingen")))

    @on(Input.Changed, "#basispoort-asked")
    def _typed(self) -> None:
        self._show(keep_cursor=False)

    @on(Input.Submitted, "#basispoort-asked")
    def _to_list(self) -> None:
        self.query_one("#basispoort-pupils").focus()


class Groups(BasispoortPage):
    """The groups as ESIS or the file delivered them."""

    HERE = "groups"
    PATH = ("Groepen",)
    HELP = (
        "De groepen van dit schooljaar, zoals ESIS of het ingelezen bestand ze leverde, met het aantal leerlingen. Een "
        "instructiegroep of andere groep staat er alleen als hij in ESIS 'In koppelingen beschikbaar' is."
    )

    def body(self) -> ComposeResult:
        """The list."""
        yield Label("Groepen", classes="title")
        yield ReadingList(
            [
                Column("Groep", lambda row: row.group.name, order=True),
                Column("Leerjaar", lambda row: row.group.year_group, 8, order=True),
                Column("Soort", lambda row: "samengesteld" if row.group.composite else "basisgroep", 14, order=True),
                Column("Leerlingen", lambda row: str(row.pupils), 10, right=True, order=lambda row: row.pupils),
            ],
            empty="Er zijn nog geen groepen. Ze komen de komende nacht uit ESIS (Beheer > Koppeling LAS).",
            id="basispoort-groups",
        )

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        self.query_one("#basispoort-groups", RecordList).show(Rows(overview.groups(self.school)))
