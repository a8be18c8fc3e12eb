"""What must be fixed before a coupling can be activated: each line opens its field (sources.md#mijnschoolinfo, P)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.couplings import requirements
from app.couplings.catalogue import CouplingType, by_type
from app.couplings.requirements import Lack
from app.permissions import Permission
from app.targets import ActivationList, Contacts, GuardianForm, PupilPage
from screens.couplings.page import CouplingsPage
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

DONE = "Alles is ingevuld. Ga met Esc terug; op het formulier van de activering kiest u Gereed."


class ContactsScreen(CouplingsPage):
    """The guardians without an e-mail address and the pupils without a guardian."""

    BELOW = (ActivationList.TITLE, Contacts.TITLE)
    HELP = (
        "De koppeling kan pas aan als elke ingeschreven leerling een verzorger heeft en elke verzorger een e-mailadres in "
        "de bereikbaarheid. Enter opent het formulier van de verzorger; na het opslaan verdwijnt de regel.\n\n"
        "Als de lijst leeg is, gaat u met Esc terug naar het formulier. Wat u daar invulde, staat er nog."
    )

    SCOPED_CSS = False
    CSS = """
    ContactsScreen #contacts-count { width: 1fr; color: $warn; background: $warn-bg; border-left: outer $warn; padding: 0 1; }
    """

    @classmethod
    def at(cls, _program: EsisProgram, target: Contacts) -> ContactsScreen:
        """The screen for this type of coupling. Raises `NotFound`."""
        return cls(by_type(target.type))

    def __init__(self, kind: CouplingType) -> None:
        super().__init__()
        self.kind = kind

    def body(self) -> ComposeResult:
        """The explanation, and the list."""
        yield Label("", id="contacts-count")
        yield RecordList(
            [
                Column("Leerling", lambda row: row.pupil, 22),
                Column("Nummer", lambda row: row.pupil_key, 9),
                Column("Verzorger", lambda row: row.guardian or "(geen)", 22),
                Column("Wat ontbreekt", _missing, style=lambda _row: "warn"),
            ],
            empty=DONE,
            id="contacts",
            title=f"Nog aan te vullen voor {self.kind.row}",
        )

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> Sequence[Lack]:
        """What must still be fixed."""
        return requirements.lacking(self.actor.location, clock.school_today(self.actor.board))

    def show(self, found: Sequence[Lack]) -> None:
        """Show it: what was fixed is gone."""
        number = counted(len(found), "regel", "regels")
        told = f"! De koppeling is nog niet geactiveerd: vul eerst aan wat hier staat ({number}). Enter opent het formulier."
        self.query_one("#contacts-count", Label).update(plain(told))
        self.query_one("#contacts-count").display = bool(found)
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        row: Lack = event.row
        if self.actor.reason(Permission.EDIT_PUPILS):
            self.esis.go(PupilPage(row.pupil_key))
        else:
            self.esis.go(GuardianForm(row.pupil_key, row.link_id or 0, "email"))


def _missing(row: Lack) -> str:
    if row.link_id is None:
        return "verzorger"
    return f"e-mailadres ('{row.email}' is er geen)" if row.email else "e-mailadres"
