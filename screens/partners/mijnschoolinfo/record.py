"""One pupil, guardian, member of staff or group: its facts, the reason for its state, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.counted import counted
from app.exchange.email import is_email
from app.partners.mijnschoolinfo import account, cards, editing, lists
from app.partners.mijnschoolinfo.cards import Card, Tie
from app.partners.mijnschoolinfo.editing import EsisLeads
from app.refusals import NotFound
from models.partners.mijnschoolinfo import ESIS
from screens.partners.mijnschoolinfo.adding import NewGuardian
from screens.partners.mijnschoolinfo.changing import ChangeForm
from screens.partners.mijnschoolinfo.choosing import ChoosePupils
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.page import Session
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm
from screens.shared.facts import Fact, Facts
from screens.shared.panel import Panel
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

KINDS = {"pupil": "leerling", "guardian": "verzorger", "staff": "medewerker", "group": "groep"}
EMPTY = {
    "pupil": "Deze leerling zit hier in geen groep en heeft geen verzorgers.",
    "guardian": "Deze verzorger heeft hier geen leerlingen.",
    "staff": "Deze medewerker staat hier voor geen groep.",
    "group": "In deze groep zit niemand.",
}
OF_ESIS = "komt uit ESIS: wie erin zit, bepaalt ESIS"


def what_deleting_group_means(name: str) -> str:
    """What deleting a group means, as a sentence."""
    return f"Groep {name} is een eigen groep en is daarna weg. De leerlingen blijven."


def what_deleting_means(name: str, origin: str) -> str:
    """What deleting a record means, as a sentence."""
    if origin == ESIS:
        return (
            f"{name} wordt alleen hier verwijderd en komt niet vanzelf terug uit ESIS. Terugzetten kan bij Verwijderd."
        )
    return f"{name} is hier zelf aangemaakt, en is daarna echt weg."


@dataclass(frozen=True)
class Found:
    """A record as it was read, and whether ESIS leads; or why there is none."""

    card: Card | None
    leads: bool = False
    gone: str = ""


class RecordPage(MsiPage):
    """One record; Enter opens what belongs to it."""

    HERE = "school"
    HELP = (
        "De gegevens zoals Mijnschoolinfo ze heeft, en waarom ze zo zijn. F7 wijzigt persoonsgegevens: wat hier gewijzigd is, "
        "blijft zo, ook als ESIS iets anders zegt. Del verwijdert na een vraag. Enter opent wie of wat erbij hoort."
    )
    BINDINGS = [
        keys.CHANGE(
            "change", "Wijzigen", id="msi.change", tooltip="Wijzigt de persoonsgegevens, of wie in de groep zit."
        ),
        keys.NEW(
            "add_guardian",
            "Verzorger toevoegen",
            id="msi.add-guardian",
            show=False,
            tooltip="Voegt bij deze leerling een verzorger toe, zolang ESIS niet leidend is.",
        ),
        keys.REMOVE("delete", "Verwijderen", id="msi.delete", tooltip="Verwijdert dit hier, na een vraag."),
    ]

    def __init__(self, session: Session, kind: str, number: int) -> None:
        super().__init__(session)
        self.kind, self.number = kind, number
        self.card: Card | None = None
        """The record as it was last shown; None if it is gone."""
        self._leads = False
        self.PATH = ("School", KINDS[kind].capitalize())

    def body(self) -> ComposeResult:
        """The facts, what belongs to it, and the buttons."""
        with Panel("", id="msi-name"):
            yield Facts(id="msi-facts")
        columns = (
            Column("Wat", lambda tie: KINDS[tie.kind], 10, order=True),
            Column("Naam", lambda tie: tie.name, 30, order=True),
            Column("Bijzonderheden", lambda tie: tie.note, order=True),
        )
        yield RecordList(columns, empty=EMPTY[self.kind], id="msi-ties", title="Wat erbij hoort")
        with Buttons():
            yield from self.buttons()

    def buttons(self) -> ComposeResult:
        """The buttons for the available actions."""
        yield push_button("Wijzigen", id="change", variant="primary")
        if self.kind == "pupil":
            yield push_button("Verzorger toevoegen", id="add_guardian")
        yield push_button("Verwijderen", id="delete", variant="error")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#msi-ties").focus()

    def read(self) -> Found:
        """The record, or that it is gone."""
        school = self.school
        try:
            return Found(cards.card(school, self.kind, self.number), account.leads(school))
        except NotFound as gone:
            return Found(None, gone=gone.sentence)

    def show(self, found: Found) -> None:
        """Show it."""
        card = self.card = found.card
        self._leads = found.leads
        for part in self.query("#msi-facts, #msi-ties, .buttons"):
            part.display = card is not None
        self.refresh_bindings()
        if card is None:
            self.query_one("#msi-name").border_title = plain(found.gone)
        else:
            self.query_one("#msi-name").border_title = plain(self.title_of(card))
            self.query_one("#msi-facts", Facts).show(Fact(label, told) for label, told in self.facts(card))
            self.query_one("#msi-ties", RecordList).show(Rows(card.ties))

    def title_of(self, card: Card) -> str:
        """The title."""
        return f"Groep {card.name}" if self.kind == "group" else card.name

    def facts(self, card: Card) -> list[tuple[str, str]]:
        """Labels with values, and the reasons, one per line."""
        record = card.record
        told = []
        if self.kind == "pupil":
            born = clock.dutch_date(record.birth_date) if record.birth_date else "onbekend"
            told = [("Leerlingnummer", record.key or "geen"), ("Geboortedatum", born)]
        if self.kind == "guardian":
            told = [("Telefoon", record.phone or "geen")]
        if hasattr(record, "email"):
            cannot = self.kind == "guardian" and not is_email(record.email)
            told.insert(0, ("E-mailadres", (record.email or "geen") + f" ({lists.CANNOT_SIGN_IN})" * cannot))
        why = card.why.split("; ")
        return [*told, ("Herkomst", why[0]), *(("", part) for part in why[1:])]

    @on(RecordList.Chosen, "#msi-ties")
    def _open(self, event: RecordList.Chosen) -> None:
        tie: Tie = event.row
        page = GroupPage(self.session, tie.id) if tie.kind == "group" else RecordPage(self.session, tie.kind, tie.id)
        self.app.push_screen(page)

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing for a record that is gone, and to add a guardian only for a pupil."""
        if action in ("change", "delete", "add_guardian"):
            return self.card is not None and (action != "add_guardian" or self.kind == "pupil")
        return super().check_action(action, parameters)

    def action_change(self) -> None:
        """Open the form."""
        if self.card is not None:
            self.app.push_screen(ChangeForm(self.session, self.kind, self.card))

    def action_add_guardian(self) -> None:
        """Open the form for a new guardian of this pupil; refused once ESIS leads."""
        if self._leads:
            self.say(EsisLeads(editing.NEW_GUARDIANS).sentence, severity="error")
        else:
            self.app.push_screen(NewGuardian(self.session, [self.number]))

    def question(self, card: Card) -> str:
        """What deleting means."""
        return what_deleting_means(card.name, card.record.origin)

    def delete(self, card: Card) -> None:
        """Delete through the use case."""
        editing.delete(self.school, self.kind, card.record.id)

    def action_delete(self) -> None:
        """Ask, delete, and go back."""
        if (card := self.card) is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: self.delete(card), lambda _: self._gone(card.name))

        self.app.push_screen(Confirm("Verwijderen?", self.question(card), "Verwijderen", danger=True), answered)

    def _gone(self, name: str) -> None:
        self.say(f"{name} is hier verwijderd.")
        self.action_back()


class GroupPage(RecordPage):
    """One group, with its teachers and pupils."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__(session, "group", number)

    def buttons(self) -> ComposeResult:
        """The buttons for the school's own groups."""
        yield push_button("Leerlingen kiezen", id="change", variant="primary")
        yield push_button("Verwijderen", id="delete", variant="error")

    def show(self, found: Found) -> None:
        """Show it; a group from ESIS has no buttons."""
        super().show(found)
        self.query_one(".buttons").display = self._own

    @property
    def _own(self) -> bool:
        return self.card is not None and self.card.record.origin != ESIS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no changes to a group from ESIS."""
        if action in ("change", "delete") and not self._own:
            return False
        return super().check_action(action, parameters)

    def facts(self, card: Card) -> list[tuple[str, str]]:
        """How many are in it, and whose group it is."""
        pupils = sum(tie.kind == "pupil" for tie in card.ties)
        own = card.record.origin != ESIS
        return [
            ("Soort", "eigen groep" if own else OF_ESIS),
            ("Leerlingen", counted(pupils, "leerling", "leerlingen")),
            *super().facts(card),
        ]

    def question(self, card: Card) -> str:
        """What deleting means."""
        return what_deleting_group_means(card.name)

    def delete(self, card: Card) -> None:
        """Delete."""
        editing.delete_group(self.school, card.name)

    def action_change(self) -> None:
        """Choose the pupils of the school's own group."""
        if (card := self.card) is None:
            return
        chosen = [tie.id for tie in card.ties if tie.kind == "pupil"]
        self.app.push_screen(ChoosePupils(self.session, f"Leerlingen van {card.name}", chosen), self._chosen)

    def _chosen(self, chosen: list[int] | None) -> None:
        school, number = self.school, self.number
        if chosen is not None:
            self.perform(lambda: editing.put_in(school, number, chosen), lambda _: self.say("De groep is opgeslagen."))
