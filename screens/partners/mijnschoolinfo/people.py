"""School: the pupils, guardians and staff here, each with the reason for its state."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from app.partners.mijnschoolinfo import account, cards, editing, lists
from app.partners.mijnschoolinfo.editing import EsisLeads
from app.partners.mijnschoolinfo.lists import CANNOT_SIGN_IN, Row
from models.partners.mijnschoolinfo import MsiGuardian, MsiPupil, MsiRecord, MsiSchool, MsiStaff
from screens.partners.mijnschoolinfo.adding import NewGuardian, NewPupil
from screens.partners.mijnschoolinfo.choosing import ChoosePupils
from screens.partners.mijnschoolinfo.page import ListOnTab, SchoolTab, listed_name
from screens.partners.mijnschoolinfo.record import RecordPage, what_deleting_means
from screens.partners.page import show_line
from screens.partners.tabs import TABS_HELP
from screens.shared.label import Label
from screens.shared.records import Column, Source

LIST_HELP = (
    "Enter opent een regel, F3 gaat naar het zoekveld, S sorteert, E bewaart de lijst als CSV-bestand, Del verwijdert na een "
    "vraag. Wie uit ESIS komt en hier is verwijderd, komt niet vanzelf terug: dat kan op het tabblad Verwijderd. "
    + TABS_HELP
)


@dataclass(frozen=True)
class Found:
    """What a list shows, read a page at a time."""

    read: Callable[..., Sequence[Row]]
    model: type[MsiRecord]
    school: MsiSchool
    asked: str = ""
    order: str = ""

    def ordered(self, column: Column, descending: bool) -> Found:
        """The same in the order of a column."""
        return replace(self, order=f"{'-' if descending else ''}{column.order}")

    def count(self) -> int:
        """How many there are."""
        return lists.count(self.model, self.school, self.asked)

    def page(self, offset: int, limit: int) -> Sequence[Row]:
        """These rows."""
        return self.read(self.school, self.asked, offset=offset, limit=limit, order=self.order)


def newest_first(why: str) -> str:
    """The reasons for a record's state, latest first: in a list the end may not fit."""
    parts = why.split("; ")
    note = parts[:1] if parts[0] == CANNOT_SIGN_IN else []
    return "; ".join([*note, *parts[len(note) :][::-1]])


NAME = Column("Naam", listed_name, 26, order="name")
WHY = Column("Herkomst", lambda row: newest_first(row.why), order="since")


class People(ListOnTab, SchoolTab):
    """One of the three lists."""

    KIND = ""
    MODEL: type[MsiRecord]
    LEADS = ""
    """Shown above the list once ESIS leads."""
    CHANGE = "Openen"
    _leads = False

    @abstractmethod
    def found(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of rows."""

    def above(self) -> ComposeResult:
        """Who leads."""
        yield Label("", id="msi-leads", classes="note")

    def rows(self) -> Sequence[Any]:
        """Empty: `source` reads the rows in pages."""
        return ()

    def source(self, asked: str) -> tuple[Source, int]:
        """The rows in pages, and how many there are."""
        school = self.school
        return Found(self.found, self.MODEL, school, asked), lists.count(self.MODEL, school)

    def read_above(self) -> bool:
        """Whether ESIS leads."""
        return account.leads(self.school)

    def show_above(self, found: bool) -> None:
        """Say so."""
        self._leads = found
        show_line(self.query_one("#msi-leads", Label), self.LEADS if found else "")

    def form(self, row: Row | None) -> Screen[Any]:
        """The record's screen."""
        assert row is not None
        cards.card(self.school, self.KIND, row.id)
        return RecordPage(self.session, self.KIND, row.id)

    def question(self, row: Row) -> tuple[str, str]:
        """What deleting means."""
        return "Verwijderen?", what_deleting_means(row.name, row.origin)

    def delete(self, row: Row) -> str:
        """Delete."""
        return f"{editing.delete(self.school, self.KIND, row.id)} is hier verwijderd."


class Pupils(People):
    """The pupils."""

    TAB = "pupils"
    KIND = "pupil"
    MODEL = MsiPupil
    NEW = "Leerling toevoegen"
    LEADS = "ESIS is leidend: nieuwe leerlingen komen daaruit, of hier in een eigen groep."
    EMPTY = (
        "Er zijn nog geen leerlingen. Vul de code van ESIS in (Koppeling), lees een bestand in (Koppeling > Importeren), of "
        "voeg leerlingen toe met F4."
    )
    COLUMNS = (
        NAME,
        Column("Nummer", lambda row: row.key, 10, from_width=100, order="key"),
        Column("Groepen", lambda row: ", ".join(row.belongs) or "geen", 9),
        Column("Verzorgers", lambda row: ", ".join(row.guardians) or "geen", 24, from_width=130),
        WHY,
    )
    HELP = (
        "De leerlingen van Mijnschoolinfo, met waarom ze er zo staan: uit ESIS, gewijzigd door verzorger of beheerder, of "
        "zelf aangemaakt. Wat hier is gewijzigd, blijft zo, wat ESIS ook zegt.\n\n" + LIST_HELP
    )

    def found(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of pupils."""
        return lists.pupils(*asked, **page)

    def form(self, row: Row | None) -> Screen[Any]:
        """The record, or the form for a new one."""
        return super().form(row) if row else NewPupil(self.session)

    def action_add(self) -> None:
        """Open the form, or refuse before anything is typed."""
        if self._leads and not cards.own_groups(self.school):
            self.say(EsisLeads(editing.NEW_PUPILS).sentence, severity="error")
        else:
            super().action_add()


class Guardians(People):
    """The guardians."""

    TAB = "guardians"
    KIND = "guardian"
    MODEL = MsiGuardian
    NEW = "Verzorger toevoegen"
    LEADS = "ESIS is leidend: nieuwe verzorgers komen daaruit. Wijzigen doet u hier."
    EMPTY = "Er zijn nog geen verzorgers. Ze komen mee met de leerlingen uit ESIS of met een e-mailadressenbestand."
    COLUMNS = (
        NAME,
        Column("E-mailadres", lambda row: row.email or "geen", 30, from_width=110, order="email"),
        Column("Leerlingen", lambda row: ", ".join(row.belongs) or "geen", 20, from_width=90),
        WHY,
    )
    HELP = (
        "De verzorgers. Wie geen goed e-mailadres heeft, kan niet inloggen; dat staat er dan bij. Verzorgers wijzigen hun "
        "eigen gegevens in Mijnschoolinfo, en dat wordt door ESIS niet overschreven.\n\n" + LIST_HELP
    )

    def found(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of guardians."""
        return lists.guardians(*asked, **page)

    def action_add(self) -> None:
        """Ask for which pupils first; refused before that once ESIS leads."""
        if self._leads:
            self.say(EsisLeads(editing.NEW_GUARDIANS).sentence, severity="error")
            return
        choice = ChoosePupils(self.session, "Van welke leerlingen is dit de verzorger?")
        self.app.push_screen(choice, self._of_these)

    def _of_these(self, chosen: list[int] | None) -> None:
        if chosen is not None:
            self.app.push_screen(NewGuardian(self.session, chosen))


class Staff(People):
    """The staff."""

    TAB = "staff"
    KIND = "staff"
    MODEL = MsiStaff
    NEW = ""
    LEADS = "ESIS is leidend: nieuwe medewerkers komen daaruit. Wijzigen doet u hier."
    EMPTY = "Er zijn nog geen medewerkers. Ze komen uit ESIS, of mee met een EDEXML-bestand."
    COLUMNS = (
        NAME,
        Column("Sleutel", lambda row: row.key, 8, from_width=100, order="key"),
        Column("Groepen", lambda row: ", ".join(row.belongs) or "geen", 14),
        Column("E-mailadres", lambda row: row.email or "geen", 30, from_width=110, order="email"),
        WHY,
    )
    HELP = (
        "De medewerkers. Wie in ESIS niet meer actief is, gaat hier weg na de jaarovergang, of als u hem of haar hier "
        "verwijdert. Een verzorger die ook medewerker is, staat hier twee keer: ook bij Verzorgers.\n\n" + LIST_HELP
    )

    def found(self, *asked: Any, **page: Any) -> Sequence[Row]:
        """A page of staff."""
        return lists.staff(*asked, **page)
