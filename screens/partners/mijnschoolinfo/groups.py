"""Groepen: those of ESIS, and those of the school's own, such as newcomers or after-school care (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from app.counted import counted
from app.partners.mijnschoolinfo import editing, lists
from app.partners.mijnschoolinfo.cards import Card
from app.partners.mijnschoolinfo.lists import Row
from models.partners.mijnschoolinfo import ESIS, MsiGroup
from screens.partners.mijnschoolinfo.adding import NewGroup
from screens.partners.mijnschoolinfo.choosing import ChoosePupils
from screens.partners.mijnschoolinfo.people import LIST_HELP, NAME, WHY, Found, People
from screens.partners.mijnschoolinfo.record import RecordPage
from screens.partners.page import Session
from screens.shared.controls import push_button
from screens.shared.records import Column, Source

OF_ESIS = "komt uit ESIS: wie erin zit, bepaalt ESIS"


def _what_it_means(name: str) -> str:
    return f"Groep {name} is een eigen groep en is daarna weg. De leerlingen blijven."


class Groups(People):
    """The groups."""

    TAB = "groups"
    KIND = "group"
    MODEL = MsiGroup
    NEW = "Eigen groep maken"
    LEADS = "ESIS is leidend: groepen komen daaruit. Eigen groepen maakt u hier."
    EMPTY = "Er zijn nog geen groepen. Ze komen uit ESIS of met een EDEXML-bestand; een eigen groep maakt u met N."
    COLUMNS = (
        NAME,
        Column("Leerlingen", lambda row: str(len(row.belongs)), 10, right=True),
        WHY,
    )
    HELP = (
        "De groepen uit ESIS, en eigen groepen, bijvoorbeeld voor instromers of de BSO. Een eigen groep maakt u met N; geen "
        "levering raakt hem aan, ook de jaarovergang niet, dus u verwijdert hem zelf.\n\n" + LIST_HELP
    )

    def read(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of groups."""
        return lists.groups(*asked, **page)

    def source(self, asked: str) -> tuple[Source, int]:
        """The pages."""
        school = self.school
        return Found(self.read, MsiGroup, school, asked), lists.count(MsiGroup, school)

    def form(self, row: Row | None) -> Screen[Any]:
        """The group, or the form of a new one."""
        return GroupPage(self.session, row.id) if row else NewGroup(self.session)

    def question(self, row: Row) -> tuple[str, str]:
        """What deleting means."""
        return "Groep verwijderen?", _what_it_means(row.name)

    def action_delete(self) -> None:
        """A group of ESIS says at once that it cannot."""
        row: Row | None = self.chosen
        if row is not None and row.origin == ESIS:
            self.say(f"Groep {row.name} {OF_ESIS}. Zij gaat hier weg na de jaarovergang.", severity="error")
        else:
            super().action_delete()

    def delete(self, row: Row) -> str:
        """Delete."""
        return f"Groep {editing.delete_group(self.school, row.name).name} is verwijderd; de leerlingen blijven."


class GroupPage(RecordPage):
    """One group, with its teachers and pupils."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__(session, "group", number)

    def buttons(self) -> ComposeResult:
        """For a group of one's own."""
        yield push_button("Leerlingen kiezen", id="change", variant="primary")
        yield push_button("Verwijderen", id="delete", variant="error")

    _own = False

    def refresh_data(self) -> None:
        """Read again; a group of ESIS has no buttons."""
        super().refresh_data()
        group = MsiGroup.get_or_none(MsiGroup.id == self.number)
        self._own = self.query_one(".buttons").display = group is not None and group.origin != ESIS
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who is in a group of ESIS is not for here."""
        if action in ("change", "delete", "add_guardian"):
            return self._own and action != "add_guardian"
        return super().check_action(action, parameters)

    def facts(self, card: Card) -> list[tuple[str, str]]:
        """How many, and whose it is."""
        pupils = sum(tie.kind == "pupil" for tie in card.ties)
        own = card.record.origin != ESIS
        return [
            ("Soort", "eigen groep" if own else OF_ESIS),
            ("Leerlingen", counted(pupils, "leerling", "leerlingen")),
            *super().facts(card),
        ]

    def question(self, card: Card) -> str:
        """What deleting means."""
        return _what_it_means(card.name)

    def delete(self, card: Card) -> None:
        """Delete."""
        editing.delete_group(self.school, card.name)

    def action_change(self) -> None:
        """Choose the pupils of a group of one's own."""
        card = self.card
        chosen = [tie.id for tie in card.ties if tie.kind == "pupil"]
        self.app.push_screen(ChoosePupils(self.session, f"Leerlingen van {card.name}", chosen), self._chosen)

    def _chosen(self, chosen: list[int] | None) -> None:
        school, number = self.school, self.number
        if chosen is not None:
            self.perform(lambda: editing.put_in(school, number, chosen), lambda _: self.say("De groep is opgeslagen."))
