"""One account: what it sees and why, its roles, and the ways to change that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from app import accounts, clock, history, targets
from app.access import Actor, find_user, read_again
from app.diagnosis import advice
from app.school.board import roles, sight, users
from app.school.board.roles import TO_GIVE, Given
from app.school.board.sight import Sight
from app.school.people.names import list_name
from app.signing import second_step
from models.board import Location, School, User
from screens.shared import keys
from screens.shared.dialogs import Confirm
from screens.shared.facts import Fact, Facts, Row
from screens.shared.fields import ChoiceField, Field, PasswordField
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.panel import Panel
from screens.shared.program import EsisProgram
from screens.shared.records import Column
from screens.shared.text import plain

ON_BOARD = "board"
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
    """The member of staff chosen in that field."""
    return int(values["staff"]) if values["staff"] else None


class UserPage(ListScreen):
    """The three things that decide what the user sees, then the roles."""

    ITEM = "gebruikers-en-rollen"
    BELOW = ("Gebruiker",)
    NEW = "Rol geven"
    CHANGE = ""
    DELETE = "Rol afnemen"
    CHANGES = (*ListScreen.CHANGES, "link", "password", "second_step")
    SEARCH = False
    EMPTY = "Geen rollen: deze gebruiker kan zich aanmelden en ziet niets. Met F4 geeft u een rol."
    COLUMNS = (
        Column("Rol", lambda row: str(row.role), order=True),
        Column("Geldt op", lambda row: row.where, 14, order=True),
    )
    HELP = (
        "Wat deze gebruiker ziet op de vestiging waar u nu bent. Daarvoor zijn drie dingen nodig, die los van elkaar staan; "
        "achter elk staat of het er is, en zo niet wat u doet.\n\n"
        "Activering op de vestiging: de medewerker is er actief. Rol op de vestiging: die geeft de gegevens. Rol op het "
        "bestuur: die geldt op elke vestiging. Een leerkracht ziet alleen de groepen waar de gekoppelde medewerker voor "
        "staat.\n\n"
        "N geeft een rol, Del neemt de rol af waar u op staat; A noemt de rest: koppelen aan een medewerker en een nieuw "
        "wachtwoord. Er blijft altijd iemand over die gebruikers kan beheren.\n\n"
        "Heeft iemand 2FA aan staan en de telefoon en de herstelcodes niet meer, dan zet u 2FA uit (A); dat wordt bewaard met uw "
        "naam erbij. Zeker weten dat het de gebruiker zelf is die het vraagt, moet u zelf."
    )
    BINDINGS = [
        keys.NEW("add", "Rol geven", id="user.give", tooltip="Geeft de gebruiker een rol."),
        keys.REMOVE(
            "delete",
            "Rol afnemen",
            id="user.take",
            tooltip="Neemt de rol af waar u op staat, na een vraag.",
        ),
        keys.no_key("link", "Koppelen", id="user.link", tooltip="Koppelt de gebruiker aan een medewerker."),
        keys.no_key("password", "Wachtwoord", id="user.password", tooltip="Geeft de gebruiker een nieuw wachtwoord."),
        keys.no_key("second_step", "2FA uit", id="user.second-step", tooltip="Zet 2FA uit, na een vraag."),
    ]

    @classmethod
    def at(cls, program: EsisProgram, target: targets.UserPage) -> UserPage:
        """The page of the user with this id. Raises `NotFound` if it is gone or belongs to another board."""
        assert program.actor is not None
        found = User.get_or_none(User.id == target.id)
        return cls(find_user(program.actor.board, found.name if found else str(target.id)))

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user

    def title_text(self) -> str:
        """Below what the account sees."""
        return "Rollen"

    def above(self) -> ComposeResult:
        """What the account sees, and why."""
        yield Panel(f"Gebruiker {self.user.name}", Facts(label_width=27, id="sight"))

    def rows(self) -> list[Given]:
        """The roles."""
        return list(users.row_of(self.actor, self.user).roles)

    def read_above(self) -> tuple[Sight, str]:
        """What the account sees here, and since when 2FA is on."""
        row = users.row_of(self.actor, self.user)
        since = second_step.standing(row.user).since
        seen = advice.observed(self.actor.board, sight.sight(self.actor, row))
        return seen, f"aan sinds {clock.dutch_moment(since)}" if since else "uit"

    def show_above(self, found: tuple[Sight, str]) -> None:
        """Show it."""
        seen, told = found
        question = plain(f"Wat ziet deze gebruiker op {self.actor.location.brin6}?").stylize("bold $ink")
        lines = [question, *parts_of(seen), conclusion(seen), Content(""), Fact("Tweestapsverificatie (2FA)", told)]
        self.query_one("#sight", Facts).show(lines)

    def form(self, row: Given | None) -> GiveRoleScreen:  # noqa: ARG002
        """The form to give a role."""
        return GiveRoleScreen(self.user)

    def question(self, row: Given) -> tuple[str, str]:
        """What to ask before removing the role."""
        where = row.where if row.location else f"het {row.where}"
        return "Rol afnemen?", f"{self.user.name} is dan geen {row.role} meer op {where}."

    def delete(self, row: Given) -> str:
        """Remove the role, unless someone must keep it."""
        roles.take_role(self.actor, row)
        if self.user.id == self.actor.user.id:
            self.esis.actor = read_again(self.actor)
        return f"De rol {row} is afgenomen van {self.user.name}."

    def action_link(self) -> None:
        """Open the form to link another member of staff."""
        if self._may():
            self.app.push_screen(LinkScreen(User.get_by_id(self.user.id)))

    def action_password(self) -> None:
        """Open the form to set another password."""
        if self._may():
            self.app.push_screen(PasswordScreen(self.user))

    def action_second_step(self) -> None:
        """Switch the second step off, for someone who lost their phone."""
        if not self._may():
            return
        name = self.user.name
        asked = Confirm(
            "2FA uitzetten?",
            f"{name} meldt zich dan aan met alleen het wachtwoord. Vraagt {name} dit echt zelf?",
            "Uitzetten",
            danger=True,
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(self._switched_off, self.say)

        self.app.push_screen(asked, answered)

    def _switched_off(self) -> str:
        users.switch_off_second_step(self.actor, self.user)
        return f"2FA van {self.user.name} staat uit."


def parts_of(seen: Sight) -> Iterator[Row]:
    """The three, each with what to do if it is missing."""
    for part in seen.parts:
        there = Content("ja   ").stylize("$ok") if part.there else Content("nee  ").stylize("$hint")
        to_do = plain(f"  → {part.to_do}").stylize("$label") if part.to_do else ""
        yield Fact(part.title, Content.assemble(there, plain(part.found), to_do))


def conclusion(seen: Sight) -> Content:
    """What follows from the three."""
    mark, colour = ("✓", "$ok") if seen.sees else ("▲", "$warn")
    return plain(f"{mark} {seen.conclusion}").stylize(f"bold {colour}")


class GiveRoleScreen(RecordForm):
    """A role for an account, and where it applies."""

    ITEM = "gebruikers-en-rollen"
    BELOW = ("Rol geven",)
    HELP = (
        "Kies de rol en waar zij geldt. Een rol op een vestiging geldt alleen daar; een rol op het hele bestuur op elke "
        "vestiging. F2 slaat op, Esc gaat terug."
    )

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user

    def title_text(self) -> str:
        """Which account gets the role."""
        return f"Rol geven aan {self.user.name}"

    def fields(self) -> list[Field]:
        """Role and place, this location first."""
        here = self.actor.location.id
        mine = sorted(roles.places(self.actor), key=lambda row: row.id != here)
        places = [(f"{row.brin6} {row.name}", str(row.id)) for row in mine]
        if roles.manages_board(self.actor):
            places.append(("Hele bestuur", ON_BOARD))
        places = places or [("(u beheert nergens meer gebruikers)", "")]
        given = (("(kies een rol)", ""), *((str(role), str(role)) for role in TO_GIVE))
        return [
            ChoiceField("role", "Rol", required=True, value="", options=given),
            ChoiceField("place", "Geldt op", required=True, value=places[0][1], options=tuple(places)),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Give it."""
        place = values["place"]
        location = (
            None
            if place == ON_BOARD
            else Location.select(Location, School).join(School).where(Location.id == int(place)).get()
        )
        roles.give_role(self.actor, self.user, values["role"], location)
        if self.user.id == self.actor.user.id:
            self.esis.actor = read_again(self.actor)
        return f"{self.user.name} heeft nu de rol {values['role']} op {location.brin6 if location else 'het hele bestuur'}."


class LinkScreen(RecordForm):
    """The member of staff an account belongs to."""

    ITEM = "gebruikers-en-rollen"
    BELOW = ("Medewerker koppelen",)
    HELP = (
        "Een gebruiker hoort bij één medewerker. Voor een leerkracht is dat nodig: die ziet de groepen waar de medewerker voor "
        "staat. F2 slaat op, Esc gaat terug."
    )

    def __init__(self, user: User) -> None:
        super().__init__(history.version(user))
        self.user = user

    def title_text(self) -> str:
        """Whose."""
        return f"Medewerker van gebruiker {self.user.name}"

    def fields(self) -> list[Field]:
        """A choice of the staff without an account."""
        return [staff_field(self.actor, self.user)]

    def save(self, values: dict[str, Any]) -> str:
        """Link it."""
        users.link(self.actor, self.user, chosen_staff(values), self.seen)
        return f"Gebruiker {self.user.name} is {'gekoppeld' if values['staff'] else 'aan niemand gekoppeld'}."


class PasswordScreen(RecordForm):
    """Another password for a user who forgot it."""

    ITEM = "gebruikers-en-rollen"
    BELOW = ("Wachtwoord",)
    HELP = (
        "Voor wie het wachtwoord kwijt is. Geef het nieuwe door; de gebruiker kiest zelf een ander bij Mijn wachtwoord - 2FA. "
        "F2 slaat op, Esc gaat terug."
    )

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user

    def title_text(self) -> str:
        """Whose."""
        return f"Nieuw wachtwoord voor {self.user.name}"

    def fields(self) -> list[Field]:
        """The new password, twice."""
        return [
            PasswordField("new", "Nieuw wachtwoord", required=True, help=f"{accounts.LENGTH}."),
            PasswordField("again", "Nog een keer", required=True),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Replace it."""
        users.reset_password(self.actor, self.user, values["new"], values["again"])
        return f"Gebruiker {self.user.name} meldt zich voortaan met het nieuwe wachtwoord aan."
