"""Mijn wachtwoord - 2FA: one's own password; two-step verification follows, and the screen says so."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app import accounts
from models.board import User
from screens.shared.fields import Field
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.text import plain

TWO_STEPS = (
    "Tweestapsverificatie (2FA) volgt in een latere versie van deze oefenomgeving. U kunt haar hier nog niet aanzetten; "
    "aanmelden gaat met gebruiker en wachtwoord."
)


class PasswordScreen(EsisScreen):
    """The form that changes one's own password."""

    PATH = ("Mijn ESIS", "Mijn wachtwoord - 2FA")
    HELP = (
        "Typ het huidige wachtwoord en twee keer het nieuwe, en druk op F2. Het nieuwe wachtwoord heeft minstens "
        f"{accounts.SHORTEST} tekens.\n\n"
        "Op een oefenbestuur krijgt iedereen met `esis reset` het oefenwachtwoord terug."
    )

    def body(self) -> ComposeResult:
        """The form, and what is still to come."""
        yield Label("Mijn wachtwoord - 2FA", classes="title")
        yield Form(
            [
                Field("user", "Gebruiker", kind="fixed", value=self.actor.name),
                Field("old", "Huidig wachtwoord", kind="password", required=True),
                Field("new", "Nieuw wachtwoord", kind="password", required=True, check=accounts.check_new,
                      help=f"Minstens {accounts.SHORTEST} tekens; een korte zin onthoudt u het best."),
                Field("again", "Nogmaals nieuw", kind="password", required=True),
            ]
        )  # fmt: skip
        yield Label("Tweestapsverificatie (2FA)", classes="subtitle")
        yield Label(plain(TWO_STEPS), classes="paragraph")

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, values = self.actor, event.values
        self.perform(
            lambda: accounts.change_password(actor, values["old"], values["new"], values["again"]),
            self._changed,
        )

    def _changed(self, _user: User) -> None:
        self.query_one(Form).keep()
        self.say("Uw wachtwoord is gewijzigd. De volgende keer meldt u zich aan met het nieuwe.")
        self.action_back()
