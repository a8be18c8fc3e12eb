"""What must be fixed before a coupling can be activated: each line opens its field (sources.md#mijnschoolinfo, P)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app import clock, targets
from app.counted import counted
from app.couplings import requirements
from app.couplings.catalogue import CouplingType, by_type
from app.couplings.requirements import Lack
from app.permissions import Permission
from app.refusals import Refused
from app.school.people import guardians
from app.school.people.guardians import GuardianForm
from app.targets import ActivationList, Contacts, PupilPage
from models.school import Guardian
from screens.couplings.page import CouplingsPage
from screens.shared.controls import TextLine
from screens.shared.described import fields_of
from screens.shared.fields import FieldRow
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

DONE = "Alles is ingevuld. Ga met Esc terug; op het formulier van de activering kiest u Gereed."


class AddressRow(FieldRow):
    """The address that is typed."""

    key_hints = (("enter", "Enter", "Bewaren"), ("up", "↑", "Lijst"))


class ContactsScreen(CouplingsPage):
    """The guardians without an e-mail address and the pupils without a guardian."""

    BELOW = (ActivationList.TITLE, Contacts.TITLE)
    HELP = (
        "De koppeling kan pas aan als elke ingeschreven leerling een verzorger heeft en elke verzorger een e-mailadres in "
        "de bereikbaarheid. Typ onderaan het adres van wie in de lijst is aangewezen, en bewaar het met Enter: de regel "
        "verdwijnt en de volgende is aan de beurt. Enter in de lijst opent het hele formulier van de verzorger.\n\n"
        "Als de lijst leeg is, gaat u met Esc terug naar het formulier. Wat u daar invulde, staat er nog."
    )

    SCOPED_CSS = False
    CSS = """
    ContactsScreen #contacts-count { width: 1fr; color: $warn; background: $warn-bg; border-left: outer $warn; padding: 0 1; }
    ContactsScreen RecordList { height: auto; max-height: 1fr; min-height: 6; }
    ContactsScreen FieldRow { padding: 0 1; }
    """

    @classmethod
    def at(cls, _program: EsisProgram, target: Contacts) -> ContactsScreen:
        """The screen for this type of coupling. Raises `NotFound`."""
        return cls(by_type(target.type))

    def __init__(self, kind: CouplingType) -> None:
        super().__init__()
        self.kind = kind
        self._lack: Lack | None = None
        """Whose address is typed."""

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
        (email,) = fields_of(GuardianForm(""), "email")
        yield AddressRow(email)

    def focus_start(self) -> None:
        """Start where the first address is typed, or in the list where there is none to type."""
        (self.query_one("#field-email") if self._lack else self.query_one(RecordList)).focus()

    def action_cross(self, direction: str) -> None:
        """Between the list and the field below it."""
        if direction == "up" and self.focused is self.query_one("#field-email"):
            self.query_one(RecordList).focus()
        else:
            super().action_cross(direction)

    def read(self) -> Sequence[Lack]:
        """What must still be fixed."""
        return requirements.lacking(self.actor.location, clock.school_today(self.actor.board))

    def show(self, found: Sequence[Lack]) -> None:
        """Show it: what was fixed is gone."""
        number = counted(len(found), "regel", "regels")
        told = (
            f"! De koppeling is nog niet geactiveerd: vul eerst aan wat hier staat ({number}). Typ hieronder elk adres."
        )
        self.query_one("#contacts-count", Label).update(plain(told))
        self.query_one("#contacts-count").display = bool(found)
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#contacts")
    def _turn(self, event: RecordList.Highlighted) -> None:
        """Whose address is typed below."""
        row: Lack | None = event.row
        typed = row is not None and row.link_id is not None and not self.actor.reason(Permission.EDIT_PUPILS)
        lack, self._lack = self._lack, row if typed else None
        line = self.query_one(FieldRow)
        line.display = self._lack is not None
        if self._lack is None:
            if self.query_one("#field-email").has_focus:
                self.query_one(RecordList).focus()
        elif lack is None or lack.link_id != self._lack.link_id:
            line.query_one(TextLine).value = self._lack.email
            line.explain(
                f"Van {self._lack.guardian}, verzorger van {self._lack.pupil}. Enter bewaart; dan komt de volgende."
            )

    @on(Input.Submitted, "#field-email")
    def _save(self, event: Input.Submitted) -> None:
        """Keep the address; the row goes, and the next one is typed."""
        event.stop()
        lack, email = self._lack, event.value
        if lack is None or lack.link_id is None:
            return
        number = lack.link_id
        self.perform(lambda: guardians.set_email(self.actor, number, email), self._saved, self._refused)

    def _saved(self, guardian: Guardian) -> None:
        self.say(f"{guardian.name} heeft nu {guardian.email}.")
        self.refresh_data()

    def _refused(self, refusal: Refused) -> None:
        self.query_one(FieldRow).show_error(refusal.sentence)

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        row: Lack = event.row
        if self.actor.reason(Permission.EDIT_PUPILS):
            self.esis.go(PupilPage(row.pupil_key))
        else:
            self.esis.go(targets.GuardianForm(row.pupil_key, row.link_id or 0, "email"))


def _missing(row: Lack) -> str:
    if row.link_id is None:
        return "verzorger"
    return f"e-mailadres ('{row.email}' is er geen)" if row.email else "e-mailadres"
