"""Collectief uitschrijven: many pupils at once, with one date and reason; one key undoes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.partners.arrival import Change
from app.permissions import Permission
from app.refusals import Refused
from app.school import groups
from app.school.board import lookups
from app.school.groups import GroupKind
from app.school.people import arranging, leaving
from app.school.people.arranging import Seat
from app.school.people.pupil_form import UNSUBSCRIBED_ON
from models.school import Group, Pupil
from screens.shared import keys
from screens.shared.described import field_of
from screens.shared.dialogs import Choose, Confirm, unless_changed
from screens.shared.fields import ChoiceField, Field
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import KeyLink, Link
from screens.shared.panel import Panel
from screens.shared.partner_notice import seen_elsewhere
from screens.shared.records import Column, RecordList, Rows, TickList
from screens.shared.text import plain

COLUMNS = (
    Column("Naam", lambda row: row.name, order=True),
    Column.of(Pupil.key, 14, order=True),
    Column.of(Pupil.year_group, 8, order=True),
)


@dataclass(frozen=True)
class Leaving:
    """What the screen shows: the basisgroepen by id, the chosen one, why nothing can be changed, and its pupils."""

    groups: Mapping[int, Group]
    group: Group | None
    reason: str
    seats: Sequence[Seat]


class UnsubscribeMany(EsisScreen):
    """A group with ticks, a date and a reason."""

    SCOPED_CSS = False
    CSS = """
    UnsubscribeMany #leaving-pupils { height: 1fr; min-height: 6; }
    UnsubscribeMany #leaving-group { margin: 0 0 0 1; }
    UnsubscribeMany #leaving-told { display: none; width: 1fr; padding: 0 1; color: $ok; }
    """

    ITEM = "collectief-uitschrijven"
    HELP = (
        "Kies met G een groep en kruis met de spatiebalk aan wie er gaat (* kruist iedereen aan). Vul daaronder in vanaf "
        "welke dag en waarom, en druk op F2. Er wordt eerst gevraagd of het klopt.\n\n"
        "Groepen en toetsresultaten blijven bewaard. T maakt de laatste uitschrijving ongedaan. Gaat groep 8 aan het eind "
        "van het jaar van school, dan doet de Jaarovergang dat voor u."
    )
    BINDINGS = [
        keys.DONE(
            "submit",
            "Gereed",
            id="leaving.submit",
            tooltip="Schrijft uit wie is aangekruist, na een vraag.",
        ),
        keys.GROUP("choose_group", "Groep kiezen", id="leaving.group", tooltip="Kiest de groep."),
        keys.ROLL_BACK(
            "take_back",
            "Ongedaan maken",
            id="leaving.undo",
            tooltip="Schrijft wie u het laatst uitschreef weer in.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._group: Group | None = None
        self._groups: Mapping[int, Group] = {}
        self._done: list[int] = []

    def body(self) -> ComposeResult:
        """The group, its pupils, the date and the reason."""
        yield KeyLink("G", "", id="leaving-group")
        yield TickList(COLUMNS, empty="", id="leaving-pupils", title="Leerlingen")
        yield Label("", id="leaving-told")
        yield Panel("Uitschrijven", Form(self._fields()))

    def _fields(self) -> list[Field]:
        reasons = lookups.values(self.actor.board, "uitschrijfreden")
        return [
            replace(
                field_of(UNSUBSCRIBED_ON, clock.school_today(self.actor.board)),
                help="De eerste dag dat zij er niet meer zijn.",
            ),
            ChoiceField(
                "unsubscribe_reason",
                "Reden",
                required=True,
                options=(("(kies een reden)", ""), *((reason, reason) for reason in reasons)),
            ),
        ]

    @property
    def changed(self) -> bool:
        """Whether leaving would lose input; ticks count."""
        return bool(self.query_one(TickList).marked) or super().changed

    def start_again(self) -> None:
        """Start over, without ticks."""
        self.query_one(TickList).unmark()
        super().start_again()

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#leaving-pupils").focus()

    def read(self) -> Leaving:
        """The chosen group, initially the last one: the one that leaves."""
        actor, chosen = self.actor, self._group
        found = {group.id: group for group in groups.visible(actor) if group.kind == GroupKind.BASIS}
        group = found.get(chosen.id if chosen else 0) or next(reversed(found.values()), None)
        reason = actor.reason(Permission.EDIT_PUPILS)
        hidden = bool(reason) or group is None
        seats = [] if hidden else arranging.seats(actor, group, clock.school_today(actor.board))
        return Leaving(found, group, reason, seats)

    def show(self, found: Leaving) -> None:
        """Show it; who is still there stays ticked."""
        self._groups, self._group, reason, rows = found.groups, found.group, found.reason, found.seats
        listed = self.query_one("#leaving-pupils", RecordList)
        listed.marked = {row.id: row for row in rows if row.id in listed.marked}
        listed.empty = reason or (
            "In deze groep zit niemand." if self._group else "Er zijn dit schooljaar nog geen groepen."
        )
        listed.show(Rows(rows))
        self._show_group()
        self.refresh_bindings()

    @on(RecordList.Marked)
    def _show_group(self) -> None:
        name = f"Groep {self._group.name}" if self._group else "Geen groep"
        listed = self.query_one("#leaving-pupils", RecordList)
        told = f"{name} ▼   {len(listed.marked)} van {listed.row_count} aangekruist"
        self.query_one("#leaving-group", Link).set_text(told)

    @on(Link.Chosen, "#leaving-group")
    def _link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_group()

    def action_choose_group(self) -> None:
        """Choose a group, after a question if ticks would be lost."""
        unless_changed(bool(self._ticked), self.app.push_screen, self._choose_group)

    @property
    def _ticked(self) -> dict[int, Any]:
        return self.query_one("#leaving-pupils", RecordList).marked

    def _choose_group(self) -> None:
        found = {str(number): group for number, group in self._groups.items()}

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._group = found[answer]
                self.query_one("#leaving-pupils", RecordList).marked = {}
                self.refresh_data()
                self.focus_start()

        options = [(number, f"Groep {group.name}") for number, group in found.items()]
        self.app.push_screen(Choose("Groep kiezen", options), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to undo only after someone was unsubscribed."""
        return bool(self._done) if action == "take_back" else super().check_action(action, parameters)

    def action_submit(self) -> None:
        """Submit the form, from the list too."""
        if self._ticked:
            self.query_one(Form).action_submit()
        else:
            self.show_refusal(Refused("Kruis eerst leerlingen aan met de spatiebalk."))

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        values, actor = event.values, self.actor
        chosen = list(self._ticked)
        on_day, reason = UNSUBSCRIBED_ON.read(values["unsubscribed_on"]), values["unsubscribe_reason"]

        def gone(number: int) -> None:
            self._done = chosen
            elsewhere = seen_elsewhere(actor, Change.LEAVING, on_day)
            who = counted(number, "leerling", "leerlingen")
            told = f"✓ {who} uitgeschreven per {clock.dutch_date(on_day)}. {elsewhere} T maakt dit ongedaan."
            self._tell(told)
            self.query_one("#leaving-pupils", RecordList).unmark()
            self.query_one(Form).keep()

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: arranging.unsubscribe_all(actor, chosen, on_day, reason), gone)

        if not chosen:
            self.show_refusal(Refused("Kruis eerst leerlingen aan met de spatiebalk."))
            return
        group = self._group.name if self._group else ""
        warnings = leaving.warnings_about(chosen, on_day)
        question = f"{counted(len(chosen), 'leerling', 'leerlingen')} van groep {group} per {clock.dutch_date(on_day)}: {reason}."
        asked = "\n\n".join([question, *(f"▲ Let op: {warning}" for warning in warnings)])
        self.app.push_screen(Confirm("Uitschrijven?", asked, "Uitschrijven", danger=True), answered)

    def _tell(self, told: str) -> None:
        self.query_one("#leaving-told", Label).update(plain(told))
        self.query_one("#leaving-told").display = True

    def unsay(self) -> None:
        """What reaches whom when is of one moment."""
        self.query_one("#leaving-told").display = False

    def action_take_back(self) -> None:
        """Enrol them again."""
        actor, done = self.actor, self._done

        def back(number: int) -> None:
            self._done = []
            self._tell(f"✓ {number} weer ingeschreven.")

        self.perform(lambda: arranging.re_enrol_all(actor, done), back)
