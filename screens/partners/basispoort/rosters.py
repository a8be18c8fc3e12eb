"""Leerlingen and Groepen as Basispoort holds them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from app.partners.basispoort import overview
from app.partners.basispoort.overview import GroupRow, PupilInGroup
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.pupil_list import PupilList, name_of
from screens.shared.records import Column, ReadingList, RecordList, Rows


class Pupils(PupilList, BasispoortPage):
    """The pupils as ESIS or the file delivered them."""

    HELP = (
        "De leerlingen zoals ESIS of het ingelezen bestand ze leverde; wijzigen gebeurt in ESIS. F3 gaat naar het "
        "zoekveld: typ een deel van de naam of een leerlingnummer, ↓ of Enter gaat naar de lijst.\n\n"
        "Basispoort herkent een leerling aan het ECK iD: met een ander leerlingnummer blijft het dezelfde leerling."
    )

    ASKED = "naam of leerlingnummer"
    COLUMNS = (
        Column("Naam", lambda row: name_of(row.pupil)),
        Column("Leerlingnummer", lambda row: row.pupil.key, 14),
        Column("Groep", lambda row: row.group, 12),
        Column("Leerjaar", lambda row: row.pupil.year_group, 8),
        Column("ECK iD", lambda row: row.pupil.eckid, 32, from_width=110),
    )
    EMPTY = (
        "Er is geen leerling gevonden. Leerlingen komen uit ESIS: wie vandaag wordt ingeschreven, staat hier morgen (Beheer > "
        "Koppeling LAS)."
    )

    def count(self, asked: str) -> int:
        """How many have the search text in their name or number."""
        return overview.pupil_count(self.school, asked)

    def page(self, asked: str, offset: int, limit: int) -> Sequence[PupilInGroup]:
        """By last name."""
        return overview.pupils(self.school, asked, offset, limit)


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
        yield ReadingList(
            [
                Column("Groep", lambda row: row.group.name, order=True),
                Column("Leerjaar", lambda row: row.group.year_group, 8, order=True),
                Column("Soort", lambda row: "samengesteld" if row.group.composite else "basisgroep", 14, order=True),
                Column("Leerlingen", lambda row: str(row.pupils), 10, right=True, order=lambda row: row.pupils),
            ],
            empty="Er zijn nog geen groepen. Ze komen de komende nacht uit ESIS (Beheer > Koppeling LAS).",
            id="basispoort-groups",
            title="Groepen",
        )

    def read(self) -> Sequence[GroupRow]:
        """The groups."""
        return overview.groups(self.school)

    def show(self, found: Sequence[GroupRow]) -> None:
        """Show them."""
        self.query_one("#basispoort-groups", RecordList).show(Rows(found))
