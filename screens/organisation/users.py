"""Gebruikers en rollen: the board's accounts, and the form for a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.content import Content
from textual.screen import Screen

from app import accounts
from app.diagnosis import advice
from app.school.board import sight, users
from app.school.board.users import UserRow
from screens.organisation.user_page import UserPage, chosen_staff, conclusion, staff_field
from screens.shared import keys
from screens.shared.facts import Fact, Row, Section
from screens.shared.fields import Field, PasswordField, TextField
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column
from screens.shared.text import plain


class UsersScreen(ListScreen):
    """The board's accounts."""

    ITEM = "gebruikers-en-rollen"
    NEW = "Nieuwe gebruiker"
    CHANGE = "Openen"
    DELETE = ""
    ONE = "Gebruiker"
    EMPTY = "Er zijn nog geen gebruikers. Met F4 maakt u de eerste."
    COLUMNS = (
        Column("Gebruiker", lambda row: row.name, 14, order=True),
        Column("Medewerker", lambda row: row.staff_name or "geen", 16, order=True),
        Column("Actief op", lambda row: row.active_at or "nergens", 9, from_width=150, order=True),
        Column("Rollen", lambda row: _roles(row) or "geen", order=True),
    )
    HELP = (
        "De gebruikers van het bestuur. Drie verschillende dingen bepalen wat iemand ziet.\n\n"
        "Activering op een vestiging: de medewerker is daar actief. Dat maakt iemand zichtbaar en geeft geen gegevens. Een rol "
        "op een vestiging geeft de gegevens van die vestiging. Een rol op het bestuur geldt op alle vestigingen.\n\n"
        "Ziet iemand niets? Open de gebruiker met Enter: daar staat welke van de drie ontbreekt. N maakt een nieuwe gebruiker."
    )
    BINDINGS = [
        keys.CHANGE("change", "Openen", id="users.open", show=False, tooltip="Opent de gebruiker waar u op staat."),
    ]

    def rows(self) -> list[UserRow]:
        """All of them."""
        return users.listed(self.actor)

    def detail(self, row: UserRow) -> Iterator[Row]:
        """What the account sees here, and the three things that decide it."""
        seen = advice.observed(self.actor.board, sight.sight(self.actor, row))
        yield plain(row.name).stylize("bold $ink")
        yield plain(row.staff_name or "niet gekoppeld aan een medewerker").stylize("$label")
        yield Content("")
        yield Section(f"Wat ziet {row.name} op {self.actor.location.brin6}?")
        yield conclusion(seen)
        for part in seen.parts:
            yield Content("")
            sign = Content("● ").stylize("$ok") if part.there else Content("○ ").stylize("$hint")
            yield Content.assemble(sign, part.title)
            yield plain(part.found).stylize("$label")
            if part.to_do:
                yield plain(f"→ {part.to_do}").stylize("$ink")
        yield Content("")
        yield Section("Rollen")
        for given in row.roles:
            yield Fact(given.where, str(given.role))
        if not row.roles:
            yield Content("geen").stylize("$hint")

    def form(self, row: UserRow | None) -> Screen[Any]:
        """The page of an account, or the form for a new one."""
        return UserPage(row.user) if row else NewUserScreen()


def _roles(row: UserRow) -> str:
    """The roles; where each holds only if that is not where the user is active."""
    return ", ".join(
        f"{given.role}"
        if given.where == row.active_at
        else f"{given.role} ({given.where if given.location else 'bestuur'})"
        for given in row.roles
    )


class NewUserScreen(RecordForm):
    """A new account."""

    ITEM = "gebruikers-en-rollen"
    BELOW = ("Nieuwe gebruiker",)
    TITLE_TEXT = "Nieuwe gebruiker"
    HELP = (
        "De naam waarmee iemand zich aanmeldt: kleine letters a-z en cijfers. Geef een eerste wachtwoord door; de gebruiker "
        "kiest zelf een ander bij Mijn wachtwoord - 2FA.\n\n"
        "Een nieuwe gebruiker heeft nog geen rol en ziet dus niets. Open hem daarna om een rol te geven."
    )

    def fields(self) -> list[Field]:
        """Name, member of staff, and the password twice."""
        return [
            TextField("name", "Gebruiker", required=True, check=users.check_name, max_length=50),
            staff_field(self.actor),
            PasswordField("new", "Eerste wachtwoord", required=True, help=f"{accounts.LENGTH}."),
            PasswordField("again", "Nog een keer", required=True),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Add the account, without roles yet."""
        user = users.add(self.actor, values["name"], values["new"], values["again"], chosen_staff(values))
        return f"Gebruiker {user.name} is gemaakt en heeft nog geen rol. Open de gebruiker om een rol te geven."
