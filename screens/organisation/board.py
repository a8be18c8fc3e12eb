"""Bestuur-School-Vestiging: the board with its schools and locations, their names and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from textual.content import Content

from app import history
from app.access import read_again
from app.couplings import renumbering
from app.couplings.renumbering import Affected
from app.partners.registry import partners
from app.refusals import Refused
from app.school.board import organisation
from app.school.board.organisation import Level, LocationForm, OrganisationRow, SchoolForm
from app.training.boards import open_location
from models.board import Board, Location, School
from screens.shared import keys
from screens.shared.described import fields_of
from screens.shared.dialogs import Choose, Reading
from screens.shared.facts import Act, Fact, Row
from screens.shared.fields import Field, FixedField, TextField
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column
from screens.shared.text import plain

NEW_SCHOOL = "school"
FIXED = "De naam van het bestuur ligt vast: daaronder vinden programma's dit bestuur (esis --board)."
WHY = (
    "Deze koppelingen houden hun code, en die begint met het oude nummer. De partner meldt zich nog met het oude nummer, "
    "dus ESIS weigert de volgende uitwisseling, tot u op de pagina van de koppeling een nieuwe code invult en die ook bij "
    "de partner zet."
)
MOST_ASKED = 3
PARTNERS = "Wijzig het BRIN6 ook bij de partner zelf; bij IEP LVS is dat Beheer > School > Details."


class BoardScreen(ListScreen):
    """The board, its schools, and below each its locations."""

    ITEM = "bestuur-school-vestiging"
    NEW = "Nieuwe school of vestiging"
    DELETE = ""
    ONE = "Gegevens"
    COLUMNS = (
        Column("Naam", lambda row: f"{'  ' * list(Level).index(row.level)}{row.name}"),
        Column("Soort", lambda row: str(row.level), 10, order=True),
        Column("BRIN", lambda row: row.code, 8, order=True),
    )
    HELP = (
        "Het bestuur met zijn scholen, en onder elke school de vestigingen. Enter wijzigt een naam of nummer, N maakt een "
        "nieuwe school of vestiging; u krijgt daar dezelfde rollen als hier.\n\n"
        "Een verificatiecode begint met BRIN en vestigingsnummer. Wijzigt u daar een van, dan toont het programma eerst de "
        "koppelingen waarvan de code met het oude nummer begint: die hebben een nieuwe code nodig."
    )
    BINDINGS = [
        keys.NEW("add", "Nieuw", id="board.new", tooltip="Maakt een nieuwe school of vestiging."),
    ]

    def rows(self) -> list[OrganisationRow]:
        """The board, its schools and their locations."""
        return organisation.listed(self.actor)

    def detail(self, row: OrganisationRow) -> Iterator[Row]:
        """Its number, and what it holds."""
        yield plain(row.name).stylize("bold $ink")
        yield plain(" ".join(filter(None, (str(row.level), row.code)))).stylize("$label")
        yield Content("")
        for title, number in organisation.holds(row):
            yield Fact(title, str(number))
        yield Content("")
        if row.level is Level.BOARD:
            yield plain(FIXED).stylize("$hint")
        else:
            yield Act("Enter", "Wijzigen", "naam en nummer")

    def identity(self, row: OrganisationRow) -> tuple[str, int]:
        """A school and a location may have one number."""
        return str(row.level), int(row.record.id)

    def action_add(self) -> None:
        """Ask first what to add: a school, or a location of a chosen school."""
        if not self._may():
            return
        schools = {str(row.id): row for row in organisation.schools(self.actor)}
        options = [
            *((key, f"Een vestiging van {row.name} ({row.brin})") for key, row in schools.items()),
            (NEW_SCHOOL, "Een school, met haar eerste vestiging"),
        ]

        def go(chosen: str | None) -> None:
            if chosen is not None:
                self.app.push_screen(NewSchoolScreen() if chosen == NEW_SCHOOL else NewLocationScreen(schools[chosen]))

        self.app.push_screen(Choose("Wat wilt u toevoegen?", options), go)

    def action_change(self) -> None:
        """Change a school or location, not the board itself."""
        if self.chosen is not None and self.chosen.level is Level.BOARD:
            self.show_refusal(Refused(FIXED))
        else:
            super().action_change()

    def form(self, row: OrganisationRow | None) -> RecordForm:
        """The form for a school or a location."""
        assert row is not None
        assert not isinstance(row.record, Board)
        return SchoolScreen(row.record) if isinstance(row.record, School) else LocationScreen(row.record)


class NewSchoolScreen(RecordForm):
    """A school with its first location."""

    ITEM = "bestuur-school-vestiging"
    BELOW = ("Nieuwe school",)
    TITLE_TEXT = "Nieuwe school"
    HELP = (
        "Een school heeft een BRIN en ten minste één vestiging; de hoofdvestiging heeft meestal nummer 00. U krijgt er "
        "dezelfde rollen als hier. F2 slaat op, Esc gaat terug."
    )

    def fields(self) -> list[Field]:
        """The fields of both."""
        brin, name = fields_of(SchoolForm("", ""), "brin", "name")
        return [
            brin,
            replace(name, label="Naam van de school"),
            *fields_of(LocationForm("00", ""), "number"),
            TextField("location_name", "Naam van de vestiging", help="Leeg: dezelfde naam als de school."),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Save both, with their accounts at the partners."""
        actor, school = self.actor, SchoolForm.read(values)
        first = LocationForm(values["number"], values["location_name"].strip() or values["name"])
        made = open_location(lambda: organisation.add_school(actor, school, first))
        return f"{made.school.name} met vestiging {made.brin6} is gemaakt. {_opened()}"


class NewLocationScreen(RecordForm):
    """A location of a school."""

    ITEM = "bestuur-school-vestiging"
    BELOW = ("Nieuwe vestiging",)
    HELP = "Elke vestiging van een school heeft een eigen nummer van twee cijfers. F2 slaat op, Esc gaat terug."

    def __init__(self, school: School) -> None:
        super().__init__()
        self.school = school

    def title_text(self) -> str:
        """Which school it belongs to."""
        return f"Nieuwe vestiging van {self.school.name} ({self.school.brin})"

    def fields(self) -> list[Field]:
        """Number and name."""
        return fields_of(LocationForm("", ""))

    def save(self, values: dict[str, Any]) -> str:
        """Save it, with its accounts at the partners."""
        actor, school, form = self.actor, self.school, LocationForm.read(values)
        made = open_location(lambda: organisation.add_location(actor, school, form))
        return f"Vestiging {made.brin6} is gemaakt. {_opened()}"


class NumberedForm(RecordForm):
    """A school or location to change; a new number first shows which couplings need a new code."""

    HELP = (
        "Begint de verificatiecode van een koppeling met het nummer dat u wijzigt, dan ziet u eerst welke koppelingen dat "
        "zijn, en na het opslaan nog eens. F2 slaat op, Esc gaat terug."
    )

    def __init__(self, record: School | Location) -> None:
        super().__init__(history.version(record))
        self.record = record
        self._left: Sequence[Affected] = ()

    def affected(self, values: dict[str, Any]) -> Sequence[Affected]:
        """Which couplings need a new code once this is saved."""
        return renumbering.affected(self.actor, self.record, values.get("brin", ""), values.get("number", ""))

    def warnings(self, values: dict[str, Any]) -> str:
        """The couplings affected, only if a number changed."""
        changed = any(values.get(name, old) != old for name, old in self.numbers().items())
        return to_ask(self.affected(values) if changed else ())

    def numbers(self) -> dict[str, str]:
        """The current number, by the name of its field."""
        if isinstance(self.record, School):
            return {"brin": self.record.brin}
        return {"number": self.record.number}

    def saved(self, told: str) -> None:
        """Then show the couplings still to be done."""
        self.esis.actor = read_again(self.actor)
        super().saved(told)
        if self._left:
            self.app.push_screen(Reading("Nog te doen: nieuwe verificatiecodes", to_do(self._left)))


class SchoolScreen(NumberedForm):
    """A school."""

    ITEM = "bestuur-school-vestiging"
    BELOW = ("School",)
    TITLE_TEXT = "School wijzigen"

    def fields(self) -> list[Field]:
        """BRIN and name."""
        return fields_of(SchoolForm.of(self.record), "brin", "name")

    def save(self, values: dict[str, Any]) -> str:
        """Change it."""
        assert isinstance(self.record, School)
        school = organisation.change_school(self.actor, self.record, SchoolForm.read(values), self.seen)
        self._left = self.affected({}) if self.record.brin != school.brin else ()
        return f"{school.name} is opgeslagen."


class LocationScreen(NumberedForm):
    """A location."""

    ITEM = "bestuur-school-vestiging"
    BELOW = ("Vestiging",)
    TITLE_TEXT = "Vestiging wijzigen"

    def fields(self) -> list[Field]:
        """Number and name."""
        known: Any = self.record
        return [
            FixedField("school", "School", value=f"{known.school.name} ({known.school.brin})"),
            *fields_of(LocationForm.of(known)),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Change it."""
        assert isinstance(self.record, Location)
        location = organisation.change_location(self.actor, self.record, LocationForm.read(values), self.seen)
        self._left = self.affected({}) if self.record.number != location.number else ()
        return f"Vestiging {location.brin6} is opgeslagen."


def to_ask(found: Sequence[Affected]) -> str:
    """The question before saving, short enough for a small screen; empty for no couplings."""
    more = [f"- en nog {len(found) - MOST_ASKED}; na het opslaan ziet u ze alle."] if len(found) > MOST_ASKED else []
    return "\n".join([WHY, "", *(f"- {one.sentence}" for one in found[:MOST_ASKED]), *more]) if found else ""


def to_do(found: Sequence[Affected]) -> str:
    """All affected couplings, and what to do about them."""
    return "\n".join([WHY, "", *(f"- {one.sentence}" for one in found), "", PARTNERS])


def _opened() -> str:
    """The message that the location now has partner accounts."""
    *others, last = (partner.name for partner in partners())
    return f"De vestiging is ook bij {', '.join(others)} en {last} aangemeld. Ga erheen met Ctrl+P, Vestiging kiezen."
