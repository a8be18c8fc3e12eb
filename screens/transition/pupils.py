"""Step 2 of the Jaarovergang: every pupil and their destination, which can be changed for one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input

from app.access import Actor
from app.counted import counted, plural
from app.refusals import Refused
from app.school.board import lookups
from app.school.groups import GroupKind, year_groups_of
from app.school.transition import group_listing, listing, sending
from app.school.transition.listing import MovingPupil
from app.school.transition.rules import SECONDARY_REASON, Destination, What
from models.school import Pupil
from models.transition import YearTransition
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Choose
from screens.shared.filter_line import Filter, FilterLine
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.records import Column, RecordList, Rows
from screens.shared.searching import Searching
from screens.shared.sources import Known, ready
from screens.transition.step import Step, show_fixed

COLUMNS = (
    Column("Naam", lambda row: row.list_name, order="name"),
    Column.of(Pupil.key, 14, from_width=130, order="key"),
    Column("Dit jaar", lambda row: row.source or "geen", 9, order="from"),
    Column("Nieuw jaar", lambda row: row.to, 28, order="to"),
    Column("Wat", lambda row: row.destination.what.label, 14, from_width=150, order="what"),
    Column("Gekozen door", lambda row: row.changed_by, 12, from_width=130),
)
ALL = ""
LEAVES, SECONDARY = "leaves", "vo"
NOT_FOUND = "Niets gevonden. Typ minder letters, of kies bij Wat: alle."
NOBODY = "Er gaat niemand mee: op deze vestiging zit dit jaar geen leerling die er op 1 augustus nog is."


@dataclass(frozen=True)
class Lines:
    """The lines that match the search and filter, read a page at a time in the requested order."""

    actor: Actor
    transition: YearTransition
    search: str
    what: str
    order: str = "name"
    descending: bool = False

    def ordered(self, column: Column, descending: bool) -> Lines:
        """The same, ordered by a column."""
        return replace(self, order=column.order, descending=descending)

    def count(self) -> int:
        """How many lines there are."""
        return listing.count(self.actor, self.transition, search=self.search, what=self.what)

    def page(self, offset: int, limit: int) -> Sequence[MovingPupil]:
        """These lines."""
        return listing.pupils(
            self.actor,
            self.transition,
            search=self.search,
            what=self.what,
            order=self.order,
            descending=self.descending,
            offset=offset,
            limit=limit,
        )


@dataclass(frozen=True)
class Answer:
    """What the step shows."""

    asked: tuple[str, str]
    """The search and the filter."""
    transition: YearTransition | None
    rows: Known
    nothing: str
    """Why the list is empty, if it is."""
    why_fixed: str
    """Why nothing can be changed."""


class PupilsStep(Searching, Step):
    """The lines of pupils."""

    KEY = "pupils"
    BELOW = ("Leerlingen",)
    HELP = (
        "Elke leerling met de groep van dit jaar en de bestemming. Typ een deel van de naam, het leerlingnummer of de naam "
        "van een groep; ↓ gaat naar de lijst, F toont alleen wie bijvoorbeeld van school gaat.\n\n"
        "Enter kiest een andere bestemming voor de leerling waar u op staat. Kruis met de spatiebalk leerlingen aan (* kruist "
        "alles aan) om er meer tegelijk te wijzigen. Wie in hetzelfde leerjaar blijft, blijft zitten.\n\n"
        "Wie al is uitgeschreven per 1 augustus of eerder gaat niet mee en staat er niet bij. Wie pas in het nieuwe "
        "schooljaar komt, komt erbij in de groep die bij de inschrijving is gekozen. F2 gaat naar de leerkrachten."
    )
    BINDINGS = [
        keys.CHANGE(
            "send",
            "Bestemming",
            id="transition.send",
            tooltip="Kiest een andere bestemming voor wie is aangekruist, of voor de leerling waar u op staat.",
        ),
        keys.FILTER("filter", "Filter", id="transition.filter", tooltip="Toont alleen wie ergens naartoe gaat."),
        keys.SEARCH("to_search", "Zoekveld", id="transition.search", tooltip="Gaat naar het zoekveld."),
        keys.DOWN(
            "to_list",
            "Naar de lijst",
            id="transition.list",
            show=False,
            tooltip="Gaat van het zoekveld naar de lijst.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._what = ALL
        self._search = ""
        self._found: Answer | None = None
        """What the list shows."""

    def step(self) -> ComposeResult:
        """Search and filter, the list, the actions."""
        yield Label("", id="fixed", classes="fixed attention")
        what = Filter(keys.FILTER, "Bestemming", id="what")
        search = TextLine(id="search", placeholder="naam, nummer of groep")
        yield FilterLine(search, "transition.search", filters=(what,), count="how-many-lines")
        yield RecordList(COLUMNS, empty="", id="lines", marking=True, title="Leerlingen")
        with Buttons():
            yield push_button("Volgende stap", id="next", variant="primary")
            yield push_button("Bestemming wijzigen", id="send")

    def focus_start(self) -> None:
        """In the list."""
        self.query_one("#lines").focus()

    def read(self) -> Answer:
        """Who are found, or why nobody."""
        search, what, fixed = self._search, self._what, self.why_fixed
        try:
            transition = self.proposal()
            rows = ready(Lines(self.actor, transition, search, what))
            return Answer((search, what), transition, rows, NOT_FOUND if search.strip() or what else NOBODY, fixed)
        except Refused as refusal:
            return Answer((search, what), None, Rows(()), refusal.sentence, fixed)

    def show(self, found: Answer) -> None:
        """Show them; the cursor stays where it is, unless something else was asked."""
        show_fixed(self, found.why_fixed)
        self.query_one("#send", Button).disabled = bool(found.why_fixed)
        what = found.asked[1]
        self.query_one("#what", Filter).set_value(What(what).label if what else "alle")
        listed = self.query_one("#lines", RecordList)
        listed.empty = found.nothing
        listed.show(found.rows, keep_cursor=self._found is not None and found.asked == self._found.asked)
        self._found = found
        self._count()
        self.search_shown()

    def _count(self) -> None:
        listed = self.query_one("#lines", RecordList)
        ticked = f", {len(listed.marked)} aangekruist" if listed.marked else ""
        self.query_one("#how-many-lines", Label).update(counted(listed.row_count, "leerling", "leerlingen") + ticked)

    @on(RecordList.Marked, "#lines")
    def _ticked(self) -> None:
        self._count()

    @on(Input.Changed, "#search")
    def _asked(self, event: Input.Changed) -> None:
        self._search = event.value
        self.refresh_data()

    @on(Input.Submitted, "#search")
    def action_to_list(self) -> None:
        """From the search field to the matches."""
        self.enter()

    def to_found(self) -> None:
        """Go to the matches."""
        self.query_one("#lines").focus()

    @property
    def sought(self) -> bool:
        """Whether something else is searched for than is shown."""
        return self._found is not None and self._found.asked != (self._search, self._what)

    def action_to_search(self) -> None:
        """Back to the search field."""
        self.query_one("#search").focus()

    @on(Link.Chosen, "#what")
    def _filter_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_filter()

    def action_filter(self) -> None:
        """Everyone, or those who go up, stay, leave ..."""
        options = [("all", "alle"), *((str(what), what.label) for what in What)]
        self.app.push_screen(Choose("Wie tonen?", options), self._filter)

    def _filter(self, chosen: str | None) -> None:
        if chosen is not None:
            self._what = ALL if chosen == "all" else chosen
            self.refresh_data()

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    @on(RecordList.Chosen, "#lines")
    def _open(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.action_send()

    def action_send(self) -> None:
        """Choose the destination of the ticked pupils, or of the one under the cursor."""
        listed, found = self.query_one("#lines", RecordList), self._found
        rows = list(listed.marked.values()) or ([listed.row] if listed.row else [])
        if found is not None and found.why_fixed:
            self.say(found.why_fixed, severity="error")
        elif rows and found is not None and (transition := found.transition) is not None:
            who = rows[0].full_name if len(rows) == 1 else counted(len(rows), "leerling", "leerlingen")
            options = [*_seats(transition), (SECONDARY, SECONDARY_REASON), (LEAVES, "Gaat van school...")]
            question = Choose(f"Waarheen {plural(len(rows), 'gaat', 'gaan')} {who}?", options)
            self.app.push_screen(question, lambda chosen: self._chosen(transition, rows, chosen))

    def _chosen(self, transition: YearTransition, rows: list[MovingPupil], chosen: str | None) -> None:
        if chosen == LEAVES:
            reasons = [(reason, reason) for reason in lookups.values(self.actor.board, "uitschrijfreden")]
            self.app.push_screen(Choose("Waarom?", reasons), lambda reason: self._leave(transition, rows, reason))
        elif chosen == SECONDARY:
            self._send(transition, rows, Destination(What.SECONDARY))
        elif chosen is not None:
            seat, _, year_group = chosen.partition(":")
            self._send(transition, rows, Destination(What.UP, int(seat), year_group))

    def _leave(self, transition: YearTransition, rows: list[MovingPupil], reason: str | None) -> None:
        if reason is not None:
            self._send(transition, rows, Destination(What.LEAVES, reason=reason))

    def _send(self, transition: YearTransition, rows: list[MovingPupil], to: Destination) -> None:
        actor = self.actor
        self.perform(lambda: sending.send(actor, transition, rows, to), self._sent)

    def _sent(self, number: int) -> None:
        self.query_one("#lines", RecordList).unmark()
        self.say(
            "De bestemming is gewijzigd."
            if number == 1
            else f"De bestemming van {counted(number, 'leerling', 'leerlingen')} is gewijzigd."
        )


def _seats(transition: YearTransition) -> list[tuple[str, str]]:
    """Each group once for each of its year groups."""
    options = []
    for seat in group_listing.seats(transition):
        if seat.kind == GroupKind.BASIS:
            there = year_groups_of(seat)
            options += [
                (f"{seat.id}:{number}", f"Groep {seat.name}" + (f", leerjaar {number}" if len(there) > 1 else ""))
                for number in there
            ]
    return options
