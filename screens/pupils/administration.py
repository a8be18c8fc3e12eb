"""Leerlingenadministratie: the pupils of the location, searched as you type, filtered by group and status."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from app.counted import counted
from app.permissions import Permission
from app.refusals import Refused
from app.school import groups
from app.school.people import pupils
from app.school.people.pupils import PupilDetail
from app.school.people.status import ALL, Status
from models.school import Group
from screens.pupils import beside, said
from screens.pupils.changing import ChangeScreen
from screens.pupils.enrolling import EnrolScreen
from screens.pupils.found import COLUMNS, Found, PupilRows
from screens.pupils.page import PupilPage
from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.detail import Detail
from screens.shared.dialogs import Choose
from screens.shared.filter_line import Filter, FilterLine
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.records import RecordList, Rows
from screens.shared.searching import Searching
from screens.shared.sources import Known, ready

STATUSES = {**{status.value: status.label.lower() for status in Status}, ALL: "alle"}
EVERY_GROUP = "alle"


@dataclass(frozen=True)
class Answer:
    """What the screen shows."""

    asked: Found
    rows: Known
    nothing: str
    """Why the list is empty, if it is."""
    reason: str
    """Why nobody can be enrolled."""


class PupilAdministration(Searching, EsisScreen):
    """Search, filter, open and enrol."""

    ITEM = "leerlingenadministratie"
    HELP = (
        "F3 gaat naar het zoekveld. Typ een deel van de naam, het begin van het leerlingnummer of een geboortedatum (31-5-2012) "
        "of geboortejaar (2012): de lijst volgt bij elke letter. ↓ of Enter gaat naar de lijst. Enter opent een leerling, W "
        "wijzigt hem, L toont wie de leerling wanneer wijzigde.\n\n"
        "In de lijst kiest u met G een groep en met F de status. Toekomstig is wie later wordt ingeschreven; uitgeschreven "
        "leerlingen blijven bewaard.\n\n"
        "Een leerkracht ziet de leerlingen van de eigen groepen. In- en uitschrijven mogen Directie, "
        "Applicatiebeheerder en Administratief medewerker."
    )
    OF_ROW = ("change", "changes")
    BINDINGS = [
        keys.NEW(
            "enrol",
            "Nieuwe leerling",
            id="pupils.enrol",
            tooltip="Schrijft een nieuwe leerling in op deze vestiging.",
        ),
        keys.CHANGE("change", "Wijzigen", id="pupils.change", tooltip="Wijzigt namen, geboortedatum en geslacht."),
        keys.GROUP(
            "choose_group",
            "Groep",
            id="pupils.group",
            tooltip="Toont alleen de leerlingen van een groep.",
            show=False,
        ),
        keys.FILTER(
            "choose_status",
            "Status",
            id="pupils.status",
            tooltip="Kiest tussen ingeschreven, toekomstig, uitgeschreven en alle leerlingen.",
            show=False,
        ),
        keys.LOGBOOK(
            "changes",
            "Wijzigingen bekijken",
            id="pupils.changes",
            tooltip="Toont wie deze leerling wanneer wijzigde.",
            show=False,
        ),
        keys.EXPORT("save_csv", "Exporteren", id="pupils.csv", tooltip="Bewaart de hele lijst als CSV-bestand."),
        keys.SEARCH("to_search", "Zoekveld", id="pupils.search", tooltip="Gaat naar het zoekveld.", show=False),
        keys.DOWN(
            "to_list",
            "Naar de lijst",
            id="pupils.list",
            show=False,
            tooltip="Gaat van het zoekveld naar de gevonden leerlingen.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._group: Group | None = None
        self._status: str = Status.ENROLLED
        self._search = ""
        self._shown: Found | None = None
        """What was asked for when the list was last shown."""
        self._opening = False
        """Whether to open the pupil if only one is found."""
        self._reason = ""
        """Why nobody can be enrolled."""

    def body(self) -> ComposeResult:
        """The search and the filters, the list, the detail of the pupil one is on."""
        group, status = Filter(keys.GROUP, "Groep", id="group"), Filter(keys.FILTER, "Status", id="status")
        search = TextLine(id="search", placeholder="naam, nummer, datum")
        yield FilterLine(search, "pupils.search", filters=(group, status), count="how-many")
        with Container(classes="beside"):
            yield PupilRows(COLUMNS, empty="", id="pupils", title="Leerlingen")
            yield Detail("Leerling", id="pupil-detail")

    def focus_start(self) -> None:
        """Start in the list, where the keys of a pupil work."""
        self.action_to_list()

    def _source(self) -> Found:
        return Found(self.actor, self._search, self._status, self._group)

    def read(self) -> Answer:
        """Who are found, or why nobody."""
        asked = self._source()
        reason = self.actor.reason(Permission.EDIT_PUPILS)
        try:
            rows = ready(asked)
            return Answer(asked, rows, "" if rows.total else self._nothing(asked), reason)
        except Refused as refusal:
            return Answer(asked, Rows(()), refusal.sentence, reason)

    def show(self, found: Answer) -> None:
        """Show them; the cursor stays where it is, unless something else was asked."""
        asked = found.asked
        self.query_one("#group", Filter).set_value(asked.group.name if asked.group else EVERY_GROUP)
        self.query_one("#status", Filter).set_value(STATUSES[asked.status])
        self._reason = found.reason
        listed = self.query_one("#pupils", RecordList)
        listed.empty = found.nothing
        listed.show(found.rows, keep_cursor=asked == self._shown)
        self._shown = asked
        self.query_one("#how-many", Label).update(counted(listed.row_count, "leerling", "leerlingen"))
        self.search_shown()

    def _nothing(self, found: Found) -> str:
        """Why the list is empty, if it is."""
        if found.search.strip() or found.group or found.status != Status.ENROLLED:
            return "Geen leerling gevonden. Typ minder letters, of kies bij Groep of Status: alle."
        if not self.actor.may(Permission.VIEW_ALL_PUPILS) and not groups.visible(self.actor):
            return (
                "U staat op deze vestiging dit schooljaar voor geen groep, dus hier staan geen leerlingen. De directie "
                "of de applicatiebeheerder regelt dat."
            )
        return (
            "Op deze vestiging zijn nog geen leerlingen ingeschreven. Lees een EDEXML-bestand in (Beheer > "
            "Import-Export-Koppelingen > Import) of schrijf een leerling in met F4."
        )

    @on(Input.Changed, "#search")
    def _asked(self, event: Input.Changed) -> None:
        self._search, self._entering = event.value, False
        self.refresh_data()

    @property
    def sought(self) -> bool:
        """Whether something else is asked than is shown."""
        shown = self._shown
        return shown is None or shown.wanted != self._source().wanted

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        self._opening = True
        self.enter()

    def to_found(self) -> None:
        """After Enter, open the only pupil who is found; else go to the list."""
        opening, self._opening = self._opening, False
        listed = self.query_one("#pupils", RecordList)
        if not opening or listed.row_count != 1:
            listed.focus()
        elif listed.row is not None:
            self.app.push_screen(PupilPage(listed.row.key))
        else:
            listed.action_choose()

    @on(Link.Chosen, "#group")
    def _group_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_group()

    def action_choose_group(self) -> None:
        """Choose from the groups of this school year."""
        found = {str(group.id): group for group in groups.visible(self.actor)}
        options = [(EVERY_GROUP, "alle groepen"), *((number, group.name) for number, group in found.items())]
        now = str(self._group.id) if self._group else EVERY_GROUP
        self.app.push_screen(Choose("Groep kiezen", options, now=now), lambda chosen: self._filter(found, chosen))

    def _filter(self, found: dict[str, Group], chosen: str | None) -> None:
        if chosen is not None:
            self._group = found.get(chosen)
            self.refresh_data()

    @on(Link.Chosen, "#status")
    def _status_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_status()

    def action_choose_status(self) -> None:
        """Choose enrolled, future, left, or all."""
        self.app.push_screen(Choose("Status kiezen", list(STATUSES.items()), now=self._status), self._set_status)

    def _set_status(self, chosen: str | None) -> None:
        if chosen is not None:
            self._status = chosen
            self.refresh_data()

    def action_to_list(self) -> None:
        """Go from the search to its results."""
        self._opening = False
        self.enter()

    def action_to_search(self) -> None:
        """Go back to the search field, keeping its text."""
        self.query_one("#search").focus()

    @on(RecordList.Chosen, "#pupils")
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(PupilPage(event.row.key))

    @on(RecordList.Highlighted, "#pupils")
    def _tell(self, event: RecordList.Highlighted) -> None:
        actor = self.actor
        self.query_one(Detail).about(event.row, lambda row: beside.read(actor, row))

    def action_change(self) -> None:
        """Open the form of the pupil one is on."""
        row, actor = self.query_one("#pupils", RecordList).row, self.actor
        if row is not None and said.may_edit(self.esis):
            self.look_up(lambda: pupils.detail(actor, row.key), self._change)

    def _change(self, found: PupilDetail) -> None:
        self.app.push_screen(ChangeScreen(found), self._changed)

    def _changed(self, told: tuple[str, ...] | None) -> None:
        if told:
            self.say(" ".join(told))

    def action_save_csv(self) -> None:
        """Save the list."""
        self.query_one("#pupils", PupilRows).action_save_csv()

    def action_changes(self) -> None:
        """Open the page of the pupil one is on, at what changed."""
        if (row := self.query_one("#pupils", RecordList).row) is not None:
            self.app.push_screen(PupilPage(row.key, tab="changes"))

    def reason_for(self, action: str) -> str:
        """Why nobody can be enrolled."""
        return self._reason if action in ("enrol", "change") else ""

    def action_enrol(self) -> None:
        """Open the form for a new pupil, with the filter's group."""
        if said.may_edit(self.esis):
            self.app.push_screen(EnrolScreen(self._group))
