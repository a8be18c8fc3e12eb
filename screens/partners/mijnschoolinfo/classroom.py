"""One class of the klassenindeling: its teacher, and its pupils in the school's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app.partners.mijnschoolinfo import editing, layout, lists
from app.partners.mijnschoolinfo.layout import GONE, ClassRow, Place
from screens.partners.mijnschoolinfo.choosing import ChoosePupils
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.page import Session
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Choose
from screens.shared.facts import Fact, Facts
from screens.shared.records import Column, ReadingList, RecordList, Rows
from screens.shared.text import plain

NO_TEACHER = "(geen leerkracht)"


@dataclass(frozen=True)
class Plan:
    """A class as it is on screen: its teacher, and its pupils in order."""

    teacher_id: int | None
    teacher: str
    seats: tuple[Place, ...]

    @property
    def pupil_ids(self) -> list[int]:
        """The pupils still here."""
        return [seat.pupil_id for seat in self.seats if seat.here and seat.pupil_id is not None]

    @property
    def gone(self) -> list[Place]:
        """The places of those no longer here."""
        return [seat for seat in self.seats if not seat.here]

    def without(self, place: int) -> Plan:
        """The plan without this place."""
        return replace(self, seats=numbered([*self.seats[:place], *self.seats[place + 1 :]]))

    def moved(self, place: int, other: int) -> Plan:
        """The plan with one pupil moved to another place."""
        seats = list(self.seats)
        seats.insert(other, seats.pop(place))
        return replace(self, seats=numbered(seats))


def numbered(seats: Sequence[Place]) -> tuple[Place, ...]:
    """The seats numbered from 1."""
    return tuple(replace(seat, position=number) for number, seat in enumerate(seats, 1))


def plan_of(row: ClassRow | None) -> Plan:
    """The plan as saved."""
    return Plan(row.teacher_id, row.teacher, numbered(row.places)) if row else Plan(None, "", ())


class Classroom(MsiPage):
    """Shift with an arrow changes the order, F2 saves it."""

    HERE = "layout"
    HELP = (
        "De leerlingen van deze klas in uw volgorde: Shift+↑ zet de leerling waar u op staat een plaats hoger, Shift+↓ "
        "een plaats lager. A noemt wat er kan: de leerlingen of de leerkracht kiezen. Del haalt de leerling waar u op "
        "staat uit de klas. F2 bewaart; Esc vraagt eerst als er iets gewijzigd is.\n\n"
        "Wie niet meer in Mijnschoolinfo staat, blijft hier als naam staan tot u hem of haar met Del uit de klas haalt."
    )
    BINDINGS = [
        keys.DONE("submit", "Opslaan", id="form.submit", tooltip="Bewaart de klas."),
        keys.HIGHER("shift(-1)", "Hoger", id="order.up", tooltip="Zet de leerling een plaats hoger."),
        keys.LOWER("shift(1)", "Lager", id="order.down", tooltip="Zet de leerling een plaats lager."),
        keys.REMOVE("take_out", "Uit de klas", id="order.out", show=False, tooltip="Haalt de leerling uit de klas."),
        keys.no_key("pupils", "Leerlingen", id="msi.class-pupils", tooltip="Kiest de leerlingen van de klas."),
        keys.no_key("teacher", "Leerkracht", id="msi.class-teacher", tooltip="Kiest de leerkracht van de klas."),
    ]

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(session)
        self._klass = name
        self.PATH = ("Klassenindeling", f"Klas {name}")
        self._kept = self._plan = plan_of(None)

    def read(self) -> Plan:
        """The class as it is saved."""
        return plan_of(next((row for row in layout.classes(self.school) if row.name == self._klass), None))

    def body(self) -> ComposeResult:
        """The teacher, pupils and buttons."""
        yield Facts(id="msi-facts")
        columns = [
            Column("Nr", lambda seat: str(seat.position), 4, right=True),
            Column("Leerling", lambda seat: seat.name, 40),
            Column("", lambda seat: "" if seat.here else GONE),
        ]
        empty = "Er zit nog niemand in deze klas. Kies de leerlingen (A)."
        yield ReadingList(columns, empty=empty, id="msi-seats", title=f"Klas {self._klass}")
        with Buttons():
            yield push_button("Opslaan", id="submit", variant="primary")
            yield push_button("Leerlingen", id="pupils")
            yield push_button("Leerkracht", id="teacher")
            yield push_button("Uit de klas", id="take_out")

    @property
    def changed(self) -> bool:
        """Whether leaving would lose changes."""
        return self._plan != self._kept

    def start_again(self) -> None:
        """Go back to the plan as saved."""
        self._take(self._kept)

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#msi-seats").focus()

    def show(self, found: Plan) -> None:
        """Show it, unless something was changed here."""
        if not self.changed:
            self._kept = self._plan = found
        self._take(self._plan)

    def _take(self, plan: Plan) -> None:
        self._plan = plan
        lines = [Fact("Leerkracht", plan.teacher or "geen"), Fact("Leerlingen", str(len(plan.seats)))]
        lines += [Fact("Niet meer hier", f"{len(plan.gone)}; blijft staan tot u Del kiest")] * bool(plan.gone)
        lines += [
            Fact("", plain(self.esis.in_keys("* gewijzigd, nog niet bewaard (F2)")).stylize("bold $warn"))
        ] * self.changed
        self.query_one("#msi-facts", Facts).show(lines)
        self.query_one("#msi-seats", RecordList).show(Rows(plan.seats))

    def action_shift(self, places: int) -> None:
        """Move the pupil under the cursor."""
        listed = self.query_one("#msi-seats", RecordList)
        other = listed.cursor + places
        if 0 <= other < len(self._plan.seats):
            self._take(self._plan.moved(listed.cursor, other))
            listed.cursor = other

    def action_take_out(self) -> None:
        """Take out the pupil under the cursor."""
        listed = self.query_one("#msi-seats", RecordList)
        if self._plan.seats:
            self._take(self._plan.without(listed.cursor))

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    def action_pupils(self) -> None:
        """Choose who is in the class; those in it (or no longer here) keep their place, new ones come last."""
        choice = ChoosePupils(self.session, f"Leerlingen van klas {self._klass}", self._plan.pupil_ids)
        self.app.push_screen(choice, self._chosen)

    def _chosen(self, chosen: list[int] | None) -> None:
        if chosen is None:
            return
        known = {seat.pupil_id: seat for seat in self._plan.seats if seat.here}
        seats = [known.get(number) or self._new_seat(number) for number in chosen]
        for seat in self._plan.gone:
            seats.insert(seat.position - 1, seat)
        self._take(replace(self._plan, seats=numbered(seats)))

    def _new_seat(self, number: int) -> Place:
        return Place(0, number, editing.name_of(editing.get(self.school, "pupil", number)), True)

    def action_teacher(self) -> None:
        """Choose the teacher."""
        staff = [(str(row.id), row.name) for row in lists.staff(self.school)]
        self.app.push_screen(Choose("Leerkracht kiezen", [("", NO_TEACHER), *staff]), self._taught_by)

    def _taught_by(self, chosen: str | None) -> None:
        if chosen is not None:
            teacher = editing.name_of(editing.get(self.school, "staff", int(chosen))) if chosen else ""
            self._take(replace(self._plan, teacher_id=int(chosen) if chosen else None, teacher=teacher))

    def action_submit(self) -> None:
        """Save the plan."""
        school, plan, kept = self.school, self._plan, self._kept
        same = (plan.teacher_id, plan.teacher) == (kept.teacher_id, kept.teacher)
        self.perform(
            lambda: layout.arrange(
                school, self._klass, plan.pupil_ids, plan.teacher_id, gone=plan.gone, same_teacher=same
            ),
            self._saved,
        )

    def _saved(self, _row: object) -> None:
        self._kept = self._plan
        self.say(f"Klas {self._klass} is opgeslagen.")
