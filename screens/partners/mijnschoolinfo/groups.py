"""Groepen: those from ESIS, and the school's own, such as newcomers or after-school care (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from app.partners.mijnschoolinfo import editing, lists
from app.partners.mijnschoolinfo.lists import Row
from models.partners.mijnschoolinfo import ESIS, MsiGroup
from screens.partners.mijnschoolinfo.adding import text_field
from screens.partners.mijnschoolinfo.page import MsiForm
from screens.partners.mijnschoolinfo.people import LIST_HELP, NAME, WHY, Found, People
from screens.partners.mijnschoolinfo.record import OF_ESIS, GroupPage, what_deleting_group_means
from screens.shared.fields import Field
from screens.shared.records import Column, Source


class Groups(People):
    """The groups."""

    TAB = "groups"
    KIND = "group"
    MODEL = MsiGroup
    NEW = "Eigen groep maken"
    LEADS = "ESIS is leidend: groepen komen daaruit. Eigen groepen maakt u hier."
    EMPTY = "Er zijn nog geen groepen. Ze komen uit ESIS of met een EDEXML-bestand; een eigen groep maakt u met F4."
    COLUMNS = (
        NAME,
        Column("Leerlingen", lambda row: str(len(row.belongs)), 10, right=True),
        WHY,
    )
    HELP = (
        "De groepen uit ESIS, en eigen groepen, bijvoorbeeld voor instromers of de BSO. Een eigen groep maakt u met F4; geen "
        "levering raakt hem aan, ook de jaarovergang niet, dus u verwijdert hem zelf.\n\n" + LIST_HELP
    )

    def found(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of groups."""
        return lists.groups(*asked, **page)

    def source(self, asked: str) -> tuple[Source, int]:
        """The groups in pages, and how many there are."""
        school = self.school
        return Found(self.found, MsiGroup, school, asked), lists.count(MsiGroup, school)

    def form(self, row: Row | None) -> Screen[Any]:
        """The group, or the form for a new one."""
        return GroupPage(self.session, row.id) if row else NewGroup(self.session)

    def question(self, row: Row) -> tuple[str, str]:
        """What deleting means."""
        return "Groep verwijderen?", what_deleting_group_means(row.name)

    def action_delete(self) -> None:
        """Delete, but refuse a group from ESIS at once."""
        row: Row | None = self.chosen
        if row is not None and row.origin == ESIS:
            self.say(f"Groep {row.name} {OF_ESIS}. Zij gaat hier weg na de jaarovergang.", severity="error")
        else:
            super().action_delete()

    def delete(self, row: Row) -> str:
        """Delete."""
        return f"Groep {editing.delete_group(self.school, row.name).name} is verwijderd; de leerlingen blijven."


class NewGroup(MsiForm):
    """Eigen groep maken; its pupils are chosen next."""

    HERE = "school"
    PATH = ("School", "Groepen", "Eigen groep")
    TITLE_TEXT = "Eigen groep maken"
    HELP = (
        "Geef de groep een naam, bijvoorbeeld BSO of Instroom. Daarna kiest u er leerlingen bij. Een eigen groep raakt geen "
        "levering aan; u verwijdert hem zelf."
    )

    def fields(self) -> list[Field]:
        """The name."""
        return [text_field("group")]

    def save(self, values: dict[str, Any]) -> Any:
        """Make it."""
        return editing.add_group(self.school, values["group"])

    def saved(self, told: Any) -> None:
        """Go to the group, to choose its pupils."""
        self.keep()
        self.app.switch_screen(GroupPage(self.session, told.id))
