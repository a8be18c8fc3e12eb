"""The sign-in screen of ESIS; on a practice board it shows the users and their password."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.compose import compose
from textual.containers import VerticalScroll
from textual.content import Content

from app.permissions import Permission
from app.refusals import Refused
from app.signing.sign_in import CodeNeeded, sign_in
from fixtures.board_plan import PASSWORD
from models.board import Board, RoleAssignment, User
from screens.shared import keys
from screens.shared.base import BaseScreen
from screens.shared.fields import PasswordField, TextField
from screens.shared.forms import Form
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.records import Column, RecordList, Rows
from screens.start.second_step import SecondStepScreen


class SignIn(BaseScreen):
    """The sign-in form."""

    HELP = (
        "Meld u aan met een gebruikersnaam en wachtwoord. Op een oefenbestuur staan de gebruikers eronder: kies er een "
        "met de pijltjestoetsen en Enter, dan hoeft u alleen nog op F2 te drukken.\n\n"
        "Wie 2FA aan heeft staan, typt daarna de code van de app. Na de vierde verkeerde poging moet u steeds langer wachten."
    )
    BINDINGS = [
        keys.BACK("back", "Terug", id="screen.back", show=False, tooltip="Blijft hier."),
    ]

    _of = 0
    """The number of the board whose users are shown."""
    _asks = False
    """Whether who signs in now is asked for a name."""

    @property
    def changed(self) -> bool:
        """A name typed here is nothing to lose."""
        return False

    async def fill(self) -> None:
        """Compose what was left out because somebody was signed in when the program opened, or what is of another board."""
        if self._of != self.esis.board.id:
            await self.remove_children()
            await self.mount_all(compose(self))

    def compose(self) -> ComposeResult:
        """The form, and on a practice board the users; nothing below the screens of who is signed in already."""
        if self.esis.actor is not None:
            return
        self._of = self.esis.board.id
        with VerticalScroll(id="sign-in", can_focus=False):
            yield Label(Content.assemble((" ESIS ", "bold $on-brand on $brand"), "  Oefenomgeving voor koppelingen"))
            yield Label("Alle leerlingen en medewerkers zijn verzonnen.", classes="note")
            with Panel("Aanmelden"):
                yield Form(
                    [
                        TextField("user", "Gebruiker", required=True),
                        PasswordField("password", "Wachtwoord", required=True),
                    ],
                    submit="Aanmelden",
                    cancel="",
                    enter_submits=True,
                )
            if self.esis.board.practice:
                yield RecordList(
                    [Column("Gebruiker", lambda row: row[0], 16), Column("Rol", lambda row: row[1])],
                    empty="Geen gebruikers.",
                    id="users",
                    title="Gebruikers",
                )
                yield Label(self._about_password(), classes="note")
        yield KeyBar()

    def _about_password(self) -> str:
        if self.esis.board.password_hash:
            return "Het wachtwoord staat op het blad van uw trainer."
        return f"Enter op een gebruiker vult alles in; het wachtwoord is steeds: {PASSWORD}"

    def show(self, found: list[tuple[str, str]]) -> None:
        """Show the users."""
        if self.query("#users"):
            self.query_one("#users", RecordList).show(Rows(found))

    def read(self) -> list[tuple[str, str]]:
        """The users, each with the roles."""
        found: dict[str, list[str]] = {}
        rows: Any = (
            User.select(User.name, RoleAssignment.role)
            .left_outer_join(RoleAssignment)
            .where(User.board == self.esis.board)
            .order_by(User.id)
            .tuples()
        )
        for name, role in rows:
            found.setdefault(name, []).extend([role] if role else [])
        return [
            (name, ", ".join(dict.fromkeys(roles)) or "geen rol: ziet geen gegevens") for name, roles in found.items()
        ]

    @on(RecordList.Chosen, "#users")
    def _picked(self, event: RecordList.Chosen) -> None:
        form = self.query_one(Form)
        form.set_value("user", event.row[0])
        if self.esis.board.password_hash:
            form.focus_field("password")
            return
        form.set_value("password", PASSWORD)
        form.query_one("#submit").focus()

    @on(Form.Submitted)
    def _sign_in(self, event: Form.Submitted) -> None:
        board, values = self.esis.board, event.values

        def work() -> User:
            self._asks = _asks(board)  # before this very sign-in is the last one
            return sign_in(board, values["user"], values["password"])

        self.perform(work, self._welcome, self._refuse)

    def _refuse(self, refusal: Refused) -> None:
        form = self.query_one(Form)
        if isinstance(refusal, CodeNeeded):
            step = SecondStepScreen(form.values["user"], form.values["password"])
            self.app.push_screen(step, lambda user: self._welcome(user) if user else None)
        else:
            form.show_refusal(refusal)

    def _welcome(self, user: User) -> None:
        form = self.query_one(Form)
        form.start_again()
        form.focus_field("user")
        self.esis.signed_in(user)
        if self._asks and not self.esis.may(Permission.LEAD_CLASS):
            self.call_later(self._ask_name)

    def _ask_name(self) -> None:
        from screens.shared import own_name

        if isinstance(screen := self.app.screen, BaseScreen):
            own_name.ask(screen, self.esis.board, no="Overslaan")

    def action_back(self) -> None:
        """There is nothing behind this screen."""


def _asks(board: Board) -> bool:
    """Whether the one who signs in is asked for a name; only for a class is it imported what knows."""
    if not board.password_hash:
        return False
    from app.training import learners

    return learners.asks(board)
