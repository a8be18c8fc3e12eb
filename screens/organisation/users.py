"""Gebruikers en rollen: the accounts of the board, and the form of a new one."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from app import accounts
from app.access import Actor, Permission
from app.school.board import users
from app.school.board.users import UserRow
from app.school.people.names import list_name
from models.board import User
from screens.shared.fields import ChoiceField, Field, PasswordField, TextField
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column

PATH: tuple[str, ...] = ("Beheer", "Inrichten", "Gebruikers en rollen")
NOBODY = "(nog niemand)"


def staff_field(actor: Actor, user: User | None = None) -> Field:
    """The choice of a member of staff who has no account yet."""
    options = [(NOBODY, "")]
    for row in users.free_staff(actor, user):
        where = "" if row.location_id == actor.location.id else f" ({row.location.brin6})"
        options.append((f"{list_name(row.first_name, row.prefix, row.last_name)}{where}", str(row.id)))
    chosen = str(user.staff_id) if user and user.staff_id else ""
    return ChoiceField(
        "staff",
        "Medewerker",
        value=chosen,
        options=tuple(options),
        help="Een medewerker heeft één gebruiker. Wie er al een heeft, staat er niet bij.",
    )


def chosen_staff(values: dict[str, Any]) -> int | None:
    """Who was chosen in that field."""
    return int(values["staff"]) if values["staff"] else None


class UsersScreen(ListScreen):
    """The accounts of the board."""

    PATH = PATH
    PERMISSION = Permission.MANAGE_USERS
    NEW = "Nieuwe gebruiker"
    CHANGE = "Openen"
    DELETE = ""
    EMPTY = "Er zijn nog geen gebruikers. Met N maakt u de eerste."
    COLUMNS = (
        Column("Gebruiker", lambda row: row.name, 16, order=True),
        Column("Medewerker", lambda row: row.staff_name or "geen", order=True),
        Column("Actief op", lambda row: row.active_at or "nergens", 9, order=True),
        Column("Rollen", lambda row: ", ".join(map(str, row.roles)) or "geen", order=True),
    )
    HELP = (
        "De gebruikers van het bestuur. Drie verschillende dingen bepalen wat iemand ziet.\n\n"
        "Activering op een vestiging: de medewerker is daar actief. Dat maakt iemand zichtbaar en geeft geen gegevens. Een rol "
        "op een vestiging geeft de gegevens van die vestiging. Een rol op het bestuur geldt op alle vestigingen.\n\n"
        "Ziet iemand niets? Open de gebruiker met Enter: daar staat welke van de drie ontbreekt. N maakt een nieuwe gebruiker."
    )
    BINDINGS = [
        Binding("w", "change", "Openen", id="users.open", show=False, tooltip="Opent de gebruiker waar u op staat."),
    ]

    def rows(self) -> list[UserRow]:
        """All of them."""
        return users.listed(self.actor)

    def form(self, row: UserRow | None) -> Screen[Any]:
        """The page of one of them, or the form of a new one."""
        from screens.organisation.user_page import UserPage

        return UserPage(row.user) if row else NewUserScreen()


class NewUserScreen(RecordForm):
    """A new account."""

    PATH = (*PATH, "Nieuwe gebruiker")
    TITLE_TEXT = "Nieuwe gebruiker"
    HELP = (
        "De naam waarmee iemand zich aanmeldt: kleine letters a-z en cijfers. Geef een eerste wachtwoord door; de gebruiker "
        "kiest zelf een ander bij Mijn wachtwoord - 2FA.\n\n"
        "Een nieuwe gebruiker heeft nog geen rol en ziet dus niets. Open hem daarna om een rol te geven."
    )

    def fields(self) -> list[Field]:
        """Name, member of staff, password twice."""
        return [
            TextField("name", "Gebruiker", required=True, check=users.check_name, max_length=50),
            staff_field(self.actor),
            PasswordField("new", "Eerste wachtwoord", required=True, help=f"{accounts.LENGTH}."),
            PasswordField("again", "Nog een keer", required=True),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Without roles yet."""
        user = users.add(self.actor, values["name"], values["new"], values["again"], chosen_staff(values))
        return f"Gebruiker {user.name} is gemaakt en heeft nog geen rol. Open de gebruiker om een rol te geven."
