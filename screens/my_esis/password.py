"""Mijn wachtwoord - 2FA: the user's own password, and the state of the second step of signing in."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import accounts, clock
from app.counted import counted
from app.signing import second_step
from app.signing.second_step import Standing
from screens.my_esis.second_step import SwitchOffScreen, SwitchOnScreen
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.fields import FixedField, PasswordField
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import plain

OFF = (
    "2FA staat uit: u meldt zich aan met alleen uw wachtwoord. Staat zij aan, dan vraagt ESIS daarna ook een code van een app "
    "op uw telefoon."
)


class PasswordScreen(EsisScreen):
    """The form to change the user's own password, and the link to 2FA."""

    ITEM = "mijn-wachtwoord"
    HELP = (
        "Typ het huidige wachtwoord en twee keer het nieuwe, en druk op F2. Het nieuwe wachtwoord heeft minstens "
        f"{accounts.SHORTEST} tekens. Was u ook "
        "elders aangemeld, dan moet u zich daar opnieuw aanmelden.\n\n"
        "Met de onderste knop zet u tweestapsverificatie (2FA) aan of uit. Uw telefoon en herstelcodes kwijt? De "
        "applicatiebeheerder zet 2FA uit in Beheer > Inrichten > Gebruikers en rollen.\n\n"
        "Op een oefenbestuur krijgt iedereen met `esis reset` het oefenwachtwoord terug, en staat 2FA weer uit."
    )
    BINDINGS = [
        keys.no_key(
            "second_step", "2FA", id="password.second-step", tooltip="Zet tweestapsverificatie (2FA) aan of uit."
        ),
    ]
    _standing: Standing | None = None

    def body(self) -> ComposeResult:
        """The form, and 2FA."""
        with Panel("Wachtwoord wijzigen", id="password-panel"):
            yield Form(
                [
                    FixedField("user", "Gebruiker", value=self.actor.name),
                    PasswordField("old", "Huidig wachtwoord", required=True),
                    PasswordField(
                        "new",
                        "Nieuw wachtwoord",
                        required=True,
                        check=accounts.check_new,
                        help=f"Minstens {accounts.SHORTEST} tekens; een korte zin onthoudt u het best.",
                    ),
                    PasswordField("again", "Nogmaals nieuw", required=True),
                ]
            )
        with Panel("Tweestapsverificatie (2FA)", id="second-step-panel"):
            yield Label("", id="second-step-standing")
            with Buttons():
                yield push_button("2FA aanzetten", id="second-step-on")
                yield push_button("2FA uitzetten", id="second-step-off")

    def read(self) -> Standing:
        """The state of 2FA."""
        return second_step.standing(self.actor.user)

    def show(self, found: Standing) -> None:
        """Show it."""
        self._standing = found
        self.query_one("#second-step-standing", Label).update(plain(in_words(self._standing)))
        self.query_one("#second-step-on").display = self._standing.since is None
        self.query_one("#second-step-off").display = self._standing.since is not None

    @on(Button.Pressed, "#second-step-on, #second-step-off")
    def action_second_step(self) -> None:
        """Switch it on if it is off, off if it is on."""
        if self._standing is not None:
            self.app.push_screen(SwitchOnScreen() if self._standing.since is None else SwitchOffScreen())

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        esis, actor, values = self.esis, self.actor, event.values

        def change() -> None:
            changed = accounts.change_password(actor, values["old"], values["new"], values["again"])
            esis.actor = replace(actor, user=changed)  # here, or a check of the database would end this session too

        self.perform(change, self._changed)

    def _changed(self, _done: None) -> None:
        self.query_one(Form).keep()
        self.say("Uw wachtwoord is gewijzigd. De volgende keer meldt u zich aan met het nieuwe.")
        self.action_back()


def in_words(standing: Standing) -> str:
    """On or off, since when, and how many recovery codes are left."""
    if standing.since is None:
        return OFF
    since, left = clock.dutch_moment(standing.since), standing.codes_left
    told = f"2FA staat aan sinds {since}. U heeft nog {counted(left, 'herstelcode', 'herstelcodes')}."
    return told if left > 2 else f"{told} ! Zet 2FA uit en weer aan om nieuwe te krijgen."
