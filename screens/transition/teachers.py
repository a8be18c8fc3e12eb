"""Step 3 of the Jaarovergang: which group each member of staff will teach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import history
from app.school.transition import choosing, group_listing
from app.school.transition.group_listing import TeacherRow
from models.transition import YearTransition
from screens.shared.fields import ChoiceField, Field, FixedField
from screens.shared.maintenance import RecordForm
from screens.shared.records import Column
from screens.transition.step import ListStep

NO_GROUP = "geen groep"


class TeachersStep(ListStep):
    """The lines of staff."""

    KEY = "teachers"
    BELOW = ("Leerkrachten",)
    NEW, DELETE = "", ""
    COLUMNS = (
        Column("Naam", lambda row: row.name, order=True),
        Column("Groep dit jaar", lambda row: row.source or NO_GROUP, 16, order=True),
        Column("Groep nieuw jaar", lambda row: row.group or NO_GROUP, 16, order=True),
    )
    EMPTY = "Er is geen actieve medewerker op deze vestiging. Voeg die toe bij Onderwijs > Overig > Medewerkers."
    HELP = (
        "Elke actieve medewerker met de groep van dit jaar en die van het nieuwe. Het voorstel is dat ieder bij dezelfde "
        "groep blijft staan. Enter kiest een andere. Wie voor twee groepen staat, heeft twee regels.\n\nF2 gaat naar de "
        "laatste stap. Er gebeurt nog niets."
    )

    def rows(self) -> Sequence[Any]:
        """The lines."""
        return group_listing.teachers_of(self.actor, self.proposal())

    def form(self, row: TeacherRow | None) -> RecordForm:
        """Of a line; there are no new ones."""
        assert row is not None
        return TeacherForm(self.proposal(), row)


class TeacherForm(RecordForm):
    """The group of a member of staff."""

    ITEM = "jaarovergang"
    BELOW = ("Leerkrachten", "Leerkracht")
    HELP = "Kies voor welke groep deze medewerker in het nieuwe schooljaar staat, of geen groep. F2 slaat op."

    def __init__(self, transition: YearTransition, row: TeacherRow) -> None:
        self.row = row
        self._seats = {str(seat.id): seat for seat in group_listing.seats(transition)}
        super().__init__(history.version(row.line))

    def title_text(self) -> str:
        """The member of staff."""
        return f"{self.row.name}: groep in het nieuwe schooljaar"

    def fields(self) -> list[Field]:
        """The choice."""
        now = str(self.row.line.group_id or "")
        return [
            FixedField("source", "Dit jaar", value=self.row.source or NO_GROUP),
            ChoiceField(
                "group",
                "Nieuw jaar",
                value=now if now in self._seats else "",
                options=((NO_GROUP, ""), *((seat.name, key) for key, seat in self._seats.items())),
            ),
        ]

    def words(self, name: str, value: Any) -> Any:
        """The group's name."""
        seat = self._seats.get(str(value))
        return (seat.name if seat else NO_GROUP) if name == "group" else value

    def save(self, values: dict[str, Any]) -> str:
        """Save the choice."""
        seat = self._seats.get(values["group"])
        choosing.appoint(self.actor, self.row.line, seat, self.seen)
        return f"{self.row.name}: {f'groep {seat.name}' if seat else NO_GROUP}."
