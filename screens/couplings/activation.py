"""Koppeling activeren: exactly the form of sources.md#activation, with consent and the user's own verification code."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from app import clock
from app.couplings import lifecycle, requirements
from app.couplings.catalogue import CouplingType, by_type
from app.couplings.requirements import ContactsLacking
from app.refusals import Refused
from app.targets import Activation, ActivationList, CouplingPage
from models.coupling import Coupling
from screens.couplings.contacts import ContactsScreen
from screens.couplings.detail import CouplingScreen
from screens.couplings.page import CouplingsPage, counter
from screens.couplings.terms import TermsScreen
from screens.shared.fields import Field, FixedField, NoteField, TextField, TickField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.line import fact
from screens.shared.link import Link, Sentence, WordLink
from screens.shared.panel import Panel
from screens.shared.program import EsisProgram
from screens.shared.text import plain

MANDATE = "Een gemandateerde gebruiker van het bestuur / de school gaat akkoord met de gebruikersvoorwaarden van de koppeling."
CODE_HELP = (
    "De verificatiecode dient te beginnen met uw brin- en vestigingsnummer (bijvoorbeeld: 01AA00). De totale tekenreeks "
    "dient minimaal 20 en maximaal 50 tekens lang te zijn."
)
PAUSE_HELP = (
    "U kunt de gegevensuitwisseling tijdelijk stoppen door de verificatiecode te verwijderen. Wenst u de "
    "gegevensuitwisseling weer te hervatten, vul dan de verificatiecode weer in."
)


class ActivationScreen(CouplingsPage):
    """The form that activates one coupling."""

    BELOW = (ActivationList.TITLE,)
    SCOPED_CSS = False
    CSS = """
    ActivationScreen Form.-titled, ActivationScreen Form.-titled > .fields { height: 1fr; }
    ActivationScreen.-low .note { margin: 0; }
    ActivationScreen #coupling-data Label { width: 1fr; }
    ActivationScreen #coupling-data .label { width: 25; }
    ActivationScreen #coupling-data .-linked .label { width: 23; }
    ActivationScreen #coupling-data #lacking { padding: 0 1 0 2; display: none; color: $key; }
    ActivationScreen #coupling-data #lacking:focus { color: $on-focus; text-style: bold; }
    ActivationScreen #requirement { color: $warn; display: none; }
    ActivationScreen #coupling-facts { height: auto; }
    ActivationScreen.-narrow #coupling-data { padding: 0; }
    ActivationScreen.-narrow #coupling-facts { layout: grid; grid-size: 2; grid-columns: 30 1fr; grid-rows: auto; }
    ActivationScreen.-narrow #coupling-data .label { width: 22; }
    ActivationScreen.-narrow #coupling-data .-linked .label { width: 21; padding: 0; }
    ActivationScreen.-narrow #coupling-data .-linked Link { padding: 0 2 0 1; }
    ActivationScreen.-narrow #coupling-data .-short .label { width: 6; }
    """
    HELP = (
        "Vul uw naam in, zet met de spatiebalk het vinkje bij Voor akkoord en bedenk een verificatiecode. Een "
        "applicatiebeheerder zet het vinkje namens de directie. F2 is Gereed, Esc is Annuleren.\n\n"
        "De code begint met het brinnummer en vestigingsnummer van uw vestiging en bestaat verder uit letters en cijfers. "
        "Hoofdletters en kleine letters zijn verschillend, behalve in het brinnummer. Zonder code is de koppeling wel "
        "geactiveerd, maar staat de uitwisseling stil.\n\n"
        "Onthoud de code: u vult hem straks ook in bij het systeem aan de andere kant."
    )

    @classmethod
    def at(cls, program: EsisProgram, target: Activation) -> ActivationScreen | CouplingPage:
        """The form for this type of coupling, or its page if it is live. Raises `NotFound`."""
        kind = by_type(target.type)
        assert program.actor is not None
        return CouplingPage(kind.type) if lifecycle.live(program.actor.location, kind.type) else cls(kind)

    def __init__(self, kind: CouplingType) -> None:
        super().__init__()
        self.kind = kind

    def body(self) -> ComposeResult:
        """Koppelinggegevens, then Uw gegevens; the link is in the form too, so that F2 works there."""
        kind = self.kind
        with Form(self._fields(), title="Uw gegevens"), Panel("Koppelinggegevens", id="coupling-data"):
            with Container(id="coupling-facts"):
                for label, value in (("Naam", kind.name), ("Omschrijving", kind.description), ("Prijs", kind.price)):
                    yield fact(label, Label(plain(value))).set_class(len(label) < 6, "-short")
                terms = WordLink("downloaden", key=kind.type, classes="terms")
                yield fact("Gebruikersvoorwaarden", terms).add_class("-linked")
            yield Label("", id="requirement")
            yield Sentence("", id="lacking")

    def read(self) -> tuple[str, str]:
        """What must be in order first, and what is not yet."""
        return requirements.told(self.kind, self.actor.location, clock.school_today(self.actor.board))

    def show(self, found: tuple[str, str]) -> None:
        """Show it; what is missing leads to the list of it."""
        condition, missing = found
        told, link = self.query_one("#requirement", Label), self.query_one("#lacking", Sentence)
        told.update(plain(condition))
        told.display = bool(condition)
        link.set_text(missing)
        link.display = bool(missing)

    def _fields(self) -> list[Field]:
        actor = self.actor
        return [
            NoteField("mandate", value=MANDATE),
            FixedField("user", "Gebruiker", value=actor.name),
            TextField(
                "name",
                "Uw naam",
                required=True,
                check=lifecycle.check_name,
                max_length=Coupling.consent_name.max_length,
            ),
            TickField("agree", "Voor akkoord", required=True, value=False, check=lifecycle.check_consent),
            FixedField("start", "Startdatum", value=clock.dutch_date(clock.school_today(actor.board))),
            TextField("code", "Verificatiecode", check=lambda code: lifecycle.check_code(actor, code), counter=counter),
            NoteField("code-help", value=CODE_HELP),
            NoteField("pause-help", value=PAUSE_HELP),
        ]

    @on(Link.Chosen, ".terms")
    def _terms(self, event: Link.Chosen) -> None:
        event.stop()
        self.app.push_screen(TermsScreen(self.kind))

    @on(Link.Chosen, "#lacking")
    def _show_lacking(self, event: Link.Chosen) -> None:
        """Over the form, which keeps what was typed."""
        event.stop()
        self.app.push_screen(ContactsScreen(self.kind))

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, kind, values = self.actor, self.kind, event.values
        self.perform(
            lambda: lifecycle.activate(actor, kind.type, values["name"], values["agree"], values["code"]),
            self._activated,
            self._refused,
        )

    def _refused(self, refusal: Refused) -> None:
        if isinstance(refusal, ContactsLacking):
            self.app.push_screen(ContactsScreen(self.kind))
        else:
            self.show_refusal(refusal)

    def _activated(self, _coupling: Coupling) -> None:
        self.query_one(Form).keep()
        self.app.switch_screen(CouplingScreen(self.kind, just_activated=True))
