"""Groepen indelen: two groups side by side; ticked pupils move from one to the other; one key undoes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from app import clock
from app.counted import counted
from app.permissions import Permission
from app.school import groups
from app.school.groups import GroupKind, year_groups_of
from app.school.people import arranging
from app.school.people.arranging import Move, Seat
from models.school import Group, Pupil
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Choose
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import KeyLink, Link
from screens.shared.records import Column, RecordList, Rows, TickList
from screens.shared.text import plain

COLUMNS = (
    Column("Naam", lambda row: row.name, order=True),
    Column("Nummer", lambda row: row.key, 8, order=True, from_width=100),
    Column.of(Pupil.year_group, 8, order=True),
)
NO_GROUP = "Zonder groep"
SIDES = ("left", "right")


@dataclass(frozen=True)
class Sides:
    """What the screen shows: the basisgroepen by id, the group and pupils of each side, why nothing can be changed."""

    groups: Mapping[int, Group]
    sides: Mapping[str, tuple[Group | None, Sequence[Seat]]]
    reason: str


class ArrangeGroups(EsisScreen):
    """The pupils of two groups, or those without one, to move from side to side."""

    SCOPED_CSS = False
    CSS = """
    ArrangeGroups #arrange { height: 1fr; }
    ArrangeGroups .arrange-side { width: 1fr; }
    ArrangeGroups .arrange-group { margin: 0 0 0 1; }
    ArrangeGroups #arrange-told { width: 1fr; padding: 0 1; color: $ok; }
    """

    ITEM = "groepen-indelen"
    HELP = (
        "Twee groepen naast elkaar. Met G kiest u de groep van de lijst waarin u staat, ook de leerlingen zonder groep. "
        "De spatiebalk kruist leerlingen aan (* allemaal); V zet wie is aangekruist, of anders de leerling waar u op "
        "staat, in de groep aan de andere kant. Tab gaat naar de andere lijst.\n\n"
        "T maakt de laatste verplaatsing ongedaan, en daarvoor de vorige. Een leerling zit per schooljaar in één "
        "basisgroep; toetsresultaten gaan mee."
    )
    BINDINGS = [
        keys.GROUP(
            "choose_group",
            "Groep kiezen",
            id="arrange.group",
            tooltip="Kiest de groep van de lijst waarin u staat.",
        ),
        keys.MOVE(
            "move",
            "Verplaatsen",
            id="arrange.move",
            tooltip="Zet de aangekruiste leerlingen in de groep aan de andere kant.",
        ),
        keys.ROLL_BACK(
            "take_back",
            "Ongedaan maken",
            id="arrange.undo",
            tooltip="Zet de leerlingen van de laatste verplaatsing terug.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Group | None] = {}
        self._groups: Mapping[int, Group] = {}
        self._done: list[list[Move]] = []

    def body(self) -> ComposeResult:
        """The two sides, what was done, and the buttons."""
        with Horizontal(id="arrange"):
            for side in SIDES:
                with Vertical(classes="arrange-side"):
                    yield KeyLink("G", "", id=f"group-{side}", key=side, classes="arrange-group")
                    yield TickList(COLUMNS, empty="In deze groep zit niemand.", id=f"pupils-{side}", title=NO_GROUP)
        yield Label("", id="arrange-told")
        with Buttons():
            yield push_button("Verplaatsen", id="move", variant="primary")
            yield push_button("Ongedaan maken", id="take_back")

    def read(self) -> Sides:
        """Both sides, initially the first two groups."""
        actor, chosen = self.actor, dict(self._shown)
        present = {group.id: group for group in groups.visible(actor) if group.kind == GroupKind.BASIS}
        if not chosen:
            chosen = dict(zip(SIDES, [*present.values(), None, None], strict=False))
        reason, today = actor.reason(Permission.EDIT_PUPILS), clock.school_today(actor.board)
        sides = {}
        for side, before in chosen.items():
            group = present.get(before.id) if before else None
            sides[side] = group, [] if reason else arranging.seats(actor, group, today)
        return Sides(present, sides, reason)

    def show(self, found: Sides) -> None:
        """Show them; who is still there stays ticked."""
        self._groups, reason = found.groups, found.reason
        for side, (group, rows) in found.sides.items():
            self._shown[side] = group
            listed = self.query_one(f"#pupils-{side}", RecordList)
            listed.marked = {row.id: row for row in rows if row.id in listed.marked}
            listed.empty = reason or ("In deze groep zit niemand." if group else "Iedereen zit in een groep.")
            listed.show(Rows(rows))
            name = f"Groep {group.name}" if group else "Zonder groep"
            listed.set_title(name)
            self.query_one(f"#group-{side}", Link).set_text(f"{name} ▼")
        self._show_marks()
        self.query_one("#take_back", Button).disabled = not self._done
        self.query_one("#move", Button).disabled = bool(reason)
        self.refresh_bindings()

    @on(RecordList.Marked)
    def _show_marks(self) -> None:
        """What V would do now."""
        side = self._source_side()
        listed, group = self.query_one(f"#pupils-{side}", RecordList), self._shown.get(SIDES[1 - SIDES.index(side)])
        if listed.marked and group is not None:
            who = counted(len(listed.marked), "leerling", "leerlingen")
            self._tell(f"{who} aangekruist. V verplaatst naar groep {group.name}.")

    def focus_start(self) -> None:
        """Focus the left list."""
        self.query_one("#pupils-left").focus()

    @property
    def _side(self) -> str:
        """The side with the focus; the left one if neither has it."""
        right = self.query_one("#pupils-right"), self.query_one("#group-right")
        return "right" if self.focused in right else "left"

    @on(Link.Chosen, ".arrange-group")
    def _link(self, event: Link.Chosen) -> None:
        event.stop()
        self._choose(event.link.key)

    def action_choose_group(self) -> None:
        """Choose a group for the side with the focus."""
        self._choose(self._side)

    def _choose(self, side: str) -> None:
        found = {str(number): group for number, group in self._groups.items()}
        options = [*((number, f"Groep {group.name}") for number, group in found.items()), (NO_GROUP, "Zonder groep")]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._shown[side] = found.get(answer)
                self.query_one(f"#pupils-{side}", RecordList).marked = {}
                self.refresh_data()
                self.query_one(f"#pupils-{side}").focus()

        self.app.push_screen(Choose("Groep kiezen", options), chosen)

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to undo only after a move."""
        return bool(self._done) if action == "take_back" else super().check_action(action, parameters)

    def action_move(self) -> None:
        """Move the ticked pupils, or else the one under the cursor, to the other side."""
        if self.actor.reason(Permission.EDIT_PUPILS):
            self.say(self.actor.reason(Permission.EDIT_PUPILS), severity="error")
            return
        side = self._source_side()
        other = SIDES[1 - SIDES.index(side)]
        group, listed = self._shown[other], self.query_one(f"#pupils-{side}", RecordList)
        rows = list(listed.marked.values()) or ([listed.row] if listed.row else [])
        chosen = [row.id for row in rows]
        if group is None:
            self.say("Kies aan de andere kant eerst een groep (G).", severity="error")
        elif len(year_groups_of(group)) > 1 and any(row.year_group not in year_groups_of(group) for row in rows):
            options = [(year, f"Leerjaar {year}") for year in year_groups_of(group)]
            self.app.push_screen(
                Choose(f"Leerjaar in groep {group.name}", options),
                lambda year: self._move(chosen, group, year) if year else None,
            )
        else:
            self._move(chosen, group, "")

    def _source_side(self) -> str:
        """The side whose pupils move: the only one with ticks, else the side with the focus."""
        ticked = [side for side in SIDES if self.query_one(f"#pupils-{side}", RecordList).marked]
        return ticked[0] if len(ticked) == 1 else self._side

    def _move(self, chosen: list[int], group: Group, year_group: str) -> None:
        actor = self.actor

        def moved(moves: list[Move]) -> None:
            for side in SIDES:
                self.query_one(f"#pupils-{side}", RecordList).marked = {}
            if moves:
                self._done.append(moves)
            self._tell(
                f"✓ {counted(len(moves), 'leerling', 'leerlingen')} verplaatst naar groep {group.name}. T maakt dit ongedaan."
            )

        self.perform(lambda: arranging.move_all(actor, chosen, group, year_group), moved)

    def action_take_back(self) -> None:
        """Undo the last move."""
        if not self._done:
            return
        actor, moves = self.actor, self._done[-1]

        def back(number: int) -> None:
            self._done.pop()
            left = len(moves) - number
            rest = f" {left} zijn intussen elders verplaatst en blijven daar." if left else ""
            self._tell(f"✓ {number} teruggezet.{rest}")

        self.perform(lambda: arranging.take_back(actor, moves), back)

    def _tell(self, told: str) -> None:
        self.query_one("#arrange-told", Label).update(plain(told))
