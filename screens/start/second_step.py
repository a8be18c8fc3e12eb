"""The second step of signing in: the code from the app, for users with 2FA on."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from app.signing.sign_in import sign_in
from models.board import User
from screens.shared.base import BaseScreen
from screens.shared.fields import TextField
from screens.shared.forms import Form
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.text import plain


class SecondStepScreen(BaseScreen):
    """Asks for the code; returns the user, or None for Esc."""

    HELP = (
        "U heeft 2FA aan staan. Open de app op uw telefoon, typ de zes cijfers die daar bij ESIS staan en druk op F2. Een code "
        "geldt een halve minuut en telt één keer.\n\n"
        "Telefoon niet bij de hand? Typ een van uw herstelcodes; ook die tellen één keer. Heeft u ook die niet meer, vraag dan "
        "de applicatiebeheerder om 2FA uit te zetten (Beheer > Inrichten > Gebruikers en rollen)."
    )

    def __init__(self, name: str, password: str) -> None:
        super().__init__()
        self._user, self._password = name, password

    def compose(self) -> ComposeResult:
        """One field."""
        with VerticalScroll(id="sign-in", can_focus=False):
            yield Label("ESIS", id="sign-in-brand")
            yield Label(plain(f"Aanmelden als {self._user.strip().lower()}: stap 2 van 2"), classes="subtitle")
            yield Form(
                [TextField("code", "Code", required=True, help="De zes cijfers van uw app, of een herstelcode.")],
                submit="Aanmelden",
                cancel="Terug",
                enter_submits=True,
            )
        yield KeyBar()

    @property
    def changed(self) -> bool:
        """A code is nothing to lose."""
        return False

    @on(Form.Submitted)
    def _sign_in(self, event: Form.Submitted) -> None:
        board, code = self.esis.board, event.values["code"]
        self.perform(lambda: sign_in(board, self._user, self._password, code), self._signed_in)

    def _signed_in(self, user: User) -> None:
        self.dismiss(user)

    def action_back(self) -> None:
        """Back to the name and the password."""
        self.dismiss(None)
