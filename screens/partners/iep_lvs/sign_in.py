"""The sign-in screen of IEP LVS; its accounts are not those of ESIS, and each belongs to one school (seed 000 B1)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from app.partners.iep_lvs import account, overview
from app.refusals import Refused
from models.partners.iep_lvs import IepSchool, IepUser
from screens.partners.frame import PartnerScreen
from screens.partners.iep_lvs.home import Home
from screens.partners.iep_lvs.page import Session
from screens.shared.forms import Field, Form
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link

PRACTICE_PASSWORD = "oefenen"


class Accounts(ArrowKeys):
    """The account of the practice board, to fill in with one key."""


class IepSignIn(PartnerScreen):
    """Who are you, at IEP LVS, and of which school."""

    BRAND = "IEP LVS"
    PATH = ("Aanmelden",)
    HELP = (
        "IEP LVS is een ander programma dan ESIS, met eigen gebruikers. Meld u aan als schoolbeheerder van uw school. U "
        "blijft hier aangemeld als u met F6 naar ESIS gaat en weer terug.\n\n"
        "Elke vestiging heeft een eigen account en ziet alleen de eigen leerlingen. Op een oefenbestuur staat het account "
        "eronder: kies het, dan hoeft u alleen nog op Enter te drukken."
    )
    BINDINGS = [
        Binding("escape,backspace", "back", "Terug", id="screen.back", show=False, tooltip="Blijft hier."),
    ]

    def body(self) -> ComposeResult:
        """The form, and on a practice board the account."""
        self._schools = overview.accounts(self.esis.board.id)
        yield Label("Aanmelden bij IEP LVS", classes="title")
        if not self._schools:
            yield Label("Geen vestiging van dit bestuur heeft een account in IEP LVS.", classes="paragraph attention")
            return
        yield Form(
            [
                Field("user", "Gebruikersnaam", required=True),
                Field("password", "Wachtwoord", kind="password", required=True),
                Field("school", "School", kind="select", value=self._own(), options=self._options()),
            ],
            submit="Aanmelden",
            cancel="",
            enter_submits=True,
        )
        if self.esis.board.practice:
            yield Label("Account van het oefenbestuur", classes="subtitle")
            with Accounts(id="iep-accounts"):
                yield Link(f"{account.ADMINISTRATOR}, wachtwoord {PRACTICE_PASSWORD}: invullen", key="fill")

    def _options(self) -> tuple[tuple[str, str], ...]:
        return tuple((_option(school), str(school.location_id)) for school in self._schools)

    def _own(self) -> str:
        """The location of the user of ESIS, else the first."""
        ids = [school.location_id for school in self._schools]
        own = self.esis.actor.location.id if self.esis.actor else None
        return str(own if own in ids else ids[0])

    def refresh_data(self) -> None:
        """Offer the school of the user of ESIS, as long as nothing was typed; accounts may have come or changed."""
        super().refresh_data()
        forms = self.query(Form)
        if forms and forms.first().changed:
            return
        here = overview.accounts(self.esis.board.id)
        if [_option(school) for school in here] != [_option(school) for school in self._schools]:
            self.call_later(self._rebuild)
        elif forms:
            forms.first().set_value("school", self._own())
            self.call_after_refresh(forms.first().keep)

    async def _rebuild(self) -> None:
        await self.recompose()
        self.refresh_data()

    @on(Link.Chosen, "#iep-accounts Link")
    def _fill(self, event: Link.Chosen) -> None:
        event.stop()
        form = self.query_one(Form)
        form.set_value("user", account.ADMINISTRATOR)
        form.set_value("password", PRACTICE_PASSWORD)
        form.query_one("#submit").focus()

    @on(Form.Submitted)
    def _sign_in(self, event: Form.Submitted) -> None:
        values = event.values
        location = next(school.location for school in self._schools if str(school.location_id) == values["school"])
        self.perform(lambda: account.sign_in(location, values["user"], values["password"]), self._welcome, self._refuse)

    def _refuse(self, refusal: Refused) -> None:
        if not self.query_one(Form).show_refusal(refusal):
            self.show_refusal(refusal)

    def _welcome(self, user: IepUser) -> None:
        form = self.query_one(Form)
        for name in ("user", "password"):
            form.set_value(name, "")
            form.row(name).show_error("")
        form.keep()
        form.focus_field("user")
        self.app.push_screen(Home(Session(user.name, user.school.location)))

    def action_back(self) -> None:
        """There is nothing behind this screen."""


def _option(school: IepSchool) -> str:
    return f"{school.name} ({school.brin6})"
