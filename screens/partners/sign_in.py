"""The sign-in screen of a partner's program; its users are separate from ESIS's, and each belongs to one location."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app.partners import accounts
from fixtures.board_plan import PASSWORD
from models.board import Location
from models.partners.users import PartnerUser
from screens.partners.frame import PartnerScreen
from screens.partners.page import PartnerPage, Session, Way
from screens.shared import keys
from screens.shared.fields import ChoiceField, PasswordField, TextField
from screens.shared.forms import Form
from screens.shared.link import ArrowKeys, Link
from screens.shared.panel import Empty, Panel

HELP_OF_ALL = (
    "U blijft hier aangemeld als u met F6 naar ESIS gaat en weer terug; meldt u zich in ESIS af, dan ook hier. Na drie "
    "verkeerde pogingen moet u steeds langer wachten.\n\n"
    "Elke vestiging heeft een eigen account en ziet alleen de eigen leerlingen. Op een oefenbestuur staat het account "
    "eronder: kies het, dan hoeft u alleen nog op Enter te drukken."
)


class Accounts(ArrowKeys):
    """The practice board's account, filled in with one key."""

    DEFAULT_CSS = "Accounts { height: auto; }"


class PartnerSignIn(PartnerScreen):
    """Sign in at this partner, for one school.

    Set `PARTNER`, `USER` (the practice board's account), `HELP` (which may end with `HELP_OF_ALL`) and `HOME`; override
    `schools` if the partner has other names for the locations.
    """

    DEFAULT_CSS = """
    PartnerSignIn #body { align-horizontal: center; }
    PartnerSignIn Panel { width: 96; max-width: 100%; }
    PartnerSignIn.-high Panel { margin: 1 0 0 0; }
    """
    HOME: type[PartnerPage]
    """The first screen after signing in."""
    USER = ""
    PATH = ("Aanmelden",)
    _schools: Sequence[tuple[Location, str]] | None = None
    """The locations to choose from; None until they are read."""
    wanted = ""
    """The screen (a route key) to open after signing in; empty for the start page."""
    BINDINGS = [
        keys.BACK("back", "Terug", id="screen.back", show=False, tooltip="Blijft hier."),
    ]

    def schools(self) -> Sequence[tuple[Location, str]]:
        """The locations with an account here, each with its name there."""
        locations = accounts.locations_with(self.esis.board.id, self.PARTNER.id)
        return [(location, f"{location.name} ({location.brin6})") for location in locations]

    @property
    def changed(self) -> bool:
        """Never: a typed name is no loss."""
        return False

    def body(self) -> ComposeResult:
        """The form and, on a practice board, the account."""
        if self._schools is None:
            self._schools = self.read()
        title = f"Aanmelden bij {self.PARTNER.name}"
        if not self._schools:
            yield Panel(title, Empty(f"Geen vestiging van dit bestuur heeft een account in {self.PARTNER.name}."))
            return
        form = Form(
            [
                TextField("user", "Gebruikersnaam", required=True),
                PasswordField("password", "Wachtwoord", required=True),
                ChoiceField("school", "School", value=self._own(self._schools), options=_options(self._schools)),
            ],
            submit="Aanmelden",
            cancel="",
            enter_submits=True,
        )
        yield Panel(title, form)
        if self.esis.board.practice:
            with Panel("Account van het oefenbestuur", classes="-list"), Accounts(classes="partner-accounts"):
                yield Way(f"{self.USER}, wachtwoord {self._password() or 'van uw blad'}: invullen", key="fill")

    def _password(self) -> str:
        """The password shared by practice boards; empty if the board has its own."""
        return "" if self.esis.board.password_hash else PASSWORD

    def _own(self, schools: Sequence[tuple[Location, str]]) -> str:
        """The ESIS user's location, else the first."""
        ids = [location.id for location, _ in schools]
        own = self.esis.actor.location.id if self.esis.actor else None
        return str(own if own in ids else ids[0])

    def read(self) -> list[tuple[Location, str]]:
        """The locations; accounts may have been added or changed."""
        return list(self.schools())

    def show(self, found: list[tuple[Location, str]]) -> None:
        """Offer the ESIS user's school until something is typed."""
        forms = self.query(Form)
        if forms and forms.first().changed:
            return
        if found != self._schools:
            self._schools = found
            self.call_later(self._rebuild)
        elif forms:
            forms.first().set_value("school", self._own(found))
            self.call_after_refresh(forms.first().keep)

    async def _rebuild(self) -> None:
        await self.recompose()
        self.refresh_data()

    @on(Link.Chosen, ".partner-accounts Link")
    def _fill(self, event: Link.Chosen) -> None:
        event.stop()
        form = self.query_one(Form)
        form.set_value("user", self.USER)
        form.set_value("password", self._password())
        form.query_one("#submit").focus() if self._password() else form.focus_field("password")

    @on(Form.Submitted)
    def _sign_in(self, event: Form.Submitted) -> None:
        values = event.values
        location = next(location for location, _ in self._schools or () if str(location.id) == values["school"])
        self.perform(
            lambda: accounts.sign_in(location, self.PARTNER.id, values["user"], values["password"]),
            lambda user: self._welcome(user, location),
        )

    def _welcome(self, user: PartnerUser, location: Location) -> None:
        form = self.query_one(Form)
        form.start_again()
        form.focus_field("user")
        home, wanted, self.wanted = self.HOME(Session(user.name, location)), self.wanted, ""
        self.app.push_screen(home)
        if wanted:
            self.app.call_later(home.open_menu, wanted)

    def action_back(self) -> None:
        """Do nothing: there is nothing behind this screen."""


def _options(schools: Sequence[tuple[Location, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((called, str(location.id)) for location, called in schools)
